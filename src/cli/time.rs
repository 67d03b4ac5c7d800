//! Times and lengths as a person reads them.

use crate::incident::{Certainty, Edge, Event, Incident, Instant, Precision};
use chrono::{DateTime, FixedOffset, Local, Offset, Utc};
use clap::ValueEnum;

/// Which zone times are shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Zone {
    /// UTC
    Utc,
    /// This machine's zone
    Local,
    /// The zone each report uses
    Reported,
}

/// Shows the times of one incident.
pub struct Clock<'a> {
    zone: Zone,
    incident: &'a Incident,
}

impl<'a> Clock<'a> {
    /// The clock of `incident`.
    pub fn new(zone: Zone, incident: &'a Incident) -> Self {
        Self { zone, incident }
    }

    /// What the times are in, as a sentence.
    pub fn legend(&self) -> &'static str {
        match self.zone {
            Zone::Utc => "Times are UTC.",
            Zone::Local => "Times are in this machine's zone; each says its offset.",
            Zone::Reported => "Times are in the report's own zone; each says its offset.",
        }
    }

    /// `at` in the zone that is shown.
    pub fn show(&self, at: Instant) -> DateTime<FixedOffset> {
        let offset = match self.zone {
            Zone::Utc => Utc.fix(),
            Zone::Local => at.with_timezone(&Local).offset().fix(),
            Zone::Reported => self.reported(at),
        };
        at.with_timezone(&offset)
    }

    /// The offset the report uses at `at`, else elsewhere; UTC where it uses none.
    fn reported(&self, at: Instant) -> FixedOffset {
        let with_offset = || self.incident.events.iter().filter(|event| event.offset_seconds.is_some());
        let nearest = with_offset().min_by_key(|event| event.at.map_or(i64::MAX, |other| (other - at).num_seconds().abs()));
        nearest.and_then(|event| event.offset_seconds).and_then(FixedOffset::east_opt).unwrap_or(Utc.fix())
    }

    /// The day of `at`.
    pub fn day(&self, at: Instant) -> String {
        self.show(at).format("%Y-%m-%d").to_string()
    }

    /// The clock time of `at`, with its offset unless everything is UTC.
    pub fn time(&self, at: Instant, precision: Precision) -> String {
        let clock = if precision == Precision::Second { "%H:%M:%S" } else { "%H:%M" };
        let offset = if self.zone == Zone::Utc { "" } else { " %:z" };
        self.show(at).format(&format!("{clock}{offset}")).to_string()
    }

    /// Day and time of `at`.
    pub fn moment(&self, at: Instant) -> String {
        format!("{} {}", self.day(at), self.time(at, Precision::Minute))
    }

    /// From one end of a window to the other, with their marks.
    pub fn window(&self, start: Option<&Edge>, end: Option<&Edge>) -> String {
        let same_day = start.zip(end).is_some_and(|(start, end)| self.day(start.at) == self.day(end.at));
        let marks = |edge: &Edge| marks(edge.certainty, edge.approximate);
        let from = start.map_or("no start known".into(), |edge| format!("{}{}", marks(edge), self.moment(edge.at)));
        match end {
            None => format!("{from}, no end known"),
            Some(end) if same_day => format!("{from} to {}{}", marks(end), self.time(end.at, Precision::Minute)),
            Some(end) => format!("{from} to {}{}", marks(end), self.moment(end.at)),
        }
    }

    /// From `start` to `end`; the day is said once when it is the same.
    pub fn stretch(&self, start: Instant, end: Option<Instant>) -> String {
        let from = self.moment(start);
        match end {
            None => format!("{from}, no end known"),
            Some(end) if self.day(start) == self.day(end) => format!("{from} to {}", self.time(end, Precision::Minute)),
            Some(end) => format!("{from} to {}", self.moment(end)),
        }
    }

    /// The time of an event with its marks; none for an event without an instant.
    pub fn event(&self, event: &Event) -> Option<String> {
        let time = self.time(event.at?, event.precision);
        Some(format!("{}{time}", marks(event.certainty, event.approximate)))
    }
}

/// `~` for what was worked out, `≈` for what the report calls approximate.
pub fn marks(certainty: Certainty, approximate: bool) -> &'static str {
    match certainty {
        Certainty::Inferred => "~",
        Certainty::Stated if approximate => "≈",
        Certainty::Stated => "",
    }
}

/// A length of time in at most two units: `45s`, `53m`, `2h 15m`, `3d 4h`.
pub fn length(minutes: f64) -> String {
    let sign = if minutes < 0.0 { "-" } else { "" };
    let seconds = (minutes.abs() * 60.0).round() as u64;
    let (days, hours, mins) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    let two = |large: u64, unit: char, small: u64, part: char| {
        if small == 0 { format!("{sign}{large}{unit}") } else { format!("{sign}{large}{unit} {small}{part}") }
    };
    match (days, hours, mins) {
        (0, 0, 0) if seconds > 0 => format!("{sign}{seconds}s"),
        (0, 0, mins) => two(mins, 'm', seconds % 60, 's'),
        (0, hours, mins) => two(hours, 'h', mins, 'm'),
        (days, hours, _) => two(days, 'd', hours, 'h'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::fixture;

    #[test]
    fn says_lengths_in_two_units() {
        for (minutes, said) in
            [(0.0, "0m"), (0.75, "45s"), (53.0, "53m"), (1.5, "1m 30s"), (80.0, "1h 20m"), (120.0, "2h"), (4560.0, "3d 4h"), (-8.0, "-8m")]
        {
            assert_eq!(length(minutes), said);
        }
    }

    #[test]
    fn says_a_day_once_and_an_offset_where_it_is_not_utc() {
        let incident = fixture::batch();
        let clock = Clock::new(Zone::Utc, &incident);
        assert_eq!(clock.stretch(fixture::at(9, 54), Some(fixture::at(10, 21))), "2021-02-16 09:54 to 10:21");
        assert_eq!(clock.stretch(fixture::at(9, 54), None), "2021-02-16 09:54, no end known");
        let reported = Clock::new(Zone::Reported, &incident);
        assert_eq!(reported.moment(fixture::at(10, 21)), "2021-02-16 11:21 +01:00");
        assert_eq!(reported.event(&incident.events[1]).as_deref(), Some("~11:21 +01:00"));
    }
}
