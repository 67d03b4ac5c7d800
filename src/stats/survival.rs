//! Quantiles of lengths of which some are only known to be at least so long.

use super::measure::Reading;
use serde::{Serialize, Serializer};

/// A figure in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Figure {
    /// The length; exported to two decimals, like every length.
    #[serde(serialize_with = "rounded")]
    pub minutes: f64,
    /// Whether it is only known to be at least so long: what is ongoing decides it.
    pub at_least: bool,
}

fn rounded<S: Serializer>(minutes: &f64, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_f64((minutes * 100.0).round() / 100.0)
}

/// The lengths in order, with the part of the incidents that lasted longer than each.
///
/// The estimator of Kaplan and Meier (J. Am. Stat. Assoc. 53, 1958, 457–481): an ongoing incident counts among those at
/// risk for as long as it has lasted and not after that. Without ongoing incidents the quantiles are the ordinary ones.
#[derive(Debug, Default)]
pub struct Survival {
    /// Each length at which an incident ended, and the part that is left after it.
    steps: Vec<(f64, f64)>,
    /// The longest of all; `at_least` where that one is ongoing.
    longest: Option<Figure>,
}

/// What two parts may differ by and still be the same but for rounding.
const SAME: f64 = 1e-9;

impl Survival {
    /// The curve of `readings`; missing ones are left out.
    pub fn of(readings: &[Reading]) -> Self {
        let mut known: Vec<Figure> = readings.iter().filter_map(figure).collect();
        // What ended at a moment was at risk together with what was last seen at that moment.
        known.sort_by(|a, b| a.minutes.total_cmp(&b.minutes).then(a.at_least.cmp(&b.at_least)));
        let mut curve = Self { steps: Vec::new(), longest: known.last().copied() };
        let (mut left, mut at_risk) = (1.0, known.len());
        for same in known.chunk_by(|a, b| a.minutes == b.minutes && a.at_least == b.at_least) {
            if let Some(first) = same.first().filter(|first| !first.at_least) {
                left *= 1.0 - same.len() as f64 / at_risk as f64;
                curve.steps.push((first.minutes, left));
            }
            at_risk -= same.len();
        }
        curve
    }

    /// The length that a part `p` of the incidents does not exceed; halfway to the next length where the curve runs level
    /// there, which makes the median of an even number the usual one. Where the curve never comes down to it, the figure is
    /// that of the longest incident, as a lower bound.
    pub fn quantile(&self, p: f64) -> Option<Figure> {
        let left = 1.0 - p;
        let exact = |minutes| Some(Figure { minutes, at_least: false });
        let Some(at) = self.steps.iter().position(|&(_, after)| after <= left + SAME) else {
            return self.longest.map(|longest| Figure { at_least: true, ..longest });
        };
        let &(minutes, after) = self.steps.get(at)?;
        match self.steps.get(at + 1) {
            Some((next, _)) if (after - left).abs() <= SAME => exact(f64::midpoint(minutes, *next)),
            _ => exact(minutes),
        }
    }

    /// The longest of all.
    pub fn longest(&self) -> Option<Figure> {
        self.longest
    }
}

fn figure(reading: &Reading) -> Option<Figure> {
    match *reading {
        Reading::Known(minutes) => Some(Figure { minutes, at_least: false }),
        Reading::AtLeast(minutes) => Some(Figure { minutes, at_least: true }),
        Reading::Missing => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Reading::{AtLeast, Known, Missing};
    use proptest::prelude::*;

    fn quantiles(readings: &[Reading]) -> [Option<(f64, bool)>; 3] {
        let curve = Survival::of(readings);
        [0.25, 0.5, 0.75].map(|p| curve.quantile(p).map(|figure| (figure.minutes, figure.at_least)))
    }

    fn exact(values: [f64; 3]) -> [Option<(f64, bool)>; 3] {
        values.map(|value| Some((value, false)))
    }

    #[test]
    fn without_ongoing_incidents_they_are_the_ordinary_ones() {
        assert_eq!(quantiles(&[Known(30.0), Known(10.0), Missing, Known(20.0)]), exact([10.0, 20.0, 30.0]));
        assert_eq!(quantiles(&[40.0, 10.0, 20.0, 30.0].map(Known)), exact([15.0, 25.0, 35.0]));
        assert_eq!(quantiles(&[Known(5.0)]), exact([5.0; 3]));
        assert_eq!(quantiles(&[Missing]), [None; 3]);
    }

    #[test]
    fn an_ongoing_incident_moves_the_figures_up_and_never_down() {
        // By hand: of 4, the one at 10 ends: 3/4 is left. At 15 one is only seen to last: 2 are at risk. At 20 one of the two
        // ends: 3/8 is left, so the median is 20. At 30 the last one ends.
        assert_eq!(quantiles(&[Known(10.0), AtLeast(15.0), Known(20.0), Known(30.0)]), exact([15.0, 20.0, 30.0]));
        // Counted as if it had ended at 15, the median would be halfway from 15 to 20.
        assert_eq!(quantiles(&[10.0, 15.0, 20.0, 30.0].map(Known))[1], Some((17.5, false)));
        // Most are ongoing: the median is beyond what anyone has seen.
        assert_eq!(quantiles(&[Known(10.0), AtLeast(60.0), AtLeast(90.0)]), [Some((10.0, false)), Some((90.0, true)), Some((90.0, true))]);
        let curve = Survival::of(&[Known(10.0), AtLeast(60.0)]);
        assert_eq!(curve.longest(), Some(Figure { minutes: 60.0, at_least: true }));
    }

    #[test]
    fn what_ends_together_is_at_risk_together() {
        // At 10 one of three ends while another is last seen: 2/3 is left, then at 20 none.
        assert_eq!(quantiles(&[AtLeast(10.0), Known(10.0), Known(20.0)]), exact([10.0, 20.0, 20.0]));
    }

    proptest! {
        #[test]
        fn quantiles_rise_and_lie_among_the_lengths(values in prop::collection::vec((0.0_f64..1e6, any::<bool>()), 1..60)) {
            let readings: Vec<_> = values.iter().map(|&(value, open)| if open { AtLeast(value) } else { Known(value) }).collect();
            let curve = Survival::of(&readings);
            let found: Vec<f64> = (1..10).filter_map(|tenth| curve.quantile(f64::from(tenth) / 10.0)).map(|figure| figure.minutes).collect();
            prop_assert_eq!(found.len(), 9);
            prop_assert!(found.is_sorted());
            let (least, most) = values.iter().fold((f64::MAX, 0.0_f64), |(least, most), &(value, _)| (least.min(value), most.max(value)));
            prop_assert!(found.iter().all(|value| (least..=most).contains(value)));
        }
    }
}
