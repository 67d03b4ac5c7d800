//! Where a name stands on the page: a letterhead, a byline, a signature and an imprint are short lines at its head and its close.

use crate::document::Text;
use crate::document::sheet::place;
use crate::kind;
use crate::resolve::roles::{Sink, stem};
use std::ops::Range;

/// So many lines at the head, and at the close, may tell who writes.
const HEAD: usize = 5;
const CLOSE: usize = 4;
/// A longer line, or one that ends as a sentence does, is none of them.
const SHORT: usize = 100;

/// The lines at the head and the close of a report.
#[derive(Debug, Default)]
pub struct Page<'a> {
    text: &'a str,
    head: Vec<Range<usize>>,
    close: Vec<Range<usize>>,
}

/// What stands beside a name in its line.
#[derive(PartialEq)]
enum Beside {
    Nothing,
    Mark,
    Words,
}

impl<'a> Page<'a> {
    /// The lines of the report at `extent` in `text`.
    pub fn new(text: &'a str, extent: Range<usize>) -> Self {
        let body = text.get(extent.clone()).unwrap_or_default();
        let told = |line: &&str| line.chars().filter(|c| c.is_alphabetic()).nth(1).is_some();
        let place = |line: &str| place(text, line);
        let head = body.lines().filter(told).take(HEAD).map(place).collect();
        let close = body.lines().rev().filter(told).take(CLOSE).map(place).collect();
        Self { text, head, close }
    }

    /// Its lines that are written for people.
    pub fn lines(&self) -> impl Iterator<Item = Text<'a>> {
        let lines =
            self.head.iter().chain(&self.close).filter(|line| !self.part((*line).clone()).trim_start().starts_with(['<', '{', '"', '}']));
        lines.map(|line| Text::slice_of(self.text, line.clone()))
    }

    /// Tells how the name at `at` stands in its line, where that is one of the first or the last.
    pub fn describe(&self, at: &Range<usize>, sink: &mut dyn Sink) {
        let of = |lines: &[Range<usize>]| lines.iter().position(|line| line.start <= at.start && at.end <= line.end);
        let (head, close) = (of(&self.head), of(&self.close));
        let Some(line) = close.and_then(|close| self.close.get(close)).or(head.and_then(|head| self.head.get(head))) else { return };
        let (before, after) = (self.part(line.start..at.start), self.part(at.end..line.end));
        let short = line.len() <= SHORT && !after.trim_end().ends_with('.');
        let how = within(before, after);
        match head {
            Some(0) => sink.add(if short { kind!("in the first line") } else { kind!("in a first sentence") }, how),
            Some(_) => sink.add(if short { kind!("in the first lines") } else { kind!("in the first sentences") }, how),
            None => {}
        }
        match close {
            Some(0) => sink.add(if short { kind!("in the last line") } else { kind!("in a last sentence") }, how),
            Some(_) => sink.add(if short { kind!("in the last lines") } else { kind!("in the last sentences") }, how),
            None => {}
        }
        if !short {
            return;
        }
        let lead = before.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default().to_lowercase();
        if before.contains('©') || before.contains("(c)") || before.contains("(C)") || lead == "copyright" {
            sink.add(kind!("behind a mark of copyright"), "");
        } else if !lead.is_empty() {
            sink.add(
                if close.is_some() { kind!("in a last line that begins with") } else { kind!("in a first line that begins with") },
                stem(&lead),
            );
        } else if let Some(mark) = before.trim_start().chars().next() {
            let mark = if matches!(mark, '-' | '–' | '—' | '~') {
                "-"
            } else {
                before.trim_start().get(..mark.len_utf8()).unwrap_or_default()
            };
            sink.add(if close.is_some() { kind!("in a last line behind") } else { kind!("in a first line behind") }, mark);
        }
    }

    fn part(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }
}

/// How a name stands in a line between `before` and `after`.
fn within(before: &str, after: &str) -> &'static str {
    let emphasis = ['*', '_', '`', '#', '>', ' ', '\t', '"'];
    let beside = |text: &str, nearest: Option<char>| {
        if !text.contains(char::is_alphanumeric) {
            Beside::Nothing
        } else if nearest.is_some_and(|c| !c.is_alphanumeric() && !matches!(c, '\'' | '’')) {
            Beside::Mark
        } else {
            Beside::Words
        }
    };
    let front = beside(before, before.trim_end_matches(emphasis).chars().next_back());
    let behind = beside(after, after.trim_start_matches(emphasis).chars().next());
    match (front, behind) {
        (Beside::Nothing, Beside::Nothing) => "alone",
        (Beside::Nothing, Beside::Mark) => "in front of a mark",
        (Beside::Nothing, Beside::Words) => "in front of words",
        (Beside::Mark, Beside::Nothing) => "behind a mark",
        (Beside::Words, Beside::Nothing) => "behind words",
        (Beside::Mark, Beside::Mark) => "between marks",
        (Beside::Words, Beside::Mark) => "between words and a mark",
        _ => "in front of other words",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Told(Vec<String>);

    impl Sink for Told {
        fn add(&mut self, kind: crate::role::weights::Kind, value: &str) {
            self.0.push(format!("{}={value}", kind.name));
        }
    }

    #[test]
    fn lines_at_the_edges_tell_how_a_name_stands() {
        let text = "ORRERY MAPS\nNote for all, 3 May\n\nWe at Orrery Maps lost tiles.\nAnd\nmore\nof\nit, as Tarn said.\n\nIt is over.\n— The crew at Orrery Maps\n© 2024 Tarn Ltd\n";
        let page = Page::new(text, 0..text.len());
        let told = |at: usize, name: &str| {
            let mut told = Told(Vec::new());
            page.describe(&(at..at + name.len()), &mut told);
            told.0.join("; ")
        };
        assert_eq!(told(0, "ORRERY MAPS"), "in the first line=alone");
        assert_eq!(told(text.find("Tarn said").unwrap(), "Tarn"), "in the last sentences=in front of other words");
        let last = text.rfind("Orrery").unwrap();
        assert_eq!(told(last, "Orrery Maps"), "in the last lines=behind words; in a last line that begins with=the");
        assert_eq!(told(text.rfind("Tarn Ltd").unwrap(), "Tarn Ltd"), "in the last line=behind words; behind a mark of copyright=");
        assert_eq!(told(text.find("of\n").unwrap(), "of"), "");
    }
}
