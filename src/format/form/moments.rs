//! The moments of a record as labelled values.

use super::Slot;
use super::apply::Record;
use super::path::Path;
use super::posts::line_of;
use super::stamp::{self, moment_of};
use crate::document::{IncidentKind, Text};
use crate::format::tree::{Value, words_of};

/// The moments of a record, by the labels that a report gives them.
pub(super) const MOMENTS: [(Slot, &str); 9] = [
    (Slot::Start, "start"),
    (Slot::PlannedFrom, "start"),
    (Slot::Detected, "detected"),
    (Slot::Acknowledged, "acknowledged"),
    (Slot::Identified, "identified at"),
    (Slot::Mitigated, "mitigated"),
    (Slot::End, "end"),
    (Slot::PlannedTo, "end"),
    (Slot::Resolved, "resolved"),
];

impl<'n, 'a> Record<'_, 'n, 'a> {
    /// Whether one of several values of a slot is empty.
    fn goes_on(&self, slot: Slot) -> bool {
        let several = |path: &Path| {
            let found: Vec<_> = self.nodes.iter().flat_map(|node| path.find(node)).collect();
            found.len() > 1 && found.iter().any(|(_, node)| node.value == Value::Null)
        };
        self.form.paths(slot).iter().any(several)
    }

    /// Labelled moments: of several the earliest start and the latest end.
    pub(super) fn moments(&mut self) {
        let zone = self.words(Slot::Zone);
        let planned = self.report.kind == IncidentKind::Maintenance;
        for (slot, label) in MOMENTS {
            // One part that goes on is an end that is not told.
            let open = matches!(slot, Slot::End | Slot::PlannedTo) && self.goes_on(slot);
            let own = match slot {
                _ if open => Vec::new(),
                // Work that was done at a time is told by that time.
                Slot::PlannedFrom if !self.all(Slot::Start).is_empty() => Vec::new(),
                Slot::PlannedTo if !self.all(Slot::End).is_empty() => Vec::new(),
                // That it was entered into the list is no sign that anybody noticed.
                Slot::Detected if planned => Vec::new(),
                _ => self.all(slot),
            };
            // A day and a clock in columns of their own are one moment.
            if let Some((key, text)) = self.in_two(slot).filter(|_| !own.is_empty()) {
                self.label(label, zone_of(key).or(zone.as_ref().map(|zone| zone.as_str())), text);
                continue;
            }
            let mut told = own.iter().filter_map(|(key, node)| Some((*key, moment_of(node)?)));
            let told = match slot {
                Slot::Start | Slot::PlannedFrom => told.min_by(|a, b| a.1.as_str().cmp(b.1.as_str())),
                Slot::End | Slot::PlannedTo => told.max_by(|a, b| a.1.as_str().cmp(b.1.as_str())),
                _ => told.next(),
            };
            let Some((key, text)) = told else { continue };
            let named = zone.as_ref().map(|zone| zone.as_str());
            match named.and_then(|zone| stamp::in_zone(&text, zone)) {
                Some(zoned) => self.label(label, None, zoned),
                None => self.label(label, zone_of(key).or(named), text),
            }
        }
        if let Some((key, range)) = self.all(Slot::Window).first()
            && let Some(range) = range.text().filter(|range| stamp::is_range(range.as_str()))
        {
            self.label("window", zone_of(*key).or(zone.as_ref().map(|zone| zone.as_str())), range.clone());
        }
        if let Some(day) = self.all(Slot::Day).first().and_then(|(_, day)| moment_of(day)) {
            self.label("date", None, day);
        }
    }

    /// The moment of a slot whose day is one value and whose clock another, with the key of the clock.
    fn in_two(&self, slot: Slot) -> Option<(Option<&'n Text<'a>>, Text<'a>)> {
        let [_] = self.nodes else { return None };
        let mut values = self.form.paths(slot).iter().flat_map(|path| self.at(path)).filter_map(|(key, node)| Some((key, node.text()?)));
        let (first, second) = (values.next()?, values.next()?);
        let (day, (key, clock)) = if stamp::is_clock(first.1.as_str()) { (second.1, first) } else { (first.1, second) };
        (stamp::is_clock(clock.as_str()) && stamp::is_day(day.as_str())).then(|| (key, line_of(day, clock)))
    }
}

/// The zone in the key of a moment: "Start (UTC)", "start_time_utc".
fn zone_of<'t>(key: Option<&'t Text<'_>>) -> Option<&'t str> {
    let key = key?.as_str();
    let (words, behind) = words_of(key);
    let last = words.rsplit(' ').next().unwrap_or_default();
    behind.or(match last {
        "utc" | "gmt" if words.len() > 3 => Some("UTC"),
        _ => None,
    })
}
