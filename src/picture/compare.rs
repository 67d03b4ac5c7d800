//! From several incidents to a chart that lays them over each other, with the differences of their lengths.

use super::build::{marks, moments, notes, spans, value};
use super::chart::{Axis, Chart, Column, Forms, Table, Track};
use super::told::Teller;
use crate::app::compare::{Align, Comparison, Difference, Side};
use crate::app::measures::{Kind, Measure};
use crate::app::show::{self, Clock};
use crate::library::Entry;

/// Incidents side by side. `base` is the place of the one that the others are measured against.
pub fn compare(entries: &[&Entry], align: Align, base: Option<usize>, clock: Clock) -> Chart {
    let mut comparison = Comparison::of(entries.iter().enumerate().map(|(at, entry)| (at, entry.incident())), align);
    comparison.base = base.unwrap_or(comparison.base);
    let mut tracks = Vec::new();
    for (side, entry) in comparison.sides.iter().zip(entries) {
        let mut track = Track { name: side.name.clone(), note: side.note.clone(), value: value(&entry.incident()), ..Track::default() };
        match &side.scale {
            Some(scale) => {
                let (lanes, teller) = (&side.lanes, Teller::new(entry, clock));
                let place = |at: i64| scale.place(at);
                track.bars = spans(lanes.impact.iter().flatten(), &teller, lanes.known_until.unwrap_or(i64::MIN), &place);
                track.marks = marks(lanes, &teller, &place);
            }
            None => track.empty = Some("the report does not tell this moment"),
        }
        tracks.push(track);
    }
    let mut notes = notes(&tracks);
    notes.extend(named(&comparison));
    let axis = if align == Align::Calendar { Axis::Clock(clock) } else { Axis::Relative };
    let title = format!("{} incidents, {}", entries.len(), align.name());
    let mut moments = moments(&tracks, true);
    moments.forms = Forms::Page;
    let base = comparison.sides.get(comparison.base).map(|base| format!("Differences are to {}.", base.name));
    let facts = base.into_iter().collect();
    Chart { title, facts, axis, range: comparison.range, tracks, tables: vec![table(&comparison), moments], notes }
}

/// The lengths of each side, and below them the differences to the base.
fn table(comparison: &Comparison) -> Table {
    let mut rows = Vec::new();
    for (at, side) in comparison.sides.iter().enumerate() {
        let length = |&kind: &Kind| show::or_missing(side.measures.get(kind).map(Measure::text));
        let base = if at == comparison.base { " (base)" } else { "" };
        rows.push([format!("{}{base}", side.name)].into_iter().chain(Kind::METRICS.iter().map(length)).collect());
        if at == comparison.base {
            continue;
        }
        let most = most(comparison, side);
        let difference = |&kind: &Kind| {
            let arrow = if most == Some(kind) { " ◂" } else { "" };
            let text = |by: Difference| format!("{}{}{arrow}", show::marks(by.certainty, false), show::difference(by.minutes));
            show::or_missing(comparison.difference(side, kind).map(text))
        };
        rows.push(["  difference".to_owned()].into_iter().chain(Kind::METRICS.iter().map(difference)).collect());
    }
    Table {
        caption: "Lengths and their differences".into(),
        head: [Column::words("incident")].into_iter().chain(Kind::METRICS.map(|kind| Column::number(kind.name()))).collect(),
        rows,
        forms: Forms::All,
    }
}

/// The largest difference of each side, in words.
fn named(comparison: &Comparison) -> Vec<String> {
    let Some(base) = comparison.sides.get(comparison.base) else { return Vec::new() };
    let others = comparison.sides.iter().enumerate().filter(|(at, _)| *at != comparison.base);
    let word = |(_, side): (usize, &Side)| {
        let kind = most(comparison, side)?;
        let by = comparison.difference(side, kind)?.minutes;
        let than = if by > 0.0 { "more" } else { "less" };
        Some(format!("{}: {} took {} {than} than {}.", side.name, kind.name(), show::minutes(by.abs()), base.name))
    };
    others.filter_map(word).collect()
}

/// The length of those in the table that differs most from the base's.
fn most(comparison: &Comparison, side: &Side) -> Option<Kind> {
    comparison.largest_of(side, &Kind::METRICS).map(|(kind, _)| kind)
}
