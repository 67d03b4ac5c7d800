//! Zones that the user settles once for reports that name none: those of a folder, or of a publisher.

use crate::extract::zone::ZonePiece;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Whose reports a zone is settled for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Whose {
    /// All in this folder and below it.
    Folder(PathBuf),
    /// All of this publisher, whatever the case of its name.
    Publisher(String),
}

/// Every zone that is settled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settled {
    rules: Arc<[(Whose, ZonePiece)]>,
    /// That of the file being read, by its folder.
    folder: Option<ZonePiece>,
}

impl Settled {
    /// Of these rules.
    pub fn new(rules: impl IntoIterator<Item = (Whose, ZonePiece)>) -> Self {
        Self { rules: rules.into_iter().collect(), folder: None }
    }

    /// The rules.
    pub fn rules(&self) -> &[(Whose, ZonePiece)] {
        &self.rules
    }

    /// The same for a file: the zone of the nearest folder that it is in, if one is settled.
    pub fn for_file(&self, path: &Path) -> Self {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let depth = |(whose, zone): &(Whose, ZonePiece)| match whose {
            Whose::Folder(folder) if path.starts_with(folder) => Some((folder.components().count(), *zone)),
            _ => None,
        };
        let folder = self.rules.iter().filter_map(depth).max_by_key(|(depth, _)| *depth).map(|(_, zone)| zone);
        Self { rules: self.rules.clone(), folder }
    }

    /// The zone of a report: that of its folder, else that of its publisher.
    pub(super) fn zone(&self, publisher: Option<&str>) -> Option<ZonePiece> {
        let is =
            |whose: &Whose| matches!((whose, publisher), (Whose::Publisher(name), Some(own)) if name.to_lowercase() == own.to_lowercase());
        self.folder.or_else(|| self.rules.iter().find(|(whose, _)| is(whose)).map(|(_, zone)| *zone))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_folder_and_then_the_publisher() {
        let (all, oslo, own) = (ZonePiece::Fixed(60), ZonePiece::Fixed(120), ZonePiece::Fixed(300));
        let folder = |path: &str| Whose::Folder(path.into());
        let settled = Settled::new([(folder("/in"), all), (folder("/in/oslo"), oslo), (Whose::Publisher("Ferncote".into()), own)]);
        let zone = |path: &str, publisher| settled.for_file(Path::new(path)).zone(publisher);
        assert_eq!(zone("/in/a.md", None), Some(all));
        assert_eq!(zone("/in/oslo/b/a.md", Some("Ferncote")), Some(oslo));
        assert_eq!(zone("/in/oslo-2/a.md", None), Some(all), "no part of a name");
        assert_eq!(zone("/out/a.md", Some("FERNCOTE")), Some(own));
        assert_eq!(zone("/out/a.md", Some("Uplands")), None);
    }
}
