//! Whether what is told has not happened: it is expected, denied, was in vain, or would have been.

use super::{BARE, CLAUSE, governed};

/// Whether what the word at the end of `before` and in front of `after` names has not happened: it is expected, or the words on
/// either side deny it ("we expect it to recover", "have not recovered", "the restart did not help").
pub fn is_unreal(before: &str, after: &str) -> bool {
    denied(before) || governed(before) == Some(true) || failed(after)
}

/// "did not fix", "have not yet fully recovered": whether a negation governs the verb behind `before`.
fn denied(before: &str) -> bool {
    let clause = before.rsplit([',', ';', '.', ':']).next().unwrap_or_default();
    let plain = |word: &str| word.replace('’', "'").to_lowercase();
    let mut words = clause.split_whitespace().rev().map(plain).take(CLAUSE / 4);
    let between = |word: &String| BARE.contains(&word.as_str()) || word.ends_with("ly") || matches!(word.as_str(), "yet" | "able" | "have");
    words.find(|word| !between(word)).is_some_and(|word| word.ends_with("n't") || matches!(word.as_str(), "not" | "cannot" | "never"))
}

/// "did not help", "had no effect", "failed": whether the verb right behind a subject says that it was in vain.
fn failed(after: &str) -> bool {
    let after = after.trim_start().replace('’', "'").to_lowercase();
    let (verb, rest) = after.split_once(char::is_whitespace).unwrap_or((&after, ""));
    let affirms = |rest: &str| ["only", "until", "before"].iter().any(|word| rest.starts_with(word));
    let no = |rest: &str| rest.starts_with("no effect") || rest.strip_prefix("not ").is_some_and(|rest| !affirms(rest));
    let verb = verb.trim_end_matches(|c: char| !c.is_alphanumeric());
    verb == "failed" || matches!(verb, "did" | "has" | "had" | "have" | "was" | "were" | "does" | "do") && no(rest) || verb.ends_with("n't")
}

/// "If it had been ready at 03:00", "would have expired at 23:59 anyway": whether the time between `before` and `after` is one of
/// what never came to be.
pub fn is_contrary(before: &str, after: &str) -> bool {
    let lower = |text: &str| text.replace('’', "'").to_lowercase();
    let (before, after) = (lower(before), lower(after));
    let clause = before.rsplit([',', ';', '.', ':']).next().unwrap_or_default();
    let has = |text: &str, word: &str| text.split(|c: char| !c.is_alphanumeric() && c != '\'').any(|known| known == word);
    if has(clause, "if") && (has(clause, "had") || has(clause, "were")) {
        return true;
    }
    let would = ["would have ", "would've ", "wouldn't have ", "would not have "].iter().any(|verb| clause.contains(verb));
    would && ["anyway", "otherwise", "if", "without", "regardless"].iter().any(|word| has(&before, word) || has(&after, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_not_happened_is_unreal() {
        let unreal = |sentence: &str| {
            let (before, rest) = sentence.split_once('[').unwrap_or_default();
            let (_, after) = rest.split_once(']').unwrap_or_default();
            is_unreal(before, after)
        };
        for sentence in [
            "We expect trips to [recover] within the hour",
            "The maker says it is expected to be [resolved] soon",
            "The doors have not [recovered]",
            "The reset did not [fix] it",
            "The lift has not yet been fully [restored]",
            "[restart] did not help",
            "The [rollback] had no effect",
            "[Rollback] failed",
            "Files of that day cannot be [recovered]",
        ] {
            assert!(unreal(sentence), "{sentence}");
        }
        for sentence in [
            "The doors have [recovered]",
            "It did not ring, then [recovered]",
            "As expected, the doors [recovered]",
            "The caretaker [restored] what did not fail",
            "The [rollback] not only helped but was quick",
            "Nobody knew why it [recovered]",
            "Full [recovery] was not until noon",
        ] {
            assert!(!unreal(sentence), "{sentence}");
        }
    }

    #[test]
    fn what_never_came_to_be_is_contrary() {
        let contrary = |sentence: &str| {
            let (before, after) = sentence.split_once('@').unwrap_or_default();
            is_contrary(before, after)
        };
        for sentence in [
            "The permit would have expired at @ anyway.",
            "If the spare had been ready at @, it would have been shorter.",
            "Without the guard it would have fallen at @",
        ] {
            assert!(contrary(sentence), "{sentence}");
        }
        for sentence in [
            "Some guests would have seen the door open at @.",
            "If you called, you were put through at @.",
            "If it had been known, we would have told you, but at @ it was not.",
        ] {
            assert!(!contrary(sentence), "{sentence}");
        }
    }
}
