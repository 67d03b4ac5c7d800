//! The dates that a menu offers: years with their quarters and months, and times counted from today.

use super::{Choice, Count};
use crate::incident::Instant;
use crate::query::period::{Period, RELATIVE};
use crate::query::{Indexed, Query};
use chrono::NaiveDate;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What is counted from today and what is chosen besides; then every year, quarter and month in which the impact of a row
/// began that passes `others`, the latest first, each year before its quarters and each quarter before its months.
pub(super) fn counts(rows: &[Indexed], others: &Query, chosen: &[(String, Choice)]) -> Vec<Count> {
    let starts: Vec<_> = rows.iter().filter(|row| others.matches(row)).filter_map(|row| row.start).collect();
    let today = others.today();
    let choice = |name: &str| chosen.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map_or(Choice::Open, |(_, choice)| *choice);
    let count = |name: &str, count| Count { name: name.to_owned(), count, inferred: 0, choice: choice(name) };
    let mut calendar: BTreeMap<_, (Period, usize)> = BTreeMap::new();
    for &start in &starts {
        let around = Period::around(start);
        let inside = around.map(|period| period.map(|period| Reverse(period.from)));
        for (depth, period) in around.into_iter().enumerate() {
            let Some(period) = period else { continue };
            // What has no larger unit inside stands before what has.
            let place = [0, 1, 2].map(|at| if at <= depth { inside.get(at).copied().flatten() } else { None });
            calendar.entry(place).or_insert((period, 0)).1 += 1;
        }
    }
    let calendar: Vec<_> = calendar.into_values().map(|(period, starts)| count(&period.to_string(), starts)).collect();
    let relative = RELATIVE.iter().filter(|_| today.is_some()).map(|(name, _)| *name);
    let known = |name: &str| RELATIVE.iter().any(|(other, _)| *other == name) || calendar.iter().any(|count| count.name == name);
    let further = chosen.iter().map(|(name, _)| name.as_str()).filter(|name| !known(name));
    let above = relative.chain(further).map(|name| count(name, within(name, today, &starts)));
    above.filter(|count| count.count > 0 || count.choice != Choice::Open).collect::<Vec<_>>().into_iter().chain(calendar).collect()
}

/// How many of `starts` lie in the time of that name.
fn within(name: &str, today: Option<NaiveDate>, starts: &[Instant]) -> usize {
    let period = Period::parse(name, today).map(|period| period.alone(today));
    period.map_or(0, |period| starts.iter().filter(|start| (period.from..period.to).contains(start)).count())
}

#[cfg(test)]
mod tests {
    use super::super::{Facet, counts};
    use super::*;
    use crate::fixture;

    fn offered(query: &Query) -> Vec<String> {
        let rows: Vec<_> = fixture::entries().into_iter().map(Indexed::new).collect();
        let sign = |choice| match choice {
            Choice::Open => "",
            Choice::Shown => "+",
            Choice::Hidden => "-",
        };
        counts(&rows, query, Facet::Date).iter().map(|count| format!("{}{} {}", sign(count.choice), count.name, count.count)).collect()
    }

    #[test]
    fn years_stand_before_their_quarters_and_those_before_their_months() {
        let all = "2026 2,2026-Q4 1,2026-11 1,2026-Q1 1,2026-02 1,2025 1,2025-Q2 1,2025-06 1,2023 1,2023-Q4 1,2023-10 1";
        assert_eq!(offered(&Query::default()).join(","), all);
        // A filter of the same facet does not hide its other values; another one does.
        let query = Query::new("start:2025-Q2,2023 -start:2026-11-19 sev:high");
        assert_eq!(offered(&query), ["-2026-11-19 0", "2025 1", "+2025-Q2 1", "2025-06 1", "+2023 1", "2023-Q4 1", "2023-10 1"]);
    }

    #[test]
    fn what_is_counted_from_today_comes_first_where_anything_began_then() {
        let on = |day: &str, text: &str| offered(&Query::new(text).on(day.parse().ok()))[..3].to_vec();
        assert_eq!(on("2026-02-09", ""), ["7d 1", "30d 1", "this-month 1"]);
        assert_eq!(on("2030-01-01", "start:last-quarter"), ["+last-quarter 0", "2026 2", "2026-Q4 1"]);
    }
}
