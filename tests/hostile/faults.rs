//! When the machine fails: no environment at all, and signals at any moment.

use crate::common::terminal::Session;
use crate::lab::{Lab, leave, mail};
use std::process::{Command, Stdio};

#[test]
fn runs_without_any_environment() {
    let lab = Lab::new();
    lab.write("a.txt", mail("Bare"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_sevline"));
    let told = lab.told(command.env_clear().current_dir(lab.path()).stdin(Stdio::null()).args(["list", "a.txt"]));
    assert!(told.status == 0 && told.out.contains("Bare"), "{told:?}");
    let mut command = lab.explorer(&["a.txt"]);
    command.env_clear();
    let mut session = Session::start(command);
    session.wait_for("Bare");
    leave(session);
}

#[test]
fn a_signal_at_any_moment_leaves_the_terminal_as_it_was() {
    signalled(40, |run| run * run * 5);
}

#[test]
#[ignore = "takes minutes; .ci/long runs it"]
fn signals_at_500_moments_leave_the_terminal_as_it_was() {
    // A prime, so that the moments fall anywhere.
    signalled(500, |run| run * 7919 % 12_000);
}

/// Sends a signal as often as `runs` says, each time after so many bytes of what the explorer writes.
fn signalled(runs: usize, moment: impl Fn(usize) -> usize) {
    let lab = Lab::new();
    for at in 0..20 {
        lab.write(&format!("{at}.txt"), mail("Interrupted"));
    }
    for run in 0..runs {
        let (signal, status) = [("TERM", 143), ("HUP", 129), ("INT", 130), ("QUIT", 131)][run % 4];
        let mut session = Session::start(lab.explorer(&["--no-config", "."]));
        session.send("\rlt?");
        session.wait_written(moment(run));
        session.signal(signal);
        let ended = session.end();
        // Before it has taken the terminal a program ends as any other does: by the signal itself.
        let taken = session.bytes().contains(&0x1b);
        assert!(ended == status || (!taken && ended == 1), "{signal} after {} bytes: {ended}", moment(run));
        assert!(session.is_restored(), "{signal} after {} bytes", moment(run));
    }
}

#[test]
fn reports_are_never_written_to() {
    let lab = Lab::new();
    let paths = [lab.write("a.txt", mail("Untouched")), lab.write("b.json", crate::lab::api("Untouched too", "ok"))];
    let look = |path: &std::path::PathBuf| (std::fs::read(path).unwrap(), std::fs::metadata(path).unwrap().modified().unwrap());
    let before: Vec<_> = paths.iter().map(look).collect();
    for command in crate::lab::COMMANDS {
        lab.run(&[command, &["."][..]].concat());
    }
    let mut session = lab.open(&["."], "· 2 incidents");
    session.send("/untouched\r");
    session.wait_for("filter ▸ untouched");
    session.send("\x13ours\r");
    session.wait_for("saved as");
    leave(session);
    assert_eq!(paths.iter().map(look).collect::<Vec<_>>(), before);
}
