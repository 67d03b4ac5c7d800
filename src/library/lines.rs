//! Large files of a record a line, read part by part: what memory reading takes goes with a part and with what is found, not
//! with the file.

use super::read::{Refusal, guarded, open, shown};
use super::{Found, Origin, Problem};
use crate::cache::Stamp;
use crate::query::Indexed;
use crate::resolve::{self, Policy, limited};
use crate::source::{self, Source};
use crate::work;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// So much of a file is read at once, up to the end of a line; a smaller file is read as any other.
pub const PART: usize = 8 << 20;

/// Whether a file of this name has a record a line.
pub fn named(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ["ndjson", "jsonl"].iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// The lines of a file, as many at a time as fit in a part.
struct Parts {
    file: File,
    rest: Vec<u8>,
    part: usize,
    most: u64,
}

impl Parts {
    /// The next lines; none behind the last.
    fn next(&mut self) -> Result<Option<Vec<u8>>, Refusal> {
        loop {
            let wanted = self.part.saturating_sub(self.rest.len()).max(1) as u64;
            let read = self.file.by_ref().take(wanted).read_to_end(&mut self.rest)?;
            let end = if read == 0 { Some(self.rest.len()) } else { memchr::memrchr(b'\n', &self.rest).map(|at| at + 1) };
            match end.filter(|_| read == 0 || self.rest.len() >= self.part) {
                Some(0) => return Ok(None),
                Some(end) => {
                    let behind = self.rest.split_off(end);
                    return Ok(Some(std::mem::replace(&mut self.rest, behind)));
                }
                // One line that is longer than a part.
                None if self.rest.len() >= self.part => {
                    if self.part as u64 >= self.most {
                        return Err(Refusal::Large(self.part as u64 >> 20, self.most >> 20));
                    }
                    self.part *= 2;
                }
                None => {}
            }
        }
    }
}

/// Reads a file that had that stamp in parts of `part` bytes; `named` when the user gave its name.
pub fn read(path: &Path, name: &str, named: bool, stamp: Option<Stamp>, (part, policy): (usize, &Policy)) -> Found {
    let file = match open(path) {
        Ok(file) => file,
        Err(error) => return Found::Problem(Problem { path: shown(path), message: Refusal::Io(error).to_string() }),
    };
    let mut parts = Parts { file, rest: Vec::new(), part, most: policy.limits.bytes };
    let most = policy.limits.incidents.max(1);
    let (mut rows, mut problem): (Vec<Indexed>, Option<Problem>) = (Vec::new(), None);
    let (mut bytes, mut lines, mut first) = (0, 0, true);
    let mut next = parts.next();
    while let Ok(Some(part)) = next {
        let source = Source::decode(name, part).behind(bytes, lines);
        next = parts.next();
        let more = matches!(next, Ok(Some(_)));
        // One more than wanted tells that there are more.
        let left = most.saturating_sub(rows.len());
        let limits = resolve::Limits { incidents: left.saturating_add(1), ..policy.limits };
        let reading = match guarded(|| {
            (!source::is_shredded(source.text(), true)).then(|| resolve::read(&source, &Policy { limits, ..policy.clone() }))
        }) {
            Some(Some(reading)) => reading,
            unread => {
                let why =
                    if unread.is_none() { "reading this report failed inside sevline; please report it with the file" } else { SHREDDED };
                problem.get_or_insert(Problem { path: format!("{}:{}", shown(path), lines + 1), message: why.to_owned() });
                break;
            }
        };
        if first && !named && !reading.is_report {
            return Found::NoReport(name.into());
        }
        first = false;
        if let Some(fault) = &reading.fault {
            let line = fault.cite().map_or(lines + 1, |cite| cite.line);
            problem.get_or_insert(Problem { path: format!("{}:{line}", shown(path)), message: fault.message.clone() });
        }
        bytes = bytes.saturating_add(u32::try_from(source.text().len()).unwrap_or(u32::MAX));
        lines = lines.saturating_add(u32::try_from(source.line_count().saturating_sub(1)).unwrap_or(u32::MAX));
        let mut incidents = reading.incidents;
        let beyond = incidents.len() > left || incidents.len() == left && more;
        incidents.truncate(left);
        if let Some(last) = incidents.last_mut().filter(|_| beyond) {
            last.diagnostics.push(limited("incidents of a file", most, last.extent));
        }
        for mut incident in incidents {
            let index = u32::try_from(rows.len()).unwrap_or(u32::MAX);
            incident.source.index = index;
            rows.push(Indexed::read(incident, Origin::File(path.into()), stamp, (index as usize + 1, policy.cut)));
        }
        if beyond || !work::may(0) {
            break;
        }
    }
    if let Err(refusal) = next {
        problem.get_or_insert(Problem { path: shown(path), message: refusal.to_string() });
    }
    match problem {
        Some(problem) if rows.is_empty() => Found::Problem(problem),
        Some(problem) => Found::Part(rows, problem),
        None => Found::Report(rows),
    }
}

/// What is said of a part that is not read.
const SHREDDED: &str = "a part of it has more objects than are read, or hardly anything else; split it";

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of so many records, and how it reads in parts of so many bytes with a limit of incidents.
    fn told(count: usize, part: usize, most: usize) -> (Vec<(u32, String, u32)>, Vec<String>, String) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ndjson");
        let record = |n: usize| {
            format!(
                "{{\"id\": \"R{n}\", \"title\": \"Mail is late\", \"severity\": \"SEV2\", \"started_at\": \"2026-03-03T10:{:02}:00Z\", \"ended_at\": \"2026-03-03T11:{:02}:00Z\"}}\n",
                n % 60,
                n % 60
            )
        };
        let text: String = (0..count).map(record).collect();
        std::fs::write(&path, &text).unwrap();
        let mut policy = Policy::default();
        policy.limits.incidents = most;
        let (rows, problems) = match read(&path, "a.ndjson", true, None, (part, &policy)) {
            Found::Report(rows) => (rows, Vec::new()),
            Found::Part(rows, problem) => (rows, vec![problem.to_string()]),
            other => panic!("{other:?}"),
        };
        let incidents: Vec<_> = rows.iter().map(|row| row.entry.incident()).collect();
        for incident in &incidents {
            let cite = incident.impact.start().unwrap().cites[0];
            let words = &text[cite.span.range()];
            assert!(words.starts_with("2026-03-03T10:"), "{words}");
            assert!(text.lines().nth(cite.line as usize - 1).unwrap().contains(&format!("\"{}\"", incident.id)));
        }
        let findings =
            incidents.last().map(|last| last.diagnostics.iter().map(|found| found.message.clone()).collect::<Vec<_>>().join("; "));
        let rows = incidents.iter().map(|incident| (incident.source.index, incident.id.clone(), incident.extent.line)).collect();
        (rows, problems, findings.unwrap_or_default())
    }

    #[test]
    fn parts_are_one_file() {
        let want: Vec<_> = (0..20).map(|n| (n, format!("R{n}"), n + 1)).collect();
        for part in [100, 1000, 100_000] {
            assert_eq!(told(20, part, 100), (want.clone(), Vec::new(), String::new()), "parts of {part} bytes");
        }
    }

    #[test]
    fn limits_hold_over_all_parts() {
        for part in [100, 700, 100_000] {
            let (rows, problems, found) = told(20, part, 7);
            assert_eq!((rows.len(), problems.len()), (7, 0));
            assert!(found.contains("no more than 7 incidents of a file are read"), "parts of {part}: {found}");
            assert_eq!(told(7, part, 7).2, "", "no more than are read");
        }
    }
}
