//! Which review is of which incident. Ids, numbers, titles, times and paths may all have changed since something was said,
//! so this is decided over all incidents of a library at once, what agrees best first. An incident has one review and a
//! review one incident; only what is read twice under the same key has the same review twice.

use super::{Key, Reviewed, Reviews};
use crate::sanitize;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

/// An incident that is there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Known {
    /// What it is known by.
    pub key: Key,
    /// Its title in lower case.
    pub title: String,
}

/// What was decided.
#[derive(Debug)]
pub struct Matching<'r> {
    /// The review of each incident, in the order in which the incidents were named.
    pub of: Vec<Option<&'r Reviewed>>,
    /// The reviews that no incident takes.
    pub left: Vec<&'r Reviewed>,
}

/// How well an incident fits a review; more is better, and what stands first counts most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    /// How many of id, place, digest, title and the file's whole path are the same.
    parts: usize,
    /// Whether the whole path is.
    in_file: bool,
    /// How many names the paths have in common.
    names: usize,
}

/// What the reviews know of their incidents: nothing else can have one.
#[derive(Debug)]
pub struct Clues<'r> {
    words: HashSet<&'r str>,
    titles: HashSet<String>,
}

impl Clues<'_> {
    /// Whether an incident of that id, place, digest and title can have a review.
    pub fn may_mean(&self, [id, place, digest]: [&str; 3], title: &str) -> bool {
        [id, place, digest].iter().any(|word| self.words.contains(word)) || self.titles.contains(title)
    }
}

/// A title as it is compared.
fn plain(title: &str) -> String {
    sanitize::typed(title).to_lowercase()
}

impl Reviews {
    /// What tells which incidents may have a review.
    pub fn clues(&self) -> Clues<'_> {
        let keys = self.iter().map(|reviewed| &reviewed.key);
        let words = keys.flat_map(|key| [&key.id, &key.place, &key.digest]).map(String::as_str).filter(|word| !word.is_empty());
        Clues { words: words.collect(), titles: self.iter().map(|reviewed| plain(&reviewed.title)).collect() }
    }

    /// The review of each of all incidents of a library, whatever their order.
    pub fn of_incidents(&self, incidents: &[Known]) -> Matching<'_> {
        let reviews: Vec<Told> = self.iter().map(Told::new).collect();
        // What is read twice is one incident.
        let mut distinct: Vec<&Known> = incidents.iter().collect();
        distinct.sort_by_key(|known| (&known.key.path, known.key.file(), *known));
        distinct.dedup_by_key(|known| &known.key);
        let found = pairs(&reviews, &distinct);
        let by_key: HashMap<&Key, &Reviewed> =
            found.iter().filter_map(|&(review, incident)| Some((&distinct.get(incident)?.key, reviews.get(review)?.said))).collect();
        let taken: HashSet<usize> = found.iter().map(|(review, _)| *review).collect();
        let left = reviews.iter().enumerate().filter(|(at, _)| !taken.contains(at)).map(|(_, told)| told.said).collect();
        Matching { of: incidents.iter().map(|known| by_key.get(&known.key).copied()).collect(), left }
    }
}

/// A review, as it is compared.
struct Told<'r> {
    said: &'r Reviewed,
    title: String,
}

impl<'r> Told<'r> {
    fn new(said: &'r Reviewed) -> Self {
        Self { said, title: plain(&said.title) }
    }

    /// How well an incident fits by what it tells; none where that is too little.
    fn fit(&self, incident: &Known) -> Option<Fit> {
        let (own, other) = (&self.said.key, &incident.key);
        let in_file = own.is_in_file_of(other);
        // An incident without a title is called by its file, which says nothing that its place does not; and many files that
        // are called alike have a title that is.
        let titled = in_file && self.title == incident.title && !self.title.ends_with(&own.file().0.to_lowercase());
        let same = |own: &str, other: &str| own == other && !own.is_empty();
        let told = titled || same(&own.id, &other.id) || same(&own.digest, &other.digest);
        let agreement = own.agreement(other);
        let same_name = own.file().0 == other.file().0;
        // Within a file one thing that the incident tells is enough: a file that is cut in another way has other numbers, and
        // an id that was made of title and date goes with them.
        (own.is_of(other) || told && same_name).then(|| Fit {
            parts: agreement + usize::from(titled) + usize::from(in_file),
            in_file,
            names: own.common_names(other),
        })
    }

    /// Whether an incident at the same place may be the one with another title and start: its file has as many as it had,
    /// and its id is none that the source gave and that would still be the same.
    fn may_be_at(&self, incident: &Known, alone: bool) -> bool {
        let (own, other) = (&self.said.key, &incident.key);
        let as_many = match own.path.is_empty() {
            // What an earlier version kept knows neither.
            true => alone && !other.path.is_empty() && (other.among <= 1 || own.file().1 > 0),
            false => own.is_in_file_of(other) && own.among == other.among,
        };
        as_many && own.place == other.place && self.id_is_made() && self.has_kept(incident)
    }

    /// Whether something of what was told is left: the day in the id, or a word of the title. Another report in the same
    /// place is another incident.
    fn has_kept(&self, incident: &Known) -> bool {
        let words = |text: &str| {
            text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3).map(str::to_owned).collect::<HashSet<_>>()
        };
        let day = |id: &str| {
            let shape = |part: &[u8]| {
                part.iter().enumerate().all(|(at, byte)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() })
            };
            id.as_bytes().windows(10).find(|part| shape(part)).map(<[u8]>::to_vec)
        };
        let (own, other) = (day(&self.said.key.id), day(&incident.key.id));
        own.is_some() && own == other || !words(&self.title).is_disjoint(&words(&incident.title))
    }

    /// Whether the id was made of the title.
    fn id_is_made(&self) -> bool {
        let words = |text: &str| text.to_lowercase().split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>();
        let (id, title) = (words(&self.said.key.id), words(&self.title));
        let title: Vec<_> = title.into_iter().filter(|word| !word.is_empty()).take(3).collect();
        !title.is_empty() && id.windows(title.len()).any(|part| part == title)
    }
}

/// Pairs of a review and an incident, each of them in one at most.
fn pairs(reviews: &[Told], incidents: &[&Known]) -> Vec<(usize, usize)> {
    let places = Places::of(incidents);
    let mut candidates: Vec<(Reverse<Fit>, u32, usize, usize)> = Vec::new();
    for (review, told) in reviews.iter().enumerate() {
        let fitting = places.near(told).into_iter().filter_map(|at| Some((at, told.fit(incidents.get(at)?)?)));
        candidates.extend(fitting.map(|(at, fit)| (Reverse(fit), told.said.key.file().1, review, at)));
    }
    // Of several that fit equally well the first review gets the first incident, and so on.
    candidates.sort_unstable();
    let claimed: HashSet<(usize, &str)> =
        candidates.iter().filter_map(|&(_, _, review, at)| Some((review, incidents.get(at)?.key.path.as_str()))).collect();
    let (mut free_reviews, mut free) = (vec![true; reviews.len()], vec![true; incidents.len()]);
    let mut found = Vec::new();
    let mut take = |review: usize, at: usize| {
        if let (Some(review_is_free), Some(is_free)) = (free_reviews.get_mut(review), free.get_mut(at))
            && *review_is_free
            && *is_free
        {
            (*review_is_free, *is_free) = (false, false);
            found.push((review, at));
        }
    };
    candidates.into_iter().for_each(|(_, _, review, at)| take(review, at));
    // What was rewritten altogether is still where it was, unless something else in its file may be it.
    for (review, told) in reviews.iter().enumerate() {
        let (at_place, alone) = places.at(&told.said.key);
        for &at in at_place {
            let Some(incident) = incidents.get(at) else { continue };
            if !claimed.contains(&(review, incident.key.path.as_str())) && told.may_be_at(incident, alone) {
                take(review, at);
            }
        }
    }
    found
}

/// The incidents by what they may be known by.
#[derive(Default)]
struct Places<'k> {
    by_id: HashMap<&'k str, Vec<usize>>,
    by_digest: HashMap<&'k str, Vec<usize>>,
    /// By the name of their file and their number in it: in many folders files are called alike.
    by_place: HashMap<&'k str, Vec<usize>>,
    /// By the whole path of their file, and that.
    by_path_and_place: HashMap<(&'k str, &'k str), Vec<usize>>,
    by_path_and_title: HashMap<(&'k str, &'k str), Vec<usize>>,
}

impl<'k> Places<'k> {
    fn of(incidents: &[&'k Known]) -> Self {
        let mut places = Self::default();
        for (at, known) in incidents.iter().enumerate() {
            let key = &known.key;
            let named = [(&mut places.by_id, &key.id), (&mut places.by_digest, &key.digest), (&mut places.by_place, &key.place)];
            named.into_iter().filter(|(_, name)| !name.is_empty()).for_each(|(by, name)| by.entry(name).or_default().push(at));
            places.by_path_and_place.entry((&key.path, &key.place)).or_default().push(at);
            places.by_path_and_title.entry((&key.path, &known.title)).or_default().push(at);
        }
        places
    }

    /// Every incident that may fit a review by what it tells, each once. The place alone never does.
    fn near(&self, told: &Told) -> Vec<usize> {
        let key = &told.said.key;
        let found = [
            self.by_id.get(key.id.as_str()),
            self.by_digest.get(key.digest.as_str()),
            self.by_path_and_title.get(&(key.path.as_str(), told.title.as_str())),
        ];
        let mut near: Vec<usize> = found.into_iter().flatten().flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        near
    }

    /// The incidents at the place of a review, and whether there is but one. Where the review knows no path and several files
    /// are called alike, none is meant.
    fn at<'p>(&'p self, key: &'p Key) -> (&'p [usize], bool) {
        let named = self.by_place.get(key.place.as_str()).map(Vec::as_slice).unwrap_or_default();
        let alone = named.len() == 1;
        if key.path.is_empty() {
            return (if alone { named } else { &[] }, alone);
        }
        let spot = self.by_path_and_place.get(&(key.path.as_str(), key.place.as_str()));
        (spot.map(Vec::as_slice).unwrap_or_default(), alone)
    }
}

#[cfg(test)]
#[path = "matching/tests.rs"]
mod tests;
