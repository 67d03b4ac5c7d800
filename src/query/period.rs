//! Times as a filter writes them: `2024`, `2024-Q3`, `2024-03-21T18:04`; and, counted from today, `30d` and `last-quarter`.

use super::value::digits;
use crate::incident::Instant;
use crate::names::nearest;
use chrono::{Datelike, Days, FixedOffset, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case};
use nom::character::complete::{char, one_of};
use nom::combinator::{all_consuming, map_opt, opt};
use nom::sequence::preceded;
use nom::{IResult, Parser};
use std::fmt;

/// How much of the calendar a time means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Year,
    Quarter,
    Month,
    Week,
    Day,
    Minute,
    Second,
}

/// How a time is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    /// As a date or a part of one.
    Date(Unit),
    /// As so many units before today, by its place in [`AGO`].
    Ago(u32, usize),
    /// As a word, by its place in [`WORDS`].
    Word(usize),
}

/// A stretch of the calendar, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
    written: Written,
}

/// The units that are counted back from today. `m` is left to minutes.
const AGO: [(&str, Unit); 4] = [("d", Unit::Day), ("w", Unit::Week), ("mo", Unit::Month), ("y", Unit::Year)];

/// A word for a unit that today lies in, and for the one before. Weeks begin on Mondays.
const WORDS: [(&str, Unit, u32); 10] = [
    ("today", Unit::Day, 0),
    ("yesterday", Unit::Day, 1),
    ("this-week", Unit::Week, 0),
    ("last-week", Unit::Week, 1),
    ("this-month", Unit::Month, 0),
    ("last-month", Unit::Month, 1),
    ("this-quarter", Unit::Quarter, 0),
    ("last-quarter", Unit::Quarter, 1),
    ("this-year", Unit::Year, 0),
    ("last-year", Unit::Year, 1),
];

/// Times to begin with that are counted from today, and what they mean.
pub const RELATIVE: [(&str, &str); 7] = [
    ("7d", "the last 7 days"),
    ("30d", "the last 30 days"),
    ("this-month", "in UTC, like all of these"),
    ("last-month", ""),
    ("this-quarter", ""),
    ("last-quarter", "also -week, -year, today, yesterday"),
    ("1y", "the last year; also 2w, 3mo"),
];

/// Every way to write a time, and what it means.
pub const MEANINGS: [(&str, &str); 7] = [
    ("2024, 2024-Q3, 2024-03, 2024-03-21", "a year, a quarter, a month, a day"),
    ("2024-03-21T18:04, 2024-03-21T18:04+02:00", "a minute; also with seconds"),
    ("2024-01..2024-03, 2024-06.., ..2023", "from the first to the last, both included; open at an end"),
    ("today, yesterday", "one day"),
    ("this-week, this-month, this-quarter, this-year", "weeks begin on Mondays"),
    ("last-week, last-month, last-quarter, last-year", "the whole one before"),
    ("30d, 2w, 3mo, 1y", "the time since then; in a range, and behind < or >, the day itself"),
];

impl Period {
    /// Reads a whole text; without `today` nothing that is counted from it.
    pub fn parse(text: &str, today: Option<NaiveDate>) -> Option<Self> {
        let fixed = || all_consuming(period).parse(text).ok().map(|(_, period)| period);
        fixed().or_else(|| Self::relative(text, today?))
    }

    fn relative(text: &str, today: NaiveDate) -> Option<Self> {
        if let Some(at) = WORDS.iter().position(|(word, ..)| word.eq_ignore_ascii_case(text)) {
            let &(_, unit, back) = WORDS.get(at)?;
            let from = unit.back(unit.first_day(today)?, back)?;
            return Self::of(from.and_time(NaiveTime::MIN), None, unit, Written::Word(at));
        }
        let (rest, count) = counted.parse(text).ok()?;
        let at = AGO.iter().position(|(name, _)| name.eq_ignore_ascii_case(rest))?;
        let from = AGO.get(at)?.1.back(today, count).filter(|from| from.year() > 0)?;
        Self::of(from.and_time(NaiveTime::MIN), None, Unit::Day, Written::Ago(count, at))
    }

    /// What it means where it stands alone: `30d` is the last 30 days then, beside another time the day they began on.
    pub fn alone(self, today: Option<NaiveDate>) -> Self {
        let tomorrow = || Some(today?.succ_opt()?.and_time(NaiveTime::MIN).and_utc());
        match self.written {
            Written::Ago(..) => Self { to: tomorrow().unwrap_or(self.to), ..self },
            _ => self,
        }
    }

    fn of(from: NaiveDateTime, offset: Option<FixedOffset>, unit: Unit, written: Written) -> Option<Self> {
        let east = offset.map_or(0, |offset| i64::from(offset.local_minus_utc()));
        let from = from.and_utc().checked_sub_signed(TimeDelta::seconds(east))?;
        let to = match unit {
            Unit::Year => from.checked_add_months(Months::new(12)),
            Unit::Quarter => from.checked_add_months(Months::new(3)),
            Unit::Month => from.checked_add_months(Months::new(1)),
            Unit::Week => from.checked_add_days(Days::new(7)),
            Unit::Day => from.checked_add_days(Days::new(1)),
            Unit::Minute => from.checked_add_signed(TimeDelta::minutes(1)),
            Unit::Second => from.checked_add_signed(TimeDelta::seconds(1)),
        };
        Some(Self { from, to: to?, written })
    }

    /// The year, the quarter and the month that a moment lies in.
    pub fn around(at: Instant) -> [Option<Self>; 3] {
        [Unit::Year, Unit::Quarter, Unit::Month].map(|unit| {
            let first = unit.first_day(at.date_naive())?;
            Self::of(first.and_time(NaiveTime::MIN), None, unit, Written::Date(unit))
        })
    }
}

impl Unit {
    /// The first day of the one that a day lies in.
    fn first_day(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Unit::Year => NaiveDate::from_ymd_opt(day.year(), 1, 1),
            Unit::Quarter => NaiveDate::from_ymd_opt(day.year(), day.month0() / 3 * 3 + 1, 1),
            Unit::Month => day.with_day(1),
            Unit::Week => day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into())),
            Unit::Day | Unit::Minute | Unit::Second => Some(day),
        }
    }

    /// The day so many of them before another.
    fn back(self, day: NaiveDate, count: u32) -> Option<NaiveDate> {
        match self {
            Unit::Year => day.checked_sub_months(Months::new(count.checked_mul(12)?)),
            Unit::Quarter => day.checked_sub_months(Months::new(count.checked_mul(3)?)),
            Unit::Month => day.checked_sub_months(Months::new(count)),
            Unit::Week => day.checked_sub_days(Days::new(u64::from(count) * 7)),
            Unit::Day | Unit::Minute | Unit::Second => day.checked_sub_days(Days::new(count.into())),
        }
    }
}

/// How many larger units a time stands below that is written so: a year none, a quarter one, a month two. None for a day and
/// for what is counted from today.
pub fn depth(text: &str) -> Option<usize> {
    match Period::parse(text, None)?.written {
        Written::Date(Unit::Year) => Some(0),
        Written::Date(Unit::Quarter) => Some(1),
        Written::Date(Unit::Month) => Some(2),
        _ => None,
    }
}

/// The word that comes closest to one that is no time.
pub fn meant(text: &str) -> Option<&'static str> {
    nearest(text, WORDS.iter().map(|&(word, ..)| word))
}

fn counted(input: &str) -> IResult<&str, u32> {
    map_opt(digits(1, 4), |text: &str| text.parse().ok()).parse(input)
}

fn period(input: &str) -> IResult<&str, Period> {
    alt((moment, day, quarter, month, year)).parse(input)
}

fn fixed<'a>(length: usize) -> impl Parser<&'a str, Output = u32, Error = nom::error::Error<&'a str>> {
    map_opt(digits(length, length), |text: &str| text.parse().ok())
}

fn year(input: &str) -> IResult<&str, Period> {
    map_opt(fixed(4), |year| first_of(year, 1, Unit::Year)).parse(input)
}

fn quarter(input: &str) -> IResult<&str, Period> {
    let quarter = (fixed(4), opt(char('-')), one_of("qQ"), map_opt(one_of("1234"), |c| c.to_digit(10)));
    map_opt(quarter, |(year, _, _, quarter)| first_of(year, quarter * 3 - 2, Unit::Quarter)).parse(input)
}

fn month(input: &str) -> IResult<&str, Period> {
    map_opt((fixed(4), char('-'), fixed(2)), |(year, _, month)| first_of(year, month, Unit::Month)).parse(input)
}

fn first_of(year: u32, month: u32, unit: Unit) -> Option<Period> {
    at(date(year, month, 1)?, NaiveTime::MIN, None, unit)
}

fn date(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::try_from(year).ok().filter(|&year| year > 0)?, month, day)
}

fn at(date: NaiveDate, time: NaiveTime, offset: Option<FixedOffset>, unit: Unit) -> Option<Period> {
    Period::of(date.and_time(time), offset, unit, Written::Date(unit))
}

fn calendar(input: &str) -> IResult<&str, NaiveDate> {
    map_opt((fixed(4), char('-'), fixed(2), char('-'), fixed(2)), |(year, _, month, _, day)| date(year, month, day)).parse(input)
}

fn day(input: &str) -> IResult<&str, Period> {
    map_opt(calendar, |date| at(date, NaiveTime::MIN, None, Unit::Day)).parse(input)
}

fn moment(input: &str) -> IResult<&str, Period> {
    let clock = (fixed(2), char(':'), fixed(2), opt(preceded(char(':'), fixed(2))));
    map_opt((calendar, one_of("Tt "), clock, opt(offset)), |(date, _, (hour, _, minute, second), offset)| {
        let unit = if second.is_some() { Unit::Second } else { Unit::Minute };
        at(date, NaiveTime::from_hms_opt(hour, minute, second.unwrap_or(0))?, offset, unit)
    })
    .parse(input)
}

fn offset(input: &str) -> IResult<&str, FixedOffset> {
    let east = map_opt((one_of("+-"), fixed(2), opt(char(':')), opt(fixed(2))), |(sign, hours, _, minutes)| {
        let seconds = i32::try_from(hours * 3600 + minutes.unwrap_or(0) * 60).ok()?;
        FixedOffset::east_opt(if sign == '-' { -seconds } else { seconds })
    });
    alt((map_opt(tag_no_case("z"), |_| FixedOffset::east_opt(0)), map_opt(tag("UTC"), |_| FixedOffset::east_opt(0)), east)).parse(input)
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.written {
            Written::Date(unit) => unit,
            Written::Ago(count, at) => return write!(f, "{count}{}", AGO.get(at).map_or("d", |(name, _)| name)),
            Written::Word(at) => return f.write_str(WORDS.get(at).map_or("today", |(word, ..)| word)),
        };
        let pattern = match unit {
            Unit::Quarter => return write!(f, "{:04}-Q{}", self.from.year(), self.from.month0() / 3 + 1),
            Unit::Year => "%Y",
            Unit::Month => "%Y-%m",
            Unit::Week | Unit::Day => "%Y-%m-%d",
            Unit::Minute => "%Y-%m-%dT%H:%M",
            Unit::Second => "%Y-%m-%dT%H:%M:%S",
        };
        write!(f, "{}", self.from.format(pattern))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, today: &str) -> Option<Period> {
        Period::parse(text, today.parse().ok())
    }

    #[test]
    fn dates() {
        for (text, from, to) in [
            ("2024", "2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z"),
            ("2024-Q3", "2024-07-01T00:00:00Z", "2024-10-01T00:00:00Z"),
            ("2024q1", "2024-01-01T00:00:00Z", "2024-04-01T00:00:00Z"),
            ("2024-02", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z"),
            ("2024-02-29", "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z"),
            ("2024-03-21T18:04", "2024-03-21T18:04:00Z", "2024-03-21T18:05:00Z"),
            ("2024-03-21 18:04:30Z", "2024-03-21T18:04:30Z", "2024-03-21T18:04:31Z"),
            ("2024-03-21T18:04+02:00", "2024-03-21T16:04:00Z", "2024-03-21T16:05:00Z"),
        ] {
            let period = Period::parse(text, None).unwrap();
            assert_eq!((period.from, period.to), (from.parse().unwrap(), to.parse().unwrap()), "{text}");
        }
        for text in ["", "24", "2024-13", "2024-02-30", "2024-2", "2024-Q5", "21.03.2024", "2024-03-21T25:00", "0000", "2024-03-21T18"] {
            assert_eq!(read(text, "2024-03-21"), None, "{text}");
        }
    }

    #[test]
    fn what_is_counted_from_today_depends_on_the_day() {
        for (text, today, from, to) in [
            ("today", "2024-02-29", "2024-02-29", "2024-03-01"),
            ("Yesterday", "2024-03-01", "2024-02-29", "2024-03-01"),
            // A Thursday; a Monday and a Sunday lie in their own weeks.
            ("this-week", "2024-02-29", "2024-02-26", "2024-03-04"),
            ("this-week", "2024-02-26", "2024-02-26", "2024-03-04"),
            ("last-week", "2024-03-03", "2024-02-19", "2024-02-26"),
            ("this-month", "2024-02-29", "2024-02-01", "2024-03-01"),
            ("last-month", "2024-01-31", "2023-12-01", "2024-01-01"),
            ("this-quarter", "2024-12-31", "2024-10-01", "2025-01-01"),
            ("last-quarter", "2024-02-29", "2023-10-01", "2024-01-01"),
            ("this-year", "2024-02-29", "2024-01-01", "2025-01-01"),
            ("LAST-YEAR", "2024-02-29", "2023-01-01", "2024-01-01"),
            ("30d", "2024-03-15", "2024-02-14", "2024-02-15"),
            ("0d", "2024-03-15", "2024-03-15", "2024-03-16"),
            ("2w", "2024-03-15", "2024-03-01", "2024-03-02"),
            ("1mo", "2024-03-31", "2024-02-29", "2024-03-01"),
            ("1Y", "2024-02-29", "2023-02-28", "2023-03-01"),
        ] {
            let period = read(text, today).unwrap();
            let days = [period.from, period.to].map(|at| at.date_naive().to_string());
            assert_eq!((days, period.from.time()), ([from, to].map(String::from), NaiveTime::MIN), "{text} on {today}");
            assert_eq!(period.to_string(), text.to_lowercase());
            assert_eq!(Period::parse(text, None), None, "nothing tells which day it is");
        }
        for text in ["d", "30", "30 d", "30m", "30h", "-3d", "3days", "12345d", "9999y", "this-day", "last week", "tomorrow"] {
            assert_eq!(read(text, "2024-03-15"), None, "{text}");
        }
        assert_eq!((meant("last-quater"), meant("xyz")), (Some("last-quarter"), None));
    }

    #[test]
    fn a_count_that_stands_alone_reaches_to_the_end_of_today() {
        let today = "2024-03-15".parse().ok();
        let alone = |text: &str| Period::parse(text, today).unwrap().alone(today).to.date_naive().to_string();
        assert_eq!((alone("30d"), alone("0d"), alone("1y")), ("2024-03-16".into(), "2024-03-16".into(), "2024-03-16".into()));
        assert_eq!((alone("last-month"), alone("2024-02")), ("2024-03-01".into(), "2024-03-01".into()));
        for (text, _) in RELATIVE {
            assert!(Period::parse(text, today).is_some(), "{text}");
        }
    }

    #[test]
    fn are_written_as_they_are_read() {
        for text in ["2024", "2024-Q3", "2024-02", "2024-02-29", "2024-03-21T18:04", "2024-03-21T18:04:30"] {
            assert_eq!(Period::parse(text, None).unwrap().to_string(), text);
        }
        let around = Period::around("2024-08-21T18:04:30Z".parse().unwrap()).map(|period| period.unwrap().to_string());
        assert_eq!(around, ["2024", "2024-Q3", "2024-08"]);
        assert_eq!(around.map(|name| depth(&name)), [Some(0), Some(1), Some(2)]);
        assert_eq!(["2024-08-21", "30d", "x"].map(depth), [None; 3]);
    }
}
