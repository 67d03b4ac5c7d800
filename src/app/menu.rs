//! Menus: the values of a facet, the columns to sort by, the saved filters.

pub mod shape;

use crate::app::action::Action;
use crate::app::copy::Copy;
use crate::app::glyph;
use crate::app::show::Clock;
use crate::app::step::{Step, keep_in_view};
use crate::app::write::Said;
use crate::incident::Severity;
use crate::query::facet::{self, Choice as Chosen, Facet};
use crate::query::order::{Column, Order};
use crate::query::{Indexed, Query};
use crate::resolve::Cut;
use crate::review::{self, Review, Reviewed, Reviews};
use std::collections::BTreeMap;

/// What a choice stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A value of the menu's facet: its name.
    Facet,
    /// A sort column.
    Column(Column),
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
    /// A theme.
    Theme,
    /// A review that no incident has.
    Orphan(Box<Reviewed>),
    /// A way to cut the file into incidents.
    Cut(Cut),
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
            Kind::Filters => "saved filters",
            Kind::Review => "say of this incident",
            Kind::Tags => "tags",
            Kind::Severity => "correct the severity",
            Kind::Copy => "copy",
            Kind::Actions => "commands",
            Kind::Themes => "themes",
            Kind::Orphans => "orphaned reviews",
            Kind::Cuts => "one incident or several",
        }
    }

    /// Whether typing narrows it; in the others each value has a key.
    pub fn narrows(self) -> bool {
        match self {
            Kind::Facet(facet) => facet.is_open(),
            Kind::SortBy | Kind::Review | Kind::Severity | Kind::Copy | Kind::Cuts => false,
            Kind::Filters | Kind::Tags | Kind::Actions | Kind::Themes | Kind::Orphans => true,
        }
    }

    /// Whether several of its values can be on.
    pub fn has_several(self) -> bool {
        matches!(self, Kind::Facet(_) | Kind::Tags)
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
        let Stock { rows, query, order, filters, subject, review, tags, orphans, cuts, copies, can, clock, themes, theme } = stock;
        subject.clone_into(&mut self.subject);
        self.all = match self.kind {
            Kind::Facet(facet) => {
                facet::counts(rows, query, facet).into_iter().enumerate().map(|(at, count)| value(facet, at, count)).collect()
            }
            Kind::SortBy => Column::ALL.iter().map(|&column| self::column(column, order)).collect(),
            Kind::Actions => commands(can),
            Kind::Themes => themes.iter().map(|name| self::theme(name, theme)).collect(),
            Kind::Filters => filters.iter().map(|(name, filter)| saved(name, filter, query)).collect(),
            Kind::Review => {
                let said = Said::ALL.iter().map(|&(said, key)| self::said(said, key, review, &clock));
                said.chain(further(can(Action::Cut), orphans.len())).collect()
            }
            Kind::Orphans => orphans.iter().map(orphan).collect(),
            Kind::Cuts => cuts.0.iter().map(|&way| cut(way, cuts.1)).collect(),
            Kind::Tags => self::tags(rows, review, tags),
            Kind::Severity => severities(review.severity),
            Kind::Copy => copies.iter().map(copied).collect(),
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
            self.choices.push(Choice { value: Value::Tag, name: new, key: None, count: None, chosen: Chosen::Open });
        }
        self.selected = self.selected.min(self.choices.len().saturating_sub(1));
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
    /// What a saved filter says, what is said of the incident, or what would be copied.
    pub fn detail(&self) -> &str {
        match &self.value {
            Value::Filter(words) | Value::Said(_, words) | Value::Copied(words) => words,
            _ => "",
        }
    }

    /// What is searched for what was typed, in lower case.
    fn searched(&self) -> String {
        match self.value {
            Value::Action(action, _) => format!("{} {}", self.name.replace('-', " "), action.meaning()).to_lowercase(),
            Value::Orphan(ref said) => format!("{} {} {} {}", self.name, said.key.place, said.marks(), said.review.note).to_lowercase(),
            _ => self.name.to_lowercase(),
        }
    }
}

/// Every command, those that would do something first.
fn commands(can: &dyn Fn(Action) -> bool) -> Vec<Choice> {
    let command = |(action, can): (Action, bool)| Choice {
        value: Value::Action(action, can),
        name: action.name().into(),
        key: None,
        count: None,
        chosen: Chosen::Open,
    };
    let mut commands: Vec<_> = Action::ALL.iter().filter(|action| !action.is_for_prompts()).map(|&action| (action, can(action))).collect();
    commands.sort_by_key(|(_, can)| !can);
    commands.into_iter().map(command).collect()
}

fn theme(name: &str, current: &str) -> Choice {
    let chosen = if name == current { Chosen::Shown } else { Chosen::Open };
    Choice { value: Value::Theme, name: name.into(), key: None, count: None, chosen }
}

fn value(facet: Facet, at: usize, count: facet::Count) -> Choice {
    let digit = || u32::try_from(at + 1).ok().and_then(|n| char::from_digit(n, 10));
    let severity = || Severity::from_name(&count.name).map(|severity| glyph::severity(Some(severity)).1.to_ascii_lowercase());
    let key = match facet {
        Facet::Severity => severity().or(Some('u')),
        Facet::Status | Facet::Format => digit(),
        Facet::Service | Facet::Organization => None,
    };
    Choice { key, count: Some((count.count, count.inferred)), chosen: count.choice, name: count.name, value: Value::Facet }
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
    let chosen = if order.column == column { Chosen::Shown } else { Chosen::Open };
    Choice { value: Value::Column(column), name: column.name().into(), key: Some(key), count: None, chosen }
}

fn said(said: Said, key: char, review: &Review, clock: &Clock) -> Choice {
    let now = said.of(review, clock);
    let chosen = if now.is_empty() { Chosen::Open } else { Chosen::Shown };
    Choice { value: Value::Said(said, now), name: said.name().into(), key: Some(key), count: None, chosen }
}

/// What else can be done about the incident's file, and about reviews.
fn further(has_file: bool, orphans: usize) -> impl Iterator<Item = Choice> {
    let cut = has_file.then(|| (Action::Cut, 'i', "one incident or several…".to_owned()));
    let orphans = (orphans > 0).then(|| (Action::Orphans, 'o', format!("orphaned reviews ({orphans})…")));
    let choice =
        |(action, key, name)| Choice { value: Value::Action(action, true), name, key: Some(key), count: None, chosen: Chosen::Open };
    cut.into_iter().chain(orphans).map(choice)
}

fn cut((way, count): (Cut, usize), now: Cut) -> Choice {
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

fn orphan(said: &Reviewed) -> Choice {
    Choice { value: Value::Orphan(Box::new(said.clone())), name: said.title.clone(), key: None, count: None, chosen: Chosen::Open }
}

/// Every known tag with how many incidents have it here.
fn tags(rows: &[Indexed], review: &Review, known: &Reviews) -> Vec<Choice> {
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

fn severities(now: Option<Severity>) -> Vec<Choice> {
    let choice = |severity: Option<Severity>| {
        let (name, key) =
            severity.map_or(("as reported", 'r'), |severity| (severity.name(), glyph::severity(Some(severity)).1.to_ascii_lowercase()));
        let chosen = if severity == now { Chosen::Shown } else { Chosen::Open };
        Choice { value: Value::Severity(severity), name: name.into(), key: Some(key), count: None, chosen }
    };
    Severity::ALL.iter().rev().copied().map(Some).chain([None]).map(choice).collect()
}

fn copied(copy: &Copy) -> Choice {
    Choice { value: Value::Copied(copy.text.clone()), name: copy.name.into(), key: Some(copy.key), count: None, chosen: Chosen::Open }
}

fn saved(name: &str, filter: &str, query: &Query) -> Choice {
    let chosen = if query.text().trim() == filter { Chosen::Shown } else { Chosen::Open };
    Choice { value: Value::Filter(filter.to_owned()), name: name.to_owned(), key: None, count: None, chosen }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::{Action, Context};
    use crate::fixture;
    use crate::keymap::Keymap;

    fn menu(kind: Kind) -> Menu {
        let rows: Vec<_> = fixture::entries().into_iter().map(Indexed::new).collect();
        let filters = BTreeMap::from([("mine".to_owned(), "sev:high".to_owned())]);
        let (review, tags) = (Review::default(), Reviews::default());
        let orphan = Reviewed { key: review::Key::default(), title: "t".into(), review: Review::default() };
        let clock = Clock::new(Default::default(), fixture::local);
        let (query, order) = (Query::default(), Order::default());
        Menu::new(
            kind,
            Stock {
                rows: &rows,
                query: &query,
                order,
                filters: &filters,
                subject: "t",
                review: &review,
                tags: &tags,
                orphans: &[orphan],
                cuts: (&[(Cut::AsTold, 3), (Cut::Whole, 1), (Cut::Level(1), 2), (Cut::Level(6), 9)], Cut::Whole),
                copies: &[],
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
        assert_eq!(menu.count(), Action::ALL.iter().filter(|action| !action.is_for_prompts()).count());
        // What can do nothing here stands last.
        assert!(matches!(menu.choices.last().map(|choice| &choice.value), Some(Value::Action(Action::Open, false))));
        menu.type_in(|needle| needle.push_str("zo"));
        assert_eq!(menu.choice().map(|choice| choice.name.as_str()), Some("zoom-in"));
        menu.type_in(|needle| *needle = "whole screen".into());
        assert_eq!(menu.choices.iter().map(|choice| choice.name.as_str()).collect::<Vec<_>>(), ["maximise"]);
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
