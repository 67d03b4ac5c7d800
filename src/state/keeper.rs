//! Writes what is to be remembered, in the order in which it comes, and holds nobody up: what cannot be written now is kept
//! aside and tried again.

use super::aside::Aside;
use super::{Change, Error, Kept, LOCK, locked, write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// A change that is to be remembered, by the number that it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Its number.
    pub number: u64,
    /// What is to be remembered.
    pub change: Change,
}

/// What is to be told of changes.
#[derive(Debug)]
pub enum Answer {
    /// The change of that number is written.
    Kept(u64, Box<Kept>),
    /// It could not be written, for that reason.
    Failed(String),
}

/// So long a lock may be held by another before it is told of and what waits is kept aside.
const PATIENCE: Duration = Duration::from_millis(200);

/// Changes on their way to the state folder.
#[derive(Debug)]
pub struct Keeper {
    folder: PathBuf,
    waiting: Vec<Sent>,
    aside: Option<Aside>,
    /// How many of those that wait are kept aside.
    kept_aside: usize,
    /// Since when another program holds the lock.
    held_up: Option<Instant>,
    /// Whether that was told.
    told: bool,
    /// Why the last of those that wait could not be written.
    why: String,
}

impl Keeper {
    /// Writes to that folder.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, waiting: Vec::new(), aside: None, kept_aside: 0, held_up: None, told: false, why: String::new() }
    }

    /// Adds a change to those that wait.
    pub fn add(&mut self, sent: Sent) {
        self.waiting.push(sent);
    }

    /// Whether another program holds the lock, so that it is worth trying again soon.
    pub fn is_held_up(&self) -> bool {
        self.held_up.is_some()
    }

    /// Writes what waits, as far as it can be now.
    pub fn write(&mut self) -> Vec<Answer> {
        match locked(&self.folder, Duration::ZERO) {
            Ok(Some(_held)) => {
                (self.held_up, self.told) = (None, false);
                self.write_all()
            }
            Ok(None) => self.wait().into_iter().collect(),
            Err(error) => {
                self.held_up = None;
                vec![self.failed(&error)]
            }
        }
    }

    fn write_all(&mut self) -> Vec<Answer> {
        let mut answers = Vec::new();
        for sent in std::mem::take(&mut self.waiting) {
            match write(&self.folder, &sent.change) {
                Ok(kept) => answers.push(Answer::Kept(sent.number, kept.into())),
                Err(error) => {
                    answers.push(self.failed(&error));
                    self.waiting.push(sent);
                }
            }
        }
        if self.waiting.is_empty() {
            (self.aside, self.kept_aside) = (None, 0);
        } else if self.aside.is_some() {
            self.keep_aside();
        }
        answers
    }

    fn failed(&mut self, error: &Error) -> Answer {
        self.why = error.to_string();
        Answer::Failed(self.why.clone())
    }

    /// Another program has the lock: after a while that is told, and what waits is kept aside.
    fn wait(&mut self) -> Option<Answer> {
        let since = *self.held_up.get_or_insert_with(Instant::now);
        self.why = format!("{}: another program holds it", self.folder.join(LOCK).display());
        if since.elapsed() < PATIENCE || self.waiting.is_empty() {
            return None;
        }
        if self.kept_aside < self.waiting.len() {
            self.keep_aside();
        }
        (!std::mem::replace(&mut self.told, true))
            .then(|| Answer::Failed(format!("{}; what is said is kept aside until it lets go", self.why)))
    }

    fn keep_aside(&mut self) -> bool {
        let kept = Aside::new(&self.folder, self.waiting.iter().map(|sent| &sent.change));
        self.kept_aside = if kept.is_ok() { self.waiting.len() } else { 0 };
        // The one before goes when the other is there.
        self.aside = kept.ok();
        self.aside.is_some()
    }

    /// Tries once more, a little longer, and leaves what cannot be written for the next run; answers with what is to be told
    /// of it.
    pub fn leave(mut self) -> Option<String> {
        let begun = Instant::now();
        while !self.waiting.is_empty() {
            self.write();
            if !self.is_held_up() || begun.elapsed() >= PATIENCE {
                break;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        if !self.is_held_up() {
            // What was typed to look for something is no loss.
            self.waiting.retain(|sent| !matches!(sent.change, Change::Typed(_) | Change::Left { .. }));
        }
        if self.waiting.is_empty() {
            return None;
        }
        let count = self.waiting.len();
        let changes = if count == 1 { "1 change is".to_owned() } else { format!("{count} changes are") };
        let left = self.keep_aside() && self.aside.take().is_some_and(Aside::leave);
        let then = if left { "kept aside, and taken up by the next run" } else { "lost" };
        Some(format!("{changes} not written but {then}: {}", self.why))
    }
}

#[cfg(test)]
mod tests {
    use super::super::State;
    use super::*;
    use std::fs::File;

    fn typed(number: u64) -> Sent {
        Sent { number, change: Change::Filter { name: number.to_string(), before: None, after: Some("x".into()) } }
    }

    fn unwritten(folder: &std::path::Path) -> usize {
        let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.starts_with("unwritten")).count()
    }

    #[test]
    fn what_another_program_holds_up_is_kept_aside_until_it_lets_go() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_owned();
        let lock = File::create(path.join(LOCK)).unwrap();
        lock.lock().unwrap();
        let (mut one, mut other) = (Keeper::new(path.clone()), Keeper::new(path.clone()));
        one.add(typed(1));
        other.add(typed(2));
        let mut told = 0;
        while unwritten(&path) < 2 {
            told += one.write().len() + other.write().len();
            std::thread::sleep(Duration::from_millis(5));
        }
        one.add(typed(3));
        told += one.write().len();
        assert_eq!((told, one.is_held_up()), (2, true));
        // One is left before the lock is free; what it kept aside waits for the next run.
        assert!(other.leave().is_some_and(|why| why.contains("1 change is not written but kept aside") && why.contains("lock")));
        lock.unlock().unwrap();
        assert_eq!(State::load(&path).0.filters.keys().collect::<Vec<_>>(), ["2"]);
        // That of the other, which goes on, is its own.
        assert_eq!(unwritten(&path), 1);
        let answers = one.write();
        assert!(matches!(answers[..], [Answer::Kept(1, _), Answer::Kept(3, _)]), "{answers:?}");
        assert_eq!((unwritten(&path), one.is_held_up(), one.leave()), (0, false, None));
        assert_eq!(State::load(&path).0.filters.len(), 3);
    }

    #[test]
    fn what_cannot_be_written_holds_nothing_else_up_and_is_told_at_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_owned();
        std::fs::write(path.join("filters.toml"), "filters = 3\n").unwrap();
        let mut keeper = Keeper::new(path.clone());
        keeper.add(typed(1));
        keeper.add(Sent { number: 2, change: Change::Typed("sev:high".into()) });
        let answers = keeper.write();
        assert!(matches!(&answers[..], [Answer::Failed(why), Answer::Kept(2, _)] if why.contains("filters.toml: line 1")), "{answers:?}");
        assert!(keeper.leave().is_some_and(|why| why.contains("kept aside")));
        // As soon as the file is right it is written.
        std::fs::remove_file(path.join("filters.toml")).unwrap();
        assert_eq!(State::load(&path).0.filters.len(), 1);
        assert_eq!(unwritten(&path), 0);
    }
}
