//! What speaks for a name: where it stands, the words around it, how it is written, how often it is told, and what the rules say.

use super::Names;
use super::candidate::{Name, Place, Region, Where, is_part};
use super::key::telling;
use super::link;
use super::phrase::Word;
use crate::extract::lexicon::Cue;
use crate::kind;
use crate::resolve::proper;
use crate::resolve::roles::{Sink, stem};
use std::borrow::Cow;
use std::ops::Range;

/// A cue is close to a name within so many bytes.
const CLOSE: usize = 24;
/// So many words in front of a list tell what it is of.
const BEFORE: usize = 6;

impl Where {
    fn name(self) -> &'static str {
        match self {
            Where::Title => "title",
            Where::Heading => "heading",
            Where::Text => "text",
            Where::List => "list",
            Where::Row => "row",
            Where::Field => "field",
        }
    }
}

/// Names of the first of [`crate::extract::vocabulary::LISTS`], as features have them.
const LIST_NAMES: [&str; 16] = [
    "grammar",
    "grammar",
    "ordinary words",
    "technology",
    "trouble",
    "ailments",
    "vague openings",
    "no names",
    "vague things",
    "people and times",
    "outages",
    "organizations",
    "places",
    "staff",
    "documents",
    "suffering",
];

impl Names<'_> {
    /// What speaks for the name at `place`.
    pub fn describe(&self, place: usize, sink: &mut dyn Sink) {
        let Some(name) = self.gathered.names.get(place) else { return };
        sink.add(kind!("a name"), "");
        self.describe_shape(name, sink);
        self.describe_telling(name, sink);
        self.describe_by_rules(place, name, sink);
        for at in &name.places {
            if let Some(region) = self.gathered.regions.get(at.region) {
                describe_place(region, at, sink);
                self.describe_list(region, at, sink);
            }
        }
    }

    /// What speaks for no name at all.
    pub fn describe_none(&self, sink: &mut dyn Sink) {
        sink.add(kind!("none named"), "");
        if self.ruled.is_none() {
            sink.add(kind!("none named by the rules"), "");
        }
        if self.first_person {
            sink.add(kind!("none named by us"), "");
        }
        sink.add(kind!("none named of"), many(self.gathered.names.len()));
    }

    fn describe_shape(&self, name: &Name, sink: &mut dyn Sink) {
        let text = name.text.as_str();
        let Some((region, at)) = name.places.first().and_then(|at| Some((self.gathered.regions.get(at.region)?, at))) else { return };
        let words = region.words.get(at.words.clone()).unwrap_or_default();
        let shape = shape(text, words);
        sink.add(kind!("written"), shape);
        let (count, written_as) = match words.len() {
            1 => ("one word", kind!("as one word")),
            2 => ("two words", kind!("as two words")),
            3 => ("three words", kind!("as three words")),
            _ => ("more words", kind!("as more words")),
        };
        sink.add(kind!("of"), count);
        sink.add(written_as, shape);
        if let (Some(first), Some(last)) = (words.first(), words.last()) {
            sink.add(kind!("its last word"), &lower(region, last));
            if words.len() > 1 {
                sink.add(kind!("its first word"), &lower(region, first));
            }
            if words.iter().any(|word| region.at(word.range.clone()).starts_with(|c: char| c.is_ascii_digit())) {
                sink.add(kind!("with a number"), "");
            }
            let of_all = words.iter().fold(u32::MAX, |all, word| all & word.key.lists);
            let of_any = words.iter().fold(0, |any, word| any | word.key.lists);
            for (bit, list) in LIST_NAMES.iter().enumerate() {
                if of_all >> bit & 1 == 1 {
                    sink.add(kind!("all of it in"), list);
                } else if of_any >> bit & 1 == 1 {
                    sink.add(kind!("some of it in"), list);
                }
                if last.key.lists >> bit & 1 == 1 {
                    sink.add(kind!("its last word in"), list);
                }
                if words.len() > 1 && first.key.lists >> bit & 1 == 1 {
                    sink.add(kind!("its first word in"), list);
                }
            }
        }
        if shape != "small" {
            if proper::is_organization(text) {
                sink.add(kind!("says it is an organization"), "");
            }
            sink.add(if proper::is_name(text) { kind!("may be a proper name") } else { kind!("no proper name") }, "");
        }
        let links = self.links.of(text);
        for (bit, how) in
            [(link::MAIL, "a mail address"), (link::OWN, "a page of its own"), (link::HOST, "a link"), (link::ACCOUNT, "an account")]
        {
            if links & bit != 0 {
                sink.add(kind!("told by"), how);
            }
        }
    }

    fn describe_telling(&self, name: &Name, sink: &mut dyn Sink) {
        sink.add(kind!("told"), many(name.count));
        let most = self.most;
        let rank = if name.count == most {
            "most"
        } else if name.count * 2 >= most {
            "half as often as the most"
        } else {
            "less often"
        };
        if most > 2 {
            sink.add(kind!("told compared"), rank);
        }
        if name.heads > 0 {
            sink.add(kind!("heads longer names"), many(name.heads));
        }
        let titled = name.places.iter().any(|at| self.place_of(at) == Where::Title);
        let texts = name.places.iter().filter(|at| self.place_of(at) != Where::Title).count();
        sink.add(
            kind!("told where"),
            match (titled, texts) {
                (true, 0) => "the title alone",
                (true, 1) => "the title and the text",
                (true, _) => "the title and often",
                (false, _) => "the text alone",
            },
        );
        let first = name.places.first().map_or(0, |at| at.region);
        sink.add(
            kind!("first told in"),
            match first {
                0 => "the title",
                1 | 2 => "the head",
                3..8 => "the beginning",
                _ => "the course",
            },
        );
    }

    /// What is told of the list that it stands in: all names of a list are of one kind.
    fn describe_list(&self, region: &Region, at: &Place, sink: &mut dyn Sink) {
        let Some(list) = region.list_of(&at.words) else { return };
        if !list.members.contains(&at.words) {
            return sink.add(kind!("a part of a name in a list"), "");
        }
        sink.add(kind!("in a list of"), many(list.members.len()));
        let Range { start, end } = list.extent();
        let lead = |at: usize| region.words.get(at).and_then(|word| word.lead);
        sink.add(kind!("in front of its list"), &around(region, start.checked_sub(1), lead(start)));
        sink.add(kind!("behind its list"), &around(region, (end < region.words.len()).then_some(end), lead(end)));
        let sentence = region.sentence(region.words.get(start).map_or(0, |word| word.range.start));
        let in_front = region.words.get(start.saturating_sub(BEFORE)..start).unwrap_or_default();
        let lists = in_front.iter().filter(|word| sentence.start <= word.range.start).fold(0, |all, word| all | word.key.lists);
        for (_, words) in LIST_NAMES.iter().enumerate().filter(|(bit, _)| *bit > 1 && lists >> bit & 1 == 1) {
            sink.add(kind!("before its list, a word of"), words);
        }
        let from = in_front.first().map_or(0, |first| first.range.start.max(sentence.start));
        let to = region.words.get(start).map_or(0, |word| word.range.start);
        for (cue, _) in region.cues.iter().filter(|(_, range)| from <= range.start && range.end <= to) {
            sink.add(kind!("before its list"), Cue::name(*cue));
        }
        let key = |words: &Range<usize>| telling(region.words.get(words.clone()).unwrap_or_default().iter().map(|word| word.key));
        let ruled = |words: &Range<usize>| self.services.iter().any(|(service, _)| key(words).eq(service.iter().copied()));
        let others = list.members.iter().filter(|words| **words != at.words && ruled(words)).count();
        sink.add(kind!("services by the rules in its list"), many(others));
    }

    fn place_of(&self, at: &Place) -> Where {
        self.gathered.regions.get(at.region).map_or(Where::Text, |region| region.place)
    }

    fn describe_by_rules(&self, place: usize, name: &Name, sink: &mut dyn Sink) {
        if let Some((ruled, by)) = &self.ruled {
            if *ruled == place {
                sink.add(kind!("the publisher by the rules"), "");
                sink.add(kind!("the publisher by the rule"), by);
            } else if let Some(ruled) = self.gathered.names.get(*ruled) {
                if name.key.starts_with(&ruled.key) {
                    sink.add(kind!("begins with the publisher"), "");
                } else if is_part(&name.key, &ruled.key) {
                    sink.add(kind!("part of the publisher"), "");
                }
            }
        }
        for (service, by) in &self.services {
            if *service == name.key {
                sink.add(kind!("a service by the rules"), "");
                sink.add(kind!("a service by the rule"), by);
            } else if is_part(&name.key, service) {
                sink.add(
                    if name.key.len() < service.len() {
                        kind!("in a service by the rules")
                    } else {
                        kind!("around a service by the rules")
                    },
                    "",
                );
            }
        }
        if self.services.is_empty() {
            sink.add(kind!("no service by the rules"), "");
        }
    }
}

/// A number in words.
fn many(count: usize) -> &'static str {
    match count {
        0 => "never",
        1 => "once",
        2 => "twice",
        3 | 4 => "some times",
        5..10 => "often",
        10..40 => "very often",
        _ => "all the time",
    }
}

fn shape(text: &str, words: &[Word]) -> &'static str {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    let capitals = words.iter().filter(|word| word.capital).count();
    if letters().count() > 1 && letters().all(char::is_uppercase) {
        "in capitals"
    } else if capitals == 0 {
        "small"
    } else if text.contains(|c: char| c.is_ascii_digit()) {
        "with a digit"
    } else if text.split([' ', '-']).any(|word| word.chars().skip(1).any(char::is_uppercase)) {
        "with a capital inside"
    } else if text.contains('.') {
        "with a dot"
    } else if capitals == words.len() {
        "with a capital"
    } else {
        "with some capitals"
    }
}

/// A word in lower case, without the endings of English.
fn lower<'r>(region: &'r Region, word: &Word) -> Cow<'r, str> {
    let word = region.at(word.range.clone());
    if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
        let mut word = word.to_ascii_lowercase();
        word.truncate(stem(&word).len());
        Cow::Owned(word)
    } else {
        Cow::Borrowed(stem(word))
    }
}

/// What stands at `at`, which comes behind a mark or an end where `lead` tells so.
fn around<'r>(region: &'r Region, at: Option<usize>, lead: Option<char>) -> Cow<'r, str> {
    match (lead, at.and_then(|at| region.words.get(at))) {
        (Some('.' | '!' | '?' | '\n'), _) | (None, None) => "the end".into(),
        (Some('-' | '–' | '—'), _) => "-".into(),
        (Some('"' | '“' | '”' | '`' | '\''), _) => "a quotation mark".into(),
        (Some(mark), _) => mark.to_string().into(),
        (None, Some(word)) if word.joins => "&".into(),
        (None, Some(word)) if region.at(word.range.clone()).starts_with(|c: char| c.is_ascii_digit()) => "a number".into(),
        (None, Some(word)) => lower(region, word),
    }
}

/// One place where it stands.
fn describe_place(region: &Region, at: &Place, sink: &mut dyn Sink) {
    let place = region.place.name();
    sink.add(kind!("in"), place);
    if let Some(topic) = region.topic {
        sink.add(kind!("under"), topic.name());
        sink.add(if region.place == Where::Field { kind!("as the value of") } else { kind!("in the text under") }, topic.name());
    }
    if let Some(label) = &region.label {
        label.as_str().split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1).take(4).for_each(|word| {
            sink.add(kind!("in the label"), stem(&word.to_ascii_lowercase()));
        });
    }
    let Range { start, end } = at.words;
    let own_lead = region.words.get(start).and_then(|word| word.lead);
    let lead_of = |at: usize| region.words.get(at).and_then(|word| word.lead);
    let before = around(region, start.checked_sub(1), own_lead);
    let owns = end.checked_sub(1).and_then(|last| region.words.get(last)).is_some_and(|last| last.owns);
    let after = if owns { "'s".into() } else { around(region, (end < region.words.len()).then_some(end), lead_of(end)) };
    sink.add(kind!("in front"), &before);
    sink.add(kind!("behind"), &after);
    if matches!(region.place, Where::Title | Where::Heading) {
        sink.add(if region.place == Where::Title { kind!("in front in the title") } else { kind!("in front in a heading") }, &before);
        sink.add(if region.place == Where::Title { kind!("behind in the title") } else { kind!("behind in a heading") }, &after);
    }
    if let Some(next) = region.words.get(end).filter(|_| lead_of(end).is_none()) {
        for (bit, list) in LIST_NAMES.iter().enumerate().filter(|(bit, _)| next.key.lists >> bit & 1 == 1) {
            sink.add(kind!("behind, a word of"), list);
            if bit > 1 && region.place == Where::Title {
                sink.add(kind!("behind in the title, a word of"), list);
            }
        }
        if next.capital {
            sink.add(kind!("in front of a name"), "");
        }
    }
    if let Some(last) = start.checked_sub(1).and_then(|last| region.words.get(last)).filter(|_| own_lead.is_none()) {
        for (_, list) in LIST_NAMES.iter().enumerate().filter(|(bit, _)| last.key.lists >> bit & 1 == 1) {
            sink.add(kind!("in front, a word of"), list);
        }
        if last.capital {
            sink.add(kind!("behind a name"), "");
        }
        if last.owns {
            sink.add(kind!("owned"), "");
        }
    }
    let (part, part_in) = match (start == at.stretch.start, end == at.stretch.end) {
        (true, true) => ("whole", kind!("the whole of its stretch in")),
        (true, false) => ("front", kind!("the front of its stretch in")),
        (false, true) => ("rear", kind!("the rear of its stretch in")),
        (false, false) => ("middle", kind!("the middle of its stretch in")),
    };
    sink.add(kind!("of its stretch"), part);
    sink.add(part_in, place);
    describe_cues(region, at, sink);
}

/// What the sentence around it tells.
fn describe_cues(region: &Region, at: &Place, sink: &mut dyn Sink) {
    let from = region.words.get(at.words.start).map_or(0, |word| word.range.start);
    let to = at.words.end.checked_sub(1).and_then(|last| region.words.get(last)).map_or(from, |word| word.range.end);
    let sentence = region.sentence(from);
    if sentence.start == from {
        sink.add(kind!("opens a sentence"), "");
    }
    for (cue, range) in region.cues.iter().filter(|(_, range)| sentence.start <= range.start && range.end <= sentence.end) {
        let name = Cue::name(*cue);
        sink.add(kind!("in a sentence with"), name);
        if range.end <= from {
            sink.add(if from - range.end <= CLOSE { kind!("close behind") } else { kind!("further behind") }, name);
        } else if to <= range.start {
            sink.add(if range.start - to <= CLOSE { kind!("close before") } else { kind!("further before") }, name);
        } else {
            sink.add(kind!("with"), name);
        }
    }
}
