//! The parts that moments and names play in an incident, and what each sign of one is worth.

pub mod weights;
pub mod words;

use crate::names::names;
use serde::{Deserialize, Serialize};

names! {
    /// A part that a moment plays.
    pub enum Role {
        /// Customers were first hurt.
        Start = "start",
        /// Customers were hurt no longer.
        End = "end",
        /// The publisher's side first noticed.
        Detected = "detected",
        /// A person first responded.
        Acknowledged = "acknowledged",
        /// The cause was found.
        Identified = "identified",
        /// What was done against it took effect.
        Mitigated = "mitigated",
        /// It was declared over.
        Resolved = "resolved",
    }
}

names! {
    /// What a name names.
    pub enum Naming {
        /// What customers could not use.
        Service = "service",
        /// Who writes.
        Organization = "organization",
    }
}

/// How many roles there are.
pub const ROLES: usize = 7;

/// A value for each role.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ByRole<T>(pub [T; ROLES]);

fn pick<A>([start, end, detected, acknowledged, identified, mitigated, resolved]: [A; ROLES], role: Role) -> A {
    match role {
        Role::Start => start,
        Role::End => end,
        Role::Detected => detected,
        Role::Acknowledged => acknowledged,
        Role::Identified => identified,
        Role::Mitigated => mitigated,
        Role::Resolved => resolved,
    }
}

impl<T> ByRole<T> {
    /// The value for `role`.
    pub fn get(&self, role: Role) -> &T {
        pick(self.0.each_ref(), role)
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self, role: Role) -> &mut T {
        pick(self.0.each_mut(), role)
    }

    /// Makes a value for each role.
    pub fn make(mut value: impl FnMut(Role) -> T) -> Self {
        use Role::{Acknowledged, Detected, End, Identified, Mitigated, Resolved, Start};
        Self([Start, End, Detected, Acknowledged, Identified, Mitigated, Resolved].map(&mut value))
    }
}
