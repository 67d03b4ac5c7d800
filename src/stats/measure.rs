//! The lengths that are summarised, and what a report tells of each.

use crate::incident::{Incident, Instant, Status, minutes_between};
use crate::names::names;
use crate::query::Index;
use serde::{Deserialize, Serialize};

names! {
    /// A length, in minutes. The values are those of [`Incident::metrics`] and [`crate::incident::Impact::minutes`], which
    /// the exported record and the comparison show too; all but the first count from impact start.
    ///
    /// Terms as in Datadog's incident analytics (time to detect), PagerTree's common metrics (time to acknowledge, which
    /// we count from impact start) and the template of M. Kehoe's post-mortems (time to mitigate). "MTTR" is never
    /// printed: it has four meanings (Atlassian, "Common incident management metrics").
    pub enum Measure {
        /// How long customers were hurt: the union of the impact windows.
        Duration = "duration",
        /// To the first sign that anyone noticed.
        Detect = "time_to_detect",
        /// To the first human response.
        Acknowledge = "time_to_acknowledge",
        /// To the cause found.
        Identify = "time_to_identify",
        /// To what was done taking effect.
        Mitigate = "time_to_mitigate",
        /// To the end of the last impact window.
        Restore = "time_to_restore",
        /// To being declared over.
        Resolve = "time_to_resolve",
        /// To the first public update; negative where that came first.
        PublicationLag = "publication_lag",
    }
}

/// What a report tells of a length, in minutes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reading {
    /// It is known.
    Known(f64),
    /// It had not ended at the last moment that the report tells of: it is at least this long.
    AtLeast(f64),
    /// The report does not say.
    Missing,
}

impl Measure {
    /// What an incident tells of this length.
    pub fn of(self, incident: &Index) -> Reading {
        let metrics = incident.metrics;
        // Only what ends with the incident is still running: nobody writes a report of what was not detected.
        let (known, so_far) = match self {
            Measure::Duration => (incident.minutes, incident.so_far.0),
            Measure::Detect => (metrics.detect, None),
            Measure::Acknowledge => (metrics.acknowledge, None),
            Measure::Identify => (metrics.identify, None),
            Measure::Mitigate => (metrics.mitigate, incident.so_far.1),
            Measure::Restore => (metrics.restore, incident.so_far.1),
            Measure::Resolve => (metrics.resolve, incident.so_far.1),
            Measure::PublicationLag => (metrics.publication_lag, None),
        };
        let running = || so_far.filter(|_| incident.ongoing).map_or(Reading::Missing, Reading::AtLeast);
        known.map_or_else(running, Reading::Known)
    }
}

/// How long the impact had lasted by the last moment told: all its windows, and since its start.
pub fn so_far(incident: &Incident) -> (Option<f64>, Option<f64>) {
    let Some(last) = last_moment(incident) else { return (None, None) };
    let mut impact = incident.impact.clone();
    for window in &mut impact.windows {
        if window.end.is_none() {
            window.end = window.start.clone().map(|start| crate::incident::Edge { at: last.max(start.at), ..start });
        }
    }
    (impact.minutes(), impact.start().map(|start| minutes_between(start.at, last)))
}

/// Whether the impact has no end and nobody says that it is over.
pub fn is_ongoing(incident: &Incident) -> bool {
    let over = matches!(incident.status.as_ref().map(|status| status.value), Some(Status::Resolved | Status::Completed));
    incident.is_open() && !over
}

/// The last moment that a report tells of.
fn last_moment(incident: &Incident) -> Option<Instant> {
    let events = incident.events.iter().filter_map(|event| event.at);
    let phases = incident.phases.iter().flat_map(|phase| [Some(phase.start), phase.end]).flatten();
    let edges = incident.impact.windows.iter().flat_map(|window| [&window.start, &window.end]).flatten().map(|edge| edge.at);
    events.chain(phases).chain(edges).chain(incident.communication.map(|said| said.end)).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::incident::Fact;

    #[test]
    fn an_ongoing_incident_has_lasted_until_the_last_moment_told() {
        // Impact from 23:10, detected at 23:40, nothing after that.
        let open = Index::of(&fixture::entries()[4].incident(), None);
        let readings: Vec<_> = Measure::ALL.iter().map(|measure| measure.of(&open)).collect();
        let expected = [
            Reading::AtLeast(30.0),
            Reading::Known(30.0),
            Reading::Missing,
            Reading::Missing,
            Reading::AtLeast(30.0),
            Reading::AtLeast(30.0),
            Reading::AtLeast(30.0),
            Reading::Missing,
        ];
        assert_eq!(readings, expected);
    }

    #[test]
    fn what_is_said_to_be_over_is_not_ongoing_but_of_unknown_length() {
        let mut over = fixture::entries()[4].incident();
        over.status = Some(Fact::inferred(Status::Resolved, Vec::new(), crate::incident::Basis::Corrected));
        assert!(!is_ongoing(&over));
        assert_eq!(Measure::Duration.of(&Index::of(&over, None)), Reading::Missing);
    }
}
