//! What is one incident and what are several, with look-alikes.

use super::*;
use crate::format;
use crate::source::Source;

/// The title of each incident, "(none)" where it has none; nothing where the text is one incident.
fn titles(text: &str) -> Vec<String> {
    let source = Source::decode("a.md", text.as_bytes().to_vec());
    let document = format::read(&source);
    let found = document.reports.iter().flat_map(|report| reports(report, Cut::AsTold).reports);
    found.map(|report| report.title.as_ref().map(Text::as_str).unwrap_or("(none)").to_owned()).collect()
}

#[test]
fn a_history_and_a_review_hold_several() {
    let story = "The service was slow for everybody who tried to use it, because a cache had been emptied by mistake and took its time to fill again.";
    assert_eq!(
        titles(&format!(
            "# History\n\n## 6/11/2024\n\n### Logins down\n\n{story}\n\n### Search slow\n\n{story}\n\n## 6/10/2024\n\n### Mail late\n\n{story}\n"
        )),
        ["Logins down", "Search slow", "Mail late"]
    );
    assert_eq!(titles(&format!("# June\n\n## June 4 12:05 UTC (lasting 2 hours)\n\n{story}\n\n## June 9 08:00 UTC\n\n{story}\n")).len(), 2);
}

#[test]
fn siblings_over_the_same_labels_are_incidents() {
    let labels = "- **Key facts**\n  - First noticed: 2023-06-20 14:05\n\n- **Impact**: No build started.\n\n- **Repair**: By hand.\n";
    let log = format!(
        "# Outage book\n\n---\n## Spring\n\n### Outage on 2023-06-20 - builds\n\n{labels}\n### Outage on 2023-05-02 09:12\n\n{labels}\n---\n## Winter\n\n### No outages\n\n## How to write\n\nUse Lisbon time.\n\n### Outage on YYYY-MM-DD - [what broke]\n\n{labels}"
    );
    assert_eq!(titles(&log), ["Outage on 2023-06-20 - builds", "Outage on 2023-05-02 09:12"]);
    let source = Source::decode("a.md", log.into_bytes());
    let document = format::read(&source);
    let found: Vec<_> = document.reports.iter().flat_map(|report| reports(report, Cut::AsTold).reports).collect();
    assert!(found.iter().all(|part| part.zone.as_ref().map(Text::as_str) == Some("Use Lisbon time.")), "the page gives the zone once");
    assert!(found.iter().all(|part| !part.blocks.iter().any(|block| block.text.as_str().contains("YYYY"))));
    assert_eq!(titles("# Log\n\n## Incident 2\n\nA disk.\n\n## Incident 1\n\nA cable.\n"), ["Incident 2", "Incident 1"]);
}

#[test]
fn titles_over_the_same_sections_are_reports_one_after_the_other() {
    let report = |title: &str, day: &str| {
        format!("# {title}\n\n## Impact\n\nBetween 14:04 and 14:57 UTC on {day} shops could not print.\n\n## Root cause\n\nA disk.\n\n")
    };
    assert_eq!(titles(&(report("Labels late", "3 May 2024") + &report("Lists empty", "9 June 2024"))), ["Labels late", "Lists empty"]);
    let one_day = report("Labels late", "3 May 2024") + &report("Lists empty", "3 May 2024");
    let behind = report("Labels late", "3 May 2024") + "# Glossary\n\n## Label\n\nWhat is printed on 9 June 2024.\n";
    let below = format!("Two teams tell of it.\n\n{}{}", report("Print", "3 May 2024"), report("Lists", "4 May 2024"));
    let phases = report("First phase", "3 May 2024") + &report("Second phase", "4 May 2024");
    for text in [one_day, behind, below, phases] {
        assert_eq!(titles(&text), [""; 0], "{text}");
    }
}

#[test]
fn rows_of_a_register_are_incidents() {
    let rows = "| 9 January 2026 | Login blank | SEV1 | 10:02 UTC | 10:47 UTC |\n| 17 January 2026 | Mails twice | SEV3 | 06:00 UTC | 07:15 UTC |\n";
    assert_eq!(
        titles(&format!("# Register\n\n| Date | Incident | Severity | From | To |\n|---|---|---|---|---|\n{rows}")),
        ["Login blank", "Mails twice"]
    );
    let stretches = "| Date | From | To | What |\n|---|---|---|---|\n| 9 January 2026 | 10:02 | 10:47 | north gate |\n| 17 January 2026 | 06:00 | 07:15 | all gates |\n";
    let told = "| No. | Opened at (UTC) | Closed at (UTC) | System | Severity |\n|---|---|---|---|---|\n| 1 | 2026-03-04 08:01 | 2026-03-04 08:31 | Tills | High |\n| 2 | 2026-03-05 22:50 | 2026-03-06 00:10 | Web shop | Low |\n";
    assert_eq!(titles(&format!("# Faults\n\n{told}")).len(), 2, "by the words of any register");
    let ranges = "| Nr | System | From – To (UTC) | Reason |\n|---|---|---|---|\n| 1 | Tills | 4 Mar 2026 08:01 to 08:31 | Licence |\n| 2 | Web shop | 5 Mar 2026 22:50 to 23:10 | Index |\n";
    assert_eq!(titles(&format!("# Faults\n\n{ranges}")).len(), 2, "from when to when in one cell");
    let work = "| ID | Summary | Priority | Created | Closed |\n|---|---|---|---|---|\n| A-1 | Oil the gate | High | 2026-03-04 08:01 | 2026-03-05 09:00 |\n| A-2 | Test it | Low | 2026-03-04 08:02 | 2026-03-06 09:00 |\n";
    assert_eq!(titles(&format!("# Gate stuck\n\nIt was.\n\n{work}")), [""; 0], "work that was filed");
    let alerts = "| Name | Severity | Triggered | Resolved |\n|---|---|---|---|\n| Queue | high | 2026-03-04 08:05 | 2026-03-04 09:41 |\n| Disk | low | 2026-03-03 08:09 | 2026-03-04 09:38 |\n";
    assert_eq!(titles(&format!("# Gate stuck\n\nIt was.\n\n## Alerts\n\n{alerts}")), [""; 0], "alerts of one incident");
    let opened = work.replace("Created", "Opened");
    assert_eq!(titles(&format!("# Gate stuck\n\n## Action items\n\n{opened}")), [""; 0], "work under its heading");
    assert_eq!(titles(&format!("# Readers down twice\n\n{stretches}")), [""; 0], "stretches of one incident");
}

#[test]
fn parts_of_one_story_stay_together() {
    for text in [
        "2023-04-19\n==========\n\n### State\n\nOver.\n\n### Details\n\nNothing was printed.\n",
        "# Down\n\n## Timeline\n\n### 2031-05-07 14:20\n\nPaged.\n\n### 14:26\n\nRolled back.\n",
        "# Down\n\n## Timeline\n\n### 7 May 2031, the start\n\n| Time | Event |\n|---|---|\n| 10:00 | down |\n\n### 8 May 2031, the end\n\n| Time | Event |\n|---|---|\n| 10:00 | up |\n",
        "# Down\n\n## First phase\n\n- Start: 10:00\n\n## Second phase\n\n- Start: 11:00\n",
        "# Down\n\n## Impact on 4 June\n\nAll.\n\n## Cause found on 5 June\n\nA disk.\n",
    ] {
        assert_eq!(titles(text), [""; 0], "{text}");
    }
}

#[test]
fn a_reviewer_may_say_how_it_is_cut() {
    let source = Source::decode("a.md", b"# Down\n\n## One\n\nA.\n\n## Two\n\nB.\n\n### Part\n\nC.\n".to_vec());
    let document = format::read(&source);
    let cut = |cut| document.reports.first().map(|report| reports(report, cut).reports.len());
    assert_eq!((cut(Cut::AsTold), cut(Cut::Whole), cut(Cut::Level(2))), (Some(0), Some(0), Some(2)));
    assert_eq!(document.reports.first().map(levels), Some(BTreeSet::from([2])));
}

#[test]
fn days_of_a_timeline_stay_together() {
    for text in [
        "# Down\n\n## Timeline\n\n### 2024-06-11\n\n- 10:00 down\n\n### 2024-06-12\n\n- 00:10 up\n",
        "# 2024-06-11 Down\n\n## Summary\n\nIt was down.\n",
        "# Down\n\n## 2024-06-11\n\n### What broke\n\nA disk.\n\n### How we saw it\n\nAn alert.\n",
        "# Down\n\n## 2024-06-11 login down since 2024-06-10\n\n### What broke\n\nA disk.\n",
    ] {
        assert_eq!(titles(text), [""; 0], "{text}");
    }
}

#[test]
fn a_log_has_an_incident_for_each_day() {
    let log = "2024-06-11\n\nThe disk was full, so that nobody could log in.\n\n2024-06-15\n\nA cable was cut, and mails came late.\n";
    assert_eq!(titles(log), ["(none)", "(none)"]);
    assert_eq!(titles(&log.replace("06-15", "06-12")), [""; 0], "days of one story");
    assert_eq!(titles("It broke.\n\n```\n2024-06-11\n```\n\nThen:\n\n```\n2024-06-15\n```\n"), [""; 0], "code is no text");
}

#[test]
fn the_page_gives_the_year_of_its_days() {
    let years = |text: &str| {
        let source = Source::decode("a.md", text.as_bytes().to_vec());
        let document = format::read(&source);
        document.reports.iter().flat_map(|report| reports(report, Cut::AsTold).reports).map(|part| part.year).collect::<Vec<_>>()
    };
    let of = |day: &str| format!("### Outage on {day}\n\n- Cause: a disk\n- Lost: 2h\n\n");
    let page = format!("# Outages of 2023\n\n{}{}## 2022\n\n{}", of("4 June"), of("9 March"), of("1 May"));
    assert_eq!(years(&page), [Some(2023), Some(2023), Some(2022)]);
    let page = format!("# Ticket 0042\n\n{}{}## Older, of 2019\n\nNone.\n", of("4 June"), of("9 March"));
    assert_eq!(years(&page), [None, None], "a year further down is none of theirs");
}

#[test]
fn a_page_with_an_incident_of_its_own_keeps_it() {
    let own = "# Mail was down on 3 January 2024\n\nMail was down from 09:00 to 11:15 UTC on 3 January 2024.\n\n";
    let before = "## Before\n\n### 2023-01-03 Disk full\n\n- Severity: low\n- Start: 10:00\n\n### 2023-02-03 Again\n\n- Severity: low\n- Start: 11:00\n";
    assert_eq!(titles(&format!("{own}{before}")), ["(none)", "2023-01-03 Disk full", "2023-02-03 Again"], "others stand beside it");
    let parts = before.replace("2023-01-03 Disk", "Disk (2024-01-03)").replace("2023-02-03 Again", "Cache (2024-01-03)");
    assert_eq!(titles(&format!("{own}{parts}")), [""; 0], "parts of its day are its own");
    let rows = "## Before\n\n| Incident | Severity | From | To |\n|---|---|---|---|\n| One | low | 2023-01-03 09:00 | 2023-01-03 10:00 |\n| Two | low | 2023-02-03 09:00 | 2023-02-03 10:00 |\n";
    assert_eq!(titles(&format!("{own}{rows}")), ["(none)", "One", "Two"]);
    assert_eq!(titles(&format!("# Register\n\nAll times are UTC.\n\n{rows}")), ["One", "Two"]);
}

#[test]
fn stretches_and_entries_with_a_day_stay_together() {
    let labels = "- Severity: low\n- Start: 10:00\n- End: 11:00\n\n";
    for text in [
        format!("# Down\n\n## First phase (4 January 2024)\n\n{labels}## Second phase (5 January 2024)\n\n{labels}"),
        format!("# Down\n\n## Impact in Europe, 2024-05-02\n\n{labels}## Impact in Asia, 2024-05-03\n\n{labels}"),
        "# Down\n\n## 2024-05-02\n\n### 18:00\n\nPaged.\n\n## 2024-05-03\n\n### 02:15\n\nUp.\n".to_owned(),
        "# Down\n\n## 2024-01-04 07:10 UTC Alert\n\n- Who: Ada\n- What: x\n\n## 2024-01-04 11:32 UTC Fixed\n\n- Who: Ada\n- What: y\n"
            .to_owned(),
    ] {
        assert_eq!(titles(&text), [""; 0], "{text}");
    }
}

#[test]
fn days_of_a_log_and_the_entry_beside_its_form() {
    let log = "# Incidents\n\n## 14 January 2024\n\nLocks failed from 07:20 to 08:05 UTC.\n\n## 2 February 2024\n\nThe app crashed from 12:00 to 13:30 UTC.\n";
    assert_eq!(titles(log), ["14 January 2024", "2 February 2024"]);
    let entry = |head: &str| format!("## {head}\n\n- Severity: SEV3\n- Start: 03:00\n- Cause: a disk\n\n");
    assert_eq!(
        titles(&format!("# Log\n\n{}{}", entry("YYYY-MM-DD: [what broke here]"), entry("2024-04-02: errors"))),
        ["2024-04-02: errors"]
    );
}
