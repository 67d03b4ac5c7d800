//! What each feature of a moment or of a name is worth: the rows of `assets/model.tsv`, which `examples/sevline-fit.rs` writes.

use super::{ByRole, Naming, ROLES, Role};
use crate::extract::vocabulary::{BASIS, ByKey, hashed};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What a sentence that says why is called in the table.
pub const CAUSE: &str = "cause";
/// What a sentence that tells of work against a recurrence is called there.
pub const WORK: &str = "work";

/// All that was fitted.
#[derive(Debug, Default)]
pub struct Model {
    /// What speaks for a moment in each role.
    pub moments: Weights<ROLES>,
    /// What speaks for a name in each part.
    pub names: Weights<2>,
    /// What speaks for a sentence as the cause.
    pub causes: Weights<1>,
    /// What speaks for a sentence as work.
    pub works: Weights<1>,
}

impl Model {
    /// That which comes with the program.
    pub fn own() -> &'static Model {
        static OWN: OnceLock<Model> = OnceLock::new();
        OWN.get_or_init(|| Model::parse(include_str!("../../assets/model.tsv")))
    }

    /// Reads rows of role or part, feature and weight, parted by tabs; other lines are left out.
    pub fn parse(table: &str) -> Self {
        let (mut moments, mut names, mut causes, mut works) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for line in table.lines() {
            let mut columns = line.split('\t');
            let row = (columns.next(), columns.next(), columns.next().and_then(|weight| weight.parse().ok()));
            let (Some(part), Some(feature), Some(weight)) = row else { continue };
            let of_role = Role::from_name(part).and_then(|role| moments.entry(feature).or_insert([0; ROLES]).get_mut(role as usize));
            let of_naming = Naming::from_name(part).and_then(|naming| names.entry(feature).or_insert([0; 2]).get_mut(naming as usize));
            if let Some(known) = of_role.or(of_naming) {
                *known = weight;
            }
            if part == CAUSE {
                causes.insert(feature, [weight]);
            }
            if part == WORK {
                works.insert(feature, [weight]);
            }
        }
        Self { moments: Weights::new(moments), names: Weights::new(names), causes: Weights::new(causes), works: Weights::new(works) }
    }
}

/// Fitted weights for each of `N` questions, in hundredths of a natural logarithm.
#[derive(Debug)]
pub struct Weights<const N: usize> {
    rows: Vec<(String, [i32; N])>,
    by_key: ByKey<u16>,
}

impl<const N: usize> Default for Weights<N> {
    fn default() -> Self {
        Self { rows: Vec::new(), by_key: ByKey::default() }
    }
}

impl<const N: usize> Weights<N> {
    fn new(rows: BTreeMap<&str, [i32; N]>) -> Self {
        let rows: Vec<_> = rows.into_iter().take(usize::from(u16::MAX)).map(|(name, weights)| (name.to_owned(), weights)).collect();
        let by_key = rows.iter().zip(0..).map(|((name, _), place)| (key(name), place)).collect();
        Self { rows, by_key }
    }

    /// The number of a feature that has weights.
    pub fn number(&self, key: u64) -> Option<u16> {
        self.by_key.get(&key).copied()
    }

    /// The weights of the feature with that number.
    pub fn of(&self, number: u16) -> Option<&[i32; N]> {
        self.rows.get(usize::from(number)).map(|(_, weights)| weights)
    }

    /// The sum of the weights of features, by their numbers.
    pub fn total(&self, numbers: &[u16]) -> [i64; N] {
        let mut total = [0; N];
        for weights in numbers.iter().filter_map(|number| self.of(*number)) {
            total.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += i64::from(*weight));
        }
        total
    }

    /// How many features have weights.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether none has.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Those of the features `numbers`, each of which is there once, that speak most for the question at `place`; `u16::MAX` for none.
    pub fn best(&self, place: usize, numbers: &[u16]) -> [u16; 3] {
        let mut top = [(0, u16::MAX); 3];
        for number in numbers {
            let worth = self.of(*number).and_then(|weights| weights.get(place)).copied().unwrap_or(0);
            let mut next = (-worth, *number);
            for known in top.iter_mut().filter(|_| worth > 0) {
                if next < *known {
                    std::mem::swap(known, &mut next);
                }
            }
        }
        top.map(|(_, number)| number)
    }

    /// The kind and the value of the feature with that number; the value may be empty.
    pub fn feature(&self, number: u16) -> Option<(&str, &str)> {
        let (name, _) = self.rows.get(usize::from(number))?;
        Some(name.split_once('=').unwrap_or((name.as_str(), "")))
    }
}

impl Weights<ROLES> {
    /// The sum of the weights of features for each role, by their numbers.
    pub fn sum(&self, numbers: &[u16]) -> ByRole<i64> {
        ByRole(self.total(numbers))
    }
}

/// A kind of feature.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// What it is called.
    pub name: &'static str,
    key: u64,
}

impl Kind {
    /// That with the name, for `kind!`.
    pub const fn new(name: &'static str) -> Self {
        let (mut key, mut bytes) = (BASIS, name.as_bytes());
        while let Some((byte, rest)) = bytes.split_first() {
            key = hashed(key, *byte);
            bytes = rest;
        }
        Self { name, key }
    }

    /// The key of a feature of this kind with `value`, which may be empty.
    pub fn key(self, value: &str) -> u64 {
        hashed_all(self.key, value)
    }
}

/// The kind of feature with a name, whose key is made when the program is built.
#[macro_export]
macro_rules! kind {
    ($name:literal) => {
        const { $crate::role::weights::Kind::new($name) }
    };
}

/// The key of a feature by its name: a kind, or a kind, "=" and a value.
pub fn key(name: &str) -> u64 {
    let (kind, value) = name.split_once('=').unwrap_or((name, ""));
    hashed_all(kind.bytes().fold(BASIS, hashed), value)
}

/// The key of what has `key`, and `text` behind it, taken by eight bytes: this is asked of every feature.
fn hashed_all(key: u64, text: &str) -> u64 {
    let mixed = |key: u64, part: u64| {
        let product = (key ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        product ^ (product >> 32)
    };
    let (parts, rest) = text.as_bytes().as_chunks();
    let key = parts.iter().fold(key ^ text.len() as u64, |key, part| mixed(key, u64::from_le_bytes(*part)));
    // Of four to seven bytes the first four and the last four.
    let four = |part: &[u8; 4]| u64::from(u32::from_le_bytes(*part));
    let rest = match (rest.first_chunk(), rest.last_chunk()) {
        (Some(first), Some(last)) => four(first) << 32 | four(last),
        _ => rest.iter().fold(0, |part, byte| part << 8 | u64::from(*byte)),
    };
    mixed(key, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_rows_and_leaves_out_others() {
        let Model { moments, names, causes, .. } = Model::parse(
            "# role\tfeature\tweight\nstart\tfirst told\t120\nend\tfirst told\t-30\nend\tbehind=was\t7\nnobody\tx\t1\nservice\tx\t2\ncause\ty\t3\n",
        );
        let number = moments.number(key("first told")).unwrap_or_default();
        assert_eq!(moments.of(number).map(|row| (row[Role::Start as usize], row[Role::End as usize])), Some((120, -30)));
        assert_eq!(moments.number(kind!("behind").key("was")).and_then(|number| moments.feature(number)), Some(("behind", "was")));
        assert_eq!((moments.number(key("x")), names.number(key("x"))), (None, Some(0)));
        assert_eq!((causes.len(), causes.number(key("y"))), (1, Some(0)));
    }
}
