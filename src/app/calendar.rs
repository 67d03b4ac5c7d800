//! What all visible incidents share on one calendar: when any is under way, when several are, and where time is dead. What
//! is doubtful is on it only where the filter asks for it.
//!
//! Everything that needs a look at every incident is worked out once when the visible incidents change. A frame asks for
//! what lies at a moment, which is found by halving.

use crate::app::list::{List, RowId};
use crate::app::viewport::Range;

/// The calendar of the visible incidents.
#[derive(Debug, Default)]
pub struct Calendar {
    /// The version of the list that the rest was worked out for.
    version: Option<u64>,
    /// Start, end and row of every visible incident, by start.
    starts: Vec<(i64, i64, RowId)>,
    /// The ends, in order.
    ends: Vec<i64>,
    /// The stretches in which any incident is under way.
    pub busy: Vec<Range>,
    /// The stretches in which several incidents are under way.
    pub shared: Vec<Range>,
    /// How many visible incidents have no time at all.
    pub timeless: usize,
    /// Whether it has what is doubtful.
    pub doubtful: bool,
}

/// How many incidents are named at most where many are under way.
const NAMED: usize = 8;

/// How many starts before a moment are looked at for those that are still under way.
const LOOKED_AT: usize = 4096;

impl Calendar {
    /// Brings it into line with the list; tells whether anything changed.
    pub fn renew(&mut self, list: &List) -> bool {
        if self.version == Some(list.version()) {
            return false;
        }
        self.version = Some(list.version());
        let extent = |id: &RowId| list.rows.get(*id)?.extent.map(|(start, end)| (start, end, *id));
        let charted = list.charted();
        self.doubtful = list.query().asks_for_doubtful();
        self.starts = charted.iter().filter_map(extent).collect();
        self.starts.sort_unstable();
        self.ends = self.starts.iter().map(|&(_, end, _)| end).collect();
        self.ends.sort_unstable();
        self.timeless = charted.len() - self.starts.len();
        (self.busy, self.shared) = sweep(&self.starts);
        true
    }

    /// From the first to the last moment; none without any time.
    pub fn whole(&self) -> Option<Range> {
        Some(Range { start: self.busy.first()?.start, end: self.busy.last()?.end })
    }

    /// Whether another visible incident is under way at any moment of the stretch, which must be an incident's own.
    pub fn is_shared(&self, range: Range) -> bool {
        let first = self.shared.partition_point(|shared| shared.end <= range.start);
        self.shared.get(first).is_some_and(|shared| shared.start < range.end)
    }

    /// How many incidents begin in a stretch of time, its last moment with it.
    pub fn begun(&self, from: i64, to: i64) -> usize {
        let before = |at: i64, with: bool| self.starts.partition_point(|&(start, ..)| start < at || with && start == at);
        before(to, true).saturating_sub(before(from, false))
    }

    /// How many incidents are under way at a moment.
    pub fn count(&self, at: i64) -> usize {
        let begun = self.starts.partition_point(|&(start, ..)| start <= at);
        let over = self.ends.partition_point(|&end| end < at);
        begun.saturating_sub(over)
    }

    /// The incidents under way at a moment, the last to begin first; the first few of them.
    pub fn under_way(&self, at: i64) -> Vec<RowId> {
        let begun = self.starts.partition_point(|&(start, ..)| start <= at);
        let before = self.starts.get(..begun).unwrap_or_default().iter().rev().take(LOOKED_AT);
        before.filter(|&&(_, end, _)| end >= at).map(|&(.., id)| id).take(NAMED.min(self.count(at))).collect()
    }

    /// The start of the next or previous incident, and its row.
    pub fn next(&self, at: i64, forward: bool) -> Option<(i64, RowId)> {
        let found = if forward {
            self.starts.get(self.starts.partition_point(|&(start, ..)| start <= at))
        } else {
            self.starts.get(self.starts.partition_point(|&(start, ..)| start < at).checked_sub(1)?)
        };
        found.map(|&(start, _, id)| (start, id))
    }

    /// The next or previous moment at which an incident begins or ends.
    pub fn next_edge(&self, at: i64, forward: bool) -> Option<i64> {
        let start = self.next(at, forward).map(|(start, _)| start);
        let end = if forward {
            self.ends.get(self.ends.partition_point(|&end| end <= at))
        } else {
            self.ends.partition_point(|&end| end < at).checked_sub(1).and_then(|last| self.ends.get(last))
        };
        let both = start.into_iter().chain(end.copied());
        if forward { both.min() } else { both.max() }
    }
}

/// What any and what at least two of the stretches cover. Each is taken to last a moment at least.
fn sweep(starts: &[(i64, i64, RowId)]) -> (Vec<Range>, Vec<Range>) {
    let (mut busy, mut shared): (Vec<Range>, Vec<Range>) = (Vec::new(), Vec::new());
    for &(start, end, _) in starts {
        let end = end.max(start.saturating_add(1));
        match busy.last_mut() {
            Some(last) if start < last.end => {
                let both = Range { start, end: end.min(last.end) };
                match shared.last_mut() {
                    Some(known) if both.start <= known.end => known.end = known.end.max(both.end),
                    _ => shared.push(both),
                }
                last.end = last.end.max(end);
            }
            _ => busy.push(Range { start, end }),
        }
    }
    (busy, shared)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::query::{Indexed, Query};
    use proptest::prelude::*;

    fn spans(spans: &[(i64, i64)]) -> Calendar {
        let mut starts: Vec<_> = spans.iter().enumerate().map(|(id, &(start, end))| (start, end, id)).collect();
        starts.sort_unstable();
        let mut ends: Vec<_> = spans.iter().map(|&(_, end)| end).collect();
        ends.sort_unstable();
        let (busy, shared) = sweep(&starts);
        Calendar { starts, ends, busy, shared, ..Calendar::default() }
    }

    fn ranges(ranges: &[Range]) -> Vec<(i64, i64)> {
        ranges.iter().map(|range| (range.start, range.end)).collect()
    }

    #[test]
    fn finds_where_several_are_under_way() {
        let calendar = spans(&[(0, 10), (5, 7), (6, 20), (30, 40), (40, 50), (60, 60), (60, 70)]);
        assert_eq!(ranges(&calendar.busy), [(0, 20), (30, 40), (40, 50), (60, 70)]);
        assert_eq!(ranges(&calendar.shared), [(5, 10), (60, 61)]);
        assert!(calendar.is_shared(Range { start: 0, end: 10 }) && calendar.is_shared(Range { start: 6, end: 20 }));
        assert!(!calendar.is_shared(Range { start: 30, end: 40 }));
        assert_eq!((calendar.count(6), calendar.under_way(6)), (3, vec![2, 1, 0]));
        assert_eq!((calendar.count(25), calendar.under_way(25)), (0, vec![]));
        assert_eq!(calendar.next(6, true), Some((30, 3)));
        assert_eq!(calendar.next(6, false), Some((5, 1)));
        assert_eq!(calendar.next(60, true), None);
        assert_eq!((calendar.begun(5, 30), calendar.begun(7, 29), calendar.begun(60, 60)), (3, 0, 2));
        assert_eq!((calendar.next_edge(6, true), calendar.next_edge(30, false)), (Some(7), Some(20)));
    }

    #[test]
    fn is_worked_out_anew_only_when_the_visible_incidents_change() {
        let mut list = List::default();
        list.add(fixture::entries().into_iter().map(Indexed::new));
        let mut calendar = Calendar::default();
        assert!(calendar.renew(&list));
        assert_eq!((calendar.starts.len(), calendar.timeless), (4, 1));
        list.step(crate::app::step::Step::Bottom);
        assert!(!calendar.renew(&list));
        list.set_query(Query::new("freight"));
        assert!(calendar.renew(&list));
        assert_eq!(calendar.starts.len(), 1);
        assert_eq!(calendar.whole().map(Range::length), Some(85 * 60_000));
    }

    #[test]
    fn has_what_is_doubtful_only_when_it_is_asked_for() {
        let mut list = List::default();
        list.add(fixture::entries().into_iter().chain([fixture::doubtful()]).map(Indexed::new));
        let mut calendar = Calendar::default();
        calendar.renew(&list);
        let at = "2027-01-06T00:00:00Z".parse::<crate::incident::Instant>().unwrap().timestamp_millis();
        assert_eq!((calendar.starts.len(), calendar.timeless, calendar.count(at)), (4, 1, 0));
        list.set_query(Query::new("is:doubtful OR sev:high"));
        calendar.renew(&list);
        assert_eq!((calendar.starts.len(), calendar.timeless, calendar.count(at)), (3, 0, 1));
    }

    proptest! {
        #[test]
        fn the_sweep_agrees_with_counting(spans_ in prop::collection::vec((0_i64..60, 1_i64..20), 0..20), at in 0_i64..80) {
            let all: Vec<_> = spans_.iter().map(|&(start, length)| (start, start + length)).collect();
            let calendar = spans(&all);
            let here = all.iter().filter(|&&(start, end)| start <= at && at < end).count();
            let within = |ranges: &[Range]| ranges.iter().any(|range| range.start <= at && at < range.end);
            prop_assert_eq!(within(&calendar.busy), here > 0);
            prop_assert_eq!(within(&calendar.shared), here > 1);
        }
    }
}
