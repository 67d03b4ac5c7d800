//! What a moment is counted from: the incident's own day and start, the day of a section or an update, and T0.

use super::calendar;
use super::collect::Collector;
use super::dates;
use super::mention::is_planning;
use super::point::{self, Surroundings};
use super::reading;
use super::running::Running;
use super::unit;
use crate::extract::clock::ClockPiece;
use crate::extract::date::DayPiece;
use crate::extract::lexicon::Topic;
use crate::extract::modality::Whose;
use crate::extract::passage::{Form, Passage};
use crate::extract::time::{Moment, Time, times};
use crate::extract::words::{Words, list};
use crate::extract::zone::ZonePiece;
use crate::incident::Instant;
use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

impl<'a> Collector<'_, 'a> {
    /// A date that stands alone over the entries of a day.
    pub(super) fn day_line(&self, passage: &Passage<'a>, found: &[Time]) -> Option<NaiveDate> {
        let [Time::Moment(moment)] = found else { return None };
        let bare = passage.text.as_str().trim_matches(|c: char| !c.is_alphanumeric());
        let alone = moment.clock.is_none()
            && moment.offset.is_none()
            && bare.len() <= moment.range.len() + 2
            && passage.form != Form::Field
            && passage.form != Form::Row;
        let piece = moment.date.filter(|_| alone)?;
        self.calendar.day(piece)
    }

    /// The date in the headings above, but for the title: that is the incident's, not the section's.
    pub(super) fn date_of_section(&self, passage: &Passage<'a>) -> Option<NaiveDate> {
        passage
            .heading
            .as_ref()?
            .upwards()
            .filter(|heading| Some(heading.text.whole()) != self.title)
            .find_map(|heading| self.date_in(heading.text.as_str()))
    }

    /// The day of the section of `passage`: the date in its headings; else that which the nearest gives by its name or its
    /// number, counted from the day of a heading before or of the incident: "Wednesday", "Day 2".
    pub(super) fn day_of_heading(&self, passage: &Passage<'a>, running: &mut Running) -> Option<NaiveDate> {
        let heading = passage.heading.as_ref()?.text.as_str().trim();
        let lead = heading.get(..4).filter(|lead| lead.eq_ignore_ascii_case("day ")).and_then(|_| heading.get(4..));
        let number = lead.and_then(|rest| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()).filter(|number| *number < 100);
        let (first, day) = running.numbered.or(running.incident.map(|(date, _)| (1, date))).unzip();
        let date = running.section.date.or_else(|| match (number, heading.parse::<Weekday>()) {
            (Some(number), _) => day?.checked_add_signed(TimeDelta::try_days(number - first?)?),
            (None, Ok(weekday)) => day?.iter_days().take(7).find(|date| date.weekday() == weekday),
            (None, Err(_)) => None,
        });
        running.numbered = date.map(|date| (number.unwrap_or(1), date)).or(running.numbered);
        date
    }

    pub(super) fn date_in(&self, text: &str) -> Option<NaiveDate> {
        let found = times(text);
        // "Thursday", over what happened then.
        let Some(piece) = found.iter().flat_map(Time::moments).find_map(|moment| moment.date) else {
            return self.calendar.named_in_full(text.trim());
        };
        match piece.day {
            DayPiece::Today(days) => self.sent?.date.checked_add_signed(TimeDelta::try_days(days)?),
            _ => self.calendar.day(piece),
        }
    }

    /// The day on which a clock comes closest before what the updates tell of it; of one that work is extended to
    /// (`ahead`), closest behind.
    pub(super) fn date_by_stamps(
        &self,
        passage: &Passage<'a>,
        clock: Option<ClockPiece>,
        zone: Option<ZonePiece>,
        ahead: bool,
    ) -> Option<NaiveDate> {
        let (first, last) = self.live?;
        let own = passage
            .update
            .and_then(|update| self.posts.get(update).filter(|post| !post.postmortem)?.stamp.as_ref())
            .and_then(|stamp| stamp.point.at);
        let until = own.unwrap_or(last).checked_add_signed(TimeDelta::try_minutes(10)?)?;
        let zone = zone.unwrap_or(self.calendar.zones.assumed().0);
        let seconds = clock?.seconds(None);
        let at = |date: NaiveDate| {
            let local = point::local_time(date, seconds)?;
            calendar::instant(local, self.calendar.zones.offset(zone, local)?)
        };
        let offset = self.calendar.zones.offset(zone, first.naive_utc())?;
        if let Some(own) = own.filter(|_| ahead) {
            let today = own.with_timezone(&offset).date_naive();
            return today.iter_days().take(2).find(|date| at(*date) >= Some(own));
        }
        let mut best: Option<(i64, NaiveDate)> = None;
        let from = first.with_timezone(&offset).date_naive().pred_opt()?;
        // Of an incident that went on for months, the days before this update are the likeliest.
        let recent = until.with_timezone(&offset).date_naive().checked_sub_days(chrono::Days::new(30))?;
        let from = from.max(recent);
        for date in from.iter_days().take_while(|date| *date <= until.with_timezone(&offset).date_naive()).take(40) {
            let Some(instant) = at(date) else { continue };
            // Inside the updates it is at home; before them the closer the likelier; after them hardly.
            let distance = if instant > until { (instant - until).num_minutes() + 100_000 } else { (first - instant).num_minutes().max(0) };
            let later = own.map_or(0, |own| (own - instant).num_minutes().max(0)) / 1000;
            if best.is_none_or(|(least, _)| distance + later < least) {
                best = Some((distance + later, date));
            }
        }
        best.map(|(_, date)| date)
    }

    /// The day the report is about: a date field, a dated window or start, a title with a date, the first day that is written out.
    pub(super) fn incident_date(&self) -> Option<(NaiveDate, Option<Instant>)> {
        let dated_by = |passage: &Passage<'a>, found: &[Time], fits: &dyn Fn(&Moment) -> bool| {
            let piece = found.iter().flat_map(Time::moments).filter(|moment| fits(moment)).find_map(|moment| moment.date)?;
            self.calendar.day(piece).filter(|_| passage.update.is_none())
        };
        let dated = |passage: &Passage<'a>, found: &[Time]| dated_by(passage, found, &|_| true);
        let by_topic = |topics: &[Topic]| {
            let mut fields = self
                .story()
                .filter(|(passage, _)| passage.form == Form::Field && passage.topic.is_some_and(|topic| topics.contains(&topic)));
            fields.find_map(|(passage, found)| {
                dated(passage, found).filter(|_| passage.topic != Some(Topic::Date) || !(self.is_mail && is_mail_date(passage, found)))
            })
        };
        by_topic(&[Topic::Start, Topic::Window])
            .or_else(|| by_topic(&[Topic::Date]))
            .or_else(|| {
                self.passages
                    .iter()
                    .filter_map(|(passage, _)| passage.heading.clone())
                    .flat_map(|heading| heading.upwards())
                    .filter(|heading| list(Words::PostedOn).strip_start(heading.text.as_str()).is_none())
                    .find_map(|heading| self.date_in(heading.text.as_str()))
            })
            .or_else(|| self.date_in(self.named?))
            .or_else(|| {
                let told = self.story().filter(|(passage, _)| {
                    passage.form != Form::Field && !is_planning(passage.topic) && !calendar::is_bookkeeping(passage)
                });
                // Nor is it one of something else.
                let aside = |passage: &Passage<'a>, moment: &Moment| match dates::whose(passage, moment) {
                    Whose::Before | Whose::Document => moment.clock.is_none(),
                    Whose::Another => true,
                    Whose::Plan | Whose::Incident => false,
                };
                let columns = || calendar::columns(self.passages.iter().map(|(passage, _)| passage));
                let apart = |passage: &Passage<'a>, found: &[Time], moment: &Moment| dates::is_of_something_else(passage, found, moment);
                let of_story = told.clone().find_map(|(passage, found)| {
                    dated_by(passage, found, &|moment| !aside(passage, moment) && !apart(passage, found, moment))
                });
                of_story.or_else(|| columns().find_map(|head| self.date_in(head.as_str()))).or_else(|| {
                    told.clone().find_map(|(passage, found)| dated_by(passage, found, &|moment| !apart(passage, found, moment)))
                })
            })
            .or_else(|| by_topic(&[Topic::End, Topic::Resolved]))
            .map(|date| (date, None))
    }

    /// The passages but for the one that says when the text was written.
    fn story(&self) -> impl Iterator<Item = &(Passage<'a>, Vec<Time>)> + Clone {
        self.passages.iter().enumerate().filter(|(index, _)| self.dateline != Some(*index)).map(|(_, passage)| passage)
    }

    /// Whether a field of the report, not of a mail, says on which day the incident was.
    pub(super) fn has_date_field(&self) -> bool {
        self.story().any(|(passage, found)| {
            let dated = found.iter().flat_map(Time::moments).any(|moment| moment.date.is_some());
            dated
                && passage.form == Form::Field
                && passage.topic == Some(Topic::Date)
                && passage.update.is_none()
                && !(self.is_mail && is_mail_date(passage, found))
        })
    }

    /// When the incident began, if a field says so.
    pub(super) fn labelled_start(&self, incident: Option<(NaiveDate, Option<Instant>)>) -> Option<Instant> {
        let fields = self
            .passages
            .iter()
            .filter(|(passage, _)| passage.form == Form::Field && matches!(passage.topic, Some(Topic::Start | Topic::Window)));
        fields.filter(|(passage, _)| passage.update.is_none()).find_map(|(passage, found)| {
            let units = unit::units(passage, found);
            let unit = units.first()?;
            let running = Running { incident, section: self.section(passage), ..Running::default() };
            let around = |moment: &Moment| self.surroundings(passage, moment, unit, None, &running, None);
            match unit.times.first()? {
                Time::Moment(moment) => point::resolve(moment, &around(moment)).at,
                Time::Range(from, to, _) => reading::range(from, to, &around(from)).0.at,
                Time::Unreadable(..) | Time::Later(..) => None,
            }
        })
    }

    /// The first moment of the text that is written out in full: other clocks belong to the day that is nearest to it.
    pub(super) fn first_in_full(&self) -> Option<Instant> {
        let in_full = |moment: &Moment| moment.clock.is_some() && moment.date.is_some() && moment.zone.is_some();
        let mut told = self
            .passages
            .iter()
            .filter(|(passage, _)| passage.form != Form::Field && !is_planning(passage.topic) && !calendar::is_bookkeeping(passage));
        let own = |passage: &Passage<'a>, moment: &Moment| dates::whose(passage, moment) == Whose::Incident;
        let moments = |(passage, found): &'_ (Passage<'a>, Vec<Time>)| {
            found.iter().flat_map(Time::moments).find(|moment| in_full(moment) && own(passage, moment)).cloned()
        };
        let moment = told.find_map(moments)?;
        let around = Surroundings { calendar: self.calendar, zone: None, date: None, meridiem: None, zero: None };
        point::resolve(&moment, &around).at
    }

    /// The day around `date` on which a clock comes within half a day of `start`.
    pub(super) fn nearest_date(
        &self,
        date: NaiveDate,
        clock: ClockPiece,
        zone: Option<ZonePiece>,
        start: Instant,
        is_end: bool,
    ) -> Option<NaiveDate> {
        let zone = zone.unwrap_or(self.calendar.zones.assumed().0);
        let minutes = |date: &NaiveDate| {
            let local = point::local_time(*date, clock.seconds(None));
            let at = local.and_then(|local| calendar::instant(local, self.calendar.zones.offset(zone, local)?));
            at.map_or(i64::MAX, |at| (at - start).num_minutes())
        };
        let days = || [date.pred_opt(), Some(date), date.succ_opt()].into_iter().flatten();
        if is_end {
            return days().find(|date| (0..=24 * 60).contains(&minutes(date)));
        }
        days().filter(|date| minutes(date).saturating_abs() <= 12 * 60).min_by_key(|date| minutes(date).saturating_abs())
    }

    /// The instant of T0: the time in the sentence that defines it, else the first one of the list that counts from it, else the
    /// only absolute time.
    pub(super) fn zero(&self, incident: Option<(NaiveDate, Option<Instant>)>) -> Option<Instant> {
        let counts = |(_, found): &&(Passage<'_>, Vec<Time>)| found.iter().flat_map(Time::moments).any(|moment| moment.offset.is_some());
        let counting = self.passages.iter().find(counts)?.0.list;
        let mut candidates = Vec::new();
        for (passage, found) in
            self.passages.iter().filter(|(passage, found)| !(self.is_mail && passage.form == Form::Field && is_mail_date(passage, found)))
        {
            let running = Running { incident, section: self.section(passage), ..Running::default() };
            for unit in unit::units(passage, found) {
                let moments = || unit.times.iter().flat_map(Time::moments);
                let zero = moments().any(|moment| moment.offset == Some(0)) || mentions_zero(unit.text.as_str());
                let own_date = moments().find_map(|moment| moment.date).and_then(|piece| self.calendar.day(piece));
                let clock = moments().find(|moment| moment.clock.is_some());
                if let Some(moment) = clock {
                    let around = self.surroundings(passage, moment, &unit, own_date, &running, None);
                    candidates.extend(point::resolve(moment, &around).at.map(|at| (zero, passage.list == counting, at)));
                }
            }
        }
        let defined = candidates.iter().find(|(zero, ..)| *zero);
        defined.or_else(|| candidates.iter().find(|(_, listed, _)| *listed)).or(candidates.first()).map(|(.., at)| *at)
    }
}

/// "T0", "T=0" as a word, "T is the moment at which …".
fn mentions_zero(text: &str) -> bool {
    text.contains("T is the") || text.split(|c: char| !c.is_alphanumeric() && c != '=').any(|word| matches!(word, "T0" | "T=0"))
}

/// When a text left its author.
#[derive(Debug, Clone, Copy)]
pub struct Sent {
    /// The day.
    pub date: NaiveDate,
    /// The instant, where it is written in full.
    pub at: Option<Instant>,
}

/// When a mail was sent, by its header; of another text, when its first lines say it was posted.
pub(super) fn sent_on(passages: &[(Passage<'_>, Vec<Time>)], is_mail: bool, calendar: &calendar::Calendar) -> Option<Sent> {
    let header = |(passage, _): &&(Passage<'_>, Vec<Time>)| {
        let name = passage.label.as_ref().map(|label| label.as_str().to_ascii_lowercase()).unwrap_or_default();
        passage.form == Form::Field && matches!(name.as_str(), "sent" | "date")
    };
    let dated = |(_, found): &(Passage<'_>, Vec<Time>)| {
        let moment = found.iter().flat_map(Time::moments).find(|moment| moment.date.is_some())?;
        let around = Surroundings { calendar, zone: calendar.zones.scope(), date: None, meridiem: None, zero: None };
        let point = point::resolve(moment, &around);
        Some(Sent { date: point.date?, at: point.at })
    };
    if is_mail {
        return dated(passages.iter().find(header)?);
    }
    let posted = |(passage, _): &&(Passage<'_>, Vec<Time>)| {
        let label = passage.label.as_ref().map_or(passage.text.as_str(), |label| label.as_str());
        list(Words::PostedOn).strip_start(label).is_some() && passage.text.as_str().len() <= 100 && passage.update.is_none()
    };
    passages.iter().take(8).filter(posted).find_map(dated)
}

/// The date line of a mail says when it was sent.
fn is_mail_date(passage: &Passage<'_>, found: &[Time]) -> bool {
    let sent = passage.label.as_ref().is_some_and(|label| label.as_str().eq_ignore_ascii_case("sent"));
    sent || found.iter().flat_map(Time::moments).any(|moment| moment.clock.is_some() && moment.zone.is_some())
}
