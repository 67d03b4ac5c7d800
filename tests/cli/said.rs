//! What a reviewer has said, in what the commands print.

use crate::{MAIL, run};
use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A home with something said, and a library in it.
struct Home(TempDir);

impl Home {
    fn new(said: &str, files: &[(&str, &str)]) -> Self {
        let home = Self(TempDir::new().unwrap());
        let state = home.0.path().join(".local/state/sevline");
        fs::create_dir_all(&state).unwrap();
        fs::write(state.join("reviews.toml"), said.replace("HOME", &home.0.path().to_string_lossy())).unwrap();
        files.iter().for_each(|(name, text)| home.write(name, text));
        home
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).unwrap();
        fs::write(path, text).unwrap();
    }

    fn run(&self, args: &[&str]) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sevline"));
        command.env("HOME", self.0.path()).current_dir(self.0.path()).args(args);
        for name in ["XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "NO_COLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        run(&mut command)
    }

    /// Path and note of each incident.
    fn notes(&self, paths: &[&str]) -> Vec<(String, String)> {
        let (_, out, err) = self.run(&[&["export", "--format", "ndjson"], paths].concat());
        assert!(!err.contains("reviews.toml"), "{err}");
        let records = out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let text = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_owned();
        records.map(|record| (text(&record["source"]["path"]), text(&record["review"]["note"]))).collect()
    }
}

fn told(pairs: &[(String, String)]) -> String {
    pairs.iter().map(|(path, note)| format!("{path} {note}")).collect::<Vec<_>>().join(", ")
}

#[test]
#[cfg(target_os = "linux")]
fn of_two_copies_one_has_the_note() {
    let said = |path: &str| {
        format!(
            "[[review]]\nid='2024-05-03-checkout-outage-on-3-may-2024'\ntitle='Checkout outage on 3 May 2024'\nfile='a.txt'\n{path}note='here'\n"
        )
    };
    let copies = [("one/a.txt", MAIL), ("two/a.txt", MAIL)];
    let home = Home::new(&said("path='HOME/two/a.txt'\n"), &copies);
    assert_eq!(told(&home.notes(&["one", "two"])), "a.txt -, a.txt here");
    assert_eq!(told(&home.notes(&["."])), "one/a.txt -, two/a.txt here");
    // What was kept before paths were belongs to one of them.
    assert_eq!(told(&Home::new(&said(""), &copies).notes(&["."])), "one/a.txt here, two/a.txt -");
}

#[test]
#[cfg(target_os = "linux")]
fn check_tells_of_reviews_that_no_incident_has() {
    let said = "[[review]]\nid='other'\nfile='a.txt'\nnote='x'\n\n[[review]]\nid='elsewhere'\nfile='b.txt'\nnote='y'\n";
    let home = Home::new(said, &[("a.txt", MAIL)]);
    let line = "sevline: 1 review is of no incident that its file has now";
    let (_, _, err) = home.run(&["check", "."]);
    assert_eq!(err.lines().filter(|err| err.starts_with(line)).count(), 1, "{err}");
    for args in [&["check", "--no-config", "."][..], &["list", "."]] {
        assert!(!home.run(args).2.contains("review"), "{args:?}");
    }
    assert!(!Home::new(said, &[("c.txt", MAIL)]).run(&["check", "."]).2.contains("review"));
}
