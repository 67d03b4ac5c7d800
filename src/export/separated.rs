//! Tables as comma- or tab-separated values: quoted as RFC 4180 has it, and harmless in a spreadsheet.

use super::table::{Cell, Column, Row};
use crate::sanitize;
use std::borrow::Cow;
use std::io::{Result, Write};

/// What a spreadsheet takes for the start of a formula (OWASP, "CSV Injection"), also in full width.
const TRIGGERS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Writes rows below the names of their columns.
pub struct Sheet<'a> {
    out: &'a mut dyn Write,
    delimiter: u8,
    columns: Vec<&'static Column>,
}

impl<'a> Sheet<'a> {
    /// Writes the names; `delimiter` is a comma or a tab.
    pub fn new(out: &'a mut dyn Write, delimiter: u8, columns: Vec<&'static Column>) -> Result<Self> {
        let mut sheet = Self { out, delimiter, columns };
        let names: Vec<_> = sheet.columns.iter().map(|column| column.name.to_owned()).collect();
        sheet.line(&names)?;
        Ok(sheet)
    }

    /// Writes a row. `lines` keeps line feeds within a cell.
    pub fn row(&mut self, row: &Row, lines: bool) -> Result<()> {
        let cell = |column: &&Column| match (column.cell)(row) {
            Cell::Text(text) => self.quoted(&defused(&if lines { sanitize::lines(&text) } else { sanitize::line(&text) })),
            other => other.to_string(),
        };
        let cells: Vec<_> = self.columns.iter().map(cell).collect();
        self.line(&cells)
    }

    /// Hands everything on.
    pub fn finish(self) -> Result<()> {
        self.out.flush()
    }

    /// Words as a cell. Between commas all are quoted: a spreadsheet that parts cells at semicolons sees no cell begin
    /// within. Between tabs only those that have quotes or line ends, as other programs cut such lines at each tab.
    fn quoted(&self, text: &str) -> String {
        let bare = text.is_empty() || self.delimiter == b'\t' && !text.contains(['"', '\n', '\r', '\t']);
        if bare { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
    }

    fn line(&mut self, cells: &[String]) -> Result<()> {
        let line = cells.join(if self.delimiter == b'\t' { "\t" } else { "," });
        writeln!(self.out, "{line}")
    }
}

/// `text` with an apostrophe before it where a spreadsheet would run it. A text that has apostrophes there already gets one
/// more, so that taking one away gives every text back.
pub fn defused(text: &str) -> Cow<'_, str> {
    let bare = text.trim_start_matches('\'').trim_start();
    if bare.starts_with(TRIGGERS) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::record::Record;
    use crate::export::table::Table;
    use crate::fixture::record as fixture;
    use proptest::prelude::*;

    fn sheet(table: Table, incident: &crate::incident::Incident) -> String {
        let mut out = Vec::new();
        let record = Record::of(incident, None);
        let mut sheet = Sheet::new(&mut out, b',', table.columns()).unwrap();
        table.rows(&record, incident).for_each(|row| sheet.row(&row, true).unwrap());
        sheet.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    fn undone(cell: &str) -> &str {
        let bare = cell.trim_start_matches('\'').trim_start();
        if bare.starts_with(TRIGGERS) { cell.strip_prefix('\'').unwrap() } else { cell }
    }

    #[test]
    fn prints_every_table() {
        for (name, table) in [
            ("incidents", Table::Incidents),
            ("events", Table::Events),
            ("phases", Table::Phases),
            ("actions", Table::Actions),
            ("diagnostics", Table::Diagnostics),
        ] {
            insta::assert_snapshot!(name, sheet(table, &fixture::whole()));
        }
    }

    #[test]
    fn formulas_are_defused_and_numbers_left_alone() {
        for text in ["=1+1", "+1", "-2+3", "@SUM(A1)", "  =x", "'=x", "\n=x", "＝1"] {
            assert!(defused(text).starts_with('\''), "{text}");
        }
        for text in ["plain", "a=b", "'quoted'", "", "1-2", "– dash"] {
            assert_eq!(defused(text), text);
        }
        let mut incident = fixture::whole();
        incident.communication = incident.communication.map(|said| crate::incident::Communication { start: fixture::at(13, 0), ..said });
        assert!(sheet(Table::Incidents, &incident).contains(",-6,"), "a lag before the start is a number");
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in "(?s:[ =+@',\"\n\ta-]|.){0,30}") {
            let incident = fixture::saying(&text);
            let printed = sheet(Table::Events, &incident);
            let mut reader = csv::Reader::from_reader(printed.as_bytes());
            let column = reader.headers().unwrap().iter().position(|name| name == "text").unwrap();
            let read: Vec<_> = reader.records().map(|record| record.unwrap()).collect();
            prop_assert_eq!(read.len(), incident.events.len());
            let clean = sanitize::lines(&text);
            for record in &read {
                let cell = record.get(column).unwrap();
                prop_assert_eq!(undone(cell), clean.as_ref());
                prop_assert!(!cell.starts_with(TRIGGERS));
            }
        }
    }
}
