//! A report against itself: what does not add up.

mod course;
mod disagree;
mod range;
mod time;

use super::mention::Unreadable;
use super::window::Evidence;
use crate::diagnostic::{Code, Diagnostic};
use crate::incident::{Certainty, Edge, Incident, minutes_between};
use crate::source::{Cite, Span};

/// What the checks look at beside the incident.
pub struct Material<'c, 'a> {
    /// The text, every time in it and the live updates.
    pub evidence: &'c Evidence<'c, 'a>,
    /// How many of the passages stand outside the text, as front matter or headers, at its top.
    pub head: usize,
    /// What could not be read.
    pub unreadable: &'c [Unreadable<'a>],
    /// Where an update without a stamp stands.
    pub unstamped: Vec<Cite>,
    /// Whether the window had to be taken from the updates.
    pub from_updates: bool,
    /// Whether one of its strings holds half of a character.
    pub half_characters: bool,
    /// The severity label that is on no known scale.
    pub unknown_severity: Option<Cite>,
}

/// All findings about `incident`, in the order of their places.
pub fn diagnostics(incident: &Incident, material: &Material) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    durations(incident, &mut found);
    time::zones(material, &mut found);
    time::clocks(material, &mut found);
    time::dates(material, &mut found);
    time::unreadable(material, &mut found);
    range::backwards(material, &mut found);
    range::nights(incident, material, &mut found);
    range::fields(material, &mut found);
    range::outside(incident, &mut found);
    range::order(material, &mut found);
    disagree::sources(incident, material, &mut found);
    course::course(incident, material.from_updates, &mut found);
    course::declared(incident, material.evidence.posted, &mut found);
    if material.from_updates {
        let cite = incident.impact.start().and_then(|edge| edge.cites.first().copied());
        found.push(Diagnostic::new(
            Code::WindowFromUpdates,
            "no impact is stated; the window runs from the first update to Resolved",
            cite,
        ));
    }
    // A labelled edge is stated, be its zone or its day worked out.
    let guessed = |edge: Option<&Edge>| edge.is_some_and(|edge| edge.certainty == Certainty::Inferred && !edge.basis.is_labelled());
    if !material.from_updates && guessed(incident.impact.start()) && guessed(incident.impact.end()) {
        let cite = incident.impact.start().and_then(|edge| edge.cites.first().copied());
        found.push(Diagnostic::new(Code::WindowFromTimeline, "no impact is stated; the window runs over what the timeline tells", cite));
    }
    if let Some(cite) = material.unknown_severity {
        let label = incident.severity_label.clone().unwrap_or_default();
        found.push(
            Diagnostic::new(Code::UnknownSeverity, format!("the severity “{label}” is on no known scale"), Some(cite))
                .help("it is shown as written and filtered as unknown"),
        );
    }
    for cite in &material.unstamped {
        found.push(Diagnostic::new(Code::UpdateWithoutStamp, "this update carries no time", Some(*cite)));
    }
    let source = material.evidence.source;
    if material.half_characters {
        let message = "a string holds half of a character, which is shown as �";
        found.push(Diagnostic::new(Code::TextReplaced, message, Some(incident.extent)).help("save the file again from its source"));
    }
    if source.lossy() {
        let mark = source.text().find(char::REPLACEMENT_CHARACTER).map(|at| source.cite(Span::new(at..at + 3)));
        found.push(Diagnostic::new(Code::TextReplaced, "bytes that are no text were replaced", mark).help("save the report as UTF-8"));
    }
    found.sort_by_key(|diagnostic| diagnostic.cite().map(|cite| cite.span));
    found
}

/// The stated length against the windows.
fn durations(incident: &Incident, found: &mut Vec<Diagnostic>) {
    let (Some(stated), Some(union)) = (&incident.impact.stated_minutes, incident.impact.minutes()) else { return };
    let span = incident.impact.start().zip(incident.impact.end()).map_or(union, |(start, end)| minutes_between(start.at, end.at));
    let slack = (stated.value * 0.1).max(2.0);
    let fits = |minutes: f64| (minutes - stated.value).abs() <= slack;
    if !fits(union) && !fits(span) {
        let message = format!("the report states {}; its window is {}", length(stated.value), length(union));
        found.push(
            Diagnostic::new(Code::DurationMismatch, message, stated.cites.first().copied()).help("the window is used; both are kept"),
        );
    }
}

/// Minutes as people write them: "70 minutes", "3 h 25 min".
fn length(minutes: f64) -> String {
    let whole = minutes.round();
    if whole < 120.0 { format!("{whole} minutes") } else { format!("{} h {} min", (whole / 60.0).floor(), whole % 60.0) }
}
