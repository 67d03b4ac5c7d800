//! Pictures as the programs that open them see them: well-formed whatever a report says, and drawn by a real browser.

#![allow(clippy::panic, clippy::unwrap_used)]

mod common;

use common::fixture::{self, record};
use proptest::prelude::*;
use sevline::app::compare::Align;
use sevline::app::show::{Clock, Zone};
use sevline::library::{Entry, Origin};
use sevline::picture::chart::Chart;
use sevline::picture::{build, page, svg};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn clock() -> Clock {
    Clock::new(Zone::Utc, fixture::local)
}

/// An incident that says `text` everywhere, also in its source.
fn saying(text: &str) -> Entry {
    let mut incident = record::saying(text);
    // Long enough for every citation of the fixture.
    let source = format!("{}\n", text.repeat(400 / text.len().max(1) + 1));
    for cites in incident.events.iter_mut().map(|event| &mut event.cites).chain(incident.phases.iter_mut().map(|phase| &mut phase.cites)) {
        cites.iter_mut().for_each(|cite| cite.span = sevline::source::Span { start: 0, end: text.len() as u32 });
    }
    Entry::new(incident, Origin::Memory(source.into_bytes().into()))
}

/// A picture of each kind.
fn charts(entries: &[&Entry]) -> Vec<Chart> {
    let mut charts = vec![
        build::timeline(&entries[..1], clock(), false),
        build::timeline(entries, clock(), false),
        build::timeline(entries, clock(), true),
    ];
    charts.extend([Align::Start, Align::Calendar].map(|align| build::compare(entries, align, None, clock())));
    charts
}

#[test]
fn dead_time_is_left_out_and_many_incidents_have_low_rows_in_the_colours_of_their_severity() {
    let some = fixture::entries();
    let entries: Vec<&Entry> = some.iter().cycle().take(20).map(AsRef::as_ref).collect();
    let (whole, short) = (build::timeline(&entries, clock(), false), build::timeline(&entries, clock(), true));
    assert!(short.range.unwrap().length() < whole.range.unwrap().length() / 1000);
    assert!(short.notes.iter().any(|note| note.starts_with("Where the axis is broken, 3 stretches")), "{:?}", short.notes);
    assert_eq!(short.axis.breaks(short.range.unwrap()).len(), 3);
    let drawn = svg(&short);
    for part in [
        "class=\"dead\"",
        "severity critical",
        "severity high",
        "class=\"critical\"",
        "Partial outage of the booking service leaves calendars empty · Thistlewick",
    ] {
        assert!(drawn.contains(part), "{part}\n{drawn}");
    }
    assert!(page(&short).contains("chart low") && page(&short).contains("<s style"));
    let mut text = Vec::new();
    let look = sevline::picture::text::Look {
        width: 100,
        ascii: true,
        spell: &|text| text.to_owned(),
        paint: &|text, _| text.to_owned(),
        bold: &|text| text.to_owned(),
    };
    sevline::picture::text::text(&mut text, &short, look).unwrap();
    assert!(String::from_utf8(text).unwrap().contains('/'));
}

/// The elements, the text and the attributes of a document that must be well-formed.
fn parsed(document: &str) -> (Vec<String>, String) {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
    let tree = roxmltree::Document::parse_with_options(document, options).unwrap_or_else(|error| panic!("{error}\n{document}"));
    let names = tree.descendants().filter(roxmltree::Node::is_element).map(|node| node.tag_name().name().to_owned()).collect();
    let texts = tree.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text()).collect();
    (names, texts)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn markup_is_well_formed_and_words_stay_words(text in "(?s:[<>&\"' /=!a-z\\-\\]]|.){0,24}") {
        let (hostile, plain) = (saying(&text), saying("plain"));
        for (hostile, plain) in charts(&[&hostile, &hostile]).iter().zip(&charts(&[&plain, &plain])) {
            for draw in [svg, page] {
                let ((names, texts), (others, _)) = (parsed(&draw(hostile)), parsed(&draw(plain)));
                let kinds = |names: &[String]| names.iter().cloned().collect::<std::collections::BTreeSet<_>>();
                prop_assert!(kinds(&names).is_subset(&kinds(&others)), "{:?}", kinds(&names).difference(&kinds(&others)));
                let steers = texts.chars().find(|c| *c != '\n' && sevline::sanitize::is_hostile(*c));
                prop_assert!(steers.is_none() || sevline::sanitize::line(&text).contains(sevline::sanitize::is_hostile));
            }
        }
    }
}

#[test]
fn a_report_can_bring_no_markup() {
    let hostile = saying("</title></style><script>alert(1)</script>\"'><img src=x onerror=y>]]>--><a href=\"javascript:x\">");
    for chart in charts(&[&hostile, &hostile]) {
        for document in [svg(&chart), page(&chart)] {
            let (names, _) = parsed(&document);
            assert!(!names.iter().any(|name| name == "script" || name == "img"), "{names:?}");
            assert!(!document.contains("<script") && !document.contains("<img") && !document.contains("<a href"));
        }
    }
}

#[test]
fn a_page_asks_nothing_of_the_world_and_every_bar_can_be_reached() {
    let entries = fixture::entries();
    let entries: Vec<&Entry> = entries.iter().map(AsRef::as_ref).collect();
    for chart in charts(&entries) {
        let page = page(&chart);
        assert!(page.contains("default-src 'none'") && !page.contains("url(") && !page.contains("@import"));
        let items = page.matches("<a class=").count();
        assert!(items > 0);
        assert_eq!(items, page.matches("tabindex=\"0\" role=\"img\" aria-label=").count());
        assert!(page.contains("prefers-color-scheme: dark") && page.contains("@media print"));
    }
}

#[test]
fn what_a_picture_leaves_out_is_said() {
    let entries = fixture::entries();
    let entries: Vec<&Entry> = entries.iter().map(AsRef::as_ref).collect();
    let all = build::timeline(&entries, clock(), false);
    assert!(all.notes.iter().any(|note| note == "1 incident has no time and no row."), "{:?}", all.notes);
    assert!(all.notes.iter().any(|note| note == "Fading with an arrow: no end is known."), "{:?}", all.notes);
    // Published the day after: far off the impact.
    let one = build::timeline(&entries[..1], clock(), false);
    assert!(one.notes.iter().any(|note| note.starts_with("1 event lies far off")), "{:?}", one.notes);
    let words = one.tracks.iter().flat_map(|track| &track.marks).find(|mark| mark.told.what == "detected").map(|mark| &mark.told.words);
    assert_eq!(words.unwrap()[0].text, "a probe of ours failed");
    assert_eq!(words.unwrap()[0].place, "thistlewick/2025-06-11.txt:8");
}

#[test]
fn a_picture_has_whole_names_and_the_lengths_that_are_compared() {
    let entries = fixture::entries();
    let entries: Vec<&Entry> = entries.iter().map(AsRef::as_ref).collect();
    let compared = build::compare(&entries, Align::Stretched, None, clock());
    let (_, words) = parsed(&svg(&compared));
    let table = compared.tables.iter().find(|table| table.caption.starts_with("Lengths")).unwrap();
    for told in table.head.iter().map(|column| &column.name).chain(table.rows.iter().flatten()).chain([&table.caption]) {
        let told = sevline::sanitize::line(told.trim());
        assert!(words.contains(told.as_ref()), "{told}");
    }
    let words = svg(&build::timeline(&entries, clock(), false));
    for half in ["Partial outage of the booking service", "leaves calendars empty"] {
        assert!(words.contains(half), "{words}");
    }
}

/// The relative luminance of a colour (WCAG 2).
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

#[test]
fn words_on_bars_can_be_read_by_day_and_by_night() {
    let css = std::fs::read_to_string("assets/picture.css").unwrap();
    let (light, dark) = css.split_once("@media").unwrap();
    for scheme in [light, dark] {
        let colours = scheme.split("--").filter_map(|part| part.split_once(": #"));
        let colours: Vec<_> = colours.map(|(name, colour)| (name, format!("#{}", &colour[..6]))).collect();
        let page = luminance(&colours.iter().find(|(name, _)| *name == "page").unwrap().1);
        assert!(colours.len() >= 15);
        for (name, colour) in colours.iter().filter(|(name, _)| !["page", "line", "tip"].contains(name)) {
            let (low, high) = (page.min(luminance(colour)), page.max(luminance(colour)));
            let contrast = (high + 0.05) / (low + 0.05);
            assert!(contrast >= 4.5, "{name} {colour}: {contrast:.2}");
        }
    }
}

/// Says that a test was not run; past the harness, which keeps what passing tests print to itself.
fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
}

#[test]
fn incidents_that_overlap_are_marked() {
    let entries = fixture::entries();
    let (one, other) = (entries[0].as_ref(), entries[1].as_ref());
    let overlaps =
        |entries: &[&Entry]| build::timeline(entries, clock(), false).tracks.iter().map(|track| track.overlaps).collect::<Vec<_>>();
    assert_eq!(overlaps(&[one, other]), [false, false]);
    assert_eq!(overlaps(&[one, other, one]), [false, true, true]);
}

/// The browser that is named, else one of the usual names.
fn browser() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("SEVLINE_BROWSER") {
        return Some(named.into());
    }
    let runs = |name: &&&str| Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    ["chromium", "chromium-browser", "google-chrome"].iter().find(runs).map(PathBuf::from)
}

/// What headless Chromium makes of a file.
fn opened(browser: &Path, folder: &Path, args: &[&str], file: &Path) -> String {
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"])
        .args(["--disable-component-update", "--disable-sync", "--window-size=1100,800"])
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .args(args)
        .arg(format!("file://{}", file.display()))
        .stderr(Stdio::null())
        .output()
        .unwrap();
    assert!(output.status.success(), "{} {args:?}", file.display());
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_browser_opens_pictures_and_pages() {
    let Some(browser) = browser() else {
        skipped("no Chromium is installed; install it, or name one in SEVLINE_BROWSER");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let entries = fixture::entries();
    let mut entries: Vec<&Entry> = entries.iter().map(AsRef::as_ref).collect();
    let hostile = saying("</text><script>document.title='owned'</script>\"'>&amp;");
    entries.push(&hostile);
    for (at, chart) in charts(&entries).iter().enumerate() {
        for (draw, form) in [(svg as fn(&Chart) -> String, "svg"), (page, "html")] {
            let file = folder.path().join(format!("{at}.{form}"));
            std::fs::write(&file, draw(chart)).unwrap();
            let tree = opened(&browser, folder.path(), &["--dump-dom"], &file);
            assert!(!tree.contains("parsererror") && !tree.contains("<title>owned"), "{at}.{form}: {tree}");
            let drawn = if form == "svg" { "role=\"img\"" } else { "tabindex=\"0\"" };
            assert_eq!(tree.matches(drawn).count(), draw(chart).matches(drawn).count(), "{at}.{form}");
        }
    }
    for name in ["0.svg", "3.html"] {
        let picture = folder.path().join(format!("{name}.png"));
        opened(&browser, folder.path(), &[&format!("--screenshot={}", picture.display())], &folder.path().join(name));
        let bytes = std::fs::read(&picture).unwrap();
        // An empty page of this size takes about five thousand bytes.
        assert!(bytes.starts_with(b"\x89PNG") && bytes.len() > 10_000, "{name}: {} bytes", bytes.len());
    }
}

#[test]
fn a_picture_says_only_what_is_there() {
    let entries = fixture::entries();
    let one = build::timeline(&[entries[0].as_ref()], clock(), false);
    assert!(!svg(&one).contains("the table"));
    assert!(!page(&one).contains('`'));
    // Words that stand within longer ones are not told again.
    let told = one.tables.iter().flat_map(|table| &table.rows).flatten().filter(|cell| cell.contains('“'));
    for cell in told {
        let words: Vec<_> = cell.split('“').skip(1).map(|words| words.trim_end_matches(['”', ' '])).collect();
        assert!(
            words.iter().enumerate().all(|(at, one)| words.iter().enumerate().all(|(other, more)| at == other || !more.contains(one))),
            "{cell}"
        );
    }
}
