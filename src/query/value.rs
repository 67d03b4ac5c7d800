//! Lengths as a filter writes them: `90`, `1h30m`, `2d`.

use nom::branch::alt;
use nom::bytes::complete::{tag_no_case, take_while_m_n};
use nom::character::complete::char;
use nom::combinator::{all_consuming, map_opt, opt, recognize, value};
use nom::multi::many1;
use nom::{IResult, Parser};
use std::fmt;

/// A length of time in whole seconds; a lag may be negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Length(pub i64);

impl Length {
    /// Reads a whole text; a bare number is minutes.
    pub fn parse(text: &str) -> Option<Self> {
        all_consuming(length).parse(text).ok().map(|(_, length)| length)
    }

    /// In minutes.
    pub fn minutes(self) -> f64 {
        self.0 as f64 / 60.0
    }
}

const UNITS: [(&str, i64); 4] = [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)];

fn length(input: &str) -> IResult<&str, Length> {
    let terms = alt((many1(term).map(|terms| terms.into_iter().sum::<f64>()), number.map(|minutes| minutes * 60.0)));
    // The numbers are short, so their sum fits.
    (opt(char('-')), terms).map(|(minus, seconds)| Length(if minus.is_some() { -seconds } else { seconds }.round() as i64)).parse(input)
}

fn term(input: &str) -> IResult<&str, f64> {
    let unit = alt((
        value(604_800.0, tag_no_case("w")),
        value(86_400.0, tag_no_case("d")),
        value(3600.0, tag_no_case("h")),
        value(60.0, alt((tag_no_case("min"), tag_no_case("m")))),
        value(1.0, tag_no_case("s")),
    ));
    (number, unit).map(|(number, unit)| number * unit).parse(input)
}

fn number(input: &str) -> IResult<&str, f64> {
    map_opt(recognize((digits(1, 7), opt((char('.'), digits(1, 3))))), |text: &str| text.parse().ok()).parse(input)
}

pub(super) fn digits<'a>(least: usize, most: usize) -> impl Parser<&'a str, Output = &'a str, Error = nom::error::Error<&'a str>> {
    take_while_m_n(least, most, |c: char| c.is_ascii_digit())
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0.abs();
        if self.0 < 0 {
            f.write_str("-")?;
        }
        if rest == 0 {
            return f.write_str("0m");
        }
        for (unit, seconds) in UNITS {
            let count = rest / seconds;
            rest %= seconds;
            if count > 0 {
                write!(f, "{count}{unit}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths() {
        for (text, seconds) in [
            ("30", 1800),
            ("30m", 1800),
            ("30min", 1800),
            ("1h30m", 5400),
            ("1.5h", 5400),
            ("2d", 172_800),
            ("1w", 604_800),
            ("90s", 90),
            ("-5m", -300),
        ] {
            assert_eq!(Length::parse(text), Some(Length(seconds)), "{text}");
        }
        for text in ["", "m", "30x", "30 m", "1h30", "h1", "1..2", "12345678", "1.2.3", "--5m", "٣m"] {
            assert_eq!(Length::parse(text), None, "{text}");
        }
    }

    #[test]
    fn are_written_as_they_are_read() {
        for text in ["30m", "1h30m", "2d", "1m30s", "-5m", "0m", "7d"] {
            assert_eq!(Length::parse(text).unwrap().to_string(), text);
        }
    }
}
