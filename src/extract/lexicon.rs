//! The words of `assets/topics.tsv`, `assets/cues.tsv` and `assets/severity.tsv`, found in a text in one pass.

use super::phrases::{Bounds, Phrases, rows};
use super::words::{Words, list};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::OnceLock;

/// What a heading or label is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Topic {
    /// The incident's name.
    Title,
    /// Who suffered it.
    Organization,
    /// The day it happened.
    Date,
    /// From when to when.
    Window,
    /// When it began.
    Start,
    /// When it ended.
    End,
    /// When it was noticed.
    Detected,
    /// When somebody responded.
    Acknowledged,
    /// When the cause was known.
    Identified,
    /// When it was stopped.
    Mitigated,
    /// When it was declared over.
    Resolved,
    /// How long the whole lasted.
    Duration,
    /// How long it took to notice or respond.
    DetectionTime,
    /// How bad it was.
    Severity,
    /// What was affected.
    Services,
    /// Where.
    Regions,
    /// Where it stands.
    Status,
    /// What happened.
    Summary,
    /// What customers felt.
    Impact,
    /// What happened when.
    Timeline,
    /// Why it happened.
    Cause,
    /// What made it worse.
    Factors,
    /// How it was noticed.
    Detection,
    /// What ended it.
    Resolution,
    /// Work against recurrence.
    Actions,
    /// Work that is done.
    Done,
    /// Work for soon.
    ShortTerm,
    /// Work for later.
    LongTerm,
    /// What was learned.
    Lessons,
    /// How things are built.
    Background,
    /// What customers could do.
    Workaround,
    /// Who took part.
    People,
    /// Anything else with a known heading.
    Other,
}

const TOPICS: &[(&str, Topic)] = &[
    ("title", Topic::Title),
    ("organization", Topic::Organization),
    ("date", Topic::Date),
    ("window", Topic::Window),
    ("start", Topic::Start),
    ("end", Topic::End),
    ("detected", Topic::Detected),
    ("acknowledged", Topic::Acknowledged),
    ("identified", Topic::Identified),
    ("mitigated", Topic::Mitigated),
    ("resolved", Topic::Resolved),
    ("duration", Topic::Duration),
    ("detection-time", Topic::DetectionTime),
    ("severity", Topic::Severity),
    ("services", Topic::Services),
    ("regions", Topic::Regions),
    ("status", Topic::Status),
    ("summary", Topic::Summary),
    ("impact", Topic::Impact),
    ("timeline", Topic::Timeline),
    ("cause", Topic::Cause),
    ("factors", Topic::Factors),
    ("detection", Topic::Detection),
    ("resolution", Topic::Resolution),
    ("actions", Topic::Actions),
    ("done", Topic::Done),
    ("short-term", Topic::ShortTerm),
    ("long-term", Topic::LongTerm),
    ("lessons", Topic::Lessons),
    ("background", Topic::Background),
    ("workaround", Topic::Workaround),
    ("people", Topic::People),
    ("other", Topic::Other),
];

impl Topic {
    /// Its name in `assets/topics.tsv`.
    pub fn name(self) -> &'static str {
        TOPICS.iter().find(|(_, topic)| *topic == self).map_or("other", |(name, _)| name)
    }
}

/// What a word in running text tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cue {
    /// Trouble begins.
    Onset,
    /// Somebody notices.
    Detected,
    /// Somebody responds.
    Acknowledged,
    /// The cause is looked for.
    Investigating,
    /// The cause is known.
    Identified,
    /// What hurts is stopped or softened.
    Mitigated,
    /// Service is back.
    Recovered,
    /// Declared over.
    Resolved,
    /// A fix is watched.
    Monitoring,
    /// Planned work.
    Maintenance,
    /// It is about what customers felt.
    Impact,
    /// It is surely about what customers felt.
    StrongImpact,
    /// A range beside it is no impact.
    NoImpact,
    /// The report marks where the impact begins.
    BeginMark,
    /// The report marks where the impact ends.
    EndMark,
    /// A time beside it is no event: a habit, a setting, a promise.
    Habit,
    /// Work goes on to the time beside it.
    Extends,
    /// Work to come.
    Future,
    /// A promise.
    Commitment,
    /// Finished.
    Done,
    /// Not finished.
    Open,
    /// It may say why.
    Cause,
    /// It says why.
    StrongCause,
    /// It says that it says why.
    SureCause,
    /// What usually is at fault.
    Fault,
    /// It says what was done about it.
    Remedy,
    /// Infers a severity of high.
    InferHigh,
    /// Infers medium.
    InferMedium,
    /// Infers low.
    InferLow,
    /// Infers none.
    InferNone,
}

impl Cue {
    /// Its name in `assets/cues.tsv`.
    pub fn name(self) -> &'static str {
        CUES.iter().find(|(_, cue)| *cue == self).map_or("", |(name, _)| name)
    }
}

const CUES: &[(&str, Cue)] = &[
    ("onset", Cue::Onset),
    ("detected", Cue::Detected),
    ("acknowledged", Cue::Acknowledged),
    ("investigating", Cue::Investigating),
    ("identified", Cue::Identified),
    ("mitigated", Cue::Mitigated),
    ("recovered", Cue::Recovered),
    ("resolved", Cue::Resolved),
    ("monitoring", Cue::Monitoring),
    ("maintenance", Cue::Maintenance),
    ("impact", Cue::Impact),
    ("strong-impact", Cue::StrongImpact),
    ("no-impact", Cue::NoImpact),
    ("begin-mark", Cue::BeginMark),
    ("end-mark", Cue::EndMark),
    ("habit", Cue::Habit),
    ("extends", Cue::Extends),
    ("future", Cue::Future),
    ("commitment", Cue::Commitment),
    ("done", Cue::Done),
    ("open", Cue::Open),
    ("cause", Cue::Cause),
    ("strong-cause", Cue::StrongCause),
    ("sure-cause", Cue::SureCause),
    ("fault", Cue::Fault),
    ("remedy", Cue::Remedy),
    ("infer-high", Cue::InferHigh),
    ("infer-medium", Cue::InferMedium),
    ("infer-low", Cue::InferLow),
    ("infer-none", Cue::InferNone),
];

/// What a heading or label is about: the longest known phrase in it, which must make up a good part of it.
pub fn topic(heading: &str) -> Option<Topic> {
    static PHRASES: OnceLock<Phrases<Topic>> = OnceLock::new();
    let phrases = PHRASES.get_or_init(|| Phrases::new(rows(include_str!("../../assets/topics.tsv"), TOPICS)));
    let straight = heading.replace('’', "'");
    let core = core_of(&straight);
    // "Services unaffected" are none that were.
    if core.len() > 90 || list(Words::Unaffected).is_in(core) {
        return None;
    }
    let (topic, range) = phrases.find(core).max_by_key(|(_, range)| (range.len(), std::cmp::Reverse(range.start)))?;
    // One-word phrases are words of the language too: "Log of failed writes" is no timeline.
    let single = !core.get(range.clone()).unwrap_or_default().contains([' ', '-', '_']);
    let words = core.split_whitespace().count();
    let enough = if single {
        range.len() * 10 >= core.len() * 6 || (range.start == 0 && words <= 3)
    } else {
        // A question is about what it asks for, however it goes on.
        let asks = || matches!(core.split(' ').next(), Some("What" | "How" | "Why"));
        range.len() * 10 >= core.len() * 4 || (range.start == 0 && (words <= 6 || asks()))
    };
    enough.then_some(topic)
}

/// What a phrase is about, if it is nothing but a known one.
pub fn exact_topic(phrase: &str) -> Option<Topic> {
    static LISTED: OnceLock<HashSet<String>> = OnceLock::new();
    let listed = LISTED.get_or_init(|| {
        let phrases = include_str!("../../assets/topics.tsv").lines().flat_map(|line| line.split(['\t', '|']).skip(1));
        phrases.map(str::to_ascii_lowercase).collect()
    });
    if listed.contains(&phrase.to_ascii_lowercase()) { topic(phrase) } else { None }
}

/// A heading without numbering, brackets behind, and punctuation at its ends.
fn core_of(heading: &str) -> &str {
    let trimmed = heading.trim().trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | '#' | '*' | '-' | '•' | ' '));
    let trimmed = without_picture(trimmed);
    let trimmed = trimmed.trim_end_matches([':', '*', '-', '–', ' ', '.', '=']);
    let stop = [" (", ", "].iter().filter_map(|mark| trimmed.find(mark)).min();
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

/// The lists that rules look for in every sentence. Most texts hold none of their words; one look tells.
const LOOKED_FOR: &[Words] = &[
    Words::NoCause,
    Words::Since,
    Words::Changes,
    Words::NotWhole,
    Words::FailedWords,
    Words::TotalTimes,
    Words::WeAt,
    Words::OurPlatform,
    Words::OwnActs,
    Words::ZoneScopes,
    Words::CustomersUsing,
    Words::HurtObjects,
    Words::ListLeads,
    Words::PlainLeads,
    Words::CouldNotUse,
    Words::Struck,
    Words::FailedVerbs,
    Words::Broke,
    Words::OwnThings,
    Words::OwnedBy,
    Words::OwnEstate,
    Words::InAll,
    Words::SumOf,
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
        let table = concat!(include_str!("../../assets/cues.tsv"), "\n", include_str!("../../assets/severity.tsv"));
        let cues = rows(table, CUES).map(|(phrase, cue, bounds)| (phrase, Said::Cue(cue), bounds));
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
    let mut rows = include_str!("../../assets/severity.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.find_map(|row| {
        let (level, labels) = row.split_once('\t')?;
        (!level.starts_with("infer") && labels.split('|').any(|known| known == bare)).then_some(level)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_known() {
        let rows = |table: &'static str| {
            table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')).map(|(name, _)| name)
        };
        assert!(rows(include_str!("../../assets/topics.tsv")).all(|name| TOPICS.iter().any(|(known, _)| *known == name)));
        assert!(rows(include_str!("../../assets/cues.tsv")).all(|name| CUES.iter().any(|(known, _)| *known == name)));
    }

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
            ("What is being done so that no shop runs out of bread again?", Topic::Actions),
        ] {
            assert_eq!(topic(heading), Some(want), "{heading}");
        }
        for heading in [
            "First downtime",
            "Cluster address pool network infrastructure shortage",
            "Login errors after the March release of the web service",
            "It broke",
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
