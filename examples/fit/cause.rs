//! The sentences of a report, with their features, and which of them its label has as the cause or as work.

use super::label::{Label, plain};
use super::listener::Telling;
use super::sheet::{Ask, Sheet};
use sevline::role::weights::{CAUSE, WORK};

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

/// The sheet of an incident whose sentences may tell of work: each is asked for by itself. None where its label neither
/// quotes it nor counts as many as `items`, which lists tell.
pub fn works(label: &Label, telling: &Telling, items: &[String]) -> Option<Sheet> {
    let wanted = label.works(items)?;
    let none = telling.written.len();
    let says = |text: &String| {
        let text = plain(text);
        wanted.iter().any(|work| text.contains(work.as_str()) || work.contains(text.trim_end_matches(['.', ';'])) && text.len() > 12)
    };
    let asks = telling.written.iter().enumerate().map(|(place, text)| {
        let right = says(text);
        Ask { of: WORK, rows: vec![(place, right), (none, !right)] }
    });
    let (name, publisher) = (format!("{} work", label.name()), label.publisher.clone());
    Some(Sheet { name, publisher, asks: asks.collect(), rows: telling.rows.clone() })
}
