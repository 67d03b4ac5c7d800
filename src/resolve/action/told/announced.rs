//! Sentences that announce work, and what they count behind a colon.

use super::{Told, clauses, is_told_to};
use std::ops::Range;

/// Whether a sentence announces work: "Two things change because of this.", "We are doing the following".
pub fn announces(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let has = |known: &[&str]| lower.split(|c: char| !c.is_alphanumeric()).any(|word| known.contains(&word));
    has(&["two", "three", "four", "five", "several", "following", "these"])
        && (has(&["changes", "measures", "steps", "actions", "improvements"]) || lower.contains("following") || has(&["things"]))
        && has(&["change", "changing", "will", "do", "doing", "take", "taking", "make", "making", "decided", "agreed", "propose"])
}

/// What a sentence announces behind its colon: "We will do two things: add an alert; move the job".
pub fn enumerated(sentence: &str) -> Option<Vec<Told>> {
    let (lead, rest) = sentence.split_once(": ").filter(|(lead, _)| announces(lead))?;
    let from = lead.len() + 2;
    let mark = if rest.contains("; ") { "; " } else { ", " };
    let ends = rest.match_indices(mark).map(|(at, _)| at).chain([rest.len()]);
    let mut start = 0;
    let pieces: Vec<Range<usize>> =
        ends.map(|end| std::mem::replace(&mut start, end + mark.len())..end).map(|piece| bare(rest, piece)).collect();
    // Commas part the items only where each of them is one by itself.
    let is_item = |piece: &Range<usize>| rest.get(piece.clone()).is_some_and(|words| is_told_to(words) || !clauses(words).is_empty());
    let pieces = if mark == "; " || pieces.iter().all(is_item) { pieces } else { std::iter::once(0..rest.len()).collect() };
    Some(pieces.into_iter().map(|piece| Told { range: from + piece.start..from + piece.end, owner: None, done: false }).collect())
}

/// `piece` of `text` behind the word that joins it.
fn bare(text: &str, piece: Range<usize>) -> Range<usize> {
    let joined = text.get(piece.clone()).is_some_and(|words| words.starts_with("and "));
    piece.start + if joined { 4 } else { 0 }..piece.end
}
