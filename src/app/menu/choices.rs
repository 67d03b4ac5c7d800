//! What menus offer, line by line.

use super::{Choice, Value};
use crate::app::action::Action;
use crate::app::copy::Copy;
use crate::app::glyph;
use crate::app::list::columns::Place;
use crate::app::show::Clock;
use crate::app::write::Said;
use crate::basis::Alternative;
use crate::incident::Severity;
use crate::query::column::{Column, Columns};
use crate::query::facet::{self, Choice as Chosen, Facet};
use crate::query::field::Field;
use crate::query::order::Order;
use crate::query::{Indexed, Query};
use crate::resolve::Cut;
use crate::review::{Narrow, Review, Reviewed, Reviews};
use std::collections::BTreeMap;

/// Beside what a reviewer took.
const SAID: &str = "chosen by you";

/// Every command and every field of the filter, those that would do something first.
pub(super) fn commands(can: &dyn Fn(Action) -> bool) -> Vec<Choice> {
    let choice = |name: String, value| Choice { value, name, key: None, count: None, chosen: Chosen::Open };
    let all = Action::ALL.iter().filter(|action| !action.is_for_prompts());
    let command = |action: &&Action| choice(action.name().into(), Value::Action(**action, can(**action)));
    let fields = Field::ALL.iter().map(|&field| choice(format!("{}:", field.name()), Value::Field(field)));
    let (useful, useless): (Vec<_>, Vec<_>) = all.partition(|action| can(**action));
    useful.iter().map(command).chain(fields).chain(useless.iter().map(command)).collect()
}

pub(super) fn theme(name: &str, current: &str) -> Choice {
    let chosen = if name == current { Chosen::Shown } else { Chosen::Open };
    Choice { value: Value::Theme, name: name.into(), key: None, count: None, chosen }
}

pub(super) fn value(facet: Facet, at: usize, count: facet::Count) -> Choice {
    let digit = || u32::try_from(at + 1).ok().and_then(|n| char::from_digit(n, 10));
    let severity = || Severity::from_name(&count.name).map(|severity| glyph::severity(Some(severity)).1.to_ascii_lowercase());
    let key = match facet {
        Facet::Severity => severity().or(Some('u')),
        Facet::Status | Facet::Format => digit(),
        Facet::Service | Facet::Organization | Facet::Date => None,
    };
    Choice { key, count: Some((count.count, count.inferred)), chosen: count.choice, name: count.name, value: Value::Facet }
}

/// The key of a column in every menu.
fn key(column: Column) -> char {
    match column {
        Column::Severity => 'v',
        Column::Start => 's',
        Column::End => 'n',
        Column::Duration => 'd',
        Column::Organization => 'o',
        Column::Title => 't',
        Column::Services => 'e',
        Column::Status => 'u',
        Column::Detect => '1',
        Column::Acknowledge => '2',
        Column::Identify => '3',
        Column::Mitigate => '4',
        Column::Restore => '5',
        Column::Resolve => '6',
        Column::Lag => '7',
        Column::Tags => 'a',
        Column::Format => 'f',
        Column::File => 'p',
    }
}

pub(super) fn column(column: Column, order: Order) -> Choice {
    let (chosen, arrow) = match order.descending() {
        _ if order.column != column => (Chosen::Open, ""),
        true => (Chosen::Shown, " ↓"),
        false => (Chosen::Shown, " ↑"),
    };
    Choice { value: Value::Column(column, ""), name: format!("{}{arrow}", column.name()), key: Some(key(column)), count: None, chosen }
}

pub(super) fn shown(column: Column, columns: &Columns, places: &[Place]) -> Choice {
    let chosen = if columns.has(column) { Chosen::Shown } else { Chosen::Open };
    let is_hidden = columns.has(column) && !places.is_empty() && !places.iter().any(|place| place.column == column);
    Choice {
        value: Value::Column(column, if is_hidden { "no room" } else { "" }),
        name: column.name().into(),
        key: Some(key(column)),
        count: None,
        chosen,
    }
}

pub(super) fn said(said: Said, key: char, review: &Review, clock: &Clock) -> Choice {
    let now = said.of(review, clock);
    let chosen = if now.is_empty() { Chosen::Open } else { Chosen::Shown };
    Choice { value: Value::Said(said, now), name: said.name().into(), key: Some(key), count: None, chosen }
}

pub(super) fn alternative((other, time, more): &(Alternative, String, String)) -> Choice {
    let chosen = if other.taken { Chosen::Shown } else { Chosen::Open };
    let more = match (other.taken, more.as_str()) {
        (false, more) => more.to_owned(),
        (true, "") => SAID.to_owned(),
        (true, more) => format!("{SAID}, {more}"),
    };
    let (value, key) = (Value::Alternative(*other, more), other.name().chars().next());
    Choice { value, name: format!("{time} {}", other.runner_up()), key, count: None, chosen }
}

/// The next best moment for a role, under the key of its place.
pub(super) fn narrow(place: usize, narrow: Narrow, clock: &Clock) -> Choice {
    let Narrow { role, at, next, taken } = narrow;
    let key = u32::try_from(place + 1).ok().and_then(|digit| char::from_digit(digit, 10));
    let chosen = if taken { Chosen::Shown } else { Chosen::Open };
    let name = format!("{} {}, not {}", role.name(), clock.time_after(next, at), clock.time_after(at, next));
    Choice { value: Value::Narrow(narrow, if taken { SAID } else { "" }), name, key, count: None, chosen }
}

/// What else can be done about the incident's file, and about reviews.
pub(super) fn further(has_file: bool, orphans: usize) -> impl Iterator<Item = Choice> {
    let cut = has_file.then(|| (Action::Cut, 'i', "one incident or several…".to_owned()));
    let orphans = (orphans > 0).then(|| (Action::Orphans, 'o', format!("orphaned reviews ({orphans})…")));
    let choice =
        |(action, key, name)| Choice { value: Value::Action(action, true), name, key: Some(key), count: None, chosen: Chosen::Open };
    cut.into_iter().chain(orphans).map(choice)
}

pub(super) fn cut((way, count): (Cut, usize), now: Cut) -> Choice {
    let incidents = if count == 1 { "1 incident".to_owned() } else { format!("{count} incidents") };
    let (key, name) = match way {
        Cut::AsTold => ('r', format!("as read ({incidents})")),
        Cut::Whole if count == 1 => ('w', "one incident".to_owned()),
        Cut::Whole => ('w', format!("each entry ({count})")),
        Cut::Level(level) => (char::from_digit(level.into(), 10).unwrap_or(' '), format!("each heading of level {level} ({count})")),
    };
    let chosen = if way == now { Chosen::Shown } else { Chosen::Open };
    Choice { value: Value::Cut(way), name, key: Some(key), count: None, chosen }
}

pub(super) fn orphan(said: &Reviewed) -> Choice {
    Choice { value: Value::Orphan(Box::new(said.clone())), name: said.title.clone(), key: None, count: None, chosen: Chosen::Open }
}

/// Every known tag with how many incidents have it here.
pub(super) fn tags(rows: &[Indexed], review: &Review, known: &Reviews) -> Vec<Choice> {
    let mut counts: BTreeMap<&str, usize> = known.tags().into_iter().map(|tag| (tag, 0)).collect();
    for tag in rows.iter().flat_map(|row| row.tags()) {
        *counts.entry(tag).or_default() += 1;
    }
    let choice = |(tag, count): (&str, usize)| {
        let chosen = if review.tags.contains(tag) { Chosen::Shown } else { Chosen::Open };
        Choice { value: Value::Tag, name: tag.to_owned(), key: None, count: Some((count, 0)), chosen }
    };
    counts.into_iter().map(choice).collect()
}

pub(super) fn severities(now: Option<Severity>) -> Vec<Choice> {
    let choice = |severity: Option<Severity>| {
        let (name, key) =
            severity.map_or(("as reported", 'r'), |severity| (severity.name(), glyph::severity(Some(severity)).1.to_ascii_lowercase()));
        let chosen = if severity == now { Chosen::Shown } else { Chosen::Open };
        Choice { value: Value::Severity(severity), name: name.into(), key: Some(key), count: None, chosen }
    };
    Severity::ALL.iter().rev().copied().map(Some).chain([None]).map(choice).collect()
}

pub(super) fn copied(copy: &Copy) -> Choice {
    Choice { value: Value::Copied(copy.text.clone()), name: copy.name.into(), key: Some(copy.key), count: None, chosen: Chosen::Open }
}

pub(super) fn saved(name: &str, filter: &str, query: &Query) -> Choice {
    let chosen = if query.text().trim() == filter { Chosen::Shown } else { Chosen::Open };
    Choice { value: Value::Filter(filter.to_owned()), name: name.to_owned(), key: None, count: None, chosen }
}
