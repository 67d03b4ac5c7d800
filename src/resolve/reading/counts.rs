//! Which times of a passage are moments of this incident, and which are aside: of a plan, of what had been before, of another incident.

use super::Reading;
use crate::extract::lexicon::{Cue, Topic};
use crate::extract::modality::{self, Whose};
use crate::extract::passage::{Form, Passage};
use crate::extract::time::Time;
use crate::resolve::dates;
use crate::resolve::mention::{Mention, is_planning, within};
use crate::resolve::running::Running;
use crate::resolve::unit::Unit;
use chrono::NaiveDate;
use std::ops::Range;

impl Reading<'_, '_, '_> {
    /// From which of its times on they are those of another incident, where the day of this one is known or `told` of, or of the document:
    /// they govern nothing that follows.
    pub(super) fn aside_from(&self, running: &Running, told: &[Mention]) -> Option<usize> {
        let (unit, calendar) = (self.unit, self.collector.calendar);
        if running.aside == Some(self.index) && ["that day", "That day"].iter().any(|day| unit.written.as_str().contains(day)) {
            return Some(0);
        }
        let known = self.dates.known;
        let day = |time: &Time| time.moments().find_map(|moment| calendar.day(moment.date?));
        let days = || unit.times.iter().filter_map(day);
        let told = || told.iter().any(|mention| mention.counts);
        if dates::is_of_others(self.passage) && (told() || known.is_some()) {
            return Some(0);
        }
        if unit.entry || self.passage.form != Form::Prose || days().next().is_none() {
            return None;
        }
        let ranges = |place: usize| unit.times.iter().skip(place).any(|time| matches!(time, Time::Range(..)));
        (0..unit.times.len()).find(|place| match self.whose(*place) {
            Whose::Document => true,
            Whose::Another => told() || known.is_some_and(|known| days().any(|day| day != known)),
            // "The same fault had taken it down on 20 April from 14:00 to 16:30."
            Whose::Before => ranges(*place) && known.is_some_and(|known| days().all(|day| dates::is_long(day, known))),
            _ => false,
        })
    }

    /// Whose the time at `place` is, by the words between it and the times beside it.
    fn whose(&self, place: usize) -> Whose {
        let (before, after) = self.between(place);
        modality::whose(before, after)
    }

    /// The words on both sides of the time at `place`, up to the times beside it.
    fn between(&self, place: usize) -> (&str, &str) {
        let (words, times) = (self.unit.written.as_str(), &self.unit.times);
        let Some(time) = times.get(place).map(Time::range) else { return ("", "") };
        let from = place.checked_sub(1).and_then(|before| times.get(before)).map_or(0, |before| before.range().end);
        let to = times.get(place + 1).map_or(words.len(), |next| next.range().start);
        (words.get(from..time.start).unwrap_or_default(), words.get(time.end..to).unwrap_or_default())
    }

    /// "We'd moved the pages on the 28th", "On the 28th we moved the pages", "On the 28th we will": whether the day at `place`, `date`, is of
    /// what had been before or is to come, and governs nothing that comes. One with a clock dates those behind it, unless the story is of
    /// a later day.
    pub(in crate::resolve) fn is_apart(&self, place: usize, date: Option<NaiveDate>, running: &Running) -> bool {
        let known = running.date.or(running.incident.map(|(day, _)| day));
        let clock = matches!(self.unit.times.get(place), Some(Time::Moment(moment)) if moment.clock.is_some());
        let apart = || match self.whose(place) {
            Whose::Before => known.is_some() && (!clock || known > date),
            Whose::Plan => !clock && !self.collector.planned && known.is_some() && known != date,
            _ => false,
        };
        let leads_up = || date.is_some_and(|date| self.dates.is_long_before(self.index, date) == Some(true));
        !self.unit.entry && (apart() || self.passage.form == Form::Prose && leads_up())
    }

    /// Whether a moment on the day `date` is one of what led up to the incident: the clocks behind it need not be soon after it.
    pub(super) fn leads_up(&self, date: Option<NaiveDate>) -> bool {
        let long = || date.is_some_and(|date| self.dates.is_long_before(self.index, date).is_some());
        !self.unit.entry && long() && !self.unit.cues.iter().any(|(cue, _)| *cue == Cue::StrongImpact)
    }

    /// Whether the time at `place` is that of something expected or promised, that never came to be, that goes by a
    /// schedule, or when the document was written. What is said at a time that heads an entry has
    /// been said; of planned work, the plan is what is told.
    pub(super) fn is_expected(&self, place: usize) -> bool {
        let passage = self.passage;
        if self.heads(place) || self.collector.planned {
            return false;
        }
        let (before, after) = self.between(place);
        match &passage.label {
            Some(label) if passage.form == Form::Field && before.trim().is_empty() => {
                modality::is_expected(label.as_str(), "") || modality::is_of_hours(label.as_str())
            }
            _ => {
                let untold = modality::is_contrary(before, after)
                    || modality::is_schedule(before)
                    || modality::is_of_planned(before, after)
                    || modality::is_of_document(before, after);
                let led = || place > 0 && modality::leads_on(before) && self.is_expected(place - 1);
                modality::is_expected(before, after) || passage.form != Form::Field && (untold || led())
            }
        }
    }
}

/// Whether a time is a moment of this incident: no habit, no setting, no promise, no due date.
pub(super) fn counts(passage: &Passage<'_>, unit: &Unit<'_>, before: &Range<usize>, after: &Range<usize>) -> bool {
    let silent = matches!(
        passage.topic,
        Some(Topic::Title | Topic::Organization | Topic::Severity | Topic::Services | Topic::Regions | Topic::DetectionTime)
    );
    if silent && passage.form == Form::Field {
        return false;
    }
    // Work to come has dates of its own; prose about it may still tell what happened.
    if is_planning(passage.topic) {
        let happened = |cue: Cue| {
            matches!(
                cue,
                Cue::Detected | Cue::Acknowledged | Cue::Identified | Cue::Mitigated | Cue::Recovered | Cue::Resolved | Cue::Onset
            )
        };
        let says = |wanted: &dyn Fn(Cue) -> bool| unit.cues.iter().any(|(cue, _)| wanted(*cue));
        if passage.form != Form::Prose || says(&|cue| cue == Cue::Commitment) || !says(&happened) {
            return false;
        }
    }
    // "operating normally" tells no habit: the longer phrase counts.
    let alone = |at: &Range<usize>| !unit.cues.iter().any(|(_, other)| other.start < at.start && at.end <= other.end);
    let habit = |range: &Range<usize>, near: &dyn Fn(&Range<usize>) -> bool| {
        within(&unit.cues, range).any(|(cue, at)| *cue == Cue::Habit && near(at) && alone(at))
    };
    let habit_before = habit(before, &|at| before.end - at.end <= 32);
    let habit_after = habit(after, &|at| at.start - after.start <= 12);
    !(habit_before || (!unit.entry && habit_after))
}
