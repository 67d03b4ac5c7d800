//! Times that do not fit one another: ends before their starts, nights without end, events outside the impact.

use super::time::{cite, counted};
use super::{Material, length};
use crate::diagnostic::{Code, Diagnostic};
use crate::extract::lexicon::Topic;
use crate::incident::{EventKind, Incident, minutes_between};
use crate::resolve::mention::{InRange, Mention};

/// Ranges that end before they start.
pub(super) fn backwards(material: &Material, found: &mut Vec<Diagnostic>) {
    for pair in material.evidence.mentions.windows(2) {
        let [start, end] = pair else { continue };
        if start.counts
            && matches!(start.in_range, InRange::Start(_))
            && end.in_range == InRange::End
            && end.point.at.zip(start.point.at).is_some_and(|(end, start)| end < start)
        {
            found.push(Diagnostic::new(
                Code::EndBeforeStart,
                format!("“{}” is before “{}”", end.written, start.written),
                cite(material, end),
            ));
        }
    }
}

/// Labels of their own that do so: each end with the start above it.
pub(super) fn fields(material: &Material, found: &mut Vec<Diagnostic>) {
    let mut start: Option<&Mention> = None;
    for mention in counted(material).filter(|mention| mention.field && mention.in_range == InRange::Alone && !mention.restates) {
        match (mention.topic, start) {
            (Some(Topic::Start), _) => start = Some(mention),
            (Some(Topic::End), Some(start)) if mention.point.at.zip(start.point.at).is_some_and(|(end, start)| end < start) => {
                let message = format!("“{}” is before “{}”", mention.written, start.written);
                found.push(Diagnostic::new(Code::EndBeforeStart, message, cite(material, mention)));
            }
            _ => {}
        }
    }
}

/// A recovery before the impact, a detection after it.
pub(super) fn outside(incident: &Incident, found: &mut Vec<Diagnostic>) {
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
}

/// A night is shorter than this, in minutes: "between 22:00 and 15:00" may be one, "between 14:57 and 14:04" is sooner two
/// clocks in the wrong order.
const NIGHT: f64 = 18.0 * 60.0;

/// Ranges with one date or none that were read as going on into the next day, and last longer than a night does: the
/// clocks may be in the wrong order. One that lasts as long as the report states is right.
pub(super) fn nights(incident: &Incident, material: &Material, found: &mut Vec<Diagnostic>) {
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
pub(super) fn order(material: &Material, found: &mut Vec<Diagnostic>) {
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
