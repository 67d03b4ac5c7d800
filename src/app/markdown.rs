//! Tables of Markdown.

use crate::sanitize;
use std::io::{Result, Write};

/// Signs that mean something inside a cell of a table.
const SPECIAL: [char; 12] = ['\\', '|', '`', '*', '_', '<', '>', '[', ']', '#', '~', '&'];

/// `text` as words in a cell, whatever it holds. A word that sites make a link or a mention of by themselves, which no
/// escape keeps them from, is set as code.
pub fn text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let clean = sanitize::line(text);
    // Code ends at its signs, and at those of the table.
    for piece in clean.split_inclusive(|c: char| c.is_whitespace() || ENDS.contains(&c)) {
        let word = piece.trim_end_matches(|c: char| c.is_whitespace() || ENDS.contains(&c));
        let is_linked = refers(word);
        for (at, c) in piece.char_indices() {
            let in_word = at < word.len();
            if is_linked && (at == 0 || at == word.len()) {
                escaped.push('`');
            }
            if SPECIAL.contains(&c) && !(is_linked && in_word) {
                escaped.push('\\');
            }
            escaped.push(c);
        }
        if is_linked && word.len() == piece.len() {
            escaped.push('`');
        }
    }
    escaped
}

const ENDS: [char; 3] = ['\\', '|', '`'];

/// Whether GitHub or a page like it would make a link of a word, to an address, a person, an issue or a commit.
fn refers(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let before_digit = |mark: &str| lower.split(mark).skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let is_commit = |part: &str| {
        let is_hex = part.len() >= 7 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hex && part.contains(|c: char| c.is_ascii_alphabetic()) && part.contains(|c: char| c.is_ascii_digit())
    };
    let person = lower.split('@').skip(1).any(|rest| rest.starts_with(char::is_alphanumeric));
    person
        || ["://", "www."].iter().any(|mark| lower.contains(mark))
        || ["#", "gh-"].iter().any(|mark| before_digit(mark))
        || lower.split(|c: char| !c.is_ascii_alphanumeric()).any(is_commit)
}

/// Writes a row of cells, which are Markdown already.
pub fn row<S: AsRef<str>>(out: &mut dyn Write, cells: impl IntoIterator<Item = S>) -> Result<()> {
    write!(out, "|")?;
    for cell in cells {
        write!(out, " {} |", cell.as_ref())?;
    }
    writeln!(out)
}

/// Writes the line below the head; numbers are set to the right.
pub fn rule(out: &mut dyn Write, numbers: &[bool]) -> Result<()> {
    row(out, numbers.iter().map(|&number| if number { "---:" } else { "---" }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    /// The text of the cells of a table.
    fn cells(source: &str) -> Vec<String> {
        let mut cells = Vec::new();
        for event in Parser::new_ext(source, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
            match event {
                Event::Start(Tag::TableCell) => cells.push(String::new()),
                Event::Text(text) | Event::Code(text) => cells.last_mut().unwrap().push_str(&text),
                Event::Start(Tag::Table(_) | Tag::TableHead | Tag::TableRow) | Event::End(_) => {}
                other => panic!("{other:?} in a cell of {source}"),
            }
        }
        cells
    }

    #[test]
    fn nothing_is_a_link_or_a_mention() {
        let said = "See https://evil.example/x and www.evil.example, ask @octocat";
        assert_eq!(text(said), "See `https://evil.example/x` and `www.evil.example,` ask `@octocat`");
        assert_eq!(
            text("a|@b c@d.example\\http://x #soon acme/x#12 GH-3 0a1b2c3"),
            "a\\|`@b` `c@d.example`\\\\`http://x` \\#soon `acme/x#12` `GH-3` `0a1b2c3`"
        );
        assert_eq!(text("2 @ 3, a_b, #x, 1234567 decades"), "2 @ 3, a\\_b, \\#x, 1234567 decades");
    }

    proptest! {
        #[test]
        fn words_stay_words(words in "(?s:[ |`*_<>\\\\&#~@1w.:/\\[\\]\n!a-z]|://|www\\.|.){0,30}") {
            let mut out = Vec::new();
            row(&mut out, ["a", "b"]).unwrap();
            rule(&mut out, &[false, true]).unwrap();
            row(&mut out, [text(&words), "x".into()]).unwrap();
            let found = cells(&String::from_utf8(out).unwrap());
            prop_assert_eq!(found.len(), 4);
            let clean = sanitize::line(&words);
            prop_assert_eq!(found[2].trim(), clean.trim());
        }
    }
}
