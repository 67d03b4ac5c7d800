//! A moment that a person types, read by the grammars that read reports. What they may guess in a report, and tell of, they
//! ask for here.

use super::calendar::Calendar;
use super::point::{self, Doubt, Surroundings};
use super::zones::Zones;
use crate::basis::Given;
use crate::extract::time::{Time, times};
use crate::extract::zone::ZonePiece;
use crate::incident::Instant;
use chrono::{DateTime, FixedOffset};

/// Reads one moment. `near` is a moment whose date is meant where none is typed, on the clock that is meant where no zone is.
/// The error is what to type instead.
pub fn moment(text: &str, near: DateTime<FixedOffset>) -> Result<Instant, String> {
    let found = times(text);
    let [Time::Moment(moment)] = found.as_slice() else {
        return Err(if found.is_empty() {
            "this is no time; type one such as 2024-03-21 14:05 UTC".into()
        } else {
            "one time is wanted here".into()
        });
    };
    let rest = [text.get(..moment.range.start), text.get(moment.range.end..)];
    if let Some(rest) = rest.into_iter().flatten().map(str::trim).find(|rest| !rest.is_empty()) {
        return Err(format!("“{rest}” cannot be read; type a time such as 2024-03-21 14:05 UTC"));
    }
    let calendar = Calendar::new(&[], std::slice::from_ref(moment), text, (&near.format("%B %Y").to_string(), None), Zones::default());
    let around = Surroundings {
        calendar: &calendar,
        zone: Some((ZonePiece::Fixed(near.offset().local_minus_utc() / 60), Given::ZoneOnScreen)),
        date: moment.date.is_none().then(|| (near.date_naive(), Given::DateOnScreen)),
        meridiem: None,
        zero: None,
    };
    let point = point::resolve(moment, &around);
    let doubt = |wanted| point.doubts.contains(&wanted);
    match point.at {
        _ if moment.clock.is_none() => Err("the time of the day is missing".into()),
        _ if doubt(Doubt::DateAmbiguous) => Err("the date can be read in two ways; write it as 2024-03-21".into()),
        _ if doubt(Doubt::WeekdayWrong) => Err("the weekday is not that of the date".into()),
        _ if doubt(Doubt::ZoneAmbiguous) => Err("the zone has several meanings; write it as +05:30 or Asia/Kolkata".into()),
        _ if doubt(Doubt::ZoneUnknown) => Err("the zone is not known; write it as +05:30 or Asia/Kolkata".into()),
        Some(at) => Ok(at),
        None => Err("this date cannot be placed; write it as 2024-03-21".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_in_reports() {
        let near = DateTime::parse_from_rfc3339("2024-03-21T18:04:00+01:00").unwrap();
        for (text, expected) in [
            ("2024-03-21 14:05 UTC", Ok("2024-03-21T14:05:00Z")),
            ("14:05", Ok("2024-03-21T13:05:00Z")),
            ("2:05pm EDT", Ok("2024-03-21T18:05:00Z")),
            ("22 March 2024, 01:00 Europe/Berlin", Ok("2024-03-22T00:00:00Z")),
            ("22 March 01:00 UTC", Ok("2024-03-22T01:00:00Z")),
            ("2024-03-21 18:04:30 UTC+1", Ok("2024-03-21T17:04:30Z")),
            ("2024-03-21 18:04 UTC−3:30", Ok("2024-03-21T21:34:00Z")),
            ("2024-03-21T18:04:00Z", Ok("2024-03-21T18:04:00Z")),
            ("", Err("no time")),
            ("noonish", Err("no time")),
            ("2024-03-21", Err("time of the day")),
            ("14:05 or so", Err("or so")),
            ("between 14:05 and 15:00", Err("one time")),
            ("14:05 IST", Err("several meanings")),
            ("14:05 XQT", Err("not known")),
            ("3/4/2024 14:05 UTC", Err("two ways")),
        ] {
            match (moment(text, near), expected) {
                (Ok(at), Ok(expected)) => assert_eq!(at, expected.parse::<Instant>().unwrap(), "{text}"),
                (Err(why), Err(expected)) => assert!(why.contains(expected), "{text}: {why}"),
                (found, _) => unreachable!("{text}: {found:?}"),
            }
        }
    }
}
