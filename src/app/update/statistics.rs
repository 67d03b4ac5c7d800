//! From a bar of the statistics to the incidents that it counts.

use crate::app::layout::Pane;
use crate::app::statistics::{Section, Target};
use crate::app::{App, Effect, View};

impl App {
    /// Filters the list to what the selected line counts, or goes to where a length is spread out.
    pub(super) fn open_bar(&mut self) -> Effect {
        let query = self.list.query().clone();
        let Some(View::Statistics(board)) = self.views.last_mut() else { return Effect::None };
        if let Some(&Target::Spread(heading)) = board.target() {
            board.select(Section::Spread, heading + 1);
            return Effect::None;
        }
        let Some(narrowed) = board.narrowed(&query) else {
            self.say("nothing is counted here");
            return Effect::None;
        };
        self.leave();
        self.list.set_query(narrowed);
        self.focus = Pane::List;
        self.keep_typed()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{act, app};
    use super::*;
    use crate::app::action::Action::*;
    use crate::app::action::Context;
    use crate::query::Query;

    #[test]
    fn a_bar_filters_the_list_and_the_filter_can_be_recalled() {
        let mut app = app();
        act(&mut app, &[Statistics, Right, Right, Down]);
        assert_eq!(app.context(), Context::Statistics);
        assert!(matches!(app.update(Open), Effect::Remember(_)));
        assert_eq!((app.context(), app.list.query().text()), (Context::List, "sev:high"));
        assert_eq!(app.state.history, ["sev:high"]);
    }

    #[test]
    fn a_length_leads_to_its_spread() {
        let mut app = app();
        act(&mut app, &[Statistics, Down, Open]);
        let Some(View::Statistics(board)) = app.top() else { unreachable!() };
        assert_eq!(board.section, Section::Spread);
        assert!(board.narrowed(app.list.query()).is_some_and(|query| query.text().starts_with("detect")));
    }

    #[test]
    fn what_is_counted_follows_the_filter() {
        let mut app = app();
        act(&mut app, &[Statistics]);
        app.list.set_query(Query::new("sev:high"));
        act(&mut app, &[Down]);
        let Some(View::Statistics(board)) = app.top() else { unreachable!() };
        assert_eq!(board.found.as_ref().map(|found| found.incidents), Some(2));
        app.list.set_query(Query::new("nothing has these words"));
        act(&mut app, &[Down, Open, Left]);
        assert!(app.message.is_none() && app.context() == Context::Statistics);
    }
}
