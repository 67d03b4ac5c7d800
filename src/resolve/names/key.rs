//! What makes two names one: their words in either case and number.

use crate::extract::vocabulary::{SMALL, folded, hashed, lists};

/// A word of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// It, folded, as one of many: "Virtual Machine" and "virtual machines" are one thing.
    pub word: u64,
    /// In which lists it is, a bit each.
    pub lists: u32,
}

impl Key {
    /// That of `word`.
    pub fn of(word: &str) -> Self {
        let one = word.strip_suffix('s').filter(|one| one.len() > 3 && !one.ends_with(['s', 'S']));
        let key = folded(one.unwrap_or(word));
        Self { word: key, lists: lists(if one.is_some() { hashed(key, b's') } else { key }) }
    }

    /// Whether a name is the same without it.
    fn is_small(self) -> bool {
        self.lists & SMALL != 0
    }
}

/// The words of a name by which it is known: all where none of them tells it apart.
pub fn telling(words: impl Iterator<Item = Key> + Clone) -> impl Iterator<Item = u64> + Clone {
    let all = words.clone().all(Key::is_small);
    words.filter(move |word| all || !word.is_small()).map(|word| word.word)
}

/// The key of a name: without what stands in brackets behind it.
pub fn key(name: &str) -> Vec<u64> {
    let bare = name.split(" (").next().unwrap_or(name);
    let words = bare.split(|c: char| c.is_whitespace() || matches!(c, '"' | '`' | ',')).filter(|word| !word.is_empty());
    telling(words.map(Key::of)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_has_one_key() {
        for (a, b) in [
            ("Virtual Machines", "the virtual machine"),
            ("Mail (EU)", "mail service"),
            ("Wattle & Fern", "Wattle Fern"),
            ("\"Ledger\"", "ledger"),
        ] {
            assert_eq!(key(a), key(b), "{a}");
        }
        assert_ne!(key("Mail"), key("Mail Search"));
        assert_eq!(key("Our Platform").len(), 2);
    }
}
