//! The fit: for each role a logistic choice among the moments of a report and none at all, with L1, the same on every machine.

use super::ballot::Ballot;
use sevline::role::{ByRole, Role};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// How strongly weights are drawn to nothing.
const L1: f64 = 0.3;
const L2: f64 = 0.3;
/// How often all reports are gone through, and how far a weight moves at first.
const ROUNDS: usize = 150;
const STEP: f64 = 0.3;
/// With how many publishers a feature has to occur.
pub const PUBLISHERS: usize = 3;
/// How much a report of our own writing counts beside a real one.
const INVENTED: f64 = 0.3;
/// So many reports of one publisher count as one each; of more, each counts less.
const LARGE: f64 = 20.0;

/// The features of all reports, by number.
pub struct Space {
    names: Vec<String>,
    /// For each ballot the features of its moments, and last those of none.
    rows: BTreeMap<String, Vec<Vec<usize>>>,
}

impl Space {
    /// Numbers the features of `ballots` that `keep` lets through, by their kind.
    pub fn new(ballots: &[Ballot], keep: impl Fn(&str) -> bool) -> Self {
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        let lists = || ballots.iter().flat_map(|ballot| ballot.moments.iter().map(|moment| &moment.features).chain([&ballot.none]));
        for name in lists().flatten().filter(|name| keep(name.split('=').next().unwrap_or(name))) {
            numbers.insert(name, 0);
        }
        let names: Vec<String> = numbers.keys().map(|name| (*name).to_owned()).collect();
        numbers.values_mut().zip(0..).for_each(|(number, place)| *number = place);
        let row = |features: &Vec<String>| features.iter().filter_map(|name| numbers.get(name.as_str()).copied()).collect();
        let rows = ballots.iter().map(|ballot| {
            let lists = ballot.moments.iter().map(|moment| &moment.features).chain([&ballot.none]);
            (ballot.name.clone(), lists.map(row).collect())
        });
        let rows = rows.collect();
        Self { names, rows }
    }

    fn rows(&self, ballot: &Ballot) -> &[Vec<usize>] {
        self.rows.get(&ballot.name).map_or(&[], Vec::as_slice)
    }
}

/// A question of the fit: the features of each answer, which are right, and how much it counts.
struct Question<'s> {
    rows: &'s [Vec<usize>],
    right: Vec<bool>,
    counts: f64,
}

/// Weights in hundredths, by feature.
pub struct Fitted(Vec<ByRole<i32>>);

/// Fits the weights of all roles on `ballots`.
pub fn fit(space: &Space, ballots: &[&Ballot]) -> Fitted {
    let mut who: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); space.names.len()];
    let mut sizes: BTreeMap<&str, f64> = BTreeMap::new();
    for ballot in ballots {
        // Each report of our own writing stands for a publisher of its own: its words are of no house.
        let invented = ballot.publisher == "invented";
        *sizes.entry(&ballot.publisher).or_default() += 1.0;
        for number in space.rows(ballot).iter().flatten() {
            who[*number].insert(if invented { &ballot.name } else { &ballot.publisher });
        }
    }
    let known: Vec<bool> = who.iter().map(|who| who.len() >= PUBLISHERS).collect();
    let mut fitted = vec![ByRole::default(); space.names.len()];
    for role in Role::ALL {
        let questions = ballots.iter().filter_map(|ballot| {
            let answer = ballot.answers.get(*role).as_ref().filter(|_| ballot.formed.get(*role).is_none())?;
            let right: Vec<bool> = ballot.moments.iter().map(|moment| answer.right.contains(&moment.at)).chain([answer.none]).collect();
            let counts = if ballot.publisher == "invented" { INVENTED } else { (LARGE / sizes[ballot.publisher.as_str()]).sqrt().min(1.0) };
            (right.len() > 1 && right.contains(&true)).then_some(Question { rows: space.rows(ballot), right, counts })
        });
        let weights = descend(&questions.collect::<Vec<_>>(), &known);
        fitted.iter_mut().zip(weights).for_each(|(row, weight)| *row.get_mut(*role) = (weight * 100.0).round() as i32);
    }
    Fitted(fitted)
}

/// Minimises the loss by steps that shrink where much was moved (AdaGrad), with L1 by soft thresholds.
fn descend(questions: &[Question], known: &[bool]) -> Vec<f64> {
    let mut weights = vec![0.0f64; known.len()];
    let mut squares = vec![1e-8f64; known.len()];
    for _ in 0..ROUNDS {
        let mut slope = vec![0.0f64; known.len()];
        for Question { rows, right, counts } in questions {
            let sums: Vec<f64> = rows.iter().map(|row| row.iter().map(|number| weights[*number]).sum()).collect();
            let top = sums.iter().copied().fold(f64::MIN, f64::max);
            let parts: Vec<f64> = sums.iter().map(|sum| (sum - top).exp()).collect();
            let all: f64 = parts.iter().sum();
            let good: f64 = parts.iter().zip(right).filter(|(_, right)| **right).map(|(part, _)| part).sum();
            for ((row, part), right) in rows.iter().zip(&parts).zip(right) {
                let by = counts * (part / all - if *right { part / good.max(f64::MIN_POSITIVE) } else { 0.0 });
                row.iter().for_each(|number| slope[*number] += by);
            }
        }
        for number in (0..known.len()).filter(|number| known[*number]) {
            let slope = slope[number] + L2 * weights[number];
            squares[number] += slope * slope;
            let step = STEP / squares[number].sqrt();
            let moved = weights[number] - step * slope;
            weights[number] = moved.signum() * (moved.abs() - step * L1).max(0.0);
        }
    }
    weights
}

impl Fitted {
    /// The rows of `assets/model.tsv`, sorted.
    pub fn table(&self, space: &Space) -> String {
        let mut table = "# role\tfeature\tweight in hundredths of a natural logarithm; written by examples/sevline-fit.rs\n".to_owned();
        for role in Role::ALL {
            for (name, weights) in space.names.iter().zip(&self.0).filter(|(_, weights)| *weights.get(*role) != 0) {
                let _ = writeln!(table, "{}\t{name}\t{}", role.name(), weights.get(*role));
            }
        }
        table
    }
}
