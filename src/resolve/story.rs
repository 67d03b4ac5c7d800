//! What happened, why, what customers noticed, what ended it and what was learned, in the report's own words.

use super::naming::Read;
use crate::document::Text;
use crate::extract::lexicon::{Cue, Topic};
use crate::extract::passage::{Form, Heading, Passage};
use crate::extract::words::{Words, list};
use crate::incident::{EventKind, Fact};
use crate::source::{Cite, Source};
use std::ops::Range;

/// The most characters of a cause: a sentence or two, not the essay.
const CAUSE: usize = 600;
/// The most characters of any other text.
const TEXT: usize = 1200;

/// The words of a section.
pub struct Story {
    /// What happened.
    pub summary: Option<Fact<String>>,
    /// What customers noticed.
    pub customer_impact: Option<Fact<String>>,
    /// Why.
    pub root_cause: Option<Fact<String>>,
    /// What ended it.
    pub resolution: Option<Fact<String>>,
    /// What was learned.
    pub lessons: Vec<Fact<String>>,
}

/// Reads the story: by sections where they are marked, else by what the sentences say.
pub fn story(source: &Source, passages: Read, conclusive: &[bool], updates: &[EventKind]) -> Story {
    let section = |topic: Topic, most: usize| section(source, passages, topic, most);
    let told = |passage: &&Passage| passage.update.is_none_or(|update| conclusive.get(update) == Some(&true));
    let prose: Vec<&Passage> =
        passages.iter().map(|(passage, _)| passage).filter(|p| matches!(p.form, Form::Prose | Form::Item { .. })).filter(told).collect();
    let summary = section(Topic::Summary, TEXT).or_else(|| first_paragraph(source, &prose));
    let customer_impact = section(Topic::Impact, TEXT).or_else(|| sentence(source, &prose, &[Cue::StrongImpact], TEXT));
    let all: Vec<&Passage> =
        passages.iter().map(|(passage, _)| passage).filter(|p| matches!(p.form, Form::Prose | Form::Item { .. })).collect();
    let root_cause = cause(source, passages, &all, updates);
    let resolution = section(Topic::Resolution, TEXT).or_else(|| actions_taken(source, &prose));
    let lessons = passages
        .iter()
        .map(|(passage, _)| passage)
        .filter(|passage| passage.topic == Some(Topic::Lessons) && !matches!(passage.form, Form::Field));
    let lessons = lessons.map(|passage| Fact::stated(clip(passage.text.as_str(), TEXT), source.cite(passage.text.whole()))).collect();
    Story { summary, customer_impact, root_cause, resolution, lessons }
}

fn section(source: &Source, passages: Read, topic: Topic, most: usize) -> Option<Fact<String>> {
    let in_form = |passage: &&Passage| matches!(passage.form, Form::Prose | Form::Item { .. } | Form::Field);
    gathered(source, passages.iter().map(|(passage, _)| passage).filter(|passage| passage.topic == Some(topic)).filter(in_form), most)
}

/// The passages' words as one text, as far as they fit.
fn gathered<'p, 'a: 'p>(source: &Source, own: impl Iterator<Item = &'p Passage<'a>>, most: usize) -> Option<Fact<String>> {
    let mut text = String::new();
    let mut cites: Vec<Cite> = Vec::new();
    for passage in own {
        if !text.is_empty() && text.len() + passage.text.as_str().len() > most {
            break;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        if matches!(passage.form, Form::Item { .. }) {
            text.push_str("• ");
        }
        text.push_str(&clip(passage.text.as_str(), most));
        cites.push(source.cite(passage.text.whole()));
    }
    let first = cites.first().copied()?;
    Some(Fact { cites, ..Fact::stated(text, first) })
}

/// Text with single spaces, cut at a sentence's end where it is too long.
fn clip(text: &str, most: usize) -> String {
    let whole = super::event::collapse(text);
    if whole.len() <= most {
        return whole;
    }
    let mut end = most;
    while !whole.is_char_boundary(end) {
        end -= 1;
    }
    let head = whole.get(..end).unwrap_or_default();
    match head.rfind(". ") {
        Some(stop) if stop > most / 3 => head.get(..=stop).unwrap_or(head).to_owned(),
        _ => format!("{head}…"),
    }
}

fn first_paragraph(source: &Source, prose: &[&Passage]) -> Option<Fact<String>> {
    let telling = |passage: &&&Passage| passage.form == Form::Prose && passage.topic.is_none() && passage.text.as_str().len() > 60;
    prose.iter().find(telling).map(|passage| Fact::stated(clip(passage.text.as_str(), TEXT), source.cite(passage.text.whole())))
}

/// The first sentence that holds one of `cues`.
fn sentence(source: &Source, prose: &[&Passage], cues: &[Cue], most: usize) -> Option<Fact<String>> {
    prose.iter().filter(|passage| !super::mention::is_planning(passage.topic)).find_map(|passage| {
        let range = passage.sentences().iter().find(|range| passage.cues_in(range).any(|(cue, _)| cues.contains(cue)))?;
        let part = passage.text.part(range.clone());
        Some(Fact::stated(clip(part.as_str(), most), source.cite(part.whole())))
    })
}

/// The cause: the section's own words where it is short, else the sentence of the section, the summary or the story that
/// most clearly says why, with what follows it as far as it fits.
fn cause(source: &Source, passages: Read, prose: &[&Passage], updates: &[EventKind]) -> Option<Fact<String>> {
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
        super::mention::is_planning(topic) || matches!(topic, Some(Topic::Factors | Topic::Timeline | Topic::Detection | Topic::Resolution))
    };
    let mut candidates: Vec<Candidate> = Vec::new();
    for passage in prose.iter().copied().filter(|passage| !silent(passage.topic)) {
        candidates.extend(candidates_in(passage, candidates.len(), place_of(passage, updates)));
    }
    let least = if length > 0 { i32::MIN } else { 12 };
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
        Some(best) => Some(best.with_following(source)),
        None => section(source, passages, Topic::Factors, CAUSE),
    }
}

/// Several outages told under headings of their own ("First downtime", "Second downtime") have a cause each.
fn of_each_part(source: &Source, candidates: &[Candidate]) -> Option<Fact<String>> {
    let mut parts: Vec<(crate::source::Span, &Candidate)> = Vec::new();
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
    let text = words.iter().map(|words| super::event::collapse(words.as_str())).collect::<Vec<_>>().join("\n");
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
}

impl<'a> Candidate<'_, 'a> {
    fn sentence(&self) -> Text<'a> {
        let sentences = self.passage.sentences();
        self.passage.text.part(sentences.get(self.index).cloned().unwrap_or_default())
    }

    fn with_following(&self, source: &Source) -> Fact<String> {
        let sentences = self.passage.sentences();
        let own = sentences.get(self.index).cloned().unwrap_or_default();
        // What a sentence refers back to ("this resulted in …") stands in front of it.
        let before = self.index.checked_sub(1).and_then(|index| sentences.get(index)).filter(|before| own.end - before.start <= CAUSE);
        let start = before.map_or(own.start, |before| before.start);
        let ends = sentences.iter().skip(self.index).map(|range| range.end);
        let end = ends.take_while(|end| *end <= start + CAUSE).last().unwrap_or(own.end);
        let part: Text = self.passage.text.part(start..end);
        Fact::stated(super::event::collapse(part.as_str()), source.cite(part.whole()))
    }
}

/// How likely a passage is to say why, by where it stands.
fn place_of(passage: &Passage, updates: &[EventKind]) -> i32 {
    let section = match passage.topic {
        Some(Topic::Cause) => 4,
        Some(Topic::Impact) => -4,
        _ => 0,
    };
    let update = match passage.update.and_then(|update| updates.get(update)) {
        Some(EventKind::Identified) => 3,
        Some(EventKind::Resolved | EventKind::Published) | None => 0,
        Some(_) => -2,
    };
    section + update
}

fn candidates_in<'p, 'a>(passage: &'p Passage<'a>, before: usize, place: i32) -> Vec<Candidate<'p, 'a>> {
    let text = passage.text.as_str();
    let of = |(index, range): (usize, &Range<usize>)| {
        text.get(range.clone()).filter(|words| words.len() <= CAUSE)?;
        Some(Candidate {
            passage,
            index,
            score: (reason(passage, range) + place) * 4 - i32::try_from(index.min(8)).unwrap_or(8),
            order: before + index,
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

/// Sentences and entries that tell what ended it, where no section does.
fn actions_taken(source: &Source, prose: &[&Passage]) -> Option<Fact<String>> {
    let mut text = String::new();
    let mut cites = Vec::new();
    for passage in prose.iter().filter(|passage| {
        !super::mention::is_planning(passage.topic) && !matches!(passage.topic, Some(Topic::Timeline | Topic::Cause | Topic::Factors))
    }) {
        let whole = passage.text.as_str();
        for range in passage.sentences() {
            let words = whole.get(range.clone()).unwrap_or_default();
            let says = |cue: Cue| passage.cues_in(range).any(|(found, _)| *found == cue);
            let ended = says(Cue::Mitigated) && !says(Cue::Commitment);
            if ended && text.len() + words.len() < TEXT {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(&super::event::collapse(words));
                cites.push(source.cite(passage.text.span(range.clone())));
            }
        }
    }
    let first = cites.first().copied()?;
    Some(Fact { cites, ..Fact::stated(text, first) })
}
