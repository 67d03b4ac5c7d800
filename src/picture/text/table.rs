//! The tables below a chart of characters.

use super::{Page, wrap};
use crate::app::text::{pad, pad_left, width};
use crate::picture::chart::{Column, Table, side_by_side};
use std::io::Result;

/// The cells between two columns.
const GAP: usize = 2;
/// Names are cut before numbers are, but not below this.
const LEAST: usize = 14;
/// Words that have less room than this stand on lines of their own.
const LEAST_WORDS: usize = 28;
/// How far these lines are indented.
const INDENT: usize = 4;

impl Page<'_> {
    /// Writes a table. What is told in words is wrapped, never cut; where lines are too short for columns, each row becomes
    /// a few lines.
    pub(super) fn table(&mut self, table: &Table) -> Result<()> {
        self.line("")?;
        wrap(&table.caption, self.look.width).iter().try_for_each(|line| self.heading(line))?;
        let shown = |at: usize| table.head.get(at).is_some_and(|column| !column.wide);
        let spelled = |row: &Vec<String>| row.iter().enumerate().filter(|(at, _)| shown(*at)).map(|(_, cell)| self.plain(cell)).collect();
        let rows: Vec<Vec<String>> = table.rows.iter().map(spelled).collect();
        let head: Vec<_> = table.head.iter().filter(|column| !column.wide).collect();
        match self.rooms(&head, &rows) {
            Some(rooms) => {
                let names = head.iter().map(|column| column.name.clone()).collect();
                [names].iter().chain(&rows).try_for_each(|row| self.columns(&head, &rooms, row))
            }
            None if head.len() > 2 && head.iter().skip(1).all(|column| column.number) => self.parts(&head, &rows),
            None => rows.iter().try_for_each(|row| self.stacked(&head, row)),
        }
    }

    /// The cells of each column; none where they do not fit side by side.
    fn rooms(&self, head: &[&Column], rows: &[Vec<String>]) -> Option<Vec<usize>> {
        let widest = |at: usize, column: &Column| {
            rows.iter().filter_map(|row| row.get(at)).map(|cell| width(cell)).chain([column.name.len()]).max().unwrap_or(0)
        };
        let mut rooms: Vec<_> = head.iter().enumerate().map(|(at, column)| widest(at, column)).collect();
        let total = |rooms: &[usize]| rooms.iter().map(|room| room + GAP).sum::<usize>().saturating_sub(GAP);
        let words = head.last().is_some_and(|column| !column.number);
        let least = if words { LEAST_WORDS } else { LEAST };
        let over = total(&rooms).saturating_sub(self.look.width);
        // Words wrap, so they give way first; without them the names do.
        let first = if words { rooms.last_mut() } else { rooms.first_mut() };
        if let Some(room) = first {
            *room = room.saturating_sub(over).max(least.min(*room));
        }
        (total(&rooms) <= self.look.width).then_some(rooms)
    }

    /// Numbers that do not fit side by side stand below each other, as many columns at a time as fit.
    fn parts(&mut self, head: &[&Column], rows: &[Vec<String>]) -> Result<()> {
        let names: Vec<_> = head.iter().map(|column| column.name.clone()).collect();
        let all = || [&names].into_iter().chain(rows);
        let mut rooms: Vec<_> =
            (0..head.len()).map(|at| all().filter_map(|row| row.get(at)).map(|cell| width(cell)).max().unwrap_or(0)).collect();
        if let Some(name) = rooms.first_mut() {
            *name = (*name).min(self.look.width / 3);
        }
        for (part, columns) in side_by_side(&rooms, GAP, self.look.width).into_iter().enumerate() {
            if part > 0 {
                self.line("")?;
            }
            let of = |row: &Vec<String>| columns.iter().filter_map(|&at| row.get(at).cloned()).collect::<Vec<_>>();
            let head: Vec<_> = columns.iter().filter_map(|&at| head.get(at).copied()).collect();
            let rooms: Vec<_> = columns.iter().filter_map(|&at| rooms.get(at).copied()).collect();
            all().try_for_each(|row| self.columns(&head, &rooms, &of(row)))?;
        }
        Ok(())
    }

    fn columns(&mut self, head: &[&Column], rooms: &[usize], row: &[String]) -> Result<()> {
        let before: usize = rooms.iter().rev().skip(1).map(|room| room + GAP).sum();
        let words = row.last().filter(|_| head.last().is_some_and(|column| !column.number));
        let wrapped = words.map(|words| wrap(words, rooms.last().copied().unwrap_or(LEAST_WORDS))).unwrap_or_default();
        let cells = row.iter().zip(rooms).zip(head).map(|((cell, &room), column)| match column.number {
            true => pad_left(&self.spelled(cell, room), room),
            false => pad(&self.spelled(cell, room), room),
        });
        let mut cells: Vec<_> = cells.collect();
        if let (Some(last), Some(first)) = (cells.last_mut(), wrapped.first()) {
            last.clone_from(first);
        }
        writeln!(self.out, "{}", cells.join(&" ".repeat(GAP)).trim_end())?;
        wrapped.iter().skip(1).try_for_each(|line| writeln!(self.out, "{}{line}", " ".repeat(before)))
    }

    /// A row as its first cell with the others below it, numbers by name.
    fn stacked(&mut self, head: &[&Column], row: &[String]) -> Result<()> {
        let mut cells = row.iter().zip(head).filter(|(cell, _)| !cell.is_empty());
        let first = cells.next().map(|(cell, _)| cell.as_str()).unwrap_or_default();
        wrap(first, self.look.width).iter().try_for_each(|line| writeln!(self.out, "{line}"))?;
        let named = |(cell, column): (&String, &&Column)| if column.number { format!("{} {cell}", column.name) } else { cell.clone() };
        let rest = cells.map(named).collect::<Vec<_>>().join("  ");
        let lines = wrap(&rest, self.look.width.saturating_sub(INDENT));
        lines.iter().try_for_each(|line| writeln!(self.out, "{}{line}", " ".repeat(INDENT)))
    }
}
