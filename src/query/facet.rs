//! How many incidents there are of each severity and service, under the rest of the filter.

use super::{Indexed, Query};
use crate::incident::{Certainty, Severity};
use std::collections::{BTreeSet, HashMap};

/// How often a severity occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeverityCount {
    /// The severity; none where the report names none.
    pub severity: Option<Severity>,
    /// How many incidents have it, by label or by inference.
    pub count: usize,
    /// How many of them have it by inference only.
    pub inferred: usize,
}

/// How often a service occurs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceCount {
    /// The group, see [`group`].
    pub group: String,
    /// Its most frequent spelling in the reports.
    pub name: String,
    /// How many incidents name it.
    pub count: usize,
}

/// Every severity, worst first, counted under all of `query` but its severities.
pub fn severities(rows: &[Indexed], query: &Query) -> Vec<SeverityCount> {
    let others = Query { severities: BTreeSet::new(), ..query.clone() };
    let matcher = others.matcher();
    let values = Severity::ALL.iter().rev().map(|&severity| Some(severity)).chain([None]);
    let mut counts: Vec<_> = values.map(|severity| SeverityCount { severity, count: 0, inferred: 0 }).collect();
    for row in rows.iter().filter(|row| matcher.matches(row)) {
        if let Some(slot) = counts.iter_mut().find(|slot| slot.severity == row.severity) {
            let certainty = row.entry.incident.severity.as_ref().map(|fact| fact.certainty);
            slot.count += 1;
            slot.inferred += usize::from(certainty == Some(Certainty::Inferred));
        }
    }
    counts
}

/// Every service that occurs, most frequent first, counted under all of `query` but its services; those of the query
/// are listed even where their count is 0.
pub fn services(rows: &[Indexed], query: &Query) -> Vec<ServiceCount> {
    let others = Query { services: BTreeSet::new(), ..query.clone() };
    let matcher = others.matcher();
    let mut groups: HashMap<&str, (usize, HashMap<&str, usize>)> = HashMap::new();
    for row in rows.iter().filter(|row| matcher.matches(row)) {
        for (at, (service, spelling)) in row.services.iter().zip(&row.entry.incident.services).enumerate() {
            let (count, spellings) = groups.entry(service).or_default();
            // Two spellings of one service in one report are one incident.
            *count += usize::from(!row.services.iter().take(at).any(|earlier| earlier == service));
            *spellings.entry(spelling.value.as_str()).or_default() += 1;
        }
    }
    for service in &query.services {
        groups.entry(service).or_default();
    }
    let name = |group: &str, spellings: HashMap<&str, usize>| {
        let most = spellings.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)));
        most.map_or(group, |(name, _)| name).to_owned()
    };
    let count = |(group, (count, spellings)): (&str, _)| ServiceCount { group: group.to_owned(), name: name(group, spellings), count };
    let mut counts: Vec<_> = groups.into_iter().map(count).collect();
    counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.group.cmp(&b.group)));
    counts
}

/// The group a service's name falls into: without case, brackets, articles and plural.
pub fn group(name: &str) -> String {
    let mut depth = 0_u32;
    let outside = name.chars().filter(|c| match c {
        '(' | '[' | '{' => {
            depth += 1;
            false
        }
        ')' | ']' | '}' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    });
    let lower = outside.collect::<String>().to_lowercase();
    let mut words: Vec<_> = lower.split_whitespace().collect();
    if let Some((first, rest)) = words.split_first()
        && !rest.is_empty()
        && ["the", "a", "an", "our"].contains(first)
    {
        words.remove(0);
    }
    let joined = words.join(" ");
    match joined.strip_suffix('s') {
        Some(singular) if joined.len() > 3 && !singular.ends_with(['s', 'u']) => singular.to_owned(),
        _ if joined.is_empty() => name.trim().to_lowercase(),
        _ => joined,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn groups_spellings_of_one_service() {
        for name in ["API", "APIs", "the APIs", "api (v2)", "  The  API "] {
            assert_eq!(group(name), "api");
        }
        for (name, expected) in [("DNS", "dns"), ("Status", "status"), ("Access", "access"), ("(all)", "(all)"), ("The", "the")] {
            assert_eq!(group(name), expected);
        }
    }

    #[test]
    fn a_facet_counts_under_the_other_facets_only() {
        let rows: Vec<_> = fixture::entries().into_iter().map(Indexed::new).collect();
        let query = Query { severities: BTreeSet::from([Some(Severity::High)]), ..Query::default() };
        let all: usize = severities(&rows, &query).iter().map(|count| count.count).sum();
        assert_eq!(all, rows.len());
        let high = severities(&rows, &query).into_iter().find(|count| count.severity == Some(Severity::High)).unwrap();
        assert_eq!((high.count, high.inferred), (2, 2));
        assert!(services(&rows, &query).iter().all(|service| service.count <= 2));
        let asked = Query { services: BTreeSet::from(["gone".to_owned()]), ..query };
        assert!(services(&rows, &asked).iter().any(|service| service.group == "gone" && service.count == 0));
    }
}
