//! Lines that a mail or a forum quotes, with the marks that mail programs put in front of them (RFC 3676, section 4.5).

use super::board::has_clock;
use crate::document::{Text, TextBuilder};

/// In front of a quoted line, once for each time it was quoted.
const MARK: char = '>';
/// One line alone may start with a sign for "more than".
const FEWEST: usize = 2;

/// `text` without the marks in front of its quoted lines, where only they tell times of day: who answers tells a story of their own. A
/// text in which fewer than [`FEWEST`] follow each other stays as it is.
pub fn without_marks<'a>(text: &Text<'a>) -> Text<'a> {
    let whole = text.as_str();
    if !is_quoted(whole) && memchr::memmem::find(whole.as_bytes(), b"\n>").is_none() {
        return text.clone();
    }
    let mut builder = TextBuilder::default();
    let (mut at, mut done) = (0, 0);
    let lines: Vec<&str> = whole.split_inclusive('\n').collect();
    if lines.iter().any(|line| !is_quoted(line) && has_clock(line)) {
        return text.clone();
    }
    for run in lines.chunk_by(|line, next| is_quoted(line) == is_quoted(next)) {
        let quoted = run.len() >= FEWEST && run.first().is_some_and(|line| is_quoted(line));
        for line in run {
            if quoted {
                builder.append(&text.part(done..at));
                done = at + mark(line);
            }
            at += line.len();
        }
    }
    if done == 0 {
        return text.clone();
    }
    builder.append(&text.part(done..whole.len()));
    builder.finish()
}

fn is_quoted(line: &str) -> bool {
    line.starts_with(MARK)
}

/// How many bytes its marks have, with one blank behind them.
fn mark(line: &str) -> usize {
    let mut rest = line.trim_start_matches(MARK);
    while let Some(next) = rest.strip_prefix(' ').filter(|next| next.starts_with(MARK)) {
        rest = next.trim_start_matches(MARK);
    }
    line.len() - rest.strip_prefix(' ').unwrap_or(rest).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_no_text() {
        for (text, read) in [
            (
                "See below.\n\n> Lifts:\n>   1. Stop\n>\n> > 10:40 They go\n>>They went\n\nBen\n",
                "See below.\n\nLifts:\n  1. Stop\n\n10:40 They go\nThey went\n\nBen\n",
            ),
            ("> 10:02 They stop\r\n>\r\n> 10:40 They go", "10:02 They stop\r\n\r\n10:40 They go"),
            ("Errors:\n> 5 % of calls\nAll else was fine\n", "Errors:\n> 5 % of calls\nAll else was fine\n"),
            ("a -> b\n  > c\n  > d\n", "a -> b\n  > c\n  > d\n"),
            ("It was mended at 10:40.\n\n> It broke\n> at 10:02.\n", "It was mended at 10:40.\n\n> It broke\n> at 10:02.\n"),
            ("", ""),
        ] {
            assert_eq!(without_marks(&Text::slice_of(text, 0..text.len())).as_str(), read);
        }
    }
}
