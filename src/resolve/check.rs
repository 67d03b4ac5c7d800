//! A report against itself: what does not add up.

mod disagree;

use super::mention::{InRange, Mention, Unreadable};
use super::point::Doubt;
use super::window::Evidence;
use crate::diagnostic::{Code, Diagnostic};
use crate::extract::lexicon::Topic;
use crate::format;
use crate::incident::{EventKind, Format, Incident, minutes_between};
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
    /// The severity label that is on no known scale.
    pub unknown_severity: Option<Cite>,
}

/// All findings about `incident`, in the order of their places.
pub fn diagnostics(incident: &Incident, material: &Material) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    durations(incident, &mut found);
    times(incident, material, &mut found);
    order(material, &mut found);
    disagree::sources(incident, material, &mut found);
    if material.from_updates {
        let cite = incident.impact.start().and_then(|edge| edge.cites.first().copied());
        found.push(Diagnostic::new(
            Code::WindowFromUpdates,
            "no impact is stated; the window runs from the first update to Resolved",
            cite,
        ));
    }
    let guessed = |edge: Option<&crate::incident::Edge>| edge.is_some_and(|edge| edge.certainty == crate::incident::Certainty::Inferred);
    if !material.from_updates && guessed(incident.impact.start()) && guessed(incident.impact.end()) {
        let cite = incident.impact.start().and_then(|edge| edge.cites.first().copied());
        found.push(Diagnostic::new(
            Code::WindowFromTimeline,
            "no impact is stated; the window runs from the first to the last entry of the timeline",
            cite,
        ));
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
    let own = source.slice(incident.extent.span);
    if matches!(incident.source.format, Format::StatuspageJson | Format::GoogleCloudJson) && format::has_half_characters(own) {
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

/// An offset in seconds as it is written behind "UTC".
fn offset(seconds: i32) -> String {
    let minutes = seconds / 60;
    format!("{}{:02}:{:02}", if minutes < 0 { '-' } else { '+' }, minutes.abs() / 60, minutes.abs() % 60)
}

fn times(incident: &Incident, material: &Material, found: &mut Vec<Diagnostic>) {
    let cite = |mention: &Mention| Some(material.evidence.source.cite(mention.span));
    let counted = || material.evidence.mentions.iter().filter(|mention| mention.counts);
    let first = |doubt: Doubt| counted().find(|mention| mention.point.doubts.contains(&doubt));
    if let Some(mention) = first(Doubt::ZoneAssumed) {
        let message = format!("“{}” has no zone and none governs it", mention.written);
        found.push(Diagnostic::new(Code::ZoneAssumed, message, cite(mention)).help("read as UTC unless --assume-tz says otherwise"));
    }
    if let Some(mention) = first(Doubt::ZoneAmbiguous) {
        let read = offset(mention.point.offset_seconds.unwrap_or(0));
        found.push(Diagnostic::new(
            Code::ZoneAmbiguous,
            format!("the zone of “{}” means several; read as UTC{read}", mention.written),
            cite(mention),
        ));
    }
    if let Some(mention) = first(Doubt::ClockSkipped) {
        let message = format!("“{}” never came: the clocks were set forward over it", mention.written);
        found.push(Diagnostic::new(Code::ClockSkipped, message, cite(mention)).help("read as if they had not been set"));
    }
    let repeated = |doubt: &Doubt| if let Doubt::ClockRepeated(second) = doubt { Some(*second) } else { None };
    if let Some((mention, second)) = counted().find_map(|mention| mention.point.doubts.iter().find_map(repeated).map(|at| (mention, at))) {
        let (one, other) = (offset(mention.point.offset_seconds.unwrap_or(0)), offset(second));
        let message = format!("“{}” came twice, at UTC{one} and at UTC{other}: the clocks were set back over it", mention.written);
        found.push(Diagnostic::new(Code::ClockRepeated, message, cite(mention)).help("the first is taken"));
    }
    if let Some(mention) = first(Doubt::YearInferred) {
        let year = mention.point.date.map_or_else(String::new, |date| date.format(" %Y").to_string());
        found.push(Diagnostic::new(Code::YearInferred, format!("“{}” has no year; read as{year}", mention.written), cite(mention)));
    }
    if let Some(mention) = first(Doubt::DateAmbiguous) {
        let read = mention.point.date.map_or_else(String::new, |date| date.format(" %-d %B").to_string());
        found.push(Diagnostic::new(Code::DateAmbiguous, format!("“{}” reads two ways; taken as{read}", mention.written), cite(mention)));
    }
    if let Some(mention) = first(Doubt::DateMissing) {
        found.push(
            Diagnostic::new(Code::DateMissing, format!("no date was found for “{}”", mention.written), cite(mention))
                .help("it is kept without an instant"),
        );
    }
    for mention in counted().filter(|mention| mention.point.doubts.contains(&Doubt::WeekdayWrong)).take(3) {
        let day = mention.point.date.map_or_else(String::new, |date| date.format("%A").to_string());
        found.push(Diagnostic::new(Code::WeekdayMismatch, format!("“{}” was a {day}", mention.written), cite(mention)));
    }
    for open in material.unreadable.iter().take(8) {
        let message = format!("“{}” is unfinished or mistyped", open.written);
        found.push(
            Diagnostic::new(Code::UnreadableTime, message, Some(material.evidence.source.cite(open.span))).help("no instant is made of it"),
        );
    }
    for pair in material.evidence.mentions.windows(2) {
        let [start, end] = pair else { continue };
        if start.counts
            && matches!(start.in_range, InRange::Start(_))
            && end.in_range == InRange::End
            && end.point.at.zip(start.point.at).is_some_and(|(end, start)| end < start)
        {
            found.push(Diagnostic::new(Code::EndBeforeStart, format!("“{}” is before “{}”", end.written, start.written), cite(end)));
        }
    }
    nights(incident, material, found);
    // Labels of their own: each end with the start above it.
    let mut start: Option<&Mention> = None;
    for mention in counted().filter(|mention| mention.field && mention.in_range == InRange::Alone && !mention.restates) {
        match (mention.topic, start) {
            (Some(Topic::Start), _) => start = Some(mention),
            (Some(Topic::End), Some(start)) if mention.point.at.zip(start.point.at).is_some_and(|(end, start)| end < start) => {
                let message = format!("“{}” is before “{}”", mention.written, start.written);
                found.push(Diagnostic::new(Code::EndBeforeStart, message, cite(mention)));
            }
            _ => {}
        }
    }
    let window = incident.impact.start().zip(incident.impact.end());
    if let Some((start, end)) = window {
        let early = incident.events.iter().find(|event| event.kind == EventKind::Recovered && event.at.is_some_and(|at| at < start.at));
        let late = incident.events.iter().find(|event| event.kind == EventKind::Detected && event.at.is_some_and(|at| at > end.at));
        for (event, what) in [(early, "a recovery before the impact starts"), (late, "a detection after the impact ends")] {
            if let Some(event) = event {
                found.push(Diagnostic::new(
                    Code::EventOutsideWindow,
                    format!("“{}” is {what}", event.written),
                    event.cites.first().copied(),
                ));
            }
        }
    }
    if material.evidence.mentions.is_empty() && material.evidence.posted.is_empty() {
        found.push(Diagnostic::new(Code::NoTimes, "no time was found in this report", None));
    }
}

/// A night is shorter than this, in minutes: "between 22:00 and 15:00" may be one, "between 14:57 and 14:04" is sooner two
/// clocks in the wrong order.
const NIGHT: f64 = 18.0 * 60.0;

/// Ranges with one date or none that were read as going on into the next day, and last longer than a night does: the
/// clocks may be in the wrong order. One that lasts as long as the report states is right.
fn nights(incident: &Incident, material: &Material, found: &mut Vec<Diagnostic>) {
    let stated = incident.impact.stated_minutes.as_ref().map(|stated| stated.value);
    for pair in material.evidence.mentions.windows(2) {
        let [start, end] = pair else { continue };
        let range = start.counts && !start.restates && matches!(start.in_range, InRange::Start(_)) && end.in_range == InRange::End;
        let Some((from, to)) = start.point.at.zip(end.point.at).filter(|_| range && !(start.dated && end.dated)) else { continue };
        let minutes = minutes_between(from, to);
        let as_stated = stated.is_some_and(|stated| (stated - minutes).abs() <= stated * 0.1);
        if (NIGHT..24.0 * 60.0).contains(&minutes) && !as_stated {
            let message = format!("“{}” is before “{}” and read as the next day", end.written, start.written);
            let cite = material.evidence.source.cite(start.span.to(end.span));
            let help = format!("it lasts {} so; write both dates, or put the clocks in order", length(minutes));
            found.push(Diagnostic::new(Code::OvernightAssumed, message, Some(cite)).help(help));
        }
    }
}

/// A timeline whose dated entries run backwards, once for the whole list.
fn order(material: &Material, found: &mut Vec<Diagnostic>) {
    let entries: Vec<&Mention> =
        material.evidence.mentions.iter().filter(|mention| mention.entry && mention.counts && mention.in_range != InRange::End).collect();
    let pairs: Vec<(&Mention, &Mention)> =
        entries.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).filter(|(a, b)| a.passage + 1 == b.passage).collect();
    let backwards: Vec<_> = pairs.iter().filter(|(a, b)| a.point.at.zip(b.point.at).is_some_and(|(a, b)| b < a)).collect();
    // A list that runs backwards throughout is newest first.
    if backwards.len() * 2 > pairs.len() {
        return;
    }
    if let Some((before, after)) = backwards.first() {
        let message = format!("the timeline runs backwards from “{}” to “{}”", before.written, after.written);
        found.push(Diagnostic::new(Code::OrderViolation, message, Some(material.evidence.source.cite(after.span))));
    }
}
