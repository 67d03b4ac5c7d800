//! The zone right behind a clock, in every guise: a name, an offset, a bracket, a place.

use super::{Abbreviation, ZonePiece, bracketed, city, explained, zone};
use crate::extract::words::{Words, list};
use crate::extract::{number, refused, tag_no_case};
use nom::branch::alt;
use nom::bytes::complete::take_while1;
use nom::character::complete::one_of;
use nom::combinator::{map_opt, opt, verify};
use nom::{IResult, Parser};

/// The zone right behind a clock: "14:04 EDT", "14:04Z", "14:04 ( Eastern )", "14:04:31 -05", "14:04 local time in Karachi".
/// `seconds` tells whether the clock has them.
pub fn behind_clock(input: &str, seconds: bool) -> (&str, Option<ZonePiece>) {
    // "10:02Z/10:47Z"
    if let Some(rest) = input.strip_prefix('Z').filter(|rest| rest.starts_with('/')) {
        return (rest, Some(ZonePiece::Fixed(0)));
    }
    let near = input.trim_start_matches([' ', '\u{a0}', '~', ',']);
    let near = if input.starts_with('\n') { input.trim_start() } else { near };
    let apart = near.len() < input.len();
    let told = |input| alt((zone, place_in, unknown)).parse(input);
    let bare = told(near).or_else(|error| if apart || seconds { bare_hours(near, seconds) } else { Err(error) });
    // "14:04 local time (CET)"
    let behind = near.strip_prefix("local time").map_or(near, str::trim_start);
    let inner = |inner| told(inner).or_else(|_| bare_hours(inner, seconds));
    bare.ok().or_else(|| bracketed(behind, inner)).map_or((input, None), |(rest, zone)| (rest, Some(zone)))
}

/// `-03`, as zones without a name are abbreviated: behind seconds, and at the end of a line or a bracket.
fn bare_hours(input: &str, seconds: bool) -> IResult<&str, ZonePiece> {
    let (rest, (sign, hours)) = (one_of("+-−"), verify(number::<i32>(2, 2), |hours| *hours <= 14)).parse(input)?;
    let last = rest.is_empty() || rest.starts_with(['\n', '\r', ')', ']']);
    let goes_on = rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, ':' | '.' | '-' | '/' | '%'));
    let zone = ZonePiece::Fixed(if sign == '+' { hours * 60 } else { -hours * 60 });
    if last || (seconds && !goes_on) { Ok((rest, zone)) } else { Err(refused(input)) }
}

/// "local time in Karachi", "time in New York".
fn place_in(input: &str) -> IResult<&str, ZonePiece> {
    let (place, _) = (opt(tag_no_case("local ")), tag_no_case("time in ")).parse(input)?;
    let name = |words: usize| {
        let end = place.match_indices(|c: char| !c.is_alphanumeric()).map(|(at, _)| at).nth(words - 1).unwrap_or(place.len());
        Some((place.get(end..)?, city(place.get(..end)?)?))
    };
    let found = [3, 2, 1].into_iter().find_map(name).map(|(rest, region)| (rest, ZonePiece::Region(region)));
    found.ok_or_else(|| refused(input))
}

/// An abbreviation that no table knows, where it can be little else than a zone: it is written like one, and the clock's own
/// clause ends or goes on behind it. "10:05 REST calls failed" and "10:05 DNS" are none.
pub(super) fn unknown(input: &str) -> IResult<&str, ZonePiece> {
    let word = take_while1(|c: char| c.is_alphanumeric());
    let mut zone = map_opt(word, |word: &str| {
        let like = if word.len() == 3 { word.ends_with('T') } else { word.len() > 3 && (word.ends_with("ST") || word.ends_with("DT")) };
        Abbreviation::new(word).filter(|_| like && !list(Words::Ordinary).holds(word)).map(ZonePiece::Unknown)
    });
    let (rest, zone) = zone.parse(input)?;
    let next = rest.trim_start_matches(' ');
    let ends = next.is_empty()
        || next.starts_with([')', ']', ',', ';', '.', ':', '|', '-', '–', '—', '/', '(', '\n', '\r'])
        || ["to ", "until ", "and ", "on "].iter().any(|joint| next.starts_with(joint));
    explained(zone, next).or(ends.then_some((rest, zone))).ok_or_else(|| refused(input))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn east(input: &str, seconds: bool) -> (String, &str) {
        let (rest, zone) = behind_clock(input, seconds);
        let zone = zone.map_or_else(String::new, |zone| match zone {
            ZonePiece::Unknown(name) => name.name().to_owned(),
            zone => zone.offsets().first().map(i32::to_string).unwrap_or_default(),
        });
        (zone, rest)
    }

    #[test]
    fn zones_in_every_guise() {
        for (input, zone, rest) in [
            (" ( Eastern )", "-300", ""),
            (" [CET] x", "60", " x"),
            (" (UTC -4) to", "-240", " to"),
            (" (CST, see below)", "", " (CST, see below)"),
            (", Oslo time", "60", ""),
            (" local time in Karachi.", "300", "."),
            (" (time in New York)", "-300", ""),
            (" local time (CET)", "60", ""),
            (" local time, we", "", " local time, we"),
            (" -03\n", "-180", "\n"),
            ("-03", "", "-03"),
            (" XQT to 11:50", "XQT", " to 11:50"),
            (" (XQT).", "XQT", "."),
            (" XQT - relay", "XQT", " - relay"),
            (" XQT (UTC+3) to", "180", " to"),
            (" NAT gateway up", "", " NAT gateway up"),
            (" TEST: ok", "", " TEST: ok"),
            (" DNS, then", "", " DNS, then"),
            (" START", "", " START"),
        ] {
            assert_eq!(east(input, false), (zone.to_owned(), rest), "{input}");
        }
        for (input, zone, rest) in [
            ("+02 relay", "120", " relay"),
            (" -05 relay", "-300", " relay"),
            ("-05", "-300", ""),
            (" - 05 relay", "", " - 05 relay"),
            ("+02.5", "", "+02.5"),
            ("+2 users", "", "+2 users"),
        ] {
            assert_eq!(east(input, true), (zone.to_owned(), rest), "{input}");
        }
    }
}
