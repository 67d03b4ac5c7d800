//! Which actions would do something now, and what the footer calls them here.

use super::action::{Action, Context};
use super::compare::{Align, Page};
use super::facts::Tab;
use super::layout::Pane;
use super::timeline::Scope;
use super::{App, View, menu, problems, write};

impl App {
    /// Whether an action would do anything now; the footer shows no other.
    pub fn can(&self, action: Action) -> bool {
        let any = !self.list.visible.is_empty();
        match action {
            Action::Review => any,
            // Marks that nobody set cannot be taken off.
            Action::Mark => any && !self.is_loose(),
            Action::Find => matches!(self.context(), Context::Detail | Context::Source) || matches!(self.top(), Some(View::Help(_))),
            // What these move is told by where the keys are.
            Action::Left | Action::Right => {
                matches!(self.context(), Context::Detail | Context::Timeline | Context::Compare | Context::Statistics)
            }
            Action::Copy => self.subject().is_some(),
            Action::WriteFile => self.writable().is_some(),
            Action::Editor => self.subject().is_some_and(|entry| entry.origin.path().is_some()),
            Action::Cut => self.screen().is_none() && self.list.selected().is_some_and(|row| row.entry.origin.path().is_some()),
            Action::Orphans => !self.orphans.is_empty(),
            Action::Undo => !self.changes.done.is_empty(),
            Action::Redo => !self.changes.undone.is_empty(),
            Action::NewLine => matches!(self.top(), Some(View::Write(write)) if write.said == write::Said::Note),
            Action::Open => match (self.top(), self.focus) {
                (None, Pane::List) => any,
                (None, Pane::Timeline) if self.timeline.scope == Scope::All => any,
                (Some(View::Statistics(board)), _) => board.target().is_some(),
                (Some(View::Source(_)), _) => self.reader().is_some_and(|reader| reader.place().is_some()),
                (None, Pane::Detail) if self.detail.tab == Tab::Source => self.reader().is_some_and(|reader| reader.place().is_some()),
                (None, _) => self.detail.item().is_some_and(|item| !item.cites.is_empty()),
                _ => true,
            },
            Action::Compare => self.list.visible.len() > 1 || self.list.marks.len() > 1,
            Action::Base => matches!(self.top(), Some(View::Compare(comparison)) if comparison.selected != comparison.base),
            Action::Search
            | Action::Severities
            | Action::Services
            | Action::Organizations
            | Action::Statuses
            | Action::Formats
            | Action::Dates => !self.list.rows.is_empty(),
            Action::Align => match self.top() {
                // Numbers are the same however they are aligned.
                Some(View::Compare(comparison)) if comparison.page == Page::Timeline => {
                    comparison.align.next(|align| comparison.can_align(align)) != comparison.align
                }
                _ => false,
            },
            Action::Turn => matches!(self.top(), Some(View::Compare(_))),
            Action::Filters => !self.state.filters.is_empty(),
            Action::SaveFilter => !self.list.query().is_empty() && matches!(self.top(), None | Some(View::Prompt(_))),
            Action::Complete | Action::CompleteBack => match self.top() {
                Some(View::Prompt(prompt)) => prompt.candidates() > 0,
                top => matches!(top, Some(View::File(_))),
            },
            Action::Accept => !matches!(self.top(), Some(View::Menu(menu)) if menu.choice().is_none()),
            // A tag that is typed is whole only once it is accepted; a blank in it parts its words.
            Action::Toggle => {
                matches!(self.top(), Some(View::Menu(menu)) if menu.kind.has_several() && (menu.kind != menu::Kind::Tags || menu.needle.is_empty()))
            }
            Action::Exclude => matches!(self.top(), Some(View::Menu(menu)) if matches!(menu.kind, menu::Kind::Facet(_))),
            Action::Rows => !self.layout().wide_rows(),
            Action::SortBy | Action::Reverse => self.list.visible.len() > 1,
            Action::Problems => problems::count(self) > 0,
            Action::Fit | Action::ZoomIn | Action::ZoomOut | Action::PanLeft | Action::PanRight => match self.top() {
                Some(View::Compare(comparison)) => comparison.page == Page::Timeline && comparison.range.is_some(),
                _ => self.timeline.range.is_some(),
            },
            Action::NextEvent | Action::PreviousEvent | Action::NextPhase | Action::PreviousPhase | Action::Compress => match self.top() {
                Some(View::Compare(comparison)) if action == Action::Compress => {
                    comparison.page == Page::Timeline && comparison.align == Align::Calendar
                }
                Some(View::Compare(comparison)) => comparison.page == Page::Timeline && comparison.range.is_some(),
                _ => self.timeline.range.is_some(),
            },
            Action::AllIncidents => any,
            Action::Select => match self.top() {
                Some(View::Compare(comparison)) => comparison.page == Page::Timeline && comparison.range.is_some(),
                _ => self.context() == Context::Timeline && self.timeline.cursor.is_some(),
            },
            Action::BorderBack | Action::BorderOn => self.views.is_empty() && !self.layout().single,
            Action::NextCite | Action::PreviousCite => self.reader().is_some_and(|reader| reader.places.len() > 1),
            Action::FindNext | Action::FindPrevious => !self.find.is_empty(),
            Action::Clear => {
                matches!(self.top(), Some(View::Menu(menu)) if matches!(menu.kind, menu::Kind::Filters | menu::Kind::Orphans | menu::Kind::Columns) || self.can(Action::Exclude) && menu.chosen() > 0)
            }
            Action::Suspend => cfg!(unix),
            _ => true,
        }
    }

    /// The word for an action in the footer; none for what is not worth the room here.
    pub fn hint(&self, action: Action) -> Option<&'static str> {
        let context = self.context();
        let on_axis = matches!(context, Context::Timeline | Context::Compare);
        match action {
            Action::Back if context == Context::List && self.left.is_empty() => Some("quit"),
            Action::ZoomIn | Action::Fit if !on_axis => None,
            Action::Cancel if matches!(self.top(), Some(View::Menu(menu)) if !menu.needle.is_empty()) => Some("clear"),
            Action::Cancel if matches!(context, Context::Menu | Context::Picker) => Some("close"),
            Action::Cancel if context != Context::Prompt => None,
            Action::Palette | Action::Back if context == Context::Menu => None,
            Action::Accept if matches!(self.top(), Some(View::Menu(menu)) if menu.kind.has_one()) => Some("choose"),
            Action::Accept if matches!(self.top(), Some(View::Menu(menu)) if menu.kind == menu::Kind::Filters) => Some("recall"),
            Action::Accept if matches!(self.top(), Some(View::Menu(menu)) if menu.kind == menu::Kind::Actions) => Some("run"),
            Action::Accept if matches!(self.top(), Some(View::Menu(menu)) if menu.kind == menu::Kind::Themes) => Some("choose"),
            Action::Accept if matches!(self.top(), Some(View::Menu(menu)) if menu.kind == menu::Kind::Orphans) => Some("give"),
            Action::Clear if matches!(self.top(), Some(View::Menu(menu)) if matches!(menu.kind, menu::Kind::Filters | menu::Kind::Orphans)) => {
                Some("delete")
            }
            Action::SaveFilter if context != Context::Prompt => None,
            Action::Complete if matches!(self.top(), Some(View::File(_))) => Some("format"),
            Action::Accept if matches!(self.top(), Some(View::File(saving)) if saving.taken) => Some("write over"),
            Action::Accept if matches!(self.top(), Some(View::File(_))) => Some("write"),
            Action::Help => None,
            Action::Mark if context == Context::Compare => Some("remove").filter(|_| !self.is_loose()),
            Action::Turn if matches!(self.top(), Some(View::Compare(comparison)) if comparison.page == Page::Numbers) => Some("timeline"),
            Action::NextPhase if context == Context::Compare => None,
            Action::Problems if self.problems.is_empty() => Some("skipped"),
            Action::Open if self.goes_on() => None,
            Action::Open if context == Context::Source => Some("fact"),
            Action::Open if matches!(self.top(), Some(View::Compare(comparison)) if comparison.page == Page::Timeline || comparison.kind().is_some()) => {
                Some("words")
            }
            Action::Open if context == Context::Detail && self.detail.tab == Tab::Source => Some("fact"),
            Action::Open if context == Context::Detail => Some("words"),
            Action::Open if context == Context::Timeline && self.timeline.scope == Scope::One => Some("words"),
            Action::Open if matches!(self.top(), Some(View::Statistics(board)) if board.narrowed(self.list.query()).is_some()) => {
                Some("filter")
            }
            Action::Open if context == Context::Statistics => Some("spread"),
            Action::Left => match context {
                Context::Timeline => Some("cursor"),
                Context::Compare if matches!(self.top(), Some(View::Compare(comparison)) if comparison.page == Page::Timeline) => Some("cursor"),
                Context::Compare => Some("column"),
                _ => Some("tab"),
            },
            Action::Select if self.has_stretch() => Some("drop range"),
            Action::NextCite if self.reader().is_none() => None,
            action => Some(action.hint()).filter(|hint| !hint.is_empty()),
        }
        .filter(|_| self.can(action))
    }

    /// Whether a stretch of time is selected where the keys are.
    pub fn has_stretch(&self) -> bool {
        match self.top() {
            Some(View::Compare(comparison)) => comparison.selected_stretch().is_some(),
            _ => self.context() == Context::Timeline && self.timeline.selected().is_some(),
        }
    }

    /// Whether a comparison is open of incidents that nobody marked.
    fn is_loose(&self) -> bool {
        matches!(self.screen(), Some(View::Compare(comparison)) if comparison.unmarked)
    }
}
