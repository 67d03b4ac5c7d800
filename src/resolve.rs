//! Unresolved pieces to incidents, by named policies, with the whole report in view.

mod action;
mod alone;
mod aside;
mod bounds;
mod brand;
mod calendar;
mod candidate;
pub mod cause;
mod changes;
mod check;
mod collect;
mod cuts;
mod dateline;
mod dates;
mod days;
mod duration;
mod event;
mod exported;
mod later;
mod letterhead;
mod limits;
mod mention;
mod midnight;
pub mod names;
mod naming;
mod phase;
mod point;
mod proper;
mod publisher;
mod reading;
mod recognise;
mod reference;
mod response;
pub mod roles;
mod running;
pub mod sentences;
mod sequence;
mod settled;
mod story;
mod subject;
mod timed;
mod title;
pub mod typed;
mod unit;
mod update;
mod whole;
mod window;
mod zones;

use crate::basis;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, IncidentKind, Report, Text};
use crate::extract::passage;
pub use crate::extract::segment::Cut;
use crate::extract::time::Moment;
use crate::extract::words::{Words, list};
use crate::format;
use crate::format::form::Forms;
use crate::incident::{Communication, Component, Event, Fact, Incident, SourceRef};
use crate::role::weights::Model;
use crate::role::{ByRole, Role};
use crate::sanitize;
use crate::source::{Source, Span};
use crate::work;
use calendar::Calendar;
pub(crate) use limits::limited;
use recognise::{Rank, Tells};
use sentences::Sentences;
use update::Post;
use window::Posted;
use zones::Zones;

pub use cuts::cuts;
pub use limits::Limits;
pub use settled::{Settled, Whose};

/// What to assume where a report says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The zone of clock times in a report that names no zone.
    pub assumed_zone: chrono_tz::Tz,
    /// The zones that the user settled for some of them.
    pub settled: Settled,
    /// How much of a file is taken in.
    pub limits: Limits,
    /// Where a file of text is cut into incidents.
    pub cut: Cut,
    /// The forms of records.
    pub forms: Forms,
}

/// So many bytes a reading may look at, each as often as it does: so many in any case, and so many for a byte of the file.
const WORK: u64 = 64 << 20;
const WORK_FOR_A_BYTE: u64 = 1000;

impl Default for Policy {
    fn default() -> Self {
        Self {
            assumed_zone: chrono_tz::UTC,
            settled: Settled::default(),
            limits: Limits::default(),
            cut: Cut::default(),
            forms: Forms::default(),
        }
    }
}

/// What a file turned out to hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The incidents in file order; of a text at least one, with what could be read, even when it is no report. Of records none
    /// where there are none, or where their form is not known, which is the fault.
    pub incidents: Vec<Incident>,
    /// Whether it reads like an incident report at all.
    pub is_report: bool,
    /// Why its structure could not be read to the end, and where.
    pub fault: Option<Diagnostic>,
}

/// Reads every incident of a file, as far as that costs no more work than any report of its size is worth.
pub fn read(source: &Source, policy: &Policy) -> Reading {
    read_by(source, policy, Model::own())
}

/// What weighs moments and names: the fitted weights, or a program that fits them.
pub trait Judge {
    /// The moment for each role.
    fn moments(&self, told: &roles::Told) -> ByRole<Option<roles::Chosen>>;
    /// The names of who writes and of what was hurt; asked first.
    fn names(&self, names: &names::Names) -> names::Named;
    /// Which sentences say why.
    fn cause(&self, sentences: &Sentences) -> cause::Judged;
    /// Which sentences tell of work; asked last.
    fn work(&self, sentences: &Sentences) -> Vec<bool>;
    /// Whether it wants to hear of work where lists tell it, too.
    fn listens(&self) -> bool {
        false
    }
}

impl Judge for Model {
    fn moments(&self, told: &roles::Told) -> ByRole<Option<roles::Chosen>> {
        self.place(told)
    }

    fn names(&self, names: &names::Names) -> names::Named {
        self.name(names)
    }

    fn cause(&self, sentences: &Sentences) -> cause::Judged {
        self.explain(sentences)
    }

    fn work(&self, sentences: &Sentences) -> Vec<bool> {
        Model::work(self, sentences)
    }
}

/// The same, with the roles of moments and names chosen by `judge`.
pub fn read_by(source: &Source, policy: &Policy, judge: &dyn Judge) -> Reading {
    if let Some(incidents) = exported::read(source) {
        return Reading { incidents, is_report: true, fault: None };
    }
    let most = WORK.saturating_add(WORK_FOR_A_BYTE.saturating_mul(source.text().len() as u64));
    let plain = source.plain();
    let (mut reading, ended) = work::limited(most, || read_whole(plain.as_ref().unwrap_or(source), policy, judge));
    if let Some(first) = reading.incidents.first_mut().filter(|_| ended) {
        let message = "reading this took more work than any report is worth, and was ended; more may stand in it";
        first.diagnostics.push(Diagnostic::new(Code::UnreadableReport, message, Some(first.extent)).help("split it, or break its lines"));
    }
    reading
}

fn read_whole(source: &Source, policy: &Policy, judge: &dyn Judge) -> Reading {
    let mut document = format::read_with(source, &policy.forms);
    let page = publisher::Page::default();
    // Each is an incident at least.
    document.reports.truncate(policy.limits.incidents.saturating_add(1));
    let mut reports = Vec::with_capacity(document.reports.len());
    // What is unsure of how a report was cut, with the number of its first incident.
    let mut unsure = Vec::new();
    for report in std::mem::take(&mut document.reports) {
        let segments = crate::extract::segment::reports(&report, policy.cut);
        unsure.extend(segments.unsure.map(|heading| (reports.len(), segments.reports.len(), source.cite(heading.whole()))));
        if segments.reports.is_empty() {
            reports.push((report, None));
            continue;
        }
        // Who writes is said once for all incidents of a review.
        let shared = publisher::of_review(source, &page, &report, &segments.reports);
        reports.extend(segments.reports.into_iter().map(|part| (part, shared.clone())));
    }
    let mut incidents: Vec<Incident> = Vec::with_capacity(reports.len().max(1));
    let mut tells = recognise::Tells::default();
    let beyond = reports.get(policy.limits.incidents).map(|(report, _)| report.extent);
    reports.truncate(policy.limits.incidents.max(1));
    for (index, (report, publisher)) in reports.into_iter().enumerate() {
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        let (incident, told) = incident(source, &document, &report, Place { index, page: &page, publisher }, (policy, judge));
        tells.add(told);
        incidents.push(incident);
    }
    let rank =
        if incidents.is_empty() && document.problem.is_some() { Rank::Other } else { recognise::rank(document.format, source, &tells) };
    let mut is_report = rank != Rank::Other;
    if let Rank::Doubtful(because) = rank {
        incidents.iter_mut().for_each(|incident| incident.doubtful = Some(because.into()));
    }
    for (first, count, cite) in unsure {
        if let Some(incident) = incidents.get_mut(first) {
            incident.diagnostics.push(several(count, cite));
        }
    }
    if let (Some(span), Some(last)) = (beyond, incidents.last_mut()) {
        last.diagnostics.push(limited("incidents of a file", policy.limits.incidents, source.cite(Span { end: span.start, ..span })));
    }
    let mut fault = None;
    if let Some(problem) = document.problem {
        let trouble = Diagnostic::new(Code::UnreadableReport, problem.message, Some(source.cite(problem.span))).help(problem.help);
        fault = Some(trouble.clone());
        match incidents.first_mut() {
            Some(first) => first.diagnostics.push(trouble),
            // Of records in no known form nothing is known, not even that they are incidents.
            None if !problem.broken => {}
            None => {
                let report = Report::new(Span::new(0..source.text().len()));
                let empty = Document::new(document.format, Vec::new());
                let (mut incident, _) =
                    incident(source, &empty, &report, Place { index: 0, page: &page, publisher: None }, (policy, judge));
                incident.diagnostics = vec![trouble];
                incidents.push(incident);
                // An export that was cut off is told of wherever it lies; other JSON in a folder is nobody's report.
                let known = ["\"incidents\"", "\"incident_updates\""].iter().any(|key| source.text().contains(key));
                is_report |= problem.span.start > 0 && known;
            }
        }
    }
    Reading { incidents, is_report, fault }
}

/// That a report could have been cut otherwise than into `count` incidents.
fn several(count: usize, cite: crate::source::Cite) -> Diagnostic {
    let message = match count {
        0 => "this is read as one incident, though several headings have a day of their own".to_owned(),
        _ => format!("this is read as {count} incidents, by the days in its headings alone"),
    };
    Diagnostic::new(Code::SeveralIncidents, message, Some(cite)).help("say in the explorer whether it is one or several")
}

/// Where a report stands in its file: its number, the file, and who writes according to the text around it.
struct Place<'p> {
    index: u32,
    page: &'p publisher::Page,
    publisher: Option<Fact<String>>,
}

/// One report of a document.
fn incident(
    source: &Source,
    document: &Document,
    report: &Report,
    place: Place,
    (policy, judge): (&Policy, &dyn Judge),
) -> (Incident, Tells) {
    let (mut passages, more_times) = timed::timed(source, passage::passages(report), policy.limits.times());
    aside::conversations(&mut passages);
    let (unread, language) = aside::unread(source, &mut passages);
    let passages = passages;
    let stamp_moments: Vec<Option<Moment>> =
        report.updates.iter().map(|update| update::stamp_moment(update.stamp.as_ref()?.as_str())).collect();
    let known: Vec<Moment> = stamp_moments.iter().flatten().cloned().collect();
    let text = source.text().get(report.extent.range()).unwrap_or_default();
    let title = title::title(source, report, &passages);
    let components = naming::components(source, report);
    let (organization, services) = named(source, report, &passages, (title.as_ref(), &components), place.page, place.publisher, judge);
    let title = title.map(|(_, title)| title);
    let settled = policy.settled.zone(organization.as_ref().map(|name| name.value.as_str()));
    let zones = Zones::assuming(policy.assumed_zone, settled);
    let mut calendar = Calendar::new(&passages, &known, text, (source.text(), report.day_first), zones);
    calendar.on_page(report.zone.as_ref(), report.year);
    let sent = reference::sent_on(&passages, report.is_mail, &calendar);
    calendar.sent = sent.map(|sent| sent.date);

    let posts: Vec<Post> =
        report.updates.iter().zip(&stamp_moments).map(|(update, moment)| Post::new(source, update, moment.as_ref(), &calendar)).collect();
    let top = passages
        .iter()
        .find_map(|(passage, _)| passage.heading.as_ref())
        .and_then(|heading| heading.upwards().last())
        .map(|top| top.text.whole());
    let announced = |title: &Fact<String>| list(Words::PlannedTitles).is_in(&format!(" {}", title.value));
    let planned = title.as_ref().is_some_and(announced);
    let kind = if planned { IncidentKind::Maintenance } else { report.kind };
    let maintenance = kind == IncidentKind::Maintenance;
    let named = title.as_ref().map(|title| title.value.as_str());
    let dateline = dateline::dateline(&passages, &calendar, named);
    let collector = collect::Collector {
        is_mail: report.is_mail,
        planned: maintenance,
        title: top,
        sent: sent.or(dateline.map(|(_, date)| reference::Sent { date, at: None })),
        dateline: dateline.map(|(place, _)| place),
        named,
        live: update::live(&posts),
        passages: &passages,
        calendar: &calendar,
        posts: &posts,
    };
    let (mentions, unreadable) = collector.collect();

    let mut posted: Vec<Posted> = posts.iter().filter_map(Post::posted).collect();
    posted.sort_by_key(|posted| posted.at);
    let told = mentions.get(..window::MENTIONS).unwrap_or(&mentions);
    let is_mail = report.is_mail;
    let evidence =
        window::Evidence { maintenance, is_mail, unread, source, passages: &passages, mentions: told, posted: &posted, posts: &posts };
    let (mut impact, from_updates) = window::impact(&evidence);
    let mut told = roles::Told::new(source, &passages, told, &posts, &impact);
    // Nothing is inferred of a language that is not read, and planned work is none of what was fitted: there the form alone tells.
    told.alone = unread || maintenance || report.formed;
    let mut roles = roles::edges(&told, judge);
    roles::bound(&mut impact, roles.get(Role::Start).as_ref(), roles.get(Role::End).as_ref());
    roles::doubt(&mut impact, roles.get(Role::Start).as_ref(), roles.get(Role::End).as_ref());
    evidence.by_series(&mut impact);
    let stretches = if from_updates { changes::stretches(report, &posts) } else { Vec::new() };
    changes::end(&mut impact, &stretches, &posted);
    evidence.label(&mut impact.windows, &services);
    let stamp_events: Vec<Event> = posts.iter().filter_map(|post| post.stamp.as_ref()).map(|stamp| stamp.event.clone()).collect();
    let mut events = event::events(source, &mentions, stamp_events, &unreadable);
    let beyond = events.get(policy.limits.events).map(|event| event.cites.first().copied());
    events.truncate(policy.limits.events);

    let milestones = roles::milestones(&mut roles);
    let title_words = title.as_ref().map_or("", |title| title.value.as_str());
    let mut phases = changes::phases(&stretches);
    if phases.is_empty() {
        phases = phase::phases(source, &passages, kind, &impact, title_words);
    }
    phases.extend(response::response(&impact, &milestones, &posted));
    let (severity, severity_label, unknown_severity) = naming::severity(source, &passages, title.as_ref(), maintenance);
    let sentences = Sentences::new(&passages, &posts);
    let story = story::story(source, &passages, &posts, (&sentences, judge));
    let communication = posted.first().zip(posted.last()).map(|(first, last)| Communication { start: first.at, end: last.at });
    let unstamped = report
        .updates
        .iter()
        .zip(&posts)
        .filter(|(_, post)| post.stamp.is_none())
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
        organization,
        status: update::status(source, report, &posts),
        services,
        regions: naming::regions(source, &passages),
        phases,
        kind,
        title,
        severity,
        severity_label,
        components,
        impact,
        communication,
        events,
        milestones,
        summary: story.summary,
        customer_impact: story.customer_impact,
        // Planned work has a purpose, not a cause.
        root_cause: story.root_cause.filter(|_| !maintenance),
        resolution: story.resolution,
        lessons: story.lessons,
        // Planned work promises itself.
        action_items: action::items(source, &passages, &calendar, (!maintenance && !unread).then_some((&sentences, judge))),
        diagnostics: Vec::new(),
        extent: source.cite(report.extent),
        doubtful: None,
    };
    // Who writes is not what was hurt, where something else is named.
    if let (Some(name), true) = (incident.organization.as_ref().map(|name| name.value.to_lowercase()), incident.services.len() > 1) {
        let listed = |service: &Fact<String>| matches!(service.basis, basis::Basis::Form(_) | basis::Basis::Labelled(_));
        incident.services.retain(|service| listed(service) || service.value.to_lowercase() != name);
    }
    if unread {
        incident.keep_stated();
    }
    incident.id = id(&incident, report);
    let material = check::Material {
        evidence: &evidence,
        head: report.fields.len(),
        unreadable: &unreadable,
        unstamped,
        from_updates,
        half_characters: document.has_half_characters(report.extent),
        unknown_severity,
    };
    incident.diagnostics = check::diagnostics(&incident, &material);
    // What stands outside of the window is told of before it is taken for something else.
    event::settle(&mut incident.events, incident.impact.start(), &posted);
    incident.diagnostics.extend(more_times.into_iter().chain(language));
    if let Some(cite) = beyond {
        incident.diagnostics.push(limited("events of an incident", policy.limits.events, cite.unwrap_or(incident.extent)));
    }
    (incident, Tells::of(document.format, report, &passages))
}

/// Who writes, and what was hurt: what the form says, else of the names in the text those that `judge` chooses.
fn named<'a>(
    source: &'a Source,
    report: &Report<'a>,
    passages: naming::Read<'_, 'a>,
    (title, components): (Option<&(Text<'a>, Fact<String>)>, &[Component]),
    page: &publisher::Page,
    shared: Option<Fact<String>>,
    judge: &dyn Judge,
) -> (Option<Fact<String>>, Vec<Fact<String>>) {
    let formed = publisher::formed(source, page, report, passages);
    let listed = naming::services(source, passages, components);
    // Whose tool a record comes from its words do not tell.
    let is_told = formed.is_some() || report.record;
    if report.formed || is_told && !listed.is_empty() {
        return (formed.map(|name| whole::whole(source, report.extent, name, title.map(|(_, title)| title), &listed)).or(shared), listed);
    }
    let (text, title) = title.map(|(text, title)| (text, title)).unzip();
    let mut names = names::Names::new(source, report.extent, text.cloned(), passages);
    let ruled = formed.clone().or_else(|| if is_told { None } else { publisher::ruled(source, report, passages, title).or(shared) });
    names.rule_publisher(source, ruled.as_ref());
    names.rule_services(&if listed.is_empty() { subject::services(source, text, passages) } else { listed.clone() });
    names.open = [!is_told, listed.is_empty()];
    let chosen = judge.names(&names);
    let services = if listed.is_empty() { names.services(source, &chosen) } else { listed };
    let publisher = formed.or_else(|| names.publisher(source, &chosen));
    (publisher.map(|name| whole::whole(source, report.extent, name, title, &services)), services)
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
