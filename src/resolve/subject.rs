//! What was affected, where nothing lists it: the names in the title and in the sentence about customers.

pub mod title;

use super::event::collapse;
use super::naming::{Read, split_list, without_spared};
use crate::basis::{Basis, Rule};
use crate::document::Text;
use crate::extract::lexicon::{self, Cue, Topic};
use crate::extract::passage::{Form, Passage};
use crate::extract::time::times;
use crate::extract::words::{Words, list};
use crate::incident::Fact;
use crate::source::Source;

/// The services named by the title ("Incident with A and B", "A and B - Region", "A service disruption") or by a sentence that
/// says they were hurt.
pub fn services(source: &Source, title: Option<&Text>, passages: Read) -> Vec<Fact<String>> {
    let mut names = hurt(source, passages);
    let title = title.filter(|text| text.as_str().len() <= 200 && !text.as_str().contains('\n'));
    if let Some(title) = title {
        split_names(&title::subject(title)).iter().for_each(|text| add(source, &mut names, text, Rule::NamedInTitle));
    }
    names
}

/// No incident hurts more than so many services by name; each is compared with all others.
const MOST_NAMES: usize = 200;

/// Adds a name that is none of those known.
fn add(source: &Source, names: &mut Vec<Fact<String>>, text: &Text, rule: Rule) {
    let name = collapse(text.as_str().trim_matches(|c: char| matches!(c, ',' | '.' | ' ' | '"' | '\'' | '’')));
    let bare = core(&name);
    let known = |known: &Fact<String>| core(&known.value) == bare;
    if names.len() < MOST_NAMES && !name.is_empty() && name.len() <= 60 && is_name(&name) && !names.iter().any(known) {
        names.push(Fact::inferred(name, vec![source.cite(text.whole())], Basis::Ruled(rule)));
    }
}

/// The passages that tell what was felt.
fn told<'c, 'a>(passages: Read<'c, 'a>) -> impl Iterator<Item = &'c Passage<'a>> {
    let telling = |passage: &&Passage| matches!(passage.topic, None | Some(Topic::Summary | Topic::Impact)) && passage.form != Form::Field;
    passages.iter().map(|(passage, _)| passage).filter(telling)
}

/// The names that the text says were hurt.
pub fn hurt(source: &Source, passages: Read) -> Vec<Fact<String>> {
    let mut names: Vec<Fact<String>> = Vec::new();
    let mut add = |text: &Text, rule| add(source, &mut names, text, rule);
    // A table of products and what each of them felt.
    let rows = passages.iter().map(|(passage, _)| passage).filter(|passage| passage.form == Form::Row && names_products(passage));
    for passage in without_spared(rows.collect()) {
        passage.cells.iter().take(1).for_each(|name| add(name, Rule::ListedAsHurt));
    }
    for passage in told(passages) {
        defined(&passage.text).iter().for_each(|name| add(name, Rule::ListedAsHurt));
    }
    for passage in told(passages).take(12) {
        impaired(passage).iter().flat_map(split_names).for_each(|name| add(&name, Rule::ToldToFail));
    }
    names
}

/// "Cache - unable to connect Object Search - search unavailable …": the names in a list that was flattened, three or more.
fn defined<'a>(text: &Text<'a>) -> Vec<Text<'a>> {
    let whole = text.as_str();
    let mut names = Vec::new();
    let dashes = |dash: &'static str| memchr::memmem::find_iter(whole.as_bytes(), dash);
    for at in dashes(" - ").chain(dashes(" – ")) {
        let before = whole.get(..at).unwrap_or_default();
        let mut start = at;
        for word in before.rsplit(' ').take(5) {
            if !word.starts_with(|c: char| c.is_uppercase()) || word.ends_with(['.', ':', ',']) {
                break;
            }
            start = start.saturating_sub(word.len() + usize::from(start < at));
        }
        if start < at {
            names.push(text.part(start..at));
        }
    }
    if names.len() < 3 { Vec::new() } else { names }
}

/// A table whose first column lists products or services.
fn names_products(passage: &Passage) -> bool {
    passage.columns.first().is_some_and(|column| list(Words::ProductColumns).holds(column.as_str().trim()))
}

/// "Editor Sync was degraded", "Ledger Compute experienced packet loss": the names
/// that a sentence says were hurt. One-word names must be more than a capital at a sentence's start.
fn impaired<'a>(passage: &Passage<'a>) -> Vec<Text<'a>> {
    let text = &passage.text;
    let whole = text.as_str();
    let mut found = Vec::new();
    for range in passage.sentences() {
        let sentence = whole.get(range.clone()).unwrap_or_default();
        let says = |wanted: fn(&Cue) -> bool| passage.cues_in(range).any(|(cue, _)| wanted(cue));
        let impact = passage.topic == Some(Topic::Impact) && says(|cue| *cue == Cue::Impact);
        let hurt = impact || says(|cue| matches!(cue, Cue::InferHigh | Cue::InferMedium | Cue::Onset));
        if !hurt || says(|cue| matches!(cue, Cue::Mitigated | Cue::Monitoring | Cue::Commitment)) {
            continue;
        }
        let subject = list(Words::HurtVerbs).first(sentence).map_or(0, |verb| verb.start);
        let start = clause_start(sentence, subject);
        let (start, subject) = without_kind(sentence, start, subject);
        let name = sentence.get(start..subject).unwrap_or_default();
        let subject = start + name.find(", which ").unwrap_or(name.len());
        let name = sentence.get(start..subject).unwrap_or_default();
        let proper =
            start > 0 || name.split_whitespace().count() >= 2 || name.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit());
        if proper
            && name
                .split_whitespace()
                .all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '(') || matches!(word, "and" | "&"))
        {
            found.push(text.part(range.start + start..range.start + subject));
        }
    }
    found
}

/// Where the clause starts whose subject ends at `end`: behind the times in front, and behind what links it to another.
fn clause_start(sentence: &str, end: usize) -> usize {
    let before = sentence.get(..end).unwrap_or_default();
    let linked = list(Words::ClauseLinks).places(before).last().map_or(0, |link| link.end);
    let lead = before.get(linked..).unwrap_or_default();
    let timed = times(lead).last().and_then(|time| {
        let behind = time.range().end;
        Some(behind + lead.get(behind..)?.find(", ")? + 2)
    });
    linked + timed.unwrap_or(0)
}

/// "The Managed Kubernetes and Container Run services" without the words that say what kind of thing they are.
fn without_kind(sentence: &str, start: usize, end: usize) -> (usize, usize) {
    let name = sentence.get(start..end).unwrap_or_default();
    let bare = name.strip_prefix("The ").or_else(|| name.strip_prefix("the ")).unwrap_or(name);
    let start = end - bare.len();
    (start, list(Words::KindsOfThings).strip_end(bare).map_or(end, |rest| start + rest.len()))
}

/// A name without a bracketed short form and without case, to tell doubles.
fn core(name: &str) -> String {
    let bare = name.split(" (").next().unwrap_or(name);
    bare.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
}

/// The names of a list, "or" parting them too.
fn split_names<'a>(text: &Text<'a>) -> Vec<Text<'a>> {
    let mut names = Vec::new();
    for part in split_list(text) {
        let whole = part.as_str();
        match whole.find(" or ") {
            Some(at) => {
                names.push(part.part(0..at).trimmed());
                names.push(part.part(at + 4..whole.len()).trimmed());
            }
            None => {
                let skip = if whole.starts_with("or ") { 3 } else { 0 };
                names.push(part.part(skip..whole.len()).trimmed());
            }
        }
    }
    names
}

/// Names start with a capital or hold one or a digit; "the affected requests" names nothing.
fn is_name(name: &str) -> bool {
    let words = name.split_whitespace().count();
    const LINKS: [&str; 6] = ["of", "for", "and", "the", "to", "in"];
    let name = name.split(" (http").next().unwrap_or(name);
    let named = |word: &str| {
        word.contains(|c: char| c.is_uppercase() || c.is_ascii_digit()) || LINKS.contains(&word) || !word.contains(char::is_alphabetic)
    };
    let first = name.split_whitespace().next().unwrap_or_default();
    let vague = list(Words::NameVague).holds(first) || list(Words::OutageNouns).holds(name);
    let year = name.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4 && digits.starts_with(['1', '2']));
    if !times(name).is_empty() || !name.contains(char::is_alphabetic) || name.starts_with(['(', '[']) || year {
        return false;
    }
    name.split_whitespace().all(named) && !vague && words <= 5 && (words > 1 || lexicon::topic(name).is_none())
}
