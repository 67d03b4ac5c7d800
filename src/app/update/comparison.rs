//! Marking incidents and laying them side by side.

use super::{CLEARS, HIDDEN, UNDOES};
use crate::app::action::{Action, Context};
use crate::app::compare::{Align, Comparison, MOST, Page};
use crate::app::layout::Pane;
use crate::app::list::RowId;
use crate::app::show;
use crate::app::step::Step;
use crate::app::write::Done;
use crate::app::{App, Effect, View};
use crate::review::Key;

impl App {
    pub(super) fn mark(&mut self) {
        if let Some(View::Compare(comparison)) = self.views.last() {
            let Some(side) = comparison.side() else { return };
            let (id, name) = (side.id, side.label());
            if comparison.unmarked {
                return self.say_with("these two are compared without marks", (Context::List, Action::Mark, "in the list marks others"));
            }
            self.unmark(&[id]);
            self.say_with(&format!("no longer compared: {name}"), UNDOES);
            if self.list.marks.len() < 2 {
                self.views.pop();
                return self.say_with("one incident alone cannot be compared", (Context::List, Action::Undo, "marks the other again"));
            }
            return self.renew_open_comparison();
        }
        let marked = self.list.selected_id().is_some_and(|id| self.list.marks.contains(&id));
        if self.list.marks.len() >= MOST && !marked {
            return self.say_with("eight incidents at most can be compared", (Context::List, Action::Mark, "takes a mark off"));
        }
        self.list.toggle_mark();
        let doubtful = self.list.selected().filter(|row| row.doubtful && !marked);
        if let Some(why) = doubtful.and_then(|row| row.entry.read().doubtful) {
            self.say(&format!("marked, though {}", show::doubt(&why)));
        }
        // Several are marked with as many presses of one key. Elsewhere what is looked at stays.
        if self.focus == Pane::List {
            self.list.step(Step::By(1));
        }
    }

    /// Takes marks off; they can be brought back.
    fn unmark(&mut self, off: &[RowId]) {
        let key = |&id: &RowId| self.list.rows.get(id).map(|row| row.key());
        let change = Done::Unmarked { before: self.list.marks.iter().filter_map(key).collect(), off: off.iter().filter_map(key).collect() };
        self.list.marks.retain(|marked| !off.contains(marked));
        self.done(change);
    }

    /// Takes all marks off.
    pub(super) fn unmark_all(&mut self) {
        let marks = self.list.marks.clone();
        self.unmark(&marks);
        self.say_with(&format!("{} mark{} taken off", marks.len(), if marks.len() == 1 { "" } else { "s" }), UNDOES);
    }

    /// Brings marks that were taken off back to their places, or takes them off again.
    pub(super) fn undo_marks(&mut self, again: bool, before: &[Key], off: &[Key]) {
        let keys: Vec<_> = self.list.rows.iter().map(|row| row.key()).collect();
        let place = |wanted: &Key| keys.iter().position(|key| key == wanted).or_else(|| keys.iter().position(|key| key.is_of(wanted)));
        let now = &self.list.marks;
        let marks: Vec<RowId> = if again {
            let off: Vec<_> = off.iter().filter_map(place).collect();
            now.iter().copied().filter(|id| !off.contains(id)).collect()
        } else {
            // What was marked meanwhile comes after.
            let before: Vec<_> = before.iter().filter_map(place).collect();
            before.iter().copied().chain(now.iter().copied().filter(|id| !before.contains(id))).take(MOST).collect()
        };
        self.list.marks = marks;
        let count = self.list.marks.len();
        self.say(&format!("{} · {count} marked", if again { "redone: marks taken off" } else { "undone: marks taken off" }));
        if count < 2 && matches!(self.views.last(), Some(View::Compare(comparison)) if !comparison.unmarked) {
            self.views.pop();
        }
        self.renew_open_comparison();
    }

    /// Goes to the words that a length or the event under the cursor was read from, or from a name to the incident.
    pub(super) fn open_cell(&mut self) -> Effect {
        let Some(View::Compare(comparison)) = self.views.last() else { return Effect::None };
        let Some(side) = comparison.side() else { return Effect::None };
        let id = side.id;
        if comparison.kind().is_some_and(|kind| side.measures.get(kind).is_none()) {
            let words = comparison.told().unwrap_or_default();
            self.say(&words);
            return Effect::None;
        }
        if comparison.page == Page::Timeline || comparison.kind().is_some() {
            let cites = comparison.cites();
            return match self.list.rows.get(id).map(|row| row.entry.clone()) {
                Some(entry) => self.open_words(entry, &cites),
                None => Effect::None,
            };
        }
        self.leave();
        self.focus = Pane::Detail;
        self.list.select(id);
        if self.list.selected_id() != Some(id) {
            self.come_back();
            self.say_with(HIDDEN, CLEARS);
        }
        Effect::None
    }

    /// Lays what is marked side by side; where that is not two, the selected one with the marked one, else with the next.
    pub(super) fn compare(&mut self) {
        let marks = &self.list.marks;
        let unmarked = marks.len() < 2;
        let rows = if unmarked { self.pair() } else { marks.clone() };
        if rows.len() < 2 {
            return self.say("there is no other incident to compare this one with");
        }
        let incidents = rows.iter().filter_map(|&id| Some((id, self.list.rows.get(id)?.entry.incident())));
        let comparison = Comparison { unmarked, ..Comparison::of(incidents, Align::Start) };
        self.views.push(View::Compare(comparison));
    }

    /// The selected incident beside the marked one; where it is the marked one or none is marked, beside the next in the list,
    /// and the last beside the one before it.
    fn pair(&self) -> Vec<RowId> {
        let Some(selected) = self.list.selected_id() else { return Vec::new() };
        let at = self.list.position();
        let beside = self.list.visible.get(at + 1).or_else(|| self.list.visible.get(at.checked_sub(1)?)).copied();
        match self.list.marks.first().copied().filter(|marked| *marked != selected) {
            Some(marked) => vec![marked, selected],
            None => [Some(selected), beside].into_iter().flatten().collect(),
        }
    }

    /// Lays what is compared out anew, where something is; base, selection and what is looked at stay where they can.
    pub(super) fn renew_open_comparison(&mut self) {
        let marks = self.list.marks.clone();
        let Some(now) = self.all_views_mut().find_map(comparison_of) else { return };
        let rows: Vec<RowId> = if now.unmarked { now.sides.iter().map(|side| side.id).collect() } else { marks };
        let align = now.align;
        let incidents: Vec<_> = rows.into_iter().filter_map(|id| Some((id, self.list.rows.get(id)?.entry.incident()))).collect();
        let mut renewed = Comparison::of(incidents, align);
        let Some(comparison) = self.all_views_mut().find_map(comparison_of) else { return };
        if comparison.compress {
            renewed.set_compress(true);
        }
        let place = |id: Option<RowId>| renewed.sides.iter().position(|side| Some(side.id) == id);
        let last = renewed.sides.len().saturating_sub(1);
        let base = place(comparison.sides.get(comparison.base).map(|side| side.id)).unwrap_or(renewed.base);
        let selected = place(comparison.side().map(|side| side.id)).unwrap_or(comparison.selected.min(last));
        let column = comparison.column.min(renewed.kinds.len());
        let zoomed = comparison.range != comparison.bounds();
        let range = comparison.range.filter(|_| zoomed).or(renewed.range);
        let cursor = Some(comparison.cursor).filter(|at| range.is_some_and(|range| range.contains(*at))).unwrap_or(renewed.cursor);
        let (page, unmarked) = (comparison.page, comparison.unmarked);
        *comparison = Comparison { base, selected, column, range, cursor, page, unmarked, ..renewed };
    }

    /// Brings an open comparison into line with rows that were read again; `now` tells where each is.
    pub(super) fn renew_sides(&mut self, now: impl Fn(RowId) -> Option<RowId>) {
        let marked = self.list.marks.len();
        let mut is_gone = false;
        let mut renew = |views: &mut Vec<View>| {
            let Some(at) = views.iter().position(|view| matches!(view, View::Compare(_))) else { return };
            let Some(comparison) = views.iter_mut().find_map(comparison_of) else { return };
            for side in &mut comparison.sides {
                side.id = now(side.id).unwrap_or(RowId::MAX);
            }
            let left = comparison.sides.iter().filter(|side| side.id != RowId::MAX).count();
            if left < 2 || (!comparison.unmarked && marked < 2) {
                views.truncate(at);
                is_gone = true;
            }
        };
        renew(&mut self.views);
        self.left.iter_mut().for_each(|left| renew(&mut left.views));
        self.renew_left(now);
        if is_gone {
            self.say("what was compared is gone");
        }
        self.renew_open_comparison();
    }
}

fn comparison_of(view: &mut View) -> Option<&mut Comparison> {
    if let View::Compare(comparison) = view { Some(comparison) } else { None }
}
