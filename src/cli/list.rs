//! A table of incidents: for people, for documents, for other programs.

use super::terminal::Terminal;
use super::time::Zone;
use crate::app::cells::{cell, head, markdown};
use crate::app::text::{fit as cut, pad, width};
use crate::export::escape;
use crate::export::record::Record;
use crate::export::separated::Sheet;
use crate::export::table::{self, Row, Table};
use crate::incident::Incident;
use crate::query::column::{Column, Columns};
use crate::review::Review;
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

/// The columns that programs get where none are chosen, of those that an export has.
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

/// What an export calls a column.
fn exported(column: Column) -> &'static str {
    match column {
        Column::Duration => "duration_minutes",
        Column::Detect => "time_to_detect_minutes",
        Column::Acknowledge => "time_to_acknowledge_minutes",
        Column::Identify => "time_to_identify_minutes",
        Column::Mitigate => "time_to_mitigate_minutes",
        Column::Restore => "time_to_restore_minutes",
        Column::Resolve => "time_to_resolve_minutes",
        Column::Lag => "publication_lag_minutes",
        Column::File => "path",
        column => column.name(),
    }
}

/// An incident as it is listed, with what its reviewer says.
pub type Listed = (Incident, Option<Review>);

/// Cells are not cut below this; a table that is still too wide loses other words than the titles, the last first.
const LEAST: usize = 12;
const GAP: usize = 2;
/// One endless title must not fill every other line with blanks: cells are aligned up to here.
const ALIGNED: usize = 120;

/// Prints `incidents` as a table, in their order.
pub fn print(
    out: &mut dyn Write,
    incidents: &[Listed],
    columns: Option<&Columns>,
    zone: Zone,
    form: Form,
    terminal: &Terminal,
) -> Result<()> {
    let data = data(columns);
    let usual = Columns::default();
    let chosen = columns.unwrap_or(&usual);
    let columns: Vec<_> = chosen.iter().collect();
    match form {
        Form::Text => aligned(out, incidents, &columns, zone, terminal),
        Form::Markdown => markdown(out, incidents.iter().map(|(incident, review)| (incident, review.as_ref())), chosen, zone.clock()),
        Form::Csv => separated(out, incidents, data, b','),
        Form::Tsv => separated(out, incidents, data, b'\t'),
        Form::Json => {
            let mut serializer = serde_json::Serializer::with_formatter(&mut *out, escape::indented());
            serializer.collect_seq(incidents.iter().map(|incident| Object(incident, &data)))?;
            writeln!(out)
        }
        Form::Ndjson => incidents.iter().try_for_each(|incident| {
            Object(incident, &data).serialize(&mut serde_json::Serializer::with_formatter(&mut *out, escape::compact()))?;
            writeln!(out)
        }),
    }
}

/// The columns of an export that are chosen, else those of [`DATA`], in their order.
fn data(chosen: Option<&Columns>) -> Vec<&'static table::Column> {
    let names = chosen.map_or_else(|| DATA.to_vec(), |columns| columns.iter().map(exported).collect());
    let all = Table::Incidents.columns();
    names.into_iter().filter_map(|name| all.iter().copied().find(|column| column.name == name)).collect()
}

/// An incident as an object of those columns.
struct Object<'a>(&'a Listed, &'a [&'static table::Column]);

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        let Self((incident, review), columns) = self;
        let record = Record::of(incident, review.as_ref());
        let row = Row::of(&record, incident);
        to.collect_map(columns.iter().map(|column| (column.name, (column.cell)(&row))))
    }
}

fn separated(out: &mut dyn Write, incidents: &[Listed], columns: Vec<&'static table::Column>, delimiter: u8) -> Result<()> {
    let mut sheet = Sheet::new(out, delimiter, columns)?;
    for (incident, review) in incidents {
        sheet.row(&Row::of(&Record::of(incident, review.as_ref()), incident), false)?;
    }
    sheet.finish()
}

/// Aligned columns, cut to the terminal, whole in a pipe.
fn aligned(out: &mut dyn Write, incidents: &[Listed], columns: &[Column], zone: Zone, terminal: &Terminal) -> Result<()> {
    if incidents.is_empty() {
        return Ok(());
    }
    let head: Vec<_> = columns.iter().map(|&column| head(column, zone.clock().zone)).collect();
    let cells = |(incident, review): &Listed| -> Vec<_> {
        columns.iter().map(|&column| cell(incident, review.as_ref(), column, zone.clock())).collect()
    };
    let rows: Vec<_> = incidents.iter().map(cells).collect();
    let mut room: Vec<_> = columns.iter().map(|&column| (column, 0)).collect();
    for row in rows.iter().chain([&head]) {
        for ((_, room), cell) in room.iter_mut().zip(row) {
            *room = width(cell).min(ALIGNED).max(*room);
        }
    }
    if let Some(columns) = terminal.columns {
        fit(&mut room, columns);
    }
    let line = |cells| line(cells, &room, terminal.columns);
    writeln!(out, "{}", terminal.bold(&line(&head)))?;
    for ((incident, _), cells) in incidents.iter().zip(&rows) {
        let text = line(cells);
        if incident.doubtful.is_some() {
            writeln!(out, "{}", terminal.dim(&text))?;
            continue;
        }
        let first = room.first().filter(|(column, _)| *column == Column::Severity).map_or(0, |(_, room)| *room);
        let (severity, rest) = text.split_at_checked(first).unwrap_or((&text, ""));
        let known = incident.severity.as_ref().map(|severity| severity.value);
        writeln!(out, "{}{rest}", terminal.severity(severity, known))?;
    }
    Ok(())
}

/// Takes room from the widest cells that may be cut until the table fits; a column without room is left out.
fn fit(room: &mut [(Column, usize)], columns: usize) {
    let taken = |room: &[(Column, usize)]| room.iter().filter(|(_, room)| *room > 0).map(|(_, room)| room + GAP).sum::<usize>();
    while taken(room).saturating_sub(GAP) > columns {
        let words = || room.iter().enumerate().filter(|(_, (column, room))| column.is_words() && *room > 0);
        let widest = words().max_by_key(|(_, (_, room))| *room).map(|(at, (_, room))| (at, *room));
        let last = words().rfind(|(_, (column, _))| *column != Column::Title).map(|(at, _)| at);
        let (at, less) = match (widest, last) {
            (Some((at, widest)), _) if widest > LEAST => (at, widest - 1),
            (_, Some(last)) => (last, 0),
            _ => return,
        };
        if let Some((_, room)) = room.get_mut(at) {
            *room = less;
        }
    }
}

/// The cells side by side: cut to their room and to the terminal's columns, whole where there is no terminal.
fn line(cells: &[String], room: &[(Column, usize)], columns: Option<usize>) -> String {
    let shown = cells.iter().zip(room.iter().map(|(_, room)| room)).filter(|&(_, &room)| room > 0);
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
        print(&mut out, &[(whole, None), (hostile, None)], None, Zone::Utc, Form::Text, &terminal).unwrap();
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
        print(&mut out, &[(endless, None), (fixture::whole(), None)], None, Zone::Utc, Form::Text, &terminal).unwrap();
        assert!((100_000..101_000).contains(&out.len()), "{}", out.len());
    }

    #[test]
    fn is_the_same_in_other_forms() {
        let whole = fixture::whole();
        let saying = fixture::saying("=a | `b`, \"c\"\n<d>");
        let terminal = Terminal { interactive: false, columns: None, colour: false };
        let mut out = Vec::new();
        for form in [Form::Csv, Form::Tsv, Form::Markdown, Form::Json, Form::Ndjson] {
            print(&mut out, &[(whole.clone(), None), (saying.clone(), None)], None, Zone::Utc, form, &terminal).unwrap();
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
            print(&mut out, &[(fixture::whole(), None), (doubtful.clone(), None)], None, Zone::Utc, Form::Text, &terminal).unwrap();
            String::from_utf8(out).unwrap()
        };
        let (plain, coloured) = (said(false), said(true));
        let [_, sure, doubted] = plain.lines().collect::<Vec<_>>()[..] else { unreachable!("{plain}") };
        assert!(sure.contains("  Relay service refuses") && doubted.contains("  (?) Relay service refuses"), "{plain}");
        assert!(coloured.ends_with(&format!("\n\u{1b}[2m{doubted}\u{1b}[0m\n")), "{coloured}");
    }

    #[test]
    fn shows_the_columns_that_are_chosen() {
        let columns: Columns = Column::ALL.iter().rev().map(|column| column.name()).collect::<Vec<_>>().join(",").parse().unwrap();
        let review = Review { tags: ["follow-up".to_owned()].into(), ..Review::default() };
        let incidents = [(fixture::whole(), Some(review)), (fixture::bare(), None)];
        let mut out = Vec::new();
        for form in [Form::Text, Form::Markdown, Form::Csv, Form::Ndjson] {
            let terminal = Terminal { interactive: false, columns: None, colour: false };
            print(&mut out, &incidents, Some(&columns), Zone::Utc, form, &terminal).unwrap();
            writeln!(out).unwrap();
        }
        insta::assert_snapshot!(String::from_utf8(out).unwrap());
        for chosen in Column::ALL {
            assert_eq!(data(chosen.name().parse().ok().as_ref()).len(), 1, "an export has no {}", chosen.name());
        }
        for width in [20, 60, 100] {
            let mut out = Vec::new();
            let terminal = Terminal { interactive: false, columns: Some(width), colour: false };
            print(&mut out, &incidents, Some(&columns), Zone::Utc, Form::Text, &terminal).unwrap();
            let text = String::from_utf8(out).unwrap();
            assert!(text.lines().all(|line| crate::app::text::width(line) <= width), "{text}");
        }
    }

    #[test]
    fn is_plain_without_colour() {
        assert!(!printed(None, false).contains('\u{1b}'));
        assert!(printed(None, true).contains("\u{1b}[31mH~"));
    }
}
