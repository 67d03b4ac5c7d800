//! The moments of a report: where each is told, and what the form and the rules say of them.

use crate::basis::{Basis, Rule};
use crate::extract::lexicon::Topic;
use crate::extract::passage::{Form, Passage};
use crate::extract::time::Time;
use crate::incident::{Edge, EventKind, Impact, Instant};
use crate::resolve::mention::Mention;
use crate::resolve::update::Post;
use crate::role::{ByRole, Role};
use crate::source::Source;
use std::collections::BTreeMap;

/// The most moments that are candidates.
const CANDIDATES: usize = 400;
/// So many passages of an update tell what was posted.
const PASSAGES: usize = 4;

/// A moment that the report gives.
#[derive(Debug, Clone, Default)]
pub struct Candidate {
    /// When.
    pub at: Instant,
    /// The mentions of it, by their places.
    pub(super) mentions: Vec<usize>,
    /// The updates that were posted then, by their places.
    pub(super) posts: Vec<usize>,
}

/// What is known of a report when its moments get their roles.
pub struct Told<'r, 'a> {
    /// The moments, in time order.
    pub candidates: Vec<Candidate>,
    /// What the form says for each role: a labelled field, a mark, a post.
    pub formed: ByRole<Option<Edge>>,
    /// Whether a label says that it has not ended: "Ended: not yet".
    pub open: bool,
    /// Whether the form alone tells: no moment is chosen.
    pub alone: bool,
    /// What the rules say for each role.
    pub ruled: ByRole<Option<Instant>>,
    pub(super) source: &'r Source,
    pub(super) passages: &'r [(Passage<'a>, Vec<Time>)],
    pub(super) mentions: &'r [Mention<'a>],
    pub(super) posts: &'r [Post],
    /// By what the rules found start and end.
    pub(super) by: [Option<Basis>; 2],
    /// The first and the last candidate that is told, not only posted, and that is about what customers felt.
    pub(super) told: Option<(usize, usize)>,
    pub(super) hurt: Option<(usize, usize)>,
    /// The first and the last candidate of each kind.
    pub(super) kinds: BTreeMap<EventKind, (usize, usize)>,
    /// Whether it has a timeline.
    pub(super) entries: bool,
    /// Whether it has live updates.
    pub(super) live: bool,
    /// The passages of each update, by their places.
    pub(super) texts: Vec<Vec<usize>>,
}

impl<'r, 'a> Told<'r, 'a> {
    /// Gathers the moments.
    pub(in crate::resolve) fn new(
        source: &'r Source,
        passages: &'r [(Passage<'a>, Vec<Time>)],
        mentions: &'r [Mention<'a>],
        posts: &'r [Post],
        impact: &Impact,
    ) -> Self {
        let mut told = Self {
            candidates: candidates(mentions, posts, impact),
            formed: formed(source, mentions, posts, impact),
            alone: false,
            open: passages
                .iter()
                .any(|(passage, times)| passage.topic == Some(Topic::End) && passage.form == Form::Field && times.is_empty()),
            ruled: ByRole::default(),
            source,
            passages,
            mentions,
            posts,
            by: [impact.start(), impact.end()].map(|edge| edge.map(|edge| edge.basis)),
            told: None,
            hurt: None,
            kinds: BTreeMap::new(),
            entries: mentions.iter().filter(|mention| mention.entry && mention.counts).count() > 2,
            live: posts.iter().any(|post| post.stamp.is_some() && !post.postmortem),
            texts: vec![Vec::new(); posts.len()],
        };
        for (place, (passage, _)) in passages.iter().enumerate() {
            if let Some(texts) = passage.update.and_then(|update| told.texts.get_mut(update)).filter(|texts| texts.len() < PASSAGES) {
                texts.push(place);
            }
        }
        let reach = |known: Option<(usize, usize)>, place: usize| Some((known.map_or(place, |(first, _)| first), place));
        for (place, candidate) in told.candidates.iter().enumerate() {
            let mut mentions = candidate.mentions.iter().filter_map(|place| mentions.get(*place));
            if !candidate.mentions.is_empty() {
                told.told = reach(told.told, place);
            }
            if mentions.any(|mention| mention.impact) {
                told.hurt = reach(told.hurt, place);
            }
            for kind in told.kinds_of(candidate).collect::<Vec<_>>() {
                told.kinds.entry(kind).or_insert((place, place)).1 = place;
            }
        }
        told.ruled = told.ruled(impact);
        told
    }

    /// Whether a moment was only posted, and as what it cannot be: what was posted as over began nothing, what was posted as looked into
    /// ended nothing.
    pub(super) fn is_posted_against(&self, role: Role, candidate: &Candidate) -> bool {
        let against = |post: &Post| match role {
            Role::Start => post.conclusive,
            Role::End | Role::Resolved => matches!(post.kind, EventKind::Investigating | EventKind::Identified),
            _ => false,
        };
        let posts = || candidate.posts.iter().filter_map(|place| self.posts.get(*place));
        candidate.mentions.is_empty() && posts().next().is_some() && posts().all(against)
    }

    /// What the rules say of a candidate's kinds.
    pub(super) fn kinds_of(&self, candidate: &Candidate) -> impl Iterator<Item = EventKind> {
        let (mentions, posts) = (self.mentions, self.posts);
        let told = candidate.mentions.clone().into_iter().filter_map(|place| mentions.get(place)).map(|mention| mention.kind);
        told.chain(candidate.posts.clone().into_iter().filter_map(|place| posts.get(place)).map(|post| post.kind))
    }

    /// What the rules say for each role: by the kinds of events, but for start and end.
    fn ruled(&self, impact: &Impact) -> ByRole<Option<Instant>> {
        use EventKind::{Acknowledged, Detected, Identified, Investigating, Mitigated, Recovered, Resolved};
        let at = |place: usize| self.candidates.get(place).map(|candidate| candidate.at);
        let first = |kinds: &[EventKind]| kinds.iter().filter_map(|kind| self.kinds.get(kind)).map(|(first, _)| *first).min().and_then(at);
        let last = |kind: EventKind| self.kinds.get(&kind).and_then(|(_, last)| at(*last));
        ByRole::make(|role| match role {
            Role::Start => impact.start().map(|edge| edge.at),
            Role::End => impact.end().map(|edge| edge.at),
            Role::Detected => first(&[Detected]),
            Role::Acknowledged => first(&[Acknowledged, Investigating]),
            Role::Identified => first(&[Identified]),
            Role::Mitigated => last(Mitigated).or_else(|| last(Recovered)),
            Role::Resolved => last(Resolved).or_else(|| last(Recovered)),
        })
    }

    /// The first post that says what a role is, where a form tells all.
    pub(super) fn posted(&self, role: Role) -> Option<Edge> {
        let posts = || self.posts.iter().filter(|post| role == Role::Identified && post.kind == EventKind::Identified);
        posts().filter_map(of_post).min_by_key(|edge| edge.at)
    }

    /// The candidate at `place` with the words it was read from; none for a moment that only was worked out.
    pub(super) fn edge(&self, place: usize) -> Option<Edge> {
        let candidate = self.candidates.get(place)?;
        let told = candidate.mentions.iter().rev().filter_map(|place| self.mentions.get(*place));
        // Of equal ones the first.
        if let Some(mention) = told.max_by_key(|mention| mention.point.certainty) {
            return Some(of_mention(self.source, mention, candidate.at, mention.point.basis));
        }
        candidate.posts.iter().find_map(|place| of_post(self.posts.get(*place)?))
    }
}

/// The moments that are told or posted, and those that the rules worked out, in time order.
fn candidates(mentions: &[Mention], posts: &[Post], impact: &Impact) -> Vec<Candidate> {
    let mut moments: BTreeMap<Instant, Candidate> = BTreeMap::new();
    let mut add = |at: Instant, mention: Option<usize>, post: Option<usize>| {
        if moments.len() < CANDIDATES || moments.contains_key(&at) {
            let candidate = moments.entry(at).or_insert_with(|| Candidate { at, ..Candidate::default() });
            candidate.mentions.extend(mention);
            candidate.posts.extend(post);
        }
    };
    for (place, mention) in mentions.iter().enumerate().filter(|(_, mention)| mention.counts && !is_published(mention)) {
        if let Some(at) = mention.point.at {
            add(at, Some(place), None);
        }
    }
    for (place, post) in posts.iter().enumerate() {
        if let Some(at) = post.stamp.as_ref().and_then(|stamp| stamp.point.at) {
            add(at, None, Some(place));
        }
    }
    for edge in [impact.start(), impact.end()].into_iter().flatten() {
        add(edge.at, None, None);
    }
    moments.into_values().collect()
}

/// A field that tells when something was written.
fn is_published(mention: &Mention) -> bool {
    mention.field && matches!(mention.topic, None | Some(Topic::Other | Topic::Date))
}

/// What the form says: of start and end as far as labels, marks and forms gave them, or both agree with the length that is told.
fn formed(source: &Source, mentions: &[Mention], posts: &[Post], impact: &Impact) -> ByRole<Option<Edge>> {
    let sure = |edge: &&Edge| matches!(edge.basis, Basis::Labelled(_) | Basis::Form(_) | Basis::Ruled(Rule::Marks | Rule::AsLongAs));
    let labelled = |topic: Topic| {
        let field =
            mentions.iter().find(|mention| mention.counts && mention.field && mention.topic == Some(topic) && mention.point.at.is_some());
        field.and_then(|mention| Some(of_mention(source, mention, mention.point.at?, Basis::Labelled(topic))))
    };
    let posted = |kind: EventKind| posts.iter().filter(move |post| post.kind == kind && !post.postmortem).filter_map(of_post);
    ByRole::make(|role| match role {
        Role::Start => impact.start().filter(sure).cloned(),
        Role::End => impact.end().filter(sure).cloned(),
        Role::Detected => labelled(Topic::Detected),
        Role::Acknowledged => labelled(Topic::Acknowledged).or_else(|| posted(EventKind::Investigating).min_by_key(|edge| edge.at)),
        Role::Identified => labelled(Topic::Identified),
        Role::Mitigated => labelled(Topic::Mitigated),
        Role::Resolved => posted(EventKind::Resolved).max_by_key(|edge| edge.at).or_else(|| labelled(Topic::Resolved)),
    })
}

fn of_mention(source: &Source, mention: &Mention, at: Instant, basis: Basis) -> Edge {
    let point = &mention.point;
    Edge {
        at,
        certainty: point.certainty,
        approximate: point.approximate,
        basis,
        moment: Some(point.basis),
        alternatives: point.alternatives.clone(),
        cites: mention.cites(source),
    }
}

fn of_post(post: &Post) -> Option<Edge> {
    post.posted().map(|posted| posted.edge)
}
