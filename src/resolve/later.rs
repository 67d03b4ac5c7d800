//! Moments that count from another: worked out once the day of the other is settled.

use super::mention::Mention;
use super::point::Point;
use crate::basis::{Basis, Derivation};
use crate::incident::Certainty;
use crate::source::Span;
use chrono::TimeDelta;

/// What a moment counts from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Since {
    /// The place of the other among the mentions, in front of it.
    pub other: usize,
    /// The words of the other.
    pub span: Span,
    /// How many minutes later it is; earlier, if negative.
    pub minutes: f64,
}

/// Works out the moments that count from others, in reading order, so that one may count from the one before.
pub fn work_out(mentions: &mut [Mention]) {
    for at in 0..mentions.len() {
        let Some((told, [mention, ..])) = mentions.split_at_mut_checked(at) else { continue };
        let Some(since) = mention.since else { continue };
        let worked = told.get(since.other).and_then(|other| moved(&other.point, since.minutes));
        mention.counts &= worked.is_some();
        mention.point = worked.unwrap_or(mention.point.clone());
    }
}

/// The point `minutes` behind another.
fn moved(other: &Point, minutes: f64) -> Option<Point> {
    // A length of at most days fits.
    let by = TimeDelta::try_seconds((minutes * 60.0).round() as i64)?;
    let local = other.local.and_then(|local| local.checked_add_signed(by));
    Some(Point {
        at: Some(other.at?.checked_add_signed(by)?),
        date: local.map(|local| local.date()),
        local,
        certainty: Certainty::Inferred,
        basis: Basis::Derived(Derivation::Later),
        doubts: Vec::new(),
        ..other.clone()
    })
}
