//! How the columns of the list share its width.

use crate::app::App;
use crate::app::layout::inner;
use crate::query::column::{Column, Columns};
use crate::query::order::Order;

/// A column and its cells, with the gap or the mark that it begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The column.
    pub column: Column,
    /// Where it begins, behind the left edge of the list.
    pub x: u16,
    /// How many cells it has.
    pub width: u16,
}

/// The cell of the mark before the first column.
const MARK: u16 = 1;

/// The cells of a time, each with its mark, and of a day.
const STAMP: u16 = 17;
const DAY: u16 = 11;

/// A title has so many cells at least where other words stand beside it, other words so many.
const TITLE: u16 = 25;
const WORDS: u16 = 11;

/// A title that stands alone is cut below this, and for a column that was asked for below that.
const ALONE: u16 = 17;
const TIGHT: u16 = 12;

impl App {
    /// The columns of the list as they are drawn; none where it is drawn without.
    pub fn columns_drawn(&self) -> Vec<Place> {
        let layout = self.layout();
        if !layout.has_columns() {
            return Vec::new();
        }
        places(&self.columns, self.list.order(), inner(layout.list).width)
    }
}

/// Those of the chosen columns that a list of that width has room for, in order, and the one that was chosen to sort by. Times
/// lose their clock first, then what can be read beside the list goes: other words than the title, and whatever stands last.
/// What was asked for beyond the usual columns goes last, behind the width of the title.
fn places(columns: &Columns, order: Order, width: u16) -> Vec<Place> {
    let sorted = Some(order.column).filter(|_| order != Order::default());
    let mut chosen = columns.clone();
    sorted.into_iter().filter(|&column| !columns.has(column)).for_each(|column| chosen.toggle(column));
    let (mut shown, usual): (Vec<_>, _) = (chosen.iter().collect(), Columns::default());
    let is_kept = |column: &Column| matches!(column, Column::Title | Column::Severity | Column::Start);
    let is_asked = |column: &Column| !is_kept(column) && (Some(*column) == sorted || !usual.has(*column));
    let mut room = Room { stamp: STAMP, title: ALONE };
    while room.needed(&shown) > width && shown.len() > 1 {
        let last = |goes: &dyn Fn(&Column) -> bool| shown.iter().rposition(goes);
        let words = last(&|column| column.is_words() && !is_kept(column) && !is_asked(column));
        let at = match words {
            Some(at) => at,
            None if room.stamp == STAMP => {
                room.stamp = DAY;
                continue;
            }
            None if room.title == ALONE && shown.iter().any(is_asked) => {
                room.title = TIGHT;
                continue;
            }
            None => last(&|column| !is_kept(column) && !is_asked(column))
                .or_else(|| last(&|column| !is_kept(column) && Some(*column) != sorted))
                .or_else(|| last(&|column| *column != Column::Title && Some(*column) != sorted))
                .or_else(|| last(&|column| Some(*column) != sorted))
                .unwrap_or(0),
        };
        shown.remove(at);
    }
    // What went may have left more room than a clock needs.
    let whole = Room { stamp: STAMP, title: ALONE };
    if room.title == TIGHT && whole.needed(&shown) <= width {
        room = whole;
    }
    let mut rest = width.saturating_sub(room.needed(&shown));
    // What is left over is the title's, or else that of what stands last; a quarter of it goes to each of the other words.
    let widest = shown.iter().position(|column| *column == Column::Title).or(shown.iter().rposition(|column| column.is_words()));
    let share = rest / 4;
    let mut widths: Vec<_> = shown.iter().map(|&column| room.least(column, &shown)).collect();
    for (at, (column, width)) in shown.iter().zip(&mut widths).enumerate() {
        let most = if matches!(column, Column::Organization | Column::Tags) { WORDS + 14 } else { u16::MAX };
        if column.is_words() && Some(at) != widest {
            let more = share.min(most - *width).min(rest);
            (*width, rest) = (*width + more, rest - more);
        }
    }
    if let Some(width) = widest.and_then(|at| widths.get_mut(at)) {
        *width += rest;
    }
    let mut x = MARK;
    let place = |(column, width): (Column, u16)| {
        x += width;
        Place { column, x: x - width, width }
    };
    shown.into_iter().zip(widths).map(place).collect()
}

/// The cells that a time and a title that stands alone have at least.
#[derive(Clone, Copy)]
struct Room {
    stamp: u16,
    title: u16,
}

impl Room {
    fn needed(self, shown: &[Column]) -> u16 {
        MARK + shown.iter().map(|&column| self.least(column, shown)).sum::<u16>()
    }

    /// The cells that a column needs at least among others.
    fn least(self, column: Column, among: &[Column]) -> u16 {
        match column {
            Column::Severity => 4,
            Column::Start => self.stamp,
            Column::End => self.stamp + 1,
            Column::Title if self.title > TIGHT && among.iter().any(|other| other.is_words() && *other != Column::Title) => TITLE,
            Column::Title => self.title,
            Column::Status => 15,
            Column::Format => 17,
            column if column.is_words() => WORDS,
            _ => 10,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(columns: &str, width: u16) -> String {
        sorted(columns, Order::default(), width)
    }

    fn sorted(columns: &str, order: Order, width: u16) -> String {
        let places = places(&columns.parse().unwrap(), order, width);
        places.iter().map(|place| format!("{}:{}+{}", place.column.name(), place.x, place.width)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_share_what_the_others_leave() {
        let usual = Columns::default().to_string();
        assert_eq!(shown(&usual, 120), "severity:1+4 start:5+17 duration:22+10 organization:32+21 title:53+46 services:99+21");
        assert_eq!(shown(&usual, 60), "severity:1+4 start:5+17 duration:22+10 title:32+28");
        assert_eq!(shown(&usual, 39), "severity:1+4 start:5+11 title:16+23");
        assert_eq!(shown("title,start", 40), "title:1+22 start:23+17");
        assert_eq!(shown("severity,detect,ack,resolve", 60), "severity:1+4 detect:5+10 ack:15+10 resolve:25+10");
    }

    #[test]
    fn what_was_asked_for_is_shown_before_the_title_takes_its_room() {
        let usual = Columns::default().to_string();
        let longest = Order::default().by(Column::Duration);
        assert_eq!(sorted(&usual, longest, 39), "severity:1+4 start:5+11 duration:16+10 title:26+13");
        assert_eq!(sorted("severity,start,title", longest, 39), "severity:1+4 start:5+11 duration:16+10 title:26+13");
        let ticked = format!("{usual},detect");
        assert_eq!(shown(&ticked, 50), "severity:1+4 start:5+11 duration:16+10 title:26+14 detect:40+10");
        assert_eq!(shown(&ticked, 40), "severity:1+4 start:5+11 title:16+14 detect:30+10");
        // Whatever is sorted by is there at last.
        for column in Column::ALL.iter().filter(|column| **column != Column::Start) {
            assert!(sorted(&usual, Order::default().by(*column), 20).contains(column.name()), "{}", column.name());
        }
    }

    #[test]
    fn a_clock_comes_back_where_there_is_room_for_it() {
        assert_eq!(shown("severity,start,title,status,format", 58), "severity:1+4 start:5+17 title:22+21 status:43+15");
    }

    #[test]
    fn every_choice_fits_every_width() {
        for width in 0..220 {
            for from in 0..Column::ALL.len() {
                let chosen: Vec<_> = Column::ALL.iter().skip(from).step_by(1 + from % 3).map(|column| column.name()).collect();
                let places = places(&chosen.join(",").parse().unwrap(), Order::default(), width);
                assert!(!places.is_empty() && places.is_sorted_by_key(|place| place.x));
                let end = places.last().map_or(0, |last| last.x + last.width);
                assert!(places.len() == 1 || end <= width, "{width} {places:?}");
            }
        }
    }
}
