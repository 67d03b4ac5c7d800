//! How often each value occurs.

use serde::Serialize;
use std::collections::HashMap;

/// How many incidents have a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// The value as a filter names it: a severity, a group, `2024-03`, `Monday`, `09`.
    pub key: String,
    /// How it is shown: for services and organizations the most frequent spelling.
    pub name: String,
    /// How many incidents have it.
    pub count: usize,
    /// How many of them have it by inference only.
    pub inferred: usize,
}

impl Count {
    /// A value that is shown as it is named and never inferred.
    pub fn plain(key: impl Into<String>, count: usize) -> Self {
        let key = key.into();
        Self { name: key.clone(), key, count, inferred: 0 }
    }
}

/// Months added up to years, also those without incidents.
pub fn years(months: &[Count]) -> Vec<Count> {
    let year = |month: &Count| month.key.rsplit_once('-').map(|(year, _)| year.to_owned()).unwrap_or_default();
    let same = months.chunk_by(|a, b| year(a) == year(b));
    same.filter_map(|months| Some(Count::plain(year(months.first()?), months.iter().map(|month| month.count).sum()))).collect()
}

/// Counts values that have several spellings.
#[derive(Debug, Default)]
pub struct Tally<'a> {
    values: HashMap<&'a str, (usize, HashMap<&'a str, usize>)>,
}

impl<'a> Tally<'a> {
    /// Counts one incident, whose spellings of the values are given; a value that it names twice counts once.
    pub fn add(&mut self, values: impl IntoIterator<Item = (&'a str, &'a str)>) {
        let mut seen = Vec::new();
        for (key, spelling) in values {
            let first = !seen.contains(&key);
            let (count, spellings) = self.values.entry(key).or_default();
            *count += usize::from(first);
            *spellings.entry(spelling).or_default() += 1;
            seen.push(key);
        }
    }

    /// The counts, most frequent first, then by name.
    pub fn counts(self) -> Vec<Count> {
        let count = |(key, (count, spellings)): (&str, (usize, HashMap<&str, usize>))| {
            let most = spellings.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)));
            Count { name: most.map_or(key, |(name, _)| name).to_owned(), key: key.to_owned(), count, inferred: 0 }
        };
        let mut counts: Vec<_> = self.values.into_iter().map(count).collect();
        counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.key.cmp(&b.key)));
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_incident_counts_once_and_the_usual_spelling_is_shown() {
        let mut tally = Tally::default();
        tally.add([("api", "APIs"), ("api", "the API")]);
        tally.add([("api", "APIs"), ("web", "Web")]);
        let counts: Vec<_> = tally.counts().into_iter().map(|count| (count.key, count.name, count.count)).collect();
        assert_eq!(counts, [("api".into(), "APIs".into(), 2), ("web".to_owned(), "Web".to_owned(), 1)]);
    }
}
