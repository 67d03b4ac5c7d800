//! Rows 78 to 89: a terminal that misbehaves, and programs that go wrong on it.

use crate::common::terminal::Session;
use crate::lab::{Case, case, leave, mail, proven_by, through_shell};
use std::process::Stdio;

pub const CASES: &[Case] = &[
    case(78, "a panic of the screen", "the terminal is given back, status 101", |_| {
        proven_by("tests/pty/ends.rs", "a_panic_gives_the_terminal_back_and_is_told")
    }),
    case(79, "a panic of a reader", "an error of that file; the explorer stays", |_| {
        proven_by("tests/pty/ends.rs", "a_panic_of_a_worker_leaves_the_screen_alone");
        proven_by("src/library/read.rs", "a_reader_that_panics_costs_one_report");
    }),
    case(80, "SIGTERM, SIGHUP, SIGINT, SIGQUIT", "the terminal is given back, status 128 + n", |_| {
        proven_by("tests/pty/ends.rs", "signals_end_it_and_give_the_terminal_back")
    }),
    case(81, "the terminal closed", "ends soon, without turning in circles", |_| {
        proven_by("tests/pty/ends.rs", "ends_when_the_terminal_is_gone");
        proven_by("tests/pty/ends.rs", "ends_when_the_terminal_is_gone_and_no_signal_says_so");
    }),
    case(82, "suspended and continued", "painted anew", |_| proven_by("tests/pty/ends.rs", "is_suspended_and_comes_back")),
    case(83, "a storm of sizes, from one cell to 500 by 200", "drawn at each; the last is whole", |lab| {
        lab.write("a.txt", mail("Stormy"));
        lab.write("b.txt", mail("Weather"));
        let mut session = lab.open(&["--no-config", "."], "Stormy");
        for (at, keys) in ["", "\r", "t", "?", "q", "m", "/x", "\x1b", " j c", "q", "s", "\x1b"].iter().enumerate() {
            session.send(keys);
            for (rows, columns) in [(1, 1), (200, 500), (2, 1), (1, 200), (3, 3), (50, 10), (10, 40)] {
                session.resize(rows, columns + at as u16);
            }
        }
        session.resize(24, 80);
        session
            .wait("the whole head of a screen", |screen| screen.contents().lines().next().is_some_and(|line| line.contains("2 incidents")));
        session.send("\x03");
        assert_eq!(session.end(), 130);
    }),
    case(84, "a dumb terminal, or none", "printed as text; never half a screen", |lab| {
        lab.write("a.txt", mail("Plain"));
        for term in ["dumb", "xterm-256color"] {
            let told = lab.told(lab.program().args(["--no-config", "a.txt"]).env("TERM", term));
            assert!(told.status == 0 && told.out.contains("Plain"), "{told:?}");
        }
        let mut command = lab.explorer(&[]);
        through_shell(&mut command, "TERM=dumb exec \"$0\" --no-config a.txt");
        let mut session = Session::start(command);
        assert_eq!(session.end(), 0);
        let written = String::from_utf8_lossy(session.bytes());
        assert!(written.contains("Plain") && !written.contains('\u{1b}'), "{written}");
    }),
    case(85, "standard output closed", "ends quietly", |lab| {
        proven_by("tests/cli/unix.rs", "a_closed_pipe_is_quiet");
        lab.write("a.txt", mail("Quiet"));
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = lab.program();
        let output = command.args(["--no-config", "a.txt"]).stdout(writer).stderr(Stdio::piped()).output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), b"".as_slice()));
    }),
    case(
        86,
        "an editor that is missing or fails",
        "none is started, see 15; with a broken one in the environment nothing changes",
        |lab| {
            lab.write("a.txt", mail("Unedited"));
            let mut command = lab.explorer(&["--no-config", "a.txt"]);
            command.env("EDITOR", "/nowhere/editor");
            command.env("VISUAL", "false");
            let mut session = Session::start(command);
            session.wait_for("Unedited");
            session.send("\r");
            session.wait_for("Enter words");
            session.send("\r");
            session.wait_for("[ words");
            leave(session);
        },
    ),
    case(87, "pasted keys", "text only", |_| proven_by("tests/pty/main.rs", "pasted_text_is_no_keys")),
    case(88, "escape input that is unknown or comes in pieces, and a flood of mouse reports", "ignored", |lab| {
        lab.write("a.txt", mail("Unmoved"));
        let mut session = lab.open(&["--no-config", "a.txt"], "Unmoved");
        for input in [
            "\x1b[999~",
            "\x1b[?62;c",
            "\x1b[1;1R",
            "\x1bO",
            "\x1b[200",
            "~123\x1b[201~",
            "\x1b]11;rgb:0/0/0\x1b\\",
            "\x1bP>|x\x1b\\",
            "\x1b[",
            "A",
            "\x1b[<64;1;1M",
        ] {
            session.send(input);
        }
        session.send("\x1b[<35;10;10M".repeat(2000));
        // Whatever the pieces opened, Esc peels off; in pairs, because Esc and a key at once is that key with Alt.
        session.send("\x1b\x1b".repeat(4));
        session.send("?");
        session.wait_for("Keys");
        leave(session);
    }),
    case(89, "a locale without Unicode", "UTF-8 all the same, which every terminal of today draws; printed charts have --ascii", |lab| {
        lab.write("a.txt", mail("Käse aus"));
        for locale in ["C", "POSIX", "de_DE.ISO-8859-1", "no_SUCH.locale", ""] {
            let told = lab.told(lab.program().args(["--no-config", "list", "a.txt"]).env("LC_ALL", locale).env("LANG", locale));
            assert!(told.out.contains("Käse aus"), "{told:?}");
        }
        let told = lab.run(&["timeline", "--ascii", "good.txt", "a.txt"]);
        let own = told.out.replace("Käse", "");
        assert!(own.is_ascii(), "{told:?}");
        let mut command = lab.explorer(&["--no-config", "a.txt"]);
        command.env("LC_ALL", "C");
        let mut session = Session::start(command);
        session.wait_for("Käse aus");
        leave(session);
    }),
];
