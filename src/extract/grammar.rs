//! Pieces that all grammars are made of.

use nom::character::complete::satisfy;
use nom::combinator::not;
use nom::error::{Error, ErrorKind};
use nom::{Err, IResult, Parser};
use std::str::FromStr;

/// That a grammar does not read `input`.
pub(crate) fn refused(input: &str) -> Err<Error<&str>> {
    Err::Error(Error::new(input, ErrorKind::Verify))
}

/// `word`, of ASCII alone, in either case; nom's own folds all of Unicode.
pub(crate) fn tag_no_case<'i>(word: &'static str) -> impl Fn(&'i str) -> IResult<&'i str, &'i str> + Copy {
    move |input| match input.split_at_checked(word.len()) {
        Some((start, rest)) if start.eq_ignore_ascii_case(word) => Ok((rest, start)),
        _ => Err(refused(input)),
    }
}

/// The first of `words` that fits, of ASCII alone, in either case.
pub(crate) fn any_case<'i, const N: usize>(words: [&'static str; N]) -> impl Fn(&'i str) -> IResult<&'i str, &'i str> + Copy {
    move |input| words.iter().find_map(|word| tag_no_case(word)(input).ok()).ok_or_else(|| refused(input))
}

/// Where no letter or digit goes on.
pub(crate) fn word_end(input: &str) -> IResult<&str, ()> {
    not(satisfy(char::is_alphanumeric)).parse(input)
}

/// A number of at least so many digits; behind so many at most, others may follow.
pub(crate) fn number<T: FromStr>(least: usize, most: usize) -> impl Fn(&str) -> IResult<&str, T> {
    move |input| {
        let count = input.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let (digits, rest) = input.split_at_checked(count).filter(|_| count >= least).ok_or_else(|| refused(input))?;
        Ok((rest, digits.parse().map_err(|_| refused(input))?))
    }
}

/// How many digits `input` starts with, and what stands behind them.
pub(crate) fn figures(input: &str) -> (usize, Option<char>) {
    let digits = input.bytes().take_while(u8::is_ascii_digit).count();
    (digits, input.get(digits..).and_then(|rest| rest.chars().next()))
}
