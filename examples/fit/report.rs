//! How well roles are given by weights that were fitted without the publisher's reports.

use super::ballot::Ballot;
use super::name;
use super::sheet::Sheet;
use sevline::resolve::roles::decide;
use sevline::role::weights::{Weights, key};
use sevline::role::{ByRole, ROLES, Role};
use std::collections::BTreeMap;

/// Right of asked, and of given.
#[derive(Default, Clone, Copy)]
struct Row {
    asked: usize,
    found: usize,
    given: usize,
    right: usize,
}

impl Row {
    /// Adds the sentences that `weights` choose.
    fn add(&mut self, sheet: &Sheet, weights: &Weights<1>) {
        let numbers = |features: &[String]| features.iter().filter_map(|name| weights.number(key(name))).collect::<Vec<_>>();
        let sums: Vec<[i64; 1]> = sheet.rows.iter().map(|row| weights.total(&numbers(row))).collect();
        for rows in sheet.asks.iter().map(|ask| &ask.rows) {
            let best = rows.iter().max_by_key(|(place, _)| (sums[*place], std::cmp::Reverse(*place)));
            let none = rows.last().map(|(place, _)| *place);
            let asked = rows.last().is_some_and(|(_, right)| !right);
            self.asked += usize::from(asked);
            if let Some((place, right)) = best {
                self.given += usize::from(Some(*place) != none);
                self.right += usize::from(Some(*place) != none && *right);
                self.found += usize::from(asked && *right);
            }
        }
    }
}

/// The tallies of each role, by publisher.
#[derive(Default)]
pub struct Report {
    rows: BTreeMap<String, ByRole<Row>>,
    causes: Row,
    works: Row,
    /// Of names, by the rules and by the weights.
    pub names: [name::Tally; 2],
}

impl Report {
    /// Adds what `weights` say of a ballot.
    pub fn add(&mut self, ballot: &Ballot, weights: &Weights<ROLES>) {
        let numbers = |features: &[String]| features.iter().filter_map(|name| weights.number(key(name))).collect::<Vec<_>>();
        let mut sums: Vec<_> = ballot.sheet.rows.iter().map(|row| weights.sum(&numbers(row))).collect();
        let none = sums.pop().unwrap_or_default();
        let chosen = decide(&sums, &none);
        let rows = self.rows.entry(ballot.sheet.publisher.clone()).or_default();
        for role in Role::ALL {
            let Some(answer) = ballot.answers.get(*role) else { continue };
            let at = chosen.get(*role).and_then(|chosen| ballot.moments.get(chosen.place)).copied();
            let row = rows.get_mut(*role);
            let at = ballot.formed.get(*role).or(at);
            let right = at.is_some_and(|at| answer.right.contains(&at));
            row.asked += usize::from(!answer.right.is_empty() && !answer.none);
            row.found += usize::from(right && !answer.none);
            row.given += usize::from(at.is_some());
            row.right += usize::from(right);
        }
    }

    /// Adds the sentence that `weights` take for the cause.
    pub fn add_cause(&mut self, sheet: &Sheet, weights: &Weights<1>) {
        self.causes.add(sheet, weights);
    }

    /// Adds the sentences that `weights` take for work.
    pub fn add_work(&mut self, sheet: &Sheet, weights: &Weights<1>) {
        self.works.add(sheet, weights);
    }

    /// The right answers of the weights less the wrong ones, by role: of moments, of names, of causes, or of work.
    pub fn worth(&self, of: usize) -> Vec<i64> {
        let worth = |row: &Row| (row.found + row.right) as i64 - row.given as i64;
        match of {
            0 => Role::ALL.iter().map(|role| self.rows.values().map(|rows| worth(rows.get(*role))).sum()).collect(),
            1 => self.names[1].worth().to_vec(),
            2 => vec![worth(&self.causes)],
            _ => vec![worth(&self.works)],
        }
    }

    /// Prints a line a role: found and right, over all reports, and found as the mean of publishers.
    pub fn print(&self) {
        let rate = |part: usize, whole: usize| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
        println!("{:13}{:>6}{:>8}{:>8}{:>20}", "", "asked", "found", "right", "mean of publishers");
        for role in Role::ALL {
            let rows = || self.rows.values().map(|rows| *rows.get(*role)).filter(|row| row.asked > 0);
            let sum = |of: fn(&Row) -> usize| self.rows.values().map(|rows| of(rows.get(*role))).sum::<usize>();
            let mean = rows().map(|row| rate(row.found, row.asked)).sum::<f64>() / rows().count().max(1) as f64;
            let (asked, found) = (sum(|row| row.asked), sum(|row| row.found));
            let right = rate(sum(|row| row.right), sum(|row| row.given));
            println!("{:13}{asked:6}{:8.3}{right:8.3}{mean:20.3}", role.name(), rate(found, asked));
        }
        name::print(&self.names);
        let Row { asked, found, given, right } = self.causes;
        println!("cause         {asked:4}  found in one sentence {:.3}  right {:.3}", rate(found, asked), rate(right, given));
        let Row { asked, found, given, right } = self.works;
        println!("work          {asked:4}  sentences found {:.3}  right {:.3}", rate(found, asked), rate(right, given));
    }
}
