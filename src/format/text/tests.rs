//! Plain text in many layouts.

use super::*;

fn shapes(text: &str) -> Vec<(char, &str)> {
    let letter = |kind: &BlockKind| match kind {
        BlockKind::Heading(_) => 'h',
        BlockKind::Paragraph => 'p',
        BlockKind::Item { .. } => 'i',
        BlockKind::Row { .. } => 'r',
        BlockKind::Code => 'c',
    };
    let spans: Vec<_> = blocks(text, Span::new(0..text.len())).iter().map(|b| (letter(&b.kind), b.text.whole())).collect();
    spans.into_iter().map(|(kind, span)| (kind, text.get(span.range()).unwrap_or_default())).collect()
}

#[test]
fn wrapped_paragraphs_join() {
    assert_eq!(shapes("It broke\nat noon.\n\nThen it\nworked."), [('p', "It broke\nat noon."), ('p', "Then it\nworked.")]);
}

#[test]
fn unwrapped_lines_stand_alone() {
    let long = "word ".repeat(30);
    let text = format!("{long}\nSecond paragraph.");
    assert_eq!(shapes(&text).len(), 2);
}

#[test]
fn what_is_numbered_heads_the_labelled_lines_about_it() {
    let heads = |text: &str| shapes(text).iter().filter(|(kind, _)| *kind == 'h').count();
    let entry =
        |number: u8| format!("Disturbance {number}: Acting on behalf of another person at a counter\nDate: 18.4.2023\nSeverity: Major\n\n");
    assert_eq!(heads(&[entry(1), entry(2)].concat()), 2);
    assert_eq!(heads("Phase 1: Pumps stop\nPhase 2: Pumps run\n\nNothing else."), 0, "a list of such lines");
}

#[test]
fn headings_in_every_guise() {
    for heading in [
        "Root Cause",
        "ROOT CAUSE",
        "Root Cause:",
        "# Root Cause",
        "== Root Cause ==",
        "== Root Cause",
        "2. Root Cause",
        "Root Cause\n==========",
        "**Root Cause**",
        "**Root Cause:**",
        "TIMELINE (12 May 2024, IST)",
        "■ Root Cause",
        "Interruption 1: Limit reached",
        "【Root Cause】",
    ] {
        let text = format!("Some text before.\n\n{heading}\n\nSome text after.");
        let found = shapes(&text);
        assert!(
            found.iter().any(|(kind, text)| *kind == 'h' && heading.contains(text) && !text.contains(['*', '=', '■', '】'])),
            "{heading}: {found:?}"
        );
    }
}

#[test]
fn labels_start_paragraphs() {
    assert_eq!(shapes("Severity: High\nStart: 10:00\nand more"), [('p', "Severity: High"), ('p', "Start: 10:00\nand more")]);
}

#[test]
fn lists_and_timelines() {
    let text = "- one\n  more\n- [x] two\n[ ] task\n• three\n2) four\nc) letter\n10:15 five\nT+4m six\n2024-05-01 seven";
    let found = shapes(text);
    let texts: Vec<_> = found.iter().map(|(_, text)| *text).collect();
    assert_eq!(texts, ["one\n  more", "two", "task", "three", "four", "letter", "10:15 five", "T+4m six", "2024-05-01 seven"]);
    assert!(found.iter().all(|(kind, _)| *kind == 'i'));
}

#[test]
fn a_wrapped_line_may_start_with_a_clock() {
    assert_eq!(shapes("The reports, sent at\n23:30:00, were late."), [('p', "The reports, sent at\n23:30:00, were late.")]);
    assert_eq!(shapes("All times UTC.\n10:15 alert\n10:20 fixed").len(), 3);
}

#[test]
fn look_alikes_stay_text() {
    for text in [
        "**Nothing** was **lost**",
        "**We lost nothing.**",
        "-5 degrees",
        "1.5 hours",
        "*emphasis*",
        "10.0.0.1 failed",
        "3:1 odds were given",
    ] {
        assert_eq!(shapes(text), [('p', text)], "{text}");
    }
}

#[test]
fn a_copied_chat_is_a_timeline() {
    let chat = "alice  9:58 PM\nSearch is slow.\nbob  10:03 PM\nAck.\nLooking.\n";
    assert_eq!(shapes(chat), [('i', "9:58 PM\nSearch is slow."), ('i', "10:03 PM\nAck.\nLooking.")]);
    assert_eq!(shapes("We met at 10:03\nand went on."), [('p', "We met at 10:03\nand went on.")]);
}

#[test]
fn code_is_set_apart() {
    assert_eq!(shapes("before\n```\n10:00 log\n```\nafter"), [('p', "before"), ('c', "10:00 log"), ('p', "after")]);
}
