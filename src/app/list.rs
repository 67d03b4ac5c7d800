//! The incident list: what is read, what of it is shown, and where the selection is.

pub mod columns;

use crate::app::replace::partners;
use crate::app::step::{Step, keep_in_view};
use crate::query::order::Order;
use crate::query::{Indexed, Query};
use crate::review::Reviewed;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::mem;
use std::path::{Path, PathBuf};

/// The place of a row in [`List::rows`]; valid until files are read again, see [`List::replace`].
pub type RowId = usize;

/// All rows and the part of them that is shown.
#[derive(Debug, Default)]
pub struct List {
    /// Everything that was read, in the order of arrival.
    pub rows: Vec<Indexed>,
    /// What is shown, in order.
    pub visible: Vec<RowId>,
    /// Marked for comparison, in the order of marking.
    pub marks: Vec<RowId>,
    /// The marks that rows and filter know of.
    noted: Vec<RowId>,
    /// The first visible row on screen.
    pub scroll: usize,
    /// Everything, in order, so that another filter need not sort.
    sorted: Vec<RowId>,
    query: Query,
    /// The day it is, in UTC; what filters count back from.
    today: Option<NaiveDate>,
    /// Where nothing passes: what each part of the filter hides alone, see [`Query::relaxed`].
    relaxed: Vec<(String, usize)>,
    order: Order,
    /// Grows whenever `rows` or `visible` change.
    version: u64,
    /// The selected place in `visible`.
    position: usize,
    /// The row the person chose. Until there is one the selection stays at the top while rows arrive.
    anchor: Option<RowId>,
}

impl List {
    /// The filter.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Where nothing passes the filter: its parts without which something would, and how much.
    pub fn relaxed(&self) -> &[(String, usize)] {
        &self.relaxed
    }

    /// The order.
    pub fn order(&self) -> Order {
        self.order
    }

    /// Grows whenever rows arrive or others are visible: what is worked out over all of them stays right until then.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The selected place among the visible rows.
    pub fn position(&self) -> usize {
        self.position
    }

    /// The selected row.
    pub fn selected_id(&self) -> Option<RowId> {
        self.visible.get(self.position).copied()
    }

    /// The selected row.
    pub fn selected(&self) -> Option<&Indexed> {
        self.rows.get(self.selected_id()?)
    }

    /// Whether nobody has selected anything yet.
    pub fn is_untouched(&self) -> bool {
        self.anchor.is_none()
    }

    /// How many of the visible rows are not doubtful; those come first in every order.
    pub fn sure(&self) -> usize {
        self.sure_of(&self.visible)
    }

    /// How many of all rows are not doubtful.
    pub fn all_sure(&self) -> usize {
        self.sure_of(&self.sorted)
    }

    fn sure_of(&self, ordered: &[RowId]) -> usize {
        ordered.partition_point(|&id| self.rows.get(id).is_some_and(|row| !row.doubtful))
    }

    /// The visible rows that the calendar has: all but what is doubtful, and that, too, where the filter asks for it.
    pub fn charted(&self) -> &[RowId] {
        let count = if self.query.asks_for_doubtful() { self.visible.len() } else { self.sure() };
        self.visible.get(..count).unwrap_or_default()
    }

    /// Takes in what was read.
    pub fn add(&mut self, rows: impl IntoIterator<Item = Indexed>) {
        let first = self.rows.len();
        self.rows.extend(rows);
        let mut arrived: Vec<RowId> = (first..self.rows.len()).collect();
        self.order.sort(&self.rows, &mut arrived);
        let passing = self.query.passing(&self.rows, &arrived);
        self.order.merge(&self.rows, &mut self.sorted, &arrived);
        self.order.merge(&self.rows, &mut self.visible, &passing);
        self.settle();
        self.relax();
    }

    /// Puts the rows of files that were read again in the place of those they had, and answers with where each row of before
    /// is now; none where it is gone. Selection and marks go with their incidents.
    pub fn replace(&mut self, mut files: BTreeMap<PathBuf, Vec<Indexed>>) -> Vec<Option<RowId>> {
        let (chosen, position) = (self.anchor.or(self.selected_id()), self.position);
        let path = |row: &Indexed| row.entry.origin.path().map(Path::to_owned);
        let file =
            chosen.and_then(|id| self.rows.get(id)).and_then(path).filter(|path| files.get(path).is_some_and(|rows| !rows.is_empty()));
        let mut partners = partners(&self.rows, &files);
        let mut begins: BTreeMap<PathBuf, RowId> = BTreeMap::new();
        let mut moved = Vec::with_capacity(self.rows.len());
        for (id, row) in mem::take(&mut self.rows).into_iter().enumerate() {
            let Some(path) = path(&row).filter(|path| files.contains_key(path) || begins.contains_key(path)) else {
                moved.push(Some(self.rows.len()));
                self.rows.push(row);
                continue;
            };
            if let Some(renewed) = files.remove(&path) {
                begins.insert(path.clone(), self.rows.len());
                self.rows.extend(renewed);
            }
            let partner = partners.remove(&id);
            moved.push(begins.get(&path).zip(partner).map(|(begin, at)| begin + at));
        }
        self.rows.extend(files.into_values().flatten());
        let place = |id: RowId| moved.get(id).copied().flatten();
        self.marks = self.marks.iter().filter_map(|&id| place(id)).collect();
        // What is gone leaves the selection to what its file has instead.
        let instead = || file.as_ref().and_then(|path| begins.get(path)).copied().filter(|begin| *begin < self.rows.len());
        self.anchor = chosen.and_then(place).or_else(instead);
        for (id, row) in self.rows.iter_mut().enumerate() {
            row.mark(self.marks.contains(&id));
        }
        self.noted.clone_from(&self.marks);
        self.sorted = (0..self.rows.len()).collect();
        self.sort();
        if self.anchor.is_none() && chosen.is_some() {
            // Its neighbour is selected in its place.
            self.position = position.min(self.visible.len().saturating_sub(1));
            self.anchor = self.selected_id();
        }
        moved
    }

    /// The day it is, in UTC, as far as anybody said.
    pub fn today(&self) -> Option<NaiveDate> {
        self.today
    }

    /// Says which day it is, in UTC.
    pub fn set_today(&mut self, today: NaiveDate) {
        self.today = Some(today);
        if self.query.today() != self.today {
            self.query = mem::take(&mut self.query).on(self.today);
            self.filter();
        }
    }

    /// Changes the filter.
    pub fn set_query(&mut self, query: Query) {
        let query = query.on(self.today);
        let narrows = query.narrows(&self.query);
        self.query = query;
        let among = if narrows { &self.visible } else { &self.sorted };
        self.visible = self.query.passing(&self.rows, among);
        self.settle();
        self.relax();
    }

    /// Takes in what sources were read for: whether the row's source has each of `words`.
    pub fn learn(&mut self, words: &[String], answers: impl IntoIterator<Item = (RowId, Vec<bool>)>) {
        for (id, answers) in answers {
            if let Some(row) = self.rows.get_mut(id) {
                // What was asked for while a word was typed is never asked for again.
                row.found = words.iter().cloned().zip(answers).collect();
            }
        }
        self.filter();
    }

    /// Keeps the selection on its row, as if a person had selected it.
    pub fn hold_selection(&mut self) {
        self.anchor = self.anchor.or(self.selected_id());
    }

    /// Has other things said of some rows.
    pub fn review(&mut self, said: Vec<(RowId, Option<Reviewed>)>) {
        if said.is_empty() {
            return;
        }
        for (id, said) in said {
            if let Some(row) = self.rows.get_mut(id) {
                *row = row.clone().with(said.as_ref());
            }
        }
        self.sort();
    }

    fn filter(&mut self) {
        self.visible = self.query.passing(&self.rows, &self.sorted);
        self.settle();
        self.relax();
    }

    fn relax(&mut self) {
        self.relaxed = if self.visible.is_empty() { self.query.relaxed(&self.rows) } else { Vec::new() };
    }

    /// Changes the order.
    pub fn set_order(&mut self, order: Order) {
        self.order = order;
        self.sort();
    }

    /// Moves the selection.
    pub fn step(&mut self, step: Step) {
        self.position = step.from(self.position, self.visible.len());
        self.anchor = self.selected_id();
    }

    /// Moves the selection among the rows that the calendar has.
    pub fn step_charted(&mut self, step: Step) {
        self.position = step.from(self.position, self.charted().len());
        self.anchor = self.selected_id();
    }

    /// Selects a row, if it is shown.
    pub fn select(&mut self, id: RowId) {
        self.anchor = Some(id);
        if let Some(place) = self.visible.iter().position(|&shown| shown == id) {
            self.position = place;
        }
    }

    /// Marks the selected row, or takes its mark off.
    pub fn toggle_mark(&mut self) {
        let Some(id) = self.selected_id() else { return };
        self.anchor = Some(id);
        match self.marks.iter().position(|&marked| marked == id) {
            Some(at) => drop(self.marks.remove(at)),
            None => self.marks.push(id),
        }
    }

    /// Brings rows and filter into line with what is marked.
    pub fn note_marks(&mut self) {
        if self.noted == self.marks {
            return;
        }
        for (ids, marked) in [(&self.noted, false), (&self.marks, true)] {
            for &id in ids {
                if let Some(row) = self.rows.get_mut(id) {
                    row.mark(marked);
                }
            }
        }
        self.noted.clone_from(&self.marks);
        if self.query.asks_for_marks() {
            self.anchor = self.anchor.or(self.selected_id());
            self.filter();
        }
    }

    /// Keeps the selection on a screen of `height` rows.
    pub fn show_selection(&mut self, height: usize) {
        self.scroll = keep_in_view(self.scroll, self.position, self.position, height, self.visible.len());
    }

    fn sort(&mut self) {
        self.order.sort(&self.rows, &mut self.sorted);
        self.filter();
    }

    /// Finds the chosen row again; where it is filtered out its nearest neighbour is selected until it comes back.
    fn settle(&mut self) {
        self.version += 1;
        let Some(anchor) = self.anchor else { return self.position = 0 };
        let place = self.visible.iter().position(|&id| id == anchor);
        self.position = place.unwrap_or_else(|| self.nearest(anchor)).min(self.visible.len().saturating_sub(1));
    }

    /// The place of the visible row that has the fewest rows between it and one that is not visible; of two the later one.
    fn nearest(&self, anchor: RowId) -> usize {
        let Some(at) = self.sorted.iter().position(|&id| id == anchor) else { return self.position };
        let (before, after) = self.sorted.split_at(at);
        // What is visible is in the order of everything.
        let mut visible = self.visible.iter().peekable();
        let mut shown = |id: &RowId| visible.next_if_eq(&id).is_some();
        let mut count = 0;
        let mut gap = usize::MAX;
        for id in before {
            gap = gap.saturating_add(1);
            if shown(id) {
                (count, gap) = (count + 1, 0);
            }
        }
        match after.iter().position(shown) {
            Some(next) if next <= gap.saturating_add(1) => count,
            None | Some(_) => count.saturating_sub(1),
        }
    }
}

#[cfg(test)]
mod tests;
