//! Talk whose lines name who spoke before they say when: `Mira [14:02]: it is back`, `Mira: it is back (14:02)`.

use super::statuspage;
use crate::document::{Text, TextBuilder};
use std::ops::Range;

/// So many lines of one form are talk.
const LEAST: usize = 3;

/// A line of talk, as ranges of it.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    clock: Range<usize>,
    speaker: Range<usize>,
    words: Range<usize>,
}

/// The text with the clock in front of each line of talk, as a timeline has it; the text itself where it is no talk.
pub fn clocks_first<'a>(whole: &Text<'a>) -> Text<'a> {
    let text = whole.as_str();
    let lines = || text.split_inclusive('\n');
    let filled = || lines().filter(|line| !line.trim().is_empty()).count();
    let spoken = lines().filter(|line| said(line).is_some()).count();
    if spoken < LEAST || spoken * 2 < filled() {
        return whole.clone();
    }
    let (mut builder, mut at) = (TextBuilder::default(), 0);
    for line in lines() {
        let part = |range: Range<usize>| whole.part(at + range.start..at + range.end);
        match said(line) {
            Some(Said { clock, speaker, words }) => {
                let mark = |builder: &mut TextBuilder, mark: &str, at: usize| builder.push_decoded(mark, at..at);
                builder.append(&part(clock));
                let place = part(speaker.clone()).whole().range();
                mark(&mut builder, " ", place.start);
                builder.append(&part(speaker));
                mark(&mut builder, ": ", place.end);
                builder.append(&part(words));
                builder.append(&part(line.trim_end().len()..line.len()));
            }
            None => builder.append(&part(0..line.len())),
        }
        at += line.len();
    }
    builder.finish()
}

fn said(line: &str) -> Option<Said> {
    let start = line.len() - line.trim_start().len();
    let end = line.trim_end().len();
    let colon = |from: usize| line.get(from..end)?.find(':').map(|found| from + found);
    let open = memchr::memchr2(b'[', b'(', line.get(start..end)?.as_bytes()).map(|found| start + found)?;
    let close = open + line.get(open..end)?.find([']', ')'])?;
    let clock = open + 1..close;
    line.get(clock.clone()).filter(|clock| is_clock(clock))?;
    let name_end = start + line.get(start..open)?.trim_end().len();
    // "Mira [14:02]: it is back"
    if is_name(line.get(start..name_end)?) {
        let behind = colon(close + 1).filter(|colon| *colon == close + 1)?;
        let words = trimmed(line, behind + 1..end);
        return (!words.is_empty()).then_some(Said { clock, speaker: start..name_end, words });
    }
    // "Mira: it is back (14:02)"
    let colon = colon(start).filter(|colon| *colon < open && close + 1 == end)?;
    let words = trimmed(line, colon + 1..open);
    (is_name(line.get(start..colon)?) && !words.is_empty()).then_some(Said { clock, speaker: start..colon, words })
}

fn trimmed(line: &str, range: Range<usize>) -> Range<usize> {
    let text = line.get(range.clone()).unwrap_or_default();
    let start = range.start + (text.len() - text.trim_start().len());
    start..(range.start + text.trim_end().len()).max(start)
}

/// Whether it is a clock, with or without its day and zone.
fn is_clock(text: &str) -> bool {
    let two = |text: &str| text.len() >= 2 && text.bytes().take(2).all(|byte| byte.is_ascii_digit());
    let clock = text.match_indices(':').any(|(at, _)| {
        let hour = text.get(..at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()));
        hour && text.get(at + 1..).is_some_and(two)
    });
    clock && text.len() <= 32 && text.split(|c: char| !c.is_alphabetic()).all(|word| word.len() <= 9)
}

/// Whether somebody is called so: a name of up to three words, or that of an account.
fn is_name(text: &str) -> bool {
    let letters = |word: &str| word.chars().all(|c| c.is_alphanumeric() || "._-@#<>'’".contains(c));
    let words = text.split(' ').collect::<Vec<_>>();
    text.len() <= 32
        && words.len() <= 3
        && text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '@' | '<'))
        && words.iter().all(|word| !word.is_empty() && letters(word))
        // "Update 4 (11:30 UTC): …" is the post of a page.
        && words.last().is_some_and(|last| last.contains(|c: char| !c.is_ascii_digit()))
        && !words.first().is_some_and(|first| statuspage::update_label(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_stand_in_front() {
        let told = |text: &str| clocks_first(&Text::slice_of(text, 0..text.len())).as_str().to_owned();
        let talk = "#mail, 3 March 2026\n\nMira [14:02]: late again\nJon B (2026-03-03 14:05 UTC): on it\nMira: it is back [2:40 PM]\n";
        assert_eq!(
            told(talk),
            "#mail, 3 March 2026\n\n14:02 Mira: late again\n2026-03-03 14:05 UTC Jon B: on it\n2:40 PM Mira: it is back\n"
        );
        for other in [
            "Mira [14:02]: late again\nJon [14:05]: on it\n",
            "The first host (10:02): it failed at once and nobody saw it.\nSee [1]: a.\nSee [2]: b.\nSee [3:1]: c.\n",
            "UPDATE 3 (11:30 UTC): open.\nUPDATE 2 (09:10 UTC): paused.\nResolved (14:02): over.\n",
            "Mira said (14:02): late\nnobody (14:05) knew\nit went on (14:09) for long\nand (15:00) ended\n",
        ] {
            assert_eq!(told(other), other);
        }
    }

    #[test]
    fn every_word_leads_back() {
        let text = "Mira [14:02]: late\nJon [14:05]: ack\nMira [14:40]: back\n";
        let made = clocks_first(&Text::slice_of(text, 0..text.len()));
        for word in ["14:05", "Jon", "ack", "back"] {
            let at = made.as_str().find(word).unwrap();
            assert_eq!(text.get(made.span(at..at + word.len()).range()), Some(word));
        }
    }
}
