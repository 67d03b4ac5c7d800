//! What a half-typed word of a query may become: fields, and the names in the library.

use super::expr::{Op, quoted_if_needed};
use super::facet::{self, Facet};
use super::field::{DAYS, Field, HAS, IS, Kind, Trait};
use super::parse::token::{Token, tokens};
use super::period::RELATIVE;
use super::{Indexed, Query};
use chrono::Datelike;
use std::collections::BTreeMap;
use std::ops::Range;

/// What may stand at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The bytes that a candidate takes the place of.
    pub range: Range<usize>,
    /// Whether a field is already named, so that these are its values.
    pub of_field: Option<Field>,
    /// What may stand there, the likeliest first.
    pub candidates: Vec<Candidate>,
}

/// Something that may stand at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What is put there.
    pub text: String,
    /// What it is called, raw.
    pub name: String,
    /// What it means, or how many incidents have it.
    pub note: String,
}

/// What may stand at the byte `cursor` of a filter.
pub fn complete(query: &Query, cursor: usize, rows: &[Indexed]) -> Completion {
    let text = query.text();
    let cursor = text.floor_char_boundary(cursor.min(text.len()));
    let at = tokens(text).into_iter().find(|(_, span)| span.start < cursor && cursor <= span.end);
    match at {
        Some((Token::Clause(clause), span)) => {
            let values_at = span.start + clause.field.len() + clause.op.map_or(2, |op| op.name().len());
            if cursor >= values_at
                && let Some(field) = Field::find(clause.field)
            {
                let value =
                    clause.values.iter().map(|piece| piece.span(text.len())).find(|span| span.start <= cursor && cursor <= span.end);
                let range = value.unwrap_or(cursor..cursor);
                let typed = text.get(range.start..cursor).unwrap_or_default().trim_start_matches('"').to_lowercase();
                let candidates = values(field, clause.op.unwrap_or(Op::Is), query, cursor, rows);
                return Completion { candidates: sorted(candidates, &typed), of_field: Some(field), range };
            }
            fields(text, span.start..values_at, cursor)
        }
        Some((Token::Word(_) | Token::And | Token::Or | Token::Not, span))
            if text.as_bytes().get(span.start).is_some_and(u8::is_ascii_alphabetic) =>
        {
            fields(text, span, cursor)
        }
        Some((Token::Quoted(..) | Token::Word(_), _)) => Completion { range: cursor..cursor, of_field: None, candidates: Vec::new() },
        _ => fields(text, cursor..cursor, cursor),
    }
}

fn fields(text: &str, range: Range<usize>, cursor: usize) -> Completion {
    let typed = text.get(range.start..cursor).unwrap_or_default().to_lowercase();
    let candidate = |field: &Field| Candidate {
        text: format!("{}:", field.name()),
        name: format!("{}:", field.name()),
        note: field.meaning().to_owned(),
    };
    let candidates = Field::ALL.iter().filter(|field| field.begins(&typed)).map(candidate).collect();
    Completion { range, of_field: None, candidates }
}

/// Those that begin with what is typed, then those with a word that does, then those that have it anywhere.
fn sorted(candidates: Vec<Candidate>, typed: &str) -> Vec<Candidate> {
    let rank = |candidate: &Candidate| {
        let name = candidate.name.to_lowercase();
        let words = |c: char| !c.is_alphanumeric();
        match () {
            () if name.starts_with(typed) => Some(0),
            () if name.split(words).any(|word| word.starts_with(typed)) => Some(1),
            () => name.contains(typed).then_some(2),
        }
    };
    let mut ranked: Vec<_> = candidates.into_iter().filter_map(|candidate| Some((rank(&candidate)?, candidate))).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, candidate)| candidate).collect()
}

fn values(field: Field, op: Op, query: &Query, cursor: usize, rows: &[Indexed]) -> Vec<Candidate> {
    // Counted under all but the part that is being typed.
    let own = query.parts().iter().position(|part| part.span.start < cursor && cursor <= part.span.end);
    let rest = own.map_or_else(|| query.clone(), |at| query.without(at));
    // Of times years are enough to go on from.
    let facet = Facet::ALL.iter().copied().find(|facet| facet.field() == field && *facet != Facet::Date);
    let left = || rows.iter().filter(|row| rest.matches(row));
    let traits = |table: &'static [Trait]| {
        let left: Vec<_> = left().collect();
        let count = |entry: &Trait| left.iter().filter(|row| row.holds(entry)).count();
        let candidate = |entry: &'static Trait| Candidate {
            text: entry.name.to_owned(),
            name: entry.name.to_owned(),
            note: format!("{} ({})", entry.meaning, count(entry)),
        };
        table.iter().map(candidate).collect()
    };
    match (facet, field.kind()) {
        (Some(facet), _) => {
            let counts = facet::counts(rows, &rest, facet).into_iter();
            let counts =
                counts.filter(|count| (count.count > 0 || !facet.is_open()) && !(op.orders() && count.name == super::expr::UNKNOWN));
            counts.map(|count| Candidate { text: quoted_if_needed(&count.name), note: count.count.to_string(), name: count.name }).collect()
        }
        (None, Kind::Has) => traits(HAS),
        (None, Kind::Is) => traits(IS),
        (None, Kind::Time | Kind::Moment) => {
            let mut years: BTreeMap<i32, usize> = BTreeMap::new();
            for row in left() {
                let at = if field == Field::End { row.end } else { row.start };
                at.into_iter().for_each(|at| *years.entry(at.year()).or_default() += 1);
            }
            let candidate =
                |(year, count): (i32, usize)| Candidate { text: year.to_string(), name: year.to_string(), note: count.to_string() };
            let relative = |&(text, note): &(&str, &str)| Candidate { text: text.into(), name: text.into(), note: note.into() };
            years.into_iter().rev().map(candidate).chain(RELATIVE.iter().map(relative)).collect()
        }
        (None, Kind::Name) if field == Field::Tag => {
            let mut tags: BTreeMap<&str, usize> = BTreeMap::new();
            let all = left().flat_map(|row| row.tags());
            all.for_each(|tag| *tags.entry(tag).or_default() += 1);
            let candidate =
                |(tag, count): (&str, usize)| Candidate { text: quoted_if_needed(tag), name: tag.to_owned(), note: count.to_string() };
            tags.into_iter().map(candidate).collect()
        }
        (None, Kind::Length) => {
            let example = |(text, note): &(&str, &str)| Candidate { text: (*text).into(), name: (*text).into(), note: (*note).into() };
            LENGTHS.iter().map(example).collect()
        }
        (None, Kind::Weekday) => {
            DAYS.iter().map(|day| Candidate { text: (*day).into(), name: (*day).into(), note: String::new() }).collect()
        }
        _ => Vec::new(),
    }
}

/// Lengths to begin with.
const LENGTHS: [(&str, &str); 5] =
    [("15m", "minutes"), ("1h", "hours"), ("1h30m", "both"), ("1d", "days"), ("30m..2h", "from … to; either end may be left out")];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn offered(text: &str) -> (String, Vec<String>) {
        let rows: Vec<_> = fixture::entries().into_iter().map(Indexed::new).collect();
        let (before, after) = text.split_once('|').unwrap();
        let whole = format!("{before}{after}");
        let found = complete(&Query::new(whole.clone()), before.len(), &rows);
        (whole[found.range].to_owned(), found.candidates.into_iter().map(|candidate| candidate.text).collect())
    }

    #[test]
    fn fields_are_offered_by_their_beginning() {
        assert_eq!(offered("s|"), ("s".into(), ["sev:", "service:", "status:", "start:"].map(String::from).into()));
        assert_eq!(offered("-re|"), ("re".into(), ["restore:", "resolve:"].map(String::from).into()));
        // A field is found by its other names as well.
        assert_eq!(offered("tt|").1, ["detect:", "ack:", "identify:", "mitigate:", "resolve:"]);
        assert_eq!(offered("last|").1, ["dur:"]);
        assert_eq!(offered("dur>30m |").1.len(), Field::ALL.len());
        assert_eq!(offered("(o| OR x)"), ("o".into(), vec!["org:".into()]));
        assert_eq!(offered("se|v:high"), ("sev:".into(), vec!["sev:".into(), "service:".into()]));
        for nothing in ["\"s|\"", "10|", "zz|"] {
            assert_eq!(offered(nothing).1, [""; 0], "{nothing}");
        }
    }

    #[test]
    fn values_are_those_of_the_library() {
        assert_eq!(offered("sev:h|"), ("h".into(), vec!["high".into()]));
        assert_eq!(offered("sev>=|").1, ["critical", "high", "medium", "low", "none"]);
        assert_eq!(offered("service:cal|"), ("cal".into(), vec!["Calendar".into()]));
        assert_eq!(offered("org:\"id|"), ("\"id".into(), vec!["\"Example Identity\"".into()]));
        assert_eq!(offered("sev:high,lo|w x"), ("low".into(), vec!["low".into()]));
        assert_eq!(offered("start:20|").1, ["2026", "2025", "2023"]);
        assert_eq!(offered("start:last|").1, ["last-month", "last-quarter"]);
        assert_eq!(offered("is:on|").1, ["ongoing"]);
        assert_eq!(offered("-is:dou|").1, ["doubtful"]);
        assert_eq!(offered("has:|").1.len(), HAS.len());
        assert_eq!(offered("title:x|").1, [""; 0]);
    }

    #[test]
    fn names_are_counted_under_the_rest() {
        assert_eq!(offered("sev:critical service:|").1, ["Login"]);
    }
}
