//! Intervals as ISO 8601 writes them: two stamps, or one and a length, with a slash between.

use super::Moment;
use crate::extract::clock::ClockPiece;
use crate::extract::date::{DatePiece, DayPiece};
use chrono::{Datelike, NaiveDate, TimeDelta, Timelike};
use nom::bytes::complete::tag;
use nom::character::complete::{char, one_of, satisfy, u32};
use nom::combinator::{not, opt, peek, verify};
use nom::sequence::terminated;
use nom::{IResult, Parser};
use std::ops::Range;

/// Whether a slash from `from` to `to` leads from one stamp to another; with blanks around it, or a clock on either side, it may
/// part two spellings of one moment.
pub(super) fn is_interval(from: &Moment, to: &Moment) -> bool {
    let stamp = |moment: &Moment| moment.clock.is_some() && moment.date.is_some_and(|date| date.year.is_some());
    stamp(from) && stamp(to)
}

/// The end of the interval that begins with `moment` and goes on with a length, and the place of that length.
pub(super) fn end(text: &str, moment: &Moment) -> Option<(Moment, Range<usize>)> {
    let rest = text.get(moment.range.end..)?;
    let (behind, length) = length(rest).ok()?;
    let (date, clock) = moment.date.zip(moment.clock)?;
    let DayPiece::Plain { month, day } = date.day else { return None };
    let midnight = NaiveDate::from_ymd_opt(date.year?, month, day)?.and_hms_opt(0, 0, 0)?;
    let at = midnight.checked_add_signed(TimeDelta::try_seconds(i64::from(clock.seconds(None)))?)?.checked_add_signed(length)?;
    let day = DayPiece::Plain { month: at.month(), day: at.day() };
    let second = clock.second.map(|_| at.second());
    let to = Moment {
        date: Some(DatePiece { year: Some(at.year()), day, weekday: None }),
        clock: Some(ClockPiece { hour: at.hour(), minute: Some(at.minute()), second, meridiem: None, spoken: false }),
        ..moment.clone()
    };
    let from = moment.range.end + 1;
    Some((to, from..text.len() - behind.len()))
}

/// `/PT45M`, `/P1DT2H`.
fn length(input: &str) -> IResult<&str, TimeDelta> {
    let (rest, _) = tag("/P")(input)?;
    let (rest, days) = opt(terminated(u32, char('D'))).parse(rest)?;
    let time = (
        char('T'),
        opt(terminated(u32, char('H'))),
        opt(terminated(u32, char('M'))),
        opt(terminated(u32, (opt((one_of(".,"), u32)), char('S')))),
    );
    let (rest, time) = opt(time).parse(rest)?;
    not(peek(satisfy(char::is_alphanumeric))).parse(rest)?;
    let (_, hours, minutes, seconds) = time.unwrap_or(('T', None, None, None));
    let part = |part: Option<u32>, seconds: i64| i64::from(part.unwrap_or(0)) * seconds;
    let sum = part(days, 86_400) + part(hours, 3600) + part(minutes, 60) + part(seconds, 1);
    let (rest, sum) = verify(|input| Ok((input, sum)), |sum: &i64| *sum > 0).parse(rest)?;
    Ok((rest, TimeDelta::try_seconds(sum).unwrap_or_default()))
}
