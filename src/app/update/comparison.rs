//! Marking incidents and laying them side by side.

use crate::app::compare::{Align, Comparison, MOST};
use crate::app::list::RowId;
use crate::app::{App, Effect, View};

impl App {
    pub(super) fn mark(&mut self) {
        if let Some(View::Compare(comparison)) = self.views.last() {
            let Some(id) = comparison.side().map(|side| side.id) else { return };
            self.list.marks.retain(|&marked| marked != id);
            if self.list.marks.len() < 2 {
                self.views.pop();
                return self.say("one incident alone cannot be compared");
            }
            let align = comparison.align;
            return self.renew_comparison(align);
        }
        let marked = self.list.selected_id().is_some_and(|id| self.list.marks.contains(&id));
        if self.list.marks.len() >= MOST && !marked {
            return self.say("eight incidents at most can be compared; Space takes a mark off");
        }
        self.list.toggle_mark();
    }

    /// Goes to the words a length was read from, or from its name to the incident.
    pub(super) fn open_cell(&mut self) -> Effect {
        let Some(View::Compare(comparison)) = self.views.last() else { return Effect::None };
        let Some(side) = comparison.side() else { return Effect::None };
        let id = side.id;
        if let Some(kind) = comparison.kind() {
            let Some(measure) = side.measures.get(kind) else {
                let words = comparison.told(usize::MAX).unwrap_or_default();
                self.say(&words);
                return Effect::None;
            };
            let cites = measure.cites.clone();
            return match self.list.rows.get(id).map(|row| row.entry.clone()) {
                Some(entry) => self.open_words(entry, &cites),
                None => Effect::None,
            };
        }
        self.views.pop();
        self.list.select(id);
        if self.list.selected_id() != Some(id) {
            self.say("the filter hides this incident; Esc in the list clears the filter");
        }
        Effect::None
    }

    pub(super) fn compare(&mut self) {
        match self.list.marks.len() {
            0 => self.say("mark two or more incidents to compare them"),
            1 => self.say("mark one more incident to compare the two"),
            _ => {
                self.views.push(View::Compare(Comparison::default()));
                self.renew_comparison(Align::Start);
            }
        }
    }

    /// Lays the marked incidents out anew; base and selection stay where they can.
    pub(super) fn renew_comparison(&mut self, align: Align) {
        let rows = self.list.marks.iter().filter_map(|&id| Some((id, self.list.rows.get(id)?.entry.incident())));
        let renewed = Comparison::of(rows, align);
        if let Some(comparison) = self.views.iter_mut().find_map(comparison_of) {
            let place = |id: Option<RowId>| renewed.sides.iter().position(|side| Some(side.id) == id);
            let last = renewed.sides.len().saturating_sub(1);
            let base = place(comparison.sides.get(comparison.base).map(|side| side.id)).unwrap_or(renewed.base);
            let selected = place(comparison.side().map(|side| side.id)).unwrap_or(comparison.selected.min(last));
            let column = comparison.column.min(renewed.kinds.len());
            let zoomed = comparison.align == align && comparison.range != comparison.bounds();
            let range = comparison.range.filter(|_| zoomed).or(renewed.range);
            *comparison = Comparison { base, selected, column, range, ..renewed };
        }
    }

    /// Brings an open comparison into line with rows that were read again; `now` tells where each is.
    pub(super) fn renew_sides(&mut self, now: impl Fn(RowId) -> Option<RowId>) {
        let Some(at) = self.views.iter().position(|view| matches!(view, View::Compare(_))) else { return };
        if self.list.marks.len() < 2 {
            self.views.truncate(at);
            return self.say("what was compared is gone");
        }
        let Some(comparison) = self.views.iter_mut().find_map(comparison_of) else { return };
        for side in &mut comparison.sides {
            side.id = now(side.id).unwrap_or(RowId::MAX);
        }
        let align = comparison.align;
        self.renew_comparison(align);
    }
}

fn comparison_of(view: &mut View) -> Option<&mut Comparison> {
    if let View::Compare(comparison) = view { Some(comparison) } else { None }
}
