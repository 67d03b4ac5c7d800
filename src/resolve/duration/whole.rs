//! Whether a sentence says that the whole lasted so long.

use crate::extract::duration::Length;
use crate::extract::lexicon::{self, Cue};
use crate::extract::modality::{self, Whose};
use crate::extract::words::{Words, list};

/// How surely a sentence says that a length is that of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Says {
    /// Customers felt it for so long.
    Likely,
    /// The outage lasted so long.
    Surely,
    /// It was so long in all.
    InAll,
}

/// Whether a sentence says that the whole lasted `length`, and how surely. Only words of lists that `may` be there are looked
/// for.
pub(super) fn says_whole(sentence: &str, length: &Length, may: impl Fn(Words) -> bool) -> Option<Says> {
    let about = |word: &str| list(Words::AboutLength).holds(word) || matches!(word, "at" | "least");
    let lower = sentence.to_lowercase();
    let before = lower.get(..length.range.start)?.trim_end_matches(['~', '≈', ' ', '\n', '(']);
    // A cell of a table tells for itself.
    let before = before.rsplit(['|', '\t', '·']).next().unwrap_or(before).trim_start();
    if modality::whose(before, "") == Whose::Another {
        return None;
    }
    let after = lower.get(length.range.end..).unwrap_or_default().trim_start();
    let mut words = before.split_whitespace().rev().skip_while(|word| about(word));
    let mut verb = words.next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
    let mut subject: Vec<&str> = words.collect();
    // "for a period of 84 minutes", "for an aggregate of 33 minutes"
    if let ["a" | "an" | "the", "for", ..] = subject.as_slice()
        && before.ends_with("of")
    {
        verb = "for";
        subject.drain(..2);
    }
    let endured = |word: &str| list(Words::Endured).holds(word);
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    // "lasted for", "lasted overall around"
    if (verb == "for" || list(Words::InAll).holds(verb)) && subject.first().is_some_and(|word| endured(word)) {
        verb = subject.remove(0);
    }
    let said_of = |nouns: Words| subject.iter().any(|word| list(nouns).holds(&bare(word)));
    // "June 4 12:05 UTC (lasting 2 hours)", "Lasted 2h 26m" under a title, "Started a year ago, lasted 3 hours"
    let begun = || before.starts_with("started") && subject.first().is_some_and(|word| word.ends_with(','));
    if before.ends_with("(lasting") || endured(verb) && (subject.is_empty() || begun()) {
        return Some(Says::Surely);
    }
    // "Resolved: search is back after 4 hours, 12 minutes"; in a story the time may run from when it was declared.
    if verb == "after" && before.trim_start_matches('*').starts_with("resolved") {
        return Some(Says::Likely);
    }
    if endured(verb) {
        // "Patients could not book, starting at 18:04 and lasting 53 minutes"
        let of_impact = || verb == "lasting" && before.contains("starting") && lexicon::has(sentence, Cue::Impact);
        // What lasts is trouble, by whatever name.
        let trouble = || subject.iter().take(3).any(|word| lexicon::has(word, Cue::Impact));
        let whole = said_of(Words::Whole) || trouble();
        let says = if lexicon::has(sentence, Cue::Habit) { Says::Likely } else { Says::Surely };
        return if whole { Some(says) } else { of_impact().then_some(Says::Likely) };
    }
    let filler = |word: &str| about(word) || list(Words::LengthFiller).holds(word) || list(Words::Whole).holds(word);
    let total = before
        .rsplit_once("duration")
        .is_some_and(|(_, between)| between.split_whitespace().map(bare).all(|word| word.is_empty() || filler(&word)));
    // "retried every 15 minutes for 3 days", "normal for 20 minutes" tell of other things.
    if may(Words::NotWhole) && list(Words::NotWhole).is_in(&lower) || list(Words::Unharmed).strip_end(before).is_some() {
        return None;
    }
    let impact = || lexicon::has(sentence, Cue::Impact);
    // "was down until 04:20, 4 hours and 33 minutes in all"
    if list(Words::InAll).strip_start(after).is_some() && impact() && (before.ends_with(',') || verb == "for" && said_of(Words::FeltWords))
    {
        return Some(Says::InAll);
    }
    if total || list(Words::LengthOf).strip_start(after).is_some() {
        return Some(Says::Surely);
    }
    let out_of_service = before.trim_end().ends_with("out of service for");
    let at_start = verb == "for" && subject.is_empty();
    let told = verb == "for" && said_of(Words::FeltWords) && !after.starts_with("in all");
    let failing = || may(Words::FailedWords) && list(Words::FailedWords).is_in(&lower);
    let ends = || after.starts_with(['.', ',', '(']) || ["until", "starting", "beginning"].iter().any(|behind| after.starts_with(behind));
    let denied = || lower.contains(" did not ") || lower.contains(" were not ");
    let impaired = || verb == "for" && ends() && (failing() || denied()) && impact();
    (out_of_service || told || at_start && (impact() || denied()) || impaired()).then_some(Says::Likely)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::duration::lengths;

    fn whole(sentence: &str) -> Option<(f64, Says)> {
        lengths(sentence).into_iter().find_map(|length| says_whole(sentence, &length, |_| true).map(|says| (length.minutes, says)))
    }

    #[test]
    fn says_how_long_it_lasted() {
        for (sentence, want) in [
            ("The outage lasted about 36 minutes.", (36.0, Says::Surely)),
            ("This incident lasted for 2.5 hours in total", (150.0, Says::Surely)),
            ("An incident lasting ~90 minutes hit us.", (90.0, Says::Surely)),
            ("The impact persisted for around one hour, until 3:25 UTC.", (60.0, Says::Surely)),
            ("That brings the total duration of impact to 1 hour and 53 minutes.", (113.0, Says::Surely)),
            ("Reads saw elevated error rates, affecting customers for approximately 5 hours until 04:30.", (300.0, Says::Likely)),
            ("Sign-ins failed worldwide for a duration of 3 hours, 29 minutes.", (209.0, Says::Surely)),
            ("In all there were 35 minutes of downtime.", (35.0, Says::Surely)),
            ("Lasted 2h 26m", (146.0, Says::Surely)),
            ("Resolved · Lasted 1h 38m", (98.0, Says::Surely)),
            ("Started about 1 year ago, lasted about 3 hours", (180.0, Says::Surely)),
            ("Resolved: Git hosting is back up after 4 hours, 12 minutes.", (252.0, Says::Likely)),
            ("Incident resolved by @ada. Duration: 2h 27m", (147.0, Says::Surely)),
            ("Payments were down until 04:20 the next day, 4 hours and 33 minutes in all.", (273.0, Says::InAll)),
            ("Impact\tFor about 15 minutes all wikis were very slow or failed to load.", (15.0, Says::Likely)),
            ("The portal of the town was out of service for eleven days.", (15840.0, Says::Likely)),
            ("July 22 08:53 UTC (lasting one hour and 26 minutes)", (86.0, Says::Surely)),
            ("Shoppers received errors for approximately 40 minutes starting at 06:10 UTC.", (40.0, Says::Likely)),
            ("Patients could not book online, starting at 18:04 UTC on 6 September 2022 and lasting 53 minutes.", (53.0, Says::Likely)),
            ("On Tuesday a number of products did not work for 44 minutes.", (44.0, Says::Likely)),
            ("The problem lasted for at least seven hours.", (420.0, Says::Surely)),
            ("Duration of interruption was 4 minutes 30s, ending at 13:50.", (4.5, Says::Surely)),
            ("Calls failed for an aggregate of 33 minutes, until 08:24.", (33.0, Says::Likely)),
            ("The site was offline for a period of 84 minutes.", (84.0, Says::Likely)),
            ("Trams were down on three occasions, for 3 hours 30 minutes in all.", (210.0, Says::InAll)),
            ("For 45 minutes most searches returned an error page.", (45.0, Says::Likely)),
            ("One payment in five failed for 14 minutes.", (14.0, Says::Likely)),
            ("Ledger data was unreachable and unavailable for approximately three hours.", (180.0, Says::Likely)),
        ] {
            assert_eq!(whole(sentence), Some(want), "{sentence}");
        }
    }

    #[test]
    fn refuses_other_lengths() {
        for sentence in [
            "A 60-minute delay was seen.",
            "The job took 3 hours in all.",
            "The meeting lasted 20 minutes.",
            "A similar outage last year lasted 3 hours.",
            "Within two minutes of that page we went back.",
            "There was up to a 15 minute delay in sending mails.",
            "An update will follow in 30 minutes.",
            "The ticket was closed after 3 hours.",
            "Incident resolved after 42 min",
            "The Print Service was off for 3 hours 10 minutes in total.",
            "The job runs for 15 minutes.",
            "begun 13 minutes after the first page",
        ] {
            assert_eq!(whole(sentence), None, "{sentence}");
        }
    }
}
