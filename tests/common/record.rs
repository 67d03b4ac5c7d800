//! Incidents for what is printed: nothing known, everything known, and one text everywhere. Their words have no source.

use chrono::{NaiveDate, Timelike};
use sevline::basis::{Derivation, FormPart, Given, Placed, Rule};
use sevline::diagnostic::{Code, Diagnostic};
use sevline::incident::*;
use sevline::source::{Cite, Span};

/// Words on `line`.
pub fn cite(line: u32) -> Cite {
    Cite { span: Span { start: line * 10, end: line * 10 + 5 }, line }
}

/// A moment of 4 October 2023.
pub fn at(hour: u32, minute: u32) -> Instant {
    NaiveDate::from_ymd_opt(2023, 10, 4).unwrap().and_hms_opt(hour, minute, 0).unwrap().and_utc()
}

fn edge(hour: u32, minute: u32) -> Edge {
    Edge { at: at(hour, minute), ..edge_of(Certainty::Stated, vec![cite(hour)]) }
}

/// One end of a window that a range tells.
pub fn edge_of(certainty: Certainty, cites: Vec<Cite>) -> Edge {
    let moment = Some(Basis::Placed(Placed { clock: true, date: Some(Given::DateOfUpdates), ..Placed::default() }));
    Edge { at: at(0, 0), certainty, approximate: false, basis: Basis::Ruled(Rule::Range), moment, alternatives: vec![], cites }
}

/// A moment in the timeline.
pub fn event(kind: EventKind, at: Instant, text: &str) -> Event {
    Event {
        at: Some(at),
        date: None,
        kind,
        text: text.into(),
        written: at.format("%H:%M UTC").to_string(),
        offset_seconds: Some(0),
        precision: Precision::Minute,
        approximate: false,
        certainty: Certainty::Stated,
        basis: Basis::Placed(Placed { clock: true, date: Some(Given::DateOfUpdates), ..Placed::default() }),
        alternatives: vec![],
        cites: vec![cite(at.hour())],
    }
}

/// A file of which nothing could be read.
pub fn bare() -> Incident {
    Incident {
        id: "mail".into(),
        source: SourceRef { path: "mail.txt".into(), index: 0, format: Format::Text, url: None },
        kind: IncidentKind::Incident,
        title: None,
        organization: None,
        status: None,
        severity: None,
        severity_label: None,
        services: vec![],
        components: vec![],
        regions: vec![],
        impact: Impact::default(),
        communication: None,
        phases: vec![],
        events: vec![],
        milestones: Milestones::default(),
        summary: None,
        customer_impact: None,
        root_cause: None,
        resolution: None,
        lessons: vec![],
        action_items: vec![],
        diagnostics: vec![],
        extent: cite(1),
        doubtful: None,
    }
}

/// The milestones that events of their kinds give.
pub fn milestones(events: &[Event]) -> Milestones {
    let first = |kinds: &[EventKind]| {
        let event = events.iter().find(|event| kinds.contains(&event.kind) && event.at.is_some())?;
        let (certainty, approximate, basis) = (event.certainty, event.approximate, Basis::Ruled(Rule::Marks));
        let (moment, alternatives) = (Some(event.basis), event.alternatives.clone());
        Some(Edge { at: event.at?, certainty, approximate, basis, moment, alternatives, cites: event.cites.clone() })
    };
    Milestones {
        detected: first(&[EventKind::Detected]),
        acknowledged: first(&[EventKind::Acknowledged, EventKind::Investigating]),
        identified: first(&[EventKind::Identified]),
        mitigated: first(&[EventKind::Mitigated]),
        resolved: first(&[EventKind::Resolved]),
    }
}

/// Two outages in one incident, with every kind of fact.
pub fn whole() -> Incident {
    let stated = |text: &str, line| Fact::stated(text.to_owned(), cite(line), Basis::Form(FormPart::Title));
    let window = |label: &str, start, end| Window { start: Some(start), end: Some(end), label: Some(label.into()) };
    let (certainty, basis) = (Certainty::Stated, Basis::Derived(Derivation::Windows));
    let phase = |lane, kind, start, end| Phase { lane, kind, label: None, start, end, certainty, basis, cites: vec![cite(9)] };
    let guess = Event {
        approximate: true,
        certainty: Certainty::Inferred,
        offset_seconds: Some(3600),
        written: "half a minute later".into(),
        ..event(EventKind::Mitigated, at(13, 36), "senders were moved away")
    };
    let undated = Event {
        at: None,
        date: NaiveDate::from_ymd_opt(2023, 10, 6),
        precision: Precision::Day,
        offset_seconds: None,
        written: "6 October".into(),
        ..event(EventKind::Published, at(11, 0), "post-mortem published")
    };
    let events = vec![
        event(EventKind::Detected, at(13, 6), "the queue of unsent messages passed its limit"),
        guess,
        event(EventKind::Resolved, at(15, 2), "Every message has been sent."),
        undated,
    ];
    Incident {
        id: "wrenbury-relay-2023-10-04-relay-service-refuses-messages-twice".into(),
        source: SourceRef { path: "relays/wrenbury.txt".into(), index: 0, format: Format::StatuspageText, url: None },
        title: Some(stated("Relay service refuses messages twice", 1)),
        organization: Some(stated("Wrenbury Relay", 2)),
        status: Some(Fact::stated(Status::Resolved, cite(3), Basis::Form(FormPart::LastPost))),
        severity: Some(Fact::inferred(Severity::High, vec![cite(17), cite(18)], Basis::Ruled(Rule::WordsOfTitle))),
        services: vec![stated("Console", 4), stated("Parcel labels", 5)],
        components: vec![Component { group: Some("Shared Parts".into()), name: "Console".into(), cite: cite(4) }],
        impact: Impact {
            windows: vec![window("First refusal", edge(13, 6), edge(13, 11)), window("Second refusal", edge(13, 29), edge(13, 36))],
            stated_minutes: Some(Fact::stated(9.5, cite(6), Basis::Ruled(Rule::LengthTold))),
        },
        communication: Some(Communication { start: at(13, 17), end: at(15, 2) }),
        phases: vec![
            phase(Lane::Impact, PhaseKind::Outage, at(13, 6), Some(at(13, 11))),
            phase(Lane::Response, PhaseKind::Investigating, at(13, 17), None),
        ],
        milestones: milestones(&events),
        events,
        summary: Some(stated(
            "Two short outages.\nBoth came from one query that read the whole of a table which nobody had expected to grow so large in so little time.",
            7,
        )),
        root_cause: Some(stated("A query without an index.", 8)),
        lessons: vec![stated("Test with real sizes.", 9)],
        action_items: vec![ActionItem {
            text: "Add the index".into(),
            state: ActionState::Open,
            horizon: Some(Horizon::ShortTerm),
            due: NaiveDate::from_ymd_opt(2023, 11, 1),
            owner: Some("Data team".into()),
            cite: cite(12),
        }],
        diagnostics: vec![
            Diagnostic::new(Code::DurationMismatch, "the report states 9.5 minutes; its windows are 12", Some(cite(7)))
                .help("the windows are shown"),
        ],
        ..bare()
    }
}

/// An incident that says `text` wherever a report can say something.
pub fn saying(text: &str) -> Incident {
    let fact = || Fact::stated(text.to_owned(), cite(1), Basis::Form(FormPart::Title));
    let mut incident = whole();
    incident.id = text.into();
    incident.source.path = text.into();
    incident.source.url = Some(text.into());
    incident.severity_label = Some(text.into());
    incident.doubtful = Some(text.into());
    for said in [&mut incident.title, &mut incident.organization, &mut incident.summary, &mut incident.root_cause] {
        *said = Some(fact());
    }
    for said in [&mut incident.customer_impact, &mut incident.resolution] {
        *said = Some(fact());
    }
    for said in [&mut incident.services, &mut incident.regions, &mut incident.lessons] {
        *said = vec![fact(), fact()];
    }
    incident.components = vec![Component { group: Some(text.into()), name: text.into(), cite: cite(1) }];
    for window in &mut incident.impact.windows {
        window.label = Some(text.into());
    }
    for phase in &mut incident.phases {
        phase.label = Some(text.into());
    }
    for event in &mut incident.events {
        (event.text, event.written) = (text.into(), text.into());
    }
    // One event has neither an instant nor a date: only its words are left to show.
    incident.events.extend(incident.events.last().cloned().map(|event| Event { date: None, ..event }));
    for item in &mut incident.action_items {
        (item.text, item.owner) = (text.into(), Some(text.into()));
    }
    for diagnostic in &mut incident.diagnostics {
        (diagnostic.message, diagnostic.help) = (text.into(), Some(text.into()));
    }
    incident
}
