//! Running text: its sentences, the labels inside it, and lists that were flattened into it.

mod labels;
mod lists;

pub use labels::inline_labels;
pub use lists::{inline_list, run_on};

use super::date;
use super::words::{is_grammar, is_one_of};
use std::ops::Range;

/// Words whose full stop ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "approx", "e.g", "i.e", "a.m", "p.m", "vs", "no", "st", "mr", "ms", "dr", "inc", "ltd", "co", "corp", "etc", "jan", "feb", "mar",
    "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "ca", "c", "v", "u.s", "misc", "incl", "est", "min", "max", "fig",
];

/// What may stand between a full stop and the white space after it.
const CLOSING: [char; 7] = ['"', '”', '\'', '’', ')', '*', '_'];

/// The most bytes of a sentence: what goes on for longer is cut at white space, so that looking at all of a sentence for
/// each of its times stays linear in the text.
const SENTENCE: usize = 2000;

/// The most words of a name in quotation marks.
const NAME: usize = 5;

/// Whether what stands at `range` of `text` is part of a name in quotation marks, behind the noun it is the name of ("the song
/// “6:45 start”"), rather than of something that is quoted.
pub fn is_in_name(text: &str, range: &Range<usize>) -> bool {
    let (Some(before), Some(after)) = (text.get(..range.start), text.get(range.end..)) else { return false };
    let Some((open, mark)) = before.char_indices().rev().find(|(_, c)| matches!(c, '"' | '“' | '”' | '„' | '«' | '»')) else {
        return false;
    };
    let close = match mark {
        '"' if before.matches('"').count() % 2 == 1 => '"',
        '“' | '„' => '”',
        '«' => '»',
        _ => return false,
    };
    let (lead, head) = (before.get(..open).unwrap_or_default(), before.get(open + mark.len_utf8()..).unwrap_or_default());
    let Some((tail, _)) = after.split_once(close) else { return false };
    let words = head.split_whitespace().chain(tail.split_whitespace()).count();
    let beside = head.chars().chain(tail.chars()).any(char::is_alphabetic);
    let stop = |part: &str| part.contains(['.', '!', '?', ';', ',', ':']);
    lead.trim_end().ends_with(char::is_alphabetic) && beside && words < NAME && !stop(head) && !stop(tail)
}

/// The sentences of `text`, without white space at their ends.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    // Up to here no white space stands behind the most bytes of a sentence; it is not looked for twice.
    let mut searched = 0;
    let bytes = text.as_bytes();
    let stops = memchr::memchr3_iter(b'.', b'!', b'?', bytes).map(|at| (at, true));
    let paragraphs = memchr::memmem::find_iter(bytes, b"\n\n").map(|at| (at, false));
    for (at, stop) in merged(stops, paragraphs).chain([(text.len(), false)]) {
        while at > start + SENTENCE {
            let Some(end) = cut(text, searched.max(start + SENTENCE), at) else { break };
            push_trimmed(text, start..end, &mut found);
            start = end;
        }
        searched = at;
        let after = at + 1;
        if at >= start && at < text.len() && (!stop || ends_sentence(text, at, after)) {
            let rest = text.get(after..).unwrap_or_default();
            let end = after + (rest.len() - rest.trim_start_matches(CLOSING).len());
            push_trimmed(text, start..end, &mut found);
            start = end;
        }
    }
    push_trimmed(text, start..text.len(), &mut found);
    found
}

/// Two runs of places as one, in order.
fn merged(a: impl Iterator<Item = (usize, bool)>, b: impl Iterator<Item = (usize, bool)>) -> impl Iterator<Item = (usize, bool)> {
    let (mut a, mut b) = (a.peekable(), b.peekable());
    std::iter::from_fn(move || match (a.peek(), b.peek()) {
        (Some(first), Some(second)) if second.0 < first.0 => b.next(),
        (Some(_), _) => a.next(),
        (None, _) => b.next(),
    })
}

/// Behind the first white space from `from` on, before `to`.
fn cut(text: &str, from: usize, to: usize) -> Option<usize> {
    let from = text.ceil_char_boundary(from).min(to);
    let rest = text.get(from..to)?;
    rest.char_indices().find(|(_, c)| c.is_whitespace()).map(|(at, c)| from + at + c.len_utf8())
}

fn push_trimmed(text: &str, range: Range<usize>, into: &mut Vec<Range<usize>>) {
    let part = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (part.len() - part.trim_start().len());
    let end = range.start + part.trim_end().len();
    if end > start {
        into.push(start..end);
    }
}

fn ends_sentence(text: &str, at: usize, after: usize) -> bool {
    let rest = text.get(after..).unwrap_or_default();
    // Closing quotes and brackets belong to the sentence; what follows must look like a new one.
    let next = rest.trim_start_matches(CLOSING);
    if next.is_empty() {
        return true;
    }
    if !next.starts_with(char::is_whitespace) {
        // "time period.This issue": the space was lost.
        return next.starts_with(char::is_uppercase)
            && text.get(..at).is_some_and(|t| t.ends_with(|c: char| c.is_lowercase()) && lost_space(t, next));
    }
    let first = next.trim_start().chars().next();
    if !first
        .is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“' | '(' | '[' | '•' | '-' | '*' | '·' | '$' | '%'))
    {
        return next.starts_with("\n") && first.is_none();
    }
    if text.as_bytes().get(at) != Some(&b'.') {
        return true;
    }
    let before = text.get(..at).unwrap_or_default();
    let written = last_word(before);
    // "EST" is a zone, and "at 9 a.m. The" two sentences: a word of grammar has a capital only where it opens one.
    let in_capitals = written.len() > 1 && written.bytes().all(|b| b.is_ascii_uppercase());
    // A number with a stop is an entry's mark, not a sentence, but for the day of a month.
    let number = !written.is_empty() && written.len() <= 2 && written.bytes().all(|b| b.is_ascii_digit());
    let of_month = || date::month_of(last_word(before.get(..before.len() - written.len()).unwrap_or_default().trim_end())).is_some();
    let enumerates = number && !of_month();
    let initial = written.chars().count() == 1 && written.chars().all(char::is_alphabetic) && !matches!(written, "i" | "I");
    !(enumerates || initial || !in_capitals && is_one_of(written, ABBREVIATIONS) && !opens_sentence(next))
}

/// Whether a text begins with a word of grammar that has a capital.
fn opens_sentence(text: &str) -> bool {
    let text = text.trim_start();
    let word = text.get(..text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len())).unwrap_or_default();
    word.starts_with(char::is_uppercase) && is_grammar(word)
}

/// The word at the end of `text`; of one longer than any word, its end.
fn last_word(text: &str) -> &str {
    let start = text.ceil_char_boundary(text.len().saturating_sub(32));
    text.get(start..).unwrap_or_default().rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default()
}

fn lost_space(before: &str, after: &str) -> bool {
    let word = last_word(before);
    let next = after.get(..after.floor_char_boundary(32)).unwrap_or_default().split(char::is_whitespace).next().unwrap_or_default();
    !word.contains(['.', '/', '@', ':'])
        && !next.contains(['.', '/', '(', ')'])
        && next.chars().skip(1).all(|c| c.is_lowercase() || !c.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| text.get(range).unwrap_or_default()).collect()
    }

    #[test]
    fn sentences_end_where_they_end() {
        assert_eq!(split("It broke. We fixed it! Why? Nobody knows"), ["It broke.", "We fixed it!", "Why?", "Nobody knows"]);
        assert_eq!(split("At 8.15am BST approx. 40 users of v2.5 left. Done."), ["At 8.15am BST approx. 40 users of v2.5 left.", "Done."]);
        assert_eq!(split("over this time period.This issue"), ["over this time period.", "This issue"]);
        assert_eq!(split("One\n\nTwo"), ["One", "Two"]);
        assert_eq!(split("See config.yaml and a.b.C now. Yes."), ["See config.yaml and a.b.C now.", "Yes."]);
        assert_eq!(split("He said \"stop.\" Then 5 p.m. passed."), ["He said \"stop.\"", "Then 5 p.m. passed."]);
        assert_eq!(split("Up at 9:05 a.m. EST. Tills by 9:10 a.m. The rest"), ["Up at 9:05 a.m. EST.", "Tills by 9:10 a.m.", "The rest"]);
        assert_eq!(split("It broke on May 26. Tills were out."), ["It broke on May 26.", "Tills were out."]);
        assert_eq!(split("Tills of Pies Inc. North were down at 5 p.m. Eastern"), ["Tills of Pies Inc. North were down at 5 p.m. Eastern"]);
    }
}
