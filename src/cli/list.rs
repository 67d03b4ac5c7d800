//! A table of incidents: for people, for documents, for other programs.

use super::terminal::Terminal;
use super::time::Zone;
use crate::app::cells::{COLUMNS, cells, head};
use crate::app::markdown;
use crate::app::text::{fit as cut, pad, width};
use crate::export::escape;
use crate::export::record::Record;
use crate::export::separated::Sheet;
use crate::export::table::{Column, Row, Table};
use crate::incident::Incident;
use clap::ValueEnum;
use serde::{Serialize, Serializer};
use std::io::{Result, Write};

/// The form of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// Aligned columns
    Text,
    /// Comma-separated values
    Csv,
    /// Tab-separated values
    Tsv,
    /// A table for a document
    Markdown,
    /// One array
    Json,
    /// One object a line
    Ndjson,
}

/// The columns that programs get, of those that an export has.
const DATA: [&str; 13] = [
    "severity",
    "severity_certainty",
    "start",
    "start_certainty",
    "duration_minutes",
    "ongoing",
    "organization",
    "title",
    "services",
    "doubtful",
    "path",
    "index",
    "id",
];

/// The columns whose cells are cut when the table is wider than the terminal.
const CUT: [usize; 3] = [3, 4, 5];
/// Cells are not cut below this; a table that is still too wide loses its services, then its organizations.
const LEAST: usize = 12;
const GAP: usize = 2;
/// One endless title must not fill every other line with blanks: cells are aligned up to here.
const ALIGNED: usize = 120;

/// Prints `incidents` as a table, in their order.
pub fn print(out: &mut dyn Write, incidents: &[&Incident], zone: Zone, form: Form, terminal: &Terminal) -> Result<()> {
    match form {
        Form::Text => aligned(out, incidents, zone, terminal),
        Form::Markdown => markdown(out, incidents, zone),
        Form::Csv => separated(out, incidents, b','),
        Form::Tsv => separated(out, incidents, b'\t'),
        Form::Json => {
            let mut serializer = serde_json::Serializer::with_formatter(&mut *out, escape::indented());
            serializer.collect_seq(incidents.iter().map(|incident| Object(incident)))?;
            writeln!(out)
        }
        Form::Ndjson => incidents.iter().try_for_each(|incident| {
            Object(incident).serialize(&mut serde_json::Serializer::with_formatter(&mut *out, escape::compact()))?;
            writeln!(out)
        }),
    }
}

/// The columns of [`DATA`] in their order.
fn data() -> Vec<&'static Column> {
    let columns = Table::Incidents.columns();
    DATA.iter().filter_map(|name| columns.iter().copied().find(|column| column.name == *name)).collect()
}

/// An incident as an object of [`DATA`].
struct Object<'a>(&'a Incident);

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        let record = Record::of(self.0, None);
        let row = Row::of(&record, self.0);
        to.collect_map(data().iter().map(|column| (column.name, (column.cell)(&row))))
    }
}

fn separated(out: &mut dyn Write, incidents: &[&Incident], delimiter: u8) -> Result<()> {
    let mut sheet = Sheet::new(out, delimiter, data())?;
    for incident in incidents {
        sheet.row(&Row::of(&Record::of(incident, None), incident), false)?;
    }
    sheet.finish()
}

/// The table of text as Markdown: what could end a cell or steer a page is escaped.
fn markdown(out: &mut dyn Write, incidents: &[&Incident], zone: Zone) -> Result<()> {
    markdown::row(out, head(zone.clock().zone).map(|name| name.trim().to_owned()))?;
    markdown::rule(out, &[false, false, true, false, false, false])?;
    incidents.iter().try_for_each(|incident| markdown::row(out, cells(incident, zone.clock()).map(|cell| markdown::text(cell.trim()))))
}

/// Aligned columns, cut to the terminal, whole in a pipe.
fn aligned(out: &mut dyn Write, incidents: &[&Incident], zone: Zone, terminal: &Terminal) -> Result<()> {
    if incidents.is_empty() {
        return Ok(());
    }
    let head = head(zone.clock().zone).map(str::to_owned);
    let rows: Vec<_> = incidents.iter().map(|incident| cells(incident, zone.clock())).collect();
    let mut room = [0; COLUMNS];
    for row in rows.iter().chain([&head]) {
        for (room, cell) in room.iter_mut().zip(row) {
            *room = width(cell).min(ALIGNED).max(*room);
        }
    }
    if let Some(columns) = terminal.columns {
        fit(&mut room, columns);
    }
    let line = |cells| line(cells, &room, terminal.columns);
    writeln!(out, "{}", terminal.bold(&line(&head)))?;
    for (incident, cells) in incidents.iter().zip(&rows) {
        let text = line(cells);
        if incident.doubtful.is_some() {
            writeln!(out, "{}", terminal.dim(&text))?;
            continue;
        }
        let (severity, rest) = text.split_at_checked(room[0]).unwrap_or((&text, ""));
        let known = incident.severity.as_ref().map(|severity| severity.value);
        writeln!(out, "{}{rest}", terminal.severity(severity, known))?;
    }
    Ok(())
}

/// Takes room from the widest cells that may be cut until the table fits; a column without room is left out.
#[allow(clippy::indexing_slicing, reason = "columns are numbers below COLUMNS")]
fn fit(room: &mut [usize; COLUMNS], columns: usize) {
    let taken = |room: &[usize; COLUMNS]| room.iter().filter(|&&room| room > 0).map(|room| room + GAP).sum::<usize>().saturating_sub(GAP);
    let mut dropped = [5, 3].into_iter();
    while taken(room) > columns {
        match CUT.iter().copied().max_by_key(|&column| room[column]) {
            Some(widest) if room[widest] > LEAST => room[widest] -= 1,
            _ => match dropped.next() {
                Some(column) => room[column] = 0,
                None => return,
            },
        }
    }
}

/// The cells side by side: cut to their room and to the terminal's columns, whole where there is no terminal.
fn line(cells: &[String; COLUMNS], room: &[usize; COLUMNS], columns: Option<usize>) -> String {
    let shown = cells.iter().zip(room).filter(|&(_, &room)| room > 0);
    let cut_to = |cell: &str, room| if columns.is_some() { cut(cell, room) } else { cell.to_owned() };
    let padded = |cell: String, room: usize| pad(&cell, room.max(width(&cell)));
    let cells: Vec<_> = shown.map(|(cell, &room)| padded(cut_to(cell, room), room)).collect();
    let line = cells.join(&" ".repeat(GAP));
    cut_to(line.trim_end(), columns.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::record as fixture;
    use crate::incident::Fact;

    fn printed(columns: Option<usize>, colour: bool) -> String {
        let mut hostile = fixture::bare();
        hostile.title = Some(Fact::stated(
            "no times\u{1b}[2J at all, and a long title that a narrow terminal has no room for".into(),
            fixture::cite(1),
            crate::incident::Basis::Corrected,
        ));
        let whole = fixture::whole();
        let mut out = Vec::new();
        let terminal = Terminal { interactive: false, columns, colour };
        print(&mut out, &[&whole, &hostile], Zone::Utc, Form::Text, &terminal).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn is_whole_in_a_pipe() {
        insta::assert_snapshot!(printed(None, false));
    }

    #[test]
    fn fits_a_terminal() {
        for columns in [20, 40, 60, 80] {
            let text = printed(Some(columns), false);
            assert!(text.lines().all(|line| width(line) <= columns), "{text}");
        }
        insta::assert_snapshot!(printed(Some(80), false));
    }

    #[test]
    fn one_endless_title_does_not_fill_the_others_with_blanks() {
        let mut endless = fixture::bare();
        endless.title = Some(Fact::stated("x".repeat(100_000), fixture::cite(1), crate::incident::Basis::Corrected));
        let mut out = Vec::new();
        let terminal = Terminal { interactive: false, columns: None, colour: false };
        print(&mut out, &[&endless, &fixture::whole()], Zone::Utc, Form::Text, &terminal).unwrap();
        assert!((100_000..101_000).contains(&out.len()), "{}", out.len());
    }

    #[test]
    fn is_the_same_in_other_forms() {
        let whole = fixture::whole();
        let saying = fixture::saying("=a | `b`, \"c\"\n<d>");
        let terminal = Terminal { interactive: false, columns: None, colour: false };
        let mut out = Vec::new();
        for form in [Form::Csv, Form::Tsv, Form::Markdown, Form::Json, Form::Ndjson] {
            print(&mut out, &[&whole, &saying], Zone::Utc, form, &terminal).unwrap();
            writeln!(out).unwrap();
        }
        insta::assert_snapshot!(String::from_utf8(out).unwrap());
    }

    #[test]
    fn what_is_doubtful_has_a_mark_and_steps_back() {
        let doubtful = Incident { doubtful: Some("a drill".into()), ..fixture::whole() };
        let said = |colour| {
            let mut out = Vec::new();
            let terminal = Terminal { interactive: false, columns: None, colour };
            print(&mut out, &[&fixture::whole(), &doubtful], Zone::Utc, Form::Text, &terminal).unwrap();
            String::from_utf8(out).unwrap()
        };
        let (plain, coloured) = (said(false), said(true));
        let [_, sure, doubted] = plain.lines().collect::<Vec<_>>()[..] else { unreachable!("{plain}") };
        assert!(sure.contains("  Relay service refuses") && doubted.contains("  (?) Relay service refuses"), "{plain}");
        assert!(coloured.ends_with(&format!("\n\u{1b}[2m{doubted}\u{1b}[0m\n")), "{coloured}");
    }

    #[test]
    fn is_plain_without_colour() {
        assert!(!printed(None, false).contains('\u{1b}'));
        assert!(printed(None, true).contains("\u{1b}[31mH~"));
    }
}
