//! What happened, why, what customers noticed, what ended it and what was learned, in the report's own words.

use super::cause;
use super::naming::Read;
use super::sentences::Sentences;
use super::update::Post;
use crate::basis::{Basis, Rule};
use crate::extract::lexicon::{self, Cue, Topic};
use crate::extract::passage::{Form, Passage};
use crate::incident::Fact;
use crate::source::{Cite, Source};

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
pub fn story(source: &Source, passages: Read, posts: &[Post], (sentences, judge): (&Sentences, &dyn super::Judge)) -> Story {
    let section = |topic: Topic, most: usize| section(source, passages, topic, most);
    let told = |passage: &&Passage| passage.update.is_none_or(|update| posts.get(update).is_some_and(|post| post.conclusive));
    let prose: Vec<&Passage> = passages.iter().map(|(passage, _)| passage).filter(|p| p.is_prose()).filter(told).collect();
    let summary = section(Topic::Summary, TEXT).or_else(|| first_paragraph(source, &prose));
    // "impact: major" is how bad it was, not what customers felt.
    let level = |passage: &Passage| passage.form == Form::Field && lexicon::severity_level(passage.text.as_str()).is_some();
    let felt = passages.iter().map(|(passage, _)| passage).filter(|passage| passage.topic == Some(Topic::Impact) && !level(passage));
    let felt = felt.filter(|passage| passage.form != Form::Row);
    let customer_impact =
        gathered(source, felt, TEXT, Basis::Labelled(Topic::Impact)).or_else(|| sentence(source, &prose, &[Cue::StrongImpact], TEXT));
    let root_cause = cause::cause(source, passages, sentences, judge);
    let resolution = section(Topic::Resolution, TEXT).or_else(|| actions_taken(source, &prose));
    let lessons = passages
        .iter()
        .map(|(passage, _)| passage)
        .filter(|passage| passage.topic == Some(Topic::Lessons) && !matches!(passage.form, Form::Field));
    let lesson = |passage: &Passage| clipped(source, passage, Basis::Labelled(Topic::Lessons));
    let lessons = lessons.map(lesson).collect();
    Story { summary, customer_impact, root_cause, resolution, lessons }
}

pub(super) fn section(source: &Source, passages: Read, topic: Topic, most: usize) -> Option<Fact<String>> {
    let in_form = |passage: &&Passage| matches!(passage.form, Form::Prose | Form::Item { .. } | Form::Field);
    let own = passages.iter().map(|(passage, _)| passage).filter(|passage| passage.topic == Some(topic)).filter(in_form);
    gathered(source, own, most, Basis::Labelled(topic))
}

/// The passages' words as one text, as far as they fit.
pub(super) fn gathered<'p, 'a: 'p>(
    source: &Source,
    own: impl Iterator<Item = &'p Passage<'a>>,
    most: usize,
    basis: Basis,
) -> Option<Fact<String>> {
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
    Some(Fact { cites, ..Fact::stated(text, first, basis) })
}

/// A passage's words as a text.
fn clipped(source: &Source, passage: &Passage, basis: Basis) -> Fact<String> {
    Fact::stated(clip(passage.text.as_str(), TEXT), source.cite(passage.text.whole()), basis)
}

/// Text with single spaces, cut at a sentence's end where it is too long.
pub(super) fn clip(text: &str, most: usize) -> String {
    let whole = super::event::collapse(text);
    if whole.len() <= most {
        return whole;
    }
    let head = whole.get(..whole.floor_char_boundary(most)).unwrap_or_default();
    match head.rfind(". ") {
        Some(stop) if stop > most / 3 => head.get(..=stop).unwrap_or(head).to_owned(),
        _ => format!("{head}…"),
    }
}

fn first_paragraph(source: &Source, prose: &[&Passage]) -> Option<Fact<String>> {
    let telling = |passage: &&&Passage| passage.form == Form::Prose && passage.topic.is_none() && passage.text.as_str().len() > 60;
    prose.iter().find(telling).map(|passage| clipped(source, passage, Basis::Ruled(Rule::FirstParagraph)))
}

/// The first sentence that holds one of `cues`.
fn sentence(source: &Source, prose: &[&Passage], cues: &[Cue], most: usize) -> Option<Fact<String>> {
    prose.iter().filter(|passage| !super::mention::is_planning(passage.topic)).find_map(|passage| {
        let range = passage.sentences().iter().find(|range| passage.cues_in(range).any(|(cue, _)| cues.contains(cue)))?;
        let part = passage.text.part(range.clone());
        Some(Fact::stated(clip(part.as_str(), most), source.cite(part.whole()), Basis::Ruled(Rule::SentenceOfImpact)))
    })
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
    Some(Fact { cites, ..Fact::stated(text, first, Basis::Ruled(Rule::SentencesOfFix)) })
}
