//! Incidents and their parts as tables: typed, documented columns, the same values as in the record.

use super::record::{Minutes, Moment, Record};
use crate::incident::{Incident, IncidentKind};
use crate::names::names;
use crate::stats::measure;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

names! {
    /// What a row is.
    pub enum Table {
        /// An incident.
        Incidents = "incidents", /// A moment with a time.
        Events = "events", /// A stretch in one of the lanes.
        Phases = "phases", /// Work against recurrence.
        Actions = "actions", /// Something that does not add up.
        Diagnostics = "diagnostics", }
}

/// What the cells of a column hold; an empty cell is an unknown value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words of the report, or a name of the record.
    Text,
    /// RFC 3339 in UTC.
    Instant,
    /// `2024-03-21`.
    Date,
    /// A decimal number of minutes.
    Minutes,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
}

impl Kind {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Instant => "instant",
            Kind::Date => "date",
            Kind::Minutes => "minutes",
            Kind::Integer => "integer",
            Kind::Boolean => "boolean",
        }
    }
}

/// A value in a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Unknown.
    Empty,
    /// Words, raw.
    Text(Cow<'a, str>),
    /// A moment.
    At(Moment),
    /// A day.
    Day(NaiveDate),
    /// A length.
    Minutes(Minutes),
    /// A number or place.
    Number(u64),
    /// Yes or no.
    Truth(bool),
}

impl fmt::Display for Cell<'_> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Empty => Ok(()),
            Cell::Text(text) => to.write_str(text),
            Cell::At(at) => at.fmt(to),
            Cell::Day(day) => day.fmt(to),
            Cell::Minutes(minutes) => minutes.fmt(to),
            Cell::Number(number) => number.fmt(to),
            Cell::Truth(truth) => truth.fmt(to),
        }
    }
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Cell::Empty => to.serialize_none(),
            Cell::Text(text) => to.serialize_str(text),
            Cell::At(_) | Cell::Day(_) => to.collect_str(self),
            Cell::Minutes(minutes) => minutes.serialize(to),
            Cell::Number(number) => to.serialize_u64(*number),
            Cell::Truth(truth) => to.serialize_bool(*truth),
        }
    }
}

/// An incident, or one of its parts by its place.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    record: &'a Record<'a>,
    incident: &'a Incident,
    part: usize,
}

impl<'a> Row<'a> {
    /// The row of an incident.
    pub fn of(record: &'a Record<'a>, incident: &'a Incident) -> Self {
        Self { record, incident, part: 0 }
    }
}

/// A column.
pub struct Column {
    /// Its head.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: Kind,
    /// What they mean.
    pub meaning: &'static str,
    /// The cell of a row.
    pub cell: for<'a> fn(&Row<'a>) -> Cell<'a>,
}

macro_rules! columns {
    ($($name:ident $kind:ident $meaning:literal $cell:expr;)*) => {
        &[$(Column { name: stringify!($name), kind: Kind::$kind, meaning: $meaning, cell: $cell },)*]
    };
}

/// The columns that tell which incident a row belongs to.
const KEY: &[Column] = columns! {
    path Text "The file, relative to the folder that was named; with `index` it tells the incident." |row| text(row.record.source.path);
    index Integer "The number of the incident in its file, from 0." |row| Cell::Number(row.record.source.index.into());
    id Text "Stable across runs and machines; may repeat between files." |row| text(row.record.id);
};

const INCIDENTS: &[Column] = columns! {
    format Text "The format of the file." |row| text(row.record.source.format);
    url Text "The public link, where the report gives it." |row| maybe(row.record.source.url);
    kind Text "`incident` or `maintenance`." |row| text(kind(row.incident.kind));
    doubtful Boolean "Whether the file may be no incident report." |row| Cell::Truth(row.record.doubtful);
    doubtful_because Text "Why, in a few words." |row| maybe(row.record.doubtful_because);
    title Text "What it is called." |row| maybe(row.record.title);
    organization Text "Who suffered or published it." |row| maybe(row.record.organization);
    status Text "The last thing said of it." |row| maybe(row.record.status);
    severity Text "`critical`, `high`, `medium`, `low` or `none`." |row| maybe(row.record.severity);
    severity_label Text "The report's own word." |row| maybe(row.record.severity_label);
    severity_certainty Text "`stated`, or `inferred` when no label is written." |row| maybe(row.record.severity_certainty);
    services Text "What was affected, joined by `; `." |row| list(&row.record.services);
    regions Text "Where, joined by `; `." |row| list(&row.record.regions);
    start Instant "When the impact began." |row| at(row.record.impact.start);
    start_certainty Text "`stated` or `inferred`." |row| maybe(row.record.impact.start_certainty);
    start_basis Text "By what the start was decided." |row| maybe(row.record.impact.start_basis.as_deref());
    end Instant "When it ended." |row| at(row.record.impact.end);
    end_certainty Text "`stated` or `inferred`." |row| maybe(row.record.impact.end_certainty);
    end_basis Text "By what the end was decided." |row| maybe(row.record.impact.end_basis.as_deref());
    windows Integer "How many separate stretches of impact there were." |row| count(&row.record.impact.windows);
    ongoing Boolean "Whether the impact has no end and nobody says that it is over." |row| Cell::Truth(measure::is_ongoing(row.incident));
    duration_minutes Minutes "How long customers were hurt, all stretches together." |row| minutes(row.record.impact.duration_minutes);
    stated_duration_minutes Minutes "What the report says the whole lasted." |row| minutes(row.record.impact.stated_duration_minutes);
    first_update Instant "The first status update." |row| at(row.record.communication.as_ref().map(|said| said.start));
    last_update Instant "The last status update." |row| at(row.record.communication.as_ref().map(|said| said.end));
    time_to_detect_minutes Minutes "From impact start to detection." |row| minutes(row.record.metrics.time_to_detect_minutes);
    time_to_acknowledge_minutes Minutes "To the first human response." |row| minutes(row.record.metrics.time_to_acknowledge_minutes);
    time_to_identify_minutes Minutes "Until the cause was found." |row| minutes(row.record.metrics.time_to_identify_minutes);
    time_to_mitigate_minutes Minutes "Until what was done took effect." |row| minutes(row.record.metrics.time_to_mitigate_minutes);
    time_to_restore_minutes Minutes "To the end of the last stretch of impact." |row| minutes(row.record.metrics.time_to_restore_minutes);
    time_to_resolve_minutes Minutes "Until it was declared over." |row| minutes(row.record.metrics.time_to_resolve_minutes);
    publication_lag_minutes Minutes "To the first status update." |row| minutes(row.record.metrics.publication_lag_minutes);
    summary Text "What happened." |row| maybe(row.record.summary);
    customer_impact Text "What customers noticed." |row| maybe(row.record.customer_impact);
    root_cause Text "Why it happened." |row| maybe(row.record.root_cause);
    resolution Text "What ended it." |row| maybe(row.record.resolution);
    events Integer "How many moments have a time." |row| count(&row.record.events);
    action_items Integer "How much work against recurrence is listed." |row| count(&row.record.action_items);
    open_action_items Integer "How much of it is not finished." |row| open(row.record);
    diagnostics Integer "How much does not add up." |row| count(&row.record.diagnostics);
    tags Text "Your own tags, joined by `; `." |row| row.record.review.as_ref().map_or(Cell::Empty, |review| list(&review.tags));
};

const PLACE: &[Column] = columns! {
    number Integer "Its place in the list of the incident, from 0." |row| Cell::Number(row.part as u64);
};

const EVENTS: &[Column] = columns! {
    at Instant "When; empty for a date without a clock and a clock without a date." |row| part(row, &row.record.events, |event| at(event.at));
    date Date "The date, where there is no clock." |row| part(row, &row.record.events, |event| event.date.map_or(Cell::Empty, Cell::Day));
    kind Text "What happened: `detected`, `mitigated`, …" |row| part(row, &row.record.events, |event| text(event.kind));
    text Text "The words around it." |row| part(row, &row.record.events, |event| text(event.text));
    written Text "The time as the report has it." |row| part(row, &row.record.events, |event| text(event.written));
    local Text "The same moment in the report's own offset." |row| part(row, &row.record.events, |event| maybe(event.local.as_deref()));
    precision Text "`second`, `minute`, `hour` or `day`." |row| part(row, &row.record.events, |event| text(event.precision));
    approximate Boolean "Whether the report says \"about\"." |row| part(row, &row.record.events, |event| Cell::Truth(event.approximate));
    certainty Text "`stated` or `inferred`." |row| part(row, &row.record.events, |event| text(event.certainty));
    basis Text "What decided what the time leaves out." |row| part(row, &row.record.events, |event| text(&event.basis));
    line Integer "The line of the file it was read from." |row| part(row, &row.incident.events, |event| line(event.cites.first()));
};

const PHASES: &[Column] = columns! {
    lane Text "`impact`: what was felt; `response`: what was done." |row| part(row, &row.record.phases, |phase| text(phase.lane));
    kind Text "What it was: `outage`, `investigating`, …" |row| part(row, &row.record.phases, |phase| text(phase.kind));
    label Text "The report's name for it." |row| part(row, &row.record.phases, |phase| maybe(phase.label));
    start Instant "When it began." |row| part(row, &row.record.phases, |phase| Cell::At(phase.start));
    end Instant "When it ended; empty while open." |row| part(row, &row.record.phases, |phase| at(phase.end));
    duration_minutes Minutes "How long it was." |row| part(row, &row.record.phases, |phase| minutes(phase.end.map(|end| phase.start.until(end))));
    certainty Text "`stated` or `inferred`." |row| part(row, &row.record.phases, |phase| text(phase.certainty));
    line Integer "The line of the file it was read from." |row| part(row, &row.incident.phases, |phase| line(phase.cites.first()));
};

const ACTIONS: &[Column] = columns! {
    text Text "What is to be done." |row| part(row, &row.record.action_items, |item| text(item.text));
    state Text "`done` or `open`." |row| part(row, &row.record.action_items, |item| text(item.state));
    horizon Text "`done`, `short-term` or `long-term`." |row| part(row, &row.record.action_items, |item| maybe(item.horizon));
    due Date "When it is due." |row| part(row, &row.record.action_items, |item| item.due.map_or(Cell::Empty, Cell::Day));
    owner Text "Who does it." |row| part(row, &row.record.action_items, |item| maybe(item.owner));
    line Integer "The line of the file it was read from." |row| part(row, &row.incident.action_items, |item| line(Some(&item.cite)));
};

const DIAGNOSTICS: &[Column] = columns! {
    code Text "Its stable code; `sevline check --codes` lists them." |row| part(row, &row.record.diagnostics, |found| text(found.code));
    level Text "`note`, `warning` or `error`." |row| part(row, &row.record.diagnostics, |found| text(found.level.name()));
    message Text "The finding." |row| part(row, &row.record.diagnostics, |found| text(found.message));
    line Integer "The line of the file it is about." |row| part(row, &row.incident.diagnostics, |found| line(found.cites.first()));
};

impl Table {
    /// Its columns, in order.
    pub fn columns(self) -> Vec<&'static Column> {
        let (place, own) = match self {
            Table::Incidents => (&[][..], INCIDENTS),
            Table::Events => (PLACE, EVENTS),
            Table::Phases => (PLACE, PHASES),
            Table::Actions => (PLACE, ACTIONS),
            Table::Diagnostics => (PLACE, DIAGNOSTICS),
        };
        KEY.iter().chain(place).chain(own).collect()
    }

    /// The rows that an incident has in it.
    pub fn rows<'a>(self, record: &'a Record<'a>, incident: &'a Incident) -> impl Iterator<Item = Row<'a>> {
        let parts = match self {
            Table::Incidents => 1,
            Table::Events => record.events.len(),
            Table::Phases => record.phases.len(),
            Table::Actions => record.action_items.len(),
            Table::Diagnostics => record.diagnostics.len(),
        };
        (0..parts).map(move |part| Row { part, ..Row::of(record, incident) })
    }
}

fn kind(kind: IncidentKind) -> &'static str {
    match kind {
        IncidentKind::Incident => "incident",
        IncidentKind::Maintenance => "maintenance",
    }
}

/// The cell of the part that a row is about; `parts` are those of the record or, in the same order, of the model.
fn part<'a, T>(row: &Row<'a>, parts: &'a [T], cell: impl Fn(&'a T) -> Cell<'a>) -> Cell<'a> {
    parts.get(row.part).map_or(Cell::Empty, cell)
}

fn text(text: &str) -> Cell<'_> {
    Cell::Text(Cow::Borrowed(text))
}

fn maybe(value: Option<&str>) -> Cell<'_> {
    value.map_or(Cell::Empty, text)
}

fn list<'a>(values: &[&'a str]) -> Cell<'a> {
    if values.is_empty() { Cell::Empty } else { Cell::Text(Cow::Owned(values.join("; "))) }
}

fn at<'a>(at: Option<Moment>) -> Cell<'a> {
    at.map_or(Cell::Empty, Cell::At)
}

fn minutes<'a>(minutes: Option<Minutes>) -> Cell<'a> {
    minutes.map_or(Cell::Empty, Cell::Minutes)
}

fn count<T>(values: &[T]) -> Cell<'_> {
    Cell::Number(values.len() as u64)
}

fn open<'a>(record: &Record) -> Cell<'a> {
    Cell::Number(record.action_items.iter().filter(|item| item.state == "open").count() as u64)
}

fn line<'a>(cite: Option<&crate::source::Cite>) -> Cell<'a> {
    cite.map_or(Cell::Empty, |cite| Cell::Number(cite.line.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::record as fixture;

    #[test]
    fn every_cell_is_of_the_kind_of_its_column() {
        let incident = fixture::whole();
        let record = Record::of(&incident, None);
        for &table in Table::ALL {
            let mut filled = vec![false; table.columns().len()];
            for row in table.rows(&record, &incident) {
                for (column, filled) in table.columns().iter().zip(&mut filled) {
                    let cell = (column.cell)(&row);
                    let kind = match cell {
                        Cell::Empty => continue,
                        Cell::Text(_) => Kind::Text,
                        Cell::At(_) => Kind::Instant,
                        Cell::Day(_) => Kind::Date,
                        Cell::Minutes(_) => Kind::Minutes,
                        Cell::Number(_) => Kind::Integer,
                        Cell::Truth(_) => Kind::Boolean,
                    };
                    assert_eq!(kind, column.kind, "{}", column.name);
                    *filled = true;
                }
            }
            let filled = filled.iter().filter(|filled| **filled).count();
            assert!(filled * 3 > table.columns().len() * 2, "{table:?}: {filled} columns have a value");
        }
    }

    #[test]
    fn names_are_unique_and_documented() {
        for &table in Table::ALL {
            let mut names: Vec<_> = table.columns().iter().map(|column| column.name).collect();
            assert!(table.columns().iter().all(|column| column.meaning.ends_with(['.', '…'])));
            names.sort_unstable();
            let all = names.len();
            names.dedup();
            assert_eq!(names.len(), all, "{table:?}");
        }
    }
}
