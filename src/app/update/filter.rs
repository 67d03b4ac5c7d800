//! The prompt and the menus that change what is shown.

use crate::app::menu::{Kind, Menu, Value};
use crate::app::step::Step;
use crate::app::{App, Effect, View};
use crate::query::Query;
use crate::query::order::Order;
use tui_input::InputRequest;

impl App {
    pub(super) fn edit(&mut self, requests: impl IntoIterator<Item = InputRequest>) -> Effect {
        if let Some(View::Prompt(input, _)) = self.views.last_mut() {
            for request in requests {
                input.handle(request);
            }
            let query = Query { text: input.value().to_owned(), ..self.list.query().clone() };
            self.list.set_query(query);
        }
        Effect::None
    }

    pub(super) fn open_menu(&mut self, kind: Kind) {
        let mut menu = Menu::new(kind, &self.list.rows, self.list.query(), self.list.order());
        menu.step(Step::By(0), self.menu_rows());
        if menu.choices.is_empty() {
            return self.say("no report names a service");
        }
        self.views.push(View::Menu(menu));
    }

    pub(super) fn toggle_choice(&mut self) {
        let Some(View::Menu(menu)) = self.views.last() else { return };
        let Some(choice) = menu.choices.get(menu.selected).cloned() else { return };
        let mut query = self.list.query().clone();
        match choice.value {
            Value::Severity(severity) => {
                if !query.severities.remove(&severity) {
                    query.severities.insert(severity);
                }
            }
            Value::Service(service) => {
                if !query.services.remove(&service) {
                    query.services.insert(service);
                }
            }
            Value::Column(column) => {
                self.list.set_order(Order { column, reversed: false });
                self.views.pop();
            }
        }
        self.list.set_query(query);
        self.renew_menu();
    }

    pub(super) fn clear_menu(&mut self) {
        let Some(View::Menu(menu)) = self.views.last() else { return };
        let mut query = self.list.query().clone();
        match menu.kind {
            Kind::Severities => query.severities.clear(),
            Kind::Services => query.services.clear(),
            Kind::SortBy => return,
        }
        self.list.set_query(query);
        self.renew_menu();
    }

    pub(super) fn renew_menu(&mut self) {
        if let Some(View::Menu(menu)) = self.views.last_mut() {
            menu.renew(&self.list.rows, self.list.query(), self.list.order());
        }
    }
}
