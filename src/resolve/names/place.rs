//! What a place where a name stands says for it: the words around it, its sentence, and the list that it stands in.

use super::Names;
use super::candidate::Place;
use super::clause;
use super::key::telling;
use super::phrase::Word;
use super::region::{Region, Where};
use crate::extract::lexicon::Cue;
use crate::kind;
use crate::resolve::roles::{Sink, stem};
use std::borrow::Cow;
use std::ops::Range;

/// A cue is close to a name within so many bytes.
const CLOSE: usize = 24;
/// So many words in front of a list tell what it is of.
const BEFORE: usize = 6;

/// Names of the first of [`crate::extract::vocabulary::LISTS`], as features have them.
pub const LIST_NAMES: [&str; 16] = [
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

/// The names of the lists whose `bits` are set, each with its bit.
pub fn listed(mut bits: u32) -> impl Iterator<Item = (usize, &'static str)> {
    std::iter::from_fn(move || {
        let bit = bits.trailing_zeros() as usize;
        bits &= bits.wrapping_sub(1);
        LIST_NAMES.get(bit).map(|name| (bit, *name))
    })
}

impl Where {
    pub fn name(self) -> &'static str {
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

impl Names<'_> {
    /// What is told of the list that it stands in: all names of a list are of one kind.
    pub fn describe_list(&self, region: &Region, at: &Place, sink: &mut dyn Sink) {
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
        for (_, words) in listed(lists).filter(|(bit, _)| *bit > 1) {
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
}

/// A number in words.
pub fn many(count: usize) -> &'static str {
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

/// A word in lower case, without the endings of English.
pub fn lower<'r>(region: &'r Region, word: &Word) -> &'r str {
    stem(region.lower.get(word.range.clone()).unwrap_or_default())
}

/// What stands at `at`, which comes behind a mark or an end where `lead` tells so.
pub fn around<'r>(region: &'r Region, at: Option<usize>, lead: Option<char>) -> Cow<'r, str> {
    match (lead, at.and_then(|at| region.words.get(at))) {
        (Some('.' | '!' | '?' | '\n'), _) | (None, None) => "the end".into(),
        (Some('-' | '–' | '—'), _) => "-".into(),
        (Some('"' | '“' | '”' | '`' | '\''), _) => "a quotation mark".into(),
        (Some(mark), _) => mark.to_string().into(),
        (None, Some(word)) if word.joins => "&".into(),
        (None, Some(word)) if region.at(word.range.clone()).starts_with(|c: char| c.is_ascii_digit()) => "a number".into(),
        (None, Some(word)) => lower(region, word).into(),
    }
}

/// Tells what speaks for a name at one place.
pub fn describe(region: &Region, at: &Place, sink: &mut dyn Sink) {
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
        for (bit, list) in listed(next.key.lists) {
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
        for (_, list) in listed(last.key.lists) {
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
    clause::describe(region, at, sink);
}

/// What the sentence around it tells.
fn describe_cues(region: &Region, at: &Place, sink: &mut dyn Sink) {
    let from = region.words.get(at.words.start).map_or(0, |word| word.range.start);
    let to = at.words.end.checked_sub(1).and_then(|last| region.words.get(last)).map_or(from, |word| word.range.end);
    let sentence = region.sentence(from);
    if sentence.start == from {
        sink.add(kind!("opens a sentence"), "");
    }
    for (cue, range) in region.cues_in(&sentence) {
        let name = Cue::name(*cue);
        sink.add(kind!("in a sentence with"), name);
        match (from.checked_sub(range.end), range.start.checked_sub(to)) {
            (Some(..=CLOSE), _) => sink.add(kind!("close behind"), name),
            (_, Some(..=CLOSE)) => sink.add(kind!("close before"), name),
            (None, None) => sink.add(kind!("with"), name),
            _ => {}
        }
    }
}
