//! Incidents that sevline itself has exported, as they were: nothing of them is read anew.

use crate::basis::{Basis, FormPart};
use crate::document::{Format, IncidentKind};
use crate::format::records::json_tree;
use crate::format::tree::Node;
use crate::incident::*;
use crate::sanitize;
use crate::source::{Cite, Source};
use chrono::{DateTime, NaiveDate};

/// What every record names that is read here.
const SCHEMA: &str = "sevline/incident/v1";

/// The incidents of an export, as one list or a record a line; none of any other file.
pub fn read(source: &Source) -> Option<Vec<Incident>> {
    let text = source.text();
    let head = text.get(..text.floor_char_boundary(text.len().min(200)))?;
    let starts = head.trim_start().starts_with(['{', '[']) && head.contains("\"schema\"") && head.contains(SCHEMA);
    let root = starts.then(|| json_tree(text))?;
    let records: Vec<&Node> = root.items().iter().filter(|item| item.is_map()).collect();
    let own = |record: &&Node| words(record.get("schema")) == Some(SCHEMA);
    if records.is_empty() || !records.iter().all(own) {
        return None;
    }
    Some(records.iter().enumerate().map(|(index, record)| Record { source, node: record }.incident(index)).collect())
}

const BASIS: Basis = Basis::Form(FormPart::Export);

fn words<'n>(node: Option<&'n Node>) -> Option<&'n str> {
    Some(node?.text()?.as_str())
}

/// A part of an exported record.
#[derive(Clone, Copy)]
struct Record<'s, 'n, 'a> {
    source: &'s Source,
    node: &'n Node<'a>,
}

impl<'s, 'n, 'a> Record<'s, 'n, 'a> {
    fn at(self, node: &'n Node<'a>) -> Self {
        Self { node, ..self }
    }

    fn text(self, key: &str) -> Option<String> {
        words(self.node.get(key)).map(str::to_owned)
    }

    fn cite(self) -> Cite {
        self.source.cite(self.node.span)
    }

    /// The value of a key that has a name in exports.
    fn named<T>(self, key: &str, name: impl Fn(&str) -> Option<T>) -> Option<T> {
        words(self.node.get(key)).and_then(name)
    }

    fn certainty(self, key: &str) -> Certainty {
        self.named(key, Certainty::from_name).unwrap_or(Certainty::Inferred)
    }

    fn fact<T>(self, key: &str, read: impl Fn(&str) -> Option<T>) -> Option<Fact<T>> {
        let node = self.node.get(key)?;
        Some(Fact::stated(read(words(Some(node))?)?, self.at(node).cite(), BASIS))
    }

    fn list(self, key: &str) -> impl Iterator<Item = Record<'s, 'n, 'a>> {
        self.node.get(key).map(Node::items).unwrap_or_default().iter().map(move |item| self.at(item))
    }

    fn facts(self, key: &str) -> Vec<Fact<String>> {
        self.list(key).filter_map(|item| Some(Fact::stated(words(Some(item.node))?.to_owned(), item.cite(), BASIS))).collect()
    }

    fn edge(self, key: &str, certainty: Certainty) -> Option<Edge> {
        let node = self.node.get(key)?;
        let at = instant(words(Some(node))?)?;
        Some(Edge {
            at,
            certainty,
            approximate: false,
            basis: BASIS,
            moment: None,
            alternatives: Vec::new(),
            cites: vec![self.at(node).cite()],
        })
    }

    fn incident(self, index: usize) -> Incident {
        let own = |text: &str| Some(text.to_owned());
        let events: Vec<Event> = self.list("events").map(Record::event).collect();
        let phases: Vec<Phase> = self.list("phases").filter_map(Record::phase).collect();
        // The record names no kind; planned work has a phase or an event of its own.
        let planned = phases.iter().any(|phase| phase.kind == PhaseKind::Maintenance)
            || events.iter().any(|event| event.kind == EventKind::Maintenance);
        let milestone = |key: &str| {
            let told = self.at(self.node.get("milestones")?.get(key)?);
            told.edge("at", told.certainty("certainty"))
        };
        let severity = self.fact("severity", Severity::from_name);
        let said = self.node.get("communication").map(|node| self.at(node));
        let moment = |record: Self, key: &str| record.named(key, instant);
        Incident {
            id: self.text("id").unwrap_or_default(),
            source: SourceRef {
                path: self.source.name().to_owned(),
                index: u32::try_from(index).unwrap_or(u32::MAX),
                format: Format::Json,
                url: self.node.get("source").and_then(|node| self.at(node).text("url")).filter(|url| sanitize::is_address(url)),
            },
            kind: if planned { IncidentKind::Maintenance } else { IncidentKind::Incident },
            title: self.fact("title", own),
            organization: self.fact("organization", own),
            status: self.fact("status", Status::from_name),
            severity: severity.map(|severity| Fact { certainty: self.certainty("severity_certainty"), ..severity }),
            severity_label: self.text("severity_label"),
            services: self.facts("services"),
            components: self
                .list("components")
                .filter_map(|part| Some(Component { group: part.text("group"), name: part.text("name")?, cite: part.cite() }))
                .collect(),
            regions: self.facts("regions"),
            impact: self.node.get("impact").map(|node| self.at(node).impact()).unwrap_or_default(),
            communication: said.and_then(|said| Some(Communication { start: moment(said, "start")?, end: moment(said, "end")? })),
            phases,
            events,
            milestones: Milestones {
                detected: milestone("detected"),
                acknowledged: milestone("acknowledged"),
                identified: milestone("identified"),
                mitigated: milestone("mitigated"),
                resolved: milestone("resolved"),
            },
            summary: self.fact("summary", own),
            customer_impact: self.fact("customer_impact", own),
            root_cause: self.fact("root_cause", own),
            resolution: self.fact("resolution", own),
            lessons: self.facts("lessons"),
            action_items: self.list("action_items").filter_map(Record::action).collect(),
            diagnostics: Vec::new(),
            extent: self.cite(),
            doubtful: self.text("doubtful_because"),
        }
    }

    /// The windows, the first start and the last end as surely as the record says of them.
    fn impact(self) -> Impact {
        let (start, end) = (self.named("start", instant), self.named("end", instant));
        let edge = |record: Self, key: &str, most: Option<Instant>, of: &str| {
            let certainty = record.certainty("certainty");
            let edge = record.edge(key, certainty)?;
            let certainty = if Some(edge.at) == most { self.certainty(of) } else { certainty };
            Some(Edge { certainty, ..edge })
        };
        let window = |record: Self| Window {
            start: edge(record, "start", start, "start_certainty"),
            end: edge(record, "end", end, "end_certainty"),
            label: record.text("label"),
        };
        Impact {
            windows: self.list("windows").map(window).collect(),
            stated_minutes: self.fact("stated_duration_minutes", |text| text.parse().ok()),
        }
    }

    fn phase(self) -> Option<Phase> {
        Some(Phase {
            lane: self.named("lane", Lane::from_name)?,
            kind: self.named("kind", PhaseKind::from_name)?,
            label: self.text("label"),
            start: self.named("start", instant)?,
            end: self.named("end", instant),
            certainty: self.certainty("certainty"),
            basis: BASIS,
            cites: vec![self.cite()],
        })
    }

    fn event(self) -> Event {
        let offset = self.named("local", |local| DateTime::parse_from_rfc3339(local).ok()).map(|local| local.offset().local_minus_utc());
        Event {
            at: self.named("at", instant),
            date: self.named("date", |date| date.parse::<NaiveDate>().ok()),
            kind: self.named("kind", EventKind::from_name).unwrap_or(EventKind::Other),
            text: self.text("text").unwrap_or_default(),
            written: self.text("written").unwrap_or_default(),
            offset_seconds: offset,
            precision: self.named("precision", Precision::from_name).unwrap_or(Precision::Minute),
            approximate: words(self.node.get("approximate")) == Some("true"),
            certainty: self.certainty("certainty"),
            basis: BASIS,
            alternatives: Vec::new(),
            cites: vec![self.cite()],
        }
    }

    fn action(self) -> Option<ActionItem> {
        Some(ActionItem {
            text: self.text("text")?,
            state: self.named("state", ActionState::from_name).unwrap_or(ActionState::Open),
            horizon: self.named("horizon", Horizon::from_name),
            due: self.named("due", |date| date.parse().ok()),
            owner: self.text("owner"),
            cite: self.cite(),
        })
    }
}

fn instant(text: &str) -> Option<Instant> {
    DateTime::parse_from_rfc3339(text).ok().map(|at| at.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::{self, Policy};

    #[test]
    fn what_was_exported_comes_back() {
        let record = r#"{"schema":"sevline/incident/v1","id":"a","source":{"url":null},"title":"Mail late","severity":"high","severity_label":"SEV2",
            "severity_certainty":"stated","services":["Mail"],"impact":{"start":"2026-01-09T10:02:00Z","start_certainty":"stated",
            "end":"2026-01-09T10:47:00Z","end_certainty":"inferred","windows":[{"start":"2026-01-09T10:02:00Z","end":"2026-01-09T10:47:00Z",
            "label":null,"certainty":"inferred"}]},"events":[{"at":"2026-01-09T10:02:00Z","kind":"onset","text":"it broke","written":"10:02",
            "precision":"minute","certainty":"stated"}]}"#;
        let lines = format!("{}\n{}\n", record.replace('\n', " "), record.replace('\n', " "));
        let source = Source::decode("a.ndjson", lines.into_bytes());
        let incidents = resolve::read(&source, &Policy::default()).incidents;
        assert_eq!(incidents.len(), 2);
        let Some(first) = incidents.first() else { unreachable!("two of them") };
        assert_eq!(first.impact.start().map(|edge| edge.certainty), Some(Certainty::Stated));
        assert_eq!(first.impact.end().map(|edge| edge.certainty), Some(Certainty::Inferred));
        assert_eq!(first.impact.minutes(), Some(45.0));
        assert_eq!(first.events.first().map(|event| (event.kind, event.written.as_str())), Some((EventKind::Onset, "10:02")));
        assert_eq!(first.severity.as_ref().map(|severity| severity.value), Some(Severity::High));
    }
}
