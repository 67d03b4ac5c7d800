//! The one door through which words reach the screen: sanitised, measured in terminal cells, cut and wrapped.

use crate::sanitize;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What stands where something was cut off.
pub const ELLIPSIS: char = '…';

/// `text` made safe for one line.
pub fn clean(text: &str) -> String {
    sanitize::line(text).into_owned()
}

/// How many cells `text` takes, once it is clean.
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(sanitize::line(text).as_ref())
}

/// `text` made safe and cut to `room` cells, ending in `…` where something is missing. Never cuts a cluster in two.
pub fn fit(text: &str, room: usize) -> String {
    // A cell holds a byte at least: what lies far beyond the room is not looked at, however long the line.
    let head = text.char_indices().nth(room.saturating_mul(4).saturating_add(8)).map_or(text, |(at, _)| text.get(..at).unwrap_or(text));
    let clean = sanitize::line(head);
    if head.len() == text.len() && UnicodeWidthStr::width(clean.as_ref()) <= room {
        return clean.into_owned();
    }
    let mut fitted = String::new();
    let mut used = 0;
    for cluster in clean.graphemes(true) {
        let cells = UnicodeWidthStr::width(cluster);
        if used + cells + 1 > room {
            break;
        }
        used += cells;
        fitted.push_str(cluster);
    }
    if room > 0 {
        fitted.push(ELLIPSIS);
    }
    fitted
}

/// [`fit`], filled up with blanks to exactly `room` cells.
pub fn pad(text: &str, room: usize) -> String {
    let mut fitted = fit(text, room);
    let used = UnicodeWidthStr::width(fitted.as_str());
    fitted.extend(std::iter::repeat_n(' ', room.saturating_sub(used)));
    fitted
}

/// [`fit`], pushed to the right end of `room` cells.
pub fn pad_left(text: &str, room: usize) -> String {
    let fitted = fit(text, room);
    let used = UnicodeWidthStr::width(fitted.as_str());
    " ".repeat(room.saturating_sub(used)) + &fitted
}

/// The byte ranges of `text` that fill rows of `room` cells, broken at blanks where there are any. The text is raw: each
/// range must still be cleaned before it is shown, and blanks at its end may stick out. At least one range.
pub fn wrap(text: &str, room: usize) -> Vec<Range<usize>> {
    let room = room.max(1);
    let mut rows = Vec::new();
    let (mut start, mut used) = (0, 0);
    // After the last blank of this row: where it is best broken, and the cells up to there.
    let mut blank: Option<(usize, usize)> = None;
    for (at, cluster) in text.grapheme_indices(true) {
        let cells = if cluster.len() == 1 && cluster.is_ascii() { 1 } else { width(cluster) };
        let is_blank = cluster.chars().all(char::is_whitespace);
        // Blanks may hang over the edge: nobody sees them there, and the next row begins with a word.
        if used + cells > room && at > start && !is_blank {
            let (end, kept) = blank.filter(|(end, _)| *end > start).unwrap_or((at, used));
            rows.push(start..end);
            (start, used, blank) = (end, used - kept, None);
        }
        used += cells;
        if is_blank {
            blank = Some((at + cluster.len(), used));
        }
    }
    rows.push(start..text.len());
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fits_by_cells_not_by_characters() {
        assert_eq!(fit("plain", 5), "plain");
        assert_eq!(fit("plain text", 6), "plain…");
        assert_eq!(fit("事故報告", 5), "事故…");
        assert_eq!(fit("事故", 3), "事…");
        assert_eq!(fit("x", 0), "");
        assert_eq!(fit("xy", 1), "…");
        assert_eq!(fit("a\u{1b}[2J", 9), "a␛[2J");
        assert_eq!(pad("事故報告", 6), "事故… ");
        assert_eq!(pad_left("9m", 5), "   9m");
        let long = "x".repeat(1 << 20);
        assert_eq!(fit(&long, 3), "xx…");
    }

    #[test]
    fn wraps_at_blanks_and_within_long_words() {
        let rows = |text: &str, room| wrap(text, room).into_iter().map(|row| text[row].to_owned()).collect::<Vec<_>>();
        assert_eq!(rows("one two three", 8), ["one two ", "three"]);
        assert_eq!(rows("abcd efgh", 4), ["abcd ", "efgh"]);
        assert_eq!(rows("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(rows("a bcdefgh", 4), ["a ", "bcde", "fgh"]);
        assert_eq!(rows("事故報告", 4), ["事故", "報告"]);
        assert_eq!(rows("", 4), [""]);
        assert_eq!(rows("事", 1), ["事"]);
    }

    #[test]
    fn wrapping_loses_nothing() {
        for text in ["one  two   three four", "\t\ttabs", "e\u{301}e\u{301}e\u{301}", "ends with blank "] {
            for room in 1..8 {
                let joined: String = wrap(text, room).into_iter().map(|row| &text[row]).collect();
                assert_eq!(joined, text);
            }
        }
    }
}
