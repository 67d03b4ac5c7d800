//! What the explorer remembers between runs, beside the reports: the filters that were typed and those that were saved, the
//! reviewer's own words, and how each library was left.
//!
//! Every change is merged under a lock into what the file holds then, and a file takes the place of the one before as a whole,
//! so that two explorers at once lose nothing. A file that cannot be read is never written over.

mod aside;
mod file;
mod keeper;
pub mod libraries;
mod remarks;
mod reviews;
mod typed;

pub use keeper::{Answer, Keeper, Sent};
pub use reviews::Said;

use crate::lock;
use crate::resolve::Cut;
use crate::review::{Amended, Amendment, Cuts, Edit, Reviews};
use crate::sanitize;
use libraries::Memory;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// So many typed filters are kept.
const LINES: usize = 500;

/// What is remembered.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Filters that were typed, the newest last, each once.
    pub history: Vec<String>,
    /// Saved filters by name.
    pub filters: BTreeMap<String, String>,
    /// What is said of incidents.
    pub reviews: Reviews,
    /// How files are cut into incidents by hand.
    pub cuts: Cuts,
}

/// Something to remember or to forget. What was there before is told as its author saw it: what somebody else made of it
/// meanwhile is not written over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// A filter was typed.
    Typed(String),
    /// A filter is saved under a name, or is no longer wanted.
    Filter {
        /// The name.
        name: String,
        /// The filter that was saved under it.
        before: Option<String>,
        /// The filter that is to be.
        after: Option<String>,
    },
    /// A library is left.
    Left {
        /// Where it is read from.
        paths: Vec<String>,
        /// How it was found.
        found: Box<Memory>,
        /// How it is left.
        left: Box<Memory>,
    },
    /// Something is said of incidents, one after the other.
    Reviewed(Vec<Amendment>),
    /// A file is cut into incidents by hand.
    Cut {
        /// Its whole path.
        path: String,
        /// How it was; none for what nobody said anything of.
        before: Option<Cut>,
        /// How it is to be.
        after: Option<Cut>,
    },
}

/// A change that came about in another way than it was meant, because somebody else had changed the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clash {
    /// Both notes are kept.
    Note,
    /// What another corrected stays.
    Correction,
    /// The filter is saved under this name, as another is saved under that which was meant.
    Renamed(String),
    /// The filter of that name is another by now, and stays.
    Stays(String),
    /// How another cut the file stays.
    Cut,
}

/// What a change came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The change that takes it back, and nothing else; none for what is not taken back.
    pub back: Option<Change>,
    /// Where it came about in another way than it was meant.
    pub clashes: Vec<Clash>,
}

/// A change that was written.
#[derive(Debug, Default)]
pub struct Kept {
    /// What it came to.
    pub outcome: Outcome,
    /// What the file holds now.
    pub holds: Option<Holds>,
    /// What is to be told of the file.
    pub told: Option<String>,
}

/// What a file holds.
#[derive(Debug, Clone)]
pub enum Holds {
    /// The typed filters.
    History(Vec<String>),
    /// The saved filters.
    Filters(BTreeMap<String, String>),
    /// What is said of incidents.
    Said(Said),
}

/// A file of the state folder that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}: {why}", sanitize::line(&.path.to_string_lossy()))]
pub struct Error {
    path: PathBuf,
    why: String,
}

impl Error {
    fn new(path: &Path, why: impl ToString) -> Self {
        Self { path: path.to_owned(), why: why.to_string() }
    }

    /// What keeps words from being written.
    fn unwritten(path: &Path, why: impl std::fmt::Display) -> Self {
        Self::new(path, format!("{why}; kept for this run only"))
    }

    /// A mistake in the text of a file of settings.
    fn in_text(path: &Path, text: &str, error: &toml::de::Error) -> Self {
        Self::new(path, crate::names::remedy(&file::mistake(text, error).to_string(), "correct it, or remove the file"))
    }
}

/// The folder; none for a user without a home folder.
pub fn folder() -> Option<PathBuf> {
    let dirs = directories::ProjectDirs::from("", "", "sevline")?;
    // Only Linux has a folder for state.
    Some(dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).to_owned())
}

/// All that is said in `folder`; nothing where there is no such file.
pub fn said(folder: &Path) -> Result<Said, Error> {
    aside::take_up_now(folder);
    reviews::load(folder)
}

impl State {
    /// What is remembered in `folder`, and what of it cannot be read; nothing where there is no such folder.
    pub fn load(folder: &Path) -> (Self, Vec<Error>) {
        let mut errors = Vec::new();
        let mut state = Self::default();
        aside::take_up_now(folder);
        let holds = [
            typed::history(folder).map(Holds::History),
            typed::filters(folder).map(Holds::Filters),
            reviews::load(folder).map(Holds::Said),
        ];
        holds.into_iter().for_each(|holds| holds.map_or_else(|error| errors.push(error), |holds| state.take(holds)));
        (state, errors)
    }

    /// Takes in what a file holds.
    pub fn take(&mut self, holds: Holds) {
        match holds {
            Holds::History(history) => self.history = history,
            Holds::Filters(filters) => self.filters = filters,
            Holds::Said(Said { reviews, cuts }) => (self.reviews, self.cuts) = (reviews, cuts),
        }
    }

    /// Makes a change. What comes in from a file or a prompt is made safe to show.
    pub fn apply(&mut self, change: &Change) -> Outcome {
        match change {
            Change::Typed(line) => {
                typed::put(&mut self.history, line);
                Outcome::default()
            }
            Change::Filter { name, before, after } => self.save(clean(name), before.as_ref(), after.as_deref().map(clean)),
            Change::Reviewed(amendments) => {
                let amended = amendments.iter().map(|amendment| (amendment, self.reviews.apply(amendment)));
                let (mut back, mut clashes) = (Vec::new(), Vec::new());
                for (amendment, Amended { back: one, clash }) in amended {
                    back.insert(0, one);
                    let what = if matches!(amendment.edit, Edit::Note(_)) { Clash::Note } else { Clash::Correction };
                    clashes.extend(Some(what).filter(|what| clash && !clashes.contains(what)));
                }
                Outcome { back: Some(Change::Reviewed(back)), clashes }
            }
            Change::Cut { path, before, after } => {
                let now = self.cuts.at(path);
                let clash = now != *before && now != *after;
                if !clash {
                    self.cuts.set(path, *after);
                }
                let back = Change::Cut { path: path.clone(), before: self.cuts.at(path), after: now };
                Outcome { back: Some(back), clashes: clash.then_some(Clash::Cut).into_iter().collect() }
            }
            // What is open stays as it is.
            Change::Left { .. } => Outcome::default(),
        }
    }

    fn save(&mut self, name: String, before: Option<&String>, after: Option<String>) -> Outcome {
        let now = self.filters.get(&name).cloned();
        let mut clashes = Vec::new();
        let (name, now, after) = match after {
            after if now.as_ref() == before || now == after => (name, now, after),
            // Both are kept, under names of their own.
            Some(after) => {
                let names = (2_u32..).map(|number| format!("{name} {number}"));
                let free = |name: &String| self.filters.get(name).is_none_or(|filter| *filter == after);
                let other = names.into_iter().find(free).unwrap_or_else(|| name.clone());
                clashes.push(Clash::Renamed(other.clone()));
                (other.clone(), self.filters.get(&other).cloned(), Some(after))
            }
            None => {
                clashes.push(Clash::Stays(name.clone()));
                (name, now.clone(), now)
            }
        };
        match &after {
            Some(filter) => drop(self.filters.insert(name.clone(), filter.clone())),
            None => drop(self.filters.remove(&name)),
        }
        Outcome { back: Some(Change::Filter { name, before: after, after: now }), clashes }
    }
}

/// A text of one line that is safe to show.
fn clean(text: &str) -> String {
    sanitize::line(text.trim()).into_owned()
}

/// The file whose lock is held while another of the folder is written.
const LOCK: &str = "lock";

/// How long a lock is waited for where nobody waits for us.
const PATIENCE: Duration = Duration::from_secs(10);

/// Makes a change in `folder`, after whatever others changed there.
pub fn change(folder: &Path, change: &Change) -> Result<Kept, Error> {
    match locked(folder, PATIENCE)? {
        Some(_held) => write(folder, change),
        None => Err(Error::unwritten(&folder.join(LOCK), "another program holds it")),
    }
}

/// Takes the lock of `folder`, and takes up what could not be written before; none where another holds it.
fn locked(folder: &Path, patience: Duration) -> Result<Option<lock::Held>, Error> {
    let failed = |error: io::Error| Error::unwritten(folder, error);
    fs::create_dir_all(folder).map_err(failed)?;
    let held = lock::hold(&folder.join(LOCK), patience).map_err(failed)?;
    if held.is_some() {
        aside::take_up(folder);
    }
    Ok(held)
}

/// Makes a change; the caller holds the lock.
fn write(folder: &Path, change: &Change) -> Result<Kept, Error> {
    match change {
        Change::Typed(_) => typed::change_history(folder, change),
        Change::Filter { .. } => typed::change_filters(folder, change),
        Change::Reviewed(_) | Change::Cut { .. } => reviews::change(folder, change),
        Change::Left { paths, found, left } => libraries::change(folder, paths, found, left).map(|()| Kept::default()),
    }
}

#[cfg(test)]
#[path = "state/tests.rs"]
mod tests;
