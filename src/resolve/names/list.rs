//! Names that stand in one list, and so are of one kind: "the Tills, Scales (north) and Printers", "Tills: no paper Scales: …".

use super::candidate::Gathered;
use super::key::Key;
use super::phrase::{LONGEST, Word};
use std::collections::BTreeMap;
use std::ops::Range;

/// So many names make a list.
const LEAST: usize = 3;
/// An aside in brackets behind a name of a list has no more words.
const ASIDE: usize = 12;

/// A list of names.
#[derive(Debug, PartialEq, Eq)]
pub struct List {
    /// The words of each name, in the order of the text.
    pub members: Vec<Range<usize>>,
}

impl List {
    /// Its words, and what stands between them.
    pub fn extent(&self) -> Range<usize> {
        self.members.first().map_or(0, |first| first.start)..self.members.last().map_or(0, |last| last.end)
    }
}

/// The lists among the words of a text, in their order.
pub fn lists(words: &[Word]) -> Vec<List> {
    let mut found: Vec<List> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let mut members: Vec<Range<usize>> = name_at(words, at).into_iter().collect();
        while let Some(next) = members.last().and_then(|last| next_name(words, last.end)) {
            members.push(next);
        }
        at = members.last().map_or(at, |last| last.end).max(at + 1);
        found.extend(Some(List { members }).filter(|list| list.members.len() >= LEAST));
    }
    let glossed = List { members: (1..words.len()).filter_map(|at| glossed(words, at)).collect() };
    if glossed.members.len() >= LEAST && found.iter().all(|list| list.extent().end <= glossed.extent().start) {
        found.push(glossed);
    }
    found
}

/// The run of capitals that begins at a word.
fn name_at(words: &[Word], start: usize) -> Option<Range<usize>> {
    let first = words.get(start).filter(|word| word.capital)?;
    let goes_on = |pair: &[Word]| matches!(pair, [last, word] if word.lead.is_none() && !last.owns && (word.capital || word.joins));
    let more = if first.owns { 0 } else { words.get(start..)?.windows(2).take_while(|pair| goes_on(pair)).count() };
    let run = words.get(start..=start + more)?;
    Some(start..start + run.iter().rposition(|word| word.capital)? + 1)
}

/// The name that goes on a list whose last one ends in front of the word `at`.
fn next_name(words: &[Word], mut at: usize) -> Option<Range<usize>> {
    let is = |at: usize, all: &[&str]| words.get(at).is_some_and(|word| all.iter().any(|one| word.key == Key::of(one)));
    if words.get(at)?.lead == Some('(') {
        at += 1 + words.get(at + 1..)?.iter().take(ASIDE).position(|word| word.lead == Some(')'))?;
    }
    let apart = matches!(words.get(at)?.lead, Some(',' | ';' | ')'));
    let joined = (apart || words.get(at)?.lead.is_none()) && is(at, &["and", "or"]);
    at += usize::from(joined);
    if joined && words.get(at)?.lead.is_some() {
        return None;
    }
    at += usize::from(is(at, &["the", "our"]));
    name_at(words, at).filter(|_| apart || joined)
}

/// The name in front of a colon, whose gloss begins at the word `at`.
fn glossed(words: &[Word], at: usize) -> Option<Range<usize>> {
    words.get(at).filter(|word| word.lead == Some(':'))?;
    let before = words.get(at.saturating_sub(LONGEST + 2)..at)?;
    let mut length = 0;
    for word in before.iter().rev().take_while(|word| word.capital || word.joins) {
        length += 1;
        if word.lead.is_some() {
            break;
        }
    }
    (length > 0).then_some(at - length..at)
}

/// The sums of names, where those of one list are of one kind: a name counts half for itself and half for its list, if that is more.
pub fn shared(gathered: &Gathered, sums: &[i64]) -> Vec<i64> {
    let mut lists: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (name, number) in gathered.names.iter().zip(0..) {
        for place in &name.places {
            let list = gathered.regions.get(place.region).and_then(|region| region.list_of(&place.words));
            if let Some(list) = list.filter(|list| list.members.contains(&place.words)) {
                lists.entry((place.region, list.extent().start)).or_default().push(number);
            }
        }
    }
    let sum = |number: &usize| sums.get(*number).copied().unwrap_or(0);
    let mut shared = sums.to_vec();
    for names in lists.values().filter(|names| names.len() >= LEAST) {
        let mean = names.iter().map(sum).sum::<i64>() / i64::try_from(names.len()).unwrap_or(i64::MAX);
        for number in names {
            if let Some(shared) = shared.get_mut(*number) {
                *shared = (*shared).max(i64::midpoint(sum(number), mean));
            }
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::super::phrase;
    use super::*;

    fn all(text: &str) -> Vec<Vec<&str>> {
        let words = phrase::words(text);
        let written = |range: &Range<usize>| text.get(words.get(range.start)?.range.start..words.get(range.end - 1)?.range.end);
        lists(&words).iter().map(|list| list.members.iter().filter_map(written).collect()).collect()
    }

    #[test]
    fn names_in_a_row_are_a_list() {
        for (text, want) in [
            ("a fan hit Tills, Slow Scales, and Printers today", &[&["Tills", "Slow Scales", "Printers"][..]][..]),
            ("Tills (also the old ones), the Scales and Printers (PR).", &[&["Tills", "Scales", "Printers"]]),
            ("Tills: no paper Scales: too light Bank of Pies: shut", &[&["Tills", "Scales", "Bank of Pies"]]),
            ("Tills, Scales", &[]),
            ("On Monday Tills were down, and Ada looked at Scales, which stood", &[]),
            ("Tills and Scales. Printers", &[]),
        ] {
            assert_eq!(all(text), want, "{text}");
        }
    }
}
