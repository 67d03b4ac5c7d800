//! What speaks for a sentence as the cause.

use crate::extract::modality;
use crate::kind;
use crate::resolve::roles::Sink;
use crate::resolve::sentences::Sentences;

/// A sentence of so many words is very long.
const VERY_LONG: usize = 36;

impl Sentences<'_, '_> {
    /// What speaks for none of them.
    pub fn describe_none(&self, sink: &mut dyn Sink) {
        sink.add(kind!("no sentence"), "");
        if (0..self.len()).any(|place| self.get(place).is_some_and(|sentence| sentence.unknown)) {
            sink.add(kind!("not known"), "");
        }
    }

    /// What speaks for that at `place`: its cues and those of its neighbours, where it stands, and how it opens. Its other words tell of
    /// one report each, and of no other publisher's.
    pub fn describe(&self, place: usize, sink: &mut dyn Sink) {
        let Some(sentence) = self.get(place) else { return };
        self.describe_place(place, sink);
        let (passage, text) = (sentence.passage, sentence.text());
        if let Some(before) = self.before(place).and_then(|before| self.get(before)) {
            passage.cues_in(&before.range()).for_each(|(cue, _)| sink.add(kind!("cue in the sentence before"), cue.name()));
        }
        if let Some(next) = self.get(place + 1).filter(|_| self.before(place + 1) == Some(place)) {
            passage.cues_in(&next.range()).for_each(|(cue, _)| sink.add(kind!("cue in the next sentence"), cue.name()));
            self.words(place + 1).take(1).for_each(|word| sink.add(kind!("before a sentence that opens with"), word));
        }
        let words = self.words(place);
        let length = match words.len() {
            0..6 => "very short",
            6..11 => "short",
            11..21 => "middling",
            21..VERY_LONG => "long",
            _ => "very long",
        };
        words.take(1).for_each(|word| sink.add(kind!("opens with"), word));
        sink.add(kind!("of a length"), length);
        if sentence.timed {
            sink.add(kind!("with a time"), "");
        }
        if sentence.unknown {
            sink.add(kind!("says that it is not known"), "");
        }
        if modality::is_pluperfect(text) {
            sink.add(kind!("of what had been before"), "");
        }
    }
}
