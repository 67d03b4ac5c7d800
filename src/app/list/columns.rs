//! How the columns of the list share its width.

use crate::query::column::Column;

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

/// A title that stands alone is cut below this.
const ALONE: u16 = 17;

/// Those of the chosen columns that a list of that width has room for, in order. Times lose their clock first, then what can be
/// read beside the list goes: other words than the title, and whatever stands last.
pub fn places(chosen: impl Iterator<Item = Column>, width: u16) -> Vec<Place> {
    let mut shown: Vec<_> = chosen.collect();
    let mut stamp = STAMP;
    while needed(&shown, stamp) > width && shown.len() > 1 {
        let words = shown.iter().rposition(|column| column.is_words() && *column != Column::Title);
        let last = || shown.iter().rposition(|column| !matches!(column, Column::Title | Column::Severity | Column::Start));
        match words {
            Some(at) => drop(shown.remove(at)),
            None if stamp == STAMP => stamp = DAY,
            None => drop(shown.remove(last().unwrap_or(shown.len() - 1))),
        }
    }
    let mut rest = width.saturating_sub(needed(&shown, stamp));
    // What is left over is the title's, or else that of what stands last; a quarter of it goes to each of the other words.
    let widest = shown.iter().position(|column| *column == Column::Title).or(shown.iter().rposition(|column| column.is_words()));
    let share = rest / 4;
    let mut widths: Vec<_> = shown.iter().map(|&column| least(column, &shown, stamp)).collect();
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

fn needed(shown: &[Column], stamp: u16) -> u16 {
    MARK + shown.iter().map(|&column| least(column, shown, stamp)).sum::<u16>()
}

/// The cells that a column needs at least among others.
fn least(column: Column, among: &[Column], stamp: u16) -> u16 {
    match column {
        Column::Severity => 3,
        Column::Start => stamp,
        Column::End => stamp + 1,
        Column::Title if among.iter().any(|other| other.is_words() && *other != Column::Title) => TITLE,
        Column::Title => ALONE,
        Column::Status => 15,
        Column::Format => 17,
        column if column.is_words() => WORDS,
        _ => 10,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::column::Columns;

    fn shown(columns: &str, width: u16) -> String {
        let places = places(columns.parse::<Columns>().unwrap().iter(), width);
        places.iter().map(|place| format!("{}:{}+{}", place.column.name(), place.x, place.width)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_share_what_the_others_leave() {
        let usual = Columns::default().to_string();
        assert_eq!(shown(&usual, 120), "severity:1+3 start:4+17 duration:21+10 organization:31+21 title:52+47 services:99+21");
        assert_eq!(shown(&usual, 60), "severity:1+3 start:4+17 duration:21+10 title:31+29");
        assert_eq!(shown(&usual, 39), "severity:1+3 start:4+11 title:15+24");
        assert_eq!(shown("title,start", 40), "title:1+22 start:23+17");
        assert_eq!(shown("severity,detect,ack,resolve", 60), "severity:1+3 detect:4+10 ack:14+10 resolve:24+10");
    }

    #[test]
    fn every_choice_fits_every_width() {
        for width in 0..220 {
            for from in 0..Column::ALL.len() {
                let places = places(Column::ALL.iter().copied().skip(from).step_by(1 + from % 3), width);
                assert!(!places.is_empty() && places.is_sorted_by_key(|place| place.x));
                let end = places.last().map_or(0, |last| last.x + last.width);
                assert!(places.len() == 1 || end <= width, "{width} {places:?}");
            }
        }
    }
}
