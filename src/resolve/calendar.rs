//! What a report tells of its own dates, taken together: the references by which a date without a year and two numbers
//! without an order are read; its zones stand beside them.

mod order;

use super::zones::Zones;
use crate::document::Text;
use crate::extract::clock::ClockPiece;
use crate::extract::date::{self, DatePiece, DayPiece};
use crate::extract::passage::{Form, Passage};
use crate::extract::time::{Moment, Time, times};
use crate::extract::words::{Words, list, starts_with};
use crate::extract::zone::ZonePiece;
use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, Utc, Weekday};
use std::rc::Rc;

/// How many days a date may lie from the others of its report before its weekday is asked for its year.
const FAR: i64 = 60;

/// Where a date's missing parts came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    /// The date.
    pub date: NaiveDate,
    /// Whether the year stood elsewhere.
    pub year_inferred: bool,
    /// Whether two numbers could have been read the other way, with nothing to tell.
    pub ambiguous: bool,
    /// Whether a weekday is written that does not fit.
    pub weekday_wrong: bool,
}

/// A report's references.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    /// Full dates in the report, with or without a clock, sorted.
    dates: Vec<NaiveDate>,
    /// Dates that are written with their weekday, with or without a year; sorted by weekday, then by date.
    named: Vec<NaiveDate>,
    /// The update stamps' dates, sorted.
    stamps: Vec<NaiveDate>,
    /// Whether `3/9` is 3 September here; none where nothing tells.
    day_first: Option<bool>,
    /// The day on which the text was sent or posted, where it says so: what it tells was before.
    pub sent: Option<NaiveDate>,
    /// Its zones.
    pub zones: Zones,
    /// Whether clocks are written with "am" and "pm", and none needs twenty-four hours.
    pub twelve_hours: bool,
}

impl Calendar {
    /// Gathers the references of a report: its passages' times, its stamps, its text, and the text of the file around it with
    /// the order of the numbers in dates there; `zones` are its zones as far as they are known.
    pub fn new<'a>(
        passages: &[(Passage<'a>, Vec<Time>)],
        stamps: &[Moment],
        text: &str,
        (around, day_first): (&str, Option<bool>),
        zones: Zones,
    ) -> Self {
        let mut calendar = Calendar { zones, ..Calendar::default() };
        let told = || passages.iter().filter(|(passage, _)| !is_bookkeeping(passage));
        let headings = dates_of_headings(passages);
        let moments = || told().flat_map(|(_, times)| times.iter()).flat_map(Time::moments).chain(stamps.iter()).chain(headings.iter());
        calendar.day_first = order::of_numbers(moments()).or(day_first);
        let clocks = || moments().filter_map(|moment| moment.clock);
        let large = |clock: ClockPiece| clock.meridiem.is_none() && (clock.hour > 12 || clock.hour == 0);
        calendar.twelve_hours = clocks().any(|clock| clock.meridiem.is_some()) && !clocks().any(large);
        if calendar.day_first.is_none() {
            let written = passages.iter().flat_map(|(_, times)| times.iter()).flat_map(Time::moments);
            calendar.day_first = order::nearest(moments(), written.chain(stamps.iter()));
        }
        calendar.stamps = stamps.iter().filter_map(|stamp| calendar.full_date(stamp.date?)).collect();
        calendar.dates = moments().filter_map(|moment| calendar.full_date(moment.date?)).collect();
        if calendar.dates.is_empty() && calendar.stamps.is_empty() {
            calendar.dates = months_named(around);
        }
        calendar.stamps.sort_unstable();
        calendar.dates.sort_unstable();
        calendar.dates.dedup();
        calendar.stamps.dedup();
        let named = moments().filter_map(|moment| moment.date).filter(|date| date.weekday.is_some());
        calendar.named =
            named.filter_map(|date| calendar.date(date, None)).filter(|dated| !dated.weekday_wrong).map(|dated| dated.date).collect();
        calendar.named.sort_unstable_by_key(|date| (date.weekday().num_days_from_monday(), *date));
        calendar.named.dedup();
        let zones: Vec<ZonePiece> = moments().filter_map(|moment| moment.zone).collect();
        calendar.zones.gather(passages, &zones, text);
        if calendar.day_first.is_none() {
            calendar.day_first = order::of_zones(&zones);
        }
        calendar
    }

    /// Takes the zone and the year that lines elsewhere on the page give for all its incidents, where the report gives none.
    pub fn on_page(&mut self, zone: Option<&Text>, year: Option<i32>) {
        self.zones.on_page(zone);
        if self.dates.is_empty() && self.stamps.is_empty() {
            // The middle of the year is nearest to every day of it.
            self.dates.extend(year.and_then(|year| NaiveDate::from_ymd_opt(year, 7, 2)));
        }
    }

    /// A date with its year and order as written; none when the year is missing.
    fn full_date(&self, piece: DatePiece) -> Option<NaiveDate> {
        let DayPiece::Numeric(first, second) = piece.day else { return piece.in_full() };
        let ((month, day), _) = self.ordered(first, second);
        NaiveDate::from_ymd_opt(piece.year?, month, day)
    }

    /// Month and day of two numbers, and whether the other order is as good.
    fn ordered(&self, first: u32, second: u32) -> ((u32, u32), bool) {
        match (first > 12, second > 12) {
            (true, _) => ((second, first), false),
            (_, true) => ((first, second), false),
            _ if self.day_first == Some(true) => ((second, first), false),
            _ => ((first, second), self.day_first.is_none() && first != second),
        }
    }

    /// The day that `piece` writes by itself.
    pub fn day(&self, piece: DatePiece) -> Option<NaiveDate> {
        self.date(piece, None).map(|dated| dated.date)
    }

    /// The date that `piece` writes, `before` being the date read before it ("the next day").
    pub fn date(&self, piece: DatePiece, before: Option<NaiveDate>) -> Option<Dated> {
        let (month, day, ambiguous) = match piece.day {
            DayPiece::Plain { month, day } => (month, day, false),
            DayPiece::Numeric(first, second) => {
                let ((month, day), ambiguous) = self.ordered(first, second);
                (month, day, ambiguous)
            }
            _ => {
                let date = self.counted_day(piece, before)?;
                return Some(Dated { date, year_inferred: false, ambiguous: false, weekday_wrong: false });
            }
        };
        let fits = |date: &NaiveDate| piece.weekday.is_none_or(|weekday| date.weekday() == weekday);
        if let Some(year) = piece.year {
            let mut date = NaiveDate::from_ymd_opt(year, month, day)?;
            if ambiguous && let Some(other) = NaiveDate::from_ymd_opt(year, day, month) {
                // The weekday or the other dates may tell.
                let known = || self.dates.iter().filter(|known| **known != date && **known != other);
                let distance = |date: NaiveDate| known().map(|known| (*known - date).num_days().abs()).min();
                let nearer = distance(other) < distance(date);
                if (fits(&other) && !fits(&date)) || (piece.weekday.is_none() && nearer) {
                    date = other;
                }
            }
            let dated = Dated { date, year_inferred: false, ambiguous, weekday_wrong: !fits(&date) };
            return Some(self.without_slip(dated, piece.weekday));
        }
        let references = self.references();
        let years = references.iter().flat_map(|known| [known.year() - 1, known.year(), known.year() + 1]);
        let candidates = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
        // Stamps follow what they tell of; a day before it is a zone's doing. Dates in the text lie on either side.
        let told_after = !self.stamps.is_empty();
        let weight = |days: i64| days.abs() + if told_after && days < -1 { 250 } else { 0 };
        let distance = |date: &NaiveDate| references.iter().map(|known| weight((*known - *date).num_days())).min().unwrap_or(0);
        let date = candidates.clone().min_by_key(distance)?;
        // The weekday tells the year only where the dates of the report are of no help.
        let date = match piece.weekday {
            Some(_) if !fits(&date) && distance(&date) > FAR => candidates.filter(fits).min_by_key(distance).unwrap_or(date),
            _ => date,
        };
        Some(self.without_slip(Dated { date, year_inferred: true, ambiguous, weekday_wrong: !fits(&date) }, piece.weekday))
    }

    /// Where weekday and day disagree by a day one of the two is a slip: the day it is that the report elsewhere writes with this
    /// weekday.
    fn without_slip(&self, dated: Dated, weekday: Option<Weekday>) -> Dated {
        let Some(weekday) = weekday.filter(|_| dated.weekday_wrong) else { return dated };
        let near = self.named_on(weekday).iter().find(|date| (**date - dated.date).num_days().abs() == 1);
        Dated { date: near.copied().unwrap_or(dated.date), ..dated }
    }

    /// The day of that name that the report writes out: "Thursday" where it has "Thursday, November 10" once.
    pub fn named_in_full(&self, weekday: &str) -> Option<NaiveDate> {
        let weekday = Some(weekday).filter(|word| date::is_weekday(word))?.parse().ok()?;
        if let [only] = self.named_on(weekday) { Some(*only) } else { None }
    }

    /// The dates that are written with that weekday, sorted.
    fn named_on(&self, weekday: Weekday) -> &[NaiveDate] {
        let at_least = |days| self.named.partition_point(|date| date.weekday().num_days_from_monday() < days);
        let day = weekday.num_days_from_monday();
        self.named.get(at_least(day)..at_least(day + 1)).unwrap_or_default()
    }

    /// By which other dates are read: the stamps, else the dates that are written in full.
    fn references(&self) -> &[NaiveDate] {
        if self.stamps.is_empty() { &self.dates } else { &self.stamps }
    }

    /// The day that "the next day", "on Friday", "last Thursday" or "on the 9th" means, `before` being the date read before it. Only a
    /// stamped update knows its own day ("today").
    fn counted_day(&self, piece: DatePiece, before: Option<NaiveDate>) -> Option<NaiveDate> {
        let known = self.references();
        match piece.day {
            DayPiece::After(days) => before?.checked_add_signed(TimeDelta::try_days(days)?),
            DayPiece::Morning => before?.succ_opt(),
            DayPiece::Last(weekday) => {
                let written = *known.last()?;
                (1..=7).filter_map(|days| written.checked_sub_days(Days::new(days))).find(|date| date.weekday() == weekday)
            }
            DayPiece::Following(weekday) => before?.iter_days().skip(1).take(7).find(|date| date.weekday() == weekday),
            DayPiece::On(weekday) => {
                let near = before.or_else(|| known.first().copied())?;
                // A date that the report writes with that name, else the nearest.
                let first = |days: &[NaiveDate]| {
                    let from = days.partition_point(|date| (*date - near).num_days() < -7);
                    let week = days.iter().skip(from).take_while(|date| (**date - near).num_days() <= 7);
                    week.copied().find(|date| date.weekday() == weekday)
                };
                let written = first(self.named_on(weekday)).or_else(|| first(&self.dates));
                let named = |date: &NaiveDate| date.weekday() == weekday;
                if self.sent == Some(near) {
                    return near.iter_days().rev().take(7).find(named);
                }
                let around = || near.iter_days().take(4).chain(near.iter_days().rev().take(4)).find(named);
                written.or_else(around)
            }
            // With a weekday it may stand for the whole date: "Wednesday 12th, 2025".
            DayPiece::Nth(day) => {
                let reach = if piece.weekday.is_some() { 32 } else { 16 };
                let near = before.or(known.first().copied().filter(|_| piece.weekday.is_some())).or(self.sent)?;
                let ahead = if self.sent == Some(near) { 1 } else { reach };
                let fits = |date: &NaiveDate| {
                    date.day() == day
                        && piece.weekday.is_none_or(|weekday| date.weekday() == weekday)
                        && piece.year.is_none_or(|year| date.year() == year)
                };
                near.iter_days()
                    .take(ahead)
                    .chain(near.iter_days().rev().take(reach))
                    .filter(fits)
                    .min_by_key(|date| (*date - near).num_days().abs())
            }
            _ => None,
        }
    }
}

/// A local time at an offset as an instant; none beyond the calendar.
pub fn instant(local: NaiveDateTime, offset: FixedOffset) -> Option<DateTime<Utc>> {
    let seconds = TimeDelta::try_seconds(i64::from(offset.local_minus_utc()))?;
    local.checked_sub_signed(seconds).map(|utc| utc.and_utc())
}

/// So many bytes of a file are its head.
const HEAD: usize = 8192;

/// The middle of each month that the head of `text` names with its year ("Availability report for March 2023"): what there is to tell
/// the year of dates that leave it out.
fn months_named(text: &str) -> Vec<NaiveDate> {
    // Every incident of a file asks, and a word may be as long as the file.
    let text = text.get(..text.floor_char_boundary(HEAD)).unwrap_or(text);
    let words: Vec<&str> = text.split_whitespace().take(400).map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    let month = |word: &str| date::month_of(word);
    let year = |word: &str| word.parse().ok().filter(|year| word.len() == 4 && (1990..2200).contains(year));
    words.windows(2).filter_map(|pair| NaiveDate::from_ymd_opt(year(pair.get(1)?)?, month(pair.first()?)?, 15)).collect()
}

/// The moments written in headings and over the columns of tables, each once.
fn dates_of_headings(passages: &[(Passage<'_>, Vec<Time>)]) -> Vec<Moment> {
    let passages = || passages.iter().map(|(passage, _)| passage);
    let headings =
        passages().filter_map(|passage| passage.heading.as_ref()).flat_map(|heading| heading.upwards()).map(|over| over.text.clone());
    let mut seen = std::collections::HashSet::new();
    let once = headings.chain(columns(passages()).cloned()).filter(|text| seen.insert(text.whole()));
    once.flat_map(|text| times(text.as_str()).iter().flat_map(Time::moments).cloned().collect::<Vec<_>>()).collect()
}

/// The heads of the columns of every table.
pub fn columns<'p, 'a: 'p>(passages: impl Iterator<Item = &'p Passage<'a>>) -> impl Iterator<Item = &'p Text<'a>> {
    let mut tables: Vec<&Rc<Vec<Text>>> = passages.map(|passage| &passage.columns).collect();
    tables.dedup_by(|table, last| Rc::ptr_eq(table, last));
    tables.into_iter().flat_map(|table| table.iter())
}

/// Front matter that tells when a report was fetched or edited says nothing of the incident.
pub fn is_bookkeeping(passage: &Passage) -> bool {
    let label = match passage.form {
        Form::Field => passage.label.as_ref(),
        // "| Meeting scheduled for | … |"
        Form::Row if passage.cells.len() == 2 => passage.cells.first(),
        _ => None,
    };
    let last = |label: &str| starts_with(label, "last ") && label.trim_end_matches([':', '*']).ends_with("ed");
    label.is_some_and(|label| list(Words::Bookkeeping).is_in(label.as_str()) || last(label.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(text: &str, stamps: &str) -> Calendar {
        let moments: Vec<Moment> = times(stamps).iter().flat_map(Time::moments).cloned().collect();
        let known: Vec<Moment> = times(text).iter().flat_map(Time::moments).cloned().collect();
        let all: Vec<Moment> = moments.iter().chain(&known).cloned().collect();
        Calendar::new(&[], if stamps.is_empty() { &all } else { &moments }, text, (text, None), Zones::default())
    }

    fn date_of(calendar: &Calendar, text: &str) -> Option<String> {
        let times = times(text);
        let piece = times.iter().flat_map(Time::moments).find_map(|moment| moment.date)?;
        calendar.date(piece, None).map(|dated| dated.date.to_string())
    }

    #[test]
    fn the_year_comes_from_the_stamps() {
        let stamps = calendar("", "Apr 9, 2024 - 11:20 EDT; Mar 21, 2024 - 10:45 EDT");
        assert_eq!(date_of(&stamps, "March 21st").as_deref(), Some("2024-03-21"));
        let new_year = calendar("", "Jan 2, 2025 - 10:00 UTC");
        assert_eq!(date_of(&new_year, "December 31st").as_deref(), Some("2024-12-31"));
        assert_eq!(date_of(&new_year, "Jan 2").as_deref(), Some("2025-01-02"));
        assert_eq!(date_of(&calendar("", ""), "March 21st"), None);
    }

    #[test]
    fn the_weekday_chooses_the_year() {
        let stamps = calendar("", "Apr 9, 2022 - 01:00 UTC");
        assert_eq!(date_of(&stamps, "Friday, April 8th").as_deref(), Some("2022-04-08"));
    }

    #[test]
    fn numbers_take_the_order_of_the_report() {
        assert_eq!(date_of(&calendar("by 23/9/2024 and 31/10/2024", ""), "3/9/2024").as_deref(), Some("2024-09-03"));
        assert_eq!(date_of(&calendar("by 3/22/2024", ""), "3/9/2024").as_deref(), Some("2024-03-09"));
        assert_eq!(date_of(&calendar("at 10:00 PDT", ""), "3/9/2024").as_deref(), Some("2024-03-09"));
    }
}
