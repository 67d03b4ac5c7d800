//! What was decided narrowly: the day or zone that is looked at, the roles of the incident, and taking the runner-up.

use super::review::is_backwards;
use crate::app::layout::Pane;
use crate::app::{App, Effect};
use crate::basis::Alternative;
use crate::incident::{Incident, Instant};
use crate::review::{self, Edit, Narrow, moves};
use crate::source::Cite;
use chrono::FixedOffset;

impl App {
    /// The day and zone of the moment that is looked at, where either was chosen narrowly: of the selected event or words, else
    /// of the impact's start or end. Each with the time as written and how many moments move with it.
    pub(super) fn alternatives(&self) -> Vec<(Alternative, String, String)> {
        let Some((incident, row)) = self.incident.as_ref().zip(self.list.selected()) else { return Vec::new() };
        let cites: &[Cite] = match self.reader() {
            Some(reader) => reader.place().map_or(&[], |place| std::slice::from_ref(&place.cite)),
            None if self.screen().is_none() && self.focus != Pane::List => self.detail.item().map_or(&[], |item| &item.cites),
            None => &[],
        };
        let Some((alternatives, at)) = looked_at(incident, cites) else { return Vec::new() };
        let read = row.entry.read();
        let fits = |other: &&Alternative| other.taken || self.goes_forward(&switched(&read, **other), &read);
        let told = |other: &Alternative| {
            let more = moves(&read, *other).len().saturating_sub(1);
            // The clock as the report has it, whatever the zone on screen is.
            let offset = incident.events.iter().find(|event| event.at == Some(at)).and_then(|event| event.offset_seconds);
            let offset = offset.and_then(FixedOffset::east_opt);
            let time = offset.map_or(at.naive_utc(), |offset| at.with_timezone(&offset).naive_local());
            (*other, time.format("%H:%M").to_string(), if more == 0 { String::new() } else { format!("{more} with it") })
        };
        alternatives.iter().filter(fits).map(told).collect()
    }

    /// The roles of the selected incident that were given narrowly; one whose next best would turn the impact round is none.
    pub(super) fn narrow(&self) -> Vec<Narrow> {
        let Some(row) = self.list.selected() else { return Vec::new() };
        let read = row.entry.read();
        let fits = |narrow: &Narrow| narrow.taken || self.goes_forward(&[narrow.switch()], &read);
        review::narrow(&read, &self.review()).into_iter().filter(fits).collect()
    }

    /// Whether after these changes no window ends before it starts that did not before, and both ends are still known.
    fn goes_forward(&self, edits: &[Edit], read: &Incident) -> bool {
        let mut after = self.review();
        edits.iter().for_each(|edit| drop(after.apply(edit)));
        let backwards = |incident: &Incident| incident.impact.windows.iter().filter(|window| window.minutes() < Some(0.0)).count();
        let corrected = after.corrected(read);
        let ends = |incident: &Incident| [incident.impact.start(), incident.impact.end()].into_iter().flatten().count();
        backwards(&corrected) <= backwards(read) && ends(&corrected) >= ends(read) && !is_backwards(&after, &corrected)
    }

    /// Takes the runner-up of a day or zone for all moments that hang with it, or what was read again where it was taken.
    pub(super) fn take_runner_up(&mut self, other: Alternative) -> Effect {
        let Some(row) = self.list.selected() else { return Effect::None };
        let read = row.entry.read();
        let edits = switched(&read, other);
        let told = if other.taken { format!("{} as reported", other.name()) } else { other.with_runner_up().to_string() };
        let count = edits.len();
        self.make_all(edits, if count == 1 { told } else { format!("{told}, {count} moments") })
    }
}

/// The changes that take the runner-up for all that hangs with it, or what was read where that is taken.
fn switched(read: &Incident, other: Alternative) -> Vec<Edit> {
    moves(read, other).into_iter().map(|(at, is)| Edit::Moment(at, (!other.taken).then_some(is))).collect()
}

/// What of the moment that stands at one of `cites` was chosen narrowly, and when it was; where none stands there, of the impact's
/// start or end.
fn looked_at<'i>(incident: &'i Incident, cites: &[Cite]) -> Option<(&'i [Alternative], Instant)> {
    let events = incident.events.iter().filter_map(|event| Some((&event.alternatives, event.at?, &event.cites)));
    let mut here = events.filter(|(.., own)| own.iter().any(|cite| cites.contains(cite))).peekable();
    let edges = [incident.impact.start(), incident.impact.end()].into_iter().flatten();
    let edges = edges.map(|edge| (&edge.alternatives, edge.at, &edge.cites));
    let mut all: Box<dyn Iterator<Item = _>> = if here.peek().is_some() { Box::new(here) } else { Box::new(edges) };
    all.find(|(alternatives, ..)| !alternatives.is_empty()).map(|(alternatives, at, _)| (alternatives.as_slice(), at))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{act, app};
    use super::*;
    use crate::app::action::Action::*;
    use crate::app::facts::Tab;
    use crate::app::{Message, View};
    use crate::basis::{Basis, Scored};
    use crate::fixture;
    use crate::library::{Entry, Found, Origin, Progress};
    use crate::query::Indexed;

    /// An explorer with the one incident whose first three clocks may be of the day before.
    fn narrow() -> App {
        let mut app = App::new("reports".into(), None, app().clock, app().size());
        app.update(Message::Arrived(vec![Progress::File(Found::Report(vec![Indexed::new(fixture::narrow())]))]));
        app.update(Message::Loaded);
        app
    }

    fn offered(app: &mut App) -> Vec<String> {
        act(app, &[Review]);
        let Some(View::Menu(menu)) = app.views.last() else { return Vec::new() };
        let lines = menu.choices.iter().filter(|choice| matches!(choice.key, Some('d' | 'z')));
        let lines = lines.map(|choice| format!("{} {}", choice.name, choice.detail())).collect();
        act(app, &[Cancel]);
        lines
    }

    fn start(app: &App) -> String {
        app.list.selected().and_then(|row| row.start).map(|at| at.to_string()).unwrap_or_default()
    }

    #[test]
    fn one_key_takes_the_runner_up_and_one_takes_it_back() {
        let mut app = narrow();
        assert_eq!(
            (offered(&mut app), start(&app).as_str()),
            (vec!["23:10 on 03-12, not 03-13 2 with it".into()], "2024-03-13 23:10:00 UTC")
        );
        act(&mut app, &[Review]);
        app.update(Message::Choose('d'));
        assert_eq!(start(&app), "2024-03-12 23:10:00 UTC");
        assert_eq!(app.message.as_deref(), Some("day: 2024-03-12 instead of 03-13, 3 moments"));
        assert_eq!(app.list.selected().unwrap().entry.read(), fixture::narrow().read());
        act(&mut app, &[Undo]);
        assert_eq!((start(&app).as_str(), app.state.reviews.is_empty()), ("2024-03-13 23:10:00 UTC", true));
        act(&mut app, &[Redo]);
        assert_eq!(start(&app), "2024-03-12 23:10:00 UTC");
        // The same key takes what was read again.
        act(&mut app, &[Review]);
        app.update(Message::Choose('d'));
        assert_eq!((start(&app).as_str(), app.state.reviews.is_empty()), ("2024-03-13 23:10:00 UTC", true));
    }

    #[test]
    fn it_is_that_of_the_event_that_is_looked_at() {
        let mut app = narrow();
        act(&mut app, &[Open, Right]);
        assert_eq!(app.detail.tab, Tab::Events);
        assert_eq!(offered(&mut app), ["00:20 on 03-14, not 03-13 "]);
        act(&mut app, &[Down]);
        assert_eq!(offered(&mut app), ["23:10 on 03-12, not 03-13 2 with it"]);
    }

    #[test]
    fn nothing_is_offered_where_nothing_was_chosen_narrowly() {
        assert_eq!(offered(&mut app()), [""; 0]);
    }

    /// An explorer with one incident whose start and end were given narrowly, each with a next best so many seconds later.
    fn roles(start: i32, end: i32) -> App {
        let mut incident = fixture::entries()[1].incident();
        let scored = |next| Basis::Scored(Scored { of: 3, because: [u16::MAX; 3], margin: 10, next: Some(next) });
        let edges = incident.impact.windows.iter_mut().flat_map(|window| [&mut window.start, &mut window.end]).flatten();
        let mut edges: Vec<_> = edges.collect();
        edges.first_mut().unwrap().basis = scored(start);
        edges.last_mut().unwrap().basis = scored(end);
        let entry = Entry::new(incident, Origin::Memory([].into()));
        let mut app = App::new("reports".into(), None, app().clock, app().size());
        app.update(Message::Arrived(vec![Progress::File(Found::Report(vec![Indexed::new(entry.into())]))]));
        app.update(Message::Loaded);
        app
    }

    fn digits(app: &mut App) -> Vec<String> {
        act(app, &[Review]);
        let Some(View::Menu(menu)) = app.views.last() else { return Vec::new() };
        let lines = menu.choices.iter().filter(|choice| choice.key.is_some_and(|key| key.is_ascii_digit()));
        let lines = lines.map(|choice| format!("{} {}", choice.name, choice.detail())).collect();
        act(app, &[Cancel]);
        lines
    }

    #[test]
    fn a_digit_takes_the_next_best_for_a_role_and_takes_it_back() {
        let mut app = roles(300, -60);
        let read = start(&app);
        let [first, last] = &digits(&mut app)[..] else { unreachable!() };
        assert!(first.starts_with("start ") && last.starts_with("end "), "{first}, {last}");
        act(&mut app, &[Review]);
        app.update(Message::Choose('1'));
        assert_ne!(start(&app), read);
        assert!(digits(&mut app)[0].ends_with(" chosen by you"));
        act(&mut app, &[Undo]);
        assert_eq!((start(&app), app.state.reviews.is_empty()), (read.clone(), true));
        act(&mut app, &[Redo, Review]);
        app.update(Message::Choose('1'));
        assert_eq!((start(&app), app.state.reviews.is_empty()), (read, true));
    }

    #[test]
    fn what_would_turn_the_impact_round_is_not_offered() {
        assert_eq!(digits(&mut roles(300, -86_400)).len(), 1);
        assert_eq!(digits(&mut roles(86_400, -86_400)).len(), 0);
    }
}
