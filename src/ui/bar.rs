//! Bars and marks on a time axis, to an eighth of a cell at both ends.

use super::Skin;
use super::text::glyph;
use crate::app::lanes::{Bar, Lanes, Mark};
use crate::app::viewport::Viewport;
use crate::app::{self, text};
use crate::incident::Certainty;
use crate::theme::{Role, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// Blocks that fill a cell from the left, by eighths.
const LEFT: [char; 9] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];

/// What stands for a stretch that was worked out.
pub const HATCH: char = '▒';

/// What stands for the part of an impact that no phase tells of.
pub const FAINT: char = '░';

/// What stands between two worked out stretches that touch.
const SEAM: char = '│';

/// What stands behind a stretch that nobody saw end.
pub const OPEN: char = '▷';

/// What stands before a stretch that nobody saw begin.
pub const UNBEGUN: char = '◁';

/// What stands for a moment.
pub const MOMENT: char = '┃';

/// How an open stretch fades away.
pub const FADE: [char; 3] = ['▓', HATCH, FAINT];

/// The sign that a bar is filled with.
pub fn fill(bar: &Bar) -> char {
    match bar.certainty {
        _ if bar.rest => FAINT,
        Certainty::Inferred => HATCH,
        Certainty::Stated => '█',
    }
}

/// A bar of so many eighths of a cell.
pub fn blocks(eighths: usize) -> String {
    let rest = LEFT.get(eighths % 8).filter(|_| !eighths.is_multiple_of(8));
    std::iter::repeat_n('█', eighths / 8).chain(rest.copied()).collect()
}

/// Draws the bars of a line, the rest of an impact behind its parts; answers with those whose label found no room.
pub fn row<'b>(
    buffer: &mut Buffer,
    skin: &Skin,
    area: Rect,
    view: Viewport,
    bars: impl Iterator<Item = &'b Bar> + Clone,
    known_until: i64,
) -> Vec<&'b Bar> {
    for bar in bars.clone().filter(|bar| bar.rest) {
        draw(buffer, skin, area, view, bar, known_until);
    }
    bars.filter(|bar| bar.rest || !draw(buffer, skin, area, view, bar, known_until)).collect()
}

/// Draws a bar on a line of the screen; tells whether its label found room on it, or nothing of it is on the screen.
fn draw(buffer: &mut Buffer, skin: &Skin, area: Rect, view: Viewport, bar: &Bar, known_until: i64) -> bool {
    let style = skin.theme.style(app::glyph::phase(bar.kind));
    let (Some(start), Some(end)) = (bar.start.or(bar.end), bar.end.or(bar.start.map(|start| start.max(known_until)))) else { return false };
    let mut pen = Pen { buffer, area, style, words: skin.theme.style(Role::Text) };
    // An end before its start is the report's own contradiction; it is drawn as a moment, and the findings say why.
    let (from, to) = (view.eighths(start), view.eighths(end.max(start)));
    let labelled = pen.body(bar, from, to);
    if bar.start.is_none() {
        pen.put(from.div_euclid(8) - 1, UNBEGUN, style);
    }
    if bar.end.is_none() && from < i64::from(area.width) * 8 {
        pen.fade(fill(bar), (to + 7).div_euclid(8));
    }
    labelled
}

struct Pen<'a> {
    buffer: &'a mut Buffer,
    area: Rect,
    style: Style,
    /// The look of running text.
    words: Style,
}

impl Pen<'_> {
    fn put(&mut self, column: i64, c: char, style: Style) {
        if let Ok(column) = u16::try_from(column)
            && column < self.area.width
        {
            glyph(self.buffer, self.area.x + column, self.area.y, c, style);
        }
    }

    fn body(&mut self, bar: &Bar, from: i64, to: i64) -> bool {
        let right = i64::from(self.area.width) * 8;
        if to < 0 || from > right {
            return true;
        }
        let joined = bar.joined && from > 0;
        let (mut from, to) = (from.max(0), to.min(right));
        if from == to {
            self.put((from / 8).min(right / 8 - 1), MOMENT, self.style);
            return false;
        }
        let fill = fill(bar);
        if joined && fill == '█' {
            from = self.gap(from, to);
        }
        for column in from / 8..=(to - 1) / 8 {
            let (left, right) = ((from - column * 8).max(0), (to - column * 8).min(8));
            let (c, style) = if fill == '█' { partial(left, right, self.style) } else { (fill, self.style) };
            self.put(column, c, style);
        }
        if joined && fill == HATCH {
            self.put(from / 8, SEAM, self.style);
        }
        match fill {
            '█' => self.label(bar, (from + 7) / 8, to / 8),
            // A hatched bar is interrupted by its label, so it keeps a cell at either end that shows how far it goes.
            HATCH => self.label(bar, from / 8 + 1, (to - 1) / 8),
            _ => false,
        }
    }

    /// Leaves a gap of a quarter to a half of a cell between a filled bar and the one that it touches; answers with where
    /// it begins then. A gap is seen without colours as well, and both bars keep their ends to half a cell.
    fn gap(&mut self, from: i64, to: i64) -> i64 {
        let (column, within) = (from / 8, from % 8);
        match within {
            0 if self.symbol(column - 1) == Some("█") => {
                self.shorten(column - 1);
                from
            }
            5.. if to > (column + 1) * 8 => {
                if self.symbol(column) == Some("▉") {
                    self.shorten(column);
                }
                (column + 1) * 8
            }
            within => (from + (2 - within).max(0)).min(to - 1),
        }
    }

    fn shorten(&mut self, column: i64) {
        if let Some(cell) = u16::try_from(column).ok().and_then(|column| self.buffer.cell_mut((self.area.x + column, self.area.y))) {
            cell.set_char('▊');
        }
    }

    fn symbol(&self, column: i64) -> Option<&str> {
        let column = u16::try_from(column).ok()?;
        self.buffer.cell((self.area.x + column, self.area.y)).map(|cell| cell.symbol())
    }

    /// An open end fades behind the last moment anything is known of; where that lies off the screen an arrow says so.
    fn fade(&mut self, fill: char, begin: i64) {
        let fade = if fill == '█' { FADE } else { [FAINT; 3] };
        let begin = begin.max(0);
        for (column, c) in (begin..).zip(fade.into_iter().chain([OPEN])) {
            self.put(column, c, self.style);
        }
        if begin + 3 >= i64::from(self.area.width) {
            self.put(i64::from(self.area.width) - 1, OPEN, self.style);
        }
    }

    fn label(&mut self, bar: &Bar, first: i64, end: i64) -> bool {
        let words = text::clean(&bar.label);
        let room = usize::try_from(end - first).unwrap_or(0);
        let Ok(column) = u16::try_from(first) else { return false };
        if words.is_empty() || text::width(&words) + 2 > room {
            if let Some(sign) = bar.sign.filter(|_| room > 0) {
                self.put(first, sign, if bar.certainty == Certainty::Stated { Theme::on(self.style) } else { self.words });
            }
            return false;
        }
        let (words, style) = match bar.certainty {
            Certainty::Stated => (words, Theme::on(self.style)),
            // It stands beside the bar, whose colour need not be one to read.
            Certainty::Inferred => (format!("{words} "), self.words),
        };
        self.buffer.set_stringn(self.area.x + column + 1, self.area.y, words, room - 1, style);
        if bar.certainty == Certainty::Inferred {
            self.put(first, ' ', style);
        }
        true
    }
}

/// The block that covers a cell from one eighth to another. Terminals have blocks that grow from the left only: one that
/// begins inside the cell is its complement with the colours exchanged.
fn partial(left: i64, right: i64, style: Style) -> (char, Style) {
    let block = |eighths: i64| usize::try_from(eighths).ok().and_then(|at| LEFT.get(at)).copied().unwrap_or('█');
    match (left, right) {
        (0, right) => (block(right), style),
        (left, 8) => (block(left), style.add_modifier(Modifier::REVERSED)),
        // Shorter than a cell and touching neither edge: what is nearest.
        (left, right) if left + right <= 8 => (block((right - left).max(1)), style),
        _ => ('▐', style),
    }
}

/// Draws marks on one line, joined from the first to the last; several in one cell become their number.
pub fn marks(buffer: &mut Buffer, skin: &Skin, area: Rect, view: Viewport, lanes: &Lanes, selected: Option<usize>) {
    let shown = lanes.marks.iter().filter(|_| area.height > 0);
    let columns: Vec<(u16, &Mark)> = shown.filter_map(|mark| Some((view.column(mark.at)?, mark))).collect();
    if let (Some((first, _)), Some((last, _))) = (columns.first(), columns.last()) {
        for column in *first..=*last {
            glyph(buffer, area.x + column, area.y, '─', skin.theme.style(Role::Grid));
        }
    }
    for here in columns.chunk_by(|a, b| a.0 == b.0) {
        let Some((column, mark)) = here.first() else { continue };
        let several = || u32::try_from(here.len()).ok().and_then(|count| char::from_digit(count, 10)).unwrap_or('+');
        let c = if here.len() > 1 { several() } else { mark.sign() };
        let inferred = here.iter().all(|(_, mark)| mark.certainty == Certainty::Inferred);
        let style = skin.theme.style(if inferred { Role::Inferred } else { Role::Event });
        let chosen = selected.is_some() && here.iter().any(|(_, mark)| Some(mark.event) == selected);
        glyph(buffer, area.x + column, area.y, c, if chosen { style.patch(skin.theme.style(Role::CitedNow)) } else { style });
    }
}

/// Draws marks on the bars themselves, where there is no line for them.
pub fn marks_on(buffer: &mut Buffer, skin: &Skin, area: Rect, view: Viewport, lanes: &Lanes) {
    for (column, mark) in lanes.marks.iter().filter_map(|mark| Some((view.column(mark.at)?, mark))) {
        let Some(cell) = buffer.cell_mut((area.x + column, area.y)).filter(|_| area.height > 0) else { continue };
        let style = match cell.symbol() {
            "█" => Theme::on(cell.style()),
            _ => skin.theme.style(Role::Event),
        };
        cell.set_char(mark.sign()).set_style(style);
    }
}

/// How many events lie before and after what is shown.
pub fn hidden_count(view: Viewport, lanes: &Lanes) -> (usize, usize) {
    let before = lanes.marks.iter().filter(|mark| view.scale.place(mark.at) < view.range.start).count();
    let after = lanes.marks.iter().filter(|mark| view.scale.place(mark.at) > view.range.end).count();
    (before, after)
}

/// How many events lie before and after what is shown, in words; empty where all are on screen.
pub fn hidden(view: Viewport, lanes: &Lanes) -> String {
    let (before, after) = hidden_count(view, lanes);
    let before = if before > 0 { format!("‹{before}") } else { String::new() };
    let after = if after > 0 { format!("{after}›") } else { String::new() };
    [before, after].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::viewport::Range;
    use crate::keymap::Keymap;
    use crate::theme::Depth;

    fn drawn(start: Option<i64>, end: Option<i64>, certainty: Certainty, known_until: i64) -> String {
        let skin = Skin { theme: Theme::shipped("dark", Depth::Mono).unwrap(), keymap: Keymap::shipped().unwrap() };
        let area = Rect::new(0, 0, 10, 1);
        let mut buffer = Buffer::empty(area);
        let view = Viewport::even(Range { start: 0, end: 80_000 }, 10);
        let bar = Bar { start, end, kind: None, label: String::new(), sign: None, certainty, rest: false, joined: false };
        draw(&mut buffer, &skin, area, view, &bar, known_until);
        text_of(&buffer)
    }

    /// The signs, each reversed one with a tick behind it.
    fn text_of(buffer: &Buffer) -> String {
        let tick = |reversed| if reversed { "'" } else { "" };
        buffer.content().iter().map(|cell| cell.symbol().to_owned() + tick(cell.modifier.contains(Modifier::REVERSED))).collect()
    }

    #[test]
    fn both_edges_are_drawn_to_an_eighth() {
        let stated = |start, end| drawn(Some(start), Some(end), Certainty::Stated, 0);
        assert_eq!(stated(0, 80_000), "██████████");
        assert_eq!(stated(8_000, 20_000), " █▌       ");
        assert_eq!(stated(11_000, 24_000), " ▍'██       ".replace("██ ", "█ "));
        assert_eq!(stated(0, 1_000), "▏         ");
        assert_eq!(stated(-50_000, 8_000), "█         ");
        assert_eq!(stated(79_000, 800_000), "         ▉'");
        assert_eq!(stated(90_000, 99_000), "          ");
    }

    /// Bars that touch, each from where the one before it ends.
    fn joined(ends: &[i64], certainty: Certainty) -> String {
        let skin = Skin { theme: Theme::shipped("dark", Depth::Mono).unwrap(), keymap: Keymap::shipped().unwrap() };
        let area = Rect::new(0, 0, 10, 1);
        let mut buffer = Buffer::empty(area);
        let view = Viewport::even(Range { start: 0, end: 80_000 }, 10);
        for pair in ends.windows(2) {
            let (start, end) = (Some(pair[0]), Some(pair[1]));
            let bar = Bar {
                start,
                end,
                kind: None,
                label: String::new(),
                sign: None,
                certainty,
                rest: false,
                joined: start != ends.first().copied(),
            };
            draw(&mut buffer, &skin, area, view, &bar, 0);
        }
        text_of(&buffer)
    }

    #[test]
    fn bars_that_touch_do_not_run_into_one_another_at_any_place_in_a_cell() {
        let at = |eighths: i64| joined(&[0, 32_000 + eighths * 1000, 80_000], Certainty::Stated);
        let cells = ["███▊██████", "████▎'█████", "████▎'█████", "████▍'█████", "████▌'█████", "████▋█████", "████▊█████", "████▊█████"];
        for (eighths, expected) in (0..).zip(cells) {
            assert_eq!(at(eighths), expected, "{eighths} eighths");
        }
        for boundary in [32_000, 33_000, 39_000] {
            assert_eq!(joined(&[0, boundary, 80_000], Certainty::Inferred), "▒▒▒▒│▒▒▒▒▒");
        }
        // Shorter than a cell each: they share it, and nothing is drawn where nothing is.
        for certainty in [Certainty::Stated, Certainty::Inferred] {
            let many = joined(&(0..=20).map(|at| at * 1000).collect::<Vec<_>>(), certainty);
            assert!(many.chars().skip_while(|&c| c != ' ').all(|c| c == ' '), "{many}");
        }
        assert_eq!(joined(&[-50_000, -10_000, 80_000], Certainty::Inferred), "▒▒▒▒▒▒▒▒▒▒");
        assert_eq!(joined(&[-50_000, 0, 80_000], Certainty::Stated), "██████████");
    }

    #[test]
    fn moments_open_ends_and_inference_can_be_seen() {
        assert_eq!(drawn(Some(16_000), Some(16_000), Certainty::Stated, 0), "  ┃       ");
        assert_eq!(drawn(Some(80_000), Some(80_000), Certainty::Stated, 0), "         ┃");
        assert_eq!(drawn(Some(16_000), Some(8_000), Certainty::Stated, 0), "  ┃       ");
        assert_eq!(drawn(Some(0), None, Certainty::Stated, 16_000), "██▓▒░▷    ");
        assert_eq!(drawn(Some(0), None, Certainty::Stated, 80_000), "█████████▷");
        assert_eq!(drawn(None, Some(16_000), Certainty::Stated, 0), " ◁┃       ");
        assert_eq!(drawn(Some(4_000), Some(20_000), Certainty::Inferred, 0), "▒▒▒       ");
    }
}
