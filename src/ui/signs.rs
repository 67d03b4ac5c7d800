//! What every sign on the screens means, from the tables and constants that draw them.

use super::{bar, calendar, chart, compare, source};
use crate::app::{glyph, show};
use crate::diagnostic::Level;
use crate::incident::{ActionState, EventKind, Severity};
use crate::theme::Role;

/// A sign with its look and what it means.
pub struct Sign {
    /// The sign.
    pub sign: String,
    /// How it looks.
    pub role: Role,
    /// What it means, in a line.
    pub meaning: &'static str,
}

fn sign(sign: impl ToString, role: Role, meaning: &'static str) -> Sign {
    Sign { sign: sign.to_string(), role, meaning }
}

/// All signs by the part of the screen they stand in, with its heading.
pub fn all() -> [(&'static str, Vec<Sign>); 5] {
    let severity = |severity: Option<Severity>| {
        let (meter, letter, role) = glyph::severity(severity);
        sign(format!("{meter}{letter}"), role, glyph::severity_name(severity))
    };
    let mut list: Vec<_> = Severity::ALL.iter().rev().copied().map(Some).chain([None]).map(severity).collect();
    list.extend([
        sign(glyph::MARKED, Role::Mark, "marked for comparison"),
        sign(glyph::DOUBTFUL, Role::Dim, "perhaps no incident; stands last and is not counted"),
        sign('#', Role::Own, "a tag of yours"),
        sign(glyph::NOTE, Role::Own, "a note of yours"),
    ]);
    let mut events: Vec<_> = EventKind::ALL.iter().map(|&kind| sign(glyph::event(kind), Role::Event, glyph::event_name(kind))).collect();
    events.extend([
        sign(glyph::HELPED, Role::Event, "mitigated; the time to mitigate does not end here"),
        sign("2 … 9 +", Role::Event, "so many events in one cell; zoom in to part them"),
        sign("‹4 2›", Role::Dim, "so many events before and after what is shown"),
    ]);
    let level = |level: Level, meaning| {
        let (mark, role) = glyph::level(level);
        sign(mark, role, meaning)
    };
    [
        (
            "Signs of what is certain",
            vec![
                sign(show::INFERRED, Role::Inferred, "inferred; the report does not write it"),
                sign(show::ABOUT, Role::Text, "approximate, as the report says itself"),
                sign(show::CORRECTED, Role::Own, "corrected by you"),
                sign(show::MISSING, Role::Dim, "the report does not tell it"),
            ],
        ),
        ("Signs in the list", list),
        ("Signs of events", events),
        (
            "Signs on the time axis",
            vec![
                sign("██", Role::Degradation, "a stretch as the report writes it"),
                sign(bar::HATCH.to_string().repeat(2), Role::Degradation, "an inferred stretch"),
                sign(bar::FAINT.to_string().repeat(2), Role::Degradation, "the rest of an impact of which other bars tell the parts"),
                sign(bar::FADE.iter().collect::<String>() + &bar::OPEN.to_string(), Role::Degradation, "no end is known"),
                sign(bar::UNBEGUN, Role::Degradation, "no start is known"),
                sign("D P O", Role::Degradation, "degradation, partial outage, outage: bars without room"),
                sign("R M", Role::Recovery, "recovery, maintenance: bars without room for the name"),
                sign("▼◆◉▲◇", Role::Monitoring, "undetected, investigating, mitigating, restoring, resolving"),
                sign("① ②", Role::Degradation, "a bar of several of one name, numbered in the facts"),
                sign(bar::MOMENT, Role::Degradation, "a moment, or a stretch without length"),
                sign(chart::BREAK, Role::Dim, "dead time is left out here"),
                sign(format!("{}{}", chart::SHOWN, chart::BUSY), Role::Cursor, "the part that is shown, and where in it something happens"),
                sign(calendar::OVERLAP, Role::Filter, "under way at the same time as another incident"),
            ],
        ),
        (
            "Signs elsewhere",
            vec![
                sign(glyph::action(ActionState::Done), Role::Text, "done against recurrence"),
                sign(glyph::action(ActionState::Open), Role::Text, "to be done against recurrence"),
                level(Level::Error, "a check that found an error"),
                level(Level::Warning, "a check that found what does not add up"),
                level(Level::Note, "a check that has something to note"),
                sign(source::PASSAGE, Role::Key, "a passage of the report that facts were read from"),
                sign(compare::LARGEST_SIGN, Role::Filter, "the largest difference of an incident to the base"),
            ],
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_is_told_once_and_fits_the_help() {
        let all: Vec<_> = all().into_iter().flat_map(|(_, signs)| signs).collect();
        let mut signs: Vec<_> = all.iter().map(|sign| sign.sign.as_str()).collect();
        signs.sort_unstable();
        signs.dedup();
        assert_eq!(signs.len(), all.len());
        assert!(all.iter().all(|sign| !sign.meaning.is_empty() && sign.meaning.len() <= 60));
    }
}
