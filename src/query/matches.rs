//! Whether a condition holds for an incident. What a report does not say is neither more nor less than anything.

use super::expr::{Expr, Op, UNKNOWN, Value};
use super::facet;
use super::field::Field;
use super::row::Indexed;
use crate::incident::Instant;
use chrono::{Datelike, Timelike};

impl Expr {
    /// Whether it holds.
    pub fn holds(&self, row: &Indexed) -> bool {
        match self {
            Expr::All(parts) => parts.iter().all(|part| part.holds(row)),
            Expr::Any(parts) => parts.iter().any(|part| part.holds(row)),
            Expr::Not(inner) => !inner.holds(row),
            Expr::Words(words) => words.are_in(row.haystack()),
            Expr::Clause(field, op, values) => values.iter().any(|value| clause(*field, *op, value, row)),
        }
    }

    /// Whether it depends on what is marked.
    pub fn asks_for_marks(&self) -> bool {
        match self {
            Expr::All(parts) | Expr::Any(parts) => parts.iter().any(Expr::asks_for_marks),
            Expr::Not(inner) => inner.asks_for_marks(),
            Expr::Clause(Field::Is, _, values) => values.iter().any(|value| is_trait(value, "marked")),
            Expr::Words(_) | Expr::Clause(..) => false,
        }
    }

    /// Whether it asks for what is doubtful, and not only for the rest; `for_rest` where it stands behind an odd number of
    /// `not`.
    pub fn asks_for_doubtful(&self, for_rest: bool) -> bool {
        match self {
            Expr::All(parts) | Expr::Any(parts) => parts.iter().any(|part| part.asks_for_doubtful(for_rest)),
            Expr::Not(inner) => inner.asks_for_doubtful(!for_rest),
            Expr::Clause(Field::Is, _, values) => !for_rest && values.iter().any(|value| is_trait(value, "doubtful")),
            Expr::Words(_) | Expr::Clause(..) => false,
        }
    }

    /// Adds the words of every `text:` in it.
    pub fn source_words(&self, found: &mut Vec<String>) {
        match self {
            Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|part| part.source_words(found)),
            Expr::Not(inner) => inner.source_words(found),
            Expr::Clause(Field::Text, _, values) => {
                found.extend(
                    values.iter().filter_map(|value| if let Value::Name(words) = value { Some(words.lower.clone()) } else { None }),
                );
            }
            Expr::Words(_) | Expr::Clause(..) => {}
        }
    }
}

fn is_trait(value: &Value, name: &str) -> bool {
    matches!(value, Value::Trait(entry) if entry.name == name)
}

fn clause(field: Field, op: Op, value: &Value, row: &Indexed) -> bool {
    match (field, value) {
        (Field::Text, Value::Name(words)) => row.found.get(&words.lower).copied().unwrap_or(false),
        (_, Value::Name(name)) => named(field, op == Op::Is, &name.lower, row),
        (_, Value::Status(status)) => row.status == *status,
        (_, Value::Format(format)) => row.format == *format,
        (_, Value::Trait(entry)) => row.holds(entry),
        (_, Value::Code(code)) => row.has_code(*code),
        (Field::After, Value::Period(period)) => row.start.is_some_and(|start| start >= period.from),
        (Field::Before, Value::Period(period)) => row.start.is_some_and(|start| start < period.from),
        (Field::During, Value::Period(period)) => {
            row.start.is_some_and(|start| start < period.to && (start >= period.from || goes_on(row, period.from)))
        }
        (_, Value::Weekday(day)) => row.start.is_some_and(|start| start.weekday() == *day),
        (Field::Hour, value) => row.start.is_some_and(|start| compare(op, value, |value| beside_hour(start.hour(), value))),
        (_, Value::Severity(None)) => row.severity.is_none(),
        (Field::Severity, value) => row.severity.is_some_and(|severity| compare(op, value, |value| beside_severity(severity, value))),
        (Field::Start, value) => row.start.is_some_and(|start| compare(op, value, |value| beside_period(start, value))),
        (Field::End, value) => row.end.is_some_and(|end| compare(op, value, |value| beside_period(end, value))),
        // A length that is named is meant to the minute, one that bounds others exactly.
        (field, Value::Length(named)) if !op.orders() => length(field, row).is_some_and(|minutes| (minutes - named.minutes()).abs() < 0.5),
        (field, value) => length(field, row).is_some_and(|minutes| compare(op, value, |value| beside_length(minutes, value))),
    }
}

/// Whether anything of an incident that began before is known of after `at`. One without a known end goes on no longer than the
/// last word on it: a report that was never closed is not under way for ever.
fn goes_on(row: &Indexed, at: Instant) -> bool {
    row.until.is_some_and(|until| until > at)
}

/// The minutes that a field of lengths asks for.
fn length(field: Field, row: &Indexed) -> Option<f64> {
    match field {
        Field::Duration => row.minutes,
        Field::Detect => row.metrics.detect,
        Field::Acknowledge => row.metrics.acknowledge,
        Field::Identify => row.metrics.identify,
        Field::Mitigate => row.metrics.mitigate,
        Field::Restore => row.metrics.restore,
        Field::Resolve => row.metrics.resolve,
        Field::Lag => row.metrics.publication_lag,
        _ => None,
    }
}

/// Compares what a row has; `beside` tells whether that lies below and whether it lies above a value.
fn compare(op: Op, value: &Value, beside: impl Fn(&Value) -> (bool, bool)) -> bool {
    let (below, above) = match value {
        Value::Range(from, to) => {
            return !from.as_ref().is_some_and(|from| beside(from).0) && !to.as_ref().is_some_and(|to| beside(to).1);
        }
        value => beside(value),
    };
    match op {
        Op::Has | Op::Is => !below && !above,
        Op::Over => above,
        Op::AtLeast => !below,
        Op::Under => below,
        Op::AtMost => !above,
    }
}

/// What no value of the kind is: below and above at once, so that it never matches.
const NOWHERE: (bool, bool) = (true, true);

fn beside_severity(own: crate::incident::Severity, value: &Value) -> (bool, bool) {
    if let Value::Severity(Some(other)) = value { (own < *other, own > *other) } else { NOWHERE }
}

fn beside_period(own: Instant, value: &Value) -> (bool, bool) {
    if let Value::Period(period) = value { (own < period.from, own >= period.to) } else { NOWHERE }
}

fn beside_hour(own: u32, value: &Value) -> (bool, bool) {
    if let Value::Hour(other) = value { (own < *other, own > *other) } else { NOWHERE }
}

fn beside_length(own: f64, value: &Value) -> (bool, bool) {
    if let Value::Length(other) = value { (own < other.minutes(), own > other.minutes()) } else { NOWHERE }
}

/// Whether a field of words has `name`; as a whole or as a part of it.
fn named(field: Field, whole: bool, name: &str, row: &Indexed) -> bool {
    let has = |text: &str| if whole { text == name } else { text.contains(name) };
    let missing = name == UNKNOWN;
    match field {
        Field::Service if whole => {
            let group = facet::group(name);
            row.services().any(|service| service.group == group) || (missing && row.services().next().is_none())
        }
        Field::Service => {
            row.services().any(|service| has(service.lower) || has(service.group)) || (missing && row.services().next().is_none())
        }
        Field::Organization => row.organization().map_or(missing, has),
        Field::Title => has(row.title()),
        Field::Tag => row.tags().any(has),
        _ => false,
    }
}
