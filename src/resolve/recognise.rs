//! Whether a file is a report of an incident: a rank, judged from its words and never from facts that were read from it.
//!
//! A file that tells of trouble in the past is listed; one of which that is only likely is listed as doubtful. Left out are
//! companions (a README, a licence), forms that are still to be filled in, and what tells of no trouble at all.

use crate::document::{BlockKind, Format, Report, is_live};
use crate::extract::lexicon::{Cue, Topic};
use crate::extract::passage::Passage;
use crate::extract::segment::template;
use crate::extract::time::Time;
use crate::extract::words::{Words, is_one_of, list};
use crate::source::Source;
use std::collections::BTreeSet;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rank {
    /// A report of an incident.
    Report,
    /// It may be one; why it may be none, in a few words.
    Doubtful(&'static str),
    /// No report.
    Other,
}

/// What the words of a file tell, counted.
#[derive(Debug, Clone, Default)]
pub struct Tells {
    /// Bytes of the text that was looked at.
    bytes: usize,
    words: usize,
    /// Words of the past ("was", "failed").
    past: usize,
    /// Words that speak to the reader or of what may be ("you", "should", "if").
    address: usize,
    trouble: usize,
    onset: usize,
    over: usize,
    strong: usize,
    cause: usize,
    noticed: usize,
    future: usize,
    fault: usize,
    clocks: usize,
    dates: usize,
    topics: BTreeSet<Topic>,
    /// Places that are still to be filled in.
    placeholders: usize,
    /// Whether its title is to be filled in.
    untitled: bool,
    posted: bool,
    /// Whether some of what was posted tells how an incident went on.
    live: bool,
    /// Whether it is a record of a list, of which its heads tell what it is.
    recorded: bool,
}

/// The sections and labels that reports have.
const SECTIONS: [Topic; 16] = {
    use Topic::{Actions, Cause, Detection, Duration, End, Factors, Impact, Lessons};
    use Topic::{Resolution, Services, Severity, Start, Status, Summary, Timeline, Window};
    [
        Timeline, Cause, Impact, Resolution, Factors, Severity, Duration, Start, End, Window, Services, Summary, Status, Lessons, Actions,
        Detection,
    ]
};

impl Tells {
    /// What one report of a file tells; of a form that tells enough its words are not counted.
    pub fn of(format: Format, report: &Report, passages: &[(Passage, Vec<Time>)]) -> Self {
        let posted = report.updates.iter().any(|update| update.stamp.is_some());
        let live = posted && report.updates.iter().any(|update| is_live(update.label.as_str()));
        let mut tells = Self { posted, live, recorded: report.record, ..Self::default() };
        if is_of_reports(format) {
            return tells;
        }
        for (passage, times) in passages {
            let text = passage.text.as_str();
            tells.bytes += text.len();
            tells.topics.extend(passage.topic);
            for (cue, _) in passage.cues() {
                tells.count(*cue);
            }
            for token in passage.tokens() {
                match &token.word {
                    Some((word, _)) => tells.count_word(text.get(word.clone()).unwrap_or_default()),
                    None => {
                        let words = text.get(token.range.clone()).unwrap_or_default();
                        words.split(|c: char| !c.is_alphabetic()).for_each(|word| tells.count_word(word));
                    }
                }
            }
            for moment in times.iter().flat_map(Time::moments) {
                tells.clocks += usize::from(moment.clock.is_some());
                tells.dates += usize::from(moment.date.is_some());
            }
        }
        let headings = report.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(_)));
        tells.untitled = headings.clone().next().is_some_and(|title| template::placeholders(title.text.as_str()) > 0);
        for heading in headings {
            tells.bytes += heading.text.as_str().len();
            crate::extract::lexicon::cues(heading.text.as_str()).for_each(|(cue, _)| tells.count(cue));
        }
        let prose = report.blocks.iter().filter(|block| block.kind != BlockKind::Code);
        tells.placeholders = prose.map(|block| template::placeholders(block.text.as_str())).sum();
        tells
    }

    fn count_word(&mut self, word: &str) {
        self.words += usize::from(!word.is_empty());
        self.past += usize::from(is_past(word));
        self.address += usize::from(addresses(word));
    }

    fn count(&mut self, cue: Cue) {
        match cue {
            Cue::StrongImpact => (self.trouble, self.strong) = (self.trouble + 1, self.strong + 1),
            Cue::Impact => self.trouble += 1,
            Cue::Onset => self.onset += 1,
            Cue::Recovered | Cue::Resolved | Cue::Mitigated => self.over += 1,
            Cue::SureCause => self.cause += 1,
            Cue::Detected | Cue::Acknowledged | Cue::Identified => self.noticed += 1,
            Cue::Future | Cue::Habit => self.future += 1,
            Cue::Fault => self.fault += 1,
            _ => {}
        }
    }

    /// Takes in what another report of the file tells.
    pub fn add(&mut self, other: Self) {
        let sums = [
            (&mut self.bytes, other.bytes),
            (&mut self.words, other.words),
            (&mut self.past, other.past),
            (&mut self.address, other.address),
            (&mut self.trouble, other.trouble),
            (&mut self.onset, other.onset),
            (&mut self.over, other.over),
            (&mut self.strong, other.strong),
            (&mut self.cause, other.cause),
            (&mut self.noticed, other.noticed),
            (&mut self.future, other.future),
            (&mut self.fault, other.fault),
            (&mut self.clocks, other.clocks),
            (&mut self.dates, other.dates),
            (&mut self.placeholders, other.placeholders),
        ];
        sums.into_iter().for_each(|(own, more)| *own += more);
        self.topics.extend(other.topics);
        self.untitled |= other.untitled;
        self.posted |= other.posted;
        self.live |= other.live;
        self.recorded |= other.recorded;
    }

    /// How much the words are those of a report, in hundredths. Fitted once (a logistic regression over 450 labelled reports
    /// and 2,000 documents that come with programs) and rounded.
    fn score(&self) -> i64 {
        let whole = |count: usize| i64::try_from(count).unwrap_or(i64::MAX / 1000);
        // Hundredths of so many in a thousand bytes.
        let dense = |count: usize, most: i64| (whole(count) * 100_000 / whole(self.bytes.max(400))).min(most * 100);
        let few = |count: usize, most: usize| whole(count.min(most)) * 100;
        let sections = SECTIONS.iter().filter(|topic| self.topics.contains(topic)).count();
        let weighed = [
            (45, dense(self.trouble, 10)),
            (4, dense(self.onset, 5)),
            (117, dense(self.over, 5)),
            (28, few(self.strong, 3)),
            (68, few(self.cause, 2)),
            (46, dense(self.noticed, 5)),
            (22, few(sections, 16)),
            (146, few(self.clocks, 5)),
            (31, few(self.dates, 3)),
            (-44, dense(self.future, 8)),
        ];
        weighed.into_iter().map(|(weight, value)| weight * value / 100).sum::<i64>() - 428
    }

    /// Whether it tells of the past rather than of what is to be done.
    fn in_the_past(&self) -> bool {
        let terse = (self.clocks >= 2 || self.lasted()) && self.address * 100 <= self.words * 3;
        terse || (self.past * 100 >= self.words * 3 && self.past >= self.address)
    }

    /// Whether something went wrong: in two words of trouble, in one with its times, its end or its cause, or by its labels.
    fn tells_trouble(&self) -> bool {
        let trouble = self.trouble + self.onset;
        let borne_out = self.clocks >= 2 || self.over + self.cause > 0;
        trouble >= 2 || trouble + self.fault > 0 && borne_out || self.is_record()
    }

    /// Whether labels say when it began and how it ended, or, where something was wrong, how long it lasted.
    fn is_record(&self) -> bool {
        let has = |topic: &Topic| self.topics.contains(topic);
        let ended = self.clocks >= 2 && [Topic::End, Topic::Cause, Topic::Resolution].iter().any(has);
        has(&Topic::Start) && (ended || self.lasted())
    }

    /// Whether something was wrong for a length that a label tells.
    fn lasted(&self) -> bool {
        self.clocks >= 1 && self.topics.contains(&Topic::Duration) && self.trouble + self.fault > 0
    }

    /// A few sentences of the past about something that went wrong, in whatever words.
    fn is_short_story(&self) -> bool {
        let told = self.trouble + self.onset + self.over + self.fault + self.cause > 0;
        (8..=SHORT).contains(&self.words) && told && self.past >= 2 && self.past * 100 >= self.words * 4 && self.past >= 2 * self.address
    }

    /// A form that is still to be filled in.
    fn is_form(&self) -> bool {
        self.untitled || (self.placeholders >= 3 && self.placeholders > self.clocks + self.dates)
    }
}

/// Whether a file of that form is a report, whatever its words are.
fn is_of_reports(format: Format) -> bool {
    use Format::{Csv, GoogleCloudJson, ICalendar, Json, StatuspageHtml, StatuspageJson, StatuspageText, Toml, Yaml};
    matches!(format, StatuspageText | StatuspageJson | StatuspageHtml | GoogleCloudJson | Json | Csv | Yaml | Toml | ICalendar)
}

/// What a file is, by the words of all its reports.
pub fn rank(format: Format, source: &Source, tells: &Tells) -> Rank {
    if is_of_reports(format) || format == Format::StatuspageFeed && tells.posted {
        return Rank::Report;
    }
    let ending = source.name().rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    if CODE.contains(&ending.as_str()) {
        return Rank::Other;
    }
    let stem = source.name().rsplit(['/', '\\']).next().and_then(|name| name.split('.').next()).unwrap_or_default();
    if list(Words::Companions).holds(&stem.replace('_', " ")) || tells.is_form() || tells.words == 0 {
        return Rank::Other;
    }
    let (score, past, trouble) = (tells.score(), tells.in_the_past(), tells.tells_trouble());
    // A short note of when something was, in whatever words.
    let note = tells.words <= SHORT && tells.clocks >= 2;
    match () {
        () if tells.recorded || tells.live => Rank::Report,
        () if trouble && (score >= SURE || tells.is_record()) && past => Rank::Report,
        () if trouble && score >= SURE => Rank::Doubtful("it says what to do more than what happened"),
        () if (trouble || note) && score >= LIKELY && past => Rank::Doubtful("few of its words are those of a report"),
        () if tells.is_short_story() => Rank::Doubtful("it is short, and few of its words are those of a report"),
        () => Rank::Other,
    }
}

/// The endings of files that are programs, whatever their comments tell.
const CODE: [&str; 22] = [
    "py", "rs", "go", "js", "ts", "jsx", "tsx", "java", "kt", "c", "h", "cc", "cpp", "cs", "rb", "php", "pl", "sh", "sql", "css", "tf",
    "lua",
];

/// From this score on a file is a report; 94 in 100 of those of publishers left out, 1 in 100 of other documents.
const SURE: i64 = 50;
/// From this score on it may be one; 98 in 100, and 6 in 100.
const LIKELY: i64 = -150;

/// So many words are a note.
const SHORT: usize = 200;

/// Whether a word is a verb of the past.
fn is_past(word: &str) -> bool {
    word.len() <= 5 && is_one_of(word, &["was", "were", "had", "did", "could"])
        || (word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed"))
}

/// Whether a word speaks to the reader, or of what may be.
fn addresses(word: &str) -> bool {
    const WORDS: [&str; 11] = ["you", "your", "can", "may", "should", "must", "if", "shall", "will", "would", "please"];
    // The month is no verb.
    word.len() <= 6 && word != "May" && is_one_of(word, &WORDS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::passage;
    use crate::extract::time::times;
    use crate::format;

    fn ranked(name: &str, text: &str) -> Rank {
        let source = Source::decode(name, text.as_bytes().to_vec());
        let document = format::read(&source);
        let mut tells = Tells::default();
        for report in &document.reports {
            let passages: Vec<_> = passage::passages(report).into_iter().map(|p| (p.clone(), times(p.text.as_str()))).collect();
            tells.add(Tells::of(document.format, report, &passages));
        }
        rank(document.format, &source, &tells)
    }

    #[test]
    fn reports_and_their_look_alikes() {
        let told = "# Search was down\n\nBetween 10:05 and 10:40 UTC on 4 June 2024 customers saw errors. An expired certificate caused the outage; it was renewed, and search recovered.\n";
        assert_eq!(ranked("a.md", told), Rank::Report);
        // In plain words, without a time.
        let plain = "Note 44\n\nThe lamps stayed off in two quarters. A release had set the clock to the wrong hour, and we reverted it.\n";
        assert!(matches!(ranked("a.txt", plain), Rank::Doubtful(_)));
        // When it began and how long it took, as on a slip of paper.
        let slip = "Queue of labels unavailable\n\nBegin: 2026-03-03 11:20 UTC\nLength: 00:25:00\n";
        assert_eq!(ranked("a.txt", &slip.replace("Begin", "Start").replace("Length", "Duration")), Rank::Report);
        // A page of posts, however little was posted.
        let posts = "# Lifts\n\n**Monitoring** - 4 May 2026, 11:42 UTC\nThey go.\n\n**Update** - 4 May 2026, 09:44 UTC\nThey stand.\n";
        assert_eq!(ranked("a.md", posts), Rank::Report);
        for (name, text) in [
            ("a.md", &*posts.replace("Monitoring", "Completed").replace("Update", "Scheduled")),
            ("a.txt", "Lunch of the team\n\nStart: 2026-03-03 11:20 UTC\nDuration: 25 minutes\n"),
            ("README.md", told),
            (
                "a.md",
                "# Postmortem for [descriptive name here]\n\n## Summary\n\nWhat failed, and how it was resolved.\n\n## Cause\n\nWhy it failed.\n",
            ),
            ("a.md", "# Outage on YYYY-MM-DD\n\n- Start: HH:MM\n- End: HH:MM\n- Cause: [what broke here]\n\nCustomers saw errors.\n"),
            ("a.md", "# Install\n\nRun the script. You can set the folder with an option, and should read the manual.\n"),
            ("a.md", "# Shopping\n\n- milk\n- bread\n"),
            ("a.txt", ""),
        ] {
            assert_eq!(ranked(name, text), Rank::Other, "{name}: {text}");
        }
        let runbook = "# Alarms\n\n## no healthy hosts\n\nThis alarm means that users are unable to log in. If the health check is failing, check the errors and restart the service; you should see it recover.\n";
        assert!(!matches!(ranked("a.md", runbook), Rank::Report), "it tells what to do");
    }

    #[test]
    fn verbs_of_the_past() {
        assert!(["was", "Were", "failed", "restarted"].into_iter().all(is_past));
        assert!(["You", "may", "should"].into_iter().all(addresses) && !["May", "we", "was"].into_iter().any(addresses));
        assert!(!["is", "need", "speed", "indeed", "red", "fails"].into_iter().any(is_past));
    }
}
