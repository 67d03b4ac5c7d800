//! The stretches of a report in which names are looked for, each with its words.

use super::key::key;
use super::list::{self, List};
use super::phrase::{self, Word};
use crate::document::{BlockKind, Report, Text};
use crate::extract::lexicon::{self, Cue, Topic};
use crate::extract::passage::{Form, Heading, Passage};
use crate::extract::prose;
use crate::extract::time::Time;
use crate::extract::words::{self, Words};
use crate::resolve::naming::Read;
use crate::source::Span;
use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::Range;
use std::rc::Rc;

/// How much text is looked at for names, in bytes.
const TEXT: usize = 20_000;
/// So many passages at the end are looked at however long the text is: there it is signed.
const CLOSE: usize = 3;
/// The value of a field that may be a list of plain names is no longer, in bytes.
const VALUE: usize = 120;

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
    /// Where it tells times of day.
    pub times: Vec<usize>,
    /// Whether words of [`Words::Struck`] may stand in it.
    struck: bool,
    /// Of each sentence whether it tells trouble; found out when first asked, for every place of a name asks.
    troubled: OnceCell<Vec<bool>>,
}

/// The stretches of a report that are looked at for names.
pub fn regions<'a>(title: Option<Text<'a>>, report: &Report<'a>, passages: Read<'_, 'a>) -> Vec<Region<'a>> {
    let mut regions = Vec::new();
    let titled = title.as_ref().map(Text::whole);
    regions.extend(title.map(|title| Region::new(title, Where::Title, None)));
    let mut bare = bare_headings(report, passages).filter(|bare| Some(bare.whole()) != titled).peekable();
    let mut left = TEXT;
    let mut heading: Option<Rc<Heading>> = None;
    let close = passages.len().saturating_sub(CLOSE);
    for (place, (passage, times)) in passages.iter().enumerate().filter(|(_, (passage, _))| !passage.unread) {
        if left == 0 && place < close {
            continue;
        }
        while let Some(text) = bare.next_if(|bare| bare.whole().start < passage.text.whole().start) {
            regions.push(Region::new(text, Where::Text, None));
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
        regions.push(Region::of(passage, times));
        left = left.saturating_sub(passage.text.as_str().len());
    }
    regions.extend(bare.map(|text| Region::new(text, Where::Text, None)));
    regions
}

/// What is laid out as headings and has nothing under it: the name over a report, and the one that it is signed with.
fn bare_headings<'a>(report: &Report<'a>, passages: Read<'_, 'a>) -> impl Iterator<Item = Text<'a>> {
    let over = passages.iter().filter_map(|(passage, _)| passage.heading.as_ref()).flat_map(Heading::upwards).map(|over| over.text.whole());
    let known: HashSet<Span> = over.chain(passages.iter().map(|(passage, _)| passage.text.whole())).collect();
    let blocks = report.blocks.iter().chain(report.updates.iter().flat_map(|update| &update.blocks));
    let headings = blocks.filter(|block| matches!(block.kind, BlockKind::Heading(_))).map(|block| block.text.clone());
    headings.filter(|text| !known.contains(&text.whole())).collect::<Vec<_>>().into_iter()
}

impl<'a> Region<'a> {
    fn new(text: Text<'a>, place: Where, topic: Option<Topic>) -> Self {
        let cues = lexicon::cues(text.as_str()).collect();
        let (words, whole) = (phrase::words(text.as_str()), 0..text.as_str().len());
        let lists = list::lists(&words);
        let lower = text.as_str().to_ascii_lowercase();
        Self {
            text,
            lower,
            place,
            topic,
            label: None,
            words,
            lists,
            sentences: vec![whole],
            cues,
            times: Vec::new(),
            struck: true,
            troubled: OnceCell::new(),
        }
    }

    fn of(passage: &Passage<'a>, times: &[Time]) -> Self {
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
        let times = times.iter().flat_map(Time::moments).filter(|moment| moment.clock.is_some()).map(|moment| moment.range.start).collect();
        Self { text, lower, place, topic, label, words, lists, sentences, cues, times, struck, troubled: OnceCell::new() }
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
    pub fn tells_trouble(&self) -> bool {
        let felt = matches!(self.topic, None | Some(Topic::Summary | Topic::Impact | Topic::Services | Topic::Title));
        let told = felt && matches!(self.place, Where::Text | Where::List | Where::Heading);
        self.place == Where::Title || told || self.place == Where::Field && matches!(self.topic, Some(Topic::Summary | Topic::Impact))
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
    pub fn is_short_value(&self) -> bool {
        self.place == Where::Field && self.text.as_str().len() <= VALUE && matches!(self.topic, None | Some(Topic::Summary | Topic::Impact))
    }

    /// Whether the sentence that the byte `at` stands in tells trouble.
    pub fn hurts(&self, at: usize) -> bool {
        let of_trouble = |cue: &Cue| matches!(cue, Cue::InferHigh | Cue::InferMedium | Cue::Onset | Cue::StrongImpact | Cue::Impact);
        let struck = |sentence: &Range<usize>| self.struck && words::list(Words::Struck).is_in(self.at(sentence.clone()));
        let tells = |sentence: &Range<usize>| self.cues_in(sentence).any(|(cue, _)| of_trouble(cue)) || struck(sentence);
        let place = self.sentences.partition_point(|sentence| sentence.end <= at);
        self.troubled.get_or_init(|| self.sentences.iter().map(tells).collect()).get(place).copied().unwrap_or(false)
    }

    /// "Multi-Factor Authentication (MFA)": the long form in front of a bracket, and the short one in it.
    pub fn short_form(&self, stretch: &Range<usize>) -> Option<(Vec<u64>, Vec<u64>)> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn read(text: &str) -> Vec<(String, Where)> {
        let source = Source::decode("a.md", text.as_bytes().to_vec());
        let document = crate::format::read(&source);
        let Some(report) = document.reports.first() else { return Vec::new() };
        let passages: Vec<_> = crate::extract::passage::passages(report).into_iter().map(|passage| (passage, Vec::new())).collect();
        regions(None, report, &passages).into_iter().map(|region| (region.text.as_str().to_owned(), region.place)).collect()
    }

    #[test]
    fn headings_over_nothing_are_text() {
        for (text, name, place) in [
            ("# Search down\n\nIt broke at 09:10 UTC.\n\n## Tollgrove Maps\n", "Tollgrove Maps", Some(Where::Text)),
            ("# Tollgrove Maps\n\n## Search down\n\n## Story\n\nIt broke at 09:10 UTC.\n", "Search down", Some(Where::Text)),
            ("# Search down\n\nIt broke.\n\n## Tollgrove Maps\n\nIt broke there, too.\n", "Tollgrove Maps", Some(Where::Heading)),
            ("# Search down\n\nIt broke.\n\n```\nTollgrove Maps\n```\n", "Tollgrove Maps", None),
        ] {
            let found: Vec<_> = read(text).into_iter().filter(|(text, _)| text == name).map(|(_, place)| place).collect();
            assert_eq!(found, place.into_iter().collect::<Vec<_>>(), "{text}");
        }
    }
}
