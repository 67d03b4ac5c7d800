//! Menus of values that one key each switches: severities, services, sort columns.

use crate::app::glyph;
use crate::app::step::{Step, keep_in_view};
use crate::incident::Severity;
use crate::query::facet::{self, SeverityCount};
use crate::query::order::{Column, Order};
use crate::query::{Indexed, Query};

/// What a choice stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A severity, or none.
    Severity(Option<Severity>),
    /// A service group.
    Service(String),
    /// A sort column.
    Column(Column),
}

/// A line of a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What it stands for.
    pub value: Value,
    /// Its name, raw.
    pub name: String,
    /// The key that switches it.
    pub key: Option<char>,
    /// How many incidents it has under the rest of the filter, and how many of those by inference.
    pub count: Option<(usize, usize)>,
    /// Whether it is on.
    pub on: bool,
}

/// What a menu is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Severities, several at once.
    Severities,
    /// Services, several at once.
    Services,
    /// The sort column, one of them.
    SortBy,
}

impl Kind {
    /// Its title.
    pub fn title(self) -> &'static str {
        match self {
            Kind::Severities => "severity",
            Kind::Services => "service",
            Kind::SortBy => "order by",
        }
    }
}

/// An open menu.
#[derive(Debug)]
pub struct Menu {
    /// What it is about.
    pub kind: Kind,
    /// Its lines.
    pub choices: Vec<Choice>,
    /// The selected line.
    pub selected: usize,
    /// The first line on screen.
    pub scroll: usize,
}

impl Menu {
    /// A menu over what is read so far.
    pub fn new(kind: Kind, rows: &[Indexed], query: &Query, order: Order) -> Self {
        let mut menu = Self { kind, choices: Vec::new(), selected: 0, scroll: 0 };
        menu.renew(rows, query, order);
        menu.selected = menu.choices.iter().position(|choice| choice.on).unwrap_or(0);
        menu
    }

    /// The same menu after rows arrived or the filter changed.
    pub fn renew(&mut self, rows: &[Indexed], query: &Query, order: Order) {
        self.choices = match self.kind {
            Kind::Severities => facet::severities(rows, query).into_iter().map(|count| severity(count, query)).collect(),
            Kind::Services => {
                let counts = facet::services(rows, query).into_iter().enumerate();
                counts.map(|(at, count)| service(at, count, query)).collect()
            }
            Kind::SortBy => Column::ALL.iter().map(|&column| self::column(column, order)).collect(),
        };
        self.selected = self.selected.min(self.choices.len().saturating_sub(1));
    }

    /// Moves the selection.
    pub fn step(&mut self, step: Step, height: usize) {
        self.selected = step.from(self.selected, self.choices.len());
        self.scroll = keep_in_view(self.scroll, self.selected, self.selected, height, self.choices.len());
    }

    /// The line a key switches.
    pub fn keyed(&self, key: char) -> Option<usize> {
        self.choices.iter().position(|choice| choice.key == Some(key))
    }
}

fn severity(count: SeverityCount, query: &Query) -> Choice {
    let (_, letter, _) = glyph::severity(count.severity);
    Choice {
        value: Value::Severity(count.severity),
        name: glyph::severity_name(count.severity).into(),
        key: Some(if count.severity.is_some() { letter.to_ascii_lowercase() } else { 'u' }),
        count: Some((count.count, count.inferred)),
        on: query.severities.contains(&count.severity),
    }
}

fn service(at: usize, count: facet::ServiceCount, query: &Query) -> Choice {
    Choice {
        key: u32::try_from(at + 1).ok().and_then(|n| char::from_digit(n, 10)),
        count: Some((count.count, 0)),
        on: query.services.contains(&count.group),
        name: count.name,
        value: Value::Service(count.group),
    }
}

fn column(column: Column, order: Order) -> Choice {
    let key = match column {
        Column::Start => 's',
        Column::Duration => 'd',
        Column::Severity => 'v',
        Column::Organization => 'o',
        Column::Title => 't',
        Column::Services => 'e',
    };
    Choice { value: Value::Column(column), name: column.name().into(), key: Some(key), count: None, on: order.column == column }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::Context;
    use crate::fixture;
    use crate::keymap::Keymap;

    #[test]
    fn every_choice_has_its_own_key_which_no_movement_needs() {
        let rows: Vec<_> = fixture::entries().into_iter().map(Indexed::new).collect();
        let keymap = Keymap::shipped().unwrap();
        for kind in [Kind::Severities, Kind::Services, Kind::SortBy] {
            let menu = Menu::new(kind, &rows, &Query::default(), Order::default());
            for (at, choice) in menu.choices.iter().enumerate() {
                let key = choice.key.unwrap();
                assert_eq!(menu.keyed(key), Some(at));
                for action in crate::app::action::Action::ALL {
                    assert!(keymap.keys(Context::Menu, *action).all(|bound| bound.typed() != Some(key)), "{key}");
                }
            }
        }
    }
}
