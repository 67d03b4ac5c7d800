//! A day or zone that was chosen among several that fit nearly as well, and the next best of them.

use chrono::{Datelike, NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A part of a moment that was chosen, and its runner-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alternative {
    /// Which part, what was chosen and what is next best.
    pub part: Part,
    /// The same for all moments that take their runner-up together, such as the entries of one list.
    pub together: u32,
    /// Whether a reviewer took the runner-up.
    #[serde(skip)]
    pub taken: bool,
}

/// A part of a moment: what was chosen, then what is next best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// The day of a clock that is written without one, or whose numbers may be read in either order.
    Day(NaiveDate, NaiveDate),
    /// What an abbreviation of several zones means, in seconds east of UTC.
    Zone(i32, i32),
}

impl Alternative {
    /// The dates of a report that are written in two numbers: which of them is the month is one choice.
    pub const ORDER: u32 = u32::MAX;

    /// How much later the moment is with the runner-up.
    pub fn shift(self) -> TimeDelta {
        match self.part {
            Part::Day(day, next) => next - day,
            Part::Zone(offset, next) => TimeDelta::seconds(i64::from(offset) - i64::from(next)),
        }
    }

    /// Whether taking the one runner-up is taking the other.
    pub fn hangs_with(self, other: Self) -> bool {
        match (self.part, other.part) {
            (Part::Day(..), Part::Day(..)) => {
                self.together == other.together && (self.together == Self::ORDER || self.shift() == other.shift())
            }
            (own, other) => own == other,
        }
    }

    /// What was chosen, in a word.
    pub fn name(self) -> &'static str {
        if let Part::Day(..) = self.part { "day" } else { "zone" }
    }

    /// Which it is, and which it might be or was; the year is told once.
    pub fn words(self) -> String {
        let (chosen, next, short) = self.all();
        if self.taken { format!("{next} instead of {}", short.0) } else { format!("{chosen}, next best {}", short.1) }
    }

    /// The runner-up, not what was chosen, in a few cells.
    pub fn runner_up(self) -> String {
        let (_, _, (chosen, next)) = self.all();
        let on = if let Part::Day(..) = self.part { "on " } else { "" };
        format!("{on}{next}, not {chosen}")
    }

    /// What was chosen and what is next best, and both in short.
    fn all(self) -> (String, String, (String, String)) {
        let (chosen, next) = match self.part {
            Part::Day(day, next) => (day.to_string(), next.to_string()),
            Part::Zone(zone, next) => (offset(zone), offset(next)),
        };
        let short = match self.part {
            Part::Day(day, other) if day.year() == other.year() => (day.format("%m-%d").to_string(), other.format("%m-%d").to_string()),
            _ => (chosen.clone(), next.clone()),
        };
        (chosen, next, short)
    }

    /// The same with the runner-up taken.
    pub fn with_runner_up(self) -> Self {
        Self { taken: true, ..self }
    }
}

impl fmt::Display for Alternative {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}: {}", self.name(), self.words())
    }
}

/// Of the alternatives of a moment those that hang with none of the moment `above` it: in a list each is told once.
pub fn not_above<'a>(own: &'a [Alternative], above: &'a [Alternative]) -> impl Iterator<Item = &'a Alternative> {
    own.iter().filter(|own| !above.iter().any(|above| above.hangs_with(**own)))
}

/// An offset in seconds east of UTC as `UTC`, `UTC+1` or `UTC−3:30`.
pub fn offset(seconds: i32) -> String {
    let (hours, minutes) = (seconds.unsigned_abs() / 3600, seconds.unsigned_abs() / 60 % 60);
    let sign = if seconds < 0 { '−' } else { '+' };
    match (seconds, minutes) {
        (0, _) => "UTC".into(),
        (_, 0) => format!("UTC{sign}{hours}"),
        _ => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: &str, next: &str, together: u32) -> Alternative {
        Alternative { part: Part::Day(day.parse().unwrap(), next.parse().unwrap()), together, taken: false }
    }

    #[test]
    fn tells_what_was_chosen_and_what_is_next_best() {
        let zone = Alternative { part: Part::Zone(19_800, 7_200), together: 0, taken: false };
        for (alternative, words, taken) in [
            (day("2024-03-12", "2024-03-13", 0), "day: 2024-03-12, next best 03-13", "day: 2024-03-13 instead of 03-12"),
            (day("2024-12-31", "2025-01-01", 0), "day: 2024-12-31, next best 2025-01-01", "day: 2025-01-01 instead of 2024-12-31"),
            (zone, "zone: UTC+5:30, next best UTC+2", "zone: UTC+2 instead of UTC+5:30"),
        ] {
            assert_eq!((alternative.to_string(), alternative.with_runner_up().to_string()), (words.to_owned(), taken.to_owned()));
        }
        assert_eq!(
            (zone.runner_up().as_str(), day("2024-03-12", "2024-03-13", 0).runner_up().as_str()),
            ("UTC+2, not UTC+5:30", "on 03-13, not 03-12")
        );
        assert_eq!((zone.shift(), day("2024-03-12", "2024-03-11", 0).shift()), (TimeDelta::minutes(210), TimeDelta::days(-1)));
    }

    #[test]
    fn an_offset_has_no_more_digits_than_it_needs() {
        let offsets = [0, 3600, -12_600, 20_700].map(offset);
        assert_eq!(offsets.each_ref().map(String::as_str), ["UTC", "UTC+1", "UTC−3:30", "UTC+5:45"]);
    }

    #[test]
    fn clocks_chosen_together_move_together() {
        let (first, past_midnight) = (day("2024-03-12", "2024-03-13", 4), day("2024-03-13", "2024-03-14", 4));
        assert!(first.hangs_with(past_midnight));
        assert_eq!(not_above(&[past_midnight], &[first]).count() + not_above(&[past_midnight], &[]).count(), 1);
        assert!(!first.hangs_with(day("2024-03-12", "2024-03-13", 5)) && !first.hangs_with(day("2024-03-12", "2024-03-11", 4)));
        let order = Alternative::ORDER;
        assert!(day("2024-05-08", "2024-08-05", order).hangs_with(day("2024-06-08", "2024-08-06", order)));
        let zone = |next| Alternative { part: Part::Zone(0, next), together: 0, taken: false };
        assert!(zone(3600).hangs_with(zone(3600)) && !zone(3600).hangs_with(zone(7200)) && !zone(3600).hangs_with(first));
    }
}
