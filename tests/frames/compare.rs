//! Incidents side by side.

use super::*;

#[test]
fn compare() {
    view("compare", |screen| screen.act(&[Mark, Down, Mark, Down, Mark, Down, Mark, Compare, Down]));
}

#[test]
fn a_comparison_says_the_same_on_screen_and_on_paper() {
    let screen = Screen::new((200, 60)).act(&[Mark, Down, Mark, Down, Mark, Down, Mark, Compare]);
    let marked: Vec<_> = screen.app.list.marks.iter().map(|&id| screen.app.list.rows[id].entry.clone()).collect();
    let entries: Vec<_> = marked.iter().map(Arc::as_ref).collect();
    let chart = sevline::picture::build::compare(&entries, sevline::app::compare::Align::Start, None, screen.app.clock);
    let (text, table) = (screen.text(), chart.tables.first().unwrap());
    let shown = |words: &str| assert!(text.contains(words.trim_end_matches(['.', '◂', ' '])), "{words}\n{text}");
    assert!(table.head.iter().any(|column| column.name == "outage") && table.rows.iter().flatten().any(|cell| cell == "open"));
    table.head.iter().skip(1).for_each(|column| shown(&column.name));
    table.rows.iter().flat_map(|row| row.iter().skip(1)).for_each(|cell| shown(cell));
    shown(chart.notes.iter().find(|note| note.starts_with("Largest difference: ")).unwrap());
}

#[test]
fn compare_on_the_calendar_of_one_day() {
    let screen = Screen::new((80, 24)).act(&WHOLE).act(&[Mark, Down, Mark, Compare, Align, Align]);
    insta::assert_snapshot!(screen.text());
}

#[test]
fn compare_in_words_and_stretched() {
    let marked = |screen: Screen| screen.act(&[Mark, Down, Mark, Down, Mark, Down, Mark, Compare, Down, Base, Down]);
    view("compare_stretched", |screen| marked(screen).act(&[Align, Align, Align, Align]));
    view("compare_cell", |screen| marked(screen).act(&[Right, Right, Right, Right]));
    let screen = marked(Screen::new((80, 24))).act(&[Right, Right, Open]);
    let text = screen.text();
    assert!(text.contains("thistlewick/2025-06-11.txt") && text.contains("▸ detected"), "{text}");
    let screen = screen.act(&[Back, Down]);
    assert!(screen.text().contains("Compare"));
}
