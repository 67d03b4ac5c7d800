//! The shell command that prints what is looked at: the way from the explorer to files, pipes and documents.

use crate::app::compare::{Align, Comparison};
use crate::app::layout::Pane;
use crate::app::shell;
use crate::app::show::Zone;
use crate::app::timeline::Scope;
use crate::app::{App, View};
use crate::library::Entry;
use crate::query::column::Columns;
use crate::query::order::Order;
use crate::query::quoted_if_needed;
use std::path::{Path, PathBuf};

/// What was typed to open the explorer, so that a command reads the same in the same way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// Options that change what is read.
    pub options: Vec<String>,
    /// Files and folders; none for the library of the settings or the samples.
    pub paths: Vec<PathBuf>,
}

/// A command to copy: what it is called in the menu, its key there, and its text.
pub type Choice = (&'static str, char, String);

/// The commands that print what is looked at now; none where they would print something else.
pub fn choices(app: &App) -> Vec<Choice> {
    let one = || app.subject().map(|entry| Part::of(app, &[entry])).unwrap_or_default();
    let shown = || Part { paths: app.typed.paths.clone(), filter: app.list.query().text().trim().to_owned() };
    let (name, options, part) = match (app.screen(), app.focus) {
        (Some(View::Compare(comparison)), _) => ("compare", compared(app, comparison), sides(app, comparison)),
        (Some(View::Statistics(_)), _) => ("stats", Vec::new(), shown()),
        _ if app.reader().is_some() => ("explain", Vec::new(), one()),
        (_, Pane::Detail) => ("show", Vec::new(), one()),
        (_, Pane::Timeline) => {
            let compress = if app.timeline.compress { vec!["--compress".to_owned()] } else { Vec::new() };
            ("timeline", compress, if app.timeline.scope == Scope::One { one() } else { shown() })
        }
        (_, Pane::List) => ("list", [sorted(app.list.order()), columns(&app.columns)].concat(), shown()),
    };
    // What is marked only the explorer knows.
    if part.filter == app.list.query().text().trim() && app.list.query().asks_for_marks() {
        return Vec::new();
    }
    let zone = match app.clock.zone {
        Zone::Utc => Vec::new(),
        Zone::Local => vec!["--zone", "local"],
        Zone::Reported => vec!["--zone", "reported"],
    };
    let line = |name: &str, options: &[String], zone: &[&str]| {
        let filter = if part.filter.is_empty() { vec![] } else { vec!["--filter", part.filter.as_str()] };
        let words = ["sevline", name].into_iter().chain(options.iter().map(String::as_str)).chain(filter);
        let words = words.chain(zone.iter().copied()).chain(app.typed.options.iter().map(String::as_str));
        let words = words.map(|word| shell::word(word.as_ref())).chain(part.paths.iter().map(|path| shell::file(path)));
        words.collect::<Vec<_>>().join(" ")
    };
    let mut choices = vec![("command", 'c', line(name, &options, &zone))];
    let form = |form: &str| [vec!["--format".to_owned(), form.to_owned()], options.clone()].concat();
    match name {
        "timeline" | "compare" => choices.push(("SVG command", 's', format!("{} > {name}.svg", line(name, &form("svg"), &zone)))),
        "list" => {
            let export = line("export", &["--format".into(), "csv".into()], &[]);
            choices.push(("export command", 'x', format!("{export} > incidents.csv")));
        }
        _ => {}
    }
    choices
}

/// Some incidents as what is to be read, and the filter that leaves them alone.
#[derive(Debug, Default)]
struct Part {
    paths: Vec<PathBuf>,
    filter: String,
}

impl Part {
    fn of(app: &App, entries: &[impl AsRef<Entry>]) -> Self {
        let mut files: Vec<_> = entries.iter().filter_map(|entry| entry.as_ref().origin.path()).collect();
        let all_are_files = files.len() == entries.len();
        let rows = app.list.rows.iter().filter(|row| row.entry.origin.path().is_some_and(|path| files.contains(&path)));
        let alone = all_are_files && rows.count() == entries.len();
        let mut seen = std::collections::BTreeSet::new();
        files.retain(|file| seen.insert(*file));
        let title = |entry: &Entry| format!("title={}", quoted_if_needed(entry.incident().display_title()));
        let titles: Vec<_> = entries.iter().map(|entry| title(entry.as_ref())).collect();
        Self {
            paths: if all_are_files { files.into_iter().map(Path::to_owned).collect() } else { app.typed.paths.clone() },
            filter: if alone { String::new() } else { titles.join(" OR ") },
        }
    }
}

fn sides(app: &App, comparison: &Comparison) -> Part {
    let entries: Vec<_> = comparison.sides.iter().filter_map(|side| app.list.rows.get(side.id)).map(|row| row.entry.clone()).collect();
    Part::of(app, &entries)
}

/// How the comparison is aligned, and its base by the place at which the command reads it.
fn compared(app: &App, comparison: &Comparison) -> Vec<String> {
    let align = match comparison.align {
        Align::Start => None,
        Align::Detection => Some("detection"),
        Align::Mitigation => Some("mitigation"),
        Align::Calendar => Some("calendar"),
        Align::Stretched => Some("stretched"),
    };
    let source = |at: usize| app.list.rows.get(comparison.sides.get(at)?.id).map(|row| &row.entry);
    let file = |at: usize| source(at).and_then(|entry| entry.origin.path());
    // Files are read in the order in which they are named, and what is in memory by its name.
    let first = |at: usize| (0..comparison.sides.len()).find(|&other| file(at).is_some() && file(other) == file(at));
    let place = |at: usize| (first(at), source(at).map(|entry| (entry.source.path.clone(), entry.source.index)));
    let base = (0..comparison.sides.len()).filter(|&at| place(at) < place(comparison.base)).count() + 1;
    let options = [
        align.map(|align| ["--align".to_owned(), align.to_owned()]),
        comparison.has_own_base().then(|| ["--base".to_owned(), base.to_string()]),
    ];
    options.into_iter().flatten().flatten().collect()
}

fn columns(columns: &Columns) -> Vec<String> {
    if *columns == Columns::default() { Vec::new() } else { vec!["--columns".into(), columns.to_string()] }
}

fn sorted(order: Order) -> Vec<String> {
    if order == Order::default() {
        return Vec::new();
    }
    let direction = if order.descending() { "desc" } else { "asc" };
    vec!["--sort".into(), format!("{}:{direction}", order.column.name())]
}
