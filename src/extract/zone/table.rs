//! The table of abbreviations and names, `assets/zones.tsv`.

use super::{Ambiguous, ZonePiece, offset};
use std::sync::OnceLock;

/// A name and its zone.
pub(super) struct Row {
    /// The name; in lower case it is read in any case.
    pub(super) name: &'static str,
    pub(super) any_case: bool,
    pub(super) zone: ZonePiece,
}

/// The rows whose name starts with that letter, the longest name first.
pub(super) fn rows(first: u8) -> &'static [Row] {
    letter(first).and_then(|letter| table().get(letter)).map_or(&[], Vec::as_slice)
}

/// Every abbreviation with several meanings.
pub fn ambiguous() -> impl Iterator<Item = &'static Ambiguous> {
    table().iter().flatten().filter_map(|row| if let ZonePiece::Ambiguous(row) = row.zone { Some(row) } else { None })
}

/// The table's rows by their first letter, the longest name first.
fn table() -> &'static [Vec<Row>; 26] {
    static TABLE: OnceLock<[Vec<Row>; 26]> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut rows = [const { Vec::new() }; 26];
        for row in include_str!("../../../assets/zones.tsv").lines().filter_map(row) {
            let slot = row.name.as_bytes().first().and_then(|first| letter(*first)).and_then(|letter| rows.get_mut(letter));
            if let Some(slot) = slot {
                slot.push(row);
            }
        }
        for slot in &mut rows {
            slot.sort_by_key(|row| std::cmp::Reverse(row.name.len()));
        }
        rows
    })
}

/// The place of a letter in the alphabet, in either case.
fn letter(byte: u8) -> Option<usize> {
    byte.is_ascii_alphabetic().then(|| usize::from(byte.to_ascii_lowercase() - b'a'))
}

fn row(line: &'static str) -> Option<Row> {
    let mut columns = line.split('\t');
    let (name, rule, value) = (columns.next()?, columns.next()?, columns.next()?);
    let zone = match rule {
        "fixed" => ZonePiece::Fixed(offset(value).ok()?.1),
        "region" => ZonePiece::Region(value.parse().ok()?),
        "ambiguous" => {
            let meaning = |part: &'static str| {
                let (at, hints) = part.split_at_checked(6)?;
                Some((offset(at).ok()?.1, hints.trim_start_matches(':').split(',').collect()))
            };
            let meanings = value.split('|').filter_map(meaning).collect();
            // The table lives as long as the program.
            ZonePiece::Ambiguous(Box::leak(Box::new(Ambiguous { name, meanings })))
        }
        _ => return None,
    };
    Some(Row { name, any_case: name.bytes().all(|b| !b.is_ascii_uppercase()), zone })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read() {
        let lines = include_str!("../../../assets/zones.tsv").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(lines.count(), table().iter().map(Vec::len).sum::<usize>());
    }
}
