//! Work that a sentence tells, by a small grammar of its clauses: who acts, in which mood, and what is done.
//!
//! A clause tells of work where its verb group is of what is to come ("we will add", "Ana is going to move", "is being
//! replaced", "undertakes to withhold") or of what was changed since ("we have since added"). Where the publisher or somebody
//! by name acts, any verb will do that is no answer to this incident ("will credit", "will keep you informed"); of anything
//! else only a verb of work tells. A verb behind "and" takes up the mood of the one in front.

mod group;
#[cfg(test)]
mod tests;

use crate::document::sheet::place;
use crate::extract::words::{Words, list};
use group::{OBJECT, co_ordinated, group, is_adverb, is_bare, is_mood};
use std::borrow::Cow;
use std::ops::Range;

/// What is longer is no sentence, in bytes.
const LENGTH: usize = 2000;
/// The most words of a sentence that are looked at.
const SENTENCE: usize = 160;
/// The most words in front of a verb group.
const SUBJECT: usize = 14;

/// What starts a clause that depends on another, or asks.
const DEPENDS: [&str; 20] = [
    "that", "which", "who", "whose", "if", "when", "until", "because", "while", "after", "before", "once", "unless", "whether", "where",
    "what", "why", "how", "than", "whenever",
];
/// What points back and explains rather than promises.
const POINTS: [&str; 8] = ["this", "that", "these", "those", "it", "they", "there", "which"];
/// Those who act for the publisher, at the end of a subject.
const STAFF: [&str; 10] = ["team", "teams", "engineers", "staff", "department", "developers", "crew", "management", "board", "technicians"];
/// Who is written to; what befalls them is no work.
const READERS: [&str; 9] = ["you", "your", "customers", "users", "clients", "members", "merchants", "passengers", "travellers"];
/// What ends this incident rather than keeping off the next.
const FIXES: [&str; 4] = ["fix", "patch", "workaround", "mitigation"];
/// What may stand in front of "we" in its clause.
const LEADS: [&str; 21] = [
    "in", "going", "moving", "as", "for", "from", "to", "by", "on", "at", "so", "next", "first", "second", "third", "then", "thus",
    "hence", "instead", "over", "of",
];
/// What is due so soon ends this incident.
const SOON: [&str; 5] = ["tonight", "tomorrow", "today", "shortly", "momentarily"];

/// Work that a clause tells.
#[derive(Debug, PartialEq, Eq)]
pub struct Told {
    /// Where the clause stands in the sentence.
    pub range: Range<usize>,
    /// Who does it, by name.
    pub owner: Option<String>,
    /// Whether it is told as done.
    pub done: bool,
}

/// The form of the verb that a mood asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// "add", behind "will".
    Base,
    /// "adding", behind "are".
    Ongoing,
    /// "added", behind "have since".
    Since,
    /// What stands behind "will be", a noun that is proposed.
    Closed,
}

/// Who acts.
#[derive(PartialEq, Eq)]
enum Actor {
    Publisher,
    Named(String),
    Thing,
}

struct Word<'t> {
    at: Range<usize>,
    text: &'t str,
    low: Cow<'t, str>,
    /// Whether the clause may end behind it.
    stops: bool,
    /// Whether "(a)" stands in front.
    counted: bool,
}

/// The clauses of a sentence that tell of work, in order; none where it asks, or tells of what may be.
pub fn told(sentence: &str) -> Vec<Told> {
    if sentence.len() > LENGTH {
        return Vec::new();
    }
    let words = words(sentence);
    let first = words.first().map_or("", |word| &*word.low);
    let soon = words.iter().any(|word| SOON.contains(&&*word.low));
    if soon || sentence.ends_with(['?', ':']) || matches!(first, "if" | "should" | "until" | "unless" | "please" | "thank" | "thanks") {
        return Vec::new();
    }
    // "We rolled it back and are adding a test": who acts is told once.
    let ours = matches!(first, "we" | "i");
    let mut found: Vec<(usize, Head)> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let rest = words.get(at..).unwrap_or_default();
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let joined = before.is_some_and(|word| is_joint(&word.low));
        let starts = before.is_none_or(|word| word.stops) || joined;
        let joint = rest.first().is_some_and(|word| is_joint(&word.low));
        let head = if starts && !joint {
            head(rest, joined && ours).or_else(|| found.last().and_then(|(_, last)| co_ordinated(rest, last.form, joined)))
        } else {
            None
        };
        match head {
            Some(head) => {
                let taken = head.taken.max(1);
                found.push((at, head));
                at += taken;
            }
            None => at += 1,
        }
    }
    let starts: Vec<usize> = found.iter().map(|(at, _)| words.get(*at).map_or(0, |word| word.at.start)).collect();
    let mut clauses = Vec::new();
    for (index, (_, head)) in found.into_iter().enumerate() {
        let start = if index == 0 { 0 } else { starts.get(index).copied().unwrap_or_default() };
        let end = starts.get(index + 1).copied().unwrap_or(sentence.len());
        let range = clause(sentence, start..end);
        clauses.push(Told { range, owner: head.owner, done: head.form == Form::Since });
    }
    clauses
}

/// `range` without the word that joins the next clause, and without the marks around it.
fn clause(sentence: &str, range: Range<usize>) -> Range<usize> {
    let mut text = sentence.get(range.clone()).unwrap_or_default().trim_end();
    if range.end < sentence.len() {
        for joint in ["(a)", "(b)", "(c)", "(d)", "and", "but", "then"] {
            text = text.strip_suffix(joint).filter(|rest| rest.ends_with([' ', ','])).unwrap_or(text).trim_end();
        }
        text = text.trim_end_matches([',', ';', ' ']);
    }
    range.start..range.start + text.len()
}

fn words(sentence: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word> = Vec::with_capacity(sentence.len() / 4);
    let mut counted = false;
    for raw in sentence.split_whitespace() {
        if words.len() == SENTENCE {
            break;
        }
        // "(a)" or "6." in front of a clause is no word of it.
        let number = words.is_empty() && {
            let bare = raw.trim_matches(['(', ')', '.']);
            !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit())
        };
        if number || raw.len() <= 4 && raw.starts_with('(') && raw.ends_with(')') {
            counted = true;
            continue;
        }
        let text = raw.trim_matches(|c: char| !c.is_alphanumeric());
        let stops = raw.ends_with([',', ';', ':', '—', '–']) || raw == "-";
        words.push(Word { at: place(sentence, raw), text, low: lower(text), stops, counted: std::mem::take(&mut counted) });
    }
    words
}

/// A word in lower case, with the apostrophe of a keyboard.
fn lower(word: &str) -> Cow<'_, str> {
    let as_it_is = word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if as_it_is {
        word.into()
    } else if word.is_ascii() {
        word.to_ascii_lowercase().into()
    } else {
        word.replace('’', "'").to_lowercase().into()
    }
}

struct Head {
    form: Form,
    owner: Option<String>,
    /// How many words it takes, the verb included.
    taken: usize,
}

/// The subject and the verb group at the start of `words`, where they tell of work. Where the publisher acts in the clauses before
/// (`ours`), the subject may be left out.
fn head(words: &[Word], ours: bool) -> Option<Head> {
    let mut at = 0;
    let (mood, contracted) = loop {
        let word = words.get(at).filter(|_| at <= SUBJECT)?;
        if let Some(mood) = ["'ll", "'re", "'ve", "'m"].iter().find(|end| word.low.ends_with(**end)) {
            break (*mood, true);
        }
        if (at > 0 || ours) && is_mood(&word.low) {
            break (&*word.low, false);
        }
        let past = matches!(&*word.low, "was" | "were" | "had" | "did" | "can" | "may") || list(Words::PastVerbs).holds(&word.low);
        if word.stops || past || DEPENDS.contains(&&*word.low) {
            return None;
        }
        at += 1;
    };
    let subject = words.get(..at + usize::from(contracted))?;
    let actor = if subject.is_empty() { Actor::Publisher } else { actor(subject)? };
    // A fix that is on its way or out ends this incident.
    let fixes = |words: &[Word]| words.iter().any(|word| FIXES.contains(&&*word.low));
    let (form, taken) = group(mood, words.get(at + 1..)?, &actor)?;
    let object = words.get(at + 1 + taken..)?;
    let goes_on = matches!(form, Form::Since | Form::Ongoing) || words.get(at + 1).is_some_and(|word| word.low == "being");
    if goes_on && (fixes(subject) || fixes(object.get(..object.len().min(OBJECT))?)) {
        return None;
    }
    let owner = if let Actor::Named(name) = actor { Some(name) } else { None };
    Some(Head { form, owner, taken: at + 1 + taken })
}

/// Who acts, by the words of a subject; none where it points back or is a reader.
fn actor(subject: &[Word]) -> Option<Actor> {
    let last = subject.last()?;
    if subject.iter().any(|word| READERS.contains(&&*word.low)) {
        return None;
    }
    let bare = last.low.split('\'').next().unwrap_or_default();
    if matches!(bare, "we" | "i") {
        // "the progress we are making" is a thing.
        let leads = |word: &Word| LEADS.contains(&&*word.low) || is_adverb(&word.low) && word.low != "since";
        return (subject.len() == 1 || subject.first().is_some_and(leads)).then_some(Actor::Publisher);
    }
    if STAFF.contains(&&*last.low) {
        return Some(Actor::Publisher);
    }
    if POINTS.contains(&bare) {
        return None;
    }
    let ordinary = |word: &Word| {
        let endings = ["s", "ing", "tion", "ment", "ance", "age"];
        let known = [Words::Ordinary, Words::ClosedWords, Words::VagueThings, Words::NameVague, Words::Work];
        endings.iter().any(|end| word.low.ends_with(end)) || known.iter().any(|words| list(*words).holds(&word.low))
    };
    let named = subject.len() <= 2 && subject.iter().all(|word| word.text.starts_with(char::is_uppercase)) && !subject.iter().any(ordinary);
    let name = || subject.iter().map(|word| word.text).collect::<Vec<_>>().join(" ");
    Some(if named { Actor::Named(name()) } else { Actor::Thing })
}

fn is_joint(word: &str) -> bool {
    matches!(word, "and" | "but" | "then")
}

/// Whether an entry tells somebody to do something: "Add an alert", "Ana to check the limit", "Ben: move the job".
pub fn is_told_to(entry: &str) -> bool {
    owner_to(entry).is_some() || {
        let words = words(entry);
        let low = |at: usize| words.get(at).map_or("", |word| &*word.low);
        is_bare(low(0)) && !matches!(low(1), "is" | "was" | "has" | "were" | "are" | "" | "to" | "that")
    }
}

/// Whether a sentence tells what is done about this incident or for its readers: "will continue to watch", "will be provided", "stay
/// informed".
pub fn answers(sentence: &str) -> bool {
    let mut open = true;
    words(sentence).iter().any(|word| {
        let answer = open && list(Words::NoWork).holds(&word.low) || word.low.starts_with("continu");
        open = is_mood(&word.low) || open && (word.low == "be" || is_adverb(&word.low));
        answer
    })
}

/// Who is told to do something: "Ana to check the limit", "Ben will move the job".
pub fn owner_to(entry: &str) -> Option<String> {
    let words = words(entry);
    let to = words.iter().take(5).position(|word| word.low == "to")?;
    let subject = words.get(..to)?;
    let capital = |word: &Word| word.text.starts_with(char::is_uppercase) || word.low == "and" || STAFF.contains(&&*word.low);
    let known = |word: &Word| list(Words::ClosedWords).holds(&word.low) || list(Words::Work).holds(&word.low);
    let named = !subject.is_empty() && subject.iter().all(|word| capital(word) && !known(word) && !word.stops);
    let verb = words.get(to + 1).is_some_and(|word| is_bare(&word.low));
    (named && verb).then(|| subject.iter().map(|word| word.text).collect::<Vec<_>>().join(" "))
}
