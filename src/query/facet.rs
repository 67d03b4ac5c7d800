//! The values that a menu offers: how many incidents have each under the rest of the filter, and which are chosen.

mod dates;

use super::expr::{Expr, Op, UNKNOWN, Value, quoted_if_needed};
use super::field::Field;
use super::{Indexed, Query};
use crate::incident::{Certainty, Format, Severity, Status};
use std::collections::HashMap;

/// A field whose values can be picked from a menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Facet {
    /// How bad it was.
    Severity,
    /// What was affected.
    Service,
    /// Whose it was.
    Organization,
    /// The last thing said of it.
    Status,
    /// The format of the file.
    Format,
    /// When its impact began.
    Date,
}

impl Facet {
    /// Every facet.
    pub const ALL: &[Facet] = &[Facet::Severity, Facet::Service, Facet::Organization, Facet::Status, Facet::Format, Facet::Date];

    /// The field of the query that it stands for.
    pub fn field(self) -> Field {
        match self {
            Facet::Severity => Field::Severity,
            Facet::Service => Field::Service,
            Facet::Organization => Field::Organization,
            Facet::Status => Field::Status,
            Facet::Format => Field::Format,
            Facet::Date => Field::Start,
        }
    }

    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Facet::Severity => "severity",
            Facet::Service => "service",
            Facet::Organization => "organization",
            Facet::Status => "status",
            Facet::Format => "format",
            Facet::Date => "date",
        }
    }

    /// Whether its values are words of the reports, of which there may be any number.
    pub fn is_open(self) -> bool {
        matches!(self, Facet::Service | Facet::Organization)
    }

    /// Whether it has so many values that typing narrows them.
    pub fn is_long(self) -> bool {
        self.is_open() || self == Facet::Date
    }

    /// How its values are compared: names as a whole, so that a choice selects what it says and no more.
    fn op(self) -> Op {
        if self.is_open() { Op::Is } else { Op::Has }
    }

    /// What tells two of its values apart.
    fn key(self, value: &str) -> String {
        match self {
            Facet::Service if value != UNKNOWN => group(value),
            _ => value.to_lowercase(),
        }
    }

    /// The values of a row: the key and the report's spelling.
    fn of(self, row: &Indexed) -> Vec<(&str, &str)> {
        let named = |name: &'static str| vec![(name, name)];
        match self {
            Facet::Date => Vec::new(),
            Facet::Severity => named(row.severity.map_or(UNKNOWN, Severity::name)),
            Facet::Status => named(row.status.map_or(UNKNOWN, Status::name)),
            Facet::Format => named(row.format.name()),
            Facet::Service if row.services().next().is_none() => named(UNKNOWN),
            Facet::Service => row.services().map(|service| (service.group, service.name)).collect(),
            Facet::Organization => {
                let both = row.organization().zip(row.organization_name());
                vec![both.unwrap_or((UNKNOWN, UNKNOWN))]
            }
        }
    }
}

/// What a filter says of a value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Choice {
    /// Nothing.
    #[default]
    Open,
    /// It is one of those that are shown.
    Shown,
    /// It is hidden.
    Hidden,
}

/// How often a value occurs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// Its most frequent spelling.
    pub name: String,
    /// How many incidents have it, by label or by inference.
    pub count: usize,
    /// How many of them have it by inference only.
    pub inferred: usize,
    /// What the filter says of it.
    pub choice: Choice,
}

/// Every value that occurs, counted under all of `query` but what it says of this facet. Severities come from the worst,
/// statuses and formats in their order, names from the most frequent, dates from the latest; what is missing comes last.
pub fn counts(rows: &[Indexed], query: &Query, facet: Facet) -> Vec<Count> {
    let (others, chosen) = (query.without_facet(facet), query.chosen(facet));
    if facet == Facet::Date {
        return dates::counts(rows, &others, &chosen);
    }
    let mut groups: HashMap<String, (Count, HashMap<&str, usize>)> = HashMap::new();
    let empty = |name: &str, choice| (Count { name: name.to_owned(), count: 0, inferred: 0, choice }, HashMap::new());
    for row in rows.iter().filter(|row| others.matches(row)) {
        let values = facet.of(row);
        for (at, (key, spelling)) in values.iter().enumerate() {
            if !groups.contains_key(*key) {
                groups.insert((*key).to_owned(), empty(spelling, Choice::Open));
            }
            let Some((count, spellings)) = groups.get_mut(*key) else { continue };
            // Two spellings of one service in one report are one incident.
            let first = usize::from(!values.iter().take(at).any(|(earlier, _)| earlier == key));
            count.count += first;
            count.inferred += usize::from(facet == Facet::Severity && row.severity_certainty == Some(Certainty::Inferred));
            *spellings.entry(spelling).or_default() += 1;
        }
    }
    for (name, choice) in chosen {
        groups.entry(facet.key(&name)).or_insert_with(|| empty(&name, choice)).0.choice = choice;
    }
    if facet == Facet::Severity {
        for name in Severity::ALL.iter().map(|severity| severity.name()).chain([UNKNOWN]) {
            groups.entry(name.to_owned()).or_insert_with(|| empty(name, Choice::Open));
        }
    }
    let most = |spellings: HashMap<&str, usize>| {
        spellings.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0))).map(|(name, _)| name.to_owned())
    };
    let mut counts: Vec<Count> =
        groups.into_values().map(|(count, spellings)| Count { name: most(spellings).unwrap_or(count.name.clone()), ..count }).collect();
    counts.sort_by_cached_key(|count| {
        let place = match facet {
            Facet::Severity => Severity::from_name(&count.name).map(|severity| Severity::ALL.len() - severity as usize),
            Facet::Status => Status::from_name(&count.name).map(|status| status as usize),
            Facet::Format => Format::from_name(&count.name).map(|format| format as usize),
            Facet::Service | Facet::Organization | Facet::Date => Some(usize::MAX - count.count),
        };
        (count.name == UNKNOWN, place, count.name.to_lowercase())
    });
    counts
}

impl Query {
    /// What the filter says of the values of a facet, as they are written. Only conditions that hold on their own count:
    /// what stands in brackets or between alternatives is not for a menu to change.
    pub fn chosen(&self, facet: Facet) -> Vec<(String, Choice)> {
        self.parts().iter().filter_map(|part| choices(&part.expr, facet)).flatten().collect()
    }

    /// The same without what it says of a facet.
    pub fn without_facet(&self, facet: Facet) -> Self {
        self.rewritten(facet, &[])
    }

    /// The same with `choice` for a value of a facet, and what it says of the others.
    pub fn with(&self, facet: Facet, value: &str, choice: Choice) -> Self {
        let same = |other: &str| facet.key(other) == facet.key(value);
        let mut chosen = self.chosen(facet);
        match chosen.iter_mut().find(|(other, _)| same(other)) {
            Some(found) => found.1 = choice,
            None => chosen.push((value.to_owned(), choice)),
        }
        self.rewritten(facet, &chosen)
    }

    /// The line with one clause for the values that are shown and one for those that are hidden, where the first clause
    /// of this facet stood, else at the end.
    fn rewritten(&self, facet: Facet, chosen: &[(String, Choice)]) -> Self {
        let list = |wanted: Choice| {
            let names: Vec<_> = chosen.iter().filter(|(_, choice)| *choice == wanted).map(|(name, _)| quoted_if_needed(name)).collect();
            let sign = if wanted == Choice::Hidden { "-" } else { "" };
            (!names.is_empty()).then(|| format!("{sign}{}{}{}", facet.field().name(), facet.op().name(), names.join(",")))
        };
        let mut clauses: Vec<_> = [Choice::Shown, Choice::Hidden].into_iter().filter_map(list).collect();
        let mut written = Vec::new();
        for part in self.parts() {
            if choices(&part.expr, facet).is_some() {
                written.append(&mut clauses);
            } else if self.parsed.alternatives && !clauses.is_empty() {
                written.push(format!("({})", self.written(part)));
            } else {
                written.push(self.written(part));
            }
        }
        written.append(&mut clauses);
        self.anew(written.join(" "))
    }
}

/// What a condition says of the values of a facet; none where it says something else, or in another way than a menu.
fn choices(expr: &Expr, facet: Facet) -> Option<Vec<(String, Choice)>> {
    let (choice, expr) = match expr {
        Expr::Not(inner) => (Choice::Hidden, inner.as_ref()),
        expr => (Choice::Shown, expr),
    };
    let Expr::Clause(field, op, values) = expr else { return None };
    let same = *field == facet.field() && (*op == facet.op() || (!facet.is_open() && *op == Op::Is));
    let plain = values.iter().all(|value| !matches!(value, Value::Range(..)));
    let name = |value: &Value| if let Value::Name(name) = value { name.written.clone() } else { value.to_string() };
    (same && plain).then(|| values.iter().map(|value| (name(value), choice)).collect())
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

    fn rows() -> Vec<Indexed> {
        fixture::entries().into_iter().map(Indexed::new).collect()
    }

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
    fn a_facet_counts_under_the_rest_of_the_filter_only() {
        let rows = rows();
        let query = Query::new("sev:high");
        let all: usize = counts(&rows, &query, Facet::Severity).iter().map(|count| count.count).sum();
        assert_eq!(all, rows.len());
        let high = counts(&rows, &query, Facet::Severity).into_iter().find(|count| count.name == "high").unwrap();
        assert_eq!((high.count, high.inferred, high.choice), (2, 2, Choice::Shown));
        assert!(counts(&rows, &query, Facet::Service).iter().all(|service| service.count <= 2));
        let asked = query.with(Facet::Service, "gone", Choice::Hidden);
        assert!(counts(&rows, &asked, Facet::Service).iter().any(|count| (count.name.as_str(), count.count) == ("gone", 0)));
    }

    #[test]
    fn a_choice_edits_its_part_of_the_line_and_no_other() {
        for (line, facet, value, choice, expected) in [
            ("", Facet::Severity, "high", Choice::Shown, "sev:high"),
            ("sev:high rate", Facet::Severity, "low", Choice::Shown, "sev:high,low rate"),
            ("sev:high,low rate", Facet::Severity, "high", Choice::Open, "sev:low rate"),
            ("sev:high rate", Facet::Severity, "high", Choice::Open, "rate"),
            ("sev:high rate", Facet::Severity, "low", Choice::Hidden, "sev:high -sev:low rate"),
            ("sev>=high", Facet::Severity, "unknown", Choice::Hidden, "sev>=high -sev:unknown"),
            ("a OR b", Facet::Status, "resolved", Choice::Shown, "(a OR b) status:resolved"),
            ("(sev:high OR b)", Facet::Severity, "low", Choice::Shown, "(sev:high OR b) sev:low"),
            ("service:pay", Facet::Service, "Parcel labels", Choice::Shown, "service:pay service=\"Parcel labels\""),
            ("service=\"parcel label\"", Facet::Service, "Parcel labels", Choice::Open, ""),
            ("a AND org=x", Facet::Organization, "X", Choice::Hidden, "a -org=x"),
            ("(a \"b", Facet::Format, "text", Choice::Shown, "(a b) format:text"),
        ] {
            let query = Query::new(line).with(facet, value, choice);
            assert_eq!(query.text(), expected, "{line}");
            assert!(query.mistakes().is_empty(), "{line}");
        }
    }

    #[test]
    fn each_value_selects_as_many_as_its_menu_says() {
        let rows = rows();
        for &facet in Facet::ALL {
            for count in counts(&rows, &Query::default(), facet) {
                let query = Query::default().with(facet, &count.name, Choice::Shown);
                assert_eq!(rows.iter().filter(|row| query.matches(row)).count(), count.count, "{query}");
                let query = Query::default().with(facet, &count.name, Choice::Hidden);
                assert_eq!(rows.iter().filter(|row| !query.matches(row)).count(), count.count, "{query}");
            }
        }
    }
}
