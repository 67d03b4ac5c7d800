//! Lines of running text.

use crate::app::text::width;

/// `text` in lines of at most `room` columns: the first after `first`, the others indented as far. A word that is longer
/// than a line, such as an address, stays whole, so that it can be copied.
pub fn wrap(first: &str, text: &str, room: usize) -> Vec<String> {
    let indent = " ".repeat(width(first));
    let mut lines = Vec::new();
    let (mut line, mut used, mut empty) = (first.to_owned(), indent.len(), true);
    for word in text.split_whitespace() {
        let cells = width(word);
        if !empty && used + 1 + cells > room {
            lines.push(std::mem::replace(&mut line, indent.clone()));
            (used, empty) = (indent.len(), true);
        }
        if !empty {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        (used, empty) = (used + cells, false);
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// `text` for a terminal that has ASCII only: its common signs are spelled out, everything else becomes `?`.
pub fn ascii(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in crate::sanitize::line(text).chars() {
        match c {
            c if c.is_ascii() => plain.push(c),
            '–' | '—' | '−' | '‐' | '‑' => plain.push('-'),
            '“' | '”' => plain.push('"'),
            '‘' | '’' => plain.push('\''),
            '…' => plain.push_str("..."),
            '→' => plain.push_str("->"),
            '≥' => plain.push_str(">="),
            '≈' => plain.push('~'),
            '±' => plain.push_str("+-"),
            '·' | '•' => plain.push('-'),
            '\u{a0}' => plain.push(' '),
            _ => plain.push('?'),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_under_the_first_word() {
        assert_eq!(wrap("  - ", "one two three", 11), ["  - one two", "    three"]);
        assert_eq!(wrap("", "https://example.com/long tail", 10), ["https://example.com/long", "tail"]);
        assert_eq!(wrap("事: ", "報告 報告", 9), ["事: 報告", "    報告"]);
        assert_eq!(wrap("  ", "", 10), [""]);
    }

    #[test]
    fn spells_signs_out() {
        assert_eq!(ascii("“a” – b…\u{1b}事"), "\"a\" - b...??");
    }
}
