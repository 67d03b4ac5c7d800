//! A record to a report, by its form: labelled values, sections, updates and notes, each with the bytes it stands in.

use super::find::SEEN;
use super::path::{Found, Path};
use super::stamp::{self, made};
use super::{Form, Slot, guess};
use crate::document::{Block, BlockKind, Field, IncidentKind, Report, Text, TextBuilder};
use crate::format::tree::Node;
use crate::format::{html, markdown, text};
use crate::source::Span;

/// More values no record has under one path.
const MOST: usize = 1000;

/// The sections of a record, by the headings that a report gives them.
const SECTIONS: [(Slot, &str); 6] = [
    (Slot::Summary, "Summary"),
    (Slot::Impact, "Impact"),
    (Slot::Cause, "Root cause"),
    (Slot::Resolution, "Resolution"),
    (Slot::Lessons, "Lessons learned"),
    (Slot::Actions, "Action items"),
];

/// The report of a lone record whose form knows no notes, with those that stand beside it in `root`.
pub fn with_notes<'a>(form: &Form, records: &[&Node<'a>], root: &Node<'a>) -> Option<Report<'a>> {
    let [record] = records else { return None };
    let notes = if form.notes.is_empty() && record.span != root.span { guess::notes(root) } else { Vec::new() };
    (!notes.is_empty()).then(|| report(&Form { notes, ..form.clone() }, &[record, root]))
}

/// The reports of records that a form fits.
pub fn reports<'a>(form: &Form, records: &[&Node<'a>]) -> Vec<Report<'a>> {
    let counts = |record: &&&Node<'a>| form.only.iter().all(|(path, values)| path.leads_to(record, values));
    let order = day_first(form, records);
    let report = |records: &[&Node<'a>]| Report { day_first: order, ..report(form, records) };
    let records = records.iter().filter(counts).copied();
    let Some(group) = &form.group else { return records.map(|record| report(&[record])).collect() };
    let mut groups: Vec<(String, Vec<&Node<'a>>)> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for record in records {
        let key = group.find(record).first().and_then(|(_, node)| node.name()).map(|name| name.as_str().to_owned()).unwrap_or_default();
        let at = *places.entry(key.clone()).or_insert(groups.len());
        match groups.get_mut(at) {
            Some((_, members)) => members.push(record),
            None => groups.push((key, vec![record])),
        }
    }
    groups.into_iter().map(|(_, members)| report(&members)).collect()
}

/// Whether `3/9` is 3 September in these records: what one of their dates shows holds for all.
fn day_first(form: &Form, records: &[&Node]) -> Option<bool> {
    let paths: Vec<&Path> = form.fields.iter().filter(|(slot, _)| slot.is_time()).flat_map(|(_, paths)| paths).collect();
    let mut seen = false;
    for (at, record) in records.iter().enumerate() {
        for (_, node) in paths.iter().flat_map(|path| path.find(record)) {
            let Some((first, second)) = node.text().and_then(|text| stamp::numbers(text.as_str())) else { continue };
            seen = true;
            if (first > 12) != (second > 12) {
                return Some(first > 12);
            }
        }
        if at >= SEEN && !seen {
            return None;
        }
    }
    None
}

/// The report of a record, or of several that are one incident.
fn report<'a>(form: &Form, records: &[&Node<'a>]) -> Report<'a> {
    let extent = records.iter().map(|record| record.span).reduce(Span::to).unwrap_or(Span::new(0..0));
    let mut record = Record { form, nodes: records, report: Report::new(extent) };
    (record.report.record, record.report.formed) = (true, form.paths(Slot::Body).is_empty());
    record.heads();
    record.moments();
    record.values();
    record.sections();
    record.updates();
    record.notes();
    record.report
}

/// A record while it is read.
pub(super) struct Record<'f, 'n, 'a> {
    pub(super) form: &'f Form,
    /// The record, or the several that are one incident.
    pub(super) nodes: &'n [&'n Node<'a>],
    /// What is read so far.
    pub(super) report: Report<'a>,
}

impl<'n, 'a> Record<'_, 'n, 'a> {
    /// All values of a slot, those of the first path that leads to one.
    pub(super) fn all(&self, slot: Slot) -> Vec<Found<'n, 'a>> {
        self.form.paths(slot).iter().map(|path| self.at(path)).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// All values at a path.
    pub(super) fn at(&self, path: &Path) -> Vec<Found<'n, 'a>> {
        let nodes = self.nodes.iter().flat_map(|node| path.find(node));
        let mut found: Vec<_> = nodes.flat_map(|(key, node)| node.items().iter().map(move |item| (key, item))).collect();
        found.truncate(MOST);
        found
    }

    /// The words of a slot, as its form means them.
    pub(super) fn words(&self, slot: Slot) -> Option<Text<'a>> {
        let all = self.form.paths(slot).iter().flat_map(|path| self.at(path));
        let mut names = all.filter_map(|(_, node)| node.name().cloned());
        names.find_map(|name| self.form.meaning(slot, &name))
    }

    fn heads(&mut self) {
        self.report.title = self.words(Slot::Title).map(|title| without_number(&title));
        self.report.id = self.words(Slot::Id);
        self.report.url = self.words(Slot::Link);
        self.report.organization = self.words(Slot::Organization);
        let planned = self.words(Slot::Kind).is_some_and(|kind| kind.as_str().eq_ignore_ascii_case("maintenance"));
        if planned || !self.all(Slot::PlannedFrom).is_empty() {
            self.report.kind = IncidentKind::Maintenance;
        }
    }

    /// A labelled value; the zone that its key tells stands in brackets behind the label.
    pub(super) fn label(&mut self, label: &str, zone: Option<&str>, value: Text<'a>) {
        let at = value.whole().range().start;
        let mut words = TextBuilder::default();
        words.push_decoded(label, at..at);
        if let Some(zone) = zone {
            words.push_decoded(&format!(" ({zone})"), at..at);
        }
        self.report.fields.push(Field { label: words.finish(), value });
    }

    fn values(&mut self) {
        let severity = self.words(Slot::Severity);
        severity.into_iter().for_each(|severity| self.label("severity", None, severity));
        // What is open has no end, whatever else is told.
        let written = self.all(Slot::Status).first().and_then(|(_, node)| node.name().cloned());
        let status = self.words(Slot::Status);
        let over = |text: &Text| matches!(text.as_str(), "resolved" | "completed" | "postmortem");
        let ends = |label: &str| ["end", "resolved", "mitigated"].iter().any(|name| label.starts_with(name));
        let ended = self.report.fields.iter().any(|field| ends(field.label.as_str()));
        let untold = written.is_none();
        let open = written.filter(|written| {
            let goes_on = !status.as_ref().is_some_and(over) && !ended && self.report.kind == IncidentKind::Incident;
            goes_on && self.form.open(written, status.as_ref())
        });
        let is_open = open.is_some();
        open.into_iter().for_each(|written| self.label("end", None, written));
        // What was resolved is, whatever its last update says.
        let resolved = self.report.fields.iter().find(|field| field.label.as_str().starts_with("resolved"));
        let resolved = resolved.filter(|_| untold && self.form.updates.is_some()).map(|field| made("resolved", &field.value));
        status.or(resolved).into_iter().for_each(|status| self.label("status", None, status));
        for (slot, label) in [(Slot::Services, "services"), (Slot::Regions, "region")] {
            for (_, node) in self.all(slot) {
                let name = node.name().cloned().and_then(|name| self.form.meaning(slot, &name));
                name.into_iter().for_each(|name| self.label(label, None, name));
            }
        }
        for (_, node) in self.all(Slot::Components) {
            let name = node.name().cloned().and_then(|name| self.form.meaning(Slot::Components, &name));
            let known = |name: &Text| self.report.components.iter().any(|known| known.as_str() == name.as_str());
            let name = name.filter(|name| !known(name));
            self.report.components.extend(name);
        }
        // How long it lasts so far is no length.
        if let Some(length) = self.length().filter(|_| !is_open) {
            self.label("duration", None, length);
        }
    }

    /// How long it lasted, in words.
    fn length(&self) -> Option<Text<'a>> {
        let counted = |slot: Slot, unit: f64| {
            let text = self.words(slot)?;
            let count: f64 = text.as_str().replace(',', "").parse().ok()?;
            Some(made(&stamp::length(count * unit)?, &text))
        };
        counted(Slot::Seconds, 1.0).or_else(|| counted(Slot::Minutes, 60.0)).or_else(|| {
            let text = self.words(Slot::Duration)?;
            text.as_str().contains([':', 'h', 'm', 's', 'H', 'M', 'S', 'd']).then_some(text)
        })
    }

    fn sections(&mut self) {
        for (slot, heading) in SECTIONS {
            let texts: Vec<(Text, &Node)> = self.all(slot).into_iter().filter_map(|(_, node)| Some((said(node)?, node))).collect();
            let Some((first, _)) = texts.first() else { continue };
            let at = first.whole().range().start;
            let mut words = TextBuilder::default();
            words.push_decoded(heading, at..at);
            self.report.blocks.push(Block::new(BlockKind::Heading(2), words.finish()));
            let listed = matches!(slot, Slot::Actions | Slot::Lessons);
            let several = texts.len() > 1;
            for (text, node) in texts {
                if listed && (several || node.is_map()) {
                    self.report.blocks.push(Block::new(BlockKind::Item { depth: 0, ticked: ticked(node) }, text));
                } else if text.as_str().contains('\n') {
                    self.report.blocks.extend(blocks_of(&text));
                } else {
                    // A line alone is no heading here.
                    self.report.blocks.push(Block::new(BlockKind::Paragraph, text));
                }
            }
        }
        for (_, node) in self.all(Slot::Body) {
            let body = node.words().map(|text| blocks_of(&text));
            self.report.blocks.extend(body.into_iter().flatten());
        }
    }
}

/// The words of a section.
fn said<'a>(node: &Node<'a>) -> Option<Text<'a>> {
    node.words().or_else(|| node.name().cloned()).or_else(|| node.get("description").and_then(Node::words))
}

/// The blocks of a text, which may be markup.
pub(super) fn blocks_of<'a>(text: &Text<'a>) -> Vec<Block<'a>> {
    match text.as_str() {
        words if words.trim_start().starts_with('<') => html::blocks(text),
        words if words.contains("**") || markdown::looks_like(words) => markdown::blocks_of(text),
        _ => text::blocks_of(text),
    }
}

/// A title without the number of the record in brackets in front of it: "[#4821] Basket API slow".
fn without_number<'a>(title: &Text<'a>) -> Text<'a> {
    let whole = title.as_str();
    let inner = whole.strip_prefix('[').and_then(|rest| rest.split_once("] "));
    match inner.filter(|(number, _)| number.trim_start_matches('#').bytes().all(|byte| byte.is_ascii_digit())) {
        Some((_, rest)) => title.part(whole.len() - rest.len()..whole.len()),
        None => title.clone(),
    }
}

/// Whether work is said to be done.
fn ticked(node: &Node) -> Option<bool> {
    let state = ["status", "state", "completed", "done"].iter().find_map(|key| node.get(key)?.name())?;
    Some(matches!(state.as_str().to_ascii_lowercase().as_str(), "done" | "completed" | "complete" | "closed" | "resolved" | "true"))
}
