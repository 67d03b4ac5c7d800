//! The words of the model: what there is of certainties, severities, phases, events and the like, each with its name in records.

use crate::names::names;
use serde::{Deserialize, Serialize};

names! {
    /// Whether the report writes a value down or it was worked out.
    pub enum Certainty {
        /// Worked out.
        Inferred = "inferred",
        /// Written.
        Stated = "stated",
    }
}
names! {
    /// How bad it was, on the normalised scale; orders from harmless to worst.
    pub enum Severity {
        /// No impact.
        None = "none",
        /// SEV4 and below, P4, low.
        Low = "low",
        /// SEV3, P3, moderate, Statuspage minor.
        Medium = "medium",
        /// SEV2, P2, major.
        High = "high",
        /// SEV0, SEV1, P0, P1.
        Critical = "critical",
    }
}
names! {
    /// The last thing said of the incident.
    pub enum Status {
        /// A maintenance is announced.
        Scheduled = "scheduled",
        /// A maintenance runs.
        InProgress = "in_progress",
        /// A maintenance is being checked.
        Verifying = "verifying",
        /// A maintenance is over.
        Completed = "completed",
        /// The cause is looked for.
        Investigating = "investigating",
        /// The cause is known.
        Identified = "identified",
        /// A fix is watched.
        Monitoring = "monitoring",
        /// It is over.
        Resolved = "resolved",
    }
}
names! {
    /// What happened at a moment.
    pub enum EventKind {
        /// The impact, or what led to it, began.
        Onset = "onset",
        /// Somebody or something noticed.
        Detected = "detected",
        /// A person began to respond.
        Acknowledged = "acknowledged",
        /// The cause is looked for.
        Investigating = "investigating",
        /// The cause is known.
        Identified = "identified",
        /// What hurt was stopped or softened.
        Mitigated = "mitigated",
        /// A fix is watched.
        Monitoring = "monitoring",
        /// Service is back.
        Recovered = "recovered",
        /// Declared over.
        Resolved = "resolved",
        /// Planned work.
        Maintenance = "maintenance",
        /// The report itself was published.
        Published = "published",
        /// Anything else with a time.
        Other = "other",
    }
}
names! {
    /// How finely a time is written.
    pub enum Precision {
        /// To the second.
        Second = "second",
        /// To the minute.
        Minute = "minute",
        /// To the hour ("5 PM").
        Hour = "hour",
        /// A date only.
        Day = "day",
    }
}
names! {
    /// What was felt, or what was done.
    pub enum Lane {
        /// Degradation as customers felt it.
        Impact = "impact",
        /// What the responders were doing.
        Response = "response",
    }
}
names! {
    /// What a phase was.
    pub enum PhaseKind {
        /// Slower or partly failing.
        Degradation = "degradation",
        /// Some of it gone.
        PartialOutage = "partial_outage",
        /// Gone.
        Outage = "outage",
        /// Coming back.
        Recovery = "recovery",
        /// Planned work.
        Maintenance = "maintenance",
        /// Nobody knew yet.
        Undetected = "undetected",
        /// The cause is looked for.
        Investigating = "investigating",
        /// The cause is known.
        Identified = "identified",
        /// What was done takes effect.
        Mitigating = "mitigating",
        /// A fix is watched.
        Monitoring = "monitoring",
    }
}
names! {
    /// Whether work against recurrence is finished.
    pub enum ActionState {
        /// Finished.
        Done = "done",
        /// Not finished.
        Open = "open",
    }
}
names! {
    /// When work against recurrence is due.
    pub enum Horizon {
        /// Finished.
        Done = "done",
        /// Soon.
        ShortTerm = "short-term",
        /// Later.
        LongTerm = "long-term",
    }
}
