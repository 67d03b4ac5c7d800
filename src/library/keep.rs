//! Between the files of a library and its cache: what need not be read, and what was read this time.

use super::find::Job;
use super::run::Done;
use super::{Entry, Found, Origin};
use crate::cache::{Cache, Filed, Shelf, Writer};
use crate::incident::SourceRef;
use crate::query::Indexed;
use std::io;

/// The cache of the library that is being read.
pub struct Keeper<'a> {
    cache: &'a Cache,
    shelf: Shelf,
    /// What is kept of each file, until it is taken.
    known: Vec<Option<Filed>>,
    /// Where nothing is to be written there is none.
    writer: io::Result<Option<Writer>>,
}

impl<'a> Keeper<'a> {
    /// Takes from the shelf what is kept of the files that are to be read.
    pub fn new(cache: &'a Cache, mut shelf: Shelf, jobs: &[Job]) -> Self {
        let known = jobs.iter().map(|job| {
            let Job::File { named, stamp, .. } = job else { return None };
            shelf.take(&job.key()?, *stamp, *named, job.cut())
        });
        let known: Vec<_> = known.collect();
        let news = jobs.iter().zip(&known).any(|(job, filed)| job.stamp().is_some() && filed.is_none());
        let writer = if news { Writer::new(cache, &shelf).map(Some) } else { Ok(None) };
        Self { cache, shelf, known, writer }
    }

    /// What is kept of the file of that number.
    pub fn take(&mut self, number: usize, job: &Job) -> Option<Found> {
        let filed = self.known.get_mut(number)?.take()?;
        let Job::File { path, name, stamp, .. } = job else { return None };
        let Some(records) = filed.found else { return Some(Found::NoReport(name.clone())) };
        let origin = Origin::File(path.as_path().into());
        let part = (records.len(), job.cut().unwrap_or(self.shelf.policy().cut));
        let row = |record: crate::cache::Record| {
            let facts = self.shelf.kept(&record)?;
            let format = record.index.format;
            let source = SourceRef { path: name.clone(), index: record.number, format, url: record.url };
            Some(Indexed::kept(record.index, Entry::kept(source, origin.clone(), facts).stamped(*stamp).part_of(part)))
        };
        records.into_iter().map(row).collect::<Option<_>>().map(Found::Report)
    }

    /// Keeps what was found in some files, whose facts need not stay in memory then.
    pub fn keep(&mut self, files: &mut [Done]) {
        let Ok(Some(writer)) = &mut self.writer else { return };
        for (job, found) in files {
            let (Job::File { named, stamp, .. }, Some(key)) = (&**job, job.key()) else { continue };
            match found {
                Found::Report(rows) => writer.add(key, *stamp, (*named, job.cut()), Some(rows)),
                Found::NoReport(_) => writer.add(key, *stamp, (*named, job.cut()), None),
                // What could not be read is told again.
                Found::Part(..) | Found::Problem(_) => {}
            }
        }
        if let Err(error) = writer.flush() {
            self.writer = Err(error);
        }
    }

    /// Puts the cache in its place, be it of all files or of those until reading was left; answers with why that failed.
    pub fn finish(self, whole: bool) -> Option<String> {
        let done = self.writer.and_then(|writer| writer.map_or(Ok(()), |writer| writer.finish(whole)));
        self.cache.tidy();
        let folder = self.cache.folder().display();
        done.err().map(|error| format!("{folder}: {error}; what was read is not kept for the next time"))
    }
}
