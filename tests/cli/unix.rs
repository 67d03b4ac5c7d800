//! Files as Unix has them: pipes, links, devices, rights and names of any bytes.

use crate::{COMMANDS, MAIL, folder, run, sevline, text};
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Stdio;

#[test]
fn a_closed_pipe_is_quiet() {
    let folder = folder([("mail.txt", MAIL.as_bytes())]);
    for args in COMMANDS.iter().chain(&[&["--help"][..], &["check", "--codes"]]) {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_sevline"));
        command.arg("--no-config").args(*args).current_dir(folder.path());
        command.args((!args.iter().any(|arg| arg.starts_with("--codes"))).then_some("mail.txt"));
        let output = command.stdout(Stdio::from(writer)).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.is_empty() || told.starts_with("sevline: no findings"), "{args:?} {told}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told() {
    let folder = folder([("mail.txt", MAIL.as_bytes())]);
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_sevline"));
    let output = command.args(["--no-config", "list"]).arg(folder.path()).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("sevline: standard output: "));
}

#[test]
fn what_may_not_be_read_is_named() {
    let folder = folder([("mail.txt", MAIL.as_bytes()), ("secret.txt", MAIL.as_bytes())]);
    let locked = folder.path().join("locked");
    fs::create_dir(&locked).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    fs::set_permissions(folder.path().join("secret.txt"), fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read_dir(&locked).is_ok() {
        return; // root may read everything
    }
    let (status, out, err) = run(sevline(["list"]).arg(folder.path()));
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!((status, out.lines().count()), (1, 2));
    assert!(err.contains("locked: it may not be read") && err.contains("secret.txt: it may not be read"), "{err}");
}

#[test]
fn links_are_followed_and_loops_are_told_once() {
    let folder = folder([]);
    let reports = folder.path().join("reports");
    fs::create_dir(&reports).unwrap();
    fs::write(folder.path().join("mail.txt"), MAIL).unwrap();
    symlink(folder.path().join("mail.txt"), reports.join("linked.txt")).unwrap();
    symlink(&reports, reports.join("again")).unwrap();
    symlink("nowhere", reports.join("dangling")).unwrap();
    let (status, out, err) = run(sevline(["export", "--format", "ndjson"]).arg(&reports));
    assert_eq!((status, out.lines().count()), (1, 1));
    assert_eq!(err.matches("leads back into a folder").count(), 1, "{err}");
    assert!(err.contains("dangling: there is no such file"), "{err}");
    assert_eq!(err.lines().count(), 2, "{err}");
}

#[test]
fn pipes_and_devices_are_not_opened() {
    let folder = folder([]);
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let (status, _, err) = run(sevline(["list"]).arg(folder.path()));
    assert_eq!(status, 0);
    assert!(err.contains("skipped 1 file: pipe"), "{err}");
    for path in [text(&pipe), "/dev/zero"] {
        let (status, _, err) = run(&mut sevline(["list", path]));
        assert_eq!(status, 1);
        assert!(err.contains("this is no regular file"), "{err}");
    }
}

#[test]
fn rules_for_ignoring_hold_inside_a_folder_only() {
    let folder = folder([(".gitignore", b"reports\n*.log\n")]);
    let reports = folder.path().join("reports");
    fs::create_dir(&reports).unwrap();
    fs::write(reports.join("mail.txt"), MAIL).unwrap();
    fs::write(reports.join("mail.log"), MAIL).unwrap();
    fs::write(reports.join(".ignore"), "mail.log\n").unwrap();
    let (_, out, _) = run(sevline(["export", "--format", "ndjson"]).arg(&reports));
    assert_eq!(out.lines().count(), 1, "{out}");
    let (_, out, _) = run(sevline(["export", "--format", "ndjson"]).arg(reports.join("mail.log")));
    assert_eq!(out.lines().count(), 1, "a named file is always read");
}

#[test]
fn hostile_file_names_are_shown_not_obeyed() {
    let folder = folder([("a\u{1b}[2J.txt", MAIL.as_bytes()), ("b\u{1b}[2J.txt", b"\0")]);
    let latin = folder.path().join(OsStr::from_bytes(b"caf\xe9.txt"));
    fs::write(&latin, MAIL).unwrap();
    for args in COMMANDS {
        let (status, out, err) = run(sevline([]).args(*args).arg(folder.path()));
        assert_eq!(status, 0);
        assert!(!out.contains('\u{1b}') && !err.contains('\u{1b}'), "{out}{err}");
    }
    let (_, _, err) = run(sevline(["show"]).arg(folder.path().join("b\u{1b}[2J.txt")));
    assert!(err.contains("b␛[2J.txt: this is a binary file"), "{err}");
    let (status, out, _) = run(sevline(["export", "--format", "ndjson"]).arg(&latin));
    assert_eq!(status, 0);
    assert!(out.contains("caf\u{fffd}.txt"), "{out}");
}
