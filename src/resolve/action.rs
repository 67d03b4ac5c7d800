//! Work against recurrence: listed items with their state, due date and owner.

use super::calendar::{Calendar, moments_of};
use super::event::collapse;
use crate::extract::lexicon::{self, Cue, Topic};
use crate::extract::passage::{Form, Heading, Passage};
use crate::extract::time::{Time, times};
use crate::extract::words::{List, Words, list};
use crate::incident::{ActionItem, ActionState, Horizon};
use crate::source::Source;
use chrono::NaiveDate;
use std::rc::Rc;

/// The listed items of the sections about work to come, else the entries of other lists that promise something.
pub fn items(source: &Source, passages: &[(Passage<'_>, Vec<Time>)], calendar: &Calendar) -> Vec<ActionItem> {
    let mut items: Vec<ActionItem> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for (passage, _) in passages.iter().filter(|(passage, _)| planned(passage)) {
        if let Some(item) = listed(source, passage, calendar) {
            let words = normal(&item.text);
            if seen.insert(words) {
                items.push(item);
            }
        }
    }
    if items.is_empty() {
        // A checklist is work wherever it stands.
        let boxed = |passage: &&(Passage<'_>, Vec<Time>)| matches!(passage.0.form, Form::Item { ticked: Some(_), .. });
        items = passages.iter().filter(boxed).filter_map(|(passage, _)| listed(source, passage, calendar)).collect();
    }
    if items.is_empty() {
        items =
            passages.iter().filter(|(passage, _)| promises(passage)).filter_map(|(passage, _)| listed(source, passage, calendar)).collect();
    }
    items
}

fn normal(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
}

/// Whether a passage stands in a section of work to come.
fn planned(passage: &Passage) -> bool {
    let planned = |topic: Option<Topic>| matches!(topic, Some(Topic::Actions | Topic::ShortTerm | Topic::LongTerm));
    let above = |heading: &Option<Rc<Heading>>| {
        heading.as_ref().is_some_and(|heading| heading.upwards().any(|heading| heading.topic == Some(Topic::Actions)))
    };
    // "Done" says when, not what: it counts under a heading about actions, or on its own.
    (planned(passage.topic) || passage.topic == Some(Topic::Done))
        && (passage.topic == Some(Topic::Actions) || passage.label.is_some() || above(&passage.heading) || planned(passage.topic))
}

/// Whether an entry of some other list promises work.
fn promises(passage: &Passage) -> bool {
    let list = matches!(passage.form, Form::Item { depth: 0, .. });
    let elsewhere = !matches!(
        passage.topic,
        Some(Topic::Timeline | Topic::Factors | Topic::Lessons | Topic::Workaround | Topic::Services | Topic::Impact | Topic::Background)
    );
    list && elsewhere && lexicon::has(passage.text.as_str(), Cue::Commitment)
}

/// An item of a list, a row of a table, or a line of a flattened table; running text is none.
fn listed(source: &Source, passage: &Passage, calendar: &Calendar) -> Option<ActionItem> {
    let whole = passage.text.as_str();
    let (text, rest, ticked) = match &passage.form {
        Form::Item { depth: 0, ticked } => (whole.to_owned(), String::new(), *ticked),
        Form::Row => row(passage)?,
        Form::Prose => table_line(whole)?,
        _ => return None,
    };
    let tail = last_words(&text, 48);
    let state_words = if rest.is_empty() { bracketed(&tail).unwrap_or_else(|| behind_dash(&tail)) } else { rest.clone() };
    let done = ticked == Some(true) || passage.topic == Some(Topic::Done) || (ticked.is_none() && is_done(&state_words));
    let horizon = horizon(passage, &state_words, done);
    let due = due(calendar, if rest.is_empty() { &tail } else { &rest });
    let owner = column(passage, list(Words::OwnerColumns));
    let state = if done { ActionState::Done } else { ActionState::Open };
    let text = collapse(&text);
    (text.len() > 3).then(|| ActionItem { text, state, horizon, due, owner, cite: source.cite(passage.text.whole()) })
}

/// The text of a row is its longest cell under a heading that does not say otherwise; the rest tells state and date.
fn row(passage: &Passage) -> Option<(String, String, Option<bool>)> {
    let named = column_index(passage, list(Words::ActionColumns));
    let longest = || passage.cells.iter().enumerate().max_by_key(|(_, cell)| cell.as_str().len()).map(|(index, _)| index);
    let index = named.or_else(longest)?;
    let text = passage.cells.get(index)?.as_str().to_owned();
    let rest: Vec<&str> = passage.cells.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, cell)| cell.as_str()).collect();
    let ticked = rest.iter().find_map(|cell| match cell.trim() {
        "✅" | "☑" | "✔" | "[x]" | "[X]" | "yes" | "Yes" => Some(true),
        "❌" | "☐" | "[ ]" | "no" | "No" => Some(false),
        _ => None,
    });
    (!text.is_empty()).then(|| (text, rest.join(" | "), ticked))
}

fn column_index(passage: &Passage, names: &List) -> Option<usize> {
    passage.columns.iter().position(|column| names.holds(column.as_str().trim()))
}

fn column(passage: &Passage, names: &List) -> Option<String> {
    let cell = passage.cells.get(column_index(passage, names)?)?.as_str().trim();
    (!cell.is_empty() && !matches!(cell, "-" | "–" | "TBD" | "n/a" | "N/A" | "?")).then(|| collapse(cell))
}

/// A line of a table whose columns were lost in copying: it ends with a date and a state in brackets.
fn table_line(text: &str) -> Option<(String, String, Option<bool>)> {
    let found = times(text);
    let date = found.iter().flat_map(moments_of).filter(|moment| moment.date.is_some() && moment.clock.is_none()).last()?;
    let tail = text.get(date.range.start..)?;
    let state = bracketed(tail).filter(|state| lexicon::has(state, Cue::Done) || lexicon::has(state, Cue::Open))?;
    let close = tail.len() <= date.range.len() + state.len() + 6;
    close.then(|| (text.get(..date.range.start).unwrap_or_default().trim_end().to_owned(), tail.to_owned(), None))
}

fn last_words(text: &str, length: usize) -> String {
    let mut start = text.len().saturating_sub(length);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text.get(start..).unwrap_or_default().to_owned()
}

/// The state in brackets at the end: "(done)", "[In progress]".
fn bracketed(tail: &str) -> Option<String> {
    let bare = tail.trim_end_matches(['.', ' ', '*']);
    let (open, close) = if bare.ends_with(')') { ('(', ')') } else { ('[', ']') };
    let inner = bare.strip_suffix(close)?;
    inner.rfind(open).and_then(|at| inner.get(at + 1..)).map(str::to_owned)
}

/// The state behind a dash at the end: "– Completed."
fn behind_dash(tail: &str) -> String {
    let last = tail.rsplit([' ', '-', '–', '—', ':']).next().unwrap_or_default();
    let before = tail.len().checked_sub(last.len() + 1).and_then(|at| tail.get(..at)).unwrap_or_default().trim_end();
    if before.ends_with(['-', '–', '—']) { last.trim_end_matches('.').to_owned() } else { String::new() }
}

fn is_done(words: &str) -> bool {
    let mut done = false;
    for (cue, at) in lexicon::cues(words) {
        let negated = words.get(..at.start).unwrap_or_default().to_lowercase().trim_end().ends_with("not");
        match cue {
            Cue::Open => return false,
            Cue::Done if !negated => done = true,
            _ => {}
        }
    }
    done
}

fn horizon(passage: &Passage, state: &str, done: bool) -> Option<Horizon> {
    let of = |topic: Option<Topic>| match topic {
        Some(Topic::Done) => Some(Horizon::Done),
        Some(Topic::ShortTerm) => Some(Horizon::ShortTerm),
        Some(Topic::LongTerm) => Some(Horizon::LongTerm),
        _ => None,
    };
    let written = lexicon::topic(state).and_then(|topic| of(Some(topic)));
    let written = written.filter(|_| !state.is_empty());
    of(passage.topic)
        .or_else(|| passage.heading.as_ref().and_then(|heading| heading.upwards().find_map(|heading| of(heading.topic))))
        .or(written)
        .or(done.then_some(Horizon::Done))
}

fn due(calendar: &Calendar, words: &str) -> Option<NaiveDate> {
    let found = times(words);
    let piece = found.iter().flat_map(moments_of).filter_map(|moment| moment.date).last()?;
    calendar.date(piece, None).map(|dated| dated.date)
}
