//! On which day a clock without a date falls: in another zone, or near the impact.

use super::mention::{InRange, Mention};
use super::point::{self, Point};
use crate::basis::{Basis, Rule};
use crate::extract::lexicon::Topic;
use crate::incident::Instant;
use chrono::TimeDelta;

/// So many ranges of the impact are looked at.
const RANGES: usize = 8;

/// In running text a clock without a date belongs to the day that puts it at the impact: "paged at 22:51" before a window
/// that ended at 01:10 the next day is the evening, whatever date was named last.
pub(super) fn snap(mentions: &mut [Mention]) {
    let stated = |mention: &Mention| mention.counts && mention.dated;
    // In a sentence that gives its day a range has that day, wherever it is written.
    let told = |mention: &Mention| mention.counts && (mention.dated || !mention.loose && !mention.entry && !mention.field);
    let ranges = mentions.windows(2).filter_map(|pair| match pair {
        [start, end] if matches!(start.in_range, InRange::Start(_)) && (told(start) || told(end)) && start.impact => {
            start.point.at.zip(end.point.at)
        }
        _ => None,
    });
    let ranges = ranges.filter(|(start, end)| start < end).take(RANGES);
    let field = |topic: Topic| {
        mentions
            .iter()
            .find(|mention| mention.field && mention.topic == Some(topic) && stated(mention))
            .and_then(|mention| mention.point.at)
    };
    let labelled = field(Topic::Start).zip(field(Topic::End)).filter(|(start, end)| start < end);
    let ranges: Vec<(Instant, Instant)> = labelled.map_or_else(|| ranges.collect(), |range| vec![range]);
    if ranges.is_empty() {
        return;
    }
    let from = |(start, end): (Instant, Instant), at: Instant| (start - at).max(at - end).num_minutes().max(0);
    let far = |at: Instant| ranges.iter().map(|range| from(*range, at)).min().unwrap_or(0);
    for mention in mentions.iter_mut().filter(|mention| mention.loose) {
        let Some(at) = mention.point.at.filter(|at| far(*at) >= 12 * 60) else { continue };
        let shift = [-1, 1]
            .into_iter()
            .find(|days| TimeDelta::try_days(*days).and_then(|by| at.checked_add_signed(by)).is_some_and(|at| far(at) <= 3 * 60));
        if let Some(days) = shift {
            mention.point = point::shifted(&mention.point, days);
            mention.point.basis = Basis::Ruled(Rule::DayOfImpact);
        }
    }
}

/// The day on which `point` comes closest to `other`: the same time written in another zone.
pub(super) fn nearest_day(point: &Point, other: Option<Instant>) -> Point {
    let Some((at, other)) = point.at.zip(other) else { return point.clone() };
    let shift = (-1..=1).min_by_key(|days| {
        TimeDelta::try_days(*days).and_then(|by| at.checked_add_signed(by)).map_or(i64::MAX, |at| (at - other).num_minutes().abs())
    });
    point::shifted(point, shift.unwrap_or(0))
}
