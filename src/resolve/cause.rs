//! Why it happened: the section that says so, or the sentences that most clearly do.

mod about;

use super::event::collapse;
use super::mention::is_planning;
use super::naming::Read;
use super::story::{gathered, section};
use super::update::Post;
use crate::basis::{Basis, Rule};
use crate::document::Text;
use crate::extract::lexicon::{self, Cue, Topic};
use crate::extract::passage::{Form, Heading, Passage};
use crate::extract::time::times;
use crate::extract::words::{Words, list};
use crate::incident::{Certainty, EventKind, Fact};
use crate::source::{Cite, Source, Span};
use std::ops::Range;

/// The most characters of a cause: a few sentences, not the essay.
const CAUSE: usize = 600;
/// The least score of a sentence that says why where no section does.
const LEAST: i32 = 12;
/// The least score of a sentence that hints at why, where none says it.
const HINT: i32 = 6;
/// The least score of a sentence that was posted as identified.
const IDENTIFIED: i32 = -3;

/// The cause: the section's own words where it is short, else the sentences of the section, the summary or the story that
/// most clearly say why, in the report's order.
pub fn cause(source: &Source, passages: Read, prose: &[&Passage], posts: &[Post]) -> Option<Fact<String>> {
    let in_section = |passage: &Passage| passage.topic == Some(Topic::Cause) && passage.form != Form::Row;
    let named = |passage: &Passage| {
        let heading = passage.heading.as_ref().is_some_and(|heading| heading.text.as_str().to_lowercase().contains("cause"));
        heading || passage.label.as_ref().is_some_and(|label| label.as_str().to_lowercase().contains("cause"))
    };
    // A section that calls itself the cause goes before one that tells what went wrong.
    let sure = passages.iter().any(|(passage, _)| in_section(passage) && named(passage));
    let own = |passage: &Passage| in_section(passage) && (!sure || named(passage));
    let length: usize = passages.iter().map(|(passage, _)| passage).filter(|p| own(p)).map(|passage| passage.text.as_str().len() + 1).sum();
    if (1..=CAUSE).contains(&length) {
        let section = passages.iter().map(|(passage, _)| passage).filter(|p| own(p));
        return gathered(source, section, CAUSE, Basis::Labelled(Topic::Cause));
    }
    if length == 0
        && let Some(cause) = prose.iter().enumerate().find_map(|(index, passage)| announced(source, passage, prose.get(index + 1)))
    {
        return Some(cause);
    }
    // A story under a heading of its own in a log of incidents is no entry of a timeline.
    let logged = |passage: &Passage| passage.form == Form::Prose && passage.heading.as_ref().is_some_and(|heading| heading.topic.is_none());
    // Neither is what stands behind a timeline and says why.
    let told = |(cue, _): &(Cue, Range<usize>)| matches!(cue, Cue::StrongCause | Cue::SureCause);
    let says_why = |passage: &Passage| passage.form == Form::Prose && passage.cues().iter().any(told);
    let silent = |passage: &Passage| {
        is_planning(passage.topic)
            || matches!(passage.topic, Some(Topic::Factors | Topic::Detection))
            || passage.topic == Some(Topic::Timeline) && !logged(passage) && !says_why(passage)
            || passage.topic == Some(Topic::Resolution) && !passage.cues().iter().any(told)
    };
    let mut candidates: Vec<Candidate> = Vec::new();
    for passage in prose.iter().copied().filter(|passage| !silent(passage)) {
        let identified = is_identified(passage) || kind_of(passage, posts) == Some(EventKind::Identified);
        candidates.extend(candidates_in(passage, candidates.len(), place_of(passage, posts), identified));
    }
    let least = if length > 0 { i32::MIN } else { LEAST };
    if length == 0
        && let Some(causes) = of_each_part(source, &candidates)
    {
        return Some(causes);
    }
    let best = candidates
        .iter()
        .filter(|candidate| candidate.score >= least)
        .max_by_key(|candidate| (candidate.score, std::cmp::Reverse(candidate.order)));
    let factors = || section(source, passages, Topic::Factors, CAUSE);
    match best {
        // What contributed, where the report lists it and there is room.
        Some(best) => {
            let mut cause = quote(source, chosen(best, &candidates), Rule::SentenceOfCause);
            if let Some(factors) = factors().filter(|factors| length == 0 && cause.value.len() + factors.value.len() < CAUSE) {
                cause.value = format!("{}\n{}", cause.value, factors.value);
                cause.cites.extend(factors.cites);
            }
            Some(cause)
        }
        None => factors().or_else(|| Some(quote(source, chosen(likeliest(&candidates)?, &candidates), Rule::HintOfCause))),
    }
}

/// Where no sentence says why, the one that tells of what went before (a change, a part that broke), or what was posted as
/// identified.
fn likeliest<'c, 'p, 'a>(candidates: &'c [Candidate<'p, 'a>]) -> Option<&'c Candidate<'p, 'a>> {
    let ours = |candidate: &Candidate| list(Words::OurWork).strip_start(candidate.sentence().as_str()).is_some();
    let told = candidates.iter().filter(|candidate| candidate.hint >= HINT && !ours(candidate));
    // That all is well again, or was with others, is no cause, and neither is how it was noticed.
    let well = |candidate: &Candidate| {
        let recovers = |cue: &Cue| matches!(cue, Cue::Recovered | Cue::Resolved | Cue::Detected);
        list(Words::Unaffected).is_in(candidate.sentence().as_str())
            || candidate.passage.cues_in(&candidate.range()).any(|(cue, _)| recovers(cue))
    };
    let stands = |candidate: &&Candidate| candidate.identified && candidate.score >= IDENTIFIED && !ours(candidate) && !well(candidate);
    let identified = candidates.iter().filter(stands);
    let first = |candidate: &&Candidate| (candidate.score, std::cmp::Reverse(candidate.order));
    let clearest = |candidate: &&Candidate| (candidate.hint, std::cmp::Reverse(candidate.order));
    told.max_by_key(clearest).or_else(|| identified.max_by_key(first))
}

/// What a line or a question announces as the cause: "Cause. A bundle was …", "What was the reason? One of …", "Cause" over
/// a paragraph, "> Cause: …" in a mail that is quoted.
fn announced(source: &Source, passage: &Passage, next: Option<&&Passage>) -> Option<Fact<String>> {
    let text = passage.text.as_str();
    let is_cause = |words: &str| {
        let bare = words.trim_matches([' ', '.', ':', '\n', '>', '*']);
        lexicon::exact_topic(bare) == Some(Topic::Cause) || list(Words::WhyQuestions).holds(bare)
    };
    let fact = |text: Text| Fact::stated(collapse(text.as_str()), source.cite(text.whole()), Basis::Ruled(Rule::AnnouncedCause));
    let short = |text: &Text| (12..=CAUSE).contains(&text.as_str().len());
    if text.len() <= 60 && is_cause(text) {
        return next.map(|next| next.text.clone()).filter(short).map(fact);
    }
    let sentences = passage.sentences();
    if let Some(index) =
        sentences.iter().take(12).position(|range| text.get(range.clone()).is_some_and(|words| words.len() <= 60 && is_cause(words)))
    {
        let start = sentences.get(index + 1)?.start;
        let fits = sentences.iter().skip(index + 1).map(|range| range.end).take_while(|end| end - start <= CAUSE);
        return Some(passage.text.part(start..fits.last()?)).filter(short).map(fact);
    }
    let mut at = 0;
    for line in text.split_inclusive('\n').take(60) {
        let quoted = line.trim_start_matches(['>', ' ']);
        if quoted.len() < line.len()
            && let Some((label, value)) = quoted.split_once(':')
            && is_cause(label)
        {
            let start = at + line.len() - value.len();
            return Some(passage.text.part(start..at + line.len()).trimmed()).filter(short).map(fact);
        }
        at += line.len();
    }
    None
}

/// Whether a status page posted it as what was identified: "Identified - …", or under "Identified 8:37 AM".
fn is_identified(passage: &Passage) -> bool {
    let starts = |text: &str| text.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("identified"));
    starts(passage.text.as_str()) || passage.heading.as_ref().is_some_and(|heading| starts(heading.text.as_str()))
}

/// Several outages told under headings of their own ("First downtime", "Second downtime") have a cause each.
fn of_each_part(source: &Source, candidates: &[Candidate]) -> Option<Fact<String>> {
    let mut parts: Vec<(Span, &Candidate)> = Vec::new();
    for candidate in candidates.iter().filter(|candidate| candidate.score >= 16) {
        let Some(heading) = candidate.passage.heading.as_ref().filter(|heading| is_outage(heading)) else { continue };
        let place = heading.text.whole();
        match parts.iter_mut().find(|(known, _)| *known == place) {
            Some((_, best)) if candidate.score > best.score => *best = candidate,
            Some(_) => {}
            None => parts.push((place, candidate)),
        }
    }
    let words: Vec<Text> = parts.iter().map(|(_, candidate)| candidate.sentence()).collect();
    let text = words.iter().map(|words| collapse(words.as_str())).collect::<Vec<_>>().join("\n");
    let cites: Vec<Cite> = words.iter().map(|words| source.cite(words.whole())).collect();
    let first = *cites.first()?;
    (parts.len() >= 2 && text.len() <= CAUSE).then(|| Fact { cites, ..Fact::stated(text, first, Basis::Ruled(Rule::CauseOfEach)) })
}

/// A heading of its own that names an outage.
fn is_outage(heading: &Heading) -> bool {
    heading.topic.is_none() && list(Words::OutageNouns).is_in(heading.text.as_str())
}

/// A sentence that may say why.
struct Candidate<'p, 'a> {
    passage: &'p Passage<'a>,
    index: usize,
    score: i32,
    order: usize,
    length: usize,
    /// Whether a status page posted it as what was identified.
    identified: bool,
    /// How much it tells of what went before the trouble; 0 where it does not.
    hint: i32,
}

impl<'a> Candidate<'_, 'a> {
    fn sentence(&self) -> Text<'a> {
        self.passage.text.part(self.range())
    }

    fn range(&self) -> Range<usize> {
        self.passage.sentences().get(self.index).cloned().unwrap_or_default()
    }

    /// "This resulted in …", "When this occurred, …": what it tells of stands in front of it.
    fn refers_back(&self) -> bool {
        list(Words::RefersBack).strip_start(self.sentence().as_str()).is_some()
    }

    /// "It resulted from three factors:": what it tells stands in the list behind it.
    fn announces(&self) -> bool {
        self.range().end == self.passage.text.as_str().trim_end().len() && self.sentence().as_str().trim_end().ends_with(':')
    }

    fn is_before(&self, other: &Candidate) -> bool {
        self.order + 1 == other.order && std::ptr::eq(self.passage, other.passage)
    }
}

/// What is quoted: the best sentence, the one it refers back to, how the section on the cause opens, then others that say why
/// with what they refer back to, and what came of it, as far as it fits.
fn chosen<'c, 'p, 'a>(best: &'c Candidate<'p, 'a>, candidates: &'c [Candidate<'p, 'a>]) -> Vec<&'c Candidate<'p, 'a>> {
    let mut room = CAUSE;
    let mut chosen: Vec<&Candidate> = Vec::new();
    let mut take = |candidate: &'c Candidate<'p, 'a>| {
        let length = candidate.length + 1;
        if length <= room && !chosen.iter().any(|known| known.order == candidate.order) {
            room -= length;
            chosen.push(candidate);
        }
    };
    take(best);
    let before = |candidate: &Candidate| {
        let known = || candidates.iter().find(|known| known.is_before(candidate));
        if candidate.refers_back() { known() } else { None }
    };
    before(best).into_iter().for_each(&mut take);
    let in_section = |candidate: &&Candidate| candidate.passage.topic == Some(Topic::Cause);
    let opening = candidates.iter().find(in_section);
    opening.into_iter().for_each(&mut take);
    // What came of it, where that is not how it ended.
    let ends = |cue: &Cue| matches!(cue, Cue::Recovered | Cue::Resolved | Cue::Remedy | Cue::Detected);
    let goes_on = |candidate: &&Candidate| {
        let timed = !times(candidate.sentence().as_str()).is_empty();
        !timed && !candidate.passage.cues_in(&candidate.range()).any(|(cue, _)| ends(cue))
    };
    let sure = best.passage.cues_in(&best.range()).any(|(cue, _)| *cue == Cue::SureCause);
    // "The root cause was …" is followed by how, "There were three causes:" by the causes.
    let behind = candidates.iter().filter(|next| next.order > best.order);
    if best.announces() {
        behind.take_while(|next| next.passage.list == best.passage.list + 1).take(4).for_each(&mut take);
    } else {
        let behind = behind.filter(|next| std::ptr::eq(next.passage, best.passage));
        behind.take(if sure { 4 } else { 1 }).filter(goes_on).for_each(&mut take);
    }
    let mut others: Vec<&Candidate> =
        candidates.iter().filter(|candidate| candidate.score >= LEAST && (opening.is_none() || in_section(candidate))).collect();
    others.sort_by_key(|candidate| std::cmp::Reverse(candidate.score));
    for other in others.into_iter().take(8) {
        take(other);
        before(other).into_iter().for_each(&mut take);
    }
    chosen.sort_by_key(|candidate| candidate.order);
    chosen
}

/// The sentences as one text, each run of neighbours a line.
fn quote(source: &Source, sentences: Vec<&Candidate>, rule: Rule) -> Fact<String> {
    let mut text = String::new();
    let mut cites = Vec::new();
    let mut last: Option<&Candidate> = None;
    for candidate in sentences {
        if let Some(last) = last {
            text.push(if last.is_before(candidate) { ' ' } else { '\n' });
        }
        let words = candidate.sentence();
        text.push_str(&collapse(words.as_str()));
        cites.push(source.cite(words.whole()));
        last = Some(candidate);
    }
    Fact { value: text, certainty: Certainty::Stated, basis: Basis::Ruled(rule), cites }
}

/// What the update says that a passage stands in.
fn kind_of(passage: &Passage, posts: &[Post]) -> Option<EventKind> {
    passage.update.and_then(|update| posts.get(update)).map(|post| post.kind)
}

/// How likely a passage is to say why, by where it stands.
fn place_of(passage: &Passage, posts: &[Post]) -> i32 {
    let section = match passage.topic {
        Some(Topic::Cause) => 4,
        Some(Topic::Impact) => -4,
        _ => 0,
    };
    let update = match kind_of(passage, posts) {
        Some(EventKind::Identified) => 2,
        // What was posted at the end knows more.
        Some(EventKind::Resolved | EventKind::Published) => 1,
        None => 0,
        Some(_) => -2,
    };
    section + update
}

fn candidates_in<'p, 'a>(passage: &'p Passage<'a>, before: usize, place: i32, identified: bool) -> Vec<Candidate<'p, 'a>> {
    let text = passage.text.as_str();
    let of = |(index, range): (usize, &Range<usize>)| {
        // "The issue has been identified and a fix is being implemented" names no cause.
        text.get(range.clone())
            .filter(|words| words.len() <= CAUSE && !(passage.may_hold(Words::NoCause) && list(Words::NoCause).is_in(words)))?;
        let words = text.get(range.clone()).unwrap_or_default();
        let told_before = went_before(words, |list| passage.may_hold(list));
        let reason = reason(passage, range);
        let depth = i32::try_from(index.min(8)).unwrap_or(8);
        Some(Candidate {
            passage,
            index,
            identified,
            hint: if told_before > 0 { (told_before + reason.min(0)) * 4 - depth } else { 0 },
            score: (reason + told_before + place) * 4 - depth,
            order: before + index,
            length: range.len(),
        })
    };
    passage.sentences().iter().enumerate().filter_map(of).collect()
}

/// How clearly a sentence says why: an effect, what it came from, and the link between them.
fn reason(passage: &Passage, sentence: &Range<usize>) -> i32 {
    let score = |cue: Cue| match cue {
        Cue::SureCause => 8,
        Cue::StrongCause => 4,
        Cue::Cause => 3,
        Cue::Fault => 3,
        Cue::Impact => 1,
        Cue::Remedy => -3,
        Cue::Commitment => -6,
        Cue::StrongImpact => -1,
        _ => 0,
    };
    let text = passage.text.as_str();
    let about = |(cue, at): &&(Cue, Range<usize>)| {
        matches!(cue, Cue::Cause | Cue::StrongCause | Cue::SureCause) && about::is_about(text, sentence, at)
    };
    let mut found: Vec<Cue> = passage.cues_in(sentence).filter(|found| !about(found)).map(|(cue, _)| *cue).collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(score).sum()
}

/// How much a sentence tells of what went before the trouble: what had been done, what was changed, which part broke; less
/// than nothing for what was changed since. Only words of lists that `may` be there are looked for.
fn went_before(sentence: &str, may: impl Fn(Words) -> bool) -> i32 {
    let says = |words: Words| may(words) && list(words).is_in(sentence);
    if says(Words::Since) {
        return -6;
    }
    2 * i32::from(is_pluperfect(sentence)) + 2 * i32::from(says(Words::Changes)) + 3 * i32::from(may(Words::Broke) && is_breakage(sentence))
}

/// "had been left in a test mode", "had drifted": it was so before. What had been repaired is not meant.
fn is_pluperfect(sentence: &str) -> bool {
    memchr::memmem::find_iter(sentence.as_bytes(), " had ").any(|at| {
        let after = sentence.get(at + " had ".len()..).unwrap_or_default();
        let negated = after.starts_with("not ") || after.starts_with("never ");
        let skipped = ["not", "never", "already", "also", "been", "just", "recently", "inadvertently", "accidentally"];
        let verb = after.split([' ', ',', '.']).find(|word| !skipped.contains(word)).unwrap_or_default();
        (verb.ends_with("ed") || list(Words::Participles).holds(verb)) && (negated || !list(Words::Repaired).holds(verb))
    })
}

/// "The RAID controller has failed", "a capacitor ruptured": a part, and that it broke. "Card payments failed" names what is
/// done with a part.
fn is_breakage(sentence: &str) -> bool {
    let mut part = 9;
    for word in sentence.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if part < 4 && list(Words::Broke).holds(bare) {
            return true;
        }
        part = match () {
            () if list(Words::Parts).holds(bare) => 0,
            () if part == 0 && list(Words::ServiceNouns).holds(bare) => 9,
            () => part + 1,
        };
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cause_of(text: &str) -> Option<String> {
        let source = Source::decode("a.txt", text.as_bytes().to_vec());
        let document = crate::format::read(&source);
        let passages: Vec<_> = crate::extract::passage::passages(document.reports.first()?).into_iter().map(|p| (p, Vec::new())).collect();
        let prose: Vec<&Passage> = passages.iter().map(|(p, _)| p).filter(|p| matches!(p.form, Form::Prose | Form::Item { .. })).collect();
        cause(&source, &passages, &prose, &[]).map(|cause| cause.value)
    }

    #[test]
    fn what_went_before() {
        for sentence in [
            "An amplifier had been left in a test mode.",
            "The clock of the server had drifted by eleven minutes.",
            "We had let a signing key lapse.",
            "An upgrade of the client lowered the number of reads.",
            "The RAID controller has failed.",
            "A capacitor in module 4 ruptured.",
        ] {
            assert!(went_before(sentence, |_| true) > 0, "{sentence}");
        }
        for sentence in [
            "By noon all nodes had recovered.",
            "The queue had been drained.",
            "Sign-ins failed.",
            "The job had no lock.",
            "From 9:10 card payments failed.",
        ] {
            assert_eq!(went_before(sentence, |_| true), 0, "{sentence}");
        }
        for sentence in ["The tool now refuses long lists.", "The bank has since moved its servers."] {
            assert!(went_before(sentence, |_| true) < 0, "{sentence}");
        }
    }

    #[test]
    fn what_stands_around_a_cause_is_not_quoted() {
        let text = "Customers saw errors from 10:00. The root cause was a full disk. Service recovered at 10:45 UTC.\n";
        assert_eq!(cause_of(text).as_deref(), Some("The root cause was a full disk."));
        let text = "A developer had added an index to a large table. Every later query waited behind it. It was removed at 10:45.\n";
        assert_eq!(cause_of(text).as_deref(), Some("A developer had added an index to a large table. Every later query waited behind it."));
    }

    #[test]
    fn announced_causes() {
        for (text, want) in [
            (
                "It broke.\n\nCause. A bundle left out one certificate. Calls were refused.\n",
                Some("A bundle left out one certificate. Calls were refused."),
            ),
            (
                "It broke at noon.\n\nWhat was the reason? One of two servers answered slowly.\n",
                Some("One of two servers answered slowly."),
            ),
            ("Hello,\n\n> System: Orders\n> Cause: The plan became a full scan.\n", Some("The plan became a full scan.")),
            (
                "# Out\n\nThe outage was caused by two changes:\n\n- The limit was lowered.\n- The guard was removed.\n",
                Some("The outage was caused by two changes:\nThe limit was lowered.\nThe guard was removed."),
            ),
            ("# Out\n\nIt broke.\n\n- **Found**: Ines was paged at noon.\n", None),
            ("# Out\n\nIt broke. Our team is working to find the root cause.\n", None),
            ("Was it the reason? We do not know yet, and it may be long until we do.\n", None),
            ("It is a lost cause. We said so in spring.\n", None),
        ] {
            assert_eq!(cause_of(text).as_deref(), want, "{text}");
        }
    }
}
