//! The door: every character that could steer a terminal or hide text goes through every field, and what comes out on the
//! wire is ours.

use crate::common::terminal::Session;
use crate::lab::{COMMANDS, Lab, leave, mail};
use sevline::sanitize;
use std::fs;

/// So many mails carry all of it.
const MAILS: usize = 12;

/// Every control, every character that takes no room or turns the reading direction, and marks to pile up.
fn hostile() -> impl Iterator<Item = char> {
    let ranges =
        [(0, 0x1f), (0x7f, 0x9f), (0xad, 0xad), (0x34f, 0x34f), (0x61c, 0x61c), (0x115f, 0x1160), (0x17b4, 0x17b5), (0x180b, 0x180f)];
    let more =
        [(0x200b, 0x200f), (0x2028, 0x202e), (0x2060, 0x206f), (0x3164, 0x3164), (0xfe00, 0xfe0f), (0xfeff, 0xfeff), (0xffa0, 0xffa0)];
    let tags = [(0xfff0, 0xfffb), (0xe0000, 0xe0080), (0xe0100, 0xe01ef)];
    ranges.into_iter().chain(more).chain(tags).flat_map(|(first, last)| (first..=last).filter_map(char::from_u32))
}

/// All of them with letters between, so that each has a place of its own, and a tower of marks.
fn all() -> String {
    let mut text: String = hostile().filter(|c| *c != '\0').flat_map(|c| ['x', c]).collect();
    text.push_str(&format!("e{}", "\u{301}".repeat(500)));
    text + "\u{1b}]0;t\u{7}\u{1b}]52;c;eA==\u{7}\u{1b}]8;;javascript:x\u{1b}\\\u{1b}[6n\u{1b}[2J\u{9b}2J"
}

/// As JSON writes it: everything that is not plain as an escape.
fn json(text: &str) -> String {
    text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect()
}

/// A folder, in a folder with a hostile name, of reports that say it everywhere.
fn folder(lab: &Lab) -> String {
    let name = "in\u{1b}]0;x\u{7}\r\u{202e}box\u{9b}m";
    let folder = lab.path().join(name);
    fs::create_dir(&folder).unwrap();
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    let said = json(&format!("\0{}", all()));
    write(
        "api.json",
        &format!(
            r#"{{"page":{{"name":"Org {said}"}},"incidents":[{{"id":"{said}","name":"Name {said}","impact":"major {said}","status":"resolved","shortlink":"https://a/{said}","created_at":"2024-05-03T14:04:00Z","components":[{{"name":"Part {said}"}}],"incident_updates":[{{"status":"resolved {said}","body":"Done {said}","created_at":"2024-05-03T15:04:00Z"}},{{"status":"investigating","body":"Looking","created_at":"2024-05-03T14:04:00Z {said}"}}]}}]}}"#
        ),
    );
    // Line ends would end the fields of a text, and fields are short: every mail has its share.
    let ends = |c: &char| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let all: Vec<char> = all().chars().filter(|c| !ends(c)).collect();
    for (at, part) in all.chunks(all.len().div_ceil(MAILS)).enumerate() {
        let line: String = part.iter().collect();
        let mail = mail(&format!("Down {line}"))
            .replace("SEV2", &format!("SEV2 {line}"))
            .replace("Payments", &format!("Pay {line}"))
            .replace("certificate", &line);
        write(
            &format!("mail{at:02}.txt"),
            &format!("{mail}\nNext steps\n\n- Renew it {line} (owner: Kit {line}, due 2024-06-01)\n{}\n", "It is text. ".repeat(60)),
        );
    }
    let line: String = all.iter().skip(all.len() - 60).collect();
    write(
        "page.html",
        &format!(
            "<!doctype html><html><body><h1>Page {line}</h1><p>Between 14:04 and 14:57 UTC on 3 May 2024 customers could not pay {line}.</p><h2>Root cause</h2><p>A full disk {line}.</p></body></html>"
        ),
    );
    write(
        "note.md",
        &format!(
            "---\nseverity: SEV2 {line}\ntags: [{line}]\n---\n# Note {line}\n\n## Impact\n\nBetween 14:04 and 14:57 UTC on 3 May 2024 customers could not pay.\n\n## Timeline\n\n| Time (UTC) | What |\n|---|---|\n| 2024-05-03 14:04 | {line} |\n"
        ),
    );
    write("broken\u{1b}[2J\u{202e}.json", &format!("{{\"incidents\": [{{\"name\": \"{line}"));
    std::os::unix::fs::symlink("nowhere", folder.join("gone\u{1b}]0;x\u{7}\r.txt")).unwrap();
    name.into()
}

#[test]
fn the_sanitiser_knows_them_all() {
    for c in hostile() {
        assert!(sanitize::is_hostile(c), "{c:?}");
        assert!(!sanitize::line(&format!("a{c}b")).contains(c), "{c:?}");
        assert!(!sanitize::lines(&format!("a{c}b")).contains(c) || c == '\n', "{c:?}");
    }
    assert!(sanitize::line(&all()).chars().filter(|&c| c == '\u{301}').count() < sanitize::MAX_CLUSTER);
}

#[test]
fn every_command_prints_what_is_safe() {
    let lab = Lab::new();
    let name = folder(&lab);
    for command in COMMANDS.iter().chain(&[
        &["stats"][..],
        &["list", "--format", "json"],
        &["explain", "--format", "json"],
        &["export", "--format", "json"],
    ]) {
        for extra in [&[][..], &["--filter", "org:\u{1b}]0;x\u{7} or name\u{202e}"], &["--color", "never", "--zone", "reported"]] {
            lab.run(&[command, extra, &[name.as_str(), &format!("{name}/page.html")]].concat());
        }
    }
}

/// Waits until all keys are heard, then closes what lies over the list.
fn back_to_the_list(session: &mut Session) {
    loop {
        session.send("?");
        session.wait_for("Keys");
        session.send("q");
        session.wait("no help", |screen| !screen.contents().contains("Keys"));
        if session.contents().contains("/ search") {
            return;
        }
        session.send("q");
    }
}

#[test]
fn the_explorer_writes_only_what_is_its_own() {
    let lab = Lab::new();
    let name = folder(&lab);
    let state = lab.home().join(".local/state/sevline");
    fs::create_dir_all(&state).unwrap();
    fs::write(state.join("history"), format!("{} typed\n", all().replace('\n', ""))).unwrap();
    fs::write(
        state.join("filters.toml"),
        format!("[filters]\n\"saved {}\" = \"x {}\"\n", json("\u{1b}[2J\u{202e}"), json("\u{9b}\u{200b}\u{7}")),
    )
    .unwrap();
    let mut session = Session::start_at(lab.explorer(&[&name, &format!("{name}/page.html")]), (50, 160));
    session.wait_for("11 incidents, 6 doubtful");
    // Each incident: its detail with all tabs, and its source from end to end.
    for _ in 0..17 {
        session.send(format!("\r{}hhhh\r]]]Gg}}}}w\x1b\x1b", "Ggl".repeat(5)));
        back_to_the_list(&mut session);
        session.send("j");
    }
    // Problems, menus, what was typed and saved before, a filter that is pasted, a search of sources.
    session.send("!");
    session.wait_for("gone␛]0;x␇␍.txt");
    session.send("q");
    // Esc twice is one: alone it would make the key behind it one with Alt.
    for menu in ["s", "S", "v", "V", "F", "f", "o", "#", ":"] {
        session.send(format!("{menu}\x1b[B\x1b[B\x1b\x1b"));
        back_to_the_list(&mut session);
    }
    session.send("/\x1b[A");
    session.wait_for(" typed");
    session.send(format!("\x15\x1b[200~text:\"{}\" \u{9b}31m\u{202e}\u{200b}\x1b[201~\r", "e\u{301}\u{301}"));
    session.wait_for("filter ▸");
    session.send("\x13name \x1b[200~\u{9b}\u{202e}\u{e0041}\x1b[201~\r");
    session.wait_for("saved as");
    session.send("\x1b\x1b");
    session.wait("no filter", |screen| !screen.contents().contains("filter ▸"));
    // Side by side, and on one axis.
    session.send("g j j c");
    session.wait_for("Compare");
    session.send("aaaal\x1b\x1b");
    session.send("tmz]]]zm");
    session.send("?");
    session.wait_for("Keys");
    leave(session);
}
