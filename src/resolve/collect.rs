//! Collects every time a report mentions, in reading order: what was read before governs what follows.

use super::calendar::{self, Calendar};
use super::event;
use super::mention::{Edge, Mention, Unreadable, is_planning, within};
use super::midnight::{nearest_day, roll_over, snap};
use super::point::{self, Found, Point, Surroundings};
use super::unit::{self, Unit};
use crate::extract::clock::Meridiem;
use crate::extract::date::{DatePiece, DayPiece};
use crate::extract::lexicon::{Cue, Topic};
use crate::extract::passage::{Form, Passage};
use crate::extract::time::{Moment, Time};
use crate::extract::zone::{self, ZonePiece};
use crate::incident::{EventKind, Instant};
use crate::source::Span;
use chrono::{NaiveDate, NaiveDateTime, Timelike};
use std::ops::Range;

/// The longest caption of a table or list, in bytes.
const CAPTION: usize = 60;

/// Why a clock is of a day that was read before it.
const FROM_TEXT: &str = "date from the text before";

/// What collecting needs to know.
pub struct Collector<'c, 'a> {
    /// The passages with their times.
    pub passages: &'c [(Passage<'a>, Vec<Time>)],
    /// The report's references.
    pub calendar: &'c Calendar,
    /// The zone where nothing tells.
    pub assumed: chrono_tz::Tz,
    /// The stamp of each update, with the zone it was written in.
    pub stamps: &'c [Option<(Point, Option<ZonePiece>)>],
    /// Which updates are the published post-mortem.
    pub postmortems: &'c [bool],
    /// The heading over all others.
    pub title: Option<Span>,
    /// What the incident is called.
    pub named: Option<&'c str>,
    /// The day a mail was sent.
    pub sent: Option<NaiveDate>,
    /// The first and the last stamp of the others.
    pub live: Option<(Instant, Instant)>,
}

/// What was found so far.
#[derive(Debug, Default)]
struct Gathered<'a> {
    mentions: Vec<Mention<'a>>,
    unreadable: Vec<Unreadable<'a>>,
}

/// What was read before, where it governs what follows.
#[derive(Debug, Default)]
pub(super) struct Running {
    /// The date last read in this passage.
    pub(super) passage_date: Option<NaiveDate>,
    /// The date last read in the body, or in this update.
    pub(super) date: Option<NaiveDate>,
    /// The local time last read in this passage.
    pub(super) told: Option<NaiveDateTime>,
    /// The local times first and last read in the body, or in this update.
    pub(super) first: Option<NaiveDateTime>,
    pub(super) latest: Option<NaiveDateTime>,
    /// The zone last read in this passage or list.
    pub(super) zone: Option<ZonePiece>,
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
    /// The update read now.
    pub(super) update: Option<usize>,
    /// What the headings over this passage say.
    pub(super) section: Section,
}

/// What the headings over a passage say of its times, from the nearest up.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Section {
    /// The zone one of them names.
    pub(super) zone: Option<ZonePiece>,
    /// The date one of them gives, but for the title.
    pub(super) date: Option<NaiveDate>,
}

impl<'a> Collector<'_, 'a> {
    /// Collects the mentions and what could not be read.
    pub fn collect(&self) -> (Vec<Mention<'a>>, Vec<Unreadable<'a>>) {
        let mut gathered = Gathered::default();
        let mut running = Running { incident: self.incident_date(), ..Running::default() };
        let start = self.labelled_start(running.incident);
        running.labelled = start.is_some();
        running.dated = self.has_date_field();
        running.incident = running.incident.map(|(date, _)| (date, start.or_else(|| self.first_in_full())));
        let zero = self.zero(running.incident);
        let mut heading = None;
        for (index, (passage, found)) in self.passages.iter().enumerate() {
            if passage.update != running.update {
                let Running { incident, labelled, dated, section, .. } = running;
                running = Running { incident, labelled, dated, section, update: passage.update, ..Running::default() };
            }
            let place = passage.heading.as_ref().map(|heading| heading.text.whole());
            if place != heading {
                heading = place;
                running.section = self.section(passage);
            }
            running.passage_date = None;
            running.told = None;
            if let Some(date) = self.day_line(passage, found) {
                running.day = Some((date, passage.heading.as_ref().map(|heading| heading.text.whole())));
                running.list = None;
                continue;
            }
            // "Windows (UTC)" over a table.
            if found.is_empty() && passage.form == Form::Prose && passage.text.as_str().len() <= CAPTION {
                running.section.zone = zone::given_in(passage.text.as_str()).or(running.section.zone);
            }
            for unit in unit::units(passage, found) {
                self.unit(index, passage, &unit, &mut running, zero, &mut gathered);
            }
        }
        snap(&mut gathered.mentions);
        (gathered.mentions, gathered.unreadable)
    }

    /// What the headings over `passage` say.
    pub(super) fn section(&self, passage: &Passage<'a>) -> Section {
        Section { zone: heading_of(passage, zone::given_in), date: self.date_of_section(passage) }
    }

    fn unit(
        &self,
        index: usize,
        passage: &Passage<'a>,
        unit: &Unit<'a>,
        running: &mut Running,
        zero: Option<Instant>,
        Gathered { mentions, unreadable }: &mut Gathered<'a>,
    ) {
        let posted = passage.update.and_then(|update| self.stamps.get(update)?.as_ref()?.0.local).map(|local| local.date());
        let posted = posted.or(self.sent.filter(|_| passage.update.is_none()));
        let unit = &*unit.on_day(posted);
        // A date on its own governs the clocks of its sentence, wherever it stands in it.
        let own_date = unit.times.iter().flat_map(calendar::moments_of).filter(|m| m.clock.is_none()).find_map(|m| m.date);
        // "Date" may be that of the document: "On Monday, 18 June, our API was unavailable."
        running.dated &= own_date.is_none()
            || passage.form == Form::Field
            || !unit.cues.iter().any(|(cue, _)| matches!(cue, Cue::StrongImpact | Cue::Impact));
        let own_date = own_date.and_then(|piece| self.calendar.date(piece, running.passage_date.or(running.date))).map(|dated| dated.date);
        for (place, time) in unit.times.iter().enumerate() {
            let before = unit.before(place);
            let after = unit.after(place);
            let make = |point: Point, moment: &Moment, edge: Edge| {
                told(Mention {
                    passage: index,
                    topic: passage.topic,
                    field: passage.form == Form::Field,
                    written: unit.words(moment.range.clone()),
                    span: unit.span(moment.range.clone()),
                    text: unit.text.clone(),
                    before: before.clone(),
                    after: after.clone(),
                    edge,
                    entry: unit.entry && place == 0,
                    update: passage.update,
                    restates: moment.restates,
                    dated: moment.date.is_some(),
                    loose: moment.date.is_none() && own_date.is_none() && !unit.entry && passage.form != Form::Field,
                    counts: counts(passage, unit, &before, &after),
                    cues: unit.cues.clone(),
                    kind: EventKind::Other,
                    impact: false,
                    point,
                })
            };
            match time {
                Time::Unreadable(range, piece) => {
                    let date = piece.and_then(|piece| self.calendar.date(piece, running.date)).map(|dated| dated.date);
                    let (span, written) = (unit.span(range.clone()), unit.words(range.clone()));
                    unreadable.push(Unreadable { span, written, date, text: unit.text.clone(), entry: unit.entry && place == 0 });
                }
                // "today" in a text that nothing dates.
                Time::Moment(Moment { date: None, clock: None, offset: None, .. }) => {}
                Time::Moment(moment) => {
                    let around = self.surroundings(passage, moment, unit, own_date, running, zero);
                    let mut point =
                        self.by_told(moment, &around, running, unit.entry && place > 0).unwrap_or_else(|| point::resolve(moment, &around));
                    if let days @ (1 | -1) = other_day(&point, unit, running) {
                        point = point::shifted(&point, days);
                    }
                    if moment.restates
                        && let Some(last) = mentions.last()
                    {
                        point = nearest_day(&point, last.point.at);
                    }
                    if unit.entry && place == 0 {
                        point = roll_over(point, moment, passage.list, running);
                        running.list = point.local.map(|local| (passage.list, local));
                    } else if moment.date.is_none() && own_date.is_none() {
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
                    // "31 flights on the day and 12 on Sunday": a day named in passing governs no later paragraph.
                    let weekday = matches!(moment.date, Some(DatePiece { day: DayPiece::On(_), .. }));
                    // "It had been off since 3 August": nor does one long before the story.
                    let began = running.first.map(|first| first.date());
                    let long_before = point.date.zip(began).is_some_and(|(told, began)| (began - told).num_days() > 2);
                    let aside_of_it = weekday && before.len() > 40 || long_before;
                    let passing = aside_of_it && moment.clock.is_none() && !unit.entry && running.date.is_some();
                    if passing {
                        running.passage_date = point.date;
                    } else if !aside {
                        running.told = point.local;
                        remember(running, &point, moment, passage.form == Form::Field);
                    }
                    mentions.push(make(point, moment, Edge::Alone));
                }
                Time::Range(from, to, lead) => {
                    let last = mentions.last().map(|mention| mention.point.at);
                    let before_last = mentions.len().checked_sub(2).and_then(|i| mentions.get(i)).map(|mention| mention.point.at);
                    let around = self.surroundings(passage, from, unit, own_date, running, zero);
                    let (mut start, mut end) = self.range(from, to, &around);
                    if let days @ (1 | -1) = other_day(&start, unit, running) {
                        (start, end) = (point::shifted(&start, days), point::shifted(&end, days));
                    }
                    if unit.entry && place == 0 {
                        let rolled = roll_over(start.clone(), from, passage.list, running);
                        if let (Some(a), Some(b)) = (rolled.at, start.at) {
                            end = point::shifted(&end, (a - b).num_days());
                        }
                        start = rolled;
                        running.list = start.local.map(|local| (passage.list, local));
                    }
                    if from.restates {
                        start = nearest_day(&start, before_last.flatten());
                        end = nearest_day(&end, last.flatten());
                    }
                    if let (true, [.., first, second]) =
                        (stands_for(place, unit, from) || stands_for(place, unit, to), mentions.as_mut_slice())
                    {
                        first.point = same_instant(&start);
                        second.point = same_instant(&end);
                    }
                    remember(running, &start, from, passage.form == Form::Field);
                    remember(running, &end, to, passage.form == Form::Field);
                    running.told = end.local;
                    mentions.push(make(start, from, Edge::Start(*lead)));
                    mentions.push(make(end, to, Edge::End));
                }
            }
        }
    }

    /// "at 2:47 PM … by 3:05": where the report writes "am" and "pm", a clock without one is the next that fits.
    fn by_told(&self, moment: &Moment, around: &Surroundings, running: &Running, within_entry: bool) -> Option<Point> {
        let clock = moment.clock.filter(|clock| clock.meridiem.is_none() && (1..=12).contains(&clock.hour) && clock.minute.is_some())?;
        let told = running.told.filter(|_| self.calendar.twelve_hours && clock.minute.is_some())?;
        let nearest = |point: &Point| point.local.map_or(i64::MAX, |local| (local - told).num_minutes().abs());
        let readings = [Meridiem::Am, Meridiem::Pm].map(|half| point::resolve(moment, &Surroundings { meridiem: Some(half), ..*around }));
        // An entry tells of what lies around the time that heads it; a story goes on.
        let mut point = match within_entry {
            true => readings.into_iter().min_by_key(nearest)?,
            false => readings.into_iter().filter(|point| point.local >= Some(told)).min_by_key(|point| point.local)?,
        };
        point.basis.push_str(", am or pm from the time before");
        Some(point)
    }

    /// Resolves both ends of a range: each lends the other its zone, date and meridiem.
    pub(super) fn range(&self, from: &Moment, to: &Moment, around: &Surroundings) -> (Point, Point) {
        let mut start_around = *around;
        start_around.zone = to.zone.map(|zone| (zone, "zone from the range's end")).or(around.zone);
        start_around.meridiem =
            to.clock.and_then(|clock| clock.meridiem).filter(|_| from.clock.is_some_and(|clock| clock.meridiem.is_none()));
        let written_end = to.date.and_then(|piece| around.calendar.date(piece, around.date.map(|(date, _)| date)));
        if let Some(dated) = written_end.filter(|_| from.date.is_none()) {
            start_around.date = Some((dated.date, "date from the range's end"));
        }
        let mut start = point::resolve(from, &start_around);
        let mut end_around = *around;
        end_around.zone = from.zone.map(|zone| (zone, "zone from the range's start")).or(around.zone);
        if let Some(date) = start.date.filter(|_| to.date.is_none()) {
            end_around.date = Some((date, "date from the range's start"));
        }
        let noon = from.clock.is_some_and(|clock| clock.hour == 12 && clock.minute.is_none() && clock.meridiem.is_none());
        if noon && to.clock.is_some_and(|clock| clock.meridiem.is_none() && clock.hour < 12 && clock.minute.is_some()) {
            end_around.meridiem = Some(Meridiem::Pm);
        }
        if from.clock.is_some_and(|clock| clock.meridiem.is_some())
            && to.clock.is_some_and(|clock| clock.meridiem.is_none() && clock.hour < 12)
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

    pub(super) fn surroundings(
        &self,
        passage: &Passage<'a>,
        moment: &Moment,
        unit: &Unit<'a>,
        own_date: Option<NaiveDate>,
        running: &Running,
        zero: Option<Instant>,
    ) -> Surroundings<'_> {
        let stamp = passage.update.and_then(|update| self.stamps.get(update)?.as_ref());
        let zone = unit.zone.map(|zone| (zone, "zone from the column"));
        let zone = zone
            .or_else(|| passage.label.as_ref().and_then(|label| zone::named_in(label.as_str())).map(|zone| (zone, "zone from the label")));
        let zone = zone.or_else(|| running.section.zone.map(|zone| (zone, "zone from the heading")));
        let zone = zone.or(self.calendar.scope).or_else(|| running.zone.map(|zone| (zone, "zone of the time before")));
        let zone = zone.or_else(|| stamp.and_then(|(_, zone)| *zone).map(|zone| (zone, "zone of the update's stamp")));
        let own_zone = moment.zone.map(|zone| (zone, "")).or(zone);
        let date: Found<NaiveDate> = own_date.map(|date| (date, "date from the same sentence"));
        let in_list = running
            .list
            .filter(|(list, _)| unit.entry && *list == passage.list)
            .map(|(_, local)| (local.date(), "date from the entry before"));
        let heading = passage.heading.as_ref().map(|heading| heading.text.whole());
        let of_day = running.day.filter(|(_, over)| *over == heading && unit.entry).map(|(date, _)| (date, "date from the line above"));
        let date = date.or(in_list).or(of_day).or_else(|| running.passage_date.map(|date| (date, "date from the text before")));
        let date = date.or_else(|| running.section.date.map(|date| (date, "date from the heading")));
        let postmortem = passage.update.is_some_and(|update| self.postmortems.get(update) == Some(&true));
        // A date that the text mentioned in passing does not date a timeline, where a field says when it was.
        let dated = unit.entry && (running.labelled || running.dated);
        let narrative = running.date.filter(|_| !dated && (postmortem || passage.update.is_none())).map(|date| (date, FROM_TEXT));
        let incident = || {
            let (date, start) = running.incident?;
            let nearest = start.zip(moment.clock).and_then(|(start, clock)| self.nearest_date(date, clock, own_zone, start));
            Some((nearest.unwrap_or(date), "the incident's date"))
        };
        let date = date.or(narrative).or_else(|| {
            self.date_by_stamps(passage, moment.clock, own_zone, unit.cues.iter().any(|(cue, _)| *cue == Cue::Extends))
                .map(|date| (date, "date from the status updates"))
        });
        let posted = || self.sent.map(|date| (date, "the day it was posted"));
        Surroundings {
            calendar: self.calendar,
            zone,
            assumed: self.assumed,
            date: date.or_else(incident).or_else(posted),
            meridiem: None,
            zero,
        }
    }
}

/// The first thing that `read` finds in the headings above, from the nearest up.
fn heading_of<T>(passage: &Passage<'_>, read: impl Fn(&str) -> Option<T>) -> Option<T> {
    passage.heading.as_ref()?.upwards().find_map(|heading| read(heading.text.as_str()))
}

/// "12:00 and 16:35 local time (03:00 - 07:35 UTC)": whether the time in brackets says when the one before it was, which
/// names no zone.
fn stands_for(place: usize, unit: &Unit<'_>, moment: &Moment) -> bool {
    let before = place.checked_sub(1).and_then(|place| unit.times.get(place));
    let ranges = matches!(
        (before, unit.times.get(place)),
        (Some(Time::Range(..)), Some(Time::Range(..))) | (Some(Time::Moment(_)), Some(Time::Moment(_)))
    );
    let restates = unit.times.get(place).is_some_and(|time| calendar::moments_of(time).any(|moment| moment.restates));
    let bare = before.is_some_and(|time| calendar::moments_of(time).all(|moment| moment.zone.is_none()));
    ranges && restates && bare && moment.zone.is_some()
}

/// A point told again in another zone.
fn same_instant(point: &Point) -> Point {
    Point { basis: "the same time in brackets".into(), ..point.clone() }
}

/// `mention` with what its words tell of it.
fn told(mut mention: Mention<'_>) -> Mention<'_> {
    mention.impact = event::is_impact(&mention);
    mention.kind = event::kind_of(&mention);
    mention
}

fn counts(passage: &Passage<'_>, unit: &Unit<'_>, before: &Range<usize>, after: &Range<usize>) -> bool {
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

/// By how many days a clock is off whose day was carried over from another paragraph.
///
/// "At 2:31 AM on March 20th all was well." And later: "Separately, from 7:58 PM …": the evening before, on which the incident
/// was already under way. "At 11:50 PM we shut it down." And then: "We tried once more at 1:10 AM": the day after.
fn other_day(point: &Point, unit: &Unit, running: &Running) -> i64 {
    let carried = !unit.entry && point.basis.starts_with(FROM_TEXT) && running.passage_date.is_none();
    let Some((latest, local)) = running.latest.zip(point.local).filter(|_| carried) else { return 0 };
    let began = running.incident.and_then(|(_, start)| start);
    if (local - latest).num_hours() >= 12 && began.is_some() && point::shifted(point, -1).at >= began {
        return -1;
    }
    let before_all = running.first.is_some_and(|first| local < first);
    let past_midnight = (18..24).contains(&latest.hour()) && local.hour() < 6 && local.date() == latest.date();
    i64::from(before_all && past_midnight)
}

fn remember(running: &mut Running, point: &Point, moment: &Moment, field: bool) {
    if moment.date.is_some() || (point.local.is_some() && running.passage_date.is_none()) {
        running.passage_date = point.date;
    }
    // A field's date is the incident's; the text goes on from its own.
    if moment.date.is_some() && !field {
        running.date = point.date;
    }
    running.zone = moment.zone.or(running.zone);
    if !field {
        running.first = running.first.or(point.local);
        running.latest = point.local.or(running.latest);
    }
}
