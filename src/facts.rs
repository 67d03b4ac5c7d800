//! Every fact of an incident, with its place in the exported record and the words it was read from.
//!
//! The one walk over an incident's facts: the record's evidence, `sevline explain` and what the explorer's source screen
//! tells of the words at its cursor all come from it.

use crate::basis::{self, Alternative, Basis, Derivation};
use crate::incident::{Certainty, Edge, EventKind, Fact, Incident, Instant};
use crate::source::Cite;
use chrono::NaiveDate;
use std::borrow::Cow;

/// One fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Known<'a> {
    /// A JSON pointer into the record.
    pub pointer: String,
    /// What it is, in a few words.
    pub name: Cow<'a, str>,
    /// What was read.
    pub value: Value<'a>,
    /// Whether the report writes it; none where the record makes no difference.
    pub certainty: Option<Certainty>,
    /// Whether the report calls it approximate.
    pub approximate: bool,
    /// By what it was decided, and of the end of a window what decided what its moment leaves out; none where there was
    /// nothing to decide.
    pub bases: [Option<Basis>; 2],
    /// The day and zone of a moment, where either was chosen narrowly.
    pub alternatives: &'a [Alternative],
    /// The report's own word for it, where the value is that of a scale.
    pub label: Option<&'a str>,
    /// The words, none for a value worked out from other facts.
    pub cites: &'a [Cite],
}

/// What was read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// Words of the report, or a name of the record.
    Words(&'a str),
    /// A moment.
    At(Instant),
    /// A day.
    Day(NaiveDate),
    /// A length in minutes.
    Minutes(f64),
    /// A stretch of time; open without an end.
    Stretch(Instant, Option<Instant>),
}

impl Known<'_> {
    /// Where one of several moments was chosen, the next best of them and that one.
    pub fn next_best(&self) -> Option<(Instant, Instant)> {
        let Value::At(at) = self.value else { return None };
        self.bases.iter().flatten().find_map(|basis| basis.next_best(at)).map(|next| (next, at))
    }

    /// By what it was decided, in words; empty where there was nothing to decide.
    pub fn because(&self) -> String {
        let told = basis::told(self.bases.iter().flatten().copied());
        // What is in doubt comes first: a line may have no room for all.
        let others = self.alternatives.iter().map(Alternative::to_string);
        let told = others.chain(Some(told).filter(|told| !told.is_empty())).collect::<Vec<_>>().join(", ");
        match self.label {
            Some(label) if told.is_empty() => format!("“{label}” in the report"),
            Some(label) => format!("{told}, “{label}” in the report"),
            None => told,
        }
    }
}

/// Every fact, in the order of the record's fields.
pub fn of(incident: &Incident) -> Vec<Known<'_>> {
    let mut walk = Walk { incident, found: Vec::new() };
    walk.identity();
    walk.impact();
    walk.course();
    walk.account();
    walk.found
}

struct Walk<'a> {
    incident: &'a Incident,
    found: Vec<Known<'a>>,
}

impl<'a> Walk<'a> {
    fn identity(&mut self) {
        let incident = self.incident;
        if let Some(why) = &incident.doubtful {
            self.derived("/doubtful_because", "doubtful", Value::Words(why), Derivation::File);
        }
        if let Some(url) = &incident.source.url {
            self.plain("/source/url", "address", Value::Words(url), &[]);
        }
        self.text("/title", "title", &incident.title);
        self.text("/organization", "organization", &incident.organization);
        if let Some(status) = &incident.status {
            self.fact("/status", "status", status, Value::Words(status.value.name()));
        }
        if let Some(severity) = &incident.severity {
            self.fact("/severity", "severity", severity, Value::Words(severity.value.name()));
            if let Some(last) = self.found.last_mut() {
                last.label = incident.severity_label.as_deref();
            }
        }
        self.texts("/services", "service", &incident.services);
        for (index, component) in incident.components.iter().enumerate() {
            let cites = std::slice::from_ref(&component.cite);
            self.plain(format!("/components/{index}"), "component", Value::Words(&component.name), cites);
        }
        self.texts("/regions", "region", &incident.regions);
    }

    fn impact(&mut self) {
        let impact = &self.incident.impact;
        for (field, edge) in [("start", impact.start()), ("end", impact.end())] {
            if let Some(edge) = edge {
                self.edge(format!("/impact/{field}"), format!("impact {field}"), edge);
            }
        }
        for (index, window) in impact.windows.iter().enumerate() {
            for (field, edge) in [("start", &window.start), ("end", &window.end)] {
                if let Some(edge) = edge {
                    let pointer = format!("/impact/windows/{index}/{field}");
                    let name = match &window.label {
                        Some(label) => format!("{label}: {field}"),
                        None => format!("impact window {} {field}", index + 1),
                    };
                    self.edge(pointer, name, edge);
                }
            }
        }
        if let Some(minutes) = impact.minutes() {
            self.derived("/impact/duration_minutes", "impact duration", Value::Minutes(minutes), Derivation::Windows);
        }
        if let Some(stated) = &impact.stated_minutes {
            self.fact("/impact/stated_duration_minutes", "stated duration", stated, Value::Minutes(stated.value));
        }
    }

    fn course(&mut self) {
        let incident = self.incident;
        if let Some(said) = incident.communication {
            self.derived("/communication/start", "first update", Value::At(said.start), Derivation::Stamps);
            self.derived("/communication/end", "last update", Value::At(said.end), Derivation::Stamps);
        }
        for (index, phase) in incident.phases.iter().enumerate() {
            let name = format!("{} phase {}", phase.lane.name(), phase.kind.name().replace('_', " "));
            let value = Value::Stretch(phase.start, phase.end);
            self.plain(format!("/phases/{index}"), name, value, &phase.cites);
            self.certainty(phase.certainty, false);
            self.basis(phase.basis);
        }
        for (index, event) in incident.events.iter().enumerate() {
            let (field, value) = match (event.at, event.date) {
                (Some(at), _) => ("at", Value::At(at)),
                (None, Some(date)) => ("date", Value::Day(date)),
                (None, None) => ("written", Value::Words(&event.written)),
            };
            let name = if event.kind == EventKind::Other { "event" } else { event.kind.name() };
            self.plain(format!("/events/{index}/{field}"), name, value, &event.cites);
            self.certainty(event.certainty, event.approximate);
            self.basis(event.basis);
            self.alternatives(&event.alternatives);
        }
        for (role, edge) in incident.milestones.told() {
            self.edge(format!("/milestones/{}/at", role.name()), role.name().to_owned(), edge);
        }
        let metrics = incident.metrics();
        for (field, name, minutes) in [
            ("time_to_detect", "time to detect", metrics.detect),
            ("time_to_acknowledge", "time to acknowledge", metrics.acknowledge),
            ("time_to_identify", "time to identify", metrics.identify),
            ("time_to_mitigate", "time to mitigate", metrics.mitigate),
            ("time_to_restore", "time to restore", metrics.restore),
            ("time_to_resolve", "time to resolve", metrics.resolve),
            ("publication_lag", "publication lag", metrics.publication_lag),
        ] {
            if let Some(minutes) = minutes {
                self.derived(format!("/metrics/{field}_minutes"), name, Value::Minutes(minutes), Derivation::Start);
            }
        }
    }

    fn account(&mut self) {
        let incident = self.incident;
        self.text("/summary", "summary", &incident.summary);
        self.text("/customer_impact", "customer impact", &incident.customer_impact);
        self.text("/root_cause", "root cause", &incident.root_cause);
        self.text("/resolution", "resolution", &incident.resolution);
        self.texts("/lessons", "lesson", &incident.lessons);
        for (index, item) in incident.action_items.iter().enumerate() {
            let name = format!("action item, {}", item.state.name());
            self.plain(format!("/action_items/{index}"), name, Value::Words(&item.text), std::slice::from_ref(&item.cite));
        }
        for (index, found) in incident.diagnostics.iter().enumerate() {
            let name = format!("{}[{}]", found.level().name(), found.code.name());
            self.plain(format!("/diagnostics/{index}"), name, Value::Words(&found.message), &found.cites);
        }
    }

    fn plain(&mut self, pointer: impl Into<String>, name: impl Into<Cow<'a, str>>, value: Value<'a>, cites: &'a [Cite]) {
        let (pointer, name) = (pointer.into(), name.into());
        let known =
            Known { pointer, name, value, certainty: None, approximate: false, bases: [None; 2], alternatives: &[], label: None, cites };
        self.found.push(known);
    }

    /// Says how certain the last fact is.
    fn certainty(&mut self, certainty: Certainty, approximate: bool) {
        if let Some(last) = self.found.last_mut() {
            (last.certainty, last.approximate) = (Some(certainty), approximate);
        }
    }

    /// Says by what the last fact was decided.
    fn basis(&mut self, basis: Basis) {
        if let Some(last) = self.found.last_mut() {
            last.bases = [Some(basis), None];
        }
    }

    /// Says what of the last fact was chosen narrowly.
    fn alternatives(&mut self, alternatives: &'a [Alternative]) {
        if let Some(last) = self.found.last_mut() {
            last.alternatives = alternatives;
        }
    }

    /// A value that was worked out from other facts, not from words.
    fn derived(&mut self, pointer: impl Into<String>, name: &'static str, value: Value<'a>, derivation: Derivation) {
        self.plain(pointer, name, value, &[]);
        self.basis(Basis::Derived(derivation));
    }

    fn fact<T>(&mut self, pointer: impl Into<String>, name: &'static str, fact: &'a Fact<T>, value: Value<'a>) {
        self.plain(pointer, name, value, &fact.cites);
        self.certainty(fact.certainty, false);
        self.basis(fact.basis);
    }

    fn text(&mut self, pointer: &str, name: &'static str, fact: &'a Option<Fact<String>>) {
        if let Some(fact) = fact {
            self.fact(pointer, name, fact, Value::Words(&fact.value));
        }
    }

    fn texts(&mut self, pointer: &str, name: &'static str, facts: &'a [Fact<String>]) {
        for (index, fact) in facts.iter().enumerate() {
            self.fact(format!("{pointer}/{index}"), name, fact, Value::Words(&fact.value));
        }
    }

    /// One end of a window.
    fn edge(&mut self, pointer: String, name: String, edge: &'a Edge) {
        self.plain(pointer, name, Value::At(edge.at), &edge.cites);
        self.certainty(edge.certainty, edge.approximate);
        let mut bases = edge.bases();
        if let Some(last) = self.found.last_mut() {
            last.bases = [bases.next(), bases.next()];
        }
        self.alternatives(&edge.alternatives);
    }
}
