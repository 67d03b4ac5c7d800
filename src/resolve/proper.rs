//! What the name of an organization looks like.

use crate::extract::vocabulary::{bits, folded, lists};
use crate::extract::words::{Words, list};
use crate::extract::zone;
use std::ops::Range;

/// The most words of a name.
const WORDS: usize = 6;

/// Whether `name` may be the name of an organization: a few words with capitals, and not only plain words, trouble, the
/// name of a time zone, or of a place.
pub fn is_name(name: &str) -> bool {
    // Most of what is asked about is no name by its letters alone.
    if !name.trim_start().starts_with(|c: char| c.is_uppercase()) {
        return false;
    }
    const TROUBLE: u32 = bits(&[Words::TitleTrouble, Words::OutageNouns, Words::Ailing]);
    const VAGUE: u32 = bits(&[Words::NameVague]);
    const PLAIN: u32 = bits(&[Words::Ordinary, Words::StaffKinds]);
    let of = |word: &str| lists(folded(word));
    let (mut all_plain, mut goes_on) = (true, false);
    for (at, word) in name.split_whitespace().map(bare).enumerate() {
        let (joint, lists) = (is_joint(word), of(word));
        let part = at < WORDS && (is_capital(word) || joint && at > 0);
        if !part || lists & TROUBLE != 0 && word != "service" || at == 0 && lists & VAGUE != 0 {
            return false;
        }
        all_plain &= joint || lists & PLAIN != 0;
        goes_on = joint && !is_legal(word);
    }
    !all_plain && !goes_on && of(name) & VAGUE == 0 && !is_zone(name) && !is_place(name)
}

/// Whether a name says by itself that it is an organization: "Foo Ltd", "Foo Airways", "University of Foo".
pub fn is_organization(name: &str) -> bool {
    let bare = name.trim_end_matches('.');
    let ends = || list(Words::LegalForms).strip_end(bare).is_some_and(|short| !short.is_empty());
    bare.contains(' ') && (ends() || is_noun(last(bare)) || is_of(bare)) && is_name(name)
}

fn is_noun(word: &str) -> bool {
    list(Words::OrganizationNouns).holds(word)
}

/// "University of Foo", "STATE OF FOO".
fn is_of(name: &str) -> bool {
    let mut words = name.split(' ').peekable();
    while let Some(word) = words.next() {
        if words.next_if(|next| matches!(*next, "of" | "OF")).is_some() {
            return is_noun(word) && words.peek().is_some() && words.all(is_capital);
        }
    }
    false
}

/// The name that starts at `start` of `text`: words with capitals, up to the first that is none.
pub fn starting(text: &str, start: usize) -> Option<Range<usize>> {
    let rest = text.get(start..)?;
    let mut end = 0;
    let mut at = 0;
    for word in rest.split_inclusive(char::is_whitespace).take(WORDS) {
        let body = word.trim_end();
        let name = if body == "&" { body } else { body.trim_end_matches(|c: char| !c.is_alphanumeric()) };
        let short = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name);
        if !(is_capital(short) || (end > 0 && is_joint(short))) {
            break;
        }
        if !is_joint(short) {
            end = at + short.len();
        }
        at += word.len();
        if short.len() < body.len() || word.ends_with('\n') && word.trim_end_matches('\n').ends_with('\n') {
            break;
        }
    }
    (end > 0 && rest.get(..end).is_some_and(is_name)).then_some(start..start + end)
}

/// The name that ends at `end` of `text`.
pub fn ending(text: &str, end: usize) -> Option<Range<usize>> {
    let before = text.get(..end)?;
    let mut start = end;
    let mut from = end;
    for word in before.rsplit([' ', '\n']).take(WORDS) {
        from = from.saturating_sub(word.len() + usize::from(from < end));
        // A sentence that ends in between is not of the name: "It runs on Acme. Customers saw errors."
        let stops = word.ends_with(['.', '!', '?', ':'])
            && word.len() > 2
            && list(Words::LegalForms).strip_end(&format!(" {}", word.trim_end_matches('.'))).is_none();
        if is_capital(word) && !stops {
            start = from;
        } else if !(start < end && is_joint(word)) {
            break;
        }
    }
    (start < end && text.get(start..end).is_some_and(is_name)).then_some(start..end)
}

fn bare(word: &str) -> &str {
    word.trim_end_matches(['.', ','])
}

fn last(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}

/// What may stand in a name without a capital.
pub fn is_joint(word: &str) -> bool {
    matches!(word, "&" | "of" | "and" | "OF" | "AND" | "the" | "de" | "der" | "für") || is_legal(word)
}

/// A legal form that is written small; it ends a name, where what joins its words does not.
fn is_legal(word: &str) -> bool {
    matches!(word, "plc" | "mbH")
}

/// A word of a name: a capital first, and no digits but behind some letters.
fn is_capital(word: &str) -> bool {
    let letters = word.chars().take_while(|c| c.is_alphabetic()).count();
    word.len() > 1
        && word.starts_with(|c: char| c.is_uppercase())
        && !word.ends_with(['\'', '’', '-', '&'])
        && word.chars().all(|c| c.is_alphanumeric() || "-&.'’".contains(c))
        && (letters >= 3 && !word.contains('-') || !word.contains(|c: char| c.is_ascii_digit()))
}

/// "UTC", "AEDT", "US/Pacific".
fn is_zone(name: &str) -> bool {
    name.split_whitespace().any(|word| word.len() <= 6 && zone::abbreviation(bare(word)).is_ok_and(|(rest, _)| rest.is_empty()))
}

/// The city of a time zone, alone.
fn is_place(name: &str) -> bool {
    !name.contains(' ') && zone::of_city(name).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_their_look_alikes() {
        for name in ["Tollgrove", "Wattle & Fern", "Kestrel Cloud", "Bank of Orrery", "Brück GmbH", "HEXBRIDGE", "Oxlip Mobile Banking"] {
            assert!(is_name(name), "{name}");
        }
        for name in [
            "UTC",
            "13:20 UTC",
            "AEDT",
            "Mobile Banking",
            "Network Operations",
            "UTC,",
            "Amsterdam",
            "Monday",
            "Hall B",
            "INC-88",
            "Database Outage",
            "upper",
            "Level 3",
            "Q3",
            "The",
            "Customer Support Team",
            "Head of",
        ] {
            assert!(!is_name(name), "{name}");
        }
    }

    #[test]
    fn names_that_say_what_they_are() {
        for name in ["Tollgrove plc", "Mosswater Airways", "University of Tarn", "STATE OF SOUTH FELL", "Quern Exchange, Inc."] {
            assert!(is_organization(name), "{name}");
        }
        for name in ["Tollgrove", "Online Banking", "Payments", "Unavailability of Net Banking", "Exchange", "Inc."] {
            assert!(!is_organization(name), "{name}");
        }
    }

    #[test]
    fn names_start_and_end_in_text() {
        let starting = |text: &str, lead: &str| starting(text, lead.len()).and_then(|range| text.get(range).map(str::to_owned));
        assert_eq!(starting("customers of Corvane Cloud using", "customers of ").as_deref(), Some("Corvane Cloud"));
        assert_eq!(starting("at Tollgrove's dashboard", "at ").as_deref(), Some("Tollgrove"));
        assert_eq!(starting("of Bank of Orrery, and", "of ").as_deref(), Some("Bank of Orrery"));
        assert_eq!(starting("at the core", "at "), None);
        let ending = |text: &str| ending(text, text.len()).and_then(|range| text.get(range).map(str::to_owned));
        assert_eq!(ending("across the Marram Tide").as_deref(), Some("Marram Tide"));
        assert_eq!(ending("across the"), None);
        assert_eq!(ending("at 13:20 UTC"), None);
    }
}
