//! A table in which each row is an incident: its heads say what, from and to.

use crate::document::{Block, BlockKind, Field, Report, Text};
use crate::extract::lexicon::{self, Topic};
use crate::extract::words::{Words, list};
use std::ops::Range;

/// The rows of the first table of `report` that is a register, as incidents, and where the table stands; none where there is
/// none.
pub(super) fn reports<'a>(report: &Report<'a>) -> Option<(Vec<Report<'a>>, Range<usize>)> {
    let is_head = |block: &Block| matches!(block.kind, BlockKind::Row { head: true, .. });
    report.blocks.iter().enumerate().filter(|(_, block)| is_head(block)).find_map(|(at, head)| {
        let columns = Columns::of(&head.cells)?;
        let rows: Vec<&Block> =
            report.blocks.get(at + 1..)?.iter().take_while(|block| matches!(block.kind, BlockKind::Row { head: false, .. })).collect();
        let found: Vec<Report> = rows.iter().filter_map(|row| columns.report(report, head, row)).collect();
        (found.len() >= 2).then_some((found, at..at + 1 + rows.len()))
    })
}

/// The most columns of a register; each of its incidents has the head.
const COLUMNS: usize = 32;

/// Which column says what.
struct Columns {
    title: usize,
    from: usize,
    to: usize,
}

impl Columns {
    /// The columns of a register: a name for each row, and from when to when it was. A table of stretches ("what, from, to"
    /// without a name, an id or a severity) is of one incident.
    fn of(heads: &[Text]) -> Option<Self> {
        if heads.len() > COLUMNS {
            return None;
        }
        let core = |head: &Text| head.as_str().split('(').next().unwrap_or_default().trim().to_lowercase();
        let names: Vec<String> = heads.iter().map(core).collect();
        let listed = |words: Words| names.iter().position(|name| list(words).holds(name));
        let topic = |wanted: Topic| names.iter().position(|name| lexicon::exact_topic(name) == Some(wanted));
        let called = |name: &String| matches!(name.as_str(), "incident" | "outage" | "title" | "name" | "summary");
        let from = listed(Words::StartColumns).or_else(|| topic(Topic::Start))?;
        let to = listed(Words::EndColumns).or_else(|| topic(Topic::End)).or_else(|| topic(Topic::Resolved))?;
        let title = names.iter().position(called).or_else(|| topic(Topic::Title));
        let own = title.is_some()
            || topic(Topic::Severity).is_some()
            || names.iter().any(|name| matches!(name.as_str(), "id" | "#" | "no" | "no."));
        let what = title.or_else(|| names.iter().position(|name| matches!(name.as_str(), "what" | "event")))?;
        own.then_some(Self { title: what, from, to })
    }

    /// The incident of a row.
    fn report<'a>(&self, page: &Report<'a>, head: &Block<'a>, row: &Block<'a>) -> Option<Report<'a>> {
        let cell = |at: usize| row.cells.get(at).filter(|cell| !cell.as_str().trim().is_empty());
        let title = cell(self.title)?;
        cell(self.from).or_else(|| cell(self.to))?;
        let mut report = Report::new(row.text.whole());
        report.organization = page.organization.clone();
        report.title = Some(title.clone());
        let told = |at: &usize| ![self.title, self.from, self.to].contains(at);
        let fields = head.cells.iter().zip(&row.cells).enumerate().filter(|(at, (_, cell))| told(at) && !cell.as_str().trim().is_empty());
        report.fields = fields
            .filter(|(_, (label, _))| lexicon::exact_topic(label.as_str()) != Some(Topic::Date))
            .map(|(_, (label, cell))| Field { label: label.clone(), value: cell.clone() })
            .collect();
        report.blocks = vec![head.clone(), row.clone()];
        Some(report)
    }
}
