use super::*;
use crate::extract::time::times;

fn found(text: &str) -> Vec<String> {
    let source = Source::decode("a.txt", text.as_bytes().to_vec());
    let document = crate::format::read(&source);
    let Some(report) = document.reports.first() else { return Vec::new() };
    let passages: Vec<_> = crate::extract::passage::passages(report)
        .into_iter()
        .map(|passage| (times(passage.text.as_str()), passage))
        .map(|(t, p)| (p, t))
        .collect();
    let calendar = Calendar::new(&passages, &[], text, (text, None), crate::resolve::zones::Zones::default());
    let told = Sentences::new(&passages, &[]);
    items(&source, &passages, &calendar, Some((&told, crate::role::weights::Model::own()))).into_iter().map(|item| item.text).collect()
}

#[test]
fn lines_with_numbers_and_their_look_alikes() {
    for (line, length) in [("(1) Test", Some(4)), ("(iv)  Test", Some(6)), ("a) Test", Some(3)), ("• Test", Some("• ".len()))] {
        assert_eq!(enumerator(line), length, "{line}");
    }
    for line in ["3 of 4 nodes", "10.30 we saw it", "10.0.0.1 is down", "(see below) all", "A test", "(when) it broke"] {
        assert_eq!(enumerator(line), None, "{line}");
    }
}

#[test]
fn work_that_a_line_announces() {
    for (text, count) in [
        ("It broke.\n\n3. CORRECTIVE ACTIONS\n\n3.1 Replace the parts.\n3.2 Test both feeds.\n3.3 Ask the maker.\n", 3),
        ("It broke.\n\nThe following has been decided:\n(i) Updates go to the standby first.\n(ii) A drill is held each quarter.\n", 2),
        ("It broke.\n\nWe saw the following errors:\n(i) timeout\n(ii) refused\n", 0),
        ("It broke at noon. Measures were taken.\n", 0),
        ("# Out\n\n- **Impact**: It broke.\n\n- **Review actions**:\n  - Watch the disks.\n  - Buy two disks.\n", 2),
        ("# Out\n\n- **Key events**:\n  - First seen: 09:12\n  - Over: 10:45\n", 0),
        ("# Out\n\nIt broke.\n\nAction Items\n- Fit a lamp\n\n- Keep matches\n\n## Lessons\n- Know the tap\n", 2),
        ("# Out\n\n## Detection\n\n| Action item | Owner |\n|---|---|\n| Watch the queue | ines |\n", 1),
        ("# Out\n\n## Detection\n\n| Time | Action |\n|---|---|\n| 09:12 | Queue restarted |\n", 0),
        ("# Out\n\n## Next steps\n\n1. Oil the gate [complete] 2. Buy a ladder [in progress]\n", 2),
        ("# Out\n\nIt broke.\n\nWe are making these changes:\n\n* Gates are oiled in May.\n* Keys hang by the door.\n", 2),
        ("# Out\n\n## Impact\n\n| Measure | Value |\n|---|---|\n| Gates shut | 4 |\n", 0),
    ] {
        assert_eq!(found(text).len(), count, "{text}: {:?}", found(text));
    }
}

#[test]
fn sections_about_work_without_a_list() {
    for (text, count) in [
        ("# Out\n\nIt broke.\n\n## What we are changing\n\nGates are oiled in May. A spare key hangs by the door.\n", 2),
        ("It broke.\n\nMeasures decided: gates are oiled in May; a spare key is kept by the door; two new locks.\n", 3),
        ("It broke.\n\nMeasures: the porter tries each gate at night.\n", 1),
        ("It broke.\n\nMeasure: gates are oiled.\n", 1),
        ("It broke.\n\nWhat we'll do: oil the gates (all of them, yes), keep a spare key, and paint the door\n", 3),
        ("It broke.\n\nMeasures: the porter tries each gate at night, with a lamp, and rings.\n", 1),
        ("# Out\n\n## Next\n\nOil the gates.\n\nThe Gate Office, Yard Services\n", 1),
        ("It broke.\n\nNext: Saturday 15:00 or when there is news.\n", 0),
        ("It broke.\n\nACTIONS\n\n  GA-1  Oil the gates of\n        the yard\n  GA-2  Buy a lock\n", 2),
        ("It broke.\n\nRecommendations. Oil the gate. Hang up a spare key. The fence was in good order.\n", 2),
        ("# Out\n\n## Actions\n\nAna to oil the gate. Ben to buy a lock.\n", 2),
        ("# Out\n\n## Next steps\n\nThe porters will continue to look into it. Stay informed on our page.\n", 0),
        ("# Out\n\n## Next steps\n\nThis was hard for everybody. We know that you rely on us.\n", 0),
        ("# Out\n\n## Actions\n\n- How was it noticed? By a call.\n- How to notice it sooner?\n- Can we do without it?\n", 2),
        ("# Out\n\n## Actions\n\n- None at this time.\n", 0),
        ("# Out\n\n## Remediation actions\n\n- Opened the gate\n- Checked the fence\n\n## Follow-up\n\n- Oil the gate\n", 1),
        ("# Out\n\n## Corrective actions\n\n- Replaced the lock\n- Added a spare key\n", 2),
    ] {
        assert_eq!(found(text).len(), count, "{text}: {:?}", found(text));
    }
}

#[test]
fn work_told_in_the_story() {
    for (text, items) in [
        ("The gate stuck.\n\nWe'll oil it once a month. Sorry for the wait.\n", vec!["We'll oil it once a month."]),
        // The reader's own steps, what happened, and what is told with its hour.
        ("The gate stuck.\n\nIf it sticks\n\n- Check your key\n- Replace your lock\n", vec![]),
        ("The gate stuck. At 14:05 the team is going to replace the hinge.\n", vec![]),
        ("# Out\n\n## Timeline\n\nWe will replace the hinge.\n", vec![]),
    ] {
        assert_eq!(found(text), items, "{text}");
    }
}

#[test]
fn a_list_below_a_rule_is_the_page_s_own() {
    let work = "Mail late\n\nFollow-up\n\n- Test drivers on a spare machine\n- Watch the queue\n";
    let own = ["Test drivers on a spare machine", "Watch the queue"];
    assert_eq!(found(&format!("{work}\n-----\n\n- Read our privacy notice\n")), own);
    let parted = "Mail late\n\nFollow-up\n-----\n\n- Test drivers on a spare machine\n- Watch the queue\n";
    assert_eq!(found(parted), own);
}
