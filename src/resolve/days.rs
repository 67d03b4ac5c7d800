//! On which day each clock falls that carries none: what speaks for a day, and how much.
//!
//! Each clock keeps every day that some place gives it, with that place. A day costs what its place costs, and what it does to
//! the order of the clocks around it; `sequence` looks for the cheapest days of a whole list or text. The margin to the
//! second-best day tells whether the day is beyond doubt.
//!
//! | the day is that of | cost |
//! | --- | --- |
//! | the line above | 0 |
//! | the heading; a date in the same paragraph or behind in the same sentence; a sentence over the list; the only date of the section | 1 |
//! | the entry or the clock before, past midnight too | 2 |
//! | the last or the first date of the section in front of the clock; a date in what an entry says | 3 |
//! | a moment told before, in another section; the incident, where its title says so; a date in front that is long before it | 4 |
//! | the stamps of the updates; a date of the same paragraph behind the clock; the incident, where a field says so | 5 |
//! | a date that the text before mentions in passing; the incident, where neither says so | 6 |
//! | a date of the section behind the clock, another told before | 7 |
//! | a day before the incident, told in front in a paragraph without a clock | 8 |
//! | the day of posting | 9 |
//! | a day beside one of these | 7 more; in front of one, where the list runs backwards, 3 |
//!
//! | and | |
//! | --- | --- |
//! | the clock is a moment that is told elsewhere with its day | 7 less |
//! | a moment later than the text that tells it was posted; an end before its start, a start behind its end | 12 more |
//! | it is not the day that reading on gives | 1 more, once for as long as the clocks stay away together |
//! | the clocks run backwards or leave out days | see `order` |

use super::bounds::Bounds;
use super::mention::{InRange, Mention};
use super::point::{self, Point};
use super::sequence::{self, Best};
use crate::basis::{Alternative, Basis, Given, Part, Placed};
use crate::incident::{Certainty, EventKind, Instant};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use std::collections::HashSet;

/// The least margin of a day that is beyond doubt.
const CLEAR: i64 = 3;
/// What a day costs that nothing gives.
const UNTOLD: i64 = 14;
/// What the day costs to which reading on moved the clock.
const MOVED: i64 = cost::BEFORE;
/// What a day beside a given one costs more.
const BESIDE: i64 = 7;
/// What the day in front of a given one costs more in a list that runs backwards: the date may be of what stands next to it.
const ABOVE: i64 = 3;
/// What it saves that the moment is told elsewhere with its day.
const KNOWN: i64 = 7;
/// What it costs that a moment lies behind the posting of the text that tells it.
const UNTIMELY: i64 = 12;
/// How far it may lie behind it: stamps are rounded and texts amended.
const AMENDED: TimeDelta = TimeDelta::minutes(10);
/// What it costs to leave the day that reading on gives.
pub(super) const LEFT: i64 = 1;

/// What a day costs by the place that gives it.
pub(super) mod cost {
    pub(in super::super) const LINE: i64 = 0;
    pub(in super::super) const NEAREST: i64 = 1;
    pub(in super::super) const BEFORE: i64 = 2;
    pub(in super::super) const SECTION: i64 = 3;
    pub(in super::super) const TOLD: i64 = 4;
    pub(in super::super) const TITLE: i64 = 4;
    pub(in super::super) const FIELD: i64 = 5;
    pub(in super::super) const STAMPS: i64 = 5;
    pub(in super::super) const PARAGRAPH_BEHIND: i64 = 5;
    pub(in super::super) const IN_PASSING: i64 = 6;
    pub(in super::super) const INCIDENT: i64 = 6;
    pub(in super::super) const FAR: i64 = 7;
    pub(in super::super) const LEADING_UP: i64 = 8;
    pub(in super::super) const POSTING: i64 = 9;
}

/// What a sequence of clocks is, each in its section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sequence {
    /// The heads of the entries of a list, by its number.
    List(usize, usize),
    /// The clocks of a passage, by its number.
    Text(usize, usize),
}

/// A day, the place that gives it, and what it costs by that.
pub(super) type Reason = (NaiveDate, Given, i64);

/// A clock in its sequence.
#[derive(Debug, Clone)]
pub(super) struct Clock {
    /// Its place among the mentions.
    pub(super) mention: usize,
    /// The sequence.
    pub(super) sequence: Sequence,
    /// The days that some place gives it, first that of reading on; none where its day is written with it.
    pub(super) days: Vec<Reason>,
    /// The day that the text writes between the clock before and it.
    pub(super) turn: Option<NaiveDate>,
    /// When the text around it was posted, where that tells what has happened.
    pub(super) posted: Option<Instant>,
}

/// A clock whose local time is known, as reading on gives it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Read<'c> {
    pub(super) clock: &'c Clock,
    pub(super) local: NaiveDateTime,
    pub(super) at: Option<Instant>,
    /// What happened then.
    pub(super) kind: EventKind,
    /// Between which moments it lies, where they are known.
    pub(super) since: Option<Instant>,
    pub(super) until: Option<Instant>,
}

/// Chooses the days of all `clocks`, which are in reading order.
pub(super) fn settle(mentions: &mut [Mention], clocks: &[Clock]) {
    let bounds = Bounds::of(mentions, clocks);
    let stated = mentions.iter().filter(|mention| mention.dated && mention.counts);
    let known: HashSet<Instant> = stated.filter_map(|mention| mention.point.at).collect();
    // The paragraphs of a section go on from one to the next; lists do not.
    let together = |a: &Clock, b: &Clock| match (a.sequence, b.sequence) {
        (Sequence::List(_, a), Sequence::List(_, b)) | (Sequence::Text(_, a), Sequence::Text(_, b)) => a == b,
        _ => false,
    };
    for run in clocks.chunk_by(together).filter(|run| run.iter().any(|clock| !clock.days.is_empty())) {
        let run = run.iter().filter_map(|clock| {
            let mention = mentions.get(clock.mention).filter(|mention| mention.point.local.is_some())?;
            let Point { at, local, .. } = mention.point;
            let posted = clock.posted.filter(|_| mention.counts).and_then(|at| at.checked_add_signed(AMENDED));
            let (since, until) = bounds.around(mention, clock);
            Some(Read { clock, local: local?, at, kind: mention.kind, since, until: until.into_iter().chain(posted).min() })
        });
        let run: Vec<Read> = run.collect();
        for stretch in sequence::days(&run, &known) {
            let away = |best: &Best| (best.margin, best.next.map(|next| next - best.day));
            // Where clocks side by side have the same margin to a day as far off, one other reading moves them all.
            for together in stretch.chunk_by(|(_, a), (_, b)| away(a) == away(b)) {
                let first = together.first().map_or(0, |(read, _)| read.clock.mention);
                together.iter().for_each(|(read, best)| take(mentions, read, best, u32::try_from(first).unwrap_or(u32::MAX)));
            }
        }
    }
}

/// Gives a clock its day, and the end of its range and what stands inside its entry with it.
fn take(mentions: &mut [Mention], read: &Read, best: &Best, together: u32) {
    let (Read { clock, local, .. }, Best { day, margin, next }) = (read, *best);
    let Some(first) = mentions.get(clock.mention).filter(|_| !clock.days.is_empty()) else { return };
    let days = (day - local.date()).num_days();
    let (passage, range) = (first.passage, matches!(first.in_range, InRange::Start(_)));
    let given = clock.days.iter().filter(|(other, ..)| *other == day).min_by_key(|(.., cost)| *cost).map(|(_, given, _)| *given);
    let along = if matches!(clock.sequence, Sequence::List(..)) { Given::DateOfEntry } else { Given::DateOfText };
    for (place, mention) in mentions.iter_mut().enumerate().skip(clock.mention) {
        let own = place == clock.mention || (range && place == clock.mention + 1);
        let inside = matches!(clock.sequence, Sequence::List(..)) && mention.passage == passage && !mention.entry;
        if mention.dated || !(own || inside) {
            break;
        }
        if days != 0 {
            mention.point = point::shifted(&mention.point, days);
            if let (true, Basis::Placed(placed)) = (own, mention.point.basis) {
                mention.point.basis = Basis::Placed(Placed { date: Some(given.unwrap_or(along)), ..placed });
            }
        }
        if margin < CLEAR {
            let point = &mut mention.point;
            point.certainty = Certainty::Inferred;
            // What stands inside an entry may be settled with it and in its own text.
            point.alternatives.retain(|other| !matches!(other.part, Part::Day(..)));
            let other = |local: NaiveDateTime| Some(Part::Day(local.date(), local.date().checked_add_signed(next? - day)?));
            point.alternatives.extend(point.local.and_then(other).map(|part| Alternative { part, together, taken: false }));
        }
    }
}

impl Read<'_> {
    /// What `day` costs by the places that give it.
    pub(super) fn told(&self, day: NaiveDate, newest_first: bool) -> i64 {
        let read = self.local.date();
        let Some((first, ..)) = self.clock.days.first() else { return 0 };
        let given = self.clock.days.iter().map(|(date, _, cost)| match (day - *date).num_days() {
            0 => *cost,
            -1 if newest_first => cost + ABOVE,
            1 | -1 => cost + BESIDE,
            _ => UNTOLD,
        });
        let told = given.min().unwrap_or(UNTOLD).min(UNTOLD);
        // Reading on moved it from the day that is nearest.
        if day == read && *first != day { told.min(MOVED) } else { told }
    }

    /// The moment on `day`.
    fn on(&self, day: NaiveDate) -> Option<Instant> {
        self.at?.checked_add_signed(TimeDelta::try_days((day - self.local.date()).num_days())?)
    }

    /// What `day` costs where the moment it gives cannot be.
    pub(super) fn untimely(&self, day: NaiveDate) -> i64 {
        let beyond = |at: Instant| self.since.is_some_and(|since| at < since) || self.until.is_some_and(|until| at > until);
        if !self.clock.days.is_empty() && self.on(day).is_some_and(beyond) { UNTIMELY } else { 0 }
    }

    /// What `day` saves where the moment it gives is told elsewhere; it is one of `days`.
    pub(super) fn bonus(&self, day: NaiveDate, days: &[NaiveDate], known: &HashSet<Instant>) -> i64 {
        let is_known = |day: &NaiveDate| self.on(*day).is_some_and(|at| known.contains(&at));
        // A clock that is told of several days speaks for none of them.
        let saved = is_known(&day) && days.iter().filter(|day| is_known(day)).count() == 1;
        if saved { -KNOWN } else { 0 }
    }
}

/// What it costs that a clock stands `minutes` behind the one before it in a sequence.
pub(super) fn order(before: Sequence, after: Sequence, minutes: i64) -> i64 {
    let hours = minutes.div_euclid(60);
    match after {
        // Entries do not run backwards; a fall of many hours is the next day, one of a few a slip.
        Sequence::List(..) if before == after => match hours {
            0..18 => 0,
            18..24 => 4,
            24.. => (6 * (hours / 24)).min(24),
            -6..0 => 3,
            -24..-6 => 10,
            _ => 40,
        },
        // A text may go back.
        Sequence::Text(..) if before == after => match hours {
            0..12 => 0,
            12..24 => 4,
            24.. => (5 * (hours / 24)).min(15),
            -6..0 => 1,
            -18..-6 => 4,
            -24..-18 => 6,
            _ => 12,
        },
        // The next paragraph more so.
        _ => match hours {
            0..24 => 0,
            24.. => 3,
            -12..0 => 1,
            -24..-12 => 2,
            _ => 4,
        },
    }
}
