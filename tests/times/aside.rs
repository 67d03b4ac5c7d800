//! What is no moment of the incident, and what stands beside its telling.

use super::*;

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
