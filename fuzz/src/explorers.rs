//! Two explorers that share what they remember: whatever either says, and whenever it is written, no word is lost that nobody
//! took away who had read it.

use sevline::review::{Amendment, Edit, Key};
use sevline::state::{self, Change, State};
use std::collections::BTreeSet;
use std::path::Path;
use tempfile::TempDir;

/// So much is said at most: each change is flushed to the disk.
const MOST: usize = 40;

/// Something that was said: what takes it back, and the words that came with it.
struct Said {
    number: usize,
    back: Change,
    words: Vec<String>,
}

struct Explorer {
    state: State,
    /// What is not written yet, with its number.
    waiting: Vec<(usize, Change)>,
    said: Vec<Said>,
}

/// What was said, and not taken away by anybody who had read it.
#[derive(Default)]
struct Words {
    count: usize,
    held: BTreeSet<String>,
}

impl Words {
    fn next(&mut self, who: usize) -> String {
        self.count += 1;
        let word = format!("w{who}x{}", self.count);
        self.held.insert(word.clone());
        word
    }

    fn forget(&mut self, text: &str) {
        for word in text.split_whitespace() {
            self.held.remove(word);
        }
    }
}

fn key(incident: u8) -> Key {
    Key { id: format!("incident-{incident}"), place: format!("{incident}.txt"), ..Key::default() }
}

impl Explorer {
    fn open(folder: &Path) -> Self {
        Self { state: State::load(folder).0, waiting: Vec::new(), said: Vec::new() }
    }

    fn note(&self, incident: u8) -> String {
        self.state.reviews.kept(&key(incident)).map(|kept| kept.review.note.clone()).unwrap_or_default()
    }

    /// Says something of an incident, with what is read here in view.
    fn say(&mut self, incident: u8, edit: Edit, seen: Edit, words: Vec<String>, number: usize) {
        let amendment = Amendment { kept: key(incident), key: key(incident), title: "t".into(), edit, seen: Some(seen) };
        self.make(Change::Reviewed(vec![amendment]), words, number);
    }

    fn make(&mut self, change: Change, words: Vec<String>, number: usize) {
        let back = self.state.apply(&change).back.expect("it can be taken back");
        self.said.push(Said { number, back, words });
        self.waiting.push((number, change));
    }

    /// Writes the oldest change that waits, and takes in what is there then.
    fn write(&mut self, folder: &Path) {
        if self.waiting.is_empty() {
            return;
        }
        let (number, change) = self.waiting.remove(0);
        let kept = state::change(folder, &change).expect("nothing is wrong with the folder");
        let said = self.said.iter_mut().find(|said| said.number == number);
        if let Some((said, back)) = said.zip(kept.outcome.back) {
            said.back = back;
        }
        if let Some(holds) = kept.holds {
            self.state.take(holds);
        }
        self.waiting.iter().for_each(|(_, change)| drop(self.state.apply(change)));
    }
}

/// Any order of words, writings, second thoughts and ends of two explorers.
pub fn explorers(data: &[u8]) {
    let folder = TempDir::new().expect("a folder");
    let folder = folder.path();
    let mut explorers = [Explorer::open(folder), Explorer::open(folder)];
    let mut words = Words::default();
    for (number, &byte) in data.iter().enumerate().take(MOST) {
        let (who, incident) = (usize::from(byte & 1), byte >> 1 & 1);
        let explorer = &mut explorers[who];
        let note = explorer.note(incident);
        match byte >> 2 & 7 {
            0 => {
                let word = words.next(who);
                let (edit, seen) = (Edit::Tag(word.clone(), true), Edit::Tag(word.clone(), false));
                explorer.say(incident, edit, seen, vec![word], number);
            }
            kind @ 1..=3 => {
                let word = words.next(who);
                let text = match kind {
                    1 => format!("{note}\n{word}"),
                    2 => format!("{word}\n{note}"),
                    // Who writes over what is read takes it away.
                    _ => {
                        words.forget(&note);
                        word.clone()
                    }
                };
                explorer.say(incident, Edit::Note(text), Edit::Note(note), vec![word], number);
            }
            4 => {
                let (name, word) = (format!("filter{incident}"), words.next(who));
                let before = explorer.state.filters.get(&name).cloned();
                before.iter().for_each(|before| words.forget(before));
                explorer.make(Change::Filter { name, before, after: Some(word.clone()) }, vec![word], number);
            }
            5 => {
                if let Some(Said { back, words: said, .. }) = explorer.said.pop() {
                    said.iter().for_each(|word| words.forget(word));
                    explorer.state.apply(&back);
                    explorer.waiting.push((number, back));
                }
            }
            6 if byte & 0x80 != 0 => {
                // It is killed; what it had not written is gone with it.
                explorer.said.iter().filter(|said| explorer.waiting.iter().any(|(at, _)| *at == said.number)).for_each(|said| {
                    said.words.iter().for_each(|word| words.forget(word));
                });
                *explorer = Explorer::open(folder);
            }
            _ => explorer.write(folder),
        }
    }
    while explorers.iter().any(|explorer| !explorer.waiting.is_empty()) {
        explorers.iter_mut().for_each(|explorer| explorer.write(folder));
    }
    let (kept, errors) = State::load(folder);
    assert!(errors.is_empty(), "{errors:?}");
    let notes = kept.reviews.iter().flat_map(|said| said.review.tags.iter().map(String::as_str).chain(said.review.note.split_whitespace()));
    let found: BTreeSet<&str> = notes.chain(kept.filters.values().map(String::as_str)).collect();
    let lost: Vec<_> = words.held.iter().filter(|word| !found.contains(word.as_str())).collect();
    assert!(lost.is_empty(), "{lost:?} of {kept:#?}");
}
