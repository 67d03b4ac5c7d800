//! What may not change a report's facts, and what must move them: dates, zones, line ends, wrapping, bullets, case.

#![allow(clippy::expect_used, clippy::panic)]

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use sevline::incident::{Incident, Instant};
use sevline::resolve::{self, Policy};
use sevline::source::Source;

/// A report in the form of a mail, on `day`, with clocks from `start` minutes after midnight, in `zone`.
fn mail(day: NaiveDate, start: u32, zone: &str) -> String {
    let date = day.format("%-d %B %Y");
    let clock = |minutes: u32| format!("{:02}:{:02}", (start + minutes) / 60, (start + minutes) % 60);
    format!(
        "Subject: Outage of the Ledger API on {date}\n\nAll times are in {zone}.\n\nSummary\n\nOn {date}, between {} and {}, customers of the Ledger API \
        could not post entries.\n\nTimeline\n\n- {} - Release goes out\n- {} - Alert pages the on-call engineer\n- {} - Release rolled back\n- {} - All entries \
        posted, service restored\n\nRoot cause\n\nThe release dropped an index.\n\nNext steps\n\n- Test with production data.\n- Alert on slow queries.\n",
        clock(5),
        clock(50),
        clock(0),
        clock(9),
        clock(41),
        clock(50),
    )
}

fn read(text: &str) -> Incident {
    let source = Source::decode("report.txt", text.as_bytes().to_vec());
    resolve::read(&source, &Policy::default())
        .incidents
        .into_iter()
        .next()
        .unwrap_or_else(|| unreachable!("a text is at least one incident"))
}

fn instants(incident: &Incident) -> Vec<Instant> {
    incident.events.iter().filter_map(|event| event.at).collect()
}

/// The facts that may not depend on how the text is laid out.
fn facts(incident: &Incident) -> (Vec<Instant>, Option<Instant>, Option<Instant>, usize, Vec<String>) {
    let edge = |edge: Option<&sevline::incident::Edge>| edge.map(|edge| edge.at);
    let services = incident.services.iter().map(|service| service.value.clone()).collect();
    (instants(incident), edge(incident.impact.start()), edge(incident.impact.end()), incident.action_items.len(), services)
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (0u64..3000).prop_map(|days| NaiveDate::from_ymd_opt(2019, 1, 1).unwrap_or_default() + Days::new(days))
}

proptest! {
    #[test]
    fn a_shift_by_days_shifts_every_instant(day in day(), start in 60u32..1200, by in 1u64..400) {
        let (one, other) = (read(&mail(day, start, "UTC")), read(&mail(day + Days::new(by), start, "UTC")));
        prop_assert!(instants(&one).len() >= 4);
        let moved: Vec<DateTime<Utc>> = instants(&one).iter().map(|at| *at + Days::new(by)).collect();
        prop_assert_eq!(moved, instants(&other));
        prop_assert_eq!(one.impact.minutes(), other.impact.minutes());
    }

    #[test]
    fn another_zone_shifts_every_instant(day in day(), start in 60u32..1200, zone in prop::sample::select(vec![("CET", 60), ("EDT", -240), ("JST", 540), ("UTC+05:30", 330), ("GMT-7", -420)])) {
        let (one, other) = (read(&mail(day, start, "UTC")), read(&mail(day, start, zone.0)));
        let moved: Vec<_> = instants(&one).iter().map(|at| *at - TimeDelta::minutes(zone.1)).collect();
        prop_assert_eq!(moved, instants(&other));
    }

    #[test]
    fn layout_changes_nothing(day in day(), start in 60u32..1200) {
        let plain = mail(day, start, "UTC");
        let known = facts(&read(&plain));
        let wrapped = plain.replace("customers of the Ledger API could", "customers of\nthe Ledger API could");
        for (what, variant) in [
            ("line ends", plain.replace('\n', "\r\n")),
            ("bullets", plain.replace("\n- ", "\n• ")),
            ("indented bullets", plain.replace("\n- ", "\n  * ")),
            ("heading case", plain.replace("\nTimeline\n", "\nTIMELINE\n").replace("\nRoot cause\n", "\nRoot Cause:\n").replace("\nNext steps\n", "\nNEXT STEPS\n")),
            ("Markdown headings", plain.replace("\nTimeline\n", "\n## Timeline\n").replace("\nRoot cause\n", "\n## Root cause\n").replace("\nNext steps\n", "\n## Next steps\n")),
            ("wrapping", wrapped),
            ("a byte order mark", format!("\u{feff}{plain}")),
            ("hard spaces", plain.replace(" UTC", "\u{a0}UTC")),
        ] {
            prop_assert_eq!(&known, &facts(&read(&variant)), "{}", what);
        }
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in "\\PC{0,400}") {
        let source = Source::decode("a.txt", text.clone().into_bytes());
        let reading = resolve::read(&source, &Policy::default());
        prop_assert!(!reading.incidents.is_empty());
        let source = Source::decode("a.md", text.into_bytes());
        resolve::read(&source, &Policy::default());
    }

    #[test]
    fn pieces_of_times_never_panic(parts in prop::collection::vec(prop::sample::select(vec![
        "10:15", "UTC", " - ", "between ", " and ", "March", " 21", "2024", "-", "T+", "5m", "(", ")", "9.30am", "noon", "3/9/2024", ",", " on ", "PT", "?:??", "\n", "|", "–", "24:00", "from ",
    ]), 0..40)) {
        let text = parts.concat();
        for name in ["a.txt", "a.md", "a.html"] {
            resolve::read(&Source::decode(name, text.clone().into_bytes()), &Policy::default());
        }
    }
}
