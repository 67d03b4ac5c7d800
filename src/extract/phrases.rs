//! Phrases of the tables in `assets/` with what they stand for, found in a text in one pass.

use crate::work;
use aho_corasick::AhoCorasick;
use aho_corasick::automaton::OverlappingState;
use std::ops::Range;

/// Where a phrase may begin and end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bounds {
    /// At word boundaries.
    Words,
    /// Its last word may go on ("fail*").
    Start,
    /// Anywhere.
    None,
}

/// Phrases with what they stand for, searched together.
pub struct Phrases<T> {
    search: Option<AhoCorasick>,
    /// Of each pattern.
    meanings: Vec<(T, Bounds)>,
}

/// The rows of a table: what each stands for, its name, and its phrases.
pub type Rows<T> = &'static [(T, &'static str, &'static [&'static str])];

/// The phrases of a table, each with what it stands for.
pub fn rows<T: Copy>(table: Rows<T>) -> impl Iterator<Item = (&'static str, T, Bounds)> {
    table.iter().flat_map(|(meaning, _, phrases)| {
        phrases.iter().map(|phrase| match phrase.strip_suffix('*') {
            Some(open) => (open, *meaning, Bounds::Start),
            None => (*phrase, *meaning, Bounds::Words),
        })
    })
}

impl<T: Copy> Phrases<T> {
    /// From phrases in lower case with what they stand for.
    pub fn new<'p>(phrases: impl Iterator<Item = (&'p str, T, Bounds)>) -> Self {
        let (patterns, meanings): (Vec<_>, Vec<_>) = phrases.map(|(phrase, meaning, bounds)| (phrase, (meaning, bounds))).unzip();
        Self { search: AhoCorasick::new(patterns).ok(), meanings }
    }

    /// Every phrase in `text` within its bounds, overlapping ones too, by their end.
    pub fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (T, Range<usize>)> + 't {
        let search = self.search.as_ref().filter(|_| work::may(text.len()));
        let line = super::searched(text);
        let mut state = OverlappingState::start();
        let hits = std::iter::from_fn(move || {
            search?.find_overlapping(&line, &mut state);
            state.get_match()
        });
        hits.filter_map(move |hit| {
            let (meaning, bounds) = *self.meanings.get(hit.pattern().as_usize())?;
            let ends = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            let bounded = bounds == Bounds::None
                || ends(text.get(..hit.start())?.chars().next_back())
                    && (bounds == Bounds::Start || ends(text.get(hit.end()..)?.chars().next()));
            bounded.then(|| (meaning, hit.range()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_keep_to_their_bounds_and_may_overlap() {
        let lists = [("wn fo", 'l', Bounds::None)].into_iter();
        let phrases = Phrases::new(rows(&[('c', "cue", &["fail*", "down"])]).chain(lists));
        let found = |text: &str| phrases.find(text).map(|(meaning, range)| (meaning, range.start)).collect::<Vec<_>>();
        assert_eq!(found("Failing, down\nfor hours"), [('c', 0), ('c', 9), ('l', 11)]);
        assert_eq!(found("prefail, downs"), []);
    }
}
