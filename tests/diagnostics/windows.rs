//! Windows, lengths and orders of events that do not add up.

use crate::Row;
use sevline::diagnostic::Code;

/// Windows and timelines that do not add up, and those that nobody states.
pub const ROWS: &[Row] = &[
    Row {
        code: Code::DurationMismatch,
        raised: &[
            ("a.md", "# Payroll stuck\n\n**Duration:** «45 minutes»\n**Start:** 2024-03-04 10:00 UTC\n**End:** 2024-03-04 11:30 UTC\n"),
            (
                "a.txt",
                "Payroll stuck\n\nBetween 10:00 and 10:20 UTC on 4 March 2024 customers could not see payslips. The outage lasted «50 minutes».\n",
            ),
            (
                "a.md",
                "# Payroll stuck\n\n| Field | Value |\n|---|---|\n| Start | 2024-03-04 10:00 UTC |\n| End | 2024-03-04 10:30 UTC |\n| Duration | «2 hours» |\n",
            ),
        ],
        quiet: &[
            ("a.md", "# Payroll stuck\n\n**Duration:** 90 minutes\n**Start:** 2024-03-04 10:00 UTC\n**End:** 2024-03-04 11:30 UTC\n"),
            (
                "a.md",
                "# Payroll stuck\n\nBetween 10:00 and 10:20 UTC on 4 March 2024 customers could not see payslips. Exports were delayed by up to 60 minutes.\n",
            ),
            ("a.md", "# Payroll stuck\n\n**Duration:** about 1.5 hours\n**Start:** 2024-03-04 10:00 UTC\n**End:** 2024-03-04 11:28 UTC\n"),
            (
                "a.txt",
                "Payroll stuck\n\nBetween 10:00 and 10:20 UTC on 4 March 2024 customers could not see payslips. We keep logs for 30 days.\n",
            ),
        ],
    },
    Row {
        code: Code::EndBeforeStart,
        raised: &[
            ("a.md", "# Payroll stuck\n\n**Start:** 2024-03-04 11:30 UTC\n**End:** «2024-03-04 10:00 UTC»\n"),
            ("a.txt", "Payroll stuck\n\nFrom 2024-03-04 11:30 UTC to «2024-03-04 10:00 UTC» customers could not see payslips.\n"),
            (
                "a.md",
                "---\ntitle: Payroll stuck\nstarted: 2024-03-05T09:00:00Z\nended: «2024-03-04T21:00:00Z»\n---\n\nPayslips could not be seen.\n",
            ),
            (
                "a.json",
                r#"[{"id":"p1","begin":"2024-03-04T11:30:00Z","end":"«2024-03-04T10:00:00Z»","external_desc":"Payslips fail","updates":[]}]"#,
            ),
        ],
        quiet: &[
            ("a.md", "# Payroll stuck\n\n**Start:** 2024-03-04 23:30 UTC\n**End:** 2024-03-05 00:40 UTC\n"),
            ("a.txt", "Payroll stuck on 4 March 2024\n\nBetween 23:30 and 00:40 UTC customers could not see payslips.\n"),
            ("a.txt", "Payroll stuck\n\nFrom 2024-03-04 11:30 CET to 2024-03-04 10:50 UTC customers could not see payslips.\n"),
        ],
    },
    Row {
        code: Code::Reopened,
        raised: &[
            (
                "a.json",
                r#"{"incidents":[{"name":"Payslips fail","impact":"minor","incident_updates":[{"status":"resolved","body":"Over.","created_at":"2024-03-04T15:00:00Z"},{"status":"investigating","body":"It is back.","created_at":"«2024-03-04T14:00:00Z»"},{"status":"resolved","body":"Over.","created_at":"2024-03-04T11:00:00Z"},{"status":"investigating","body":"We look.","created_at":"2024-03-04T10:00:00Z"}]}]}"#,
            ),
            (
                "a.txt",
                "Payslips fail\nIncident Report for Quillpost\n\nResolved\nOver.\nPosted Mar 4, 2024 - 15:00 UTC\nMonitoring\nWe watch it again.\nPosted «Mar 4, 2024 - 14:00 UTC»\nResolved\nOver.\nPosted Mar 4, 2024 - 11:00 UTC\nInvestigating\nWe look.\nPosted Mar 4, 2024 - 10:00 UTC\n",
            ),
            (
                "a.txt",
                "Payslips fail\nIncident Report for Quillpost\n\nIdentified\nIt is the same disk.\nPosted «Mar 5, 2024 - 09:00 UTC»\nResolved\nOver.\nPosted Mar 4, 2024 - 11:00 UTC\nInvestigating\nWe look.\nPosted Mar 4, 2024 - 10:00 UTC\n",
            ),
        ],
        quiet: &[
            (
                "a.txt",
                "Payslips fail\nIncident Report for Quillpost\n\nUpdate\nThe post-mortem follows.\nPosted Mar 5, 2024 - 09:00 UTC\nResolved\nOver.\nPosted Mar 4, 2024 - 11:00 UTC\nInvestigating\nWe look.\nPosted Mar 4, 2024 - 10:00 UTC\n",
            ),
            (
                "a.txt",
                "Payslips fail\nIncident Report for Quillpost\n\nResolved\nOver.\nPosted Mar 4, 2024 - 11:00 UTC\nMonitoring\nWe watch it.\nPosted Mar 4, 2024 - 11:00 UTC\nInvestigating\nWe look.\nPosted Mar 4, 2024 - 10:00 UTC\n",
            ),
        ],
    },
    Row {
        code: Code::OvernightAssumed,
        raised: &[
            ("a.txt", "Payroll stuck\n\nBetween «14:57 and 14:04 UTC on 3 May 2024» customers could not see payslips.\n"),
            ("a.txt", "Payroll stuck on 3 May 2024\n\nFrom «09:00 until 08:30 UTC» customers could not see payslips.\n"),
            (
                "a.md",
                "# Payroll stuck\n\n- **Date:** 2024-05-03\n- **Duration:** 53 minutes\n\nPayslips failed from «14:57 to 14:04 UTC».\n",
            ),
            ("a.txt", "Payroll stuck\n\nPayslips could not be seen from «10:05 UTC on 3 May 2024 to 9:55 UTC».\n"),
        ],
        quiet: &[
            ("a.txt", "Payroll stuck\n\nBetween 23:50 and 00:40 UTC on 3 May 2024 customers could not see payslips.\n"),
            ("a.txt", "Payroll stuck\n\nBetween 22:00 and 15:30 UTC on 3 May 2024 customers could not see payslips.\n"),
            ("a.txt", "Payroll stuck\n\nFrom 14:57 UTC on 3 May 2024 to 14:04 UTC on 4 May 2024 customers could not see payslips.\n"),
            ("a.txt", "Payroll stuck\n\nFrom 14:57 UTC on 3 May 2024 to 14:04 UTC the next day customers could not see payslips.\n"),
            (
                "a.md",
                "# Payroll stuck\n\n- **Date:** 2024-05-03\n- **Duration:** 23 hours\n\nPayslips failed from 14:57 to 14:04 UTC, when the disk was full.\n",
            ),
            ("a.txt", "Payroll stuck\n\nBetween 14:04 and 14:57 UTC on 3 May 2024 customers could not see payslips.\n"),
        ],
    },
    Row {
        code: Code::EventOutsideWindow,
        raised: &[
            (
                "a.md",
                "# Payroll stuck\n\n**Start:** 2024-03-04 10:00 UTC\n**End:** 2024-03-04 11:00 UTC\n\n## Timeline\n\n- «2024-03-04 09:20 UTC» payslips fully restored\n- 2024-03-04 10:00 UTC payslips fail\n",
            ),
            (
                "a.txt",
                "Payroll stuck\n\nBetween 10:00 and 10:40 UTC on 4 March 2024 customers could not see payslips.\n\nTimeline\n\n- «11:15 UTC» - Alert pages the on-call engineer\n",
            ),
            (
                "a.md",
                "---\ntitle: Payroll stuck\nstart: 2024-03-04 10:00 UTC\nend: 2024-03-04 11:00 UTC\n---\n\nThe failure was detected at «11:45 UTC».\n",
            ),
        ],
        quiet: &[
            (
                "a.md",
                "# Payroll stuck\n\n**Start:** 2024-03-04 10:00 UTC\n**End:** 2024-03-04 11:00 UTC\n\n## Timeline\n\n- 2024-03-04 10:05 UTC alert fires\n- 2024-03-04 11:00 UTC payslips restored\n",
            ),
            (
                "a.md",
                "# Payroll stuck\n\n**Start:** 2024-03-04 10:00 UTC\n**End:** 2024-03-04 11:00 UTC\n\n## Timeline\n\n- 2024-03-04 09:30 UTC release goes out\n- 2024-03-04 12:30 UTC incident closed\n",
            ),
        ],
    },
    Row {
        code: Code::OrderViolation,
        raised: &[
            (
                "a.md",
                "# Payroll stuck\n\n## Timeline\n\n- 2024-03-04 10:00 UTC payslips fail\n- 2024-03-04 10:20 UTC alert fires\n- «2024-03-04 10:10 UTC» engineer joins\n- 2024-03-04 10:40 UTC restored\n",
            ),
            (
                "a.txt",
                "Payroll stuck on 4 March 2024\n\nTimeline (UTC)\n\n10:00 payslips fail\n10:20 alert fires\n10:30 rolled back\n«10:25» errors drop\n10:40 restored\n",
            ),
            (
                "a.md",
                "# Payroll stuck\n\n| Time (UTC) | Event |\n|---|---|\n| 2024-03-04 10:00 | payslips fail |\n| 2024-03-04 10:20 | alert fires |\n| «2024-03-03 10:30» | rolled back |\n| 2024-03-04 10:40 | restored |\n",
            ),
        ],
        quiet: &[
            (
                "a.md",
                "# Payroll stuck\n\n## Timeline\n\n- 2024-03-04 10:40 UTC restored\n- 2024-03-04 10:20 UTC alert fires\n- 2024-03-04 10:00 UTC payslips fail\n",
            ),
            (
                "a.txt",
                "Payroll stuck on 4 March 2024\n\nTimeline (UTC)\n\n23:40 payslips fail\n23:55 alert fires\n00:10 rolled back\n00:30 restored\n",
            ),
            (
                "a.md",
                "# Payroll stuck\n\nAt 10:40 UTC on 4 March 2024 payslips were restored. They had failed at 10:00 UTC. An alert had fired at 10:20 UTC.\n",
            ),
        ],
    },
    Row {
        code: Code::SourcesDisagree,
        raised: &[
            (
                "a.md",
                "---\ntitle: Ledger stalls\nstart: «2024-05-01 10:05 UTC»\nend: 2024-05-01 11:00 UTC\n---\n\nBetween «10:25» and 11:00 UTC on 1 May 2024 customers could not post entries.\n",
            ),
            (
                "a.md",
                "# Ledger stalls\n\n**Start:** 2024-05-01 10:05 UTC\n**End:** «2024-05-01 11:00 UTC»\n\n## Summary\n\nFrom 10:05 to «11:30 UTC» customers could not post entries.\n",
            ),
            (
                "a.md",
                "---\ntitle: Ledger stalls\nstart: «2024-05-01 10:05 UTC»\n---\n\n| Field | Value |\n|---|---|\n| Start | «2024-05-01 10:35 UTC» |\n| End | 2024-05-01 11:00 UTC |\n",
            ),
        ],
        quiet: &[
            (
                "a.md",
                "---\ntitle: Ledger stalls\nstart: 2024-05-01 10:05 UTC\nend: 2024-05-01 11:00 UTC\n---\n\nBetween 12:05 and 13:00 CEST on 1 May 2024 customers could not post entries.\n",
            ),
            (
                "a.md",
                "# Ledger stalls\n\n**Start:** 2024-05-01 10:05 UTC\n**End:** 2024-05-01 11:00 UTC\n\nFrom about 10:00 UTC to 11:00 UTC on 1 May 2024 customers could not post entries.\n",
            ),
            (
                "a.md",
                "# Ledger stalls\n\n**Start:** 2024-05-01 10:05 UTC\n**End:** 2024-05-01 11:00 UTC\n\nOf these, between 10:20 and 10:30 UTC customers could not log in at all.\n",
            ),
            (
                "a.md",
                "# Ledger stalls\n\n**Start:** 2024-05-01 10:05 UTC\n**End:** 2024-05-01 11:00 UTC\n\n## Timeline\n\n- 09:50 UTC Release goes out\n- 10:12 UTC Alert pages the on-call engineer\n- 11:20 UTC Incident closed\n",
            ),
            (
                "a.md",
                "# Ledger stalls\n\n**Start:** 2024-05-01 10:05 UTC\n**End:** 2024-05-01 11:00 UTC\n\nThe migration had started at 09:40 UTC. It was detected at 10:15 UTC.\n",
            ),
            (
                "a.txt",
                "Ledger stalls twice\n\nFirst outage: 10:05 to 10:20 UTC, 1 May 2024\nSecond outage: 11:05 to 11:20 UTC, 1 May 2024\n\nCustomers could not post entries.\n",
            ),
            (
                "a.txt",
                "Ledger stalls twice\n\nWhen: 10:05 to 10:20 UTC and again 11:05 to 11:20 UTC on 1 May 2024\n\nCustomers could not post entries.\n",
            ),
        ],
    },
    Row {
        code: Code::WindowFromTimeline,
        raised: &[
            (
                "a.md",
                "# Migration notes\n\n## Timeline\n\n- «2024-03-04 10:00 UTC» Shard three is moved\n- 2024-03-04 10:20 UTC Shard four is moved\n- 2024-03-04 10:40 UTC Shard five is moved\n",
            ),
            (
                "a.txt",
                "Night of 4 March 2024\n\nTimeline (UTC)\n\n«10:00» Anna calls Bert\n10:20 Bert calls Carla\n10:40 Carla goes home\n",
            ),
            (
                "a.md",
                "# Night shift\n\n| Time (UTC) | Event |\n|---|---|\n| «2024-03-04 10:00» | Anna calls Bert |\n| 2024-03-04 10:20 | Bert calls Carla |\n| 2024-03-04 10:40 | Carla goes home |\n",
            ),
        ],
        quiet: &[
            // Of a label only the zone is assumed.
            ("a.md", "# Payroll stuck\n\n**Start:** 2024-03-04 10:00\n**End:** 2024-03-04 11:30\n"),
            (
                "a.md",
                "# Login down\n\nBetween 10:00 and 10:40 UTC on 4 March 2024 customers could not log in.\n\n## Timeline\n\n- 10:00 UTC Anna calls Bert\n- 10:20 UTC Bert calls Carla\n- 10:40 UTC Carla goes home\n",
            ),
            (
                "a.md",
                "# Login down\n\n## Timeline\n\n- 2024-03-04 10:00 UTC Logins start to fail\n- 2024-03-04 10:20 UTC Bert calls Carla\n- 2024-03-04 10:40 UTC Logins fully restored\n",
            ),
        ],
    },
    Row {
        code: Code::WindowFromUpdates,
        raised: &[
            (
                "a.txt",
                "Logins fail\nIncident Report for Quillpost\n\nResolved\nThis is over.\nPosted Mar 3, 2025 - 10:10 UTC\n\nInvestigating\nWe look at it.\nPosted «Mar 3, 2025 - 09:50 UTC»\n",
            ),
            (
                "a.json",
                r#"{"page":{"name":"Quillpost"},"incidents":[{"id":"q1","name":"Logins fail","status":"resolved","incident_updates":[{"status":"resolved","body":"This is over.","created_at":"2025-03-03T10:10:00Z"},{"status":"investigating","body":"We look at it.","created_at":"«2025-03-03T09:50:00Z»"}]}]}"#,
            ),
            (
                "a.html",
                "<!DOCTYPE html><html><body><h1 class=\"incident-name impact-minor\">Logins fail</h1><p>Incident Report for Quillpost</p><h2>Resolved</h2><p>This is over.</p><p>Posted Mar 03, 2025 - 10:10 UTC</p><h2>Investigating</h2><p>We look at it.</p><p>Posted «Mar 03, 2025 - 09:50 UTC»</p></body></html>",
            ),
        ],
        quiet: &[
            (
                "a.txt",
                "Logins fail\nIncident Report for Quillpost\n\nResolved\nBetween 09:40 and 10:05 UTC customers could not log in.\nPosted Mar 3, 2025 - 10:10 UTC\n\nInvestigating\nWe look at it.\nPosted Mar 3, 2025 - 09:50 UTC\n",
            ),
            (
                "a.txt",
                "Logins fail\nIncident Report for Quillpost\n\nInvestigating\nLogins fail since 09:40 UTC.\nPosted Mar 3, 2025 - 09:50 UTC\n",
            ),
        ],
    },
    Row {
        code: Code::ResolvedBeforeImpactEnd,
        raised: &[
            (
                "a.md",
                "# Payroll stuck\n\n**Start:** 2024-03-04 10:00 UTC\n**End:** «2024-03-04 11:30 UTC»\n**Resolved:** «2024-03-04 11:10 UTC»\n",
            ),
            (
                "a.md",
                "# Payroll stuck\n\n| Field | Value |\n|---|---|\n| Impact start | 2024-03-04 10:00 UTC |\n| Impact end | «2024-03-04 11:30 UTC» |\n| Resolved | «2024-03-04 11:10 UTC» |\n",
            ),
            (
                "a.txt",
                "Logins fail\nIncident Report for Quillpost\n\nResolved\nFrom 2025-03-03 09:40 UTC to «2025-03-03 11:05 UTC» customers could not log in.\nPosted «Mar 3, 2025 - 10:10 UTC»\n\nInvestigating\nWe look at it.\nPosted Mar 3, 2025 - 09:50 UTC\n",
            ),
        ],
        quiet: &[
            (
                "a.md",
                "# Payroll stuck\n\n**Start:** 2024-03-04 10:00 UTC\n**End:** 2024-03-04 11:30 UTC\n**Resolved:** 2024-03-04 11:30 UTC\n",
            ),
            (
                "a.md",
                "# Payroll stuck\n\n**Start:** 2024-03-04 10:00 UTC\n**End:** about 2024-03-04 11:30 UTC\n**Resolved:** 2024-03-04 11:20 UTC\n",
            ),
            (
                "a.txt",
                "Logins fail\nIncident Report for Quillpost\n\nResolved\nFrom 09:40 to 10:05 UTC customers could not log in.\nPosted Mar 3, 2025 - 10:10 UTC\n\nInvestigating\nWe look at it.\nPosted Mar 3, 2025 - 09:50 UTC\n",
            ),
        ],
    },
    Row {
        code: Code::WindowFarFromUpdates,
        raised: &[
            (
                "a.txt",
                "Logins fail\nIncident Report for Quillpost\n\nResolved\nFrom «2024-03-03 09:40 UTC» to 2024-03-03 10:05 UTC customers could not log in.\nPosted Mar 3, 2025 - 10:10 UTC\n\nInvestigating\nWe look at it.\nPosted Mar 3, 2025 - 09:50 UTC\n",
            ),
            (
                "a.txt",
                "Logins fail\nIncident Report for Quillpost\n\nResolved\nFrom «2025-04-03 09:40 UTC» to 2025-04-03 10:05 UTC customers could not log in.\nPosted Mar 3, 2025 - 10:10 UTC\n\nInvestigating\nWe look at it.\nPosted Mar 3, 2025 - 09:50 UTC\n",
            ),
            (
                "a.txt",
                "Exports stall\nIncident Report for Ferncote\n\nResolved\nBetween «3 February 2025 at 14:10 UTC» and 3 February 2025 at 15:30 UTC customers could not export invoices.\nPosted Aug 3, 2025 - 15:40 UTC\n\nIdentified\nWe know why.\nPosted Aug 3, 2025 - 14:50 UTC\n\nInvestigating\nWe look at it.\nPosted Aug 3, 2025 - 14:20 UTC\n",
            ),
        ],
        quiet: &[
            (
                "a.txt",
                "Logins fail\nIncident Report for Quillpost\n\nResolved\nFrom 2025-03-02 21:40 UTC to 2025-03-03 03:05 UTC customers could not log in.\nPosted Mar 3, 2025 - 10:10 UTC\n\nInvestigating\nWe look at it.\nPosted Mar 3, 2025 - 09:50 UTC\n",
            ),
            (
                "a.txt",
                "Planned move of the login service\nIncident Report for Quillpost\n\nScheduled\nOn 2025-03-13 from 21:40 UTC to 23:05 UTC logins will be moved.\nPosted Mar 3, 2025 - 10:10 UTC\n",
            ),
        ],
    },
    Row {
        code: Code::MitigatedNever,
        raised: &[
            (
                "a.md",
                "# Payroll stuck\n\n## Timeline\n\n- 2024-03-04 10:00 UTC Payslips began to fail\n- 2024-03-04 10:20 UTC An engineer was paged\n- «2024-03-04 10:40 UTC» Incident declared resolved\n",
            ),
            (
                "a.txt",
                "Payroll stuck on 4 March 2024\n\nTimeline (UTC)\n\n10:00 Payslips began to fail\n10:20 An engineer was paged\n«10:40» Incident declared resolved\n",
            ),
            (
                "a.md",
                "# Payroll stuck\n\n| Time (UTC) | Event |\n|---|---|\n| 2024-03-04 10:00 | Payslips began to fail |\n| 2024-03-04 10:20 | An engineer was paged |\n| «2024-03-04 10:40» | Incident declared resolved |\n",
            ),
        ],
        quiet: &[
            (
                "a.md",
                "# Payroll stuck\n\n## Timeline\n\n- 2024-03-04 10:00 UTC Payslips began to fail\n- 2024-03-04 10:20 UTC An engineer was paged\n- 2024-03-04 10:32 UTC Payslips were restored\n- 2024-03-04 10:40 UTC Incident declared resolved\n",
            ),
            (
                "a.md",
                "# Payroll stuck\n\n**Start:** 2024-03-04 10:00 UTC\n**End:** 2024-03-04 11:30 UTC\n**Resolved:** 2024-03-04 11:30 UTC\n",
            ),
            (
                "a.txt",
                "Logins fail\nIncident Report for Quillpost\n\nResolved\nIt is over.\nPosted Mar 3, 2025 - 10:10 UTC\n\nInvestigating\nWe look at it.\nPosted Mar 3, 2025 - 09:50 UTC\n",
            ),
        ],
    },
];
