//! A query's text to what it says. What cannot be read is left out and told with its place; the rest goes on filtering.
//!
//! ```text
//! query  = terms { "OR" terms }           binds weaker than
//! terms  = term { [ "AND" ] term }        standing side by side
//! term   = { "-" | "!" | "NOT" } ( "(" query ")" | word | "\"phrase\"" | field op value { "," value } )
//! ```

pub(super) mod token;
mod values;

use super::expr::{Expr, Op, Words};
use super::field::Field;
use chrono::NaiveDate;
use std::ops::Range;
use token::{Clause, Token, tokens};

/// So many brackets may stand inside each other.
const DEPTH: usize = 32;

/// Something in a query that cannot be used, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}; {remedy}")]
pub struct Mistake {
    /// The bytes at fault; empty where something is missing.
    pub span: Range<usize>,
    /// What is wrong, lower case.
    pub what: String,
    /// What to do about it, lower case.
    pub remedy: String,
}

impl Mistake {
    fn new(span: Range<usize>, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { span, what: what.into(), remedy: remedy.into() }
    }

    /// Whether the query only needs going on: nothing it says so far is wrong.
    pub fn is_unfinished(&self, text: &str) -> bool {
        self.span.is_empty() && self.span.start >= text.trim_end().len()
    }
}

/// A condition that must hold, with its place in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The condition.
    pub expr: Expr,
    /// The bytes it was read from.
    pub span: Range<usize>,
}

/// What a text says: everything in it that must hold, and whether that is one list of alternatives without brackets.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parsed {
    /// What must hold.
    pub parts: Vec<Part>,
    /// Whether the only part is a list of alternatives without brackets.
    pub alternatives: bool,
    /// What was left out, in the order of the text.
    pub mistakes: Vec<Mistake>,
}

/// Reads a query; without `today` nothing that is counted from it.
pub fn parse(text: &str, today: Option<NaiveDate>) -> Parsed {
    let mut parser = Parser { text, today, tokens: tokens(text), at: 0, mistakes: Vec::new() };
    let mut alternatives = parser.alternatives(0);
    let mut parsed = match alternatives.len() {
        0 | 1 => Parsed { parts: alternatives.pop().unwrap_or_default(), ..Parsed::default() },
        _ => {
            let expr = Expr::Any(alternatives.into_iter().map(all).collect());
            Parsed { parts: vec![Part { expr, span: 0..text.trim_end().len() }], alternatives: true, ..Parsed::default() }
        }
    };
    parser.mistakes.sort_by_key(|mistake| mistake.span.start);
    // Three brackets that are open at the end are told once.
    parser.mistakes.dedup();
    parsed.mistakes = parser.mistakes;
    parsed
}

/// Several conditions as one.
fn all(mut parts: Vec<Part>) -> Expr {
    match parts.len() {
        1 => parts.remove(0).expr,
        _ => Expr::All(parts.into_iter().map(|part| part.expr).collect()),
    }
}

struct Parser<'a> {
    text: &'a str,
    today: Option<NaiveDate>,
    tokens: Vec<(Token<'a>, Range<usize>)>,
    at: usize,
    mistakes: Vec<Mistake>,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&(Token<'a>, Range<usize>)> {
        self.tokens.get(self.at)
    }

    fn next(&mut self) -> Option<(Token<'a>, Range<usize>)> {
        let next = self.peek().cloned();
        self.at += usize::from(next.is_some());
        next
    }

    fn mistake(&mut self, span: Range<usize>, what: impl Into<String>, remedy: impl Into<String>) {
        self.mistakes.push(Mistake::new(span, what, remedy));
    }

    /// The place right behind the token that was taken last: where something is missing.
    fn behind(&self) -> Range<usize> {
        let end = self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(0, |(_, span)| span.end);
        end..end
    }

    /// Lists of terms with `or` between them, as far as they say anything, up to the `)` that ends them or the end.
    fn alternatives(&mut self, depth: usize) -> Vec<Vec<Part>> {
        let mut found = Vec::new();
        loop {
            let before = self.at;
            let terms = self.terms(depth);
            let nothing = self.at == before;
            found.extend((!terms.is_empty()).then_some(terms));
            let Some((Token::Or, span)) = self.peek() else { return found };
            let span = span.clone();
            if nothing {
                self.mistake(span, "nothing stands before this “or”", "write what it is the alternative to, or put it in quotes");
            }
            self.at += 1;
            if matches!(self.peek(), None | Some((Token::Close, _))) {
                self.mistake(self.behind(), "nothing stands after “or”", "write the alternative");
            }
        }
    }

    /// Terms side by side up to an `or`, the `)` that ends them or the end.
    fn terms(&mut self, depth: usize) -> Vec<Part> {
        let mut found: Vec<Part> = Vec::new();
        loop {
            match self.peek() {
                None | Some((Token::Or, _)) => return found,
                Some((Token::Close, _)) if depth > 0 => return found,
                Some((Token::Close, span)) => {
                    let span = span.clone();
                    self.mistake(span, "no bracket is open here", "take it out, or put it in quotes");
                    self.at += 1;
                }
                Some((Token::And, span)) => {
                    let span = span.clone();
                    if found.is_empty() {
                        self.mistake(span, "nothing stands before this “and”", "take it out, or put it in quotes");
                    }
                    self.at += 1;
                    if matches!(self.peek(), None | Some((Token::Close | Token::Or, _))) {
                        self.mistake(self.behind(), "nothing stands after “and”", "write what must hold as well");
                    }
                }
                Some((_, span)) => {
                    let start = span.start;
                    if let Some(expr) = self.term(depth) {
                        found.push(Part { expr, span: start..self.behind().end });
                    }
                }
            }
        }
    }

    fn term(&mut self, depth: usize) -> Option<Expr> {
        let (mut denials, mut denied_at) = (0_usize, 0..0);
        while let Some((Token::Not, span)) = self.peek() {
            denied_at = span.clone();
            denials += 1;
            self.at += 1;
        }
        // A hyphen that stands alone denies nothing: in a title that was pasted it is a dash.
        let stands_alone = denials > 0 && self.text.get(denied_at.clone()).is_some_and(|sign| sign.len() == 1) && {
            let follows = self.text.get(denied_at.end..).unwrap_or_default();
            follows.starts_with(char::is_whitespace)
        };
        if stands_alone {
            self.mistake(denied_at, "this leaves out nothing", "put it right before what is to be left out, or in quotes");
            return None;
        }
        let inner = match self.peek() {
            None | Some((Token::And | Token::Or | Token::Close, _)) => {
                self.mistake(self.behind(), "nothing stands behind the denial", "write what is to be left out");
                None
            }
            Some(_) => self.operand(depth),
        }?;
        // Any number of denials is none or one: what is written may not nest without end.
        Some(if denials % 2 == 1 { Expr::Not(Box::new(inner)) } else { inner })
    }

    fn operand(&mut self, depth: usize) -> Option<Expr> {
        let (token, span) = self.next()?;
        match token {
            Token::Word(word) => Some(Expr::Words(Words::new(word))),
            Token::Quoted(text, closed) => {
                if !closed {
                    self.mistake(span.end..span.end, "the quotes are open", "close them with \"");
                }
                if text.trim().is_empty() {
                    return None;
                }
                Some(Expr::Words(Words::new(&text)))
            }
            Token::Clause(clause) => self.clause(clause, span),
            Token::Open => self.group(depth, span),
            Token::Close | Token::Not | Token::And | Token::Or => None,
        }
    }

    fn group(&mut self, depth: usize, open: Range<usize>) -> Option<Expr> {
        if depth + 1 >= DEPTH {
            self.mistake(open, format!("more than {DEPTH} brackets inside each other"), "write it with fewer");
            self.at = self.tokens.len();
            return None;
        }
        let mistakes = self.mistakes.len();
        let mut found = self.alternatives(depth + 1);
        match self.peek() {
            Some((Token::Close, span)) => {
                let whole = open.start..span.end;
                self.at += 1;
                if found.is_empty() && self.mistakes.len() == mistakes {
                    self.mistake(whole, "there is nothing in these brackets", "take them out, or put them in quotes");
                }
            }
            _ => self.mistake(self.behind(), "the bracket is open", "close it with )"),
        }
        match found.len() {
            0 | 1 => found.pop().map(all),
            _ => Some(Expr::Any(found.into_iter().map(all).collect())),
        }
    }

    fn clause(&mut self, clause: Clause<'_>, span: Range<usize>) -> Option<Expr> {
        let Some(field) = Field::find(clause.field) else {
            let at = span.start..span.start + clause.field.len();
            let whole = self.text.get(span).unwrap_or_default();
            let remedy = match Field::meant(clause.field) {
                Some(name) => format!("did you mean “{name}”?"),
                None => format!("to search for the words, write \"{}\"", whole.replace('"', "")),
            };
            self.mistake(at, format!("there is no field “{}”", clause.field), remedy);
            return None;
        };
        let op = clause.op.unwrap_or(Op::Is);
        let ends = span.start + clause.field.len()..span.start + clause.field.len() + clause.op.map_or(2, |op| op.name().len());
        let (values, mistakes) = values::read((field, op), ends, &clause.values, self.text.len(), self.today);
        self.mistakes.extend(mistakes);
        let expr = (!values.is_empty()).then_some(Expr::Clause(field, op, values));
        if clause.op.is_none() { expr.map(|expr| Expr::Not(Box::new(expr))) } else { expr }
    }
}

#[cfg(test)]
mod tests;
