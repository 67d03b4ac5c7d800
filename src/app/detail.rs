//! The detail pane: the facts of one incident laid out in lines, one of them selected.

use crate::app::facts::{self, Item, Tab};
use crate::app::find::Find;
use crate::app::reader::Reader;
use crate::app::show::Clock;
use crate::app::standing::Standing;
use crate::app::step::{Step, keep_in_view};
use crate::app::text;
use crate::library::Entry;
use std::ops::Range;

/// The cells that labels take, with the gap after them.
pub const LABEL: u16 = 9;

/// From so many cells on all values begin in one column, however long a label is; on fewer a longer one moves its own only.
const ROOMY: u16 = 50;

/// A line of the pane: a part of a fact's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The fact.
    pub item: usize,
    /// The part of its value.
    pub range: Range<usize>,
    /// Whether it is the first, beside which the label stands.
    pub first: bool,
    /// How many more of a list it counts that have no room.
    pub more: usize,
    /// Whether it shows where the time went, and no words.
    pub parts: bool,
}

/// The facts of the selected incident.
#[derive(Debug, Default)]
pub struct Detail {
    /// The part that is shown.
    pub tab: Tab,
    /// The facts of all parts.
    pub items: Vec<Item>,
    /// The report's own words, once they are looked at.
    pub reader: Option<Reader>,
    /// The lines that the facts of the tab fill.
    pub lines: Vec<Line>,
    /// The selected fact.
    pub selected: usize,
    /// The first line on screen.
    pub scroll: usize,
    width: u16,
    /// The cells that labels take in this tab.
    labels: u16,
}

impl Detail {
    /// The facts of an incident, from the top of a tab.
    pub fn of(entry: Option<&Entry>, clock: &Clock, standing: &Standing, width: u16, tab: Tab) -> Self {
        let items = entry.map(|entry| facts::items(entry, clock, standing)).unwrap_or_default();
        let mut detail = Self { items, width, ..Self::default() };
        detail.show(tab);
        detail
    }

    /// Shows another tab, from its top.
    pub fn show(&mut self, tab: Tab) {
        self.tab = tab;
        self.labels = labels(&self.items, tab, self.width);
        self.lines = lay_out(&self.items, tab, (self.width, self.labels));
        (self.selected, self.scroll) = (self.of_tab().start, 0);
    }

    /// Shows the tab to the right or left; tells whether there is one.
    pub fn turn(&mut self, right: bool) -> bool {
        let at = Tab::ALL.iter().position(|&tab| tab == self.tab).unwrap_or(0);
        let next = if right { at.checked_add(1) } else { at.checked_sub(1) };
        let next = next.and_then(|next| Tab::ALL.get(next)).copied();
        next.map(|tab| self.show(tab)).is_some()
    }

    /// The places of the tab's facts among all.
    pub fn of_tab(&self) -> Range<usize> {
        let start = self.items.iter().position(|item| item.tab == self.tab).unwrap_or(self.items.len());
        let count = self.items.iter().filter(|item| item.tab == self.tab).count();
        start..start + count
    }

    /// Of the facts in this tab that hold what is looked for the selected one, counted from 1, and how many there are.
    pub fn matches(&self, find: &Find) -> (Option<usize>, usize) {
        let found: Vec<_> = self.of_tab().filter(|&at| self.items.get(at).is_some_and(|item| find.is_in(&item.value))).collect();
        (found.iter().position(|&at| at == self.selected).map(|at| at + 1), found.len())
    }

    /// How many facts a tab has.
    pub fn count(&self, tab: Tab) -> usize {
        self.items.iter().filter(|item| item.tab == tab).count()
    }

    /// Selects a fact, whichever tab it is in.
    pub fn select(&mut self, item: usize, height: usize) {
        let Some(tab) = self.items.get(item).map(|item| item.tab) else { return };
        if tab != self.tab {
            self.show(tab);
        }
        self.selected = item;
        self.show_selection(height);
    }

    /// Selects the next or previous fact of the tab that holds what is looked for, around the ends; tells whether any does.
    pub fn next_match(&mut self, find: &Find, forward: bool, height: usize) -> bool {
        let tab = self.of_tab();
        let matching: Vec<_> = tab.filter(|&at| self.items.get(at).is_some_and(|item| find.is_in(&item.value))).collect();
        let found = if forward {
            matching.iter().find(|&&at| at > self.selected).or(matching.first())
        } else {
            matching.iter().rev().find(|&&at| at < self.selected).or(matching.last())
        };
        let Some(&found) = found else { return false };
        self.selected = found;
        self.show_selection(height);
        true
    }

    /// The same facts on another clock or at another width; the selection stays.
    pub fn renew(&mut self, entry: Option<&Entry>, clock: &Clock, standing: &Standing, (width, height): (u16, usize)) {
        let label = self.items.get(self.selected).map(|item| item.label);
        let (selected, scroll, reader) = (self.selected, self.scroll, self.reader.take());
        *self = Self { reader, ..Self::of(entry, clock, standing, width, self.tab) };
        (self.selected, self.scroll) = (selected.min(self.items.len().saturating_sub(1)), scroll);
        // Something said of the incident may stand before what is selected now.
        if self.items.get(self.selected).map(|item| item.label) != label {
            self.selected = self.of_tab().find(|&at| self.items.get(at).map(|item| item.label) == label).unwrap_or(self.selected);
        }
        self.show_selection(height);
    }

    /// The selected fact.
    pub fn item(&self) -> Option<&Item> {
        self.items.get(self.selected).filter(|item| item.tab == self.tab)
    }

    /// The cells in front of a fact.
    pub fn indent(&self, item: &Item) -> u16 {
        indent(item, self.labels)
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
                let tab = self.of_tab();
                self.selected = tab.start + step.from(before.saturating_sub(tab.start), tab.len());
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
            self.select(next, height);
        }
    }

    /// Selects the fact that tells of an event.
    pub fn select_event(&mut self, event: usize, height: usize) {
        if let Some(at) = self.items.iter().position(|item| item.event == Some(event)) {
            self.select(at, height);
        }
    }

    /// Scrolls as little as it takes to see the selected fact, or as much of it as there is room for.
    pub fn show_selection(&mut self, height: usize) {
        let bounds = self.extent(self.selected);
        self.scroll = keep_in_view(self.scroll, bounds.start, bounds.end.saturating_sub(1), height, self.lines.len());
    }

    /// The lines of a fact.
    fn extent(&self, wanted: usize) -> Range<usize> {
        let is_part = |line: &Line| line.item == wanted;
        let start = self.lines.iter().position(is_part).unwrap_or(0);
        let length = self.lines.iter().skip(start).take_while(|line| is_part(line)).count();
        start..start + length
    }
}

fn lay_out(items: &[Item], tab: Tab, (width, labels): (u16, u16)) -> Vec<Line> {
    let mut lines = Vec::new();
    for (at, item) in items.iter().enumerate().filter(|(_, item)| item.tab == tab) {
        let room = usize::from(width.saturating_sub(indent(item, labels)));
        let mut first = true;
        if item.parts.is_some() {
            lines.push(Line { item: at, range: 0..0, first, more: 0, parts: true });
            first = false;
        }
        if let Some(most) = item.most.filter(|most| text::wrap(&item.value, room).len() > *most) {
            lines.extend(shortened(&item.value, at, most, room));
            continue;
        }
        let mut paragraph = 0;
        for text in item.value.split('\n') {
            for row in text::wrap(text, room) {
                let range = paragraph + row.start..paragraph + row.end;
                // Blank lines between paragraphs are not worth the room.
                if first || !text.trim().is_empty() {
                    lines.push(Line { item: at, range, first, more: 0, parts: false });
                }
                first = false;
            }
            paragraph += text.len() + 1;
        }
    }
    lines
}

/// The cells of the labels of a tab.
fn labels(items: &[Item], tab: Tab, width: u16) -> u16 {
    let longest = items.iter().filter(|item| item.tab == tab && width >= ROOMY).map(|item| item.label.len() + 1).max();
    longest.and_then(|longest| u16::try_from(longest).ok()).unwrap_or(LABEL).max(LABEL)
}

/// The cells in front of a fact; a label that is longer than others keeps its gap.
fn indent(item: &Item, labels: u16) -> u16 {
    let label = u16::try_from(item.label.len() + 1).unwrap_or(labels);
    if item.label.is_empty() { 0 } else { label.max(labels) }
}

/// The first so many lines of a list; the last counts what has no room.
fn shortened(value: &str, item: usize, most: usize, room: usize) -> Vec<Line> {
    let rows = text::wrap(value, room);
    let mut lines: Vec<_> = rows
        .iter()
        .take(most)
        .enumerate()
        .map(|(at, row)| Line { item, range: row.clone(), first: at == 0, more: 0, parts: false })
        .collect();
    if let Some(last) = lines.last_mut() {
        // Names are whole: it is cut behind one, with room for the count.
        let start = last.range.start;
        let ends = value.get(start..).unwrap_or_default().match_indices(", ").map(|(at, _)| start + at);
        let fits = |end: &usize| text::width(value.get(start..*end).unwrap_or_default()) + 10 <= room;
        let end = ends.take_while(fits).last().unwrap_or(start);
        last.more = value.get(end..).unwrap_or_default().matches(", ").count() + usize::from(end == start);
        last.range = start..end;
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
        Detail::of(fixture::entries().first().map(AsRef::as_ref), &clock, &Standing::default(), width, Tab::Summary)
    }

    #[test]
    fn every_fact_can_be_reached_and_is_then_in_view() {
        for (width, height) in [(36, 9), (20, 3), (1, 1), (120, 40)] {
            let mut detail = detail(width);
            let mut seen = vec![false; detail.count(Tab::Summary)];
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
        assert!(detail.items.iter().any(|item| item.tab == Tab::Checks && !item.cites.is_empty()));
    }

    #[test]
    fn of_a_long_list_two_lines_are_shown_and_the_rest_is_counted() {
        let names = (1..=30).map(|at| format!("Service {at}")).collect::<Vec<_>>().join(", ");
        let shown = |room| {
            let lines = shortened(&names, 0, 2, room);
            // A name may go on in the next line.
            let words = &names[lines[0].range.start..lines[1].range.end];
            let told = words.split(", ").filter(|name| !name.is_empty()).count();
            (lines.len(), told + lines.last().unwrap().more)
        };
        for room in [24, 30, 50, 90] {
            assert_eq!(shown(room), (2, 30), "{room}");
        }
    }

    #[test]
    fn every_tab_shows_its_own_facts() {
        let mut detail = detail(40);
        let mut seen = Vec::new();
        loop {
            seen.push((detail.tab, detail.of_tab().len()));
            assert!(detail.lines.iter().all(|line| detail.items[line.item].tab == detail.tab));
            if !detail.turn(true) {
                break;
            }
        }
        assert_eq!(seen.iter().map(|(tab, _)| *tab).collect::<Vec<_>>(), Tab::ALL);
        assert_eq!(seen.iter().skip(1).map(|(_, count)| *count).collect::<Vec<_>>(), [8, 2, 1, 0]);
        assert_eq!(detail.item(), None);
        detail.select_event(2, 5);
        assert_eq!((detail.tab, detail.item().unwrap().event), (Tab::Events, Some(2)));
        assert!(detail.turn(false) && !detail.turn(false));
    }

    #[test]
    fn goes_to_the_facts_that_hold_what_is_looked_for() {
        let mut detail = detail(40);
        let find = Find::new("calendar");
        let mut labels = Vec::new();
        for _ in 0..4 {
            assert!(detail.next_match(&find, true, 9));
            labels.push(detail.item().unwrap().label);
        }
        assert_eq!(labels, ["services", "cause", "summary", ""]);
        assert!(detail.next_match(&find, false, 9));
        assert_eq!(detail.item().unwrap().label, "summary");
        assert!(!detail.next_match(&Find::new("zebra"), true, 9));
    }
}
