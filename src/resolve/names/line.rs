//! How a name stands on its line and among the words of the text: what a person sees who has never heard of it.

use super::Names;
use super::candidate::{Name, Place};
use super::feature::word_lists;
use super::place::{listed, many};
use super::region::{Region, Where};
use crate::extract::vocabulary::ByKey;
use crate::kind;
use crate::resolve::proper;
use crate::resolve::roles::Sink;
use std::ops::Range;

/// A line that is longer is running text, in bytes.
const SHORT: usize = 70;

/// The lines of a report and the words that it writes small.
#[derive(Debug, Default)]
pub struct Lines {
    /// How many lines stand before each region, and where in it lines end.
    before: Vec<(usize, Vec<usize>)>,
    /// How many there are.
    all: usize,
    small: ByKey<()>,
    /// How many names begin with words that nothing is known of.
    unknown: usize,
}

impl Lines {
    /// Counts them.
    pub fn new(regions: &[Region], names: &[Name]) -> Self {
        let mut lines = Self::default();
        for region in regions {
            lines.before.push((lines.all, memchr::memchr_iter(b'\n', region.text.as_str().as_bytes()).collect()));
            lines.all += region.text.as_str().lines().count();
            let small = region.words.iter().filter(|word| region.at(word.range.clone()).starts_with(char::is_lowercase));
            lines.small.extend(small.map(|word| (word.key.word, ())));
        }
        let unknown = names.iter().filter(|name| lines.is_unknown(regions, name)).filter_map(|name| Some((*name.key.first()?, ())));
        lines.unknown = unknown.collect::<ByKey<()>>().len();
        lines
    }

    /// Whether it is a proper name by its form, and its words are in no list and nowhere written small.
    fn is_unknown(&self, regions: &[Region], name: &Name) -> bool {
        let Some((region, at)) = name.places.first().and_then(|at| Some((regions.get(at.region)?, at))) else { return false };
        let words = region.words.get(at.words.clone()).unwrap_or_default();
        listed(word_lists(words)).next().is_none()
            && !words.iter().any(|word| self.small.contains_key(&word.key.word))
            && proper::is_name(name.text.as_str())
    }

    /// How many lines of a region end in front of the byte `at`, and where the line that it stands on starts and ends.
    fn line(&self, region: usize, at: &Range<usize>) -> (usize, Range<usize>) {
        let ends = self.before.get(region).map_or(&[][..], |(_, ends)| ends);
        let number = ends.partition_point(|end| *end < at.start);
        let start = number.checked_sub(1).and_then(|last| ends.get(last)).map_or(0, |end| end + 1);
        let end = ends.get(number..).and_then(|ends| ends.iter().find(|end| **end >= at.end)).copied().unwrap_or(usize::MAX);
        (number, start..end)
    }

    /// Where the line `number` of a region stands among all.
    fn place(&self, region: usize, number: usize) -> &'static str {
        let at = self.before.get(region).map_or(0, |(before, _)| before + number);
        match (at, self.all.saturating_sub(at + 1)) {
            (0, _) => "the first",
            (1..=3, _) => "of the head",
            (_, 0) => "the last",
            (_, 1..=2) => "of the close",
            (_, 3..=6) => "of the end",
            _ => "of the course",
        }
    }
}

impl Names<'_> {
    /// What is told of `name` by the lines on which it stands, and by how its words are written elsewhere.
    pub fn describe_lines(&self, name: &Name, sink: &mut dyn Sink) {
        let regions = &self.gathered.regions;
        let mut within = false;
        for (region, at) in name.places.iter().filter_map(|at| Some((regions.get(at.region)?, at))) {
            within |= is_within(region, at);
            self.describe_line(region, at, sink);
        }
        let Some((region, at)) = name.places.first().and_then(|at| Some((regions.get(at.region)?, at))) else { return };
        let words = region.words.get(at.words.clone()).unwrap_or_default();
        if !words.iter().any(|word| word.capital) {
            return;
        }
        sink.add(if within { kind!("written so within a sentence") } else { kind!("never within a sentence") }, "");
        let small = |word: &super::phrase::Word| self.lines.small.contains_key(&word.key.word);
        let how = match words.split_last() {
            _ if words.iter().all(small) => "all of it",
            Some((last, _)) if small(last) => "its last word",
            _ if words.iter().any(small) => "some of it",
            _ => "none of it",
        };
        sink.add(kind!("written small elsewhere"), how);
        if self.lines.is_unknown(regions, name) {
            sink.add(kind!("unknown words, of"), many(self.lines.unknown));
        }
    }

    /// How many names nothing is known of.
    pub fn describe_unknown(&self, sink: &mut dyn Sink) {
        sink.add(kind!("none named of unknown"), many(self.lines.unknown));
    }

    fn describe_line(&self, region: &Region, at: &Place, sink: &mut dyn Sink) {
        let text = region.text.as_str();
        let from = region.words.get(at.words.start).map_or(0, |word| word.range.start);
        let to = at.words.end.checked_sub(1).and_then(|last| region.words.get(last)).map_or(from, |word| word.range.end);
        let (number, line) = self.lines.line(at.region, &(from..to));
        // No more of a line is looked at than tells whether it is short.
        let start = line.start.max(text.floor_char_boundary(from.saturating_sub(SHORT + 1)));
        let end = line.end.min(text.ceil_char_boundary(to + SHORT + 1));
        let before = text.get(start..from).unwrap_or_default();
        let behind = text.get(to..end).unwrap_or_default().trim_end_matches('\r');
        let Some(how) = on_line(before, behind, region.place == Where::Field) else { return };
        let place = self.lines.place(at.region, number);
        let short = before.len() + (to - from) + behind.len() <= SHORT;
        sink.add(if short { kind!("on a short line, ") } else { kind!("on a long line, ") }, how);
        sink.add(if short { kind!("on a short line") } else { kind!("on a long line") }, &format!("{how} {place}"));
    }
}

/// Whether a name stands behind small words or a comma, where a plain word has no capital.
fn is_within(region: &Region, at: &Place) -> bool {
    let lead = region.words.get(at.words.start).and_then(|word| word.lead);
    let last = at.words.start.checked_sub(1).and_then(|last| region.words.get(last));
    last.is_some_and(|last| matches!(lead, None | Some(',')) && region.at(last.range.clone()).starts_with(char::is_lowercase))
}

/// What stands on a line beside a name: nothing, or marks; none where it is amid other words. In front of a `value` stands a mark.
fn on_line(before: &str, behind: &str, value: bool) -> Option<&'static str> {
    let inner = |c: char| c.is_alphanumeric();
    let (opens, ends) = (!before.contains(inner), !behind.contains(inner));
    let led = before.trim_end_matches(['*', '_', ' ', '"']);
    let dash = |text: &str| text.starts_with(['-', '–', '—', '·', '|', '(']);
    let mark_before =
        opens && value || led.ends_with([',', '(', '|', '·', '»', '›', ':']) || before.ends_with(' ') && led.ends_with(['-', '–', '—']);
    let bare = behind.trim_start_matches(['*', '_']);
    let mark_behind =
        bare.starts_with([',', ':', ')', ']', '|']) || bare.strip_prefix(' ').is_some_and(|rest| dash(rest) || rest.starts_with(' '));
    match (mark_before, opens, ends, mark_behind || bare == ".") {
        (false, true, true, _) => Some("alone"),
        (false, true, false, true) => Some("before a mark"),
        (false, true, false, false) => Some("first"),
        (true, _, true, _) => Some("behind a mark"),
        (false, false, true, _) => Some("last"),
        (true, _, false, true) => Some("between marks"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_beside_a_name() {
        for (line, how) in [
            ("_", Some("alone")),
            ("*_*", Some("alone")),
            ("_, Operations", Some("before a mark")),
            ("_ - status", Some("before a mark")),
            ("_ was down.", Some("first")),
            ("Customer Success, _", Some("behind a mark")),
            ("Your engineers at _", Some("last")),
            ("Forums | _ | Status", Some("between marks")),
            ("all of _ was down", None),
            ("see _, then", None),
        ] {
            let (before, behind) = line.split_once('_').unwrap_or_default();
            assert_eq!(on_line(before, behind, false), how, "{line}");
        }
        assert_eq!(on_line("", "", true), Some("behind a mark"));
    }
}
