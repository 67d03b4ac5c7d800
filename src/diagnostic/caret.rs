//! The line that a finding is about, with the words underlined, as compilers show it.

use crate::source::cells::{Cells, TAB};
use crate::source::{Source, Span};

/// The least room that a line gets, however narrow the terminal.
const LEAST: usize = 20;

/// As many bytes for each cell of room are laid out on either side: even text of marks and accents fills the room.
const BYTES_A_CELL: usize = 8;

/// A line of a report with some of its words underlined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The 1-based line.
    pub line: u32,
    /// The 1-based column of the first of the words, in characters.
    pub column: u32,
    /// The column after the last of them on this line.
    pub end_column: u32,
    /// The line, safe to show, tabs expanded, cut to the room around the words.
    pub text: String,
    /// Carets below the words.
    pub marks: String,
}

impl Snippet {
    /// The first line of `span`, in `room` cells at most. A span that does not fit the text, because the file has
    /// changed since, is brought inside.
    pub fn new(source: &Source, span: Span, room: usize) -> Self {
        let room = room.max(LEAST);
        let (start, end) = inside(source.text(), span);
        let (line, column) = source.position(start);
        let whole = source.line_span(line);
        // What lies in the line end belongs to the last cell of the line.
        let (first, last) = (start.min(whole.end), end.clamp(start, whole.end.max(start)).min(whole.end));
        let raw = source.slice(whole);
        let (from, to) = ((first - whole.start) as usize, (last.max(first) - whole.start) as usize);

        let reach = room.saturating_mul(BYTES_A_CELL);
        let near_start = boundary(raw, from.saturating_sub(reach));
        let near_end = boundary(raw, from.saturating_add(reach).min(raw.len()));
        let near = raw.get(near_start..near_end).unwrap_or_default();
        let cells = Cells::new(near, TAB);
        let focus = cells.of(from - near_start..to.min(near_end) - near_start);
        let (text, moved) = cells.window(&focus, room, (near_start > 0, near_end < raw.len()));
        let begin = focus.start.saturating_sub(moved);
        let carets = focus.len().min(room.saturating_sub(begin)).max(1);
        let mut marks = " ".repeat(begin) + &"^".repeat(carets);
        let last_line = source.line_of(end.saturating_sub(1).max(start));
        if last_line > line {
            marks.push_str(&format!(" to line {last_line}"));
        }
        Self { line, column, end_column: source.position(last.max(first)).1.max(column), text, marks }
    }
}

/// The ends of `span` as far as they lie in `text`, moved back to where characters begin.
fn inside(text: &str, span: Span) -> (u32, u32) {
    let at = |offset: u32| u32::try_from(boundary(text, (offset as usize).min(text.len()))).unwrap_or(u32::MAX);
    let start = at(span.start);
    (start, at(span.end).max(start))
}

fn boundary(text: &str, offset: usize) -> usize {
    text.floor_char_boundary(offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snippet(text: &str, words: &str, room: usize) -> Snippet {
        let at = text.find(words).unwrap();
        Snippet::new(&Source::decode("a", text.into()), Span::new(at..at + words.len()), room)
    }

    #[test]
    fn underlines_the_words() {
        for (text, words, line, column, shown, marks) in [
            ("one\nat 14:04 UTC\n", "14:04", 2, 4, "at 14:04 UTC", "   ^^^^^"),
            ("naïve – 14:04", "14:04", 1, 9, "naïve – 14:04", "        ^^^^^"),
            ("事故 14:04 に", "14:04", 1, 4, "事故 14:04 に", "     ^^^^^"),
            ("at 事故報告", "事故", 1, 4, "at 事故報告", "   ^^^^"),
            ("\tat\t14:04", "14:04", 1, 5, "    at  14:04", "        ^^^^^"),
            ("at\t14:04", "\t14", 1, 3, "at  14:04", "  ^^^^"),
            ("e\u{301}a\u{300} 14:04", "14:04", 1, 6, "e\u{301}a\u{300} 14:04", "   ^^^^^"),
            ("\u{1b}[2J 14:04\r\n", "14:04", 1, 6, "␛[2J 14:04", "     ^^^^^"),
            // Over several lines: the first, to its end.
            ("a day\nand one\nmore\n", "day\nand one\nmo", 1, 3, "a day", "  ^^^ to line 3"),
            ("a day\r\nand", "day\r\nand", 1, 3, "a day", "  ^^^ to line 2"),
            // A line end alone belongs to the line that it ends.
            ("a day\nand", "\n", 1, 6, "a day", "     ^"),
            ("end", "end", 1, 1, "end", "^^^"),
        ] {
            let snippet = snippet(text, words, 40);
            assert_eq!((snippet.line, snippet.column), (line, column), "{text:?}");
            assert_eq!((snippet.text.as_str(), snippet.marks.as_str()), (shown, marks), "{text:?}");
        }
    }

    #[test]
    fn marks_a_place_where_there_are_no_words() {
        for (text, start, end, line, column, marks) in [
            ("abc\ndef", 5, 5, 2, 2, " ^"),
            // At the end of the file, with and without a line end.
            ("abc", 3, 3, 1, 4, "   ^"),
            ("abc\n", 4, 4, 2, 1, "^"),
            ("", 0, 0, 1, 1, "^"),
            // Spans that do not fit the text: the file has changed.
            ("abc", 2, 900, 1, 3, "  ^"),
            ("abc", 700, 900, 1, 4, "   ^"),
            ("事故", 1, 4, 1, 1, "^^"),
            ("abc", 2, 1, 1, 3, "  ^"),
        ] {
            let snippet = Snippet::new(&Source::decode("a", text.into()), Span { start, end }, 40);
            assert_eq!((snippet.line, snippet.column, snippet.marks.as_str()), (line, column, marks), "{text:?} {start}");
        }
    }

    #[test]
    fn keeps_the_words_in_view_of_a_line_that_is_too_long() {
        let long = |before: usize, after: usize| format!("{}14:04{}", "x".repeat(before), "y".repeat(after));
        for (before, after, shown, marks) in [
            (0, 40, "14:04yyyyyyyyyyyyyy…", "^^^^^"),
            (40, 0, "…xxxxxxxxxxxxxx14:04", "               ^^^^^"),
            (40, 40, "…xxxxxxx14:04yyyyyy…", "        ^^^^^"),
            (500_000, 500_000, "…xxxxxxx14:04yyyyyy…", "        ^^^^^"),
        ] {
            let snippet = snippet(&long(before, after), "14:04", 20);
            assert_eq!((snippet.text.as_str(), snippet.marks.as_str()), (shown, marks), "{before} {after}");
            assert_eq!((snippet.column as usize, snippet.end_column as usize), (before + 1, before + 6));
        }
        // Words wider than the room are underlined as far as they are shown.
        let words = "z".repeat(60);
        let snippet = snippet(&format!("x {words} y"), &words, 20);
        assert_eq!((snippet.text.chars().count(), snippet.marks.len()), (20, 20));
        assert!(snippet.marks.ends_with("^^^^^^^^^^^^^^^^^"), "{snippet:?}");
    }
}
