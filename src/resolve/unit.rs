//! A passage as units of meaning: sentences, entries of a timeline, rows of a table.

mod row;

use crate::document::Text;
use crate::document::line::{are_wrapped, goes_on};
use crate::extract::date::{DatePiece, DayPiece};
use crate::extract::later::later;
use crate::extract::lexicon::{self, Cue, Topic};
use crate::extract::passage::{Form, Passage};
use crate::extract::prose;
use crate::extract::time::{Moment, Time, times};
use crate::extract::zone::ZonePiece;
use crate::source::Span;
use chrono::{NaiveDate, TimeDelta};
use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

/// A sentence or entry with its times.
#[derive(Debug, Clone)]
pub struct Unit<'a> {
    /// What is said: of an entry, without the time in front.
    pub text: Text<'a>,
    /// What the times were read from; the same as `text` for a sentence.
    pub written: Text<'a>,
    /// The times, with ranges of `written`.
    pub times: Vec<Time>,
    /// Whether a time heads it, as in a timeline.
    pub entry: bool,
    /// The zone its column names.
    pub zone: Option<ZonePiece>,
    /// The cues of `text`, in the order of their ends.
    pub cues: Rc<[(Cue, Range<usize>)]>,
    /// For each time, the words before and after it that belong to it, as ranges of `text`.
    parts: Vec<(Range<usize>, Range<usize>)>,
}

impl<'a> Unit<'a> {
    fn new(text: Text<'a>, written: Text<'a>, times: Vec<Time>, entry: bool, zone: Option<ZonePiece>) -> Self {
        let cues: Rc<[_]> = lexicon::cues(text.as_str()).collect();
        let parts =
            if entry { parts_of_entry(text.as_str(), written.as_str(), &times, &cues) } else { parts(text.as_str(), &times, &cues) };
        Self { text, written, times, entry, zone, cues, parts }
    }

    /// The unit with "today", "yesterday" and "last night" as dates, told on the day `posted`; without one they say nothing.
    pub fn on_day(&self, posted: Option<NaiveDate>) -> Cow<'_, Self> {
        let moments = || self.times.iter().flat_map(Time::moments);
        if !moments().any(|moment| moment.date.is_some_and(|date| matches!(date.day, DayPiece::Today(_) | DayPiece::Night(_)))) {
            return Cow::Borrowed(self);
        }
        let mut unit = self.clone();
        let first_clock = moments().find_map(|moment| moment.clock);
        for moment in unit.times.iter_mut().flat_map(Time::moments_mut) {
            let days = match moment.date.map(|date| date.day) {
                Some(DayPiece::Today(days)) => days,
                // The small hours of a night are on the day behind its evening.
                Some(DayPiece::Night(days)) => {
                    let clock = moment.clock.or(first_clock);
                    days + i64::from(clock.is_some_and(|clock| clock.seconds(None) < 12 * 3600))
                }
                _ => continue,
            };
            moment.date = posted.and_then(|day| day.checked_add_signed(TimeDelta::try_days(days)?)).map(DatePiece::from);
        }
        Cow::Owned(unit)
    }

    /// The words of a time.
    pub fn words(&self, range: Range<usize>) -> String {
        self.written.as_str().get(range).unwrap_or_default().to_owned()
    }

    /// Whether a time stands in brackets.
    pub fn is_in_brackets(&self, range: &Range<usize>) -> bool {
        let text = self.written.as_str();
        let (before, after) = (text.get(..range.start).unwrap_or_default(), text.get(range.end..).unwrap_or_default());
        before.rfind(['(', ')']).is_some_and(|at| before.as_bytes().get(at) == Some(&b'(')) && after.contains(')')
    }

    /// The place of a time.
    pub fn span(&self, range: Range<usize>) -> Span {
        self.written.span(range)
    }

    /// What of the text belongs to the time at `place` and stands before it.
    pub fn before(&self, place: usize) -> Range<usize> {
        self.parts.get(place).map(|(before, _)| before.clone()).unwrap_or_default()
    }

    /// What of the text belongs to the time at `place` and stands after it.
    pub fn after(&self, place: usize) -> Range<usize> {
        self.parts.get(place).map(|(_, after)| after.clone()).unwrap_or_default()
    }
}

/// For each time of an entry the words that belong to it: all, but for a clause that tells of the second time alone ("14:02
/// found it, the worker stopped at 13:05").
fn parts_of_entry(text: &str, written: &str, times: &[Time], cues: &[(Cue, Range<usize>)]) -> Vec<(Range<usize>, Range<usize>)> {
    let mut parts: Vec<_> = times.iter().map(|_| (0..0, 0..text.len())).collect();
    let lead = written.len().checked_sub(text.len()).filter(|_| written.ends_with(text));
    let inner = times.get(1).zip(lead).and_then(|(time, lead)| Some((time.range().start.checked_sub(lead)?, time.range().end - lead)));
    if let (Some((start, end)), [head, second, ..]) = (inner.filter(|(start, _)| is_trailing(cues, &(0..*start))), parts.as_mut_slice()) {
        let joint = divide(text, 0, start);
        if joint > 0 {
            (head.1, *second) = (0..joint, (joint..start, end..end));
        }
    }
    parts
}

/// For each time of a sentence, the words before and after it that belong to it.
fn parts(text: &str, times: &[Time], cues: &[(Cue, Range<usize>)]) -> Vec<(Range<usize>, Range<usize>)> {
    let mut parts = Vec::with_capacity(times.len());
    let mut from = 0;
    for (place, time) in times.iter().enumerate() {
        let at = time.range();
        let before = from..at.start;
        let after = match times.get(place + 1).map(|next| next.range().start) {
            None => at.end..text.len(),
            Some(_) if is_trailing(cues, &before) => at.end..at.end,
            Some(next) => at.end..divide(text, at.end, next),
        };
        from = after.end;
        parts.push((before, after));
    }
    parts
}

/// Whether a time stands behind what it is the time of ("were operational by 08:58, and …"): then the words after it belong
/// to the next time.
fn is_trailing(cues: &[(Cue, Range<usize>)], before: &Range<usize>) -> bool {
    cues.iter().any(|(cue, at)| cue.is_event() && before.start <= at.start && at.end <= before.end && before.end - at.end <= 12)
}

/// Where the words between two times part: at the last joint between clauses.
fn divide(text: &str, from: usize, to: usize) -> usize {
    const JOINTS: [&str; 16] = [
        ", ",
        "; ",
        ": ",
        " and ",
        " but ",
        " then ",
        " before ",
        " until ",
        " when ",
        " while ",
        " after which ",
        " (",
        ") ",
        " – ",
        " — ",
        ". ",
    ];
    let between = text.get(from..to).unwrap_or_default();
    JOINTS.iter().filter_map(|joint| between.rfind(joint)).max().map_or(from, |at| from + at)
}

/// The times of `passage`, `found` being those that are written, with those that count from them.
fn with_later<'t>(passage: &Passage<'_>, found: &'t [Time]) -> Cow<'t, [Time]> {
    let later = if matches!(passage.form, Form::Prose | Form::Item { .. }) && !passage.unread {
        later(passage.text.as_str(), passage.lengths())
    } else {
        Vec::new()
    };
    if later.is_empty() {
        return Cow::Borrowed(found);
    }
    let mut all = [found, &later].concat();
    // "two days later at 07:30" is no other moment than its clock.
    all.sort_by_key(|time| (time.range().start, matches!(time, Time::Later(..))));
    all.dedup_by(|later, time| matches!(later, Time::Later(..)) && later.range().start < time.range().end);
    Cow::Owned(all)
}

/// The units of `passage`, `found` being the times in its text.
pub fn units<'a>(passage: &Passage<'a>, found: &[Time]) -> Vec<Unit<'a>> {
    let text = &passage.text;
    let units = match passage.form {
        Form::Row => return row::spanning(passage).map_or_else(|| row::timed(passage), |unit| vec![unit]),
        Form::Field => return vec![Unit::new(text.clone(), text.clone(), found.to_vec(), false, None)],
        Form::Item { .. } => entry(text, found).map(|unit| vec![unit]),
        Form::Prose => of_lines(passage, found),
    };
    units.unwrap_or_else(|| sentences(text, passage.sentences(), &with_later(passage, found)))
}

/// The units of a text in which times head two lines at least, or its only one in a timeline.
fn of_lines<'a>(passage: &Passage<'a>, found: &[Time]) -> Option<Vec<Unit<'a>>> {
    let lines: Vec<Text> = passage.text.lines().collect();
    let one = lines.len() == 1 && passage.topic == Some(Topic::Timeline);
    if found.is_empty() || !(lines.len() >= 2 || one) {
        return None;
    }
    // A wrapped sentence may happen to go on with a clock.
    let words: Vec<&str> = lines.iter().map(Text::as_str).collect();
    if are_wrapped(&words) && words.first().is_some_and(|first| !first.starts_with(|c: char| c.is_ascii_digit() || "[(*".contains(c))) {
        return None;
    }
    let continues = |at: usize| at > 0 && lines.get(at - 1).is_some_and(|line| goes_on(line.as_str()));
    let entry = |(at, line): (usize, &Text<'a>)| if continues(at) { None } else { entry(line, &times(line.as_str())) };
    let entries: Vec<_> = lines.iter().enumerate().map(entry).collect();
    if !one && entries.iter().flatten().count() < 2 {
        return None;
    }
    let said = |line: &Text<'a>| sentences(line, &prose::sentences(line.as_str()), &times(line.as_str()));
    Some(lines.iter().zip(entries).flat_map(|(line, entry)| entry.map_or_else(|| said(line), |unit| vec![unit])).collect())
}

/// The most times of one entry.
const MANY: usize = 32;
/// The most bytes of what an entry says.
const SAID: usize = 2000;

/// A text that a time heads: the time, a mark or nothing, then what happened.
fn entry<'a>(text: &Text<'a>, found: &[Time]) -> Option<Unit<'a>> {
    let range = found.first()?.range();
    let whole = text.as_str();
    let lead = whole.get(..range.start)?;
    let bare = lead.trim_start_matches(['[', '(', '*', '~', '"', ' ', '≈', '`']);
    if !bare.is_empty() {
        return None;
    }
    // Words right behind the time make it a sentence: "10:15 was when …" is rare, "10 March we …" is not.
    let rest = whole.get(range.end..)?;
    let said = rest
        .trim_start_matches([']', ')', '*', '~', ' ', '\u{a0}', '\n', '\t', '`'])
        .trim_start_matches(['-', '–', '—', ':', '|', ',', '•', '→', '>'])
        .trim_start_matches([' ', '\u{a0}', '\t', '*']);
    let start = whole.len() - said.len();
    let is_date_only = matches!(found.first(), Some(Time::Moment(Moment { clock: None, offset: None, .. })));
    if is_date_only && rest.starts_with(", ") && said.starts_with(|c: char| c.is_lowercase()) {
        return None;
    }
    // One entry tells of one moment or a few; a text full of times is no entry.
    if found.len() > MANY {
        return None;
    }
    let end = whole.floor_char_boundary(whole.len().min(start + SAID));
    let said = if said.is_empty() { text.part(range.clone()) } else { text.part(start..end) };
    Some(Unit::new(said.trimmed(), text.clone(), found.to_vec(), true, None))
}

/// Sentences that hold times; the others say nothing of when.
fn sentences<'a>(text: &Text<'a>, sentences: &[Range<usize>], found: &[Time]) -> Vec<Unit<'a>> {
    let mut units = Vec::new();
    let mut rest = found;
    for sentence in sentences {
        if rest.is_empty() {
            break;
        }
        let count = rest.iter().take_while(|time| time.range().start < sentence.end).count();
        let (own, later) = rest.split_at(count);
        rest = later;
        if own.is_empty() {
            continue;
        }
        let inside = |range: &Range<usize>| range.start - sentence.start..range.end - sentence.start;
        let times = own.iter().filter(|time| time.range().start >= sentence.start).map(|time| time.clone().moved(inside)).collect();
        let text = text.part(sentence.clone());
        units.push(Unit::new(text.clone(), text, times, false, None));
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn entries(text: &str) -> Vec<(bool, String, usize)> {
        let source = Source::decode("a.md", text.as_bytes().to_vec());
        let document = crate::format::read(&source);
        let passages = document.reports.first().map(crate::extract::passage::passages).unwrap_or_default();
        let units = passages.iter().flat_map(|passage| units(passage, &times(passage.text.as_str())));
        units.map(|unit| (unit.entry, unit.text.as_str().to_owned(), unit.times.len())).collect()
    }

    #[test]
    fn entries_in_every_guise() {
        for text in [
            "- 10:15 UTC - alert fired",
            "- **10:15 UTC**: alert fired",
            "- [10:15] alert fired",
            "| Time | Event |\n|---|---|\n| 10:15 | alert fired |",
            "| Date | Time | Event |\n|---|---|---|\n| 2024-05-01 | 10:15 | alert fired |",
            "| # | Time (UTC) | Event |\n|---|---|---|\n| 1 | 2024-05-01 10:15 | alert fired |",
            "| Event | Time (UTC) |\n|---|---|\n| alert fired | 2024-05-01 10:15 |",
        ] {
            assert_eq!(entries(text), [(true, "alert fired".to_owned(), 1)], "{text}");
        }
        assert_eq!(entries("10:15 alert\n10:20 fixed"), [(true, "alert".into(), 1), (true, "fixed".into(), 1)]);
    }

    #[test]
    fn sentences_without_times_are_left_out() {
        assert_eq!(entries("It was late. At 10:15 UTC it broke. We slept."), [(false, "At 10:15 UTC it broke.".into(), 1)]);
    }
}
