//! One incident with the way back to its source.
//!
//! A library may hold a hundred thousand incidents, of which a person looks at one at a time. So what a report says is
//! kept packed, and unpacked for whoever asks; what lists, filters and sorting need of all of them stands in
//! [`crate::query::Index`].

use crate::incident::{Incident, SourceRef};
use crate::review::Review;
use std::path::Path;
use std::sync::Arc;

/// Where a source can be read again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A file.
    File(Arc<Path>),
    /// Text kept in memory: piped in, or a sample.
    Memory(Arc<[u8]>),
}

/// What a report says of one incident, where from, and what a reviewer says of it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Where it was read.
    pub source: SourceRef,
    /// Where that can be read again.
    pub origin: Origin,
    /// An [`Incident`], packed.
    facts: Arc<[u8]>,
    review: Option<Box<Review>>,
}

impl Entry {
    /// An incident of which nobody has said anything yet.
    pub fn new(incident: Incident, origin: Origin) -> Self {
        let facts = postcard::to_allocvec(&incident).unwrap_or_default().into();
        Self { source: incident.source, origin, facts, review: None }
    }

    /// The incident with a reviewer's corrections.
    pub fn incident(&self) -> Incident {
        let read = self.read();
        self.review().filter(|review| review.corrects()).map_or_else(|| read.clone(), |review| review.corrected(&read))
    }

    /// The incident as its report tells it.
    pub fn read(&self) -> Incident {
        let bare = || Incident::bare(self.source.clone());
        postcard::from_bytes(&self.facts).map_or_else(|_| bare(), |incident| Incident { source: self.source.clone(), ..incident })
    }

    /// What a reviewer says of it.
    pub fn review(&self) -> Option<&Review> {
        self.review.as_deref()
    }

    /// The same with what a reviewer says, instead of what was said before.
    pub fn reviewed(&self, review: Option<&Review>) -> Self {
        Self { review: review.cloned().map(Box::new), ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::record as fixture;

    #[test]
    fn what_is_packed_is_what_was_read() {
        for incident in [fixture::whole(), fixture::bare(), fixture::saying("ñ\u{0}\n\u{202e}")] {
            assert_eq!(Entry::new(incident.clone(), Origin::Memory(b"".as_slice().into())).read(), incident);
        }
    }
}
