//! Which row of a file is which, after the file was read again.

use crate::app::list::RowId;
use crate::incident::Instant;
use crate::query::Indexed;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::path::{Path, PathBuf};

/// What tells an incident from the others of its file: title and start, else the title, else its place.
type Name<'a> = (&'a str, Option<Instant>, usize);

const NAMES: [fn(usize, &Indexed) -> Name; 3] =
    [|_, row| (row.title(), row.start, 0), |_, row| (row.title(), None, 0), |at, _| ("", None, at)];

/// For each row of `files` that is still there, its place among the rows that its file has now.
pub fn partners(rows: &[Indexed], files: &BTreeMap<PathBuf, Vec<Indexed>>) -> HashMap<RowId, usize> {
    let mut had: BTreeMap<&Path, Vec<(RowId, &Indexed)>> = BTreeMap::new();
    for (id, row) in rows.iter().enumerate() {
        if let Some(path) = row.entry.origin.path().filter(|path| files.contains_key(*path)) {
            had.entry(path).or_default().push((id, row));
        }
    }
    let pairs = had.into_iter().filter_map(|(path, rows)| Some(pair(&rows, files.get(path)?)));
    pairs.flatten().collect()
}

fn pair(rows: &[(RowId, &Indexed)], now: &[Indexed]) -> Vec<(RowId, usize)> {
    let mut found: Vec<Option<usize>> = vec![None; rows.len()];
    let mut free: Vec<bool> = vec![true; now.len()];
    for name in NAMES {
        let mut places: HashMap<Name, VecDeque<usize>> = HashMap::new();
        for (at, row) in now.iter().enumerate().filter(|(at, _)| free.get(*at) == Some(&true)) {
            places.entry(name(at, row)).or_default().push_back(at);
        }
        for (at, (found, (_, row))) in found.iter_mut().zip(rows).enumerate().filter(|(_, (found, _))| found.is_none()) {
            *found = places.get_mut(&name(at, row)).and_then(VecDeque::pop_front);
            if let Some(free) = found.and_then(|found| free.get_mut(found)) {
                *free = false;
            }
        }
    }
    rows.iter().zip(found).filter_map(|((id, _), found)| Some((*id, found?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::incident::Incident;

    #[test]
    fn incidents_are_known_by_title_and_start_then_by_title_then_by_place() {
        let rows: Vec<_> = fixture::entries().into_iter().map(Indexed::new).collect();
        let (same, retitled, restarted) = (rows[0].clone(), rows[1].clone(), rows[2].clone());
        let before = [(10, &same), (11, &retitled), (12, &restarted)];
        let but = |row: &Indexed, change: fn(&mut Incident)| {
            let mut incident = row.entry.read();
            change(&mut incident);
            Indexed::read(incident, row.entry.origin.clone(), None, (1, Default::default()))
        };
        let mut now = vec![restarted.clone(), retitled.clone(), same.clone()];
        assert_eq!(pair(&before, &now), [(10, 2), (11, 1), (12, 0)]);
        now[0] = but(&now[0], |incident| (incident.impact, incident.events) = Default::default());
        now[1] = but(&now[1], |incident| incident.title.as_mut().unwrap().value = "another".into());
        assert_eq!(pair(&before, &now), [(10, 2), (11, 1), (12, 0)]);
        now[0] = but(&now[0], |incident| incident.title.as_mut().unwrap().value = "another, too".into());
        assert_eq!(pair(&before, &now), [(10, 2), (11, 1)]);
        assert_eq!(pair(&before, &[]), []);
    }
}
