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
        /// A date that the section of its own writes elsewhere.
        DateOfSection = "date from its section",
        /// A sentence over the list that tells nothing but its day.
        DateOverList = "date given over the list",
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
        /// A line elsewhere on the page, for all its incidents.
        ZoneOfPage = "the page gives the zone of all its times",
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
        /// The settings, for its folder or its publisher.
        ZoneOfSettings = "zone from the settings",
        /// Nothing: UTC, or what the settings say of all reports.
        ZoneAssumed = "zone assumed",
        /// The zone written with it, which no table knows; another was assumed.
        ZoneUnknown = "the zone written is not known, another is assumed",
        /// What the explorer shows, for a moment that is typed.
        ZoneOnScreen = "the clock on screen",
        /// The time read last.
        HalfOfTimeBefore = "am or pm from the time before",
    }
}
worded! {
    /// What part of a form marks a value.
    pub enum FormPart {
        /// When an update was posted.
        Stamp = "stamp of the update",
        /// The post that says that planned work is completed.
        Completed = "posted as completed",
        /// The label of the last update.
        LastPost = "label of the last update",
        /// What the form has as the name of the incident.
        Title = "title of the form",
        /// What the form has as the name of the page.
        Publisher = "publisher of the form",
        /// What a status page lists as affected.
        Components = "list of affected components",
        /// What an update sets as the state of a component.
        State = "state of the component",
        /// A record that sevline exported.
        Export = "exported record",
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

        // Which moments are the ends of an impact.
        /// A label that says no more than that it is one.
        Labelled = "labelled",
        /// "First phase: A to B", "Second phase: C to D".
        CountedStretch = "labelled as one of several stretches",
        /// "OUTAGE BEGINS" and "OUTAGE ENDS".
        Marks = "begin and end marks in the timeline",
        /// Two outages, as long together as the report adds up.
        Total = "two outages as long as the total told",
        /// A list or table of nothing but names and ranges.
        Listed = "list of windows by name",
        /// Of the ranges about what customers felt, the clearest.
        Range = "best range about customers",
        /// One beside it.
        FurtherRange = "further range about customers",
        /// A range of planned work.
        RangeOfWork = "best range about the planned work",
        /// Two moments with the length between them that the report tells.
        AsLongAs = "as far apart as the length told",
        /// What went wrong, or was noticed, first.
        FirstSign = "first sign of trouble",
        /// "From 9.35 customers could not …"
        FirstFelt = "from when customers felt it",
        /// Where nothing says how it began.
        FirstTold = "first moment told",
        /// The last time that service came back.
        LastRecovery = "last recovery",
        /// Where no recovery is told.
        LastMitigation = "last mitigation",
        /// Where no mitigation is told either.
        LastDeclaration = "declared over",
        /// A recovery of everything, before it was declared over.
        FullRecovery = "full recovery before the declaration",
        /// "The impact persisted until …"
        LastedUntil = "told to have lasted until then",
        /// A timeline that never says what began.
        FirstEntry = "first entry of the timeline",
        /// A timeline that never says what ended.
        LastEntry = "last entry of the timeline",
        /// A range or two moments whose own sentence says what was hurt.
        Clause = "told of a part in a sentence of its own",
        /// Switched off, and on again.
        Switched = "switched off and on again",
        /// "It began earlier for …"
        Earlier = "told to have begun earlier for some",
        /// The recovery before it failed again.
        BeforeAgain = "recovery before it failed again",
        /// It failed again.
        Again = "told to have failed again",

        // What an incident is called.
        /// The line below who writes and what kind of document it is.
        BelowLetterhead = "line below the letterhead",
        /// What reads like a title on top.
        FirstLine = "first line",
        /// The first heading that is of no known section.
        FirstHeading = "first heading",

        // How long it lasted.
        /// "from A to B (1 hour)".
        LengthInBrackets = "length in brackets behind the window",
        /// "4 June (lasting 2 hours)", on top.
        LengthInHeading = "length in the heading",
        /// "It lasted …"
        LengthTold = "sentence about how long it lasted",
        /// A length given for something, as long as the impact.
        LengthThatFits = "length that the window bears out",
        /// "down for three hours in all".
        LengthInAll = "total length told",

        // How bad it was.
        /// "SEV-1" in the title.
        CodeInTitle = "severity code in the title",
        /// "declared a SEV-1" in the text.
        CodeInText = "severity code in the text",
        /// Planned work hurts nobody.
        PlannedWork = "planned work",
        /// "outage", "degraded" in the title.
        WordsOfTitle = "words of the title",
        /// "unavailable", "slow" in the text.
        WordsOfImpact = "words about what was felt",

        // What was affected.
        /// The subject of the title.
        NamedInTitle = "named in the title",
        /// Lists, tables and definitions of what was felt where.
        ListedAsHurt = "listed with what was felt",
        /// "A was unavailable".
        ToldToFail = "named as what failed",

        // Who writes.
        /// The domain of a mail's sender or list.
        SenderDomain = "domain of the sender, as the text writes it",
        /// "© Acme Ltd".
        Imprint = "imprint",
        /// The first lines.
        Masthead = "masthead",
        /// The last lines.
        Signature = "signature",
        /// "At Acme, we …", "Acme engineers were alerted".
        Speaker = "name under which the text speaks",
        /// "help@acme.example".
        AddressInText = "address in the text, as the text writes it",
        /// "github.com/acme".
        OwnerOfLink = "owner of a link, named in the title",
        /// "Acme security incident".
        NameInTitle = "name in the title that the text bears out",
        /// A byline, and what only the one has whose service it is: customers, a network, people.
        Owner = "named as whose service it is",

        // What happened and why.
        /// "Cause. A bundle was …", "Why? …"
        AnnouncedCause = "announced as the cause",
        /// The first long paragraph under no heading.
        FirstParagraph = "first paragraph",
        /// What customers noticed.
        SentenceOfImpact = "sentence about what was felt",
        /// What was done.
        SentencesOfFix = "sentences about what ended it",
    }
}
worded! {
    /// From which other facts a value was worked out.
    pub enum Derivation {
        /// The report's T0, from which it counts.
        Zero = "offset from T0",
        /// The status updates, where the text tells of no window.
        Updates = "taken from the status updates",
        /// The update that says so, where the text tells of no end.
        Resolved = "posted as resolved",
        /// Another moment and how much later it was.
        Later = "counted from the moment told before",
        /// The end and how long it lasted.
        EndAndLength = "inferred from the end and the length told",
        /// The start and how long it lasted.
        StartAndLength = "inferred from the start and the length told",
        /// All words of the file.
        File = "from the whole of the file",
        /// The windows of the impact.
        Windows = "from the impact windows",
        /// The lengths of parts, one behind the other.
        Lengths = "from the start and the lengths of its parts",
        /// The milestones.
        Milestones = "from the milestones",
        /// The start of the impact and the first sign that anyone noticed.
        StartAndDetection = "from the impact start to the detection",
        /// The stamps of the updates.
        Stamps = "from the stamps of the updates",
        /// The start of the impact and another moment.
        Start = "from the impact start",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_have_the_same_words() {
        let words = Given::ALL.iter().map(|given| given.words()).chain(FormPart::ALL.iter().map(|part| part.words()));
        let words = words.chain(Rule::ALL.iter().map(|rule| rule.words())).chain(Derivation::ALL.iter().map(|from| from.words()));
        let mut words: Vec<_> = words.collect();
        let all = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), all);
    }
}
