//! Why it happened: the section that says so, or the sentences that most clearly do.

use super::event::collapse;
use super::mention::is_planning;
use super::naming::Read;
use super::story::{gathered, section};
use crate::document::Text;
use crate::extract::lexicon::{Cue, Topic};
use crate::extract::passage::{Form, Heading, Passage};
use crate::extract::words::{Words, list};
use crate::incident::{Certainty, EventKind, Fact};
use crate::source::{Cite, Source, Span};
use std::ops::Range;

/// The most characters of a cause: a few sentences, not the essay.
const CAUSE: usize = 600;
/// The least score of a sentence that says why where no section does.
const LEAST: i32 = 12;

/// The cause: the section's own words where it is short, else the sentences of the section, the summary or the story that
/// most clearly say why, in the report's order.
pub fn cause(source: &Source, passages: Read, prose: &[&Passage], updates: &[EventKind]) -> Option<Fact<String>> {
    let in_section = |passage: &Passage| passage.topic == Some(Topic::Cause) && passage.form != Form::Row;
    let named = |passage: &Passage| {
        let heading = passage.heading.as_ref().is_some_and(|heading| heading.text.as_str().to_lowercase().contains("cause"));
        heading || passage.label.as_ref().is_some_and(|label| label.as_str().to_lowercase().contains("cause"))
    };
    // A section that calls itself the cause goes before one that tells what went wrong.
    let sure = passages.iter().any(|(passage, _)| in_section(passage) && named(passage));
    let own = |passage: &Passage| in_section(passage) && (!sure || named(passage));
    let length: usize = passages.iter().map(|(passage, _)| passage).filter(|p| own(p)).map(|passage| passage.text.as_str().len() + 1).sum();
    if (1..=CAUSE).contains(&length) {
        return gathered(source, passages.iter().map(|(passage, _)| passage).filter(|p| own(p)), CAUSE);
    }
    let silent = |topic: Option<Topic>| {
        is_planning(topic) || matches!(topic, Some(Topic::Factors | Topic::Timeline | Topic::Detection | Topic::Resolution))
    };
    let mut candidates: Vec<Candidate> = Vec::new();
    for passage in prose.iter().copied().filter(|passage| !silent(passage.topic)) {
        candidates.extend(candidates_in(passage, candidates.len(), place_of(passage, updates)));
    }
    let least = if length > 0 { i32::MIN } else { LEAST };
    if length == 0
        && let Some(causes) = of_each_part(source, &candidates)
    {
        return Some(causes);
    }
    let best = candidates
        .iter()
        .filter(|candidate| candidate.score >= least)
        .max_by_key(|candidate| (candidate.score, std::cmp::Reverse(candidate.order)));
    match best {
        Some(best) => Some(quote(source, chosen(best, &candidates))),
        None => section(source, passages, Topic::Factors, CAUSE),
    }
}

/// Several outages told under headings of their own ("First downtime", "Second downtime") have a cause each.
fn of_each_part(source: &Source, candidates: &[Candidate]) -> Option<Fact<String>> {
    let mut parts: Vec<(Span, &Candidate)> = Vec::new();
    for candidate in candidates.iter().filter(|candidate| candidate.score >= 16) {
        let Some(heading) = candidate.passage.heading.as_ref().filter(|heading| is_outage(heading)) else { continue };
        let place = heading.text.whole();
        match parts.iter_mut().find(|(known, _)| *known == place) {
            Some((_, best)) if candidate.score > best.score => *best = candidate,
            Some(_) => {}
            None => parts.push((place, candidate)),
        }
    }
    let words: Vec<Text> = parts.iter().map(|(_, candidate)| candidate.sentence()).collect();
    let text = words.iter().map(|words| collapse(words.as_str())).collect::<Vec<_>>().join("\n");
    let cites: Vec<Cite> = words.iter().map(|words| source.cite(words.whole())).collect();
    let first = *cites.first()?;
    (parts.len() >= 2 && text.len() <= CAUSE).then(|| Fact { cites, ..Fact::stated(text, first) })
}

/// A heading of its own that names an outage.
fn is_outage(heading: &Heading) -> bool {
    heading.topic.is_none() && list(Words::OutageNouns).is_in(heading.text.as_str())
}

/// A sentence that may say why.
struct Candidate<'p, 'a> {
    passage: &'p Passage<'a>,
    index: usize,
    score: i32,
    order: usize,
    length: usize,
}

impl<'a> Candidate<'_, 'a> {
    fn sentence(&self) -> Text<'a> {
        self.passage.text.part(self.range())
    }

    fn range(&self) -> Range<usize> {
        self.passage.sentences().get(self.index).cloned().unwrap_or_default()
    }

    /// "This resulted in …", "When this occurred, …": what it tells of stands in front of it.
    fn refers_back(&self) -> bool {
        list(Words::RefersBack).strip_start(self.sentence().as_str()).is_some()
    }

    fn is_before(&self, other: &Candidate) -> bool {
        self.order + 1 == other.order && std::ptr::eq(self.passage, other.passage)
    }
}

/// What is quoted: the best sentence, the one it refers back to, how the section on the cause opens, others that say why,
/// then what stands around the best, as far as it fits.
fn chosen<'c, 'p, 'a>(best: &'c Candidate<'p, 'a>, candidates: &'c [Candidate<'p, 'a>]) -> Vec<&'c Candidate<'p, 'a>> {
    let mut room = CAUSE;
    let mut chosen: Vec<&Candidate> = Vec::new();
    let mut take = |candidate: &'c Candidate<'p, 'a>| {
        let length = candidate.length + 1;
        if length <= room && !chosen.iter().any(|known| known.order == candidate.order) {
            room -= length;
            chosen.push(candidate);
        }
    };
    take(best);
    let before = candidates.iter().find(|candidate| candidate.is_before(best));
    before.filter(|_| best.refers_back()).into_iter().for_each(&mut take);
    let in_section = |candidate: &&Candidate| candidate.passage.topic == Some(Topic::Cause);
    let opening = candidates.iter().find(in_section);
    opening.into_iter().for_each(&mut take);
    let behind =
        || candidates.iter().filter(|candidate| candidate.order > best.order && std::ptr::eq(candidate.passage, best.passage)).take(4);
    // What follows "the root cause was …" tells how.
    if best.passage.cues_in(&best.range()).any(|(cue, _)| *cue == Cue::SureCause) {
        behind().for_each(&mut take);
    }
    let mut others: Vec<&Candidate> =
        candidates.iter().filter(|candidate| candidate.score >= LEAST && (opening.is_none() || in_section(candidate))).collect();
    others.sort_by_key(|candidate| std::cmp::Reverse(candidate.score));
    others.into_iter().take(8).for_each(&mut take);
    before.into_iter().for_each(&mut take);
    behind().for_each(&mut take);
    chosen.sort_by_key(|candidate| candidate.order);
    chosen
}

/// The sentences as one text, each run of neighbours a line.
fn quote(source: &Source, sentences: Vec<&Candidate>) -> Fact<String> {
    let mut text = String::new();
    let mut cites = Vec::new();
    let mut last: Option<&Candidate> = None;
    for candidate in sentences {
        if let Some(last) = last {
            text.push(if last.is_before(candidate) { ' ' } else { '\n' });
        }
        let words = candidate.sentence();
        text.push_str(&collapse(words.as_str()));
        cites.push(source.cite(words.whole()));
        last = Some(candidate);
    }
    Fact { value: text, certainty: Certainty::Stated, cites }
}

/// How likely a passage is to say why, by where it stands.
fn place_of(passage: &Passage, updates: &[EventKind]) -> i32 {
    let section = match passage.topic {
        Some(Topic::Cause) => 4,
        Some(Topic::Impact) => -4,
        _ => 0,
    };
    let update = match passage.update.and_then(|update| updates.get(update)) {
        Some(EventKind::Identified) => 2,
        // What was posted at the end knows more.
        Some(EventKind::Resolved | EventKind::Published) => 1,
        None => 0,
        Some(_) => -2,
    };
    section + update
}

fn candidates_in<'p, 'a>(passage: &'p Passage<'a>, before: usize, place: i32) -> Vec<Candidate<'p, 'a>> {
    let text = passage.text.as_str();
    let of = |(index, range): (usize, &Range<usize>)| {
        // "The issue has been identified and a fix is being implemented" names no cause.
        text.get(range.clone()).filter(|words| words.len() <= CAUSE && !list(Words::NoCause).is_in(words))?;
        Some(Candidate {
            passage,
            index,
            score: (reason(passage, range) + place) * 4 - i32::try_from(index.min(8)).unwrap_or(8),
            order: before + index,
            length: range.len(),
        })
    };
    passage.sentences().iter().enumerate().filter_map(of).collect()
}

/// How clearly a sentence says why: an effect, what it came from, and the link between them.
fn reason(passage: &Passage, sentence: &Range<usize>) -> i32 {
    let score = |cue: Cue| match cue {
        Cue::SureCause => 8,
        Cue::StrongCause => 4,
        Cue::Cause => 3,
        Cue::Fault => 3,
        Cue::Impact => 1,
        Cue::Remedy => -3,
        Cue::Commitment => -6,
        Cue::StrongImpact => -1,
        _ => 0,
    };
    let mut found: Vec<Cue> = passage.cues_in(sentence).map(|(cue, _)| *cue).collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(score).sum()
}
