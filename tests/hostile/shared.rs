//! Rows 103 to 113: other programs on the same files, locks, signals and limits; and text that hides or does something elsewhere.

use crate::common::terminal::Session;
use crate::lab::{Case, Lab, api, case, leave, mail, through_shell};
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

pub const CASES: &[Case] = &[
    case(103, "one note, written by two people at once", "both are kept and told; u undoes one's own words alone", |lab| {
        lab.write("a.txt", mail("Shared"));
        let [mut one, mut other] = [lab.open(&["."], "Shared"), lab.open(&["."], "Shared")];
        other.send("anwords of the other\r");
        other.wait_for("u undoes this");
        one.send("anwords of one\r");
        one.wait_for("both are kept");
        let kept = fs::read_to_string(state(lab).join("reviews.toml")).unwrap();
        assert!(kept.contains("words of the other\n") && kept.contains("words of one"), "{kept}");
        one.send("u");
        one.wait_for("undone");
        wait_kept(lab, "reviews.toml", |kept| kept.contains("words of the other") && !kept.contains("words of one"));
        leave(one);
        leave(other);
    }),
    case(104, "a saved filter that is saved over", "u undoes this", |lab| {
        lab.write("a.txt", mail("Filtered"));
        let mut session = lab.open(&["."], "Filtered");
        for filter in ["sev:high", "filtered"] {
            session.send(format!("/{filter}\r"));
            session.wait_for(&format!("filter ▸ {filter}"));
            session.send("\x13mine\r");
            session.wait_for("“mine”");
            session.send("\x1b");
            session.wait("no filter", |screen| !screen.contents().contains("filter ▸"));
        }
        // What was cleared last comes back first.
        session.send("uu");
        wait_kept(lab, "filters.toml", |kept| kept.contains("sev:high"));
        leave(session);
    }),
    case(105, "remarks in reviews.toml, which is a link with a mode of its own", "all three stay", |lab| {
        use std::os::unix::fs::{PermissionsExt, symlink};
        lab.write("a.txt", mail("Remarked"));
        let (path, real) = (state(lab).join("reviews.toml"), lab.home().join("synced.toml"));
        let mut session = lab.open(&["."], "Remarked");
        session.send("atfirst\r");
        wait_kept(lab, "reviews.toml", |kept| kept.contains("first"));
        leave(session);
        let kept = fs::read_to_string(&path).unwrap();
        fs::write(&real, kept.replace("tags", "# asked for by the team\ntags") + "\n# to do\n").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        fs::remove_file(&path).unwrap();
        symlink(&real, &path).unwrap();
        let mut session = lab.open(&["."], "Remarked");
        session.send("atsecond\r");
        wait_kept(lab, "reviews.toml", |kept| kept.contains("second"));
        leave(session);
        let kept = fs::read_to_string(&real).unwrap();
        assert!(kept.contains("# asked for by the team\ntags") && kept.ends_with("# to do\n"), "{kept}");
        assert!(path.is_symlink() && fs::metadata(&real).unwrap().permissions().mode() & 0o777 == 0o640);
    }),
    case(
        106,
        "a lock that another program never lets go of",
        "keys and signals end the explorer; the next run writes what was said",
        |lab| {
            lab.write("a.txt", mail("Locked"));
            for (tag, end, status) in [("one", "q", 0), ("two", "\x03", 130), ("three", "TERM", 143), ("four", "HUP", 129)] {
                let lock = File::options().create(true).append(true).open(state(lab).join("lock")).unwrap();
                lock.lock().unwrap();
                let mut session = lab.open(&["."], "Locked");
                session.send(format!("at{tag}\r"));
                session.wait_for(&format!("#{tag}"));
                let begun = Instant::now();
                if end.len() > 1 {
                    session.signal(end)
                } else {
                    session.send(end)
                }
                assert_eq!(session.end(), status);
                assert!(begun.elapsed() < Duration::from_secs(5) && session.is_restored(), "{end}: {:?}", begun.elapsed());
                assert!(session.contents().contains("taken up by the next run"), "{}", session.contents());
                drop(lock);
                lab.run(&["list", "."]);
                assert!(fs::read_to_string(state(lab).join("reviews.toml")).unwrap().contains(tag));
            }
            let names = fs::read_dir(state(lab)).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
            assert!(!names.into_iter().any(|name| name.starts_with("unwritten")));
        },
    ),
    case(107, "Ctrl-Z right behind a tag", "a suspended explorer holds no lock", |lab| {
        lab.write("a.txt", mail("Suspended"));
        for turn in 0..8 {
            let mut session = lab.open(&["."], "Suspended");
            session.send(format!("att{turn}\r\x1a"));
            session.wait_stopped();
            let lock = File::options().create(true).append(true).open(state(lab).join("lock")).unwrap();
            lock.try_lock().unwrap();
            drop(lock);
            session.signal("CONT");
            session.wait("the explorer", vt100::Screen::alternate_screen);
            leave(session);
        }
    }),
    case(108, "every signal that can be caught", "gives the terminal back", |lab| {
        lab.write("a.txt", mail("Signalled"));
        let names =
            ["ABRT", "ALRM", "BUS", "HUP", "INT", "IO", "PROF", "QUIT", "SYS", "TERM", "TRAP", "USR1", "USR2", "VTALRM", "XCPU", "XFSZ"];
        let own = if cfg!(target_os = "linux") { &["16", "30", "34", "64"][..] } else { &[] };
        for name in names.iter().chain(own) {
            let mut session = lab.open(&["--no-config", "."], "Signalled");
            session.signal(name);
            assert!(session.end() > 128, "{name}");
            assert!(session.is_restored(), "{name}");
        }
    }),
    case(109, "a limit for the size of files, with the usual signals", "list prints; the explorer tells what it cannot write", |lab| {
        lab.write("a.txt", mail("Limited"));
        let limited = |words: &str| format!("ulimit -f 0; exec \"$0\" {words}");
        let mut command = Command::new("sh");
        command.args(["-c", &limited("list ."), env!("CARGO_BIN_EXE_sevline")]).env("HOME", lab.home());
        let told = lab.told(command.current_dir(lab.path()).env_remove("XDG_CACHE_HOME").env_remove("XDG_STATE_HOME"));
        assert!(told.status == 0 && told.out.contains("Limited"), "{told:?}");
        let mut command = lab.explorer(&[]);
        through_shell(&mut command, &limited("."));
        let mut session = Session::start(command);
        session.wait_for("Limited");
        session.send("atlost\r");
        session.wait_for("File too large");
        session.send("\x03");
        assert_eq!(session.end(), 130);
        assert!(session.is_restored() && session.contents().contains("1 change is not written"), "{}", session.contents());
    }),
    case(110, "selectors, joiners and controls of hieroglyphs in an identifier", "shown, and found by what a person can type", |lab| {
        for hidden in ["IN\u{fe0f}C-42", "I\u{200d}NC-42", "IN\u{13430}C-4\u{13438}2", "IN\u{e0041}C\u{e0100}-42", "é\u{200d}INC-42"] {
            let told = lab.report("a.txt", mail(&format!("{hidden} down")));
            assert!(told.out.contains('�') && !told.out.contains(['\u{fe0f}', '\u{200d}', '\u{13430}']), "{told:?}");
            let found = lab.run(&["list", "--filter", "inc-42", "a.txt"]).out;
            assert!(found.contains('�'), "{found}");
        }
    }),
    case(
        111,
        "cells of CSV for a program that parts them at semicolons; links in a Markdown table",
        "text is quoted; no link, no mention",
        |lab| {
            lab.report("a.json", api("Slow;=1+1", "Over;=HYPERLINK(A1)"));
            for command in
                [&["list", "--format", "csv"][..], &["export", "--format", "csv"], &["export", "--format", "csv", "--table", "events"]]
            {
                let told = lab.run(&[command, &["a.json"]].concat());
                let bare = told.out.split('"').step_by(2).collect::<String>();
                assert!(!bare.contains('=') && !bare.contains(';'), "{told:?}");
            }
            lab.report("b.txt", mail("See https://evil.example/x and www.evil.example, ask @octocat"));
            let told = lab.run(&["list", "--format", "markdown", "b.txt"]).out;
            let bare = told.split('`').step_by(2).collect::<String>();
            assert!(!bare.contains("//") && !bare.contains("www.") && !bare.contains('@'), "{told}");
        },
    ),
    case(
        112,
        "escapes in the names of home, folders and files",
        "they reach no terminal; what is copied means the same file in a shell",
        |lab| {
            let home = lab.path().join("home\u{1b}]0;x\u{7}\u{202e}");
            fs::create_dir_all(home.join(".config/sevline")).unwrap();
            let name = "re\u{1b}[2Jport's\n1.txt";
            lab.write(name, mail("Escaped"));
            for text in ["", "theme = 3\n", "[library]\nfolders = [\"~/nowhere\u{202e}\"]\n"] {
                fs::write(home.join(".config/sevline/config.toml"), text).unwrap();
                for command in [&["list"][..], &["config"], &["config", "--path"], &["keys"], &["list", name], &["show", "gone\u{1b}[2J"]] {
                    lab.told(lab.program().env("HOME", &home).args(command));
                }
            }
            fs::write(home.join(".config/sevline/config.toml"), "").unwrap();
            let mut command = lab.explorer(&[name]);
            command.env("HOME", &home);
            let mut session = Session::start(command);
            session.wait_for("Escaped");
            session.send("yp");
            session.wait_for(r"re\x1b[2Jport\'s\n1.txt':1");
            session.send("\x03");
            assert_eq!(session.end(), 130);
        },
    ),
    case(113, "a terminal that goes away right behind a tag", "the tag is kept", |lab| {
        lab.write("a.txt", mail("Closed"));
        for at in 0..6 {
            let mut session = lab.open(&["."], "Closed");
            session.send(format!("atlast{at}\r"));
            session.wait_for(&format!("tag “last{at}”"));
            session.hang_up();
            assert_eq!(session.end(), 129);
            assert!(fs::read_to_string(state(lab).join("reviews.toml")).unwrap_or_default().contains(&format!("last{at}")));
        }
    }),
];

fn state(lab: &Lab) -> PathBuf {
    let folder = lab.home().join(".local/state/sevline");
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Waits until a file of the state folder is as wanted.
fn wait_kept(lab: &Lab, name: &str, wanted: impl Fn(&str) -> bool) {
    let begun = Instant::now();
    loop {
        let kept = fs::read_to_string(state(lab).join(name)).unwrap_or_default();
        if wanted(&kept) {
            return;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "{name} has\n{kept}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// So many incidents two explorers speak of.
const INCIDENTS: usize = 6;

/// Words on their way: once they are in the file they are to stay.
struct Talk {
    lab: Lab,
    said: Vec<String>,
}

impl Talk {
    fn open(&self) -> Session {
        self.lab.open(&["."], "Talked of 0")
    }

    /// Says a word of some incident, as a tag or in its note.
    fn say(&mut self, session: &mut Session, at: usize) {
        let word = format!("w{at}x");
        let down = "j".repeat(at * 7 % INCIDENTS);
        match at % 2 {
            0 => session.send(format!("g{down}at{word}\r")),
            _ => session.send(format!("g{down}an\x1b\r{word}\r")),
        }
        self.said.push(word);
    }

    /// The words that are not in the file.
    fn lost(&self) -> Vec<&String> {
        let kept = fs::read_to_string(state(&self.lab).join("reviews.toml")).unwrap_or_default();
        self.said.iter().filter(|word| !kept.contains(word.as_str())).collect()
    }
}

/// Two explorers say something of the same incidents at random, and one is killed now and then: what was written stays.
#[test]
#[ignore = "as long as LONG_SECONDS says; .ci/long runs it"]
fn two_explorers_for_long_lose_no_word() {
    let seconds = std::env::var("LONG_SECONDS").ok().and_then(|value| value.parse().ok()).unwrap_or(30);
    let mut talk = Talk { lab: Lab::new(), said: Vec::new() };
    for at in 0..INCIDENTS {
        talk.lab.write(&format!("{at}.txt"), mail(&format!("Talked of {at}")));
    }
    let mut sessions = [talk.open(), talk.open()];
    let (begun, mut at, mut killed) = (Instant::now(), 0_usize, 0);
    while begun.elapsed() < Duration::from_secs(seconds) {
        at += 1;
        let who = at * 13 / 4 % 2;
        talk.say(&mut sessions[who], at);
        if at.is_multiple_of(5) || at.is_multiple_of(31) {
            let all = Instant::now();
            while !talk.lost().is_empty() {
                assert!(all.elapsed() < Duration::from_secs(20), "{:?}\n{}", talk.lost(), sessions[who].contents());
                std::thread::sleep(Duration::from_millis(5));
            }
            sessions[who].take_frames();
        }
        if at.is_multiple_of(31) {
            // It is killed while it says something, which may be lost; nothing else may.
            talk.say(&mut sessions[who], at + 1_000_000_000);
            talk.said.pop();
            std::thread::sleep(Duration::from_micros((at as u64 * 7919) % 20_000));
            sessions[who].child.kill().unwrap();
            sessions[who].child.wait().unwrap();
            sessions[who] = talk.open();
            killed += 1;
        }
    }
    let all = Instant::now();
    while !talk.lost().is_empty() && all.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(talk.lost().is_empty(), "{:?}", talk.lost());
    sessions.into_iter().for_each(leave);
    assert!(talk.lost().is_empty() && killed > 0, "{:?}", talk.lost());
    eprintln!("{} words, {killed} killed", talk.said.len());
}
