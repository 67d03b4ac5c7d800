//! An entry of a feed, and the report that one or several make.

use crate::document::{Field, IncidentKind, Report, Text, Update};
use crate::format::form::stamp::made;
use crate::format::{html, statuspage, text};
use std::cell::OnceCell;
use std::ops::Range;

/// One entry, as it stands in the feed.
pub struct Entry<'a> {
    start: usize,
    /// What tells it from others.
    pub id: Option<Text<'a>>,
    /// Its title as it is written.
    title: Option<Text<'a>>,
    /// Its own address.
    pub url: Option<Text<'a>>,
    /// When it was published.
    pub published: Option<Text<'a>>,
    updated: Option<Text<'a>>,
    content: Option<Text<'a>>,
    flat: OnceCell<Text<'a>>,
    history: OnceCell<Vec<Update<'a>>>,
}

/// Whether an element of this name holds text that may have markup in it.
pub fn is_text(name: &str) -> bool {
    matches!(name, "title" | "content" | "description" | "summary" | "content:encoded")
}

impl<'a> Entry<'a> {
    /// An entry that starts at a byte.
    pub fn new(start: usize, id: Option<Text<'a>>) -> Self {
        let (flat, history) = (OnceCell::new(), OnceCell::new());
        Self { start, id, title: None, url: None, published: None, updated: None, content: None, flat, history }
    }

    /// Takes the text of an element in it.
    pub fn take(&mut self, name: &str, text: Text<'a>) {
        let slot = match name {
            "id" | "guid" => &mut self.id,
            "title" => &mut self.title,
            "link" => &mut self.url,
            "published" | "pubDate" | "dc:date" => &mut self.published,
            "updated" => &mut self.updated,
            // The whole text, where a shorter one is there as well.
            "content:encoded" if !text.as_str().is_empty() => return self.content = Some(text),
            "content" | "description" | "summary" | "content:encoded" => &mut self.content,
            _ => return,
        };
        if !text.as_str().is_empty() {
            slot.get_or_insert(text);
        }
    }

    /// When it was published or, where that is not told, changed.
    pub fn stamp(&self) -> Option<&Text<'a>> {
        self.published.as_ref().or(self.updated.as_ref())
    }

    /// What it is about, without the state in front of its title, and that state.
    pub fn named(&self) -> (Option<Text<'a>>, Option<Text<'a>>) {
        let Some(title) = &self.title else { return (None, None) };
        let mut rest = title.trimmed();
        let mut state = None;
        while let Some((length, name)) = state_of(rest.as_str()) {
            state = state.or_else(|| Some(made(name, &rest.part(0..length))));
            rest = rest.part(length..rest.as_str().len()).trimmed();
        }
        if rest.as_str().is_empty() { (Some(title.clone()), None) } else { (Some(rest), state) }
    }

    /// Its content without markup.
    fn flat(&self) -> Option<&Text<'a>> {
        let content = self.content.as_ref()?;
        Some(self.flat.get_or_init(|| html::flatten(content)))
    }

    /// The history of its own that its content is; none where it is no history.
    fn history(&self) -> &[Update<'a>] {
        self.history.get_or_init(|| self.flat().map(updates).unwrap_or_default())
    }

    /// Whether its content is a history of its own.
    pub fn is_whole(&self) -> bool {
        !self.history().is_empty()
    }
}

/// What feeds put in front of a title beside the states of status pages, with the label of a page that each comes to: who posts
/// that something is wrong looks into it.
const STATES: [(&str, &str); 8] = [
    ("service is operating normally", "resolved"),
    ("informational message", "investigating"),
    ("performance issues", "investigating"),
    ("service degradation", "investigating"),
    ("service disruption", "investigating"),
    ("service impact", "investigating"),
    ("fixed", "resolved"),
    ("restored", "resolved"),
];

/// `[RESOLVED] …`, "Investigating: …": the length of the state in front of a title, and what it is to a status page.
fn state_of(title: &str) -> Option<(usize, &str)> {
    let bracketed = title.strip_prefix('[').and_then(|rest| rest.split_once(']')).map(|(word, _)| (word.len() + 2, word));
    let (length, word) = bracketed.or_else(|| {
        let end = title.find([':', '-', '–']).filter(|end| *end < 40)?;
        let mark = title.get(end..)?.chars().next()?;
        let apart = mark == ':' || title.get(..end)?.ends_with(' ');
        apart.then_some((end + mark.len_utf8(), title.get(..end)?))
    })?;
    let word = word.trim();
    let other = STATES.iter().find(|(own, _)| own.eq_ignore_ascii_case(word)).map(|(_, name)| *name);
    Some((length, other.or_else(|| statuspage::update_label(word).then_some(word))?))
}

/// The report of the entries of one incident, the newest first.
pub fn report<'a>(entries: Vec<Entry<'a>>, whole: &Text<'a>) -> Report<'a> {
    let extent = |entry: &Entry<'a>| {
        let end = entry.content.as_ref().map_or(entry.start, |content| content.whole().end as usize);
        whole.span(entry.start..end.max(entry.start))
    };
    let several = entries.len() > 1;
    let extents = entries.iter().map(extent).reduce(crate::source::Span::to);
    let mut report = Report::new(extents.unwrap_or(whole.span(0..0)));
    for entry in entries {
        let (title, state) = entry.named();
        let stamp = entry.stamp().cloned();
        report.url = report.url.or_else(|| entry.url.clone());
        report.title = report.title.or(title);
        let flat = entry.flat();
        let (own, rest) = flat.map_or((None, None), status_line);
        if entry.is_whole() {
            report.updates.extend_from_slice(entry.history());
            report.fields.extend(stamp.map(|value| Field { label: Text::slice_of("posted", 0..6), value }));
            continue;
        }
        let label = own.or(state);
        let said = rest.or_else(|| flat.cloned());
        let (said, components) = said.map_or((None, Vec::new()), |said| without_components(&said));
        report.components.extend(components);
        let blocks = said.map(|said| text::blocks_of(&said)).unwrap_or_default();
        // A message that says when it was written, in front of what it says, is no post of its publication's time.
        let clocked = !several && blocks.first().is_some_and(|block| begins_with_clock(block.text.as_str()));
        if clocked {
            report.fields.extend(label.map(|value| Field { label: Text::slice_of("status", 0..6), value }));
            report.blocks = blocks;
            report.fields.extend(stamp.map(|value| Field { label: Text::slice_of("posted", 0..6), value }));
        } else if several || label.is_some() {
            // When it changed to the state that it has.
            let changed = entry.updated.clone().filter(|_| !several).or(stamp);
            let label = label.unwrap_or_else(|| Text::slice_of("Update", 0..6));
            report.updates.push(Update { label, stamp: changed, blocks });
        } else {
            report.blocks = blocks;
            report.fields.extend(stamp.map(|value| Field { label: Text::slice_of("posted", 0..6), value }));
        }
    }
    if report.updates.iter().any(|update| statuspage::is_planned(update.label.as_str())) {
        report.kind = IncidentKind::Maintenance;
    }
    report
}

/// "8:10 AM PST We are …", "[08:10 UTC] …": a clock in front.
fn begins_with_clock(text: &str) -> bool {
    let text = text.trim_start_matches(['[', '(']);
    let hours = text.bytes().take_while(u8::is_ascii_digit).count();
    let minutes = text.get(hours..).and_then(|rest| rest.strip_prefix(':')).and_then(|rest| rest.get(..2));
    (1..=2).contains(&hours) && minutes.is_some_and(|minutes| minutes.bytes().all(|byte| byte.is_ascii_digit()))
}

/// "Status: Resolved" on top of a content, and what stands below it.
fn status_line<'a>(flat: &Text<'a>) -> (Option<Text<'a>>, Option<Text<'a>>) {
    let whole = flat.as_str();
    let line = whole.lines().next().unwrap_or_default();
    let value = line.split_once(':').filter(|(label, _)| label.trim().eq_ignore_ascii_case("status")).map(|(_, value)| value.trim());
    match value.filter(|value| statuspage::update_label(value)) {
        Some(value) => {
            let at = line.rfind(value).unwrap_or(0);
            (Some(flat.part(at..at + value.len())), Some(flat.part(line.len()..whole.len()).trimmed()))
        }
        None => (None, None),
    }
}

/// A text without the list under "Affected components", and the names in that list, each without its state in brackets.
fn without_components<'a>(said: &Text<'a>) -> (Option<Text<'a>>, Vec<Text<'a>>) {
    let whole = said.as_str();
    let (mut at, mut head, mut names) = (0, None, Vec::new());
    for raw in whole.split_inclusive('\n') {
        let (start, line) = (at, raw.trim());
        at += raw.len();
        match (head, line.strip_prefix("- ")) {
            (None, _) if line.trim_end_matches(':').eq_ignore_ascii_case("affected components") => head = Some(start),
            (Some(_), Some(name)) => {
                let from = start + raw.find(name).unwrap_or(0);
                let length = name.rfind(" (").filter(|_| name.ends_with(')')).filter(|open| is_state(name, *open)).unwrap_or(name.len());
                names.push(said.part(from..from + length));
            }
            (Some(_), None) if !line.is_empty() => return (Some(said.clone()), Vec::new()),
            _ => {}
        }
    }
    match head.filter(|_| !names.is_empty()) {
        Some(head) => (Some(said.part(0..head).trimmed()), names),
        None => (Some(said.clone()), Vec::new()),
    }
}

/// Whether what stands in brackets behind a name from `open` on is the state of a component.
fn is_state(name: &str, open: usize) -> bool {
    const STATES: [&str; 6] = ["operational", "degraded performance", "partial outage", "full outage", "major outage", "under maintenance"];
    let inner = name.get(open + 2..name.len() - 1).unwrap_or_default();
    STATES.iter().any(|state| state.eq_ignore_ascii_case(inner))
}

/// The updates of an entry: a line with a stamp, then "Label - text".
fn updates<'a>(flat: &Text<'a>) -> Vec<Update<'a>> {
    let mut marks: Vec<(Range<usize>, Range<usize>, usize)> = Vec::new();
    let mut at = 0;
    let mut stamp: Option<Range<usize>> = None;
    for line in flat.as_str().split_inclusive('\n') {
        let text = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        if is_stamp(text) {
            stamp = Some(start..start + text.len());
        } else if let Some(stamp) = stamp.take_if(|_| !text.is_empty())
            && let Some(label) =
                text.split_once(" - ").map(|(label, _)| label).or_else(|| text.strip_suffix(" -")).filter(|label| label.len() <= 24)
        {
            // The text may start on the next line: a post-mortem of paragraphs.
            let body = (start + label.len() + 3).min(start + text.len());
            marks.push((stamp, start..start + label.len(), body));
        }
    }
    let mut found = Vec::new();
    for (index, (stamp, label, body)) in marks.iter().enumerate() {
        let end = marks.get(index + 1).map_or(flat.as_str().len(), |(next, ..)| next.start);
        let blocks = text::blocks_of(&flat.part(*body..end).trimmed());
        found.push(Update { label: flat.part(label.clone()), stamp: Some(flat.part(stamp.clone())), blocks });
    }
    found
}

/// "Mar  5, 17:21 UTC", "Aug 21, 2023 - 00:37 PDT": short, with a clock and a month in front.
fn is_stamp(line: &str) -> bool {
    let clock = line.as_bytes().windows(3).any(|w| matches!(w, [a, b':', b] if a.is_ascii_digit() && b.is_ascii_digit()));
    clock
        && line.len() <= 40
        && line.starts_with(|c: char| c.is_ascii_uppercase())
        && !line.contains(" - ") | line.contains(|c: char| c.is_ascii_digit())
        && line.split_whitespace().count() <= 7
}
