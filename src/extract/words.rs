//! The word lists of `assets/words.tsv`, each for one rule, found in a text in one pass and in either case.

use aho_corasick::{AhoCorasick, AhoCorasickKind, Input, MatchKind};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

macro_rules! lists {
    ($($variant:ident $name:literal $meaning:literal;)*) => {
        /// A list of `assets/words.tsv`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Words { $(#[doc = $meaning] $variant,)* }

        /// The name of each list, in the order of the variants.
        const NAMES: &[&str] = &[$($name,)*];
    };
}

lists! {
    About "about" "In front of a time that is not exact.";
    AboutTimes "about-times" "In a heading or a caption, that a zone it names is that of the times under it.";
    AboutLength "about-length" "In front of a length that is not exact, or that is a sum.";
    Ailing "ailing" "What ails the subject of a title, right behind its name (\"Payroll exports stuck\").";
    FunctionWords "function-words" "Words that end a name.";
    Auxiliaries "auxiliaries" "Of these, verbs: what stands in front of them did or suffered something.";
    NoServices "no-services" "What a title's trouble was in or for that is no service.";
    Struck "struck" "What is said of something that could not be used.";
    FailedVerbs "failed-verbs" "Behind a subject, what it did when it failed.";
    CouldNotUse "could-not-use" "In front of what people could not use.";
    AfterCouldNot "after-could-not" "What ends the list of what people could not use.";
    Unaffected "unaffected" "In a label, that it lists what was spared.";
    Adverbs "adverbs" "Between a verb and such a state.";
    Became "became" "The verb in front of such a state.";
    ClauseLinks "clause-links" "What links a clause to the one before.";
    VagueThings "vague-things" "Subjects that name no service.";
    ProductColumns "product-columns" "The first column of a table that lists what was affected.";
    HurtVerbs "hurt-verbs" "Behind a name at the start of a sentence about trouble.";
    HurtObjects "hurt-objects" "In front of a name that could not be used.";
    BeforeSubject "before-subject" "In a title, in front of its subject.";
    TitleTrouble "title-trouble" "In a title, the first word behind its subject.";
    TitleFurniture "title-furniture" "In a title, words that say what kind of document it is.";
    TitleOpenings "title-openings" "How a title starts that first says what kind of document it is.";
    SummaryOf "summary-of" "How a title starts that tells of an event by the name of a service.";
    TitleVague "title-vague" "First words of a title that name nothing.";
    NameVague "name-vague" "First words of what looks like a name and is none.";
    CustomersUsing "customers-using" "In front of what customers use.";
    AfterUsed "after-used" "What ends the names of what customers use.";
    ListLeads "list-leads" "In front of a list of affected services.";
    PlainLeads "plain-leads" "In front of a list of what was affected, whose names may be plain nouns.";
    ServiceNouns "service-nouns" "Plain nouns for what customers use.";
    ProductLabels "product-labels" "A label that says what a report is about rather than all that was affected.";
    KindsOfThings "kinds-of-things" "Behind a name, what kind of thing it is.";
    AfterList "after-list" "What ends a list of affected services.";
    WeAt "we-at" "In front of the name that \"we\" speak under.";
    OurPlatform "our-platform" "Behind a name whose platform is the speaker's own.";
    OwnActs "own-acts" "What only the people of the organization do.";
    StaffKinds "staff-kinds" "Kinds of staff, which are no organization.";
    DomainEndings "domain-endings" "What a domain adds behind the name of its owner.";
    ReportKinds "report-kinds" "Behind a name at the start of a title, what kind of regular report it is.";
    BehindBrand "behind-brand" "Behind a name that is a brand.";
    Greeted "greeted" "Behind the name of those whose they are, who is greeted.";
    SignedBy "signed-by" "Behind a name, who of them signs.";
    LegalForms "legal-forms" "What the name of a company ends with.";
    BylineMarks "byline-marks" "In front of who wrote it.";
    OwnThings "own-things" "Behind a name, what is its own.";
    Ordinary "ordinary" "Plain words that are no name, not even with capitals and put together.";
    Technology "technology" "Names of technology, which a report names without being written by them.";
    OrganizationNouns "organization-nouns" "What stands at an end of the name of an organization.";
    MastheadEnds "masthead-ends" "Behind a name at the head of a report, what the document is.";
    MastheadKinds "masthead-kinds" "In the second part of a head line whose first is a name.";
    ImprintMarks "imprint-marks" "In front of whose the words are.";
    ImprintTails "imprint-tails" "Behind a name in the last lines, what makes them an imprint.";
    OfOthers "of-others" "In a sentence about an organization, that it is not the one who writes.";
    OwnedBy "owned-by" "In front of the name of those whose customers or things were hurt.";
    OwnEstate "own-estate" "Behind a name that \"the\" stands in front of, what is its own.";
    Suffered "suffered" "What only a service is said to have done or suffered, not who runs it.";
    OwnHosts "own-hosts" "The first part of a host that is the publisher's own.";
    SignedLabels "signed-labels" "In the last lines, the label of who is to be asked.";
    PlaceNouns "place-nouns" "What a place is called, which is not who is there.";
    SubjectLabels "subject-labels" "The label of what a letter is about.";
    Departments "departments" "Behind the name of an organization at the head of a document, which part of it writes.";
    DocumentKinds "document-kinds" "Words of a line that says no more than what kind of document it is.";
    TitleStates "title-states" "What a page puts in brackets behind a title.";
    WhyQuestions "why-questions" "A question whose answer is the cause.";
    Since "since" "In a sentence that tells of what was changed since.";
    Changes "changes" "In a sentence about what was changed before the trouble, or about somebody's slip.";
    Participles "participles" "Forms of verbs behind \"had\" that do not end in \"ed\".";
    Repaired "repaired" "Behind \"had\", what was done about the trouble, or how it showed.";
    Parts "parts" "Parts of machines.";
    Broke "broke" "That a part broke.";
    OurWork "our-work" "How a sentence starts that tells of what is being done.";
    PlannedTitles "planned-titles" "In the title of planned work.";
    TotalTimes "total-times" "In front of a length, that it is all the time lost.";
    InAll "in-all" "Behind a length, that it is a sum.";
    SumOf "sum-of" "In a sentence with a length, that it adds up several.";
    ChangedForGood "changed-for-good" "In an entry, that something was changed for good.";
    Decided "decided" "How a line announces a list of work, in front of its colon.";
    CodeHosts "code-hosts" "Hosts whose addresses go on with the account.";
    ForTimes "for-times" "In front of \"times\", that they are those of the report.";
    ZoneScopes "zone-scopes" "How a sentence starts that gives the zone of all times.";
    Bookkeeping "bookkeeping" "In the label of a time that tells of the document, not of the incident.";
    Companions "companions" "Names of files that go with reports and are none.";
    UpdateLabels "update-labels" "What heads a status update.";
    Promised "promised" "How a sentence announces a list of work to come.";
    IncidentNouns "incident-nouns" "In a heading with a number, that it stands over an incident of its own.";
    StretchNouns "stretch-nouns" "In a label with a number, that it gives one stretch of several.";
    StretchNumbers "stretch-numbers" "In a label of a stretch, which of several it is.";
    OutageNouns "outage-nouns" "What a heading or a label calls an outage of its own.";
    Whole "whole" "What is said to have lasted as long as the incident.";
    Endured "endured" "How the length of the whole is told.";
    LengthOf "length-of" "Behind a length, what makes it that of the whole.";
    LengthLeads "length-leads" "In front of a length, that it is given for something and not counted from it.";
    LengthFiller "length-filler" "Between \"duration\" and its length.";
    NotWhole "not-whole" "In a sentence whose length is that of something else.";
    Unharmed "unharmed" "In front of a length for which all was well.";
    FailedWords "failed-words" "What makes a sentence one about failing.";
    FeltWords "felt-words" "What customers felt for a length of time.";
    NoCause "no-cause" "In a sentence that speaks of a cause and names none.";
    RefersBack "refers-back" "How a sentence starts whose cause stands in the sentence before.";
    SwitchedOff "switched-off" "Behind the name of what was taken out of service on purpose.";
    SwitchedOn "switched-on" "Behind the name of what was brought back.";
    Earlier "earlier" "That something began before the rest.";
    Ordinals "ordinals" "How a sentence starts that counts the periods of an impact.";
    Again "again" "That trouble came a second time.";
    Entirely "entirely" "That a recovery was of the whole.";
    Negations "negations" "In front of what did not happen.";
    CueOwners "cue-owners" "Behind a cue that is part of a thing's name (\"monitoring system\").";
    SeverityNouns "severity-nouns" "Behind the code of this incident's severity.";
    SeverityVerbs "severity-verbs" "In front of the code of this incident's severity.";
    OtherWork "other-work" "In front of the code of other work.";
    ActionColumns "action-columns" "The column of a table that says what is to be done.";
    StartColumns "start-columns" "The column of a table that says when each began.";
    EndColumns "end-columns" "The column of a table that says when each ended.";
    PostedOn "posted-on" "How a line starts that tells when the report was posted.";
    TakenBack "taken-back" "In an entry that ends in \"back\", what tells of a change rather than a recovery.";
    TableHeads "table-heads" "The other columns of a table of work.";
    Expecting "expecting" "What speaks of the future whatever follows.";
    Meant "meant" "What speaks of a plan where it reaches the time or an infinitive.";
    ReachesTime "reaches-time" "Between a word of expectation and the time it reaches.";
    Expectations "expectations" "Nouns of expectation.";
    Expected "expected" "In front of what is expected (\"next update\").";
    ExpectedThings "expected-things" "What is expected.";
    PastVerbs "past-verbs" "Verbs of the past that do not end in \"ed\".";
    ReadLanguage "read-language" "Small words of the languages that are read.";
    UnreadLanguages "unread-languages" "Small words of others, where they are no words of these.";
    ClauseStarts "clause-starts" "How a clause starts.";
    ChangeVerbs "change-verbs" "In front of \"from\", that a quantity or a version changed rather than that time went by.";
    Units "units" "Behind figures with a dot, what they count.";
    ScaleNouns "scale-nouns" "In front of figures like a clock's, that they are a length, a share or a name.";
    ScheduledThings "scheduled-things" "What has hours or a schedule of its own.";
    BySchedule "by-schedule" "Present tense of what goes by a schedule.";
    DocumentVerbs "document-verbs" "What was done to a document.";
    DocumentOpenings "document-openings" "In front of it, in a line about the document.";
    OtherIncidents "other-incidents" "In front of the noun, that it is another incident than the one that is told.";
    OwnerColumns "owner-columns" "The column of a table that says who does it.";
}

/// The words of one list.
#[derive(Debug, Default)]
pub struct List {
    /// Sorted, in lower case.
    words: Vec<String>,
    /// Built when first asked: many lists are only ever compared with whole words.
    search: OnceLock<Option<AhoCorasick>>,
}

impl List {
    fn new(mut words: Vec<String>) -> Self {
        words.sort_unstable();
        Self { words, search: OnceLock::new() }
    }

    fn search(&self) -> Option<&AhoCorasick> {
        // The quickest to search with; a list is a few words, so that it is not large.
        let kind = Some(AhoCorasickKind::DFA);
        let build = || {
            AhoCorasick::builder().kind(kind).ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest).build(&self.words).ok()
        };
        self.search.get_or_init(build).as_ref()
    }

    /// Its words, sorted, in lower case.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// Whether `word` is in the list.
    pub fn holds(&self, word: &str) -> bool {
        let lower = word.bytes().map(|byte| byte.to_ascii_lowercase());
        self.words.binary_search_by(|known| known.bytes().cmp(lower.clone())).is_ok()
    }

    /// Where in `text` one of the list stands, from the left, the longest where several start.
    pub fn places(&self, text: &str) -> impl Iterator<Item = Range<usize>> {
        let line = super::on_one_line(text);
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = self.search()?.find(Input::new(line.as_ref()).range(from..))?;
            from = found.end();
            Some(found.range())
        })
    }

    /// The first place in `text`.
    pub fn first(&self, text: &str) -> Option<Range<usize>> {
        self.search()?.find(super::on_one_line(text).as_ref()).map(|found| found.range())
    }

    /// Whether one of the list stands anywhere in `text`.
    pub fn is_in(&self, text: &str) -> bool {
        self.search().is_some_and(|search| search.is_match(super::on_one_line(text).as_ref()))
    }

    /// `text` behind the word of the list that it starts with, the longest.
    pub fn strip_start<'t>(&self, text: &'t str) -> Option<&'t str> {
        let starts = |word: &&String| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        let longest = self.words.iter().filter(starts).map(String::len).max()?;
        text.get(longest..)
    }

    /// `text` in front of the word of the list that it ends with, the longest.
    pub fn strip_end<'t>(&self, text: &'t str) -> Option<&'t str> {
        let ends = |word: &&String| {
            text.len()
                .checked_sub(word.len())
                .and_then(|at| text.as_bytes().get(at..))
                .is_some_and(|end| end.eq_ignore_ascii_case(word.as_bytes()))
        };
        let longest = text.len() - self.words.iter().filter(ends).map(String::len).max()?;
        text.get(..longest)
    }
}

/// A list.
pub fn list(words: Words) -> &'static List {
    static LISTS: OnceLock<Vec<List>> = OnceLock::new();
    static NONE: List = List { words: Vec::new(), search: OnceLock::new() };
    let lists = LISTS.get_or_init(|| {
        let lines = include_str!("../../assets/words.tsv").lines().filter(|line| !line.starts_with('#'));
        let rows: HashMap<&str, &str> = lines.filter_map(|line| line.split_once('\t')).collect();
        let word = |word: &str| word.replace('_', " ").to_ascii_lowercase();
        let split = |words: &str| words.split('|').filter(|word| !word.is_empty()).map(word).collect();
        NAMES.iter().map(|name| List::new(split(rows.get(name).copied().unwrap_or_default()))).collect()
    });
    lists.get(words as usize).unwrap_or(&NONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_words_and_every_row_a_list() {
        for name in NAMES {
            assert!(include_str!("../../assets/words.tsv").lines().any(|line| line.split('\t').next() == Some(name)), "{name}");
        }
        let rows = include_str!("../../assets/words.tsv").lines().filter(|line| !line.starts_with('#'));
        assert!(rows.filter_map(|line| line.split_once('\t')).all(|(name, words)| NAMES.contains(&name) && !words.is_empty()));
    }

    #[test]
    fn lists_are_found_in_either_case() {
        let using = list(Words::CustomersUsing);
        assert_eq!(using.first("Some Customers using Mail"), Some(5..21));
        assert!(!using.is_in("customers of"), "a mark at an end is a space");
        assert!(list(Words::Ailing).holds("Stuck") && !list(Words::Ailing).holds("stuck up"));
    }

    #[test]
    fn ends_and_starts_take_the_longest() {
        assert_eq!(list(Words::TitleOpenings).strip_start("RCA: Mail down"), Some("Mail down"));
        assert_eq!(list(Words::About).strip_end("at approximately"), Some("at "));
        assert_eq!(list(Words::About).strip_end("at noon"), None);
    }
}
