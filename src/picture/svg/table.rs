//! The tables below a picture.

use super::{CELL, Drawing, LINE, MARGIN, MOST_NAME, SMALLER, WIDTH, cells};
use crate::app::text::{fit, width};
use crate::picture::chart::{Table, side_by_side};
use crate::picture::markup::number;

/// The cells between two columns.
const GAP: usize = 4;

impl Drawing {
    /// What cannot be drawn, in figures; columns that have no room stand below the others.
    pub(super) fn table(&mut self, table: &Table) {
        self.y += 32.0;
        self.text(MARGIN, self.y, "caption", &table.caption);
        let room = cells((WIDTH - 2.0 * MARGIN) * SMALLER);
        let cell = |row: &[String], at: usize| row.get(at).map_or(0, |cell| width(cell));
        let widest = |at: usize| table.rows.iter().map(|row| cell(row, at)).max().unwrap_or(0);
        let mut widths: Vec<_> = table.head.iter().enumerate().map(|(at, column)| widest(at).max(width(&column.name))).collect();
        if let Some(first) = widths.first_mut() {
            *first = (*first).min(cells(MOST_NAME * SMALLER));
        }
        for columns in side_by_side(&widths, GAP, room) {
            self.y += 10.0;
            let head: Vec<_> = table.head.iter().map(|column| column.name.clone()).collect();
            self.cells(&head, &columns, &widths, "dim small");
            let (right, y) = (number(WIDTH - MARGIN), number(self.y + 6.0));
            self.put(format_args!("<line x1=\"{MARGIN}\" x2=\"{right}\" y1=\"{y}\" y2=\"{y}\" class=\"grid\"/>"));
            self.y += 4.0;
            for row in &table.rows {
                let class = if row.first().is_some_and(|name| name.starts_with(' ')) { "dim small" } else { "small" };
                self.cells(row, &columns, &widths, class);
            }
        }
    }

    /// A line of a table: the first of `columns` a name, the others numbers.
    fn cells(&mut self, row: &[String], columns: &[usize], widths: &[usize], class: &str) {
        self.y += LINE + 2.0;
        let mut right = MARGIN;
        for (place, &at) in columns.iter().enumerate() {
            let (Some(cell), Some(&room)) = (row.get(at), widths.get(at)) else { continue };
            right += (room + if place > 0 { GAP } else { 0 }) as f64 * CELL / SMALLER;
            match place {
                0 => {
                    let indent = if cell.starts_with(' ') { 12.0 } else { 0.0 };
                    self.text(MARGIN + indent, self.y, class, &fit(cell.trim_start(), room));
                }
                _ => self.text(right, self.y, &format!("{class} end"), cell),
            }
        }
    }
}
