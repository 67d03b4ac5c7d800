//! Reads the times of one sentence, entry or row, with what was read before in view.

mod counts;

use super::collect::Collector;
use super::dates::Dates;
use super::days::Clock;
use super::event;
use super::mention::{InRange, Mention, Unreadable};
use super::midnight::nearest_day;
use super::point::{self, Point, Surroundings};
use super::running::Running;
use super::unit::Unit;
use super::zones;
use crate::basis::{Basis, Given, Rule};
use crate::extract::clock::{ClockPiece, Meridiem};
use crate::extract::date::{DatePiece, DayPiece};
use crate::extract::passage::{Form, Passage};
use crate::extract::prose;
use crate::extract::time::{Lead, Moment, Time};
use crate::incident::{Certainty, EventKind, Instant};
use chrono::NaiveDate;
use std::ops::Range;

/// How many times in front are looked at for a part of the day.
const MANY: usize = 8;

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Gathered<'a> {
    pub(super) mentions: Vec<Mention<'a>>,
    pub(super) unreadable: Vec<Unreadable<'a>>,
    pub(super) clocks: Vec<Clock>,
}

/// A sentence, an entry or a row while its times are read.
pub(super) struct Reading<'r, 'c, 'a> {
    /// What the whole report tells.
    pub(super) collector: &'r Collector<'c, 'a>,
    /// The place of its passage.
    pub(super) index: usize,
    /// Its passage.
    pub(super) passage: &'r Passage<'a>,
    /// Its words and times.
    pub(super) unit: &'r Unit<'a>,
    /// The date that stands on its own in it, which governs its clocks.
    pub(super) own_date: Option<NaiveDate>,
    /// The instant of T0.
    pub(super) zero: Option<Instant>,
    /// The dates that are written in the report.
    pub(super) dates: &'r Dates,
}

impl<'a> Reading<'_, '_, 'a> {
    /// Reads its times in order.
    pub(super) fn read(&self, running: &mut Running, gathered: &mut Gathered<'a>) {
        let aside = self.aside_from(running, &gathered.mentions).unwrap_or(self.unit.times.len());
        self.read_times(0..aside, running, gathered);
        let (first, clocks) = (gathered.mentions.len(), gathered.clocks.len());
        self.read_times(aside..self.unit.times.len(), &mut running.clone(), gathered);
        let own = gathered.mentions.get_mut(first..).unwrap_or_default();
        own.iter_mut().for_each(|mention| mention.counts = false);
        gathered.clocks.truncate(clocks);
        running.aside = (aside < self.unit.times.len()).then_some(self.index);
    }

    fn read_times(&self, places: Range<usize>, running: &mut Running, gathered: &mut Gathered<'a>) {
        for (place, time) in self.unit.times.iter().enumerate().take(places.end).skip(places.start) {
            match time {
                Time::Unreadable(range, piece) => {
                    let date = piece.and_then(|piece| self.collector.calendar.date(piece, running.date)).map(|dated| dated.date);
                    let (span, written) = (self.unit.span(range.clone()), self.unit.words(range.clone()));
                    let (text, entry) = (self.unit.text.clone(), self.heads(place));
                    gathered.unreadable.push(Unreadable { span, written, date, text, entry });
                }
                // "today" in a text that nothing dates.
                Time::Moment(Moment { date: None, clock: None, offset: None, .. }) => {}
                Time::Moment(moment) => self.moment(place, moment, running, gathered),
                Time::Range(from, to, lead) => self.stretch(place, (from, to, *lead), running, gathered),
                Time::Later(range, minutes, noun) => {
                    let named = noun.as_ref().map(|noun| self.unit.words(noun.clone()));
                    gathered.mentions.extend(self.later(place, range, (*minutes, named.as_deref()), &gathered.mentions));
                }
            }
        }
    }

    /// Whether the time at `place` heads an entry.
    fn heads(&self, place: usize) -> bool {
        self.unit.entry && place == 0
    }

    fn moment(&self, place: usize, moment: &Moment, running: &mut Running, gathered: &mut Gathered<'a>) {
        let Self { passage, unit, .. } = self;
        let half = self.half_before(place, moment);
        let clock = moment.clock.map(|clock| ClockPiece { meridiem: clock.meridiem.or(half), ..clock });
        let moment = &Moment { date: moment.date.map(|date| running.counted(date)), clock, ..moment.clone() };
        let clocks = gathered.clocks.len();
        gathered.clocks.extend(self.clock(place, gathered.mentions.len(), (moment, None), running));
        let mentions = &mut gathered.mentions;
        let around = self.collector.surroundings(passage, moment, unit, self.own_date, running, self.zero);
        let told = self.by_told(moment, &around, running, unit.entry && place > 0);
        // The half of the day of a clock in words is beyond doubt only where it is told or the story goes on to it.
        let open = told.is_none() && moment.clock.is_some_and(|clock| clock.spoken && clock.meridiem.is_none());
        let mut point = told.unwrap_or_else(|| point::resolve(moment, &around));
        // Of two zones before it, nothing says which is meant.
        let mixed =
            around.zone.is_some_and(|(_, given)| moment.zone.is_none() && given == Given::ZoneOfTimeBefore) && running.other_zone.is_some();
        if open || mixed || half.is_some() {
            point.certainty = Certainty::Inferred;
        }
        if let days @ (1 | -1) = running.other_day(&point, unit) {
            point = point::shifted(&point, days);
        }
        if moment.restates
            && let Some(last) = mentions.last()
        {
            point = nearest_day(&point, last.point.at);
        }
        if self.heads(place) {
            running.list = point.local.map(|local| (passage.list, local));
        } else if moment.date.is_none() && self.own_date.is_none() {
            // In prose, a clock that falls by most of a day has passed midnight.
            let back = running.told.zip(point.local).map_or(0, |(last, local)| (last - local).num_hours());
            if (18..24).contains(&back) {
                point = point::shifted(&point, 1);
                running.passage_date = point.date;
            }
        }
        if let (true, Some(last)) = (stands_for(place, unit, moment), mentions.last_mut()) {
            last.point = same_instant(&point);
        }
        // "back at 8:22 AM the next morning": the day behind the clock is of this clock alone.
        let aside = !unit.entry
            && matches!(moment.date, Some(DatePiece { day: DayPiece::After(_), .. }))
            && unit.words(moment.range.clone()).starts_with(|c: char| c.is_ascii_digit());
        // "(8 May, 18:00)": what stands in brackets governs nothing outside.
        let aside = aside || !unit.entry && moment.date.is_some() && running.date.is_some() && unit.is_in_brackets(&moment.range);
        let apart = moment.date.is_some() && self.is_apart(place, point.date, running);
        if apart || moment.date.is_some() && self.leads_up(point.date) {
            gathered.clocks.truncate(clocks);
        }
        let aside = aside || apart;
        if !aside && running.in_passing(&point, moment, unit, unit.before(place).len()) {
            running.passage_date = point.date;
        } else if !aside {
            running.told = point.local;
            running.remember(&point, moment, passage.form == Form::Field);
        }
        mentions.push(self.mention(place, point, moment, InRange::Alone));
    }

    /// "It failed this afternoon and was back by 5:30": the half of the day that a part of it in the same sentence gives a clock.
    fn half_before(&self, place: usize, moment: &Moment) -> Option<Meridiem> {
        let clock = moment.clock.filter(|clock| clock.meridiem.is_none() && moment.date.is_none())?;
        let part = self.unit.times.get(..place)?.iter().rev().map(|time| self.unit.words(time.range()));
        let hours = part.take(MANY).find_map(|words| match words.rsplit(' ').next()?.to_ascii_lowercase().as_str() {
            "afternoon" => Some(1..=6),
            "evening" | "tonight" => Some(5..=11),
            _ => None,
        })?;
        hours.contains(&clock.hour).then_some(Meridiem::Pm)
    }

    fn stretch(&self, place: usize, (from, to, lead): (&Moment, &Moment, Lead), running: &mut Running, gathered: &mut Gathered<'a>) {
        let Self { passage, unit, .. } = self;
        gathered.clocks.extend(self.clock(place, gathered.mentions.len(), (from, Some(to)), running));
        let mentions = &mut gathered.mentions;
        let last = mentions.last().map(|mention| mention.point.at);
        let before_last = mentions.len().checked_sub(2).and_then(|i| mentions.get(i)).map(|mention| mention.point.at);
        let zoned = Moment { zone: from.zone.or(to.zone), ..from.clone() };
        let around = self.collector.surroundings(passage, &zoned, unit, self.own_date, running, self.zero);
        let (mut start, mut end) = range(from, to, &around);
        if let days @ (1 | -1) = running.other_day(&start, unit) {
            (start, end) = (point::shifted(&start, days), point::shifted(&end, days));
        }
        if self.heads(place) {
            running.list = start.local.map(|local| (passage.list, local));
        }
        if from.restates {
            start = nearest_day(&start, before_last.flatten());
            end = nearest_day(&end, last.flatten());
        }
        if let (true, [.., first, second]) = (stands_for(place, unit, from) || stands_for(place, unit, to), mentions.as_mut_slice()) {
            first.point = same_instant(&start);
            second.point = same_instant(&end);
        }
        running.remember(&start, from, passage.form == Form::Field);
        running.remember(&end, to, passage.form == Form::Field);
        running.told = end.local;
        // Both ends are on the day that is written with one of them.
        let dated = from.date.is_some() || to.date.is_some();
        let ends = [self.mention(place, start, from, InRange::Start(lead)), self.mention(place, end, to, InRange::End)];
        mentions.extend(ends.map(|end| Mention { loose: end.loose && !dated, ..end }));
    }

    pub(super) fn mention(&self, place: usize, point: Point, moment: &Moment, in_range: InRange) -> Mention<'a> {
        let Self { passage, unit, .. } = self;
        let (before, after, field) = (unit.before(place), unit.after(place), passage.form == Form::Field);
        let mut mention = Mention {
            passage: self.index,
            topic: passage.topic,
            field,
            written: unit.words(moment.range.clone()),
            span: unit.span(moment.range.clone()),
            text: unit.text.clone(),
            counts: counts::counts(passage, unit, &before, &after) && !self.is_named(moment) && !self.is_expected(place),
            before,
            after,
            in_range,
            entry: self.heads(place),
            update: passage.update,
            restates: moment.restates,
            dated: moment.date.is_some(),
            loose: moment.date.is_none()
                && self.own_date.is_none()
                && !unit.entry
                && !field
                && point.basis.date() != Some(Given::DateOfHeading),
            cues: unit.cues.clone(),
            kind: EventKind::Other,
            impact: false,
            since: None,
            point,
        };
        // Of what is not read, labels alone tell what a time is.
        if field || !passage.unread {
            mention.impact = event::is_impact(&mention);
            mention.kind = event::kind_of(&mention);
        }
        mention
    }

    /// "the song “6:45 start”": whether a clock is part of a name in quotation marks.
    fn is_named(&self, moment: &Moment) -> bool {
        let words = self.unit.written.as_str();
        moment.date.is_none() && moment.zone.is_none() && prose::is_in_name(words, &moment.range)
    }

    /// "at 2:47 PM … by 3:05", "at noon … a quarter past two": where the report writes "am" and "pm" or tells the clock in words,
    /// one without a half of the day is the next that fits.
    fn by_told(&self, moment: &Moment, around: &Surroundings, running: &Running, within_entry: bool) -> Option<Point> {
        let clock = moment.clock.filter(|clock| clock.meridiem.is_none() && (1..=12).contains(&clock.hour) && clock.minute.is_some())?;
        let twelve_hours = clock.spoken || self.collector.calendar.twelve_hours;
        let told = running.told.or(running.latest.filter(|_| clock.spoken)).filter(|_| twelve_hours)?;
        let nearest = |point: &Point| point.local.map_or(i64::MAX, |local| (local - told).num_minutes().abs());
        let readings = [Meridiem::Am, Meridiem::Pm].map(|half| point::resolve(moment, &Surroundings { meridiem: Some(half), ..*around }));
        // An entry tells of what lies around the time that heads it; a story goes on.
        let mut point = match within_entry {
            true => readings.into_iter().min_by_key(nearest)?,
            false => readings.into_iter().filter(|point| point.local >= Some(told)).min_by_key(|point| point.local)?,
        };
        point.basis = point.basis.with_half(Given::HalfOfTimeBefore);
        Some(point)
    }
}

/// Resolves both ends of a range: each lends the other its zone, date and meridiem.
pub(super) fn range(from: &Moment, to: &Moment, around: &Surroundings) -> (Point, Point) {
    let mut start_around = *around;
    start_around.zone = zones::cheapest([zones::by(Given::ZoneOfRangeEnd, to.zone), around.zone]);
    start_around.meridiem = to.clock.and_then(|clock| clock.meridiem).filter(|_| from.clock.is_some_and(|clock| clock.meridiem.is_none()));
    let written_end = to.date.and_then(|piece| around.calendar.date(piece, around.date.map(|(date, _)| date)));
    if let Some(dated) = written_end.filter(|_| from.date.is_none()) {
        start_around.date = Some((dated.date, Given::DateOfRangeEnd));
    }
    let mut start = point::resolve(from, &start_around);
    let mut end_around = *around;
    end_around.zone = zones::cheapest([zones::by(Given::ZoneOfRangeStart, from.zone), around.zone]);
    if let Some(date) = start.date.filter(|_| to.date.is_none()) {
        end_around.date = Some((date, Given::DateOfRangeStart));
    }
    let noon = from.clock.is_some_and(|clock| clock.hour == 12 && clock.minute.is_none() && clock.meridiem.is_none());
    if noon && to.clock.is_some_and(|clock| clock.meridiem.is_none() && clock.hour < 12 && clock.minute.is_some()) {
        end_around.meridiem = Some(Meridiem::Pm);
    }
    if from.clock.is_some_and(|clock| clock.meridiem.is_some()) && to.clock.is_some_and(|clock| clock.meridiem.is_none() && clock.hour < 12)
    {
        end_around.meridiem = from.clock.and_then(|clock| clock.meridiem);
    }
    let mut end = point::resolve(to, &end_around);
    if let (Some(a), Some(b)) = (start.at, end.at)
        && b < a
    {
        let borrowed_meridiem = start_around.meridiem.is_some();
        let plain = borrowed_meridiem.then(|| point::resolve(from, &Surroundings { meridiem: Some(Meridiem::Am), ..start_around }));
        if let Some(plain) = plain.filter(|plain| plain.at.is_some_and(|at| at <= b)) {
            start = plain;
        } else if to.date.is_none() {
            end = point::shifted(&end, 1);
        } else if from.date.is_none() {
            start = point::shifted(&start, -1);
        }
    }
    (start, end)
}

/// "12:00 and 16:35 local time (03:00 - 07:35 UTC)": whether the time in brackets says when the one before it was, which
/// names no zone.
fn stands_for(place: usize, unit: &Unit<'_>, moment: &Moment) -> bool {
    let before = place.checked_sub(1).and_then(|place| unit.times.get(place));
    let ranges = matches!(
        (before, unit.times.get(place)),
        (Some(Time::Range(..)), Some(Time::Range(..))) | (Some(Time::Moment(_)), Some(Time::Moment(_)))
    );
    let restates = unit.times.get(place).is_some_and(|time| time.moments().any(|moment| moment.restates));
    let bare = before.is_some_and(|time| time.moments().all(|moment| moment.zone.is_none()));
    ranges && restates && bare && moment.zone.is_some()
}

/// A point told again in another zone.
fn same_instant(point: &Point) -> Point {
    Point { basis: Basis::Ruled(Rule::InBrackets), ..point.clone() }
}
