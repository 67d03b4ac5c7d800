//! What happened, why, what customers noticed, what ended it and what was learned, in the report's own words.

use super::naming::Read;
use crate::document::Text;
use crate::extract::lexicon::{self, Cue, Topic};
use crate::extract::passage::{Form, Passage};
use crate::extract::prose;
use crate::incident::Fact;
use crate::source::{Cite, Source};

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
pub fn story(source: &Source, passages: Read, conclusive: &[bool]) -> Story {
    let section = |topic: Topic, most: usize| section(source, passages, topic, most);
    let told = |passage: &&Passage| passage.update.is_none_or(|update| conclusive.get(update) == Some(&true));
    let prose: Vec<&Passage> =
        passages.iter().map(|(passage, _)| passage).filter(|p| matches!(p.form, Form::Prose | Form::Item { .. })).filter(told).collect();
    let summary = section(Topic::Summary, TEXT).or_else(|| first_paragraph(source, &prose));
    let customer_impact = section(Topic::Impact, TEXT).or_else(|| sentence(source, &prose, &[Cue::StrongImpact], TEXT));
    let root_cause = cause(source, passages, &prose);
    let resolution = section(Topic::Resolution, TEXT).or_else(|| actions_taken(source, &prose));
    let lessons = passages
        .iter()
        .map(|(passage, _)| passage)
        .filter(|passage| passage.topic == Some(Topic::Lessons) && !matches!(passage.form, Form::Field));
    let lessons = lessons.map(|passage| Fact::stated(clip(passage.text.as_str(), TEXT), source.cite(passage.text.whole()))).collect();
    Story { summary, customer_impact, root_cause, resolution, lessons }
}

fn section(source: &Source, passages: Read, topic: Topic, most: usize) -> Option<Fact<String>> {
    let mut text = String::new();
    let mut cites: Vec<Cite> = Vec::new();
    let own = passages
        .iter()
        .map(|(passage, _)| passage)
        .filter(|passage| passage.topic == Some(topic) && matches!(passage.form, Form::Prose | Form::Item { .. } | Form::Field));
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
        let text = passage.text.as_str();
        let holds = |words: &str| lexicon::cues(words).any(|(cue, _)| cues.contains(&cue));
        let range = prose::sentences(text).into_iter().find(|range| text.get(range.clone()).is_some_and(holds))?;
        let part = passage.text.part(range);
        Some(Fact::stated(clip(part.as_str(), most), source.cite(part.whole())))
    })
}

/// The cause: the section's own words where it is short, its telling sentences where it is long, else the sentence of the
/// report that most clearly says why.
fn cause(source: &Source, passages: Read, prose: &[&Passage]) -> Option<Fact<String>> {
    let own: Vec<&Passage> =
        passages.iter().map(|(passage, _)| passage).filter(|p| p.topic == Some(Topic::Cause) && p.form != Form::Row).collect();
    if !own.is_empty() {
        let length: usize = own.iter().map(|passage| passage.text.as_str().len() + 1).sum();
        if length <= CAUSE {
            return section(source, passages, Topic::Cause, CAUSE);
        }
        return best_sentences(source, &own, true);
    }
    let factors: Vec<&Passage> =
        passages.iter().map(|(passage, _)| passage).filter(|p| p.topic == Some(Topic::Factors) && p.form != Form::Row).collect();
    let told: Vec<&Passage> = prose
        .iter()
        .copied()
        .filter(|p| !super::mention::is_planning(p.topic) && !matches!(p.topic, Some(Topic::Factors | Topic::Timeline)))
        .collect();
    best_sentences(source, &told, false)
        .or_else(|| (!factors.is_empty()).then(|| section(source, passages, Topic::Factors, CAUSE)).flatten())
}

/// How clearly a sentence says why.
fn reason(words: &str) -> i32 {
    let score = |cue: Cue| match cue {
        Cue::SureCause => 5,
        Cue::StrongCause => 6,
        Cue::Cause => 3,
        Cue::Identified => 1,
        Cue::Commitment => -6,
        _ => 0,
    };
    let mut found: Vec<Cue> = lexicon::cues(words).map(|(cue, _)| cue).collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(score).sum()
}

/// The sentence with the clearest reason and, while they fit, those that follow it.
fn best_sentences(source: &Source, passages: &[&Passage], whole_section: bool) -> Option<Fact<String>> {
    let mut best: Option<(i32, &Passage, usize)> = None;
    let mut order = 0;
    for passage in passages {
        let text = passage.text.as_str();
        for (index, range) in prose::sentences(text).iter().enumerate() {
            let words = text.get(range.clone()).unwrap_or_default();
            if words.len() > CAUSE {
                continue;
            }
            // Early sentences say what the later ones explain.
            let score = reason(words) * 4 - order.min(12);
            order += 1;
            if (whole_section || reason(words) >= 6) && best.is_none_or(|(most, ..)| score > most) {
                best = Some((score, passage, index));
            }
        }
    }
    let (_, passage, index) = best?;
    let text = passage.text.as_str();
    let sentences = prose::sentences(text);
    let first = sentences.get(index)?;
    let mut end = first.end;
    for next in sentences.iter().skip(index + 1) {
        if next.end - first.start > CAUSE {
            break;
        }
        end = next.end;
    }
    let part: Text = passage.text.part(first.start..end);
    let text = super::event::collapse(part.as_str());
    (text.len() <= CAUSE).then(|| Fact::stated(text, source.cite(part.whole())))
}

/// Sentences and entries that tell what ended it, where no section does.
fn actions_taken(source: &Source, prose: &[&Passage]) -> Option<Fact<String>> {
    let mut text = String::new();
    let mut cites = Vec::new();
    for passage in prose.iter().filter(|passage| {
        !super::mention::is_planning(passage.topic) && !matches!(passage.topic, Some(Topic::Timeline | Topic::Cause | Topic::Factors))
    }) {
        let whole = passage.text.as_str();
        for range in prose::sentences(whole) {
            let words = whole.get(range.clone()).unwrap_or_default();
            let found: Vec<Cue> = lexicon::cues(words).map(|(cue, _)| cue).collect();
            let ended = found.contains(&Cue::Mitigated) && !found.contains(&Cue::Commitment);
            if ended && text.len() + words.len() < TEXT {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(&super::event::collapse(words));
                cites.push(source.cite(passage.text.span(range)));
            }
        }
    }
    let first = cites.first().copied()?;
    Some(Fact { cites, ..Fact::stated(text, first) })
}
