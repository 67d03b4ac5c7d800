//! JSON that is known to be sound, as a tree.

use super::{DEPTH, Node, Value, is_blank};
use crate::document::Text;
use crate::format::json::decode;
use crate::source::Span;

/// The value at `span` of `source`, which a parser has found sound; nothing where it is nested too deep.
pub fn read(source: &str, span: Span) -> Node<'_> {
    let mut reader = Reader { source, at: span.range().start, end: span.range().end.min(source.len()) };
    reader.value(DEPTH)
}

struct Reader<'a> {
    source: &'a str,
    at: usize,
    end: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.source.as_bytes().get(self.at).copied().filter(|_| self.at < self.end)
    }

    /// Skips blanks, and colons and commas, which the parser has seen in their places.
    fn next(&mut self) -> Option<u8> {
        while self.peek().is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b',' | b':')) {
            self.at += 1;
        }
        self.peek()
    }

    fn value(&mut self, depth: usize) -> Node<'a> {
        let first = self.next();
        let start = self.at;
        let value = match first {
            Some(b'"') => self.string().map_or(Value::Null, |text| if is_blank(text.as_str()) { Value::Null } else { Value::Scalar(text) }),
            Some(open @ (b'{' | b'[')) => {
                self.at += 1;
                self.inside(open, depth)
            }
            Some(_) => {
                let ends = |byte: u8| matches!(byte, b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t');
                while self.peek().is_some_and(|byte| !ends(byte)) {
                    self.at += 1;
                }
                let text = Text::slice_of(self.source, start..self.at);
                if text.as_str() == "null" { Value::Null } else { Value::Scalar(text) }
            }
            None => Value::Null,
        };
        Node { value, span: Span::new(start..self.at) }
    }

    /// What stands in brackets, the closing one included.
    fn inside(&mut self, open: u8, depth: usize) -> Value<'a> {
        let (mut items, mut entries) = (Vec::new(), Vec::new());
        let deeper = depth.saturating_sub(1);
        loop {
            match self.next() {
                None => break,
                Some(b'}' | b']') => {
                    self.at += 1;
                    break;
                }
                Some(_) if deeper == 0 => {
                    self.skip();
                    return Value::Null;
                }
                Some(b'"') if open == b'{' => {
                    let Some(key) = self.string() else { break };
                    entries.push((key, self.value(deeper)));
                }
                Some(_) => items.push(self.value(deeper)),
            }
        }
        if open == b'{' { Value::Map(entries) } else { Value::List(items) }
    }

    /// Goes on behind the bracket that closes what is open.
    fn skip(&mut self) {
        let mut open = 1;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    self.string();
                    continue;
                }
                b'{' | b'[' => open += 1,
                b'}' | b']' => open -= 1,
                _ => {}
            }
            self.at += 1;
            if open == 0 {
                return;
            }
        }
    }

    fn string(&mut self) -> Option<Text<'a>> {
        let start = self.at;
        let mut at = start + 1;
        loop {
            at += memchr::memchr2(b'"', b'\\', self.source.as_bytes().get(at..self.end)?)?;
            if self.source.as_bytes().get(at) == Some(&b'"') {
                break;
            }
            at += 2;
        }
        self.at = at + 1;
        Some(decode(self.source, Span::new(start..self.at)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_their_place() {
        let source = r#"  {"a": [1, "x\ny", null, {}], "b": {"c": true, "d": ""}} "#;
        let node = read(source, Span::new(0..source.len()));
        let list = node.get("a").map(Node::items).unwrap_or_default();
        let words: Vec<_> = list.iter().map(|item| item.text().map(Text::as_str)).collect();
        assert_eq!(words, [Some("1"), Some("x\ny"), None, None]);
        assert_eq!(list.iter().filter_map(|item| source.get(item.span.range())).collect::<Vec<_>>(), ["1", r#""x\ny""#, "null", "{}"]);
        assert_eq!(node.get("b").and_then(|b| b.get("c")).and_then(Node::text).map(Text::as_str), Some("true"));
        assert_eq!(node.get("b").and_then(|b| b.get("d")).map(|d| d.value.clone()), Some(Value::Null));
        assert_eq!(source.get(node.span.range()), Some(source.trim()));
    }

    #[test]
    fn what_is_too_deep_is_left_out() {
        let source = format!("[{}1{}, 2]", "[".repeat(100), "]".repeat(100));
        let node = read(&source, Span::new(0..source.len()));
        assert_eq!(node.items().len(), 2);
        assert_eq!(node.span.range(), 0..source.len());
    }
}
