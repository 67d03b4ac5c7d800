//! How times are read from sentences: each case a text and the UTC clocks of all instants in it.

#![allow(clippy::expect_used)]

use sevline::incident::{Certainty, EventKind};
use sevline::resolve::{self, Policy};
use sevline::source::Source;
use std::collections::BTreeSet;

fn clocks(text: &str) -> BTreeSet<String> {
    let source = Source::decode("case.txt", text.as_bytes().to_vec());
    let reading = resolve::read(&source, &Policy::default());
    let events = reading.incidents.into_iter().flat_map(|incident| incident.events);
    events.filter_map(|event| event.at).map(|at| at.format("%H:%M").to_string()).collect()
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

fn instants(text: &str) -> Vec<String> {
    instants_of("case.md", text)
}

fn instants_of(name: &str, text: &str) -> Vec<String> {
    let source = Source::decode(name, text.as_bytes().to_vec());
    let reading = resolve::read(&source, &Policy::default());
    let events = reading.incidents.into_iter().flat_map(|incident| incident.events);
    let mut found: Vec<_> = events.filter_map(|event| event.at).map(|at| at.format("%d %H:%M").to_string()).collect();
    found.sort();
    found
}

#[test]
fn days_are_told_by_what_stands_around() {
    for (text, wanted) in [
        // Behind its clock a day is that clock's alone.
        (
            "On 12 June 2024 at 21:12 UTC users saw errors. The last was back at 08:22 UTC the next morning.\n\nMail was late from 21:30 to 22:20 UTC.",
            &["12 21:12", "12 21:30", "12 22:20", "13 08:22"][..],
        ),
        (
            "On 12 June 2024 at 21:12 UTC users saw errors. The next morning at 08:22 UTC we took it apart; at 09:10 UTC it was back.",
            &["12 21:12", "13 08:22", "13 09:10"],
        ),
        // Two numbers are the day and month that lie near the date that is written out.
        ("Opened: Thursday 8 August 2024\n\n[09/08 02:05] Users are back.\n\n[08/08 23:40] Users saw errors.", &["08 23:40", "09 02:05"]),
        // A weekday in passing governs no other paragraph.
        (
            "On 12 June 2024 users saw errors from 05:25 UTC. We cancelled 31 flights on the day and another 12 on Friday.\n\nWhy? At 04:10 UTC a card failed.",
            &["12 04:10", "12 05:25"],
        ),
        // The small hours of a night between two days are of the second.
        ("Posted 3 June 2024\n\nIn the night of 11 to 12 June, from 02:00 to 04:00 UTC, we replace a switch.", &["12 02:00", "12 04:00"]),
        // Days over entries.
        (
            "Course of events\n\nJune 11, 2024 (UTC)\n23:40 Users saw errors\nJune 12, 2024\n05:50 Tests\n08:00 Users are back",
            &["11 23:40", "12 05:50", "12 08:00"],
        ),
        // A day that a field gives is not overruled in passing, but by the day on which it was felt.
        (
            "# Search down\n\nDate: 2024-06-12\n\nThe review was held on 2024-06-15 at 14:00 UTC.\n\n## Timeline\n\n- 10:00 UTC Search fails\n- 10:30 UTC Search is back",
            &["12 10:00", "12 10:30", "15 14:00"],
        ),
        (
            "---\ntitle: Search down\ndate: 2024-06-15 09:00:00 +0000\n---\n\nOn 12 June 2024 search was unavailable.\n\n## Timeline (UTC)\n\n- 10:00 Search fails\n- 10:30 Search is back",
            &["12 10:00", "12 10:30", "15 09:00"],
        ),
        // A later paragraph goes back to the evening before, or on past midnight; a day long before is told in passing.
        (
            "At 19:52 UTC on 12 June 2024 a fault cut the power. At 02:31 UTC on 13 June the last disks were back.\n\nSeparately, users saw errors from 19:58 to 22:14 UTC.",
            &["12 19:52", "12 19:58", "12 22:14", "13 02:31"],
        ),
        (
            "At 21:40 UTC on 12 June 2024 users saw errors. At 23:50 we shut it down.\n\nWe tried again at 01:10 and users were back at 01:35.",
            &["12 21:40", "12 23:50", "13 01:10", "13 01:35"],
        ),
        (
            "On 17 June 2024 at 18:40 UTC the link failed. The spare path had been off since 3 June.\n\nThe crew came at 21:50 and the link was up again at 22:30.",
            &["17 18:40", "17 21:50", "17 22:30"],
        ),
        // "Normally" tells of a habit, but not behind what works again.
        ("On 12 June 2024 users saw errors from 10:00 UTC. Imports have been processing normally since 10:45.", &["12 10:00", "12 10:45"]),
        // A weekday in brackets stands between a date and its clock.
        ("Outage: 12 June 2024 (Wed) 03:12 - 03:58 UTC", &["12 03:12", "12 03:58"]),
        // Tables of when each began and ended.
        (
            "# Work\n\n12 June 2024\n\n| Where | Down from | Back at |\n|---|---|---|\n| North | 12:15 UTC | 16:40 UTC |\n| South | not affected | - |",
            &["12 12:15", "12 16:40"],
        ),
    ] {
        assert_eq!(instants(text), wanted, "{text}");
    }
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

/// The UTC instants of all events, as day of the month and clock.
fn days_and_clocks(text: &str) -> Vec<String> {
    let source = Source::decode("case.md", text.as_bytes().to_vec());
    let reading = resolve::read(&source, &Policy::default());
    let events = reading.incidents.into_iter().flat_map(|incident| incident.events);
    let told: BTreeSet<String> = events.filter_map(|event| event.at).map(|at| at.format("%d %H:%M").to_string()).collect();
    told.into_iter().filter(|at| !at.ends_with("00:00")).collect()
}

#[test]
fn clocks_without_a_date_fall_on_the_day_that_fits_the_whole_list_or_text() {
    let cases: &[(&str, &[&str])] = &[
        // A list starts on the day it began, not on the day read last; its look-alike goes on with that day.
        (
            "# Keys lost\n\nAll times are UTC.\n\n- Noticed 2024-02-06 09:15\n- Closed 2024-02-07 11:30\n\n09:15 – A scan finds keys\n\n10:25 – Keys revoked\n",
            &["06 09:15", "06 10:25", "07 11:30"],
        ),
        (
            "# Keys lost\n\nAll times are UTC.\n\n- Noticed 2024-02-06 09:15\n- Reported 2024-02-07 11:30\n\n12:10 – A scan finds keys\n\n13:25 – Keys revoked\n",
            &["06 09:15", "07 11:30", "07 12:10", "07 13:25"],
        ),
        // A sentence over the list gives its day, also behind an entry of another day; without it the entry before does.
        (
            "# Map down\n\nThe map went down at 2023-08-11 02:10 UTC.\n\n## Timeline\n\nWhere no day is given it was 2023-08-11. All times are UTC.\n\n- 2023-08-10 00:45: feed stops\n- 02:10: map down\n- 02:34: feed emptied\n- 17:20: all back\n",
            &["10 00:45", "11 02:10", "11 02:34", "11 17:20"],
        ),
        (
            "# Map down\n\nThe map went down on 2023-08-11.\n\n## Timeline\n\nAll times are UTC.\n\n- 2023-08-10 00:45: feed stops\n- 02:10: map down\n- 02:34: feed emptied\n",
            &["10 00:45", "10 02:10", "10 02:34"],
        ),
        // A day in passing dates nothing below it where the title has the day.
        (
            "# Search down on May 13, 2024\n\nSearch failed as every worker had opened connections.\n\n- The limit was hit as on May 6, with less load\n\n## Timeline\n\n- 15:20 UTC - Searches fail\n- 16:05 UTC - Searches work again\n",
            &["13 15:20", "13 16:05"],
        ),
        // A later day that an entry mentions is not that of the next entry.
        (
            "# Upgrade failed\n\n## Timeline\n\n- Feb 8 2025 01:17 UTC: first node fails\n- 01:33 UTC: nodes are told to go back and to wait until Monday\n- 01:57 UTC: the block is found\n",
            &["08 01:17", "08 01:33", "08 01:57"],
        ),
        // Past midnight in a list; a slip of minutes stays on its day.
        (
            "# Disk full\n\n## Timeline\n\n- 2024-06-12 22:10 UTC: alarms\n- 23:40: failover\n- 00:25: recovered\n",
            &["12 22:10", "12 23:40", "13 00:25"],
        ),
        (
            "# Disk full\n\n## Timeline\n\n- 2024-06-12 22:10 UTC: alarms\n- 22:05: failover\n- 23:25: recovered\n",
            &["12 22:05", "12 22:10", "12 23:25"],
        ),
        // One date at the end of a sentence is that of its ranges.
        (
            "Files out of reach\n\nBetween 02:10 and 06:25 UTC, and once more between 18:00 and 18:40 UTC on 14 Nov 2022, customers could not reach files.\n",
            &["14 02:10", "14 06:25", "14 18:00", "14 18:40"],
        ),
        (
            "# No labels\n\nOn 28 April 2024 at 21:40 UTC printing stopped. The next day, at 00:30 UTC, it jammed. The next day, at 06:10, printing was back.\n",
            &["28 21:40", "29 00:30", "30 06:10"],
        ),
        (
            "# No labels\n\nOn 28 April 2024 at 21:40 UTC printing stopped. The following morning, at 06:10, printing was back.\n",
            &["28 21:40", "29 06:10"],
        ),
        // The end of a range is on the day of its start, whatever other time it is closer to.
        (
            "# Mails late\n\nOn September 23, 2025, between 15:29 UTC and 17:38 UTC and also on September 24, 2025 between 15:02 UTC and 15:12, mails were late.\n",
            &["23 15:29", "23 17:38", "24 15:02", "24 15:12"],
        ),
        // An end that is labelled is after the start, however long it lasted.
        ("# 2024-04-14 Mail down\n\nStart: 03:00 UTC\nEnd: 17:00 UTC\nCause: a disk was full.\n", &["14 03:00", "14 17:00"]),
        ("# 2024-04-14 Mail down\n\nStart: 17:00 UTC\nEnd: 03:00 UTC\nCause: a disk was full.\n", &["14 17:00", "15 03:00"]),
        // Newest first.
        (
            "# Disk full\n\n## Timeline\n\n- 2024-06-14 08:00 UTC: closed\n- 2024-06-13 00:25 UTC: recovered\n- 2024-06-12 23:40 UTC: failover\n- 22:10: alarms\n",
            &["12 22:10", "12 23:40", "13 00:25", "14 08:00"],
        ),
    ];
    for (text, want) in cases {
        assert_eq!(days_and_clocks(text), *want, "{text}");
    }
}

/// The instants of a text's events, those that were worked out with a tilde.
fn told(name: &str, text: &str) -> Vec<String> {
    let source = Source::decode(name, text.as_bytes().to_vec());
    let events = resolve::read(&source, &Policy::default()).incidents.into_iter().flat_map(|incident| incident.events);
    let told = |event: sevline::incident::Event| {
        let mark = if event.certainty == Certainty::Inferred { "~" } else { "" };
        Some(format!("{mark}{} {}", event.at?.format("%H:%M"), event.kind.name()))
    };
    events.filter_map(told).collect()
}

#[test]
fn moments_that_count_from_others_are_worked_out() {
    for (text, want) in [
        ("The outage began on 14 April 2026 at 09:22 UTC and recovered 43 minutes later.", &["09:22 onset", "~10:05 recovered"][..]),
        (
            "The index failed at 10:02 UTC on 4 May 2026. On-call was paged ten minutes later.\n\nTwo hours after that all searches recovered.",
            &["10:02 onset", "~10:12 detected", "~12:12 recovered"],
        ),
        ("Pagers went off at 10:02 UTC on 4 May 2026; the first errors had come 12 minutes earlier.", &["~09:50 onset", "10:02 detected"]),
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
fn what_people_said_of_it_is_no_telling() {
    let timeline =
        "# Runners idle on 12 February 2024\n\n## Timeline (UTC)\n\n- 09:12 Runners fail\n- 09:58 Runners recovered\n\n## Appendix\n\n";
    let report = ["09:12 onset", "09:58 recovered"];
    for talk in [
        "> mira [9:05 AM]\n> coffee?\n>\n> jonas [9:14 AM]\n> all is down\n>\n> mira [10:31 AM]\n> all recovered\n",
        "[09:05] mira: coffee?\n[09:14] jonas: all is down\n[10:31] mira: all recovered\n",
    ] {
        assert_eq!(told("case.md", &format!("{timeline}{talk}")), report, "{talk}");
    }
    // A report that is nothing but talk tells by it.
    let log = "# Runners idle, 12 February 2024 (UTC)\n\n[09:14] jonas: runners fail\n[10:31] mira: all recovered\n[10:40] jonas: closed\n";
    assert_eq!(told("case.md", log), ["09:14 onset", "10:31 recovered", "10:40 resolved"]);
}

#[test]
fn the_story_again_in_another_language_adds_nothing() {
    let story = "Power lost in the south zone\n\nOn 3 August 2021 at 9:15 PM PDT one zone lost power. It was restored at 9:40 PM PDT.\n\n";
    let alone = told("case.txt", story);
    assert_eq!(alone.len(), 2);
    for again in [
        "Am 3. August um 21:15 Uhr pazifischer Zeit - 6:15 Uhr am 4. in Berlin - fiel in einer Zone der Strom aus.\n",
        "El 3 de agosto a las 21:15 una de las zonas se quedó sin corriente para todos los clientes.\n",
        "Le 3 août à 21:15 une des zones est restée sans courant pour tous nos clients.\n",
    ] {
        assert_eq!(told("case.txt", &format!("{story}{again}")), alone, "{again}");
    }
}

#[test]
fn of_a_language_that_is_not_read_clocks_are_told_and_nothing_more() {
    let text = "Störung der Zahlungen\n\nAm 04.05.2026 um 10:02 Uhr fielen die Zahlungen aus. Um 11:15 Uhr war der Dienst wieder da, \
                weil wir die Server von Hand neu gestartet haben.\n";
    assert_eq!(told("case.txt", text), ["~10:02 other", "~11:15 other"]);
    let source = Source::decode("case.txt", text.as_bytes().to_vec());
    let incident = resolve::read(&source, &Policy::default()).incidents.remove(0);
    assert_eq!((incident.impact.start(), incident.severity, incident.root_cause), (None, None, None));
}

#[test]
fn columns_of_prose_that_stand_side_by_side_are_read_one_by_one() {
    let page = "\
Lift doors stuck open

Summary                                           RUN BY
The doors of both lifts stayed open because the   Ada Marsh
controller lost its clock after a restart, and
so it took every day for a day of rest.           IMPACT TIME

What we did                                       May 4 at 10:02 to May 4 at 11:40
We set the clock of the controller by hand and
waited for the doors.                             *All times in this report are in
The caretaker was told.                           PLACE.

Timeline

May 4, 2026

10:02 AM   Doors stay open

11:38 AM   Clock set
";
    let want = |hours: i32| [10 * 60 + 2, 11 * 60 + 38, 11 * 60 + 40].map(|at| format!("{:02}:{:02}", at / 60 - hours, at % 60));
    for (place, hours) in [("Bucharest", 3), ("Edinburgh, London", 1), ("Pacific Time (US & Canada)", -7), ("UTC", 0)] {
        assert_eq!(clocks(&page.replace("PLACE", place)), BTreeSet::from(want(hours)), "{place}");
    }
}

#[test]
fn the_margins_of_printed_pages_date_nothing() {
    let page = |number: u32, text: &str| {
        format!("Lifts - Wiki      https://wiki.example/lifts\n\n{text}\n\n{number} of 2      20.02.2026, 14:50\n\u{c}")
    };
    let text = page(1, "Lift doors stuck open\n\nTimeline (UTC)\n\nMay 4, 2025\n\n10:02 Doors stay open") + &page(2, "11:38 Clock set");
    assert_eq!(instants_of("case.txt", &text), ["04 10:02", "04 11:38"]);
}

#[test]
fn headings_tell_when_themselves() {
    for (text, want) in [
        // A range.
        (
            "# Lifts\n\n## Timeline\n\nAll times in UTC\n\n### 2026-05-04 10:02\n\nDoors stay open\n\n### ~10:20-10:35\n\nFuses\n\n### 11:38 - 11:44\n\nA call\n",
            &["04 10:02", "04 10:20", "04 10:35", "04 11:38", "04 11:44"][..],
        ),
        ("# Lifts\n\n## Timeline\n\n### 2026-05-04 00:25 - 00:29 AM UTC\n\nDoors stay open\n", &["04 00:25", "04 00:29"]),
        // A labelled value.
        (
            "# Lifts stuck\n## Date: May 04, 2026\n## Time: 10:02:10 UTC\n## Details\n\nThe doors of both lifts stayed open.\n",
            &["04 10:02"],
        ),
        // Times in the words of a heading are no value.
        ("# Lifts stuck\n\n## Window: doors of room 10:02\n\nThe doors of both lifts stayed open.\n", &[]),
        // What a timeline gives as its zone holds for the rest, be it over headings of its days.
        (
            "# Lifts stuck\n\nDate/time: 2026-05-04 10:02\n\n## Timeline (all times in JST)\n\n### 2026-05-04\n\n**10:02** Doors stay open\n**11:38** Clock set\n",
            &["04 01:02", "04 02:38"],
        ),
    ] {
        assert_eq!(instants(text), want, "{text}");
    }
}

#[test]
fn a_list_counts_from_its_own_first_time() {
    let list = |cells: [&str; 2]| {
        format!(
            "# Lifts stuck\n\n* Date: May 4 2026, 9:30 AM UTC - May 4 2026, 1:00 PM UTC\n\n## Timeline\n\n| Time | Event |\n| --- | --- |\n| May 4 2026, 10:00 AM UTC | Doors stay open |\n| {} | Caretaker called |\n| {} | Clock set |\n",
            cells[0], cells[1]
        )
    };
    for cells in [["+10 minutes", "+150 minutes"], ["\\[+10 min]", "\\[+2.5 hrs]"]] {
        assert_eq!(instants(&list(cells)), ["04 09:30", "04 10:00", "04 10:10", "04 12:30", "04 13:00"], "{cells:?}");
    }
    // A number of people.
    assert_eq!(instants(&list(["+10 people", "+150"])), ["04 09:30", "04 10:00", "04 13:00"]);
}

#[test]
fn nothing_is_told_before_it_happened() {
    let mail = |sent: &str, text: &str| {
        instants_of("case.txt", &format!("From: lifts@works.example\nSubject: Lifts stuck\nDate: {sent}\n\n{text}\n"))
    };
    for (sent, text, want) in [
        ("Wed, 13 Mar 2024 00:25:00 +0000", "Lifts failed at 22:50 and recovered at 00:10.", &["12 22:50", "13 00:10", "13 00:25"][..]),
        (
            "Wed, 13 Mar 2024 00:25:00 +0000",
            "22:50 Lifts failed\n23:40 Paged\n00:10 Recovered",
            &["12 22:50", "12 23:40", "13 00:10", "13 00:25"],
        ),
        ("Wed, 13 Mar 2024 08:25:00 +0000", "14:50 Lifts failed\n15:40 Lifts recovered", &["12 14:50", "12 15:40", "13 08:25"]),
        ("Tue, 2 Jul 2024 09:05:00 +0900", "The lifts were down from 22:30 to 23:40 UTC.", &["01 22:30", "01 23:40", "02 00:05"]),
        ("Tue, 2 Jul 2024 02:05:00 +0200", "The lifts were down from 23:30 to 01:10 (CEST).", &["01 21:30", "01 23:10", "02 00:05"]),
        // What was told in time stays.
        ("Wed, 13 Mar 2024 10:25:00 +0000", "Lifts failed at 08:50 and recovered at 09:10.", &["13 08:50", "13 09:10", "13 10:25"]),
    ] {
        assert_eq!(mail(sent, text), want, "{text}");
    }
    let page =
        "# Lifts stuck\n\nPosted 13 March 2024 00:25 UTC\n\n- 22:50 UTC Lifts failed\n- 23:40 UTC paged\n- 00:10 UTC Lifts recovered\n";
    assert_eq!(instants(page), ["12 22:50", "12 23:40", "13 00:10", "13 00:25"]);
}

#[test]
fn last_night_is_an_evening_and_the_small_hours_behind_it() {
    let mail = |text: &str| {
        instants_of(
            "case.txt",
            &format!("From: lifts@works.example\nSubject: Lifts stuck\nDate: Thu, 5 Jun 2025 09:30:00 +0000\n\n{text}\n"),
        )
    };
    for (text, want) in [
        ("Last night at 23:10 the lifts stopped. At 01:30 the lifts recovered.", ["04 23:10", "05 01:30", "05 09:30"]),
        ("Last night the lifts were down from 22:20 to 00:30 UTC.", ["04 22:20", "05 00:30", "05 09:30"]),
        ("Last night at 02:20 the lifts stopped. They recovered at 03:30.", ["05 02:20", "05 03:30", "05 09:30"]),
    ] {
        assert_eq!(mail(text), want, "{text}");
    }
}

#[test]
fn days_are_counted_from_the_day_of_writing_and_from_the_last_told() {
    for (text, want) in [
        (
            "Published 12 June 2025, 14:00 UTC\n\nTwo days ago, at 16:20 UTC, the lifts stopped. They recovered at 18:05 UTC.",
            ["10 16:20", "10 18:05", "12 14:00"],
        ),
        (
            "3 July 2024\n\nYesterday, between 22:30 and 23:40 UTC, the lifts were down. Today at 08:00 UTC we met.",
            ["02 22:30", "02 23:40", "03 08:00"],
        ),
        (
            "5 June 2025. All times UTC.\n\nAt 20:20 the lifts stopped. At 21:00 we called. They recovered two days later at 07:30.",
            ["05 20:20", "05 21:00", "07 07:30"],
        ),
        (
            "Date: 5 June 2025. All times UTC.\n\nAt 10:20 the lifts stopped. At 11:30 they recovered. The day before, at 18:00, fuses had been changed.",
            ["04 18:00", "05 10:20", "05 11:30"],
        ),
        (
            "Date: 5 June 2025. All times UTC.\n\nAt 10:20 the lifts stopped. At 11:30 they recovered. On the following Monday at 10:00 we changed the fuses.",
            ["05 10:20", "05 11:30", "09 10:00"],
        ),
    ] {
        assert_eq!(instants(&format!("# Lifts stuck\n\n{text}\n")), want, "{text}");
    }
}

#[test]
fn nothing_ends_before_it_begins() {
    for text in [
        "Start: 1 July 2024 23:30 UTC\nEnd: 01:10 UTC\n\nThe lifts were stuck.",
        "Start: 23:30 UTC\nEnd: 2 July 2024 01:10 UTC\n\nThe lifts were stuck.",
        "- Start: 2024-07-01 23:30 UTC\n- End: 01:10 UTC\n\nThe lifts were stuck.",
        "The outage ended at 01:10 UTC on 2 July 2024.\n\n- 23:30 UTC Lifts fail\n- 01:10 UTC Recovered",
        "Resolved on 2 July 2024.\n\n- 23:30 UTC Lifts fail\n- 01:10 UTC Recovered",
    ] {
        assert_eq!(instants(&format!("# Lifts stuck\n\n{text}\n")), ["01 23:30", "02 01:10"], "{text}");
    }
    let front = "---\ntitle: Lifts stuck\nstart: 2024-07-01 23:30 UTC\nend: 01:10 UTC\n---\nThe lifts were stuck.\n";
    assert_eq!(instants(front), ["01 23:30", "02 01:10"]);
}

#[test]
fn a_list_that_goes_from_its_end_to_its_start_is_newest_first() {
    let text = "# Lifts stuck\n\n31 August 2024\n\n- **01:12 UTC** Resolved. All is well.\n- **00:31 UTC** Monitoring. Fuses were changed.\n- **23:48 UTC** Identified. It is the fuses.\n- **23:20 UTC** Investigating. The lifts do not move.\n";
    assert_eq!(instants(text), ["01 00:31", "01 01:12", "31 23:20", "31 23:48"]);
    let source = Source::decode("case.md", text.as_bytes().to_vec());
    let events = resolve::read(&source, &Policy::default()).incidents.into_iter().flat_map(|incident| incident.events);
    // The day may be that of the entry next to it.
    for event in events {
        assert_eq!((event.certainty, event.alternatives.len()), (Certainty::Inferred, 1), "{}", event.text);
    }
}

#[test]
fn headings_name_or_count_their_day() {
    for (first, second) in
        [("Tuesday, 4 February 2025", "Wednesday"), ("Day 1 - 4 February 2025", "Day 2"), ("4 February 2025", "Wednesday")]
    {
        let text =
            format!("# Lifts stuck\n\n## Timeline (UTC)\n\n### {first}\n- 14:02 Lifts stop\n\n### {second}\n- 08:00 Lifts recover\n");
        assert_eq!(instants(&text), ["04 14:02", "05 08:00"], "{second}");
    }
}

/// A report with one recovery, and `text` under it.
fn with_notes(text: &str) -> Vec<String> {
    instants(&format!("# Lifts stuck\n\nDate: 4 May 2026. All times UTC.\n\n- 02:50 Doors stay open\n- 04:20 Recovered\n\n{text}\n"))
}

#[test]
fn figures_that_measure_are_no_clocks() {
    for text in [
        "The fare rose from 12.30 to 14.50 and fell again.",
        "The panel was upgraded from 10.04 to 12.04 that week.",
        "The wait went from 0.3 s to 09.15 s.",
        "The share of good trips fell from 20:1 to 03:02.",
        "The contract allows 04:22 of downtime a month, and the RTO is 02:00 hours.",
        "Total downtime: 00:45:00. Error budget left 12:30 (mm:ss).",
    ] {
        assert_eq!(with_notes(text), ["04 02:50", "04 04:20"], "{text}");
    }
    assert_eq!(with_notes("Both lifts were off from 02.55 to 03.10."), ["04 02:50", "04 02:55", "04 03:10", "04 04:20"]);
}

#[test]
fn what_has_not_happened_is_no_event() {
    for text in ["The permit would have expired at 23:59 anyway.", "If the spare part had been ready at 03:00, it would have been shorter."]
    {
        assert_eq!(with_notes(text), ["04 02:50", "04 04:20"], "{text}");
    }
    assert_eq!(with_notes("Some guests would have seen a door open at 03:00."), ["04 02:50", "04 03:00", "04 04:20"]);
    for (entry, told) in [
        ("We expect the doors to recover within the hour", false),
        ("The maker says it is expected to be resolved by 17:30", false),
        ("The reset did not fix it, the doors have not recovered", false),
        ("The maker promised a technician on site at 07:15", false),
        ("The doors recovered as expected", true),
    ] {
        let text =
            format!("# Lifts stuck\n\nDate: 4 May 2026. All times UTC.\n\n- 02:50 Doors stay open\n- 03:20 {entry}\n- 03:40 Clock set\n");
        let source = Source::decode("case.md", text.into_bytes());
        let reading = resolve::read(&source, &Policy::default());
        let events: Vec<_> = reading.incidents.into_iter().flat_map(|incident| incident.events).collect();
        assert_eq!(events.len(), 3, "{entry}");
        let recovered = events.iter().any(|event| event.kind != EventKind::Other && event.written == "03:20");
        assert_eq!(recovered, told, "{entry}");
    }
}

#[test]
fn what_is_not_of_the_incident_gives_no_event() {
    for text in [
        "The nightly job starts at 01:00. Our office opens at 9:00 and support is available 08:00-18:00.",
        "The review meeting takes place on 28 May at 10:00.",
        "A similar incident happened on 2 January 2026 from 10:00 to 11:00 UTC.",
        "Last updated 2 June 2026 at 11:00 UTC | Printed 3 June 2026 12:00",
        "Generated by Tidebot at 2026-06-02 11:00:03 UTC",
    ] {
        assert_eq!(with_notes(text), ["04 02:50", "04 04:20"], "{text}");
    }
    for text in [
        "The nightly job started at 03:00.",
        "The earlier outage of the doors ended at 03:00.",
        "Updated the rules at 03:00 with the maker.",
    ] {
        assert_eq!(with_notes(text), ["04 02:50", "04 03:00", "04 04:20"], "{text}");
    }
    // Nor a day for what follows.
    let story = |aside: &str| {
        format!("# Lifts stuck\n\nOn 4 May 2026 at 02:50 UTC the doors stayed open. {aside}At 04:20 UTC they closed again.\n")
    };
    assert_eq!(instants(&story("A similar incident happened on 2 January 2026 at 10:00 UTC. ")), ["04 02:50", "04 04:20"]);
    // The only one that is told.
    assert_eq!(instants("# Lifts stuck\n\nA previous outage of both lifts began on 4 May 2026 at 02:50 UTC.\n"), ["04 02:50"]);
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
