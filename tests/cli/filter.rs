//! What every command takes to choose and order incidents.

use crate::{COMMANDS, MAIL, folder, run, sevline, text};
use tempfile::TempDir;

/// Three reports: how bad, and when.
fn three() -> TempDir {
    let report =
        |severity: &str, day: u32, end: &str| MAIL.replace("SEV2", severity).replace("3 May", &format!("{day} May")).replace("14:57", end);
    let (a, b, c) = (report("SEV1", 3, "14:24"), report("SEV2", 4, "15:57"), report("SEV3", 5, "14:57"));
    folder([("a.txt", a.as_bytes()), ("b.txt", b.as_bytes()), ("c.txt", c.as_bytes())])
}

#[test]
fn every_command_takes_the_filter_the_order_and_the_limit() {
    let folder = three();
    let ids = |args: &[&str]| {
        let (status, out, error) = run(sevline(["export", "--format", "ndjson", text(folder.path())]).args(args));
        assert_eq!(status, 0, "{error}");
        let records = out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        (records.map(|record| record["source"]["path"].as_str().unwrap().replace(".txt", "")).collect::<String>(), error)
    };
    for (args, expected) in [
        (&["--filter", "sev>=high"][..], "ab"),
        (&["--filter", "sev>=high dur>1h"], "b"),
        (&["--filter", "text:\"error rate rose\" -sev:medium"], "ab"),
        (&["--filter", "after:2024-05-04"], "bc"),
        (&["--sort", "duration"], "bca"),
        (&["--sort", "sev:asc"], "cba"),
        (&["--sort", "start", "--limit", "2"], "cb"),
        (&["--limit", "1"], "a"),
        // The reports are older than that, whatever day it is.
        (&["--filter", "before:2w"], "abc"),
        (&["--filter", "after:30d"], ""),
        (&["--filter", "start:9y..1y lasted>20m -date:last-month"], "bc"),
        (&["--filter", "zzz"], ""),
        // What begins with a minus is a filter like others.
        (&["--filter", "-sev:critical"], "bc"),
        (&["--filter", "-sev:critical", "--limit", "1"], "b"),
    ] {
        assert_eq!(ids(args).0, expected, "{args:?}");
    }
    assert!(ids(&["--filter", "sev:high"]).1.contains("the filter hides 2 of 3 incidents"));
    assert!(ids(&["--limit", "1"]).1.contains("--limit leaves out 2 of 3 incidents"));
    assert_eq!(ids(&[]).1, "");
    for command in COMMANDS {
        let (status, out, error) = run(sevline([]).args(*command).args(["--filter", "sev:critical", text(folder.path())]));
        assert!(status == 0 && !out.contains("4 May") && !out.contains("2024-05-04"), "{command:?}\n{out}");
        assert!(error.contains("the filter hides 2 of 3 incidents"), "{command:?}\n{error}");
        let (status, _, _) = run(sevline([]).args(*command).args(["--sort", "start:asc", "--limit", "2", text(folder.path())]));
        assert_eq!(status, 0, "{command:?}");
    }
    // The newest comes first in a table unless another order is asked for.
    let (_, out, _) = run(&mut sevline(["list", text(folder.path()), "--limit", "1"]));
    assert!(out.contains("2024-05-05") && out.lines().count() == 2, "{out}");
}

#[test]
fn a_mistake_in_a_filter_is_shown_below_its_place() {
    let (status, out, error) = run(&mut sevline(["list", "--filter", "dur>30m sevv:high"]));
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(error.contains("there is no field “sevv”; did you mean “sev”?\n  dur>30m sevv:high\n          ^^^^\n"), "{error}");
    let (status, _, error) = run(&mut sevline(["list", "--filter", "x \u{1b}[2J:y )"]));
    assert!(status == 2 && !error.contains('\u{1b}'), "{error}");
    for (args, words) in
        [(["--sort", "size"], "columns are severity, start"), (["--sort", "start:up"], "start:asc"), (["--limit", "x"], "--limit")]
    {
        let (status, _, error) = run(sevline(["list"]).args(args));
        assert!(status == 2 && error.contains(words), "{error}");
    }
}

#[test]
fn a_table_has_the_columns_that_are_named() {
    let folder = three();
    let list = |args: &[&str]| run(sevline(["list", text(folder.path())]).args(args));
    let (status, out, _) = list(&["--columns", "title,lasted,sev,restore"]);
    assert_eq!((status, out.lines().next()), (0, Some("TITLE                           LASTED  SEV   RESTORE")), "{out}");
    let (status, out, _) = list(&["--columns", "start,ack", "--format", "csv", "--sort", "start:asc"]);
    assert_eq!((status, out.lines().next(), out.lines().count()), (0, Some("start,time_to_acknowledge_minutes"), 4), "{out}");
    let (status, out, error) = list(&["--columns", "title,severty"]);
    assert_eq!((status, out.as_str()), (2, ""));
    let expected = "there is no column “severty”; did you mean “severity”? The columns are severity, start, end, duration";
    assert!(error.contains(expected), "{error}");
}
