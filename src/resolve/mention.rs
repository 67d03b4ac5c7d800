//! A time that a report mentions, resolved, with the words around it.

use super::later::Since;
use super::point::Point;
use crate::document::Text;
use crate::extract::lexicon::{Cue, Topic};
use crate::extract::time::Lead;
use crate::incident::EventKind;
use crate::source::{Cite, Source, Span};
use chrono::NaiveDate;
use std::ops::Range;
use std::rc::Rc;

/// A time in the report and what is said of it.
#[derive(Debug, Clone)]
pub struct Mention<'a> {
    /// The passage it stands in.
    pub passage: usize,
    /// What the passage is about.
    pub topic: Option<Topic>,
    /// Whether the passage is a labelled value.
    pub field: bool,
    /// The resolved time.
    pub point: Point,
    /// The time's words.
    pub written: String,
    /// The time's place.
    pub span: Span,
    /// The sentence or entry it stands in.
    pub text: Text<'a>,
    /// The words before it that belong to it, as a range of `text`.
    pub before: Range<usize>,
    /// The words after it that belong to it.
    pub after: Range<usize>,
    /// Where it stands in a range: the other end's place among the mentions.
    pub in_range: InRange,
    /// Whether it heads an entry of a timeline.
    pub entry: bool,
    /// The update it stands in.
    pub update: Option<usize>,
    /// Whether it repeats the time before it in another zone.
    pub restates: bool,
    /// Whether a date is written with it.
    pub dated: bool,
    /// Whether its day was carried over from text before, in running prose.
    pub loose: bool,
    /// Whether it is a moment of this incident: no habit, setting, promise or due date.
    pub counts: bool,
    /// The cues of `text`, in the order of their ends.
    pub cues: Rc<[(Cue, Range<usize>)]>,
    /// What happened then.
    pub kind: EventKind,
    /// Whether its sentence is about what customers felt.
    pub impact: bool,
    /// What it counts from, where it is told by that alone.
    pub since: Option<Since>,
}

impl Mention<'_> {
    /// The words that tell it, with those of the moment it counts from.
    pub fn cites(&self, source: &Source) -> Vec<Cite> {
        [Some(self.span), self.since.map(|since| since.span)].into_iter().flatten().map(|span| source.cite(span)).collect()
    }

    /// Whether its sentence or entry holds `cue`.
    pub fn says(&self, cue: Cue) -> bool {
        self.cues.iter().any(|(known, _)| *known == cue)
    }

    /// The cues in the words before it that belong to it.
    pub fn cues_before(&self) -> impl Iterator<Item = &(Cue, Range<usize>)> {
        within(&self.cues, &self.before)
    }

    /// The cues in the words after it that belong to it.
    pub fn cues_after(&self) -> impl Iterator<Item = &(Cue, Range<usize>)> {
        within(&self.cues, &self.after)
    }
}

/// The cues inside `range`.
pub(super) fn within<'c>(cues: &'c [(Cue, Range<usize>)], range: &'c Range<usize>) -> impl Iterator<Item = &'c (Cue, Range<usize>)> {
    cues.iter().filter(|(_, at)| range.start <= at.start && at.end <= range.end)
}

/// The place of a mention in a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InRange {
    /// A moment on its own.
    Alone,
    /// The start of a range, whose end is the next mention.
    Start(Lead),
    /// The end of a range, whose start is the mention before.
    End,
}

/// A time that could not be read, and the date with it.
#[derive(Debug, Clone)]
pub struct Unreadable<'a> {
    /// Its place.
    pub span: Span,
    /// Its words.
    pub written: String,
    /// The date that could be read.
    pub date: Option<NaiveDate>,
    /// The entry it stands in.
    pub text: Text<'a>,
    /// Whether it heads an entry of a timeline.
    pub entry: bool,
}

/// Sections about what comes after the incident.
pub fn is_planning(topic: Option<Topic>) -> bool {
    topic.is_some_and(|topic| topic.is_work() || matches!(topic, Topic::Lessons | Topic::Workaround | Topic::People | Topic::Background))
}
