//! What stands below a heading, as labels alone: the skeleton by which siblings are told.

use crate::document::{Block, BlockKind};
use crate::extract::lexicon::{self, Topic};
use crate::extract::time::times;
use std::collections::{BTreeMap, BTreeSet};

/// The longest label, in bytes.
const LABEL: usize = 40;

/// The labels of a section: its subheadings, entries over other entries, and what stands in front of a colon.
pub(super) fn labels(blocks: &[Block]) -> BTreeSet<String> {
    let mut labels = BTreeSet::new();
    for (at, block) in blocks.iter().enumerate() {
        let text = block.text.as_str();
        let over_entries = || {
            let depth = |block: &Block| if let BlockKind::Item { depth, .. } = block.kind { Some(depth) } else { None };
            blocks.get(at + 1).and_then(depth) > depth(block)
        };
        match block.kind {
            BlockKind::Heading(_) => labels.extend(plain(text)),
            BlockKind::Item { .. } if text.len() <= LABEL && over_entries() => labels.extend(plain(text)),
            BlockKind::Item { .. } | BlockKind::Paragraph => labels.extend(text.lines().filter_map(in_front).filter_map(plain)),
            BlockKind::Row { .. } | BlockKind::Code => {}
        }
    }
    labels
}

/// What stands in front of a line's colon, where it may be a label.
pub(super) fn in_front(line: &str) -> Option<&str> {
    let colon = line.bytes().take(LABEL + 4).position(|byte| byte == b':')?;
    line.get(..colon).map(str::trim)
}

/// A label in plain letters: no time, no sentence.
fn plain(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches(':').trim_matches(['*', '_', ' ']);
    let fits = !text.is_empty() && text.len() <= LABEL && text.split_whitespace().count() <= 5 && !text.contains(['.', ',', '/', '`', '@']);
    (fits && !text.contains(|c: char| c.is_ascii_digit())).then(|| text.to_lowercase().replace(['_', '-'], " "))
}

/// The labels that most of `sections` have: at least two, and three in five.
pub(super) fn common(sections: &[BTreeSet<String>]) -> BTreeSet<String> {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    for label in sections.iter().flatten() {
        *counts.entry(label).or_default() += 1;
    }
    let least = (sections.len() * 3).div_ceil(5).max(2);
    counts.into_iter().filter(|(_, count)| *count >= least).map(|(label, _)| label.clone()).collect()
}

/// Whether a label asks when something was, or for how long.
pub(super) fn asks_when(label: &str) -> bool {
    use Topic::{Date, Detected, Duration, End, Resolved, Start, Timeline, Window};
    matches!(lexicon::exact_topic(label), Some(Date | Detected | Duration | End | Resolved | Start | Timeline | Window))
}

/// The times behind the labels of a section that ask when, as written.
pub(super) fn when<'t>(blocks: &'t [Block]) -> impl Iterator<Item = &'t str> {
    let lines = blocks
        .iter()
        .filter(|block| !matches!(block.kind, BlockKind::Code | BlockKind::Row { .. }))
        .flat_map(|block| block.text.as_str().lines());
    lines.filter_map(|line| {
        let label = in_front(line).filter(|label| asks_when(label))?;
        let value = line.get(line.find(label)? + label.len()..)?;
        (!times(value).is_empty()).then_some(value)
    })
}
