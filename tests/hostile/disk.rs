//! When the disk fails: full, read-only, or cut off from its power; and what then becomes of what a person has said.

use crate::common::terminal::Session;
use crate::lab::{COMMANDS, Lab, leave, mail, mail_at, skipped, through_shell};
use sevline::review::{Amendment, Edit, Key};
use sevline::state::libraries::Memory;
use sevline::state::{self, Change, State};
use std::fs;
use std::path::Path;
use std::process::Command;

fn typed(line: &str) -> Change {
    Change::Typed(line.into())
}

fn saved(name: &str) -> Change {
    Change::Filter { name: name.into(), before: None, after: Some("sev:high \"rate limit\"".into()) }
}

fn said(id: &str, edit: Edit) -> Change {
    let key = Key { id: id.into(), place: "a.txt".into(), digest: id.into(), ..Key::default() };
    Change::Reviewed(vec![Amendment { kept: key.clone(), key, title: "Käse aus".into(), edit, seen: None }])
}

fn left(path: &str) -> Change {
    Change::Left { paths: vec![path.into()], found: Box::default(), left: Memory { filter: "sev:high".into(), ..Memory::default() }.into() }
}

/// The folder of what is remembered below a home.
fn state_of(home: &Path) -> std::path::PathBuf {
    home.join(".local/state/sevline")
}

/// Wherever a file ends, a change keeps what of it can be read, or leaves it alone, or puts it aside as it is.
#[test]
fn what_is_remembered_and_cut_at_every_byte_is_not_lost() {
    let folder = tempfile::tempdir().unwrap();
    let changes = [
        typed("dur>30m"),
        typed("ä größer"),
        saved("ours"),
        saved("näxt"),
        said("x", Edit::Tag("soon".into(), true)),
        said("x", Edit::Note("Ask \"them\".\nTwice.".into())),
        said("y", Edit::Note("No.".into())),
        left("/srv/a"),
        left("/srv/b"),
    ];
    changes.iter().for_each(|change| drop(state::change(folder.path(), change).unwrap()));
    let next = [
        ("history", typed("next")),
        ("filters.toml", saved("next")),
        ("reviews.toml", said("next", Edit::Note("Next.".into()))),
        ("libraries.toml", left("/srv/next")),
    ];
    for (name, change) in next {
        let whole = fs::read(folder.path().join(name)).unwrap();
        for cut in 0..whole.len() {
            let folder = tempfile::tempdir().unwrap();
            let (path, part) = (folder.path().join(name), &whole[..cut]);
            fs::write(&path, part).unwrap();
            let (before, _) = State::load(folder.path());
            let libraries = fs::read_to_string(&path).unwrap_or_default().matches("[[library]]").count();
            let Err(told) = state::change(folder.path(), &change) else {
                let (after, errors) = State::load(folder.path());
                assert!(errors.is_empty(), "{name} cut at {cut}: {errors:?}");
                assert!(before.history.iter().all(|line| after.history.contains(line)), "{name} cut at {cut}");
                assert!(before.filters.keys().all(|filter| after.filters.contains_key(filter)), "{name} cut at {cut}");
                let kept = before.reviews.iter().all(|one| after.reviews.iter().any(|other| other == one));
                assert!(kept, "{name} cut at {cut}");
                let whole_lines = String::from_utf8_lossy(part);
                let lines = whole_lines.split_inclusive('\n').filter(|line| line.ends_with('\n'));
                assert!(name != "history" || lines.map(str::trim).all(|line| after.history.iter().any(|kept| kept == line)));
                let now = fs::read_to_string(&path).unwrap().matches("[[library]]").count();
                assert!(name != "libraries.toml" || now == libraries + 1, "cut at {cut}");
                continue;
            };
            let aside = folder.path().join("reviews.toml.damaged-1");
            let kept = if name == "reviews.toml" { &aside } else { &path };
            assert_eq!(fs::read(kept).unwrap(), part, "{name} cut at {cut}");
            assert!(told.to_string().contains(name), "{told}");
        }
    }
}

/// A run of the explorer in a shell whose mounts nobody else sees; none where that is not allowed. `mounts` prepares it.
fn mounted(lab: &Lab, mounts: &str) -> Option<Session> {
    let allowed = Command::new("unshare").args(["-m", "sh", "-c", "mount -t tmpfs -o size=64k none /mnt"]).output();
    if !allowed.is_ok_and(|output| output.status.success()) {
        skipped("a full and a read-only disk: nothing can be mounted here");
        return None;
    }
    let mut command = lab.explorer(&[]);
    let quiet = "\"$0\" list . > \"$KEEP/list\" 2> \"$KEEP/list.err\"";
    // Ctrl-C is for the explorer, not for the shell around it.
    let run = format!("trap : INT; {mounts}; {quiet}; \"$0\" .; code=$?; cp -r \"$HOME/.local\" \"$KEEP/local\"; exit $code");
    through_shell(&mut command, &format!("exec unshare -m sh -c '{run}' \"$0\""));
    command.env("KEEP", lab.path().join("kept").as_os_str());
    fs::create_dir(lab.path().join("kept")).unwrap();
    Some(Session::start(command))
}

/// Says something of an incident and saves a filter, which cannot be kept for the reason `why`, and finds what was kept before.
fn nothing_is_kept(lab: &Lab, mut session: Session, why: &str) {
    session.wait_for("No room left");
    session.send("atsoon\r");
    session.wait_for(why);
    session.wait_for("#soon");
    session.send("/sev:high\r");
    session.wait_for("filter ▸ sev:high");
    session.send("\x13new\r");
    session.wait_for(why);
    leave(session);
    let kept = lab.path().join("kept");
    assert!(fs::read_to_string(kept.join("list")).unwrap().contains("No room left"));
    let told = fs::read_to_string(kept.join("list.err")).unwrap();
    assert!(told.contains("what was read is not kept"), "{told}");
    let (state, errors) = State::load(&kept.join("local/state/sevline"));
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(state.filters.keys().collect::<Vec<_>>(), ["ours"]);
    assert_eq!(state.reviews.iter().next().map(|one| one.review.note.clone()), Some("Before.".into()));
}

/// A lab with a report, and with something that was said before.
fn before() -> Lab {
    let lab = Lab::new();
    let path = lab.write("a.txt", mail("No room left"));
    let hour = std::time::SystemTime::now() - std::time::Duration::from_secs(3600);
    fs::File::options().append(true).open(path).unwrap().set_modified(hour).unwrap();
    state::change(&state_of(lab.home()), &saved("ours")).unwrap();
    state::change(&state_of(lab.home()), &said("other", Edit::Note("Before.".into()))).unwrap();
    lab
}

#[test]
fn a_full_disk_costs_nothing_that_was_kept() {
    let lab = before();
    let fill = "cp -r \"$HOME/.local\" \"$KEEP/old\"; mount -t tmpfs -o size=64k none \"$HOME\"; cp -r \"$KEEP/old\" \"$HOME/.local\"; \
                mkdir -p \"$HOME/.cache/sevline\"; dd if=/dev/zero of=\"$HOME/full\" bs=1k count=99 2> /dev/null";
    let Some(session) = mounted(&lab, fill) else { return };
    nothing_is_kept(&lab, session, "No space left on device");
}

#[test]
fn a_disk_that_takes_nothing_costs_nothing_that_was_kept() {
    let lab = before();
    let mount = "mount --bind \"$HOME\" \"$HOME\"; mount -o remount,ro,bind \"$HOME\"";
    let Some(session) = mounted(&lab, mount) else { return };
    nothing_is_kept(&lab, session, "Read-only file system");
}

#[test]
fn files_in_the_place_of_folders_are_gone_round() {
    let lab = Lab::new();
    lab.write("a.txt", mail("In the way"));
    for name in [".local", ".cache", ".config"] {
        fs::write(lab.home().join(name), "mine").unwrap();
    }
    let told = lab.run(&["list", "."]);
    assert!(told.status == 0 && told.out.contains("In the way") && told.err.contains("not kept"), "{told:?}");
    let mut session = lab.open(&["."], "In the way");
    session.send("/sev:high\r\x13new\r");
    session.wait_for("Not a directory");
    leave(session);
    assert!([".local", ".cache", ".config"].iter().all(|name| fs::read(lab.home().join(name)).unwrap() == b"mine"));
}

#[test]
fn what_has_no_room_to_go_to_is_an_error() {
    let lab = Lab::new();
    // With something to find in it.
    lab.write("a.txt", mail_at("Nowhere", "Between 14:57 and 14:04 UTC on 3 May 2024"));
    let Ok(full) = fs::File::options().write(true).open("/dev/full") else { return skipped("there is no /dev/full") };
    for command in COMMANDS {
        let output = lab.program().args(*command).arg(".").stdout(full.try_clone().unwrap()).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(1) && told.contains("No space left on device"), "{command:?}: {told}");
    }
}

/// What a power cut leaves of a file that was being written is no file of ours, and what takes a file's place is on the
/// disk before it does, and stays there.
#[test]
fn a_power_cut_between_writing_and_renaming() {
    let lab = Lab::new();
    lab.write("a.txt", mail("Still lit"));
    let (state, cache) = (state_of(lab.home()), lab.home().join(".cache/sevline"));
    state::change(&state, &saved("ours")).unwrap();
    fs::create_dir_all(&cache).unwrap();
    for path in [state.join(".tmpA1b2C3"), cache.join(".tmpA1b2C3.cache"), cache.join("0123456789abcdef.cache")] {
        fs::write(path, "[filters]\nhalf = \"se").unwrap();
    }
    assert!(lab.run(&["list", "."]).out.contains("Still lit"));
    let log = lab.path().join("calls");
    let traced = Command::new("strace").args(["-o", "/dev/null", "true"]).output().is_ok_and(|output| output.status.success());
    let mut command = lab.explorer(&[]);
    let script = "exec strace -ff -o \"$CALLS\" -e trace=fsync,fdatasync,rename,renameat,renameat2 \"$0\" .";
    through_shell(&mut command, if traced { script } else { "exec \"$0\" ." });
    command.env("CALLS", &log);
    let mut session = Session::start(command);
    session.wait_for("Still lit");
    session.send("/sev:high\r");
    session.wait_for("filter ▸ sev:high");
    session.send("\x13new\r");
    session.wait_for("saved as");
    leave(session);
    let kept = State::load(&state);
    assert_eq!((kept.0.filters.len(), kept.1.len()), (2, 0));
    if !traced {
        return skipped("the order of what reaches the disk: strace traces nothing here");
    }
    // Each thread has a file of its own.
    let logs = fs::read_dir(lab.path()).unwrap().map(|entry| entry.unwrap().path());
    let logs = logs.filter(|path| path.to_string_lossy().contains("calls.")).map(|path| fs::read_to_string(path).unwrap());
    let calls = logs.filter(|calls| calls.contains("filters.toml")).collect::<String>();
    let calls: Vec<&str> = calls.lines().filter(|call| call.contains("sync(") || call.contains("rename")).collect();
    let renamed = calls.iter().position(|call| call.contains("filters.toml")).unwrap();
    let is_synced = |call: Option<&&str>| call.is_some_and(|call| call.contains("sync(") && call.ends_with("= 0"));
    assert!(is_synced(calls[..renamed].last()) && is_synced(calls.get(renamed + 1)), "{calls:#?}");
}

#[test]
fn two_people_at_once_lose_neither_words_nor_marks() {
    let lab = Lab::new();
    for name in ["one", "two"] {
        fs::create_dir(lab.path().join(name)).unwrap();
        lab.write(&format!("{name}/{name}.txt"), mail(&format!("Said by {name}")));
    }
    let start = |name: &str| {
        let mut session = Session::start_at(lab.explorer(&[name]), (30, 160));
        session.wait_for(&format!("Said by {name}"));
        session
    };
    let mut sessions = [("one", start("one")), ("two", start("two"))];
    for at in 0..4 {
        for (name, session) in &mut sessions {
            session.send(format!("at{name}{at}\r"));
            session.wait_for(&format!("#{name}{at}"));
        }
    }
    for (_, session) in &mut sessions {
        session.send(" ");
        session.wait_for("1 marked");
        session.send("q");
    }
    sessions.iter_mut().for_each(|(_, session)| assert_eq!(session.end(), 0));
    let reviews = State::load(&state_of(lab.home())).0.reviews;
    assert_eq!(reviews.iter().map(|one| one.review.tags.len()).collect::<Vec<_>>(), [4, 4]);
    for name in ["one", "two"] {
        let session = lab.open(&[name], "1 marked");
        leave(session);
    }
}
