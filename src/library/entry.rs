//! One incident with the way back to its source.
//!
//! A library may hold a hundred thousand incidents, of which a person looks at one at a time. So what a report says is
//! kept packed, and unpacked for whoever asks; what lists, filters and sorting need of all of them stands in
//! [`crate::query::Index`].

use super::{Found, read};
use crate::cache::{Kept, Stamp};
use crate::incident::{Incident, SourceRef};
use crate::resolve::{Cut, Policy};
use crate::review::{Review, Reviewed};
use crate::source;
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

impl Origin {
    /// The file; none for what is in memory.
    pub fn path(&self) -> Option<&Path> {
        if let Origin::File(path) = self { Some(path) } else { None }
    }
}

/// What a report says of one incident, where from, and what a reviewer says of it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Where it was read.
    pub source: SourceRef,
    /// Where that can be read again.
    pub origin: Origin,
    facts: Facts,
    /// What the file looked like when it was read.
    stamp: Option<Stamp>,
    /// How many incidents its file has.
    among: u32,
    /// How that was cut.
    cut: Cut,
    said: Option<Box<Reviewed>>,
}

/// An [`Incident`], packed.
#[derive(Debug, Clone)]
enum Facts {
    /// In memory.
    Packed(Arc<[u8]>),
    /// In the cache.
    Kept(Kept),
}

impl Entry {
    /// An incident of which nobody has said anything yet.
    pub fn new(incident: Incident, origin: Origin) -> Self {
        let facts = Facts::Packed(postcard::to_allocvec(&incident).unwrap_or_default().into());
        Self { source: incident.source, origin, facts, stamp: None, among: 1, cut: Cut::AsTold, said: None }
    }

    /// The same, of a file that looked like that when it was read.
    pub fn stamped(self, stamp: Option<Stamp>) -> Self {
        Self { stamp, ..self }
    }

    /// The same, as one of so many incidents of its file, which was cut like that.
    pub fn part_of(self, (count, cut): (usize, Cut)) -> Self {
        Self { among: u32::try_from(count).unwrap_or(u32::MAX), cut, ..self }
    }

    /// How its file was cut.
    pub fn cut(&self) -> Cut {
        self.cut
    }

    /// How many incidents its file has.
    pub fn siblings(&self) -> u32 {
        self.among
    }

    /// An incident whose facts stand in the cache.
    pub fn kept(source: SourceRef, origin: Origin, facts: Kept) -> Self {
        Self { source, origin, facts: Facts::Kept(facts), stamp: None, among: 1, cut: Cut::AsTold, said: None }
    }

    /// The same with its facts in the cache.
    pub fn in_cache(&self, facts: Kept) -> Self {
        Self { facts: Facts::Kept(facts), ..self.clone() }
    }

    /// What the report says, packed; none where the cache is damaged.
    pub fn packed(&self) -> Option<Arc<[u8]>> {
        match &self.facts {
            Facts::Packed(bytes) => Some(bytes.clone()),
            Facts::Kept(kept) => kept.read().map(Arc::from),
        }
    }

    /// The incident with a reviewer's corrections.
    pub fn incident(&self) -> Incident {
        let read = self.read();
        self.review().filter(|review| review.corrects()).map_or_else(|| read.clone(), |review| review.corrected(&read))
    }

    /// The incident as its report tells it. Where the cache is damaged the report is read again.
    pub fn read(&self) -> Incident {
        let unpacked = self.packed().and_then(|bytes| postcard::from_bytes::<Incident>(&bytes).ok());
        let incident = unpacked.or_else(|| self.read_again()).unwrap_or_else(|| Incident::bare(self.source.clone()));
        Incident { source: self.source.clone(), ..incident }
    }

    fn read_again(&self) -> Option<Incident> {
        let (Facts::Kept(kept), Origin::File(path)) = (&self.facts, &self.origin) else { return None };
        let policy = Policy { cut: self.cut, ..kept.policy().clone() };
        let (Found::Report(rows) | Found::Part(rows, _)) = read::read_file(path, &self.source.path, true, self.stamp, &policy) else {
            return None;
        };
        rows.into_iter().find(|row| row.entry.source.index == self.source.index).map(|row| row.entry.read())
    }

    /// Whether the file is another than the one that was read; then what is cited may stand elsewhere.
    pub fn has_changed(&self) -> bool {
        matches!(&self.origin, Origin::File(path) if self.stamp.is_some() && self.stamp != Stamp::of(path))
    }

    /// How large its file may be by now to be looked at, in bytes: as large as it was, or as files usually are.
    pub fn most_bytes(&self) -> u64 {
        self.stamp.map_or(0, |stamp| stamp.size()).max(source::MAX_BYTES)
    }

    /// What a reviewer says of it.
    pub fn review(&self) -> Option<&Review> {
        self.said().map(|said| &said.review)
    }

    /// The same with the key under which it is kept.
    pub fn said(&self) -> Option<&Reviewed> {
        self.said.as_deref()
    }

    /// The same with what a reviewer says, instead of what was said before.
    pub fn reviewed(&self, said: Option<&Reviewed>) -> Self {
        Self { said: said.cloned().map(Box::new), ..self.clone() }
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
