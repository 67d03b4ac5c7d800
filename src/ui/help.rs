//! All keys by the place they hold in, made from the table of actions and the keymap, then all signs; and the files that could not be read.

use super::text::{Row, line_of};
use super::{Skin, popup, prompt, signs};
use crate::app::App;
use crate::app::action::{Action, Context};
use crate::app::help::{self, BETWEEN, Help, Line, Section};
use crate::app::{layout, problems};
use crate::keymap::Keymap;
use crate::theme::Role;
use ratatui::Frame;
use ratatui::layout::Rect;

/// The keys of every place, then the signs.
pub fn sections(keymap: &Keymap) -> Vec<Section> {
    let keys = |place, action| keymap.bound(place, action).map(|key| key.to_string()).collect::<Vec<_>>().join(" ");
    let line = |place, action: Action| Line { sign: keys(place, action), role: Role::Key, meaning: action.meaning(), also: action.name() };
    let lines = |place| Action::ALL.iter().map(|&action| line(place, action)).filter(|line| !line.sign.is_empty()).collect();
    let places = Context::ALL.iter().map(|&(place, _)| Section { place: Some(place), heading: place.title(), lines: lines(place) });
    let sign = |sign: signs::Sign| Line { sign: sign.sign, role: sign.role, meaning: sign.meaning, also: "" };
    let signs = signs::all().into_iter().map(|(heading, signs)| {
        let lines = signs.into_iter().map(sign).collect();
        Section { place: None, heading, lines }
    });
    places.chain(signs).filter(|section| !section.lines.is_empty()).collect()
}

/// Draws the help.
pub fn draw(frame: &mut Frame, app: &App, help: &Help, skin: &Skin, area: Rect) {
    let (width, _) = app.help_room();
    let laid = app.help_laid(help, width);
    let looking = help.typing || !help.input.value().is_empty();
    // While something is looked for the box keeps its size, so that nothing jumps.
    let rows = if looking { usize::from(area.height) } else { laid.height() };
    let height = u16::try_from(rows + 2).unwrap_or(u16::MAX);
    let place = layout::popup(area, (width + 2, height));
    let mut room = usize::from(place.height.saturating_sub(2 + u16::from(looking)));
    let scroll = help.scroll.min(laid.height().saturating_sub(room));
    let below = laid.height().saturating_sub(scroll + room);
    let note = if below > 0 { format!("↓ {below} more") } else { String::new() };
    let title = format!("Keys · {}, then signs", app.context_below().title().to_lowercase());
    let mut inner = popup(frame, skin, place, &title, &note);
    if looking {
        prompt::line(frame, skin, line_of(inner, 0), " find ▸ ", &help.input, &[]);
        (inner.y, inner.height) = (inner.y + 1, inner.height.saturating_sub(1));
        room = usize::from(inner.height);
    }
    if laid.height() == 0 {
        return Row::new(&skin.theme, inner.width).put(Role::Dim, " no key and no sign has these words").draw(inner, frame.buffer_mut());
    }
    for (at, column) in laid.columns.iter().enumerate() {
        let left = u16::try_from(at).unwrap_or(0).saturating_mul(laid.width + BETWEEN);
        let area = Rect { x: inner.x + left, width: laid.width, ..inner };
        for (line, entry) in column.iter().skip(scroll).take(room).enumerate() {
            let row = Row::new(&skin.theme, laid.width);
            let row = match entry {
                help::Row::Heading(name) => row.put(Role::Heading, &format!(" {name}")),
                help::Row::Line(Some((sign, role)), words) => row.number(*role, sign, laid.signs).put(Role::Text, &format!("  {words}")),
                help::Row::Line(None, words) => row.number(Role::Text, "", laid.signs).put(Role::Text, &format!("  {words}")),
                help::Row::Gap => row,
            };
            row.draw(line_of(area, line), frame.buffer_mut());
        }
    }
}

/// Draws the files that could not be read, and those that were left out.
pub fn problems(frame: &mut Frame, app: &App, scroll: usize, skin: &Skin, area: Rect) {
    let count = problems::count(app);
    let height = u16::try_from(count + 2).unwrap_or(u16::MAX);
    let (heading, note) = problems::heading(app);
    let inner = popup(frame, skin, layout::popup(area, (96, height)), heading, &note);
    let scroll = scroll.min(count.saturating_sub(usize::from(inner.height)));
    for at in 0..usize::from(inner.height) {
        let Some((role, words)) = problems::line(app, scroll + at) else { break };
        let indent = if role == Role::Warning { "   " } else { " " };
        Row::new(&skin.theme, inner.width).put(role, indent).put(role, words).draw(line_of(inner, at), frame.buffer_mut());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_and_every_sign_is_told_under_its_place() {
        let keymap = Keymap::shipped().unwrap();
        let sections = sections(&keymap);
        let told = |action: Action| sections.iter().flat_map(|section| &section.lines).any(|line| line.meaning == action.meaning());
        assert!(Action::ALL.iter().all(|&action| told(action)));
        assert!(sections.iter().filter(|section| section.place.is_none()).count() == 5);
    }
}
