//! How times are read from sentences: each case a text and the UTC clocks of all instants in it.

#![allow(clippy::expect_used)]

mod aside;
mod days;
mod story;

use sevline::incident::{Certainty, Event, EventKind};
use sevline::resolve::{self, Policy};
use sevline::source::Source;
use std::collections::BTreeSet;

/// The events of all incidents of a text.
fn events(name: &str, text: &str) -> impl Iterator<Item = Event> {
    let source = Source::decode(name, text.as_bytes().to_vec());
    resolve::read(&source, &Policy::default()).incidents.into_iter().flat_map(|incident| incident.events)
}

/// The UTC clocks of all instants.
fn clocks(text: &str) -> BTreeSet<String> {
    events("case.txt", text).filter_map(|event| event.at).map(|at| at.format("%H:%M").to_string()).collect()
}

#[test]
fn sentences_give_their_instants() {
    let cases: &[(&str, &[&str])] = &[
        ("On March 4, 2024 at 2:47 PM PST errors began. They were fixed by 3:05.", &["22:47", "23:05"]),
        ("On March 4, 2024 from 11:30 PM to 1:15 AM PST the service next day was down.", &["07:30", "09:15"]),
        ("At 9:15am on 5th Feb 2024 (GMT) the site was down; it was restored at 10.40am.", &["09:15", "10:40"]),
        ("The outage started at 1405Z on 12 Jun 2021 and ended 1530Z.", &["14:05", "15:30"]),
        ("On 12 June 2021 between the hours of 1405 and 1530 UTC users saw errors.", &["14:05", "15:30"]),
        ("Between 23:50 on 12 June and 00:40 on 13 June 2021 UTC users saw errors.", &["23:50", "00:40"]),
        ("On 12 June 2021, from noon until half past two UTC, users saw errors.", &["12:00", "14:30"]),
        ("2021-06-12 14:00:00+0200 users saw errors until 2021-06-12T15:10:00+02:00.", &["12:00", "13:10"]),
        ("On Jun 12 '21, 14h05 UTC users saw errors; at 14h35 all was well.", &["14:05", "14:35"]),
        ("On June 12, 2021, 8-9:30 AM Pacific Time users saw errors.", &["15:00", "16:30"]),
        ("On Saturday 12 June 2021 users saw errors from 10 AM to noon BST.", &["09:00", "11:00"]),
        ("On 2021-06-12 between 10:00-10:30 and 11:00-11:20 UTC users saw errors.", &["10:00", "10:30", "11:00", "11:20"]),
        ("Starting at 20:30 UTC on 6/12/2021 users saw errors. By 01:10 UTC the next day all was well.", &["20:30", "01:10"]),
        ("On 12 June 2021 at approximately 7 p.m. ET users saw errors. Service was restored around 9:45 p.m.", &["23:00", "01:45"]),
        ("Date: 12/06/2021\nStart: 14:00 BST\nEnd: 15:30 BST\nThe site of our London office was down.", &["13:00", "14:30"]),
        ("At 10:00 (UTC+5:30) on 12 June 2021 users saw errors, until 11:00.", &["04:30", "05:30"]),
        ("At 15:04 America/Los_Angeles on 12 June 2021 users saw errors.", &["22:04"]),
        ("Jun 12, 2021, 3:04 PM (PDT): users saw errors\nJun 12, 2021, 3:30 PM (PDT): recovered", &["22:04", "22:30"]),
        ("Incident began at 2021-06-12 08:30 and ended at 2021-06-12 10:05 (all times are US/Pacific).", &["15:30", "17:05"]),
        ("The incident started on Wednesday, 12 June 2024 15:10 US/Eastern and was over 95 minutes later.", &["19:10"]),
        ("From 10 to 11 PM JST on June 12th 2024 users saw errors.", &["13:00", "14:00"]),
        (
            "On June 12 2024 at 11:58 p.m. UTC alarms fired. At 12:07 a.m. we paged the database team. At 12:31 a.m. errors stopped.",
            &["23:58", "00:07", "00:31"],
        ),
        ("12 June 2024\n22:10 - alarms fired (UTC)\n23:40 - failover\n00:25 - recovered", &["22:10", "23:40", "00:25"]),
        (
            "[2024-06-12 22:10 UTC] alarms fired\n[2024-06-12 22:40 UTC] failover\n[2024-06-13 00:25 UTC] recovered",
            &["22:10", "22:40", "00:25"],
        ),
        ("On 2024/06/12 at 22.10 hrs IST users in Mumbai saw errors till 23.45 hrs IST.", &["16:40", "18:15"]),
        ("Yesterday (June 12, 2024) from 4:05pm–5:20pm AEST users saw errors.", &["06:05", "07:20"]),
        ("12-Jun-2024 04:05 UTC: users saw errors. 12-Jun-2024 05:20 UTC: recovered.", &["04:05", "05:20"]),
        ("On June 12, 2024 at 9:00 a.m. Central, users saw errors until 10:15 a.m. Central.", &["14:00", "15:15"]),
        ("We had an outage from 2024-06-12 09:00 to 10:30 CEST.", &["07:00", "08:30"]),
        ("At 09:00:15 UTC on 12 June 2024 users saw errors; at 09:31:45 UTC they were gone.", &["09:00", "09:31"]),
        ("On 12.06.2024 um 14:05 Uhr CEST began the outage; at 15:05 CEST it ended.", &["12:05", "13:05"]),
        ("2:05PM PDT 6/12/2024 - users saw errors\n2:45PM PDT 6/12/2024 - recovered", &["21:05", "21:45"]),
        ("On June 12, 2024, at 7 AM and 9 AM UTC users saw errors.", &["07:00", "09:00"]),
        ("Outage: 12 June 2024, 07:10–08:25 CEST (1h15m)", &["05:10", "06:25"]),
        // An offset of hours alone, behind a clock.
        ("On 12 June 2024 at 11:38 -03\nusers saw errors.", &["14:38"]),
        // The zone of a range's end is that of its start.
        ("On 12 June 2024 from 20:10 to 21:00 PDT users saw errors.", &["03:10", "04:00"]),
        // A city's time, a country's.
        ("On 12 June 2024 users saw errors from 05:25 to 08:50 Lisbon time.", &["04:25", "07:50"]),
        ("On 12 June 2024 at 8:43 (Japan time) users saw errors.", &["23:43"]),
        ("On 12 June 2024 users in Leeds saw errors until 3:05 pm UK time.", &["14:05"]),
        // The half of the day in words.
        ("On 12 June 2024 at 2:15 in the afternoon UTC users saw errors, until 4:02 PM.", &["14:15", "16:02"]),
        ("Posted Wednesday, June 12, 2024 at 3:45 PM UTC\n\nUsers saw errors this afternoon from 1:20 until 3:05.", &["13:20", "15:05"]),
        // Numbers that are clocks by their words.
        ("On 12 June 2024 the first call came at 09.18 UTC. Wi-Fi was down from 09.10 to 13.35.", &["09:10", "09:18", "13:35"]),
        ("Wi-Fi was out on 12 June 2024 from 18.52 to 22.15 UTC.", &["18:52", "22:15"]),
        // A wrapped sentence may go on with a clock.
        (
            "On 12 June 2024 users could not pay between 10:05 a.m. and\n12:40 p.m. UTC. It happened again from 2:55 p.m. until\n3:30 p.m. that day.",
            &["10:05", "12:40", "14:55", "15:30"],
        ),
        // The year behind the clock.
        ("--- Log opened Wed Jun 12 00:00:12 2024\n[21:36:40] <bot> users saw errors (UTC)\n[21:58:07] <ann> fixed", &["21:36", "21:58"]),
        ("It began at 2:14 in the morning UTC on 12 June 2024 and ended at 3:40.", &["02:14", "03:40"]),
    ];
    for (text, wanted) in cases {
        let wanted: BTreeSet<String> = wanted.iter().map(|clock| (*clock).to_owned()).collect();
        assert_eq!(clocks(text), wanted, "{text}");
    }
}

/// All instants, as day of the month and clock, in order.
fn instants(text: &str) -> Vec<String> {
    instants_of("case.md", text)
}

fn instants_of(name: &str, text: &str) -> Vec<String> {
    let mut found: Vec<_> = events(name, text).filter_map(|event| event.at).map(|at| at.format("%d %H:%M").to_string()).collect();
    found.sort();
    found
}

#[test]
fn look_alikes_give_none() {
    for text in [
        "We upgraded from 10.12 to 10.13 in June 2024.",
        "Prices rose from 09.50 to 10.75 euros in June 2024? No: version 09.10 did.",
        "Claims open each Sunday at 12:01 a.m.",
        "The engineer expects to be on site before 22:30 UTC on 12 June 2024.",
        "Next update on 12 June 2024 at 15:00 UTC.",
        "We think that the work will last until 17:30 UTC on 12 June 2024.",
        "ETA for the fix: 12 June 2024, 14:00 UTC",
        "By 14:00 UTC on 12 June 2024 we expect mails to be delivered.",
        "Version 10.15 UTC-independent builds of 2024 were fine.",
        "Between 5 and 10 users saw errors.",
        "The ratio fell from 9:1 to 3:1.",
        "Central offices were not affected at any time.",
        "From 8 to 9 percent of calls failed.",
        "Port 8080-9090 and 10.0.0.1:443 were open 24/7.",
    ] {
        assert_eq!(clocks(text), BTreeSet::new(), "{text}");
    }
}

/// The instants without those at midnight, each once.
fn days_and_clocks(text: &str) -> Vec<String> {
    let told: BTreeSet<String> = instants(text).into_iter().collect();
    told.into_iter().filter(|at| !at.ends_with("00:00")).collect()
}

/// The instants of a text's events, those that were worked out with a tilde.
fn told(name: &str, text: &str) -> Vec<String> {
    let told = |event: Event| {
        let mark = if event.certainty == Certainty::Inferred { "~" } else { "" };
        Some(format!("{mark}{} {}", event.at?.format("%H:%M"), event.kind.name()))
    };
    events(name, text).filter_map(told).collect()
}

#[test]
fn moments_that_count_from_others_are_worked_out() {
    for (text, want) in [
        ("The outage began on 14 April 2026 at 09:22 UTC and recovered 43 minutes later.", &["09:22 onset", "~10:05 recovered"][..]),
        (
            "The index failed at 10:02 UTC on 4 May 2026. On-call was paged ten minutes later.\n\nTwo hours after that all searches recovered.",
            &["10:02 onset", "~10:12 detected", "~12:12 recovered"],
        ),
        ("Pagers went off at 10:02 UTC on 4 May 2026; the index had failed 12 minutes earlier.", &["~09:50 onset", "10:02 detected"]),
        // No more than the length of something, from what nobody wrote.
        ("The index failed at 10:02 UTC on 4 May 2026. It recovered 43 minutes after the restart.", &["10:02 onset"]),
        ("The index failed at 10:02 UTC on 4 May 2026. Recovery came 43 minutes later than we had hoped.", &["10:02 onset"]),
        ("The index failed at 10:02 UTC on 4 May 2026. Two weeks later the fix was deployed.", &["10:02 onset"]),
        ("The index failed at 10:02 UTC on 4 May 2026. Ten minutes later somebody made tea.", &["10:02 onset"]),
    ] {
        assert_eq!(told("case.txt", &format!("Search outage\n\n{text}\n")), want, "{text}");
    }
}

#[test]
fn a_worked_out_moment_has_the_words_of_both() {
    let text = "Search outage\n\nThe outage began on 14 April 2026 at 09:22 UTC and recovered 43 minutes later.\n";
    let source = Source::decode("case.txt", text.as_bytes().to_vec());
    let incident = resolve::read(&source, &Policy::default()).incidents.remove(0);
    let words = |cites: &[sevline::source::Cite]| cites.iter().filter_map(|cite| text.get(cite.span.range())).collect::<Vec<_>>();
    let end = incident.impact.end().expect("an end");
    assert_eq!(end.certainty, Certainty::Inferred);
    assert_eq!(words(&end.cites), ["43 minutes later", "14 April 2026 at 09:22 UTC"]);
    assert_eq!(incident.impact.start().map(|start| start.certainty), Some(Certainty::Stated));
}

#[test]
fn a_start_is_worked_out_from_the_end_and_the_length() {
    let text = "Search outage\nDate: 4 May 2026\nEnd: 11:15 UTC\nDuration: 40 minutes\n";
    let source = Source::decode("case.txt", text.as_bytes().to_vec());
    let incident = resolve::read(&source, &Policy::default()).incidents.remove(0);
    let start = incident.impact.start().expect("a start");
    assert_eq!((start.certainty, start.at.format("%H:%M").to_string()), (Certainty::Inferred, "10:35".to_owned()));
}

#[test]
fn a_clock_in_brackets_with_a_place_is_the_same_moment() {
    for bracket in ["(03:50 local)", "(03:50 Berlin)", "(04:50 Tallinn time)"] {
        assert_eq!(
            instants(&format!("# Lifts stuck\n\n4 May 2026\n\n- 02:50 UTC {bracket} Doors stay open\n- 04:20 UTC Recovered\n")),
            ["04 02:50", "04 04:20"],
            "{bracket}"
        );
    }
}
