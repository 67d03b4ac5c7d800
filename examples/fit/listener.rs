//! Listens to what would be judged while reports are read.

use sevline::resolve::Judge;
use sevline::resolve::cause::Judged;
use sevline::resolve::names::{Named, Names};
use sevline::resolve::roles::{Chosen, Sink, Told};
use sevline::resolve::sentences::Sentences;
use sevline::role::ByRole;
use sevline::role::weights::Kind;
use std::cell::RefCell;

/// What is heard of an incident.
#[derive(Default)]
pub struct Heard {
    /// Its moments.
    pub moments: Moments,
    /// Its names, where the form does not tell them.
    pub names: Option<Phrases>,
    /// Its sentences, where no section tells the cause.
    pub sentences: Option<Telling>,
    /// The same, as they may tell of work.
    pub works: Option<Telling>,
}

/// The sentences of an incident.
#[derive(Default, Clone)]
pub struct Telling {
    /// As they are written.
    pub written: Vec<String>,
    /// The features of each, and last those of none.
    pub rows: Vec<Vec<String>>,
}

impl Telling {
    fn new(sentences: &Sentences, rows: impl Iterator<Item = Vec<String>>, none: Vec<String>) -> Self {
        let written = (0..sentences.len()).map(|place| sentences.text(place).to_owned()).collect();
        Self { written, rows: rows.chain([none]).collect() }
    }
}

/// The moments of an incident.
#[derive(Default, Clone)]
pub struct Moments {
    /// In minutes since 1970.
    pub moments: Vec<i64>,
    /// The features of each, and last those of none.
    pub rows: Vec<Vec<String>>,
    /// What the form says.
    pub formed: ByRole<Option<i64>>,
}

/// The phrases of an incident that may be names.
#[derive(Default, Clone)]
pub struct Phrases {
    /// As they are written.
    pub written: Vec<String>,
    /// Their words, folded.
    pub keys: Vec<Vec<u64>>,
    /// The features of each, and last those of none.
    pub rows: Vec<Vec<String>>,
    /// The publisher by the rules.
    pub publisher: Option<usize>,
    /// The services by the rules.
    pub services: Vec<String>,
    /// Whether the form does not tell the publisher, and not the services.
    pub open: [bool; 2],
}

/// Listens.
#[derive(Default)]
pub struct Listener(RefCell<Vec<Heard>>, RefCell<Option<Phrases>>);

impl Listener {
    /// What was heard of each incident.
    pub fn heard(self) -> Vec<Heard> {
        self.0.into_inner()
    }
}

struct Features(Vec<String>);

impl Sink for Features {
    fn add(&mut self, kind: Kind, value: &str) {
        let Kind { name, .. } = kind;
        self.0.push(if value.is_empty() { name.to_owned() } else { format!("{name}={value}") });
    }
}

fn features(describe: impl Fn(&mut Features)) -> Vec<String> {
    let mut features = Features(Vec::new());
    describe(&mut features);
    features.0.sort();
    features.0.dedup();
    features.0
}

impl Judge for Listener {
    fn moments(&self, told: &Told) -> ByRole<Option<Chosen>> {
        let minute = |at: sevline::incident::Instant| at.timestamp().div_euclid(60);
        let rows = (0..told.candidates.len()).map(|place| features(|sink| told.describe(place, sink)));
        let moments = Moments {
            moments: told.candidates.iter().map(|candidate| minute(candidate.at)).collect(),
            rows: rows.chain([features(|sink| told.describe_none(sink))]).collect(),
            formed: ByRole::make(|role| told.formed.get(role).as_ref().map(|edge| minute(edge.at))),
        };
        self.0.borrow_mut().push(Heard { moments, names: self.1.take(), sentences: None, works: None });
        ByRole::default()
    }

    fn names(&self, names: &Names) -> Named {
        let rows = (0..names.len()).map(|place| features(|sink| names.describe(place, sink)));
        *self.1.borrow_mut() = Some(Phrases {
            written: (0..names.len()).map(|place| names.written(place)).collect(),
            keys: names.keys().into_iter().map(<[u64]>::to_vec).collect(),
            rows: rows.chain([features(|sink| names.describe_none(sink))]).collect(),
            publisher: names.ruled(),
            services: names.ruled_services(),
            open: names.open,
        });
        Named::default()
    }

    fn cause(&self, sentences: &Sentences) -> Judged {
        let rows = (0..sentences.len()).map(|place| features(|sink| sentences.describe(place, sink)));
        let telling = Telling::new(sentences, rows, features(|sink| sentences.describe_none(sink)));
        // Asked last, of the incident whose moments were asked of before.
        if let Some(heard) = self.0.borrow_mut().last_mut() {
            heard.sentences = Some(telling);
        }
        Judged::default()
    }

    fn listens(&self) -> bool {
        true
    }

    fn work(&self, sentences: &Sentences) -> Vec<bool> {
        let rows = (0..sentences.len()).map(|place| features(|sink| sentences.describe_work(place, sink)));
        let telling = Telling::new(sentences, rows, features(|sink| sentences.describe_no_work(sink)));
        if let Some(heard) = self.0.borrow_mut().last_mut() {
            heard.works = Some(telling);
        }
        Vec::new()
    }
}
