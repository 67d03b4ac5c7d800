//! From several incidents to a chart that lays them over each other, with the differences of their lengths.

use super::build::{marks, moments, notes, spans, value};
use super::chart::{Axis, Chart, Column, Forms, Table, Track};
use super::told::Teller;
use crate::app::compare::{Align, Comparison, largest};
use crate::app::lanes::Lanes;
use crate::app::measures::{self, Measure};
use crate::app::show::{self, Clock};
use crate::app::viewport::millis;
use crate::incident::Certainty;
use crate::library::Entry;

/// Incidents side by side. `base` is the place of the one that the others are measured against.
pub fn compare(entries: &[&Entry], align: Align, base: Option<usize>, clock: Clock) -> Chart {
    let mut comparison = Comparison::of(entries.iter().enumerate().map(|(at, entry)| (at, &entry.incident)), align);
    comparison.base = base.unwrap_or(comparison.base);
    let mut tracks = Vec::new();
    for (side, entry) in comparison.sides.iter().zip(entries) {
        let mut track = Track { name: side.name.clone(), note: side.note.clone(), value: value(&entry.incident), ..Track::default() };
        match align.moment(&entry.incident).map(millis) {
            Some(origin) if side.lanes.is_some() => {
                let (lanes, teller) = (Lanes::of(&entry.incident, 0), Teller::new(entry, clock));
                let place = |at: i64| at.saturating_sub(origin);
                track.bars = spans(lanes.impact.iter().flatten(), &teller, lanes.known_until.unwrap_or(origin), &place);
                track.marks = marks(&lanes, &teller, &place);
            }
            _ => track.empty = Some("the report does not tell this moment"),
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
        let lengths = side.measures.map(|measure| show::or_missing(measure.map(Measure::text)));
        let base = if at == comparison.base { " (base)" } else { "" };
        rows.push([format!("{}{base}", side.name)].into_iter().chain(lengths).collect());
        if at == comparison.base {
            continue;
        }
        let differences = comparison.differences(side);
        let most = largest(&differences);
        let base = comparison.sides.get(comparison.base);
        let text = |(at, by): (usize, Option<f64>)| {
            let inferred = |side: &crate::app::compare::Side| {
                side.measures.get(at).copied().flatten().is_some_and(|measure| measure.certainty == Certainty::Inferred)
            };
            let mark = if inferred(side) || base.is_some_and(inferred) { show::INFERRED } else { "" };
            let arrow = if most == Some(at) { " ◂" } else { "" };
            show::or_missing(by.map(|by| format!("{mark}{}{arrow}", show::difference(by))))
        };
        rows.push(["  difference".to_owned()].into_iter().chain(differences.into_iter().enumerate().map(text)).collect());
    }
    Table {
        caption: "Lengths and their differences".into(),
        head: [Column::words("incident")].into_iter().chain(measures::NAMES.map(Column::number)).collect(),
        rows,
        forms: Forms::All,
    }
}

/// The largest difference of each side, in words.
fn named(comparison: &Comparison) -> Vec<String> {
    let Some(base) = comparison.sides.get(comparison.base) else { return Vec::new() };
    let others = comparison.sides.iter().enumerate().filter(|(at, _)| *at != comparison.base);
    let word = |(_, side): (usize, &crate::app::compare::Side)| {
        let differences = comparison.differences(side);
        let at = largest(&differences)?;
        let (name, by) = (measures::NAMES.get(at)?, differences.get(at).copied().flatten()?);
        let than = if by > 0.0 { "more" } else { "less" };
        Some(format!("{}: {name} took {} {than} than {}.", side.name, show::minutes(by.abs()), base.name))
    };
    others.filter_map(word).collect()
}
