//! A report as passages: each piece of text with what its heading or label says it is about.

mod headings;

use super::duration::{Length, lengths};
use super::lexicon::{self, Cue, Found, Topic};
use super::prose;
use super::time::{Time, times};
use super::vocabulary::{Token, tokens};
use super::words::{Words, list};
use super::zone;
use crate::document::{Block, BlockKind, Report, Text};
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

impl Passage<'_> {
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
}

/// Titles are shorter, in bytes.
const STORY: usize = 80;
/// The heads of a table with more columns are not asked what they name.
const COLUMNS: usize = 64;

/// What is marked as a heading and longer than this is a paragraph, in bytes.
const HEADING: usize = 400;

/// The passages of `report`, in reading order: the fields, the text, then the updates.
pub fn passages<'a>(report: &Report<'a>) -> Vec<Passage<'a>> {
    let mut walk = Walk {
        passages: Vec::new(),
        heading: None,
        opened: 0,
        columns: Rc::new(Vec::new()),
        timed: false,
        list: 0,
        update: None,
        in_list: false,
        labelled: None,
        over: Vec::new(),
    };
    for field in &report.fields {
        let label = field.label.as_str().replace(['_', '-'], " ");
        walk.field(field.label.clone(), lexicon::topic(&label), field.value.clone());
    }
    walk.blocks(&report.blocks);
    for (index, update) in report.updates.iter().enumerate() {
        walk.heading = None;
        walk.update = Some(index);
        walk.blocks(&update.blocks);
    }
    walk.passages
}

struct Walk<'a> {
    passages: Vec<Passage<'a>>,
    heading: Option<Rc<Heading<'a>>>,
    /// How many passages stood above the heading.
    opened: usize,
    columns: Rc<Vec<Text<'a>>>,
    /// Whether the head of the table names a column of times.
    timed: bool,
    list: usize,
    update: Option<usize>,
    in_list: bool,
    /// The label at the end of the paragraph before, which the list below it stands under.
    labelled: Option<Topic>,
    /// The entries over the one that is read which are a label and nothing else, each with its depth.
    over: Vec<(u8, Topic)>,
}

impl<'a> Walk<'a> {
    fn blocks(&mut self, blocks: &[Block<'a>]) {
        // The paragraph that a heading took with it.
        let mut taken = None;
        for (at, block) in blocks.iter().enumerate() {
            if taken == Some(at) {
                continue;
            }
            let listed = matches!(block.kind, BlockKind::Item { .. } | BlockKind::Row { .. });
            if listed != self.in_list {
                self.list += 1;
                self.in_list = listed;
                self.over.clear();
            }
            match &block.kind {
                // Every passage below asks its headings what they say.
                BlockKind::Heading(level) if block.text.as_str().len() <= HEADING => {
                    self.labelled = None;
                    if self.answers_heading(&block.text, *level) {
                        continue;
                    }
                    self.open(block.text.clone(), *level);
                    self.labelled_heading(&block.text);
                    if self.timed_heading(&block.text, blocks.get(at + 1)) {
                        taken = Some(at + 1);
                    }
                }
                BlockKind::Heading(_) | BlockKind::Paragraph => {
                    self.labelled = None;
                    self.paragraph(&block.text);
                }
                BlockKind::Item { depth, ticked } => {
                    self.over.retain(|(outer, _)| outer < depth);
                    let deeper =
                        matches!(blocks.get(at + 1), Some(Block { kind: BlockKind::Item { depth: next, .. }, .. }) if next > depth);
                    // What stands under a label is a list of its own.
                    let outer = self.over.last().map_or(0, |(outer, _)| outer + 1);
                    match label_alone(block.text.as_str()).filter(|_| deeper) {
                        Some(topic) => self.over.push((*depth, topic)),
                        None => self.item(depth.saturating_sub(outer), *ticked, &block.text),
                    }
                }
                BlockKind::Row { head, .. } => self.row(*head, block),
                BlockKind::Code => {}
            }
        }
    }

    fn open(&mut self, text: Text<'a>, level: u8) {
        (self.columns, self.timed) = (Rc::new(Vec::new()), false);
        self.list += 1;
        self.stamped(&text);
        // The title is no section, though its first word may be one's name ("Actions runners queueing").
        let title = level == 1 && self.heading.is_none() && self.passages.is_empty() && self.update.is_none();
        let topic = if title { lexicon::exact_topic(text.as_str()) } else { lexicon::topic(text.as_str()) };
        // The horizon of work ("Short term") and an outage of its own stand under the section before them, whatever
        // their level: plain text does not write levels.
        let follows = matches!(topic, Some(Topic::Done | Topic::ShortTerm | Topic::LongTerm));
        let parent = self.heading.take().and_then(|heading| {
            let fits = |heading: &Rc<Heading<'a>>| heading.level < level || (follows && heading.topic == Some(Topic::Actions));
            heading.upwards().find(fits)
        });
        // What was done at once, under a heading about work to come, is work that is done.
        let under_actions = parent.as_ref().is_some_and(|parent: &Rc<Heading>| parent.topic() == Some(Topic::Actions));
        let topic = topic.map(|topic| if topic == Topic::Resolution && under_actions { Topic::Done } else { topic });
        self.heading = Some(Rc::new(Heading { text, topic, level, parent }));
        self.opened = self.passages.len();
    }

    fn push(&mut self, form: Form, topic: Option<Topic>, label: Option<Text<'a>>, text: Text<'a>, cells: Vec<Text<'a>>) {
        if text.as_str().trim().is_empty() && cells.is_empty() {
            return;
        }
        let topic = topic.or_else(|| self.heading.as_ref().and_then(|heading| heading.topic()));
        // "Description" may be over a title or over the story.
        let (form, topic) = match topic {
            Some(Topic::Title) if label.is_some() && is_story(text.as_str()) => (Form::Prose, Some(Topic::Summary)),
            // "Services not hit", "Systems up throughout"
            Some(Topic::Services) if label.as_ref().is_some_and(|label| spares(label.as_str())) => (form, Some(Topic::Other)),
            _ => (form, topic),
        };
        let (heading, columns, looked) = (self.heading.clone(), self.columns.clone(), Looked::default());
        let (update, list, unread) = (self.update, self.list, false);
        self.passages.push(Passage { form, topic, label, heading, text, cells, columns, update, list, unread, looked });
    }

    fn field(&mut self, label: Text<'a>, topic: Option<Topic>, value: Text<'a>) {
        self.push(Form::Field, Some(topic.unwrap_or(Topic::Other)), Some(label), value.trimmed(), Vec::new());
    }

    fn paragraph(&mut self, text: &Text<'a>) {
        if let Some((label, value)) = labelled_outage(text) {
            self.field(label, Some(Topic::Window), value);
            return;
        }
        if promises_list(text.as_str()) {
            self.labelled = Some(Topic::Actions);
        }
        let labels = prose::inline_labels(text.as_str());
        let first = labels.first().map_or(text.as_str().len(), |label| label.label.start);
        self.prose(None, None, &text.part(0..first).trimmed());
        for (index, label) in labels.iter().enumerate() {
            let end = labels.get(index + 1).map_or(text.as_str().len(), |next| next.label.start);
            let value = text.part(label.text..end).trimmed();
            let name = text.part(label.label.clone());
            let alone = value.as_str().is_empty() || labels.len() > 1 && end < text.as_str().len();
            if alone && value.as_str().is_empty() {
                self.open(name, 4);
            } else if is_value(label.topic, value.as_str()) {
                // What goes on in the next line is no value any more ("Severity: High").
                let line = if is_short(label.topic) { value.as_str().find('\n') } else { None }.unwrap_or(value.as_str().len());
                self.field(name, Some(label.topic), value.part(0..line));
                self.prose(None, None, &value.part(line..value.as_str().len()).trimmed());
            } else {
                self.labelled = Some(label.topic);
                self.prose(Some(label.topic), Some(name), &value);
            }
        }
    }

    /// Running text, or the list that was flattened into it.
    fn prose(&mut self, topic: Option<Topic>, label: Option<Text<'a>>, text: &Text<'a>) {
        match prose::inline_list(text.as_str()) {
            Some((intro, entries)) => {
                self.push(Form::Prose, topic, label.clone(), text.part(intro).trimmed(), Vec::new());
                self.list += 1;
                for entry in entries {
                    self.push(Form::Item { depth: 0, ticked: None }, topic, label.clone(), text.part(entry).trimmed(), Vec::new());
                }
                self.list += 1;
            }
            None => self.push(Form::Prose, topic, label, text.clone(), Vec::new()),
        }
    }

    fn item(&mut self, depth: u8, ticked: Option<bool>, text: &Text<'a>) {
        if let Some((label, value)) = labelled_outage(text) {
            self.field(label, Some(Topic::Window), value);
            return;
        }
        // "- Severity: high" is a field in a list, "- Root cause: a full disk" a section.
        if let [label] = prose::inline_labels(text.as_str()).as_slice()
            && label.label.start == 0
            && let value = text.part(label.text..text.as_str().len()).trimmed()
            && !value.as_str().is_empty()
        {
            let name = text.part(label.label.clone());
            if is_value(label.topic, value.as_str()) {
                self.field(name, Some(label.topic), value);
                return;
            }
            // Under a heading that says what it is about, a label names the entry.
            let headed = self.heading.as_ref().is_some_and(|heading| heading.topic().is_some());
            let told = lexicon::exact_topic(name.as_str()).is_some() && value.as_str().split_whitespace().nth(3).is_some();
            if told && !headed && self.labelled.is_none() {
                let work = matches!(label.topic, Topic::Actions | Topic::Done | Topic::ShortTerm | Topic::LongTerm);
                let form = if work { Form::Item { depth, ticked } } else { Form::Prose };
                let parts = if work { owned(&value) } else { vec![value] };
                parts.into_iter().for_each(|part| self.push(form.clone(), Some(label.topic), Some(name.clone()), part, Vec::new()));
                return;
            }
        }
        let topic = self.over.last().map(|(_, topic)| *topic).or(self.labelled);
        for entry in prose::run_on(text.as_str()) {
            self.push(Form::Item { depth, ticked }, topic, None, text.part(entry).trimmed(), Vec::new());
        }
    }

    fn row(&mut self, head: bool, block: &Block<'a>) {
        // "| Severity | High |" is a field in a table.
        if let [label, value] = block.cells.as_slice()
            && !self.timed
            && let Some(topic) = lexicon::topic(label.as_str()).filter(|topic| is_value(*topic, value.as_str()))
            && !(head && is_column_name(topic, value.as_str()))
            && !label.as_str().contains(|c: char| c.is_ascii_digit())
            && !value.as_str().is_empty()
        {
            self.field(label.clone(), Some(topic), value.clone());
            return;
        }
        if head {
            // Every row below asks its columns what they hold.
            let heads = if block.cells.len() <= COLUMNS { block.cells.clone() } else { Vec::new() };
            self.columns = Rc::new(heads);
            // A head over one of two columns is a caption.
            let named = self.columns.iter().all(|column| !column.as_str().is_empty());
            self.timed = named && self.columns.iter().any(|column| is_time_column(column.as_str()));
            return;
        }
        self.push(Form::Row, self.labelled, None, block.text.clone(), block.cells.clone());
    }
}

/// What an entry that is a label and nothing else ("Impact:") says the entries below it are about. What came before may
/// be the story itself.
fn label_alone(text: &str) -> Option<Topic> {
    // The last word of a label is what it names: "Review actions:".
    let work = |label: &str| lexicon::exact_topic(label.rsplit(' ').next().unwrap_or_default()).filter(|topic| *topic == Topic::Actions);
    let known = match text.trim().strip_suffix(':') {
        Some(label) => lexicon::topic(label).or_else(|| work(label)),
        None => lexicon::exact_topic(text.trim()),
    };
    known.filter(|topic| *topic != Topic::Background)
}

/// "an alert (@ines), a test (@omar)": entries of one line, each with its owner behind it.
fn owned<'a>(text: &Text<'a>) -> Vec<Text<'a>> {
    let whole = text.as_str();
    let ends: Vec<usize> = memchr::memmem::find_iter(whole.as_bytes(), "), ").map(|at| at + 1).chain([whole.len()]).collect();
    let starts = [0].into_iter().chain(ends.iter().map(|end| end + 2));
    let parts: Vec<Text> = starts.zip(&ends).map(|(start, end)| text.part(start..*end)).collect();
    let each = parts.iter().all(|part| part.as_str().contains(" (@"));
    if each { parts } else { vec![text.clone()] }
}

/// "We are taking the following actions to prevent a recurrence:" announces a list of work.
fn promises_list(text: &str) -> bool {
    let last = text.trim_end().rsplit(['.', '\n']).next().unwrap_or_default();
    last.ends_with(':') && list(Words::Promised).is_in(last)
}

/// "Second outage: 11:16 to 11:58": a label of its own that names trouble, before a range of clocks and little else.
fn labelled_outage<'a>(text: &Text<'a>) -> Option<(Text<'a>, Text<'a>)> {
    let whole = text.as_str();
    let colon = memchr::memmem::find(whole.as_bytes().get(..whole.len().min(42))?, b": ")?;
    let (label, value) = whole.split_at_checked(colon).filter(|(label, _)| lexicon::topic(label).is_none())?;
    let value = value.get(2..)?;
    label.split_whitespace().find(|word| list(Words::OutageNouns).holds(word))?;
    let found = times(value);
    let range = found.iter().find(|time| matches!(time, Time::Range(from, ..) if from.clock.is_some()))?.range();
    let bare = value.len() <= range.len() + 24;
    bare.then(|| (text.part(0..label.len()), text.part(label.len() + 2..whole.len())))
}

/// Whether the head of a column says that it holds times.
pub fn is_time_column(head: &str) -> bool {
    let core = head.split('(').next().unwrap_or_default();
    let times = core.split(|c: char| !c.is_alphanumeric()).any(|word| list(Words::AboutTimes).holds(word));
    times
        || matches!(lexicon::exact_topic(core.trim()), Some(Topic::Date | Topic::Window))
        || zone::zone(core.trim()).is_ok_and(|(rest, _)| rest.is_empty())
}

/// Whether the second cell of a table's head is the name of its column rather than the value of the first: it begins with
/// another label, or holds no time where one is due, no digit and no level.
fn is_column_name(topic: Topic, value: &str) -> bool {
    match topic {
        Topic::Severity => lexicon::severity_level(value.split_whitespace().next().unwrap_or_default()).is_none(),
        Topic::Status | Topic::Title | Topic::Organization => false,
        _ => {
            !value.contains(|c: char| c.is_ascii_digit())
                || value.split(' ').next().and_then(lexicon::exact_topic).is_some_and(|named| named != topic)
        }
    }
}

/// Whether the value of a label is a word, a time or a length.
fn is_short(topic: Topic) -> bool {
    matches!(
        topic,
        Topic::Severity | Topic::Status | Topic::Date | Topic::Start | Topic::End | Topic::Duration | Topic::Detected | Topic::Resolved
    )
}

/// Whether what stands behind a label is the label's value rather than a section of text.
fn is_value(topic: Topic, value: &str) -> bool {
    let narrative = matches!(
        topic,
        Topic::Summary
            | Topic::Impact
            | Topic::Timeline
            | Topic::Cause
            | Topic::Factors
            | Topic::Detection
            | Topic::Resolution
            | Topic::Actions
            | Topic::Done
            | Topic::ShortTerm
            | Topic::LongTerm
            | Topic::Lessons
            | Topic::Background
            | Topic::Workaround
            | Topic::Other
    );
    !narrative && value.len() <= 400
}

/// Whether a label is of what was not hurt: "Services not hit", "Systems OK", but not "Services not available".
fn spares(label: &str) -> bool {
    let lower = label.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    let fine = words.clone().any(|word| list(Words::FineStates).holds(word));
    fine != words.any(|word| matches!(word, "not" | "no" | "without"))
}

/// Whether a labelled value is several sentences, which no title is.
fn is_story(value: &str) -> bool {
    value.len() >= STORY
        && value.match_indices(". ").any(|(at, _)| value.get(at + 2..).is_some_and(|rest| rest.starts_with(char::is_uppercase)))
}

#[cfg(test)]
mod tests;
