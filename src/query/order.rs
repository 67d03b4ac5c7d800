//! The order of the list.

use super::Indexed;
use super::column::Column;
use rayon::slice::ParallelSliceMut;
use std::cmp::Ordering;

/// A column and a direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// The column.
    pub column: Column,
    /// Against the column's own direction.
    pub reversed: bool,
}

impl Default for Order {
    fn default() -> Self {
        Self { column: Column::Start, reversed: false }
    }
}

impl Order {
    /// By a column, in its own direction; against that where it is sorted so already.
    pub fn by(self, column: Column) -> Self {
        Self { column, reversed: self == Self { column, reversed: false } }
    }

    /// Reads a column and a direction, as in `duration` or `sev:asc`; without one the column's own.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (name, direction) = text.split_once(':').map_or((text, None), |(name, direction)| (name, Some(direction)));
        let column = Column::find(name)?;
        let own = Self { column, reversed: false };
        match direction.map(str::to_ascii_lowercase).as_deref() {
            None => Ok(own),
            Some(direction @ ("asc" | "desc")) => Ok(Self { reversed: own.descending() != (direction == "desc"), ..own }),
            Some(other) => Err(format!("“{other}” is no direction; write {name}:asc or {name}:desc")),
        }
    }

    /// Whether large values come first.
    pub fn descending(self) -> bool {
        self.column.starts_with_largest() != self.reversed
    }

    /// Which of two rows comes first. What is doubtful comes last in every order, so that it is never in the way of what is
    /// not, and a list has it in one piece. Missing values come last in both directions; ties go by path and place, so that the
    /// order never depends on which file was read first.
    pub fn compare(self, a: &Indexed, b: &Indexed) -> Ordering {
        let place = |row: &Indexed| row.entry.source.index;
        fn path(row: &Indexed) -> &str {
            &row.entry.source.path
        }
        let first = match self.column {
            Column::Start => self.present(a.start, b.start, |a, b| a.cmp(b)),
            Column::Duration => self.present(a.minutes, b.minutes, f64::total_cmp),
            Column::Severity => self.present(a.severity, b.severity, |a, b| a.cmp(b)),
            Column::End => self.present(a.end, b.end, |a, b| a.cmp(b)),
            Column::Status => self.present(a.status, b.status, |a, b| a.cmp(b)),
            column if column.is_length() => self.present(column.measured(&a.metrics), column.measured(&b.metrics), f64::total_cmp),
            column => self.present(column.text(a), column.text(b), |a, b| a.cmp(b)),
        };
        a.doubtful.cmp(&b.doubtful).then(first).then_with(|| path(a).cmp(path(b))).then_with(|| place(a).cmp(&place(b)))
    }

    /// Puts places in `rows` in order.
    pub fn sort(self, rows: &[Indexed], places: &mut [usize]) {
        places.par_sort_by(|&a, &b| self.compare_at(rows, a, b));
    }

    /// Puts `more` places, which are in order, among those `into`, which are as well: few among many cost little.
    pub fn merge(self, rows: &[Indexed], into: &mut Vec<usize>, more: &[usize]) {
        let old = std::mem::take(into);
        into.reserve_exact(old.len() + more.len());
        let mut rest = old.as_slice();
        for &place in more {
            let (before, after) = rest.split_at(rest.partition_point(|&other| self.compare_at(rows, other, place).is_le()));
            into.extend_from_slice(before);
            into.push(place);
            rest = after;
        }
        into.extend_from_slice(rest);
    }

    fn compare_at(self, rows: &[Indexed], a: usize, b: usize) -> Ordering {
        rows.get(a).zip(rows.get(b)).map_or_else(|| a.cmp(&b), |(a, b)| self.compare(a, b))
    }

    fn present<T>(self, a: Option<T>, b: Option<T>, compare: impl Fn(&T, &T) -> Ordering) -> Ordering {
        match (a, b) {
            (Some(a), Some(b)) if self.descending() => compare(&b, &a),
            (Some(a), Some(b)) => compare(&a, &b),
            (a, b) => a.is_none().cmp(&b.is_none()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn missing_values_come_last_in_both_directions() {
        let mut rows: Vec<_> = fixture::entries().into_iter().map(Indexed::new).collect();
        for reversed in [false, true] {
            let order = Order { column: Column::Duration, reversed };
            rows.sort_by(|a, b| order.compare(a, b));
            let minutes: Vec<_> = rows.iter().map(|row| row.minutes).collect();
            let known = minutes.iter().take_while(|minutes| minutes.is_some()).count();
            assert!(known > 1 && known < rows.len());
            assert!(minutes.iter().skip(known).all(Option::is_none));
            assert_eq!(minutes.first() > minutes.get(known - 1), !reversed);
        }
    }

    #[test]
    fn what_is_doubtful_comes_last_in_every_order() {
        let (sure, doubtful) = (fixture::entries(), fixture::doubtful());
        // It is the newest, the longest and the worst, and its names are the first of all.
        let entries: Vec<_> = [doubtful.clone()].into_iter().chain(sure).chain([doubtful]).collect();
        let rows: Vec<_> = entries.into_iter().map(Indexed::new).collect();
        for &column in Column::ALL {
            for reversed in [false, true] {
                let order = Order { column, reversed };
                let mut places: Vec<_> = (0..rows.len()).collect();
                order.sort(&rows, &mut places);
                let doubtful: Vec<_> = places.iter().map(|&place| rows[place].doubtful).collect();
                assert_eq!(doubtful, [false, false, false, false, false, true, true], "{order:?}");
                // Rows that arrive later find the same places.
                let (mut merged, mut late) = (vec![0, 1, 2], vec![3, 4, 5, 6]);
                order.sort(&rows, &mut merged);
                order.sort(&rows, &mut late);
                order.merge(&rows, &mut merged, &late);
                assert_eq!(merged, places, "{order:?}");
            }
        }
    }

    #[test]
    fn is_read_from_a_column_and_a_direction() {
        for (text, column, descending) in [
            ("start", Column::Start, true),
            ("start:asc", Column::Start, false),
            ("dur:desc", Column::Duration, true),
            ("Severity", Column::Severity, true),
            ("org", Column::Organization, false),
            ("title:desc", Column::Title, true),
            ("service:ASC", Column::Services, false),
            ("ack", Column::Acknowledge, true),
            ("ttr:asc", Column::Resolve, false),
            ("file", Column::File, false),
        ] {
            let order = Order::parse(text).unwrap();
            assert_eq!((order.column, order.descending()), (column, descending), "{text}");
        }
        assert!(Order::parse("size").unwrap_err().contains("the columns are severity, start"));
        assert!(Order::parse("start:up").unwrap_err().contains("start:asc or start:desc"));
        assert!(Order::parse("text").is_err() && Order::parse("").is_err());
        let again = Order::default().by(Column::Start);
        assert_eq!((again.reversed, again.by(Column::Start), Order::default().by(Column::Title).reversed), (true, Order::default(), false));
    }

    #[test]
    fn the_newest_comes_first() {
        let mut rows: Vec<_> = fixture::entries().into_iter().map(Indexed::new).collect();
        rows.sort_by(|a, b| Order::default().compare(a, b));
        let starts: Vec<_> = rows.iter().filter_map(|row| row.start).collect();
        assert!(starts.is_sorted_by(|a, b| a >= b));
    }
}
