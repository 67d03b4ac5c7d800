//! The recorded session: its screens are those that the program draws today for the keys that it holds, and `session.svg` shows them.

use crate::{Explorer, ROOT, hold, letters, svg};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Size;
use serde_json::Value;
use sevline::tui::input;
use std::fs;
use std::path::Path;

/// What is looked at for so many seconds is shown in the picture.
const LOOKED_AT: f64 = 1.0;

/// What to do where the recording is not of today.
const RENEW: &str = "`docs/record PROGRAM > docs/session.cast` records it anew";

/// A key as a terminal sends it.
fn key(sent: &str) -> Event {
    let (code, modifiers) = match sent {
        "\r" => (KeyCode::Enter, KeyModifiers::NONE),
        "\t" => (KeyCode::Tab, KeyModifiers::NONE),
        "\u{1b}" => (KeyCode::Esc, KeyModifiers::NONE),
        "\u{c}" => (KeyCode::Char('l'), KeyModifiers::CONTROL),
        letter => (KeyCode::Char(letter.chars().next().unwrap()), KeyModifiers::NONE),
    };
    Event::Key(KeyEvent::new(code, modifiers))
}

#[test]
fn the_recorded_session_is_of_the_program_as_it_is() {
    let docs = Path::new(ROOT).join("docs");
    let cast = fs::read_to_string(docs.join("session.cast")).unwrap();
    let mut lines = cast.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let head = lines.next().unwrap();
    let readme = fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap();
    let mut commands = readme.split("```sh\n").skip(1).flat_map(str::lines).filter(|line| line.starts_with("sevline"));
    let first = commands.next().and_then(|line| line.split(" #").next()).map(str::trim);
    assert_eq!(first, head["command"].as_str(), "{RENEW}");
    let [width, height] = ["width", "height"].map(|side| u16::try_from(head[side].as_u64().unwrap()).unwrap());
    let mut explorer = Explorer::new(Size { width, height });
    let mut recorded = vt100::Parser::new(height, width, 0);
    let (mut screens, mut shown, mut since): (Vec<(f64, _)>, _, f64) = (Vec::new(), explorer.drawn(), 0.0);
    for event in lines {
        let (at, told) = (event[0].as_f64().unwrap(), event[2].as_str().unwrap());
        if event[1] == "o" {
            recorded.process(told.as_bytes());
            let was: String = recorded.screen().rows(0, width).map(|row| format!("{}\n", row.trim_end())).collect();
            assert_eq!(was, letters(&shown, false), "at {at} s: {RENEW}");
            continue;
        }
        if at - since >= LOOKED_AT {
            screens.push((at - since, shown.backend().buffer().clone()));
        }
        if let Some(message) = input::message(&explorer.app, &explorer.skin.keymap, key(told)) {
            explorer.send(message);
        }
        (shown, since) = (explorer.drawn(), at);
    }
    screens.push((3.0, shown.backend().buffer().clone()));
    assert!(screens.len() > 8, "{}", screens.len());
    hold(&docs.join("session.svg"), &svg::film(&screens, head["title"].as_str().unwrap()));
}
