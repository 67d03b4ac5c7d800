//! Writing what is shown to a file: what goes into it, and the line on which its name is typed. The name's ending tells the
//! form.

use crate::app::compare::Align;
use crate::app::layout::Pane;
use crate::app::show::Clock;
use crate::app::timeline::Scope;
use crate::app::{App, View};
use crate::library::Entry;
use crate::query::column::Columns;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tui_input::Input;

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A picture.
    Svg,
    /// A page of its own.
    Html,
    /// A table for a spreadsheet: an incident or, of one incident, an event a row.
    Csv,
    /// Tables for a document.
    Markdown,
}

impl Form {
    /// Every form with the ending of its files, in the order in which they are offered.
    pub const ALL: [(Form, &'static str); 4] = [(Form::Svg, "svg"), (Form::Html, "html"), (Form::Csv, "csv"), (Form::Markdown, "md")];

    /// The form that the ending of a name asks for.
    pub fn of(name: &str) -> Option<Self> {
        let ending = Path::new(name).extension()?.to_str()?.to_ascii_lowercase();
        Self::ALL.iter().find(|(_, known)| *known == ending).map(|(form, _)| *form)
    }
}

/// What is written.
#[derive(Debug, Clone)]
pub enum Shown {
    /// One incident on its time axis, or several on the calendar; with dead time or without.
    Timeline(Vec<Arc<Entry>>, bool),
    /// A comparison; how it is aligned, and the place of its base.
    Compared(Vec<Arc<Entry>>, Align, usize),
}

/// A file that is to be written.
#[derive(Debug, Clone)]
pub struct Output {
    /// Its name, from the folder that the program was started in.
    pub path: PathBuf,
    /// Its form.
    pub form: Form,
    /// What goes into it.
    pub shown: Shown,
    /// The columns of the list: a table of incidents has them.
    pub columns: Columns,
    /// Whose clock it has.
    pub clock: Clock,
    /// Whether it may take the place of a file of that name.
    pub over: bool,
}

/// What became of a file that was to be written.
#[derive(Debug)]
pub enum Written {
    /// It is there, with so many bytes.
    Done(PathBuf, usize),
    /// There is a file of that name, which was left as it is.
    Taken(PathBuf),
    /// It could not be written.
    Failed(String),
}

/// The line on which a name is typed.
#[derive(Debug)]
pub struct Saving {
    /// The name.
    pub input: Input,
    /// What goes into the file.
    pub shown: Shown,
    /// Whether a file of that name was found: accepting the name once more writes over it.
    pub taken: bool,
}

impl Saving {
    /// Changes the ending of the name to that of the next form, or the one before.
    pub fn turn(&mut self, by: isize) {
        let name = PathBuf::from(self.input.value());
        let now = Form::ALL.iter().position(|(form, _)| Form::of(self.input.value()) == Some(*form));
        let count = Form::ALL.len() as isize;
        let next = now.map_or(0, |now| (now as isize + by).rem_euclid(count) as usize);
        let Some((_, ending)) = Form::ALL.get(next) else { return };
        // What is no form's ending belongs to the name.
        let stem = if now.is_some() { name.with_extension("") } else { name };
        self.input = Input::new(format!("{}.{ending}", stem.display()));
        self.taken = false;
    }
}

impl App {
    /// What can be written of what is shown, and the name that is proposed for it, without an ending.
    pub fn writable(&self) -> Option<(Shown, String)> {
        let entry = |id: usize| self.list.rows.get(id).map(|row| row.entry.clone());
        match (self.screen(), self.focus) {
            (Some(View::Compare(comparison)), _) => {
                let entries = comparison.sides.iter().filter_map(|side| entry(side.id)).collect();
                Some((Shown::Compared(entries, comparison.align, comparison.base), "comparison".into()))
            }
            (Some(_), _) => None,
            (None, Pane::Detail) => self.writable_one(),
            (None, Pane::Timeline) if self.timeline.scope == Scope::One => self.writable_one(),
            (None, _) => {
                let entries: Vec<_> = self.list.charted().iter().filter_map(|&id| entry(id)).collect();
                (!entries.is_empty()).then(|| (Shown::Timeline(entries, self.timeline.compress), "incidents".into()))
            }
        }
    }

    fn writable_one(&self) -> Option<(Shown, String)> {
        let entry = self.list.selected()?.entry.clone();
        // A title may be anything; a date is a name wherever files are kept.
        let date = self.incident().and_then(|incident| incident.start()).map(|start| self.clock.date(start));
        let name = date.map_or("incident".into(), |date| format!("incident-{date}"));
        Some((Shown::Timeline(vec![entry], self.timeline.compress), name))
    }
}
