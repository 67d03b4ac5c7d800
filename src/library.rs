//! Many reports: finding the files, reading them in parallel, and going back to a source.

use crate::incident::Incident;
use crate::resolve::{self, Policy};
use crate::source::{self, Source};
use rayon::prelude::*;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Something that incidents are read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A file or a folder to walk.
    Path(PathBuf),
    /// Text that was piped in.
    Stdin(Vec<u8>),
    /// The reports that come with the program.
    Samples,
}

/// Where a source can be read again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A file.
    File(PathBuf),
    /// Text kept in memory: piped in, or a sample.
    Memory(Arc<[u8]>),
}

/// A file that could not be read, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {message}")]
pub struct Problem {
    /// The file, as it is shown.
    pub path: String,
    /// What went wrong and the remedy, lower case.
    pub message: String,
}

/// One incident with the way back to its source.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What was read.
    pub incident: Incident,
    /// Where from.
    pub origin: Origin,
}

/// What a worker found.
#[derive(Debug)]
pub enum Found {
    /// The incidents of one file.
    Report(Vec<Arc<Entry>>),
    /// A file inside a folder that is no incident report.
    NoReport(String),
    /// A file that could not be read.
    Problem(Problem),
}

/// Progress of a load.
#[derive(Debug)]
pub enum Progress {
    /// This many more files are to be read.
    Queued(usize),
    /// One file is done.
    File(Found),
}

/// All that was read.
#[derive(Debug, Default, Clone)]
pub struct Library {
    /// In the order of the inputs, the paths below a folder and the places in a file.
    pub entries: Vec<Arc<Entry>>,
    /// How many files inside folders are no incident reports.
    pub no_reports: usize,
    /// Files that could not be read.
    pub problems: Vec<Problem>,
}

impl Library {
    /// Takes in what a worker found.
    pub fn add(&mut self, found: Found) {
        match found {
            Found::Report(entries) => self.entries.extend(entries),
            Found::NoReport(_) => self.no_reports += 1,
            Found::Problem(problem) => self.problems.push(problem),
        }
    }
}

/// Reads the source of an entry again.
pub fn source_of(entry: &Entry) -> Result<Source, Problem> {
    let name = entry.incident.source.path.clone();
    match &entry.origin {
        Origin::File(path) => match read_to_bytes(path) {
            Ok(bytes) => Ok(Source::decode(name, bytes)),
            Err(refusal) => Err(Problem { path: name, message: refusal.to_string() }),
        },
        Origin::Memory(bytes) => Ok(Source::decode(name, bytes.to_vec())),
    }
}

/// Reads all `inputs` and waits for the end.
pub fn load(inputs: &[Input], policy: &Policy) -> Library {
    let (sender, receiver) = std::sync::mpsc::channel();
    load_with(inputs, policy, &AtomicBool::new(false), &|progress| {
        let _ = sender.send(progress);
    });
    drop(sender);
    let mut library = Library::default();
    for progress in receiver {
        if let Progress::File(found) = progress {
            library.add(found);
        }
    }
    library
}

/// Reads all `inputs`, a batch in parallel at a time, and tells `sink` of each file in the order of the inputs and of the
/// paths in a folder, so that what is printed does not depend on which worker was first. Stops early when `cancel` is
/// set. A report that makes a reader panic becomes a [`Problem`].
pub fn load_with(inputs: &[Input], policy: &Policy, cancel: &AtomicBool, sink: &dyn Fn(Progress)) {
    let cancelled = || cancel.load(Ordering::Relaxed);
    let mut jobs = Vec::new();
    for input in inputs {
        let before = jobs.len();
        queue(input, &mut jobs, &cancelled);
        sink(Progress::Queued(jobs.len() - before));
    }
    // Large enough to keep every core busy, small enough that waiting results never hold a whole library.
    let batch = rayon::current_num_threads().max(1) * 16;
    for batch in jobs.chunks(batch) {
        let found: Vec<Option<Found>> = batch.par_iter().map(|job| (!cancelled()).then(|| job.run(policy))).collect();
        for found in found {
            let Some(found) = found.filter(|_| !cancelled()) else { return };
            sink(Progress::File(found));
        }
    }
}

/// One file to read.
enum Job {
    /// A file; `named` when the user gave its name, and so says that it is a report.
    File { path: PathBuf, name: String, named: bool },
    /// Text in memory.
    Memory { name: String, bytes: Arc<[u8]> },
    /// Something a folder walk could not enter.
    Lost(Problem),
}

impl Job {
    fn run(&self, policy: &Policy) -> Found {
        match self {
            Job::File { path, name, named } => read_file(path, name, *named, policy),
            Job::Memory { name, bytes } => read_bytes(name, Origin::Memory(bytes.clone()), bytes.to_vec(), true, policy),
            Job::Lost(problem) => Found::Problem(problem.clone()),
        }
    }
}

fn queue(input: &Input, jobs: &mut Vec<Job>, cancelled: &dyn Fn() -> bool) {
    match input {
        Input::Stdin(bytes) => jobs.push(Job::Memory { name: "-".into(), bytes: bytes.as_slice().into() }),
        Input::Samples => {
            jobs.extend(SAMPLES.iter().map(|(name, text)| Job::Memory { name: (*name).into(), bytes: text.as_bytes().into() }));
        }
        Input::Path(path) if path.is_dir() => walk(path, jobs, cancelled),
        Input::Path(path) => jobs.push(Job::File { path: path.clone(), name: shown(path), named: true }),
    }
}

/// Queues the files below `root` by path. Hidden files and those a `.gitignore` or `.ignore` below `root` names are left
/// out; rules from outside are not heeded, because a folder that is named is meant. Links are followed, loops are not.
fn walk(root: &Path, jobs: &mut Vec<Job>, cancelled: &dyn Fn() -> bool) {
    let mut builder = ignore::WalkBuilder::new(root);
    builder.parents(false).git_global(false).git_exclude(false).require_git(false).follow_links(true);
    for entry in builder.sort_by_file_path(|a, b| a.cmp(b)).build() {
        if cancelled() {
            return;
        }
        match entry {
            // A pipe, a socket or a device is queued too: it is not opened, and counts as no report.
            Ok(entry) if entry.file_type().is_some_and(|kind| !kind.is_dir()) => {
                let name = shown(entry.path().strip_prefix(root).unwrap_or(entry.path()));
                jobs.push(Job::File { path: entry.into_path(), name, named: false });
            }
            Ok(_) => {}
            Err(error) => jobs.push(Job::Lost(lost(&error, root))),
        }
    }
}

/// What a walk could not enter, by the path it is about.
fn lost(error: &ignore::Error, root: &Path) -> Problem {
    match error {
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => lost(err, root),
        ignore::Error::WithPath { path, err } => Problem { path: shown(path), ..lost(err, root) },
        ignore::Error::Loop { child, .. } => {
            Problem { path: shown(child), message: "this link leads back into a folder it stands in; its files are read once".into() }
        }
        ignore::Error::Io(error) => Problem { path: shown(root), message: say(error) },
        other => Problem { path: shown(root), message: format!("{other}; check its rules") },
    }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn read_file(path: &Path, name: &str, named: bool, policy: &Policy) -> Found {
    match read_to_bytes(path) {
        Ok(bytes) => read_bytes(name, Origin::File(path.to_owned()), bytes, named, policy),
        Err(Refusal::Irregular) if !named => Found::NoReport(name.into()),
        Err(refusal) => Found::Problem(Problem { path: name.into(), message: refusal.to_string() }),
    }
}

fn read_bytes(name: &str, origin: Origin, bytes: Vec<u8>, named: bool, policy: &Policy) -> Found {
    let problem = |message: &str| Found::Problem(Problem { path: name.into(), message: message.into() });
    match (source::is_binary(&bytes), bytes.is_empty()) {
        (false, false) => {}
        _ if !named => return Found::NoReport(name.into()),
        (_, true) => return problem("there is nothing in it; check that it was saved"),
        (true, _) => return problem("this is a binary file, not a text; save the report as text, Markdown or JSON"),
    }
    match guarded(|| resolve::read(&Source::decode(name, bytes), policy)) {
        None => problem("reading this report failed inside sevline; please report it with the file"),
        Some(reading) if reading.is_report || named => {
            let entry = |incident| Arc::new(Entry { incident, origin: origin.clone() });
            Found::Report(reading.incidents.into_iter().map(entry).collect())
        }
        Some(_) => Found::NoReport(name.into()),
    }
}

/// What `read` yields, or none when it panics: one bad report must not hide the others.
fn guarded<T>(read: impl FnOnce() -> T) -> Option<T> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).ok()
}

/// Why a file's bytes are not read.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    /// A pipe, a socket or a device.
    #[error("this is no regular file; name a file or a folder, or pipe the text to `sevline -`")]
    Irregular,
    #[error("it has {0} MiB, more than the {max} MiB that are read; split it", max = source::MAX_BYTES >> 20)]
    Large(u64),
    #[error("{}", say(.0))]
    Io(#[from] std::io::Error),
}

/// Reads a regular file of at most [`source::MAX_BYTES`]; anything else (a FIFO, a device) is not opened.
fn read_to_bytes(path: &Path) -> Result<Vec<u8>, Refusal> {
    let meta = std::fs::metadata(path)?;
    if !meta.is_file() {
        return Err(Refusal::Irregular);
    }
    if meta.len() > source::MAX_BYTES {
        return Err(Refusal::Large(meta.len() >> 20));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or(0));
    File::open(path)?.take(source::MAX_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// An I/O error with its remedy.
fn say(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder; check the path".into(),
        std::io::ErrorKind::PermissionDenied => "it may not be read; check its permissions".into(),
        _ => format!("it could not be read: {error}"),
    }
}

/// The reports that come with the program: name and text.
pub const SAMPLES: &[(&str, &str)] = &[];
