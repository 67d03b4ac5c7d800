//! Menus: the values of a facet, the columns to sort by, the saved filters.

mod choices;
pub mod shape;

use crate::app::action::Action;
use crate::app::copy::Copy;
use crate::app::list::columns::Place;
use crate::app::show::Clock;
use crate::app::step::{Step, keep_in_view};
use crate::app::write::Said;
use crate::basis::Alternative;
use crate::incident::Severity;
use crate::query::column::{Column, Columns};
use crate::query::facet::{self, Choice as Chosen, Facet};
use crate::query::field::Field;
use crate::query::order::Order;
use crate::query::period;
use crate::query::{Indexed, Query};
use crate::resolve::Cut;
use crate::review::{self, Narrow, Review, Reviewed, Reviews};
use std::collections::BTreeMap;

/// What a choice stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A value of the menu's facet: its name.
    Facet,
    /// A column, and why it is not drawn.
    Column(Column, &'static str),
    /// A saved filter: what it says.
    Filter(String),
    /// Something to say of the incident, and what is said now.
    Said(Said, String),
    /// A tag; its name.
    Tag,
    /// How bad the incident really was; none for what the report says.
    Severity(Option<Severity>),
    /// What is copied.
    Copied(String),
    /// An action, and whether it would do anything where the menu was opened.
    Action(Action, bool),
    /// A field, which the filter is to ask for.
    Field(Field),
    /// A theme.
    Theme,
    /// A review that no incident has.
    Orphan(Box<Reviewed>),
    /// A way to cut the file into incidents.
    Cut(Cut),
    /// A day or zone that was chosen narrowly, and what moves with it.
    Alternative(Alternative, String),
    /// A role that was given narrowly, and whose word it is now.
    Narrow(Narrow, &'static str),
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
    pub chosen: Chosen,
}

/// What a menu is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The values of a facet, several at once.
    Facet(Facet),
    /// The sort column, one of them.
    SortBy,
    /// The columns of the list, several at once.
    Columns,
    /// The saved filters, one of them.
    Filters,
    /// What can be said of the incident, one of it.
    Review,
    /// Tags, several at once.
    Tags,
    /// The severities, one of them.
    Severity,
    /// What can be copied, one of it.
    Copy,
    /// What can be done, one of them.
    Actions,
    /// The themes, one of them.
    Themes,
    /// The reviews that no incident has, one of them.
    Orphans,
    /// The ways to cut a file into incidents, one of them.
    Cuts,
}

impl Kind {
    /// Its title.
    pub fn title(self) -> &'static str {
        match self {
            Kind::Facet(facet) => facet.name(),
            Kind::SortBy => "order by",
            Kind::Columns => "columns",
            Kind::Filters => "saved filters",
            Kind::Review => "annotate",
            Kind::Tags => "tags",
            Kind::Severity => "correct the severity",
            Kind::Copy => "copy",
            Kind::Actions => "commands and fields",
            Kind::Themes => "themes",
            Kind::Orphans => "orphaned reviews",
            Kind::Cuts => "one incident or several",
        }
    }

    /// Whether typing narrows it; in the others each value has a key.
    pub fn narrows(self) -> bool {
        match self {
            Kind::Facet(facet) => facet.is_long(),
            Kind::SortBy | Kind::Columns | Kind::Review | Kind::Severity | Kind::Copy | Kind::Cuts => false,
            Kind::Filters | Kind::Tags | Kind::Actions | Kind::Themes | Kind::Orphans => true,
        }
    }

    /// Whether several of its values can be on.
    pub fn has_several(self) -> bool {
        matches!(self, Kind::Facet(_) | Kind::Tags | Kind::Columns)
    }

    /// Whether choosing a value is all there is to do.
    pub fn has_one(self) -> bool {
        matches!(self, Kind::SortBy | Kind::Review | Kind::Severity | Kind::Copy | Kind::Cuts)
    }
}

/// What menus are made of.
#[derive(Clone, Copy)]
pub struct Stock<'a> {
    /// All incidents.
    pub rows: &'a [Indexed],
    /// The filter in force.
    pub query: &'a Query,
    /// The order in force.
    pub order: Order,
    /// The columns of the list.
    pub columns: &'a Columns,
    /// Those of them that are drawn; none where the list has no columns.
    pub places: &'a [Place],
    /// The saved filters.
    pub filters: &'a BTreeMap<String, String>,
    /// What the selected incident is called.
    pub subject: &'a str,
    /// What is said of it.
    pub review: &'a Review,
    /// Tags that were used before, here or elsewhere.
    pub tags: &'a Reviews,
    /// The reviews that no incident has.
    pub orphans: &'a [Reviewed],
    /// The ways to cut the file into incidents, and how it is cut.
    pub cuts: (&'a [(Cut, usize)], Cut),
    /// What can be copied.
    pub copies: &'a [Copy],
    /// What was chosen narrowly of the moment that is looked at, each with its time and what moves with it.
    pub alternatives: &'a [(Alternative, String, String)],
    /// What roles of its moments were given narrowly.
    pub narrow: &'a [Narrow],
    /// Whether an action would do anything.
    pub can: &'a dyn Fn(Action) -> bool,
    /// Whose time is shown.
    pub clock: Clock,
    /// The names of the themes.
    pub themes: &'a [String],
    /// The theme in force.
    pub theme: &'a str,
}

/// An open menu.
#[derive(Debug)]
pub struct Menu {
    /// What it is about.
    pub kind: Kind,
    /// Its lines, as far as they have what was typed.
    pub choices: Vec<Choice>,
    /// The selected line.
    pub selected: usize,
    /// The first line on screen.
    pub scroll: usize,
    /// What was typed to narrow it.
    pub needle: String,
    /// What the selected incident is called.
    pub subject: String,
    all: Vec<Choice>,
}

impl Menu {
    /// A menu over what is read so far.
    pub fn new(kind: Kind, stock: Stock) -> Self {
        let mut menu =
            Self { kind, choices: Vec::new(), selected: 0, scroll: 0, needle: String::new(), subject: String::new(), all: Vec::new() };
        menu.renew(stock);
        // What was said of an incident is not what is said next.
        let on = || menu.choices.iter().position(|choice| choice.chosen != Chosen::Open);
        menu.selected = if kind == Kind::Review { 0 } else { on().unwrap_or(0) };
        menu
    }

    /// The same menu after rows arrived or the filter changed.
    pub fn renew(&mut self, stock: Stock) {
        let Stock {
            rows,
            query,
            order,
            columns,
            places,
            filters,
            subject,
            review,
            tags,
            orphans,
            cuts,
            copies,
            alternatives,
            narrow,
            can,
            clock,
            themes,
            theme,
        } = stock;
        subject.clone_into(&mut self.subject);
        self.all = match self.kind {
            Kind::Facet(facet) => {
                facet::counts(rows, query, facet).into_iter().enumerate().map(|(at, count)| choices::value(facet, at, count)).collect()
            }
            Kind::Columns => Column::ALL.iter().map(|&column| choices::shown(column, columns, places)).collect(),
            Kind::SortBy => Column::ALL.iter().map(|&column| choices::column(column, order)).collect(),
            Kind::Actions => choices::commands(can),
            Kind::Themes => themes.iter().map(|name| choices::theme(name, theme)).collect(),
            Kind::Filters => filters.iter().map(|(name, filter)| choices::saved(name, filter, query)).collect(),
            Kind::Review => {
                let said = Said::ALL.iter().map(|&(said, key)| choices::said(said, key, review, &clock));
                let narrow = narrow.iter().enumerate().map(|(place, narrow)| choices::narrow(place, *narrow, &clock));
                let alternatives = alternatives.iter().map(choices::alternative);
                said.chain(alternatives).chain(narrow).chain(choices::further(can(Action::Cut), orphans.len())).collect()
            }
            Kind::Orphans => orphans.iter().map(choices::orphan).collect(),
            Kind::Cuts => cuts.0.iter().map(|&way| choices::cut(way, cuts.1)).collect(),
            Kind::Tags => choices::tags(rows, review, tags),
            Kind::Severity => choices::severities(review.severity),
            Kind::Copy => copies.iter().map(choices::copied).collect(),
        };
        self.narrow();
    }

    /// Changes what is typed.
    pub fn type_in(&mut self, change: impl FnOnce(&mut String)) {
        change(&mut self.needle);
        self.narrow();
        (self.selected, self.scroll) = (0, 0);
    }

    /// Shows those that have every word that was typed.
    fn narrow(&mut self) {
        let needle = self.needle.to_lowercase();
        let has = |choice: &&Choice| {
            let text = choice.searched();
            needle.split_whitespace().all(|word| text.contains(word))
        };
        self.choices = self.all.iter().filter(has).cloned().collect();
        // A name with a word that begins so is likelier meant than one that has the letters somewhere.
        let begins =
            |choice: &Choice| choice.name.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(&needle));
        self.choices.sort_by_cached_key(|choice| (!choice.name.to_lowercase().starts_with(&needle), !begins(choice)));
        let new = review::tag(&self.needle);
        if self.kind == Kind::Tags && !new.is_empty() && !self.all.iter().any(|choice| choice.name == new) {
            // A tag that goes on with what was typed is likelier meant; one that has it somewhere is not.
            let begun = self.choices.first().is_some_and(|first| first.name.starts_with(&new));
            let place = if begun { self.choices.len() } else { 0 };
            self.choices.insert(place, Choice { value: Value::Tag, name: new, key: None, count: None, chosen: Chosen::Open });
        }
        self.selected = self.selected.min(self.choices.len().saturating_sub(1));
    }

    /// Whether `letter` goes on with what was typed in one of the names, as the hyphen of `last-quarter` does.
    pub fn goes_on_with(&self, letter: char) -> bool {
        let typed = format!("{}{letter}", self.needle.to_lowercase());
        !self.needle.is_empty() && self.choices.iter().any(|choice| choice.name.to_lowercase().contains(&typed))
    }

    /// How many lines there are, whatever is typed.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// How many of all are on.
    pub fn chosen(&self) -> usize {
        self.all.iter().filter(|choice| choice.chosen != Chosen::Open).count()
    }

    /// The selected line.
    pub fn choice(&self) -> Option<&Choice> {
        self.choices.get(self.selected)
    }

    /// Of the themes the one that was in force when the menu opened.
    pub fn theme_before(&self) -> Option<String> {
        let chosen = || self.all.iter().find(|choice| choice.chosen == Chosen::Shown).map(|choice| choice.name.clone());
        (self.kind == Kind::Themes).then(chosen).flatten()
    }

    /// Selects the line of that name.
    pub fn select(&mut self, name: &str) {
        self.selected = self.choices.iter().position(|choice| choice.name == name).unwrap_or(self.selected);
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

impl Choice {
    /// What a saved filter says, what is said of the incident, what would be copied, or why a column is not drawn.
    pub fn detail(&self) -> &str {
        match &self.value {
            Value::Narrow(_, words) | Value::Column(_, words) => words,
            Value::Filter(words) | Value::Said(_, words) | Value::Copied(words) | Value::Alternative(_, words) => words,
            _ => "",
        }
    }

    /// The blanks before its name: a quarter stands below its year, a month below its quarter.
    pub fn indent(&self) -> usize {
        if self.value == Value::Facet { period::depth(&self.name).unwrap_or(0) * 2 } else { 0 }
    }

    /// What is searched for what was typed, in lower case.
    fn searched(&self) -> String {
        match self.value {
            Value::Action(action, _) => format!("{} {} {}", self.name.replace('-', " "), action.meaning(), also(action)).to_lowercase(),
            Value::Field(field) => {
                format!("{} {} {}", self.name, field.meaning(), field.aliases().collect::<Vec<_>>().join(" ")).to_lowercase()
            }
            Value::Orphan(ref said) => format!("{} {} {} {}", self.name, said.key.place, said.marks(), said.review.note).to_lowercase(),
            _ => self.name.to_lowercase(),
        }
    }
}

/// What people also look for who want an action; as their words, not in its meaning.
fn also(action: Action) -> &'static str {
    match action {
        Action::WriteFile => "export save print picture page table report",
        Action::Copy => "clipboard print",
        Action::SortBy => "duration length severity longest newest worst",
        Action::Columns => "duration detect show",
        Action::Search => "filter find query duration",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::{Action, Context};
    use crate::basis::Part;
    use crate::fixture;
    use crate::keymap::Keymap;
    use crate::role::Role;

    fn menu(kind: Kind) -> Menu {
        let rows: Vec<_> = fixture::entries().into_iter().map(Indexed::new).collect();
        let filters = BTreeMap::from([("mine".to_owned(), "sev:high".to_owned())]);
        let (review, tags) = (Review::default(), Reviews::default());
        let orphan = Reviewed { key: review::Key::default(), title: "t".into(), review: Review::default() };
        let clock = Clock::new(Default::default(), fixture::local);
        let (query, order, day) = (Query::default(), Order::default(), chrono::NaiveDate::default());
        let moment = chrono::DateTime::UNIX_EPOCH;
        Menu::new(
            kind,
            Stock {
                rows: &rows,
                query: &query,
                order,
                columns: &Columns::default(),
                places: &[],
                filters: &filters,
                subject: "t",
                review: &review,
                tags: &tags,
                orphans: &[orphan],
                cuts: (&[(Cut::AsTold, 3), (Cut::Whole, 1), (Cut::Level(1), 2), (Cut::Level(6), 9)], Cut::Whole),
                copies: &[],
                alternatives: &[Part::Day(day, day), Part::Zone(0, 60)]
                    .map(|part| (Alternative { part, together: 0, taken: false }, String::new(), String::new())),
                narrow: &[Role::Start, Role::Detected].map(|role| Narrow { role, at: moment, next: moment, taken: false }),
                can: &|action| action != Action::Open,
                clock,
                themes: &["dark".into(), "light".into()],
                theme: "light",
            },
        )
    }

    #[test]
    fn every_choice_has_its_own_key_which_no_movement_needs() {
        let keymap = Keymap::shipped().unwrap();
        for kind in [
            Kind::Facet(Facet::Severity),
            Kind::Facet(Facet::Status),
            Kind::Facet(Facet::Format),
            Kind::SortBy,
            Kind::Columns,
            Kind::Review,
            Kind::Severity,
            Kind::Cuts,
        ] {
            let menu = menu(kind);
            for (at, choice) in menu.choices.iter().enumerate() {
                let key = choice.key.unwrap();
                assert_eq!(menu.keyed(key), Some(at));
                for action in Action::ALL {
                    assert!(keymap.keys(Context::Menu, *action).all(|bound| bound.typed() != Some(key)), "{key}");
                }
            }
        }
    }

    #[test]
    fn commands_are_found_by_name_and_meaning_names_first() {
        let mut menu = menu(Kind::Actions);
        assert_eq!(menu.count(), Action::ALL.iter().filter(|action| !action.is_for_prompts()).count() + Field::ALL.len());
        // What can do nothing here stands last.
        assert!(matches!(menu.choices.last().map(|choice| &choice.value), Some(Value::Action(Action::Open, false))));
        menu.type_in(|needle| needle.push_str("zo"));
        assert_eq!(menu.choice().map(|choice| choice.name.as_str()), Some("zoom-in"));
        menu.type_in(|needle| *needle = "whole screen".into());
        assert_eq!(menu.choices.iter().map(|choice| choice.name.as_str()).collect::<Vec<_>>(), ["maximise"]);
        for (words, found) in [
            ("export csv", "write"),
            ("picture", "write"),
            ("print", "write"),
            ("duration", "sort-by"),
            ("duration", "dur:"),
            ("ttd", "detect:"),
        ] {
            menu.type_in(|needle| *needle = words.into());
            assert!(menu.choices.iter().any(|choice| choice.name == found), "{words}");
        }
    }

    #[test]
    fn the_theme_in_force_is_selected() {
        assert_eq!(menu(Kind::Themes).choice().map(|choice| choice.name.as_str()), Some("light"));
    }

    #[test]
    fn typing_narrows_what_has_no_keys() {
        let mut menu = menu(Kind::Facet(Facet::Service));
        let names = |menu: &Menu| menu.choices.iter().map(|choice| choice.name.clone()).collect::<Vec<_>>();
        assert!(menu.choices.iter().all(|choice| choice.key.is_none()));
        menu.step(Step::Bottom, 3);
        menu.type_in(|needle| needle.push_str("CAL"));
        assert_eq!((names(&menu), menu.selected), (vec!["Calendar".to_owned()], 0));
        menu.type_in(|needle| needle.push('x'));
        assert!(menu.choice().is_none() && menu.count() == 6);
        menu.type_in(String::clear);
        assert_eq!(names(&menu).last().map(String::as_str), Some("unknown"));
    }
}
