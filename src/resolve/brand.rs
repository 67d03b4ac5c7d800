//! Names that the text bears out as the publisher's: its signature, its byline, and the name in front of "services" and
//! "customers".

use crate::extract::words::{Words, list};
use std::ops::Range;

/// How far into a text its publisher is named, in bytes.
const OPENING: usize = 1200;

/// The publisher's name as a range of `text`.
pub fn name(text: &str) -> Option<Range<usize>> {
    signature(text).or_else(|| byline(text)).or_else(|| owner_of_things(text))
}

/// "Kirkgate Hosting Ltd - NOC", "The Ravel Team", "Tellwire Support" at the end.
fn signature(text: &str) -> Option<Range<usize>> {
    let mut end = text.len();
    for raw in text.rsplit('\n').take(8) {
        let start = end - raw.len();
        end = start.saturating_sub(1);
        let line = raw.trim();
        let at = start + (raw.len() - raw.trim_start().len());
        let short = (3..=60).contains(&line.len()) && line.starts_with(|c: char| c.is_uppercase());
        if !short || line.contains([':', '@', '|', '/']) || line.contains(". ") {
            continue;
        }
        let body = line.strip_prefix("The ").unwrap_or(line);
        let skip = line.len() - body.len();
        let stop = [" - ", " – ", " — ", ", "].iter().filter_map(|mark| body.find(mark)).min().unwrap_or(body.len());
        let name = body.get(..stop).unwrap_or_default().trim_end_matches('.');
        let bare = list(Words::SignedBy).strip_end(name);
        let company = list(Words::LegalForms).strip_end(name).is_some();
        let name = bare.or(company.then_some(name)).filter(|name| is_name(name));
        if let Some(name) = name {
            return Some(at + skip..at + skip + name.len());
        }
    }
    None
}

/// "by Ines, Infrastructure @ Huddlebox" in the first lines.
fn byline(text: &str) -> Option<Range<usize>> {
    let mut at = 0;
    for line in text.split_inclusive('\n').take(6) {
        if let Some(mark) = line.find(" @ ") {
            let start = at + mark + 3;
            let length = text.get(start..)?.find(|c: char| !c.is_alphanumeric()).unwrap_or(0);
            if text.get(start..start + length).is_some_and(is_name) {
                return Some(start..start + length);
            }
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
        let before = head.get(..thing.start)?;
        let word = before.rsplit([' ', '\n', '(', '"']).next().unwrap_or_default();
        let starts_sentence = before
            .get(..before.len() - word.len())
            .is_none_or(|lead| lead.trim_end().is_empty() || lead.trim_end().ends_with(['.', '!', '?']));
        // "Leased Line customers" tells of a product.
        let product = before.get(..before.len() - word.len()).is_some_and(|lead| {
            lead.ends_with(' ') && lead.trim_end().rsplit(' ').next().is_some_and(|last| last.starts_with(|c: char| c.is_uppercase()))
        });
        if !is_name(word) || product || word.contains(' ') || list(Words::StaffKinds).holds(word) || list(Words::NameVague).holds(word) {
            continue;
        }
        let count = text.matches(word).count();
        let enough = if starts_sentence { 3 } else { 2 };
        if count >= enough && best.as_ref().is_none_or(|(most, _)| count > *most) {
            best = Some((count, thing.start - word.len()..thing.start));
        }
    }
    best.map(|(_, range)| range)
}

/// One to four words, each with a capital or a joint.
fn is_name(name: &str) -> bool {
    let words = name.split_whitespace().count();
    let word = |word: &str| {
        let bare = word.trim_end_matches(['.', ',']);
        matches!(bare, "&" | "of" | "and")
            || (bare.len() > 1
                && bare.starts_with(|c: char| c.is_uppercase())
                && bare.chars().all(|c| c.is_alphanumeric() || "-&.'".contains(c)))
    };
    (1..=4).contains(&words)
        && name.starts_with(|c: char| c.is_uppercase())
        && name.split_whitespace().all(word)
        && !list(Words::NameVague).holds(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Option<&str> {
        name(text).and_then(|range| text.get(range))
    }

    #[test]
    fn signatures_and_their_look_alikes() {
        for (text, want) in [
            ("It broke.\n\nKirkgate Hosting Ltd - NOC\n", Some("Kirkgate Hosting Ltd")),
            ("Sorry.\n\nDean\nTellwire Support\n", Some("Tellwire")),
            ("Sincerely,\nThe Ravel Team\n", Some("Ravel")),
            ("Regret.\n\nChief Manager\nSahyadri Co-operative Bank Ltd., Pune\n", Some("Sahyadri Co-operative Bank Ltd")),
            ("We fixed it.\n\nThe Team\n", None),
            ("- Load alarm at 80%\n- Breaker study\n", None),
            ("All restored.\nNext Steps\n", None),
        ] {
            assert_eq!(named(text), want, "{text}");
        }
    }

    #[test]
    fn names_in_front_of_what_is_theirs() {
        for (text, want) in [
            ("This affected a number of Corvane services. Corvane runs two networks.", Some("Corvane")),
            ("*by Ines, Infrastructure @ Huddlebox — March 21*\n\nIt broke.", Some("Huddlebox")),
            ("Transfers into Pebble accounts failed. Pebble is safe.", Some("Pebble")),
            ("Some services failed. All customers saw errors.", None),
            ("The Database customers use was down.", None),
            ("Leased Line customers and users of Leased Line saw loss. The Line customers have is fine.", None),
        ] {
            assert_eq!(named(text), want, "{text}");
        }
    }
}
