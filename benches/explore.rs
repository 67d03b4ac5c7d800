//! Loading, filtering and drawing: `cargo bench --bench explore`. The reports are made up, see `reports`.

#![allow(clippy::unwrap_used)]

#[path = "reports/mod.rs"]
mod reports;

use chrono::{FixedOffset, Offset, Utc};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;
use rayon::prelude::*;
use sevline::app::action::Action;
use sevline::app::show::{Clock, Zone};
use sevline::app::{App, Message};
use sevline::cache::Cache;
use sevline::incident::Instant;
use sevline::keymap::Keymap;
use sevline::library::{self, Found, Input, Origin, Progress};
use sevline::query::{Indexed, Query};
use sevline::resolve::{self, Policy};
use sevline::source::Source;
use sevline::theme::{Depth, Theme};
use sevline::ui::{self, Skin};
use std::hint::black_box;
use std::path::Path;
use std::sync::atomic::AtomicBool;

const MANY: usize = 100_000;

/// Rows of so many incidents; past five thousand they come again.
fn rows(count: usize) -> Vec<Indexed> {
    let read = |number| {
        let report = reports::report(1, number);
        let origin = Origin::Memory(report.text.as_bytes().into());
        let reading = resolve::read(&Source::decode(report.path, report.text.into_bytes()), &Policy::default());
        reading
            .incidents
            .into_iter()
            .map(move |incident| Indexed::read(incident, origin.clone(), None, (1, Default::default())))
            .collect::<Vec<_>>()
    };
    let distinct: Vec<_> = (0..count.min(5000)).into_par_iter().flat_map(read).collect();
    // Each in memory of its own, as they are when they are read.
    (0..count).filter_map(|at| distinct.get(at % distinct.len()).cloned()).collect()
}

fn app(rows: Vec<Indexed>) -> App {
    fn utc(_: Instant) -> FixedOffset {
        Utc.fix()
    }
    let mut app = App::new("bench".into(), None, Clock::new(Zone::Utc, utc), Size { width: 120, height: 36 });
    app.update(Message::Arrived(vec![Progress::File(Found::Report(rows))]));
    app.update(Message::Loaded);
    app
}

fn load(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = 0;
    for number in 0..1000 {
        let report = reports::report(1, number);
        let path = folder.path().join("reports").join(&report.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &report.text).unwrap();
        let file = std::fs::File::options().append(true).open(&path).unwrap();
        file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(60)).unwrap();
        bytes += report.text.len() as u64;
    }
    let read = |cache: Option<&Cache>, reports: &Path| {
        let inputs = [Input::Path(reports.into())];
        library::load_with(&inputs, &Policy::default(), cache, &AtomicBool::new(false), &|progress| drop(black_box(progress)));
    };
    let (cache, reports) = (Cache::new(folder.path().join("cache"), 1 << 30), folder.path().join("reports"));
    let mut group = criterion.benchmark_group("load");
    group.throughput(Throughput::Bytes(bytes)).sample_size(20);
    group.bench_function("1000 cold", |bencher| bencher.iter(|| read(None, &reports)));
    read(Some(&cache), &reports);
    group.bench_function("1000 warm", |bencher| bencher.iter(|| read(Some(&cache), &reports)));
    group.finish();
}

fn filter(criterion: &mut Criterion) {
    let rows = rows(MANY);
    let all: Vec<usize> = (0..rows.len()).collect();
    let mut group = criterion.benchmark_group("filter");
    group.throughput(Throughput::Elements(rows.len() as u64));
    for text in ["e", "certificate", "no report says this", "sev>=high dur>30m", "service:dns org:fern", "has:cause -certificate"] {
        let query = Query::new(text);
        group.bench_function(text, |bencher| bencher.iter(|| black_box(query.passing(&rows, &all))));
    }
    let mut app = app(rows);
    app.update(Action::Search);
    group.bench_function("typed and taken back", |bencher| {
        bencher.iter(|| {
            app.update(Message::Edit(tui_input::InputRequest::InsertChar('c')));
            app.update(Message::Edit(tui_input::InputRequest::DeletePrevChar));
        })
    });
    group.finish();
}

fn frame(criterion: &mut Criterion) {
    let skin = Skin { theme: Theme::shipped("dark", Depth::True).unwrap(), keymap: Keymap::shipped().unwrap() };
    let mut group = criterion.benchmark_group("frame");
    for count in [100, MANY] {
        let mut app = app(rows(count));
        let mut terminal = Terminal::new(TestBackend::new(120, 36)).unwrap();
        group.bench_function(format!("of {count}"), |bencher| {
            bencher.iter(|| terminal.draw(|frame| ui::draw(frame, &app, &skin)).map(drop))
        });
        let mut down = true;
        group.bench_function(format!("of {count}, another selected"), |bencher| {
            bencher.iter(|| {
                app.update(if down { Action::Down } else { Action::Up });
                down = !down;
                terminal.draw(|frame| ui::draw(frame, &app, &skin)).map(drop)
            })
        });
    }
    group.finish();
}

criterion_group!(benches, load, filter, frame);
criterion_main!(benches);
