//! Times in running text: dates, clocks, zones and offsets joined to moments, moments to ranges.
//!
//! What stands between two pieces decides whether they belong together ("at 3:26pm on June 17th", "22:41 UTC on
//! 8 Feb to 01:12 UTC"). Nothing is resolved here: a moment keeps just what is written.

mod range;
mod seen;

use super::clock::{ClockPiece, Meridiem};
use super::date::{self, DatePiece, DayPiece};
pub use super::piece::Style;
use super::piece::{Kind, Piece, pieces};
use super::words::{Words, is_one_of, list};
use super::zone::ZonePiece;
use crate::work;
use std::ops::Range;

/// One point in time as written.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    /// Where it stands in the text.
    pub range: Range<usize>,
    /// Its date, if written with it.
    pub date: Option<DatePiece>,
    /// Its clock, if any.
    pub clock: Option<ClockPiece>,
    /// Its zone, if written with it.
    pub zone: Option<ZonePiece>,
    /// Minutes after the report's T0, instead of a clock.
    pub offset: Option<i64>,
    /// Whether "about" or the like stands in front, or "~" behind.
    pub approximate: bool,
    /// The same moment in another zone, told right behind it.
    pub also: Option<(ClockPiece, ZonePiece)>,
    /// Which moment it stands in brackets behind, as the same time in another zone.
    pub restates: bool,
}

/// How a range is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lead {
    /// "between A and B"
    Between,
    /// "from A to B", "starting at A, ending at B"
    From,
    /// "A – B", "A to B"
    Bare,
}

/// A moment, a range of two, or a time that cannot be read.
#[derive(Debug, Clone, PartialEq)]
pub enum Time {
    /// One point in time.
    Moment(Moment),
    /// From one to another.
    Range(Moment, Moment, Lead),
    /// A time left open or mistyped (`14:??`, `20233-05-08 09:00`), and the date written with it.
    Unreadable(Range<usize>, Option<DatePiece>),
    /// So many minutes after the moment told before it, or before it, if negative ("43 minutes later").
    Later(Range<usize>, f64, Option<Range<usize>>),
}

impl Time {
    /// Where it stands in the text.
    pub fn range(&self) -> Range<usize> {
        match self {
            Time::Moment(moment) => moment.range.clone(),
            Time::Range(from, to, _) => from.range.start..to.range.end,
            Time::Unreadable(range, _) | Time::Later(range, ..) => range.clone(),
        }
    }

    /// Both ends of a range, or the moment itself.
    #[inline]
    pub fn moments(&self) -> impl Iterator<Item = &Moment> {
        let (first, second) = match self {
            Time::Moment(moment) => (Some(moment), None),
            Time::Range(from, to, _) => (Some(from), Some(to)),
            Time::Unreadable(..) | Time::Later(..) => (None, None),
        };
        first.into_iter().chain(second)
    }

    /// The same, to be changed.
    pub fn moments_mut(&mut self) -> impl Iterator<Item = &mut Moment> {
        let (first, second) = match self {
            Time::Moment(moment) => (Some(moment), None),
            Time::Range(from, to, _) => (Some(from), Some(to)),
            Time::Unreadable(..) | Time::Later(..) => (None, None),
        };
        first.into_iter().chain(second)
    }

    /// It in another text, where what stands at `range` stands at `place(range)`.
    pub fn moved(mut self, place: impl Fn(&Range<usize>) -> Range<usize>) -> Self {
        if let Time::Unreadable(range, _) | Time::Later(range, ..) = &mut self {
            *range = place(range);
        }
        if let Time::Later(_, _, Some(noun)) = &mut self {
            *noun = place(noun);
        }
        self.moments_mut().for_each(|moment| moment.range = place(&moment.range));
        self
    }
}

/// Every time in `text`, in order.
pub fn times(text: &str) -> Vec<Time> {
    times_as(text, Style::default())
}

/// The same of a text around which clocks are written in that style.
pub fn times_as(text: &str, style: Style) -> Vec<Time> {
    if !work::may(text.len()) {
        return Vec::new();
    }
    let read = |text: &str| range::ranges(text, moments(text, &pieces(text, style)));
    match seen::seen(text) {
        None => read(text),
        Some(seen) => read(&seen.text).into_iter().map(|time| time.moved(|range| seen.back(range))).collect(),
    }
}

/// Whether `text` is times and nothing else, `found` being those in it: no letter or digit beside them.
pub fn are_all(text: &str, found: &[Time]) -> bool {
    let mut reached = 0;
    let mut beside = |to: usize, next: usize| {
        let bare = text.get(reached..to).is_some_and(|part| !part.contains(char::is_alphanumeric));
        reached = next;
        bare
    };
    !found.is_empty() && found.iter().all(|time| beside(time.range().start, time.range().end)) && beside(text.len(), text.len())
}

/// More bytes between two pieces than any words that join them.
const FILLING: usize = 64;

/// What stands between two pieces, in lower case and with single spaces; the first words of it, where they are many.
fn gap(text: &str, range: Range<usize>) -> String {
    let between = text.get(range).unwrap_or_default();
    let mut gap = String::with_capacity(between.len().min(2 * FILLING));
    for word in between.split_whitespace() {
        if gap.len() > FILLING {
            break;
        }
        if !gap.is_empty() {
            gap.push(' ');
        }
        gap.push_str(word);
    }
    gap.make_ascii_lowercase();
    gap
}

/// `gap` without the "about" at its end.
fn without_about(gap: &str) -> (&str, bool) {
    if gap.is_empty() {
        return (gap, false);
    }
    let rest = list(Words::About).strip_end(gap).filter(|rest| rest.chars().next_back().is_none_or(|c| !c.is_alphanumeric()));
    rest.map_or((gap, false), |rest| (rest.trim_end(), true))
}

fn joins_date_clock(gap: &str) -> bool {
    // "9 Nov 2022 (Wed) 03:12"
    let weekday = gap.strip_prefix('(').and_then(|gap| gap.strip_suffix(')'));
    let link = without_about(gap).0;
    weekday.is_some_and(date::is_weekday)
        || matches!(link, "" | "," | "t" | "@" | "-" | "–" | "—" | "(" | "by" | "/" | "|" | "•")
        || matches!(link.strip_prefix(", ").unwrap_or(link), "at" | "from" | "between")
}

fn joins_clock_date(gap: &str) -> bool {
    matches!(gap, "" | "," | "on" | "of" | ", on" | "(" | "on the" | "(on" | "/" | "the")
        || matches!(gap, "in the morning of" | "on the morning of" | "on the evening of")
}

/// "until 06:45, on 10 December from 03:12": whether a date behind a comma, up to `date_end`, is that of the clock behind it, to
/// which a word leads.
fn leads_on(text: &str, gap_before: &str, date_end: usize, next: Option<&Piece>) -> bool {
    let Some(Piece { range, kind: Kind::Clock(..) }) = next.filter(|_| gap_before.starts_with(',')) else { return false };
    matches!(without_about(&gap(text, date_end..range.start)).0, "at" | "from" | "between")
}

/// "Just before midnight, at 23:51": the word tells roughly what the clock behind it tells.
fn is_about_midnight(text: &str, piece: &Piece, next: &Piece) -> bool {
    let (Kind::Clock(..), Kind::Clock(..)) = (&piece.kind, &next.kind) else { return false };
    let is_word = text.get(piece.range.clone()).is_some_and(|word| word.eq_ignore_ascii_case("midnight"));
    let led = || {
        let before = text.get(..piece.range.start).unwrap_or_default().split_whitespace().next_back().unwrap_or_default();
        is_one_of(before, &["before", "after", "around", "about", "towards"])
    };
    is_word && led() && matches!(gap(text, piece.range.end..next.range.start).as_str(), ", at" | ",")
}

fn moments(text: &str, pieces: &[Piece]) -> Vec<Time> {
    let mut found: Vec<Time> = Vec::new();
    let mut open: Option<Moment> = None;
    for (place, piece) in pieces.iter().enumerate() {
        if pieces.get(place + 1).is_some_and(|next| is_about_midnight(text, piece, next)) {
            continue;
        }
        let between = open.as_ref().map(|open| gap(text, open.range.end..piece.range.start));
        let joined = match (&mut open, between.as_deref(), &piece.kind) {
            (Some(open), Some(gap), Kind::Clock(clock, zone)) if open.clock.is_none() && open.offset.is_none() && joins_date_clock(gap) => {
                open.date = open.date.map(|date| by_night(text, open.range.clone(), date, *clock));
                open.clock = Some(in_half(*clock, text.get(open.range.clone()).unwrap_or_default()));
                open.zone = zone.or(open.zone);
                open.approximate |= without_about(gap).1;
                true
            }
            (Some(open), Some(gap), Kind::Date(date))
                if open.date.is_none()
                    && open.clock.is_some()
                    && joins_clock_date(gap)
                    && !leads_on(text, gap, piece.range.end, pieces.get(place + 1)) =>
            {
                open.date = Some(*date);
                true
            }
            (Some(open), Some("" | "," | "("), Kind::Zone(zone)) if open.zone.is_none() => {
                open.zone = Some(*zone);
                true
            }
            (Some(open), Some("" | "," | "at" | "-" | "–" | "t"), Kind::Unfinished) if open.clock.is_none() => {
                found.push(Time::Unreadable(open.range.start..piece.range.end, open.date));
                false
            }
            _ => false,
        };
        if joined {
            if let Some(open) = &mut open {
                open.range.end = piece.range.end;
                year_behind(text, open);
            }
            continue;
        }
        let was_unreadable = matches!(found.last(), Some(Time::Unreadable(range, _)) if range.end == piece.range.end);
        if was_unreadable {
            open = None;
            continue;
        }
        found.extend(open.take().filter(is_time).map(Time::Moment));
        if let Kind::Unfinished = piece.kind {
            // The clock behind a mistyped date goes with it: "20233-05-08 09:00".
            match found.last_mut() {
                Some(Time::Unreadable(range, _)) if gap(text, range.end..piece.range.start).is_empty() => range.end = piece.range.end,
                _ => found.push(Time::Unreadable(piece.range.clone(), None)),
            }
            continue;
        }
        if let (Some(Time::Unreadable(range, _)), Kind::Clock(..)) = (found.last_mut(), &piece.kind)
            && gap(text, range.end..piece.range.start).is_empty()
        {
            range.end = piece.range.end;
            continue;
        }
        open = Some(begin(text, piece));
    }
    found.extend(open.filter(is_time).map(Time::Moment));
    for time in &mut found {
        if let Time::Moment(moment) = time
            && text.get(moment.range.end..).is_some_and(|rest| rest.starts_with('~') || rest.starts_with("-ish") || rest.starts_with("ish"))
        {
            moment.approximate = true;
        }
    }
    found
}

/// "In the night of 11 to 12 October, from 02:00": the small hours are of the second day.
fn by_night(text: &str, range: Range<usize>, date: DatePiece, clock: ClockPiece) -> DatePiece {
    let lead = text.get(..range.start).unwrap_or_default().trim_end();
    let lead = lead.strip_suffix(" of").or_else(|| lead.strip_suffix(" from")).unwrap_or(lead);
    let written = text.get(range).unwrap_or_default();
    let second = ["to ", "/", "-", "–"].iter().find_map(|link| {
        let rest = written.split_once(link)?.1.trim_start();
        rest.get(..rest.find(|c: char| !c.is_ascii_digit())?)?.parse::<u32>().ok()
    });
    match (second, date.day) {
        (Some(second), DayPiece::Plain { month, day }) if lead.ends_with("night") && second == day + 1 && clock.hour < 12 => {
            DatePiece { day: DayPiece::Plain { month, day: second }, ..date }
        }
        _ => date,
    }
}

/// "this afternoon from 1:20": the words of the date may tell the half of the day.
fn in_half(clock: ClockPiece, date: &str) -> ClockPiece {
    let later = || ["afternoon", "evening", "tonight"].iter().any(|part| date.to_ascii_lowercase().ends_with(part));
    let open = clock.meridiem.is_none() && (1..=11).contains(&clock.hour);
    if open && later() { ClockPiece { meridiem: Some(Meridiem::Pm), ..clock } } else { clock }
}

/// "Wed Oct 14 00:00:12 2015": the year may stand behind the clock.
fn year_behind(text: &str, moment: &mut Moment) {
    let Some(date) = moment.date.as_mut().filter(|date| date.year.is_none() && matches!(date.day, DayPiece::Plain { .. })) else { return };
    let Some(digits) = text.get(moment.range.end..).and_then(|rest| rest.strip_prefix(' ')).and_then(|rest| rest.get(..4)) else { return };
    let behind = text.get(moment.range.end + 5..).unwrap_or_default();
    if moment.clock.is_some()
        && !behind.starts_with(|c: char| c.is_alphanumeric() || matches!(c, ':' | '-' | '/' | '%'))
        && let Ok(year @ 1970..2200) = digits.parse()
    {
        date.year = Some(year);
        moment.range.end += 5;
    }
}

/// A zone alone is no time.
fn is_time(moment: &Moment) -> bool {
    moment.date.is_some() || moment.clock.is_some() || moment.offset.is_some()
}

fn begin(text: &str, piece: &Piece) -> Moment {
    let before = text.ceil_char_boundary(piece.range.start.saturating_sub(24));
    let before = gap(text, before..piece.range.start);
    let approximate = without_about(&before).1 || without_about(before.trim_end_matches(" at")).1;
    let mut moment =
        Moment { range: piece.range.clone(), date: None, clock: None, zone: None, offset: None, approximate, also: None, restates: false };
    match &piece.kind {
        Kind::Date(date) => moment.date = Some(*date),
        Kind::Clock(clock, zone) => (moment.clock, moment.zone) = (Some(*clock), *zone),
        Kind::Zone(zone) => moment.zone = Some(*zone),
        Kind::Offset(minutes) => moment.offset = Some(*minutes),
        Kind::Unfinished => {}
    }
    moment
}

#[cfg(test)]
mod tests;
