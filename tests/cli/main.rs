//! The program as a user meets it: arguments, files, pipes and exit statuses.

#![allow(clippy::unwrap_used)]

mod doubtful;
mod filter;
mod said;
mod settings;
#[cfg(unix)]
mod unix;

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A report in plain words.
const MAIL: &str = "\
Subject: Checkout outage on 3 May 2024

Severity: SEV2
Affected services: Checkout, Payments

Between 14:04 and 14:57 UTC on 3 May 2024 customers could not pay.

Timeline (UTC)
- 14:04 The error rate rose.
- 14:18 An engineer acknowledged the alert.
- 14:57 Service was restored.

Root cause: an expired certificate.
";

/// Every command that prints reports, in every form.
const COMMANDS: &[&[&str]] = &[
    &["list"],
    &["show"],
    &["check"],
    &["check", "--format", "json"],
    &["check", "--format", "github"],
    &["explain"],
    &["explain", "--facts-only"],
    &["explain", "--format", "json"],
    &["export", "--format", "json"],
    &["export", "--format", "ndjson"],
    &["export", "--format", "csv"],
    &["export", "--format", "csv", "--table", "events"],
    &["list", "--format", "csv"],
    &["list", "--format", "markdown"],
    &["list", "--format", "json"],
    &["list", "--format", "ndjson"],
    &["timeline"],
    &["timeline", "--ascii", "--width", "60"],
    &["timeline", "--format", "svg"],
    &["timeline", "--format", "html"],
    &["timeline", "--compress", "--format", "html"],
    &["timeline", "--format", "markdown"],
    &["stats"],
    &["stats", "--format", "json"],
];

/// The program without the user's settings and with a settled environment.
fn sevline<const N: usize>(args: [&str; N]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sevline"));
    command.arg("--no-config").args(args);
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "RUST_BACKTRACE"] {
        command.env_remove(name);
    }
    command
}

/// A folder with files of that content.
fn folder<const N: usize>(files: [(&str, &[u8]); N]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, content) in files {
        fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

/// Exit status, standard output and standard error.
fn run(command: &mut Command) -> (i32, String, String) {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// `text` without the places where it was wrapped.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn tells_its_use_and_its_version() {
    let (status, out, _) = run(&mut sevline(["--help"]));
    assert_eq!(status, 0);
    assert!(out.contains("Examples:") && out.contains("Exit status:"), "{out}");
    let (status, out, _) = run(&mut sevline(["--version"]));
    assert_eq!((status, out), (0, format!("sevline {}\n", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn a_wrong_command_is_status_2() {
    for args in [
        ["--bogus", "x"],
        ["--zone", "mars"],
        ["--theme", "drak"],
        ["export", "x"],
        ["--assume-tz", "berlin"],
        ["export", "--table=events"],
        ["man", "stat"],
        ["completions", "tcsh"],
        ["timeline", "--width=1"],
    ] {
        let (status, out, err) = run(&mut sevline(args));
        assert_eq!((status, out.as_str()), (2, ""), "{args:?}");
        assert!(err.starts_with("error: "), "{err}");
    }
    let (_, _, err) = run(&mut sevline(["--assume-tz", "berlin"]));
    assert!(err.contains("did you mean `Europe/Berlin`?"), "{err}");
    let (_, _, err) = run(&mut sevline(["--\u{1b}[2J"]));
    assert!(!err.contains('\u{1b}'), "{err:?}");
}

#[test]
fn a_missing_path_is_named_and_the_others_are_read() {
    let folder = folder([("mail.txt", MAIL.as_bytes())]);
    let mail = folder.path().join("mail.txt");
    let (status, out, err) = run(&mut sevline(["export", "--format", "ndjson", "no-such-file", text(&mail)]));
    assert_eq!(status, 1);
    assert_eq!(err, "sevline: no-such-file: there is no such file or folder; check the path\n");
    assert_eq!(out.lines().count(), 1);
}

#[test]
fn a_mistyped_or_misplaced_command_is_told_from_a_path() {
    let folder = folder([("mail.txt", MAIL.as_bytes())]);
    for (args, said) in [
        (["lsit", text(folder.path())], "did you mean the command `list`?"),
        ([text(folder.path()), "list"], "commands stand before paths"),
    ] {
        let (status, out, err) = run(sevline(["--filter", "sev:high"]).args(args));
        assert_eq!((status, out.as_str()), (2, ""));
        assert!(err.contains(said), "{err}");
    }
}

#[test]
fn an_empty_folder_is_no_mistake() {
    let folder = folder([]);
    for args in [
        vec!["list"],
        vec!["show"],
        vec!["check"],
        vec!["explain"],
        vec!["timeline"],
        vec!["compare"],
        vec!["stats"],
        vec!["export", "--format", "ndjson"],
        vec![],
    ] {
        let (status, out, err) = run(sevline([]).args(args).arg(folder.path()));
        assert_eq!((status, out.as_str()), (0, ""));
        assert!(err.contains("no incident was found"), "{err}");
    }
    let (_, out, _) = run(sevline(["export", "--format", "json"]).arg(folder.path()));
    assert_eq!(out, "[]\n");
}

#[test]
fn files_that_are_no_reports_are_counted_in_a_folder_and_named_alone() {
    let folder = folder([("image.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), ("empty.txt", b""), (".hidden.txt", b"\0")]);
    let (status, out, err) = run(sevline(["list"]).arg(folder.path()));
    assert_eq!((status, out.as_str()), (0, ""));
    assert!(err.starts_with("sevline: skipped 2 files: empty.txt, image.png; "), "{err}");
    let (status, _, err) = run(sevline(["list"]).arg(folder.path().join("image.png")));
    assert_eq!(status, 1);
    assert!(err.contains("image.png: this is a binary file"), "{err}");
    let (status, _, err) = run(sevline(["list"]).arg(folder.path().join("empty.txt")));
    assert_eq!(status, 1);
    assert!(err.contains("empty.txt: there is nothing in it"), "{err}");
}

#[test]
fn reads_standard_input_once() {
    let (status, out, _) = run(sevline(["export", "--format", "ndjson", "-", "-"]).write_stdin(MAIL));
    assert_eq!((status, out.lines().count()), (0, 1));
    assert!(out.contains(r#""source":{"path":"-","index":0"#), "{out}");
    let (status, _, err) = run(sevline(["show", "-"]).write_stdin(""));
    assert_eq!(status, 1);
    assert!(err.starts_with("sevline: -: there is nothing in it"), "{err}");
}

#[test]
fn without_a_terminal_a_file_is_shown_and_a_folder_listed() {
    let folder = folder([("mail.txt", MAIL.as_bytes())]);
    let (status, out, _) = run(sevline([]).arg(folder.path().join("mail.txt")));
    assert_eq!(status, 0);
    assert!(out.contains("Impact: 2024-05-03 14:04 to 14:57, 53m") && out.contains("read as text"), "{out}");
    let (status, out, _) = run(sevline([]).arg(folder.path()));
    assert_eq!(status, 0);
    assert!(out.starts_with("SEV   START (UTC)") && out.contains("\nH     2024-05-03 14:04   53m"), "{out}");
    let (status, out, err) = run(&mut sevline([]));
    assert_eq!(status, 0);
    assert!(out.starts_with("SEV") && err.contains("open yours: sevline FOLDER"), "{out}{err}");
}

#[test]
fn both_forms_of_export_hold_the_same_in_the_order_of_paths() {
    let folder = folder([("b.txt", MAIL.as_bytes()), ("a.txt", MAIL.as_bytes()), ("c.txt", MAIL.as_bytes())]);
    let (_, lines, _) = run(sevline(["export", "--format", "ndjson"]).arg(folder.path()));
    let lines: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let paths: Vec<_> = lines.iter().map(|record| record["source"]["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["a.txt", "b.txt", "c.txt"]);
    let (_, array, _) = run(sevline(["export", "--format", "json"]).arg(folder.path()));
    assert_eq!(serde_json::from_str::<Vec<serde_json::Value>>(&array).unwrap(), lines);
    let start = &lines[0]["evidence"]["/impact/start"][0];
    let (first, last) = (start["start"].as_u64().unwrap() as usize, start["end"].as_u64().unwrap() as usize);
    assert!(MAIL[first..last].contains("14:04"), "{start}");
    assert_eq!(start["line"], MAIL[..first].lines().count());
}

#[test]
fn colour_is_for_terminals_unless_asked_for() {
    let folder = folder([("mail.txt", MAIL.as_bytes())]);
    let coloured = |command: &mut Command| run(command.arg(folder.path())).1.contains('\u{1b}');
    assert!(!coloured(&mut sevline(["list"])));
    assert!(coloured(&mut sevline(["list", "--color", "always"])));
    assert!(coloured(sevline(["list"]).env("CLICOLOR_FORCE", "1")));
    assert!(!coloured(sevline(["list"]).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1")));
    assert!(coloured(sevline(["list", "--color=always"]).env("NO_COLOR", "1")));
}

#[test]
fn nothing_in_a_report_steers_the_terminal() {
    let hostile = MAIL.replace("Checkout", "Check\u{1b}]0;owned\u{7}out\u{9b}2J\u{202e}").replace("rate", "ra\rte\u{8}");
    let html = "<h1>Outage</h1><p>On 3 May 2024 at 14:04 UTC &#27;[2J &#x9b;31m it began.</p>";
    let json = r#"{"incidents":[{"name":"\u001b[2J down","created_at":"2024-05-03T14:04:00Z","incident_updates":[]}]}"#;
    let folder = folder([("mail.txt", hostile.as_bytes()), ("page.html", html.as_bytes()), ("all.json", json.as_bytes())]);
    for args in COMMANDS {
        for name in ["", "mail.txt", "page.html", "all.json"] {
            let (_, out, err) = run(sevline([]).args(*args).arg(folder.path().join(name)));
            let hostile = |c: &char| *c != '\n' && sevline::sanitize::is_hostile(*c);
            assert_eq!(format!("{out}{err}").chars().find(hostile), None, "{args:?} {name}: {out}{err}");
        }
    }
}

/// A sample whose stated duration is not that of its window, and the place where it says so.
const FEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/samples/brindlecast-stale-feeds.md");

#[test]
fn check_counts_a_report_once_in_any_order() {
    let folder = tempfile::tempdir().unwrap();
    let incident = |name: &str| {
        format!(
            r#"{{"id":"{name}","name":"{name} down","impact":"major","status":"resolved","created_at":"2024-05-03T14:04:00Z","incident_updates":[{{"status":"resolved","body":"It failed from 15:00 to 14:00 UTC on 3 May 2024.","created_at":"2024-05-03T15:04:00Z"}}]}}"#
        )
    };
    let path = folder.path().join("a.json");
    std::fs::write(&path, format!(r#"{{"incidents":[{},{}]}}"#, incident("Mail"), incident("Chat"))).unwrap();
    for order in [&[][..], &["--sort", "title"]] {
        let (_, _, err) = run(sevline(["check"]).args(order).arg(&path));
        assert!(err.contains(" in 1 of 1 report"), "{err}");
    }
}

#[test]
fn check_points_at_what_does_not_add_up() {
    let (status, out, err) = run(&mut sevline(["check", FEEDS]));
    assert_eq!(status, 0);
    assert_eq!(
        out,
        format!(
            "warning[duration-mismatch]: the report states 45 minutes; its window is 75 minutes\n --> {FEEDS}:9:14\n  |\n\
             9 | | Duration | 45 minutes |\n  |              ^^^^^^^^^^\n  = help: the window is used; both are kept\n\n"
        )
    );
    assert_eq!(err, "sevline: 1 finding in 1 of 1 report: 1 warning\n");
    let (_, out, _) = run(&mut sevline(["check", "--color", "always", FEEDS]));
    assert!(out.starts_with("\u{1b}[1;33mwarning[duration-mismatch]"), "{out:?}");
    let (_, out, _) = run(&mut sevline(["check", "--format", "json", FEEDS]));
    let found: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&found["line"], &found["column"], &found["end_column"]), (&9.into(), &14.into(), &24.into()));
}

#[test]
fn check_fails_on_errors_and_on_what_is_denied() {
    let folder =
        folder([("half.json", br#"{"incidents":[{"name":"down","created_at":"2024-05-03T14:04:00Z","#), ("mail.txt", MAIL.as_bytes())]);
    let at = |name: &str| folder.path().join(name);
    let (status, out, err) = run(sevline(["check"]).arg(at("half.json")));
    assert_eq!(status, 1, "{out}{err}");
    assert!(out.contains("error[unreadable-report]: "), "{out}");
    let (status, out, err) = run(sevline(["check"]).arg(at("mail.txt")));
    assert_eq!((status, out.as_str(), err.as_str()), (0, "", "sevline: no findings in 1 report\n"));
    let (status, _, err) = run(sevline(["check", "gone.txt"]).arg(at("mail.txt")));
    assert_eq!(status, 1);
    assert!(err.starts_with("sevline: gone.txt: there is no such file"), "{err}");
    for (deny, expected) in [("warning", 1), ("note", 1)] {
        let (status, _, err) = run(&mut sevline(["check", "--deny", deny, FEEDS]));
        assert_eq!(status, expected);
        assert!(err.contains("count as errors"), "{err}");
    }
    let (status, _, _) = run(&mut sevline(["check", "--codes", FEEDS]));
    assert_eq!(status, 2);
    let (status, out, err) = run(&mut sevline(["check", "--codes"]));
    assert_eq!((status, err.as_str()), (0, ""));
    // And the one that is said of a file, not found in a report.
    assert_eq!(out.lines().count(), sevline::diagnostic::Code::ALL.len() + 1);
    assert!(out.contains("\ndoubtful                    note "), "{out}");
    assert!(out.contains("\nduration-mismatch           warning  The stated"), "{out}");
}

#[test]
fn check_escapes_for_github() {
    let report = fs::read(FEEDS).unwrap();
    let folder = folder([("100% a,b.md", &report)]);
    let mut command = sevline(["check", "--format", "github", "100% a,b.md"]);
    let (status, out, _) = run(command.current_dir(folder.path()));
    assert_eq!(status, 0);
    assert_eq!(
        out,
        "::warning file=100%25 a%2Cb.md,line=9,col=14,title=duration-mismatch::the report states 45 minutes; its window is 75 \
         minutes%0Ahelp: the window is used; both are kept\n"
    );
}

#[test]
fn a_timeline_is_drawn_and_says_what_it_was_read_from() {
    let (status, out, err) = run(sevline(["timeline", "-"]).write_stdin(MAIL));
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.starts_with("Checkout outage on 3 May 2024\nseverity high “SEV2” · "), "{out}");
    assert!(out.lines().any(|line| line.starts_with("impact ") && line.contains('█')), "{out}");
    assert!(out.contains("◆ detected") && one_line(&out).contains("“An engineer acknowledged the alert.”"), "{out}");
    let (_, plain, _) = run(sevline(["timeline", "--ascii", "-"]).write_stdin(MAIL));
    assert!(plain.is_ascii() && plain.contains("####"), "{plain}");
    for width in [40, 60, 120] {
        let (_, out, _) = run(sevline(["timeline", "--width", &width.to_string(), "-"]).write_stdin(MAIL));
        assert!(out.lines().all(|line| line.chars().count() <= width), "{out}");
    }
    let (_, svg, _) = run(sevline(["timeline", "--format", "svg", "-"]).write_stdin(MAIL));
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"), "{svg}");
    let (_, table, _) = run(sevline(["timeline", "--format", "markdown", "-"]).write_stdin(MAIL));
    assert!(table.starts_with("## Checkout outage on 3 May 2024\n") && table.contains("\n| when | what | length |"), "{table}");
    let (_, coloured, _) = run(sevline(["timeline", "--color", "always", "-"]).write_stdin(MAIL));
    assert!(coloured.contains("\u{1b}[31m"), "{coloured:?}");
}

#[test]
fn what_is_piped_in_is_read_where_no_path_is_named() {
    let (status, out, err) = run(sevline(["list"]).write_stdin(MAIL));
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.contains("Checkout outage on 3 May 2024") && out.lines().count() == 2, "{out}");
    // What is named is what is read, and where nothing comes the samples open as ever.
    let (_, out, _) = run(sevline(["list", "assets/samples"]).write_stdin(MAIL));
    assert!(!out.contains("Checkout outage on 3 May 2024"), "{out}");
    let (_, out, err) = run(sevline(["list"]).write_stdin(""));
    assert!(out.lines().count() > 10 && err.contains("sample incident reports"), "{out}{err}");
}

#[test]
fn a_comparison_takes_two_to_eight() {
    let other = MAIL.replace("14:57", "15:27").replace("Checkout", "Search");
    let folder = folder([("a.txt", MAIL.as_bytes()), ("b.txt", other.as_bytes())]);
    let (status, out, err) = run(sevline(["compare"]).arg(folder.path()));
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.starts_with("2 incidents, aligned at impact start\n") && out.contains("+30m"), "{out}");
    assert!(one_line(&out).contains("B took 30m longer from detected to mitigated than A (1h09m against 39m)."), "{out}");
    let (_, out, _) = run(sevline(["compare", "--base", "2", "--align", "calendar"]).arg(folder.path()));
    assert!(out.contains("on the calendar") && out.contains("−30m"), "{out}");
    for (args, told) in [(vec!["--base", "3"], "there is no incident 3; here are 2"), (vec!["--base", "9"], "from 1 to 8 at most")] {
        let (status, out, err) = run(sevline(["compare"]).args(args).arg(folder.path()));
        assert_eq!((status, out.as_str()), (2, ""));
        assert!(err.contains(told), "{err}");
    }
    let (status, out, err) = run(sevline(["compare"]).arg(folder.path().join("a.txt")));
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.contains("2 to 8 incidents can be compared; here is 1: name the reports to compare"), "{err}");
    let (status, _, err) = run(&mut sevline(["compare", "assets/samples"]));
    assert!(status == 2 && err.contains("here are 19"), "{err}");
}

#[test]
fn statistics_say_what_they_rest_on() {
    let (status, out, err) = run(&mut sevline(["stats", "assets/samples"]));
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.contains("18 incidents from") && out.contains("1 maintenance is left out."), "{out}");
    assert!(out.contains("missing ongoing") && !out.to_lowercase().contains("mttr"), "{out}");
    let (_, json, _) = run(&mut sevline(["stats", "--format", "json", "assets/samples"]));
    let found: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&found["incidents"], &found["maintenance_left_out"]), (&18.into(), &1.into()));
    for measured in found["measures"].as_array().unwrap() {
        let count = |name: &str| measured[name].as_u64().unwrap();
        assert_eq!(count("n") + count("missing") + count("ongoing"), 18, "{measured}");
    }
}

#[test]
fn every_form_of_the_list_has_every_incident() {
    let rows = |form: &str| run(&mut sevline(["list", "--format", form, "assets/samples"])).1;
    assert_eq!(rows("text").lines().count(), 20);
    assert_eq!(rows("csv").lines().count(), 20);
    assert_eq!(rows("tsv").lines().map(|line| line.matches('\t').count()).collect::<Vec<_>>(), [12; 20]);
    assert_eq!(rows("markdown").lines().count(), 21);
    let json: Vec<serde_json::Value> = serde_json::from_str(&rows("json")).unwrap();
    let lines: Vec<serde_json::Value> = rows("ndjson").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((json.len(), &json), (19, &lines));
    let starts: Vec<_> = json.iter().map(|row| row["start"].as_str().unwrap()).collect();
    assert!(starts.is_sorted_by(|a, b| a >= b), "newest first: {starts:?}");
}

#[test]
fn formulas_of_a_report_are_defused() {
    let formula = MAIL.replace("Checkout outage on", "=HYPERLINK(\"http://x\") on");
    for args in [&["list", "--format", "csv"][..], &["export", "--format", "csv"], &["list", "--format", "tsv"]] {
        let (_, out, _) = run(sevline([]).args(args).arg("-").write_stdin(formula.clone()));
        assert!(out.contains("'=HYPERLINK(") && !out.contains(",=HYPER") && !out.contains("\"=HYPER"), "{out}");
    }
}

#[test]
fn explain_marks_the_words() {
    let folder = folder([("mail.txt", MAIL.as_bytes())]);
    let (status, out, err) = run(sevline(["explain"]).arg(folder.path().join("mail.txt")));
    assert_eq!((status, err.as_str()), (0, ""));
    let lines: Vec<_> = out.lines().collect();
    let line = lines.iter().position(|line| line.contains("Between 14:04 and")).unwrap();
    let place = lines[line].find("14:04").unwrap();
    assert!(lines[line + 1].get(place..).is_some_and(|marks| marks.starts_with("^^^^^ ")), "{out}");
    assert!(out.contains("impact start 2024-05-03 14:04 UTC · stated · best range about"), "{out}");
    assert!(out.contains("\n 3 │ Severity: SEV2\n   │           ^^^^"), "{out}");
    assert!(out.contains("severity: high · stated · labelled as the severity, “SEV2” in the report"), "{out}");
    let (_, short, _) = run(sevline(["explain", "--facts-only"]).arg(folder.path().join("mail.txt")));
    assert!(short.contains("\n …\n") && short.lines().count() < lines.len(), "{short}");
    let (_, json, _) = run(sevline(["explain", "--format", "json", "-"]).write_stdin(MAIL));
    let facts: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    let severity = facts.iter().find(|fact| fact["pointer"] == "/severity").unwrap();
    assert_eq!((&severity["value"], &severity["certainty"], &severity["line"]), (&"high".into(), &"stated".into(), &3.into()));
    let (start, end) = (severity["start"].as_u64().unwrap() as usize, severity["end"].as_u64().unwrap() as usize);
    assert_eq!(&MAIL[start..end], "SEV2");
}
