//! Which words each field of a record was read from.

use super::record::Words;
use crate::incident::{Fact, Incident};
use crate::source::Cite;

/// Every JSON pointer into the record that has words to show, in the order of the fields.
pub fn of(incident: &Incident) -> Vec<(String, Vec<Words>)> {
    let mut found = Evidence(Vec::new());
    found.fact("/title", &incident.title);
    found.fact("/organization", &incident.organization);
    found.fact("/status", &incident.status);
    found.fact("/severity", &incident.severity);
    found.facts("/services", &incident.services);
    for (index, component) in incident.components.iter().enumerate() {
        found.words(format!("/components/{index}"), &[component.cite]);
    }
    found.facts("/regions", &incident.regions);
    found.impact(incident);
    for (index, phase) in incident.phases.iter().enumerate() {
        found.words(format!("/phases/{index}"), &phase.cites);
    }
    for (index, event) in incident.events.iter().enumerate() {
        let field = match (event.at, event.date) {
            (Some(_), _) => "at",
            (None, Some(_)) => "date",
            (None, None) => "written",
        };
        found.words(format!("/events/{index}/{field}"), &event.cites);
    }
    found.fact("/summary", &incident.summary);
    found.fact("/customer_impact", &incident.customer_impact);
    found.fact("/root_cause", &incident.root_cause);
    found.fact("/resolution", &incident.resolution);
    found.facts("/lessons", &incident.lessons);
    for (index, item) in incident.action_items.iter().enumerate() {
        found.words(format!("/action_items/{index}"), &[item.cite]);
    }
    for (index, diagnostic) in incident.diagnostics.iter().enumerate() {
        found.words(format!("/diagnostics/{index}"), diagnostic.cite.as_slice());
    }
    found.0
}

struct Evidence(Vec<(String, Vec<Words>)>);

impl Evidence {
    fn words(&mut self, pointer: impl Into<String>, cites: &[Cite]) {
        if !cites.is_empty() {
            self.0.push((pointer.into(), cites.iter().copied().map(Words::from).collect()));
        }
    }

    fn fact<T>(&mut self, pointer: &str, fact: &Option<Fact<T>>) {
        if let Some(fact) = fact {
            self.words(pointer, &fact.cites);
        }
    }

    fn facts<T>(&mut self, pointer: &str, facts: &[Fact<T>]) {
        for (index, fact) in facts.iter().enumerate() {
            self.words(format!("{pointer}/{index}"), &fact.cites);
        }
    }

    fn impact(&mut self, incident: &Incident) {
        let impact = &incident.impact;
        let ends = [("start", impact.start()), ("end", impact.end())];
        for (name, edge) in ends.into_iter().filter_map(|(name, edge)| Some((name, edge?))) {
            self.words(format!("/impact/{name}"), &edge.cites);
        }
        for (index, window) in impact.windows.iter().enumerate() {
            for (name, edge) in [("start", &window.start), ("end", &window.end)] {
                if let Some(edge) = edge {
                    self.words(format!("/impact/windows/{index}/{name}"), &edge.cites);
                }
            }
        }
        self.fact("/impact/stated_duration_minutes", &impact.stated_minutes);
    }
}
