//! Whose day it is that a sentence writes: that of the incident, of what had been before it, of another incident, of what is to come,
//! or of the document. Only that of the incident says when the story goes on.

use super::super::words::{Words, is_one_of, is_participle, list};
use super::{is_expected, is_of_document, is_past};
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// Whose a day is, or a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// That of the incident, where nothing speaks against it.
    Incident,
    /// That of what had been before: "We'd moved it on".
    Before,
    /// That of another incident: "As in the outage of".
    Another,
    /// That of something expected: "On DAY we will".
    Plan,
    /// That on which the text was written.
    Document,
}

/// Whose the time between `before` and `after` is, the words of its sentence on both sides or what of them belongs to it.
pub fn whose(before: &str, after: &str) -> Whose {
    let clause = after.split([',', ';', ':', '.']).next().unwrap_or_default();
    if is_of_document(before, after) {
        Whose::Document
    } else if is_of_another(before) || tells_of_another(clause) || is_labelled_another(before) {
        Whose::Another
    } else if is_pluperfect(before) || is_pluperfect(clause) {
        Whose::Before
    } else if is_expected(before, after) {
        Whose::Plan
    } else {
        Whose::Incident
    }
}

/// "had been left in a test mode", "we'd moved it": whether a clause or a sentence tells what had been before.
pub fn is_pluperfect(words: &str) -> bool {
    static HAD: LazyLock<[Finder; 3]> = LazyLock::new(|| [" had ", "'d ", "’d "].map(Finder::new));
    HAD.iter().flat_map(|had| had.find_iter(words.as_bytes()).map(|at| at + had.needle().len())).any(|at| {
        let after = words.get(at..).unwrap_or_default();
        let skipped = ["not", "never", "already", "also", "just", "recently"];
        let verb = after.split([' ', ',', '.']).find(|word| !skipped.contains(word)).unwrap_or_default();
        verb == "been" || is_participle(verb)
    })
}

/// In front of an outage that is told of in passing, behind "as" or a word of its kind.
const LINKS: [&str; 6] = ["in", "with", "during", "at", "on", "to"];
const ALIKE: [&str; 6] = ["as", "similar", "identical", "compared", "close", "unlike"];

/// "A similar incident happened on", "The previous outage, on", "As in the outage of": whether `before` begins to tell of another
/// incident.
fn is_of_another(before: &str) -> bool {
    let clause = before.rsplit(['.', ';']).next().unwrap_or_default();
    let words: Vec<&str> = clause.split_whitespace().collect();
    words.windows(2).enumerate().any(|(at, pair)| matches!(pair, [article, kind] if is_other(article, kind, words.get(at + 2..))))
        || is_compared(&words)
}

/// Whether an article, the word behind it and one of the next two are "a similar outage", "the previous outage".
fn is_other(article: &str, kind: &str, rest: Option<&[&str]>) -> bool {
    // "The earlier outage" may be the first of two that are told.
    let another = is_one_of(article, &["a", "an", "another"]) && list(Words::OtherIncidents).holds(kind)
        || is_one_of(article, &["the", "our"]) && is_one_of(kind, &["previous", "last", "prior"]);
    another && rest.unwrap_or_default().iter().take(2).any(|word| is_outage(word))
}

/// "Similar incidents: ": whether the line that ends in `before` is labelled as one of other incidents.
fn is_labelled_another(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.split_once(':').is_some_and(|(label, _)| heads_others(label.trim_matches([' ', '*', '-'])))
}

/// "Previous outages": whether what stands under `heading` is of other incidents.
pub fn heads_others(heading: &str) -> bool {
    let mut words = heading.split_whitespace();
    let kind = words.next().is_some_and(|word| list(Words::OtherIncidents).holds(word));
    kind && words.next().is_some_and(|noun| is_outage(noun.trim_end_matches('s')))
}

fn is_outage(word: &str) -> bool {
    list(Words::OutageNouns).holds(word.trim_matches(','))
}

/// "As in the outage of", "like the one on", "as on": whether `words`, in front of a day, compare with what was then.
fn is_compared(words: &[&str]) -> bool {
    let alike = |words: &[&str]| match words {
        [.., as_, link] if is_one_of(link, &LINKS) => is_one_of(as_, &ALIKE),
        [.., word] => is_one_of(word, &["like", "unlike", "than"]),
        [] => false,
    };
    let [rest @ .., on] = words else { return false };
    let outage = |word: &&str| is_outage(word) || is_one_of(word, &["one"]);
    match rest {
        [.., as_] if is_one_of(as_, &["as", "like"]) && is_one_of(on, &["on"]) => true,
        [before @ .., the, noun] if outage(noun) && is_one_of(the, &["the", "that", "our"]) => alike(before),
        [before @ .., the, _, noun] if outage(noun) && is_one_of(the, &["the", "that", "our"]) => alike(before),
        _ => false,
    }
}

/// "we had a similar outage": whether the words behind a day say that another incident was then.
fn tells_of_another(clause: &str) -> bool {
    let words: Vec<&str> = clause.split_whitespace().collect();
    words.windows(3).enumerate().any(|(at, three)| {
        let [verb, article, kind] = three else { return false };
        (is_past(verb) || *verb == "had") && is_other(article, kind, words.get(at + 3..))
    })
}

/// "which had been removed on", "carried out by a supplier on", "because of a key issued on", "; the money was back on": whether a date
/// behind `between`, the words that a clock of the same sentence leaves in front of it, is that of something else than the clock.
pub fn is_of_something_else(between: &str) -> bool {
    let clause = between.rsplit([',', ';']).next().unwrap_or_default();
    let opens = || clause.split_whitespace().next().is_some_and(is_participle);
    let reason = || between.split_whitespace().any(|word| matches!(word, "because" | "due" | "since"));
    between.contains(';') || is_of_another(between) || is_pluperfect(between) || clause.len() < between.len() && opens() || reason()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_had_been_before() {
        for sentence in [
            "An amplifier had been left in a test mode.",
            "The clock had drifted.",
            "The key had not been renewed.",
            "We'd moved the pages on",
        ] {
            assert!(is_pluperfect(sentence), "{sentence}");
        }
        for sentence in ["The job had no lock.", "Sign-ins failed.", "We had to wait.", "We'd like to move it on", "The night was cold on"]
        {
            assert!(!is_pluperfect(sentence), "{sentence}");
        }
    }

    #[test]
    fn a_day_is_of_what_its_sentence_tells() {
        for (sentence, want) in [
            ("We'd moved the pages on @", Whose::Before),
            ("A change made on @ had removed a limit", Whose::Before),
            ("A similar incident happened on @", Whose::Another),
            ("We had an earlier power outage on @", Whose::Another),
            ("In the last outage, on @, it was", Whose::Another),
            ("The previous outage of the pump, on @", Whose::Another),
            ("On @ we had a similar outage which ended at", Whose::Another),
            ("As in the outage of @ the disk was full", Whose::Another),
            ("Like the outage on @", Whose::Another),
            ("The queue was longer than in the same hour, as on @", Whose::Another),
            ("It took longer than the outage of @", Whose::Another),
            ("This is similar to the incident of @", Whose::Another),
            ("On @ we will add a disk", Whose::Plan),
            ("Last updated on @", Whose::Document),
            ("On @, the disk, which had been full, failed", Whose::Incident),
            ("It failed on @", Whose::Incident),
            ("The last of the outages began at @", Whose::Incident),
            ("The earlier outage began at @", Whose::Incident),
            ("A similar rise was seen at @", Whose::Incident),
            ("This is a report on the outage of @", Whose::Incident),
            ("On @ it took longer than the previous outage", Whose::Incident),
            ("The site was down during the outage of @", Whose::Incident),
        ] {
            let (before, after) = sentence.split_once('@').unwrap_or_default();
            assert_eq!(whose(before, after), want, "{sentence}");
        }
    }

    #[test]
    fn a_date_behind_a_clock_may_be_of_something_else() {
        for between in [
            " we found that the key had been removed on ",
            " the bank was able to hold it; it was back with us on ",
            " a change, carried out by a supplier on ",
            " because a certificate issued on ",
            " UTC due to a change made on ",
        ] {
            assert!(is_of_something_else(between), "{between}");
        }
        for between in [" on ", ", on ", " the disk was full on ", " UTC, search failed on "] {
            assert!(!is_of_something_else(between), "{between}");
        }
    }
}
