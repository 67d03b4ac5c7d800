//! Which moment of a report plays which part: where the impact began and ended, when it was noticed, taken on, understood,
//! stopped and declared over.
//!
//! Every moment of the report is a candidate for every role. What the form says is taken first: a labelled field, a mark, a
//! post. Else the best sum of weights decides, where the end comes behind the start; what the rules would have chosen is one of the
//! signs. No moment at all is a candidate, too. The margin to the next best tells whether the choice is beyond doubt.

mod feature;
mod told;

pub use feature::{Sink, Words, is_word, stem};
pub use told::{Candidate, Told};

use super::Judge;
use crate::basis::{Basis, Rule, Scored};
use crate::incident::{Certainty, Edge, Impact, Milestones, Status, Window};
use crate::role::weights::{Kind, Model, Weights};
use crate::role::{ByRole, Role};

/// By how much a milestone has to be better than none: a wrong one is worse than one that is missing.
const RESERVE: i64 = 108;

/// A candidate that was chosen for a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen {
    /// Its place among the candidates.
    pub place: usize,
    /// The place of the next best, where that is a moment.
    pub next: Option<usize>,
    /// How much better it is than the next best, which may be no moment at all.
    pub margin: i64,
    /// The features that speak most for it, by their numbers; `u16::MAX` for none.
    pub because: [u16; 3],
}

/// The features of candidates that have weights, by their numbers: of each candidate each once.
pub(super) struct Described<'w, const N: usize> {
    weights: &'w Weights<N>,
    numbers: Vec<u16>,
    /// Where in `numbers` those of each candidate end.
    ends: Vec<usize>,
    /// Which features the last one has, by the bits of their numbers.
    had: Vec<u64>,
}

impl<const N: usize> Sink for Described<'_, N> {
    fn add(&mut self, kind: Kind, value: &str) {
        let Some(number) = self.weights.number(kind.key(value)) else { return };
        let bit = 1 << (number % 64);
        let Some(had) = self.had.get_mut(usize::from(number / 64)).filter(|had| **had & bit == 0) else { return };
        *had |= bit;
        self.numbers.push(number);
    }
}

impl<const N: usize> Described<'_, N> {
    /// The features of the candidate at `place`.
    fn of(&self, place: usize) -> &[u16] {
        let start = place.checked_sub(1).and_then(|last| self.ends.get(last)).copied().unwrap_or(0);
        self.ends.get(place).and_then(|end| self.numbers.get(start..*end)).unwrap_or_default()
    }

    /// The sums of the weights of each candidate.
    pub(super) fn sums(&self) -> Vec<[i64; N]> {
        (0..self.ends.len()).map(|place| self.weights.total(self.of(place))).collect()
    }

    /// Those of the candidate at `place` that speak most for the question `asked`.
    pub(super) fn best(&self, asked: usize, place: usize) -> [u16; 3] {
        self.weights.best(asked, self.of(place))
    }
}

impl<const N: usize> Weights<N> {
    /// The features of `count` candidates.
    pub(super) fn described(&self, count: usize, describe: impl Fn(usize, &mut dyn Sink)) -> Described<'_, N> {
        let (ends, had) = (Vec::with_capacity(count), vec![0; self.len() / 64 + 1]);
        let mut described = Described { weights: self, numbers: Vec::with_capacity(count * 32), ends, had };
        for place in 0..count {
            described.had.fill(0);
            describe(place, &mut described);
            described.ends.push(described.numbers.len());
        }
        described
    }
}

impl Model {
    /// The choice for each role.
    pub(super) fn place(&self, told: &Told) -> ByRole<Option<Chosen>> {
        if told.alone {
            return ByRole::default();
        }
        let weights = &self.moments;
        let described = weights.described(told.candidates.len(), |place, sink| told.describe(place, sink));
        let none = weights.described(1, |_, sink| told.describe_none(sink)).sums().pop();
        let sums: Vec<_> = described.sums().into_iter().map(ByRole).collect();
        let chosen = decide(&sums, &ByRole(none.unwrap_or_default()));
        ByRole::make(|role| chosen.get(role).map(|chosen| Chosen { because: described.best(role as usize, chosen.place), ..chosen }))
    }
}

/// The best choice for each role by the `sums` of the candidates, which are in time order; `none` are those of no moment at all.
pub fn decide(sums: &[ByRole<i64>], none: &ByRole<i64>) -> ByRole<Option<Chosen>> {
    let best = |role: Role, fits: &dyn Fn(usize) -> bool| best(sums, none, role, fits);
    let mut chosen = ByRole::make(|role| best(role, &|_| true));
    // What is gained by a choice over no moment at all.
    let gain = |role: Role, chosen: Chosen| sums.get(chosen.place).map_or(0, |sums| sums.get(role) - none.get(role));
    if let (Some(start), Some(end)) = (chosen.get(Role::Start), chosen.get(Role::End))
        && start.place >= end.place
    {
        let earlier = best(Role::Start, &|place| place < end.place);
        let later = best(Role::End, &|place| place > start.place);
        let by_end = earlier.map_or(0, |start| gain(Role::Start, start)) + gain(Role::End, *end);
        let by_start = gain(Role::Start, *start) + later.map_or(0, |end| gain(Role::End, end));
        if by_end > by_start {
            *chosen.get_mut(Role::Start) = earlier;
        } else {
            *chosen.get_mut(Role::End) = later;
        }
    }
    chosen
}

fn best(sums: &[ByRole<i64>], none: &ByRole<i64>, role: Role, fits: &dyn Fn(usize) -> bool) -> Option<Chosen> {
    let reserve = if matches!(role, Role::Start | Role::End) { 0 } else { RESERVE };
    let mut top = (None, none.get(role) + reserve);
    let mut next = (None, i64::MIN);
    for (place, sums) in sums.iter().enumerate().filter(|(place, _)| fits(*place)) {
        let sum = (Some(place), *sums.get(role));
        if sum.1 > top.1 {
            next = top;
            top = sum;
        } else if sum.1 > next.1 {
            next = sum;
        }
    }
    Some(Chosen { place: top.0?, next: next.0, margin: top.1.saturating_sub(next.1), because: [u16::MAX; 3] })
}

/// The moments that were chosen, each with the words it was read from.
pub(super) fn edges(told: &Told, judge: &dyn Judge) -> ByRole<Option<Edge>> {
    let chosen = judge.moments(told);
    ByRole::make(|role| {
        let by_form = told.formed.get(role).clone();
        if told.alone {
            return by_form.or_else(|| told.posted(role));
        }
        let over = matches!(role, Role::End | Role::Resolved);
        let fits = |chosen: &Chosen| told.candidates.get(chosen.place).is_some_and(|moment| !told.is_posted_against(role, moment));
        let chosen = chosen.get(role).filter(|chosen| !(over && told.open) && fits(chosen)).and_then(|chosen| edge(told, &chosen));
        let Some(by_form) = by_form else { return chosen.or_else(|| told.posted(role)) };
        // The first response is the first Investigating post where nothing earlier is told beyond doubt.
        let posted = role == Role::Acknowledged && !matches!(by_form.basis, Basis::Labelled(_));
        Some(chosen.filter(|edge| posted && is_clear(edge) && edge.at < by_form.at).unwrap_or(by_form))
    })
}

/// Whether the weights chose it beyond doubt.
fn is_clear(edge: &Edge) -> bool {
    matches!(edge.basis, Basis::Scored(scored) if scored.is_clear())
}

/// The moment that was chosen, with the words it was read from.
fn edge(told: &Told, chosen: &Chosen) -> Option<Edge> {
    let edge = told.edge(chosen.place)?;
    let at = |place: usize| told.candidates.get(place).map(|candidate| candidate.at);
    let next = chosen.next.and_then(at).map(|next| (next - edge.at).num_seconds());
    let scored = Scored {
        of: u16::try_from(told.candidates.len()).unwrap_or(u16::MAX),
        because: chosen.because,
        margin: u16::try_from(chosen.margin).unwrap_or(u16::MAX),
        next: next.and_then(|next| i32::try_from(next).ok()),
    };
    let certainty = if scored.is_clear() { edge.certainty } else { Certainty::Inferred };
    Some(Edge { certainty, basis: Basis::Scored(scored), ..edge })
}

/// Puts in doubt what the rules found, too, where other moments were nearly as good and no length that is told bears it out.
pub(super) fn doubt(impact: &mut Impact, start: Option<&Edge>, end: Option<&Edge>) {
    let stated = impact.stated_minutes.as_ref().map(|stated| stated.value);
    if stated.zip(impact.minutes()).is_some_and(|(stated, minutes)| (stated - minutes).abs() < 1.0) {
        return;
    }
    let borne_out = |own: &Option<Edge>, chosen: Option<&Edge>| {
        own.as_ref().zip(chosen).is_some_and(|(own, chosen)| own.at == chosen.at && is_clear(chosen))
    };
    for window in &mut impact.windows {
        // Of one range about customers both ends are as sure as the surer.
        let range = [&window.start, &window.end].iter().all(|own| own.as_ref().is_some_and(|own| own.basis == Basis::Ruled(Rule::Range)));
        if range && (borne_out(&window.start, start) || borne_out(&window.end, end)) {
            continue;
        }
        let edges = [window.start.as_mut().zip(start), window.end.as_mut().zip(end)];
        for (own, chosen) in edges.into_iter().flatten().filter(|(own, chosen)| own.at == chosen.at) {
            if matches!(own.basis, Basis::Ruled(_)) && matches!(chosen.basis, Basis::Scored(_)) && !is_clear(chosen) {
                (own.certainty, own.basis) = (Certainty::Inferred, chosen.basis);
            }
        }
    }
}

/// What a label says is still open, as `status`, has no end but one that the form or a range gives, and a recovery that is watched.
pub(super) fn keep_open(impact: &mut Impact, status: Status) {
    let ends = |edge: &Edge| match edge.basis {
        Basis::Ruled(Rule::LastRecovery) => status == Status::Monitoring,
        Basis::Ruled(rule) => matches!(rule, Rule::Range | Rule::FurtherRange | Rule::Listed | Rule::CountedStretch | Rule::Clause),
        basis => matches!(basis, Basis::Labelled(_) | Basis::Form(_)),
    };
    if let Some(window) = impact.windows.last_mut() {
        window.end = window.end.take().filter(ends);
    }
}

/// The milestones among the moments that were chosen.
pub(super) fn milestones(edges: &mut ByRole<Option<Edge>>) -> Milestones {
    let mut take = |role: Role| edges.get_mut(role).take();
    Milestones {
        detected: take(Role::Detected),
        acknowledged: take(Role::Acknowledged),
        identified: take(Role::Identified),
        mitigated: take(Role::Mitigated),
        resolved: take(Role::Resolved),
    }
}

/// Puts the chosen start and end in place of those of the rules, where they differ.
pub(super) fn bound(impact: &mut Impact, start: Option<&Edge>, end: Option<&Edge>) {
    if impact.windows.len() > 1 {
        return;
    }
    let (own_start, own_end) = (impact.start().map(|edge| edge.at), impact.end().map(|edge| edge.at));
    if let Some(start) = start.filter(|start| own_start != Some(start.at)) {
        impact.windows.retain(|window| window.end.as_ref().is_none_or(|end| end.at > start.at));
        match impact.windows.iter_mut().min_by_key(|window| window.start.as_ref().map(|start| start.at)) {
            Some(first) => first.start = Some(start.clone()),
            None => impact.windows.push(Window { start: Some(start.clone()), end: None, label: None }),
        }
    }
    if let Some(end) = end.filter(|end| own_end != Some(end.at)) {
        impact.windows.retain(|window| window.start.as_ref().is_none_or(|start| start.at < end.at));
        match impact.windows.iter_mut().max_by_key(|window| window.start.as_ref().map(|start| start.at)) {
            Some(last) => last.end = Some(end.clone()),
            None => impact.windows.push(Window { start: None, end: Some(end.clone()), label: None }),
        }
    }
}
