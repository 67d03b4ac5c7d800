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
    /// In the order of their paths and places in the file.
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

    /// Puts the entries into the order of paths and places, which does not depend on which worker was first.
    pub fn sort(&mut self) {
        let key = |entry: &Arc<Entry>| (entry.incident.source.path.clone(), entry.incident.source.index);
        self.entries.sort_by_cached_key(key);
        self.problems.sort_by(|a, b| a.path.cmp(&b.path));
    }
}

/// Reads the source of an entry again.
pub fn source_of(entry: &Entry) -> Result<Source, Problem> {
    let name = entry.incident.source.path.clone();
    match &entry.origin {
        Origin::File(path) => open(path, name),
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
    library.sort();
    library
}

/// Reads all `inputs` in parallel, telling `sink` of each file as it is done (from any thread); stops early when
/// `cancel` is set. A report that makes a reader panic becomes a [`Problem`].
pub fn load_with(inputs: &[Input], policy: &Policy, cancel: &AtomicBool, sink: &(dyn Fn(Progress) + Sync)) {
    for input in inputs {
        match input {
            Input::Stdin(bytes) => {
                sink(Progress::Queued(1));
                let bytes: Arc<[u8]> = bytes.as_slice().into();
                sink(Progress::File(read_bytes("-".into(), Origin::Memory(bytes.clone()), bytes.to_vec(), true, policy)));
            }
            Input::Samples => {
                sink(Progress::Queued(SAMPLES.len()));
                for (name, text) in SAMPLES {
                    let bytes: Arc<[u8]> = text.as_bytes().into();
                    sink(Progress::File(read_bytes((*name).into(), Origin::Memory(bytes.clone()), bytes.to_vec(), true, policy)));
                }
            }
            Input::Path(path) if path.is_dir() => walk(path, policy, cancel, sink),
            Input::Path(path) => {
                sink(Progress::Queued(1));
                sink(Progress::File(read_file(path, path.to_string_lossy().into_owned(), true, policy)));
            }
        }
    }
}

fn walk(root: &Path, policy: &Policy, cancel: &AtomicBool, sink: &(dyn Fn(Progress) + Sync)) {
    let mut files = Vec::new();
    for entry in ignore::WalkBuilder::new(root).sort_by_file_path(|a, b| a.cmp(b)).build() {
        if cancel.load(Ordering::Relaxed) {
            return;
        }
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => files.push(entry.into_path()),
            Ok(_) => {}
            Err(error) => {
                let path = root.to_string_lossy().into_owned();
                sink(Progress::File(Found::Problem(Problem { path, message: format!("{error}; check that it may be read") })));
            }
        }
    }
    sink(Progress::Queued(files.len()));
    files.par_iter().for_each(|path| {
        if !cancel.load(Ordering::Relaxed) {
            let name = path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned();
            sink(Progress::File(read_file(path, name, false, policy)));
        }
    });
}

fn read_file(path: &Path, name: String, named: bool, policy: &Policy) -> Found {
    match read_to_bytes(path) {
        Ok(bytes) if !named && source::is_binary(&bytes) => Found::NoReport(name),
        Ok(bytes) => read_bytes(name, Origin::File(path.to_owned()), bytes, named, policy),
        Err(message) => Found::Problem(Problem { path: name, message }),
    }
}

fn read_bytes(name: String, origin: Origin, bytes: Vec<u8>, named: bool, policy: &Policy) -> Found {
    let problem = |message: &str| Found::Problem(Problem { path: name.clone(), message: message.into() });
    if bytes.is_empty() {
        return if named { problem("the file is empty") } else { Found::NoReport(name) };
    }
    if source::is_binary(&bytes) {
        return problem("this is a binary file, not a text; save the report as text, Markdown or JSON");
    }
    let reading = std::panic::catch_unwind(|| resolve::read(&Source::decode(name.clone(), bytes), policy));
    match reading {
        Err(_) => problem("reading this report failed inside sevline; please report it with the file"),
        Ok(reading) if reading.is_report || named => {
            let entry = |incident| Arc::new(Entry { incident, origin: origin.clone() });
            Found::Report(reading.incidents.into_iter().map(entry).collect())
        }
        Ok(_) => Found::NoReport(name),
    }
}

fn open(path: &Path, name: String) -> Result<Source, Problem> {
    match read_to_bytes(path) {
        Ok(bytes) => Ok(Source::decode(name, bytes)),
        Err(message) => Err(Problem { path: name, message }),
    }
}

/// Reads a regular file of at most [`source::MAX_BYTES`]; anything else (a FIFO, a device) is not opened.
fn read_to_bytes(path: &Path) -> Result<Vec<u8>, String> {
    let say = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder; check the path".to_owned(),
        std::io::ErrorKind::PermissionDenied => "it may not be read; check its permissions".to_owned(),
        _ => format!("it could not be read: {error}"),
    };
    let meta = std::fs::metadata(path).map_err(say)?;
    if !meta.is_file() {
        return Err("this is no regular file; name a file or a folder".into());
    }
    if meta.len() > source::MAX_BYTES {
        let (size, limit) = (meta.len() >> 20, source::MAX_BYTES >> 20);
        return Err(format!("it has {size} MiB, more than the {limit} MiB that are read; split it"));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or(0));
    File::open(path).and_then(|file| file.take(source::MAX_BYTES).read_to_end(&mut bytes)).map_err(say)?;
    Ok(bytes)
}

/// The reports that come with the program: name and text.
pub const SAMPLES: &[(&str, &str)] = &[];
