//! Calendar dates as written, unresolved: a year may be missing, the order of two numbers open.

use super::duration::number_word;
use chrono::Weekday;
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while, take_while_m_n, take_while1};
use nom::character::complete::{char, one_of, space0};
use nom::combinator::{map, map_opt, not, opt, peek, value, verify};
use nom::{IResult, Parser};

/// A calendar date as the report writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DatePiece {
    /// The year, four digits.
    pub year: Option<i32>,
    /// Day and month, or two numbers of which either may be the month.
    pub day: DayPiece,
    /// The weekday written with it.
    pub weekday: Option<Weekday>,
}

/// The day within the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayPiece {
    /// The month is known.
    Plain {
        /// 1 to 12.
        month: u32,
        /// 1 to 31.
        day: u32,
    },
    /// `3/9`: the numbers in the order written.
    Numeric(u32, u32),
    /// "the next day", "two days later", "the day before": so many days after the date before it.
    After(i64),
    /// "the following morning": the first behind the time before it.
    Morning,
    /// "the following Monday": the first day of that name behind the date before it.
    Following(Weekday),
    /// "on Friday", "Friday evening": the day of that name that is nearest to the dates around it.
    On(Weekday),
    /// "last Thursday": the latest day of that name before the report was written.
    Last(Weekday),
    /// "today", "yesterday", "two days ago": so many days after the day of the update it stands in.
    Today(i64),
    /// "last night": the evening so many days after that of the update, and the small hours behind it.
    Night(i64),
    /// "on the 9th": the day of the month that is nearest to the date before it.
    Nth(u32),
}

/// A date at the start of `input`, which must be at a word's start. The caller checks nothing further: what follows a
/// date is checked here.
pub fn date(input: &str) -> IResult<&str, DatePiece> {
    if starts_with_digit(input) { undated(input) } else { alt((with_weekday, undated)).parse(input) }
}

fn starts_with_digit(input: &str) -> bool {
    input.as_bytes().first().is_some_and(u8::is_ascii_digit)
}

fn with_weekday(input: &str) -> IResult<&str, DatePiece> {
    let (rest, (weekday, _, mut date)) = (weekday, separator, alt((undated, of_month))).parse(input)?;
    date.weekday = Some(weekday);
    Ok((rest, date))
}

fn undated(input: &str) -> IResult<&str, DatePiece> {
    let (rest, date) = if starts_with_digit(input) { figures(input) } else { words(input) }?;
    // "2024-05-01-01" and "3/4/5/6" are versions, "1/8th" is a fraction.
    not(peek(one_of("0123456789/"))).parse(rest)?;
    not(peek((char('-'), take_while1(|c: char| c.is_ascii_digit()), not(char(':'))))).parse(rest)?;
    not(peek((char('.'), one_of("0123456789")))).parse(rest)?;
    not(peek(take_while1(|c: char| c.is_alphabetic() && !matches!(c, 'T' | 't')))).parse(rest)?;
    Ok((rest, date))
}

/// What starts with a number, by its digits and what stands behind them: this is asked of every number of a text.
fn figures(input: &str) -> IResult<&str, DatePiece> {
    match super::figures(input) {
        (4, Some('-' | '/' | '.')) => alt((iso, year_first)).parse(input),
        (4, Some(' ')) if goes_on(input) => year_first(input),
        (1 | 2, Some('-' | '/')) => alt((compact_month, day_first, numeric)).parse(input),
        (1 | 2, Some('.')) => alt((day_first, numeric)).parse(input),
        (1 | 2, Some(' ')) if !goes_on(input) => Err(refused(input)),
        (1 | 2, Some(c)) if !c.is_ascii_punctuation() => alt((day_first, counted)).parse(input),
        _ => Err(refused(input)),
    }
}

/// Whether a month, "of", or what leads to a second day may follow the number at the start of `input`.
fn goes_on(input: &str) -> bool {
    let next = input.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start().bytes().next();
    next.is_some_and(|next| !next.is_ascii() || b"jfmasondt&".contains(&next.to_ascii_lowercase()))
}

/// What starts with a word, by the letter with which it starts: this is asked of every other word of a text.
fn words(input: &str) -> IResult<&str, DatePiece> {
    match input.bytes().next().map(|first| first.to_ascii_lowercase()) {
        Some(b'j' | b'a' | b'd') => month_first(input),
        Some(b'm') => alt((month_first, part_of_weekday)).parse(input),
        Some(b's') => alt((month_first, part_of_weekday, counted)).parse(input),
        Some(b'e') => counted(input),
        Some(b'f') => alt((month_first, next_day, part_of_weekday, counted)).parse(input),
        Some(b'n') => alt((month_first, next_day, counted)).parse(input),
        Some(b'o') => alt((month_first, on_weekday, nth, counted)).parse(input),
        Some(b't') => alt((next_day, beside, part_of_weekday, today, counted)).parse(input),
        Some(b'w') => part_of_weekday(input),
        Some(b'l') => alt((on_weekday, last_night)).parse(input),
        Some(b'y') => today(input),
        _ => Err(refused(input)),
    }
}

fn refused(input: &str) -> nom::Err<nom::error::Error<&str>> {
    nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Alt))
}

fn plain(year: Option<i32>, month: u32, day: u32) -> DatePiece {
    DatePiece { year, day: DayPiece::Plain { month, day }, weekday: None }
}

fn digits(least: usize, most: usize) -> impl Fn(&str) -> IResult<&str, u32> {
    move |input| {
        let number = map_opt(take_while_m_n(least, most, |c: char| c.is_ascii_digit()), |digits: &str| digits.parse().ok());
        let (rest, (number, ())) = (number, not(peek(one_of("0123456789")))).parse(input)?;
        Ok((rest, number))
    }
}

fn day(input: &str) -> IResult<&str, u32> {
    verify(digits(1, 2), |day| (1..=31).contains(day)).parse(input)
}

fn month_number(input: &str) -> IResult<&str, u32> {
    verify(digits(1, 2), |month| (1..=12).contains(month)).parse(input)
}

fn year(input: &str) -> IResult<&str, i32> {
    map_opt(digits(4, 4), |year| i32::try_from(year).ok().filter(|year| (1970..2200).contains(year))).parse(input)
}

/// `'24` or `2024`.
fn any_year(input: &str) -> IResult<&str, i32> {
    let short = (one_of("'’"), digits(2, 2)).map(|(_, year)| 2000 + i32::try_from(year).unwrap_or(0));
    alt((year, short)).parse(input)
}

/// `2024-03-21`, `2024/3/21`, `2024.03.21`.
fn iso(input: &str) -> IResult<&str, DatePiece> {
    let (rest, (year, separator)) = (year, one_of("-/.")).parse(input)?;
    let (rest, (month, _, day)) = (month_number, char(separator), day).parse(rest)?;
    Ok((rest, plain(Some(year), month, day)))
}

/// `2024-MAR-21`, `2024/Mar/21`, `2024 March 21`.
fn year_first(input: &str) -> IResult<&str, DatePiece> {
    let (rest, (year, separator, month)) = (year, one_of("-/. "), month_name).parse(input)?;
    let (rest, (_, day)) = (char(separator), day).parse(rest)?;
    // "2024 March 21:30" is no day.
    not(peek((one_of(":h"), one_of("0123456789")))).parse(rest)?;
    Ok((rest, plain(Some(year), month, day)))
}

/// `21-Mar-2024`, `21/Mar/2024`, `21/Mar/24`.
fn compact_month(input: &str) -> IResult<&str, DatePiece> {
    let (rest, (day, separator)) = (day, one_of("-/")).parse(input)?;
    let short_year = map(digits(2, 2), |year| 2000 + i32::try_from(year).unwrap_or(0));
    let year_behind = (char(separator), alt((any_year, short_year))).map(|(_, year)| year);
    let (rest, (month, year)) = (month_name, opt(year_behind)).parse(rest)?;
    Ok((rest, plain(year, month, day)))
}

/// `21 March 2024`, `21st of March, 2024`, `5. Feb '20`.
fn day_first(input: &str) -> IResult<&str, DatePiece> {
    let ordinal = alt((tag_no_case("st"), tag_no_case("nd"), tag_no_case("rd"), tag_no_case("th"), tag(".")));
    let of = (spaces1, opt((tag_no_case("of"), spaces1)));
    let (rest, (day, _, _, _, month)) = (day, opt(ordinal), opt(second_day), of, month_name).parse(input)?;
    let (rest, year) = opt(year_after).parse(rest)?;
    Ok((rest, plain(year, month, day)))
}

/// `March 21, 2024`, `Mar 21st`, `March 21 '24`.
fn month_first(input: &str) -> IResult<&str, DatePiece> {
    let ordinal = alt((tag_no_case("st"), tag_no_case("nd"), tag_no_case("rd"), tag_no_case("th")));
    let the = opt((tag_no_case("the"), spaces1));
    let clock = (opt(one_of(":h")), one_of("0123456789"));
    let (rest, (month, _, _, day, _)) = (month_name, spaces1, the, day, opt(ordinal)).parse(input)?;
    not(peek(clock)).parse(rest)?;
    // "June 8 and 9, 2023": the first day, with the year behind the second.
    if let Ok((rest, (_, year))) = (second_day, year_after).parse(rest) {
        return Ok((rest, plain(Some(year), month, day)));
    }
    let (rest, year) = opt(year_after).parse(rest)?;
    Ok((rest, plain(year, month, day)))
}

/// " and 9th", "-9", "/9": a second day behind the first.
fn second_day(input: &str) -> IResult<&str, u32> {
    let ordinal = alt((tag_no_case("st"), tag_no_case("nd"), tag_no_case("rd"), tag_no_case("th")));
    let and = alt((tag(" and "), tag(" & "), tag(" to "), tag("-"), tag("–"), tag("/")));
    let (rest, (_, day, _)) = (and, day, opt(ordinal)).parse(input)?;
    Ok((rest, day))
}

/// The year behind day and month; "8 April 2030 UTC" keeps its clock where a clock would be read from the same digits.
fn year_after(input: &str) -> IResult<&str, i32> {
    let (rest, (_, _, year)) = (opt((space0, char(','))), spaces0, any_year).parse(input)?;
    let minutes = value((), (char(':'), one_of("0123456789")));
    not(peek((space0, alt((value((), tag("hrs")), value((), tag("hours")), minutes))))).parse(rest)?;
    Ok((rest, year))
}

/// `3/22/2024`, `22.03.2024`, `3-9-2024`, and `3/22` without a year.
fn numeric(input: &str) -> IResult<&str, DatePiece> {
    let (rest, (first, separator)) = (day, one_of("/.-")).parse(input)?;
    let (rest, second) = day.parse(rest)?;
    let short_year = map(digits(2, 2), |year| 2000 + i32::try_from(year).unwrap_or(0));
    let mut year_behind = opt((char(separator), alt((year, short_year))).map(|(_, year)| year));
    let (rest, year) = year_behind.parse(rest)?;
    // Without a year only the slash says date ("1.5 hours", "2-3 minutes"), and only where the numbers can be no fraction.
    let written = input.get(..input.len() - rest.len()).unwrap_or_default();
    let padded = written.starts_with('0') || written.contains("/0");
    let believable = year.is_some() && separator != '-'
        || year.is_some_and(|year| year > 2000)
        || (separator == '/' && (first.max(second) > 9 || padded));
    let around_the_clock = year.is_none() && (first, second) == (24, 7);
    let version = separator == '.' && !padded && written.rsplit('.').next().is_some_and(|year| year.len() < 4);
    if !believable || around_the_clock || version || first.min(second) > 12 {
        return Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify)));
    }
    // Where dots part the numbers the day stands first: so the countries write that part them so (DIN 5008, GOST R 7.0.97).
    let day = match separator {
        '.' if second <= 12 => DayPiece::Plain { month: second, day: first },
        _ => DayPiece::Numeric(first, second),
    };
    Ok((rest, DatePiece { year, day, weekday: None }))
}

/// "the next day", "the following morning".
fn next_day(input: &str) -> IResult<&str, DatePiece> {
    let which = alt((tag_no_case("next"), tag_no_case("following")));
    let day = value(DayPiece::After(1), alt((tag_no_case("day"), tag_no_case("afternoon"), tag_no_case("evening"))));
    let part = alt((day, value(DayPiece::Morning, tag_no_case("morning"))));
    let the = || (tag_no_case("the"), spaces1);
    // "following Tuesday's incident" is behind it.
    let named =
        (the(), tag_no_case("following"), spaces1, weekday, not(peek(one_of("'’")))).map(|(_, _, _, day, ())| DayPiece::Following(day));
    let (rest, day) = alt(((opt(the()), which, spaces1, part).map(|(_, _, _, day)| day), named)).parse(input)?;
    Ok((rest, DatePiece { year: None, day, weekday: None }))
}

/// "the day before", "the previous day" in front of a clock: it may be compared with, or counted from what follows.
fn beside(input: &str) -> IResult<&str, DatePiece> {
    let before = value(-1, alt((tag_no_case("day before"), tag_no_case("previous day"))));
    let days = alt((before, value(1, tag_no_case("day after"))));
    let (rest, (_, _, days)) = (tag_no_case("the"), spaces1, days).parse(input)?;
    clock_follows(rest)?;
    Ok((rest, DatePiece { year: None, day: DayPiece::After(days), weekday: None }))
}

/// "two days ago"; "3 days later" in front of a clock: alone it is a length.
fn counted(input: &str) -> IResult<&str, DatePiece> {
    let figures = map(digits(1, 2), i64::from);
    let words = map_opt(take_while1(|c: char| c.is_ascii_alphabetic()), |word| number_word(word).map(|number| number as i64));
    let days = alt((tag_no_case("days"), tag_no_case("day")));
    let (rest, (number, _, _, _)) = (alt((figures, words)), spaces1, days, spaces1).parse(input)?;
    let ago: IResult<&str, &str> = tag_no_case("ago").parse(rest);
    let (rest, day) = match ago {
        Ok((rest, _)) => (rest, DayPiece::Today(-number)),
        Err(_) => {
            let (rest, _) = tag_no_case("later").parse(rest)?;
            clock_follows(rest)?;
            (rest, DayPiece::After(number))
        }
    };
    Ok((rest, DatePiece { year: None, day, weekday: None }))
}

/// "on Friday", "last Thursday", where no date of its own follows.
fn on_weekday(input: &str) -> IResult<&str, DatePiece> {
    let last = value(true, tag_no_case("last"));
    let on = value(false, tag_no_case("on"));
    let (rest, (last, _, day)) = (alt((last, on)), spaces1, weekday).parse(input)?;
    not(peek((separator, undated_figures))).parse(rest)?;
    let (rest, _) = opt((spaces1, part_of_day)).parse(rest)?;
    let day = if last { DayPiece::Last(day) } else { DayPiece::On(day) };
    Ok((rest, DatePiece { year: None, day, weekday: None }))
}

/// "Friday evening".
fn part_of_weekday(input: &str) -> IResult<&str, DatePiece> {
    let (rest, (day, _, _)) = (weekday, spaces1, part_of_day).parse(input)?;
    Ok((rest, DatePiece { year: None, day: DayPiece::On(day), weekday: None }))
}

fn part_of_day(input: &str) -> IResult<&str, &str> {
    alt((tag_no_case("morning"), tag_no_case("afternoon"), tag_no_case("evening"), tag_no_case("night"))).parse(input)
}

fn undated_figures(input: &str) -> IResult<&str, DatePiece> {
    alt((iso, compact_month, day_first, numeric, month_first)).parse(input)
}

/// "today", "this morning", "yesterday".
fn today(input: &str) -> IResult<&str, DatePiece> {
    let this = (tag_no_case("this"), spaces1, part_of_day).map(|_| 0);
    let named = alt((value(0, tag_no_case("today")), value(0, tag_no_case("tonight")), value(-1, tag_no_case("yesterday"))));
    let (rest, days) = alt((this, named)).parse(input)?;
    // "yesterday's outage" dates it, "today's traffic" nothing.
    let trouble = alt((
        tag_no_case("outage"),
        tag_no_case("incident"),
        tag_no_case("disruption"),
        tag_no_case("interruption"),
        tag_no_case("failure"),
    ));
    let of_trouble = (one_of("'’"), char('s'), spaces1, trouble);
    not((not(peek(of_trouble)), one_of("'’"))).parse(rest)?;
    Ok((rest, DatePiece { year: None, day: DayPiece::Today(days), weekday: None }))
}

/// "last night".
fn last_night(input: &str) -> IResult<&str, DatePiece> {
    let (rest, _) = (tag_no_case("last"), spaces1, tag_no_case("night")).parse(input)?;
    not(peek(one_of("'’"))).parse(rest)?;
    Ok((rest, DatePiece { year: None, day: DayPiece::Night(-1), weekday: None }))
}

/// "on the 9th", before a clock or the end of a clause: "on the 2nd node" is no date.
fn nth(input: &str) -> IResult<&str, DatePiece> {
    let (rest, (_, _, _, _, date)) = (tag_no_case("on"), spaces1, tag_no_case("the"), spaces1, of_month).parse(input)?;
    Ok((rest, date))
}

/// The "12th" of "on the 12th" and the "12th, 2025" of "Wednesday 12th, 2025", before a clock or the end of a clause.
fn of_month(input: &str) -> IResult<&str, DatePiece> {
    let ordinal = alt((tag_no_case("st"), tag_no_case("nd"), tag_no_case("rd"), tag_no_case("th")));
    let (rest, (day, _, year)) = (day, ordinal, opt(year_after)).parse(input)?;
    let clause = value((), one_of(",.;)"));
    let words = alt((tag_no_case("at "), tag_no_case("from "), tag_no_case("to "), tag_no_case("between "), tag_no_case("around ")));
    let link = (spaces1, alt((value((), words), value((), (digits(1, 2), char(':'))))));
    peek(alt((value((), clause), value((), link), value((), nom::combinator::eof)))).parse(rest)?;
    Ok((rest, DatePiece { year, day: DayPiece::Nth(day), weekday: None }))
}

/// Whether a clock follows at the start of `input`.
fn clock_follows(input: &str) -> IResult<&str, ()> {
    value((), peek((opt(char(',')), spaces1, opt((tag_no_case("at"), spaces1)), digits(1, 2), char(':')))).parse(input)
}

/// `03-26`, `03/26` or `26.03` in front of a clock in a bracket or at the head of a line, `before` being what stands in front:
/// month and day in an order that the report's other dates decide. A year goes without saying there.
pub fn before_clock<'i>(before: &str, input: &'i str) -> IResult<&'i str, DatePiece> {
    let head = before.trim_end_matches([' ', '*', '`', '~']).chars().next_back().is_none_or(|last| matches!(last, '[' | '(' | '\n'));
    let (rest, (first, mark, second)) = (two_figures, one_of("-/."), two_figures).parse(input)?;
    peek((take_while1(|c: char| matches!(c, ' ' | 'T' | ',')), digits(1, 2), char(':'), two_figures)).parse(rest)?;
    let (least, most) = (first.min(second), first.max(second));
    if !head || least == 0 || least > 12 || most > 31 {
        return Err(refused(input));
    }
    let day = if mark == '.' && second <= 12 { DayPiece::Plain { month: second, day: first } } else { DayPiece::Numeric(first, second) };
    Ok((rest, DatePiece { year: None, day, weekday: None }))
}

fn two_figures(input: &str) -> IResult<&str, u32> {
    digits(2, 2)(input)
}

fn spaces1(input: &str) -> IResult<&str, &str> {
    take_while1(|c: char| c.is_whitespace()).parse(input)
}

fn spaces0(input: &str) -> IResult<&str, &str> {
    take_while(|c: char| c.is_whitespace()).parse(input)
}

fn separator(input: &str) -> IResult<&str, ()> {
    let the = (tag_no_case("the"), spaces1);
    value((), (opt(char('.')), opt(char(',')), spaces1, opt(the))).parse(input)
}

/// The month that `word` is the name of, or its first three letters.
pub fn month_of(word: &str) -> Option<u32> {
    month_name(word).ok().filter(|(rest, _)| rest.is_empty()).map(|(_, month)| month)
}

/// Whether `word` is the name of a weekday or its first three letters.
pub fn is_weekday(word: &str) -> bool {
    weekday(word).is_ok_and(|(rest, _)| rest.is_empty())
}

fn month_name(input: &str) -> IResult<&str, u32> {
    let (rest, word) = take_while1(|c: char| c.is_ascii_alphabetic()).parse(input)?;
    let month = name_index(
        word,
        &["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"],
    );
    let short = word.len() == 3 || word.eq_ignore_ascii_case("sept");
    // "may" in running text is a verb.
    let verb = word == "may";
    match month.filter(|_| !verb) {
        Some(month) => Ok((if short { rest.strip_prefix('.').unwrap_or(rest) } else { rest }, month)),
        None => Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Tag))),
    }
}

fn weekday(input: &str) -> IResult<&str, Weekday> {
    const DAYS: [Weekday; 7] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    let (rest, word) = take_while1(|c: char| c.is_ascii_alphabetic()).parse(input)?;
    let index = name_index(word, &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]);
    match index.and_then(|n| DAYS.get(n as usize - 1)) {
        Some(day) => Ok((rest, *day)),
        None => Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Tag))),
    }
}

/// The 1-based place of `word` among `names`: whole, its first three letters, or a common four-letter short form.
fn name_index(word: &str, names: &[&str]) -> Option<u32> {
    let start = word.as_bytes().first_chunk::<3>().filter(|_| word.len() <= 9)?.map(|byte| byte.to_ascii_lowercase());
    let index = names.iter().position(|name| name.as_bytes().starts_with(&start))?;
    let short = word.len() == 3 || ["sept", "tues", "thur", "thurs"].iter().any(|short| word.eq_ignore_ascii_case(short));
    let fits = short || names.get(index).is_some_and(|name| word.eq_ignore_ascii_case(name));
    fits.then(|| u32::try_from(index + 1).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, &str)> {
        let (rest, date) = date(text).ok()?;
        let year = date.year.map_or(String::from("----"), |year| year.to_string());
        let day = match date.day {
            DayPiece::Plain { month, day } => format!("{month:02}-{day:02}"),
            DayPiece::Numeric(a, b) => format!("{a}/{b}"),
            DayPiece::After(days) => format!("+{days}"),
            DayPiece::Morning => "+morning".to_owned(),
            DayPiece::On(day) | DayPiece::Last(day) | DayPiece::Following(day) => day.to_string(),
            DayPiece::Nth(day) => format!("the {day}th"),
            DayPiece::Today(days) => format!("today{days:+}"),
            DayPiece::Night(days) => format!("night{days:+}"),
        };
        let weekday = date.weekday.map(|day| format!(" {day}")).unwrap_or_default();
        Some((format!("{year}-{day}{weekday}"), rest))
    }

    #[test]
    fn reads_dates() {
        for (text, date, rest) in [
            ("2024-03-21T14:04", "2024-03-21", "T14:04"),
            ("2024/3/9 x", "2024-03-09", " x"),
            ("21 March 2024, at", "2024-03-21", ", at"),
            ("21st of March, 2024", "2024-03-21", ""),
            ("05 Feb 2020", "2020-02-05", ""),
            ("17. November, it", "-----11-17", ", it"),
            ("9th of June 2020", "2020-06-09", ""),
            ("21-Mar-2024 10:00", "2024-03-21", " 10:00"),
            ("14/Apr/26 07:22", "2026-04-14", " 07:22"),
            ("2024-MAR-12", "2024-03-12", ""),
            ("2025/Feb/07 15:06", "2025-02-07", " 15:06"),
            ("2025 February 7, at", "2025-02-07", ", at"),
            ("March 21st at", "-----03-21", " at"),
            ("Mar. 21, 2024 - 16:31", "2024-03-21", " - 16:31"),
            ("Jun  8, 19:13 UTC", "-----06-08", ", 19:13 UTC"),
            ("March 22 13:07 UTC", "-----03-22", " 13:07 UTC"),
            ("Sept 5 '23", "2023-09-05", ""),
            ("Friday, May 9th 22:30", "-----05-09 Fri", " 22:30"),
            ("Tue 2024-11-12", "2024-11-12 Tue", ""),
            ("Thurs, 20 Nov 2025", "2025-11-20 Thu", ""),
            ("Tuesday the 9th of June", "-----06-09 Tue", ""),
            ("3/9/2024 07:35", "2024-3/9", " 07:35"),
            ("22.03.2024", "2024-03-22", ""),
            ("03.04.2024 10:00", "2024-04-03", " 10:00"),
            ("03.22.2024", "2024-3/22", ""),
            ("03.04.24", "2024-04-03", ""),
            ("10/13.", "-----10/13", "."),
            ("3/22/24", "2024-3/22", ""),
            ("June 8 and 9, 2023. It", "2023-06-08", ". It"),
            ("14/15 October 2024", "2024-10-14", ""),
            ("8th and 9th June 2023", "2023-06-08", ""),
            ("the next day at", "-----+1", " at"),
            ("two days ago, at", "-----today-2", ", at"),
            ("3 days ago", "-----today-3", ""),
            ("two days later at 07:30", "-----+2", " at 07:30"),
            ("the day before, at 18:00", "-----+-1", ", at 18:00"),
            ("the following Monday at", "-----Mon", " at"),
            ("the following morning, at", "-----+morning", ", at"),
            ("Wednesday 12th, 2025 18:40 UTC", "2025-the 12th Wed", " 18:40 UTC"),
            ("Thursday the 13th at 06:15", "-----the 13th Thu", " at 06:15"),
        ] {
            assert_eq!(read(text), Some((date.to_owned(), rest)), "{text}");
        }
    }

    #[test]
    fn two_numbers_head_an_entry_in_front_of_a_clock() {
        for (before, text, day) in [
            ("[", "03-26 02:50] paged", DayPiece::Numeric(3, 26)),
            ("", "02-27 16:30 built", DayPiece::Numeric(2, 27)),
            ("", "26.03 02:50 paged", DayPiece::Plain { month: 3, day: 26 }),
            ("**", "03/09 22:05** paged", DayPiece::Numeric(3, 9)),
        ] {
            assert_eq!(before_clock(before, text).map(|(_, date)| date.day), Ok(day), "{before}{text}");
        }
        for (before, text) in [
            ("lines ", "10-12 14:00"),
            ("[", "10-12 users"),
            ("[", "10-12]"),
            ("", "13-14 02:50"),
            ("v", "03-26 02:50"),
            ("", "1-2 10:00"),
            ("", "03-26-02 50:10"),
        ] {
            assert!(before_clock(before, text).is_err(), "{before}{text}");
        }
    }

    #[test]
    fn refuses_look_alikes() {
        for text in [
            "20233-05-08",
            "2024-13-01",
            "2024-02-40",
            "10.0.0.1",
            "1.5 hours",
            "2-3 minutes",
            "24/7",
            "4.9.13",
            "may 5 users",
            "1/2 of",
            "3/4/5/6",
            "2.30.1",
            "32 March",
            "March madness",
            "Monday",
            "2022-02-??",
            "5th of users",
            "99/100",
            "Friday 13th floor",
            "Monday 2nd node at",
            "2024-05-01-02 build",
            "2024-may-be",
            "the day before the launch",
            "the day before, only fired at",
            "two days later we",
            "two days of work",
            "following Monday",
            "the following Monday's",
            "2024 March 21:30",
            "2024-Mar-40",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
