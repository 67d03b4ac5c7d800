//! Passages of reports in many layouts.

use super::*;
use crate::format;
use crate::source::Source;

fn read(name: &str, text: &str) -> Vec<(Option<Topic>, &'static str, String)> {
    let source = Source::decode(name, text.as_bytes().to_vec());
    let document = format::read(&source);
    let form = |passage: &Passage| match passage.form {
        Form::Prose => "prose",
        Form::Field => "field",
        Form::Item { .. } => "item",
        Form::Row => "row",
    };
    let report = document.reports.first().map(passages).unwrap_or_default();
    report.iter().map(|p| (p.topic, form(p), p.text.as_str().to_owned())).collect()
}

#[test]
fn a_run_on_paragraph_falls_into_sections() {
    let text =
        "Summary of impact: Between 10:00 and 11:00 UTC users failed to log in. Root cause: A bug. Next steps: We will 1. test. 2. watch.";
    let found = read("a.txt", text);
    assert_eq!(
        found,
        [
            (Some(Topic::Summary), "prose", "Between 10:00 and 11:00 UTC users failed to log in.".into()),
            (Some(Topic::Cause), "prose", "A bug.".into()),
            (Some(Topic::Actions), "prose", "We will".into()),
            (Some(Topic::Actions), "item", "test.".into()),
            (Some(Topic::Actions), "item", "watch.".into()),
        ]
    );
}

#[test]
fn fields_in_text_lists_and_tables() {
    for (name, text) in [
        ("a.txt", "Severity: High\nx\n"),
        ("a.md", "- **Severity:** High\n"),
        ("a.md", "| Key | Value |\n|---|---|\n| Severity | High |\n"),
        ("a.md", "---\nseverity: High\n---\n"),
    ] {
        let found = read(name, text);
        assert_eq!(found.first().map(|(topic, form, _)| (*topic, *form)), Some((Some(Topic::Severity), "field")), "{text}: {found:?}");
    }
}

#[test]
fn subheadings_inherit() {
    let found = read(
        "a.md",
        "# Title\n\n## Lessons learned\n\n### Working with others\n\n- Share more\n\n## Action items\n\n### Short term\n\n- Do it\n",
    );
    assert_eq!(found, [(Some(Topic::Lessons), "item", "Share more".into()), (Some(Topic::ShortTerm), "item", "Do it".into())]);
}
