//! When things change beneath: files while they are read, clocks, and a terminal that stops listening.

use crate::lab::{Lab, leave, mail};
use std::fs::{self, File};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

/// So many reports stay as they are.
const STABLE: usize = 30;

fn stable(lab: &Lab) {
    for at in 0..STABLE {
        lab.write(&format!("stable{at:02}.txt"), mail("Stable"));
    }
}

/// Does to a file what can be done to it, by the number of the step.
pub fn disturb(folder: &Path, step: usize) {
    let path = folder.join(format!("moving{}.txt", step % 5));
    let inside = folder.join("inside");
    // Whatever stands there, a step may fail: another step has been there.
    let _ = match step % 9 {
        0 => fs::write(&path, mail("Moving")),
        1 => File::options().write(true).open(&path).and_then(|file| file.set_len(40)),
        2 => fs::remove_file(&path),
        3 => fs::create_dir(&path),
        4 => fs::remove_dir(&path),
        5 => fs::write(&path, [0; 9000]),
        6 => fs::write(folder.join("new"), mail("Replaced")).and_then(|()| fs::rename(folder.join("new"), &path)),
        7 => fs::create_dir(&inside).and_then(|()| fs::write(inside.join("a.txt"), mail("Inside"))),
        _ => fs::remove_dir_all(&inside),
    };
}

/// Disturbs the folder until `work` is done.
fn while_disturbed(folder: &Path, work: impl FnOnce(&AtomicUsize)) {
    let (done, steps) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::SeqCst) {
                disturb(folder, steps.fetch_add(1, Ordering::SeqCst));
            }
        });
        // Also when it fails, or the disturbance would go on for ever.
        let worked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(&steps)));
        done.store(true, Ordering::SeqCst);
        worked.unwrap();
    });
}

#[test]
fn files_that_change_while_they_are_read_hide_no_other() {
    let lab = Lab::new();
    stable(&lab);
    while_disturbed(lab.path(), |_| {
        for command in [&["export", "--format", "ndjson"][..], &["list"], &["explain"], &["check"]].iter().cycle().take(16) {
            let told = lab.run(&[command, &["."][..]].concat());
            let count = |text: &str| told.out.matches(text).count();
            match command {
                ["export", ..] => assert_eq!(count("\"title\":\"Stable\""), STABLE, "{told:?}"),
                ["list"] => assert_eq!(count("Stable"), STABLE, "{told:?}"),
                _ => {}
            }
        }
    });
}

#[test]
fn files_that_change_while_they_are_shown_end_as_they_are() {
    let lab = Lab::new();
    stable(&lab);
    let mut session = lab.open(&["."], &format!("{STABLE} incidents"));
    while_disturbed(lab.path(), |steps| {
        for keys in ["jj\r", "\r", "]]", "\x1b\x1b", "t", "G\r", "\x1b\x1b", "R", "gRj", "#", "\x1b\x1b"].iter().cycle().take(60) {
            let before = steps.load(Ordering::SeqCst);
            session.send(keys);
            while steps.load(Ordering::SeqCst) < before + 20 {
                std::thread::yield_now();
            }
        }
    });
    for at in 0..5 {
        let path = lab.path().join(format!("moving{at}.txt"));
        let _ = fs::remove_file(&path);
        let _ = fs::remove_dir(&path);
    }
    let _ = fs::remove_dir_all(lab.path().join("inside"));
    let _ = fs::remove_file(lab.path().join("new"));
    fs::write(lab.path().join("last.txt"), mail("The last word")).unwrap();
    session.send("\x1b\x1b\x1b\x1b\x1b\x1b");
    session.wait("all as it is", |screen| screen.contents().contains(&format!("{} incidents", STABLE + 1)));
    leave(session);
}

/// What is read of a file does not depend on whether its clock, or ours, went forwards.
#[test]
fn a_clock_that_goes_backwards() {
    let lab = Lab::new();
    let write = |title: &str, at: SystemTime| {
        let path = lab.write("a.txt", mail(title));
        File::options().append(true).open(path).unwrap().set_modified(at).unwrap();
    };
    let (now, day) = (SystemTime::now(), Duration::from_secs(86_400));
    // In the future, and the same again with other words; then a year back, and before there were clocks.
    for (title, at) in [
        ("Title one", now + day),
        ("Title two", now + day),
        ("Title three", now - 365 * day),
        ("Title four!", now - 366 * day),
        ("Title five!", SystemTime::UNIX_EPOCH - day),
    ] {
        write(title, at);
        for _ in 0..2 {
            let told = lab.run(&["list", "."]);
            assert!(told.out.contains(title), "{told:?}");
        }
    }
    // The caches are of the future as well.
    for entry in fs::read_dir(lab.home().join(".cache/sevline")).unwrap() {
        File::options().append(true).open(entry.unwrap().path()).unwrap().set_modified(now + day).unwrap();
    }
    assert!(lab.run(&["list", "."]).out.contains("Title five!"));
    let mut session = lab.open(&["."], "Title five!");
    write("Title six!!", now - 400 * day);
    session.wait_for("Title six!!");
    write("Title seven", now + day);
    session.wait_for("Title seven");
    leave(session);
}

/// The memory of a program, in KiB; none where nothing tells.
fn memory(pid: u32) -> Option<u64> {
    let output = Command::new("ps").args(["-o", "rss=", "-p", &pid.to_string()]).output().ok()?;
    String::from_utf8_lossy(&output.stdout).trim().parse().ok()
}

#[test]
fn a_terminal_that_does_not_listen_for_a_while() {
    for end in ["\x03", "TERM"] {
        let lab = Lab::new();
        stable(&lab);
        let mut session = lab.open(&["--no-config", "."], &format!("{STABLE} incidents"));
        let pid = session.child.process_id().unwrap();
        let gate = session.gate();
        let held = gate.lock().unwrap();
        // Each key draws a frame, until there is no room for the next one.
        for _ in 0..100 {
            session.send("tjG?qg");
        }
        let before = memory(pid);
        for at in 0..300 {
            disturb(lab.path(), at);
        }
        let grown = memory(pid).zip(before).map_or(0, |(now, before)| now.saturating_sub(before));
        assert!(grown < 32 << 10, "{grown} KiB more");
        let status = match end {
            "TERM" => {
                session.signal(end);
                143
            }
            keys => {
                session.send(keys);
                130
            }
        };
        drop(held);
        assert_eq!(session.end(), status);
        assert!(session.is_restored());
    }
}
