//! A chart as a picture of its own, for a document or a page.

mod table;

use super::build::OVERLAPS;
use super::chart::{Axis, Chart, Forms, Span, Told, Track, UNKNOWN};
use super::markup::{escape, number};
use super::shape;
use super::text::wrap;
use crate::app::axis::Tick;
use crate::app::glyph;
use crate::app::text::{fit, width};
use crate::app::viewport::Range;
use crate::incident::{Certainty, EventKind, PhaseKind, Severity};
use std::fmt::Write;

const COLOURS: &str = include_str!("../../assets/picture.css");

const STYLE: &str = "
text { font: 13px system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif; fill: var(--text); }
.caption { font-weight: 600; } .title { font-size: 18px; font-weight: 600; } .dim { fill: var(--dim); } .small { font-size: 11.5px; }
.end { text-anchor: end; } .mid { text-anchor: middle; }
.grid { stroke: var(--line); } .zero { stroke: var(--dim); stroke-width: 1.5; } .page { fill: var(--page); }
.bar { fill: var(--fill); } .bar.inferred { fill-opacity: .22; stroke: var(--fill); stroke-dasharray: 4 2; }
.bar.rest { fill-opacity: .28; } .hatch { stroke: var(--fill); stroke-width: 2; stroke-opacity: .55; }
.on { fill: var(--page); font-weight: 600; font-size: 12px; } .on.inferred { fill: var(--text); }
.dead { fill: var(--line); fill-opacity: .55; }
.thread { stroke: var(--dim); stroke-opacity: .6; }
";

/// The picture, in pixels.
const WIDTH: f64 = 1000.0;
const MARGIN: f64 = 20.0;
/// Names left of the axis have as much at most, and stand this far from it.
const MOST_NAME: f64 = 300.0;
const GAP: f64 = 14.0;
const VALUE: f64 = 90.0;
const ROW: f64 = 30.0;
const BAR: f64 = 18.0;
/// Rows of a calendar and the bars in them are lower, for there may be many.
const LOW_ROW: f64 = 21.0;
const LOW_BAR: f64 = 14.0;
/// Cells are what texts are measured in; one is about this wide at 13 pixels.
const CELL: f64 = 7.6;
/// So many more cells of a smaller text have room.
const SMALLER: f64 = 1.1;
/// From one line of text to the next.
const LINE: f64 = 16.0;

/// What stands for an impact of unknown kind.
pub fn class(kind: Option<PhaseKind>) -> &'static str {
    kind.unwrap_or(UNKNOWN).name()
}

/// What is said of a bar or mark in one line.
pub fn said(told: &Told) -> String {
    let parts = [told.what.as_str(), &told.when, &told.length, &told.basis].into_iter().filter(|part| !part.is_empty());
    let words: Vec<_> = told.words.iter().map(|words| format!("“{}” ({})", words.text, words.place)).collect();
    parts.map(str::to_owned).chain(words).collect::<Vec<_>>().join(" · ")
}

/// What stands for the colour of a row's bars: that of its severity in a calendar, else of the bar itself.
pub fn colour(track: &Track, kind: Option<PhaseKind>) -> &'static str {
    track.severity.map_or_else(|| class(kind), severity)
}

/// What stands for a severity.
fn severity(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::Critical) => "critical",
        Some(Severity::High) => "high",
        Some(Severity::Medium) => "medium",
        Some(Severity::Low) => "slight",
        Some(Severity::None) => "harmless",
        None => "unknown",
    }
}

/// What the colours of a chart mean: what stands for each, and its name.
pub fn colours(chart: &Chart) -> Vec<(&'static str, String)> {
    let severities = chart.severities().into_iter().map(|found| (severity(found), format!("severity {}", glyph::severity_name(found))));
    let phases = chart.phases().into_iter().map(|kind| (kind.name(), kind.name().replace('_', " ")));
    severities.chain(phases).collect()
}

/// The labels of an axis that is `pixels` wide.
pub fn ticks(axis: &Axis, range: Range, pixels: f64) -> Vec<Tick> {
    axis.ticks(range, (pixels / (CELL * 1.15)) as u16)
}

/// Where a moment lies between the edges of what is shown, from 0 to 1; beyond them a little outside.
pub fn part(range: Range, at: i64) -> f64 {
    (at.saturating_sub(range.start) as f64 / range.length() as f64).clamp(-0.02, 1.02)
}

/// The chart as an SVG document.
pub fn svg(chart: &Chart) -> String {
    let mut drawing = Drawing { body: String::new(), y: MARGIN, hatches: String::new(), items: 0, name: name_width(chart) };
    drawing.head(chart);
    match chart.range {
        Some(range) => drawing.picture(&chart.axis, range, &chart.tracks),
        None => drawing.text(MARGIN, drawing.y, "dim", "No time is known."),
    }
    drawing.y += 8.0;
    drawing.legend(colours(chart), chart.events());
    if let Some(panel) = &chart.more {
        drawing.y += 40.0;
        drawing.text(MARGIN, drawing.y, "caption", &panel.caption);
        drawing.y += 28.0;
        drawing.picture(&Axis::Relative, panel.range, &panel.tracks);
        drawing.y += 8.0;
        drawing.legend(panel.legend.iter().map(|(kind, name)| (kind.name(), (*name).to_owned())).collect(), Vec::new());
        if let Some(note) = &panel.note {
            drawing.y += 18.0;
            drawing.text(MARGIN, drawing.y, "dim small", note);
        }
        drawing.y += 8.0;
    }
    for line in chart.notes.iter().flat_map(|note| wrap(note, cells((WIDTH - 2.0 * MARGIN) * 1.1))) {
        drawing.y += 18.0;
        drawing.text(MARGIN, drawing.y, "dim small", &line);
    }
    chart.tables.iter().filter(|table| table.forms == Forms::Everywhere).for_each(|table| drawing.table(table));
    let height = number(drawing.y + MARGIN);
    let title = escape(&chart.title);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" role=\"group\" \
         aria-label=\"{title}\">\n<title>{title}</title>\n<style>\n{COLOURS}{STYLE}</style>\n<defs>{}</defs>\n\
         <rect class=\"page\" width=\"100%\" height=\"100%\"/>\n{}</svg>\n",
        drawing.hatches, drawing.body
    )
}

/// The pixels that the names of a chart need, as far as it can spare them.
fn name_width(chart: &Chart) -> f64 {
    let widest = chart.tracks.iter().map(|track| width(&track.name) + 2).chain(chart.tracks.iter().map(|track| width(&track.note)));
    (widest.max().unwrap_or(0) as f64 * CELL + GAP).clamp(110.0, MOST_NAME)
}

/// How many cells have room.
fn cells(pixels: f64) -> usize {
    (pixels / CELL).max(0.0) as usize
}

struct Drawing {
    body: String,
    y: f64,
    hatches: String,
    items: usize,
    /// The pixels of the names left of the axis.
    name: f64,
}

impl Drawing {
    fn put(&mut self, text: std::fmt::Arguments) {
        // Writing to a string cannot fail.
        let _ = self.body.write_fmt(text);
        self.body.push('\n');
    }

    fn text(&mut self, x: f64, y: f64, class: &str, text: &str) {
        if !text.is_empty() {
            self.put(format_args!("<text x=\"{}\" y=\"{}\" class=\"{class}\">{}</text>", number(x), number(y), escape(text)));
        }
    }

    fn head(&mut self, chart: &Chart) {
        self.y += 16.0;
        for (at, line) in wrap(&chart.title, cells(WIDTH * 0.7)).iter().enumerate() {
            self.y += if at > 0 { 22.0 } else { 0.0 };
            self.text(MARGIN, self.y, "title", line);
        }
        for fact in chart.facts.iter().flat_map(|fact| wrap(fact, cells(WIDTH - 2.0 * MARGIN))) {
            self.y += 20.0;
            self.text(MARGIN, self.y, "dim", &fact);
        }
        self.y += 34.0;
    }

    fn picture(&mut self, axis: &Axis, range: Range, tracks: &[Track]) {
        let value = if tracks.iter().any(|track| !track.value.is_empty()) { VALUE } else { 0.0 };
        let (left, right) = (MARGIN + self.name, WIDTH - MARGIN - value);
        let x = |at: i64| left + part(range, at) * (right - left);
        self.text(MARGIN, self.y, "dim small", &axis.corner(range));
        let top = self.y + 8.0;
        let bottom = top + tracks.iter().map(|track| self.height(track)).sum::<f64>();
        for dead in axis.breaks(range) {
            let (from, to) = (x(dead.start), x(dead.end));
            let (wide, y, tall) = (number((to - from).max(1.5)), number(top), number(bottom - top));
            self.put(format_args!("<rect x=\"{}\" y=\"{y}\" width=\"{wide}\" height=\"{tall}\" class=\"dead\"/>", number(from)));
        }
        for tick in ticks(axis, range, right - left) {
            let x = number(x(tick.at));
            let class = if !matches!(axis, Axis::Clock(..)) && tick.at == 0 { "zero" } else { "grid" };
            let y = number(top);
            self.put(format_args!("<line x1=\"{x}\" x2=\"{x}\" y1=\"{y}\" y2=\"{}\" class=\"{class}\"/>", number(bottom)));
            self.put(format_args!("<text x=\"{x}\" y=\"{}\" class=\"dim small mid\">{}</text>", number(self.y), escape(&tick.label)));
        }
        self.y = top;
        for track in tracks {
            self.track(track, left, right, &x);
        }
    }

    /// What the colours and the marks are.
    fn legend(&mut self, bars: Vec<(&'static str, String)>, events: Vec<EventKind>) {
        let bar = |(class, name): (&str, String)| {
            let shape = format!("<g class=\"{class}\"><rect x=\"-6\" y=\"-6\" width=\"12\" height=\"12\" rx=\"2\" class=\"bar\"/></g>");
            (shape, name)
        };
        let mark = |kind: EventKind| (format!("<g class=\"mark\">{}</g>", shape::event(kind)), glyph::event_name(kind).to_owned());
        let (mut x, mut first) = (MARGIN, true);
        for (shape, name) in bars.into_iter().map(bar).chain(events.into_iter().map(mark)) {
            let wide = 30.0 + width(&name) as f64 * CELL * 0.95;
            if first || x + wide > WIDTH - MARGIN {
                (x, self.y, first) = (MARGIN, self.y + 22.0, false);
            }
            let (at, y) = (number(x + 6.0), number(self.y - 4.0));
            self.put(format_args!("<g transform=\"translate({at} {y})\">{shape}</g>"));
            self.text(x + 18.0, self.y, "dim small", &name);
            x += wide;
        }
        self.y += 4.0;
    }

    fn track(&mut self, track: &Track, left: f64, right: f64, x: &dyn Fn(i64) -> f64) {
        let low = track.low;
        let middle = self.y + if low { LOW_ROW } else { ROW } / 2.0;
        let (tall, names) = (!low && !track.note.is_empty(), self.names(track));
        let below = middle + 4.5 + names.len() as f64 * LINE;
        for (at, name) in names.iter().enumerate() {
            self.text(MARGIN, middle + 4.5 + at as f64 * LINE, "", name);
        }
        if low {
            // What is cut off, and whose it was, is told on hovering over the name.
            let (wide, y) = (number(self.name - GAP), number(self.y));
            let whole =
                escape(&[track.name.as_str(), &track.note].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "));
            self.put(format_args!(
                "<rect x=\"{MARGIN}\" y=\"{y}\" width=\"{wide}\" height=\"{LOW_ROW}\" fill-opacity=\"0\"><title>{whole}</title></rect>"
            ));
        }
        if tall {
            self.text(MARGIN, below - 1.5, "dim small", &fit(&track.note, cells((self.name - GAP) * 1.1)));
        }
        self.text(WIDTH - MARGIN, middle + 4.5, "end", &track.value);
        if let Some(why) = track.empty {
            self.text(left, middle + 4.5, "dim", why);
        }
        for bar in track.bars.iter().filter(|bar| bar.rest).chain(track.bars.iter().filter(|bar| !bar.rest)) {
            self.bar(bar, (colour(track, bar.kind), if low { LOW_BAR } else { BAR }), middle, (left, right), x);
        }
        let line = if tall && !track.bars.is_empty() { middle + ROW * 0.75 } else { middle };
        let shown = || track.marks.iter().filter(|mark| (left..=right).contains(&x(mark.at)));
        if let (Some(first), Some(last)) = (shown().next(), shown().next_back()) {
            let (from, to, y) = (number(x(first.at)), number(x(last.at)), number(line));
            self.put(format_args!("<line x1=\"{from}\" x2=\"{to}\" y1=\"{y}\" y2=\"{y}\" class=\"thread\"/>"));
        }
        for mark in shown() {
            let (x, y) = (number(x(mark.at)), number(line));
            let shape = shape::mark(mark);
            self.item(&mark.told, &format!("<g class=\"mark\" transform=\"translate({x} {y})\">{shape}</g>"));
        }
        self.y += self.height(track);
    }

    /// The name of a track, in two lines where it is long.
    fn names(&self, track: &Track) -> Vec<String> {
        let room = cells(self.name - GAP);
        let sign = if track.overlaps { format!("{OVERLAPS} ") } else { String::new() };
        let name = format!("{sign}{}", track.name);
        if track.low {
            return vec![fit(&name, room)];
        }
        match wrap(&name, room).as_slice() {
            [] if !track.note.is_empty() => Vec::new(),
            [] => vec![String::new()],
            [first, rest @ ..] if !rest.is_empty() => vec![fit(first, room), fit(&rest.join(" "), room)],
            _ => vec![name],
        }
    }

    /// A track with more lines beside it takes more room.
    fn height(&self, track: &Track) -> f64 {
        if track.low {
            return LOW_ROW;
        }
        let lines = self.names(track).len() + usize::from(!track.note.is_empty());
        ROW + lines.saturating_sub(1) as f64 * (LINE + 2.0)
    }

    fn bar(&mut self, bar: &Span, (class, tall): (&str, f64), middle: f64, (left, right): (f64, f64), x: &dyn Fn(i64) -> f64) {
        let Some((start, end)) = bar.edges() else { return };
        let (from, to) = (x(start).clamp(left, right), x(end).clamp(left, right));
        // A moment can still be seen, and a joined bar leaves a seam.
        let from = if bar.joined && to - from > 4.0 { from + 1.5 } else { from };
        let wide = (to - from).max(2.5);
        let look = look(bar);
        let (px, py, pw) = (number(from), number(middle - tall / 2.0), number(wide));
        let mut shape = format!("<rect x=\"{px}\" y=\"{py}\" width=\"{pw}\" height=\"{tall}\" rx=\"2\" class=\"bar {look}\"/>");
        if look == "inferred" {
            let id = self.items;
            let _ = write!(
                self.hatches,
                "<pattern id=\"h{id}\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\" class=\"{class}\">\
                 <line y2=\"7\" class=\"hatch\"/></pattern>"
            );
            let _ = write!(shape, "<rect x=\"{px}\" y=\"{py}\" width=\"{pw}\" height=\"{tall}\" rx=\"2\" fill=\"url(#h{id})\"/>");
        }
        if bar.end.is_none() {
            let (tip, y) = (number((from + wide + 16.0).min(right + 14.0)), number(middle));
            let (edge, top, low) = (number(from + wide), number(middle - tall / 2.0), number(middle + tall / 2.0));
            let _ = write!(shape, "<path d=\"M{edge} {top}L{tip} {y}L{edge} {low}Z\" class=\"bar rest\"/>");
        }
        let words = width(&bar.label) as f64 * CELL;
        if !bar.rest && words + 14.0 < wide {
            let under = if look == "inferred" {
                format!(
                    "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"2\" class=\"page\"/>",
                    number(from + 5.0),
                    number(middle - 7.0),
                    number(words + 2.0),
                    14
                )
            } else {
                String::new()
            };
            let (tx, ty) = (number(from + 8.0), number(middle + 4.2));
            let _ = write!(shape, "{under}<text x=\"{tx}\" y=\"{ty}\" class=\"on {look}\">{}</text>", escape(&bar.label));
        }
        self.item(&bar.told, &format!("<g class=\"{class}\">{shape}</g>"));
    }

    /// A shape with its words, which a person at the mouse and one at a screen reader both get.
    fn item(&mut self, told: &Told, shape: &str) {
        self.items += 1;
        let said = escape(&said(told));
        self.put(format_args!("<g role=\"img\" aria-label=\"{said}\"><title>{said}</title>{shape}</g>"));
    }
}

/// How a bar looks besides its colour.
pub fn look(bar: &Span) -> &'static str {
    match bar.certainty {
        _ if bar.rest => "rest",
        Certainty::Inferred => "inferred",
        Certainty::Stated => "stated",
    }
}
