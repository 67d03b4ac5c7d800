//! What a filter can ask for: the fields, and the traits behind `has:` and `is:`.

use super::row::Index;
use crate::diagnostic::Level;
use crate::incident::{ActionState, Certainty, Incident, IncidentKind, Status};
use crate::names::{names, nearest};
use serde::{Deserialize, Serialize};

names! {
    /// A field of the query language.
    pub enum Field {
        /// How bad it was.
        Severity = "sev", /// What was affected.
        Service = "service", /// Whose it was.
        Organization = "org", /// What it is called.
        Title = "title", /// The whole text of the report.
        Text = "text", /// The last thing said of it.
        Status = "status", /// The format of the file.
        Format = "format", /// When the impact began.
        Start = "start", /// When the impact ended.
        End = "end", /// At or after a moment.
        After = "after", /// Before a moment.
        Before = "before", /// Under way in a stretch of the calendar.
        During = "during", /// The day of the week on which the impact began.
        Weekday = "weekday", /// The hour of the day in which the impact began.
        Hour = "hour", /// How long the impact lasted.
        Duration = "dur", /// Time to detect.
        Detect = "detect", /// Time to acknowledge.
        Acknowledge = "ack", /// Time to identify.
        Identify = "identify", /// Time to mitigate.
        Mitigate = "mitigate", /// Time to restore.
        Restore = "restore", /// Time to resolve.
        Resolve = "resolve", /// Time to the first public update.
        Lag = "lag", /// The reviewer's own tags.
        Tag = "tag", /// What the report tells.
        Has = "has", /// What it is.
        Is = "is", }
}

/// What kind of values a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words to find.
    Name,
    /// A severity; ordered.
    Severity,
    /// A status.
    Status,
    /// The form of a file.
    Format,
    /// A stretch of the calendar; ordered.
    Time,
    /// A moment to compare the whole incident with.
    Moment,
    /// A day of the week.
    Weekday,
    /// An hour of the day; ordered.
    Hour,
    /// A length of time; ordered.
    Length,
    /// A trait of [`HAS`], or the code of a finding.
    Has,
    /// A trait of [`IS`].
    Is,
}

impl Field {
    /// The field of that name, or of one people also use.
    pub fn find(name: &str) -> Option<Self> {
        Self::from_name(name).or_else(|| ALIASES.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(name)).map(|&(_, field)| field))
    }

    /// The name of the field that is likely meant where there is none of that name.
    pub fn meant(name: &str) -> Option<&'static str> {
        Self::of_stretch(name).map(Self::name).or_else(|| nearest(name, Self::names()))
    }

    /// The field of the moment that ends a stretch of an incident, which no field asks for by its own name.
    pub fn of_stretch(name: &str) -> Option<Self> {
        STRETCHES.iter().find(|(stretch, _)| stretch.eq_ignore_ascii_case(name)).map(|(_, field)| *field)
    }

    /// The names by which fields are found.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::ALL.iter().map(|field| field.name()).chain(ALIASES.iter().map(|(alias, _)| *alias))
    }

    /// Its other names.
    pub fn aliases(self) -> impl Iterator<Item = &'static str> {
        ALIASES.iter().filter(move |(_, field)| *field == self).map(|(alias, _)| *alias)
    }

    /// Whether one of its names begins so.
    pub fn begins(self, beginning: &str) -> bool {
        let stretches = STRETCHES.iter().filter(|(_, field)| *field == self).map(|(stretch, _)| *stretch);
        [self.name()].into_iter().chain(self.aliases()).chain(stretches).any(|name| name.starts_with(beginning))
    }

    /// What kind of values it takes.
    pub fn kind(self) -> Kind {
        match self {
            Field::Severity => Kind::Severity,
            Field::Service | Field::Organization | Field::Title | Field::Text | Field::Tag => Kind::Name,
            Field::Status => Kind::Status,
            Field::Format => Kind::Format,
            Field::Start | Field::End => Kind::Time,
            Field::After | Field::Before | Field::During => Kind::Moment,
            Field::Weekday => Kind::Weekday,
            Field::Hour => Kind::Hour,
            Field::Duration
            | Field::Detect
            | Field::Acknowledge
            | Field::Identify
            | Field::Mitigate
            | Field::Restore
            | Field::Resolve
            | Field::Lag => Kind::Length,
            Field::Has => Kind::Has,
            Field::Is => Kind::Is,
        }
    }

    /// What it asks for, and how.
    pub fn meaning(self) -> &'static str {
        match self {
            Field::Severity => "severity, as in sev>=high or sev:unknown",
            Field::Service => "affected service, as in service:crm",
            Field::Organization => "organization, as in org:batch",
            Field::Title => "words of the title",
            Field::Text => "words anywhere in the report's source",
            Field::Status => "last status, as in status:resolved",
            Field::Format => "format of the file, as in format:markdown",
            Field::Start => "start of impact, as in start:2024-01..2024-03",
            Field::End => "end of impact, as in end<2024-04",
            Field::After => "begins then or later: after:2024-03, after:30d",
            Field::Before => "begins earlier, as in before:2w",
            Field::During => "under way then, as in during:last-quarter",
            Field::Weekday => "day the impact began on, as in weekday:sat,sun",
            Field::Hour => "hour the impact began in, as in hour:9..17",
            Field::Duration => "length of impact, as in dur>30m",
            Field::Detect => "time to detect, as in detect>15m",
            Field::Acknowledge => "time until somebody began to work on it",
            Field::Identify => "time until the cause was found",
            Field::Mitigate => "time until what was done took effect",
            Field::Restore => "time until the end of impact",
            Field::Resolve => "time until declared resolved",
            Field::Lag => "time until the first public update",
            Field::Tag => "your own tags",
            Field::Has => "what the report tells, as in has:cause",
            Field::Is => "what it is, as in is:ongoing",
        }
    }
}

/// The days as they are suggested; whole names are read as well.
pub const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Other words for fields: those of the screens where the field has a shorter name, and those that people are used to.
const ALIASES: &[(&str, Field)] = &[
    ("severity", Field::Severity),
    ("services", Field::Service),
    ("organization", Field::Organization),
    ("duration", Field::Duration),
    ("lasted", Field::Duration),
    ("impact", Field::Duration),
    ("tags", Field::Tag),
    ("date", Field::Start),
    ("acknowledge", Field::Acknowledge),
    ("acknowledged", Field::Acknowledge),
    ("detected", Field::Detect),
    ("identified", Field::Identify),
    ("mitigated", Field::Mitigate),
    ("restored", Field::Restore),
    ("resolved", Field::Resolve),
    ("ttd", Field::Detect),
    ("tta", Field::Acknowledge),
    ("tti", Field::Identify),
    ("ttm", Field::Mitigate),
    ("ttr", Field::Resolve),
];

/// Stretches of an incident as the screens call them, which no field asks for, and the field of the moment that ends each.
const STRETCHES: [(&str, Field); 4] =
    [("undetected", Field::Detect), ("investigating", Field::Identify), ("mitigating", Field::Mitigate), ("resolving", Field::Resolve)];

/// Something that holds for an incident or does not.
#[derive(Debug)]
pub struct Trait {
    /// Its name in a query.
    pub name: &'static str,
    /// What it says.
    pub meaning: &'static str,
    /// Its bit in [`Index`].
    pub(super) bit: u64,
    /// Whether it holds.
    holds: fn(&Index, &Incident) -> bool,
}

impl PartialEq for Trait {
    fn eq(&self, other: &Self) -> bool {
        self.bit == other.bit
    }
}

macro_rules! traits {
    ($first:expr; $($name:literal $meaning:literal $holds:expr;)*) => {
        &numbered($first, [$(Trait { name: $name, meaning: $meaning, bit: 0, holds: $holds },)*])
    };
}

#[allow(clippy::indexing_slicing, reason = "runs when the program is built")]
const fn numbered<const N: usize>(first: usize, mut table: [Trait; N]) -> [Trait; N] {
    let mut at = 0;
    while at < N {
        table[at].bit = 1 << (first + at);
        at += 1;
    }
    table
}

/// The bits of the traits that an incident has.
pub(super) fn traits_of(index: &Index, incident: &Incident) -> u64 {
    HAS.iter().chain(IS).filter(|entry| (entry.holds)(index, incident)).fold(0, |bits, entry| bits | entry.bit)
}

/// What a report may tell or leave out.
pub const HAS: &[Trait] = traits! {
    0;
    "sev" "a severity, by label or by inference" |index, _| index.severity.is_some();
    "label" "a severity label of its own" |_, incident| incident.severity_label.is_some();
    "title" "a title" |_, incident| incident.title.is_some();
    "org" "an organization" |index, _| index.organization().is_some();
    "service" "an affected service" |index, _| index.services().next().is_some();
    "component" "a component of a status page" |_, incident| !incident.components.is_empty();
    "region" "a region" |_, incident| !incident.regions.is_empty();
    "status" "a status" |index, _| index.status.is_some();
    "start" "a start of impact" |_, incident| incident.impact.start().is_some();
    "end" "an end of impact" |index, _| index.end.is_some();
    "dur" "a length of impact" |index, _| index.minutes.is_some();
    "detect" "a time to detect" |index, _| index.metrics.detect.is_some();
    "ack" "a time to acknowledge" |index, _| index.metrics.acknowledge.is_some();
    "identify" "a time to identify" |index, _| index.metrics.identify.is_some();
    "mitigate" "a time to mitigate" |index, _| index.metrics.mitigate.is_some();
    "restore" "a time to restore" |index, _| index.metrics.restore.is_some();
    "resolve" "a time to resolve" |index, _| index.metrics.resolve.is_some();
    "lag" "a lag of the first public update" |index, _| index.metrics.publication_lag.is_some();
    "update" "status updates" |_, incident| incident.communication.is_some();
    "timeline" "events with a time" |_, incident| incident.events.iter().any(|event| event.at.is_some());
    "summary" "a summary" |_, incident| incident.summary.is_some();
    "impact" "words on what customers noticed" |_, incident| incident.customer_impact.is_some();
    "cause" "a cause" |_, incident| incident.root_cause.is_some();
    "resolution" "words on what ended it" |_, incident| incident.resolution.is_some();
    "lesson" "a lesson" |_, incident| !incident.lessons.is_empty();
    "action" "work against recurrence" |_, incident| !incident.action_items.is_empty();
    "todo" "such work that is not done" |_, incident| incident.action_items.iter().any(|item| item.state == ActionState::Open);
    "diagnostic" "a finding of any level" |_, incident| !incident.diagnostics.is_empty();
    "warning" "a warning or an error" |_, incident| incident.diagnostics.iter().any(|found| found.level() > Level::Note);
    "link" "a public link" |_, incident| incident.source.url.is_some();
    "tag" "a tag of yours" |index, _| index.tags().next().is_some();
};

/// What an incident may be.
pub const IS: &[Trait] = traits! {
    HAS.len();
    "ongoing" "no end of impact known, and not declared over" |index, _| index.ongoing;
    "resolved" "declared over" |index, _| matches!(index.status, Some(Status::Resolved | Status::Completed));
    "incident" "not planned work" |_, incident| incident.kind == IncidentKind::Incident;
    "maintenance" "planned work" |_, incident| incident.kind == IncidentKind::Maintenance;
    "stated" "every known end of its impact is written" |index, _| index.certainty == Some(Certainty::Stated);
    "inferred" "an end of its impact was inferred" |index, _| index.certainty == Some(Certainty::Inferred);
    "narrow" "a day, zone or role was decided narrowly" |_, incident| incident.is_narrow();
    "doubtful" "perhaps no incident report" |index, _| index.doubtful;
    "marked" "marked in the explorer" |_, _| false;
    "reviewed" "tagged, noted or corrected by you" |_, _| false;
    "noted" "with a note of yours" |_, _| false;
    "corrected" "with a severity or time that you corrected" |_, _| false;
};

/// The words of the screens, and those of before, for traits of another name.
const TRAIT_ALIASES: &[(&str, &str)] =
    &[("open", "ongoing"), ("planned", "maintenance"), ("url", "link"), ("check", "diagnostic"), ("note", "noted")];

/// The trait of that name, or of a field's other name; one letter more or less at the end is the plural.
pub fn find_trait(table: &'static [Trait], name: &str) -> Option<&'static Trait> {
    let lower = name.to_ascii_lowercase();
    let singular = lower.strip_suffix('s').unwrap_or(&lower);
    let alias = TRAIT_ALIASES.iter().find(|(alias, _)| *alias == singular).map(|(_, name)| *name);
    let of_field = || Field::find(&lower).map(Field::name);
    let find = |name: &str| table.iter().find(|entry| entry.name == name);
    find(&lower).or_else(|| find(singular)).or_else(|| find(alias?)).or_else(|| find(of_field()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_as_people_write_them() {
        for (name, field) in [("sev", Field::Severity), ("SEV", Field::Severity), ("Severity", Field::Severity), ("dur", Field::Duration)] {
            assert_eq!(Field::find(name), Some(field));
        }
        assert_eq!((Field::find("seve"), Field::find("")), (None, None));
        assert_eq!((Field::find("ack"), Field::find("date")), (Some(Field::Acknowledge), Some(Field::Start)));
        assert_eq!(find_trait(IS, "open").map(|entry| entry.name), Some("ongoing"));
        for (name, found) in [("cause", "cause"), ("actions", "action"), ("Diagnostics", "diagnostic")] {
            assert_eq!(find_trait(HAS, name).map(|entry| entry.name), Some(found));
        }
        assert!(find_trait(HAS, "causess").is_none() && find_trait(IS, "cause").is_none());
    }

    #[test]
    fn every_meaning_fits_a_line_of_the_completion() {
        let traits = HAS.iter().chain(IS).map(|entry| entry.meaning);
        for meaning in Field::ALL.iter().map(|field| field.meaning()).chain(traits) {
            assert!(meaning.len() <= 50, "{meaning}");
        }
    }
}
