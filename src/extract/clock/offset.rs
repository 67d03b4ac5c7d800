//! Offsets from a T0 as written.

use super::{alphanumeric, two_digits};
use crate::extract::tag_no_case;
use nom::branch::alt;
use nom::bytes::complete::take_while_m_n;
use nom::character::complete::{char, one_of, space0};
use nom::combinator::{map_opt, not, opt, peek, value, verify};
use nom::sequence::terminated;
use nom::{IResult, Parser};

/// Minutes of the offset behind a plus at the head of a text, of a line, of a cell or in a bracket there, with the place of the plus and
/// what stands behind the offset: `+40 min`, `[+2.5 h]`, `[+00:40]`. `before` ends with the plus.
pub fn signed<'i>(before: &str, input: &'i str) -> Option<(usize, &'i str, i64)> {
    let lead = before.strip_suffix('+')?;
    // "\[+1 hrs]" in Markdown.
    let head = lead.trim_end_matches(['[', '(', '*', '`', '\\', ' ']);
    if !(head.is_empty() || head.ends_with(['\n', '|'])) {
        return None;
    }
    let by_colon = (number, char(':'), two_digits, not(peek(one_of(":.")))).map(|(h, _, m, ())| h * 60 + i64::from(m));
    let part = opt((char('.'), take_while_m_n(1, 1, |c: char| c.is_ascii_digit())));
    let tenths = (number, part).map(|(whole, part)| whole * 10 + part.and_then(|(_, tenth): (_, &str)| tenth.parse().ok()).unwrap_or(0));
    let hours = value(60, alt((tag_no_case("hours"), tag_no_case("hour"), tag_no_case("hrs"), tag_no_case("hr"), tag_no_case("h"))));
    let minutes = value(1, alt((tag_no_case("minutes"), tag_no_case("minute"), tag_no_case("mins"), tag_no_case("min"), tag_no_case("m"))));
    let by_unit = (tenths, space0, alt((hours, minutes))).map(|(tenths, _, unit)| tenths * unit / 10);
    let parsed: IResult<&str, i64> = terminated(alt((by_colon, by_unit)), not(peek(alphanumeric))).parse(input);
    // "+40 min of lag" counts.
    let (rest, minutes) = parsed.ok()?;
    (!rest.trim_start().starts_with("of ")).then_some((lead.len(), rest, minutes))
}

/// Minutes of `T+12m`, `T+1h05m`, `T-5 min`, `T+0`, `T0`, `T0+15m`, `T+00:12`.
pub fn offset(input: &str) -> IResult<&str, i64> {
    let (rest, _) = one_of("Tt").parse(input)?;
    let zero: IResult<&str, ()> = (char('0'), not(peek(alphanumeric))).map(|_| ()).parse(rest);
    let from_zero = |rest: &str| {
        rest.trim_start().strip_prefix(['+', '-', '−', '–']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    let rest = match zero {
        Ok((rest, ())) if !from_zero(rest) => return Ok((rest, 0)),
        Ok((rest, ())) => rest,
        Err(_) => rest,
    };
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
            ("T0+15m", 15),
            ("T0-5 min", -5),
        ] {
            assert_eq!(offset(text).map(|(_, minutes)| minutes), Ok(minutes), "{text}");
        }
        for text in ["T1", "Tx+5", "T+", "T+5xyz", "TLS", "T00"] {
            assert!(offset(text).is_err(), "{text}");
        }
    }

    #[test]
    fn reads_a_plus_at_the_head() {
        for (before, text, minutes) in [
            ("[+", "00:40] drained", 40),
            ("+", "200 min labels", 200),
            ("[+", "2.5 h] a printer", 150),
            ("+", "1h: up", 60),
            ("| +", "10 minutes | bells", 10),
        ] {
            assert_eq!(signed(before, text).map(|(_, _, minutes)| minutes), Some(minutes), "{before}{text}");
        }
        for (before, text) in
            [("+", "49 30 1234"), ("+", "5 nodes"), ("lag +", "40 min"), ("[+", "2.5 %]"), ("+", "40 min of lag"), ("", "40 min")]
        {
            assert_eq!(signed(before, text), None, "{before}{text}");
        }
    }
}
