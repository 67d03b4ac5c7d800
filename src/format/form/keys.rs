//! The keys of records whose form is not known: their words, and what stands under them.

use super::Slot;
use super::find::SEEN;
use crate::format::tree::{Node, words_of};

/// Objects that only hold together what is told of a record.
const HOLDERS: [&str; 16] = [
    "attributes",
    "fields",
    "properties",
    "data",
    "details",
    "timestamps",
    "time",
    "times",
    "dates",
    "incident",
    "outage",
    "impact",
    "metadata",
    "event",
    "retrospective",
    "postmortem",
];

/// So deep records may be in a file, and what is told in a record.
pub(super) const DEEP: usize = 3;

/// A key that records have, with the words of it and of what holds it, and values that stand there.
pub(super) struct Key<'n, 'a> {
    pub(super) path: Vec<String>,
    pub(super) words: String,
    pub(super) values: Vec<&'n Node<'a>>,
}

/// The keys of records, with values from all over the list: what is newest may have no end yet.
pub(super) fn of<'n, 'a>(records: &[&'n Node<'a>]) -> Vec<Key<'n, 'a>> {
    let mut keys: Vec<Key> = Vec::new();
    for record in records.iter().step_by((records.len() / SEEN).max(1)) {
        gather(record, &[], &mut keys);
    }
    keys
}

fn gather<'n, 'a>(node: &'n Node<'a>, above: &[String], keys: &mut Vec<Key<'n, 'a>>) {
    for (key, value) in node.entries() {
        let path: Vec<String> = above.iter().cloned().chain([key.as_str().to_owned()]).collect();
        let (mut own, behind) = words_of(key.as_str());
        // "Downtime (min)" is "downtime min".
        behind.filter(|unit| matches!(*unit, "min" | "mins" | "minutes" | "s" | "sec" | "seconds")).into_iter().for_each(|unit| {
            own.push(' ');
            own.push_str(unit);
        });
        let holder = HOLDERS.contains(&own.as_str());
        if holder && value.is_map() && path.len() < DEEP {
            gather(value, &path, keys);
        }
        // "impact" over "start" is "impact start".
        let over = above.last().map(|above| words_of(above).0).filter(|above| matches!(above.as_str(), "impact" | "outage" | "incident"));
        let words = over.map_or(own.clone(), |over| format!("{over} {own}"));
        match keys.iter_mut().find(|known| known.path == path) {
            Some(known) => known.values.push(value),
            None => keys.push(Key { path, words, values: vec![value] }),
        }
    }
}

/// What stands in front of the word of a key and says no more than what the record is of.
const LEADS: [&str; 12] =
    ["incident", "outage", "issue", "event", "problem", "fault", "ticket", "alert", "disruption", "downtime", "time", "date"];
/// What stands behind the word of a time.
const TAILS: [&str; 16] =
    ["at", "on", "time", "date", "timestamp", "datetime", "ts", "utc", "gmt", "iso", "ms", "epoch", "unix", "when", "stamp", "local"];

/// Whether a key is the word for a slot.
pub(super) fn is(key: &str, wanted: &str, slot: Slot) -> bool {
    if key == wanted {
        return true;
    }
    let mut words: Vec<&str> = key.split(' ').collect();
    while words.len() > 1 && words.first().is_some_and(|first| LEADS.contains(first)) && (slot.is_time() || words.first() != Some(&"time"))
    {
        words.remove(0);
    }
    while slot.is_time() && words.len() > 1 && words.last().is_some_and(|last| TAILS.contains(last)) {
        words.pop();
    }
    words.join(" ") == wanted
}
