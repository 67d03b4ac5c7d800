//! The forms of records that come along: a sample of each, in the shape its tool documents, and what is read of it.

#![allow(clippy::unwrap_used)]

use sevline::format::form::Forms;
use sevline::format::records;
use sevline::incident::{Certainty, Edge, Incident};
use sevline::resolve::{self, Policy};
use sevline::source::Source;
use std::path::{Path, PathBuf};

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/forms");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|path| path.is_file());
    files.sort();
    files
}

fn source(path: &Path) -> Source {
    Source::decode(path.file_name().unwrap().to_string_lossy(), std::fs::read(path).unwrap())
}

/// A moment, `~` in front of one that was worked out.
fn at(edge: Option<&Edge>) -> String {
    let mark = |edge: &Edge| if edge.certainty == Certainty::Inferred { "~" } else { "" };
    edge.map_or("-".into(), |edge| format!("{}{}", mark(edge), edge.at.format("%Y-%m-%d %H:%M:%S")))
}

/// An incident in a line for each kind of fact.
fn lines(incident: &Incident) -> String {
    let milestones = &incident.milestones;
    let facts = [
        ("id", incident.id.clone()),
        ("status", incident.status.as_ref().map_or("-".into(), |status| status.value.name().to_owned())),
        (
            "severity",
            incident.severity.as_ref().map_or("-".into(), |severity| format!("{} {}", severity.value.name(), severity.certainty.name())),
        ),
        ("services", incident.services.iter().map(|service| service.value.clone()).collect::<Vec<_>>().join(", ")),
        ("impact", format!("{} to {}", at(incident.impact.start()), at(incident.impact.end()))),
        ("detected", at(milestones.detected.as_ref())),
        ("acknowledged", at(milestones.acknowledged.as_ref())),
        ("identified", at(milestones.identified.as_ref())),
        ("mitigated", at(milestones.mitigated.as_ref())),
        ("resolved", at(milestones.resolved.as_ref())),
        ("cause", incident.root_cause.as_ref().map_or(String::new(), |cause| cause.value.clone())),
        ("stated length", incident.impact.stated_minutes.as_ref().map_or(String::new(), |minutes| format!("{} minutes", minutes.value))),
        ("updates", incident.communication.map_or(String::new(), |said| format!("{} to {}", said.start, said.end))),
        (
            "actions",
            incident.action_items.iter().map(|item| format!("{} ({})", item.text, item.state.name())).collect::<Vec<_>>().join(", "),
        ),
    ];
    let title = incident.title.as_ref().map_or("(no title)", |title| title.value.as_str());
    let told = facts.iter().filter(|(_, value)| !value.is_empty() && value != "-").map(|(name, value)| format!("    {name}: {value}\n"));
    format!("  {} {title}\n{}", incident.kind.name(), told.collect::<String>())
}

#[test]
fn every_form_has_a_sample_that_is_read() {
    let mut read = String::new();
    let mut met = std::collections::BTreeSet::new();
    for path in samples() {
        let source = source(&path);
        let form = records::look(&source, &Forms::default()).and_then(|look| look.form).map_or("(text)".into(), |(id, _)| id);
        let reading = resolve::read(&source, &Policy::default());
        assert_eq!(reading.fault, None, "{}", path.display());
        assert!(reading.is_report && !reading.incidents.is_empty(), "{}", path.display());
        read.push_str(&format!("{}: {form}\n", source.name()));
        reading.incidents.iter().for_each(|incident| read.push_str(&lines(incident)));
        met.insert(form);
    }
    let forms = Forms::default();
    let without: Vec<_> = forms.all().filter(|form| !met.contains(&form.id)).map(|form| form.id.as_str()).collect();
    assert_eq!(without, [""; 0], "each has a sample");
    insta::assert_snapshot!(read);
}

#[test]
fn evidence_stands_in_the_file() {
    for path in samples() {
        let source = source(&path);
        for incident in resolve::read(&source, &Policy::default()).incidents {
            let edges = [incident.impact.start(), incident.impact.end(), incident.milestones.detected.as_ref()];
            for cite in edges.into_iter().flatten().flat_map(|edge| &edge.cites) {
                let words = source.slice(cite.span);
                assert!(words.contains(|c: char| c.is_ascii_digit()), "{}: {words:?}", path.display());
            }
        }
    }
}

#[test]
fn what_has_no_form_is_told_and_no_incident() {
    for (name, text, words) in [
        ("a.json", r#"{"widgets": [{"colour": "red", "size": 4}]}"#, "seems to be an object with `widgets`"),
        ("a.csv", "colour,size,shape\nred,4,round\n", "a list of one object with `colour`, `size`, `shape`"),
        ("a.json", r#"{"incidents": [{"incident_number": 1, "html_url": "x"}]}"#, "nearest to PagerDuty"),
        ("a.csv", "It broke at noon.\nIt worked again at one.\n", "no heads over rows"),
        (
            "a.ics",
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260304T100000Z\nSUMMARY:Weekly talk\nEND:VEVENT\nEND:VCALENDAR\n",
            "this calendar holds no incidents",
        ),
        // A list of meetings has names, starts and ends, and tells of no trouble.
        ("a.csv", "Title,Start,End\nLunch,2026-03-25 12:00,2026-03-25 13:00\n", "no incidents in a form that is known"),
        (
            "a.json",
            r#"[{"title": "Buy milk", "created_at": "2026-03-25T12:00:00Z", "status": "open"}]"#,
            "no incidents in a form that is known",
        ),
    ] {
        let reading = resolve::read(&Source::decode(name, text.into()), &Policy::default());
        assert_eq!(reading.incidents, [], "{text}");
        let message = reading.fault.map(|fault| fault.message).unwrap_or_default();
        assert!(message.contains(words), "{text}: {message}");
    }
    for text in ["[]", r#"{"incidents": []}"#, r#"{"page": {"name": "Ferrow"}, "incidents": []}"#, r#"{"result": []}"#] {
        let reading = resolve::read(&Source::decode("a.json", text.into()), &Policy::default());
        assert_eq!((reading.incidents.len(), reading.fault), (0, None), "{text}");
    }
}
