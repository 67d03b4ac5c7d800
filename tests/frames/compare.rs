//! Incidents side by side.

use super::*;

#[test]
fn compare() {
    view("compare", |screen| screen.act(&[Mark, Mark, Mark, Mark, Compare, Down]));
}

#[test]
fn a_comparison_says_the_same_on_screen_and_on_paper() {
    let screen = Screen::new((200, 60)).act(&[Mark, Mark, Mark, Mark, Compare]);
    let marked: Vec<_> = screen.app.list.marks.iter().map(|&id| screen.app.list.rows[id].entry.clone()).collect();
    let entries: Vec<_> = marked.iter().map(Arc::as_ref).collect();
    let chart = sevline::picture::build::compare(&entries, sevline::app::compare::Align::Start, None, screen.app.clock);
    let (timeline, text) = (screen.text(), screen.act(&[Turn]).text());
    let table = chart.tables.iter().find(|table| table.caption.starts_with("Lengths")).unwrap();
    let shown = |words: &str| assert!(text.contains(words.trim_end_matches(['.', '◂', ' '])), "{words}\n{text}");
    assert!(table.head.iter().any(|column| column.name == "outage") && table.rows.iter().flatten().any(|cell| cell == "open"));
    table.head.iter().skip(1).for_each(|column| shown(&column.name));
    table.rows.iter().flat_map(|row| row.iter().skip(1)).for_each(|cell| shown(cell));
    for words in [&text, &timeline] {
        assert!(words.contains(chart.facts.first().unwrap()), "{words}");
    }
    let more = chart.more.unwrap();
    assert!(timeline.contains("where the time went") && more.tracks.len() == 4);
    for (_, name) in more.legend {
        assert!(timeline.contains(name), "{name}\n{timeline}");
    }
}

#[test]
fn compare_on_the_calendar_of_one_day() {
    let screen = Screen::new((80, 24)).act(&WHOLE).act(&[Mark, Mark, Compare, Align, Align, Align]);
    insta::assert_snapshot!(screen.text());
}

#[test]
fn compare_in_words_and_stretched() {
    let marked = |screen: Screen| screen.act(&[Mark, Mark, Mark, Mark, Compare, Down, Base, Down]);
    view("compare_stretched", |screen| marked(screen).act(&[Align, Align, Align, Align]));
    view("compare_cell", |screen| marked(screen).act(&[Turn, Right, Right, Right, Right]));
    let screen = marked(Screen::new((80, 24))).act(&[Turn, Right, Right, Open]);
    let text = screen.text();
    assert!(text.contains("thistlewick/2025-06-11.txt") && text.contains("▸ detected"), "{text}");
    let screen = screen.act(&[Back, Down]);
    assert!(screen.text().contains("Compare"));
}

#[test]
fn compare_at_a_moment_of_one_of_them() {
    let two = |screen: Screen| screen.act(&WHOLE).act(&[Compare, NextEvent, NextEvent, NextEvent]);
    view("compare_two", two);
    let mut screen = Screen::new((120, 36));
    screen.skin.theme = Theme::shipped("light", Depth::True).unwrap();
    let light = two(screen);
    assert_eq!(light.text(), two(Screen::new((120, 36))).text());
    let mut screen = Screen::new((80, 24));
    screen.skin.theme.ascii = true;
    insta::assert_snapshot!("compare_two_ascii", two(screen).text());
}

#[test]
fn a_part_of_a_comparison_shows_what_lies_outside() {
    let screen = Screen::new((120, 36)).act(&WHOLE).act(&[Compare, NextEvent, NextEvent, NextEvent, ZoomIn, ZoomIn, ZoomIn]);
    let text = screen.text();
    assert!(text.contains('‹') && text.contains('›'), "{text}");
    insta::assert_snapshot!("compare_zoomed", text);
}

#[test]
fn a_stretch_of_a_comparison_is_told_with_its_length() {
    let text = Screen::new((120, 36)).act(&WHOLE).act(&[Compare, Select, NextEvent, NextEvent]).text();
    assert!(text.contains("── range 0 → +") && text.contains("r drop range"), "{text}");
}

#[test]
fn what_finds_no_room_in_a_comparison_is_told() {
    let entries = || (0..2).flat_map(|_| fixture::entries()).take(8).collect::<Vec<_>>();
    let marks: Vec<_> = (0..7).map(|_| Mark).chain([Mark, Compare]).collect();
    let eight = |size| Screen::with(size, entries()).act(&marks);
    for size in [(80, 24), (120, 36), (200, 60)] {
        insta::assert_snapshot!(format!("compare_eight_{}x{}", size.0, size.1), eight(size).text());
    }
    let numbers = eight((80, 24)).act(&[Turn]).text();
    assert!(numbers.contains("more ↓") && numbers.contains("more ›") && numbers.contains("impact"), "{numbers}");
    let numbers = eight((80, 24)).act(&[Turn, Bottom]).text();
    assert!(numbers.contains("more ↑"), "{numbers}");
    assert!(eight((40, 10)).text().contains("more ↓"));
}

#[test]
fn events_of_a_comparison_stay_inside_the_smallest_screen_and_do_not_cut_words() {
    let screen = |size| Screen::new(size).act(&WHOLE).act(&[Compare]);
    let text = screen((24, 5)).text();
    let border = text.lines().find(|line| line.contains('└')).unwrap();
    assert!(!border.contains(['●', '◉', '▼', '■', '◆']), "{text}");
    let low = screen((60, 12)).act(&[ZoomIn]).text();
    let chart: Vec<_> = low.lines().filter(|line| line.contains("█") || line.contains("▒")).collect();
    assert!(!chart.iter().any(|line| line.contains("◆adat") || line.contains("deg◆")), "{low}");
}

#[test]
fn incidents_and_events_differ_where_signs_are_spelt_out() {
    // A capital that is an incident's name is no event's sign.
    let events = ['◆', '○', '●', '◉', '▲', '◎', '◇', '■', '□', '▪'].map(sevline::picture::text::plain);
    assert!(events.iter().all(|sign| !sign.is_ascii_uppercase()), "{events:?}");
    assert_eq!(sevline::picture::text::plain('×'), 'x');
}
