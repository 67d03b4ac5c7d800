//! The reviews of all incidents, and changes to them.

use super::merge::Merged;
use super::{Edit, Key, Review};
use crate::sanitize;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

/// The reviews of all incidents.
#[derive(Debug, Clone, Default)]
pub struct Reviews {
    all: Vec<Reviewed>,
    /// Where the review of each key stands.
    places: HashMap<Key, usize>,
}

/// A review and what it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed {
    /// Which incident, as it was when something was said of it last.
    pub key: Key,
    /// What a person knows it by.
    pub title: String,
    /// What is said.
    pub review: Review,
}

impl Reviewed {
    /// Its tags and corrections on one line.
    pub fn marks(&self) -> String {
        let Review { tags, severity, start, end, moments, milestones, .. } = &self.review;
        let corrected = [severity.is_some(), start.is_some(), end.is_some(), !moments.is_empty(), !milestones.is_empty()];
        let corrected = corrected.into_iter().zip(["severity", "start", "end", "days or zones", "milestones"]);
        let corrected = corrected.filter(|(is, _)| *is).map(|(_, name)| name.to_owned());
        tags.iter().map(|tag| format!("#{tag}")).chain(corrected).collect::<Vec<_>>().join(" ")
    }

    /// The first line of its note.
    pub fn first_line(&self) -> &str {
        self.review.note.lines().next().unwrap_or_default()
    }
}

/// A change to the review of one incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amendment {
    /// The key under which that review is kept; that of the incident where there is none yet.
    pub kept: Key,
    /// The incident as it is now: a file that was moved, or a report that was corrected, is known by what it is.
    pub key: Key,
    /// What a person knows it by.
    pub title: String,
    /// What is said.
    pub edit: Edit,
    /// What its author saw of the same before; none says it whatever is said now.
    pub seen: Option<Edit>,
}

/// What a change to a review came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amended {
    /// The change that takes it back, and nothing else.
    pub back: Amendment,
    /// Whether somebody else had changed the same, see [`Review::merge`].
    pub clash: bool,
}

impl Amendment {
    /// A change to a review that stays where it is kept.
    pub fn to(reviewed: &Reviewed, edit: Edit) -> Self {
        Self { kept: reviewed.key.clone(), key: reviewed.key.clone(), title: reviewed.title.clone(), edit, seen: None }
    }
}

impl FromIterator<Reviewed> for Reviews {
    /// Of several reviews under one key all is kept.
    fn from_iter<T: IntoIterator<Item = Reviewed>>(reviewed: T) -> Self {
        let mut reviews = Self::default();
        for one in reviewed {
            match reviews.places.get(&one.key).and_then(|&at| reviews.all.get_mut(at)) {
                Some(same) => same.review.taking_in(&one.review).iter().for_each(|edit| drop(same.review.apply(edit))),
                None => drop(reviews.push(one)),
            }
        }
        reviews
    }
}

impl Reviews {
    /// Each review that says something, in the order in which they were begun.
    pub fn iter(&self) -> impl Iterator<Item = &Reviewed> {
        self.all.iter().filter(|reviewed| !reviewed.review.is_empty())
    }

    /// Whether nothing is said of any incident.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// How many reviews there are, with those that say nothing any more.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// The place of the review of exactly that key; a change leaves it where it is.
    pub fn place(&self, key: &Key) -> Option<usize> {
        self.places.get(key).copied()
    }

    /// The review at a place, whatever its key is by now.
    pub fn at(&self, place: usize) -> Option<&Reviewed> {
        self.all.get(place)
    }

    /// What is kept under exactly that key.
    pub fn kept(&self, key: &Key) -> Option<&Reviewed> {
        self.all.get(*self.places.get(key)?).filter(|reviewed| !reviewed.review.is_empty())
    }

    /// Makes a change.
    pub fn apply(&mut self, amendment: &Amendment) -> Amended {
        let Amendment { kept, key, title, edit, seen } = amendment;
        // Somebody else may have made it known by what it is now.
        let found = self.places.get(kept).or_else(|| self.places.get(key)).copied();
        let at = found.unwrap_or_else(|| self.push(Reviewed { key: key.clone(), title: String::new(), review: Review::default() }));
        let known = self.rename(at, key);
        let Some(reviewed) = self.all.get_mut(at) else { return Amended { back: amendment.clone(), clash: false } };
        reviewed.title = sanitize::line(title).into_owned();
        let Merged { back, now, clash } = reviewed.review.merge(edit, seen.as_ref());
        Amended { back: Amendment { kept: known.clone(), key: known, title: title.clone(), edit: back, seen: Some(now) }, clash }
    }

    /// Every tag in use, in alphabetical order.
    pub fn tags(&self) -> BTreeSet<&str> {
        self.iter().flat_map(|reviewed| &reviewed.review.tags).map(String::as_str).collect()
    }

    /// Keeps a review under another key, unless another that says something is kept under that; answers with its key.
    fn rename(&mut self, at: usize, key: &Key) -> Key {
        let Some(old) = self.all.get(at).map(|reviewed| reviewed.key.clone()) else { return key.clone() };
        if old == *key || self.kept(key).is_some() {
            return old;
        }
        self.places.remove(&old);
        self.places.insert(key.clone(), at);
        if let Some(reviewed) = self.all.get_mut(at) {
            reviewed.key = key.clone();
        }
        key.clone()
    }

    fn push(&mut self, reviewed: Reviewed) -> usize {
        let at = self.all.len();
        self.places.insert(reviewed.key.clone(), at);
        self.all.push(reviewed);
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(id: &str, place: &str) -> Key {
        Key { id: id.into(), place: place.into(), ..Key::default() }
    }

    fn tagged(kept: Key, key: Key, tag: &str) -> Amendment {
        Amendment { kept, key, title: "t".into(), edit: Edit::Tag(tag.into(), true), seen: None }
    }

    #[test]
    fn a_review_is_kept_under_what_its_incident_is_now() {
        let mut reviews = Reviews::default();
        let (then, now) = (key("a", "a.txt"), key("a", "b.txt"));
        reviews.apply(&tagged(then.clone(), then.clone(), "one"));
        let back = reviews.apply(&tagged(then.clone(), now.clone(), "two")).back;
        // Whoever does not know yet of the change means the same review.
        reviews.apply(&tagged(then.clone(), now.clone(), "three"));
        assert_eq!(reviews.iter().map(|one| (one.key.clone(), one.review.tags.len())).collect::<Vec<_>>(), [(now.clone(), 3)]);
        reviews.apply(&back);
        assert_eq!(reviews.tags().into_iter().collect::<Vec<_>>(), ["one", "three"]);
        assert!(reviews.kept(&then).is_none() && reviews.kept(&now).is_some());
    }

    #[test]
    fn reviews_of_two_incidents_stay_two_and_of_one_become_one() {
        let mut reviews = Reviews::default();
        let (one, other) = (key("a", "a.txt"), key("a", "b.txt"));
        for key in [&one, &other] {
            reviews.apply(&tagged(key.clone(), key.clone(), "tag"));
        }
        let back = reviews.apply(&tagged(one.clone(), other.clone(), "more")).back;
        assert_eq!((back.kept, reviews.iter().count()), (one, 2));
        let twice = reviews.iter().chain(reviews.iter()).cloned();
        assert_eq!(twice.collect::<Reviews>().iter().collect::<Vec<_>>(), reviews.iter().collect::<Vec<_>>());
    }
}
