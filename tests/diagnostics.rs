//! Every diagnostic code against little reports: what must raise it, with the words it points at between « and », and
//! look-alikes that must not.

#![allow(clippy::panic)]

use sevline::diagnostic::{Code, Diagnostic};
use sevline::resolve::{self, Policy};
use sevline::source::Source;

/// A code with the reports that raise it and those that must not, each a file name and its text.
struct Row {
    code: Code,
    raised: &'static [(&'static str, &'static str)],
    quiet: &'static [(&'static str, &'static str)],
}

/// Every row of the table, one file a group of codes.
fn rows() -> impl Iterator<Item = &'static Row> {
    [DATES, ZONES, WINDOWS, FORMS].into_iter().flatten()
}

/// In a table's text, a byte that is no text in UTF-8.
const BROKEN: char = '\u{1}';

/// The bytes of a table's text, and the ranges of the text as it will be decoded that « and » enclose.
fn marked(text: &str) -> (Vec<u8>, Vec<std::ops::Range<usize>>) {
    let (mut bytes, mut decoded, mut open, mut places) = (Vec::new(), 0, 0, Vec::new());
    for c in text.chars() {
        match c {
            '«' => open = decoded,
            '»' => places.push(open..decoded),
            BROKEN => {
                bytes.push(0xff);
                decoded += char::REPLACEMENT_CHARACTER.len_utf8();
            }
            c => {
                bytes.extend(c.encode_utf8(&mut [0; 4]).bytes());
                decoded += c.len_utf8();
            }
        }
    }
    (bytes, places)
}

fn findings(name: &str, text: &str) -> (Source, Vec<Diagnostic>) {
    let source = Source::decode(name, marked(text).0);
    let found = resolve::read(&source, &Policy::default()).incidents.into_iter().flat_map(|incident| incident.diagnostics).collect();
    (source, found)
}

#[test]
fn every_code_has_its_rows() {
    for code in Code::ALL {
        let own = rows().filter(|row| row.code == *code);
        let (raised, quiet) = own.fold((0, 0), |(raised, quiet), row| (raised + row.raised.len(), quiet + row.quiet.len()));
        assert!(raised >= 3 && quiet >= 2, "{} has {raised} reports that raise it and {quiet} that do not", code.name());
    }
}

#[test]
fn each_is_raised_at_its_words() {
    let mut wrong = Vec::new();
    for row in rows() {
        for (name, text) in row.raised {
            let (source, found) = findings(name, text);
            let own: Vec<&Diagnostic> = found.iter().filter(|finding| finding.code == row.code).collect();
            let mut cited: Vec<_> = own.iter().flat_map(|finding| &finding.cites).map(|cite| cite.span.range()).collect();
            cited.sort_by_key(|range| range.start);
            let lines = own.iter().flat_map(|finding| &finding.cites).all(|cite| {
                let before = source.text().get(..cite.span.start as usize).unwrap_or_default();
                before.matches('\n').count() + 1 == cite.line as usize
            });
            if own.is_empty() || cited != marked(text).1 || !lines {
                let words: Vec<_> = cited.iter().map(|range| source.text().get(range.clone()).unwrap_or_default()).collect();
                wrong.push(format!("{} ({} times) at {words:?}: {text}", row.code.name(), own.len()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n-----\n"));
}

#[test]
fn look_alikes_raise_nothing() {
    let mut wrong = Vec::new();
    for row in rows() {
        for (name, text) in row.quiet {
            let (_, found) = findings(name, text);
            for finding in found.iter().filter(|finding| finding.code == row.code) {
                wrong.push(format!("{}: {}: {text}", row.code.name(), finding.message));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n-----\n"));
}

/// Dates and clocks that leave something out or cannot be.
const DATES: &[Row] = &[
    Row {
        code: Code::DateAmbiguous,
        raised: &[
            ("a.txt", "Subject: Ledger API down\nFrom: ops@quillpost.example\n\nOn «3/9/2024 at 10:15 UTC» customers could not log in.\n"),
            ("a.md", "# Search outage\n\n**Date:** «04/05/2023»\n\nSearch was unavailable for two hours from 10:00 UTC.\n"),
            (
                "a.md",
                "# Mail delays\n\n## Timeline\n\n- «02-07-2022 08:10 UTC» - Mail is delayed\n- 02-07-2022 09:40 UTC - Service restored\n",
            ),
        ],
        quiet: &[
            ("a.md", "# Search outage\n\nOn 2024-03-09 at 10:15 UTC search was unavailable.\n"),
            ("a.txt", "Search outage\n\nOn 23/9/2024 at 10:15 UTC search failed.\nOn 3/10/2024 at 09:00 UTC it failed again.\n"),
            ("a.md", "# Search outage\n\nOn 3/9/2024 (9 March 2024) at 10:15 EST search was unavailable.\n"),
            ("a.md", "# Search outage\n\nAt 10:15 UTC on 5 May 2024 search failed; 3/9 of the shards were lost.\n"),
            ("a.md", "# Search outage\n\nOn 5/5/2024 at 10:15 UTC search failed.\n"),
            ("a.md", "# Search outage\n\nOn 03.09.2024 at 10:15 UTC search failed on kernel 4.9.13.\n"),
            (
                "a.txt",
                "Subject: Search outage\nFrom: ops@quillpost.example\nDate: Tue, 10 Sep 2024 10:00:00 +0000\n\nOn 9/3/2024 at 10:15 UTC search failed.\n",
            ),
        ],
    },
    Row {
        code: Code::DateMissing,
        raised: &[
            ("a.txt", "Checkout outage\n\nCustomers could not pay between «10:15» and 10:40 UTC.\n"),
            ("a.md", "# Login errors\n\n## Timeline\n\n- «09:12 UTC» alert fires\n- 09:30 UTC login works again\n"),
            ("a.md", "# Login errors\n\n| Time (CET) | Event |\n|---|---|\n| «14:05» | Errors rise |\n| 14:50 | Restored |\n"),
        ],
        quiet: &[
            ("a.md", "# Login errors on 3 May 2024\n\n## Timeline\n\n- 09:12 UTC alert fires\n- 09:30 UTC login works again\n"),
            ("a.md", "# Login errors\n\nOn 3 May 2024 login failed. The ratio was 3:1, the address 10.0.0.1:8080.\n"),
            ("a.txt", "Login errors\n\nOn 3 May 2024 the nightly job, which normally runs at 02:00 UTC, did not start. Login failed.\n"),
        ],
    },
    Row {
        code: Code::UnreadableTime,
        raised: &[
            ("a.md", "# Tile cache down\n\n## Timeline\n\n- 2024-07-04 11:42 UTC Cache fails\n- «2024-07-04 11:??» UTC Cache restarted\n"),
            (
                "a.md",
                "# Tile cache down\n\n| Time | Event |\n|---|---|\n| 2024-07-04 11:42 | Cache fails |\n| «2024-07-04 --:--» | Restarted |\n",
            ),
            ("a.txt", "Tile cache down\n\nThe cache failed at 11:42 UTC on 4 July 2024. Service was restored at «12:xx» UTC.\n"),
            ("a.md", "# Tile cache down\n\n- «20244-07-04 11:42» Cache fails\n- 2024-07-04 12:10 UTC Restored\n"),
        ],
        quiet: &[
            ("a.md", "# Tile cache down\n\nAt 11:42 UTC on 4 July 2024 the cache failed. Why?? We do not know -- yet.\n"),
            ("a.md", "# Tile cache down\n\nAt 11:42 UTC on 4 July 2024 the host 10.0.0.1:8080 returned 5xx errors.\n"),
            ("a.txt", "Tile cache down\n\n---\n\nOn 4 July 2024 at 11:42 UTC the cache failed; ticket INC-20244-07.\n"),
        ],
    },
    Row {
        code: Code::WeekdayMismatch,
        raised: &[
            ("a.txt", "Upload failures\n\nOn «Monday, 4 June 2024 at 10:00 UTC» uploads failed.\n"),
            ("a.md", "# Upload failures\n\n**Start:** «Sunday, May 3, 2024, 10:00 UTC»\n**End:** Friday, May 3, 2024, 11:00 UTC\n"),
            ("a.md", "# Upload failures\n\n## Timeline\n\n- «Wed 2024-06-04 10:00 UTC» uploads fail\n- 10:45 UTC uploads restored\n"),
        ],
        quiet: &[
            ("a.txt", "Upload failures\n\nOn Tuesday, 4 June 2024 at 10:00 UTC uploads failed.\n"),
            ("a.txt", "Upload failures\n\nOn 4 June 2024 at 10:00 UTC uploads failed. Backups run on Monday.\n"),
            ("a.md", "# Upload failures\n\nOn Tue, 4 Jun 2024 10:00 UTC uploads failed, not on Wed.\n"),
        ],
    },
    Row {
        code: Code::YearInferred,
        raised: &[
            ("a.txt", "Feeds late on 12 August 2023\n\nBetween 09:10 and «09:55 UTC on 12 August», feeds were delayed for customers.\n"),
            (
                "a.txt",
                "Feeds late\nIncident Report for Quillpost\n\nResolved\nFeeds were delayed from 09:10 to «09:55 UTC on Aug 12».\nPosted Aug 12, 2023 - 10:40 UTC\n",
            ),
            (
                "a.md",
                "# Feeds late\n\nPublished: 2023-08-14\n\n## Timeline\n\n- «12 Aug, 09:10 UTC» feeds late\n- 12 Aug, 09:55 UTC restored\n",
            ),
        ],
        quiet: &[
            ("a.txt", "Feeds late\n\nBetween 09:10 and 09:55 UTC on 12 August 2023, feeds were delayed for customers.\n"),
            ("a.txt", "Feeds late\n\nOn 12 August '23 at 09:10 UTC feeds were delayed. They may recover, an august institution said.\n"),
            ("a.md", "# Feeds late\n\n- 2023-08-12 09:10 UTC feeds late\n- 09:55 UTC restored\n"),
        ],
    },
];

/// Zones that are not written, or that mean several.
const ZONES: &[Row] = &[
    Row {
        code: Code::ClockSkipped,
        raised: &[
            ("a.txt", "Feed outage\n\nAt «02:30 America/New_York on 10 March 2024» the feed stopped.\n"),
            ("a.md", "# Feed outage\n\n**Start:** «2024-03-31 02:15 Europe/Berlin»\n**End:** 2024-03-31 03:40 Europe/Berlin\n"),
            (
                "a.md",
                "# Feed outage\n\n## Timeline\n\n- 2023-03-12 01:50 America/Chicago The feed stops\n- «2023-03-12 02:10 America/Chicago» The feed is back\n",
            ),
        ],
        quiet: &[
            ("a.txt", "Feed outage\n\nAt 03:30 America/New_York on 10 March 2024 the feed stopped.\n"),
            ("a.txt", "Feed outage\n\nAt 02:30 UTC on 10 March 2024 the feed stopped.\n"),
            ("a.txt", "Feed outage\n\nAt 02:30 Asia/Tokyo on 10 March 2024 the feed stopped.\n"),
        ],
    },
    Row {
        code: Code::ClockRepeated,
        raised: &[
            ("a.txt", "Feed outage\n\nAt «01:30 America/New_York on 3 November 2024» the feed stopped.\n"),
            ("a.md", "# Feed outage\n\n**Start:** «2024-10-27 02:15 Europe/Berlin»\n**End:** 2024-10-27 03:40 Europe/Berlin\n"),
            (
                "a.md",
                "# Feed outage\n\n## Timeline\n\n- 2023-11-05 00:50 America/Chicago The feed stops\n- «2023-11-05 01:10 America/Chicago» The feed is back\n",
            ),
        ],
        quiet: &[
            ("a.txt", "Feed outage\n\nAt 01:30 EDT on 3 November 2024 the feed stopped.\n"),
            ("a.txt", "Feed outage\n\nAt 01:30 UTC on 3 November 2024 the feed stopped.\n"),
            ("a.txt", "Feed outage\n\nAt 03:30 America/New_York on 3 November 2024 the feed stopped.\n"),
        ],
    },
    Row {
        code: Code::ZoneAssumed,
        raised: &[
            ("a.txt", "Kiosk outage\n\nOn «2 May 2024, between 10:15» and 10:40, kiosks were unavailable.\n"),
            ("a.md", "# Kiosk outage\n\n## Timeline\n\n- «2024-05-02 10:15» kiosks fail\n- 2024-05-02 10:40 kiosks restored\n"),
            ("a.md", "---\ntitle: Kiosk outage\nstart: «2024-05-02 10:15»\nend: 2024-05-02 10:40\n---\n\nKiosks were unavailable.\n"),
        ],
        quiet: &[
            ("a.txt", "Kiosk outage\n\nAll times are in CET.\n\nOn 2 May 2024, between 10:15 and 10:40, kiosks were unavailable.\n"),
            ("a.md", "# Kiosk outage\n\n## Timeline (UTC)\n\n- 2024-05-02 10:15 kiosks fail\n- 2024-05-02 10:40 kiosks restored\n"),
            ("a.md", "# Kiosk outage\n\nOn 2 May 2024 kiosks were unavailable for most of the day.\n"),
        ],
    },
    Row {
        code: Code::ZoneAmbiguous,
        raised: &[
            ("a.txt", "Kiosk outage\n\nOn «2 May 2024 at 10:15 CST» kiosks were unavailable.\n"),
            ("a.md", "# Kiosk outage\n\n## Timeline (IST)\n\n- «2024-05-02 10:15» kiosks fail\n- 2024-05-02 10:40 kiosks restored\n"),
            ("a.md", "# Kiosk outage\n\n**Start:** «2 May 2024 10:15 BST»\n**End:** 2 May 2024 10:40 BST\n"),
        ],
        quiet: &[
            ("a.txt", "Kiosk outage\n\nOn 2 May 2024 at 10:15 CEST kiosks were unavailable. The CST project is not affected.\n"),
            ("a.txt", "Kiosk outage\n\nOn 2 May 2024 at 10:15 UTC+8 kiosks were unavailable.\n"),
            ("a.md", "# Kiosk outage\n\n- 2024-05-02 10:15 America/Chicago kiosks fail\n- 2024-05-02 10:40 America/Chicago restored\n"),
        ],
    },
];

/// Windows and timelines that do not add up, and those that nobody states.
const WINDOWS: &[Row] = &[
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
                "a.txt",
                "Ledger stalls\n\nImpact window: «10:05» - 11:00 UTC, 1 May 2024\n\nThe outage began at «09:50 UTC», when a disk filled up. Customers could not post entries.\n",
            ),
            (
                "a.md",
                "---\ntitle: Ledger stalls\nstart: «2024-05-01 10:05 UTC»\n---\n\n| Field | Value |\n|---|---|\n| Start | «2024-05-01 10:35 UTC» |\n| End | 2024-05-01 11:00 UTC |\n",
            ),
            (
                "a.md",
                "# Ledger stalls\n\n**Start:** «2024-05-01 10:05 UTC»\n**End:** 2024-05-01 11:00 UTC\n\n## Timeline\n\n- «2024-05-01 10:15 UTC» OUTAGE BEGINS\n- 2024-05-01 11:00 UTC OUTAGE ENDS\n",
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
];

/// What a form leaves out, and what is no report's structure.
const FORMS: &[Row] = &[
    Row {
        code: Code::NoTimes,
        raised: &[
            ("a.txt", "Search was down\n\nCustomers could not search. We are sorry.\n"),
            ("a.md", "# Search was down\n\n## Root cause\n\nA full disk on 10.0.0.1, release v2.30.1, ratio 3:1.\n"),
            ("a.html", "<!DOCTYPE html><html><body><h1>Search was down</h1><p>Customers could not search.</p></body></html>"),
        ],
        quiet: &[
            ("a.txt", "Search was down on 3 May 2024\n\nOn 3 May 2024 customers could not search.\n"),
            ("a.md", "# Search was down\n\nCustomers could not search from 10:15 UTC.\n"),
        ],
    },
    Row {
        code: Code::TextReplaced,
        raised: &[
            ("a.txt", "Café kiosks – naïve restart\n\nOn 2 May 2024 at 10:15 UTC kiosks «\u{1}» failed – “all” of them.\n"),
            ("a.md", "# Übersicht – “Kiosk”\n\nEnde um 10:40 UTC am 2024-05-02, größer «\u{1}» als üblich.\n"),
            ("a.txt", "«\u{1}» “Kiosks” – “failed” – on 2 May 2024 at 10:15 UTC.\n"),
        ],
        quiet: &[
            ("a.txt", "Café kiosks – naïve restart\n\nOn 2 May 2024 at 10:15 UTC kiosks failed – “all” of them.\n"),
            ("a.txt", "Kiosks failed\n\nOn 2 May 2024 at 10:15 UTC the screen showed the sign \u{fffd}.\n"),
        ],
    },
    Row {
        code: Code::UnknownSeverity,
        raised: &[
            ("a.txt", "Search was down\n\nSeverity: «Purple»\nStart: 2024-05-03 10:15 UTC\n"),
            ("a.md", "---\ntitle: Search was down\nseverity: «dragon class»\n---\n\nOn 3 May 2024 at 10:15 UTC search failed.\n"),
            ("a.md", "# Search was down\n\n| Field | Value |\n|---|---|\n| Priority | «Spicy» |\n| Start | 2024-05-03 10:15 UTC |\n"),
        ],
        quiet: &[
            ("a.txt", "Search was down\n\nSeverity: SEV-2\nStart: 2024-05-03 10:15 UTC\n"),
            ("a.txt", "Search was down\n\nSeverity: TBD\nStart: 2024-05-03 10:15 UTC\n"),
            ("a.md", "# Search was down\n\nThe severity of the storm was purple. At 10:15 UTC on 3 May 2024 search failed.\n"),
        ],
    },
    Row {
        code: Code::UnreadableReport,
        raised: &[
            ("a.json", "{\"incidents\": [\n{\"id\": «»}]}"),
            ("a.json", "{\"incidents\": [«{\"id\": \"x\", \"incident_updates\": 7}»]}"),
            ("a.json", "«»{\"menu\": [\"soup\", \"bread\"]}"),
        ],
        quiet: &[
            (
                "a.json",
                r#"{"page":{"name":"Quillpost"},"incidents":[{"id":"q1","name":"Logins fail","incident_updates":[{"status":"resolved","body":"Over.","created_at":"2025-03-03T10:10:00Z"}]}]}"#,
            ),
            ("a.txt", "The menu { logins } failed on 3 May 2024 at 10:15 UTC [all of them]\n"),
        ],
    },
    Row {
        code: Code::UpdateWithoutStamp,
        raised: &[
            (
                "a.txt",
                "Logins fail\nIncident Report for Quillpost\n\nResolved\nThis is over.\nPosted Mar 3, 2025 - 10:10 UTC\n\n«Investigating»\nWe look at it.\n",
            ),
            (
                "a.json",
                r#"{"page":{"name":"Quillpost"},"incidents":[{"id":"q1","name":"Logins fail","incident_updates":[{"status":"resolved","body":"Over.","created_at":"2025-03-03T10:10:00Z"},{"status":"«investigating»","body":"We look at it.","created_at":null}]}]}"#,
            ),
            (
                "a.html",
                "<!DOCTYPE html><html><body><h1 class=\"incident-name impact-minor\">Logins fail</h1><p>Incident Report for Quillpost</p><h2>Resolved</h2><p>Over.</p><p>Posted Mar 03, 2025 - 10:10 UTC</p><h2>«Identified»</h2><p>We found it.</p></body></html>",
            ),
        ],
        quiet: &[
            (
                "a.txt",
                "Logins fail\nIncident Report for Quillpost\n\nResolved\nThis is over.\nPosted Mar 3, 2025 - 10:10 UTC\n\nInvestigating\nWe look at it.\nPosted Mar 3, 2025 - 09:50 UTC\n",
            ),
            (
                "a.txt",
                "Logins fail\nIncident Report for Quillpost\n\nPostmortem\n\nInvestigating the logs took an hour.\nResolved at 10:05 UTC on 3 March 2025.\nPosted Mar 4, 2025 - 10:10 UTC\n",
            ),
        ],
    },
];
