//! The words of `assets/topics.tsv`, `assets/cues.tsv` and `assets/severity.tsv`, found in a text in one pass.

use super::phrases::{Bounds, Phrases, rows};
use super::vocabulary::{ByKey, folded};
use super::words::{Words, is_one_of, list};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

include!(concat!(env!("OUT_DIR"), "/topics.rs"));
include!(concat!(env!("OUT_DIR"), "/cues.rs"));

impl Topic {
    /// Whether it is work, done or to be done.
    pub fn is_work(self) -> bool {
        matches!(self, Topic::Actions | Topic::Done | Topic::ShortTerm | Topic::LongTerm)
    }
}

impl Cue {
    /// Whether it tells of an event in the course of an incident.
    pub fn is_event(self) -> bool {
        use Cue::{Acknowledged, Detected, Identified, Mitigated, Onset, Recovered, Resolved};
        matches!(self, Onset | Detected | Acknowledged | Identified | Mitigated | Recovered | Resolved)
    }
}

/// What a heading or label is about: the longest known phrase in it, which must make up a good part of it.
pub fn topic(heading: &str) -> Option<Topic> {
    static PHRASES: OnceLock<Phrases<Topic>> = OnceLock::new();
    let phrases = PHRASES.get_or_init(|| Phrases::new(rows(Topic::ROWS)));
    let plain = plain(heading);
    let core = core_of(&plain);
    if core.len() > 90 {
        return None;
    }
    if asks_for_work(core) {
        return Some(Topic::Actions);
    }
    let (topic, range) = phrases.find(core).max_by_key(|(_, range)| (range.len(), std::cmp::Reverse(range.start)))?;
    // One-word phrases are words of the language too: "Log of failed writes" is no timeline.
    let single = !core.get(range.clone()).unwrap_or_default().contains(' ');
    let words = core.split_whitespace().count();
    let enough = if single {
        range.len() * 10 >= core.len() * 6 || (range.start == 0 && words <= 3)
    } else {
        // A question is about what it asks for, however it goes on.
        let asks = || matches!(core.split(' ').next(), Some("What" | "How" | "Why"));
        range.len() * 10 >= core.len() * 4 || (range.start == 0 && (words <= 6 || asks()))
    };
    // "Services unaffected" are none that were.
    (enough && !list(Words::Unaffected).is_in(core)).then_some(topic)
}

/// Whether a heading asks or says what is done about it: "What we are changing", "How will we keep this from happening again?", "What will
/// be different". One that asks what was done at the time, or what happened, is none.
fn asks_for_work(core: &str) -> bool {
    let first = core.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if !is_one_of(first, &["what", "things", "changes", "steps", "how"]) {
        return false;
    }
    let lower = core.to_ascii_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let any = |some: &[&str]| words.iter().any(|word| some.contains(word));
    let is = |some: &[&str]| words.first().is_some_and(|first| some.contains(first));
    // "What should I do?" is asked by who reads it.
    let who = any(&["we", "us"]) || any(&["i"]) && !any(&["do", "can", "should", "need"]);
    let changes = any(&["do", "doing", "change", "changed", "changing", "improve", "improving"]) && !is(&["how"]);
    let prevents = any(&["prevent", "preventing", "avoid", "avoiding", "again"]) || lower.contains("less likely");
    let other = any(&["different", "differently"]);
    let past = any(&["did", "happened", "know", "went", "learned"]);
    // "What changes", "What will change", "What happens next", "What now?"
    let coming = match words.as_slice() {
        ["what", "now"] => true,
        ["what", .., last] => words.len() <= 4 && matches!(*last, "next" | "change" | "changes"),
        _ => false,
    };
    (2..=12).contains(&words.len())
        && !past
        && (coming || other || who && (changes || prevents || is(&["steps", "changes"]) && words.len() > 2))
}

/// A phrase of more bytes is none that is known, however it is written.
const PHRASE: usize = 210;

/// What a phrase is about, if it is nothing but a known one.
pub fn exact_topic(phrase: &str) -> Option<Topic> {
    if phrase.len() > PHRASE {
        return None;
    }
    static LISTED: OnceLock<ByKey<()>> = OnceLock::new();
    let listed = LISTED.get_or_init(|| Topic::ROWS.iter().flat_map(|(.., phrases)| *phrases).map(|phrase| (folded(phrase), ())).collect());
    let known = listed.contains_key(&folded(plain(phrase).trim_end_matches('?'))) || asks_for_work(core_of(&plain(phrase)));
    if known { topic(phrase) } else { None }
}

/// A heading as the table writes it: "Follow-up item(s)", "follow_up items" and "followUpItems" are one.
fn plain(heading: &str) -> Cow<'_, str> {
    let humped = |pair: &[u8]| matches!(pair, [first, second] if first.is_ascii_lowercase() && second.is_ascii_uppercase());
    let odd = |byte: u8| !byte.is_ascii() || matches!(byte, b'(' | b'-' | b'_');
    if !heading.bytes().fold(false, |any, byte| any | odd(byte)) && !heading.as_bytes().windows(2).any(humped) {
        return heading.into();
    }
    let mut plain = String::with_capacity(heading.len() + 4);
    let mut before = ' ';
    let mut rest = heading.chars().peekable();
    while let Some(c) = rest.next() {
        let c = match c {
            '’' => '\'',
            '(' if rest.clone().take(2).eq(['s', ')']) => {
                rest.nth(1);
                's'
            }
            _ => c,
        };
        let joins = matches!(c, '-' | '_') && before.is_alphabetic() && rest.peek().is_some_and(|next| next.is_alphabetic());
        if before.is_lowercase() && c.is_uppercase() && rest.peek().is_some_and(|next| next.is_lowercase()) {
            plain.push(' ');
        }
        plain.push(if joins { ' ' } else { c });
        before = c;
    }
    plain.into()
}

/// A heading without numbering, brackets behind, and punctuation at its ends.
fn core_of(heading: &str) -> &str {
    let trimmed = heading.trim().trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | '#' | '*' | '-' | '•' | ' '));
    let trimmed = without_picture(trimmed);
    let trimmed = trimmed.trim_end_matches([':', '*', '-', '–', ' ', '.', '=', '?']);
    let stop = trimmed.as_bytes().windows(2).position(|pair| matches!(pair, b" (" | b", "));
    match stop {
        Some(at) if at > 3 => trimmed.get(..at).unwrap_or(trimmed),
        _ => trimmed,
    }
}

/// A heading without the picture in front of it: ":fire: Impact", "🔥 Impact".
fn without_picture(heading: &str) -> &str {
    let code = |rest: &str| rest.bytes().take_while(|byte| byte.is_ascii_lowercase() || *byte == b'_').count();
    let named = heading.strip_prefix(':').and_then(|rest| rest.get(code(rest)..)).and_then(|rest| rest.strip_prefix(": "));
    named.unwrap_or(heading).trim_start_matches(|c: char| !c.is_ascii() && !c.is_alphanumeric() || c == ' ')
}

/// Every cue in `text`, in the order of their ends.
pub fn cues(text: &str) -> impl Iterator<Item = (Cue, Range<usize>)> + '_ {
    hits(text).filter_map(|(said, range)| if let Said::Cue(cue) = said { Some((cue, range)) } else { None })
}

/// What one look at a text finds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// Its cues, in the order of their ends.
    pub cues: Vec<(Cue, Range<usize>)>,
    /// A bit for each of [`LOOKED_FOR`].
    lists: u32,
}

impl Found {
    /// Looks at `text`.
    pub fn new(text: &str) -> Self {
        let mut found = Self::default();
        for (said, range) in hits(text) {
            match said {
                Said::Cue(cue) => found.cues.push((cue, range)),
                Said::List(bit) => found.lists |= 1 << bit,
            }
        }
        found
    }

    /// Whether a word of the list may stand in the text: not where it was looked for and is not there.
    pub fn may_hold(&self, words: Words) -> bool {
        LOOKED_FOR.iter().position(|known| *known == words).is_none_or(|bit| self.lists & 1 << bit != 0)
    }
}

/// Those of `cues`, in the order of their ends, that stand inside `range`.
pub fn within<'c>(cues: &'c [(Cue, Range<usize>)], range: &Range<usize>) -> impl Iterator<Item = &'c (Cue, Range<usize>)> + use<'c> {
    let from = cues.partition_point(|(_, at)| at.end <= range.start);
    let (start, end) = (range.start, range.end);
    cues.get(from..).unwrap_or_default().iter().take_while(move |(_, at)| at.end <= end).filter(move |(_, at)| at.start >= start)
}

/// The lists that rules look for in every sentence. Most texts hold none of their words; one look tells.
const LOOKED_FOR: &[Words] = &[
    Words::NotWhole,
    Words::FailedWords,
    Words::WeAt,
    Words::OurPlatform,
    Words::OwnActs,
    Words::ZoneScopes,
    Words::Struck,
    Words::OwnThings,
    Words::OwnedBy,
    Words::OwnEstate,
    Words::InAll,
    Words::SumOf,
    Words::WhyWords,
];

/// What a phrase stands for.
#[derive(Debug, Clone, Copy)]
enum Said {
    Cue(Cue),
    /// The place of a list in [`LOOKED_FOR`].
    List(usize),
}

fn hits(text: &str) -> impl Iterator<Item = (Said, Range<usize>)> + '_ {
    static PHRASES: OnceLock<Phrases<Said>> = OnceLock::new();
    let phrases = PHRASES.get_or_init(|| {
        let cues = rows(Cue::ROWS).map(|(phrase, cue, bounds)| (phrase, Said::Cue(cue), bounds));
        let words = |(bit, words): (usize, &Words)| list(*words).words().map(move |word| (word, Said::List(bit), Bounds::None));
        let lists = LOOKED_FOR.iter().enumerate().flat_map(words);
        Phrases::new(cues.chain(lists))
    });
    phrases.find(text)
}

/// Whether `text` holds `cue`.
pub fn has(text: &str, cue: Cue) -> bool {
    cues(text).any(|(found, _)| found == cue)
}

/// The level a severity label stands for: `critical`, `high`, `medium`, `low` or `none`.
pub fn severity_level(label: &str) -> Option<&'static str> {
    let bare: String = label.chars().filter(|c| !matches!(c, ' ' | '-' | '_' | '–' | '.')).collect::<String>().to_lowercase();
    let mut rows = include_str!("../../assets/severity.tsv").lines().filter_map(|row| row.split_once('\t'));
    let mut scales = rows.clone().filter(|(level, _)| *level == "scale").flat_map(|(_, scales)| scales.split('|'));
    // "SEV-1", "1 - Critical"
    let figure = |rest: &str| match rest.as_bytes() {
        [b'0' | b'1'] => Some("critical"),
        [b'2'] => Some("high"),
        [b'3'] => Some("medium"),
        [b'4' | b'5'] => Some("low"),
        _ => None,
    };
    let word = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    figure(&bare)
        .or_else(|| scales.find_map(|scale| figure(bare.strip_prefix(scale)?)))
        .or_else(|| rows.find_map(|(level, labels)| (level != "scale" && labels.split('|').any(|known| known == word)).then_some(level)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_have_topics() {
        for (heading, want) in [
            ("Root Cause(s)", Topic::Cause),
            ("ROOT CAUSE", Topic::Cause),
            ("2. Timeline of events (UTC)", Topic::Timeline),
            ("TIMELINE (6 October 2025, IST)", Topic::Timeline),
            ("Overview and Timeline", Topic::Summary),
            ("Action Item Planned Completion Date", Topic::Actions),
            ("How We Fixed It", Topic::Resolution),
            ("Services Impacted", Topic::Services),
            ("Customer Impact", Topic::Impact),
            ("Summary of impact", Topic::Summary),
            ("Root cause and mitigation", Topic::Cause),
            ("Time to detection", Topic::DetectionTime),
            ("Time to recovery", Topic::Duration),
            ("Time (PDT)", Topic::Window),
            ("Start of outage", Topic::Start),
            ("Total downtime", Topic::Duration),
            ("Contributing Factors (findings)", Topic::Factors),
            ("What happened?", Topic::Summary),
            ("Already Implemented", Topic::Done),
            ("What we will do next", Topic::Actions),
            ("Lessons Learned", Topic::Lessons),
            ("Cause, as far as we know it", Topic::Cause),
            (":seedling: Blameless root cause", Topic::Cause),
            ("🔥 Impact", Topic::Impact),
            ("What now?", Topic::Actions),
            ("What will change", Topic::Actions),
            ("What happens next", Topic::Actions),
            ("What's different now", Topic::Actions),
            ("Things I've changed since", Topic::Actions),
            ("How are we making this less likely?", Topic::Actions),
            ("What is being done so that no shop runs out of bread again?", Topic::Actions),
        ] {
            assert_eq!(topic(heading), Some(want), "{heading}");
        }
        for heading in [
            "First downtime",
            "Cluster address pool network infrastructure shortage",
            "Login errors after the March release of the web service",
            "It broke",
            "What should I do?",
            "How we store your files",
            "Everything that is being done in the halls of the old town this winter",
        ] {
            assert_eq!(topic(heading), None, "{heading}");
        }
    }

    #[test]
    fn cues_keep_to_words() {
        let found = |text: &str| cues(text).map(|(cue, _)| cue).collect::<Vec<_>>();
        assert!(found("Alerts fired").contains(&Cue::Detected));
        assert!(!found("the stabled horse").contains(&Cue::Recovered));
        assert!(!found("showdown of lowdown").contains(&Cue::Impact));
        assert!(found("The root cause was a typo").contains(&Cue::StrongCause));
    }

    #[test]
    fn severity_labels() {
        for (label, level) in [
            ("SEV-1", "critical"),
            ("Sev 2", "high"),
            ("P3", "medium"),
            ("Medium", "medium"),
            ("minor", "medium"),
            ("P4", "low"),
            ("none", "none"),
            ("SEV0", "critical"),
        ] {
            assert_eq!(severity_level(label), Some(level), "{label}");
        }
        assert_eq!(severity_level("purple"), None);
    }
}
