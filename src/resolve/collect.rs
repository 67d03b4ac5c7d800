//! Collects every time a report mentions, in reading order: what was read before governs what follows.

use super::calendar::Calendar;
use super::dates::Dates;
use super::days;
use super::later;
use super::mention::{Mention, Unreadable};
use super::midnight::snap;
use super::point::Surroundings;
use super::reading::{Gathered, Reading};
use super::reference::Sent;
use super::running::{Running, Section};
use super::unit::{self, Unit};
use super::update::Post;
use super::zones;
use crate::basis::Given;
use crate::extract::date::{DatePiece, DayPiece};
use crate::extract::lexicon::{Cue, Topic};
use crate::extract::modality;
use crate::extract::passage::{Form, Passage};
use crate::extract::time::{Moment, Time};
use crate::extract::zone::{self, ZonePiece};
use crate::incident::Instant;
use crate::source::Span;
use chrono::NaiveDate;
use std::iter::once_with;

/// The longest caption of a table or list, in bytes.
const CAPTION: usize = 60;

/// What collecting needs to know.
pub struct Collector<'c, 'a> {
    /// The passages with their times.
    pub passages: &'c [(Passage<'a>, Vec<Time>)],
    /// The report's references.
    pub calendar: &'c Calendar,
    /// The updates.
    pub posts: &'c [Post],
    /// The heading over all others.
    pub title: Option<Span>,
    /// What the incident is called.
    pub named: Option<&'c str>,
    /// Whether it is a mail.
    pub is_mail: bool,
    /// Whether it is planned work, whose plan is what it tells.
    pub planned: bool,
    /// When a mail was sent or another text posted.
    pub sent: Option<Sent>,
    /// The place of the field that says when the text was written.
    pub dateline: Option<usize>,
    /// The first and the last stamp of the others.
    pub live: Option<(Instant, Instant)>,
}

impl<'a> Collector<'_, 'a> {
    /// Collects the mentions and what could not be read.
    pub fn collect(&self) -> (Vec<Mention<'a>>, Vec<Unreadable<'a>>) {
        let mut gathered = Gathered::default();
        let mut running = Running { incident: self.incident_date(), ..Running::default() };
        let start = self.labelled_start(running.incident);
        running.labelled = start.is_some();
        running.dated = self.has_date_field();
        running.headed =
            self.named.and_then(|name| self.date_in(name)).is_some_and(|named| running.incident.is_some_and(|(date, _)| date == named));
        running.incident = running.incident.map(|(date, _)| (date, start.or_else(|| self.first_in_full())));
        let zero = self.zero(running.incident);
        let day = running.incident.map(|(date, _)| date);
        let known = day.filter(|_| running.headed || running.dated || running.labelled);
        let dates = Dates::new(self.passages, self.calendar, self.dateline, (day, known));
        let mut heading = None;
        for (index, (passage, found)) in self.passages.iter().enumerate() {
            if passage.update != running.update {
                let Running { incident, labelled, dated, headed, section, numbered, .. } = running;
                running = Running { incident, labelled, dated, headed, section, numbered, update: passage.update, ..Running::default() };
            }
            let place = passage.heading.as_ref().map(|heading| heading.text.whole());
            if place != heading {
                heading = place;
                running.section = self.section(passage);
                running.section.date = self.day_of_heading(passage, &mut running);
            }
            let place = Some(if matches!(passage.form, Form::Item { .. }) { Ok(passage.list) } else { Err(index) });
            if place != running.place {
                running = Running { place, zoned: false, other_zone: None, ..running };
            }
            running.passage_date = None;
            running.passage_told = false;
            running.turn = None;
            running.told = None;
            if let Some(date) = self.day_line(passage, found).filter(|_| self.dateline != Some(index)) {
                running.day = Some((date, passage.heading.as_ref().map(|heading| heading.text.whole())));
                running.list = None;
                continue;
            }
            // "Windows (UTC)" over a table.
            if found.is_empty() && passage.form == Form::Prose && passage.text.as_str().len() <= CAPTION {
                running.section.zone = zone::given_in(passage.text.as_str()).or(running.section.zone);
            }
            let before = (self.dateline == Some(index)).then(|| running.clone());
            for unit in unit::units(passage, found) {
                self.read(index, passage, &unit, (zero, &dates), &mut running, &mut gathered);
            }
            running = before.unwrap_or(running);
        }
        days::settle(&mut gathered.mentions, &gathered.clocks);
        snap(&mut gathered.mentions);
        later::work_out(&mut gathered.mentions);
        (gathered.mentions, gathered.unreadable)
    }

    /// What the headings over `passage` say.
    pub(super) fn section(&self, passage: &Passage<'a>) -> Section {
        Section { zone: heading_of(passage, zone::given_in), date: self.date_of_section(passage) }
    }

    /// Reads the times of a sentence, an entry or a row.
    fn read(
        &self,
        index: usize,
        passage: &Passage<'a>,
        unit: &Unit<'a>,
        (zero, dates): (Option<Instant>, &Dates),
        running: &mut Running,
        gathered: &mut Gathered<'a>,
    ) {
        let posted = passage.update.and_then(|update| self.posts.get(update)?.stamp.as_ref()?.point.local).map(|local| local.date());
        let posted = posted.or(self.sent.filter(|_| passage.update.is_none()).map(|sent| sent.date));
        // A text that only a date stands over was written on that day.
        let over = || running.day.map(|(date, _)| date).or_else(|| dates.announced(index)).filter(|_| passage.update.is_none());
        let unit = &*unit.on_day(posted.or_else(over));
        let own_date = own_date(unit);
        // "Date" may be that of the document: "On Monday, 18 June, our API was unavailable."
        running.dated &= own_date.is_none()
            || passage.form == Form::Field
            || !unit.cues.iter().any(|(cue, _)| matches!(cue, Cue::StrongImpact | Cue::Impact));
        let own_date = own_date
            .and_then(|piece| self.calendar.date(running.counted(piece), running.passage_date.or(running.date)))
            .map(|dated| dated.date);
        Reading { collector: self, index, passage, unit, own_date, zero, dates }.read(running, gathered);
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
        let stamp = passage.update.and_then(|update| self.posts.get(update)?.stamp.as_ref());
        let zone = zones::cheapest([
            zones::by(Given::ZoneOfColumn, unit.zone),
            zones::by(Given::ZoneOfLabel, passage.label.as_ref().and_then(|label| zone::named_in(label.as_str()))),
            zones::by(Given::ZoneOfHeading, running.section.zone),
            self.calendar.zones.scope(),
            zones::by(Given::ZoneOfTimeBefore, running.zone_before(moment, &self.calendar.zones)),
            zones::by(Given::ZoneOfStamp, stamp.and_then(|stamp| stamp.zone)),
        ]);
        let own_zone = moment.zone.or(zone.map(|(zone, _)| zone));
        let date = self.days(passage, moment, unit, own_date, running, own_zone).next();
        Surroundings { calendar: self.calendar, zone, date, meridiem: None, zero }
    }

    /// The days that places before and around `moment` give it, the nearest first; each is looked for when it is asked for.
    pub(super) fn days<'d>(
        &'d self,
        passage: &'d Passage<'a>,
        moment: &'d Moment,
        unit: &'d Unit<'a>,
        own_date: Option<NaiveDate>,
        running: &'d Running,
        zone: Option<ZonePiece>,
    ) -> impl Iterator<Item = (NaiveDate, Given)> + 'd {
        let heading = passage.heading.as_ref().map(|heading| heading.text.whole());
        let in_list = running.list.filter(|(list, _)| unit.entry && *list == passage.list).map(|(_, local)| local.date());
        let of_day = running.day.filter(|(_, over)| *over == heading && unit.entry).map(|(date, _)| date);
        let near = [
            (own_date, Given::DateOfSentence),
            (in_list, Given::DateOfEntry),
            (of_day, Given::DateOfLine),
            (running.passage_date, Given::DateOfText),
            (running.section.date, Given::DateOfHeading),
        ];
        let far = move || {
            let postmortem = passage.update.is_some_and(|update| self.posts.get(update).is_some_and(|post| post.postmortem));
            // A date that the text mentioned in passing does not date a timeline, where a field says when it was.
            let dated = unit.entry && (running.labelled || running.dated);
            running.date.filter(|_| !dated && (postmortem || passage.update.is_none()))
        };
        let by_stamps = move || self.date_by_stamps(passage, moment.clock, zone, unit.cues.iter().any(|(cue, _)| *cue == Cue::Extends));
        let incident = move || {
            let (date, start) = running.incident?;
            // An end is after the start, however long it lasted.
            let is_end = passage.form == Form::Field && matches!(passage.topic, Some(Topic::End | Topic::Resolved));
            let nearest = start.zip(moment.clock).and_then(|(start, clock)| self.nearest_date(date, clock, zone, start, is_end));
            Some(nearest.unwrap_or(date))
        };
        near.into_iter()
            .filter_map(|(date, given)| Some((date?, given)))
            .chain(once_with(move || Some((far()?, Given::DateOfText))).flatten())
            .chain(once_with(move || Some((by_stamps()?, Given::DateOfUpdates))).flatten())
            .chain(once_with(move || Some((incident()?, Given::DateOfIncident))).flatten())
            .chain(self.sent.map(|sent| (sent.date, Given::DateOfPosting)))
    }
}

/// The date on its own in `unit`: it governs the clocks of its sentence, wherever it stands in it. "The next day" leads on from
/// a clock in front of it and says nothing of that, no more than a date of something else.
fn own_date(unit: &Unit<'_>) -> Option<DatePiece> {
    let leads_on = |date: DatePiece| matches!(date.day, DayPiece::After(_) | DayPiece::Morning | DayPiece::Following(_));
    let mut clock = None;
    unit.times.iter().flat_map(Time::moments).find_map(|moment| {
        if moment.clock.is_some() {
            clock = Some(moment.range.end);
        }
        let aside = |end: usize| modality::is_of_something_else(&unit.words(end..moment.range.start));
        moment.date.filter(|date| moment.clock.is_none() && clock.is_none_or(|end| !leads_on(*date) && !aside(end)))
    })
}

/// The first thing that `read` finds in the headings above, from the nearest up.
fn heading_of<T>(passage: &Passage<'_>, read: impl Fn(&str) -> Option<T>) -> Option<T> {
    passage.heading.as_ref()?.upwards().find_map(|heading| read(heading.text.as_str()))
}
