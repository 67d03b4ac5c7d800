//! The names that stand alone in a line of the head, of the close, or behind "From:".

use super::proper::{is_name, is_organization};
use crate::document::sheet::{Sheet, place};
use crate::extract::words::{Words, list};
use std::ops::Range;

/// So many lines at the top, or at the end, may have a name alone.
const HEAD: usize = 4;
const CLOSE: usize = 8;
/// A sender stands in so many lines.
const SENDER: usize = 40;
/// A line with so many words in lower case is a sentence.
const TOLD: usize = 6;
/// A line with a name alone is no longer, in bytes.
const LINE: usize = 160;
/// What stands around a name in such a line.
const MARKS: [&str; 15] = [" - ", " – ", " — ", " | ", " · ", " :: ", " • ", "  ", " › ", " > ", " / ", ", ", ": ", "[", "<"];
const LEADS: [&str; 7] = ["The ", "Your ", "For ", "On behalf of ", "the ", "by the ", "by "];

/// Where a name stands alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// The first line, as a whole or in part.
    First,
    Head,
    /// In brackets in the head: "\[Tollgrove Storage\] Delays".
    Bracket,
    /// In front of the address of the sender.
    Sender,
    Close,
}

/// Where in `text` names stand alone, without what says that a team or a page of that name is meant.
pub fn names(text: &str) -> Vec<(Range<usize>, Spot)> {
    let sheet = Sheet::of(text);
    let head = sheet.lines().take(HEAD).enumerate().map(|(at, line)| (line, if at == 0 { Spot::First } else { Spot::Head }));
    let close = sheet.lines().rev().take(CLOSE).map(|line| (line, Spot::Close));
    let sender = sheet.lines().take(SENDER).filter(|line| text.get(line.clone()).is_some_and(|line| line.starts_with("From: ")));
    let mut found: Vec<(Range<usize>, Spot)> = Vec::new();
    for (line, spot) in sender.map(|line| (line, Spot::Sender)).chain(head).chain(close) {
        let Some(mut rest) = text.get(line).filter(|line| line.len() <= LINE && !line.starts_with('|') && !is_told(line)) else { continue };
        let (mut label, mut open) = (None, false);
        while !rest.is_empty() {
            let mark = first_of(rest, &MARKS).unwrap_or(rest.len()..rest.len());
            let (at, mark) = (mark.start, rest.get(mark).unwrap_or_default());
            let part = rest.get(..at).unwrap_or_default();
            let part = part.split_once(']').filter(|_| open).map_or(part, |(inside, _)| inside);
            // Of a field its label tells whether it says who writes; what is a label itself names something else, but in the first line.
            let told = label.is_none_or(|label| label == "From" || list(Words::SignedLabels).holds(label));
            let labels = mark == ": " && !matches!(spot, Spot::First | Spot::Sender);
            let name = bare(part);
            // "Tollgrove. Written by Ada" is two things, "Tollgrove Pte. Ltd" one.
            let one = !name.contains(". ") || is_organization(name);
            if told && !labels && one && is_name(name) {
                let at = place(text, name);
                let spot = if open && matches!(spot, Spot::First | Spot::Head) { Spot::Bracket } else { spot };
                if !found.iter().any(|(known, _)| *known == at) {
                    found.push((at, spot));
                }
            }
            label = (mark == ": ").then_some(part);
            open = mark == "[";
            rest = rest.get(at + mark.len()..).unwrap_or_default();
        }
    }
    found
}

/// The first of `marks` in `text`, each of which starts with a blank, a comma, a colon or a bracket.
pub fn first_of(text: &str, marks: &[&str]) -> Option<Range<usize>> {
    let places = text.bytes().enumerate().filter(|(_, byte)| b" ,:[<".contains(byte)).map(|(at, _)| at);
    places.into_iter().find_map(|at| {
        let rest = text.get(at..)?;
        marks.iter().find(|mark| rest.starts_with(**mark)).map(|mark| at..at + mark.len())
    })
}

/// Whether a line is a sentence, in which commas stand around names.
fn is_told(line: &str) -> bool {
    line.split(' ').filter(|word| word.starts_with(char::is_lowercase)).nth(TOLD - 1).is_some()
}

/// A part of a line without what says that a team or a page is meant.
fn bare(part: &str) -> &str {
    let mut bare = part.trim_matches([' ', '"', '*', '_', '.', '\'', ')', '(']);
    let led = LEADS.iter().find_map(|lead| bare.strip_prefix(lead));
    bare = led.unwrap_or(bare);
    // "The Tarn project"
    let one = bare.rsplit_once(' ').filter(|(name, kind)| led.is_some() && kind.chars().all(char::is_lowercase) && is_name(name));
    bare = one.map_or(bare, |(name, _)| name);
    let ends = [Words::SignedBy, Words::MastheadEnds];
    while let Some(shorter) = ends.iter().find_map(|words| list(*words).strip_end(bare)).filter(|shorter| !shorter.is_empty()) {
        bare = shorter;
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_alone() {
        let named =
            |text: &str| names(text).into_iter().filter_map(|(at, spot)| Some((text.get(at)?.to_owned(), spot))).collect::<Vec<_>>();
        for (text, want) in [
            ("Tarn Storage\nUploads failed\n\nIt was slow.\n", &[("Tarn Storage", Spot::First)][..]),
            ("[Tarn Storage] Uploads failed (final)\n\nIt was slow.\n", &[("Tarn Storage", Spot::Bracket)]),
            ("From: Tarn Storage Support <help@tarn.example>\n\nIt was slow.\n", &[("Tarn Storage", Spot::Sender)]),
            (
                "Uploads failed.\nIt was slow.\nWe waited.\nIt is well.\n\nAda Quist, Tarn Storage\nThe Tarn Maps team\n",
                &[("Tarn Maps", Spot::Close), ("Ada Quist", Spot::Close), ("Tarn Storage", Spot::Close)],
            ),
            ("It was slow.\nWe waited.\nIt is well.\nAll is.\nWe are sorry.\n\nThe Tarn project\n", &[("Tarn", Spot::Close)]),
            ("It was slow.\nWe waited.\nIt is well.\nAll is.\nIt was the fault of our host, Tarn, which had lost one rack.\n", &[]),
            // What a field tells of, and an entry of a list of what was hurt.
            ("Uploads failed.\nService: Tarn Storage\nTarn Compute: slow\n| Tarn Maps | down |\n", &[]),
        ] {
            let want: Vec<_> = want.iter().map(|(name, spot)| ((*name).to_owned(), *spot)).collect();
            assert_eq!(named(text), want, "{text}");
        }
    }
}
