//! The detail pane: the facts of one incident laid out in lines, one of them selected.

use crate::app::facts::{self, Item};
use crate::app::show::Clock;
use crate::app::step::{Step, keep_in_view};
use crate::app::text;
use crate::incident::Incident;
use std::ops::Range;

/// The cells that labels take, with the gap after them.
pub const LABEL: u16 = 9;

/// A line of the pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A heading over a group of facts.
    Heading(&'static str),
    /// A part of a fact's value.
    Part {
        /// The fact.
        item: usize,
        /// The part of its value.
        range: Range<usize>,
        /// Whether it is the first, beside which the label stands.
        first: bool,
    },
}

/// The facts of the selected incident.
#[derive(Debug, Default)]
pub struct Detail {
    /// The facts.
    pub items: Vec<Item>,
    /// The lines they fill.
    pub lines: Vec<Line>,
    /// The selected fact.
    pub selected: usize,
    /// The first line on screen.
    pub scroll: usize,
}

impl Detail {
    /// The facts of an incident, from the top.
    pub fn of(incident: Option<&Incident>, clock: &Clock, width: u16) -> Self {
        let items = incident.map(|incident| facts::items(incident, clock)).unwrap_or_default();
        let lines = lay_out(&items, width);
        Self { items, lines, ..Self::default() }
    }

    /// The same facts on another clock or at another width; the selection stays.
    pub fn renew(&mut self, incident: Option<&Incident>, clock: &Clock, width: u16, height: usize) {
        let (selected, scroll) = (self.selected, self.scroll);
        *self = Self::of(incident, clock, width);
        (self.selected, self.scroll) = (selected.min(self.items.len().saturating_sub(1)), scroll);
        self.show_selection(height);
    }

    /// The selected fact.
    pub fn item(&self) -> Option<&Item> {
        self.items.get(self.selected)
    }

    /// The label in front of a fact; where it has none, its value is indented less.
    pub fn indent(item: &Item) -> u16 {
        match (item.group, item.label) {
            ("" | "Report", "") => 0,
            (_, "") => 2,
            _ => LABEL,
        }
    }

    /// Moves the selection, but scrolls through a fact that is higher than the pane first.
    pub fn step(&mut self, step: Step, height: usize) {
        let bounds = self.extent(self.selected);
        let bottom = self.scroll + height;
        match step {
            Step::By(by) if by > 0 && bounds.end > bottom => {
                self.scroll = (self.scroll + by.unsigned_abs()).min(bounds.end.saturating_sub(height));
            }
            Step::By(by) if by < 0 && bounds.start < self.scroll => {
                self.scroll = self.scroll.saturating_sub(by.unsigned_abs()).max(bounds.start);
            }
            step => {
                let before = self.selected;
                self.selected = step.from(before, self.items.len());
                self.show_selection(height);
                // Coming from below, a fact higher than the pane is entered at its end.
                let entered = self.extent(self.selected);
                if self.selected < before && matches!(step, Step::By(_)) && entered.len() > height {
                    self.scroll = entered.end.saturating_sub(height);
                }
            }
        }
    }

    /// Moves among the facts that are events; from any other fact to the first or the last of them.
    pub fn step_event(&mut self, step: Step, height: usize) {
        let events: Vec<_> = self.items.iter().enumerate().filter(|(_, item)| item.event.is_some()).map(|(at, _)| at).collect();
        let next = match (events.iter().position(|&at| at == self.selected), step) {
            (Some(at), step) => step.from(at, events.len()),
            (None, Step::Bottom | Step::By(..0)) => events.len().saturating_sub(1),
            (None, _) => 0,
        };
        if let Some(&next) = events.get(next) {
            self.selected = next;
            self.show_selection(height);
        }
    }

    /// Scrolls as little as it takes to see the selected fact, or as much of it as there is room for.
    pub fn show_selection(&mut self, height: usize) {
        let mut bounds = self.extent(self.selected);
        // The heading above a fact belongs to it, where both have room.
        if let Some(above) = bounds.start.checked_sub(1)
            && bounds.len() < height
            && matches!(self.lines.get(above), Some(Line::Heading(_)))
        {
            bounds.start = above;
        }
        self.scroll = keep_in_view(self.scroll, bounds.start, bounds.end.saturating_sub(1), height, self.lines.len());
    }

    /// The lines of a fact.
    fn extent(&self, wanted: usize) -> Range<usize> {
        let is_part = |line: &Line| matches!(line, Line::Part { item, .. } if *item == wanted);
        let start = self.lines.iter().position(is_part).unwrap_or(0);
        let length = self.lines.iter().skip(start).take_while(|line| is_part(line)).count();
        start..start + length
    }
}

fn lay_out(items: &[Item], width: u16) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut group = "";
    for (at, item) in items.iter().enumerate() {
        if item.group != group {
            group = item.group;
            lines.push(Line::Heading(group));
        }
        let room = usize::from(width.saturating_sub(Detail::indent(item)));
        let mut first = true;
        let mut paragraph = 0;
        for text in item.value.split('\n') {
            for row in text::wrap(text, room) {
                let range = paragraph + row.start..paragraph + row.end;
                // Blank lines between paragraphs are not worth the room.
                if first || !text.trim().is_empty() {
                    lines.push(Line::Part { item: at, range, first });
                }
                first = false;
            }
            paragraph += text.len() + 1;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::show::Zone;
    use crate::fixture;

    fn detail(width: u16) -> Detail {
        let clock = Clock::new(Zone::Utc, fixture::local);
        Detail::of(fixture::entries().first().map(|entry| &entry.incident), &clock, width)
    }

    #[test]
    fn every_fact_can_be_reached_and_is_then_in_view() {
        for (width, height) in [(36, 9), (20, 3), (1, 1), (120, 40)] {
            let mut detail = detail(width);
            let mut seen = vec![false; detail.items.len()];
            for _ in 0..detail.lines.len() * 2 {
                if let Some(seen) = seen.get_mut(detail.selected) {
                    *seen = true;
                }
                let extent = detail.extent(detail.selected);
                assert!(extent.start < detail.scroll + height && extent.end > detail.scroll, "{width}x{height}");
                detail.step(Step::By(1), height);
            }
            assert!(seen.iter().all(|seen| *seen));
            for _ in 0..detail.lines.len() * 2 {
                detail.step(Step::By(-1), height);
            }
            assert_eq!((detail.selected, detail.scroll), (0, 0));
        }
    }

    #[test]
    fn a_long_fact_is_scrolled_through_line_by_line() {
        let mut detail = detail(24);
        let cause = detail.items.iter().position(|item| item.label == "cause").unwrap();
        detail.selected = cause;
        detail.show_selection(3);
        let extent = detail.extent(cause);
        assert!(extent.len() > 3);
        assert_eq!(detail.scroll, extent.start);
        detail.step(Step::By(1), 3);
        assert_eq!((detail.selected, detail.scroll), (cause, extent.start + 1));
    }

    #[test]
    fn facts_lead_to_their_words() {
        let detail = detail(40);
        let cited = detail.items.iter().filter(|item| !item.cites.is_empty()).count();
        assert!(cited > detail.items.len() / 2);
        assert!(detail.items.iter().any(|item| item.group == "Findings" && !item.cites.is_empty()));
    }
}
