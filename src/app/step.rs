//! Moving a selection or a scroll position.

use crate::app::action::Action;

/// A movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// So many rows, down where positive.
    By(isize),
    /// To the first row.
    Top,
    /// To the last row.
    Bottom,
}

impl Step {
    /// The movement an action means where `page` rows are visible.
    pub fn of(action: Action, page: usize) -> Option<Self> {
        let page = isize::try_from(page.max(1)).unwrap_or(isize::MAX);
        // A page keeps one row in view, so that the eye finds its place again.
        let full = (page - 1).max(1);
        match action {
            Action::Up => Some(Step::By(-1)),
            Action::Down => Some(Step::By(1)),
            Action::HalfUp => Some(Step::By(-(page / 2).max(1))),
            Action::HalfDown => Some(Step::By((page / 2).max(1))),
            Action::PageUp => Some(Step::By(-full)),
            Action::PageDown => Some(Step::By(full)),
            Action::Top => Some(Step::Top),
            Action::Bottom => Some(Step::Bottom),
            _ => None,
        }
    }

    /// The place it leads to from `at` among `count` rows; 0 where there are none.
    pub fn from(self, at: usize, count: usize) -> usize {
        let last = count.saturating_sub(1);
        match self {
            Step::By(by) => at.saturating_add_signed(by).min(last),
            Step::Top => 0,
            Step::Bottom => last,
        }
    }
}

/// The scroll position nearest to `scroll` at which rows `first..=last` are in view, and no room is wasted at the end.
pub fn keep_in_view(scroll: usize, first: usize, last: usize, height: usize, count: usize) -> usize {
    let lowest = (last + 1).saturating_sub(height);
    // Where the rows are higher than the view, their beginning wins.
    scroll.max(lowest).min(first).min(count.saturating_sub(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_stay_within_the_rows() {
        assert_eq!(Step::By(-3).from(1, 10), 0);
        assert_eq!(Step::By(30).from(1, 10), 9);
        assert_eq!(Step::Bottom.from(0, 0), 0);
        assert_eq!(Step::of(Action::PageDown, 0), Some(Step::By(1)));
        assert_eq!(Step::of(Action::HalfUp, 9), Some(Step::By(-4)));
        assert_eq!(Step::of(Action::Help, 9), None);
    }

    #[test]
    fn scrolls_no_further_than_needed() {
        assert_eq!(keep_in_view(0, 3, 3, 5, 20), 0);
        assert_eq!(keep_in_view(0, 7, 7, 5, 20), 3);
        assert_eq!(keep_in_view(10, 7, 7, 5, 20), 7);
        assert_eq!(keep_in_view(18, 19, 19, 5, 20), 15);
        assert_eq!(keep_in_view(9, 0, 0, 5, 3), 0);
        assert_eq!(keep_in_view(0, 4, 14, 5, 20), 4);
        assert_eq!(keep_in_view(0, 0, 0, 0, 20), 0);
    }
}
