//! The text of the help, laid out for a width: in two columns where it is wide enough, the place where a person is first, and
//! only the lines that have what is looked for.

use crate::app::action::Context;
use crate::app::{App, layout, text};
use crate::keymap::Keymap;
use crate::theme::Role;
use std::ops::Range;
use tui_input::Input;

/// From so many cells on there are two columns.
const TWO: u16 = 96;

/// The box is no wider than this.
const WIDEST: u16 = 168;

/// The cells between two columns.
pub const BETWEEN: u16 = 2;

/// The cells of keys and signs at least and at most.
const SIGNS: Range<usize> = 8..17;

/// Keys of a place, or signs of a part of the screen.
#[derive(Debug)]
pub struct Section {
    /// Where its keys hold; none for signs.
    pub place: Option<Context>,
    /// What stands above it.
    pub heading: &'static str,
    /// What it tells.
    pub lines: Vec<Line>,
}

/// A key or a sign, and what it means.
#[derive(Debug)]
pub struct Line {
    /// The keys or the sign.
    pub sign: String,
    /// How that looks.
    pub role: Role,
    /// What it means.
    pub meaning: &'static str,
    /// Words that find it as well: the name of an action.
    pub also: &'static str,
}

/// What of the help is looked at.
#[derive(Debug, Default)]
pub struct Help {
    /// How many rows are scrolled away.
    pub scroll: usize,
    /// What is looked for.
    pub input: Input,
    /// Whether that is being typed.
    pub typing: bool,
}

/// A row of a column.
#[derive(Debug, PartialEq, Eq)]
pub enum Row<'a> {
    /// A heading.
    Heading(&'a str),
    /// A sign with its look, none below the first row of its meaning; and a part of that.
    Line(Option<(&'a str, Role)>, &'a str),
    /// Nothing.
    Gap,
}

/// The help as it is laid out.
#[derive(Debug)]
pub struct Laid<'a> {
    /// The columns from left to right.
    pub columns: Vec<Vec<Row<'a>>>,
    /// The cells of a column.
    pub width: u16,
    /// The cells of its signs.
    pub signs: u16,
}

impl Laid<'_> {
    /// How many rows it has.
    pub fn height(&self) -> usize {
        self.columns.iter().map(Vec::len).max().unwrap_or(0)
    }
}

/// Lays out those of `sections`, which stand in order, that have all words of `needle`, in so many cells.
pub fn laid<'a>(sections: &[&'a Section], needle: &str, width: u16) -> Laid<'a> {
    let needle = needle.to_lowercase();
    let has = |section: &Section, line: &Line| {
        let text = format!("{} {} {} {}", section.heading, line.sign, line.meaning, line.also).to_lowercase();
        needle.split_whitespace().all(|word| text.contains(word))
    };
    let found =
        sections.iter().map(|section| (section.heading, section.lines.iter().filter(|line| has(section, line)).collect::<Vec<_>>()));
    let found: Vec<_> = found.filter(|(_, lines)| !lines.is_empty()).collect();
    let count = if width >= TWO { 2 } else { 1 };
    let column = (width - BETWEEN * (count - 1)) / count;
    let signs = found.iter().flat_map(|(_, lines)| lines).map(|line| text::width(&line.sign) + 1).max().unwrap_or(0);
    let signs = u16::try_from(signs.clamp(SIGNS.start, SIGNS.end)).unwrap_or(0).min(column / 2);
    let room = usize::from(column.saturating_sub(signs + 2));
    let blocks: Vec<Vec<Row>> = found.into_iter().map(|(heading, lines)| block(heading, &lines, room)).collect();
    // A block stays whole; the first column has half of all rows or somewhat more.
    let half = blocks.iter().map(|block| block.len() + 1).sum::<usize>().div_ceil(usize::from(count));
    let mut columns: Vec<Vec<Row>> = vec![Vec::new()];
    for block in blocks {
        let full = columns.last().is_some_and(|column| !column.is_empty() && column.len() + block.len() / 2 > half);
        if full && columns.len() < usize::from(count) {
            columns.push(Vec::new());
        }
        let Some(column) = columns.last_mut() else { continue };
        if !column.is_empty() {
            column.push(Row::Gap);
        }
        column.extend(block);
    }
    Laid { columns, width: column, signs }
}

fn block<'a>(heading: &'a str, lines: &[&'a Line], room: usize) -> Vec<Row<'a>> {
    let mut rows = vec![Row::Heading(heading)];
    for line in lines {
        let parts = text::wrap(line.meaning, room);
        let part = |(at, part): (usize, Range<usize>)| {
            let sign = (at == 0).then_some((line.sign.as_str(), line.role));
            Row::Line(sign, line.meaning.get(part).unwrap_or_default().trim_end())
        };
        rows.extend(parts.into_iter().enumerate().map(part));
    }
    rows
}

impl App {
    /// The help in a box of so many cells, with the place where a person is first.
    pub fn help_laid(&self, help: &Help, width: u16) -> Laid<'_> {
        let here = Keymap::lookup(self.context_below());
        let mut sections: Vec<_> = self.help.iter().collect();
        let rank = |section: &&Section| here.iter().position(|&place| Some(place) == section.place).unwrap_or(here.len());
        sections.sort_by_key(rank);
        laid(&sections, help.input.value(), width)
    }

    /// The cells that the help has for its text, and its rows.
    pub fn help_room(&self) -> (u16, usize) {
        let body = self.layout().body;
        let width = WIDEST.min(body.width.saturating_sub(8).max(TWO));
        (layout::inner(layout::popup(body, (width, body.height))).width, self.body_rows())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sections() -> Vec<Section> {
        let line = |sign: &str, meaning| Line { sign: sign.into(), role: Role::Key, meaning, also: "move-it" };
        let section = |heading, count| Section {
            place: None,
            heading,
            lines: std::iter::repeat_with(|| line("Ctrl-f", "Move down a page."))
                .take(count)
                .chain([line("x", "Leave dead time out.")])
                .collect(),
        };
        vec![section("Here", 4), section("There", 5), section("Everywhere", 6)]
    }

    #[test]
    fn two_columns_share_the_sections_and_narrow_ones_break_their_lines() {
        let all = sections();
        let all: Vec<_> = all.iter().collect();
        let wide = laid(&all, "", 110);
        assert_eq!(
            wide.columns.iter().map(|column| (column.len(), &column[0])).collect::<Vec<_>>(),
            [(14, &Row::Heading("Here")), (8, &Row::Heading("Everywhere"))]
        );
        assert_eq!((laid(&all, "", 90).columns.len(), laid(&all, "", 90).height()), (1, 23));
        assert!(laid(&all, "", 24).height() > 23);
        for width in 0..200 {
            let laid = laid(&all, "", width);
            assert!(usize::from(laid.width) * laid.columns.len() <= usize::from(width));
        }
    }

    #[test]
    fn only_what_is_looked_for_is_left_under_its_heading() {
        let all = sections();
        let all: Vec<_> = all.iter().collect();
        let found = laid(&all, "dead TIME", 60);
        assert_eq!(found.height(), 8);
        assert_eq!(found.columns[0][1], Row::Line(Some(("x", Role::Key)), "Leave dead time out."));
        assert_eq!(laid(&all, "there x", 60).height(), 2);
        assert_eq!(laid(&all, "move-it", 60).height(), laid(&all, "", 60).height());
        assert_eq!(laid(&all, "no such word", 60).height(), 0);
    }
}
