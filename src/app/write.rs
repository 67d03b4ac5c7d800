//! What a reviewer says: the line it is typed on; and the way back from every change.

use crate::app::show::Clock;
use crate::incident::Incident;
use crate::resolve::Cut;
use crate::review::{Amendment, Edit, Key, Review};
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
        Self { said, input: Input::new(text.unwrap_or_default()) }
    }

    /// What is typed on one line; a line end is shown as a sign of one cell.
    pub fn line(&self) -> Input {
        Input::new(self.input.value().replace('\n', "⏎")).with_cursor(self.input.cursor())
    }
}

/// A change that can be taken back.
#[derive(Debug, Clone)]
pub enum Done {
    /// Something was said of incidents.
    Reviewed {
        /// The changes, in their order.
        did: Vec<Amendment>,
        /// What takes them back, in its order.
        back: Vec<Amendment>,
        /// What was done, in a few words.
        told: String,
        /// What the incident is called that it was done to.
        title: String,
    },
    /// A file was cut into incidents.
    Cut {
        /// Its whole path.
        path: String,
        /// What was said of it before.
        before: Option<Cut>,
        /// What is said now.
        after: Option<Cut>,
    },
    /// Marks were taken off.
    Unmarked {
        /// All that were marked, in the order of marking.
        before: Vec<Key>,
        /// Those that no longer are.
        off: Vec<Key>,
    },
    /// A saved filter was deleted.
    Dropped {
        /// Its name.
        name: String,
        /// What it said.
        filter: String,
    },
}

/// The changes that can be taken back and those that were.
#[derive(Debug, Default)]
pub struct Changes {
    /// The last one can be taken back next.
    pub done: Vec<Done>,
    /// The last one can be made again next.
    pub undone: Vec<Done>,
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
        Edit::Moment(at, is) => {
            format!("{} {}", clock.exact(*at), is.map_or("as reported".to_owned(), |is| format!("is {}", clock.exact(is))))
        }
    }
}
