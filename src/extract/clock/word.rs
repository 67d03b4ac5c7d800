//! Clocks in words.

use super::{ClockPiece, in_part, meridiem, piece};
use crate::extract::words::is_one_of;
use crate::extract::{any_case, date, duration, refused, tag_no_case, word_end};
use nom::branch::alt;
use nom::bytes::complete::take_while1;
use nom::character::complete::one_of;
use nom::combinator::{map_opt, opt, value, verify};
use nom::sequence::terminated;
use nom::{IResult, Parser};

/// The words behind which a clock is due, and no count.
const LED: [&str; 9] = ["at", "by", "until", "till", "since", "before", "after", "around", "about"];

/// Whether "midnight" behind `before` is a moment: "by midnight", "(midnight"; "shifts that cross midnight" and "past midnight" tell
/// of none.
pub fn is_moment(before: &str) -> bool {
    let last = last_word(before);
    let led = || is_one_of(last, &LED) || is_one_of(last, &["from", "to", "and", "between", "of", "just"]);
    !last.ends_with(char::is_alphabetic) || led() || date::is_weekday(last)
}

/// The word at the end of `before`; none behind a mark.
pub fn last_word(before: &str) -> &str {
    before.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

/// Noon, midnight, "half past two", "a quarter to four", "eight o'clock".
pub(super) fn word(input: &str) -> IResult<&str, ClockPiece> {
    let noon = value(piece(12, None, None, None), any_case(["noon", "midday"]));
    let midnight = value(piece(0, None, None, None), tag_no_case("midnight"));
    // This is asked of every other word of a text.
    let (rest, clock) = match input.bytes().next().map(|first| first.to_ascii_lowercase()) {
        Some(b'n' | b'm') => alt((noon, midnight, oclock)).parse(input),
        Some(b'h' | b'q') => part_of_hour(input),
        Some(b'o' | b't' | b'f' | b's' | b'e') => oclock(input),
        _ => Err(refused(input)),
    }?;
    whole(rest, clock)
}

/// "twenty to four", "five past two": a number of minutes before or after the hour. `before` is what stands in front.
///
/// "ten to twelve nodes" is a count: in front of the hour the minutes need a word that leads to a clock, and what follows
/// must not be counted.
pub fn minutes_of_hour<'i>(before: &str, input: &'i str) -> IResult<&'i str, ClockPiece> {
    // This is asked of every word of a text.
    if !input.starts_with(['t', 'T', 'f', 'F']) {
        return Err(refused(input));
    }
    let side = alt((value(true, tag_no_case("past")), value(false, tag_no_case("to"))));
    let (rest, (minute, _, _, is_past, _, hour)) =
        (minute_word, opt((blank, tag_no_case("minutes"))), blank, side, blank, hour_word).parse(input)?;
    let last = before.split_whitespace().next_back().unwrap_or_default();
    let led = is_one_of(last, &LED);
    let clause = |rest: &str| {
        let next = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let word = rest.get(..rest.len() - next.len()).unwrap_or_default();
        is_one_of(word, &["", "in", "on", "at", "and", "when", "the", "that", "am", "pm", "utc"])
    };
    if !(is_past || led && clause(rest.trim_start())) {
        return Err(refused(input));
    }
    let clock = if is_past { spoken(hour, minute) } else { spoken(hour_before(hour), 60 - minute) };
    let (rest, clock) = whole(rest, clock)?;
    Ok(in_part(rest, clock))
}

/// What ends a clock in words.
fn whole(rest: &str, clock: ClockPiece) -> IResult<&str, ClockPiece> {
    word_end(rest)?;
    let (rest, meridiem) = opt(meridiem).parse(rest)?;
    Ok((rest, ClockPiece { meridiem, ..clock }))
}

fn part_of_hour(input: &str) -> IResult<&str, ClockPiece> {
    let half = (tag_no_case("half past"), blank, hour_word).map(|(_, _, hour)| spoken(hour, 30));
    let past = (tag_no_case("quarter past"), blank, hour_word).map(|(_, _, hour)| spoken(hour, 15));
    let to = (tag_no_case("quarter to"), blank, hour_word).map(|(_, _, hour)| spoken(hour_before(hour), 45));
    alt((half, past, to)).parse(input)
}

/// "eight o'clock", "8 o'clock".
pub(super) fn oclock(input: &str) -> IResult<&str, ClockPiece> {
    let (rest, (hour, _, _, _, _)) = (hour_word, blank, tag_no_case("o"), one_of("'’"), tag_no_case("clock")).parse(input)?;
    Ok((rest, spoken(hour, 0)))
}

fn spoken(hour: u32, minute: u32) -> ClockPiece {
    ClockPiece { spoken: true, ..piece(hour, Some(minute), None, None) }
}

fn hour_before(hour: u32) -> u32 {
    if hour == 1 { 12 } else { hour - 1 }
}

fn blank(input: &str) -> IResult<&str, &str> {
    take_while1(char::is_whitespace).parse(input)
}

fn minute_word(input: &str) -> IResult<&str, u32> {
    let minutes = verify(duration::word, |minutes| [5.0, 10.0, 20.0, 25.0].contains(minutes));
    terminated(minutes, word_end).map(|minutes| minutes as u32).parse(input)
}

fn hour_word(input: &str) -> IResult<&str, u32> {
    let hour = |word: &str| match duration::number_word(word) {
        // "half past a" tells none.
        Some(hour) if word.len() > 2 => Some(hour as u32),
        _ => word.parse().ok(),
    };
    let on_face = |word| hour(word).filter(|hour| (1..=12).contains(hour));
    map_opt(take_while1(|c: char| c.is_ascii_alphanumeric()), on_face).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn midnight_is_a_moment_where_a_word_leads_to_it() {
        for before in ["", "by ", "until ", "On Friday, ", "Friday ", "(", "5 ", "just "] {
            assert!(is_moment(before), "{before}");
        }
        for before in ["shifts that cross ", "jobs spanning ", "the usual ", "well past "] {
            assert!(!is_moment(before), "{before}");
        }
    }

    #[test]
    fn minutes_before_and_after_the_hour() {
        for (before, text, hour, minute) in [
            ("and it gave up at ", "twenty to four. Then", 3, 40),
            ("It was ", "ten past two", 2, 10),
            ("up by ", "five to one in the afternoon", 12, 55),
            ("until ", "twenty-five past eleven", 11, 25),
            ("At ", "twenty minutes to six, we", 5, 40),
        ] {
            let clock = minutes_of_hour(before, text).map(|(_, clock)| (clock.hour, clock.minute));
            assert_eq!(clock, Ok((hour, Some(minute))), "{before}{text}");
        }
        for (before, text) in [
            ("after ", "ten to twelve nodes were lost"),
            ("from ", "twenty to four nodes"),
            ("between ", "five to ten minutes"),
            ("it took ", "ten to twelve"),
            ("the ", "twenty past members"),
            ("", "five to thirty"),
        ] {
            assert!(minutes_of_hour(before, text).is_err(), "{before}{text}");
        }
    }
}
