//! Times in running text: dates, clocks, zones and offsets joined to moments, moments to ranges.
//!
//! What stands between two pieces decides whether they belong together ("at 3:26pm on June 17th", "22:41 UTC on
//! 8 Feb to 01:12 UTC"). Nothing is resolved here: a moment keeps just what is written.

mod iso;
mod range;
mod seen;

use super::clock::{ClockPiece, Meridiem};
use super::date::{self, DatePiece, DayPiece};
use super::piece::{Kind, Piece, pieces};
use super::words::{Words, list};
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
    Later(Range<usize>, f64),
}

impl Time {
    /// Where it stands in the text.
    pub fn range(&self) -> Range<usize> {
        match self {
            Time::Moment(moment) => moment.range.clone(),
            Time::Range(from, to, _) => from.range.start..to.range.end,
            Time::Unreadable(range, _) | Time::Later(range, _) => range.clone(),
        }
    }
}

/// Every time in `text`, in order.
pub fn times(text: &str) -> Vec<Time> {
    read(text, false)
}

/// The same of a text where four figures at its head are a clock, by what stands around it.
pub fn times_by_figures(text: &str) -> Vec<Time> {
    read(text, true)
}

fn read(text: &str, by_figures: bool) -> Vec<Time> {
    if !work::may(text.len()) {
        return Vec::new();
    }
    let read = |text: &str| range::ranges(text, moments(text, &pieces(text, by_figures)));
    match seen::seen(text) {
        None => read(text),
        Some(seen) => read(&seen.text).into_iter().map(|time| seen.back(time)).collect(),
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
    weekday.is_some_and(date::is_weekday)
        || matches!(
            without_about(gap).0,
            "" | ","
                | "t"
                | "at"
                | "@"
                | "-"
                | "–"
                | "—"
                | ", at"
                | "("
                | "by"
                | "/"
                | "|"
                | "•"
                | ", around"
                | "from"
                | "between"
                | ", from"
                | ", between"
        )
}

fn joins_clock_date(gap: &str) -> bool {
    matches!(
        gap,
        "" | ","
            | "on"
            | "of"
            | ", on"
            | "("
            | "on the"
            | "(on"
            | "/"
            | "the"
            | "in the morning of"
            | "on the morning of"
            | "on the evening of"
    )
}

fn moments(text: &str, pieces: &[Piece]) -> Vec<Time> {
    let mut found: Vec<Time> = Vec::new();
    let mut open: Option<Moment> = None;
    for piece in pieces {
        let between = open.as_ref().map(|open| gap(text, open.range.end..piece.range.start));
        let joined = match (&mut open, between.as_deref(), &piece.kind) {
            (Some(open), Some(gap), Kind::Clock(clock, zone)) if open.clock.is_none() && open.offset.is_none() && joins_date_clock(gap) => {
                open.date = open.date.map(|date| by_night(text, open.range.clone(), date, *clock));
                open.clock = Some(in_half(*clock, text.get(open.range.clone()).unwrap_or_default()));
                open.zone = zone.or(open.zone);
                open.approximate |= without_about(gap).1;
                true
            }
            (Some(open), Some(gap), Kind::Date(date)) if open.date.is_none() && open.clock.is_some() && joins_clock_date(gap) => {
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
mod tests {
    use super::*;

    fn show(moment: &Moment) -> String {
        let mut parts = Vec::new();
        if moment.approximate {
            parts.push("~".to_owned());
        }
        if let Some(date) = moment.date {
            let day = match date.day {
                date::DayPiece::Plain { month, day } => format!("{month}-{day}"),
                date::DayPiece::Numeric(a, b) => format!("{a}/{b}"),
                date::DayPiece::After(days) => format!("+{days}"),
                date::DayPiece::Morning => "+morning".to_owned(),
                date::DayPiece::On(day) | date::DayPiece::Last(day) | date::DayPiece::Following(day) => day.to_string(),
                date::DayPiece::Nth(day) => format!("the {day}th"),
                date::DayPiece::Today(days) => format!("today{days:+}"),
                date::DayPiece::Night(days) => format!("night{days:+}"),
            };
            parts.push(date.year.map_or(day.clone(), |year| format!("{year}-{day}")));
        }
        if let Some(clock) = moment.clock {
            let seconds = clock.seconds(None);
            parts.push(format!("{}:{:02}", seconds / 3600, seconds / 60 % 60));
        }
        if let Some(minutes) = moment.offset {
            parts.push(format!("T{minutes:+}"));
        }
        parts.extend(moment.zone.map(|zone| match zone {
            ZonePiece::Fixed(minutes) => format!("{minutes:+}"),
            ZonePiece::Region(region) => region.name().to_owned(),
            ZonePiece::Ambiguous(row) => row.name.to_owned(),
            ZonePiece::Unknown(name) => name.name().to_owned(),
        }));
        parts.extend(moment.also.map(|(clock, _)| format!("= {}", clock.seconds(None) / 60)));
        parts.join(" ")
    }

    fn read(text: &str) -> Vec<String> {
        let one = |time: &Time| match time {
            Time::Moment(moment) => show(moment),
            Time::Range(from, to, lead) => format!("{lead:?} {} > {}", show(from), show(to)),
            Time::Unreadable(range, _) | Time::Later(range, _) => format!("?{}", text.get(range.clone()).unwrap_or_default()),
        };
        times(text).iter().map(one).collect()
    }

    #[test]
    fn joins_pieces_to_moments() {
        for (text, want) in [
            ("On June 17th at 3:26pm EDT, people", "6-17 15:26 -240"),
            ("Posted Jun 17, 2025 - 16:31 EDT", "2025-6-17 16:31 -240"),
            ("October 8, 2025, 6:47 PM PDT", "2025-10-8 18:47 -420"),
            ("at 14:04 UTC on 21 March 2024.", "2024-3-21 14:04 +0"),
            ("restored at 01:12 9 Feb 2021 UTC.", "2021-2-9 1:12 +0"),
            ("restored at 01:12 on 9 Feb 2021, PST.", "2021-2-9 1:12 -480"),
            ("UTC 10:15 the alert", "10:15 +0"),
            ("On Friday at 6am the sync ran", "Fri 6:00"),
            ("queued from 4:20 pm on Thursday did", "Thu 16:20"),
            ("Friday evening at 7pm UTC", "Fri 19:00 +0"),
            ("last Thursday was rough", "Thu"),
            ("escalated on the 9th at 11:20 a.m.", "the 9th 11:20"),
            ("on Friday, 12 June 2024 at 10:00", "2024-6-12 10:00"),
            ("2025-05-13T21:36:00-05:00 - DEP", "2025-5-13 21:36 -300"),
            ("2023-08-31T05:22Z", "2023-8-31 5:22 +0"),
            ("| 2023-10-05   16:20 |", "2023-10-5 16:20"),
            ("2023-11-09 11:25~", "~ 2023-11-9 11:25"),
            ("around 5 PM Pacific Time", "~ 17:00 America/Los_Angeles"),
            ("Thu, 20 Nov 2025 17:12:34 +0530", "2025-11-20 17:12 +330"),
            ("T+1h05m  Cause found", "T+65"),
            ("12 Aug 21:17 UTC", "8-12 21:17 +0"),
            ("Jun  8, 19:13 UTC", "6-8 19:13 +0"),
            ("9 Nov 2022 (Wed) 03:12", "2022-11-9 3:12"),
            ("at 10:15 (CET) we", "10:15 +60"),
        ] {
            assert_eq!(read(text), [want], "{text}");
        }
    }

    #[test]
    fn joins_moments_to_ranges() {
        for (text, want) in [
            ("Between 15:35 UTC and 21:50 UTC on 12 Oct 2022, shops", vec!["Between 15:35 +0 > 2022-10-12 21:50 +0"]),
            ("Between 22:41 UTC on 8 Feb 2021 to 01:12 UTC on 9 Feb 2021", vec!["Between 2021-2-8 22:41 +0 > 2021-2-9 1:12 +0"]),
            ("between June 19 13:07 UTC and June 19 16:48 UTC", vec!["Between 6-19 13:07 +0 > 6-19 16:48 +0"]),
            ("From 17:41-18:09 UTC the site", vec!["From 17:41 > 18:09 +0"]),
            (
                "From approximately 21:42 UTC on 27 April 2021 to 04:00 UTC on 1 May 2021",
                vec!["From ~ 2021-4-27 21:42 +0 > 2021-5-1 4:00 +0"],
            ),
            ("starting at 9:06 UTC, ending at 9:11 UTC.", vec!["From 9:06 +0 > 9:11 +0"]),
            ("6:10 PM - 7:45 PM (01:10 - 02:45 UTC)", vec!["Bare 18:10 > 19:45", "Bare 1:10 > 2:45 +0"]),
            ("5 February 2025, 07:10–08:25 CET", vec!["Bare 2025-2-5 7:10 > 8:25 +60"]),
            ("2:05-3:10pm PT", vec!["Bare 2:05 > 15:10 America/Los_Angeles"]),
            ("at 10:00 and 11:00 UTC", vec!["10:00", "11:00 +0"]),
            ("from 21:15 PDT / 04:15 UTC until 22:00 PDT / 05:00 UTC.", vec!["From 21:15 -420 = 255 > 22:00 -420 = 300"]),
            ("between 10:00 CET (09:00 UTC) and 11:00 CET (10:00 UTC)", vec!["Between 10:00 +60 = 540 > 11:00 +60 = 600"]),
            ("10:00–11:00 CET (09:00–10:00 UTC) and", vec!["Bare 10:00 = 540 > 11:00 +60 = 600"]),
            ("10:15 UTC / 11:15 CET / 15:45 IST: down", vec!["10:15 +0 = 675"]),
            ("10:15 UTC / 11:15 UTC", vec!["10:15 +0", "11:15 +0"]),
            ("10:15 / 11:15 UTC", vec!["10:15", "11:15 +0"]),
            ("10:15 UTC (11:15 Berlin) it", vec!["10:15 +0"]),
            ("10:15 UTC (06:15 local time) it", vec!["10:15 +0"]),
            ("10:15 UTC (11:15 Restored)", vec!["10:15 +0", "11:15"]),
            ("10:15 UTC (11:20 Berlin)", vec!["10:15 +0", "11:20"]),
            ("10:15 UTC (11:15)", vec!["10:15 +0", "11:15"]),
            ("On 29 October, between 22:30 UTC and about 05:39 UTC", vec!["Between 10-29 22:30 +0 > ~ 5:39 +0"]),
            ("2024-05-01 10:00 - 2024-05-01 11:00", vec!["Bare 2024-5-1 10:00 > 2024-5-1 11:00"]),
            ("Friday, May 9th 22:30 to Saturday, May 10th 2:00 UTC", vec!["Bare 5-9 22:30 > 5-10 2:00 +0"]),
            ("01:00-04:00 BST", vec!["Bare 1:00 > 4:00 BST"]),
            (
                "Starting as early as 18:55 UTC on 02 Jan 2018, and continuing through to 03:30 UTC on 03 Jan 2018",
                vec!["From ~ 2018-1-2 18:55 +0 > 2018-1-3 3:30 +0"],
            ),
            ("between 02:15 and 04:00 BST", vec!["Between 2:15 > 4:00 BST"]),
        ] {
            assert_eq!(read(text), want, "{text}");
        }
    }

    #[test]
    fn what_shows_nothing_is_no_part_of_a_clock() {
        for text in ["at 14:\u{200b}04 UTC it", "at 1\u{2060}4:04\u{a0}UTC it", "at \u{feff}14:0\u{ad}4 UTC it", "at 2:04\u{202f}PM UTC it"]
        {
            assert_eq!(read(text), ["14:04 +0"], "{text}");
            let found = times(text).first().map(Time::range).and_then(|range| text.get(range)).unwrap_or_default();
            assert!(found.ends_with("UTC") && found.starts_with(['1', '2']), "{found}");
        }
        assert_eq!(read("at 2:04\nPM"), ["14:04"]);
    }

    #[test]
    fn joins_stamps_to_intervals() {
        let both = "Bare 2026-1-9 10:02 +0 > 2026-1-9 10:47 +0";
        for text in ["2026-01-09T10:02Z/2026-01-09T10:47Z", "2026-01-09T10:02Z/PT45M", "2026-01-09T10:02:00Z/PT0H45M"] {
            assert_eq!(read(text), [both], "{text}");
        }
        assert_eq!(read("2026-01-09T10:02Z/P1DT1H"), ["Bare 2026-1-9 10:02 +0 > 2026-1-10 11:02 +0"]);
        // One moment in two zones.
        assert_eq!(read("2026-01-09 10:02 UTC / 11:02 CET").len(), 1);
        assert_eq!(read("2026-01-09T10:02Z/PTA"), ["2026-1-9 10:02 +0"]);
    }

    #[test]
    fn a_length_is_no_clock() {
        for text in [
            "Duration: 00:45:00",
            "length 1:30",
            "it lasted 2:30",
            "3:20 ago",
            "age 00:12:40",
            "uptime=12:30:05",
            "00:12 later",
            "lag was 00:00:12 behind",
            "the RTO is 02:00 hours",
            "Error budget left 12:30",
            "it says 12:30 (mm:ss)",
            "SLA allows 04:22 of downtime",
            "see 12:34 in the video",
            "a share from 20:1 to 03:02",
            "fe80::12:30",
            "room 14:20",
        ] {
            assert_eq!(read(text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(read("Duration: 10:02 - 10:47 UTC"), ["Bare 10:02 > 10:47 +0"]);
        assert_eq!(read("took 10:02 UTC"), ["10:02 +0"]);
        assert_eq!(read("from 9:10 to 10:02 it lagged"), ["From 9:10 > 10:02"]);
        assert_eq!(read("The train left 10:02"), ["10:02"]);
    }

    #[test]
    fn keeps_what_cannot_be_read() {
        assert_eq!(read("2024-07-04 11:42-11:?? Fix"), ["2024-7-4 11:42", "?11:??"]);
        assert_eq!(read("2019-12-03 --:-- Surge"), ["?2019-12-03 --:--"]);
        assert_eq!(read("20233-05-08 09:00 Tea"), ["?20233-05-08 09:00"]);
        assert_eq!(read("2022-02-?? ??:?? TBA"), ["?2022-02-?? ??:??"]);
    }

    #[test]
    fn refuses_look_alikes() {
        for text in [
            "10.0.0.1:8080 and v2.30.1",
            "80:443 open 24/7",
            "ratio 3:1 or 16:9",
            "https://x.example/2024-05-01/10:30",
            "version 1.10:00",
            "id 2024-05-01-12345",
            "error 1405 users",
            "about 5 of 10",
            "U.S. users UTC",
            "mail at a10:30b",
            "CVE-2021-44228",
            "INC-20417",
            "/24 giving us 250",
            "on the 2nd node of 3",
            "on the 1st floor at",
            "turned on Fridays",
            "last thursdays club",
        ] {
            assert_eq!(read(text), Vec::<String>::new(), "{text}");
        }
    }
}
