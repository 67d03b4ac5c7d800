//! The names of the detail's tabs in its border, with how much each holds where there is room for that.

use crate::app::detail::Detail;
use crate::app::facts::Tab;
use crate::app::{layout, text};
use ratatui::layout::Rect;

/// The name of a tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The tab.
    pub tab: Tab,
    /// What stands there.
    pub text: String,
    /// Where.
    pub place: Rect,
}

/// The upper border of the detail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The tabs, as far as there is room.
    pub labels: Vec<Label>,
    /// The part of the border that they take.
    pub place: Rect,
    /// How much lies below, or what is looked at in the source.
    pub note: String,
    /// Whether more lies below, and there is no room to say how much.
    pub is_cut: bool,
}

impl Head {
    /// The border of a detail that has `area`.
    pub fn of(detail: &Detail, area: Rect) -> Self {
        let top = Rect { x: area.x.saturating_add(1), width: area.width.saturating_sub(2), height: area.height.min(1), ..area };
        let below = detail.lines.len().saturating_sub(detail.scroll + usize::from(layout::inner(area).height));
        let note = match (&detail.reader, detail.tab) {
            (Some(reader), Tab::Source) => reader.note(),
            _ if below > 0 => format!("↓{below}"),
            _ => String::new(),
        };
        // The names of the tabs are worth more than how much lies below.
        let names = Tab::ALL.iter().map(|tab| tab.name().len() + 1).sum::<usize>() + 1;
        let fits = names + text::width(&note) + 2 <= usize::from(top.width) || usize::from(top.width) < names;
        let is_cut = !fits && below > 0;
        let note = if fits { note } else { String::new() };
        let taken = if note.is_empty() { 0 } else { text::width(&note) + 2 };
        let (labels, place) = labels(detail, top, usize::from(top.width).saturating_sub(taken));
        Self { labels, place, note, is_cut }
    }
}

fn labels(detail: &Detail, top: Rect, room: usize) -> (Vec<Label>, Rect) {
    let name = |tab: Tab, counted: bool| match detail.count(tab) {
        count if counted && count > 0 && tab != Tab::Summary => format!("{} {count}", tab.name()),
        _ => tab.name().to_owned(),
    };
    let cells = |counted: bool| Tab::ALL.iter().map(|&tab| text::width(&name(tab, counted)) + 2).sum::<usize>();
    // Where not even the names have room, the one that is shown has, and the others their beginnings.
    let (counted, whole) = (cells(true) <= room, cells(false) <= room);
    let letters = if cells(false) < room + Tab::ALL.len() { usize::MAX } else { 2 };
    let mut labels = Vec::new();
    let mut used = usize::from(!whole);
    for tab in Tab::ALL {
        let name: String = name(tab, counted).chars().take(if tab == detail.tab { usize::MAX } else { letters }).collect();
        // Neighbours share the blank between them where each with its own would not fit.
        let text = if whole { format!(" {name} ") } else { name };
        let width = text::width(&text).min(room.saturating_sub(used));
        let place = |at: usize, width: usize| {
            let cells = |cells| u16::try_from(cells).unwrap_or(u16::MAX);
            Rect { x: top.x.saturating_add(cells(at)), width: cells(width), ..top }
        };
        labels.push(Label { tab, place: place(used, width), text });
        used = (used + width + usize::from(!whole)).min(room);
    }
    (labels, Rect { width: u16::try_from(used).unwrap_or(top.width), ..top })
}
