use super::*;
use crate::app::Message;
use crate::app::action::Action::*;
use crate::app::action::Context;
use crate::app::update::tests::{act, app, type_in};
use crate::library::{Found, Progress};
use crate::query::Indexed;
use crate::state::Sent;

fn line(app: &App) -> &str {
    app.list.query().text()
}

#[test]
fn typing_filters_and_cancelling_goes_back() {
    let mut app = app();
    act(&mut app, &[Search]);
    type_in(&mut app, "outage");
    assert_eq!(app.list.visible.len(), 1);
    act(&mut app, &[Cancel]);
    assert_eq!(app.list.visible.len(), 5);
    act(&mut app, &[Search]);
    type_in(&mut app, "outage");
    act(&mut app, &[Accept, Search]);
    type_in(&mut app, "zzz");
    assert_eq!(app.list.visible.len(), 0);
    act(&mut app, &[Cancel]);
    assert_eq!((app.list.visible.len(), app.list.query().text()), (1, "outage"));
}

#[test]
fn a_menu_opens_at_its_first_value_or_at_what_is_on() {
    let mut app = app();
    let selected = |app: &App| if let Some(View::Menu(menu)) = app.top() { menu.selected } else { usize::MAX };
    act(&mut app, &[Services]);
    assert_eq!(selected(&app), 0);
    act(&mut app, &[Down, Toggle, Accept, Services]);
    assert_eq!(selected(&app), 1);
    assert_eq!(app.list.query().text(), "service=Calendar");
}

#[test]
fn several_severities_at_once() {
    let mut app = app();
    act(&mut app, &[Severities]);
    app.update(Message::Choose('h'));
    app.update(Message::Choose('m'));
    assert_eq!(app.list.visible.len(), 3);
    app.update(Message::Choose('h'));
    assert_eq!(app.list.query().text(), "sev:medium");
    act(&mut app, &[Clear]);
    assert!(app.list.query().is_empty());
    assert!(matches!(app.top(), Some(View::Menu(_))));
}

#[test]
fn pasted_controls_are_left_out_and_ends_of_lines_are_blanks() {
    let mut app = app();
    act(&mut app, &[Search]);
    type_in(&mut app, "ra\u{1b}[31mte\u{7}\nquit");
    assert_eq!(app.list.query().text(), "ra[31mte quit");
    act(&mut app, &[Cancel]);
    type_in(&mut app, "q");
    assert!(app.list.query().is_empty());
}

#[test]
fn a_picker_chooses_what_was_typed_for_and_peels_off_what_was_typed() {
    let mut app = app();
    act(&mut app, &[Services]);
    assert_eq!(app.context(), Context::Picker);
    type_in(&mut app, "log");
    act(&mut app, &[Accept]);
    assert_eq!((line(&app), app.views.len()), ("service=Login", 0));
    act(&mut app, &[Services]);
    type_in(&mut app, "cal");
    act(&mut app, &[Exclude]);
    type_in(&mut app, "zzz");
    act(&mut app, &[Accept]);
    assert_eq!(line(&app), "service=Login -service=Calendar");
    act(&mut app, &[Services]);
    type_in(&mut app, "con");
    act(&mut app, &[Cancel]);
    assert!(matches!(app.top(), Some(View::Menu(menu)) if menu.needle.is_empty()));
    act(&mut app, &[Clear, Cancel]);
    assert_eq!((line(&app), app.views.len()), ("", 0));
}

#[test]
fn what_has_a_value_is_shown_hidden_and_neither() {
    let mut app = app();
    act(&mut app, &[Severities, Bottom, Exclude]);
    assert_eq!((line(&app), app.list.visible.len()), ("-sev:unknown", 4));
    act(&mut app, &[Toggle]);
    assert_eq!((line(&app), app.list.visible.len()), ("sev:unknown", 1));
    act(&mut app, &[Toggle]);
    assert_eq!((line(&app), app.list.visible.len()), ("", 5));
}

#[test]
fn menus_and_typing_edit_one_line() {
    let mut app = app();
    act(&mut app, &[Search]);
    type_in(&mut app, "dur>10m");
    act(&mut app, &[Accept, Severities]);
    app.update(Message::Choose('h'));
    act(&mut app, &[Accept, Search]);
    type_in(&mut app, "-API");
    assert_eq!((line(&app), app.list.visible.len()), ("dur>10m sev:high -API", 0));
    act(&mut app, &[Cancel, Organizations]);
    type_in(&mut app, "thi");
    act(&mut app, &[Accept]);
    assert_eq!((line(&app), app.list.visible.len()), ("dur>10m sev:high org=Thistlewick", 1));
}

#[test]
fn a_line_is_remembered_once_it_is_kept() {
    let mut app = app();
    act(&mut app, &[Search]);
    type_in(&mut app, "sev:high");
    assert!(matches!(app.update(Accept), Effect::Remember(Sent { change: Change::Typed(line), .. }) if line == "sev:high"));
    act(&mut app, &[Search]);
    assert!(matches!(app.update(Accept), Effect::None));
    act(&mut app, &[Search]);
    type_in(&mut app, "given up");
    act(&mut app, &[Cancel]);
    assert_eq!(app.state.history, ["sev:high"]);
    act(&mut app, &[Search]);
    type_in(&mut app, "calendar");
    assert_eq!((line(&app), app.list.visible.len()), ("sev:high calendar", 1));
}

#[test]
fn a_saved_filter_that_was_deleted_is_brought_back() {
    let mut app = app();
    app.state.filters.insert("mine".into(), "sev:high".into());
    act(&mut app, &[Filters]);
    assert!(matches!(app.update(Exclude), Effect::None) && line(&app).is_empty());
    assert!(matches!(app.update(Clear), Effect::Remember(Sent { change: Change::Filter { name, after: None, .. }, .. }) if name == "mine"));
    assert!(app.state.filters.is_empty() && app.views.is_empty());
    assert!(
        matches!(app.update(Undo), Effect::Remember(Sent { change: Change::Filter { name, after: Some(filter), .. }, .. }) if name == "mine" && filter == "sev:high")
    );
    assert_eq!(app.state.filters.get("mine").map(String::as_str), Some("sev:high"));
    assert!(
        matches!(app.update(Redo), Effect::Remember(Sent { change: Change::Filter { after: None, .. }, .. }))
            && app.state.filters.is_empty()
    );
}

#[test]
fn what_a_filter_leaves_out_of_itself_is_told() {
    let mut app = app();
    act(&mut app, &[Search]);
    type_in(&mut app, "sev:hig dur>10m");
    act(&mut app, &[Accept]);
    assert_eq!(app.message.as_deref(), Some("“hig” is no severity; write high"));
    assert_eq!(app.list.visible.len(), 3);
}

#[test]
fn rows_that_arrive_late_are_searched_as_well() {
    let mut app = app();
    app.update(Search);
    let asked = |effect: Effect| if let Effect::SearchSources(search) = effect { Some((search.number, search.rows.len())) } else { None };
    let (number, rows) = asked(app.update(Message::Paste("text:x".into()))).unwrap();
    assert_eq!(rows, 5);
    let late = || Progress::File(Found::Report(vec![Indexed::new(crate::fixture::parted())]));
    assert_eq!(asked(app.update(Message::Arrived(vec![late()]))), None);
    let answers = (0..5).map(|id| (id, Ok(vec![true]))).collect();
    let (next, rows) = asked(app.update(Message::Searched(number, answers))).unwrap();
    assert!(next > number && rows == 1);
    let gone = crate::library::Problem { path: "a".into(), message: "gone".into() };
    assert_eq!(asked(app.update(Message::Searched(next, vec![(5, Err(gone))]))), None);
    assert_eq!((app.list.visible.len(), app.message.as_deref()), (5, Some("1 source could no longer be read and is left out")));
    // Without such words the search is called off.
    assert_eq!(asked(app.update(Message::Paste("y".into()))).map(|(_, rows)| rows), Some(6));
    assert_eq!(asked(app.update(Cancel)).map(|(_, rows)| rows), Some(0));
    assert!(app.searching.is_none());
}

#[test]
fn lines_that_are_pasted_are_words_side_by_side() {
    let mut app = app();
    act(&mut app, &[Search]);
    app.update(Message::Paste("checkout\rqqq\r\nsev>=high\n".into()));
    assert_eq!(app.list.query().text(), "checkout qqq sev>=high");
}
