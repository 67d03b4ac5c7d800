//! A record to a report, by its form: labelled values, sections, updates and notes, each with the bytes it stands in.

use super::guess;
use super::path::{Found, Path};
use super::stamp::{self, made, moment};
use super::{Form, Posts, Slot};
use crate::document::{Block, BlockKind, Field, IncidentKind, Report, Text, TextBuilder, Update};
use crate::format::tree::{Node, Value, words_of};
use crate::format::{html, text};
use crate::source::Span;

/// More values no record has under one path.
const MOST: usize = 1000;

/// The moments of a record, by the labels that a report gives them.
const MOMENTS: [(Slot, &str); 9] = [
    (Slot::Start, "start"),
    (Slot::PlannedFrom, "start"),
    (Slot::Detected, "detected"),
    (Slot::Acknowledged, "acknowledged"),
    (Slot::Identified, "identified at"),
    (Slot::Mitigated, "mitigated"),
    (Slot::End, "end"),
    (Slot::PlannedTo, "end"),
    (Slot::Resolved, "resolved"),
];

/// The sections of a record, by the headings that a report gives them.
const SECTIONS: [(Slot, &str); 6] = [
    (Slot::Summary, "Summary"),
    (Slot::Impact, "Impact"),
    (Slot::Cause, "Root cause"),
    (Slot::Resolution, "Resolution"),
    (Slot::Lessons, "Lessons learned"),
    (Slot::Actions, "Action items"),
];

/// The reports of records that a form fits.
pub fn reports<'a>(form: &Form, records: &[&Node<'a>]) -> Vec<Report<'a>> {
    let counts = |record: &&&Node<'a>| form.only.iter().all(|(path, values)| path.leads_to(record, values));
    let records = records.iter().filter(counts).copied();
    let Some(group) = &form.group else { return records.map(|record| report(form, &[record])).collect() };
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
    groups.into_iter().map(|(_, members)| report(form, &members)).collect()
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

struct Record<'f, 'n, 'a> {
    form: &'f Form,
    nodes: &'n [&'n Node<'a>],
    report: Report<'a>,
}

impl<'n, 'a> Record<'_, 'n, 'a> {
    /// All values of a slot, those of the first path that leads to one.
    fn all(&self, slot: Slot) -> Vec<Found<'n, 'a>> {
        self.form.paths(slot).iter().map(|path| self.at(path)).find(|found| !found.is_empty()).unwrap_or_default()
    }

    fn at(&self, path: &Path) -> Vec<Found<'n, 'a>> {
        let nodes = self.nodes.iter().flat_map(|node| path.find(node));
        let mut found: Vec<_> = nodes.flat_map(|(key, node)| node.items().iter().map(move |item| (key, item))).collect();
        found.truncate(MOST);
        found
    }

    /// The words of a slot, as its form means them.
    fn words(&self, slot: Slot) -> Option<Text<'a>> {
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

    /// Whether one of several values of a slot is empty.
    fn goes_on(&self, slot: Slot) -> bool {
        let several = |path: &Path| {
            let found: Vec<_> = self.nodes.iter().flat_map(|node| path.find(node)).collect();
            found.len() > 1 && found.iter().any(|(_, node)| node.value == Value::Null)
        };
        self.form.paths(slot).iter().any(several)
    }

    /// Labelled moments: of several the earliest start and the latest end.
    fn moments(&mut self) {
        let zone = self.words(Slot::Zone);
        let planned = self.report.kind == IncidentKind::Maintenance;
        for (slot, label) in MOMENTS {
            // One part that goes on is an end that is not told.
            let open = matches!(slot, Slot::End | Slot::PlannedTo) && self.goes_on(slot);
            let own = match slot {
                _ if open => Vec::new(),
                // Work that was done at a time is told by that time.
                Slot::PlannedFrom if !self.all(Slot::Start).is_empty() => Vec::new(),
                Slot::PlannedTo if !self.all(Slot::End).is_empty() => Vec::new(),
                // That it was entered into the list is no sign that anybody noticed.
                Slot::Detected if planned => Vec::new(),
                _ => self.all(slot),
            };
            let mut told = own.iter().filter_map(|(key, node)| Some((*key, moment(node.text()?)?)));
            let told = match slot {
                Slot::Start | Slot::PlannedFrom => told.min_by(|a, b| a.1.as_str().cmp(b.1.as_str())),
                Slot::End | Slot::PlannedTo => told.max_by(|a, b| a.1.as_str().cmp(b.1.as_str())),
                _ => told.next(),
            };
            let Some((key, text)) = told else { continue };
            let named = zone.as_ref().map(|zone| zone.as_str());
            match named.and_then(|zone| stamp::in_zone(&text, zone)) {
                Some(zoned) => self.label(label, None, zoned),
                None => self.label(label, zone_of(key).or(named), text),
            }
        }
        if let Some((_, day)) = self.all(Slot::Day).first()
            && let Some(day) = day.text().and_then(moment)
        {
            self.label("date", None, day);
        }
    }

    /// A labelled value; the zone that its key tells stands in brackets behind the label.
    fn label(&mut self, label: &str, zone: Option<&str>, value: Text<'a>) {
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
        if let Some(written) = written.filter(|_| !status.as_ref().is_some_and(over) && !ended)
            && self.report.kind == IncidentKind::Incident
            && self.form.open(&written, status.as_ref())
        {
            self.label("end", None, written);
        }
        status.into_iter().for_each(|status| self.label("status", None, status));
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
        if let Some(length) = self.length() {
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

    /// The entries of a list of updates or notes.
    fn entries(&self, posts: &Posts) -> Vec<&'n Node<'a>> {
        if posts.list.is_empty() {
            return self.nodes.to_vec();
        }
        let lists = posts.list.iter().map(|path| self.at(path)).find(|found| !found.is_empty()).unwrap_or_default();
        lists.into_iter().map(|(_, node)| node).filter(|node| node.is_map()).collect()
    }

    fn updates(&mut self) {
        let Some(posts) = &self.form.updates else { return };
        for entry in self.entries(posts) {
            let Entry { at, label, text } = self.entry(posts, entry);
            let Some(place) = at.as_ref().or(text.as_ref()).map(Text::whole) else { continue };
            let blocks = text.map(|text| blocks_of(&text)).unwrap_or_default();
            let label = label.unwrap_or_else(|| {
                let mut words = TextBuilder::default();
                words.push_decoded("Update", place.range().start..place.range().start);
                words.finish()
            });
            self.report.updates.push(Update { label, stamp: at, blocks });
        }
    }

    /// Notes become a timeline, but those that are a milestone of their own.
    fn notes(&mut self) {
        let Some(posts) = &self.form.notes else { return };
        let mut items = Vec::new();
        for entry in self.entries(posts) {
            let Entry { at, label, text } = self.entry(posts, entry);
            let Some(at) = at else { continue };
            let slot = label.as_ref().and_then(|label| Slot::from_name(label.as_str())).filter(|slot| slot.is_time());
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
            at: first(&posts.time, node).and_then(|node| moment(node.text()?)),
            label: first(&posts.label, node).and_then(|node| node.name().cloned()).and_then(|label| self.form.meaning(Slot::Label, &label)),
            text: first(&posts.text, node).and_then(|node| node.words()).filter(|text| !text.as_str().trim().is_empty()),
        }
    }
}

/// An entry of a list of updates or notes.
struct Entry<'a> {
    at: Option<Text<'a>>,
    label: Option<Text<'a>>,
    text: Option<Text<'a>>,
}

/// The first value that is there.
fn first<'n, 'a>(paths: &[Path], node: &'n Node<'a>) -> Option<&'n Node<'a>> {
    paths.iter().flat_map(|path| path.find(node)).map(|(_, node)| node).find(|node| node.value != Value::Null)
}

/// The words of a section.
fn said<'a>(node: &Node<'a>) -> Option<Text<'a>> {
    node.words().or_else(|| node.name().cloned()).or_else(|| node.get("description").and_then(Node::words))
}

/// The blocks of a text, which may be markup.
fn blocks_of<'a>(text: &Text<'a>) -> Vec<Block<'a>> {
    if text.as_str().trim_start().starts_with('<') { html::blocks(text) } else { text::blocks_of(text) }
}

/// "2026-03-11T07:31:44Z Rolled back": a line of a timeline, whichever of the two stands first in the file.
fn line_of<'a>(at: &Text<'a>, said: &Text<'a>) -> Text<'a> {
    let mut line = TextBuilder::default();
    line.append(at);
    let end = at.whole().range().end;
    line.push_decoded(" ", end..end);
    line.append(said);
    line.finish()
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

/// The zone in the key of a moment: "Start (UTC)", "start_time_utc".
fn zone_of<'t>(key: Option<&'t Text<'_>>) -> Option<&'t str> {
    let key = key?.as_str();
    let (words, behind) = words_of(key);
    let last = words.rsplit(' ').next().unwrap_or_default();
    behind.or(match last {
        "utc" | "gmt" if words.len() > 3 => Some("UTC"),
        _ => None,
    })
}

impl Form {
    /// What a value of a slot means; nothing where it says nothing.
    pub fn meaning<'a>(&self, slot: Slot, text: &Text<'a>) -> Option<Text<'a>> {
        let own = self.values.get(&slot).or_else(|| guess::words().values.get(&slot)).map(Vec::as_slice).unwrap_or_default();
        let value = text.as_str().trim();
        let exact = own.iter().find(|(written, _)| written.eq_ignore_ascii_case(value));
        let like = || own.iter().find(|(written, _)| written.contains(['*', '#']) && written != "*" && is_like(value, written));
        let other = || own.iter().find(|(written, _)| written == "*");
        match exact.or_else(like).or_else(other).map(|(_, means)| means.as_str()) {
            Some("-") => None,
            Some("=") if slot == Slot::Status || slot == Slot::Label => Some(lower(text)),
            Some("=") | None => Some(text.clone()),
            Some(means) => Some(made(means, text)),
        }
    }

    /// Whether a status says that it goes on.
    fn open(&self, written: &Text, means: Option<&Text>) -> bool {
        const OPEN: [&str; 12] = [
            "open",
            "new",
            "active",
            "ongoing",
            "triggered",
            "firing",
            "acknowledged",
            "investigating",
            "identified",
            "monitoring",
            "in progress",
            "live",
        ];
        [Some(written), means].into_iter().flatten().any(|text| OPEN.iter().any(|open| text.as_str().eq_ignore_ascii_case(open)))
    }
}

/// A state in lower case: "RESOLVED" of one tool is "resolved" of another.
fn lower<'a>(text: &Text<'a>) -> Text<'a> {
    let small = text.as_str().to_lowercase();
    if small == text.as_str() { text.clone() } else { made(&small, text) }
}

/// Whether a value is like a pattern: `*` stands for anything, `#` for a digit; case does not count.
fn is_like(value: &str, pattern: &str) -> bool {
    let (value, pattern) = (value.to_lowercase(), pattern.to_lowercase());
    let fits = |part: &str, at: &str| {
        at.len() >= part.len() && part.bytes().zip(at.bytes()).all(|(p, v)| if p == b'#' { v.is_ascii_digit() } else { p == v })
    };
    match pattern.split_once('*') {
        None => value.len() == pattern.len() && fits(&pattern, &value),
        Some((head, tail)) => {
            let behind = value.len().checked_sub(tail.len()).filter(|at| *at >= head.len());
            fits(head, &value) && behind.and_then(|at| value.get(at..)).is_some_and(|end| fits(tail, end))
        }
    }
}
