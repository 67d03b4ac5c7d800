//! What stands behind a bar or a mark: when it was, and the words of the report.

use super::chart::{Told, Words};
use crate::app::glyph;
use crate::app::lanes::{Bar, Mark};
use crate::app::show::{self, Clock};
use crate::app::viewport::{instant, millis};
use crate::incident::{Certainty, Event, Incident, Instant};
use crate::library::{self, Entry, Origin};
use crate::source::{Cite, Source};
use std::sync::Arc;

/// As many characters of a report's words are shown.
const MOST_WORDS: usize = 240;

/// The source that was read last: a file may tell of thousands of incidents one after another.
#[derive(Default)]
pub struct Sources(Option<(Origin, Option<Arc<Source>>)>);

impl Sources {
    /// The source of `entry`; none where it cannot be read any more.
    fn of(&mut self, entry: &Entry) -> Option<Arc<Source>> {
        if self.0.as_ref().is_none_or(|(origin, _)| *origin != entry.origin) {
            self.0 = Some((entry.origin.clone(), library::source_of(entry).ok().map(Arc::new)));
        }
        self.0.as_ref().and_then(|(_, source)| source.clone())
    }
}

/// An incident with its source at hand.
pub struct Teller {
    incident: Incident,
    /// None where the source cannot be read any more; then the words are left out.
    source: Option<Arc<Source>>,
    clock: Clock,
}

impl Teller {
    /// One that tells times by `clock`.
    pub fn new(entry: &Entry, clock: Clock, sources: &mut Sources) -> Self {
        let incident = entry.incident();
        let clock = clock.for_report(&incident);
        Self { incident, source: sources.of(entry), clock }
    }

    /// What stands behind a bar.
    pub fn bar(&self, bar: &Bar) -> Told {
        let at = |edge: Option<i64>| edge.and_then(instant);
        let (start, end) = (at(bar.start), at(bar.end));
        let length = start.zip(end).map(|(start, end)| show::minutes(crate::incident::minutes_between(start, end)));
        Told {
            what: bar.label.clone(),
            when: stretch(&self.clock, start.map(|at| ("", at)), end.map(|at| ("", at))),
            length: length.unwrap_or_default(),
            basis: bar.certainty.name().into(),
            words: self.words(&self.cites(bar)),
        }
    }

    /// What stands behind a mark.
    pub fn mark(&self, mark: &Mark) -> Told {
        let Some(event) = self.incident.events.get(mark.event) else { return Told::default() };
        let basis =
            [event.certainty.name(), &event.basis.to_string()].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
        let words = self.words(&event.cites);
        let words = if words.is_empty() { self.said(event) } else { self.with_text(event, words) };
        Told { what: glyph::event_name(event.kind).into(), when: self.when(event), length: String::new(), basis, words }
    }

    fn when(&self, event: &Event) -> String {
        let mark = show::marks(event.certainty, event.approximate);
        event.at.map(|at| format!("{mark}{} {}", self.clock.stamp(at), self.clock.offset(at))).unwrap_or_default()
    }

    /// The words around a time say more than the time itself.
    fn with_text(&self, event: &Event, words: Vec<Words>) -> Vec<Words> {
        let place = words.first().map(|words| words.place.clone()).unwrap_or_default();
        let told = words.iter().any(|words| words.text.contains(event.text.trim()));
        if told || event.text.trim().is_empty() { words } else { vec![Words { text: short(&event.text), place }] }
    }

    fn said(&self, event: &Event) -> Vec<Words> {
        if event.text.trim().is_empty() {
            return Vec::new();
        }
        vec![Words { text: short(&event.text), place: self.incident.source.path.clone() }]
    }

    /// The words of the phase or, for what no phase tells, of the window that a bar was made of.
    fn cites(&self, bar: &Bar) -> Vec<Cite> {
        let same = |at: Option<Instant>, edge: Option<i64>| at.map(millis) == edge;
        let mut phases = self.incident.phases.iter().filter(|phase| Some(phase.kind) == bar.kind && !bar.rest);
        if let Some(phase) = phases.find(|phase| same(Some(phase.start), bar.start) && same(phase.end, bar.end))
            && !phase.cites.is_empty()
        {
            return phase.cites.clone();
        }
        let edges = self.incident.impact.windows.iter().flat_map(|window| [&window.start, &window.end]).flatten();
        let near = edges.filter(|edge| same(Some(edge.at), bar.start) || same(Some(edge.at), bar.end));
        near.flat_map(|edge| edge.cites.clone()).collect()
    }

    fn words(&self, cites: &[Cite]) -> Vec<Words> {
        let Some(source) = &self.source else { return Vec::new() };
        let mut words: Vec<Words> = Vec::new();
        for cite in cites {
            let text = source.text().get(cite.span.range()).map(short).filter(|text| !text.is_empty());
            let place = format!("{}:{}", self.incident.source.path, cite.line);
            words.extend(text.map(|text| Words { text, place }));
        }
        // What stands within longer words says nothing more.
        let within = |at: usize, one: &Words| {
            let longer = |(other, whole): (usize, &Words)| {
                let same = whole.text.len() == one.text.len();
                other != at && whole.text.contains(&one.text) && (!same || other < at)
            };
            words.iter().enumerate().any(longer)
        };
        words.iter().enumerate().filter(|(at, one)| !within(*at, one)).map(|(_, one)| one.clone()).collect()
    }
}

/// From one end to the other, each with the mark before it; the day is said once when it is the same.
pub fn stretch(clock: &Clock, start: Option<(&str, Instant)>, end: Option<(&str, Instant)>) -> String {
    let offset = |at: Instant| clock.offset(at);
    match (start, end) {
        (Some((about, start)), Some((mark, end))) => {
            let until = if clock.date(start) == clock.date(end) { clock.time(end) } else { clock.stamp(end) };
            format!("{about}{} to {mark}{until} {}", clock.stamp(start), offset(end))
        }
        (Some((about, start)), None) => format!("{about}{} {}, no end known", clock.stamp(start), offset(start)),
        (None, Some((mark, end))) => format!("no start known, to {mark}{} {}", clock.stamp(end), offset(end)),
        (None, None) => String::new(),
    }
}

/// `text` on one line, cut where it is long.
fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST_WORDS) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default()),
        None => line,
    }
}

/// `stated` or `inferred`, in the sign of the explorer.
pub fn sign(certainty: Certainty) -> &'static str {
    show::marks(certainty, false)
}
