//! Marking incidents and laying them side by side.

use crate::app::compare::{Align, Comparison, MOST};
use crate::app::list::RowId;
use crate::app::show;
use crate::app::write::Done;
use crate::app::{App, Effect, View};
use crate::review::Key;

impl App {
    pub(super) fn mark(&mut self) {
        if let Some(View::Compare(comparison)) = self.views.last() {
            let Some(side) = comparison.side() else { return };
            let (id, name) = (side.id, side.name.clone());
            self.unmark(&[id]);
            self.say(&format!("{name} is no longer compared · u brings it back"));
            if self.list.marks.len() < 2 {
                self.views.pop();
                return self.say("one incident alone cannot be compared · u marks the other again");
            }
            return self.renew_open_comparison();
        }
        let marked = self.list.selected_id().is_some_and(|id| self.list.marks.contains(&id));
        if self.list.marks.len() >= MOST && !marked {
            return self.say("eight incidents at most can be compared; Space takes a mark off");
        }
        self.list.toggle_mark();
        let doubtful = self.list.selected().filter(|row| row.doubtful && !marked);
        if let Some(why) = doubtful.and_then(|row| row.entry.read().doubtful) {
            self.say(&format!("marked, though {}", show::doubt(&why)));
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
        self.say(&match marks.len() {
            1 => "1 mark taken off · u brings it back".to_owned(),
            count => format!("{count} marks taken off · u brings them back"),
        });
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
        self.say(&format!("{} · {count} marked", if again { "taken off again" } else { "marked again" }));
        if count < 2 && matches!(self.views.last(), Some(View::Compare(_))) {
            self.views.pop();
        }
        self.renew_open_comparison();
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

    /// Lays the marked incidents out anew where they are compared now.
    pub(super) fn renew_open_comparison(&mut self) {
        if let Some(align) = self.views.iter_mut().find_map(comparison_of).map(|comparison| comparison.align) {
            self.renew_comparison(align);
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
        self.renew_open_comparison();
    }
}

fn comparison_of(view: &mut View) -> Option<&mut Comparison> {
    if let View::Compare(comparison) = view { Some(comparison) } else { None }
}
