//! When a text was written, by a line or a field over it, as opposed to the day of which it tells.

use super::calendar::Calendar;
use super::dates::has_cue;
use super::mention::is_planning;
use crate::extract::lexicon::{Cue, Topic};
use crate::extract::modality;
use crate::extract::passage::{Form, Passage};
use crate::extract::time::{Moment, Time, times};
use crate::extract::words::{Words, list};
use chrono::NaiveDate;

/// Among so many passages it stands.
const HEAD: usize = 8;
/// The longest byline, in bytes.
const BYLINE: usize = 100;
/// So many days after the incident a text about it may be written.
const WRITTEN_AFTER: i64 = 60;

/// A passage with its times.
type Timed<'a> = (Passage<'a>, Vec<Time>);

/// The place of the passage that says when the text was written, and that day: a field for a date, or a line of names with one,
/// where the title or the story tells of a day before it and never of that day.
pub(super) fn dateline(passages: &[Timed], calendar: &Calendar, title: Option<&str>) -> Option<(usize, NaiveDate)> {
    let date = |moment: &Moment| moment.date.and_then(|piece| calendar.day(piece));
    let titled = || times(title?).iter().flat_map(Time::moments).find_map(date);
    let head = passages.iter().enumerate().take(HEAD).filter(|(_, (passage, _))| passage.update.is_none());
    let mut lines = head.filter_map(|(place, (passage, found))| {
        let [Time::Moment(moment)] = found.as_slice() else { return None };
        let is_field = passage.form == Form::Field && passage.topic == Some(Topic::Date);
        let is_line = is_field || passage.form == Form::Prose && moment.clock.is_none() && is_byline(passage.text.as_str(), moment);
        let day = date(moment).filter(|_| is_line)?;
        Some((place, is_field, day))
    });
    lines.find_map(|(place, is_field, written)| {
        let prose = || {
            let prose = passages.iter().enumerate().filter(move |(other, (passage, _))| *other != place && passage.form == Form::Prose);
            prose.filter(|(_, (passage, _))| !is_planning(passage.topic)).map(|(_, passage)| passage)
        };
        let mut told = titled();
        for (passage, found) in prose() {
            for moment in found.iter().flat_map(Time::moments) {
                let Some(day) = date(moment) else { continue };
                if day == written {
                    return None;
                }
                // A field may be that of the incident: only what was felt on another day speaks against it.
                told =
                    told.or((!is_field || has_cue(passage, moment, |cue| matches!(cue, Cue::Impact | Cue::StrongImpact))).then_some(day));
            }
        }
        told.is_some_and(|told| (1..=WRITTEN_AFTER).contains(&(written - told).num_days())).then_some((place, written))
    })
}

/// "By Ada Reyes, Data Platform, 19 June 2025": whether `text` is a date among names, none of them that of an outage; or says that
/// it was updated then.
fn is_byline(text: &str, moment: &Moment) -> bool {
    let [before, after] = [text.get(..moment.range.start), text.get(moment.range.end..)].map(Option::unwrap_or_default);
    let named = |word: &str| {
        let name = word.starts_with(|c: char| !c.is_lowercase()) && !list(Words::OutageNouns).holds(word);
        name || list(Words::FunctionWords).holds(word) || list(Words::PostedOn).holds(word)
    };
    let mut words = before.split(|c: char| !c.is_alphanumeric()).chain(after.split(|c: char| !c.is_alphanumeric()));
    text.len() <= BYLINE && (modality::is_of_document(before, after) || words.all(|word| word.is_empty() || named(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byline_is_a_date_among_names() {
        let is_line = |text: &str| match times(text).as_slice() {
            [Time::Moment(moment)] => is_byline(text, moment),
            _ => false,
        };
        for text in [
            "By Ada Reyes, Data Platform — 19 June 2025",
            "Millbrook, 20 June 2025",
            "19 June 2025",
            "Posted on June 19, 2025 by Ada Reyes",
        ] {
            assert!(is_line(text), "{text}");
        }
        for text in ["The disk was full on 19 June 2025", "Checkout Outage, 19 June 2025", "On 19 June 2025 search was down."] {
            assert!(!is_line(text), "{text}");
        }
    }
}
