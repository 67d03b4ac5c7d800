//! Work in running text: a section about work that has no list, and sentences that tell of work wherever they stand.

use super::entry::finish;
use super::planned;
use super::told::{answers, is_told_to, owner_to, told};
use super::weighed::is_open;
use crate::extract::lexicon::{self, Topic};
use crate::extract::passage::{Form, Passage};
use crate::extract::prose::sentences;
use crate::extract::time::{Time, times};
use crate::extract::words::{Words, is_grammar, list};
use crate::incident::{ActionItem, ActionState, Horizon};
use crate::resolve::Judge;
use crate::resolve::calendar::Calendar;
use crate::resolve::sentences::Sentences;
use crate::source::Source;
use std::collections::HashSet;
use std::ops::Range;

/// The most bytes of a section whose every sentence is work.
const BRIEF: usize = 400;
/// The most bytes of a sentence that is the name of a section.
const NAME: usize = 48;
/// The most bytes of a sentence that is work without a verb group that says so.
const TERSE: usize = 200;

/// What stands between two main clauses.
const JOINT: &str = ", and ";

/// The work that a section about work tells without a list, or what stands behind a sentence that names it ("Recommendations. Move
/// the toaster.").
pub fn in_section(source: &Source, passages: &[(Passage<'_>, Vec<Time>)], calendar: &Calendar) -> Vec<ActionItem> {
    let own = |passage: &&Passage| planned(passage) && matches!(passage.form, Form::Prose | Form::Field);
    let all = || passages.iter().map(|(passage, _)| passage);
    let brief = all().filter(own).map(|passage| passage.text.as_str().len()).sum::<usize>() <= BRIEF;
    let mut items = Vec::new();
    let mut above = None;
    for passage in all() {
        let text = passage.text.as_str();
        let (from, terse, named) = if own(&passage) {
            (0, brief || passage.label.is_some(), passage.label.is_some())
        } else if let Some(from) = behind_name(passage) {
            (from, text.len() - from <= BRIEF, true)
        } else {
            continue;
        };
        // Below the text somebody signs.
        let section = passage.heading.as_ref().map(|heading| heading.text.whole());
        let below = above == Some(section);
        above = Some(section);
        if below && !named && passage.form == Form::Prose && !text.ends_with(['.', ';', ')']) {
            continue;
        }
        for part in parts(text.get(from..).unwrap_or_default(), named) {
            let part = from + part.start..from + part.end;
            let words = text.get(part.clone()).unwrap_or_default();
            let mut told = clauses(words, &part);
            if told.is_empty() && (terse && is_terse(words, named) || is_told_to(words)) {
                told.push((part, owner_to(words), None));
            }
            items.extend(told.into_iter().filter_map(|clause| item(source, passage, clause, calendar)));
        }
    }
    items
}

/// Where the text behind the first sentence starts, where that names a section about work and nothing else.
fn behind_name(passage: &Passage) -> Option<usize> {
    let first = passage.sentences().first().filter(|_| passage.form == Form::Prose && passage.sentences().len() > 1)?;
    let name = passage.text.as_str().get(first.clone())?.trim_matches(['*', '_', '.', ':', ' ']);
    (name.len() <= NAME && lexicon::exact_topic(name) == Some(Topic::Actions)).then_some(first.end)
}

/// The work that sentences tell wherever they stand, by their grammar or by weights, but for posts of a running incident.
pub fn in_story(source: &Source, sentences: &Sentences, calendar: &Calendar, judge: &dyn Judge) -> Vec<ActionItem> {
    let mut seen = HashSet::new();
    let mut items = Vec::new();
    for (place, is_work) in judge.work(sentences).into_iter().enumerate() {
        let Some(sentence) = sentences.get(place) else { continue };
        let (passage, text) = (sentence.passage, sentence.text());
        if !is_open(sentence, sentences.posts()) {
            continue;
        }
        // The paragraphs of a numbered document come as a list.
        let runs = passage.form == Form::Prose || passage.text.as_str().trim_end().ends_with('.');
        let mut told = if runs { clauses(text, &sentence.range()) } else { Vec::new() };
        if told.is_empty() && is_work && !text.ends_with([':', '?']) && !answers(text) {
            let whole = sentence.range();
            let joint = second_clause(text);
            told.push((whole.start..joint.map_or(whole.end, |joint| whole.start + joint), owner_to(text), None));
            told.extend(joint.map(|joint| (whole.start + joint + JOINT.len()..whole.end, None, None)));
        }
        let told = told.into_iter().filter_map(|clause| item(source, passage, clause, calendar));
        items.extend(told.filter(|item| seen.insert(super::normal(&item.text))));
    }
    items
}

/// Where the first of two main clauses ends: "The job now stops, and the bill goes to finance."
fn second_clause(text: &str) -> Option<usize> {
    let joint = text.find(JOINT)?;
    let rest = text.get(joint + JOINT.len()..)?;
    let words: Vec<String> =
        rest.split_whitespace().take(9).map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()).collect();
    let third = |word: &str| word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
    let mut before = "";
    // "keeps the old one", "the bill goes to finance", but "the bills of finance" and "bills to the board".
    let finite = words.windows(2).enumerate().any(|(at, pair)| {
        let [word, next] = pair else { return false };
        let before = std::mem::replace(&mut before, word);
        matches!(word.as_str(), "is" | "are" | "will" | "has" | "have" | "now") && at > 0
            || third(word) && at != 1 && is_grammar(next) && !third(before)
    });
    (finite && !rest.contains(JOINT)).then_some(joint)
}

/// Where it stands, who does it, and whether it is done, where its verb says so.
type Clause = (Range<usize>, Option<String>, Option<bool>);

/// The clauses of `words`, which stand at `place`, that tell of work.
fn clauses(words: &str, place: &Range<usize>) -> Vec<Clause> {
    let within = |range: Range<usize>| place.start + range.start..place.start + range.end;
    told(words).into_iter().map(|told| (within(told.range), told.owner, Some(told.done))).collect()
}

/// The letters or numbers that count what follows them in running text: "(a) … (b) …", "(1) … (2) …".
fn numbered(text: &str) -> Vec<Range<usize>> {
    let count = |marks: [&str; 9]| -> Vec<Range<usize>> {
        let mut at = 0;
        let mark = |mark: &str| {
            let start = at + text.get(at..)?.find(mark)?;
            at = start + mark.len();
            Some(start..at)
        };
        marks.into_iter().map_while(mark).collect()
    };
    let letters = count(["(a) ", "(b) ", "(c) ", "(d) ", "(e) ", "(f) ", "(g) ", "(h) ", "(i) "]);
    if letters.is_empty() { count(["(1) ", "(2) ", "(3) ", "(4) ", "(5) ", "(6) ", "(7) ", "(8) ", "(9) "]) } else { letters }
}

/// The parts of a section's text that may be an item each: what is counted in brackets, what semicolons part, or sentences. Of one
/// sentence behind a label (`named`) also what commas part.
fn parts(text: &str, named: bool) -> Vec<Range<usize>> {
    let marks = numbered(text);
    if marks.len() >= 2 {
        let ends = marks.iter().skip(1).map(|mark| mark.start).chain([text.len()]);
        return marks.iter().zip(ends).map(|(mark, end)| trimmed(text, mark.end..end)).collect();
    }
    let sentences = sentences(text);
    if named
        && let [only] = sentences.as_slice()
        && let Some(parts) = series(text, only)
    {
        return parts;
    }
    sentences
        .into_iter()
        .flat_map(|sentence| {
            let words = text.get(sentence.clone()).unwrap_or_default();
            let ends = words.match_indices("; ").map(|(at, _)| at).chain([words.len()]);
            let mut start = 0;
            ends.map(|end| trimmed(text, sentence.start + std::mem::replace(&mut start, end + 2)..sentence.start + end)).collect::<Vec<_>>()
        })
        .collect()
}

/// What commas part in a sentence behind a label, where each part may be an item: "a lamp at the gate, two new locks, and a spare key".
fn series(text: &str, sentence: &Range<usize>) -> Option<Vec<Range<usize>>> {
    let words = text.get(sentence.clone())?;
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_i32);
    for (at, c) in words.char_indices() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        if c == ',' && depth == 0 {
            parts.push(start..at);
            start = at + 1;
        }
    }
    parts.push(start..words.len());
    let joined = parts.last().and_then(|last| words.get(last.clone())).is_some_and(|last| last.starts_with(" and "));
    let article = |word: &str| matches!(word, "the" | "a" | "an" | "no" | "each" | "every" | "all" | "any");
    let opens = |word: &str| !is_grammar(word) || article(word);
    let mut fitting = Vec::new();
    for part in &parts {
        let part = trimmed(text, sentence.start + part.start..sentence.start + part.end);
        let and = if text.get(part.clone())?.starts_with("and ") { "and ".len() } else { 0 };
        let part = part.start + and..part.end;
        let words = text.get(part.clone())?;
        let first = words.split(' ').next().unwrap_or_default().to_lowercase();
        if words.split_whitespace().nth(1).is_none() || !opens(&first) || !is_terse(words, true) {
            return None;
        }
        fitting.push(part);
    }
    (parts.len() >= if joined { 2 } else { 3 }).then_some(fitting)
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text.get(range.clone()).unwrap_or_default();
    let start = range.start + part.len() - part.trim_start().len();
    start..(range.start + part.trim_end_matches([' ', '\n', ';', ',']).len()).max(start)
}

/// Whether a short sentence of a section about work is an item: it tells no past, points at nothing, turns to nobody and begins with
/// no time; two words are a greeting or a name, but behind a label (`named`).
fn is_terse(words: &str, named: bool) -> bool {
    let lower = words.to_lowercase();
    let mut before = "";
    let past = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).any(|word| {
        let passive = matches!(std::mem::replace(&mut before, word), "is" | "are" | "be" | "being");
        matches!(word, "was" | "were" | "had" | "did" | "you" | "your" | "will" | "would")
            || word.starts_with("continu")
            || list(Words::PastVerbs).holds(word) && !passive
    });
    let first = lower.split_whitespace().next().unwrap_or_default().trim_end_matches(',');
    let opens = ["this", "that", "these", "those", "it", "they", "there", "we", "i", "none", "if", "when", "for", "any"];
    words.len() <= TERSE
        && times(words).first().is_none_or(|time| time.range().start > 0)
        && words.split_whitespace().nth(if named { 1 } else { 2 }).is_some()
        && !past
        && !words.ends_with(['?', ':', '!'])
        && !opens.contains(&first.split('\'').next().unwrap_or_default())
        && !["stay", "visit", "see", "read", "contact", "learn", "find", "refer", "watch", "users", "customers"].contains(&first)
}

fn item(source: &Source, passage: &Passage, (range, owner, done): Clause, calendar: &Calendar) -> Option<ActionItem> {
    let part = passage.text.part(range).trimmed();
    let mut item = finish(passage, (part.as_str().to_owned(), String::new(), None), source.cite(part.whole()), calendar)?;
    item.owner = item.owner.or(owner);
    // "We have looked at it and will add a test" is not done: the clause says which.
    if let Some(done) = done {
        item.state = if done { ActionState::Done } else { ActionState::Open };
        item.horizon = item.horizon.filter(|horizon| *horizon != Horizon::Done).or(done.then_some(Horizon::Done));
    }
    Some(item)
}
