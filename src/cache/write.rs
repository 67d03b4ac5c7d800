//! Writing the cache of a library while it is read.

use super::shelf::{BUILD, Directory, Filed, Kept, MAGIC, Opened, Record, Shelf, Stretch, count, number};
use super::{Cache, ENDING, HALF, Stamp};
use crate::lock;
use crate::query::Indexed;
use crate::resolve::Cut;
use serde::Serialize;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tempfile::NamedTempFile;
use xxhash_rust::xxh3::xxh3_64;

/// So long another may hold the lock.
const PATIENCE: Duration = Duration::from_millis(200);

/// So many files are told of in a page.
const PAGE: usize = 256;

/// A cache that is being written, beside the one that it will take the place of.
#[derive(Debug)]
pub struct Writer {
    temporary: NamedTempFile,
    /// The same file, for those who read what is already written.
    opened: Arc<Opened>,
    path: PathBuf,
    /// What is not written yet.
    waiting: Vec<u8>,
    /// How much is written.
    written: u64,
    limit: u64,
    page: Vec<Filed>,
    directory: Directory,
    now: SystemTime,
}

impl Writer {
    /// Begins a cache in the place of `shelf`.
    pub fn new(cache: &Cache, shelf: &Shelf) -> io::Result<Self> {
        fs::create_dir_all(cache.folder())?;
        let temporary = tempfile::Builder::new().prefix(HALF).suffix(ENDING).tempfile_in(cache.folder())?;
        // Tells others that it is not left over; where there are no locks, it is young enough.
        let _ = temporary.as_file().try_lock();
        let opened = Arc::new(Opened { file: temporary.reopen()?, policy: shelf.policy() });
        let directory = Directory { build: BUILD.into(), title: shelf.title().into(), files: 0, pages: Vec::new() };
        let path = shelf.path().to_owned();
        let waiting = MAGIC.to_vec();
        let (limit, now) = (cache.limit, SystemTime::now());
        Ok(Self { temporary, opened, path, waiting, written: 0, limit, page: Vec::new(), directory, now })
    }

    /// Adds what was found in a file that was named or not, and cut like that by hand; `rows` are none where it is no report. The rows come back with facts that stand in
    /// the cache, once [`Writer::flush`] was called. A file that may change without being noticed is left out.
    pub fn add(&mut self, key: String, stamp: Option<Stamp>, (named, cut): (bool, Option<Cut>), rows: Option<&mut Vec<Indexed>>) {
        let Some(stamp) = stamp.filter(|stamp| stamp.is_settled(self.now)) else { return };
        let found = rows.map(|rows| rows.iter_mut().filter_map(|row| self.record(row)).collect());
        self.page.push(Filed { key: key.into(), stamp, named, cut: number(cut), found });
    }

    fn record(&mut self, row: &mut Indexed) -> Option<Record> {
        let facts = row.entry.packed()?;
        let place = self.stretch(&facts);
        let record = Record { index: (**row).clone(), number: row.entry.source.index, url: row.entry.source.url.clone(), facts: place };
        row.entry = Arc::new(row.entry.in_cache(Kept::new(&self.opened, place)));
        Some(record)
    }

    /// Puts bytes at the end.
    fn stretch(&mut self, bytes: &[u8]) -> Stretch {
        let at = self.written + self.waiting.len() as u64;
        self.waiting.extend_from_slice(bytes);
        Stretch { at, length: bytes.len() as u64, check: xxh3_64(bytes) }
    }

    fn stretch_of(&mut self, value: &impl Serialize) -> io::Result<Stretch> {
        let bytes = postcard::to_allocvec(value).map_err(io::Error::other)?;
        Ok(self.stretch(&bytes))
    }

    /// Writes what was added, so that it can be read.
    pub fn flush(&mut self) -> io::Result<()> {
        if self.page.len() >= PAGE {
            self.end_page()?;
        }
        let all = self.written + self.waiting.len() as u64;
        if all > self.limit {
            return Err(io::Error::other("there is more to keep than `limit-mib` in the settings has room for"));
        }
        self.temporary.write_all(&self.waiting)?;
        self.written = all;
        self.waiting.clear();
        Ok(())
    }

    fn end_page(&mut self) -> io::Result<()> {
        let page = std::mem::take(&mut self.page);
        self.directory.files += page.len() as u64;
        let place = self.stretch_of(&page)?;
        self.directory.pages.push(place);
        Ok(())
    }

    /// Takes the place of the cache that was there; that of a library which is not read to its end does so only if nothing
    /// there keeps more.
    pub fn finish(mut self, whole: bool) -> io::Result<()> {
        self.end_page()?;
        let directory =
            std::mem::replace(&mut self.directory, Directory { build: String::new(), title: String::new(), files: 0, pages: vec![] });
        let place = self.stretch_of(&directory)?;
        for number in [place.at, place.length, place.check] {
            self.waiting.extend_from_slice(&number.to_le_bytes());
        }
        self.waiting.extend_from_slice(&MAGIC);
        self.flush()?;
        // Whoever has it is writing what was read just now as well.
        let Some(_held) = lock::hold(&self.path.with_extension("lock"), PATIENCE)? else { return Ok(()) };
        if !whole && count(&self.path, &directory.title) > directory.files {
            return Ok(());
        }
        self.temporary.persist(&self.path).map(drop).map_err(|error| error.error)
    }
}
