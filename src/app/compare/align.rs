//! The moments at which incidents are laid over each other.

use crate::app::viewport::millis;
use crate::incident::{Edge, Incident};

/// The moment at which incidents are laid over each other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Align {
    /// When the impact began.
    #[default]
    Start,
    /// When it was noticed.
    Detection,
    /// When what was done took effect.
    Mitigation,
    /// Not at all: each at its own date.
    Calendar,
    /// Each made as long as the others.
    Stretched,
}

impl Align {
    /// Every one, in the order in which they are gone through.
    pub const ALL: [Align; 5] = [Align::Start, Align::Detection, Align::Mitigation, Align::Calendar, Align::Stretched];

    /// The next of those that `is_known`; itself where no other is.
    pub fn next(self, is_known: impl Fn(Align) -> bool) -> Self {
        let after = Self::ALL.into_iter().cycle().skip_while(|align| *align != self).skip(1).take(Self::ALL.len());
        after.into_iter().find(|align| is_known(*align)).unwrap_or(self)
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Align::Start => "aligned at impact start",
            Align::Detection => "aligned at detection",
            Align::Mitigation => "aligned at mitigation",
            Align::Calendar => "on the calendar",
            Align::Stretched => "stretched to one length",
        }
    }

    /// What a report does not tell that cannot be laid on its axis.
    pub fn wanted(self) -> &'static str {
        match self {
            Align::Start => "when the impact began",
            Align::Detection => "when it was detected",
            Align::Mitigation => "when it was mitigated",
            Align::Calendar => "when it was",
            Align::Stretched => "how long it was",
        }
    }

    /// The moment of one incident that lies at 0, in milliseconds since the epoch; none where its report does not tell it, or
    /// where there is no such moment.
    pub fn moment(self, incident: &Incident) -> Option<i64> {
        let at = |edge: Option<&Edge>| edge.map(|edge| millis(edge.at));
        match self {
            Align::Start => at(incident.impact.start()),
            Align::Detection => at(incident.milestones.detected.as_ref()),
            Align::Mitigation => at(incident.milestones.mitigated.as_ref()),
            Align::Calendar | Align::Stretched => None,
        }
    }
}
