//! What does not add up in a report, or could not be read: a stable code, the words, and what was decided.

pub mod caret;

use crate::names::names;
use crate::source::Cite;
use serde::{Deserialize, Serialize};

names! {
    /// How much a diagnostic matters.
    pub enum Level {
        /// A decision the reader should know of.
        Note = "note",
        /// The report contradicts itself or leaves a fact open.
        Warning = "warning",
        /// Something could not be read at all.
        Error = "error",
    }
}

macro_rules! codes {
    ($($variant:ident $name:literal $level:ident $meaning:literal;)*) => {
        /// The stable codes of all diagnostics.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code { $(#[doc = $meaning] #[serde(rename = $name)] $variant,)* }

        impl Code {
            /// Every code.
            pub const ALL: &[Code] = &[$(Code::$variant,)*];

            /// The kebab-case name that exports and filters use.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// How much it matters.
            pub fn level(self) -> Level {
                match self { $(Code::$variant => Level::$level,)* }
            }

            /// What it means, in one sentence.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$variant => $meaning,)* }
            }
        }
    };
}

codes! {
    ClockRepeated "clock-repeated" Note "The clocks were set back; this local time came twice.";
    ClockSkipped "clock-skipped" Warning "The clocks were set forward; this local time never came.";
    DateAmbiguous "date-ambiguous" Warning "A numeric date reads two ways.";
    DateMissing "date-missing" Warning "A clock time has no date anywhere in the report.";
    DurationMismatch "duration-mismatch" Warning "The stated duration differs from the window's length.";
    EndBeforeStart "end-before-start" Warning "A window ends before it starts.";
    EventOutsideWindow "event-outside-window" Note "A recovery or detection lies outside the impact window.";
    LanguageUnread "language-unread" Warning "The report, or a part of it, is in a language that is not read.";
    MitigatedNever "mitigated-never" Note "Declared over, and nothing tells when it got better.";
    NoTimes "no-times" Warning "No time was found in the report.";
    OrderViolation "order-violation" Warning "A timeline runs backwards.";
    OvernightAssumed "overnight-assumed" Warning "A range ends at an earlier clock than it starts; it was read into the next day.";
    Reopened "reopened" Note "Declared over, and looked into again later.";
    ResolvedBeforeImpactEnd "resolved-before-impact-end" Warning "Declared over before the impact ends.";
    SeveralIncidents "several-incidents" Note "The report may hold one incident or several.";
    SourcesDisagree "sources-disagree" Warning "Two places of the report give different values.";
    TextReplaced "text-replaced" Warning "Bytes that are no text were replaced.";
    UnknownSeverity "unknown-severity" Note "The severity label is on no scale that is known.";
    UnreadableReport "unreadable-report" Error "The report's structure could not be read.";
    UnreadableTime "unreadable-time" Warning "A time is written but unfinished or impossible.";
    UpdateWithoutStamp "update-without-stamp" Warning "A status update carries no time.";
    WeekdayMismatch "weekday-mismatch" Warning "The weekday does not fit the date.";
    WindowFarFromUpdates "window-far-from-updates" Warning "The impact lies days or more from the status updates.";
    WindowFromTimeline "window-from-timeline" Note "No impact is stated; the window runs over the timeline.";
    WindowFromUpdates "window-from-updates" Note "No impact is stated; the window runs over the status updates.";
    YearInferred "year-inferred" Note "The year stands elsewhere in the report.";
    ZoneAmbiguous "zone-ambiguous" Note "The zone's abbreviation means several zones.";
    ZoneAssumed "zone-assumed" Note "No zone is stated; one was assumed.";
    ZoneUnknown "zone-unknown" Warning "The zone's abbreviation is not known; another zone was assumed.";
}

/// One finding about a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// What kind of finding.
    pub code: Code,
    /// The finding in this report's words, lower case, without a full stop.
    pub message: String,
    /// What was decided or what a person can do, if anything.
    pub help: Option<String>,
    /// The words it is about, where there are any; of two places that disagree, both.
    pub cites: Vec<Cite>,
}

impl Diagnostic {
    /// A finding without help.
    pub fn new(code: Code, message: impl Into<String>, cites: impl IntoIterator<Item = Cite>) -> Self {
        Self { code, message: message.into(), help: None, cites: cites.into_iter().collect() }
    }

    /// The first of the words it is about.
    pub fn cite(&self) -> Option<Cite> {
        self.cites.first().copied()
    }

    /// The same with what was decided.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// How much it matters.
    pub fn level(&self) -> Level {
        self.code.level()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_kebab_case_and_sorted() {
        let names: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
        assert!(names.is_sorted());
        assert!(names.iter().all(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')));
    }
}
