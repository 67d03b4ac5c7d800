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

/// What tells whether a line goes on from the one above it: the paragraph they stand in, where that is wrapped throughout.
/// It is if every line in it but the last is full, and half of them end in the midst of a sentence: then any line below its
/// first goes on, whatever it begins with, and the first does not go on from a wider line above it. Lines are given with how
/// wide they stand in their source; one that is empty, or wider than wrapped text, ends a paragraph.
pub(super) fn flow(lines: &[(&str, usize)]) -> Vec<Option<bool>> {
    let is_wrapped = |(line, wide): &(&str, usize)| !line.is_empty() && *wide <= text::WRAP;
    let mut told = Vec::with_capacity(lines.len());
    for stretch in lines.chunk_by(|line, next| is_wrapped(line) && is_wrapped(next)) {
        let start = told.len();
        told.resize(start + stretch.len(), None);
        // A title may stand over it, without a blank line between them.
        let Some(skip) = (0..2).find(|skip| stretch.get(*skip..).is_some_and(is_wrapped_throughout)) else { continue };
        let below = stretch.iter().skip(1).map(|(_, wide)| *wide).max();
        let above = stretch.first().filter(|(_, wide)| skip > 0 && Some(*wide) > below).map(|_| false);
        let flows = std::iter::repeat_n(None, skip).chain([above]).chain(std::iter::repeat(Some(true)));
        told.iter_mut().skip(start).zip(flows).for_each(|(told, flow)| *told = flow);
    }
    told
}

fn is_wrapped_throughout(lines: &[(&str, usize)]) -> bool {
    let widest = lines.iter().map(|(_, wide)| *wide).max().unwrap_or(0);
    let pairs = || lines.windows(2).filter_map(|pair| if let [above, below] = pair { Some((above, below.0)) } else { None });
    let no_room = |wide: usize, next: &str| wide + 1 + next.split_whitespace().next().unwrap_or_default().chars().count() > widest;
    let own = |line: &str| text::item_marker(line).is_some() || fields::label(line).is_some();
    let midway = pairs().filter(|(_, next)| next.starts_with(char::is_lowercase)).count();
    lines.len() >= 3
        && widest >= NARROW
        && pairs().all(|((_, wide), next)| no_room(*wide, next) && !own(next))
        && midway * 2 >= lines.len() - 1
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
    let flows = flow(&lines.iter().map(|(range, wide)| (words.get(range.clone()).unwrap_or_default(), *wide)).collect::<Vec<_>>());
    let mut made = TextBuilder::default();
    for (number, (range, wide)) in lines.iter().enumerate() {
        made.append(&whole.part(range.clone()));
        let Some(next) = lines.get(number + 1).and_then(|(range, _)| words.get(range.clone())) else { break };
        let own = next.is_empty() || range.is_empty() || fields::label(next).is_some() || text::item_marker(next).is_some();
        let (before, rest) = (words.get(range.clone()).unwrap_or_default(), words.get(range.end + 1..).unwrap_or_default());
        let end = whole.span(range.end..range.end + 1).range();
        let told = flows.get(number + 1).copied().flatten();
        let goes_on = told.unwrap_or_else(|| !own && is_full(before, *wide, rest, widest));
        made.push_decoded(if goes_on { " " } else { "\n" }, end);
    }
    made.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_a_wrapped_paragraph_a_line_goes_on_whatever_it_begins_with() {
        let flows = |text: &str| flow(&text.lines().map(|line| (line, line.len())).collect::<Vec<_>>());
        let rain = "Rain came into the plant room on the 27th of January.\nAt 18:05 the water stood so high that two of the three\n\
                    chillers stopped, and the hall of it grew so warm that\nfrom 19:30 machines began to switch themselves off.";
        let on = Some(true);
        assert_eq!(flows(rain), [None, on, on, on]);
        let titled = format!("Summary of the Loss of Cooling in the Northern Hall of the Data Centre\n{rain}\n\nEnd.");
        assert_eq!(flows(&titled), [None, Some(false), on, on, on, None, None]);
        // Under a narrow line the others tell as before.
        assert_eq!(flows(&format!("Completed\n{rain}")), [None, None, on, on, on]);
        for text in [
            "10:05 UTC alert for the checkout service fired again\n10:15 UTC alert for the checkout service fired again\n10:25 UTC over",
            "- one thing that is as wide as the other line is here\n- other thing that is as wide as the first line is\n- third",
            "The first of the lines is as wide as it may be here.\nshort\nand the last of the lines is about as wide as it is.",
        ] {
            assert!(flows(text).iter().all(Option::is_none), "{text}");
        }
    }

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
