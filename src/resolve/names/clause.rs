//! The part that a name plays in its sentence, told by grammar alone: what stands around the row of names it is in, whether that row opens
//! a clause and a verb follows it, and whether the sentence gives times, as one that tells of an outage does.

use super::candidate::Place;
use super::phrase::{LONGEST, Part, Word};
use super::place::{around, many};
use super::region::{Region, Where};
use crate::kind;
use crate::resolve::roles::Sink;
use std::ops::Range;

/// So many names on either side of one are looked at.
const ROW: usize = 6;

/// Tells what part a name plays at a place.
pub fn describe(region: &Region, at: &Place, sink: &mut dyn Sink) {
    let (row, names) = row(&region.words, &at.words);
    if names > 1 {
        sink.add(kind!("in a row of"), many(names));
    }
    let articled =
        row.start.checked_sub(1).filter(|_| lead(&region.words, row.start).is_none() && is(&region.words, row.start - 1, Part::Article));
    let start = articled.unwrap_or(row.start);
    let front = around(region, start.checked_sub(1), lead(&region.words, start));
    let verb = lead(&region.words, row.end).is_none() && is(&region.words, row.end, Part::Verb);
    let sentence = region.words.get(row.start).map(|word| region.sentence(word.range.start)).unwrap_or_default();
    let opens = region.words.get(start).is_some_and(|word| word.range.start <= sentence.start) || matches!(&*front, "the end" | "," | "-");
    let part = match (opens, verb) {
        (true, true) => "subject",
        (true, false) => "opening",
        (false, true) => "in front of a verb",
        (false, false) if articled.is_some() => "with an article",
        (false, false) => "another",
    };
    if verb && !is_grammar(&region.words, row.end) {
        sink.add(kind!("in front of a verb that"), if articled.is_some() { "follows an article" } else { "follows none" });
    }
    let range = at.words.clone();
    if range.len() > 1 && range.clone().skip(1).any(|at| is(&region.words, at, Part::Verb)) {
        sink.add(kind!("with a verb"), "");
    }
    sink.add(kind!("its part"), part);
    sink.add(
        match region.place {
            Where::Title => kind!("its part in a title"),
            Where::Heading => kind!("its part in a heading"),
            Where::Text => kind!("its part in a text"),
            _ => kind!("its part in an entry"),
        },
        part,
    );
    let timed = region.times.iter().filter(|time| sentence.contains(*time)).count();
    match timed {
        0 => {}
        1 => sink.add(kind!("its part where a time is told"), part),
        _ => sink.add(kind!("its part where times are told"), part),
    }
    if region.place == Where::Text {
        let calm = !region.hurts(sentence.start);
        sink.add(if calm { kind!("its part in a calm sentence") } else { kind!("its part in trouble") }, part);
        if sentence.start == 0 {
            sink.add(kind!("its part in a first sentence"), part);
        }
    }
}

fn lead(words: &[Word], at: usize) -> Option<char> {
    words.get(at).and_then(|word| word.lead)
}

fn is(words: &[Word], at: usize, part: Part) -> bool {
    words.get(at).is_some_and(|word| word.part == part)
}

fn is_grammar(words: &[Word], at: usize) -> bool {
    words.get(at).is_some_and(|word| word.ends)
}

/// The row of names that some words are in, and how many it has: "the tills, scales and label printers".
fn row(words: &[Word], own: &Range<usize>) -> (Range<usize>, usize) {
    let (mut row, mut names) = (own.clone(), 1);
    while names < ROW {
        let Some(next) = behind(words, row.end) else { break };
        row.end = next.end;
        names += 1;
    }
    let right = names;
    while names < right + ROW {
        let Some(next) = in_front(words, row.start) else { break };
        row.start = next.start;
        names += 1;
    }
    (row, names)
}

/// What joins the name that ends in front of `at` to another: the words up to that.
fn joint(words: &[Word], mut at: usize) -> Option<usize> {
    let apart = matches!(lead(words, at), Some(',' | '/' | ';'));
    let joined = (apart || lead(words, at).is_none()) && is(words, at, Part::Joint);
    at += usize::from(joined);
    if !apart && !joined || joined && lead(words, at).is_some() {
        return None;
    }
    Some(at + usize::from(is(words, at, Part::Article)))
}

/// The name that goes on a row whose last one ends in front of `at`.
fn behind(words: &[Word], at: usize) -> Option<Range<usize>> {
    let start = joint(words, at)?;
    let goes_on =
        |at: usize| words.get(at).is_some_and(|word| !word.ends && (at == start || word.lead.is_none())) && !is(words, at, Part::Verb);
    let length = (start..).take(LONGEST + 1).take_while(|at| goes_on(*at)).count();
    (1..=LONGEST).contains(&length).then(|| start..start + length)
}

/// The name that a row goes on from, whose first one starts at `at`.
fn in_front(words: &[Word], at: usize) -> Option<Range<usize>> {
    let back = |at: usize, is: bool| at.checked_sub(usize::from(is));
    let from = at.checked_sub(1)?;
    let end = if lead(words, at).is_none() && is(words, from, Part::Article) { from } else { at };
    let end = back(end, end > 0 && lead(words, end).is_none() && is(words, end - 1, Part::Joint))?;
    if joint(words, end) != Some(at) {
        return None;
    }
    let before = words.get(..end)?;
    let mut length = 0;
    for word in before.iter().rev().take_while(|word| !word.ends) {
        length += 1;
        if word.lead.is_some() {
            break;
        }
    }
    (1..=LONGEST).contains(&length).then(|| end - length..end)
}

#[cfg(test)]
mod tests {
    use super::super::phrase;
    use super::*;

    #[test]
    fn names_in_a_row() {
        for (text, own, want) in [
            ("The tills, scales and the label printers were down", "scales", "tills, scales and the label printers"),
            ("The tills and scales stopped", "tills", "tills and scales"),
            ("Out of order: tills / scales", "tills", "tills / scales"),
            ("The tills were down and scales too", "tills", "tills"),
            ("The tills. Scales", "tills", "tills"),
        ] {
            let words = phrase::words(text);
            let at = words.iter().position(|word| text.get(word.range.clone()) == Some(own)).expect(own);
            let (row, _) = row(&words, &(at..at + 1));
            let written =
                words.get(row.start).zip(words.get(row.end - 1)).and_then(|(first, last)| text.get(first.range.start..last.range.end));
            assert_eq!(written, Some(want), "{text}");
        }
    }
}
