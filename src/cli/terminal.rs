//! What is at the other end of standard output, and what may be sent to it.

use super::args::Colour;
use crate::diagnostic::Level;
use crate::incident::Severity;
use std::ffi::OsStr;
use std::io::IsTerminal;

/// The width of text where no terminal says one.
const WIDTH: usize = 100;

/// How standard output is written to.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    /// Whether a person sits at it and it can be drawn on.
    pub interactive: bool,
    /// Its columns, where it is a terminal.
    pub columns: Option<usize>,
    /// Whether text is coloured.
    pub colour: bool,
}

impl Terminal {
    /// What the environment says.
    pub fn detect(choice: Colour) -> Self {
        let var = |name| std::env::var_os(name);
        let dumb = var("TERM").is_some_and(|term| term == "dumb");
        let terminal = std::io::stdout().is_terminal();
        let columns = crossterm::terminal::size().ok().filter(|_| terminal).map(|(columns, _)| usize::from(columns));
        let colour = colour(choice, var("NO_COLOR").as_deref(), var("CLICOLOR_FORCE").as_deref(), terminal && !dumb);
        Self { interactive: terminal && !dumb, columns: columns.filter(|&columns| columns > 0), colour }
    }

    /// How wide running text is.
    pub fn text_width(&self) -> usize {
        self.columns.unwrap_or(WIDTH)
    }

    /// `text` as a heading.
    pub fn bold(&self, text: &str) -> String {
        self.paint(text, "1")
    }

    /// `text` as what matters less than the rest; the words themselves say it too.
    pub fn dim(&self, text: &str) -> String {
        self.paint(text, "2")
    }

    /// `text` in the colour of a severity; the words themselves say it too.
    pub fn severity(&self, text: &str, severity: Option<Severity>) -> String {
        match severity {
            Some(Severity::Critical) => self.paint(text, "1;31"),
            Some(Severity::High) => self.paint(text, "31"),
            Some(Severity::Medium) => self.paint(text, "33"),
            Some(Severity::Low) => self.paint(text, "36"),
            Some(Severity::None) | None => text.to_owned(),
        }
    }

    /// `text` in the colour of a finding's level; the words themselves say it too.
    pub fn level(&self, text: &str, level: Level) -> String {
        match level {
            Level::Error => self.paint(text, "1;31"),
            Level::Warning => self.paint(text, "1;33"),
            Level::Note => self.paint(text, "1;36"),
        }
    }

    /// `text` as what stands beside the words of a report: line numbers and rules.
    pub fn frame(&self, text: &str) -> String {
        self.paint(text, "34")
    }

    /// `text` as what was read from the words above it.
    pub fn mark(&self, text: &str) -> String {
        self.paint(text, "36")
    }

    /// `text` with a code of SGR around it, where colours are wanted.
    pub fn paint(&self, text: &str, code: &str) -> String {
        if self.colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// The flag, then `NO_COLOR`, then `CLICOLOR_FORCE`, then whether a person looks.
fn colour(choice: Colour, no_color: Option<&OsStr>, force: Option<&OsStr>, terminal: bool) -> bool {
    let set = |value: Option<&OsStr>| value.is_some_and(|value| !value.is_empty());
    match choice {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto if set(no_color) => false,
        Colour::Auto if set(force) && force != Some(OsStr::new("0")) => true,
        Colour::Auto => terminal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flag_outranks_the_environment() {
        let (no, yes, zero, empty) = (OsStr::new("1"), OsStr::new("1"), OsStr::new("0"), OsStr::new(""));
        assert!(colour(Colour::Always, Some(no), None, false));
        assert!(!colour(Colour::Never, None, Some(yes), true));
        assert!(!colour(Colour::Auto, Some(no), Some(yes), true));
        assert!(colour(Colour::Auto, Some(empty), Some(yes), false));
        assert!(!colour(Colour::Auto, None, Some(zero), false));
        assert!(colour(Colour::Auto, None, None, true));
    }
}
