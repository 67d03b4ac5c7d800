//! A drawn screen as SVG, as a terminal shows it: letters as text, blocks and lines as shapes, so that it looks the same in
//! every font.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::fmt::Write;

/// Pixels of a cell across and down.
const CELL: (f32, f32) = (9.0, 19.0);

/// Pixels around the screen.
const EDGE: f32 = 10.0;

/// The colours of a terminal where the program leaves them to it: of letters, and of the ground.
const OWN: (&str, &str) = ("#e6e9ed", "#15181c");

/// What a cell is made of.
#[derive(Clone, Copy, PartialEq)]
enum Glyph {
    Blank,
    /// A part of the cell, by eighths from the left, the top, across and down, and how dense.
    Block([u8; 4], f32),
    /// Lines from the middle to the left, the right, the top and the bottom.
    Line([bool; 4]),
    /// One of the letters that every font has in the same width.
    Letter,
    /// A sign that may come from another font.
    Sign,
}

impl Glyph {
    fn of(symbol: &str) -> Self {
        let Some(sign) = symbol.chars().next() else { return Self::Blank };
        let across = |eighths: u32| u8::try_from(eighths).unwrap_or(8);
        match sign {
            ' ' | '\u{a0}' => Self::Blank,
            '█' => Self::Block([0, 0, 8, 8], 1.0),
            '▓' => Self::Block([0, 0, 8, 8], 0.75),
            '▒' => Self::Block([0, 0, 8, 8], 0.5),
            '░' => Self::Block([0, 0, 8, 8], 0.25),
            '▐' => Self::Block([4, 0, 4, 8], 1.0),
            '▉'..='▏' => Self::Block([0, 0, across('▐' as u32 - sign as u32), 8], 1.0),
            '▁'..='▇' => {
                let high = across(sign as u32 - '▀' as u32);
                Self::Block([0, 8 - high, 8, high], 1.0)
            }
            '─' => Self::Line([true, true, false, false]),
            '│' | '┊' => Self::Line([false, false, true, true]),
            '┌' => Self::Line([false, true, false, true]),
            '┐' => Self::Line([true, false, false, true]),
            '└' => Self::Line([false, true, true, false]),
            '┘' => Self::Line([true, false, true, false]),
            '├' => Self::Line([false, true, true, true]),
            '┤' => Self::Line([true, false, true, true]),
            '┬' => Self::Line([true, true, false, true]),
            '┴' => Self::Line([true, true, true, false]),
            '┼' => Self::Line([true; 4]),
            sign if sign.is_ascii() => Self::Letter,
            _ => Self::Sign,
        }
    }
}

/// The colours and weight of a cell.
#[derive(Clone, PartialEq)]
struct Ink {
    letters: String,
    ground: String,
    style: &'static str,
}

impl Ink {
    fn of(cell: &Cell) -> Self {
        let (mut letters, mut ground) = (colour(cell.fg, OWN.0), colour(cell.bg, OWN.1));
        if cell.modifier.contains(Modifier::REVERSED) {
            std::mem::swap(&mut letters, &mut ground);
        }
        let (bold, under) = (cell.modifier.contains(Modifier::BOLD), cell.modifier.contains(Modifier::UNDERLINED));
        let style = match (bold, under) {
            (false, false) => "",
            (true, false) => r#" font-weight="bold""#,
            (false, true) => r#" text-decoration="underline""#,
            (true, true) => r#" font-weight="bold" text-decoration="underline""#,
        };
        Self { letters, ground, style }
    }
}

fn colour(colour: Color, own: &str) -> String {
    match colour {
        Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
        // Of the 256 colours of terminals: a cube of six steps to each side, then greys.
        Color::Indexed(of @ 16..=231) => {
            let [red, green, blue] = [36, 6, 1].map(|side| (of - 16) / side % 6).map(|step| if step == 0 { 0 } else { 55 + step * 40 });
            format!("#{red:02x}{green:02x}{blue:02x}")
        }
        Color::Indexed(of @ 232..) => format!("#{0:02x}{0:02x}{0:02x}", 8 + (of - 232) * 10),
        Color::Black => "#000000".to_owned(),
        Color::White => "#ffffff".to_owned(),
        // What is left to the terminal.
        _ => own.to_owned(),
    }
}

/// The screen as SVG; `title` is what it shows, for those who cannot see it.
pub fn draw(screen: &Buffer, title: &str) -> String {
    let rows: String = (0..screen.area.height).map(|y| row(screen, y)).collect();
    format!("{}{rows}</svg>\n", head(screen, title, ""))
}

/// Screens one after another, each shown for so many seconds, without end; who wants no motion sees the first.
pub fn film(screens: &[(f64, Buffer)], title: &str) -> String {
    let whole: f64 = screens.iter().map(|(seconds, _)| seconds).sum();
    let mut style = format!(".s {{ visibility: hidden; animation: {whole:.1}s step-end infinite }} #s0 {{ visibility: visible }}\n");
    let (mut rows, mut shown, mut from): (Vec<String>, String, f64) = (Vec::new(), String::new(), 0.0);
    for (at, (seconds, screen)) in screens.iter().enumerate() {
        let to = from + seconds / whole * 100.0;
        let before = if at == 0 { String::new() } else { "0% { visibility: hidden } ".to_owned() };
        let after = if at + 1 == screens.len() { String::new() } else { format!(" {to:.2}% {{ visibility: hidden }}") };
        writeln!(style, "#s{at} {{ animation-name: s{at} }} @keyframes s{at} {{ {before}{from:.2}% {{ visibility: visible }}{after} }}")
            .unwrap();
        write!(shown, "<g class=\"s\" id=\"s{at}\">").unwrap();
        for row in (0..screen.area.height).map(|y| row(screen, y)) {
            // What stands still from screen to screen is drawn once.
            let known = rows.iter().position(|known| *known == row).unwrap_or(rows.len());
            if known == rows.len() {
                rows.push(row);
            }
            write!(shown, "<use href=\"#r{known}\"/>").unwrap();
        }
        shown.push_str("</g>\n");
        from = to;
    }
    style.push_str("@media (prefers-reduced-motion) { .s { animation: none } }\n");
    let rows: String = rows.iter().enumerate().map(|(at, row)| format!("<g id=\"r{at}\">\n{row}</g>\n")).collect();
    format!("{}<defs>\n{rows}</defs>\n{shown}</svg>\n", head(&screens[0].1, title, &style))
}

/// What stands before the rows of a screen.
fn head(screen: &Buffer, title: &str, style: &str) -> String {
    let (width, height) = (EDGE * 2.0 + CELL.0 * f32::from(screen.area.width), EDGE * 2.0 + CELL.1 * f32::from(screen.area.height));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\">\n\
         <title>{}</title>\n<style>text {{ font-family: ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; font-size: 15px; white-space: pre }}{style}</style>\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"6\" fill=\"{}\"/>\n",
        escaped(title),
        OWN.1
    )
}

/// A row of a screen.
fn row(screen: &Buffer, y: u16) -> String {
    let mut out = String::new();
    let cells: Vec<_> =
        (0..screen.area.width).map(|x| &screen[(x, y)]).map(|cell| (cell, Ink::of(cell), Glyph::of(cell.symbol()))).collect();
    let top = EDGE + CELL.1 * f32::from(y);
    for (at, run) in runs(&cells, |a, b| a.1.ground == b.1.ground) {
        if run[0].1.ground != OWN.1 {
            rect(&mut out, [left(at), top, CELL.0 * run.len() as f32, CELL.1], &run[0].1.ground, 1.0);
        }
    }
    for (at, run) in runs(&cells, together) {
        let (cell, ink, glyph) = &run[0];
        match glyph {
            Glyph::Blank => {}
            Glyph::Block([x, y, across, down], dense) => {
                let part = |eighths: &u8, whole: f32| f32::from(*eighths) / 8.0 * whole;
                let wide = part(across, CELL.0) + CELL.0 * (run.len() - 1) as f32;
                rect(&mut out, [left(at) + part(x, CELL.0), top + part(y, CELL.1), wide, part(down, CELL.1)], &ink.letters, *dense);
            }
            Glyph::Line(ends) => line(&mut out, *ends, (left(at), top), run.len(), ink, cell.symbol() == "┊"),
            Glyph::Letter => {
                let words: String = run.iter().map(|(cell, ..)| cell.symbol()).collect();
                let (words, wide) = (words.trim_end(), CELL.0 * words.trim_end().len() as f32);
                let place = format!("x=\"{}\" textLength=\"{wide}\"", left(at));
                text(&mut out, &place, top, ink, words);
            }
            Glyph::Sign => text(&mut out, &format!("x=\"{}\" text-anchor=\"middle\"", left(at) + CELL.0 / 2.0), top, ink, cell.symbol()),
        }
    }
    out
}

/// Whether a cell is drawn with the one before it.
fn together((_, ink, glyph): &(&Cell, Ink, Glyph), (_, other, next): &(&Cell, Ink, Glyph)) -> bool {
    match (glyph, next) {
        (Glyph::Letter, Glyph::Blank | Glyph::Letter) => ink == other,
        (Glyph::Blank, Glyph::Blank) => true,
        (Glyph::Block([0, _, 8, _], _), _) => glyph == next && ink.letters == other.letters,
        (Glyph::Line([true, true, false, false]), _) => glyph == next && ink.letters == other.letters,
        _ => false,
    }
}

/// Stretches of cells that are drawn together with their first one, each with its place.
fn runs<T>(cells: &[T], together: impl Fn(&T, &T) -> bool) -> Vec<(usize, &[T])> {
    let (mut found, mut from) = (Vec::new(), 0);
    for to in 1..=cells.len() {
        if to == cells.len() || !together(&cells[from], &cells[to]) {
            found.push((from, &cells[from..to]));
            from = to;
        }
    }
    found
}

fn left(column: usize) -> f32 {
    EDGE + CELL.0 * column as f32
}

fn rect(out: &mut String, [x, y, width, height]: [f32; 4], colour: &str, dense: f32) {
    let dense = if dense < 1.0 { format!(" fill-opacity=\"{dense}\"") } else { String::new() };
    writeln!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{colour}\"{dense}/>").unwrap();
}

fn line(out: &mut String, [back, on, up, down]: [bool; 4], (x, y): (f32, f32), cells: usize, ink: &Ink, dashed: bool) {
    let (middle, height) = (x + CELL.0 / 2.0, y + CELL.1 / 2.0);
    let mut path = String::new();
    if back || on {
        let to = if on { x + CELL.0 * cells as f32 } else { middle };
        write!(path, "M{} {height}H{to}", if back { x } else { middle }).unwrap();
    }
    if up || down {
        write!(path, "M{middle} {}V{}", if up { y } else { height }, if down { y + CELL.1 } else { height }).unwrap();
    }
    let dashed = if dashed { " stroke-dasharray=\"3 3\"" } else { "" };
    writeln!(out, "<path d=\"{path}\" stroke=\"{}\"{dashed}/>", ink.letters).unwrap();
}

fn text(out: &mut String, place: &str, top: f32, ink: &Ink, words: &str) {
    writeln!(out, "<text {place} y=\"{}\" fill=\"{}\"{}>{}</text>", top + 14.0, ink.letters, ink.style, escaped(words)).unwrap();
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
