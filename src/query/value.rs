//! Lengths and times as a filter writes them: `90`, `1h30m`, `2d`; `2024`, `2024-Q3`, `2024-03-21T18:04`.

use crate::incident::Instant;
use chrono::{Datelike, FixedOffset, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while_m_n};
use nom::character::complete::{char, one_of};
use nom::combinator::{all_consuming, map_opt, opt, recognize, value};
use nom::multi::many1;
use nom::sequence::preceded;
use nom::{IResult, Parser};
use std::fmt;

/// A length of time in whole seconds; a lag may be negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Length(pub i64);

impl Length {
    /// Reads a whole text; a bare number is minutes.
    pub fn parse(text: &str) -> Option<Self> {
        all_consuming(length).parse(text).ok().map(|(_, length)| length)
    }

    /// In minutes.
    pub fn minutes(self) -> f64 {
        self.0 as f64 / 60.0
    }
}

const UNITS: [(&str, i64); 4] = [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)];

fn length(input: &str) -> IResult<&str, Length> {
    let terms = alt((many1(term).map(|terms| terms.into_iter().sum::<f64>()), number.map(|minutes| minutes * 60.0)));
    // The numbers are short, so their sum fits.
    (opt(char('-')), terms).map(|(minus, seconds)| Length(if minus.is_some() { -seconds } else { seconds }.round() as i64)).parse(input)
}

fn term(input: &str) -> IResult<&str, f64> {
    let unit = alt((
        value(604_800.0, tag_no_case("w")),
        value(86_400.0, tag_no_case("d")),
        value(3600.0, tag_no_case("h")),
        value(60.0, alt((tag_no_case("min"), tag_no_case("m")))),
        value(1.0, tag_no_case("s")),
    ));
    (number, unit).map(|(number, unit)| number * unit).parse(input)
}

fn number(input: &str) -> IResult<&str, f64> {
    map_opt(recognize((digits(1, 7), opt((char('.'), digits(1, 3))))), |text: &str| text.parse().ok()).parse(input)
}

fn digits<'a>(least: usize, most: usize) -> impl Parser<&'a str, Output = &'a str, Error = nom::error::Error<&'a str>> {
    take_while_m_n(least, most, |c: char| c.is_ascii_digit())
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0.abs();
        if self.0 < 0 {
            f.write_str("-")?;
        }
        if rest == 0 {
            return f.write_str("0m");
        }
        for (unit, seconds) in UNITS {
            let count = rest / seconds;
            rest %= seconds;
            if count > 0 {
                write!(f, "{count}{unit}")?;
            }
        }
        Ok(())
    }
}

/// How much of the calendar a time means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Year,
    Quarter,
    Month,
    Day,
    Minute,
    Second,
}

/// A stretch of the calendar, in UTC: a year, a quarter, a month, a day, a minute or a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Its first moment.
    pub from: Instant,
    /// The first moment after it.
    pub to: Instant,
    unit: Unit,
}

impl Period {
    /// Reads a whole text.
    pub fn parse(text: &str) -> Option<Self> {
        all_consuming(period).parse(text).ok().map(|(_, period)| period)
    }

    fn new(from: NaiveDateTime, offset: FixedOffset, unit: Unit) -> Option<Self> {
        let from = from.and_utc().checked_sub_signed(TimeDelta::seconds(i64::from(offset.local_minus_utc())))?;
        let to = match unit {
            Unit::Year => from.checked_add_months(Months::new(12)),
            Unit::Quarter => from.checked_add_months(Months::new(3)),
            Unit::Month => from.checked_add_months(Months::new(1)),
            Unit::Day => from.checked_add_signed(TimeDelta::days(1)),
            Unit::Minute => from.checked_add_signed(TimeDelta::minutes(1)),
            Unit::Second => from.checked_add_signed(TimeDelta::seconds(1)),
        };
        Some(Self { from, to: to?, unit })
    }
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
    Period::new(date.and_time(time), offset.or_else(|| FixedOffset::east_opt(0))?, unit)
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
        let pattern = match self.unit {
            Unit::Quarter => return write!(f, "{:04}-Q{}", self.from.year(), self.from.month0() / 3 + 1),
            Unit::Year => "%Y",
            Unit::Month => "%Y-%m",
            Unit::Day => "%Y-%m-%d",
            Unit::Minute => "%Y-%m-%dT%H:%M",
            Unit::Second => "%Y-%m-%dT%H:%M:%S",
        };
        write!(f, "{}", self.from.format(pattern))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths() {
        for (text, seconds) in [
            ("30", 1800),
            ("30m", 1800),
            ("30min", 1800),
            ("1h30m", 5400),
            ("1.5h", 5400),
            ("2d", 172_800),
            ("1w", 604_800),
            ("90s", 90),
            ("-5m", -300),
        ] {
            assert_eq!(Length::parse(text), Some(Length(seconds)), "{text}");
        }
        for text in ["", "m", "30x", "30 m", "1h30", "h1", "1..2", "12345678", "1.2.3", "--5m", "٣m"] {
            assert_eq!(Length::parse(text), None, "{text}");
        }
    }

    #[test]
    fn times() {
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
            let period = Period::parse(text).unwrap();
            assert_eq!((period.from, period.to), (from.parse().unwrap(), to.parse().unwrap()), "{text}");
        }
        for text in ["", "24", "2024-13", "2024-02-30", "2024-2", "2024-Q5", "21.03.2024", "2024-03-21T25:00", "0000", "2024-03-21T18"] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }

    #[test]
    fn both_are_written_as_they_are_read() {
        for text in ["30m", "1h30m", "2d", "1m30s", "-5m", "0m", "7d"] {
            assert_eq!(Length::parse(text).unwrap().to_string(), text);
        }
        for text in ["2024", "2024-Q3", "2024-02", "2024-02-29", "2024-03-21T18:04", "2024-03-21T18:04:30"] {
            assert_eq!(Period::parse(text).unwrap().to_string(), text);
        }
    }
}
