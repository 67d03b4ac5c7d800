//! Moments to instants: each thing a moment leaves out is taken from the nearest place that tells, in the order of the
//! design's policy, and the place is named.

use super::calendar::{self, Calendar};
use super::zones;
use crate::basis::{Alternative, Basis, Derivation, Given, Part, Placed};
use crate::extract::clock::Meridiem;
use crate::extract::time::Moment;
use crate::extract::zone::ZonePiece;
use crate::incident::{Certainty, Instant, Precision};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

/// A resolved moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// When; none for a date without a clock and for a clock without a date.
    pub at: Option<Instant>,
    /// The local date.
    pub date: Option<NaiveDate>,
    /// The local time.
    pub local: Option<NaiveDateTime>,
    /// The offset it was read with, in seconds east of UTC.
    pub offset_seconds: Option<i32>,
    /// How finely it is written.
    pub precision: Precision,
    /// Whether the report says "about".
    pub approximate: bool,
    /// Written or worked out.
    pub certainty: Certainty,
    /// What decided what the moment leaves out.
    pub basis: Basis,
    /// Its day and its zone, where either was chosen narrowly.
    pub alternatives: Vec<Alternative>,
    /// What went into it that a reader should know.
    pub doubts: Vec<Doubt>,
}

/// What a reader should know of how a moment was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// No zone is written anywhere that governs it.
    ZoneAssumed,
    /// The zone's abbreviation has several meanings.
    ZoneAmbiguous,
    /// The zone's abbreviation has no meaning that is known.
    ZoneUnknown,
    /// It is told again in another zone, which makes another instant.
    ZonesDisagree,
    /// The year stood elsewhere.
    YearInferred,
    /// Two numbers could be read either way.
    DateAmbiguous,
    /// The weekday does not fit.
    WeekdayWrong,
    /// No date was found.
    DateMissing,
    /// The clocks were set forward over it.
    ClockSkipped,
    /// The clocks were set back over it; with the offset of its second coming, in seconds east.
    ClockRepeated(i32),
}

/// A date or zone, and what gave it.
pub type Found<T> = Option<(T, Given)>;

/// What surrounds a moment.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'c> {
    /// The report's references.
    pub calendar: &'c Calendar,
    /// The zone that governs it, if it has none.
    pub zone: Found<ZonePiece>,
    /// Its date, if it has none.
    pub date: Found<NaiveDate>,
    /// "am" or "pm" from the other end of its range.
    pub meridiem: Option<Meridiem>,
    /// The report's T0.
    pub zero: Option<Instant>,
}

/// Resolves `moment`.
pub fn resolve(moment: &Moment, around: &Surroundings) -> Point {
    let mut point = Point {
        at: None,
        date: None,
        local: None,
        offset_seconds: None,
        precision: Precision::Minute,
        approximate: moment.approximate,
        certainty: Certainty::Stated,
        basis: Basis::Placed(Placed::default()),
        alternatives: Vec::new(),
        doubts: Vec::new(),
    };
    if let Some(minutes) = moment.offset {
        point.at = around.zero.zip(TimeDelta::try_minutes(minutes)).and_then(|(zero, offset)| zero.checked_add_signed(offset));
        point.basis = Basis::Derived(Derivation::Zero);
        point.offset_seconds = Some(0);
        return point;
    }
    let mut placed = Placed { clock: moment.clock.is_some(), ..Placed::default() };
    let written = moment.date.and_then(|piece| around.calendar.date(piece, around.date.map(|(date, _)| date)));
    let date = match written {
        Some(dated) => {
            let doubts = [
                (dated.year_inferred, Doubt::YearInferred),
                (dated.ambiguous, Doubt::DateAmbiguous),
                (dated.weekday_wrong, Doubt::WeekdayWrong),
            ];
            point.doubts.extend(doubts.into_iter().filter_map(|(doubtful, doubt)| doubtful.then_some(doubt)));
            if dated.weekday_wrong || dated.ambiguous {
                point.certainty = Certainty::Inferred;
            }
            let date = dated.date;
            let swapped = || NaiveDate::from_ymd_opt(date.year(), date.day(), date.month());
            if let Some(other) = swapped().filter(|_| dated.ambiguous) {
                point.alternatives.push(Alternative { part: Part::Day(date, other), together: Alternative::ORDER, taken: false });
            }
            if dated.year_inferred {
                placed.date = Some(Given::YearOfDates);
            }
            Some(dated.date)
        }
        None if moment.date.is_some() => None,
        None => around.date.map(|(date, given)| {
            placed.date = Some(given);
            date
        }),
    };
    point.date = date;
    let Some(clock) = moment.clock else {
        point.precision = Precision::Day;
        point.basis = Basis::Placed(placed);
        return point;
    };
    point.precision = match (clock.second, clock.minute) {
        (Some(_), _) => Precision::Second,
        (None, Some(_)) => Precision::Minute,
        (None, None) => Precision::Hour,
    };
    let zones = &around.calendar.zones;
    let (zone, mut given) = match moment.zone.or(around.zone.map(|(zone, _)| zone)) {
        Some(zone) => (zone, around.zone.map(|(_, given)| given).filter(|_| moment.zone.is_none())),
        None => (zones.assumed().0, Some(zones.assumed().1)),
    };
    if !zones.is_known(zone) {
        given = Some(Given::ZoneUnknown);
    }
    placed.zone = given;
    point.doubts.extend(zones.doubt(zone, given));
    if given.is_some_and(zones::is_guess) {
        point.certainty = Certainty::Inferred;
    }
    if let Some((minutes, next)) = zones.narrowly(zone) {
        let part = Part::Zone(minutes * 60, next * 60);
        point.alternatives.push(Alternative { part, together: 0, taken: false });
        point.certainty = Certainty::Inferred;
    }
    point.basis = Basis::Placed(placed);
    let Some(date) = date else {
        point.doubts.push(Doubt::DateMissing);
        return point;
    };
    let local = local_time(date, clock.seconds(around.meridiem));
    let offset = local.and_then(|local| zones.offset(zone, local));
    point.doubts.extend(local.and_then(|local| zones::change_at(zone, local)));
    point.local = local;
    point.offset_seconds = offset.map(|offset| offset.local_minus_utc());
    point.at = local.zip(offset).and_then(|(local, offset)| calendar::instant(local, offset));
    if let (Some(at), Some((clock, zone))) = (point.at, moment.also) {
        let half = clock.meridiem.is_none() && clock.hour <= 12;
        if zones.is_known(zone) && !zones.agrees(at, clock.seconds(None), zone, half) {
            point.doubts.push(Doubt::ZonesDisagree);
            point.certainty = Certainty::Inferred;
        }
    }
    point
}

/// A date and seconds after midnight; 24:00 is the next day's midnight.
pub fn local_time(date: NaiveDate, seconds: u32) -> Option<NaiveDateTime> {
    let date = if seconds >= 86_400 { date.checked_add_days(Days::new(1))? } else { date };
    Some(date.and_time(NaiveTime::from_num_seconds_from_midnight_opt(seconds % 86_400, 0)?))
}

/// The same point some days later, which leaves no choice of its day.
pub fn shifted(point: &Point, days: i64) -> Point {
    let by = TimeDelta::try_days(days).unwrap_or_default();
    let mut moved = point.clone();
    moved.at = point.at.and_then(|at: DateTime<_>| at.checked_add_signed(by));
    moved.local = point.local.and_then(|local| local.checked_add_signed(by));
    moved.date = moved.local.map(|local| local.date());
    moved.alternatives.retain(|other| !matches!(other.part, Part::Day(..)));
    moved
}
