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

const REVIEW: &str = "# Incidents of May\n\nBetween 09:00 UTC and 10:00 UTC on 2 May 2024 customers saw errors.\n\n\
    ## Logins down\n\nFrom 11:05 UTC to 11:45 UTC on 3 May 2024 customers could not log in.\n\n\
    ## Search slow\n\nFrom 12:05 UTC to 12:45 UTC on 9 May 2024 searches timed out.\n";

#[test]
#[cfg(target_os = "linux")]
fn a_file_is_cut_as_a_reviewer_said() {
    let home = Home::new("", &[("lib/sub/may.md", REVIEW), ("lib/other.md", REVIEW)]);
    // What is read just after it was changed is not kept.
    for name in ["lib/sub/may.md", "lib/other.md"] {
        let hour = std::time::SystemTime::now() - std::time::Duration::from_secs(3600);
        fs::File::options().append(true).open(home.0.path().join(name)).unwrap().set_modified(hour).unwrap();
    }
    let say = |how: &str| home.write(".local/state/sevline/reviews.toml", &how.replace("HOME", &home.0.path().to_string_lossy()));
    let listed = |args: &[&str]| {
        let (status, out, err) = home.run(&[&["list", "--format", "csv"], args].concat());
        assert_eq!((status, err.contains("reviews.toml")), (0, false), "{err}");
        let titles = ["Incidents of May", "Logins down", "Search slow"];
        titles.map(|title| out.matches(&format!(",\"{title}\",")).count())
    };
    assert_eq!(listed(&["lib"]), [2, 0, 0]);
    say("[[cut]]\nfile='may.md'\npath='HOME/lib/sub/may.md'\nhow='level-2'\n");
    // Nothing of a file is taken from the cache that was cut otherwise, and nothing is written for what is not to be kept.
    for _ in 0..2 {
        assert_eq!(listed(&["lib"]), [1, 1, 1]);
        assert_eq!(listed(&["lib/sub/may.md"]), [0, 1, 1]);
        assert_eq!(listed(&["--no-config", "lib"]), [2, 0, 0]);
    }
    let (_, explained, _) = home.run(&["explain", "--facts-only", "lib/sub/may.md"]);
    assert!(explained.contains("Logins down"), "{explained}");
    // By its name alone, where only one is called so.
    say("[[cut]]\nfile='may.md'\npath='HOME/moved/may.md'\nhow='level-2'\n");
    assert_eq!(listed(&["lib"]), [1, 1, 1]);
    say("[[cut]]\nfile='may.md'\nhow='whole'\n");
    assert_eq!(listed(&["lib"]), [2, 0, 0]);
    say("");
    assert_eq!(listed(&["lib"]), [2, 0, 0]);
}
