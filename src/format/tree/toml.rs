//! TOML as a tree.

use super::{Node, Value};
use crate::document::{Text, TextBuilder};
use crate::source::Span;
use std::borrow::Cow;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The table in `source`; none where it is no TOML.
pub fn read(source: &str) -> Option<Node<'_>> {
    let table = DeTable::parse(source).ok()?;
    Some(Node { value: map(source, table.get_ref()), span: Span::new(0..source.len()) })
}

fn map<'a>(source: &'a str, table: &DeTable<'_>) -> Value<'a> {
    let mut entries: Vec<(&Spanned<Cow<str>>, &Spanned<DeValue>)> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    Value::Map(entries.into_iter().map(|(key, value)| (text(source, key.get_ref(), key.span()), node(source, value))).collect())
}

fn node<'a>(source: &'a str, value: &Spanned<DeValue<'_>>) -> Node<'a> {
    let span = value.span();
    let inner = match value.get_ref() {
        DeValue::Table(table) => map(source, table),
        DeValue::Array(items) => Value::List(items.iter().map(|item| node(source, item)).collect()),
        DeValue::String(words) => return Node { span: Span::new(span.clone()), ..Node::scalar(text(source, words, span)) },
        _ => Value::Scalar(Text::slice_of(source, span.clone()).trimmed()),
    };
    Node { value: inner, span: Span::new(span) }
}

/// A text as it is written, where that is all of it but its quotes; else decoded.
pub(super) fn text<'a>(source: &'a str, value: &str, range: Range<usize>) -> Text<'a> {
    let raw = source.get(range.clone()).unwrap_or_default();
    match raw.find(value).filter(|at| *at <= 3 && raw.len() - value.len() <= 6) {
        Some(at) => Text::slice_of(source, range.start + at..range.start + at + value.len()),
        None => {
            let mut builder = TextBuilder::default();
            builder.push_decoded(value.trim(), range);
            builder.finish()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_of_tables() {
        let source = "[[incident]]\ntitle = \"Mail late\"\nstart = 2026-01-09T10:02:00Z\n[[incident]]\ntitle = 'Search down'\n";
        let tree = read(source);
        let list = tree.as_ref().and_then(|tree| tree.get("incident")).map(Node::items).unwrap_or_default();
        let words =
            |key: &str| list.iter().filter_map(|item| item.get(key)?.text()).map(|text| text.as_str().to_owned()).collect::<Vec<_>>();
        assert_eq!(words("title"), ["Mail late", "Search down"]);
        assert_eq!(words("start"), ["2026-01-09T10:02:00Z"]);
        assert!(read("no toml at all").is_none());
    }
}
