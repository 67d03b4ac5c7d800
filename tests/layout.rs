//! What only lays a report out changes no fact of it: line ends, blanks of every width, where lines end, marks and charsets.
//!
//! Every report at hand is laid out in each way and read again: those of the repository, and the labelled ones beside it where
//! they are there.

#![allow(clippy::expect_used, clippy::unwrap_used)]

use sevline::incident::Incident;
use sevline::resolve::{self, Policy};
use sevline::source::Source;
use std::fs;
use std::path::{Path, PathBuf};

/// A way to lay a text out, and how many of a hundred reports it may change: those of which a line was wrapped amid others
/// that were not.
type Way = (&'static str, fn(&str) -> Vec<u8>, usize);

const WAYS: [Way; 13] = [
    ("line ends of two signs", |text| text.replace('\n', "\r\n").into(), 0),
    ("line ends of old machines", |text| text.replace('\n', "\r").into(), 0),
    ("blanks before line ends", |text| behind(text, "  ").into(), 0),
    ("tabs before line ends", |text| behind(text, "\t").into(), 0),
    ("hard blanks", |text| between(text, "\u{a0}").into(), 0),
    ("narrow hard blanks", |text| between(text, "\u{202f}").into(), 0),
    ("thin blanks", |text| between(text, "\u{2009}").into(), 0),
    ("two blank lines for one", |text| text.replace("\n\n", "\n\n\n").into(), 0),
    ("a byte order mark", |text| format!("\u{feff}{text}").into(), 0),
    ("UTF-16", |text| [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(), 0),
    ("UTF-16 the other way round", |text| [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect(), 0),
    ("wrapped at 60 columns", |text| wrapped(text, 60).into(), 5),
    ("wrapped at 100 columns", |text| wrapped(text, 100).into(), 4),
];

#[test]
fn layout_changes_no_fact() {
    let reports = reports();
    assert!(reports.len() > 20);
    let mut broken = Vec::new();
    for (way, lay, most) in WAYS {
        let (mut laid, mut changed) = (0, Vec::new());
        for (path, text) in &reports {
            let bytes = lay(text);
            if bytes == text.as_bytes() {
                continue;
            }
            laid += 1;
            if facts(path, bytes) != facts(path, text.clone().into_bytes()) {
                changed.push(path.display().to_string());
            }
        }
        eprintln!("{way}: {} of {laid} changed", changed.len());
        if changed.len() * 100 > laid * most {
            broken.push(format!("{way}: {}", changed.join(", ")));
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn what_is_cited_stands_in_the_file() {
    let text = "Subject: Labels\r\rOn 14 May 2024 from 08:12\u{202f}PDT to 09:05\u{202f}PDT\t\rshops could not print.\r";
    let source = Source::decode("a.txt", text.into());
    let incident = resolve::read(&source, &Policy::default()).incidents.remove(0);
    let words: Vec<_> = incident.events.iter().flat_map(|event| &event.cites).map(|cite| (source.slice(cite.span), cite.line)).collect();
    assert_eq!(words, [("14 May 2024 from 08:12\u{202f}PDT", 3), ("09:05\u{202f}PDT", 3)]);
}

#[test]
fn two_reports_one_after_the_other_are_two_incidents() {
    for (name, head, between) in
        [("a.txt", "Subject: ", "\n\n"), ("a.mbox", "From ada Fri May  3 16:00:00 2024\nMIME-Version: 1.0\nSubject: ", "")]
    {
        let report = |title: &str, day| {
            format!("{head}{title}\n\nSeverity: SEV2\n\nBetween 14:04 and 14:57 UTC on {day} May 2024 customers could not pay.\n\n")
        };
        let text = report("Checkout down", 3) + between + &report("Search down", 9);
        let read = resolve::read(&Source::decode(name, text.into()), &Policy::default()).incidents;
        let titles: Vec<_> = read.iter().filter_map(|incident| incident.title.as_ref()).map(|title| title.value.as_str()).collect();
        assert_eq!(titles, ["Checkout down", "Search down"], "{name}");
    }
}

/// The reports at hand, in text and Markdown, with line feeds.
fn reports() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("assets/samples"), root.join("tests/reports")];
    for name in ["corpus", "corpus-3"] {
        let folder = root.join("../shared").join(name);
        if folder.is_dir() {
            folders.push(folder);
        } else {
            eprintln!("skipped: {} is not there", folder.display());
        }
    }
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let named = path.extension().is_some_and(|extension| extension == "txt" || extension == "md");
            if path.is_dir() {
                folders.push(path);
            } else if let Some(text) = fs::read_to_string(&path).ok().filter(|_| named && !path.ends_with("README.md")) {
                found.push((path, text.replace("\r\n", "\n")));
            }
        }
    }
    found.sort();
    found
}

/// What a report says, without where it says so.
fn facts(path: &Path, bytes: Vec<u8>) -> Vec<String> {
    let source = Source::decode(path.to_string_lossy(), bytes);
    resolve::read(&source, &Policy::default()).incidents.iter().map(told).collect()
}

fn told(incident: &Incident) -> String {
    let events: Vec<_> = incident.events.iter().map(|event| (event.at, event.date, event.kind, event.certainty)).collect();
    let services: Vec<_> = incident.services.iter().map(|service| service.value.as_str()).collect();
    let words = |fact: Option<&str>| fact.map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "));
    format!(
        "{:?} {:?} {:?} {:?} {:?} {events:?} {services:?}",
        words(incident.title.as_ref().map(|title| title.value.as_str())),
        incident.severity.as_ref().map(|severity| severity.value),
        incident.impact.start().map(|edge| (edge.at, edge.certainty)),
        incident.impact.end().map(|edge| (edge.at, edge.certainty)),
        words(incident.organization.as_ref().map(|name| name.value.as_str())),
    )
}

/// `text` with `blanks` behind each line that has words.
fn behind(text: &str, blanks: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".into() } else { format!("{line}{blanks}\n") }).collect()
}

/// `text` with `blank` between a digit and the letters behind it.
fn between(text: &str, blank: &str) -> String {
    let mut laid = String::new();
    let mut before = None;
    let mut signs = text.chars().peekable();
    while let Some(c) = signs.next() {
        let joins = c == ' ' && before.is_some_and(|c: char| c.is_ascii_digit()) && signs.peek().is_some_and(|c| c.is_ascii_alphabetic());
        if joins {
            laid.push_str(blank)
        } else {
            laid.push(c)
        }
        before = Some(c);
    }
    laid
}

/// `text` with its long paragraphs wrapped: lines of prose that begin with a letter and end like a sentence.
fn wrapped(text: &str, columns: usize) -> String {
    let mut laid = String::new();
    for line in text.split_inclusive('\n') {
        let prose = line.starts_with(char::is_alphabetic)
            && line.trim_end().ends_with(['.', '!', '?'])
            && line.split_once(':').is_none_or(|(label, _)| label.len() > 40);
        if !prose || line.chars().count() <= columns {
            laid.push_str(line);
            continue;
        }
        let mut wide = 0;
        for word in line.split_whitespace() {
            let length = word.chars().count();
            if wide > 0 && wide + 1 + length > columns {
                laid.push('\n');
                wide = 0;
            } else if wide > 0 {
                laid.push(' ');
                wide += 1;
            }
            laid.push_str(word);
            wide += length;
        }
        laid.push('\n');
    }
    laid
}
