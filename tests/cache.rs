//! What is kept of a library: the same as reading it again, never trusted, and nobody's loss.

#![allow(clippy::unwrap_used, clippy::panic)]

use sevline::cache::Cache;
use sevline::library::watch::{Outcome, Watch};
use sevline::library::{Found, Input, Progress, load_cut, load_with};
use sevline::query::Indexed;
use sevline::resolve::{Cut, Policy};
use sevline::review::Cuts;
use std::cell::RefCell;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

const ROOM: u64 = 1 << 26;

/// A library of reports in every form that the tests have, and a place for its cache.
struct Lab {
    folder: TempDir,
    cache: Cache,
}

/// What a run told.
#[derive(Default)]
struct Told {
    rows: Vec<Indexed>,
    no_reports: usize,
    notices: Vec<String>,
}

impl Lab {
    fn new(limit: u64) -> Self {
        let folder = TempDir::new().unwrap();
        let cache = Cache::new(folder.path().join("cache"), limit);
        let lab = Self { folder, cache };
        copy(Path::new("tests/reports"), &lab.reports());
        lab
    }

    fn reports(&self) -> PathBuf {
        self.folder.path().join("reports")
    }

    fn write(&self, name: &str, text: &str) {
        write(&self.reports().join(name), text.as_bytes());
    }

    /// Gives a file another text of the same size, and the time of change it had.
    fn change_unseen(&self, name: &str, text: &str) {
        let path = self.reports().join(name);
        let changed = fs::metadata(&path).unwrap().modified().unwrap();
        fs::write(&path, text).unwrap();
        File::options().append(true).open(&path).unwrap().set_modified(changed).unwrap();
    }

    /// The reports, watched, and read once.
    fn watch(&self) -> Watch {
        let mut watch = Watch::new(vec![Input::Path(self.reports())], Policy::default(), Some(self.cache.clone()));
        watch.load(&AtomicBool::new(false), &|progress| assert!(!matches!(progress, Progress::Notice(_)), "{progress:?}"));
        watch
    }

    fn read(&self) -> Told {
        self.read_until(usize::MAX)
    }

    /// Stops once that many files are read.
    fn read_until(&self, stop: usize) -> Told {
        let (told, cancel) = (RefCell::new((Told::default(), 0)), AtomicBool::new(false));
        load_with(&[Input::Path(self.reports())], &Policy::default(), Some(&self.cache), &cancel, &|progress| {
            let (told, files) = &mut *told.borrow_mut();
            *files += usize::from(matches!(progress, Progress::File(_)));
            match progress {
                Progress::File(Found::Report(rows)) => told.rows.extend(rows),
                Progress::File(Found::NoReport(_)) => told.no_reports += 1,
                Progress::File(Found::Problem(problem) | Found::Part(_, problem)) => panic!("{problem}"),
                Progress::Notice(notice) => told.notices.push(notice),
                Progress::Queued(_) => {}
            }
            cancel.store(*files >= stop, Ordering::Relaxed);
        });
        told.into_inner().0
    }

    /// The one file of the cache.
    fn file(&self) -> PathBuf {
        let files = fs::read_dir(self.cache.folder()).unwrap().map(|entry| entry.unwrap().path());
        let mut files = files.filter(|path| path.extension().is_some_and(|ending| ending == "cache"));
        let file = files.next().unwrap();
        assert_eq!(files.next(), None);
        file
    }
}

/// Writes a file that was changed long ago.
fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
    File::options().append(true).open(path).unwrap().set_modified(SystemTime::now() - Duration::from_secs(3600)).unwrap();
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &to) } else { write(&to, &fs::read(&path).unwrap()) }
    }
}

/// A report of that hour.
fn report(clock: &str) -> String {
    format!(
        "Booking slow\nIncident Report for Example\n\nResolved\n\nThe outage began at {clock} UTC on May 3, 2024 and ended at 14:00 UTC.\nPosted May 3, 2024 - 15:00 UTC\n"
    )
}

/// The hours of the reports that a test has written, whose names are short.
fn hours(told: &Told) -> Vec<String> {
    let own = told.rows.iter().filter(|row| row.entry.source.path.len() == 5);
    own.map(|row| row.start.unwrap().format("%H:%M").to_string()).collect()
}

/// All that is known of the incidents.
fn facts(told: &Told) -> Vec<String> {
    let row = |row: &Indexed| format!("{:?}\n{:?}\n{:?}", **row, row.entry.source, row.entry.incident());
    told.rows.iter().map(row).collect()
}

#[test]
fn what_is_kept_is_what_was_read() {
    let lab = Lab::new(ROOM);
    let (first, second) = (lab.read(), lab.read());
    assert!(first.rows.len() > 50 && first.notices.is_empty() && second.notices.is_empty());
    assert_eq!((facts(&first), first.no_reports), (facts(&second), second.no_reports));
    // Facts that stand in the file that was replaced can still be looked at.
    lab.write("new.txt", &report("10:00"));
    let third = lab.read();
    assert_eq!(facts(&second), facts(&first));
    assert_eq!(third.rows.len(), first.rows.len() + 1);
}

#[test]
fn nothing_is_served_that_was_cut_otherwise() {
    let lab = Lab::new(ROOM);
    let part = |title: &str, day: u32| format!("## {title}\n\nFrom 11:05 UTC to 11:45 UTC on {day} May 2024 customers saw errors.\n\n");
    lab.write("cut.md", &format!("# May\n\n{}{}", part("One", 3), part("Two", 9)));
    let path = lab.reports().join("cut.md");
    let read = |cut: Option<Cut>| {
        let mut cuts = Cuts::default();
        cuts.set(&path.to_string_lossy(), cut);
        let rows = RefCell::new(Vec::new());
        load_cut(&[Input::Path(lab.reports())], &Policy::default(), &cuts, Some(&lab.cache), &AtomicBool::new(false), &|progress| {
            if let Progress::File(Found::Report(read)) = progress {
                rows.borrow_mut().extend(read.into_iter().filter(|row| row.entry.source.path == "cut.md"));
            }
        });
        let rows = rows.into_inner();
        rows.iter().map(|row| format!("{} of {}, {:?}", row.name(), row.entry.siblings(), row.entry.cut())).collect::<Vec<_>>()
    };
    let two = ["One of 2, Level(2)", "Two of 2, Level(2)"];
    for _ in 0..2 {
        assert_eq!(read(None), ["May of 1, AsTold"]);
        assert_eq!(read(Some(Cut::Level(2))), two);
        assert_eq!(read(Some(Cut::Level(2))), two);
        assert_eq!(read(Some(Cut::Whole)), ["May of 1, Whole"]);
    }
    // Facts that are damaged in the cache are read again as the file was cut.
    assert_eq!(read(Some(Cut::Level(2))), two);
}

#[test]
fn only_what_changed_is_read_again() {
    let lab = Lab::new(ROOM);
    lab.write("a.txt", &report("10:00"));
    lab.write("b.txt", &report("11:00"));
    assert_eq!(hours(&lab.read()), ["10:00", "11:00"]);
    // Of the same size and time: what is shown is what was read before.
    lab.write("a.txt", &report("12:00"));
    lab.change_unseen("b.txt", &report("13:00"));
    let told = lab.read();
    assert_eq!(hours(&told), ["12:00", "11:00"]);
    assert!(told.rows.iter().all(|row| !row.entry.has_changed()));
    lab.write("a.txt", "nothing");
    assert!(told.rows.iter().any(|row| row.entry.has_changed()));
    fs::remove_file(lab.reports().join("a.txt")).unwrap();
    assert_eq!(hours(&lab.read()), ["11:00"]);
}

#[test]
fn what_a_watcher_reads_again_is_not_taken_from_the_cache() {
    let lab = Lab::new(ROOM);
    lab.write("a.txt", &report("10:00"));
    lab.write("b.txt", &report("11:00"));
    lab.read();
    let (mut watch, cancel) = (lab.watch(), AtomicBool::new(false));
    assert!(watch.look(&cancel).is_empty() && !watch.is_waiting());
    lab.write("a.txt", &report("12:00"));
    let mut changed = watch.look(&cancel);
    changed.extend(watch.look(&cancel));
    let [changed] = changed.as_slice() else { panic!("{changed:?}") };
    assert!(changed.path.ends_with("a.txt") && changed.was == Outcome::Report);
    let Some(Found::Report(rows)) = &changed.found else { panic!("{changed:?}") };
    let next = lab.read();
    assert_eq!(rows[0].entry.incident(), next.rows.iter().find(|row| row.entry.source.path == "a.txt").unwrap().entry.incident());
    assert!(!rows[0].entry.has_changed());
    assert_eq!(hours(&next)[1], "11:00");
}

#[test]
fn what_somebody_has_read_again_takes_the_place_of_what_is_kept() {
    let lab = Lab::new(ROOM);
    lab.write("a.txt", &report("10:00"));
    lab.write("b.txt", &report("11:00"));
    let (mut watch, cancel) = (lab.watch(), AtomicBool::new(false));
    lab.change_unseen("a.txt", &report("12:00"));
    fs::remove_file(lab.reports().join("b.txt")).unwrap();
    assert_eq!(hours(&lab.read()), ["10:00"]);
    let (all, trouble) = watch.again(&cancel);
    assert_eq!((all.iter().filter(|reread| reread.found.is_none()).count(), trouble), (1, None));
    assert_eq!(hours(&lab.read()), ["12:00"]);
}

#[test]
fn it_does_not_matter_how_the_folder_is_named() {
    let lab = Lab::new(ROOM);
    let expected = facts(&lab.read());
    let file = fs::metadata(lab.file()).unwrap().modified().unwrap();
    let size = fs::metadata(lab.file()).unwrap().len();
    let input = lab.reports().join(".");
    let seen = RefCell::new(Vec::new());
    load_with(&[Input::Path(input)], &Policy::default(), Some(&lab.cache), &AtomicBool::new(false), &|progress| {
        if let Progress::File(Found::Report(rows)) = progress {
            seen.borrow_mut().extend(rows);
        }
    });
    assert_eq!(facts(&Told { rows: seen.into_inner(), ..Told::default() }), expected);
    let meta = fs::metadata(lab.file()).unwrap();
    assert!(meta.len() == size && meta.modified().unwrap() >= file, "used, and not written anew");
}

#[test]
fn a_file_that_was_changed_just_now_is_not_kept() {
    let lab = Lab::new(ROOM);
    let path = lab.reports().join("a.txt");
    fs::write(&path, report("10:00")).unwrap();
    let changed = fs::metadata(&path).unwrap().modified().unwrap();
    lab.read();
    fs::write(&path, report("12:00")).unwrap();
    File::options().append(true).open(&path).unwrap().set_modified(changed).unwrap();
    let told = lab.read();
    let row = told.rows.iter().find(|row| row.entry.source.path == "a.txt").unwrap();
    assert_eq!(row.start.unwrap().format("%H:%M").to_string(), "12:00");
}

#[test]
fn damage_costs_time_and_nothing_else() {
    let lab = Lab::new(ROOM);
    let expected = facts(&lab.read());
    let whole = fs::read(lab.file()).unwrap();
    let (mut told, mut looked_at) = (0, 0);
    let spoilt = (0..40).map(|at| {
        let mut bytes = whole.clone();
        let place = whole.len() * at / 40;
        bytes[place] ^= 0x55;
        bytes
    });
    let cut = [0, 1, 7, 8, 31, 33, whole.len() / 2, whole.len() - 1].map(|length| whole[..length].to_vec());
    let grown = [whole.clone(), vec![0; 100]].concat();
    let huge = [&whole[..whole.len() - 32], &[0xff; 24], b"sevline\n"].concat();
    for bytes in spoilt.chain(cut).chain([grown, huge]) {
        fs::write(lab.file(), bytes).unwrap();
        let read = lab.read();
        told += usize::from(!read.notices.is_empty());
        looked_at += 1;
        assert_eq!(facts(&read), expected);
    }
    assert!(told * 4 > looked_at, "{told} of {looked_at}");
}

#[test]
fn what_another_version_has_read_is_read_again() {
    let lab = Lab::new(ROOM);
    let expected = facts(&lab.read());
    let mut bytes = fs::read(lab.file()).unwrap();
    let footer = bytes.len() - 32;
    let number = |bytes: &[u8], at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap()) as usize;
    let (at, length) = (number(&bytes, footer), number(&bytes, footer + 8));
    // The first letter of the version, behind its length.
    bytes[at + 1] ^= 1;
    let check = xxhash_rust::xxh3::xxh3_64(&bytes[at..at + length]).to_le_bytes();
    bytes[footer + 16..footer + 24].copy_from_slice(&check);
    fs::write(lab.file(), bytes).unwrap();
    let told = lab.read();
    assert!(told.notices[0].contains("another version"), "{:?}", told.notices);
    assert_eq!(facts(&told), expected);
    assert!(lab.read().notices.is_empty());
}

#[test]
fn runs_at_once_agree_and_leave_one_whole_file() {
    let lab = Lab::new(ROOM);
    let told: Vec<_> = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..4).map(|_| scope.spawn(|| facts(&lab.read()))).collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    assert!(told.iter().all(|facts| *facts == told[0]));
    let size = fs::metadata(lab.file()).unwrap().len();
    // A run that is left early does not take the place of one that kept more.
    lab.write("00.txt", &report("10:00"));
    lab.read_until(1);
    assert_eq!(fs::metadata(lab.file()).unwrap().len(), size);
    assert!(lab.read().notices.is_empty());
}

#[test]
fn what_was_read_before_leaving_is_kept() {
    let lab = Lab::new(ROOM);
    lab.read_until(40);
    let partly = fs::metadata(lab.file()).unwrap().len();
    let rest = lab.read();
    assert!(partly > 1000 && partly < fs::metadata(lab.file()).unwrap().len());
    assert_eq!(facts(&rest), facts(&lab.read()));
}

#[test]
fn there_is_no_more_than_fits() {
    let lab = Lab::new(5000);
    let told = lab.read();
    assert!(told.notices[0].contains("limit-mib"), "{:?}", told.notices);
    assert_eq!(lab.cache.size(), 0);
    // The rows of the batch that did not fit are whole all the same.
    assert_eq!(facts(&told), facts(&lab.read()));
    let lab = Lab::new(ROOM);
    lab.read();
    let old = lab.cache.folder().join("0.cache");
    write(&old, &vec![0; 1 << 20]);
    Cache::new(lab.cache.folder().into(), lab.cache.size() - 1).tidy();
    assert!(!old.exists() && lab.file().exists());
}

#[test]
fn a_folder_that_cannot_be_written_to_is_told_and_costs_nothing() {
    let mut lab = Lab::new(ROOM);
    let expected = facts(&lab.read());
    let blocked = lab.folder.path().join("blocked");
    fs::write(&blocked, "").unwrap();
    lab.cache = Cache::new(blocked.join("cache"), ROOM);
    let told = lab.read();
    assert!(told.notices.iter().any(|notice| notice.contains("not kept")), "{:?}", told.notices);
    assert_eq!(facts(&told), expected);
}
