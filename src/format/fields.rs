//! `Label: value` in its guises: a label in front of a line, mail headers, front matter.

use crate::document::{Field, Text};
use nom::bytes::complete::take_while1;
use nom::character::complete::char;
use nom::combinator::{all_consuming, opt, verify};
use nom::sequence::terminated;
use nom::{IResult, Parser};
use std::ops::Range;

/// The longest label, in bytes.
const LABEL: usize = 48;

/// A label in front of `line`, its colon included.
pub fn label(line: &str) -> Option<Range<usize>> {
    // "Incident no.: 88"
    let (rest, label) = terminated(label_text, (opt(char('.')), char(':'))).parse(line).ok()?;
    let ends = rest.is_empty() || rest.starts_with(char::is_whitespace);
    (ends && is_label(label)).then_some(0..line.len() - rest.len())
}

/// Whether `text` may be a label: a capital first, at most six words, no sentence.
pub fn is_label(text: &str) -> bool {
    all_consuming(label_text).parse(text).is_ok() && text.starts_with(char::is_uppercase) && text.split_whitespace().count() <= 6
}

fn label_text(line: &str) -> IResult<&str, &str> {
    let word = |c: char| c.is_alphanumeric() || " -/&()'’?,_".contains(c);
    verify(take_while1(word), |label: &str| label.len() <= LABEL).parse(line)
}

/// The headers of a copied mail that people leave in.
const HEADERS: [&str; 8] = ["from", "to", "cc", "bcc", "sent", "date", "subject", "reply-to"];

/// The name and the value of a header line.
pub fn header(line: &str) -> Option<(&str, &str)> {
    line.trim_end().split_once(':').filter(|(name, _)| HEADERS.iter().any(|known| name.eq_ignore_ascii_case(known)))
}

/// The mail headers at the top of the part, and where the body starts. Only a run of headers with a subject or a
/// sender counts.
pub fn mail_headers(source: &str, part: Range<usize>) -> (Vec<Field<'_>>, usize) {
    let mut fields = Vec::new();
    let mut at = part.start;
    for raw in source.get(part.clone()).unwrap_or_default().split_inclusive('\n') {
        let line = raw.trim_end();
        let Some((name, _)) = header(line) else {
            if line.trim().is_empty() && fields.is_empty() {
                at += raw.len();
                continue;
            }
            break;
        };
        let value = Text::slice_of(source, at + name.len() + 1..at + line.len()).trimmed();
        fields.push(Field { label: Text::slice_of(source, at..at + name.len()), value });
        at += raw.len();
    }
    let is_header = |field: &Field| ["from", "subject"].iter().any(|name| field.label.as_str().eq_ignore_ascii_case(name));
    if fields.len() >= 2 && fields.iter().any(is_header) { (fields, at) } else { (Vec::new(), part.start) }
}

/// Whether one of `fields` says who sent a mail.
pub fn name_sender(fields: &[Field]) -> bool {
    fields.iter().any(|field| field.label.as_str().eq_ignore_ascii_case("from"))
}

/// More fields than this no front matter has.
const MOST_FIELDS: usize = 10_000;

/// The fields of front matter at `part` that is no valid YAML or TOML, line by line: `key: value` or `key = value`, and flat
/// lists, each entry a field of its own.
pub fn lines_of_front_matter(source: &str, part: Range<usize>) -> Vec<Field<'_>> {
    let toml = source.get(part.clone()).is_some_and(|text| text.trim_start().starts_with("+++"));
    let mark = if toml { '=' } else { ':' };
    let mut fields: Vec<Field> = Vec::new();
    let mut key: Option<Text> = None;
    let mut at = part.start;
    for raw in source.get(part).unwrap_or_default().split_inclusive('\n') {
        let line = raw.trim();
        let start = at + (raw.len() - raw.trim_start().len());
        at += raw.len();
        let value_at = |offset: usize| unquoted(&Text::slice_of(source, start + offset..start + line.len()).trimmed());
        if let Some(entry) = line.strip_prefix("- ") {
            if let Some(label) = &key {
                fields.push(Field { label: label.clone(), value: value_at(line.len() - entry.len()) });
            }
        } else if let Some((name, value)) = line.split_once(mark).filter(|(name, _)| is_key(name)) {
            let label = Text::slice_of(source, start..start + name.trim_end().len());
            key = Some(label.clone());
            let value = value.trim();
            if let Some(list) = value.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
                let mut entry_at = line.rfind(list).unwrap_or(name.len() + 1);
                for entry in list.split(',').take(MOST_FIELDS) {
                    let text = Text::slice_of(source, start + entry_at..start + entry_at + entry.len()).trimmed();
                    fields.push(Field { label: label.clone(), value: unquoted(&text) });
                    entry_at += entry.len() + 1;
                }
            } else if !value.is_empty() && value != "|" && value != ">" {
                fields.push(Field { label, value: value_at(name.len() + 1) });
            }
        }
    }
    fields.retain(|field| !field.value.as_str().is_empty());
    fields.truncate(MOST_FIELDS);
    fields
}

fn is_key(name: &str) -> bool {
    !name.is_empty() && name.len() <= LABEL && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_- ".contains(&b))
}

fn unquoted<'a>(text: &Text<'a>) -> Text<'a> {
    let value = text.as_str();
    let quoted = value.len() >= 2 && (value.starts_with('"') && value.ends_with('"') || value.starts_with('\'') && value.ends_with('\''));
    if quoted { text.part(1..value.len() - 1) } else { text.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_look_alikes() {
        for line in [
            "Severity: high",
            "Root Cause(s):",
            "Time (PDT): 5 PM",
            "What happened?: it broke",
            "Start of outage:  3/9",
            "Incident no.: 88",
        ] {
            assert!(label(line).is_some(), "{line}");
        }
        for line in
            ["at 10:30 we saw", "10:30 alert", "https://example.org", "It failed at once. Then: more", "lower: case", "a b c d e f g: h"]
        {
            assert!(label(line).is_none(), "{line}");
        }
    }

    #[test]
    fn mail_headers_end_at_the_body() {
        let mail = "From: a@b.example\nSubject: Login: down\n\nDate: not a header\n";
        let (fields, body) = mail_headers(mail, 0..mail.len());
        assert_eq!(fields.iter().map(|f| f.value.as_str()).collect::<Vec<_>>(), ["a@b.example", "Login: down"]);
        assert_eq!(mail.get(body..).map(str::trim_start), Some("Date: not a header\n"));
        let text = "Date: 2024-05-01\nDuration: 5 minutes\n";
        assert_eq!(mail_headers(text, 0..text.len()), (Vec::new(), 0));
    }
}
