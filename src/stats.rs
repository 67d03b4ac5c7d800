//! Counts and distributions over a set of incidents, each figure with what it rests on.

pub mod count;
pub mod measure;
pub mod summary;
pub mod survival;

use crate::incident::{Certainty, IncidentKind, Instant, Severity};
use crate::query::Index;
use chrono::{Datelike, Months, NaiveDate, NaiveDateTime, Timelike, Weekday};
use count::{Count, Tally};
use measure::Measure;
use serde::Serialize;
use summary::Summary;

/// The form of exported statistics.
pub const SCHEMA: &str = "sevline/stats/v1";

/// A span of more months than this is not filled with those in which nothing happened.
const MOST_MONTHS: u32 = 1200;

/// What a set of incidents amounts to. Lengths are minutes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Statistics {
    /// Always [`SCHEMA`].
    pub schema: &'static str,
    /// How many incidents are counted.
    pub incidents: usize,
    /// How many of them are ongoing.
    pub ongoing: usize,
    /// How much planned work is left out: it was announced, so it has no detection, and its length was chosen.
    pub maintenance_left_out: usize,
    /// How many doubtful ones are left out: they may be no incidents at all.
    pub doubtful_left_out: usize,
    /// How many are without a start, and so in no month, weekday and hour.
    pub undated: usize,
    /// The first and the last start, as days on the clock that was asked for.
    pub first_day: Option<NaiveDate>,
    /// See [`Statistics::first_day`].
    pub last_day: Option<NaiveDate>,
    /// Every severity, worst first, and `unknown`.
    pub severity: Vec<Count>,
    /// Groups of service names ([`crate::query::facet::group`]), most frequent first; an incident counts for each of its services.
    pub service: Vec<Count>,
    /// Who suffered or published it, most frequent first.
    pub organization: Vec<Count>,
    /// `2024-03`, from the first month to the last.
    pub month: Vec<Count>,
    /// From Monday to Sunday.
    pub weekday: Vec<Count>,
    /// `00` to `23`.
    pub hour: Vec<Count>,
    /// Each length over all incidents.
    pub measures: Vec<Measured>,
    /// The duration for each severity that occurs, worst first.
    pub duration_by_severity: Vec<BySeverity>,
}

/// One length over all incidents.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measured {
    /// Which.
    pub measure: Measure,
    /// What is told of it.
    #[serde(flatten)]
    pub summary: Summary,
}

/// The duration of the incidents of one severity.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BySeverity {
    /// Its name, or `unknown`.
    pub severity: &'static str,
    /// How long they were.
    #[serde(flatten)]
    pub duration: Summary,
}

impl Statistics {
    /// Counts `incidents`, doubtful ones among them only where they are `asked_for`; `clock` is the wall clock that months,
    /// weekdays and hours are read from.
    pub fn of<'a>(
        incidents: impl IntoIterator<Item = &'a Index>,
        asked_for: bool,
        clock: &dyn Fn(&Index, Instant) -> NaiveDateTime,
    ) -> Self {
        let (counted, doubtful): (Vec<_>, Vec<_>) = incidents.into_iter().partition(|incident: &&Index| asked_for || !incident.doubtful);
        let (counted, planned): (Vec<_>, Vec<_>) = counted.into_iter().partition(|incident| incident.kind == IncidentKind::Incident);
        let starts: Vec<_> = counted.iter().filter_map(|incident| Some(clock(incident, incident.start?))).collect();
        let counted = || counted.iter().copied();
        Self {
            schema: SCHEMA,
            incidents: counted().count(),
            ongoing: counted().filter(|incident| incident.ongoing).count(),
            maintenance_left_out: planned.len(),
            doubtful_left_out: doubtful.len(),
            undated: counted().count() - starts.len(),
            first_day: starts.iter().min().map(NaiveDateTime::date),
            last_day: starts.iter().max().map(NaiveDateTime::date),
            severity: severities().map(|severity| count_severity(severity, counted())).collect(),
            service: services(counted()),
            organization: organizations(counted()),
            month: months(&starts),
            weekday: weekdays(&starts),
            hour: (0..24).map(|hour| Count::plain(format!("{hour:02}"), starts.iter().filter(|at| at.hour() == hour).count())).collect(),
            measures: Measure::ALL.iter().map(|&measure| Measured { measure, summary: Summary::of(measure, counted()) }).collect(),
            duration_by_severity: severities().filter_map(|severity| by_severity(severity, counted())).collect(),
        }
    }
}

/// Every severity, worst first; none where no report tells it.
fn severities() -> impl Iterator<Item = Option<Severity>> {
    Severity::ALL.iter().rev().copied().map(Some).chain([None])
}

fn name(severity: Option<Severity>) -> &'static str {
    severity.map_or("unknown", Severity::name)
}

fn has(severity: Option<Severity>) -> impl Fn(&&Index) -> bool {
    move |incident| incident.severity == severity
}

fn count_severity<'a>(severity: Option<Severity>, incidents: impl Iterator<Item = &'a Index>) -> Count {
    let mut count = Count::plain(name(severity), 0);
    for incident in incidents.filter(has(severity)) {
        count.count += 1;
        count.inferred += usize::from(incident.severity_certainty == Some(Certainty::Inferred));
    }
    count
}

fn by_severity<'a>(severity: Option<Severity>, incidents: impl Iterator<Item = &'a Index>) -> Option<BySeverity> {
    let incidents: Vec<_> = incidents.filter(has(severity)).collect();
    let some = !incidents.is_empty();
    some.then(|| BySeverity { severity: name(severity), duration: Summary::of(Measure::Duration, incidents) })
}

fn services<'a>(incidents: impl Iterator<Item = &'a Index>) -> Vec<Count> {
    let mut tally = Tally::default();
    for incident in incidents {
        tally.add(incident.services().map(|service| (service.group, service.name)));
    }
    tally.counts()
}

fn organizations<'a>(incidents: impl Iterator<Item = &'a Index>) -> Vec<Count> {
    let mut tally = Tally::default();
    for incident in incidents {
        tally.add(incident.organization().zip(incident.organization_name()));
    }
    tally.counts()
}

fn months(starts: &[NaiveDateTime]) -> Vec<Count> {
    let first_of_month = |at: &NaiveDateTime| at.date().with_day(1).unwrap_or(at.date());
    let mut told: Vec<_> = starts.iter().map(first_of_month).collect();
    told.sort_unstable();
    let (Some(&first), Some(&last)) = (told.first(), told.last()) else { return Vec::new() };
    let all = (0..MOST_MONTHS).map_while(|n| first.checked_add_months(Months::new(n))).take_while(|month| *month <= last);
    let mut months: Vec<_> = all.collect();
    if months.last() != Some(&last) {
        months.clone_from(&told);
        months.dedup();
    }
    let count = |month: NaiveDate| told.iter().filter(|told| **told == month).count();
    months.into_iter().map(|month| Count::plain(month.format("%Y-%m").to_string(), count(month))).collect()
}

fn weekdays(starts: &[NaiveDateTime]) -> Vec<Count> {
    let days = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    days.into_iter().zip(names).map(|(day, name)| Count::plain(name, starts.iter().filter(|at| at.weekday() == day).count())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::incident::Incident;
    use survival::Figure;

    fn indexed(incidents: &[Incident]) -> Vec<Index> {
        incidents.iter().map(|incident| Index::of(incident, None)).collect()
    }

    fn statistics(incidents: &[Incident]) -> Statistics {
        Statistics::of(&indexed(incidents), false, &|_, at| at.naive_utc())
    }

    fn incidents() -> Vec<Incident> {
        fixture::entries().iter().map(|entry| entry.incident()).collect()
    }

    fn pairs(counts: &[Count]) -> Vec<(&str, usize)> {
        counts.iter().filter(|count| count.count > 0).map(|count| (count.name.as_str(), count.count)).collect()
    }

    #[test]
    fn counts_by_hand() {
        let found = statistics(&incidents());
        assert_eq!((found.incidents, found.ongoing, found.undated, found.maintenance_left_out), (5, 1, 1, 0));
        assert_eq!(pairs(&found.severity), [("critical", 1), ("high", 2), ("medium", 1), ("unknown", 1)]);
        assert_eq!(found.severity.iter().find(|count| count.key == "high").map(|count| count.inferred), Some(2));
        assert_eq!(pairs(&found.service), [("API", 2), ("Calendar", 1), ("Console", 1), ("Login", 1), ("Search", 1)]);
        // Wednesdays 2025-06-11 and 2023-10-04, Saturday 2026-02-07, Thursday 2026-11-19.
        assert_eq!(pairs(&found.weekday), [("Wednesday", 2), ("Thursday", 1), ("Saturday", 1)]);
        assert_eq!(pairs(&found.hour), [("03", 1), ("07", 1), ("13", 1), ("23", 1)]);
        assert_eq!(pairs(&found.month), [("2023-10", 1), ("2025-06", 1), ("2026-02", 1), ("2026-11", 1)]);
        assert_eq!(found.month.len(), 38);
    }

    #[test]
    fn lengths_by_hand() {
        let found = statistics(&incidents());
        let [duration, detect, ..] = found.measures.as_slice() else { unreachable!() };
        // 12, 47 and 85 minutes, one ongoing after 30, one without times.
        let summary = &duration.summary;
        assert_eq!((summary.n, summary.missing, summary.ongoing), (3, 1, 1));
        // 12 of 4 ends: 3/4 is left. The one of 30 leaves without ending. 47 of 2 ends: 3/8 is left.
        let exact = |minutes| Some(Figure { minutes, at_least: false });
        assert_eq!((summary.lower_quartile, summary.median, summary.upper_quartile), (exact(29.5), exact(47.0), exact(85.0)));
        assert_eq!((summary.maximum, summary.p90), (exact(85.0), None));
        // 3, 0 and 30 minutes.
        assert_eq!((detect.summary.n, detect.summary.missing, detect.summary.median), (3, 2, exact(3.0)));
        let by: Vec<_> = found.duration_by_severity.iter().map(|by| (by.severity, by.duration.n, by.duration.ongoing)).collect();
        assert_eq!(by, [("critical", 0, 1), ("high", 2, 0), ("medium", 1, 0), ("unknown", 0, 0)]);
    }

    #[test]
    fn planned_work_is_left_out_and_counted() {
        let mut planned = incidents();
        planned[0].kind = IncidentKind::Maintenance;
        let found = statistics(&planned);
        assert_eq!((found.incidents, found.maintenance_left_out), (4, 1));
        assert_eq!(found.measures.first().map(|measured| measured.summary.n), Some(2));
    }

    #[test]
    fn what_is_doubtful_is_left_out_and_counted_unless_it_is_asked_for() {
        let mut some = incidents();
        some[0].doubtful = Some("a drill".into());
        some[1] = Incident { kind: IncidentKind::Maintenance, doubtful: Some("a plan".into()), ..some[1].clone() };
        let found = statistics(&some);
        assert_eq!((found.incidents, found.doubtful_left_out, found.maintenance_left_out), (3, 2, 0));
        assert_eq!(pairs(&found.severity), [("critical", 1), ("medium", 1), ("unknown", 1)]);
        let found = Statistics::of(&indexed(&some), true, &|_, at| at.naive_utc());
        assert_eq!((found.incidents, found.doubtful_left_out, found.maintenance_left_out), (4, 0, 1));
    }

    #[test]
    fn the_clock_decides_the_day() {
        let late = |_: &Index, at: Instant| at.naive_utc() + chrono::TimeDelta::hours(1);
        let found = Statistics::of(&indexed(&incidents()), false, &late);
        assert_eq!(pairs(&found.hour), [("00", 1), ("04", 1), ("08", 1), ("14", 1)]);
        assert_eq!(found.last_day, NaiveDate::from_ymd_opt(2026, 11, 20));
    }

    #[test]
    fn nothing_amounts_to_nothing() {
        let found = statistics(&[]);
        assert_eq!((found.incidents, found.first_day, found.month.len(), found.duration_by_severity.len()), (0, None, 0, 0));
    }
}
