//! Unresolved pieces to incidents, by named policies, with the whole report in view.

mod action;
mod brand;
mod calendar;
mod cause;
mod check;
mod collect;
mod duration;
mod event;
mod letterhead;
mod mention;
mod midnight;
mod naming;
mod phase;
mod point;
mod proper;
mod publisher;
mod reading;
mod reference;
mod running;
mod story;
mod subject;
mod title;
pub mod typed;
mod unit;
mod window;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, Format, IncidentKind, Report};
use crate::extract::passage::{self, Passage};
use crate::extract::time::{Moment, Time, times};
use crate::extract::words::{Words, list};
use crate::extract::zone::ZonePiece;
use crate::format;
use crate::incident::{Certainty, Communication, Edge, Event, EventKind, Fact, Incident, Precision, SourceRef, Status};
use crate::sanitize;
use crate::source::{self, Source, Span};
use calendar::Calendar;
use point::{Point, Surroundings};
use window::Posted;

/// What to assume where a report says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// The zone of clock times in a report that names no zone.
    pub assumed_zone: chrono_tz::Tz,
    /// How much of a file is taken in.
    pub limits: Limits,
}

/// So many bytes of a paragraph, which may be a line without end, are searched for times.
const PARAGRAPH: usize = 1 << 20;

/// How much of one file is taken in; where more stands, a finding says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The bytes of a file; a larger one is not read at all.
    pub bytes: u64,
    /// The incidents of a file.
    pub incidents: usize,
    /// The events of an incident.
    pub events: usize,
}

impl Limits {
    /// The times of an incident: more than events, as not every time is of one.
    fn times(&self) -> usize {
        self.events.max(10_000).saturating_mul(2)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: source::MAX_BYTES, incidents: 10_000, events: 10_000 }
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self { assumed_zone: chrono_tz::UTC, limits: Limits::default() }
    }
}

/// What a file turned out to hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The incidents in file order; at least one, with what could be read, even when the file is no report.
    pub incidents: Vec<Incident>,
    /// Whether it reads like an incident report at all.
    pub is_report: bool,
}

/// Reads every incident of a file.
pub fn read(source: &Source, policy: &Policy) -> Reading {
    let mut document = format::read(source);
    let page = publisher::Page::default();
    let mut reports = Vec::with_capacity(document.reports.len());
    for report in std::mem::take(&mut document.reports) {
        let parts = crate::extract::split::reports(&report);
        if parts.is_empty() {
            reports.push((report, None));
            continue;
        }
        // Who writes is said once for all incidents of a review.
        let shared = publisher::of_review(source, &page, &report);
        reports.extend(parts.into_iter().map(|part| (part, shared.clone())));
    }
    let mut incidents: Vec<Incident> = Vec::with_capacity(reports.len().max(1));
    let mut is_report = false;
    let beyond = reports.get(policy.limits.incidents).map(|(report, _)| report.extent);
    reports.truncate(policy.limits.incidents.max(1));
    for (index, (report, publisher)) in reports.into_iter().enumerate() {
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        let (incident, reads_like_one) = incident(source, &document, &report, Place { index, page: &page, publisher }, policy);
        is_report |= reads_like_one;
        incidents.push(incident);
    }
    if let (Some(span), Some(last)) = (beyond, incidents.last_mut()) {
        last.diagnostics.push(limited("incidents of a file", policy.limits.incidents, source.cite(Span { end: span.start, ..span })));
    }
    if let Some((message, span)) = document.problem {
        let cite = Some(source.cite(span));
        let trouble = Diagnostic::new(Code::UnreadableReport, message, cite).help("save the file again from its source");
        match incidents.first_mut() {
            Some(first) => first.diagnostics.push(trouble),
            None => {
                let report = Report::new(Span::new(0..source.text().len()));
                let empty = Document { format: document.format, reports: Vec::new(), problem: None };
                let (mut incident, _) = incident(source, &empty, &report, Place { index: 0, page: &page, publisher: None }, policy);
                incident.diagnostics = vec![trouble];
                incidents.push(incident);
                // An export that was cut off is told of wherever it lies; other JSON in a folder is nobody's report.
                is_report |= span.start > 0 && ["\"incidents\"", "\"incident_updates\""].iter().any(|key| source.text().contains(key));
            }
        }
    }
    Reading { incidents, is_report }
}

/// What is said where more stands than is taken in.
fn limited(what: &str, most: usize, cite: crate::source::Cite) -> Diagnostic {
    Diagnostic::new(Code::UnreadableReport, format!("no more than {most} {what} are read"), Some(cite))
        .help("split the file, or raise the limit in the settings, under [limits]")
}

/// The stamp of an update, resolved.
struct Stamp {
    point: Point,
    zone: Option<ZonePiece>,
    kind: EventKind,
    running: bool,
    event: Event,
}

/// Where a report stands in its file: its number, the file, and who writes according to the text around it.
struct Place<'p> {
    index: u32,
    page: &'p publisher::Page,
    publisher: Option<Fact<String>>,
}

/// One report of a document.
fn incident(source: &Source, document: &Document, report: &Report, place: Place, policy: &Policy) -> (Incident, bool) {
    let (passages, more_times) = timed(source, passage::passages(report), policy.limits.times());
    let stamp_moments: Vec<Option<Moment>> = report.updates.iter().map(|update| stamp_moment(update.stamp.as_ref()?.as_str())).collect();
    let known: Vec<Moment> = stamp_moments.iter().flatten().cloned().collect();
    let text = source.text().get(report.extent.range()).unwrap_or_default();
    let calendar = Calendar::new(&passages, &known, text, source.text());

    let stamps: Vec<Option<Stamp>> = report
        .updates
        .iter()
        .zip(&stamp_moments)
        .map(|(update, moment)| stamp(source, update, moment.as_ref()?, &calendar, policy))
        .collect();
    let postmortems: Vec<bool> = report.updates.iter().map(crate::document::Update::is_postmortem).collect();
    let conclusive: Vec<bool> = report.updates.iter().map(|update| update.is_postmortem() || is_last_word(update.label.as_str())).collect();
    let kinds: Vec<EventKind> = report.updates.iter().map(|update| kind_of_label(update.label.as_str())).collect();
    let points: Vec<Option<(Point, Option<ZonePiece>)>> =
        stamps.iter().map(|stamp| stamp.as_ref().map(|stamp| (stamp.point.clone(), stamp.zone))).collect();
    let live: Vec<_> =
        stamps.iter().flatten().filter(|stamp| stamp.kind != EventKind::Published).filter_map(|stamp| stamp.point.at).collect();
    let live = live.iter().min().copied().zip(live.iter().max().copied());
    let top = passages
        .iter()
        .find_map(|(passage, _)| passage.heading.as_ref())
        .and_then(|heading| heading.upwards().last())
        .map(|top| top.text.whole());
    let title = title::title(source, report, &passages);
    let collector = collect::Collector {
        title: top,
        sent: reference::sent_on(&passages, &calendar),
        named: title.as_ref().map(|title| title.value.as_str()),
        live,
        passages: &passages,
        calendar: &calendar,
        assumed: policy.assumed_zone,
        stamps: &points,
        postmortems: &postmortems,
    };
    let (mentions, unreadable) = collector.collect();

    let mut posted: Vec<Posted> =
        stamps.iter().flatten().filter(|stamp| stamp.kind != EventKind::Published).filter_map(posted_of).collect();
    posted.sort_by_key(|posted| posted.at);
    let maintenance = report.kind == IncidentKind::Maintenance;
    let told = mentions.get(..window::MENTIONS).unwrap_or(&mentions);
    let evidence = window::Evidence { maintenance, source, passages: &passages, mentions: told, posted: &posted, conclusive: &conclusive };
    let (impact, from_updates) = window::impact(&evidence);
    let stamp_events: Vec<Event> = stamps.iter().flatten().map(|stamp| stamp.event.clone()).collect();
    let mut events = event::events(source, &mentions, stamp_events, &unreadable);
    let beyond = events.get(policy.limits.events).map(|event| event.cites.first().copied());
    events.truncate(policy.limits.events);

    let (severity, severity_label, unknown_severity) = naming::severity(source, &passages, title.as_ref(), maintenance);
    let components = naming::components(source, report);
    let planned = title.as_ref().map(|title| format!(" {}", title.value)).unwrap_or_default();
    let title_words = title.as_ref().map_or("", |title| title.value.as_str());
    let story = story::story(source, &passages, &conclusive, &kinds);
    let communication = posted.first().zip(posted.last()).map(|(first, last)| Communication { start: first.at, end: last.at });
    let unstamped = report
        .updates
        .iter()
        .zip(&stamps)
        .filter(|(_, stamp)| stamp.is_none())
        .map(|(update, _)| source.cite(update.label.whole()))
        .collect();
    let fact = |text: &crate::document::Text| text.as_str().to_owned();

    let mut incident = Incident {
        id: String::new(),
        source: SourceRef {
            path: source.name().to_owned(),
            index: place.index,
            format: document.format,
            url: report.url.as_ref().map(fact).filter(|url| sanitize::is_address(url)),
        },
        organization: publisher::organization(source, place.page, report, &passages, title.as_ref()).or(place.publisher),
        status: status(source, report, &stamps),
        services: naming::services(source, report, &passages, &components),
        regions: naming::regions(source, &passages),
        phases: phase::phases(source, &passages, report.kind, &impact, &events, title_words),
        kind: report.kind,
        title,
        severity,
        severity_label,
        components,
        impact,
        communication,
        events,
        summary: story.summary,
        customer_impact: story.customer_impact,
        // Planned work has a purpose, not a cause.
        root_cause: story.root_cause.filter(|_| !maintenance && !list(Words::PlannedTitles).is_in(&planned)),
        resolution: story.resolution,
        lessons: story.lessons,
        action_items: action::items(source, &passages, &calendar),
        diagnostics: Vec::new(),
        extent: source.cite(report.extent),
    };
    // Who writes is not what was hurt, where something else is named.
    if let (Some(name), true) = (incident.organization.as_ref().map(|name| name.value.to_lowercase()), incident.services.len() > 1) {
        incident.services.retain(|service| service.certainty == Certainty::Stated || service.value.to_lowercase() != name);
    }
    incident.id = id(&incident, report);
    let material = check::Material {
        evidence: &evidence,
        head: report.fields.len(),
        unreadable: &unreadable,
        unstamped,
        from_updates,
        unknown_severity,
    };
    incident.diagnostics = check::diagnostics(&incident, &material);
    incident.diagnostics.extend(more_times);
    if let Some(cite) = beyond {
        incident.diagnostics.push(limited("events of an incident", policy.limits.events, cite.unwrap_or(incident.extent)));
    }
    let reads_like_one = reads_like_one(document.format, &incident, &passages, source);
    (incident, reads_like_one)
}

/// Passages with their times, `most` in all, and what is said where more stands.
fn timed<'a>(source: &Source, passages: Vec<Passage<'a>>, most: usize) -> (Vec<(Passage<'a>, Vec<Time>)>, Option<Diagnostic>) {
    let (mut room, mut beyond) = (most, None);
    let timed = passages.into_iter().map(|passage| {
        let text = passage.text.as_str();
        let (head, rest) = text.split_at(text.floor_char_boundary(PARAGRAPH));
        let mut found = times(head);
        let place = |range| source.cite(passage.text.span(range));
        beyond = beyond.take().or_else(|| match found.get(room) {
            Some(time) => Some(limited("times of an incident", most, place(time.range()))),
            // Hardly a time is without a digit: a line of one letter is nobody's loss.
            None if !rest.contains(|c: char| c.is_ascii_digit()) => None,
            None => {
                let message = format!("no more than {PARAGRAPH} bytes of a paragraph are read");
                let cite = Some(place(head.len()..head.len()));
                Some(Diagnostic::new(Code::UnreadableReport, message, cite).help("break it into paragraphs"))
            }
        });
        found.truncate(room);
        found.shrink_to_fit();
        room -= found.len();
        (passage, found)
    });
    (timed.collect(), beyond)
}

fn stamp_moment(stamp: &str) -> Option<Moment> {
    times(stamp).iter().flat_map(calendar::moments_of).find(|moment| moment.clock.is_some() && moment.date.is_some()).cloned()
}

fn stamp(source: &Source, update: &crate::document::Update, moment: &Moment, calendar: &Calendar, policy: &Policy) -> Option<Stamp> {
    let text = update.stamp.as_ref()?;
    let zone = calendar.scope.filter(|_| moment.zone.is_none());
    let around = Surroundings { calendar, zone, assumed: policy.assumed_zone, date: None, meridiem: None, zero: None };
    let point = point::resolve(moment, &around);
    let cite = source.cite(text.span(moment.range.clone()));
    let kind = if update.is_postmortem() { EventKind::Published } else { kind_of_label(update.label.as_str()) };
    let body = update.blocks.first().map(|block| event::collapse(block.text.as_str())).unwrap_or_default();
    let label = event::collapse(&update.label.as_str().replace('_', " "));
    let said = if update.is_postmortem() { label } else { format!("{label}: {body}") };
    let event = Event {
        at: point.at,
        date: None,
        kind,
        text: said,
        written: event::collapse(text.as_str()),
        offset_seconds: point.offset_seconds,
        precision: Precision::Minute.min(point.precision),
        approximate: false,
        certainty: Certainty::Stated,
        basis: "stamp of the update".into(),
        cites: vec![cite],
    };
    let running = matches!(update.label.as_str().trim().to_ascii_lowercase().as_str(), "in progress" | "in_progress" | "verifying");
    point.at.is_some().then_some(Stamp { zone: moment.zone, kind, running, event, point })
}

fn kind_of_label(label: &str) -> EventKind {
    match label.trim().to_ascii_lowercase().as_str() {
        "investigating" => EventKind::Investigating,
        "identified" => EventKind::Identified,
        "monitoring" => EventKind::Monitoring,
        "resolved" | "completed" => EventKind::Resolved,
        "scheduled" | "in progress" | "in_progress" | "verifying" => EventKind::Maintenance,
        "postmortem" => EventKind::Published,
        _ => EventKind::Other,
    }
}

/// The update that tells how it ended, and so what it was.
fn is_last_word(label: &str) -> bool {
    matches!(label.trim().to_ascii_lowercase().as_str(), "resolved" | "completed")
}

fn posted_of(stamp: &Stamp) -> Option<Posted> {
    let at = stamp.point.at?;
    let edge = Edge { at, certainty: Certainty::Stated, approximate: false, cites: stamp.event.cites.clone() };
    Some(Posted { at, kind: stamp.kind, running: stamp.running, edge })
}

fn status(source: &Source, report: &Report, stamps: &[Option<Stamp>]) -> Option<Fact<Status>> {
    let of = |label: &str| Status::from_name(&label.trim().replace([' ', '-'], "_"));
    let field = report.fields.iter().find(|field| field.label.as_str().eq_ignore_ascii_case("status"));
    if let Some((field, status)) = field.and_then(|field| Some((field, of(field.value.as_str())?))) {
        return Some(Fact::stated(status, source.cite(field.value.whole())));
    }
    let mut last = report
        .updates
        .iter()
        .zip(stamps)
        .filter_map(|(update, stamp)| Some((stamp.as_ref()?.point.at?, of(update.label.as_str())?, update)));
    let first = last.next()?;
    let (_, status, update) = last.fold(first, |a, b| if b.0 > a.0 { b } else { a });
    Some(Fact::stated(status, source.cite(update.label.whole())))
}

/// The source's own id, else organization, date and title as one name.
fn id(incident: &Incident, report: &Report) -> String {
    if let Some(id) = &report.id {
        return id.as_str().to_owned();
    }
    let organization = incident.organization.as_ref().map(|organization| organization.value.clone());
    let date = incident.start().map(|at| at.format("%Y-%m-%d").to_string());
    let title = incident.title.as_ref().map(|title| title.value.clone()).unwrap_or_else(|| incident.source.path.clone());
    let mut slug = String::new();
    for c in [organization, date, Some(title)].into_iter().flatten().collect::<Vec<_>>().join("-").chars() {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.truncate(slug.char_indices().nth(96).map_or(slug.len(), |(at, _)| at));
    slug.trim_end_matches('-').to_owned()
}

/// Whether a file reads like an incident report: a status page, or a text that tells of trouble and of its times or causes.
fn reads_like_one(format: Format, incident: &Incident, passages: &[(Passage, Vec<Time>)], source: &Source) -> bool {
    use crate::extract::lexicon::{self, Cue, Topic};
    if matches!(format, Format::StatuspageText | Format::StatuspageJson | Format::StatuspageHtml | Format::GoogleCloudJson)
        || (format == Format::StatuspageFeed && incident.communication.is_some())
    {
        return true;
    }
    if format == Format::StatuspageFeed {
        let told = incident.events.iter().any(|event| event.at.is_some() && event.kind != EventKind::Published);
        return told && lexicon::cues(source.text()).take(4000).any(|(cue, _)| matches!(cue, Cue::StrongImpact | Cue::Impact));
    }
    // Files that go with reports tell of incidents too, and are none.
    let stem = source.name().rsplit(['/', '\\']).next().and_then(|name| name.split('.').next()).unwrap_or_default();
    if list(Words::Companions).holds(&stem.replace('_', " ")) {
        return false;
    }
    let has = |topic: Topic| passages.iter().any(|(passage, _)| passage.topic == Some(topic));
    let text = source.text();
    let of_trouble = |cue: &Cue| matches!(cue, Cue::StrongImpact | Cue::Impact);
    let told = passages.iter().flat_map(|(passage, _)| passage.cues()).filter(|(cue, _)| of_trouble(cue)).take(2).count();
    // Headings and what is no passage are looked at where those say too little.
    let trouble = if told < 2 { lexicon::cues(text).take(4000).filter(|(cue, _)| of_trouble(cue)).count() } else { told };
    let sections = [
        Topic::Timeline,
        Topic::Cause,
        Topic::Impact,
        Topic::Resolution,
        Topic::Factors,
        Topic::Severity,
        Topic::Duration,
        Topic::Start,
        Topic::End,
        Topic::Window,
        Topic::Services,
        Topic::Summary,
        Topic::Status,
    ]
    .into_iter()
    .filter(|topic| has(*topic))
    .count();
    let told = usize::from(!incident.impact.windows.is_empty())
        + usize::from(incident.events.iter().filter(|event| event.at.is_some()).count() >= 2)
        + usize::from(incident.events.iter().filter(|event| event.at.is_some()).count() >= 4)
        + usize::from(incident.impact.stated_minutes.is_some())
        + usize::from(incident.root_cause.is_some());
    // A short mail may tell of little more than that it failed, when, and why.
    let happened = |kind: EventKind| incident.events.iter().any(|event| event.kind == kind);
    let short = text.len() < 4000 && trouble >= 2 && happened(EventKind::Onset) && happened(EventKind::Recovered);
    // A story without clocks may still tell how long it lasted and why.
    let timeless = trouble >= 2 && incident.impact.stated_minutes.is_some() && incident.root_cause.is_some();
    short || timeless || (trouble >= 2 && sections + told >= 3) || (trouble >= 1 && sections >= 2 && sections + told >= 4)
}
