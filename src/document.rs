//! A report of any form as blocks of text, every byte of which knows where in the source it stood.

pub mod line;
pub mod sheet;
mod text;

use crate::names::names;
use crate::source::Span;
use serde::{Deserialize, Serialize};
pub use text::{Text, TextBuilder};

names! {
    /// Trouble or planned work.
    pub enum IncidentKind {
        /// Something broke.
        Incident = "incident",
        /// Planned work.
        Maintenance = "maintenance",
    }
}
names! {
    /// The form a report is written in.
    pub enum Format {
        /// An Atlassian Statuspage incident page, copied as text.
        StatuspageText = "statuspage-text",
        /// Statuspage's public API, version 2.
        StatuspageJson = "statuspage-json",
        /// A Statuspage history feed (Atom or RSS).
        StatuspageFeed = "statuspage-feed",
        /// A saved Statuspage page.
        StatuspageHtml = "statuspage-html",
        /// Google Cloud's incidents.json.
        GoogleCloudJson = "google-cloud-json",
        /// Markdown.
        Markdown = "markdown",
        /// Any other HTML page.
        Html = "html",
        /// Records in JSON.
        Json = "json",
        /// A table of separated values.
        Csv = "csv",
        /// Records in YAML.
        Yaml = "yaml",
        /// Records in TOML.
        Toml = "toml",
        /// A calendar.
        ICalendar = "icalendar",
        /// Any other text.
        Text = "text",
    }
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading of level 1 to 6.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// An entry of a list, its nesting depth from 0, and whether it is ticked off where it has a box.
    Item {
        /// Nesting depth, outermost 0.
        depth: u8,
        /// `[x]` or `[ ]` in front.
        ticked: Option<bool>,
    },
    /// A row of a table: its cells, and whether it is the head.
    Row {
        /// The cells, trimmed.
        cells: usize,
        /// The head of its table.
        head: bool,
    },
    /// Code or a log: not read for times.
    Code,
}

/// One block of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block<'a> {
    /// What it is.
    pub kind: BlockKind,
    /// Its text; of a row, the whole row.
    pub text: Text<'a>,
    /// The cells of a row; else empty.
    pub cells: Vec<Text<'a>>,
}

impl<'a> Block<'a> {
    /// A block that is no row.
    pub fn new(kind: BlockKind, text: Text<'a>) -> Self {
        Self { kind, text, cells: Vec::new() }
    }

    /// Whether it is a paragraph or an entry that is longer than `LONGEST`.
    pub fn is_endless(&self) -> bool {
        self.text.as_str().len() > LONGEST && matches!(self.kind, BlockKind::Paragraph | BlockKind::Item { .. })
    }

    /// The block in parts of which none is endless: what is said of a time is sought in all of the paragraph around it.
    pub fn divided(self) -> Vec<Self> {
        if !self.is_endless() {
            return vec![self];
        }
        let (mut parts, mut at) = (Vec::new(), 0);
        let words = self.text.as_str();
        while at < words.len() {
            let most = words.floor_char_boundary((at + LONGEST).min(words.len()));
            let stretch = words.get(at..most).unwrap_or_default();
            // At the end of a sentence, else of a word, else anywhere.
            let end = [stretch.rfind(". ").map(|dot| dot + 1), stretch.rfind(char::is_whitespace)];
            let end = end.into_iter().flatten().find(|end| *end > LONGEST / 2).filter(|_| most < words.len());
            let next = at + end.unwrap_or(stretch.len());
            parts.push(Self { kind: self.kind.clone(), text: self.text.part(at..next).trimmed(), cells: Vec::new() });
            at = next;
        }
        parts
    }
}

/// The longest paragraph that is read as one, in bytes: a chapter of a book has shorter ones.
const LONGEST: usize = 8 << 10;

/// One entry of a status page's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update<'a> {
    /// "Investigating", "Resolved", "Postmortem" …
    pub label: Text<'a>,
    /// When it was posted, as written.
    pub stamp: Option<Text<'a>>,
    /// What was posted.
    pub blocks: Vec<Block<'a>>,
}

impl Update<'_> {
    /// Whether it is the published post-mortem, whose stamp says nothing about the incident.
    pub fn is_postmortem(&self) -> bool {
        is_postmortem(self.label.as_str())
    }
}

/// Whether a label is of what was written when all was over: "Postmortem", "Write-up published".
pub fn is_postmortem(label: &str) -> bool {
    let label = label.to_ascii_lowercase();
    ["postmortem", "post-mortem", "write-up"].iter().any(|kind| label.contains(kind))
}

/// Whether a label tells how an incident goes on; not that of planned work, and none of what was written about it.
pub fn is_live(label: &str) -> bool {
    ["investigating", "identified", "monitoring", "resolved"].iter().any(|live| live.eq_ignore_ascii_case(label.trim()))
}

/// A component of a status page whose state an update sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change<'a> {
    /// What it is called.
    pub component: Text<'a>,
    /// The state from then on, as the page calls it.
    pub to: Text<'a>,
    /// The place of the update among the report's.
    pub update: usize,
}

/// A labelled value outside the running text: front matter, a mail header, a member of a JSON object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field<'a> {
    /// The label as written, or the key.
    pub label: Text<'a>,
    /// The value.
    pub value: Text<'a>,
}

/// One incident's part of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Report<'a> {
    /// Trouble or planned work.
    pub kind: IncidentKind,
    /// The source's own id.
    pub id: Option<Text<'a>>,
    /// The public address.
    pub url: Option<Text<'a>>,
    /// The title, where the form marks it.
    pub title: Option<Text<'a>>,
    /// The publisher, where the form marks it.
    pub organization: Option<Text<'a>>,
    /// Labelled values outside the text.
    pub fields: Vec<Field<'a>>,
    /// The text.
    pub blocks: Vec<Block<'a>>,
    /// The status updates in file order.
    pub updates: Vec<Update<'a>>,
    /// "A (b, c), D": what a status page says was affected.
    pub affected: Option<Text<'a>>,
    /// The affected components' names where each stands alone.
    pub components: Vec<Text<'a>>,
    /// What the updates say of the state of components, in file order.
    pub changes: Vec<Change<'a>>,
    /// A line elsewhere on the page that gives the zone of all its times.
    pub zone: Option<Text<'a>>,
    /// The year that a heading elsewhere on the page gives its days.
    pub year: Option<i32>,
    /// Whether `3/9` is 3 September in the list that it stands in; none where that does not tell.
    pub day_first: Option<bool>,
    /// Whether it is a mail: saved as such, or copied with who sent it on top.
    pub is_mail: bool,
    /// Whether it is a record of a list, which is one incident whatever its text holds.
    pub record: bool,
    /// Whether it is a record of which its form tells all: nothing is guessed from its words.
    pub formed: bool,
    /// The stretch of the file it takes.
    pub extent: Span,
}

impl Report<'_> {
    /// An empty report over `extent`.
    pub fn new(extent: Span) -> Self {
        Self {
            kind: IncidentKind::Incident,
            id: None,
            url: None,
            title: None,
            organization: None,
            fields: Vec::new(),
            blocks: Vec::new(),
            updates: Vec::new(),
            affected: None,
            components: Vec::new(),
            changes: Vec::new(),
            zone: None,
            year: None,
            day_first: None,
            is_mail: false,
            record: false,
            formed: false,
            extent,
        }
    }
}

/// Why the structure of a file could not be read: what is wrong, where, and what a person can do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub message: String,
    /// Where.
    pub span: Span,
    /// What to do.
    pub help: &'static str,
    /// Whether it is broken or cut off; else it is sound, and of a form that is not known.
    pub broken: bool,
}

impl Fault {
    /// A file that is broken or cut off.
    pub fn broken(message: impl Into<String>, span: Span) -> Self {
        Self { message: message.into(), span, help: "save the file again from its source", broken: true }
    }
}

/// A file's reports.
#[derive(Debug, Clone, PartialEq)]
pub struct Document<'a> {
    /// The form of the file.
    pub format: Format,
    /// Its incidents in file order.
    pub reports: Vec<Report<'a>>,
    /// Why the structure could not be read.
    pub problem: Option<Fault>,
    /// Where a string holds half of a character, which is read as `\u{fffd}`; in order.
    pub half_characters: Vec<Span>,
}

impl<'a> Document<'a> {
    /// A document without a problem.
    pub fn new(format: Format, reports: Vec<Report<'a>>) -> Self {
        Self { format, reports, problem: None, half_characters: Vec::new() }
    }

    /// Whether a string at `extent` holds half of a character.
    pub fn has_half_characters(&self, extent: Span) -> bool {
        let first = self.half_characters.partition_point(|half| half.start < extent.start);
        self.half_characters.get(first).is_some_and(|half| half.start < extent.end)
    }
}
