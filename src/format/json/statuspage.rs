//! Statuspage's public API, version 2: `incidents.json`, `scheduled-maintenances.json`, or one incident.

use super::{Place, Raw, add_component, fault, rescued};
use crate::document::{Document, Format, IncidentKind, Report, Text, Update};
use crate::format::text;
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    page: Option<Page<'a>>,
    #[serde(borrow)]
    incident: Raw<'a>,
    #[serde(borrow, default)]
    incidents: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    scheduled_maintenances: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Page<'a> {
    #[serde(borrow)]
    name: Raw<'a>,
}

#[derive(Deserialize)]
struct Incident<'a> {
    #[serde(borrow)]
    id: Raw<'a>,
    #[serde(borrow)]
    name: Raw<'a>,
    #[serde(borrow)]
    status: Raw<'a>,
    #[serde(borrow)]
    impact: Raw<'a>,
    #[serde(borrow)]
    shortlink: Raw<'a>,
    #[serde(borrow)]
    scheduled_for: Raw<'a>,
    #[serde(borrow)]
    scheduled_until: Raw<'a>,
    #[serde(borrow, default)]
    incident_updates: Option<Vec<Post<'a>>>,
    #[serde(borrow, default)]
    components: Option<Vec<Named<'a>>>,
    #[serde(borrow)]
    postmortem_body: Raw<'a>,
    #[serde(borrow)]
    postmortem_published_at: Raw<'a>,
}

impl Incident<'_> {
    /// Whether it is an incident of Statuspage; its parts have names and states as well.
    fn is_own(&self) -> bool {
        self.name.is_some() && (self.incident_updates.is_some() || self.impact.is_some() || self.shortlink.is_some())
    }
}

#[derive(Deserialize)]
struct Post<'a> {
    #[serde(borrow)]
    status: Raw<'a>,
    #[serde(borrow)]
    body: Raw<'a>,
    #[serde(borrow)]
    created_at: Raw<'a>,
    #[serde(borrow)]
    display_at: Raw<'a>,
    #[serde(borrow, default)]
    affected_components: Option<Vec<Named<'a>>>,
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    name: Raw<'a>,
}

/// The label of what is published once all is over.
const POSTMORTEM: &str = "postmortem";

/// Reads the incidents of a file; none where they are not Statuspage's.
pub fn read<'a>(place: &Place<'a>) -> Result<Option<Document<'a>>, serde_json::Error> {
    let mut document = Document::new(Format::StatuspageJson, Vec::new());
    let file: File = serde_json::from_str(place.source)?;
    let mut all = file.incidents.iter().chain(&file.scheduled_maintenances).chain(&file.incident);
    // What cannot be read is told below.
    let own = |raw: &&RawValue| serde_json::from_str::<Incident>(raw.get()).map_or(true, |incident| incident.is_own());
    if !all.next().map_or(file.page.is_some(), own) {
        return Ok(None);
    }
    let publisher = file.page.and_then(|page| place.text(page.name));
    for raw in file.incidents.iter().chain(&file.scheduled_maintenances).chain(&file.incident) {
        match serde_json::from_str::<Incident>(raw.get()) {
            Ok(incident) => document.reports.push(report(place, raw, &incident, publisher.clone())),
            Err(error) => document.problem = Some(fault(place.source, place.span(raw).range().start, &error)),
        }
    }
    Ok(Some(document))
}

/// Reads the incidents of a broken file that are whole, and whose page it is.
pub fn rescue<'a>(place: &Place<'a>) -> Document<'a> {
    let mut document = Document::new(Format::StatuspageJson, Vec::new());
    let mut publisher = None;
    rescued(place.source, |raw| {
        let before = place.source.get(..place.span(raw).range().start).unwrap_or_default().trim_end();
        if before.strip_suffix(':').is_some_and(|key| key.trim_end().ends_with("\"page\"")) {
            publisher = serde_json::from_str::<Page>(raw.get()).ok().and_then(|page| place.text(page.name));
            return true;
        }
        let incident = serde_json::from_str::<Incident>(raw.get()).ok();
        let incident = incident.filter(Incident::is_own);
        document.reports.extend(incident.as_ref().map(|incident| report(place, raw, incident, publisher.clone())));
        incident.is_some()
    });
    document
}

fn report<'a>(place: &Place<'a>, raw: &RawValue, incident: &Incident<'a>, publisher: Option<Text<'a>>) -> Report<'a> {
    let mut report = Report::new(place.span(raw));
    let impact = place.text(incident.impact);
    let planned = impact.as_ref().is_some_and(|impact| impact.as_str() == "maintenance")
        || incident.scheduled_for.is_some_and(|raw| raw.get() != "null");
    report.kind = if planned { IncidentKind::Maintenance } else { IncidentKind::Incident };
    report.id = place.text(incident.id);
    report.url = place.text(incident.shortlink);
    report.title = place.text(incident.name);
    report.organization = publisher;
    place.fields(
        &mut report,
        &[
            ("impact", incident.impact),
            ("status", incident.status),
            ("scheduled_for", incident.scheduled_for),
            ("scheduled_until", incident.scheduled_until),
        ],
    );
    let mut names: Vec<Text> = incident.components.iter().flatten().filter_map(|named| place.text(named.name)).collect();
    for post in incident.incident_updates.iter().flatten() {
        let Some(label) = place.text(post.status) else { continue };
        // A person may move an update to when it held; that is what the page shows.
        let stamp = place.text(post.display_at).or_else(|| place.text(post.created_at));
        let blocks = place.text(post.body).map(|body| text::blocks_of(&body)).unwrap_or_default();
        report.updates.push(Update { label, stamp, blocks });
        names.extend(post.affected_components.iter().flatten().filter_map(|named| place.text(named.name)));
    }
    if !report.updates.iter().any(Update::is_postmortem)
        && let Some(body) = place.text(incident.postmortem_body)
    {
        let label = Text::slice_of(POSTMORTEM, 0..POSTMORTEM.len());
        report.updates.push(Update { label, stamp: place.text(incident.postmortem_published_at), blocks: text::blocks_of(&body) });
    }
    names.into_iter().for_each(|name| add_component(&mut report, name));
    report
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::form::Forms;
    use crate::format::json::read;

    #[test]
    fn the_post_mortem_is_an_update() {
        let source = r###"{"page":{"name":"Acme"},"incidents":[{"id":"x1","name":"Down","status":"postmortem","incident_updates":[],
            "postmortem_body":"## Root cause\n\nA full disk.","postmortem_published_at":"2024-05-03T11:00:00Z"}]}"###;
        let document = read(source, &Forms::default());
        let update = document.reports.first().and_then(|report| report.updates.first());
        assert_eq!(update.map(|update| (update.is_postmortem(), update.blocks.len())), Some((true, 2)));
        assert_eq!(update.and_then(|update| update.stamp.as_ref()).map(Text::as_str), Some("2024-05-03T11:00:00Z"));
    }

    #[test]
    fn reads_incidents_with_their_updates() {
        let source = r#"{"page":{"name":"Acme"},"incidents":[{"id":"x1","name":"Down","impact":"major","status":"resolved",
            "shortlink":"https://s.example/x1","components":null,"incident_updates":[{"status":"resolved","body":"Back.\nBetween 10:00 and 11:00 UTC it failed.",
            "created_at":"2024-05-01T11:00:00Z","display_at":null,"affected_components":[{"name":"API"}]}]}]}"#;
        let document = read(source, &Forms::default());
        assert_eq!(document.problem, None);
        let [report] = document.reports.as_slice() else { unreachable!("one incident") };
        assert_eq!(report.title.as_ref().map(Text::as_str), Some("Down"));
        assert_eq!(report.updates.len(), 1);
        assert_eq!(report.updates.first().and_then(|u| u.stamp.as_ref()).map(Text::as_str), Some("2024-05-01T11:00:00Z"));
        assert_eq!(report.components.iter().map(Text::as_str).collect::<Vec<_>>(), ["API"]);
        let block = report.updates.first().and_then(|u| u.blocks.last()).map(|b| b.text.whole());
        assert_eq!(block.and_then(|span| source.get(span.range())), Some(r"Back.\nBetween 10:00 and 11:00 UTC it failed."));
    }
}
