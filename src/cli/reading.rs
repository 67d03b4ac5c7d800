//! Reading for the commands that print: incidents in order, problems as they are met, and a summary of what was left out.

use super::{Chosen, FINE, SOME_FAILED, complain, count};
use crate::library::{Entry, Found, Input, Problem, Progress, load_with};
use crate::resolve::Policy;
use std::cell::RefCell;
use std::io::{IsTerminal, Result, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

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

/// Reads all that is chosen, in order.
pub fn read_all(chosen: &Chosen, policy: &Policy) -> Result<(Vec<Arc<Entry>>, Tally)> {
    let mut entries = Vec::new();
    let tally = read(&chosen.inputs, policy, &mut |entry| {
        entries.push(entry);
        Ok(())
    })?;
    Ok((entries, tally))
}

/// Reads `inputs` and hands each incident to `each`, in order; stops when that fails.
pub fn read(inputs: &[Input], policy: &Policy, each: &mut dyn FnMut(Arc<Entry>) -> Result<()>) -> Result<Tally> {
    read_files(inputs, policy, &mut |entries| entries.into_iter().try_for_each(&mut *each))
}

/// Reads `inputs` and hands the incidents of each report to `each`, in order; stops when that fails.
pub fn read_files(inputs: &[Input], policy: &Policy, each: &mut dyn FnMut(Vec<Arc<Entry>>) -> Result<()>) -> Result<Tally> {
    let cancel = AtomicBool::new(false);
    let state = RefCell::new((Tally::default(), Ok(()), each, Meter::default()));
    load_with(inputs, policy, &cancel, &|progress| {
        let (tally, outcome, each, meter) = &mut *state.borrow_mut();
        let found = match progress {
            Progress::Queued(files) => return meter.queued += files,
            Progress::File(found) => found,
        };
        match found {
            Found::NoReport(name) => {
                tally.no_reports += 1;
                tally.named.extend((tally.no_reports <= NAMED).then_some(name));
            }
            Found::Problem(problem) => {
                meter.clear();
                tally.trouble(&problem);
            }
            Found::Report(entries) => {
                tally.reports += 1;
                *outcome = each(entries);
                cancel.store(outcome.is_err(), Ordering::Relaxed);
            }
        }
        meter.step();
    });
    let (tally, outcome, _, mut meter) = state.into_inner();
    meter.clear();
    outcome.map(|()| tally)
}

/// A line on standard error that tells how far reading has come. It is there only while reading takes long, on a terminal
/// that nothing else is printed to.
#[derive(Debug)]
struct Meter {
    wanted: bool,
    queued: usize,
    done: usize,
    drawn: Option<Instant>,
    began: Instant,
}

/// What takes less long needs no meter.
const PATIENCE: Duration = Duration::from_millis(700);
/// How often it is drawn.
const PACE: Duration = Duration::from_millis(100);

impl Default for Meter {
    fn default() -> Self {
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let wanted = std::io::stderr().is_terminal() && !std::io::stdout().is_terminal() && !dumb;
        Self { wanted, queued: 0, done: 0, drawn: None, began: Instant::now() }
    }
}

impl Meter {
    fn step(&mut self) {
        self.done += 1;
        let due = self.drawn.map_or(self.began.elapsed() > PATIENCE, |drawn| drawn.elapsed() > PACE);
        if self.wanted && due {
            self.drawn = Some(Instant::now());
            let _ = write!(std::io::stderr(), "\r\x1b[Ksevline: read {} of {} files", self.done, self.queued);
        }
    }

    fn clear(&mut self) {
        if self.drawn.take().is_some() {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}
