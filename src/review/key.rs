//! What an incident is known by between runs.

use crate::incident::Incident;
use crate::sanitize;
use serde::{Deserialize, Serialize};
use std::path::{Component, Path};

/// What an incident is known by between runs: its id, its place (the name of its file without folders, and its number in
/// it), a digest of its title and start, and where its file is. Which review is of which incident is told by
/// [`super::Reviews::of_incidents`], for any of these may have changed since.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Key {
    /// The whole path of its file; empty where that is not known, as of what was kept by an earlier version, and for what
    /// is in no file.
    pub path: String,
    /// `mail.txt`, or `feed.xml#3` for the fourth incident of a file.
    pub place: String,
    /// How many incidents that file had; meant only where the path is known.
    pub among: u32,
    /// The incident's id.
    pub id: String,
    /// Sixteen digits; empty for an incident without title and start.
    pub digest: String,
}

impl Default for Key {
    fn default() -> Self {
        Self { path: String::new(), place: String::new(), among: 1, id: String::new(), digest: String::new() }
    }
}

/// So many of id, place and digest have to be the same where nothing else is known.
const ENOUGH: usize = 2;

impl Key {
    /// The key of an incident as it was read, without where its file is.
    pub fn of(read: &Incident) -> Self {
        let clean = |text: &str| sanitize::line(text).into_owned();
        let name = read.source.path.rsplit(['/', '\\']).next().unwrap_or_default();
        let place = if read.source.index == 0 { clean(name) } else { format!("{}#{}", clean(name), read.source.index) };
        let title = read.title.as_ref().map(|title| title.value.as_str());
        let start = read.start().map(|start| start.timestamp().to_string());
        let told = title.is_some() || start.is_some();
        let digest = if told { digest(&format!("{}\n{}", title.unwrap_or_default(), start.unwrap_or_default())) } else { String::new() };
        Self { id: clean(&read.id), place, digest, ..Self::default() }
    }

    /// The name of its file and its number in it.
    pub fn file(&self) -> (&str, u32) {
        let numbered = self.place.rsplit_once('#').and_then(|(name, number)| Some((name, number.parse().ok()?)));
        numbered.unwrap_or((&self.place, 0))
    }

    /// How many of id, place and digest are the same.
    pub fn agreement(&self, other: &Self) -> usize {
        let pairs = [(&self.id, &other.id), (&self.place, &other.place), (&self.digest, &other.digest)];
        pairs.into_iter().filter(|(own, other)| own == other && !own.is_empty()).count()
    }

    /// Whether both may be of one incident, going by themselves alone.
    pub fn is_of(&self, other: &Self) -> bool {
        self.agreement(other) >= ENOUGH
    }

    /// Whether both are of the same file, at the same place.
    pub(super) fn is_in_file_of(&self, other: &Self) -> bool {
        !self.path.is_empty() && self.path == other.path
    }

    /// The folder of its file; empty where the path is not known.
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// How many names both paths have in common, from the file upwards.
    pub(super) fn common_names(&self, other: &Self) -> usize {
        let (own, other) = (self.path.rsplit('/'), other.path.rsplit('/'));
        own.zip(other).take_while(|(own, other)| own == other && !own.is_empty()).count()
    }
}

/// A path from the root, however it was named, safe to show; the same wherever the program was started.
pub fn whole_path(path: &Path) -> String {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (mut root, mut names) = (String::from("/"), Vec::new());
    for component in whole.components() {
        match component {
            Component::RootDir | Component::CurDir => {}
            Component::ParentDir => drop(names.pop()),
            Component::Prefix(drive) => root = format!("{}/", sanitize::line(&drive.as_os_str().to_string_lossy())),
            Component::Normal(name) => names.push(sanitize::line(&name.to_string_lossy()).into_owned()),
        }
    }
    root + &names.join("/")
}

/// FNV-1a with 64 bits: the same on every machine and in every version, which the standard library's hashes do not promise.
pub fn digest(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn the_incidents_of_a_file_have_keys_of_their_own() {
        let mut incident = fixture::entries()[1].incident();
        let first = Key::of(&incident);
        assert_eq!((first.place.as_str(), first.digest.len(), first.file()), ("2023-10-04.txt", 16, ("2023-10-04.txt", 0)));
        incident.source.index = 3;
        assert_eq!(Key::of(&incident).place, "2023-10-04.txt#3");
        assert_eq!(Key::of(&incident).file(), ("2023-10-04.txt", 3));
        assert!(Key::of(&incident).is_of(&first));
        assert_eq!(Key::of(&fixture::record::bare()).digest, "");
        assert_eq!(digest("sevline"), "d695458defa387d3");
        assert_eq!(digest(""), "cbf29ce484222325");
    }

    #[test]
    fn a_path_is_the_same_however_it_was_named() {
        let here = whole_path(Path::new("a.txt"));
        assert!(here.starts_with('/') && here.ends_with("/a.txt"));
        for other in ["./a.txt", "x/../a.txt", "./x/.././a.txt"] {
            assert_eq!(whole_path(Path::new(other)), here, "{other}");
        }
        assert_eq!(whole_path(Path::new("/../a\u{1b}/b")), "/a␛/b");
    }

    #[test]
    fn a_hash_in_a_name_is_no_number() {
        let file = |place: &str| Key { place: place.into(), ..Key::default() }.file().1;
        assert_eq!((file("a#b.txt"), file("a.txt#12"), file("#4.md"), file("")), (0, 12, 0, 0));
    }
}
