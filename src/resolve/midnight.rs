//! On which day a clock without a date falls: in another zone, or near the impact.

use super::mention::{InRange, Mention};
use super::point::{self, Point};
use crate::basis::{Basis, Rule};
use crate::extract::lexicon::Topic;
use crate::incident::Instant;
use chrono::TimeDelta;

/// In running text a clock without a date belongs to the day that puts it at the impact: "paged at 22:51" before a window
/// that ended at 01:10 the next day is the evening, whatever date was named last.
pub(super) fn snap(mentions: &mut [Mention]) {
    let stated = |mention: &Mention| mention.counts && mention.dated;
    let range = mentions.windows(2).find_map(|pair| match pair {
        [start, end] if matches!(start.in_range, InRange::Start(_)) && (stated(start) || stated(end)) && start.impact => {
            start.point.at.zip(end.point.at)
        }
        _ => None,
    });
    let field = |topic: Topic| {
        mentions
            .iter()
            .find(|mention| mention.field && mention.topic == Some(topic) && stated(mention))
            .and_then(|mention| mention.point.at)
    };
    let Some((start, end)) = field(Topic::Start).zip(field(Topic::End)).or(range).filter(|(start, end)| start < end) else { return };
    let far = |at: Instant| if at < start { (start - at).num_minutes() } else { (at - end).num_minutes().max(0) };
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
