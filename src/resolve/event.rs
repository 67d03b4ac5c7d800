//! What happened at a moment, told by the words around it.

use super::mention::{InRange, Mention, Unreadable};
use super::window::Posted;
use crate::basis::{Basis, Derivation, Rule};
use crate::document::Text;
use crate::extract::lexicon::{self, Cue, Topic};
use crate::extract::modality;
use crate::extract::words::{Words, list};
use crate::incident::{Certainty, Edge, Event, EventKind, Instant, Precision};
use crate::source::{Source, Span};
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// How much a kind of cue says, the surest first: "alerted of errors" is a detection, though errors began too.
const KINDS: &[(Cue, EventKind, i32)] = &[
    (Cue::EndMark, EventKind::Recovered, 92),
    (Cue::Resolved, EventKind::Resolved, 90),
    (Cue::Recovered, EventKind::Recovered, 84),
    (Cue::Detected, EventKind::Detected, 76),
    (Cue::Acknowledged, EventKind::Acknowledged, 72),
    (Cue::Mitigated, EventKind::Mitigated, 64),
    (Cue::Identified, EventKind::Identified, 60),
    (Cue::Onset, EventKind::Onset, 52),
    (Cue::Monitoring, EventKind::Monitoring, 40),
    (Cue::Investigating, EventKind::Investigating, 38),
    (Cue::Maintenance, EventKind::Maintenance, 20),
];

/// What a mention's words tell of it: by its field, its place in a range, a label in front ("Recovery: …"), then by cues.
pub fn kind_of(mention: &Mention) -> EventKind {
    if mention.field
        && let Some(kind) = kind_of_field(mention.topic)
    {
        return kind;
    }
    let text = mention.text.as_str();
    if mention.entry
        && let Some((label, _)) = text.split_once(':')
        && label.len() <= 24
        && let Some(kind) = kind_of_words(label)
    {
        return kind;
    }
    // "Nashik back"
    let words = text.split_whitespace().count();
    let back = text.trim_end_matches(['.', '!']).strip_suffix(" back").filter(|_| mention.entry && words <= 4);
    if back.is_some_and(|what| !what.ends_with("ed") && !list(Words::TakenBack).is_in(what)) {
        return EventKind::Recovered;
    }
    // A peak inside the impact is neither its start nor its end.
    let near = text.get(mention.before.clone()).unwrap_or_default();
    if mention.in_range != InRange::Alone && mention.cues_before().any(|(cue, _)| *cue == Cue::NoImpact) {
        return EventKind::Other;
    }
    match mention.in_range {
        InRange::Start(_) if mention.impact => return EventKind::Onset,
        InRange::End if mention.impact => return EventKind::Recovered,
        _ => {}
    }
    // "From 8.15am calls were dropped": an open range.
    let lead = near
        .trim_end()
        .rsplit(' ')
        .find(|word| !matches!(*word, "about" | "around" | "shortly" | "after" | "just" | "approximately" | ""))
        .unwrap_or_default();
    let back = || mention.cues_before().any(|(cue, at)| *cue == Cue::Recovered && mention.before.end - at.end <= 8);
    if mention.in_range == InRange::Alone && matches!(lead, "From" | "from" | "Since" | "since") && mention.impact {
        return if back() { EventKind::Recovered } else { EventKind::Onset };
    }
    // "were impacted for 18 minutes, until 14:25".
    if mention.in_range == InRange::Alone
        && matches!(lead, "until" | "till")
        && mention.cues_before().any(|(cue, _)| matches!(cue, Cue::Impact | Cue::StrongImpact))
    {
        return EventKind::Recovered;
    }
    let before = mention.cues_before().map(|(cue, at)| (*cue, at, mention.before.end - at.end, true));
    let after = mention.cues_after().map(|(cue, at)| (*cue, at, at.start - mention.after.start, false));
    let mut best = (0, EventKind::Other);
    for (cue, at, distance, before) in before.chain(after) {
        let Some((score, kind)) = weighed(cue, distance, before, mention.entry).filter(|(score, _)| *score > best.0) else { continue };
        if !(negated(text, at.start) || is_name(text, at) || is_unreal(text, kind, at)) {
            best = (score, kind);
        }
    }
    // What begins at a range's start ends at its end.
    if mention.in_range == InRange::End && best.1 == EventKind::Onset { EventKind::Recovered } else { best.1 }
}

/// Whether the sentence of a range is about what customers felt.
pub fn is_impact(mention: &Mention) -> bool {
    let said = |cue: &Cue| match cue {
        Cue::StrongImpact => 3,
        Cue::Impact => 1,
        Cue::NoImpact => -4,
        _ => 0,
    };
    let section = matches!(mention.topic, Some(Topic::Impact | Topic::Summary | Topic::Window | Topic::Duration));
    mention.cues.iter().map(|(cue, _)| said(cue)).sum::<i32>() + i32::from(section) > 0
}

fn kind_of_field(topic: Option<Topic>) -> Option<EventKind> {
    match topic? {
        Topic::Start => Some(EventKind::Onset),
        Topic::End => Some(EventKind::Recovered),
        Topic::Detected => Some(EventKind::Detected),
        Topic::Acknowledged => Some(EventKind::Acknowledged),
        Topic::Identified => Some(EventKind::Identified),
        Topic::Mitigated => Some(EventKind::Mitigated),
        Topic::Resolved => Some(EventKind::Resolved),
        _ => None,
    }
}

/// Nothing is stopped, back or over before it began, but what was `posted` as such: what was announced or done then is something else.
pub fn settle(events: &mut [Event], start: Option<&Edge>, posted: &[Posted]) {
    use EventKind::{Mitigated, Recovered, Resolved};
    let Some(start) = start.filter(|start| start.certainty == Certainty::Stated) else { return };
    let early = |event: &&mut Event| event.at.is_some_and(|at| at <= start.at) && matches!(event.kind, Mitigated | Recovered | Resolved);
    let told = |event: &&mut Event| posted.iter().all(|post| Some(post.at) != event.at);
    events.iter_mut().filter(early).filter(told).for_each(|event| event.kind = EventKind::Other);
}

/// The kind that words alone tell: a label, or an update's heading.
pub fn kind_of_words(words: &str) -> Option<EventKind> {
    let cues = lexicon::cues(words).filter_map(|(cue, _)| KINDS.iter().find(|(known, ..)| *known == cue));
    cues.max_by_key(|(_, _, weight)| *weight).map(|(_, kind, _)| *kind)
}

/// What a cue says, and how much, `distance` bytes from the time, before it or behind; near ones count more. The last verb
/// before a time and the first after it tell the most.
fn weighed(cue: Cue, distance: usize, before: bool, entry: bool) -> Option<(i32, EventKind)> {
    let (_, kind, weight) = KINDS.iter().find(|(known, ..)| *known == cue)?;
    let reach = i32::try_from(distance.min(240)).unwrap_or(240);
    // "starting at 10:00", "recovered by 10:20": a cue right before the time is about it, whatever follows.
    let adjacent = if before && distance <= 6 { 25 } else { 0 };
    Some((weight + adjacent - if entry { reach / 12 } else { reach / 6 }, *kind))
}

/// "not yet resolved", "no errors".
fn negated(words: &str, at: usize) -> bool {
    let before = words.get(..at).unwrap_or_default();
    before.split_whitespace().rev().take(2).any(|word| list(Words::Negations).holds(word))
}

/// Whether a cue tells of what is expected or denied, or of a remedy that was in vain: at its time it had not happened.
fn is_unreal(text: &str, kind: EventKind, at: &Range<usize>) -> bool {
    use EventKind::{Acknowledged, Mitigated, Recovered, Resolved};
    let (before, after) = (text.get(..at.start).unwrap_or_default(), text.get(at.end..).unwrap_or_default());
    matches!(kind, Mitigated | Recovered | Resolved | Acknowledged) && modality::is_unreal(before, after)
}

/// "stuck in maintenance mode": a cue that names a thing says nothing.
pub(super) fn is_name(words: &str, at: &Range<usize>) -> bool {
    list(Words::CueOwners).strip_start(words.get(at.end..).unwrap_or_default().trim_start()).is_some()
}

/// The events of the mentions, in time order, with equal ones merged; those without an instant last.
pub fn events(source: &Source, mentions: &[Mention], stamps: Vec<Event>, unreadable: &[Unreadable]) -> Vec<Event> {
    let mut events = Told::default();
    let declares = |mention: &&Mention| !mention.field && mention.point.at.is_some() && mention.kind == EventKind::Resolved;
    let declared: HashSet<Option<Instant>> = mentions.iter().filter(declares).map(|mention| mention.point.at).collect();
    for mention in mentions.iter().filter(|mention| mention.counts) {
        let point = &mention.point;
        let dated_only = point.precision == Precision::Day;
        if dated_only && !mention.entry {
            continue;
        }
        let mut kind = mention.kind;
        // A window given to the declaration ends with it; the text tells when service was back.
        if mention.field && mention.in_range == InRange::End && declared.contains(&point.at) {
            kind = EventKind::Resolved;
        }
        if mention.field && matches!(mention.topic, None | Some(Topic::Other | Topic::Date)) {
            kind = EventKind::Published;
        }
        let event = Event {
            at: point.at,
            date: if dated_only { point.date } else { None },
            kind,
            text: around(&mention.text, mention.span),
            written: collapse(&mention.written),
            offset_seconds: point.offset_seconds,
            precision: point.precision,
            approximate: point.approximate,
            certainty: point.certainty,
            basis: point.basis,
            alternatives: point.alternatives.clone(),
            cites: mention.cites(source),
        };
        events.add(event);
    }
    for open in unreadable.iter().filter(|open| open.entry && open.date.is_some()) {
        events.add(Event {
            at: None,
            date: open.date,
            kind: kind_of_words(open.text.as_str()).unwrap_or(EventKind::Other),
            text: around(&open.text, open.span),
            written: collapse(&open.written),
            offset_seconds: None,
            precision: Precision::Day,
            approximate: false,
            certainty: Certainty::Stated,
            basis: Basis::Ruled(Rule::ClockOpen),
            alternatives: Vec::new(),
            cites: vec![source.cite(open.span)],
        });
    }
    for stamp in stamps {
        events.add(stamp);
    }
    let mut events = events.events;
    events.sort_by_key(|event| (event.at.is_none(), event.at, event.cites.first().map(|cite| cite.span)));
    events
}

/// The longest text of an event, in bytes. What is longer has no sentences; the place of the event leads to all of it.
const LONGEST: usize = 1200;

/// The words of an event; of a text without end those around its time.
fn around(text: &Text, time: Span) -> String {
    let whole = text.as_str();
    if whole.len() <= LONGEST {
        return collapse(whole);
    }
    let at = (time.start.saturating_sub(text.whole().start) as usize).min(whole.len());
    let start = whole.floor_char_boundary(at.saturating_sub(LONGEST / 2).min(whole.len().saturating_sub(LONGEST)));
    let end = whole.floor_char_boundary(start + LONGEST);
    let (before, after) = (if start > 0 { "…" } else { "" }, if end < whole.len() { "…" } else { "" });
    format!("{before}{}{after}", collapse(whole.get(start..end).unwrap_or_default()))
}

/// The events told so far, by their moment.
#[derive(Default)]
struct Told {
    events: Vec<Event>,
    by_moment: HashMap<(Option<Instant>, Option<NaiveDate>), Vec<usize>>,
}

impl Told {
    /// The same moment told twice is one event, under the more telling kind, with both places cited.
    fn add(&mut self, event: Event) {
        let placed = event.at.is_some() || event.date.is_some();
        let here = self.by_moment.entry((event.at, event.date)).or_default();
        let same = |known: &Event| {
            let kinds = known.kind == event.kind
                || known.kind == EventKind::Other
                || event.kind == EventKind::Other
                || pair(known.kind, event.kind);
            placed && kinds && (event.at.is_some() || known.text == event.text)
        };
        let known = here.iter().copied().find(|&index| self.events.get(index).is_some_and(same));
        match known.and_then(|index| self.events.get_mut(index)) {
            Some(known) => {
                if rank(event.kind) > rank(known.kind) {
                    known.kind = event.kind;
                    known.text = event.text;
                }
                // What is written is no longer worked out.
                if known.basis == Basis::Derived(Derivation::Later) {
                    (known.certainty, known.basis, known.written) = (event.certainty, event.basis, event.written);
                }
                known.cites.extend(event.cites);
                known.precision = known.precision.min(event.precision);
            }
            None => {
                // Clocks without a date are never the same; they need no look-up.
                if placed {
                    here.push(self.events.len());
                }
                self.events.push(event);
            }
        }
    }
}

/// "Alerts fired as errors began", "resolved and recovered": told twice, in two words, of one moment.
fn pair(a: EventKind, b: EventKind) -> bool {
    use EventKind::{Acknowledged, Detected, Investigating, Mitigated, Monitoring, Onset, Recovered};
    let told = |pair| matches!(pair, (Onset, Detected) | (Mitigated | Monitoring, Recovered) | (Acknowledged, Investigating));
    told((a, b)) || told((b, a))
}

fn rank(kind: EventKind) -> i32 {
    KINDS.iter().find(|(_, known, _)| *known == kind).map_or(0, |(_, _, weight)| *weight)
}

/// `text` with single spaces.
pub fn collapse(text: &str) -> String {
    let mut before = b' ';
    let mut single = |byte: u8| {
        let single = byte.is_ascii_graphic() || byte == b' ' && before != b' ';
        before = byte;
        single
    };
    if text.bytes().all(&mut single) && before != b' ' {
        return text.to_owned();
    }
    let mut words = text.split_whitespace();
    let mut collapsed = String::with_capacity(text.len());
    collapsed.push_str(words.next().unwrap_or_default());
    for word in words {
        collapsed.push(' ');
        collapsed.push_str(word);
    }
    collapsed
}
