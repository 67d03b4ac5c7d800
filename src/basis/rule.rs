//! What can decide: parts of a form, rules, other facts, and places that give what a moment leaves out; each with its words.

use serde::{Deserialize, Serialize};

macro_rules! worded {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$doc:meta])* $variant:ident = $words:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        $vis enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            #[cfg(test)]
            pub(super) const ALL: &[$name] = &[$($name::$variant,)*];

            /// What people read of it.
            pub(super) fn words(self) -> &'static str {
                match self { $($name::$variant => $words,)* }
            }
        }
    };
}

worded! {
    /// What gave a part that a moment leaves out.
    pub enum Given {
        /// The other dates of the report, the year.
        YearOfDates = "year from the report's other dates",
        /// A date that stands on its own in the sentence.
        DateOfSentence = "date from the same sentence",
        /// The entry of the list in front of it.
        DateOfEntry = "date from the entry before",
        /// A line of nothing but a date over the entries.
        DateOfLine = "date from the line above",
        /// The date read last.
        DateOfText = "date from the text before",
        /// A heading above.
        DateOfHeading = "date from the heading",
        /// The stamps of the updates.
        DateOfUpdates = "date from the status updates",
        /// The day the report is about.
        DateOfIncident = "the incident's date",
        /// The day a mail was sent or a page was posted.
        DateOfPosting = "the day it was posted",
        /// The other end of the range, behind.
        DateOfRangeEnd = "date from the range's end",
        /// The other end of the range, in front.
        DateOfRangeStart = "date from the range's start",
        /// What the explorer shows, for a moment that is typed.
        DateOnScreen = "the day on screen",
        /// The head of the column.
        ZoneOfColumn = "zone from the column",
        /// The label.
        ZoneOfLabel = "zone from the label",
        /// A heading above.
        ZoneOfHeading = "zone from the heading",
        /// A sentence about all times of the report.
        ZoneOfReport = "all times of the report are in this zone",
        /// The one zone that the report names.
        OnlyZone = "the only zone in the report",
        /// The time read last.
        ZoneOfTimeBefore = "zone of the time before",
        /// The stamp of the update it stands in.
        ZoneOfStamp = "zone of the update's stamp",
        /// The other end of the range, behind.
        ZoneOfRangeEnd = "zone from the range's end",
        /// The other end of the range, in front.
        ZoneOfRangeStart = "zone from the range's start",
        /// Nothing; the settings say what to assume.
        ZoneAssumed = "zone assumed",
        /// What the explorer shows, for a moment that is typed.
        ZoneOnScreen = "the clock on screen",
        /// The time read last.
        HalfOfTimeBefore = "am or pm from the time before",
    }
}
worded! {
    /// What part of a form marks a value.
    pub enum Part {
        /// When an update was posted.
        Stamp = "stamp of the update",
    }
}
worded! {
    /// How a value was found in the text.
    pub enum Rule {
        /// A clock is on the day that puts it at the impact.
        DayOfImpact = "the day of the impact",
        /// The time behind it, in brackets, says when it was.
        InBrackets = "the same time in brackets",
        /// A date is written with a clock that is yet to be filled in.
        ClockOpen = "the clock is left open",
    }
}
worded! {
    /// From which other facts a value was worked out.
    pub enum Origin {
        /// The report's T0, from which it counts.
        Zero = "offset from T0",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_have_the_same_words() {
        let words = Given::ALL.iter().map(|given| given.words()).chain(Part::ALL.iter().map(|part| part.words()));
        let words = words.chain(Rule::ALL.iter().map(|rule| rule.words())).chain(Origin::ALL.iter().map(|origin| origin.words()));
        let mut words: Vec<_> = words.collect();
        let all = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), all);
    }
}
