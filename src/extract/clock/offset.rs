//! Offsets from a T0 as written.

use crate::extract::{any_case, number, tag_no_case, word_end};
use nom::branch::alt;
use nom::character::complete::{char, one_of, space0};
use nom::combinator::{not, opt, value, verify};
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
    let part = opt((char('.'), number::<i64>(1, 1)).map(|(_, tenth)| tenth));
    let tenths = (count, part).map(|(whole, tenth)| whole * 10 + tenth.unwrap_or(0));
    let by_unit = (tenths, space0, alt((value(60, hours), value(1, minutes)))).map(|(tenths, _, unit)| tenths * unit / 10);
    let by_colon = terminated(by_colon, not(one_of(":.")));
    let parsed: IResult<&str, i64> = terminated(alt((by_colon, by_unit)), word_end).parse(input);
    // "+40 min of lag" counts.
    let (rest, minutes) = parsed.ok()?;
    (!rest.trim_start().starts_with("of ")).then_some((lead.len(), rest, minutes))
}

/// Minutes of `T+12m`, `T+1h05m`, `T-5 min`, `T+0`, `T0`, `T0+15m`, `T+00:12`.
pub fn offset(input: &str) -> IResult<&str, i64> {
    let (rest, _) = one_of("Tt").parse(input)?;
    let (rest, zero) = opt(terminated(char('0'), word_end)).parse(rest)?;
    let goes_on =
        || rest.trim_start().strip_prefix(['+', '-', '−', '–']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if zero.is_some() && !goes_on() {
        return Ok((rest, 0));
    }
    let sign = alt((value(1, char('+')), value(-1, one_of("-−–"))));
    let (rest, (_, sign, _)) = (space0, sign, space0).parse(rest)?;
    let days = opt((count, space0, any_case(["days", "day", "d"]), space0).map(|(n, ..)| n));
    let whole_hours = opt((count, space0, hours).map(|(n, ..)| n));
    let whole_minutes = opt((space0, count, space0, minutes).map(|(_, n, ..)| n));
    // "T+1h10"
    let by_hours = (count, tag_no_case("h"), number::<i64>(2, 2), word_end).map(|(h, _, m, ())| h * 60 + m);
    let by_unit = verify((days, whole_hours, whole_minutes), |(d, h, m)| d.is_some() || h.is_some() || m.is_some())
        .map(|(d, h, m)| d.unwrap_or(0) * 1440 + h.unwrap_or(0) * 60 + m.unwrap_or(0));
    let (rest, minutes) = alt((by_colon, by_hours, by_unit, terminated(count, word_end))).parse(rest)?;
    word_end(rest)?;
    Ok((rest, sign * minutes))
}

fn count(input: &str) -> IResult<&str, i64> {
    number(1, 5)(input)
}

fn by_colon(input: &str) -> IResult<&str, i64> {
    (count, char(':'), number::<i64>(2, 2)).map(|(hours, _, minutes)| hours * 60 + minutes).parse(input)
}

fn hours(input: &str) -> IResult<&str, &str> {
    any_case(["hours", "hour", "hrs", "hr", "h"])(input)
}

fn minutes(input: &str) -> IResult<&str, &str> {
    any_case(["minutes", "minute", "mins", "min", "m"])(input)
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
