//! Marking incidents and laying them side by side.

use crate::app::compare::{Align, Comparison};
use crate::app::{App, View};

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
        self.list.toggle_mark();
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
        let rows = self.list.marks.iter().filter_map(|&id| Some((id, &self.list.rows.get(id)?.entry.incident)));
        let renewed = Comparison::of(rows, align);
        if let Some(View::Compare(comparison)) = self.views.last_mut() {
            let base = comparison.sides.get(comparison.base).map(|side| side.id);
            let place = |id| renewed.sides.iter().position(|side| Some(side.id) == id);
            let last = renewed.sides.len().saturating_sub(1);
            let (base, selected) = (place(base).unwrap_or(renewed.base), comparison.selected.min(last));
            *comparison = Comparison { base, selected, ..renewed };
        }
    }
}
