//! An issue as the command-line tools of GitHub and GitLab print it into a pipe: a line for each label, its value behind a
//! tab, and the text below a line of two dashes.

use super::{Node, Value};
use crate::document::Text;
use crate::source::Span;

/// More labels than this no issue has.
const LABELS: usize = 40;

/// The issue in `source`; none of any other text.
pub fn read(source: &str) -> Option<Node<'_>> {
    let mut entries = Vec::new();
    let mut at = 0;
    for raw in source.split_inclusive('\n').take(LABELS) {
        let line = raw.trim_end();
        if line == "--" && entries.len() > 1 {
            let body = Text::slice_of(source, at + raw.len()..source.len());
            entries.push((key("body"), Node::scalar(body)));
            return Some(Node { value: Value::Map(entries), span: Span::new(0..source.len()) });
        }
        let (name, _) = line.split_once(":\t").or_else(|| line.strip_suffix(':').map(|name| (name, "")))?;
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') {
            return None;
        }
        let value = Text::slice_of(source, at + name.len() + 1..at + line.len()).trimmed();
        entries.push((Text::slice_of(source, at..at + name.len()), node(name, &value)));
        at += raw.len();
    }
    None
}

fn key(name: &'static str) -> Text<'static> {
    Text::slice_of(name, 0..name.len())
}

/// A value; of labels and the like a list.
fn node<'a>(name: &str, value: &Text<'a>) -> Node<'a> {
    let whole = value.as_str();
    if name == "title" || !whole.contains(", ") {
        return Node::scalar(value.clone());
    }
    let mut at = 0;
    let parts = whole.split(", ").map(|part| {
        let start = at;
        at += part.len() + 2;
        Node::scalar(value.part(start..start + part.len()))
    });
    Node { value: Value::List(parts.collect()), span: value.whole() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_a_text() {
        let tree =
            read("title:\tMail late, again\nstate:\tCLOSED\nlabels:\tincident, sev2\nassignees:\t\nnumber:\t7\n--\n## Impact\n\nNone.\n");
        let words = |key: &str| tree.as_ref().and_then(|tree| tree.get(key)).map(|node| node.items().len());
        assert_eq!((words("title"), words("labels"), words("assignees"), words("number")), (Some(1), Some(2), Some(0), Some(1)));
        let body = tree.as_ref().and_then(|tree| tree.get("body")?.text());
        assert_eq!(body.map(Text::as_str), Some("## Impact\n\nNone."));
        for other in ["title:\tMail late\n\n--\nText.\n", "Title:\tMail late\nState:\topen\n--\n", "a:\tb\nnone\n--\n", "--\nx\n", ""] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
