//! Forms as data: a small file for each tells how records of one tool are recognised, where they are, and which of their
//! values is which fact.

pub mod apply;
pub mod find;
pub mod guess;
mod keys;
mod meaning;
mod moments;
mod parse;
pub mod path;
mod posts;
pub mod stamp;
pub mod told;
mod write;

use crate::names::names;
pub use parse::Mistake;
use path::Path;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

names! {
    /// What a value of a record tells.
    pub enum Slot {
        /// What the incident is called.
        Title = "title",
        /// The tool's own id.
        Id = "id",
        /// Its public address.
        Link = "link",
        /// Who suffered it.
        Organization = "organization",
        /// Trouble, or planned work ("maintenance").
        Kind = "kind",
        /// Where it stands.
        Status = "status",
        /// How bad it was.
        Severity = "severity",
        /// What was affected.
        Services = "services",
        /// Parts of a status page that were affected.
        Components = "components",
        /// Where.
        Regions = "regions",
        /// The day of all clocks of the record.
        Day = "day",
        /// From when to when, in one value.
        Window = "window",
        /// When the impact began.
        Start = "start",
        /// When the impact ended.
        End = "end",
        /// When it was noticed, reported or opened.
        Detected = "detected",
        /// When somebody responded.
        Acknowledged = "acknowledged",
        /// When the cause was known.
        Identified = "identified",
        /// When it was stopped.
        Mitigated = "mitigated",
        /// When it was declared over.
        Resolved = "resolved",
        /// When planned work is to begin.
        PlannedFrom = "planned-from",
        /// When planned work is to end.
        PlannedTo = "planned-to",
        /// How long it lasted, with its unit.
        Duration = "duration",
        /// The same in seconds.
        Seconds = "duration-seconds",
        /// The same in minutes.
        Minutes = "duration-minutes",
        /// The zone of clocks that name none.
        Zone = "zone",
        /// What happened.
        Summary = "summary",
        /// What customers felt.
        Impact = "impact",
        /// Why it happened.
        Cause = "cause",
        /// What ended it.
        Resolution = "resolution",
        /// What was learned.
        Lessons = "lessons",
        /// Work against recurrence.
        Actions = "actions",
        /// A text that is read as a report.
        Body = "body",
        /// What an entry of a list of updates or notes says of where it stands.
        Label = "label",
        /// Known, and of no use here.
        Unused = "unused",
    }
}

impl Slot {
    /// Whether it is of a time: a day, a window, a moment.
    pub fn is_time(self) -> bool {
        self.is_moment() || matches!(self, Slot::Day | Slot::Window)
    }

    /// Whether it is a moment.
    pub fn is_moment(self) -> bool {
        use Slot::{Acknowledged, Detected, End, Identified, Mitigated, PlannedFrom, PlannedTo, Resolved, Start};
        matches!(self, Start | End | Detected | Acknowledged | Identified | Mitigated | Resolved | PlannedFrom | PlannedTo)
    }
}

/// Where entries of a list are, and what each of them says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Posts {
    /// Where the list is; empty where the records themselves are its entries.
    pub list: Vec<Path>,
    /// When.
    pub time: Vec<Path>,
    /// Where it stood then.
    pub label: Vec<Path>,
    /// What was said.
    pub text: Vec<Path>,
    /// The mark between the parts of entries that are texts; their paths are the numbers of the parts, from 1.
    pub split: Option<char>,
}

/// How the records of one tool are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// The name of its file.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Where the records are.
    pub records: Vec<Path>,
    /// What records have.
    pub has: Vec<Path>,
    /// What values they have.
    pub is: Vec<(Path, Vec<String>)>,
    /// Which of them are incidents, by a value; all where it is empty.
    pub only: Vec<(Path, Vec<String>)>,
    /// Records that have this value in common are one incident.
    pub group: Option<Path>,
    /// Which value is which fact; the first that is there counts.
    pub fields: Vec<(Slot, Vec<Path>)>,
    /// What values mean: `=` as it is written, `-` nothing, else another value.
    pub values: BTreeMap<Slot, Vec<(String, String)>>,
    /// Updates that were published.
    pub updates: Option<Posts>,
    /// Lists of notes of those who worked on it.
    pub notes: Vec<Posts>,
    /// Whether it was written by the user.
    pub own: bool,
}

impl Form {
    /// Where the values of a slot are.
    pub fn paths(&self, slot: Slot) -> &[Path] {
        self.fields.iter().find(|(own, _)| *own == slot).map_or(&[], |(_, paths)| paths)
    }
}

/// The forms in effect: the user's first, then those that come with sevline.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forms {
    own: Arc<[Form]>,
}

impl Forms {
    /// Those that come with sevline, with the user's own before them.
    pub fn with(own: Vec<Form>) -> Self {
        Self { own: own.into_iter().map(|form| Form { own: true, ..form }).collect() }
    }

    /// All, in the order in which they are tried.
    pub fn all(&self) -> impl Iterator<Item = &Form> {
        self.own.iter().chain(shipped().iter().filter(move |form| !self.own.iter().any(|own| own.id == form.id)))
    }

    /// The user's own.
    pub fn own(&self) -> &[Form] {
        &self.own
    }

    /// What tells the user's own forms from others of theirs; 0 of none.
    pub fn digest(&self) -> u64 {
        if self.own.is_empty() { 0 } else { xxhash_rust::xxh3::xxh3_64(format!("{:?}", self.own).as_bytes()) }
    }
}

include!(concat!(env!("OUT_DIR"), "/forms.rs"));

/// The forms that come with sevline; read once, when the first record is.
pub fn shipped() -> &'static [Form] {
    static FORMS: OnceLock<Vec<Form>> = OnceLock::new();
    // A test holds every one of them to be sound.
    FORMS.get_or_init(|| FILES.iter().filter_map(|(id, text)| Form::parse(id, text).ok()).filter(|form| form.id != guess::WORDS).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_that_come_along_are_sound() {
        for (id, text) in FILES {
            let form = Form::parse(id, text);
            assert!(form.is_ok(), "assets/forms/{id}.toml: {form:?}");
        }
        assert!(shipped().len() + 1 == FILES.len());
    }
}
