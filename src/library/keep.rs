//! Between the files of a library and its cache: what need not be read, and what was read this time.

use super::find::Job;
use super::{Entry, Found, Origin};
use crate::cache::{Cache, Filed, Shelf, Stamp, Writer};
use crate::incident::SourceRef;
use crate::query::Indexed;
use rayon::prelude::*;
use std::collections::VecDeque;
use std::io;

/// The cache of the library that is being read.
pub struct Keeper<'a> {
    cache: &'a Cache,
    shelf: Shelf,
    /// The stamp of each file that is still to come, and what is kept of it.
    known: VecDeque<(Option<Stamp>, Option<Filed>)>,
    /// The stamps of the batch that is being read.
    batch: Vec<Option<Stamp>>,
    /// Where nothing is to be written there is none.
    writer: io::Result<Option<Writer>>,
}

impl<'a> Keeper<'a> {
    /// Looks at every file.
    pub fn new(cache: &'a Cache, mut shelf: Shelf, jobs: &[Job]) -> Self {
        let stamp = |job: &Job| if let Job::File { path, .. } = job { Stamp::of(path) } else { None };
        let stamps: Vec<_> = jobs.par_iter().with_min_len(64).map(stamp).collect();
        let known = jobs.iter().zip(stamps).map(|(job, stamp)| {
            let Job::File { named, .. } = job else { return (None, None) };
            (stamp, job.key().and_then(|key| shelf.take(&key, stamp, *named)))
        });
        let known: VecDeque<_> = known.collect();
        let news = known.iter().any(|(stamp, filed)| stamp.is_some() && filed.is_none());
        let writer = if news { Writer::new(cache, &shelf).map(Some) } else { Ok(None) };
        Self { cache, shelf, known, batch: Vec::new(), writer }
    }

    /// What is kept of the next file.
    pub fn take(&mut self, job: &Job) -> Option<Found> {
        let (stamp, filed) = self.known.pop_front()?;
        self.batch.push(stamp);
        let Job::File { path, name, .. } = job else { return None };
        let Some(records) = filed?.found else { return Some(Found::NoReport(name.clone())) };
        let origin = Origin::File(path.as_path().into());
        let row = |record: crate::cache::Record| {
            let facts = self.shelf.kept(&record)?;
            let format = record.index.format;
            let source = SourceRef { path: name.clone(), index: record.number, format, url: record.url };
            Some(Indexed::kept(record.index, Entry::kept(source, origin.clone(), facts).stamped(stamp)))
        };
        records.into_iter().map(row).collect::<Option<_>>().map(Found::Report)
    }

    /// Keeps what was found in a batch of files, whose facts need not stay in memory then.
    pub fn keep(&mut self, jobs: &[Job], found: &mut [Option<Found>]) {
        let stamps = std::mem::take(&mut self.batch);
        let Ok(Some(writer)) = &mut self.writer else { return };
        for ((job, stamp), found) in jobs.iter().zip(stamps).zip(found) {
            let (Job::File { named, .. }, Some(key)) = (job, job.key()) else { continue };
            match found {
                Some(Found::Report(rows)) => writer.add(key, stamp, *named, Some(rows)),
                Some(Found::NoReport(_)) => writer.add(key, stamp, *named, None),
                Some(Found::Problem(_)) | None => {}
            }
        }
        if let Err(error) = writer.flush() {
            self.writer = Err(error);
        }
    }

    /// Puts the cache in its place; answers with why that failed.
    pub fn finish(self) -> Option<String> {
        let done = self.writer.and_then(|writer| writer.map_or(Ok(()), Writer::finish));
        self.cache.tidy();
        let folder = self.cache.folder().display();
        done.err().map(|error| format!("{folder}: {error}; what was read is not kept for the next time"))
    }
}
