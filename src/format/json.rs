//! JSON exports: the form is told from the shape, every value keeps its place. Of one that is broken or cut off, every whole
//! incident is read.

mod google;
mod statuspage;

use super::form::Forms;
use super::records;
use super::tree::{self, Node, Value};
use crate::document::{Document, Fault, Field, Format, Report, Text, TextBuilder};
use crate::source::Span;
use crate::source::plain::plain;
use crate::work;
use serde_json::value::RawValue;

/// A value as it stands in the file: its bytes borrow from the source, which gives their place.
type Raw<'a> = Option<&'a RawValue>;

/// Reads `source`: an answer of Statuspage or Google Cloud by its own reader, any other by the form that its records have. A
/// JSON error or a form that is not known becomes the document's problem.
pub fn read<'a>(source: &'a str, forms: &Forms) -> Document<'a> {
    let place = Place { source };
    let is_list = source.trim_start().starts_with('[');
    let read = match statuspage::read(&place) {
        Ok(None) if is_list => google::read(&place),
        read => read,
    };
    let mut document = match read {
        Ok(Some(document)) => document,
        Ok(None) => records::read(Format::Json, whole(source).0, forms),
        Err(error) => {
            let (root, fault) = whole(source);
            let several = root.items().len() > 1 || fault.is_none();
            let rescued = || if is_list { google::rescue(&place) } else { statuspage::rescue(&place) };
            let mut document = Some(rescued()).filter(|document| !document.reports.is_empty() && !several);
            let document = document.take().unwrap_or_else(|| {
                let root = if several { root } else { all_whole(&place) };
                records::read(Format::Json, root, forms)
            });
            let problem = if several { fault.or(document.problem) } else { Some(self::fault(source, 0, &error)) };
            Document { problem, ..document }
        }
    };
    document.half_characters = half_characters(source);
    document
}

/// What is sound of a file as a tree.
pub fn tree(source: &str) -> Node<'_> {
    whole(source).0
}

/// The values of a file, of several a list (a record a line), as far as they are sound, and what is wrong behind them.
fn whole(source: &str) -> (Node<'_>, Option<Fault>) {
    let place = Place { source };
    let mut values = serde_json::Deserializer::from_str(source).into_iter::<&RawValue>();
    let (mut nodes, mut fault) = (Vec::new(), None);
    for value in values.by_ref() {
        match value {
            Ok(raw) => nodes.push(tree::json::read(source, place.span(raw))),
            Err(error) => fault = Some(error),
        }
    }
    // Lines are counted from the start of the file.
    let fault = fault.map(|error| self::fault(source, 0, &error));
    let root = match nodes.len() {
        1 => nodes.pop(),
        _ => None,
    };
    (root.unwrap_or(Node { span: Span::new(0..source.len()), value: Value::List(nodes) }), fault)
}

/// The objects of a broken file that are whole, as a list.
fn all_whole<'a>(place: &Place<'a>) -> Node<'a> {
    let mut nodes = Vec::new();
    rescued(place.source, |raw| {
        nodes.push(tree::json::read(place.source, place.span(raw)));
        true
    });
    Node { span: Span::new(0..place.source.len()), value: Value::List(nodes) }
}

/// What is wrong with the JSON at the byte `from` of the source, and where.
fn fault(source: &str, from: usize, error: &serde_json::Error) -> Fault {
    let at = from + offset_of(source.get(from..).unwrap_or_default(), error.line(), error.column());
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message);
    Fault::broken(format!("this JSON could not be read: {message}"), Span::new(at..at))
}

/// Every object in `source` that is whole and that `take` wants, from the outside in; what is in those is not looked at.
fn rescued<'a>(source: &'a str, mut take: impl FnMut(&'a RawValue) -> bool) {
    let mut at = 0;
    while let Some(found) = source.get(at..).and_then(|rest| memchr::memchr(b'{', rest.as_bytes())) {
        at += found;
        let rest = source.get(at..).unwrap_or_default();
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<&RawValue>();
        let value = values.next();
        if !work::may(values.byte_offset()) {
            return;
        }
        at += match value {
            Some(Ok(raw)) if take(raw) => raw.get().len(),
            _ => 1,
        };
    }
}

fn offset_of(source: &str, line: usize, column: usize) -> usize {
    let start: usize = source.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    // The reader counts bytes and may stop within a character.
    source.floor_char_boundary((start + column.saturating_sub(1)).min(source.len()))
}

/// Where values stand.
struct Place<'a> {
    source: &'a str,
}

impl<'a> Place<'a> {
    /// The place of a raw value: it borrows from the source.
    fn span(&self, raw: &RawValue) -> Span {
        let start = (raw.get().as_ptr() as usize).saturating_sub(self.source.as_ptr() as usize);
        Span::new(start..start + raw.get().len())
    }

    /// A string or number as text; none for null and for structures.
    fn text(&self, raw: Raw<'a>) -> Option<Text<'a>> {
        let raw = raw?;
        let span = self.span(raw);
        match raw.get().as_bytes().first()? {
            b'"' => Some(decode(self.source, span)).filter(|text| !text.as_str().trim().is_empty()),
            b'0'..=b'9' | b'-' => Some(Text::slice_of(self.source, span.range())),
            _ => None,
        }
    }

    /// Adds the labelled values that are there.
    fn fields(&self, report: &mut Report<'a>, values: &[(&'static str, Raw<'a>)]) {
        for (key, raw) in values {
            if let Some(value) = self.text(*raw) {
                report.fields.push(Field { label: Text::slice_of(key, 0..key.len()), value });
            }
        }
    }
}

/// More names than this no page gives its incident; each is compared with all others.
const MOST_COMPONENTS: usize = 1000;

/// Adds a name that is not there yet.
fn add_component<'a>(report: &mut Report<'a>, name: Text<'a>) {
    if report.components.len() < MOST_COMPONENTS && !report.components.iter().any(|known| known.as_str() == name.as_str()) {
        report.components.push(name);
    }
}

/// Decodes the JSON string at `span`, quotes included, keeping the place of every byte.
pub(super) fn decode(source: &str, span: Span) -> Text<'_> {
    let inner = span.start as usize + 1..(span.end as usize).saturating_sub(1);
    let raw = source.get(inner.clone()).unwrap_or_default();
    if memchr::memchr(b'\\', raw.as_bytes()).is_none() {
        return Text::slice_of(source, inner);
    }
    let mut builder = TextBuilder::default();
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'\\', raw.as_bytes().get(at..).unwrap_or_default()) {
        builder.push(raw.get(at..at + found).unwrap_or_default(), inner.start + at);
        at += found;
        let rest = raw.get(at..).unwrap_or_default();
        let (decoded, length) = escape(rest);
        // A line end of two characters is one; of the first of them alone as well.
        let decoded = match plain(decoded) {
            '\r' if rest.starts_with("\\r\\n") => None,
            '\r' => Some('\n'),
            c => Some(c),
        };
        if let Some(c) = decoded {
            builder.push_decoded(c.encode_utf8(&mut [0; 4]), inner.start + at..inner.start + at + length);
        }
        at += length;
    }
    builder.push(raw.get(at..).unwrap_or_default(), inner.start + at);
    builder.finish()
}

/// Where a JSON text has an escape of one half of a surrogate pair without the other, which stands for no character.
fn half_characters(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text.as_bytes().get(at..).and_then(|rest| memchr::memchr(b'\\', rest)) {
        at += next;
        let raw = text.get(at..).unwrap_or_default();
        let (decoded, length) = escape(raw);
        let replaced = decoded == '\u{fffd}' && raw.starts_with("\\u");
        if replaced && !raw.get(2..6).is_some_and(|digits| digits.eq_ignore_ascii_case("fffd")) {
            found.push(Span::new(at..at + length));
        }
        at += length.max(1);
    }
    found
}

/// The character that the escape at the start of `raw` stands for, and the escape's length.
fn escape(raw: &str) -> (char, usize) {
    let unit = |at: usize| raw.get(at..at + 4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    match raw.as_bytes().get(1) {
        Some(b'n') => ('\n', 2),
        Some(b't') => ('\t', 2),
        Some(b'r') => ('\r', 2),
        Some(b'b') => ('\u{8}', 2),
        Some(b'f') => ('\u{c}', 2),
        Some(b'u') => {
            let high = unit(2).unwrap_or(0xfffd);
            if (0xd800..0xdc00).contains(&high)
                && let Some(low) = unit(8).filter(|low| (0xdc00..0xe000).contains(low))
            {
                let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                return (char::from_u32(code).unwrap_or('\u{fffd}'), 12);
            }
            (char::from_u32(high).unwrap_or('\u{fffd}'), 6)
        }
        Some(other) if other.is_ascii() => (*other as char, 2),
        _ => ('\u{fffd}', 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_strings_and_knows_their_place() {
        let source = r#""a\n\"b\" \u00e9 \ud83d\ude00""#;
        let text = decode(source, Span::new(0..source.len()));
        assert_eq!(text.as_str(), "a\n\"b\" é 😀");
        assert_eq!(text.span(1..2), Span { start: 2, end: 4 });
        assert_eq!(source.get(text.span(6..8).range()), Some("\\u00e9"));
    }

    #[test]
    fn half_a_character_is_noticed() {
        for (text, half) in [
            (r"\ud800", true),
            (r"a \udc00", true),
            (r"\ud800\ud800", true),
            (r"\ud83d\ude00", false),
            (r"\\ud800", false),
            (r"\uFFFD", false),
            ("\\é", false),
        ] {
            assert_eq!(!half_characters(text).is_empty(), half, "{text}");
        }
    }

    #[test]
    fn a_broken_file_names_the_place() {
        let document = read("{\"incidents\": [\n{\"id\": }]}", &Forms::default());
        assert_eq!(document.problem.map(|fault| fault.span.start), Some(23));
    }

    #[test]
    fn a_form_that_is_not_known_is_a_problem() {
        for text in ["{\"a\": 1}", "[1, 2]", "{}"] {
            assert!(read(text, &Forms::default()).problem.is_some(), "{text}");
        }
        for text in ["[]", "{\"incidents\": []}"] {
            let document = read(text, &Forms::default());
            assert!(document.problem.is_none() && document.reports.is_empty(), "{text}: nothing is no error");
        }
    }
}
