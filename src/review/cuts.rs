//! Files that a reviewer says are one incident, or several: where they are and how they are cut.

use super::whole_path;
use crate::resolve::Cut;
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// A file that is cut by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutFile {
    /// Its name.
    pub name: String,
    /// Its whole path; empty where only the name is known.
    pub path: String,
    /// How it is cut. As it tells, where another file of the name is cut otherwise.
    pub cut: Cut,
}

/// All files that are cut by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cuts {
    all: Vec<CutFile>,
}

impl FromIterator<CutFile> for Cuts {
    fn from_iter<T: IntoIterator<Item = CutFile>>(files: T) -> Self {
        // What is said last of a file holds, and stands last.
        let mut seen = HashSet::new();
        let mut all: Vec<CutFile> = files.into_iter().collect();
        all.reverse();
        all.retain(|file| seen.insert((file.name.clone(), file.path.clone())));
        all.reverse();
        Self { all }
    }
}

/// The name of a file at a path.
fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

impl Cuts {
    /// Each file, in the order in which they were cut.
    pub fn iter(&self) -> impl Iterator<Item = &CutFile> {
        self.all.iter()
    }

    /// Whether nothing is cut by hand.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// What is said of the file at exactly that whole path.
    pub fn at(&self, path: &str) -> Option<Cut> {
        self.all.iter().find(|file| file.path == path).map(|file| file.cut)
    }

    /// Says how the file at a whole path is cut; none to forget it.
    pub fn set(&mut self, path: &str, cut: Option<Cut>) {
        self.all.retain(|file| file.path != path);
        let name = name(path);
        // As it tells goes without saying, unless what is said of a file that was moved would hold.
        let cut = cut.filter(|cut| *cut != Cut::AsTold || self.all.iter().any(|file| file.name == name));
        self.all.extend(cut.map(|cut| CutFile { name: name.to_owned(), path: path.to_owned(), cut }));
    }

    /// How each of the files of a library is cut; none for what nobody has said anything of. A file that was moved is known by
    /// its name, where only one of that name can be meant; `is_there` says whether there is a file at a path.
    pub fn of_files(&self, files: &[Option<&Path>], is_there: &dyn Fn(&Path) -> bool) -> Vec<Option<Cut>> {
        let mut found = vec![None; files.len()];
        if self.all.is_empty() {
            return found;
        }
        // Among many files few have such a name.
        let names: HashSet<&str> = self.all.iter().map(|file| file.name.as_str()).collect();
        let named =
            |path: &&Path| path.file_name().is_some_and(|name| names.contains(crate::sanitize::line(&name.to_string_lossy()).as_ref()));
        let named: Vec<(usize, String)> =
            (0..).zip(files).filter_map(|(at, path)| Some((at, whole_path((*path).filter(named)?)))).collect();
        let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
        named.iter().for_each(|(at, path)| places.entry(path).or_default().push(*at));
        let mut moved: HashMap<&str, Vec<&CutFile>> = HashMap::new();
        for file in &self.all {
            let here = places.get(file.path.as_str()).map(Vec::as_slice).unwrap_or_default();
            for at in here {
                found.get_mut(*at).into_iter().for_each(|found| *found = Some(file.cut));
            }
            if here.is_empty() && (file.path.is_empty() || !is_there(Path::new(&file.path))) {
                moved.entry(&file.name).or_default().push(file);
            }
        }
        let mut free: HashMap<&str, Vec<&(usize, String)>> = HashMap::new();
        for one in named.iter().filter(|(at, _)| found.get(*at).is_some_and(Option::is_none)) {
            free.entry(name(&one.1)).or_default().push(one);
        }
        for (wanted, cut) in moved {
            let mut free = free.remove(wanted).unwrap_or_default();
            let places: Vec<usize> = free.iter().map(|(at, _)| *at).collect();
            // A file that is read twice is one.
            free.dedup_by_key(|(_, path)| path);
            if let ([file], 1) = (cut.as_slice(), free.len()) {
                places.into_iter().for_each(|at| found.get_mut(at).into_iter().for_each(|found| *found = Some(file.cut)));
            }
        }
        found
    }
}

/// The word for a cut in a file.
pub fn word(cut: Cut) -> String {
    match cut {
        Cut::AsTold => "as-told".into(),
        Cut::Whole => "whole".into(),
        Cut::Level(level) => format!("level-{level}"),
    }
}

/// The cut of that word.
pub fn from_word(word: &str) -> Option<Cut> {
    match word {
        "as-told" => Some(Cut::AsTold),
        "whole" => Some(Cut::Whole),
        word => word.strip_prefix("level-")?.parse().ok().map(Cut::Level),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cuts(files: &[(&str, Cut)]) -> Cuts {
        let mut cuts = Cuts::default();
        files.iter().for_each(|(path, cut)| cuts.set(path, Some(*cut)));
        cuts
    }

    /// The words for the cuts of those files, when those paths are there besides.
    fn told(cuts: &Cuts, files: &[&str], there: &[&str]) -> String {
        let paths: Vec<_> = files.iter().map(|path| Some(Path::new(path))).collect();
        let is_there = |path: &Path| there.iter().chain(files).any(|there| Path::new(there) == path);
        let found = cuts.of_files(&paths, &is_there);
        found.into_iter().map(|cut| cut.map_or("-".into(), word)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_file_is_known_by_its_path_and_where_it_was_moved_by_its_name() {
        let one = cuts(&[("/a/x.md", Cut::Whole)]);
        for (files, there, found) in [
            (&["/a/x.md", "/b/x.md"][..], &[][..], "whole -"),
            (&["/a/../a/./x.md"], &[], "whole"),
            (&["/a/x.md", "/a/x.md"], &[], "whole whole"),
            (&["/b/x.md", "/b/y.md"], &[], "whole -"),
            (&["/b/x.md", "/b/x.md"], &[], "whole whole"),
            // Two can be meant; or the one that is meant is still there, in another library.
            (&["/b/x.md", "/c/x.md"], &[], "- -"),
            (&["/b/x.md"], &["/a/x.md"], "-"),
            (&["/a/y.md"], &[], "-"),
        ] {
            assert_eq!(told(&one, files, there), found, "{files:?} {there:?}");
        }
        let two = cuts(&[("/a/x.md", Cut::Whole), ("/b/x.md", Cut::Level(2))]);
        assert_eq!(told(&two, &["/a/x.md", "/b/x.md"], &[]), "whole level-2");
        assert_eq!(told(&two, &["/c/x.md"], &[]), "-");
        assert_eq!(told(&two, &["/b/x.md", "/c/x.md"], &[]), "level-2 whole");
        assert_eq!(told(&Cuts::default(), &["/a"], &[]), "-");
    }

    #[test]
    fn what_is_as_it_tells_is_forgotten_unless_another_would_be_meant() {
        let mut cuts = cuts(&[("/a/x.md", Cut::Whole)]);
        cuts.set("/a/x.md", Some(Cut::AsTold));
        assert!(cuts.is_empty());
        cuts.set("/gone/x.md", Some(Cut::Whole));
        assert_eq!(told(&cuts, &["/a/x.md"], &[]), "whole");
        cuts.set("/a/x.md", Some(Cut::AsTold));
        assert_eq!((told(&cuts, &["/a/x.md"], &[]).as_str(), cuts.at("/a/x.md")), ("as-told", Some(Cut::AsTold)));
        cuts.set("/a/x.md", None);
        assert_eq!(told(&cuts, &["/a/x.md"], &[]), "whole");
    }

    #[test]
    fn words_are_read_as_they_are_written() {
        for cut in [Cut::AsTold, Cut::Whole, Cut::Level(1), Cut::Level(255)] {
            assert_eq!(from_word(&word(cut)), Some(cut));
        }
        for wrong in ["", "level", "level-", "level-256", "level--1", "Whole"] {
            assert_eq!(from_word(wrong), None, "{wrong}");
        }
    }
}
