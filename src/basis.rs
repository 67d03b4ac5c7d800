//! By what a value was decided: a label, the form of the file, a named rule, other facts, or a reviewer.
//!
//! Code decides by these values. The words that people read of them are made by one `Display` and are never read again.

mod alternative;
mod rule;

pub use alternative::{Alternative, Part, not_above, offset};
pub use rule::{Derivation, FormPart, Given, Rule};

use crate::extract::lexicon::Topic;
use crate::role::weights::{Model, Weights};
use crate::role::words;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

/// By what a value was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Basis {
    /// A labelled field, a named column or a heading says what it is.
    Labelled(Topic),
    /// The form of the file marks it: a member of an API's answer, a post of a status page, a list of components.
    Form(FormPart),
    /// A rule found it in the text.
    Ruled(Rule),
    /// It was worked out from other facts.
    Derived(Derivation),
    /// A moment that is written; what it leaves out was found elsewhere.
    Placed(Placed),
    /// The best of several moments, by what was fitted on labelled reports.
    Scored(Scored),
    /// One of the names in the text, by what was fitted on labelled reports.
    Weighed(Weighed),
    /// The sentences that say why, by what was fitted on labelled reports.
    Telling(Telling),
    /// A reviewer said so.
    Corrected,
}

/// How a name was chosen among several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weighed {
    /// How many phrases there were that may be a name.
    pub of: u16,
    /// The features that spoke most for it, by their numbers in [`crate::role::weights`].
    pub because: [u16; 3],
    /// How much better it was than the next best or than none, in hundredths of a natural logarithm.
    pub margin: u16,
}

impl fmt::Display for Weighed {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "of {} phrases", self.of)?;
        spoken(to, &Model::own().names, self.because, words::of_name)
    }
}

/// How the sentence that says why was chosen among all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Telling {
    /// How many sentences there were.
    pub of: u16,
    /// The features that spoke most for it, by their numbers in [`crate::role::weights`].
    pub because: [u16; 3],
    /// How much better it was than none, in hundredths of a natural logarithm.
    pub margin: u16,
}

impl fmt::Display for Telling {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.of {
            0 | 1 => to.write_str("the only sentence")?,
            of => write!(to, "best of {of} sentences")?,
        }
        spoken(to, &Model::own().causes, self.because, words::of_sentence)
    }
}

/// Adds the features that spoke most, worded by `words`; of two that say the same, the one that says more.
fn spoken<const N: usize>(
    to: &mut fmt::Formatter<'_>,
    weights: &Weights<N>,
    because: [u16; 3],
    words: fn(&str, &str) -> String,
) -> fmt::Result {
    let said: Vec<String> = because.iter().filter_map(|number| weights.feature(*number)).map(|(kind, value)| words(kind, value)).collect();
    let is_said = |place: usize, words: &str| {
        let says = |(other, more): (usize, &String)| more.starts_with(words) && (other < place || more.len() > words.len());
        said.iter().enumerate().any(says)
    };
    let told = said.iter().enumerate().filter(|(place, words)| !is_said(*place, words));
    for (place, (_, words)) in told.enumerate() {
        write!(to, "{}{words}", if place == 0 { " · " } else { ", " })?;
    }
    Ok(())
}

/// How a moment was chosen among several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scored {
    /// How many there were.
    pub of: u16,
    /// The features that spoke most for it, by their numbers in [`crate::role::weights`].
    pub because: [u16; 3],
    /// How much better it was than the next best, in hundredths of a natural logarithm.
    pub margin: u16,
    /// How many seconds later the next best was; none where that was no moment at all.
    pub next: Option<i32>,
}

impl Scored {
    /// The least margin of a choice that is beyond doubt: of those on publishers left out, 19 in 20 were right.
    const CLEAR: u16 = 220;

    /// The least margin of a choice that a reviewer need not look at.
    const NARROW: u16 = 100;

    /// Whether the choice is beyond doubt.
    pub fn is_clear(self) -> bool {
        self.margin >= Self::CLEAR
    }

    /// Whether another choice would have been nearly as good.
    pub fn is_narrow(self) -> bool {
        self.margin < Self::NARROW
    }
}

impl fmt::Display for Scored {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.of {
            0 | 1 => to.write_str("the only moment")?,
            of => write!(to, "best of {of} moments")?,
        }
        spoken(to, &Model::own().moments, self.because, words::of_moment)
    }
}

/// What gave each part that a written moment leaves out; none where it is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// Whether a clock is written; a day alone leaves nothing out that would have to be found.
    pub clock: bool,
    /// What gave the day, or the year of it.
    pub date: Option<Given>,
    /// What gave the zone.
    pub zone: Option<Given>,
    /// What told morning from afternoon.
    pub half: Option<Given>,
}

impl Basis {
    /// Whether it is a moment that leaves nothing out.
    pub fn is_as_written(self) -> bool {
        matches!(self, Basis::Placed(Placed { date: None, zone: None, half: None, .. }))
    }

    /// Whether a label says what it is.
    pub fn is_labelled(self) -> bool {
        matches!(self, Basis::Labelled(_))
    }

    /// Whether it says more of a moment than that it is written or posted.
    pub fn tells_more(self) -> bool {
        !self.is_as_written() && self != Basis::Form(FormPart::Stamp)
    }

    /// The next best of a choice that fell on `at`.
    pub fn next_best(self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let Basis::Scored(Scored { next, .. }) = self else { return None };
        at.checked_add_signed(TimeDelta::seconds(next?.into()))
    }

    /// What gave the day of a moment, where it is not written.
    pub fn date(self) -> Option<Given> {
        if let Basis::Placed(placed) = self { placed.date } else { None }
    }

    /// The same, with what told morning from afternoon.
    pub fn with_half(self, given: Given) -> Self {
        match self {
            Basis::Placed(placed) => Basis::Placed(Placed { half: Some(given), ..placed }),
            other => other,
        }
    }
}

/// What several bases of one value tell, in words.
pub fn told(bases: impl IntoIterator<Item = Basis>) -> String {
    let words = bases.into_iter().map(|basis| basis.to_string()).filter(|words| !words.is_empty());
    words.collect::<Vec<_>>().join(", ")
}

impl fmt::Display for Basis {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Basis::Labelled(topic) => {
                // "labelled as the start", but "labelled as detected".
                let done = matches!(
                    topic,
                    Topic::Detected | Topic::Acknowledged | Topic::Identified | Topic::Mitigated | Topic::Resolved | Topic::Done
                );
                write!(to, "labelled as {}{}", if done { "" } else { "the " }, topic.name().replace('-', " "))
            }
            Basis::Form(part) => to.write_str(part.words()),
            Basis::Ruled(rule) => to.write_str(rule.words()),
            Basis::Derived(derivation) => to.write_str(derivation.words()),
            Basis::Placed(placed) => placed.fmt(to),
            Basis::Scored(scored) => scored.fmt(to),
            Basis::Telling(telling) => telling.fmt(to),
            Basis::Weighed(weighed) => weighed.fmt(to),
            Basis::Corrected => to.write_str("corrected by you"),
        }
    }
}

impl Placed {
    /// The words of a moment's basis; those of a day that leaves nothing out are none.
    fn fmt(self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = [self.date, self.zone].into_iter().flatten().map(Given::words);
        let as_written = self.clock && self.date.is_none() && self.zone.is_none();
        let words = as_written.then_some("as written").into_iter().chain(found).chain(self.half.map(Given::words));
        for (place, words) in words.enumerate() {
            to.write_str(if place == 0 { "" } else { ", " })?;
            to.write_str(words)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_tells_what_gave_each_part() {
        let clock = Placed { clock: true, ..Placed::default() };
        let (date, zone, half) = (Some(Given::DateOfHeading), Some(Given::ZoneOfColumn), Some(Given::HalfOfTimeBefore));
        for (placed, words) in [
            (Placed::default(), ""),
            (clock, "as written"),
            (Placed { zone, ..clock }, "zone from the column"),
            (Placed { date, zone, ..clock }, "date from the heading, zone from the column"),
            (Placed { half, ..clock }, "as written, am or pm from the time before"),
            (Placed { date, half, ..clock }, "date from the heading, am or pm from the time before"),
            (Placed { date, ..Placed::default() }, "date from the heading"),
        ] {
            assert_eq!(Basis::Placed(placed).to_string(), words);
        }
        assert!(Basis::Placed(clock).is_as_written() && !Basis::Placed(Placed { half, ..clock }).is_as_written());
        assert_eq!(Basis::Placed(clock).with_half(Given::HalfOfTimeBefore), Basis::Placed(Placed { half, ..clock }));
    }

    #[test]
    fn labels_are_named_in_plain_words() {
        assert_eq!(Basis::Labelled(Topic::Start).to_string(), "labelled as the start");
        assert_eq!(Basis::Labelled(Topic::DetectionTime).to_string(), "labelled as the detection time");
        assert_eq!(Basis::Labelled(Topic::Mitigated).to_string(), "labelled as mitigated");
    }
}
