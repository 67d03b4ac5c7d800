//! A builder of incidents over their text.

use super::record;
use chrono::NaiveDate;
use sevline::basis::{Derivation, FormPart, Placed, Rule};
use sevline::extract::lexicon::Topic;
use sevline::incident::*;
use sevline::library::{Entry, Origin};
use sevline::source::{Cite, Source, Span};
use std::sync::Arc;

/// Builds one incident over its text.
pub struct Make {
    source: Source,
    pub incident: Incident,
}

impl Make {
    pub fn new(path: &str, text: &str) -> Self {
        let source = Source::decode(path, text.into());
        let extent = source.cite(Span::new(0..text.len()));
        let source_ref = SourceRef { path: path.into(), index: 0, format: Format::StatuspageText, url: None };
        let incident = Incident { id: path.into(), source: source_ref, extent, ..record::bare() };
        Self { source, incident }
    }

    pub fn cite(&self, words: &str) -> Cite {
        let at = self.source.text().find(words).unwrap_or_else(|| panic!("no '{words}' in the source"));
        self.source.cite(Span::new(at..at + words.len()))
    }

    fn fact(&self, words: &str) -> Fact<String> {
        Fact::stated(words.to_owned(), self.cite(words), Basis::Form(FormPart::Title))
    }

    pub fn title(&mut self, words: &str) -> &mut Self {
        self.incident.title = Some(self.fact(words));
        self
    }

    pub fn organization(&mut self, words: &str) -> &mut Self {
        self.incident.organization = Some(self.fact(words));
        self
    }

    pub fn service(&mut self, words: &str) -> &mut Self {
        let cite = self.source.text().find(words).map(|at| self.source.cite(Span::new(at..at + words.len())));
        self.incident.services.push(Fact {
            certainty: Certainty::Stated,
            cites: cite.into_iter().collect(),
            ..Fact::inferred(words.into(), Vec::new(), Basis::Form(FormPart::Components))
        });
        self
    }

    pub fn severity(&mut self, value: Severity, certainty: Certainty, words: &str) -> &mut Self {
        let basis = match certainty {
            Certainty::Stated => Basis::Labelled(Topic::Severity),
            Certainty::Inferred => Basis::Ruled(Rule::WordsOfTitle),
        };
        self.incident.severity = Some(Fact { certainty, ..Fact::stated(value, self.cite(words), basis) });
        self
    }

    pub fn summary(&mut self, words: &str) -> &mut Self {
        self.incident.summary = Some(self.fact(words));
        self
    }

    pub fn cause(&mut self, words: &str) -> &mut Self {
        self.incident.root_cause = Some(self.fact(words));
        self
    }

    pub fn posted(&mut self, start: &str, end: &str) -> &mut Self {
        self.incident.communication = Some(Communication { start: at(start), end: at(end) });
        self
    }

    pub fn action(&mut self, text: &str, state: ActionState, due: Option<NaiveDate>) -> &mut Self {
        let cite = self.cite(text);
        self.incident.action_items.push(ActionItem { text: text.into(), state, horizon: None, due, owner: None, cite });
        self
    }

    pub fn window(&mut self, start: &str, end: Option<&str>, from: &str, to: &str, label: Option<&str>, certainty: Certainty) {
        let edge = |time: &str, words: &str| Edge { at: at(time), ..record::edge_of(certainty, vec![self.cite(words)]) };
        let window = Window { start: Some(edge(start, from)), end: end.map(|end| edge(end, to)), label: label.map(str::to_owned) };
        self.incident.impact.windows.push(window);
    }

    pub fn phase(&mut self, lane: Lane, kind: PhaseKind, start: &str, end: Option<&str>, certainty: Certainty) {
        let (start, end) = (at(start), end.map(at));
        self.incident.phases.push(Phase {
            lane,
            kind,
            label: None,
            start,
            end,
            certainty,
            basis: Basis::Derived(Derivation::Windows),
            cites: Vec::new(),
        });
    }

    pub fn event(&mut self, kind: EventKind, time: &str, written: &str, text: &str) {
        let cites = vec![self.cite(text)];
        let event = record::event(kind, at(time), text);
        self.incident.events.push(Event {
            written: written.into(),
            basis: Basis::Placed(Placed { clock: true, ..Placed::default() }),
            cites,
            ..event
        });
    }

    pub fn done(mut self) -> Arc<Entry> {
        self.incident.milestones = record::milestones(&self.incident.events);
        Arc::new(Entry::new(self.incident, Origin::Memory(self.source.text().as_bytes().into())))
    }
}

fn at(text: &str) -> Instant {
    format!("{text}:00Z").parse().unwrap()
}
