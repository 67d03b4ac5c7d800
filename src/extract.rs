//! Blocks to pieces: what the words say, not yet what they mean.

pub mod clock;
pub mod date;
pub mod duration;
pub mod lexicon;
pub mod passage;
pub mod phrases;
pub mod piece;
pub mod prose;
pub mod split;
pub mod time;
pub mod words;
pub mod zone;

/// The byte positions at which a word or a number starts: an alphanumeric after anything else, and where digits follow
/// letters ("PT5", "2024T10") or an open slot (`--:--`, `??:??`) starts.
pub(crate) fn word_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let class = |at: usize| bytes.get(at).map_or(Class::End, |byte| CLASSES[usize::from(*byte)]);
    let mut starts = Vec::with_capacity(text.len() / 5);
    let mut end = 0;
    loop {
        let (at, here) = (end, class(end));
        end += 1;
        let before = || at.checked_sub(1).and_then(|before| bytes.get(before)).copied().unwrap_or(b' ');
        match here {
            // From run to run of letters and of digits: nothing starts inside one.
            Class::Letter | Class::Digit => {
                while class(end) == here {
                    end += 1;
                }
                // What stands before a byte that is no ASCII is asked only where it matters.
                let before = before();
                let joined = before.is_ascii_alphanumeric()
                    || (!before.is_ascii() && text.get(..at).is_some_and(|lead| lead.ends_with(char::is_alphanumeric)));
                if !joined || (here == Class::Digit && before == b'T') {
                    starts.push(at);
                }
            }
            Class::Slot if bytes.get(at) != Some(&before()) && matches!(bytes.get(end..end + 2), Some(b"-:" | b"?:")) => starts.push(at),
            Class::Slot | Class::Other => {}
            Class::End => return starts,
        }
    }
}

/// What a byte may start.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Slot,
    Other,
    /// There is none.
    End,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'-' | b'?' => Class::Slot,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

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
