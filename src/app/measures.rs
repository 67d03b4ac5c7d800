//! The lengths that reviewers compare, each with its certainty.

use crate::app::show;
use crate::incident::{Certainty, Event, EventKind, Incident, Metrics, Window};

/// What the lengths are called, in the order in which they are shown.
pub const NAMES: [&str; 6] = ["impact", "detect", "ack", "mitigate", "resolve", "lag"];

/// A length in minutes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure {
    /// How long.
    pub minutes: f64,
    /// Worked out as soon as one of its ends is.
    pub certainty: Certainty,
}

impl Measure {
    /// It is written with a mark where it was worked out.
    pub fn text(self) -> String {
        format!("{}{}", show::marks(self.certainty, false), show::minutes(self.minutes))
    }
}

/// The lengths of [`NAMES`]; none where an end is unknown.
pub type Measures = [Option<Measure>; 6];

/// The lengths in one incident.
pub fn of(incident: &Incident) -> Measures {
    let Metrics { detect, acknowledge, mitigate, resolve, publication_lag } = incident.metrics();
    let start = incident.impact.start();
    let from = start.map_or(Certainty::Inferred, |edge| edge.certainty);
    let windows = incident.impact.windows.iter().map(Window::certainty).min().unwrap_or(Certainty::Inferred);
    let end = incident.impact.end().map_or(Certainty::Inferred, |edge| edge.certainty);
    // The moment that a length ends at tells which event it was measured to.
    let event = |kinds: &[EventKind], minutes: Option<f64>| {
        let ends = |event: &&Event| {
            let length = start.zip(event.at).map(|(start, at)| crate::incident::minutes_between(start.at, at));
            kinds.contains(&event.kind) && length.is_some() && length == minutes
        };
        incident.events.iter().find(ends).map_or(Certainty::Inferred, |event| event.certainty)
    };
    let measure = |minutes: Option<f64>, certainty: Certainty| minutes.map(|minutes| Measure { minutes, certainty });
    [
        measure(incident.impact.minutes(), windows),
        measure(detect, from.min(event(&[EventKind::Detected], detect))),
        measure(acknowledge, from.min(event(&[EventKind::Acknowledged, EventKind::Investigating], acknowledge))),
        measure(mitigate, from.min(end)),
        measure(resolve, from.min(event(&[EventKind::Resolved], resolve))),
        measure(publication_lag, from),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn a_length_is_as_certain_as_its_ends() {
        let entries = fixture::entries();
        let texts = |at: usize| of(&entries[at].incident).map(|measure| measure.map(Measure::text).unwrap_or_default());
        assert_eq!(texts(0), ["47m", "3m", "11m", "47m", "1h36m", "23m"]);
        assert_eq!(texts(4), ["", "~30m", "", "", "", ""]);
        assert_eq!(texts(3), [""; 6].map(String::from));
    }
}
