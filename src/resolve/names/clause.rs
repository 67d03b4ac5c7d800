//! The part that a name has in its clause: what is said of it, what is done to it, what a preposition ties it to.

use super::candidate::Region;
use super::phrase::Word;
use super::place::{LIST_NAMES, lower};
use crate::extract::vocabulary::{GRAMMAR, bits};
use crate::extract::words::Words;
use crate::kind;
use crate::resolve::roles::Sink;
use std::ops::Range;

/// The verb of a name stands within so many words, and what it says within so many behind it.
const SPAN: usize = 24;
const SAID: usize = 6;
const HELPING: u32 = bits(&[Words::Auxiliaries]);
const PAST: u32 = bits(&[Words::PastVerbs]);

const ARTICLES: [&str; 8] = ["the", "our", "your", "a", "an", "its", "their", "all"];
const JOINS: [&str; 3] = ["and", "or", "both"];
const PREPOSITIONS: [&str; 11] = ["of", "in", "for", "on", "at", "by", "from", "with", "to", "via", "through"];
const MODALS: [&str; 6] = ["would", "will", "may", "might", "should", "must"];
const NEGATIONS: [&str; 4] = ["not", "no", "never", "cannot"];
const OURS: [&str; 4] = ["we", "our", "us", "i"];
const YOURS: [&str; 2] = ["you", "your"];

/// Tells the part of the name whose words stand at `at`.
pub fn describe(region: &Region, at: &Range<usize>, sink: &mut dyn Sink) {
    let front = front(region, at.start);
    let subject = !matches!(front, Front::Preposition(_) | Front::Word(_));
    if let Some((verb, near)) = predicate(region, at.end)
        && let Some((said, denied)) = said(region, verb)
    {
        let head = lower(region, said);
        match (subject && near, denied) {
            (true, true) => sink.add(kind!("denied of it"), &head),
            (true, false) => sink.add(kind!("said of it"), &head),
            (false, _) => sink.add(kind!("said behind it"), &head),
        }
        if subject {
            for (_, list) in LIST_NAMES.iter().enumerate().filter(|(bit, _)| *bit > 1 && said.key.lists >> bit & 1 == 1) {
                sink.add(kind!("said of it, a word of"), list);
            }
            sink.add(
                kind!("a subject"),
                match front {
                    Front::Start => "at the start",
                    Front::Mark => "behind a mark",
                    _ => "in a row",
                },
            );
            sink.add(kind!("a subject in"), region.place.name());
        }
    }
    match front {
        Front::Preposition(place) => {
            let tied = place
                .checked_sub(1)
                .and_then(|tied| region.words.get(tied))
                .filter(|_| region.words.get(place).is_some_and(|word| word.lead.is_none()));
            if let Some(tied) = tied {
                sink.add(kind!("tied to"), &lower(region, tied));
                if tied.capital {
                    sink.add(kind!("tied to a name"), "");
                }
                for (_, list) in LIST_NAMES.iter().enumerate().filter(|(bit, _)| *bit > 1 && tied.key.lists >> bit & 1 == 1) {
                    sink.add(kind!("tied to a word of"), list);
                }
            }
            if let Some(word) = region.words.get(place) {
                sink.add(kind!("tied by"), &lower(region, word));
            }
        }
        Front::Word(place) => {
            let Some(word) = region.words.get(place) else { return };
            sink.add(kind!("done to it"), &lower(region, word));
            let helped = place.checked_sub(1).and_then(|before| region.words.get(before));
            if helped.is_some_and(|before| before.key.lists & HELPING != 0 || is(region, before, &NEGATIONS) || is(region, before, &["to"]))
            {
                sink.add(kind!("what could or could not be done to it"), &lower(region, word));
            }
        }
        _ => {}
    }
    let byte = region.words.get(at.start).map_or(0, |word| word.range.start);
    let [ours, yours] = region.speaks(byte);
    if ours {
        sink.add(kind!("in a sentence of ours"), "");
    }
    if yours {
        sink.add(kind!("in a sentence to you"), "");
    }
}

/// What stands in front of a name, but for articles.
#[derive(Clone, Copy)]
enum Front {
    Start,
    Mark,
    Row,
    /// The place of a preposition.
    Preposition(usize),
    /// That of a word of another kind.
    Word(usize),
}

fn front(region: &Region, start: usize) -> Front {
    let mut at = start;
    loop {
        match region.words.get(at).and_then(|word| word.lead) {
            Some('.' | '!' | '?' | '\n') => return Front::Start,
            Some(_) => return Front::Mark,
            None => {}
        }
        let Some(before) = at.checked_sub(1) else { return Front::Start };
        let Some(word) = region.words.get(before) else { return Front::Start };
        if is(region, word, &ARTICLES) {
            at = before;
        } else if is(region, word, &JOINS) {
            return Front::Row;
        } else if is(region, word, &PREPOSITIONS) {
            return Front::Preposition(before);
        } else {
            return Front::Word(before);
        }
    }
}

/// The verb behind the word at `from` that is said of what stands in front of it, and whether but names of one row stand between.
pub fn predicate(region: &Region, from: usize) -> Option<(usize, bool)> {
    let mut near = true;
    for (at, word) in region.words.iter().enumerate().skip(from).take(SPAN) {
        if matches!(word.lead, Some('.' | '!' | '?' | '\n' | ':' | ';')) {
            return None;
        }
        if is_verb(region, word) {
            return Some((at, near));
        }
        if word.key.lists & GRAMMAR != 0 && !is(region, word, &JOINS) && !is(region, word, &ARTICLES) {
            if !is(region, word, &PREPOSITIONS) {
                return None;
            }
            near = false;
        }
    }
    None
}

/// What the verb at `verb` says: the first word that does not only help, and whether it is denied.
fn said<'r>(region: &'r Region, verb: usize) -> Option<(&'r Word, bool)> {
    let words = region.words.get(verb..).unwrap_or_default();
    let mut denied = false;
    let helps = |word: &Word| {
        let text = region.at(word.range.clone());
        word.key.lists & HELPING != 0
            || is(region, word, &MODALS)
            || is(region, word, &NEGATIONS)
            || text.ends_with("ly")
            || text.ends_with("n't")
            || text == "still"
            || text == "also"
    };
    for (place, word) in words.iter().take(SAID).enumerate() {
        if place > 0 && word.lead.is_some() {
            break;
        }
        denied |= is(region, word, &NEGATIONS) || region.at(word.range.clone()).ends_with("n't");
        if !helps(word) {
            return Some((word, denied));
        }
    }
    words.first().map(|verb| (verb, denied))
}

/// Whether a word is a verb wherever it stands: one that helps, or of the past.
pub fn is_verb(region: &Region, word: &Word) -> bool {
    if word.key.lists & (HELPING | PAST) != 0 {
        return true;
    }
    let text = region.at(word.range.clone());
    !word.capital && (text.len() > 4 && text.ends_with("ed") || is(region, word, &MODALS))
}

/// Whether a word is one of `all`.
fn is(region: &Region, word: &Word, all: &[&str]) -> bool {
    let text = region.at(word.range.clone());
    text.len() < 8 && all.iter().any(|one| text.eq_ignore_ascii_case(one))
}

/// Whether words speak of us, and to you.
pub fn speaks<'w>(words: impl Iterator<Item = &'w str>) -> [bool; 2] {
    let is = |word: &str, all: &[&str]| all.iter().any(|one| word.eq_ignore_ascii_case(one));
    let short = words.filter(|word| word.len() < 5);
    short.fold([false; 2], |[ours, yours], word| [ours || is(word, &OURS), yours || is(word, &YOURS)])
}

/// The noun in front of the verb that `stretch` holds or ends at, where it opens a clause.
pub fn subject(region: &Region, stretch: &Range<usize>) -> Option<Range<usize>> {
    if !matches!(front(region, stretch.start), Front::Start | Front::Mark | Front::Row) {
        return None;
    }
    let inside = stretch.clone().skip(1).find(|at| region.words.get(*at).is_some_and(|word| is_verb(region, word)));
    match inside {
        Some(verb) => Some(stretch.start..verb),
        None => predicate(region, stretch.end).filter(|(_, near)| *near).map(|_| stretch.clone()),
    }
}
