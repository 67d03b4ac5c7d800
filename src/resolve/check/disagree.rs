//! Two places that tell the same edge of the impact differently: labelled values against each other and against the text.

use super::Material;
use crate::diagnostic::{Code, Diagnostic};
use crate::extract::lexicon::{Cue, Topic};
use crate::incident::{EventKind, Incident, Instant, Precision};
use crate::resolve::mention::{InRange, Mention};
use crate::resolve::window::Evidence;
use chrono::{TimeDelta, Timelike};

/// From this length on, in minutes, two times are of different days or zones rather than of one edge told twice.
const APART: i64 = 12 * 60;

/// The score from which a range in the text is clearly of what customers felt.
const CLEAR: i32 = 25;

/// Start or end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Start,
    End,
}

/// A place that tells when the impact began or ended.
struct Claim<'m, 'a> {
    side: Side,
    at: Instant,
    mention: &'m Mention<'a>,
}

impl Claim<'_, '_> {
    /// How far off a time that is written so may be: nothing for "10:07", half an hour for "about 10:00".
    fn slack(&self) -> TimeDelta {
        let hour = self.mention.point.precision == Precision::Hour;
        let round = match self.mention.point.local.map_or(1, |local| local.minute()) {
            0 => 30,
            30 => 20,
            15 | 45 => 10,
            minute if minute % 5 == 0 => 7,
            _ => 4,
        };
        match (hour, self.mention.point.approximate) {
            (true, _) => TimeDelta::minutes(59),
            (_, true) => TimeDelta::minutes(round),
            _ => TimeDelta::zero(),
        }
    }

    fn agrees(&self, other: &Claim) -> bool {
        (self.at - other.at).abs() < TimeDelta::minutes(1).max(self.slack() + other.slack() + TimeDelta::seconds(1))
    }

    /// Whether both may be of one edge, and cannot both be right.
    fn contradicts(&self, other: &Claim) -> bool {
        self.side == other.side && !self.agrees(other) && (self.at - other.at).abs() < TimeDelta::minutes(APART)
    }
}

/// Adds a finding for each edge of the impact that two places tell differently.
pub fn sources(incident: &Incident, material: &Material, found: &mut Vec<Diagnostic>) {
    let evidence = material.evidence;
    let fields = labelled(evidence, material.head);
    let text = told(evidence);
    for (side, word) in [(Side::Start, "start"), (Side::End, "end")] {
        let labels: Vec<&Claim> = fields.iter().filter(|claim| claim.side == side).collect();
        let Some(field) = labels.first() else { continue };
        let sentences = || text.iter().filter(|claim| claim.side == side);
        let other = match labels.iter().find(|other| field.contradicts(other)) {
            Some(other) => Some(*other),
            None if is_told(evidence, field) => None,
            None => sentences().find(|claim| claim.contradicts(field) && !is_part(claim, &fields, &text)),
        };
        let Some(other) = other else { continue };
        let edge = if side == Side::Start { incident.impact.start() } else { incident.impact.end() };
        let taken = [field, other].into_iter().find(|claim| edge.is_some_and(|edge| edge.at == claim.at));
        let message = format!("“{}” and “{}” differ for the {word} of the impact", field.mention.written, other.mention.written);
        let cites = [field, other].map(|claim| evidence.source.cite(claim.mention.span));
        let finding = Diagnostic::new(Code::SourcesDisagree, message, cites);
        found.push(match taken {
            Some(claim) if claim.mention.field => finding.help(format!("the labelled “{}” is taken", claim.mention.written)),
            Some(claim) => finding.help(format!("“{}” is taken", claim.mention.written)),
            None => finding,
        });
    }
}

/// What labels say: start, end and window, those at the head of the report (front matter) before those in its text. A label
/// that comes twice in one of the two is of several outages, each with its own.
fn labelled<'m, 'a>(evidence: &Evidence<'m, 'a>, head: usize) -> Vec<Claim<'m, 'a>> {
    let mut claims: Vec<Claim> = Vec::new();
    let fields =
        evidence.mentions.iter().filter(|mention| mention.field && mention.counts && !mention.restates && mention.update.is_none());
    for mention in fields {
        let side = match (mention.topic, mention.in_range) {
            (Some(Topic::Start), InRange::Alone) => Side::Start,
            (Some(Topic::End), InRange::Alone) => Side::End,
            (Some(Topic::Window | Topic::Duration), InRange::Start(_)) => Side::Start,
            (Some(Topic::Window | Topic::Duration), InRange::End) => Side::End,
            _ => continue,
        };
        let Some(at) = mention.point.at else { continue };
        let place = |mention: &Mention| (mention.passage < head, mention.topic);
        if claims.iter().any(|claim| claim.side == side && place(claim.mention) == place(mention)) {
            return Vec::new();
        }
        claims.push(Claim { side, at, mention });
    }
    claims
}

/// What the text says of the whole: ranges about what customers felt.
fn told<'m, 'a>(evidence: &Evidence<'m, 'a>) -> Vec<Claim<'m, 'a>> {
    let mut claims = Vec::new();
    for (index, mention) in evidence.mentions.iter().enumerate() {
        let last_word = mention.update.is_none_or(|update| evidence.is_last_word(update));
        let Some(at) = mention.point.at.filter(|_| mention.counts && !mention.field && !mention.restates && last_word) else { continue };
        if matches!(mention.in_range, InRange::Start(_)) && evidence.range_score(mention) >= CLEAR && !is_of_remedy(mention) {
            claims.push(Claim { side: Side::Start, at, mention });
            let end = evidence.mentions.get(index + 1);
            claims.extend(end.and_then(|end| Some(Claim { side: Side::End, at: end.point.at?, mention: end })));
        }
    }
    claims
}

/// Whether the text tells of that edge what the label does; other times in it are then of parts.
fn is_told(evidence: &Evidence, field: &Claim) -> bool {
    let kinds: &[EventKind] = match field.side {
        Side::Start => &[EventKind::Onset, EventKind::Detected],
        Side::End => &[EventKind::Recovered, EventKind::Mitigated, EventKind::Resolved],
    };
    let tells = |mention: &&Mention| mention.counts && !mention.field && kinds.contains(&mention.kind);
    let mut claims =
        evidence.mentions.iter().filter(tells).filter_map(|mention| Some(Claim { side: field.side, at: mention.point.at?, mention }));
    claims.any(|claim| claim.agrees(field))
}

/// "Changes were suspended from 10:04 to 11:28 to prevent a recurrence": what was done against it.
fn is_of_remedy(mention: &Mention) -> bool {
    mention.says(Cue::Mitigated) || mention.says(Cue::Future) || mention.says(Cue::Commitment)
}

/// A range that lies inside what the labels say, at both ends, tells of a part.
fn is_part(claim: &Claim, fields: &[Claim], text: &[Claim]) -> bool {
    let of = |claims: &[Claim], side: Side| claims.iter().find(|claim| claim.side == side).map(|claim| claim.at);
    let own = |side: Side| {
        text.iter()
            .filter(|other| other.side == side && other.mention.text.whole() == claim.mention.text.whole())
            .map(|other| other.at)
            .next()
    };
    let starts = of(fields, Side::Start).zip(own(Side::Start));
    let ends = of(fields, Side::End).zip(own(Side::End));
    starts.zip(ends).is_some_and(|((whole_start, start), (whole_end, end))| start > whole_start && end < whole_end)
}
