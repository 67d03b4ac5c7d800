//! The names of the sections above the one that is shown, where there is no room for all of them.

use super::Section;
use crate::app::text::width;
use ratatui::layout::Rect;

/// A name, or an arrow to a neighbour, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The section that it leads to.
    pub section: Section,
    /// What stands there.
    pub text: String,
    /// Where.
    pub place: Rect,
}

/// The names of the sections on the line `area`, with so many cells for something behind them; where they have no room the one
/// that is shown between two arrows.
pub fn labels(shown: Section, behind: usize, area: Rect) -> Vec<Label> {
    let needed = Section::ALL.iter().map(|section| section.name().len() + 1).sum::<usize>() + behind + 1;
    let texts = if needed <= usize::from(area.width) {
        Section::ALL.map(|section| (section, section.name().to_owned())).to_vec()
    } else {
        vec![(shown.next(false), "‹".to_owned()), (shown, shown.name().to_owned()), (shown.next(true), "›".to_owned())]
    };
    let mut x = area.x;
    let label = |(section, text): (Section, String)| {
        let cells = u16::try_from(width(&text)).unwrap_or(u16::MAX);
        let place = Rect { x: x.saturating_add(1), width: cells, height: 1, ..area }.intersection(area);
        x = x.saturating_add(cells + 1);
        Label { section, text, place }
    };
    texts.into_iter().map(label).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_can_be_reached_at_any_width() {
        for width in 0..120 {
            let area = Rect::new(3, 5, width, 1);
            let labels = labels(Section::Months, 4, area);
            assert!(labels.iter().all(|label| label.place.intersection(area) == label.place));
            let reached: Vec<_> = labels.iter().map(|label| label.section).collect();
            assert!(reached == Section::ALL || reached == [Section::Organizations, Section::Months, Section::Weekdays], "{width}");
        }
    }
}
