//! What does not add up in reports, as compilers say it: for people, for programs, and for the checks of GitHub.

mod finding;

use super::reading::read_files;
use super::terminal::Terminal;
use super::{Chosen, FINE, Failure, SOME_FAILED, complain, count, shown, stdout};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::library::{self, Entry, Origin};
use crate::resolve::Policy;
use crate::source::Source;
use clap::ValueEnum;
use finding::{DOUBTFUL, Finding, print};
use std::collections::BTreeSet;
use std::io::{Result, Write};

/// The form of printed findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// With the line and the words underlined
    Text,
    /// One object a line
    Json,
    /// Annotations for GitHub Actions
    Github,
}

/// What fails a check besides errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Warnings
    Warning,
    /// Warnings and notes
    Note,
}

impl Deny {
    fn level(self) -> Level {
        match self {
            Deny::Warning => Level::Warning,
            Deny::Note => Level::Note,
        }
    }
}

/// Prints every finding of every report; the status says whether one of them is an error.
pub fn run(chosen: &Chosen, policy: &Policy, form: Form, deny: Option<Deny>, terminal: &Terminal) -> std::result::Result<u8, Failure> {
    let mut out = stdout();
    let (mut counts, mut gone) = (Counts::default(), Vec::new());
    // The report that was read again last, by its path.
    let mut last: Option<(String, Option<Source>)> = None;
    let mut tally = read_files(chosen, policy, &mut |rows| {
        let incidents: Vec<_> = rows.iter().map(|row| row.entry.incident()).collect();
        let Some(entry) = rows.first().map(|row| &*row.entry) else { return Ok(()) };
        let path = path(entry);
        // The incidents of a file are often doubtful for one reason.
        let mut doubts: Vec<_> = incidents.iter().filter_map(|incident| incident.doubtful.as_deref()).collect();
        doubts.dedup();
        let found = || incidents.iter().flat_map(|incident| &incident.diagnostics);
        counts.add(&path, doubts.iter().map(|_| DOUBTFUL.1).chain(found().map(Diagnostic::level)));
        doubts.into_iter().try_for_each(|why| print(&mut out, &Finding::doubtful(&path, why), form, terminal))?;
        // Only a report with findings is read again, and only for the lines they stand on.
        if found().next().is_some() && last.as_ref().is_none_or(|(known, _)| *known != path) {
            let source = library::source_of(entry).map_err(|problem| gone.push(problem)).ok();
            last = Some((path.clone(), source));
        }
        let source = last.as_ref().and_then(|(_, source)| source.as_ref());
        found().try_for_each(|found| print(&mut out, &Finding::of(&path, found, source), form, terminal))
    })?;
    out.flush()?;
    gone.iter().for_each(|problem| tally.trouble(problem));
    let (reports, orphans) = (tally.reports(), tally.orphans());
    let status = tally.finish();
    if reports > 0 {
        complain(&counts.summary(reports, deny));
    }
    if orphans > 0 {
        let reviews = count(orphans, "review is", "reviews are");
        complain(&format!("{reviews} of no incident that its file has now; “orphaned reviews” in the explorer's menu `a` lists them"));
    }
    Ok(if counts.fails(deny) { SOME_FAILED } else { status })
}

/// Prints every code with its level and its meaning.
pub fn codes(terminal: &Terminal) -> Result<u8> {
    let mut out = stdout();
    let mut codes: Vec<_> = Code::ALL.iter().map(|code| (code.name(), code.level(), code.meaning())).chain([DOUBTFUL]).collect();
    codes.sort_unstable_by_key(|(name, ..)| *name);
    let room = codes.iter().map(|(name, ..)| name.len()).max().unwrap_or(0);
    for (name, level, meaning) in codes {
        let named = terminal.level(&format!("{:7}", level.name()), level);
        writeln!(out, "{name:room$}  {named}  {meaning}")?;
    }
    out.flush()?;
    Ok(FINE)
}

/// The path as a person or a program opens it: not as it stands below a folder that was named.
fn path(entry: &Entry) -> String {
    match &entry.origin {
        Origin::File(path) => shown(path),
        Origin::Memory(_) => entry.source.path.clone(),
    }
}

/// How many findings there are of each level.
#[derive(Debug, Default)]
struct Counts {
    /// The reports with findings; sorted, one comes several times.
    reports: BTreeSet<String>,
    errors: usize,
    warnings: usize,
    notes: usize,
}

impl Counts {
    /// Adds what was found in the report at `path`.
    fn add(&mut self, path: &str, found: impl Iterator<Item = Level>) {
        let mut found = found.peekable();
        if found.peek().is_some() && !self.reports.contains(path) {
            self.reports.insert(path.to_owned());
        }
        for level in found {
            match level {
                Level::Error => self.errors += 1,
                Level::Warning => self.warnings += 1,
                Level::Note => self.notes += 1,
            }
        }
    }

    fn fails(&self, deny: Option<Deny>) -> bool {
        let least = deny.map_or(Level::Error, Deny::level);
        self.errors > 0 || (self.warnings > 0 && least <= Level::Warning) || (self.notes > 0 && least <= Level::Note)
    }

    fn summary(&self, reports: usize, deny: Option<Deny>) -> String {
        let all = self.errors + self.warnings + self.notes;
        let read = count(reports, "report", "reports");
        if all == 0 {
            return format!("no findings in {read}");
        }
        let levels = [(self.errors, "error", "errors"), (self.warnings, "warning", "warnings"), (self.notes, "note", "notes")];
        let levels: Vec<_> = levels.into_iter().filter(|level| level.0 > 0).map(|(n, one, many)| count(n, one, many)).collect();
        let denied = match deny {
            None => "",
            Some(Deny::Warning) => "; warnings count as errors",
            Some(Deny::Note) => "; warnings and notes count as errors",
        };
        format!("{} in {} of {read}: {}{denied}", count(all, "finding", "findings"), self.reports.len(), levels.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_fails() {
        let mut counts = Counts::default();
        assert_eq!(counts.summary(1, None), "no findings in 1 report");
        assert!(!counts.fails(Some(Deny::Note)));
        counts.add("a", [].into_iter());
        assert_eq!(counts.summary(1, None), "no findings in 1 report");
        counts.add("a", [Level::Note].into_iter());
        assert!(!counts.fails(None) && !counts.fails(Some(Deny::Warning)) && counts.fails(Some(Deny::Note)));
        counts.add("b", [Level::Warning, Level::Warning].into_iter());
        assert_eq!(counts.summary(70, Some(Deny::Warning)), "3 findings in 2 of 70 reports: 2 warnings, 1 note; warnings count as errors");
        assert!(!counts.fails(None) && counts.fails(Some(Deny::Warning)));
        counts.add("b", [Level::Error].into_iter());
        assert!(counts.fails(None));
    }
}
