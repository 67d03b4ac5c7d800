use crate::incident::Certainty;
use crate::resolve::{self, Policy};
use crate::source::Source;

/// The moments of a report that count, those that are not beyond doubt behind a "~".
fn told(text: &str) -> Vec<String> {
    let source = Source::decode("report.md", text.as_bytes().to_vec());
    let incidents = resolve::read(&source, &Policy::default()).incidents;
    let events = incidents.iter().flat_map(|incident| &incident.events);
    let told = events.filter_map(|event| {
        let sure = if event.certainty == Certainty::Stated { "" } else { "~" };
        event.at.map(|at| at.format(&format!("{sure}%d %H:%M")).to_string())
    });
    told.collect()
}

const HEADS: [&str; 2] = [
    "# Search down, 4 May 2026\n\nSearch failed for all customers. All times are in UTC.\n\n",
    "# Search outage\n\nDate: 4 May 2026\nSeverity: SEV2\n\nSearch failed for all customers. All times are in UTC.\n\n",
];

#[test]
fn a_day_of_what_led_up_is_not_that_of_the_incident() {
    for head in HEADS {
        for story in [
            "On 20 April we replaced the disk. It was down from 09:10 to 10:30.",
            "On 20 April we replaced the disk. The new one was smaller. Search stopped at 09:10 and was back at 10:30.",
        ] {
            assert_eq!(told(&format!("{head}{story}")), ["~04 09:10", "~04 10:30"], "{story}");
        }
        for story in [
            "On 20 April we replaced the disk.\n\nSearch was down from 09:10 to 10:30.",
            "The release of 1 May changed the index. At 09:10 the index was full. Search was back at 10:30.",
            "The certificate was issued on 4 February 2026. It expired at 09:10 and search was down until 10:30.",
            "The same fault had taken search down on 20 April from 14:00 to 16:30. Search was down from 09:10 to 10:30.",
            "Search was down from 09:10 to 10:30. On 11 May we will add a second disk.",
        ] {
            assert_eq!(told(&format!("{head}{story}")), ["04 09:10", "04 10:30"], "{story}");
        }
        // A clock of that day may be one of the story.
        let story = "On 20 April at 14:00 we replaced the disk. Search was down from 15:10 to 16:30.";
        assert_eq!(told(&format!("{head}{story}")), ["20 14:00", "~20 15:10", "~20 16:30"]);
    }
}

#[test]
fn another_incident_in_the_paragraph_has_days_of_its_own() {
    for head in HEADS {
        for other in [
            "As in the outage of 20 April (14:00 to 16:30) the disk was full.",
            "Like the outage on 20 April from 14:00 to 16:30, this was a full disk.",
            "On 20 April 2026 we had a similar outage which ended at 16:30.",
            "\n\n## Earlier incidents\n\nOn 20 April search was down from 14:00 to 16:30.",
        ] {
            let text = format!("{head}Search was down from 09:10 to 10:30. {other}");
            assert_eq!(told(&text), ["04 09:10", "04 10:30"], "{text}");
        }
    }
    let twice =
        "# Search down twice\n\nSearch was down on 4 May 2026 from 09:10 to 10:30 UTC. On 6 May it was down again from 14:00 to 16:30 UTC.";
    assert_eq!(told(twice), ["04 09:10", "04 10:30", "06 14:00", "06 16:30"]);
}

#[test]
fn a_story_may_run_over_days() {
    for head in HEADS {
        for (story, want) in [
            ("The disk filled up on 3 May at 23:40 and search failed. It was back at 02:10.", ["03 23:40", "04 02:10"]),
            ("On 3 May at 22:10 search failed. It was back at 23:15.", ["03 22:10", "03 23:15"]),
            ("On 4 May at 22:10 search failed. On 5 May we added hosts. Search was back at 10:05.", ["04 22:10", "05 10:05"]),
        ] {
            assert_eq!(told(&format!("{head}{story}")), want, "{story}");
        }
    }
    let days =
        "On 4 May mail was delayed. It began at 09:10. On 5 May mail stopped at 11:20. On 6 May we added hosts. It was over at 16:05.";
    let text = format!("# Mail delays, 4 to 6 May 2026\n\nAll times are in UTC.\n\n{days}");
    assert_eq!(told(&text), ["04 09:10", "05 11:20", "06 16:05"]);
}

#[test]
fn who_wrote_it_stands_in_a_line_of_its_own() {
    for names in ["Prepared by Ada Reyes on 5 May 2026", "Ada Reyes, Platform, 5 May 2026"] {
        let text = format!("Search outage, 4 May 2026\n{names}\nSearch went down at 09:10 UTC. It was back at 10:30 UTC.");
        assert_eq!(told(&text), ["04 09:10", "04 10:30"], "{names}");
    }
}
