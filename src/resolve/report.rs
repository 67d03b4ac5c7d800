//! One report of a document as an incident: each room of the resolver in its turn.

use super::calendar::Calendar;
use super::limits::limited;
use super::recognise::Tells;
use super::sentences::Sentences;
use super::update::Post;
use super::window::Posted;
use super::zones::Zones;
use super::{
    Judge, Policy, action, aside, changes, check, collect, dateline, event, names, naming, phase, publisher, reference, response, roles,
    severity, story, subject, timed, title, update, whole, window,
};
use crate::basis::Basis;
use crate::document::{Document, IncidentKind, Report, Text};
use crate::extract::lexicon::Topic;
use crate::extract::passage::{self, Passage};
use crate::extract::time::{Moment, Time, times};
use crate::extract::words::{Words, list};
use crate::incident::{Communication, Component, Event, Fact, Incident, SourceRef, Status};
use crate::role::Role;
use crate::sanitize;
use crate::source::Source;
use std::borrow::Cow;

/// Where a report stands in its file: its number, the file, and who writes according to the text around it.
pub(super) struct Place<'p> {
    pub(super) index: u32,
    pub(super) page: &'p publisher::Page,
    pub(super) publisher: Option<Fact<String>>,
}

/// One report of a document.
pub(super) fn incident(
    source: &Source,
    document: &Document,
    report: &Report,
    place: Place,
    (policy, judge): (&Policy, &dyn Judge),
) -> (Incident, Tells) {
    let (mut passages, more_times) = timed::timed(source, passage::passages(report), policy.limits.times());
    aside::conversations(&mut passages);
    let (unread, language) = aside::unread(source, &mut passages);
    let stamp_moments: Vec<Option<Moment>> =
        report.updates.iter().map(|update| update::stamp_moment(update.stamp.as_ref()?.as_str())).collect();
    let known: Vec<Moment> = stamp_moments.iter().flatten().cloned().collect();
    let text = source.text().get(report.extent.range()).unwrap_or_default();
    let title = title::title(source, report, &passages);
    let components = naming::components(source, report);
    let (organization, services) = named(source, report, &passages, (title.as_ref(), &components), place.page, place.publisher, judge);
    let (titled, title) = title.unzip();
    let mut read = with_title(&passages, titled);
    let settled = policy.settled.zone(organization.as_ref().map(|name| name.value.as_str()));
    let zones = Zones::assuming(policy.assumed_zone, settled);
    let mut calendar = Calendar::new(&read, &known, text, (source.text(), report.day_first), zones);
    calendar.on_page(report.zone.as_ref(), report.year);
    let sent = reference::sent_on(&read, report.is_mail, &calendar);
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
    let dateline = dateline::dateline(&mut read, &calendar, named);
    let collector = collect::Collector {
        is_mail: report.is_mail,
        planned: maintenance,
        title: top,
        sent: sent.or(dateline.map(|(_, date)| reference::Sent { date, at: None })),
        dateline: dateline.and_then(|(place, _)| place),
        named,
        live: update::live(&posts),
        passages: &read,
        calendar: &calendar,
        posts: &posts,
    };
    let (mentions, unreadable) = collector.collect();

    let mut posted: Vec<Posted> = posts.iter().filter_map(Post::posted).collect();
    posted.sort_by_key(|posted| posted.at);
    let told = mentions.get(..window::MENTIONS).unwrap_or(&mentions);
    let is_mail = report.is_mail;
    let evidence =
        window::Evidence { maintenance, is_mail, unread, source, passages: &read, mentions: told, posted: &posted, posts: &posts };
    let (mut impact, from_updates) = window::impact(&evidence);
    let mut told = roles::Told::new(source, &read, told, &posts, &impact);
    // Nothing is inferred of a language that is not read, and planned work is none of what was fitted: there the form alone tells.
    told.alone = unread || maintenance || report.formed;
    let status = update::status(source, report, &posts, &passages);
    let open = status.as_ref().filter(|status| status.basis == Basis::Labelled(Topic::Status)).map(|status| status.value);
    let open = open.filter(|status| matches!(status, Status::Investigating | Status::Identified | Status::Monitoring));
    told.open |= open.is_some();
    let mut roles = roles::edges(&told, judge);
    roles::bound(&mut impact, roles.get(Role::Start).as_ref(), roles.get(Role::End).as_ref());
    roles::doubt(&mut impact, roles.get(Role::Start).as_ref(), roles.get(Role::End).as_ref());
    if let Some(status) = open {
        roles::keep_open(&mut impact, status);
    }
    evidence.by_series(&mut impact);
    evidence.by_again(&mut impact);
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
    let (severity, severity_label, unknown_severity) = severity::severity(source, &passages, title.as_ref(), maintenance);
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
    let fact = |text: &Text| text.as_str().to_owned();

    let mut incident = Incident {
        id: String::new(),
        source: SourceRef {
            path: source.name().to_owned(),
            index: place.index,
            format: document.format,
            url: report.url.as_ref().map(fact).filter(|url| sanitize::is_address(url)),
        },
        organization,
        status,
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
        let listed = |service: &Fact<String>| matches!(service.basis, Basis::Form(_) | Basis::Labelled(_));
        incident.services.retain(|service| listed(service) || service.value.to_lowercase() != name);
    }
    if unread {
        incident.keep_stated();
    }
    incident.id = id(&incident, report);
    let material = check::Material {
        evidence: &evidence,
        head: report.fields.len() + read.len() - passages.len(),
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

/// What times are read in: the passages, and in front of them a title that tells from when until when it was. Where the text tells
/// clocks, too, the words beside the range have to say that it is that of an outage.
fn with_title<'p, 'a>(passages: naming::Read<'p, 'a>, title: Option<Text<'a>>) -> Cow<'p, [(Passage<'a>, Vec<Time>)]> {
    let is_range = |time: &Time| matches!(time, Time::Range(from, to, _) if from.clock.is_some() && to.clock.is_some());
    let clocks = passages.iter().flat_map(|(_, found)| found).flat_map(Time::moments).any(|moment| moment.clock.is_some());
    let says = |title: &Text, time: &Time| {
        let before = title.as_str().get(..time.range().start).unwrap_or_default();
        list(Words::OutageNouns).is_in(before.rsplit([':', ';']).next().unwrap_or_default())
    };
    let titled = title.map(|title| (times(title.as_str()), title));
    let titled = titled.filter(|(found, title)| found.iter().any(|time| is_range(time) && (!clocks || says(title, time))));
    match titled {
        Some((found, title)) => Cow::Owned([&[(Passage::of_title(title), found)], passages].concat()),
        None => Cow::Borrowed(passages),
    }
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
    let mut names = names::Names::new(source, report, text.cloned(), passages);
    let ruled = formed.clone().or_else(|| {
        if is_told { None } else { publisher::ruled(source, report, passages, title, &|name| !names.is_other(name)).or(shared) }
    });
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
