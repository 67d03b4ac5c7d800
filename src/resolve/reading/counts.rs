//! Which times of a passage are moments of this incident, and which are aside: of a plan, of what had been before, of another incident.

use super::Reading;
use crate::extract::lexicon::{Cue, Topic};
use crate::extract::modality;
use crate::extract::passage::{Form, Passage};
use crate::extract::time::Time;
use crate::resolve::mention::{Mention, is_planning, within};
use crate::resolve::running::Running;
use crate::resolve::unit::Unit;
use chrono::NaiveDate;
use std::ops::Range;

impl Reading<'_, '_, '_> {
    /// Whether its times, `own`, are those of another incident, where the report has `told` of this one, or of the document: they
    /// govern nothing that follows.
    pub(super) fn is_aside(&self, told: &[Mention], own: &[Mention]) -> bool {
        let [first, ..] = own else { return false };
        if self.unit.entry || self.passage.form != Form::Prose || !own.iter().any(|mention| mention.dated) {
            return false;
        }
        let words = |range: &Range<usize>| first.text.as_str().get(range.clone()).unwrap_or_default();
        let another = || told.iter().any(|mention| mention.counts) && modality::is_of_another(words(&first.before));
        another() || modality::is_of_document(words(&first.before), words(&first.after))
    }

    /// "We'd moved the pages on the 28th": whether the day at `place`, `date`, is of what had been before and governs nothing that comes. One
    /// with a clock dates those behind it, unless the story is of a later day.
    pub(in crate::resolve) fn is_earlier(&self, place: usize, date: Option<NaiveDate>, running: &Running) -> bool {
        let known = running.date.or(running.incident.map(|(day, _)| day));
        let words = |range: Range<usize>| self.unit.text.as_str().get(range).unwrap_or_default();
        let clock = matches!(self.unit.times.get(place), Some(Time::Moment(moment)) if moment.clock.is_some());
        let apart = known.is_some() && (!clock || known > date);
        !self.unit.entry && apart && modality::had_been(words(self.unit.before(place)), words(self.unit.after(place)))
    }

    /// Whether the time at `place` is that of something expected or promised, that never came to be, that goes by a
    /// schedule, or when the document was written. What is said at a time that heads an entry has
    /// been said; of planned work, the plan is what is told.
    pub(super) fn is_expected(&self, place: usize) -> bool {
        let Self { passage, unit, .. } = self;
        let Some(time) = unit.times.get(place).map(Time::range).filter(|_| !self.heads(place) && !self.collector.planned) else {
            return false;
        };
        let words = unit.written.as_str();
        let from = place.checked_sub(1).and_then(|before| unit.times.get(before)).map_or(0, |before| before.range().end);
        let to = unit.times.get(place + 1).map_or(words.len(), |next| next.range().start);
        let (before, after) = (words.get(from..time.start).unwrap_or_default(), words.get(time.end..to).unwrap_or_default());
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
