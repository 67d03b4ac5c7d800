//! Labels inside running text.

use crate::extract::lexicon::{self, Topic};
use std::ops::Range;

/// A known label inside running text ("… restored. Root cause: A …"): its topic, its words, and where its text starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InlineLabel {
    /// What it is about.
    pub topic: Topic,
    /// The label without its colon.
    pub label: Range<usize>,
    /// Where the text after it starts.
    pub text: usize,
}

/// The known labels in `text`, each at a sentence's start.
pub fn inline_labels(text: &str) -> Vec<InlineLabel> {
    let mut found: Vec<InlineLabel> = Vec::new();
    for at in memchr::memchr2_iter(b':', b'?', text.as_bytes()) {
        let after = at + 1;
        let colon = text.as_bytes().get(at) == Some(&b':');
        if text.get(after..).is_none_or(|rest| !rest.starts_with(char::is_whitespace) && !rest.is_empty()) {
            continue;
        }
        let reached = found.last().map_or(0, |last| last.text);
        let Some(before) = text.get(reached..at) else { continue };
        let label = before.get(behind_stop(before)..).unwrap_or_default().trim_start();
        let start = at - label.len();
        let words = label.split_whitespace().count();
        let whole = text.get(start..if colon { at } else { after }).unwrap_or_default();
        let asks = colon || words >= 3 || lexicon::exact_topic(whole) == Some(Topic::Cause);
        let shape = label.starts_with(char::is_uppercase) && (1..=8).contains(&words) && asks;
        // At the start of a line a label may be in any case: "severity: sev2", "started_at: 06:10".
        let heads_line = start == 0 || text.as_bytes().get(start - 1) == Some(&b'\n');
        let plain = || lexicon::exact_topic(&whole.replace(['_', '-'], " ")).filter(|_| colon && heads_line && words <= 4);
        if let Some(topic) = shape.then(|| lexicon::topic(whole)).flatten().or_else(plain) {
            found.push(InlineLabel { topic, label: start..at, text: after });
            continue;
        }
        // "… see https://a.example Next steps: We …": the stop before the label was lost.
        // "Opened: 10:15 Closed: 11:20": behind a value one word may be the next label.
        let value = |last: &InlineLabel| matches!(last.topic, Topic::Start | Topic::Window | Topic::Date | Topic::Severity | Topic::Status);
        let one_word = found.last().is_some_and(|last| value(last) && at - last.text <= 60);
        let starts = label
            .rmatch_indices(char::is_whitespace)
            .take(5)
            .skip(usize::from(!one_word))
            .filter_map(|(at, space)| label.get(at + space.len()..));
        let named = starts
            .filter(|phrase| colon && phrase.starts_with(char::is_uppercase))
            .filter_map(|phrase| Some((phrase, lexicon::exact_topic(phrase)?)));
        if let Some((phrase, topic)) = named.last() {
            found.push(InlineLabel { topic, label: at - phrase.len()..at, text: after });
        }
    }
    found
}

/// No label inside a line is longer, in bytes.
const LABEL: usize = 120;

/// Behind the last mark that ends a sentence or a label, else the start: a stop inside an address is none.
fn behind_stop(text: &str) -> usize {
    let ends = |(at, stop): (usize, &str)| {
        let next = text.get(at + stop.len()..)?.chars().next();
        (matches!(stop, "\n" | "]" | "”") || next.is_none_or(char::is_whitespace)).then_some(at + stop.len())
    };
    let stop = text.rmatch_indices(['.', '!', '?', ':', '|', '·', '\n', ']', '”']).find_map(ends);
    // "Acme IT - Priority: P2 - Moderator: Ada"; no label is longer.
    let from = text.ceil_char_boundary(text.len().saturating_sub(LABEL));
    let tail = text.get(from..).unwrap_or_default();
    let dash = [" - ", " – ", " — "].iter().filter_map(|dash| Some(from + tail.rfind(dash)? + dash.len())).max();
    stop.max(dash).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_inside_a_paragraph() {
        let text = "Summary of impact: Between 10:00 and 11:00 it failed: badly. Root cause and mitigation: A bug. Next steps: 1. Fix it. How was it detected? By us.";
        let labels: Vec<_> =
            inline_labels(text).into_iter().map(|found| (found.topic, text.get(found.label).unwrap_or_default())).collect();
        assert_eq!(
            labels,
            [
                (Topic::Summary, "Summary of impact"),
                (Topic::Cause, "Root cause and mitigation"),
                (Topic::Actions, "Next steps"),
                (Topic::Detection, "How was it detected")
            ]
        );
        let lost = "Read more at https://a.example/x.y Next steps: We will test.";
        assert_eq!(inline_labels(lost).first().and_then(|found| lost.get(found.label.clone())), Some("Next steps"));
        assert_eq!(inline_labels("We did this: restarted. At 10:30 we saw 3: no."), []);
    }
}
