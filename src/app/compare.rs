//! The comparison: incidents on one scale, aligned at a moment they share or made equally long.

mod align;
mod here;
pub mod label;
mod verdict;

pub use align::Align;
pub use here::Here;
pub use verdict::{Difference, Verdict};

use crate::app::glyph;
use crate::app::lanes::Lanes;
use crate::app::list::RowId;
use crate::app::measures::{Kind, Measures};
use crate::app::parts::Parts;
use crate::app::scale::{EVEN, Scale};
use crate::app::show;
use crate::app::step::Step;
use crate::app::viewport::{Range, round};
use crate::incident::{Event, Incident};
use crate::source::Cite;

/// As many incidents as can be told apart on one screen.
pub const MOST: usize = 8;

/// What a report may tell of why it happened and what ended it, in the order in which that is told.
pub const REASONS: [&str; 2] = ["cause", "resolution"];

/// One incident of the comparison.
#[derive(Debug)]
pub struct Side {
    /// Its row in the list.
    pub id: RowId,
    /// What it is called in sentences and tables.
    pub letter: char,
    /// Its whole title, raw.
    pub title: String,
    /// The title without what it shares with the others, raw.
    pub name: String,
    /// The day it began and whose it was, raw.
    pub note: String,
    /// Its bars and marks.
    pub lanes: Lanes,
    /// Its events, in the order in which marks number them.
    pub events: Vec<Event>,
    /// How its moments are laid on the common axis; none where the report does not tell the moment of alignment.
    pub scale: Option<Scale>,
    /// The lengths that are compared.
    pub measures: Measures,
    /// Where its time went.
    pub parts: Parts,
    /// Why it happened and what ended it, as far as the report tells, each with its label; raw.
    pub reasons: Vec<(&'static str, String)>,
    /// The moment at 0 for each way to align.
    moments: [Option<i64>; Align::ALL.len()],
    /// All of its report.
    extent: Cite,
}

impl Side {
    /// Letter and name.
    pub fn label(&self) -> String {
        format!("{} {}", self.letter, self.name)
    }

    fn moment(&self, align: Align) -> Option<i64> {
        Align::ALL.into_iter().zip(self.moments).find(|(known, _)| *known == align).and_then(|(_, moment)| moment)
    }

    fn scale(&self, align: Align) -> Option<Scale> {
        match align {
            Align::Calendar => self.lanes.fit.map(|_| Scale::Even),
            Align::Stretched => self.lanes.whole().map(Scale::Stretched),
            aligned => self.moment(aligned).map(Scale::From),
        }
    }

    /// The places of its events, with `edges` also of what begins or ends.
    fn places(&self, edges: bool) -> impl Iterator<Item = i64> + '_ {
        let edges = if edges { self.lanes.edges() } else { Vec::new() };
        let marks = self.lanes.marks.iter().map(|mark| mark.at);
        self.scale.iter().flat_map(move |scale| marks.clone().chain(edges.clone()).map(move |at| scale.place(at)))
    }
}

/// What the screen shows of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Page {
    /// The time axis, and where the time went.
    #[default]
    Timeline,
    /// The lengths and their differences.
    Numbers,
}

/// The comparison screen.
#[derive(Debug, Default)]
pub struct Comparison {
    /// The incidents, in the order of marking.
    pub sides: Vec<Side>,
    /// What is compared: the lengths that any of these has, then the phases.
    pub kinds: Vec<Kind>,
    /// The moment of alignment.
    pub align: Align,
    /// Whether dead time is left out of the calendar.
    pub compress: bool,
    /// The side the others are measured against: until another is chosen the one that began first of those with a known length.
    pub base: usize,
    /// What is shown.
    pub page: Page,
    /// The selected side.
    pub selected: usize,
    /// The selected column of the table: 0 is the incident, the others are `kinds`.
    pub column: usize,
    /// The stretch that is shown, in places on the common axis.
    pub range: Option<Range>,
    /// The place that is looked at.
    pub cursor: i64,
    /// The place at which a selected stretch of time begins; it goes to the cursor.
    pub(super) anchor: Option<i64>,
    /// Whether nobody marked these: they stand here as long as they are looked at.
    pub unmarked: bool,
}

impl Comparison {
    /// Lays incidents side by side.
    pub fn of(incidents: impl IntoIterator<Item = (RowId, Incident)>, align: Align) -> Self {
        let incidents: Vec<_> = incidents.into_iter().collect();
        let names = label::apart(&incidents.iter().map(|(_, incident)| incident.display_title()).collect::<Vec<_>>());
        let sides = incidents.iter().zip(names).enumerate().map(|(at, ((id, incident), name))| side(*id, at, incident, name));
        let sides: Vec<_> = sides.collect();
        let has = |kind: &Kind| sides.iter().any(|side| side.measures.get(*kind).is_some() || side.measures.is_open(*kind));
        let mut phases: Vec<_> = sides.iter().flat_map(|side| side.measures.phase_kinds()).collect();
        phases.sort_unstable();
        phases.dedup();
        let kinds = Kind::METRICS.into_iter().filter(has).filter(|kind| !repeats(&sides, *kind)).chain(phases).collect();
        let mut comparison = Self { base: usual_base(&sides), sides, kinds, align, ..Self::default() };
        comparison.lay_out();
        comparison
    }

    /// Whether another base was chosen than it has unless somebody says.
    pub fn has_own_base(&self) -> bool {
        self.base != usual_base(&self.sides)
    }

    /// Aligns at another moment; what the selected incident is looked at for stays under the cursor.
    pub fn set_align(&mut self, align: Align) {
        self.lay_out_anew(|comparison| comparison.align = align);
    }

    /// Leaves dead time out of the calendar, or shows it.
    pub fn set_compress(&mut self, compress: bool) {
        self.lay_out_anew(|comparison| comparison.compress = compress);
    }

    fn lay_out_anew(&mut self, change: impl FnOnce(&mut Self)) {
        let moment = self.side().and_then(|side| side.scale.as_ref()).map(|scale| scale.moment(self.cursor));
        change(self);
        self.lay_out();
        let place = self.side().and_then(|side| side.scale.as_ref()).zip(moment).map(|(scale, at)| scale.place(at));
        self.cursor = place.filter(|place| self.range.is_some_and(|range| range.contains(*place))).unwrap_or(self.cursor);
    }

    /// Puts every side on the common axis, shows all of it, and looks at where the first of them begins.
    fn lay_out(&mut self) {
        let align = self.align;
        self.anchor = None;
        self.sides.iter_mut().for_each(|side| side.scale = side.scale(align));
        if align == Align::Calendar && self.compress {
            let busy = self.sides.iter().filter_map(|side| side.lanes.whole().or(side.lanes.fit)).collect();
            let scale = Scale::compressed(&Range::union(busy));
            self.sides.iter_mut().for_each(|side| side.scale = side.scale.take().map(|_| scale.clone()));
        }
        self.range = fit(&self.sides);
        let first = || self.sides.iter().filter_map(|side| Some(side.scale.as_ref()?.place(side.moment(Align::Start)?))).min();
        let zero = self.range.is_some_and(|range| range.contains(0)) && align != Align::Calendar;
        self.cursor = if zero { 0 } else { first().or(self.range.map(|range| range.start)).unwrap_or(0) };
    }

    /// Whether at least one incident can be aligned so.
    pub fn can_align(&self, align: Align) -> bool {
        self.sides.iter().any(|side| side.scale(align).is_some())
    }

    /// Who does not tell what the alignment takes, in a sentence; none where all do.
    pub fn without_moment(&self) -> Option<String> {
        let silent: Vec<_> = self.sides.iter().filter(|side| side.scale.is_none()).map(|side| side.letter).collect();
        let verb = if silent.len() == 1 { "does" } else { "do" };
        (!silent.is_empty()).then(|| format!("{} {verb} not tell {}", label::listed(&silent), self.align.wanted()))
    }

    /// How moments become places where all incidents share one axis of dates.
    pub fn scale(&self) -> &Scale {
        self.sides.iter().find_map(|side| side.scale.as_ref()).filter(|_| self.align == Align::Calendar).unwrap_or(&EVEN)
    }

    /// Shows everything.
    pub fn fit(&mut self) {
        self.range = fit(&self.sides);
    }

    /// The stretch in which zooming and panning stay.
    pub fn bounds(&self) -> Option<Range> {
        fit(&self.sides)
    }

    /// The places at which something is known to happen to any of them, in order.
    pub fn busy(&self) -> Vec<Range> {
        let known = self.sides.iter().filter_map(|side| Some((side.scale.as_ref()?, side.lanes.busy())));
        Range::union(known.flat_map(|(scale, busy)| busy.into_iter().map(|busy| scale.places(busy))).collect())
    }

    /// Moves the selection.
    pub fn step(&mut self, step: Step) {
        self.selected = step.from(self.selected, self.sides.len());
    }

    /// The selected side.
    pub fn side(&self) -> Option<&Side> {
        self.sides.get(self.selected)
    }

    /// Shows the other page.
    pub fn turn(&mut self) {
        self.page = if self.page == Page::Timeline { Page::Numbers } else { Page::Timeline };
        self.anchor = None;
    }

    /// Moves the selected column.
    pub fn step_column(&mut self, right: bool) {
        self.column = Step::By(if right { 1 } else { -1 }).from(self.column, self.kinds.len() + 1);
    }

    /// The selected length; none where the incident itself is selected.
    pub fn kind(&self) -> Option<Kind> {
        self.kinds.get(self.column.checked_sub(1)?).copied().filter(|_| self.page == Page::Numbers)
    }

    /// Moves the cursor by columns of a chart so many columns wide; it takes the place of an event or an edge in its new
    /// column, else a round one.
    pub fn move_cursor(&mut self, columns: i32, width: u16) {
        let Some(range) = self.range.filter(|_| width > 0) else { return };
        let length = range.length() as f64 / f64::from(width);
        let column = (self.cursor.saturating_sub(range.start) as f64 / length).floor() + f64::from(columns);
        let from = range.start.saturating_add((column * length) as i64);
        let to = range.start.saturating_add(((column + 1.0) * length) as i64);
        let known = self.sides.iter().flat_map(|side| side.places(true)).filter(|place| (from..to).contains(place)).min();
        let middle = from.saturating_add(to.saturating_sub(from) / 2);
        self.look_at(known.unwrap_or_else(|| round(middle, to.saturating_sub(from)).max(from)));
    }

    /// Goes to the next event of any incident, or with `edges` to what next begins or ends; tells whether there is one.
    pub fn jump(&mut self, forward: bool, edges: bool) -> bool {
        let places = self.sides.iter().flat_map(|side| side.places(edges));
        let next = match forward {
            true => places.filter(|place| *place > self.cursor).min(),
            false => places.filter(|place| *place < self.cursor).max(),
        };
        next.map(|place| self.look_at(place)).is_some()
    }

    /// Begins to select a stretch of time at the cursor.
    pub fn begin_selection(&mut self) {
        self.anchor = Some(self.cursor);
    }

    /// Drops the selected stretch of time; tells whether there was one.
    pub fn drop_selection(&mut self) -> bool {
        self.anchor.take().is_some()
    }

    /// The places at which the selected stretch of time begins and ends.
    pub fn selected_stretch(&self) -> Option<(i64, i64)> {
        let anchor = self.anchor?;
        Some((anchor.min(self.cursor), anchor.max(self.cursor)))
    }

    /// Looks at a place, and brings it onto the screen.
    fn look_at(&mut self, place: i64) {
        self.cursor = place;
        self.range = self.range.map(|range| range.following(place));
    }

    /// Keeps the cursor on the screen after that was moved.
    pub fn hold_cursor(&mut self) {
        if let Some(range) = self.range {
            self.cursor = self.cursor.clamp(range.start, range.end);
        }
    }

    /// The words that what is selected was read from: those of a length, of the event that is looked at, else the report.
    pub fn cites(&self) -> Vec<Cite> {
        let Some(side) = self.side() else { return Vec::new() };
        let event = || {
            let here = side.here(self.cursor).filter(|_| self.page == Page::Timeline)?;
            side.events.get(here.last.or(here.next)?.event).map(|event| event.cites.clone())
        };
        match self.kind() {
            Some(kind) => side.measures.get(kind).map(|measure| measure.cites.clone()).unwrap_or_default(),
            None => event().filter(|cites| !cites.is_empty()).unwrap_or_else(|| vec![side.extent]),
        }
    }
}

/// The place of the one that began first, of those whose impact has a length, else of those of which anything is known.
fn usual_base(sides: &[Side]) -> usize {
    let first = |is_known: &dyn Fn(&Side) -> bool| {
        let known = sides.iter().enumerate().filter(|(_, side)| is_known(side));
        known.min_by_key(|(_, side)| side.moment(Align::Start).unwrap_or(i64::MAX)).map(|(at, _)| at)
    };
    let with_length = first(&|side| side.measures.get(Kind::Impact).is_some());
    with_length.or_else(|| first(&|side| !side.measures.is_empty())).unwrap_or(0)
}

/// Whether every incident has the same length of that kind as of its impact, which stands in a column already.
fn repeats(sides: &[Side], kind: Kind) -> bool {
    let minutes = |side: &Side, kind| side.measures.get(kind).map(|measure| measure.minutes);
    kind == Kind::Restore && sides.iter().all(|side| minutes(side, kind).is_none_or(|length| Some(length) == minutes(side, Kind::Impact)))
}

fn side(id: RowId, at: usize, incident: &Incident, name: String) -> Side {
    let day = incident.start().map(|start| start.date_naive().to_string());
    let owner = incident.organization.as_ref().map(|fact| fact.value.clone());
    let measures = Measures::of(incident);
    let doubtful = incident.doubtful.is_some();
    Side {
        id,
        letter: label::letter(at),
        title: glyph::titled(incident.display_title(), doubtful).into_owned(),
        name: glyph::titled(&name, doubtful).into_owned(),
        note: [day, owner].into_iter().flatten().collect::<Vec<_>>().join(" · "),
        lanes: Lanes::of(incident),
        events: incident.events.clone(),
        scale: None,
        parts: Parts::of(incident, &measures),
        reasons: reasons(incident),
        measures,
        moments: Align::ALL.map(|align| align.moment(incident)),
        extent: incident.extent,
    }
}

/// The same words are not told twice.
fn reasons(incident: &Incident) -> Vec<(&'static str, String)> {
    let (cause, ended) = (incident.root_cause.as_ref(), incident.resolution.as_ref());
    let ended = ended.filter(|ended| cause.is_none_or(|cause| cause.value.trim() != ended.value.trim()));
    let told = REASONS.into_iter().zip([cause, ended]).filter_map(|(label, fact)| Some((label, fact?)));
    told.map(|(label, fact)| (label, format!("{}{}", show::marks(fact.certainty, false), fact.value.trim()))).collect()
}

fn fit(sides: &[Side]) -> Option<Range> {
    let places = sides.iter().filter_map(|side| Some((side.scale.as_ref()?, side.lanes.fit?)));
    let fits = places.map(|(scale, fit)| match scale {
        // Its length is that of what is known; the margin would make it differ.
        Scale::Stretched(whole) => scale.places(*whole),
        scale => scale.places(fit),
    });
    let around = Range::around(fits.flat_map(|fit| [fit.start, fit.end]))?;
    Some(if sides.iter().any(|side| matches!(side.scale, Some(Scale::Stretched(_)))) { around.with_margin() } else { around })
}

#[cfg(test)]
mod tests;
