//! What a status page says of the state of its components: stretches in which one was less than it should be.

use super::event::collapse;
use super::update::Post;
use super::window::Posted;
use crate::basis::{Basis, FormPart};
use crate::document::Report;
use crate::incident::{Edge, EventKind, Impact, Lane, Phase, PhaseKind};

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
    for (edge, component, kind) in changes {
        let open = stretches.iter_mut().rfind(|stretch| stretch.component == component && stretch.end.is_none());
        if open.as_ref().map(|stretch| stretch.kind) == kind {
            continue;
        }
        if let Some(open) = open {
            open.end = Some(edge.clone());
        }
        stretches.extend(kind.map(|kind| Stretch { component, kind, start: edge, end: None }));
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
