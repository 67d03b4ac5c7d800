//! Names that the text bears out as the publisher's: a byline, an address of its own, and what is said of a name that only
//! the one whose service it is has: customers, a network, people.

use super::proper::{ending, is_organization, starting};
use crate::extract::words::{Words, list};
use std::ops::Range;

/// How far into a text its publisher is named, in bytes.
const OPENING: usize = 1200;
/// How much text is looked at for names, in bytes.
const TEXT: usize = 20_000;

/// The publisher's name as a range of `text`. Only words of lists that `may` be in it are looked for.
pub fn name(text: &str, may: impl Fn(Words) -> bool) -> Option<Range<usize>> {
    let head = text.get(..text.floor_char_boundary(TEXT))?;
    let named = |words: Words, find: fn(&str) -> Option<Range<usize>>| if may(words) { find(head) } else { None };
    author(head)
        .or_else(|| team(head))
        .or_else(|| named(Words::OwnThings, owner_of_things))
        .or_else(|| named(Words::OwnedBy, owned))
        .or_else(|| named(Words::OwnEstate, estate))
        .or_else(|| subject(head))
}

/// "author = The Orrery Maps team", "Author: the Tollgrove team": who wrote is a team of the name.
fn author(text: &str) -> Option<Range<usize>> {
    let mut at = 0;
    for line in text.split_inclusive('\n').take(12) {
        let marked = list(Words::BylineMarks).first(line).map(|mark| mark.end);
        let team = marked.and_then(|mark| line.get(mark..)?.to_ascii_lowercase().find(" team").map(|end| (mark, mark + end)));
        if let Some((mark, end)) = team
            && let Some(name) = ending(text, at + end).filter(|name| name.start >= at + mark)
        {
            return Some(name);
        }
        at += line.len();
    }
    None
}

/// "Published on August 14 by the Acme Pay engineering team" in the first lines.
fn team(text: &str) -> Option<Range<usize>> {
    let mut at = 0;
    for line in text.split_inclusive('\n').take(8) {
        let end =
            line.find(" team").filter(|end| !line.get(end + " team".len()..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric)));
        let led = end.and_then(|end| line.get(..end)?.rfind("by the ")).map(|lead| lead + "by the ".len());
        let lead = line.len() - line.trim_start_matches(['*', '_', '>', ' ']).len();
        let headed = || {
            end.and_then(|end| line.get(..end)?.find(", "))
                .map(|comma| lead..comma)
                .filter(|name| line.get(name.clone()).is_some_and(is_organization))
        };
        let name = led.and_then(|start| starting(line, start)).or_else(headed);
        if let Some(name) = name.filter(|name| line.get(name.clone()).is_some_and(is_own)) {
            return Some(at + name.start..at + name.end);
        }
        at += line.len();
    }
    None
}

/// The capitalised words in front of "services", "customers", "engineers said" and the like, near the start of the text:
/// the name that stands there most often.
fn owner_of_things(text: &str) -> Option<Range<usize>> {
    let head = text.get(..text.floor_char_boundary(OPENING.min(text.len())))?;
    let mut best: Option<(usize, Range<usize>)> = None;
    for thing in list(Words::OwnThings).places(head) {
        let after = head.get(thing.end..).unwrap_or_default();
        if after.starts_with(char::is_alphanumeric) {
            continue;
        }
        let Some(name) = ending(head, thing.start) else { continue };
        let word = head.get(name.clone())?;
        // "Leased Line customers" tells of a product, "Wattle & Fern customers" does not.
        let partners = word.contains(" & ");
        if (word.contains(' ') && !partners) || !is_company(word) {
            continue;
        }
        let count = text.matches(word).count();
        let technology = list(Words::Technology).holds(word);
        let enough = if opens_sentence(head, name.start) && !partners { 3 } else { 1 + usize::from(technology) };
        if count >= enough && best.as_ref().is_none_or(|(most, _)| count > *most) {
            best = Some((count, name));
        }
    }
    best.map(|(_, range)| range)
}

/// "customers of Corvane Cloud", "the production cluster at Tollgrove".
fn owned(text: &str) -> Option<Range<usize>> {
    let mut names = list(Words::OwnedBy).places(text).take(50).filter_map(|mark| starting(text, mark.end));
    names.find(|name| text.get(name.clone()).is_some_and(is_own))
}

/// "the Marram network".
fn estate(text: &str) -> Option<Range<usize>> {
    let mut names = list(Words::OwnEstate).places(text).take(50).filter_map(|mark| ending(text, mark.start));
    names.find(|name| text.get(..name.start).is_some_and(|lead| lead.ends_with(" the ")) && text.get(name.clone()).is_some_and(is_own))
}

/// "Heliograph Media's editor stopped saving", "Glasswing Airlines grounded 212 flights": a name that says it is an
/// organization opens a sentence.
fn subject(text: &str) -> Option<Range<usize>> {
    let head = text.get(..text.floor_char_boundary(OPENING.min(text.len())))?;
    let starts = crate::extract::word_starts(head).filter(|at| opens_sentence(head, *at));
    starts.filter_map(|at| starting(text, at)).find(|name| {
        let words = text.get(name.clone()).unwrap_or_default();
        is_organization(words) && is_own(words) && text.get(name.end..).is_some_and(acts)
    })
}

/// Whether what stands behind a name makes it that of somebody: it owns something, or does what no service does.
pub fn acts(behind: &str) -> bool {
    if behind.starts_with("'s ") || behind.starts_with("’s ") {
        return true;
    }
    let adverb = ["now", "later", "also", "therefore"].iter().find_map(|word| behind.strip_prefix(' ')?.strip_prefix(word));
    let next =
        adverb.unwrap_or(behind).strip_prefix(' ').and_then(|rest| rest.split([' ', '\n', ',', '.', ';', ':']).next()).unwrap_or_default();
    let verb = adverb.is_some() || !list(Words::Ordinary).holds(next);
    verb && next.len() > 2 && next.starts_with(char::is_lowercase) && !list(Words::Suffered).holds(next)
}

/// A name that stands for whoever runs a service, and no technology.
pub fn is_own(name: &str) -> bool {
    let technology = |word: &str| list(Words::Technology).holds(word);
    !technology(name) && !name.split(' ').any(technology) && is_company(name)
}

/// No acronym, and no adjective of a place ("European").
fn is_company(name: &str) -> bool {
    let acronym = name.len() <= 5 && name.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
    let adjective = ["ean", "ian", "ish", "ese"].iter().any(|end| name.ends_with(end));
    !acronym && !adjective
}

fn opens_sentence(text: &str, at: usize) -> bool {
    let lead = text.get(..at).unwrap_or_default().trim_end_matches([' ', '\t', '*', '"', '-']);
    lead.is_empty() || lead.ends_with(['.', '!', '?', '\n', ':', '|'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Option<&str> {
        name(text, |_| true).and_then(|range| text.get(range))
    }

    #[test]
    fn names_in_front_of_what_is_theirs() {
        for (text, want) in [
            ("This affected a number of Corvane services. Corvane runs two networks.", Some("Corvane")),
            ("Transfers into Pebble accounts failed. Pebble is safe.", Some("Pebble")),
            ("On Monday, Loomwright customers saw old data.", Some("Loomwright")),
            ("Some services failed. All customers saw errors.", None),
            ("The Database customers use was down.", None),
            ("On Monday, Android users saw old data.", None),
            ("On Monday, European customers saw old data.", None),
            ("Leased Line customers and users of Leased Line saw loss. The Line customers have is fine.", None),
        ] {
            assert_eq!(named(text), want, "{text}");
        }
    }

    #[test]
    fn names_behind_what_is_theirs() {
        for (text, want) in [
            ("Traffic that enters the Marram network was lost.", Some("Marram")),
            ("Published on August 14, 2024 by the Jangle Pay engineering team\n\nIt broke.", Some("Jangle Pay")),
            ("Wattle & Fern customers could not pay.", Some("Wattle & Fern")),
            ("author = \"The Quillmark team\"\n\nIt broke.", Some("Quillmark")),
            ("> Author: the Tidewrack team · Published 3/5/2024\n\nIt broke.", Some("Tidewrack")),
            ("Hi all.\n\nHeliograph Media's publishing tool stopped saving stories.", Some("Heliograph Media")),
            ("It was bad. Glasswing Airlines grounded 212 flights.", Some("Glasswing Airlines")),
            ("Northline Telecom was down.", None),
            ("Customers of Leased Line saw loss.", None),
            ("Customers of the Kafka cluster saw loss.", None),
            ("Author: the Platform team\n\nIt broke.", None),
            ("The VPN network and the Redis network were lost.", None),
        ] {
            assert_eq!(named(text), want, "{text}");
        }
    }
}
