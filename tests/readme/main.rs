//! What the documents show is what the program draws and prints today. A comment says how it comes about:
//!
//! - `<!-- screen 80x24: search "checkout" accept down -->` above a block: the screen of the explorer on the samples after these
//!   actions and what is typed. With `body` before the colon the lines above the panes are left out.
//! - `<!-- picture list.svg 100x30: … -->`: the same as an SVG, in a file of that name beside this document or in `docs`.
//! - `<!-- prints 1-8: sevline stats incidents/ -->` above a block: these lines, or `all`, of what the command prints on the samples.
//!
//! `README=update cargo test --test readme` draws and prints them anew.

#![allow(clippy::unwrap_used, clippy::panic)]

mod session;
mod svg;
mod told;

use chrono::FixedOffset;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;
use sevline::app::action::Action;
use sevline::app::show::{Clock, Zone};
use sevline::app::{App, Effect, Message};
use sevline::cli::ABOVE_SAMPLES;
use sevline::keymap::Keymap;
use sevline::library::{self, Input};
use sevline::resolve::Policy;
use sevline::theme::{Depth, Theme};
use sevline::ui::{self, Skin};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The README and the documents beside it.
fn documents() -> Vec<PathBuf> {
    let docs = fs::read_dir(Path::new(ROOT).join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let mut documents: Vec<_> = docs.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect();
    documents.sort();
    documents.insert(0, Path::new(ROOT).join("README.md"));
    documents
}

/// The explorer on the samples.
struct Explorer {
    app: App,
    skin: Skin,
    size: Size,
}

impl Explorer {
    fn new(size: Size) -> Self {
        let clock = Clock::new(Zone::Utc, |_| FixedOffset::east_opt(0).unwrap());
        let mut app = App::new("samples".into(), Some(ABOVE_SAMPLES.into()), clock, size);
        let arrived = Mutex::new(Vec::new());
        library::load_with(&[Input::Samples], &Policy::default(), None, &AtomicBool::new(false), &|progress| {
            arrived.lock().unwrap().push(progress);
        });
        app.update(Message::Arrived(arrived.into_inner().unwrap()));
        app.update(Message::Loaded);
        Self { app, skin: Skin { theme: Theme::shipped("dark", Depth::True).unwrap(), keymap: Keymap::shipped().unwrap() }, size }
    }

    fn send(&mut self, message: Message) {
        if let Effect::OpenSource(entry) = self.app.update(message) {
            self.app.update(Message::Source(entry.clone(), library::source_of(&entry)));
        }
    }

    fn drawn(&self) -> Terminal<TestBackend> {
        let mut terminal = Terminal::new(TestBackend::new(self.size.width, self.size.height)).unwrap();
        terminal.draw(|frame| ui::draw(frame, &self.app, &self.skin)).unwrap();
        terminal
    }
}

/// The screen of the explorer after `steps`.
fn screen(size: &str, steps: &str) -> Terminal<TestBackend> {
    let (width, height) = size.split_once('x').unwrap();
    let mut explorer = Explorer::new(Size { width: width.parse().unwrap(), height: height.parse().unwrap() });
    for step in shell_words(steps) {
        explorer.send(match Action::from_name(&step) {
            Some(action) => Message::Act(action),
            None => Message::Paste(step.strip_prefix('"').unwrap_or_else(|| panic!("{step} is no action")).to_owned()),
        });
    }
    explorer.drawn()
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

/// A screen as text.
fn letters(terminal: &Terminal<TestBackend>, body: bool) -> String {
    let text = terminal.backend().to_string();
    let lines = text.lines().map(|line| line.trim_matches('"').trim_end()).skip(if body { 2 } else { 0 });
    lines.map(|line| format!("{line}\n")).collect()
}

/// A command, and these of the lines that it prints in the folder of the samples, which documents call `incidents` as well.
fn printed(lines: &str, command: &str) -> String {
    let args = command.strip_prefix("sevline ").unwrap_or_else(|| panic!("{command} is no command of sevline")).split_whitespace();
    let args = args.map(|arg| if arg == "incidents/" { "." } else { arg });
    let mut program = Command::new(env!("CARGO_BIN_EXE_sevline"));
    program.args(args).args(["--no-config", "--color", "never"]).current_dir(Path::new(ROOT).join("assets/samples"));
    let output = program.output().unwrap();
    // What is told on standard error, such as how many findings there are, stands below.
    let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    let all: Vec<_> = text.lines().map(str::trim_end).collect();
    let (first, last) = lines.split_once('-').map_or((1, all.len()), |(first, last)| (first.parse().unwrap(), last.parse().unwrap()));
    let left_out = |is: bool| is.then_some("…");
    let shown = left_out(first > 1).into_iter().chain(all[first - 1..last].iter().copied()).chain(left_out(last < all.len()));
    format!("$ {command}\n{}\n", shown.collect::<Vec<_>>().join("\n"))
}

/// Holds a file to what it should be, or makes it so.
fn hold(path: &Path, wanted: &str) {
    let is = fs::read_to_string(path).unwrap_or_default();
    if std::env::var("README").is_ok_and(|wanted| wanted == "update") {
        fs::write(path, wanted).unwrap();
    } else {
        let differs = is.lines().zip(wanted.lines()).find(|(is, wanted)| is != wanted);
        let name = path.display();
        assert!(is == wanted, "{name}: `README=update cargo test --test readme` renews it; the first difference:\n{differs:?}");
    }
}

/// A document with what its comments ask for drawn and printed anew, and how many there are.
fn renewed(document: &str) -> (String, usize) {
    let (mut drawn, mut rest, mut count) = (String::new(), document, 0);
    while let Some((before, after)) = rest.split_once("<!-- ") {
        let (comment, after) = after.split_once(" -->\n").unwrap();
        drawn.push_str(&format!("{before}<!-- {comment} -->\n"));
        rest = after;
        let (kind, asked) = comment.split_once(' ').unwrap();
        let block = match kind {
            "screen" => {
                let (size, steps) = asked.split_once(": ").unwrap();
                let bare = size.trim_end_matches(" body");
                Some(("```\n", letters(&screen(bare, steps), bare != size)))
            }
            "prints" => {
                let (lines, command) = asked.split_once(": ").unwrap();
                Some(("```console\n", printed(lines, command)))
            }
            "picture" => {
                let (head, steps) = asked.split_once(": ").unwrap();
                let (name, size) = head.split_once(' ').unwrap();
                let (title, _) = rest.strip_prefix("![").unwrap().split_once(']').unwrap();
                assert!(rest.contains(&format!("{name})")), "{name} is drawn and not shown");
                hold(&Path::new(ROOT).join("docs").join(name), &svg::draw(screen(size, steps).backend().buffer(), title));
                None
            }
            _ => panic!("<!-- {comment} --> asks for nothing that is known"),
        };
        if let Some((fence, block)) = block {
            let (_, after) = rest.strip_prefix(fence).unwrap().split_once("```\n").unwrap();
            drawn.push_str(&format!("{fence}{block}```\n"));
            rest = after;
        }
        count += 1;
    }
    drawn.push_str(rest);
    (drawn, count)
}

#[test]
fn what_the_documents_show_is_what_the_program_shows() {
    let mut count = 0;
    for path in documents() {
        let (wanted, shown) = renewed(&fs::read_to_string(&path).unwrap());
        hold(&path, &wanted);
        count += shown;
    }
    assert!(count >= 8, "only {count} screens, pictures and blocks were found");
}

#[test]
fn the_readme_is_short_and_every_link_leads_somewhere() {
    let readme = fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap();
    assert!(readme.lines().count() <= 150, "{} lines", readme.lines().count());
    for path in documents() {
        let document = fs::read_to_string(&path).unwrap();
        for link in document.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()).filter(|link| !link.contains(' ')) {
            let (file, head) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            assert!(target.exists() || file.contains("://"), "{}: {link} leads nowhere", path.display());
            let anchor = |line: &str| line.trim_start_matches('#').trim().to_lowercase().replace(',', "").replace(' ', "-");
            let found = || fs::read_to_string(&target).unwrap().lines().any(|line| line.starts_with('#') && anchor(line) == head);
            assert!(head.is_empty() || found(), "{}: {link} leads to no heading", path.display());
        }
    }
}

#[test]
fn the_words_in_the_readme_mean_what_they_mean_in_the_glossary() {
    let read = |name: &str| fs::read_to_string(Path::new(ROOT).join(name)).unwrap();
    let (readme, glossary) = (read("README.md"), read("docs/glossary.md"));
    let (_, words) = readme.split_once("| word | means |\n| --- | --- |\n").unwrap();
    let words: Vec<_> = words.lines().take_while(|line| line.starts_with('|')).collect();
    assert_eq!(words.len(), 8);
    for word in words {
        assert!(glossary.lines().any(|row| row.starts_with(word)), "{word} is not in the glossary");
    }
}
