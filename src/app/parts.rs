//! Where the time of an incident went: the stretches between the moments that reviews measure by.

use crate::app::glyph;
use crate::app::lanes::Bar;
use crate::app::measures::{Kind, Measures};
use crate::app::show;
use crate::incident::{Certainty, EventKind, Incident, Lane, PhaseKind, minutes_between};

/// A moment that ends one part and begins the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Point {
    /// Impact start.
    Start,
    /// First noticed.
    Detected,
    /// The cause found.
    Identified,
    /// What was done took effect.
    Mitigated,
    /// The end of the impact.
    Restored,
    /// Declared over.
    Resolved,
}

impl Point {
    /// Every moment, in the order of an incident.
    pub const ALL: [Point; 6] = [Point::Start, Point::Detected, Point::Identified, Point::Mitigated, Point::Restored, Point::Resolved];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Point::Start => "start",
            Point::Detected => "detected",
            Point::Identified => "identified",
            Point::Mitigated => "mitigated",
            Point::Restored => "restored",
            Point::Resolved => "resolved",
        }
    }

    /// The time to it, as it is measured; none for the start itself.
    pub fn measure(self) -> Option<Kind> {
        match self {
            Point::Start => None,
            Point::Detected => Some(Kind::Detect),
            Point::Identified => Some(Kind::Identify),
            Point::Mitigated => Some(Kind::Mitigate),
            Point::Restored => Some(Kind::Restore),
            Point::Resolved => Some(Kind::Resolve),
        }
    }
}

/// A stretch from one moment that the report tells to the next that it tells. Where nothing was measured its minutes count from
/// the first update.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Piece {
    /// Where it begins.
    pub from: Point,
    /// Where it ends.
    pub to: Point,
    /// Minutes from impact start to where it begins.
    pub start: f64,
    /// Minutes from impact start to where it ends.
    pub end: f64,
    /// Worked out as soon as one of its ends is.
    pub certainty: Certainty,
}

impl Piece {
    /// How long it is, in minutes.
    pub fn minutes(&self) -> f64 {
        self.end - self.start
    }

    /// Its length as it is written.
    pub fn length(&self) -> String {
        show::length(self.certainty, self.minutes())
    }

    /// What was done in it; none where a moment within it is not told, so that nobody knows how it was spent.
    pub fn part(&self) -> Option<Part> {
        Part::ALL.into_iter().find(|part| (part.from(), part.to()) == (self.from, self.to))
    }

    /// What it is called.
    pub fn name(&self) -> String {
        self.part().map_or_else(|| format!("{} → {}", self.from.name(), self.to.name()), |part| part.name().to_owned())
    }
}

/// How long something was.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Length {
    /// In minutes.
    pub minutes: f64,
    /// Worked out as soon as one of its ends is.
    pub certainty: Certainty,
}

impl Length {
    /// As it is written.
    pub fn text(self) -> String {
        show::length(self.certainty, self.minutes)
    }
}

/// A stretch between two moments that follow one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Nobody had noticed.
    Undetected,
    /// The cause was not found.
    Investigating,
    /// The cause was known, and nothing helped yet.
    Mitigating,
    /// What was done had taken effect, and service was not back.
    Restoring,
    /// Service was back, and the incident was not declared over.
    Resolving,
}

impl Part {
    /// Every part, in the order of an incident.
    pub const ALL: [Part; 5] = [Part::Undetected, Part::Investigating, Part::Mitigating, Part::Restoring, Part::Resolving];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Part::Undetected => "undetected",
            Part::Investigating => "investigating",
            Part::Mitigating => "mitigating",
            Part::Restoring => "restoring",
            Part::Resolving => "resolving",
        }
    }

    /// Where it begins.
    pub fn from(self) -> Point {
        match self {
            Part::Undetected => Point::Start,
            Part::Investigating => Point::Detected,
            Part::Mitigating => Point::Identified,
            Part::Restoring => Point::Mitigated,
            Part::Resolving => Point::Restored,
        }
    }

    /// Where it ends.
    pub fn to(self) -> Point {
        match self {
            Part::Undetected => Point::Detected,
            Part::Investigating => Point::Identified,
            Part::Mitigating => Point::Mitigated,
            Part::Restoring => Point::Restored,
            Part::Resolving => Point::Resolved,
        }
    }

    /// The sign of the moment that it begins at, which tells it from others where there are no colours.
    pub fn sign(self) -> char {
        glyph::event(match self.from() {
            Point::Start => EventKind::Onset,
            Point::Detected => EventKind::Detected,
            Point::Identified => EventKind::Identified,
            Point::Mitigated => EventKind::Mitigated,
            Point::Restored => EventKind::Recovered,
            Point::Resolved => EventKind::Resolved,
        })
    }

    /// The phase that has its colour.
    pub fn kind(self) -> PhaseKind {
        match self {
            Part::Undetected => PhaseKind::Undetected,
            Part::Investigating => PhaseKind::Investigating,
            Part::Mitigating => PhaseKind::Identified,
            Part::Restoring => PhaseKind::Recovery,
            Part::Resolving => PhaseKind::Monitoring,
        }
    }
}

/// The moments of one incident that can be told in order, or what its updates say was being done.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parts {
    points: Vec<(Point, f64, Certainty)>,
    /// What was done from one update to the next; none where anything was measured from impact start.
    posted: Vec<Piece>,
    /// Whether the impact has no known end, so that all of it was longer.
    is_open: bool,
}

impl Parts {
    /// The parts of an incident that has these lengths. A moment that comes before one which it should follow is left out, and
    /// so is what comes after the end of the impact but should precede it: its parts could not be added up.
    pub fn of(incident: &Incident, measures: &Measures) -> Self {
        let told = |point: Point| {
            let measure = measures.get(point.measure()?)?;
            Some((point, measure.minutes, measure.certainty))
        };
        let restored = told(Point::Restored).map(|(_, at, _)| at);
        let mut points: Vec<(Point, f64, Certainty)> = Vec::new();
        for (point, at, certainty) in Point::ALL.into_iter().filter_map(told) {
            let in_order = points.last().is_none_or(|(_, before, _)| *before <= at);
            let fits = point >= Point::Restored || restored.is_none_or(|end| at <= end);
            if in_order && fits && at >= 0.0 {
                points.push((point, at, certainty));
            }
        }
        if !points.is_empty() {
            points.insert(0, (Point::Start, 0.0, Certainty::Stated));
        }
        let posted = if points.is_empty() { posted(incident) } else { Vec::new() };
        Self { points, posted, is_open: measures.is_open(Kind::Impact) }
    }

    /// Whether its pieces count from the first update, so that nobody knows what came before them.
    pub fn is_posted(&self) -> bool {
        !self.posted.is_empty()
    }

    /// Whether the impact has no known end, so that more of it will follow.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// The stretches, in order.
    pub fn pieces(&self) -> impl Iterator<Item = Piece> + '_ {
        let between = |pair: &[(Point, f64, Certainty)]| {
            let [(from, start, one), (to, end, other)] = *pair else { return None };
            Some(Piece { from, to, start, end, certainty: one.min(other) })
        };
        self.points.windows(2).filter_map(between).chain(self.posted.iter().copied())
    }

    /// The stretch between two moments, whatever is told between them; none where one of them is not told.
    pub fn between(&self, from: Point, to: Point) -> Option<Piece> {
        let at = |wanted: Point| self.points.iter().find(|(point, ..)| *point == wanted);
        let ((_, start, one), (_, end, other)) = (at(from)?, at(to)?);
        Some(Piece { from, to, start: *start, end: *end, certainty: (*one).min(*other) })
    }

    /// How long all stretches of a part were; none where no such is told.
    pub fn length(&self, part: Part) -> Option<Length> {
        let all = || self.pieces().filter(|piece| piece.part() == Some(part));
        let certainty = all().map(|piece| piece.certainty).min()?;
        Some(Length { minutes: all().map(|piece| piece.minutes()).sum(), certainty })
    }

    /// The moments that are told.
    pub fn points(&self) -> impl Iterator<Item = Point> + '_ {
        self.points.iter().map(|(point, ..)| *point)
    }

    /// Minutes from impact start, or from the first update, to the last moment.
    pub fn whole(&self) -> f64 {
        self.pieces().last().map_or(0.0, |last| last.end)
    }

    /// The same as it is written, with a mark where nobody knows the end of the impact; none where there is no part.
    pub fn total(&self) -> Option<String> {
        let certainty = match self.points.last() {
            Some((.., certainty)) => *certainty,
            None => self.pieces().map(|piece| piece.certainty).min()?,
        };
        let mark = if self.is_open { show::AT_LEAST } else { show::marks(certainty, false) };
        Some(format!("{mark}{}", show::minutes(self.whole())))
    }

    /// The stretches that have a length as bars, in milliseconds from where they count; `label` writes on them.
    pub fn bars(&self, label: impl Fn(&Piece) -> String) -> Vec<Bar> {
        let at = |minutes: f64| (minutes * 60_000.0) as i64;
        let long = self.pieces().filter(|piece| at(piece.start) < at(piece.end));
        let bar = |piece: Piece| Bar {
            start: Some(at(piece.start)),
            end: Some(at(piece.end)),
            kind: Some(piece.part().map_or(PhaseKind::Undetected, Part::kind)),
            label: label(&piece),
            sign: piece.part().map(Part::sign),
            certainty: piece.certainty,
            rest: piece.part().is_none(),
            joined: piece.start > 0.0,
        };
        long.map(bar).collect()
    }
}

/// What the updates say was being done, as far as no two of them speak of one time.
fn posted(incident: &Incident) -> Vec<Piece> {
    let mut phases: Vec<_> = incident.phases.iter().filter(|phase| phase.lane == Lane::Response).collect();
    phases.sort_by_key(|phase| phase.start);
    let Some(first) = phases.first().map(|phase| phase.start) else { return Vec::new() };
    let mut pieces: Vec<Piece> = Vec::new();
    for phase in phases {
        let Some((part, end)) = Part::ALL.into_iter().find(|part| part.kind() == phase.kind).zip(phase.end) else { continue };
        let (start, end) = (minutes_between(first, phase.start), minutes_between(first, end));
        if start <= end && pieces.last().is_none_or(|last| last.end <= start) {
            pieces.push(Piece { from: part.from(), to: part.to(), start, end, certainty: phase.certainty });
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn parts(incident: &Incident) -> Parts {
        Parts::of(incident, &Measures::of(incident))
    }

    fn names(parts: &Parts) -> Vec<String> {
        parts.pieces().map(|piece| format!("{} {}", piece.name(), piece.length())).collect()
    }

    #[test]
    fn parts_lie_between_the_moments_that_are_told() {
        let of = |at: usize| parts(&fixture::entries()[at].incident());
        assert_eq!(names(&of(0)), ["undetected 3m", "detected → mitigated 27m", "restoring 17m", "resolving 49m"]);
        assert_eq!(names(&of(2)), ["start → restored 1h25m"]);
        assert!(names(&of(3)).is_empty() && of(3).whole() == 0.0);
        assert_eq!(of(0).between(Point::Detected, Point::Restored).map(|piece| piece.minutes()), Some(44.0));
        assert_eq!(of(0).bars(Piece::name).iter().map(|bar| bar.rest).collect::<Vec<_>>(), [false, true, false, false]);
    }

    #[test]
    fn what_comes_too_early_or_too_late_is_left_out() {
        let mut incident = fixture::entries()[0].incident();
        let moved = |edge: &mut Option<crate::incident::Edge>, minutes: i64| {
            if let Some(edge) = edge {
                edge.at += chrono::TimeDelta::minutes(minutes);
            }
        };
        moved(&mut incident.milestones.mitigated, 60);
        moved(&mut incident.milestones.resolved, -60);
        let parts = parts(&incident);
        assert_eq!(names(&parts), ["undetected 3m", "detected → restored 44m"]);
    }

    #[test]
    fn what_updates_say_was_done_counts_where_nothing_was_measured() {
        let mut incident = fixture::entries()[1].incident();
        assert!(!parts(&incident).is_posted());
        let start = incident.impact.windows.first_mut().and_then(|window| window.start.as_mut()).unwrap();
        start.basis = crate::basis::Basis::Derived(crate::basis::Derivation::Updates);
        let told = parts(&incident);
        assert!(told.is_posted() && told.points().count() == 0);
        assert_eq!(names(&told), ["investigating ~1h45m"]);
        assert_eq!(told.whole(), 105.0);
        // Two that overlap cannot be added up, and what has no end has no length.
        let mut overlap = incident.phases.clone();
        incident.phases.append(&mut overlap);
        assert_eq!(parts(&incident), told);
        incident.phases.iter_mut().for_each(|phase| phase.end = None);
        assert_eq!(parts(&incident), Parts::default());
    }
}
