//! The program as a user meets it: arguments, files, pipes and exit statuses.

#![allow(clippy::unwrap_used)]

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
    assert!(err.starts_with("sevline: 2 files are no reports: empty.txt, image.png; "), "{err}");
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
    assert!(out.starts_with("SEV") && err.contains("samples; open yours"), "{out}{err}");
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
    assert_eq!(out.lines().count(), sevline::diagnostic::Code::ALL.len());
    assert!(out.contains("\nduration-mismatch     warning  The stated"), "{out}");
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
fn a_comparison_takes_two_to_eight() {
    let other = MAIL.replace("14:57", "15:27").replace("Checkout", "Search");
    let folder = folder([("a.txt", MAIL.as_bytes()), ("b.txt", other.as_bytes())]);
    let (status, out, err) = run(sevline(["compare"]).arg(folder.path()));
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.starts_with("2 incidents, aligned at impact start\n") && out.contains("+30m"), "{out}");
    assert!(one_line(&out).contains(" took 30m more than "), "{out}");
    let (_, out, _) = run(sevline(["compare", "--base", "2", "--align", "calendar"]).arg(folder.path()));
    assert!(out.contains("on the calendar") && out.contains("−30m"), "{out}");
    for (args, told) in [(vec!["--base", "3"], "there is no incident 3; here are 2"), (vec!["--base", "9"], "9 is not in 1..=8")] {
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
    assert_eq!(rows("tsv").lines().map(|line| line.matches('\t').count()).collect::<Vec<_>>(), [11; 20]);
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
fn tells_of_keys_shells_and_manual() {
    let (status, out, _) = run(&mut sevline(["keys"]));
    assert_eq!(status, 0);
    assert!(out.contains("zoom-in") && out.contains("Ctrl-c"), "{out}");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let (status, out, _) = run(&mut sevline(["completions", shell]));
        assert!(status == 0 && out.contains("timeline") && out.contains("assume-tz"), "{shell}");
    }
    let (status, out, _) = run(&mut sevline(["man"]));
    assert!(status == 0 && out.contains(".TH sevline 1") && out.contains("compare"), "{out}");
    let (_, out, _) = run(&mut sevline(["man", "stats"]));
    assert!(out.contains(".TH sevline-stats 1") && out.contains("Examples:"), "{out}");
    let (_, _, err) = run(&mut sevline(["man", "stat"]));
    assert!(err.contains("no command is called `stat`; did you mean `stats`?"), "{err}");
    let (status, out, _) = run(&mut sevline(["export", "--columns", "--table", "phases"]));
    assert!(status == 0 && out.contains("duration_minutes  minutes  How long it was."), "{out}");
}

/// The program with settings of its own below `folder`.
#[cfg(target_os = "linux")]
fn with_home(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sevline"));
    command.env("XDG_CONFIG_HOME", folder).env("HOME", folder);
    for name in ["XDG_CACHE_HOME", "NO_COLOR", "CLICOLOR_FORCE", "COLORFGBG"] {
        command.env_remove(name);
    }
    command
}

/// The part of an example that is ours: without its comment, the programs around it and where its output goes.
#[cfg(target_os = "linux")]
fn own_part(line: &str) -> &str {
    let command = line.trim().split("  ").next().unwrap().split(" > ").next().unwrap();
    command.split(" | ").find(|part| part.starts_with("sevline")).unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn every_example_in_the_help_runs() {
    let other = MAIL.replace("14:57", "15:27");
    let folder =
        folder([("mail.txt", MAIL.as_bytes()), ("a.txt", MAIL.as_bytes()), ("b.txt", other.as_bytes()), ("c.txt", MAIL.as_bytes())]);
    fs::create_dir(folder.path().join("reports")).unwrap();
    fs::copy(folder.path().join("mail.txt"), folder.path().join("reports/mail.txt")).unwrap();
    let (_, help, _) = run(&mut sevline(["--help"]));
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let commands: Vec<_> = listed.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.len() > 10, "{commands:?}");
    let mut ran = 0;
    for command in [None].into_iter().chain(commands.into_iter().map(Some)) {
        let (_, help, _) = run(sevline([]).args(command).arg("--help"));
        let examples: Vec<_> =
            help.lines().skip_while(|line| *line != "Examples:").skip(1).take_while(|line| line.starts_with("  ")).collect();
        assert!(!examples.is_empty(), "{command:?} has no examples");
        for example in examples {
            let args: Vec<_> = own_part(example).split(' ').skip(1).collect();
            let (status, out, err) = run(with_home(folder.path()).args(&args).current_dir(folder.path()).write_stdin(MAIL));
            let denied = args.contains(&"--deny");
            assert!(status == 0 || (denied && status == 1), "{example}: {status} {err}");
            assert!(!out.is_empty() || args.contains(&"check"), "{example}");
            ran += 1;
        }
    }
    assert!(ran > 40, "{ran}");
}

#[test]
#[cfg(target_os = "linux")]
fn what_was_read_is_kept_unless_nothing_is_to_be() {
    let (home, library) = (folder([]), folder([("mail.txt", MAIL.as_bytes())]));
    let kept = home.path().join(".cache/sevline");
    let list = |flags: &[&str]| run(with_home(home.path()).arg("list").arg(library.path()).args(flags)).1;
    let read = list(&["--no-cache"]);
    assert!(read == list(&["--no-config"]) && !kept.exists());
    run(with_home(home.path()).arg("show").arg(library.path().join("mail.txt")));
    assert!(!kept.exists(), "a single file is not worth it");
    assert!(read == list(&[]) && kept.is_dir() && read == list(&[]));
    let (_, out, _) = run(with_home(home.path()).arg("config"));
    assert!(out.contains("1 of 1024 MiB  ") && out.contains(&format!("# default, in {}\n", kept.display())), "{out}");
    let (_, out, _) = run(with_home(home.path()).args(["config", "--no-cache"]));
    assert!(out.contains("nothing is kept") && out.contains("# --no-cache\n"), "{out}");
}

#[test]
#[cfg(target_os = "linux")]
fn settings_are_written_once_and_told_with_their_place() {
    let folder = folder([]);
    let file = folder.path().join("sevline/config.toml");
    let (_, out, _) = run(with_home(folder.path()).arg("config"));
    assert!(out.contains("is not there; `sevline config --init` writes it") && out.contains("library.folders   the samples"), "{out}");
    let (status, out, _) = run(with_home(folder.path()).args(["config", "--init"]));
    assert_eq!((status, out), (0, format!("{}\n", file.display())));
    let written = fs::read_to_string(&file).unwrap();
    assert!(written.lines().all(|line| line.is_empty() || line.starts_with('#')));
    fs::write(&file, "# mine\ntheme = \"light\"\n[times]\nassume-tz = \"Europe/Berlin\"\n").unwrap();
    let (status, _, err) = run(with_home(folder.path()).args(["config", "--init"]));
    assert_eq!(status, 1);
    assert!(err.contains("it is there already and stays as it is"), "{err}");
    let (_, out, _) = run(with_home(folder.path()).args(["config", "--assume-tz", "UTC"]).env("NO_COLOR", "1"));
    assert!(out.lines().any(|line| line.split_whitespace().eq(["theme", "light", "#", &format!("{}:2", file.display())])), "{out}");
    assert!(out.contains("# --assume-tz") && out.contains("# NO_COLOR"), "{out}");
    fs::write(&file, "[libary]\nfolders = []\n").unwrap();
    for args in [&["config"][..], &["keys"], &["list"]] {
        let (status, out, err) = run(with_home(folder.path()).args(args));
        if args != ["keys"] {
            assert_eq!((status, out.as_str()), (78, ""), "{args:?}");
            assert!(err.contains("config.toml:1:2: ") && err.contains("did you mean `library`?"), "{err}");
        }
    }
    let (status, _, _) = run(with_home(folder.path()).args(["completions", "bash"]));
    assert_eq!(status, 0, "what tells of the program needs no settings");
    fs::write(folder.path().join("sevline/keymap.toml"), "[panes]\nmrk = \"m\"\n").unwrap();
    let (status, out, err) = run(with_home(folder.path()).arg("keys"));
    assert_eq!((status, out.as_str()), (78, ""));
    assert!(err.contains("keymap.toml:2:1: [panes] mrk: there is no action of this name; did you mean `mark`?"), "{err}");
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
    assert!(out.contains("impact start 2024-05-03 14:04 UTC · stated · date from the range's end"), "{out}");
    assert!(out.contains("\n 3 │ Severity: SEV2\n   │           ^^^^ severity: high · stated"), "{out}");
    let (_, short, _) = run(sevline(["explain", "--facts-only"]).arg(folder.path().join("mail.txt")));
    assert!(short.contains("\n …\n") && short.lines().count() < lines.len(), "{short}");
    let (_, json, _) = run(sevline(["explain", "--format", "json", "-"]).write_stdin(MAIL));
    let facts: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    let severity = facts.iter().find(|fact| fact["pointer"] == "/severity").unwrap();
    assert_eq!((&severity["value"], &severity["certainty"], &severity["line"]), (&"high".into(), &"stated".into(), &3.into()));
    let (start, end) = (severity["start"].as_u64().unwrap() as usize, severity["end"].as_u64().unwrap() as usize);
    assert_eq!(&MAIL[start..end], "SEV2");
}

#[test]
fn bad_settings_are_status_78_with_their_line() {
    let folder = folder([]);
    let settings = folder.path().join("sevline");
    fs::create_dir(&settings).unwrap();
    let with_settings = |text: &str, flag: Option<&str>| {
        fs::write(settings.join("config.toml"), text).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_sevline"));
        run(command.env("XDG_CONFIG_HOME", folder.path()).env("HOME", folder.path()).arg("list").args(flag))
    };
    if !cfg!(target_os = "linux") {
        return;
    }
    let (status, out, err) = with_settings("[library]\nfolder = [\"a\"]\n", None);
    assert_eq!((status, out.as_str()), (78, ""));
    assert!(err.contains("config.toml:2:1: unknown field `folder`, expected `folders`"), "{err}");
    assert!(err.contains("--no-config"), "{err}");
    let (status, _, _) = with_settings("[library\n", Some("--no-config"));
    assert_eq!(status, 0);
    fs::create_dir(settings.join("mine")).unwrap();
    fs::write(settings.join("mine/mail.txt"), MAIL).unwrap();
    let (status, out, err) = with_settings("[library]\nfolders = [\"mine\"]\n", None);
    assert_eq!((status, out.lines().count()), (0, 2), "{err}");
    assert!(err.contains("reading 1 folder named in "), "{err}");
    let (status, _, err) = with_settings("[library]\nfolders = [\"gone\"]\n", None);
    assert_eq!(status, 1);
    assert!(err.contains("gone: there is no such file or folder"), "{err}");
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Stdio;

    #[test]
    fn a_closed_pipe_is_quiet() {
        let folder = folder([("mail.txt", MAIL.as_bytes())]);
        for args in COMMANDS.iter().chain(&[&["--help"][..], &["check", "--codes"]]) {
            let (reader, writer) = std::io::pipe().unwrap();
            drop(reader);
            let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_sevline"));
            command.arg("--no-config").args(*args).current_dir(folder.path());
            command.args((!args.iter().any(|arg| arg.starts_with("--codes"))).then_some("mail.txt"));
            let output = command.stdout(Stdio::from(writer)).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
            assert_eq!(output.status.code(), Some(0), "{args:?}");
            let told = String::from_utf8_lossy(&output.stderr);
            assert!(told.is_empty() || told.starts_with("sevline: no findings"), "{args:?} {told}");
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_full_disk_is_told() {
        let folder = folder([("mail.txt", MAIL.as_bytes())]);
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_sevline"));
        let output = command.args(["--no-config", "list"]).arg(folder.path()).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&output.stderr).starts_with("sevline: standard output: "));
    }

    #[test]
    fn what_may_not_be_read_is_named() {
        let folder = folder([("mail.txt", MAIL.as_bytes()), ("secret.txt", MAIL.as_bytes())]);
        let locked = folder.path().join("locked");
        fs::create_dir(&locked).unwrap();
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
        fs::set_permissions(folder.path().join("secret.txt"), fs::Permissions::from_mode(0o000)).unwrap();
        if fs::read_dir(&locked).is_ok() {
            return; // root may read everything
        }
        let (status, out, err) = run(sevline(["list"]).arg(folder.path()));
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o700)).unwrap();
        assert_eq!((status, out.lines().count()), (1, 2));
        assert!(err.contains("locked: it may not be read") && err.contains("secret.txt: it may not be read"), "{err}");
    }

    #[test]
    fn links_are_followed_and_loops_are_told_once() {
        let folder = folder([]);
        let reports = folder.path().join("reports");
        fs::create_dir(&reports).unwrap();
        fs::write(folder.path().join("mail.txt"), MAIL).unwrap();
        symlink(folder.path().join("mail.txt"), reports.join("linked.txt")).unwrap();
        symlink(&reports, reports.join("again")).unwrap();
        symlink("nowhere", reports.join("dangling")).unwrap();
        let (status, out, err) = run(sevline(["export", "--format", "ndjson"]).arg(&reports));
        assert_eq!((status, out.lines().count()), (1, 1));
        assert_eq!(err.matches("leads back into a folder").count(), 1, "{err}");
        assert!(err.contains("dangling: there is no such file"), "{err}");
        assert_eq!(err.lines().count(), 2, "{err}");
    }

    #[test]
    fn pipes_and_devices_are_not_opened() {
        let folder = folder([]);
        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let (status, _, err) = run(sevline(["list"]).arg(folder.path()));
        assert_eq!(status, 0);
        assert!(err.contains("1 file is no report"), "{err}");
        for path in [text(&pipe), "/dev/zero"] {
            let (status, _, err) = run(&mut sevline(["list", path]));
            assert_eq!(status, 1);
            assert!(err.contains("this is no regular file"), "{err}");
        }
    }

    #[test]
    fn rules_for_ignoring_hold_inside_a_folder_only() {
        let folder = folder([(".gitignore", b"reports\n*.log\n")]);
        let reports = folder.path().join("reports");
        fs::create_dir(&reports).unwrap();
        fs::write(reports.join("mail.txt"), MAIL).unwrap();
        fs::write(reports.join("mail.log"), MAIL).unwrap();
        fs::write(reports.join(".ignore"), "mail.log\n").unwrap();
        let (_, out, _) = run(sevline(["export", "--format", "ndjson"]).arg(&reports));
        assert_eq!(out.lines().count(), 1, "{out}");
        let (_, out, _) = run(sevline(["export", "--format", "ndjson"]).arg(reports.join("mail.log")));
        assert_eq!(out.lines().count(), 1, "a named file is always read");
    }

    #[test]
    fn hostile_file_names_are_shown_not_obeyed() {
        let folder = folder([("a\u{1b}[2J.txt", MAIL.as_bytes()), ("b\u{1b}[2J.txt", b"\0")]);
        let latin = folder.path().join(OsStr::from_bytes(b"caf\xe9.txt"));
        fs::write(&latin, MAIL).unwrap();
        for args in COMMANDS {
            let (status, out, err) = run(sevline([]).args(*args).arg(folder.path()));
            assert_eq!(status, 0);
            assert!(!out.contains('\u{1b}') && !err.contains('\u{1b}'), "{out}{err}");
        }
        let (_, _, err) = run(sevline(["show"]).arg(folder.path().join("b\u{1b}[2J.txt")));
        assert!(err.contains("b␛[2J.txt: this is a binary file"), "{err}");
        let (status, out, _) = run(sevline(["export", "--format", "ndjson"]).arg(&latin));
        assert_eq!(status, 0);
        assert!(out.contains("caf\u{fffd}.txt"), "{out}");
    }
}

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
        (&["--filter", "zzz"], ""),
    ] {
        assert_eq!(ids(args).0, expected, "{args:?}");
    }
    assert!(ids(&["--filter", "sev:high"]).1.contains("the filter leaves out 2 of 3 incidents"));
    assert!(ids(&["--limit", "1"]).1.contains("--limit leaves out 2 of 3 incidents"));
    assert_eq!(ids(&[]).1, "");
    for command in COMMANDS {
        let (status, out, error) = run(sevline([]).args(*command).args(["--filter", "sev:critical", text(folder.path())]));
        assert!(status == 0 && !out.contains("4 May") && !out.contains("2024-05-04"), "{command:?}\n{out}");
        assert!(error.contains("the filter leaves out 2 of 3 incidents"), "{command:?}\n{error}");
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
        [(["--sort", "size"], "the columns are start"), (["--sort", "start:up"], "start:asc"), (["--limit", "x"], "--limit")]
    {
        let (status, _, error) = run(sevline(["list"]).args(args));
        assert!(status == 2 && error.contains(words), "{error}");
    }
}
