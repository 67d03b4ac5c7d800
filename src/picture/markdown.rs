//! What a chart tells in words and figures, as Markdown.

use super::build::SIGNS;
use super::chart::{Chart, Forms, Table};
use crate::app::markdown::{row, rule, text};
use std::io::{Result, Write};

/// Writes the facts and the tables of `chart`.
pub fn markdown(out: &mut dyn Write, chart: &Chart) -> Result<()> {
    writeln!(out, "## {}\n", text(&chart.title))?;
    for fact in chart.facts.iter().chain(&chart.notes).filter(|line| !is_about_signs(line)) {
        writeln!(out, "{}\n", text(fact))?;
    }
    for (at, table) in chart.tables.iter().filter(|table| table.forms != Forms::Page).enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        rows(out, table)?;
    }
    Ok(())
}

/// Whether a note explains how bars look; in a table there are none.
fn is_about_signs(line: &str) -> bool {
    SIGNS.contains(&line)
}

fn rows(out: &mut dyn Write, table: &Table) -> Result<()> {
    row(out, table.head.iter().map(|column| text(&column.name)))?;
    rule(out, &table.head.iter().map(|column| column.number).collect::<Vec<_>>())?;
    table.rows.iter().try_for_each(|cells| row(out, cells.iter().map(|cell| text(cell.trim()))))
}
