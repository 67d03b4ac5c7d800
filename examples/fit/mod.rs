//! Labels to ballots, ballots to weights, and what the weights are worth on publishers they were not fitted on.

mod ballot;
mod label;
mod report;
mod train;

use ballot::Ballot;
use label::Label;
use report::Report;
use sevline::export::record::Record;
use sevline::resolve::{self, Policy};
use sevline::role::weights::Weights;
use sevline::source::Source;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use train::{Fitted, Space};

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
    /// Whether to print what each kind of feature is worth.
    pub ablate: bool,
    /// Who wrote what.
    pub publishers: String,
}

/// Does what was asked for.
pub fn run(request: &Request) -> std::io::Result<()> {
    let publishers = label::publishers(&request.publishers);
    let labels: Vec<Label> = request.sets.iter().flat_map(|set| label::of_set(set, &publishers)).collect();
    let ballots = ballot::of(&labels);
    eprintln!("{} labels, {} read", labels.len(), ballots.len());
    let space = Space::new(&ballots, |_| true);
    if let Some(path) = &request.model {
        let all: Vec<&Ballot> = ballots.iter().collect();
        std::fs::write(path, train::fit(&space, &all).table(&space))?;
    }
    let folds = folds(&ballots);
    if request.ablate {
        let kinds: BTreeSet<&str> = ballots
            .iter()
            .flat_map(|ballot| &ballot.moments)
            .flat_map(|moment| &moment.features)
            .filter_map(|name| name.split('=').next())
            .collect();
        for kind in kinds {
            println!("without “{kind}”");
            left_out(&ballots, &folds, &Space::new(&ballots, |other| other != kind)).0.print();
        }
    }
    let (report, fitted) = left_out(&ballots, &folds, &space);
    report.print();
    if let Some(path) = &request.left_out {
        let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
        for (fold, fitted) in folds.iter().zip(&fitted) {
            let weights = Weights::parse(&fitted.table(&space));
            write(&mut out, labels.iter().filter(|label| fold.contains(label.publisher.as_str())), &weights)?;
        }
        write(&mut out, labels.iter().filter(|label| label.publisher == "invented"), Weights::own())?;
    }
    Ok(())
}

/// The publishers that are left out together: a large one alone, small ones with some of their like.
fn folds(ballots: &[Ballot]) -> Vec<BTreeSet<&str>> {
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for ballot in ballots.iter().filter(|ballot| ballot.publisher != "invented") {
        *sizes.entry(&ballot.publisher).or_default() += 1;
    }
    let (large, small): (Vec<_>, Vec<_>) = sizes.into_iter().partition(|(_, size)| *size >= SMALL);
    let shared = (0..SHARED).map(|fold| small.iter().skip(fold).step_by(SHARED).map(|(name, _)| *name).collect::<BTreeSet<_>>());
    large.iter().map(|(name, _)| BTreeSet::from([*name])).chain(shared.filter(|fold| !fold.is_empty())).collect()
}

/// What weights are worth that were fitted without the publishers of each fold, and these weights.
fn left_out(ballots: &[Ballot], folds: &[BTreeSet<&str>], space: &Space) -> (Report, Vec<Fitted>) {
    let mut report = Report::default();
    let fitted = folds.iter().map(|fold| {
        let (out, rest): (Vec<&Ballot>, Vec<&Ballot>) = ballots.iter().partition(|ballot| fold.contains(ballot.publisher.as_str()));
        let fitted = train::fit(space, &rest);
        let weights = Weights::parse(&fitted.table(space));
        out.iter().for_each(|ballot| report.add(ballot, &weights));
        fitted
    });
    let fitted = fitted.collect();
    (report, fitted)
}

/// Writes the records of the labelled files as they are read with `weights`.
fn write<'l>(out: &mut impl Write, labels: impl Iterator<Item = &'l Label>, weights: &Weights) -> std::io::Result<()> {
    let files: BTreeMap<String, &Label> = labels.map(|label| (label.path(), label)).collect();
    for (path, label) in files {
        let source = Source::decode(format!("{}/{}", label.set, label.file), std::fs::read(path)?);
        let reading = resolve::read_by(&source, &Policy::default(), weights);
        for incident in reading.incidents.iter().filter(|_| reading.is_report) {
            writeln!(out, "{}", serde_json::to_string(&Record::of(incident, None))?)?;
        }
    }
    Ok(())
}
