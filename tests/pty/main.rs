//! The explorer on a real terminal: how it begins, how it ends, and in what state it leaves the terminal.
//!
//! The tests named `child_…` are not run by themselves: others start this very program with one of them on a
//! pseudo-terminal, where they do what a test needs and the real program never does.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)]

mod beside;
#[path = "../common/mod.rs"]
mod common;
mod cut;
mod ends;
mod half;
mod tour;

use common::terminal::Session;
use portable_pty::CommandBuilder;
use sevline::tui::guard::Guard;
use std::io::Write;
use std::time::{Duration, Instant};
use tempfile::TempDir;

fn child(name: &str) -> CommandBuilder {
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["--exact", name, "--ignored", "--nocapture", "--quiet", "--test-threads=1"]);
    command.env("RUST_BACKTRACE", "0");
    command
}

/// The real program on three reports.
struct Explorer {
    command: CommandBuilder,
    folder: TempDir,
}

impl Explorer {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, service, hour) in [("a.txt", "Checkout", 9), ("b.txt", "Checkout", 10), ("c.txt", "Search", 11)] {
            let report = format!(
                "{service} was slow\n\nIncident Report for Example\n\nResolved\nFrom {hour}:05 UTC to {hour}:45 UTC customers saw \
                 errors in {service}.\nPosted Jun 11, 2025 - {hour}:50 UTC\n\nInvestigating\nWe are investigating slow answers of \
                 {service}.\nPosted Jun 11, 2025 - {hour}:10 UTC\n"
            );
            std::fs::write(folder.path().join(name), report).unwrap();
        }
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_sevline"));
        command.env_remove("NO_COLOR");
        command.args(["--no-config", folder.path().to_str().unwrap()]);
        Self { command, folder }
    }

    fn start(&self) -> Session {
        let mut session = Session::start(self.command.clone());
        session.wait_for(LOADED);
        session
    }
}

/// What the screen shows once all reports are read.
const LOADED: &str = "· 3 incidents";

#[test]
#[ignore = "started by other tests"]
fn child_worker_panics() {
    let guard = Guard::enter().unwrap();
    let worker = std::thread::spawn(|| panic!("the worker failed"));
    assert!(worker.join().is_err());
    print!("still here");
    std::io::stdout().flush().unwrap();
    std::io::stdin().read_line(&mut String::new()).unwrap();
    drop(guard);
}

#[test]
#[ignore = "started by other tests"]
fn child_panics() {
    let _guard = Guard::enter().unwrap();
    panic!("the screen failed");
}

#[test]
fn filters_compares_and_quits() {
    let explorer = Explorer::new();
    let mut session = explorer.start();
    session.send("/checkout");
    session.wait_for("2 of 3");
    session.send("\rvche ");
    session.wait_for("filter ▸ checkout service=");
    session.send("\r");
    session.wait("a closed menu", |screen| !screen.contents().contains("┌ service"));
    session.send("  c");
    session.wait_for("aligned at impact start");
    session.wait_for("where the time went");
    // Every key of the footer does something, and what is opened comes back to where it was opened.
    session.send("]");
    session.wait_for("+");
    session.send("\r");
    session.wait_for("]/[ words");
    session.send("q");
    session.wait_for("where the time went");
    session.send("\t");
    session.wait_for("differences to the base");
    session.send("\r");
    session.wait_for("h/l tab");
    session.send("q");
    session.wait_for("differences to the base");
    session.send("q");
    session.wait_for("2 marked");
    session.send("\x1b");
    session.wait("no filter", |screen| !screen.contents().contains("filter ▸"));
    session.send("\r\r");
    session.wait_for("]/[ words");
    session.send("qqq");
    assert_eq!(session.end(), 0);
    assert!(session.is_restored());
}

#[test]
fn a_command_is_found_and_colours_are_tried_on() {
    let explorer = Explorer::new();
    let mut session = explorer.start();
    session.send(":");
    session.wait_for("commands ▸");
    session.send("the colours\r");
    session.wait_for("themes");
    session.send("ascii");
    session.wait("a plain border", |screen| screen.contents().contains("+ Incidents"));
    // The first takes back what was typed, the second closes.
    session.send("\x1b");
    session.wait_for("┌ Incidents");
    session.send("\x1b");
    session.wait("the menu closed", |screen| !screen.contents().contains("themes"));
    session.send("q");
    assert_eq!(session.end(), 0);
    assert!(session.is_restored());
}

/// Completes, keeps and saves a filter, and finds it again in another run, which begins with one from the command line.
#[test]
fn a_filter_is_typed_saved_and_found_again() {
    let home = tempfile::tempdir().unwrap();
    let reports = Explorer::new();
    let start = |filter: &[&str]| {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_sevline"));
        for name in ["NO_COLOR", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
            command.env_remove(name);
        }
        command.env("HOME", home.path());
        command.arg(reports.folder.path());
        command.args(filter);
        let mut session = Session::start(command);
        session.wait_for(LOADED);
        session
    };
    let mut session = start(&[]);
    session.send("/servi\t");
    session.wait_for("service ──");
    session.send("se");
    session.wait_for("Search");
    session.send("\t");
    session.wait_for("1 of 3");
    session.send("\x13ours\r");
    session.wait_for("saved as “ours”");
    session.send("/ sevv:x");
    session.wait_for("^^^^ there is no field “sevv”; did you mean “sev”?");
    session.send("\x15text:\"slow answers of Checkout\"\r");
    session.wait_for("2 of 3");
    session.send("q");
    assert_eq!(session.end(), 0);

    let mut session = start(&["--filter", "start<2020"]);
    session.wait_for("No incident passes the filter.");
    session.send("f\r");
    session.wait_for("1 of 3");
    session.send("\x1b");
    session.wait("no filter", |screen| !screen.contents().contains("filter ▸"));
    session.send("/\x1b[A");
    session.wait_for("/ text:\"slow answers of Checkout\"");
    session.send("\r");
    session.wait_for("2 of 3");
    session.send("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn what_is_shown_is_written_to_a_file_and_never_over_one_unasked() {
    let explorer = Explorer::new();
    let path = explorer.folder.path().join("out.svg");
    let mut session = explorer.start();
    session.send("w");
    session.wait_for("write to ▸ incidents.svg");
    session.send("\x15");
    session.send(path.to_str().unwrap());
    session.send("\r");
    session.wait_for("written to");
    let picture = std::fs::read_to_string(&path).unwrap();
    assert!(picture.contains("3 incidents") && picture.starts_with("<svg"), "{picture}");
    std::fs::write(&path, "mine").unwrap();
    session.send("w\x15");
    session.send(path.to_str().unwrap());
    session.send("\r");
    session.wait_for("writes over it");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    session.send("\r");
    session.wait_for("written to");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), picture);
    session.send("q");
    assert_eq!(session.end(), 0);
}

/// Says things of an incident in one run, finds them in the next, in a file that was moved, and in the exported data.
#[test]
fn what_is_said_of_an_incident_is_there_in_the_next_run() {
    let home = tempfile::tempdir().unwrap();
    let reports = Explorer::new();
    let clean = |command: &mut CommandBuilder| {
        for name in ["NO_COLOR", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
            command.env_remove(name);
        }
        command.env("HOME", home.path());
    };
    let start = || {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_sevline"));
        clean(&mut command);
        command.arg(reports.folder.path());
        let mut session = Session::start(command);
        session.wait_for(LOADED);
        session
    };
    let mut session = start();
    session.send("atsoon\r");
    session.wait_for("#soon");
    session.send("u");
    session.wait_for("undone");
    session.send("atsoon\r");
    session.wait_for("#soon");
    session.send("asc");
    session.wait_for("✎critical");
    session.send("anAsk them.\r");
    session.wait_for("¶");
    session.send("q");
    assert_eq!(session.end(), 0);

    std::fs::rename(reports.folder.path().join("c.txt"), reports.folder.path().join("moved.txt")).unwrap();
    let mut session = start();
    session.wait_for("#soon ¶");
    session.send("/tag:soon\r");
    session.wait_for("1 of 3");
    session.wait_for("Ask them.");
    session.send("q");
    assert_eq!(session.end(), 0);

    let mut export = std::process::Command::new(env!("CARGO_BIN_EXE_sevline"));
    export.env_remove("XDG_STATE_HOME").env_remove("XDG_CONFIG_HOME").env("HOME", home.path());
    let output = export.args(["export", "--format", "json", "--filter", "tag:soon"]).arg(reports.folder.path()).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("\"soon\"") && said.contains("\"note\": \"Ask them.\"") && said.contains("\"severity\": \"critical\""), "{said}");
    assert_eq!(said.matches("\"schema\"").count(), 1);
}

#[test]
fn colours_are_left_out_where_they_are_not_wanted() {
    for (variable, flag, coloured) in [("", "auto", true), ("1", "auto", false), ("", "never", false), ("1", "always", true)] {
        let mut explorer = Explorer::new();
        explorer.command.env("NO_COLOR", variable);
        explorer.command.args(["--color", flag]);
        assert_eq!(explorer.start().is_coloured(), coloured, "NO_COLOR={variable} --color {flag}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn keys_and_themes_of_ones_own_are_used_and_their_mistakes_named() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("sevline");
    std::fs::create_dir_all(folder.join("themes")).unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    let explorer = |with_config: bool| {
        let explorer = Explorer::new();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_sevline"));
        command.env("XDG_CONFIG_HOME", home.path());
        command.env_remove("NO_COLOR");
        command.args((!with_config).then_some("--no-config"));
        command.arg(explorer.folder.path());
        Explorer { command, ..explorer }
    };
    write("config.toml", "theme = \"mine\"\n");
    write("themes/mine.toml", "base = \"light\"\n\n[roles]\nheader = { fg = \"#123456\" }\n");
    write("keymap.toml", "[anywhere]\nback = \"x\"\n");
    let mut session = explorer(true).start();
    let header = session.screen().cell(0, 1).unwrap();
    assert_eq!(header.fgcolor(), vt100::Color::Idx(23), "the nearest of the indexed colours");
    session.send("?");
    session.wait_for("Keys");
    session.send("q");
    session.send("xx");
    assert_eq!(session.end(), 0);

    for (name, text, place) in [
        ("keymap.toml", "[list]\nopen = \"Hyper-k\"\n", "keymap.toml:2:1: [list] open: 'Hyper-k' is no key"),
        ("themes/mine.toml", "[roles]\nheadr = {}\n", "themes/mine.toml:2:1: theme 'mine' has an unknown role 'headr'"),
    ] {
        write("keymap.toml", "");
        write(name, text);
        // Its folder has to live as long as the program.
        let kept = explorer(true);
        let mut session = Session::start(kept.command);
        assert_eq!(session.end(), 78);
        let said = session.screen().contents().replace('\n', "");
        assert!(said.contains(place) && said.contains("--no-config"), "{said}");
    }
    let mut session = explorer(false).start();
    session.send("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn pasted_text_is_no_keys() {
    let explorer = Explorer::new();
    let mut session = explorer.start();
    session.send("\x1b[200~q\r\n:quit\x1b[201~");
    session.send("?");
    session.wait_for("Keys");
    session.send("q/\x1b[200~rate\x1b[31m limit\rq\x1b[201~");
    session.wait("the prompt", |screen| screen.contents().contains("rate"));
    assert!(session.is_raw());
}

#[test]
fn follows_the_size_of_the_terminal() {
    let explorer = Explorer::new();
    let mut session = explorer.start();
    session.resize(1, 1);
    session.resize(50, 200);
    session.wait("a wide screen", |screen| screen.contents().lines().any(|line| line.chars().count() > 190));
    session.resize(10, 40);
    session.wait("a small screen", |screen| screen.contents().contains("Incidents") && !screen.contents().contains("Detail"));
    session.send("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn all_incidents_on_one_axis_with_a_cursor() {
    let explorer = Explorer::new();
    let mut session = explorer.start();
    session.send("t\t\tm");
    session.wait("the whole screen", |screen| {
        let text = screen.contents();
        text.contains("Timeline · 3 incidents") && !text.contains("Incidents ─")
    });
    session.wait_for("2025-06-11 11:05 UTC · 1 under way: Search was slow");
    session.send("[");
    session.wait_for("2025-06-11 10:05 UTC · 1 under way: Checkout was slow");
    session.send("}l");
    session.wait_for("nothing is under way");
    session.send("++x");
    session.wait_for("there is no dead time");
    session.send("t");
    session.wait_for("response");
    session.send("\x1b");
    session.wait("all panes", |screen| screen.contents().contains("Incidents ─"));
    session.send("qq");
    assert_eq!(session.end(), 0);
}

#[test]
fn a_length_leads_to_its_words_and_they_lead_to_the_fact() {
    let explorer = Explorer::new();
    let mut session = explorer.start();
    session.send("  cbaaa");
    session.wait_for("stretched to one length");
    session.wait_for("All lengths that are told are as long");
    session.send("\tl");
    session.wait_for("The impact of");
    session.send("\r");
    session.wait_for("▸ impact start");
    session.send("\r");
    session.wait("the fact", |screen| screen.contents().contains("Summary") && !screen.contents().contains("Compare"));
    session.send("llll");
    session.wait_for("▸ title");
    session.send("/errors\rn");
    session.wait_for("customers saw");
    // Back to the words, to the length, to the list.
    session.send("qq");
    session.wait_for("differences to the base");
    session.send("q");
    session.wait_for("Enter open  / search");
    session.send("q");
    assert_eq!(session.end(), 0);
}
