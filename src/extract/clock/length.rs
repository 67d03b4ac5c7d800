//! Clocks that are lengths, counts or shares.

use super::{ClockPiece, clock};
use crate::extract::words::{Words, is_one_of, list, starts_with};

/// Whether the words around `clock` make it a length or a count: "duration: 00:45:00", "2:30 ago", "port 10:15"; `rest` is what stands behind it.
pub fn is_length(before: &str, clock: &ClockPiece, rest: &str) -> bool {
    const BEHIND: [&str; 6] = ["ago", "long", "old", "later", "minutes", "seconds"];
    let mut words = before.rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(2);
    let last = words.find(|word| !matches!(*word, "is" | "was" | "of" | "left")).unwrap_or_default();
    let behind = rest.trim_start();
    let next = behind.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let ranges = behind.starts_with(['-', '–', '—', '→']) || is_one_of(next, &["to", "until", "till"]);
    clock.meridiem.is_none()
        && !clock.spoken
        && clock.minute.is_some()
        && ((list(Words::ScaleNouns).holds(last) && !ranges) || is_one_of(next, &BEHIND) || of_no_clock(before) || of_length(behind))
}

/// Behind "fe80::", and behind the other half of a share ("from 20:1 to"), figures are no clock.
fn of_no_clock(before: &str) -> bool {
    let mut words = before.split_whitespace().rev();
    let share = |word: &str| word.contains(':') && word.starts_with(|c: char| c.is_ascii_digit()) && clock(word).is_err();
    before.ends_with("::") || (words.next() == Some("to") && words.next().is_some_and(share))
}

/// "12:30 (mm:ss)", "04:22 of downtime", "12:34 in the video": what follows says that it is a length.
fn of_length(behind: &str) -> bool {
    const MARKS: [&str; 7] = ["(mm:ss", "(hh:mm", "(h:mm", "of downtime", "of outage", "in the video", "in the recording"];
    MARKS.iter().any(|mark| starts_with(behind, mark))
}
