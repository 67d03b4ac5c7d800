//! What happens to the explorer, and what it asks for in turn.

use super::action::{Action, Context};
use super::list::RowId;
use super::output;
use super::pointer::Gesture;
use crate::library::watch::Reread;
use crate::library::{Answer, Entry, Problem, Progress};
use crate::resolve::Cut;
use crate::source::Source;
use crate::state::{Kept, Sent};
use chrono::NaiveDate;
use ratatui::layout::{Position, Size};
use std::path::PathBuf;
use std::sync::Arc;

/// Something that happened.
#[derive(Debug)]
pub enum Message {
    /// A person asked for something.
    Act(Action),
    /// A character that means something in the open menu.
    Choose(char),
    /// A change to the text that is typed.
    Edit(tui_input::InputRequest),
    /// A key was pressed that works in another pane; the words that say so, and the way there.
    Elsewhere(String, Way),
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

/// An action whose key is told, where that key is read, and the words behind it: what it would do.
pub type Way = (Context, Action, &'static str);

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
