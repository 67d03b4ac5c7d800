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
    let bytes = text.as_bytes();
    let mut next = 0;
    // From run to run of letters and of digits: nothing starts inside one.
    std::iter::from_fn(move || {
        loop {
            let at = next;
            let run = bytes.get(at..)?;
            let here = *run.first()?;
            let last = at.checked_sub(1).and_then(|before| bytes.get(before)).copied().unwrap_or(b' ');
            // What stands before a byte that is no ASCII is asked only where it matters.
            let joined =
                || last.is_ascii_alphanumeric() || (!last.is_ascii() && text.get(..at).is_some_and(|t| t.ends_with(char::is_alphanumeric)));
            let starts = match here {
                b'0'..=b'9' => {
                    next = at + run.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(run.len());
                    last == b'T' || !joined()
                }
                b'a'..=b'z' | b'A'..=b'Z' => {
                    next = at + run.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(run.len());
                    !joined()
                }
                _ => {
                    next = at + 1;
                    matches!(here, b'-' | b'?') && last != here && matches!(run.get(1..3), Some(b"-:" | b"?:"))
                }
            };
            if starts {
                return Some(at);
            }
        }
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
