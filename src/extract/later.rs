//! Moments told by how long after or before another they were: "43 minutes later", "two hours after that".

use super::duration::Length;
use super::time::Time;
use super::words::{is_grammar, starts_with};

/// What is told of later is of the same story; weeks later it is another.
const STORY: f64 = 48.0 * 60.0;

/// What stands behind a length: the words, and whether they count back.
const BEHIND: [(&str, bool); 8] = [
    ("later", false),
    ("afterwards", false),
    ("thereafter", false),
    ("after that", false),
    ("after this", false),
    ("earlier", true),
    ("before that", true),
    ("before this", true),
];

/// The moments of `text` that count from the one told before, or from the last that tells of what they name; `lengths` are those in it.
pub fn later(text: &str, lengths: &[Length]) -> Vec<Time> {
    lengths.iter().filter_map(|length| one(text, length).or_else(|| named(text, length))).collect()
}

fn one(text: &str, length: &Length) -> Option<Time> {
    let behind = text.get(length.range.end..)?;
    let rest = behind.trim_start();
    let (words, back) = BEHIND.iter().find(|(words, _)| starts_with(rest, words))?;
    let next = rest.get(words.len()..)?;
    // "after that deploy" counts from something else, "later than planned" from nothing that happened.
    let mut behind_it = next.split_whitespace();
    let word = behind_it.next().unwrap_or_default();
    let goes_on = next.starts_with(char::is_alphanumeric) || word == "than";
    let noun = words.ends_with("th") || words.ends_with("at") || words.ends_with("is");
    let grammar = is_grammar(word);
    let names = noun && word.starts_with(char::is_alphabetic) && next.starts_with(' ') && !grammar;
    let end = length.range.end + (behind.len() - rest.len()) + words.len();
    let minutes = if *back { -length.minutes } else { length.minutes };
    (!goes_on && !names && length.minutes <= STORY).then_some(Time::Later(length.range.start..end, minutes, None))
}

/// "17 minutes after the alert": a moment that counts from what a noun names.
fn named(text: &str, length: &Length) -> Option<Time> {
    let behind = text.get(length.range.end..)?;
    let noun = behind.trim_start().strip_prefix("after the ")?;
    let start = text.len() - noun.len();
    let end = start + noun.find(|c: char| !c.is_alphanumeric()).unwrap_or(noun.len());
    // "after the alert rules were changed" counts from something else.
    let ends = text
        .get(end..)
        .is_some_and(|rest| rest.trim_start().starts_with(['.', ',', ';', ')']) || rest.starts_with(" and ") || rest.is_empty());
    (ends && end > start && length.minutes <= STORY).then_some(Time::Later(length.range.start..end, length.minutes, Some(start..end)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::duration::lengths;

    fn found(text: &str) -> Vec<(&str, f64)> {
        let place = |time: &Time| match time {
            Time::Later(range, minutes, None) => Some((text.get(range.clone())?, *minutes)),
            _ => None,
        };
        later(text, &lengths(text)).iter().filter_map(place).collect()
    }

    #[test]
    fn counts_from_the_moment_before() {
        for (text, want) in [
            ("and recovered 43 minutes later.", ("43 minutes later", 43.0)),
            ("Two hours after that the queue was empty.", ("Two hours after that", 120.0)),
            ("An hour and a half\nlater, all was well", ("An hour and a half\nlater", 90.0)),
            ("which had begun 10 minutes earlier", ("10 minutes earlier", -10.0)),
        ] {
            assert_eq!(found(text), [want], "{text}");
        }
    }

    #[test]
    fn counts_from_what_is_named() {
        let text = "It was restarted 17 minutes after the alert and worked.";
        let [Time::Later(range, minutes, Some(noun))] = &later(text, &lengths(text))[..] else { panic!("{text}") };
        assert_eq!((text.get(range.clone()), minutes, text.get(noun.clone())), (Some("17 minutes after the alert"), &17.0, Some("alert")));
        for text in ["17 minutes after the alert rules were changed", "17 minutes after an alert", "17 minutes of it"] {
            assert_eq!(later(text, &lengths(text)), [], "{text}");
        }
    }

    #[test]
    fn refuses_what_counts_from_nothing_told() {
        for text in [
            "43 minutes later than planned",
            "ten minutes after that deploy",
            "Two weeks later we shipped the fix.",
            "a few minutes later",
            "for 43 minutes",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
