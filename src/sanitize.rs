//! The one door through which text from reports, file names and the user reaches a terminal, an export or a file name.
//!
//! Controls, bidirectional overrides, zero-width and tag characters are made visible; clusters of more than
//! [`MAX_CLUSTER`] bytes are cut, because a terminal cell may hold any number of combining marks.

use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;

/// The most bytes of one grapheme cluster that are shown.
pub const MAX_CLUSTER: usize = 64;

/// `text` for one line of a terminal: line ends and tabs become spaces, everything that could steer a terminal or hide
/// text becomes a visible stand-in (`␛` for ESC, `�` for what has no picture).
pub fn line(text: &str) -> Cow<'_, str> {
    clean(text, false)
}

/// `text` for several lines: like [`line()`], but line feeds stay.
pub fn lines(text: &str) -> Cow<'_, str> {
    clean(text, true)
}

/// Whether `c` may not be shown as it is.
pub fn is_hostile(c: char) -> bool {
    // Most characters are plain.
    !matches!(c, ' '..='~') && (c.is_control() || is_invisible(c))
}

/// `text` as a person would type it to find it: without what takes no room or hides, blanks for what ends a line.
pub fn typed(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) || !text.contains(is_hostile) {
        return Cow::Borrowed(text);
    }
    let blank = |c: char| if c.is_whitespace() { ' ' } else { c };
    Cow::Owned(text.chars().map(blank).filter(|&c| !is_hostile(c)).collect())
}

/// Whether `address` may be shown and exported as one that can be opened: pages and mail, nothing that runs or reads files.
pub fn is_address(address: &str) -> bool {
    let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme);
    ["https", "http", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
}

fn clean(text: &str, keep_lines: bool) -> Cow<'_, str> {
    if text.bytes().all(|b| (0x20..0x7f).contains(&b) || (keep_lines && b == b'\n')) {
        return Cow::Borrowed(text);
    }
    if !text.contains(is_hostile) && !text.graphemes(true).any(|g| g.len() > MAX_CLUSTER) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    for cluster in text.graphemes(true) {
        let joined = cluster.contains('\u{200d}') && cluster.chars().next().is_some_and(|c| !c.is_ascii() && !is_hostile(c));
        let mut shown = 0;
        for c in cluster.chars() {
            if shown + c.len_utf8() > MAX_CLUSTER {
                clean.push('\u{fffd}');
                break;
            }
            shown += c.len_utf8();
            match c {
                '\n' if keep_lines => clean.push('\n'),
                '\r' if cluster == "\r\n" => {}
                '\n' | '\t' | '\u{2028}' | '\u{2029}' | '\u{85}' => clean.push(' '),
                // A joiner inside an emoji family is part of the picture.
                '\u{200d}' | '\u{fe0f}' if joined || c == '\u{fe0f}' => clean.push(c),
                c if c.is_ascii_control() => clean.push(picture(c)),
                c if is_hostile(c) => clean.push('\u{fffd}'),
                c => clean.push(c),
            }
        }
    }
    Cow::Owned(clean)
}

fn picture(c: char) -> char {
    match c {
        '\u{7f}' => '\u{2421}',
        c => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
    }
}

/// Format characters that take no room or reorder their neighbours (Unicode 16, Cf and default ignorable).
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0e}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_would_steer_a_terminal() {
        for (hostile, shown) in [
            ("a\u{1b}[2Jb", "a␛[2Jb"),
            ("x\u{7}\u{8}\0", "x␇␈␀"),
            ("over\rwrite", "over␍write"),
            ("c1 \u{9b}31m", "c1 �31m"),
            ("bidi \u{202e}txt", "bidi �txt"),
            ("zero\u{200b}width", "zero�width"),
            ("tag \u{e0041}", "tag �"),
            ("two\nlines\tand\u{2028}more", "two lines and more"),
            ("crlf\r\nend", "crlf end"),
        ] {
            assert_eq!(line(hostile), shown);
        }
        assert_eq!(lines("a\nb\r\nc"), "a\nb\nc");
    }

    #[test]
    fn leaves_writing_alone() {
        for text in ["plain", "naïve – “quoted”", "事故報告", "👩‍👩‍👧 ok", "e\u{301}"] {
            assert!(matches!(line(text), Cow::Borrowed(_)) || line(text) == text, "{text}");
            assert_eq!(line(text), text);
        }
    }

    #[test]
    fn is_found_by_what_a_person_types() {
        for (text, sought) in [("plain", "plain"), ("IN\u{200b}C-4\u{e0041}2", "INC-42"), ("a\nb\u{2028}c", "a b c"), ("\u{1b}[2J", "[2J")]
        {
            assert_eq!(typed(text), sought);
        }
    }

    #[test]
    fn addresses_are_pages_and_mail() {
        for address in ["https://a.example/1", "HTTP://a", "mailto:a@b.example"] {
            assert!(is_address(address), "{address}");
        }
        for other in ["javascript:alert(1)", " https://a", "data:text/html,x", "file:///etc", "//a.example", "https", "", "ht\ntps://a"] {
            assert!(!is_address(other), "{other}");
        }
    }

    #[test]
    fn cuts_endless_clusters() {
        let tower = format!("a{}b", "\u{301}".repeat(100_000));
        assert!(line(&tower).len() < 100);
    }
}
