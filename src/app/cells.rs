//! An incident as the cells of a table in words: what lists print, and what is copied.

use crate::app::glyph;
use crate::app::show::{Clock, MISSING, Zone, marks, minutes};
use crate::incident::{Certainty, Incident, Severity};
use crate::sanitize;

/// How many cells there are.
pub const COLUMNS: usize = 6;

/// The names of the columns.
pub fn head(zone: Zone) -> [&'static str; COLUMNS] {
    let start = match zone {
        Zone::Utc => " START (UTC)",
        Zone::Local | Zone::Reported => " START",
    };
    ["SEV", start, " LASTED", "ORGANIZATION", "TITLE", "SERVICES"]
}

/// The cells of an incident, safe to show.
pub fn cells(incident: &Incident, clock: Clock) -> [String; COLUMNS] {
    let clock = clock.for_report(incident);
    let offset = |at| if clock.zone == Zone::Utc { String::new() } else { format!(" {}", clock.offset(at)) };
    let moment = |at| format!("{}{}", clock.stamp(at), offset(at));
    let words = |text: &str| sanitize::line(text).into_owned();
    // A blank stands where others have their mark, so that the dates stay below each other.
    let start = match (incident.impact.start(), incident.start()) {
        (Some(edge), _) => format!("{:1}{}", marks(edge.certainty, edge.approximate), moment(edge.at)),
        (None, Some(at)) => format!("~{}", moment(at)),
        (None, None) => format!(" {MISSING}"),
    };
    let ends = incident.impact.windows.iter().flat_map(|window| [&window.start, &window.end]).flatten();
    let certainty = ends.map(|edge| edge.certainty).min().unwrap_or(Certainty::Stated);
    let lasted = match incident.impact.minutes() {
        Some(lasted) => format!("{:1}{}", marks(certainty, false), minutes(lasted)),
        None if incident.is_open() => " open".into(),
        None => format!(" {MISSING}"),
    };
    let services: Vec<_> = incident.services.iter().map(|service| service.value.as_str()).collect();
    [
        severity(incident),
        start,
        lasted,
        incident.organization.as_ref().map_or(MISSING.into(), |organization| words(&organization.value)),
        words(&glyph::titled(incident.display_title(), incident.doubtful.is_some())),
        words(&services.join(", ")),
    ]
}

/// The letter of a severity; with `~` when the report does not say it, `–` when nothing does.
pub fn severity(incident: &Incident) -> String {
    let Some(severity) = &incident.severity else { return MISSING.into() };
    let letter = match severity.value {
        Severity::Critical => "C",
        Severity::High => "H",
        Severity::Medium => "M",
        Severity::Low => "L",
        Severity::None => "N",
    };
    let mark = if severity.certainty == Certainty::Inferred { "~" } else { "" };
    format!("{letter}{mark}")
}
