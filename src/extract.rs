//! Blocks to pieces: what the words say, not yet what they mean.

pub mod clock;
pub mod date;
pub mod duration;
mod grammar;
pub mod language;
pub mod later;
pub mod lexicon;
pub mod modality;
#[cfg(test)]
mod notation;
pub mod passage;
pub mod phrases;
pub mod piece;
pub mod prose;
pub mod segment;
pub mod time;
mod twice;
pub mod vocabulary;
pub mod words;
pub mod zone;

pub(crate) use grammar::{any_case, figures, number, refused, tag_no_case, word_end};

/// The byte positions at which a word or a number starts: an alphanumeric after anything else, and where digits follow
/// letters ("PT5", "2024T10") or an open slot (`--:--`, `??:??`) starts.
pub(crate) fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let (mut before, mut next) = (Class::Other, 0);
    std::iter::from_fn(move || {
        for (at, byte) in bytes.iter().enumerate().skip(next) {
            let here = class(*byte);
            let last = std::mem::replace(&mut before, here);
            // Nothing starts inside a run of one class.
            if here != last && here != Class::Other && starts_word(text, at, last, here) {
                next = at + 1;
                return Some(at);
            }
        }
        next = bytes.len();
        None
    })
}

/// Whether a word, a number or an open slot starts at the byte `at`, which is of the class `here` behind one of the class `last`.
fn starts_word(text: &str, at: usize, last: Class, here: Class) -> bool {
    let bytes = text.as_bytes();
    let lead = || at.checked_sub(1).and_then(|lead| bytes.get(lead)).copied();
    match (here, last) {
        (Class::Other, _) | (Class::Letter, Class::Digit) => false,
        (Class::Digit, Class::Letter) => lead() == Some(b'T'),
        // What stands before a byte that is no ASCII is asked only where it matters.
        (Class::Letter | Class::Digit, _) => {
            lead().is_none_or(|lead| lead.is_ascii()) || !text.get(..at).is_some_and(|lead| lead.ends_with(char::is_alphanumeric))
        }
        (Class::Dash, _) => bytes.get(at..at + 3) == Some(b"--:"),
        (Class::Question, _) => bytes.get(at..at + 3) == Some(b"??:"),
    }
}

#[allow(clippy::indexing_slicing, reason = "a byte is below 256")]
fn class(byte: u8) -> Class {
    CLASSES[usize::from(byte)]
}

/// What a byte may start.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Dash,
    Question,
    Other,
}

#[allow(clippy::indexing_slicing, reason = "runs when the program is built")]
const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'-' => Class::Dash,
            b'?' => Class::Question,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

/// Whether the word at `at` is the inside of something longer: a version, an address, a path, a name with dashes.
pub(crate) fn is_inside_token(text: &str, at: usize) -> bool {
    let mut before = text.get(..at).unwrap_or_default().chars().rev();
    let (last, previous) = (before.next(), before.next());
    match last {
        Some('.' | ':' | '/' | '-') => {
            previous.is_some_and(char::is_alphanumeric)
                && !(last == Some('-') && previous.is_some_and(|c| c.is_ascii_digit() || c == 'M' || c == 'm'))
                || last == Some('/')
        }
        Some('@' | '#' | '_' | '=' | '\\' | '$' | '+') => true,
        _ => false,
    }
}

/// `text` as it is searched, every byte in its place: in lower case, which is cheaper than an automaton that knows either case, and
/// with its line ends as blanks, for phrases go on from line to line.
pub(crate) fn searched(text: &str) -> Vec<u8> {
    text.bytes().map(|byte| if byte == b'\n' { b' ' } else { byte.to_ascii_lowercase() }).collect()
}
