//! The line of the filter, its menus and what it completes.

use super::*;
use sevline::app::output::Written;

#[test]
fn facets() {
    snapshot("severities", |mut screen| {
        screen.send(Severities);
        screen.send(Message::Choose('h'));
        screen
    });
    snapshot("services", |screen| screen.act(&[Services]));
    snapshot("services_narrowed", |screen| screen.act(&[Services, Exclude]).typed("ca").act(&[Toggle]).typed("a"));
    snapshot("statuses", |screen| screen.act(&[Statuses, Toggle]));
    snapshot("formats", |screen| screen.act(&[Formats]));
    snapshot("dates", |mut screen| {
        screen.send(Message::Today("2026-12-01".parse().unwrap()));
        screen.act(&[Dates, Down, Down, Down, Toggle])
    });
    snapshot("organizations", |screen| screen.act(&[Organizations]));
    snapshot("sort_by", |screen| screen.act(&[SortBy]));
    snapshot("columns", |mut screen| {
        screen.send(Columns);
        "e12f".chars().for_each(|key| screen.send(Message::Choose(key)));
        screen
    });
}

#[test]
fn search() {
    snapshot("search", |screen| screen.act(&[Search]).typed("servic"));
    snapshot("nothing_found", |screen| screen.act(&[Search]).typed("zzz").act(&[Accept]));
    snapshot("relaxed", |screen| screen.act(&[Search]).typed("sev:high start:2023 dur>30m").act(&[Accept]));
}

#[test]
fn a_time_that_is_typed_as_a_word_is_told_as_it_is_asked_for() {
    let text = Screen::new((80, 24)).act(&[Search]).typed("undetected").act(&[Accept]).text();
    assert!(text.contains("undetected is a time: detect>30m"), "{text}");
    let text = Screen::new((80, 24)).act(&[Search]).typed("undet").act(&[Complete]).text();
    assert!(text.contains("detect:"), "{text}");
}

#[test]
fn a_bar_of_the_dates_is_followed_by_no_sign_of_more() {
    for size in [(80, 24), (120, 36), (200, 60)] {
        let text = Screen::new(size).act(&[Dates]).text();
        assert!(text.contains('█') && !text.contains("█…"), "{text}");
    }
}

#[test]
fn a_mistake_is_told_below_its_place() {
    snapshot("mistake", |screen| screen.act(&[Search]).typed("sevv:high dur>10m "));
    snapshot("mistake_kept", |screen| screen.act(&[Search]).typed("sevv:high dur>10m ").act(&[Accept]));
    snapshot("unfinished", |screen| screen.act(&[Search]).typed("sev:high ("));
    // As far as its place can be shown: a long line is scrolled.
    let text = Screen::new((80, 24)).act(&[Search]).typed(&format!("{} dur:x ", "word ".repeat(40))).text();
    let place = text.lines().find_map(|line| line.find('^')).unwrap();
    let typed = text.lines().find(|line| line.contains("dur:x")).unwrap();
    assert_eq!(typed.find("x "), Some(place), "{text}");
}

#[test]
fn names_are_completed() {
    snapshot("completion_of_fields", |screen| screen.act(&[Search]).typed("sev:high ").act(&[Complete, Complete]));
    snapshot("completion_of_names", |screen| screen.act(&[Search]).typed("dur>10m service:").act(&[Down]));
    // Beside the right edge the box stays on screen.
    let text = Screen::new((40, 10)).act(&[Search]).typed(&format!("{} sev:", "word ".repeat(20))).text();
    assert!(text.contains("critical"), "{text}");
}

#[test]
fn what_was_typed_is_recalled_and_saved() {
    let mut screen = Screen::new((80, 24));
    for line in ["sev:high", "dur>30m"] {
        screen = screen.act(&[Search]).typed(line).act(&[Accept, Cancel]);
    }
    screen = screen.act(&[Search, Up, Up]);
    assert_eq!(screen.app.list.query().text(), "sev:high");
    screen = screen.act(&[Down, SaveFilter]).typed("long ones").act(&[Accept]);
    assert!(screen.text().contains("saved as “long ones”"));
    screen = screen.act(&[Cancel, Filters]).typed("ong");
    insta::assert_snapshot!("saved_filters_80x24", screen.text());
    screen = screen.act(&[Accept]);
    assert_eq!(screen.app.list.query().text(), "dur>30m");
    screen = screen.act(&[Filters, Clear]);
    assert!(screen.app.state.filters.is_empty() && screen.app.views.is_empty());
}

#[test]
fn sources_are_searched_and_the_line_says_how_far() {
    let mut screen = Screen::new((80, 24)).act(&[Search]);
    let mut searches = Vec::new();
    for c in "text:paused".chars() {
        if let Effect::SearchSources(search) = screen.app.update(Message::Edit(tui_input::InputRequest::InsertChar(c))) {
            searches.push(search);
        }
    }
    assert!(screen.text().contains("reading sources 0 of 5 … · 0 of 5"), "{}", screen.text());
    assert!(screen.text().contains("Sources are still being read for it."));
    screen = screen.act(&[Accept, Statistics]);
    assert!(screen.text().contains("passes the filter so far; sources are still being read"), "{}", screen.text());
    screen = screen.act(&[Cancel]);
    let answer = |search: &sevline::app::SourceSearch| {
        let answers = std::cell::RefCell::new(Vec::new());
        library::search(&search.rows, &search.words, &Default::default(), &|found| answers.borrow_mut().extend(found));
        Message::Searched(search.number, answers.into_inner())
    };
    // What an earlier letter asked for is no answer.
    screen.send(answer(&searches[0]));
    assert!(screen.app.list.visible.is_empty());
    screen.send(answer(searches.last().unwrap()));
    assert_eq!((screen.app.list.visible.len(), screen.app.searching.is_none()), (1, true));
    assert!(!screen.text().contains("reading sources"));
}

#[test]
fn the_name_of_a_file_is_asked_for_and_a_taken_one_is_told() {
    snapshot("write", |screen| screen.act(&[WriteFile, Complete]));
    let mut screen = Screen::new((80, 24)).act(&[WriteFile, Accept]);
    screen.send(Message::Written(Written::Taken("/srv/incidents.svg".into())));
    let text = screen.text();
    assert!(text.contains("write to ▸ incidents.svg") && text.contains("Enter writes over it"), "{text}");
}
