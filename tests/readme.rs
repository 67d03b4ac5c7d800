//! The screens in the README are those of the program: each stands below a comment that says how it comes about,
//! `<!-- screen 80x24: search "checkout" accept down -->`, with the names of actions and what is typed. With `body` before
//! the colon the lines above the panes are left out. `README=update cargo test --test readme` draws them anew.

#![allow(clippy::unwrap_used, clippy::panic)]

use chrono::FixedOffset;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;
use sevline::app::action::Action;
use sevline::app::show::{Clock, Zone};
use sevline::app::{App, Effect, Message};
use sevline::keymap::Keymap;
use sevline::library::{self, Input};
use sevline::resolve::Policy;
use sevline::theme::{Depth, Theme};
use sevline::ui::{self, Skin};
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

/// The explorer on the samples, after what the comment says.
fn screen(comment: &str) -> String {
    let (head, steps) = comment.split_once(": ").unwrap();
    let (size, body) = head.split_once(' ').map_or((head, false), |(size, body)| (size, body == "body"));
    let (width, height) = size.split_once('x').unwrap();
    let (width, height) = (width.parse().unwrap(), height.parse().unwrap());
    let clock = Clock::new(Zone::Utc, |_| FixedOffset::east_opt(0).unwrap());
    let mut app = App::new("samples".into(), None, clock, Size { width, height });
    let arrived = Mutex::new(Vec::new());
    library::load_with(&[Input::Samples], &Policy::default(), None, &AtomicBool::new(false), &|progress| {
        arrived.lock().unwrap().push(progress);
    });
    app.update(Message::Arrived(arrived.into_inner().unwrap()));
    app.update(Message::Loaded);
    let mut send = |message: Message| {
        if let Effect::OpenSource(entry) = app.update(message) {
            app.update(Message::Source(entry.clone(), library::source_of(&entry)));
        }
    };
    for step in shell_words(steps) {
        match Action::from_name(&step) {
            Some(action) => send(Message::Act(action)),
            None => send(Message::Paste(step.strip_prefix('"').unwrap_or_else(|| panic!("{step} is no action")).to_owned())),
        }
    }
    let skin = Skin { theme: Theme::shipped("dark", Depth::True).unwrap(), keymap: Keymap::shipped().unwrap() };
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| ui::draw(frame, &app, &skin)).unwrap();
    let text = terminal.backend().to_string();
    let lines = text.lines().map(|line| line.trim_matches('"').trim_end()).skip(if body { 2 } else { 0 });
    lines.map(|line| format!("{line}\n")).collect()
}

/// Words, and what is typed with a quotation mark before it.
fn shell_words(steps: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, part) in steps.split('"').enumerate() {
        if at % 2 == 1 {
            words.push(format!("\"{part}"));
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

#[test]
fn the_screens_in_the_readme_are_those_of_the_program() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(path).unwrap();
    let (mut drawn, mut rest, mut count) = (String::new(), readme.as_str(), 0);
    while let Some((before, after)) = rest.split_once("<!-- screen ") {
        let (comment, after) = after.split_once(" -->\n```\n").unwrap();
        let (_, after) = after.split_once("```\n").unwrap();
        drawn.push_str(&format!("{before}<!-- screen {comment} -->\n```\n{}```\n", screen(comment)));
        (rest, count) = (after, count + 1);
    }
    drawn.push_str(rest);
    assert!(count >= 4, "the README has no screens");
    if std::env::var("README").is_ok_and(|wanted| wanted == "update") {
        std::fs::write(path, drawn).unwrap();
    } else {
        let differs = readme.lines().zip(drawn.lines()).find(|(is, wanted)| is != wanted);
        assert!(readme == drawn, "README=update cargo test --test readme draws the screens anew; the first difference:\n{differs:?}");
    }
}
