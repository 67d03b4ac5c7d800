//! Statuspage's public and manage API: `incidents.json`, `scheduled-maintenances.json`, a bare list of incidents, one incident, or
//! the `history.json` behind its page of past incidents.

use super::{Place, Raw, add_component, fault, rescued};
use crate::document::{Change, Document, Format, IncidentKind, Report, Text, Update};
use crate::format::{history, html, text};
use chrono::{DateTime, FixedOffset};
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
    #[serde(borrow, default)]
    months: Vec<Month<'a>>,
}

/// A month of `history.json`.
#[derive(Deserialize)]
struct Month<'a> {
    year: Option<i32>,
    #[serde(borrow, default)]
    incidents: Vec<&'a RawValue>,
}

/// An incident in it: its last update, and from when to when there were any.
#[derive(Deserialize)]
struct Past<'a> {
    #[serde(borrow)]
    code: Raw<'a>,
    #[serde(borrow)]
    name: Raw<'a>,
    #[serde(borrow)]
    message: Raw<'a>,
    #[serde(borrow)]
    impact: Raw<'a>,
    #[serde(borrow)]
    timestamp: Raw<'a>,
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
    started_at: Raw<'a>,
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

impl<'a> Post<'a> {
    /// A person may move an update to when it held; that is what the page shows.
    fn stamp(&self, place: &Place<'a>) -> Option<Text<'a>> {
        place.text(self.display_at).or_else(|| place.text(self.created_at))
    }
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    name: Raw<'a>,
    #[serde(borrow)]
    new_status: Raw<'a>,
}

/// The label of what is published once all is over.
const POSTMORTEM: &str = "postmortem";

/// Reads the incidents of a file; none where they are not Statuspage's.
pub fn read<'a>(place: &Place<'a>) -> Result<Option<Document<'a>>, serde_json::Error> {
    let mut document = Document::new(Format::StatuspageJson, Vec::new());
    let Some((publisher, raws)) = incidents(place)? else { return Ok(None) };
    for (year, raw) in raws {
        let read = match year {
            Some(year) => serde_json::from_str::<Past>(raw.get()).map(|past| past_report(place, raw, &past, year)),
            None => serde_json::from_str::<Incident>(raw.get()).map(|incident| report(place, raw, &incident)),
        };
        match read {
            Ok(report) => document.reports.push(Report { organization: publisher.clone(), ..report }),
            Err(error) => document.problem = Some(fault(place.source, place.span(raw).range().start, &error)),
        }
    }
    Ok(Some(document))
}

/// The name of the page, and its incidents, those of `history.json` with their year.
type Listed<'a> = (Option<Text<'a>>, Vec<(Option<i32>, &'a RawValue)>);

fn incidents<'a>(place: &Place<'a>) -> Result<Option<Listed<'a>>, serde_json::Error> {
    let source = place.source;
    // Without a page around it an incident is told by its updates.
    let bare = |raw: &RawValue| {
        serde_json::from_str::<Incident>(raw.get()).is_ok_and(|incident| incident.is_own() && incident.incident_updates.is_some())
    };
    if source.trim_start().starts_with('[') {
        let raws: Vec<&RawValue> = serde_json::from_str(source)?;
        return Ok(raws.first().is_some_and(|raw| bare(raw)).then(|| (None, raws.into_iter().map(|raw| (None, raw)).collect())));
    }
    let file: File = serde_json::from_str(source)?;
    let publisher = file.page.as_ref().and_then(|page| place.text(page.name));
    let past = |raw: &RawValue| serde_json::from_str::<Past>(raw.get()).is_ok_and(|past| past.code.is_some() && past.timestamp.is_some());
    let months = || file.months.iter().flat_map(|month| month.incidents.iter().map(|raw| (month.year, *raw)));
    if months().next().is_some_and(|(year, raw)| year.is_some() && past(raw)) {
        return Ok(Some((publisher, months().collect())));
    }
    let raws: Vec<&RawValue> = file.incidents.into_iter().chain(file.scheduled_maintenances).chain(file.incident).collect();
    // What cannot be read is told of later.
    let own = |raw: &RawValue| serde_json::from_str::<Incident>(raw.get()).map_or(true, |incident| incident.is_own());
    match raws.first() {
        Some(first) if own(first) => {}
        None if file.page.is_some() => {}
        Some(_) => return Ok(None),
        None => {
            let whole: &RawValue = serde_json::from_str(source)?;
            return Ok(bare(whole).then(|| (None, vec![(None, whole)])));
        }
    }
    Ok(Some((publisher, raws.into_iter().map(|raw| (None, raw)).collect())))
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
        let report = incident.as_ref().map(|incident| report(place, raw, incident));
        document.reports.extend(report.map(|report| Report { organization: publisher.clone(), ..report }));
        incident.is_some()
    });
    document
}

fn report<'a>(place: &Place<'a>, raw: &RawValue, incident: &Incident<'a>) -> Report<'a> {
    let mut report = Report::new(place.span(raw));
    let impact = place.text(incident.impact);
    let planned = impact.as_ref().is_some_and(|impact| impact.as_str() == "maintenance") || place.text(incident.scheduled_for).is_some();
    report.kind = if planned { IncidentKind::Maintenance } else { IncidentKind::Incident };
    report.id = place.text(incident.id);
    report.url = place.text(incident.shortlink);
    report.title = place.text(incident.name);
    place.fields(&mut report, &[("impact", incident.impact), ("status", incident.status)]);
    let mut names: Vec<Text> = incident.components.iter().flatten().filter_map(|named| place.text(named.name)).collect();
    for post in incident.incident_updates.iter().flatten() {
        let Some(label) = place.text(post.status) else { continue };
        let blocks = place.text(post.body).map(|body| text::blocks_of(&body)).unwrap_or_default();
        for named in post.affected_components.iter().flatten() {
            let Some(component) = place.text(named.name) else { continue };
            let to = place.text(named.new_status);
            report.changes.extend(to.map(|to| Change { component: component.clone(), to, update: report.updates.len() }));
            names.push(component);
        }
        report.updates.push(Update { label, stamp: post.stamp(place), blocks });
    }
    times(place, incident, &mut report);
    if !report.updates.iter().any(Update::is_postmortem)
        && let Some(body) = place.text(incident.postmortem_body)
    {
        let label = Text::slice_of(POSTMORTEM, 0..POSTMORTEM.len());
        report.updates.push(Update { label, stamp: place.text(incident.postmortem_published_at), blocks: text::blocks_of(&body) });
    }
    names.into_iter().for_each(|name| add_component(&mut report, name));
    report
}

/// The moments beside those of the updates: what was planned, where no update tells that the work began or was called off, and
/// a start that is earlier than anything posted.
fn times<'a>(place: &Place<'a>, incident: &Incident<'a>, report: &mut Report<'a>) {
    let posted =
        || incident.incident_updates.iter().flatten().filter_map(|post| Some((place.text(post.status)?, moment(&post.stamp(place)?)?)));
    let told = |raw: Raw<'a>| place.text(raw).as_ref().and_then(moment);
    let begun = posted().any(|(status, _)| matches!(status.as_str(), "in_progress" | "verifying"));
    let before = |at: DateTime<FixedOffset>| told(incident.scheduled_for).is_some_and(|planned| at <= planned);
    let called_off = posted().any(|(status, at)| status.as_str() == "completed" && before(at));
    if begun || called_off {
        place.fields(report, &[("scheduled_for", incident.scheduled_for), ("scheduled_until", incident.scheduled_until)]);
    } else {
        place.fields(report, &[("start", incident.scheduled_for), ("end", incident.scheduled_until)]);
    }
    let first = posted().map(|(_, at)| at).min();
    if report.kind == IncidentKind::Incident && told(incident.started_at).zip(first).is_some_and(|(started, first)| started < first) {
        place.fields(report, &[("start", incident.started_at)]);
    }
}

fn moment(text: &Text) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc3339(text.as_str()).ok()
}

/// An incident of `history.json`, of which its last update and the stretch of all are told.
fn past_report<'a>(place: &Place<'a>, raw: &RawValue, past: &Past<'a>, year: i32) -> Report<'a> {
    let mut report = Report::new(place.span(raw));
    report.id = place.text(past.code);
    report.title = place.text(past.name);
    report.year = Some(year);
    place.fields(&mut report, &[("impact", past.impact)]);
    if place.text(past.impact).is_some_and(|impact| impact.as_str() == "maintenance") {
        report.kind = IncidentKind::Maintenance;
    }
    let message = place.text(past.message).map(|message| html::flatten(&message));
    let word = if report.kind == IncidentKind::Maintenance { "completed" } else { "resolved" };
    let label = if message.as_ref().is_some_and(|message| says_it_is(word, message.as_str())) { "resolved" } else { "update" };
    let label = Text::slice_of(label, 0..label.len());
    let blocks = message.map(|message| text::blocks_of(&message)).unwrap_or_default();
    if let Some(stamp) = place.text(past.timestamp) {
        report.updates = history::stamped(&html::flatten(&stamp), &label, blocks);
    }
    report
}

/// Whether a message says that it is `over`, not that it will be, or is not yet.
fn says_it_is(over: &str, message: &str) -> bool {
    const OPEN: [&str; 9] = ["not", "be", "will", "until", "once", "when", "if", "whether", "before"];
    let words = |sentence: &str| -> Vec<String> {
        sentence.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’')).map(str::to_lowercase).collect()
    };
    let is_open = |word: &String| OPEN.contains(&word.as_str()) || word.ends_with("n't") || word.ends_with("n’t");
    message.split(['.', '!', '\n']).map(words).any(|words| words.iter().any(|word| word == over) && !words.iter().any(is_open))
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

    /// The labels and values beside the updates of an incident with these members.
    fn fields(members: &str) -> Vec<String> {
        let source = format!(r#"{{"page": {{"name": "Acme"}}, "incidents": [{{"name": "Router swap", {members}}}]}}"#);
        let document = read(&source, &Forms::default());
        let fields = document.reports.iter().flat_map(|report| &report.fields);
        fields.map(|field| format!("{} {}", field.label.as_str(), field.value.as_str())).collect()
    }

    #[test]
    fn planned_work_is_when_it_was_planned_until_it_begins() {
        let planned = r#""scheduled_for": "2026-12-05T02:00:00Z", "scheduled_until": "2026-12-05T04:00:00Z", "incident_updates": "#;
        let posted = |status: &str, at: &str| format!(r#"{planned}[{{"status": "{status}", "body": "x", "created_at": "{at}"}}]"#);
        let window = ["start 2026-12-05T02:00:00Z", "end 2026-12-05T04:00:00Z"];
        assert_eq!(fields(&posted("scheduled", "2026-11-20T10:00:00Z")), window);
        assert_eq!(fields(&posted("completed", "2026-12-05T03:10:00Z")), window);
        let other = ["scheduled_for 2026-12-05T02:00:00Z", "scheduled_until 2026-12-05T04:00:00Z"];
        assert_eq!(fields(&posted("in_progress", "2026-12-05T02:20:00Z")), other, "begun, and told when");
        assert_eq!(fields(&posted("completed", "2026-12-01T09:00:00Z")), other, "called off");
    }

    #[test]
    fn a_start_before_all_that_was_posted() {
        let started = |at: &str| {
            fields(&format!(
                r#""started_at": "{at}", "incident_updates": [{{"status": "resolved", "created_at": "2026-03-03T11:00:00Z"}}]"#
            ))
        };
        assert_eq!(started("2026-03-03T10:20:00Z"), ["start 2026-03-03T10:20:00Z"]);
        assert_eq!(started("2026-03-03T11:00:00Z"), [""; 0]);
    }

    #[test]
    fn lists_and_incidents_without_a_page() {
        let incident = r#"{"id": "x1", "name": "Down", "incident_updates": [{"status": "resolved", "body": "Back.", "created_at": "2024-05-01T11:00:00Z"}]}"#;
        for source in [incident.to_owned(), format!("[{incident}]"), format!(r#"{{"incident": {incident}}}"#)] {
            let document = read(&source, &Forms::default());
            assert_eq!((document.format, document.reports.len()), (Format::StatuspageJson, 1), "{source}");
        }
    }

    #[test]
    fn the_history_behind_the_page_of_past_incidents() {
        let source = r#"{"months": [{"name": "October", "year": 2018, "incidents": [{"code": "x1", "name": "Web failing", "impact": "major",
            "message": "This incident has been resolved.",
            "timestamp": "Oct <var data-var='date'>31</var>, <var data-var='time'>18:11</var> - <var data-var='time'>19:20</var> PDT"}]}]}"#;
        let document = read(source, &Forms::default());
        let [report] = document.reports.as_slice() else { unreachable!("one incident") };
        assert_eq!((report.year, report.id.as_ref().map(Text::as_str)), (Some(2018), Some("x1")));
        let updates: Vec<_> =
            report.updates.iter().map(|update| (update.label.as_str(), update.stamp.as_ref().map(Text::as_str))).collect();
        assert_eq!(updates, [("resolved", Some("Oct 31, 19:20 PDT")), ("", Some("Oct 31, 18:11 PDT"))]);
    }
    #[test]
    fn a_last_message_that_only_hopes_ends_nothing() {
        for (message, over) in [
            ("This incident has been resolved.", true),
            ("A disk was full. Resolved.", true),
            ("It has not been resolved yet.", false),
            ("We expect this to be resolved by noon.", false),
            ("It isn’t resolved.", false),
            ("The cause is unresolved.", false),
            ("The first half of the work is completed.", false),
        ] {
            assert_eq!(says_it_is("resolved", message), over, "{message}");
        }
        assert!(says_it_is("completed", "The scheduled maintenance has been completed."));
    }
}
