//! A file that is a record in YAML, or a list of records: its values are the fields of a report each.

use super::{front, site};
use crate::document::{Field, Report};
use crate::source::Span;
use std::ops::Range;

/// Whether a file is a record, by its name.
pub fn is_record(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".yaml", ".yml"].iter().any(|ending| name.ends_with(ending))
}

/// Reads a record as a report, a list of records as a report each, also where it stands under a key ("incidents:"), and
/// each of several documents.
pub fn read(text: &str) -> Vec<Report<'_>> {
    documents(text).into_iter().flat_map(|part| document(text, part)).collect()
}

/// The documents of a file, which lines of three dashes part.
fn documents(text: &str) -> Vec<Range<usize>> {
    let mut starts = vec![0];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        if line.trim_end() == "---" {
            starts.push(at);
        }
    }
    let ends = starts
        .iter()
        .skip(1)
        .map(|start| text.get(..*start).map_or(*start, |head| head.trim_end().len().saturating_sub(3)))
        .chain([text.len()]);
    let parts = starts.iter().zip(ends).map(|(start, end)| *start..end.max(*start));
    parts.filter(|part| text.get(part.clone()).is_some_and(|part| !part.trim().is_empty())).collect()
}

fn document(text: &str, part: Range<usize>) -> Vec<Report<'_>> {
    let front = front::read(text, part.clone());
    let titled = |record: &Vec<Field>| record.iter().any(|field| called(field, &["title", "name"]));
    let own = front.fields.iter().any(|field| called(field, &["title"]));
    if !front.records.is_empty() && !own && front.records.iter().all(titled) {
        let names = ["organization", "organisation", "company", "publisher"];
        let organization = front.fields.iter().find(|field| called(field, &names)).map(|field| field.value.clone());
        return front.records.into_iter().filter_map(entry).map(|report| Report { organization: organization.clone(), ..report }).collect();
    }
    let mut report = Report::new(Span::new(part));
    report.fields.clone_from(&front.fields);
    site::read(&mut report, &front);
    vec![report]
}

/// Whether a field has one of these labels.
fn called(field: &Field, names: &[&str]) -> bool {
    names.iter().any(|name| field.label.as_str().eq_ignore_ascii_case(name))
}

/// A record of a list.
fn entry(fields: Vec<Field<'_>>) -> Option<Report<'_>> {
    let (first, last) = (fields.first()?, fields.last()?);
    let mut report = Report::new(first.label.whole().to(last.value.whole()));
    report.title = fields.iter().find(|field| called(field, &["title", "name"])).map(|field| field.value.clone());
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
        let page = "organization: Acme\nincidents:\n- title: One\n- title: Two\n";
        assert_eq!(fields(page), [vec![pair("title", "One")], vec![pair("title", "Two")]]);
        assert_eq!(fields("title: One\n---\ntitle: Two\n"), [vec![pair("title", "One")], vec![pair("title", "Two")]]);
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
