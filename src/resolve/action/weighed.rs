//! Work that nothing marks as such: which sentences tell of it, by fitted weights.

use super::elsewhere;
use crate::extract::lexicon::Topic;
use crate::extract::passage::Form;
use crate::kind;
use crate::resolve::roles::{Sink, Words};
use crate::resolve::sentences::{Sentence, Sentences};
use crate::resolve::update::Post;
use crate::role::weights::Model;

/// By how much a sentence has to be better than none, in hundredths of a natural logarithm.
const RESERVE: i64 = 40;
/// So many words of a heading, of a label and of what announces a list tell what it holds.
const NAMED: usize = 8;

impl Model {
    /// Whether each of the sentences tells of work.
    pub(in crate::resolve) fn work(&self, sentences: &Sentences) -> Vec<bool> {
        let weights = &self.works;
        let none = weights.described(1, |_, sink| sentences.describe_no_work(sink)).sums().pop().map_or(0, |[none]| none);
        let described = weights.described(sentences.len(), |place, sink| sentences.describe_work(place, sink));
        described.sums().into_iter().map(|[sum]| sum - none > RESERVE).collect()
    }
}

impl Sentences<'_, '_> {
    /// What speaks for none.
    pub fn describe_no_work(&self, sink: &mut dyn Sink) {
        sink.add(kind!("no work"), "");
    }

    /// What speaks for that at `place` as work: what speaks of it at all, under what it stands, and its words.
    pub fn describe_work(&self, place: usize, sink: &mut dyn Sink) {
        let Some(sentence) = self.get(place).filter(|sentence| is_open(sentence, self.posts())) else { return };
        self.describe_place(place, sink);
        let passage = sentence.passage;
        let mut words = Words::default();
        if let Some(heading) = &passage.heading {
            words.of(heading.text.as_str(), NAMED, |word, _| sink.add(kind!("in the heading"), word));
        }
        if let Some(label) = &passage.label {
            words.of(label.as_str(), NAMED, |word, _| sink.add(kind!("in the label"), word));
        }
        if matches!(passage.form, Form::Item { .. }) {
            sink.add(kind!("in a list"), "");
            if let Some(lead) = self.in_front(place).filter(|lead| lead.trim_end().ends_with(':')) {
                words.back(lead, NAMED, |word, _| sink.add(kind!("announced by"), word));
            }
        }
        self.words(place).take(1).for_each(|word| sink.add(kind!("opens with"), word));
        self.words(place).for_each(|word| sink.add(kind!("in the sentence"), word));
    }
}

/// Whether a sentence may tell of work: it is none of the story, has no hour, and was not posted while the incident ran.
pub fn is_open(sentence: &Sentence, posts: &[Post]) -> bool {
    let passage = sentence.passage;
    let posted_over = |update: usize| posts.get(update).is_some_and(|post| post.conclusive);
    !passage.unread
        && !sentence.timed
        && passage.update.map_or_else(|| elsewhere(passage), posted_over)
        && !matches!(passage.topic, Some(Topic::Detection | Topic::Title | Topic::Status | Topic::People))
}
