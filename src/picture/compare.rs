//! From several incidents to a chart that lays them over each other, with the differences of their lengths.

use super::build::{marks, moments, notes, spans, value};
use super::chart::{Axis, Chart, Column, Forms, Table, Track};
use super::told::{Sources, Teller};
use crate::app::compare::{Align, Comparison, Side};
use crate::app::measures::Kind;
use crate::app::show::Clock;
use crate::library::Entry;

/// Incidents side by side. `base` is the place of the one that the others are measured against.
pub fn compare(entries: &[&Entry], align: Align, base: Option<usize>, clock: Clock) -> Chart {
    let mut comparison = Comparison::of(entries.iter().enumerate().map(|(at, entry)| (at, entry.incident())), align);
    comparison.base = base.unwrap_or(comparison.base);
    let (mut tracks, mut sources) = (Vec::new(), Sources::default());
    for (side, entry) in comparison.sides.iter().zip(entries) {
        let mut track = Track { name: side.name.clone(), note: side.note.clone(), value: value(&entry.incident()), ..Track::default() };
        match &side.scale {
            Some(scale) => {
                let (lanes, teller) = (&side.lanes, Teller::new(entry, clock, &mut sources));
                let place = |at: i64| scale.place(at);
                track.bars = spans(lanes.impact.iter().flatten(), &teller, lanes.known_until.unwrap_or(i64::MIN), &place);
                track.marks = marks(lanes, &teller, &place);
            }
            None => track.empty = Some("the report does not tell this moment"),
        }
        tracks.push(track);
    }
    let mut notes = notes(&tracks);
    notes.extend(told(&comparison));
    let axis = match align {
        Align::Calendar => Axis::Clock(clock),
        Align::Stretched => Axis::Stretched,
        Align::Start | Align::Detection | Align::Mitigation => Axis::Relative,
    };
    let title = format!("{} incidents, {}", entries.len(), align.name());
    let mut moments = moments(&tracks, true);
    moments.forms = Forms::Page;
    let base = comparison.sides.get(comparison.base).map(|base| format!("Differences are to {}.", base.name));
    let facts = base.into_iter().collect();
    Chart { title, facts, axis, range: comparison.range, tracks, tables: vec![table(&comparison), moments], notes }
}

/// The lengths of each side, and below them the differences to the base.
fn table(comparison: &Comparison) -> Table {
    let (mut rows, kinds) = (Vec::new(), &comparison.kinds);
    for (at, side) in comparison.sides.iter().enumerate() {
        let lengths = kinds.iter().map(|&kind| side.measures.cell(kind));
        rows.push([side.name.clone()].into_iter().chain(lengths).collect());
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

/// The largest difference of all in words, then that of each other side.
fn told(comparison: &Comparison) -> Vec<String> {
    let largest = comparison.largest_of_all();
    let rest = comparison.others().filter(|side| largest.is_none_or(|(most, _)| most.id != side.id));
    let words = |side: &Side| comparison.in_words(side, comparison.largest(side)?.0, usize::MAX);
    let mut told: Vec<_> = comparison.verdict(usize::MAX).into_iter().chain(rest.filter_map(words)).collect();
    told.iter_mut().filter(|line| !line.ends_with('.')).for_each(|line| line.push('.'));
    told
}
