//! Zones as written: abbreviations from `assets/zones.tsv`, offsets, IANA names, places.

mod behind;
mod table;
mod told;

pub use behind::behind_clock;
pub use table::ambiguous;
pub use told::{definitions, given_in, in_brackets, named_in, of_city, told_of_all};

use crate::extract::{any_case, number, refused, word_end};
use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::Tz;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while_m_n, take_while1};
use nom::character::complete::{char, one_of, satisfy, space0};
use nom::combinator::{map_opt, not, opt, peek, recognize, value, verify};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};
use std::collections::HashMap;
use std::sync::OnceLock;

/// A zone as the report writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ZonePiece {
    /// So many minutes east of UTC.
    Fixed(i32),
    /// The daylight rule of a region decides.
    Region(Tz),
    /// An abbreviation with several meanings: its row in `assets/zones.tsv`.
    Ambiguous(&'static Ambiguous),
    /// An abbreviation that no table knows.
    Unknown(Abbreviation),
}

/// Two to five capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Abbreviation([u8; 5]);

impl Abbreviation {
    /// `word`, if it is one.
    pub fn new(word: &str) -> Option<Self> {
        let mut letters = [0; 5];
        letters.get_mut(..word.len()).filter(|_| word.len() > 1)?.copy_from_slice(word.as_bytes());
        word.bytes().all(|byte| byte.is_ascii_uppercase()).then_some(Self(letters))
    }

    /// Its letters.
    pub fn name(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default().trim_end_matches('\0')
    }
}

impl std::fmt::Display for ZonePiece {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ZonePiece::Fixed(minutes) => {
                let sign = if *minutes < 0 { '-' } else { '+' };
                write!(to, "UTC{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
            ZonePiece::Region(region) => to.write_str(region.name()),
            ZonePiece::Ambiguous(row) => to.write_str(row.name),
            ZonePiece::Unknown(name) => to.write_str(name.name()),
        }
    }
}

impl ZonePiece {
    /// Each offset that it may have, in minutes east of UTC: of a region those of winter and of summer.
    fn offsets(self) -> Vec<i32> {
        let of = |region: Tz, seconds| {
            let at = DateTime::from_timestamp(seconds, 0).unwrap_or_default();
            region.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc() / 60
        };
        match self {
            ZonePiece::Fixed(minutes) => vec![minutes],
            // In January and in July of 2024.
            ZonePiece::Region(region) => vec![of(region, 1_704_067_200), of(region, 1_719_792_000)],
            ZonePiece::Ambiguous(row) => row.meanings.iter().map(|(minutes, _)| *minutes).collect(),
            ZonePiece::Unknown(_) => Vec::new(),
        }
    }

    /// Whether both may be the same zone.
    fn meets(self, other: ZonePiece) -> bool {
        let offsets = other.offsets();
        self.offsets().iter().any(|minutes| offsets.contains(minutes))
    }
}

/// An abbreviation with several meanings.
#[derive(Debug, PartialEq, Eq)]
pub struct Ambiguous {
    /// The abbreviation.
    pub name: &'static str,
    /// Each meaning: minutes east of UTC, and lower-case words that point to it. The first is the likeliest.
    pub meanings: Vec<(i32, Vec<&'static str>)>,
}

/// A zone at the start of `input`, with what stands behind to say which it is: "GMT+0530 IST", "CST (UTC+8)", "Eastern (ET)".
pub fn zone(input: &str) -> IResult<&str, ZonePiece> {
    let (rest, (zone, is_offset)) = written(input)?;
    let behind = rest.trim_start_matches(' ');
    if let Ok((rest, other)) = named(behind)
        && is_offset
        && zone.meets(other)
    {
        return Ok((rest, zone));
    }
    Ok(explained(zone, behind).unwrap_or((rest, zone)))
}

/// A zone without what stands behind it, and whether it is an offset.
fn written(input: &str) -> IResult<&str, (ZonePiece, bool)> {
    let name = alt((in_words, named, region, in_country, place_time)).map(|zone| (zone, false));
    alt((offset_alone.map(|zone| (zone, true)), name)).parse(input)
}

/// What a bracket at the start of `input` holds and goes on with, as `read` reads it: nothing stands beside it.
fn bracketed<'i, T>(input: &'i str, read: impl Fn(&'i str) -> IResult<&'i str, T>) -> Option<(&'i str, T)> {
    let (inner, close) = input.strip_prefix('(').zip(Some(')')).or_else(|| input.strip_prefix('[').zip(Some(']')))?;
    let (rest, found) = read(inner.trim_start_matches(' ')).ok()?;
    rest.trim_start_matches(' ').strip_prefix(close).map(|rest| (rest, found))
}

/// A zone of which a bracket at the start of `behind` says which it is; none where the bracket is about something else.
fn explained(zone: ZonePiece, behind: &str) -> Option<(&str, ZonePiece)> {
    let (rest, (other, is_offset)) = bracketed(behind, |inner| written(inner.trim_start_matches([' ', '='])))?;
    let open = matches!(zone, ZonePiece::Ambiguous(_) | ZonePiece::Unknown(_));
    (is_offset || zone.meets(other)).then_some((rest, if is_offset || open { other } else { zone }))
}

/// An offset: `+05:30`, `UTC+2`.
pub fn offset_alone(input: &str) -> IResult<&str, ZonePiece> {
    alt((utc_offset, bare_offset)).parse(input)
}

/// "US/EDT", "US Eastern": a country in front of a name.
fn in_country(input: &str) -> IResult<&str, ZonePiece> {
    let capitals = take_while_m_n(2, 3, |c: char| c.is_ascii_uppercase());
    let country = verify(capitals, |word: &str| named(word).is_err());
    let spaced = alt(["USA", "US", "U.S.", "UK"].map(tag));
    preceded(alt((terminated(country, char('/')), terminated(spaced, char(' ')))), named).parse(input)
}

/// "Australian Eastern Standard Time", "Gulf Standard Time", "Hong Kong Time": a zone in words, by its first letters or its city. The
/// names of North America have the table alone: "Pakistan Standard Time" begins with the same letters as one of them.
fn in_words(input: &str) -> IResult<&str, ZonePiece> {
    let refused = || refused(input);
    let head = input.get(..input.floor_char_boundary(48.min(input.len()))).unwrap_or_default();
    let end = head.find(" Time").filter(|_| head.starts_with(char::is_uppercase)).ok_or_else(refused)?;
    let words: Vec<&str> = head.get(..end).unwrap_or_default().split(' ').collect();
    let plain = |word: &&str| word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic);
    let rest = input.get(end + " Time".len()..).unwrap_or_default();
    word_end(rest)?;
    // A name that the table has in full stands there.
    let known = named(input).is_ok_and(|(behind, _)| behind.len() <= rest.len());
    if known || words.len() > 4 || !words.iter().all(plain) {
        return Err(refused());
    }
    let place =
        [" Standard", " Daylight", " Summer"].iter().fold(head.get(..end).unwrap_or_default(), |place, kind| place.trim_end_matches(kind));
    if let Some(zone) = city(place) {
        return Ok((rest, ZonePiece::Region(zone)));
    }
    let letters: String = words.iter().chain(&["Time"]).filter_map(|word| word.chars().next()).collect();
    let first = words.first().unwrap_or(&"").to_lowercase();
    let zone = named(&letters).ok().filter(|(rest, _)| rest.is_empty() && letters.len() > 2).and_then(|(_, zone)| match zone {
        ZonePiece::Fixed(minutes) if minutes > 0 => Some(minutes),
        ZonePiece::Ambiguous(row) => {
            let points = |hints: &[&str]| hints.iter().any(|hint| first.starts_with(hint.get(..4).unwrap_or(hint)));
            row.meanings.iter().find(|(_, hints)| points(hints)).map(|(minutes, _)| *minutes)
        }
        _ => None,
    });
    zone.map(|minutes| (rest, ZonePiece::Fixed(minutes))).ok_or_else(refused)
}

/// "Lisbon time", "New York time zone": a city's.
fn place_time(input: &str) -> IResult<&str, ZonePiece> {
    let refused = || refused(input);
    if !input.starts_with(char::is_uppercase) {
        return Err(refused());
    }
    let head = input.get(..input.floor_char_boundary(40.min(input.len()))).unwrap_or_default();
    let end = head.find(" time").ok_or_else(refused)?;
    let place = head.get(..end).filter(|place| place.split(' ').count() <= 3).ok_or_else(refused)?;
    let rest = input.get(end + " time".len()..).unwrap_or_default();
    // "the Lisbon timezone", "Lisbon time zone"
    let rest = rest.strip_prefix("zone").or_else(|| rest.strip_prefix(" zone")).unwrap_or(rest);
    let zone = city(place).filter(|_| !rest.starts_with(|c: char| c.is_alphanumeric())).ok_or_else(refused)?;
    Ok((rest, ZonePiece::Region(zone)))
}

/// The zone of a city, or of one of the few places that have a name of their own there.
fn city(name: &str) -> Option<Tz> {
    static CITIES: OnceLock<HashMap<String, Tz>> = OnceLock::new();
    let cities = CITIES.get_or_init(|| {
        let named = |zone: &Tz| (zone.name().rsplit('/').next().unwrap_or_default().replace('_', " "), *zone);
        chrono_tz::TZ_VARIANTS.iter().filter(|zone| !zone.name().starts_with("Etc/")).map(named).collect()
    });
    cities.get(name).copied()
}

/// Only a zone's name: for digits that need one to be a clock.
pub fn abbreviation(input: &str) -> IResult<&str, ZonePiece> {
    alt((utc_offset, named)).parse(input)
}

/// `UTC+2`, `GMT-07:00`, `UTC +05:30`.
fn utc_offset(input: &str) -> IResult<&str, ZonePiece> {
    let (rest, (_, _, minutes)) = (preceded(peek(one_of("UuGg")), any_case(["utc", "gmt"])), space0, offset).parse(input)?;
    Ok((rest, ZonePiece::Fixed(minutes)))
}

/// `+0530`, `-05:00`.
fn bare_offset(input: &str) -> IResult<&str, ZonePiece> {
    let (rest, (sign, hours, _, minutes)) = (one_of("+-−"), two_digits, opt(char(':')), two_digits).parse(input)?;
    word_end(rest)?;
    let total = hours * 60 + minutes;
    if total > 15 * 60 {
        return Err(refused(input));
    }
    Ok((rest, ZonePiece::Fixed(if sign == '+' { total } else { -total })))
}

fn offset(input: &str) -> IResult<&str, i32> {
    let hours = verify(number::<i32>(1, 2), |hours| *hours <= 14);
    let minutes = opt(preceded(opt(char(':')), two_digits));
    let sign = alt((value(1, char('+')), value(-1, one_of("-−–"))));
    let (rest, (sign, hours, minutes)) = (sign, hours, minutes).parse(input)?;
    // "10:00 UTC-11:30 UTC" is a range, not an offset; "GMT-0400 EDT" is one with its name.
    not(satisfy(|c| c.is_alphanumeric() || c == ':')).parse(rest)?;
    let minutes = sign * (hours * 60 + minutes.unwrap_or(0));
    let other = |(_, name): (_, ZonePiece)| (sign < 0 && !name.offsets().contains(&minutes)).then_some(());
    not(map_opt((space0, named), other)).parse(rest)?;
    Ok((rest, minutes))
}

fn two_digits(input: &str) -> IResult<&str, i32> {
    verify(number(2, 2), |number| *number < 60).parse(input)
}

/// A name of the table, the longest first, at a word's end.
fn named(input: &str) -> IResult<&str, ZonePiece> {
    let fits = |row: &&table::Row| {
        let found = input
            .get(..row.name.len())
            .is_some_and(|start| if row.any_case { start.eq_ignore_ascii_case(row.name) } else { start == row.name });
        if !found {
            return false;
        }
        let rest = input.get(row.name.len()..).unwrap_or_default();
        // "10:00 Central Europe" is not the Central of America.
        let part_of_name =
            row.name.bytes().any(|b| b.is_ascii_lowercase()) && !row.any_case && rest.trim_start().starts_with(char::is_uppercase);
        let letter = |rest: &str| rest.starts_with(|c: char| c.is_alphabetic());
        let ends = !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_') && !rest.strip_prefix('/').is_some_and(letter);
        ends && !part_of_name
    };
    let rows = input.as_bytes().first().map_or(&[][..], |first| table::rows(*first));
    let row = rows.iter().find(fits).ok_or_else(|| refused(input))?;
    Ok((input.get(row.name.len()..).unwrap_or_default(), row.zone))
}

/// An IANA name: `America/Los_Angeles`.
fn region(input: &str) -> IResult<&str, ZonePiece> {
    let word = |c: char| c.is_ascii_alphabetic() || c == '_';
    let name = recognize((take_while1(word), tag("/"), take_while1(word), take_while(|c| c == '/' || word(c))));
    map_opt(name, |name: &str| name.parse().ok().map(ZonePiece::Region)).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_zones() {
        let fixed = |text: &str| match zone(text) {
            Ok((rest, ZonePiece::Fixed(minutes))) => Some((minutes, rest.to_owned())),
            _ => None,
        };
        for (text, minutes, rest) in [
            ("UTC.", 0, "."),
            ("utc ", 0, " "),
            ("Z", 0, ""),
            ("EDT)", -240, ")"),
            ("UTC+2,", 120, ","),
            ("GMT-07:00", -420, ""),
            ("+0530", 330, ""),
            ("-05:00 x", -300, " x"),
            ("UTC-11:30 UTC", 0, "-11:30 UTC"),
            ("UTC - 12:00", 0, " - 12:00"),
            ("UTC-1130 UTC", 0, "-1130 UTC"),
            ("GMT+0530 IST to", 330, " to"),
            ("GMT-0400 EDT,", -240, ","),
            ("GMT-0400 (Eastern Daylight Time).", -240, "."),
            ("CST (UTC+8) on", 480, " on"),
            ("EDT (UTC-4)", -240, ""),
            ("UTC+8 (CST)", 480, ""),
            ("IST [India Standard Time]", 330, ""),
            ("US/EDT.", -240, "."),
            ("PDT/04:15 UTC", -420, "/04:15 UTC"),
            ("CET (09:00 UTC)", 60, " (09:00 UTC)"),
            ("CET (Lisbon office)", 60, " (Lisbon office)"),
            ("UTC (PDT)", 0, " (PDT)"),
            ("Australian Eastern Standard Time.", 600, "."),
            ("New Zealand Daylight Time", 780, ""),
            ("Gulf Standard Time", 240, ""),
            ("Indian Standard Time", 330, ""),
            ("Irish Standard Time", 60, ""),
            ("China Standard Time", 480, ""),
            ("Eastern European Summer Time", 180, ""),
            ("Eastern Standard Time", -300, ""),
        ] {
            assert_eq!(fixed(text), Some((minutes, rest.to_owned())), "{text}");
        }
        for text in [
            "Lisbon time.",
            "New York time)",
            "Japan time",
            "UK time",
            "PT",
            "Pacific Time",
            "Hong Kong Time",
            "Singapore Standard Time",
            "US/Pacific",
            "America/Los_Angeles",
            "ET;",
            "US Eastern",
            "EST/EDT",
            "PT (Pacific)",
        ] {
            assert!(matches!(zone(text), Ok((_, ZonePiece::Region(_)))), "{text}");
        }
        assert!(matches!(zone("IST"), Ok((_, ZonePiece::Ambiguous(row))) if row.meanings.len() == 3));
    }

    #[test]
    fn refuses_words() {
        for text in [
            "est arrivé",
            "ist",
            "PTO",
            "UTCs",
            "Zone",
            "+5 users",
            "and/or",
            "ETA",
            "Nowhere time",
            "Lisbon timetable",
            "First time",
            "CI/CD",
            "US region",
            "Pakistan Standard Time",
            "Mean Recovery Time",
        ] {
            assert!(zone(text).is_err(), "{text}");
        }
    }
}
