//! Letters and marks that say the same as the colours.

use crate::diagnostic::Level;
use crate::incident::{ActionState, EventKind, PhaseKind, Severity};
use crate::theme::Role;
use std::borrow::Cow;

/// The mark of an incident that is marked for comparison.
pub const MARKED: &str = "✚";

/// The mark of an incident that may be none, before its title; where signs are spelt in ASCII, `?` alone stands for others.
pub const DOUBTFUL: &str = "(?)";

/// A title, with the mark where the incident is doubtful; raw.
pub fn titled(title: &str, doubtful: bool) -> Cow<'_, str> {
    if doubtful { Cow::Owned(format!("{DOUBTFUL} {title}")) } else { Cow::Borrowed(title) }
}

/// The mark of an incident with a note.
pub const NOTE: &str = "¶";

/// A level meter, the letter, and the role of a severity.
pub fn severity(severity: Option<Severity>) -> (char, char, Role) {
    match severity {
        Some(Severity::Critical) => ('█', 'C', Role::Critical),
        Some(Severity::High) => ('▆', 'H', Role::High),
        Some(Severity::Medium) => ('▄', 'M', Role::Medium),
        Some(Severity::Low) => ('▂', 'L', Role::Low),
        Some(Severity::None) => ('▁', 'N', Role::Harmless),
        None => (' ', '–', Role::Unknown),
    }
}

/// The name of a severity; a missing one is a value like any other.
pub fn severity_name(severity: Option<Severity>) -> &'static str {
    severity.map_or("unknown", Severity::name)
}

/// What an event is called where people read it: one of no other kind is a report on how things stand.
pub fn event_name(kind: EventKind) -> &'static str {
    if kind == EventKind::Other { "update" } else { kind.name() }
}

/// The mark of what helped, to which the time to mitigate does not lead.
pub const HELPED: char = '△';

/// The mark of an event on a time axis.
pub fn event(kind: EventKind) -> char {
    match kind {
        EventKind::Onset => '▼',
        EventKind::Detected => '◆',
        EventKind::Acknowledged => '○',
        EventKind::Investigating => '●',
        EventKind::Identified => '◉',
        EventKind::Mitigated => '▲',
        EventKind::Monitoring => '◎',
        EventKind::Recovered => '◇',
        EventKind::Resolved => '■',
        EventKind::Maintenance => '□',
        EventKind::Published => '▪',
        EventKind::Other => '•',
    }
}

/// The mark of work against recurrence.
pub fn action(state: ActionState) -> char {
    match state {
        ActionState::Done => '✓',
        ActionState::Open => '☐',
    }
}

/// The role of a phase; an impact of unknown kind looks like a degradation.
pub fn phase(kind: Option<PhaseKind>) -> Role {
    match kind {
        None | Some(PhaseKind::Degradation) => Role::Degradation,
        Some(PhaseKind::PartialOutage) => Role::PartialOutage,
        Some(PhaseKind::Outage) => Role::Outage,
        Some(PhaseKind::Recovery | PhaseKind::Mitigating) => Role::Recovery,
        Some(PhaseKind::Maintenance) => Role::Maintenance,
        Some(PhaseKind::Undetected) => Role::Undetected,
        Some(PhaseKind::Investigating) => Role::Investigating,
        Some(PhaseKind::Identified) => Role::Identified,
        Some(PhaseKind::Monitoring) => Role::Monitoring,
    }
}

/// The sign of a phase on a bar that is too short for its name, which tells it from others where there are no colours: how bad
/// it was, or the event that the work begins with.
pub fn short(kind: PhaseKind) -> Option<char> {
    match kind {
        PhaseKind::Degradation => Some('D'),
        PhaseKind::PartialOutage => Some('P'),
        PhaseKind::Outage => Some('O'),
        PhaseKind::Recovery => Some('R'),
        PhaseKind::Maintenance => Some('M'),
        PhaseKind::Undetected => None,
        PhaseKind::Investigating => Some(event(EventKind::Investigating)),
        PhaseKind::Identified => Some(event(EventKind::Identified)),
        PhaseKind::Mitigating => Some(event(EventKind::Mitigated)),
        PhaseKind::Monitoring => Some(event(EventKind::Monitoring)),
    }
}

/// The mark and the role of a finding.
pub fn level(level: Level) -> (char, Role) {
    match level {
        Level::Note => ('·', Role::Note),
        Level::Warning => ('!', Role::Warning),
        Level::Error => ('✗', Role::Error),
    }
}
