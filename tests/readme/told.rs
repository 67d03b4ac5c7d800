//! What the documents tell of commands, options and keys is there: every line of ours in a block for the shell runs, and every option
//! and key that is named is known.

use crate::{ROOT, documents};
use sevline::keymap::Keymap;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A report, for every file that the documents name.
const MAIL: &str =
    "Subject: Checkout outage on 3 May 2024\n\nSeverity: SEV2\nBetween 14:04 and 14:57 UTC on 3 May 2024 customers could not pay.\n";

/// The program in a folder that is its home as well.
fn in_shell(folder: &Path, line: &str) -> Command {
    let program = Path::new(env!("CARGO_BIN_EXE_sevline")).parent().unwrap();
    let mut command = Command::new("sh");
    command.args(["-c", line]).current_dir(folder).env("HOME", folder).env_remove("XDG_CONFIG_HOME").env_remove("XDG_STATE_HOME");
    command.env("PATH", format!("{}:/usr/bin:/bin", program.display())).env_remove("XDG_CACHE_HOME");
    command
}

/// The documents, and those about the program itself.
fn all() -> Vec<(PathBuf, String)> {
    let more = ["ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"].map(|name| Path::new(ROOT).join(name));
    documents().into_iter().chain(more).map(|path| (path.clone(), fs::read_to_string(&path).unwrap())).collect()
}

/// What stands between single backticks outside of blocks.
fn quoted(document: &str) -> Vec<&str> {
    let outside = document.split("```").step_by(2);
    outside.flat_map(|text| text.split('`').skip(1).step_by(2)).collect()
}

#[test]
#[cfg(unix)]
fn every_command_for_the_shell_runs() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["reports", "incidents", "postmortems"] {
        fs::create_dir(folder.path().join(name)).unwrap();
        fs::write(folder.path().join(name).join("mail.txt"), MAIL).unwrap();
    }
    for name in ["mail.txt", "draft.md", "a.txt", "b.txt"] {
        fs::write(folder.path().join(name), MAIL).unwrap();
    }
    fs::write(
        folder.path().join("incidents.json"),
        r#"{"incidents": [{"id": "1", "title": "Mail is down", "status": "resolved", "started_at": "2026-03-02T10:00:00Z"}]}"#,
    )
    .unwrap();
    let mut ran = 0;
    for (path, document) in all() {
        for line in document.split("```sh\n").skip(1).flat_map(|rest| rest.split("```").next().unwrap().lines()) {
            // Without its remark, the programs around it and where its output goes.
            let whole = line.split("  #").next().unwrap().trim();
            let Some(own) = whole.split(" | ").map(str::trim).find(|part| part.split(' ').next() == Some("sevline")) else { continue };
            let own = own.split(" > ").next().unwrap();
            let mut child = in_shell(folder.path(), own);
            let mail = fs::File::open(folder.path().join("mail.txt")).unwrap();
            let output = child.stdin(mail).output().unwrap();
            let may_fail = own.contains("--deny");
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success() || may_fail && output.status.code() == Some(1), "{}: {own}: {told}", path.display());
            ran += 1;
        }
        // What is named in running text is known, whatever stands for a path.
        for own in quoted(&document).into_iter().filter(|own| own.starts_with("sevline ")) {
            let own = own.split(" | ").next().unwrap().split(" > ").next().unwrap();
            let words = own.split_whitespace().filter(|word| word.chars().any(|c| !c.is_ascii_uppercase()));
            let own = words.collect::<Vec<_>>().join(" ");
            let output = in_shell(folder.path(), &format!("{own} --help")).output().unwrap();
            assert!(output.status.success(), "{}: {own}: {}", path.display(), String::from_utf8_lossy(&output.stderr));
            ran += 1;
        }
    }
    assert!(ran > 40, "{ran}");
}

#[test]
#[cfg(unix)]
fn every_option_that_is_named_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let help = |command: &str| {
        let output = in_shell(folder.path(), &format!("sevline {command} --help")).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let first = help("");
    let commands = first.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let all: String = commands.filter_map(|line| line.split_whitespace().next()).map(help).collect::<String>() + &first;
    let known: BTreeSet<&str> = all.split([' ', '[', ']', ',', '\n', '`']).filter(|word| word.starts_with("--")).collect();
    let mut named = 0;
    for path in documents() {
        let document = fs::read_to_string(&path).unwrap();
        let ours = quoted(&document).into_iter().filter(|own| own.starts_with("--") || own.starts_with("sevline "));
        for option in ours.flat_map(|own| own.split([' ', '=', '[', '\n'])).filter(|word| word.starts_with("--")) {
            assert!(known.contains(option), "{}: {option}", path.display());
            named += 1;
        }
    }
    assert!(named > 20, "{named}");
}

#[test]
fn every_key_that_is_named_does_something() {
    let bound: BTreeSet<String> = Keymap::shipped().unwrap().bindings().map(|(.., key)| key.to_string()).collect();
    let names = ["Enter", "Esc", "Tab", "Shift-Tab", "Space", "Delete", "Backspace", "Alt-Enter", "Home", "End"];
    let is_key = |word: &str| names.contains(&word) || word.starts_with("Ctrl-") || matches!(word.as_bytes(), [b'a'..=b'z' | b'A'..=b'Z']);
    let mut named = 0;
    for path in documents() {
        let document = fs::read_to_string(&path).unwrap();
        for key in quoted(&document).into_iter().filter(|word| is_key(word)) {
            assert!(bound.contains(key), "{}: {key}", path.display());
            named += 1;
        }
        // In a table of keys, whatever it looks like.
        let tables = document.split("| key | does |\n| --- | --- |\n").skip(1);
        for key in tables.flat_map(|table| table.lines().take_while(|line| line.starts_with('|'))) {
            let key = key.split('`').nth(1).unwrap();
            assert!(bound.contains(key), "{}: {key}", path.display());
        }
    }
    assert!(named > 60, "{named}");
}
