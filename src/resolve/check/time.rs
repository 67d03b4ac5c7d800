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

/// The finding for the first time with a doubt: one for all of them.
fn first(material: &Material, doubt: Doubt, code: Code, message: impl Fn(&Mention) -> String) -> Option<Diagnostic> {
    let mention = counted(material).find(|mention| mention.point.doubts.contains(&doubt))?;
    Some(Diagnostic::new(code, message(mention), cite(material, mention)))
}

/// An offset in seconds as it is written behind "UTC".
fn offset(seconds: i32) -> String {
    let minutes = seconds / 60;
    format!("{}{:02}:{:02}", if minutes < 0 { '-' } else { '+' }, minutes.abs() / 60, minutes.abs() % 60)
}

/// The offset with which a time was read.
fn read(mention: &Mention) -> String {
    offset(mention.point.offset_seconds.unwrap_or(0))
}

/// Zones that are missing or mean several.
pub(super) fn zones(material: &Material, found: &mut Vec<Diagnostic>) {
    let assumed = |time: &Mention| format!("“{}” has no zone and none governs it", time.written);
    let unknown = |time: &Mention| format!("the zone of “{}” is not known; read as UTC{}", time.written, read(time));
    let disagree = |time: &Mention| format!("“{}” are two moments and not one in two zones", time.written);
    let ambiguous = |time: &Mention| format!("the zone of “{}” means several; read as UTC{}", time.written, read(time));
    let say = "say it once for its folder or publisher, under [zones] in the settings, or with --assume-tz";
    found.extend(first(material, Doubt::ZoneAssumed, Code::ZoneAssumed, assumed).map(|it| it.help(say)));
    found.extend(first(material, Doubt::ZoneUnknown, Code::ZoneUnknown, unknown).map(|it| it.help("its instant is inferred")));
    found.extend(first(material, Doubt::ZonesDisagree, Code::SourcesDisagree, disagree).map(|it| it.help("the first is taken")));
    found.extend(first(material, Doubt::ZoneAmbiguous, Code::ZoneAmbiguous, ambiguous));
}

/// Clocks that a change of the clocks skipped or repeated.
pub(super) fn clocks(material: &Material, found: &mut Vec<Diagnostic>) {
    let skipped = |time: &Mention| format!("“{}” never came: the clocks were set forward over it", time.written);
    let skipped = first(material, Doubt::ClockSkipped, Code::ClockSkipped, skipped);
    found.extend(skipped.map(|it| it.help("read as if they had not been set")));
    let repeated = |doubt: &Doubt| if let Doubt::ClockRepeated(second) = doubt { Some(*second) } else { None };
    if let Some((mention, second)) =
        counted(material).find_map(|mention| mention.point.doubts.iter().find_map(repeated).map(|at| (mention, at)))
    {
        let (one, other) = (read(mention), offset(second));
        let message = format!("“{}” came twice, at UTC{one} and at UTC{other}: the clocks were set back over it", mention.written);
        found.push(Diagnostic::new(Code::ClockRepeated, message, cite(material, mention)).help("the first is taken"));
    }
}

/// Dates without a year or with two readings, clocks without a date, weekdays that do not fit.
pub(super) fn dates(material: &Material, found: &mut Vec<Diagnostic>) {
    let dated = |time: &Mention, form: &str| time.point.date.map_or_else(String::new, |date| date.format(form).to_string());
    let year = |time: &Mention| format!("“{}” has no year; read as{}", time.written, dated(time, " %Y"));
    let ambiguous = |time: &Mention| format!("“{}” reads two ways; taken as{}", time.written, dated(time, " %-d %B"));
    let missing = |time: &Mention| format!("no date was found for “{}”", time.written);
    found.extend(first(material, Doubt::YearInferred, Code::YearInferred, year));
    found.extend(first(material, Doubt::DateAmbiguous, Code::DateAmbiguous, ambiguous));
    found.extend(first(material, Doubt::DateMissing, Code::DateMissing, missing).map(|it| it.help("it is kept without an instant")));
    for mention in counted(material).filter(|mention| mention.point.doubts.contains(&Doubt::WeekdayWrong)).take(3) {
        let message = format!("“{}” was a {}", mention.written, dated(mention, "%A"));
        found.push(Diagnostic::new(Code::WeekdayMismatch, message, cite(material, mention)));
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
