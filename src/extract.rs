//! Blocks to pieces: what the words say, not yet what they mean.

pub mod clock;
pub mod date;
pub mod duration;
pub mod lexicon;
pub mod passage;
pub mod piece;
pub mod prose;
pub mod split;
pub mod time;
pub mod words;
pub mod zone;

/// The byte positions at which a word or a number starts: an alphanumeric after anything else, and where digits follow
/// letters ("PT5", "2024T10") or an open slot (`--:--`, `??:??`) starts.
pub(crate) fn word_starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut last = b' ';
    let bytes = text.as_bytes();
    bytes.iter().enumerate().filter_map(move |(at, &here)| {
        let last = std::mem::replace(&mut last, here);
        // What stands before a byte that is no ASCII is asked only where it matters.
        let joined =
            || last.is_ascii_alphanumeric() || (!last.is_ascii() && text.get(..at).is_some_and(|t| t.ends_with(char::is_alphanumeric)));
        let starts = match here {
            b'0'..=b'9' => !last.is_ascii_digit() && (last == b'T' || !joined()),
            b'-' | b'?' => last != here && matches!(bytes.get(at + 1..at + 3), Some(b"-:" | b"?:")),
            _ => here.is_ascii_alphabetic() && !joined(),
        };
        starts.then_some(at)
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

/// `text` with its line ends as blanks, every byte in its place: phrases go on from line to line.
pub fn on_one_line(text: &str) -> std::borrow::Cow<'_, str> {
    if memchr::memchr(b'\n', text.as_bytes()).is_some() { text.replace('\n', " ").into() } else { text.into() }
}
