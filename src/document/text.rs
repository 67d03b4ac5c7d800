//! Text every byte of which knows where in the source it stood.

use crate::source::Span;
use std::ops::Range;
use std::rc::Rc;

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

    /// Its lines, each without white space at its ends.
    pub fn lines(&self) -> impl Iterator<Item = Text<'a>> {
        let mut end = 0;
        self.as_str().split_inclusive('\n').map(move |line| {
            let start = end;
            end += line.len();
            self.part(start..end).trimmed()
        })
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
