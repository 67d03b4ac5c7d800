//! Rows 72 to 77: settings and state that went wrong.

use crate::common::terminal::Session;
use crate::lab::{Case, Lab, case, leave, mail, through_shell};
use std::fs;
use std::path::PathBuf;

pub const CASES: &[Case] = &[
    case(72, "settings cut at every byte", "what is left is valid, or status 78 with file and line; defaults only on request", |lab| {
        let text = "theme = \"dark\"\n[library]\nfolders = [\"~/incidents\", \"/srv/ä\"]\n[times]\nassume-tz = \"UTC\"\n";
        lab.write("a.txt", mail("Settled"));
        let settings = settings(lab);
        for cut in 0..text.len() {
            fs::write(settings.join("config.toml"), &text.as_bytes()[..cut]).unwrap();
            let told = lab.run(&["list", "a.txt"]);
            match told.status {
                0 => assert!(told.out.contains("Settled")),
                status => {
                    assert_eq!((status, told.out.as_str()), (78, ""), "{cut}");
                    assert!(told.err.contains("config.toml") && told.err.contains("--no-config"), "{cut}: {told:?}");
                }
            }
            if cut % 16 == 0 {
                assert_eq!(lab.run(&["list", "--no-config", "a.txt"]).status, 0);
            }
        }
    }),
    case(73, "state half written, or of a later version", "told and never written over; the explorer runs with what it can read", |lab| {
        lab.write("a.txt", mail("Remembered"));
        let state = state(lab);
        let text = "[filters]\n\"ours\" = \"sev:high\"\n\"näxt\" = \"dur>30m\"\n";
        for cut in (0..text.len()).step_by(5) {
            fs::write(state.join("filters.toml"), &text.as_bytes()[..cut]).unwrap();
            fs::write(state.join("history"), &text.as_bytes()[..cut]).unwrap();
            for error in sevline::state::State::load(&state).1 {
                assert!(error.to_string().contains("filters.toml: line "), "{error}");
            }
        }
        let later = "version = 9\n[filters]\nours = { query = \"sev:high\" }\n";
        fs::write(state.join("filters.toml"), later).unwrap();
        let mut session = lab.open(&["."], "filters.toml: line 3");
        session.send("/sev:high\r");
        session.wait_for("filter ▸ sev:high");
        session.send("\x13new\r");
        session.wait_for("filters.toml: line 3");
        leave(session);
        assert_eq!(fs::read_to_string(state.join("filters.toml")).unwrap(), later);
    }),
    case(74, "a full disk while saving", "told; the old file is whole", |lab| {
        lab.write("a.txt", mail("No room"));
        let state = state(lab);
        let old = "[filters]\nours = \"sev:high\"\n";
        fs::write(state.join("filters.toml"), old).unwrap();
        // Files may not grow at all: what a full disk does to them, with its error.
        let mut command = lab.explorer(&[]);
        through_shell(&mut command, "trap '' XFSZ; ulimit -f 0; exec \"$0\" .");
        let mut session = Session::start(command);
        session.wait_for("No room");
        session.send("/sev:high\r");
        session.wait_for("filter ▸ sev:high");
        session.send("\x13new\r");
        session.wait_for("File too large");
        leave(session);
        assert_eq!(fs::read_to_string(state.join("filters.toml")).unwrap(), old);
        let left: Vec<_> = fs::read_dir(&state).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(left.iter().all(|name| ["filters.toml", "history", "lock"].iter().any(|known| name == known)), "{left:?}");
    }),
    case(75, "a home that takes no files", "runs without saving, and says so when something should be saved", |lab| {
        lab.write("a.txt", mail("Homeless"));
        // Not even root can make a folder there.
        for home in ["/proc/self", "/dev/null", "relative", ""] {
            let told = lab.told(lab.program().env("HOME", home).args(["list", "a.txt"]));
            assert!(told.status == 0 && told.out.contains("Homeless"), "{home}: {told:?}");
        }
        let mut command = lab.explorer(&["."]);
        command.env("HOME", "/proc/self");
        let mut session = Session::start(command);
        session.wait_for("Homeless");
        session.send("/sev:high\r");
        let why = "/proc/self/.local/state/sevline: No such file or directory";
        session.wait_for(why);
        session.send("\x13ours\r");
        session.wait("an answer", |screen| !screen.contents().contains("ours") && screen.contents().contains(why));
        leave(session);
    }),
    case(76, "two explorers at once", "nothing that either saved is lost", |lab| {
        lab.write("a.txt", mail("Shared"));
        let mut sessions = [lab.open(&["."], "Shared"), lab.open(&["."], "Shared")];
        for at in 0..4 {
            for (session, name) in sessions.iter_mut().zip(["one", "two"]) {
                session.send(format!("/{name} {at}\r\x13{name}{at}\r"));
                session.wait_for(&format!("saved as “{name}{at}”"));
                session.send("\x1b");
                session.wait("no filter", |screen| !screen.contents().contains("filter ▸"));
            }
        }
        sessions.into_iter().for_each(leave);
        let kept = sevline::state::State::load(&state(lab)).0;
        assert_eq!((kept.filters.len(), kept.history.len()), (8, 8), "{kept:?}");
    }),
    case(77, "a key that is none", "status 78 with file, line and the action", |lab| {
        lab.write("a.txt", mail("Keyless"));
        let settings = settings(lab);
        for (text, place) in [
            ("[list]\nopen = \"Hyper-k\"\n", "keymap.toml:2:1: [list] open"),
            ("[list]\nopen = \"\u{1b}[2J\"\n", "keymap.toml:2:"),
            ("[list]\nopen = 3\n", "keymap.toml:2:"),
            ("[nowhere]\nopen = \"k\"\n", "keymap.toml:1:"),
        ] {
            fs::write(settings.join("keymap.toml"), text).unwrap();
            let told = lab.run(&["keys"]);
            assert!(told.status == 78 && told.err.contains(place) && told.err.contains("--no-config"), "{text}: {told:?}");
        }
        let mut session = Session::start(lab.explorer(&["."]));
        assert_eq!(session.end(), 78);
        assert!(session.is_restored());
    }),
];

fn settings(lab: &Lab) -> PathBuf {
    folder(lab, ".config")
}

fn state(lab: &Lab) -> PathBuf {
    folder(lab, ".local/state")
}

/// Where Linux has such files, below the home of a test.
fn folder(lab: &Lab, kind: &str) -> PathBuf {
    let folder = lab.home().join(kind).join("sevline");
    fs::create_dir_all(&folder).unwrap();
    folder
}
