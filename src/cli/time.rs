//! Times and lengths in running text, on the same clock as the screen's.

use crate::app::show::{self, marks};
use crate::incident::{Edge, Event, Incident, Instant};
use chrono::{FixedOffset, Local, Offset};
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

impl Zone {
    /// The explorer's clock of this zone.
    pub fn clock(self) -> show::Clock {
        let shown = match self {
            Zone::Utc => show::Zone::Utc,
            Zone::Local => show::Zone::Local,
            Zone::Reported => show::Zone::Reported,
        };
        show::Clock::new(shown, local)
    }
}

/// Shows the times of one incident, each with its offset where they are not UTC.
pub struct Clock {
    zone: Zone,
    shown: show::Clock,
}

impl Clock {
    /// The clock of `incident`.
    pub fn new(zone: Zone, incident: &Incident) -> Self {
        Self { zone, shown: zone.clock().for_report(incident) }
    }

    /// Whether times are shown in UTC, without saying so.
    pub fn is_utc(&self) -> bool {
        self.zone == Zone::Utc
    }

    /// What the times are in, as a sentence.
    pub fn legend(&self) -> &'static str {
        match self.zone {
            Zone::Utc => "Times are UTC.",
            Zone::Local => "Times are in this machine's zone; each says its offset.",
            Zone::Reported => "Times are in the report's own zone; each says its offset.",
        }
    }

    /// The day of `at`.
    pub fn day(&self, at: Instant) -> String {
        self.shown.date(at)
    }

    /// Day and time of `at`.
    pub fn moment(&self, at: Instant) -> String {
        format!("{}{}", self.shown.stamp(at), self.offset(at))
    }

    /// The time of an event with its mark; none for an event without an instant.
    pub fn event(&self, event: &Event) -> Option<String> {
        let at = event.at?;
        Some(format!("{}{}{}", marks(event.certainty, event.approximate), self.shown.time(at), self.offset(at)))
    }

    /// From `start` to `end`; the day is said once when it is the same.
    pub fn stretch(&self, start: Instant, end: Option<Instant>) -> String {
        self.between(Some(("", start)), end.map(|end| ("", end)))
    }

    /// From one end of a window to the other, with their marks.
    pub fn window(&self, start: Option<&Edge>, end: Option<&Edge>) -> String {
        let marked = |edge: &Edge| (marks(edge.certainty, edge.approximate), edge.at);
        self.between(start.map(marked), end.map(marked))
    }

    fn between(&self, start: Option<(&str, Instant)>, end: Option<(&str, Instant)>) -> String {
        let from = start.map_or("no start known".into(), |(mark, at)| format!("{mark}{}", self.moment(at)));
        let Some((mark, end)) = end else { return format!("{from}, no end known") };
        let same_day = start.is_some_and(|(_, start)| self.day(start) == self.day(end));
        let moment = self.moment(end);
        let until = if same_day { moment.split_once(' ').map_or(moment.as_str(), |(_, time)| time) } else { &moment };
        format!("{from} to {mark}{until}")
    }

    /// The time of `at`, with the day where that is another than that of `reference`.
    pub fn time_after(&self, at: Instant, reference: Instant) -> String {
        format!("{}{}", self.shown.time_after(at, reference), self.offset(at))
    }

    fn offset(&self, at: Instant) -> String {
        if self.zone == Zone::Utc { String::new() } else { format!(" {}", self.shown.offset(at)) }
    }
}

/// This machine's offset at a moment.
fn local(at: Instant) -> FixedOffset {
    at.with_timezone(&Local).offset().fix()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::record as fixture;

    #[test]
    fn says_a_day_once_and_an_offset_where_it_is_not_utc() {
        let mut incident = fixture::whole();
        let clock = Clock::new(Zone::Utc, &incident);
        let (start, end) = (fixture::at(13, 6), fixture::at(13, 36));
        assert_eq!(clock.stretch(start, Some(end)), "2023-10-04 13:06 to 13:36");
        assert_eq!(clock.stretch(start, None), "2023-10-04 13:06, no end known");
        assert_eq!(clock.window(None, incident.impact.end()), "no start known to 2023-10-04 13:36");
        incident.events.remove(0);
        let reported = Clock::new(Zone::Reported, &incident);
        assert_eq!(reported.stretch(start, Some(end)), "2023-10-04 14:06 UTC+1 to 14:36 UTC+1");
        assert_eq!(reported.event(&incident.events[0]).as_deref(), Some("~14:36 UTC+1"));
    }
}
