//! Front matter and records: YAML and TOML as labelled values, each with its place in the source.
//!
//! What no parser takes ("title: Login: down") is read line by line.

use super::fields;
use super::places::Places;
use crate::document::{Field, Text, TextBuilder};
use saphyr_parser::{Event, Parser, ScalarStyle};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// More than this is read line by line, in bytes.
const MOST: usize = 256 << 10;
/// What is nested deeper than this is read line by line.
const DEPTH: usize = 8;

/// What stands in front of a text, or is all of it.
#[derive(Debug, Default, PartialEq)]
pub struct Front<'a> {
    /// Scalars and flat lists, each entry of a list a field of its own.
    pub fields: Vec<Field<'a>>,
    /// The entries of a list of records, in order: "states" with a status, a date and a text each; or all there is.
    pub records: Vec<Vec<Field<'a>>>,
}

/// Reads the front matter at `part`, its marks included; a record without marks as YAML.
pub fn read(source: &str, part: Range<usize>) -> Front<'_> {
    let text = source.get(part.clone()).unwrap_or_default();
    let start = part.start + (text.len() - text.trim_start().len());
    let mark = text.trim_start().get(..3).filter(|mark| matches!(*mark, "---" | "+++"));
    let inner = match mark {
        Some(mark) => {
            let from = start + text.trim_start().find('\n').map_or(0, |at| at + 1);
            let to = part.start + text.trim_end().strip_suffix(mark).map_or(text.len(), str::len);
            from..to.max(from)
        }
        None => part.clone(),
    };
    let parsed = if inner.len() > MOST {
        None
    } else if mark == Some("+++") {
        toml(source, inner)
    } else {
        yaml(source, inner)
    };
    let mut front = parsed.unwrap_or_else(|| Front { fields: fields::lines_of_front_matter(source, part), records: Vec::new() });
    front.fields.retain(|field| !field.value.as_str().trim().is_empty());
    front
}

/// What is being read: a mapping with the key that waits for its value, or a list.
enum Open<'a> {
    Map(Option<Text<'a>>),
    List,
}

fn yaml(source: &str, part: Range<usize>) -> Option<Front<'_>> {
    let text = source.get(part.clone())?;
    let mut places = Places::new(text);
    let mut front = Front::default();
    let mut open: Vec<Open> = Vec::new();
    let mut documents = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.ok()?;
        // A key that is no plain value is left to the lines.
        let waits = matches!(open.last(), Some(Open::Map(None)));
        if waits && matches!(event, Event::Alias(_) | Event::SequenceStart(..) | Event::MappingStart(..)) {
            return None;
        }
        match event {
            // Of several documents in one file none is the record.
            Event::DocumentEnd => documents += 1,
            Event::DocumentStart(_) if documents > 0 => return None,
            Event::MappingStart(..) => {
                if matches!(open.as_slice(), [Open::Map(Some(_)), Open::List] | [Open::List]) {
                    front.records.push(Vec::new());
                }
                open.push(Open::Map(None));
            }
            Event::SequenceStart(..) => open.push(Open::List),
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop();
                if let Some(Open::Map(key)) = open.last_mut() {
                    *key = None;
                }
            }
            Event::Scalar(value, style, ..) => {
                let (start, end) = (places.byte(span.start.index()), places.byte(span.end.index()));
                let range = part.start + start..part.start + end;
                let value = match style {
                    ScalarStyle::Literal | ScalarStyle::Folded => decoded(value.trim(), range),
                    _ => scalar(source, &value, range),
                };
                match open.last_mut() {
                    Some(Open::Map(key @ None)) => *key = Some(value),
                    Some(Open::Map(key)) => {
                        let label = key.take();
                        take(&mut front, &open, label, value);
                    }
                    _ => take(&mut front, &open, None, value),
                }
            }
            Event::Alias(_) => {
                if let Some(Open::Map(key)) = open.last_mut() {
                    *key = None;
                }
            }
            _ => {}
        }
        if open.len() > DEPTH {
            return None;
        }
    }
    (!front.fields.is_empty() || !front.records.is_empty()).then_some(front)
}

/// Puts a value where it belongs by what is open around it.
fn take<'a>(front: &mut Front<'a>, open: &[Open<'a>], label: Option<Text<'a>>, value: Text<'a>) {
    match (open, label) {
        ([Open::Map(_)], Some(label)) => front.fields.push(Field { label, value }),
        ([Open::Map(Some(label)), Open::List], None) => front.fields.push(Field { label: label.clone(), value }),
        ([Open::Map(_), Open::List, Open::Map(_)] | [Open::List, Open::Map(_)], Some(label)) => {
            if let Some(record) = front.records.last_mut() {
                record.push(Field { label, value });
            }
        }
        ([Open::List, Open::Map(Some(label)), Open::List], None) => {
            if let Some(record) = front.records.last_mut() {
                record.push(Field { label: label.clone(), value });
            }
        }
        _ => {}
    }
}

fn toml(source: &str, part: Range<usize>) -> Option<Front<'_>> {
    let text = source.get(part.clone())?;
    let table = DeTable::parse(text).ok()?;
    let mut front = Front::default();
    let place = |span: Range<usize>| part.start + span.start..part.start + span.end;
    for (key, value) in by_place(table.get_ref()) {
        let label = scalar(source, key.get_ref(), place(key.span()));
        match value.get_ref() {
            DeValue::Array(list) => {
                for entry in list.iter() {
                    if let DeValue::Table(record) = entry.get_ref() {
                        let field = |(key, value): (&Spanned<_>, &Spanned<DeValue>)| Field {
                            label: scalar(source, AsRef::<str>::as_ref(key.get_ref()), place(key.span())),
                            value: toml_value(source, value, place(value.span())),
                        };
                        front.records.push(by_place(record).into_iter().map(field).collect());
                    } else {
                        front.fields.push(Field { label: label.clone(), value: toml_value(source, entry, place(entry.span())) });
                    }
                }
            }
            DeValue::Table(_) => {}
            _ => front.fields.push(Field { label, value: toml_value(source, value, place(value.span())) }),
        }
    }
    Some(front)
}

/// The entries of a table in the order in which they are written.
fn by_place<'t, 'i>(table: &'t DeTable<'i>) -> Vec<(&'t Spanned<std::borrow::Cow<'i, str>>, &'t Spanned<DeValue<'i>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

fn toml_value<'a>(source: &'a str, value: &Spanned<DeValue>, range: Range<usize>) -> Text<'a> {
    match value.get_ref() {
        DeValue::String(text) => scalar(source, text, range),
        _ => Text::slice_of(source, range).trimmed(),
    }
}

/// A value as it is written, where that is all of it; else decoded.
fn scalar<'a>(source: &'a str, value: &str, range: Range<usize>) -> Text<'a> {
    let raw = source.get(range.clone()).unwrap_or_default();
    match raw.find(value).filter(|at| *at <= 3 && raw.len() - value.len() <= 6) {
        Some(at) => Text::slice_of(source, range.start + at..range.start + at + value.len()),
        None => decoded(value.trim(), range),
    }
}

fn decoded<'a>(value: &str, range: Range<usize>) -> Text<'a> {
    let mut builder = TextBuilder::default();
    builder.push_decoded(value, range);
    builder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<(String, String)> {
        let front = read(text, 0..text.len());
        front.fields.iter().map(|field| (field.label.as_str().to_owned(), field.value.as_str().to_owned())).collect()
    }

    fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(label, value)| ((*label).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn toml_with_lists_over_several_lines() {
        let toml = "+++\ntitle = \"Login: down\"\ndate = 2024-03-04T10:15:00Z\naffected = [\n  \"API\",\n  \"Web app\"\n]\nresolved = true\n[extra]\nteam = \"x\"\n+++\n";
        let want = [
            ("title", "Login: down"),
            ("date", "2024-03-04T10:15:00Z"),
            ("affected", "API"),
            ("affected", "Web app"),
            ("resolved", "true"),
        ];
        assert_eq!(pairs(toml), owned(&want));
    }

    #[test]
    fn yaml_with_folded_values_lists_and_records() {
        let yaml = "---\ntitle: \"Mail – late\"\nservices:\n  - Mail\n  - 'Web app'\ntags: [a, \"b\"]\nempty:\nsummary: >\n  It was\n  late.\nstates:\n- status: resolved\n  content: 'All is well.'\n---\n";
        let want = [
            ("title", "Mail – late"),
            ("services", "Mail"),
            ("services", "Web app"),
            ("tags", "a"),
            ("tags", "b"),
            ("summary", "It was late."),
        ];
        assert_eq!(pairs(yaml), owned(&want));
        let front = read(yaml, 0..yaml.len());
        let record: Vec<_> = front.records.iter().flatten().map(|field| (field.label.as_str(), field.value.as_str())).collect();
        assert_eq!(record, [("status", "resolved"), ("content", "All is well.")]);
        for field in front.fields.iter().filter(|field| field.label.as_str() != "summary") {
            assert_eq!(yaml.get(field.value.whole().range()), Some(field.value.as_str()), "values lead back to their place");
        }
    }

    #[test]
    fn what_no_parser_takes_is_read_line_by_line() {
        let yaml = "---\ntitle: Login: down\nservices:\n  - API\ntags: [a, b]\n---\n";
        assert_eq!(pairs(yaml), owned(&[("title", "Login: down"), ("services", "API"), ("tags", "a"), ("tags", "b")]));
        let aliased = "---\n? [a, b]\n: c\ntitle: d\n---\n";
        assert_eq!(pairs(aliased).last(), Some(&("title".to_owned(), "d".to_owned())));
        let deep = format!("---\na: {}{}\ntitle: b\n---\n", "[".repeat(5000), "]".repeat(5000));
        assert_eq!(pairs(&deep).last(), Some(&("title".to_owned(), "b".to_owned())));
    }
}
