//! A report of any form as blocks of text, every byte of which knows where in the source it stood.

use crate::names::names;
use crate::source::Span;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Range;

names! {
    /// Trouble or planned work.
    pub enum IncidentKind { /// Something broke.
        Incident = "incident", /// Planned work.
        Maintenance = "maintenance", }
}
names! {
    /// The form a report is written in.
    pub enum Format {
        /// An Atlassian Statuspage incident page, copied as text.
        StatuspageText = "statuspage-text", /// Statuspage's public API, version 2.
        StatuspageJson = "statuspage-json", /// A Statuspage history feed (Atom or RSS).
        StatuspageFeed = "statuspage-feed", /// A saved Statuspage page.
        StatuspageHtml = "statuspage-html", /// Google Cloud's incidents.json.
        GoogleCloudJson = "google-cloud-json", /// Markdown.
        Markdown = "markdown", /// Any other HTML page.
        Html = "html", /// Any other text.
        Text = "text", }
}

/// Text as a person reads it (markup, entities and escapes decoded) with the way back to the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text<'a> {
    text: Cow<'a, str>,
    place: Place,
}

/// Where a text stood in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    /// It is the source from this offset on.
    Verbatim(usize),
    /// It is made of pieces, in order and without gaps in the text; never empty.
    Pieces(Vec<Piece>),
}

/// A stretch of decoded text. One that is as long as its source is its source; any other was decoded as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    text: Range<usize>,
    source: Range<usize>,
}

impl Piece {
    fn is_verbatim(&self) -> bool {
        self.text.len() == self.source.len()
    }

    /// The source of the byte at `at` of the text.
    fn source_of(&self, at: usize) -> Range<usize> {
        let start = self.source.start + at.saturating_sub(self.text.start);
        if self.is_verbatim() { start..start + 1 } else { self.source.clone() }
    }
}

impl<'a> Text<'a> {
    /// The piece of `source` at `range`, as it is; empty where the range does not fit.
    pub fn slice_of(source: &'a str, range: Range<usize>) -> Self {
        let text = source.get(range.clone()).unwrap_or_default();
        Self { text: Cow::Borrowed(text), place: Place::Verbatim(range.start) }
    }

    /// The decoded text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The source span of the bytes at `range` of the decoded text.
    pub fn span(&self, range: Range<usize>) -> Span {
        let range = range.start.min(self.text.len())..range.end.min(self.text.len());
        match &self.place {
            Place::Verbatim(offset) => Span::new(offset + range.start..offset + range.end.max(range.start)),
            Place::Pieces(pieces) => {
                let source_of = |at: usize| {
                    let index = pieces.partition_point(|piece| piece.text.end <= at).min(pieces.len().saturating_sub(1));
                    pieces.get(index).map(|piece| piece.source_of(at)).unwrap_or_default()
                };
                let start = source_of(range.start).start;
                let end = if range.end > range.start { source_of(range.end - 1).end } else { start };
                Span::new(start..end.max(start))
            }
        }
    }

    /// The source span of the whole text.
    pub fn whole(&self) -> Span {
        self.span(0..self.text.len())
    }

    /// A part of this text.
    pub fn part(&self, range: Range<usize>) -> Text<'a> {
        let range = range.start.min(self.text.len())..range.end.min(self.text.len());
        let text = match &self.text {
            Cow::Borrowed(text) => Cow::Borrowed(text.get(range.clone()).unwrap_or_default()),
            Cow::Owned(text) => Cow::Owned(text.get(range.clone()).unwrap_or_default().to_owned()),
        };
        let place = match &self.place {
            Place::Verbatim(offset) => Place::Verbatim(offset + range.start),
            Place::Pieces(pieces) => {
                let first = pieces.partition_point(|piece| piece.text.end <= range.start);
                let inside = pieces.get(first..).unwrap_or_default().iter().take_while(|piece| piece.text.start < range.end);
                let cut = |piece: &Piece| {
                    let text = piece.text.start.max(range.start)..piece.text.end.min(range.end);
                    let source = if piece.is_verbatim() {
                        piece.source.start + (text.start - piece.text.start)..piece.source.start + (text.end - piece.text.start)
                    } else {
                        piece.source.clone()
                    };
                    Piece { text: text.start - range.start..text.end - range.start, source }
                };
                match inside.map(cut).collect::<Vec<_>>() {
                    pieces if pieces.is_empty() => Place::Verbatim(self.span(range.start..range.start).start as usize),
                    pieces => Place::Pieces(pieces),
                }
            }
        };
        Text { text, place }
    }

    /// The character at the byte `at`.
    pub fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// This text without white space at its ends.
    pub fn trimmed(&self) -> Text<'a> {
        let start = self.text.len() - self.text.trim_start().len();
        let end = self.text.trim_end().len();
        if start == 0 && end == self.text.len() { self.clone() } else { self.part(start..end.max(start)) }
    }
}

/// Builds a [`Text`] from decoded pieces.
#[derive(Debug, Default)]
pub struct TextBuilder {
    text: String,
    pieces: Vec<Piece>,
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
        let start = self.text.len();
        self.text.push_str(piece);
        match self.pieces.last_mut() {
            Some(last) if last.is_verbatim() && last.source.end == source.start && piece.len() == source.len() => {
                last.text.end = self.text.len();
                last.source.end = source.end;
            }
            _ => self.pieces.push(Piece { text: start..self.text.len(), source }),
        }
    }

    /// Adds a text that knows its own place.
    pub fn append(&mut self, text: &Text) {
        match &text.place {
            Place::Verbatim(offset) => self.push_decoded(&text.text, *offset..offset + text.text.len()),
            Place::Pieces(pieces) => {
                for piece in pieces {
                    self.push_decoded(text.text.get(piece.text.clone()).unwrap_or_default(), piece.source.clone());
                }
            }
        }
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text so far.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The finished text.
    pub fn finish<'a>(self) -> Text<'a> {
        let place = match self.pieces.as_slice() {
            [] => Place::Verbatim(0),
            [only] if only.is_verbatim() => Place::Verbatim(only.source.start),
            _ => Place::Pieces(self.pieces),
        };
        Text { text: Cow::Owned(self.text), place }
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
}

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
            extent,
        }
    }
}

/// A file's reports.
#[derive(Debug, Clone, PartialEq)]
pub struct Document<'a> {
    /// The form of the file.
    pub format: Format,
    /// Its incidents in file order.
    pub reports: Vec<Report<'a>>,
    /// Why the structure could not be read (a JSON error), and where.
    pub problem: Option<(String, Span)>,
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
