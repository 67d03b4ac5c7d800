//! What was felt: from the impact windows and their stated parts.

use super::event::collapse;
use crate::basis::{Basis, Derivation};
use crate::extract::duration::lengths;
use crate::extract::lexicon::{self, Cue, Topic};
use crate::extract::passage::Passage;
use crate::extract::time::Time;
use crate::incident::{Certainty, Impact, IncidentKind, Instant, Lane, Phase, PhaseKind};
use crate::source::Source;
use chrono::TimeDelta;

/// The phases of the impact, by their starts.
pub fn phases(source: &Source, passages: &[(Passage<'_>, Vec<Time>)], kind: IncidentKind, impact: &Impact, title: &str) -> Vec<Phase> {
    let parts = breakdown(source, passages, impact);
    if parts.is_empty() { felt(kind, impact, title) } else { parts }
}

/// One phase for each window, of the kind that its label or the title says.
fn felt(kind: IncidentKind, impact: &Impact, title: &str) -> Vec<Phase> {
    let phase = |window: &crate::incident::Window| {
        let start = window.start.as_ref()?;
        let kind = match kind {
            IncidentKind::Maintenance => PhaseKind::Maintenance,
            IncidentKind::Incident => kind_of(window.label.as_deref().unwrap_or(title)),
        };
        let cites = [&window.start, &window.end].into_iter().flatten().flat_map(|edge| edge.cites.clone()).collect();
        Some(Phase {
            lane: Lane::Impact,
            kind,
            label: window.label.clone(),
            start: start.at,
            end: window.end.as_ref().map(|edge| edge.at),
            certainty: window.certainty(),
            basis: Basis::Derived(Derivation::Windows),
            cites,
        })
    };
    impact.windows.iter().filter_map(phase).collect()
}

fn kind_of(words: &str) -> PhaseKind {
    let lower = words.to_lowercase();
    if lower.contains("partial") {
        return PhaseKind::PartialOutage;
    }
    if lower.contains("recover") {
        return PhaseKind::Recovery;
    }
    if lower.contains("degrad") || lower.contains("slow") {
        return PhaseKind::Degradation;
    }
    if lexicon::has(words, Cue::InferHigh) || lower.contains("downtime") { PhaseKind::Outage } else { PhaseKind::Degradation }
}

/// "Duration breakdown: Degradation: ~40 minutes, Severe degradation: ~15 minutes": parts in the order written, back
/// to back from the start of the only window, as far as they fit.
fn breakdown(source: &Source, passages: &[(Passage<'_>, Vec<Time>)], impact: &Impact) -> Vec<Phase> {
    let [window] = impact.windows.as_slice() else { return Vec::new() };
    let Some(start) = window.start.as_ref() else { return Vec::new() };
    let mut at = start.at;
    let mut phases = Vec::new();
    for (passage, _) in passages {
        let text = passage.text.as_str();
        let breakdown = passage.topic == Some(Topic::Duration) && passage.label.is_none();
        let Some((label, value)) = text.split_once(':').filter(|(label, _)| breakdown && label.len() <= 60) else { continue };
        let Some(length) = lengths(value).into_iter().next() else { continue };
        let Some(end) = later(at, length.minutes).filter(|end| window.end.as_ref().is_none_or(|edge| *end <= edge.at)) else { break };
        let mut cites = vec![source.cite(passage.text.whole())];
        cites.extend(start.cites.clone());
        phases.push(Phase {
            lane: Lane::Impact,
            kind: kind_of(label),
            label: Some(collapse(label)),
            start: at,
            end: Some(end),
            certainty: Certainty::Inferred,
            basis: Basis::Derived(Derivation::Lengths),
            cites,
        });
        at = end;
    }
    if phases.len() < 2 { Vec::new() } else { phases }
}

fn later(at: Instant, minutes: f64) -> Option<Instant> {
    at.checked_add_signed(TimeDelta::try_seconds((minutes * 60.0) as i64)?)
}
