//! The file in which one library is kept.
//!
//! ```text
//! magic, build │ incidents, packed, one after the other │ page │ incidents │ page │ … │ directory │ footer
//! ```
//!
//! A page tells of some hundred files what was found in them, with the index of each incident and the place of its facts.
//! The directory has the place of every page. So opening a library reads the pages alone, on all cores, and the facts of
//! an incident are read when somebody looks at it. Pages, directory and facts have checksums.

use super::Stamp;
use crate::query::Index;
use crate::resolve::{Cut, Policy};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use xxhash_rust::xxh3::xxh3_64;

/// How every cache begins and ends.
pub(super) const MAGIC: [u8; 8] = *b"sevline\n";

/// The sources that the program was built from: what others have read is read again.
pub(super) const BUILD: &str = concat!(env!("CARGO_PKG_VERSION"), " ", env!("SEVLINE_SOURCES"));

/// The directory's place, its length, its checksum, and [`MAGIC`].
const FOOTER: usize = 32;

/// A stretch of the file with its checksum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    pub(super) at: u64,
    pub(super) length: u64,
    pub(super) check: u64,
}

/// What the directory tells.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Directory {
    /// See [`BUILD`].
    pub build: String,
    /// The library, in case two have one name.
    pub title: String,
    /// How many files are kept.
    pub files: u64,
    pub pages: Vec<Stretch>,
}

/// What is kept of a file.
#[derive(Debug, Serialize, Deserialize)]
pub struct Filed {
    /// What it is known by, however the folder was named.
    pub(super) key: Box<str>,
    pub(super) stamp: Stamp,
    /// Whether it was named, and so read whatever it looks like.
    pub(super) named: bool,
    /// How a reviewer said that it is cut, see [`number`].
    pub(super) cut: u16,
    /// Its incidents; none where it is no report.
    pub found: Option<Vec<Record>>,
}

/// What is kept of an incident.
#[derive(Debug, Serialize, Deserialize)]
pub struct Record {
    /// What lists and filters look at.
    pub index: Index,
    /// The incident's number in the file.
    pub number: u32,
    /// The public address, where the report gives it.
    pub url: Option<String>,
    pub(super) facts: Stretch,
}

/// A cut as a number.
pub(super) fn number(cut: Option<Cut>) -> u16 {
    match cut {
        None => 0,
        Some(Cut::AsTold) => 1,
        Some(Cut::Whole) => 2,
        Some(Cut::Level(level)) => 0x100 | u16::from(level),
    }
}

/// An open file, and the policy that what is in it was read with.
#[derive(Debug)]
pub struct Opened {
    pub(super) file: File,
    pub(super) policy: Policy,
}

/// The packed facts of an incident that stand in a cache.
#[derive(Debug, Clone)]
pub struct Kept {
    opened: Arc<Opened>,
    place: Stretch,
}

impl Kept {
    /// Facts that stand in an open file.
    pub(super) fn new(opened: &Arc<Opened>, place: Stretch) -> Self {
        Self { opened: opened.clone(), place }
    }

    /// The facts; none where they are damaged.
    pub fn read(&self) -> Option<Vec<u8>> {
        read(&self.opened.file, self.place).ok()
    }

    /// What is assumed in reading the report again.
    pub fn policy(&self) -> &Policy {
        &self.opened.policy
    }
}

/// What is kept of one library.
#[derive(Debug)]
pub struct Shelf {
    path: PathBuf,
    title: String,
    policy: Policy,
    opened: Option<Arc<Opened>>,
    files: Vec<Option<Filed>>,
    /// The place of each file in `files`, by the hash of its key.
    places: HashMap<u64, u32>,
}

/// Why a cache cannot be used.
#[derive(Debug, thiserror::Error)]
enum Unfit {
    #[error("there is none")]
    Absent,
    #[error("the cache was made by another version of sevline; it is made anew")]
    Foreign,
    #[error("the cache is damaged; it is made anew")]
    Damaged,
}

impl From<io::Error> for Unfit {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::NotFound { Unfit::Absent } else { Unfit::Damaged }
    }
}

impl Shelf {
    /// With nothing in it.
    pub(super) fn new(path: PathBuf, title: String, policy: Policy) -> Self {
        Self { path, title, policy, opened: None, files: Vec::new(), places: HashMap::new() }
    }

    /// With what is kept in its file; the second is why that cannot be used, where it cannot.
    pub(super) fn open(self) -> (Self, Option<String>) {
        let (file, directory) = match directory(&self.path, &self.title) {
            Ok(found) => found,
            Err(Unfit::Absent) => return (self, None),
            Err(unfit) => return (self, Some(unfit.to_string())),
        };
        let pages: Vec<Option<Vec<Filed>>> = directory.pages.par_iter().map(|&page| decode(&file, page).ok()).collect();
        let damaged = pages.iter().any(Option::is_none);
        let files: Vec<_> = pages.into_iter().flatten().flatten().map(Some).collect();
        let hashes = files.iter().flatten().map(|filed| xxh3_64(filed.key.as_bytes()));
        let places = hashes.zip(0..).collect();
        let opened = Some(Arc::new(Opened { file, policy: self.policy.clone() }));
        (Self { opened, files, places, ..self }, damaged.then(|| Unfit::Damaged.to_string()))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn title(&self) -> &str {
        &self.title
    }

    /// What was assumed in reading.
    pub fn policy(&self) -> Policy {
        self.policy.clone()
    }

    /// Takes out what is kept of a file, if it is still the one that was read, and cut as it was then.
    pub fn take(&mut self, key: &str, stamp: Option<Stamp>, named: bool, cut: Option<Cut>) -> Option<Filed> {
        let place = *self.places.get(&xxh3_64(key.as_bytes()))?;
        let filed = self.files.get_mut(place as usize)?.take_if(|filed| *filed.key == *key)?;
        (Some(filed.stamp) == stamp && filed.named == named && filed.cut == number(cut)).then_some(filed)
    }

    /// Where the facts of a record stand.
    pub fn kept(&self, record: &Record) -> Option<Kept> {
        self.opened.as_ref().map(|opened| Kept::new(opened, record.facts))
    }
}

/// How many files a cache at `path` keeps of a library; none where it cannot be used.
pub(super) fn count(path: &Path, title: &str) -> u64 {
    directory(path, title).map_or(0, |(_, directory)| directory.files)
}

fn directory(path: &Path, title: &str) -> Result<(File, Directory), Unfit> {
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut head = [0; MAGIC.len()];
    read_exact_at(&file, &mut head, 0)?;
    if head != MAGIC {
        return Err(Unfit::Damaged);
    }
    let mut footer = [0; FOOTER];
    read_exact_at(&file, &mut footer, length.checked_sub(FOOTER as u64).ok_or(Unfit::Damaged)?)?;
    let (place, magic) = footer.split_at(FOOTER - MAGIC.len());
    let mut numbers = place.chunks_exact(8).map(|bytes| bytes.try_into().map_or(0, u64::from_le_bytes));
    let (Some(at), Some(long), Some(check)) = (numbers.next(), numbers.next(), numbers.next()) else { return Err(Unfit::Damaged) };
    if magic != MAGIC {
        return Err(Unfit::Damaged);
    }
    // The build comes first in the directory, which is all that another build can be asked for.
    let bytes = read(&file, Stretch { at, length: long, check })?;
    let (build, _) = postcard::take_from_bytes::<&str>(&bytes).map_err(|_| Unfit::Damaged)?;
    if build != BUILD {
        return Err(Unfit::Foreign);
    }
    let directory: Directory = postcard::from_bytes(&bytes).map_err(|_| Unfit::Damaged)?;
    if directory.title == title { Ok((file, directory)) } else { Err(Unfit::Foreign) }
}

fn decode<T: DeserializeOwned>(file: &File, place: Stretch) -> io::Result<T> {
    postcard::from_bytes(&read(file, place)?).map_err(|_| io::ErrorKind::InvalidData.into())
}

/// Reads a stretch and checks it. A length is believed only as far as the file reaches.
fn read(file: &File, place: Stretch) -> io::Result<Vec<u8>> {
    if place.at.checked_add(place.length).is_none_or(|end| file.metadata().is_ok_and(|meta| end > meta.len())) {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let mut bytes = vec![0; usize::try_from(place.length).map_err(|_| io::ErrorKind::InvalidData)?];
    read_exact_at(file, &mut bytes, place.at)?;
    if xxh3_64(&bytes) == place.check { Ok(bytes) } else { Err(io::ErrorKind::InvalidData.into()) }
}

#[cfg(unix)]
fn read_exact_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
fn read_exact_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, bytes, at)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => {
                bytes = bytes.get_mut(read..).unwrap_or_default();
                at += read as u64;
            }
        }
    }
    Ok(())
}
