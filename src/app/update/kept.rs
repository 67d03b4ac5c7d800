//! What is remembered: sending it, what came of that, and taking it back.

use super::Claims;
use super::UNDOES;
use crate::app::action::{Action, Context};
use crate::app::write::{Changes, Done, Step, met};
use crate::app::{App, Effect, View};
use crate::query::{Indexed, Query};
use crate::review::Reviewed;
use crate::state::{Change, Holds, Kept, Sent};

impl App {
    /// Numbers a change that is made here; until it is written it is made anew in whatever others wrote.
    pub(super) fn sent(&mut self, change: Change) -> Sent {
        self.numbers += 1;
        let sent = Sent { number: self.numbers, change };
        self.sent.push(sent.clone());
        sent
    }

    /// Makes a change that can be taken back, told in a few words and by the name of what it is done to.
    pub(super) fn make_change(&mut self, did: Change, (told, title): (String, String)) -> Effect {
        let (effect, number, back) = self.enact(did.clone());
        let step = Step { number, back: back.unwrap_or_else(|| did.clone()), did, told, title };
        self.done(Done::Kept(step.into()));
        effect
    }

    /// Makes a change; answers also with its number and what takes it back.
    fn enact(&mut self, change: Change) -> (Effect, u64, Option<Change>) {
        let back = self.state.apply(&change).back;
        if matches!(change, Change::Reviewed(_)) {
            self.revise();
        }
        let sent = self.sent(change);
        let number = sent.number;
        (if matches!(sent.change, Change::Cut { .. }) { Effect::Cut(sent) } else { Effect::Remember(sent) }, number, back)
    }

    /// Clears the filter; it can be brought back.
    pub(super) fn clear_query(&mut self) {
        let before = self.list.query().text().to_owned();
        self.list.set_query(Query::default());
        self.done(Done::Cleared(before));
        self.say_with("filter cleared", UNDOES);
    }

    /// Keeps a change, which is taken back next.
    pub(super) fn done(&mut self, change: Done) {
        self.changes.done.push(change);
        self.changes.undone.clear();
    }

    /// Takes back the last change, or makes it again.
    pub(super) fn undo(&mut self, again: bool) -> Effect {
        let Changes { done, undone } = &mut self.changes;
        let Some(change) = (if again { undone.pop() } else { done.pop() }) else {
            match again {
                true => self.say("nothing to redo"),
                // What was said in an earlier run is changed where it was said.
                false if !self.review().is_empty() => {
                    self.say_with("nothing to undo in this run", (Context::List, Action::Review, "changes your annotations"));
                }
                false => self.say("nothing to undo"),
            }
            return Effect::None;
        };
        let (change, effect) = match change {
            Done::Kept(step) => {
                let (step, effect) = self.walk(again, step);
                (Done::Kept(step), effect)
            }
            Done::Cleared(filter) => {
                self.list.set_query(Query::new(if again { String::new() } else { filter.clone() }));
                self.say(if again { "redone: filter cleared" } else { "undone: filter cleared" });
                (Done::Cleared(filter), Effect::None)
            }
            Done::Unmarked { before, off } => {
                self.undo_marks(again, &before, &off);
                (Done::Unmarked { before, off }, Effect::None)
            }
        };
        let Changes { done, undone } = &mut self.changes;
        if again {
            done.push(change)
        } else {
            undone.push(change)
        }
        effect
    }

    /// Goes a step back, or forth again.
    fn walk(&mut self, again: bool, mut step: Box<Step>) -> (Box<Step>, Effect) {
        let change = if again { step.did.clone() } else { step.back.clone() };
        // The incident that this is about, be there a review of it now or only afterwards.
        let before = self.row_of(&change);
        let (effect, number, back) = self.enact(change.clone());
        if let Some(id) = before.or_else(|| self.row_of(&change)) {
            self.list.select(id);
            self.revise();
        }
        step.number = number;
        if let Some(back) = back {
            *(if again { &mut step.back } else { &mut step.did }) = back;
        }
        let what = if again { "redone" } else { "undone" };
        let of = if step.title.is_empty() { String::new() } else { format!(" · {}", step.title) };
        self.say(&format!("{what}: {}{of}", step.told));
        (step, effect)
    }

    /// The row of the incident that something is said of.
    fn row_of(&self, change: &Change) -> Option<usize> {
        let Change::Reviewed(amendments) = change else { return None };
        let is_of = |row: &Indexed| {
            let said = row.entry.said();
            amendments.iter().any(|amendment| said.is_some_and(|said| said.key == amendment.kept) || row.key() == amendment.key)
        };
        self.claims.rows.iter().copied().find(|&id| self.list.rows.get(id).is_some_and(is_of))
    }

    /// Takes in what a file holds since a change of ours was written, with what others wrote there.
    pub(super) fn take_kept(&mut self, number: u64, kept: Box<Kept>) -> Effect {
        self.sent.retain(|sent| sent.number != number);
        if let Some(back) = kept.outcome.back {
            self.changes.settle(number, back);
        }
        let (cuts, filters) = (self.state.cuts.clone(), self.state.filters.clone());
        let said: Vec<Reviewed> = self.state.reviews.iter().cloned().collect();
        // Who recalls typed filters counts them.
        let recalls = matches!(self.top(), Some(View::Prompt(_)));
        if let Some(holds) = kept.holds.filter(|holds| !recalls || !matches!(holds, Holds::History(_))) {
            self.state.take(holds);
            for sent in &self.sent {
                self.state.apply(&sent.change);
            }
        }
        if !self.state.reviews.iter().eq(&said) {
            self.claims = Claims::default();
            self.revise();
        }
        if self.state.filters != filters {
            self.renew_menu();
        }
        let met = kept.outcome.clashes.iter().map(met).chain(kept.told).collect::<Vec<_>>().join("; ");
        if !met.is_empty() {
            self.say(&met);
        }
        if self.state.cuts == cuts { Effect::None } else { Effect::Recut }
    }
}
