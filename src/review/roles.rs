//! Roles that were given narrowly, and a reviewer's word on which moment it really was.

use super::{Edit, Review, said};
use crate::incident::{Edge, Incident, Instant};
use crate::role::Role;
use std::collections::BTreeMap;

/// When each milestone really was.
pub type Roles = BTreeMap<Role, Instant>;

/// A role that was given narrowly to one of two moments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Narrow {
    /// The role.
    pub role: Role,
    /// The moment that was chosen.
    pub at: Instant,
    /// The next best.
    pub next: Instant,
    /// Whether a reviewer took that.
    pub taken: bool,
}

/// The roles of `read`, the incident as it was read, that were given narrowly, as far as `review` says nothing else of them.
pub fn narrow(read: &Incident, review: &Review) -> Vec<Narrow> {
    let edges = [(Role::Start, read.impact.start()), (Role::End, read.impact.end())];
    let edges = edges.into_iter().filter_map(|(role, edge)| Some((role, edge?))).chain(read.milestones.told());
    let narrow = |(role, edge): (Role, &Edge)| {
        let (at, next) = (edge.at, edge.next_best()?);
        let said = review.of(role);
        said.is_none_or(|said| said == next).then_some(Narrow { role, at, next, taken: said.is_some() })
    };
    edges.filter_map(narrow).collect()
}

impl Narrow {
    /// The change that takes the next best, or what was read where that is taken.
    pub fn switch(self) -> Edit {
        let at = (!self.taken).then_some(self.next);
        match self.role {
            Role::Start => Edit::Start(at),
            Role::End => Edit::End(at),
            role => Edit::Milestone(role, at),
        }
    }
}

impl Review {
    /// When a role really was, where the reviewer says so.
    fn of(&self, role: Role) -> Option<Instant> {
        match role {
            Role::Start => self.start,
            Role::End => self.end,
            role => self.milestones.get(&role).copied(),
        }
    }
}

/// Puts the milestones of `incident` where the reviewer has them, with the phases that begin or end there.
pub(super) fn correct(incident: &mut Incident, milestones: &Roles) {
    for (role, at) in milestones {
        let Some(milestone) = incident.milestones.get_mut(*role) else { continue };
        let was = milestone.replace(said(*at, milestone.as_ref())).map(|edge| edge.at);
        for phase in &mut incident.phases {
            phase.start = if Some(phase.start) == was { *at } else { phase.start };
            phase.end = phase.end.map(|end| if Some(end) == was { *at } else { end });
        }
    }
    if !milestones.is_empty() {
        incident.phases.retain(|phase| phase.end.is_none_or(|end| phase.start < end));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basis::{Basis, Scored};
    use crate::fixture;
    use crate::incident::Certainty;
    use chrono::TimeDelta;

    #[test]
    fn a_runner_up_is_taken_for_its_role_alone_and_taken_back() {
        let mut read = fixture::entries()[1].incident();
        let start = read.impact.start().unwrap().at;
        let scored = Scored { of: 4, because: [u16::MAX; 3], margin: 20, next: Some(300) };
        let edge = |at| Edge { basis: Basis::Scored(scored), certainty: Certainty::Inferred, ..said(at, None) };
        read.milestones.detected = Some(edge(start));
        read.milestones.identified = Some(Edge { basis: Basis::Scored(Scored { margin: 900, ..scored }), ..edge(start) });
        let mut review = Review::default();
        let [detected] = narrow(&read, &review)[..] else { unreachable!() };
        assert_eq!((detected.role, detected.next, detected.taken), (Role::Detected, start + TimeDelta::minutes(5), false));
        review.apply(&detected.switch());
        let corrected = review.corrected(&read);
        let now = corrected.milestones.detected.as_ref().unwrap();
        assert_eq!((now.at, now.certainty, now.basis), (detected.next, Certainty::Stated, Basis::Corrected));
        assert_eq!((&corrected.milestones.identified, &corrected.impact), (&read.milestones.identified, &read.impact));
        let [taken] = narrow(&read, &review)[..] else { unreachable!() };
        assert!(taken.taken);
        review.apply(&taken.switch());
        assert!(review.is_empty());
        // Another word on it stands.
        review.apply(&Edit::Milestone(Role::Detected, Some(start + TimeDelta::days(1))));
        assert_eq!(narrow(&read, &review), []);
    }
}
