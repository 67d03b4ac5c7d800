//! YAML as a tree, one for each document of a file.

use super::{DEPTH, Node, Value, toml::text};
use crate::document::{Text, TextBuilder};
use crate::format::places::Places;
use crate::source::Span;
use saphyr_parser::{Event, Parser, ScalarStyle};
use std::ops::Range;

/// The most of a file that is read, in bytes.
const MOST: usize = 8 << 20;

/// What is open while it is read: a list, or a mapping with the key that waits for its value.
enum Open<'a> {
    Map(Vec<(Text<'a>, Node<'a>)>, Option<Text<'a>>, usize),
    List(Vec<Node<'a>>, usize),
}

/// The documents of `source`; none where it is no YAML of keys and values.
pub fn read(source: &str) -> Option<Vec<Node<'_>>> {
    if source.len() > MOST {
        return None;
    }
    let mut places = Places::new(source);
    let (mut documents, mut open) = (Vec::new(), Vec::new());
    for event in Parser::new_from_str(source) {
        let (event, span) = event.ok()?;
        let (start, end) = (places.byte(span.start.index()), places.byte(span.end.index()));
        let node = match event {
            Event::MappingStart(..) => {
                open.push(Open::Map(Vec::new(), None, start));
                None
            }
            Event::SequenceStart(..) => {
                open.push(Open::List(Vec::new(), start));
                None
            }
            Event::MappingEnd | Event::SequenceEnd => open.pop().map(|open| match open {
                Open::Map(entries, _, from) => Node { value: Value::Map(entries), span: Span::new(from..end.max(from)) },
                Open::List(items, from) => Node { value: Value::List(items), span: Span::new(from..end.max(from)) },
            }),
            Event::Scalar(value, style, ..) => Some(scalar(source, &value, style, start..end)),
            Event::Alias(_) => Some(Node { value: Value::Null, span: Span::new(start..end) }),
            _ => None,
        };
        if open.len() > DEPTH {
            return None;
        }
        let Some(node) = node else { continue };
        match open.last_mut() {
            Some(Open::List(items, _)) => items.push(node),
            Some(Open::Map(entries, key, _)) => match key.take() {
                Some(key) => entries.push((key, node)),
                // A key that is no plain value names nothing.
                None => *key = Some(node.text().cloned().unwrap_or_else(|| Text::slice_of(source, start..start))),
            },
            None => documents.push(node),
        }
    }
    documents.retain(|document| document.is_map() || document.is_table());
    (!documents.is_empty()).then_some(documents)
}

fn scalar<'a>(source: &'a str, value: &str, style: ScalarStyle, range: Range<usize>) -> Node<'a> {
    let written = match style {
        ScalarStyle::Literal | ScalarStyle::Folded => {
            let mut builder = TextBuilder::default();
            builder.push_decoded(value.trim(), range);
            builder.finish()
        }
        ScalarStyle::Plain if matches!(value, "" | "~" | "null") => Text::slice_of(source, range.start..range.start),
        _ => text(source, value, range),
    };
    Node::scalar(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_lists_and_mappings() {
        let source = "incidents:\n- title: Mail – late\n  services: [A, 'B']\n  end: ~\n- title: \"Search\"\n---\ntitle: Three\n";
        let documents = read(source).unwrap_or_default();
        assert_eq!(documents.len(), 2);
        let list = documents.first().and_then(|first| first.get("incidents")).map(Node::items).unwrap_or_default();
        let title = list.first().and_then(|first| first.get("title"));
        assert_eq!(title.and_then(|title| source.get(title.span.range())), Some("Mail – late"));
        assert_eq!(list.first().and_then(|first| first.get("end")).map(|end| end.value.clone()), Some(Value::Null));
        assert_eq!(list.first().and_then(|first| first.get("services")).map(|services| services.items().len()), Some(2));
        assert!(read("title: Login: down\n").is_none());
    }
}
