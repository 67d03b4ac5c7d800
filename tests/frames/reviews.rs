//! Reviews that no incident has, and files as one incident or several.

use super::*;
use sevline::resolve::Cut;
use sevline::review::{Amendment, Edit, Key};
use sevline::state::Change;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 36), (40, 10)];

/// A screen with three reviews whose incidents are gone.
fn with_orphans(size: (u16, u16)) -> Screen {
    let mut screen = Screen::new(size);
    let file = screen.app.list.rows[0].key().place;
    for (id, title, edits) in [
        ("a", "Checkout API down after a failed database switch-over in Frankfurt", vec![Edit::Tag("follow-up".into(), true)]),
        ("b", "Search slow", vec![Edit::Note("Ask them about probes.\nThen tell the others.".into())]),
        (
            "c",
            "Logins failed\u{1b}[2J",
            vec![
                Edit::Tag("quarter-3".into(), true),
                Edit::Severity(Some(sevline::incident::Severity::Low)),
                Edit::Note("Not ours: the provider's.".into()),
            ],
        ),
    ] {
        let key = Key { id: id.into(), place: format!("{file}#12"), ..Key::default() };
        let amend = |edit| Amendment { kept: key.clone(), key: key.clone(), title: title.into(), edit, seen: None };
        screen.app.state.apply(&Change::Reviewed(edits.into_iter().map(amend).collect()));
    }
    screen.send(Message::Loaded);
    screen
}

#[test]
fn orphans_are_listed_with_what_they_say() {
    for size in SIZES {
        let name = |what: &str| format!("orphans_{what}_{}x{}", size.0, size.1);
        let screen = with_orphans(size).act(&[Review]);
        insta::assert_snapshot!(name("menu"), screen.text());
        let screen = with_orphans(size).act(&[Orphans, Down]);
        insta::assert_snapshot!(name("list"), screen.text());
        insta::assert_snapshot!(name("given"), screen.act(&[Accept]).text());
    }
}

#[test]
fn a_day_that_was_chosen_narrowly_is_told_with_its_runner_up() {
    for size in SIZES {
        let name = |what: &str| format!("narrow_{what}_{}x{}", size.0, size.1);
        let mut screen = Screen::with(size, vec![fixture::narrow()]).act(&[Review]);
        insta::assert_snapshot!(name("menu"), screen.text());
        screen.send(Message::Choose('d'));
        insta::assert_snapshot!(name("taken"), screen.text());
        let screen = screen.act(&[Undo, Open, Right, Down]);
        insta::assert_snapshot!(name("events"), screen.text());
    }
}

#[test]
fn a_file_is_offered_as_one_incident_or_several() {
    for size in SIZES {
        let name = |what: &str| format!("cuts_{what}_{}x{}", size.0, size.1);
        let entries = fixture::entries().into_iter().map(|entry| {
            let name = entry.source.path.clone();
            Arc::new(Entry::new(entry.incident(), library::Origin::File(std::path::PathBuf::from(name).into())))
        });
        let mut screen = Screen::with(size, entries.collect()).act(&[Review]);
        insta::assert_snapshot!(name("menu"), screen.text());
        let key = sevline::app::Message::Choose('i');
        let Effect::OpenCuts(entry) = screen.app.update(key) else { unreachable!() };
        screen.send(Message::Cuts(entry, Ok(vec![(Cut::AsTold, 1), (Cut::Whole, 1), (Cut::Level(2), 31), (Cut::Level(3), 124)])));
        insta::assert_snapshot!(name("ways"), screen.text());
    }
}
