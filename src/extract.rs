//! Blocks to pieces: what the words say, not yet what they mean.

pub mod clock;
pub mod date;
pub mod duration;
pub mod lexicon;
pub mod passage;
pub mod prose;
pub mod time;
pub mod zone;

/// The byte positions at which a word or a number starts: an alphanumeric after anything else, and where digits follow
/// letters ("PT5", "2024T10") or an open slot (`--:--`, `??:??`) starts.
pub(crate) fn word_starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = text.as_bytes();
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b >= 0x80;
    (0..bytes.len()).filter(move |&at| {
        let here = bytes.get(at).copied().unwrap_or(b' ');
        let before = at.checked_sub(1).and_then(|i| bytes.get(i)).copied().unwrap_or(b' ');
        if here.is_ascii_digit() {
            return !before.is_ascii_digit() && (!is_word(before) || before == b'T');
        }
        if here == b'-' || here == b'?' {
            return before != here && matches!(bytes.get(at + 1..at + 3), Some(b"-:" | b"?:"));
        }
        here.is_ascii_alphabetic() && !is_word(before)
    })
}

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
