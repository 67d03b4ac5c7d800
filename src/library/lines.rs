//! Large files of a record a line or row, read part by part: what memory reading takes goes with a part and with what is found,
//! not with the file.

use super::read::{Refusal, guarded, open, shown};
use super::{Found, Origin, Problem};
use crate::cache::Stamp;
use crate::format::{records, tree::separated};
use crate::query::Indexed;
use crate::resolve::{self, Policy, limited};
use crate::source::{self, Source};
use crate::work;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// So much of a file is read at once, up to the end of a line or row; a smaller file is read as any other.
pub const PART: usize = 8 << 20;

/// Larger files are never read: places are told in 32 bits.
pub const MOST: u64 = u32::MAX as u64;

/// Whether a file of this name has a record a line or row.
pub fn named(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ["ndjson", "jsonl"].iter().any(|known| ending.eq_ignore_ascii_case(known))) || is_table(path)
}

fn is_table(path: &Path) -> bool {
    path.file_name().is_some_and(|name| records::is_table(&name.to_string_lossy()))
}

/// The lines or rows of a file, as many at a time as fit in a part.
struct Parts {
    file: File,
    rest: Vec<u8>,
    part: usize,
    most: u64,
    /// The mark between the cells of a table, and its first row, which stands in front of every other part.
    table: Option<(u8, String)>,
}

impl Parts {
    /// The parts of a file, of so many bytes where no line is longer; none of a table in a charset or of a shape that is not
    /// read in parts.
    fn of(path: &Path, part: usize, most: u64) -> Result<Option<Self>, Refusal> {
        let mut parts = Self { file: open(path)?, rest: Vec::new(), part, most, table: None };
        if is_table(path) {
            parts.file.by_ref().take(part as u64).read_to_end(&mut parts.rest)?;
            let whole = match std::str::from_utf8(&parts.rest) {
                Ok(text) => text,
                Err(error) if error.error_len().is_none() => {
                    std::str::from_utf8(parts.rest.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or_default()
                }
                Err(_) => return Ok(None),
            };
            let whole = whole.strip_prefix('\u{feff}').unwrap_or(whole);
            let Some((mark, head)) = separated::head(whole) else { return Ok(None) };
            parts.table = Some((mark, head.into()));
        }
        Ok(Some(parts))
    }

    /// The next lines; none behind the last.
    fn next(&mut self) -> Result<Option<Vec<u8>>, Refusal> {
        loop {
            let wanted = self.part.saturating_sub(self.rest.len()).max(1) as u64;
            let read = self.file.by_ref().take(wanted).read_to_end(&mut self.rest)?;
            let ends = match &self.table {
                Some((mark, _)) => separated::rows_end(&self.rest, *mark),
                None => memchr::memrchr(b'\n', &self.rest).map_or(0, |at| at + 1),
            };
            let end = if read == 0 { Some(self.rest.len()) } else { Some(ends).filter(|end| *end > 0) };
            match end.filter(|_| read == 0 || self.rest.len() >= self.part) {
                Some(0) => return Ok(None),
                Some(end) => {
                    let behind = self.rest.split_off(end);
                    return Ok(Some(std::mem::replace(&mut self.rest, behind)));
                }
                // One line or row that is longer than a part.
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

/// Reads a file that had that stamp in parts of `part` bytes; `named` when the user gave its name. None where it is to be read
/// as any other.
pub fn read(path: &Path, name: &str, named: bool, stamp: Option<Stamp>, (part, policy): (usize, &Policy)) -> Option<Found> {
    let mut parts = match Parts::of(path, part, policy.limits.bytes) {
        Ok(parts) => parts?,
        Err(refusal) => return Some(Found::Problem(Problem { path: shown(path), message: refusal.to_string() })),
    };
    let head = parts.table.as_ref().map(|(_, head)| head.clone()).unwrap_or_default();
    let most = policy.limits.incidents.max(1);
    let (mut rows, mut problem): (Vec<Indexed>, Option<Problem>) = (Vec::new(), None);
    let (mut bytes, mut lines, mut first) = (0_u32, 0_u32, true);
    let mut next = parts.next();
    while let Ok(Some(mut part)) = next {
        // The first row stands in the first part anyway.
        let above = if first { "" } else { head.as_str() };
        part.splice(..0, above.bytes());
        let (over, heads) = (count(above.len()), count(above.matches('\n').count()));
        let source = Source::decode(name, part).behind(bytes.saturating_sub(over), lines.saturating_sub(heads));
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
            return Some(Found::NoReport(name.into()));
        }
        first = false;
        if let Some(fault) = &reading.fault {
            let line = fault.cite().map_or(lines + 1, |cite| cite.line);
            problem.get_or_insert(Problem { path: format!("{}:{line}", shown(path)), message: fault.message.clone() });
            // What has no form at its top has none further down.
            if rows.is_empty() && reading.incidents.is_empty() {
                break;
            }
        }
        bytes = bytes.saturating_add(count(source.text().len()).saturating_sub(over));
        lines = lines.saturating_add(count(source.line_count().saturating_sub(1)).saturating_sub(heads));
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
    Some(match problem {
        Some(problem) if rows.is_empty() => Found::Problem(problem),
        Some(problem) => Found::Part(rows, problem),
        None => Found::Report(rows),
    })
}

/// A number of bytes or lines.
fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// What is said of a part that is not read.
const SHREDDED: &str = "a part of it has more objects than are read, or hardly anything else; split it";

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of so many records, and how it reads in parts of so many bytes with a limit of incidents.
    fn told(count: usize, part: usize, most: usize) -> (Vec<(u32, String, u32)>, Vec<String>, String) {
        let record = |n: usize| {
            format!(
                "{{\"id\": \"R{n}\", \"title\": \"Mail is late\", \"severity\": \"SEV2\", \"started_at\": \"2026-03-03T10:{:02}:00Z\", \"ended_at\": \"2026-03-03T11:{:02}:00Z\"}}\n",
                n % 60,
                n % 60
            )
        };
        told_of("a.ndjson", &(0..count).map(record).collect::<String>(), part, most)
    }

    /// How a file of records of one line each reads.
    fn told_of(name: &str, text: &str, part: usize, most: usize) -> (Vec<(u32, String, u32)>, Vec<String>, String) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let text = text.trim_start_matches('\u{feff}');
        let mut policy = Policy::default();
        policy.limits.incidents = most;
        let (rows, problems) = match read(&path, name, true, None, (part, &policy)).unwrap() {
            Found::Report(rows) => (rows, Vec::new()),
            Found::Part(rows, problem) => (rows, vec![problem.to_string()]),
            other => panic!("{other:?}"),
        };
        let incidents: Vec<_> = rows.iter().map(|row| row.entry.incident()).collect();
        for incident in &incidents {
            let cite = incident.impact.start().unwrap().cites[0];
            let words = &text[cite.span.range()];
            assert!(words.starts_with("2026-03-03T10:"), "{words}");
            assert!(text.lines().nth(cite.line as usize - 1).unwrap().contains(incident.id.as_str()));
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
    fn parts_of_a_table_have_its_heads() {
        let row =
            |n: usize| format!("\"R{n}\",\"Mail, \"\"all\"\", is late\",SEV2,2026-03-03T10:{:02}:00Z,2026-03-03T11:00:00Z,\r\n", n % 60);
        let rows: String = (0..20).map(row).collect();
        let want: Vec<_> = (0..20).map(|n| (n, format!("R{n}"), n + 2)).collect();
        for (head, part) in ["\"ID\",Title,Severity,Start,End,Note\r\n", "\u{feff}ID,Title,Severity,Start,End,Note\n"]
            .into_iter()
            .flat_map(|head| [200, 1000, 100_000].map(|part| (head, part)))
        {
            assert_eq!(told_of("a.csv", &format!("{head}{rows}"), part, 100), (want.clone(), Vec::new(), String::new()), "parts of {part}");
        }
        // A row that goes on over several lines is one.
        let text = format!("ID,Title,Severity,Start,End,Note\n{}", rows.replace(",\r\n", ",\"a\nb\"\n"));
        let ids = |part| told_of("a.csv", &text, part, 100).0.into_iter().map(|(_, id, line)| (id, line)).collect::<Vec<_>>();
        let want: Vec<_> = (0..20).map(|n| (format!("R{n}"), 2 * n + 2)).collect();
        assert_eq!((ids(250), ids(1000)), (want.clone(), want));
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
