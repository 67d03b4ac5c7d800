//! The in-memory model: one incident as its report tells it, every fact with the words it was read from.
//!
//! The record that `export` writes is this model's public face; instants are UTC, durations minutes.

mod kinds;
mod milestone;

pub use crate::basis::{Alternative, Basis};
use crate::diagnostic::Diagnostic;
pub use crate::document::{Format, IncidentKind};
use crate::source::{Cite, Span};
use chrono::{DateTime, NaiveDate, Utc};
pub use kinds::{ActionState, Certainty, EventKind, Horizon, Lane, PhaseKind, Precision, Severity, Status};
pub use milestone::{Metrics, Milestones};
use serde::{Deserialize, Serialize};

/// A moment in UTC.
pub type Instant = DateTime<Utc>;

/// A value with its certainty and the words it was read from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fact<T> {
    /// The value.
    pub value: T,
    /// Written or worked out.
    pub certainty: Certainty,
    /// By what it was decided.
    pub basis: Basis,
    /// The words; an inferred value cites what it was inferred from.
    pub cites: Vec<Cite>,
}

impl<T> Fact<T> {
    /// A value the report writes.
    pub fn stated(value: T, cite: Cite, basis: Basis) -> Self {
        Self { value, certainty: Certainty::Stated, basis, cites: vec![cite] }
    }

    /// A value worked out from the words cited.
    pub fn inferred(value: T, cites: Vec<Cite>, basis: Basis) -> Self {
        Self { value, certainty: Certainty::Inferred, basis, cites }
    }
}

/// Where an incident was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRef {
    /// The path as given or found, relative to the folder argument where one was given; `-` for standard input.
    pub path: String,
    /// The incident's number in the file, from 0.
    pub index: u32,
    /// The form of the file.
    pub format: Format,
    /// The public address, where the report gives it.
    pub url: Option<String>,
}

/// A component as a status page names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    /// The group it stands in, if any.
    pub group: Option<String>,
    /// Its name.
    pub name: String,
    /// The words.
    pub cite: Cite,
}

/// One end of a window or phase.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edge {
    /// When.
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub at: Instant,
    /// Written or worked out.
    pub certainty: Certainty,
    /// Whether the report says "about".
    pub approximate: bool,
    /// Why it is this moment.
    pub basis: Basis,
    /// What decided what the moment leaves out; none where no moment is written.
    pub moment: Option<Basis>,
    /// The day and zone of that moment, where either was chosen narrowly.
    pub alternatives: Vec<Alternative>,
    /// The words.
    pub cites: Vec<Cite>,
}

impl Edge {
    /// By what it was decided: why it is this moment, and where what the moment leaves out was found.
    pub fn bases(&self) -> impl Iterator<Item = Basis> {
        std::iter::once(self.basis).chain(self.moment.filter(|moment| moment.tells_more()))
    }

    /// Whether another moment, or none, would have been nearly as good.
    pub fn is_narrow(&self) -> bool {
        matches!(self.basis, Basis::Scored(scored) if scored.is_narrow())
    }

    /// The moment that would have been nearly as good.
    pub fn next_best(&self) -> Option<Instant> {
        self.basis.next_best(self.at).filter(|_| self.is_narrow())
    }
}

/// A stretch of customer impact; an open end means it had not ended when the report was written, or nobody says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Window {
    /// When it began.
    pub start: Option<Edge>,
    /// When it ended.
    pub end: Option<Edge>,
    /// The report's name for it ("First downtime").
    pub label: Option<String>,
}

impl Window {
    /// Its length in minutes, when both ends are known.
    pub fn minutes(&self) -> Option<f64> {
        Some(minutes_between(self.start.as_ref()?.at, self.end.as_ref()?.at))
    }

    /// Stated when every known end is.
    pub fn certainty(&self) -> Certainty {
        [&self.start, &self.end].into_iter().flatten().map(|edge| edge.certainty).min().unwrap_or(Certainty::Inferred)
    }
}

/// When customers were hurt.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Impact {
    /// Each separate stretch, in time order.
    pub windows: Vec<Window>,
    /// What the report says the whole lasted, in minutes.
    pub stated_minutes: Option<Fact<f64>>,
}

impl Impact {
    /// The first start.
    pub fn start(&self) -> Option<&Edge> {
        self.windows.iter().filter_map(|window| window.start.as_ref()).min_by_key(|edge| edge.at)
    }

    /// The last end; none while any window is open.
    pub fn end(&self) -> Option<&Edge> {
        if self.windows.iter().any(|window| window.end.is_none()) {
            return None;
        }
        self.windows.iter().filter_map(|window| window.end.as_ref()).max_by_key(|edge| edge.at)
    }

    /// The length of the windows' union in minutes; none while one is open.
    pub fn minutes(&self) -> Option<f64> {
        let mut spans = Vec::with_capacity(self.windows.len());
        for window in &self.windows {
            let (start, end) = (window.start.as_ref()?.at, window.end.as_ref()?.at);
            spans.push((start, end.max(start)));
        }
        spans.sort_unstable();
        let mut total = 0.0;
        let mut reached = spans.first()?.0;
        for (start, end) in spans {
            total += minutes_between(start.max(reached), end.max(reached));
            reached = reached.max(end);
        }
        Some(total)
    }
}

/// A stretch in one of the two lanes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Phase {
    /// Which lane.
    pub lane: Lane,
    /// What it was.
    pub kind: PhaseKind,
    /// The report's name for it.
    pub label: Option<String>,
    /// When it began.
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub start: Instant,
    /// When it ended; none while open.
    #[serde(with = "chrono::serde::ts_microseconds_option")]
    pub end: Option<Instant>,
    /// Written or worked out.
    pub certainty: Certainty,
    /// By what it was decided.
    pub basis: Basis,
    /// The words.
    pub cites: Vec<Cite>,
}

/// Something the report puts a time on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// When; none for a date without a clock and for a clock without a date.
    #[serde(with = "chrono::serde::ts_microseconds_option")]
    pub at: Option<Instant>,
    /// The date, for an event that has no clock.
    pub date: Option<NaiveDate>,
    /// What happened.
    pub kind: EventKind,
    /// The words around it.
    pub text: String,
    /// The time as written.
    pub written: String,
    /// The report's own offset at that moment, in seconds east of UTC.
    pub offset_seconds: Option<i32>,
    /// How finely it is written.
    pub precision: Precision,
    /// Whether the report says "about".
    pub approximate: bool,
    /// Written or worked out.
    pub certainty: Certainty,
    /// What decided what the time leaves out.
    pub basis: Basis,
    /// Its day and its zone, where either was chosen narrowly.
    pub alternatives: Vec<Alternative>,
    /// The words.
    pub cites: Vec<Cite>,
}

/// Work against recurrence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionItem {
    /// What is to be done.
    pub text: String,
    /// Whether it is.
    pub state: ActionState,
    /// When it is due, roughly.
    pub horizon: Option<Horizon>,
    /// When it is due.
    pub due: Option<NaiveDate>,
    /// Who does it.
    pub owner: Option<String>,
    /// The words.
    pub cite: Cite,
}

/// The first and last status update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Communication {
    /// The first update.
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub start: Instant,
    /// The last update.
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub end: Instant,
}

/// One incident as its report tells it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// Stable across runs and machines; may repeat between files.
    pub id: String,
    /// Where it was read.
    pub source: SourceRef,
    /// Trouble or planned work.
    pub kind: IncidentKind,
    /// What it is called.
    pub title: Option<Fact<String>>,
    /// Who suffered or published it.
    pub organization: Option<Fact<String>>,
    /// The last thing said of it.
    pub status: Option<Fact<Status>>,
    /// How bad it was.
    pub severity: Option<Fact<Severity>>,
    /// The report's own word for the severity.
    pub severity_label: Option<String>,
    /// What was affected, in the report's spelling.
    pub services: Vec<Fact<String>>,
    /// What was affected, as a status page lists it.
    pub components: Vec<Component>,
    /// Where.
    pub regions: Vec<Fact<String>>,
    /// When customers were hurt.
    pub impact: Impact,
    /// When people posted about it; none without updates.
    pub communication: Option<Communication>,
    /// Both lanes, by start.
    pub phases: Vec<Phase>,
    /// Every moment with a time; those without an instant last.
    pub events: Vec<Event>,
    /// The moments that reviews measure by.
    pub milestones: Milestones,
    /// What happened.
    pub summary: Option<Fact<String>>,
    /// What customers noticed.
    pub customer_impact: Option<Fact<String>>,
    /// Why it happened.
    pub root_cause: Option<Fact<String>>,
    /// What ended it.
    pub resolution: Option<Fact<String>>,
    /// What was learned.
    pub lessons: Vec<Fact<String>>,
    /// Work against recurrence.
    pub action_items: Vec<ActionItem>,
    /// What does not add up.
    pub diagnostics: Vec<Diagnostic>,
    /// The stretch of the file this incident was read from.
    pub extent: Cite,
    /// Why the file may be no incident report, in a few words; none where it is one.
    pub doubtful: Option<String>,
}

impl Incident {
    /// Leaves out what was inferred from words.
    pub fn keep_stated(&mut self) {
        fn stated<T>(fact: &Fact<T>) -> bool {
            fact.certainty == Certainty::Stated
        }
        self.severity = self.severity.take().filter(stated);
        self.organization = self.organization.take().filter(stated);
        for told in [&mut self.summary, &mut self.customer_impact, &mut self.root_cause, &mut self.resolution] {
            *told = told.take().filter(stated);
        }
        self.services.retain(stated);
        self.regions.retain(stated);
    }

    /// An incident of which nothing is known but where it was read.
    pub fn bare(source: SourceRef) -> Self {
        let extent = Cite { span: Span { start: 0, end: 0 }, line: 1 };
        Self {
            id: String::new(),
            source,
            kind: IncidentKind::Incident,
            title: None,
            organization: None,
            status: None,
            severity: None,
            severity_label: None,
            services: Vec::new(),
            components: Vec::new(),
            regions: Vec::new(),
            impact: Impact::default(),
            communication: None,
            phases: Vec::new(),
            events: Vec::new(),
            milestones: Milestones::default(),
            summary: None,
            customer_impact: None,
            root_cause: None,
            resolution: None,
            lessons: Vec::new(),
            action_items: Vec::new(),
            diagnostics: Vec::new(),
            extent,
            doubtful: None,
        }
    }

    /// What to call it on screen: its title, else its file.
    pub fn display_title(&self) -> &str {
        self.title.as_ref().map_or(&self.source.path, |title| &title.value)
    }

    /// The moment it is sorted by: impact start, else the first event.
    pub fn start(&self) -> Option<Instant> {
        let first_event = || self.events.iter().filter(|event| event.kind != EventKind::Published).find_map(|event| event.at);
        self.impact.start().map(|edge| edge.at).or_else(first_event)
    }

    /// The report's own offset, in seconds east of UTC, where it writes one.
    pub fn offset_seconds(&self) -> Option<i32> {
        self.events.iter().find_map(|event| event.offset_seconds)
    }

    /// Whether its impact has begun and no end is known.
    pub fn is_open(&self) -> bool {
        self.impact.windows.iter().any(|window| window.end.is_none())
    }
}

/// Minutes from `start` to `end`, negative when `end` is earlier.
pub fn minutes_between(start: Instant, end: Instant) -> f64 {
    (end - start).num_milliseconds() as f64 / 60_000.0
}
