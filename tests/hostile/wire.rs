//! What the explorer may write to a terminal: text, and the few sequences that it needs. Nothing that a report could bring
//! along is among them: no title, no clipboard, no link, no query that the terminal would answer.

use crate::lab::is_picture;
use sevline::sanitize;

/// Fails at the first byte that is not ours to write.
pub fn check(bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).expect("the wire carries UTF-8");
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '\u{1b}' => sequence(rest).unwrap_or_else(|| panic!("not ours: {:?}", rest.chars().take(40).collect::<String>())),
            // A shell's messages after the end of the program.
            '\r' | '\n' => 1,
            c if sanitize::is_hostile(c) && !is_picture(c) => panic!("{c:?} before {:?}", rest.chars().take(40).collect::<String>()),
            c => c.len_utf8(),
        };
        rest = &rest[length..];
    }
}

/// The length of a control sequence that the explorer uses.
fn sequence(text: &str) -> Option<usize> {
    let body = text.strip_prefix("\u{1b}[")?;
    let end = body.find(|c: char| !matches!(c, '0'..='9' | ';' | '?'))?;
    let (parameters, last) = (body.get(..end)?, body.get(end..)?.chars().next()?);
    let known = match last {
        // Where, what to erase, and how it looks.
        'H' | 'A' | 'B' | 'C' | 'D' | 'G' | 'J' | 'K' | 'm' => !parameters.contains('?'),
        // Synchronised output, alternate screen, bracketed paste, cursor.
        'h' | 'l' => ["?2026", "?1049", "?2004", "?25"].contains(&parameters),
        _ => false,
    };
    known.then_some(2 + end + 1)
}

#[test]
fn knows_what_is_not_ours() {
    check("plain ␛[2J \u{1b}[1;2H\u{1b}[38;5;12mx\u{1b}[?25l👩\u{200d}👩".as_bytes());
    for hostile in ["\u{1b}]0;x\u{7}", "\u{1b}[6n", "\u{1b}Px", "\u{9b}31m", "\u{7}", "\u{202e}", "\u{1b}[?1000h", "\u{1b}[5", "\0"] {
        assert!(std::panic::catch_unwind(|| check(hostile.as_bytes())).is_err(), "{hostile:?}");
    }
}
