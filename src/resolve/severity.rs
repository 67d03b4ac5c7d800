//! How bad it was: as a label or a code says, else as the words of title and impact let it be inferred.

use super::event::{collapse, is_name};
use super::naming::Read;
use crate::basis::{Basis, Rule};
use crate::extract::lexicon::{self, Cue, Topic};
use crate::extract::passage::{Form, Passage};
use crate::extract::words::{Words, list};
use crate::incident::{Fact, Severity};
use crate::source::{Cite, Source};
use std::ops::Range;

/// What tells how bad it was in a section of its own is no longer, in bytes.
const LABELLED: usize = 120;

/// The severity as labelled, else as its words let it be inferred; and the label. The second value tells of a label on no
/// known scale, and where it stands.
pub fn severity(
    source: &Source,
    passages: Read,
    title: Option<&Fact<String>>,
    maintenance: bool,
) -> (Option<Fact<Severity>>, Option<String>, Option<Cite>) {
    let all = || passages.iter().map(|(passage, _)| passage);
    // A field, or the first words of a section of its own; a row of a table of levels is neither.
    let short = |passage: &Passage| passage.form != Form::Row && passage.text.as_str().len() <= LABELLED;
    let fields = all().filter(|passage| passage.topic == Some(Topic::Severity) && (passage.form == Form::Field || short(passage)));
    let keyed =
        all().filter(|passage| passage.form == Form::Field && passage.label.as_ref().is_some_and(|label| label.as_str() == "impact"));
    let mut unknown = None;
    for passage in fields.chain(keyed) {
        let value = passage.text.as_str();
        if let Some((level, range)) = label_in(value) {
            let cite = source.cite(passage.text.span(range.clone()));
            let basis = Basis::Labelled(passage.topic.filter(|topic| *topic != Topic::Other).unwrap_or(Topic::Severity));
            return (Some(Fact::stated(level, cite, basis)), value.get(range).map(collapse), None);
        }
        if passage.form == Form::Field
            && passage.topic == Some(Topic::Severity)
            && value.len() <= 60
            && !matches!(value.trim(), "?" | "-" | "N/A" | "n/a" | "TBD" | "unknown")
        {
            unknown.get_or_insert((collapse(value), source.cite(passage.text.whole())));
        }
    }
    if let Some(title) = title
        && let (Some(cite), Some((level, range))) = (title.cites.first(), code_in(&title.value))
    {
        return (Some(Fact::stated(level, *cite, Basis::Ruled(Rule::CodeInTitle))), title.value.get(range).map(str::to_owned), None);
    }
    let told = passages.iter().filter(|(passage, _)| {
        matches!(passage.topic, None | Some(Topic::Summary | Topic::Impact | Topic::Timeline | Topic::Detection))
            && passage.update.is_none()
    });
    for (passage, _) in told.take(40) {
        let text = passage.text.as_str();
        if let Some((level, range)) = code_in(text).filter(|(_, range)| speaks_of_incident(text, range.clone())) {
            let cite = source.cite(passage.text.span(range.clone()));
            return (Some(Fact::stated(level, cite, Basis::Ruled(Rule::CodeInText))), text.get(range).map(collapse), None);
        }
    }
    // "Urgency: Planned" of planned work is no severity.
    let (label, place) = unknown.filter(|_| !maintenance).unzip();
    (infer(source, passages, title, maintenance), label, place)
}

/// The level of a labelled value: the whole of it, what stands before or in its brackets, or a code in it.
fn label_in(value: &str) -> Option<(Severity, Range<usize>)> {
    // "P1." ends a sentence.
    let trimmed = value.trim().trim_end_matches('.');
    let start = value.find(trimmed)?;
    let level = |label: &str| lexicon::severity_level(label).and_then(Severity::from_name);
    if let Some(level) = level(trimmed) {
        return Some((level, start..start + trimmed.len()));
    }
    if let Some(found) = code_in(value) {
        return Some(found);
    }
    let stop = trimmed.find(['(', ',', ';', '-', '–', '/', ':', '.', '|', '\n']).unwrap_or(trimmed.len());
    let head = trimmed.get(..stop)?.trim_end();
    if let Some(level) = level(head) {
        return Some((level, start..start + head.len()));
    }
    let first = trimmed.split_whitespace().next()?;
    let word = first.trim_matches(|c: char| !c.is_alphanumeric());
    level(word).filter(|_| !word.chars().all(|c| c.is_ascii_digit())).map(|level| (level, start..start + first.len()))
}

/// A severity code in running text: "SEV-1", "P2", "Sev 3", "severity 1", "priority 2".
fn code_in(text: &str) -> Option<(Severity, Range<usize>)> {
    for at in crate::extract::word_starts(text) {
        let rest = text.get(at..)?;
        if !rest.starts_with(['S', 's', 'P', 'p']) {
            continue;
        }
        let name = rest.get(..rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len()))?;
        let short = name == "P";
        let long = ["sev", "severity", "priority"].iter().any(|word| name.eq_ignore_ascii_case(word));
        if !(short || long) || crate::extract::is_inside_token(text, at) {
            continue;
        }
        let after = rest.get(name.len()..)?;
        let digit = if short { after } else { after.trim_start_matches([' ', '-', '_', ':', '#']) };
        let number = digit.bytes().take_while(u8::is_ascii_digit).count();
        // "severity::2" is how issue trackers label.
        if number != 1 || after.len() - digit.len() > 2 {
            continue;
        }
        let end = at + name.len() + (after.len() - digit.len()) + number;
        if text.get(end..)?.starts_with(|c: char| c.is_alphanumeric() || c == '.') && !text.get(end..)?.starts_with(". ") {
            continue;
        }
        let label = format!("{}{}", if short { "p" } else { "sev" }, digit.get(..number)?);
        if let Some(level) = lexicon::severity_level(&label).and_then(Severity::from_name) {
            return Some((level, at..end));
        }
    }
    None
}

/// "a SEV-2 incident", "declared SEV1": the code is this incident's, not that of other work.
fn speaks_of_incident(text: &str, range: Range<usize>) -> bool {
    let before = text.get(text.floor_char_boundary(range.start.saturating_sub(60))..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default().trim_start();
    let incident = list(Words::OutageNouns).strip_start(after).is_some();
    (incident || list(Words::SeverityVerbs).is_in(before)) && !list(Words::OtherIncidents).is_in(before)
}

fn infer(source: &Source, passages: Read, title: Option<&Fact<String>>, maintenance: bool) -> Option<Fact<Severity>> {
    const WORDS: [(Cue, Severity); 4] = [
        (Cue::InferHigh, Severity::High),
        (Cue::InferMedium, Severity::Medium),
        (Cue::InferLow, Severity::Low),
        (Cue::InferNone, Severity::None),
    ];
    let level = |words: &str, found: &[(Cue, Range<usize>)]| {
        let said = |cue: Cue| found.iter().find(|(known, range)| *known == cue && !is_name(words, range));
        WORDS.iter().find_map(|(cue, level)| said(*cue).map(|(_, range)| (*level, range.clone())))
    };
    if maintenance {
        return title.map(|title| Fact::inferred(Severity::None, title.cites.clone(), Basis::Ruled(Rule::PlannedWork)));
    }
    if let Some(title) = title
        && let Some((level, _)) = level(&title.value, &lexicon::cues(&title.value).collect::<Vec<_>>())
    {
        return Some(Fact::inferred(level, title.cites.clone(), Basis::Ruled(Rule::WordsOfTitle)));
    }
    let told = passages
        .iter()
        .map(|(passage, _)| passage)
        .filter(|passage| passage.form == Form::Prose && matches!(passage.topic, None | Some(Topic::Summary | Topic::Impact)));
    told.take(20).find_map(|passage| {
        let (level, range) = level(passage.text.as_str(), passage.cues()).filter(|(level, _)| *level != Severity::None)?;
        Some(Fact::inferred(level, vec![source.cite(passage.text.span(range))], Basis::Ruled(Rule::WordsOfImpact)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn severity_codes() {
        let code = |text: &str| code_in(text).map(|(level, range)| (level, text.get(range).unwrap_or_default().to_owned()));
        assert_eq!(code("RCA: it failed (SEV-1)"), Some((Severity::Critical, "SEV-1".into())));
        assert_eq!(code("[RCA] P2: stale"), Some((Severity::High, "P2".into())));
        assert_eq!(code("a severity 3 incident"), Some((Severity::Medium, "severity 3".into())));
        for text in ["P99 latency", "S3 buckets are down", "HTTP2 P2P links", "sevline 1"] {
            assert_eq!(code(text), None, "{text}");
        }
        let label = |value: &str| label_in(value).map(|(level, _)| level);
        assert_eq!(label("P3 (Moderate)"), Some(Severity::Medium));
        assert_eq!(label("Major - customers affected"), Some(Severity::High));
        assert_eq!(label("High"), Some(Severity::High));
        assert_eq!(label("to be decided"), None);
    }
}
