//! Changes that could not be written yet, because another program holds the lock or the disk takes nothing: each run keeps
//! its own in a file beside the others, `unwritten-….json`, and whoever has the lock next takes up what runs left that have
//! ended. Who writes such a file holds a lock of it, so that nobody takes it up while its changes are still on their way.

use super::{Change, LOCK, write};
use crate::lock;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::NamedTempFile;

const PREFIX: &str = "unwritten-";
const ENDING: &str = ".json";

/// The file of this run; it goes when it is dropped.
#[derive(Debug)]
pub struct Aside(NamedTempFile);

impl Aside {
    /// Keeps changes in `folder` until they are written.
    pub fn new<'c>(folder: &Path, changes: impl Iterator<Item = &'c Change>) -> io::Result<Self> {
        let mut file = tempfile::Builder::new().prefix(PREFIX).suffix(ENDING).tempfile_in(folder)?;
        // Where files have no locks nobody else uses the folder.
        let _ = file.as_file().try_lock();
        for change in changes {
            serde_json::to_writer(&mut file, change)?;
            file.write_all(b"\n")?;
        }
        file.as_file().sync_all()?;
        Ok(Self(file))
    }

    /// Leaves it for the next run; answers whether it will be found.
    pub fn leave(self) -> bool {
        self.0.keep().is_ok()
    }
}

/// The files of all runs.
fn all(folder: &Path) -> Vec<PathBuf> {
    let is_aside = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(PREFIX) && name.ends_with(ENDING) && path.symlink_metadata().is_ok_and(|found| found.is_file())
    };
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut all: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(is_aside).collect();
    let written = |path: &PathBuf| path.metadata().and_then(|found| found.modified()).ok();
    all.sort_by_cached_key(|path| (written(path), path.clone()));
    all
}

/// Writes what runs left that have ended, the oldest first; the caller holds the lock of the folder. What still cannot be
/// written stays where it is.
pub fn take_up(folder: &Path) {
    for path in all(folder) {
        let Ok(mut file) = File::open(&path) else { continue };
        if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
            continue;
        }
        let mut text = String::new();
        let mut all = file.read_to_string(&mut text).is_ok();
        // A line that was not written to its end tells nothing; one of another version is for that.
        for line in text.split_inclusive('\n').filter(|line| line.ends_with('\n')) {
            all &= serde_json::from_str::<Change>(line).is_ok_and(|change| write(folder, &change).is_ok());
        }
        // One that is empty is being begun.
        if all && !text.is_empty() {
            let _ = fs::remove_file(&path);
        }
    }
}

/// The same where the lock is free.
pub fn take_up_now(folder: &Path) {
    if !all(folder).is_empty()
        && let Ok(Some(_held)) = lock::hold(&folder.join(LOCK), Duration::ZERO)
    {
        take_up(folder);
    }
}
