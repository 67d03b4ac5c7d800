use super::*;
use crate::app::action::Action::*;
use crate::app::action::Context;
use crate::app::compare::Align;
use crate::app::show::{Clock, Zone};
use crate::fixture;
use crate::query::Query;
use ratatui::layout::Size;

pub(super) fn app() -> App {
    let clock = Clock::new(Zone::Utc, fixture::local);
    let mut app = App::new("samples".into(), None, clock, Size { width: 80, height: 24 });
    let reports = fixture::entries().into_iter().map(|entry| Progress::File(Found::Report(vec![Indexed::new(entry)])));
    app.update(Message::Arrived([Progress::Queued(5)].into_iter().chain(reports).collect()));
    app.update(Message::Loaded);
    app
}

pub(super) fn act(app: &mut App, actions: &[Action]) {
    for &action in actions {
        app.update(action);
    }
}

pub(super) fn type_in(app: &mut App, text: &str) {
    app.update(Message::Paste(text.into()));
}

#[test]
fn cancel_peels_one_layer_after_the_other_and_never_quits() {
    let mut app = app();
    act(&mut app, &[Mark, Mark, Severities]);
    app.update(Message::Choose('h'));
    app.update(Message::Choose('c'));
    act(&mut app, &[Accept, Compare, Help]);
    let mut seen = Vec::new();
    for _ in 0..6 {
        seen.push((app.views.len(), app.list.query().is_empty(), app.list.marks.len()));
        assert!(matches!(app.update(Cancel), Effect::None));
    }
    let expected = [(2, false, 2), (1, false, 2), (0, false, 2), (0, true, 2), (0, true, 0), (0, true, 0)];
    assert_eq!(seen, expected);
    assert!(app.message.is_some());
}

#[test]
fn back_leaves_one_view_and_from_the_list_the_program() {
    let mut app = app();
    act(&mut app, &[Open, Help]);
    assert!(matches!(app.update(Back), Effect::None));
    assert_eq!(app.context(), Context::Detail);
    assert!(matches!(app.update(Back), Effect::None));
    assert_eq!(app.context(), Context::List);
    assert!(matches!(app.update(Back), Effect::Quit(0)));
    act(&mut app, &[Search]);
    assert!(matches!(app.update(Quit), Effect::Quit(130)));
}

#[test]
fn two_are_compared_without_marks() {
    let mut app = app();
    let ids =
        |app: &App| if let Some(View::Compare(shown)) = app.top() { shown.sides.iter().map(|side| side.id).collect() } else { vec![] };
    let visible = app.list.visible.clone();
    act(&mut app, &[Compare]);
    assert_eq!((ids(&app), app.list.marks.len()), (visible[..2].to_vec(), 0));
    // Nothing is marked, so nothing can be taken out; and another pair is compared next time.
    act(&mut app, &[Mark]);
    assert!(ids(&app).len() == 2 && app.message.is_some());
    act(&mut app, &[Back, Bottom, Compare]);
    assert_eq!(ids(&app), [visible[4], visible[3]]);
    act(&mut app, &[Back, Mark, Top, Compare]);
    assert_eq!((ids(&app), app.list.marks.len()), (vec![visible[4], visible[0]], 1));
    app.list.set_query(Query::new("thistlewick"));
    act(&mut app, &[Back, Cancel, Cancel]);
    app.list.set_query(Query::new("thistlewick"));
    act(&mut app, &[Compare]);
    assert!(app.views.is_empty() && app.message.as_ref().unwrap().contains("no other incident"));
}

#[test]
fn a_comparison_keeps_base_and_alignment() {
    let mut app = app();
    act(&mut app, &[Mark, Mark, Mark, Compare, Down, Base, Align]);
    let Some(View::Compare(comparison)) = app.top() else { unreachable!() };
    assert_eq!((comparison.base, comparison.selected, comparison.align), (1, 1, Align::Detection));
    let base = comparison.sides.get(1).map(|side| side.id);
    act(&mut app, &[Up, Mark]);
    let Some(View::Compare(comparison)) = app.top() else { unreachable!() };
    assert_eq!((comparison.sides.len(), comparison.base, comparison.sides.first().map(|side| side.id)), (2, 0, base));
    act(&mut app, &[Mark]);
    assert!(app.views.is_empty() && app.message.is_some());
}

#[test]
fn marks_that_were_taken_off_are_brought_back() {
    let mut app = app();
    act(&mut app, &[Mark, Mark, Mark]);
    let marks = app.list.marks.clone();
    act(&mut app, &[Cancel]);
    assert_eq!(app.message.as_deref(), Some("3 marks taken off"));
    act(&mut app, &[Down, Mark, Undo]);
    assert_eq!(app.list.marks, [&marks[..], &app.list.marks[3..]].concat());
    assert_eq!(app.message.as_deref(), Some("undone: marks taken off · 4 marked"));
    act(&mut app, &[Redo]);
    assert_eq!(app.list.marks.len(), 1);
    act(&mut app, &[Undo, Compare, Down, Mark]);
    assert!(app.way.is_some_and(|(_, action, _)| action == Undo));
    let sides = |app: &App| if let Some(View::Compare(comparison)) = app.top() { comparison.sides.len() } else { 0 };
    assert_eq!(sides(&app), 3);
    act(&mut app, &[Undo]);
    assert_eq!((sides(&app), &app.list.marks[..3]), (4, &marks[..]));
    act(&mut app, &[Mark, Mark, Mark]);
    assert!(app.views.is_empty() && app.list.marks.len() == 1);
    act(&mut app, &[Undo, Undo, Undo]);
    assert_eq!(app.list.marks.len(), 4);
}

#[test]
fn what_a_comparison_opens_comes_back_to_the_same_cell() {
    for back in [Back, Cancel] {
        let mut app = app();
        act(&mut app, &[Mark, Mark, Up, Up, Compare, Turn, Down, Open]);
        assert!(app.views.is_empty() && app.focus == Pane::Detail);
        assert_eq!(app.list.selected_id(), app.list.marks.last().copied());
        assert!(matches!(app.update(back), Effect::None));
        let Some(View::Compare(comparison)) = app.top() else { unreachable!() };
        assert_eq!((comparison.selected, comparison.page), (1, crate::app::compare::Page::Numbers));
        // The words of a length, the fact that they tell, and back twice.
        act(&mut app, &[Up, Right, Right, Open]);
        assert_eq!(app.context(), Context::Source);
        act(&mut app, &[back]);
        let Some(View::Compare(comparison)) = app.top() else { unreachable!() };
        assert_eq!((comparison.selected, comparison.column), (0, 2));
        assert!(matches!(app.update(back), Effect::None));
        assert_eq!((app.context(), app.list.marks.len(), app.list.position()), (Context::List, 2, 0));
    }
}

#[test]
fn the_cursor_of_a_comparison_goes_through_all_tracks() {
    let mut app = app();
    let at = |app: &App| if let Some(View::Compare(shown)) = app.top() { (shown.cursor, shown.range) } else { unreachable!() };
    act(&mut app, &[Down, Down, Mark, Mark, Compare]);
    let (start, fit) = at(&app);
    act(&mut app, &[NextEvent]);
    assert_eq!((start, at(&app).0), (0, 3 * 60_000));
    act(&mut app, &[ZoomIn]);
    assert!(at(&app).1.unwrap().contains(3 * 60_000) && at(&app).1 != fit);
    act(&mut app, &[Fit, PreviousEvent, Right, Left]);
    assert_eq!(at(&app), (0, fit));
    act(&mut app, &[Compress]);
    assert!(app.message.as_ref().unwrap().contains("calendar"));
    act(&mut app, &[Align, Align, Align, Compress]);
    assert!(app.message.is_none() && at(&app).1.is_some());
}

#[test]
fn numbers_are_not_aligned_and_what_nobody_marked_is_not_taken_off() {
    let mut app = app();
    act(&mut app, &[Compare]);
    assert!(app.can(Align) && !app.can(Mark));
    act(&mut app, &[Turn, Align]);
    assert!(!app.can(Align) && !app.can(Compress) && app.message.is_some());
    assert!(matches!(app.top(), Some(View::Compare(shown)) if shown.align == crate::app::compare::Align::Start));
}

#[test]
fn zooming_and_panning_stay_with_the_incident_and_fit_comes_back() {
    let mut app = app();
    let fit = app.timeline.range;
    act(&mut app, &[NextPane, NextPane, ZoomIn, PanRight]);
    assert_ne!(app.timeline.range, fit);
    act(&mut app, &[Fit]);
    assert_eq!(app.timeline.range, fit);
    act(&mut app, &[ZoomIn, PreviousPane, PreviousPane, Down]);
    assert_ne!(app.timeline.range, fit);
    assert_eq!(app.timeline.range, app.timeline.fit());
}

#[test]
fn events_are_stepped_through_on_the_time_axis() {
    let mut app = app();
    act(&mut app, &[Down, Down, NextPane, NextPane]);
    let mut kinds = Vec::new();
    for _ in 0..20 {
        app.update(Down);
        kinds.extend(app.detail.item().and_then(|item| item.event));
    }
    kinds.dedup();
    assert_eq!(kinds, (0..8).collect::<Vec<_>>());
    assert!(matches!(app.update(Open), Effect::OpenSource(_)));
}

#[test]
fn what_cannot_be_done_is_not_offered() {
    let mut app = app();
    assert!(app.can(Compare) && !app.can(Problems) && !app.can(Align) && !app.can(Turn));
    act(&mut app, &[Search]);
    type_in(&mut app, "zzz");
    act(&mut app, &[Accept]);
    assert!(!app.can(Mark) && !app.can(Open) && !app.can(Fit) && !app.can(Compare) && app.can(Search));
    for &action in Action::ALL {
        app.update(action);
    }
}

#[test]
fn eight_incidents_at_most_are_marked() {
    let mut app = app();
    let more = (0..2).flat_map(|_| fixture::entries()).map(|entry| Progress::File(Found::Report(vec![Indexed::new(entry)])));
    app.update(Message::Arrived(more.collect()));
    act(&mut app, &[Mark].repeat(9));
    // The ninth stays where it is.
    assert_eq!((app.list.marks.len(), app.list.position()), (8, 8));
    act(&mut app, &[Mark]);
    assert!(app.message.as_ref().unwrap().contains("eight"));
    act(&mut app, &[Up, Mark]);
    assert_eq!(app.list.marks.len(), 7);
}

#[test]
fn a_stretch_that_is_being_selected_is_dropped_before_the_pane_is_left() {
    let mut app = app();
    act(&mut app, &[Down, Down, NextPane, NextPane, Maximise, Select, NextEvent]);
    assert!(app.timeline.selected().is_some());
    act(&mut app, &[Back]);
    assert!(app.timeline.selected().is_none() && app.maximised && app.focus == Pane::Timeline);
    act(&mut app, &[Back]);
    assert!(!app.maximised && app.focus == Pane::Timeline);
}

#[test]
fn a_stretch_of_a_comparison_is_selected_and_dropped_before_that_is_left() {
    let mut app = app();
    act(&mut app, &[Down, Down, Compare, Select, NextEvent, NextEvent]);
    let stretch = |app: &App| if let Some(View::Compare(comparison)) = app.top() { comparison.selected_stretch() } else { None };
    let (from, to) = stretch(&app).unwrap();
    assert!(from < to && app.hint(Select) == Some("drop range"));
    act(&mut app, &[Cancel]);
    assert!(stretch(&app).is_none() && matches!(app.top(), Some(View::Compare(_))));
    act(&mut app, &[Select, NextEvent, Back]);
    assert!(stretch(&app).is_none() && matches!(app.top(), Some(View::Compare(_))));
    act(&mut app, &[Select, PreviousEvent, Align]);
    assert!(stretch(&app).is_none(), "the axis is another");
    act(&mut app, &[Select, Turn]);
    assert!(stretch(&app).is_none() && !app.can(Select), "lengths have no stretch");
}

#[test]
fn a_pane_on_the_whole_screen_is_given_back_before_the_focus() {
    let mut app = app();
    act(&mut app, &[NextPane, Maximise]);
    assert!(app.layout().single);
    act(&mut app, &[Cancel]);
    assert_eq!((app.maximised, app.focus), (false, Pane::Detail));
    act(&mut app, &[Maximise, Back, Back]);
    assert_eq!((app.maximised, app.focus), (false, Pane::List));
}

#[test]
fn a_hidden_list_stays_where_it_was() {
    let mut app = app();
    let more = (0..6).flat_map(|_| fixture::entries()).map(|entry| Progress::File(Found::Report(vec![Indexed::new(entry)])));
    app.update(Message::Arrived(more.collect()));
    act(&mut app, &[Bottom, Up, Up, Up]);
    let scroll = app.list.scroll;
    assert!(scroll > 0);
    act(&mut app, &[NextPane, Maximise]);
    assert_eq!(app.list.scroll, scroll);
    act(&mut app, &[Maximise]);
    assert_eq!(app.list.scroll, scroll);
}

#[test]
fn a_cleared_filter_is_brought_back() {
    let mut app = app();
    app.list.set_query(Query::new("sev:high"));
    act(&mut app, &[Cancel]);
    assert!(app.list.query().is_empty() && app.way.is_some_and(|(_, action, _)| action == Undo));
    act(&mut app, &[Undo]);
    assert_eq!(app.list.query().text(), "sev:high");
    act(&mut app, &[Redo]);
    assert!(app.list.query().is_empty());
}

#[test]
fn a_search_is_taken_back_before_what_it_searched() {
    let mut app = app();
    act(&mut app, &[Down, Down, Open, Find]);
    type_in(&mut app, "calendar");
    act(&mut app, &[Accept]);
    assert!(!app.find.is_empty());
    act(&mut app, &[Cancel]);
    assert!(app.find.is_empty() && app.focus == Pane::Detail);
    act(&mut app, &[Cancel]);
    assert_eq!(app.focus, Pane::List);
}

#[test]
fn the_command_for_statistics_is_copied_there() {
    let keymap = crate::keymap::Keymap::shipped().unwrap();
    assert!(keymap.keys(Context::Statistics, Copy).next().is_some());
    let mut app = app();
    act(&mut app, &[Statistics, Copy]);
    let Effect::Copy(text) = app.update(Message::Choose('c')) else { unreachable!() };
    assert_eq!(text, "sevline stats");
}

#[test]
fn statistics_that_led_to_incidents_are_come_back_to() {
    let mut app = app();
    act(&mut app, &[Statistics, Right, Right, Down, Open]);
    assert_eq!((app.context(), app.list.query().text()), (Context::List, "sev:high"));
    assert!(matches!(app.update(Back), Effect::None));
    assert_eq!((app.context(), app.list.query().text()), (Context::Statistics, ""));
    act(&mut app, &[Back]);
    assert!(matches!(app.update(Back), Effect::Quit(0)));
}
