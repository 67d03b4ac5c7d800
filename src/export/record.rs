//! The exported record, `sevline/incident/v1`: the public face of the model, field for field.
//!
//! A field that the report does not fill is null or an empty list. Adding a field keeps the version; renaming or
//! changing one makes the next.

use crate::incident::Instant;
use crate::source::Cite;
use chrono::{NaiveDate, SecondsFormat};
use serde::{Serialize, Serializer};

/// The version every record names.
pub const SCHEMA: &str = "sevline/incident/v1";

/// One incident.
#[derive(Debug, Serialize)]
pub struct Record<'a> {
    /// Always [`SCHEMA`].
    pub schema: &'static str,
    /// Stable across runs and machines; may repeat between files.
    pub id: &'a str,
    /// Where it was read.
    pub source: Source<'a>,
    /// Whether the file may be no incident report.
    pub doubtful: bool,
    /// Why, in a few words.
    pub doubtful_because: Option<&'a str>,
    /// What it is called.
    pub title: Option<&'a str>,
    /// Who suffered or published it.
    pub organization: Option<&'a str>,
    /// The last thing said of it.
    pub status: Option<&'static str>,
    /// `critical`, `high`, `medium`, `low` or `none`.
    pub severity: Option<&'static str>,
    /// The report's own word for the severity.
    pub severity_label: Option<&'a str>,
    /// `inferred` when no label is written.
    pub severity_certainty: Option<&'static str>,
    /// What was affected, in the report's spelling.
    pub services: Vec<&'a str>,
    /// What was affected, as a status page lists it.
    pub components: Vec<Component<'a>>,
    /// Where.
    pub regions: Vec<&'a str>,
    /// When customers were hurt.
    pub impact: Impact<'a>,
    /// From the first to the last status update.
    pub communication: Option<Communication>,
    /// Both lanes.
    pub phases: Vec<Phase<'a>>,
    /// Every moment the report puts a time on.
    pub events: Vec<Event<'a>>,
    /// The moments that reviews measure by.
    pub milestones: Milestones,
    /// Minutes from impact start.
    pub metrics: Metrics,
    /// What happened.
    pub summary: Option<&'a str>,
    /// What customers noticed.
    pub customer_impact: Option<&'a str>,
    /// Why it happened.
    pub root_cause: Option<&'a str>,
    /// What ended it.
    pub resolution: Option<&'a str>,
    /// What was learned.
    pub lessons: Vec<&'a str>,
    /// Work against recurrence.
    pub action_items: Vec<ActionItem<'a>>,
    /// What does not add up.
    pub diagnostics: Vec<Diagnostic<'a>>,
    /// What a reviewer says of it.
    pub review: Option<Review<'a>>,
    /// JSON pointer to the words the value was read from.
    #[serde(serialize_with = "as_map")]
    pub evidence: Vec<(String, Vec<Words>)>,
}

/// Where an incident was read.
#[derive(Debug, Serialize)]
pub struct Source<'a> {
    /// As given or found, relative to the folder that was named.
    pub path: &'a str,
    /// The number of the incident in its file, from 0.
    pub index: u32,
    /// The form of the file.
    pub format: &'static str,
    /// The public address.
    pub url: Option<&'a str>,
}

/// A component of a status page.
#[derive(Debug, Serialize)]
pub struct Component<'a> {
    /// The group it stands in.
    pub group: Option<&'a str>,
    /// Its name.
    pub name: &'a str,
}

/// When customers were hurt.
#[derive(Debug, Serialize)]
pub struct Impact<'a> {
    /// The first start.
    pub start: Option<Moment>,
    /// Whether it is written.
    pub start_certainty: Option<&'static str>,
    /// The last end.
    pub end: Option<Moment>,
    /// Whether it is written.
    pub end_certainty: Option<&'static str>,
    /// By what the start was decided.
    pub start_basis: Option<String>,
    /// By what the end was decided.
    pub end_basis: Option<String>,
    /// Each separate stretch.
    pub windows: Vec<Window<'a>>,
    /// The length of the windows' union.
    pub duration_minutes: Option<Minutes>,
    /// What the report says the whole lasted.
    pub stated_duration_minutes: Option<Minutes>,
}

/// A stretch of impact.
#[derive(Debug, Serialize)]
pub struct Window<'a> {
    /// When it began.
    pub start: Option<Moment>,
    /// When it ended; null while open.
    pub end: Option<Moment>,
    /// The report's name for it.
    pub label: Option<&'a str>,
    /// Whether its ends are written.
    pub certainty: &'static str,
}

/// From the first to the last status update.
#[derive(Debug, Serialize)]
pub struct Communication {
    /// The first.
    pub start: Moment,
    /// The last.
    pub end: Moment,
}

/// A stretch in one of the lanes.
#[derive(Debug, Serialize)]
pub struct Phase<'a> {
    /// `impact` or `response`.
    pub lane: &'static str,
    /// What it was.
    pub kind: &'static str,
    /// The report's name for it.
    pub label: Option<&'a str>,
    /// When it began.
    pub start: Moment,
    /// When it ended; null while open.
    pub end: Option<Moment>,
    /// Whether it is written.
    pub certainty: &'static str,
}

/// A moment with a time.
#[derive(Debug, Serialize)]
pub struct Event<'a> {
    /// When; null for a date without a clock and a clock without a date.
    pub at: Option<Moment>,
    /// The date, where there is no clock.
    pub date: Option<NaiveDate>,
    /// What happened.
    pub kind: &'static str,
    /// The words around it.
    pub text: &'a str,
    /// The time as the report has it.
    pub written: &'a str,
    /// The same instant in the report's own offset.
    pub local: Option<String>,
    /// `second`, `minute`, `hour` or `day`.
    pub precision: &'static str,
    /// Whether the report says "about".
    pub approximate: bool,
    /// Whether it is written.
    pub certainty: &'static str,
    /// What decided what the time leaves out.
    pub basis: String,
}

/// The moments that reviews measure by; null where the report gives no clock for it.
#[derive(Debug, Serialize)]
pub struct Milestones {
    /// First noticed on the publisher's side.
    pub detected: Option<Milestone>,
    /// The first human response.
    pub acknowledged: Option<Milestone>,
    /// The cause found.
    pub identified: Option<Milestone>,
    /// What was done against it took effect.
    pub mitigated: Option<Milestone>,
    /// Declared over.
    pub resolved: Option<Milestone>,
}

/// A moment that reviews measure by.
#[derive(Debug, Serialize)]
pub struct Milestone {
    /// When.
    pub at: Moment,
    /// Whether it is written and surely this.
    pub certainty: &'static str,
    /// By what it was decided.
    pub basis: String,
}

/// Minutes from impact start.
#[derive(Debug, Serialize)]
pub struct Metrics {
    /// To detection.
    pub time_to_detect_minutes: Option<Minutes>,
    /// To the first human response.
    pub time_to_acknowledge_minutes: Option<Minutes>,
    /// To the cause found.
    pub time_to_identify_minutes: Option<Minutes>,
    /// To what was done taking effect.
    pub time_to_mitigate_minutes: Option<Minutes>,
    /// To the end of the last impact window.
    pub time_to_restore_minutes: Option<Minutes>,
    /// To being declared over.
    pub time_to_resolve_minutes: Option<Minutes>,
    /// To the first public update.
    pub publication_lag_minutes: Option<Minutes>,
}

/// Work against recurrence.
#[derive(Debug, Serialize)]
pub struct ActionItem<'a> {
    /// What is to be done.
    pub text: &'a str,
    /// `done` or `open`.
    pub state: &'static str,
    /// `done`, `short-term` or `long-term`.
    pub horizon: Option<&'static str>,
    /// When it is due.
    pub due: Option<NaiveDate>,
    /// Who does it.
    pub owner: Option<&'a str>,
}

/// Something that does not add up.
#[derive(Debug, Serialize)]
pub struct Diagnostic<'a> {
    /// Its stable code.
    pub code: &'static str,
    /// `note`, `warning` or `error`.
    pub level: crate::diagnostic::Level,
    /// The finding.
    pub message: &'a str,
    /// The line it is about.
    pub line: Option<u32>,
}

/// What a reviewer says; every other field of the record is what the report tells.
#[derive(Debug, Serialize)]
pub struct Review<'a> {
    /// Words to find it by, in alphabetical order.
    pub tags: Vec<&'a str>,
    /// Free text.
    pub note: Option<&'a str>,
    /// What the report has wrong.
    pub corrections: Corrections,
}

/// What the report has wrong; null where it is right.
#[derive(Debug, Serialize)]
pub struct Corrections {
    /// `critical`, `high`, `medium`, `low` or `none`.
    pub severity: Option<&'static str>,
    /// When customers were hurt first.
    pub impact_start: Option<Moment>,
    /// When that ended.
    pub impact_end: Option<Moment>,
    /// Moments whose day or zone is another.
    pub moments: Vec<Moved>,
}

/// A moment that was elsewhere.
#[derive(Debug, Serialize)]
pub struct Moved {
    /// Where the report was read to have it.
    pub read: Moment,
    /// Where it was.
    pub at: Moment,
}

/// A stretch of the decoded file.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Words {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// The 1-based line of the first byte.
    pub line: u32,
}

impl From<Cite> for Words {
    fn from(cite: Cite) -> Self {
        Self { start: cite.span.start, end: cite.span.end, line: cite.line }
    }
}

/// An instant as RFC 3339 in UTC, to the second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment(pub Instant);

impl Moment {
    /// The length up to `end`.
    pub fn until(self, end: Moment) -> Minutes {
        Minutes(crate::incident::minutes_between(self.0, end.0))
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str(&self.0.to_rfc3339_opts(SecondsFormat::Secs, true))
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// Minutes to two decimals, written without a fraction where there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Minutes(pub f64);

impl Minutes {
    fn rounded(self) -> f64 {
        (self.0 * 100.0).round() / 100.0
    }
}

impl std::fmt::Display for Minutes {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Adding nothing makes a negative zero a plain one.
        write!(to, "{}", self.rounded() + 0.0)
    }
}

impl Serialize for Minutes {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let rounded = self.rounded();
        // Every whole number a chrono difference can reach fits an i64.
        if rounded.fract() == 0.0 { to.serialize_i64(rounded as i64) } else { to.serialize_f64(rounded) }
    }
}

fn as_map<S: Serializer>(pairs: &[(String, Vec<Words>)], to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(pairs.iter().map(|(pointer, words)| (pointer, words)))
}
