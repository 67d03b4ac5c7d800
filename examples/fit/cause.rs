//! The sentences of a report, with their features, and which of them its label has as the cause.

use super::label::{Label, plain};
use super::listener::Telling;
use super::sheet::{Ask, Sheet};
use sevline::role::weights::CAUSE;

/// The sheet of an incident whose sentences were heard.
pub fn sheet(label: &Label, telling: &Telling) -> Sheet {
    let wanted = label.causes();
    let ask = wanted.and_then(|wanted| {
        let says = |text: &String| wanted.iter().any(|cause| plain(text).contains(cause.as_str()));
        let right = telling.written.iter().map(says).chain([wanted.is_empty()]);
        let rows: Vec<_> = right.enumerate().collect();
        rows.iter().any(|(_, right)| *right).then_some(Ask { of: CAUSE, rows })
    });
    Sheet {
        name: format!("{} cause", label.name()),
        publisher: label.publisher.clone(),
        asks: ask.into_iter().collect(),
        rows: telling.rows.clone(),
    }
}
