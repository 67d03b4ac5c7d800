//! What the explorer knows and how it changes: [`App::update`] takes a [`Message`] and answers with an [`Effect`].
//!
//! Nothing here reads a clock, a terminal or a file: size, offsets and texts come in as values, so that every screen can
//! be tested.

pub mod action;
pub mod axis;
pub mod calendar;
pub mod cells;
pub mod command;
pub mod compare;
pub mod copy;
pub mod detail;
pub mod facts;
pub mod find;
pub mod glyph;
pub mod help;
pub mod lanes;
pub mod layout;
pub mod list;
pub mod markdown;
pub mod measures;
pub mod memory;
pub mod menu;
pub mod message;
mod offer;
pub mod output;
pub mod parts;
pub mod pointer;
pub mod problems;
pub mod prompt;
pub mod reader;
mod replace;
pub mod scale;
pub mod shell;
pub mod show;
pub mod standing;
pub mod statistics;
pub mod step;
pub mod tabs;
pub mod text;
pub mod timeline;
pub mod tour;
pub mod viewport;
pub mod write;

mod update;

pub use message::{Effect, Message, SourceSearch, Way};

use crate::incident::Incident;
use crate::library::{Entry, Problem};
use crate::query::column::Columns;
use crate::resolve::Cut;
use crate::review::Reviewed;
use crate::state::{Sent, State};
use action::Context;
use compare::Comparison;
use detail::Detail;
use facts::Tab;
use find::Find;
use layout::{Border, Layout, Pane, Split};
use list::{List, RowId};
use memory::Awaited;
use menu::Menu;
use prompt::Prompt;
use ratatui::layout::Size;
use reader::Reader;
use show::Clock;
use standing::Standing;
use statistics::Board;
use std::sync::Arc;
use timeline::{Scope, Timeline};
use tour::Tour;
use write::{Changes, Write};

/// How far the sources are read for the words of a `text:`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Searching {
    number: u64,
    words: Vec<String>,
    /// How many are read.
    pub done: usize,
    /// How many are to be read.
    pub all: usize,
    /// How many could not be read.
    pub lost: usize,
}

/// What lies over the panes; the last of them is on top.
#[derive(Debug)]
pub enum View {
    /// Marked incidents side by side.
    Compare(Comparison),
    /// Counts and lengths of what is shown.
    Statistics(Box<Board>),
    /// A report's own words.
    Source(Reader),
    /// The filter line while it is typed.
    Prompt(Box<Prompt>),
    /// The name to save the filter under, while it is typed.
    Name(tui_input::Input),
    /// What a reviewer says, while it is typed.
    Write(Write),
    /// A menu of values.
    Menu(Menu),
    /// The name of a file to write what is shown to, while it is typed.
    File(output::Saving),
    /// Words to look for in a text, with those to go back to.
    Find(tui_input::Input, Find),
    /// All keys and signs.
    Help(help::Help),
    /// The files that could not be read or were left out; how many lines are scrolled away.
    Problems(usize),
}

/// How far the reading is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Loading {
    /// Files found so far.
    pub queued: usize,
    /// Files read so far.
    pub done: usize,
    /// Whether that is all.
    pub finished: bool,
}

/// An entry whose file is to be cut, and the ways to do so, with how many incidents each makes.
type Ways = (Arc<Entry>, Vec<(Cut, usize)>);

/// All the explorer knows.
#[derive(Debug)]
pub struct App {
    /// What is shown, for example the folder.
    pub title: String,
    /// Which library this is and how to open one's own.
    pub notice: Option<String>,
    /// What was typed to open it.
    pub typed: command::Typed,
    /// The incidents.
    pub list: List,
    /// The facts of the selected incident.
    pub detail: Detail,
    /// The lengths of all incidents that are shown.
    pub standing: Standing,
    /// Words looked for in the detail or the source.
    pub find: Find,
    /// The time axis.
    pub timeline: Timeline,
    /// The pane that has the focus.
    pub focus: Pane,
    /// Whether that pane has the whole screen.
    pub maximised: bool,
    /// What the list shows where an incident has one line.
    pub columns: Columns,
    /// Whether an incident has one line also where there is room for two.
    pub dense: bool,
    /// How the room is parted between the panes.
    pub split: Split,
    /// The border that the mouse has hold of.
    dragged: Option<Border>,
    /// What lies over the panes.
    pub views: Vec<View>,
    /// Where on the tour a person is; none who is not on it.
    pub tour: Option<Tour>,
    /// The screens from which a person went to the panes, the last one to come back to first.
    left: Vec<update::Left>,
    /// Whether the mouse selects and scrolls.
    pub mouse: bool,
    /// Whose clock is shown.
    pub clock: Clock,
    /// How far the reading is.
    pub loading: Loading,
    /// Files that could not be read.
    pub problems: Vec<Problem>,
    /// Files inside folders that are no incident reports.
    pub left_out: Vec<String>,
    /// What the help tells, from the list on.
    pub help: Vec<help::Section>,
    /// The names of the themes.
    pub themes: Vec<String>,
    /// The theme that is wanted.
    pub theme: String,
    /// What is remembered between runs.
    pub state: State,
    /// What was said of incidents in this run.
    pub changes: Changes,
    /// What is on its way to be remembered.
    sent: Vec<Sent>,
    /// How many changes were sent so far.
    numbers: u64,
    /// How far the sources are searched, while they are.
    pub searching: Option<Searching>,
    /// An answer to the last action.
    pub message: Option<String>,
    /// What can be done about that; shown behind it.
    pub way: Option<Way>,
    /// What changed on disk since the last action.
    pub news: Option<String>,
    /// The reviews that no incident takes although their file is here.
    pub orphans: Vec<Reviewed>,
    /// What the open menu cuts.
    ways: Option<Ways>,
    /// Which rows can have a review.
    claims: update::Claims,
    /// What is to be found again when it is read.
    awaited: Awaited,
    /// What the filter has `text:` look for, as far as `find` took it over.
    sought: Vec<String>,
    /// How many searches of sources were asked for.
    searches: u64,
    size: Size,
    /// The selected incident, unpacked.
    incident: Option<Incident>,
    /// What `incident`, `detail` and `timeline` were made for: the incident, the clock, the width of the pane.
    shown: Option<(RowId, show::Zone, u16)>,
}

impl App {
    /// An explorer with nothing read yet.
    pub fn new(title: String, notice: Option<String>, clock: Clock, size: Size) -> Self {
        Self {
            title,
            notice,
            typed: command::Typed::default(),
            list: List::default(),
            detail: Detail::default(),
            standing: Standing::default(),
            find: Find::default(),
            timeline: Timeline::default(),
            focus: Pane::List,
            maximised: false,
            columns: Columns::default(),
            dense: false,
            split: Split::default(),
            dragged: None,
            mouse: false,
            views: Vec::new(),
            tour: None,
            left: Vec::new(),
            clock,
            loading: Loading::default(),
            problems: Vec::new(),
            left_out: Vec::new(),
            help: Vec::new(),
            themes: Vec::new(),
            theme: String::new(),
            state: State::default(),
            changes: Changes::default(),
            sent: Vec::new(),
            numbers: 0,
            searching: None,
            message: None,
            way: None,
            news: None,
            orphans: Vec::new(),
            ways: None,
            claims: update::Claims::default(),
            awaited: Awaited::default(),
            sought: Vec::new(),
            searches: 0,
            size,
            incident: None,
            shown: None,
        }
    }

    /// The size of the screen.
    pub fn size(&self) -> Size {
        self.size
    }

    /// The parts of the screen.
    pub fn layout(&self) -> Layout {
        // The tour has a line of its own, so that it hides nothing.
        let tour = u16::from(self.tour.is_some() && self.size.height > layout::LEAST);
        let size = Size { height: self.size.height.saturating_sub(tour), ..self.size };
        let layout = Layout { dense: self.dense, ..Layout::of(size, self.focus, self.maximised, self.split) };
        let layout = if tour > 0 { layout.with_tour() } else { layout };
        let layout = match self.timeline.scope {
            Scope::All if self.split.timeline.is_none() => layout.with_rows(self.list.charted().len()),
            _ => layout,
        };
        let typed = matches!(self.top(), Some(View::Prompt(_) | View::Name(_) | View::Write(_) | View::File(_)));
        let is_told = typed || !self.list.query().is_empty() || !self.list.marks.is_empty();
        if is_told { layout } else { layout.without_filter() }
    }

    /// The selected incident.
    pub fn incident(&self) -> Option<&Incident> {
        self.incident.as_ref()
    }

    /// The incident that is looked at: in a source or a comparison that one, else the selected one.
    pub fn subject(&self) -> Option<&Arc<Entry>> {
        match (self.reader(), self.screen()) {
            (Some(reader), _) => Some(&reader.entry),
            (None, Some(View::Compare(comparison))) => self.list.rows.get(comparison.side()?.id).map(|row| &row.entry),
            _ => self.list.selected().map(|row| &row.entry),
        }
    }

    /// What lies on top of the panes.
    pub fn top(&self) -> Option<&View> {
        self.views.last()
    }

    /// The source that has the focus: over the panes, or in the detail.
    pub fn reader(&self) -> Option<&Reader> {
        match self.views.iter().rev().find(|view| !matches!(view, View::Find(..))) {
            Some(View::Source(reader)) => Some(reader),
            None if self.focus == Pane::Detail && self.detail.tab == Tab::Source => self.detail.reader.as_ref(),
            _ => None,
        }
    }

    /// The screen-filling view, under any prompt, menu or page.
    pub fn screen(&self) -> Option<&View> {
        self.views.iter().rev().find(|view| matches!(view, View::Compare(_) | View::Statistics(_) | View::Source(_)))
    }

    /// Where keys go.
    pub fn context(&self) -> Context {
        self.context_under(self.top())
    }

    /// Where keys go once the page on top is closed.
    pub fn context_below(&self) -> Context {
        self.context_under(self.views.iter().rev().nth(1))
    }

    fn context_under(&self, top: Option<&View>) -> Context {
        match (top, self.focus) {
            (Some(View::Compare(_)), _) => Context::Compare,
            (Some(View::Source(_)), _) => Context::Source,
            (Some(View::Statistics(_)), _) => Context::Statistics,
            (Some(View::Prompt(_) | View::Name(_) | View::Write(_) | View::File(_) | View::Find(..)), _) => Context::Prompt,
            (Some(View::Menu(menu)), _) if menu.kind.narrows() => Context::Picker,
            (Some(View::Menu(_)), _) => Context::Menu,
            (Some(View::Help(help)), _) if help.typing => Context::Prompt,
            (Some(View::Help(_) | View::Problems(_)), _) => Context::Page,
            (None, Pane::List) => Context::List,
            (None, Pane::Detail) => Context::Detail,
            (None, Pane::Timeline) => Context::Timeline,
        }
    }

    /// How many rows of a menu are visible at most.
    pub fn menu_rows(&self) -> usize {
        usize::from(layout::inner(self.layout().body).height.saturating_sub(1)).max(1)
    }

    /// How many rows a screen-filling view has inside its border.
    pub fn body_rows(&self) -> usize {
        usize::from(layout::inner(self.layout().body).height).max(1)
    }
}
