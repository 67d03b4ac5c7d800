//! Words looked for in a text.

use aho_corasick::AhoCorasick;
use std::ops::Range;

/// Words looked for; ASCII letters match in either case.
#[derive(Debug, Clone, Default)]
pub struct Find {
    text: String,
    finder: Option<AhoCorasick>,
}

impl Find {
    /// Looks for `text`; the empty text is nowhere.
    pub fn new(text: &str) -> Self {
        let finder = (!text.is_empty()).then(|| AhoCorasick::builder().ascii_case_insensitive(true).build([text]).ok()).flatten();
        Self { text: text.to_owned(), finder }
    }

    /// What is looked for.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The places in `text`, in bytes.
    pub fn matches<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        self.finder.iter().flat_map(move |finder| finder.find_iter(text)).map(|found| found.range())
    }

    /// Whether `text` holds it.
    pub fn is_in(&self, text: &str) -> bool {
        self.matches(text).next().is_some()
    }
}

/// Which match of how many is looked at; none where there is none.
pub fn place(here: Option<usize>, all: usize) -> Option<String> {
    let here = here.map(|here| format!("{here} of ")).unwrap_or_default();
    (all > 0).then(|| format!("match {here}{all}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_words_in_either_case_and_nothing_in_nothing() {
        let found = |words: &str, text: &str| Find::new(words).matches(text).collect::<Vec<_>>();
        assert_eq!(found("api", "The API and an api"), [4..7, 15..18]);
        assert_eq!(found("é", "café é"), [3..5, 6..8]);
        assert!(found("", "text").is_empty());
        assert!(!Find::default().is_in("text") && Find::default().is_empty());
    }
}
