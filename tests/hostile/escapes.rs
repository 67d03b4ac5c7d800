//! Rows 1 to 18: text that would steer a terminal.

use crate::lab::{Case, Lab, api, case, leave, mail};
use sevline::sanitize;
use std::fs;
use std::os::unix::fs::PermissionsExt;

pub const CASES: &[Case] = &[
    case(1, "ESC [ 2J in a title", "shown as ␛", |lab| shown(lab, "\u{1b}[2J\u{1b}[HGone", "␛[2J␛[HGone")),
    case(2, "OSC 52 writes the clipboard", "shown; nothing of the kind on the wire", |lab| {
        shown(lab, "\u{1b}]52;c;cm0gLXJm\u{7}x", "␛]52;c;cm0gLXJm␇x")
    }),
    case(3, "OSC 0 sets a title", "shown", |lab| shown(lab, "\u{1b}]0;owned\u{7}x", "␛]0;owned␇x")),
    case(4, "OSC 8 with javascript:", "text only; and no address with such a scheme is kept", |lab| {
        shown(lab, "\u{1b}]8;;javascript:alert(1)\u{1b}\\click\u{1b}]8;;\u{1b}\\", "␛]8;;javascript:alert(1)␛\\click␛]8;;␛\\");
        for (address, kept) in [
            ("javascript:alert(1)", false),
            (" JavaScript:alert(1)", false),
            ("data:text/html,x", false),
            ("file:///etc/passwd", false),
            ("https://acme.example/1", true),
            ("HTTP://acme.example", true),
            ("mailto:status@acme.example", true),
        ] {
            let told = lab.report("link.json", api("Login down", "ok").replace("\"id\"", &format!("\"shortlink\":\"{address}\",\"id\"")));
            assert_eq!(lab.record("link.json")["source"]["url"].as_str(), kept.then_some(address));
            assert_eq!(told.out.contains(address), kept, "{told:?}");
        }
        let feed = "<?xml version=\"1.0\"?><feed><title>Acme Status - Incident History</title><author><name>Acme</name></author><entry><id>1</id><published>2025-03-05T17:21:08Z</published><link href=\"javascript:alert(1)\"/><title>Down</title><content type=\"html\">&lt;p&gt;&lt;strong&gt;Resolved&lt;/strong&gt; - ok&lt;/p&gt;</content></entry></feed>";
        lab.report("feed.xml", feed);
        assert!(lab.record("feed.xml")["source"]["url"].is_null());
    }),
    case(5, "DCS, APC, PM, SOS", "shown", |lab| {
        shown(lab, "\u{1b}Pq\u{1b}\\ \u{1b}_a\u{1b}\\ \u{1b}^p\u{1b}\\ \u{1b}Xs\u{1b}\\", "␛Pq␛\\ ␛_a␛\\ ␛^p␛\\ ␛Xs␛\\")
    }),
    case(6, "an OSC without end", "shown; the frame is whole", |lab| shown(lab, "\u{1b}]0;never ends", "␛]0;never ends")),
    case(7, "C1 controls U+009B and U+009D", "shown as a replacement", |lab| shown(lab, "\u{9b}31m \u{9d}0;x\u{9c}", "�31m �0;x�")),
    case(8, "a lone carriage return", "a blank in a title, elsewhere shown; a line is never written over", |lab| {
        lab.report("a.json", api("all is well\\rrm -rf", "ok"));
        assert_eq!(sanitize::line("all is well\rrm -rf"), "all is well␍rm -rf");
        assert!(lab.show("a.json", "all is well rm").contains("all is well rm -rf"));
    }),
    case(9, "BEL, BS, VT, SO, SI", "shown; VT, which ends a line, is a blank in a title", |lab| {
        shown(lab, "a\u{7}b\u{8}c\u{b}d\u{e}e\u{f}f", "a␇b␈c d␎e␏f")
    }),
    case(10, "NUL and DEL", "shown where a form can hold them; a file with a NUL among its first bytes is binary and refused", |lab| {
        shown(lab, "a\u{7f}b", "a␡b");
        let told = lab.report("nul.json", api("nul \\u0000 and del \\u007f", "ok"));
        assert!(told.out.contains("nul ␀ and del ␡"), "{told:?}");
        let told = lab.report("nul.txt", mail("a\0b"));
        assert!(told.status == 1 && told.err.contains("nul.txt: this is a binary file"), "{told:?}");
    }),
    case(11, "escapes hidden in entities and JSON", "shown after decoding", |lab| {
        let page = "<!doctype html><html><body><h1>Login &#27;[2J &#x9b;1m down</h1><p>Between 14:04 and 14:57 UTC on 3 May 2024 it failed.</p></body></html>";
        let told = lab.report("a.html", page);
        assert!(told.out.contains("Login ␛[2J") && !told.out.contains("&#27;"), "{told:?}");
        let told = lab.report("a.md", "# Login &#27;[2J down\n\nBetween 14:04 and 14:57 UTC on 3 May 2024 it failed.\n");
        assert!(told.out.contains("Login ␛[2J down"), "{told:?}");
        let told = lab.report("a.json", api("Login \\u001b[2J down", "\\u001b]0;x\\u0007 ok"));
        assert!(told.out.contains("Login ␛[2J down") && told.out.contains("␛]0;x␇ ok"), "{told:?}");
        assert!(lab.show("a.json", "Login ␛[2J").contains("␛[2J"));
    }),
    case(12, "escapes in a file name", "shown in the list and in errors", |lab| {
        let name = "a\u{1b}[2J\u{202e}.txt";
        assert!(lab.report(name, mail("Named badly")).out.contains("Source: a␛[2J�.txt"));
        lab.write("b\u{1b}]0;x\u{7}.txt", "");
        let session = lab.open(&["--no-config", name, "b\u{1b}]0;x\u{7}.txt"], "Named badly");
        leave(session);
        let shown = lab.show(name, "Named badly");
        assert!(shown.contains("a␛[2J�.txt"), "{shown}");
    }),
    case(13, "escapes on standard error", "shown", |lab| {
        let told = lab.run(&["show", "gone\u{1b}[2J\r.txt"]);
        assert!(told.status == 1 && told.err.contains("gone␛[2J␍.txt: there is no such file"), "{told:?}");
        let told = lab.run(&["list", "--filter", "x \u{1b}[2J:y )"]);
        assert!(told.status == 2 && told.err.contains('␛'), "{told:?}");
        // Where an option is not known, the parser of the command line leaves the escape out.
        let told = lab.run(&["--\u{1b}[2Jx"]);
        assert!(told.status == 2 && told.err.contains("'--x'"), "{told:?}");
    }),
    case(14, "escapes in a log file", "there is no log: nothing but settings and state is ever written", |lab| {
        lab.report("a.txt", mail("\u{1b}[2J"));
        lab.show("a.txt", "␛[2J");
        assert_eq!(fs::read_dir(lab.home()).unwrap().count(), 0);
        let names: Vec<_> = fs::read_dir(lab.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names.len(), 2, "{names:?}");
    }),
    case(15, "a file name for $EDITOR", "reaches no shell: the editor has it as one argument", |lab| {
        let (mark, editor) = (lab.home().join("started"), lab.write("editor", "#!/bin/sh\nprintf '%s|' \"$@\" > \"$MARK\"; exit 1\n"));
        fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
        let path = lab.write("$(touch x);`touch x`.txt", mail("Runs nothing"));
        let mut command = lab.explorer(&["--no-config", "$(touch x);`touch x`.txt"]);
        for (name, value) in [("MARK", &mark), ("EDITOR", &editor), ("VISUAL", &editor), ("PAGER", &editor), ("SHELL", &editor)] {
            command.env(name, value);
        }
        let mut session = crate::common::terminal::Session::start(command);
        session.wait_for("Runs nothing");
        session.send("E\x05e");
        session.wait_for("ended with an error");
        leave(session);
        assert_eq!(fs::read_to_string(&mark).unwrap(), format!("{}|", path.display()));
        assert!(!lab.path().join("x").exists());
    }),
    case(16, "a folder name in the terminal's title", "no title is ever set", |lab| {
        let folder = lab.path().join("in\u{1b}]2;x\u{7}box");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("a.txt"), mail("Untitled")).unwrap();
        let session = lab.open(&["--no-config", folder.to_str().unwrap()], "Untitled");
        assert!(session.screen().contents().contains("in␛]2;x␇box"), "{}", session.screen().contents());
        leave(session);
    }),
    case(17, "escapes in exported JSON", "written as \\u escapes, and the same text when read back", |lab| {
        lab.report("a.txt", mail("a\u{1b}[2Jb\u{9b}c\u{202e}d\u{e0041}e"));
        let told = lab.run(&["export", "--format", "json", "a.txt"]);
        assert!(told.out.contains("a\\u001b[2Jb\\u009bc\\u202ed\\udb40\\udc41e"), "{told:?}");
        assert_eq!(lab.record("a.txt")["title"], "a\u{1b}[2Jb\u{9b}c\u{202e}d\u{e0041}e");
    }),
    case(18, "DSR asks the terminal where the cursor is", "no question reaches the terminal, so no answer comes in", |lab| {
        shown(lab, "\u{1b}[6n\u{1b}[c\u{1b}]11;?\u{7}", "␛[6n␛[c␛]11;?␇")
    }),
];

/// A title that is printed, exported and shown in the explorer with its escapes made visible.
fn shown(lab: &Lab, title: &str, as_text: &str) {
    let told = lab.report("a.txt", mail(title));
    assert!(told.out.contains(as_text), "{told:?}");
    let start: String = as_text.chars().take(6).collect();
    let seen = lab.show("a.txt", &start);
    assert!(seen.contains(&start), "{seen}");
}
