//! The labels of an axis: round steps, never two that touch, and the day wherever it changes.

use crate::app::scale::{STRETCHED, Scale};
use crate::app::show::{self, Clock};
use crate::app::text;
use crate::app::viewport::{Range, Viewport, instant};
use chrono::{Datelike, NaiveDate, Timelike};

/// A labelled moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// The moment, in milliseconds.
    pub at: i64,
    /// Its column.
    pub column: u16,
    /// What stands there.
    pub label: String,
}

const SECOND: i64 = 1000;
const DAY: i64 = 86_400 * SECOND;

/// The steps between labels: seconds to weeks.
const STEPS: &[i64] = &[
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    30 * SECOND,
    60 * SECOND,
    120 * SECOND,
    300 * SECOND,
    600 * SECOND,
    900 * SECOND,
    1800 * SECOND,
    3600 * SECOND,
    2 * 3600 * SECOND,
    3 * 3600 * SECOND,
    6 * 3600 * SECOND,
    12 * 3600 * SECOND,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
];

/// Past weeks: months.
const MONTHS: &[i64] = &[1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000, 24_000, 60_000, 120_000];

/// Clear cells between two labels.
const GAP: f64 = 2.0;

/// The labels of clock times.
pub fn clock_ticks(view: Viewport, clock: &Clock) -> Vec<Tick> {
    match view.scale {
        Scale::Compressed(_) => broken_ticks(view, clock),
        _ => even_ticks(view, clock),
    }
}

/// The labels of an axis on which dead time is left out: each stretch that has room begins with its date.
fn broken_ticks(view: Viewport, clock: &Clock) -> Vec<Tick> {
    let per_column = view.per_column();
    let place_of = |column: u16| view.range.start.saturating_add((f64::from(column) * per_column).ceil() as i64);
    let column_of = |place: i64| (place.saturating_sub(view.range.start) as f64 / per_column).ceil() as u16;
    let mut ticks = Vec::new();
    let mut column = 0;
    while column < view.width {
        let place = place_of(column);
        let next = view.scale.break_after(place);
        if let Some((dead, end)) = next
            && dead.place <= place
        {
            column = column_of(end).max(column + 1);
            continue;
        }
        let end = next.map_or(view.range.end, |(dead, _)| dead.place.min(view.range.end));
        let columns = column_of(end).min(view.width).saturating_sub(column);
        if let Some(at) = instant(view.scale.moment(place)).filter(|_| column + DATE <= view.width) {
            ticks.push(Tick { at: at.timestamp_millis(), column, label: clock.date(at) });
        }
        let after = column + DATE + 2;
        if columns > 2 * DATE {
            let start = view.scale.moment(place_of(after));
            let range = Range { start, end: start.saturating_add(end.saturating_sub(place_of(after)).max(1)) };
            let inside = even_ticks(Viewport::even(range, columns - DATE - 2), clock);
            ticks.extend(inside.into_iter().map(|tick| Tick { column: tick.column + after, ..tick }));
            column += columns;
        } else {
            // The label may hang over what follows; the next one tells the date where it stands.
            column = after;
        }
    }
    ticks
}

/// The cells of a date.
const DATE: u16 = 10;

/// The labels of an axis on which each stretch has the room of its length.
fn even_ticks(view: Viewport, clock: &Clock) -> Vec<Tick> {
    let fits = |step: i64, width: f64| step as f64 / view.per_column() >= width + GAP;
    let width = |step: i64| {
        if step < 60 * SECOND {
            8.0
        } else if step < DAY {
            5.0
        } else {
            10.0
        }
    };
    let ticks = match STEPS.iter().find(|&&step| fits(step, width(step))) {
        Some(&step) => stepped(view, clock, step),
        None => {
            let fits_months = |months: &&i64| fits(**months * 28 * DAY, 7.0);
            months(view, clock, MONTHS.iter().find(fits_months).copied().unwrap_or(240_000))
        }
    };
    apart(view, ticks)
}

/// The labels of parts of an incident, in percent.
pub fn percent_ticks(view: Viewport) -> Vec<Tick> {
    const PERCENT: i64 = STRETCHED / 100;
    let step = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500].into_iter().map(|step| step * PERCENT);
    let step = step.into_iter().find(|&step| step as f64 / view.per_column() >= 5.0 + GAP).unwrap_or(1000 * PERCENT);
    let first = view.range.start.div_euclid(step);
    let places = (first..).map(|n| n.saturating_mul(step)).take(usize::from(view.width) + 2);
    apart(Viewport::even(view.range, view.width), places.map(|at| (at, format!("{}%", at / PERCENT))).collect())
}

/// The labels of times since a common moment.
pub fn relative_ticks(view: Viewport) -> Vec<Tick> {
    let step = STEPS.iter().copied().find(|&step| step as f64 / view.per_column() >= 7.0 + GAP).unwrap_or_else(|| {
        let days = (view.per_column() * 9.0 / DAY as f64).max(1.0).log10().ceil();
        (DAY as f64 * 10_f64.powf(days)).min(i64::MAX as f64 / 4.0) as i64
    });
    let first = view.range.start.div_euclid(step);
    let moments = (first..).map(|n| n.saturating_mul(step)).take(usize::from(view.width) + 2);
    let label = |at: i64| if at == 0 { "0".to_owned() } else { show::difference(at as f64 / 60_000.0) };
    apart(Viewport::even(view.range, view.width), moments.map(|at| (at, label(at))).collect())
}

fn stepped(view: Viewport, clock: &Clock, step: i64) -> Vec<(i64, String)> {
    // Weeks begin on Monday; the epoch was a Thursday.
    let shift = if step % (7 * DAY) == 0 { 3 * DAY } else { 0 };
    let offset = |at: i64| instant(at).map_or(0, |at| i64::from(clock.at(at).offset().local_minus_utc()) * SECOND);
    let aligned = |at: i64| at - (at + offset(at) + shift).rem_euclid(step);
    let mut ticks = Vec::new();
    let mut at = aligned(view.range.start);
    while at <= view.range.end && ticks.len() <= usize::from(view.width) + 2 {
        ticks.extend(instant(at).map(|moment| {
            let local = clock.at(moment);
            let midnight = local.num_seconds_from_midnight() == 0;
            let pattern = match step {
                step if step >= DAY => "%Y-%m-%d",
                _ if midnight => "%m-%d",
                step if step < 60 * SECOND => "%H:%M:%S",
                _ => "%H:%M",
            };
            (at, local.format(pattern).to_string())
        }));
        // Where the clock is put forward or back the grid is aligned anew.
        let next = aligned(at.saturating_add(step));
        at = if next > at { next } else { at.saturating_add(step) };
    }
    ticks
}

fn months(view: Viewport, clock: &Clock, step: i64) -> Vec<(i64, String)> {
    let Some(start) = instant(view.range.start).map(|at| clock.at(at)) else { return Vec::new() };
    let month = i64::from(start.year()) * 12 + i64::from(start.month0());
    let moments = (month.div_euclid(step)..).take(usize::from(view.width) + 2).map_while(|n| {
        let month = n * step;
        let year = i32::try_from(month.div_euclid(12)).ok()?;
        let date = NaiveDate::from_ymd_opt(year, u32::try_from(month.rem_euclid(12)).ok()? + 1, 1)?;
        let local = date.and_time(chrono::NaiveTime::MIN).and_utc();
        let at = local.timestamp_millis() - i64::from(clock.at(local).offset().local_minus_utc()) * SECOND;
        let label = if step % 12 == 0 { format!("{year}") } else { date.format("%Y-%m").to_string() };
        Some((at, label))
    });
    moments.take_while(|(at, _)| *at <= view.range.end).collect()
}

/// Keeps the labels that have room: on the screen, and clear of the one before.
fn apart(view: Viewport, moments: Vec<(i64, String)>) -> Vec<Tick> {
    let mut free = 0;
    let mut ticks = Vec::new();
    for (at, label) in moments {
        let Some(column) = view.column(at) else { continue };
        let end = usize::from(column) + text::width(&label);
        if usize::from(column) >= free && end <= usize::from(view.width) {
            free = end + 1;
            ticks.push(Tick { at, column, label });
        }
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::show::Zone;
    use crate::fixture;

    fn view(start: &str, minutes: i64, width: u16) -> Viewport<'static> {
        let start = start.parse::<crate::incident::Instant>().unwrap().timestamp_millis();
        Viewport::even(Range { start, end: start + minutes * 60_000 }, width)
    }

    fn labels(ticks: Vec<Tick>) -> Vec<String> {
        ticks.into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn labels_never_touch_at_any_zoom_and_there_is_always_one() {
        let clock = Clock::new(Zone::Local, fixture::local);
        for width in [20, 60, 180] {
            for power in 0..=40 {
                let minutes = (1.7_f64.powi(power)).min(1e10) as i64;
                let view = view("2025-06-11T07:22:00Z", minutes, width);
                for ticks in [clock_ticks(view, &clock), relative_ticks(view)] {
                    assert!(ticks.iter().all(|tick| usize::from(tick.column) + tick.label.chars().count() <= usize::from(width)));
                    for pair in ticks.windows(2) {
                        let end = usize::from(pair[0].column) + pair[0].label.chars().count();
                        assert!(end < usize::from(pair[1].column), "{pair:?} at {minutes} minutes on {width}");
                    }
                }
                assert!(width < 60 || !clock_ticks(view, &clock).is_empty(), "{minutes} minutes on {width}");
            }
        }
    }

    #[test]
    fn dates_of_what_is_left_of_the_time_never_touch() {
        const HOUR: i64 = 3_600_000;
        let clock = Clock::new(Zone::Utc, fixture::local);
        for (count, length, gap) in [(3, 1, 100), (40, 2, 900), (2000, 1, 30), (2, 500, 5000)] {
            let busy: Vec<_> = (0..count).map(|n| Range { start: n * gap * HOUR, end: (n * gap + length) * HOUR }).collect();
            let scale = Scale::compressed(&busy);
            let whole = scale.places(Range { start: 0, end: busy.last().unwrap().end });
            for width in [9, 30, 100, 180] {
                for factor in [1.0, 0.3, 0.01] {
                    let ticks = clock_ticks(Viewport { range: whole.zoom(factor, whole.start), width, scale: &scale }, &clock);
                    assert!(ticks.iter().all(|tick| usize::from(tick.column) + tick.label.len() <= usize::from(width)), "{ticks:?}");
                    for pair in ticks.windows(2) {
                        assert!(usize::from(pair[0].column) + pair[0].label.len() < usize::from(pair[1].column), "{pair:?}");
                    }
                    assert!(width < 10 || ticks.first().is_some_and(|tick| tick.column == 0 && tick.label.len() == 10));
                }
            }
        }
    }

    #[test]
    fn the_day_is_named_where_it_changes() {
        let clock = Clock::new(Zone::Utc, fixture::local);
        assert_eq!(
            labels(clock_ticks(view("2025-06-11T23:00:00Z", 120, 60), &clock)),
            ["23:00", "23:15", "23:30", "23:45", "06-12", "00:15", "00:30", "00:45"]
        );
        let days = labels(clock_ticks(view("2025-06-11T12:00:00Z", 6 * 1440, 80), &clock));
        assert_eq!(days, ["2025-06-12", "2025-06-13", "2025-06-14", "2025-06-15", "2025-06-16"]);
        let years = labels(clock_ticks(view("2010-01-01T00:00:00Z", 525_600 * 12, 60), &clock));
        assert!(years.contains(&"2012".to_owned()), "{years:?}");
    }

    #[test]
    fn steps_follow_the_clock_that_is_shown() {
        let local = Clock::new(Zone::Local, fixture::local);
        let ticks = clock_ticks(view("2025-06-11T20:30:00Z", 720, 40), &local);
        assert_eq!(labels(ticks), ["06-12", "03:00", "06:00"]);
    }

    #[test]
    fn relative_times_have_their_sign() {
        let view = Viewport::even(Range { start: -1_200_000, end: 4_800_000 }, 60);
        assert_eq!(labels(relative_ticks(view)), ["−15m", "0", "+15m", "+30m", "+45m", "+1h"]);
    }
}
