//! The filter line and the menus that change what is shown.

use super::UNDOES_THERE;
use crate::app::action::{Action, Context};
use crate::app::copy;
use crate::app::list::RowId;
use crate::app::menu::{Kind, Menu, Stock, Value};
use crate::app::step::Step;
use crate::app::{App, Effect, Searching, SourceSearch, View};
use crate::library::Answer;
use crate::query::Query;
use crate::query::column::Columns;
use crate::query::facet::Choice;
use crate::resolve::Cut;
use crate::review::Edit;
use crate::state::Change;
use tui_input::{Input, InputRequest};

impl App {
    pub(super) fn edit(&mut self, requests: impl IntoIterator<Item = InputRequest>) -> Effect {
        match self.views.last_mut() {
            Some(View::Prompt(prompt)) => {
                prompt.edit(requests, &self.list.rows);
                self.filter_as_typed();
            }
            Some(View::Name(input)) => requests.into_iter().for_each(|request| _ = input.handle(request)),
            Some(View::Write(write)) => requests.into_iter().for_each(|request| _ = write.input.handle(request)),
            Some(View::Help(help)) => {
                requests.into_iter().for_each(|request| _ = help.input.handle(request));
                help.scroll = 0;
            }
            Some(View::File(saving)) => {
                requests.into_iter().for_each(|request| _ = saving.input.handle(request));
                (saving.taken, self.message) = (false, None);
            }
            Some(View::Menu(menu)) if menu.kind.narrows() => {
                menu.type_in(|needle| requests.into_iter().for_each(|r| type_at_end(needle, r)))
            }
            _ => {}
        }
        Effect::None
    }

    /// Results follow what is typed.
    pub(super) fn filter_as_typed(&mut self) {
        if let Some(View::Prompt(prompt)) = self.views.last() {
            let query = Query::new(prompt.input.value());
            self.list.set_query(query);
        }
    }

    pub(super) fn complete(&mut self, by: isize) {
        if let Some(View::File(saving)) = self.views.last_mut() {
            return saving.turn(by);
        }
        let Some(View::Prompt(prompt)) = self.views.last_mut() else { return };
        if !prompt.complete(by, &self.list.rows) {
            self.say("nothing can be completed here");
        }
        self.filter_as_typed();
    }

    /// Whether an arrow key means something to the filter line: the candidates, or the history.
    pub(super) fn steps_in_prompt(&mut self, up: bool) -> bool {
        let Some(View::Prompt(prompt)) = self.views.last_mut() else { return false };
        if prompt.shown().is_some() {
            self.complete(if up { -1 } else { 1 });
        } else if prompt.recalls() && !self.state.history.is_empty() {
            prompt.recall(up, &self.state.history, &self.list.rows);
            self.filter_as_typed();
        } else {
            return false;
        }
        true
    }

    /// Keeps what was typed or chosen.
    pub(super) fn accept(&mut self) -> Effect {
        if let Some(View::Help(help)) = self.views.last_mut() {
            help.typing = false;
            return Effect::None;
        }
        match self.views.last() {
            Some(View::Menu(menu)) => {
                // What was typed to find a value was typed to choose it.
                let open = menu.choice().is_some_and(|choice| choice.chosen == Choice::Open);
                if menu.kind == Kind::Actions {
                    return self.run_command();
                }
                if !menu.kind.has_several() {
                    return self.switch_choice(Choice::Shown);
                }
                if open && !menu.needle.is_empty() {
                    let effect = self.switch_choice(Choice::Shown);
                    self.views.pop();
                    return effect;
                }
            }
            Some(View::Write(_)) => return self.accept_words(),
            Some(View::File(_)) => return self.write_output(),
            Some(View::Name(input)) => {
                let name = input.value().trim().to_owned();
                if name.is_empty() {
                    self.say("a name is needed to find the filter again");
                    return Effect::None;
                }
                self.views.pop();
                let (before, after) = (self.state.filters.get(&name).cloned(), Some(self.list.query().to_string()));
                let told = format!("{} “{name}”", if before.is_some() { "saved over" } else { "saved as" });
                self.say(&told);
                return self.make_change(Change::Filter { name, before, after }, (told, String::new()));
            }
            Some(View::Prompt(_)) => {
                self.views.pop();
                self.message = self.list.query().mistakes().first().map(ToString::to_string);
                return self.keep_typed();
            }
            _ => {}
        }
        self.views.pop();
        Effect::None
    }

    /// Puts the filter in force into the history.
    pub(super) fn keep_typed(&mut self) -> Effect {
        let line = self.list.query().to_string();
        if self.state.history.last() == Some(&line) || line.is_empty() {
            return Effect::None;
        }
        self.remember(Change::Typed(line))
    }

    fn remember(&mut self, change: Change) -> Effect {
        self.state.apply(&change);
        Effect::Remember(self.sent(change))
    }

    pub(super) fn name_filter(&mut self) {
        if self.list.query().is_empty() {
            return self.say("there is no filter to save");
        }
        if let Some(View::Prompt(_)) = self.views.last() {
            self.views.pop();
        }
        let line = self.list.query().to_string();
        let name = self.state.filters.iter().find(|(_, filter)| **filter == line).map(|(name, _)| name.clone());
        self.views.push(View::Name(Input::new(name.unwrap_or_default())));
    }

    pub(super) fn open_menu(&mut self, kind: Kind) {
        let mut menu = self.with_stock(kind, |stock| Menu::new(kind, stock));
        menu.step(Step::By(0), self.menu_rows());
        if menu.choices.is_empty() && kind != Kind::Tags {
            return match kind {
                Kind::Filters => self.say_with("no filter is saved", (Context::List, Action::SaveFilter, "saves the one in force")),
                Kind::Copy => self.say("no incident is selected"),
                _ => self.say("no report is read yet"),
            };
        }
        self.views.push(View::Menu(menu));
    }

    /// Does something with what a menu of that kind is made of; what other kinds need is not looked for.
    fn with_stock<T>(&self, kind: Kind, make: impl FnOnce(Stock<'_>) -> T) -> T {
        let (copied, said) = (kind == Kind::Copy, kind == Kind::Review);
        make(Stock {
            rows: &self.list.rows,
            query: self.list.query(),
            order: self.list.order(),
            columns: &self.columns,
            places: &self.columns_drawn(),
            filters: &self.state.filters,
            subject: self.list.selected().map_or("", |row| row.name()),
            review: &self.review(),
            tags: &self.state.reviews,
            orphans: &self.orphans,
            cuts: self.ways.as_ref().map_or((&[], Cut::AsTold), |(entry, ways)| (ways, entry.cut())),
            copies: &if copied { copy::choices(self) } else { Vec::new() },
            alternatives: &if said { self.alternatives() } else { Vec::new() },
            narrow: &if said { self.narrow() } else { Vec::new() },
            can: &|action| self.can(action),
            clock: self.clock,
            themes: &self.themes,
            theme: &self.theme,
        })
    }

    /// Switches the chosen value; where what is typed narrows to one of them, only accepting chooses it.
    pub(super) fn toggle(&mut self) -> Effect {
        match self.views.last() {
            Some(View::Menu(menu)) if menu.kind.narrows() && !self.can(Action::Toggle) => Effect::None,
            _ => self.switch_choice(Choice::Shown),
        }
    }

    /// Gives the selected value the choice, or takes it away where it has it.
    pub(super) fn switch_choice(&mut self, wanted: Choice) -> Effect {
        let Some(View::Menu(menu)) = self.views.last_mut() else { return Effect::None };
        let Some(choice) = menu.choice().cloned() else { return Effect::None };
        match (menu.kind, choice.value) {
            (Kind::Facet(facet), Value::Facet) => {
                if !menu.needle.is_empty() {
                    // The next one is typed from its beginning.
                    menu.type_in(String::clear);
                    menu.select(&choice.name);
                }
                let choice_now = if choice.chosen == wanted { Choice::Open } else { wanted };
                let query = self.list.query().with(facet, &choice.name, choice_now);
                self.list.set_query(query);
                self.renew_menu();
                let rows = self.menu_rows();
                if let Some(View::Menu(menu)) = self.views.last_mut() {
                    menu.select(&choice.name);
                    menu.step(Step::By(0), rows);
                }
            }
            (Kind::Columns, Value::Column(column, _)) => {
                self.columns.toggle(column);
                self.dense |= !self.layout().wide_rows();
                if self.columns.has(column) && !self.columns_drawn().iter().any(|place| place.column == column) {
                    let way = (Context::List, Action::Maximise, "gives the list the whole screen");
                    self.say_with(&format!("no room for “{}”", column.name()), way);
                }
                self.renew_menu();
            }
            (_, Value::Column(column, _)) => {
                self.list.set_order(self.list.order().by(column));
                self.views.pop();
            }
            (_, Value::Theme) => {
                self.views.pop();
                self.say(&format!("to keep these colours, write theme = \"{}\" in config.toml", choice.name));
            }
            (_, Value::Filter(filter)) => {
                self.list.set_query(Query::new(filter));
                self.views.pop();
            }
            (_, Value::Said(said, _)) => {
                self.views.pop();
                self.say_one(said);
            }
            (Kind::Review, Value::Action(action, _)) => {
                self.views.pop();
                return self.act(action);
            }
            (_, Value::Alternative(other, _)) => {
                self.views.pop();
                return self.take_runner_up(other);
            }
            (_, Value::Narrow(narrow, _)) => {
                self.views.pop();
                return self.make(narrow.switch());
            }
            (_, Value::Cut(cut)) => {
                self.views.pop();
                return self.cut(cut);
            }
            (_, Value::Orphan(orphan)) => return self.give(&orphan),
            (_, Value::Copied(text)) => {
                self.views.pop();
                return self.copy(&choice.name, text);
            }
            (_, Value::Tag) => {
                menu.type_in(String::clear);
                let effect = self.make(Edit::Tag(choice.name.clone(), choice.chosen == Choice::Open));
                if let Some(View::Menu(menu)) = self.views.last_mut() {
                    menu.select(&choice.name);
                }
                return effect;
            }
            (_, Value::Severity(severity)) => {
                self.views.pop();
                return self.make(Edit::Severity(severity));
            }
            _ => {}
        }
        Effect::None
    }

    /// Runs the selected command as if its key had been pressed below the palette; a field begins the next part of the filter.
    fn run_command(&mut self) -> Effect {
        let Some(View::Menu(menu)) = self.views.last() else { return Effect::None };
        let Some(choice) = menu.choice().cloned() else { return Effect::None };
        let action = if let Value::Action(action, _) = choice.value { action } else { Action::Search };
        self.views.pop();
        if !self.can(action) {
            self.say(&format!("“{}” can do nothing here", action.name()));
            return Effect::None;
        }
        let effect = self.act(action);
        if let Value::Field(_) = choice.value {
            self.edit(choice.name.chars().map(InputRequest::InsertChar));
        }
        effect
    }

    /// Takes all choices of a menu back; of the saved filters it deletes the selected one.
    pub(super) fn clear_menu(&mut self) -> Effect {
        let Some(View::Menu(menu)) = self.views.last() else { return Effect::None };
        match menu.kind {
            Kind::Facet(facet) => {
                let query = self.list.query().without_facet(facet);
                self.list.set_query(query);
            }
            Kind::Filters => {
                let Some(name) = menu.choice().map(|choice| choice.name.clone()) else { return Effect::None };
                self.say_with(&format!("deleted “{name}”"), UNDOES_THERE);
                let (told, before) = (format!("deleted “{name}”"), self.state.filters.get(&name).cloned());
                let effect = self.make_change(Change::Filter { name, before, after: None }, (told, String::new()));
                self.renew_menu();
                if self.state.filters.is_empty() {
                    self.views.pop();
                }
                return effect;
            }
            Kind::Orphans => return self.delete_orphan(),
            Kind::Columns => self.columns = Columns::default(),
            Kind::SortBy | Kind::Review | Kind::Tags | Kind::Severity | Kind::Copy | Kind::Actions | Kind::Themes | Kind::Cuts => {}
        }
        self.renew_menu();
        Effect::None
    }

    pub(super) fn renew_menu(&mut self) {
        if !matches!(self.views.last(), Some(View::Menu(_))) {
            return;
        }
        if let Some(View::Menu(mut menu)) = self.views.pop() {
            self.with_stock(menu.kind, |stock| menu.renew(stock));
            self.views.push(View::Menu(menu));
        }
    }

    /// Asks for sources to be read where the filter has words of a `text:` that they are not yet read for.
    pub(super) fn search_sources(&mut self) -> Effect {
        let words = self.list.query().source_words();
        if words.is_empty() && self.searching.is_none() {
            return Effect::None;
        }
        let number = self.searches + 1;
        if self.searching.as_ref().is_some_and(|searching| searching.words == words) {
            return Effect::None;
        }
        let unread = self.list.rows.iter().enumerate().filter(|(_, row)| !row.unread(&words).is_empty());
        let rows: Vec<_> = unread.map(|(id, row)| (id, row.entry.clone())).collect();
        let running = self.searching.take().is_some();
        if rows.is_empty() && !running {
            return Effect::None;
        }
        self.searches = number;
        if rows.is_empty() {
            return Effect::SearchSources(SourceSearch { number, words: Vec::new(), rows });
        }
        self.searching = Some(Searching { number, words: words.clone(), done: 0, all: rows.len(), lost: 0 });
        Effect::SearchSources(SourceSearch { number, words, rows })
    }

    pub(super) fn take_in_answers(&mut self, number: u64, answers: Vec<Answer<RowId>>) {
        let Some(searching) = self.searching.as_mut().filter(|searching| searching.number == number) else { return };
        let words = searching.words.clone();
        searching.done += answers.len();
        searching.lost += answers.iter().filter(|(_, answer)| answer.is_err()).count();
        let (done, lost) = (searching.done >= searching.all, searching.lost);
        // A source that is gone says nothing.
        let answers = answers.into_iter().map(|(id, answer)| (id, answer.unwrap_or_else(|_| vec![false; words.len()])));
        self.list.learn(&words, answers);
        self.renew_menu();
        if done {
            self.searching = None;
            if lost > 0 {
                self.say(&format!(
                    "{lost} source{} could no longer be read and {} left out",
                    if lost == 1 { "" } else { "s" },
                    if lost == 1 { "is" } else { "are" }
                ));
            }
        }
    }
}

/// Typing in a menu: at the end of what narrows it.
fn type_at_end(needle: &mut String, request: InputRequest) {
    match request {
        InputRequest::InsertChar(c) => needle.push(c),
        InputRequest::DeletePrevChar => drop(needle.pop()),
        InputRequest::DeleteLine | InputRequest::DeletePrevWord => needle.clear(),
        _ => {}
    }
}

#[cfg(test)]
mod tests;
