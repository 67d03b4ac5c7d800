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

use crate::incident::Incident;
use crate::keymap::Keymap;
use crate::library::watch::Reread;
use crate::library::{Answer, Entry, Problem, Progress};
use crate::query::column::Columns;
use crate::resolve::Cut;
use crate::review::Reviewed;
use crate::source::Source;
use crate::state::{Kept, Sent, State};
use action::{Action, Context};
use chrono::NaiveDate;
use compare::{Align, Comparison, Page};
use detail::Detail;
use facts::Tab;
use find::Find;
use layout::{Border, Layout, Pane, Split};
use list::{List, RowId};
use memory::Awaited;
use menu::Menu;
use pointer::Gesture;
use prompt::Prompt;
use ratatui::layout::{Position, Size};
use reader::Reader;
use show::Clock;
use standing::Standing;
use statistics::Board;
use std::path::PathBuf;
use std::sync::Arc;
use timeline::{Scope, Timeline};
use tour::Tour;
use write::{Changes, Write};

/// Something that happened.
#[derive(Debug)]
pub enum Message {
    /// A person asked for something.
    Act(Action),
    /// A character that means something in the open menu.
    Choose(char),
    /// A change to the text that is typed.
    Edit(tui_input::InputRequest),
    /// A key was pressed that works in another pane; the words that say so.
    Elsewhere(String),
    /// The mouse did something there.
    Point(Gesture, Position),
    /// Text was pasted.
    Paste(String),
    /// The screen has this size now.
    Resize(Size),
    /// Files were found or read.
    Arrived(Vec<Progress>),
    /// The day has come, in UTC.
    Today(NaiveDate),
    /// Everything is read.
    Loaded,
    /// Files were read again.
    Reread(Vec<Reread>),
    /// The source of an entry was read.
    Source(Arc<Entry>, Result<Source, Problem>),
    /// The ways in which the file of an entry can be cut, with how many incidents each makes.
    Cuts(Arc<Entry>, Result<Vec<(Cut, usize)>, Problem>),
    /// Sources were read for the search of that number.
    Searched(u64, Vec<Answer<RowId>>),
    /// The change of that number is written.
    Kept(u64, Box<Kept>),
    /// A file was to be written, and this became of it.
    Written(output::Written),
    /// Something that was asked for did not succeed.
    Failed(String),
}

impl From<Action> for Message {
    fn from(action: Action) -> Self {
        Message::Act(action)
    }
}

/// What is to be done outside.
#[derive(Debug)]
pub enum Effect {
    /// Nothing.
    None,
    /// End, with an exit status.
    Quit(u8),
    /// Read the source of an entry and answer with [`Message::Source`].
    OpenSource(Arc<Entry>),
    /// Give a text, which is safe to show, to the clipboard.
    Copy(String),
    /// Open a file at a 1-based line in the person's editor.
    Edit(PathBuf, u32),
    /// Write a file and answer with [`Message::Written`].
    Write(output::Output),
    /// Read all files again and answer with [`Message::Reread`].
    ReadAgain,
    /// Draw every cell of the screen again, whatever stands there.
    Repaint,
    /// Hand the terminal back to the shell until it resumes the program.
    Suspend,
    /// Make a change to what is remembered and answer with [`Message::Kept`].
    Remember(Sent),
    /// Look at the headings of an entry's file and answer with [`Message::Cuts`].
    OpenCuts(Arc<Entry>),
    /// Make a change to how files are cut, which is remembered; and answer with [`Message::Reread`] of those that are cut
    /// otherwise now.
    Cut(Sent),
    /// Read again what is cut otherwise now and answer with [`Message::Reread`].
    Recut,
    /// Look for words in sources, instead of whatever was looked for before, and answer with [`Message::Searched`].
    SearchSources(SourceSearch),
}

/// Words to look for in sources.
#[derive(Debug, Clone)]
pub struct SourceSearch {
    /// Told with every answer, so that one that comes late is known.
    pub number: u64,
    /// In lower case; none to stop looking.
    pub words: Vec<String>,
    /// Where to look.
    pub rows: Vec<(RowId, Arc<Entry>)>,
}

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

/// The help is no wider than this.
const HELP_WIDTH: u16 = 168;

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
            Action::Select => self.context() == Context::Timeline && self.timeline.cursor.is_some(),
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
            Action::Complete if matches!(self.top(), Some(View::File(_))) => Some("form"),
            Action::Accept if matches!(self.top(), Some(View::File(saving)) if saving.taken) => Some("write over"),
            Action::Accept if matches!(self.top(), Some(View::File(_))) => Some("write"),
            Action::Help => None,
            Action::Mark if context == Context::Compare => Some("remove").filter(|_| !self.is_loose()),
            Action::Turn if matches!(self.top(), Some(View::Compare(comparison)) if comparison.page == Page::Numbers) => Some("timeline"),
            Action::NextPhase if context == Context::Compare => None,
            Action::Problems if self.problems.is_empty() => Some("left out"),
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
            Action::Select if self.timeline.selected().is_some() => Some("drop range"),
            Action::NextCite if self.reader().is_none() => None,
            action => Some(action.hint()).filter(|hint| !hint.is_empty()),
        }
        .filter(|_| self.can(action))
    }

    /// Whether a comparison is open of incidents that nobody marked.
    fn is_loose(&self) -> bool {
        matches!(self.screen(), Some(View::Compare(comparison)) if comparison.unmarked)
    }

    /// The help in a box of so many cells, with the place where a person is first.
    pub fn help_laid(&self, help: &help::Help, width: u16) -> help::Laid<'_> {
        let here = Keymap::lookup(self.context_below());
        let mut sections: Vec<_> = self.help.iter().collect();
        let rank = |section: &&help::Section| here.iter().position(|&place| Some(place) == section.place).unwrap_or(here.len());
        sections.sort_by_key(rank);
        help::laid(&sections, help.input.value(), width)
    }

    /// The cells that the help has for its text, and its rows.
    pub fn help_room(&self) -> (u16, usize) {
        let body = self.layout().body;
        (layout::inner(layout::popup(body, (HELP_WIDTH.min(body.width.saturating_sub(8).max(96)), body.height))).width, self.body_rows())
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
