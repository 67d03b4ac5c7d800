//! On which day a clock falls.

use super::*;

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
