//! The timelines of one incident and of all.

use super::*;

#[test]
fn timeline() {
    view("timeline", |screen| screen.act(&WHOLE).act(&[NextPane, NextPane, Down, Down, ZoomIn]));
}

#[test]
fn a_timeline_with_room_tells_the_words_of_its_events() {
    view("timeline_maximised", |screen| screen.act(&WHOLE).act(&[NextPane, NextPane, Maximise, NextEvent, NextEvent]));
}

#[test]
fn a_timeline_that_has_the_whole_screen_names_the_incident() {
    let screen = Screen::new((80, 24)).act(&WHOLE).act(&[NextPane, NextPane]);
    let name = screen.app.list.selected().unwrap().name().chars().take(12).collect::<String>();
    let head = |screen: &Screen| screen.text().lines().find(|line| line.contains("Timeline")).unwrap().to_owned();
    assert!(!head(&screen).contains(&name));
    let screen = screen.act(&[Maximise]);
    assert!(head(&screen).contains(&name), "{}", screen.text());
}

#[test]
fn a_time_alone_is_of_the_day_of_the_incident_in_events_and_legend() {
    let screen = Screen::with((120, 36), vec![fixture::spread()]).act(&[Open, Right]);
    let text = screen.text();
    insta::assert_snapshot!(text);
    let events = ["│12-29 11:00 •", "│12-31 04:11 ▼", "│09:30 ◉", "│2026-01-01 08:00 ▲", "│2026-01-20 10:00 ▪"];
    let legend =
        ["update 12-29 11:00", "onset 12-31 04:11", "identified 09:30", "mitigated 2026-01-01 08:00", "published 2026-01-20 10:00"];
    assert!(events.iter().chain(&legend).all(|time| text.contains(time)), "{text}");
}

#[test]
fn timeline_of_all_incidents() {
    view("calendar", |screen| screen.act(&WHOLE).act(&[NextPane, NextPane, AllIncidents]));
    view("calendar_compressed", |screen| screen.act(&WHOLE).act(&[NextPane, NextPane, AllIncidents, Compress, Maximise]));
}

#[test]
fn a_part_that_is_zoomed_into_is_shown_on_the_whole_and_a_range_is_told() {
    let range = [NextEvent, NextEvent, Select, NextEvent, NextEvent];
    snapshot("range", |screen| screen.act(&WHOLE).act(&[NextPane, NextPane, ZoomIn]).act(&range));
    snapshot("range_large", |screen| screen.act(&WHOLE).act(&[NextPane, NextPane, Maximise]).act(&range));
    snapshot("range_all", |screen| screen.act(&WHOLE).act(&[NextPane, NextPane, AllIncidents, ZoomIn, Select, PreviousEvent]));
    let text = Screen::new((80, 24)).act(&WHOLE).act(&[NextPane, NextPane, Select, NextEvent, Cancel]).text();
    assert!(text.contains("Timeline") && !text.contains("→ 0"), "{text}");
}

#[test]
fn borders_stay_where_they_are_moved_to() {
    let moved = [BorderOn, BorderOn, BorderOn, NextPane, NextPane, BorderBack, BorderBack, BorderBack];
    snapshot("borders", |screen| screen.act(&WHOLE).act(&moved));
}

#[test]
fn incidents_at_the_same_time_are_marked() {
    let entries = vec![fixture::parted(), fixture::parted(), fixture::entries().remove(0)];
    let screen = Screen::with((80, 24), entries).act(&[NextPane, NextPane, AllIncidents, Maximise, Compress]);
    let text = screen.text();
    insta::assert_snapshot!(text);
    assert!(text.contains("2 under way"), "{text}");
}

#[test]
fn an_open_incident_with_inferred_parts() {
    snapshot("open", |screen| screen.act(&[NextPane, NextPane]));
}

#[test]
fn parts_of_an_impact_are_told_apart_and_its_rest_is_seen() {
    let parted = || vec![fixture::parted(), fixture::parted()];
    for size in [(80, 24), (120, 36)] {
        let name = |screen: &str| format!("parts_{screen}_{}x{}", size.0, size.1);
        let screen = Screen::with(size, parted());
        insta::assert_snapshot!(name("timeline"), screen.text());
        let screen = screen.act(&[Mark, Mark, Compare]);
        insta::assert_snapshot!(name("compare"), screen.text());
    }
    // As long as the boundary is on the screen and its sides have a cell each.
    for (zoom, times) in [(ZoomIn, 1), (ZoomIn, 2), (ZoomOut, 1), (ZoomOut, 2), (ZoomOut, 3), (ZoomOut, 4)] {
        let text = Screen::with((80, 24), parted()).act(&[NextPane, NextPane, NextPhase]).act(&vec![zoom; times]).text();
        let timeline = text.lines().skip_while(|line| !line.contains("Timeline"));
        let impact = timeline.into_iter().find(|line| line.contains("│impact")).unwrap_or_default();
        let (before, after) = impact.trim_matches(['"', '│']).split_once('│').unwrap_or_default();
        assert!(before.contains('▒') && after.contains(['▒', '░']) && !after.contains('│'), "{zoom:?} {times} times\n{text}");
    }
}
