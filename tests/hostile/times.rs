//! Rows 48 to 57: times that cannot be, or can be twice.

use crate::lab::{Case, Lab, api, case, leave, mail_at};
use sevline::diagnostic::Code;
use sevline::incident::Incident;

pub const CASES: &[Case] = &[
    case(48, "an end before its start", "flagged; the start is kept, and no window of negative length is made", |lab| {
        let incident = read(lab, "From 2024-05-03 14:57 UTC to 2024-05-03 14:04 UTC");
        assert!(has(&incident, Code::EndBeforeStart), "{incident:?}");
        assert_eq!(start(&incident).as_deref(), Some("2024-05-03T14:57:00+00:00"));
        assert!(incident.impact.minutes().is_none_or(|minutes| minutes >= 0.0));
    }),
    case(49, "a time that the clocks skipped", "warned about; read as if the clock had not been moved", |lab| {
        let incident = read(lab, "Between 02:15 and 02:45 PT on 10 March 2024");
        assert!(has(&incident, Code::ClockSkipped), "{incident:?}");
        assert_eq!(start(&incident).as_deref(), Some("2024-03-10T10:15:00+00:00"));
        assert!(!has(&read(lab, "Between 03:15 and 03:45 PT on 10 March 2024"), Code::ClockSkipped));
        assert!(!has(&read(lab, "Between 02:15 and 02:45 PST on 10 March 2024"), Code::ClockSkipped), "an offset of its own has no gap");
    }),
    case(50, "a time that came twice", "told with both readings; the first is taken", |lab| {
        let incident = read(lab, "Between 01:15 and 01:45 PT on 3 November 2024");
        assert!(has(&incident, Code::ClockRepeated), "{incident:?}");
        let told = incident.diagnostics.iter().find(|found| found.code == Code::ClockRepeated).unwrap();
        assert!(told.message.contains("UTC-07:00") && told.message.contains("UTC-08:00"), "{told:?}");
        assert_eq!(start(&incident).as_deref(), Some("2024-11-03T08:15:00+00:00"));
        assert!(!has(&read(lab, "Between 01:15 and 01:45 PDT on 3 November 2024"), Code::ClockRepeated));
    }),
    case(51, "a leap second", "kept as written; the instant is the second before, which is what calendars without it have", |lab| {
        let incident = read(lab, "Between 2016-12-31 23:59:60 UTC and 2017-01-01 00:10 UTC");
        assert_eq!(start(&incident).as_deref(), Some("2016-12-31T23:59:59+00:00"));
        assert!(incident.events.iter().any(|event| event.written.contains(":60") || event.text.contains("23:59:60")), "{incident:?}");
    }),
    case(52, "years and lengths beyond the calendar", "costs the time, not the report", |lab| {
        for when in [
            "Between 14:04 and 14:57 UTC on 3 May 262143",
            "Between 14:04 and 14:57 UTC on 3 May -262144",
            "From 3 May 99999999999999999999 14:04 UTC for 99999999999999999999 minutes",
            "At 2024-13-45T99:99:99Z and T+99999999999999999999m and 99:99 UTC",
            "From 9999-12-31 23:59 UTC-23:59 for 999999999 hours",
        ] {
            let incident = read(lab, when);
            assert_eq!(incident.title.unwrap().value, "Checkout down", "{when}");
        }
    }),
    case(53, "EST, and a zone nobody knows", "the first is as written; the second is read as no zone, and that is told", |lab| {
        assert_eq!(start(&read(lab, "Between 14:04 and 14:57 EST on 3 July 2024")).as_deref(), Some("2024-07-03T19:04:00+00:00"));
        let incident = read(lab, "Between 14:04 and 14:57 QZT on 3 July 2024");
        assert!(has(&incident, Code::ZoneUnknown), "{incident:?}");
    }),
    case(54, "no zone at all", "marked as assumed", |lab| {
        assert!(has(&read(lab, "Between 14:04 and 14:57 on 3 May 2024"), Code::ZoneAssumed))
    }),
    case(55, "a span of centuries", "the axis stays finite at every zoom", |lab| {
        lab.report(
            "a.json",
            api("Long", "ok").replace("2024-05-03T14:04", "1903-05-03T14:04").replace("2024-05-03T15:04", "2102-05-03T15:04"),
        );
        lab.report("b.txt", mail_at("Longer", "From 1 January 0024 00:00 UTC to 1 January 2024 00:00 UTC"));
        lab.report("c.txt", mail_at("Longest", "From 2024-05-03 14:57 UTC to 4024-05-03 14:04 UTC"));
        let mut session = lab.open(&["--no-config", "."], "· 4 incidents");
        session.send(format!("t\t\tm{}{}0xx{}", "+".repeat(60), "-".repeat(90), "]".repeat(9)));
        session.wait_for("Timeline · 4 incidents");
        leave(session);
    }),
    case(56, "a phase without length", "one cell; the window is kept as a moment, not as an hour", |lab| {
        let incident = read(lab, "Between 14:04 and 14:04 UTC on 3 May 2024");
        assert!(incident.impact.minutes().is_none_or(|minutes| minutes == 0.0), "{incident:?}");
        assert_eq!(start(&incident).as_deref(), Some("2024-05-03T14:04:00+00:00"));
        lab.show("a.txt", "Checkout down");
        lab.report("b.json", api("A moment", "ok").replace("14:04:00", "15:04:00"));
        // Of what was filed when it was over nobody knows how long it was.
        assert_eq!(lab.record("b.json")["impact"]["duration_minutes"], serde_json::Value::Null);
        lab.show("b.json", "A moment");
    }),
    case(57, "thousands of incidents at one time", "drawn without one row for each; overlaps are counted", |lab| {
        let began = "{\"status\":\"investigating\",\"body\":\"Looking\",\"created_at\":\"2024-05-03T14:04:00Z\"},";
        let one = api("Login down", "ok").replace("_updates\":[", &format!("_updates\":[{began}"));
        let (head, rest) = one.split_once('[').unwrap();
        let incident = rest.strip_suffix("]}").unwrap();
        lab.write("a.json", format!("{head}[{}]}}", vec![incident; 1000].join(",")));
        let told = lab.run(&["timeline", "a.json"]);
        assert!(told.out.contains("1000 incidents overlap others in time"), "{told:?}");
        let mut session = lab.open(&["--no-config", "a.json"], "· 1000 incidents");
        session.send("t\t\tmG");
        session.wait_for("1000 of 1000");
        leave(session);
    }),
];

fn read(lab: &Lab, when: &str) -> Incident {
    lab.report("a.txt", mail_at("Checkout down", when));
    lab.incident("a.txt")
}

fn has(incident: &Incident, code: Code) -> bool {
    incident.diagnostics.iter().any(|found| found.code == code)
}

fn start(incident: &Incident) -> Option<String> {
    incident.start().map(|at| at.to_rfc3339())
}
