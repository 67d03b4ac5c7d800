//! Which files the inputs mean, in the order of their paths.

use super::read::{read_bytes, read_file, shown};
use super::{Found, Input, Origin, Problem, SAMPLES};
use crate::cache::Stamp;
use crate::resolve::{Cut, Policy};
use crate::review::Cuts;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One file to read.
#[derive(Debug)]
pub enum Job {
    /// A file of the input of that number; `named` when the user gave its name, and so says that it is a report. The stamp is
    /// older than what is read: what changes in between is noticed later. Where it is cut is what a reviewer says.
    File { path: PathBuf, name: String, named: bool, input: usize, stamp: Option<Stamp>, cut: Option<Cut> },
    /// Text in memory.
    Memory { name: String, bytes: Arc<[u8]> },
    /// Something a folder walk could not enter.
    Lost(Problem),
}

impl Job {
    /// What its cache knows it by, however the folder was named this time; none for what is not kept: text in memory, and
    /// a file whose name is no Unicode.
    pub fn key(&self) -> Option<String> {
        let Job::File { path, name, input, .. } = self else { return None };
        path.to_str().map(|_| format!("{input}/{name}"))
    }

    /// Reads it.
    pub fn run(&self, policy: &Policy) -> Found {
        match self {
            Job::File { path, name, named, stamp, .. } => {
                read_file(path, name, *named, *stamp, &Policy { cut: self.cut().unwrap_or(policy.cut), ..policy.clone() })
            }
            Job::Memory { name, bytes } => read_bytes(name, (Origin::Memory(bytes.clone()), None), bytes.to_vec(), true, policy),
            Job::Lost(problem) => Found::Problem(problem.clone()),
        }
    }

    /// Looks at what its file is like now.
    pub fn look(&mut self) {
        if let Job::File { path, stamp, .. } = self {
            *stamp = Stamp::of(path);
        }
    }

    /// How a reviewer says that it is cut.
    pub fn cut(&self) -> Option<Cut> {
        if let Job::File { cut, .. } = self { *cut } else { None }
    }

    /// What its file was like; none for one that is not there, and for what is no file.
    pub fn stamp(&self) -> Option<Stamp> {
        if let Job::File { stamp, .. } = self { *stamp } else { None }
    }
}

/// Adds the files that the input of that number means to `jobs`.
pub fn queue(number: usize, input: &Input, jobs: &mut Vec<Job>, cancelled: &dyn Fn() -> bool) {
    match input {
        Input::Stdin(bytes) => jobs.push(Job::Memory { name: "-".into(), bytes: bytes.as_slice().into() }),
        Input::Samples => {
            jobs.extend(SAMPLES.iter().map(|(name, text)| Job::Memory { name: (*name).into(), bytes: text.as_bytes().into() }));
        }
        Input::Path(path) if path.is_dir() => walk(number, path, jobs, cancelled),
        Input::Path(path) => {
            jobs.push(Job::File { path: path.clone(), name: shown(path), named: true, input: number, stamp: None, cut: None })
        }
    }
}

/// Queues the files below `root` by path. A pipe, a socket or a device is queued too: it is not read, and counts as no report.
fn walk(input: usize, root: &Path, jobs: &mut Vec<Job>, cancelled: &dyn Fn() -> bool) {
    super::walk::walk(root, cancelled, &mut |met| {
        jobs.push(match met {
            Ok(path) => {
                let name = shown(path.strip_prefix(root).unwrap_or(&path));
                Job::File { path, name, named: false, input, stamp: None, cut: None }
            }
            Err(problem) => Job::Lost(problem),
        });
    });
}

/// Notes how a reviewer says that files are cut.
pub fn note_cuts(jobs: &mut [Job], cuts: &Cuts) {
    if cuts.is_empty() {
        return;
    }
    let paths: Vec<_> = jobs.iter().map(|job| if let Job::File { path, .. } = job { Some(path.as_path()) } else { None }).collect();
    let found = cuts.of_files(&paths, &Path::exists);
    for (job, found) in jobs.iter_mut().zip(found) {
        if let Job::File { cut, .. } = job {
            *cut = found;
        }
    }
}
