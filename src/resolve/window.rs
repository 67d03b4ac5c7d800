//! When customers were hurt: the stretches of impact a report states, or the best that its events and updates tell.

mod again;
mod event;
mod labelled;
mod length;
mod name;
mod part;
mod posts;
mod range;
mod series;
mod total;

use super::duration;
use super::mention::{InRange, Mention};
use super::update::Post;
use crate::basis::{Basis, Derivation, FormPart, Rule};
use crate::extract::lexicon::{Cue, Topic};
use crate::extract::passage::Passage;
use crate::extract::time::Time;
use crate::extract::words::{Words, list};
use crate::incident::{Certainty, Edge, EventKind, Impact, Instant, Window};
use crate::source::Source;
pub use posts::courses;

/// The most separate windows of one incident.
const WINDOWS: usize = 64;

/// So many times of a report are looked at, from its start on: what goes with what is asked of pairs of them.
pub const MENTIONS: usize = 10_000;

/// A status update as far as windows care.
#[derive(Debug, Clone)]
pub struct Posted {
    /// When.
    pub at: Instant,
    /// What its label says.
    pub kind: EventKind,
    /// Whether it says that planned work is running.
    pub running: bool,
    /// The stamp.
    pub edge: Edge,
}

/// What the windows are worked out from.
pub struct Evidence<'c, 'a> {
    /// Whether it is planned work.
    pub maintenance: bool,
    /// Whether it is told in a mail.
    pub is_mail: bool,
    /// Whether its words are of a language that is not read: only labels and stamps tell of the window.
    pub unread: bool,
    /// The text.
    pub source: &'c Source,
    /// The passages, for their headings.
    pub passages: &'c [(Passage<'a>, Vec<Time>)],
    /// The times in the report, as far as [`MENTIONS`].
    pub mentions: &'c [Mention<'a>],
    /// The live updates, in time order.
    pub posted: &'c [Posted],
    /// The updates.
    pub posts: &'c [Post],
}

/// The impact, and whether it had to be taken from the updates.
pub fn impact(evidence: &Evidence) -> (Impact, bool) {
    let labelled = evidence.by_fields();
    let by_fields = labelled.is_some();
    let posted = |stated_minutes| {
        let windows = evidence.by_updates();
        let inferred = !windows.is_empty();
        (Impact { windows, stated_minutes }, inferred)
    };
    if evidence.unread && !by_fields {
        return posted(None);
    }
    let marked = evidence.by_marks().filter(|_| !by_fields);
    let by_marks = marked.is_some();
    let stated_minutes = duration::stated(evidence.source, evidence.passages, evidence.mentions);
    if let Some((windows, total)) = evidence.by_total(stated_minutes.as_ref()).filter(|_| !by_fields && !by_marks) {
        return (Impact { windows, stated_minutes: Some(total) }, false);
    }
    let found = labelled
        .or(marked)
        .or_else(|| evidence.by_listed())
        .or_else(|| evidence.by_ranges())
        .or_else(|| evidence.by_length(stated_minutes.as_ref()))
        .or_else(|| evidence.by_events())
        .or_else(|| evidence.by_timeline())
        .or_else(|| evidence.start_by_length(stated_minutes.as_ref()));
    let Some(mut windows) = found else { return posted(stated_minutes) };
    evidence.end_when_completed(&mut windows);
    evidence.end_at_recovery(&mut windows);
    evidence.end_by_length(&mut windows, stated_minutes.as_ref());
    evidence.close_by_updates(&mut windows);
    // What the report marks as the whole outage has no further parts.
    let mut windows = if by_marks { windows } else { evidence.with_parts(windows, by_fields) };
    windows.sort_by_key(|window| window.start.as_ref().map(|edge| edge.at));
    let mut impact = Impact { windows, stated_minutes };
    if let (None, Some(minutes)) = (&impact.stated_minutes, impact.minutes()) {
        let begins = impact.start().and_then(|edge| edge.cites.first()).map(|cite| evidence.source.start_of(cite));
        impact.stated_minutes = duration::borne_out(evidence.source, evidence.passages, minutes, begins);
    }
    (impact, false)
}

impl Evidence<'_, '_> {
    /// The moments that count, with their places.
    fn placed(&self) -> impl Iterator<Item = (usize, &Mention<'_>)> {
        self.mentions.iter().enumerate().filter(|(_, mention)| mention.counts && mention.point.at.is_some() && !mention.restates)
    }

    /// The moments that count.
    fn counted(&self) -> impl Iterator<Item = &Mention<'_>> {
        self.placed().map(|(_, mention)| mention)
    }

    /// Those that begin a range, each with its later end.
    fn ranges(&self) -> impl Iterator<Item = (&Mention<'_>, &Mention<'_>)> {
        let starts = self.placed().filter(|(_, from)| matches!(from.in_range, InRange::Start(_)));
        starts.filter_map(|(place, from)| Some((from, self.mentions.get(place + 1).filter(|to| from.point.at < to.point.at)?)))
    }

    /// Whether an update is the resolution or the post-mortem.
    pub fn is_last_word(&self, update: usize) -> bool {
        self.posts.get(update).is_some_and(|post| post.conclusive)
    }

    /// A moment as one end of a window, which a label says or `rule` found.
    fn edge(&self, mention: &Mention, rule: Rule) -> Option<Edge> {
        let labelled = mention.topic.filter(|topic| mention.field && *topic != Topic::Other);
        self.edge_by(mention, labelled.map_or(Basis::Ruled(rule), Basis::Labelled))
    }

    /// The stretch between two moments, each of which a label says or `rule` found.
    fn window(&self, from: &Mention, to: &Mention, rule: Rule) -> Window {
        Window { start: self.edge(from, rule), end: self.edge(to, rule), label: None }
    }

    /// The stretch between two moments, both of which `rule` found, whatever a label says.
    fn window_by(&self, from: &Mention, to: &Mention, rule: Rule) -> Window {
        let edge = |mention| self.edge_by(mention, Basis::Ruled(rule));
        Window { start: edge(from), end: edge(to), label: None }
    }

    fn edge_by(&self, mention: &Mention, basis: Basis) -> Option<Edge> {
        let at = mention.point.at?;
        Some(Edge {
            at,
            certainty: mention.point.certainty,
            approximate: mention.point.approximate,
            basis,
            moment: Some(mention.point.basis),
            alternatives: mention.point.alternatives.clone(),
            cites: mention.cites(self.source),
        })
    }

    /// "OUTAGE BEGINS" and "OUTAGE ENDS" in the entries of a timeline.
    fn by_marks(&self) -> Option<Vec<Window>> {
        let marked = |cue: Cue| self.counted().filter(move |mention| mention.entry && mention.says(cue));
        let mut windows: Vec<Window> = Vec::new();
        for start in marked(Cue::BeginMark) {
            let fresh = windows.last().is_none_or(|last| last.end.as_ref().is_some_and(|edge| Some(edge.at) <= start.point.at));
            if fresh && windows.len() < WINDOWS {
                let end = marked(Cue::EndMark).find(|end| end.point.at > start.point.at);
                let end = end.and_then(|end| self.edge_by(end, Basis::Ruled(Rule::Marks)));
                windows.push(Window { start: self.edge_by(start, Basis::Ruled(Rule::Marks)), end, label: None });
            }
        }
        // Without a mark for the end, the sentences may tell more.
        windows.iter().any(|window| window.end.is_some()).then_some(windows)
    }

    /// Planned work ends when it is said to be completed, whatever was planned.
    fn end_when_completed(&self, windows: &mut [Window]) {
        let completed = self.posted.iter().rev().find(|posted| self.maintenance && posted.kind == EventKind::Resolved);
        if let ([window], Some(completed)) = (windows, completed)
            && window.start.as_ref().is_some_and(|start| start.at < completed.at)
        {
            window.end = Some(Edge { basis: Basis::Form(FormPart::Completed), ..completed.edge.clone() });
        }
    }

    /// The declaration comes after the recovery: a stated end that is the declaration gives way to a full recovery inside.
    fn end_at_recovery(&self, windows: &mut [Window]) {
        let [window] = windows else { return };
        let (Some(start), Some(end)) = (&window.start, &window.end) else { return };
        if !self.counted().any(|mention| mention.point.at == Some(end.at) && mention.kind == EventKind::Resolved) {
            return;
        }
        let whole = |mention: &Mention| list(Words::Entirely).is_in(mention.text.as_str());
        let inside = |mention: &Mention| mention.point.at > Some(start.at) && mention.point.at < Some(end.at);
        let recovery = self.counted().find(|mention| inside(mention) && mention.kind == EventKind::Recovered && whole(mention));
        if let Some(edge) = recovery.and_then(|mention| self.edge(mention, Rule::FullRecovery)) {
            window.end = Some(edge);
        }
    }

    /// An open window ends, as far as anyone says, when the page says resolved.
    fn close_by_updates(&self, windows: &mut [Window]) {
        let resolved = self.posted.iter().rev().find(|posted| posted.kind == EventKind::Resolved);
        if let (Some(last), Some(resolved)) = (windows.last_mut(), resolved)
            && last.end.is_none()
            && last.start.as_ref().is_some_and(|start| start.at < resolved.at)
        {
            last.end = Some(derived(&resolved.edge, Derivation::Resolved));
        }
    }
}

/// The stamp of an update as an end of a window that the text does not tell.
fn derived(edge: &Edge, derivation: Derivation) -> Edge {
    Edge { basis: Basis::Derived(derivation), ..inferred(edge) }
}

fn inferred(edge: &Edge) -> Edge {
    Edge { certainty: Certainty::Inferred, ..edge.clone() }
}
