//! An entry with what filtering and sorting look at, worked out once.

use super::facet;
use crate::incident::{Certainty, Format, Instant, Metrics, Severity, Status, Window};
use crate::library::Entry;
use crate::review::Reviews;
use crate::sanitize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One incident as the list, the filter and the sorting see it.
#[derive(Debug, Clone)]
pub struct Indexed {
    /// What was read.
    pub entry: Arc<Entry>,
    /// The severity; none is a value like any other.
    pub severity: Option<Severity>,
    /// The groups its services fall into, see [`facet::group`]; one for each service, in the report's order.
    pub services: Vec<String>,
    /// The moment it is sorted by.
    pub start: Option<Instant>,
    /// The last end of the impact; none while any part of it has none.
    pub end: Option<Instant>,
    /// The last moment at which anything is known to have gone on; none for what is still going on or never began.
    pub until: Option<Instant>,
    /// Whether its impact has no known end and nobody declared it over.
    pub ongoing: bool,
    /// The length of the impact in minutes.
    pub minutes: Option<f64>,
    /// Times to detection and so on, in minutes.
    pub metrics: Metrics,
    /// The last thing said of it.
    pub status: Option<Status>,
    /// The form of its file.
    pub format: Format,
    /// The title in lower case.
    pub title: String,
    /// The organization in lower case.
    pub organization: Option<String>,
    /// The reviewer's own tags, in lower case and in alphabetical order.
    pub tags: Vec<String>,
    /// Whether it is marked in the explorer.
    pub marked: bool,
    /// Whether the words of a `text:` stand in its source, as far as it was read for them; words in lower case.
    pub found: BTreeMap<String, bool>,
    /// All that bare words are searched in, in lower case and without what nobody can type.
    pub(super) haystack: String,
    /// The services in lower case, as the report spells them.
    pub(super) spellings: Vec<String>,
}

impl Indexed {
    /// Indexes an entry.
    pub fn new(entry: Arc<Entry>) -> Self {
        let incident = &entry.incident;
        let texts = [&incident.title, &incident.organization, &incident.summary, &incident.root_cause];
        let mut haystack = String::new();
        for text in texts.into_iter().flatten().chain(&incident.services) {
            // A line feed between the texts: no search matches across them, because no query can hold one.
            haystack.push_str(&sanitize::typed(&text.value).to_lowercase().replace('\n', " "));
            haystack.push('\n');
        }
        let review = entry.review();
        if let Some(review) = review {
            haystack.push_str(&review.note.to_lowercase().replace('\n', " "));
        }
        let (start, end) = (incident.start(), incident.impact.end().map(|edge| edge.at));
        let status = incident.status.as_ref().map(|fact| fact.value);
        let ongoing = incident.is_open() && !matches!(status, Some(Status::Resolved | Status::Completed));
        let last_event = incident.events.iter().filter_map(|event| event.at).max();
        let last_known = || incident.communication.map(|said| said.end).max(last_event).max(start);
        Self {
            severity: incident.severity.as_ref().map(|fact| fact.value),
            services: incident.services.iter().map(|service| facet::group(&service.value)).collect(),
            spellings: incident.services.iter().map(|service| service.value.to_lowercase()).collect(),
            start,
            end,
            until: if ongoing { None } else { end.or_else(last_known) },
            ongoing,
            minutes: incident.impact.minutes(),
            metrics: incident.metrics(),
            status,
            format: incident.source.format,
            title: sanitize::typed(incident.display_title()).to_lowercase(),
            organization: incident.organization.as_ref().map(|fact| fact.value.to_lowercase()),
            tags: review.map(|review| review.tags.iter().cloned().collect()).unwrap_or_default(),
            marked: false,
            found: BTreeMap::new(),
            haystack,
            entry,
        }
    }

    /// The same with what is said of the incident.
    pub fn with(self, reviews: &Reviews) -> Self {
        let entry = self.entry.clone().with(reviews);
        if Arc::ptr_eq(&entry, &self.entry) { self } else { Self { marked: self.marked, found: self.found, ..Self::new(entry) } }
    }

    /// Whether the impact is written or was worked out; none without any.
    pub fn certainty(&self) -> Option<Certainty> {
        self.entry.incident.impact.windows.iter().map(Window::certainty).min()
    }

    /// Which of `words` its source is yet to be read for.
    pub fn unread<'a>(&self, words: &'a [String]) -> Vec<&'a String> {
        words.iter().filter(|words| !self.found.contains_key(*words)).collect()
    }
}
