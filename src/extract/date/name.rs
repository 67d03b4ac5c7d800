//! Names of months and of weekdays.

use crate::extract::refused;
use chrono::Weekday;
use nom::bytes::complete::take_while1;
use nom::{IResult, Parser};

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// Short forms of more than three letters.
const SHORT: [&str; 4] = ["sept", "tues", "thur", "thurs"];

/// All names and short forms, in lower case.
pub fn names() -> impl Iterator<Item = &'static str> {
    let whole = || MONTHS.into_iter().chain(DAYS);
    whole().chain(whole().filter_map(|name| name.get(..3))).chain(SHORT)
}

/// The month that `word` is the name of, or its first three letters.
pub fn month_of(word: &str) -> Option<u32> {
    month_name(word).ok().filter(|(rest, _)| rest.is_empty()).map(|(_, month)| month)
}

/// Whether `word` is the name of a weekday or its first three letters.
pub fn is_weekday(word: &str) -> bool {
    weekday(word).is_ok_and(|(rest, _)| rest.is_empty())
}

pub(super) fn month_name(input: &str) -> IResult<&str, u32> {
    let (rest, word) = take_while1(|c: char| c.is_ascii_alphabetic()).parse(input)?;
    // "may" in running text is a verb.
    let month = name_index(word, &MONTHS).filter(|_| word != "may").ok_or_else(|| refused(input))?;
    let short = word.len() == 3 || word.eq_ignore_ascii_case("sept");
    Ok((rest.strip_prefix('.').filter(|_| short).unwrap_or(rest), month))
}

pub(super) fn weekday(input: &str) -> IResult<&str, Weekday> {
    const WEEK: [Weekday; 7] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    let (rest, word) = take_while1(|c: char| c.is_ascii_alphabetic()).parse(input)?;
    let day = name_index(word, &DAYS).and_then(|n| WEEK.get(n as usize - 1));
    Ok((rest, *day.ok_or_else(|| refused(input))?))
}

/// The 1-based place of `word` among `names`: whole, its first three letters, or a common four-letter short form.
fn name_index(word: &str, names: &[&str]) -> Option<u32> {
    let start = word.as_bytes().first_chunk::<3>().filter(|_| word.len() <= 9)?.map(|byte| byte.to_ascii_lowercase());
    let index = names.iter().position(|name| name.as_bytes().starts_with(&start))?;
    let short = word.len() == 3 || SHORT.iter().any(|short| word.eq_ignore_ascii_case(short));
    let fits = short || names.get(index).is_some_and(|name| word.eq_ignore_ascii_case(name));
    fits.then(|| u32::try_from(index + 1).ok()).flatten()
}
