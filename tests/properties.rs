//! What may not change a report's facts, and what must move them: dates, zones, line ends, wrapping, bullets, case.

#![allow(clippy::expect_used, clippy::panic)]

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use sevline::incident::{EventKind, Incident, Instant};
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
#[derive(Debug, PartialEq)]
struct Facts {
    title: Option<String>,
    events: Vec<(Option<Instant>, EventKind)>,
    window: (Option<Instant>, Option<Instant>),
    cause: Option<String>,
    actions: Vec<String>,
    services: Vec<String>,
}

fn facts(incident: &Incident) -> Facts {
    let edge = |edge: Option<&sevline::incident::Edge>| edge.map(|edge| edge.at);
    // How a word's letters are drawn is no fact.
    let plain = |text: &str| {
        let text = text.replace('\u{fb01}', "fi").replace('\u{fb02}', "fl").replace('\u{a0}', " ");
        text.replace('’', "'").replace(['“', '”'], "\"")
    };
    Facts {
        title: incident.title.as_ref().map(|title| plain(&title.value)),
        events: incident.events.iter().map(|event| (event.at, event.kind)).collect(),
        window: (edge(incident.impact.start()), edge(incident.impact.end())),
        cause: incident.root_cause.as_ref().map(|cause| plain(&cause.value)),
        actions: incident.action_items.iter().map(|item| plain(&item.text)).collect(),
        services: incident.services.iter().map(|service| plain(&service.value)).collect(),
    }
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (0u64..3000).prop_map(|days| NaiveDate::from_ymd_opt(2019, 1, 1).unwrap_or_default() + Days::new(days))
}

/// Marks in front of an entry; `N` is its number.
const BULLETS: &[&str] = &["- ", "* ", "• ", "  * ", "  - ", "– ", "N. ", "N) ", "+ ", "▪ "];
/// Guises of a heading.
const HEADINGS: &[&str] = &["line", "label", "atx", "atx3", "setext", "underlined", "bold", "numbered"];
/// Cases of a heading.
const CASES: &[&str] = &["Sentence case", "UPPER CASE", "Title Case"];
/// Spellings of a clock.
const CLOCKS: &[&str] = &["3:04pm", "3:04 pm", "3:04 PM", "3:04 p.m.", "3:04PM", "03:04 PM", "3.04pm", "15h04", "15:04:00"];

fn cased(case: &str, heading: &str) -> String {
    match case {
        "UPPER CASE" => heading.to_uppercase(),
        "Title Case" => {
            let word = |word: &str| word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect::<String>();
            heading.split(' ').map(word).collect::<Vec<_>>().join(" ")
        }
        _ => heading.to_owned(),
    }
}

fn heading_of(guise: &str, heading: &str) -> String {
    match guise {
        "label" => format!("{heading}:"),
        "atx" => format!("## {heading}"),
        "atx3" => format!("### {heading} ###"),
        "setext" => format!("{heading}\n{}", "=".repeat(heading.len())),
        "underlined" => format!("{heading}\n{}", "-".repeat(heading.len())),
        "bold" => format!("**{heading}**"),
        "numbered" => format!("3. {heading}"),
        _ => heading.to_owned(),
    }
}

fn clock(hour: u32, minute: u32, spelling: &str) -> String {
    let (twelve, noon) = ((hour + 11) % 12 + 1, if hour < 12 { 'a' } else { 'p' });
    match spelling {
        "3:04pm" => format!("{twelve}:{minute:02}{noon}m"),
        "3:04 pm" => format!("{twelve}:{minute:02} {noon}m"),
        "3:04 PM" => format!("{twelve}:{minute:02} {}M", noon.to_ascii_uppercase()),
        "3:04PM" => format!("{twelve}:{minute:02}{}M", noon.to_ascii_uppercase()),
        "3:04 p.m." => format!("{twelve}:{minute:02} {noon}.m."),
        "03:04 PM" => format!("{twelve:02}:{minute:02} {}M", noon.to_ascii_uppercase()),
        "3.04pm" => format!("{twelve}.{minute:02}{noon}m"),
        "15h04" => format!("{hour:02}h{minute:02}"),
        _ => format!("{hour:02}:{minute:02}:00"),
    }
}

/// `line` broken so that no line is longer than `width` where a blank allows it; headers of a mail go on where they are.
fn wrapped(line: &str, width: usize) -> String {
    if line.starts_with("Subject:") {
        return line.to_owned();
    }
    let indent = if line.starts_with("- ") { "\n  " } else { "\n" };
    let (mut text, mut room) = (String::new(), width);
    for word in line.split(' ') {
        if !text.is_empty() && word.len() + 1 > room {
            text.push_str(indent);
            room = width;
        } else if !text.is_empty() {
            text.push(' ');
            room = room.saturating_sub(1);
        }
        text.push_str(word);
        room = room.saturating_sub(word.len());
    }
    text
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
        let unwrapped = plain.replace("customers of the Ledger API could", "customers of\nthe Ledger API could");
        for (what, variant) in [
            ("line ends", plain.replace('\n', "\r\n")),
            ("wrapping", unwrapped),
            ("a byte order mark", format!("\u{feff}{plain}")),
            ("hard spaces", plain.replace(" UTC", "\u{a0}UTC")),
            ("hard spaces everywhere", plain.replace(" - ", "\u{a0}-\u{a0}").replace("between ", "between\u{a0}").replace(" and ", "\u{a0}and ")),
            ("ligatures", plain.replace("fi", "\u{fb01}").replace("fl", "\u{fb02}")),
            ("blanks at line ends", plain.replace('\n', "  \n")),
            ("more blank lines", plain.replace("\n\n", "\n\n\n\n")),
            ("en dashes", plain.replace(" - ", " – ")),
            ("em dashes", plain.replace(" - ", " — ")),
            ("colons behind clocks", plain.replace(" - ", ": ")),
        ] {
            prop_assert_eq!(&known, &facts(&read(&variant)), "{}:\n{}", what, variant);
        }
    }

    #[test]
    fn bullets_and_headings_change_nothing(
        day in day(),
        start in 60u32..1200,
        bullet in prop::sample::select(BULLETS),
        heading in prop::sample::select(HEADINGS),
        case in prop::sample::select(CASES),
        ends in prop::sample::select(&["\n", "\r\n"][..]),
    ) {
        let plain = mail(day, start, "UTC");
        let known = facts(&read(&plain));
        let mut variant = String::new();
        let mut number = 0;
        for line in plain.lines() {
            let title = ["Summary", "Timeline", "Root cause", "Next steps"].contains(&line);
            number = if line.starts_with("- ") { number + 1 } else { 0 };
            let line = match line.strip_prefix("- ") {
                Some(entry) => format!("{}{entry}", bullet.replace('N', &number.to_string())),
                None if title => heading_of(heading, &cased(case, line)),
                None => line.to_owned(),
            };
            variant.push_str(&line.replace('\n', ends));
            variant.push_str(ends);
        }
        prop_assert_eq!(&known, &facts(&read(&variant)), "{:?} {} {}:\n{}", bullet, heading, case, variant);
    }

    #[test]
    fn the_width_of_lines_changes_nothing(day in day(), start in 60u32..1200, width in 24usize..110) {
        let plain = mail(day, start, "UTC");
        let known = facts(&read(&plain));
        let variant: String = plain.lines().map(|line| wrapped(line, width) + "\n").collect();
        prop_assert_eq!(&known, &facts(&read(&variant)), "{}:\n{}", width, variant);
    }

    #[test]
    fn the_spelling_of_clocks_changes_nothing(day in day(), start in 60u32..1200, spelling in prop::sample::select(CLOCKS)) {
        let plain = mail(day, start, "UTC");
        let known = facts(&read(&plain));
        let mut variant = String::new();
        let mut rest = plain.as_str();
        while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
            let (before, after) = rest.split_at(at);
            variant.push_str(before);
            let digits = after.bytes().take_while(u8::is_ascii_digit).count();
            let minute = after.get(digits + 1..digits + 3).filter(|_| after.get(digits..=digits) == Some(":")).and_then(|text| text.parse().ok());
            match after[..digits].parse().ok().zip(minute) {
                Some((hour, minute)) => {
                    variant.push_str(&clock(hour, minute, spelling));
                    rest = &after[digits + 3..];
                }
                None => {
                    variant.push_str(&after[..digits]);
                    rest = &after[digits..];
                }
            }
        }
        variant.push_str(rest);
        prop_assert_eq!(&known, &facts(&read(&variant)), "{}:\n{}", spelling, variant);
    }

    #[test]
    fn smart_quotes_change_nothing(day in day(), start in 60u32..1200) {
        let plain = mail(day, start, "UTC").replace("The release dropped", "The release's \"tidy\" step dropped");
        let smart = plain.replace("\"tidy\"", "“tidy”").replace('\'', "’");
        prop_assert_eq!(facts(&read(&plain)), facts(&read(&smart)));
    }

    /// The exported record is written only; what is kept between runs is the model itself.
    #[test]
    fn an_incident_comes_back_from_json(day in day(), start in 60u32..1200, noise in "\\PC{0,80}") {
        let incident = read(&(mail(day, start, "CET") + &noise));
        let text = serde_json::to_string(&incident).expect("an incident is plain data");
        prop_assert_eq!(incident, serde_json::from_str::<Incident>(&text).expect("what was written is read"));
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
