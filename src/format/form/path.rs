//! Where a value is in a record: keys with dots between them, `incident.times[name=Fixed at].value`. Lists are gone through.

use crate::document::Text;
use crate::format::tree::{DEPTH, Node, Value, alike, words_of};
use std::fmt;

/// The way to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    key: String,
    /// Of a list those alone that have this value there.
    only: Option<(Path, String)>,
}

/// A value that a path leads to, with its key.
pub type Found<'n, 'a> = (Option<&'n Text<'a>>, &'n Node<'a>);

impl Path {
    /// Reads a path; the error says what is wrong with it. A key that holds a dot or a bracket stands in quotes; a lone dot is
    /// the whole.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut steps = Vec::new();
        let mut rest = text.trim();
        if rest.is_empty() {
            return Err("an empty path leads nowhere; write the key of a value, or `.` for the whole".into());
        }
        if rest == "." {
            return Ok(Self { steps });
        }
        loop {
            let (key, behind) = match rest.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"').ok_or_else(|| format!("the quote in `{text}` is not closed"))?,
                None => rest.split_at(rest.find(['.', '[']).unwrap_or(rest.len())),
            };
            let (only, behind) = match behind.strip_prefix('[') {
                Some(inner) => {
                    let (inner, behind) = inner.split_once(']').ok_or_else(|| format!("the bracket in `{text}` is not closed"))?;
                    let (path, value) = inner.split_once('=').ok_or_else(|| format!("`[{inner}]` says no value; write [key=value]"))?;
                    (Some((Path::parse(path)?, value.trim().to_owned())), behind)
                }
                None => (None, behind),
            };
            if key.is_empty() {
                return Err(format!("`{text}` has no key where one is due"));
            }
            steps.push(Step { key: key.to_owned(), only });
            match behind.strip_prefix('.') {
                Some(next) => rest = next,
                None if behind.is_empty() => return Ok(Self { steps }),
                None => return Err(format!("`{text}` goes on behind a bracket or a quote; write a dot")),
            }
        }
    }

    /// The way along these keys.
    pub fn of(keys: &[&str]) -> Self {
        Self { steps: keys.iter().map(|key| Step { key: (*key).to_owned(), only: None }).collect() }
    }

    /// All values that it leads to.
    pub fn find<'n, 'a>(&self, node: &'n Node<'a>) -> Vec<Found<'n, 'a>> {
        let mut found = Vec::new();
        collect(&self.steps, node, None, DEPTH, &mut found);
        found
    }

    /// Whether it leads to a value that is there.
    pub fn leads(&self, node: &Node) -> bool {
        let found = self.find(node);
        found.iter().any(|(_, node)| node.value != Value::Null)
    }

    /// Whether it leads to one of these values, in any case.
    pub fn leads_to(&self, node: &Node, values: &[String]) -> bool {
        let found = self.find(node);
        let mut names = found.iter().filter_map(|(_, node)| node.name());
        names.any(|name| values.iter().any(|value| name.as_str().eq_ignore_ascii_case(value)))
    }

    /// Its keys.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().map(|step| step.key.as_str())
    }
}

fn collect<'n, 'a>(steps: &[Step], node: &'n Node<'a>, key: Option<&'n Text<'a>>, depth: usize, found: &mut Vec<Found<'n, 'a>>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    let Some((step, rest)) = steps.split_first() else {
        found.push((key, node));
        return;
    };
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| collect(steps, item, key, depth, found)),
        Value::Map(entries) => {
            for (own, value) in entries.iter().filter(|(own, _)| is(own.as_str(), &step.key)) {
                match &step.only {
                    None => collect(rest, value, Some(own), depth, found),
                    Some((path, wanted)) => {
                        let fits = |item: &&Node| path.leads_to(item, std::slice::from_ref(wanted));
                        value.items().iter().filter(fits).for_each(|item| collect(rest, item, Some(own), depth, found));
                    }
                }
            }
        }
        Value::Null | Value::Scalar(_) => {}
    }
}

/// Whether a key is the one that is asked for, or one of several with bars between them; what stands in brackets behind it may
/// be left out ("Start (UTC)").
fn is(own: &str, wanted: &str) -> bool {
    if wanted.contains('|') {
        return wanted.split('|').any(|wanted| is(own, wanted));
    }
    alike(own, wanted) || own.ends_with(')') && !wanted.ends_with(')') && words_of(own).0 == words_of(wanted).0
}

impl fmt::Display for Path {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.steps.is_empty() {
            return to.write_str(".");
        }
        for (at, step) in self.steps.iter().enumerate() {
            let dot = if at > 0 { "." } else { "" };
            let quote = if step.key.contains(['.', '[']) { "\"" } else { "" };
            write!(to, "{dot}{quote}{}{quote}", step.key)?;
            if let Some((path, value)) = &step.only {
                write!(to, "[{path}={value}]")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::tree::json;
    use crate::source::Span;

    #[test]
    fn leads_through_lists() {
        let source = r#"{"times": [{"name": "Fixed at", "value": "10:47"}, {"name": "Seen at", "value": "10:09"}], "a.b": 1, "Start (UTC)": 2,
            "parts": [{"name": "A"}, {"name": "B"}]}"#;
        let node = json::read(source, Span::new(0..source.len()));
        let found = |path: &str| {
            let path = Path::parse(path).unwrap_or(Path { steps: Vec::new() });
            path.find(&node).iter().filter_map(|(_, node)| node.text()).map(|text| text.as_str().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(found("times[name=Fixed at].value"), ["10:47"]);
        assert_eq!(found("Times.Value"), ["10:47", "10:09"]);
        assert_eq!(found("parts.name"), ["A", "B"]);
        assert_eq!(found("\"a.b\""), ["1"]);
        assert_eq!(found("start"), ["2"]);
        assert_eq!(found("none|parts.name|none"), ["A", "B"]);
        assert_eq!(found("parts.none"), Vec::<String>::new());
    }

    #[test]
    fn is_written_as_it_is_read() {
        for path in [".", "a", "a.b", "a[b.c=d e].f", "\"a.b\".c"] {
            assert_eq!(Path::parse(path).map(|path| path.to_string()), Ok(path.to_owned()));
        }
        for path in ["", "a.", "a[b", "a[b]", "\"a", "a[b=c]d"] {
            assert!(Path::parse(path).is_err(), "{path}");
        }
    }
}
