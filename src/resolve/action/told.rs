//! Work that a sentence tells, by a small grammar of its clauses: who acts, in which mood, and what is done.
//!
//! A clause tells of work where its verb group is of what is to come ("we will add", "Ana is going to move", "is being
//! replaced", "undertakes to withhold") or of what was changed since ("we have since added"). Where the publisher or somebody
//! by name acts, any verb will do that is no answer to this incident ("will credit", "will keep you informed"); of anything
//! else only a verb of work tells. A verb behind "and" takes up the mood of the one in front.

use crate::extract::lexicon::{self, Cue};
use crate::extract::words::{Words, list};
use std::ops::Range;

/// The most words of a sentence that are looked at.
const SENTENCE: usize = 160;
/// The most words in front of a verb group.
const SUBJECT: usize = 14;
/// How many words behind a verb tell what it is done to.
const OBJECT: usize = 6;

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
const LEADS: [&str; 22] = [
    "in",
    "going",
    "moving",
    "as",
    "for",
    "from",
    "to",
    "by",
    "on",
    "at",
    "so",
    "next",
    "first",
    "second",
    "third",
    "then",
    "thus",
    "hence",
    "instead",
    "over",
    "of",
    "longer-term",
];
/// What a thing does of itself: that tells what work is good for.
const EFFECTS: [&str; 9] = ["prevent", "reduce", "improve", "ensure", "fix", "eliminate", "make", "increase", "limit"];
/// What is due so soon ends this incident.
const SOON: [&str; 5] = ["tonight", "tomorrow", "today", "shortly", "momentarily"];
/// Verbs of proposing, in front of what is proposed.
const PROPOSING: [&str; 5] = ["propose", "recommend", "suggest", "request", "urge"];
/// Verbs of resolving to do something, in front of "to".
const RESOLVING: [&str; 12] =
    ["plan", "plans", "intend", "intends", "undertake", "undertakes", "propose", "proposes", "pledge", "pledges", "planning", "working"];
/// What has been set going and is not there yet.
const SET_GOING: [&str; 5] = ["asked", "ordered", "requested", "commissioned", "booked"];
/// Verbs of work that are as often nouns: as verbs they govern a noun.
const NOUNS: [&str; 24] = [
    "alert", "audit", "block", "change", "check", "deploy", "design", "document", "drill", "increase", "label", "limit", "measure",
    "monitor", "move", "order", "review", "route", "split", "switch", "test", "track", "update", "upgrade",
];
/// What stands in front of a noun.
const DETERMINERS: [&str; 20] = [
    "the", "a", "an", "our", "all", "every", "each", "this", "these", "its", "their", "more", "how", "that", "whether", "new", "both",
    "any", "two", "three",
];

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
    low: String,
    /// Whether the clause may end behind it.
    stops: bool,
    /// Whether "(a)" stands in front.
    counted: bool,
}

/// Whether a sentence announces work: "Two things change because of this.", "We are doing the following".
pub fn announces(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let has = |known: &[&str]| lower.split(|c: char| !c.is_alphanumeric()).any(|word| known.contains(&word));
    has(&["two", "three", "four", "five", "several", "following", "these"])
        && (has(&["changes", "measures", "steps", "actions", "improvements"]) || lower.contains("following") || has(&["things"]))
        && has(&["change", "changing", "will", "do", "doing", "take", "taking", "make", "making", "decided", "agreed", "propose"])
}

/// What a sentence announces behind its colon: "We will do two things: add an alert; move the job".
fn enumerated(sentence: &str) -> Option<Vec<Told>> {
    let (lead, rest) = sentence.split_once(": ").filter(|(lead, _)| announces(lead))?;
    let from = lead.len() + 2;
    let marks = if rest.contains("; ") { "; " } else { ", " };
    let mut starts: Vec<usize> = vec![0];
    starts.extend(rest.match_indices(marks).map(|(at, mark)| at + mark.len()));
    let joint = |at: usize| if rest.get(at..).is_some_and(|part| part.starts_with("and ")) { at + 4 } else { at };
    let starts: Vec<usize> = starts.into_iter().map(joint).collect();
    let part = |at: &usize| rest.get(*at..).unwrap_or_default();
    let whole = marks == ", " && !starts.iter().all(|at| is_told_to(part(at)) || !told(part(at)).is_empty());
    let starts = if whole { vec![0] } else { starts };
    let ends = starts.iter().skip(1).copied().chain([rest.len()]);
    let item = |(start, end): (&usize, usize)| Told { range: clause(sentence, from + start..from + end), owner: None, done: false };
    Some(starts.iter().zip(ends).map(item).collect())
}

/// The clauses of a sentence that tell of work, in order; none where it asks, or tells of what may be.
pub fn told(sentence: &str) -> Vec<Told> {
    let words = words(sentence);
    let first = words.first().map_or("", |word| word.low.as_str());
    let soon = words.iter().any(|word| SOON.contains(&word.low.as_str()));
    if soon || sentence.ends_with(['?', ':']) || matches!(first, "if" | "should" | "until" | "unless" | "please" | "thank" | "thanks") {
        return Vec::new();
    }
    if let Some(enumerated) = enumerated(sentence) {
        return enumerated;
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
    if found.is_empty() {
        return since(sentence, &words).into_iter().collect();
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
    let mut words = Vec::new();
    let (mut start, mut counted) = (0, false);
    for piece in sentence.split_inclusive(char::is_whitespace) {
        let (raw, at) = (piece.trim_end(), start);
        start += piece.len();
        if raw.is_empty() {
            continue;
        }
        if words.len() == SENTENCE {
            break;
        }
        // "(a)" or "6." in front of a clause is no word of it.
        let bare = raw.trim_matches(['(', ')', '.']);
        let number = words.is_empty() && !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit());
        if number || raw.len() <= 4 && raw.starts_with('(') && raw.ends_with(')') {
            counted = true;
            continue;
        }
        let text = raw.trim_matches(|c: char| !c.is_alphanumeric());
        let stops = raw.ends_with([',', ';', ':', '—', '–']) || raw == "-";
        words.push(Word {
            at: at..at + raw.len(),
            text,
            low: text.replace('’', "'").to_lowercase(),
            stops,
            counted: std::mem::take(&mut counted),
        });
    }
    words
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
            break (word.low.as_str(), false);
        }
        let past = matches!(word.low.as_str(), "was" | "were" | "had" | "did" | "can" | "may") || list(Words::PastVerbs).holds(&word.low);
        if word.stops || past || DEPENDS.contains(&word.low.as_str()) {
            return None;
        }
        at += 1;
    };
    let subject = words.get(..at + usize::from(contracted))?;
    let actor = if subject.is_empty() { Actor::Publisher } else { actor(subject)? };
    // A fix that is on its way or out ends this incident.
    let fixes = |words: &[Word]| words.iter().any(|word| FIXES.contains(&word.low.as_str()));
    let (form, taken) = group(mood, words.get(at + 1..)?, &actor)?;
    let object = words.get(at + 1 + taken..)?;
    if matches!(form, Form::Since | Form::Ongoing) && (fixes(subject) || fixes(object.get(..object.len().min(OBJECT))?)) {
        return None;
    }
    let owner = if let Actor::Named(name) = actor { Some(name) } else { None };
    Some(Head { form, owner, taken: at + 1 + taken })
}

fn is_mood(word: &str) -> bool {
    matches!(word, "will" | "shall" | "am" | "is" | "are" | "has" | "have")
        || PROPOSING.contains(&word)
        || RESOLVING.contains(&word)
        || word == "ask"
}

/// Who acts, by the words of a subject; none where it points back or is a reader.
fn actor(subject: &[Word]) -> Option<Actor> {
    let last = subject.last()?;
    if subject.iter().any(|word| READERS.contains(&word.low.as_str())) {
        return None;
    }
    let bare = last.low.split('\'').next().unwrap_or_default();
    if matches!(bare, "we" | "i") {
        // "the progress we are making" is a thing.
        let leads = |word: &Word| LEADS.contains(&word.low.as_str()) || is_adverb(&word.low) && word.low != "since";
        return (subject.len() == 1 || subject.first().is_some_and(leads)).then_some(Actor::Publisher);
    }
    if STAFF.contains(&last.low.as_str()) {
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

/// The verb group behind the word of its mood: its form, and how many words it takes with its verb.
fn group(mood: &str, words: &[Word], actor: &Actor) -> Option<(Form, usize)> {
    let low = |at: usize| words.get(at).map_or("", |word| word.low.as_str());
    let adverbs = |from: usize| words.iter().skip(from).take_while(|word| is_adverb(&word.low)).count();
    let ours = *actor != Actor::Thing;
    let (form, verb) = match mood {
        "will" | "shall" | "'ll" => to_come(words, 0)?,
        "am" | "is" | "are" | "'re" | "'m" => {
            let at = adverbs(0);
            match low(at) {
                "going" | "planning" if low(at + 1) == "to" => to_come(words, at + 2)?,
                // What is being worked on may be the way out of this incident.
                "working" | "looking" if low(at + 1) == "to" => {
                    to_come(words, at + 2).filter(|(_, verb)| low(*verb) != "fix" && list(Words::Work).holds(low(*verb)))?
                }
                "to" if ours || low(at + 1) == "be" => to_come(words, at + 1)?,
                "being" => (Form::Closed, at + 1 + adverbs(at + 1)),
                _ => (Form::Ongoing, at),
            }
        }
        "has" | "have" | "'ve" => {
            let at = adverbs(0);
            if ours && SET_GOING.contains(&low(at)) {
                return Some((Form::Closed, at + 1)).filter(|_| is_work_on(words.get(at + 1..)));
            }
            if matches!(low(at), "decided" | "agreed" | "undertaken") && low(at + 1) == "to" {
                to_come(words, at + 2)?
            } else {
                let been = low(at) == "been";
                let at = at + usize::from(been) + if been { adverbs(at + 1) } else { 0 };
                let since = |word: &Word| matches!(word.low.as_str(), "since" | "now") || ours && word.low == "also";
                let since = words.iter().take(at).any(since);
                since.then_some((Form::Since, at))?
            }
        }
        "ask" => {
            let noun = *actor == Actor::Publisher && low(0) == "for";
            return noun.then_some((Form::Closed, 1)).filter(|_| is_work_on(words.get(1..)));
        }
        _ if low(0) == "to" => to_come(words, 1)?,
        _ => {
            return (*actor == Actor::Publisher && PROPOSING.contains(&mood))
                .then_some((Form::Closed, 0))
                .filter(|_| is_work_on(Some(words)));
        }
    };
    let word = low(verb);
    let work = list(Words::Work).holds(word);
    // Any verb of the publisher's own will do in a promise; what goes on now or was done is work only where its verb is.
    let promised = ours && form == Form::Base && word.chars().all(char::is_alphabetic);
    let looks = matches!(actor, Actor::Named(_)) && word == "looking";
    let fits = match form {
        Form::Base => work && !EFFECTS.contains(&word) || promised,
        Form::Ongoing => ours && (work && word.ends_with("ing") || looks),
        Form::Since => work && !word.ends_with("ing"),
        Form::Closed => work && !word.ends_with("ing") || word == "in" && low(verb + 1) == "place",
    };
    // "We are making several changes" announces them.
    let announces = matches!(word, "make" | "making")
        && words.iter().skip(verb + 1).take(OBJECT).any(|word| matches!(word.low.as_str(), "changes" | "improvements"));
    (fits && !announces && !list(Words::NoWork).holds(word) && is_work_on(words.get(verb + 1..))).then_some((form, verb + 1))
}

/// Behind "will" or "to": the bare verb, or the participle behind "be".
fn to_come(words: &[Word], from: usize) -> Option<(Form, usize)> {
    let low = |at: usize| words.get(at).map_or("", |word| word.low.as_str());
    let adverbs = |from: usize| words.iter().skip(from).take_while(|word| is_adverb(&word.low)).count();
    let at = from + adverbs(from);
    match low(at) {
        "have" | "" => None,
        "be" => {
            let at = at + 1 + adverbs(at + 1);
            Some((if low(at).ends_with("ing") { Form::Ongoing } else { Form::Closed }, at))
        }
        _ => Some((Form::Base, at)),
    }
}

fn is_joint(word: &str) -> bool {
    matches!(word, "and" | "but" | "then")
}

fn is_adverb(word: &str) -> bool {
    let short = ["also", "now", "already", "since", "soon", "therefore", "further", "no", "longer", "never", "not"];
    short.contains(&word) || word.len() > 4 && word.ends_with("ly")
}

/// Whether what stands behind a verb is no message, no payment and no list of work.
fn is_work_on(behind: Option<&[Word]>) -> bool {
    let clause = behind.unwrap_or_default().iter().take(OBJECT);
    let mut open = true;
    !clause
        .take_while(|word| std::mem::replace(&mut open, !word.stops))
        .any(|word| READERS.iter().take(2).any(|reader| *reader == word.low) || list(Words::NoWorkThings).holds(&word.low))
}

/// A verb that takes up the mood of the clause in front: "… and move the job", ", test the alarm".
fn co_ordinated(words: &[Word], form: Form, joined: bool) -> Option<Head> {
    let low = |at: usize| words.get(at).map_or("", |word| word.low.as_str());
    let at = words.iter().take_while(|word| is_adverb(&word.low) || joined && word.low == "to").count();
    let counted = words.first().is_some_and(|word| word.counted);
    let fits = match form {
        Form::Base => is_bare(low(at)) && (counted || !NOUNS.contains(&low(at)) || DETERMINERS.contains(&low(at + 1))),
        Form::Ongoing => list(Words::Work).holds(low(at)) && low(at).ends_with("ing"),
        Form::Since | Form::Closed => false,
    };
    (fits && is_work_on(words.get(at + 1..))).then_some(Head { form, owner: None, taken: at + 1 })
}

/// Whether a word is the bare form of a verb of work.
fn is_bare(word: &str) -> bool {
    let inflected =
        word.ends_with("ing") || word.ends_with("ed") || word.strip_suffix('s').is_some_and(|stem| list(Words::Work).holds(stem));
    list(Words::Work).holds(word) && !inflected
}

/// "As a consequence rules now go to one site first": what is so from now on, told in the present of all that follows.
fn since(sentence: &str, words: &[Word]) -> Option<Told> {
    let has = |one: &str| words.iter().any(|word| word.low == one);
    let past = |word: &Word| {
        matches!(word.low.as_str(), "was" | "were" | "had" | "did" | "again" | "is" | "are" | "will" | "can")
            || list(Words::PastVerbs).holds(&word.low)
            || POINTS.contains(&word.low.as_str())
            || DEPENDS.contains(&word.low.as_str())
    };
    let consequence = list(Words::Consequences).strip_start(sentence).is_some() && (has("now") || has("future") || has("longer"));
    let settled = lexicon::cues(sentence).any(|(cue, _)| matches!(cue, Cue::Recovered | Cue::Resolved));
    (consequence && !settled && !words.iter().any(past)).then(|| Told { range: 0..sentence.len(), owner: None, done: !has("future") })
}

/// Whether an entry tells somebody to do something: "Add an alert", "Ana to check the limit", "Ben: move the job".
pub fn is_told_to(entry: &str) -> bool {
    owner_to(entry).is_some() || {
        let words = words(entry);
        let low = |at: usize| words.get(at).map_or("", |word| word.low.as_str());
        is_bare(low(0)) && !matches!(low(1), "is" | "was" | "has" | "were" | "are" | "" | "to" | "that")
    }
}

/// Who is told to do something: "Ana to check the limit", "Ben will move the job".
pub fn owner_to(entry: &str) -> Option<String> {
    let words = words(entry);
    let to = words.iter().take(5).position(|word| word.low == "to")?;
    let subject = words.get(..to)?;
    let capital = |word: &Word| word.text.starts_with(char::is_uppercase) || word.low == "and" || STAFF.contains(&word.low.as_str());
    let known = |word: &Word| list(Words::ClosedWords).holds(&word.low) || list(Words::Work).holds(&word.low);
    let named = !subject.is_empty() && subject.iter().all(|word| capital(word) && !known(word) && !word.stops);
    let verb = words.get(to + 1).is_some_and(|word| is_bare(&word.low));
    (named && verb).then(|| subject.iter().map(|word| word.text).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The clauses of a sentence, with the owner and a mark of what is done.
    fn clauses(sentence: &str) -> Vec<String> {
        let clause = |told: Told| {
            let owner = told.owner.map(|owner| format!("{owner}: ")).unwrap_or_default();
            format!("{}{owner}{}", if told.done { "done " } else { "" }, sentence.get(told.range).unwrap_or_default())
        };
        told(sentence).into_iter().map(clause).collect()
    }

    #[test]
    fn who_means_to_do_what() {
        for (sentence, told) in [
            ("We'll add an alarm to the gate.", vec!["We'll add an alarm to the gate."]),
            ("In future we will knock first.", vec!["In future we will knock first."]),
            ("The yard team is going to move the lamp.", vec!["The yard team is going to move the lamp."]),
            ("Mara is looking at longer chains.", vec!["Mara: Mara is looking at longer chains."]),
            ("The office undertakes to withhold keys without a tag.", vec!["The office undertakes to withhold keys without a tag."]),
            ("Both hinges will be replaced by May.", vec!["Both hinges will be replaced by May."]),
            ("The lock is being replaced.", vec!["The lock is being replaced."]),
            ("We have decided to buy a second lock.", vec!["We have decided to buy a second lock."]),
            ("I have asked for a lamp.", vec!["I have asked for a lamp."]),
            ("We propose a grille over the drain.", vec!["We propose a grille over the drain."]),
            ("We have since added a lamp.", vec!["done We have since added a lamp."]),
            ("As a consequence keys now hang by the door.", vec!["done As a consequence keys now hang by the door."]),
        ] {
            assert_eq!(clauses(sentence), told, "{sentence}");
        }
    }

    #[test]
    fn a_sentence_holds_several() {
        for (sentence, told) in [
            (
                "We will add an alarm, and Ben is going to move the lamp by Friday.",
                vec!["We will add an alarm", "Ben: Ben is going to move the lamp by Friday."],
            ),
            ("We plan to raise the fence and replace both hinges.", vec!["We plan to raise the fence", "replace both hinges."]),
            (
                "We will (a) hold a register of keys, and (b) test it once a year.",
                vec!["We will (a) hold a register of keys", "test it once a year."],
            ),
            ("We are adding lamps and replacing the lock.", vec!["We are adding lamps", "replacing the lock."]),
            ("We will do two things: add a lamp, and move the key.", vec!["add a lamp", "move the key."]),
            ("We will add alarms on gate and door.", vec!["We will add alarms on gate and door."]),
            ("We will add a check, to reduce the noise.", vec!["We will add a check, to reduce the noise."]),
        ] {
            assert_eq!(clauses(sentence), told, "{sentence}");
        }
    }

    #[test]
    fn what_is_no_work_against_recurrence() {
        for sentence in [
            "We will continue to watch the gate.",
            "We will post an update at noon.",
            "We will credit all who waited.",
            "We are investigating.",
            "We are working to fix the gate.",
            "We have now deployed a fix.",
            "The gate will be replaced tonight.",
            "This will prevent it from sticking.",
            "Customers will be moved to the other gate.",
            "Maintenance will begin on Monday.",
            "If it sticks we will replace it.",
            "Please restart your lamp.",
            "We will make several changes.",
            "The crew will implement measures so that it holds.",
            "The progress we are making is good.",
            "The gate was replaced.",
            "We oiled the gate and replaced the lock.",
            "Will you replace the gate?",
            "We will:",
        ] {
            assert_eq!(clauses(sentence), Vec::<String>::new(), "{sentence}");
        }
    }

    #[test]
    fn entries_that_tell_somebody_to() {
        for (entry, owner) in
            [("Add a lamp", None), ("Ana to check the limit", Some("Ana")), ("Yard team to replace the lock", Some("Yard team"))]
        {
            assert!(is_told_to(entry), "{entry}");
            assert_eq!(owner_to(entry).as_deref(), owner, "{entry}");
        }
        for entry in ["Access to the yard", "Added a lamp", "Changes to lamps were late", "Fix was late", "The lamp", "09:12 lamp out"] {
            assert!(!is_told_to(entry), "{entry}");
        }
    }
}
