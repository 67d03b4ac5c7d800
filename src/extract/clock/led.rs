//! Clocks whose figures alone could be anything: the words around them show what they are.

use super::{ClockPiece, padded_hour, piece, sixty};
use crate::extract::date::DatePiece;
use crate::extract::words::{Words, list};
use crate::extract::{figures, refused, zone};
use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::{char, one_of, satisfy, space0, space1};
use nom::combinator::{eof, not, opt, value, verify};
use nom::{IResult, Parser};

/// What stands in front of figures that may be a clock.
#[derive(Debug, Clone, Copy)]
pub struct Before<'b> {
    /// The text in front.
    pub text: &'b str,
    /// The date that ends right there.
    pub date: Option<DatePiece>,
    /// Whether the text has written a clock with a dot before.
    pub dotted: bool,
    /// Whether the text is of a list or a column whose clocks are four figures.
    pub by_figures: bool,
}

/// The four figures at the head of `text` as minutes after midnight, where they can be a clock.
pub fn four_figures(text: &str) -> Option<u32> {
    let (rest, (form, clock)) = form(text.trim_start_matches(['[', '(', '*', ' '])).ok()?;
    (form == Form::Four && ends(rest)).then(|| clock.seconds(None) / 60)
}

/// Whether no date or name goes on behind four figures: "2022-02-??" does.
fn ends(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with([' ', ':', ']', ')', '*', '\t', '\u{a0}', '–', '—'])
}

/// `09.10`, `0915` and `06: 24`, where what stands around them shows that they are a clock. A version, a price, a count and a
/// year are none.
pub fn led<'i>(before: Before, input: &'i str) -> IResult<&'i str, ClockPiece> {
    let (rest, (form, clock)) = form(input)?;
    let link = (space0, alt(["to", "-", "–", "until", "till", "and"].map(tag)), space0);
    let mut words = before.text.trim_end().rsplit(|c: char| c.is_whitespace()).filter(|word| !word.is_empty());
    let last = words.next().unwrap_or_default().to_ascii_lowercase();
    let context = words.next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    let other = (link, verify(self::form, |(other, _)| *other == form)).parse(rest).ok().map(|(rest, _)| rest);
    let range = other.is_some();
    let early = input.starts_with('0');
    let behind = ["at", "by", "since", "until", "from", "between", "to", "and", "before", "after", "around", "about", "-", "–", "update"];
    let led = behind.contains(&last.as_str()) || last.ends_with(':');
    // "18.4.2023 at 10.05"
    let year =
        context.get(context.len().saturating_sub(4)..).is_some_and(|year| year.parse().is_ok_and(|year| (1990..2200).contains(&year)));
    let dated = last == "at" && year;
    let version =
        ["version", "versions", "upgrade", "upgraded", "release", "moved", "updated", "python", "ubuntu"].contains(&context.as_str());
    let measured = form == Form::Dotted && (changes(before.text, other) || [Some(rest), other].into_iter().flatten().any(counts));
    // "05.40 First jobs stay in the queue."
    let heads = early
        && before.text.trim_matches([' ', '*', '\n']).is_empty()
        && rest.trim_start_matches('*').strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_uppercase));
    let fits = match form {
        Form::Four if before.by_figures && before.text.trim_matches(['[', '(', '*', ' ']).is_empty() => ends(rest),
        // Four figures behind a day without a year are that.
        Form::Four if !early && before.date.is_some_and(|date| date.year.is_none()) => false,
        _ if before.date.is_some() => closes(rest),
        Form::Dotted => heads || dated || (led && (early || before.dotted)) || (range && (led || before.text.trim().is_empty())),
        Form::Spaced => led && !last.ends_with(':'),
        Form::Four => early && behind.contains(&last.as_str()) && closes(rest),
    };
    if fits && !version && !measured { Ok((rest, clock)) } else { Err(refused(input)) }
}

/// "The price rose from 12.30 to 14.50": whether a verb of change stands in front of the "from" that leads to figures, unless a
/// zone behind the `other` end shows that both are clocks.
fn changes(before: &str, other: Option<&str>) -> bool {
    let zoned = other.is_some_and(|rest| (space1, zone::zone).parse(rest).is_ok());
    let mut words = before.split_whitespace().rev();
    let figures = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let from = match words.next() {
        Some("from") => true,
        Some("to") => words.find(|word| !figures(word)) == Some("from"),
        _ => false,
    };
    from && !zoned && words.next().is_some_and(|word| list(Words::ChangeVerbs).holds(word.trim_matches(',')))
}

/// "09.15 s", "14.50 euros": whether figures with `rest` behind them count something.
fn counts(rest: &str) -> bool {
    let Some(rest) = rest.strip_prefix([' ', '\u{a0}']) else { return false };
    let unit = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    rest.starts_with(['%', '€', '$', '£', '°']) || list(Words::Units).holds(unit)
}

/// How the figures are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Dotted,
    Spaced,
    Four,
}

fn form(input: &str) -> IResult<&str, (Form, ClockPiece)> {
    if !matches!(figures(input), (2, Some('.' | ':')) | (4, _)) {
        return Err(refused(input));
    }
    let mark = alt((value(Form::Dotted, char('.')), value(Form::Spaced, (char(':'), space1)), value(Form::Four, tag(""))));
    let (rest, (hour, form, minute)) = (padded_hour, mark, sixty).parse(input)?;
    let (rest, _) = if form == Form::Dotted { opt((char('.'), sixty, not(one_of(".")))).parse(rest)? } else { (rest, None) };
    not(alt((satisfy(char::is_alphanumeric), one_of("%€$£")))).parse(rest)?;
    not((one_of(".,:"), satisfy(|c| c.is_ascii_digit()))).parse(rest)?;
    Ok((rest, (form, piece(hour, Some(minute), None, None))))
}

/// Whether what follows counts nothing: punctuation, a capital, a dash, the end.
fn closes(rest: &str) -> bool {
    let mark = value((), one_of(":;,])|–—\n"));
    let stop = value((), (char('.'), alt((value((), one_of(" \n")), value((), eof)))));
    let behind = value((), (space1, alt((value((), one_of("-–—|→>(")), value((), satisfy(char::is_uppercase))))));
    let closed: IResult<&str, ()> = alt((mark, stop, behind, value((), (space0, eof)))).parse(rest);
    closed.is_ok()
}

#[cfg(test)]
mod tests {
    use super::super::super::date::DayPiece;
    use super::*;

    #[test]
    fn four_figures_head_a_list() {
        for (text, minutes) in [("0905 fans stop", 545), ("[1600] fans run", 960), ("**1440**: motor", 880), ("0912", 552)] {
            assert_eq!(four_figures(text), Some(minutes), "{text}");
        }
        for text in ["2022-02-?? open", "1405users", "2499 hosts", "0975 hosts", "12345 hosts", "09:05 fans", "12.30 fans"] {
            assert_eq!(four_figures(text), None, "{text}");
        }
    }

    #[test]
    fn figures_are_a_clock_where_one_is_due() {
        let read = |text: &str, input: &str, date: bool, dotted| {
            let day = |year| DatePiece { year, day: DayPiece::Plain { month: 1, day: 16 }, weekday: None };
            let date = date.then(|| day((!text.ends_with("Nov ")).then_some(2024)));
            led(Before { text, date, dotted, by_figures: false }, input).ok().map(|(_, clock)| (clock.hour, clock.minute.unwrap_or(0)))
        };
        for (text, input, date, dotted, clock) in [
            ("2024-01-16 ", "0915: mail flows", true, false, (9, 15)),
            ("2024-01-16 ", "1600 - mail flows", true, false, (16, 0)),
            ("16 January 2024, ", "08.41: queue moved", true, false, (8, 41)),
            ("The watch was called at ", "06: 24, and", false, false, (6, 24)),
            ("called at ", "0905, and", false, false, (9, 5)),
            ("off since ", "03.58", false, false, (3, 58)),
            ("and it was back at ", "14.43 when", false, true, (14, 43)),
            ("18.4.2023 at ", "19.30 - 10.5.2023 at 00.45", false, false, (19, 30)),
            ("", "05.40 First jobs", false, false, (5, 40)),
            ("lifts were off from ", "12.30 to 14.50 and", false, false, (12, 30)),
            ("calls dropped from ", "12.30 to 14.50 CET", false, false, (12, 30)),
            ("from 12.30 to ", "14.50 and", false, true, (14, 50)),
        ] {
            assert_eq!(read(text, input, date, dotted), Some(clock), "{text}{input}");
        }
        for (text, input, date, dotted) in [
            ("On 16 January 2024 ", "1405 users", true, false),
            ("at 18:38 on 19 Nov ", "2018: phase two", true, false),
            ("2024-01-16 ", "14.05 seconds", true, false),
            ("chapter ", "06: 24 pages", false, false),
            ("at ", "1405 Market Street", false, false),
            ("at ", "0905 nodes", false, false),
            ("at ", "14.43 per share", false, false),
            ("cost 08.41 and ", "14.43%", false, true),
            ("moved to ", "09.10.3", false, false),
            ("The fare rose from ", "12.30 to 14.50", false, false),
            ("The fare rose from 12.30 to ", "14.50 and", false, true),
            ("we upgraded from ", "10.04 to 12.04", false, false),
            ("from Ubuntu 20.04 to ", "22.04", false, false),
            ("from ", "12.30 to 14.50 euros", false, false),
            ("from 0.3 s to ", "09.15 s", false, true),
            ("it went from ", "01.20 to 19.45", false, false),
        ] {
            assert_eq!(read(text, input, date, dotted), None, "{text}{input}");
        }
    }
}
