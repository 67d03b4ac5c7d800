//! Rows 19 to 29: writing that deceives, and bytes that are no writing.

use crate::lab::{Case, Lab, TIME, api, case, leave, mail, mail_at};

pub const CASES: &[Case] = &[
    case(19, "a bidi override in the severity", "shown; the severity is not taken for another", |lab| {
        let told = lab.report("a.txt", mail("Checkout down").replace("SEV2", "SEV\u{202e}2"));
        assert!(told.out.contains("SEV�2") && told.out.contains("unknown-severity"), "{told:?}");
        assert!(lab.show("a.txt", "Checkout down").contains("SEV�2"));
    }),
    case(20, "isolates that are never closed", "shown", |lab| {
        let told = lab.report("a.txt", mail("a\u{2066}b\u{2067}c\u{2068}d"));
        assert!(told.out.contains("a�b�c�d"), "{told:?}");
        assert!(lab.show("a.txt", "Source").contains("a�b�c�d"));
    }),
    case(21, "zero-width and tag characters in an identifier", "shown, and found by what a person can type", |lab| {
        let told = lab.report("a.txt", mail("IN\u{200b}C-4\u{e0041}2 down"));
        assert!(told.out.contains("IN�C-4�2 down"), "{told:?}");
        assert!(lab.run(&["list", "--filter", "inc-42", "a.txt"]).out.contains("IN�C-4�2"));
        assert!(lab.run(&["list", "--filter", "title:inc-42", "a.txt"]).out.contains("IN�C-4�2"));
        let mut session = lab.open(&["--no-config", "."], "· 2 incidents");
        session.send("/inc-42");
        session.wait_for("1 of 2");
        leave(session);
    }),
    case(22, "100,000 combining marks on one letter", "capped", |lab| {
        let tower = format!("Z{}algo", "\u{301}".repeat(100));
        let told = lab.report("a.txt", mail_at(&tower, &format!("{}. {TIME}", "\u{301}".repeat(100_000))));
        let marks = |text: &str| text.matches('\u{301}').count();
        assert!(told.out.contains("algo") && (1..1000).contains(&marks(&told.out)), "{} marks", marks(&told.out));
        assert!(marks(&lab.show("a.txt", "Source")) < 5000);
    }),
    case(23, "emoji families, flags and variation selectors at the edge of a cell", "columns stay in line", |lab| {
        for title in [
            "👩\u{200d}👩\u{200d}👧\u{200d}👦 family",
            "🇩🇪🇫🇷🇯🇵 flags down",
            "❤\u{fe0f}☁\u{fe0f}✈\u{fe0f} hearts",
            "a👩\u{200d}🚀b🏳\u{fe0f}\u{200d}🌈c edge",
        ] {
            lab.report("a.txt", mail(&title.repeat(6)));
            lab.show("a.txt", "Source");
            in_line(lab, "a.txt");
        }
    }),
    case(24, "wide characters where half of one would fit", "cut before it, whole", |lab| {
        for pad in ["", "a", "ab", "abc"] {
            let told = lab.report("a.txt", mail(&format!("{pad}{}", "事故報告".repeat(40))));
            assert!(!told.out.contains('\u{fffd}'), "{told:?}");
            in_line(lab, "a.txt");
        }
    }),
    case(25, "bytes that are no UTF-8", "decoded with a warning; a legacy charset without one", |lab| {
        let told = lab.report("a.txt", [mail("Zahlung für alle gestört – öfter äußerst").as_bytes(), b"\n\xff\xfe\n"].concat());
        assert!(told.out.contains("für alle gestört") && told.out.contains("warning[text-replaced]"), "{told:?}");
        let told =
            lab.report("b.txt", mail("Caf# closed for the morning").replace('#', "\u{e9}").chars().map(|c| c as u8).collect::<Vec<_>>());
        assert!(told.out.contains("Café closed") && !told.out.contains("text-replaced"), "{told:?}");
    }),
    case(26, "UTF-16 with its mark", "decoded", |lab| {
        let units = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        let told = lab.report("a.txt", [b"\xff\xfe".as_slice(), &units(&mail("Käse out"))].concat());
        assert!(told.out.contains("Käse out") && !told.out.contains("text-replaced"), "{told:?}");
        let told = lab.report("odd.txt", [b"\xff\xfe".as_slice(), &units(&mail("Half a unit")), b"\xd8"].concat());
        assert!(told.out.contains("Half a unit") && told.out.contains("text-replaced"), "{told:?}");
    }),
    case(27, "a byte order mark before JSON", "left out", |lab| {
        let told = lab.report("a.json", format!("\u{feff}{}", api("Login down", "ok")));
        assert!(told.status == 0 && told.out.contains("Login down"), "{told:?}");
    }),
    case(28, "U+2028 in a title", "one row", |lab| {
        lab.report("a.json", api("one\\u2028two\\u2029three\\nfour", "ok"));
        let told = lab.run(&["list", "a.json"]);
        assert_eq!(told.out.lines().count(), 2, "{told:?}");
        assert!(lab.show("a.json", "one two").contains("one two"));
    }),
    case(29, "one line of 10 MB", "read; what is shown of it is capped", |lab| {
        let told = lab.heavy("a.txt", format!("{}{}\n", mail("A long line"), "x".repeat(10_000_000)));
        assert!(told.status == 0 && told.out.len() < 4000, "{} bytes", told.out.len());
        // Of this one and of the good one beside it.
        assert_eq!(told.out.matches("Severity: high").count(), 2, "{}", told.out);
        let mut session = lab.open(&["--no-config", "a.txt"], "A long line");
        session.send("\r\x1b[4~G");
        leave(session);
    }),
];

/// At every width the frame's right edge is where it should be on every row of the panes.
fn in_line(lab: &Lab, name: &str) {
    let mut session = lab.open(&["--no-config", name], "Source");
    for (rows, columns) in [(24, 80), (10, 40), (24, 81), (30, 121)] {
        session.resize(rows, columns);
        session.wait("a frame in line", |screen| {
            let right = |row: u16| screen.cell(row, columns - 1).map_or(String::new(), |cell| cell.contents().to_owned());
            let bottom = right(rows - 2) == "┘";
            bottom && (3..rows - 2).all(|row| ["│", "┤", "┘", "↓", "↑", "┐", "█", "║"].contains(&right(row).as_str()))
        });
    }
    leave(session);
}
