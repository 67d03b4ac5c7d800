//! What a status page says of the state of its components: stretches in which one was less than it should be.

use super::event::collapse;
use super::update::Post;
use super::window::Posted;
use crate::basis::{Basis, FormPart};
use crate::document::Report;
use crate::incident::{Edge, EventKind, Impact, Lane, Phase, PhaseKind};
use std::collections::HashMap;

/// A component in one state.
pub struct Stretch {
    component: String,
    kind: PhaseKind,
    start: Edge,
    end: Option<Edge>,
}

/// The stretches of each component, in the order in which components are first named.
pub fn stretches(report: &Report, posts: &[Post]) -> Vec<Stretch> {
    let mut changes: Vec<(Edge, String, Option<PhaseKind>)> = Vec::new();
    for change in &report.changes {
        let Some(posted) = posts.get(change.update).and_then(Post::posted) else { continue };
        let edge = Edge { basis: Basis::Form(FormPart::State), ..posted.edge };
        changes.push((edge, collapse(change.component.as_str()), kind(change.to.as_str())));
    }
    changes.sort_by_key(|(edge, ..)| edge.at);
    let mut stretches: Vec<Stretch> = Vec::new();
    // The last stretch of each component.
    let mut places: HashMap<String, usize> = HashMap::new();
    for (edge, component, kind) in changes {
        let last = places.get(&component).and_then(|place| stretches.get_mut(*place));
        let open = last.filter(|stretch| stretch.end.is_none());
        if open.as_ref().map(|stretch| stretch.kind) == kind {
            continue;
        }
        if let Some(open) = open {
            open.end = Some(edge.clone());
        }
        if let Some(kind) = kind {
            places.insert(component.clone(), stretches.len());
            stretches.push(Stretch { component, kind, start: edge, end: None });
        }
    }
    // Of one moment the last state holds.
    stretches.retain(|stretch| stretch.end.as_ref().is_none_or(|end| end.at > stretch.start.at));
    stretches
}

/// What a state was for customers; none where all was well.
fn kind(state: &str) -> Option<PhaseKind> {
    match state.trim().to_ascii_lowercase().as_str() {
        "degraded_performance" => Some(PhaseKind::Degradation),
        "partial_outage" => Some(PhaseKind::PartialOutage),
        "major_outage" => Some(PhaseKind::Outage),
        "under_maintenance" => Some(PhaseKind::Maintenance),
        _ => None,
    }
}

/// Where nothing but the declaration tells of an end, it was over when the last component was well again.
pub fn end(impact: &mut Impact, stretches: &[Stretch], posted: &[Posted]) {
    let declared = |at| posted.iter().any(|post| post.at == at && post.kind == EventKind::Resolved);
    let [window] = impact.windows.as_mut_slice() else { return };
    let ends: Option<Vec<&Edge>> = stretches.iter().map(|stretch| stretch.end.as_ref()).collect();
    let last = ends.and_then(|ends| ends.into_iter().max_by_key(|edge| edge.at));
    if let (Some(start), Some(end), Some(last)) = (&window.start, &window.end, last)
        && declared(end.at)
        && start.at < last.at
        && last.at < end.at
    {
        window.end = Some(last.clone());
    }
}

/// The phases of the impact, component by component.
pub fn phases(stretches: &[Stretch]) -> Vec<Phase> {
    let phase = |stretch: &Stretch| Phase {
        lane: Lane::Impact,
        kind: stretch.kind,
        label: Some(stretch.component.clone()),
        start: stretch.start.at,
        end: stretch.end.as_ref().map(|end| end.at),
        certainty: stretch.end.iter().map(|end| end.certainty).fold(stretch.start.certainty, Ord::min),
        basis: Basis::Form(FormPart::State),
        cites: [Some(&stretch.start), stretch.end.as_ref()].into_iter().flatten().flat_map(|edge| edge.cites.clone()).collect(),
    };
    stretches.iter().map(phase).collect()
}

#[cfg(test)]
mod tests {
    use crate::incident::Lane;
    use crate::resolve::{Policy, read};
    use crate::source::Source;

    /// The phases of the impact, and its end, of an incident in which a component is set to states at clocks.
    fn told(states: &[(&str, &str, &str)]) -> (Vec<String>, Option<String>) {
        let update = |(status, clock, state): &(&str, &str, &str)| {
            format!(
                r#"{{"status": "{status}", "body": "News.", "created_at": "2026-03-03T{clock}:00Z", "affected_components": [{{"name": "Tiles", "new_status": "{state}"}}]}}"#
            )
        };
        let updates: Vec<String> = states.iter().map(update).collect();
        let text =
            format!(r#"{{"incidents": [{{"name": "Tiles late", "impact": "minor", "incident_updates": [{}]}}]}}"#, updates.join(", "));
        let incidents = read(&Source::decode("a.json", text.into_bytes()), &Policy::default()).incidents;
        let Some(incident) = incidents.first() else { return (Vec::new(), None) };
        let phases = incident.phases.iter().filter(|phase| phase.lane == Lane::Impact);
        let clock = |at: &crate::incident::Instant| at.format("%H:%M").to_string();
        let phase = |phase: &crate::incident::Phase| {
            let end = phase.end.as_ref().map_or("?".into(), clock);
            format!("{} {} {} to {end}", phase.label.clone().unwrap_or_default(), phase.kind.name(), clock(&phase.start))
        };
        (phases.map(phase).collect(), incident.impact.end().map(|edge| clock(&edge.at)))
    }

    #[test]
    fn states_are_phases_and_tell_the_end() {
        let (phases, end) = told(&[
            ("resolved", "12:00", "operational"),
            ("monitoring", "11:00", "operational"),
            ("identified", "10:30", "major_outage"),
            ("investigating", "10:00", "partial_outage"),
        ]);
        assert_eq!(phases, ["Tiles partial_outage 10:00 to 10:30", "Tiles outage 10:30 to 11:00"]);
        assert_eq!(end.as_deref(), Some("11:00"));
    }

    #[test]
    fn what_never_was_ill_tells_nothing() {
        let (phases, end) = told(&[("resolved", "12:00", "operational"), ("investigating", "10:00", "operational")]);
        assert_eq!((phases, end.as_deref()), (vec![" degradation 10:00 to 12:00".to_owned()], Some("12:00")));
    }

    #[test]
    fn what_goes_on_has_no_end() {
        let (phases, _) = told(&[("monitoring", "11:00", "degraded_performance"), ("investigating", "10:00", "degraded_performance")]);
        assert_eq!(phases, ["Tiles degradation 10:00 to ?"]);
    }
}
