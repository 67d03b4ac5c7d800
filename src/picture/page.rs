//! A chart as one page that needs nothing else: no script, no font, no network. Hovering over a bar or going to it with Tab
//! shows the words behind it; on paper the table below has them. The page is well-formed XML as well.

use super::build::OVERLAPS;
use super::chart::{Axis, Chart, Mark, Span, Table, Told, Track};
use super::markup::{escape, number};
use super::shape;
use super::svg::{colour, colours, look, part, said, ticks};
use crate::app::glyph;
use crate::app::text::width;
use crate::app::viewport::Range;
use crate::incident::EventKind;
use std::fmt::Write;

const COLOURS: &str = include_str!("../../assets/picture.css");
const STYLE: &str = include_str!("../../assets/page.css");

/// The pixels that the axis is expected to have, for its labels and for those of bars.
const PIXELS: f64 = 800.0;

/// The chart as an HTML document.
pub fn page(chart: &Chart) -> String {
    let mut page = Page { html: String::new() };
    page.put(format_args!("<h1>{}</h1>", escape(&chart.title)));
    for fact in &chart.facts {
        page.put(format_args!("<p class=\"dim\">{}</p>", escape(fact)));
    }
    match chart.range {
        Some(range) => page.chart("Timeline", &chart.axis, range, &chart.tracks),
        None => page.put(format_args!("<p>No time is known.</p>")),
    }
    page.legend(colours(chart), chart.events());
    if let Some(panel) = &chart.more {
        page.put(format_args!("<h2>{}</h2>", escape(&panel.caption)));
        page.chart(&panel.caption, &Axis::Relative, panel.range, &panel.tracks);
        page.legend(panel.legend.iter().map(|(kind, name)| (kind.name(), (*name).to_owned())).collect(), Vec::new());
        panel.note.iter().for_each(|note| page.put(format_args!("<p class=\"notes\">{}</p>", escape(note))));
    }
    if !chart.notes.is_empty() {
        let notes: String = chart.notes.iter().map(|note| format!("<p>{}</p>", escape(note))).collect();
        page.put(format_args!("<div class=\"notes\">{notes}</div>"));
    }
    chart.tables.iter().for_each(|table| page.table(table));
    let title = escape(&chart.title);
    format!(
        "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n\
         <title>{title}</title>\n<style>\n{COLOURS}{STYLE}</style>\n</head>\n<body>\n<main>\n{}</main>\n\
         <footer>Made by sevline. “~” and hatching mark what was inferred.</footer>\n\
         </body>\n</html>\n",
        page.html
    )
}

struct Page {
    html: String,
}

impl Page {
    fn put(&mut self, text: std::fmt::Arguments) {
        // Writing to a string cannot fail.
        let _ = self.html.write_fmt(text);
        self.html.push('\n');
    }

    fn chart(&mut self, name: &str, axis: &Axis, range: Range, tracks: &[Track]) {
        let corner = axis.corner(range);
        let ticks = ticks(axis, range, PIXELS);
        let low = if tracks.iter().any(|track| track.low) { " low" } else { "" };
        self.put(format_args!("<div class=\"chart{low}\" role=\"group\" aria-label=\"{}\">", escape(name)));
        let labels: String =
            ticks.iter().map(|tick| format!("<span style=\"left:{}%\">{}</span>", percent(range, tick.at), escape(&tick.label))).collect();
        self.put(format_args!("<div class=\"corner\">{}</div><div class=\"axis\">{labels}</div><div></div>", escape(&corner)));
        let relative = !matches!(axis, Axis::Clock(..));
        let line = |at: i64| if relative && at == 0 { " class=\"zero\"" } else { "" };
        let dead = |dead: Range| {
            let wide = number((part(range, dead.end) - part(range, dead.start)) * 100.0);
            format!("<s style=\"left:{}%;width:{wide}%\"></s>", percent(range, dead.start))
        };
        let dead: String = axis.breaks(range).into_iter().map(dead).collect();
        let lines: String =
            ticks.iter().map(|tick| format!("<i{} style=\"left:{}%\"></i>", line(tick.at), percent(range, tick.at))).collect();
        let grid = dead + &lines;
        for track in tracks {
            self.track(track, range, &grid);
        }
        self.put(format_args!("</div>"));
    }

    /// What the colours and the marks are.
    fn legend(&mut self, bars: Vec<(&'static str, String)>, events: Vec<EventKind>) {
        let bar = |(class, name): (&str, String)| format!("<li><span class=\"swatch {class}\"></span>{}</li>", escape(&name));
        let mark = |kind: EventKind| format!("<li>{}{}</li>", drawn(kind), glyph::event_name(kind));
        let items: String = bars.into_iter().map(bar).chain(events.into_iter().map(mark)).collect();
        if !items.is_empty() {
            self.put(format_args!("<ul class=\"legend\">{items}</ul>"));
        }
    }

    fn track(&mut self, track: &Track, range: Range, grid: &str) {
        let two = if !track.bars.is_empty() && !track.marks.is_empty() { " two" } else { "" };
        let note = if track.note.is_empty() { String::new() } else { format!("<span>{}</span>", escape(&track.note)) };
        let sign = if track.overlaps { format!("{OVERLAPS} ") } else { String::new() };
        let name = escape(&format!("{sign}{}", track.name));
        let both = escape(&format!("{} {}", track.name, track.note));
        self.put(format_args!("<div class=\"name\" title=\"{both}\"><b>{name}</b>{note}</div><div class=\"lane{two}\">{grid}"));
        if let Some(why) = track.empty {
            self.put(format_args!("<em>{}</em>", escape(why)));
        }
        track.bars.iter().for_each(|bar| self.bar(bar, colour(track, bar.kind), range));
        let shown = || track.marks.iter().filter(|mark| range.contains(mark.at));
        if let (Some(first), Some(last)) = (shown().next(), shown().next_back()) {
            let (from, to) = (part(range, first.at), part(range, last.at));
            self.put(format_args!("<u style=\"left:{}%;width:{}%\"></u>", number(from * 100.0), number((to - from) * 100.0)));
        }
        shown().for_each(|mark| self.mark(mark, range));
        self.put(format_args!("</div><div class=\"value\">{}</div>", escape(&track.value)));
    }

    fn bar(&mut self, bar: &Span, class: &str, range: Range) {
        let Some((start, end)) = bar.edges() else { return };
        let (from, to) = (part(range, start).clamp(0.0, 1.0), part(range, end).clamp(0.0, 1.0));
        let mut classes = format!("bar {class} {}", look(bar));
        for (has, name) in [
            (bar.joined, " joined"),
            (bar.end.is_none(), " open"),
            ((to - from) * PIXELS < width(&bar.label).min(6) as f64 * 8.0 + 14.0, " tiny"),
            (from > 0.6, " late"),
        ] {
            classes.push_str(if has { name } else { "" });
        }
        let (left, wide) = (number(from * 100.0), number((to - from) * 100.0));
        let label = if bar.rest { "" } else { &bar.label };
        self.item(&classes, &format!("left:{left}%;width:{wide}%"), &format!("<span>{}</span>", escape(label)), &bar.told);
    }

    fn mark(&mut self, mark: &Mark, range: Range) {
        let late = if part(range, mark.at) > 0.6 { " late" } else { "" };
        let shape = shape::mark(mark);
        let shape =
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-8 -8 16 16\" aria-hidden=\"true\" class=\"mark\">{shape}</svg>");
        self.item(&format!("event{late}"), &format!("left:{}%", percent(range, mark.at)), &shape, &mark.told);
    }

    /// Something to hover over or go to, with the words behind it.
    fn item(&mut self, classes: &str, style: &str, shape: &str, told: &Told) {
        let label = escape(&said(told));
        let lines = [told.when.as_str(), &told.length, &told.basis].into_iter().filter(|line| !line.is_empty());
        let lines = escape(&lines.collect::<Vec<_>>().join(" · "));
        let words: String =
            told.words.iter().map(|words| format!("<q>{}</q><small>{}</small>", escape(&words.text), escape(&words.place))).collect();
        let tip = format!("<span class=\"tip\" aria-hidden=\"true\"><b>{}</b>{lines}{words}</span>", escape(&told.what));
        self.put(format_args!(
            "<a class=\"{classes}\" style=\"{style}\" tabindex=\"0\" role=\"img\" aria-label=\"{label}\">{shape}{tip}</a>"
        ));
    }

    fn table(&mut self, table: &Table) {
        self.put(format_args!("<h2>{}</h2>\n<div class=\"wide\"><table>\n<thead><tr>", escape(&table.caption)));
        let class = |at: usize| match table.head.get(at) {
            Some(column) if column.number => " class=\"number\"",
            Some(column) if column.name == "when" || column.name == "start" => " class=\"stamp\"",
            _ => "",
        };
        for (at, column) in table.head.iter().enumerate() {
            self.put(format_args!("<th scope=\"col\"{}>{}</th>", class(at), escape(&column.name)));
        }
        self.put(format_args!("</tr></thead>\n<tbody>"));
        for row in &table.rows {
            let cells: String = row.iter().enumerate().map(|(at, cell)| format!("<td{}>{}</td>", class(at), escape(cell))).collect();
            self.put(format_args!("<tr>{cells}</tr>"));
        }
        self.put(format_args!("</tbody></table></div>"));
    }
}

/// A mark as a small picture.
fn drawn(kind: EventKind) -> String {
    let shape = shape::event(kind);
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-8 -8 16 16\" aria-hidden=\"true\" class=\"mark\">{shape}</svg>")
}

fn percent(range: Range, at: i64) -> String {
    number(part(range, at) * 100.0)
}
