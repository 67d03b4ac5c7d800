//! Incidents made by hand, with sources in which every cited word really stands.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use sevline::diagnostic::{Code, Diagnostic};
use sevline::incident::*;
use sevline::library::{Entry, Origin};
use sevline::source::{Cite, Source, Span};
use std::sync::Arc;

/// A local clock an hour east of UTC.
pub fn local(_: DateTime<Utc>) -> FixedOffset {
    FixedOffset::east_opt(3600).unwrap()
}

/// Five incidents: two with all there is, one half open, one nearly empty and hostile, one still open.
pub fn entries() -> Vec<Arc<Entry>> {
    vec![crm(), batch(), partners(), nothing(), open()]
}

const CRM: &str = "Partial service outage preventing users from accessing the CRM

Incident Report for Bloomerang

Postmortem

Summary
On 2024-03-21 from 18:04 UTC to 18:57 UTC users could not open the CRM. At 18:04 UTC our monitoring alerted us.
At 18:18 UTC an engineer began to look. At 18:40 UTC we limited the API.

Root cause
A sudden increase in API usage by one integration exhausted the database's connections. The limit on connections had been raised in \
the spring without raising the pool of the replica that serves the constituent search, so that every page of the CRM waited for it.

Remediation
* Rate limits on the public API (done)
* Alert on connection pools, by 2024-04-15
Posted Mar 22, 2024 - 15:00 UTC

Resolved
This incident has been resolved. It lasted about one hour.
Posted Mar 21, 2024 - 19:48 UTC

Monitoring
A fix has been implemented and we are monitoring the results.
Posted Mar 21, 2024 - 19:05 UTC

Investigating
We are investigating reports of a partial outage.
Posted Mar 21, 2024 - 18:30 UTC
";

fn crm() -> Arc<Entry> {
    let mut make = Make::new("bloomerang/2024-03-21.txt", CRM);
    make.title("Partial service outage preventing users from accessing the CRM").organization("Bloomerang");
    make.severity(Severity::High, Certainty::Inferred, "Partial service outage").service("CRM").service("API");
    make.window("2024-03-21T18:04", Some("2024-03-21T18:57"), "18:04 UTC", "18:57 UTC", None, Certainty::Stated);
    make.phase(Lane::Impact, PhaseKind::PartialOutage, "2024-03-21T18:04", Some("2024-03-21T18:57"), Certainty::Stated);
    make.phase(Lane::Response, PhaseKind::Investigating, "2024-03-21T18:30", Some("2024-03-21T19:05"), Certainty::Stated);
    make.phase(Lane::Response, PhaseKind::Monitoring, "2024-03-21T19:05", Some("2024-03-21T19:48"), Certainty::Stated);
    make.event(EventKind::Detected, "2024-03-21T18:04", "18:04 UTC", "our monitoring alerted us");
    make.event(EventKind::Acknowledged, "2024-03-21T18:18", "18:18 UTC", "an engineer began to look");
    make.event(EventKind::Investigating, "2024-03-21T18:30", "18:30 UTC", "We are investigating reports of a partial outage.");
    make.event(EventKind::Mitigated, "2024-03-21T18:40", "18:40 UTC", "we limited the API");
    make.event(EventKind::Recovered, "2024-03-21T18:57", "18:57 UTC", "users could not open the CRM");
    make.event(EventKind::Monitoring, "2024-03-21T19:05", "19:05 UTC", "A fix has been implemented");
    make.event(EventKind::Resolved, "2024-03-21T19:48", "19:48 UTC", "This incident has been resolved.");
    make.event(EventKind::Published, "2024-03-22T15:00", "15:00 UTC", "Postmortem");
    make.posted("2024-03-21T18:30", "2024-03-21T19:48").summary("users could not open the CRM").cause(
        "A sudden increase in API usage by one integration exhausted the database's connections. The limit on connections had been \
         raised in the spring without raising the pool of the replica that serves the constituent search, so that every page of the \
         CRM waited for it.",
    );
    make.action("Rate limits on the public API", ActionState::Done, None);
    make.action("Alert on connection pools", ActionState::Open, NaiveDate::from_ymd_opt(2024, 4, 15));
    let cite = make.cite("about one hour");
    make.incident.impact.stated_minutes = Some(Fact::stated(60.0, cite));
    let finding = Diagnostic::new(Code::DurationMismatch, "the report states 60 minutes; its window is 53", Some(cite));
    make.incident.diagnostics.push(finding.help("both are kept; the window is shown"));
    make.done()
}

const BATCH: &str = "Unavailability of our services
Incident Report for Batch
The first one starting at 9:54 UTC, ending at 9:57 UTC.
The second one starting at 10:15 UTC, ending at 10:21 UTC.
The private network was cut.
At 10:02 UTC we began to look.
Posted Feb 16, 2021 - 12:09 UTC
";

fn batch() -> Arc<Entry> {
    let mut make = Make::new("batch/2021-02-16.txt", BATCH);
    make.title("Unavailability of our services").organization("Batch").severity(Severity::High, Certainty::Inferred, "Unavailability");
    make.service("Dashboard").service("APIs");
    make.window("2021-02-16T09:54", Some("2021-02-16T09:57"), "9:54 UTC", "9:57 UTC", Some("First downtime"), Certainty::Stated);
    make.window("2021-02-16T10:15", Some("2021-02-16T10:21"), "10:15 UTC", "10:21 UTC", Some("Second downtime"), Certainty::Stated);
    make.phase(Lane::Impact, PhaseKind::Outage, "2021-02-16T09:54", Some("2021-02-16T09:57"), Certainty::Stated);
    make.phase(Lane::Impact, PhaseKind::Outage, "2021-02-16T10:15", Some("2021-02-16T10:21"), Certainty::Stated);
    make.phase(Lane::Response, PhaseKind::Investigating, "2021-02-16T10:02", Some("2021-02-16T12:09"), Certainty::Inferred);
    make.event(EventKind::Detected, "2021-02-16T09:54", "9:54 UTC", "The first one starting");
    make.event(EventKind::Acknowledged, "2021-02-16T10:02", "10:02 UTC", "we began to look");
    make.event(EventKind::Resolved, "2021-02-16T12:09", "12:09 UTC", "Posted");
    make.posted("2021-02-16T10:02", "2021-02-16T12:09").cause("The private network was cut.");
    make.done()
}

const PARTNERS: &str = "Channel Partners Service Degradation
Severity: Minor
2026-03-28 00:00 to 01:20, slow search
";

fn partners() -> Arc<Entry> {
    let mut make = Make::new("partners.md", PARTNERS);
    make.title("Channel Partners Service Degradation").organization("Channel Partners");
    make.severity(Severity::Medium, Certainty::Stated, "Minor").service("Search");
    make.incident.severity_label = Some("Minor".into());
    make.window("2026-03-28T00:00", Some("2026-03-28T01:20"), "00:00", "01:20", None, Certainty::Stated);
    make.phase(Lane::Impact, PhaseKind::Degradation, "2026-03-28T00:00", Some("2026-03-28T01:20"), Certainty::Stated);
    make.done()
}

const NOTHING: &str = "evil\u{1b}[2J \u{202e}title 事故報告\nnothing else is known\n";

fn nothing() -> Arc<Entry> {
    let mut make = Make::new("z/\u{1b}]0;x.txt", NOTHING);
    make.title("evil\u{1b}[2J \u{202e}title 事故報告");
    make.incident.diagnostics.push(Diagnostic::new(Code::NoTimes, "no time was found", None));
    make.done()
}

const OPEN: &str = "Login fails in Europe
Example Identity
SEV1 since about 23:10 UTC on 2026-11-19, team paged at 23:40 UTC
";

fn open() -> Arc<Entry> {
    let mut make = Make::new("login.md", OPEN);
    make.title("Login fails in Europe").organization("Example Identity").severity(Severity::Critical, Certainty::Stated, "SEV1");
    make.service("Login");
    make.window("2026-11-19T23:10", None, "23:10 UTC", "", None, Certainty::Inferred);
    make.phase(Lane::Impact, PhaseKind::Outage, "2026-11-19T23:10", None, Certainty::Inferred);
    make.phase(Lane::Response, PhaseKind::Undetected, "2026-11-19T23:10", Some("2026-11-19T23:40"), Certainty::Inferred);
    make.phase(Lane::Response, PhaseKind::Investigating, "2026-11-19T23:40", None, Certainty::Stated);
    make.event(EventKind::Onset, "2026-11-19T23:10", "23:10 UTC", "Login fails");
    make.event(EventKind::Detected, "2026-11-19T23:40", "23:40 UTC", "team paged");
    for event in &mut make.incident.events {
        event.approximate = event.kind == EventKind::Onset;
        event.offset_seconds = Some(-5 * 3600);
    }
    make.done()
}

/// Builds one incident over its text.
pub struct Make {
    source: Source,
    pub incident: Incident,
}

impl Make {
    pub fn new(path: &str, text: &str) -> Self {
        let source = Source::decode(path, text.into());
        let extent = source.cite(Span::new(0..text.len()));
        let source_ref = SourceRef { path: path.into(), index: 0, format: Format::StatuspageText, url: None };
        let incident = Incident {
            id: path.into(),
            source: source_ref,
            kind: IncidentKind::Incident,
            title: None,
            organization: None,
            status: None,
            severity: None,
            severity_label: None,
            services: Vec::new(),
            components: Vec::new(),
            regions: Vec::new(),
            impact: Impact::default(),
            communication: None,
            phases: Vec::new(),
            events: Vec::new(),
            summary: None,
            customer_impact: None,
            root_cause: None,
            resolution: None,
            lessons: Vec::new(),
            action_items: Vec::new(),
            diagnostics: Vec::new(),
            extent,
        };
        Self { source, incident }
    }

    pub fn cite(&self, words: &str) -> Cite {
        let at = self.source.text().find(words).unwrap_or_else(|| panic!("no '{words}' in the source"));
        self.source.cite(Span::new(at..at + words.len()))
    }

    fn fact(&self, words: &str) -> Fact<String> {
        Fact::stated(words.to_owned(), self.cite(words))
    }

    pub fn title(&mut self, words: &str) -> &mut Self {
        self.incident.title = Some(self.fact(words));
        self
    }

    pub fn organization(&mut self, words: &str) -> &mut Self {
        self.incident.organization = Some(self.fact(words));
        self
    }

    pub fn service(&mut self, words: &str) -> &mut Self {
        let cite = self.source.text().find(words).map(|at| self.source.cite(Span::new(at..at + words.len())));
        self.incident.services.push(Fact { value: words.into(), certainty: Certainty::Stated, cites: cite.into_iter().collect() });
        self
    }

    pub fn severity(&mut self, value: Severity, certainty: Certainty, words: &str) -> &mut Self {
        self.incident.severity = Some(Fact { value, certainty, cites: vec![self.cite(words)] });
        self
    }

    pub fn summary(&mut self, words: &str) -> &mut Self {
        self.incident.summary = Some(self.fact(words));
        self
    }

    pub fn cause(&mut self, words: &str) -> &mut Self {
        self.incident.root_cause = Some(self.fact(words));
        self
    }

    pub fn posted(&mut self, start: &str, end: &str) -> &mut Self {
        self.incident.communication = Some(Communication { start: at(start), end: at(end) });
        self
    }

    pub fn action(&mut self, text: &str, state: ActionState, due: Option<NaiveDate>) -> &mut Self {
        let cite = self.cite(text);
        self.incident.action_items.push(ActionItem { text: text.into(), state, horizon: None, due, owner: None, cite });
        self
    }

    pub fn window(&mut self, start: &str, end: Option<&str>, from: &str, to: &str, label: Option<&str>, certainty: Certainty) {
        let edge = |time: &str, words: &str| Edge { at: at(time), certainty, approximate: false, cites: vec![self.cite(words)] };
        let window = Window { start: Some(edge(start, from)), end: end.map(|end| edge(end, to)), label: label.map(str::to_owned) };
        self.incident.impact.windows.push(window);
    }

    pub fn phase(&mut self, lane: Lane, kind: PhaseKind, start: &str, end: Option<&str>, certainty: Certainty) {
        let (start, end) = (at(start), end.map(at));
        self.incident.phases.push(Phase { lane, kind, label: None, start, end, certainty, cites: Vec::new() });
    }

    pub fn event(&mut self, kind: EventKind, time: &str, written: &str, text: &str) {
        let cites = vec![self.cite(text)];
        self.incident.events.push(Event {
            at: Some(at(time)),
            date: None,
            kind,
            text: text.into(),
            written: written.into(),
            offset_seconds: Some(0),
            precision: Precision::Minute,
            approximate: false,
            certainty: Certainty::Stated,
            basis: "as written".into(),
            cites,
        });
    }

    pub fn done(self) -> Arc<Entry> {
        Arc::new(Entry { incident: self.incident, origin: Origin::Memory(self.source.text().as_bytes().into()) })
    }
}

fn at(text: &str) -> Instant {
    format!("{text}:00Z").parse().unwrap()
}
