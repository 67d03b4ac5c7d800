//! How long the report says the whole lasted.

mod whole;

use super::mention::{InRange, Mention, is_planning};
use crate::basis::{Basis, Rule};
use crate::extract::date;
use crate::extract::duration::{Length, lengths};
use crate::extract::lexicon::Topic;
use crate::extract::passage::{Form, Passage};
use crate::extract::time::Time;
use crate::extract::words::{Words, list};
use crate::incident::Fact;
use crate::source::{Source, Span};
use chrono::{Datelike, NaiveDate};
use whole::{Says, says_whole};

/// So many bytes in front of a length say what it is given for.
const LEAD: usize = 64;

/// Words of its sentence that are further from a length tell nothing of it, in bytes.
const NEAR: usize = 400;

/// The stated length of the whole incident, in minutes: a duration field, a length in brackets behind the window, then
/// a sentence that says how long it lasted.
pub fn stated(source: &Source, passages: &[(Passage<'_>, Vec<Time>)], mentions: &[Mention]) -> Option<Fact<f64>> {
    let fact = |minutes: f64, span: Span| Fact::stated(minutes, source.cite(span), Basis::Labelled(Topic::Duration));
    let fields = passages.iter().filter(|(passage, _)| passage.form == Form::Field && passage.topic == Some(Topic::Duration));
    let valued = fields.filter_map(|(passage, _)| {
        let label = passage.label.as_ref().map(|label| label.as_str().to_lowercase()).unwrap_or_default();
        let length = lengths(passage.text.as_str()).into_iter().next().or_else(|| clock_length(passage.text.as_str()))?;
        // "Duration" is the whole; "time to recovery" runs from the start of the incident, too.
        Some((label.contains("time to") || label.contains("ttr"), length.minutes, passage.text.span(length.range)))
    });
    let valued: Vec<_> = valued.collect();
    if let Some((_, minutes, span)) = valued.iter().find(|(second, ..)| !second).or(valued.first()) {
        return Some(fact(*minutes, *span));
    }
    let behind = behind_window(source, mentions).into_iter().map(|fact| (Says::Surely, fact));
    // The surest, the first of them.
    let best = behind.chain(told(source, passages, mentions)).rev().max_by_key(|(says, _)| *says);
    best.map(|(_, fact)| fact)
}

/// "01:45", "1:45:00" as a length.
pub(super) fn clock_length(value: &str) -> Option<Length> {
    let token = value.split_whitespace().next()?;
    let parts: Vec<f64> = token.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let minutes = match parts.as_slice() {
        [hours, minutes] => hours * 60.0 + minutes,
        [hours, minutes, seconds] => hours * 60.0 + minutes + seconds / 60.0,
        _ => return None,
    };
    Some(Length { range: 0..token.len(), minutes })
}

/// "from A to B (1 hour 45 minutes)", "from A to B, which is 47 minutes", "from A to B. That's 47 minutes": the length that
/// stands beside a range and says what it comes to.
fn behind_window(source: &Source, mentions: &[Mention]) -> Option<Fact<f64>> {
    let told = mentions.iter().filter(|mention| mention.counts && !is_planning(mention.topic));
    told.filter(|told| told.in_range != InRange::End || told.impact).find_map(|end| {
        let after = end.text.as_str().get(end.after.clone())?;
        let worded = || bracketed(after).or_else(|| apposed(after)).filter(|_| end.in_range == InRange::End);
        let length = iso(after).or_else(worded)?;
        let base = end.after.start;
        let cite = source.cite(end.text.span(base + length.range.start..base + length.range.end));
        Some(Fact::stated(length.minutes, cite, Basis::Ruled(Rule::LengthInBrackets)))
    })
}

/// "/PT1H30M": the length that `after` begins with, as ISO 8601 writes it behind a start.
fn iso(after: &str) -> Option<Length> {
    let behind = after.trim_start_matches([' ', '/', ',']);
    let rest = behind.strip_prefix("PT")?;
    let offset = after.len() - rest.len();
    let length = lengths(rest).into_iter().next().filter(|length| length.range.start == 0)?;
    Some(Length { range: offset - 2..offset + length.range.end, ..length })
}

/// The length in the brackets that `after` opens, which hold little else.
fn bracketed(after: &str) -> Option<Length> {
    let offset = after.find('(').filter(|at| after.get(..*at).is_some_and(|gap| gap.trim().len() <= 12))? + 1;
    let inner = after.get(offset..)?;
    let inner = inner.get(..inner.find(')')?)?;
    let length = lengths(inner).into_iter().next().filter(|length| inner.len() <= length.range.len() + 16)?;
    Some(Length { range: offset + length.range.start..offset + length.range.end, ..length })
}

/// The length that `after` gives in other words for what stands before it.
fn apposed(after: &str) -> Option<Length> {
    let near = after.get(..after.floor_char_boundary(LEAD))?;
    let length = lengths(near).into_iter().next()?;
    let between = near.get(..length.range.start)?.to_lowercase().replace('’', "'");
    let mut words = between.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
    let refers = words.next().is_some_and(|word| matches!(word, "which" | "that" | "that's" | "this"));
    let says =
        |word: &str| matches!(word, "is" | "was" | "makes" | "made" | "comes" | "came" | "to") || list(Words::AboutLength).holds(word);
    (refers && words.all(says)).then_some(length)
}

/// "The outage lasted about 36 minutes", "for approximately three hours", "a total of 3 hours of downtime": the lengths that are
/// told for the whole, the longest of each passage and kind, since a whole is no shorter than its parts.
fn told(source: &Source, passages: &[(Passage<'_>, Vec<Time>)], mentions: &[Mention]) -> Vec<(Says, Fact<f64>)> {
    let days: Vec<NaiveDate> = mentions.iter().filter(|mention| mention.counts).filter_map(|mention| mention.point.date).collect();
    let mut found: Vec<(Says, Fact<f64>)> = Vec::new();
    // "June 4 12:05 UTC (lasting 2 hours)": a heading may say it.
    let heading = passages.iter().find_map(|(passage, _)| passage.heading.as_ref()).and_then(|heading| heading.upwards().last());
    if let Some(heading) = heading
        && let Some(at) = heading.text.as_str().find("lasting ")
        && let Some(length) = lengths(heading.text.as_str()).into_iter().find(|length| length.range.start >= at)
    {
        let cite = source.cite(heading.text.span(length.range));
        found.push((Says::Surely, Fact::stated(length.minutes, cite, Basis::Ruled(Rule::LengthInHeading))));
    }
    for (passage, _) in passages.iter().filter(|(passage, _)| {
        !is_planning(passage.topic)
            && (passage.form != Form::Field || passage.topic == Some(Topic::Summary))
            && !matches!(passage.topic, Some(Topic::Detection | Topic::Factors | Topic::Cause))
    }) {
        let here = found.len();
        for (says, length) in told_in(passage, &days) {
            let fact = Fact::stated(length.minutes, source.cite(passage.text.span(length.range)), Basis::Ruled(Rule::LengthTold));
            match found.iter_mut().skip(here).find(|(known, _)| *known == says) {
                Some((_, known)) if known.value < fact.value => *known = fact,
                Some(_) => {}
                None => found.push((says, fact)),
            }
        }
    }
    found
}

/// Whether a sentence names a month or a year that none of `days`, those of the incident, is in: "the outage in March".
fn is_elsewhen(sentence: &str, days: &[NaiveDate]) -> bool {
    let month = |word: &str| {
        let named = date::month_of(word).filter(|_| word.starts_with(char::is_uppercase));
        named.is_some_and(|month| days.iter().all(|day| day.month() != month))
    };
    let year = |word: &str| word.parse().is_ok_and(|year| (1990..2100).contains(&year) && days.iter().all(|day| day.year() != year));
    let mut before = "";
    let mut words = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let elsewhen = words.any(|word| {
        let led = matches!(std::mem::replace(&mut before, word), "in" | "In" | "of" | "since" | "Since");
        month(word) || led && year(word)
    });
    !days.is_empty() && elsewhen
}

/// The lengths that the sentences of a passage tell for the whole; `days` are those of the incident.
fn told_in(passage: &Passage, days: &[NaiveDate]) -> Vec<(Says, Length)> {
    let text = passage.text.as_str();
    let mut found = Vec::new();
    if passage.lengths().is_empty() {
        return found;
    }
    for sentence in passage.sentences() {
        let lengths = passage.lengths();
        let from = lengths.partition_point(|length| length.range.start < sentence.start);
        for length in lengths.get(from..).unwrap_or_default().iter().take_while(|length| length.range.end <= sentence.end) {
            let start = text.ceil_char_boundary(length.range.start.saturating_sub(NEAR)).max(sentence.start);
            let end = text.floor_char_boundary(length.range.end + NEAR).min(sentence.end);
            let near = Length { range: length.range.start - start..length.range.end - start, minutes: length.minutes };
            let words = text.get(start..end).unwrap_or_default();
            if is_elsewhen(words, days) {
                continue;
            }
            found.extend(says_whole(words, &near, |list| passage.may_hold(list)).map(|says| (says, length.clone())));
        }
    }
    found
}

/// The lengths that the report gives for something, rather than counts from something, with where they stand.
pub fn given<'p, 'a>(passages: &'p [(Passage<'a>, Vec<Time>)]) -> impl Iterator<Item = (&'p Passage<'a>, &'p Length)> {
    let told = passages.iter().map(|(passage, _)| passage).filter(|passage| !is_planning(passage.topic));
    told.flat_map(|passage| passage.lengths().iter().map(move |length| (passage, length))).filter(|(passage, length)| {
        let text = passage.text.as_str();
        let start = text.ceil_char_boundary(length.range.start.saturating_sub(LEAD));
        let before = text.get(start..length.range.start).unwrap_or_default().to_lowercase();
        let lead = before.split_whitespace().rev().find(|word| !list(Words::AboutLength).holds(word) || matches!(*word, "of" | "total"));
        let alone = length.range.len() + 16 >= text.len();
        alone || lead.is_some_and(|word| list(Words::LengthLeads).holds(word.trim_start_matches('(')))
    })
}

/// A length that the report gives for something or in the sentence with the byte `begins`, by which its impact begins, where it is that of its
/// impact, `minutes`: the clocks bear out that the whole is meant.
pub fn borne_out(source: &Source, passages: &[(Passage<'_>, Vec<Time>)], minutes: f64, begins: Option<u32>) -> Option<Fact<f64>> {
    // A length of a minute or two may be that of anything.
    let fits = |length: &Length| (length.minutes - minutes).abs() <= 1.0 && minutes >= 5.0;
    let beside = |passage: &Passage, length: &Length| {
        let holds = |sentence: Span| begins.is_some_and(|begins| sentence.start <= begins && begins < sentence.end);
        passage.sentence_at(length.range.start).is_some_and(|sentence| holds(passage.text.span(sentence.clone())))
    };
    let lengths = || passages.iter().flat_map(|(passage, _)| passage.lengths().iter().map(move |length| (passage, length)));
    let by_place = || lengths().find(|(passage, length)| fits(length) && beside(passage, length));
    let (passage, length) = given(passages).find(|(_, length)| fits(length)).or_else(by_place)?;
    let cite = source.cite(passage.text.span(length.range.clone()));
    Some(Fact::stated(length.minutes, cite, Basis::Ruled(Rule::LengthThatFits)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lasted_in_another_month_is_another() {
        let days = [NaiveDate::from_ymd_opt(2024, 5, 3).unwrap_or_default()];
        for sentence in ["the outage in March, which lasted six hours", "In 2023 we had 12 hours of downtime."] {
            assert!(is_elsewhen(sentence, &days), "{sentence}");
        }
        for sentence in
            ["It lasted 40 minutes on 3 May 2024.", "It may have lasted 2000 seconds.", "The march of 1500 people lasted an hour."]
        {
            assert!(!is_elsewhen(sentence, &days), "{sentence}");
        }
    }

    #[test]
    fn what_a_range_comes_to() {
        let told = |after: &str| iso(after).or_else(|| bracketed(after)).or_else(|| apposed(after)).map(|length| length.minutes);
        for (after, minutes) in [
            (" (31 minutes)", 31.0),
            (", which is 31 minutes.", 31.0),
            (", which makes just over 31 minutes", 31.0),
            (". That's 1 hour 45 minutes.", 105.0),
            ("/PT1H45M", 105.0),
            (" PT45M tiles failed", 45.0),
        ] {
            assert_eq!(told(after), Some(minutes), "{after}");
        }
        for after in
            [", which we saw 10 minutes later", ". Within 5 minutes it was back", " (a queue of 20 minutes that we had before)", ""]
        {
            assert_eq!(told(after), None, "{after}");
        }
    }
}
