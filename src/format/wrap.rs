//! Lines that end only because the next word had no room: the sentence goes on as if they did not.
//!
//! A person sees that from the width: the first word of the next line would not have fitted into the widest line around.

use super::{fields, text};
use crate::document::line::goes_on;
use crate::document::{Text, TextBuilder};
use std::ops::Range;

/// No text is wrapped narrower than this.
const NARROW: usize = 40;

/// Whether the line `before`, which is so wide, ends for want of room, where the widest around is `widest` and `rest` stands
/// below it: the sentence goes on there. A line that begins like a title or a name does so only where the sentence ends below.
pub(super) fn is_full(before: &str, wide: usize, rest: &str, widest: usize) -> bool {
    let word = rest.split_whitespace().next().unwrap_or_default();
    if widest < NARROW || wide + 1 + word.chars().count() <= widest || before.ends_with(['.', ':', ';', '!', '?']) {
        return false;
    }
    let sentence = || rest.trim_end().ends_with(['.', '!', '?']) || rest.contains(". ") || rest.contains(".\n");
    let may_begin = rest.starts_with(|c: char| c.is_ascii_digit()) || before.ends_with([')', ']']);
    goes_on(before) || rest.starts_with(char::is_lowercase) || !may_begin && sentence()
}

/// `whole`, a paragraph, with a blank for each line end that is there for want of room only; `wide` tells how wide a part of
/// it stands in its source.
pub(super) fn unwrapped<'a>(whole: Text<'a>, wide: impl Fn(Range<usize>) -> usize) -> Text<'a> {
    let words = whole.as_str();
    if !words.contains('\n') {
        return whole;
    }
    let mut at = 0;
    let lines: Vec<(Range<usize>, usize)> = words
        .split_inclusive('\n')
        .map(|line| {
            let range = at..at + line.trim_end_matches('\n').len();
            at += line.len();
            (range.clone(), wide(range))
        })
        .collect();
    let widest = lines.iter().map(|(_, wide)| *wide).max().unwrap_or(0);
    let mut made = TextBuilder::default();
    for (number, (range, wide)) in lines.iter().enumerate() {
        made.append(&whole.part(range.clone()));
        let Some(next) = lines.get(number + 1).and_then(|(range, _)| words.get(range.clone())) else { break };
        let own = next.is_empty() || range.is_empty() || fields::label(next).is_some() || text::item_marker(next).is_some();
        let (before, rest) = (words.get(range.clone()).unwrap_or_default(), words.get(range.end + 1..).unwrap_or_default());
        let end = whole.span(range.end..range.end + 1).range();
        made.push_decoded(if !own && is_full(before, *wide, rest, widest) { " " } else { "\n" }, end);
    }
    made.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_goes_on_where_the_next_word_had_no_room() {
        for (text, read) in [
            (
                "customers who were using Cloud Interconnect or Cloud\nRouter saw loss.",
                "customers who were using Cloud Interconnect or Cloud Router saw loss.",
            ),
            ("It was down for everybody in Europe.\nBack\nagain at noon.", "It was down for everybody in Europe.\nBack\nagain at noon."),
            (
                "Start of the incident was on Friday at 14:04 UTC\nEnd: at 14:57 UTC",
                "Start of the incident was on Friday at 14:04 UTC\nEnd: at 14:57 UTC",
            ),
            ("Short\nlines", "Short\nlines"),
            (
                "Summary of the event in the north of the old town\nDecember 20, 2013",
                "Summary of the event in the north of the old town\nDecember 20, 2013",
            ),
        ] {
            let unwrapped = unwrapped(Text::slice_of(text, 0..text.len()), |range| range.len());
            assert_eq!((unwrapped.as_str(), unwrapped.whole().range()), (read, 0..text.len()));
        }
    }
}
