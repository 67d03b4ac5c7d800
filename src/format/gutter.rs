//! Prose set in two columns, as a page that was turned into text with its layout has it: the lines of both stand side by side
//! with a gutter between them.
//!
//! In a table the cells of a row belong together; of columns of prose nothing does but what stands below each other. What tells
//! them apart is that the left column goes on from line to line in the middle of its sentences, whatever stands beside it.

use crate::document::line::goes_on;
use crate::document::{Text, TextBuilder};
use std::ops::Range;

/// The fewest blanks between the columns.
const GUTTER: usize = 3;
/// The fewest characters of a line of prose.
const MEASURE: usize = 30;
/// So many lines may stand between two of the right column.
const APART: usize = 16;
/// The fewest lines of the right column, and of the left one that go on in the middle of a sentence.
const FEWEST: usize = 3;

/// `text` with each column in one piece, the left one first, the rest as it is.
pub fn by_column<'a>(text: &Text<'a>) -> Text<'a> {
    // Without a wide blank there is no gutter.
    if memchr::memmem::find(text.as_str().as_bytes(), b"   ").is_none() {
        return text.clone();
    }
    let lines = lines(text.as_str());
    let mut builder = TextBuilder::default();
    let (mut at, mut done) = (0, 0);
    while at < lines.len() {
        let Some((stretch, column)) = stretch(text.as_str(), &lines, at) else {
            at += 1;
            continue;
        };
        at = stretch.end;
        let of = lines.get(stretch).unwrap_or_default();
        if !is_prose(text.as_str(), of, column) {
            continue;
        }
        let (Some(first), Some(last)) = (of.first(), of.last()) else { continue };
        builder.append(&text.part(done..first.range.start));
        for part in [Line::left, Line::right] {
            let mut leads_on = false;
            for line in of {
                let words = part(line, column);
                // What stands in the other column alone ends no sentence of this one.
                if leads_on && words.is_empty() && !line.is_blank() {
                    continue;
                }
                leads_on = text.as_str().get(words.clone()).is_some_and(goes_on);
                builder.append(&text.part(words));
                builder.append(&text.part(line.range.end..line.next));
            }
            let end = text.span(last.range.end..last.range.end).range().start;
            builder.push_decoded("\n\n", end..end);
        }
        done = last.next;
    }
    if done == 0 {
        return text.clone();
    }
    builder.append(&text.part(done..text.as_str().len()));
    builder.finish()
}

/// A line and its last wide blank.
struct Line {
    /// Without the blanks at its end.
    range: Range<usize>,
    /// Where the next one starts.
    next: usize,
    /// How many characters it has, and how many blanks it begins with.
    length: usize,
    indent: usize,
    /// The wide blanks behind its first word: where the last one starts and ends, and how many there are.
    gap: Range<usize>,
    gaps: usize,
    /// The column, in characters, in which what stands behind the last wide blank starts.
    column: usize,
}

impl Line {
    fn is_blank(&self) -> bool {
        self.range.is_empty()
    }

    /// Whether it has words in the right column: behind a gutter, or alone there.
    fn has_right(&self, column: usize) -> bool {
        !self.is_blank() && (self.column == column || self.indent >= column)
    }

    /// Whether it has no words in the right column and none in the gutter.
    fn ends_before(&self, column: usize) -> bool {
        self.is_blank() || self.length + GUTTER <= column
    }

    /// Its part of the left column.
    fn left(&self, column: usize) -> Range<usize> {
        let end = match () {
            () if !self.has_right(column) => self.range.end,
            () if self.indent >= column => self.range.start,
            () => self.gap.start,
        };
        self.range.start..end
    }

    /// Its part of the right column.
    fn right(&self, column: usize) -> Range<usize> {
        let start = match () {
            () if !self.has_right(column) => self.range.end,
            () if self.indent >= column => self.range.start + self.indent,
            () => self.gap.end,
        };
        start..self.range.end
    }
}

fn lines(text: &str) -> Vec<Line> {
    let mut at = 0;
    let line = |raw: &str| {
        let body = raw.trim_end();
        let mut line = Line { range: at..at + body.len(), next: at + raw.len(), length: 0, indent: 0, gap: at..at, gaps: 0, column: 0 };
        let mut blanks = 0;
        for (byte, c) in body.char_indices() {
            if c == ' ' {
                blanks += 1;
            } else {
                if blanks == line.length {
                    line.indent = blanks;
                } else if blanks >= GUTTER {
                    (line.gap, line.column) = (at + byte - blanks..at + byte, line.length);
                    line.gaps += 1;
                }
                blanks = 0;
            }
            line.length += 1;
        }
        at = line.next;
        line
    };
    text.split_inclusive('\n').map(line).collect()
}

/// The lines from `first` on that share the gutter of that line, up to the end of the left paragraph beside the last of the right
/// column; and the column behind it.
fn stretch(text: &str, lines: &[Line], first: usize) -> Option<(Range<usize>, usize)> {
    let opening = lines.get(first).filter(|line| line.gaps == 1)?;
    let column = opening.column;
    if column < opening.indent + MEASURE + GUTTER {
        return None;
    }
    let mut last = first;
    for (at, line) in lines.iter().enumerate().skip(first + 1) {
        let fenced = text.get(line.range.start + line.indent..line.range.end).is_some_and(|line| line.starts_with("```"));
        if fenced || at > last + APART || !(line.has_right(column) || line.ends_before(column)) {
            break;
        }
        if line.has_right(column) {
            last = at;
        }
    }
    let goes_on = |line: &&Line| !line.is_blank() && line.ends_before(column);
    let rest = lines.iter().skip(last + 1).take_while(goes_on).count();
    Some((first..last + 1 + rest, column))
}

/// Whether the lines are two columns of prose: no wide blanks but the gutter, a left column that goes on in the middle of its
/// sentences, and a right one that does not begin where the left one does.
fn is_prose(text: &str, lines: &[Line], column: usize) -> bool {
    let left = |line: &Line| text.get(line.left(column)).unwrap_or_default().trim();
    let (mut right, mut wrapped, mut beside) = (0, 0, 0);
    let mut before = "";
    for line in lines {
        let own = left(line);
        let goes_on = before.len() >= MEASURE && own.starts_with(char::is_lowercase);
        wrapped += usize::from(goes_on);
        if line.has_right(column) {
            right += 1;
            beside += usize::from(goes_on || own.is_empty());
            if line.gaps > usize::from(line.indent < column) {
                return false;
            }
        }
        before = own;
    }
    right >= FEWEST && wrapped >= FEWEST && beside >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        by_column(&Text::slice_of(text, 0..text.len())).as_str().to_string()
    }

    const PAGE: &str = "\
Lift doors stuck open

Summary                                           RUN BY
The doors of both lifts stayed open because the   Ada Marsh
controller lost its clock after a restart, and
so it took every day for a day of rest.           WINDOW
                                                  4 May at 10:02 to
What we did                                       4 May at 11:40
We set the clock of the controller by hand and
waited for the doors.                             All times are in
The caretaker was told.
                                                  Oslo.

Next
A second clock.
";

    #[test]
    fn columns_of_prose_are_read_one_behind_the_other() {
        let columns = read(PAGE);
        for part in [
            "because the\ncontroller lost its clock after a restart, and\nso it took every day for a day of rest.\n\nWhat we did\n",
            "RUN BY\nAda Marsh\n\nWINDOW\n4 May at 10:02 to\n4 May at 11:40\n\nAll times are in\nOslo.\n",
        ] {
            assert!(columns.contains(part), "{columns}");
        }
        assert!(columns.starts_with("Lift doors stuck open\n\nSummary\n") && columns.ends_with("\n\nNext\nA second clock.\n"), "{columns}");
    }

    #[test]
    fn values_lead_back_to_their_place() {
        let text = by_column(&Text::slice_of(PAGE, 0..PAGE.len()));
        for word in ["10:02", "caretaker", "restart", "Next"] {
            let at = text.as_str().find(word).unwrap_or_default();
            assert_eq!(PAGE.get(text.span(at..at + word.len()).range()), Some(word));
        }
    }

    #[test]
    fn tables_and_lists_stay() {
        for text in [
            // The cells of a table, the first of which are wrapped.
            "Action                                  Owner\nMove the clocks of both the lifts to    Ada\na supply of their own and\ntest it in the\nspring\nTell the caretaker about the doors      Ben\nand the keys\nWrite it down                           Cy\n",
            "Move the clocks of both the lifts to    Ada     May\na supply of their own and               Ben     June\nof their own                            Cy      July\nand so on                               Cy      July\n",
            "10:02   The doors stay open, and nobody knows\n        why, for a while\n10:40   They close\n",
            "Start of the outage of the lifts:       10:02\nEnd of the outage of the lifts:         11:40\nTold to the caretaker on site:          10:10\n",
            "The doors stayed open.   And then they shut,\nand stayed   shut for the rest of the day, as\nit was   a day of rest.\n",
            "",
        ] {
            assert_eq!(read(text), text);
        }
    }
}
