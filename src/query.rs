//! Which incidents are shown, in what order, and how many there are of each kind.

pub mod facet;
pub mod order;

use crate::incident::{Instant, Severity};
use crate::library::Entry;
use memchr::memmem::Finder;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// An entry with what filtering and sorting look at, worked out once.
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
    /// The length of the impact in minutes.
    pub minutes: Option<f64>,
    /// The title in lower case.
    pub title: String,
    /// The organization in lower case.
    pub organization: Option<String>,
    /// All searched text in lower case.
    haystack: String,
}

impl Indexed {
    /// Indexes an entry.
    pub fn new(entry: Arc<Entry>) -> Self {
        let incident = &entry.incident;
        let organization = incident.organization.as_ref().map(|fact| fact.value.to_lowercase());
        let texts = [&incident.title, &incident.organization, &incident.summary, &incident.root_cause];
        let mut haystack = String::new();
        for text in texts.into_iter().flatten().chain(&incident.services) {
            // A line feed between the texts: no search matches across them, because no prompt can hold one.
            haystack.push_str(&text.value.to_lowercase().replace('\n', " "));
            haystack.push('\n');
        }
        Self {
            severity: incident.severity.as_ref().map(|fact| fact.value),
            services: incident.services.iter().map(|service| facet::group(&service.value)).collect(),
            start: incident.start(),
            minutes: incident.impact.minutes(),
            title: incident.display_title().to_lowercase(),
            organization,
            haystack,
            entry,
        }
    }
}

/// A filter: every part that is set must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Words that must all occur; those in quotes as they stand.
    pub text: String,
    /// Any of these severities; none of them set means all.
    pub severities: BTreeSet<Option<Severity>>,
    /// Any of these service groups; none of them set means all.
    pub services: BTreeSet<String>,
}

impl Query {
    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.severities.is_empty() && self.services.is_empty()
    }

    /// Whether all that `self` lets through passes `wider` as well, so that only what is shown must be looked at again.
    pub fn narrows(&self, wider: &Query) -> bool {
        let quoted = self.text.contains('"') || wider.text.contains('"');
        let same_values = self.severities == wider.severities && self.services == wider.services;
        same_values && !quoted && self.text.starts_with(&wider.text)
    }

    /// The test to run over many rows.
    pub fn matcher(&self) -> Matcher<'_> {
        let lower = self.text.to_lowercase();
        let finders = words(&lower).map(|word| Finder::new(word).into_owned()).collect();
        Matcher { query: self, finders }
    }
}

/// A query made ready to look at many rows.
pub struct Matcher<'a> {
    query: &'a Query,
    finders: Vec<Finder<'static>>,
}

impl Matcher<'_> {
    /// Whether the row passes.
    pub fn matches(&self, row: &Indexed) -> bool {
        self.matches_severity(row) && self.matches_service(row) && self.matches_text(row)
    }

    fn matches_text(&self, row: &Indexed) -> bool {
        self.finders.iter().all(|finder| finder.find(row.haystack.as_bytes()).is_some())
    }

    fn matches_severity(&self, row: &Indexed) -> bool {
        self.query.severities.is_empty() || self.query.severities.contains(&row.severity)
    }

    fn matches_service(&self, row: &Indexed) -> bool {
        self.query.services.is_empty() || row.services.iter().any(|service| self.query.services.contains(service))
    }
}

/// The words of a search: split at blanks, but a quoted phrase is one.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split('"').enumerate();
    let words = parts.flat_map(|(at, part)| if at % 2 == 1 { vec![part] } else { part.split_whitespace().collect() });
    words.filter(|word| !word.is_empty())
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severities = self.severities.iter().rev().map(|severity| severity.map_or("unknown", Severity::name));
        let mut parts = Vec::new();
        if !self.severities.is_empty() {
            parts.push(format!("sev:{}", severities.collect::<Vec<_>>().join(",")));
        }
        if !self.services.is_empty() {
            let quoted = self.services.iter().map(|name| if name.contains([' ', ',']) { format!("\"{name}\"") } else { name.clone() });
            parts.push(format!("service:{}", quoted.collect::<Vec<_>>().join(",")));
        }
        if !self.text.trim().is_empty() {
            parts.push(self.text.trim().to_owned());
        }
        f.write_str(&parts.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn rows() -> Vec<Indexed> {
        fixture::entries().into_iter().map(Indexed::new).collect()
    }

    fn titles(query: &Query) -> Vec<String> {
        let (rows, matcher) = (rows(), query.matcher());
        rows.iter().filter(|row| matcher.matches(row)).map(|row| row.title.clone()).collect()
    }

    #[test]
    fn text_is_searched_without_case_in_all_fields() {
        let found = |text: &str| titles(&Query { text: text.into(), ..Query::default() });
        assert_eq!(found("booking calendars"), ["partial outage of the booking service leaves calendars empty"]);
        assert_eq!(found("thistlewick"), found("booking calendars"));
        assert_eq!(found("\"nightly import\"").len(), 1);
        assert_eq!(found("\"import nightly\"").len(), 0);
        assert_eq!(found("").len(), rows().len());
    }

    #[test]
    fn several_values_of_a_facet_widen_and_facets_narrow_each_other() {
        let severities = BTreeSet::from([Some(Severity::High), None]);
        let both = titles(&Query { severities: severities.clone(), ..Query::default() });
        let high = titles(&Query { severities: BTreeSet::from([Some(Severity::High)]), ..Query::default() });
        assert!(high.len() < both.len() && both.len() < rows().len());
        let services = BTreeSet::from(["calendar".to_owned()]);
        assert_eq!(titles(&Query { severities, services, ..Query::default() }).len(), 1);
    }

    #[test]
    fn says_what_it_is() {
        let query = Query {
            text: "rate limit".into(),
            severities: BTreeSet::from([None, Some(Severity::High), Some(Severity::Critical)]),
            services: BTreeSet::from(["calendar".into(), "parcel labels".into()]),
        };
        assert_eq!(query.to_string(), "sev:critical,high,unknown service:calendar,\"parcel labels\" rate limit");
        assert!(Query { text: "abc".into(), ..Query::default() }.narrows(&Query { text: "ab".into(), ..Query::default() }));
        assert!(!Query { text: "ab".into(), ..Query::default() }.narrows(&Query { text: "abc".into(), ..Query::default() }));
    }
}
