//! How much of one file is taken in.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{self, Cite};

/// How much of one file is taken in; where more stands, a finding says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The bytes of a file; a larger one is not read at all.
    pub bytes: u64,
    /// The incidents of a file.
    pub incidents: usize,
    /// The events of an incident.
    pub events: usize,
}

impl Limits {
    /// The times of an incident: more than events, as not every time is of one.
    pub(super) fn times(&self) -> usize {
        self.events.max(10_000).saturating_mul(2)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: source::MAX_BYTES, incidents: 100_000, events: 10_000 }
    }
}

/// What is said where more stands than is taken in.
pub fn limited(what: &str, most: usize, cite: Cite) -> Diagnostic {
    Diagnostic::new(Code::UnreadableReport, format!("no more than {most} {what} are read"), Some(cite))
        .help("split the file, or raise the limit in the settings, under [limits]")
}
