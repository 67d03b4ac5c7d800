//! Calendar dates as written, unresolved: a year may be missing, the order of two numbers open.

mod name;
mod relative;

pub use name::{is_weekday, month_of, names};
pub(super) use relative::day_before;

use crate::extract::{any_case, number, refused, tag_no_case};
use chrono::{Datelike, NaiveDate, Weekday};
use name::{month_name, weekday};
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::character::complete::{char, one_of, space0};
use nom::combinator::{map_opt, not, opt, peek, value, verify};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};
use relative::{beside, counted, last_night, next_day, nth, of_month, on_weekday, part_of_weekday, today};

/// A calendar date as the report writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DatePiece {
    /// The year, four digits.
    pub year: Option<i32>,
    /// Day and month, or two numbers of which either may be the month.
    pub day: DayPiece,
    /// The weekday written with it.
    pub weekday: Option<Weekday>,
}

impl DatePiece {
    /// The day, where it is written in full with the name of its month, or as ISO 8601 has it.
    pub fn in_full(self) -> Option<NaiveDate> {
        let DayPiece::Plain { month, day } = self.day else { return None };
        NaiveDate::from_ymd_opt(self.year?, month, day)
    }
}

impl From<NaiveDate> for DatePiece {
    fn from(date: NaiveDate) -> Self {
        plain(Some(date.year()), date.month(), date.day())
    }
}

impl From<DayPiece> for DatePiece {
    fn from(day: DayPiece) -> Self {
        Self { year: None, day, weekday: None }
    }
}

/// The day within the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayPiece {
    /// The month is known.
    Plain {
        /// 1 to 12.
        month: u32,
        /// 1 to 31.
        day: u32,
    },
    /// `3/9`: the numbers in the order written.
    Numeric(u32, u32),
    /// "the next day", "two days later", "the day before": so many days after the date before it.
    After(i64),
    /// "the following morning": the first behind the time before it.
    Morning,
    /// "the following Monday": the first day of that name behind the date before it.
    Following(Weekday),
    /// "on Friday", "Friday evening": the day of that name that is nearest to the dates around it.
    On(Weekday),
    /// "last Thursday": the latest day of that name before the report was written.
    Last(Weekday),
    /// "today", "yesterday", "two days ago": so many days after the day of the update it stands in.
    Today(i64),
    /// "last night": the evening so many days after that of the update, and the small hours behind it.
    Night(i64),
    /// "on the 9th": the day of the month that is nearest to the date before it.
    Nth(u32),
}

/// A date at the start of `input`, which must be at a word's start. The caller checks nothing further: what follows a
/// date is checked here.
pub fn date(input: &str) -> IResult<&str, DatePiece> {
    if starts_with_digit(input) { undated(input) } else { alt((with_weekday, undated)).parse(input) }
}

fn starts_with_digit(input: &str) -> bool {
    input.as_bytes().first().is_some_and(u8::is_ascii_digit)
}

fn with_weekday(input: &str) -> IResult<&str, DatePiece> {
    let (rest, (weekday, _, date)) = (weekday, separator, alt((undated, of_month))).parse(input)?;
    Ok((rest, DatePiece { weekday: Some(weekday), ..date }))
}

fn undated(input: &str) -> IResult<&str, DatePiece> {
    let (rest, date) = if starts_with_digit(input) { figures(input) } else { words(input) }?;
    // "2024-05-01-01" and "3/4/5/6" are versions, "1/8th" is a fraction.
    not(one_of("0123456789/")).parse(rest)?;
    not((char('-'), take_while1(|c: char| c.is_ascii_digit()), not(char(':')))).parse(rest)?;
    not((char('.'), one_of("0123456789"))).parse(rest)?;
    not(take_while1(|c: char| c.is_alphabetic() && !matches!(c, 'T' | 't'))).parse(rest)?;
    Ok((rest, date))
}

/// What starts with a number, by its digits and what stands behind them: this is asked of every number of a text.
fn figures(input: &str) -> IResult<&str, DatePiece> {
    match super::figures(input) {
        (4, Some('-' | '/' | '.')) => alt((iso, year_first)).parse(input),
        (4, Some(' ')) if goes_on(input) => year_first(input),
        (1 | 2, Some('-' | '/')) => alt((compact_month, day_first, numeric)).parse(input),
        (1 | 2, Some('.')) => alt((day_first, numeric)).parse(input),
        (1 | 2, Some(' ')) if !goes_on(input) => Err(refused(input)),
        (1 | 2, Some(c)) if !c.is_ascii_punctuation() => alt((day_first, counted)).parse(input),
        _ => Err(refused(input)),
    }
}

/// Whether a month, "of", or what leads to a second day may follow the number at the start of `input`.
fn goes_on(input: &str) -> bool {
    let next = input.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start().bytes().next();
    next.is_some_and(|next| !next.is_ascii() || b"jfmasondt&".contains(&next.to_ascii_lowercase()))
}

/// What starts with a word, by the letter with which it starts: this is asked of every other word of a text.
fn words(input: &str) -> IResult<&str, DatePiece> {
    match input.bytes().next().map(|first| first.to_ascii_lowercase()) {
        Some(b'j' | b'a' | b'd') => month_first(input),
        Some(b'm') => alt((month_first, part_of_weekday)).parse(input),
        Some(b's') => alt((month_first, part_of_weekday, counted)).parse(input),
        Some(b'e') => counted(input),
        Some(b'f') => alt((month_first, next_day, part_of_weekday, counted)).parse(input),
        Some(b'n') => alt((month_first, next_day, counted)).parse(input),
        Some(b'o') => alt((month_first, on_weekday, nth, counted)).parse(input),
        Some(b't') => alt((next_day, beside, part_of_weekday, today, counted)).parse(input),
        Some(b'w') => part_of_weekday(input),
        Some(b'l') => alt((on_weekday, last_night)).parse(input),
        Some(b'y') => today(input),
        _ => Err(refused(input)),
    }
}

fn plain(year: Option<i32>, month: u32, day: u32) -> DatePiece {
    DatePiece { year, ..DayPiece::Plain { month, day }.into() }
}

/// A number of so many digits and no more.
fn digits(least: usize, most: usize) -> impl Fn(&str) -> IResult<&str, u32> {
    move |input| terminated(number(least, most), not(one_of("0123456789"))).parse(input)
}

fn day(input: &str) -> IResult<&str, u32> {
    verify(digits(1, 2), |day| (1..=31).contains(day)).parse(input)
}

fn month_number(input: &str) -> IResult<&str, u32> {
    verify(digits(1, 2), |month| (1..=12).contains(month)).parse(input)
}

fn year(input: &str) -> IResult<&str, i32> {
    map_opt(digits(4, 4), |year| i32::try_from(year).ok().filter(|year| (1970..2200).contains(year))).parse(input)
}

/// `'24` or `2024`.
fn any_year(input: &str) -> IResult<&str, i32> {
    alt((year, preceded(one_of("'’"), short_year))).parse(input)
}

fn short_year(input: &str) -> IResult<&str, i32> {
    digits(2, 2).map(|year| 2000 + i32::try_from(year).unwrap_or(0)).parse(input)
}

/// "st", "nd", "rd", "th".
fn ordinal(input: &str) -> IResult<&str, &str> {
    any_case(["st", "nd", "rd", "th"])(input)
}

/// `2024-03-21`, `2024/3/21`, `2024.03.21`.
fn iso(input: &str) -> IResult<&str, DatePiece> {
    let (rest, (year, separator)) = (year, one_of("-/.")).parse(input)?;
    let (rest, (month, _, day)) = (month_number, char(separator), day).parse(rest)?;
    Ok((rest, plain(Some(year), month, day)))
}

/// `2024-MAR-21`, `2024/Mar/21`, `2024 March 21`.
fn year_first(input: &str) -> IResult<&str, DatePiece> {
    let (rest, (year, separator, month)) = (year, one_of("-/. "), month_name).parse(input)?;
    let (rest, (_, day)) = (char(separator), day).parse(rest)?;
    // "2024 March 21:30" is no day.
    not((one_of(":h"), one_of("0123456789"))).parse(rest)?;
    Ok((rest, plain(Some(year), month, day)))
}

/// `21-Mar-2024`, `21/Mar/2024`, `21/Mar/24`.
fn compact_month(input: &str) -> IResult<&str, DatePiece> {
    let (rest, (day, separator)) = (day, one_of("-/")).parse(input)?;
    let year_behind = preceded(char(separator), alt((any_year, short_year)));
    let (rest, (month, year)) = (month_name, opt(year_behind)).parse(rest)?;
    Ok((rest, plain(year, month, day)))
}

/// `21 March 2024`, `21st of March, 2024`, `5. Feb '20`.
fn day_first(input: &str) -> IResult<&str, DatePiece> {
    let ordinal = alt((ordinal, tag(".")));
    let of = (spaces1, opt((tag_no_case("of"), spaces1)));
    let (rest, (day, _, _, _, month)) = (day, opt(ordinal), opt(second_day), of, month_name).parse(input)?;
    let (rest, year) = opt(year_after).parse(rest)?;
    Ok((rest, plain(year, month, day)))
}

/// `March 21, 2024`, `Mar 21st`, `March 21 '24`.
fn month_first(input: &str) -> IResult<&str, DatePiece> {
    let the = opt((tag_no_case("the"), spaces1));
    let clock = (opt(one_of(":h")), one_of("0123456789"));
    let (rest, (month, _, _, day, _)) = (month_name, spaces1, the, day, opt(ordinal)).parse(input)?;
    not(clock).parse(rest)?;
    // "June 8 and 9, 2023": the first day, with the year behind the second.
    if let Ok((rest, (_, year))) = (second_day, year_after).parse(rest) {
        return Ok((rest, plain(Some(year), month, day)));
    }
    let (rest, year) = opt(year_after).parse(rest)?;
    Ok((rest, plain(year, month, day)))
}

/// " and 9th", "-9", "/9": a second day behind the first.
fn second_day(input: &str) -> IResult<&str, u32> {
    let and = alt([" and ", " & ", " to ", "-", "–", "/"].map(tag));
    delimited(and, day, opt(ordinal)).parse(input)
}

/// The year behind day and month; "8 April 2030 UTC" keeps its clock where a clock would be read from the same digits.
fn year_after(input: &str) -> IResult<&str, i32> {
    let (rest, (_, _, year)) = (opt((space0, char(','))), spaces0, any_year).parse(input)?;
    let minutes = value((), (char(':'), one_of("0123456789")));
    not((space0, alt((value((), alt(["hrs", "hours"].map(tag))), minutes)))).parse(rest)?;
    Ok((rest, year))
}

/// `3/22/2024`, `22.03.2024`, `3-9-2024`, and `3/22` without a year.
fn numeric(input: &str) -> IResult<&str, DatePiece> {
    let (rest, (first, separator, second)) = (day, one_of("/.-"), day).parse(input)?;
    let (rest, year) = opt(preceded(char(separator), alt((year, short_year)))).parse(rest)?;
    // Without a year only the slash says date ("1.5 hours", "2-3 minutes"), and only where the numbers can be no fraction.
    let written = input.get(..input.len() - rest.len()).unwrap_or_default();
    let padded = written.starts_with('0') || written.contains("/0");
    let believable = year.is_some() && separator != '-'
        || year.is_some_and(|year| year > 2000)
        || (separator == '/' && (first.max(second) > 9 || padded));
    let around_the_clock = year.is_none() && (first, second) == (24, 7);
    let version = separator == '.' && !padded && written.rsplit('.').next().is_some_and(|year| year.len() < 4);
    if !believable || around_the_clock || version || first.min(second) > 12 {
        return Err(refused(input));
    }
    // Where dots part the numbers the day stands first: so the countries write that part them so (DIN 5008, GOST R 7.0.97).
    let day = match separator {
        '.' if second <= 12 => DayPiece::Plain { month: second, day: first },
        _ => DayPiece::Numeric(first, second),
    };
    Ok((rest, DatePiece { year, ..day.into() }))
}

/// `03-26`, `03/26` or `26.03` in front of a clock in a bracket or at the head of a line, `before` being what stands in front:
/// month and day in an order that the report's other dates decide. A year goes without saying there.
pub fn before_clock<'i>(before: &str, input: &'i str) -> IResult<&'i str, DatePiece> {
    if !matches!(super::figures(input), (2, Some('-' | '/' | '.'))) {
        return Err(refused(input));
    }
    let (rest, (first, mark, second)) = (digits(2, 2), one_of("-/."), digits(2, 2)).parse(input)?;
    peek((take_while1(|c: char| matches!(c, ' ' | 'T' | ',')), digits(1, 2), char(':'), digits(2, 2))).parse(rest)?;
    let head = before.trim_end_matches([' ', '*', '`', '~']).chars().next_back().is_none_or(|last| matches!(last, '[' | '(' | '\n'));
    let (least, most) = (first.min(second), first.max(second));
    if !head || least == 0 || least > 12 || most > 31 {
        return Err(refused(input));
    }
    let day = if mark == '.' && second <= 12 { DayPiece::Plain { month: second, day: first } } else { DayPiece::Numeric(first, second) };
    Ok((rest, day.into()))
}

fn spaces1(input: &str) -> IResult<&str, &str> {
    take_while1(|c: char| c.is_whitespace()).parse(input)
}

fn spaces0(input: &str) -> IResult<&str, &str> {
    take_while(|c: char| c.is_whitespace()).parse(input)
}

fn separator(input: &str) -> IResult<&str, ()> {
    let the = (tag_no_case("the"), spaces1);
    value((), (opt(char('.')), opt(char(',')), spaces1, opt(the))).parse(input)
}

#[cfg(test)]
pub(super) mod tests;
