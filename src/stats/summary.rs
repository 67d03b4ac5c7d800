//! One length over many incidents: how many tell it, its quantiles, and how it is spread.

use super::measure::{Measure, Reading};
use super::survival::{Figure, Survival};
use crate::query::Index;
use serde::Serialize;

/// With fewer known lengths than this, the ninetieth percentile is one incident's accident and is not given.
pub const LEAST_FOR_P90: usize = 20;

/// What many incidents tell of one length. There is no mean: durations are so skewed that it describes none of them
/// (Davidovič, "Incident Metrics in SRE", Google 2021).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// How many incidents tell it.
    pub n: usize,
    /// How many do not.
    pub missing: usize,
    /// How many are ongoing; they count as at least as long as they have lasted, see [`Survival`].
    pub ongoing: usize,
    /// A quarter is not longer.
    pub lower_quartile: Option<Figure>,
    /// Half is not longer.
    pub median: Option<Figure>,
    /// Three quarters are not longer.
    pub upper_quartile: Option<Figure>,
    /// Nine tenths are not longer; none below [`LEAST_FOR_P90`].
    pub p90: Option<Figure>,
    /// The longest.
    pub maximum: Option<Figure>,
    /// How the lengths are spread, from the first bin with something in it to the last.
    pub histogram: Vec<Bin>,
}

/// A stretch of lengths.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bin {
    /// Its least length in minutes; none for what is negative.
    pub from_minutes: Option<f64>,
    /// The length it ends before; none for the last.
    pub to_minutes: Option<f64>,
    /// How many lengths fall into it.
    pub count: usize,
    /// How many incidents are ongoing and have lasted so long.
    pub ongoing: usize,
}

impl Bin {
    /// Its name, with lengths written by `length`.
    pub fn name(&self, length: impl Fn(f64) -> String) -> String {
        match (self.from_minutes, self.to_minutes) {
            (None, _) => "before the impact".into(),
            (Some(from), None) => format!("{} and more", length(from)),
            (Some(0.0), Some(to)) => format!("under {}", length(to)),
            (Some(from), Some(to)) => format!("{} to {}", length(from), length(to)),
        }
    }
}

/// Where bins begin, in minutes: a logarithmic scale (each about twice the last) at lengths that have short names. Below a
/// minute it has no more bins, because times are rarely written to the second.
const EDGES: [f64; 15] = [0.0, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 120.0, 240.0, 480.0, 1440.0, 2880.0, 10_080.0, 40_320.0];

impl Summary {
    /// Summarises `measure` over `incidents`.
    pub fn of<'a>(measure: Measure, incidents: impl IntoIterator<Item = &'a Index>) -> Self {
        Self::over(&incidents.into_iter().map(|incident| measure.of(incident)).collect::<Vec<_>>())
    }

    fn over(readings: &[Reading]) -> Self {
        let count = |wanted: fn(&Reading) -> bool| readings.iter().filter(|reading| wanted(reading)).count();
        let n = count(|reading| matches!(reading, Reading::Known(_)));
        let curve = Survival::of(readings);
        Self {
            n,
            missing: count(|reading| matches!(reading, Reading::Missing)),
            ongoing: count(|reading| matches!(reading, Reading::AtLeast(_))),
            lower_quartile: curve.quantile(0.25),
            median: curve.quantile(0.5),
            upper_quartile: curve.quantile(0.75),
            p90: curve.quantile(0.9).filter(|_| n >= LEAST_FOR_P90),
            maximum: curve.longest(),
            histogram: histogram(readings),
        }
    }
}

fn histogram(readings: &[Reading]) -> Vec<Bin> {
    let ends = EDGES.iter().copied().map(Some).chain([None]);
    let starts = std::iter::once(None).chain(EDGES.iter().copied().map(Some));
    let bins = starts.zip(ends).map(|(from_minutes, to_minutes)| {
        let within = |minutes: f64| from_minutes.is_none_or(|from| minutes >= from) && to_minutes.is_none_or(|to| minutes < to);
        let count = readings.iter().filter(|reading| matches!(reading, Reading::Known(minutes) if within(*minutes))).count();
        let ongoing = readings.iter().filter(|reading| matches!(reading, Reading::AtLeast(minutes) if within(*minutes))).count();
        Bin { from_minutes, to_minutes, count, ongoing }
    });
    let mut bins: Vec<_> = bins.collect();
    let empty = |bin: &Bin| bin.count + bin.ongoing == 0;
    let first = bins.iter().position(|bin| !empty(bin)).unwrap_or(bins.len());
    bins.drain(..first);
    bins.truncate(bins.iter().rposition(|bin| !empty(bin)).map_or(0, |last| last + 1));
    bins
}

#[cfg(test)]
mod tests {
    use super::*;
    use Reading::{AtLeast, Known, Missing};

    #[test]
    fn says_of_how_many_it_speaks() {
        let summary = Summary::over(&[Known(10.0), Missing, AtLeast(70.0), Known(-3.0), Missing]);
        assert_eq!((summary.n, summary.missing, summary.ongoing), (2, 2, 1));
        assert_eq!(summary.median, Some(Figure { minutes: 10.0, at_least: false }));
        assert_eq!(summary.maximum, Some(Figure { minutes: 70.0, at_least: true }));
        let none = Summary::over(&[Missing]);
        assert_eq!((none.n, none.missing, none.median, none.maximum, none.histogram), (0, 1, None, None, vec![]));
    }

    #[test]
    fn the_ninetieth_percentile_needs_twenty() {
        let lengths = |n: u32| (1..=n).map(|at| Known(f64::from(at))).collect::<Vec<_>>();
        assert_eq!(Summary::over(&lengths(19)).p90, None);
        // Of 20 lengths 1 to 20 nine tenths do not exceed 18; level up to 19, so halfway.
        assert_eq!(Summary::over(&lengths(20)).p90, Some(Figure { minutes: 18.5, at_least: false }));
        assert_eq!(Summary::over(&lengths(21)).p90, Some(Figure { minutes: 19.0, at_least: false }));
    }

    #[test]
    fn bins_hold_their_lower_edge_and_everything_is_in_one() {
        let readings = [Known(-5.0), Known(0.0), Known(0.5), Known(1.0), Known(59.9), Known(60.0), AtLeast(60.0), Known(1e6)];
        let bins = histogram(&readings);
        assert_eq!(bins.iter().map(|bin| bin.count + bin.ongoing).sum::<usize>(), readings.len());
        let at = |from: f64| bins.iter().find(|bin| bin.from_minutes == Some(from)).map(|bin| (bin.count, bin.ongoing));
        assert_eq!((at(0.0), at(1.0), at(30.0), at(60.0)), (Some((2, 0)), Some((1, 0)), Some((1, 0)), Some((1, 1))));
        assert_eq!(bins.first().unwrap().from_minutes, None);
        assert_eq!(bins.last().unwrap().to_minutes, None);
    }
}
