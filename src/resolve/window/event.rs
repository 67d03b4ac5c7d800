//! Windows that events tell: from the first sign of trouble to the last of recovery.

use super::{Evidence, derived, inferred};
use crate::basis::{Derivation, Rule};
use crate::extract::lexicon::Topic;
use crate::incident::{Edge, EventKind, Window};
use crate::resolve::mention::Mention;

impl Evidence<'_, '_> {
    /// From the first sign of trouble to the last of recovery.
    pub(super) fn by_events(&self) -> Option<Vec<Window>> {
        if self.maintenance {
            return None;
        }
        let told: Vec<&Mention> = self.counted().filter(|mention| self.tells(mention)).collect();
        let entries = told.iter().filter(|mention| mention.entry).count() >= 3;
        let of = |kinds: &[EventKind]| {
            let of_kind = |mention: &&Mention| kinds.contains(&mention.kind) && (!entries || mention.entry || mention.impact);
            let mut found: Vec<&Mention> = told.iter().copied().filter(of_kind).collect();
            found.sort_by_key(|mention| mention.point.at);
            found
        };
        let starts = of(&[EventKind::Onset, EventKind::Detected]);
        // "From 9.35 customers could not sign in" tells more than when, as is told behind it, something broke.
        let felt = |mention: &&Mention| {
            let before = mention.text.as_str().get(mention.before.clone()).unwrap_or_default().trim_end();
            let led = ["From", "from", "Since", "since"].iter().any(|lead| before.rsplit(' ').next() == Some(lead));
            led && mention.impact && mention.kind == EventKind::Onset && !mention.entry
        };
        let first = starts.first().copied();
        let start =
            starts.iter().copied().find(|start| felt(start) && first.is_some_and(|first| start.span.start < first.span.start)).or(first);
        // A live update knows when it began, not when it will have ended.
        let ends = |kind| of(&[kind]).into_iter().filter(|mention| mention.update.is_none_or(|update| self.is_last_word(update)));
        let last = |kind| ends(kind).rfind(|mention| start.is_none_or(|start| mention.point.at > start.point.at));
        let ended = [
            (EventKind::Recovered, Rule::LastRecovery),
            (EventKind::Mitigated, Rule::LastMitigation),
            (EventKind::Resolved, Rule::LastDeclaration),
        ];
        let end = ended.into_iter().find_map(|(kind, rule)| Some((last(kind)?, rule)));
        let unclear = || entries && ends(EventKind::Recovered).next().is_none() || self.posted.is_empty() && told.len() < 2;
        if start.is_none() && (end.is_none() || unclear()) {
            return None;
        }
        // A story that only says how it ended began, as far as it tells, with its first moment.
        let first_told = || {
            let first = told.iter().min_by_key(|mention| mention.point.at)?;
            self.edge(first, Rule::FirstTold)
                .filter(|edge| end.is_some_and(|(end, _)| Some(edge.at) < end.point.at))
                .map(|edge| inferred(&edge))
        };
        let first_post = || self.posted.first().map(|posted| derived(&posted.edge, Derivation::Updates)).or_else(first_told);
        let sign = |start: &Mention| if felt(&start) { Rule::FirstFelt } else { Rule::FirstSign };
        // Somebody was called and somebody closed it, in a timeline that has more before: neither is told as an end of the trouble.
        let called = start.filter(|start| start.kind == EventKind::Detected && start.entry);
        let called = called.is_some_and(|start| told.iter().any(|other| other.entry && other.point.at < start.point.at));
        // Labels that tell when it was noticed and closed tell of no customer.
        let noticed = start.is_some_and(|start| start.field && start.kind == EventKind::Detected);
        let sure = |edge: Edge, doubtful: bool| if doubtful { inferred(&edge) } else { edge };
        let start =
            start.and_then(|start| self.edge(start, sign(start))).map(|start| sure(start, called || noticed)).or_else(first_post)?;
        let declared = |rule: Rule| (called || noticed) && rule == Rule::LastDeclaration;
        let end = end
            .and_then(|(end, rule)| Some(sure(self.edge(end, rule)?, declared(rule) || noticed && !end.field)))
            .filter(|end| end.at > start.at);
        Some(vec![Window { start: Some(start), end, label: None }])
    }

    /// A timeline that never says what began or ended: its first and last entries, as the best guess there is.
    pub(super) fn by_timeline(&self) -> Option<Vec<Window>> {
        let mut entries: Vec<&Mention> = self.counted().filter(|mention| mention.entry && mention.update.is_none()).collect();
        if entries.len() < 3 || self.maintenance {
            return None;
        }
        entries.sort_by_key(|mention| mention.point.at);
        let edge = |mention: &&Mention, rule| self.edge(mention, rule).map(|edge| inferred(&edge));
        let start = entries.first().and_then(|first| edge(first, Rule::FirstEntry));
        Some(vec![Window { start, end: entries.last().and_then(|last| edge(last, Rule::LastEntry)), label: None }])
    }

    /// Whether a moment is of the story: in the text, the resolution, or an update that says when it began.
    fn tells(&self, mention: &Mention) -> bool {
        match mention.update {
            Some(update) => self.is_last_word(update) || mention.impact,
            None => !mention.field || matches!(mention.topic, Some(Topic::Detected | Topic::Mitigated | Topic::Resolved | Topic::End)),
        }
    }
}
