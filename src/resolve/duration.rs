//! How long the report says the whole lasted.

use super::mention::{InRange, Mention, is_planning};
use crate::basis::{Basis, Rule};
use crate::extract::duration::{Length, lengths};
use crate::extract::lexicon::{self, Cue, Topic};
use crate::extract::passage::{Form, Passage};
use crate::extract::time::Time;
use crate::extract::words::{Words, list};
use crate::incident::Fact;
use crate::source::{Source, Span};

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
    behind_window(source, mentions).or_else(|| told(source, passages))
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

/// "from A to B (1 hour 45 minutes)", and the clocks bear it out or the brackets hold nothing else.
fn behind_window(source: &Source, mentions: &[Mention]) -> Option<Fact<f64>> {
    let ends = mentions.iter().filter(|mention| mention.in_range == InRange::End && mention.counts && !is_planning(mention.topic));
    ends.filter(|end| end.impact).find_map(|end| {
        let after = end.text.as_str().get(end.after.clone())?;
        let offset = after.find('(').filter(|at| after.get(..*at).is_some_and(|gap| gap.trim().len() <= 12))?;
        let inner = after.get(offset + 1..)?;
        let inner = inner.get(..inner.find(')')?)?;
        let length = lengths(inner).into_iter().next().filter(|length| inner.len() <= length.range.len() + 16)?;
        let base = end.after.start + offset + 1;
        let cite = source.cite(end.text.span(base + length.range.start..base + length.range.end));
        Some(Fact::stated(length.minutes, cite, Basis::Ruled(Rule::LengthInBrackets)))
    })
}

/// "The outage lasted about 36 minutes", "for approximately three hours", "a total of 3 hours of downtime".
fn told(source: &Source, passages: &[(Passage<'_>, Vec<Time>)]) -> Option<Fact<f64>> {
    let mut weak = None;
    // "June 4 12:05 UTC (lasting 2 hours)": a heading may say it.
    let heading = passages.iter().find_map(|(passage, _)| passage.heading.as_ref()).and_then(|heading| heading.upwards().last());
    if let Some(heading) = heading
        && let Some(at) = heading.text.as_str().find("lasting ")
        && let Some(length) = lengths(heading.text.as_str()).into_iter().find(|length| length.range.start >= at)
    {
        let cite = source.cite(heading.text.span(length.range));
        return Some(Fact::stated(length.minutes, cite, Basis::Ruled(Rule::LengthInHeading)));
    }
    for (passage, _) in passages.iter().filter(|(passage, _)| {
        !is_planning(passage.topic)
            && (passage.form != Form::Field || passage.topic == Some(Topic::Summary))
            && !matches!(passage.topic, Some(Topic::Detection | Topic::Factors | Topic::Cause))
    }) {
        let text = passage.text.as_str();
        if !text.contains(|c: char| c.is_ascii_digit()) && !passage.cues().iter().any(|(cue, _)| *cue == Cue::Impact) {
            continue;
        }
        for sentence in passage.sentences() {
            let lengths = passage.lengths();
            let from = lengths.partition_point(|length| length.range.start < sentence.start);
            let inside = lengths.get(from..).unwrap_or_default().iter().take_while(|length| length.range.end <= sentence.end);
            for length in inside {
                let start = text.ceil_char_boundary(length.range.start.saturating_sub(NEAR)).max(sentence.start);
                let end = text.floor_char_boundary(length.range.end + NEAR).min(sentence.end);
                let near = Length { range: length.range.start - start..length.range.end - start, minutes: length.minutes };
                let words = text.get(start..end).unwrap_or_default();
                let Some(sure) = says_whole(words, &near, |list| passage.may_hold(list)) else { continue };
                let span = passage.text.span(length.range.clone());
                let fact = Fact::stated(length.minutes, source.cite(span), Basis::Ruled(Rule::LengthTold));
                if sure {
                    return Some(fact);
                }
                weak.get_or_insert(fact);
            }
        }
    }
    weak
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

/// A length that the report gives for something, where it is that of its impact, `minutes`: the clocks bear out that the
/// whole is meant.
pub fn borne_out(source: &Source, passages: &[(Passage<'_>, Vec<Time>)], minutes: f64) -> Option<Fact<f64>> {
    // A length of a minute or two may be that of anything.
    let fits = |length: &Length| (length.minutes - minutes).abs() <= 1.0 && minutes >= 5.0;
    let (passage, length) = given(passages).find(|(_, length)| fits(length))?;
    let cite = source.cite(passage.text.span(length.range.clone()));
    Some(Fact::stated(length.minutes, cite, Basis::Ruled(Rule::LengthThatFits)))
}

/// Whether a sentence says that the whole lasted `length`; whether it surely does. Only words of lists that `may` be there are
/// looked for.
fn says_whole(sentence: &str, length: &Length, may: impl Fn(Words) -> bool) -> Option<bool> {
    let about = list(Words::AboutLength);
    let lower = sentence.to_lowercase();
    let before = lower.get(..length.range.start)?.trim_end_matches(['~', '≈', ' ', '\n', '(']);
    // A cell of a table tells for itself.
    let before = before.rsplit(['|', '\t']).next().unwrap_or(before).trim_start();
    let mut words = before.split_whitespace().rev().skip_while(|word| about.holds(word));
    let mut verb = words.next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
    let mut subject: Vec<&str> = words.collect();
    let endured = |word: &str| list(Words::Endured).holds(word);
    if verb == "for" && subject.first().is_some_and(|word| endured(word)) {
        verb = subject.remove(0);
    }
    let said_of = |nouns: Words| subject.iter().any(|word| list(nouns).holds(word.trim_matches(|c: char| !c.is_alphanumeric())));
    let after = lower.get(length.range.end..).unwrap_or_default().trim_start();
    // "June 4 12:05 UTC (lasting 2 hours)"
    if before.ends_with("(lasting") {
        return Some(true);
    }
    // "Lasted 2h 26m" under a title
    if endured(verb) && subject.is_empty() {
        return Some(true);
    }
    if endured(verb) {
        // "Patients could not book, starting at 18:04 and lasting 53 minutes"
        let of_impact = || verb == "lasting" && before.contains("starting") && lexicon::has(sentence, Cue::Impact);
        return if said_of(Words::Whole) { Some(!lexicon::has(sentence, Cue::Habit)) } else { of_impact().then_some(false) };
    }
    let filler = |word: &str| about.holds(word) || list(Words::LengthFiller).holds(word);
    let total = before.rsplit_once("duration").is_some_and(|(_, between)| {
        between.split_whitespace().map(|word| word.trim_matches(':')).all(|word| word.is_empty() || filler(word))
    });
    // "retried every 15 minutes for 3 days", "normal for 20 minutes" tell of other things.
    if may(Words::NotWhole) && list(Words::NotWhole).is_in(&lower) || list(Words::Unharmed).strip_end(before).is_some() {
        return None;
    }
    if total {
        return Some(true);
    }
    if matches!(verb, "was" | "is" | "of") && may(Words::TotalTimes) && list(Words::TotalTimes).is_in(before) {
        return Some(true);
    }
    // "was down until 04:20, 4 hours and 33 minutes in all"
    if before.ends_with(',') && list(Words::InAll).strip_start(after).is_some() && lexicon::has(sentence, Cue::Impact) {
        return Some(true);
    }
    if before.trim_end().ends_with("out of service for") {
        return Some(false);
    }
    if list(Words::LengthOf).strip_start(after).is_some() {
        return Some(true);
    }
    let failing = || may(Words::FailedWords) && list(Words::FailedWords).is_in(&lower);
    let impaired = verb == "for" && failing() && lexicon::has(sentence, Cue::Impact);
    let at_start = verb == "for" && subject.is_empty();
    let told = verb == "for" && said_of(Words::FeltWords) && !after.starts_with("in all");
    (told
        || (at_start && (lexicon::has(sentence, Cue::Impact) || lower.contains(" did not ") || lower.contains(" were not ")))
        || (impaired
            && (at_start
                || (after.starts_with(['.', ',', '('])
                    || ["until", "starting", "beginning"].iter().any(|behind| after.starts_with(behind))))))
    .then_some(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(sentence: &str) -> Option<(f64, bool)> {
        lengths(sentence).into_iter().find_map(|length| says_whole(sentence, &length, |_| true).map(|sure| (length.minutes, sure)))
    }

    #[test]
    fn says_how_long_it_lasted() {
        for (sentence, want) in [
            ("The outage lasted about 36 minutes.", (36.0, true)),
            ("This incident lasted for 2.5 hours in total", (150.0, true)),
            ("An incident lasting ~90 minutes hit us.", (90.0, true)),
            ("The impact persisted for around one hour, until 3:25 UTC.", (60.0, true)),
            ("That brings the total duration of impact to 1 hour and 53 minutes.", (113.0, true)),
            ("Reads saw elevated error rates, affecting customers for approximately 5 hours until 04:30.", (300.0, false)),
            ("Sign-ins failed worldwide for a duration of 3 hours, 29 minutes.", (209.0, true)),
            ("In all there were 35 minutes of downtime.", (35.0, true)),
            ("Lasted 2h 26m", (146.0, true)),
            ("Incident resolved by @ada. Duration: 2h 27m", (147.0, true)),
            ("Total time off for the last customers was just under nine hours.", (540.0, true)),
            ("Payments were down until 04:20 the next day, 4 hours and 33 minutes in all.", (273.0, true)),
            ("Impact\tFor about 15 minutes all wikis were very slow or failed to load.", (15.0, false)),
            ("The portal of the town was out of service for eleven days.", (15840.0, false)),
            ("July 22 08:53 UTC (lasting one hour and 26 minutes)", (86.0, true)),
            ("Shoppers received errors for approximately 40 minutes starting at 06:10 UTC.", (40.0, false)),
            ("Patients could not book online, starting at 18:04 UTC on 6 September 2022 and lasting 53 minutes.", (53.0, false)),
            ("On Tuesday a number of products did not work for 44 minutes.", (44.0, false)),
            ("For 45 minutes most searches returned an error page.", (45.0, false)),
            ("One payment in five failed for 14 minutes.", (14.0, false)),
            ("Ledger data was unreachable and unavailable for approximately three hours.", (180.0, false)),
        ] {
            assert_eq!(whole(sentence), Some(want), "{sentence}");
        }
    }

    #[test]
    fn refuses_other_lengths() {
        for sentence in [
            "A 60-minute delay was seen.",
            "The job took 3 hours in all.",
            "The meeting lasted 20 minutes.",
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
