//! What was felt: from the impact windows.

use crate::basis::{Basis, Derivation};
use crate::extract::lexicon::{self, Cue};
use crate::incident::{Impact, IncidentKind, Lane, Phase, PhaseKind};

/// The phases of the impact: one for each window, of the kind that its label or the title says.
pub fn phases(kind: IncidentKind, impact: &Impact, title: &str) -> Vec<Phase> {
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
