//! Google Cloud's `incidents.json`: an array of incidents with begin, end, severity, affected products and updates whose
//! text is Markdown.

use super::{Place, Raw, add_component, fault, rescued};
use crate::document::{Document, Format, Report, Text, Update};
use crate::format::text;
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
struct Incident<'a> {
    #[serde(borrow)]
    id: Raw<'a>,
    #[serde(borrow)]
    begin: Raw<'a>,
    #[serde(borrow)]
    end: Raw<'a>,
    #[serde(borrow)]
    external_desc: Raw<'a>,
    #[serde(borrow)]
    severity: Raw<'a>,
    #[serde(borrow)]
    service_name: Raw<'a>,
    #[serde(borrow)]
    uri: Raw<'a>,
    #[serde(borrow, default)]
    affected_products: Option<Vec<Titled<'a>>>,
    #[serde(borrow, default)]
    currently_affected_locations: Option<Vec<Titled<'a>>>,
    #[serde(borrow, default)]
    previously_affected_locations: Option<Vec<Titled<'a>>>,
    #[serde(borrow, default)]
    updates: Option<Vec<Post<'a>>>,
}

#[derive(Deserialize)]
struct Titled<'a> {
    #[serde(borrow)]
    title: Raw<'a>,
}

#[derive(Deserialize)]
struct Post<'a> {
    #[serde(borrow)]
    when: Raw<'a>,
    #[serde(borrow)]
    text: Raw<'a>,
    #[serde(borrow)]
    status: Raw<'a>,
}

/// Reads the incidents of a file; none where they are not Google Cloud's.
pub fn read<'a>(place: &Place<'a>) -> Result<Option<Document<'a>>, serde_json::Error> {
    let raws: Vec<&RawValue> = serde_json::from_str(place.source)?;
    let own = |raw: &&RawValue| serde_json::from_str::<Incident>(raw.get()).is_ok_and(|incident| incident.begin.is_some());
    if !raws.first().is_some_and(own) {
        return Ok(None);
    }
    let mut document = Document::new(Format::GoogleCloudJson, Vec::new());
    for raw in raws {
        match serde_json::from_str::<Incident>(raw.get()) {
            Ok(incident) if incident.begin.is_some() || incident.updates.is_some() => document.reports.push(report(place, raw, &incident)),
            Ok(_) => {}
            Err(error) => document.problem = Some(fault(place.source, place.span(raw).range().start, &error)),
        }
    }
    Ok(Some(document))
}

/// Reads the incidents of a broken file that are whole.
pub fn rescue<'a>(place: &Place<'a>) -> Document<'a> {
    let mut document = Document::new(Format::GoogleCloudJson, Vec::new());
    rescued(place.source, |raw| {
        let incident = serde_json::from_str::<Incident>(raw.get()).ok();
        let incident =
            incident.filter(|incident| incident.begin.is_some() && (incident.updates.is_some() || incident.external_desc.is_some()));
        document.reports.extend(incident.as_ref().map(|incident| report(place, raw, incident)));
        incident.is_some()
    });
    document
}

fn report<'a>(place: &Place<'a>, raw: &RawValue, incident: &Incident<'a>) -> Report<'a> {
    let mut report = Report::new(place.span(raw));
    report.id = place.text(incident.id);
    report.url = place.text(incident.uri);
    report.title = place.text(incident.external_desc).map(|text| title(&text));
    place.fields(&mut report, &[("severity", incident.severity), ("begin", incident.begin), ("end", incident.end)]);
    let locations = [&incident.currently_affected_locations, &incident.previously_affected_locations];
    for location in locations.into_iter().flatten().flatten() {
        place.fields(&mut report, &[("region", location.title)]);
    }
    for product in incident.affected_products.iter().flatten() {
        if let Some(title) = place.text(product.title) {
            add_component(&mut report, title);
        }
    }
    if report.components.is_empty() {
        report.components.extend(place.text(incident.service_name));
    }
    for post in incident.updates.iter().flatten() {
        let Some(body) = place.text(post.text) else { continue };
        // "AVAILABLE" means that it is over; the other states say how bad it is, which is no step of the lifecycle.
        let over = place.text(post.status).filter(|status| status.as_str() == "AVAILABLE");
        let label = if over.is_some() { "Resolved" } else { "Update" };
        report.updates.push(Update {
            label: Text::slice_of(label, 0..label.len()),
            stamp: place.text(post.when),
            blocks: text::blocks_of(&body),
        });
    }
    report
}

/// A description may go on for paragraphs, each below a heading of its own: its first line that is no heading is the title, without a
/// label in front.
fn title<'a>(text: &Text<'a>) -> Text<'a> {
    let mut at = 0;
    let lines = text.as_str().split_inclusive('\n').map(|line| {
        at += line.len();
        text.part(at - line.len()..at).trimmed()
    });
    let lines: Vec<Text> = lines.filter(|line| !line.as_str().is_empty()).take(MOST_HEADINGS).collect();
    let first = lines.first().cloned().unwrap_or_else(|| text.part(0..0));
    lines.iter().find_map(without_label).unwrap_or(first)
}

/// More headings than this no text has on top.
const MOST_HEADINGS: usize = 4;

/// "**Summary:** Writes failed" without its label; none of "# Summary" and "**Summary:**", which are nothing else.
fn without_label<'a>(line: &Text<'a>) -> Option<Text<'a>> {
    let whole = line.as_str();
    if whole.starts_with('#') {
        return None;
    }
    let Some((label, rest)) = whole.strip_prefix("**").and_then(|rest| rest.split_once("**")) else { return Some(line.clone()) };
    let words = rest.trim_start_matches(':').trim_start();
    let is_label = label.ends_with(':') || rest.starts_with(':') || words.is_empty();
    match (is_label, words.is_empty()) {
        (true, true) => None,
        (true, false) => Some(line.part(whole.len() - words.len()..whole.len())),
        (false, _) => Some(line.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::form::Forms;
    use crate::format::json::read;

    #[test]
    fn reads_incidents() {
        let source = r#"[{"id":"g1","begin":"2024-05-02T17:11:00+00:00","end":"2024-05-02T20:40:00+00:00","external_desc":"Writes fail\nmore",
            "severity":"medium","service_name":"Ledger","affected_products":[{"title":"Ledger Store","id":"x"}],
            "updates":[{"when":"2024-05-02T20:45:00+00:00","text":"Fixed at 13:40 US/Pacific.","status":"AVAILABLE"}]}]"#;
        let document = read(source, &Forms::default());
        let [report] = document.reports.as_slice() else { unreachable!("one incident") };
        assert_eq!(report.title.as_ref().map(Text::as_str), Some("Writes fail"));
        assert_eq!(report.fields.iter().map(|field| field.label.as_str()).collect::<Vec<_>>(), ["severity", "begin", "end"]);
        assert_eq!(report.components.iter().map(Text::as_str).collect::<Vec<_>>(), ["Ledger Store"]);
        assert_eq!(report.updates.first().map(|update| update.label.as_str()), Some("Resolved"));
    }

    #[test]
    fn a_title_is_no_heading() {
        for (text, want) in [
            ("Writes fail\nmore", "Writes fail"),
            ("**Summary:**\n\nWrites fail.\n\n**Description:**\nMore.", "Writes fail."),
            ("**Summary**: Writes fail.\nMore.", "Writes fail."),
            ("# Summary\n\n**Writes** fail.", "**Writes** fail."),
            ("**Summary:**", "**Summary:**"),
            ("", ""),
        ] {
            assert_eq!(title(&Text::slice_of(text, 0..text.len())).as_str(), want, "{text}");
        }
    }

    #[test]
    fn places_are_regions() {
        let source = r#"[{"id":"g1","begin":"2024-05-02T17:11:00+00:00","external_desc":"Writes fail","updates":[],
            "previously_affected_locations":[{"title":"Norwich (norwich-1)","id":"norwich-1"}]}]"#;
        let document = read(source, &Forms::default());
        let fields = document.reports.iter().flat_map(|report| &report.fields).find(|field| field.label.as_str() == "region");
        assert_eq!(fields.map(|field| field.value.as_str()), Some("Norwich (norwich-1)"));
    }
}
