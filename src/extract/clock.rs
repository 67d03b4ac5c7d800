//! Clock times as written, unresolved.

mod led;
mod length;
mod offset;
mod word;

pub use led::{Before, four_figures, led};
pub use length::is_length;
pub use offset::{offset, signed};
pub use word::{is_moment, last_word, minutes_of_hour};

use crate::extract::{any_case, number, refused, tag_no_case, word_end};
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while};
use nom::character::complete::{char, one_of, space0, space1};
use nom::combinator::{opt, peek, value, verify};
use nom::sequence::delimited;
use nom::{IResult, Parser};

/// Before or after noon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meridiem {
    /// Before noon.
    Am,
    /// From noon.
    Pm,
}

/// A clock time as the report writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockPiece {
    /// 0 to 24, before `meridiem` is applied.
    pub hour: u32,
    /// 0 to 59; none when only the hour is written ("5 PM").
    pub minute: Option<u32>,
    /// 0 to 60.
    pub second: Option<u32>,
    /// `am` or `pm`, where written.
    pub meridiem: Option<Meridiem>,
    /// Whether words tell it by a face of twelve hours: "a quarter past two".
    pub spoken: bool,
}

impl ClockPiece {
    /// Seconds after midnight, with `meridiem` where none is written. A leap second counts as the one before it.
    pub fn seconds(self, meridiem: Option<Meridiem>) -> u32 {
        let hour = match self.meridiem.or(meridiem) {
            Some(Meridiem::Am) if self.hour == 12 => 0,
            Some(Meridiem::Pm) if self.hour < 12 => self.hour + 12,
            _ => self.hour,
        };
        hour * 3600 + self.minute.unwrap_or(0) * 60 + self.second.unwrap_or(0).min(59)
    }
}

/// A clock at the start of `input`, which must be at a word's start.
pub fn clock(input: &str) -> IResult<&str, ClockPiece> {
    let (rest, clock) = if input.as_bytes().first().is_some_and(u8::is_ascii_digit) { figures(input) } else { word::word(input) }?;
    Ok(in_part(rest, clock))
}

/// `clock` with the half of the day that the words behind it tell.
fn in_part(rest: &str, clock: ClockPiece) -> (&str, ClockPiece) {
    match part_of_day(clock.hour, rest) {
        Ok((rest, half)) if clock.meridiem.is_none() && (1..=12).contains(&clock.hour) => {
            (rest, ClockPiece { meridiem: Some(half), ..clock })
        }
        _ => (rest, clock),
    }
}

/// What starts with a number, by its digits and what stands behind them: this is asked of every number of a text.
fn figures(input: &str) -> IResult<&str, ClockPiece> {
    match super::figures(input) {
        (1 | 2, Some(':')) => alt((colon, spaced_colon)).parse(input),
        (1 | 2, Some('.')) => dotted(input),
        (1 | 2, Some('h')) => hour_letter(input),
        (1 | 2, Some('a' | 'p' | 'A' | 'P' | ' ' | '\u{a0}' | '\u{202f}' | '\t' | '-' | '–' | '—')) => {
            alt((hour_only, before_meridiem, word::oclock, hour_of_today)).parse(input)
        }
        (4, _) => military(input),
        _ => Err(refused(input)),
    }
}

/// A time that was left open: `14:??`, `--:--`, `2022-02-??`, `20233-05-08 09:00`.
pub fn unfinished(input: &str) -> IResult<&str, &str> {
    let shape = |c: char| c.is_ascii_digit() || matches!(c, '?' | '-' | ':' | 'x' | 'X');
    // "?:?" is the shortest.
    let (rest, token) = verify(take_while(shape), |token: &str| token.len() > 2).parse(input)?;
    word_end(rest)?;
    let clock =
        token.split_once(':').is_some_and(|(hours, minutes)| (is_open(hours) || is_open(minutes)) && is_slot(hours) && is_slot(minutes));
    let parts: Vec<&str> = token.split('-').collect();
    let date = matches!(parts.as_slice(), [year, month, day]
        if year.len() >= 4 && is_slot(month) && is_slot(day) && (year.len() == 5 || is_open(month) || is_open(day)));
    if clock || date { Ok((rest, token)) } else { Err(refused(input)) }
}

fn is_open(slot: &str) -> bool {
    matches!(slot, "??" | "--" | "xx" | "XX" | "?")
}

fn is_slot(slot: &str) -> bool {
    is_open(slot) || (slot.len() <= 2 && !slot.is_empty() && slot.bytes().all(|b| b.is_ascii_digit()))
}

/// Up to 24.
fn hour(input: &str) -> IResult<&str, u32> {
    verify(number(1, 2), |hour| *hour <= 24).parse(input)
}

/// An hour of a face of twelve.
fn hour_of_half(input: &str) -> IResult<&str, u32> {
    verify(number(1, 2), |hour| (1..=12).contains(hour)).parse(input)
}

/// `00` to `23`.
fn padded_hour(input: &str) -> IResult<&str, u32> {
    verify(number(2, 2), |hour| *hour < 24).parse(input)
}

fn sixty(input: &str) -> IResult<&str, u32> {
    verify(number(2, 2), |minute| *minute < 60).parse(input)
}

/// What leads from one end of a range to the other.
fn link(input: &str) -> IResult<&str, &str> {
    delimited(space0, alt(["-", "–", "—", "to ", "and ", "until "].map(tag)), space0).parse(input)
}

/// Behind the figures: "10:00h", "1405 hrs".
fn unit(input: &str) -> IResult<&str, ()> {
    value((), (space0, alt(["hrs", "hours", "h"].map(tag)), word_end)).parse(input)
}

fn meridiem(input: &str) -> IResult<&str, Meridiem> {
    let am = value(Meridiem::Am, any_case(["a.m.", "am", "a.m"]));
    let pm = value(Meridiem::Pm, any_case(["p.m.", "pm", "p.m"]));
    let (rest, (_, meridiem)) = (take_while(char::is_whitespace), alt((am, pm))).parse(input)?;
    word_end(rest)?;
    Ok((rest, meridiem))
}

fn piece(hour: u32, minute: Option<u32>, second: Option<u32>, meridiem: Option<Meridiem>) -> ClockPiece {
    ClockPiece { hour, minute, second, meridiem, spoken: false }
}

/// "2:15 in the afternoon", "half past ten at night".
fn part_of_day(hour: u32, input: &str) -> IResult<&str, Meridiem> {
    let am = value(Meridiem::Am, tag_no_case("in the morning"));
    let pm = value(Meridiem::Pm, any_case(["in the afternoon", "in the evening"]));
    let night = value(if (6..12).contains(&hour) { Meridiem::Pm } else { Meridiem::Am }, tag_no_case("at night"));
    let (rest, (_, half)) = (space1, alt((am, pm, night))).parse(input)?;
    word_end(rest)?;
    Ok((rest, half))
}

/// The "7" of "7 this morning".
fn hour_of_today(input: &str) -> IResult<&str, ClockPiece> {
    let (rest, hour) = verify(hour, |hour| (1..=12).contains(hour)).parse(input)?;
    let am = value(Meridiem::Am, tag_no_case("this morning"));
    let pm = value(Meridiem::Pm, any_case(["this afternoon", "this evening", "tonight"]));
    let (_, (_, half, _)) = (space1, alt((am, pm)), word_end).parse(rest)?;
    Ok((rest, piece(hour, None, None, Some(half))))
}

/// Twelve-hour clocks go to 12; a day ends at 24:00.
fn sound(clock: &ClockPiece) -> bool {
    match clock.meridiem {
        Some(_) => (1..=12).contains(&clock.hour) || clock.hour == 0 || clock.minute.is_some(),
        None => clock.hour < 24 || (clock.minute == Some(0) && clock.second.unwrap_or(0) == 0),
    }
}

/// The `a` and the `p` of "9:05A" and "3:40p", right behind the minutes.
fn half_letter(input: &str) -> IResult<&str, Meridiem> {
    let (rest, half) = alt((value(Meridiem::Am, one_of("aA")), value(Meridiem::Pm, one_of("pP")))).parse(input)?;
    word_end(rest)?;
    Ok((rest, half))
}

/// `14:04`, `9:06`, `21:47:08`, `10:00:00.123`, `2:04pm`, `2:04 p.m.`, `2:04p`.
fn colon(input: &str) -> IResult<&str, ClockPiece> {
    let second = verify(number(2, 2), |second| *second <= 60);
    let fraction = (one_of(".,"), number::<u32>(1, 9));
    let seconds = (char(':'), second, opt(fraction)).map(|(_, second, _)| second);
    let (rest, (hour, _, minute, second)) = (hour, char(':'), sixty, opt(seconds)).parse(input)?;
    let (rest, meridiem) = opt(alt((meridiem, verify(half_letter, |_| (1..=12).contains(&hour))))).parse(rest)?;
    let clock = piece(hour, Some(minute), second, meridiem);
    // "10:00h", "10:00hrs" and "10:00Z" go on; "10:00x", "10:00:5" and "10:00.5" are something else.
    let (rest, _) = opt(unit).parse(rest)?;
    let mut behind = rest.chars();
    let goes_on = match behind.next() {
        Some(':') => behind.next().is_some_and(|next| !next.is_whitespace()),
        Some('.') => behind.next().is_some_and(|next| next.is_ascii_digit()),
        Some(next) => next == '%' || next.is_alphanumeric() && !matches!(next, 'Z' | 'z' | 'U' | 'G' | 'P' | 'E' | 'C'),
        None => false,
    };
    if !goes_on && sound(&clock) { Ok((rest, clock)) } else { Err(refused(input)) }
}

/// `08: 55`, only where a zone or a meridiem shows that it is a clock.
fn spaced_colon(input: &str) -> IResult<&str, ClockPiece> {
    let (rest, (hour, _, _, minute)) = (padded_hour, char(':'), space1, sixty).parse(input)?;
    let (rest, meridiem) = opt(meridiem).parse(rest)?;
    if meridiem.is_none() {
        peek((space0, super::zone::zone)).parse(rest)?;
    }
    Ok((rest, piece(hour, Some(minute), None, meridiem)))
}

/// `8.15am`, and `14.05` before a zone.
fn dotted(input: &str) -> IResult<&str, ClockPiece> {
    let (rest, (hour, _, minute)) = (hour, char('.'), sixty).parse(input)?;
    let (rest, meridiem) = opt(meridiem).parse(rest)?;
    // "22.10 hrs IST"
    let (rest, _) = opt((space0, alt(["hrs", "hours"].map(tag)), peek((space1, super::zone::zone)))).parse(rest)?;
    if meridiem.is_none() {
        peek((space1, super::zone::zone)).parse(rest)?;
    }
    let clock = piece(hour, Some(minute), None, meridiem);
    if sound(&clock) { Ok((rest, clock)) } else { Err(refused(input)) }
}

/// `14h05`.
fn hour_letter(input: &str) -> IResult<&str, ClockPiece> {
    let (rest, (hour, _, minute)) = (verify(hour, |hour| *hour < 24), char('h'), sixty).parse(input)?;
    word_end(rest)?;
    Ok((rest, piece(hour, Some(minute), None, None)))
}

/// The `8` of "8-9:30 AM" and "from 8 to 9 AM": an hour whose half of the day stands at the other end of its range.
fn before_meridiem(input: &str) -> IResult<&str, ClockPiece> {
    let (rest, first) = hour_of_half.parse(input)?;
    let other = (hour_of_half, opt((char(':'), sixty)), meridiem);
    peek((link, other)).parse(rest)?;
    Ok((rest, piece(first, None, None, None)))
}

/// `5 PM`, `8AM`.
fn hour_only(input: &str) -> IResult<&str, ClockPiece> {
    let (rest, (hour, meridiem)) = (hour_of_half, meridiem).parse(input)?;
    Ok((rest, piece(hour, None, None, Some(meridiem))))
}

/// `1405Z`, `1405 UTC`, `1405 hrs`: four digits, only where a unit or a zone shows that they are a clock, be it at the other end
/// of their range: `1405 and 1440 UTC`.
fn military(input: &str) -> IResult<&str, ClockPiece> {
    let (rest, (hour, minute)) = (padded_hour, sixty).parse(input)?;
    let zone = peek((opt((link, padded_hour, sixty)), space0, super::zone::abbreviation)).map(|_| ());
    let (rest, ()) = alt((unit, zone)).parse(rest)?;
    Ok((rest, piece(hour, Some(minute), None, None)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, &str)> {
        let (rest, clock) = clock(text).ok()?;
        let seconds = clock.seconds(None);
        Some((format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60), rest))
    }

    #[test]
    fn reads_clocks() {
        for (text, clock, rest) in [
            ("14:04 UTC", "14:04:00", " UTC"),
            ("9:06.", "09:06:00", "."),
            ("21:47:08 x", "21:47:08", " x"),
            ("10:00:00.123Z", "10:00:00", "Z"),
            ("23:59:60", "23:59:59", ""),
            ("2:04pm EDT", "14:04:00", " EDT"),
            ("12:15 a.m. PT", "00:15:00", " PT"),
            ("5 PM, then", "17:00:00", ", then"),
            ("8AM", "08:00:00", ""),
            ("9:05A, it", "09:05:00", ", it"),
            ("3:40p ET", "15:40:00", " ET"),
            ("half past eight in the evening.", "20:30:00", "."),
            ("8.15am BST", "08:15:00", " BST"),
            ("14.05 CET", "14:05:00", " CET"),
            ("1405Z", "14:05:00", "Z"),
            ("1405 UTC", "14:05:00", " UTC"),
            ("1405 and 1440 UTC", "14:05:00", " and 1440 UTC"),
            ("1405-1440Z", "14:05:00", "-1440Z"),
            ("1405 hrs", "14:05:00", ""),
            ("14h05", "14:05:00", ""),
            ("08: 55 UTC", "08:55:00", " UTC"),
            ("noon", "12:00:00", ""),
            ("midnight UTC", "00:00:00", " UTC"),
            ("half past two", "02:30:00", ""),
            ("24:00 UTC", "24:00:00", " UTC"),
            ("10:45~", "10:45:00", "~"),
            ("15:00: done", "15:00:00", ": done"),
        ] {
            assert_eq!(read(text), Some((clock.to_owned(), rest)), "{text}");
        }
    }

    #[test]
    fn refuses_look_alikes() {
        for text in [
            "80:443",
            "3:1",
            "10.0.0.1",
            "1.5 hours",
            "25:00",
            "10:75",
            "2024 users",
            "8 amps",
            "12:30:5:1",
            "14:??",
            "10.15 seconds",
            "1405 users",
            "1405 and 1440 users",
            "1405 of 1440 UTC",
            "08: 55 items",
            "24:30",
            "14:05a",
            "3:40px",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn reads_what_is_unfinished() {
        for text in ["14:??", "--:--", "??:?? x", "2022-02-??", "20233-05-08"] {
            assert!(unfinished(text).is_ok(), "{text}");
        }
        for text in ["14:04", "2022-02-03", "--", "--verbose", "??", "a:b", "10-20-30"] {
            assert!(unfinished(text).is_err(), "{text}");
        }
    }
}
