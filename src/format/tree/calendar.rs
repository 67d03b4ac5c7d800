//! iCalendar (RFC 5545) as a tree: its components are objects, the list of each kind under its name.

use super::{DEPTH, Node, Value};
use crate::document::{Text, TextBuilder};
use crate::format::form::stamp;
use crate::source::Span;

/// Whether `text` is a calendar.
pub fn is_calendar(text: &str) -> bool {
    text.trim_start().get(..15).is_some_and(|head| head.eq_ignore_ascii_case("BEGIN:VCALENDAR"))
}

/// A component that is open: what stands in it so far, and where it began.
type Open<'a> = (Vec<(Text<'a>, Node<'a>)>, usize);

/// The calendar in `source`.
pub fn read(source: &str) -> Node<'_> {
    let mut open: Vec<Open> = vec![(Vec::new(), 0)];
    for (line, start, end) in lines(source) {
        let (name, value) = parts(&line);
        if name.as_str().eq_ignore_ascii_case("BEGIN") {
            if open.len() < DEPTH {
                open.push((Vec::new(), start));
            }
        } else if name.as_str().eq_ignore_ascii_case("END") {
            if open.len() > 1
                && let Some((entries, from)) = open.pop()
                && let Some((around, _)) = open.last_mut()
            {
                let Some(value) = value else { continue };
                around.push((value, Node { value: Value::Map(entries), span: Span::new(from..end) }));
            }
        } else if let (Some((entries, _)), Some(value)) = (open.last_mut(), value) {
            entries.push((name, Node::scalar(value)));
        }
    }
    let entries = open.into_iter().next().map(|(entries, _)| entries).unwrap_or_default();
    Node { value: Value::Map(entries), span: Span::new(0..source.len()) }
}

/// The lines of a calendar, unfolded: one that begins with a blank goes on from the one before.
fn lines(source: &str) -> Vec<(Text<'_>, usize, usize)> {
    let mut lines: Vec<(TextBuilder, usize, usize)> = Vec::new();
    let mut at = 0;
    for raw in source.split_inclusive('\n') {
        let bare = raw.trim_end_matches(['\r', '\n']);
        match (bare.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((builder, _, end))) => {
                builder.push(rest, at + 1);
                *end = at + bare.len();
            }
            _ => {
                let mut builder = TextBuilder::default();
                builder.push(bare, at);
                lines.push((builder, at, at + bare.len()));
            }
        }
        at += raw.len();
    }
    lines.into_iter().map(|(builder, start, end)| (builder.finish(), start, end)).collect()
}

/// The name of a line, without its parameters, and its value; the common name of a person and the zone of a moment stand in
/// parameters.
fn parts<'a>(line: &Text<'a>) -> (Text<'a>, Option<Text<'a>>) {
    let whole = line.as_str();
    let mut quoted = false;
    let colon = whole.char_indices().find(|(_, c)| {
        quoted ^= *c == '"';
        *c == ':' && !quoted
    });
    let Some((colon, _)) = colon else { return (line.clone(), None) };
    let head = whole.get(..colon).unwrap_or_default();
    let name = line.part(0..head.find(';').unwrap_or(colon));
    let parameter = |name: &str| {
        let from = head.find(name)? + name.len();
        let rest = head.get(from..).unwrap_or_default();
        let quote = usize::from(rest.starts_with('"'));
        let end = rest.get(quote..).and_then(|rest| rest.find(['"', ';'])).map_or(rest.len(), |end| end + quote);
        Some(line.part(from + quote..from + end))
    };
    let value = || plain(&line.part(colon + 1..whole.len()));
    // A moment is told in the zone of its parameter.
    let zoned = || stamp::in_zone(&stamp::moment(&value())?, parameter(";TZID=")?.as_str());
    (name, Some(parameter(";CN=").or_else(zoned).unwrap_or_else(value)))
}

/// A value without the backslashes in front of commas, semicolons and line ends.
fn plain<'a>(value: &Text<'a>) -> Text<'a> {
    if !value.as_str().contains('\\') {
        return value.clone();
    }
    let mut builder = TextBuilder::default();
    let mut at = 0;
    let whole = value.as_str();
    while let Some(found) = whole.get(at..).and_then(|rest| rest.find('\\')) {
        builder.append(&value.part(at..at + found));
        let Some(escaped) = whole.get(at + found + 1..).and_then(|rest| rest.chars().next()) else { break };
        let shown = if matches!(escaped, 'n' | 'N') { '\n' } else { escaped };
        let end = at + found + 1 + escaped.len_utf8();
        builder.push_decoded(shown.encode_utf8(&mut [0; 4]), value.span(at + found..end).range());
        at = end;
    }
    builder.append(&value.part(at.min(whole.len())..whole.len()));
    builder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_and_folded_lines() {
        let source = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Swap on the\r\n  ring\\, twice\r\nORGANIZER;CN=\"Marlin NOC\":mailto:a@b.example\r\nDTSTART;TZID=Europe/Berlin:20260304T010000\r\nDTEND:20260304T020000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        assert!(is_calendar(source));
        let tree = read(source);
        let event = tree.get("VCALENDAR").and_then(|calendar| calendar.get("VEVENT"));
        let value = |key: &str| event.and_then(|event| event.get(key)?.text()).map(|text| text.as_str().to_owned());
        assert_eq!(value("SUMMARY").as_deref(), Some("Swap on the ring, twice"));
        assert_eq!(value("ORGANIZER").as_deref(), Some("Marlin NOC"));
        assert_eq!(value("DTSTART").as_deref(), Some("2026-03-04T01:00:00 +01:00"));
        assert_eq!(value("DTEND").as_deref(), Some("20260304T020000Z"));
    }
}
