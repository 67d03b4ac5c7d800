//! Labels to ballots, ballots to weights, and what the weights are worth on publishers they were not fitted on.

mod ablate;
mod ballot;
mod cause;
mod label;
mod listener;
mod name;
mod report;
mod sheet;
mod train;

use ballot::Ballot;
use label::{INVENTED, Label};
use name::NameBallot;
use report::Report;
use sevline::export::record::Record;
use sevline::resolve::{self, Policy};
use sevline::role::weights::{CAUSE, Model, WORK};
use sevline::role::{Naming, Role};
use sevline::source::Source;
use sheet::Sheet;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use train::Space;

/// The names of what is asked of moments, of names, and of sentences.
fn roles() -> [Vec<&'static str>; 4] {
    [Role::ALL.iter().map(|role| role.name()).collect(), Naming::ALL.iter().map(|naming| naming.name()).collect(), vec![CAUSE], vec![WORK]]
}

/// Publishers with fewer reports share a fold, and there are so many of these.
const SMALL: usize = 6;
const SHARED: usize = 8;

/// What was asked for.
#[derive(Default)]
pub struct Request {
    /// The sets: folders of reports with their `gold.jsonl`.
    pub sets: Vec<String>,
    /// Where the table of weights is written.
    pub model: Option<String>,
    /// Where the incidents are written as they are read without any report of their publisher.
    pub left_out: Option<String>,
    /// Sets that are never fitted: they are written as the weights of all others read them.
    pub unseen: Vec<String>,
    /// Whether to print what each kind of feature is worth.
    pub ablate: bool,
    /// Who wrote what.
    pub publishers: String,
}

/// What is fitted and measured.
struct Ballots {
    moments: Vec<Ballot>,
    names: Vec<NameBallot>,
    causes: Vec<Sheet>,
    works: Vec<Sheet>,
}

impl Ballots {
    /// The sheets of moments, of names, of causes, and of work: each has features of its own.
    fn sheets(&self) -> [Vec<&Sheet>; 4] {
        [
            self.moments.iter().map(|ballot| &ballot.sheet).collect(),
            self.names.iter().map(|ballot| &ballot.sheet).collect(),
            self.causes.iter().collect(),
            self.works.iter().collect(),
        ]
    }

    /// Adds to `report` what `model` says of the reports of some publishers.
    fn add(&self, report: &mut Report, of: &BTreeSet<&str>, model: &Model) {
        let out = |sheet: &Sheet| of.contains(sheet.publisher.as_str());
        self.moments.iter().filter(|ballot| out(&ballot.sheet)).for_each(|ballot| report.add(ballot, &model.moments));
        self.names.iter().filter(|ballot| out(&ballot.sheet)).for_each(|ballot| ballot.tally(&model.names, &mut report.names));
        self.causes.iter().filter(|sheet| out(sheet)).for_each(|sheet| report.add_cause(sheet, &model.causes));
        self.works.iter().filter(|sheet| out(sheet)).for_each(|sheet| report.add_work(sheet, &model.works));
    }

    /// The table of weights that are fitted on the sheets that `fits` lets through.
    fn table(&self, spaces: &[Space; 4], fits: impl Fn(&Sheet) -> bool) -> String {
        let tables = self.sheets().into_iter().zip(spaces).zip(roles()).map(|((sheets, space), roles)| {
            let sheets: Vec<&Sheet> = sheets.into_iter().filter(|sheet| fits(sheet)).collect();
            train::fit(space, &roles, &sheets, &|_| true).table(space)
        });
        [train::HEAD.to_owned()].into_iter().chain(tables).collect()
    }
}

/// Does what was asked for.
pub fn run(request: &Request) -> std::io::Result<()> {
    let publishers = label::publishers(&request.publishers);
    let labels: Vec<Label> = request.sets.iter().flat_map(|set| label::of_set(set, &publishers)).collect();
    let (moments, names, causes, works) = ballot::of(&labels);
    let ballots = Ballots { moments, names, causes, works };
    eprintln!("{} labels, {} read", labels.len(), ballots.moments.len());
    let spaces = ballots.sheets().map(|sheets| Space::new(sheets.into_iter()));
    if let Some(path) = &request.model {
        std::fs::write(path, ballots.table(&spaces, |_| true))?;
    }
    let folds = folds(&ballots);
    if request.ablate {
        ablate::print(&ballots, &spaces, &folds);
    }
    let (report, models) = left_out(&ballots, &folds, &spaces);
    report.print();
    if let Some(path) = &request.left_out {
        let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
        for (fold, model) in folds.iter().zip(&models) {
            write(&mut out, labels.iter().filter(|label| fold.contains(label.publisher.as_str())), model)?;
        }
        // Reports of our own writing are left out by their set: those of one set have one hand.
        let sets: BTreeSet<&str> = labels.iter().filter(|label| label.publisher == INVENTED).map(|label| label.set.as_str()).collect();
        for set in sets {
            let model = Model::parse(&ballots.table(&spaces, |sheet| sheet.publisher != INVENTED || !of_set(sheet, set)));
            write(&mut out, labels.iter().filter(|label| label.publisher == INVENTED && label.set == set), &model)?;
        }
        let model = Model::parse(&ballots.table(&spaces, |_| true));
        let unseen: Vec<Label> = request.unseen.iter().flat_map(|set| label::of_set(set, &publishers)).collect();
        write(&mut out, unseen.iter(), &model)?;
    }
    Ok(())
}

/// Whether a sheet is of a report of `set`.
fn of_set(sheet: &Sheet, set: &str) -> bool {
    sheet.name.strip_prefix(set).is_some_and(|rest| rest.starts_with('/'))
}

/// The publishers that are left out together: a large one alone, small ones with some of their like.
fn folds(ballots: &Ballots) -> Vec<BTreeSet<&str>> {
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for ballot in ballots.moments.iter().filter(|ballot| ballot.sheet.publisher != INVENTED) {
        *sizes.entry(&ballot.sheet.publisher).or_default() += 1;
    }
    let (large, small): (Vec<_>, Vec<_>) = sizes.into_iter().partition(|(_, size)| *size >= SMALL);
    let shared = (0..SHARED).map(|fold| small.iter().skip(fold).step_by(SHARED).map(|(name, _)| *name).collect::<BTreeSet<_>>());
    large.iter().map(|(name, _)| BTreeSet::from([*name])).chain(shared.filter(|fold| !fold.is_empty())).collect()
}

/// What weights are worth that were fitted without the publishers of each fold, and these weights.
fn left_out(ballots: &Ballots, folds: &[BTreeSet<&str>], spaces: &[Space; 4]) -> (Report, Vec<Model>) {
    let models = threads(folds, |fold| Model::parse(&ballots.table(spaces, |sheet| !fold.contains(sheet.publisher.as_str()))));
    let mut report = Report::default();
    folds.iter().zip(&models).for_each(|(fold, model)| ballots.add(&mut report, fold, model));
    (report, models)
}

/// What `make` makes of each, in their order, on all processors.
fn threads<T: Sync, R: Send>(all: &[T], make: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let make = &make;
    std::thread::scope(|scope| {
        // Each thread takes every so many.
        let start = |part: usize| scope.spawn(move || all.iter().skip(part).step_by(threads).map(make).collect::<Vec<_>>());
        let parts: Vec<_> = (0..threads).map(start).collect();
        let mut parts: Vec<_> = parts.into_iter().map(|part| part.join().unwrap_or_default().into_iter()).collect();
        (0..all.len()).filter_map(|place| parts.get_mut(place % threads)?.next()).collect()
    })
}

/// Writes the records of the labelled files as they are read with `model`.
fn write<'l>(out: &mut impl Write, labels: impl Iterator<Item = &'l Label>, model: &Model) -> std::io::Result<()> {
    let files: BTreeMap<String, &Label> = labels.map(|label| (label.path(), label)).collect();
    for (path, label) in files {
        let source = Source::decode(format!("{}/{}", label.set, label.file), std::fs::read(path)?);
        let reading = resolve::read_by(&source, &Policy::default(), model);
        for incident in reading.incidents.iter().filter(|_| reading.is_report) {
            writeln!(out, "{}", serde_json::to_string(&Record::of(incident, None))?)?;
        }
    }
    Ok(())
}
