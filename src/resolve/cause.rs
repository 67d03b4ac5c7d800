//! Why it happened: the section that says so, or the sentences that most clearly do.

pub(super) mod about;
mod quote;
mod sentence;

pub use quote::Judged;

use super::Judge;
use super::event::collapse;
use super::naming::Read;
use super::sentences::Sentences;
use super::story::{self, gathered};
use crate::basis::{Basis, Rule};
use crate::document::Text;
use crate::extract::lexicon::{self, Topic};
use crate::extract::passage::{Form, Passage};
use crate::incident::Fact;
use crate::source::Source;

/// The most characters of a cause: a few sentences, not the essay.
const CAUSE: usize = 600;
/// The cause: the section's own words where it is short, else the sentences of the section, the summary or the story that
/// most clearly say why, in the report's order.
pub fn cause(source: &Source, passages: Read, sentences: &Sentences, judge: &dyn Judge) -> Option<Fact<String>> {
    let in_section = |passage: &Passage| passage.topic == Some(Topic::Cause) && passage.form != Form::Row;
    let named = |passage: &Passage| {
        let heading = passage.heading.as_ref().is_some_and(|heading| heading.text.as_str().to_lowercase().contains("cause"));
        heading || passage.label.as_ref().is_some_and(|label| label.as_str().to_lowercase().contains("cause"))
    };
    // A section that calls itself the cause goes before one that tells what went wrong.
    let sure = passages.iter().any(|(passage, _)| in_section(passage) && named(passage));
    let own = |passage: &Passage| in_section(passage) && (!sure || named(passage));
    let section = || passages.iter().map(|(passage, _)| passage).filter(|passage| own(passage));
    let opening = section().next().and_then(|passage| passage.text.as_str().get(passage.sentences().first()?.clone()));
    if opening.is_some_and(about::answers_unknown) {
        return None;
    }
    let length: usize = section().map(|passage| passage.text.as_str().len() + 1).sum();
    if (1..=CAUSE).contains(&length) {
        return gathered(source, section(), CAUSE, Basis::Labelled(Topic::Cause));
    }
    let mut prose = passages.iter().map(|(passage, _)| passage).filter(|passage| passage.is_prose()).peekable();
    if length == 0
        && let Some(cause) =
            std::iter::from_fn(|| Some((prose.next()?, prose.peek().copied()))).find_map(|(passage, next)| announced(source, passage, next))
    {
        return Some(cause);
    }
    let judged = judge.cause(sentences);
    sentences.quoted(source, &judged).or_else(|| story::section(source, passages, Topic::Factors, CAUSE))
}

/// What a line or a question announces as the cause: "Cause. A bundle was …", "Why did it happen? One of …", "Cause" over
/// a paragraph, "> Cause: …" in a mail that is quoted.
fn announced(source: &Source, passage: &Passage, next: Option<&Passage>) -> Option<Fact<String>> {
    let text = passage.text.as_str();
    let is_cause = |words: &str| lexicon::exact_topic(words.trim_matches([' ', '.', ':', '\n', '>', '*'])) == Some(Topic::Cause);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::role::weights::Model;

    fn cause_of(text: &str) -> Option<String> {
        let source = Source::decode("a.txt", text.as_bytes().to_vec());
        let document = crate::format::read(&source);
        let passages: Vec<_> = crate::extract::passage::passages(document.reports.first()?).into_iter().map(|p| (p, Vec::new())).collect();
        cause(&source, &passages, &Sentences::new(&passages, &[]), Model::own()).map(|cause| cause.value)
    }

    #[test]
    fn what_stands_around_a_cause_is_not_quoted() {
        let text = "Customers saw errors from 10:00. The root cause was a full disk. Service recovered at 10:45 UTC.\n";
        assert_eq!(cause_of(text).as_deref(), Some("The root cause was a full disk."));
    }

    #[test]
    fn announced_causes() {
        for (text, want) in [
            (
                "It broke.\n\nCause. A bundle left out one certificate. Calls were refused.\n",
                Some("A bundle left out one certificate. Calls were refused."),
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
