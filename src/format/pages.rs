//! What a printed page has above and below its text: the same title, address, day and count of pages on each.

use crate::document::{Text, TextBuilder};
use std::collections::HashMap;
use std::ops::Range;

/// What stands between two pages of a text that was printed.
const FEED: char = '\u{c}';

/// `text` without the lines at the top and the bottom of its pages that are the same on another page but for their figures. A
/// text that has no pages stays as it is.
pub fn without_margins<'a>(text: &Text<'a>) -> Text<'a> {
    let edges = edges(text.as_str());
    let mut seen: HashMap<(bool, String), usize> = HashMap::new();
    let form = |(top, line): &(bool, Range<usize>)| {
        let bare = text.as_str().get(line.clone()).unwrap_or_default().chars().filter(|c| !c.is_ascii_digit() && !c.is_whitespace());
        (*top, bare.collect::<String>())
    };
    for edge in &edges {
        *seen.entry(form(edge)).or_default() += 1;
    }
    let mut builder = TextBuilder::default();
    let mut done = 0;
    for edge in edges.iter().filter(|edge| seen.get(&form(edge)).is_some_and(|pages| *pages > 1)) {
        builder.append(&text.part(done..edge.1.start));
        done = edge.1.end;
    }
    if done == 0 {
        return text.clone();
    }
    builder.append(&text.part(done..text.as_str().len()));
    builder.finish()
}

/// The first line of each page, which is marked, and its last, where it has several.
fn edges(text: &str) -> Vec<(bool, Range<usize>)> {
    if !text.contains(FEED) {
        return Vec::new();
    }
    let mut at = 0;
    let mut edges = Vec::new();
    for page in text.split_inclusive(FEED) {
        let body = page.trim();
        let start = at + page.len() - page.trim_start().len();
        let first = body.find('\n').map_or(body.len(), |end| body.get(..end).unwrap_or_default().trim_end().len());
        edges.push((true, start..start + first));
        if let Some(last) = body.rfind('\n') {
            edges.push((false, start + last + 1..start + body.len()));
        }
        at += page.len();
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        without_margins(&Text::slice_of(text, 0..text.len())).as_str().to_string()
    }

    #[test]
    fn margins_are_no_text() {
        let pages = "Lifts - Wiki      https://wiki.example\n\n10:02 They stop\n\n1 of 2     20.02.2026, 14:50\n\u{c}Lifts - Wiki   https://wiki.example\n\n10:40 They go\n\n2 of 2     20.02.2026, 14:50\n\u{c}";
        let body: String = read(pages).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(body, "10:02 They stop 10:40 They go");
    }

    #[test]
    fn what_stands_on_one_page_is_text() {
        for text in ["Lifts\n10:02 They stop\n\u{c}10:40 They go\nDone\n", "1 of 2\nLifts\n1 of 2\n", "\u{c}\u{c}", ""] {
            assert_eq!(read(text), text);
        }
    }
}
