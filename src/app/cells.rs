//! An incident as the cells of a table in words: what lists print, and what is copied.

use crate::app::show::{Clock, MISSING, Zone, marks, minutes};
use crate::app::{glyph, markdown};
use crate::incident::{Certainty, Edge, Incident, Instant, Severity};
use crate::query::column::{Column, Columns};
use crate::review::Review;
use crate::sanitize;
use std::io::{Result, Write};

/// The name above a column. A blank stands where its cells have a mark.
pub fn head(column: Column, zone: Zone) -> String {
    let name = column.name().to_uppercase();
    match column {
        Column::Severity => "SEV".into(),
        Column::Start | Column::End if zone == Zone::Utc => format!(" {name} (UTC)"),
        Column::Duration => " LASTED".into(),
        column if column.is_length() || matches!(column, Column::Start | Column::End | Column::Status) => format!(" {name}"),
        _ => name,
    }
}

/// Writes incidents as a table of Markdown, in their order: what could end a cell or steer a page is escaped.
pub fn markdown<'a>(
    out: &mut dyn Write,
    incidents: impl IntoIterator<Item = (&'a Incident, Option<&'a Review>)>,
    columns: &Columns,
    clock: Clock,
) -> Result<()> {
    markdown::row(out, columns.iter().map(|column| head(column, clock.zone).trim().to_owned()))?;
    markdown::rule(out, &columns.iter().map(Column::is_length).collect::<Vec<_>>())?;
    incidents.into_iter().try_for_each(|(incident, review)| {
        markdown::row(out, columns.iter().map(|column| markdown::text(cell(incident, review, column, clock).trim())))
    })
}

/// What an incident has in a column, safe to show.
pub fn cell(incident: &Incident, review: Option<&Review>, column: Column, clock: Clock) -> String {
    let clock = clock.for_report(incident);
    let offset = |at| if clock.zone == Zone::Utc { String::new() } else { format!(" {}", clock.offset(at)) };
    let moment = |at: Instant| format!("{}{}", clock.stamp(at), offset(at));
    let words = |text: &str| sanitize::line(text).into_owned();
    // A blank stands where others have their mark, so that what is marked stays below the rest.
    let edge = |edge: &Edge| format!("{:1}{}", marks(edge.certainty, edge.approximate), moment(edge.at));
    let inferred = |value: String| format!("{}{value}", if column.is_inferred(incident) { '~' } else { ' ' });
    let missing = || format!(" {MISSING}");
    match column {
        Column::Severity => severity(incident),
        Column::Start => match (incident.impact.start(), incident.start()) {
            (Some(start), _) => edge(start),
            (None, Some(at)) => format!("~{}", moment(at)),
            (None, None) => missing(),
        },
        Column::End => match incident.impact.end() {
            Some(end) => edge(end),
            None if incident.is_open() => " open".into(),
            None => missing(),
        },
        Column::Duration => {
            let ends = incident.impact.windows.iter().flat_map(|window| [&window.start, &window.end]).flatten();
            let certainty = ends.map(|edge| edge.certainty).min().unwrap_or(Certainty::Stated);
            match incident.impact.minutes() {
                Some(lasted) => format!("{:1}{}", marks(certainty, false), minutes(lasted)),
                None if incident.is_open() => " open".into(),
                None => missing(),
            }
        }
        Column::Organization => incident.organization.as_ref().map_or(MISSING.into(), |organization| words(&organization.value)),
        Column::Title => words(&glyph::titled(incident.display_title(), incident.doubtful.is_some())),
        Column::Services => words(&incident.services.iter().map(|service| service.value.as_str()).collect::<Vec<_>>().join(", ")),
        Column::Status => incident.status.as_ref().map_or_else(missing, |status| inferred(status.value.name().replace('_', " "))),
        Column::Tags => words(&review.map(|review| review.tags.iter().cloned().collect::<Vec<_>>().join(", ")).unwrap_or_default()),
        Column::Format => incident.source.format.name().into(),
        Column::File => words(&incident.source.path),
        column => column.measured(&incident.metrics()).map_or_else(missing, |length| inferred(minutes(length))),
    }
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
