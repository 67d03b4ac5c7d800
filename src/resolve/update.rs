//! The entries of a status page: when each was posted, and what its label says.

use std::ops::Range;

use super::calendar::Calendar;
use super::event;
use super::naming::Read;
use super::point::{self, Point, Surroundings};
use super::window::Posted;
use crate::basis::{Basis, FormPart};
use crate::document::{Report, Text, Update};
use crate::extract::lexicon::Topic;
use crate::extract::passage::Passage;
use crate::extract::prose;
use crate::extract::time::{Moment, Time, times};
use crate::extract::words::{Words, list};
use crate::extract::zone::ZonePiece;
use crate::incident::{Edge, Event, EventKind, Fact, Instant, Precision, Status};
use crate::source::Source;

/// What an update without a label says where all is over.
const OVER: &str = "resolved";

/// What is known of an update before the text is read.
pub struct Post {
    /// What its label says.
    pub kind: EventKind,
    /// Whether it is the last word: the resolution or the post-mortem.
    pub conclusive: bool,
    /// Whether it is the published post-mortem.
    pub postmortem: bool,
    /// When it was posted.
    pub stamp: Option<Stamp>,
}

/// The stamp of an update, resolved.
pub struct Stamp {
    /// The instant.
    pub point: Point,
    /// The zone written with it.
    pub zone: Option<ZonePiece>,
    /// Whether the update says that planned work is running.
    pub running: bool,
    /// The update as an event.
    pub event: Event,
}

impl Post {
    /// Reads an update whose stamp is written as `moment`.
    pub fn new(source: &Source, update: &Update, moment: Option<&Moment>, calendar: &Calendar) -> Self {
        let (label, postmortem) = (label(update), update.is_postmortem());
        let kind = if postmortem { EventKind::Published } else { kind_of_label(label.as_str()) };
        let stamp = moment.and_then(|moment| stamp(source, update, kind, moment, calendar));
        Self { kind, conclusive: postmortem || kind == EventKind::Resolved, postmortem, stamp }
    }

    /// The update as windows look at it; none of the post-mortem, which is no news of the incident.
    pub fn posted(&self) -> Option<Posted> {
        let stamp = self.stamp.as_ref().filter(|_| self.kind != EventKind::Published)?;
        let at = stamp.point.at?;
        let edge = Edge {
            at,
            certainty: stamp.point.certainty,
            approximate: false,
            basis: Basis::Form(FormPart::Stamp),
            moment: Some(stamp.event.basis),
            alternatives: stamp.event.alternatives.clone(),
            cites: stamp.event.cites.clone(),
        };
        Some(Posted { at, kind: self.kind, running: stamp.running, edge })
    }
}

/// The first and the last instant of the live updates.
pub fn live(posts: &[Post]) -> Option<(Instant, Instant)> {
    let live = || posts.iter().filter_map(Post::posted).map(|posted| posted.at);
    live().min().zip(live().max())
}

/// The date and clock of a stamp.
pub fn stamp_moment(stamp: &str) -> Option<Moment> {
    times(stamp).iter().flat_map(Time::moments).find(|moment| moment.clock.is_some() && moment.date.is_some()).cloned()
}

fn stamp(source: &Source, update: &Update, kind: EventKind, moment: &Moment, calendar: &Calendar) -> Option<Stamp> {
    let text = update.stamp.as_ref()?;
    let around = Surroundings { calendar, zone: calendar.zones.scope(), date: None, meridiem: None, zero: None };
    let point = point::resolve(moment, &around);
    let cite = source.cite(text.span(moment.range.clone()));
    let body = update.blocks.first().map(|block| event::collapse(block.text.as_str())).unwrap_or_default();
    let label = event::collapse(&update.label.as_str().replace('_', " "));
    let written = event::collapse(text.as_str());
    let said = match label.as_str() {
        _ if update.is_postmortem() => label,
        // What was not said is shown by its stamp.
        "" if body.is_empty() => written.clone(),
        "" => body,
        _ => format!("{label}: {body}"),
    };
    let event = Event {
        at: point.at,
        date: None,
        kind,
        text: said,
        written,
        offset_seconds: point.offset_seconds,
        precision: Precision::Minute.min(point.precision),
        approximate: false,
        certainty: point.certainty,
        basis: Basis::Form(FormPart::Stamp),
        alternatives: point.alternatives.clone(),
        cites: vec![cite],
    };
    let running = matches!(update.label.as_str().trim().to_ascii_lowercase().as_str(), "in progress" | "in_progress" | "verifying");
    point.at.is_some().then_some(Stamp { zone: moment.zone, running, event, point })
}

/// The label of an update; of one that has none the word of its text that tells that it is over ("This incident has been resolved").
fn label<'a>(update: &Update<'a>) -> Text<'a> {
    if !update.label.as_str().is_empty() {
        return update.label.clone();
    }
    let over = update.blocks.iter().find_map(|block| {
        let at = prose::sentences(block.text.as_str()).into_iter().find_map(|sentence| over(block.text.as_str(), sentence))?;
        Some(block.text.part(at..at + OVER.len()))
    });
    over.unwrap_or_else(|| update.label.clone())
}

/// Where a sentence says that the whole incident is over, and no more: "The issue with logins has now been resolved."
fn over(text: &str, sentence: Range<usize>) -> Option<usize> {
    let said = text.get(sentence.clone())?.trim_end_matches(['.', '!']);
    let (subject, verb) = [" has ", " have ", " is ", " was ", " are ", " were "].iter().find_map(|verb| said.split_once(verb))?;
    let whole = ["This", "The", "These", "All"].iter().any(|whole| subject.split(' ').next() == Some(whole));
    let incident =
        |word: &str| ["incident", "issue", "problem"].contains(&word.trim_end_matches('s')) || list(Words::OutageNouns).holds(word);
    let plain = |word: &str| matches!(word, "now" | "been" | "fully" | "all");
    let (last, between) =
        verb.split(' ').collect::<Vec<_>>().split_last().map(|(last, between)| (*last, between.iter().all(|word| plain(word))))?;
    (last == OVER && between && whole && subject.split(' ').any(incident)).then(|| sentence.start + said.len() - OVER.len())
}

fn kind_of_label(label: &str) -> EventKind {
    match label.trim().to_ascii_lowercase().as_str() {
        "investigating" => EventKind::Investigating,
        "identified" => EventKind::Identified,
        "monitoring" => EventKind::Monitoring,
        "resolved" | "completed" => EventKind::Resolved,
        "scheduled" | "in progress" | "in_progress" | "verifying" => EventKind::Maintenance,
        "postmortem" => EventKind::Published,
        _ => EventKind::Other,
    }
}

/// The status: a field's, else what the last update says.
pub fn status(source: &Source, report: &Report, posts: &[Post], passages: Read) -> Option<Fact<Status>> {
    let of = |label: &str| Status::from_name(&label.trim().replace([' ', '-'], "_"));
    let field = report.fields.iter().find(|field| field.label.as_str().eq_ignore_ascii_case("status"));
    if let Some((field, status)) = field.and_then(|field| Some((field, of(field.value.as_str())?))) {
        return Some(Fact::stated(status, source.cite(field.value.whole()), Basis::Labelled(Topic::Status)));
    }
    let told = report.updates.iter().zip(posts);
    let told = told.filter_map(|(update, post)| {
        let label = label(update);
        Some((post.stamp.as_ref()?.point.at?, of(label.as_str())?, label))
    });
    // Of those of one moment the first.
    if let Some((_, status, label)) = told.rev().max_by_key(|(at, ..)| *at) {
        return Some(Fact::stated(status, source.cite(label.whole()), Basis::Form(FormPart::LastPost)));
    }
    // "Current status: monitoring" in the text.
    let labelled = |passage: &Passage| passage.topic == Some(Topic::Status) && passage.label.is_some() && passage.update.is_none();
    let mut labelled = passages.iter().map(|(passage, _)| passage).filter(|passage| labelled(passage));
    let first = |text: &str| text.split([',', '.', ';', '(', '\n', '–', '—']).next().and_then(of);
    let (passage, status) = labelled.find_map(|passage| Some((passage, first(passage.text.as_str())?)))?;
    Some(Fact::stated(status, source.cite(passage.text.whole()), Basis::Labelled(Topic::Status)))
}

#[cfg(test)]
mod tests {
    use crate::incident::Status;
    use crate::resolve::{self, Policy};
    use crate::source::Source;

    #[test]
    fn a_post_without_a_label_says_that_it_is_over() {
        let status = |last: &str| {
            let text = format!(
                "Harbourline Status\nIncident History\n\nMarch 2024\n\nRecordings late\nAll of them are there now.\n\
                 Mar 12, 10:42 - 15:27 UTC\n\nSign-in fails\n{last}\nMar 9, 22:05 - 22:48 UTC\n"
            );
            let incidents = resolve::read(&Source::decode("history.txt", text.into_bytes()), &Policy::default()).incidents;
            incidents.last().and_then(|incident| incident.status.as_ref()).map(|status| status.value)
        };
        for over in [
            "A lock was old. This incident has been resolved.",
            "All issues with lists are now resolved!",
            "The outage was fully resolved.",
        ] {
            assert_eq!(status(over), Some(Status::Resolved), "{over}");
        }
        for open in [
            "It was a lock. The incident is not yet resolved.",
            "The issue remains unresolved.",
            "We post again once this incident is resolved.",
            "This incident is partially resolved.",
            "The first part was resolved. The second is open.",
            "We thought the incident was resolved. It came back.",
            "Is the incident resolved?",
            "Names resolved by our servers are old.",
            "Sign-in works again.",
        ] {
            assert_eq!(status(open), None, "{open}");
        }
    }

    #[test]
    fn a_label_in_the_text_says_that_it_is_open() {
        let told = |status: &str| {
            let text = format!(
                "# Mail down on 4 May 2026\n\n{status}\n\nMail has been failing since 09:10 UTC. At 09:40 UTC the queue was restarted.\n"
            );
            let source = Source::decode("report.md", text.into_bytes());
            let incident = resolve::read(&source, &Policy::default()).incidents.pop().expect("one incident");
            let ended = incident.impact.end().is_some() || incident.milestones.resolved.is_some();
            (incident.status.map(|status| status.value), ended)
        };
        assert_eq!(told("Status: Investigating"), (Some(Status::Investigating), false));
        assert_eq!(told("**Current status:** Monitoring, next update at 12:00 UTC"), (Some(Status::Monitoring), false));
        assert_eq!(told("Status: Resolved (watched for a day)"), (Some(Status::Resolved), true));
        assert_eq!(told("Status: in review"), (None, true));
    }
}
