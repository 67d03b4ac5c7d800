//! Selecting and scrolling with the mouse.

use crate::app::action::{Action, Context};
use crate::app::layout::{Border, Pane};
use crate::app::pointer::{Gesture, Target};
use crate::app::step::Step;
use crate::app::{App, Effect, View};
use ratatui::layout::Position;

/// The rows that a turn of the wheel moves by.
const TURN: isize = 3;

impl App {
    /// Lets the mouse select and scroll, or leaves it to the terminal.
    pub(super) fn switch_mouse(&mut self) {
        self.mouse = !self.mouse;
        self.say(if self.mouse {
            "the mouse selects and scrolls; to mark text with it, switch it off again"
        } else {
            "the mouse is the terminal's again"
        });
    }

    /// Takes in what the mouse does.
    pub(super) fn point(&mut self, gesture: Gesture, at: Position) -> Effect {
        match gesture {
            Gesture::Wheel(turns) => {
                let pane = self.pane_at(at).filter(|_| self.views.is_empty());
                self.step_in(pane.unwrap_or(self.focus), &|_| Step::By(turns.saturating_mul(TURN)));
                Effect::None
            }
            Gesture::Click => {
                self.dragged = self.layout().border_at(at).filter(|_| self.views.is_empty());
                self.click(at)
            }
            Gesture::Drag => {
                self.drag(at);
                Effect::None
            }
        }
    }

    /// Moves the border that was clicked on, or selects the time from where the axis was.
    fn drag(&mut self, at: Position) {
        match (self.dragged, self.target_at(at)) {
            (Some(border), _) => self.split = self.layout().moved(self.split, border, at),
            (None, Some(Target::Moment(at))) => self.timeline.select_to(at),
            _ => {}
        }
    }

    /// Moves the border of the pane with the focus by a step.
    pub(super) fn move_border(&mut self, on: bool) {
        if !self.can(Action::BorderOn) {
            return match self.maximised {
                true => self.say_with("one pane has the whole screen", (Context::List, Action::Maximise, "shows the others")),
                false => self.say_with("one pane fits here", (Context::List, Action::NextPane, "shows the next")),
            };
        }
        let (layout, border) = (self.layout(), Border::of(self.focus));
        let by = |at: u16, step: u16| if on { at.saturating_add(step) } else { at.saturating_sub(step) };
        let to = Position { x: by(layout.detail.x, (layout.body.width / 40).max(1)), y: by(layout.timeline.y, 1) };
        self.split = layout.moved(self.split, border, to);
    }

    fn click(&mut self, at: Position) -> Effect {
        let target = self.target_at(at);
        if self.views.is_empty() {
            self.focus = self.pane_at(at).unwrap_or(self.focus);
        }
        let rows = self.detail_rows();
        match target {
            Some(Target::Choice(at)) => {
                let Some(View::Menu(menu)) = self.views.last_mut() else { return Effect::None };
                menu.selected = at;
                return if menu.kind.has_several() { self.toggle() } else { self.accept() };
            }
            Some(Target::Outside) => return self.act(Action::Back),
            Some(Target::Incident(place)) => {
                if let Some(&id) = self.list.visible.get(place) {
                    self.list.select(id);
                }
            }
            Some(Target::Column(column)) => self.list.set_order(self.list.order().by(column)),
            Some(Target::Tab(tab)) => self.detail.show(tab),
            Some(Target::Fact(item)) => self.detail.select(item, rows),
            Some(Target::Words(row)) => {
                if let Some((reader, rows)) = self.reader_mut() {
                    reader.go(row, rows);
                }
            }
            Some(Target::Count(section, line)) => {
                if let Some(View::Statistics(board)) = self.views.last_mut() {
                    board.section = section;
                    line.iter().for_each(|&line| board.select(section, line));
                }
            }
            Some(Target::Moment(at)) => {
                self.timeline.drop_selection();
                self.timeline.look_at(at);
            }
            None => {}
        }
        Effect::None
    }

    /// Moves in a pane, or in what lies over the panes.
    pub(super) fn step_in(&mut self, pane: Pane, by: &dyn Fn(usize) -> Step) {
        let before = std::mem::replace(&mut self.focus, pane);
        self.step_by(by);
        self.focus = before;
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{act, app};
    use super::*;
    use crate::app::Message;
    use crate::app::action::Action::*;
    use crate::app::facts::Tab;
    use crate::app::help::{Line, Section};
    use crate::app::layout::inner;
    use crate::app::statistics;
    use crate::theme::Role;

    fn click(app: &mut App, x: u16, y: u16) {
        app.update(Message::Point(Gesture::Click, Position { x, y }));
    }

    #[test]
    fn a_click_selects_an_incident_a_tab_and_a_fact() {
        let mut app = app();
        let (list, detail) = (inner(app.layout().list), inner(app.layout().detail));
        click(&mut app, list.x + 5, list.y + 3);
        assert_eq!((app.list.position(), app.focus), (1, Pane::List));
        click(&mut app, list.x + 5, list.y + 4);
        assert_eq!(app.list.position(), 2);
        click(&mut app, detail.x + 11, detail.y - 1);
        assert_eq!((app.detail.tab, app.focus), (Tab::Events, Pane::Detail));
        click(&mut app, detail.x + 3, detail.y + 2);
        assert_eq!(Some(app.detail.selected), app.detail.lines.get(2).map(|line| line.item));
        // Where nothing is, nothing changes but the focus.
        click(&mut app, list.x + 5, list.bottom() - 1);
        assert_eq!((app.list.position(), app.focus), (2, Pane::List));
        click(&mut app, 3, 0);
        assert_eq!(app.focus, Pane::List);
    }

    #[test]
    fn a_click_on_the_name_of_a_column_sorts_by_it_and_another_one_reverses() {
        let mut app = app();
        act(&mut app, &[Rows]);
        let list = inner(app.layout().list);
        let order = |app: &App| (app.list.order().column.name(), app.list.order().reversed);
        let mut seen = Vec::new();
        for x in [20, 20, 20, 2, 5, 5] {
            click(&mut app, list.x + x, list.y);
            seen.push(order(&app));
        }
        assert_eq!(seen, [("title", false), ("title", true), ("title", false), ("severity", false), ("start", false), ("start", true)]);
        // Below the names stand the incidents, and left of the first there is none.
        click(&mut app, list.x, list.y);
        click(&mut app, list.x + 20, list.y + 2);
        assert_eq!((order(&app), app.list.position()), (("start", true), 1));
    }

    #[test]
    fn a_click_on_the_statistics_selects_a_section_and_a_line() {
        let section = |app: &App| match app.top() {
            Some(View::Statistics(board)) => (board.section, board.part(board.section).selected()),
            _ => unreachable!(),
        };
        let mut app = app();
        act(&mut app, &[Statistics]);
        let area = inner(app.layout().body);
        click(&mut app, area.x + 20, area.y);
        assert_eq!(section(&app).0, statistics::Section::Severities);
        click(&mut app, area.x + 5, area.y + 2);
        assert_eq!(section(&app), (statistics::Section::Severities, Some(1)));
        app.update(Message::Resize(ratatui::layout::Size { width: 40, height: 14 }));
        click(&mut app, area.x + 1, area.y);
        assert_eq!(section(&app).0, statistics::Section::Spread);
        app.update(Message::Resize(ratatui::layout::Size { width: 200, height: 60 }));
        click(&mut app, 195, 50);
        assert_eq!(section(&app).0, statistics::Section::Hours);
    }

    #[test]
    fn a_click_on_the_axis_moves_the_cursor_there() {
        let mut app = app();
        act(&mut app, &[Down, Down]);
        let area = inner(app.layout().timeline);
        let range = app.timeline.range.unwrap();
        click(&mut app, area.right() - 1, area.y + 2);
        assert!(app.focus == Pane::Timeline && app.timeline.cursor.unwrap() > range.start + range.length() * 9 / 10);
        act(&mut app, &[AllIncidents]);
        let area = inner(app.layout().timeline);
        click(&mut app, area.x + 2, area.y + 2);
        assert_eq!(app.list.position(), app.timeline.scroll);
    }

    #[test]
    fn a_border_is_dragged_and_moved_with_keys_and_an_axis_is_selected_from() {
        let mut app = app();
        let drag = |app: &mut App, x, y| drop(app.update(Message::Point(Gesture::Drag, Position { x, y })));
        let (before, y) = (app.layout(), app.layout().list.y + 3);
        click(&mut app, before.detail.x, y);
        drag(&mut app, 50, y);
        assert_eq!(app.layout().detail.x, 50);
        drag(&mut app, 3, y);
        assert!(app.layout().list.width >= 24);
        let timeline = app.layout().timeline;
        click(&mut app, 30, timeline.y);
        drag(&mut app, 30, timeline.y - 3);
        assert_eq!((app.layout().timeline.height, app.focus), (timeline.height + 3, Pane::Timeline));
        act(&mut app, &[BorderOn, BorderOn]);
        assert_eq!(app.layout().timeline.height, timeline.height + 1);
        act(&mut app, &[NextPane, BorderBack]);
        assert!(app.layout().detail.x < before.detail.x);
        let area = inner(app.layout().timeline);
        click(&mut app, area.right() - 20, area.y + 2);
        drag(&mut app, area.right() - 5, area.y + 2);
        let (from, to) = app.timeline.selected().unwrap();
        assert!(from < to && Some(to) == app.timeline.cursor);
        click(&mut app, area.right() - 5, area.y + 2);
        assert_eq!(app.timeline.selected(), None);
    }

    #[test]
    fn a_click_chooses_in_a_menu_and_beside_it_closes_it() {
        let mut app = app();
        act(&mut app, &[Severities]);
        let Some(View::Menu(menu)) = app.top() else { unreachable!() };
        let place = crate::app::menu::shape::Shape::of(menu, app.menu_area(menu)).place;
        click(&mut app, place.x + 3, place.y + 2);
        assert_eq!(app.list.query().text(), "sev:high");
        click(&mut app, place.x, place.y);
        assert_eq!(app.views.len(), 1);
        click(&mut app, 1, 1);
        assert!(app.views.is_empty() && app.list.query().text() == "sev:high");
    }

    #[test]
    fn the_wheel_scrolls_what_is_under_it() {
        let mut app = app();
        let (list, detail) = (inner(app.layout().list), inner(app.layout().detail));
        let wheel = |app: &mut App, turns, x, y| drop(app.update(Message::Point(Gesture::Wheel(turns), Position { x, y })));
        wheel(&mut app, 1, list.x, list.y);
        assert_eq!(app.list.position(), 3);
        wheel(&mut app, -2, list.x, list.y);
        assert_eq!(app.list.position(), 0);
        wheel(&mut app, 1, detail.x, detail.y);
        assert_eq!((app.detail.selected, app.list.position(), app.focus), (3, 0, Pane::List));
        let line = || Line { sign: "j".into(), role: Role::Key, meaning: Down.meaning(), also: "" };
        app.help = vec![Section { place: None, heading: "Keys", lines: std::iter::repeat_with(line).take(40).collect() }];
        act(&mut app, &[Help]);
        wheel(&mut app, 1, list.x, list.y);
        assert!(matches!(app.top(), Some(View::Help(help)) if help.scroll == 3));
    }
}
