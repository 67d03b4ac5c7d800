//! What a form makes of a file: which values were taken for what, and which were left unread.

use super::find::{Match, SEEN};
use super::{Form, Slot};
use crate::format::tree::{Node, Value};
use std::collections::BTreeSet;

/// What was taken, and what was left.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// How many records there are.
    pub records: usize,
    /// Of each slot: the paths, and a value of the first record that has one.
    pub taken: Vec<(Slot, String, String)>,
    /// The paths that no slot takes, each with a value.
    pub left: Vec<(String, String)>,
}

/// What `found` takes of its records.
pub fn told(found: &Match) -> Told {
    let seen = found.records.get(..SEEN.min(found.records.len())).unwrap_or_default();
    let mut used = BTreeSet::new();
    let mut told = Told { records: found.records.len(), ..Told::default() };
    for (slot, paths) in &found.form.fields {
        for path in paths {
            let values = seen.iter().flat_map(|record| path.find(record));
            let value = values.filter_map(|(_, node)| node.items().first()?.name()).next();
            used.insert(path.keys().map(str::to_lowercase).collect::<Vec<_>>());
            if let Some(value) = value {
                told.taken.push((*slot, path.to_string(), value.as_str().to_owned()));
            }
        }
    }
    for list in lists(&found.form) {
        used.insert(list);
    }
    let mut leaves = Vec::new();
    seen.iter().for_each(|record| leaves_of(record, &mut Vec::new(), &mut leaves));
    let mut known = BTreeSet::new();
    for (path, value) in leaves {
        let below: Vec<String> = path.iter().map(|key| key.to_lowercase()).collect();
        let taken = used.iter().any(|used| below.starts_with(used) || same_words(&below, used));
        if !taken && known.insert(below) {
            told.left.push((path.join("."), value));
        }
    }
    told
}

fn lists(form: &Form) -> Vec<Vec<String>> {
    let posts = form.updates.iter().chain(&form.notes);
    // Without a list the records themselves are its entries.
    let lists = posts.flat_map(|posts| match posts.list.as_slice() {
        [] => [&posts.time, &posts.label, &posts.text].into_iter().flatten().collect::<Vec<_>>(),
        list => list.iter().collect(),
    });
    lists.map(|path| path.keys().map(str::to_lowercase).collect()).collect()
}

fn same_words(path: &[String], used: &[String]) -> bool {
    path.len() >= used.len() && path.iter().zip(used).all(|(own, used)| crate::format::tree::alike(own, used))
}

/// The values in a record, each with the keys that lead to it.
fn leaves_of(node: &Node, path: &mut Vec<String>, leaves: &mut Vec<(Vec<String>, String)>) {
    const MOST: usize = 400;
    if leaves.len() >= MOST {
        return;
    }
    match &node.value {
        Value::Scalar(text) => leaves.push((path.clone(), text.as_str().to_owned())),
        Value::Null => {}
        Value::List(items) => items.iter().take(1).for_each(|item| leaves_of(item, path, leaves)),
        Value::Map(entries) => {
            for (key, value) in entries {
                path.push(key.as_str().to_owned());
                leaves_of(value, path, leaves);
                path.pop();
            }
        }
    }
}
