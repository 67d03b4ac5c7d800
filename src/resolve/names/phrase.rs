//! The words of a text, and the phrases of them that may be names.

use super::key::Key;
use crate::extract::vocabulary::{GRAMMAR, Token, bits, tokens};
use crate::extract::words::Words;
use crate::extract::zone;
use std::ops::Range;

/// The longest phrase, in words.
pub const LONGEST: usize = 4;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Where it stands.
    pub range: Range<usize>,
    /// What it is in a name.
    pub key: Key,
    /// Whether it is written as a name is: with a capital, a digit behind letters, a dot inside.
    pub capital: bool,
    /// What stands between it and the word before, but for blanks.
    pub lead: Option<char>,
    /// Whether it goes on with "'s".
    pub owns: bool,
    /// Whether it is "&" or "of" between names.
    pub joins: bool,
    /// Whether no name holds it.
    pub ends: bool,
    /// What it is among the words around names.
    pub part: Part,
}

/// What a word is around names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// "The", "our".
    Article,
    /// "And", "or".
    Joint,
    /// "Was", "began", "printed".
    Verb,
    /// Any other, and what has a capital.
    Other,
}

impl Part {
    fn of(word: &str, key: Key, capital: bool) -> Self {
        const VERBS: u32 = bits(&[Words::Auxiliaries, Words::PastVerbs]);
        let is = |some: &[&str]| word.len() < 4 && some.iter().any(|one| word.eq_ignore_ascii_case(one));
        match word {
            _ if is(&["the", "our", "a", "an"]) => Self::Article,
            _ if is(&["and", "or"]) => Self::Joint,
            _ if !capital && (key.lists & VERBS != 0 || word.len() > 4 && word.ends_with("ed")) => Self::Verb,
            _ => Self::Other,
        }
    }
}

/// The words of `text`.
pub fn words(text: &str) -> Vec<Word> {
    words_of(text, tokens(text))
}

/// The words of `text`, whose tokens are known.
pub fn words_of(text: &str, tokens: impl Iterator<Item = Token>) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity(text.len() / 5);
    let mut lead = None;
    // In running text a line ends where it has no room; else what stands in the next is another name.
    let running = text.trim_end().ends_with(['.', '!', '?']);
    for Token { range, word } in tokens {
        let body = text.get(range.clone()).unwrap_or_default();
        let ends_line = text.as_bytes().get(range.end) == Some(&b'\n');
        if body.is_empty() {
            lead = if ends_line { Some('.') } else { lead };
        } else if let Some((word, key)) = word {
            let mark = text.get(word.end..range.end).and_then(|mark| mark.chars().next());
            push(text, word, key, std::mem::replace(&mut lead, mark), false, &mut words);
        } else if body.contains('@') || body.contains(':') && body.contains("://") {
            lead = Some('@');
        } else if body == "&" {
            let (key, lead) = (Key::of("&"), lead.take());
            words.push(Word { range, key, capital: false, lead, owns: false, joins: true, ends: false, part: Part::Other });
        } else {
            within(text, range, &mut lead, &mut words);
        }
        if ends_line && !running {
            lead = lead.or(Some('\n'));
        }
    }
    join(text, &mut words);
    words
}

/// The words of a piece without blanks.
fn within(text: &str, piece: Range<usize>, lead: &mut Option<char>, words: &mut Vec<Word>) {
    let body = text.get(piece.clone()).unwrap_or_default();
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '&' | '\'' | '’' | '/' | '_' | '+');
    let mut at = 0;
    while let Some(skip) = body.get(at..).and_then(|rest| rest.find(char::is_alphanumeric)) {
        if let Some(mark) = body.get(at..at + skip).and_then(|marks| marks.chars().find(|c| *c != '*' && *c != '_')) {
            *lead = Some(mark);
        }
        let start = at + skip;
        let rest = body.get(start..).unwrap_or_default();
        let whole = rest.get(..rest.find(|c: char| !inside(c)).unwrap_or(rest.len())).unwrap_or_default();
        let bare = whole.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '+');
        let own = bare.strip_suffix("'s").or_else(|| bare.strip_suffix("’s"));
        let word = own.unwrap_or(bare);
        let range = piece.start + start..piece.start + start + word.len();
        push(text, range, Key::of(word), lead.take(), own.is_some(), words);
        at = start + bare.len();
    }
    if let Some(mark) = body.get(at..).and_then(|marks| marks.chars().find(|c| *c != '*' && *c != '_')) {
        *lead = Some(mark);
    }
}

/// Adds the word at `range`.
fn push(text: &str, range: Range<usize>, key: Key, lead: Option<char>, owns: bool, words: &mut Vec<Word>) {
    let word = text.get(range.clone()).unwrap_or_default();
    // A name may go on in the next line, an entry of a list does not.
    let lead = lead.filter(|mark| *mark != '\n' || word.starts_with(char::is_uppercase));
    let (of_grammar, small) = (key.lists & GRAMMAR != 0, word.bytes().all(|byte| byte.is_ascii_lowercase()));
    let number = !small && word.starts_with(|c: char| c.is_ascii_digit()) && !word.chars().any(char::is_alphabetic);
    let short = number && word.len() <= 2 && lead.is_none() && words.last().is_some_and(|last| last.capital);
    let ends = of_grammar || !small && (number && !short || is_zone(word));
    let capital = !small && !ends && is_capital(word) || short;
    let part = Part::of(word, key, capital);
    words.push(Word { range, key, capital, lead, owns, joins: false, ends, part });
}

/// "UTC", "AEDT", "Europe/Oslo".
fn is_zone(word: &str) -> bool {
    word.contains('/') && zone::zone(word).is_ok_and(|(rest, _)| rest.is_empty())
        || (2..=5).contains(&word.len())
            && word.bytes().all(|byte| byte.is_ascii_uppercase())
            && zone::abbreviation(word).is_ok_and(|(rest, _)| rest.is_empty())
}

fn is_capital(word: &str) -> bool {
    let inner = || word.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit());
    let dotted =
        || word.split_once('.').is_some_and(|(name, end)| name.len() > 1 && end.len() > 1 && !end.contains(|c: char| c.is_ascii_digit()));
    word.starts_with(char::is_uppercase) || inner() || dotted()
}

/// "Bank of Orrery": between two names "of" ends nothing.
fn join(text: &str, words: &mut [Word]) {
    for at in 1..words.len().saturating_sub(1) {
        let named = |at: usize| words.get(at).is_some_and(|word| word.capital);
        let of = words.get(at).is_some_and(|word| word.lead.is_none() && text.get(word.range.clone()) == Some("of"));
        let plain = words.get(at + 1).is_some_and(|next| next.lead.is_none());
        if of
            && plain
            && named(at - 1)
            && named(at + 1)
            && let Some(word) = words.get_mut(at)
        {
            (word.joins, word.ends) = (true, false);
        }
    }
}

/// The stretches of words with nothing between them that ends a name.
pub fn stretches(words: &[Word]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::with_capacity(words.len() / 2);
    let mut open = false;
    for (at, word) in words.iter().enumerate() {
        if word.ends {
            open = false;
            continue;
        }
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        match found.last_mut().filter(|_| open && word.lead.is_none() && before.is_none_or(|before| !before.owns)) {
            Some(last) => last.end = at + 1,
            None => found.push(at..at + 1),
        }
        open = true;
    }
    found
}

/// Adds a phrase to `found`, unless it is there, is too long or ends with what joins.
pub fn add(words: &[Word], range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let edge = |at: usize| words.get(at).is_some_and(|word| !word.joins);
    if !range.is_empty() && range.len() <= LONGEST + 2 && edge(range.start) && edge(range.end - 1) && !found.contains(&range) {
        found.push(range);
    }
}

/// Adds the phrases of a stretch to `found`: its names with their first words, and, where plain words may be a name too, all that
/// start or end with it.
pub fn phrases(words: &[Word], stretch: Range<usize>, plain: bool, found: &mut Vec<Range<usize>>) {
    let mut add = |range: Range<usize>| add(words, range, found);
    let mut at = stretch.start;
    while at < stretch.end {
        let run = words.get(at..stretch.end).unwrap_or_default().iter().take_while(|word| word.capital || word.joins).count();
        let run = at..at + run;
        (run.start + 1..=run.end.min(run.start + LONGEST + 2)).for_each(|end| add(run.start..end));
        // "RCA Orrery Maps": the first word may be none of the name; "Level 3" is no "3".
        if run.len() > 2 || words.get(run.start + 1).is_some_and(|word| word.range.len() > 2) {
            add(run.start + 1..run.end);
        }
        at = run.end.max(at) + 1;
    }
    if plain {
        let (start, end) = (stretch.start, stretch.end);
        (start + 1..=end.min(start + LONGEST)).for_each(|to| add(start..to));
        (end.saturating_sub(LONGEST).max(start)..end).for_each(|from| add(from..end));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str, plain: bool) -> Vec<&str> {
        let words = words(text);
        let mut found = Vec::new();
        stretches(&words).into_iter().for_each(|stretch| phrases(&words, stretch, plain, &mut found));
        found.into_iter().filter_map(|range| text.get(words.get(range.start)?.range.start..words.get(range.end - 1)?.range.end)).collect()
    }

    #[test]
    fn names_are_runs_of_capitals() {
        for (text, want) in [
            ("the Bank of Orrery was closed", &["Bank", "Bank of Orrery"][..]),
            ("Wattle & Fern's shop", &["Wattle", "Wattle & Fern"]),
            ("see docs.tarn.example at 13:20 UTC", &["docs.tarn.example"]),
            ("write to ada@tarn.example, or https://tarn.example", &[]),
            ("(MFA) on 3 May", &["MFA"]),
            ("all of Level 3 was lost", &["Level", "Level 3"]),
            ("of the Ledger\nAPI was lost.", &["Ledger", "Ledger\nAPI", "API"]),
            ("Ledger\nMail", &["Ledger", "Mail"]),
        ] {
            assert_eq!(all(text, false), want, "{text}");
        }
    }

    #[test]
    fn plain_words_are_names_where_trouble_is_told() {
        assert_eq!(all("the ticket machines were down", true), ["ticket", "ticket machines", "machines", "down"]);
    }
}
