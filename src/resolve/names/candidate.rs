//! The phrases of a report that may be names, those for one thing together, each with the places where it stands.

use super::key::{key, telling};
use super::link::Links;
use super::list::{self, List};
use super::phrase::{self, Word};
use crate::document::Text;
use crate::extract::lexicon::{self, Cue, Topic};
use crate::extract::passage::{Form, Heading, Passage};
use crate::extract::prose;
use crate::extract::vocabulary::ByKey;
use crate::extract::words::{self, Words};
use crate::incident::Fact;
use crate::resolve::event::collapse;
use crate::resolve::naming::Read;

use crate::source::Source;
use std::ops::Range;
use std::rc::Rc;

/// How much text is looked at for names, in bytes, and how many names there may be.
const TEXT: usize = 20_000;
const NAMES: usize = 600;
/// So many passages at the end are looked at however long the text is: there it is signed.
const CLOSE: usize = 3;
/// The value of a field that may be a list of plain names is no longer, in bytes.
const VALUE: usize = 120;
/// In so many passages about trouble plain words may be names, too.
const PLAIN: usize = 16;
/// So many places of one name are looked at.
const PLACES: usize = 8;

/// Where a text stands in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Where {
    Title,
    Heading,
    Text,
    List,
    Row,
    Field,
}

/// A stretch of the report with its words.
#[derive(Debug)]
pub struct Region<'a> {
    pub text: Text<'a>,
    /// The same in lower case.
    pub lower: String,
    pub place: Where,
    pub topic: Option<Topic>,
    pub label: Option<Text<'a>>,
    pub words: Vec<Word>,
    pub lists: Vec<List>,
    pub sentences: Vec<Range<usize>>,
    pub cues: Vec<(Cue, Range<usize>)>,
    /// Whether words of [`Words::Struck`] may stand in it.
    struck: bool,
}

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
pub fn gather<'a>(title: Option<Text<'a>>, passages: Read<'_, 'a>, links: &Links) -> Gathered<'a> {
    let mut gathered = Gathered { regions: regions(title, passages), names: Vec::new() };
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
        let mut hurts = None;
        for stretch in phrase::stretches(&region.words) {
            let in_trouble = looked && (region.place != Where::Text || region.sentence_hurts(&stretch, &mut hurts));
            phrase::phrases(&region.words, stretch.clone(), in_trouble, &mut found);
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

fn regions<'a>(title: Option<Text<'a>>, passages: Read<'_, 'a>) -> Vec<Region<'a>> {
    let mut regions = Vec::new();
    let titled = title.as_ref().map(Text::whole);
    regions.extend(title.map(|title| Region::new(title, Where::Title, None)));
    let mut left = TEXT;
    let mut heading: Option<Rc<Heading>> = None;
    let close = passages.len().saturating_sub(CLOSE);
    for (place, (passage, _)) in passages.iter().enumerate().filter(|(_, (passage, _))| !passage.unread) {
        if left == 0 && place < close {
            continue;
        }
        if let Some(over) = passage.heading.as_ref().filter(|over| heading.as_ref().is_none_or(|known| !Rc::ptr_eq(known, over))) {
            heading = Some(over.clone());
            if Some(over.text.whole()) != titled {
                regions.push(Region::new(over.text.clone(), Where::Heading, over.topic));
            }
        }
        if Some(passage.text.whole()) == titled {
            continue;
        }
        regions.push(Region::of(passage));
        left = left.saturating_sub(passage.text.as_str().len());
    }
    regions
}

impl<'a> Region<'a> {
    fn new(text: Text<'a>, place: Where, topic: Option<Topic>) -> Self {
        let cues = lexicon::cues(text.as_str()).collect();
        let (words, whole) = (phrase::words(text.as_str()), 0..text.as_str().len());
        let lists = list::lists(&words);
        let lower = text.as_str().to_ascii_lowercase();
        Self { text, lower, place, topic, label: None, words, lists, sentences: vec![whole], cues, struck: true }
    }

    fn of(passage: &Passage<'a>) -> Self {
        let place = match passage.form {
            Form::Prose => Where::Text,
            Form::Item { .. } => Where::List,
            Form::Row => Where::Row,
            Form::Field => Where::Field,
        };
        let text = passage.text.part(0..passage.text.as_str().floor_char_boundary(TEXT));
        let whole = text.as_str().len() == passage.text.as_str().len();
        let (words, sentences) = if whole {
            (phrase::words_of(text.as_str(), passage.tokens().iter().cloned()), passage.sentences().to_vec())
        } else {
            (phrase::words(text.as_str()), prose::sentences(text.as_str()))
        };
        let (topic, label) = (passage.topic, passage.label.clone());
        let lists = list::lists(&words);
        let (cues, struck) = (passage.cues().to_vec(), passage.may_hold(Words::Struck));
        let lower = text.as_str().to_ascii_lowercase();
        Self { text, lower, place, topic, label, words, lists, sentences, cues, struck }
    }

    pub fn at(&self, range: Range<usize>) -> &str {
        self.text.as_str().get(range).unwrap_or_default()
    }

    /// The text of its words in `range`.
    pub fn part(&self, words: &Range<usize>) -> Text<'a> {
        let start = self.words.get(words.start).map_or(0, |word| word.range.start);
        let end = words.end.checked_sub(1).and_then(|last| self.words.get(last)).map_or(start, |word| word.range.end);
        self.text.part(start..end)
    }

    /// The list of names that some words of it are in.
    pub fn list_of(&self, words: &Range<usize>) -> Option<&List> {
        let place = self.lists.partition_point(|list| list.extent().end <= words.start);
        self.lists.get(place).filter(|list| list.extent().start <= words.start)
    }

    /// Whether plain words in it may name what was hurt.
    fn tells_trouble(&self) -> bool {
        let felt = matches!(self.topic, None | Some(Topic::Summary | Topic::Impact | Topic::Services | Topic::Title));
        self.place == Where::Title || felt && matches!(self.place, Where::Text | Where::List)
    }

    /// The sentence that the byte `at` stands in.
    pub fn sentence(&self, at: usize) -> Range<usize> {
        let place = self.sentences.partition_point(|sentence| sentence.end <= at);
        self.sentences.get(place).cloned().unwrap_or_default()
    }

    /// The cues inside `range`.
    pub fn cues_in(&self, range: &Range<usize>) -> impl Iterator<Item = &(Cue, Range<usize>)> {
        lexicon::within(&self.cues, range)
    }

    /// Whether it is the value of a label that may list names in plain words.
    fn is_short_value(&self) -> bool {
        self.place == Where::Field && self.text.as_str().len() <= VALUE && matches!(self.topic, None | Some(Topic::Summary | Topic::Impact))
    }

    /// Whether the sentence of a stretch tells trouble; `known` is the last that was asked for, and what came of it.
    fn sentence_hurts(&self, stretch: &Range<usize>, known: &mut Option<(Range<usize>, bool)>) -> bool {
        let at = self.words.get(stretch.start).map_or(0, |word| word.range.start);
        if let Some((sentence, hurts)) = known
            && sentence.contains(&at)
        {
            return *hurts;
        }
        let sentence = self.sentence(at);
        let of_trouble = |cue: &Cue| matches!(cue, Cue::InferHigh | Cue::InferMedium | Cue::Onset | Cue::StrongImpact | Cue::Impact);
        let hurts = self.cues_in(&sentence).any(|(cue, _)| of_trouble(cue))
            || self.struck && words::list(Words::Struck).is_in(self.at(sentence.clone()));
        *known = Some((sentence, hurts));
        hurts
    }

    /// "Multi-Factor Authentication (MFA)": the long form in front of a bracket, and the short one in it.
    fn short_form(&self, stretch: &Range<usize>) -> Option<(Vec<u64>, Vec<u64>)> {
        let next = self.words.get(stretch.end).filter(|next| next.lead == Some('('))?;
        let short = self.at(next.range.clone());
        let letters: Vec<char> = short.chars().filter(|c| c.is_uppercase()).collect();
        let parts: Vec<(usize, char)> = stretch
            .clone()
            .flat_map(|at| {
                let word = self.words.get(at).map(|word| self.at(word.range.clone())).unwrap_or_default();
                word.split('-').filter_map(|part| part.chars().next()).map(move |first| (at, first)).collect::<Vec<_>>()
            })
            .collect();
        let from = parts.len().checked_sub(letters.len()).filter(|_| letters.len() > 1)?;
        let initials = parts.get(from..)?;
        let fits = initials.iter().zip(&letters).all(|((_, first), letter)| first.to_uppercase().eq([*letter]));
        let start = initials.first()?.0;
        fits.then(|| (key(self.part(&(start..stretch.end)).as_str()), key(short)))
    }
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
