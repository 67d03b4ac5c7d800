//! Rows 30 to 47: structure without end, and none at all.

use crate::lab::{Case, Lab, api, case, leave, mail, mail_at};
use sevline::diagnostic::Code;
use sevline::library::{Found, Input, Progress};

const FAILED: &str = "Between 14:04 and 14:57 UTC on 3 May 2024 it failed.";

pub const CASES: &[Case] = &[
    case(30, "JSON nested a million deep", "an error with its place, or left unread where no fact can stand", |lab| {
        for head in ["", "{\"incidents\":", "{\"incidents\":[{\"name\":"] {
            let told = lab.heavy("a.json", format!("{head}{}", "[".repeat(1_000_000)));
            assert!(
                told.status == 1 && told.out.contains("error[unreadable-report]") && told.out.contains("--> a.json:1:"),
                "{}",
                told.err
            );
        }
        let closed = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
        let told = lab.heavy("a.json", api("Login down", "ok").replace("\"id\"", &format!("\"extra\":{closed},\"id\"")));
        assert!(told.status == 0 && told.out.contains("Login down"), "{}", told.err);
        let told = lab.heavy("a.json", api("Login down", "ok").replace("\"a1\"", &closed));
        assert!(told.out.contains("Login down"), "{}", told.err);
    }),
    case(31, "100,000 open <div>", "read to the last word: the reader keeps no stack that could run over", |lab| {
        html(lab, "<div>", 100_000);
        html(lab, "<ul><li>", 20_000);
        html(lab, "<table><tr><td>", 10_000);
    }),
    case(32, "20,000 open <b>", "the same", |lab| html(lab, "<b>", 20_000)),
    case(33, "Markdown quoted 20,000 deep", "read", |lab| {
        for fragment in [">", "- ", "* > ", "[", "![", "*", "**_", "`", "<a>", "1. "] {
            let told = lab.heavy("a.md", format!("# Login down\n\n{FAILED}\n\n{} x\n", fragment.repeat(20_000 / fragment.len())));
            assert!(told.out.contains("2024-05-03 14:04 to 14:57"), "{fragment}: {}", told.err);
        }
    }),
    case(34, "100,000 opening brackets", "read: the grammars do not nest", |lab| {
        for fragment in ["(", "[", "{", "\"", "“", "(14:04 ", "- 14:04 ("] {
            let told =
                lab.heavy("a.txt", format!("{}\n- 14:04 {}\n", mail("Checkout down"), fragment.repeat(100_000 / fragment.len() / 4)));
            assert!(told.out.contains("2024-05-03 14:04 to 14:57"), "{fragment}: {}", told.err);
        }
        let told = lab.run(&["list", "--filter", &"(".repeat(10_000), "good.txt"]);
        assert!(told.status == 2 && told.out.is_empty(), "{}", told.err);
        let told = lab.run(&["list", "--filter", &"-".repeat(10_000), "good.txt"]);
        assert!([0, 2].contains(&told.status), "{}", told.err);
    }),
    case(35, "beginnings of times, again and again", "read in linear time; that 40 kB end at all is what is asserted here", |lab| {
        for fragment in ["14:04 - ", "from 14:04 to ", "3 May ", "T+5m ", "between ", "UTC ", "2024-05-03T"] {
            let told = lab.heavy("a.txt", format!("{}\n{}\n", mail("Checkout down"), fragment.repeat(10_000 / fragment.len())));
            assert!(told.out.contains("Checkout down"), "{fragment}: {}", told.err);
        }
    }),
    case(36, "YAML that laughs a billion times", "read as text: front matter is lines, its anchors are never followed", |lab| {
        let bomb: String =
            (b'b'..=b'j').map(|c| format!("{0}: &{0} [{1}]\n", c as char, vec![format!("*{}", (c - 1) as char); 9].join(","))).collect();
        let told = lab.report("a.md", format!("---\na: &a [\"lol\"]\n{bomb}---\n# Login down\n\n{FAILED}\n"));
        assert!(told.out.contains("2024-05-03 14:04 to 14:57") && told.out.len() < 10_000, "{told:?}");
    }),
    case(37, "YAML and TOML nested deep", "front matter is read as text; settings are refused with their line", |lab| {
        let told = lab.heavy("a.md", format!("---\na: {}\n---\n# Login down\n\n{FAILED}\n", "[".repeat(100_000)));
        assert!(told.out.contains("2024-05-03 14:04 to 14:57"), "{}", told.err);
        let settings = lab.home().join(".config/sevline");
        std::fs::create_dir_all(&settings).unwrap();
        std::fs::write(settings.join("config.toml"), format!("theme = {}", "[".repeat(100_000))).unwrap();
        if cfg!(target_os = "linux") {
            let told = lab.run(&["list", "a.md"]);
            assert!(told.status == 78 && told.err.contains("config.toml:1:"), "{}", told.err);
        }
    }),
    case(38, "a regular expression that explodes", "it is no expression: a filter is words and fields", |lab| {
        lab.write("a.txt", mail("((a{100}){100}){100}"));
        for filter in ["((a{100}){100}){100}", "(a+)+$", "\"((a{100}){100}){100}\""] {
            let told = lab.run(&["list", "--filter", filter, "a.txt"]);
            assert!([0, 2].contains(&told.status), "{told:?}");
        }
        assert!(lab.run(&["list", "--filter", "\"((a{100}){100}){100}\"", "a.txt"]).out.contains("((a{100})"));
        let mut session = lab.open(&["--no-config", "a.txt"], "((a{100}");
        session.send("/(a+)+$");
        session.wait_for("(a+)+$");
        leave(session);
    }),
    case(39, "a JSON key twice", "an error at that incident, stricter than a warning: which of the two is meant nobody knows", |lab| {
        let two = api("One", "ok").replace("\"impact\"", "\"name\":\"Two\",\"impact\"");
        let told = lab.report("a.json", two);
        assert!(told.status == 1 && told.out.contains("duplicate field `name`"), "{told:?}");
        let (good, bad) = (api("Good one", "ok"), "{\"id\":\"x\",\"name\":\"Bad\",\"name\":\"Worse\"}");
        let told = lab.report("b.json", good.replace("]}", &format!(",{bad}]}}")).replacen(&format!(",{bad}]}}"), "]}", 1));
        assert!(told.out.contains("Good one"), "one bad incident hides the others: {told:?}");
    }),
    case(40, "half of a surrogate pair", "shown as a replacement, with the warning that bytes get; the report is kept", |lab| {
        for half in ["\\ud800", "\\udc00 x", "\\ud800\\ud800"] {
            let told = lab.report("a.json", api("Login down", &format!("ok {half} then")));
            assert!(told.out.contains("ok �") && told.out.contains("warning[text-replaced]"), "{told:?}");
        }
        let told = lab.report("b.json", api("Login down", "ok \\ud83d\\ude00 then, and \\\\ud800"));
        assert!(told.out.contains("ok 😀 then") && !told.out.contains("text-replaced"), "{told:?}");
    }),
    case(41, "1e999", "kept as it is written: no number of an export is calculated with", |lab| {
        let told = lab.report("a.json", api("Login down", "ok").replace("\"a1\"", "1e999"));
        assert!(told.status == 0 && told.out.contains("Login down"), "{told:?}");
    }),
    case(42, "a raw control character in a JSON string", "an error with its place", |lab| {
        let told = lab.report("a.json", api("Login down", "a\u{1}b"));
        assert!(told.status == 1 && told.out.contains("control character") && told.out.contains("--> a.json:1:"), "{told:?}");
    }),
    case(43, "JSON that ends early", "an error at the last byte, wherever it is cut", |lab| {
        let whole = api("Login down", "ok");
        for cut in (1..whole.len()).step_by(7) {
            lab.write("a.json", &whole[..cut]);
            let incident = lab.incident("a.json");
            let trouble = incident.diagnostics.iter().find(|found| found.code == Code::UnreadableReport);
            let place = trouble.and_then(|trouble| trouble.cite()).map(|cite| cite.span.start as usize);
            assert!(place.is_some_and(|place| place + 1 >= cut), "cut at {cut}: {incident:?}");
        }
        assert_eq!(lab.report("a.json", &whole[..whole.len() - 10]).status, 1);
    }),
    case(44, "an empty file", "an error when named, no report in a folder", |lab| {
        let told = lab.report("a.txt", "");
        assert!(told.status == 1 && told.err.contains("a.txt: there is nothing in it"), "{told:?}");
        assert_eq!((lab.library().entries.len(), lab.library().no_reports), (1, 1));
        for blank in [" \n\t\n", "\u{feff}", "---\n---\n", "{}", "[]", "<html></html>"] {
            lab.report("b.txt", blank);
        }
    }),
    case(45, "a picture called .md", "an error that says so", |lab| {
        let told = lab.report("a.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01");
        assert!(told.status == 1 && told.err.contains("a.md: this is a binary file"), "{told:?}");
    }),
    case(46, "a Markdown table of 20,000 columns", "read; what is shown of a row is capped by the screen", |lab| {
        let row = |cell: &str| format!("|{}\n", cell.repeat(20_000));
        let told = lab.heavy("a.md", format!("# Login down\n\n{FAILED}\n\n{}{}{}", row("a|"), row("-|"), row("10:00|")));
        assert!(told.out.contains("Login down") && told.out.contains("2024-05-03 14:04"), "{}", told.err);
    }),
    case(47, "<script> and <style>", "left out", |lab| {
        let page = format!(
            "<!doctype html><html><head><style>b{{content:\"15:30 UTC\"}}</style></head><body><h1>Login down</h1><script>alert(\"15:31 UTC\")</script><p>{FAILED}</p><noscript>15:32 UTC on</noscript></body></html>"
        );
        let told = lab.report("a.html", page);
        assert!(told.out.contains("2024-05-03 14:04 to 14:57") && !told.out.contains("15:3"), "{told:?}");
        let told =
            lab.report("b.html", format!("<!doctype html><html><body><h1>Login down</h1><p>{FAILED}</p><script>var a = \"15:31 UTC\";"));
        assert!(told.out.contains("2024-05-03 14:04 to 14:57") && !told.out.contains("15:31"), "{told:?}");
    }),
];

/// A page with a tag that is opened and never closed.
fn html(lab: &Lab, tag: &str, times: usize) {
    let told = lab.heavy("a.html", format!("<!doctype html><html><body><h1>Login down</h1>{}{FAILED}", tag.repeat(times)));
    assert!(told.out.contains("2024-05-03 14:04 to 14:57"), "{}", told.err);
}

#[test]
fn a_failing_report_is_told_of_and_others_load() {
    let lab = Lab::new();
    for at in 0..40 {
        lab.write(&format!("{at}.txt"), if at % 2 == 0 { mail_at("Login down", FAILED) } else { "\0".into() });
    }
    let mut found = (0, 0);
    let count = std::sync::Mutex::new(&mut found);
    let cancel = std::sync::atomic::AtomicBool::new(false);
    sevline::library::load_with(&[Input::Path(lab.path().into())], &Default::default(), None, &cancel, &|progress| {
        let mut count = count.lock().unwrap();
        match progress {
            Progress::File(Found::Report(_)) => count.0 += 1,
            Progress::File(_) => count.1 += 1,
            Progress::Queued(_) | Progress::Notice(_) => {}
        }
    });
    assert_eq!(found, (20, 20));
}

#[test]
fn what_stands_beyond_a_limit_is_told_of() {
    use sevline::resolve::{self, Limits, Policy};
    use sevline::source::Source;
    let one = api("Login down", "ok");
    let incident = one.split_once('[').and_then(|(_, rest)| rest.strip_suffix("]}")).unwrap();
    let text = format!("{{\"incidents\":[{}]}}", [incident; 3].join(","));
    let read = |text: &str, incidents, events| {
        let policy = Policy { limits: Limits { incidents, events, ..Limits::default() }, ..Policy::default() };
        let reading = resolve::read(&Source::decode("a.json", text.as_bytes().to_vec()), &policy);
        let told = reading.incidents.iter().flat_map(|incident| &incident.diagnostics).find(|found| found.code == Code::UnreadableReport);
        let told = told.map(|told| (told.message.clone(), told.cite().map_or(0, |cite| cite.span.start as usize)));
        (reading.incidents.len(), reading.incidents[0].events.len(), told)
    };
    assert_eq!(read(&text, 3, 9), (3, 1, None));
    let third = text.rfind("{\"id\"").unwrap();
    assert_eq!(read(&text, 2, 9), (2, 1, Some(("no more than 2 incidents of a file are read".into(), third))));
    let steps =
        mail_at("Login down", "Between 14:04 and 14:57 UTC on 3 May 2024") + "\nTimeline\n\n- 14:05 page\n- 14:10 alert\n- 14:20 fix\n";
    let (_, events, told) = read(&steps, 9, 2);
    assert!(events == 2 && told.is_some_and(|(message, at)| message.starts_with("no more than 2 events") && at > 0));
    let clocks = |times| mail_at("Login down", &format!("On 3 May 2024 at {}", "14:04 ".repeat(times)));
    assert_eq!(read(&clocks(10), 9, 10_000).2, None);
    let (_, _, told) = read(&clocks(20_010), 9, 10_000);
    assert!(told.is_some_and(|(message, at)| message.starts_with("no more than 20000 times") && at > 120_000));
    let long = mail_at("Login down", &format!("At 14:04 UTC on 3 May 2024 {}at 15:04 UTC", "it failed ".repeat(110_000)));
    let (_, events, told) = read(&long, 9, 9);
    assert!(events == 2 && told.is_none(), "a paragraph without end is read in parts: {told:?}");
}
