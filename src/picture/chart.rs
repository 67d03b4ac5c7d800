//! What a picture shows, whatever form it is drawn in. All texts are raw; whoever draws them cleans and escapes them.

use crate::app::axis::{Tick, clock_ticks, percent_ticks, relative_ticks};
use crate::app::scale::Scale;
use crate::app::show::Clock;
use crate::app::viewport::{Range, Viewport, instant};
use crate::incident::{Certainty, EventKind, PhaseKind, Severity};

/// A picture of one or several incidents.
#[derive(Debug)]
pub struct Chart {
    /// What it shows.
    pub title: String,
    /// More about it, a line each.
    pub facts: Vec<String>,
    /// What the axis counts.
    pub axis: Axis,
    /// The stretch that is shown; none where no time is known.
    pub range: Option<Range>,
    /// The rows, from top to bottom.
    pub tracks: Vec<Track>,
    /// A second picture below it, on a scale of its own.
    pub more: Option<Panel>,
    /// What it shows in words and figures.
    pub tables: Vec<Table>,
    /// What it leaves out, and what its signs mean.
    pub notes: Vec<String>,
}

/// A picture below another: rows on a scale of times since a common moment.
#[derive(Debug)]
pub struct Panel {
    /// What it tells.
    pub caption: String,
    /// The stretch that is shown.
    pub range: Range,
    /// The rows, from top to bottom.
    pub tracks: Vec<Track>,
    /// What its colours are called.
    pub legend: Vec<(PhaseKind, &'static str)>,
    /// What else its signs mean.
    pub note: Option<String>,
}

/// What an axis counts.
#[derive(Debug, Clone)]
pub enum Axis {
    /// Wall clock time, and how it becomes places on the axis.
    Clock(Clock, Scale),
    /// Time since the moment at which the incidents are aligned.
    Relative,
    /// Parts of the length that all incidents are stretched to.
    Stretched,
}

/// A lane of an incident, or an incident.
#[derive(Debug, Default)]
pub struct Track {
    /// What it is called; empty for a further row of the one above.
    pub name: String,
    /// More about it.
    pub note: String,
    /// What stands behind it: a severity and a length.
    pub value: String,
    /// Its bars.
    pub bars: Vec<Span>,
    /// Its moments.
    pub marks: Vec<Mark>,
    /// Whether it shares a moment with another incident of the calendar.
    pub overlaps: bool,
    /// Why there is nothing to see.
    pub empty: Option<&'static str>,
    /// In a calendar how bad it was, unknown where nobody says: its bars have that colour.
    pub severity: Option<Option<Severity>>,
    /// Whether it is one of many, so that it has one line and no more.
    pub low: bool,
}

impl Axis {
    /// The labels of the axis; the moments in them are places on it.
    pub fn ticks(&self, range: Range, columns: u16) -> Vec<Tick> {
        let view = Viewport::even(range, columns);
        match self {
            Self::Clock(clock, scale) => {
                let ticks = clock_ticks(Viewport { scale, ..view }, clock);
                ticks.into_iter().map(|tick| Tick { at: scale.place(tick.at), ..tick }).collect()
            }
            Self::Relative => relative_ticks(view),
            Self::Stretched => percent_ticks(view),
        }
    }

    /// The day and the offset at the left edge; empty where the axis has no clock.
    pub fn corner(&self, range: Range) -> String {
        let Self::Clock(clock, scale) = self else { return String::new() };
        instant(scale.moment(range.start)).map(|at| format!("{} {}", clock.date(at), clock.offset(at))).unwrap_or_default()
    }

    /// Where time is left out, in places on the axis.
    pub fn breaks(&self, range: Range) -> Vec<Range> {
        let Self::Clock(_, scale) = self else { return Vec::new() };
        let next = |from: i64| scale.break_after(from).map(|(dead, end)| Range { start: dead.place, end });
        std::iter::successors(next(range.start), |before| next(before.end)).take_while(|dead| dead.start < range.end).collect()
    }
}

/// A stretch of time. Edges are milliseconds on the axis.
#[derive(Debug, Clone)]
pub struct Span {
    /// When it began; none where nobody says.
    pub start: Option<i64>,
    /// When it ended; none while open.
    pub end: Option<i64>,
    /// The last moment anything is known of, where an open stretch fades.
    pub known_until: i64,
    /// What it was; none for an impact of unknown kind.
    pub kind: Option<PhaseKind>,
    /// What to write on it.
    pub label: String,
    /// Whether an edge was worked out.
    pub certainty: Certainty,
    /// Whether it is only the rest of an impact of which other bars tell the parts.
    pub rest: bool,
    /// Whether it begins where the one before it ends.
    pub joined: bool,
    /// What a reader wants to know of it.
    pub told: Told,
}

/// A moment.
#[derive(Debug, Clone)]
pub struct Mark {
    /// When, in milliseconds on the axis.
    pub at: i64,
    /// What happened.
    pub kind: EventKind,
    /// Its sign in characters.
    pub sign: char,
    /// Whether the time was worked out.
    pub certainty: Certainty,
    /// What a reader wants to know of it.
    pub told: Told,
}

/// What stands behind a bar or a mark.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// What it is: "outage", "detected".
    pub what: String,
    /// When it was, on the clock that was asked for.
    pub when: String,
    /// How long it was; empty for a moment.
    pub length: String,
    /// Whether it is written, and which rule decided.
    pub basis: String,
    /// The report's words, with their place.
    pub words: Vec<Words>,
}

/// Words of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The words.
    pub text: String,
    /// Where they stand: a file and a line.
    pub place: String,
}

/// Rows of texts below a head.
#[derive(Debug, Default)]
pub struct Table {
    /// What it tells.
    pub caption: String,
    /// Its columns.
    pub head: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
    /// Which forms have it.
    pub forms: Forms,
}

/// Which forms have a table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Forms {
    /// All, the picture as well: it tells what cannot be drawn.
    Everywhere,
    /// All but the picture alone.
    #[default]
    All,
    /// Documents: in text the chart tells the same.
    Documents,
    /// The page: there it says on paper what a screen shows behind the bars.
    Page,
}

/// A column of a table.
#[derive(Debug, Clone)]
pub struct Column {
    /// What stands above it.
    pub name: String,
    /// Whether it holds numbers.
    pub number: bool,
    /// Whether it is left out where lines are short.
    pub wide: bool,
}

impl Column {
    /// A column of words.
    pub fn words(name: &str) -> Self {
        Self { name: name.into(), number: false, wide: false }
    }

    /// A column of numbers.
    pub fn number(name: &str) -> Self {
        Self { number: true, ..Self::words(name) }
    }
}

impl Chart {
    /// How bad its incidents were, each once from the worst on, where colours tell that.
    pub fn severities(&self) -> Vec<Option<Severity>> {
        let mut found: Vec<_> = self.tracks.iter().filter(|track| !track.bars.is_empty()).filter_map(|track| track.severity).collect();
        found.sort_unstable_by(|a, b| b.cmp(a));
        found.dedup();
        found
    }

    /// What its bars are where colours tell that, each once, for a legend.
    pub fn phases(&self) -> Vec<PhaseKind> {
        let kinds = self
            .tracks
            .iter()
            .filter(|track| track.severity.is_none())
            .flat_map(|track| &track.bars)
            .map(|bar| bar.kind.unwrap_or(UNKNOWN));
        let mut kinds: Vec<_> = kinds.collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// What its marks are, each once, for a legend.
    pub fn events(&self) -> Vec<EventKind> {
        let mut kinds: Vec<_> = self.tracks.iter().flat_map(|track| &track.marks).map(|mark| mark.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }
}

/// What an impact of unknown kind looks like.
pub const UNKNOWN: PhaseKind = PhaseKind::Degradation;

impl Span {
    /// Its edges as they are drawn: an open one ends at the last moment known, one that ends before it starts is a moment.
    pub fn edges(&self) -> Option<(i64, i64)> {
        let start = self.start.or(self.end)?;
        let end = self.end.unwrap_or(self.known_until);
        Some((start, end.max(start)))
    }
}

/// The columns of a table in groups that fit into `room`, the first column in each; a column that is wider has a group of its
/// own. Widths, the gap between two columns and the room are of one measure.
pub fn side_by_side(widths: &[usize], gap: usize, room: usize) -> Vec<Vec<usize>> {
    let first = widths.first().copied().unwrap_or(0);
    let mut groups: Vec<(usize, Vec<usize>)> = Vec::new();
    for (at, width) in widths.iter().enumerate().skip(1) {
        match groups.last_mut().filter(|(used, _)| used + gap + width <= room) {
            Some((used, group)) => {
                *used += gap + width;
                group.push(at);
            }
            None => groups.push((first + gap + width, vec![0, at])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_group_begins_with_the_first_column_and_fits() {
        assert_eq!(side_by_side(&[10, 5, 5, 5], 1, 22), [vec![0, 1, 2], vec![0, 3]]);
        assert_eq!(side_by_side(&[10, 50, 5], 1, 22), [vec![0, 1], vec![0, 2]]);
        assert_eq!(side_by_side(&[10, 5, 5], 1, 22), [vec![0, 1, 2]]);
    }
}
