//! Moments that count from another: worked out once the day of the other is settled.

use super::mention::{InRange, Mention};
use super::point::Point;
use super::reading::Reading;
use crate::basis::{Basis, Derivation};
use crate::extract::time::Moment;
use crate::incident::{Certainty, EventKind};
use crate::source::Span;
use chrono::TimeDelta;
use std::ops::Range;

/// So many moments in front are looked at for the one that another counts from.
const MANY: usize = 8;

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

impl<'a> Reading<'_, '_, 'a> {
    /// A moment that counts from the one told before it, or the last that tells of what is `named`, in the same passage or the one in
    /// front; it is an event where its words tell what happened then.
    pub(super) fn later(
        &self,
        place: usize,
        range: &Range<usize>,
        (minutes, named): (f64, Option<&str>),
        mentions: &[Mention<'a>],
    ) -> Option<Mention<'a>> {
        let near = |last: &Mention| last.passage + 1 >= self.index && last.update == self.passage.update && !last.field;
        let tells = |mention: &Mention, noun: &str| {
            mention.since.is_none()
                && mention.kind != EventKind::Other
                && mention.text.as_str().split(|c: char| !c.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case(noun))
        };
        let (at, other) = mentions
            .iter()
            .enumerate()
            .rev()
            .take(MANY)
            .take_while(|(_, last)| near(last))
            .find(|(_, last)| named.is_none_or(|noun| tells(last, noun)))?;
        let since = Since { other: at, span: other.span, minutes };
        if !other.counts && other.since.is_none() {
            return None;
        }
        let moment = Moment {
            range: range.clone(),
            date: None,
            clock: None,
            zone: None,
            offset: None,
            approximate: false,
            also: None,
            restates: false,
        };
        let mention = self.mention(place, other.point.clone(), &moment, InRange::Alone);
        Some(Mention { since: Some(since), loose: false, counts: mention.counts && mention.kind != EventKind::Other, ..mention })
    }
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
