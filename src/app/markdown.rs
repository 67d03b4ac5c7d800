//! Tables of Markdown.

use crate::sanitize;
use std::io::{Result, Write};

/// Signs that mean something inside a cell of a table.
const SPECIAL: [char; 12] = ['\\', '|', '`', '*', '_', '<', '>', '[', ']', '#', '~', '&'];

/// `text` as words in a cell, whatever it holds.
pub fn text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in sanitize::line(text).chars() {
        if SPECIAL.contains(&c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
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
                Event::Text(text) => cells.last_mut().unwrap().push_str(&text),
                Event::Start(Tag::Table(_) | Tag::TableHead | Tag::TableRow) | Event::End(_) => {}
                other => panic!("{other:?} in a cell of {source}"),
            }
        }
        cells
    }

    proptest! {
        #[test]
        fn words_stay_words(words in "(?s:[ |`*_<>\\\\&#~\\[\\]\n!a-z]|.){0,30}") {
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
