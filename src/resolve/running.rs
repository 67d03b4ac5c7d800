//! What was read before a time, where it governs what follows.

use super::point::{self, Point};
use super::unit::Unit;
use super::zones::Zones;
use crate::basis::Given;
use crate::extract::date::{DatePiece, DayPiece};
use crate::extract::time::Moment;
use crate::extract::zone::ZonePiece;
use crate::incident::Instant;
use crate::source::Span;
use chrono::{NaiveDate, NaiveDateTime, Timelike};

/// The seconds of a day.
const DAY: u32 = 86_400;
/// The hours behind midnight in which the morning is still to come.
const SMALL_HOURS: u32 = 5;

/// What was read before, where it governs what follows.
#[derive(Debug, Default, Clone)]
pub(super) struct Running {
    /// The date last read in this passage.
    pub(super) passage_date: Option<NaiveDate>,
    /// Whether it is written there.
    pub(super) passage_told: bool,
    /// The date last read in the body, or in this update.
    pub(super) date: Option<NaiveDate>,
    /// The local time last read in this passage.
    pub(super) told: Option<NaiveDateTime>,
    /// The local times first and last read in the body, or in this update.
    pub(super) first: Option<NaiveDateTime>,
    pub(super) latest: Option<NaiveDateTime>,
    /// The zone last read in this passage or list.
    pub(super) zone: Option<ZonePiece>,
    /// The list, or else the passage, that is read now, and whether it named a zone.
    pub(super) place: Option<Result<usize, usize>>,
    pub(super) zoned: bool,
    /// The zone read there before the last, where it is another.
    pub(super) other_zone: Option<ZonePiece>,
    /// The instant last read.
    pub(super) at: Option<Instant>,
    /// The day that a line of its own announced, and the heading it stands under.
    pub(super) day: Option<(NaiveDate, Option<Span>)>,
    /// The list entries are in, and the local time of the last of them.
    pub(super) list: Option<(usize, NaiveDateTime)>,
    /// The incident's own date, and its start where that is written with it.
    pub(super) incident: Option<(NaiveDate, Option<Instant>)>,
    /// Whether a field says when the incident began.
    pub(super) labelled: bool,
    /// Whether a field gives its day, and the text tells of no other day on which it was felt.
    pub(super) dated: bool,
    /// Whether a heading or the title gives its day.
    pub(super) headed: bool,
    /// The update read now.
    pub(super) update: Option<usize>,
    /// What the headings over this passage say.
    pub(super) section: Section,
    /// The day of the last heading that gives one, and its number: "Day 2".
    pub(super) numbered: Option<(i64, NaiveDate)>,
}

/// What the headings over a passage say of its times, from the nearest up.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Section {
    /// The zone one of them names.
    pub(super) zone: Option<ZonePiece>,
    /// The date one of them gives, but for the title.
    pub(super) date: Option<NaiveDate>,
}

impl Running {
    /// By how many days a clock is off whose day was carried over from another paragraph.
    ///
    /// "At 2:31 AM on March 20th all was well." And later: "Separately, from 7:58 PM …": the evening before, on which the incident
    /// was already under way. "At 11:50 PM we shut it down." And then: "We tried once more at 1:10 AM": the day after.
    pub(super) fn other_day(&self, point: &Point, unit: &Unit) -> i64 {
        let carried = !unit.entry && point.basis.date() == Some(Given::DateOfText) && self.passage_date.is_none();
        let Some((latest, local)) = self.latest.zip(point.local).filter(|_| carried) else { return 0 };
        let began = self.incident.and_then(|(_, start)| start);
        if (local - latest).num_hours() >= 12 && began.is_some() && point::shifted(point, -1).at >= began {
            return -1;
        }
        let before_all = self.first.is_some_and(|first| local < first);
        let past_midnight = (18..24).contains(&latest.hour()) && local.hour() < 6 && local.date() == latest.date();
        i64::from(before_all && past_midnight)
    }

    /// Whether a date is told in passing and governs no later paragraph; `before` is the length of the words in front of it.
    pub(super) fn in_passing(&self, point: &Point, moment: &Moment, unit: &Unit, before: usize) -> bool {
        // "31 flights on the day and 12 on Sunday"
        let weekday = matches!(moment.date, Some(DatePiece { day: DayPiece::On(_), .. })) && before > 40;
        // "It had been off since 3 August", long before the story.
        let began = self.first.map(|first| first.date());
        let long_before = point.date.zip(began).is_some_and(|(told, began)| (began - told).num_days() > 2);
        (weekday || long_before) && moment.clock.is_none() && !unit.entry && self.date.is_some()
    }

    /// `piece` counted from the time told last: past midnight the next morning is that of the same day.
    pub(super) fn counted(&self, piece: DatePiece) -> DatePiece {
        let small_hours = self.told.or(self.latest).is_some_and(|last| last.hour() < SMALL_HOURS);
        match piece.day {
            DayPiece::Morning => DatePiece { day: DayPiece::After(i64::from(!small_hours)), ..piece },
            _ => piece,
        }
    }

    /// The zone of the time before for a clock that names none: of two, the one in which less time has gone by since.
    pub(super) fn zone_before(&self, moment: &Moment, zones: &Zones) -> Option<ZonePiece> {
        let gone_by = |zone: &ZonePiece| {
            let (at, clock) = self.at.zip(moment.clock)?;
            let local = at.with_timezone(&zones.offset(*zone, at.naive_utc())?).num_seconds_from_midnight();
            Some((clock.seconds(None) + DAY - local % DAY) % DAY)
        };
        // Where both are as good the last is meant.
        [self.zone, self.other_zone].into_iter().flatten().min_by_key(gone_by)
    }

    /// Takes what `moment` says for what follows; `field` tells whether it stands in a labelled value.
    pub(super) fn remember(&mut self, point: &Point, moment: &Moment, field: bool) {
        self.passage_told |= moment.date.is_some();
        if moment.date.is_some() || (point.local.is_some() && self.passage_date.is_none()) {
            self.passage_date = point.date;
        }
        // A field's date is the incident's; the text goes on from its own.
        if moment.date.is_some() && !field {
            self.date = point.date;
        }
        if let Some(zone) = moment.zone {
            self.other_zone = self.zone.filter(|last| self.zoned && *last != zone).or(self.other_zone);
            (self.zone, self.zoned) = (Some(zone), true);
        }
        self.at = point.at.or(self.at);
        if !field {
            self.first = self.first.or(point.local);
            self.latest = point.local.or(self.latest);
        }
    }
}
