//! Whether a sentence is about a cause, or says it: "The root cause was not found until noon" says none.

use crate::document::sheet::place;
use crate::extract::words::{Words, list};
use std::ops::Range;

/// So many words behind the word for a cause may say that it is not known.
const UNKNOWN: usize = 12;
/// So many words of a sentence may say so, and so many may stand between what is not known and the word for a cause.
const SENTENCE: usize = 40;
const NEAR: usize = 4;
/// An answer of a few words that a cause is not known has at most so many.
const ANSWER: usize = 5;
/// How verbs of knowing begin.
const KNOWING: [&str; 11] =
    ["know", "find", "found", "understand", "understood", "explain", "determin", "establish", "identif", "confirm", "pinpoint"];

/// Whether the phrase at `phrase` of `text`, in `sentence`, only speaks of a cause.
pub fn is_about(text: &str, sentence: &Range<usize>, phrase: &Range<usize>) -> bool {
    let words = text.get(phrase.clone()).unwrap_or_default();
    let Some(noun) = memchr::memmem::rfind(words.as_bytes(), b"cause").map(|noun| phrase.start + noun) else { return false };
    let (Some(before), Some(after)) = (text.get(sentence.start..noun), text.get(noun..sentence.end)) else { return false };
    !words.contains("because") && (is_sought(before) || is_unknown(after) || words.contains("root") && is_object(before, after))
}

/// "We do not know why it stopped", "the reason is still unclear": whether a sentence says that the cause is not known.
pub fn says_unknown(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’')).filter(|word| !word.is_empty()).take(SENTENCE);
    let unknown = |word: &str| matches!(word, "unknown" | "unclear");
    let (mut named, mut denied, mut sought) = (false, false, 0);
    for word in words {
        let is_why = list(Words::WhyWords).holds(word);
        // "Do not know why", "could not find the cause", "it is unclear why".
        if is_why && sought > 0 {
            return true;
        }
        // "The cause has not been found".
        if is_why && word != "why" && !std::mem::replace(&mut named, true) {
            let after = lower.get(place(&lower, word).start..).unwrap_or_default();
            if is_unknown(after) || said_of(after).any(unknown) {
                return true;
            }
        }
        sought = if unknown(word) || denied && knows(word) { NEAR } else { sought.saturating_sub(1) };
        denied |= matches!(word, "not" | "never" | "nobody" | "cannot" | "unable") || word.ends_with("n't") || word.ends_with("n’t");
    }
    false
}

/// "Unknown at this time.", "Not yet determined", "Under investigation": whether the first sentence under the label of a cause is
/// an answer of a few words that none is known.
pub fn answers_unknown(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let lower = lower.split([',', ';', '(']).next().unwrap_or_default().trim();
    let mut words = lower.split(|c: char| !c.is_alphanumeric() && c != '/').filter(|word| !word.is_empty());
    let open = |word: &str| matches!(word, "tbd" | "tba" | "n/a" | "none" | "pending" | "undetermined") || word.starts_with("investigat");
    let short = words.clone().count() <= ANSWER;
    short && (words.any(open) || says_unknown(lower) || says_unknown(&format!("the cause is {lower}")))
}

/// Words in front of a word for a cause that belong to it.
fn belongs(word: &str) -> bool {
    matches!(word, "a" | "an" | "the" | "this" | "its" | "any" | "exact" | "final" | "full" | "main" | "root" | "underlying")
}

/// "We are working to find the root cause": whether what ends at the end of `before` is looked for rather than told.
fn is_sought(before: &str) -> bool {
    let clause = before.rsplit([',', ';', '.', ':']).next().unwrap_or_default().to_lowercase();
    let mut words = clause.split_whitespace().rev().skip_while(|word| belongs(word));
    let verb = words.next();
    let goes_on = verb.is_some_and(|verb| verb.ends_with("ing") && verb != "being");
    goes_on || words.next() == Some("to") && !matches!(words.next(), Some("able" | "managed" | "helped" | "us"))
}

/// "This page examines the root cause of the outage": whether a sentence is about a cause rather than says it. `before` and `after`
/// are what stands in front of and behind a word for a cause: what says it has a form of "be", "as" or a colon on either side.
fn is_object(before: &str, after: &str) -> bool {
    let says = |word: &str| matches!(word, "was" | "is" | "were" | "are" | "be" | "been" | "being" | "as" | "became" | "lay" | "lies");
    let clause = before.rsplit([',', ';', '.', ':']).next().unwrap_or_default().to_lowercase();
    let Some(verb) = clause.split_whitespace().rev().find(|word| !belongs(word)) else { return false };
    let end = after.find([',', ';', '.', ':', '(', '–']).unwrap_or(after.len());
    let (clause, mark) = (after.get(..end).unwrap_or_default().to_lowercase(), after.get(end..).unwrap_or_default());
    !says(verb) && !mark.starts_with([':', '(', '–']) && !clause.split_whitespace().take(UNKNOWN).any(says)
}

/// "The root cause was not identified until …": whether `after`, behind a word for a cause, says that it is not known.
fn is_unknown(after: &str) -> bool {
    let clause = after.to_lowercase();
    let denies = |word: &&str| matches!(*word, "not" | "never") || word.ends_with("n't") || word.ends_with("n’t");
    let words = said_of(&clause).skip_while(|word| !denies(word));
    let degree = |word: &&str| matches!(*word, "yet" | "been" | "fully" | "immediately");
    words.skip(1).find(|word| !degree(word)).is_some_and(|word| knows(word) || word == "clear")
}

/// The words of the clause behind a noun; what "that" tells is said of something else.
fn said_of(after: &str) -> impl Iterator<Item = &str> {
    let clause = after.split([',', ';', '.', ':']).next().unwrap_or_default();
    clause.split_whitespace().take(UNKNOWN).take_while(|word| *word != "that")
}

fn knows(word: &str) -> bool {
    KNOWING.iter().any(|stem| word.starts_with(stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_said_to_be() {
        for sentence in [
            "We do not know why the queue stopped.",
            "The cause is still unknown.",
            "We haven't been able to find the cause.",
            "It is unclear why.",
            "It stopped for unknown reasons.",
            "Nobody could explain the exact reason.",
        ] {
            assert!(says_unknown(sentence), "{sentence}");
        }
        for sentence in [
            "The cause was a full disk.",
            "We found the reason: nobody had renewed the key.",
            "We did not know it was down.",
            "The proxy could not find its upstream, which caused the errors.",
            "The cause was that the cache could not find the key.",
            "The cause: the cache was not cleared.",
            "The root cause was that the key was not renewed.",
        ] {
            assert!(!says_unknown(sentence), "{sentence}");
        }
    }

    #[test]
    fn what_stands_for_a_cause_that_is_not_known() {
        for sentence in [
            "Unknown at this time.",
            "Not yet determined",
            "Under investigation, expected by 20 May.",
            "TBD",
            "N/A",
            "None found.",
            "The cause is unclear.",
        ] {
            assert!(answers_unknown(sentence), "{sentence}");
        }
        for sentence in ["A full disk.", "The cache was not cleared.", "A job sent mail to unknown addresses until it was found."] {
            assert!(!answers_unknown(sentence), "{sentence}");
        }
    }

    #[test]
    fn what_is_sought_is_not_told() {
        for before in ["our team is working to find the root ", "it is hard to give an exact ", "began investigating the root "] {
            assert!(is_sought(before), "{before}");
        }
        for before in ["the root ", "we were able to find the root ", "this led us to identify the ", "due to the change, the "] {
            assert!(!is_sought(before), "{before}");
        }
        for (before, after) in [("this page examines the root ", "cause of the outage, and"), ("it gives an overview of the ", "cause")] {
            assert!(is_object(before, after), "{before}{after}");
        }
        for (before, after) in [
            ("the root ", "cause was a disk"),
            ("we found the ", "cause: a disk"),
            ("a disk was the root ", "cause of it"),
            ("we named it as the ", "cause"),
        ] {
            assert!(!is_object(before, after), "{before}{after}");
        }
        for after in ["cause was not identified until noon", "cause of the outage hasn’t been found", "cause is not yet clear"] {
            assert!(is_unknown(after), "{after}");
        }
        for after in ["cause was a full disk", "cause was not the network but a disk", "cause: the cache was not cleared"] {
            assert!(!is_unknown(after), "{after}");
        }
    }
}
