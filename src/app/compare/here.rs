//! What one incident is doing at the moment under the cursor.

use super::Side;
use crate::app::lanes::{Bar, Mark};

/// One incident at one moment.
#[derive(Debug)]
pub struct Here<'a> {
    /// The moment, in milliseconds since the epoch.
    pub at: i64,
    /// The bars that run.
    pub running: Vec<&'a Bar>,
    /// The last event so far.
    pub last: Option<&'a Mark>,
    /// The event that comes next.
    pub next: Option<&'a Mark>,
}

impl Side {
    /// What it is doing at a place of the common axis; none where it is not on that.
    pub fn here(&self, place: i64) -> Option<Here<'_>> {
        let scale = self.scale.as_ref()?;
        let marks = &self.lanes.marks;
        let after = marks.partition_point(|mark| scale.place(mark.at) <= place);
        let last = after.checked_sub(1).and_then(|last| marks.get(last));
        // An event that lies here gives its own moment: a place of a stretched axis is coarser.
        let at = last.map(|mark| mark.at).filter(|at| scale.place(*at) == place).unwrap_or_else(|| scale.moment(place));
        Some(Here { at, running: self.lanes.running(at).collect(), last, next: marks.get(after) })
    }
}

impl Here<'_> {
    /// How long ago the last event was, in minutes.
    pub fn since(&self) -> Option<f64> {
        self.last.map(|mark| self.at.saturating_sub(mark.at) as f64 / 60_000.0)
    }

    /// How long it is until the next event, in minutes.
    pub fn until(&self) -> Option<f64> {
        self.next.map(|mark| mark.at.saturating_sub(self.at) as f64 / 60_000.0)
    }
}
