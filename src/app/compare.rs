//! The comparison: marked incidents on one scale, aligned at a moment they share.

use crate::app::lanes::Lanes;
use crate::app::list::RowId;
use crate::app::measures::{self, Measures};
use crate::app::step::Step;
use crate::app::viewport::{Range, millis};
use crate::incident::{EventKind, Incident, Instant};

/// The moment at which incidents are laid over each other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Align {
    /// When the impact began.
    #[default]
    Start,
    /// When it was noticed.
    Detection,
    /// When the impact ended.
    Mitigation,
    /// Not at all: each at its own date.
    Calendar,
}

impl Align {
    /// The next one.
    pub fn next(self) -> Self {
        match self {
            Align::Start => Align::Detection,
            Align::Detection => Align::Mitigation,
            Align::Mitigation => Align::Calendar,
            Align::Calendar => Align::Start,
        }
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Align::Start => "aligned at impact start",
            Align::Detection => "aligned at detection",
            Align::Mitigation => "aligned at mitigation",
            Align::Calendar => "on the calendar",
        }
    }

    /// The moment in one incident, where its report knows it.
    pub fn moment(self, incident: &Incident) -> Option<Instant> {
        let start = incident.impact.start().map(|edge| edge.at);
        match self {
            Align::Start => start,
            Align::Detection => {
                let detected = incident.events.iter().filter(|event| event.kind == EventKind::Detected).filter_map(|event| event.at);
                detected.filter(|at| start.is_none_or(|start| *at >= start)).min()
            }
            Align::Mitigation => incident.impact.end().map(|edge| edge.at),
            Align::Calendar => Some(Instant::UNIX_EPOCH),
        }
    }
}

/// One incident of the comparison.
#[derive(Debug)]
pub struct Side {
    /// Its row in the list.
    pub id: RowId,
    /// What to call it, raw: whose it was, or where that is not unique its title.
    pub name: String,
    /// What tells more of it, raw: the title, or where that is its name the day it began.
    pub note: String,
    /// Its lanes, counted from the moment of alignment; none where the report does not know that moment.
    pub lanes: Option<Lanes>,
    /// The lengths that are compared.
    pub measures: Measures,
}

/// The comparison screen.
#[derive(Debug, Default)]
pub struct Comparison {
    /// The incidents, in the order of marking.
    pub sides: Vec<Side>,
    /// The moment of alignment.
    pub align: Align,
    /// The side the others are measured against.
    pub base: usize,
    /// The selected side.
    pub selected: usize,
    /// The stretch that is shown, counted from the moment of alignment.
    pub range: Option<Range>,
}

impl Comparison {
    /// Lays incidents side by side.
    pub fn of<'a>(incidents: impl IntoIterator<Item = (RowId, &'a Incident)>, align: Align) -> Self {
        let incidents: Vec<_> = incidents.into_iter().collect();
        let owners = || incidents.iter().filter_map(|(_, incident)| owner(incident));
        let named = |incident| owner(incident).filter(|owner| owners().filter(|other| other == owner).count() == 1);
        let sides: Vec<_> = incidents.iter().map(|&(id, incident)| side(id, incident, named(incident), align)).collect();
        let range = fit(&sides);
        // Nothing can be measured against an incident of which nothing is known.
        let base = sides.iter().position(|side| side.measures.iter().any(Option::is_some)).unwrap_or(0);
        Self { sides, align, base, range, ..Self::default() }
    }

    /// Shows everything.
    pub fn fit(&mut self) {
        self.range = fit(&self.sides);
    }

    /// The stretch in which zooming and panning stay.
    pub fn bounds(&self) -> Option<Range> {
        fit(&self.sides)
    }

    /// Moves the selection.
    pub fn step(&mut self, step: Step) {
        self.selected = step.from(self.selected, self.sides.len());
    }

    /// The selected side.
    pub fn side(&self) -> Option<&Side> {
        self.sides.get(self.selected)
    }

    /// The differences of a side to the base; none where one of the two is unknown.
    pub fn differences(&self, side: &Side) -> [Option<f64>; 6] {
        let base = self.sides.get(self.base).map(|base| base.measures).unwrap_or_default();
        let minutes = |measures: Measures| measures.map(|measure| measure.map(|measure| measure.minutes));
        let mut differences = minutes(side.measures);
        for (difference, base) in differences.iter_mut().zip(minutes(base)) {
            *difference = difference.zip(base).map(|(this, base)| this - base);
        }
        differences
    }
}

/// The place of the largest difference, which is what a reviewer asks about first.
pub fn largest(differences: &[Option<f64>; 6]) -> Option<usize> {
    let known = differences.iter().enumerate().filter_map(|(at, by)| by.map(|by| (at, by.abs())));
    known.filter(|(_, by)| *by > 0.0).max_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at)
}

fn owner(incident: &Incident) -> Option<&str> {
    incident.organization.as_ref().map(|fact| fact.value.as_str())
}

fn side(id: RowId, incident: &Incident, owner: Option<&str>, align: Align) -> Side {
    let title = incident.display_title();
    let day = || incident.start().map(|start| start.date_naive().to_string()).unwrap_or_default();
    Side {
        id,
        name: owner.unwrap_or(title).to_owned(),
        note: owner.map_or_else(day, |_| title.to_owned()),
        lanes: align.moment(incident).map(|moment| Lanes::of(incident, millis(moment))),
        measures: measures::of(incident),
    }
}

fn fit(sides: &[Side]) -> Option<Range> {
    let fits = sides.iter().filter_map(|side| side.lanes.as_ref()?.fit);
    Range::around(fits.flat_map(|fit| [fit.start, fit.end]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn comparison(align: Align) -> Comparison {
        let entries = fixture::entries();
        Comparison::of(entries.iter().enumerate().map(|(id, entry)| (id, &entry.incident)), align)
    }

    #[test]
    fn all_start_at_zero_when_aligned_at_the_start() {
        let comparison = comparison(Align::Start);
        let firsts = comparison.sides.iter().filter_map(|side| side.lanes.as_ref()?.impact.first()?.first()?.start);
        assert_eq!(firsts.collect::<Vec<_>>(), [0, 0, 0, 0]);
        assert!(comparison.sides.get(3).unwrap().lanes.is_none());
    }

    #[test]
    fn an_incident_without_the_moment_is_kept_without_lanes() {
        let known = |align| comparison(align).sides.iter().map(|side| side.lanes.is_some()).collect::<Vec<_>>();
        assert_eq!(known(Align::Detection), [true, true, false, false, true]);
        assert_eq!(known(Align::Mitigation), [true, true, true, false, false]);
        assert_eq!(known(Align::Calendar), [true; 5]);
    }

    #[test]
    fn differences_need_both_values() {
        let mut comparison = comparison(Align::Start);
        let of = |comparison: &Comparison, at: usize| comparison.differences(comparison.sides.get(at).unwrap());
        assert_eq!(of(&comparison, 0), [Some(0.0); 6]);
        assert_eq!(of(&comparison, 1), [Some(-35.0), Some(-3.0), Some(0.0), Some(-17.0), Some(20.0), Some(-12.0)]);
        assert_eq!(of(&comparison, 2), [Some(38.0), None, None, Some(38.0), None, None]);
        assert_eq!(largest(&of(&comparison, 1)), Some(0));
        assert_eq!(largest(&of(&comparison, 0)), None);
        comparison.base = 3;
        assert_eq!(of(&comparison, 0), [None; 6]);
    }
}
