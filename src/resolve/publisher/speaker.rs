//! The name under which "we" speak, or whose people act.

use crate::basis::{Basis, Rule};
use crate::extract::passage::Passage;
use crate::extract::words::{Words, list};
use crate::incident::Fact;
use crate::resolve::event::collapse;
use crate::resolve::naming::Read;
use crate::resolve::proper::{ending, is_name, starting};
use crate::source::Source;
use std::cell::LazyCell;
use std::ops::Range;

/// So many names of whose people act are looked at.
const STAFF: usize = 20;

/// The name under which "we" speak: "At Acme, we …", "we at Acme", "improve the Acme Platform and our processes".
pub fn speaker(source: &Source, passages: Read) -> Option<Fact<String>> {
    // A text of "we" tells of others where it tells who acted: "Acme engineers confirmed it, and we failed over."
    let first_person = LazyCell::new(|| passages.iter().any(|(passage, _)| speaks_of_us(passage.text.as_str())));
    // Its own name such a text writes again and again.
    let known = |name: &str| passages.iter().map(|(passage, _)| passage.text.as_str().matches(name).count()).sum::<usize>() >= 3;
    let marked = |passage: &Passage| {
        let text = passage.text.as_str();
        [Words::WeAt, Words::OurPlatform, Words::OwnActs].iter().any(|words| passage.may_hold(*words))
            || text.contains(", we ")
            || text.contains(", our ")
    };
    let mut tried = 0;
    for (passage, _) in passages.iter().filter(|(passage, _)| marked(passage)) {
        let text = passage.text.as_str();
        for range in passage.sentences() {
            let sentence = text.get(range.clone()).unwrap_or_default();
            let named = ours(sentence).or_else(|| ours_platform(sentence)).or_else(|| {
                let name = staff(sentence).filter(|_| tried < STAFF)?;
                tried += 1;
                (!*first_person || sentence.get(name.clone()).is_some_and(known)).then_some(name)
            });
            if let Some(name) = named {
                let part = passage.text.part(range.start + name.start..range.start + name.end);
                return Some(Fact::stated(collapse(part.as_str()), source.cite(part.whole()), Basis::Ruled(Rule::Speaker)));
            }
        }
    }
    None
}

/// Whether a text says "we", "our" or "us".
pub fn speaks_of_us(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "we" | "We" | "our" | "Our" | "us"))
}

/// "At NAME, we …", "We at NAME …", "Here at NAME …".
fn ours(sentence: &str) -> Option<Range<usize>> {
    let at = list(Words::WeAt).first(sentence).map(|mark| mark.end);
    let opening = sentence
        .strip_prefix("At ")
        .filter(|rest| rest.split_once(", ").is_some_and(|(_, after)| after.starts_with("we ") || after.starts_with("our ")));
    let start = at.or(opening.map(|_| 3))?;
    starting(sentence, start)
}

/// "the NAME platform" in a sentence that goes on with "our": the speaker's own.
fn ours_platform(sentence: &str) -> Option<Range<usize>> {
    let end = list(Words::OurPlatform).first(sentence)?.start;
    let start = sentence.get(..end)?.rfind(" the ")? + 5;
    ending(sentence, end).filter(|name| name.start == start)
}

/// "NAME engineers were alerted", "NAME apologised": whose people act is who suffered it.
fn staff(sentence: &str) -> Option<Range<usize>> {
    let at = list(Words::OwnActs).first(sentence)?.start;
    let before = sentence.get(..at)?;
    let mut start = at;
    for word in before.rsplit(' ').take(3) {
        let named =
            word.starts_with(|c: char| c.is_uppercase()) && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '&'));
        if !named || list(Words::StaffKinds).holds(word) {
            break;
        }
        start = start.saturating_sub(word.len() + usize::from(start < at));
    }
    sentence.get(start..at).is_some_and(is_name).then_some(start..at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_we_speak_under() {
        let named = |sentence: &str| {
            ours(sentence)
                .or_else(|| ours_platform(sentence))
                .or_else(|| staff(sentence))
                .and_then(|range| sentence.get(range).map(str::to_owned))
        };
        for (sentence, name) in [
            ("At Tollgrove, we take outages seriously.", Some("Tollgrove")),
            ("We at Mossbeam Cloud are sorry.", Some("Mossbeam Cloud")),
            ("We keep improving the Orrery Maps platform and our processes.", Some("Orrery Maps")),
            ("Tollgrove engineers were alerted at 09:50.", Some("Tollgrove")),
            ("Orrery Maps apologised for the disruption.", Some("Orrery Maps")),
            ("On-call engineers were alerted.", None),
            ("Then the Database engineers joined.", None),
            ("We improve the platform and our processes.", None),
            ("At noon, we saw errors.", None),
            ("At Level 3, engineers replaced the card.", None),
            ("We restarted the Kafka cluster and our workers.", None),
        ] {
            assert_eq!(named(sentence).as_deref(), name, "{sentence}");
        }
    }
}
