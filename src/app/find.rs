//! Words looked for in a text.

use aho_corasick::AhoCorasick;
use std::ops::Range;

/// Words looked for; ASCII letters match in either case, and a blank any blanks and line ends.
#[derive(Debug, Clone, Default)]
pub struct Find {
    text: String,
    /// The words of each text that is looked for, which are one after another.
    phrases: Vec<Vec<String>>,
    /// Finds the first word of every phrase.
    finder: Option<AhoCorasick>,
}

impl Find {
    /// Looks for `text`; the empty text is nowhere.
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::any(&[text.to_owned()]) }
    }

    /// Looks for any of `texts`.
    pub fn any(texts: &[String]) -> Self {
        let words = |text: &String| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let phrases: Vec<_> = texts.iter().map(words).filter(|words| !words.is_empty()).collect();
        let first: Vec<_> = phrases.iter().filter_map(|words| words.first()).collect();
        let finder = (!first.is_empty()).then(|| AhoCorasick::builder().ascii_case_insensitive(true).build(first).ok()).flatten();
        Self { text: texts.join("” or “"), phrases, finder }
    }

    /// What is looked for.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The places in `text`, in bytes, one behind the other.
    pub fn matches(&self, text: &str) -> Vec<Range<usize>> {
        let Some(finder) = &self.finder else { return Vec::new() };
        let begins = finder.find_overlapping_iter(text);
        let whole = begins.filter_map(|begin| {
            let rest = self.phrases.get(begin.pattern().as_usize())?.get(1..)?;
            Some(begin.start()..rest.iter().try_fold(begin.end(), |end, word| next(text, end, word))?)
        });
        let mut found: Vec<_> = whole.collect();
        found.sort_unstable_by_key(|range| (range.start, range.end));
        let mut end = 0;
        found.retain(|range| {
            range.start >= end && {
                end = range.end;
                true
            }
        });
        found
    }

    /// Whether `text` holds it.
    pub fn is_in(&self, text: &str) -> bool {
        !self.matches(text).is_empty()
    }
}

/// Which match of how many is looked at; none where there is none.
pub fn place(here: Option<usize>, all: usize) -> Option<String> {
    let here = here.map(|here| format!("{here} of ")).unwrap_or_default();
    (all > 0).then(|| format!("match {here}{all}"))
}

/// Where `word` ends if it stands behind the blanks at `end`.
fn next(text: &str, end: usize, word: &str) -> Option<usize> {
    let rest = text.get(end..)?;
    let start = end + (rest.len() - rest.trim_start().len());
    let until = start + word.len();
    (start > end && text.get(start..until)?.eq_ignore_ascii_case(word)).then_some(until)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_words_in_either_case_and_nothing_in_nothing() {
        let found = |words: &str, text: &str| Find::new(words).matches(text);
        assert_eq!(found("api", "The API and an api"), [4..7, 15..18]);
        assert_eq!(found("é", "café é"), [3..5, 6..8]);
        assert_eq!(found("aa", "aaaaa"), [0..2, 2..4]);
        assert!(found("", "text").is_empty() && found(" ", "a text").is_empty());
        assert!(!Find::default().is_in("text") && Find::default().is_empty());
    }

    #[test]
    fn finds_any_of_several_and_words_that_a_line_end_parts() {
        let find = Find::any(&["rate limit".into(), "rates".into()]);
        assert_eq!(find.matches("Rate\n  limits and rates, ratelimit, a rate of limit"), [0..12, 18..23]);
        assert_eq!(find.text(), "rate limit” or “rates");
        assert!(Find::any(&[]).is_empty());
    }
}
