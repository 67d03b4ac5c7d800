//! What may be no report: listed last, counted apart, left out of what counts, and exported with the mark.

use super::{MAIL, folder, run, sevline, text};
use std::path::Path;

/// Trouble in the past, and nothing else that makes a report.
const FAINT: &str = "\
Notes of the storage round, 6 May 2024

The nightly export was slow and failed twice. Nobody had looked at it.
";

fn export(path: &Path, filter: &str) -> Vec<serde_json::Value> {
    let (status, out, _) = run(sevline(["export", "--format", "ndjson", "--filter", filter]).arg(path));
    assert_eq!(status, 0);
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn it_is_exported_with_the_mark() {
    let folder = folder([("mail.txt", MAIL.as_bytes()), ("a-notes.txt", FAINT.as_bytes())]);
    let records = export(folder.path(), "");
    let [faint, mail] = records.as_slice() else { unreachable!("{records:?}") };
    assert_eq!((&faint["doubtful"], &mail["doubtful"]), (&true.into(), &false.into()));
    assert!(faint["doubtful_because"].as_str().is_some_and(|why| !why.is_empty()));
    assert!(mail["doubtful_because"].is_null());
    assert_eq!((export(folder.path(), "is:doubtful").len(), export(folder.path(), "-is:doubtful").len()), (1, 1));
    let (_, out, err) = run(sevline(["list", "--format", "ndjson", "--sort", "title:asc"]).arg(folder.path()));
    let rows: Vec<serde_json::Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.iter().map(|row| row["doubtful"] == true).collect::<Vec<_>>(), [false, true], "{out}");
    assert!(err.contains("sevline: 1 incident, 1 doubtful\n"), "{err}");
    let (_, out, _) = run(sevline(["list"]).arg(folder.path()));
    assert!(out.lines().last().is_some_and(|line| line.contains("  (?) ")), "{out}");
}

#[test]
fn it_is_neither_counted_nor_drawn_unless_it_is_asked_for() {
    let folder = folder([("mail.txt", MAIL.as_bytes()), ("other.txt", MAIL.as_bytes()), ("notes.txt", FAINT.as_bytes())]);
    let left_out = "2 incidents; 1 doubtful one is left out, is:doubtful in --filter asks for it";
    let (_, out, err) = run(sevline(["stats"]).arg(folder.path()));
    assert!(out.starts_with("2 incidents on 2024-05-03.\n1 doubtful one is left out; is:doubtful in --filter asks for them.\n"), "{out}");
    assert!(err.contains("2 incidents, 1 doubtful\n"), "{err}");
    let (_, out, _) = run(sevline(["stats", "--filter", "is:doubtful"]).arg(folder.path()));
    assert!(out.starts_with("1 incident") && !out.contains("doubtful"), "{out}");
    for command in ["timeline", "compare"] {
        let (status, out, err) = run(sevline([command]).arg(folder.path()));
        assert!(status == 0 && out.starts_with("2 incidents") && err.contains(left_out), "{command}: {out}\n{err}");
        // What is named is meant.
        let files = ["mail.txt", "notes.txt"].map(|name| folder.path().join(name));
        let (_, out, err) = run(sevline([command]).args(files.iter().map(|file| text(file))));
        assert!(out.starts_with("2 incidents") && err.contains("1 incident, 1 doubtful\n"), "{command}: {out}\n{err}");
    }
}

#[test]
fn named_alone_it_is_shown_with_its_reason() {
    let folder = folder([("notes.txt", FAINT.as_bytes())]);
    let why = export(folder.path(), "")[0]["doubtful_because"].as_str().unwrap().to_owned();
    let notes = folder.path().join("notes.txt");
    for command in [&["show"][..], &["explain"], &["check"], &["timeline"]] {
        let (status, out, err) = run(sevline([]).args(command).arg(&notes));
        assert!(status == 0 && out.contains("oubtful") && out.contains(&why), "{command:?}: {out}");
        assert!(!err.contains("doubtful"), "{command:?}: {err}");
    }
    let (status, _, err) = run(sevline(["check", "--deny", "note"]).arg(&notes));
    assert_eq!(status, 1, "{err}");
}
