//! The days that a clock may fall on, each with the place that gives it: what is around the clock as it is read.

use super::days::{Clock, Reason, Sequence, cost};
use super::reading::Reading;
use super::running::Running;
use crate::basis::Given;
use crate::extract::lexicon::Cue;
use crate::extract::passage::Form;
use crate::extract::time::Moment;
use crate::incident::{EventKind, Instant};
use chrono::NaiveDate;

/// How many times of a sentence are looked at for a date.
const MANY: usize = 32;
impl Reading<'_, '_, '_> {
    /// The clock at `place` as part of its sequence; `mention` is its place among the mentions, `to` the end of its range.
    pub(super) fn clock(&self, place: usize, mention: usize, (moment, to): (&Moment, Option<&Moment>), running: &Running) -> Option<Clock> {
        let Self { passage, unit, .. } = self;
        let clock = moment.clock.filter(|_| !moment.restates && (!unit.entry || place == 0))?;
        // A labelled value stands on its own.
        let section = if passage.form == Form::Field { usize::MAX - self.index } else { self.dates.section(self.index) };
        let sequence = if unit.entry { Sequence::List(passage.list, section) } else { Sequence::Text(self.index, section) };
        let written = moment.date.or(to.and_then(|to| to.date)).is_some() || (self.own_date.is_some() && !unit.entry);
        let mut days = if written { Vec::new() } else { self.days(moment, running) };
        if clock.seconds(None) >= 86_400 {
            // 24:00 is on the day after the one that is given.
            days.iter_mut().for_each(|(day, ..)| *day = day.succ_opt().unwrap_or(*day));
        }
        let posted = self.posted(&days);
        let turn = running.turn.filter(|date| !written && !unit.entry && !self.dates.is_in_passing(self.index, *date));
        Some(Clock { mention, sequence, days, turn, posted })
    }

    /// When the text around was posted, where it tells what has happened: of planned work and of what is announced or promised
    /// times lie ahead. An update may be amended under its old stamp: the date that its text writes is believed.
    fn posted(&self, days: &[Reason]) -> Option<Instant> {
        let Self { collector, passage, unit, .. } = self;
        if collector.planned || unit.cues.iter().any(|(cue, _)| matches!(cue, Cue::Extends | Cue::Commitment)) {
            return None;
        }
        match passage.update {
            Some(_) if days.iter().any(|(.., cost)| *cost <= cost::TOLD) => None,
            Some(update) => collector.posts.get(update).filter(|post| post.kind != EventKind::Maintenance)?.stamp.as_ref()?.point.at,
            None => collector.sent?.at,
        }
    }

    /// The days that places around `moment` give it, first that of reading on.
    fn days(&self, moment: &Moment, running: &Running) -> Vec<Reason> {
        let Self { passage, unit, .. } = self;
        let around = self.collector.surroundings(passage, moment, unit, self.own_date, running, self.zero);
        let zone = moment.zone.or(around.zone.map(|(zone, _)| zone));
        let read = self.collector.days(passage, moment, unit, self.own_date, running, zone);
        let read = read.map(|(date, given)| (date, given, self.cost(date, given, running)));
        let over = self.dates.announced(self.index).filter(|_| unit.entry);
        let over = over.map(|date| (date, Given::DateOverList, cost::NEAREST));
        // "Between 2:10 and 6:25, and from 18:00 on 14 May": one date for both.
        let sentence = unit.times.iter().enumerate().take(MANY).filter(|_| !unit.entry);
        let sentence = sentence.flat_map(|(place, time)| time.moments().map(move |other| (place, other)));
        let sentence = sentence.filter(|(_, other)| other.clock.is_some()).filter_map(|(place, other)| {
            let dated = self.collector.calendar.date(other.date?, None)?;
            (!self.is_apart(place, Some(dated.date), running)).then_some(dated)
        });
        let sentence = sentence.map(|dated| (dated.date, Given::DateOfSentence, cost::NEAREST));
        read.chain(sentence.take(1)).chain(over).chain(self.dates.around(self.index)).collect()
    }

    /// What `date` costs by the place that `given` names.
    fn cost(&self, date: NaiveDate, given: Given, running: &Running) -> i64 {
        match given {
            Given::DateOfLine => cost::LINE,
            Given::DateOfHeading => cost::NEAREST,
            // In an entry it may be of something else: "we wait for Monday".
            Given::DateOfSentence | Given::DateOfEntry => cost::SECTION,
            Given::DateOfText if running.passage_date == Some(date) => {
                match (running.passage_told, self.dates.is_long_before(self.index, date)) {
                    (true, None) if !self.dates.is_in_passing(self.index, date) => cost::NEAREST,
                    (true, Some(_)) => cost::TOLD,
                    _ => cost::BEFORE,
                }
            }
            Given::DateOfText if self.dates.leads_up(self.index, date) => cost::LEADING_UP,
            Given::DateOfText if self.dates.tells(self.index, date) => cost::TOLD,
            Given::DateOfText => cost::IN_PASSING,
            Given::DateOfUpdates => cost::STAMPS,
            Given::DateOfIncident if running.headed => cost::TITLE,
            Given::DateOfIncident if self.dates.known == Some(date) => cost::FIELD,
            Given::DateOfIncident => cost::INCIDENT,
            _ => cost::POSTING,
        }
    }
}
