//! Clocks whose figures alone could be anything: the words around them show what they are.

use super::{ClockPiece, alphanumeric, piece, sixty, two_digits};
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n};
use nom::character::complete::{char, one_of, space0};
use nom::combinator::{not, peek, verify};
use nom::{IResult, Parser};

/// `09.10`, where the words around show that it is a clock: "at 09.18", "since 03.58", "from 18.52 to 22.15", "Wi-Fi: 09.10
/// to 13.35". A version or a price is none.
pub fn dotted_in_words<'i>(before: &str, input: &'i str) -> IResult<&'i str, ClockPiece> {
    let refused = || nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify));
    let one = |input: &'i str| -> IResult<&'i str, ClockPiece> {
        let (rest, (hour, _, minute)) = (verify(two_digits, |hour| *hour < 24), char('.'), sixty).parse(input)?;
        not(peek(alt((alphanumeric, one_of("%€$£"))))).parse(rest)?;
        not(peek((one_of(".,"), verify(take_while_m_n(1, 1, |c: char| c.is_ascii_digit()), |_: &str| true)))).parse(rest)?;
        Ok((rest, piece(hour, Some(minute), None, None)))
    };
    let (rest, clock) = one(input)?;
    let link = (space0, alt((tag("to"), tag("-"), tag("–"), tag("until"), tag("till"), tag("and"))), space0);
    let mut words = before.trim_end().rsplit(|c: char| c.is_whitespace()).filter(|word| !word.is_empty());
    let last = words.next().unwrap_or_default().to_ascii_lowercase();
    let context = words.next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    let range = (link, one).parse(rest).is_ok();
    let early = input.starts_with('0');
    let behind = ["at", "by", "since", "until", "from", "between", "to", "and", "before", "after", "around", "about", "-", "–", "update"];
    let led = behind.contains(&last.as_str()) || last.ends_with(':');
    let version =
        ["version", "versions", "upgrade", "upgraded", "release", "moved", "updated", "python", "ubuntu"].contains(&context.as_str());
    let other_end = before.trim_end().strip_suffix(&last).is_some_and(|lead| lead.trim_end().ends_with(|c: char| c.is_ascii_digit()));
    // "05.40 First jobs stay in the queue."
    let heads = early
        && before.trim_matches([' ', '*', '\n']).is_empty()
        && rest.trim_start_matches('*').strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_uppercase));
    let fits = heads || (early && led) || (range && (led || before.trim().is_empty())) || (other_end && led);
    if fits && !version { Ok((rest, clock)) } else { Err(refused()) }
}
