//! The statistics of what is shown, in sections of lines: which are on the screen, and where the selected line leads.

mod lines;
pub mod tabs;

pub use lines::{Bar, Line, Part, Target};

use crate::app::layout::inner;
use crate::app::list::List;
use crate::app::step::Step;
use crate::app::text;
use crate::query::facet::{Choice, Facet};
use crate::query::field::Field;
use crate::query::{Query, quoted_if_needed};
use crate::stats::Statistics;
use lines::lay_out;
use ratatui::layout::{Position, Rect};

/// A part of the screen, or a tab where there is no room for all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Section {
    /// Every length as figures, and the duration against the severity.
    #[default]
    Lengths,
    /// How lengths are spread, on a logarithmic scale.
    Spread,
    /// How many of each severity.
    Severities,
    /// How many of each service.
    Services,
    /// How many of each organization.
    Organizations,
    /// How many in each month.
    Months,
    /// How many on each day of the week.
    Weekdays,
    /// How many in each hour of the day.
    Hours,
}

impl Section {
    /// Every section, in order.
    pub const ALL: [Section; 8] = [
        Section::Lengths,
        Section::Spread,
        Section::Severities,
        Section::Services,
        Section::Organizations,
        Section::Months,
        Section::Weekdays,
        Section::Hours,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Section::Lengths => "Lengths",
            Section::Spread => "Spread",
            Section::Severities => "Severity",
            Section::Services => "Services",
            Section::Organizations => "Organizations",
            Section::Months => "Months",
            Section::Weekdays => "Weekdays",
            Section::Hours => "Hours",
        }
    }

    /// The next one, or the one before; around the ends.
    pub fn next(self, right: bool) -> Self {
        let by = if right { 1 } else { Self::ALL.len() - 1 };
        Self::ALL.get((self as usize + by) % Self::ALL.len()).copied().unwrap_or(self)
    }
}

/// The screen.
#[derive(Debug, Default)]
pub struct Board {
    /// What the lines were made of.
    pub found: Option<Statistics>,
    /// The section that has the focus.
    pub section: Section,
    parts: [Part; Section::ALL.len()],
    /// The version of the list that this was worked out for.
    version: Option<u64>,
}

#[allow(clippy::indexing_slicing, reason = "there is a part for each section")]
impl Board {
    /// A part.
    pub fn part(&self, section: Section) -> &Part {
        &self.parts[section as usize]
    }

    /// How many lines of a section lie below what `area` shows of it, as an arrow and a number; empty where none do.
    pub fn more(&self, section: Section, area: Rect, body: Rect) -> String {
        let part = self.part(section);
        let below = part.lines.len().saturating_sub(part.scroll + rows(area, body));
        if below > 0 { format!("↓{below}") } else { String::new() }
    }

    /// The section, and the line of it, that stands at a place of `body`; a tab has no line.
    pub fn at(&self, place: Position, body: Rect) -> Option<(Section, Option<usize>)> {
        // Panels share borders; a border belongs to the panel that has the focus, whose title stands in it.
        let mut found = panels(body, self.section);
        found.sort_by_key(|(section, _)| *section != self.section);
        let (section, area) = found.into_iter().find(|(_, area)| area.contains(place))?;
        let (inside, tabs) = (inner(area), usize::from(area == body));
        let behind = text::width(&self.more(section, area, body));
        let labels = tabs::labels(section, behind, Rect { height: inside.height.min(1), ..inside });
        if let Some(label) = labels.iter().find(|label| tabs > 0 && label.place.contains(place)) {
            return Some((label.section, None));
        }
        let line = usize::from(place.y).checked_sub(usize::from(inside.y) + tabs).filter(|_| inside.contains(place));
        Some((section, line.map(|line| self.part(section).scroll + line)))
    }

    /// Works everything out anew if the visible rows are others now, and keeps selections within `body`.
    pub fn renew(&mut self, list: &List, body: Rect) {
        if self.version != Some(list.version()) {
            self.version = Some(list.version());
            let rows = list.visible.iter().filter_map(|&id| list.rows.get(id));
            // Filters are in UTC, and every bar must lead to what it counts.
            let found = Statistics::of(rows.map(|row| &**row), list.query().asks_for_doubtful(), &|_, at| at.naive_utc());
            for section in Section::ALL {
                let before = &self.parts[section as usize];
                self.parts[section as usize] = Part { scroll: before.scroll, selected: before.selected, ..lay_out(section, &found) };
            }
            self.found = Some(found);
        }
        for (section, area) in panels(body, self.section) {
            self.parts[section as usize].keep(rows(area, body));
        }
    }

    /// Moves the selection of the section that has the focus.
    pub fn step(&mut self, step: Step) {
        let part = &mut self.parts[self.section as usize];
        part.selected = step.from(part.selected, part.targets.len());
    }

    /// Goes to the next section, or to the one before; around the ends.
    pub fn turn(&mut self, right: bool) {
        self.section = self.section.next(right);
    }

    /// Selects the line at a place, if it leads somewhere.
    pub fn select(&mut self, section: Section, line: usize) {
        self.section = section;
        let part = &mut self.parts[section as usize];
        if let Some(at) = part.targets.iter().position(|(target, _)| *target == line) {
            part.selected = at;
        }
    }

    /// Where the selected line leads.
    pub fn target(&self) -> Option<&Target> {
        let part = self.part(self.section);
        part.targets.get(part.selected).map(|(_, target)| target)
    }

    /// The filter that lets through what the selected line counts; none where it leads elsewhere.
    pub fn narrowed(&self, query: &Query) -> Option<Query> {
        let query = match self.target()? {
            Target::Spread(_) => return None,
            Target::Clauses(clauses) => clauses.iter().fold(query.clone(), |query, clause| query.and(clause)),
            // An incident may have several services; it keeps those that the filter asks for already.
            Target::Value(Facet::Service, name) if !query.chosen(Facet::Service).is_empty() => {
                query.and(&format!("{}={}", Field::Service.name(), quoted_if_needed(name)))
            }
            Target::Value(facet, name) => query.without_facet(*facet).with(*facet, name, Choice::Shown),
        };
        let left_out = |count: fn(&Statistics) -> usize| self.found.as_ref().is_some_and(|found| count(found) > 0);
        let query = if left_out(|found| found.maintenance_left_out) { query.and("is:incident") } else { query };
        Some(if left_out(|found| found.doubtful_left_out) { query.and("-is:doubtful") } else { query })
    }
}

/// The sections that are on screen, and where: all of them where there is room, else the one that has the focus.
pub fn panels(body: Rect, focus: Section) -> Vec<(Section, Rect)> {
    if body.width < 160 || body.height < 46 {
        return vec![(focus, body)];
    }
    // Neighbours share their border.
    let columns = [(0, body.width * 11 / 20), (body.width * 11 / 20, body.width * 31 / 40), (body.width * 31 / 40, body.width - 1)];
    let weekdays = 10;
    let heights = [
        vec![(Section::Lengths, 18), (Section::Spread, 0)],
        vec![(Section::Severities, 9), (Section::Services, 0), (Section::Organizations, body.height / 3)],
        vec![(Section::Months, 0), (Section::Weekdays, weekdays), (Section::Hours, body.height.saturating_sub(weekdays + 8).min(27))],
    ];
    let mut found = Vec::new();
    for ((left, right), sections) in columns.into_iter().zip(heights) {
        let fixed: u16 = sections.iter().map(|(_, height)| height).sum();
        let mut y = body.y;
        for (section, height) in sections {
            let height = if height == 0 { body.height.saturating_sub(1 + fixed) } else { height };
            found.push((section, Rect::new(body.x + left, y, right - left + 1, height + 1)));
            y += height;
        }
    }
    found
}

/// How many lines a section shows; where it has the screen to itself the first is that of the tabs.
pub fn rows(area: Rect, body: Rect) -> usize {
    usize::from(inner(area).height).saturating_sub(usize::from(area == body)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::incident::{Incident, IncidentKind};
    use crate::query::Indexed;

    const BODY: Rect = Rect { x: 0, y: 2, width: 80, height: 21 };

    fn list(filter: &str) -> List {
        let mut list = List::default();
        list.add(fixture::entries().into_iter().map(Indexed::new));
        list.set_query(Query::new(filter));
        list
    }

    fn board(list: &List) -> Board {
        let mut board = Board::default();
        board.renew(list, BODY);
        board
    }

    /// Every bar of every section, with the filter it leads to.
    fn bars(list: &List) -> Vec<(Bar, Query)> {
        let mut board = board(list);
        let mut found = Vec::new();
        for section in Section::ALL {
            for at in 0..board.part(section).targets.len() {
                let line = board.part(section).targets[at].0;
                board.select(section, line);
                if let (Line::Bar(bar), Some(query)) = (&board.part(section).lines[line], board.narrowed(list.query())) {
                    found.push((bar.clone(), query));
                }
            }
        }
        found
    }

    #[test]
    fn every_bar_leads_to_what_it_counts() {
        for filter in ["", "service:api", "service=API,Login", "sev>=medium OR service:search", "-has:title OR sev:high dur>1m"] {
            let mut list = list(filter);
            let bars = bars(&list);
            assert!(!filter.is_empty() || bars.len() > 30);
            for (bar, query) in bars {
                assert!(query.mistakes().is_empty(), "{query}");
                list.set_query(query.clone());
                assert_eq!(list.visible.len(), bar.count, "{filter} → {query}");
                list.set_query(Query::new(filter));
            }
        }
    }

    #[test]
    fn planned_work_is_not_let_through_either() {
        let mut list = list("");
        let mut entries = fixture::entries();
        let entry = entries.remove(0);
        let planned = Incident { kind: IncidentKind::Maintenance, ..entry.incident() };
        list.add([Indexed::read(planned, entry.origin.clone(), None, (1, Default::default()))]);
        for (bar, query) in bars(&list) {
            list.set_query(query.clone());
            assert_eq!(list.visible.len(), bar.count, "{query}");
            list.set_query(Query::default());
        }
    }

    #[test]
    fn what_is_doubtful_is_counted_only_when_it_is_asked_for() {
        for (filter, counted) in [("", 5), ("sev:critical", 1), ("is:doubtful", 1), ("sev:critical OR is:doubtful", 2)] {
            let mut list = list("");
            list.add([Indexed::new(fixture::doubtful())]);
            list.set_query(Query::new(filter));
            let found = board(&list).found.unwrap();
            assert_eq!((found.incidents, found.doubtful_left_out), (counted, list.visible.len() - counted), "{filter}");
            for (bar, query) in bars(&list) {
                list.set_query(query.clone());
                assert_eq!(list.visible.len(), bar.count, "{filter} → {query}");
                list.set_query(Query::new(filter));
            }
        }
    }

    #[test]
    fn a_length_leads_to_its_spread_and_the_selection_stays_in_view() {
        let list = list("");
        let mut board = board(&list);
        assert!(matches!(board.target(), Some(Target::Spread(0))));
        board.turn(true);
        board.step(Step::Bottom);
        board.renew(&list, BODY);
        let part = board.part(Section::Spread);
        let line = part.selected().unwrap();
        assert!((part.scroll..part.scroll + rows(BODY, BODY)).contains(&line));
        board.turn(false);
        board.turn(false);
        assert_eq!(board.section, Section::Hours);
    }

    #[test]
    fn a_large_screen_has_room_for_everything() {
        let body = Rect::new(0, 2, 200, 57);
        let all = panels(body, Section::Hours);
        assert_eq!(all.iter().map(|(section, _)| *section).collect::<Vec<_>>(), Section::ALL);
        for (_, area) in all {
            assert_eq!(area.intersection(body), area);
            assert!(area.height > 4);
        }
        assert_eq!(panels(BODY, Section::Hours), [(Section::Hours, BODY)]);
    }
}
