//! What the signs of a chart mean, and the bars that are too short for their names.

use crate::app::lanes::{Bar, Mark};
use crate::app::show::{self, Clock};
use crate::app::viewport::instant;
use crate::app::{App, glyph as signs, text};
use crate::incident::Certainty;
use crate::theme::{Role, Theme};
use crate::ui::Skin;
use crate::ui::bar::fill;
use crate::ui::text::{Row, line_of};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// A sign and what it means.
pub struct Entry {
    /// The look of the sign.
    pub style: Style,
    /// The sign.
    pub sign: char,
    /// What it is.
    pub what: String,
    /// The time of an event, the length of a bar.
    pub when: String,
}

/// A bar too short for its name, under the sign that stands on it.
pub fn bar(bar: &Bar, skin: &Skin) -> Entry {
    let length = bar.start.zip(bar.end).map(|(start, end)| show::minutes((end - start) as f64 / 60_000.0));
    let style = skin.theme.style(signs::phase(bar.kind));
    let (style, sign) = match bar.sign {
        Some(sign) => (Theme::on(style), sign),
        None => (style, fill(bar)),
    };
    let what = bar.label.trim_start_matches(|c| bar.number() == Some(c)).trim_start().to_owned();
    Entry { style, sign, what, when: length.unwrap_or_default() }
}

/// The events, each with its date where that is not the day of the incident and that of the one before.
pub fn marks(app: &App, skin: &Skin, clock: &Clock) -> Vec<Entry> {
    let home = app.incident().and_then(|incident| incident.start()).map(|start| clock.day(start));
    let mut above = None;
    let entry = |mark: &Mark| {
        let when = instant(mark.at).map(|at| clock.time_among(at, home.into_iter().chain(above)));
        above = instant(mark.at).map(|at| clock.day(at));
        let role = if mark.certainty == Certainty::Inferred { Role::Inferred } else { Role::Event };
        let when = format!("{}{}", super::about(app, mark), show::or_missing(when));
        Entry { style: skin.theme.style(role), sign: mark.sign(), what: signs::event_name(mark.kind).into(), when }
    };
    app.timeline.lanes.marks.iter().map(entry).collect()
}

/// What signs mean, one after another; answers with the lines that takes.
pub fn draw(buffer: &mut Buffer, skin: &Skin, area: Rect, entries: &[Entry]) -> usize {
    let mut at = 0;
    let mut row = Row::new(&skin.theme, area.width);
    for (place, Entry { style, sign, what, when }) in entries.iter().enumerate() {
        let words = if when.is_empty() { what.clone() } else { format!("{what} {when}") };
        let cells = text::width(&words) + 4;
        if cells > row.room() && row.room() < usize::from(area.width) {
            let left = entries.len() - place;
            if at + 1 >= usize::from(area.height) {
                row = row.put(Role::Dim, &format!("+{left}"));
                break;
            }
            std::mem::replace(&mut row, Row::new(&skin.theme, area.width)).draw(line_of(area, at), buffer);
            at += 1;
        }
        row = row.styled(*style, &sign.to_string()).put(Role::Dim, &format!(" {words}  "));
    }
    row.draw(line_of(area, at), buffer);
    at + usize::from(!entries.is_empty())
}
