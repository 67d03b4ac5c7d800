//! The way back from the panes to the screen that led there.

use crate::app::layout::Pane;
use crate::app::list::RowId;
use crate::app::{App, View};
use crate::query::Query;

/// Screens that were left for the panes, and what the panes showed before.
#[derive(Debug)]
pub struct Left {
    /// The screens, the last on top.
    pub(super) views: Vec<View>,
    focus: Pane,
    maximised: bool,
    pub(super) selected: Option<RowId>,
    query: Query,
}

impl App {
    /// Goes from all screens to the panes; what takes a person back one step comes back to the screens first.
    pub(super) fn leave(&mut self) {
        let views: Vec<_> = std::mem::take(&mut self.views);
        if views.is_empty() {
            return;
        }
        let query = self.list.query().clone();
        let left = Left { views, focus: self.focus, maximised: self.maximised, selected: self.list.selected_id(), query };
        self.left.push(left);
        self.maximised = false;
    }

    /// Comes back to the screens that were left last, and to what the panes showed below them; tells whether there are any.
    pub(super) fn come_back(&mut self) -> bool {
        let Some(left) = self.left.pop() else { return false };
        if left.query.text() != self.list.query().text() {
            self.list.set_query(left.query);
        }
        if let Some(selected) = left.selected {
            self.list.select(selected);
        }
        (self.views, self.focus, self.maximised) = (left.views, left.focus, left.maximised);
        true
    }

    /// All screens, those that were left among them.
    pub(super) fn all_views_mut(&mut self) -> impl Iterator<Item = &mut View> {
        self.views.iter_mut().chain(self.left.iter_mut().flat_map(|left| &mut left.views))
    }

    /// Brings what is to be shown again into line with rows that were read again; `now` tells where each is.
    pub(super) fn renew_left(&mut self, now: impl Fn(RowId) -> Option<RowId>) {
        self.left.iter_mut().for_each(|left| left.selected = left.selected.and_then(&now));
        self.left.retain(|left| !left.views.is_empty());
    }
}
