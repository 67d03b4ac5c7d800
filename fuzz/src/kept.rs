//! What is kept of reports: whatever became of the file, the reports are read as if it were not there.

use super::explorer;
use sevline::cache::Cache;
use sevline::incident::Incident;
use sevline::library::{Found, Input, Progress, load_with};
use sevline::query::{Index, Indexed};
use sevline::resolve::Policy;
use std::cell::RefCell;
use std::fs::{self, File};
use std::path::PathBuf;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime};
use tempfile::TempDir;
use xxhash_rust::xxh3::xxh3_64;

/// Small reports in several forms: each run reads all that the cache does not give.
const REPORTS: [(&str, &str); 4] = [
    ("a.txt", "Subject: Logins fail\n\nSeverity: SEV2\n\nBetween 14:04 and 14:57 UTC on 3 May 2024 customers could not log in.\n"),
    (
        "b.json",
        r#"{"page":{"name":"Acme"},"incidents":[{"id":"a","name":"Slow","impact":"major","status":"resolved","created_at":"2024-05-03T14:04:00Z","incident_updates":[{"status":"resolved","body":"ok","created_at":"2024-05-03T15:04:00Z"}]}]}"#,
    ),
    ("c.md", "# Payments down\n\n## Timeline\n\n- 2024-05-03 14:04 UTC alert\n- 14:20 restarted\n\n## Root cause\n\nA full disk.\n"),
    ("d.txt", "nobody's report"),
];

/// How large a cache may be, in bytes; one that is damaged must not pass for a larger one.
const ROOM: u64 = 1 << 20;

/// So many places are changed at most.
const MOST: usize = 16;

/// Which incident, what lists know of it, and what the report says.
type Fact = (String, Index, Incident);

struct Lab {
    _folder: TempDir,
    inputs: [Input; 1],
    cache: Cache,
    /// Where the cache keeps them, and what it has there.
    path: PathBuf,
    whole: Vec<u8>,
    /// As they are read without it.
    facts: Vec<Fact>,
}

static LAB: LazyLock<Lab> = LazyLock::new(|| {
    let folder = TempDir::new().expect("a folder");
    let reports = folder.path().join("reports");
    fs::create_dir(&reports).expect("a folder");
    for (name, text) in REPORTS {
        fs::write(reports.join(name), text).expect("a file");
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        File::options().append(true).open(reports.join(name)).and_then(|file| file.set_modified(long_ago)).expect("a file");
    }
    let cache = Cache::new(folder.path().join("cache"), ROOM);
    let inputs = [Input::Path(reports)];
    let facts = facts(&rows(&inputs, None));
    assert!(facts.len() > 2);
    assert_eq!(facts, self::facts(&rows(&inputs, Some(&cache))));
    let path = cache.anew(&inputs, &Policy::default()).path().to_owned();
    let whole = fs::read(&path).expect("it is kept");
    Lab { _folder: folder, inputs, cache, path, whole, facts }
});

fn rows(inputs: &[Input], cache: Option<&Cache>) -> Vec<Indexed> {
    let all = RefCell::new(Vec::new());
    load_with(inputs, &Policy::default(), cache, &AtomicBool::new(false), &|progress| {
        if let Progress::File(Found::Report(rows)) = progress {
            all.borrow_mut().extend(rows);
        }
    });
    all.into_inner()
}

fn facts(rows: &[Indexed]) -> Vec<Fact> {
    rows.iter().map(|row| (row.entry.source.path.clone(), (**row).clone(), row.entry.incident())).collect()
}

/// A cache of any bytes, or a real one with bytes changed, cut or joined: nothing panics, what is read is the same as
/// without it, and nothing is left over. Where somebody made the checksums fit, what was changed is believed, and still
/// nothing panics.
pub fn cache(data: &[u8]) {
    let Some((kind, rest)) = data.split_first() else { return };
    let lab = &*LAB;
    let whole = &lab.whole;
    let bytes = match kind % 4 {
        0 => rest.to_vec(),
        1 => changed(whole.clone(), rest),
        2 => sealed(parts(whole).0, &changed(parts(whole).1.to_vec(), rest)),
        _ => with_page(whole, rest),
    };
    fs::write(&lab.path, &bytes).expect("a file");
    let read = rows(&lab.inputs, Some(&lab.cache));
    if facts(&read) != lab.facts {
        assert!(kind % 4 > 1, "the cache tells something else than the reports");
        explorer::shows(read);
    }
    let left = fs::read_dir(lab.cache.folder()).expect("a folder").count();
    assert!(left <= 2, "files are left beside the cache and its lock");
}

/// Changes bytes as the input says: each step has a place, what to do there, and with what.
fn changed(mut bytes: Vec<u8>, mut steps: &[u8]) -> Vec<u8> {
    for _ in 0..MOST {
        let Some(([low, high, what, with], rest)) = steps.split_first_chunk() else { break };
        steps = rest;
        let at = usize::from(u16::from_le_bytes([*low, *high])) % (bytes.len() + 1);
        match what % 5 {
            0 => bytes.truncate(at),
            1 => bytes.insert(at, *with),
            2 => drop(bytes.drain(at..(at + usize::from(*with)).min(bytes.len()))),
            3 => bytes.extend_from_within(at..(at + usize::from(*with)).min(bytes.len())),
            _ => bytes.get_mut(at).into_iter().for_each(|byte| *byte ^= with),
        }
    }
    bytes
}

/// The place of the directory, its length and its checksum, and the mark that a cache begins and ends with.
const FOOTER: usize = 32;

/// Place, length and checksum.
type Stretch = (u64, u64, u64);

/// Build, title, files and pages, as `cache/shelf.rs` has them.
type Directory = (String, String, u64, Vec<Stretch>);

/// What stands before the directory of a cache, and the directory.
fn parts(whole: &[u8]) -> (&[u8], &[u8]) {
    let (body, footer) = whole.split_at(whole.len() - FOOTER);
    let at = footer.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
    body.split_at(at as usize)
}

/// A cache with a footer that fits.
fn sealed(body: &[u8], directory: &[u8]) -> Vec<u8> {
    let footer = [body.len() as u64, directory.len() as u64, xxh3_64(directory)].map(u64::to_le_bytes).concat();
    [body, directory, &footer, b"sevline\n"].concat()
}

/// The cache with its one page changed, and checksums that fit.
fn with_page(whole: &[u8], steps: &[u8]) -> Vec<u8> {
    let (body, directory) = parts(whole);
    let (build, title, files, pages): Directory = postcard::from_bytes(directory).expect("what was written is read");
    let (at, ..) = *pages.first().expect("there are reports");
    let (before, page) = body.split_at(at as usize);
    let page = changed(page.to_vec(), steps);
    let pages = vec![(at, page.len() as u64, xxh3_64(&page))];
    sealed(&[before, &page].concat(), &postcard::to_allocvec(&(build, title, files, pages)).expect("plain data"))
}
