//! The fit: for each question a logistic choice among rows, with L1, the same on every machine.

use super::sheet::Sheet;
use sevline::role::Role;
use sevline::role::weights::{CAUSE, WORK};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// How strongly weights are drawn to nothing, which leaves the few signs that many publishers share: of sentences the most, for each
/// has words of its own. Chosen on publishers left out, as is how much invented reports count.
fn l1(of: &str) -> f64 {
    match of {
        CAUSE => 2.0,
        WORK => 1.4,
        "organization" => 1.0,
        "service" => 1.3,
        _ => 1.1,
    }
}
const L2: f64 = 0.1;
/// How often all reports are gone through, and how far a weight moves at first.
const ROUNDS: usize = 150;
const STEP: f64 = 0.3;
/// The head of `assets/model.tsv`.
pub const HEAD: &str = "# role\tfeature\tweight in hundredths of a natural logarithm; written by examples/sevline-fit.rs\n";
/// With how many publishers a feature has to occur.
pub const PUBLISHERS: usize = 3;
/// How much a report of our own writing counts beside a real one: of names and causes as much, for there it has kinds of writing that no
/// other has.
const INVENTED: f64 = 0.6;
const INVENTED_WRITING: f64 = 1.0;
/// So many reports of one publisher count as one each; of more, each counts less.
const LARGE: f64 = 20.0;

/// The features of all sheets, by number.
pub struct Space {
    names: Vec<String>,
    /// For each sheet the features of its rows.
    rows: BTreeMap<String, Vec<Vec<usize>>>,
}

impl Space {
    /// Numbers the features of `sheets`.
    pub fn new<'s>(sheets: impl Iterator<Item = &'s Sheet> + Clone) -> Self {
        let features = sheets.clone().flat_map(|sheet| sheet.rows.iter().flatten());
        let mut numbers: BTreeMap<&str, usize> = features.map(|name| (name.as_str(), 0)).collect();
        let names: Vec<String> = numbers.keys().map(|name| (*name).to_owned()).collect();
        numbers.values_mut().zip(0..).for_each(|(number, place)| *number = place);
        let row = |features: &Vec<String>| features.iter().filter_map(|name| numbers.get(name.as_str()).copied()).collect();
        let rows = sheets.map(|sheet| (sheet.name.clone(), sheet.rows.iter().map(row).collect())).collect();
        Self { names, rows }
    }

    /// The kinds of the features, sorted.
    pub fn kinds(&self) -> Vec<&str> {
        let mut kinds: Vec<&str> = self.names.iter().map(|name| kind_of(name)).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    fn rows(&self, sheet: &Sheet) -> &[Vec<usize>] {
        self.rows.get(&sheet.name).map_or(&[], Vec::as_slice)
    }
}

fn kind_of(name: &str) -> &str {
    name.split_once('=').map_or(name, |(kind, _)| kind)
}

/// A question of the fit: the features of each answer, which are right, and how much it counts.
struct Question<'s> {
    rows: Vec<(&'s [usize], bool)>,
    counts: f64,
}

/// Weights in hundredths, by role and feature.
pub struct Fitted(Vec<(&'static str, Vec<i32>)>);

/// Fits the weights of all `roles` on `sheets`, with those features whose kind is kept.
pub fn fit(space: &Space, roles: &[&'static str], sheets: &[&Sheet], keep: &dyn Fn(&str) -> bool) -> Fitted {
    let mut who: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); space.names.len()];
    let mut sizes: BTreeMap<&str, f64> = BTreeMap::new();
    for sheet in sheets {
        // Each report of our own writing stands for a publisher of its own: its words are of no house.
        let invented = sheet.publisher == "invented";
        *sizes.entry(&sheet.publisher).or_default() += 1.0;
        for number in space.rows(sheet).iter().flatten() {
            who[*number].insert(if invented { &sheet.name } else { &sheet.publisher });
        }
    }
    let known = |(who, name): (&BTreeSet<&str>, &String)| who.len() >= PUBLISHERS && keep(kind_of(name));
    let known: Vec<bool> = who.iter().zip(&space.names).map(known).collect();
    let counts = |sheet: &Sheet, role: &str| match sheet.publisher.as_str() {
        "invented" => Role::from_name(role).map_or(INVENTED_WRITING, |_| INVENTED),
        publisher => (LARGE / sizes[publisher]).sqrt().min(1.0),
    };
    let weights = |role: &&'static str| {
        let role = *role;
        let asked = sheets.iter().flat_map(|sheet| sheet.asks.iter().filter(move |ask| ask.of == role).map(move |ask| (sheet, ask)));
        let questions = asked.map(|(sheet, ask)| {
            let rows = space.rows(sheet);
            let row = |(place, right): &(usize, bool)| (rows.get(*place).map_or(&[][..], Vec::as_slice), *right);
            Question { rows: ask.rows.iter().map(row).collect(), counts: counts(sheet, role) }
        });
        let weights = descend(&questions.collect::<Vec<_>>(), &known, l1(role));
        (role, weights.into_iter().map(|weight| (weight * 100.0).round() as i32).collect())
    };
    Fitted(roles.iter().map(weights).collect())
}

/// Minimises the loss by steps that shrink where much was moved (AdaGrad), with L1 by soft thresholds.
fn descend(questions: &[Question], known: &[bool], l1: f64) -> Vec<f64> {
    let mut weights = vec![0.0f64; known.len()];
    let mut squares = vec![1e-8f64; known.len()];
    for _ in 0..ROUNDS {
        let mut slope = vec![0.0f64; known.len()];
        for Question { rows, counts } in questions {
            let sums: Vec<f64> = rows.iter().map(|(row, _)| row.iter().map(|number| weights[*number]).sum()).collect();
            let top = sums.iter().copied().fold(f64::MIN, f64::max);
            let parts: Vec<f64> = sums.iter().map(|sum| (sum - top).exp()).collect();
            let all: f64 = parts.iter().sum();
            let good: f64 = parts.iter().zip(rows).filter(|(_, (_, right))| *right).map(|(part, _)| part).sum();
            for ((row, right), part) in rows.iter().zip(&parts) {
                let by = counts * (part / all - if *right { part / good.max(f64::MIN_POSITIVE) } else { 0.0 });
                row.iter().for_each(|number| slope[*number] += by);
            }
        }
        for number in (0..known.len()).filter(|number| known[*number]) {
            let slope = slope[number] + L2 * weights[number];
            squares[number] += slope * slope;
            let step = STEP / squares[number].sqrt();
            let moved = weights[number] - step * slope;
            weights[number] = moved.signum() * (moved.abs() - step * l1).max(0.0);
        }
    }
    weights
}

impl Fitted {
    /// Its rows of `assets/model.tsv`, sorted.
    pub fn table(&self, space: &Space) -> String {
        let mut table = String::new();
        for (role, weights) in &self.0 {
            for (name, weight) in space.names.iter().zip(weights).filter(|(_, weight)| **weight != 0) {
                let _ = writeln!(table, "{role}\t{name}\t{weight}");
            }
        }
        table
    }
}
