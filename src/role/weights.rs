//! What each feature of a moment is worth for each role: the rows of `assets/model.tsv`, which `examples/sevline-fit.rs` writes.

use super::{ByRole, Role, words};
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

/// Fitted weights, in hundredths of a natural logarithm.
#[derive(Debug, Default)]
pub struct Weights {
    rows: Vec<(String, ByRole<i32>)>,
    by_key: HashMap<u64, u16, BuildHasherDefault<Taken>>,
}

impl Weights {
    /// Those that come with the program.
    pub fn own() -> &'static Weights {
        static OWN: OnceLock<Weights> = OnceLock::new();
        OWN.get_or_init(|| Weights::parse(include_str!("../../assets/model.tsv")))
    }

    /// Reads rows of role, feature and weight, parted by tabs; other lines are left out.
    pub fn parse(table: &str) -> Self {
        let mut rows: BTreeMap<&str, ByRole<i32>> = BTreeMap::new();
        for line in table.lines() {
            let mut columns = line.split('\t');
            let row = (columns.next().and_then(Role::from_name), columns.next(), columns.next().and_then(|weight| weight.parse().ok()));
            if let (Some(role), Some(feature), Some(weight)) = row {
                *rows.entry(feature).or_default().get_mut(role) = weight;
            }
        }
        let rows: Vec<_> = rows.into_iter().take(usize::from(u16::MAX)).map(|(name, weights)| (name.to_owned(), weights)).collect();
        let by_key = rows.iter().zip(0..).map(|((name, _), place)| (key_of(name), place)).collect();
        Self { rows, by_key }
    }

    /// The number of a feature that has weights.
    pub fn number(&self, key: u64) -> Option<u16> {
        self.by_key.get(&key).copied()
    }

    /// The weights of the feature with that number.
    pub fn of(&self, number: u16) -> Option<&ByRole<i32>> {
        self.rows.get(usize::from(number)).map(|(_, weights)| weights)
    }

    /// The feature with that number, in words.
    pub fn words(&self, number: u16) -> String {
        let Some((name, _)) = self.rows.get(usize::from(number)) else { return String::new() };
        let (kind, value) = name.split_once('=').unwrap_or((name.as_str(), ""));
        words::words(kind, value)
    }
}

/// The key of a feature, a kind with a value that may be empty: 64-bit FNV-1a, for these are short.
pub fn key(kind: &str, value: &str) -> u64 {
    let value = value.bytes();
    let mark = (value.len() > 0).then_some(b'=');
    kind.bytes().chain(mark).chain(value).fold(0xcbf2_9ce4_8422_2325, |key, byte| (key ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn key_of(name: &str) -> u64 {
    key(name, "")
}

/// The keys are hashes already.
#[derive(Debug, Default)]
struct Taken(u64);

impl Hasher for Taken {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = self.0.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_rows_and_leaves_out_others() {
        let weights =
            Weights::parse("# role\tfeature\tweight\nstart\tfirst told\t120\nend\tfirst told\t-30\nend\tbehind=was\t7\nnobody\tx\t1\n");
        let number = weights.number(key("first told", "")).unwrap_or_default();
        assert_eq!(weights.of(number).map(|row| (*row.get(Role::Start), *row.get(Role::End))), Some((120, -30)));
        assert_eq!(weights.number(key("behind", "was")).map(|number| weights.words(number)).as_deref(), Some("“was” behind"));
        assert_eq!(weights.number(key("x", "")), None);
    }
}
