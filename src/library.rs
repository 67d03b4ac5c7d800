//! Many reports: finding the files, reading them in parallel, and going back to a source.

mod entry;
mod find;
mod keep;
mod lines;
pub(crate) mod read;
mod run;
mod samples;
mod walk;
pub mod watch;

use crate::cache::Cache;
use crate::query::Indexed;
use crate::resolve::{self, Cut, Policy};
use crate::review::Cuts;
use crate::source::Source;
use find::Job;
use keep::Keeper;
use rayon::prelude::*;
use run::{Turn, run};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub use entry::{Entry, Origin};
pub use samples::SAMPLES;

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

/// A file that could not be read, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {message}")]
pub struct Problem {
    /// The file, as it is shown; with line and column where only a place in it could not be read.
    pub path: String,
    /// What went wrong and the remedy, lower case.
    pub message: String,
}

/// What a worker found.
#[derive(Debug)]
pub enum Found {
    /// The incidents of one file.
    Report(Vec<Indexed>),
    /// The incidents of one file, and why there may be more in it.
    Part(Vec<Indexed>, Problem),
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
    /// Something that a person should know of, and that costs no report.
    Notice(String),
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

impl Problem {
    /// Whether it is about the file at `path`, as that is shown.
    pub fn is_of(&self, path: &str) -> bool {
        let place =
            |rest: &str| rest.strip_prefix(':').is_some_and(|place| place.bytes().all(|byte| byte.is_ascii_digit() || byte == b':'));
        self.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || place(rest))
    }
}

impl Library {
    /// Takes in what a worker found.
    pub fn add(&mut self, found: Found) {
        match found {
            Found::Report(rows) => self.entries.extend(rows.into_iter().map(|row| row.entry)),
            Found::Part(rows, problem) => {
                self.entries.extend(rows.into_iter().map(|row| row.entry));
                self.problems.push(problem);
            }
            Found::NoReport(_) => self.no_reports += 1,
            Found::Problem(problem) => self.problems.push(problem),
        }
    }
}

/// Reads the source of an entry again.
pub fn source_of(entry: &Entry) -> Result<Source, Problem> {
    let name = entry.source.path.clone();
    match &entry.origin {
        Origin::File(path) => match read::read_to_bytes(path, entry.most_bytes()) {
            Ok(bytes) => Ok(Source::decode(name, bytes)),
            Err(refusal) => Err(Problem { path: name, message: refusal.to_string() }),
        },
        Origin::Memory(bytes) => Ok(Source::decode(name, bytes.to_vec())),
    }
}

/// The ways in which the file of an entry can be cut, with how many incidents each makes.
pub fn cuts_of(entry: &Entry) -> Result<Vec<(Cut, usize)>, Problem> {
    let source = source_of(entry)?;
    let message = "its headings could not be looked at; please report it with the file".into();
    read::guarded(|| resolve::cuts(&source)).ok_or(Problem { path: entry.source.path.clone(), message })
}

/// Whether the text that an incident was read from has each of `words`, which are in lower case. Blanks and line ends
/// count as one blank each.
pub fn source_has(entry: &Entry, words: &[String]) -> Result<Vec<bool>, Problem> {
    source_of(entry).map(|source| has(&source, entry, words))
}

fn has(source: &Source, entry: &Entry, words: &[String]) -> Vec<bool> {
    let (text, span) = (source.text(), entry.incident().extent.span);
    // A file that has changed since may be shorter.
    let own = text.get(span.start as usize..span.end as usize).unwrap_or(text).to_lowercase();
    let own = one_line(&own);
    words.iter().map(|words| memchr::memmem::find(own.as_bytes(), one_line(words).as_bytes()).is_some()).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Which entry was looked at, and whether its source has each of the words.
pub type Answer<Id> = (Id, Result<Vec<bool>, Problem>);

/// Looks for `words` in the sources of `entries`, some in parallel at a time, and tells `sink` of each batch. Stops early
/// when `cancel` is set.
pub fn search<Id: Copy + Send + Sync>(entries: &[(Id, Arc<Entry>)], words: &[String], cancel: &AtomicBool, sink: &dyn Fn(Vec<Answer<Id>>)) {
    // The incidents of one file have it read once.
    let files: Vec<_> = entries.chunk_by(|(_, one), (_, other)| one.origin == other.origin).collect();
    for batch in files.chunks(rayon::current_num_threads().max(1) * 16) {
        if cancel.load(Ordering::Relaxed) {
            return;
        }
        sink(batch.par_iter().flat_map_iter(|file| search_file(file, words)).collect());
    }
}

/// Looks for `words` in the sources of `entries`, which are of one file.
pub fn search_file<Id: Copy>(entries: &[(Id, Arc<Entry>)], words: &[String]) -> Vec<Answer<Id>> {
    let Some(source) = entries.first().map(|(_, entry)| source_of(entry)) else { return Vec::new() };
    let answer = |entry| source.as_ref().map(|source| has(source, entry, words)).map_err(Problem::clone);
    entries.iter().map(|(id, entry)| (*id, answer(entry))).collect()
}

/// Reads all `inputs` and waits for the end.
pub fn load(inputs: &[Input], policy: &Policy) -> Library {
    let (sender, receiver) = std::sync::mpsc::channel();
    load_with(inputs, policy, None, &AtomicBool::new(false), &|progress| {
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

/// Reads all `inputs`, many files in parallel, and tells `sink` of each file in the order of the inputs and of the
/// paths in a folder, so that what is printed does not depend on which worker was first. What `cache` keeps is not read
/// again, and what is read is kept. Stops early when `cancel` is set. A report that makes a reader panic becomes a
/// [`Problem`].
pub fn load_with(inputs: &[Input], policy: &Policy, cache: Option<&Cache>, cancel: &AtomicBool, sink: &dyn Fn(Progress)) {
    load_cut(inputs, policy, &Cuts::default(), cache, cancel, sink);
}

/// The same where a reviewer says how some files are cut.
pub fn load_cut(inputs: &[Input], policy: &Policy, cuts: &Cuts, cache: Option<&Cache>, cancel: &AtomicBool, sink: &dyn Fn(Progress)) {
    let (jobs, keeper) = open(inputs, policy, cuts, cache, cancel, sink);
    let trouble = run(&jobs, policy, keeper, Turn::Path, cancel, &mut |_, found| sink(Progress::File(found)));
    trouble.into_iter().for_each(|why| sink(Progress::Notice(why)));
}

/// The files that `inputs` mean, and what `cache` keeps of them.
fn open<'a>(
    inputs: &[Input],
    policy: &Policy,
    cuts: &Cuts,
    cache: Option<&'a Cache>,
    cancel: &AtomicBool,
    sink: &dyn Fn(Progress),
) -> (Vec<Job>, Option<Keeper<'a>>) {
    // Folders are walked while the cache is read.
    let (jobs, shelf) = std::thread::scope(|scope| {
        let shelf = scope.spawn(|| cache.map(|cache| cache.open(inputs, policy)));
        (queue(inputs, cuts, cancel, sink), shelf.join().ok().flatten())
    });
    let keeper = cache.zip(shelf).map(|(cache, (shelf, notice))| {
        notice.into_iter().for_each(|notice| sink(Progress::Notice(notice)));
        Keeper::new(cache, shelf, &jobs)
    });
    (jobs, keeper)
}

/// The files that `inputs` mean, as they are now and cut as `cuts` say; tells `sink` how many each of them has.
fn queue(inputs: &[Input], cuts: &Cuts, cancel: &AtomicBool, sink: &dyn Fn(Progress)) -> Vec<Job> {
    let cancelled = || cancel.load(Ordering::Relaxed);
    let mut jobs = Vec::new();
    for (number, input) in inputs.iter().enumerate() {
        let before = jobs.len();
        find::queue(number, input, &mut jobs, &cancelled);
        sink(Progress::Queued(jobs.len() - before));
    }
    find::note_cuts(&mut jobs, cuts);
    jobs.par_iter_mut().with_min_len(64).filter(|_| !cancelled()).for_each(Job::look);
    jobs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_in_the_order_of_paths_until_cancelled() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("b")).unwrap();
        for name in ["b/z.txt", "b.txt", "a.txt", "c.txt"] {
            std::fs::write(folder.path().join(name), "\0").unwrap();
        }
        let inputs = [Input::Path(folder.path().into()), Input::Path("gone".into())];
        let seen = |stop_after: usize| {
            let (seen, cancel) = (std::cell::RefCell::new(Vec::new()), AtomicBool::new(false));
            load_with(&inputs, &Policy::default(), None, &cancel, &|progress| {
                let mut seen = seen.borrow_mut();
                match progress {
                    Progress::File(Found::NoReport(name)) => seen.push(name),
                    Progress::File(Found::Problem(problem)) => seen.push(problem.path),
                    Progress::File(Found::Report(_) | Found::Part(..)) | Progress::Queued(_) | Progress::Notice(_) => {}
                }
                cancel.store(seen.len() >= stop_after, Ordering::Relaxed);
            });
            seen.into_inner()
        };
        assert_eq!(seen(9), ["a.txt", "b/z.txt", "b.txt", "c.txt", "gone"]);
        assert_eq!(seen(2), ["a.txt", "b/z.txt"]);
    }
}
