//! Whether the day or the month stands first in dates of two numbers.

use crate::extract::date::DayPiece;
use crate::extract::time::Moment;
use crate::extract::zone::ZonePiece;
use chrono::{Datelike, NaiveDate};

/// More dates than this are not needed to tell the order of two numbers.
const MOST_WRITTEN: usize = 100;

/// Some date in the report has a number over 12 where a month would stand, or a weekday that fits one order only.
pub(super) fn of_numbers<'a>(moments: impl Iterator<Item = &'a Moment>) -> Option<bool> {
    let mut order = None;
    for date in moments.filter_map(|moment| moment.date) {
        let DayPiece::Numeric(first, second) = date.day else { continue };
        if first > 12 || second > 12 {
            return Some(first > 12);
        }
        if let (Some(year), Some(weekday)) = (date.year, date.weekday) {
            let fits = |month, day| NaiveDate::from_ymd_opt(year, month, day).is_some_and(|date| date.weekday() == weekday);
            match (fits(second, first), fits(first, second)) {
                (true, false) => order = Some(true),
                (false, true) => order = Some(false),
                _ => {}
            }
        }
    }
    order
}

/// The order by which two numbers come nearest to a date that is written out, be it that of the mail ("12/08" beside "11 August
/// 2016"); none where both come as near.
pub(super) fn nearest<'a>(moments: impl Iterator<Item = &'a Moment>, written: impl Iterator<Item = &'a Moment>) -> Option<bool> {
    let written: Vec<NaiveDate> = written.filter_map(|moment| moment.date?.in_full()).take(MOST_WRITTEN).collect();
    let mut orders = moments.filter_map(|moment| moment.date).filter_map(|piece| match piece.day {
        DayPiece::Numeric(first, second) if first != second => written.iter().find_map(|written| {
            let year = piece.year.unwrap_or(written.year());
            let distance = |month, day| NaiveDate::from_ymd_opt(year, month, day).map(|date| (date - *written).num_days().abs());
            let (by_day, by_month) = (distance(second, first)?, distance(first, second)?);
            (by_day.min(by_month) <= 7 && by_day.max(by_month) > 21).then_some(by_day < by_month)
        }),
        _ => None,
    });
    orders.next()
}

/// The order of the numbers in dates where those zones are at home; none where they are of both sides. The month is written first
/// in North America, and hardly anywhere east of Greenwich (Unicode CLDR, the short date formats of the regions).
pub(super) fn of_zones(zones: &[ZonePiece]) -> Option<bool> {
    let east = |zone: &ZonePiece| match zone {
        ZonePiece::Fixed(minutes @ -600..=-240) | ZonePiece::Fixed(minutes @ 1..) => Some(*minutes > 0),
        ZonePiece::Region(region) if region.name().starts_with("America/") => Some(false),
        ZonePiece::Region(region) => {
            ["Europe/", "Africa/", "Australia/", "Asia/"].iter().any(|part| region.name().starts_with(part)).then_some(true)
        }
        ZonePiece::Fixed(_) | ZonePiece::Ambiguous(_) | ZonePiece::Unknown(_) => None,
    };
    let mut orders = zones.iter().filter_map(east);
    let first = orders.next()?;
    orders.all(|order| order == first).then_some(first)
}
