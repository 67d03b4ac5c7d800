//! The lines of a report with marks below their words, and labels below the marks.
//!
//! A line too wide for the terminal is broken into rows. Words within a row are underlined; a fact that goes over several
//! rows has a bar beside them, and its label where it ends.

use crate::app::text::{width, wrap};
use crate::cli::terminal::Terminal;
use crate::cli::text::wrap as broken;
use crate::source::cells::{Cells, TAB};
use crate::source::{Source, Span};
use std::io::{Result, Write};
use std::ops::Range;

/// The least room of a row, however narrow the terminal.
const LEAST: usize = 20;

/// The least room of a label that is broken into lines so that it stays right of the words before.
const LABEL: usize = 30;

/// Words of the text and what was read from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The words.
    pub span: Span,
    /// Whether what was read was worked out.
    pub inferred: bool,
    /// What was read, safe to show.
    pub label: String,
}

/// A report's text with its marks.
pub struct Page<'a> {
    source: &'a Source,
    marks: Vec<Mark>,
    facts_only: bool,
    terminal: &'a Terminal,
    digits: usize,
    room: usize,
}

/// The marks of the same cells of a row.
struct Group<'a> {
    cells: Range<usize>,
    inferred: bool,
    labels: Vec<&'a str>,
}

/// The marks at a row: those within it, and those that go over several.
struct At<'a> {
    within: Vec<&'a Mark>,
    begins: Vec<&'a Mark>,
    ends: Vec<&'a Mark>,
    goes_through: bool,
}

impl At<'_> {
    /// Whether the row is a part of a fact that goes over several.
    fn is_part(&self) -> bool {
        self.goes_through || !self.begins.is_empty() || !self.ends.is_empty()
    }

    fn is_empty(&self) -> bool {
        self.within.is_empty() && !self.is_part()
    }
}

impl<'a> Page<'a> {
    /// Lays out `source`; without the lines that say nothing when `facts_only`.
    pub fn new(source: &'a Source, mut marks: Vec<Mark>, facts_only: bool, terminal: &'a Terminal) -> Self {
        marks.sort_by_key(|mark| (mark.span.start, mark.span.end));
        let digits = source.line_count().to_string().len();
        let room = terminal.text_width().saturating_sub(digits + 3).max(LEAST);
        Self { source, marks, facts_only, terminal, digits, room }
    }

    /// Prints all of it.
    pub fn print(&self, out: &mut dyn Write) -> Result<()> {
        let last = u32::try_from(self.source.line_count()).unwrap_or(u32::MAX);
        let (mut open, mut next, mut left_out): (Vec<&Mark>, usize, bool) = (Vec::new(), 0, false);
        for number in 1..=last {
            let line = self.source.line_span(number);
            // What begins in the line end belongs to the line; what a file ends with is no line.
            if number == last && last > 1 && line.start == line.end && self.marks.get(next).is_none() {
                break;
            }
            let start = line.start as usize;
            let rows = wrap(self.source.slice(line), self.room);
            let count = rows.len();
            for (at, row) in rows.into_iter().enumerate() {
                let row = Span::new(start + row.start..start + row.end);
                // The line end belongs to the last row, and what stands at the end of the file to the last of all.
                let until = match (at + 1 < count, number == last) {
                    (true, _) => row.end,
                    (false, false) => self.source.line_span(number + 1).start,
                    (false, true) => u32::MAX,
                };
                while let Some(mark) = self.marks.get(next).filter(|mark| mark.span.start < until) {
                    open.push(mark);
                    next += 1;
                }
                let marks = self.at(row, until, &mut open);
                if self.facts_only && marks.is_empty() {
                    left_out = true;
                    continue;
                }
                if std::mem::take(&mut left_out) {
                    writeln!(out, "{}", self.terminal.frame(&format!("{:>1$}", "…", self.digits)))?;
                }
                self.row(out, (at == 0).then_some(number), row, &marks)?;
            }
        }
        if left_out { writeln!(out, "{}", self.terminal.frame(&format!("{:>1$}", "…", self.digits))) } else { Ok(()) }
    }

    /// Sorts the marks that touch a row, the bytes up to `until` being its own, and forgets those that end there.
    fn at(&self, row: Span, until: u32, open: &mut Vec<&'a Mark>) -> At<'a>
    where
        Self: 'a,
    {
        let mut at = At { within: Vec::new(), begins: Vec::new(), ends: Vec::new(), goes_through: false };
        open.retain(|mark| {
            let (begins, ends) = (mark.span.start >= row.start, mark.span.end <= until);
            match (begins, ends) {
                (true, true) => at.within.push(mark),
                (true, false) => at.begins.push(mark),
                (false, true) => at.ends.push(mark),
                (false, false) => at.goes_through = true,
            }
            !ends
        });
        at
    }

    fn row(&self, out: &mut dyn Write, number: Option<u32>, row: Span, marks: &At) -> Result<()> {
        let raw = self.source.slice(row);
        let wide = Cells::new(raw, TAB);
        let cells = if wide.width() <= self.room { wide } else { Cells::new(raw, 1) };
        let of = |span: Span| {
            let inside = |at: u32| (at.clamp(row.start, row.end) - row.start) as usize;
            cells.of(inside(span.start)..inside(span.end))
        };
        let rule = if marks.is_part() { '┃' } else { '│' };
        let (digits, number) = (self.digits, number.map_or(String::new(), |number| number.to_string()));
        let text = format!("{} {}", self.terminal.frame(&format!("{number:>digits$} {rule}")), cells.text());
        writeln!(out, "{}", text.trim_end())?;
        let mut groups: Vec<Group> = Vec::new();
        for mark in &marks.within {
            let cells = of(mark.span);
            match groups.iter_mut().find(|group| group.cells == cells) {
                Some(group) => {
                    group.labels.push(&mark.label);
                    group.inferred &= mark.inferred;
                }
                None => groups.push(Group { cells, inferred: mark.inferred, labels: vec![&mark.label] }),
            }
        }
        // What begins or ends amid a row is underlined there; else the bar says enough.
        let words = raw.len() - raw.trim_start().len()..raw.trim_end().len();
        for mark in &marks.begins {
            if (mark.span.start - row.start) as usize > words.start {
                groups.push(Group { cells: of(mark.span), inferred: mark.inferred, labels: Vec::new() });
            }
        }
        let amid = |mark: &Mark| (mark.span.end.saturating_sub(row.start) as usize) < words.end;
        for mark in marks.ends.iter().filter(|mark| amid(mark)) {
            groups.push(Group { cells: of(mark.span), inferred: mark.inferred, labels: vec![&mark.label] });
        }
        let gutter = self.terminal.frame(&format!("{} {rule}", " ".repeat(digits)));
        for level in levels(groups) {
            for line in stack(&level, self.room) {
                writeln!(out, "{gutter} {}", self.terminal.mark(&line))?;
            }
        }
        for mark in marks.ends.iter().filter(|mark| !amid(mark)) {
            for (at, line) in broken("", &mark.label, self.room).iter().enumerate() {
                let corner = if at == 0 { '┗' } else { ' ' };
                let corner = self.terminal.frame(&format!("{} {corner}", " ".repeat(self.digits)));
                writeln!(out, "{corner} {}", self.terminal.mark(line))?;
            }
        }
        Ok(())
    }
}

/// The groups in levels without overlaps, the shortest words nearest to the text.
fn levels(mut groups: Vec<Group<'_>>) -> Vec<Vec<Group<'_>>> {
    groups.sort_by_key(|group| (group.cells.len(), group.cells.start));
    let mut levels: Vec<Vec<Group>> = Vec::new();
    for group in groups {
        let is_free =
            |level: &Vec<Group>| level.iter().all(|other| other.cells.end <= group.cells.start || group.cells.end <= other.cells.start);
        match levels.iter_mut().find(|level| is_free(level)) {
            Some(level) => level.push(group),
            None => levels.push(vec![group]),
        }
    }
    levels.iter_mut().for_each(|level| level.sort_by_key(|group| group.cells.start));
    levels
}

/// The line of marks of one level, and below it the labels, the last first, each under its words.
fn stack(level: &[Group], room: usize) -> Vec<String> {
    let mut marks = String::new();
    for group in level {
        let used = marks.chars().count();
        marks.extend(std::iter::repeat_n(' ', group.cells.start.saturating_sub(used)));
        marks.extend(std::iter::repeat_n(if group.inferred { '~' } else { '^' }, group.cells.len()));
    }
    if let [only] = level
        && let [label] = only.labels.as_slice()
        && only.cells.end + 1 + width(label) <= room
    {
        return vec![format!("{marks} {label}")];
    }
    let mut lines = vec![marks];
    for (at, group) in level.iter().enumerate().rev() {
        let before = level.get(..at).unwrap_or_default();
        let start = column(group, before, room);
        let mut rails = String::new();
        for rail in before.iter().map(|group| group.cells.start).filter(|&rail| rail < start) {
            let used = rails.chars().count();
            rails.extend(std::iter::repeat_n(' ', rail.saturating_sub(used)));
            rails.push('│');
        }
        let used = rails.chars().count();
        rails.extend(std::iter::repeat_n(' ', start.saturating_sub(used)));
        for label in &group.labels {
            let parts = broken("", label, room.saturating_sub(start));
            lines.extend(parts.iter().map(|part| format!("{rails}{part}")));
        }
    }
    lines
}

/// Where the labels of a group begin: under its words; where they are too long for that, as far to the left as they need,
/// but to the right of the words before. Labels for which that is not enough are broken into lines.
fn column(group: &Group, before: &[Group], room: usize) -> usize {
    let widest = group.labels.iter().map(|label| width(label)).max().unwrap_or(0);
    let own = group.cells.start;
    let rail = before.last().map_or(0, |group| group.cells.start + 2);
    match room.checked_sub(widest) {
        Some(needed) if needed >= rail || own <= needed => own.min(needed),
        _ if rail + LABEL > room => 0,
        _ => own.min(room.saturating_sub(LABEL * 2)).max(rail.min(own)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str, marks: &[(&str, &str)], columns: usize, facts_only: bool) -> String {
        let source = Source::decode("a", text.into());
        let marks = marks
            .iter()
            .map(|(words, label)| {
                let at = text.find(words).unwrap();
                Mark { span: Span::new(at..at + words.len()), inferred: label.starts_with('~'), label: (*label).into() }
            })
            .collect();
        let terminal = Terminal { interactive: false, columns: Some(columns), colour: false };
        let mut out = Vec::new();
        Page::new(&source, marks, facts_only, &terminal).print(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn stacks_labels_under_their_words() {
        for (text, marks, shown) in [
            ("down at 14:04\n", &[("14:04", "start")][..], "1 │ down at 14:04\n  │         ^^^^^ start\n"),
            (
                "14:04 to 14:57",
                &[("14:04", "start"), ("14:57", "end")],
                "1 │ 14:04 to 14:57\n  │ ^^^^^    ^^^^^\n  │ │        end\n  │ start\n",
            ),
            (
                "事故 14:04",
                &[("14:04", "start"), ("14:04", "detected")],
                "1 │ 事故 14:04\n  │      ^^^^^\n  │      start\n  │      detected\n",
            ),
            ("\tbad", &[("bad", "~severity")], "1 │     bad\n  │     ~~~ ~severity\n"),
            // Words within words: the shorter stand nearer.
            (
                "at 14:04 today",
                &[("at 14:04 today", "phase"), ("14:04", "start")],
                "1 │ at 14:04 today\n  │    ^^^^^ start\n  │ ^^^^^^^^^^^^^^ phase\n",
            ),
            ("end", &[("", "empty")], "1 │ end\n  │ ^ empty\n"),
        ] {
            assert_eq!(page(text, marks, 40, false), shown, "{text:?}");
        }
    }

    #[test]
    fn puts_a_bar_beside_what_goes_over_several_lines() {
        let shown = page("one\ntwo\nthree\n\nfour\n", &[("two\nthree", "summary")], 40, false);
        assert_eq!(shown, "1 │ one\n2 ┃ two\n3 ┃ three\n  ┗ summary\n4 │\n5 │ four\n");
        let long = page("aaaa bbbb cccc dddd eeee", &[("aaaa bbbb cccc dddd eeee", "summary")], 24, false);
        assert_eq!(long, "1 ┃ aaaa bbbb cccc dddd\n  ┃ eeee\n  ┗ summary\n");
    }

    #[test]
    fn leaves_lines_without_facts_out() {
        let shown = page("one\ntwo\nthree\nfour\n", &[("three", "fact")], 40, true);
        assert_eq!(shown, "…\n3 │ three\n  │ ^^^^^ fact\n…\n");
    }

    #[test]
    fn long_labels_stay_on_the_screen() {
        let label = "a label of many words, far too long for what is left of the line";
        for columns in [1, 24, 40, 60, 100] {
            for text in ["xx at the beginning", "somewhere after thirty cells or so xx", "words xx words"] {
                let shown = page(text, &[("xx", label), ("xx", "short")], columns, false);
                let widest = shown.lines().map(width).max().unwrap();
                assert!(widest <= columns.max(LEAST + 4), "{columns}\n{shown}");
            }
        }
    }
}
