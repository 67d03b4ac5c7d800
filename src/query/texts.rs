//! Many short texts in one piece of memory: of a hundred thousand rows each would have twenty.

use memchr::memmem;
use serde::{Deserialize, Serialize};

/// Texts by the order in which they were put in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    all: Box<str>,
    /// The end of the first, which is searched most: no way through memory is taken to find it.
    first: u32,
    /// Where each begins and ends; one that is missing lies beyond the end.
    parts: Box<[(u32, u32)]>,
}

impl Texts {
    /// The text of that number; none where there is none.
    pub fn get(&self, number: usize) -> Option<&str> {
        let &(start, end) = self.parts.get(number)?;
        self.all.get(start as usize..end as usize)
    }

    /// The first text.
    pub fn first(&self) -> &str {
        self.all.get(..self.first as usize).unwrap_or_default()
    }

    /// The texts from that number on.
    pub fn from(&self, number: usize) -> impl Iterator<Item = &str> {
        (number..self.parts.len()).filter_map(|number| self.get(number))
    }
}

/// Texts while they are put in.
#[derive(Debug, Default)]
pub struct Collected {
    all: String,
    parts: Vec<(u32, u32)>,
}

impl Collected {
    /// Puts a text in. One that stands in those before takes no room.
    pub fn put(&mut self, text: &str) {
        match memmem::find(self.all.as_bytes(), text.as_bytes()) {
            Some(start) => self.part(start, text.len()),
            None => self.append(text),
        }
    }

    /// Puts a text in that stands in none of those before.
    pub fn append(&mut self, text: &str) {
        self.part(self.all.len(), text.len());
        self.all.push_str(text);
    }

    fn part(&mut self, start: usize, length: usize) {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.parts.push((place(start), place(start + length)));
    }

    /// Leaves a text out, so that those behind it keep their numbers.
    pub fn skip(&mut self) {
        self.parts.push((u32::MAX, u32::MAX));
    }

    /// All of them.
    pub fn done(self) -> Texts {
        let first = self.parts.first().map_or(0, |(_, end)| *end);
        Texts { all: self.all.into(), first, parts: self.parts.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_comes_back_and_what_is_the_same_stands_once() {
        let mut collected = Collected::default();
        for text in ["calendars, login", "login", "", "ä", "Login"] {
            collected.put(text);
        }
        collected.skip();
        let texts = collected.done();
        assert_eq!(texts.from(0).collect::<Vec<_>>(), ["calendars, login", "login", "", "ä", "Login"]);
        assert_eq!(texts.first(), "calendars, login");
        assert_eq!((texts.get(5), texts.get(6)), (None, None));
        assert_eq!(texts.all.len(), 23);
    }
}
