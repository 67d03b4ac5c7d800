//! Statuspage's public API, version 2: `incidents.json`, `scheduled-maintenances.json`, or one incident.

use super::text;
use crate::document::{Document, Field, Format, IncidentKind, Report, Text, TextBuilder, Update};
use crate::source::Span;
use serde::Deserialize;
use serde_json::value::RawValue;

/// A value as it stands in the file: its bytes borrow from the source, which gives their place.
type Raw<'a> = Option<&'a RawValue>;

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    page: Option<Page<'a>>,
    #[serde(borrow)]
    incident: Raw<'a>,
    #[serde(borrow, default)]
    incidents: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    scheduled_maintenances: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Page<'a> {
    #[serde(borrow)]
    name: Raw<'a>,
}

#[derive(Deserialize)]
struct Incident<'a> {
    #[serde(borrow)]
    id: Raw<'a>,
    #[serde(borrow)]
    name: Raw<'a>,
    #[serde(borrow)]
    status: Raw<'a>,
    #[serde(borrow)]
    impact: Raw<'a>,
    #[serde(borrow)]
    shortlink: Raw<'a>,
    #[serde(borrow)]
    scheduled_for: Raw<'a>,
    #[serde(borrow)]
    scheduled_until: Raw<'a>,
    #[serde(borrow, default)]
    incident_updates: Option<Vec<Post<'a>>>,
    #[serde(borrow, default)]
    components: Option<Vec<Named<'a>>>,
}

#[derive(Deserialize)]
struct Post<'a> {
    #[serde(borrow)]
    status: Raw<'a>,
    #[serde(borrow)]
    body: Raw<'a>,
    #[serde(borrow)]
    created_at: Raw<'a>,
    #[serde(borrow)]
    display_at: Raw<'a>,
    #[serde(borrow, default)]
    affected_components: Option<Vec<Named<'a>>>,
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    name: Raw<'a>,
}

/// Reads `source`; a JSON error or a form that is not known becomes the document's problem.
pub fn read(source: &str) -> Document<'_> {
    let mut document = Document { format: Format::StatuspageJson, reports: Vec::new(), problem: None };
    let file: File = match serde_json::from_str(source) {
        Ok(file) => file,
        Err(error) => {
            let at = offset_of(source, error.line(), error.column());
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
            document.problem = Some((format!("this JSON could not be read: {message}"), Span::new(at..at)));
            return document;
        }
    };
    let place = Place { source };
    let publisher = file.page.and_then(|page| place.text(page.name));
    for raw in file.incidents.iter().chain(&file.scheduled_maintenances).chain(&file.incident) {
        match serde_json::from_str::<Incident>(raw.get()) {
            Ok(incident) => document.reports.push(place.report(raw, &incident, publisher.clone())),
            Err(error) => document.problem = Some((format!("an incident of this JSON could not be read: {error}"), place.span(raw))),
        }
    }
    document
}

fn offset_of(source: &str, line: usize, column: usize) -> usize {
    let start: usize = source.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (start + column.saturating_sub(1)).min(source.len())
}

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

    fn report(&self, raw: &RawValue, incident: &Incident<'a>, publisher: Option<Text<'a>>) -> Report<'a> {
        let mut report = Report::new(self.span(raw));
        let impact = self.text(incident.impact);
        let planned = impact.as_ref().is_some_and(|impact| impact.as_str() == "maintenance")
            || incident.scheduled_for.is_some_and(|raw| raw.get() != "null");
        report.kind = if planned { IncidentKind::Maintenance } else { IncidentKind::Incident };
        report.id = self.text(incident.id);
        report.url = self.text(incident.shortlink);
        report.title = self.text(incident.name);
        report.organization = publisher;
        for (label, raw) in [
            ("impact", incident.impact),
            ("status", incident.status),
            ("scheduled_for", incident.scheduled_for),
            ("scheduled_until", incident.scheduled_until),
        ] {
            if let Some(value) = self.text(raw) {
                report.fields.push(Field { label: label_of(label), value });
            }
        }
        let mut names: Vec<Text> = incident.components.iter().flatten().filter_map(|named| self.text(named.name)).collect();
        for post in incident.incident_updates.iter().flatten() {
            let Some(label) = self.text(post.status) else { continue };
            // A person may move an update to when it held; that is what the page shows.
            let stamp = self.text(post.display_at).or_else(|| self.text(post.created_at));
            let blocks = self.text(post.body).map(|body| text::blocks_of(&body)).unwrap_or_default();
            report.updates.push(Update { label, stamp, blocks });
            names.extend(post.affected_components.iter().flatten().filter_map(|named| self.text(named.name)));
        }
        for name in names {
            if !report.components.iter().any(|known| known.as_str() == name.as_str()) {
                report.components.push(name);
            }
        }
        report
    }
}

/// A key of the format, for a field whose label is the key.
fn label_of<'a>(key: &'static str) -> Text<'a> {
    Text::slice_of(key, 0..key.len())
}

/// Decodes the JSON string at `span`, quotes included, keeping the place of every byte.
fn decode(source: &str, span: Span) -> Text<'_> {
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
        let (decoded, length) = escape(raw.get(at..).unwrap_or_default());
        let mut buffer = [0; 4];
        builder.push_decoded(decoded.encode_utf8(&mut buffer), inner.start + at..inner.start + at + length);
        at += length;
    }
    builder.push(raw.get(at..).unwrap_or_default(), inner.start + at);
    builder.finish()
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
    fn reads_incidents_with_their_updates() {
        let source = r#"{"page":{"name":"Acme"},"incidents":[{"id":"x1","name":"Down","impact":"major","status":"resolved",
            "shortlink":"https://s.example/x1","components":null,"incident_updates":[{"status":"resolved","body":"Back.\nBetween 10:00 and 11:00 UTC it failed.",
            "created_at":"2024-05-01T11:00:00Z","display_at":null,"affected_components":[{"name":"API"}]}]}]}"#;
        let document = read(source);
        assert_eq!(document.problem, None);
        let [report] = document.reports.as_slice() else { unreachable!("one incident") };
        assert_eq!(report.title.as_ref().map(Text::as_str), Some("Down"));
        assert_eq!(report.updates.len(), 1);
        assert_eq!(report.updates.first().and_then(|u| u.stamp.as_ref()).map(Text::as_str), Some("2024-05-01T11:00:00Z"));
        assert_eq!(report.components.iter().map(Text::as_str).collect::<Vec<_>>(), ["API"]);
        let block = report.updates.first().and_then(|u| u.blocks.last()).map(|b| b.text.whole());
        assert_eq!(block.and_then(|span| source.get(span.range())), Some(r"Back.\nBetween 10:00 and 11:00 UTC it failed."));
    }

    #[test]
    fn a_broken_file_names_the_place() {
        let document = read("{\"incidents\": [\n{\"id\": }]}");
        assert_eq!(document.problem.map(|(_, span)| span.start), Some(23));
    }
}
