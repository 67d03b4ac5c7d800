//! The pieces of a query, each with the bytes it stands at. Every text has pieces: what is wrong with them is for the
//! tree to say.

use crate::query::expr::Op;
use nom::branch::alt;
use nom::bytes::complete::{is_not, tag, take_while, take_while1};
use nom::character::complete::{char, one_of};
use nom::combinator::{eof, map, map_opt, not, opt, peek, recognize, value};
use nom::multi::{many0, separated_list1};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};
use std::ops::Range;

/// A piece of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token<'a> {
    /// `(`
    Open,
    /// `)`
    Close,
    /// `-`, `!` or `not`
    Not,
    /// `and`
    And,
    /// `or`
    Or,
    /// A bare word.
    Word(&'a str),
    /// A phrase in quotes; the second quote may be missing.
    Quoted(String, bool),
    /// A field, how it is compared, and with what.
    Clause(Clause<'a>),
}

/// A field, how it is compared, and with what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause<'a> {
    /// What stands before the comparison.
    pub field: &'a str,
    /// How it is compared; none for `!=`, the denial of `=`.
    pub op: Option<Op>,
    /// What stands behind it; never empty, but a value may be.
    pub values: Vec<Piece<'a>>,
}

/// A value as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece<'a> {
    /// What it says, without quotes.
    pub text: String,
    /// Whether it stands in quotes, and those are closed.
    pub quoted: Option<bool>,
    /// What is left of the query behind it, which tells where it ends.
    rest: &'a str,
    /// What is left of the query from it on.
    from: &'a str,
}

impl Piece<'_> {
    /// Where it stands in a query of `length` bytes.
    pub fn span(&self, length: usize) -> Range<usize> {
        length - self.from.len()..length - self.rest.len()
    }
}

/// Every piece of `text` with its place.
pub fn tokens(text: &str) -> Vec<(Token<'_>, Range<usize>)> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    // A token takes one character at least, so this ends, and looks at each a fixed number of times.
    while let Ok((after, token)) = token(rest) {
        found.push((token, text.len() - rest.len()..text.len() - after.len()));
        rest = after.trim_start();
    }
    found
}

fn token(input: &str) -> IResult<&str, Token<'_>> {
    alt((
        value(Token::Open, char('(')),
        value(Token::Close, char(')')),
        map(clause, Token::Clause),
        keyword,
        value(Token::Not, one_of("-!")),
        map(quoted, |(text, closed)| Token::Quoted(text, closed)),
        map(bare, Token::Word),
    ))
    .parse(input)
}

fn keyword(input: &str) -> IResult<&str, Token<'_>> {
    let word = take_while1(|c: char| c.is_ascii_alphabetic());
    let named = map_opt(word, |word: &str| match word.to_ascii_lowercase().as_str() {
        "and" => Some(Token::And),
        "or" => Some(Token::Or),
        "not" => Some(Token::Not),
        _ => None,
    });
    let boundary = alt((eof, recognize(one_of("()\"")), take_while1(char::is_whitespace)));
    terminated(named, peek(boundary)).parse(input)
}

fn clause(input: &str) -> IResult<&str, Clause<'_>> {
    let name = take_while1(|c: char| c.is_ascii_alphabetic());
    // `https://` is an address, not a field.
    let op = terminated(op, not(tag("//")));
    (name, op, separated_list1(char(','), piece)).map(|(field, op, values)| Clause { field, op, values }).parse(input)
}

fn op(input: &str) -> IResult<&str, Option<Op>> {
    let differs = value(None, tag("!="));
    let longest_first = [Op::AtMost, Op::AtLeast, Op::Under, Op::Over, Op::Is, Op::Has];
    let named = |op: Op| value(Some(op), tag(op.name()));
    alt((differs, alt(longest_first.map(named)))).parse(input)
}

fn piece(input: &str) -> IResult<&str, Piece<'_>> {
    let plain = map(take_while(|c| is_plain(c) && c != ','), |text: &str| (text.to_owned(), None));
    let (rest, (text, quoted)) = alt((map(quoted, |(text, closed)| (text, Some(closed))), plain)).parse(input)?;
    Ok((rest, Piece { text, quoted, rest, from: input }))
}

fn bare(input: &str) -> IResult<&str, &str> {
    take_while1(is_plain).parse(input)
}

fn is_plain(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '(' | ')' | '"')
}

/// A phrase in quotes, where `\` takes the next character as it stands; whether the quotes are closed.
fn quoted(input: &str) -> IResult<&str, (String, bool)> {
    let escaped = preceded(char('\\'), opt(one_char)).map(|c| c.unwrap_or("\\"));
    let inside = many0(alt((is_not("\\\""), escaped))).map(|parts: Vec<&str>| parts.concat());
    (char('"'), inside, opt(char('"'))).map(|(_, text, end)| (text, end.is_some())).parse(input)
}

fn one_char(input: &str) -> IResult<&str, &str> {
    recognize(nom::character::complete::anychar).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<String> {
        let shown = |token: Token| match token {
            Token::Word(word) => word.to_owned(),
            Token::Quoted(text, closed) => format!("“{text}{}", if closed { "”" } else { "" }),
            Token::Clause(clause) => {
                let values: Vec<_> = clause.values.iter().map(|piece| piece.text.as_str()).collect();
                format!("{} {} {}", clause.field, clause.op.map_or("!=", Op::name), values.join("|"))
            }
            other => format!("{other:?}"),
        };
        tokens(text).into_iter().map(|(token, _)| shown(token)).collect()
    }

    #[test]
    fn pieces() {
        for (text, expected) in [
            ("rate limit", vec!["rate", "limit"]),
            ("sev>=high dur:30m..2h", vec!["sev >= high", "dur : 30m..2h"]),
            ("service:crm,\"a b\",c", vec!["service : crm|a b|c"]),
            ("sev!=low", vec!["sev != low"]),
            ("-a !b not c", vec!["Not", "a", "Not", "b", "Not", "c"]),
            ("(a OR b)and c", vec!["Open", "a", "Or", "b", "Close", "And", "c"]),
            ("\"rate limit\" \"half", vec!["“rate limit”", "“half"]),
            ("\"a \\\"b\\\" \\\\\"", vec!["“a \"b\" \\”"]),
            ("sev:", vec!["sev : "]),
        ] {
            assert_eq!(kinds(text), expected, "{text}");
        }
    }

    #[test]
    fn look_alikes_are_words() {
        for (text, expected) in [
            ("order nothing android", vec!["order", "nothing", "android"]),
            ("10:30 https://a.example/x v2=3", vec!["10:30", "https://a.example/x", "v2=3"]),
            ("rate-limit c++ a.b", vec!["rate-limit", "c++", "a.b"]),
        ] {
            assert_eq!(kinds(text), expected, "{text}");
        }
    }

    #[test]
    fn places_are_bytes_of_the_text() {
        let text = "  é sev:high,low ";
        let found = tokens(text);
        assert_eq!(found.iter().map(|(_, span)| &text[span.clone()]).collect::<Vec<_>>(), ["é", "sev:high,low"]);
        let Some((Token::Clause(clause), _)) = found.last() else { unreachable!() };
        let values: Vec<_> = clause.values.iter().map(|piece| &text[piece.span(text.len())]).collect();
        assert_eq!(values, ["high", "low"]);
    }
}
