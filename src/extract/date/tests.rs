//! What is read as a date, and what looks like one.

use super::*;

/// A day in figures, or as it is told.
pub(crate) fn show(day: DayPiece) -> String {
    match day {
        DayPiece::Plain { month, day } => format!("{month}-{day}"),
        DayPiece::Numeric(a, b) => format!("{a}/{b}"),
        DayPiece::After(days) => format!("+{days}"),
        DayPiece::Morning => "+morning".to_owned(),
        DayPiece::On(day) | DayPiece::Last(day) | DayPiece::Following(day) => day.to_string(),
        DayPiece::Nth(day) => format!("the {day}th"),
        DayPiece::Today(days) => format!("today{days:+}"),
        DayPiece::Night(days) => format!("night{days:+}"),
    }
}

fn read(text: &str) -> Option<(String, &str)> {
    let (rest, date) = date(text).ok()?;
    let year = date.year.map_or(String::from("----"), |year| year.to_string());
    let day = show(date.day);
    let weekday = date.weekday.map(|day| format!(" {day}")).unwrap_or_default();
    Some((format!("{year}-{day}{weekday}"), rest))
}

#[test]
fn reads_dates() {
    for (text, date, rest) in [
        ("2024-03-21T14:04", "2024-3-21", "T14:04"),
        ("2024/3/9 x", "2024-3-9", " x"),
        ("21 March 2024, at", "2024-3-21", ", at"),
        ("21st of March, 2024", "2024-3-21", ""),
        ("05 Feb 2020", "2020-2-5", ""),
        ("17. November, it", "-----11-17", ", it"),
        ("9th of June 2020", "2020-6-9", ""),
        ("21-Mar-2024 10:00", "2024-3-21", " 10:00"),
        ("14/Apr/26 07:22", "2026-4-14", " 07:22"),
        ("2024-MAR-12", "2024-3-12", ""),
        ("2025/Feb/07 15:06", "2025-2-7", " 15:06"),
        ("2025 February 7, at", "2025-2-7", ", at"),
        ("March 21st at", "-----3-21", " at"),
        ("Mar. 21, 2024 - 16:31", "2024-3-21", " - 16:31"),
        ("Jun  8, 19:13 UTC", "-----6-8", ", 19:13 UTC"),
        ("March 22 13:07 UTC", "-----3-22", " 13:07 UTC"),
        ("Sept 5 '23", "2023-9-5", ""),
        ("Friday, May 9th 22:30", "-----5-9 Fri", " 22:30"),
        ("Tue 2024-11-12", "2024-11-12 Tue", ""),
        ("Thurs, 20 Nov 2025", "2025-11-20 Thu", ""),
        ("Tuesday the 9th of June", "-----6-9 Tue", ""),
        ("3/9/2024 07:35", "2024-3/9", " 07:35"),
        ("22.03.2024", "2024-3-22", ""),
        ("03.04.2024 10:00", "2024-4-3", " 10:00"),
        ("03.22.2024", "2024-3/22", ""),
        ("03.04.24", "2024-4-3", ""),
        ("10/13.", "-----10/13", "."),
        ("3/22/24", "2024-3/22", ""),
        ("June 8 and 9, 2023. It", "2023-6-8", ". It"),
        ("14/15 October 2024", "2024-10-14", ""),
        ("8th and 9th June 2023", "2023-6-8", ""),
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
