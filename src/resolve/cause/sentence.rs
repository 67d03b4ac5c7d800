//! The sentences of a report that may say why it happened, and what speaks for each.

use super::about;
use crate::extract::lexicon::Cue;
use crate::extract::passage::Passage;
use crate::extract::time::Time;
use crate::extract::words::{Words as Listed, list};
use crate::kind;
use crate::resolve::naming::Read;
use crate::resolve::roles::{Sink, Words, count_words};
use crate::resolve::update::Post;
use std::ops::Range;

/// The most bytes of a sentence that may be the cause.
const LONGEST: usize = 600;
/// A sentence of so many words is very long.
const VERY_LONG: usize = 36;

/// A sentence of a passage.
pub struct Sentence<'p, 'a> {
    /// Where it stands.
    pub passage: &'p Passage<'a>,
    /// Its place among the sentences of the passage.
    pub index: usize,
    /// Whether it tells a time.
    pub timed: bool,
    /// Whether it says that the cause is not known.
    unknown: bool,
}

/// The sentences of a report, in its order.
pub struct Sentences<'p, 'a> {
    all: Vec<Sentence<'p, 'a>>,
    posts: &'p [Post],
}

impl<'p, 'a> Sentence<'p, 'a> {
    fn new(passage: &'p Passage<'a>, times: &[Time], index: usize) -> Self {
        let mut sentence = Self { passage, index, timed: false, unknown: false };
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
        let prose = passages.iter().filter(|(passage, _)| passage.is_prose());
        let fits = |passage: &Passage, index: usize| passage.sentences().get(index).is_some_and(|range| range.len() <= LONGEST);
        let of = |(passage, times): &'p (Passage<'a>, Vec<Time>)| {
            let fitting = (0..passage.sentences().len()).filter(move |index| fits(passage, *index));
            fitting.map(move |index| Sentence::new(passage, times, index))
        };
        Self { all: prose.flat_map(of).collect(), posts }
    }

    /// What was posted.
    pub(in crate::resolve) fn posts(&self) -> &'p [Post] {
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
    pub(in crate::resolve) fn get(&self, place: usize) -> Option<&Sentence<'p, 'a>> {
        self.all.get(place)
    }

    /// What stands in front of the list that the one at `place` is in.
    pub(in crate::resolve) fn in_front(&self, place: usize) -> Option<&'p str> {
        let list = self.all.get(place)?.passage.list;
        let first = self.all.partition_point(|sentence| sentence.passage.list < list);
        Some(self.text(first.checked_sub(1)?))
    }

    /// The words of that at `place`.
    pub fn text(&self, place: usize) -> &'p str {
        self.all.get(place).map(Sentence::text).unwrap_or_default()
    }

    /// What speaks for none of them.
    pub fn describe_none(&self, sink: &mut dyn Sink) {
        sink.add(kind!("no sentence"), "");
        if self.all.iter().any(|sentence| sentence.unknown) {
            sink.add(kind!("not known"), "");
        }
    }

    /// What speaks for that at `place`: its cues and those of its neighbours, where it stands, and how it opens. Its other words tell of
    /// one report each, and of no other publisher's.
    pub fn describe(&self, place: usize, sink: &mut dyn Sink) {
        let Some(sentence) = self.all.get(place) else { return };
        self.describe_place(place, sink);
        let (passage, text) = (sentence.passage, sentence.text());
        if let Some(before) = self.before(place).and_then(|before| self.all.get(before)) {
            passage.cues_in(&before.range()).for_each(|(cue, _)| sink.add(kind!("cue in the sentence before"), cue.name()));
        }
        let mut words = Words::default();
        if let Some(next) = self.all.get(place + 1).filter(|_| self.before(place + 1) == Some(place)) {
            passage.cues_in(&next.range()).for_each(|(cue, _)| sink.add(kind!("cue in the next sentence"), cue.name()));
            words.of(next.text(), 1, |word, _| sink.add(kind!("before a sentence that opens with"), word));
        }
        words.of(text, 1, |word, _| sink.add(kind!("opens with"), word));
        let length = match count_words(text, VERY_LONG) {
            0..6 => "very short",
            6..11 => "short",
            11..21 => "middling",
            21..VERY_LONG => "long",
            _ => "very long",
        };
        sink.add(kind!("of a length"), length);
        if sentence.timed {
            sink.add(kind!("with a time"), "");
        }
        if sentence.unknown {
            sink.add(kind!("says that it is not known"), "");
        }
        if is_pluperfect(text) {
            sink.add(kind!("of what had been before"), "");
        }
    }

    /// Where that at `place` stands, and its cues.
    pub(in crate::resolve) fn describe_place(&self, place: usize, sink: &mut dyn Sink) {
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

/// "had been left in a test mode", "had drifted": it was so before.
fn is_pluperfect(sentence: &str) -> bool {
    memchr::memmem::find_iter(sentence.as_bytes(), " had ").any(|at| {
        let after = sentence.get(at + " had ".len()..).unwrap_or_default();
        let skipped = ["not", "never", "already", "also", "been", "just", "recently"];
        let verb = after.split([' ', ',', '.']).find(|word| !skipped.contains(word)).unwrap_or_default();
        verb.ends_with("ed") || list(Listed::Participles).holds(verb)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_had_been_before() {
        for sentence in ["An amplifier had been left in a test mode.", "The clock had drifted.", "The key had not been renewed."] {
            assert!(is_pluperfect(sentence), "{sentence}");
        }
        for sentence in ["The job had no lock.", "Sign-ins failed.", "We had to wait."] {
            assert!(!is_pluperfect(sentence), "{sentence}");
        }
    }
}
