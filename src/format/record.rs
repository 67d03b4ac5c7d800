//! A file that is a record in YAML, or a list of records: its values are the fields of a report each.

use super::{front, site};
use crate::document::{Field, Report};
use crate::source::Span;

/// Whether a file is a record, by its name.
pub fn is_record(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".yaml", ".yml"].iter().any(|ending| name.ends_with(ending))
}

/// Reads a record as a report, a list of records as a report each.
pub fn read(text: &str) -> Vec<Report<'_>> {
    let whole = Span::new(0..text.len());
    let front = front::read(text, whole.range());
    if front.fields.is_empty() && !front.records.is_empty() {
        return front.records.into_iter().filter_map(entry).collect();
    }
    let mut report = Report::new(whole);
    report.fields.clone_from(&front.fields);
    site::read(&mut report, &front);
    vec![report]
}

/// A record of a list.
fn entry(fields: Vec<Field<'_>>) -> Option<Report<'_>> {
    let (first, last) = (fields.first()?, fields.last()?);
    let mut report = Report::new(first.label.whole().to(last.value.whole()));
    report.fields = fields;
    Some(report)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str) -> Vec<Vec<(String, String)>> {
        let pair = |field: &Field| (field.label.as_str().to_owned(), field.value.as_str().to_owned());
        read(text).iter().map(|report| report.fields.iter().map(pair).collect()).collect()
    }

    fn pair(label: &str, value: &str) -> (String, String) {
        (label.into(), value.into())
    }

    #[test]
    fn a_record_and_a_list_of_records() {
        assert_eq!(fields("- title: One\n  start: 10:00\n"), [vec![pair("title", "One"), pair("start", "10:00")]]);
        assert_eq!(fields("title: Mails twice\nservices:\n  - Mailer\n"), [vec![pair("title", "Mails twice"), pair("services", "Mailer")]]);
        let list = "- title: One\n  services: [A, B]\n- title: Two\n  start: 2026-01-17T06:00:00Z\n";
        assert_eq!(
            fields(list),
            [
                vec![pair("title", "One"), pair("services", "A"), pair("services", "B")],
                vec![pair("title", "Two"), pair("start", "2026-01-17T06:00:00Z")]
            ]
        );
    }
}
