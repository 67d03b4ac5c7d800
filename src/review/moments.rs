//! Moments whose day or zone was chosen narrowly, and that a reviewer puts where the runner-up has them.

use crate::basis::{Alternative, Basis, Part};
use crate::incident::{Certainty, Incident, Instant};
use std::collections::BTreeMap;

/// Where each moment goes that was on the place of the key.
pub type Moves = BTreeMap<Instant, Instant>;

/// What moves with the runner-up of `other`: every event and every end of a window of `read`, the incident as it was read,
/// that hangs with it.
pub fn moves(read: &Incident, other: Alternative) -> Moves {
    let events = read.events.iter().filter_map(|event| Some((event.at?, &event.alternatives)));
    let edges = read.impact.windows.iter().flat_map(|window| [&window.start, &window.end]).flatten();
    let all = events.chain(edges.map(|edge| (edge.at, &edge.alternatives)));
    let hanging = all.filter(|(_, alternatives)| alternatives.iter().any(|own| own.hangs_with(other)));
    hanging.filter_map(|(at, _)| Some((at, at.checked_add_signed(other.shift())?))).collect()
}

/// Puts the moments of `incident` where `moves` has them. One that was not chosen narrowly, or not so, stays: the report is
/// read otherwise now.
pub(super) fn correct(incident: &mut Incident, moves: &Moves) {
    let mut moved = Moves::new();
    let mut to = |at: Instant, alternatives: &mut [Alternative]| {
        let is = *moves.get(&at)?;
        let taken = alternatives.iter_mut().find(|other| at.checked_add_signed(other.shift()) == Some(is))?;
        taken.taken = true;
        moved.insert(at, is);
        Some((is, taken.part))
    };
    for event in &mut incident.events {
        if let Some((is, part)) = event.at.and_then(|at| to(at, &mut event.alternatives)) {
            (event.at, event.certainty, event.basis) = (Some(is), Certainty::Stated, Basis::Corrected);
            if let Part::Zone(_, next) = part {
                event.offset_seconds = Some(next);
            }
        }
    }
    let edges = incident.impact.windows.iter_mut().flat_map(|window| [&mut window.start, &mut window.end]);
    for edge in edges.chain(incident.milestones.all_mut()).flatten() {
        if let Some((is, _)) = to(edge.at, &mut edge.alternatives) {
            (edge.at, edge.certainty, edge.basis, edge.moment) = (is, Certainty::Stated, Basis::Corrected, None);
        }
    }
    for phase in &mut incident.phases {
        phase.start = moved.get(&phase.start).copied().unwrap_or(phase.start);
        phase.end = phase.end.map(|end| moved.get(&end).copied().unwrap_or(end));
    }
    incident.phases.retain(|phase| phase.end.is_none_or(|end| phase.start < end));
    incident.phases.sort_by_key(|phase| phase.start);
    incident.impact.windows.sort_by_key(|window| window.start.as_ref().map(|edge| edge.at));
    incident.events.sort_by_key(|event| (event.at.is_none(), event.at));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::review::{Edit, Review};

    #[test]
    fn a_runner_up_moves_what_hangs_with_it_and_nothing_else() {
        let read = fixture::narrow().incident();
        let narrow = read.events.iter().find(|event| !event.alternatives.is_empty()).unwrap();
        let other = narrow.alternatives[0];
        let moves = moves(&read, other);
        assert!(moves.contains_key(&narrow.at.unwrap()));
        let mut review = Review::default();
        let back: Vec<_> = moves.iter().map(|(at, is)| review.apply(&Edit::Moment(*at, Some(*is)))).collect();
        let corrected = review.corrected(&read);
        for (at, is) in &moves {
            let on = |incident: &Incident, at| incident.events.iter().filter(|event| event.at == Some(at)).count();
            assert_eq!((on(&corrected, *at), on(&corrected, *is)), (0, on(&read, *at)));
        }
        let told = corrected.events.iter().find(|event| event.basis == Basis::Corrected).unwrap();
        assert!(told.alternatives[0].taken && told.certainty == Certainty::Stated && told.cites == narrow.cites);
        assert_eq!(corrected.impact.minutes(), read.impact.minutes());
        // A milestone is a moment as well: no time to it grows by a day.
        assert_eq!(corrected.metrics().detect, read.metrics().detect);
        assert_eq!(corrected.phases.len(), read.phases.len());
        // What the report leaves open no longer is not moved.
        let mut clear = read.clone();
        clear.events.iter_mut().for_each(|event| event.alternatives.clear());
        clear.impact.windows.iter_mut().flat_map(|window| [&mut window.start, &mut window.end]).flatten().for_each(|edge| {
            edge.alternatives.clear();
        });
        clear.milestones.all_mut().into_iter().flatten().for_each(|edge| edge.alternatives.clear());
        assert_eq!(review.corrected(&clear), clear);
        back.iter().for_each(|edit| drop(review.apply(edit)));
        assert!(review.is_empty());
    }
}
