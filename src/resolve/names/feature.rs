//! What speaks for a name: how it is written, how often it is told, and what the rules say; and all that its places tell.

use super::Names;
use super::candidate::{Name, Place, is_part};
use super::link;
use super::phrase::Word;
use super::place::{self, listed, lower, many};
use super::region::Where;
use crate::kind;
use crate::resolve::proper;
use crate::resolve::roles::Sink;
use crate::role::weights::Kind;

impl Names<'_> {
    /// What speaks for the name at `place`.
    pub fn describe(&self, place: usize, sink: &mut dyn Sink) {
        let Some(name) = self.gathered.names.get(place) else { return };
        sink.add(kind!("a name"), "");
        self.describe_shape(name, sink);
        self.describe_telling(name, sink);
        self.describe_close(name, sink);
        self.describe_lines(name, sink);
        self.describe_by_rules(place, name, sink);
        for at in &name.places {
            if let Some(region) = self.gathered.regions.get(at.region) {
                place::describe(region, at, sink);
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
        self.describe_unknown(sink);
    }

    fn describe_shape(&self, name: &Name, sink: &mut dyn Sink) {
        let text = name.text.as_str();
        self.describe_links(text, if name.places.is_empty() { kind!("told but by") } else { kind!("told by") }, sink);
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
            sink.add(kind!("its last word"), lower(region, last));
            sink.add(kind!("its last word ends with"), ending(region.at(last.range.clone())));
            if words.iter().any(|word| region.at(word.range.clone()).starts_with(|c: char| c.is_ascii_digit())) {
                sink.add(kind!("with a number"), "");
            }
            let of_all = words.iter().fold(u32::MAX, |all, word| all & word.key.lists);
            let of_any = word_lists(words);
            for (bit, list) in listed(of_any) {
                let whole = of_all >> bit & 1 == 1;
                sink.add(if whole { kind!("all of it in") } else { kind!("some of it in") }, list);
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
    }

    fn describe_links(&self, text: &str, kind: Kind, sink: &mut dyn Sink) {
        let links = self.links.of(text);
        for (bit, how) in [
            (link::SENDER, "the address of the sender"),
            (link::RECIPIENT, "the address of a reader"),
            (link::MAIL, "a mail address"),
            (link::OWN, "a page of its own"),
            (link::HOST, "a link"),
            (link::ACCOUNT, "an account"),
        ] {
            if links & bit != 0 {
                sink.add(kind, how);
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
        let compared = |other: usize| match other {
            0 => "never",
            _ if other > name.count => "more often",
            _ if other == name.count => "as often",
            _ => "less often",
        };
        if name.key.len() > 1 {
            sink.add(kind!("told without its last word"), compared(name.shorter[0]));
            sink.add(kind!("told without its first word"), compared(name.shorter[1]));
        }
        sink.add(kind!("told with a word more"), compared(name.longer));
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

    /// Where in the report it is told last, and whether it ends or opens what stands there: that is how many sign.
    fn describe_close(&self, name: &Name, sink: &mut dyn Sink) {
        let Some((region, at)) = name.places.last().and_then(|at| Some((self.gathered.regions.get(at.region)?, at))) else { return };
        let close = match self.gathered.regions.len().saturating_sub(at.region) {
            0 | 1 => "the last paragraph",
            2 | 3 => "the close",
            4..8 => "the end",
            _ => "the course",
        };
        sink.add(kind!("last told in"), close);
        if at.words.end == region.words.len() {
            sink.add(kind!("ends"), close);
        }
        if at.words.start == 0 {
            sink.add(kind!("opens"), close);
        }
        let Some(first) = name.places.first().filter(|first| first.words.start == 0 && self.place_of(first) != Where::Title) else {
            return;
        };
        sink.add(
            kind!("opens a paragraph of"),
            match first.region {
                0 | 1 => "the head",
                2 | 3 => "the beginning",
                _ => "the course",
            },
        );
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

/// The lists that any of `words` is in.
pub fn word_lists(words: &[Word]) -> u32 {
    words.iter().fold(0, |any, word| any | word.key.lists)
}

/// The ending of a word that tells a noun from others.
fn ending(word: &str) -> &'static str {
    const ENDINGS: [&str; 12] = ["ed", "ing", "ly", "ss", "us", "ies", "s", "ion", "er", "or", "ty", "al"];
    ENDINGS.into_iter().find(|ending| word.len() > ending.len() + 1 && word.ends_with(ending)).unwrap_or("another")
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
