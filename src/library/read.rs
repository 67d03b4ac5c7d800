//! One file to incidents, or to the reason why not.

use super::{Found, Origin, Problem, lines};
use crate::cache::Stamp;
use crate::format;
use crate::query::Indexed;
use crate::resolve::{self, Cut, Policy};
use crate::source::{self, Source};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Reads a file that had that stamp; `named` when the user gave its name.
pub fn read_file(path: &Path, name: &str, named: bool, stamp: Option<Stamp>, policy: &Policy) -> Found {
    let large = stamp.is_some_and(|stamp| (lines::PART as u64..=lines::MOST).contains(&stamp.size()));
    if large && lines::named(path) && policy.cut == Cut::AsTold {
        let policy = Policy { settled: policy.settled.for_file(path), ..policy.clone() };
        if let Some(found) = lines::read(path, name, named, stamp, (lines::PART, &policy)) {
            return found;
        }
    }
    match read_to_bytes(path, policy.limits.bytes) {
        Ok(bytes) => {
            let policy = Policy { settled: policy.settled.for_file(path), ..policy.clone() };
            read_bytes(name, (Origin::File(path.into()), stamp), bytes, named, &policy)
        }
        Err(Refusal::Irregular) if !named => Found::NoReport(name.into()),
        Err(refusal) => Found::Problem(Problem { path: shown(path), message: refusal.to_string() }),
    }
}

/// Reads the text of a file; one that nobody named has to look like a report.
pub fn read_bytes(name: &str, (origin, stamp): (Origin, Option<Stamp>), bytes: Vec<u8>, named: bool, policy: &Policy) -> Found {
    // The name is relative to its folder; a person who is to mend the file wants the whole path.
    let path = match &origin {
        Origin::File(path) => shown(path),
        Origin::Memory(_) => name.to_owned(),
    };
    let problem = |message: &str| Found::Problem(Problem { path: path.clone(), message: message.into() });
    if bytes.len() as u64 > policy.limits.bytes {
        return problem(&Refusal::Large(bytes.len() as u64 >> 20, policy.limits.bytes >> 20).to_string());
    }
    match (source::is_binary(&bytes) || other(&bytes).is_some(), bytes.is_empty()) {
        (false, false) => {}
        _ if !named => return Found::NoReport(name.into()),
        (_, true) => return problem("there is nothing in it; check that it was saved"),
        (true, _) => return problem(&binary(&bytes)),
    }
    let read = || {
        let source = Source::decode(name, bytes);
        if source::is_shredded(source.text(), format::is_json(name, source.text())) {
            return Err("it has more lines, tags or objects than are read, or hardly anything else; split it".to_owned());
        }
        let reading = resolve::read(&source, policy);
        let fault = reading.fault.as_ref().map(|fault| {
            let (line, column) = source.position(fault.cite().map_or(0, |cite| cite.span.start));
            Problem { path: format!("{path}:{line}:{column}"), message: fault.message.clone() }
        });
        Ok((reading, fault))
    };
    match guarded(read) {
        None => problem("reading this report failed inside sevline; please report it with the file"),
        Some(Err(why)) => problem(&why),
        // What a reviewer has cut is no other file.
        Some(Ok((reading, fault))) if reading.is_report || named || policy.cut != Cut::AsTold => {
            let part = (reading.incidents.len(), policy.cut);
            let row = |incident| Indexed::read(incident, origin.clone(), stamp, part);
            let rows: Vec<_> = reading.incidents.into_iter().map(row).collect();
            match fault {
                Some(problem) if rows.is_empty() => Found::Problem(problem),
                Some(problem) => Found::Part(rows, problem),
                None => Found::Report(rows),
            }
        }
        Some(_) => Found::NoReport(name.into()),
    }
}

/// How files of other programs begin, what they are, and what to save instead.
const OTHERS: [(&[u8], &str, &str); 10] = [
    (
        b"PK\x03\x04",
        "a ZIP archive, or a document or workbook of an office program",
        "unpack it, or save a workbook as CSV and a document as text",
    ),
    (b"\xd0\xcf\x11\xe0", "a document or workbook of an old office program", "save a workbook as CSV and a document as text"),
    (b"%PDF", "a PDF", "save its text"),
    (b"\x1f\x8b", "packed with gzip", "unpack it"),
    (b"\x28\xb5\x2f\xfd", "packed with Zstandard", "unpack it"),
    (b"SQLite format 3", "an SQLite database", "export its table as CSV"),
    (b"PAR1", "a Parquet file", "export it as CSV or JSON"),
    (b"\x89PNG", "a picture", "save its text"),
    // These may be all letters, and are yet to be read by a program.
    (b"{\\rtf", "a document in Rich Text Format", "save it as text"),
    (b"%!PS", "PostScript", "save its text"),
];

/// What a file of another program is, by how it begins, and what to save instead.
fn other(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    OTHERS.iter().find(|(head, ..)| bytes.starts_with(head)).map(|(_, what, remedy)| (*what, *remedy))
}

/// What is said of a file that is no text.
fn binary(bytes: &[u8]) -> String {
    match other(bytes) {
        Some((what, remedy)) => format!("this is a binary file, not a text: {what}; {remedy}"),
        None => "this is a binary file, not a text; save the report as text, Markdown, CSV or JSON".into(),
    }
}

/// A path as a person reads it; what is no Unicode is replaced.
pub fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// What `read` yields, or none when it panics: one bad report must not hide the others.
pub fn guarded<T>(read: impl FnOnce() -> T) -> Option<T> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).ok()
}

/// Why a file's bytes are not read.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// A pipe, a socket or a device.
    #[error("this is no regular file; name a file or a folder, or pipe the text to `sevline -`")]
    Irregular,
    /// It has so many MiB, and so many are read.
    #[error("it has {0} MiB or more, and no more than {1} MiB are read; split it, or set file-mib under [limits] in the settings")]
    Large(u64, u64),
    #[error("{}", say(.0))]
    Io(#[from] std::io::Error),
}

/// The bytes that are looked at to tell a binary file.
const HEAD: u64 = 8192;

/// Reads a regular file of at most `most` bytes; anything else (a FIFO, a device) is not opened, and not waited for where it
/// takes the place of a file at that moment. Of a binary file only the head is read, which is enough to refuse it.
pub fn read_to_bytes(path: &Path, most: u64) -> Result<Vec<u8>, Refusal> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(Refusal::Irregular);
    }
    let mut file = open(path)?;
    let meta = file.metadata()?;
    if !meta.is_file() {
        return Err(Refusal::Irregular);
    }
    let mut bytes = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut bytes)?;
    if source::is_binary(&bytes) {
        return Ok(bytes);
    }
    if meta.len() > most {
        return Err(Refusal::Large(meta.len() >> 20, most >> 20));
    }
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens a file without waiting for whoever is at the other end of a pipe.
#[cfg(unix)]
pub fn open(path: &Path) -> std::io::Result<File> {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt;
    let flags = i32::try_from((OFlags::NONBLOCK | OFlags::NOCTTY).bits()).unwrap_or_default();
    File::options().read(true).custom_flags(flags).open(path)
}

#[cfg(not(unix))]
pub fn open(path: &Path) -> std::io::Result<File> {
    File::open(path)
}

/// An I/O error with its remedy.
pub fn say(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder; check the path".into(),
        std::io::ErrorKind::PermissionDenied => "it may not be read; check its permissions".into(),
        std::io::ErrorKind::InvalidFilename => "its path is longer than this system allows; move it further up".into(),
        _ => format!("it could not be read: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(name: &str, bytes: &[u8], named: bool) -> Option<String> {
        match read_bytes(name, (Origin::Memory(bytes.into()), None), bytes.to_vec(), named, &Policy::default()) {
            Found::Problem(problem) => Some(problem.to_string()),
            Found::Report(_) | Found::Part(..) | Found::NoReport(_) => None,
        }
    }

    #[test]
    fn a_reader_that_panics_costs_one_report() {
        assert_eq!(guarded(|| 1), Some(1));
        assert_eq!(guarded(|| -> u8 { panic!("a reader fails, which the test wants") }), None);
    }

    #[test]
    fn what_is_no_text_is_a_problem_when_named_only() {
        assert!(problem("a.png", b"\x89PNG\0", true).is_some_and(|words| words.starts_with("a.png: this is a binary file")));
        assert_eq!(problem("a.png", b"\x89PNG\0", false), None);
        assert!(problem("a.txt", b"", true).is_some_and(|words| words.contains("nothing in it")));
        assert_eq!(problem("a.txt", b"", false), None);
    }

    #[test]
    fn a_binary_of_letters_is_one_too() {
        for (bytes, what) in [(b"%PDF-1.4\n1 0 obj".as_slice(), "a PDF"), (b"{\\rtf1\\ansi Search was down.}", "Rich Text")] {
            assert!(problem("a.txt", bytes, true).is_some_and(|words| words.contains(what)), "{what}");
            assert_eq!(problem("a.txt", bytes, false), None);
        }
        assert!(problem("a.txt", b"{rtf} stands for read the field manual.\n", true).is_none());
    }

    #[test]
    fn large_files_are_refused_before_they_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.txt");
        std::fs::write(&path, "words ".repeat(2000)).unwrap();
        File::options().write(true).open(&path).unwrap().set_len(3 << 20).unwrap();
        let refused = read_to_bytes(&path, 2 << 20).unwrap_err().to_string();
        assert!(refused.starts_with("it has 3 MiB or more, and no more than 2 MiB are read; split it, or set file-mib"), "{refused}");
        assert!(read_to_bytes(&path, 3 << 20).is_ok());
    }
}
