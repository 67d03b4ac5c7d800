//! Clock times as written, unresolved.

mod led;
mod offset;
mod word;

pub use led::{Before, four_figures, led};
pub use offset::{offset, signed};
pub use word::{is_moment, last_word, minutes_of_hour};

use super::words::{Words, list};
use crate::extract::tag_no_case;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while_m_n};
use nom::character::complete::{char, one_of, space0, space1};
use nom::combinator::{map_opt, not, opt, peek, value, verify};
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
        _ => Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Alt))),
    }
}

/// A time that was left open: `14:??`, `--:--`, `2022-02-??`, `20233-05-08 09:00`.
pub fn unfinished(input: &str) -> IResult<&str, &str> {
    let shape = |c: char| c.is_ascii_digit() || matches!(c, '?' | '-' | ':' | 'x' | 'X');
    // "?:?" is the shortest.
    let (rest, token) = verify(take_while(shape), |token: &str| token.len() > 2).parse(input)?;
    not(peek(alphanumeric)).parse(rest)?;
    let clock =
        token.split_once(':').is_some_and(|(hours, minutes)| (is_open(hours) || is_open(minutes)) && is_slot(hours) && is_slot(minutes));
    let parts: Vec<&str> = token.split('-').collect();
    let date = match parts.as_slice() {
        [year, month, day] => year.len() >= 4 && is_slot(month) && is_slot(day) && (year.len() == 5 || is_open(month) || is_open(day)),
        _ => false,
    };
    if clock || date { Ok((rest, token)) } else { Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify))) }
}

fn is_open(slot: &str) -> bool {
    matches!(slot, "??" | "--" | "xx" | "XX" | "?")
}

fn is_slot(slot: &str) -> bool {
    is_open(slot) || (slot.len() <= 2 && !slot.is_empty() && slot.bytes().all(|b| b.is_ascii_digit()))
}

fn alphanumeric(input: &str) -> IResult<&str, char> {
    nom::character::complete::satisfy(char::is_alphanumeric).parse(input)
}

fn two_digits(input: &str) -> IResult<&str, u32> {
    map_opt(take_while_m_n(2, 2, |c: char| c.is_ascii_digit()), |digits: &str| digits.parse().ok()).parse(input)
}

fn hour(input: &str) -> IResult<&str, u32> {
    let digits = map_opt(take_while_m_n(1, 2, |c: char| c.is_ascii_digit()), |digits: &str| digits.parse().ok());
    verify(digits, |hour| *hour <= 24).parse(input)
}

fn sixty(input: &str) -> IResult<&str, u32> {
    verify(two_digits, |minute| *minute < 60).parse(input)
}

fn meridiem(input: &str) -> IResult<&str, Meridiem> {
    let am = value(Meridiem::Am, alt((tag_no_case("a.m."), tag_no_case("am"), tag_no_case("a.m"))));
    let pm = value(Meridiem::Pm, alt((tag_no_case("p.m."), tag_no_case("pm"), tag_no_case("p.m"))));
    let (rest, (_, meridiem)) = (take_while(char::is_whitespace), alt((am, pm))).parse(input)?;
    not(peek(alphanumeric)).parse(rest)?;
    Ok((rest, meridiem))
}

fn piece(hour: u32, minute: Option<u32>, second: Option<u32>, meridiem: Option<Meridiem>) -> ClockPiece {
    ClockPiece { hour, minute, second, meridiem, spoken: false }
}

/// "2:15 in the afternoon", "half past ten at night".
fn part_of_day(hour: u32, input: &str) -> IResult<&str, Meridiem> {
    let am = value(Meridiem::Am, tag_no_case("in the morning"));
    let pm = value(Meridiem::Pm, alt((tag_no_case("in the afternoon"), tag_no_case("in the evening"))));
    let night = value(if (6..12).contains(&hour) { Meridiem::Pm } else { Meridiem::Am }, tag_no_case("at night"));
    let (rest, (_, half)) = (space1, alt((am, pm, night))).parse(input)?;
    not(peek(alphanumeric)).parse(rest)?;
    Ok((rest, half))
}

/// The "7" of "7 this morning".
fn hour_of_today(input: &str) -> IResult<&str, ClockPiece> {
    let (rest, hour) = verify(hour, |hour| (1..=12).contains(hour)).parse(input)?;
    let am = value(Meridiem::Am, tag_no_case("this morning"));
    let pm = value(Meridiem::Pm, alt((tag_no_case("this afternoon"), tag_no_case("this evening"), tag_no_case("tonight"))));
    let (_, (_, half, _)) = (space1, alt((am, pm)), not(peek(alphanumeric))).parse(rest)?;
    Ok((rest, piece(hour, None, None, Some(half))))
}

/// Whether the words around `clock` make it a length or a count: "duration: 00:45:00", "2:30 ago", "port 10:15"; `rest` is what stands behind it.
pub fn is_length(before: &str, clock: &ClockPiece, rest: &str) -> bool {
    const BEHIND: [&str; 6] = ["ago", "long", "old", "later", "minutes", "seconds"];
    let mut words = before.rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(2);
    let last = words.find(|word| !matches!(*word, "is" | "was" | "of" | "left")).unwrap_or_default();
    let behind = rest.trim_start();
    let next = behind.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is = |words: &[&str], word: &str| words.iter().any(|known| word.eq_ignore_ascii_case(known));
    let ranges = behind.starts_with(['-', '–', '—', '→']) || is(&["to", "until", "till"], next);
    clock.meridiem.is_none()
        && !clock.spoken
        && clock.minute.is_some()
        && ((list(Words::ScaleNouns).holds(last) && !ranges) || is(&BEHIND, next) || of_no_clock(before) || of_length(behind))
}

/// Behind "fe80::", and behind the other half of a share ("from 20:1 to"), figures are no clock.
fn of_no_clock(before: &str) -> bool {
    let mut words = before.split_whitespace().rev();
    let share = |word: &str| word.contains(':') && word.starts_with(|c: char| c.is_ascii_digit()) && clock(word).is_err();
    before.ends_with("::") || (words.next() == Some("to") && words.next().is_some_and(share))
}

/// "12:30 (mm:ss)", "04:22 of downtime", "12:34 in the video": what follows says that it is a length.
fn of_length(behind: &str) -> bool {
    const MARKS: [&str; 7] = ["(mm:ss", "(hh:mm", "(h:mm", "of downtime", "of outage", "in the video", "in the recording"];
    MARKS.iter().any(|mark| behind.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark)))
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
    not(peek(alphanumeric)).parse(rest)?;
    Ok((rest, half))
}

/// `14:04`, `9:06`, `21:47:08`, `10:00:00.123`, `2:04pm`, `2:04 p.m.`, `2:04p`.
fn colon(input: &str) -> IResult<&str, ClockPiece> {
    let second = verify(two_digits, |second| *second <= 60);
    let fraction = (one_of(".,"), take_while_m_n(1, 9, |c: char| c.is_ascii_digit()));
    let seconds = (char(':'), second, opt(fraction)).map(|(_, second, _)| second);
    let (rest, (hour, _, minute, second)) = (hour, char(':'), sixty, opt(seconds)).parse(input)?;
    let (rest, meridiem) = opt(alt((meridiem, verify(half_letter, |_| (1..=12).contains(&hour))))).parse(rest)?;
    let clock = piece(hour, Some(minute), second, meridiem);
    // "10:00h", "10:00hrs" and "10:00Z" go on; "10:00x", "10:00:5" and "10:00.5" are something else.
    let (rest, _) = opt((space0, alt((tag("hrs"), tag("hours"), tag("h"))), not(peek(alphanumeric)))).parse(rest)?;
    not(peek(alt((one_of(":"), one_of("%"))))).parse(rest).or_else(|error| {
        if rest == ":" || rest.strip_prefix(':').is_some_and(|rest| rest.starts_with(char::is_whitespace)) {
            Ok((rest, ()))
        } else {
            Err(error)
        }
    })?;
    not(peek((char('.'), one_of("0123456789")))).parse(rest)?;
    not(peek(nom::character::complete::satisfy(|c| c.is_alphanumeric() && !matches!(c, 'Z' | 'z' | 'U' | 'G' | 'P' | 'E' | 'C'))))
        .parse(rest)?;
    if sound(&clock) { Ok((rest, clock)) } else { Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify))) }
}

/// `08: 55`, only where a zone or a meridiem shows that it is a clock.
fn spaced_colon(input: &str) -> IResult<&str, ClockPiece> {
    let (rest, (hour, _, _, minute)) = (verify(two_digits, |hour| *hour < 24), char(':'), space1, sixty).parse(input)?;
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
    let (rest, _) = opt((space0, alt((tag("hrs"), tag("hours"))), peek((space1, super::zone::zone)))).parse(rest)?;
    if meridiem.is_none() {
        peek((space1, super::zone::zone)).parse(rest)?;
    }
    let clock = piece(hour, Some(minute), None, meridiem);
    if sound(&clock) { Ok((rest, clock)) } else { Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify))) }
}

/// `14h05`.
fn hour_letter(input: &str) -> IResult<&str, ClockPiece> {
    let (rest, (hour, _, minute)) = (verify(hour, |hour| *hour < 24), char('h'), sixty).parse(input)?;
    not(peek(alphanumeric)).parse(rest)?;
    Ok((rest, piece(hour, Some(minute), None, None)))
}

/// The `8` of "8-9:30 AM" and "from 8 to 9 AM": an hour whose half of the day stands at the other end of its range.
fn before_meridiem(input: &str) -> IResult<&str, ClockPiece> {
    let (rest, first) = verify(hour, |hour| (1..=12).contains(hour)).parse(input)?;
    let link = (space0, alt((tag("-"), tag("–"), tag("—"), tag("to "), tag("and "), tag("until "))), space0);
    let other = (verify(hour, |hour| (1..=12).contains(hour)), opt((char(':'), sixty)), meridiem);
    peek((link, other)).parse(rest)?;
    Ok((rest, piece(first, None, None, None)))
}

/// `5 PM`, `8AM`.
fn hour_only(input: &str) -> IResult<&str, ClockPiece> {
    let (rest, (hour, meridiem)) = (verify(hour, |hour| (1..=12).contains(hour)), meridiem).parse(input)?;
    Ok((rest, piece(hour, None, None, Some(meridiem))))
}

/// `1405Z`, `1405 UTC`, `1405 hrs`: four digits, only where a unit or a zone shows that they are a clock, be it at the other end
/// of their range: `1405 and 1440 UTC`.
fn military(input: &str) -> IResult<&str, ClockPiece> {
    let (rest, (hour, minute)) = (verify(two_digits, |hour| *hour < 24), sixty).parse(input)?;
    if let Ok((rest, _)) =
        (space0::<_, nom::error::Error<&str>>, alt((tag("hrs"), tag("hours"), tag("h"))), not(peek(alphanumeric))).parse(rest)
    {
        return Ok((rest, piece(hour, Some(minute), None, None)));
    }
    let link = alt((tag("-"), tag("–"), tag("—"), tag("to "), tag("and "), tag("until ")));
    let other = opt((space0, link, space0, verify(two_digits, |hour| *hour < 24), sixty));
    peek((other, space0, super::zone::abbreviation)).parse(rest)?;
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
