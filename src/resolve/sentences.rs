//! The sentences of a report that may say why it happened or tell of work, with what both ask of each.

use super::cause::about;
use super::naming::Read;
use super::roles::{Sink, is_word, stem};
use super::update::Post;
use crate::document::sheet::place;
use crate::extract::lexicon::Cue;
use crate::extract::passage::Passage;
use crate::extract::time::Time;
use crate::extract::words::Words as Listed;
use crate::kind;
use std::ops::Range;

/// The most bytes of a sentence that is looked at.
const LONGEST: usize = 600;
/// So many words of it are.
const WORDS: usize = 40;

/// A sentence of a passage.
pub struct Sentence<'p, 'a> {
    /// Where it stands.
    pub passage: &'p Passage<'a>,
    /// Its place among the sentences of the passage.
    pub index: usize,
    /// Whether it tells a time.
    pub timed: bool,
    /// Whether it says that the cause is not known.
    pub unknown: bool,
    /// Where its words are among those of all.
    words: Range<usize>,
}

/// The sentences of a report, in its order.
pub struct Sentences<'p, 'a> {
    all: Vec<Sentence<'p, 'a>>,
    posts: &'p [Post],
    /// The texts of their passages in lower case, one behind the other.
    lower: String,
    /// Where in these the words of all sentences stand, without the endings of English.
    words: Vec<Range<usize>>,
}

impl<'p, 'a> Sentence<'p, 'a> {
    fn new(passage: &'p Passage<'a>, times: &[Time], index: usize, words: Range<usize>) -> Self {
        let mut sentence = Self { passage, index, timed: false, unknown: false, words };
        let range = sentence.range();
        let next = times.get(times.partition_point(|time| time.range().start < range.start));
        sentence.timed = next.is_some_and(|time| time.range().start < range.end);
        sentence.unknown = passage.may_hold(Listed::WhyWords) && about::says_unknown(sentence.text());
        sentence
    }

    /// Its bytes in the passage.
    pub fn range(&self) -> Range<usize> {
        self.passage.sentences().get(self.index).cloned().unwrap_or_default()
    }

    /// Its cues, without those that only speak of a cause.
    pub fn cues(&self) -> Vec<Cue> {
        let (text, range) = (self.passage.text.as_str(), self.range());
        let is_of_cause = |cue: Cue| matches!(cue, Cue::Cause | Cue::StrongCause | Cue::SureCause);
        let says = |(cue, at): &&(Cue, Range<usize>)| !(is_of_cause(*cue) && about::is_about(text, &range, at));
        self.passage.cues_in(&range).filter(says).map(|(cue, _)| *cue).collect()
    }

    /// Its words.
    pub fn text(&self) -> &'p str {
        self.passage.text.as_str().get(self.range()).unwrap_or_default()
    }
}

impl<'p, 'a> Sentences<'p, 'a> {
    /// The sentences of running text and lists.
    pub fn new(passages: Read<'p, 'a>, posts: &'p [Post]) -> Self {
        let mut sentences = Self { all: Vec::new(), posts, lower: String::new(), words: Vec::new() };
        for (passage, times) in passages.iter().filter(|(passage, _)| passage.is_prose()) {
            let start = sentences.lower.len();
            sentences.lower.push_str(passage.text.as_str());
            sentences.lower.get_mut(start..).into_iter().for_each(str::make_ascii_lowercase);
            for (index, range) in passage.sentences().iter().enumerate().filter(|(_, range)| range.len() <= LONGEST) {
                let words = sentences.take_words(passage, range, start);
                sentences.all.push(Sentence::new(passage, times, index, words));
            }
        }
        sentences
    }

    /// Takes in the first words of the sentence at `range` of a passage that starts at `start`: where they are among all.
    fn take_words(&mut self, passage: &Passage, range: &Range<usize>, start: usize) -> Range<usize> {
        let (text, tokens, first) = (passage.text.as_str(), passage.tokens(), self.words.len());
        let mut take = |at: Range<usize>| {
            let word = self.lower.get(start + at.start..start + at.end).unwrap_or_default();
            if self.words.len() - first < WORDS && is_word(word) {
                self.words.push(start + at.start..start + at.start + stem(word).len());
            }
        };
        let own = tokens.get(tokens.partition_point(|token| token.range.end <= range.start)..).unwrap_or_default();
        for token in own.iter().take_while(|token| token.range.start < range.end) {
            match &token.word {
                Some((word, _)) => take(word.clone()),
                None => {
                    let part = text.get(token.range.start.max(range.start)..token.range.end.min(range.end)).unwrap_or_default();
                    part.split(|c: char| !c.is_alphanumeric()).for_each(|word| take(place(text, word)));
                }
            }
        }
        first..self.words.len()
    }

    /// The first words of that at `place`, in lower case, without the endings of English.
    pub(super) fn words(&self, place: usize) -> impl ExactSizeIterator<Item = &str> {
        let words = self.all.get(place).and_then(|sentence| self.words.get(sentence.words.clone())).unwrap_or_default();
        words.iter().map(|at| self.lower.get(at.clone()).unwrap_or_default())
    }

    /// What was posted.
    pub(super) fn posts(&self) -> &'p [Post] {
        self.posts
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// That at `place`.
    pub(super) fn get(&self, place: usize) -> Option<&Sentence<'p, 'a>> {
        self.all.get(place)
    }

    /// What stands in front of the list that the one at `place` is in.
    pub(super) fn in_front(&self, place: usize) -> Option<&'p str> {
        let list = self.all.get(place)?.passage.list;
        let first = self.all.partition_point(|sentence| sentence.passage.list < list);
        Some(self.text(first.checked_sub(1)?))
    }

    /// The words of that at `place`.
    pub fn text(&self, place: usize) -> &'p str {
        self.all.get(place).map(Sentence::text).unwrap_or_default()
    }

    /// Where that at `place` stands, and its cues.
    pub(super) fn describe_place(&self, place: usize, sink: &mut dyn Sink) {
        let Some(sentence) = self.all.get(place) else { return };
        let passage = sentence.passage;
        sentence.cues().into_iter().for_each(|cue| sink.add(kind!("cue"), cue.name()));
        sink.add(kind!("under"), passage.topic.map_or("none", |topic| topic.name()));
        if let Some((at, post)) = passage.update.and_then(|at| Some((at, self.posts.get(at)?))) {
            sink.add(kind!("in the post"), if post.postmortem { "postmortem" } else { post.kind.name() });
            if at + 1 == self.posts.len() || at == 0 {
                sink.add(kind!("in the first or last post"), "");
            }
        }
        let in_passage = match (sentence.index, passage.sentences().len()) {
            (0, 1) => "alone",
            (0, _) => "first",
            (1, _) => "second",
            (index, count) if index + 1 == count => "last",
            _ => "further",
        };
        sink.add(kind!("of its paragraph"), in_passage);
        let in_report = match (place, (place * 4).checked_div(self.all.len())) {
            (0, _) => "first",
            (1, _) => "second",
            (_, Some(0)) => "in the first quarter",
            (_, Some(1)) => "in the second quarter",
            (_, Some(2)) => "in the third quarter",
            _ => "in the last quarter",
        };
        sink.add(kind!("of the report"), in_report);
    }

    /// The sentence before that at `place`, where they stand in one passage.
    pub(super) fn before(&self, place: usize) -> Option<usize> {
        let (before, sentence) = (place.checked_sub(1)?, self.all.get(place)?);
        let neighbour = self.all.get(before)?;
        (std::ptr::eq(neighbour.passage, sentence.passage) && neighbour.index + 1 == sentence.index).then_some(before)
    }
}
