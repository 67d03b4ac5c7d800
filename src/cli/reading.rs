//! Reading for the commands that print: incidents in order, problems as they are met, and a summary of what was left out.

use super::{Chosen, FINE, SOME_FAILED, complain, count};
use crate::library::{self, Found, Problem, Progress, load_cut};
use crate::query::order::Order;
use crate::query::{Indexed, Query};
use crate::resolve::Policy;
use crate::review::{Key, Matching};
use std::cell::RefCell;
use std::collections::HashSet;
use std::io::{IsTerminal, Result, Write};
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
    /// The names of all of them without folders, where anything is said of incidents.
    others: HashSet<String>,
    problems: usize,
    /// How many incidents the filter looked at, and how many passed.
    incidents: usize,
    passed: usize,
    /// How many of those are doubtful, and how many of these are left out because nobody asks for them.
    doubtful: usize,
    doubted: usize,
    /// How many were more than wanted.
    cut: usize,
    /// How many reviews no incident takes although their file was read.
    orphans: usize,
}

impl Tally {
    /// How many files were read.
    pub fn reports(&self) -> usize {
        self.reports
    }

    /// How many reviews no incident takes although their file was read.
    pub fn orphans(&self) -> usize {
        self.orphans
    }

    /// Counts a report that could be read once and not again, and says so.
    pub fn trouble(&mut self, problem: &Problem) {
        self.problems += 1;
        complain(&problem.to_string());
    }

    /// What of the incidents is doubtful; none where nothing is, or where it is the only one and tells it itself.
    fn doubtful(&self) -> Option<String> {
        let kept = self.doubtful - self.doubted;
        let counted = count(self.passed - self.doubtful, "incident", "incidents");
        let beside = if kept > 0 { format!(", {kept} doubtful") } else { String::new() };
        match self.doubted {
            0 if kept == 0 || self.passed == 1 => None,
            0 => Some(format!("{counted}{beside}")),
            1 => Some(format!("{counted}{beside}; 1 doubtful one is left out, is:doubtful in --filter asks for it")),
            doubted => Some(format!("{counted}{beside}; {doubted} doubtful ones are left out, is:doubtful in --filter asks for them")),
        }
    }

    /// Says what was left out, and returns the exit status.
    pub fn finish(self) -> u8 {
        if self.no_reports > 0 {
            let more = if self.no_reports > NAMED { ", …" } else { "" };
            let (counted, names) = (count(self.no_reports, "file", "files"), self.named.join(", "));
            complain(&format!("skipped {counted}: {names}{more}; no incident is told of there. A file that is named is always read"));
        }
        let hidden = self.incidents - self.passed;
        if hidden > 0 {
            complain(&format!("the filter hides {hidden} of {}", count(self.incidents, "incident", "incidents")));
        }
        if self.cut > 0 {
            let passed = count(self.passed - self.doubted, "incident", "incidents");
            complain(&format!("--limit leaves out {} of {passed}", self.cut));
        }
        if let Some(said) = self.doubtful() {
            complain(&said);
        }
        if self.reports == 0 && self.problems == 0 {
            complain("no incident was found; hidden files and those a .gitignore or .ignore names are read only when named");
        }
        if self.problems > 0 { SOME_FAILED } else { FINE }
    }
}

/// Reads all that is chosen, in order.
pub fn read_all(chosen: &Chosen, policy: &Policy) -> Result<(Vec<Indexed>, Tally)> {
    let mut rows = Vec::new();
    let tally = read(chosen, policy, &mut |row| {
        rows.push(row);
        Ok(())
    })?;
    Ok((rows, tally))
}

/// Reads what is chosen and hands each incident to `each`, in order; stops when that fails.
pub fn read(chosen: &Chosen, policy: &Policy, each: &mut dyn FnMut(Indexed) -> Result<()>) -> Result<Tally> {
    read_files(chosen, policy, &mut |rows| rows.into_iter().try_for_each(&mut *each))
}

/// Reads what is chosen and hands the incidents of each report to `each`, in order; stops when that fails. Where they are
/// sorted a report may come several times.
pub fn read_files(chosen: &Chosen, policy: &Policy, each: &mut dyn FnMut(Vec<Indexed>) -> Result<()>) -> Result<Tally> {
    let select = &chosen.select;
    if !select.streams() {
        let one_by_one = &mut |row| each(vec![row]);
        return match select.sort {
            Some(order) => read_in_order(chosen, policy, order, one_by_one),
            None => gather(chosen, policy, |_| {}, one_by_one),
        };
    }
    let filter = select.filter.clone().unwrap_or_default();
    load(chosen, policy, &mut |rows, tally| {
        let rows = passing(rows, chosen, &filter, tally);
        if rows.is_empty() { Ok(()) } else { each(rows) }
    })
}

/// Reads what is chosen and hands each incident to `each`, by `order`; stops when that fails.
pub fn read_in_order(chosen: &Chosen, policy: &Policy, order: Order, each: &mut dyn FnMut(Indexed) -> Result<()>) -> Result<Tally> {
    gather(chosen, policy, |rows| rows.sort_by(|a, b| order.compare(a, b)), each)
}

fn gather(
    chosen: &Chosen,
    policy: &Policy,
    arrange: impl FnOnce(&mut Vec<Indexed>),
    each: &mut dyn FnMut(Indexed) -> Result<()>,
) -> Result<Tally> {
    let (mut rows, filter) = (Vec::new(), chosen.select.filter.clone().unwrap_or_default());
    let mut tally = load(chosen, policy, &mut |read, tally| {
        rows.extend(passing(read, chosen, &filter, tally));
        Ok(())
    })?;
    arrange(&mut rows);
    if let Some(limit) = chosen.select.limit {
        tally.cut = rows.len().saturating_sub(limit);
        rows.truncate(limit);
    }
    rows.into_iter().try_for_each(each)?;
    Ok(tally)
}

/// The incidents that pass and are meant; the others are counted.
fn passing(mut rows: Vec<Indexed>, chosen: &Chosen, filter: &Query, tally: &mut Tally) -> Vec<Indexed> {
    let words = filter.source_words();
    tally.incidents += rows.len();
    if !words.is_empty() {
        let read: Vec<_> = rows.iter().map(|row| ((), row.entry.clone())).collect();
        for (row, (_, answers)) in rows.iter_mut().zip(library::search_file(&read, &words)) {
            match answers {
                Ok(answers) => row.found = words.iter().cloned().zip(answers).collect(),
                Err(problem) => tally.trouble(&problem),
            }
        }
    }
    rows.retain(|row| filter.matches(row));
    tally.passed += rows.len();
    tally.doubtful += rows.iter().filter(|row| row.doubtful).count();
    rows.retain(|row| {
        let doubted = chosen.doubts(row);
        tally.doubted += usize::from(doubted);
        !doubted
    });
    rows
}

/// Takes in the incidents of one report.
type Each<'a> = dyn FnMut(Vec<Indexed>, &mut Tally) -> Result<()> + 'a;

/// Reads what is chosen and hands the incidents of each report to `each`, with what was said of them; stops when that fails.
/// Which incident something was said of is known only once all are there.
fn load(chosen: &Chosen, policy: &Policy, each: &mut Each) -> Result<Tally> {
    if chosen.reviews.is_empty() {
        return load_each(chosen, policy, each);
    }
    let mut reports: Vec<Vec<Indexed>> = Vec::new();
    let mut tally = load_each(chosen, policy, &mut |rows, _| {
        reports.push(rows);
        Ok(())
    })?;
    let known: Vec<_> = reports.iter().flatten().map(Indexed::known).collect();
    let Matching { of, left } = chosen.reviews.of_incidents(&known);
    let here: HashSet<&str> = known.iter().map(|known| known.key.file().0).collect();
    // What was said of a file of a folder that is read is not lost with its name.
    let folders: HashSet<&str> = known.iter().map(|known| known.key.folder()).filter(|folder| !folder.is_empty()).collect();
    let is_here = |key: &Key| here.contains(key.file().0) || tally.others.contains(key.file().0) || folders.contains(key.folder());
    tally.orphans = left.into_iter().filter(|said| is_here(&said.key)).count();
    let mut of = of.into_iter();
    for rows in reports {
        let rows = rows.into_iter().map(|row| row.with(of.next().flatten())).collect();
        each(rows, &mut tally)?;
    }
    Ok(tally)
}

/// Reads what is chosen and hands the incidents of each report to `each` as they come; stops when that fails.
fn load_each(chosen: &Chosen, policy: &Policy, each: &mut Each) -> Result<Tally> {
    let cancel = AtomicBool::new(false);
    let state = RefCell::new((Tally::default(), Ok(()), each, Meter::default()));
    load_cut(&chosen.inputs, policy, &chosen.cuts, chosen.cache.as_ref(), &cancel, &|progress| {
        let (tally, outcome, each, meter) = &mut *state.borrow_mut();
        let found = match progress {
            Progress::Queued(files) => return meter.queued += files,
            Progress::File(found) => found,
            Progress::Notice(notice) => {
                meter.clear();
                return complain(&notice);
            }
        };
        match found {
            Found::NoReport(name) => {
                tally.no_reports += 1;
                if !chosen.reviews.is_empty() {
                    tally.others.insert(name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned());
                }
                tally.named.extend((tally.no_reports <= NAMED).then_some(name));
            }
            Found::Problem(problem) => {
                meter.clear();
                tally.trouble(&problem);
            }
            Found::Part(rows, problem) => {
                meter.clear();
                tally.trouble(&problem);
                tally.reports += 1;
                *outcome = each(rows, tally);
                cancel.store(outcome.is_err(), Ordering::Relaxed);
            }
            Found::Report(rows) => {
                tally.reports += 1;
                *outcome = each(rows, tally);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_doubtful_is_counted_apart() {
        let said = |passed, doubtful, doubted| Tally { passed, doubtful, doubted, ..Tally::default() }.doubtful().unwrap_or_default();
        assert_eq!(said(12, 0, 0), "");
        assert_eq!(said(15, 3, 0), "12 incidents, 3 doubtful");
        assert_eq!(said(2, 1, 0), "1 incident, 1 doubtful");
        // The one report that is looked at tells it itself.
        assert_eq!(said(1, 1, 0), "");
        assert_eq!(said(1, 1, 1), "0 incidents; 1 doubtful one is left out, is:doubtful in --filter asks for it");
        assert_eq!(said(15, 3, 2), "12 incidents, 1 doubtful; 2 doubtful ones are left out, is:doubtful in --filter asks for them");
    }
}
