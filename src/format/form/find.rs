//! Which form the records of a file have, or come nearest to.

use super::path::Path;
use super::{Form, Forms, guess};
use crate::format::tree::{Node, Value};
use std::borrow::Cow;

/// So many records are looked at to tell their form.
pub const SEEN: usize = 20;

/// A form and the records that are read by it.
#[derive(Debug)]
pub struct Match<'f, 'n, 'a> {
    /// The form.
    pub form: Cow<'f, Form>,
    /// The records.
    pub records: Vec<&'n Node<'a>>,
}

/// The form that tells most of what the records in `root` have, else what their keys let guess; none where nothing fits.
pub fn find<'f, 'n, 'a>(root: &'n Node<'a>, forms: &'f Forms) -> Option<Match<'f, 'n, 'a>> {
    let fitting = forms.all().filter_map(|form| {
        let records = records(form, root);
        fits(form, &records).then_some(Match { form: Cow::Borrowed(form), records })
    });
    // Of two that fit the one that asks for more is meant; of equal ones the first, which is the user's own.
    let known = fitting.reduce(|best, next| if asks(&next.form) > asks(&best.form) { next } else { best });
    known.or_else(|| guess::guess(root))
}

fn asks(form: &Form) -> (bool, usize) {
    (form.own, form.has.len() + form.is.len())
}

/// The records of a form, wherever it says they are.
pub fn records<'n, 'a>(form: &Form, root: &'n Node<'a>) -> Vec<&'n Node<'a>> {
    let whole = [Path::of(&[])];
    let places = if form.records.is_empty() { whole.as_slice() } else { form.records.as_slice() };
    let at = |path: &Path| -> Vec<&'n Node<'a>> {
        path.find(root).into_iter().flat_map(|(_, node)| node.items()).filter(|item| item.is_map()).collect()
    };
    places.iter().map(at).find(|records| !records.is_empty()).unwrap_or_default()
}

fn fits(form: &Form, records: &[&Node]) -> bool {
    let seen = records.get(..SEEN.min(records.len())).unwrap_or_default();
    let has = |path: &Path| seen.iter().any(|record| there(path, record));
    let is = |(path, values): &(Path, Vec<String>)| seen.iter().any(|record| path.leads_to(record, values));
    !seen.is_empty() && asks(form).1 > 0 && form.has.iter().all(has) && form.is.iter().all(is)
}

/// Whether a record has a key, also where nothing stands under it.
fn there(path: &Path, record: &Node) -> bool {
    !path.find(record).is_empty()
}

/// Whether a file holds the list of a form that is known, and nothing in it.
pub fn is_empty(root: &Node, forms: &Forms) -> bool {
    let empty = |node: &Node| matches!(&node.value, Value::List(items) if items.is_empty());
    let listed = |form: &Form| form.records.iter().any(|path| path.find(root).iter().any(|(_, node)| empty(node)));
    empty(root) || forms.all().any(listed)
}

/// The form that records come nearest to, and what they lack for it.
pub fn nearest<'f>(root: &Node, forms: &'f Forms) -> Option<(&'f Form, Vec<String>)> {
    let near = forms.all().filter_map(|form| {
        let records = records(form, root);
        let seen = records.get(..SEEN.min(records.len())).unwrap_or_default();
        let lacks: Vec<String> =
            form.has.iter().filter(|path| !seen.iter().any(|record| there(path, record))).map(Path::to_string).collect();
        let known = form.has.len() - lacks.len();
        (known * 2 >= form.has.len() && known > 0).then_some((known * 100 / form.has.len(), form, lacks))
    });
    near.max_by_key(|(part, form, _)| (*part, form.has.len())).map(|(_, form, lacks)| (form, lacks))
}

/// What records seem to be, in a few words: "a list of 12 objects with `id`, `name`, …".
pub fn looks_like(root: &Node) -> String {
    const SHOWN: usize = 6;
    let keys = |node: &Node| {
        let entries = node.entries();
        let names: Vec<String> = entries.iter().take(SHOWN).map(|(key, _)| format!("`{}`", key.as_str())).collect();
        let more = if entries.len() > SHOWN { ", …" } else { "" };
        if names.is_empty() { "no keys".to_owned() } else { format!("{}{more}", names.join(", ")) }
    };
    match &root.value {
        Value::Map(_) => format!("an object with {}", keys(root)),
        Value::List(items) => match items.iter().find(|item| item.is_map()) {
            Some(first) if items.len() == 1 => format!("a list of one object with {}", keys(first)),
            Some(first) => format!("a list of {} objects with {}", items.len(), keys(first)),
            None => "a list without objects".to_owned(),
        },
        Value::Null | Value::Scalar(_) => "a single value".to_owned(),
    }
}
