//! Where a menu stands on the screen, and what its columns need.

use super::{Kind, Menu};
use crate::app::{layout, text};
use crate::query::facet::Facet;
use ratatui::layout::{Position, Rect};

/// The cells of the bars beside dates.
pub const BARS: usize = 14;

/// The box of a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// Where it is, with its border.
    pub place: Rect,
    /// The cells of the longest name.
    pub names: usize,
    /// The cells that what stands beside a name needs.
    pub needed: usize,
    /// What it is about, and what was typed to narrow it.
    pub heading: String,
    /// How much is chosen, and where the selection is.
    pub note: String,
}

impl Shape {
    /// The box in the middle of `area`.
    pub fn of(menu: &Menu, area: Rect) -> Self {
        let heading = if menu.needle.is_empty() && menu.kind == Kind::Orphans && !menu.subject.is_empty() {
            let subject = text::fit(&menu.subject, usize::from(area.width).saturating_sub(40));
            format!("{} · Enter gives to “{subject}”", menu.kind.title())
        } else if menu.needle.is_empty() && menu.kind != Kind::Actions {
            menu.kind.title().to_owned()
        } else {
            format!("{} ▸ {}", menu.kind.title(), menu.needle)
        };
        let cells = |cells: usize| u16::try_from(cells).unwrap_or(u16::MAX);
        let at = format!("{}/{}", (menu.selected + 1).min(menu.choices.len()), menu.choices.len());
        if menu.kind == Kind::Actions {
            let place = layout::popup(area, (96, cells(menu.count() + 2)));
            return Self { place, names: 18, needed: 0, heading, note: at };
        }
        if menu.kind == Kind::Orphans {
            let place = layout::popup(area, (130, cells(menu.choices.len().max(1) + 2)));
            return Self { place, names: 0, needed: 0, heading, note: at };
        }
        let names = menu.choices.iter().map(|choice| text::width(&choice.name) + choice.indent()).max().unwrap_or(0).clamp(8, 40);
        let texts = || 2 + menu.choices.iter().map(|choice| text::width(choice.detail())).max().unwrap_or(0).min(50);
        // A name is worth more than a text beside it, of which the beginning will do.
        let (details, needed) = match menu.kind {
            Kind::SortBy | Kind::Severity | Kind::Themes | Kind::Actions | Kind::Orphans | Kind::Cuts => (2, 2),
            Kind::Columns => (texts(), texts()),
            Kind::Facet(Facet::Severity) => (20, 20),
            Kind::Facet(Facet::Date) => (8 + BARS, 8),
            Kind::Facet(_) | Kind::Tags => (8, 8),
            Kind::Filters | Kind::Review | Kind::Copy => (texts(), texts().min(12)),
        };
        let keys = if menu.kind.narrows() { 1 } else { 3 };
        let on = match (menu.kind, menu.chosen()) {
            (Kind::Tags, on) if on > 0 => format!("{on} on"),
            (Kind::Facet(_), 0) => "all".into(),
            (Kind::Facet(_) | Kind::Columns, on) => format!("{on} of {}", menu.count()),
            _ => String::new(),
        };
        let more = menu.choices.len() > usize::from(area.height.saturating_sub(2));
        let note = [on, if more { at } else { String::new() }];
        let note = note.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ");
        let least = text::width(&heading) + text::width(&note) + 6;
        let size = ((keys + 2 + names + details + 2).max(least), menu.choices.len().max(1) + 2);
        Self { place: layout::popup(area, (cells(size.0), cells(size.1))), names, needed, heading, note }
    }

    /// The choice at a place of the screen; none beside the box or on its border.
    pub fn choice(&self, menu: &Menu, at: Position) -> Option<usize> {
        let inner = layout::inner(self.place);
        let row = inner.contains(at).then(|| menu.scroll + usize::from(at.y - inner.y));
        row.filter(|&row| row < menu.choices.len())
    }
}
