//! Files that change, appear or go while they are looked at: found again by what a folder tells of them, and read anew once
//! they are quiet.

use super::find::Job;
use super::keep::Keeper;
use super::run::{Turn, run};
use super::{Found, Input, Progress, open, queue};
use crate::cache::{Cache, Stamp};
use crate::resolve::{Cut, Policy};
use crate::review::Cuts;
use std::collections::{BTreeSet, HashMap};
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// So many looks in a row have to find a file the same before it is read: it may be half written.
const QUIET: u32 = 2;

/// So many, where what was a report is none any more: it may be written in parts with pauses.
const PATIENT: u32 = 4;

/// What a file turned out to be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Outcome {
    /// It is not there.
    #[default]
    Absent,
    /// A report.
    Report,
    /// No report.
    NoReport,
    /// It could not be read.
    Problem,
}

impl From<&Found> for Outcome {
    fn from(found: &Found) -> Self {
        match found {
            Found::Report(_) | Found::Part(..) => Outcome::Report,
            Found::NoReport(_) => Outcome::NoReport,
            Found::Problem(_) => Outcome::Problem,
        }
    }
}

/// A file that was read again.
#[derive(Debug)]
pub struct Reread {
    /// The file.
    pub path: PathBuf,
    /// What it was before.
    pub was: Outcome,
    /// What was found; none where it is gone.
    pub found: Option<Found>,
}

/// What is known of one file.
#[derive(Debug, Default)]
struct File {
    /// When it was read last.
    stamp: Option<Stamp>,
    /// How it was cut by hand then.
    cut: Option<Cut>,
    was: Outcome,
    /// What it was like in the last looks, and in how many of them, since it is another than when it was read.
    seen: Option<(Option<Stamp>, u32)>,
    /// Whether the last look came upon it.
    met: bool,
}

/// The files that inputs mean, as they were when they were read.
#[derive(Debug)]
pub struct Watch {
    inputs: Vec<Input>,
    policy: Policy,
    cache: Option<Cache>,
    cuts: Cuts,
    files: HashMap<PathBuf, File>,
}

impl Watch {
    /// Nothing read yet, except for what is in the cache.
    pub fn new(inputs: Vec<Input>, policy: Policy, cache: Option<Cache>) -> Self {
        Self { inputs, policy, cache, cuts: Cuts::default(), files: HashMap::new() }
    }

    /// The same with files that are cut by hand.
    pub fn cut(self, cuts: Cuts) -> Self {
        Self { cuts, ..self }
    }

    /// The files and folders that can change: the inputs, and what links in them lead to.
    pub fn paths(&self) -> Vec<PathBuf> {
        let mut paths: Vec<PathBuf> =
            self.inputs.iter().filter_map(|input| if let Input::Path(path) = input { Some(path.clone()) } else { None }).collect();
        let folder = |path: &PathBuf| if path.is_dir() { Some(path.clone()) } else { path.parent().map(Path::to_owned) };
        let whole = |folder: PathBuf| if folder.as_os_str().is_empty() { Path::new(".").canonicalize() } else { folder.canonicalize() };
        let roots: BTreeSet<PathBuf> = paths.iter().filter_map(folder).filter_map(|folder| whole(folder).ok()).collect();
        let folders: BTreeSet<&Path> = self.files.keys().filter_map(|path| path.parent()).collect();
        let folders: BTreeSet<PathBuf> = folders.into_iter().filter_map(|folder| whole(folder.to_owned()).ok()).collect();
        let outside = folders.into_iter().filter(|folder| !roots.iter().any(|root| folder.starts_with(root)));
        // By path, a folder comes before those in it.
        for folder in outside {
            if !paths.last().is_some_and(|last| folder.starts_with(last)) {
                paths.push(folder);
            }
        }
        paths
    }

    /// Whether a file is waited for until it is quiet.
    pub fn is_waiting(&self) -> bool {
        self.files.values().any(|file| file.seen.is_some())
    }

    /// Reads everything for the first time, as [`super::load_with`] does, but so that none waits for a slow one.
    pub fn load(&mut self, cancel: &AtomicBool, sink: &dyn Fn(Progress)) {
        let (jobs, keeper) = open(&self.inputs, &self.policy, &self.cuts, self.cache.as_ref(), cancel, sink);
        let files = &mut self.files;
        let trouble = run(&jobs, &self.policy, keeper, Turn::Soon, cancel, &mut |job, found| {
            if let Job::File { path, stamp, cut, .. } = job {
                files.insert(path.clone(), File { stamp: *stamp, cut: *cut, was: Outcome::from(&found), ..File::default() });
            }
            sink(Progress::File(found));
        });
        trouble.into_iter().for_each(|why| sink(Progress::Notice(why)));
    }

    /// Looks at all files, and reads those that are others than when they were read, and quiet since. The cache keeps what it
    /// had of them, which their stamps do not fit any more.
    pub fn look(&mut self, cancel: &AtomicBool) -> Vec<Reread> {
        let due = |file: &mut File, now, _| {
            let looks = match file.seen.take() {
                _ if file.met && file.stamp == now && file.was != Outcome::Absent => return false,
                Some((seen, looks)) if seen == now => looks + 1,
                _ => 1,
            };
            file.seen = Some((now, looks));
            looks >= QUIET
        };
        self.read(cancel, due, None).0
    }

    /// Reads all files again, whatever they look like and the cache keeps, and keeps that instead; answers also with why it
    /// could not be kept.
    pub fn again(&mut self, cancel: &AtomicBool) -> (Vec<Reread>, Option<String>) {
        let due = |file: &mut File, now, _| {
            file.seen = Some((now, PATIENT));
            true
        };
        let cache = self.cache.clone();
        self.read(cancel, due, cache.as_ref())
    }

    /// Takes over how files are cut, and reads those again that are cut otherwise now.
    pub fn recut(&mut self, cuts: Cuts, cancel: &AtomicBool) -> Vec<Reread> {
        self.cuts = cuts;
        let due = |file: &mut File, now, cut| {
            let other = file.cut != cut && file.was != Outcome::Absent;
            if other {
                file.seen = Some((now, PATIENT));
            }
            other
        };
        self.read(cancel, due, None).0
    }

    /// Reads the files that are `due`, by what they are like now, and keeps them alone in `cache`.
    fn read(
        &mut self,
        cancel: &AtomicBool,
        due: impl Fn(&mut File, Option<Stamp>, Option<Cut>) -> bool,
        cache: Option<&Cache>,
    ) -> (Vec<Reread>, Option<String>) {
        let mut jobs = queue(&self.inputs, &self.cuts, cancel, &|_| ());
        if cancel.load(Ordering::Relaxed) {
            return (Vec::new(), None);
        }
        jobs.retain(|job| {
            let Job::File { path, .. } = job else { return false };
            let file = self.files.entry(path.clone()).or_default();
            file.met = true;
            due(file, job.stamp(), job.cut())
        });
        let mut changed = Vec::new();
        let files = &mut self.files;
        let keeper = cache.map(|cache| Keeper::new(cache, cache.anew(&self.inputs, &self.policy), &jobs));
        let trouble = run(&jobs, &self.policy, keeper, Turn::Path, cancel, &mut |job, found| {
            let Job::File { path, .. } = job else { return };
            let Some(file) = files.get_mut(path) else { return };
            let (now, looks) = (Outcome::from(&found), file.seen.map_or(0, |(_, looks)| looks));
            if file.was == Outcome::Report && now != Outcome::Report && looks < PATIENT {
                return;
            }
            // Written once more while it was read: the next looks will tell.
            (file.stamp, file.cut, file.seen) = (job.stamp(), job.cut(), None);
            let was = mem::replace(&mut file.was, now);
            changed.push(Reread { path: path.clone(), was, found: Some(found) });
        });
        // Files that no input means any more are as good as not there.
        files.retain(|path, file| {
            let cut = file.cut;
            let gone = !file.met && due(file, None, cut);
            file.met = false;
            if gone && file.was != Outcome::Absent {
                changed.push(Reread { path: path.clone(), was: file.was, found: None });
            }
            !gone
        });
        (changed, trouble)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const REPORT: &str = "Checkout was slow\n\nIncident Report for Example\n\nResolved\nFrom 9:05 UTC to 9:45 UTC customers saw errors.\n\
                          Posted Jun 11, 2025 - 9:50 UTC\n";

    struct Folder {
        folder: tempfile::TempDir,
        watch: Watch,
    }

    impl Folder {
        fn new(names: &[&str]) -> Self {
            let folder = tempfile::tempdir().unwrap();
            names.iter().for_each(|name| fs::write(folder.path().join(name), REPORT).unwrap());
            let mut watch = Watch::new(vec![Input::Path(folder.path().into())], Policy::default(), None);
            watch.load(&AtomicBool::new(false), &|_| ());
            Self { folder, watch }
        }

        fn write(&self, name: &str, text: &str) {
            fs::write(self.folder.path().join(name), text).unwrap();
        }

        /// The names of what a look reads again, with what it was and is.
        fn look(&mut self) -> Vec<(String, Outcome, Outcome)> {
            told(self.watch.look(&AtomicBool::new(false)))
        }
    }

    fn told(changed: Vec<Reread>) -> Vec<(String, Outcome, Outcome)> {
        let name = |path: PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
        let now = |found: Option<Found>| found.as_ref().map_or(Outcome::Absent, Outcome::from);
        changed.into_iter().map(|reread| (name(reread.path), reread.was, now(reread.found))).collect()
    }

    #[test]
    fn what_nobody_touches_is_not_read_again_unless_asked_for() {
        let mut folder = Folder::new(&["a.txt", "b.txt"]);
        folder.write("notes.bin", "\0");
        assert!(folder.look().is_empty() && folder.watch.is_waiting());
        assert_eq!(folder.look(), [("notes.bin".into(), Outcome::Absent, Outcome::NoReport)]);
        assert!(folder.look().is_empty() && !folder.watch.is_waiting());
        assert_eq!(folder.watch.again(&AtomicBool::new(false)).0.len(), 3);
    }

    #[test]
    fn a_file_is_read_once_it_is_quiet() {
        let mut folder = Folder::new(&["a.txt", "b.txt"]);
        folder.write("a.txt", &REPORT.replace("9:45", "10:00"));
        assert!(folder.look().is_empty());
        folder.write("a.txt", &REPORT.replace("9:45", "10:00 or 10:15"));
        assert!(folder.look().is_empty());
        assert_eq!(folder.look(), [("a.txt".into(), Outcome::Report, Outcome::Report)]);
        assert!(folder.look().is_empty());
    }

    #[test]
    fn a_report_that_is_cut_off_has_more_time() {
        let mut folder = Folder::new(&["a.txt"]);
        folder.write("a.txt", "");
        assert!((0..3).all(|_| folder.look().is_empty()));
        assert_eq!(folder.look(), [("a.txt".into(), Outcome::Report, Outcome::NoReport)]);
        folder.write("a.txt", REPORT);
        assert!(folder.look().is_empty());
        assert_eq!(folder.look(), [("a.txt".into(), Outcome::NoReport, Outcome::Report)]);
    }

    #[test]
    fn files_come_and_go() {
        let mut folder = Folder::new(&["a.txt"]);
        fs::rename(folder.folder.path().join("a.txt"), folder.folder.path().join("b.txt")).unwrap();
        assert!(folder.look().is_empty());
        let changed = folder.look();
        assert_eq!(changed, [("b.txt".into(), Outcome::Absent, Outcome::Report), ("a.txt".into(), Outcome::Report, Outcome::Absent)]);
    }

    #[test]
    fn a_file_that_is_named_is_missed_and_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        let mut watch = Watch::new(vec![Input::Path(path.clone()), Input::Samples], Policy::default(), None);
        let cancel = AtomicBool::new(false);
        watch.load(&cancel, &|_| ());
        assert!(watch.look(&cancel).is_empty() && watch.look(&cancel).is_empty());
        fs::write(&path, REPORT).unwrap();
        let twice = |watch: &mut Watch| told(watch.look(&cancel).into_iter().chain(watch.look(&cancel)).collect());
        assert_eq!(twice(&mut watch), [("a.txt".into(), Outcome::Problem, Outcome::Report)]);
        fs::remove_file(&path).unwrap();
        assert!(twice(&mut watch).is_empty());
        assert_eq!(twice(&mut watch), [("a.txt".into(), Outcome::Report, Outcome::Problem)]);
        // What takes the place of the file is read instead of it.
        fs::create_dir(&path).unwrap();
        fs::write(path.join("inside.txt"), REPORT).unwrap();
        let changed = twice(&mut watch);
        assert_eq!(changed, [("inside.txt".into(), Outcome::Absent, Outcome::Report), ("a.txt".into(), Outcome::Problem, Outcome::Absent)]);
    }
}
