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
    /// The date read in it behind the last clock.
    pub(super) turn: Option<NaiveDate>,
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
    /// The passage whose last times were those of another incident or of the document.
    pub(super) aside: Option<usize>,
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
        // "The next day" is counted, not written.
        let written = moment.date.is_some_and(|date| !matches!(date.day, DayPiece::After(_) | DayPiece::Morning));
        self.passage_told |= written;
        self.turn = point.date.filter(|_| moment.clock.is_none() && written);
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

#[cfg(test)]
mod tests {
    use crate::resolve::{self, Policy};
    use crate::source::Source;

    /// The moments of a report that count.
    fn told(text: &str) -> Vec<String> {
        let source = Source::decode("report.md", text.as_bytes().to_vec());
        let incidents = resolve::read(&source, &Policy::default()).incidents;
        let events = incidents.iter().flat_map(|incident| &incident.events);
        events.filter_map(|event| event.at).map(|at| at.format("%d %H:%M").to_string()).collect()
    }

    #[test]
    fn what_had_been_before_governs_no_later_clock() {
        let head = "# Wrong bills\n\nBills of 5 May 2024 were wrong from 08:30 UTC.\n\n";
        let bill = "A tariff that had been changed at 17:00 UTC on 2 May was put back at 09:15 UTC.";
        assert_eq!(told(&format!("{head}{bill}")), ["02 17:00", "05 08:30", "05 09:15"]);
        // A story may begin with what had happened.
        let story = "# Search down\n\nSearch had stopped at 09:00 UTC on 2 May 2024. We were paged at 09:10 UTC.";
        assert_eq!(told(story), ["02 09:00", "02 09:10"]);
    }

    #[test]
    fn another_incident_is_none_of_this() {
        let head = "# Phones down\n\nThe phones were down on 8 March 2024. They went at 11:20 UTC and came back at 12:05 UTC. ";
        for other in [
            "The previous outage, on 2 February, began at 09:00 UTC.",
            "In an earlier incident on 2 February they were down. We closed at 09:00 UTC that day.",
        ] {
            assert_eq!(told(&format!("{head}{other}")), ["08 11:20", "08 12:05"], "{other}");
        }
    }

    #[test]
    fn hours_and_plans_are_no_events() {
        let head = "# Mail down\n\nMail failed on 8 March 2024 from 11:20 to 12:05 UTC.\n\n";
        for other in [
            "Support hours: 8:00-20:00",
            "Our office hours are 9:00 to 17:00 UTC.",
            "Our desk is staffed from 8:00 to 12:00 and 13:00 to 20:00 UTC.",
            "We will replace the module on 9 March. The work will start at 22:00 UTC and finish at 23:00 UTC.",
            "The replacement takes place on Saturday, 22:00 to 23:00 UTC.",
            "The next check is at 18:00 UTC.",
            "We have a maintenance window tonight 22:00-23:00 UTC.",
        ] {
            assert_eq!(told(&format!("{head}{other}")), ["08 11:20", "08 12:05"], "{other}");
        }
        let during = "In the maintenance window at 13:00 UTC it failed again.";
        assert_eq!(told(&format!("{head}{during}")), ["08 11:20", "08 12:05", "08 13:00"]);
    }

    #[test]
    fn a_part_of_the_day_is_that_of_the_clocks_behind_it() {
        let mail = |text: &str| format!("From: Ada <a@b.example>\nDate: Sat, 20 Apr 2024 21:15:00 +0000\nSubject: Pool closed\n\n{text}\n");
        assert!(told(&mail("The pump failed this afternoon and ran again at 5:30.")).contains(&"20 17:30".to_owned()));
        assert!(told(&mail("The pump failed this morning and ran again at 5:30.")).contains(&"20 05:30".to_owned()));
        assert!(told(&mail("The pump was off last night from 23:10 until 7 this morning.")).contains(&"20 07:00".to_owned()));
        assert!(told(&mail("On the 9th the pump stopped at 18:20.")).contains(&"09 18:20".to_owned()));
    }

    #[test]
    fn a_moment_counts_from_what_is_named() {
        let text = "# Ingest stopped\n\nAt 07:12 UTC on 9 May 2024 an alert came. At 07:14 UTC Ada joined. The broker was restarted 17 minutes after the alert.";
        assert_eq!(told(text), ["09 07:12", "09 07:14", "09 07:29"]);
    }
}
