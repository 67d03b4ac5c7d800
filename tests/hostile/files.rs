//! Rows 58 to 71: files that are none, and folders that play tricks.

use crate::common::terminal::Session;
use crate::lab::{Case, Lab, case, leave, mail, skipped, through_shell};
use sevline::library::{self, Found, Input, Progress};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

pub const CASES: &[Case] = &[
    case(58, "a FIFO that nobody writes to", "never opened: counted in a folder, an error when named", |lab| {
        let pipe = lab.path().join("pipe");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        irregular(lab, "pipe");
        symlink(&pipe, lab.path().join("link.txt")).unwrap();
        irregular(lab, "link.txt");
    }),
    case(59, "/dev/zero, and a file that links to it", "never opened", |lab| {
        symlink("/dev/zero", lab.path().join("zero.txt")).unwrap();
        irregular(lab, "zero.txt");
        let told = lab.run(&["list", "/dev/zero", "/dev/null"]);
        assert!(told.status == 1 && told.err.matches("this is no regular file").count() == 2, "{told:?}");
    }),
    case(60, "a socket", "never opened", |lab| {
        let _listener = UnixListener::bind(lab.path().join("socket")).unwrap();
        irregular(lab, "socket");
    }),
    case(61, "a link that leads back", "told once; its files are read once", |lab| {
        lab.write("a.txt", mail("Only once"));
        symlink(lab.path(), lab.path().join("again")).unwrap();
        symlink("self", lab.path().join("self")).unwrap();
        let told = lab.run(&["export", "--format", "ndjson", "."]);
        assert_eq!((told.status, told.out.lines().count()), (1, 1), "{told:?}");
        assert_eq!(told.err.matches("leads back into a folder").count(), 1, "{told:?}");
        let mut session = lab.open(&["--no-config", "."], "Only once");
        // The problems may come a moment after the report.
        session.wait_for("2 problems");
        session.send("!");
        session.wait_for("again");
        leave(session);
    }),
    case(62, "a link to nowhere", "an error; the others load", |lab| {
        symlink("nowhere", lab.path().join("a.txt")).unwrap();
        lab.write("b.txt", mail("Here"));
        let told = lab.run(&["list", "."]);
        assert!(told.status == 1 && told.out.contains("Here") && told.err.contains("a.txt: there is no such file"), "{told:?}");
    }),
    case(63, "a file and a folder that may not be read", "an error each; the others load", |lab| {
        lab.write("a.txt", mail("Here"));
        let secret = lab.write("secret.txt", mail("Secret"));
        fs::create_dir(lab.path().join("locked")).unwrap();
        fs::set_permissions(lab.path(), fs::Permissions::from_mode(0o755)).unwrap();
        for path in [&secret, &lab.path().join("locked")] {
            fs::set_permissions(path, fs::Permissions::from_mode(0o000)).unwrap();
        }
        let mut command = lab.program();
        command.args(["--no-config", "list", "."]);
        if File::open(&secret).is_ok() {
            // Root may read everything, nobody may not.
            command.uid(65_534);
            if command.output().is_err() {
                return skipped("a file that may not be read: root cannot become nobody here");
            }
        }
        let told = lab.told(&mut command);
        fs::set_permissions(lab.path().join("locked"), fs::Permissions::from_mode(0o755)).unwrap();
        assert!(told.status == 1 && told.out.contains("Here") && !told.out.contains("Secret"), "{told:?}");
        assert!(told.err.contains("secret.txt: it may not be read") && told.err.contains("locked: it may not be read"), "{told:?}");
    }),
    case(
        64,
        "a file beyond the largest that is read",
        "an error with the limit, which settings may change, before a byte of it is kept",
        |lab| {
            for (name, length) in [("large.txt", 65 << 20), ("sparse.txt", 10 << 30)] {
                let path = lab.write(name, mail("Large").repeat(80));
                File::options().write(true).open(path).unwrap().set_len(length).unwrap();
                let told = lab.run(&["list", name]);
                assert!(
                    told.status == 1 && told.err.contains(&format!("it has {} MiB", length >> 20)) && told.err.contains("64 MiB"),
                    "{told:?}"
                );
            }
            let settings = lab.home().join(".config/sevline");
            fs::create_dir_all(&settings).unwrap();
            fs::write(settings.join("config.toml"), "[limits]\nfile-mib = 1\n").unwrap();
            for (name, size) in [("less.txt", 1 << 20), ("more.txt", (1 << 20) + 1)] {
                let mut text = mail("Limited");
                text += &" ".repeat(size - text.len());
                lab.write(name, text);
            }
            let told = lab.run(&["list", "less.txt", "more.txt"]);
            assert!(
                told.out.contains("Limited") && told.err.contains("more.txt: it has 1 MiB or more, and no more than 1 MiB"),
                "{told:?}"
            );
            let mut piped = lab.program();
            let told = lab.told(piped.args(["list", "-"]).stdin(File::open(lab.path().join("more.txt")).unwrap()));
            assert!(told.status == 1 && told.err.contains("-: it has 1 MiB or more"), "{told:?}");
            File::create(lab.path().join("hole.txt")).unwrap().set_len(10 << 30).unwrap();
            assert!(lab.run(&["list", "hole.txt"]).err.contains("binary"));
        },
    ),
    case(
        65,
        "more files than one waits for",
        "progress is told, and reading ends where it is cancelled (100,000 files are stood for by 2,000)",
        |lab| {
            for at in 0..2000 {
                lab.write(&format!("{at:04}.txt"), mail("Many"));
            }
            let (cancel, seen, queued) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
            library::load_with(&[Input::Path(lab.path().into())], &Default::default(), None, &cancel, &|progress| match progress {
                Progress::Queued(files) => queued.store(files, Ordering::SeqCst),
                Progress::File(Found::Report(_)) => cancel.store(seen.fetch_add(1, Ordering::SeqCst) >= 9, Ordering::SeqCst),
                Progress::File(_) | Progress::Notice(_) => {}
            });
            assert_eq!((queued.into_inner(), seen.into_inner()), (2000, 10));
            // Left while it reads.
            leave(lab.open(&["--no-config", "."], "Many"));
        },
    ),
    case(66, "a file name that is no Unicode", "shown with replacements, opened by its bytes", |lab| {
        let path = lab.path().join(OsStr::from_bytes(b"caf\xe9\xff.txt"));
        fs::write(&path, mail("By its bytes")).unwrap();
        let told = lab.told(lab.program().args(["--no-config", "show"]).arg(&path));
        assert!(told.status == 0 && told.out.contains("caf\u{fffd}\u{fffd}.txt"), "{told:?}");
        let mut session = lab.open(&["--no-config", "."], "By its bytes");
        session.send("\r\r");
        session.wait_for("customers could not pay");
        leave(session);
    }),
    case(67, "file names that look like options", "files behind --, and in a folder", |lab| {
        for name in ["-rf.txt", "--help", "-"] {
            lab.write(name, mail("Not an option"));
        }
        assert!(lab.run(&["list", "--", "-rf.txt", "--help"]).out.matches("Not an option").count() == 2);
        assert_eq!(lab.run(&["list", "."]).out.matches("Not an option").count(), 3);
        assert!(lab.run(&["list", "./-"]).out.contains("Not an option"));
    }),
    case(68, "a file changed, cut or deleted after it was read", "the source is told to be gone or read anew; nothing breaks", |lab| {
        for change in ["cut", "deleted", "replaced", "binary", "folder", "pipe"] {
            let path = lab.write("a.txt", mail("Changes beneath"));
            let mut session = lab.open(&["--no-config", "a.txt"], "Changes beneath");
            match change {
                "cut" => File::options().write(true).open(&path).unwrap().set_len(30).unwrap(),
                "replaced" => fs::write(&path, "ä".repeat(500)).unwrap(),
                "binary" => fs::write(&path, [0; 500]).unwrap(),
                _ => fs::remove_file(&path).unwrap(),
            }
            match change {
                "folder" => fs::create_dir(&path).unwrap(),
                "pipe" => assert!(Command::new("mkfifo").arg(&path).status().unwrap().success()),
                _ => {}
            }
            session.send("\r\r");
            session.wait_for(match change {
                "cut" | "replaced" | "binary" => "a.txt",
                "deleted" => "there is no such file",
                _ => "this is no regular file",
            });
            session.send("]]]nn?");
            session.wait_for("Keys");
            leave(session);
            let _ = fs::remove_dir(&path);
            let _ = fs::remove_file(&path);
        }
    }),
    case(69, "the folder deleted while it is open", "its reports go, which is told with the reason", |lab| {
        let folder = lab.path().join("reports");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("a.txt"), mail("Outlives its folder")).unwrap();
        let mut session = lab.open(&["--no-config", "reports"], "Outlives its folder");
        fs::remove_dir_all(&folder).unwrap();
        session.wait_for("0 incidents · 1 gone · 1 problem");
        session.send("!");
        session.wait_for("there is no such file");
        leave(session);
        assert_eq!(lab.run(&["list", "reports"]).status, 1);
    }),
    case(70, "the system watches no more files", "they are looked at from time to time instead", |lab| {
        lab.write("a.txt", mail("Unwatched"));
        let none = "echo 0 > /proc/sys/user/max_inotify_instances";
        if !Command::new("unshare").args(["-Ur", "sh", "-c", none]).output().is_ok_and(|output| output.status.success()) {
            return skipped("a system that watches no files: its limit cannot be set here");
        }
        let mut command = lab.explorer(&[]);
        through_shell(&mut command, &format!("exec unshare -Ur sh -c '{none}; exec \"$0\" --no-config .' \"$0\""));
        let mut session = Session::start(command);
        session.wait_for("Unwatched");
        lab.write("a.txt", mail("Looked at all the same"));
        session.wait_for("Looked at all the same");
        leave(session);
    }),
    case(
        71,
        "one identifier in two files",
        "both are kept, each under its path; they are not merged, and an identifier is no key of anything",
        |lab| {
            let api = crate::lab::api("Twice", "ok");
            lab.write("a.json", &api);
            lab.write("b.json", &api);
            let told = lab.run(&["export", "--format", "ndjson", "."]);
            let records: Vec<serde_json::Value> = told.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            assert_eq!(records.len(), 2);
            assert_eq!(records[0]["id"], records[1]["id"]);
            assert_ne!(records[0]["source"]["path"], records[1]["source"]["path"]);
            leave(lab.open(&["--no-config", "."], "· 2 incidents"));
        },
    ),
];

/// A file that is not opened: counted in a folder, refused when named.
fn irregular(lab: &Lab, name: &str) {
    lab.write("good.txt", mail("Good news"));
    let told = lab.run(&["list", "."]);
    assert!(told.status == 0 && told.out.contains("Good news") && told.err.contains("skipped") && told.err.contains(name), "{told:?}");
    let told = lab.run(&["list", name, "good.txt"]);
    assert!(told.status == 1 && told.out.contains("Good news") && told.err.contains("this is no regular file"), "{told:?}");
    leave(lab.open(&["--no-config", "."], "Good news"));
}
