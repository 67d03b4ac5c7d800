//! From several incidents to a chart that lays them over each other, with where their time went and the differences of their
//! lengths.

use super::build::{marks, moments, notes, spans, value};
use super::chart::{Axis, Chart, Column, Forms, Panel, Span, Table, Told, Track};
use super::told::{Sources, Teller};
use crate::app::compare::label::listed;
use crate::app::compare::{Align, Comparison, Side};
use crate::app::lanes::Bar;
use crate::app::measures::Kind;
use crate::app::parts::{Length, Part, Piece};
use crate::app::scale::Scale;
use crate::app::show::{self, Clock};
use crate::app::viewport::Range;
use crate::library::Entry;

/// What a pale bar means that stands for several parts.
const NOT_TOLD: &str = "not split by milestones";

/// Incidents side by side. `base` is the place of the one that the others are measured against.
pub fn compare(entries: &[&Entry], align: Align, base: Option<usize>, clock: Clock) -> Chart {
    let mut comparison = Comparison::of(entries.iter().enumerate().map(|(at, entry)| (at, entry.incident())), align);
    comparison.base = base.unwrap_or(comparison.base);
    let (mut tracks, mut told, mut sources) = (Vec::new(), Vec::new(), Sources::default());
    for (side, entry) in comparison.sides.iter().zip(entries) {
        let (teller, value) = (Teller::new(entry, clock, &mut sources), value(&entry.incident()));
        let lanes = lanes(side, &teller, value);
        let of = |lane: &Track| (lane.bars.clone(), lane.marks.clone());
        let (bars, marks): (Vec<_>, Vec<_>) = lanes.iter().map(of).unzip();
        told.push(Track { name: side.letter.to_string(), bars: bars.concat(), marks: marks.concat(), ..Track::default() });
        tracks.extend(lanes);
    }
    let axis = match align {
        Align::Calendar => Axis::Clock(clock, Scale::Even),
        Align::Stretched => Axis::Stretched,
        Align::Start | Align::Detection | Align::Mitigation => Axis::Relative,
    };
    let mut moments = moments(&told, true);
    moments.forms = Forms::Page;
    Chart {
        title: format!("{} incidents, {}", entries.len(), align.name()),
        facts: facts(&comparison),
        axis,
        range: comparison.range,
        notes: notes(&tracks),
        tracks,
        more: Some(spent(&comparison)),
        tables: vec![parts(&comparison), table(&comparison), moments],
    }
}

/// What is found first, who is who, and what is missing.
fn facts(comparison: &Comparison) -> Vec<String> {
    let who = |(at, side): (usize, &Side)| {
        let base = if at == comparison.base { "the base" } else { "" };
        let parts = [side.title.as_str(), &side.note, base].into_iter().filter(|part| !part.is_empty());
        format!("{}: {}", side.letter, parts.collect::<Vec<_>>().join(" · "))
    };
    let sentences = [comparison.sentence(), comparison.without_moment()].into_iter().flatten().map(|words| format!("{words}."));
    sentences.chain(comparison.sides.iter().enumerate().map(who)).collect()
}

/// What was felt, what was done and what happened, each on lines of its own.
fn lanes(side: &Side, teller: &Teller, value: String) -> Vec<Track> {
    let first = Track { name: side.label(), value, ..Track::default() };
    let Some(scale) = &side.scale else {
        return vec![Track { note: side.note.clone(), empty: Some("the report does not tell this moment"), ..first }];
    };
    let place = |at: i64| scale.place(at);
    let until = side.lanes.known_until.unwrap_or(i64::MIN);
    let row = |row: &Vec<Bar>| Track { bars: spans(row, teller, until, &place), ..Track::default() };
    let mut tracks: Vec<_> = side.lanes.impact.iter().chain(&side.lanes.response).map(row).collect();
    let marks = marks(&side.lanes, teller, &place);
    if !marks.is_empty() {
        tracks.push(Track { marks, ..Track::default() });
    }
    if side.lanes.impact.is_empty() {
        tracks.insert(0, Track { empty: Some("the report does not tell the impact"), ..Track::default() });
    }
    if let Some(track) = tracks.first_mut() {
        (track.name, track.value) = (first.name, first.value);
    }
    let below = if tracks.len() > 1 { 1 } else { 0 };
    if let Some(track) = tracks.get_mut(below) {
        track.note = side.note.clone();
    }
    tracks
}

/// One bar an incident on a common scale, cut into its parts.
fn spent(comparison: &Comparison) -> Panel {
    let longest = comparison.sides.iter().map(|side| side.parts.whole()).fold(1.0, f64::max);
    let span = |bar: Bar| Span {
        told: Told { what: bar.label.clone(), basis: bar.certainty.name().into(), ..Told::default() },
        start: bar.start,
        end: bar.end,
        known_until: i64::MAX,
        kind: bar.kind,
        label: bar.label,
        certainty: bar.certainty,
        rest: bar.rest,
        joined: bar.joined,
    };
    let track = |side: &Side| {
        let bars: Vec<_> = side.parts.bars(|piece| format!("{} {}", piece.name(), piece.length())).into_iter().map(span).collect();
        let empty = bars.is_empty().then_some("no milestone has a time");
        let value = side.parts.total().unwrap_or_default();
        Track { name: side.letter.to_string(), value, bars, empty, ..Track::default() }
    };
    let pieces = || comparison.sides.iter().flat_map(|side| side.parts.pieces()).filter(|piece| piece.minutes() > 0.0);
    let pale = pieces().any(|piece| piece.part().is_none()).then(|| format!("Pale: {NOT_TOLD}."));
    let posted: Vec<_> = comparison.sides.iter().filter(|side| side.parts.is_posted()).map(|side| side.letter).collect();
    let posted = (!posted.is_empty()).then(|| format!("{} from the first update on: what came before it is not told.", listed(&posted)));
    let notes: Vec<_> = [pale, posted].into_iter().flatten().collect();
    let named = Part::ALL.into_iter().filter(|part| pieces().any(|piece| piece.part() == Some(*part)));
    Panel {
        caption: "Where the time went".into(),
        range: Range { start: 0, end: (longest * 60_000.0) as i64 },
        tracks: comparison.sides.iter().map(track).collect(),
        legend: named.map(|part| (part.kind(), part.name())).collect(),
        note: (!notes.is_empty()).then(|| notes.join(" ")),
    }
}

/// The same in figures.
fn parts(comparison: &Comparison) -> Table {
    let pieces = || comparison.sides.iter().flat_map(|side| side.parts.pieces());
    let shown: Vec<_> = Part::ALL.into_iter().filter(|part| pieces().any(|piece| piece.part() == Some(*part))).collect();
    let rest = pieces().any(|piece| piece.part().is_none());
    let row = |side: &Side| -> Vec<String> {
        let cell = |part: &Part| show::or_missing(side.parts.length(*part).map(Length::text));
        let other = || {
            let told = side.parts.pieces().filter(|piece| piece.part().is_none());
            let told: Vec<_> = told.map(|piece: Piece| format!("{} {}", piece.name(), piece.length())).collect();
            told.join(", ")
        };
        let whole = show::or_missing(side.parts.total());
        let cells = shown.iter().map(cell).chain(rest.then(other)).chain([whole]);
        [side.letter.to_string()].into_iter().chain(cells).collect()
    };
    let head = shown.iter().map(|part| Column::number(part.name())).chain(rest.then(|| Column::words(NOT_TOLD)));
    Table {
        caption: "Where the time went, in figures".into(),
        head: [Column::words("incident")].into_iter().chain(head).chain([Column::number("total")]).collect(),
        rows: comparison.sides.iter().map(row).collect(),
        forms: Forms::All,
    }
}

/// The lengths of each side, and below them the differences to the base.
fn table(comparison: &Comparison) -> Table {
    let (mut rows, kinds) = (Vec::new(), &comparison.kinds);
    for (at, side) in comparison.sides.iter().enumerate() {
        let lengths = kinds.iter().map(|&kind| side.measures.cell(kind));
        rows.push([side.letter.to_string()].into_iter().chain(lengths).collect());
        if at == comparison.base {
            rows.push(["  base".to_owned()].into_iter().chain(kinds.iter().map(|_| String::new())).collect());
            continue;
        }
        let most = comparison.largest(side).map(|(kind, _)| kind);
        let arrow = |kind: Kind| if most == Some(kind) { " ◂" } else { "" };
        let differences = kinds.iter().map(|&kind| format!("{}{}", comparison.cell(side, kind), arrow(kind)));
        rows.push(["  difference".to_owned()].into_iter().chain(differences).collect());
    }
    Table {
        caption: "Lengths and their differences".into(),
        head: [Column::words("incident")].into_iter().chain(kinds.iter().map(|kind| Column::number(kind.name()))).collect(),
        rows,
        forms: Forms::Everywhere,
    }
}
