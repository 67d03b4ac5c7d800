//! The files below a folder, by path: ignore rules and links are heeded, and each folder is read once.

use super::Problem;
use super::read::{read_to_bytes, say, shown};
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::collections::HashSet;
use std::fs::{self, DirEntry, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// The files that hold rules; what the first says outranks the second, wherever they stand.
const RULES: [&str; 2] = [".ignore", ".gitignore"];

/// Rules of more bytes are not heeded.
const MOST_RULES: u64 = 1 << 20;

/// Hands each file below `root` to `each`, by path, and what could not be entered. Hidden files and those that rules below
/// `root` name are left out; rules from outside are not heeded, because a folder that is named is meant. Links are
/// followed; a folder that is reached again is not read again.
pub fn walk(root: &Path, cancelled: &dyn Fn() -> bool, each: &mut dyn FnMut(Result<PathBuf, Problem>)) {
    let mut waiting = vec![Ok(Step { path: root.to_owned(), is_folder: true, rules: None })];
    let mut seen = HashSet::new();
    while let Some(step) = waiting.pop().filter(|_| !cancelled()) {
        let step = match step {
            Ok(step) if step.is_folder => step,
            other => {
                each(other.map(|file| file.path));
                continue;
            }
        };
        let lost = |error| Problem { path: shown(&step.path), message: say(&error) };
        match identity(&step.path) {
            Ok(own) if seen.insert(own) => {}
            Ok(own) => {
                if above(root, &step.path).any(|folder| identity(folder).is_ok_and(|above| above == own)) {
                    let message = "this link leads back into a folder it stands in; its files are read once".into();
                    each(Err(Problem { path: shown(&step.path), message }));
                }
                continue;
            }
            Err(error) => {
                each(Err(lost(error)));
                continue;
            }
        }
        match entries(&step) {
            Ok(inside) => waiting.extend(inside.into_iter().rev()),
            Err(error) => each(Err(lost(error))),
        }
    }
}

/// Something on the way, with the rules that hold there.
struct Step {
    path: PathBuf,
    is_folder: bool,
    rules: Option<Rc<Rules>>,
}

/// What is to be read of a folder, by name, or why it cannot be.
fn entries(folder: &Step) -> io::Result<Vec<Result<Step, Problem>>> {
    let mut found: Vec<DirEntry> = fs::read_dir(&folder.path)?.collect::<io::Result<_>>()?;
    found.sort_by_key(DirEntry::file_name);
    let rules = Rules::of(folder, &found);
    let mut inside = Vec::new();
    for entry in found {
        let (path, rules) = (entry.path(), rules.clone());
        let kind = match entry.file_type() {
            Ok(kind) if kind.is_symlink() => fs::metadata(&path).map(|meta| meta.is_dir()),
            kind => kind.map(|kind| kind.is_dir()),
        };
        let is_folder = *kind.as_ref().unwrap_or(&false);
        let said = rules.as_ref().map_or(Match::None, |rules| rules.say(&path, is_folder));
        let hidden = entry.file_name().as_encoded_bytes().starts_with(b".") && !said.is_whitelist();
        match kind {
            _ if hidden || said.is_ignore() => {}
            Ok(is_folder) => inside.push(Ok(Step { path, is_folder, rules })),
            Err(error) => inside.push(Err(Problem { path: shown(&path), message: say(&error) })),
        }
    }
    Ok(inside)
}

/// The folders from `root` down to the one that `path` stands in.
fn above<'p>(root: &'p Path, path: &'p Path) -> impl Iterator<Item = &'p Path> {
    path.ancestors().skip(1).take_while(move |folder| folder.starts_with(root))
}

/// What tells one folder from another, whatever path leads to it.
#[cfg(unix)]
fn identity(folder: &Path) -> io::Result<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(folder).map(|meta: Metadata| (meta.dev(), meta.ino()))
}

#[cfg(not(unix))]
fn identity(folder: &Path) -> io::Result<PathBuf> {
    folder.canonicalize()
}

/// The rules of a folder, and those of the folders above it.
struct Rules {
    own: [Gitignore; RULES.len()],
    above: Option<Rc<Rules>>,
}

impl Rules {
    /// The rules that hold in `folder`, in which `found` are.
    fn of(folder: &Step, found: &[DirEntry]) -> Option<Rc<Self>> {
        let is_there = |name: &str| found.iter().any(|entry| entry.file_name() == name);
        if !RULES.into_iter().any(is_there) {
            return folder.rules.clone();
        }
        let own = RULES.map(|name| if is_there(name) { read(&folder.path, name) } else { Gitignore::empty() });
        Some(Rc::new(Self { own, above: folder.rules.clone() }))
    }

    /// What is said of a path: of each kind of rules those nearest to it.
    fn say(&self, path: &Path, is_folder: bool) -> Match<()> {
        let nearest = |kind: usize| {
            let all = std::iter::successors(Some(self), |rules| rules.above.as_deref());
            let said = all.filter_map(|rules| rules.own.get(kind)).map(|own| own.matched(path, is_folder).map(drop));
            said.into_iter().find(|said| !said.is_none()).unwrap_or(Match::None)
        };
        nearest(0).or(nearest(1))
    }
}

/// Rules in a file; none where it is no regular file, or too large to be one of rules.
fn read(folder: &Path, name: &str) -> Gitignore {
    let path = folder.join(name);
    let bytes = read_to_bytes(&path, MOST_RULES).unwrap_or_default();
    let mut rules = GitignoreBuilder::new(folder);
    for line in String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').lines() {
        // A line that is no rule costs that line.
        let _ = rules.add_line(Some(path.clone()), line);
    }
    rules.build().unwrap_or_else(|_| Gitignore::empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(root: &Path) -> Vec<String> {
        let mut told = Vec::new();
        walk(root, &|| false, &mut |met| {
            let path = match met {
                Ok(path) => path,
                Err(problem) => PathBuf::from(format!("{}!", problem.path)),
            };
            told.push(path.strip_prefix(root).unwrap().to_string_lossy().into_owned());
        });
        told
    }

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    #[test]
    fn rules_hold_below_their_folder_and_the_nearest_outranks() {
        let made = folder(&[
            (".gitignore", "*.log\n/only\n!.kept\n"),
            ("a.log", ""),
            ("only", ""),
            (".kept", ""),
            (".hidden", ""),
            ("b/.gitignore", "!c.log\n"),
            ("b/c.log", ""),
            ("b/d.log", ""),
            ("b/only", ""),
            ("e/.ignore", "[\nf.txt\n!g.log\n"),
            ("e/f.txt", ""),
            ("e/g.log", ""),
        ]);
        assert_eq!(told(made.path()), [".kept", "b/c.log", "b/only", "e/g.log"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_is_read_once_whatever_leads_to_it() {
        use std::os::unix::fs::symlink;
        let made = folder(&[("a/x.txt", ""), ("b/y.txt", "")]);
        symlink("../b", made.path().join("a/way")).unwrap();
        symlink("..", made.path().join("b/back")).unwrap();
        symlink("nowhere", made.path().join("gone")).unwrap();
        assert_eq!(told(made.path()), ["a/way/back!", "a/way/y.txt", "a/x.txt", "gone!"]);
    }
}
