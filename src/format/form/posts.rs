//! What is told entry by entry: updates that were published, and notes, which become a timeline.

use super::apply::{Record, blocks_of};
use super::guess::time_slot;
use super::moments::MOMENTS;
use super::path::{Found, Path};
use super::stamp::{made, moment_of};
use super::{Posts, Slot};
use crate::document::{Block, BlockKind, Text, TextBuilder, Update};
use crate::format::tree::{Node, Value};
use std::borrow::Cow;

impl<'f, 'n, 'a> Record<'f, 'n, 'a> {
    /// The entries of a list of updates or notes.
    fn entries(&self, posts: &Posts) -> Vec<Cow<'n, Node<'a>>> {
        if posts.list.is_empty() {
            return self.nodes.iter().copied().map(Cow::Borrowed).collect();
        }
        let lists = posts.list.iter().map(|path| self.at(path)).find(|found| !found.is_empty()).unwrap_or_default();
        let entry = |(_, node): Found<'n, 'a>| match posts.split {
            Some(mark) => Some(Cow::Owned(parts(node.text()?, mark))),
            None => node.is_map().then_some(Cow::Borrowed(node)),
        };
        lists.into_iter().filter_map(entry).collect()
    }

    /// The updates.
    pub(super) fn updates(&mut self) {
        let Some(posts) = &self.form.updates else { return };
        for entry in self.entries(posts) {
            let Entry { at, label, text } = self.entry(posts, &entry);
            let Some(place) = at.as_ref().or(text.as_ref()) else { continue };
            let blocks = text.as_ref().map(blocks_of).unwrap_or_default();
            let label = label.unwrap_or_else(|| made("Update", place));
            self.report.updates.push(Update { label, stamp: at, blocks });
        }
    }

    /// Notes become a timeline, but those that are a milestone of their own.
    pub(super) fn notes(&mut self) {
        let mut items = Vec::new();
        let entries = |posts: &'f Posts| self.entries(posts).into_iter().map(move |entry| (posts, entry)).collect::<Vec<_>>();
        let noted: Vec<_> = self.form.notes.iter().flat_map(entries).collect();
        for (posts, entry) in noted {
            let Entry { at, label, text } = self.entry(posts, &entry);
            let Some(at) = at else { continue };
            let named = |label: &Text| Slot::from_name(label.as_str()).filter(|slot| slot.is_time());
            // "Fixed at" alone is a milestone; with words behind it, it is an entry.
            let called = |label: &Text| if text.is_none() { time_slot(label.as_str()) } else { None };
            let slot = label.as_ref().and_then(|label| named(label).or_else(|| called(label)));
            let milestone = slot.and_then(|slot| MOMENTS.iter().find(|(own, _)| *own == slot)).map(|(_, label)| *label);
            if let Some(label) = milestone {
                match self.report.fields.iter_mut().find(|field| field.label.as_str() == label) {
                    // Of several the first, of what ended it the last.
                    Some(known) => {
                        let later = at.as_str() > known.value.as_str();
                        if later == matches!(label, "resolved" | "end") {
                            known.value = at;
                        }
                    }
                    None => self.label(label, None, at),
                }
                continue;
            }
            let said = text.or(label);
            items.extend(said.map(|said| Block::new(BlockKind::Item { depth: 0, ticked: None }, line_of(&at, &said))));
        }
        if let Some(first) = items.first() {
            let at = first.text.whole().range().start;
            let mut words = TextBuilder::default();
            words.push_decoded("Timeline", at..at);
            self.report.blocks.push(Block::new(BlockKind::Heading(2), words.finish()));
            self.report.blocks.append(&mut items);
        }
    }

    fn entry(&self, posts: &Posts, node: &Node<'a>) -> Entry<'a> {
        Entry {
            at: first(&posts.time, node).and_then(moment_of),
            label: first(&posts.label, node).and_then(|node| node.name().cloned()).and_then(|label| self.form.meaning(Slot::Label, &label)),
            text: first(&posts.text, node)
                .and_then(|node| node.words().or_else(|| node.name().cloned()))
                .filter(|text| !text.as_str().trim().is_empty()),
        }
    }
}

/// An entry of a list of updates or notes.
struct Entry<'a> {
    at: Option<Text<'a>>,
    label: Option<Text<'a>>,
    text: Option<Text<'a>>,
}

/// "14/Apr/26 9:40 AM;712020:ab;Restarted; it helps." as an object whose keys are the numbers of its parts; the last is all the rest.
fn parts<'a>(text: &Text<'a>, mark: char) -> Node<'a> {
    let mut at = 0;
    let parts = text.as_str().splitn(PARTS.len(), mark).zip(PARTS).map(|(part, number)| {
        let own = text.part(at..at + part.len());
        at += part.len() + mark.len_utf8();
        (Text::slice_of(number, 0..number.len()), Node::scalar(own))
    });
    Node { value: Value::Map(parts.collect()), span: text.whole() }
}

/// The keys of the parts of an entry that is a text.
const PARTS: [&str; 3] = ["1", "2", "3"];

/// The first value that is there.
fn first<'n, 'a>(paths: &[Path], node: &'n Node<'a>) -> Option<&'n Node<'a>> {
    paths.iter().flat_map(|path| path.find(node)).map(|(_, node)| node).find(|node| node.value != Value::Null)
}

/// "2026-03-11T07:31:44Z Rolled back": a line of a timeline, whichever of the two stands first in the file.
pub(super) fn line_of<'a>(at: &Text<'a>, said: &Text<'a>) -> Text<'a> {
    let mut line = TextBuilder::default();
    line.append(at);
    let end = at.whole().range().end;
    line.push_decoded(" ", end..end);
    line.append(said);
    line.finish()
}
