//! The filters that were typed, `history`, and those that were saved, `filters.toml`.

use super::file::{read, replace};
use super::{Change, Error, Holds, Kept, LINES, State, clean};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use toml_edit::{DocumentMut, Item, Table, Value};

pub(super) const HISTORY: &str = "history";
pub(super) const FILTERS: &str = "filters.toml";

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Filters {
    filters: BTreeMap<String, String>,
}

/// Puts a typed filter behind the others, once.
pub fn put(history: &mut Vec<String>, line: &str) {
    let line = clean(line);
    history.retain(|other| *other != line);
    history.extend(Some(line).filter(|line| !line.is_empty()));
    let old = history.len().saturating_sub(LINES);
    history.drain(..old);
}

/// The filters that were typed.
pub fn history(folder: &Path) -> Result<Vec<String>, Error> {
    let mut history = Vec::new();
    read(&folder.join(HISTORY))?.lines().for_each(|line| put(&mut history, line));
    Ok(history)
}

/// The filters that were saved.
pub fn filters(folder: &Path) -> Result<BTreeMap<String, String>, Error> {
    let path = folder.join(FILTERS);
    parse(&path, &read(&path)?)
}

fn parse(path: &Path, text: &str) -> Result<BTreeMap<String, String>, Error> {
    let filters: Filters = toml::from_str(text).map_err(|error| Error::in_text(path, text, &error))?;
    Ok(filters.filters.iter().map(|(name, filter)| (clean(name), clean(filter))).collect())
}

/// Makes a change to the typed filters; the caller holds the lock.
pub fn change_history(folder: &Path, change: &Change) -> Result<Kept, Error> {
    let path = folder.join(HISTORY);
    let mut state = State { history: history(folder)?, ..State::default() };
    let outcome = state.apply(change);
    let text: String = state.history.iter().map(|line| format!("{line}\n")).collect();
    replace(&path, &text).map_err(|error| Error::unwritten(&path, error))?;
    Ok(Kept { outcome, holds: Some(Holds::History(state.history)), told: None })
}

/// Makes a change to the saved filters; the caller holds the lock. What else a person wrote there stays.
pub fn change_filters(folder: &Path, change: &Change) -> Result<Kept, Error> {
    let path = folder.join(FILTERS);
    let text = read(&path)?;
    let before = parse(&path, &text)?;
    let mut state = State { filters: before.clone(), ..State::default() };
    let outcome = state.apply(change);
    let mut document: DocumentMut = text.parse().map_err(|error| Error::new(&path, error))?;
    let table = document.entry("filters").or_insert(Item::Table(Table::new()));
    if let Some(table) = table.as_table_like_mut() {
        let gone: Vec<String> =
            table.iter().map(|(name, _)| name.to_owned()).filter(|name| !state.filters.contains_key(&clean(name))).collect();
        gone.iter().for_each(|name| drop(table.remove(name)));
        for (name, filter) in state.filters.iter().filter(|(name, filter)| before.get(*name) != Some(filter)) {
            let known = table.iter().map(|(name, _)| name.to_owned()).find(|known| clean(known) == *name);
            super::remarks::set(table, known.as_ref().unwrap_or(name), Value::from(filter.as_str()));
        }
    }
    replace(&path, &document.to_string()).map_err(|error| Error::unwritten(&path, error))?;
    Ok(Kept { outcome, holds: Some(Holds::Filters(state.filters)), told: None })
}
