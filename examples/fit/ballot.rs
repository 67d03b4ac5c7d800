//! What a report's moments are, with their features, and which of them its label accepts.

use super::cause;
use super::label::{self, Label};
use super::listener::{self, Heard, Listener};
use super::name::NameBallot;
use super::sheet::{Ask, Sheet};
use sevline::resolve::{self, Policy};
use sevline::role::{ByRole, Role};
use sevline::source::Source;

/// The moments of an incident and the answers of its label. The last row of its sheet is that of no moment at all.
pub struct Ballot {
    /// The features.
    pub sheet: Sheet,
    /// Its moments, in time order, in minutes since 1970.
    pub moments: Vec<i64>,
    /// What the form says, which is no question for the weights.
    pub formed: ByRole<Option<i64>>,
    /// What the label accepts; none where it does not ask.
    pub answers: ByRole<Option<Answer>>,
}

/// What a label accepts: minutes, and whether no moment at all is right.
#[derive(Clone)]
pub struct Answer {
    /// In minutes since 1970.
    pub right: Vec<i64>,
    /// Whether none may be given.
    pub none: bool,
}

impl Ballot {
    fn new(label: &Label, heard: &listener::Moments) -> Self {
        let listener::Moments { moments, rows, formed } = heard.clone();
        let answers = label.answers();
        let asks = Role::ALL.iter().filter_map(|role| {
            let answer = answers.get(*role).as_ref().filter(|_| formed.get(*role).is_none())?;
            let right = moments.iter().map(|at| answer.right.contains(at)).chain([answer.none]);
            let rows: Vec<_> = right.enumerate().collect();
            (rows.len() > 1 && rows.iter().any(|(_, right)| *right)).then_some(Ask { of: role.name(), rows })
        });
        let sheet = Sheet { name: label.name(), publisher: label.publisher.clone(), asks: asks.collect(), rows };
        Self { sheet, moments, formed, answers }
    }
}

/// The ballots of the labelled reports of a set, read as the program reads them: over moments, over names, and over sentences
/// as causes and as work.
pub fn of(labels: &[Label]) -> (Vec<Ballot>, Vec<NameBallot>, Vec<Sheet>, Vec<Sheet>) {
    let (mut moments, mut names, mut causes, mut works) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for of_file in labels.chunk_by(|a, b| a.path() == b.path()) {
        let Some(first) = of_file.first() else { continue };
        let Ok(bytes) = std::fs::read(first.path()) else { continue };
        let listener = Listener::default();
        let reading = resolve::read_by(&Source::decode(first.file.clone(), bytes), &Policy::default(), &listener);
        let heard = listener.heard();
        for (label, place) in label::matched(of_file, &reading.incidents) {
            let Some(Heard { moments: told, names: named, sentences, works: worked }) = heard.get(place) else { continue };
            moments.push(Ballot::new(label, told));
            causes.extend(sentences.as_ref().map(|telling| cause::sheet(label, telling)));
            let incident = reading.incidents.get(place);
            let items =
                incident.map(|incident| incident.action_items.iter().map(|item| item.text.clone()).collect::<Vec<_>>()).unwrap_or_default();
            works.extend(worked.as_ref().and_then(|telling| cause::works(label, telling, &items)));
            names.extend(incident.map(|incident| NameBallot::new(label, incident, named.as_ref())));
        }
    }
    (moments, names, causes, works)
}
