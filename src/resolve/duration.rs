//! How long the report says the whole lasted.

use super::mention::{InRange, Mention, is_planning};
use crate::basis::{Basis, Rule};
use crate::extract::date;
use crate::extract::duration::{Length, lengths};
use crate::extract::lexicon::{self, Cue, Topic};
use crate::extract::modality;
use crate::extract::passage::{Form, Passage};
use crate::extract::time::Time;
use crate::extract::words::{Words, list};
use crate::incident::Fact;
use crate::source::{Source, Span};
use chrono::{Datelike, NaiveDate};

/// So many bytes in front of a length say what it is given for.
const LEAD: usize = 64;

/// Words of its sentence that are further from a length tell nothing of it, in bytes.
const NEAR: usize = 400;

/// The stated length of the whole incident, in minutes: a duration field, a length in brackets behind the window, then
/// a sentence that says how long it lasted.
pub fn stated(source: &Source, passages: &[(Passage<'_>, Vec<Time>)], mentions: &[Mention]) -> Option<Fact<f64>> {
    let fact = |minutes: f64, span: Span| Fact::stated(minutes, source.cite(span), Basis::Labelled(Topic::Duration));
    let fields = passages.iter().filter(|(passage, _)| passage.form == Form::Field && passage.topic == Some(Topic::Duration));
    let mut valued = fields.filter_map(|(passage, _)| {
        let label = passage.label.as_ref().map(|label| label.as_str().to_lowercase()).unwrap_or_default();
        let length = lengths(passage.text.as_str()).into_iter().next().or_else(|| clock_length(passage.text.as_str()))?;
        // "Duration" is the whole; "time to recovery" runs from the start of the incident, too.
        Some((label.contains("time to") || label.contains("ttr"), length.minutes, passage.text.span(length.range)))
    });
    let valued: Vec<_> = valued.by_ref().collect();
    if let Some((_, minutes, span)) = valued.iter().find(|(second, ..)| !second).or(valued.first()) {
        return Some(fact(*minutes, *span));
    }
    let behind = behind_window(source, mentions).into_iter().map(|fact| (Says::Surely, fact));
    let mut best: Option<(Says, Fact<f64>)> = None;
    // The surest, the first of them.
    for (says, fact) in behind.chain(told(source, passages, mentions)) {
        if best.as_ref().is_none_or(|(known, _)| says > *known) {
            best = Some((says, fact));
        }
    }
    best.map(|(_, fact)| fact)
}

/// How surely a sentence says that a length is that of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Says {
    /// Customers felt it for so long.
    Likely,
    /// The outage lasted so long.
    Surely,
    /// It was so long in all.
    InAll,
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
        let mut sentences = passage.sentences().iter().filter(|sentence| sentence.contains(&length.range.start));
        sentences.any(|sentence| holds(passage.text.span(sentence.clone())))
    };
    let lengths = || passages.iter().flat_map(|(passage, _)| passage.lengths().iter().map(move |length| (passage, length)));
    let by_place = || lengths().find(|(passage, length)| fits(length) && beside(passage, length));
    let (passage, length) = given(passages).find(|(_, length)| fits(length)).or_else(by_place)?;
    let cite = source.cite(passage.text.span(length.range.clone()));
    Some(Fact::stated(length.minutes, cite, Basis::Ruled(Rule::LengthThatFits)))
}

/// Whether a sentence says that the whole lasted `length`, and how surely. Only words of lists that `may` be there are looked
/// for.
fn says_whole(sentence: &str, length: &Length, may: impl Fn(Words) -> bool) -> Option<Says> {
    let about = |word: &str| list(Words::AboutLength).holds(word) || matches!(word, "at" | "least");
    let lower = sentence.to_lowercase();
    let before = lower.get(..length.range.start)?.trim_end_matches(['~', '≈', ' ', '\n', '(']);
    // A cell of a table tells for itself.
    let before = before.rsplit(['|', '\t']).next().unwrap_or(before).trim_start();
    if modality::is_of_another(before) {
        return None;
    }
    let after = lower.get(length.range.end..).unwrap_or_default().trim_start();
    let mut words = before.split_whitespace().rev().skip_while(|word| about(word));
    let mut verb = words.next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
    let mut subject: Vec<&str> = words.collect();
    // "for a period of 84 minutes", "for an aggregate of 33 minutes"
    if let ["a" | "an" | "the", "for", ..] = subject.as_slice()
        && before.ends_with("of")
    {
        verb = "for";
        subject.drain(..2);
    }
    let endured = |word: &str| list(Words::Endured).holds(word);
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    // "lasted for", "lasted overall around"
    if (verb == "for" || list(Words::InAll).holds(verb)) && subject.first().is_some_and(|word| endured(word)) {
        verb = subject.remove(0);
    }
    let said_of = |nouns: Words| subject.iter().any(|word| list(nouns).holds(&bare(word)));
    // "June 4 12:05 UTC (lasting 2 hours)"
    if before.ends_with("(lasting") {
        return Some(Says::Surely);
    }
    // "Lasted 2h 26m" under a title
    if endured(verb) && subject.is_empty() {
        return Some(Says::Surely);
    }
    if endured(verb) {
        // "Patients could not book, starting at 18:04 and lasting 53 minutes"
        let of_impact = || verb == "lasting" && before.contains("starting") && lexicon::has(sentence, Cue::Impact);
        // What lasts is trouble, by whatever name.
        let trouble = || subject.iter().take(3).any(|word| lexicon::has(word, Cue::Impact));
        let whole = said_of(Words::Whole) || trouble();
        let says = if lexicon::has(sentence, Cue::Habit) { Says::Likely } else { Says::Surely };
        return if whole { Some(says) } else { of_impact().then_some(Says::Likely) };
    }
    let filler = |word: &str| about(word) || list(Words::LengthFiller).holds(word) || list(Words::Whole).holds(word);
    let total = before
        .rsplit_once("duration")
        .is_some_and(|(_, between)| between.split_whitespace().map(bare).all(|word| word.is_empty() || filler(&word)));
    // "retried every 15 minutes for 3 days", "normal for 20 minutes" tell of other things.
    if may(Words::NotWhole) && list(Words::NotWhole).is_in(&lower) || list(Words::Unharmed).strip_end(before).is_some() {
        return None;
    }
    let impact = || lexicon::has(sentence, Cue::Impact);
    // "was down until 04:20, 4 hours and 33 minutes in all"
    if list(Words::InAll).strip_start(after).is_some() && impact() && (before.ends_with(',') || verb == "for" && said_of(Words::FeltWords))
    {
        return Some(Says::InAll);
    }
    if total {
        return Some(Says::Surely);
    }
    if matches!(verb, "was" | "is" | "of") && may(Words::TotalTimes) && list(Words::TotalTimes).is_in(before) {
        return Some(Says::Surely);
    }
    if list(Words::LengthOf).strip_start(after).is_some() {
        return Some(Says::Surely);
    }
    let out_of_service = before.trim_end().ends_with("out of service for");
    let at_start = verb == "for" && subject.is_empty();
    let told = verb == "for" && said_of(Words::FeltWords) && !after.starts_with("in all");
    let failing = || may(Words::FailedWords) && list(Words::FailedWords).is_in(&lower);
    let ends = || after.starts_with(['.', ',', '(']) || ["until", "starting", "beginning"].iter().any(|behind| after.starts_with(behind));
    let denied = || lower.contains(" did not ") || lower.contains(" were not ");
    let impaired = || verb == "for" && ends() && failing() && impact();
    (out_of_service || told || at_start && (impact() || denied()) || impaired()).then_some(Says::Likely)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(sentence: &str) -> Option<(f64, Says)> {
        lengths(sentence).into_iter().find_map(|length| says_whole(sentence, &length, |_| true).map(|says| (length.minutes, says)))
    }

    #[test]
    fn says_how_long_it_lasted() {
        for (sentence, want) in [
            ("The outage lasted about 36 minutes.", (36.0, Says::Surely)),
            ("This incident lasted for 2.5 hours in total", (150.0, Says::Surely)),
            ("An incident lasting ~90 minutes hit us.", (90.0, Says::Surely)),
            ("The impact persisted for around one hour, until 3:25 UTC.", (60.0, Says::Surely)),
            ("That brings the total duration of impact to 1 hour and 53 minutes.", (113.0, Says::Surely)),
            ("Reads saw elevated error rates, affecting customers for approximately 5 hours until 04:30.", (300.0, Says::Likely)),
            ("Sign-ins failed worldwide for a duration of 3 hours, 29 minutes.", (209.0, Says::Surely)),
            ("In all there were 35 minutes of downtime.", (35.0, Says::Surely)),
            ("Lasted 2h 26m", (146.0, Says::Surely)),
            ("Incident resolved by @ada. Duration: 2h 27m", (147.0, Says::Surely)),
            ("Total time off for the last customers was just under nine hours.", (540.0, Says::Surely)),
            ("Payments were down until 04:20 the next day, 4 hours and 33 minutes in all.", (273.0, Says::InAll)),
            ("Impact\tFor about 15 minutes all wikis were very slow or failed to load.", (15.0, Says::Likely)),
            ("The portal of the town was out of service for eleven days.", (15840.0, Says::Likely)),
            ("July 22 08:53 UTC (lasting one hour and 26 minutes)", (86.0, Says::Surely)),
            ("Shoppers received errors for approximately 40 minutes starting at 06:10 UTC.", (40.0, Says::Likely)),
            ("Patients could not book online, starting at 18:04 UTC on 6 September 2022 and lasting 53 minutes.", (53.0, Says::Likely)),
            ("On Tuesday a number of products did not work for 44 minutes.", (44.0, Says::Likely)),
            ("The problem lasted for at least seven hours.", (420.0, Says::Surely)),
            ("Duration of interruption was 4 minutes 30s, ending at 13:50.", (4.5, Says::Surely)),
            ("Calls failed for an aggregate of 33 minutes, until 08:24.", (33.0, Says::Likely)),
            ("The site was offline for a period of 84 minutes.", (84.0, Says::Likely)),
            ("Trams were down on three occasions, for 3 hours 30 minutes in all.", (210.0, Says::InAll)),
            ("For 45 minutes most searches returned an error page.", (45.0, Says::Likely)),
            ("One payment in five failed for 14 minutes.", (14.0, Says::Likely)),
            ("Ledger data was unreachable and unavailable for approximately three hours.", (180.0, Says::Likely)),
        ] {
            assert_eq!(whole(sentence), Some(want), "{sentence}");
        }
    }

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

    #[test]
    fn refuses_other_lengths() {
        for sentence in [
            "A 60-minute delay was seen.",
            "The job took 3 hours in all.",
            "The meeting lasted 20 minutes.",
            "A similar outage last year lasted 3 hours.",
            "Within two minutes of that page we went back.",
            "There was up to a 15 minute delay in sending mails.",
            "An update will follow in 30 minutes.",
            "The Print Service was off for 3 hours 10 minutes in total.",
            "The job runs for 15 minutes.",
            "begun 13 minutes after the first page",
        ] {
            assert_eq!(whole(sentence), None, "{sentence}");
        }
    }
}
