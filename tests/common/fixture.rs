//! Incidents made by hand, with sources in which every cited word really stands.

// Paths, because this file is a module of the library's tests as well.
#[path = "make.rs"]
mod make;
#[path = "record.rs"]
pub mod record;

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use make::Make;
use sevline::basis::Rule;
use sevline::diagnostic::{Code, Diagnostic};
use sevline::incident::*;
use sevline::library::{Entry, Origin};
use std::sync::Arc;

/// A local clock an hour east of UTC.
pub fn local(_: DateTime<Utc>) -> FixedOffset {
    FixedOffset::east_opt(3600).unwrap()
}

/// Five incidents: two with all there is, one half open, one nearly empty and hostile, one still open.
pub fn entries() -> Vec<Arc<Entry>> {
    vec![booking(), relay(), freight(), nothing(), open()]
}

const DOUBTFUL: &str = "A drill: all of the archive lost
Abbey Archive
SEV1 from 2027-01-05 08:00 to 2027-01-09 08:00, restored at the end.
";

/// One that may be no incident at all. It is the newest, the longest and the worst, and its names come before the others'.
pub fn doubtful() -> Arc<Entry> {
    let mut make = Make::new("drills/archive.md", DOUBTFUL);
    make.title("A drill: all of the archive lost").organization("Abbey Archive").service("archive");
    make.severity(Severity::Critical, Certainty::Stated, "SEV1");
    make.window("2027-01-05T08:00", Some("2027-01-09T08:00"), "08:00", "08:00", None, Certainty::Stated);
    make.phase(Lane::Impact, PhaseKind::Outage, "2027-01-05T08:00", Some("2027-01-09T08:00"), Certainty::Stated);
    make.incident.doubtful = Some("a drill, not an incident".into());
    make.done()
}

const BOOKING: &str = "Partial outage of the booking service leaves calendars empty

Incident Report for Thistlewick

Postmortem

Summary
On 2025-06-11 from 07:22 UTC to 08:09 UTC receptions saw an empty calendar. At 07:25 UTC a probe of ours failed.
At 07:33 UTC an engineer began to look. At 07:52 UTC we paused the import.

Root cause
The nightly import of one partner still ran in the morning and held every lock on the table of appointments. It had been moved to a \
later hour in May without a limit on its length, so that every page of the calendar waited behind it until it was paused.

Remediation
* A time limit for imports (done)
* Alert on locks held for minutes, by 2025-07-04
Posted Jun 12, 2025 - 13:00 UTC

Resolved
All calendars are complete. It took about one hour.
Posted Jun 11, 2025 - 08:58 UTC

Monitoring
The import is paused and calendars fill again.
Posted Jun 11, 2025 - 08:17 UTC

Investigating
Receptions tell us that calendars stay empty.
Posted Jun 11, 2025 - 07:45 UTC
";

fn booking() -> Arc<Entry> {
    let mut make = Make::new("thistlewick/2025-06-11.txt", BOOKING);
    make.title("Partial outage of the booking service leaves calendars empty").organization("Thistlewick");
    make.severity(Severity::High, Certainty::Inferred, "Partial outage").service("Calendar").service("API");
    make.window("2025-06-11T07:22", Some("2025-06-11T08:09"), "07:22 UTC", "08:09 UTC", None, Certainty::Stated);
    make.phase(Lane::Impact, PhaseKind::PartialOutage, "2025-06-11T07:22", Some("2025-06-11T08:09"), Certainty::Stated);
    make.phase(Lane::Response, PhaseKind::Investigating, "2025-06-11T07:45", Some("2025-06-11T08:17"), Certainty::Stated);
    make.phase(Lane::Response, PhaseKind::Monitoring, "2025-06-11T08:17", Some("2025-06-11T08:58"), Certainty::Stated);
    make.event(EventKind::Detected, "2025-06-11T07:25", "07:25 UTC", "a probe of ours failed");
    make.event(EventKind::Acknowledged, "2025-06-11T07:33", "07:33 UTC", "an engineer began to look");
    make.event(EventKind::Investigating, "2025-06-11T07:45", "07:45 UTC", "Receptions tell us that calendars stay empty.");
    make.event(EventKind::Mitigated, "2025-06-11T07:52", "07:52 UTC", "we paused the import");
    make.event(EventKind::Recovered, "2025-06-11T08:09", "08:09 UTC", "receptions saw an empty calendar");
    make.event(EventKind::Monitoring, "2025-06-11T08:17", "08:17 UTC", "The import is paused");
    make.event(EventKind::Resolved, "2025-06-11T08:58", "08:58 UTC", "All calendars are complete.");
    make.event(EventKind::Published, "2025-06-12T13:00", "13:00 UTC", "Postmortem");
    make.posted("2025-06-11T07:45", "2025-06-11T08:58").summary("receptions saw an empty calendar").cause(
        "The nightly import of one partner still ran in the morning and held every lock on the table of appointments. It had been \
         moved to a later hour in May without a limit on its length, so that every page of the calendar waited behind it until it \
         was paused.",
    );
    make.action("A time limit for imports", ActionState::Done, None);
    make.action("Alert on locks held for minutes", ActionState::Open, NaiveDate::from_ymd_opt(2025, 7, 4));
    let cite = make.cite("about one hour");
    make.incident.impact.stated_minutes = Some(Fact::stated(60.0, cite, Basis::Ruled(Rule::LengthTold)));
    let finding = Diagnostic::new(Code::DurationMismatch, "the report states 60 minutes; its window is 47", Some(cite));
    make.incident.diagnostics.push(finding.help("both are kept; the window is shown"));
    make.done()
}

const RELAY: &str = "Relay service refuses messages twice
Incident Report for Wrenbury Relay
Senders were turned away from 13:06 UTC to 13:11 UTC.
It came back from 13:29 UTC to 13:36 UTC.
A switch forgot its routes.
At 13:17 UTC we began to look.
Posted Oct 4, 2023 - 15:02 UTC
";

fn relay() -> Arc<Entry> {
    let mut make = Make::new("wrenbury/2023-10-04.txt", RELAY);
    make.title("Relay service refuses messages twice").organization("Wrenbury Relay");
    make.severity(Severity::High, Certainty::Inferred, "refuses messages").service("Console").service("APIs");
    make.window("2023-10-04T13:06", Some("2023-10-04T13:11"), "13:06 UTC", "13:11 UTC", Some("First refusal"), Certainty::Stated);
    make.window("2023-10-04T13:29", Some("2023-10-04T13:36"), "13:29 UTC", "13:36 UTC", Some("Second refusal"), Certainty::Stated);
    make.phase(Lane::Impact, PhaseKind::Outage, "2023-10-04T13:06", Some("2023-10-04T13:11"), Certainty::Stated);
    make.phase(Lane::Impact, PhaseKind::Outage, "2023-10-04T13:29", Some("2023-10-04T13:36"), Certainty::Stated);
    make.phase(Lane::Response, PhaseKind::Investigating, "2023-10-04T13:17", Some("2023-10-04T15:02"), Certainty::Inferred);
    make.event(EventKind::Detected, "2023-10-04T13:06", "13:06 UTC", "Senders were turned away");
    make.event(EventKind::Acknowledged, "2023-10-04T13:17", "13:17 UTC", "we began to look");
    make.event(EventKind::Resolved, "2023-10-04T15:02", "15:02 UTC", "Posted");
    make.posted("2023-10-04T13:17", "2023-10-04T15:02").cause("A switch forgot its routes.");
    make.done()
}

const FREIGHT: &str = "Slow search service for freight
Cobbleport
Severity: Minor
2026-02-07 03:40 to 05:05, slow search
";

fn freight() -> Arc<Entry> {
    let mut make = Make::new("freight.md", FREIGHT);
    make.title("Slow search service for freight").organization("Cobbleport");
    make.severity(Severity::Medium, Certainty::Stated, "Minor").service("Search");
    make.incident.severity_label = Some("Minor".into());
    make.window("2026-02-07T03:40", Some("2026-02-07T05:05"), "03:40", "05:05", None, Certainty::Stated);
    make.phase(Lane::Impact, PhaseKind::Degradation, "2026-02-07T03:40", Some("2026-02-07T05:05"), Certainty::Stated);
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

const PARTED: &str = "Answers take longer than usual
Merrowby Maps
On 2026-05-21 from 17:05 UTC to 18:35 UTC answers were slow.
Slower answers: ~55 minutes
Much slower answers: ~25 minutes
";

/// One whose report tells the parts of its impact, back to back, but not all of it.
pub fn parted() -> Arc<Entry> {
    let mut make = Make::new("merrowby.md", PARTED);
    make.title("Answers take longer than usual").organization("Merrowby Maps");
    make.window("2026-05-21T17:05", Some("2026-05-21T18:35"), "17:05 UTC", "18:35 UTC", None, Certainty::Stated);
    make.phase(Lane::Impact, PhaseKind::Degradation, "2026-05-21T17:05", Some("2026-05-21T18:00"), Certainty::Inferred);
    make.phase(Lane::Impact, PhaseKind::Degradation, "2026-05-21T18:00", Some("2026-05-21T18:25"), Certainty::Inferred);
    for (phase, label) in make.incident.phases.iter_mut().zip(["Slower answers", "Much slower answers"]) {
        phase.label = Some(label.into());
    }
    make.done()
}

const SPREAD: &str = "Keys of an update server leak
Larkfield Signs
On 2025-12-29 at 11:00 UTC somebody copied a key.
Broken updates went out from 2025-12-31 04:11 UTC on.
At 09:30 UTC we found the broken updates.
On 2026-01-01 at 08:00 UTC we withdrew the key.
Published 2026-01-20 10:00 UTC
";

/// One that goes on for days, over the end of a year, with a first sign of it two days before.
pub fn spread() -> Arc<Entry> {
    let mut make = Make::new("larkfield.md", SPREAD);
    make.title("Keys of an update server leak").organization("Larkfield Signs");
    make.window("2025-12-31T04:11", None, "2025-12-31 04:11 UTC", "", None, Certainty::Stated);
    make.phase(Lane::Impact, PhaseKind::Degradation, "2025-12-31T04:11", None, Certainty::Stated);
    make.event(EventKind::Other, "2025-12-29T11:00", "11:00 UTC", "somebody copied a key");
    make.event(EventKind::Onset, "2025-12-31T04:11", "04:11 UTC", "Broken updates went out");
    make.event(EventKind::Identified, "2025-12-31T09:30", "09:30 UTC", "we found the broken updates");
    make.event(EventKind::Mitigated, "2026-01-01T08:00", "08:00 UTC", "we withdrew the key");
    make.event(EventKind::Published, "2026-01-20T10:00", "10:00 UTC", "Published");
    make.done()
}

const NARROW: &str = "\
# Import queue stalled

The import queue stalled on Tuesday, 12 March 2024 during a storage migration. A follow-up fix went out on 13 March 2024.

## Timeline (UTC)

- 23:10 - Customer impact begins: import workers stop picking up jobs
- 23:25 - On-call engineer paged
- 23:58 - Bad migration identified as the cause
- 00:20 - Workers restarted, queue draining, service restored
";

/// One whose first clocks may be of either day that it tells of.
pub fn narrow() -> Arc<Entry> {
    let source = sevline::source::Source::decode("import.md", NARROW.into());
    let incident = sevline::resolve::read(&source, &Default::default()).incidents.remove(0);
    Arc::new(Entry::new(incident, Origin::Memory(NARROW.as_bytes().into())))
}
