//! The bytes of a report as text, and the way from a byte in that text to its line.
//!
//! Every span in the program counts bytes of this text: after charset decoding and the removal of a byte order mark,
//! before any JSON, HTML or Markdown decoding.

pub mod cells;
pub mod plain;

use plain::Places;
use std::borrow::Cow;
use std::ops::Range;

/// A stretch of a source's text, in bytes, half open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of `range`; positions past 4 GiB are clamped, which no report reaches: [`crate::config`] allows none so large.
    pub fn new(range: Range<usize>) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { start: clamp(range.start), end: clamp(range.end) }
    }

    /// The span as a range for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// From the start of the earlier to the end of the later span.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether `other` lies wholly inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// A span with the 1-based line it starts on: how a fact names the words it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Cite {
    /// The words.
    pub span: Span,
    /// The 1-based line of the first of them.
    pub line: u32,
}

/// The largest file that is read unless the settings say otherwise, in bytes.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// One report file's text.
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    text: String,
    lines: Vec<u32>,
    lossy: bool,
    /// Where this is the plain form of a text: the way back.
    places: Places,
    /// The bytes and lines in front of it, where it is a part of a longer text.
    before: (u32, u32),
}

impl Source {
    /// Decodes `bytes`: a byte order mark decides, then valid UTF-8, then the likeliest legacy charset.
    pub fn decode(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        let (text, lossy) = decode(bytes);
        let text = with_line_feeds(text);
        let lines = line_starts(&text);
        Self { name: name.into(), text, lines, lossy, places: Places::default(), before: (0, 0) }
    }

    /// The same as a part of a text, with so many bytes and lines in front of it: what is cited is cited as it stands there.
    pub fn behind(self, bytes: u32, lines: u32) -> Self {
        Self { before: (bytes, lines), ..self }
    }

    /// The text without what only lays it out, which cites the original; none where it is read as it is.
    pub fn plain(&self) -> Option<Self> {
        let (text, places) = plain::of(&self.text)?;
        Some(Self { name: self.name.clone(), lines: line_starts(&text), text, lossy: self.lossy, places, before: self.before })
    }

    /// The path or name as it is shown and exported.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether some bytes were no text in the charset and were replaced.
    pub fn lossy(&self) -> bool {
        self.lossy
    }

    /// The words of `span`; empty where it does not fit this text (a file that changed since).
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The number of lines, at least 1.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// The 1-based line of the byte at `offset`.
    pub fn line_of(&self, offset: u32) -> u32 {
        u32::try_from(self.lines.partition_point(|&start| start <= offset)).unwrap_or(u32::MAX)
    }

    /// The 1-based line and column (in characters) of the byte at `offset`.
    pub fn position(&self, offset: u32) -> (u32, u32) {
        let line = self.line_of(offset);
        let start = self.line_span(line).start as usize;
        let before = self.text.get(start..offset as usize).unwrap_or_default();
        (line, u32::try_from(before.chars().count()).unwrap_or(u32::MAX).saturating_add(1))
    }

    /// The span of a 1-based line without its line end; empty at the end for a line that is not there.
    pub fn line_span(&self, line: u32) -> Span {
        let index = line.saturating_sub(1) as usize;
        let end_of_text = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        let start = self.lines.get(index).copied().unwrap_or(end_of_text);
        let end = self.lines.get(index + 1).copied().unwrap_or(end_of_text);
        let text = self.text.get(start as usize..end as usize).unwrap_or_default();
        let end = start + u32::try_from(text.trim_end_matches(['\n', '\r']).len()).unwrap_or(0);
        Span { start, end }
    }

    /// A span of this text with its line, as it is in the original.
    pub fn cite(&self, span: Span) -> Cite {
        let Span { start, end } = self.places.original(span);
        let (bytes, lines) = self.before;
        Cite {
            span: Span { start: start.saturating_add(bytes), end: end.saturating_add(bytes) },
            line: self.line_of(span.start).saturating_add(lines),
        }
    }

    /// Where in this text something begins that is cited.
    pub fn start_of(&self, cite: &Cite) -> u32 {
        self.places.here(cite.span.start.saturating_sub(self.before.0))
    }
}

/// The first byte of each line.
fn line_starts(text: &str) -> Vec<u32> {
    let ends = memchr::memchr_iter(b'\n', text.as_bytes());
    std::iter::once(0).chain(ends.map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX))).collect()
}

/// `text` with a line feed for each carriage return that ends a line alone, as on old machines.
fn with_line_feeds(text: String) -> String {
    let alone = |at: usize| text.as_bytes().get(at + 1) != Some(&b'\n');
    if !memchr::memchr_iter(b'\r', text.as_bytes()).any(alone) {
        return text;
    }
    text.char_indices().map(|(at, c)| if c == '\r' && alone(at) { '\n' } else { c }).collect()
}

fn decode(bytes: Vec<u8>) -> (String, bool) {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(&bytes) {
        let (text, lossy) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
        return (text.into_owned(), lossy);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return (text, false),
        Err(error) => error.into_bytes(),
    };
    // A few stray bytes in UTF-8 stay UTF-8: guessing a charset would garble every other accent.
    let lossy = String::from_utf8_lossy(&bytes);
    let broken = lossy.matches('\u{fffd}').count();
    if let Cow::Owned(text) = &lossy
        && text.chars().filter(|c| !c.is_ascii()).count() > broken * 2
    {
        return (text.clone(), true);
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes, true);
    let (text, _, lossy) = detector.guess(None, chardetng::Utf8Detection::Deny).decode(&bytes);
    (text.into_owned(), lossy)
}

/// `bytes` as text in the charset of that name, UTF-8 where none is known by it; what is no text there is replaced.
pub fn decoded_as(bytes: &[u8], charset: &str) -> String {
    let encoding = encoding_rs::Encoding::for_label(charset.as_bytes()).unwrap_or(encoding_rs::UTF_8);
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// Whether `bytes` are no text at all: a NUL or too many controls in the first 8 KiB, and no UTF-16 mark.
pub fn is_binary(bytes: &[u8]) -> bool {
    if encoding_rs::Encoding::for_bom(bytes).is_some() {
        return false;
    }
    let head = bytes.get(..8192).unwrap_or(bytes);
    // Counted without a branch and in bytes, so that many are counted at once: every file comes through here.
    let is_control = |b: &u8| u8::from((*b < 32) & !matches!(b, b'\t' | b'\n' | b'\r' | 12 | 27) | (*b == 127));
    let control: usize = head.chunks(128).map(|chunk| usize::from(chunk.iter().map(is_control).sum::<u8>())).sum();
    memchr::memchr(0, head).is_some() || control * 10 > head.len()
}

/// A text may have so many pieces: lines, tags, entities, cells of tables, marks of emphasis and code, dots between words, and
/// in JSON objects and escapes. Each takes hundreds of bytes while it is read, so that a file of nothing else would take all
/// the memory there is.
pub const MOST_PIECES: usize = 1 << 19;

/// So many it may have where it hardly has anything else: one in so few bytes, so that reading takes no more than thirty times
/// its size.
const MOST_DENSE: usize = 1 << 17;
const DENSE: usize = 8;

/// A line with words takes as much memory as so many other pieces.
const LINE: usize = 3;

/// Whether `text` has more pieces than may be read; in `json` lines are none.
pub fn is_shredded(text: &str, json: bool) -> bool {
    // Most files are too small for that.
    if text.len() <= MOST_DENSE {
        return false;
    }
    let is_piece = |byte: &u8| match byte {
        b'<' => true,
        b'{' => json,
        // The dot between words has two bytes, of which this is the last.
        b'\n' | b'|' | b'&' | b'`' | b'*' | 0xb7 => !json,
        _ => false,
    };
    let pieces = text.bytes().filter(is_piece).count();
    // Writing that is not Latin may be escapes throughout.
    let escapes = if json { memchr::memchr_iter(b'\\', text.as_bytes()).count() } else { 0 };
    if pieces + escapes > MOST_PIECES {
        return true;
    }
    let (lines, marks) = if json { (0, 0) } else { (text.lines().filter(|line| !line.is_empty()).count(), marks(text)) };
    pieces + marks > MOST_DENSE && pieces + marks + (LINE - 1) * lines > text.len() / DENSE
}

/// The brackets of `text`, and the marks before blanks that may be those of lists, quotes and headings. Prose has as many of
/// them as sentences, which is nothing to count against it.
fn marks(text: &str) -> usize {
    let bytes = text.as_bytes();
    let before = bytes.iter().zip(bytes.iter().skip(1));
    before.filter(|(byte, next)| **byte == b'[' || **next == b' ' && b"-+>#.)".contains(byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_lines_and_columns() {
        let source = Source::decode("a", "one\r\ntwö x\n".into());
        assert_eq!(source.position(0), (1, 1));
        assert_eq!(source.position(5), (2, 1));
        assert_eq!(source.position(10), (2, 5));
        assert_eq!(source.slice(source.line_span(1)), "one");
        assert_eq!(source.slice(source.line_span(2)), "twö x");
        assert_eq!(source.slice(source.line_span(9)), "");
        assert_eq!(source.line_count(), 3);
    }

    #[test]
    fn decodes_what_people_save() {
        let text = |bytes: &[u8]| Source::decode("a", bytes.to_vec()).text().to_owned();
        assert_eq!(text(b"\xef\xbb\xbfplain"), "plain");
        assert_eq!(text(b"\xff\xfeh\0i\0"), "hi");
        assert_eq!(text(b"caf\xe9 was down for the morning"), "café was down for the morning");
        assert_eq!(text("naïve – café \u{a0}".as_bytes()), "naïve – café \u{a0}");
        assert!(Source::decode("a", b"na\xc3\xafve \xe2\x80\x93 caf\xff".to_vec()).lossy());
    }

    #[test]
    fn a_file_of_nothing_but_pieces_is_told() {
        for (piece, times, shredded) in [
            ("a line of some more words\n", MOST_PIECES + 1, true),
            ("a line of some more words\n", MOST_PIECES, false),
            ("a line of words\n", MOST_DENSE + 1, true),
            ("a line of words\n", MOST_DENSE, false),
            ("x\n", MOST_DENSE + 1, true),
            ("x\n", MOST_DENSE, false),
            ("<b>|", MOST_DENSE / 2 + 1, true),
            ("word ", MOST_PIECES * 2, false),
            ("[a](", MOST_DENSE + 1, true),
            ("- - - - - a\n", MOST_DENSE / 6 + 1, true),
            ("> > x\n", MOST_DENSE / 3 + 1, true),
            ("A sentence of words. ", MOST_PIECES, false),
            ("A paragraph of its own words, and of more.\n\n", MOST_DENSE, false),
        ] {
            assert_eq!(is_shredded(&piece.repeat(times), false), shredded, "{piece:?}");
        }
        assert!(is_shredded(&"{},".repeat(MOST_DENSE + 1), true));
        // Lines are nothing to JSON, and escapes are letters.
        assert!(!is_shredded(&"1,\n".repeat(MOST_PIECES + 1), true));
        assert!(!is_shredded(&"\\u3042".repeat(MOST_DENSE * 2), true));
    }

    #[test]
    fn tells_binary_from_text() {
        assert!(is_binary(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"));
        assert!(!is_binary(b"\xff\xfeh\0i\0"));
        assert!(!is_binary(b"text with \x1b[31mcolour\x1b[0m"));
        assert!(!is_binary(b""));
    }
}
