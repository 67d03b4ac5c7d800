//! The time axis: of the selected incident or of all visible ones, the part of it on screen, and a cursor on it.

use crate::app::calendar::Calendar;
use crate::app::lanes::Lanes;
use crate::app::list::List;
use crate::app::scale::Scale;
use crate::app::step::keep_in_view;
use crate::app::viewport::{Range, Viewport, round};
use crate::incident::Incident;
use std::borrow::Cow;

/// Whose time is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Scope {
    /// The selected incident's.
    #[default]
    One,
    /// That of all visible incidents.
    All,
}

/// The time axis.
#[derive(Debug, Default)]
pub struct Timeline {
    /// Whose time is shown.
    pub scope: Scope,
    /// Whether dead time is left out.
    pub compress: bool,
    /// The selected incident.
    pub lanes: Lanes,
    /// All visible incidents; in line with the list while they are shown.
    pub calendar: Calendar,
    /// From moments to places on the axis.
    pub scale: Scale,
    /// The places on screen; none without any time.
    pub range: Option<Range>,
    /// The moment that is looked at; none without any time.
    pub cursor: Option<i64>,
    /// The moment at which a selected stretch of time begins; it goes to the cursor.
    anchor: Option<i64>,
    /// The first visible incident on screen.
    pub scroll: usize,
    /// The places that show everything.
    fit: Option<Range>,
}

impl Timeline {
    /// Takes in another selected incident.
    pub fn select(&mut self, incident: Option<&Incident>) {
        self.lanes = incident.map(Lanes::of).unwrap_or_default();
        let start = self.lanes.impact.iter().flatten().find_map(|bar| bar.start).or_else(|| self.lanes.marks.first().map(|mark| mark.at));
        match self.scope {
            Scope::One => {
                self.anchor = None;
                self.refit();
                self.cursor = start.filter(|&at| self.contains(at)).or_else(|| self.middle());
            }
            // Where the calendar does not have it, there is nothing to look at.
            Scope::All if incident.is_some_and(|incident| incident.doubtful.is_some()) && !self.calendar.doubtful => {}
            Scope::All => {
                self.cursor = start.or(self.cursor);
                self.follow();
            }
        }
    }

    /// Takes in the selected incident as its file tells of it now; what is looked at stays in view.
    pub fn renew_incident(&mut self, incident: Option<&Incident>) {
        self.lanes = incident.map(Lanes::of).unwrap_or_default();
        if self.scope == Scope::One {
            self.fit_anew();
            self.cursor = self.cursor.filter(|&at| self.contains(at)).or_else(|| self.middle());
        }
    }

    /// Changes whose time is shown.
    pub fn set_scope(&mut self, scope: Scope, list: &List) {
        self.scope = scope;
        self.anchor = None;
        self.renew(list, usize::MAX);
        self.refit();
        self.follow();
    }

    /// Leaves dead time out, or shows it.
    pub fn set_compress(&mut self, compress: bool) {
        self.compress = compress;
        self.refit();
        self.follow();
    }

    /// Brings the calendar into line with the list, where it is shown, with the selected incident among `rows` on screen.
    pub fn renew(&mut self, list: &List, rows: usize) {
        if self.scope == Scope::One {
            return;
        }
        if self.calendar.renew(list) {
            self.fit_anew();
            self.cursor = self.cursor.filter(|_| self.fit.is_some()).or_else(|| self.middle());
        }
        let count = list.charted().len();
        let place = list.position().min(count.saturating_sub(1));
        self.scroll = keep_in_view(self.scroll, place, place, rows, count);
    }

    /// Begins to select a stretch of time at the cursor.
    pub fn begin_selection(&mut self) {
        self.anchor = self.cursor;
    }

    /// Selects the time from where the selection began, or the cursor was, to a moment.
    pub fn select_to(&mut self, at: i64) {
        self.anchor = self.anchor.or(self.cursor);
        self.look_at(at);
    }

    /// Drops the selected stretch of time; tells whether there was one.
    pub fn drop_selection(&mut self) -> bool {
        self.anchor.take().is_some()
    }

    /// The selected stretch of time, from its first moment to its last; both may be the same.
    pub fn selected(&self) -> Option<(i64, i64)> {
        let (from, to) = self.anchor.zip(self.cursor)?;
        Some((from.min(to), from.max(to)))
    }

    /// The stretches of the axis in which something is known to happen.
    pub fn busy(&self) -> Cow<'_, [Range]> {
        match self.scope {
            Scope::One => self.lanes.busy().into(),
            Scope::All => self.calendar.busy.as_slice().into(),
        }
    }

    /// Shows everything.
    pub fn show_all(&mut self) {
        self.range = self.fit;
    }

    /// The places that show everything.
    pub fn fit(&self) -> Option<Range> {
        self.fit
    }

    /// Looks at a moment, and brings it onto the screen.
    pub fn look_at(&mut self, at: i64) {
        self.cursor = Some(at);
        self.follow();
    }

    /// Keeps the cursor on screen after the screen was moved.
    pub fn hold_cursor(&mut self) {
        let Some((range, at)) = self.range.zip(self.cursor) else { return };
        let place = self.scale.place(at);
        if !range.contains(place) {
            self.cursor = Some(self.scale.moment(place.clamp(range.start, range.end)));
        }
    }

    /// Moves the cursor by columns of a chart so many columns wide; it takes the moment of a mark or an edge in its new
    /// column, else a round one.
    pub fn move_cursor(&mut self, columns: i32, width: u16) {
        let Some((range, at)) = self.range.zip(self.cursor).filter(|_| width > 0) else { return };
        let view = Viewport { range, width, scale: &self.scale };
        let length = view.per_column();
        let column = ((self.scale.place(at).saturating_sub(range.start)) as f64 / length).floor() + f64::from(columns);
        let from = range.start.saturating_add((column * length) as i64);
        let to = range.start.saturating_add(((column + 1.0) * length) as i64);
        let known = match self.scope {
            Scope::One => {
                let marks = self.lanes.marks.iter().map(|mark| mark.at);
                let mut known = marks.chain(self.lanes.edges()).filter(|&at| (from..to).contains(&self.scale.place(at)));
                known.next()
            }
            Scope::All => {
                let first = self.calendar.next_edge(self.scale.moment(from).saturating_sub(1), true);
                first.filter(|&at| (from..to).contains(&self.scale.place(at)))
            }
        };
        let middle = self.scale.moment(from.saturating_add(to.saturating_sub(from) / 2));
        let column = self.scale.moment(to).saturating_sub(self.scale.moment(from));
        self.look_at(known.unwrap_or_else(|| round(middle, column)));
    }

    fn contains(&self, at: i64) -> bool {
        self.range.is_some_and(|range| range.contains(self.scale.place(at)))
    }

    fn middle(&self) -> Option<i64> {
        self.range.map(|range| self.scale.moment(range.start.saturating_add(range.length() / 2)))
    }

    /// Brings the cursor onto the screen.
    fn follow(&mut self) {
        if let Some((range, at)) = self.range.zip(self.cursor) {
            self.range = Some(range.following(self.scale.place(at)));
        }
    }

    /// Shows everything that there is now, unless a part was zoomed into.
    fn fit_anew(&mut self) {
        let was_fit = self.range == self.fit;
        let shown = self.range.map(|range| Range { start: self.scale.moment(range.start), end: self.scale.moment(range.end) });
        self.refit();
        if let Some(shown) = shown.filter(|_| !was_fit && self.fit.is_some()) {
            self.range = Some(self.scale.places(shown));
        }
    }

    fn refit(&mut self) {
        let (scale, whole) = match (self.scope, self.compress) {
            (Scope::One, false) => (Scale::Even, self.lanes.fit),
            (Scope::All, false) => (Scale::Even, self.calendar.whole()),
            (_, true) => {
                let busy = self.busy();
                let whole = busy.first().zip(busy.last()).map(|(first, last)| Range { start: first.start, end: last.end });
                (Scale::compressed(&busy), whole)
            }
        };
        self.scale = scale;
        let places = whole.map(|whole| self.scale.places(whole));
        self.fit = match (self.scope, self.compress) {
            (Scope::One, false) => places,
            _ => places.and_then(|places| Range::around([places.start, places.end])).map(Range::with_margin),
        };
        self.range = self.fit;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::step::Step;
    use crate::fixture;
    use crate::query::Indexed;

    const DAY: i64 = 86_400_000;

    fn list() -> List {
        let mut list = List::default();
        list.add(fixture::entries().into_iter().map(Indexed::new));
        list
    }

    fn all(compress: bool) -> (Timeline, List) {
        let (mut timeline, list) = (Timeline { compress, ..Timeline::default() }, list());
        timeline.set_scope(Scope::All, &list);
        timeline.select(list.selected().map(|row| row.entry.incident()).as_ref());
        (timeline, list)
    }

    #[test]
    fn the_cursor_starts_where_the_impact_does_and_is_always_on_screen() {
        let mut timeline = Timeline::default();
        let booking = fixture::entries().remove(0);
        timeline.select(Some(&booking.incident()));
        assert_eq!(timeline.cursor, booking.incident().impact.start().map(|edge| edge.at.timestamp_millis()));
        for columns in [7, -40, 300, 1, -1, -2000] {
            timeline.move_cursor(columns, 60);
            assert!(timeline.contains(timeline.cursor.unwrap()), "{columns}");
        }
    }

    #[test]
    fn the_cursor_moves_a_column_at_a_time_and_takes_the_moments_of_events() {
        let mut timeline = Timeline::default();
        let booking = fixture::entries().remove(0);
        timeline.select(Some(&booking.incident()));
        let range = timeline.range.unwrap();
        let mut taken = Vec::new();
        let column = |timeline: &Timeline| Viewport::even(range, 60).column(timeline.cursor.unwrap());
        for _ in 0..40 {
            let before = column(&timeline);
            timeline.move_cursor(1, 60);
            assert_eq!(column(&timeline), before.map(|column| column + 1));
            taken.extend(timeline.cursor);
        }
        assert!(timeline.lanes.marks.iter().filter(|mark| taken.contains(&mark.at)).count() >= 4);
        assert!(taken.iter().all(|at| at % 1000 == 0));
    }

    #[test]
    fn all_incidents_are_on_the_axis_and_dead_time_can_be_left_out() {
        let (timeline, _) = all(false);
        let long = timeline.range.unwrap().length();
        assert!(long > 1000 * DAY);
        let (timeline, list) = all(true);
        let range = timeline.range.unwrap();
        assert!(range.length() < DAY, "{}", range.length());
        assert_eq!(timeline.scale.break_count(), 3);
        for id in 0..list.rows.len() {
            let Some((start, end)) = list.rows[id].extent else { continue };
            assert!(range.contains(timeline.scale.place(start)) && range.contains(timeline.scale.place(end)));
        }
    }

    #[test]
    fn a_filter_fits_anew_unless_a_part_was_zoomed_into() {
        let (mut timeline, mut list) = all(false);
        let query = |text: &str| crate::query::Query::new(text);
        list.set_query(query("freight"));
        timeline.renew(&list, 10);
        assert!(timeline.range.unwrap().length() < DAY);
        list.set_query(query(""));
        timeline.renew(&list, 10);
        let near = Range { start: 0, end: DAY };
        timeline.range = Some(near);
        list.set_query(query("freight"));
        timeline.renew(&list, 10);
        assert_eq!(timeline.range, Some(near));
        list.set_query(query("nothing says this"));
        timeline.renew(&list, 10);
        assert_eq!((timeline.range, timeline.cursor), (None, None));
    }

    #[test]
    fn selecting_an_incident_brings_it_onto_the_screen() {
        let (mut timeline, mut list) = all(false);
        timeline.range = timeline.range.map(|range| range.zoom(0.001, range.start));
        for _ in 0..4 {
            list.step(Step::By(1));
            timeline.select(list.selected().map(|row| row.entry.incident()).as_ref());
            timeline.renew(&list, 2);
            assert!(timeline.contains(timeline.cursor.unwrap()));
            assert!((timeline.scroll..timeline.scroll + 2).contains(&list.position()));
        }
    }

    #[test]
    fn what_is_doubtful_does_not_lead_to_where_nothing_is() {
        let (mut timeline, mut list) = all(false);
        list.add([Indexed::new(fixture::doubtful())]);
        timeline.renew(&list, 2);
        let (range, cursor) = (timeline.range, timeline.cursor);
        list.step(Step::Bottom);
        timeline.select(Some(&fixture::doubtful().incident()));
        timeline.renew(&list, 2);
        assert_eq!((timeline.range, timeline.cursor, timeline.scroll), (range, cursor, 3));
        list.set_query(crate::query::Query::new("is:doubtful"));
        timeline.renew(&list, 2);
        assert!(timeline.contains(list.rows[5].extent.unwrap().0) && timeline.scroll == 0);
    }

    #[test]
    fn round_moments_stay_in_their_column() {
        for (at, column, expected) in
            [(90_500, 1000, 90_500), (90_500, 5000, 90_000), (3_700_000, 300_000, 3_660_000), (DAY + 5, 3 * DAY, DAY)]
        {
            assert_eq!(round(at, column), expected);
        }
    }
}
