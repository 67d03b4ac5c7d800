//! An entry with what lists, filters and sorting look at, worked out once.

use super::column::Column;
use super::facet;
use super::field::{self, Trait};
use super::texts::{Collected, Texts};
use crate::cache::Stamp;
use crate::diagnostic::Code;
use crate::incident::{Certainty, Format, Incident, IncidentKind, Instant, Metrics, Severity, Status, Window};
use crate::library::{Entry, Origin};
use crate::resolve::Cut;
use crate::review::{Clues, Key, Known, Review, Reviewed, whole_path};
use crate::sanitize;
use crate::stats::measure;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

/// One incident as the list, the filter and the sorting see it; reads as its [`Index`].
#[derive(Debug, Clone)]
pub struct Indexed {
    /// What was read.
    pub entry: Arc<Entry>,
    /// Whether the words of a `text:` stand in its source, as far as it was read for them; words in lower case.
    pub found: BTreeMap<String, bool>,
    index: Index,
}

impl Deref for Indexed {
    type Target = Index;

    fn deref(&self) -> &Index {
        &self.index
    }
}

/// What is needed of every incident at once; all else is unpacked for the one that is looked at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Index {
    /// Trouble or planned work.
    pub kind: IncidentKind,
    /// The severity; none is a value like any other.
    pub severity: Option<Severity>,
    /// Whether the severity is written or was worked out.
    pub severity_certainty: Option<Certainty>,
    /// The moment it is sorted by.
    #[serde(with = "chrono::serde::ts_microseconds_option")]
    pub start: Option<Instant>,
    /// Whether the start of the impact is written, and whether the report says "about"; none for an incident that is only
    /// sorted by something else.
    pub start_certainty: Option<(Certainty, bool)>,
    /// The last end of the impact; none while any part of it has none.
    #[serde(with = "chrono::serde::ts_microseconds_option")]
    pub end: Option<Instant>,
    /// The last moment at which anything is known to have gone on; none for what never began.
    #[serde(with = "chrono::serde::ts_microseconds_option")]
    pub until: Option<Instant>,
    /// When it was under way, as far as anything tells: its impact, else its phases, its updates, its events.
    pub extent: Option<(i64, i64)>,
    /// Whether its impact has begun and no end is known.
    pub open: bool,
    /// Whether its impact has no known end and nobody declared it over.
    pub ongoing: bool,
    /// The length of the impact in minutes.
    pub minutes: Option<f64>,
    /// How long an ongoing impact had lasted by the last moment told, in minutes: all of it, and since its start.
    pub so_far: (Option<f64>, Option<f64>),
    /// Times to detection and so on, in minutes.
    pub metrics: Metrics,
    /// The columns, by their place in [`Column::ALL`], of which end, status or length was worked out.
    worked_out: u32,
    /// Whether the impact is written or was worked out; none without any.
    pub certainty: Option<Certainty>,
    /// The report's own offset, in seconds east of UTC, where it writes one.
    pub offset_seconds: Option<i32>,
    /// The last thing said of it.
    pub status: Option<Status>,
    /// The form of its file.
    pub format: Format,
    /// Whether its file may be no incident report; why not stands in its facts.
    pub doubtful: bool,
    /// By the numbers below; then three for each service, then the tags.
    texts: Texts,
    /// How many services there are.
    services: u32,
    /// The [`Trait`]s it has, by their bits.
    traits: u64,
    /// The codes of its findings, by their place in [`Code::ALL`].
    codes: u64,
}

/// The trait of what is marked in the explorer, which no report tells.
const MARKED: &str = "marked";
/// The trait of what a reviewer says something of.
const REVIEWED: &str = "reviewed";

/// The numbers of the texts of an [`Index`] behind the first, which is searched.
mod text {
    pub const ID: usize = 1;
    pub const PLACE: usize = 2;
    pub const DIGEST: usize = 3;
    pub const NAME: usize = 4;
    pub const TITLE: usize = 5;
    pub const ORGANIZATION_NAME: usize = 6;
    pub const ORGANIZATION: usize = 7;
    pub const SERVICES: usize = 8;
}

/// A service that was affected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Service<'a> {
    /// As the report spells it.
    pub name: &'a str,
    /// The same in lower case.
    pub lower: &'a str,
    /// The group it falls into, see [`facet::group`].
    pub group: &'a str,
}

// One bit for each.
const _: () = assert!(Code::ALL.len() <= 64);

impl Index {
    /// Works it out for an incident as it was read, with what a reviewer says of it.
    pub fn of(read: &Incident, review: Option<&Review>) -> Self {
        let corrected = review.filter(|review| review.corrects()).map(|review| review.corrected(read));
        let incident = corrected.as_ref().unwrap_or(read);
        let texts = [&incident.title, &incident.organization, &incident.summary, &incident.root_cause];
        let mut haystack = String::new();
        for text in texts.into_iter().flatten().chain(&incident.services) {
            // A line feed between the texts: no search matches across them, because no query can hold one.
            haystack.push_str(&sanitize::typed(&text.value).to_lowercase());
            haystack.push('\n');
        }
        if let Some(review) = review {
            haystack.push_str(&sanitize::typed(&review.note).to_lowercase());
        }
        let (start, end) = (incident.start(), incident.impact.end().map(|edge| edge.at));
        let status = incident.status.as_ref().map(|fact| fact.value);
        let ongoing = measure::is_ongoing(incident);
        let last_event = incident.events.iter().filter_map(|event| event.at).max();
        let last_known = || incident.communication.map(|said| said.end).max(last_event).max(start);
        let key = Key::of(read);
        let name = incident.display_title();
        let mut texts = Collected::default();
        [&haystack, &key.id, &key.place, &key.digest, name].into_iter().for_each(|text| texts.append(text));
        texts.put(&sanitize::typed(name).to_lowercase());
        match &incident.organization {
            Some(fact) => [fact.value.as_str(), &fact.value.to_lowercase()].into_iter().for_each(|text| texts.put(text)),
            None => [(); 2].into_iter().for_each(|()| texts.skip()),
        }
        for service in incident.services.iter().map(|fact| fact.value.as_str()) {
            [service, &service.to_lowercase(), &facet::group(service)].into_iter().for_each(|text| texts.put(text));
        }
        review.into_iter().flat_map(|review| &review.tags).for_each(|tag| texts.put(tag));
        let code = |found: &crate::diagnostic::Diagnostic| Code::ALL.iter().position(|code| *code == found.code);
        let mut index = Self {
            kind: incident.kind,
            severity: incident.severity.as_ref().map(|fact| fact.value),
            severity_certainty: incident.severity.as_ref().map(|fact| fact.certainty),
            start,
            start_certainty: incident.impact.start().map(|edge| (edge.certainty, edge.approximate)),
            end,
            until: end.or_else(last_known),
            extent: extent(incident),
            open: incident.is_open(),
            ongoing,
            minutes: incident.impact.minutes(),
            so_far: if ongoing { measure::so_far(incident) } else { (None, None) },
            metrics: incident.metrics(),
            worked_out: Column::ALL.iter().filter(|column| column.is_inferred(incident)).fold(0, |bits, column| bits | 1 << *column as u32),
            certainty: incident.impact.windows.iter().map(Window::certainty).min(),
            offset_seconds: incident.offset_seconds(),
            status,
            format: incident.source.format,
            doubtful: incident.doubtful.is_some(),
            texts: texts.done(),
            services: u32::try_from(incident.services.len()).unwrap_or(u32::MAX),
            traits: 0,
            codes: incident.diagnostics.iter().filter_map(code).fold(0, |codes, at| codes | 1 << at),
        };
        index.traits = field::traits_of(&index, incident);
        index.set(REVIEWED, review.is_some());
        index.set("noted", review.is_some_and(|review| !review.note.is_empty()));
        index.set("corrected", review.is_some_and(|review| review.severity.is_some() || review.corrects_times()));
        index
    }

    /// Gives it the trait of that name or takes it away.
    fn set(&mut self, name: &str, on: bool) {
        let bit = field::find_trait(field::IS, name).map_or(0, |entry| entry.bit);
        self.traits = if on { self.traits | bit } else { self.traits & !bit };
    }

    /// Whether it has the trait of that name.
    fn has(&self, name: &str) -> bool {
        field::find_trait(field::IS, name).is_some_and(|entry| self.holds(entry))
    }

    /// Id, place and digest of its key.
    fn known_by(&self) -> [&str; 3] {
        [text::ID, text::PLACE, text::DIGEST].map(|number| self.texts.get(number).unwrap_or_default())
    }

    /// What to call it on screen.
    pub fn name(&self) -> &str {
        self.texts.get(text::NAME).unwrap_or_default()
    }

    /// The same in lower case, without what nobody can type.
    pub fn title(&self) -> &str {
        self.texts.get(text::TITLE).unwrap_or_default()
    }

    /// The organization as the report spells it.
    pub fn organization_name(&self) -> Option<&str> {
        self.texts.get(text::ORGANIZATION_NAME)
    }

    /// The same in lower case.
    pub fn organization(&self) -> Option<&str> {
        self.texts.get(text::ORGANIZATION)
    }

    /// What was affected, in the report's order.
    pub fn services(&self) -> impl Iterator<Item = Service<'_>> {
        (0..self.services as usize).map_while(|service| {
            let [name, lower, group] = [0, 1, 2].map(|at| self.texts.get(text::SERVICES + service * 3 + at));
            Some(Service { name: name?, lower: lower?, group: group? })
        })
    }

    /// The reviewer's own tags, in lower case and in alphabetical order.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.texts.from(text::SERVICES + self.services as usize * 3)
    }

    /// All that bare words are searched in, in lower case and without what nobody can type.
    pub(super) fn haystack(&self) -> &str {
        self.texts.first()
    }

    /// Whether end, status or length in that column was worked out.
    pub fn is_worked_out(&self, column: Column) -> bool {
        self.worked_out & (1 << column as u32) != 0
    }

    /// Whether it has a trait.
    pub fn holds(&self, wanted: &Trait) -> bool {
        self.traits & wanted.bit != 0
    }

    /// Whether anything of that code was found in it.
    pub fn has_code(&self, code: Code) -> bool {
        Code::ALL.iter().position(|other| *other == code).is_some_and(|at| self.codes & 1 << at != 0)
    }
}

impl Indexed {
    /// Indexes what was read: one of so many incidents of a file that was cut like that.
    pub fn read(incident: Incident, origin: Origin, stamp: Option<Stamp>, part: (usize, Cut)) -> Self {
        Self::kept(Index::of(&incident, None), Entry::new(incident, origin).stamped(stamp).part_of(part))
    }

    /// An entry that was indexed before.
    pub fn kept(index: Index, entry: Entry) -> Self {
        Self { index, entry: Arc::new(entry), found: BTreeMap::new() }
    }

    /// Indexes an entry.
    pub fn new(entry: Arc<Entry>) -> Self {
        Self { index: Index::of(&entry.read(), entry.review()), entry, found: BTreeMap::new() }
    }

    /// Notes whether it is marked in the explorer.
    pub fn mark(&mut self, marked: bool) {
        self.index.set(MARKED, marked);
    }

    /// What it is known by between runs.
    pub fn key(&self) -> Key {
        let [id, place, digest] = self.known_by().map(str::to_owned);
        let path = self.entry.origin.path().map(whole_path).unwrap_or_default();
        Key { path, place, among: self.entry.siblings(), id, digest }
    }

    /// What reviews are matched by.
    pub fn known(&self) -> Known {
        Known { key: self.key(), title: self.title().to_owned() }
    }

    /// Whether it can have one of the reviews that tell those clues.
    pub fn may_be_meant(&self, clues: &Clues) -> bool {
        clues.may_mean(self.known_by(), self.title())
    }

    /// The same with what is said of the incident.
    pub fn with(self, said: Option<&Reviewed>) -> Self {
        if said == self.entry.said() {
            return self;
        }
        let marked = self.index.has(MARKED);
        let mut row = Self { found: self.found, ..Self::new(Arc::new(self.entry.reviewed(said))) };
        row.mark(marked);
        row
    }

    /// Which of `words` its source is yet to be read for.
    pub fn unread<'a>(&self, words: &'a [String]) -> Vec<&'a String> {
        words.iter().filter(|words| !self.found.contains_key(*words)).collect()
    }
}

/// When an incident was under way, in milliseconds since 1970; none without any time.
fn extent(incident: &Incident) -> Option<(i64, i64)> {
    let edges = incident.impact.windows.iter().flat_map(|window| [&window.start, &window.end]).flatten().map(|edge| edge.at);
    let phases = incident.phases.iter().flat_map(|phase| [Some(phase.start), phase.end]).flatten();
    let said = incident.communication.into_iter().flat_map(|said| [said.start, said.end]);
    let told = incident.events.iter().filter(|event| event.kind != crate::incident::EventKind::Published);
    let around = |times: &mut dyn Iterator<Item = Instant>| {
        times.map(|at| at.timestamp_millis()).fold(None, |range: Option<(i64, i64)>, at| match range {
            None => Some((at, at)),
            Some((start, end)) => Some((start.min(at), end.max(at))),
        })
    };
    let events = &mut told.filter_map(|event| event.at);
    around(&mut { edges }).or_else(|| around(&mut { phases })).or_else(|| around(&mut { said })).or_else(|| around(events))
}
