//! Rows 95 to 102: what would hide other reports, hang, or be lost without a word.

use crate::lab::{Case, api, case, leave, mail, proven_by};
use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

pub const CASES: &[Case] = &[
    case(95, "rules that are a pipe or a device", "not read; what is beside them is", |lab| {
        lab.write("a.txt", mail("Beside"));
        let inner = lab.path().join("inner");
        fs::create_dir(&inner).unwrap();
        assert!(Command::new("mkfifo").arg(inner.join(".ignore")).status().unwrap().success());
        symlink("/dev/zero", inner.join(".gitignore")).unwrap();
        let told = lab.run(&["list", "."]);
        assert!(told.status == 0 && told.out.contains("Beside"), "{told:?}");
    }),
    case(96, "links that lead to one folder in millions of ways", "each folder is read once, and the explorer can be left", |lab| {
        for at in 0..23 {
            fs::create_dir(lab.path().join(format!("d{at}"))).unwrap();
        }
        for (at, name) in (0..22).flat_map(|at| [(at, "a"), (at, "b")]) {
            symlink(format!("../d{}", at + 1), lab.path().join(format!("d{at}/{name}"))).unwrap();
        }
        lab.write("d22/report.txt", mail("Once"));
        assert_eq!(lab.run(&["list", "d0"]).out.matches("Once").count(), 1);
        leave(lab.open(&["--no-config", "d0"], "Once"));
    }),
    case(97, "folders deeper than a path can be long", "read as far as paths reach, and told of where they do not", |lab| {
        lab.write("a.txt", mail("On top"));
        // No path leads so deep, so that one half is moved below the other.
        let half = |name: &str| (0..17).fold(lab.path().join(name), |path, _| path.join("d".repeat(200)));
        fs::create_dir_all(half("a")).unwrap();
        fs::create_dir_all(half("b")).unwrap();
        fs::rename(lab.path().join("b"), half("a").join("b")).unwrap();
        let told = lab.run(&["list", "."]);
        assert!(told.status == 1 && told.out.contains("On top") && told.err.contains("longer than this system allows"), "{told:?}");
        fs::rename(half("a").join("b"), lab.path().join("b")).unwrap();
    }),
    case(
        98,
        "an export that is cut off, or broken in one of its incidents",
        "the others are read; the fault is an error of every command",
        |lab| {
            let one = api("Checkout down", "ok");
            let body = one.split_once('[').and_then(|(_, rest)| rest.strip_suffix("]}")).unwrap();
            let cut = format!("{{\"incidents\":[\n{body},\n{{\"id\":\"b\",\"name\":\"Mail d");
            let broken = format!("{{\"incidents\":[\n{body},\n{{\"id\":\"b\",}},\n{}]}}", body.replace("Checkout", "Search"));
            for (text, names) in [(cut, &["Checkout down"][..]), (broken, &["Checkout down", "Search down"])] {
                lab.write("a.json", text);
                for command in ["list", "show", "stats", "check"] {
                    let told = lab.run(&[command, "a.json"]);
                    assert!(told.status == 1 && told.err.contains("a.json:3:"), "{command}: {told:?}");
                }
                let told = lab.run(&["list", "a.json"]);
                assert!(told.out.lines().count() == names.len() + 1 && names.iter().all(|name| told.out.contains(name)), "{told:?}");
            }
        },
    ),
    case(99, "half of what a terminal reports", "given up after a moment; Ctrl-C is heard even before", |lab| {
        proven_by("tests/pty/half.rs", "half_a_sequence_makes_it_deaf_to_nothing");
        lab.write("a.txt", mail("Half heard"));
        for half in ["\x1b[<0;1;1", "\x1b[200~half"] {
            let mut session = lab.open(&["--no-config", "."], "Half heard");
            session.send(half);
            leave(session);
        }
    }),
    case(100, "a paste of 100 kB into one line", "refused with a word", |lab| {
        lab.write("a.txt", mail("Pasted into"));
        let mut session = lab.open(&["--no-config", "."], "Pasted into");
        session.send("/");
        session.send(format!("\x1b[200~{}\x1b[201~", "sev>=high OR x ( ".repeat(6000)));
        session.wait_for("no more than 4096");
        leave(session);
    }),
    case(101, "a mail that nobody wrote by the book", "what can be read of it is read", |lab| {
        let mail = |head: &str, body: &str| format!("From: ada@acme.example\nSubject: Mailed\nMIME-Version: 1.0\n{head}\n\n{body}");
        let encoded = "QmV0d2VlbiAxNDowNCBhbmQgMTQ6NTcgVVRDIG9uIDMgTWF5IDIwMjQgY3VzdG9tZXJzIGNvdWxk\nIG5v!dCBwYXkuCg==\n";
        let plain =
            "--B;x\nContent-Type: text/plain\n\nHello all,\n--B;x\n\nBetween 14:04 and 14:57 UTC on 3 May 2024 it failed.\n--B;x--\n";
        for (head, body) in [
            ("Content-Transfer-Encoding: base64 (as always)", format!("{encoded}\n____\nA list of lists\n")),
            ("Content-Type: multipart/mixed; boundary=\"B;x\"", plain.into()),
            ("Content-Type: multipart/mixed; boundary*0=\"B;\"; boundary*1=x", plain.into()),
            ("Content-Type: multipart/mixed; boundary=never", plain.into()),
            ("Content-Type: multipart/mixed", plain.into()),
        ] {
            let told = lab.report("a.eml", mail(head, &body));
            assert!(told.out.contains("2024-05-03 14:04 to 14:57"), "{head}: {told:?}");
        }
    }),
    case(102, "a report that takes long, among many", "the others are shown meanwhile, and the explorer can be left", |lab| {
        for at in 0..100 {
            lab.write(&format!("b{at:02}.txt"), mail(&format!("Quick {at:02}")));
        }
        lab.write("a.txt", mail("Slow") + &"53m,".repeat(100_000));
        leave(lab.open(&["--no-config", "."], "Quick 0"));
    }),
];
