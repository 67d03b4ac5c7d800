//! Where a report writes its dates: section by section, and whether each tells when something was or is only mentioned.

use super::calendar::{self, Calendar};
use super::days::{Reason, cost};
use super::mention::is_planning;
use crate::basis::Given;
use crate::extract::date::DayPiece;
use crate::extract::lexicon::{Cue, Topic};
use crate::extract::modality::{self, Whose};
use crate::extract::passage::{Form, Passage};
use crate::extract::time::{Moment, Time};
use chrono::NaiveDate;
use std::ops::Range;

/// The labels of moments of an incident.
pub(super) const WHEN: [Topic; 7] =
    [Topic::Start, Topic::End, Topic::Window, Topic::Detected, Topic::Acknowledged, Topic::Mitigated, Topic::Resolved];

/// How many bytes in front of a date, and how many cues of its sentence, are looked at.
const LEAD: usize = 16;
const CUES: usize = 32;
/// So many bytes of a sentence around a date tell what it is of.
const CLAUSE: usize = 240;
/// How many dates are looked at on either side of a clock.
const NEAR: usize = 16;

/// A date as it is written somewhere.
#[derive(Debug, Clone, Copy)]
struct Written {
    update: Option<usize>,
    passage: usize,
    section: usize,
    date: NaiveDate,
    /// Whether a clock stands with it or a sentence begins with it.
    tells: bool,
    /// Whether a sentence without a clock gives it that tells no event, as one over a list does.
    announces: bool,
    /// Whether it stands in a sentence without a clock that tells of no outage, or is of what had been before.
    bare: bool,
    /// Whether it is of what had been before, or a clock stands nowhere in its paragraph.
    far: bool,
}

/// The dates of a report in reading order.
#[derive(Debug, Default)]
pub(super) struct Dates {
    /// The section of each passage.
    sections: Vec<usize>,
    /// The update of each passage.
    updates: Vec<Option<usize>>,
    written: Vec<Written>,
    /// The day of each section that names no other.
    alone: Vec<Option<NaiveDate>>,
    /// The day, where no other is written.
    only: Option<NaiveDate>,
    /// The day of the incident.
    incident: Option<NaiveDate>,
    /// The same, where a title or a field says so.
    pub(super) known: Option<NaiveDate>,
}

impl Dates {
    /// The dates of `passages`, but for those about what comes after the `incident`, of which its day is told,
    /// and that of the `dateline`.
    pub(super) fn new(
        passages: &[(Passage<'_>, Vec<Time>)],
        calendar: &Calendar,
        dateline: Option<usize>,
        (incident, known): (Option<NaiveDate>, Option<NaiveDate>),
    ) -> Self {
        let mut dates = Dates { incident, known, ..Dates::default() };
        let mut last = None;
        let mut section = 0;
        // The date that the story has reached: "on Wednesday evening" is beside it.
        let mut reached = None;
        for (index, (passage, found)) in passages.iter().enumerate() {
            let place = Some((passage.update, passage.heading.as_ref().map(|heading| heading.text.whole())));
            section += usize::from(std::mem::replace(&mut last, place) != place);
            dates.sections.push(section);
            dates.updates.push(passage.update);
            // Of labelled values only those that say when it was: others may tell of a meeting or a release.
            let unknown = passage.form == Form::Field && !passage.topic.is_some_and(|topic| WHEN.contains(&topic));
            if dateline == Some(index) || is_planning(passage.topic) || calendar::is_bookkeeping(passage) || unknown {
                continue;
            }
            let timed = found.iter().flat_map(Time::moments).any(|moment| moment.clock.is_some());
            for moment in found.iter().flat_map(Time::moments) {
                // "The next morning" is of its own clock alone.
                let piece = moment.date.filter(|piece| !matches!(piece.day, DayPiece::After(_) | DayPiece::Morning));
                let Some(dated) = piece.and_then(|piece| calendar.date(piece, reached)) else { continue };
                let prose = passage.form == Form::Prose;
                let whose = if prose || is_of_others(passage) { whose(passage, moment) } else { Whose::Incident };
                let other = !dates.written.is_empty() || known.is_some_and(|known| known != dated.date);
                let to_come = whose == Whose::Plan && moment.clock.is_none() && known.is_some_and(|known| known < dated.date);
                if to_come || other && matches!(whose, Whose::Another | Whose::Document) {
                    continue;
                }
                reached = Some(dated.date).filter(|_| passage.form != Form::Field).or(reached);
                let earlier = moment.clock.is_some() && whose == Whose::Before;
                let tells = moment.clock.is_some() && !earlier || passage.form == Form::Field || begins(passage.text.as_str(), moment);
                dates.written.push(Written {
                    update: passage.update,
                    passage: index,
                    section,
                    date: dated.date,
                    tells,
                    announces: prose && whose != Whose::Before && announces(passage, moment),
                    bare: earlier
                        || prose && !has_clock(passage, found, moment) && !has_cue(passage, moment, |cue| cue == Cue::StrongImpact),
                    far: earlier || !timed,
                });
            }
        }
        for written in &dates.written {
            match dates.alone.get_mut(written.section) {
                Some(alone) => *alone = alone.filter(|alone| *alone == written.date),
                None => {
                    dates.alone.resize(written.section, None);
                    dates.alone.push(Some(written.date));
                }
            }
        }
        let first = dates.written.first().map(|written| written.date);
        dates.only = first.filter(|first| dates.written.iter().all(|written| written.date == *first));
        dates
    }

    /// The number of the section that the passage at `index` stands in.
    pub(super) fn section(&self, index: usize) -> usize {
        self.sections.get(index).copied().unwrap_or_default()
    }

    /// Whether `date` is told, not mentioned, close in front of the passage at `index`, or is that of the incident and no other is
    /// written.
    pub(super) fn tells(&self, index: usize, date: NaiveDate) -> bool {
        let only = self.only == Some(date) && self.incident == self.only;
        only || self.before(index).any(|written| written.date == date && written.tells)
    }

    /// The day that a sentence over the list around the passage at `index` gives it.
    pub(super) fn announced(&self, index: usize) -> Option<NaiveDate> {
        let section = self.section(index);
        let mut own = self.before(index).take_while(|written| written.section == section);
        own.find(|written| written.announces).map(|written| written.date)
    }

    /// Whether `date` is told in front of the passage at `index` for what led to the incident alone: a day before it, in
    /// paragraphs without a clock or of what had been before; in sentences without one, where it is long before. "On Monday we began to move the hosts."
    pub(super) fn leads_up(&self, index: usize, date: NaiveDate) -> bool {
        let long = self.known.is_some_and(|known| is_long(date, known));
        let mut told = self.before(index).filter(|written| written.date == date).peekable();
        let bare = |written: &Written| written.bare && (written.far || long);
        self.incident.is_some_and(|incident| date < incident) && told.peek().is_some() && told.all(bare)
    }

    /// Whether `date`, told in the passage at `index` or in front of it, is long before the incident, of which a title or a field tells
    /// the day; and then whether it is one for what led to it alone.
    pub(super) fn is_long_before(&self, index: usize, date: NaiveDate) -> Option<bool> {
        self.known.filter(|known| is_long(date, *known)).map(|_| self.leads_up(index + 1, date))
    }

    /// Whether `date`, behind the day of the incident, stands in the passage at `index` in passing alone: neither with a clock nor at the start of a sentence.
    pub(super) fn is_in_passing(&self, index: usize, date: NaiveDate) -> bool {
        let own = |written: &&Written| written.passage == index && written.date == date;
        let mut own = self.before(index + 1).filter(own).peekable();
        self.incident.is_some_and(|incident| incident < date) && own.peek().is_some() && own.all(|written| !written.tells)
    }

    /// The dates that tell of moments around the passage at `index`: in its section, in front and behind, and before it.
    pub(super) fn around(&self, index: usize) -> impl Iterator<Item = Reason> {
        let section = self.section(index);
        let update = self.updates.get(index).copied().flatten();
        let own = |written: &&Written| written.section == section && written.tells;
        let from = |start: usize| self.written.get(start..).unwrap_or_default().iter().take(NEAR);
        let front = self.before(index).find(own).map(|written| {
            let alone = self.alone.get(section).copied().flatten() == Some(written.date);
            (written.date, Given::DateOfSection, if alone { cost::NEAREST } else { cost::SECTION })
        });
        let first = from(self.written.partition_point(|written| written.section < section));
        let first = first.take_while(|written| written.passage < index).find(own);
        let first = first.map(|written| (written.date, Given::DateOfSection, cost::SECTION));
        let behind = from(self.written.partition_point(|written| written.passage < index)).find(own).map(|written| {
            let cost = if written.passage == index { cost::PARAGRAPH_BEHIND } else { cost::FAR };
            (written.date, Given::DateOfSection, cost)
        });
        let told = self.before(index).find(|written| written.tells && written.update == update);
        let told = told.map(|written| (written.date, Given::DateOfText, cost::FAR));
        let dearer =
            move |(date, given, cost): Reason| (date, given, if self.leads_up(index, date) { cost.max(cost::LEADING_UP) } else { cost });
        front.into_iter().chain(first).chain(behind).chain(told).map(dearer)
    }

    /// The dates in front of the passage at `index`, from the nearest on.
    fn before(&self, index: usize) -> impl Iterator<Item = &Written> {
        let end = self.written.partition_point(|written| written.passage < index);
        self.written.get(..end).unwrap_or_default().iter().rev().take(NEAR)
    }
}

/// Whether a sentence begins with the date of `moment`: "On 5 June the disk was full."
fn begins(text: &str, moment: &Moment) -> bool {
    // Nothing further in front is looked at: one word such as "On" is all that may stand before it.
    let from = text.floor_char_boundary(moment.range.start.saturating_sub(LEAD));
    let lead = text.get(from..moment.range.start).unwrap_or_default();
    let Some(sentence) = lead.rsplit_once(['.', '\n', ':', ';']).map(|(_, sentence)| sentence).or((from == 0).then_some(lead)) else {
        return false;
    };
    sentence.trim().len() <= 4
}

/// Whether a sentence of running text gives the date of `moment` and tells nothing that happened: "All times are of 5 June."
fn announces(passage: &Passage<'_>, moment: &Moment) -> bool {
    let tells = |cue: Cue| cue.is_event() || matches!(cue, Cue::Impact | Cue::StrongImpact);
    moment.clock.is_none() && passage.sentence_at(moment.range.start).is_some() && !has_cue(passage, moment, tells)
}

/// Whether a clock, one of those `found`, stands in the sentence of `moment`.
fn has_clock(passage: &Passage<'_>, found: &[Time], moment: &Moment) -> bool {
    let sentence = passage.sentence_at(moment.range.start).cloned().unwrap_or_default();
    let place = found.partition_point(|time| time.range().start < sentence.start);
    let own = found.get(place..).unwrap_or_default().iter().take_while(|time| time.range().start < sentence.end);
    own.take(NEAR).flat_map(Time::moments).any(|moment| moment.clock.is_some())
}

/// Whether `date` is long before the day `known`, not on the eve of it.
pub(super) fn is_long(date: NaiveDate, known: NaiveDate) -> bool {
    (known - date).num_days() > 1
}

/// Whether the label of `passage` or a heading over it is one of other incidents.
pub(super) fn is_of_others(passage: &Passage<'_>) -> bool {
    let heading = passage.heading.as_ref();
    heading.is_some_and(|heading| heading.upwards().any(|heading| modality::heads_others(heading.text.as_str())))
        || passage.label.as_ref().is_some_and(|label| modality::heads_others(label.as_str()))
}

/// Whose the day of `moment` is, by the words of its sentence on both sides.
pub(super) fn whose(passage: &Passage<'_>, moment: &Moment) -> Whose {
    if is_of_others(passage) {
        return Whose::Another;
    }
    let text = passage.text.as_str();
    let sentence = passage.sentence_at(moment.range.start).cloned().unwrap_or_default();
    let from = text.floor_char_boundary(sentence.start.max(moment.range.start.saturating_sub(CLAUSE)));
    let to = text.floor_char_boundary(sentence.end.min(moment.range.end + CLAUSE));
    let words = |range: Range<usize>| text.get(range).unwrap_or_default();
    modality::whose(words(from..moment.range.start), words(moment.range.end..to))
}

/// Whether the date of `moment`, one of those `found` in a passage, is that of something else than the clock in front of it in its
/// sentence.
pub(super) fn is_of_something_else(passage: &Passage<'_>, found: &[Time], moment: &Moment) -> bool {
    let place = found.partition_point(|time| time.range().start < moment.range.start);
    let mut clocks = found.get(..place).unwrap_or_default().iter().rev().take(NEAR).flat_map(Time::moments);
    let clock = clocks.find(|other| other.clock.is_some() && other.range.end <= moment.range.start);
    let sentence = passage.sentence_at(moment.range.start).map_or(0, |sentence| sentence.start);
    let reach = |end: &usize| (sentence..).contains(end) && moment.range.start - end <= CLAUSE;
    let between = clock.map(|clock| clock.range.end).filter(reach).and_then(|end| passage.text.as_str().get(end..moment.range.start));
    moment.clock.is_none() && between.is_some_and(modality::is_of_something_else)
}

/// Whether a cue that `tells` stands in the sentence of `moment`.
pub(super) fn has_cue(passage: &Passage<'_>, moment: &Moment, tells: impl Fn(Cue) -> bool) -> bool {
    let sentence = passage.sentence_at(moment.range.start);
    sentence.is_some_and(|sentence| passage.cues_in(sentence).take(CUES).any(|(cue, _)| tells(*cue)))
}

#[cfg(test)]
mod tests;
