//! The values of a clause, read as its field wants them.

use super::Mistake;
use super::token::Piece;
use crate::diagnostic::Code;
use crate::extract::lexicon::severity_level;
use crate::incident::{Format, Severity, Status};
use crate::query::expr::{Name, Op, UNKNOWN, Value};
use crate::query::field::{DAYS, Field, HAS, IS, Kind, Trait, find_trait};
use crate::query::period::{self, Period};
use crate::query::value::Length;
use chrono::NaiveDate;
use std::ops::Range;

/// The values that can be read, and what is wrong with the others. `ops` is where the comparison stands; the query has
/// `length` bytes and is read `today`.
pub fn read(
    (field, op): (Field, Op),
    ops: Range<usize>,
    pieces: &[Piece<'_>],
    length: usize,
    today: Option<NaiveDate>,
) -> (Vec<Value>, Vec<Mistake>) {
    let kind = field.kind();
    if op.orders() && !matches!(kind, Kind::Severity | Kind::Time | Kind::Length | Kind::Hour) {
        let what = format!("“{}” has no order", field.name());
        return (Vec::new(), vec![Mistake::new(ops, what, format!("write {}:", field.name()))]);
    }
    let (mut values, mut mistakes) = (Vec::new(), Vec::new());
    for (at, piece) in pieces.iter().enumerate() {
        let span = piece.span(length);
        if at > 0 && (op.orders() || kind == Kind::Moment) {
            let remedy = if op.orders() { "name one, or write `:` to list several" } else { "name one" };
            mistakes.push(Mistake::new(span, "several values cannot be compared at once", remedy));
            break;
        }
        if piece.quoted == Some(false) {
            mistakes.push(Mistake::new(span.end..span.end, "the quotes are open", "close them with \""));
        }
        match value(kind, op, piece, today) {
            Ok(value) => values.push(value),
            // One that is written out may still be wrong; one that is not there is only missing.
            Err(what) if piece.text.is_empty() => mistakes.push(Mistake::new(span.end..span.end, "a value is missing", what.remedy)),
            Err(what) => mistakes.push(Mistake::new(span, what.what, what.remedy)),
        }
    }
    (values, mistakes)
}

struct Refusal {
    what: String,
    remedy: String,
}

fn value(kind: Kind, op: Op, piece: &Piece<'_>, today: Option<NaiveDate>) -> Result<Value, Refusal> {
    let text = piece.text.as_str();
    match kind {
        Kind::Name if text.trim().is_empty() => Err(Refusal { what: "a value is missing".into(), remedy: "write what to find".into() }),
        Kind::Name => Ok(Value::Name(Name::new(text))),
        Kind::Severity | Kind::Length | Kind::Time | Kind::Hour => ranged(kind, op, text, today),
        Kind::Moment => single(kind, text, today).map(|value| alone(value, today)),
        // chrono knows the days by their names and by the first three letters.
        Kind::Weekday => text.parse().map(Value::Weekday).map_err(|_| names("day of the week", text, DAYS.into_iter(), false)),
        Kind::Status if text.eq_ignore_ascii_case(UNKNOWN) => Ok(Value::Status(None)),
        Kind::Status => {
            let status = Status::from_name(&text.replace(['-', ' '], "_"));
            status
                .map(|status| Value::Status(Some(status)))
                .ok_or_else(|| names("status", text, Status::ALL.iter().map(|status| status.name()), true))
        }
        Kind::Format => Format::from_name(if text.eq_ignore_ascii_case("md") { "markdown" } else { text })
            .map(Value::Format)
            .ok_or_else(|| names("format", text, Format::ALL.iter().map(|format| format.name()), false)),
        Kind::Has => {
            let code = || Code::ALL.iter().copied().find(|code| code.name().eq_ignore_ascii_case(text)).map(Value::Code);
            let found = find_trait(HAS, text).map(Value::Trait).or_else(code);
            found.ok_or_else(|| names("part of a report", text, HAS.iter().map(trait_name), false))
        }
        Kind::Is => find_trait(IS, text).map(Value::Trait).ok_or_else(|| names("kind of incident", text, IS.iter().map(trait_name), false)),
    }
}

fn trait_name(entry: &'static Trait) -> &'static str {
    entry.name
}

/// One value, or a range of them where the comparison allows one.
fn ranged(kind: Kind, op: Op, text: &str, today: Option<NaiveDate>) -> Result<Value, Refusal> {
    let Some((from, to)) = text.split_once("..") else {
        let value = single(kind, text, today)?;
        if op.orders() && value == Value::Severity(None) {
            return Err(Refusal {
                what: "“unknown” is neither more nor less than a severity".into(), remedy: "write sev:unknown".into()
            });
        }
        return Ok(if op.orders() { value } else { alone(value, today) });
    };
    if op.orders() {
        return Err(Refusal { what: "a range cannot be compared".into(), remedy: "write `:` before it".into() });
    }
    let end = |text: &str| match text {
        "" => Ok(None),
        text => match single(kind, text, today)? {
            Value::Severity(None) => Err(Refusal {
                what: "“unknown” is no end of a range".into(),
                remedy: "name it beside the range: sev:low..high,unknown".into(),
            }),
            value => Ok(Some(Box::new(value))),
        },
    };
    match (end(from)?, end(to)?) {
        (None, None) => Err(Refusal { what: "the range has no end".into(), remedy: example(kind).into() }),
        (Some(from), Some(to)) if backwards(&from, &to) => {
            Err(Refusal { what: "the range runs backwards".into(), remedy: format!("write {to}..{from}") })
        }
        (from, to) => Ok(Value::Range(from, to)),
    }
}

/// A time that no other bounds.
fn alone(value: Value, today: Option<NaiveDate>) -> Value {
    if let Value::Period(period) = value { Value::Period(period.alone(today)) } else { value }
}

fn backwards(from: &Value, to: &Value) -> bool {
    match (from, to) {
        (Value::Severity(from), Value::Severity(to)) => from > to,
        (Value::Length(from), Value::Length(to)) => from > to,
        (Value::Hour(from), Value::Hour(to)) => from > to,
        (Value::Period(from), Value::Period(to)) => from.from >= to.to,
        _ => false,
    }
}

fn single(kind: Kind, text: &str, today: Option<NaiveDate>) -> Result<Value, Refusal> {
    match kind {
        Kind::Length => Length::parse(text)
            .map(Value::Length)
            .ok_or_else(|| Refusal { what: format!("“{text}” is no length of time"), remedy: example(kind).into() }),
        Kind::Hour => {
            let hour = text.parse().ok().filter(|hour| *hour < 24).map(Value::Hour);
            hour.ok_or_else(|| Refusal { what: format!("“{text}” is no hour of the day"), remedy: example(kind).into() })
        }
        Kind::Time | Kind::Moment => Period::parse(text, today).map(Value::Period).ok_or_else(|| {
            let remedy = period::meant(text).map_or(example(kind).into(), |word| format!("did you mean “{word}”?"));
            Refusal { what: format!("“{text}” is no date"), remedy }
        }),
        _ if text.eq_ignore_ascii_case(UNKNOWN) => Ok(Value::Severity(None)),
        _ => {
            // A label with a number, such as SEV1; the other labels are words that people search for.
            let label = || text.contains(|c: char| c.is_ascii_digit()).then(|| severity_level(text)).flatten();
            // The letter that stands on every row of the list.
            let letter = || {
                Severity::ALL
                    .iter()
                    .copied()
                    .find(|severity| severity.name().get(..1).is_some_and(|first| first.eq_ignore_ascii_case(text)))
            };
            let severity = Severity::from_name(text).or_else(letter).or_else(|| label().and_then(Severity::from_name));
            let all = Severity::ALL.iter().rev().map(|severity| severity.name());
            severity.map(|severity| Value::Severity(Some(severity))).ok_or_else(|| names("severity", text, all, true))
        }
    }
}

fn example(kind: Kind) -> &'static str {
    match kind {
        Kind::Hour => "write 0 to 23, or a range 9..17",
        Kind::Length => "write minutes or 30m, 1h30m, 2d, 30m..2h",
        Kind::Moment => "write 2024, 2024-Q3, 2024-03-21, 2024-03-21T18:04, 30d or last-quarter",
        _ => "write 2024, 2024-Q3, 2024-03-21T18:04, a range 2024-01..2024-03, 30d or last-quarter",
    }
}

/// There is nothing of that name: the names that begin so, else all of them.
fn names(thing: &str, text: &str, all: impl Iterator<Item = &'static str> + Clone, unknown: bool) -> Refusal {
    let lower = text.to_lowercase();
    let near: Vec<_> = all.clone().filter(|name| !lower.is_empty() && name.starts_with(&lower)).collect();
    let all: Vec<_> = if near.is_empty() { all.chain(unknown.then_some(UNKNOWN)).collect() } else { near };
    Refusal { what: format!("“{text}” is no {thing}"), remedy: format!("write {}", all.join(", ")) }
}
