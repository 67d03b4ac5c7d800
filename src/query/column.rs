//! The columns of a table of incidents: what they are called, what they show and how they are chosen.

use super::Indexed;
use super::field::Field;
use crate::incident::{Certainty, Edge, Incident, Metrics};
use crate::names::{names, nearest};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

names! {
    /// What a table of incidents can show, and what it can be sorted by.
    pub enum Column {
        /// How bad it was.
        Severity = "severity", /// When the impact began.
        Start = "start", /// When the impact ended.
        End = "end", /// How long it lasted.
        Duration = "duration", /// Whose it was.
        Organization = "organization", /// What it is called.
        Title = "title", /// What was affected.
        Services = "services", /// The last thing said of it.
        Status = "status", /// Time to detect.
        Detect = "detect", /// Time to acknowledge.
        Acknowledge = "ack", /// Time to identify the cause.
        Identify = "identify", /// Time to mitigate.
        Mitigate = "mitigate", /// Time to the end of the impact.
        Restore = "restore", /// Time to being declared resolved.
        Resolve = "resolve", /// Time to the first public update.
        Lag = "lag", /// The reviewer's own tags.
        Tags = "tags", /// The format of the file.
        Format = "format", /// The file.
        File = "file", }
}

impl Column {
    /// The field of the query language that asks for the same; of the file there is none.
    pub fn field(self) -> Option<Field> {
        Some(match self {
            Column::Severity => Field::Severity,
            Column::Start => Field::Start,
            Column::End => Field::End,
            Column::Duration => Field::Duration,
            Column::Organization => Field::Organization,
            Column::Title => Field::Title,
            Column::Services => Field::Service,
            Column::Status => Field::Status,
            Column::Detect => Field::Detect,
            Column::Acknowledge => Field::Acknowledge,
            Column::Identify => Field::Identify,
            Column::Mitigate => Field::Mitigate,
            Column::Restore => Field::Restore,
            Column::Resolve => Field::Resolve,
            Column::Lag => Field::Lag,
            Column::Tags => Field::Tag,
            Column::Format => Field::Format,
            Column::File => return None,
        })
    }

    /// The column of that name, or of one that filters know it by.
    pub fn find(name: &str) -> Result<Self, String> {
        let by_field = || Field::find(name).and_then(|field| Self::ALL.iter().copied().find(|column| column.field() == Some(field)));
        Self::from_name(name).or_else(by_field).ok_or_else(|| {
            let names = || Self::ALL.iter().map(|column| column.name());
            let meant = nearest(name, names()).map(|name| format!("; did you mean “{name}”?")).unwrap_or_default();
            let gap = if meant.is_empty() { "; the" } else { " The" };
            format!("there is no column “{name}”{meant}{gap} columns are {}", names().collect::<Vec<_>>().join(", "))
        })
    }

    /// Whether what people look for first is at the large end: the newest, the longest, the worst.
    pub fn starts_with_largest(self) -> bool {
        matches!(self, Column::Start | Column::End | Column::Severity) || self.is_length()
    }

    /// Whether it is a length of time.
    pub fn is_length(self) -> bool {
        self == Column::Duration || self.measured(&ALL_KNOWN).is_some()
    }

    /// Whether its cells are words of the reports, of any length.
    pub fn is_words(self) -> bool {
        matches!(self, Column::Organization | Column::Title | Column::Services | Column::Tags | Column::File)
    }

    /// The length that it shows, in minutes, of those that are measured from the start of the impact.
    pub fn measured(self, metrics: &Metrics) -> Option<f64> {
        match self {
            Column::Detect => metrics.detect,
            Column::Acknowledge => metrics.acknowledge,
            Column::Identify => metrics.identify,
            Column::Mitigate => metrics.mitigate,
            Column::Restore => metrics.restore,
            Column::Resolve => metrics.resolve,
            Column::Lag => metrics.publication_lag,
            _ => None,
        }
    }

    /// Whether an end, a status or a length of an incident was worked out.
    pub fn is_inferred(self, incident: &Incident) -> bool {
        let milestones = &incident.milestones;
        let certainty = |edge: Option<&Edge>| edge.map_or(Certainty::Inferred, |edge| edge.certainty);
        let end = match self {
            Column::End => return certainty(incident.impact.end()) == Certainty::Inferred,
            Column::Status => return incident.status.as_ref().is_some_and(|status| status.certainty == Certainty::Inferred),
            Column::Detect => certainty(milestones.detected.as_ref()),
            Column::Acknowledge => certainty(milestones.acknowledged.as_ref()),
            Column::Identify => certainty(milestones.identified.as_ref()),
            Column::Mitigate => certainty(milestones.mitigated.as_ref()),
            Column::Restore => certainty(incident.impact.end()),
            Column::Resolve => certainty(milestones.resolved.as_ref()),
            Column::Lag => Certainty::Stated,
            _ => return false,
        };
        end.min(certainty(incident.impact.start())) == Certainty::Inferred
    }

    /// What of a row is sorted by it where that is a text.
    pub(super) fn text(self, row: &Indexed) -> Option<&str> {
        match self {
            Column::Organization => row.organization(),
            Column::Title => Some(row.title()),
            Column::Services => row.services().next().map(|service| service.group),
            Column::Tags => row.tags().next(),
            Column::Format => Some(row.format.name()),
            Column::File => Some(&row.entry.source.path),
            _ => None,
        }
    }
}

const ALL_KNOWN: Metrics = Metrics {
    detect: Some(0.0),
    acknowledge: Some(0.0),
    identify: Some(0.0),
    mitigate: Some(0.0),
    restore: Some(0.0),
    resolve: Some(0.0),
    publication_lag: Some(0.0),
};

/// The columns that a table shows, in order, each once and at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns(Vec<Column>);

impl Default for Columns {
    fn default() -> Self {
        Self(vec![Column::Severity, Column::Start, Column::Duration, Column::Organization, Column::Title, Column::Services])
    }
}

impl FromStr for Columns {
    type Err = String;

    /// Reads names with commas between them.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut columns = Vec::new();
        for name in text.split(',').map(str::trim) {
            let column = Column::find(name)?;
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        Ok(Self(columns))
    }
}

impl Columns {
    /// The columns, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Column> + '_ {
        self.0.iter().copied()
    }

    /// Whether it shows a column.
    pub fn has(&self, column: Column) -> bool {
        self.0.contains(&column)
    }

    /// Takes a column out, unless it is the only one; or puts it where it stands among all of them.
    pub fn toggle(&mut self, column: Column) {
        if !self.has(column) {
            let at = self.0.iter().position(|other| *other > column).unwrap_or(self.0.len());
            self.0.insert(at, column);
        } else if self.0.len() > 1 {
            self.0.retain(|other| *other != column);
        }
    }
}

impl fmt::Display for Columns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iter().map(Column::name).collect::<Vec<_>>().join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn are_read_by_their_names_and_those_of_filters() {
        let read = |text: &str| text.parse::<Columns>().map(|columns| columns.to_string());
        assert_eq!(read("title,start").unwrap(), "title,start");
        assert_eq!(read(" sev, ORG,ttd,lasted,sev").unwrap(), "severity,organization,detect,duration");
        let all = Column::ALL.iter().map(|column| column.name()).collect::<Vec<_>>().join(",");
        assert_eq!(read(&all).unwrap(), all);
        assert_eq!(read(&Columns::default().to_string()), Ok(Columns::default().to_string()));
        assert!(
            read("title,severty")
                .unwrap_err()
                .starts_with("there is no column “severty”; did you mean “severity”? The columns are severity, start,")
        );
        assert!(read("").unwrap_err().starts_with("there is no column “”; the columns are"));
        assert!(read("text").is_err() && read("title,,start").is_err());
    }

    #[test]
    fn are_switched_in_their_places() {
        let mut columns = Columns::default();
        columns.toggle(Column::Detect);
        columns.toggle(Column::End);
        columns.toggle(Column::Organization);
        assert_eq!(columns.to_string(), "severity,start,end,duration,title,services,detect");
        let mut one: Columns = "title".parse().unwrap();
        one.toggle(Column::Title);
        assert_eq!(one.to_string(), "title");
    }

    #[test]
    fn every_column_but_the_file_is_a_field_of_its_own() {
        let fields: std::collections::BTreeSet<_> = Column::ALL.iter().filter_map(|column| column.field()).map(Field::name).collect();
        assert_eq!(fields.len(), Column::ALL.len() - 1);
        let lengths: Vec<_> = Column::ALL.iter().filter(|column| column.is_length()).map(|column| column.name()).collect();
        assert_eq!(lengths, ["duration", "detect", "ack", "identify", "mitigate", "restore", "resolve", "lag"]);
    }
}
