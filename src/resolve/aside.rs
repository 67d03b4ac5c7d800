//! What of a report's text is not its telling: a pasted conversation, the same story again in another language.

use crate::diagnostic::{Code, Diagnostic};
use crate::extract::language::Language;
use crate::extract::lexicon::{self, Topic};
use crate::extract::passage::{Form, Passage};
use crate::extract::time::{Time, are_all, times};
use crate::extract::words::{Words, list};
use crate::source::{Source, Span};
use std::collections::HashSet;

/// The most words of a speaker's name.
const NAME: usize = 3;
/// The most bytes of a line's head that may be a speaker and a clock.
const HEAD: usize = 64;

/// A passage with its times.
type Timed<'a> = (Passage<'a>, Vec<Time>);

/// Fewer clocks than so many beside a conversation that has so many times as many are a remark on it.
const REMARK: usize = 3;

/// Sets a pasted conversation aside, where the report tells times of its own: what people said of an incident begins and ends
/// nothing. A report that is a conversation, be it with a few words about it, tells by it.
pub fn conversations(passages: &mut Vec<Timed>) {
    let heads = |passage: &Passage| passage.topic != Some(Topic::Timeline) && !matches!(passage.form, Form::Field | Form::Row);
    let spoken: Vec<Vec<&str>> =
        passages.iter().map(|(passage, _)| if heads(passage) { speakers(passage.text.as_str()) } else { Vec::new() }).collect();
    // Who speaks twice is in a conversation; labels in front of clocks are all different.
    let mut known = HashSet::new();
    if spoken.iter().flatten().all(|speaker| known.insert(*speaker)) {
        return;
    }
    let talk: Vec<bool> = spoken.iter().map(|speakers| !speakers.is_empty()).collect();
    let clocks = |spoken: bool| {
        let times = passages.iter().zip(&talk).filter(move |(_, talk)| **talk == spoken).flat_map(|((_, times), _)| times);
        times.flat_map(Time::moments).filter(|moment| moment.clock.is_some()).count()
    };
    if clocks(false) < REMARK && clocks(true) > REMARK * clocks(false) {
        return;
    }
    // What stands between two who speak in one section is said by the first.
    let section = |at: usize| passages.get(at).map(|(passage, _)| passage.heading.as_ref().map(|heading| heading.text.whole()));
    let mut aside = talk.clone();
    let speaking: Vec<usize> = (0..talk.len()).filter(|at| talk.get(*at) == Some(&true)).collect();
    for (from, to) in speaking.iter().zip(speaking.iter().skip(1)).filter(|(from, to)| section(**from) == section(**to)) {
        aside.get_mut(*from..*to).into_iter().flatten().for_each(|aside| *aside = true);
    }
    let mut aside = aside.into_iter();
    passages.retain(|_| aside.next() != Some(true));
}

/// Who speaks in `text`, line by line: "mira [9:05 AM]" over what she said, "[9:05 AM] mira: …".
fn speakers(text: &str) -> Vec<&str> {
    text.lines().filter_map(speaker).collect()
}

fn speaker(line: &str) -> Option<&str> {
    let head = line.get(..line.floor_char_boundary(HEAD))?.trim();
    let (before, rest) = head.split_once('[')?;
    let (clock, after) = rest.split_once(']')?;
    let name = match before.trim() {
        "" => after.split_once(':')?.0.trim(),
        name if after.trim().is_empty() => name,
        _ => return None,
    };
    let named = (1..=NAME).contains(&name.split_whitespace().count()) && name.chars().all(|c| c.is_alphanumeric() || " ._-@'".contains(c));
    // "Resolved [10:05]" is the label of an update.
    let label = list(Words::UpdateLabels).holds(name) || lexicon::topic(name).is_some() || lexicon::cues(name).next().is_some();
    let found = times(clock);
    let timed = found.iter().flat_map(Time::moments).any(|moment| moment.clock.is_some()) && are_all(clock, &found);
    (named && !label && timed).then_some(name)
}

/// What is in a language that is not read: a report of which nothing is, or a part of one. The words of such a report tell
/// nothing; times of such a part are left out, since they tell the same again, or nobody knows what. Whether it is the
/// whole, and what is said of it.
pub fn unread(source: &Source, passages: &mut Vec<Timed>) -> (bool, Option<Diagnostic>) {
    let language = |passage: &Passage| Language::of(passage.text.as_str(), passage.tokens());
    let mut languages = passages.iter().map(|(passage, _)| language(passage));
    let is_timed = |times: &[Time]| times.iter().flat_map(Time::moments).next().is_some();
    let told = |message: &str, span: Span| {
        let help = "its dates and clocks in numbers are shown; say in a review what they mean, or add a translation";
        Some(Diagnostic::new(Code::LanguageUnread, message, Some(source.cite(span))).help(help))
    };
    // A story that is told in a language that is read first, and then at more length in another, is read.
    let begins_read = languages.find(|language| language.is_read() || language.is_unread()).is_some_and(Language::is_read);
    if !begins_read && passages.iter().map(|(passage, _)| language(passage)).sum::<Language>().is_unread() {
        passages.iter_mut().for_each(|(passage, _)| passage.unread = true);
        let first = passages.iter().find(|(passage, _)| language(passage).is_unread()).or(passages.first());
        let place = first.map(|(passage, _)| passage.text.whole());
        return (true, place.and_then(|place| told("the report is in a language that is not read", place)));
    }
    let mut first = None;
    passages.retain(|(passage, times)| {
        let aside = passage.form != Form::Field && is_timed(times) && language(passage).is_unread();
        if aside {
            first.get_or_insert(passage.text.whole());
        }
        !aside
    });
    (false, first.and_then(|place| told("this part is in a language that is not read; its times are left out", place)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_speaks_stands_beside_a_clock_in_brackets() {
        for (line, name) in [
            ("mira [9:05 AM]", Some("mira")),
            ("[1:31 PM] Mira C: refunds are stuck", Some("Mira C")),
            ("[2026-02-19 13:31:05] jon.f: on it", Some("jon.f")),
            ("[09:12] Runners take no jobs (outage starts)", None),
            ("Resolved [10:05]", None),
            ("[10:05] Update: we go on", None),
            ("see [1] and [2]: both", None),
            ("10:05 mira: on it", None),
        ] {
            assert_eq!(speaker(line), name, "{line}");
        }
    }
}
