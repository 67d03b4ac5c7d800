//! From text of any form to blocks: the form is told from the content, then its reader runs.

mod columns;
mod feed;
mod fields;
mod front;
mod history;
mod html;
mod json;
mod leaders;
mod mail;
mod markdown;
mod site;
mod statuspage;
mod text;

use crate::document::{Document, Field, Format, Report, Text};
use crate::source::{Source, Span};

pub use json::has_half_characters;
pub use text::goes_on;

/// Reads `source` in the form its content shows, its name deciding only where the content leaves it open.
pub fn read(source: &Source) -> Document<'_> {
    let text = source.text();
    let whole = Span::new(0..text.len());
    match sniff(source.name(), text) {
        Format::StatuspageJson => json::read(text),
        Format::StatuspageFeed => feed::read(text),
        Format::Html => html::read(text),
        Format::StatuspageText => {
            let page = Text::slice_of(text, 0..text.len());
            let reports = if statuspage::is_page(text) { statuspage::read(&page) } else { history::read(&page) };
            Document { format: Format::StatuspageText, reports, problem: None }
        }
        Format::Text if mail::is_mail(text) => mail::read(text),
        Format::Text if is_record(source.name()) => Document { format: Format::Text, reports: records(text, whole), problem: None },
        Format::Markdown => Document { format: Format::Markdown, reports: vec![markdown::read(text)], problem: None },
        format => Document { format, reports: text::reports(text, whole), problem: None },
    }
}

/// Whether a file is a record in YAML, by its name.
fn is_record(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(".yaml") || name.ends_with(".yml")
}

/// A record in YAML, whose values are the fields of a report; or a list of records, a report each.
fn records(text: &str, whole: Span) -> Vec<Report<'_>> {
    let front = front::read(text, whole.range());
    if front.fields.is_empty() && front.records.len() > 1 {
        return front.records.into_iter().filter_map(record).collect();
    }
    let mut report = Report::new(whole);
    report.fields.clone_from(&front.fields);
    site::read(&mut report, &front);
    vec![report]
}

/// A record of a list.
fn record(fields: Vec<Field<'_>>) -> Option<Report<'_>> {
    let (first, last) = (fields.first()?, fields.last()?);
    let mut report = Report::new(first.label.whole().to(last.value.whole()));
    report.fields = fields;
    Some(report)
}

/// The form of `text`.
pub fn sniff(name: &str, text: &str) -> Format {
    let start = text.trim_start();
    let array = start.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with('{'));
    // "{{status}}" is a template of a wiki.
    let object = start.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']) || name.ends_with(".json"));
    if object || array || (start.starts_with('[') && name.ends_with(".json")) {
        return Format::StatuspageJson;
    }
    if mail::is_mail(text) {
        return Format::Text;
    }
    if feed::is_feed(text) {
        return Format::StatuspageFeed;
    }
    if html::is_page(text) {
        return Format::Html;
    }
    if statuspage::is_page(text) || history::is_list(text) {
        return Format::StatuspageText;
    }
    let name = name.to_ascii_lowercase();
    if is_record(&name) {
        return Format::Text;
    }
    let named = name.ends_with(".md") || name.ends_with(".markdown") || name.ends_with(".mdx");
    if named || markdown::looks_like(text) { Format::Markdown } else { Format::Text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sniffs_the_content() {
        for (name, text, format) in [
            ("a.json", "{\"incidents\": []}", Format::StatuspageJson),
            ("noname", " \n{\"page\": 1}", Format::StatuspageJson),
            ("a.txt", "Login down\nIncident Report for Acme\n\nResolved\nok\nPosted Jan 2, 2025 - 10:00 UTC\n", Format::StatuspageText),
            ("a.md", "# Title\n\ntext", Format::Markdown),
            ("a.txt", "# Title\n\n## Timeline\n\n- 10:00 x\n", Format::Markdown),
            ("a.txt", "Subject: x\n\nAt 10:00 it broke.\n", Format::Text),
            ("a.txt", "[post-mortem] it broke\n", Format::Text),
        ] {
            assert_eq!(sniff(name, text), format, "{text}");
        }
    }
}
