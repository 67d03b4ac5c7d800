//! The explorer. This stub stands in until the real one is merged.

use crate::library::Input;
use crate::resolve::Policy;

/// What the explorer opens with.
#[derive(Debug)]
pub struct Start {
    /// What to read.
    pub inputs: Vec<Input>,
    /// What to assume where a report says nothing.
    pub policy: Policy,
    /// A line to show first.
    pub notice: Option<String>,
    /// The theme's name.
    pub theme: Option<String>,
    /// What the whole is called.
    pub title: String,
}

/// Why the explorer could not run.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no terminal to draw on.
    #[error("the explorer is not part of this build")]
    Missing,
}

/// Opens the explorer and returns the exit status.
pub fn run(start: Start) -> Result<u8, Error> {
    let _ = start;
    Err(Error::Missing)
}
