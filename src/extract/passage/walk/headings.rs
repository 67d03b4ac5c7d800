//! Headings that tell when themselves: a moment, or the value of a label.

use super::super::label::is_value;
use super::{Form, Walk};
use crate::document::{Block, BlockKind, Text, TextBuilder};
use crate::extract::lexicon::{self, Topic};
use crate::extract::time::{Time, are_all, times};
use crate::extract::words::{Words, list};

impl<'a> Walk<'a> {
    /// "Impact time" over "4 May, 10:02 to 11:40", which stands alone like a heading as well: whether `text`, of this level, is the
    /// value of the heading before it, and was taken as such.
    pub(super) fn answers_heading(&mut self, text: &Text<'a>, level: u8) -> bool {
        let asks = self.heading.clone().filter(|above| above.level == level && self.opened == self.passages.len());
        let Some((label, topic)) = asks.and_then(|above| Some((above.text.clone(), above.topic?))) else { return false };
        let answers = is_value(topic, text.as_str()) && is_clock(text.as_str());
        if answers {
            self.field(label, Some(topic), text.clone());
        }
        answers
    }

    /// "## Date: 4 May 2026" and "## Time: 10:02 UTC" are labelled values.
    pub(super) fn labelled_heading(&mut self, text: &Text<'a>) {
        let Some((label, value)) = text.as_str().split_once(": ") else { return };
        if let Some(topic) = lexicon::exact_topic(label).filter(|topic| is_value(*topic, value) && are_all(value, &times(value))) {
            self.field(text.part(0..label.len()), Some(topic), text.part(label.len() + 2..text.as_str().len()));
        }
    }

    /// "### 10:05 UTC" and "### 10:05 First alert" under a timeline or a day are its entries, and "Update – 30 May 2019, 19:50" is one
    /// wherever it stands, each with the paragraph below it; whether that was taken.
    pub(super) fn timed_heading(&mut self, text: &Text<'a>, below: Option<&Block<'a>>) -> bool {
        let found = times(text.as_str());
        let Some(Time::Moment(first) | Time::Range(first, ..)) = found.first() else { return false };
        let leads = first.clock.is_some() && !text.as_str().get(..first.range.start).unwrap_or_default().contains(char::is_alphanumeric);
        let above = self.heading.as_ref().and_then(|heading| heading.parent.clone());
        // A day and a clock in front of a heading below the title are an entry wherever they stand.
        let listed =
            above.is_some_and(|above| first.date.is_some() || above.topic() == Some(Topic::Timeline) || is_day(above.text.as_str()));
        let entry = leads && (listed || are_all(text.as_str(), &found));
        let paragraph = below.filter(|below| below.kind == BlockKind::Paragraph);
        if !entry && !is_post(text.as_str(), &found) {
            return false;
        }
        let mut entry = TextBuilder::default();
        entry.append(text);
        if let Some(below) = paragraph {
            let end = text.whole().range().end;
            entry.push_decoded("\n", end..end);
            entry.append(&below.text);
        }
        self.push(Form::Item { depth: 0, ticked: None }, Some(Topic::Timeline), None, entry.finish(), Vec::new());
        paragraph.is_some()
    }
}

/// Whether a heading says when something was posted: "Update – 30 May 2019, 19:50", "Posted at 8.05am, Thursday 31 August".
fn is_post(heading: &str, found: &[Time]) -> bool {
    let [Time::Moment(moment)] = found else { return false };
    let label = heading.get(..moment.range.start).unwrap_or_default();
    let label = label.trim_end_matches([' ', '-', '–', '—', ':', ',', '#']);
    let joined = label.strip_suffix(" at").or(label.strip_suffix(" on"));
    let posted = joined.is_some_and(|label| list(Words::PostedOn).holds(label));
    let label = joined.unwrap_or(label);
    // "Update 3 – …"
    let label = label.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches([' ', '#']);
    let rest = heading.get(moment.range.end..).unwrap_or_default();
    let update = list(Words::UpdateLabels).holds(label);
    // "Update 2 – 20:35 CET" goes on with the day of the one before.
    let full = moment.clock.is_some() && (moment.date.is_some() || update) && rest.trim().is_empty();
    let words = label.split_whitespace().count();
    full && (1..=3).contains(&words) && (posted || update || lexicon::cues(label).next().is_some())
}

/// Whether a heading is a day and nothing else.
fn is_day(heading: &str) -> bool {
    let found = times(heading);
    matches!(found.as_slice(), [Time::Moment(moment)] if moment.clock.is_none() && moment.date.is_some()) && are_all(heading, &found)
}

/// Whether a text is times with a clock and nothing else.
fn is_clock(text: &str) -> bool {
    let found = times(text);
    let clock = |time: &Time| matches!(time, Time::Moment(moment) | Time::Range(moment, ..) if moment.clock.is_some());
    are_all(text, &found) && found.iter().any(clock)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_may_say_when_something_was_posted() {
        let is = |heading: &str| is_post(heading, &times(heading));
        for heading in [
            "Update – 30 May 2019, 19:50",
            "Update 3 - 30 May 2019, 19:50",
            "Posted at 8.05am, Thursday 31 August 2023",
            "Resolved on 31 August 2023 at 17:40",
            "Update 2 – 20:35 CET",
        ] {
            assert!(is(heading), "{heading}");
        }
        for heading in
            ["The lifts at 17:40", "Posted 31 August 2023", "The lifts on 31 August 2023 at 17:40", "Update 31 August 2023, 17:40 by Ada"]
        {
            assert!(!is(heading), "{heading}");
        }
    }
}
