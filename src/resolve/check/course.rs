//! The course of an incident: milestones, updates and the impact against one another.

use crate::basis::Basis;
use crate::diagnostic::{Code, Diagnostic};
use crate::incident::{Certainty, Edge, EventKind, Incident, IncidentKind, minutes_between};
use crate::resolve::window::{self, Posted};

/// From so many days on between the impact and what was posted of it one of both has a wrong date.
const FAR: f64 = 2.0;
/// The minutes of a day.
const DAY: f64 = 1440.0;

/// Adds what does not fit; of planned work nothing, which is announced days ahead and ends when it ends.
pub(super) fn course(incident: &Incident, from_updates: bool, found: &mut Vec<Diagnostic>) {
    if incident.kind == IncidentKind::Maintenance {
        return;
    }
    resolved_too_soon(incident, found);
    far_from_updates(incident, found);
    if !from_updates {
        never_mitigated(incident, found);
    }
}

/// Declared over more than once, or before anything else was posted of it.
pub(super) fn declared(incident: &Incident, posted: &[Posted], found: &mut Vec<Diagnostic>) {
    if incident.kind == IncidentKind::Maintenance {
        return;
    }
    let courses = window::courses(posted);
    for again in courses.iter().skip(1).filter_map(|course| course.first()) {
        let message = "it was declared over, and is looked into again from here on";
        found.push(Diagnostic::new(Code::Reopened, message, again.edge.cites.iter().copied()));
    }
    let begun = |post: &&Posted| matches!(post.kind, EventKind::Investigating | EventKind::Identified | EventKind::Monitoring);
    if let Some(first) = posted.first().filter(|first| first.kind == EventKind::Resolved)
        && let Some(begun) = posted.iter().find(begun).filter(|begun| begun.at > first.at)
    {
        let message = "it is declared over before the first update that says that something is wrong";
        let cites = first.edge.cites.iter().chain(&begun.edge.cites).copied();
        found.push(Diagnostic::new(Code::EndBeforeStart, message, cites).help("how long it lasted is left open"));
    }
}

/// Declared over while customers were still hurt. Where either moment was worked out, that is the likelier mistake.
fn resolved_too_soon(incident: &Incident, found: &mut Vec<Diagnostic>) {
    let Some((resolved, end)) = incident.milestones.resolved.as_ref().zip(incident.impact.end()) else { return };
    let exact = |edge: &Edge| edge.certainty == Certainty::Stated && !edge.approximate;
    let before = minutes_between(resolved.at, end.at);
    if exact(resolved) && exact(end) && before >= 1.0 {
        let message = format!("it is declared over {} before its impact ends", super::length(before));
        let cites = resolved.cites.iter().chain(&end.cites).copied();
        found.push(Diagnostic::new(Code::ResolvedBeforeImpactEnd, message, cites).help("both are kept"));
    }
}

/// A window days or a year away from what was posted while it lasted: one of the dates is wrong.
fn far_from_updates(incident: &Incident, found: &mut Vec<Diagnostic>) {
    let Some((start, said)) = incident.impact.start().zip(incident.communication) else { return };
    let last = incident.impact.end().unwrap_or(start);
    let (late, early) = (minutes_between(last.at, said.start), minutes_between(said.end, start.at));
    let (days, side) = if late > early { (late / DAY, "before the first") } else { (early / DAY, "after the last") };
    if days >= FAR {
        let message = format!("the impact lies {} days {side} status update", days.round());
        found.push(Diagnostic::new(Code::WindowFarFromUpdates, message, start.cites.iter().copied()).help("look at its date"));
    }
}

/// Declared over, and nothing tells when it got better: then the impact lasts until the declaration, and may have ended before.
fn never_mitigated(incident: &Incident, found: &mut Vec<Diagnostic>) {
    let Some((resolved, end)) = incident.milestones.resolved.as_ref().zip(incident.impact.end()) else { return };
    let told = |kinds: &[EventKind]| incident.events.iter().any(|event| event.at.is_some() && kinds.contains(&event.kind));
    let better = told(&[EventKind::Mitigated, EventKind::Monitoring, EventKind::Recovered]);
    // What is told in other words is a milestone of its own.
    let better = better || incident.milestones.mitigated.as_ref().is_some_and(|mitigated| mitigated.at < resolved.at);
    let declared = end.at == resolved.at && told(&[EventKind::Resolved]) && !matches!(end.basis, Basis::Labelled(_));
    if declared && !better {
        let message = "nothing tells when it got better; the impact lasts until it is declared over";
        found.push(Diagnostic::new(Code::MitigatedNever, message, resolved.cites.iter().copied()));
    }
}
