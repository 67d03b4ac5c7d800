//! What a report's moments are, with their features, and which of them its label accepts.

use super::label::{self, Label};
use sevline::resolve::roles::{Chosen, Judge, Sink, Told};
use sevline::resolve::{self, Policy};
use sevline::role::{ByRole, Role};
use sevline::source::Source;
use std::cell::RefCell;

/// The moments of an incident and the answers of its label.
pub struct Ballot {
    /// `set/file#index`.
    pub name: String,
    /// Who wrote it.
    pub publisher: String,
    /// Its moments, in time order.
    pub moments: Vec<Moment>,
    /// The features of no moment at all.
    pub none: Vec<String>,
    /// What the rules say, in minutes since 1970.
    pub ruled: ByRole<Option<i64>>,
    /// What the form says, which is no question for the weights.
    pub formed: ByRole<Option<i64>>,
    /// What the label accepts; none where it does not ask.
    pub answers: ByRole<Option<Answer>>,
}

/// A moment with its features.
#[derive(Clone)]
pub struct Moment {
    /// In minutes since 1970.
    pub at: i64,
    /// Each once, sorted.
    pub features: Vec<String>,
}

/// What a label accepts: minutes, and whether no moment at all is right.
#[derive(Clone)]
pub struct Answer {
    /// In minutes since 1970.
    pub right: Vec<i64>,
    /// Whether none may be given.
    pub none: bool,
}

/// What is heard of an incident while it is read.
#[derive(Clone)]
struct Heard {
    moments: Vec<Moment>,
    none: Vec<String>,
    ruled: ByRole<Option<i64>>,
    formed: ByRole<Option<i64>>,
}

/// Listens to what would be judged.
#[derive(Default)]
struct Listener(RefCell<Vec<Heard>>);

struct Names(Vec<String>);

impl Sink for Names {
    fn add(&mut self, kind: &str, value: &str) {
        self.0.push(if value.is_empty() { kind.to_owned() } else { format!("{kind}={value}") });
    }
}

fn names(describe: impl Fn(&mut Names)) -> Vec<String> {
    let mut names = Names(Vec::new());
    describe(&mut names);
    names.0.sort();
    names.0.dedup();
    names.0
}

impl Judge for Listener {
    fn judge(&self, told: &Told) -> ByRole<Option<Chosen>> {
        let minute = |at: sevline::incident::Instant| at.timestamp().div_euclid(60);
        let moments = told.candidates.iter().enumerate();
        let moments =
            moments.map(|(place, candidate)| Moment { at: minute(candidate.at), features: names(|sink| told.describe(place, sink)) });
        self.0.borrow_mut().push(Heard {
            moments: moments.collect(),
            none: names(|sink| told.describe_none(sink)),
            ruled: ByRole::make(|role| told.ruled.get(role).map(minute)),
            formed: ByRole::make(|role| told.formed.get(role).as_ref().map(|edge| minute(edge.at))),
        });
        ByRole::default()
    }
}

/// The ballots of the labelled reports of a set, read as the program reads them.
pub fn of(labels: &[Label]) -> Vec<Ballot> {
    let mut ballots = Vec::new();
    for of_file in labels.chunk_by(|a, b| a.path() == b.path()) {
        let Some(first) = of_file.first() else { continue };
        let Ok(bytes) = std::fs::read(first.path()) else { continue };
        let listener = Listener::default();
        let reading = resolve::read_by(&Source::decode(first.file.clone(), bytes), &Policy::default(), &listener);
        let heard = listener.0.into_inner();
        let incidents: Vec<_> =
            reading.incidents.iter().zip(&heard).map(|(incident, heard)| (incident, heard.ruled.get(Role::Start))).collect();
        for (label, place) in label::matched(of_file, &incidents) {
            let Some(Heard { moments, none, ruled, formed }) = heard.get(place).cloned() else { continue };
            let name = format!("{}/{}#{}", label.set, label.file, label.index);
            ballots.push(Ballot { name, publisher: label.publisher.clone(), moments, none, ruled, formed, answers: label.answers() });
        }
    }
    ballots
}
