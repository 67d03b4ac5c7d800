//! How well roles are given: by the rules, and by weights that were fitted without the publisher's reports.

use super::ballot::Ballot;
use super::name;
use sevline::resolve::roles::decide;
use sevline::role::weights::{Weights, key};
use sevline::role::{ByRole, ROLES, Role};
use std::collections::BTreeMap;

/// Right of asked, and of given, by the rules and by the weights.
#[derive(Default, Clone, Copy)]
struct Row {
    asked: usize,
    found: [usize; 2],
    given: [usize; 2],
    right: [usize; 2],
}

/// The tallies of each role, by publisher.
#[derive(Default)]
pub struct Report {
    rows: BTreeMap<String, ByRole<Row>>,
    /// Of names, by the rules and by the weights.
    pub names: [name::Tally; 2],
}

impl Report {
    /// Adds what the rules and `weights` say of a ballot.
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
            let said = [*ballot.ruled.get(*role), ballot.formed.get(*role).or(at)];
            row.asked += usize::from(!answer.right.is_empty() && !answer.none);
            for (by, at) in said.into_iter().enumerate() {
                let right = at.is_some_and(|at| answer.right.contains(&at));
                row.found[by] += usize::from(right && !answer.none);
                row.given[by] += usize::from(at.is_some());
                row.right[by] += usize::from(right);
            }
        }
    }

    /// Prints a line a role: found and right by the rules and by the weights, over all reports and as the mean of publishers.
    pub fn print(&self) {
        let rate = |part: usize, whole: usize| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
        println!("{:13}{:>6}{:>16}{:>16}{:>20}", "", "asked", "found", "right", "mean of publishers");
        for role in Role::ALL {
            let rows = || self.rows.values().map(|rows| *rows.get(*role)).filter(|row| row.asked > 0);
            let sum = |of: &dyn Fn(&Row) -> usize| self.rows.values().map(|rows| of(rows.get(*role))).sum::<usize>();
            let mean = |by: usize| rows().map(|row| rate(row.found[by], row.asked)).sum::<f64>() / rows().count().max(1) as f64;
            let of = |by: usize| {
                (rate(sum(&|row| row.found[by]), sum(&|row| row.asked)), rate(sum(&|row| row.right[by]), sum(&|row| row.given[by])))
            };
            let ((found, right), (found_by, right_by)) = (of(0), of(1));
            let (mean, mean_by) = (mean(0), mean(1));
            println!(
                "{:13}{:6}  {found:.3} → {found_by:.3}  {right:.3} → {right_by:.3}  {mean:11.3} → {mean_by:.3}",
                role.name(),
                sum(&|row| row.asked)
            );
        }
        name::print(&self.names);
    }
}
