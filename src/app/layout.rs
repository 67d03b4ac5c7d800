//! Which part of the screen is whose, at every size.
//!
//! ```text
//! header                         from 72×18 on; below it the pane that has
//! filter                         the focus fills the screen; with few lines
//!                                the filter has one only where there is one
//! ┌ list ─────┬ detail ────────┐
//! │           │                │
//! ├ timeline ─┴────────────────┤
//! └────────────────────────────┘
//! footer
//! ```

use crate::app::timeline::Scope;
use ratatui::layout::{Position, Rect, Size};

/// A pane that can have the focus.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Pane {
    /// The incident list.
    #[default]
    List,
    /// The facts of the selected incident.
    Detail,
    /// Its time axis.
    Timeline,
}

impl Pane {
    /// The panes in the order of the Tab key.
    pub const ALL: [Pane; 3] = [Pane::List, Pane::Detail, Pane::Timeline];
}

/// How the room is parted between the panes, in thousandths; none as the screen's size suggests it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Split {
    /// The list's part of the width.
    pub list: Option<u16>,
    /// The timeline's part of the height.
    pub timeline: Option<u16>,
}

/// A border that two panes share and that can be moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Border {
    /// Between list and detail.
    List,
    /// Above the timeline.
    Timeline,
}

impl Border {
    /// The border that a pane moves.
    pub fn of(pane: Pane) -> Self {
        if pane == Pane::Timeline { Self::Timeline } else { Self::List }
    }
}

/// The parts of the screen; a part that has no room is empty.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Layout {
    /// What is shown, whose clock, how it is sorted.
    pub header: Rect,
    /// The filter, a message or the notice.
    pub filter: Rect,
    /// The list, with its border.
    pub list: Rect,
    /// The detail, with its border.
    pub detail: Rect,
    /// The timeline, with its border.
    pub timeline: Rect,
    /// All between filter and footer: comparison, source, help.
    pub body: Rect,
    /// The next step of the tour.
    pub tour: Rect,
    /// The keys that work now.
    pub footer: Rect,
    /// Whether only the pane with the focus is shown.
    pub single: bool,
    /// Whether an incident of the list has one line also where there is room for two.
    pub dense: bool,
}

impl Layout {
    /// The parts of a screen of that size; `maximised`, the pane with the focus has all of it.
    pub fn of(size: Size, focus: Pane, maximised: bool, split: Split) -> Self {
        let (width, height) = (size.width, size.height);
        let line = |y: u16| Rect::new(0, y, width, u16::from(y < height));
        if width < 24 || height < LEAST {
            return Self { body: Rect::new(0, 0, width, height), single: true, ..Self::default() };
        }
        let body = Rect::new(0, 2, width, height - 3);
        let frame = Self { header: line(0), filter: line(1), footer: line(height - 1), body, ..Self::default() };
        if maximised || width < 72 || height < 18 {
            let pane = |which| if focus == which { body } else { Rect::default() };
            let (list, detail, timeline) = (pane(Pane::List), pane(Pane::Detail), pane(Pane::Timeline));
            return Self { list, detail, timeline, single: true, ..frame };
        }
        // Neighbours share their border: each part begins on the last line or column of the one before.
        let below = match split.timeline {
            Some(part) => of_thousand(part, body.height).clamp(LEAST_BELOW, body.height - LEAST_ABOVE),
            // A tall screen has room for the words of the events, too.
            None if height >= TALL => height * 3 / 10,
            None => (height / 4).clamp(8, 12),
        };
        let above = body.height - below + 1;
        let left = match split.list {
            Some(part) => of_thousand(part, width).clamp(LEAST_BESIDE, width - LEAST_BESIDE),
            None if width >= 160 => width * 11 / 20,
            None => width / 2,
        };
        Self {
            list: Rect::new(0, body.y, left + 1, above),
            detail: Rect::new(left, body.y, width - left, above),
            timeline: Rect::new(0, body.y + above - 1, width, below),
            ..frame
        }
    }

    /// The border at a place of the screen, where panes share one.
    pub fn border_at(&self, at: Position) -> Option<Border> {
        match () {
            () if self.single => None,
            () if at.y == self.timeline.y => Some(Border::Timeline),
            () if at.x == self.detail.x && self.detail.contains(at) => Some(Border::List),
            () => None,
        }
    }

    /// How the room is parted once a border is moved to a place of the screen.
    pub fn moved(&self, split: Split, border: Border, to: Position) -> Split {
        let part = |cells: u16, of: u16| u16::try_from((u32::from(cells) * 1000 + u32::from(of) / 2) / u32::from(of.max(1))).ok();
        match border {
            Border::List => {
                Split { list: part(to.x.clamp(LEAST_BESIDE, self.body.width.saturating_sub(LEAST_BESIDE)), self.body.width), ..split }
            }
            Border::Timeline => {
                let lines = self.body.bottom().saturating_sub(to.y);
                let most = self.body.height.saturating_sub(LEAST_ABOVE);
                Split { timeline: part(lines.clamp(LEAST_BELOW.min(most), most), self.body.height), ..split }
            }
        }
    }

    /// The same with the timeline as high as `incidents` on one axis want it: half of the screen at most, or more where the list
    /// does not need its half.
    pub fn with_rows(self, incidents: usize) -> Self {
        if self.single || self.timeline.is_empty() {
            return self;
        }
        let cells = |lines: usize| u16::try_from(lines).unwrap_or(u16::MAX);
        let listed = cells(incidents * usize::from(self.row_height())).saturating_add(self.head_height() + 2);
        let wanted = cells(incidents).saturating_add(AROUND_ROWS + 2);
        let spare = self.list.height.saturating_sub(listed.min(self.body.height / 2).max(LEAST_ABOVE));
        let more = spare.min(wanted.saturating_sub(self.timeline.height));
        let upper = |pane: Rect| Rect { height: pane.height - more, ..pane };
        let timeline = Rect { y: self.timeline.y - more, height: self.timeline.height + more, ..self.timeline };
        Self { list: upper(self.list), detail: upper(self.detail), timeline, ..self }
    }

    /// The same on a screen of one line more, which the tour has above the footer.
    pub fn with_tour(self) -> Self {
        let footer = Rect { y: self.footer.y + self.footer.height, ..self.footer };
        Self { tour: self.footer, footer, ..self }
    }

    /// The same without the line of the filter, where there are few lines and nothing is on that one.
    pub fn without_filter(self) -> Self {
        if !self.is_low() || self.filter.is_empty() {
            return self;
        }
        let grown = |part: Rect| if part.is_empty() { part } else { Rect { y: part.y - 1, height: part.height + 1, ..part } };
        let (list, detail, timeline) = (grown(self.list), grown(self.detail), grown(self.timeline));
        Self { list, detail, timeline, body: grown(self.body), filter: Rect { height: 0, ..self.filter }, ..self }
    }

    /// Whether lines are few, so that an incident has one of them and no line is kept for later.
    fn is_low(&self) -> bool {
        self.single && self.body.bottom() < LOW
    }

    /// Whether the list has room for all columns of an incident on one line.
    pub fn wide_rows(&self) -> bool {
        self.list.width >= 84
    }

    /// How many lines an incident takes in the list.
    pub fn row_height(&self) -> u16 {
        if self.has_columns() { 1 } else { 2 }
    }

    /// Whether an incident has one line in the list, on which the columns stand.
    pub fn has_columns(&self) -> bool {
        self.wide_rows() || self.dense || self.is_low()
    }

    /// How many lines the names of the columns take.
    pub fn head_height(&self) -> u16 {
        u16::from(self.wide_rows() || self.dense && !self.is_low())
    }

    /// The cells left of the time axis: a date and a gap, or what tells of an incident.
    pub fn gutter(&self, scope: Scope) -> u16 {
        match scope {
            Scope::One => 11.min(self.timeline.width / 3),
            Scope::All => (self.timeline.width / 3).clamp(6, 48),
        }
    }

    /// The cells of the time axis.
    pub fn axis_width(&self, scope: Scope) -> u16 {
        inner(self.timeline).width.saturating_sub(self.gutter(scope))
    }

    /// The cells of the time axis of a comparison.
    pub fn compare_width(&self) -> u16 {
        let width = inner(self.body).width;
        width.saturating_sub(compare_gutter(width) + compare_value(width))
    }

    /// How many incidents the timeline shows at once beside the axis, the overlaps and the line that tells of the cursor.
    pub fn timeline_rows(&self) -> usize {
        usize::from(inner(self.timeline).height.saturating_sub(AROUND_ROWS)).max(1)
    }

    /// How many incidents the list shows at once.
    pub fn list_rows(&self) -> usize {
        usize::from(inner(self.list).height.saturating_sub(self.head_height()) / self.row_height())
    }
}

/// The cells left of the axis of a comparison that is so wide: letter and title.
pub fn compare_gutter(width: u16) -> u16 {
    (width / 4).clamp(8, 40).min(width)
}

/// The cells right of it: severity and length.
pub fn compare_value(width: u16) -> u16 {
    12.min(width / 5)
}

/// The explorer needs so many lines.
pub const LEAST: u16 = 5;

/// So many thousandths of a length.
fn of_thousand(part: u16, length: u16) -> u16 {
    u16::try_from((u32::from(part) * u32::from(length) + 500) / 1000).unwrap_or(length)
}

/// The lines that list and detail keep, whatever the timeline wants.
const LEAST_ABOVE: u16 = 8;

/// The lines that the timeline keeps: axis, impact, response and events inside its border.
const LEAST_BELOW: u16 = 6;

/// The columns that list and detail keep.
const LEAST_BESIDE: u16 = 24;

/// The lines that the timeline of several incidents has for the axis, what overlaps and the cursor.
const AROUND_ROWS: u16 = 3;

/// The lines of a screen that has none to spare, without the last.
const LOW: u16 = 13;

/// From so many lines on a timeline has more than its signs.
const TALL: u16 = 50;

/// A box has the whole width of what is narrower than this.
const NARROW: u16 = 48;

/// A box in the middle of `area`, a little above it.
pub fn popup(area: Rect, size: (u16, u16)) -> Rect {
    // Slivers of what lies below, left and right of the box, would only be noise.
    let width = if size.0.saturating_add(8) > area.width || area.width < NARROW { area.width } else { size.0 };
    let height = size.1.min(area.height);
    Rect::new(area.x + (area.width - width) / 2, area.y + (area.height - height) / 3, width, height)
}

/// The room inside a border.
pub fn inner(area: Rect) -> Rect {
    let (width, height) = (area.width.saturating_sub(2), area.height.saturating_sub(2));
    Rect::new(area.x.saturating_add(1), area.y.saturating_add(1), width, height)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_lies_on_the_screen_at_every_size() {
        for (width, height) in (0..=210).step_by(3).flat_map(|width| (0..=70).map(move |height| (width, height))) {
            for focus in Pane::ALL {
                let layout = Layout::of(Size { width, height }, focus, false, Split::default());
                let screen = Rect::new(0, 0, width, height);
                for part in [layout.header, layout.filter, layout.list, layout.detail, layout.timeline, layout.body, layout.footer] {
                    assert_eq!(part.intersection(screen).area(), part.area(), "{width}x{height} {part:?}");
                }
            }
        }
    }

    #[test]
    fn the_timeline_of_all_takes_the_lines_that_the_list_does_not_need() {
        let of = |incidents| Layout::of(Size { width: 200, height: 60 }, Pane::List, false, Split::default()).with_rows(incidents);
        for incidents in [0, 1, 5, 9, 20, 30, 132] {
            let (layout, plain) = (of(incidents), Layout::of(Size { width: 200, height: 60 }, Pane::List, false, Split::default()));
            assert_eq!(layout.timeline.bottom(), plain.timeline.bottom());
            assert_eq!((layout.list.bottom(), layout.detail.bottom()), (layout.timeline.y + 1, layout.timeline.y + 1));
            assert!(layout.list_rows() >= incidents.min(24) && layout.timeline_rows() >= plain.timeline_rows());
        }
        assert_eq!((of(20).timeline_rows(), of(132).timeline_rows()), (20, 25));
    }

    #[test]
    fn a_border_stays_where_it_is_moved_to_and_leaves_room_on_both_sides() {
        for (width, height) in [(72, 18), (80, 24), (120, 36), (200, 60)] {
            let plain = Layout::of(Size { width, height }, Pane::List, false, Split::default());
            for (x, y) in (0..width).flat_map(|x| (0..height).map(move |y| (x, y))).step_by(7) {
                let to = Position { x, y };
                let moved = plain.moved(plain.moved(Split::default(), Border::List, to), Border::Timeline, to);
                let layout = Layout::of(Size { width, height }, Pane::List, false, moved);
                assert_eq!(layout.detail.x, x.clamp(LEAST_BESIDE, width - LEAST_BESIDE), "{width}x{height} {to:?}");
                assert_eq!(layout.detail.right(), width);
                let least = plain.body.y + LEAST_ABOVE;
                assert_eq!(layout.timeline.y, y.clamp(least, plain.body.bottom() - LEAST_BELOW), "{width}x{height} {to:?}");
                assert_eq!(layout.border_at(Position { x: layout.detail.x, y: layout.body.y + 2 }), Some(Border::List));
                assert_eq!(layout.border_at(Position { x: 3, y: layout.timeline.y }), Some(Border::Timeline));
            }
        }
    }

    #[test]
    fn a_small_screen_shows_the_pane_with_the_focus() {
        let layout = Layout::of(Size { width: 40, height: 10 }, Pane::Detail, false, Split::default());
        assert!(layout.single && layout.list.is_empty() && !layout.detail.is_empty());
        assert_eq!(layout.detail.height, 7);
        let list = |height| Layout::of(Size { width: 40, height }, Pane::List, false, Split::default());
        assert_eq!((list(10).list_rows(), list(10).without_filter().list_rows(), list(13).without_filter().list_rows()), (5, 6, 9));
        assert_eq!((list(14).list_rows(), list(14).without_filter()), (4, list(14)));
        let layout = Layout::of(Size { width: 80, height: 24 }, Pane::List, false, Split::default());
        assert!(!layout.single && layout.list_rows() >= 5);
        let layout = Layout::of(Size { width: 80, height: 24 }, Pane::Timeline, true, Split::default());
        assert!(layout.single && layout.timeline == layout.body && layout.timeline_rows() == 16);
    }
}
