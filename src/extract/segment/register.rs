//! A table in which each row is an incident: its heads say what, from and to. It is read as the records of any tool are.

use crate::document::{Block, BlockKind, Report, Text};
use crate::extract::lexicon::{self, Topic};
use crate::format::form::{apply, guess};
use crate::format::tree::{Node, Value};
use std::ops::Range;

/// The most columns of a register.
const COLUMNS: usize = 32;

/// The rows of the first table of `report` that is a register, as incidents, and where the table stands; none where there is
/// none.
pub(super) fn reports<'a>(report: &Report<'a>) -> Option<(Vec<Report<'a>>, Range<usize>)> {
    let mut work = false;
    report.blocks.iter().enumerate().find_map(|(at, block)| match block.kind {
        BlockKind::Heading(_) => {
            work = is_work(block);
            None
        }
        BlockKind::Row { head: true, .. } if !work && block.cells.len() <= COLUMNS => table(report, at, block),
        _ => None,
    })
}

/// The incidents of the table whose heads are the block at `at`.
fn table<'a>(report: &Report<'a>, at: usize, head: &Block<'a>) -> Option<(Vec<Report<'a>>, Range<usize>)> {
    let below = report.blocks.get(at + 1..)?.iter().take_while(|block| matches!(block.kind, BlockKind::Row { head: false, .. }));
    let rows: Vec<Node> = below.map(|row| record(&head.cells, row)).collect();
    let records: Vec<&Node> = rows.iter().collect();
    let form = guess::register(&records)?;
    let publisher = |part: Report<'a>| Report { organization: part.organization.or_else(|| report.organization.clone()), ..part };
    let found: Vec<Report> = apply::reports(&form, &records).into_iter().filter(is_told).map(publisher).collect();
    (found.len() >= 2).then(|| (found, at..at + 1 + rows.len()))
}

/// Whether a heading says that what stands below it is work to be done.
fn is_work(heading: &Block) -> bool {
    lexicon::topic(heading.text.as_str()).is_some_and(Topic::is_work)
}

/// A row as an object over the heads.
fn record<'a>(heads: &[Text<'a>], row: &Block<'a>) -> Node<'a> {
    let entries = heads.iter().zip(&row.cells).map(|(head, cell)| (head.trimmed(), Node::scalar(cell.clone()))).collect();
    Node { value: Value::Map(entries), span: row.text.whole() }
}

/// Whether a row has a moment; a line of remarks or sums has none.
fn is_told(part: &Report) -> bool {
    part.fields.iter().any(|field| !matches!(field.label.as_str(), "severity" | "status" | "services" | "region" | "duration"))
}
