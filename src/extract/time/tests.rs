//! What is read as a time, and what looks like one.

use super::*;

fn show(moment: &Moment) -> String {
    let mut parts = Vec::new();
    if moment.approximate {
        parts.push("~".to_owned());
    }
    if let Some(date) = moment.date {
        let day = date::tests::show(date.day);
        parts.push(date.year.map_or(day.clone(), |year| format!("{year}-{day}")));
    }
    if let Some(clock) = moment.clock {
        let seconds = clock.seconds(None);
        parts.push(format!("{}:{:02}", seconds / 3600, seconds / 60 % 60));
    }
    if let Some(minutes) = moment.offset {
        parts.push(format!("T{minutes:+}"));
    }
    parts.extend(moment.zone.map(|zone| match zone {
        ZonePiece::Fixed(minutes) => format!("{minutes:+}"),
        ZonePiece::Region(region) => region.name().to_owned(),
        ZonePiece::Ambiguous(row) => row.name.to_owned(),
        ZonePiece::Unknown(name) => name.name().to_owned(),
    }));
    parts.extend(moment.also.map(|(clock, _)| format!("= {}", clock.seconds(None) / 60)));
    parts.join(" ")
}

fn read(text: &str) -> Vec<String> {
    let one = |time: &Time| match time {
        Time::Moment(moment) => show(moment),
        Time::Range(from, to, lead) => format!("{lead:?} {} > {}", show(from), show(to)),
        Time::Unreadable(range, _) | Time::Later(range, ..) => format!("?{}", text.get(range.clone()).unwrap_or_default()),
    };
    times(text).iter().map(one).collect()
}

#[test]
fn joins_pieces_to_moments() {
    for (text, want) in [
        ("On June 17th at 3:26pm EDT, people", "6-17 15:26 -240"),
        ("Posted Jun 17, 2025 - 16:31 EDT", "2025-6-17 16:31 -240"),
        ("October 8, 2025, 6:47 PM PDT", "2025-10-8 18:47 -420"),
        ("at 14:04 UTC on 21 March 2024.", "2024-3-21 14:04 +0"),
        ("restored at 01:12 9 Feb 2021 UTC.", "2021-2-9 1:12 +0"),
        ("restored at 01:12 on 9 Feb 2021, PST.", "2021-2-9 1:12 -480"),
        ("UTC 10:15 the alert", "10:15 +0"),
        ("On Friday at 6am the sync ran", "Fri 6:00"),
        ("queued from 4:20 pm on Thursday did", "Thu 16:20"),
        ("Friday evening at 7pm UTC", "Fri 19:00 +0"),
        ("last Thursday was rough", "Thu"),
        ("escalated on the 9th at 11:20 a.m.", "the 9th 11:20"),
        ("on Friday, 12 June 2024 at 10:00", "2024-6-12 10:00"),
        ("2025-05-13T21:36:00-05:00 - DEP", "2025-5-13 21:36 -300"),
        ("2023-08-31T05:22Z", "2023-8-31 5:22 +0"),
        ("| 2023-10-05   16:20 |", "2023-10-5 16:20"),
        ("2023-11-09 11:25~", "~ 2023-11-9 11:25"),
        ("around 5 PM Pacific Time", "~ 17:00 America/Los_Angeles"),
        ("Thu, 20 Nov 2025 17:12:34 +0530", "2025-11-20 17:12 +330"),
        ("T+1h05m  Cause found", "T+65"),
        ("12 Aug 21:17 UTC", "8-12 21:17 +0"),
        ("Jun  8, 19:13 UTC", "6-8 19:13 +0"),
        ("9 Nov 2022 (Wed) 03:12", "2022-11-9 3:12"),
        ("at 10:15 (CET) we", "10:15 +60"),
    ] {
        assert_eq!(read(text), [want], "{text}");
    }
}

#[test]
fn joins_moments_to_ranges() {
    for (text, want) in [
        ("Between 15:35 UTC and 21:50 UTC on 12 Oct 2022, shops", vec!["Between 15:35 +0 > 2022-10-12 21:50 +0"]),
        ("Between 22:41 UTC on 8 Feb 2021 to 01:12 UTC on 9 Feb 2021", vec!["Between 2021-2-8 22:41 +0 > 2021-2-9 1:12 +0"]),
        ("between June 19 13:07 UTC and June 19 16:48 UTC", vec!["Between 6-19 13:07 +0 > 6-19 16:48 +0"]),
        ("From 17:41-18:09 UTC the site", vec!["From 17:41 > 18:09 +0"]),
        ("From approximately 21:42 UTC on 27 April 2021 to 04:00 UTC on 1 May 2021", vec!["From ~ 2021-4-27 21:42 +0 > 2021-5-1 4:00 +0"]),
        ("starting at 9:06 UTC, ending at 9:11 UTC.", vec!["From 9:06 +0 > 9:11 +0"]),
        ("6:10 PM - 7:45 PM (01:10 - 02:45 UTC)", vec!["Bare 18:10 > 19:45", "Bare 1:10 > 2:45 +0"]),
        ("5 February 2025, 07:10–08:25 CET", vec!["Bare 2025-2-5 7:10 > 8:25 +60"]),
        ("2:05-3:10pm PT", vec!["Bare 2:05 > 15:10 America/Los_Angeles"]),
        ("at 10:00 and 11:00 UTC", vec!["10:00", "11:00 +0"]),
        ("from 21:15 PDT / 04:15 UTC until 22:00 PDT / 05:00 UTC.", vec!["From 21:15 -420 = 255 > 22:00 -420 = 300"]),
        ("between 10:00 CET (09:00 UTC) and 11:00 CET (10:00 UTC)", vec!["Between 10:00 +60 = 540 > 11:00 +60 = 600"]),
        ("10:00–11:00 CET (09:00–10:00 UTC) and", vec!["Bare 10:00 = 540 > 11:00 +60 = 600"]),
        ("10:15 UTC / 11:15 CET / 15:45 IST: down", vec!["10:15 +0 = 675"]),
        ("10:15 UTC / 11:15 UTC", vec!["10:15 +0", "11:15 +0"]),
        ("10:15 / 11:15 UTC", vec!["10:15", "11:15 +0"]),
        ("10:15 UTC (11:15 Berlin) it", vec!["10:15 +0"]),
        ("10:15 UTC (06:15 local time) it", vec!["10:15 +0"]),
        ("10:15 UTC (11:15 Restored)", vec!["10:15 +0", "11:15"]),
        ("10:15 UTC (11:20 Berlin)", vec!["10:15 +0", "11:20"]),
        ("10:15 UTC (11:15)", vec!["10:15 +0", "11:15"]),
        ("On 29 October, between 22:30 UTC and about 05:39 UTC", vec!["Between 10-29 22:30 +0 > ~ 5:39 +0"]),
        ("2024-05-01 10:00 - 2024-05-01 11:00", vec!["Bare 2024-5-1 10:00 > 2024-5-1 11:00"]),
        ("Friday, May 9th 22:30 to Saturday, May 10th 2:00 UTC", vec!["Bare 5-9 22:30 > 5-10 2:00 +0"]),
        ("01:00-04:00 BST", vec!["Bare 1:00 > 4:00 BST"]),
        (
            "Starting as early as 18:55 UTC on 02 Jan 2018, and continuing through to 03:30 UTC on 03 Jan 2018",
            vec!["From ~ 2018-1-2 18:55 +0 > 2018-1-3 3:30 +0"],
        ),
        ("between 02:15 and 04:00 BST", vec!["Between 2:15 > 4:00 BST"]),
        ("2026-01-09T10:02Z/2026-01-09T10:47Z", vec!["Bare 2026-1-9 10:02 +0 > 2026-1-9 10:47 +0"]),
        ("2026-01-09 10:02 UTC / 11:02 CET", vec!["2026-1-9 10:02 +0 = 662"]),
    ] {
        assert_eq!(read(text), want, "{text}");
    }
}

#[test]
fn what_shows_nothing_is_no_part_of_a_clock() {
    for text in ["at 14:\u{200b}04 UTC it", "at 1\u{2060}4:04\u{a0}UTC it", "at \u{feff}14:0\u{ad}4 UTC it", "at 2:04\u{202f}PM UTC it"] {
        assert_eq!(read(text), ["14:04 +0"], "{text}");
        let found = times(text).first().map(Time::range).and_then(|range| text.get(range)).unwrap_or_default();
        assert!(found.ends_with("UTC") && found.starts_with(['1', '2']), "{found}");
    }
    assert_eq!(read("at 2:04\nPM"), ["14:04"]);
}

#[test]
fn a_length_is_no_clock() {
    for text in [
        "Duration: 00:45:00",
        "length 1:30",
        "it lasted 2:30",
        "3:20 ago",
        "age 00:12:40",
        "uptime=12:30:05",
        "00:12 later",
        "lag was 00:00:12 behind",
        "the RTO is 02:00 hours",
        "Error budget left 12:30",
        "it says 12:30 (mm:ss)",
        "SLA allows 04:22 of downtime",
        "see 12:34 in the video",
        "a share from 20:1 to 03:02",
        "fe80::12:30",
        "room 14:20",
    ] {
        assert_eq!(read(text), Vec::<String>::new(), "{text}");
    }
    assert_eq!(read("Duration: 10:02 - 10:47 UTC"), ["Bare 10:02 > 10:47 +0"]);
    assert_eq!(read("took 10:02 UTC"), ["10:02 +0"]);
    assert_eq!(read("from 9:10 to 10:02 it lagged"), ["From 9:10 > 10:02"]);
    assert_eq!(read("The train left 10:02"), ["10:02"]);
}

#[test]
fn keeps_what_cannot_be_read() {
    assert_eq!(read("2024-07-04 11:42-11:?? Fix"), ["2024-7-4 11:42", "?11:??"]);
    assert_eq!(read("2019-12-03 --:-- Surge"), ["?2019-12-03 --:--"]);
    assert_eq!(read("20233-05-08 09:00 Tea"), ["?20233-05-08 09:00"]);
    assert_eq!(read("2022-02-?? ??:?? TBA"), ["?2022-02-?? ??:??"]);
}

#[test]
fn refuses_look_alikes() {
    for text in [
        "10.0.0.1:8080 and v2.30.1",
        "80:443 open 24/7",
        "ratio 3:1 or 16:9",
        "https://x.example/2024-05-01/10:30",
        "version 1.10:00",
        "id 2024-05-01-12345",
        "error 1405 users",
        "about 5 of 10",
        "U.S. users UTC",
        "mail at a10:30b",
        "CVE-2021-44228",
        "INC-20417",
        "/24 giving us 250",
        "on the 2nd node of 3",
        "on the 1st floor at",
        "turned on Fridays",
        "last thursdays club",
    ] {
        assert_eq!(read(text), Vec::<String>::new(), "{text}");
    }
}
