//! What may be no incident: last in the list, marked, counted apart, and nowhere that counts or compares unless asked for.

use super::*;

fn screen(size: (u16, u16)) -> Screen {
    let mut entries = fixture::entries();
    entries.insert(0, fixture::doubtful());
    Screen::with(size, entries)
}

fn typed(screen: Screen, filter: &str) -> Screen {
    screen.act(&[Search]).typed(filter).act(&[Accept])
}

#[test]
fn it_stands_last_with_a_mark() {
    for size in [(80, 24), (120, 36), (40, 10)] {
        insta::assert_snapshot!(format!("doubtful_{}x{}", size.0, size.1), screen(size).act(&[Bottom]).text());
    }
    insta::assert_snapshot!("doubtful_wide_200x60", screen((200, 60)).act(&[Bottom]).text());
    for order in [&[Reverse][..], &[SortBy, Down, Accept], &[SortBy, Down, Accept, Reverse]] {
        let screen = screen((80, 24)).act(order).act(&[Bottom]);
        assert!(screen.app.list.selected().is_some_and(|row| row.doubtful), "{order:?}");
    }
}

/// The signs of a line and how they look.
fn line(screen: &Screen, words: &str) -> Vec<(String, ratatui::style::Style)> {
    let terminal = screen.terminal();
    let buffer = terminal.backend().buffer();
    let rows = (0..buffer.area.height).map(|y| (0..buffer.area.width).map(move |x| &buffer[(x, y)]));
    let cells = rows.map(|row| row.map(|cell| (cell.symbol().to_owned(), cell.style())).collect::<Vec<_>>());
    let text = |cells: &[(String, _)]| cells.iter().map(|(symbol, _)| symbol.as_str()).collect::<String>();
    cells.into_iter().find(|cells| text(cells).contains(words)).unwrap_or_else(|| panic!("no '{words}'"))
}

#[test]
fn it_steps_back_in_every_theme() {
    for (name, _) in sevline::theme::SHIPPED {
        for depth in [Depth::True, Depth::Indexed, Depth::Sixteen, Depth::Mono] {
            let mut screen = screen((120, 36));
            screen.skin.theme = Theme::shipped(name, depth).unwrap();
            let dim = screen.skin.theme.style(sevline::theme::Role::Dim);
            let row = line(&screen, "(?) A drill");
            let border = usize::from(screen.app.layout().list.right()) - 1;
            let written = row[1..border].iter().filter(|(symbol, _)| symbol != " ");
            for (symbol, style) in written {
                assert_eq!((style.fg, style.add_modifier), (dim.fg.or(style.fg), dim.add_modifier), "{name} {depth:?} {symbol}");
            }
            let sure = line(&screen, "Login fails");
            assert!(depth == Depth::Mono || sure[1..border].iter().any(|(_, style)| style.fg != dim.fg), "{name} {depth:?}");
        }
    }
}

#[test]
fn it_is_counted_apart() {
    let text = |filter: &str| typed(screen((80, 24)), filter).text();
    assert!(screen((80, 24)).text().contains("samples · 5 incidents, 1 doubtful · "));
    assert!(text("sev:critical").contains("1 of 5, 1 doubtful · Esc"), "{}", text("sev:critical"));
    assert!(text("is:doubtful").contains("0 of 5, 1 doubtful · Esc"));
    assert!(text("-is:doubtful").contains("5 of 5 · Esc"));
}

#[test]
fn statistics_have_it_only_when_it_is_asked_for() {
    let text = |filter: &str| typed(screen((80, 24)), filter).act(&[Statistics]).text();
    insta::assert_snapshot!("doubtful_statistics_80x24", screen((80, 24)).act(&[Statistics]).text());
    assert!(text("is:doubtful").contains(" 1 incident · 2027-01-05 "), "{}", text("is:doubtful"));
    // What a bar counts is what it leads to.
    let led = screen((80, 24)).act(&[Statistics, Right, Right, Open]);
    assert_eq!((led.app.list.query().text(), led.app.list.visible.len()), ("sev:critical -is:doubtful", 1));
    let none = typed(screen((80, 24)), "drill").act(&[Statistics]).text();
    assert!(none.contains("All that is shown is doubtful or planned"), "{none}");
}

#[test]
fn the_calendar_has_it_only_when_it_is_asked_for() {
    let calendar = |filter: &str| typed(screen((80, 24)), filter).act(&[NextPane, NextPane, AllIncidents, Maximise]);
    let screen = screen((80, 24)).act(&[NextPane, NextPane, AllIncidents, Maximise]);
    insta::assert_snapshot!("doubtful_calendar_80x24", screen.text());
    // Steps stay among what is drawn.
    let screen = screen.act(&[Bottom, Down]);
    assert!(screen.app.list.selected().is_some_and(|row| !row.doubtful));
    insta::assert_snapshot!("doubtful_calendar_asked_80x24", calendar("is:doubtful OR sev:critical").text());
    let none = calendar("drill").text();
    assert!(none.contains("All that is shown is doubtful; is:doubtful in the filter asks for it."), "{none}");
}

#[test]
fn it_is_compared_when_it_is_marked_by_hand() {
    let screen = screen((80, 24)).act(&[Bottom, Mark]);
    assert!(screen.text().contains("marked, though this may be no incident report: a drill, not an incident"), "{}", screen.text());
    let screen = screen.act(&[Up, Mark, Compare]);
    assert!(screen.text().contains("(?) A drill"), "{}", screen.text());
}

#[test]
fn the_detail_tells_why() {
    let screen = screen((80, 24)).act(&[Bottom, Open, Down]);
    insta::assert_snapshot!("doubtful_detail_80x24", screen.text());
    assert!(screen.act(&[Open]).text().contains("this is told by the whole file; no words say it"));
}
