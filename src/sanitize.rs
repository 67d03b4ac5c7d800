//! The one door through which text from reports, file names and the user reaches a terminal, an export or a file name.
//!
//! Controls, bidirectional overrides, zero-width and tag characters, and selectors and joiners outside of pictures, are made visible; clusters of more than
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
    if text.bytes().fold(true, |all, byte| all & matches!(byte, b' '..=b'~' | b'\n')) {
        return if text.contains('\n') { text.replace('\n', " ").into() } else { text.into() };
    }
    if !text.contains(is_hostile) {
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
        let mut shown = 0;
        for (at, c) in cluster.char_indices() {
            if shown + c.len_utf8() > MAX_CLUSTER {
                clean.push('\u{fffd}');
                break;
            }
            shown += c.len_utf8();
            match c {
                '\n' if keep_lines => clean.push('\n'),
                '\r' if cluster == "\r\n" => {}
                '\n' | '\t' | '\u{2028}' | '\u{2029}' | '\u{85}' => clean.push(' '),
                '\u{200d}' | '\u{fe0f}' if is_part_of_picture(cluster, at, c) => clean.push(c),
                c if c.is_ascii_control() => clean.push(picture(c)),
                c if is_hostile(c) => clean.push('\u{fffd}'),
                c => clean.push(c),
            }
        }
    }
    Cow::Owned(clean)
}

/// Whether a joiner or a selector stands where it makes a picture: between two, behind one, or in a key cap. Anywhere else it
/// hides.
fn is_part_of_picture(cluster: &str, at: usize, c: char) -> bool {
    let (before, after) = (cluster.get(..at).unwrap_or_default(), cluster.get(at + c.len_utf8()..).unwrap_or_default());
    let (last, next) = (before.chars().next_back(), after.chars().next());
    if c == '\u{fe0f}' {
        let key = last.is_some_and(|c| matches!(c, '0'..='9' | '#' | '*')) && next == Some('\u{20e3}');
        return key || last.is_some_and(is_picture);
    }
    // A selector and a colour of skin go with the picture before them.
    let base = before.chars().rev().find(|c| !matches!(c, '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}'));
    base.is_some_and(is_picture) && next.is_some_and(is_picture)
}

/// Signs that are drawn as pictures, or can be (Unicode 16, Emoji and Extended_Pictographic, in whole blocks).
fn is_picture(c: char) -> bool {
    matches!(c,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}'
        | '\u{24c2}' | '\u{25a0}'..='\u{27bf}' | '\u{2900}'..='\u{297f}' | '\u{2b00}'..='\u{2bff}' | '\u{3030}' | '\u{303d}'
        | '\u{3297}' | '\u{3299}' | '\u{1f000}'..='\u{1faff}')
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
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{13430}'..='\u{1343f}'
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
            ("IN\u{fe0f}C-42", "IN�C-42"),
            ("Café\u{200d}\u{200d} closed", "Café�� closed"),
            ("❤\u{fe0f}\u{fe0f}", "❤\u{fe0f}�"),
            ("👩\u{200d}a", "👩�a"),
            ("IN\u{13430}C-4\u{13438}2", "IN�C-4�2"),
            ("two\nlines\tand\u{2028}more", "two lines and more"),
            ("crlf\r\nend", "crlf end"),
        ] {
            assert_eq!(line(hostile), shown);
        }
        assert_eq!(lines("a\nb\r\nc"), "a\nb\nc");
    }

    #[test]
    fn leaves_writing_alone() {
        for text in [
            "plain",
            "naïve – “quoted”",
            "事故報告",
            "👩‍👩‍👧 ok",
            "❤\u{fe0f} 1\u{fe0f}\u{20e3}",
            "👩🏽\u{200d}🚀 🏳\u{fe0f}\u{200d}🌈",
            "e\u{301}",
        ] {
            assert!(matches!(line(text), Cow::Borrowed(_)) || line(text) == text, "{text}");
            assert_eq!(line(text), text);
        }
    }

    #[test]
    fn is_found_by_what_a_person_types() {
        for (text, sought) in [
            ("plain", "plain"),
            ("IN\u{200b}C-4\u{e0041}2", "INC-42"),
            ("a\nb\u{2028}c", "a b c"),
            ("\u{1b}[2J", "[2J"),
            ("IN\u{fe0f}C\u{13430}", "INC"),
        ] {
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
