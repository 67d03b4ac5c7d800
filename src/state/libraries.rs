//! How each library was left, `libraries.toml`: what a person had filtered, marked and looked at.

use super::Error;
use super::file::{read, replace};
use crate::review::Key;
use crate::sanitize;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::Path;

/// The file in the state folder.
pub const FILE: &str = "libraries.toml";

/// What stands above the libraries.
const HEAD: &str = "# How each library was left in sevline; --fresh begins without.\n\n";

/// So many libraries are remembered.
const LIBRARIES: usize = 100;

/// How a library was left. What is empty is as it is at first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Memory {
    /// The filter.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub filter: String,
    /// The column and direction of the order, as in `duration:asc`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sort: String,
    /// Whose clock: `local` or `reported`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub zone: String,
    /// The pane with the focus: `detail` or `timeline`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub pane: String,
    /// Whether that had the whole screen.
    #[serde(skip_serializing_if = "is_false")]
    pub maximised: bool,
    /// The list's part of the width, in thousandths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list_part: Option<u16>,
    /// The timeline's part of the height, in thousandths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeline_part: Option<u16>,
    /// Whether all incidents were on the time axis.
    #[serde(skip_serializing_if = "is_false")]
    pub all_incidents: bool,
    /// Whether dead time was left out.
    #[serde(skip_serializing_if = "is_false")]
    pub compressed: bool,
    /// The columns of the list, as in `severity,start,title`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub columns: String,
    /// Whether an incident had one line of the list also where there was room for two.
    #[serde(skip_serializing_if = "is_false")]
    pub dense: bool,
    /// The selected incident.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selected: Option<Mark>,
    /// The marked incidents, in the order of marking.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
}

impl Memory {
    /// How it is left, where it was found so, and others left it as it is now: what was not changed is as they left it, and
    /// marks that they set stay.
    fn since(self, found: &Self, now: Self) -> Self {
        if now == *found {
            return self;
        }
        fn pick<T: PartialEq>(left: T, found: &T, now: T) -> T {
            if left == *found { now } else { left }
        }
        let others = now.marks.into_iter().filter(|mark| !found.marks.contains(mark) || self.marks.contains(mark)).collect::<Vec<_>>();
        let own = self.marks.into_iter().filter(|mark| !found.marks.contains(mark) && !others.contains(mark)).collect::<Vec<_>>();
        Self {
            filter: pick(self.filter, &found.filter, now.filter),
            sort: pick(self.sort, &found.sort, now.sort),
            zone: pick(self.zone, &found.zone, now.zone),
            pane: pick(self.pane, &found.pane, now.pane),
            columns: pick(self.columns, &found.columns, now.columns),
            dense: pick(self.dense, &found.dense, now.dense),
            maximised: pick(self.maximised, &found.maximised, now.maximised),
            list_part: pick(self.list_part, &found.list_part, now.list_part),
            timeline_part: pick(self.timeline_part, &found.timeline_part, now.timeline_part),
            all_incidents: pick(self.all_incidents, &found.all_incidents, now.all_incidents),
            compressed: pick(self.compressed, &found.compressed, now.compressed),
            selected: pick(self.selected, &found.selected, now.selected),
            marks: others.into_iter().chain(own).collect(),
        }
    }
}

fn is_false(value: &bool) -> bool {
    !value
}

/// What an incident is known by, see [`Key`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mark {
    id: String,
    file: String,
    digest: String,
}

impl From<Key> for Mark {
    fn from(key: Key) -> Self {
        Self { id: key.id, file: key.place, digest: key.digest }
    }
}

impl From<Mark> for Key {
    fn from(mark: Mark) -> Self {
        Self { id: mark.id, place: mark.file, digest: mark.digest, ..Self::default() }
    }
}

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    library: Vec<Library>,
}

#[derive(Serialize, Deserialize)]
struct Library {
    paths: Vec<String>,
    #[serde(flatten)]
    left: Memory,
}

/// How the library of those paths was left; none where it never was.
pub fn left(folder: &Path, paths: &[String]) -> Result<Option<Memory>, Error> {
    let found = load(folder)?.library.into_iter().rev().find(|library| library.paths == paths);
    Ok(found.map(|library| Memory { filter: sanitize::line(&library.left.filter).into_owned(), ..library.left }))
}

fn load(folder: &Path) -> Result<File, Error> {
    let path = folder.join(FILE);
    let text = read(&path)?;
    toml::from_str(&text).map_err(|error| Error::in_text(&path, &text, &error))
}

/// Puts down how a library was left that was found in another way, after whatever others put down; the caller holds the lock.
pub(super) fn change(folder: &Path, paths: &[String], found: &Memory, left: &Memory) -> Result<(), Error> {
    let mut file = load(folder)?;
    let now = file.library.iter().rfind(|library| library.paths == paths).map(|library| library.left.clone()).unwrap_or_default();
    file.library.retain(|library| library.paths != paths);
    let left = left.clone().since(found, now);
    if left != Memory::default() {
        file.library.push(Library { paths: paths.to_vec(), left });
    }
    let old = file.library.len().saturating_sub(LIBRARIES);
    file.library.drain(..old);
    let path = folder.join(FILE);
    let written = toml::to_string(&file).map_err(io::Error::other).and_then(|text| replace(&path, &format!("{HEAD}{text}")));
    written.map_err(|error| Error::new(&path, format!("{error}; how the library was left is not remembered")))
}

#[cfg(test)]
mod tests {
    use super::super::{Change, change};
    use super::*;
    use std::fs;

    fn paths(name: &str) -> Vec<String> {
        vec![format!("/srv/{name}"), "/srv/more".into()]
    }

    fn filtered(filter: &str) -> Memory {
        Memory { filter: filter.into(), ..Memory::default() }
    }

    fn leave(folder: &Path, name: &str, left: Memory) {
        let found = super::left(folder, &paths(name)).unwrap().unwrap_or_default();
        change(folder, &Change::Left { paths: paths(name), found: found.into(), left: left.into() }).unwrap();
    }

    #[test]
    fn each_library_comes_back_as_it_was_left() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let mark = Mark { id: "i".into(), file: "a \"b\".txt".into(), digest: "d".into() };
        let all = Memory {
            filter: "sev:high \"rate limit\"".into(),
            sort: "duration:asc".into(),
            zone: "local".into(),
            pane: "timeline".into(),
            maximised: true,
            list_part: Some(400),
            timeline_part: Some(500),
            all_incidents: true,
            compressed: true,
            columns: "start,title".into(),
            dense: true,
            selected: Some(mark.clone()),
            marks: vec![mark.clone(), Mark { id: "j".into(), ..mark }],
        };
        leave(folder, "a", filtered("x"));
        leave(folder, "b", filtered("y"));
        leave(folder, "a", all.clone());
        assert_eq!(left(folder, &paths("a")).unwrap(), Some(all));
        assert_eq!(left(folder, &paths("b")).unwrap(), Some(filtered("y")));
        assert_eq!(left(folder, &["/srv/a".into()]).unwrap(), None);
        leave(folder, "a", Memory::default());
        assert_eq!(left(folder, &paths("a")).unwrap(), None);
    }

    #[test]
    fn explorers_at_once_and_those_of_long_ago_cost_no_other_library() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        std::thread::scope(|scope| {
            for person in 0..4 {
                scope.spawn(move || {
                    for at in 0..5 {
                        leave(folder, &format!("{person}"), filtered(&at.to_string()));
                        change(folder, &Change::Typed(format!("{person} {at}"))).unwrap();
                    }
                });
            }
        });
        assert!((0..4).all(|person| left(folder, &paths(&person.to_string())).unwrap() == Some(filtered("4"))));
        assert_eq!(super::super::State::load(folder).0.history.len(), 20);
        (0..LIBRARIES).for_each(|at| leave(folder, &format!("new{at}"), filtered("z")));
        assert_eq!(left(folder, &paths("0")).unwrap(), None);
    }

    #[test]
    fn a_broken_file_is_told_and_left_alone_and_a_hostile_one_is_made_safe() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        fs::write(&path, "[[library]]\npaths = 3\n").unwrap();
        assert!(left(folder.path(), &paths("a")).unwrap_err().to_string().contains("libraries.toml: line "));
        assert!(change(folder.path(), &Change::Left { paths: paths("a"), found: Box::default(), left: filtered("x").into() }).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "[[library]]\npaths = 3\n");
        fs::write(&path, "[[library]]\npaths = [\"/srv/a\", \"/srv/more\"]\nfilter = \"\\u001b[2Jx\"\n").unwrap();
        assert_eq!(left(folder.path(), &paths("a")).unwrap(), Some(filtered("␛[2Jx")));
    }
}
