//! The phrases of a report that may be names, those for one thing together, each with the places where it stands.

use super::key::{key, telling};
use super::link::Links;
use super::phrase;
use super::region::{Region, Where};
use crate::document::Text;
use crate::extract::vocabulary::ByKey;
use crate::incident::Fact;
use crate::resolve::event::collapse;
use crate::source::Source;
use std::ops::Range;

/// So many names there may be.
const NAMES: usize = 600;
/// In so many passages about trouble plain words may be names, too.
const PLAIN: usize = 16;
/// So many places of one name are looked at.
const PLACES: usize = 8;

/// A place where a name stands.
#[derive(Debug, Clone)]
pub struct Place {
    /// Its region.
    pub region: usize,
    /// Its words there.
    pub words: Range<usize>,
    /// The stretch of words around it that nothing ends.
    pub stretch: Range<usize>,
}

/// A phrase that may be a name.
#[derive(Debug)]
pub struct Name<'a> {
    /// As it is written first.
    pub text: Text<'a>,
    /// Its words, folded; those that only say what kind of thing it is left out.
    pub key: Vec<u64>,
    /// The first places where it stands.
    pub places: Vec<Place>,
    /// How often it stands in the text.
    pub count: usize,
    /// How many longer names begin with it.
    pub heads: usize,
    /// How often those stand in the text that have its words but the last, or but the first, and one of a word more.
    pub shorter: [usize; 2],
    pub longer: usize,
}

/// What may be a name in a report.
#[derive(Debug, Default)]
pub struct Gathered<'a> {
    pub regions: Vec<Region<'a>>,
    pub names: Vec<Name<'a>>,
}

/// Gathers what may be a name.
pub fn gather<'a>(regions: Vec<Region<'a>>, links: &Links) -> Gathered<'a> {
    let mut gathered = Gathered { regions, names: Vec::new() };
    let mut known: ByKey<usize> = ByKey::default();
    let mut short: Vec<(Vec<u64>, Vec<u64>)> = Vec::new();
    let mut plain = PLAIN;
    let mut own: Vec<u64> = Vec::new();
    let mut found: Vec<Range<usize>> = Vec::new();
    for (number, region) in gathered.regions.iter().enumerate() {
        let told = region.tells_trouble();
        let looked = told && (region.place == Where::Title || plain > 0);
        if looked && region.place != Where::Title {
            plain -= 1;
        }
        for stretch in phrase::stretches(&region.words) {
            phrase::phrases(&region.words, stretch.clone(), looked, &mut found);
            if region.is_short_value() {
                phrase::add(&region.words, stretch.clone(), &mut found);
            }
            if !links.is_empty() {
                let linked = |at: &usize| region.words.get(*at).is_some_and(|word| links.of(region.at(word.range.clone())) != 0);
                found
                    .extend(stretch.clone().filter(linked).map(|at| at..at + 1).filter(|range| !found.contains(range)).collect::<Vec<_>>());
            }
            short.extend(region.short_form(&stretch));
            for words in found.drain(..) {
                own.clear();
                own.extend(telling(region.words.get(words.clone()).unwrap_or_default().iter().map(|word| word.key)));
                let hash = hash(&own);
                let place = Place { region: number, words, stretch: stretch.clone() };
                if let Some(name) = known.get(&hash).copied().and_then(|at| gathered.names.get_mut(at)) {
                    name.count += 1;
                    // The last of them may be a signature.
                    name.places.truncate(PLACES - 1);
                    name.places.push(place);
                } else if gathered.names.len() < NAMES {
                    known.insert(hash, gathered.names.len());
                    let text = region.part(&place.words);
                    let mut places = Vec::with_capacity(PLACES);
                    places.push(place);
                    gathered.names.push(Name { text, key: own.clone(), places, count: 1, heads: 0, shorter: [0; 2], longer: 0 });
                }
            }
        }
    }
    gathered.compare(&known);
    gathered.join_short_forms(&short);
    gathered.count_heads();
    gathered
}

/// What stands for the words of a name.
fn hash(key: &[u64]) -> u64 {
    key.iter().fold(0u64, |hash, word| hash.rotate_left(7) ^ *word)
}

impl<'a> Gathered<'a> {
    /// What stands for a short form counts for the long one.
    fn join_short_forms(&mut self, short: &[(Vec<u64>, Vec<u64>)]) {
        for (long, short) in short.iter().take(64) {
            let find = |names: &[Name], key: &[u64]| names.iter().position(|name| name.key == key);
            if let (Some(to), Some(from)) = (find(&self.names, long), find(&self.names, short)) {
                let taken = self.names.get(from).map(|name| (name.places.clone(), name.count)).unwrap_or_default();
                if let Some(name) = self.names.get_mut(to).filter(|_| to != from) {
                    name.count += taken.1;
                    name.places.extend(taken.0.into_iter().take(PLACES.saturating_sub(name.places.len())));
                    self.names.remove(from);
                }
            }
        }
    }

    /// Sets the names beside those that are a word shorter, by their places.
    fn compare(&mut self, known: &ByKey<usize>) {
        for at in 0..self.names.len() {
            let Some(name) = self.names.get(at).filter(|name| name.key.len() > 1) else { continue };
            let (count, last) = (name.count, name.key.len() - 1);
            let shorter = [name.key.get(..last), name.key.get(1..)].map(|key| known.get(&hash(key.unwrap_or_default())).copied());
            let counts = shorter.map(|at| {
                let name = at.and_then(|at| self.names.get_mut(at));
                name.map_or(0, |name| {
                    name.longer = name.longer.max(count);
                    name.count
                })
            });
            if let Some(name) = self.names.get_mut(at) {
                name.shorter = counts;
            }
        }
    }

    fn count_heads(&mut self) {
        let mut heads: ByKey<usize> = ByKey::default();
        for name in self.names.iter().filter(|name| name.key.len() > 1) {
            if let Some(first) = name.key.first() {
                *heads.entry(*first).or_default() += 1;
            }
        }
        for name in &mut self.names {
            if let [only] = name.key.as_slice() {
                name.heads = heads.get(only).copied().unwrap_or(0);
            }
        }
    }

    /// Adds a name that stands where no other was looked for.
    pub fn add(&mut self, source: &'a Source, fact: &Fact<String>) -> Option<usize> {
        let start = source.start_of(fact.cites.first()?) as usize;
        let text = Text::slice_of(source.text(), start..start + fact.value.len());
        if text.as_str().is_empty() {
            return None;
        }
        self.push(text);
        Some(self.names.len() - 1)
    }

    /// Adds a name of which no place is told.
    pub fn push(&mut self, text: Text<'a>) {
        let key = key(text.as_str());
        self.names.push(Name { text, key, places: Vec::new(), count: 0, heads: 0, shorter: [0; 2], longer: 0 });
    }

    /// The place of the name that `fact` gives.
    pub fn place_of(&self, fact: &Fact<String>) -> Option<usize> {
        let wanted = key(&fact.value);
        self.names.iter().position(|name| name.key == wanted)
    }
}

impl Name<'_> {
    /// As it is written.
    pub fn written(&self) -> String {
        collapse(self.text.as_str())
    }
}

/// Whether all words of one name are words of the other.
pub fn is_part(a: &[u64], b: &[u64]) -> bool {
    a.iter().all(|word| b.contains(word)) || b.iter().all(|word| a.contains(word))
}
