//! Lengths of time as written: "3 hours 25 minutes", "1h05m", "an hour and a half", "1 hr 20 min".

use super::words::{is_one_of, starts_with};
use super::{any_case, number, refused, tag_no_case, word_end};
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n, take_while1};
use nom::character::complete::{char, one_of, satisfy, space0};
use nom::combinator::{map_opt, not, opt, recognize, value};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};
use std::ops::Range;

/// A length in minutes at `range` of the text it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Length {
    /// Where it stands.
    pub range: Range<usize>,
    /// Minutes.
    pub minutes: f64,
}

/// Every length in `text`, in order.
pub fn lengths(text: &str) -> Vec<Length> {
    let mut found = Vec::new();
    let mut reached = 0;
    for at in super::word_starts(text) {
        if at < reached {
            continue;
        }
        let input = text.get(at..).unwrap_or_default();
        if !may_start(input) || super::is_inside_token(text, at) {
            continue;
        }
        if let Ok((rest, minutes)) = duration(input) {
            reached = text.len() - rest.len();
            found.push(Length { range: at..reached, minutes });
        }
    }
    found
}

/// The letters of the longest number and unit.
const LONGEST: usize = 9;

/// More figures and marks between them than any number has: what goes on so long is an address or a list.
const FIGURES: usize = 16;

/// A cheap look at a word or number: most are no number, and behind most numbers stands no unit.
fn may_start(input: &str) -> bool {
    let bytes = input.as_bytes();
    let number = match bytes.first() {
        Some(b'0'..=b'9') => bytes.iter().take(FIGURES).take_while(|byte| byte.is_ascii_digit() || b".,".contains(byte)).count(),
        _ if opens_number(bytes) => bytes.iter().take(LONGEST + 1).take_while(|byte| byte.is_ascii_alphabetic()).count(),
        _ => return false,
    };
    let (word, rest) = input.split_at_checked(number).unwrap_or_default();
    let rest = rest.trim_start_matches([' ', '\u{a0}', '\n', '-']);
    let unit = |byte: u8| b"dhmsw".contains(&byte.to_ascii_lowercase());
    let part = is_one_of(word, &["half", "quarter"]);
    // "forty-five", "two and a half", "three quarters".
    let number = |rest: &str| rest.get(..rest.bytes().take(LONGEST + 1).take_while(u8::is_ascii_alphabetic).count()).and_then(number_word);
    let goes_on = || rest.starts_with(['½', 'q']) || rest.starts_with("and") || number(rest).is_some();
    part || (word.starts_with(|c: char| c.is_ascii_digit()) || number_word(word).is_some())
        && (rest.bytes().next().is_some_and(unit) || goes_on())
}

/// Whether the first letters are those of "a", "an", or a longer word for a number.
#[rustfmt::skip]
fn opens_number(bytes: &[u8]) -> bool {
    let letter = |at: usize| bytes.get(at).map_or(b' ', u8::to_ascii_lowercase);
    match (letter(0), letter(1), letter(2)) {
        (b'a', b'n', next) | (b'a', next, _) => !next.is_ascii_alphabetic(),
        start => matches!(
            &<[u8; 3]>::from(start),
            b"one" | b"two" | b"thr" | b"thi" | b"fou" | b"for" | b"fiv" | b"fif" | b"six" | b"sev" | b"eig" | b"nin" | b"ten" | b"ele"
                | b"twe" | b"hal" | b"qua"
        ),
    }
}

/// A length at the start of `input`: terms from large to small, each unit once.
pub fn duration(input: &str) -> IResult<&str, f64> {
    let (mut rest, (number, largest)) = term(input)?;
    let (mut minutes, mut unit) = (number * largest, largest);
    while let Ok((behind, (number, next))) = preceded(join, term).parse(rest)
        && next < unit
    {
        (rest, unit) = (behind, next);
        minutes += number * next;
    }
    let (rest, part) = opt(terminated(and_part, word_end)).parse(rest)?;
    Ok((rest, minutes + largest * part.unwrap_or_default()))
}

/// What stands between two terms: "1 hour, 20 minutes", "1 hour and 20 minutes".
fn join(input: &str) -> IResult<&str, &str> {
    recognize((space0, opt(char(',')), space0, opt(alt((tag_no_case("and"), tag("&")))), space0)).parse(input)
}

/// A number and its unit in minutes.
fn term(input: &str) -> IResult<&str, (f64, f64)> {
    let (rest, (number, _, unit)) = (alt((part, amount)), joint, unit).parse(input)?;
    // "For a second time" counts.
    let ordinal = unit < 1.0 && starts_with(input, "a ");
    if ordinal { Err(refused(input)) } else { Ok((rest, (number, unit))) }
}

/// "half an", "half-", "three quarters of an", "quarter of an".
fn part(input: &str) -> IResult<&str, f64> {
    let article = || any_case(["an", "a"]);
    let gap = || one_of(" -");
    let half = value(0.5, (tag_no_case("half"), opt((space0, article()))));
    let quarters = value(0.75, (tag_no_case("three"), gap(), tag_no_case("quarters of "), article()));
    let quarter = value(0.25, (tag_no_case("quarter of "), article()));
    alt((half, quarters, quarter)).parse(input)
}

fn joint(input: &str) -> IResult<&str, &str> {
    recognize((take_while_m_n(0, 2, |c: char| c == ' ' || c == '\u{a0}' || c == '\n'), opt(char('-')))).parse(input)
}

/// "20", "1,440", "2.5", "1½", "forty-five", "two and a half".
fn amount(input: &str) -> IResult<&str, f64> {
    let (rest, number) = alt((thousands, digits, word)).parse(input)?;
    let (rest, part) = opt(alt((value(0.5, (space0, char('½'))), and_part))).parse(rest)?;
    Ok((rest, number + part.unwrap_or_default()))
}

/// " and a half", "-and-three-quarters".
fn and_part(input: &str) -> IResult<&str, f64> {
    let gap = || one_of(" -");
    let a = |part| (tag_no_case("a"), gap(), tag_no_case(part));
    let three = (tag_no_case("three"), gap(), tag_no_case("quarter"), opt(tag_no_case("s")));
    let part = alt((value(0.5, a("half")), value(0.25, a("quarter")), value(0.75, three)));
    preceded((gap(), tag_no_case("and"), gap()), part).parse(input)
}

fn digits(input: &str) -> IResult<&str, f64> {
    let written = recognize((number::<u32>(1, 6), opt((char('.'), number::<u32>(1, 3)))));
    map_opt(written, |number: &str| number.parse().ok()).parse(input)
}

fn thousands(input: &str) -> IResult<&str, f64> {
    let written = (number::<u32>(1, 3), char(','), number::<u32>(3, 3), not(satisfy(|c| c.is_ascii_digit())));
    written.map(|(thousands, _, rest, ())| f64::from(thousands * 1000 + rest)).parse(input)
}

/// "twelve", "forty-five".
pub(super) fn word(input: &str) -> IResult<&str, f64> {
    let (rest, tens) = plain_word(input)?;
    match preceded(one_of("- "), plain_word).parse(rest) {
        Ok((behind, ones)) if (20.0..=90.0).contains(&tens) && (1.0..10.0).contains(&ones) => Ok((behind, tens + ones)),
        _ => Ok((rest, tens)),
    }
}

fn plain_word(input: &str) -> IResult<&str, f64> {
    map_opt(take_while1(|c: char| c.is_ascii_alphabetic()), number_word).parse(input)
}

/// `word` in lower case; nothing of one that is longer than any number or unit.
fn lowered<'b>(word: &str, into: &'b mut [u8; LONGEST]) -> &'b [u8] {
    let Some(lower) = into.get_mut(..word.len()) else { return &[] };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    lower
}

/// "a", "an", "one" to "twenty" and the tens.
pub(super) fn number_word(word: &str) -> Option<f64> {
    Some(match lowered(word, &mut [0; LONGEST]) {
        b"a" | b"an" | b"one" => 1.0,
        b"two" => 2.0,
        b"three" => 3.0,
        b"four" => 4.0,
        b"five" => 5.0,
        b"six" => 6.0,
        b"seven" => 7.0,
        b"eight" => 8.0,
        b"nine" => 9.0,
        b"ten" => 10.0,
        b"eleven" => 11.0,
        b"twelve" => 12.0,
        b"thirteen" => 13.0,
        b"fourteen" => 14.0,
        b"fifteen" => 15.0,
        b"sixteen" => 16.0,
        b"seventeen" => 17.0,
        b"eighteen" => 18.0,
        b"nineteen" => 19.0,
        b"twenty" => 20.0,
        b"thirty" => 30.0,
        b"forty" => 40.0,
        b"fifty" => 50.0,
        b"sixty" => 60.0,
        b"seventy" => 70.0,
        b"eighty" => 80.0,
        b"ninety" => 90.0,
        _ => return None,
    })
}

fn unit(input: &str) -> IResult<&str, f64> {
    // "1h05m": the unit ends where digits go on.
    let minutes = |word: &str| match lowered(word, &mut [0; LONGEST]) {
        b"d" | b"day" | b"days" => Some(1440.0),
        b"h" | b"hr" | b"hrs" | b"hour" | b"hours" => Some(60.0),
        b"m" | b"min" | b"mins" | b"minute" | b"minutes" => Some(1.0),
        b"s" | b"sec" | b"secs" | b"second" | b"seconds" => Some(1.0 / 60.0),
        b"w" | b"week" | b"weeks" => Some(10_080.0),
        _ => None,
    };
    map_opt(take_while1(|c: char| c.is_ascii_alphabetic()), minutes).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lengths() {
        for (text, minutes) in [
            ("3 hours 25 minutes", 205.0),
            ("1h05m", 65.0),
            ("1h 5m", 65.0),
            ("2.5 hours", 150.0),
            ("1 hour, 45 minutes", 105.0),
            ("1 hour and 45 minutes.", 105.0),
            ("an hour and a half", 90.0),
            ("an hour and three quarters", 105.0),
            ("an hour and a quarter", 75.0),
            ("half an hour", 30.0),
            ("four hours", 240.0),
            ("90 min", 90.0),
            ("279 minutes [^3]", 279.0),
            ("20 hours 20 minutes.", 1220.0),
            ("30 seconds", 0.5),
            ("2 days 3 hours", 3060.0),
            ("60-minute delay", 60.0),
            ("fifteen\nminutes", 15.0),
            ("ninety minutes", 90.0),
            ("forty-five minutes", 45.0),
            ("twenty five minutes", 25.0),
            ("1,440 minutes", 1440.0),
            ("two and a half hours", 150.0),
            ("a two-and-a-half-hour outage", 150.0),
            ("1½ hours", 90.0),
            ("a half-hour outage", 30.0),
            ("three quarters of an hour", 45.0),
            ("a quarter of an hour", 15.0),
            ("one and a half days", 2160.0),
            ("five and three-quarter hours", 345.0),
        ] {
            let found = lengths(text);
            assert_eq!(found.first().map(|l| (l.minutes * 100.0).round() / 100.0), Some(minutes), "{text}");
            assert_eq!(found.len(), 1, "{text}");
        }
    }

    #[test]
    fn a_length_ends_before_a_larger_unit() {
        let text = "45 minutes, 3 hours after the deploy";
        let found: Vec<_> = lengths(text).into_iter().map(|length| (&text[length.range], length.minutes)).collect();
        assert_eq!(found, [("45 minutes", 45.0), ("3 hours", 180.0)]);
        assert_eq!(lengths("1 hour, 90 minutes").first().map(|length| length.minutes), Some(150.0));
    }

    #[test]
    fn refuses_look_alikes() {
        for text in
            ["5 users", "v2h", "10:30", "3 mice", "a minor issue", "42%", "half of them", "x5 minutesy", "us-east-1d", "a second host"]
        {
            assert_eq!(lengths(text), [], "{text}");
        }
    }
}
