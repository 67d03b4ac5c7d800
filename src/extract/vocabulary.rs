//! In which lists a word is, told of all of them in one look-up: this is asked of every word of a text.

use super::date;
use super::words::{Words, list};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;
use std::sync::OnceLock;

/// The lists that tell words apart, each a bit.
pub const LISTS: [Words; 20] = [
    Words::FunctionWords,
    Words::ClosedWords,
    Words::Ordinary,
    Words::Technology,
    Words::TitleTrouble,
    Words::Ailing,
    Words::TitleVague,
    Words::NameVague,
    Words::VagueThings,
    Words::NoServices,
    Words::OutageNouns,
    Words::OrganizationNouns,
    Words::PlaceNouns,
    Words::StaffKinds,
    Words::TitleFurniture,
    Words::Suffered,
    Words::ReadLanguage,
    Words::UnreadLanguages,
    Words::Auxiliaries,
    Words::PastVerbs,
];
/// The bit of words that join those of a name, and of those that only say what kind of thing it is.
pub const SMALL: u32 = 1 << LISTS.len();
/// The bits of words of grammar, among them the names of months and weekdays.
pub const GRAMMAR: u32 = bits(&[Words::FunctionWords, Words::ClosedWords]);

const SMALL_WORDS: [&str; 11] = ["service", "services", "platform", "system", "systems", "the", "our", "and", "&", "of", "a"];

/// The bits of some of [`LISTS`].
#[allow(clippy::indexing_slicing, reason = "runs when the program is built")]
pub const fn bits(some: &[Words]) -> u32 {
    let (mut bits, mut at) = (0, 0);
    while at < LISTS.len() * some.len() {
        if LISTS[at / some.len()] as usize == some[at % some.len()] as usize {
            bits |= 1 << (at / some.len());
        }
        at += 1;
    }
    bits
}

/// In which of [`LISTS`] the word with that key is.
pub fn lists(key: u64) -> u32 {
    static LISTED: OnceLock<ByKey<u32>> = OnceLock::new();
    let listed = LISTED.get_or_init(|| {
        let words = LISTS.iter().zip(0..).flat_map(|(words, bit)| list(*words).words().map(move |word| (word, 1 << bit)));
        let small = SMALL_WORDS.iter().map(|word| (*word, SMALL));
        let mut listed = ByKey::default();
        for (word, bit) in words.chain(small).chain(date::names().map(|name| (name, bits(&[Words::ClosedWords])))) {
            *listed.entry(folded(word)).or_default() |= bit;
        }
        listed
    });
    listed.get(&key).copied().unwrap_or(0)
}

/// A word of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// It, folded, as one of many: "Virtual Machine" and "virtual machines" are one thing.
    pub word: u64,
    /// In which of [`LISTS`] it is as it is written, a bit each.
    pub lists: u32,
}

impl Key {
    /// That of `word`.
    pub fn of(word: &str) -> Self {
        let one = word.strip_suffix('s').filter(|one| one.len() > 3 && !one.ends_with(['s', 'S']));
        let key = folded(one.unwrap_or(word));
        Self { word: key, lists: lists(if one.is_some() { hashed(key, b's') } else { key }) }
    }
}

/// What stands between two blanks of a text, or nothing where one follows the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Where it stands.
    pub range: Range<usize>,
    /// Its word, where that is in front of a mark at most, and of ASCII letters.
    pub word: Option<(Range<usize>, Key)>,
}

/// The tokens of `text`.
pub fn tokens(text: &str) -> impl Iterator<Item = Token> {
    let mut next = 0;
    std::iter::from_fn(move || {
        let start = next;
        let rest = text.as_bytes().get(start..).filter(|rest| !rest.is_empty())?;
        let letters = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (word, behind) = (start..start + letters, rest.get(letters));
        let range = match behind {
            None | Some(b' ' | b'\n') => word.clone(),
            Some(_) => start..word.end + text.get(word.end..)?.find(char::is_whitespace).unwrap_or(rest.len() - letters),
        };
        next = range.end + text.get(range.end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let marked = || range.end == word.end + 1 && behind.is_some_and(|mark| b",.;:!?)".contains(mark));
        let plain = letters > 0 && (range.end == word.end || marked());
        Some(Token { word: plain.then(|| (word.clone(), Key::of(text.get(word).unwrap_or_default()))), range })
    })
}

/// 64-bit FNV-1a, for what has a key is short: that of nothing, and that of one byte more.
pub const BASIS: u64 = 0xcbf2_9ce4_8422_2325;

/// The key of what has `key`, and one byte more.
pub const fn hashed(key: u64, byte: u8) -> u64 {
    (key ^ byte as u64).wrapping_mul(0x0100_0000_01b3)
}

/// The key of a word in either case.
pub fn folded(word: &str) -> u64 {
    word.bytes().fold(BASIS, |key, byte| hashed(key, byte.to_ascii_lowercase()))
}

/// Values by such keys.
pub type ByKey<T> = HashMap<u64, T, BuildHasherDefault<Taken>>;

/// The keys are hashes already.
#[derive(Debug, Default)]
pub struct Taken(u64);

impl Hasher for Taken {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = self.0.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_look_tells_all_lists_of_a_word() {
        let of = |word| lists(folded(word));
        assert_eq!((of("The") & (GRAMMAR | SMALL), of("der")), (0b01 | SMALL, bits(&[Words::UnreadLanguages])));
        assert!(["May", "sept", "Tuesday", "thu"].iter().all(|name| of(name) & GRAMMAR != 0));
        assert_eq!(of("tollgrove"), 0);
    }
}
