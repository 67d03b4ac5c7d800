//! Days named by other days: "the next day", "on Friday", "two days ago", "on the 9th".

use super::name::weekday;
use super::{
    DatePiece, DayPiece, compact_month, day, day_first, digits, iso, month_first, numeric, ordinal, separator, spaces1, year_after,
};
use crate::extract::duration::number_word;
use crate::extract::{any_case, tag_no_case};
use nom::branch::alt;
use nom::bytes::complete::take_while1;
use nom::character::complete::{char, one_of};
use nom::combinator::{map, map_opt, not, opt, peek, value};
use nom::sequence::preceded;
use nom::{IResult, Parser};

/// "the next day", "the following morning", "the morning after," at the end of its clause.
pub(super) fn next_day(input: &str) -> IResult<&str, DatePiece> {
    let which = any_case(["next", "following"]);
    let day = value(DayPiece::After(1), any_case(["day", "afternoon", "evening"]));
    let part = alt((day, value(DayPiece::Morning, tag_no_case("morning"))));
    let the = || (tag_no_case("the"), spaces1);
    // "following Tuesday's incident" is behind it.
    let named = (the(), tag_no_case("following"), spaces1, weekday, not(one_of("'’"))).map(|(_, _, _, day, ())| DayPiece::Following(day));
    let after = (spaces1, tag_no_case("after"), peek(one_of(",.;")));
    let behind = (the(), alt((value(DayPiece::After(1), tag_no_case("day")), value(DayPiece::Morning, tag_no_case("morning")))), after);
    let behind = behind.map(|(_, day, _)| day);
    let (rest, day) = alt(((opt(the()), which, spaces1, part).map(|(_, _, _, day)| day), named, behind)).parse(input)?;
    Ok((rest, day.into()))
}

/// "the day before", "the previous day" in front of a clock: it may be compared with, or counted from what follows.
pub(super) fn beside(input: &str) -> IResult<&str, DatePiece> {
    let before = value(-1, any_case(["day before", "previous day"]));
    let days = alt((before, value(1, tag_no_case("day after"))));
    let (rest, (_, _, days, ())) = (tag_no_case("the"), spaces1, days, clock_follows).parse(input)?;
    Ok((rest, DayPiece::After(days).into()))
}

/// "the evening before", "on the day before", "the previous day" behind a clock, at the end of its clause: "the day before the launch" is another's.
pub(in super::super) fn day_before(input: &str) -> IResult<&str, DatePiece> {
    let part = || alt((tag_no_case("day"), part_of_day));
    let before = alt(((part(), spaces1, tag_no_case("before")).map(|_| ()), (tag_no_case("previous"), spaces1, part()).map(|_| ())));
    let on = opt((tag_no_case("on"), spaces1));
    let (rest, _) = (on, tag_no_case("the"), spaces1, before).parse(input)?;
    let next = rest.trim_start();
    let ends =
        next.is_empty() || next.starts_with([',', '.', ';', ')']) || ["and ", "to ", "until "].iter().any(|link| next.starts_with(link));
    if !ends {
        return Err(super::refused(input));
    }
    Ok((rest, DayPiece::After(-1).into()))
}

/// "two days ago"; "3 days later" in front of a clock: alone it is a length.
pub(super) fn counted(input: &str) -> IResult<&str, DatePiece> {
    let figures = map(digits(1, 2), i64::from);
    let words = map_opt(take_while1(|c: char| c.is_ascii_alphabetic()), |word| number_word(word).map(|number| number as i64));
    let days = any_case(["days", "day"]);
    let (rest, (number, _, _, _)) = (alt((figures, words)), spaces1, days, spaces1).parse(input)?;
    let ago = value(DayPiece::Today(-number), tag_no_case("ago"));
    let later = value(DayPiece::After(number), (tag_no_case("later"), clock_follows));
    alt((ago, later)).map(DatePiece::from).parse(rest)
}

/// "on Friday", "on the Friday", "last Thursday", where no date of its own follows.
pub(super) fn on_weekday(input: &str) -> IResult<&str, DatePiece> {
    let last = value(true, tag_no_case("last"));
    let on = value(false, (tag_no_case("on"), opt((spaces1, tag_no_case("the")))));
    let (rest, (last, _, day)) = (alt((last, on)), spaces1, weekday).parse(input)?;
    not((separator, undated_figures)).parse(rest)?;
    let (rest, _) = opt((spaces1, part_of_day)).parse(rest)?;
    let day = if last { DayPiece::Last(day) } else { DayPiece::On(day) };
    Ok((rest, day.into()))
}

/// "Friday evening", "Friday's outage", and the "Fri" of "Fri 16:50", "**Friday:** 16:50".
pub(super) fn part_of_weekday(input: &str) -> IResult<&str, DatePiece> {
    let part = value((), (spaces1, part_of_day));
    let (rest, (day, ())) = (weekday, alt((part, clock_follows, peek(of_trouble)))).parse(input)?;
    Ok((rest, DayPiece::On(day).into()))
}

fn part_of_day(input: &str) -> IResult<&str, &str> {
    any_case(["morning", "afternoon", "evening", "night"]).parse(input)
}

fn undated_figures(input: &str) -> IResult<&str, DatePiece> {
    alt((iso, compact_month, day_first, numeric, month_first)).parse(input)
}

/// "'s outage" behind a day.
fn of_trouble(input: &str) -> IResult<&str, ()> {
    let trouble = any_case(["outage", "incident", "disruption", "interruption", "failure"]);
    value((), (one_of("'’"), char('s'), spaces1, trouble)).parse(input)
}

/// "today", "this morning", "yesterday".
pub(super) fn today(input: &str) -> IResult<&str, DatePiece> {
    let this = (tag_no_case("this"), spaces1, part_of_day).map(|_| 0);
    let named = alt((value(0, tag_no_case("today")), value(0, tag_no_case("tonight")), value(-1, tag_no_case("yesterday"))));
    let (rest, days) = alt((this, named)).parse(input)?;
    // "yesterday's outage" dates it, "today's traffic" nothing.
    not((not(of_trouble), one_of("'’"))).parse(rest)?;
    Ok((rest, DayPiece::Today(days).into()))
}

/// "last night".
pub(super) fn last_night(input: &str) -> IResult<&str, DatePiece> {
    let (rest, _) = (tag_no_case("last"), spaces1, tag_no_case("night")).parse(input)?;
    not(one_of("'’")).parse(rest)?;
    Ok((rest, DayPiece::Night(-1).into()))
}

/// "on the 9th", before a clock or the end of a clause: "on the 2nd node" is no date.
pub(super) fn nth(input: &str) -> IResult<&str, DatePiece> {
    preceded((tag_no_case("on"), spaces1, tag_no_case("the"), spaces1), of_month).parse(input)
}

/// The "12th" of "on the 12th" and the "12th, 2025" of "Wednesday 12th, 2025", before a clock or the end of a clause.
pub(super) fn of_month(input: &str) -> IResult<&str, DatePiece> {
    let (rest, (day, _, year)) = (day, ordinal, opt(year_after)).parse(input)?;
    let clause = value((), one_of(",.;)"));
    let words = any_case(["at ", "from ", "to ", "between ", "around "]);
    // "on the 9th the lifts stopped"
    let subject = any_case(["the ", "our ", "we ", "a ", "an ", "all ", "it "]);
    let link = (spaces1, alt((value((), words), value((), subject), value((), (digits(1, 2), char(':'))))));
    peek(alt((value((), clause), value((), link), value((), nom::combinator::eof)))).parse(rest)?;
    Ok((rest, DatePiece { year, ..DayPiece::Nth(day).into() }))
}

/// Whether a clock follows at the start of `input`.
fn clock_follows(input: &str) -> IResult<&str, ()> {
    value((), peek((opt(one_of(",:")), opt(tag_no_case("**")), spaces1, opt((tag_no_case("at"), spaces1)), digits(1, 2), char(':'))))
        .parse(input)
}
