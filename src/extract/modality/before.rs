//! Whether what is told had been so before the story: it says nothing of when the story goes on.

use super::super::words::{Words, list};
use memchr::memmem::Finder;
use std::sync::LazyLock;

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

/// "We'd moved it on DAY", "A change made on DAY had removed it": whether the clause around a day, with `before` and `after` in its
/// sentence, tells what had been before.
pub fn had_been(before: &str, after: &str) -> bool {
    is_pluperfect(before) || is_pluperfect(after.split([',', ';', ':', '.']).next().unwrap_or_default())
}

/// "which had been removed on", "carried out by a supplier on", "because of a key issued on", "; the money was back on": whether a date
/// behind `between`, the words that a clock of the same sentence leaves in front of it, is that of something else than the clock.
pub fn is_of_something_else(between: &str) -> bool {
    let clause = between.rsplit([',', ';']).next().unwrap_or_default();
    let opens = || clause.split_whitespace().next().is_some_and(is_participle);
    let reason = || between.split_whitespace().any(|word| matches!(word, "because" | "due" | "since"));
    between.contains(';') || is_pluperfect(between) || clause.len() < between.len() && opens() || reason()
}

fn is_participle(word: &str) -> bool {
    word.len() > 3 && word.ends_with("ed") || list(Words::Participles).holds(word)
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
    fn a_day_of_what_had_been() {
        assert!(had_been("We'd moved the pages on ", "") && had_been("A change made on ", " had removed a limit"));
        assert!(!had_been("On ", ", the disk, which had been full, failed") && !had_been("It failed on ", ""));
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
