//! The comparison: marked incidents on one scale, aligned at a moment they share or made equally long.

use crate::app::glyph;
use crate::app::lanes::Lanes;
use crate::app::list::RowId;
use crate::app::measures::{Kind, Measures};
use crate::app::scale::Scale;
use crate::app::show;
use crate::app::step::Step;
use crate::app::text;
use crate::app::viewport::{Range, millis};
use crate::incident::{Certainty, EventKind, Incident};

/// As many incidents as can be told apart on one screen.
pub const MOST: usize = 8;

/// What the largest of all differences is told after.
pub const LARGEST: &str = "Largest difference: ";

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
    /// Each made as long as the others.
    Stretched,
}

impl Align {
    /// The next one.
    pub fn next(self) -> Self {
        match self {
            Align::Start => Align::Detection,
            Align::Detection => Align::Mitigation,
            Align::Mitigation => Align::Calendar,
            Align::Calendar => Align::Stretched,
            Align::Stretched => Align::Start,
        }
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

    /// How one incident is laid on the common axis; none where its report does not tell what that takes.
    fn scale(self, incident: &Incident, lanes: &Lanes) -> Option<Scale> {
        let start = incident.impact.start().map(|edge| edge.at);
        let moment = match self {
            Align::Start => start,
            Align::Detection => {
                let detected = incident.events.iter().filter(|event| event.kind == EventKind::Detected).filter_map(|event| event.at);
                detected.filter(|at| start.is_none_or(|start| *at >= start)).min()
            }
            Align::Mitigation => incident.impact.end().map(|edge| edge.at),
            Align::Calendar => return lanes.fit.map(|_| Scale::Even),
            Align::Stretched => return lanes.whole().map(Scale::Stretched),
        };
        moment.map(|moment| Scale::From(millis(moment)))
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
    /// Its bars and marks.
    pub lanes: Lanes,
    /// How they are laid on the common axis; none where the report does not know the moment of alignment.
    pub scale: Option<Scale>,
    /// The lengths that are compared.
    pub measures: Measures,
}

/// How one length differs from the base's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// By how much, positive where it is longer.
    pub minutes: f64,
    /// The same in percent of the base's; none where that has no length.
    pub percent: Option<f64>,
    /// Worked out as soon as one of the two is.
    pub certainty: Certainty,
}

impl Difference {
    /// Sign, minutes and percent.
    pub fn text(self) -> String {
        let percent = self.percent.map(|percent| format!(" {}", show::percent(percent))).unwrap_or_default();
        format!("{}{}{percent}", show::marks(self.certainty, false), show::difference(self.minutes))
    }
}

/// The comparison screen.
#[derive(Debug, Default)]
pub struct Comparison {
    /// The incidents, in the order of marking.
    pub sides: Vec<Side>,
    /// What is compared: the impact, then the other lengths and the phases that any of these has.
    pub kinds: Vec<Kind>,
    /// The moment of alignment.
    pub align: Align,
    /// The side the others are measured against.
    pub base: usize,
    /// The selected side.
    pub selected: usize,
    /// The selected column of the table: 0 is the incident, the others are `kinds`.
    pub column: usize,
    /// The stretch that is shown, in places on the common axis.
    pub range: Option<Range>,
}

impl Comparison {
    /// Lays incidents side by side.
    pub fn of(incidents: impl IntoIterator<Item = (RowId, Incident)>, align: Align) -> Self {
        let incidents: Vec<_> = incidents.into_iter().collect();
        let owners = || incidents.iter().filter_map(|(_, incident)| owner(incident));
        let named = |incident| owner(incident).filter(|owner| owners().filter(|other| other == owner).count() == 1);
        let sides: Vec<_> = incidents.iter().map(|(id, incident)| side(*id, incident, named(incident), align)).collect();
        let range = fit(&sides);
        let mut phases: Vec<_> = sides.iter().flat_map(|side| side.measures.phase_kinds()).collect();
        phases.sort_unstable();
        phases.dedup();
        let known = |kind: &Kind| *kind == Kind::Impact || sides.iter().any(|side| side.measures.get(*kind).is_some());
        let kinds = Kind::METRICS.into_iter().filter(known).chain(phases).collect();
        // Nothing can be measured against an incident of which nothing is known.
        let base = sides.iter().position(|side| !side.measures.is_empty()).unwrap_or(0);
        Self { sides, kinds, align, base, range, ..Self::default() }
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

    /// Moves the selected column.
    pub fn step_column(&mut self, right: bool) {
        self.column = Step::By(if right { 1 } else { -1 }).from(self.column, self.kinds.len() + 1);
    }

    /// The selected length; none where the incident itself is selected.
    pub fn kind(&self) -> Option<Kind> {
        self.kinds.get(self.column.checked_sub(1)?).copied()
    }

    /// The difference of a side to the base; none where one of the two is unknown.
    pub fn difference(&self, side: &Side, kind: Kind) -> Option<Difference> {
        let base = self.sides.get(self.base)?.measures.get(kind)?;
        let this = side.measures.get(kind)?;
        let minutes = this.minutes - base.minutes;
        let percent = (base.minutes.abs() >= 1.0 / 60.0).then(|| minutes / base.minutes * 100.0);
        Some(Difference { minutes, percent, certainty: this.certainty.min(base.certainty) })
    }

    /// A difference as it is written in a cell.
    pub fn cell(&self, side: &Side, kind: Kind) -> String {
        show::or_missing(self.difference(side, kind).map(Difference::text))
    }

    /// The sides that are measured against the base.
    pub fn others(&self) -> impl Iterator<Item = &Side> {
        self.sides.iter().enumerate().filter(|(at, _)| *at != self.base).map(|(_, side)| side)
    }

    /// The largest difference of a side.
    pub fn largest(&self, side: &Side) -> Option<(Kind, Difference)> {
        let known = self.kinds.iter().filter_map(|&kind| Some((kind, self.difference(side, kind)?)));
        let apart = known.filter(|(_, by)| by.minutes.abs() >= 0.5 / 60.0);
        // Of equal ones the first: the impact's own length is asked about before its parts.
        apart.fold(None, |most: Option<(Kind, Difference)>, (kind, by)| match most {
            Some((_, known)) if known.minutes.abs() >= by.minutes.abs() => most,
            _ => Some((kind, by)),
        })
    }

    /// The side that differs most from the base, and in what.
    pub fn largest_of_all(&self) -> Option<(&Side, Kind)> {
        let most = self.others().filter_map(|side| self.largest(side).map(|(kind, by)| (side, kind, by)));
        most.max_by(|a, b| a.2.minutes.abs().total_cmp(&b.2.minutes.abs())).map(|(side, kind, _)| (side, kind))
    }

    /// The largest difference of all in words, which is what a reviewer asks about first, with names of so many cells; none
    /// where nothing can be compared.
    pub fn verdict(&self, names: usize) -> Option<String> {
        match self.largest_of_all() {
            Some((side, kind)) => Some(format!("{LARGEST}{}", self.in_words(side, kind, names)?)),
            None => {
                let any = self.others().any(|side| self.kinds.iter().any(|&kind| self.difference(side, kind).is_some()));
                any.then(|| "No length differs from that of the base.".to_owned())
            }
        }
    }

    /// A difference to the base in words, with names of so many cells.
    pub fn in_words(&self, side: &Side, kind: Kind, names: usize) -> Option<String> {
        let base = self.sides.get(self.base)?;
        let by = self.difference(side, kind)?;
        let (length, against) = (side.measures.cell(kind), base.measures.cell(kind));
        let (name, base) = (text::fit(&side.name, names), text::fit(&base.name, names));
        let (deed, aim) = kind.deed();
        if by.minutes.abs() < 0.5 / 60.0 {
            return Some(format!("{name} {deed} as long{aim} as {base} ({length})"));
        }
        let more = if by.minutes > 0.0 { "longer" } else { "less" };
        let percent = by.percent.map(|percent| format!(", {}", show::percent(percent))).unwrap_or_default();
        let apart = format!("{}{}", show::marks(by.certainty, false), show::minutes(by.minutes.abs()));
        Some(format!("{name} {deed} {apart} {more}{aim} than {base} ({length} against {against}{percent})"))
    }

    /// What the selected cell says, in words, with names of so many cells; none on an incident's name.
    pub fn told(&self, names: usize) -> Option<String> {
        let (side, kind) = (self.side()?, self.kind()?);
        let (name, length) = (text::fit(&side.name, names), side.measures.cell(kind));
        let known = |more: &str| format!("{} of {name} is {length}; {more}", kind.meaning());
        let told = match side.measures.get(kind) {
            None if side.measures.is_open(kind) => format!("{} of {name} has no known end", kind.meaning()),
            None => format!("the report of {name} does not tell {}", kind.meaning()),
            Some(_) if self.selected == self.base => known("the others are measured against it"),
            Some(_) => match self.in_words(side, kind, names) {
                // It begins with a name, which is written as it is.
                Some(words) => return Some(words),
                None => known("the base has none to compare it with"),
            },
        };
        let first = told.chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        Some(first + told.get(1..).unwrap_or_default())
    }
}

fn owner(incident: &Incident) -> Option<&str> {
    incident.organization.as_ref().map(|fact| fact.value.as_str())
}

fn side(id: RowId, incident: &Incident, owner: Option<&str>, align: Align) -> Side {
    let title = incident.display_title();
    let day = || incident.start().map(|start| start.date_naive().to_string()).unwrap_or_default();
    let lanes = Lanes::of(incident);
    Side {
        id,
        name: glyph::titled(owner.unwrap_or(title), incident.doubtful.is_some()).into_owned(),
        note: owner.map_or_else(day, |_| title.to_owned()),
        scale: align.scale(incident, &lanes),
        lanes,
        measures: Measures::of(incident),
    }
}

fn fit(sides: &[Side]) -> Option<Range> {
    let places = sides.iter().filter_map(|side| Some((side.scale.as_ref()?, side.lanes.fit?)));
    let fits = places.map(|(scale, fit)| match scale {
        // Its length is that of what is known; the margin would make it differ.
        Scale::Stretched(whole) => scale.places(*whole),
        scale => scale.places(fit),
    });
    let around = Range::around(fits.flat_map(|fit| [fit.start, fit.end]))?;
    Some(if sides.iter().any(|side| matches!(side.scale, Some(Scale::Stretched(_)))) { around.with_margin() } else { around })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn what_is_doubtful_keeps_its_mark() {
        let doubtful = fixture::doubtful().incident();
        let sides = Comparison::of([(0, doubtful.clone()), (1, fixture::entries()[0].incident())], Align::Start).sides;
        assert_eq!(sides.iter().map(|side| side.name.as_str()).collect::<Vec<_>>(), ["(?) Abbey Archive", "Thistlewick"]);
        let sides = Comparison::of([(0, doubtful.clone()), (1, doubtful)], Align::Start).sides;
        assert!(sides.iter().all(|side| side.name == "(?) A drill: all of the archive lost"));
    }

    fn comparison(align: Align) -> Comparison {
        let entries = fixture::entries();
        Comparison::of(entries.iter().enumerate().map(|(id, entry)| (id, entry.incident())), align)
    }

    #[test]
    fn all_start_at_zero_when_aligned_at_the_start() {
        let comparison = comparison(Align::Start);
        let firsts =
            comparison.sides.iter().filter_map(|side| Some(side.scale.as_ref()?.place(side.lanes.impact.first()?.first()?.start?)));
        assert_eq!(firsts.collect::<Vec<_>>(), [0, 0, 0, 0]);
        assert!(comparison.sides.get(3).unwrap().scale.is_none());
    }

    #[test]
    fn an_incident_without_the_moment_is_kept_without_lanes() {
        let known = |align| comparison(align).sides.iter().map(|side| side.scale.is_some()).collect::<Vec<_>>();
        assert_eq!(known(Align::Detection), [true, true, false, false, true]);
        assert_eq!(known(Align::Mitigation), [true, true, true, false, false]);
        assert_eq!(known(Align::Calendar), [true, true, true, false, true]);
        assert_eq!(known(Align::Stretched), [true, true, true, false, true]);
    }

    #[test]
    fn stretched_incidents_are_all_as_long() {
        let comparison = comparison(Align::Stretched);
        for side in &comparison.sides {
            let Some(scale) = &side.scale else { continue };
            let whole = scale.places(side.lanes.whole().unwrap());
            assert_eq!((whole.start, whole.end), (0, crate::app::scale::STRETCHED));
            assert!(comparison.range.unwrap().contains(0) && comparison.range.unwrap().contains(whole.end));
        }
    }

    #[test]
    fn differences_need_both_values() {
        let mut comparison = comparison(Align::Start);
        let of = |comparison: &Comparison, at: usize| {
            let side = comparison.sides.get(at).unwrap();
            Kind::METRICS.map(|kind| comparison.difference(side, kind).map(|by| by.minutes))
        };
        assert_eq!(of(&comparison, 0), [Some(0.0), Some(0.0), Some(0.0), None, Some(0.0), Some(0.0), Some(0.0), Some(0.0)]);
        assert_eq!(of(&comparison, 1), [Some(-35.0), Some(-3.0), Some(0.0), None, None, Some(-17.0), Some(20.0), Some(-12.0)]);
        assert_eq!(of(&comparison, 2), [Some(38.0), None, None, None, None, Some(38.0), None, None]);
        assert_eq!(comparison.largest(&comparison.sides[0]), None);
        comparison.base = 3;
        assert_eq!(of(&comparison, 0), [None; 8]);
        assert_eq!(comparison.verdict(99), None);
    }

    #[test]
    fn the_largest_difference_is_told_in_words_with_sign_and_percent() {
        let mut comparison = comparison(Align::Start);
        let text = |comparison: &Comparison, kind| comparison.difference(&comparison.sides[1], kind).unwrap().text();
        assert_eq!(text(&comparison, Kind::Impact), "−35m −74%");
        assert_eq!(text(&comparison, Kind::Detect), "−3m −100%");
        assert_eq!(text(&comparison, Kind::Acknowledge), "±0 ±0%");
        let most = "Largest difference: Wrenbury Relay was investigated ~1h13m longer than Thistlewick (~1h45m against 32m, +228%)";
        assert_eq!(comparison.verdict(99).as_deref(), Some(most));
        let short = "Largest difference: Wrenbur… was investigated ~1h13m longer than Thistle… (~1h45m against 32m, +228%)";
        assert_eq!(comparison.verdict(8).as_deref(), Some(short));
        (comparison.selected, comparison.column) = (2, 2);
        assert_eq!(comparison.told(99).as_deref(), Some("The report of Cobbleport does not tell the time to detect"));
        (comparison.selected, comparison.column) = (4, 1);
        assert_eq!(comparison.told(99).as_deref(), Some("The impact of Example Identity has no known end"));
        (comparison.base, comparison.selected) = (1, 0);
        assert_eq!(comparison.told(99).as_deref(), Some("Thistlewick lasted 35m longer than Wrenbury Relay (47m against 12m, +292%)"));
    }
}
