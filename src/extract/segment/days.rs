//! A log: lines that are a date and nothing else, days apart, each over the entries of that day.

use super::Part;
use crate::document::{Block, BlockKind};
use crate::extract::date::is_weekday;
use crate::extract::time::{Moment, Time, times};
use chrono::NaiveDate;

/// The days of a log; none where the lines are the days of one story.
pub(super) fn parts(blocks: &[Block]) -> Vec<Part> {
    let days: Vec<(usize, NaiveDate)> = blocks.iter().enumerate().filter_map(|(index, block)| Some((index, day(block)?))).collect();
    if !is_log(&days) {
        return Vec::new();
    }
    let ends = days.iter().skip(1).map(|(index, _)| *index).chain([blocks.len()]);
    days.iter().zip(ends).map(|(&(index, _), end)| Part { own: index + 1..end, date: Some(index) }).collect()
}

/// Whether places with a day each are those of a log: several, and days apart.
pub(super) fn is_log(days: &[(usize, NaiveDate)]) -> bool {
    days.len() >= 2 && days.windows(2).all(|pair| matches!(pair, [(_, a), (_, b)] if (*a - *b).num_days().abs() >= 2))
}

/// The day that a block is.
fn day(block: &Block) -> Option<NaiveDate> {
    let text = block.text.as_str().trim();
    let line = matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { .. });
    if !line || !(8..=30).contains(&text.len()) {
        return None;
    }
    let found = times(text);
    let [Time::Moment(Moment { date: Some(date), clock: None, range, .. })] = found.as_slice() else { return None };
    let rest = text.get(range.end..)?.trim_matches(|c: char| !c.is_alphanumeric());
    (range.start == 0 && (rest.is_empty() || is_weekday(rest))).then(|| date.in_full()).flatten()
}
