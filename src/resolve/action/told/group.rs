//! The verb group of a clause: its mood, its verb and what that is done to.

use super::{Actor, Form, Head, READERS, Word};
use crate::extract::words::{Words, is_grammar, is_participle, list};

/// How many words behind a verb tell what it is done to.
pub const OBJECT: usize = 6;
/// What a thing does of itself: that tells what work is good for.
const EFFECTS: [&str; 9] = ["prevent", "reduce", "improve", "ensure", "fix", "eliminate", "make", "increase", "limit"];
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

pub fn is_mood(word: &str) -> bool {
    matches!(word, "will" | "shall" | "am" | "is" | "are" | "has" | "have")
        || PROPOSING.contains(&word)
        || RESOLVING.contains(&word)
        || word == "ask"
}

/// The verb group behind the word of its mood: its form, and how many words it takes with its verb.
pub fn group(mood: &str, words: &[Word], actor: &Actor) -> Option<(Form, usize)> {
    let low = |at: usize| words.get(at).map_or("", |word| &*word.low);
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
                let since = |word: &Word| matches!(&*word.low, "since" | "now") || ours && word.low == "also";
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
    // Any verb of the publisher's own will do, and of whatever was done since.
    let promised = ours && form == Form::Base && word.chars().all(char::is_alphabetic);
    let looks = matches!(actor, Actor::Named(_)) && word == "looking";
    // "looking into it", "resyncing them": what is done to what was told answers this incident.
    let points_back = || words.iter().skip(verb + 1).take(2).any(|word| matches!(&*word.low, "it" | "them" | "this"));
    let goes_on = || work || *actor == Actor::Publisher && !points_back();
    let since = || words.iter().take(verb).any(|word| word.low == "since");
    let fits = match form {
        Form::Base => work && !EFFECTS.contains(&word) || promised,
        Form::Ongoing => ours && (word.ends_with("ing") && goes_on() || looks),
        Form::Since => (work || is_participle(word) && since()) && !word.ends_with("ing"),
        Form::Closed => work && !word.ends_with("ing") || word == "in" && low(verb + 1) == "place",
    };
    // "We are making several changes" announces them.
    let announces = matches!(word, "make" | "making")
        && words.iter().skip(verb + 1).take(OBJECT).any(|word| matches!(&*word.low, "changes" | "improvements"));
    (fits && !announces && !list(Words::NoWork).holds(word) && is_work_on(words.get(verb + 1..))).then_some((form, verb + 1))
}

/// Behind "will" or "to": the bare verb, or the participle behind "be".
fn to_come(words: &[Word], from: usize) -> Option<(Form, usize)> {
    let low = |at: usize| words.get(at).map_or("", |word| &*word.low);
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

pub fn is_adverb(word: &str) -> bool {
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
pub fn co_ordinated(words: &[Word], form: Form, joined: bool) -> Option<Head> {
    let low = |at: usize| words.get(at).map_or("", |word| &*word.low);
    let at = words.iter().take_while(|word| is_adverb(&word.low) || joined && word.low == "to").count();
    let counted = words.first().is_some_and(|word| word.counted);
    let fits = match form {
        Form::Base => {
            let known = is_bare(low(at)) && (counted || !NOUNS.contains(&low(at)));
            (known || may_be_bare(low(at)) && (counted || governs(words, at))) && !list(Words::NoWork).holds(low(at))
        }
        Form::Ongoing => list(Words::Work).holds(low(at)) && low(at).ends_with("ing"),
        Form::Since | Form::Closed => false,
    };
    (fits && is_work_on(words.get(at + 1..))).then_some(Head { form, owner: None, taken: at + 1 })
}

/// Whether a noun or a place stands behind the word at `at`, as behind a verb: "repeat the test", "write to a file first".
fn governs(words: &[Word], at: usize) -> bool {
    let behind = words.iter().skip(at + 1).find(|word| !is_adverb(&word.low) && word.low != "to");
    words.get(at).is_some_and(|word| !word.stops) && behind.is_some_and(|word| DETERMINERS.contains(&&*word.low))
}

/// Whether a word has the shape of a bare verb.
fn may_be_bare(word: &str) -> bool {
    let inflected = ["ing", "ed", "s", "ly"].iter().any(|end| word.ends_with(end)) && !word.ends_with("ss");
    word.len() > 2 && word.chars().all(char::is_alphabetic) && !inflected && !is_grammar(word) && !DETERMINERS.contains(&word)
}

/// Whether a word is the bare form of a verb of work.
pub fn is_bare(word: &str) -> bool {
    let inflected =
        word.ends_with("ing") || word.ends_with("ed") || word.strip_suffix('s').is_some_and(|stem| list(Words::Work).holds(stem));
    list(Words::Work).holds(word) && !inflected
}
