//! How it ends, and in what state it leaves the terminal.

use super::*;

#[test]
fn quits_and_gives_the_terminal_back() {
    for (keys, status) in [("q", 0), ("\x03", 130)] {
        let explorer = Explorer::new();
        let mut session = explorer.start();
        assert!(session.is_raw());
        session.send(keys);
        assert_eq!(session.end(), status);
        assert!(session.is_restored(), "after {keys:?}");
    }
}

#[test]
fn signals_end_it_and_give_the_terminal_back() {
    for (signal, status) in [("TERM", 143), ("HUP", 129), ("INT", 130), ("QUIT", 131)] {
        let explorer = Explorer::new();
        let mut session = explorer.start();
        session.signal(signal);
        assert_eq!(session.end(), status);
        assert!(session.is_restored(), "after {signal}");
    }
}

#[test]
fn a_panic_gives_the_terminal_back_and_is_told() {
    let mut session = Session::start(child("child_panics"));
    assert_eq!(session.end(), 101);
    assert!(session.is_restored());
    assert!(session.screen().contents().contains("the screen failed"), "{}", session.screen().contents());
}

#[test]
fn a_panic_of_a_worker_leaves_the_screen_alone() {
    let mut session = Session::start(child("child_worker_panics"));
    session.wait_for("still here");
    assert!(session.is_raw());
    assert!(!session.screen().contents().contains("the worker failed"));
    session.send("\r\n");
}

#[test]
fn is_suspended_and_comes_back() {
    let suspend: [fn(&mut Session); 2] = [|session| session.send("\x1a"), |session| session.signal("TSTP")];
    for suspend in suspend {
        let explorer = Explorer::new();
        let mut session = explorer.start();
        suspend(&mut session);
        session.wait("the shell's screen", |screen| !screen.alternate_screen() && !screen.hide_cursor());
        assert!(session.is_restored());
        session.wait_stopped();
        session.signal("CONT");
        session.wait("the explorer's screen", |screen| screen.alternate_screen() && screen.contents().contains(LOADED));
        session.send("q");
        assert_eq!(session.end(), 0);
        assert!(session.is_restored());
    }
}

/// A tag is typed while a file is read that takes long, and the explorer ended at once, in every way. A terminal that
/// goes takes with it what nobody has read yet, so it goes when the tag is told.
#[test]
fn what_is_typed_right_before_the_end_is_kept() {
    let endings: [fn(&mut Session); 4] = [
        |session| session.send("q"),
        |session| session.send("\x03"),
        |session| session.signal("TERM"),
        |session| {
            session.wait_for("tag “soon”");
            session.hang_up();
        },
    ];
    for (at, end) in endings.into_iter().enumerate() {
        let home = tempfile::tempdir().unwrap();
        let explorer = Explorer::new();
        let dense = format!("Search is down\n\n{}\n", "53m,".repeat(1 << 18));
        std::fs::write(explorer.folder.path().join("dense.txt"), dense).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_sevline"));
        let unset = ["XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"];
        unset.into_iter().for_each(|name| command.env_remove(name));
        command.env("HOME", home.path());
        command.arg(explorer.folder.path());
        let mut session = Session::start(command);
        session.wait_for("Search was slow");
        session.send("atsoon\r");
        end(&mut session);
        assert_eq!(session.end(), [0, 130, 143, 129][at]);
        let mut export = std::process::Command::new(env!("CARGO_BIN_EXE_sevline"));
        for name in unset {
            export.env_remove(name);
        }
        export.env("HOME", home.path()).args(["list", "--filter", "tag:soon"]);
        let told = export.args(["a.txt", "b.txt", "c.txt"].map(|name| explorer.folder.path().join(name))).output().unwrap();
        let told = String::from_utf8(told.stdout).unwrap();
        assert_eq!(told.lines().count(), 2, "ending {at}: {told}");
    }
}

/// Longer than a second only because the machine that tests may be busy.
const SOON: Duration = Duration::from_secs(3);

#[test]
fn ends_when_the_terminal_is_gone() {
    let explorer = Explorer::new();
    let mut session = explorer.start();
    session.hang_up();
    let gone = Instant::now();
    assert_eq!(session.end(), 129);
    assert!(gone.elapsed() < SOON, "{:?}", gone.elapsed());
}

#[test]
#[cfg(target_os = "linux")]
fn ends_when_the_terminal_is_gone_and_no_signal_says_so() {
    // In a session of its own the program has no controlling terminal, so the kernel tells it nothing.
    let folder = tempfile::tempdir().unwrap();
    let pid = folder.path().join("pid");
    let mut command = CommandBuilder::new("sh");
    command.args(["-c", "exec 3<&0; setsid \"$0\" \"$@\" <&3 & echo $! >\"$PID\"; wait"]);
    command.env("PID", &pid);
    let explorer = Explorer::new();
    for argument in explorer.command.get_argv() {
        command.arg(argument);
    }
    let mut session = Session::start(command);
    session.wait_for(LOADED);
    let pid = std::fs::read_to_string(&pid).unwrap().trim().to_owned();
    let runs = || std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| !stat.contains(") Z "));
    assert!(runs());
    session.hang_up();
    let gone = Instant::now();
    while runs() {
        assert!(gone.elapsed() < SOON, "still there after {:?}", gone.elapsed());
        std::thread::yield_now();
    }
}
