//! Times that are in doubt: without a zone, with two readings, unfinished.

use super::Material;
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::mention::Mention;
use crate::resolve::point::Doubt;
use crate::source::Cite;

/// The times that are moments of the incident.
pub(super) fn counted<'m>(material: &'m Material) -> impl Iterator<Item = &'m Mention<'m>> {
    material.evidence.mentions.iter().filter(|mention| mention.counts)
}

/// Where a time stands.
pub(super) fn cite(material: &Material, mention: &Mention) -> Option<Cite> {
    Some(material.evidence.source.cite(mention.span))
}

/// The first time with a doubt: one finding for all of them.
fn first<'m>(material: &'m Material, doubt: Doubt) -> Option<&'m Mention<'m>> {
    counted(material).find(|mention| mention.point.doubts.contains(&doubt))
}

/// An offset in seconds as it is written behind "UTC".
fn offset(seconds: i32) -> String {
    let minutes = seconds / 60;
    format!("{}{:02}:{:02}", if minutes < 0 { '-' } else { '+' }, minutes.abs() / 60, minutes.abs() % 60)
}

/// Zones that are missing or mean several.
pub(super) fn zones(material: &Material, found: &mut Vec<Diagnostic>) {
    if let Some(mention) = first(material, Doubt::ZoneAssumed) {
        let message = format!("“{}” has no zone and none governs it", mention.written);
        found.push(
            Diagnostic::new(Code::ZoneAssumed, message, cite(material, mention))
                .help("say it once for its folder or publisher, under [zones] in the settings, or with --assume-tz"),
        );
    }
    if let Some(mention) = first(material, Doubt::ZoneUnknown) {
        let read = offset(mention.point.offset_seconds.unwrap_or(0));
        let message = format!("the zone of “{}” is not known; read as UTC{read}", mention.written);
        found.push(Diagnostic::new(Code::ZoneUnknown, message, cite(material, mention)).help("its instant is inferred"));
    }
    if let Some(mention) = first(material, Doubt::ZonesDisagree) {
        let message = format!("“{}” are two moments and not one in two zones", mention.written);
        found.push(Diagnostic::new(Code::SourcesDisagree, message, cite(material, mention)).help("the first is taken"));
    }
    if let Some(mention) = first(material, Doubt::ZoneAmbiguous) {
        let read = offset(mention.point.offset_seconds.unwrap_or(0));
        found.push(Diagnostic::new(
            Code::ZoneAmbiguous,
            format!("the zone of “{}” means several; read as UTC{read}", mention.written),
            cite(material, mention),
        ));
    }
}

/// Clocks that a change of the clocks skipped or repeated.
pub(super) fn clocks(material: &Material, found: &mut Vec<Diagnostic>) {
    if let Some(mention) = first(material, Doubt::ClockSkipped) {
        let message = format!("“{}” never came: the clocks were set forward over it", mention.written);
        found.push(Diagnostic::new(Code::ClockSkipped, message, cite(material, mention)).help("read as if they had not been set"));
    }
    let repeated = |doubt: &Doubt| if let Doubt::ClockRepeated(second) = doubt { Some(*second) } else { None };
    if let Some((mention, second)) =
        counted(material).find_map(|mention| mention.point.doubts.iter().find_map(repeated).map(|at| (mention, at)))
    {
        let (one, other) = (offset(mention.point.offset_seconds.unwrap_or(0)), offset(second));
        let message = format!("“{}” came twice, at UTC{one} and at UTC{other}: the clocks were set back over it", mention.written);
        found.push(Diagnostic::new(Code::ClockRepeated, message, cite(material, mention)).help("the first is taken"));
    }
}

/// Dates without a year or with two readings, clocks without a date, weekdays that do not fit.
pub(super) fn dates(material: &Material, found: &mut Vec<Diagnostic>) {
    if let Some(mention) = first(material, Doubt::YearInferred) {
        let year = mention.point.date.map_or_else(String::new, |date| date.format(" %Y").to_string());
        found.push(Diagnostic::new(
            Code::YearInferred,
            format!("“{}” has no year; read as{year}", mention.written),
            cite(material, mention),
        ));
    }
    if let Some(mention) = first(material, Doubt::DateAmbiguous) {
        let read = mention.point.date.map_or_else(String::new, |date| date.format(" %-d %B").to_string());
        found.push(Diagnostic::new(
            Code::DateAmbiguous,
            format!("“{}” reads two ways; taken as{read}", mention.written),
            cite(material, mention),
        ));
    }
    if let Some(mention) = first(material, Doubt::DateMissing) {
        found.push(
            Diagnostic::new(Code::DateMissing, format!("no date was found for “{}”", mention.written), cite(material, mention))
                .help("it is kept without an instant"),
        );
    }
    for mention in counted(material).filter(|mention| mention.point.doubts.contains(&Doubt::WeekdayWrong)).take(3) {
        let day = mention.point.date.map_or_else(String::new, |date| date.format("%A").to_string());
        found.push(Diagnostic::new(Code::WeekdayMismatch, format!("“{}” was a {day}", mention.written), cite(material, mention)));
    }
}

/// Times that are unfinished or mistyped, and a report without any.
pub(super) fn unreadable(material: &Material, found: &mut Vec<Diagnostic>) {
    for open in material.unreadable.iter().take(8) {
        let message = format!("“{}” is unfinished or mistyped", open.written);
        found.push(
            Diagnostic::new(Code::UnreadableTime, message, Some(material.evidence.source.cite(open.span))).help("no instant is made of it"),
        );
    }
    if material.evidence.mentions.is_empty() && material.evidence.posted.is_empty() {
        found.push(Diagnostic::new(Code::NoTimes, "no time was found in this report", None));
    }
}
