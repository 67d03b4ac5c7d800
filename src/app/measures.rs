//! The lengths that reviewers compare, each with its certainty and the words it was read from.

use crate::app::show;
use crate::app::viewport::{Range, millis};
use crate::incident::{Certainty, Edge, Incident, Instant, Metrics, PhaseKind, Window};
use crate::source::Cite;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The impact.
    Impact,
    /// To detection.
    Detect,
    /// To the first response.
    Acknowledge,
    /// To the cause found.
    Identify,
    /// To what was done taking effect.
    Mitigate,
    /// To the end of the impact.
    Restore,
    /// To being declared over.
    Resolve,
    /// To the first public word.
    Lag,
    /// All phases of a kind.
    Phase(PhaseKind),
}

impl Kind {
    /// Those that any incident may have, in the order in which they are shown.
    pub const METRICS: [Kind; 8] =
        [Kind::Impact, Kind::Detect, Kind::Acknowledge, Kind::Identify, Kind::Mitigate, Kind::Restore, Kind::Resolve, Kind::Lag];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Impact => "impact",
            Kind::Detect => "detect",
            Kind::Acknowledge => "ack",
            Kind::Identify => "identify",
            Kind::Mitigate => "mitigate",
            Kind::Restore => "restore",
            Kind::Resolve => "resolve",
            Kind::Lag => "lag",
            Kind::Phase(PhaseKind::PartialOutage) => "partial outage",
            Kind::Phase(kind) => kind.name(),
        }
    }

    /// What it is, in words.
    pub fn meaning(self) -> &'static str {
        match self {
            Kind::Impact => "the impact",
            Kind::Detect => "the time to detect",
            Kind::Acknowledge => "the time to acknowledge",
            Kind::Identify => "the time to identify",
            Kind::Mitigate => "the time to mitigate",
            Kind::Restore => "the time to restore",
            Kind::Resolve => "the time to resolve",
            Kind::Lag => "the publication lag",
            Kind::Phase(PhaseKind::Degradation) => "the degradation",
            Kind::Phase(PhaseKind::PartialOutage) => "the partial outage",
            Kind::Phase(PhaseKind::Outage) => "the outage",
            Kind::Phase(PhaseKind::Recovery) => "the recovery",
            Kind::Phase(PhaseKind::Maintenance) => "the maintenance",
            Kind::Phase(PhaseKind::Undetected) => "the time undetected",
            Kind::Phase(PhaseKind::Investigating) => "the time investigating",
            Kind::Phase(PhaseKind::Identified) => "the time with the cause identified",
            Kind::Phase(PhaseKind::Mitigating) => "the time mitigating",
            Kind::Phase(PhaseKind::Monitoring) => "the time monitoring",
        }
    }

    /// What an incident did for that long: the words before a length or `as long`, and those behind.
    pub fn deed(self) -> (&'static str, &'static str) {
        match self {
            Kind::Impact => ("lasted", ""),
            Kind::Detect => ("took", " to detect"),
            Kind::Acknowledge => ("took", " to acknowledge"),
            Kind::Identify => ("took", " to identify"),
            Kind::Mitigate => ("took", " to mitigate"),
            Kind::Restore => ("took", " to restore"),
            Kind::Resolve => ("took", " to resolve"),
            Kind::Lag => ("took", " to be made public"),
            Kind::Phase(PhaseKind::Degradation) => ("was degraded", ""),
            Kind::Phase(PhaseKind::PartialOutage) => ("was partly down", ""),
            Kind::Phase(PhaseKind::Outage) => ("was down", ""),
            Kind::Phase(PhaseKind::Recovery) => ("was recovering", ""),
            Kind::Phase(PhaseKind::Maintenance) => ("was under maintenance", ""),
            Kind::Phase(PhaseKind::Undetected) => ("went undetected", ""),
            Kind::Phase(PhaseKind::Investigating) => ("was investigated", ""),
            Kind::Phase(PhaseKind::Identified) => ("had its cause known", ""),
            Kind::Phase(PhaseKind::Mitigating) => ("was being mitigated", ""),
            Kind::Phase(PhaseKind::Monitoring) => ("was monitored", ""),
        }
    }
}

/// A length in minutes.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// How long.
    pub minutes: f64,
    /// Worked out as soon as one of its ends is.
    pub certainty: Certainty,
    /// The words that tell its ends.
    pub cites: Vec<Cite>,
    /// The moment that it leads to; none for what is no time to a moment.
    pub until: Option<Instant>,
}

impl Measure {
    /// It is written with a mark where it was worked out.
    pub fn text(&self) -> String {
        show::length(self.certainty, self.minutes)
    }
}

/// What is known of the lengths of one incident.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measures {
    known: Vec<(Kind, Measure)>,
    /// What has begun and has no known end.
    open: Vec<Kind>,
}

impl Measures {
    /// The lengths in one incident.
    pub fn of(incident: &Incident) -> Self {
        let mut measures = Self::default();
        measures.metrics(incident);
        measures.phases(incident);
        measures
    }

    /// A length; none where an end is unknown.
    pub fn get(&self, kind: Kind) -> Option<&Measure> {
        self.known.iter().find(|(known, _)| *known == kind).map(|(_, measure)| measure)
    }

    /// Whether it has begun and no end is known.
    pub fn is_open(&self, kind: Kind) -> bool {
        self.open.contains(&kind)
    }

    /// A length as it is written in a cell.
    pub fn cell(&self, kind: Kind) -> String {
        match self.get(kind) {
            Some(measure) => measure.text(),
            None if self.is_open(kind) => "open".into(),
            None => show::MISSING.into(),
        }
    }

    /// Whether anything is known.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// The kinds of phases that the incident has.
    pub fn phase_kinds(&self) -> impl Iterator<Item = Kind> {
        self.known.iter().map(|(kind, _)| *kind).chain(self.open.iter().copied()).filter(|kind| matches!(kind, Kind::Phase(_)))
    }

    fn metrics(&mut self, incident: &Incident) {
        let Metrics { detect, acknowledge, identify, mitigate, restore, resolve, publication_lag } = incident.metrics();
        let impact = &incident.impact;
        if incident.is_open() {
            self.open.push(Kind::Impact);
        }
        let start = impact.start();
        let from = start.map_or(Certainty::Inferred, |edge| edge.certainty);
        let start_cites = || start.map(|edge| edge.cites.clone()).unwrap_or_default();
        if let Some(minutes) = impact.minutes() {
            let edges = impact.windows.iter().flat_map(|window| [&window.start, &window.end]).flatten();
            let certainty = impact.windows.iter().map(Window::certainty).min().unwrap_or(Certainty::Inferred);
            self.push(Kind::Impact, minutes, certainty, edges.flat_map(|edge| edge.cites.clone()));
        }
        let mut to = |kind: Kind, minutes: Option<f64>, (until, certainty, cites): (Option<Instant>, Certainty, Vec<Cite>)| {
            if let Some(minutes) = minutes {
                // The words of the end first: the start is the same for all.
                let cites = cites.into_iter().chain(start_cites()).collect();
                self.known.push((kind, Measure { minutes, certainty: from.min(certainty), cites, until }));
            }
        };
        let told = |edge: Option<&Edge>| {
            edge.map_or((None, Certainty::Inferred, Vec::new()), |edge| (Some(edge.at), edge.certainty, edge.cites.clone()))
        };
        let milestones = &incident.milestones;
        to(Kind::Detect, detect, told(milestones.detected.as_ref()));
        to(Kind::Acknowledge, acknowledge, told(milestones.acknowledged.as_ref()));
        to(Kind::Identify, identify, told(milestones.identified.as_ref()));
        to(Kind::Mitigate, mitigate, told(milestones.mitigated.as_ref()));
        to(Kind::Restore, restore, told(impact.end()));
        to(Kind::Resolve, resolve, told(milestones.resolved.as_ref()));
        let first = incident.communication.map(|said| said.start);
        let posted = incident.events.iter().find(|event| event.at.is_some() && event.at == first);
        to(Kind::Lag, publication_lag, (first, from, posted.map(|event| event.cites.clone()).unwrap_or_default()));
    }

    fn phases(&mut self, incident: &Incident) {
        for &kind in PhaseKind::ALL {
            let phases = || incident.phases.iter().filter(|phase| phase.kind == kind);
            if phases().any(|phase| phase.end.is_none()) {
                self.open.push(Kind::Phase(kind));
                continue;
            }
            let Some(certainty) = phases().map(|phase| phase.certainty).min() else { continue };
            let ranges = phases().filter_map(|phase| Some(Range { start: millis(phase.start), end: millis(phase.end?) }));
            let lasting = Range::union(ranges.filter(|range| range.start < range.end).collect());
            let minutes = lasting.iter().map(|range| range.length() as f64 / 60_000.0).sum();
            self.push(Kind::Phase(kind), minutes, certainty, phases().flat_map(|phase| phase.cites.clone()));
        }
    }

    fn push(&mut self, kind: Kind, minutes: f64, certainty: Certainty, cites: impl Iterator<Item = Cite>) {
        self.known.push((kind, Measure { minutes, certainty, cites: cites.collect(), until: None }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basis::{Basis, Derivation, FormPart, Scored};
    use crate::fixture;

    fn texts(at: usize) -> [String; 8] {
        let measures = Measures::of(&fixture::entries()[at].incident());
        Kind::METRICS.map(|kind| measures.get(kind).map(Measure::text).unwrap_or_default())
    }

    #[test]
    fn a_length_is_as_certain_as_its_ends() {
        assert_eq!(texts(0), ["47m", "3m", "11m", "", "30m", "47m", "1h36m", "23m"]);
        assert_eq!(texts(4), ["", "~30m", "", "", "", "", "", ""]);
        assert_eq!(texts(3), [""; 8].map(String::from));
    }

    #[test]
    fn phases_of_a_kind_count_together_and_open_ones_have_no_length() {
        let relay = Measures::of(&fixture::entries()[1].incident());
        assert_eq!(relay.get(Kind::Phase(PhaseKind::Outage)).map(Measure::text), Some("12m".into()));
        assert_eq!(relay.get(Kind::Phase(PhaseKind::Investigating)).map(Measure::text), Some("~1h45m".into()));
        let open = Measures::of(&fixture::entries()[4].incident());
        assert!(open.is_open(Kind::Impact) && open.is_open(Kind::Phase(PhaseKind::Outage)));
        assert_eq!(open.get(Kind::Phase(PhaseKind::Outage)), None);
    }

    #[test]
    fn a_column_is_called_what_its_bars_are() {
        for &kind in PhaseKind::ALL {
            assert_eq!(Kind::Phase(kind).name(), kind.name().replace('_', " "));
        }
    }

    #[test]
    fn a_length_leads_to_the_words_of_its_end_first() {
        let entries = fixture::entries();
        let source = crate::library::source_of(&entries[0]).unwrap();
        let measures = Measures::of(&entries[0].incident());
        let words = |kind| source.slice(measures.get(kind).unwrap().cites.first().unwrap().span).to_owned();
        assert_eq!(words(Kind::Detect), "a probe of ours failed");
        assert_eq!(words(Kind::Restore), "08:09 UTC");
        assert_eq!(words(Kind::Impact), "07:22 UTC");
    }

    #[test]
    fn nothing_is_measured_from_a_start_that_is_but_a_post() {
        let mut incident = fixture::entries()[1].incident();
        assert!(incident.metrics().restore.is_some());
        let scored = Basis::Scored(Scored { of: 2, because: [u16::MAX; 3], margin: 900, next: None });
        let mut with = |basis, moment| {
            let start = incident.impact.windows.first_mut().and_then(|window| window.start.as_mut()).unwrap();
            (start.basis, start.moment) = (basis, moment);
            incident.metrics()
        };
        let stamp = Some(Basis::Form(FormPart::Stamp));
        assert_eq!(with(Basis::Derived(Derivation::Updates), stamp), crate::incident::Metrics::default());
        assert_eq!(with(scored, stamp), crate::incident::Metrics::default());
        assert!(with(scored, None).restore.is_some());
    }
}
