//! Words on lines: display width, cutting, padding and wrapping.
//!
//! Everything here takes text that went through [`crate::sanitize`].

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The columns `text` takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// `text` in at most `room` columns, with `…` where something is left out.
pub fn cut(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut taken = 0;
    for cluster in text.graphemes(true) {
        taken += width(cluster);
        if taken >= room {
            break;
        }
        kept.push_str(cluster);
    }
    if room > 0 {
        kept.truncate(kept.trim_end().len());
        kept.push('…');
    }
    kept
}

/// `text` followed by blanks up to `room` columns.
pub fn pad(text: &str, room: usize) -> String {
    // Not a format width: those end at 65,535.
    format!("{text}{}", " ".repeat(room.saturating_sub(width(text))))
}

/// `text` in lines of at most `room` columns: the first after `first`, the others indented as far. A word that is longer
/// than a line, such as an address, stays whole.
pub fn wrap(first: &str, text: &str, room: usize) -> Vec<String> {
    let indent = " ".repeat(width(first));
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut empty = true;
    for word in text.split_whitespace() {
        if !empty && width(&line) + 1 + width(word) > room {
            lines.push(std::mem::replace(&mut line, indent.clone()));
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    lines.push(line.trim_end().to_owned());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_by_columns() {
        assert_eq!(cut("plain words", 11), "plain words");
        assert_eq!(cut("plain words", 7), "plain…");
        assert_eq!(cut("事故報告", 5), "事故…");
        assert_eq!(cut("事故報告", 4), "事…");
        assert_eq!(cut("ab", 1), "…");
        assert_eq!(cut("ab", 0), "");
        assert_eq!(pad("事", 4), "事  ");
        assert_eq!(pad("", 70_000).len(), 70_000);
    }

    #[test]
    fn wraps_under_the_first_word() {
        assert_eq!(wrap("  - ", "one two three", 11), ["  - one two", "    three"]);
        assert_eq!(wrap("", "https://example.com/long tail", 10), ["https://example.com/long", "tail"]);
        assert_eq!(wrap("  ", "", 10), [""]);
    }
}
