//! Clocks in words.

use super::{ClockPiece, alphanumeric, meridiem, piece};
use nom::branch::alt;
use nom::bytes::complete::{tag_no_case, take_while};
use nom::character::complete::space1;
use nom::combinator::{not, opt, peek, value};
use nom::{IResult, Parser};

/// Noon, midnight and "half past two".
pub(super) fn word(input: &str) -> IResult<&str, ClockPiece> {
    let noon = value(piece(12, None, None, None), alt((tag_no_case("noon"), tag_no_case("midday"))));
    let midnight = value(piece(0, None, None, None), tag_no_case("midnight"));
    let half = (tag_no_case("half past"), space1, hour_word).map(|(_, _, hour)| piece(hour, Some(30), None, None));
    let quarter = (tag_no_case("quarter past"), space1, hour_word).map(|(_, _, hour)| piece(hour, Some(15), None, None));
    let (rest, clock) = alt((noon, midnight, half, quarter)).parse(input)?;
    not(peek(alphanumeric)).parse(rest)?;
    let (rest, meridiem) = opt(meridiem).parse(rest)?;
    Ok((rest, ClockPiece { meridiem, ..clock }))
}

fn hour_word(input: &str) -> IResult<&str, u32> {
    const WORDS: [&str; 12] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let (rest, word) = take_while(|c: char| c.is_ascii_alphanumeric()).parse(input)?;
    let by_word = WORDS.iter().position(|known| word.eq_ignore_ascii_case(known)).and_then(|n| u32::try_from(n + 1).ok());
    match by_word.or_else(|| word.parse().ok().filter(|hour| (1..=12).contains(hour))) {
        Some(hour) => Ok((rest, hour)),
        None => Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify))),
    }
}
