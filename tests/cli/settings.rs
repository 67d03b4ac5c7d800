//! What the program tells of itself, its settings, and what it keeps.

use crate::{MAIL, folder, run, sevline};
use assert_cmd::Command;
use std::fs;
use std::path::Path;

#[test]
fn tells_of_keys_shells_and_manual() {
    let (status, out, _) = run(&mut sevline(["keys"]));
    assert_eq!(status, 0);
    assert!(out.contains("zoom-in") && out.contains("Ctrl-c"), "{out}");
    let (status, out, _) = run(&mut sevline(["filter"]));
    assert!(status == 0 && out.contains("last-quarter") && out.contains("\n  detect (detected, ttd)"), "{out}");
    for args in [["filter", "--help"], ["man", "filter"], ["man", ""]] {
        let args: Vec<_> = args.into_iter().filter(|arg| !arg.is_empty()).collect();
        let (_, help, _) = run(sevline([]).args(&args));
        assert!(help.contains("detect (detected, ttd)"), "{args:?}");
    }
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
    at_home(Command::new(env!("CARGO_BIN_EXE_sevline")), folder)
}

#[cfg(target_os = "linux")]
fn at_home(mut command: Command, folder: &Path) -> Command {
    command.env("XDG_CONFIG_HOME", folder).env("HOME", folder);
    for name in ["XDG_CACHE_HOME", "NO_COLOR", "CLICOLOR_FORCE", "COLORFGBG"] {
        command.env_remove(name);
    }
    command
}

/// A line as a shell runs it in `folder`, which is its home as well.
#[cfg(target_os = "linux")]
fn in_shell(folder: &Path, line: &str) -> Command {
    let program = Path::new(env!("CARGO_BIN_EXE_sevline")).parent().unwrap();
    let mut command = at_home(Command::new("sh"), folder);
    command.args(["-c", line]).current_dir(folder).env("PATH", format!("{}:/usr/bin:/bin", program.display()));
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
    let records = r#"{"incidents": [{"id": "1", "title": "Mail is down", "status": "resolved", "started_at": "2026-03-02T10:00:00Z"}]}"#;
    let folder = folder([
        ("mail.txt", MAIL.as_bytes()),
        ("a.txt", MAIL.as_bytes()),
        ("b.txt", other.as_bytes()),
        ("c.txt", MAIL.as_bytes()),
        ("incidents.json", records.as_bytes()),
    ]);
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
            let own = own_part(example);
            let (status, out, err) = run(in_shell(folder.path(), own).write_stdin(MAIL));
            assert!(status == 0 || (own.contains("--deny") && status == 1), "{example}: {status} {err}");
            assert!(!out.is_empty() || own.contains(" check "), "{example}");
            ran += 1;
        }
    }
    assert!(ran > 40, "{ran}");
    // A `>` without quotation marks would have written a file.
    let files = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut files: Vec<_> = files.filter(|name| !name.starts_with('.')).collect();
    files.sort();
    assert_eq!(files, ["a.txt", "b.txt", "c.txt", "incidents.json", "mail.txt", "reports", "sevline"]);
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
fn a_zone_is_settled_once_for_a_folder_or_a_publisher() {
    let home = folder([]);
    let library = folder([
        ("oslo.md", b"# Kiosk outage\n\n**Organization:** Ferncote\n**Start:** 2 May 2024 10:15\n**End:** 2 May 2024 10:40\n"),
        ("own.md", b"# Kiosk outage\n\n**Organization:** Ferncote\n**Start:** 2 May 2024 10:15 CEST\n**End:** 2 May 2024 10:40 CEST\n"),
    ]);
    let file = home.path().join("sevline/config.toml");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let starts = |settings: String| {
        fs::write(&file, settings).unwrap();
        let out = run(with_home(home.path()).args(["list", "--format", "json"]).arg(library.path())).1;
        let rows: serde_json::Value = serde_json::from_str(&out).unwrap();
        rows.as_array().unwrap().iter().map(|row| format!("{} {}", row["start"], row["start_certainty"])).collect::<Vec<_>>().join(", ")
    };
    let written = "\"2024-05-02T08:15:00Z\" \"stated\"";
    let zoned = |name: &dyn std::fmt::Display, zone: &str| starts(format!("[zones]\n{name:?} = {zone:?}\n", name = name.to_string()));
    let place = library.path().display();
    // What is kept of one setting is not taken for another.
    for (found, start) in [(zoned(&place, "Asia/Tokyo"), "01:15"), (zoned(&"ferncote", "+05:30"), "04:45")] {
        assert!(found.contains(&format!("\"2024-05-02T{start}:00Z\" \"inferred\"")) && found.contains(written), "{found}");
    }
    let told = run(with_home(home.path()).arg("check").arg(library.path())).1;
    assert!(!told.contains("zone-assumed"), "{told}");
    let told = run(with_home(home.path()).arg("config")).1;
    assert!(told.lines().any(|line| line.starts_with("zones ") && line.contains("ferncote: UTC+05:30") && line.contains(":2")), "{told}");
    assert!(zoned(&"Uplands", "+05:30").contains("T10:15:00Z"));
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
