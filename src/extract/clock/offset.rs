//! Offsets from a T0 as written.

use super::{alphanumeric, two_digits};
use nom::branch::alt;
use nom::bytes::complete::{tag_no_case, take_while_m_n};
use nom::character::complete::{char, one_of, space0};
use nom::combinator::{map_opt, not, opt, peek, value, verify};
use nom::sequence::terminated;
use nom::{IResult, Parser};

/// Minutes of `T+12m`, `T+1h05m`, `T-5 min`, `T+0`, `T0`, `T+00:12`.
pub fn offset(input: &str) -> IResult<&str, i64> {
    let (rest, _) = one_of("Tt").parse(input)?;
    if let Ok((rest, ())) = (char('0'), not(peek(alphanumeric))).map(|_| ()).parse(rest) {
        return Ok((rest, 0));
    }
    let sign = alt((value(1, char('+')), value(-1, one_of("-−–"))));
    let (rest, (_, sign, _)) = (space0, sign, space0).parse(rest)?;
    let unit_hours = alt((tag_no_case("hours"), tag_no_case("hour"), tag_no_case("hrs"), tag_no_case("hr"), tag_no_case("h")));
    let unit_minutes = alt((tag_no_case("minutes"), tag_no_case("mins"), tag_no_case("min"), tag_no_case("m")));
    let unit_days = alt((tag_no_case("days"), tag_no_case("day"), tag_no_case("d")));
    let days = opt((number, space0, unit_days, space0).map(|(n, ..)| n));
    let hours = opt((number, space0, unit_hours).map(|(n, ..)| n));
    let minutes = opt((space0, number, space0, unit_minutes).map(|(_, n, ..)| n));
    // "T+1h10"
    let by_hours = (number, tag_no_case("h"), two_digits).map(|(h, _, m)| h * 60 + i64::from(m));
    let by_unit = verify((days, hours, minutes), |(d, h, m)| d.is_some() || h.is_some() || m.is_some())
        .map(|(d, h, m)| d.unwrap_or(0) * 1440 + h.unwrap_or(0) * 60 + m.unwrap_or(0));
    let by_colon = (number, char(':'), two_digits).map(|(h, _, m)| h * 60 + i64::from(m));
    let bare = (number, not(peek(alphanumeric))).map(|(n, ())| n);
    let (rest, minutes) = alt((by_colon, terminated(by_hours, not(peek(alphanumeric))), by_unit, bare)).parse(rest)?;
    not(peek(alphanumeric)).parse(rest)?;
    Ok((rest, sign * minutes))
}

fn number(input: &str) -> IResult<&str, i64> {
    map_opt(take_while_m_n(1, 5, |c: char| c.is_ascii_digit()), |digits: &str| digits.parse().ok()).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_offsets() {
        for (text, minutes) in [
            ("T+12m", 12),
            ("T+1h05m", 65),
            ("T+0 x", 0),
            ("T0 is", 0),
            ("T-5 min", -5),
            ("T+2h30m ", 150),
            ("T+3h  then", 180),
            ("T+1h 5m", 65),
            ("T+01:15", 75),
            ("T + 7 minutes", 7),
            ("T+45", 45),
        ] {
            assert_eq!(offset(text).map(|(_, minutes)| minutes), Ok(minutes), "{text}");
        }
        for text in ["T1", "Tx+5", "T+", "T+5xyz", "TLS", "T00"] {
            assert!(offset(text).is_err(), "{text}");
        }
    }
}
