//! The word lists of `assets/words.tsv`, each for one rule, found in a text in one pass and in either case. A row of the table is a
//! variant of [`Words`], and the line above it says what it is for.

use aho_corasick::{AhoCorasick, Input, MatchKind};
use std::ops::Range;
use std::sync::OnceLock;

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// The words of one list.
#[derive(Debug, Default)]
pub struct List {
    /// Sorted, in lower case.
    words: &'static [&'static str],
    /// How many of them start with what stands before each letter, and before what follows "z".
    starts: [usize; 27],
    /// Built when first asked: many lists are only ever compared with whole words.
    search: OnceLock<Option<AhoCorasick>>,
}

impl List {
    fn new(words: &'static [&'static str]) -> Self {
        let before = |letter: u8| words.partition_point(|word| word.bytes().next().is_none_or(|first| first < letter));
        Self { words, starts: std::array::from_fn(|place| before(b'a' + place as u8)), search: OnceLock::new() }
    }

    fn search(&self) -> Option<&AhoCorasick> {
        let build = || AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(self.words).ok();
        self.search.get_or_init(build).as_ref()
    }

    /// Its words, sorted, in lower case.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().copied()
    }

    /// Whether `word` is in the list.
    pub fn holds(&self, word: &str) -> bool {
        self.like(word).iter().any(|known| known.eq_ignore_ascii_case(word))
    }

    /// The words that start as `text` does, in either case.
    fn like(&self, text: &str) -> &'static [&'static str] {
        let start = |place: usize| self.starts.get(place).copied();
        let place = text.bytes().next().map_or(0, |first| usize::from(first.to_ascii_lowercase().saturating_sub(b'a' - 1)));
        let from = place.checked_sub(1).map_or(Some(0), |letter| start(letter.min(26))).unwrap_or(0);
        self.words.get(from..start(place).unwrap_or(self.words.len())).unwrap_or_default()
    }

    /// Where in `text` one of the list stands, from the left, the longest where several start.
    pub fn places(&self, text: &str) -> impl Iterator<Item = Range<usize>> {
        let line = super::searched(text);
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = self.search()?.find(Input::new(&line).range(from..))?;
            from = found.end();
            Some(found.range())
        })
    }

    /// The first place in `text`.
    pub fn first(&self, text: &str) -> Option<Range<usize>> {
        self.search()?.find(&super::searched(text)).map(|found| found.range())
    }

    /// Whether one of the list stands anywhere in `text`.
    pub fn is_in(&self, text: &str) -> bool {
        self.search().is_some_and(|search| search.is_match(&super::searched(text)))
    }

    /// `text` behind the word of the list that it starts with, the longest.
    pub fn strip_start<'t>(&self, text: &'t str) -> Option<&'t str> {
        let longest = self.like(text).iter().filter(|word| starts_with(text, word)).map(|word| word.len()).max()?;
        text.get(longest..)
    }

    /// `text` in front of the word of the list that it ends with, the longest.
    pub fn strip_end<'t>(&self, text: &'t str) -> Option<&'t str> {
        let last = text.bytes().next_back().map(|last| last.to_ascii_lowercase());
        let end = |word: &str| text.as_bytes().get(text.len().checked_sub(word.len())?..);
        let ends =
            |word: &&&str| word.bytes().next_back() == last && end(word).is_some_and(|end| end.eq_ignore_ascii_case(word.as_bytes()));
        let longest = text.len() - self.words.iter().filter(ends).map(|word| word.len()).max()?;
        text.get(..longest)
    }
}

/// Whether `word` is one of `some`, in either case.
#[inline]
pub fn is_one_of(word: &str, some: &[&str]) -> bool {
    some.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// Whether `text` starts with `start`, in either case.
#[inline]
pub fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start))
}

/// Whether `word` is one of grammar, which no name holds.
pub fn is_grammar(word: &str) -> bool {
    list(Words::FunctionWords).holds(word) || list(Words::ClosedWords).holds(word)
}

/// Whether `word` has the form of a verb behind "had" or "been": "moved", "broken".
pub fn is_participle(word: &str) -> bool {
    word.len() > 3 && word.ends_with("ed") || list(Words::Participles).holds(word)
}

/// A list.
pub fn list(words: Words) -> &'static List {
    static LISTS: OnceLock<Vec<List>> = OnceLock::new();
    static NONE: List = List { words: &[], starts: [0; 27], search: OnceLock::new() };
    let lists = LISTS.get_or_init(|| Words::ROWS.iter().map(|(.., words)| List::new(words)).collect());
    lists.get(words as usize).unwrap_or(&NONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_found_in_either_case() {
        let own = list(Words::OwnEstate);
        assert_eq!(own.first("The Marram Network was lost"), Some(10..18));
        assert!(!own.is_in("networked"), "a mark at an end is a space");
        assert!(list(Words::Ailing).holds("Stuck") && !list(Words::Ailing).holds("stuck up"));
        assert!(list(Words::StretchNumbers).holds("2nd") && list(Words::UnreadLanguages).holds("är"));
        assert!(["", "zz", "~", "ÄR"].iter().all(|word| !list(Words::UnreadLanguages).holds(word)));
    }

    #[test]
    fn ends_and_starts_take_the_longest() {
        assert_eq!(list(Words::TitleOpenings).strip_start("RCA: Mail down"), Some("Mail down"));
        assert_eq!(list(Words::About).strip_end("at approximately"), Some("at "));
        assert_eq!(list(Words::About).strip_end("at noon"), None);
    }
}
