//! Moving on the time axis, and moving the axis.

use crate::app::action::{Action, Context};
use crate::app::compare::Align;
use crate::app::layout::Pane;
use crate::app::step::Step;
use crate::app::timeline::Scope;
use crate::app::viewport::Range;
use crate::app::{App, View};

impl App {
    /// Changes the stretch of time on screen; `change` gets it, the stretch that shows everything, and the place to stay at:
    /// the cursor's, else the middle.
    pub(super) fn look(&mut self, change: impl Fn(Range, Range, i64) -> Range) {
        let middle = |range: Range| range.start.saturating_add(range.length() / 2);
        if let Some(View::Compare(comparison)) = self.views.last_mut() {
            if let Some((range, bounds)) = comparison.range.zip(comparison.bounds()) {
                let at = Some(comparison.cursor).filter(|&at| range.contains(at)).unwrap_or_else(|| middle(range));
                comparison.range = Some(change(range, bounds, at));
                comparison.hold_cursor();
            }
            return;
        }
        let timeline = &mut self.timeline;
        if let Some((range, bounds)) = timeline.range.zip(timeline.fit()) {
            let cursor = timeline.cursor.map(|at| timeline.scale.place(at));
            let at = cursor.filter(|&at| range.contains(at)).unwrap_or_else(|| middle(range));
            timeline.range = Some(change(range, bounds, at));
            timeline.hold_cursor();
        }
    }

    /// Drops the stretch of time that is selected where the keys are; tells whether there was one.
    pub(super) fn drop_stretch(&mut self) -> bool {
        match self.views.last_mut() {
            Some(View::Compare(comparison)) => comparison.drop_selection(),
            Some(_) => false,
            None => self.focus == Pane::Timeline && self.timeline.drop_selection(),
        }
    }

    /// Moves the cursor by columns.
    pub(super) fn move_cursor(&mut self, columns: i32) {
        let width = self.layout().axis_width(self.timeline.scope);
        self.timeline.move_cursor(columns, width);
    }

    /// Goes to the next or previous event, or with all incidents on the axis to the next or previous of them.
    pub(super) fn jump_to_event(&mut self, forward: bool) {
        if let Some(View::Compare(comparison)) = self.views.last_mut() {
            if !comparison.jump(forward, false) {
                self.say(if forward { "no event after this" } else { "no event before this" });
            }
            return;
        }
        let Some(at) = self.timeline.cursor else { return };
        match self.timeline.scope {
            Scope::One => {
                let marks = &self.timeline.lanes.marks;
                let found = if forward { marks.iter().find(|mark| mark.at > at) } else { marks.iter().rev().find(|mark| mark.at < at) };
                let Some(mark) = found.copied() else {
                    return self.say(if forward { "no event after this" } else { "no event before this" });
                };
                self.timeline.look_at(mark.at);
                let rows = self.detail_rows();
                self.detail.select_event(mark.event, rows);
            }
            Scope::All => match self.timeline.calendar.next(at, forward) {
                Some((at, id)) => {
                    self.list.select(id);
                    self.timeline.look_at(at);
                }
                None => self.say(if forward { "no incident begins after this" } else { "no incident begins before this" }),
            },
        }
    }

    /// Goes to the next or previous moment at which a phase, or with all incidents on the axis an incident, begins or ends.
    pub(super) fn jump_to_phase(&mut self, forward: bool) {
        if let Some(View::Compare(comparison)) = self.views.last_mut() {
            if !comparison.jump(forward, true) {
                self.say(if forward { "nothing begins or ends after this" } else { "nothing begins or ends before this" });
            }
            return;
        }
        let Some(at) = self.timeline.cursor else { return };
        let found = match self.timeline.scope {
            Scope::One => {
                let edges = self.timeline.lanes.edges();
                if forward { edges.into_iter().find(|&edge| edge > at) } else { edges.into_iter().rev().find(|&edge| edge < at) }
            }
            Scope::All => self.timeline.calendar.next_edge(at, forward),
        };
        match found {
            Some(at) => self.timeline.look_at(at),
            None => self.say(if forward { "nothing begins or ends after this" } else { "nothing begins or ends before this" }),
        }
    }

    /// Steps through what the timeline has on its other axis: events of one incident, or incidents.
    pub(super) fn step_timeline(&mut self, step: &dyn Fn(usize) -> Step) {
        match self.timeline.scope {
            Scope::One => {
                let rows = self.detail_rows();
                self.detail.step_event(step(1), rows);
                let event = self.detail.item().and_then(|item| item.event);
                if let Some(mark) = self.timeline.lanes.marks.iter().find(|mark| Some(mark.event) == event) {
                    self.timeline.look_at(mark.at);
                }
            }
            Scope::All => self.list.step_charted(step(self.layout().timeline_rows())),
        }
    }

    /// Shows the selected incident or all visible ones.
    pub(super) fn change_scope(&mut self) {
        let scope = if self.timeline.scope == Scope::One { Scope::All } else { Scope::One };
        self.timeline.set_scope(scope, &self.list);
    }

    /// Leaves dead time out, or shows it.
    pub(super) fn compress(&mut self) {
        if let Some(View::Compare(comparison)) = self.views.last_mut() {
            if comparison.align != Align::Calendar {
                return self.say_with("dead time is left out of the calendar only", (Context::Compare, Action::Align, "aligns on it"));
            }
            comparison.set_compress(!comparison.compress);
            if comparison.compress && comparison.scale().break_count() == 0 {
                self.say("there is no dead time to leave out");
            }
            return;
        }
        self.timeline.set_compress(!self.timeline.compress);
        if self.timeline.compress && self.timeline.scale.break_count() == 0 {
            self.say("there is no dead time to leave out");
        }
    }
}
