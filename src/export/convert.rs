//! From the model to the exported record.

use super::record::*;
use crate::basis;
use crate::facts;
use crate::incident::{self, Edge, Fact, Incident, Instant};
use crate::review;
use chrono::{FixedOffset, SecondsFormat};

impl<'a> Record<'a> {
    /// The public face of an incident as it was read, with what a reviewer says of it.
    pub fn of(incident: &'a Incident, said: Option<&'a review::Review>) -> Self {
        let metrics = incident.metrics();
        Self {
            schema: SCHEMA,
            id: &incident.id,
            source: Source {
                path: &incident.source.path,
                index: incident.source.index,
                format: incident.source.format.name(),
                url: incident.source.url.as_deref(),
            },
            doubtful: incident.doubtful.is_some(),
            doubtful_because: incident.doubtful.as_deref(),
            title: text(&incident.title),
            organization: text(&incident.organization),
            status: incident.status.as_ref().map(|status| status.value.name()),
            severity: incident.severity.as_ref().map(|severity| severity.value.name()),
            severity_label: incident.severity_label.as_deref(),
            severity_certainty: incident.severity.as_ref().map(|severity| severity.certainty.name()),
            services: texts(&incident.services),
            components: incident.components.iter().map(component).collect(),
            regions: texts(&incident.regions),
            impact: impact(&incident.impact),
            communication: incident.communication.map(|said| Communication { start: Moment(said.start), end: Moment(said.end) }),
            phases: incident.phases.iter().map(phase).collect(),
            events: incident.events.iter().map(event).collect(),
            milestones: Milestones {
                detected: milestone(&incident.milestones.detected),
                acknowledged: milestone(&incident.milestones.acknowledged),
                identified: milestone(&incident.milestones.identified),
                mitigated: milestone(&incident.milestones.mitigated),
                resolved: milestone(&incident.milestones.resolved),
            },
            metrics: Metrics {
                time_to_detect_minutes: metrics.detect.map(Minutes),
                time_to_acknowledge_minutes: metrics.acknowledge.map(Minutes),
                time_to_identify_minutes: metrics.identify.map(Minutes),
                time_to_mitigate_minutes: metrics.mitigate.map(Minutes),
                time_to_restore_minutes: metrics.restore.map(Minutes),
                time_to_resolve_minutes: metrics.resolve.map(Minutes),
                publication_lag_minutes: metrics.publication_lag.map(Minutes),
            },
            summary: text(&incident.summary),
            customer_impact: text(&incident.customer_impact),
            root_cause: text(&incident.root_cause),
            resolution: text(&incident.resolution),
            lessons: texts(&incident.lessons),
            action_items: incident.action_items.iter().map(action_item).collect(),
            diagnostics: incident.diagnostics.iter().map(diagnostic).collect(),
            review: said.map(review),
            evidence: evidence(incident),
        }
    }
}

fn review(said: &review::Review) -> Review<'_> {
    Review {
        tags: said.tags.iter().map(String::as_str).collect(),
        note: Some(said.note.as_str()).filter(|note| !note.is_empty()),
        corrections: Corrections {
            severity: said.severity.map(incident::Severity::name),
            impact_start: said.start.map(Moment),
            impact_end: said.end.map(Moment),
            moments: said.moments.iter().map(|(at, is)| Moved { read: Moment(*at), at: Moment(*is) }).collect(),
        },
    }
}

/// The words of every fact that has some.
fn evidence(incident: &Incident) -> Vec<(String, Vec<Words>)> {
    let cited = facts::of(incident).into_iter().filter(|fact| !fact.cites.is_empty());
    cited.map(|fact| (fact.pointer, fact.cites.iter().copied().map(Words::from).collect())).collect()
}

fn text(fact: &Option<Fact<String>>) -> Option<&str> {
    fact.as_ref().map(|fact| fact.value.as_str())
}

fn texts(facts: &[Fact<String>]) -> Vec<&str> {
    facts.iter().map(|fact| fact.value.as_str()).collect()
}

fn moment(edge: Option<&Edge>) -> Option<Moment> {
    edge.map(|edge| Moment(edge.at))
}

fn milestone(edge: &Option<Edge>) -> Option<Milestone> {
    edge.as_ref().map(|edge| Milestone { at: Moment(edge.at), certainty: edge.certainty.name(), basis: basis::told(edge.bases()) })
}

fn component(component: &incident::Component) -> Component<'_> {
    Component { group: component.group.as_deref(), name: &component.name }
}

fn impact(impact: &incident::Impact) -> Impact<'_> {
    let (start, end) = (impact.start(), impact.end());
    Impact {
        start: moment(start),
        start_certainty: start.map(|edge| edge.certainty.name()),
        end: moment(end),
        end_certainty: end.map(|edge| edge.certainty.name()),
        start_basis: start.map(|edge| basis::told(edge.bases())),
        end_basis: end.map(|edge| basis::told(edge.bases())),
        windows: impact.windows.iter().map(window).collect(),
        duration_minutes: impact.minutes().map(Minutes),
        stated_duration_minutes: impact.stated_minutes.as_ref().map(|stated| Minutes(stated.value)),
    }
}

fn window(window: &incident::Window) -> Window<'_> {
    Window {
        start: moment(window.start.as_ref()),
        end: moment(window.end.as_ref()),
        label: window.label.as_deref(),
        certainty: window.certainty().name(),
    }
}

fn phase(phase: &incident::Phase) -> Phase<'_> {
    Phase {
        lane: phase.lane.name(),
        kind: phase.kind.name(),
        label: phase.label.as_deref(),
        start: Moment(phase.start),
        end: phase.end.map(Moment),
        certainty: phase.certainty.name(),
    }
}

fn event(event: &incident::Event) -> Event<'_> {
    let offset = event.offset_seconds.and_then(FixedOffset::east_opt);
    let local = |(at, offset): (Instant, FixedOffset)| at.with_timezone(&offset).to_rfc3339_opts(SecondsFormat::Secs, false);
    Event {
        at: event.at.map(Moment),
        date: event.date,
        kind: event.kind.name(),
        text: &event.text,
        written: &event.written,
        local: event.at.zip(offset).map(local),
        precision: event.precision.name(),
        approximate: event.approximate,
        certainty: event.certainty.name(),
        basis: event.basis.to_string(),
    }
}

fn action_item(item: &incident::ActionItem) -> ActionItem<'_> {
    ActionItem {
        text: &item.text,
        state: item.state.name(),
        horizon: item.horizon.map(incident::Horizon::name),
        due: item.due,
        owner: item.owner.as_deref(),
    }
}

fn diagnostic(found: &crate::diagnostic::Diagnostic) -> Diagnostic<'_> {
    Diagnostic { code: found.code.name(), level: found.level(), message: &found.message, line: found.cite().map(|cite| cite.line) }
}
