//! Zones named in running text: in labels, headings, heads of columns, and sentences about all times of a report.

use super::{Abbreviation, ZonePiece, city, utc_offset, zone};
use crate::extract::words::{Words, list, starts_with};
use crate::extract::{is_inside_token, word_starts};
use std::ops::Range;

/// The first zone named anywhere in a label or a sentence about times.
pub fn named_in(text: &str) -> Option<ZonePiece> {
    names(text).next().map(|(_, zone)| zone).or_else(|| local_in(text))
}

/// The zone that a heading or a caption gives for what stands under it: one of "Timeline (PDT)" or "All times CET", none of
/// "Outage of the CT archive" or "Packet loss in us-west-2".
pub fn given_in(text: &str) -> Option<ZonePiece> {
    let mut names = names(text).peekable();
    if names.peek().is_none() {
        return local_in(text);
    }
    let about_times = text.split(|c: char| !c.is_alphanumeric()).any(|word| list(Words::AboutTimes).holds(word));
    names.find(|(range, _)| about_times || stands_as_zone(text, range)).map(|(_, zone)| zone)
}

/// Whether the name at `range` can be nothing but a zone: UTC, alone, in brackets, behind a clock, or a part of its own at the end.
fn stands_as_zone(text: &str, range: &Range<usize>) -> bool {
    let (name, after) = (text.get(range.clone()).unwrap_or_default(), text.get(range.end..).unwrap_or_default().trim());
    let before = text.get(..range.start).unwrap_or_default().trim_end();
    let universal = starts_with(name, "utc") || starts_with(name, "gmt");
    let bracketed = before.ends_with(['(', '[']) && after.starts_with([')', ']']);
    let own_part = before.is_empty() || before.ends_with([',', '-', '–', '—', '|', ':', '/']);
    let abbreviated = !name.contains(|c: char| c.is_ascii_lowercase());
    universal || bracketed || (own_part && after.is_empty() && abbreviated)
}

/// The zones named in `text` and where; none inside an address or a name with dashes.
fn names(text: &str) -> impl Iterator<Item = (Range<usize>, ZonePiece)> {
    word_starts(text).filter_map(move |at| {
        // Words in lower case are many; of zones only some names are written so.
        let name = |input: &&str| input.starts_with(|c: char| c.is_ascii_uppercase()) || super::named(input).is_ok();
        let input = text.get(at..).filter(name)?;
        let (rest, zone) = zone(input).ok().filter(|_| !is_inside_token(text, at))?;
        Some((at..text.len() - rest.len(), zone))
    })
}

/// The longest aside in brackets about zones, in bytes.
const ASIDE: usize = 40;

/// The zones in brackets that hold nothing else: "(BST)", "(both CET)", "(local time, UTC+1)"; no short form of a name.
pub fn in_brackets(text: &str) -> impl Iterator<Item = ZonePiece> {
    memchr::memchr_iter(b'(', text.as_bytes()).filter_map(move |open| {
        let inner = text.get(open + 1..)?;
        let inner = inner.get(..inner.find(')').filter(|close| *close <= ASIDE)?)?;
        let (range, zone) = names(inner).next()?;
        let other =
            [inner.get(..range.start)?, inner.get(range.end..)?].into_iter().flat_map(|part| part.split(|c: char| !c.is_alphanumeric()));
        let about = |word: &str| {
            [Words::FunctionWords, Words::ClosedWords, Words::AboutTimes, Words::ForTimes].iter().any(|words| list(*words).holds(word))
        };
        let last = text.get(..open)?.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next()?;
        let names_it = last.starts_with(char::is_uppercase) && !list(Words::AboutTimes).holds(last);
        (!names_it && other.filter(|word| !word.is_empty()).all(about)).then_some(zone)
    })
}

/// The zone of a city that `text` names: "local time in Copenhagen".
pub fn of_city(text: &str) -> Option<ZonePiece> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3 && word.starts_with(char::is_uppercase));
    words.into_iter().find_map(city).map(ZonePiece::Region)
}

/// "Local time (Sydney)", "Time (XQT)": the place or the abbreviation in brackets behind a word for times that heads `text`.
fn local_in(text: &str) -> Option<ZonePiece> {
    let (head, rest) = text.split_once('(')?;
    let mut words = head.split_whitespace().filter(|word| !word.eq_ignore_ascii_case("local"));
    let inner = rest.get(..rest.find(')')?)?.trim();
    let only = words.next().is_some_and(|word| list(Words::AboutTimes).holds(word)) && words.next().is_none();
    let found = || city(inner).map(ZonePiece::Region).or_else(|| super::behind::unknown(inner).ok().map(|(_, zone)| zone));
    only.then(found).flatten()
}

/// The longest sentence about all times, in bytes.
const SENTENCE: usize = 160;

/// The zone that a sentence gives for all times: "All times in CET.", "The clock times here are those of Lisbon."
pub fn told_of_all(text: &str) -> Option<ZonePiece> {
    let scopes = list(Words::ZoneScopes).places(text).filter(|at| !is_qualified(text, at));
    let mut zones = scopes.filter_map(|at| {
        let rest = text.get(at.end..)?;
        let rest = rest.get(..rest.floor_char_boundary(SENTENCE)).unwrap_or(rest);
        let sentence = rest.get(..rest.find(". ").unwrap_or(rest.len())).unwrap_or(rest);
        leads_to_zone(sentence).then(|| named_in(sentence).or_else(|| of_city(sentence))).flatten()
    });
    zones.next()
}

/// Whether what stands behind "times" goes on to say which: "below are CEST", "in this report are Pacific", "(UTC)", "Eastern".
fn leads_to_zone(rest: &str) -> bool {
    let mut words = rest.split_whitespace().take(5);
    let says = |word: &str| matches!(word.trim_end_matches(','), "are" | "is" | "in" | "use") || word.ends_with(':');
    let ends = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    ends(rest.chars().next())
        && words.any(|word| says(word) || word.starts_with(|c: char| c.is_uppercase() || matches!(c, '(' | '[' | ':')))
}

/// Whether a word in front makes the times at `at` those of something: "response times in Tokyo".
fn is_qualified(text: &str, at: &Range<usize>) -> bool {
    let before = text.get(..at.start).unwrap_or_default();
    let word = before.trim_end_matches(' ').rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    starts_with(text.get(at.clone()).unwrap_or_default(), "time")
        && !word.is_empty()
        && !list(Words::FunctionWords).holds(word)
        && !list(Words::ForTimes).holds(word)
}

/// The abbreviations that `text` defines, with their minutes east of UTC: "CST (UTC+8)", "XQT = UTC+3".
pub fn definitions(text: &str) -> impl Iterator<Item = (Abbreviation, i32)> {
    let starts = ["UTC", "GMT"].map(|name| memchr::memmem::find_iter(text.as_bytes(), name).collect::<Vec<_>>());
    starts.into_iter().flatten().filter_map(|at| {
        let (_, zone) = text.get(at..).and_then(|input| utc_offset(input).ok())?;
        let before = text.get(..at)?.trim_end_matches(' ');
        let name = before.strip_suffix(['(', '[', '='])?.trim_end_matches(' ');
        let name = name.get(name.trim_end_matches(|c: char| c.is_alphanumeric()).len()..)?;
        if let ZonePiece::Fixed(minutes) = zone { Abbreviation::new(name).map(|name| (name, minutes)) } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_gives_a_zone_only_as_one() {
        for text in ["Timeline (PDT)", "Timeline, CET", "All times ET", "PST", "Windows (UTC)", "Zeiten: MEZ"] {
            assert!(given_in(text).is_some(), "{text}");
        }
        for text in [
            "API outage in us-west-2",
            "Packet loss in West Europe",
            "Major ICT incident",
            "Outage of the CT image archive",
            "Trouble at the Central office",
            "GST filing portal down",
            "Link errors (100 pkt dropped)",
            "Moved to eu-west",
        ] {
            assert_eq!(given_in(text), None, "{text}");
        }
    }

    #[test]
    fn a_zone_may_stand_alone_in_brackets() {
        for text in [
            "from 8:55 until 9:30 (both BST)",
            "on the kitchen clock (BST)",
            "11:05 to 12:50 (local time, UTC+1)",
            "Pacific Time (PT) all day",
        ] {
            assert_eq!(in_brackets(text).count(), 1, "{text}");
        }
        for text in ["the Engineering Team (ET)", "tills (EST 2009 and later)", "(see CET)", "at 10:00 CET"] {
            assert_eq!(in_brackets(text).count(), 0, "{text}");
        }
    }

    #[test]
    fn cities_have_zones() {
        assert_eq!(of_city("All timestamps are local time in Copenhagen."), Some(ZonePiece::Region(chrono_tz::Europe::Copenhagen)));
        assert_eq!(of_city("All timestamps are local time."), None);
    }

    #[test]
    fn a_sentence_gives_the_zone_of_all_times() {
        let minutes = |text: &str| told_of_all(text).and_then(|zone| zone.offsets().first().copied());
        for (text, east) in [
            ("All times are PKT.", 300),
            ("Times below are CEST (UTC+2) since that is where we live.", 120),
            ("The clock times here are those of Lisbon.", 0),
            ("Times in this report are Pacific.", -480),
            ("It broke at 10:05 (all times Eastern).", -300),
            ("Unless noted, times are in Oslo time.", 60),
        ] {
            assert_eq!(minutes(text), Some(east), "{text}");
        }
        for text in [
            "Response times in Singapore doubled.",
            "Load times in Tokyo rose.",
            "All times are local.",
            "It took five times as long in Oslo",
        ] {
            assert_eq!(told_of_all(text), None, "{text}");
        }
    }

    #[test]
    fn a_bracket_defines_an_abbreviation() {
        let found = |text: &str| definitions(text).map(|(name, minutes)| format!("{} {minutes}", name.name())).collect::<Vec<_>>();
        assert_eq!(found("From 20:10 CST (UTC+8), all in XQT = UTC+3"), ["CST 480", "XQT 180"]);
        assert!(found("at 10:00 CET (09:00 UTC), Lisbon (UTC+1), UTC+8 (CST)").is_empty());
    }
}
