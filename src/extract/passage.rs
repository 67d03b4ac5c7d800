//! A report as passages: each piece of text with what its heading or label says it is about.

mod label;
mod walk;

pub use label::is_time_column;
pub use walk::passages;

use super::duration::{Length, lengths};
use super::lexicon::{self, Cue, Found, Topic};
use super::prose;
use super::vocabulary::{Token, tokens};
use super::words::Words;
use crate::document::Text;
use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

/// What form a passage has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// Running text.
    Prose,
    /// A labelled value.
    Field,
    /// An entry of a list: its depth, and its tick box.
    Item {
        /// Nesting depth, outermost 0.
        depth: u8,
        /// `[x]` or `[ ]` in front.
        ticked: Option<bool>,
    },
    /// A row of a table.
    Row,
}

/// A heading or label and what stood above it.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading<'a> {
    /// Its words.
    pub text: Text<'a>,
    /// What it is about; none for a heading of its own ("First downtime").
    pub topic: Option<Topic>,
    /// Its level, 1 the highest.
    pub level: u8,
    /// The heading it stands under.
    pub parent: Option<Rc<Heading<'a>>>,
}

impl<'a> Heading<'a> {
    /// The topic of this heading or the nearest one above that has one.
    pub fn topic(&self) -> Option<Topic> {
        self.topic.or_else(|| self.parent.as_ref().and_then(|parent| parent.topic()))
    }

    /// This heading and those above it.
    pub fn upwards(self: &Rc<Self>) -> impl Iterator<Item = Rc<Heading<'a>>> + use<'a> {
        std::iter::successors(Some(self.clone()), |heading| heading.parent.clone())
    }
}

/// A piece of a report's text.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage<'a> {
    /// What form it has.
    pub form: Form,
    /// What it is about, by its label or heading.
    pub topic: Option<Topic>,
    /// Its label, for a field.
    pub label: Option<Text<'a>>,
    /// The heading it stands under.
    pub heading: Option<Rc<Heading<'a>>>,
    /// Its text; of a row, the whole row.
    pub text: Text<'a>,
    /// The cells of a row.
    pub cells: Vec<Text<'a>>,
    /// The head of its table.
    pub columns: Rc<Vec<Text<'a>>>,
    /// The status update it belongs to, by its place in the report.
    pub update: Option<usize>,
    /// Which run of neighbouring list entries or rows it belongs to, counted through the report.
    pub list: usize,
    /// Whether it is in a language that is not read: its words tell nothing.
    pub unread: bool,
    /// What many rules look at is worked out once.
    looked: Looked,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Looked {
    found: OnceCell<Found>,
    sentences: OnceCell<Vec<Range<usize>>>,
    lengths: OnceCell<Vec<Length>>,
    tokens: OnceCell<Vec<Token>>,
}

impl<'a> Passage<'a> {
    /// The title as running text.
    pub fn of_title(text: Text<'a>) -> Self {
        let (label, heading, cells, columns, looked) = Default::default();
        Self { form: Form::Prose, topic: None, label, heading, text, cells, columns, update: None, list: 0, unread: false, looked }
    }

    /// Whether it is running text or an entry of a list.
    pub fn is_prose(&self) -> bool {
        matches!(self.form, Form::Prose | Form::Item { .. })
    }

    /// The cues of its text, in the order of their ends.
    pub fn cues(&self) -> &[(Cue, Range<usize>)] {
        &self.found().cues
    }

    /// Whether a word of the list may stand in its text: not where it was looked for and is not there.
    pub fn may_hold(&self, words: Words) -> bool {
        self.found().may_hold(words)
    }

    fn found(&self) -> &Found {
        self.looked.found.get_or_init(|| Found::new(if self.unread { "" } else { self.text.as_str() }))
    }

    /// The cues inside `range` of its text.
    pub fn cues_in(&self, range: &Range<usize>) -> impl Iterator<Item = &(Cue, Range<usize>)> {
        lexicon::within(self.cues(), range)
    }

    /// The lengths of time in its text, in order.
    pub fn lengths(&self) -> &[Length] {
        self.looked.lengths.get_or_init(|| lengths(self.text.as_str()))
    }

    /// The tokens of its text.
    pub fn tokens(&self) -> &[Token] {
        self.looked.tokens.get_or_init(|| tokens(self.text.as_str()).collect())
    }

    /// The sentences of its text.
    pub fn sentences(&self) -> &[Range<usize>] {
        self.looked.sentences.get_or_init(|| prose::sentences(self.text.as_str()))
    }

    /// The sentence around the byte `at` of its text.
    pub fn sentence_at(&self, at: usize) -> Option<&Range<usize>> {
        let place = self.sentences().partition_point(|sentence| sentence.end <= at);
        self.sentences().get(place).filter(|sentence| sentence.contains(&at))
    }
}

#[cfg(test)]
mod tests;
