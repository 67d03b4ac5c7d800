//! Whole screens at the sizes that count, as text; colours are tested where they carry meaning.

#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../common/mod.rs"]
mod common;
mod compare;
mod doubtful;
mod filter;
mod reviews;
mod timeline;

use common::fixture;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;
use ratatui::style::Modifier;
use sevline::app::action::Action::{self, *};
use sevline::app::show::{self, Clock};
use sevline::app::{App, Effect, Message};
use sevline::keymap::Keymap;
use sevline::library::{self, Entry, Found, Problem, Progress};
use sevline::query::Indexed;
use sevline::theme::{Depth, Theme};
use sevline::ui::{self, Skin};
use std::sync::Arc;

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 36), (40, 10), (1, 1)];

struct Screen {
    app: App,
    skin: Skin,
    size: (u16, u16),
}

impl Screen {
    fn new(size: (u16, u16)) -> Self {
        Self::with(size, fixture::entries())
    }

    fn with(size: (u16, u16), entries: Vec<Arc<Entry>>) -> Self {
        let (width, height) = size;
        let clock = Clock::new(show::Zone::Utc, fixture::local);
        let notice = Some("these are the samples; open your own with: sevline FOLDER".to_owned());
        let mut app = App::new("samples".into(), notice, clock, Size { width, height });
        let mut batch = vec![Progress::Queued(8)];
        batch.extend(entries.into_iter().map(|entry| Progress::File(Found::Report(vec![Indexed::new(entry)]))));
        batch.extend(["notes.txt", "logo.svg"].map(|name| Progress::File(Found::NoReport(name.into()))));
        let problem = Problem { path: "old/report.bin".into(), message: "this is a binary file; save the report as text".into() };
        batch.push(Progress::File(Found::Problem(problem)));
        app.update(Message::Arrived(batch));
        app.update(Message::Loaded);
        let skin = Skin { theme: Theme::shipped("dark", Depth::True).unwrap(), keymap: Keymap::shipped().unwrap() };
        app.help = ui::help::sections(&skin.keymap);
        Self { app, skin, size }
    }

    fn act(mut self, actions: &[Action]) -> Self {
        for &action in actions {
            self.send(action);
        }
        self
    }

    fn send(&mut self, message: impl Into<Message>) {
        if let Effect::OpenSource(entry) = self.app.update(message) {
            self.app.update(Message::Source(entry.clone(), library::source_of(&entry)));
        }
    }

    fn typed(mut self, text: &str) -> Self {
        for c in text.chars() {
            self.send(Message::Edit(tui_input::InputRequest::InsertChar(c)));
        }
        self
    }

    fn terminal(&self) -> Terminal<TestBackend> {
        let mut terminal = Terminal::new(TestBackend::new(self.size.0, self.size.1)).unwrap();
        terminal.draw(|frame| ui::draw(frame, &self.app, &self.skin)).unwrap();
        terminal
    }

    fn text(&self) -> String {
        self.terminal().backend().to_string()
    }
}

fn snapshot(name: &str, make: impl Fn(Screen) -> Screen) {
    for size in SIZES {
        insta::assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), make(Screen::new(size)).text());
    }
}

/// A view in which a review is done is looked at on a wide screen, too.
fn view(name: &str, make: impl Fn(Screen) -> Screen) {
    snapshot(name, &make);
    insta::assert_snapshot!(format!("{name}_200x60"), make(Screen::new((200, 60))).text());
}

/// Selects the incident that has everything.
const WHOLE: [Action; 2] = [Down, Down];

#[test]
fn list() {
    snapshot("list", |screen| screen.act(&WHOLE));
    view("list_rows", |screen| screen.act(&[Rows, Mark]).act(&WHOLE));
    view("list_columns", |mut screen| {
        screen.app.columns = "status,tags,end,title,ack,resolve,file".parse().unwrap();
        screen.act(&[Rows, Maximise])
    });
}

#[test]
fn detail() {
    view("detail", |screen| screen.act(&WHOLE).act(&[Open, HalfDown]));
    view("detail_events", |screen| screen.act(&WHOLE).act(&[Open, Right, Down, Down]));
    snapshot("detail_checks", |screen| screen.act(&WHOLE).act(&[Open, Right, Right, Right]));
    view("detail_source", |screen| screen.act(&WHOLE).act(&[Open, Right, Right, Right, Right, NextCite]));
}

#[test]
fn tour() {
    const PARTS: [&[Action]; 4] = [&[], &[Open], &[Open, Back, ZoomIn, Back], &[Mark, Mark, Compare]];
    for size in [(80, 24), (120, 36)] {
        let mut screen = Screen::new(size).act(&WHOLE).act(&[Tour]);
        for (at, part) in PARTS.into_iter().enumerate() {
            screen = screen.act(part);
            insta::assert_snapshot!(format!("tour_{}_{}x{}", at + 1, size.0, size.1), screen.text());
        }
        screen = screen.act(&[Back, Search]).typed("freight").act(&[Accept]);
        insta::assert_snapshot!(format!("tour_5_{}x{}", size.0, size.1), screen.text());
    }
    // Whatever the size, its line hides nothing and is gone with it.
    for size in [(40, 10), (24, 6), (24, 5), (1, 1)] {
        let plain = Screen::new(size).text();
        assert_eq!(Screen::new(size).act(&[Tour, Cancel, Repaint]).text(), plain);
    }
}

#[test]
fn statistics() {
    view("statistics", |screen| screen.act(&[Statistics, Down]));
    snapshot("statistics_spread", |screen| screen.act(&[Statistics, Right, Down, Down]));
    snapshot("statistics_severity", |screen| screen.act(&[Statistics, Right, Right, Down]));
}

#[test]
fn palette() {
    snapshot("palette", |screen| screen.act(&[Palette]));
    snapshot("palette_narrowed", |screen| screen.act(&[Palette]).typed("zone"));
    snapshot("palette_fields", |screen| screen.act(&[Palette]).typed("time"));
}

#[test]
fn a_command_is_run_where_the_palette_was_opened() {
    let screen = Screen::new((80, 24)).act(&[Palette]).typed("zone").act(&[Accept]);
    assert!(screen.text().contains("local time"));
    let screen = Screen::new((80, 24)).act(&[Palette]).typed("ttd").act(&[Accept]).typed("20m");
    assert!(screen.text().contains(" / detect:20m"), "{}", screen.text());
    let screen = Screen::new((80, 24)).act(&[Palette]).typed("align").act(&[Accept]);
    assert!(screen.text().contains("can do nothing here"));
}

#[test]
fn without_signs_beyond_ascii_every_screen_is_ascii() {
    let whole = |size, actions: &[Action]| {
        let mut screen = Screen::new(size).act(&WHOLE).act(actions);
        screen.skin.theme = Theme::shipped("ascii", Depth::True).unwrap();
        screen.text()
    };
    for actions in [
        &[][..],
        &[Statistics, Right],
        &[Mark, Mark, Compare],
        &[Help],
        &[Help, Bottom],
        &[Severities],
        &[NextPane, NextPane, AllIncidents],
    ] {
        let text = whole((120, 36), actions);
        assert!(text.is_ascii(), "{text}");
    }
    insta::assert_snapshot!(whole((80, 24), &[]));
}

#[test]
fn what_is_looked_for_is_found_in_detail_and_source() {
    let typing = Screen::new((80, 24)).act(&WHOLE).act(&[Open, Find]).typed("calendar");
    let text = typing.text();
    assert!(text.contains("find ▸ calendar  match 1 of 4") && !text.contains("not here"), "{text}");
    let screen = typing.act(&[Accept, FindNext]);
    assert_eq!(screen.app.message.as_deref(), Some("match 2 of 4"));
    assert_eq!(screen.app.detail.item().unwrap().label, "services");
    let found = screen.skin.theme.style(sevline::theme::Role::Found);
    let shown = |screen: &Screen| -> String {
        let terminal = screen.terminal();
        let cells = terminal.backend().buffer().content().iter().filter(|cell| cell.bg == found.bg.unwrap());
        cells.map(|cell| cell.symbol()).collect::<String>().to_lowercase()
    };
    assert!(shown(&screen).contains("calendar"));
    let screen = screen.act(&[Open, FindNext, FindNext]);
    assert!(screen.text().contains("match "), "{}", screen.text());
    assert!(shown(&screen).contains("calendar"));
    let screen = screen.act(&[Find]).typed("zzz");
    assert!(screen.text().contains("not here"));
}

#[test]
fn the_work_for_a_frame_does_not_grow_with_the_incidents() {
    // What a frame looks at are the rows on screen: with the others gone it draws the same.
    let many = || (0..40).flat_map(|_| fixture::entries()).collect::<Vec<_>>();
    let screen = Screen::with((80, 24), many()).act(&[NextPane, NextPane, AllIncidents, Maximise, Bottom]);
    let text = screen.text();
    assert!(text.contains("185–200 of 200"), "{text}");
}

#[test]
fn what_is_open_is_called_so_in_list_and_detail() {
    let text = Screen::new((80, 24)).text();
    assert!(text.contains("   open Example") && text.contains("23:10 → open"), "{text}");
}

#[test]
fn the_footer_tells_first_what_a_place_and_its_state_are_there_for() {
    let footer = |actions: &[Action]| {
        let text = Screen::new((80, 24)).act(&WHOLE).act(actions).text();
        text.lines().last().map(|line| line.trim_matches(['"', ' ']).to_owned()).unwrap_or_default()
    };
    for (actions, keys) in [
        (&[Mark, Up, Up, Mark][..], "c compare  Space mark"),
        (&[NextPane, NextPane, Down], "Enter words  ]/[ event  +/- zoom"),
        (&[NextPane, NextPane, AllIncidents], "Enter open  ]/[ event"),
        (&[Mark, Up, Up, Mark, Compare], "]/[ event  h/l cursor  Tab numbers  a align  Enter words"),
        (&[Mark, Up, Up, Mark, Compare, Down], "]/[ event  h/l cursor  Tab numbers  a align  b base"),
        (&[Mark, Up, Up, Mark, Compare, Turn], "h/l column  Tab timeline  Enter open"),
        (&[Statistics], "Enter spread  h/l tab"),
    ] {
        assert!(footer(actions).starts_with(keys), "{}", footer(actions));
    }
}

#[test]
fn help() {
    snapshot("help", |screen| screen.act(&[Help]));
    view("help_signs", |screen| screen.act(&[Help, Bottom]));
    snapshot("help_found", |screen| screen.act(&[NextPane, NextPane, Help, Find]).typed("zoom"));
    let closed = Screen::new((80, 24)).act(&[Help, Find]).typed("zoom").act(&[Accept, Cancel]);
    assert!(closed.app.top().is_some() && closed.act(&[Cancel]).app.top().is_none());
    // From the end one step up is one line up.
    let last = |screen: Screen| screen.text().lines().rev().nth(2).map(str::to_owned);
    let ends = |actions: &[Action]| last(Screen::new((80, 24)).act(&[Help]).act(actions));
    assert!(ends(&[Bottom]).unwrap().contains("largest difference") && ends(&[Bottom, Up]) != ends(&[Bottom]));
}

#[test]
fn source() {
    view("source", |screen| screen.act(&WHOLE).act(&[Open, Down, Open]));
}

#[test]
fn a_wide_screen_has_columns() {
    let mut screen = Screen::new((200, 60)).act(&[SortBy, Down, Toggle, Down, Mark]);
    screen.send(Down);
    insta::assert_snapshot!(screen.text());
}

#[test]
fn reports_are_listed_while_others_are_still_read() {
    let clock = Clock::new(show::Zone::Utc, fixture::local);
    let app = App::new("reports".into(), None, clock, Size { width: 80, height: 24 });
    let skin = Skin { theme: Theme::shipped("dark", Depth::True).unwrap(), keymap: Keymap::shipped().unwrap() };
    let mut screen = Screen { app, skin, size: (80, 24) };
    assert!(screen.text().contains("Reading …"));
    let entries = fixture::entries().into_iter().take(2).map(|entry| Progress::File(Found::Report(vec![Indexed::new(entry)])));
    screen.send(Message::Arrived([Progress::Queued(40)].into_iter().chain(entries).collect()));
    let text = screen.text();
    assert!(text.contains("reports · 2 incidents · reading 2 of 40 files") && text.contains("Thistlew"), "{text}");
    screen.send(Message::Loaded);
    assert!(!screen.text().contains("reading"));
}

#[test]
fn problems() {
    snapshot("problems", |screen| screen.act(&[Problems]));
    // What is left out is told where nothing else is wrong, too, and all of it can be reached.
    let mut screen = Screen::new((80, 24));
    screen.app.problems.clear();
    screen.app.left_out = (0..100).map(|at| format!("pictures/{at}.png")).collect();
    let text = screen.act(&[Problems]).text();
    assert!(text.contains("Files skipped") && text.contains("sevline FILE") && text.contains("pictures/0.png"), "{text}");
    let mut screen = Screen::new((80, 24)).act(&[Problems]);
    screen.app.left_out = (0..100).map(|at| format!("pictures/{at}.png")).collect();
    let text = screen.act(&[Bottom]).text();
    assert!(text.contains("pictures/99.png") && text.contains("pictures/81.png"), "{text}");
}

#[test]
fn the_clock_is_always_named() {
    // An offset is said only where it holds for all that is shown.
    for (times, header, timeline) in
        [(0, " UTC ·", "┤"), (1, " local time ·", "Timeline · UTC+1 "), (2, " as reported ·", "Timeline · UTC−5 ")]
    {
        let text = Screen::new((80, 24)).act(&vec![Action::Zone; times]).text();
        assert!(text.lines().next().unwrap().contains(header) && text.contains(timeline), "{text}");
    }
    let text = Screen::new((80, 24)).act(&[Action::Zone, Action::Zone, NextPane, NextPane, AllIncidents]).text();
    assert!(text.contains("axis in UTC"), "{text}");
}

#[test]
fn words_a_fact_was_read_from_stand_out() {
    let screen = Screen::new((80, 24)).act(&WHOLE).act(&[Open, Down, Open]);
    let terminal = screen.terminal();
    let now = screen.skin.theme.style(sevline::theme::Role::CitedNow);
    let cells = terminal.backend().buffer().content().iter();
    let shown: String = cells.filter(|cell| cell.bg == now.bg.unwrap()).map(|cell| cell.symbol()).collect();
    assert_eq!(shown, "Partial outage");
}

#[test]
fn without_colours_the_selection_is_still_seen() {
    let mut screen = Screen::new((80, 24));
    screen.skin.theme = Theme::shipped("dark", Depth::Mono).unwrap();
    let terminal = screen.terminal();
    let cells = || terminal.backend().buffer().content().iter();
    assert!(cells().all(|cell| cell.fg == ratatui::style::Color::Reset && cell.bg == ratatui::style::Color::Reset));
    assert!(cells().filter(|cell| cell.modifier.contains(Modifier::REVERSED)).count() >= 38);
}

#[test]
fn no_text_of_a_report_steers_the_terminal() {
    for size in SIZES {
        for actions in [
            vec![],
            vec![Bottom],
            vec![Bottom, Open],
            vec![Bottom, Mark, Up, Mark, Compare],
            vec![Bottom, Open, Open],
            vec![AllIncidents, Maximise],
            vec![Bottom, Open, Right, Right, Right, Right],
        ] {
            let text = Screen::new(size).act(&actions).text();
            assert!(!text.contains(|c: char| c != '\n' && sevline::sanitize::is_hostile(c)), "{text:?}");
        }
    }
}

#[test]
fn nothing_panics_at_any_size() {
    let ways: &[&[Action]] = &[
        &[],
        &[Open],
        &[NextPane, NextPane],
        &[Mark, Mark, Compare],
        &[Help],
        &[Services],
        &[Search],
        &[Down, Down, Open, Open],
        &[NextPane, NextPane, AllIncidents, Compress],
        &[NextPane, NextPane, AllIncidents, Maximise],
        &[Down, Down, Open, Right, Right, Right, Right, Find],
    ];
    for width in [1, 2, 5, 23, 24, 25, 39, 71, 72, 73, 83, 160, 200, 500] {
        for height in [1, 2, 4, 5, 6, 9, 17, 18, 19, 60, 200] {
            for way in ways {
                let mut screen = Screen::new((80, 24)).act(way);
                screen.size = (width, height);
                screen.send(Message::Resize(Size { width, height }));
                screen.text();
                screen = screen.act(&[
                    Down,
                    PageDown,
                    Bottom,
                    ZoomIn,
                    ZoomOut,
                    PanLeft,
                    PanRight,
                    Left,
                    Right,
                    NextEvent,
                    PreviousPhase,
                    NextCite,
                    Up,
                    Top,
                ]);
                screen.text();
            }
        }
    }
}

#[test]
fn what_a_reviewer_says_is_shown_as_such() {
    for size in [(80, 24), (120, 36), (40, 10)] {
        let name = |what: &str| format!("said_{what}_{}x{}", size.0, size.1);
        let mut screen = Screen::new(size).act(&[Down, Down, Review]);
        insta::assert_snapshot!(name("menu"), screen.text());
        screen.send(Message::Choose('t'));
        screen = screen.typed("follow-up").act(&[Accept, Review]);
        screen.send(Message::Choose('s'));
        screen.send(Message::Choose('c'));
        screen = screen.act(&[Review]);
        screen.send(Message::Choose('e'));
        screen.send(Message::Edit(tui_input::InputRequest::DeleteLine));
        screen = screen.typed("2025-06-11 08:30 UTC").act(&[Accept, Review]);
        screen.send(Message::Choose('n'));
        screen = screen.typed("Ask them").act(&[NewLine]).typed("about probes");
        insta::assert_snapshot!(name("note"), screen.text());
        screen = screen.act(&[Accept, Down, Up]);
        insta::assert_snapshot!(name("all"), screen.text());
    }
}

#[test]
fn a_folder_without_reports_says_what_was_looked_at() {
    let found = |files: usize| {
        let clock = Clock::new(show::Zone::Utc, fixture::local);
        let mut app = App::new("reports".into(), None, clock, Size { width: 80, height: 24 });
        app.update(Message::Arrived((0..files).map(|_| Progress::File(Found::NoReport("notes.txt".into()))).collect()));
        app.update(Message::Loaded);
        let skin = Skin { theme: Theme::shipped("dark", Depth::True).unwrap(), keymap: Keymap::shipped().unwrap() };
        Screen { app, skin, size: (80, 24) }.text()
    };
    assert!(found(0).contains("Nothing to read was found here"), "{}", found(0));
    let text = found(12);
    assert!(text.contains("12 files were looked at; none of them") && text.contains("sevline FILE"), "{text}");
}

#[test]
fn the_match_that_a_search_led_to_stands_out_from_the_others() {
    let screen = Screen::new((80, 24)).act(&WHOLE).act(&[Open, Find]).typed("calendar").act(&[Accept]);
    let shown = |screen: &Screen, role| {
        let look = screen.skin.theme.style(role).bg.unwrap();
        let terminal = screen.terminal();
        let cells = terminal.backend().buffer().content().iter();
        cells.filter(|cell| cell.bg == look).map(|cell| cell.symbol()).collect::<String>()
    };
    use sevline::theme::Role;
    assert!(shown(&screen, Role::CitedNow).eq_ignore_ascii_case("calendar"), "{}", shown(&screen, Role::CitedNow));
    assert!(shown(&screen, Role::Found).to_lowercase().contains("calendar"));
    // In the source as well, where what is cited stands back.
    let screen = Screen::new((80, 24)).act(&WHOLE).act(&[Open, Right, Right, Right, Right, Find]).typed("posted").act(&[Accept, FindNext]);
    assert_eq!(shown(&screen, Role::CitedNow), "Posted", "{}", screen.text());
    assert!(shown(&screen, Role::Found).contains("Posted"));
}

#[test]
fn a_menu_in_ascii_has_boxes_and_circles() {
    let menu = |actions: &[Action]| {
        let mut screen = Screen::new((80, 24));
        screen.skin.theme.ascii = true;
        screen.act(actions).text()
    };
    let severities = menu(&[Severities, Toggle]);
    assert!(severities.contains("[x] ") && severities.contains("[ ] "), "{severities}");
    let order = menu(&[SortBy]);
    assert!(order.contains("(*) ") && order.contains("( ) "), "{order}");
}

#[test]
fn nothing_below_the_cursor_jumps_while_it_moves() {
    let screen = |events: usize| {
        let actions = [&WHOLE[..], &[NextPane, NextPane, Maximise], &vec![NextEvent; events]].concat();
        Screen::new((120, 36)).act(&actions).text()
    };
    let at =
        |events: usize| screen(events).lines().position(|line| line.contains("◆ detected") && line.contains("a probe of ours")).unwrap();
    assert!((2..7).all(|events| at(events) == at(1)), "{}", screen(1));
}
