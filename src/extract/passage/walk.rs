//! The blocks of a report, one after the other, as passages.

mod headings;

use super::label::{
    is_column_name, is_short, is_story, is_time_column, is_value, label_alone, labelled_outage, owned, promises_list, spares,
};
use super::{Form, Heading, Passage};
use crate::document::{Block, BlockKind, Report, Text};
use crate::extract::lexicon::{self, Topic};
use crate::extract::prose;
use std::rc::Rc;

/// The heads of a table with more columns are not asked what they name.
const COLUMNS: usize = 64;

/// What is marked as a heading and longer than this is a paragraph, in bytes.
const HEADING: usize = 400;

/// The passages of `report`, in reading order: the fields, the text, then the updates.
pub fn passages<'a>(report: &Report<'a>) -> Vec<Passage<'a>> {
    let mut walk = Walk::default();
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

#[derive(Default)]
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
        let (heading, columns, update, list) = (self.heading.clone(), self.columns.clone(), self.update, self.list);
        let (unread, looked) = Default::default();
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
                let work = label.topic.is_work();
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
