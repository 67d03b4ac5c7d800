//! Tables of separated values: commas, semicolons, tabs or bars between cells, quotes around what holds one of them.

use super::{Node, Value};
use crate::document::{Text, TextBuilder};
use crate::source::Span;

/// The marks that part cells.
const MARKS: [char; 4] = [',', '\t', ';', '|'];

/// So many rows tell whether a text is a table.
const SEEN: usize = 8;

/// The mark that parts the cells of `text`, if it is a table: a head of `least` names or more, none of them twice but for lists of
/// one kind, and rows of as many cells.
pub fn mark_of(text: &str, least: usize) -> Option<char> {
    let head = text.lines().find(|line| !line.trim().is_empty())?;
    let fits = |mark: &char| {
        let mut rows = Rows { source: text, at: 0, mark: *mark }.take(SEEN);
        let Some(head) = rows.next() else { return false };
        let named = |cell: &Text| {
            let cell = cell.as_str().trim();
            let sentence = cell.contains(['\n', '.', '!', '?']) && !cell.ends_with(')');
            cell.len() <= 64 && !sentence && !cell.starts_with(|c: char| c.is_ascii_digit())
        };
        let filled = head.iter().filter(|cell| !cell.as_str().trim().is_empty()).count();
        let rows: Vec<_> = rows.filter(|row| row.len() > 1 || row.iter().any(|cell| !cell.as_str().trim().is_empty())).collect();
        // Tabs at a line's end may be lost.
        let whole = |row: &Vec<Text>| row.len() == head.len() || *mark == '\t' && row.len() < head.len();
        filled >= least && filled + 1 >= head.len() && head.iter().all(named) && !rows.is_empty() && rows.iter().all(whole)
    };
    MARKS.into_iter().filter(|mark| head.contains(*mark)).find(fits)
}

/// The rows of a table, each an object over the heads; blank rows are none.
pub fn read(source: &str, mark: char) -> Node<'_> {
    let mut rows = Rows { source, at: 0, mark };
    let heads = rows.next().unwrap_or_default();
    let mut items = Vec::new();
    loop {
        let start = rows.at;
        let Some(cells) = rows.next() else { break };
        if cells.iter().all(|cell| cell.as_str().trim().is_empty()) {
            continue;
        }
        let end = start + source.get(start..rows.at).map_or(0, |row| row.trim_end().len());
        let named = heads.iter().zip(cells).filter(|(head, _)| !head.as_str().trim().is_empty());
        let entries = named.map(|(head, cell)| (head.trimmed(), Node::scalar(cell))).collect();
        items.push(Node { value: Value::Map(entries), span: Span::new(start..end) });
    }
    Node { value: Value::List(items), span: Span::new(0..source.len()) }
}

struct Rows<'a> {
    source: &'a str,
    at: usize,
    mark: char,
}

impl<'a> Iterator for Rows<'a> {
    type Item = Vec<Text<'a>>;

    fn next(&mut self) -> Option<Vec<Text<'a>>> {
        // Excel tells the mark in a line of its own.
        if self.at == 0 && self.source.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("sep=")) {
            self.at = self.source.find('\n').map_or(self.source.len(), |end| end + 1);
        }
        while self.source.get(self.at..)?.starts_with(['\n', '\r']) {
            self.at += 1;
        }
        if self.at >= self.source.len() {
            return None;
        }
        let mut cells = Vec::new();
        loop {
            let (cell, end) = self.cell();
            cells.push(cell);
            let rest = self.source.get(end..).unwrap_or_default();
            if rest.starts_with(self.mark) {
                self.at = end + self.mark.len_utf8();
                continue;
            }
            self.at = end + rest.find('\n').map_or(rest.len(), |line| line + 1);
            return Some(cells);
        }
    }
}

impl<'a> Rows<'a> {
    /// The cell that begins here, and where it ends.
    fn cell(&self) -> (Text<'a>, usize) {
        let rest = self.source.get(self.at..).unwrap_or_default();
        if rest.starts_with('"')
            && let Some(quoted) = self.quoted(self.at + 1)
        {
            return quoted;
        }
        let end = self.at + rest.find([self.mark, '\n']).unwrap_or(rest.len());
        (Text::slice_of(self.source, self.at..end).trimmed(), end)
    }

    /// The cell whose quotes opened before `from`; a quote in it is written twice.
    fn quoted(&self, from: usize) -> Option<(Text<'a>, usize)> {
        let quote = |at: usize| self.source.get(at..)?.find('"').map(|found| at + found);
        let mut end = quote(from)?;
        if self.source.get(end + 1..)?.starts_with('"') {
            let mut builder = TextBuilder::default();
            let mut at = from;
            while self.source.get(end + 1..)?.starts_with('"') {
                builder.push(self.source.get(at..end)?, at);
                builder.push_decoded("\"", end..end + 2);
                at = end + 2;
                end = quote(at)?;
            }
            builder.push(self.source.get(at..end)?, at);
            return Some((builder.finish(), end + 1));
        }
        Some((Text::slice_of(self.source, from..end), end + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(source: &str) -> Vec<Vec<String>> {
        let mark = mark_of(source, 3).unwrap_or(',');
        let rows = read(source, mark);
        let cell = |(_, cell): &(Text, Node)| cell.text().map(|text| text.as_str().to_owned()).unwrap_or_default();
        rows.items().iter().map(|row| row.entries().iter().map(cell).collect()).collect()
    }

    #[test]
    fn cells_in_quotes_and_without() {
        let table = "id,title,note\r\n1,Down,\"a \"\"b\"\", c\nd\"\r\n\r\n2,,x\n";
        assert_eq!(cells(table), [["1", "Down", "a \"b\", c\nd"], ["2", "", "x"]]);
        assert_eq!(cells("a;b;c\n1;2,5;3"), [["1", "2,5", "3"]]);
        assert_eq!(cells("sep=;\na;b;c\n1;2;3"), [["1", "2", "3"]]);
        assert_eq!(cells("a,b,c\n1,\"2,3"), [["1", "\"2", "3"]], "a quote that is never closed is one of the words");
    }

    #[test]
    fn cells_know_their_place() {
        let table = "id,title,note\n1,\"Mail, late\",x\n";
        let rows = read(table, ',');
        let title = rows.items().first().and_then(|row| row.get("Title"));
        assert_eq!(title.and_then(|title| table.get(title.span.range())), Some("Mail, late"));
        assert_eq!(rows.items().first().and_then(|row| table.get(row.span.range())), Some("1,\"Mail, late\",x"));
    }

    #[test]
    fn tables_and_look_alikes() {
        for (text, mark) in [
            ("ID,Title,Start\n1,Down,10:00\n", Some(',')),
            ("ID\tTitle\tStart\n1\tDown, out\t10:00\n", Some('\t')),
            ("First, it failed, then it worked.\nAfter that, we slept, and ate.\n", None),
            ("Hello, team, all,\n\nthe mail is late.\n", None),
            ("a,b,c\n", None),
            ("2026-01-01,down,x\n2026-01-02,up,y\n", None),
        ] {
            assert_eq!(mark_of(text, 3), mark, "{text}");
        }
    }
}
