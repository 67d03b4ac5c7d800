//! What a query says, as a tree, and how it is written.

use super::field::{Field, Trait};
use super::period::Period;
use super::value::Length;
use crate::diagnostic::Code;
use crate::incident::{Format, Severity, Status};
use crate::names::names;
use crate::sanitize;
use chrono::Weekday;
use memchr::memmem::Finder;
use serde::{Deserialize, Serialize};
use std::fmt;

names! {
    /// How a field is compared with its values.
    pub enum Op {
        /// It has, or is one of, the values.
        Has = ":", /// At most.
        AtMost = "<=", /// At least.
        AtLeast = ">=", /// Less than.
        Under = "<", /// More than.
        Over = ">", /// It is one of the values, as a whole.
        Is = "=", }
}

impl Op {
    /// Whether it needs values that have an order.
    pub fn orders(self) -> bool {
        !matches!(self, Op::Has | Op::Is)
    }
}

/// A condition on an incident.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// Every one of them holds.
    All(Vec<Expr>),
    /// At least one of them holds.
    Any(Vec<Expr>),
    /// It does not hold.
    Not(Box<Expr>),
    /// The words stand in what is searched.
    Words(Words),
    /// A field compares so with one of the values.
    Clause(Field, Op, Vec<Value>),
}

/// Words that are searched for, made ready once for all the rows.
#[derive(Debug, Clone)]
pub struct Words {
    /// In lower case, on one line.
    pub lower: String,
    search: Box<Finder<'static>>,
}

impl Words {
    /// Words as somebody wrote them.
    pub fn new(written: &str) -> Self {
        let lower = lower(written);
        Self { search: Box::new(Finder::new(&lower).into_owned()), lower }
    }

    /// Whether they stand in a text in lower case.
    pub fn are_in(&self, text: &str) -> bool {
        self.search.find(text.as_bytes()).is_some()
    }
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        self.lower == other.lower
    }
}

/// What a field is compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Words of a name.
    Name(Name),
    /// A severity, or none.
    Severity(Option<Severity>),
    /// A status, or none.
    Status(Option<Status>),
    /// The form of a file.
    Format(Format),
    /// A day of the week.
    Weekday(Weekday),
    /// An hour of the day, 0 to 23.
    Hour(u32),
    /// A length of time.
    Length(Length),
    /// A stretch of the calendar.
    Period(Period),
    /// From the first to the second, both included; an end that is left out is open.
    Range(Option<Box<Value>>, Option<Box<Value>>),
    /// A trait of a report or an incident.
    Trait(&'static Trait),
    /// The code of a finding.
    Code(Code),
}

/// A name as it was written, which is how it is shown again, and in lower case, which is how it is compared.
#[derive(Debug, Clone)]
pub struct Name {
    /// As it was written.
    pub written: String,
    /// In lower case, on one line.
    pub lower: String,
}

impl Name {
    /// A name as somebody wrote it.
    pub fn new(written: &str) -> Self {
        Self { lower: lower(written), written: written.to_owned() }
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.lower == other.lower
    }
}

/// As it is searched for: no text that is searched has a line feed in it.
fn lower(text: &str) -> String {
    sanitize::typed(text).to_lowercase().replace('\n', " ")
}

/// What stands for a value that the report does not give.
pub const UNKNOWN: &str = "unknown";

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expr::All(parts) => {
                for (at, part) in parts.iter().enumerate() {
                    f.write_str(if at > 0 { " " } else { "" })?;
                    grouped(f, part)?;
                }
                Ok(())
            }
            Expr::Any(parts) => {
                for (at, part) in parts.iter().enumerate() {
                    f.write_str(if at > 0 { " OR " } else { "" })?;
                    // What stands side by side binds closer: with brackets of their own alternatives would nest deeper than
                    // they were typed, and at last too deep to be read.
                    match part {
                        Expr::All(_) => write!(f, "{part}")?,
                        part => grouped(f, part)?,
                    }
                }
                Ok(())
            }
            Expr::Not(inner) => {
                f.write_str("-")?;
                grouped(f, inner)
            }
            Expr::Words(words) => f.write_str(&word(&words.lower)),
            Expr::Clause(field, op, values) => {
                write!(f, "{}{}", field.name(), op.name())?;
                for (at, value) in values.iter().enumerate() {
                    write!(f, "{}{value}", if at > 0 { "," } else { "" })?;
                }
                Ok(())
            }
        }
    }
}

fn grouped(f: &mut fmt::Formatter<'_>, part: &Expr) -> fmt::Result {
    match part {
        Expr::All(_) | Expr::Any(_) => write!(f, "({part})"),
        part => write!(f, "{part}"),
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Name(name) => f.write_str(&quoted_if_needed(&name.written)),
            Value::Severity(severity) => f.write_str(severity.map_or(UNKNOWN, Severity::name)),
            Value::Status(status) => f.write_str(status.map_or(UNKNOWN, Status::name)),
            Value::Format(format) => f.write_str(format.name()),
            Value::Weekday(day) => f.write_str(&day.to_string().to_lowercase()),
            Value::Hour(hour) => write!(f, "{hour}"),
            Value::Length(length) => write!(f, "{length}"),
            Value::Period(period) => write!(f, "{period}"),
            Value::Trait(entry) => f.write_str(entry.name),
            Value::Code(code) => f.write_str(code.name()),
            Value::Range(from, to) => {
                from.iter().try_for_each(|from| write!(f, "{from}"))?;
                f.write_str("..")?;
                to.iter().try_for_each(|to| write!(f, "{to}"))
            }
        }
    }
}

/// A name as the value of a field, in quotes where it needs them.
pub fn quoted_if_needed(name: &str) -> String {
    let plain = !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"' | ','));
    if plain { name.to_owned() } else { quoted(name) }
}

/// Bare words, in quotes where they would mean something else.
fn word(words: &str) -> String {
    let field = words.trim_start_matches(|c: char| c.is_ascii_alphabetic()).starts_with([':', '=', '<', '>', '!']);
    let keyword = ["and", "or", "not"].iter().any(|keyword| words.eq_ignore_ascii_case(keyword));
    let plain = !field && !keyword && !words.starts_with(['-', '!']) && !words.contains(|c: char| c.is_whitespace() || "()\"".contains(c));
    if plain && !words.is_empty() { words.to_owned() } else { quoted(words) }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
