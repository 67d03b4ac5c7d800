//! Rows 114 to 116: memory that a report would take, or that the system refuses; several reports in one file.

use crate::common::terminal::Session;
use crate::lab::{Case, case, mail, through_shell};

pub const CASES: &[Case] = &[
    case(114, "memory that the system refuses, as of a limit of the shell", "it is told, and the terminal given back", |lab| {
        if !cfg!(target_os = "linux") {
            return;
        }
        lab.write("a.txt", mail("Refused"));
        for at in 0..4 {
            lab.write(&format!("large{at}.txt"), mail("Large") + &"2024-05-03 10:15 UTC alert fired\n".repeat(200_000));
        }
        // Some fifty more than the explorer has from the start on, in MiB, with two threads that read.
        let mut command = lab.explorer(&[]);
        command.env("RAYON_NUM_THREADS", "2");
        through_shell(&mut command, "ulimit -v 700000; exec \"$0\" --no-cache .");
        let mut session = Session::start(command);
        assert_eq!(session.end(), 134);
        assert!(session.is_restored() && session.contents().contains("want of memory"), "{}", session.contents());
        let mut command = lab.explorer(&[]);
        command.env("RAYON_NUM_THREADS", "2");
        through_shell(&mut command, "ulimit -v 300000; exec \"$0\" list --no-cache .");
        let mut session = Session::start(command);
        assert_eq!(session.end(), 134);
        assert!(session.contents().contains("want of memory"), "{}", session.contents());
    }),
    case(115, "files of nothing but marks, in text and in Base64", "refused for them; what stands beside is shown", |lab| {
        let written = |piece: &str| piece.repeat((2 << 20) / piece.len());
        let head =
            "Subject: Marked\nFrom: ada@acme.example\nMIME-Version: 1.0\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n";
        lab.write("a.txt", mail("Beside"));
        for (name, text) in [
            ("b.md", written("[a](")),
            ("b.txt", "[".to_owned() + &written("a\n\n")),
            ("b.md", written("- - - - - a\n")),
            ("b.md", written("> > a\n")),
            ("b.txt", written("14:04:59\n")),
            // `<p>a` again and again, and line ends.
            ("b.eml", head.to_owned() + &written("PHA+YTxwPmE8cD5h")),
            ("b.eml", head.replace("html", "plain") + &written("CgoK")),
        ] {
            lab.write(name, text);
            let told = lab.run(&["list", "a.txt", name]);
            assert!(told.status == 1 && told.out.contains("Beside") && told.err.contains("split it"), "{told:?}");
        }
    }),
    case(116, "two pages in one file, by their titles or their front matter", "two incidents, each with its own words", |lab| {
        let when = |day: &str| format!("Between 14:04 and 14:57 UTC on {day} 2024 customers could not pay.\n\n");
        let titled = |title: &str, day| format!("# {title} down\n\n## Impact\n\n{}## Root cause\n\nA disk of {title}.\n\n", when(day));
        let fronted = |title: &str, day| format!("---\ntitle: {title} down\nseverity: SEV2\n---\n\n{}", when(day));
        for text in [titled("Checkout", "3 May") + &titled("Search", "9 June"), fronted("Checkout", "3 May") + &fronted("Search", "9 June")]
        {
            lab.write("a.md", text);
            let told = lab.run(&["list", "a.md"]);
            let rows: Vec<_> = told.out.lines().skip(1).collect();
            let has = |title: &str, day: &str| rows.iter().any(|row| row.contains(title) && row.contains(day));
            assert!(rows.len() == 2 && has("Checkout down", "2024-05-03") && has("Search down", "2024-06-09"), "{told:?}");
        }
    }),
];
