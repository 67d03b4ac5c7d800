//! Phrases of the tables in `assets/` with what they stand for, found in a text in one pass.

use crate::work;
use std::collections::VecDeque;
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

/// Phrases with what they stand for, searched together by the automaton of Aho and Corasick. Each of its states is the start of a
/// phrase: the longest that what was read so far ends with. The first state is that of none.
#[derive(Debug)]
pub struct Phrases<T> {
    /// The column of each byte in `next`; all bytes that are in no phrase have the first.
    columns: [u8; 256],
    width: usize,
    /// The state behind each state, by columns.
    next: Vec<u16>,
    /// Which of `phrases` end in each state.
    ends: Vec<Range<usize>>,
    phrases: Vec<Phrase<T>>,
}

#[derive(Debug, Clone, Copy)]
struct Phrase<T> {
    length: usize,
    meaning: T,
    bounds: Bounds,
}

/// A start of phrases: the columns of the bytes with which it goes on, each with the longer start, and the phrases that it is.
#[derive(Clone)]
struct Start<T> {
    longer: Vec<(u8, usize)>,
    whole: Vec<Phrase<T>>,
}

impl<T> Default for Start<T> {
    fn default() -> Self {
        Self { longer: Vec::new(), whole: Vec::new() }
    }
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
    /// From phrases in lower case with what they stand for, which have fewer than 65,536 starts.
    #[allow(clippy::indexing_slicing, reason = "every state and every column is one that was made here")]
    pub fn new<'p>(phrases: impl Iterator<Item = (&'p str, T, Bounds)>) -> Self {
        let phrases: Vec<_> = phrases.collect();
        let (columns, width) = columns(phrases.iter().flat_map(|(phrase, ..)| phrase.bytes()));
        let mut starts = vec![Start::default()];
        for (phrase, meaning, bounds) in phrases {
            let mut state = 0;
            for byte in phrase.bytes() {
                let column = columns[usize::from(byte)];
                let known = starts[state].longer.iter().find(|(known, _)| *known == column).map(|(_, longer)| *longer);
                let longer = known.unwrap_or(starts.len());
                if known.is_none() {
                    starts[state].longer.push((column, longer));
                    starts.push(Start::default());
                }
                state = longer;
            }
            starts[state].whole.push(Phrase { length: phrase.len(), meaning, bounds });
        }
        debug_assert!(starts.len() <= 1 << 16, "every state has a number of 16 bits");
        let mut made = Self { columns, width, next: vec![0; width * starts.len()], ends: vec![0..0; starts.len()], phrases: Vec::new() };
        // From the shortest on: what goes on with none goes on as the next shorter start does that it ends with.
        let (mut shorter, mut order) = (vec![0; starts.len()], VecDeque::from([0]));
        while let Some(state) = order.pop_front() {
            let (row, other) = (state * width, shorter[state]);
            made.end(state, other, &starts[state].whole);
            made.next.copy_within(other * width..(other + 1) * width, row);
            for (column, longer) in &starts[state].longer {
                let place = &mut made.next[row + usize::from(*column)];
                shorter[*longer] = usize::from(std::mem::replace(place, *longer as u16));
                order.push_back(*longer);
            }
        }
        made
    }

    /// Notes that `whole` end in `state`, and all that end in the `other` state.
    #[allow(clippy::indexing_slicing, reason = "every state is one that was made here")]
    fn end(&mut self, state: usize, other: usize, whole: &[Phrase<T>]) {
        let shorter = self.ends[other].clone();
        self.ends[state] = if whole.is_empty() {
            shorter
        } else {
            let start = self.phrases.len();
            self.phrases.extend(whole);
            self.phrases.extend_from_within(shorter);
            start..self.phrases.len()
        };
    }

    /// Every phrase in `text` within its bounds, overlapping ones too, by their end.
    pub fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (T, Range<usize>)> + 't {
        let hits = if work::may(text.len()) { Some(self.hits(text)) } else { None };
        hits.into_iter().flatten().filter_map(move |(phrase, range)| {
            let ends = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            let bounded = phrase.bounds == Bounds::None
                || ends(text.get(..range.start)?.chars().next_back())
                    && (phrase.bounds == Bounds::Start || ends(text.get(range.end..)?.chars().next()));
            bounded.then_some((phrase.meaning, range))
        })
    }

    /// Every place of a phrase in `text`, whatever stands around it, by their end, the longest first.
    pub fn places<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        self.hits(text).map(|(_, range)| range)
    }

    fn hits<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (&'t Phrase<T>, Range<usize>)> + 't {
        let (mut at, mut state, mut ended) = (0, 0, 0..0);
        std::iter::from_fn(move || {
            if ended.is_empty() {
                (at, state, ended) = self.read(text.as_bytes(), at, state)?;
            }
            let phrase = self.phrases.get(ended.next()?)?;
            Some((phrase, at - phrase.length..at))
        })
    }

    /// Reads on from a place of `bytes` and a state until a phrase ends: the place and the state behind it, and which phrases end there.
    fn read(&self, bytes: &[u8], from: usize, mut state: usize) -> Option<(usize, usize, Range<usize>)> {
        for (byte, at) in bytes.get(from..)?.iter().zip(from + 1..) {
            let column = self.columns.get(usize::from(*byte))?;
            state = usize::from(*self.next.get(state * self.width + usize::from(*column))?);
            let ended = self.ends.get(state)?;
            if !ended.is_empty() {
                return Some((at, state, ended.clone()));
            }
        }
        None
    }
}

/// A column for each byte of `all`, and how many columns there are. A letter has the same in either case, and a line end that of a blank.
#[allow(clippy::indexing_slicing, reason = "a byte is below 256")]
fn columns(all: impl Iterator<Item = u8>) -> ([u8; 256], usize) {
    let (mut columns, mut width) = ([0; 256], 1);
    for byte in all.map(usize::from) {
        if columns[byte] == 0 {
            columns[byte] = width;
            width += 1;
        }
    }
    for letter in b'A'..=b'Z' {
        columns[usize::from(letter)] = columns[usize::from(letter.to_ascii_lowercase())];
    }
    columns[usize::from(b'\n')] = columns[usize::from(b' ')];
    (columns, usize::from(width))
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
