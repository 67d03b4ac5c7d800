//! The moments that reviews measure by, and the times to them.

use super::{Edge, EventKind, Incident, Instant, minutes_between};
use crate::basis::{Basis, Derivation, FormPart};
use crate::document::IncidentKind;
use crate::role::Role;
use serde::{Deserialize, Serialize};

/// The moments that reviews measure by, each none where the report gives no clock for it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Milestones {
    /// First noticed on the publisher's side.
    pub detected: Option<Edge>,
    /// The first human response.
    pub acknowledged: Option<Edge>,
    /// The cause found.
    pub identified: Option<Edge>,
    /// What was done against it took effect; where only the return of service is told, that.
    pub mitigated: Option<Edge>,
    /// Declared over; where only full recovery is told, that.
    pub resolved: Option<Edge>,
}

impl Milestones {
    /// Those that the report gives, in the order of an incident.
    pub fn told(&self) -> impl Iterator<Item = (Role, &Edge)> {
        let Self { detected, acknowledged, identified, mitigated, resolved } = self;
        let all = [
            (Role::Detected, detected),
            (Role::Acknowledged, acknowledged),
            (Role::Identified, identified),
            (Role::Mitigated, mitigated),
            (Role::Resolved, resolved),
        ];
        all.into_iter().filter_map(|(role, edge)| Some((role, edge.as_ref()?)))
    }

    /// The place of each.
    pub fn all_mut(&mut self) -> [&mut Option<Edge>; 5] {
        let Self { detected, acknowledged, identified, mitigated, resolved } = self;
        [detected, acknowledged, identified, mitigated, resolved]
    }

    /// The place of a milestone; none for the start and the end of the impact.
    pub fn get_mut(&mut self, role: Role) -> Option<&mut Option<Edge>> {
        match role {
            Role::Start | Role::End => None,
            Role::Detected => Some(&mut self.detected),
            Role::Acknowledged => Some(&mut self.acknowledged),
            Role::Identified => Some(&mut self.identified),
            Role::Mitigated => Some(&mut self.mitigated),
            Role::Resolved => Some(&mut self.resolved),
        }
    }
}

/// Times to something, in minutes, none where an end is unknown. All count from impact start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Metrics {
    /// To the first sign that anyone noticed.
    pub detect: Option<f64>,
    /// To the first human response.
    pub acknowledge: Option<f64>,
    /// To the cause found.
    pub identify: Option<f64>,
    /// To what was done taking effect.
    pub mitigate: Option<f64>,
    /// To the end of the last impact window.
    pub restore: Option<f64>,
    /// To being declared over.
    pub resolve: Option<f64>,
    /// To the first public update.
    pub publication_lag: Option<f64>,
}

impl Incident {
    /// Whether the day, the zone or the role of a moment was decided narrowly, and no reviewer has said more.
    pub fn is_narrow(&self) -> bool {
        let edges = || [self.impact.start(), self.impact.end()].into_iter().flatten().chain(self.milestones.told().map(|(_, edge)| edge));
        let mut alternatives = self.events.iter().flat_map(|event| &event.alternatives).chain(edges().flat_map(|edge| &edge.alternatives));
        edges().any(Edge::is_narrow) || alternatives.any(|other| !other.taken)
    }

    /// The milestones that are not told by an event of their name, but by one that is called something else.
    pub fn otherwise_called(&self) -> Vec<(Role, Instant)> {
        let named = |role: Role, at: Instant| self.events.iter().any(|event| event.at == Some(at) && event_of(role) == Some(event.kind));
        self.milestones.told().map(|(role, edge)| (role, edge.at)).filter(|(role, at)| !named(*role, *at)).collect()
    }

    /// Times to the milestones, to the end of the impact and to publication; none of them where the start is but a post, for
    /// then nothing was measured.
    pub fn metrics(&self) -> Metrics {
        let measured = |edge: &&Edge| match edge.basis {
            Basis::Derived(Derivation::Updates) => false,
            Basis::Scored(_) => edge.moment != Some(Basis::Form(FormPart::Stamp)),
            _ => true,
        };
        let Some(start) = self.impact.start().filter(measured).map(|edge| edge.at) else { return Metrics::default() };
        let to = |at: Instant| minutes_between(start, at);
        let milestone = |edge: &Option<Edge>| edge.as_ref().map(|edge| edge.at).filter(|at| *at >= start).map(to);
        let Milestones { detected, acknowledged, identified, mitigated, resolved } = &self.milestones;
        // Planned work is announced before it starts; that is no lag.
        let lag = self.communication.filter(|_| self.kind == IncidentKind::Incident).map(|said| to(said.start));
        Metrics {
            detect: milestone(detected),
            acknowledge: milestone(acknowledged),
            identify: milestone(identified),
            mitigate: milestone(mitigated),
            restore: self.impact.end().map(|edge| to(edge.at)),
            resolve: milestone(resolved),
            publication_lag: lag,
        }
    }
}

/// The kind of event that has the name of a milestone; start and end are none.
fn event_of(role: Role) -> Option<EventKind> {
    match role {
        Role::Start | Role::End => None,
        Role::Detected => Some(EventKind::Detected),
        Role::Acknowledged => Some(EventKind::Acknowledged),
        Role::Identified => Some(EventKind::Identified),
        Role::Mitigated => Some(EventKind::Mitigated),
        Role::Resolved => Some(EventKind::Resolved),
    }
}
