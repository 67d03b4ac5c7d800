//! What speaks for a moment: the words around it and their cues, its place in the report and in time, and what the rules say.
//!
//! A feature is a kind with a value: `behind=restored`. What people read of each is in `role/words.rs`.

use super::told::{Candidate, Told};
use crate::extract::passage::Form;
use crate::kind;
use crate::resolve::mention::{InRange, Mention};
use crate::role::Role;
use crate::role::weights::Kind;
use std::cmp::Ordering;

/// Takes features.
pub trait Sink {
    /// Takes one: a kind, and a value that may be empty.
    fn add(&mut self, kind: Kind, value: &str);
}

/// So many mentions of one moment are looked at, so many words on either side of it, and so many of its sentence.
const MENTIONS: usize = 6;
const AROUND: usize = 10;
const WORDS: usize = 40;
/// So many words of an update tell what it says first.
const HEAD: usize = 6;
/// No word has more letters.
const LONGEST: usize = 20;
/// A cue is close to a moment within so many bytes.
const CLOSE: usize = 28;

impl Told<'_, '_> {
    /// What speaks for the candidate at `place`.
    pub fn describe(&self, place: usize, sink: &mut dyn Sink) {
        let Some(candidate) = self.candidates.get(place) else { return };
        self.describe_place(place, sink);
        self.describe_by_rules(place, candidate, sink);
        for post in candidate.posts.iter().filter_map(|place| self.posts.get(*place)) {
            sink.add(kind!("as the post"), if post.postmortem { "postmortem" } else { post.kind.name() });
        }
        candidate.posts.iter().for_each(|place| self.describe_post(*place, sink));
        let told = match (candidate.mentions.len(), candidate.posts.is_empty()) {
            (0, true) => "never",
            (0, false) => "posted only",
            (1, true) => "once",
            (1, false) => "once and posted",
            (2, _) => "twice",
            _ => "often",
        };
        sink.add(kind!("told"), told);
        self.describe_neighbours(candidate, sink);
        for mention in candidate.mentions.iter().take(MENTIONS).filter_map(|place| self.mentions.get(*place)) {
            self.describe_mention(mention, sink);
        }
    }

    /// What was posted then.
    fn describe_post(&self, place: usize, sink: &mut dyn Sink) {
        let texts = self.texts.get(place).map_or(&[][..], Vec::as_slice);
        for (place, passage) in texts.iter().filter_map(|place| self.passages.get(*place)).map(|(passage, _)| passage).enumerate() {
            passage.cues().iter().for_each(|(cue, _)| sink.add(kind!("cue in the post"), cue.name()));
            if place == 0 {
                Words::default().of(passage.text.as_str(), HEAD, |word, _| sink.add(kind!("at the head of the post"), word));
            }
        }
    }

    /// What the moments told on either side of it are, by their cues: labels that nobody knows stand between those that all know.
    fn describe_neighbours(&self, candidate: &Candidate, sink: &mut dyn Sink) {
        for place in candidate.mentions.iter().take(MENTIONS) {
            let before = place.checked_sub(1).and_then(|before| self.mentions.get(before));
            for (other, kind) in [(before, kind!("told behind")), (self.mentions.get(place + 1), kind!("told in front of"))] {
                sink.add(kind, other.map_or("none", |other| other.kind.name()));
            }
        }
    }

    /// What speaks for no moment at all.
    pub fn describe_none(&self, sink: &mut dyn Sink) {
        sink.add(kind!("nothing told"), "");
        self.situations(|situation| sink.add(kind!("nothing told of"), situation));
        for role in Role::ALL.iter().filter(|role| self.ruled.get(**role).is_none()) {
            sink.add(kind!("nothing ruled as"), role.name());
        }
    }

    /// What kind of report it is, as far as the order of moments depends on it.
    fn situations(&self, mut take: impl FnMut(&str)) {
        take(match self.candidates.len() {
            0 | 1 => "one moment",
            2 => "two moments",
            3..6 => "few moments",
            6..16 => "some moments",
            _ => "many moments",
        });
        take(if self.live { "posts" } else { "text alone" });
        if self.entries {
            take("a timeline");
        }
    }

    /// Its place among the moments, in time.
    fn describe_place(&self, place: usize, sink: &mut dyn Sink) {
        let last = self.candidates.len().saturating_sub(1);
        let at =
            |reach: Option<(usize, usize)>| (reach.is_some_and(|(first, _)| first == place), reach.is_some_and(|(_, last)| last == place));
        let ((first_told, last_told), (first_hurt, last_hurt)) = (at(self.told), at(self.hurt));
        for (kind, fits) in [
            (kind!("first of"), place == 0),
            (kind!("second of"), place == 1),
            (kind!("second last of"), place + 1 == last),
            (kind!("last of"), place == last),
            (kind!("first told of"), first_told),
            (kind!("last told of"), last_told),
            (kind!("first felt of"), first_hurt),
            (kind!("last felt of"), last_hurt),
        ] {
            if fits {
                sink.add(kind, "all");
                self.situations(|situation| sink.add(kind, situation));
            }
        }
    }

    /// What the rules say of it.
    fn describe_by_rules(&self, place: usize, candidate: &Candidate, sink: &mut dyn Sink) {
        for role in Role::ALL {
            let Some(ruled) = *self.ruled.get(*role) else { continue };
            if ruled == candidate.at {
                sink.add(kind!("by the rules"), role.name());
            }
            let (Role::Start | Role::End) = role else { continue };
            let minutes = (candidate.at - ruled).num_minutes();
            let far = match minutes.unsigned_abs() {
                0 => "no time",
                1..6 => "minutes",
                6..16 => "a quarter hour",
                16..61 => "an hour",
                61..721 => "hours",
                _ => "days",
            };
            let (side, distance) = match (role, candidate.at.cmp(&ruled)) {
                (Role::Start, Ordering::Less) => (kind!("before"), kind!("before the ruled start")),
                (Role::Start, _) => (kind!("from"), kind!("behind the ruled start")),
                (_, Ordering::Greater) => (kind!("after"), kind!("behind the ruled end")),
                (_, _) => (kind!("until"), kind!("before the ruled end")),
            };
            sink.add(distance, far);
            sink.add(side, role.name());
        }
        self.describe_order(place, candidate, sink);
        for ((role, by), kind) in [Role::Start, Role::End].into_iter().zip(self.by).zip([kind!("starts by"), kind!("ends by")]) {
            if let Some(by) = by.filter(|_| *self.ruled.get(role) == Some(candidate.at)) {
                sink.add(kind, &by.to_string());
            }
        }
        for kind in self.kinds_of(candidate) {
            sink.add(kind!("by its cues"), kind.name());
            let Some((first, last)) = self.kinds.get(&kind) else { continue };
            if *first == place {
                sink.add(kind!("first by its cues"), kind.name());
            }
            if *last == place {
                sink.add(kind!("last by its cues"), kind.name());
            }
        }
    }

    /// Its rank behind the moments from which others follow, by the rules.
    fn describe_order(&self, place: usize, candidate: &Candidate, sink: &mut dyn Sink) {
        for (role, kind) in [
            (Role::Start, kind!("behind the start")),
            (Role::Detected, kind!("behind the detection")),
            (Role::Identified, kind!("behind the cause")),
        ] {
            let Some(ruled) = *self.ruled.get(role) else { continue };
            let from = self.candidates.partition_point(|other| other.at < ruled);
            let rank = match (place.checked_sub(from), candidate.at == ruled) {
                (None, _) => "none",
                (Some(_), true) => "zeroth",
                (Some(1), _) => "first",
                (Some(2), _) => "second",
                (Some(3..5), _) => "third",
                (Some(_), _) => "further",
            };
            sink.add(kind, rank);
        }
        let Some(end) = *self.ruled.get(Role::End) else { return };
        let to = self.candidates.partition_point(|other| other.at < end);
        let rank = match to.checked_sub(place) {
            None => "none",
            Some(0) => "zeroth",
            Some(1) => "first",
            Some(2) => "second",
            Some(3..5) => "third",
            Some(_) => "further",
        };
        sink.add(kind!("in front of the end"), rank);
    }

    /// One place where it is told.
    fn describe_mention(&self, mention: &Mention, sink: &mut dyn Sink) {
        let passage = self.passages.get(mention.passage).map(|(passage, _)| passage);
        let form = match passage.map(|passage| &passage.form) {
            _ if mention.entry => "entry",
            Some(Form::Field) => "field",
            Some(Form::Item { .. }) => "list",
            Some(Form::Row) => "row",
            _ => "prose",
        };
        sink.add(kind!("as"), form);
        if let Some(topic) = mention.topic {
            let kind = if mention.entry {
                kind!("as an entry under")
            } else if mention.field {
                kind!("as the value of")
            } else {
                kind!("in the text under")
            };
            sink.add(kind!("under"), topic.name());
            sink.add(kind, topic.name());
        }
        if mention.impact {
            sink.add(kind!("felt, as"), form);
        }
        let end = match mention.in_range {
            InRange::Alone => None,
            InRange::Start(_) => Some("start"),
            InRange::End => Some("end"),
        };
        if let Some(end) = end {
            sink.add(kind!("of a range"), end);
            sink.add(if mention.impact { kind!("of a range that was felt") } else { kind!("of another range") }, end);
        }
        if mention.point.approximate {
            sink.add(kind!("approximate"), "");
        }
        if let Some(update) = mention.update.and_then(|update| self.posts.get(update)) {
            sink.add(kind!("in the post"), update.kind.name());
        }
        for (cue, at) in mention.cues.iter() {
            let name = cue.name();
            sink.add(kind!("cue"), name);
            if mention.before.start <= at.start && at.end <= mention.before.end {
                sink.add(if mention.before.end - at.end <= CLOSE { kind!("cue close in front") } else { kind!("cue in front") }, name);
            } else if mention.after.start <= at.start && at.end <= mention.after.end {
                sink.add(if at.start - mention.after.start <= CLOSE { kind!("cue close behind") } else { kind!("cue behind") }, name);
            }
        }
        let mut words = Words::default();
        if let Some(label) = passage.and_then(|passage| passage.label.as_ref()) {
            words.of(label.as_str(), AROUND, |word, _| sink.add(kind!("in the label"), word));
        }
        if let Some(heading) = passage.and_then(|passage| passage.heading.as_ref()) {
            words.of(heading.text.as_str(), AROUND, |word, _| sink.add(kind!("in the heading"), word));
        }
        describe_words(mention, &mut words, sink);
    }
}

/// The words around it: of an entry all are about it, of a sentence those near it.
fn describe_words(mention: &Mention, words: &mut Words, sink: &mut dyn Sink) {
    let text = mention.text.as_str();
    let (before, after) = (text.get(mention.before.clone()).unwrap_or_default(), text.get(mention.after.clone()).unwrap_or_default());
    if mention.entry {
        words.of(text, WORDS, |word, _| sink.add(kind!("in the entry"), word));
        words.of(after, 4, |word, _| sink.add(kind!("at the head of the entry"), word));
        return;
    }
    words.of(text, WORDS, |word, _| sink.add(kind!("in the sentence"), word));
    let mut pair = String::new();
    words.back(before, AROUND, |word, place| {
        sink.add(kind!("in front"), word);
        match place {
            0 => {
                sink.add(kind!("right in front"), word);
                pair.push_str(word);
            }
            1 => {
                sink.add(kind!("two in front"), word);
                pair = format!("{word} {pair}");
                sink.add(kind!("in front"), &pair);
            }
            _ => {}
        }
    });
    words.of(after, AROUND, |word, place| sink.add(if place < 4 { kind!("behind") } else { kind!("further behind") }, word));
}

/// A word without the endings of English.
pub fn stem(word: &str) -> &str {
    ["ing", "ed", "es", "s"].iter().find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.len() > 3)).unwrap_or(word)
}

/// Whether it is of a few letters, and no part of a time.
pub fn is_word(word: &str) -> bool {
    (2..=LONGEST).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !(word.len() < 4 && ["utc", "gmt", "am", "pm"].iter().any(|part| word.eq_ignore_ascii_case(part)))
}

/// The words of a text, in lower case, without the endings of English.
#[derive(Default)]
pub struct Words {
    word: String,
}

impl Words {
    /// Takes the first `most` words of `text`, each with its place.
    pub fn of(&mut self, text: &str, most: usize, take: impl FnMut(&str, usize)) {
        self.take(text.split(|c: char| !c.is_alphanumeric()), most, take);
    }

    /// Takes the last `most` words of `text`, from the last on.
    pub fn back(&mut self, text: &str, most: usize, take: impl FnMut(&str, usize)) {
        self.take(text.rsplit(|c: char| !c.is_alphanumeric()), most, take);
    }

    fn take<'t>(&mut self, words: impl Iterator<Item = &'t str>, most: usize, mut take: impl FnMut(&str, usize)) {
        for (place, word) in words.filter(|word| is_word(word)).take(most).enumerate() {
            self.word.clear();
            self.word.reserve(LONGEST);
            self.word.push_str(word);
            self.word.make_ascii_lowercase();
            take(stem(&self.word), place);
        }
    }
}
