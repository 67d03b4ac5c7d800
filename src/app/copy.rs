//! What can be copied of what is looked at.

use crate::app::layout::Pane;
use crate::app::reader::{Reader, Text};
use crate::app::{App, View, cells, command, markdown, shell};
use crate::library::Entry;
use crate::query::column::Columns;
use crate::sanitize;
use crate::source::Cite;
use std::path::Path;

/// Terminals take no more than about 75 000 signs of a coded text; this many bytes become fewer.
pub const MOST: usize = 48 * 1024;

/// Something to copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// What it is called.
    pub name: &'static str,
    /// Its key in the menu.
    pub key: char,
    /// The text, safe to show.
    pub text: String,
}

/// Everything that can be copied of what is looked at now, what is nearest first.
pub fn choices(app: &App) -> Vec<Copy> {
    let Some(entry) = app.subject() else { return Vec::new() };
    let source = |reader: &Reader| match (&reader.text, reader.place()) {
        (Text::Open { source, .. }, Some(place)) => Some(source.slice(place.cite.span).to_owned()),
        _ => None,
    };
    let fact = match app.reader() {
        Some(reader) => reader.told().first().map(|&told| told.to_owned()),
        None if app.screen().is_none() && app.focus != Pane::List => app.detail.item().map(|item| item.value.clone()),
        None => None,
    };
    let incident = entry.incident();
    let cell = |column| markdown::text(cells::cell(&incident, entry.review(), column, app.clock).trim());
    let row: Vec<_> = Columns::default().iter().map(cell).collect();
    let link = entry.source.url.clone().filter(|url| sanitize::is_address(url));
    let choices = [
        ("fact", 'f', fact),
        ("words", 'w', app.reader().and_then(source)),
        ("Markdown row", 'm', Some(format!("| {} |", row.join(" | ")))),
        ("title", 't', Some(incident.display_title().to_owned())),
        ("file:line", 'p', Some(place(app, entry))),
        ("link", 'l', link),
    ];
    let safe = |(name, key, text): (_, _, Option<String>)| {
        let text = sanitize::lines(text?.trim()).into_owned();
        (!text.is_empty()).then_some(Copy { name, key, text })
    };
    let commands = command::choices(app).into_iter().map(|(name, key, text)| (name, key, Some(text)));
    choices.into_iter().chain(commands).filter_map(safe).collect()
}

/// Where what is looked at stands: the file as a shell reads it, and the line.
fn place(app: &App, entry: &Entry) -> String {
    let file = entry.origin.path().unwrap_or(Path::new(&entry.source.path));
    format!("{}:{}", shell::word(file.as_os_str()), line(app, entry))
}

/// The 1-based line of what is looked at: of the words, the fact, the length, else of the incident.
pub fn line(app: &App, entry: &Entry) -> u32 {
    let first = |cites: &[Cite]| cites.first().map(|cite| cite.line);
    let line = match (app.reader(), app.screen()) {
        (Some(reader), _) => reader.line(),
        (None, Some(View::Compare(comparison))) => first(&comparison.cites()),
        (None, None) if app.focus != Pane::List => app.detail.item().and_then(|item| first(&item.cites)),
        _ => None,
    };
    line.unwrap_or_else(|| entry.incident().extent.line)
}
