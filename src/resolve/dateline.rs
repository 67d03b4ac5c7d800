//! When a text was written, by a line or a field over it, as opposed to the day of which it tells.

use super::calendar::Calendar;
use super::dates::{has_cue, whose};
use super::mention::is_planning;
use crate::document::line::goes_on;
use crate::extract::lexicon::{Cue, Topic};
use crate::extract::modality::{self, Whose};
use crate::extract::passage::{Form, Passage};
use crate::extract::time::{Moment, Time, times};
use crate::extract::words::{Words, list};
use chrono::NaiveDate;
use std::borrow::Cow;

/// Among so many passages it stands.
const HEAD: usize = 8;
/// The longest byline, in bytes.
const BYLINE: usize = 100;
/// So many days after the incident a text about it may be written.
const WRITTEN_AFTER: i64 = 60;

/// A passage with its times.
type Timed<'a> = (Passage<'a>, Vec<Time>);

/// The day on which the text was written, by a field for a date, or by a line of names with one, where the title or the story tells of
/// a day before it and never of that day; and the place of the field. The date of a line is taken out of `passages`.
pub(super) fn dateline(passages: &mut Cow<[Timed]>, calendar: &Calendar, title: Option<&str>) -> Option<(Option<usize>, NaiveDate)> {
    let (place, time, written) = place(passages, calendar, title)?;
    let is_field = passages.get(place)?.0.form == Form::Field;
    if !is_field {
        passages.to_mut().get_mut(place)?.1.remove(time);
    }
    Some((is_field.then_some(place), written))
}

/// The place of the passage, of the time in it, and the day.
fn place(passages: &[Timed], calendar: &Calendar, title: Option<&str>) -> Option<(usize, usize, NaiveDate)> {
    let date = |moment: &Moment| moment.date.and_then(|piece| calendar.day(piece));
    let titled = || times(title?).iter().flat_map(Time::moments).find_map(date);
    let head = passages.iter().enumerate().take(HEAD).filter(|(_, (passage, _))| passage.update.is_none());
    let dated =
        head.flat_map(|(place, (passage, found))| found.iter().enumerate().map(move |(time, at)| (place, time, passage, found, at)));
    let mut lines = dated.filter_map(|(place, time, passage, found, at)| {
        let Time::Moment(moment) = at else { return None };
        let is_field = passage.form == Form::Field && passage.topic == Some(Topic::Date) && found.len() == 1;
        let is_line = is_field || passage.form == Form::Prose && moment.clock.is_none() && is_byline(passage.text.as_str(), moment);
        let day = date(moment).filter(|_| is_line)?;
        Some((place, time, is_field, day))
    });
    lines.find_map(|(place, time, is_field, written)| {
        let prose = passages.iter().enumerate().filter(|(_, (passage, _))| passage.form == Form::Prose && !is_planning(passage.topic));
        let mut told = titled();
        for (other, (passage, found)) in prose {
            for moment in found.iter().enumerate().filter(|(at, _)| (other, *at) != (place, time)).flat_map(|(_, time)| time.moments()) {
                let Some(day) = date(moment) else { continue };
                if day == written {
                    return None;
                }
                // A field may be that of the incident: only what was felt on another day speaks against it.
                let felt = || has_cue(passage, moment, |cue| matches!(cue, Cue::Impact | Cue::StrongImpact));
                let speaks = match whose(passage, moment) {
                    Whose::Another => false,
                    Whose::Before => !is_field,
                    _ => !is_field || felt(),
                };
                told = told.or(speaks.then_some(day));
            }
        }
        told.is_some_and(|told| (1..=WRITTEN_AFTER).contains(&(written - told).num_days())).then_some((place, time, written))
    })
}

/// "By Ada Reyes, Data Platform, 19 June 2025": whether the line of `moment` in `text` is a date among names, none of them that of an outage;
/// or says that it was updated then. A line that goes on from the one before, or in the next, is none.
fn is_byline(text: &str, moment: &Moment) -> bool {
    let [over, under] = [text.get(..moment.range.start), text.get(moment.range.end..)].map(Option::unwrap_or_default);
    let (over, before) = over.rsplit_once('\n').map_or(("", over), |(over, before)| (over, before));
    let (after, under) = under.split_once('\n').unwrap_or((under, ""));
    let begins = |line: &str| line.trim_start().starts_with(|c: char| !c.is_lowercase());
    let alone = !over.lines().last().is_some_and(goes_on) && (under.is_empty() || begins(under));
    let named = |word: &str| {
        let name = word.starts_with(|c: char| !c.is_lowercase()) && !list(Words::OutageNouns).holds(word);
        name || list(Words::FunctionWords).holds(word) || list(Words::PostedOn).holds(word)
    };
    let mut words = before.split(|c: char| !c.is_alphanumeric()).chain(after.split(|c: char| !c.is_alphanumeric()));
    before.len() + after.len() <= BYLINE
        && alone
        && (modality::is_of_document(before, after) || words.all(|word| word.is_empty() || named(word)))
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
