//! What values mean, by the words of a form or else by those that all tools have in common.

use super::guess;
use super::stamp::made;
use super::{Form, Slot};
use crate::document::Text;

impl Form {
    /// What a value of a slot means; nothing where it says nothing.
    pub fn meaning<'a>(&self, slot: Slot, text: &Text<'a>) -> Option<Text<'a>> {
        let own = self.values.get(&slot).or_else(|| guess::words().values.get(&slot)).map(Vec::as_slice).unwrap_or_default();
        let value = text.as_str().trim();
        let exact = own.iter().find(|(written, _)| written.eq_ignore_ascii_case(value));
        let like = || own.iter().find(|(written, _)| written.contains(['*', '#']) && written != "*" && is_like(value, written));
        let other = || own.iter().find(|(written, _)| written == "*");
        match exact.or_else(like).or_else(other).map(|(_, means)| means.as_str()) {
            Some("-") => None,
            Some("=") if slot == Slot::Status || slot == Slot::Label => Some(lower(text)),
            Some("=") | None => Some(text.clone()),
            Some(means) => Some(made(means, text)),
        }
    }

    /// Whether a status says that it goes on.
    pub(super) fn open(&self, written: &Text, means: Option<&Text>) -> bool {
        const OPEN: [&str; 13] = [
            "open",
            "problem",
            "new",
            "active",
            "ongoing",
            "triggered",
            "firing",
            "acknowledged",
            "investigating",
            "identified",
            "monitoring",
            "in progress",
            "live",
        ];
        [Some(written), means].into_iter().flatten().any(|text| OPEN.iter().any(|open| text.as_str().eq_ignore_ascii_case(open)))
    }
}

/// A state in lower case: "RESOLVED" of one tool is "resolved" of another.
fn lower<'a>(text: &Text<'a>) -> Text<'a> {
    let small = text.as_str().to_lowercase();
    if small == text.as_str() { text.clone() } else { made(&small, text) }
}

/// Whether a value is like a pattern: `*` stands for anything, `#` for a digit; case does not count.
fn is_like(value: &str, pattern: &str) -> bool {
    let (value, pattern) = (value.to_lowercase(), pattern.to_lowercase());
    let fits = |part: &str, at: &str| {
        at.len() >= part.len() && part.bytes().zip(at.bytes()).all(|(p, v)| if p == b'#' { v.is_ascii_digit() } else { p == v })
    };
    match pattern.split_once('*') {
        None => value.len() == pattern.len() && fits(&pattern, &value),
        Some((head, tail)) => {
            let behind = value.len().checked_sub(tail.len()).filter(|at| *at >= head.len());
            fits(head, &value) && behind.and_then(|at| value.get(at..)).is_some_and(|end| fits(tail, end))
        }
    }
}
