//! The day of the story: not that on which it was written, nor one that led up to it.

use super::*;

#[test]
fn the_day_of_writing_is_not_that_of_the_story() {
    for (text, wanted) in [
        // A line of names over the text; weekdays lie beside the day of the story.
        (
            "# Search stood still\n\n*By Ada Reyes, Data Platform — 19 June 2025*\n\nLast Thursday, 12 June, search was down. We had moved it on Wednesday evening.\n\nAt 08:14 UTC the queue grew.\n\nAt 10:41 UTC we emptied it.",
            &["12 08:14", "12 10:41"][..],
        ),
        // A field for the date, where the title tells another.
        (
            "---\ntitle: Slow builds, June 5-6\nauthor: Ada\ndate: 2025-06-10\n---\n\nFrom 21:00 UTC on Thursday, June 5, 2025 until 10:30 UTC on Friday builds were slow.\n\nWe went back on Friday morning at 08:40 UTC.",
            &["05 21:00", "06 08:40", "06 10:30"],
        ),
        // The day of the field is told in the text: it is that of the incident.
        (
            "# Slow builds\n\nDate: 2025-06-10\n\nOn 3 June 2025 we set a new limit. On 10 June 2025 builds failed.\n\n## Timeline\n\n- 08:10 UTC builds fail\n- 09:00 UTC the limit is gone",
            &["10 08:10", "10 09:00"],
        ),
    ] {
        assert_eq!(instants(text), wanted, "{text}");
    }
}

#[test]
fn a_day_that_led_up_to_it_dates_no_later_paragraph() {
    let moved = "On Monday we began to move the hosts. Sixty went without trouble.";
    let lost = "The next one lost its link, and two keys ran at once from 09:31 UTC.\n\nWe stopped both at 09:52 UTC.";
    let text = format!("# Two keys at once\n\nOn 4 June 2025 eleven keys were lost.\n\n## Course\n\n{moved}\n\n{lost}");
    assert_eq!(instants(&text), ["04 09:31", "04 09:52"]);
    // Where the paragraph has a clock, the story is there.
    let text = format!(
        "# Two keys at once\n\nOn 4 June 2025 eleven keys were lost.\n\n## Course\n\n{moved} At 09:20 UTC the link was lost.\n\n{lost}"
    );
    assert_eq!(instants(&text), ["02 09:20", "02 09:31", "02 09:52"]);
    // A later day leads on.
    let text = "# Keys lost\n\nOn 4 June 2025 eleven keys were lost.\n\nOn Thursday we looked again.\n\nAt 09:31 UTC we found two more.";
    assert_eq!(instants(text), ["05 09:31"]);
}

#[test]
fn a_day_of_something_else_dates_no_clock() {
    for (text, wanted) in [
        // What had been before.
        (
            "# Pages lost\n\n* When: 2025-06-12, 08:10Z to 09:20Z\n\n## Course\n\nWe'd moved the pages on the 9th.\n\nAt 08:40Z a reader wrote.",
            &["12 08:10", "12 08:40", "12 09:20"][..],
        ),
        (
            "# Keys\n\n| Part | State on 9 June 2025 |\n| --- | --- |\n| Doors | Outage |\n\n**09:48 UTC** The maker says that the key had been struck off on Sunday.",
            &["09 09:48"],
        ),
        // A clause of its own behind the clock.
        (
            "The money went on 14 June 2025 at 10:12 UTC. The bank was told at 15:55 UTC and held it; it was back on 16 June 2025.",
            &["14 10:12", "14 15:55"],
        ),
        (
            "Codes were lost on 14 June 2025 from 18:40 UTC. By 19:30 UTC a change, carried out by the maker on 10 June 2025, was looked at.",
            &["14 18:40", "14 19:30"],
        ),
        // A weekday that the report writes out.
        (
            "# Two days of it\n\n- Wednesday 11 June 2025, 07:02 to 07:41 UTC\n- Thursday 12 June 2025, 06:58 to 08:20 UTC\n\nOn the Wednesday staff rang at 07:06 UTC.",
            &["11 07:02", "11 07:06", "11 07:41", "12 06:58", "12 08:20"],
        ),
    ] {
        assert_eq!(instants(text), wanted, "{text}");
    }
}

#[test]
fn a_day_behind_a_clock_belongs_to_what_it_leads_to() {
    for (text, wanted) in [
        (
            "On June 9, 2025 search was down between 03:10 and 06:45 UTC, on June 10 between 03:12 and 04:20 UTC.",
            &["09 03:10", "09 06:45", "10 03:12", "10 04:20"][..],
        ),
        ("Search was down from 03:10 to 06:45 UTC, on June 10, 2025, in all places.", &["10 03:10", "10 06:45"]),
        // "The following day" is none of the clock before it.
        (
            "On 14 June 2025 cards were declined from 16:10 UTC. The line was shut at 18:45 UTC, and the keys were put right on the following day.",
            &["14 16:10", "14 18:45"],
        ),
        // "The evening before" is of the clock in front of it.
        (
            "On 14 June 2025 search failed at 02:15 UTC. The disk had been full since 21:50 UTC the evening before.",
            &["13 21:50", "14 02:15"],
        ),
        ("On 14 June 2025 search failed at 02:15 UTC, the day before the launch.", &["14 02:15"]),
        ("On 14 June 2025 search failed at 02:15 UTC. A key was cut at 14:10 UTC on the day before.", &["13 14:10", "14 02:15"]),
        // "The morning after" is of what follows.
        (
            "On 14 June 2025 search failed from 18:30 to 20:15 UTC. The morning after, the list was empty again at 07:10 UTC.",
            &["14 18:30", "14 20:15", "15 07:10"],
        ),
        (
            "# A weekend\n\nTills failed on Saturday, 14 June 2025 and on Sunday, 15 June 2025.\n\n**Saturday:** 11:05 to 12:50 UTC.\n\n**Sunday:** 11:05 to 11:22 UTC. At 15:30 UTC we knew why.",
            &["14 11:05", "14 12:50", "15 11:05", "15 11:22", "15 15:30"],
        ),
        // A mail tells of the days before it.
        (
            "From: Ada <ada@tarn.example>\nDate: Mon, 16 Jun 2025 09:00 +0000\nSubject: Saturday's outage\n\nLifts were down from 09:20 to 10:05 UTC.",
            &["14 09:20", "14 10:05", "16 09:00"],
        ),
        (
            "From: Ada <ada@tarn.example>\nDate: Mon, 16 Jun 2025 09:00 +0000\nSubject: Lifts\n\nOn Wednesday the lifts were down from 09:20 to 10:05 UTC.",
            &["11 09:20", "11 10:05", "16 09:00"],
        ),
        // A weekday in front of a clock.
        (
            "Search failed on 14 June 2025.\n\n| Time (UTC) | What |\n|---|---|\n| Fri 16:50 | Disk fills |\n| Sat 11:38 | Disk full |",
            &["13 16:50", "14 11:38"],
        ),
        // Two windows on two days: each has its own clocks.
        (
            "On Tuesday, 3 June 2025 search was down from 8:40 until 9:25, and on Wednesday, 4 June, from 8:38 until 10:02 (all times UTC).\n\n## Tuesday\n\nThe check failed at 8:42.\n\n## Wednesday\n\nThe check failed at 8:51.",
            &["03 08:40", "03 08:42", "03 09:25", "04 08:38", "04 08:51", "04 10:02"],
        ),
        // Midnight that something crosses is no moment.
        (
            "On 14 June 2025 from 06:00 UTC shifts that cross midnight were lost. By midnight UTC on 15 June all was well.",
            &["14 06:00", "15 00:00"],
        ),
        // A label for times gives their zone.
        (
            "Search down\n\nTimes: U.S. Central (CST)\n\nOn 14 January 2025 search was down from 8:00 a.m. to 9:15 a.m.",
            &["14 14:00", "14 15:15"],
        ),
    ] {
        assert_eq!(instants(text), wanted, "{text}");
    }
}
