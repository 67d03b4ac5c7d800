//! What the explorer remembers between runs, beside the reports: the filters that were typed and those that were saved, the
//! reviewer's own words, and how each library was left.
//!
//! Every change is read, made and written under a lock, and a file takes the place of the one before as a whole, so that
//! two explorers at once lose nothing. A file that cannot be read is never written over.

pub mod libraries;
mod reviews;

use crate::resolve::Cut;
use crate::review::{Amendment, Cuts, Reviews};
use crate::sanitize;
use libraries::Memory;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

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

/// Something to remember or to forget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A filter was typed.
    Typed(String),
    /// A filter is saved under a name.
    Saved {
        /// The name.
        name: String,
        /// The filter.
        filter: String,
    },
    /// The filter of that name is no longer wanted.
    Dropped(String),
    /// A library is left.
    Left {
        /// Where it is read from.
        paths: Vec<String>,
        /// How it is left.
        left: Memory,
    },
    /// Something is said of incidents, one after the other.
    Reviewed(Vec<Amendment>),
    /// A file is cut into incidents by hand.
    Cut {
        /// Its whole path.
        path: String,
        /// How; none for what nobody says anything of.
        how: Option<Cut>,
    },
}

/// A file of the state folder that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}: {why}", .path.display())]
pub struct Error {
    path: PathBuf,
    why: String,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Filters {
    filters: BTreeMap<String, String>,
}

/// The folder; none for a user without a home folder.
pub fn folder() -> Option<PathBuf> {
    let dirs = directories::ProjectDirs::from("", "", "sevline")?;
    // Only Linux has a folder for state.
    Some(dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).to_owned())
}

pub use reviews::{Said, load as said};

impl State {
    /// What is remembered in `folder`, and what of it cannot be read; nothing where there is no such folder.
    pub fn load(folder: &Path) -> (Self, Vec<Error>) {
        let mut errors = Vec::new();
        let mut state = Self::typed(folder).unwrap_or_else(|error| {
            errors.push(error);
            Self::default()
        });
        match reviews::load(folder) {
            Ok(said) => (state.reviews, state.cuts) = (said.reviews, said.cuts),
            Err(error) => errors.push(error),
        }
        (state, errors)
    }

    fn typed(folder: &Path) -> Result<Self, Error> {
        let (history, filters) = (read(&folder.join(HISTORY))?, read(&folder.join(FILTERS))?);
        let filters: Filters = toml::from_str(&filters).map_err(|error| {
            let line = filters.get(..error.span().map_or(0, |span| span.start)).unwrap_or_default().matches('\n').count() + 1;
            let why = format!("line {line}: {}; correct it, or remove the file", error.message().replace('\n', ", "));
            Error { path: folder.join(FILTERS), why }
        })?;
        let mut state = Self::default();
        history.lines().for_each(|line| state.apply(&Change::Typed(line.to_owned())));
        filters.filters.into_iter().for_each(|(name, filter)| state.apply(&Change::Saved { name, filter }));
        Ok(state)
    }

    /// Makes a change. What comes in from a file or a prompt is made safe to show.
    pub fn apply(&mut self, change: &Change) {
        let clean = |text: &str| sanitize::line(text.trim()).into_owned();
        match change {
            Change::Typed(line) => {
                let line = clean(line);
                self.history.retain(|other| *other != line);
                self.history.extend(Some(line).filter(|line| !line.is_empty()));
                let old = self.history.len().saturating_sub(LINES);
                self.history.drain(..old);
            }
            Change::Saved { name, filter } => {
                self.filters.insert(clean(name), clean(filter));
            }
            Change::Dropped(name) => drop(self.filters.remove(name)),
            Change::Reviewed(amendments) => amendments.iter().for_each(|amendment| drop(self.reviews.apply(amendment))),
            Change::Cut { path, how } => self.cuts.set(path, *how),
            // What is open stays as it is.
            Change::Left { .. } => {}
        }
    }
}

const HISTORY: &str = "history";
const FILTERS: &str = "filters.toml";

/// Makes a change in `folder`, after whatever others changed there.
pub fn change(folder: &Path, change: &Change) -> Result<(), Error> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |error: io::Error| Error { path, why: format!("{error}; kept for this run only") }
    };
    fs::create_dir_all(folder).map_err(at(folder))?;
    let lock = File::options().create(true).append(true).open(folder.join("lock")).map_err(at(folder))?;
    // Held until the file is closed. A file system without locks is used by one at a time.
    if let Err(error) = lock.lock()
        && error.kind() != io::ErrorKind::Unsupported
    {
        return Err(at(folder)(error));
    }
    match change {
        Change::Reviewed(amendments) => {
            return reviews::change(folder, |said| amendments.iter().for_each(|amendment| drop(said.reviews.apply(amendment))));
        }
        Change::Cut { path, how } => return reviews::change(folder, |said| said.cuts.set(path, *how)),
        Change::Left { paths, left } => return libraries::change(folder, paths, left),
        Change::Typed(_) | Change::Saved { .. } | Change::Dropped(_) => {}
    }
    let mut state = State::typed(folder)?;
    state.apply(change);
    let (path, text) = match change {
        Change::Typed(_) => (folder.join(HISTORY), state.history.iter().map(|line| format!("{line}\n")).collect()),
        Change::Saved { .. } | Change::Dropped(_) | Change::Reviewed(_) | Change::Cut { .. } | Change::Left { .. } => {
            let filters = Filters { filters: state.filters };
            let text = toml::to_string(&filters).map_err(|error| Error { path: folder.join(FILTERS), why: error.to_string() })?;
            (folder.join(FILTERS), text)
        }
    };
    replace(&path, &text).map_err(at(&path))
}

/// Puts a file with `text` in the place of the one at `path`: whoever reads it sees the one or the other, also after a
/// power cut. Where a folder can be flushed, the new one is there to stay.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

fn read(path: &Path) -> Result<String, Error> {
    match fs::read(path) {
        // What is no Unicode is replaced, and then sanitised with the rest.
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(String::new()),
        Err(error) => Err(Error { path: path.to_owned(), why: format!("it could not be read: {error}; check its permissions") }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(line: &str) -> Change {
        Change::Typed(line.into())
    }

    fn saved(name: &str, filter: &str) -> Change {
        Change::Saved { name: name.into(), filter: filter.into() }
    }

    #[test]
    fn what_is_remembered_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("made/when/needed");
        assert_eq!(State::load(&folder).0.history, [""; 0]);
        for line in ["sev:high", "  ", "dur>30m", "sev:high "] {
            change(&folder, &typed(line)).unwrap();
        }
        change(&folder, &saved("our \"own\" = x", "service:\"a b\" -sev:low")).unwrap();
        change(&folder, &saved("gone", "x")).unwrap();
        change(&folder, &Change::Dropped("gone".into())).unwrap();
        let state = State::typed(&folder).unwrap();
        assert_eq!(state.history, ["dur>30m", "sev:high"]);
        assert_eq!(state.filters.into_iter().collect::<Vec<_>>(), [("our \"own\" = x".into(), "service:\"a b\" -sev:low".into())]);
        let left: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left.len(), 3, "{left:?}");
    }

    #[test]
    fn explorers_at_once_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for person in 0..4 {
                let folder = folder.path();
                scope.spawn(move || (0..10).for_each(|at| change(folder, &typed(&format!("{person} {at}"))).unwrap()));
            }
        });
        assert_eq!(State::typed(folder.path()).unwrap().history.len(), 40);
    }

    #[test]
    fn a_hostile_file_is_made_safe_and_stays_small() {
        let folder = tempfile::tempdir().unwrap();
        let lines: String = (0..1000).map(|at| format!("{at}\n")).collect();
        fs::write(folder.path().join(HISTORY), [lines.as_bytes(), b"\x1b[2J\xff\r\n"].concat()).unwrap();
        let state = State::typed(folder.path()).unwrap();
        assert_eq!(state.history.len(), LINES);
        assert_eq!(state.history.last().unwrap(), "␛[2J\u{fffd}");
    }

    #[test]
    fn a_broken_file_is_told_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILTERS);
        fs::write(&path, "[filters]\na = 3\n").unwrap();
        let error = change(folder.path(), &saved("b", "x")).unwrap_err().to_string();
        assert!(error.contains("filters.toml: line 2: "), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "[filters]\na = 3\n");
    }
}
