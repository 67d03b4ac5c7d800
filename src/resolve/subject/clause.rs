//! The clauses that say something could not be used: "the ticket machines and the app were down".

use super::split_names;
use crate::document::Text;
use crate::extract::passage::Passage;
use crate::extract::time::times;
use crate::extract::words::{Words, list};
use std::ops::Range;

/// The longest name, in words.
const LONGEST: usize = 4;

/// What could not be used, as it is written; plain nouns too.
pub fn struck<'a>(passage: &Passage<'a>) -> Vec<Text<'a>> {
    let whole = passage.text.as_str();
    let mut found = Vec::new();
    if !passage.may_hold(Words::Struck) {
        return found;
    }
    for range in passage.sentences() {
        let sentence = whole.get(range.clone()).unwrap_or_default();
        let bounded = |at: &Range<usize>| !sentence.get(at.end..).unwrap_or_default().starts_with(char::is_alphanumeric);
        let states = list(Words::Struck).places(sentence).filter(bounded).filter_map(|at| subject_end(sentence.get(..at.start)?));
        for end in states {
            let start = start(sentence, end);
            let subject = sentence.get(start..end).unwrap_or_default();
            let named = thing_in(subject);
            found.extend(things(&passage.text.part(range.start + start + named.start..range.start + start + named.end)));
        }
    }
    found
}

/// Where the subject ends whose verb closes `before`: "the app | was also".
fn subject_end(before: &str) -> Option<usize> {
    let bare = before.trim_end();
    let bare = list(Words::Adverbs).strip_end(bare).map_or(bare, str::trim_end);
    list(Words::Became).strip_end(bare).map(|subject| subject.trim_end().len())
}

/// Where the clause starts whose subject ends at `end`: behind the times in front, and behind what links it to another.
pub fn start(sentence: &str, end: usize) -> usize {
    let before = sentence.get(..end).unwrap_or_default();
    let linked = list(Words::ClauseLinks).places(before).last().map_or(0, |link| link.end);
    let lead = before.get(linked..).unwrap_or_default();
    let timed = times(lead).last().and_then(|time| {
        let behind = time.range().end;
        Some(behind + lead.get(behind..)?.find(", ")? + 2)
    });
    linked + timed.unwrap_or(0)
}

/// What of a subject names a thing: "pages of Acme Docs" are of one that has a name, "mails of Monday" are mails.
fn thing_in(subject: &str) -> Range<usize> {
    let end = head(subject);
    let start = end + " of ".len();
    let owner = subject.get(end..).and_then(|rest| rest.strip_prefix(" of ")).filter(|rest| rest.starts_with(char::is_uppercase));
    match owner {
        Some(owner) if !subject.get(..end).is_some_and(is_thing) => start..start + head(owner),
        _ => 0..end,
    }
}

/// The length of a subject without "in one facility" and the like.
fn head(subject: &str) -> usize {
    [
        ", which ", ", who ", " that ", " in ", " at ", " on ", " for ", " of ", " from ", " hosted ", " across ", " within ", " with ",
        " (", " to ",
    ]
    .iter()
    .filter_map(|mark| subject.find(mark))
    .min()
    .unwrap_or(subject.len())
}

/// The things that a list names; none where one of its parts is no thing.
fn things<'a>(listed: &Text<'a>) -> Vec<Text<'a>> {
    let mut names: Vec<Text> = Vec::new();
    for part in split_names(listed) {
        // "Web shop and partner API"
        let whole = part.as_str();
        match whole.find(" and ") {
            Some(at) => names.extend([bare(&part.part(0..at)), bare(&part.part(at + " and ".len()..whole.len()))]),
            None => names.push(bare(&part)),
        }
    }
    if names.iter().all(|name| is_thing(name.as_str())) { names } else { Vec::new() }
}

/// "the Cache service", "Acme's debit cards" without what stands around the name.
fn bare<'a>(name: &Text<'a>) -> Text<'a> {
    let name = without_article(name);
    let whole = name.as_str();
    let owned = ["'s ", "’s "].iter().find_map(|mark| whole.find(mark).map(|at| at + mark.len())).unwrap_or(0);
    let end = list(Words::KindsOfThings).strip_end(whole).filter(|rest| rest.len() > owned).map_or(whole.len(), str::len);
    name.part(owned..end)
}

fn without_article<'a>(name: &Text<'a>) -> Text<'a> {
    let whole = name.as_str();
    let bare = ["The ", "the ", "Our ", "our ", "both ", "Both "].iter().find_map(|article| whole.strip_prefix(article)).unwrap_or(whole);
    name.part(whole.len() - bare.len()..whole.len())
}

/// Whether it may name a service: a few words, none of them for people, places or whatever.
fn is_thing(name: &str) -> bool {
    let words = || name.split_whitespace();
    let vague = |word: &str| {
        [Words::NameVague, Words::NoServices, Words::FunctionWords, Words::VagueThings].iter().any(|words| list(*words).holds(word))
    };
    let plain = |word: &str| word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '/' | '.' | '&' | '\'' | '’'));
    (1..=LONGEST).contains(&words().count())
        && words().all(plain)
        && !words().next().is_none_or(vague)
        && !words().last().is_none_or(vague)
        && name.contains(char::is_alphabetic)
        && times(name).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn names(sentence: &str) -> Vec<String> {
        let source = Source::decode("a.txt", format!("Notes of the day\n\n{sentence}\n").into_bytes());
        let reports = crate::format::read(&source).reports;
        let passages = crate::extract::passage::passages(&reports[0]);
        passages.iter().flat_map(struck).map(|text| text.as_str().to_owned()).collect()
    }

    #[test]
    fn what_could_not_be_used_is_the_subject() {
        for (sentence, wanted) in [
            ("The billing portal of a small town was out of service for days.", &["billing portal"][..]),
            ("Web Shop and Partner API were unreachable.", &["Web Shop", "Partner API"]),
            (
                "On 4 June, between 12:05 and 14:35 UTC, Parcel Lookup, label printing and the app became unavailable.",
                &["Parcel Lookup", "label printing", "app"],
            ),
            ("Ticket sales went on, but the barriers were also offline.", &["barriers"]),
            ("Pages of Larkmoor Docs were unavailable.", &["Larkmoor Docs"]),
            ("Online banking was not affected.", &[]),
            ("Customers were affected.", &[]),
            ("It was down for an hour.", &[]),
            ("Some of the requests were affected.", &[]),
            ("We shut down the pump.", &[]),
        ] {
            assert_eq!(names(sentence), wanted, "{sentence}");
        }
    }
}
