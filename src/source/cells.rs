//! A stretch of one source line as terminal cells: safe to show, tabs expanded, and the way from a byte to its cell.

use crate::sanitize;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Tabs end at multiples of this.
pub const TAB: usize = 4;

/// What stands where a part of a line is left out.
const ELLIPSIS: char = '…';

/// One cluster of the line: the byte it begins at, its first cell, and where its shown form begins.
#[derive(Debug, Clone, Copy)]
struct Cluster {
    byte: usize,
    cell: usize,
    shown: usize,
}

/// A stretch of a line, laid out. Lay out stretches, not endless lines: every cluster is remembered.
#[derive(Debug)]
pub struct Cells {
    text: String,
    clusters: Vec<Cluster>,
    width: usize,
}

impl Cells {
    /// Lays out `raw`, a line or a part of one, with tab stops every `tab` cells from its beginning.
    pub fn new(raw: &str, tab: usize) -> Self {
        let (mut text, mut clusters, mut width) = (String::with_capacity(raw.len()), Vec::with_capacity(raw.len() + 1), 0);
        for (byte, cluster) in raw.grapheme_indices(true) {
            clusters.push(Cluster { byte, cell: width, shown: text.len() });
            if cluster == "\t" {
                let tab = tab.max(1);
                let blanks = tab - width % tab;
                text.extend(std::iter::repeat_n(' ', blanks));
                width += blanks;
                continue;
            }
            let shown = sanitize::line(cluster);
            width += UnicodeWidthStr::width(shown.as_ref());
            text.push_str(&shown);
        }
        clusters.push(Cluster { byte: raw.len(), cell: width, shown: text.len() });
        Self { text, clusters, width }
    }

    /// The stretch as it is shown.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The cells it takes.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The cells of the bytes in `range`: of every cluster that it touches, and one where it is empty.
    pub fn of(&self, range: Range<usize>) -> Range<usize> {
        let first = self.clusters.partition_point(|cluster| cluster.byte <= range.start).saturating_sub(1);
        let last = self.clusters.partition_point(|cluster| cluster.byte < range.end).max(first);
        let cell = |at: usize| self.clusters.get(at).map_or(self.width, |cluster| cluster.cell);
        cell(first)..cell(last).max(cell(first) + 1)
    }

    /// At most `room` cells of it around the cells in `focus`, with `…` where something is left out (`more` says that
    /// the line goes on before or after the stretch), and how far the cells have moved to the left.
    pub fn window(&self, focus: &Range<usize>, room: usize, more: (bool, bool)) -> (String, usize) {
        if self.width <= room && more == (false, false) {
            return (self.text.clone(), 0);
        }
        // Where the words and all before them fit, nothing is cut before them.
        let wanted = focus.len().min(room.saturating_sub(2));
        let from =
            if !more.0 && focus.start + wanted < room { 0 } else { focus.start.saturating_sub((room - wanted.min(room)) / 2).max(1) };
        let whole_start = from == 0;
        // Near the end, the rest of the line is worth more than what stands before the words.
        let from = if more.1 || whole_start { from } else { from.min((self.width + 1).saturating_sub(room)).max(1) };
        let begin = self.clusters.partition_point(|cluster| cluster.cell < from);
        let Some(first) = self.clusters.get(begin).copied() else { return (self.text.clone(), 0) };
        let lead = usize::from(!whole_start);
        let rest = self.clusters.get(begin..).unwrap_or_default();
        let fits =
            |room: usize| rest.iter().take_while(|cluster| cluster.cell - first.cell + lead <= room).last().copied().unwrap_or(first);
        let all = fits(room);
        let goes_on = more.1 || all.cell < self.width;
        let last = if goes_on { fits(room.saturating_sub(1)) } else { all };
        let mut text = String::new();
        text.extend((lead == 1).then_some(ELLIPSIS));
        text.push_str(self.text.get(first.shown..last.shown).unwrap_or_default());
        text.extend(goes_on.then_some(ELLIPSIS));
        (text, first.cell.saturating_sub(lead))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_cells_of_bytes() {
        for (raw, range, cells) in [
            ("plain text", 6..10, 6..10),
            ("\tx", 1..2, 4..5),
            ("ab\tx", 2..3, 2..4),
            ("naïve x", 7..8, 6..7),
            ("事故 14:04", 7..12, 5..10),
            ("事故", 3..6, 2..4),
            ("e\u{301}x", 3..4, 1..2),
            // A byte within a cluster means the whole cluster.
            ("事故", 4..5, 2..4),
            ("a\u{1b}b", 2..3, 2..3),
            ("abc", 3..3, 3..4),
            ("", 0..0, 0..1),
        ] {
            assert_eq!(Cells::new(raw, TAB).of(range), cells, "{raw:?}");
        }
        assert_eq!(Cells::new("a\tb\u{1b}[2J", TAB).text(), "a   b␛[2J");
    }

    #[test]
    fn shows_what_stands_around_the_words() {
        let window = |raw: &str, focus, room| Cells::new(raw, TAB).window(&focus, room, (false, false));
        assert_eq!(window("abcdefghij", 2..4, 10), ("abcdefghij".into(), 0));
        assert_eq!(window("abcdefghijklmnop", 2..4, 10), ("abcdefghi…".into(), 0));
        assert_eq!(window("abcdefghijklmnop", 8..10, 8), ("…fghijk…".into(), 4));
        assert_eq!(window("abcdefghijklmnop", 14..16, 8), ("…jklmnop".into(), 8));
        assert_eq!(window("事故報告事故報告事故", 8..12, 9), ("…告事故…".into(), 5));
        for room in 4..24 {
            for start in 0..16 {
                let (text, moved) = window("ab事d\tf g報ij kl", start..start + 3, room);
                assert!(UnicodeWidthStr::width(text.as_str()) <= room, "{room} {start} {text}");
                assert!(moved <= start, "{room} {start} {text}");
            }
        }
    }
}
