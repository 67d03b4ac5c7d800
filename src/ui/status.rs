//! The lines above and below: what is shown, what is filtered, which keys work.

use super::text::Row;
use super::{Skin, prompt};
use crate::app::action::{Action, Context};
use crate::app::show::Zone;
use crate::app::{App, View, text};
use crate::theme::Role;
use ratatui::Frame;
use ratatui::layout::Rect;

/// What is read, whose clock, how it is sorted.
pub fn header(frame: &mut Frame, app: &App, skin: &Skin, area: Rect) {
    let order = app.list.order();
    let arrow = if order.descending() { '↓' } else { '↑' };
    let right = format!("{} · {} {arrow} ", app.clock.zone.name(), order.column.name());
    let right = if area.width >= 60 { right } else { format!("{} ", app.clock.zone.name()) };
    let loading = &app.loading;
    let sure = app.list.all_sure();
    let mut facts = vec![(Role::Dim, apart(sure, app.list.rows.len() - sure))];
    if !loading.finished {
        facts.push((Role::Filter, format!("reading {} of {} files", loading.done, loading.queued)));
    }
    if let Some(news) = &app.news {
        facts.push((Role::Filter, news.clone()));
    }
    if !app.problems.is_empty() {
        facts.push((Role::Warning, format!("{} problem{}", app.problems.len(), plural(app.problems.len()))));
    }
    if !app.left_out.is_empty() {
        let count = app.left_out.len();
        facts.push((Role::Dim, format!("{count} file{} skipped", plural(count))));
    }
    let cells = text::width(&right);
    let name = Row::new(&skin.theme, area.width.saturating_sub(u16::try_from(cells).unwrap_or(u16::MAX)));
    let mut row = name.put(Role::Header, " sevline  ").put(Role::Text, &app.title);
    for (role, words) in facts {
        // Half a fact says nothing; what has no room is left out.
        if text::width(&words) + 4 <= row.room() {
            row = row.put(Role::Dim, " · ").put(role, &words);
        }
    }
    row.draw(area, frame.buffer_mut());
    let start = area.right().saturating_sub(u16::try_from(cells).unwrap_or(u16::MAX)).max(area.x);
    Row::new(&skin.theme, area.right() - start)
        .put(if app.clock.zone == Zone::Utc { Role::Dim } else { Role::Filter }, app.clock.zone.name())
        .put(Role::Dim, right.strip_prefix(app.clock.zone.name()).unwrap_or_default())
        .draw(Rect { x: start, width: area.right() - start, ..area }, frame.buffer_mut());
}

/// The prompt, or the filter in force, or the notice where there is neither.
pub fn filter(frame: &mut Frame, app: &App, skin: &Skin, area: Rect) {
    let query = app.list.query();
    let right = counts(app, skin, area.width);
    let cells = text::width(&right) + 1;
    let left = left_of_counts(app, skin, area);
    let row = Row::new(&skin.theme, left.width);
    match app.top() {
        Some(View::Prompt(typed)) => {
            // What the cursor stands in is still being typed.
            let cursor = typed.cursor();
            let faults: Vec<_> = query.mistakes().iter().filter(|m| cursor < m.span.start || m.span.end < cursor).cloned().collect();
            prompt::line(frame, skin, left, prompt::SIGN, &typed.input, &faults);
        }
        Some(View::Write(write)) => prompt::line(frame, skin, left, &format!(" {} ▸ ", write.said.name()), &write.line(), &[]),
        Some(View::File(saving)) => prompt::line(frame, skin, left, " write to ▸ ", &saving.input, &[]),
        Some(View::Name(input)) => prompt::line(frame, skin, left, " save as ▸ ", input, &[]),
        _ if !query.is_empty() => {
            let row = row.put(Role::Filter, " filter ▸ ");
            prompt::faulty(row, query.text(), 0, query.mistakes()).draw(left, frame.buffer_mut());
        }
        _ => {
            row.put(Role::Text, &app.notice.as_ref().map(|notice| format!(" {notice}")).unwrap_or_default()).draw(left, frame.buffer_mut())
        }
    }
    if cells > 1 {
        let start = area.right().saturating_sub(u16::try_from(cells).unwrap_or(u16::MAX)).max(area.x);
        let place = Rect { x: start, width: area.right() - start, ..area };
        let role = if app.list.marks.is_empty() { Role::Dim } else { Role::Mark };
        Row::new(&skin.theme, place.width).put(role, &right).draw(place, frame.buffer_mut());
    }
}

/// The part of the filter line that the text has.
pub fn left_of_counts(app: &App, skin: &Skin, area: Rect) -> Rect {
    let cells = text::width(&counts(app, skin, area.width)) + 2;
    Rect { width: area.width.saturating_sub(u16::try_from(cells).unwrap_or(0)), ..area }
}

/// The cells of what stands before the filter, and of the gap behind it.
const FILTER: usize = 12;

/// What is marked, what the filter lets through, and what it does not do.
fn counts(app: &App, skin: &Skin, width: u16) -> String {
    let query = app.list.query();
    let (shown, all, marked) = (app.list.sure(), app.list.all_sure(), app.list.marks.len());
    let marks = (marked > 0).then(|| format!("{marked} marked"));
    let clears = skin
        .keymap
        .keys(Context::List, Action::Cancel)
        .next()
        .filter(|_| app.context() == Context::List && !app.is_touring() && width >= 60);
    if query.is_empty() {
        let undone = clears.map(|key| format!("{key} unmarks"));
        return marks.map(|marks| [Some(marks), undone].into_iter().flatten().collect::<Vec<_>>().join(" · ")).unwrap_or_default();
    }
    let mut counts = Vec::new();
    if let Some(searching) = &app.searching {
        let words = if width >= 60 { "reading sources " } else { "" };
        counts.push(format!("{words}{} of {} …", searching.done, searching.all));
    }
    // Where there is room for little, what is hidden goes before what is marked.
    let doubtful = app.list.visible.len() - shown;
    let beside = if doubtful > 0 && width >= 60 { format!(", {doubtful} doubtful") } else { String::new() };
    counts.push(format!("{shown} of {all}{beside}"));
    counts.extend(marks);
    let faults = query.mistakes().len();
    let room = usize::from(width).saturating_sub(text::width(query.text()) + FILTER);
    let fits = |counts: &[String], words: &str| text::width(&counts.join(" · ")) + 3 + text::width(words) <= room;
    let mut clears = clears.map(|key| format!("{key} clears the filter"));
    if let Some(first) = query.mistakes().first().filter(|_| !matches!(app.top(), Some(View::Prompt(_)))) {
        let told = if faults == 1 { first.what.clone() } else { format!("{} and {} more", first.what, faults - 1) };
        let told = if fits(&counts, &told) { told } else { format!("{faults} mistake{}", plural(faults)) };
        counts.push(told);
        // What is wrong goes before a key that the help has as well.
        clears = clears.filter(|words| fits(&counts, words));
    }
    counts.extend(clears);
    counts.join(" · ")
}

/// An answer to the last action, else the keys that work now.
pub fn footer(frame: &mut Frame, app: &App, skin: &Skin, area: Rect) {
    let mut row = Row::new(&skin.theme, area.width);
    if let Some(message) = &app.message {
        let way = app.way.map(|(context, action, words)| format!(" · {} {words}", skin.shown_key(context, action)));
        let way = way.unwrap_or_default();
        // What can be done is told also where the message is cut.
        let cells = text::width(&way).min(usize::from(area.width));
        let cut = text::fit(&format!(" {message}"), usize::from(area.width) - cells);
        return row.put(Role::Warning, &cut).put(Role::Warning, &way).draw(area, frame.buffer_mut());
    }
    let context = app.context();
    let help = skin.keymap.keys(context, Action::Help).next().map(|key| key.to_string()).unwrap_or_default();
    if !help.is_empty() {
        // The way to all other keys is never crowded out.
        let (cells, hint) = (text::width(&help) + 6, Action::Help.hint());
        let start = area.right().saturating_sub(u16::try_from(cells).unwrap_or(u16::MAX)).max(area.x);
        row = Row::new(&skin.theme, start - area.x);
        let place = Rect { x: start, width: area.right() - start, ..area };
        Row::new(&skin.theme, place.width).put(Role::Key, &help).put(Role::Dim, &format!(" {hint} ")).draw(place, frame.buffer_mut());
    }
    if app.mouse
        && let Some(key) = skin.keymap.keys(context, Action::Mouse).next()
    {
        row = row.put(Role::Filter, " mouse").put(Role::Dim, " on ").put(Role::Key, &format!(" {key}")).put(Role::Dim, " off ");
    }
    if context == Context::Picker {
        row = row.put(Role::Dim, " type to narrow ");
    }
    let mut hints: Vec<_> = Action::ALL.iter().filter_map(|&action| Some((action, app.hint(action)?))).collect();
    let first = first(app, context);
    // What is done once comes last.
    let last = |action: Action| first.len() + usize::from(action == Action::BorderBack);
    hints.sort_by_key(|&(action, _)| first.iter().position(|own| *own == action).unwrap_or(last(action)));
    for (action, hint) in hints {
        let Some(key) = skin.keymap.keys(context, action).next() else { continue };
        let other = partner(action).and_then(|other| skin.keymap.keys(context, other).next());
        let keys = other.map_or_else(|| key.to_string(), |other| format!("{key}/{other}"));
        if text::width(&keys) + hint.len() + 4 > row.room() {
            break;
        }
        row = row.put(Role::Key, &format!(" {keys}")).put(Role::Dim, &format!(" {hint} "));
    }
    row.draw(area, frame.buffer_mut());
}

/// What a place, or the state it is in, is there for: told first, where there is room for little.
fn first(app: &App, context: Context) -> &'static [Action] {
    use Action::{
        Align, AllIncidents, Base, Compare, Compress, Fit, Left, Mark, NextEvent, NextPhase, Open, PanLeft, Select, Turn, ZoomIn,
    };
    match context {
        Context::List if app.list.marks.len() > 1 => &[Compare, Mark],
        Context::Detail | Context::Statistics => &[Open, Left],
        Context::Timeline | Context::Compare if app.has_stretch() => &[Select, NextEvent, Left],
        Context::Timeline => &[Open, NextEvent, ZoomIn, Select, Fit, AllIncidents, Compress, NextPhase, PanLeft],
        Context::Compare => &[NextEvent, Left, Turn, Align, Base, Open, ZoomIn, Compress, Fit, Mark, Select, PanLeft],
        _ => &[],
    }
}

/// The action that goes the other way and stands beside this one in the footer.
fn partner(action: Action) -> Option<Action> {
    match action {
        Action::ZoomIn => Some(Action::ZoomOut),
        Action::BorderBack => Some(Action::BorderOn),
        Action::PanLeft => Some(Action::PanRight),
        Action::NextCite => Some(Action::PreviousCite),
        Action::FindNext => Some(Action::FindPrevious),
        Action::NextEvent => Some(Action::PreviousEvent),
        Action::NextPhase => Some(Action::PreviousPhase),
        Action::Left => Some(Action::Right),
        _ => None,
    }
}

/// How many incidents there are, and apart from them how many doubtful ones.
pub fn apart(sure: usize, doubtful: usize) -> String {
    let beside = if doubtful > 0 { format!(", {doubtful} doubtful") } else { String::new() };
    format!("{sure} incident{}{beside}", plural(sure))
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
