//! The cheapest days of a sequence of clocks: forwards and backwards over the few days in question, linear in the clocks.

use super::days::{self, LEFT, Read, Sequence, cost};
use crate::incident::{EventKind, Instant};
use chrono::NaiveDate;
use std::collections::HashSet;

/// The most days that a stretch of a sequence is judged on.
const DAYS: usize = 24;

/// The cheapest day of a clock, how much more the next best costs, and which that is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Best {
    pub(super) day: NaiveDate,
    pub(super) margin: i64,
    pub(super) next: Option<NaiveDate>,
}

/// The days of each clock of `run`, stretch by stretch.
pub(super) fn days<'c>(run: &[Read<'c>], known: &HashSet<Instant>) -> Vec<Vec<(Read<'c>, Best)>> {
    let newest_first = is_newest_first(run);
    // The day over a list is that of its earliest entry, wherever that stands.
    let mut run = run.to_vec();
    if newest_first {
        run.reverse();
    }
    let mut chosen = Vec::new();
    // A clock that carries its day ends a stretch and begins the next.
    let mut from = 0;
    for (place, read) in run.iter().enumerate() {
        let written = read.clock.days.is_empty();
        if (written && place > 0) || place + 1 == run.len() {
            let stretch = run.get(from..=place).unwrap_or_default();
            let solved = Stretch::new(stretch, known, newest_first).solve();
            let own = stretch.iter().copied().zip(solved).filter(|(read, _)| !read.clock.days.is_empty());
            chosen.push(own.collect());
            from = place;
        }
    }
    chosen
}

/// Whether the entries that have days of their own run backwards; without such, whether a list goes from its end to its start,
/// or all its clocks fall by hours at most.
fn is_newest_first(run: &[Read]) -> bool {
    let written: Vec<_> = run.iter().filter(|read| read.clock.days.is_empty()).map(|read| read.local).collect();
    let falls = written.windows(2).filter(|pair| matches!(pair, [a, b] if b < a)).count();
    if written.len() > 1 {
        return falls >= 2 && written.windows(2).all(|pair| matches!(pair, [a, b] if b <= a));
    }
    let ([first, .., last], true) = (run, run.iter().all(|read| matches!(read.clock.sequence, Sequence::List(..)))) else { return false };
    let hours = |a: &Read, b: &Read| (b.local.time() - a.local.time()).num_minutes().rem_euclid(24 * 60) / 60;
    let falls = run.windows(2).filter(|pair| matches!(pair, [a, b] if hours(a, b) >= 12)).count();
    let told_back = is_end(first.kind) && is_start(last.kind);
    let told_on = is_start(first.kind) || is_end(last.kind);
    told_back && 2 * falls >= run.len() || !told_on && falls >= 3 && falls + 1 == run.len()
}

fn is_end(kind: EventKind) -> bool {
    matches!(kind, EventKind::Resolved | EventKind::Recovered)
}

fn is_start(kind: EventKind) -> bool {
    matches!(kind, EventKind::Onset | EventKind::Detected | EventKind::Investigating)
}

/// Clocks between two that carry their day.
struct Stretch<'r, 'c> {
    clocks: &'r [Read<'c>],
    days: Vec<NaiveDate>,
    /// For each clock, what each day costs by its places.
    told: Vec<Vec<i64>>,
    /// The same with what is known of the moment.
    own: Vec<Vec<i64>>,
}

impl<'r, 'c> Stretch<'r, 'c> {
    fn new(clocks: &'r [Read<'c>], known: &HashSet<Instant>, newest_first: bool) -> Self {
        // Those that reading on gives, then those that a place gives, then those beside them.
        let mut days: Vec<NaiveDate> = Vec::new();
        let mut add = |day: NaiveDate| {
            if days.len() < DAYS && !days.contains(&day) {
                days.push(day);
            }
        };
        clocks.iter().for_each(|read| add(read.local.date()));
        let given = || clocks.iter().flat_map(|read| read.clock.days.iter().map(|(day, ..)| *day));
        given().for_each(&mut add);
        given().for_each(|day| day.succ_opt().into_iter().chain(day.pred_opt()).for_each(&mut add));
        let told: Vec<Vec<i64>> = clocks.iter().map(|read| days.iter().map(|day| read.told(*day, newest_first)).collect()).collect();
        let own = clocks.iter().zip(&told).enumerate();
        let own = own.map(|(place, (read, told))| {
            let sum = |(day, told): (&NaiveDate, &i64)| {
                let away = place == 0 && *day != read.local.date();
                told + read.untimely(*day) + read.bonus(*day, &days, known) + if away { LEFT } else { 0 }
            };
            days.iter().zip(told).map(sum).collect()
        });
        let own = own.collect();
        Self { clocks, days, told, own }
    }

    /// The days that a clock may take, by their places: one where it carries its own.
    fn open(&self, read: &Read) -> impl Iterator<Item = usize> {
        let written = read.clock.days.is_empty().then_some(read.local.date());
        self.days.iter().enumerate().filter(move |(_, day)| written.is_none_or(|own| own == **day)).map(|(place, _)| place)
    }

    /// What it costs that the clock at `place` is on the day `from` and the next on the day `to`.
    fn step(&self, place: usize, from: usize, to: usize) -> i64 {
        let (Some(before), Some(after)) = (self.clocks.get(place), self.clocks.get(place + 1)) else { return 0 };
        let (Some(day_before), Some(day)) = (self.days.get(from), self.days.get(to)) else { return 0 };
        let (away, was_away) = (*day - after.local.date(), *day_before - before.local.date());
        let left = if away.is_zero() || away == was_away { 0 } else { LEFT };
        let passed = day.and_time(after.local.time()) - day_before.and_time(before.local.time());
        let minutes = passed.num_minutes();
        let same = before.clock.sequence == after.clock.sequence;
        // The day of the clock before is a reason of its own, also past midnight, where the text writes no other in between.
        let turn = after.clock.turn;
        let along = same && turn.is_none_or(|turn| turn == *day) && (day == day_before || (0..18 * 60).contains(&minutes));
        let told = self.told.get(place + 1).and_then(|told| told.get(to)).copied().unwrap_or_default();
        let saved = if along { (told - cost::BEFORE).max(0) } else { 0 };
        // What carries its day, or has it from the text between the two, may be any time later.
        let leads = minutes >= 0 && (after.clock.days.is_empty() || turn == Some(*day));
        let order = if leads { 0 } else { days::order(before.clock.sequence, after.clock.sequence, minutes) };
        left + order - saved
    }

    /// For each clock its cheapest day and the next best.
    fn solve(&self) -> Vec<Best> {
        const CLOSED: i64 = i64::MAX / 4;
        let own = |place: usize, day: usize| self.own.get(place).and_then(|row| row.get(day)).copied().unwrap_or(CLOSED);
        let at = |row: &[i64], day: usize| row.get(day).copied().unwrap_or(CLOSED);
        let fill = |read: &Read, least: &dyn Fn(usize) -> i64| {
            let mut row = vec![CLOSED; self.days.len()];
            for day in self.open(read) {
                if let Some(sum) = row.get_mut(day) {
                    *sum = least(day).min(CLOSED);
                }
            }
            row
        };
        let mut ahead: Vec<Vec<i64>> = Vec::with_capacity(self.clocks.len());
        let mut before: Option<&Read> = None;
        for (place, read) in self.clocks.iter().enumerate() {
            let least = |day: usize| {
                let Some((read, sums)) = before.zip(ahead.last()) else { return own(place, day) };
                let ways = self.open(read).map(|from| at(sums, from) + self.step(place - 1, from, day));
                ways.min().unwrap_or(CLOSED) + own(place, day)
            };
            let row = fill(read, &least);
            ahead.push(row);
            before = Some(read);
        }
        let mut solved = Vec::with_capacity(self.clocks.len());
        let mut behind: Option<(&Read, Vec<i64>)> = None;
        for ((place, read), ahead) in self.clocks.iter().enumerate().zip(&ahead).rev() {
            let least = |day: usize| {
                let Some((next, sums)) = &behind else { return 0 };
                let ways = self.open(next).map(|to| at(sums, to) + own(place + 1, to) + self.step(place, day, to));
                ways.min().unwrap_or(CLOSED)
            };
            let row = fill(read, &least);
            solved.push(self.best(read, ahead, &row));
            behind = Some((read, row));
        }
        solved.reverse();
        solved
    }

    /// The day with the least sum, that of reading on where it is as good; and the next best.
    fn best(&self, read: &Read, ahead: &[i64], behind: &[i64]) -> Best {
        let sums =
            self.days.iter().zip(ahead.iter().zip(behind)).map(|(day, (a, b))| (a.saturating_add(*b), *day != read.local.date(), *day));
        let mut sums: Vec<_> = sums.collect();
        sums.sort_unstable();
        match sums.as_slice() {
            [(_, _, day)] => Best { day: *day, margin: i64::MAX, next: None },
            // More days than are looked at: what reading on gives stays.
            [(best, _, day), (second, _, next), ..] if self.days.contains(&read.local.date()) => {
                Best { day: *day, margin: second - best, next: Some(*next) }
            }
            _ => Best { day: read.local.date(), margin: 0, next: None },
        }
    }
}
