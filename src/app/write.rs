//! What a reviewer says: the line it is typed on; and the way back from every change.

use crate::app::show::Clock;
use crate::incident::Incident;
use crate::review::{Edit, Key, Review};
use crate::state::{Change, Clash};
use tui_input::Input;

/// What may be said of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// Words to find it by.
    Tags,
    /// Free text.
    Note,
    /// How bad it really was.
    Severity,
    /// When customers were really hurt first.
    Start,
    /// When that really ended.
    End,
}

impl Said {
    /// Everything that may be said, with its key in the menu.
    pub const ALL: [(Said, char); 5] = [(Said::Tags, 't'), (Said::Note, 'n'), (Said::Severity, 's'), (Said::Start, 'b'), (Said::End, 'e')];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Said::Tags => "tags",
            Said::Note => "note",
            Said::Severity => "severity",
            Said::Start => "impact start",
            Said::End => "impact end",
        }
    }

    /// What is said now; empty where nothing is.
    pub fn of(self, review: &Review, clock: &Clock) -> String {
        match self {
            Said::Tags => review.tags.iter().cloned().collect::<Vec<_>>().join(" "),
            Said::Note => review.note.lines().next().unwrap_or_default().to_owned(),
            Said::Severity => review.severity.map(|severity| severity.name().to_owned()).unwrap_or_default(),
            Said::Start => review.start.map(|at| clock.exact(at)).unwrap_or_default(),
            Said::End => review.end.map(|at| clock.exact(at)).unwrap_or_default(),
        }
    }
}

/// A line that is typed: a note, or a time that the report has wrong.
#[derive(Debug)]
pub struct Write {
    /// What it says.
    pub said: Said,
    /// What is typed.
    pub input: Input,
    /// What was said when it was begun.
    pub began: Review,
}

impl Write {
    /// A line with what is said now; of a time that is right so far, with the report's.
    pub fn new(said: Said, incident: &Incident, review: &Review, clock: &Clock) -> Self {
        let exact = |at| clock.exact(at).replace('−', "-");
        let text = match said {
            Said::Start => incident.impact.start().map(|edge| exact(edge.at)),
            Said::End => incident.impact.end().or(incident.impact.start()).map(|edge| exact(edge.at)),
            Said::Note => Some(review.note.clone()),
            Said::Tags | Said::Severity => None,
        };
        Self { said, input: Input::new(text.unwrap_or_default()), began: review.clone() }
    }

    /// What is typed on one line; a line end is shown as a sign of one cell.
    pub fn line(&self) -> Input {
        Input::new(self.input.value().replace('\n', "⏎")).with_cursor(self.input.cursor())
    }
}

/// A change that can be taken back.
#[derive(Debug, Clone)]
pub enum Done {
    /// Something that is remembered.
    Kept(Box<Step>),
    /// A filter was cleared, which is this.
    Cleared(String),
    /// Marks were taken off.
    Unmarked {
        /// All that were marked, in the order of marking.
        before: Vec<Key>,
        /// Those that no longer are.
        off: Vec<Key>,
    },
}

/// A change to what is remembered, and its way back.
#[derive(Debug, Clone)]
pub struct Step {
    /// The number under which the last of both was sent.
    pub number: u64,
    /// The change.
    pub did: Change,
    /// What takes it back.
    pub back: Change,
    /// What was done, in a few words.
    pub told: String,
    /// What that was done to is called.
    pub title: String,
}

/// The changes that can be taken back and those that were.
#[derive(Debug, Default)]
pub struct Changes {
    /// The last one can be taken back next.
    pub done: Vec<Done>,
    /// The last one can be made again next.
    pub undone: Vec<Done>,
}

impl Changes {
    /// Once a change is written it is known what takes it back: what others had changed before is none of it.
    pub fn settle(&mut self, number: u64, back: Change) {
        let of = |done: &mut Vec<Done>, set: fn(&mut Step, Change)| {
            let step = done
                .iter_mut()
                .find_map(|done| if let Done::Kept(step) = done { Some(step.as_mut()).filter(|step| step.number == number) } else { None });
            step.map(|step| set(step, back.clone()))
        };
        if of(&mut self.done, |step, back| step.back = back).is_none() {
            of(&mut self.undone, |step, back| step.did = back);
        }
    }
}

/// What became of a change that met one of somebody else.
pub fn met(clash: &Clash) -> String {
    match clash {
        Clash::Note => "somebody else wrote in this note meanwhile; both are kept".into(),
        Clash::Correction => "somebody else corrected this meanwhile, which stays; correct it again to replace that".into(),
        Clash::Renamed(name) => format!("somebody else saved another filter under this name; yours is saved as “{name}”"),
        Clash::Stays(name) => format!("somebody else saved another filter as “{name}” meanwhile, which stays"),
        Clash::Cut => "somebody else cut this file otherwise meanwhile, which stays".into(),
    }
}

/// A change in words.
pub fn told(edit: &Edit, clock: &Clock) -> String {
    let time = |at: &Option<_>| at.map_or("as reported".to_owned(), |at| clock.exact(at));
    match edit {
        Edit::Tag(tag, true) => format!("tag “{tag}”"),
        Edit::Tag(tag, false) => format!("tag “{tag}” taken off"),
        Edit::Note(note) if note.is_empty() => "note removed".into(),
        Edit::Note(_) => "note".into(),
        Edit::Severity(severity) => format!("severity {}", severity.map_or("as reported", |severity| severity.name())),
        Edit::Start(at) => format!("impact start {}", time(at)),
        Edit::End(at) => format!("impact end {}", time(at)),
        Edit::Milestone(role, at) => format!("{} {}", role.name(), time(at)),
        Edit::Moment(at, is) => {
            format!("{} {}", clock.exact(*at), is.map_or("as reported".to_owned(), |is| format!("is {}", clock.exact(is))))
        }
    }
}
