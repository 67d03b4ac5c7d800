//! What was read of a library, kept for the next time: opening it again costs a look at each file instead of reading it.
//!
//! Each set of inputs has one file in the cache folder, see `cache/shelf.rs` for its form. A report that was kept is taken from
//! there as long as the file has the size and the time of change it had; everything else is read. The file is written
//! anew beside the old one while a library is read, and takes its place as a whole. Nothing in it is trusted: it names the
//! sources that the program was built from, every part has a checksum, and what does not fit is read again.

mod shelf;
mod write;

pub use shelf::{Filed, Kept, Record, Shelf};
pub use write::Writer;

use crate::library::Input;
use crate::resolve::{Limits, Policy};
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The caches of all libraries.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
    /// How large they may be together, in bytes.
    limit: u64,
}

/// What tells whether a file is still the one that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Its size in bytes.
    size: u64,
    /// When it was changed, since 1970; none where the file system tells no such time.
    changed: Option<Duration>,
}

/// A file that was changed just now may change again without another time of change.
const SETTLED: Duration = Duration::from_secs(2);

impl Stamp {
    /// The stamp of a file; none for what is no regular file.
    pub fn of(path: &Path) -> Option<Self> {
        let meta = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
        let changed = meta.modified().ok().and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok());
        Some(Self { size: meta.len(), changed })
    }

    /// The file's size in bytes.
    pub fn size(self) -> u64 {
        self.size
    }

    /// Whether the file was left alone for a while before `now`.
    fn is_settled(&self, now: SystemTime) -> bool {
        let now = now.duration_since(SystemTime::UNIX_EPOCH).ok();
        self.changed.zip(now).is_some_and(|(changed, now)| changed + SETTLED <= now)
    }
}

/// How the names of all files in the folder end, also of those that are being written.
const ENDING: &str = ".cache";

impl Cache {
    /// The caches in `folder`, which need not be there, with room for `limit` bytes.
    pub fn new(folder: PathBuf, limit: u64) -> Self {
        Self { folder, limit }
    }

    /// Where they are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// How large they are together, in bytes.
    pub fn size(&self) -> u64 {
        self.files().map(|(_, size, _)| size).sum()
    }

    /// The file for a library, and what is kept in it; the second is why that cannot be used, where it cannot.
    pub fn open(&self, inputs: &[Input], policy: &Policy) -> (Shelf, Option<String>) {
        let (shelf, why) = self.anew(inputs, policy).open();
        // The caches that were not used for longest go first.
        if let Ok(file) = File::options().append(true).open(shelf.path()) {
            let _ = file.set_modified(SystemTime::now());
        }
        (shelf, why)
    }

    /// The same with nothing in it, whatever is kept.
    pub fn anew(&self, inputs: &[Input], policy: &Policy) -> Shelf {
        let title = title(inputs, policy);
        let path = self.folder.join(format!("{:016x}{ENDING}", xxhash_rust::xxh3::xxh3_64(title.as_bytes())));
        Shelf::new(path, title, policy.clone())
    }

    /// Removes what programs that were ended left half written, and the files that were not used for longest until there is
    /// room for the others.
    pub fn tidy(&self) {
        let (half, mut files): (Vec<_>, Vec<_>) = self.files().partition(|(path, ..)| is_half(path));
        for (path, _, written) in half {
            // Who writes holds its lock; the moment before it has that is left to it.
            let old = written.elapsed().is_ok_and(|age| age > SETTLED);
            if old && File::open(&path).is_ok_and(|file| file.try_lock().is_ok()) {
                let _ = fs::remove_file(path);
            }
        }
        files.sort_by_key(|(.., used)| *used);
        let mut size: u64 = files.iter().map(|(_, size, _)| size).sum();
        for (path, own, _) in files {
            if size <= self.limit {
                return;
            }
            if fs::remove_file(path).is_ok() {
                size -= own;
            }
        }
    }

    /// Path, size and last use of every file.
    fn files(&self) -> impl Iterator<Item = (PathBuf, u64, SystemTime)> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        entries.filter(|entry| entry.file_name().to_string_lossy().ends_with(ENDING)).filter_map(|entry| {
            let meta = entry.metadata().ok()?;
            Some((entry.path(), meta.len(), meta.modified().ok()?))
        })
    }
}

/// How the names of files begin that are being written.
const HALF: &str = ".half-";

/// Whether a file is one that is being written.
fn is_half(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(HALF.as_bytes()))
}

/// What a library is known by: its paths from the root, and what is assumed in reading it.
fn title(inputs: &[Input], policy: &Policy) -> String {
    let path = |input: &Input| match input {
        Input::Path(path) => std::path::absolute(path).unwrap_or_else(|_| path.clone()).to_string_lossy().into_owned(),
        Input::Stdin(_) => "-".into(),
        Input::Samples => String::new(),
    };
    let named: Vec<_> = inputs.iter().map(path).collect();
    let Limits { incidents, events, .. } = policy.limits;
    let settled = policy.settled.rules();
    let forms = policy.forms.digest();
    format!("{} {settled:?}\n{incidents} {events} {forms:x}\n{}", policy.assumed_zone, named.join("\n"))
}
