//! What lies under the mouse, by the same layout that is drawn.

use crate::app::facts::Tab;
use crate::app::layout::{Pane, inner};
use crate::app::menu::Menu;
use crate::app::menu::shape::Shape;
use crate::app::reader::text_rows;
use crate::app::statistics::Section;
use crate::app::tabs::Head;
use crate::app::timeline::Scope;
use crate::app::viewport::Viewport;
use crate::app::{App, View, menu};
use crate::query::column::Column;
use ratatui::layout::{Position, Rect};

/// What the mouse does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gesture {
    /// Its button was pressed.
    Click,
    /// It was moved with its button held down.
    Drag,
    /// Its wheel was turned, towards the end of a text where positive.
    Wheel(isize),
}

/// What can be selected with the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A choice of the open menu.
    Choice(usize),
    /// What lies around the open menu.
    Outside,
    /// A place among the visible incidents.
    Incident(usize),
    /// The name of a column of the list.
    Column(Column),
    /// A tab of the detail.
    Tab(Tab),
    /// A fact.
    Fact(usize),
    /// A row of the source.
    Words(usize),
    /// A section of the statistics, or a line of it.
    Count(Section, Option<usize>),
    /// A moment on the time axis, in milliseconds.
    Moment(i64),
}

impl App {
    /// Where a menu is shown: beside the list where there is room, so that it shows at once what a choice does.
    pub fn menu_area(&self, menu: &Menu) -> Rect {
        let layout = self.layout();
        let beside =
            layout.detail.width >= 38 && !matches!(menu.kind, menu::Kind::Actions | menu::Kind::Orphans) && self.screen().is_none();
        if beside { layout.detail } else { layout.body }
    }

    /// The pane at a place of the screen.
    pub fn pane_at(&self, at: Position) -> Option<Pane> {
        let layout = self.layout();
        // Panes share borders; a border belongs to what stands in it: the title below it, the tabs of the pane to its right.
        let panes = [(Pane::Timeline, layout.timeline), (Pane::Detail, layout.detail), (Pane::List, layout.list)];
        panes.into_iter().find(|(_, area)| area.contains(at)).map(|(pane, _)| pane)
    }

    /// What can be selected at a place of the screen.
    pub fn target_at(&self, at: Position) -> Option<Target> {
        match self.top() {
            Some(View::Menu(menu)) => {
                let shape = Shape::of(menu, self.menu_area(menu));
                let choice = shape.choice(menu, at).map(Target::Choice);
                choice.or((!shape.place.contains(at)).then_some(Target::Outside))
            }
            Some(View::Source(reader)) => {
                let area = inner(self.layout().body);
                row_at(area, at, text_rows(self.body_rows())).map(|row| Target::Words(reader.scroll + row))
            }
            Some(View::Statistics(board)) => board.at(at, self.layout().body).map(|(section, line)| Target::Count(section, line)),
            Some(_) => None,
            None => match self.pane_at(at)? {
                Pane::List => self.incident_at(at),
                Pane::Detail => self.fact_at(at),
                Pane::Timeline => self.moment_at(at),
            },
        }
    }

    fn incident_at(&self, at: Position) -> Option<Target> {
        let layout = self.layout();
        let area = inner(layout.list);
        let head = layout.head_height().min(area.height);
        if head > 0 && area.contains(at) && at.y == area.y {
            let places = self.columns_drawn();
            let under = places.iter().find(|place| (place.x..place.x + place.width).contains(&(at.x - area.x)));
            return under.map(|place| Target::Column(place.column));
        }
        let rows = Rect { y: area.y + head, height: area.height - head, ..area };
        let row = row_at(rows, at, layout.list_rows() * usize::from(layout.row_height()))? / usize::from(layout.row_height());
        let place = self.list.scroll + row;
        (place < self.list.visible.len()).then_some(Target::Incident(place))
    }

    fn fact_at(&self, at: Position) -> Option<Target> {
        let (detail, area) = (&self.detail, self.layout().detail);
        let head = Head::of(detail, area);
        if let Some(label) = head.labels.iter().find(|label| label.place.contains(at)) {
            return Some(Target::Tab(label.tab));
        }
        let row = row_at(inner(area), at, usize::MAX)?;
        match (&detail.reader, detail.tab) {
            (Some(reader), Tab::Source) => {
                let rows = text_rows(usize::from(inner(area).height));
                (row < rows && reader.scroll + row < reader.row_count()).then_some(Target::Words(reader.scroll + row))
            }
            _ => detail.lines.get(detail.scroll + row).map(|line| Target::Fact(line.item)),
        }
    }

    fn moment_at(&self, at: Position) -> Option<Target> {
        let (layout, timeline) = (self.layout(), &self.timeline);
        let area = inner(layout.timeline);
        let gutter = layout.gutter(timeline.scope);
        let column = area.contains(at).then(|| at.x - area.x)?;
        if timeline.scope == Scope::All && column < gutter {
            // Above the incidents stand the axis and what overlaps.
            let row = row_at(area, at, layout.timeline_rows() + 2)?.checked_sub(2)?;
            let place = timeline.scroll + row;
            return (place < self.list.charted().len()).then_some(Target::Incident(place));
        }
        let view = Viewport { range: timeline.range?, width: layout.axis_width(timeline.scope), scale: &timeline.scale };
        column.checked_sub(gutter).filter(|&column| column < view.width).map(|column| Target::Moment(view.moment(column)))
    }
}

/// The row of `area` at a place of the screen, among the first so many.
fn row_at(area: Rect, at: Position, rows: usize) -> Option<usize> {
    area.contains(at).then(|| usize::from(at.y - area.y)).filter(|&row| row < rows)
}
