//! Records of any notation (JSON, YAML, TOML, separated values, calendars) as one tree, every value of which keeps its place.

pub mod calendar;
pub mod issue;
pub mod json;
pub mod separated;
pub mod toml;
pub mod yaml;

use super::form::stamp;
use crate::document::{Text, TextBuilder};
use crate::source::Span;

/// What is nested deeper than this is not looked at.
pub const DEPTH: usize = 64;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node<'a> {
    /// The value.
    pub value: Value<'a>,
    /// All that it takes, brackets and quotes included.
    pub span: Span,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Nothing: null, an empty cell.
    Null,
    /// A text, a number, a yes or no.
    Scalar(Text<'a>),
    /// A list.
    List(Vec<Node<'a>>),
    /// Keys and values in the order of the file; a key may come twice.
    Map(Vec<(Text<'a>, Node<'a>)>),
}

/// The keys by which an object tells what it is called, the most telling first.
const NAMES: [&str; 14] = [
    "name",
    "display_value",
    "displayName",
    "title",
    "label",
    "value",
    "summary",
    "text",
    // A text in several languages.
    "en",
    "default",
    "attributes",
    "data",
    "login",
    "id",
];

impl<'a> Node<'a> {
    /// A text at its place; nothing where it is blank.
    pub fn scalar(text: Text<'a>) -> Self {
        let span = text.whole();
        let blank = is_blank(text.as_str());
        Self { value: if blank { Value::Null } else { Value::Scalar(text.trimmed()) }, span }
    }

    /// The keys and values of an object.
    pub fn entries(&self) -> &[(Text<'a>, Node<'a>)] {
        if let Value::Map(entries) = &self.value { entries } else { &[] }
    }

    /// The values of a list; of any other value itself alone, of nothing none.
    pub fn items(&self) -> &[Node<'a>] {
        match &self.value {
            Value::List(items) => items,
            Value::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }

    /// Whether it is an object.
    pub fn is_map(&self) -> bool {
        matches!(self.value, Value::Map(_))
    }

    /// Whether a value in it is a moment of some year.
    pub fn has_moment(&self) -> bool {
        self.has_moment_at(DEPTH)
    }

    fn has_moment_at(&self, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        match &self.value {
            Value::Scalar(text) => stamp::is_moment(text.as_str()) && has_year(text.as_str()),
            Value::List(items) => items.iter().any(|item| item.has_moment_at(depth)),
            Value::Map(entries) => entries.iter().any(|(_, value)| value.has_moment_at(depth)),
            Value::Null => false,
        }
    }

    /// Whether it is a list of objects.
    pub fn is_table(&self) -> bool {
        matches!(&self.value, Value::List(items) if items.iter().any(Node::is_map))
    }

    /// A scalar as text.
    pub fn text(&self) -> Option<&Text<'a>> {
        if let Value::Scalar(text) = &self.value { Some(text) } else { None }
    }

    /// The value under a key.
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        self.entries().iter().find(|(own, _)| alike(own.as_str(), key)).map(|(_, value)| value)
    }

    /// A scalar, or what an object is called.
    pub fn name(&self) -> Option<&Text<'a>> {
        self.name_at(DEPTH)
    }

    fn name_at(&self, depth: usize) -> Option<&Text<'a>> {
        let depth = depth.checked_sub(1)?;
        match &self.value {
            Value::Scalar(text) => Some(text),
            Value::Map(_) => NAMES.iter().find_map(|key| self.get(key)?.name_at(depth)),
            Value::Null | Value::List(_) => None,
        }
    }

    /// All words of a text, also of one that is kept as a tree of paragraphs and runs.
    pub fn words(&self) -> Option<Text<'a>> {
        if let Value::Scalar(text) = &self.value {
            return Some(text.clone());
        }
        let mut builder = TextBuilder::default();
        self.run_on(&mut builder, DEPTH);
        (!builder.is_empty()).then(|| builder.finish())
    }

    fn run_on(&self, builder: &mut TextBuilder, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        for item in self.items() {
            match item.get("text").and_then(Node::text) {
                Some(text) => builder.append(text),
                None => item.get("content").into_iter().for_each(|content| {
                    content.run_on(builder, depth);
                    let end = content.span.range().end;
                    builder.push_decoded("\n", end..end);
                }),
            }
        }
    }
}

/// Whether a text says nothing: it is empty, or tells that there is nothing to tell yet.
pub fn is_blank(text: &str) -> bool {
    const BLANK: [&str; 10] = ["", "-", "--", "–", "—", "?", "n/a", "tbd", "tba", "null"];
    let text = text.trim();
    text.len() <= 4 && BLANK.iter().any(|blank| text.eq_ignore_ascii_case(blank))
}

/// Whether four digits of a text are a year of ours.
fn has_year(text: &str) -> bool {
    let mut runs = text.split(|c: char| !c.is_ascii_digit());
    runs.any(|run| run.len() == 4 && (run.starts_with("19") || run.starts_with("20")))
}

/// Whether two keys are the same but for case, and for what stands between their words: `startedAt`, `started_at`, `Started At`.
pub fn alike(a: &str, b: &str) -> bool {
    fn plain(key: &str) -> impl Iterator<Item = char> + '_ {
        key.chars().filter(|c| !matches!(c, '_' | '-' | ' ' | '.')).map(|c| c.to_ascii_lowercase())
    }
    a == b || plain(a).eq(plain(b))
}

/// A key in words, lower case with single spaces, and what stands in brackets behind it: `incidentStart (UTC)`.
pub fn words_of(key: &str) -> (String, Option<&str>) {
    let open = key.rfind('(').filter(|open| *open > 0 && key.trim_end().ends_with(')'));
    let (core, behind) = match open {
        Some(open) => (key.get(..open).unwrap_or_default(), key.get(open + 1..).map(|rest| rest.trim_end().trim_end_matches(')').trim())),
        None => (key, None),
    };
    let mut words = String::with_capacity(core.len());
    let mut small = false;
    for c in core.chars() {
        if c.is_alphanumeric() {
            if c.is_uppercase() && small {
                words.push(' ');
            }
            small = c.is_lowercase();
            words.extend(c.to_lowercase());
        } else if matches!(c, '\'' | '’') {
            small = false;
        } else {
            if !words.ends_with(' ') && !words.is_empty() {
                words.push(' ');
            }
            small = false;
        }
    }
    words.truncate(words.trim_end().len());
    if words.is_empty() {
        // "#" over a column of numbers.
        words.push_str(core.trim());
    }
    (words, behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_in_words() {
        for (key, words, behind) in [
            ("startedAt", "started at", None),
            ("Start (UTC)", "start", Some("UTC")),
            ("incident_start-time", "incident start time", None),
            ("URL", "url", None),
            ("Component/s", "component s", None),
            ("(none)", "none", None),
            ("#", "#", None),
        ] {
            assert_eq!(words_of(key), (words.to_owned(), behind), "{key}");
        }
        assert!(["", " ", "N/A", "TBD", "–"].into_iter().all(is_blank) && !["0", "no", "none", "na"].into_iter().any(is_blank));
        assert!(alike("startedAt", "started_at") && alike("Issue key", "issueKey") && !alike("start", "started"));
    }
}
