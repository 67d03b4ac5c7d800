//! The reviewer's own words as a file that a person can read, and write in, `reviews.toml`: one table for each incident.

use super::file::{mistake, replace};
use super::remarks::{amend, put_in, take_out};
use super::{Change, Error, Holds, Kept, State};
use crate::incident::{Instant, Severity};
use crate::resolve::Cut;
use crate::review::cuts::{self, CutFile, Cuts};
use crate::review::{Edit, Key, Moves, Review, Reviewed, Reviews, Roles};
use crate::sanitize;
use chrono::{DateTime, SecondsFormat};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use toml_edit::{DocumentMut, Item, Table};

const FILE: &str = "reviews.toml";

/// What stands above the reviews.
const HEAD: &str = "# What was said of incidents in sevline. Times are UTC.\n\n";

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cut: Vec<CutEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    review: Vec<Entry>,
}

/// A file that is cut by hand.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CutEntry {
    file: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    path: String,
    #[serde(with = "how")]
    how: Cut,
}

/// Cuts as words.
mod how {
    use super::{Cut, cuts};
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub fn serialize<S: Serializer>(cut: &Cut, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&cuts::word(*cut))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Cut, D::Error> {
        let word = String::deserialize(from)?;
        cuts::from_word(&word).ok_or_else(|| de::Error::custom("how a file is cut is `whole`, `level-2` and so on, or `as-told`"))
    }
}

/// What is kept in the file.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// What is said of incidents.
    pub reviews: Reviews,
    /// How files are cut into incidents.
    pub cuts: Cuts,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Entry {
    #[serde(default)]
    title: String,
    id: String,
    file: String,
    /// The whole path of the file; not kept by earlier versions.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    path: String,
    /// How many incidents the file had.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    among: u32,
    #[serde(default)]
    digest: String,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    tags: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    severity: Option<Severity>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "moment")]
    impact_start: Option<Instant>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "moment")]
    impact_end: Option<Instant>,
    /// Where moments were read, and where they really were.
    #[serde(default, skip_serializing_if = "Moves::is_empty")]
    moments: Moves,
    /// When milestones really were.
    #[serde(default, skip_serializing_if = "Roles::is_empty")]
    milestones: Roles,
}

fn one() -> u32 {
    1
}

fn is_one(count: &u32) -> bool {
    *count <= 1
}

/// Moments as RFC 3339.
mod moment {
    use super::{DateTime, Instant, SecondsFormat};
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub fn serialize<S: Serializer>(at: &Option<Instant>, to: S) -> Result<S::Ok, S::Error> {
        match at {
            Some(at) => to.serialize_str(&at.to_rfc3339_opts(SecondsFormat::Secs, true)),
            None => to.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Instant>, D::Error> {
        let text = String::deserialize(from)?;
        DateTime::parse_from_rfc3339(&text).map(|at| Some(at.to_utc())).map_err(de::Error::custom)
    }
}

impl From<&CutFile> for CutEntry {
    fn from(file: &CutFile) -> Self {
        Self { file: file.name.clone(), path: file.path.clone(), how: file.cut }
    }
}

impl From<CutEntry> for CutFile {
    /// What comes in from a file is made safe to show.
    fn from(entry: CutEntry) -> Self {
        let line = |text: &str| sanitize::line(text).into_owned();
        Self { name: line(&entry.file), path: line(&entry.path), cut: entry.how }
    }
}

impl From<&Reviewed> for Entry {
    fn from(reviewed: &Reviewed) -> Self {
        let Reviewed { key, title, review } = reviewed.clone();
        let Review { tags, note, severity, start, end, moments, milestones } = review;
        let Key { path, place, among, id, digest } = key;
        Self {
            title,
            id,
            file: place,
            path,
            among,
            digest,
            tags,
            note,
            severity,
            impact_start: start,
            impact_end: end,
            moments,
            milestones,
        }
    }
}

impl From<Entry> for Reviewed {
    /// What comes in from a file is made safe to show.
    fn from(entry: Entry) -> Self {
        let line = |text: &str| sanitize::line(text).into_owned();
        let (path, place) = (line(&entry.path), line(&entry.file));
        let key = Key { path, place, among: entry.among.max(1), id: line(&entry.id), digest: line(&entry.digest) };
        let Entry { severity, impact_start: start, impact_end: end, moments, milestones, .. } = entry;
        let mut review = Review { severity, start, end, moments, milestones, ..Review::default() };
        review.apply(&Edit::Note(entry.note));
        for tag in entry.tags {
            review.apply(&Edit::Tag(tag, true));
        }
        Self { key, title: line(&entry.title), review }
    }
}

/// All that is said in `folder`; nothing where there is no such file.
pub fn load(folder: &Path) -> Result<Said, Error> {
    let path = folder.join(FILE);
    match read(&path) {
        Ok(file) => Ok(file.said()),
        Err(Damage::Unreadable(error)) => Err(Error::new(&path, format!("it could not be read: {error}; check its permissions"))),
        Err(Damage::Text(why)) => Err(Error::new(&path, format!("{why}; correct it, or it is put aside with the next change"))),
    }
}

enum Damage {
    /// The file could not be read.
    Unreadable(io::Error),
    /// The text is not what it should be.
    Text(String),
}

/// The file as it is written, and what each of its tables says.
#[derive(Default)]
struct Written {
    text: String,
    cuts: Vec<CutFile>,
    reviews: Vec<Reviewed>,
}

impl Written {
    fn said(&self) -> Said {
        Said { reviews: self.reviews.iter().cloned().collect(), cuts: self.cuts.iter().cloned().collect() }
    }
}

fn read(path: &Path) -> Result<Written, Damage> {
    let bytes = match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Written::default()),
        read => read.map_err(Damage::Unreadable)?,
    };
    let text = String::from_utf8(bytes).map_err(|_| Damage::Text("it is no Unicode text".into()))?;
    let file: File = toml::from_str(&text).map_err(|error| Damage::Text(mistake(&text, &error)))?;
    let (cuts, reviews) = (file.cut.into_iter().map(CutFile::from).collect(), file.review.into_iter().map(Reviewed::from).collect());
    Ok(Written { text, cuts, reviews })
}

/// The fields of a table.
fn fields(entry: &impl Serialize) -> io::Result<Table> {
    let text = toml::to_string_pretty(entry).map_err(io::Error::other)?;
    let document: DocumentMut = text.parse().map_err(io::Error::other)?;
    let mut table = document.into_table();
    // A table within stays on one line, so that what is said of an incident is one table.
    table.iter_mut().for_each(|(_, item)| item.make_value());
    Ok(table)
}

/// The file with what is said now in the place of what was; what nobody changed stays as it is written.
fn renewed(was: &Written, before: &Said, now: &Said) -> io::Result<String> {
    let text = if was.text.is_empty() { HEAD } else { &was.text };
    let mut document: DocumentMut = text.parse().map_err(io::Error::other)?;
    let mut known = HashSet::new();
    for (at, written) in was.reviews.iter().enumerate().rev() {
        let place = before.reviews.place(&written.key);
        let (old, new) = (place.and_then(|at| before.reviews.at(at)), place.and_then(|at| now.reviews.at(at)));
        if old == new {
            continue;
        }
        // Of several tables under one key the first has what is said.
        let is_first = was.reviews.iter().position(|other| other.key == written.key) == Some(at);
        match new.filter(|new| is_first && !new.review.is_empty()) {
            None => take_out(&mut document, "review", at),
            Some(new) => {
                let tables = document.get_mut("review").and_then(Item::as_array_of_tables_mut);
                if let Some(table) = tables.and_then(|tables| tables.get_mut(at)) {
                    amend(table, &fields(&Entry::from(written))?, &fields(&Entry::from(new))?);
                }
            }
        }
    }
    for new in (before.reviews.count()..now.reviews.count()).filter_map(|at| now.reviews.at(at)).filter(|new| !new.review.is_empty()) {
        put_in(&mut document, "review", fields(&Entry::from(new))?);
    }
    let of = |cuts: &Cuts, file: &CutFile| cuts.iter().find(|other| (&other.name, &other.path) == (&file.name, &file.path)).cloned();
    for (at, written) in was.cuts.iter().enumerate().rev() {
        match of(&now.cuts, written) {
            None => take_out(&mut document, "cut", at),
            Some(new) if !known.insert((new.name.clone(), new.path.clone())) => take_out(&mut document, "cut", at),
            Some(new) if new == *written => {}
            Some(new) => {
                let tables = document.get_mut("cut").and_then(Item::as_array_of_tables_mut);
                if let Some(table) = tables.and_then(|tables| tables.get_mut(at)) {
                    amend(table, &fields(&CutEntry::from(written))?, &fields(&CutEntry::from(&new))?);
                }
            }
        }
    }
    for new in now.cuts.iter().filter(|file| of(&before.cuts, file).is_none()) {
        put_in(&mut document, "cut", fields(&CutEntry::from(new))?);
    }
    Ok(document.to_string())
}

/// Makes a change after whatever others changed; the caller holds the lock. A damaged file is put aside first, which is told.
pub(super) fn change(folder: &Path, change: &Change) -> Result<Kept, Error> {
    let path = folder.join(FILE);
    let fails = |error: io::Error| Error::unwritten(&path, error);
    let (was, told) = match read(&path) {
        Ok(was) => (was, None),
        Err(Damage::Unreadable(error)) => return Err(fails(error)),
        Err(Damage::Text(why)) => {
            let aside = put_aside(&path).map_err(fails)?;
            let told = Error::new(&path, format!("{why}; it is kept as {} and a new one is begun", aside.display()));
            (Written::default(), Some(told.to_string()))
        }
    };
    let before = was.said();
    let mut state = State::default();
    state.take(Holds::Said(before.clone()));
    let outcome = state.apply(change);
    let now = Said { reviews: state.reviews, cuts: state.cuts };
    renewed(&was, &before, &now).and_then(|text| replace(&path, &text)).map_err(fails)?;
    Ok(Kept { outcome, holds: Some(Holds::Said(now)), told })
}

/// Gives a file a name that no other has, and answers with it.
fn put_aside(path: &Path) -> io::Result<PathBuf> {
    let names = (1_u32..).map(|number| path.with_extension(format!("toml.damaged-{number}")));
    // The lock is held, so nobody else looks for a name.
    let aside = names.into_iter().find(|name| !name.exists()).unwrap_or_else(|| path.with_extension("toml.damaged"));
    fs::rename(path, &aside)?;
    Ok(aside)
}

#[cfg(test)]
mod tests {
    use super::super::{Change, State, change as remember};
    use super::*;
    use crate::review::Amendment;
    use proptest::prelude::*;

    fn said(id: &str, edit: Edit) -> Change {
        let key = Key { id: id.into(), place: "a.txt".into(), digest: id.into(), ..Key::default() };
        Change::Reviewed(vec![Amendment { kept: key.clone(), key, title: "Title".into(), edit, seen: None }])
    }

    fn all(folder: &Path) -> Vec<Reviewed> {
        load(folder).unwrap().reviews.iter().cloned().collect()
    }

    #[test]
    fn what_is_said_can_be_read_by_a_person() {
        let folder = tempfile::tempdir().unwrap();
        let at: Instant = "2024-03-21T18:04:00Z".parse().unwrap();
        for edit in [
            Edit::Tag("Follow up".into(), true),
            Edit::Note("Ask \"them\".\nTwice.".into()),
            Edit::Severity(Some(Severity::High)),
            Edit::Start(Some(at)),
            Edit::Moment(at, Some(at + chrono::TimeDelta::days(1))),
            Edit::Milestone(crate::role::Role::Detected, Some(at)),
        ] {
            remember(folder.path(), &said("x", edit)).unwrap();
        }
        remember(folder.path(), &said("gone", Edit::Tag("a".into(), true))).unwrap();
        remember(folder.path(), &said("gone", Edit::Tag("a".into(), false))).unwrap();
        insta::assert_snapshot!(fs::read_to_string(folder.path().join(FILE)).unwrap());
        let (state, errors) = State::load(folder.path());
        assert!(errors.is_empty());
        assert_eq!(state.reviews.iter().count(), 1);
    }

    #[test]
    fn what_an_earlier_version_kept_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let kept = "# What was said\n\n[[review]]\ntitle = \"T\"\nid = \"x\"\nfile = \"a.txt#3\"\ndigest = \"d\"\ntags = [\"one\"]\n";
        fs::write(folder.path().join(FILE), kept).unwrap();
        let then = Key { place: "a.txt#3".into(), id: "x".into(), digest: "d".into(), ..Key::default() };
        assert_eq!(all(folder.path())[0].key, then);
        // With the next change it is known by what its incident is now.
        let now = Key { path: "/lib/a.txt".into(), place: "a.txt#4".into(), among: 9, ..then.clone() };
        let edit = Edit::Tag("two".into(), true);
        remember(folder.path(), &Change::Reviewed(vec![Amendment { kept: then, key: now.clone(), title: "T".into(), edit, seen: None }]))
            .unwrap();
        let [Reviewed { key, review, .. }] = &all(folder.path())[..] else { unreachable!() };
        assert_eq!((key, review.tags.len()), (&now, 2));
    }

    #[test]
    fn a_cut_stands_beside_the_reviews() {
        let folder = tempfile::tempdir().unwrap();
        remember(folder.path(), &said("x", Edit::Note("Note.".into()))).unwrap();
        let cut = |path: &str, after| {
            let before = State::load(folder.path()).0.cuts.at(path);
            remember(folder.path(), &Change::Cut { path: path.into(), before, after }).unwrap();
        };
        cut("/lib/a.md", Some(Cut::Whole));
        cut("/lib/b.md", Some(Cut::Level(2)));
        cut("/lib/a.md", Some(Cut::Level(3)));
        insta::assert_snapshot!(fs::read_to_string(folder.path().join(FILE)).unwrap());
        assert_eq!(State::load(folder.path()).0.cuts.at("/lib/a.md"), Some(Cut::Level(3)));
        cut("/lib/a.md", None);
        cut("/lib/b.md", Some(Cut::AsTold));
        assert!(State::load(folder.path()).0.cuts.is_empty() && all(folder.path()).len() == 1);
        fs::write(folder.path().join(FILE), "[[cut]]\nfile='a'\nhow='half'\n").unwrap();
        assert!(load(folder.path()).unwrap_err().to_string().contains("line 3: how a file is cut"));
    }

    #[test]
    fn reviewers_at_once_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for person in 0..4 {
                let folder = folder.path();
                scope.spawn(move || {
                    for at in 0..8 {
                        remember(folder, &said("shared", Edit::Tag(format!("{person}-{at}"), true))).unwrap();
                        remember(folder, &said(&format!("own {person}"), Edit::Note(at.to_string()))).unwrap();
                    }
                });
            }
        });
        let all = all(folder.path());
        assert_eq!(all.len(), 5);
        assert!(all.iter().any(|reviewed| reviewed.review.tags.len() == 32));
    }

    #[test]
    fn a_damaged_file_is_put_aside_and_told_of() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        for (number, damage) in [b"[[review]]\nid = 3\n".as_slice(), b"\xff", b"[[review]]\nid='a'\nfile='b'\nmood='c'"].iter().enumerate()
        {
            fs::write(&path, damage).unwrap();
            let told = load(folder.path()).unwrap_err().to_string();
            assert!(told.contains("put aside"), "{told}");
            let told = remember(folder.path(), &said("x", Edit::Note("kept".into()))).unwrap().told.unwrap();
            let aside = folder.path().join(format!("reviews.toml.damaged-{}", number + 1));
            assert!(told.contains(&aside.display().to_string()), "{told}");
            assert_eq!(fs::read(&aside).unwrap(), *damage);
            assert_eq!(all(folder.path()).len(), 1);
        }
        assert_eq!(all(folder.path())[0].review.note, "kept");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn hostile_text_comes_back_as_it_was_kept(
            texts in proptest::collection::vec("(?s:.){0,24}", 5),
            times in proptest::option::of(-60_000_000_000_i64..250_000_000_000),
        ) {
            let folder = tempfile::tempdir().unwrap();
            let [id, place, title, tag, note] = texts.as_slice() else { unreachable!() };
            let clean = |text: &str| sanitize::line(text).into_owned();
            let among = times.map_or(1, |seconds| seconds.unsigned_abs() as u32 % 9 + 1);
            let key = Key { path: clean(id), place: clean(place), among, id: clean(id), digest: "1".into() };
            let mut reviews = Reviews::default();
            let at = times.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
            for edit in [Edit::Tag(tag.clone(), true), Edit::Note(note.clone()), Edit::End(at)] {
                reviews.apply(&Amendment { kept: key.clone(), key: key.clone(), title: title.clone(), edit, seen: None });
            }
            let mut cuts = Cuts::default();
            cuts.set(&format!("/{}", clean(place)), Some(Cut::Level(among as u8)));
            let said = Said { reviews, cuts };
            let text = renewed(&Written::default(), &Said::default(), &said).unwrap();
            fs::write(folder.path().join(FILE), text).unwrap();
            prop_assert_eq!(&load(folder.path()).unwrap().cuts, &said.cuts);
            let Said { reviews, .. } = said;
            let back = all(folder.path());
            prop_assert_eq!(&back, &reviews.iter().cloned().collect::<Vec<_>>());
            let hostile = back.iter().any(|reviewed| format!("{reviewed:?}").contains('\u{1b}'));
            prop_assert!(!hostile);
        }
    }
}
