//! Enumerations whose values have names in exports, filters and data files, and what to do about a name that there is not.

macro_rules! names {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        $vis enum $name { $($(#[$doc])* #[serde(rename = $text)] $variant,)* }

        impl $name {
            /// Every value, in order.
            pub const ALL: &[$name] = &[$($name::$variant,)*];

            /// The name in exports and filters.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }

            /// The value of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.name().eq_ignore_ascii_case(name))
            }
        }
    };
}
pub(crate) use names;

/// `; did you mean …?` for the name that comes closest to `word`; empty where none is close.
pub fn suggestion<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, names).map_or(String::new(), |name| format!("; did you mean `{name}`?"))
}

/// A message and what to do about it; a question that it ends with stays a sentence of its own.
pub fn remedy(message: &str, remedy: &str) -> String {
    let mut letters = remedy.chars();
    match letters.next().filter(|_| message.ends_with('?')) {
        Some(first) => format!("{message} {}{}", first.to_uppercase(), letters.as_str()),
        None => format!("{message}; {remedy}"),
    }
}

/// The name that comes closest to `word`, if one is close.
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let near = names.into_iter().map(|name| (strsim::jaro_winkler(&lower, name), name)).filter(|(near, _)| *near > 0.8);
    near.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::{remedy, suggestion};

    #[test]
    fn suggests_what_is_near() {
        assert_eq!(suggestion("folder", ["folders", "theme"]), "; did you mean `folders`?");
        assert_eq!(suggestion("xyzzy", ["folders", "theme"]), "");
        assert_eq!(remedy("no such key; did you mean `theme`?", "correct it"), "no such key; did you mean `theme`? Correct it");
        assert_eq!(remedy("it is no table", "correct it"), "it is no table; correct it");
    }
}
