//! The way from time to columns and back.

use crate::app::scale::{EVEN, Scale};
use crate::incident::Instant;
use chrono::DateTime;

/// Half-open stretch of time in milliseconds since the epoch, or of places on the axis that a [`Scale`] makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The left edge.
    pub start: i64,
    /// The right edge, later than the left.
    pub end: i64,
}

/// The shortest stretch that is shown: a second to a column of a usual terminal.
const SHORTEST: i64 = 60_000;

/// The longest: beyond it chrono has no dates.
const LONGEST: i64 = 20_000 * 366 * 86_400_000;

impl Range {
    /// From the first to the last of `times`, never empty. None without times.
    pub fn around(times: impl IntoIterator<Item = i64>) -> Option<Self> {
        let mut times = times.into_iter();
        let first = times.next()?;
        let (start, end) = times.fold((first, first), |(start, end), at| (start.min(at), end.max(at)));
        Some(Self { start, end }.at_least(SHORTEST))
    }

    /// The stretches that any of `ranges` covers, in order; what touches is joined.
    pub fn union(mut ranges: Vec<Range>) -> Vec<Self> {
        ranges.sort_unstable_by_key(|range| range.start);
        let mut joined: Vec<Range> = Vec::new();
        for range in ranges {
            match joined.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => joined.push(range),
            }
        }
        joined
    }

    /// Its length in milliseconds.
    pub fn length(self) -> i64 {
        self.end.saturating_sub(self.start).max(1)
    }

    /// Whether it holds a moment.
    pub fn contains(self, at: i64) -> bool {
        (self.start..=self.end).contains(&at)
    }

    /// The same stretch with a margin of a part of its length on each side, so that nothing sticks to the frame.
    pub fn with_margin(self) -> Self {
        let margin = self.length() / 24;
        Self { start: self.start.saturating_sub(margin), end: self.end.saturating_add(margin) }
    }

    /// The same stretch with room on the right, where what is still open fades away.
    pub fn with_room_after(self) -> Self {
        Self { end: self.end.saturating_add(self.length() / 8), ..self }
    }

    /// The stretch with its length multiplied by `factor`, around the moment `at` which stays where it is.
    pub fn zoom(self, factor: f64, at: i64) -> Self {
        let length = (self.length() as f64 * factor).clamp(SHORTEST as f64, LONGEST as f64);
        let part = at.saturating_sub(self.start) as f64 / self.length() as f64;
        let start = at.saturating_sub((length * part.clamp(0.0, 1.0)) as i64);
        Self { start, end: start.saturating_add(length as i64) }
    }

    /// The stretch moved by a part of its length, to later times where positive; it never leaves `bounds` altogether.
    pub fn pan(self, part: f64, bounds: Range) -> Self {
        let length = self.length();
        let by = (length as f64 * part) as i64;
        let lowest = bounds.start.saturating_sub(length.saturating_mul(7) / 8);
        let highest = bounds.end.saturating_sub(length / 8);
        let start = self.start.saturating_add(by).clamp(lowest.min(highest), highest.max(lowest));
        Self { start, end: start.saturating_add(length) }
    }

    /// The stretch moved so far that it shows a place: to its edge where it left by little, else to its middle.
    pub fn following(self, place: i64) -> Self {
        let length = self.length();
        let start = if self.contains(place) {
            return self;
        } else if place < self.start && self.start.saturating_sub(place) < length / 4 {
            place.saturating_sub(length / 16)
        } else if place > self.end && place.saturating_sub(self.end) < length / 4 {
            place.saturating_sub(length - length / 16)
        } else {
            place.saturating_sub(length / 2)
        };
        Self { start, end: start.saturating_add(length) }
    }

    fn at_least(self, length: i64) -> Self {
        let missing = length.saturating_sub(self.end.saturating_sub(self.start)).max(0);
        Self { start: self.start.saturating_sub(missing / 2), end: self.end.saturating_add(missing - missing / 2) }
    }
}

/// A stretch of an axis laid over columns of a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Viewport<'a> {
    /// The places that are shown.
    pub range: Range,
    /// The columns they fill.
    pub width: u16,
    /// How moments become places.
    pub scale: &'a Scale,
}

impl Viewport<'static> {
    /// A viewport in which each moment is its own place.
    pub fn even(range: Range, width: u16) -> Self {
        Self { range, width, scale: &EVEN }
    }
}

impl Viewport<'_> {
    /// Eighths of a column from the left edge to the moment, held just outside the screen where it lies outside.
    pub fn eighths(self, at: i64) -> i64 {
        let part = self.scale.place(at).saturating_sub(self.range.start) as f64 / self.range.length() as f64;
        let eighths = (part * f64::from(self.width) * 8.0).round();
        eighths.clamp(-8.0, f64::from(self.width) * 8.0 + 8.0) as i64
    }

    /// The column that shows the moment, if one does.
    pub fn column(self, at: i64) -> Option<u16> {
        if !self.range.contains(self.scale.place(at)) || self.width == 0 {
            return None;
        }
        let column = u16::try_from(self.eighths(at).max(0) / 8).unwrap_or(u16::MAX);
        Some(column.min(self.width - 1))
    }

    /// The columns that show a stretch of time, one at least; none where it lies outside.
    pub fn columns(self, from: i64, to: i64) -> Option<std::ops::Range<u16>> {
        let (from, to) = (self.eighths(from), self.eighths(to));
        let last = i64::from(self.width) * 8;
        if to < 0 || from > last || self.width == 0 {
            return None;
        }
        let start = u16::try_from(from.clamp(0, last) / 8).unwrap_or(u16::MAX).min(self.width - 1);
        let end = u16::try_from((to.clamp(0, last) + 7) / 8).unwrap_or(u16::MAX);
        Some(start..end.clamp(start + 1, self.width))
    }

    /// The moment in the middle of a column.
    pub fn moment(self, column: u16) -> i64 {
        let places = (f64::from(column) + 0.5) * self.per_column();
        self.scale.moment(self.range.start.saturating_add(places as i64))
    }

    /// The first moment that is shown.
    pub fn start(self) -> i64 {
        self.scale.moment(self.range.start)
    }

    /// How many places a column is wide.
    pub fn per_column(self) -> f64 {
        self.range.length() as f64 / f64::from(self.width.max(1))
    }
}

/// The round place nearest to `at` in a column of that length: to the second, minute, hour or day, never to the next column.
pub fn round(at: i64, column: i64) -> i64 {
    let unit = [86_400_000_i64, 3_600_000, 60_000, 1000].into_iter().find(|unit| unit.saturating_mul(2) <= column).unwrap_or(1);
    at.saturating_sub(at.rem_euclid(unit))
}

/// Milliseconds of an instant.
pub fn millis(at: Instant) -> i64 {
    at.timestamp_millis()
}

/// The instant of milliseconds, where there is such a date.
pub fn instant(millis: i64) -> Option<Instant> {
    DateTime::from_timestamp_millis(millis)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HOUR: i64 = 3_600_000;

    fn range() -> Range {
        Range { start: 0, end: HOUR }
    }

    #[test]
    fn edges_fall_on_the_edges_of_the_screen() {
        let view = Viewport::even(range(), 60);
        assert_eq!(view.eighths(0), 0);
        assert_eq!(view.eighths(HOUR), 480);
        assert_eq!(view.eighths(HOUR / 120), 4);
        assert_eq!(view.column(0), Some(0));
        assert_eq!(view.column(HOUR), Some(59));
        assert_eq!(view.column(HOUR + 1), None);
        assert_eq!(view.eighths(i64::MAX), 488);
        assert_eq!(view.eighths(i64::MIN), -8);
        assert_eq!(Viewport::even(range(), 0).column(0), None);
    }

    proptest! {
        #[test]
        fn a_column_and_the_moment_in_its_middle_lead_to_each_other(
            start in -1_000_000_000_000_i64..2_000_000_000_000,
            length in 60_000_i64..1_000_000_000_000,
            width in 1_u16..400,
            part in 0.0..1.0,
            gap in 0_i64..100_000_000_000,
        ) {
            let column = (f64::from(width) * part) as u16;
            let range = Range { start, end: start + length };
            let busy = [Range { start, end: start + length / 3 }, Range { start: start + length / 3 + gap, end: start + length * 2 + gap }];
            for scale in [Scale::Even, Scale::From(start), Scale::compressed(&busy)] {
                let view = Viewport { range: scale.places(range), width, scale: &scale };
                prop_assert_eq!(view.column(view.moment(column)), Some(column));
            }
        }
    }

    #[test]
    fn zooming_keeps_the_middle_and_comes_back() {
        let middle = HOUR / 2;
        let near = range().zoom(0.5, middle);
        assert_eq!(near, Range { start: HOUR / 4, end: HOUR * 3 / 4 });
        assert_eq!(near.zoom(2.0, middle), range());
        let mut range = range();
        for _ in 0..200 {
            range = range.zoom(0.5, middle);
        }
        assert_eq!(range.length(), SHORTEST);
        for _ in 0..200 {
            range = range.zoom(2.0, middle);
            assert!(range.end > range.start);
        }
        assert_eq!(range.length(), LONGEST);
    }

    #[test]
    fn panning_never_loses_the_incident() {
        let (bounds, mut range) = (range(), range());
        for _ in 0..50 {
            range = range.pan(0.25, bounds);
        }
        assert!(bounds.contains(range.start));
        for _ in 0..100 {
            range = range.pan(-0.25, bounds);
        }
        assert!(bounds.contains(range.end));
    }

    #[test]
    fn a_single_moment_still_has_a_length() {
        assert_eq!(Range::around([]), None);
        assert_eq!(Range::around([HOUR]).unwrap().length(), SHORTEST);
        assert_eq!(Range::around([HOUR, 0, 5]), Some(range()));
        assert_eq!(Range::around([i64::MIN, i64::MAX]).unwrap().length(), i64::MAX);
    }
}
