//! Zones as written: abbreviations from `assets/zones.tsv`, offsets, IANA names.

use super::words::{Words, list};
use chrono_tz::Tz;
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while, take_while_m_n, take_while1};
use nom::character::complete::{char, one_of, space0};
use nom::combinator::{map_opt, not, opt, peek, recognize, value};
use nom::sequence::preceded;
use nom::{IResult, Parser};
use std::collections::HashMap;
use std::ops::Range;
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
}

/// An abbreviation with several meanings.
#[derive(Debug, PartialEq, Eq)]
pub struct Ambiguous {
    /// The abbreviation.
    pub name: &'static str,
    /// Each meaning: minutes east of UTC, and lower-case words that point to it. The first is the likeliest.
    pub meanings: Vec<(i32, Vec<&'static str>)>,
}

struct Row {
    name: &'static str,
    any_case: bool,
    zone: ZonePiece,
}

/// A zone at the start of `input`.
pub fn zone(input: &str) -> IResult<&str, ZonePiece> {
    alt((utc_offset, named, region, bare_offset, place_time)).parse(input)
}

/// "Lisbon time", "New York time zone": a city's.
fn place_time(input: &str) -> IResult<&str, ZonePiece> {
    let refused = || nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Tag));
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
    let (rest, (_, _, minutes)) =
        (preceded(peek(one_of("UuGg")), alt((tag_no_case("utc"), tag_no_case("gmt")))), space0, offset).parse(input)?;
    Ok((rest, ZonePiece::Fixed(minutes)))
}

/// `+0530`, `-05:00`.
fn bare_offset(input: &str) -> IResult<&str, ZonePiece> {
    let (rest, (sign, hours, _, minutes)) = (one_of("+-−"), two_digits, opt(char(':')), two_digits).parse(input)?;
    not(peek(alphanumeric)).parse(rest)?;
    let total = hours * 60 + minutes;
    if total > 15 * 60 {
        return Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify)));
    }
    Ok((rest, ZonePiece::Fixed(if sign == '+' { total } else { -total })))
}

/// `-03` at the end of a line or a bracket.
pub fn bare_hours(input: &str) -> IResult<&str, ZonePiece> {
    let (rest, (sign, hours)) = (one_of("+-−"), two_digits).parse(input)?;
    if hours > 14 || !(rest.is_empty() || rest.starts_with(['\n', '\r', ')', ']'])) {
        return Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify)));
    }
    Ok((rest, ZonePiece::Fixed(if sign == '+' { hours * 60 } else { -hours * 60 })))
}

fn offset(input: &str) -> IResult<&str, i32> {
    let hours =
        map_opt(take_while_m_n(1, 2, |c: char| c.is_ascii_digit()), |digits: &str| digits.parse::<i32>().ok().filter(|hours| *hours <= 14));
    let minutes = opt((opt(char(':')), two_digits).map(|(_, minutes)| minutes));
    let sign = alt((value(1, char('+')), value(-1, one_of("-−–"))));
    let (rest, (sign, hours, minutes)) = (sign, hours, minutes).parse(input)?;
    // "10:00 UTC-11:30 UTC" is a range, not an offset.
    not(peek(alt((alphanumeric, char(':'))))).parse(rest)?;
    not(peek((space0, named))).parse(rest)?;
    Ok((rest, sign * (hours * 60 + minutes.unwrap_or(0))))
}

fn two_digits(input: &str) -> IResult<&str, i32> {
    map_opt(take_while_m_n(2, 2, |c: char| c.is_ascii_digit()), |digits: &str| digits.parse().ok().filter(|n| *n < 60)).parse(input)
}

fn alphanumeric(input: &str) -> IResult<&str, char> {
    nom::character::complete::satisfy(char::is_alphanumeric).parse(input)
}

/// A name of the table, the longest first, at a word's end.
fn named(input: &str) -> IResult<&str, ZonePiece> {
    let fits = |row: &&Row| {
        let found = input
            .get(..row.name.len())
            .is_some_and(|start| if row.any_case { start.eq_ignore_ascii_case(row.name) } else { start == row.name });
        let rest = input.get(row.name.len()..).unwrap_or_default();
        // "10:00 Central Europe" is not the Central of America.
        let part_of_name =
            row.name.bytes().any(|b| b.is_ascii_lowercase()) && !row.any_case && rest.trim_start().starts_with(char::is_uppercase);
        let ends = !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_') && (!rest.starts_with('/') || rest.starts_with("/ "));
        found && ends && !part_of_name
    };
    let rows = input.as_bytes().first().and_then(|first| letter(*first)).and_then(|letter| table().get(letter));
    match rows.and_then(|rows| rows.iter().find(fits)) {
        Some(row) => Ok((input.get(row.name.len()..).unwrap_or_default(), row.zone)),
        None => Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Tag))),
    }
}

/// An IANA name: `America/Los_Angeles`.
fn region(input: &str) -> IResult<&str, ZonePiece> {
    let word = |c: char| c.is_ascii_alphabetic() || c == '_';
    let name = recognize((take_while1(word), tag("/"), take_while1(word), take_while(|c| c == '/' || word(c))));
    map_opt(name, |name: &str| name.parse().ok().map(ZonePiece::Region)).parse(input)
}

/// The first zone named anywhere in a label or a sentence about times.
pub fn named_in(text: &str) -> Option<ZonePiece> {
    names(text).next().map(|(_, zone)| zone)
}

/// The zone that a heading or a caption gives for what stands under it: one of "Timeline (PDT)" or "All times CET", none of
/// "Outage of the CT archive" or "Packet loss in us-west-2".
pub fn given_in(text: &str) -> Option<ZonePiece> {
    let mut names = names(text).peekable();
    names.peek()?;
    let about_times = text.split(|c: char| !c.is_alphanumeric()).any(|word| list(Words::AboutTimes).holds(word));
    names.find(|(range, _)| about_times || stands_as_zone(text, range)).map(|(_, zone)| zone)
}

/// Whether the name at `range` can be nothing but a zone: UTC, alone, in brackets, behind a clock, or a part of its own at the end.
fn stands_as_zone(text: &str, range: &Range<usize>) -> bool {
    let (name, after) = (text.get(range.clone()).unwrap_or_default(), text.get(range.end..).unwrap_or_default().trim());
    let before = text.get(..range.start).unwrap_or_default().trim_end();
    let universal = ["utc", "gmt"].iter().any(|zone| name.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(zone)));
    let bracketed = before.ends_with(['(', '[']) && after.starts_with([')', ']']);
    let own_part = before.is_empty() || before.ends_with([',', '-', '–', '—', '|', ':', '/']);
    let abbreviated = !name.contains(|c: char| c.is_ascii_lowercase());
    universal || bracketed || super::clock::ends_with_clock(before) || (own_part && after.is_empty() && abbreviated)
}

/// The zones named in `text` and where; none inside an address or a name with dashes.
fn names(text: &str) -> impl Iterator<Item = (Range<usize>, ZonePiece)> {
    super::word_starts(text).into_iter().filter_map(move |at| {
        let input = text.get(at..).filter(|input| input.starts_with(|c: char| c.is_ascii_alphabetic()))?;
        let (rest, zone) = zone(input).ok().filter(|_| !super::is_inside_token(text, at))?;
        Some((at..text.len() - rest.len(), zone))
    })
}

/// The zone of a city that `text` names: "local time in Copenhagen".
pub fn of_city(text: &str) -> Option<ZonePiece> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3 && word.starts_with(char::is_uppercase));
    words.into_iter().find_map(city).map(ZonePiece::Region)
}

/// Every abbreviation with several meanings.
pub fn ambiguous() -> impl Iterator<Item = &'static Ambiguous> {
    table().iter().flatten().filter_map(|row| if let ZonePiece::Ambiguous(row) = row.zone { Some(row) } else { None })
}

/// The table's rows by their first letter, the longest name first.
fn table() -> &'static [Vec<Row>; 26] {
    static TABLE: OnceLock<[Vec<Row>; 26]> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut rows = [const { Vec::new() }; 26];
        for row in include_str!("../../assets/zones.tsv").lines().filter_map(row) {
            let slot = row.name.as_bytes().first().and_then(|first| letter(*first)).and_then(|letter| rows.get_mut(letter));
            if let Some(slot) = slot {
                slot.push(row);
            }
        }
        for slot in &mut rows {
            slot.sort_by_key(|row| std::cmp::Reverse(row.name.len()));
        }
        rows
    })
}

/// The place of a letter in the alphabet, in either case.
fn letter(byte: u8) -> Option<usize> {
    byte.is_ascii_alphabetic().then(|| usize::from(byte.to_ascii_lowercase() - b'a'))
}

fn row(line: &'static str) -> Option<Row> {
    let mut columns = line.split('\t');
    let (name, rule, value) = (columns.next()?, columns.next()?, columns.next()?);
    let zone = match rule {
        "fixed" => ZonePiece::Fixed(offset(value).ok()?.1),
        "region" => ZonePiece::Region(value.parse().ok()?),
        "ambiguous" => {
            let meaning = |part: &'static str| {
                let (at, hints) = part.split_at_checked(6)?;
                Some((offset(at).ok()?.1, hints.trim_start_matches(':').split(',').collect()))
            };
            let meanings = value.split('|').filter_map(meaning).collect();
            // The table lives as long as the program.
            ZonePiece::Ambiguous(Box::leak(Box::new(Ambiguous { name, meanings })))
        }
        _ => return None,
    };
    Some(Row { name, any_case: name.bytes().all(|b| !b.is_ascii_uppercase()), zone })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read() {
        let lines = include_str!("../../assets/zones.tsv").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(lines.count(), table().iter().map(Vec::len).sum::<usize>());
    }

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
        ] {
            assert_eq!(fixed(text), Some((minutes, rest.to_owned())), "{text}");
        }
        for text in
            ["Lisbon time.", "New York time)", "Japan time", "UK time", "PT", "Pacific Time", "US/Pacific", "America/Los_Angeles", "ET;"]
        {
            assert!(matches!(zone(text), Ok((_, ZonePiece::Region(_)))), "{text}");
        }
        assert!(matches!(zone("IST"), Ok((_, ZonePiece::Ambiguous(row))) if row.meanings.len() == 3));
    }

    #[test]
    fn a_heading_gives_a_zone_only_as_one() {
        for text in
            ["Timeline (PDT)", "Timeline, CET", "All times ET", "PST", "Windows (UTC)", "10:00 PDT", "Outage at 2pm ET", "Zeiten: MEZ"]
        {
            assert!(given_in(text).is_some(), "{text}");
        }
        for text in [
            "API outage in us-west-2",
            "Packet loss in West Europe",
            "Major ICT incident",
            "Outage of the CT image archive",
            "Trouble at the Central office",
            "GST filing portal down",
            "Link errors (100 pkt dropped)",
            "Moved to eu-west",
        ] {
            assert_eq!(given_in(text), None, "{text}");
        }
    }

    #[test]
    fn cities_have_zones() {
        assert_eq!(of_city("All timestamps are local time in Copenhagen."), Some(ZonePiece::Region(chrono_tz::Europe::Copenhagen)));
        assert_eq!(of_city("All timestamps are local time."), None);
    }

    #[test]
    fn refuses_words() {
        for text in
            ["est arrivé", "ist", "PTO", "UTCs", "Zone", "+5 users", "and/or", "ETA", "Nowhere time", "Lisbon timetable", "First time"]
        {
            assert!(zone(text).is_err(), "{text}");
        }
    }
}
