//! The pieces of times, found in running text: each at a word's start, none inside numbers, addresses or versions.

use super::clock::{self, Before, ClockPiece};
use super::date::{self, DatePiece, DayPiece};
use super::words::{is_one_of, starts_with};
use super::zone::{self, ZonePiece};
use std::ops::Range;

/// What a piece is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A calendar date.
    Date(DatePiece),
    /// A clock, and the zone right behind it.
    Clock(ClockPiece, Option<ZonePiece>),
    /// A zone on its own.
    Zone(ZonePiece),
    /// Minutes after a T0.
    Offset(i64),
    /// A time left open or mistyped.
    Unfinished,
}

/// A piece and its place in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Where it stands.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// How the text around writes its clocks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Style {
    /// Four figures at the head of the text are a clock.
    pub by_figures: bool,
    /// Clocks are written with a dot: "09.15".
    pub dotted: bool,
}

/// Every piece in `text`, in order.
pub fn pieces(text: &str, style: Style) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut reached = 0;
    let Style { by_figures, mut dotted } = style;
    for at in super::word_starts(text) {
        if at < reached {
            continue;
        }
        let input = text.get(at..).unwrap_or_default();
        let Some(first) = input.bytes().next() else { continue };
        // Any zone may follow a date or a clock: "9 Feb 2021, PST".
        let follows = pieces.last().is_some_and(|last| last.range.end + 3 > at);
        if !first.is_ascii_digit() && !follows && !may_start_time(first, input) {
            continue;
        }
        // "[+00:40]": minutes after the report's T0.
        if let Some((start, rest, minutes)) = clock::signed(text.get(..at).unwrap_or_default(), input) {
            reached = text.len() - rest.len();
            pieces.push(Piece { range: start..reached, kind: Kind::Offset(minutes) });
            continue;
        }
        let inside = super::is_inside_token(text, at) && pieces.last().is_none_or(|last| last.range.end + 1 < at);
        if inside {
            reached = at + token_length(input);
            continue;
        }
        let behind_date = pieces.last().filter(|last| last.range.end + 2 > at);
        let behind_date = behind_date.and_then(|last| if let Kind::Date(date) = last.kind { Some(date) } else { None });
        let behind_clock =
            pieces.last().is_some_and(|last| matches!(last.kind, Kind::Clock(..) | Kind::Zone(_)) && last.range.end + 2 > at);
        if behind_clock && let Ok((rest, date)) = date::day_before(input) {
            reached = text.len() - rest.len();
            pieces.push(Piece { range: at..reached, kind: Kind::Date(date) });
            continue;
        }
        let before = Before { text: text.get(..at).unwrap_or_default(), date: behind_date, dotted, by_figures };
        let Some((length, kind)) = piece(before, input) else {
            if first.is_ascii_digit() || first == b'?' || first == b'-' {
                reached = at + token_length(input);
            }
            continue;
        };
        reached = at + length;
        dotted |= matches!(kind, Kind::Clock(..)) && super::figures(input).1 == Some('.');
        pieces.push(Piece { range: at..reached, kind });
    }
    pieces
}

/// A cheap look at the first letters of what is no number: most words of a text start no time.
fn may_start_time(first: u8, input: &str) -> bool {
    let bytes = input.as_bytes();
    match first {
        b'-' | b'?' => input.starts_with("--:") || input.starts_with("??:"),
        // T+12m, T0
        b'T' | b't' if bytes.get(1).is_some_and(|next| !next.is_ascii_alphabetic()) => true,
        // "the next day", "the day before", "on Friday", "on the 9th": of words so common more is asked.
        b'T' | b't' if starts_with(input, "the") => goes_on_with(input, b"nfdpm"),
        b'O' | b'o' if starts_with(input, "on ") => goes_on_with(input, b"mtwfs"),
        _ => bytes.first_chunk::<3>().is_some_and(|start| opens_time(&start.map(|byte| byte.to_ascii_lowercase()))),
    }
}

/// Whether the second word of `input`, whose first has up to three letters, starts with one of `letters`.
fn goes_on_with(input: &str, letters: &[u8]) -> bool {
    let next = input.get(2..).and_then(|rest| rest.split_once(char::is_whitespace)).map(|(_, rest)| rest.trim_start());
    next.and_then(|next| next.bytes().next()).is_some_and(|letter| letters.contains(&letter.to_ascii_lowercase()))
}

/// The first three letters of months, weekdays, "noon", "midday", "midnight", "half", "quarter", the minutes
/// and hours of clocks in words, "next day", "following", and of the zones that may stand in front of a clock.
#[rustfmt::skip]
fn opens_time(start: &[u8; 3]) -> bool {
    matches!(
        start,
        b"jan" | b"feb" | b"mar" | b"apr" | b"may" | b"jun" | b"jul" | b"aug" | b"sep" | b"oct" | b"nov" | b"dec"
            | b"mon" | b"tue" | b"wed" | b"thu" | b"fri" | b"sat" | b"sun"
            | b"tod" | b"ton" | b"yes" | b"thi" | b"las" | b"nex" | b"fol" | b"noo" | b"mid" | b"hal" | b"qua"
            | b"one" | b"two" | b"thr" | b"fou" | b"fiv" | b"six" | b"sev" | b"eig" | b"nin" | b"ten" | b"ele" | b"twe"
            | b"utc" | b"gmt" | b"coo" | b"uni"
    )
}

fn token_length(input: &str) -> usize {
    let word = |c: char| c.is_alphanumeric() || matches!(c, '.' | ':' | '/' | '-' | '_');
    input.find(|c| !word(c)).unwrap_or(input.len()).max(1)
}

fn piece(before: Before, input: &str) -> Option<(usize, Kind)> {
    let length = |rest: &str| input.len() - rest.len();
    if let Ok((rest, date)) = date::date(input).or_else(|_| date::before_clock(before.text, input)) {
        // "every Sunday at 04:00" is no day.
        if matches!(date.day, DayPiece::On(_)) && is_one_of(clock::last_word(before.text), &["every", "each"]) {
            return None;
        }
        return Some((length(rest), Kind::Date(date)));
    }
    if let Ok((rest, clock)) = clock::clock(input) {
        if input.starts_with(['m', 'M', 'n', 'N']) && !clock::is_moment(before.text) {
            return None;
        }
        // "01:00-04:00" is a range unless a date makes it a stamp with an offset.
        let range = rest.starts_with('-') && (before.date.is_none() || goes_to(before.text, &clock, rest));
        let (rest, zone) = if range { (rest, None) } else { zone::behind_clock(rest, clock.second.is_some()) };
        if zone.is_none() && before.date.is_none() && clock::is_length(before.text, &clock, rest) {
            return None;
        }
        return Some((length(rest), Kind::Clock(clock, zone)));
    }
    if let Ok((rest, clock)) = clock::led(before, input).or_else(|_| clock::minutes_of_hour(before.text, input)) {
        let (rest, zone) = zone::behind_clock(rest, clock.second.is_some());
        return Some((length(rest), Kind::Clock(clock, zone)));
    }
    if let Ok((rest, minutes)) = clock::offset(input) {
        return Some((length(rest), Kind::Offset(minutes)));
    }
    if let Ok((rest, _)) = clock::unfinished(input) {
        return Some((length(rest), Kind::Unfinished));
    }
    // A zone on its own ("9 Feb 2021 UTC"); whether it belongs to a clock is seen when the pieces are joined.
    if let Ok((rest, zone)) = zone::abbreviation(input) {
        return Some((length(rest), Kind::Zone(zone)));
    }
    None
}

/// Whether what follows a clock behind a date is the other end of its range and no offset: "17-11-2025 08:00-09:10". An
/// offset is of whole quarters of an hour, and stands behind seconds or a "T".
fn goes_to(before: &str, from: &ClockPiece, rest: &str) -> bool {
    let Some(Ok((_, to))) = rest.strip_prefix('-').map(clock::clock) else { return false };
    let stamp = from.second.is_some() || before.ends_with(['T', 't']);
    let quarters = to.minute.is_some_and(|minute| minute % 15 == 0) && to.hour <= 12;
    !(stamp && quarters) && to.seconds(None) > from.seconds(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clocks(text: &str) -> Vec<(&str, bool)> {
        let clock = |piece: &Piece| match piece.kind {
            Kind::Clock(_, zone) => text.get(piece.range.clone()).map(|words| (words, zone.is_some())),
            _ => None,
        };
        pieces(text, Style::default()).iter().filter_map(clock).collect()
    }

    #[test]
    fn a_dash_behind_a_clock_leads_to_its_range_or_its_offset() {
        assert_eq!(clocks("17-11-2025 08:00-09:10"), [("08:00", false), ("09:10", false)]);
        assert_eq!(clocks("2025-11-17 08:00-09:00 UTC"), [("08:00", false), ("09:00 UTC", true)]);
        assert_eq!(clocks("2025-11-17T08:00-05:00"), [("08:00-05:00", true)]);
        assert_eq!(clocks("2025-11-17 08:00:00-05:00"), [("08:00:00-05:00", true)]);
        assert_eq!(clocks("2025-11-17 18:00-05:00"), [("18:00-05:00", true)]);
        assert_eq!(clocks("08:00-09:10"), [("08:00", false), ("09:10", false)]);
    }
}
