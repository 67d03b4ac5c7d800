//! The way from a moment to its place on an axis: shifted where incidents are aligned, stretched where they are made
//! equally long, shortened where nothing happens.

use crate::app::viewport::Range;

/// How long a stretched incident is on its axis: a percent of it is a minute there.
pub const STRETCHED: i64 = 100 * 60_000;

/// The shortest stretch without any incident that is left out.
const DEAD: i64 = 3_600_000;

/// How moments in milliseconds since the epoch become places on an axis.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Scale {
    /// Each moment is its own place.
    #[default]
    Even,
    /// Counted from a moment.
    From(i64),
    /// From 0 at the start of a stretch to [`STRETCHED`] at its end.
    Stretched(Range),
    /// Like [`Scale::Even`], but dead time takes little room.
    Compressed(Breaks),
}

/// The scale without any change, for those that only borrow one.
pub static EVEN: Scale = Scale::Even;

/// The stretches that are left out of an axis.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Breaks {
    /// In time order, each with its place on the axis.
    breaks: Vec<Break>,
    /// How much room each takes on the axis.
    kept: i64,
}

/// A stretch of dead time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Break {
    /// The moments that are left out.
    pub dead: Range,
    /// Where it begins on the axis.
    pub place: i64,
}

impl Scale {
    /// A scale that shortens what lies between the `busy` stretches, which are in time order and do not overlap.
    pub fn compressed(busy: &[Range]) -> Self {
        // All breaks together take a fifth of the room that the incidents take, so that the axis stays theirs.
        let total = busy.iter().fold(0_i64, |total, busy| total.saturating_add(busy.length()));
        let count = i64::try_from(busy.len()).unwrap_or(i64::MAX).max(1);
        let kept = (total / count / 5).max(60_000);
        let margin = kept / 2;
        let mut breaks: Vec<Break> = Vec::new();
        let mut removed = 0_i64;
        for pair in busy.windows(2) {
            let [before, after] = pair else { continue };
            let dead = Range { start: before.end.saturating_add(margin), end: after.start.saturating_sub(margin) };
            let length = dead.end.saturating_sub(dead.start);
            if length < DEAD.max(kept.saturating_mul(2)) {
                continue;
            }
            breaks.push(Break { dead, place: dead.start.saturating_sub(removed) });
            removed = removed.saturating_add(length - kept);
        }
        if breaks.is_empty() { Scale::Even } else { Scale::Compressed(Breaks { breaks, kept }) }
    }

    /// The place of a moment.
    pub fn place(&self, at: i64) -> i64 {
        match self {
            Scale::Even => at,
            Scale::From(origin) => at.saturating_sub(*origin),
            Scale::Stretched(range) => scaled(at.saturating_sub(range.start), STRETCHED, range.length()),
            Scale::Compressed(Breaks { breaks, kept }) => {
                match breaks.partition_point(|dead| dead.dead.start <= at).checked_sub(1).and_then(|last| breaks.get(last)) {
                    None => at,
                    Some(last) if at < last.dead.end => last.place.saturating_add(scaled(at - last.dead.start, *kept, last.dead.length())),
                    Some(last) => last.place.saturating_add(*kept).saturating_add(at - last.dead.end),
                }
            }
        }
    }

    /// The moment at a place.
    pub fn moment(&self, place: i64) -> i64 {
        match self {
            Scale::Even => place,
            Scale::From(origin) => place.saturating_add(*origin),
            Scale::Stretched(range) => range.start.saturating_add(scaled(place, range.length(), STRETCHED)),
            Scale::Compressed(Breaks { breaks, kept }) => {
                match breaks.partition_point(|dead| dead.place <= place).checked_sub(1).and_then(|last| breaks.get(last)) {
                    None => place,
                    Some(last) if place - last.place < *kept => {
                        last.dead.start.saturating_add(scaled(place - last.place, last.dead.length(), *kept))
                    }
                    Some(last) => last.dead.end.saturating_add(place - last.place - kept),
                }
            }
        }
    }

    /// The stretch of the axis that shows a stretch of time.
    pub fn places(&self, range: Range) -> Range {
        let start = self.place(range.start);
        Range { start, end: self.place(range.end).max(start.saturating_add(1)) }
    }

    /// The first break that ends behind a place, with the place where it ends.
    pub fn break_after(&self, place: i64) -> Option<(Break, i64)> {
        let Scale::Compressed(Breaks { breaks, kept }) = self else { return None };
        let first = breaks.partition_point(|dead| dead.place.saturating_add(*kept) <= place);
        breaks.get(first).map(|dead| (*dead, dead.place.saturating_add(*kept)))
    }

    /// The dead time around a moment, if it is left out.
    pub fn dead_at(&self, at: i64) -> Option<Range> {
        let (found, _) = self.break_after(self.place(at))?;
        (found.dead.start < at && at < found.dead.end).then_some(found.dead)
    }

    /// How many stretches are left out.
    pub fn break_count(&self) -> usize {
        if let Scale::Compressed(Breaks { breaks, .. }) = self { breaks.len() } else { 0 }
    }
}

/// `by * length / of` without overflow.
fn scaled(by: i64, length: i64, of: i64) -> i64 {
    let exact = i128::from(by) * i128::from(length) / i128::from(of.max(1));
    i64::try_from(exact).unwrap_or(if exact < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HOUR: i64 = 3_600_000;

    fn busy(hours: &[(i64, i64)]) -> Vec<Range> {
        hours.iter().map(|&(start, end)| Range { start: start * HOUR, end: end * HOUR }).collect()
    }

    #[test]
    fn dead_time_takes_little_room_and_the_rest_keeps_its_own() {
        let scale = Scale::compressed(&busy(&[(0, 2), (100, 103), (104, 105)]));
        assert_eq!(scale.break_count(), 1);
        assert_eq!(scale.place(0), 0);
        assert_eq!(scale.place(2 * HOUR), 2 * HOUR);
        let (from, to) = (scale.place(100 * HOUR), scale.place(103 * HOUR));
        assert_eq!(to - from, 3 * HOUR);
        assert!(from < 3 * HOUR && from > 2 * HOUR);
        assert_eq!(scale.dead_at(50 * HOUR).map(|dead| dead.contains(50 * HOUR)), Some(true));
        assert_eq!(scale.dead_at(HOUR), None);
        assert_eq!(scale.dead_at(101 * HOUR), None);
    }

    #[test]
    fn without_dead_time_nothing_changes() {
        assert_eq!(Scale::compressed(&[]), Scale::Even);
        assert_eq!(Scale::compressed(&busy(&[(0, 5), (6, 7)])), Scale::Even);
    }

    #[test]
    fn a_stretched_incident_goes_from_nothing_to_a_hundred_percent() {
        let scale = Scale::Stretched(Range { start: 5 * HOUR, end: 7 * HOUR });
        assert_eq!([5, 6, 7].map(|hour| scale.place(hour * HOUR)), [0, STRETCHED / 2, STRETCHED]);
        assert_eq!(scale.moment(STRETCHED / 4), 5 * HOUR + HOUR / 2);
    }

    proptest! {
        #[test]
        fn order_is_kept_and_every_moment_outside_dead_time_comes_back(
            edges in prop::collection::btree_set(0_i64..5_000, 2..40),
            moments in prop::collection::vec(-10_i64..5_010, 2..20),
        ) {
            let edges: Vec<_> = edges.into_iter().collect();
            let pairs: Vec<_> = edges.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
            let scale = Scale::compressed(&busy(&pairs));
            let mut moments: Vec<_> = moments.into_iter().map(|at| at * HOUR / 3).collect();
            moments.sort_unstable();
            for pair in moments.windows(2) {
                prop_assert!(scale.place(pair[0]) <= scale.place(pair[1]));
            }
            for at in moments {
                let back = scale.moment(scale.place(at));
                match scale.dead_at(at) {
                    None => prop_assert_eq!(back, at),
                    Some(dead) => prop_assert!(dead.contains(back)),
                }
            }
        }
    }
}
