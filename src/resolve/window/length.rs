//! Windows found by how long the report says that it lasted.

use super::range::SURE;
use super::{Evidence, Window};
use crate::basis::{Basis, Derivation, Rule};
use crate::extract::passage::Form;
use crate::extract::words::{Words, list};
use crate::incident::{Certainty, Edge, EventKind, Fact, Instant, minutes_between};
use crate::resolve::duration;
use crate::resolve::mention::Mention;
use chrono::TimeDelta;

/// So many lengths at the start of a report are tried as that of the whole.
const OPENING: usize = 4;

impl Evidence<'_, '_> {
    /// The stretch between two events that is as long as the report says the whole was. Where it does not say so, one that is
    /// as long as something told in its first paragraphs, if it clearly begins and ends like an impact.
    pub(super) fn by_length(&self, stated: Option<&Fact<f64>>) -> Option<Vec<Window>> {
        if let Some(length) = stated {
            let before =
                length.cites.first().and_then(|cite| self.source.text().get(..self.source.start_of(cite) as usize)).unwrap_or_default();
            let about = before
                .split_whitespace()
                .next_back()
                .is_some_and(|word| list(Words::About).holds(word) || matches!(word, "than" | "nearly" | "almost"));
            return self.as_long_as(length.value, SURE - 10, !about);
        }
        let opening = duration::given(self.passages).filter(|(passage, _)| passage.form == Form::Prose).take(OPENING);
        opening.filter(|(_, length)| length.minutes >= 10.0).find_map(|(_, length)| self.as_long_as(length.minutes, 2 * SURE - 40, true))
    }

    /// The two events `minutes` apart that are most like the ends of an impact, `least` of a score of 120. Where the length is
    /// `exact` and there are no other two, less shows it.
    fn as_long_as(&self, minutes: f64, least: i32, exact: bool) -> Option<Vec<Window>> {
        let slack = if minutes >= 60.0 { (minutes * 0.02).clamp(1.0, 10.0) } else { 1.0 };
        let candidates: Vec<(&Mention, Instant, EventKind)> =
            self.counted().filter_map(|mention| Some((mention, mention.point.at?, mention.kind))).take(200).collect();
        let mut best: Option<(i32, &Mention, &Mention)> = None;
        let mut pairs = 0;
        for (start, from, first) in &candidates {
            for (end, to, last) in &candidates {
                let off = (minutes_between(*from, *to) - minutes).abs();
                if off > slack || to <= from {
                    continue;
                }
                pairs += usize::from(off < 1.0);
                let opens = match first {
                    EventKind::Onset => 6,
                    EventKind::Detected => 4,
                    EventKind::Other => 2,
                    _ => 0,
                };
                let closes = match last {
                    EventKind::Recovered => 6,
                    EventKind::Mitigated => 5,
                    EventKind::Resolved => 4,
                    EventKind::Other => 1,
                    _ => 0,
                };
                let score = (opens + closes) * 10 - (off * 5.0) as i32;
                if best.is_none_or(|(most, ..)| score > most) {
                    best = Some((score, start, end));
                }
            }
        }
        let least = if exact && pairs == 1 { least - 20 } else { least };
        let (_, start, end) = best.filter(|(score, ..)| *score >= least)?;
        Some(vec![self.window_by(start, end, Rule::AsLongAs)])
    }

    /// "Starting at 18:04 and lasting 53 minutes": the end that nobody wrote is worked out, once it is over.
    pub(super) fn end_by_length(&self, windows: &mut [Window], stated: Option<&Fact<f64>>) {
        let ([Window { start: Some(start), end: end @ None, .. }], Some(length)) = (windows, stated) else { return };
        let over = self.posted.is_empty() || self.posted.iter().any(|posted| posted.kind == EventKind::Resolved);
        *end = worked_out(start, length, 1.0, Derivation::StartAndLength).filter(|_| over);
    }

    /// "It ended at 18:57 and had lasted 53 minutes": the one end that is told, and the start that nobody wrote.
    pub(super) fn start_by_length(&self, stated: Option<&Fact<f64>>) -> Option<Vec<Window>> {
        let length = stated.filter(|_| !self.maintenance)?;
        let mut ends = self.counted().filter(|mention| mention.kind == EventKind::Recovered);
        let end = ends.next().filter(|first| ends.all(|end| end.point.at == first.point.at))?;
        let end = self.edge(end, Rule::LastRecovery)?;
        let start = worked_out(&end, length, -1.0, Derivation::EndAndLength)?;
        Some(vec![Window { start: Some(start), end: Some(end), label: None }])
    }
}

/// The other end of a window whose one end and length are told: behind it for a `sign` of 1, before it for -1.
fn worked_out(told: &Edge, length: &Fact<f64>, sign: f64, derivation: Derivation) -> Option<Edge> {
    let by = TimeDelta::try_seconds((sign * length.value * 60.0) as i64)?;
    // A label leaves nothing open but the zone, which both ends share.
    let sure = told.certainty == Certainty::Stated || matches!(told.basis, Basis::Labelled(_));
    let at = told.at.checked_add_signed(by).filter(|_| sure)?;
    let (certainty, basis) = (Certainty::Inferred, Basis::Derived(derivation));
    let cites = told.cites.iter().chain(&length.cites).copied().collect();
    Some(Edge { at, certainty, approximate: told.approximate, basis, moment: None, alternatives: told.alternatives.clone(), cites })
}
