//! Colours: the nearest that a terminal has, and what can be read on them.

use super::Depth;
use ratatui::style::Color;

/// The nearest colour that a terminal of that depth can show.
pub fn reduce(color: Color, depth: Depth) -> Option<Color> {
    match (color, depth) {
        (_, Depth::Mono) => None,
        (Color::Rgb(r, g, b), Depth::Indexed) => Some(Color::Indexed(indexed([r, g, b]))),
        (Color::Rgb(r, g, b), Depth::Sixteen) => Some(sixteen([r, g, b])),
        (Color::Indexed(n), Depth::Sixteen) if n >= 16 => Some(sixteen(rgb_of(n))),
        (color, _) => Some(color),
    }
}

const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The colour of an index in the 6×6×6 cube or the grey ramp, which terminals do not let users change.
fn rgb_of(index: u8) -> [u8; 3] {
    let level = |n: u8| CUBE.get(usize::from(n)).copied().unwrap_or(255);
    match index.checked_sub(16) {
        Some(n) if index < 232 => [level(n / 36), level(n / 6 % 6), level(n % 6)],
        _ => [8 + index.saturating_sub(232).saturating_mul(10); 3],
    }
}

fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    a.iter().zip(b).map(|(&a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}

fn indexed(rgb: [u8; 3]) -> u8 {
    (16..=255).min_by_key(|&index| distance(rgb_of(index), rgb)).unwrap_or(7)
}

/// The nearest named colour by hue: users choose what the sixteen look like, so brightness is no guide.
fn sixteen([r, g, b]: [u8; 3]) -> Color {
    let (max, min) = (r.max(g).max(b), r.min(g).min(b));
    if max - min < 40 {
        return if max < 60 {
            Color::Black
        } else if max < 160 {
            Color::DarkGray
        } else {
            Color::Gray
        };
    }
    let middle = min / 2 + max / 2;
    match (r > middle, g > middle, b > middle) {
        (true, false, false) => Color::Red,
        (false, true, false) => Color::Green,
        (true, true, false) => Color::Yellow,
        (false, false, true) => Color::Blue,
        (true, false, true) => Color::Magenta,
        _ => Color::Cyan,
    }
}

/// What a colour is made of, where that is the same on every terminal.
fn parts(color: Color) -> Option<[u8; 3]> {
    match color {
        Color::Rgb(r, g, b) => Some([r, g, b]),
        Color::Indexed(index) if index >= 16 => Some(rgb_of(index)),
        _ => None,
    }
}

/// Black or white, whichever is read better on `background`; none where nobody knows what that looks like.
pub fn best_on(background: Color) -> Option<Color> {
    let [black, white] = [Color::Indexed(16), Color::Indexed(231)];
    let background = parts(background)?;
    let is_light = contrast(background, [0; 3]) >= contrast(background, [255; 3]);
    Some(if is_light { black } else { white })
}

/// How well one colour stands out from the other, from 1 to 21 (WCAG 2).
fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The relative luminance of a colour (WCAG 2).
fn luminance(rgb: [u8; 3]) -> f64 {
    let linear = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    rgb.map(linear).iter().zip([0.2126, 0.7152, 0.0722]).map(|(part, weight)| part * weight).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{Role, SHIPPED, Theme};

    #[test]
    fn reduces_colours() {
        assert_eq!(reduce(Color::Rgb(255, 0, 0), Depth::Indexed), Some(Color::Indexed(196)));
        assert_eq!(reduce(Color::Rgb(128, 128, 128), Depth::Indexed), Some(Color::Indexed(244)));
        assert_eq!(reduce(Color::Rgb(215, 95, 95), Depth::Sixteen), Some(Color::Red));
        assert_eq!(reduce(Color::Rgb(86, 180, 233), Depth::Sixteen), Some(Color::Cyan));
        assert_eq!(reduce(Color::Indexed(250), Depth::Sixteen), Some(Color::Gray));
        assert_eq!(reduce(Color::Red, Depth::Mono), None);
    }

    /// The colour in a test: the named ones as most terminals have them.
    fn known(color: Color) -> Option<[u8; 3]> {
        if color == Color::Black { Some([0; 3]) } else { parts(color) }
    }

    #[test]
    fn whatever_is_read_stands_out_from_what_is_behind_it() {
        let graphic = |name: &str| name.starts_with("phase.") || name == "bar";
        let decoration = |name: &str| name == "border" || name == "grid";
        for (theme, depth) in SHIPPED.iter().flat_map(|(theme, _)| [Depth::Indexed, Depth::True].map(|depth| (*theme, depth))) {
            let page = if theme == "light" { [255; 3] } else { [18; 3] };
            let shipped = Theme::shipped(theme, depth).unwrap();
            for (role, name) in Role::ALL.iter().filter(|(_, name)| !decoration(name)) {
                let style = shipped.style(*role);
                let Some(fg) = style.fg.and_then(known) else { continue };
                let least = if graphic(name) { 3.0 } else { 4.5 };
                let found = contrast(fg, style.bg.and_then(known).unwrap_or(page));
                assert!(found >= least, "{theme} {depth:?} {name}: {found:.2}");
            }
            for (role, name) in Role::ALL.iter().filter(|(_, name)| name.starts_with("phase.")) {
                let words = Theme::on(shipped.style(*role));
                let found = words.fg.and_then(known).zip(words.bg.and_then(known)).map(|(fg, bg)| contrast(fg, bg));
                assert!(found.is_some_and(|found| found >= 4.5), "{theme} {depth:?} words on {name}: {found:?}");
            }
        }
    }

    #[test]
    fn on_a_colour_that_users_choose_nothing_is_known_to_be_read() {
        assert_eq!(best_on(Color::Yellow), None);
        assert_eq!(
            (best_on(Color::Rgb(255, 220, 0)), best_on(Color::Rgb(0, 0, 120))),
            (Some(Color::Indexed(16)), Some(Color::Indexed(231)))
        );
    }
}
