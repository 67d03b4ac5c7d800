//! What is quoted as the cause: the sentence that says why, and what belongs to it, as far as it fits.

use super::CAUSE;
use crate::basis::{Basis, Telling};
use crate::extract::lexicon::Cue;
use crate::extract::words::{Words, list};
use crate::incident::{Certainty, Fact};
use crate::resolve::event::collapse;
use crate::resolve::sentences::{Sentence, Sentences};
use crate::role::weights::Model;
use crate::source::{Cite, Source};
use std::cmp::Reverse;

/// By how much the best has to be better than none.
const RESERVE: i64 = 60;
/// So many sentences are quoted.
const MOST: usize = 9;

/// What was judged of the sentences of a report.
#[derive(Debug, Default)]
pub struct Judged {
    /// By how much each says better why than none, in hundredths of a natural logarithm.
    pub gains: Vec<i64>,
    /// The place of the best.
    pub best: Option<usize>,
    /// The features that speak most for it, by their numbers; `u16::MAX` for none.
    pub because: [u16; 3],
}

impl Model {
    /// Which sentences say why.
    pub(in crate::resolve) fn explain(&self, sentences: &Sentences) -> Judged {
        let weights = &self.causes;
        let none = weights.described(1, |_, sink| sentences.describe_none(sink)).sums().pop().map_or(0, |[none]| none);
        let described = weights.described(sentences.len(), |place, sink| sentences.describe(place, sink));
        let gains: Vec<i64> = described.sums().into_iter().map(|[sum]| sum - none).collect();
        let best = (0..gains.len()).max_by_key(|place| (gains.get(*place), Reverse(*place)));
        let best = best.filter(|best| gains.get(*best).is_some_and(|gain| *gain > RESERVE));
        let because = best.map_or([u16::MAX; 3], |best| described.best(0, best));
        Judged { gains, best, because }
    }
}

impl Sentences<'_, '_> {
    /// The best with what belongs to it, then all that say why, as far as they fit, in the report's order.
    pub(super) fn quoted(&self, source: &Source, judged: &Judged) -> Option<Fact<String>> {
        let best = judged.best?;
        let gain = |place: usize| judged.gains.get(place).copied().unwrap_or(0);
        let telling = Telling {
            of: u16::try_from(self.len()).unwrap_or(u16::MAX),
            because: judged.because,
            margin: u16::try_from(gain(best)).unwrap_or(u16::MAX),
        };
        // What calls itself the cause is hardly ever anything else.
        let sure = self.get(best).is_some_and(|best| best.cues().contains(&Cue::SureCause));
        let mut room = CAUSE;
        let mut chosen: Vec<usize> = Vec::new();
        let mut take = |place: usize| {
            let length = self.text(place).len() + 1;
            if length <= room && !chosen.contains(&place) {
                room -= length;
                chosen.push(place);
            }
        };
        take(best);
        if self.refers_back(best) {
            self.before(best).into_iter().for_each(&mut take);
        }
        if self.announces(best) {
            (best + 1..self.len()).take_while(|next| self.is_listed_below(best, *next)).take(4).for_each(&mut take);
        }
        let mut others: Vec<usize> = (0..self.len()).filter(|place| gain(*place) > 0).collect();
        others.sort_by_key(|place| (Reverse(gain(*place)), *place));
        others.into_iter().take(MOST).for_each(&mut take);
        chosen.sort_unstable();
        let certainty = if sure { Certainty::Stated } else { Certainty::Inferred };
        let (value, cites) = self.quote(source, &chosen);
        Some(Fact { value, certainty, basis: Basis::Telling(telling), cites })
    }

    /// "This resulted in …", "When this occurred, …": what it tells of stands in front of it.
    fn refers_back(&self, place: usize) -> bool {
        list(Words::RefersBack).strip_start(self.text(place)).is_some()
    }

    /// "It resulted from three factors:": what it tells stands in the list behind it.
    fn announces(&self, place: usize) -> bool {
        self.text(place).trim_end().ends_with(':')
    }

    fn is_listed_below(&self, head: usize, place: usize) -> bool {
        self.get(head).zip(self.get(place)).is_some_and(|(head, entry)| head.passage.list + 1 == entry.passage.list)
    }

    /// The sentences as one text, each run of neighbours a line.
    fn quote(&self, source: &Source, places: &[usize]) -> (String, Vec<Cite>) {
        let mut text = String::new();
        let mut cites = Vec::new();
        let mut last = None;
        for place in places.iter().copied() {
            let Some(sentence): Option<&Sentence> = self.get(place) else { continue };
            if let Some(last) = last {
                text.push(if self.before(place) == Some(last) { ' ' } else { '\n' });
            }
            text.push_str(&collapse(sentence.text()));
            cites.push(source.cite(sentence.passage.text.span(sentence.range())));
            last = Some(place);
        }
        (text, cites)
    }
}
