//! Reading for the commands that print: incidents in order, problems as they are met, and a summary of what was left out.

use super::{FINE, SOME_FAILED, complain, count};
use crate::library::{Entry, Found, Input, Problem, Progress, load_with};
use crate::resolve::Policy;
use std::cell::RefCell;
use std::io::{IsTerminal, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// More files than this are announced: reading them takes long enough to wonder.
const MANY: usize = 1000;

/// As many files that are no reports are named; the others are counted.
const NAMED: usize = 3;

/// What came of the files.
#[derive(Debug, Default)]
pub struct Tally {
    reports: usize,
    /// How many files are no reports, and the first of them.
    no_reports: usize,
    named: Vec<String>,
    problems: usize,
}

impl Tally {
    /// How many files were read.
    pub fn reports(&self) -> usize {
        self.reports
    }

    /// Counts a report that could be read once and not again, and says so.
    pub fn trouble(&mut self, problem: &Problem) {
        self.problems += 1;
        complain(&problem.to_string());
    }

    /// Says what was left out, and returns the exit status.
    pub fn finish(self) -> u8 {
        if self.no_reports > 0 {
            let more = if self.no_reports > NAMED { ", …" } else { "" };
            let counted = count(self.no_reports, "file is no report", "files are no reports");
            complain(&format!("{counted}: {}{more}; a file that is named is always read", self.named.join(", ")));
        }
        if self.reports == 0 && self.problems == 0 {
            complain("no incident was found; hidden files and those a .gitignore or .ignore names are read only when named");
        }
        if self.problems > 0 { SOME_FAILED } else { FINE }
    }
}

/// Reads `inputs` and hands each incident to `each`, in order; stops when that fails.
pub fn read(inputs: &[Input], policy: &Policy, each: &mut dyn FnMut(Arc<Entry>) -> Result<()>) -> Result<Tally> {
    read_files(inputs, policy, &mut |entries| entries.into_iter().try_for_each(&mut *each))
}

/// Reads `inputs` and hands the incidents of each report to `each`, in order; stops when that fails.
pub fn read_files(inputs: &[Input], policy: &Policy, each: &mut dyn FnMut(Vec<Arc<Entry>>) -> Result<()>) -> Result<Tally> {
    let cancel = AtomicBool::new(false);
    let state = RefCell::new((Tally::default(), Ok(()), each));
    load_with(inputs, policy, &cancel, &|progress| {
        let (tally, outcome, each) = &mut *state.borrow_mut();
        match progress {
            Progress::Queued(files) if files > MANY && std::io::stderr().is_terminal() => complain(&format!("reading {files} files")),
            Progress::Queued(_) => {}
            Progress::File(Found::NoReport(name)) => {
                tally.no_reports += 1;
                tally.named.extend((tally.no_reports <= NAMED).then_some(name));
            }
            Progress::File(Found::Problem(problem)) => {
                tally.trouble(&problem);
            }
            Progress::File(Found::Report(entries)) => {
                tally.reports += 1;
                *outcome = each(entries);
                cancel.store(outcome.is_err(), Ordering::Relaxed);
            }
        }
    });
    let (tally, outcome, _) = state.into_inner();
    outcome.map(|()| tally)
}
