//! Tables of separated values: commas, semicolons, tabs or bars between cells, quotes around what holds one of them.

use super::{Node, Value};
use crate::document::{Text, TextBuilder};
use crate::source::Span;

/// The marks that part cells.
const MARKS: [char; 4] = [',', '\t', ';', '|'];

/// So many rows tell whether a text is a table.
const SEEN: usize = 8;

/// Lines that may stand above the heads of a table that is named one: what it is of, who saved it when.
const ABOVE: usize = 10;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// The mark that parts its cells.
    pub mark: char,
    /// Where its heads stand, in bytes.
    pub at: usize,
}

/// The shape of the table in `text`, if it is one: a head of three names or more, none of them twice but for lists of one kind, and
/// rows of as many cells. Remarks ("# Incidents of 2024") may stand above it. A text that is `named` as a table may have other lines
/// above it, two names, and rows without their last cells.
pub fn shape_of(text: &str, named: bool) -> Option<Shape> {
    let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1));
    let shape = |at: usize| {
        let head = text.get(at..)?.lines().find(|line| !line.trim().is_empty())?;
        MARKS.into_iter().filter(|mark| head.contains(*mark)).find(|mark| fits(text, at, *mark, named)).map(|mark| Shape { mark, at })
    };
    let remarks = text.lines().take_while(|line| line.starts_with('#') || line.trim().is_empty()).count();
    starts.take(if named { ABOVE } else { 1 + remarks.min(ABOVE) }).find_map(shape)
}

/// Whether a table with that mark begins at the byte `at`.
fn fits(text: &str, at: usize, mark: char, named: bool) -> bool {
    let mut rows = Rows { source: text, at, mark }.take(SEEN);
    let Some(head) = rows.next() else { return false };
    let blank = |cell: &Text| cell.as_str().trim().is_empty();
    let is_name = |cell: &Text| {
        let cell = cell.as_str().trim();
        let sentence = cell.contains(['\n', '.', '!', '?']) && !cell.ends_with(')');
        cell.len() <= 64 && !sentence && !cell.starts_with("# ") && !cell.starts_with(|c: char| c.is_ascii_digit())
    };
    let last = head.iter().rposition(|cell| !blank(cell)).map_or(0, |last| last + 1);
    let width = if named { last } else { head.len() };
    let filled = head.iter().filter(|cell| !blank(cell)).count();
    let rows: Vec<_> = rows.filter(|row| row.len() > 1 || !row.iter().all(blank)).collect();
    // Cells at a line's end may be lost.
    let whole = |row: &Vec<Text>| match named {
        true => row.iter().skip(width).all(blank),
        false => row.len() == width || mark == '\t' && row.len() < width,
    };
    let parted = rows.iter().filter(|row| row.len() > 1).count();
    let least = if named { 2 } else { 3 };
    filled >= least && filled + 1 >= width && head.iter().all(is_name) && parted * 2 > rows.len() && rows.iter().all(whole)
}

/// The mark between the cells of a table that is named one, and its first row with what stands above it.
pub fn head(text: &str) -> Option<(u8, &str)> {
    let Shape { mark, at } = shape_of(text, true)?;
    let mut rows = Rows { source: text, at, mark };
    rows.next()?;
    Some((u8::try_from(mark).ok()?, text.get(..rows.at)?))
}

/// Where the last row ends that is whole in `bytes`, which start with a row: quotes around a cell may hold ends of lines.
pub fn rows_end(bytes: &[u8], mark: u8) -> usize {
    let behind = |at: usize| bytes.get(at..).unwrap_or_default();
    let (mut at, mut end) = (0, 0);
    loop {
        if bytes.get(at) == Some(&b'"') {
            at += 1;
            // A quote in a cell is written twice.
            loop {
                let Some(quote) = memchr::memchr(b'"', behind(at)) else { return end };
                at += quote + 1;
                if bytes.get(at) != Some(&b'"') {
                    break;
                }
                at += 1;
            }
        }
        let Some(next) = memchr::memchr2(mark, b'\n', behind(at)) else { return end };
        at += next + 1;
        if bytes.get(at - 1) == Some(&b'\n') {
            end = at;
        }
    }
}

/// The rows of a table, each an object over the heads; blank rows are none.
pub fn read(source: &str, Shape { mark, at }: Shape) -> Node<'_> {
    let mut rows = Rows { source, at, mark };
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
        let rows = read(source, shape_of(source, true).unwrap_or(Shape { mark: ',', at: 0 }));
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
        let rows = read(table, Shape { mark: ',', at: 0 });
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
            ("# Outages, a register, 2024\n# times: UTC\nID;Title;Start\n1;Down;10:00\n", Some(';')),
            ("# Mail, web, files\n\nAll of it was down, we think, from ten.\nNothing, at all, worked.\n", None),
            ("2026-01-01,down,x\n2026-01-02,up,y\n", None),
        ] {
            assert_eq!(shape_of(text, false).map(|shape| shape.mark), mark, "{text}");
        }
    }

    #[test]
    fn a_file_that_is_named_a_table() {
        let rows = |text: &str| shape_of(text, true).map(|shape| read(text, shape).items().len());
        assert_eq!(rows("ID,Title,Start,,\n1,Down,10:00,,\n2,Up\n"), Some(2), "cells at the end of a line are lost");
        assert_eq!(rows("Outages of 2026,,\nSaved by Ada, on Monday\n\nID,Title,Start\n1,Down,10:00\n"), Some(1), "lines above");
        assert_eq!(rows("ID,Title\n1,Down,10:00\n"), None, "more cells than heads");
        assert_eq!(rows("It was down.\nThen it was up.\n"), None);
    }
}
