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
    let mut last = b' ';
    std::iter::from_fn(move || {
        while let Some(&here) = bytes.get(next) {
            let at = next;
            let before = last;
            next += 1;
            // What stands before a byte that is no ASCII is asked only where it matters.
            let joined = || {
                before.is_ascii_alphanumeric()
                    || (!before.is_ascii() && text.get(..at).is_some_and(|lead| lead.ends_with(char::is_alphanumeric)))
            };
            last = here;
            // From run to run of letters and of digits: nothing starts inside one.
            let starts = if here.is_ascii_alphabetic() {
                while let Some(letter) = bytes.get(next).filter(|byte| byte.is_ascii_alphabetic()) {
                    (last, next) = (*letter, next + 1);
                }
                !joined()
            } else if here.is_ascii_digit() {
                while let Some(digit) = bytes.get(next).filter(|byte| byte.is_ascii_digit()) {
                    (last, next) = (*digit, next + 1);
                }
                before == b'T' || !joined()
            } else {
                matches!(here, b'-' | b'?') && before != here && matches!(bytes.get(next..next + 2), Some(b"-:" | b"?:"))
            };
            if starts {
                return Some(at);
            }
        }
        None
    })
}

/// How many digits `input` starts with, and what stands behind them.
pub(crate) fn figures(input: &str) -> (usize, Option<char>) {
    let digits = input.bytes().take_while(u8::is_ascii_digit).count();
    (digits, input.get(digits..).and_then(|rest| rest.chars().next()))
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
