//! What must hold whatever the input is. Each target takes bytes and panics where something does not hold.
//!
//! The targets of `fuzz_targets` feed these functions; `tests/replay.rs` gives them every input that is kept.

mod explorer;
mod explorers;
mod kept;

pub use explorer::keys;
pub use explorers::explorers;
pub use kept::cache;

use chrono::{DateTime, FixedOffset, Utc};
use sevline::app::show::{self, Clock};
use sevline::extract::{duration, time};
use sevline::incident::Incident;
use sevline::library::{self, Entry, Input, Origin};
use sevline::query::{Indexed, Query};
use sevline::resolve::{self, Policy};
use sevline::sanitize;
use sevline::source::Source;
use sevline::state::{self, Change, State};
use sevline::{config, export, facts, keymap, picture, theme};
use std::sync::LazyLock;

/// What brings a reader into play, by the first byte of an input: the name of a file and how its text begins.
const FORMS: &[(&str, &str)] = &[
    ("a.txt", ""),
    ("a.md", ""),
    ("a.html", "<!doctype html><html><body>"),
    ("a.json", "{\"incidents\":["),
    ("a.json", "["),
    ("a.xml", "<?xml version=\"1.0\"?><feed><title>Acme Status - Incident History</title><entry>"),
    ("a.txt", "Logins fail\nIncident Report for Quillpost\n\nResolved\n"),
    ("a.md", "---\ntitle: "),
    ("a.txt", "From: a@b.example\nSubject: Logins fail\n\n"),
    ("a.md", "# Logins fail\n\n## Timeline\n\n"),
    ("a.csv", "ID,Title,Severity,Start (UTC),End (UTC)\n"),
    ("a.yaml", "- title: Logins fail\n  severity: SEV2\n  started_at: "),
    ("a.toml", "[[incident]]\ntitle = \"Logins fail\"\nstart = "),
    ("a.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nX-MAINTNOTE-PROVIDER:a.example\n"),
    ("a.json", "{\"data\":[{\"attributes\":{"),
];

fn clock() -> Clock {
    Clock::new(show::Zone::Reported, east)
}

fn east(_: DateTime<Utc>) -> FixedOffset {
    FixedOffset::east_opt(3600).expect("an hour is an offset")
}

/// A whole report: it is read, the same every time; every fact has words that stand in it; everything that is printed of it
/// steers no terminal; and the model comes back from what is kept of it.
pub fn report(data: &[u8]) {
    let Some((form, rest)) = data.split_first() else { return };
    let (name, start) = FORMS[usize::from(*form) % FORMS.len()];
    let bytes = [start.as_bytes(), rest].concat();
    let source = Source::decode(name, bytes.clone());
    let reading = resolve::read(&source, &Policy::default());
    // Of records there may be none, or none in a form that is known.
    assert!(!reading.incidents.is_empty() || reading.fault.is_some() || name.ends_with(".json"));
    assert_eq!(reading, resolve::read(&source, &Policy::default()), "it is read another way the second time");
    for incident in reading.incidents {
        for known in facts::of(&incident) {
            for cite in known.cites {
                assert!(source.text().get(cite.span.range()).is_some(), "{}: no words at {:?}", known.pointer, cite.span);
                assert_eq!(source.line_of(cite.span.start), cite.line);
            }
        }
        assert!(incident.impact.minutes().is_none_or(|minutes| minutes >= 0.0));
        let kept = serde_json::to_string(&incident).expect("plain data");
        assert_eq!(serde_json::from_str::<Incident>(&kept).expect("what was written is read"), incident);
        printed(&Entry::new(incident, Origin::Memory(bytes.as_slice().into())));
    }
}

/// Everything that is written of an incident for others to read.
fn printed(entry: &Entry) {
    let mut out = Vec::new();
    export::ndjson(&mut out, entry).expect("a vector takes everything");
    let record: serde_json::Value = serde_json::from_slice(&out).expect("the record is JSON");
    assert!(record.is_object());
    let chart = picture::build::timeline(&[entry], clock(), true);
    let look =
        picture::text::Look { width: 80, spell: &str::to_owned, ascii: false, paint: &|text, _| text.to_owned(), bold: &str::to_owned };
    picture::text::text(&mut out, &chart, look).expect("a vector takes everything");
    out.extend(picture::svg(&chart).into_bytes());
    out.extend(picture::page(&chart).into_bytes());
    safe(std::str::from_utf8(&out).expect("text"));
}

/// Nothing steers a terminal but line ends; a joiner inside an emoji is part of a picture.
fn safe(text: &str) {
    let steers = |c: char| sanitize::is_hostile(c) && !matches!(c, '\n' | '\t' | '\u{200d}' | '\u{fe0f}');
    assert_eq!(text.chars().find(|&c| steers(c)), None);
}

/// Expressions of time: what is found stands in the text, in order.
pub fn times(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut end = 0;
    for found in time::times(&text) {
        let range = found.range();
        assert!(text.get(range.clone()).is_some_and(|words| !words.is_empty()), "{range:?}");
        assert!(range.start >= end, "{found:?} begins before the one before it ends");
        end = range.end;
    }
    for length in duration::lengths(&text) {
        assert!(text.get(length.range.clone()).is_some_and(|words| !words.is_empty()));
        assert!(length.minutes.is_finite() && length.minutes >= 0.0, "{length:?}");
    }
}

static ROWS: LazyLock<Vec<Indexed>> =
    LazyLock::new(|| library::load(&[Input::Samples], &Policy::default()).entries.into_iter().map(Indexed::new).collect());

/// Filters: mistakes have a place; what a filter says reads back as the same filter.
pub fn query(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let query = Query::new(text.as_ref()).on("2024-03-15".parse().ok());
    for mistake in query.mistakes() {
        assert!(text.get(mistake.span.clone()).is_some(), "{mistake:?}");
    }
    let passing = |query: &Query| ROWS.iter().filter(|row| query.matches(row)).count();
    let count = passing(&query);
    assert!(query.relaxed(&ROWS).iter().all(|(_, others)| *others > 0));
    // With as many brackets as may be, one more is told of and left out.
    let and = query.and("sev:high");
    assert!(passing(&and) <= count || and.mistakes().iter().any(|mistake| mistake.what.contains("brackets inside each other")));
    if query.mistakes().is_empty() {
        let parts = query.parts();
        if let [only] = parts {
            // Brackets around all of it may go; what passes is the same.
            let again = query.anew(only.expr.to_string());
            assert!(again.mistakes().is_empty(), "{}: {:?}", only.expr, again.mistakes());
            assert_eq!(passing(&again), count, "{}", only.expr);
        }
        for (at, part) in parts.iter().enumerate().take(8) {
            assert!(passing(&query.without(at)) >= count, "without {}", part.expr);
        }
    }
}

/// Settings, keys and themes: read, or a mistake with its place.
pub fn config(data: &[u8]) {
    let Some((kind, rest)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    let place = |at: usize| assert!(at <= text.len());
    match kind % 3 {
        0 => {
            if let Err((line, column, why)) = config::parse(&text) {
                assert!(line > 0 && column > 0 && !why.is_empty());
                assert!(line <= text.matches('\n').count() + 1);
            }
            config::lines(&text);
        }
        1 => match keymap::Keymap::shipped().expect("shipped keys are right").with(&text) {
            Ok(map) => map.bindings().for_each(|(context, action, key)| {
                assert!(map.action(context, key).is_some(), "{action:?} {key}");
            }),
            Err(mistake) => place(mistake.at),
        },
        _ => {
            if let Err(mistake) = theme::Theme::own("mine", &text, theme::Depth::Mono) {
                place(mistake.at);
            }
        }
    }
}

const FILES: [&str; 3] = ["history", "filters.toml", "reviews.toml"];

static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a folder"));

/// What is remembered: a file of any bytes is read or told of, and one that cannot be read is never written over.
pub fn state(data: &[u8]) {
    let Some((kind, rest)) = data.split_first() else { return };
    let folder = FOLDER.path();
    let _ = std::fs::remove_dir_all(folder);
    std::fs::create_dir_all(folder).expect("a folder");
    let path = folder.join(FILES[usize::from(*kind) % FILES.len()]);
    std::fs::write(&path, rest).expect("a file");
    let (before, errors) = State::load(folder);
    before.history.iter().chain(before.filters.keys()).chain(before.filters.values()).for_each(|text| safe(text));
    let saved = Change::Filter { name: "mine".into(), before: before.filters.get("mine").cloned(), after: Some("sev:high".into()) };
    for change in [&saved, &Change::Typed("dur>30m".into())] {
        let done = state::change(folder, change);
        assert!(done.is_ok() || !errors.is_empty());
    }
    let (after, _) = State::load(folder);
    if errors.is_empty() {
        assert_eq!(after.filters.get("mine").map(String::as_str), Some("sev:high"));
        assert!(before.filters.iter().all(|(name, filter)| name == "mine" || after.filters.get(name) == Some(filter)));
        assert_eq!(after.history.last().map(String::as_str), Some("dur>30m"));
        assert_eq!(after.reviews.iter().count(), before.reviews.iter().count());
    } else {
        assert_eq!(std::fs::read(&path).expect("it is there"), rest, "what could not be read was written over");
    }
}
