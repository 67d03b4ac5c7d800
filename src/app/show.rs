//! How times, lengths and certainties are written on screen.

use crate::basis;
use crate::incident::{Certainty, Incident, Instant};
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Offset, Utc};

/// What stands where a report says nothing.
pub const MISSING: &str = "–";

/// The mark of what was worked out, not written.
pub const INFERRED: &str = "~";

/// The mark of what a reviewer corrected.
pub const CORRECTED: &str = "✎";

/// The mark of a length of which no more than a part is known.
pub const AT_LEAST: &str = "≥";

/// The mark of what the report itself calls approximate.
pub const ABOUT: &str = "≈";

/// Whose clock is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Zone {
    /// Coordinated universal time.
    #[default]
    Utc,
    /// The clock of the person who looks.
    Local,
    /// The offset the report writes.
    Reported,
}

impl Zone {
    /// The next one.
    pub fn next(self) -> Self {
        match self {
            Zone::Utc => Zone::Local,
            Zone::Local => Zone::Reported,
            Zone::Reported => Zone::Utc,
        }
    }

    /// Its name in the header.
    pub fn name(self) -> &'static str {
        match self {
            Zone::Utc => "UTC",
            Zone::Local => "local time",
            Zone::Reported => "as reported",
        }
    }
}

/// Turns instants into the clock that is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    /// Whose clock.
    pub zone: Zone,
    /// The offset of the person's own clock at a moment: it changes with daylight saving.
    pub local: fn(Instant) -> FixedOffset,
    /// The offset of the report at hand, where it writes one.
    reported: FixedOffset,
}

impl Clock {
    /// A clock that knows the person's own offset.
    pub fn new(zone: Zone, local: fn(Instant) -> FixedOffset) -> Self {
        Self { zone, local, reported: Utc.fix() }
    }

    /// The same clock for one report.
    pub fn for_report(self, incident: &Incident) -> Self {
        self.for_offset(incident.offset_seconds())
    }

    /// The same clock for a report that writes that offset, in seconds east of UTC.
    pub fn for_offset(self, seconds: Option<i32>) -> Self {
        Self { reported: seconds.and_then(FixedOffset::east_opt).unwrap_or_else(|| Utc.fix()), ..self }
    }

    /// The moment on this clock.
    pub fn at(&self, at: Instant) -> DateTime<FixedOffset> {
        let offset = match self.zone {
            Zone::Utc => Utc.fix(),
            Zone::Local => (self.local)(at),
            Zone::Reported => self.reported,
        };
        at.with_timezone(&offset)
    }

    /// Date and time to the minute.
    pub fn stamp(&self, at: Instant) -> String {
        self.at(at).format("%Y-%m-%d %H:%M").to_string()
    }

    /// Date, time and offset, with seconds where there are any.
    pub fn exact(&self, at: Instant) -> String {
        format!("{} {} {}", self.date(at), self.time(at), self.offset(at))
    }

    /// The time to the minute, or to the second where it has seconds.
    pub fn time(&self, at: Instant) -> String {
        let at = self.at(at);
        let pattern = if at.timestamp() % 60 == 0 { "%H:%M" } else { "%H:%M:%S" };
        at.format(pattern).to_string()
    }

    /// The time alone where `at` lies on the same day as `reference`, else with its date, and with its year where that differs.
    pub fn time_after(&self, at: Instant, reference: Instant) -> String {
        self.time_among(at, [self.day(reference)])
    }

    /// The time alone where `at` lies on every one of `days`, else with its date, and with its year where that differs. In a
    /// list these are the day of the incident and that of the line above, so that a time alone is never of another day.
    pub fn time_among(&self, at: Instant, days: impl IntoIterator<Item = NaiveDate>) -> String {
        let here = self.day(at);
        let (mut same_day, mut same_year) = (true, true);
        for day in days {
            same_day &= day == here;
            same_year &= day.year() == here.year();
        }
        match (same_day, same_year) {
            (true, _) => self.time(at),
            (false, true) => self.at(at).format("%m-%d %H:%M").to_string(),
            (false, false) => self.stamp(at),
        }
    }

    /// The day.
    pub fn day(&self, at: Instant) -> NaiveDate {
        self.at(at).date_naive()
    }

    /// The date.
    pub fn date(&self, at: Instant) -> String {
        self.at(at).format("%Y-%m-%d").to_string()
    }

    /// The offset at a moment, as `UTC`, `UTC+1` or `UTC−3:30`.
    pub fn offset(&self, at: Instant) -> String {
        basis::offset(self.at(at).offset().local_minus_utc())
    }
}

/// A length in minutes as `40s`, `9m30s`, `53m`, `1h20m`, `3d4h`; with a minus sign where negative.
pub fn minutes(minutes: f64) -> String {
    let sign = if minutes < 0.0 { "−" } else { "" };
    let seconds = (minutes.abs() * 60.0).round() as u64;
    // Past ten minutes seconds are noise beside times that are written to the minute.
    let short = seconds < 600 && !seconds.is_multiple_of(60);
    let total = (minutes.abs()).round() as u64;
    let (days, hours, rest) = (total / 1440, total / 60 % 24, total % 60);
    let text = match (days, hours, rest) {
        _ if short && seconds < 60 => format!("{seconds}s"),
        _ if short => format!("{}m{:02}s", seconds / 60, seconds % 60),
        (0, 0, rest) => format!("{rest}m"),
        (0, hours, 0) => format!("{hours}h"),
        (0, hours, rest) => format!("{hours}h{rest:02}m"),
        (days, 0, _) => format!("{days}d"),
        (days, hours, _) => format!("{days}d{hours}h"),
    };
    format!("{sign}{text}")
}

/// A length in minutes, with a mark where it was inferred.
pub fn length(certainty: Certainty, by: f64) -> String {
    format!("{}{}", marks(certainty, false), minutes(by))
}

/// A difference in minutes, always with its sign; none is `±0`.
pub fn difference(by: f64) -> String {
    match by {
        by if by.abs() < 0.5 / 60.0 => "±0".into(),
        by if by > 0.0 => format!("+{}", minutes(by)),
        by => minutes(by),
    }
}

/// A difference in minutes in words: `7m more`, `7m less`, `as long`.
pub fn more_or_less(by: f64) -> String {
    match by {
        by if by.abs() < 0.5 / 60.0 => "as long".into(),
        by => format!("{} {}", minutes(by.abs()), if by > 0.0 { "more" } else { "less" }),
    }
}

/// A time since a moment, to the second: `0`, `+1h05m`, `−2d3h10m05s`.
pub fn offset(millis: i64) -> String {
    let seconds = (millis.unsigned_abs() + 500) / 1000;
    let parts = [(seconds / 86_400, 'd'), (seconds / 3600 % 24, 'h'), (seconds / 60 % 60, 'm'), (seconds % 60, 's')];
    let mut text = String::new();
    for (count, unit) in parts.into_iter().filter(|(count, _)| *count > 0) {
        // Below hours and minutes two digits stand, so that what moves keeps its width.
        text.push_str(&if text.is_empty() { format!("{count}{unit}") } else { format!("{count:02}{unit}") });
    }
    match (text.is_empty(), millis > 0) {
        (true, _) => "0".into(),
        (false, true) => format!("+{text}"),
        (false, false) => format!("−{text}"),
    }
}

/// From here on percents are too many to grasp, and a difference is told in times.
pub const MOST_PERCENT: f64 = 900.0;

/// A difference in percent, always with its sign; where it is ten times as much or more, how many times.
pub fn percent(by: f64) -> String {
    match by.round() {
        by if by >= MOST_PERCENT => format!("{:.0}×", by / 100.0 + 1.0),
        0.0 => "±0%".into(),
        by if by > 0.0 => format!("+{by}%"),
        by => format!("−{}%", -by),
    }
}

/// Why something is doubtful, in a sentence; raw.
pub fn doubt(why: &str) -> String {
    format!("this may be no incident report: {why}")
}

/// A value or `–`.
pub fn or_missing(value: Option<String>) -> String {
    value.unwrap_or_else(|| MISSING.to_owned())
}

/// The marks before a value: worked out, and called approximate.
pub fn marks(certainty: Certainty, approximate: bool) -> &'static str {
    match (certainty, approximate) {
        (Certainty::Inferred, _) => INFERRED,
        (Certainty::Stated, true) => ABOUT,
        (Certainty::Stated, false) => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    fn summer(at: Instant) -> FixedOffset {
        let hours = if at < "2024-03-31T01:00:00Z".parse::<Instant>().unwrap() { 1 } else { 2 };
        FixedOffset::east_opt(hours * 3600).unwrap()
    }

    #[test]
    fn lengths_are_short_and_exact_enough() {
        for (length, text) in [
            (0.0, "0m"),
            (0.5, "30s"),
            (0.9999, "1m"),
            (1.0 + 1.0 / 60.0, "1m01s"),
            (9.0, "9m"),
            (9.5, "9m30s"),
            (-9.5, "−9m30s"),
            (9.9999, "10m"),
            (10.5, "11m"),
            (53.0, "53m"),
            (60.0, "1h"),
            (80.0, "1h20m"),
            (1440.0, "1d"),
            (4560.0, "3d4h"),
            (-26.0, "−26m"),
        ] {
            assert_eq!(minutes(length), text);
        }
        assert_eq!(difference(27.0), "+27m");
        assert_eq!(difference(-95.0), "−1h35m");
        assert_eq!(difference(0.0), "±0");
        assert_eq!([47_000.0, 900.0, 899.0, -74.4, 0.2].map(percent), ["471×", "10×", "+899%", "−74%", "±0%"]);
        let offsets = [0, 3_900_000, -185_405_000, 400, 30_000].map(offset);
        assert_eq!(offsets, ["0", "+1h05m", "−2d03h30m05s", "0", "+30s"]);
    }

    #[test]
    fn the_local_clock_follows_daylight_saving() {
        let clock = Clock::new(Zone::Local, summer);
        assert_eq!(clock.stamp(at("2024-03-31T00:59:00Z")), "2024-03-31 01:59");
        assert_eq!(clock.stamp(at("2024-03-31T01:00:00Z")), "2024-03-31 03:00");
        assert_eq!(clock.offset(at("2024-03-31T01:00:00Z")), "UTC+2");
    }

    #[test]
    fn days_are_named_when_they_change() {
        let clock = Clock::new(Zone::Utc, summer);
        let start = at("2024-03-21T23:50:00Z");
        assert_eq!(clock.time_after(at("2024-03-21T23:59:30Z"), start), "23:59:30");
        assert_eq!(clock.time_after(at("2024-03-22T00:10:00Z"), start), "03-22 00:10");
        assert_eq!(clock.time_after(at("2025-03-21T00:10:00Z"), start), "2025-03-21 00:10");
        // A day before the first line, back on it, and in another year.
        let home = clock.day(start);
        let above = |text: &str| clock.day(at(text));
        assert_eq!(clock.time_among(at("2024-03-20T11:00:00Z"), [home]), "03-20 11:00");
        assert_eq!(clock.time_among(at("2024-03-20T12:00:00Z"), [home, above("2024-03-20T11:00:00Z")]), "03-20 12:00");
        assert_eq!(clock.time_among(at("2024-03-21T07:24:00Z"), [home, above("2024-03-20T11:00:00Z")]), "03-21 07:24");
        assert_eq!(clock.time_among(at("2024-03-21T07:30:00Z"), [home, above("2024-03-21T07:24:00Z")]), "07:30");
        assert_eq!(clock.time_among(at("2025-01-02T07:24:00Z"), [home, above("2024-03-21T07:24:00Z")]), "2025-01-02 07:24");
        assert_eq!(clock.offset(start), "UTC");
    }
}
