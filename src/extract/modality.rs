//! Whether a clause tells of what was expected, meant or promised rather than of what happened.
//!
//! A time stands where its clause puts it. Read back from the time, the first verb group decides: a modal of the future
//! ("will last until"), a verb or noun of expectation that reaches the time ("scheduled to end at", "ETA is"), or a finite
//! verb of the past, which tells what happened. A time in front of all verbs has the one behind it.

mod beside;
mod unreal;
mod whose;

pub use beside::{is_of_document, is_of_hours, is_of_planned, is_schedule};
pub use unreal::{is_contrary, is_unreal};
pub use whose::{Whose, heads_others, is_of_something_else, is_pluperfect, whose};

use super::words::{Words, list, starts_with};

/// The most words of a clause that are looked at on either side of a time.
const CLAUSE: usize = 20;
const BE: [&str; 4] = ["is", "are", "was", "were"];
/// In front of a participle, that it is part of a longer group ("will be restored").
const BARE: [&str; 6] = ["be", "been", "being", "get", "getting", "to"];
const ARTICLES: [&str; 10] = ["the", "a", "an", "all", "our", "any", "these", "those", "this", "its"];
/// What starts a clause of its own.
const BORDERS: [&str; 9] = ["but", "because", "since", "when", "while", "after", "although", "where", "whereas"];

/// Whether the time between `before` and `after`, the words of its sentence on both sides up to the times beside it, is that
/// of something expected.
pub fn is_expected(before: &str, after: &str) -> bool {
    match governed(before) {
        Some(expected) => expected,
        None => announced(after),
    }
}

/// "and again from", "and finish at": whether the words between a time and the one before it have no verb of their own that rules it, so
/// that it is told as the one before is.
pub fn leads_on(between: &str) -> bool {
    let between = between.trim();
    let joined = between.is_empty() || between.starts_with(',') || starts_with(between, "and");
    joined && !between.contains(['.', ';', ':', '(', ')']) && governed(between).is_none()
}

/// What the words in front of a time tell; none where they hold no verb.
fn governed(before: &str) -> Option<bool> {
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || ":(~≈–-=".contains(c));
    let mut words = before.split_whitespace().rev().take(CLAUSE).peekable();
    // The two words towards the time; whether a form of "be" stood between, and whether it was of the present.
    let (mut next, mut second, mut linked, mut present) = (String::new(), String::new(), false, false);
    let mut nearest = true;
    while let Some(raw) = words.next() {
        // A comma or a full stop ends the clause before.
        if raw.ends_with([',', ';', ':', '.', '!', '?', '—', '–']) && !nearest {
            return linked.then_some(false);
        }
        nearest = false;
        let word = raw.trim_matches(|c: char| !c.is_alphanumeric()).replace('’', "'").to_lowercase();
        let previous = words.peek().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()).unwrap_or_default();
        let reaches = next.is_empty() || list(Words::ReachesTime).holds(&next);
        let thing = || list(Words::ExpectedThings).holds(&next) || list(Words::ExpectedThings).holds(&second);
        // "Next check at", "the next check is at"
        let is_next = || word == "next" && !next.is_empty() && !raw.ends_with(',') && (present || previous.is_empty());
        if list(Words::Expected).holds(&word) && thing() || is_next() {
            return Some(true);
        }
        if list(Words::Expectations).holds(&word) && (reaches || linked) {
            return Some(true);
        }
        if linked {
            // "The service is …", whatever else was said before.
            if BORDERS.contains(&word.as_str()) || is_past(&word) {
                return Some(false);
            }
        } else if is_modal(&word) {
            // "should have recovered" tells of the past, "will have recovered" does not.
            return Some(next != "have" || !word.starts_with("should"));
        } else if list(Words::Expecting).holds(&word) || list(Words::Meant).holds(&word) && (reaches || ARTICLES.contains(&next.as_str())) {
            // "The promised fix" tells nothing of the fix.
            let compared = matches!(previous.as_str(), "than" | "as") || !reaches && ARTICLES.contains(&previous.as_str());
            if !compared {
                return Some(true);
            }
        } else if word == "due" && next != "to" && reaches || BE.contains(&word.as_str()) && next == "to" || word == "going" && next == "to"
        {
            return Some(true);
        } else if BE.contains(&word.as_str()) {
            (linked, present) = (true, BE.iter().take(2).any(|be| *be == word));
        } else if matches!(word.as_str(), "has" | "have" | "had") && previous != "to" {
            return Some(is_modal(&previous) && previous != "should");
        } else if BORDERS.contains(&word.as_str()) {
            return Some(false);
        } else if is_past(&word) && !BARE.contains(&previous.as_str()) && !ARTICLES.contains(&previous.as_str()) {
            // "restored" behind "be fully" is part of what is to come.
            let inner = previous.ends_with("ly") && words.clone().nth(1).is_some_and(|word| BARE.contains(&word));
            if !inner {
                return Some(false);
            }
        }
        second = std::mem::replace(&mut next, word);
    }
    linked.then_some(false)
}

/// "By 14:00 we expect …", "At 15:00 UTC we will …": whether the first verb behind a time is of the future.
fn announced(after: &str) -> bool {
    let after = after.trim_start_matches(|c: char| c.is_whitespace() || c == ',' || c == ')');
    let mut words = after.split_whitespace().take(CLAUSE / 2).peekable();
    while let Some(raw) = words.next() {
        let word = raw.trim_matches(|c: char| !c.is_alphanumeric()).replace('’', "'").to_lowercase();
        let next = words.peek().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()).unwrap_or_default();
        if is_modal(&word) && !word.starts_with("should") || list(Words::Expecting).holds(&word) {
            return true;
        }
        if BE.contains(&word.as_str()) {
            return next == "going" || list(Words::Meant).holds(&next) && !word.starts_with('w');
        }
        if is_past(&word) || BORDERS.contains(&word.as_str()) || raw.ends_with([',', ';', ':', '.', '!', '?']) {
            return false;
        }
    }
    false
}

fn is_modal(word: &str) -> bool {
    matches!(word, "will" | "shall" | "should" | "won't") || word.ends_with("'ll")
}

/// Whether a word looks like a verb of the past.
fn is_past(word: &str) -> bool {
    BE.iter().skip(2).any(|was| *was == word) || word.len() > 3 && word.ends_with("ed") || list(Words::PastVerbs).holds(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sentence, its time as `@`.
    fn expected(sentence: &str) -> bool {
        let (before, after) = sentence.split_once('@').unwrap_or_default();
        is_expected(before, after)
    }

    #[test]
    fn what_is_to_come_is_expected() {
        for sentence in [
            "We think the work will last until @.",
            "The fault is expected to be resolved by @.",
            "We aim to finish by @.",
            "Our team hopes to have this fixed by @",
            "Next update at @.",
            "Next update: @",
            "The next update is at @",
            "Next check at @",
            "The next check of the store is at @",
            "ETA @",
            "The ETA for the fix is @.",
            "Service will be fully restored no later than @.",
            "The change was meant to finish at @.",
            "Works were scheduled to end at @, two hours earlier.",
            "The engineer is due on site at @",
            "It's due by @",
            "It should be done by @",
            "Trains were to run again from @",
            "We're going to switch back at @",
            "They’ll call us at @",
            "Estimated restoration @",
            "Estimated time of repair: @",
            "All orders will have been sent by @.",
            "We expect a solution by @.",
            "At @ we will post another update.",
            "By @ we expect all mails to be delivered.",
            "The night run planned from @ was put off.",
            "The vendor promised a technician on site at @",
        ] {
            assert!(expected(sentence), "{sentence}");
        }
    }

    #[test]
    fn a_time_without_a_verb_is_told_as_the_one_before() {
        for between in [", and again from", "and finish at", ", ", ", from"] {
            assert!(leads_on(between), "{between}");
        }
        for between in ["and we restarted it at", "). At", "; at", "until", "and it recovered by"] {
            assert!(!leads_on(between), "{between}");
        }
    }

    #[test]
    fn what_happened_is_not() {
        for sentence in [
            "The outage lasted until @.",
            "It took longer than expected until @.",
            "As expected, the queue drained at @.",
            "Customers may have seen errors between @.",
            "Mail should have recovered at @",
            "The work was expected to take an hour but ended at @.",
            "Orders failed due to a restart at @.",
            "The failover, which we will repeat, finished at @.",
            "During planned maintenance at @ a node failed.",
            "The scheduled job ran at @ and took the lock.",
            "At @ the router failed and would not start.",
            "At @ we noticed that the disk will fill up.",
            "We will watch on, as all is well since @.",
            "@ is when it broke",
            "On-call estimated the damage at @",
            "Service is back since @",
            "The fault is believed to have begun at @",
            "Requests to the target from @ failed.",
            "Next, at @ we restarted it",
            "The next alert at @ told us more",
            "The next restart was at @",
        ] {
            assert!(!expected(sentence), "{sentence}");
        }
    }
}
