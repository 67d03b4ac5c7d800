//! A text as a reader sees it: without the characters that show nothing, and with plain blanks.

use super::{Moment, Time};
use std::ops::Range;

/// What a text looks like, and the way back to its bytes.
pub(super) struct Seen {
    /// The text without what shows nothing.
    pub(super) text: String,
    /// Places in `text` behind which a byte stands so much further on in the text it was made from.
    shifts: Vec<(usize, usize)>,
}

/// Soft hyphens, joiners, marks of direction and of byte order.
fn shows_nothing(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// What `text` looks like, where that is not what it holds.
pub(super) fn seen(text: &str) -> Option<Seen> {
    let other = |c: char| !c.is_ascii() && (shows_nothing(c) || c.is_whitespace());
    if text.is_ascii() || !text.contains(other) {
        return None;
    }
    let mut seen = Seen { text: String::with_capacity(text.len()), shifts: Vec::new() };
    let mut hidden = 0;
    for c in text.chars() {
        let shown = if shows_nothing(c) { None } else { Some(if other(c) { ' ' } else { c }) };
        seen.text.extend(shown);
        let bytes = c.len_utf8() - shown.map_or(0, char::len_utf8);
        if bytes > 0 {
            hidden += bytes;
            seen.shifts.push((seen.text.len(), hidden));
        }
    }
    Some(seen)
}

impl Seen {
    /// `time`, which was read from what is seen, at its place in the text.
    pub(super) fn back(&self, time: Time) -> Time {
        let moved = |moment: Moment| Moment { range: self.range(&moment.range), ..moment };
        match time {
            Time::Moment(moment) => Time::Moment(moved(moment)),
            Time::Range(from, to, lead) => Time::Range(moved(from), moved(to), lead),
            Time::Unreadable(range, date) => Time::Unreadable(self.range(&range), date),
            Time::Later(range, minutes, noun) => Time::Later(self.range(&range), minutes, noun.map(|noun| self.range(&noun))),
        }
    }

    fn range(&self, range: &Range<usize>) -> Range<usize> {
        // What shows nothing belongs to no time that it stands beside.
        let shift = |count: usize| count.checked_sub(1).and_then(|last| self.shifts.get(last)).map_or(0, |(_, hidden)| *hidden);
        let start = range.start + shift(self.shifts.partition_point(|(at, _)| *at <= range.start));
        start..range.end + shift(self.shifts.partition_point(|(at, _)| *at < range.end)).max(start - range.start)
    }
}
