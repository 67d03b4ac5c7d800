//! Incidents side by side: their timelines under one another with where the time went, or a table of their lengths.

mod chart;
mod here;
mod numbers;
mod reasons;
mod spent;

use super::chart::Plot;
use super::text::{Row, line_of};
use super::{Skin, border, row_role, titles};
use crate::app::compare::{Align, Comparison, Page};
use crate::app::layout::{compare_gutter, compare_value};
use crate::app::show;
use crate::app::viewport::{Viewport, instant};
use crate::app::{App, text};
use crate::theme::Role;
use ratatui::Frame;
use ratatui::layout::Rect;

/// The mark of the largest difference of an incident.
pub const LARGEST_SIGN: &str = "◂";

/// How the lines of the page with the timelines are shared out.
#[derive(Debug, Default, PartialEq, Eq)]
struct Plan {
    /// How many incidents are shown.
    shown: usize,
    /// Lines that each has in the chart.
    lines: usize,
    /// How many incidents have lines below the chart for what they are doing under the cursor.
    heard: usize,
    /// Lines that each of those has.
    told: usize,
    /// Whether a line above those tells where the cursor stands.
    headed: bool,
    /// Whether there is a line for those that do not tell the moment of alignment.
    silent: bool,
    /// Whether it is shown where the time went.
    spent: bool,
    /// Lines of the sentence that tells the largest difference.
    sentence: usize,
    /// What each incident may tell of why it happened and what ended it, and the lines that each of that has.
    labels: usize,
    reasons: usize,
}

/// How much there is to show.
struct Wanted {
    count: usize,
    /// The most lanes an incident has.
    lanes: usize,
    silent: bool,
    /// Lines of the sentence.
    sentence: usize,
    /// How much each may tell of why it happened and what ended it.
    labels: usize,
}

impl Plan {
    /// On so many lines. First of all comes where the time went, for it is what a comparison is opened for; then the bars of
    /// all, what the selected one is doing, their events, what all are doing, their responses, why it happened, and whatever else
    /// there is.
    fn of(wanted: &Wanted, height: usize) -> Self {
        let count = wanted.count;
        let (sentence, silent, labels) = (wanted.sentence, wanted.silent, wanted.labels);
        let least = Plan { shown: count, lines: 1, spent: true, sentence, silent, labels, ..Plan::default() };
        let steps: [fn(&mut Plan, usize); 15] = [
            |plan, _| (plan.heard, plan.told) = (1, 1),
            |plan, _| plan.lines = 2,
            |plan, _| (plan.heard, plan.headed) = (plan.shown, true),
            |plan, _| plan.lines = 3,
            |plan, lanes| plan.lines = plan.lines.max((lanes + 1).min(4)),
            |plan, _| plan.told = 2,
            |plan, lanes| plan.lines = plan.lines.max((lanes + 1).min(8)),
            |plan, _| plan.lines += 1,
            |plan, _| plan.told = 3,
            |plan, _| plan.reasons = 1,
            |plan, _| plan.told = 5,
            |plan, _| plan.reasons = 2,
            |plan, _| plan.told = 7,
            |plan, _| plan.reasons = 3,
            |plan, _| plan.told = 9,
        ];
        let mut plan = least;
        if plan.height() > height {
            plan.spent = false;
        }
        if plan.height() > height {
            // One line less than there is: the axis and as many incidents as fit, with a line for the sentence.
            (plan.sentence, plan.silent) = (wanted.sentence.min(1), false);
            plan.shown = height.saturating_sub(1 + plan.sentence).clamp(1, count.max(1));
            return plan;
        }
        for step in steps {
            let mut more = Plan { ..plan };
            step(&mut more, wanted.lanes);
            if more.height() > height {
                break;
            }
            plan = more;
        }
        if plan.heard > 0 {
            plan.heard += height.saturating_sub(plan.height()).checked_div(plan.told).unwrap_or(0).min(plan.shown - plan.heard);
        }
        plan
    }

    /// The lines of the chart with its axis.
    fn chart(&self) -> usize {
        1 + self.shown * self.lines
    }

    /// All lines.
    fn height(&self) -> usize {
        let told = usize::from(self.headed) + self.heard * self.told;
        let spent = if self.spent { 1 + self.shown } else { 0 };
        let reasons = if self.reasons > 0 && self.labels > 0 { 1 + self.shown * self.labels * self.reasons } else { 0 };
        self.chart() + usize::from(self.silent) + told + spent + self.sentence + reasons
    }
}

/// The part of a list of `count` that `shown` lines show around the selected one.
fn window(selected: usize, shown: usize, count: usize) -> std::ops::Range<usize> {
    let first = selected.saturating_sub(shown / 2).min(count - shown.min(count));
    first..(first + shown).min(count)
}

/// Draws the comparison.
pub fn draw(frame: &mut Frame, app: &App, comparison: &Comparison, skin: &Skin, area: Rect) {
    border(frame, skin, area, true);
    let cursor = if comparison.page == Page::Timeline && comparison.range.is_some() { looked_at(app, comparison) } else { String::new() };
    let inner = titles(frame, skin, area, (Role::Text, ""), (Role::Cursor, &cursor));
    heading(frame, comparison, skin, area, text::width(&cursor));
    if comparison.page == Page::Numbers {
        return numbers::draw(frame, comparison, skin, inner);
    }
    let (role, words) = sentence(comparison);
    let width = usize::from(inner.width).max(1);
    let rows = text::wrap(&words, width);
    let lanes = comparison.sides.iter().map(|side| side.lanes.impact.len().max(1) + side.lanes.response.len().max(1));
    let silent = comparison.without_moment();
    let wanted = Wanted {
        count: comparison.sides.len(),
        lanes: lanes.max().unwrap_or(2),
        silent: silent.is_some(),
        sentence: rows.len().min(3),
        labels: reasons::labels(comparison).len(),
    };
    let plan = Plan::of(&wanted, usize::from(inner.height));
    let shown = window(comparison.selected, plan.shown, comparison.sides.len());
    chart::draw(frame, app, comparison, skin, inner, &plan);
    let mut top = plan.chart();
    if let Some(silent) = silent.filter(|_| plan.silent) {
        Row::new(&skin.theme, inner.width).put(Role::Dim, &format!("{silent}.")).draw(line_of(inner, top), frame.buffer_mut());
        top += 1;
    }
    top += here::draw(frame, app, comparison, skin, rest(inner, top), &plan);
    if plan.spent {
        spent::heading(frame, comparison, skin, line_of(inner, top));
        top += 1;
    }
    for (at, range) in rows.iter().take(plan.sentence).enumerate() {
        // What finds no line of its own is cut at the end of the last.
        let end = if at + 1 == plan.sentence { words.len() } else { range.end };
        let part = words.get(range.start..end).unwrap_or_default().trim_end();
        Row::new(&skin.theme, inner.width).put(role, part).draw(line_of(inner, top + at), frame.buffer_mut());
    }
    if plan.spent {
        spent::draw(frame, comparison, skin, rest(inner, top + plan.sentence));
    }
    if plan.reasons > 0 && plan.labels > 0 {
        let below = rest(inner, top + plan.sentence + plan.shown);
        reasons::draw(frame, comparison, skin, below, (plan.shown, plan.reasons));
    }
    if let Some((range, whole)) = comparison.range.zip(comparison.bounds()).filter(|(range, whole)| range != whole) {
        let axis = columns(inner).1;
        let border = Rect { y: area.bottom().saturating_sub(1), height: area.height.min(1), ..area };
        let plot = Plot { area: axis, view: Viewport::even(range, axis.width), lines: 0 };
        plot.minimap(frame.buffer_mut(), skin, border, (whole, &comparison.busy()));
    }
    more(frame, skin, area, shown.start, comparison.sides.len() - shown.end);
}

/// The largest difference of all, or why there is none.
fn sentence(comparison: &Comparison) -> (Role, String) {
    match comparison.sentence() {
        Some(words) => (Role::Filter, format!("{words}.")),
        None => (Role::Dim, "No length is known of the base and of another incident; b chooses another base.".into()),
    }
}

/// What is left of `area` below so many lines.
fn rest(area: Rect, lines: usize) -> Rect {
    let lines = u16::try_from(lines).unwrap_or(u16::MAX).min(area.height);
    Rect { y: area.y + lines, height: area.height - lines, ..area }
}

/// The two pages in the border, and how the incidents are aligned.
fn heading(frame: &mut Frame, comparison: &Comparison, skin: &Skin, area: Rect, beside: usize) {
    let page = |page: Page| if comparison.page == page { Role::Selected } else { Role::Dim };
    let aligned = if comparison.page == Page::Timeline { comparison.align.name() } else { "differences to the base" };
    let room = area.width.saturating_sub(2 + if beside > 0 { u16::try_from(beside).unwrap_or(u16::MAX).saturating_add(3) } else { 0 });
    let short = area.width < 60;
    let name = if short { " Compare ".to_owned() } else { format!(" Compare {} incidents ", comparison.sides.len()) };
    let row = Row::new(&skin.theme, room).put(Role::Heading, &name);
    let row = row.put(page(Page::Timeline), " Timeline ").put(page(Page::Numbers), " Numbers ").put(Role::Dim, &format!("· {aligned} "));
    let place = Rect { x: area.x + 1, width: room, height: area.height.min(1), ..area };
    let used = usize::from(room).saturating_sub(row.room());
    let place = Rect { width: u16::try_from(used).unwrap_or(room), ..place };
    frame.buffer_mut().set_style(place, ratatui::style::Style::reset());
    row.draw(place, frame.buffer_mut());
}

/// That there are more incidents above or below, at the lower border.
fn more(frame: &mut Frame, skin: &Skin, area: Rect, above: usize, below: usize) {
    let words = [(above, '↑'), (below, '↓')].into_iter().filter(|(count, _)| *count > 0);
    let words: String = words.map(|(count, arrow)| format!(" {count} more {arrow} ")).collect();
    if words.is_empty() || area.height == 0 {
        return;
    }
    let wide = u16::try_from(text::width(&words)).unwrap_or(0).min(area.width.saturating_sub(2));
    let place = Rect { x: area.right() - 1 - wide, y: area.bottom() - 1, width: wide, height: 1 };
    Row::new(&skin.theme, wide).put(Role::Key, &words).draw(place, frame.buffer_mut());
}

/// Where the cursor stands, or from where to where a stretch of time is selected and how long that is.
fn looked_at(app: &App, comparison: &Comparison) -> String {
    let Some((from, to)) = comparison.selected_stretch() else { return offset(app, comparison, comparison.cursor) };
    let moment = |place: i64| comparison.scale().moment(place);
    let length = show::minutes((moment(to) - moment(from)) as f64 / 60_000.0);
    // What is stretched has a length of its own in each incident.
    let length = if comparison.align == Align::Stretched { String::new() } else { format!(" · {length}") };
    format!("{} → {}{length}", offset(app, comparison, from), offset(app, comparison, to))
}

/// A place, exactly.
fn offset(app: &App, comparison: &Comparison, place: i64) -> String {
    match comparison.align {
        Align::Calendar => show::or_missing(instant(comparison.scale().moment(place)).map(|at| app.clock.exact(at))),
        Align::Stretched => format!("{:.1}%", place as f64 * 100.0 / crate::app::scale::STRETCHED as f64),
        _ => show::offset(place),
    }
}

/// The cells of the names, of the chart and of the values behind it, on the lines of `area`.
fn columns(area: Rect) -> (u16, Rect, u16) {
    let (gutter, value) = (compare_gutter(area.width), compare_value(area.width));
    (gutter, Rect { x: area.x + gutter, width: area.width.saturating_sub(gutter + value), ..area }, value)
}

fn select(frame: &mut Frame, skin: &Skin, selected: bool, area: Rect) {
    if let Some(role) = row_role(selected, true) {
        frame.buffer_mut().set_style(area, skin.theme.style(role));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_incident_is_charted_with_where_its_time_went_wherever_that_fits() {
        let of = |count, height, lanes| Plan::of(&Wanted { count, lanes, silent: false, sentence: 1, labels: 2 }, height);
        for count in 2..=8 {
            for height in 1..60 {
                for lanes in 2..=6 {
                    let plan = of(count, height, lanes);
                    assert!(plan.shown >= 1 && (height < 3 || plan.height() <= height), "{count} on {height}: {plan:?}");
                    assert!(plan.shown == count || !plan.spent);
                }
            }
        }
        // 80x24 has 19 lines, 120x36 has 31, 100x40 has 35.
        let shape = |count, height| {
            let plan = of(count, height, 2);
            assert!(plan.spent, "{plan:?}");
            (plan.lines, plan.told, plan.heard, plan.reasons)
        };
        assert_eq!([2, 3, 5, 8].map(|count| shape(count, 19)), [(4, 2, 2, 0), (3, 1, 3, 0), (2, 1, 1, 0), (1, 0, 0, 0)]);
        assert_eq!([2, 3, 5, 8].map(|count| shape(count, 31)), [(4, 5, 2, 1), (4, 3, 3, 0), (3, 1, 5, 0), (2, 1, 4, 0)]);
        assert_eq!([2, 3, 5, 8].map(|count| shape(count, 55)), [(4, 9, 2, 3), (4, 7, 3, 2), (4, 3, 5, 1), (3, 2, 8, 0)]);
        assert_eq!(shape(8, 35), (2, 1, 8, 0));
    }

    #[test]
    fn the_window_keeps_the_selected_one() {
        assert_eq!((window(0, 3, 8), window(5, 3, 8), window(7, 3, 8), window(1, 9, 2)), (0..3, 4..7, 5..8, 0..2));
    }
}
