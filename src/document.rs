//! A report of any form as blocks of text, every byte of which knows where in the source it stood.

pub mod line;
pub mod sheet;

use crate::names::names;
use crate::source::Span;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::rc::Rc;

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

/// Text as a person reads it (markup, entities and escapes decoded) with the way back to the source. Its parts share its
/// words.
#[derive(Debug, Clone)]
pub struct Text<'a> {
    base: Base<'a>,
    /// Where it stands in its base.
    range: Range<usize>,
}

/// What texts are parts of.
#[derive(Debug, Clone)]
enum Base<'a> {
    /// The source as it is.
    Source(&'a str),
    /// What was decoded.
    Decoded(Rc<Decoded>),
}

#[derive(Debug, Default)]
struct Decoded {
    text: String,
    /// In order and without gaps in the text.
    pieces: Vec<Piece>,
}

/// A stretch of decoded text. One that is as long as its source is its source; any other was decoded as a whole.
#[derive(Debug)]
struct Piece {
    text: Span,
    source: Span,
}

impl Piece {
    fn is_verbatim(&self) -> bool {
        self.text.range().len() == self.source.range().len()
    }

    /// The source of the bytes at `part` of the text.
    fn source_of(&self, part: Range<usize>) -> Range<usize> {
        let (text, source) = (self.text.range(), self.source.range());
        let start = source.start + part.start.saturating_sub(text.start);
        if self.is_verbatim() { start..start + part.len() } else { source }
    }
}

impl Decoded {
    /// The source of the byte at `at`.
    fn source_of(&self, at: usize) -> Range<usize> {
        let index = self.pieces.partition_point(|piece| piece.text.range().end <= at);
        self.pieces.get(index).map(|piece| piece.source_of(at..at + 1)).unwrap_or_default()
    }

    /// The pieces of the bytes at `range`, each with the part of its text that is inside.
    fn pieces_in(&self, range: Range<usize>) -> impl Iterator<Item = (&Piece, Range<usize>)> {
        let first = self.pieces.partition_point(|piece| piece.text.range().end <= range.start);
        let inside = self.pieces.get(first..).unwrap_or_default().iter().map(|piece| (piece, piece.text.range()));
        let inside = inside.take_while(move |(_, text)| text.start < range.end);
        inside.map(move |(piece, text)| (piece, text.start.max(range.start)..text.end.min(range.end)))
    }
}

impl<'a> Base<'a> {
    fn as_str(&self) -> &str {
        match self {
            Base::Source(source) => source,
            Base::Decoded(decoded) => &decoded.text,
        }
    }

    /// The part at `range`; empty where the range does not fit.
    fn part(self, range: Range<usize>) -> Text<'a> {
        let end = if self.as_str().get(range.clone()).is_some() { range.end } else { range.start };
        Text { range: range.start..end, base: self }
    }
}

impl<'a> Text<'a> {
    /// The piece of `source` at `range`, as it is; empty where the range does not fit.
    pub fn slice_of(source: &'a str, range: Range<usize>) -> Self {
        Base::Source(source).part(range)
    }

    /// The decoded text.
    pub fn as_str(&self) -> &str {
        self.base.as_str().get(self.range.clone()).unwrap_or_default()
    }

    /// A range of this text as one of its base.
    fn within(&self, range: Range<usize>) -> Range<usize> {
        self.range.start + range.start.min(self.range.len())..self.range.start + range.end.min(self.range.len())
    }

    /// The source span of the bytes at `range` of the decoded text.
    pub fn span(&self, range: Range<usize>) -> Span {
        let range = self.within(range);
        let Base::Decoded(decoded) = &self.base else { return Span::new(range.start..range.end.max(range.start)) };
        // What stands behind all of this text is no part of it.
        let behind = range.start == self.range.end && range.start > self.range.start;
        let start = if behind { decoded.source_of(range.start - 1).end } else { decoded.source_of(range.start).start };
        let end = if range.end > range.start { decoded.source_of(range.end - 1).end } else { start };
        Span::new(start..end.max(start))
    }

    /// The source span of the whole text.
    pub fn whole(&self) -> Span {
        self.span(0..self.range.len())
    }

    /// A part of this text.
    pub fn part(&self, range: Range<usize>) -> Text<'a> {
        self.base.clone().part(self.within(range))
    }

    /// The same words where what they were read from is the words of `whole`.
    pub fn placed_in<'b>(&self, whole: &Text<'b>) -> Text<'b> {
        let Base::Decoded(decoded) = &self.base else { return whole.part(self.range.clone()) };
        let mut builder = TextBuilder::default();
        for (piece, inside) in decoded.pieces_in(self.range.clone()) {
            let there = whole.part(piece.source_of(inside.clone()));
            let words = decoded.text.get(inside).unwrap_or_default();
            if there.as_str() == words {
                builder.append(&there);
            } else {
                builder.push_decoded(words, there.whole().range());
            }
        }
        builder.finish()
    }

    /// The character at the byte `at`.
    pub fn char_at(&self, at: usize) -> Option<char> {
        self.as_str().get(at..)?.chars().next()
    }

    /// This text without white space at its ends.
    pub fn trimmed(&self) -> Text<'a> {
        let text = self.as_str();
        let (start, end) = (text.len() - text.trim_start().len(), text.trim_end().len());
        self.part(start..end.max(start))
    }
}

/// The same words at the same place.
impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str() && self.whole() == other.whole()
    }
}

impl Eq for Text<'_> {}

/// Builds a [`Text`] from decoded pieces.
#[derive(Debug, Default)]
pub struct TextBuilder {
    made: Decoded,
}

impl TextBuilder {
    /// Adds `piece`, which stands in the source at `at` and looks the same there.
    pub fn push(&mut self, piece: &str, at: usize) {
        self.push_decoded(piece, at..at + piece.len());
    }

    /// Adds `piece`, for which `source` is written.
    pub fn push_decoded(&mut self, piece: &str, source: Range<usize>) {
        if piece.is_empty() {
            return;
        }
        let Decoded { text, pieces } = &mut self.made;
        let start = text.len();
        text.push_str(piece);
        let verbatim = piece.len() == source.len();
        let (piece, source) = (Span::new(start..text.len()), Span::new(source));
        match pieces.last_mut() {
            Some(last) if verbatim && last.is_verbatim() && last.source.end == source.start => {
                (last.text.end, last.source.end) = (piece.end, source.end);
            }
            _ => pieces.push(Piece { text: piece, source }),
        }
    }

    /// Adds a text that knows its own place.
    pub fn append(&mut self, text: &Text) {
        match &text.base {
            Base::Source(_) => self.push(text.as_str(), text.range.start),
            Base::Decoded(decoded) => {
                for (piece, inside) in decoded.pieces_in(text.range.clone()) {
                    let source = piece.source_of(inside.clone());
                    self.push_decoded(decoded.text.get(inside).unwrap_or_default(), source);
                }
            }
        }
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.made.text.is_empty()
    }

    /// The text so far.
    pub fn as_str(&self) -> &str {
        &self.made.text
    }

    /// The finished text.
    pub fn finish<'a>(self) -> Text<'a> {
        let range = 0..self.made.text.len();
        Text { base: Base::Decoded(Rc::new(self.made)), range }
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
        let label = self.label.as_str().trim();
        label.eq_ignore_ascii_case("postmortem") || label.eq_ignore_ascii_case("post-mortem")
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decoded_text_knows_its_source() {
        // source: `a &amp; b\ncd`
        let mut builder = TextBuilder::default();
        builder.push("a ", 0);
        builder.push_decoded("&", 2..7);
        builder.push(" b", 7);
        let text = builder.finish();
        assert_eq!(text.as_str(), "a & b");
        assert_eq!(text.span(0..1), Span { start: 0, end: 1 });
        assert_eq!(text.span(2..3), Span { start: 2, end: 7 });
        assert_eq!(text.span(4..5), Span { start: 8, end: 9 });
        let part = text.part(2..5);
        assert_eq!((part.as_str(), part.whole()), ("& b", Span { start: 2, end: 9 }));
        assert_eq!(part.span(2..3), Span { start: 8, end: 9 });
        assert_eq!(part.part(1..3).whole(), Span { start: 7, end: 9 });
    }

    #[test]
    fn slices_borrow() {
        let text = Text::slice_of("one two", 4..7);
        assert_eq!((text.as_str(), text.whole()), ("two", Span { start: 4, end: 7 }));
        assert_eq!(text.part(1..2).whole(), Span { start: 5, end: 6 });
        assert_eq!(Text::slice_of("  x ", 0..4).trimmed().whole(), Span { start: 2, end: 3 });
        assert_eq!(Text::slice_of("abc", 2..9).as_str(), "");
    }
}
