//! Elements of a page that say when they were posted: `<Update date="2026-05-04T10:20Z">…</Update>`, as sites that are made from
//! Markdown with components write their updates.

use std::ops::Range;

/// The longest opening tag that is looked at, in bytes.
const LONGEST: usize = 400;

/// The attributes that hold a stamp, and those that say what was posted.
const STAMPS: [&str; 6] = ["date", "datetime", "time", "timestamp", "at", "posted"];
const LABELS: [&str; 3] = ["status", "state", "type"];

/// An element with a stamp: places in the text it was found in.
#[derive(Debug, PartialEq, Eq)]
pub struct Posted {
    /// The element with its tags.
    pub whole: Range<usize>,
    /// When it was posted.
    pub stamp: Range<usize>,
    /// What it says was posted, else its own name.
    pub label: Range<usize>,
    /// What stands in it.
    pub inner: Range<usize>,
}

/// The elements with a stamp in `text`, in order, up to one that nobody closes. A component's name begins with a capital; HTML has its
/// own ways.
pub fn elements(text: &str) -> Vec<Posted> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(open) = text.get(at..).and_then(|rest| rest.find('<')).map(|offset| at + offset) {
        at = open + 1;
        let Some(tag) = opening(text, open) else { continue };
        let close = format!("</{}>", text.get(tag.name).unwrap_or_default());
        let Some(end) = text.get(tag.end..).and_then(|rest| rest.find(&close)).map(|length| tag.end + length) else { break };
        at = end + close.len();
        found.push(Posted { whole: open..at, stamp: tag.stamp, label: tag.label, inner: tag.end..end });
    }
    found
}

/// A tag that opens an element with a stamp: where its parts stand, and where it ends.
struct Tag {
    name: Range<usize>,
    stamp: Range<usize>,
    label: Range<usize>,
    end: usize,
}

/// The tag that opens at `open`, where it has a stamp.
fn opening(text: &str, open: usize) -> Option<Tag> {
    let near = text.get(open + 1..text.floor_char_boundary(open + LONGEST))?;
    let name = open + 1..open + 1 + near.find(|c: char| !c.is_ascii_alphanumeric())?;
    text.get(name.clone()).filter(|name| name.starts_with(|c: char| c.is_ascii_uppercase()))?;
    let tag = name.end..open + 1 + near.find('>')?;
    let attribute = |names: &[&str]| attributes(text, tag.clone()).find(|(name, _)| names.contains(name)).map(|(_, value)| value);
    let is_stamp = |value: &Range<usize>| text.get(value.clone()).is_some_and(|value| value.len() >= 16 && value.starts_with("20"));
    let stamp = attribute(&STAMPS).filter(is_stamp)?;
    let label = attribute(&LABELS).unwrap_or(name.clone());
    Some(Tag { name, stamp, label, end: tag.end + 1 })
}

/// The attributes of a tag with where their values stand.
fn attributes(text: &str, tag: Range<usize>) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut at = tag.start;
    std::iter::from_fn(move || {
        let rest = text.get(at..tag.end)?;
        let equals = rest.find('=')?;
        let name = rest.get(..equals)?.split_whitespace().next_back()?;
        let quote = rest.get(equals + 1..)?.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let start = at + equals + 2;
        let end = start + text.get(start..tag.end)?.find(quote)?;
        at = end + 1;
        Some((name, start..end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_components_with_a_stamp_are_posts() {
        let text = "Gone.\n<Update date=\"2026-05-04T10:20:00Z\" status='resolved'>\n All *back*.\n</Update>\n<Note>Post</Note>";
        let found = elements(text);
        let [posted] = found.as_slice() else { panic!("{found:?}") };
        let at = |range: &Range<usize>| text.get(range.clone()).unwrap();
        assert_eq!((at(&posted.stamp), at(&posted.label)), ("2026-05-04T10:20:00Z", "resolved"));
        assert_eq!((at(&posted.inner).trim(), at(&posted.whole).len()), ("All *back*.", 77));
        for other in [
            "<Update date=\"soon\">x</Update>",
            "<time datetime=\"2026-05-04T10:20:00Z\">x</time>",
            "<Update date=\"2026-05-04T10:20:00Z\">never closed",
            "<Update date=2026-05-04T10:20:00Z>x</Update>",
            "a < b and c > d = \"e\"",
            "<",
        ] {
            assert_eq!(elements(other), [], "{other}");
        }
    }
}
