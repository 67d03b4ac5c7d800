//! How one incident stands among those that are shown: whether a time of it is slow or fast, against their median.

use crate::app::list::List;
use crate::app::measures::{Kind, Measures};
use crate::app::show;
use crate::query::Indexed;

/// With fewer incidents that have a length a median says nothing.
const LEAST: usize = 8;

/// As many lengths are told of, those that stand out most.
const MOST: usize = 2;

/// The lengths that are ranked.
const RANKED: [Kind; 7] = [Kind::Impact, Kind::Detect, Kind::Acknowledge, Kind::Identify, Kind::Mitigate, Kind::Restore, Kind::Resolve];

/// The lengths of all incidents that are shown, each kind from short to long.
#[derive(Debug, Default)]
pub struct Standing {
    version: Option<u64>,
    sorted: Vec<(Kind, Vec<f64>)>,
}

impl Standing {
    /// Brings it into line with the list; tells whether that is another than it was. What is doubtful is not counted.
    pub fn renew(&mut self, list: &List) -> bool {
        if self.version == Some(list.version()) {
            return false;
        }
        self.version = Some(list.version());
        let before = std::mem::take(&mut self.sorted);
        let rows = || list.visible.iter().take(list.sure()).filter_map(|&id| list.rows.get(id));
        if rows().count() >= LEAST {
            let sorted = |kind: Kind| {
                let mut lengths: Vec<f64> = rows().filter_map(|row| length(row, kind)).collect();
                lengths.sort_unstable_by(f64::total_cmp);
                (kind, lengths)
            };
            self.sorted = RANKED.into_iter().map(sorted).filter(|(_, lengths)| lengths.len() >= LEAST).collect();
        }
        self.sorted != before
    }

    /// What stands out most of an incident's lengths, in words; none where nothing does.
    pub fn told(&self, measures: &Measures) -> Option<String> {
        // Where the impact has one window its end says the same as its length.
        let minutes = |kind| measures.get(kind).map(|measure| measure.minutes);
        let kinds = RANKED.into_iter().filter(|kind| *kind != Kind::Restore || minutes(*kind) != minutes(Kind::Impact));
        let mut outstanding: Vec<(f64, String)> = kinds.filter_map(|kind| self.rank(kind, measures)).collect();
        outstanding.sort_by(|a, b| b.0.total_cmp(&a.0));
        let told: Vec<_> = outstanding.into_iter().take(MOST).map(|(_, words)| words).collect();
        (!told.is_empty()).then(|| told.join(" · "))
    }

    /// How far a length stands from the middle, from 0 to 0.5, in words; none within the middle half.
    fn rank(&self, kind: Kind, measures: &Measures) -> Option<(f64, String)> {
        let (_, lengths) = self.sorted.iter().find(|(known, _)| *known == kind)?;
        let measure = measures.get(kind)?;
        let (less, up_to) = (lengths.partition_point(|at| *at < measure.minutes), lengths.partition_point(|at| *at <= measure.minutes));
        let count = lengths.len();
        let place = (less + up_to) as f64 / 2.0 / count as f64;
        let (slow, fast) = if kind == Kind::Impact { ("longest", "shortest") } else { ("slowest", "fastest") };
        let (extreme, part) = match place {
            place if place >= 0.9 => (slow, "10%"),
            place if place >= 0.75 => (slow, "25%"),
            place if place <= 0.1 => (fast, "10%"),
            place if place <= 0.25 => (fast, "25%"),
            _ => return None,
        };
        let median = (lengths.get((count - 1) / 2)? + lengths.get(count / 2)?) / 2.0;
        let usual = if median < 1.0 { "half took less than 1m".to_owned() } else { format!("half took up to {}", show::minutes(median)) };
        let words = format!("{} {}: in the {extreme} {part} of the {count} shown; {usual}", kind.name(), measure.text());
        Some(((place - 0.5).abs(), words))
    }
}

fn length(row: &Indexed, kind: Kind) -> Option<f64> {
    match kind {
        Kind::Impact => row.minutes,
        Kind::Detect => row.metrics.detect,
        Kind::Acknowledge => row.metrics.acknowledge,
        Kind::Identify => row.metrics.identify,
        Kind::Mitigate => row.metrics.mitigate,
        Kind::Restore => row.metrics.restore,
        Kind::Resolve => row.metrics.resolve,
        Kind::Lag | Kind::Phase(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::query::Query;
    use std::sync::Arc;

    #[test]
    fn what_stands_out_is_told_where_enough_is_shown() {
        let mut list = List::default();
        // The same incident seven times, and once with a later detection.
        let booking = fixture::entries().remove(0);
        let mut slow = booking.incident();
        slow.milestones.detected.iter_mut().for_each(|edge| edge.at += chrono::TimeDelta::minutes(20));
        let measures = Measures::of(&slow);
        let slow = Arc::new(crate::library::Entry::new(slow, booking.origin.clone()));
        list.add(std::iter::repeat_n(booking, 7).map(Indexed::new));
        let mut standing = Standing::default();
        assert!(!standing.renew(&list) && standing.told(&measures).is_none());
        list.add([Indexed::new(slow)]);
        assert!(standing.renew(&list));
        assert_eq!(standing.told(&measures).as_deref(), Some("detect 23m: in the slowest 10% of the 8 shown; half took up to 3m"));
        assert!(!standing.renew(&list));
        list.set_query(Query::new("nothing has these words"));
        assert!(standing.renew(&list) && standing.told(&measures).is_none());
    }
}
