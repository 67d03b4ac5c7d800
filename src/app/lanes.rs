//! One incident as bars and marks on a time axis.

use crate::app::glyph;
use crate::app::viewport::{Range, millis};
use crate::incident::{Certainty, Event, EventKind, Incident, Lane, PhaseKind};
use std::collections::BTreeMap;

/// A stretch in a lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// The left edge; none where nobody says when it began.
    pub start: Option<i64>,
    /// The right edge; none while open.
    pub end: Option<i64>,
    /// What it was; none for an impact of unknown kind.
    pub kind: Option<PhaseKind>,
    /// What to write on it.
    pub label: String,
    /// What stands on it where its label has no room.
    pub sign: Option<char>,
    /// Whether an edge was worked out.
    pub certainty: Certainty,
    /// Whether it is only the rest of an impact of which other bars tell the parts.
    pub rest: bool,
    /// Whether it begins where the one before it in its row ends, so that the two need a seam.
    pub joined: bool,
}

/// A moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// When.
    pub at: i64,
    /// What happened.
    pub kind: EventKind,
    /// Whether the time was worked out.
    pub certainty: Certainty,
    /// Its place among the incident's events.
    pub event: usize,
    /// Whether it says that something helped, but the time to mitigate does not lead to it.
    pub uncounted: bool,
}

/// Whether an event says that something helped, but the time to mitigate does not lead to it.
pub fn is_uncounted(incident: &Incident, event: &Event) -> bool {
    event.kind == EventKind::Mitigated && event.at != incident.milestones.mitigated.as_ref().map(|edge| edge.at)
}

impl Mark {
    /// Its sign on a time axis.
    pub fn sign(&self) -> char {
        if self.uncounted { glyph::HELPED } else { glyph::event(self.kind) }
    }
}

/// What the time axis of one incident shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lanes {
    /// What customers felt, in rows without overlaps.
    pub impact: Vec<Vec<Bar>>,
    /// What responders did, in rows without overlaps.
    pub response: Vec<Vec<Bar>>,
    /// The events, in time order.
    pub marks: Vec<Mark>,
    /// The last moment anything is known of, where open bars begin to fade.
    pub known_until: Option<i64>,
    /// The stretch that shows what belongs together; none without any time.
    pub fit: Option<Range>,
}

/// What the rest of an impact is called.
const REST: &str = "rest of impact";

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// More rows than this in one lane are laid over each other.
const MOST_ROWS: usize = 4;

impl Lanes {
    /// The lanes of an incident.
    pub fn of(incident: &Incident) -> Self {
        let phases = |lane: Lane| {
            let phases = incident.phases.iter().filter(move |phase| phase.lane == lane);
            phases.map(|phase| Bar {
                start: Some(millis(phase.start)),
                end: phase.end.map(millis),
                kind: Some(phase.kind),
                label: phase.label.clone().unwrap_or_else(|| phase.kind.name().replace('_', " ")),
                sign: glyph::short(phase.kind),
                certainty: phase.certainty,
                rest: false,
                joined: false,
            })
        };
        let mut impact: Vec<_> = phases(Lane::Impact).collect();
        let windows = incident.impact.windows.iter().map(|window| Bar {
            start: window.start.as_ref().map(|edge| millis(edge.at)),
            end: window.end.as_ref().map(|edge| millis(edge.at)),
            kind: None,
            label: window.label.clone().unwrap_or_else(|| "impact".into()),
            sign: None,
            certainty: window.certainty(),
            rest: false,
            joined: false,
        });
        if impact.is_empty() {
            impact.extend(windows);
            number(&mut impact);
        } else {
            number(&mut impact);
            let rests: Vec<_> = windows.flat_map(|window| rest(&window, &impact)).collect();
            impact.extend(rests);
        }
        let response: Vec<_> = phases(Lane::Response).collect();
        let events = incident.events.iter().enumerate();
        let mut marks: Vec<_> = events
            .filter_map(|(at, event)| {
                let uncounted = is_uncounted(incident, event);
                let mark = |time| Mark { at: millis(time), kind: event.kind, certainty: event.certainty, event: at, uncounted };
                event.at.map(mark)
            })
            .collect();
        marks.sort_by_key(|mark| mark.at);
        let times = |bars: &[Bar]| bars.iter().flat_map(|bar| [bar.start, bar.end]).flatten().collect::<Vec<_>>();
        let (mut felt, done) = (times(&impact), times(&response));
        let said = incident.communication.into_iter().flat_map(|said| [millis(said.start), millis(said.end)]);
        let known_until = felt.iter().chain(&done).copied().chain(marks.iter().map(|mark| mark.at)).chain(said).max();
        let open = impact.iter().chain(&response).any(|bar| bar.end.is_none());
        if impact.iter().any(|bar| bar.end.is_none())
            && let Some(&start) = felt.iter().min()
        {
            felt.push(goes_on(start, &felt, &done, &marks));
        }
        let fit = fit(&felt, &done, &marks).map(|fit| if open { fit.with_room_after() } else { fit });
        Self { impact: stack(impact), response: stack(response), marks, known_until, fit }
    }

    /// The number of the impact that begins at a moment, where it has one.
    pub fn number_at(&self, start: i64) -> Option<char> {
        self.impact.iter().flatten().find(|bar| bar.start == Some(start))?.number()
    }

    /// All bars.
    pub fn bars(&self) -> impl Iterator<Item = &Bar> + Clone {
        self.impact.iter().chain(&self.response).flatten()
    }

    /// The stretches in which something is known to happen, in order.
    pub fn busy(&self) -> Vec<Range> {
        let bars = self.bars().filter_map(|bar| {
            let start = bar.start.or(bar.end)?;
            Some(Range { start, end: bar.end.or(self.known_until).unwrap_or(start).max(start) })
        });
        Range::union(bars.chain(self.marks.iter().map(|mark| Range { start: mark.at, end: mark.at })).collect())
    }

    /// The moments at which a bar begins or ends, in order.
    pub fn edges(&self) -> Vec<i64> {
        let mut edges: Vec<_> = self.bars().flat_map(|bar| [bar.start, bar.end]).flatten().collect();
        edges.sort_unstable();
        edges.dedup();
        edges
    }

    /// The bars that run at a moment.
    pub fn running(&self, at: i64) -> impl Iterator<Item = &Bar> {
        self.bars().filter(move |bar| bar.runs_at(at))
    }

    /// The stretch from the first to the last moment that belongs together, without any margin; none without any time.
    pub fn whole(&self) -> Option<Range> {
        let fit = self.fit?;
        let near = self.busy().into_iter().filter(|busy| fit.contains(busy.start) && busy.start <= fit.end);
        let (start, end) = near.fold((i64::MAX, i64::MIN), |(start, end), busy| (start.min(busy.start), end.max(busy.end.min(fit.end))));
        (start < end).then_some(Range { start, end })
    }
}

impl Bar {
    /// The number that tells it apart from others of its name.
    pub fn number(&self) -> Option<char> {
        self.sign.filter(|sign| NUMBERS.contains(sign))
    }

    /// Whether it runs at a moment: one that never ended runs for ever, one without length runs at its moment.
    pub fn runs_at(&self, at: i64) -> bool {
        match (self.start.or(self.end), self.end) {
            (Some(start), Some(end)) if end <= start => at == start,
            (Some(start), end) => start <= at && end.is_none_or(|end| at < end),
            (None, _) => false,
        }
    }
}

/// The digits in circles that tell bars of one name apart.
const NUMBERS: std::ops::RangeInclusive<char> = '①'..='⑳';

/// Gives bars that are called the same a number each, in the order of their starts; no number is given twice, for on a short
/// bar it stands alone.
fn number(bars: &mut [Bar]) {
    bars.sort_by_key(|bar| (bar.start.or(bar.end), bar.end));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    bars.iter().for_each(|bar| *counts.entry(bar.label.clone()).or_default() += 1);
    let several = bars.iter_mut().filter(|bar| counts.get(&bar.label).is_some_and(|count| *count > 1));
    for (bar, number) in several.zip(NUMBERS) {
        bar.label = format!("{number} {}", bar.label).trim_end().to_owned();
        bar.sign = Some(number);
    }
}

/// How long an impact without an end goes on at least: to the last moment told of it, as long as no more than a day passes
/// between two of them. A report that is published later tells no moment of it.
fn goes_on(start: i64, felt: &[i64], done: &[i64], marks: &[Mark]) -> i64 {
    let told = marks.iter().filter(|mark| mark.kind != EventKind::Published).map(|mark| mark.at);
    let mut moments: Vec<_> = felt.iter().chain(done).copied().chain(told).filter(|&at| at > start).collect();
    moments.sort_unstable();
    moments.into_iter().fold(start, |last, at| if at.saturating_sub(last) <= DAY { at } else { last })
}

/// The impact with all that lies near it. A cause weeks before or a report weeks after would squeeze a short outage
/// into one column; such moments are counted at the edges instead.
fn fit(felt: &[i64], done: &[i64], marks: &[Mark]) -> Option<Range> {
    let told = || marks.iter().filter(|mark| !matches!(mark.kind, EventKind::Published | EventKind::Other)).map(|mark| mark.at);
    let all = || marks.iter().map(|mark| mark.at);
    let first = |times: Vec<i64>| Range::around(times);
    let core =
        first(felt.to_vec()).or_else(|| first(done.to_vec())).or_else(|| first(told().collect())).or_else(|| first(all().collect()))?;
    let reach = core.length().saturating_mul(4).max(2 * 3_600_000);
    let near = Range { start: core.start.saturating_sub(reach), end: core.end.saturating_add(reach) };
    let times = [core.start, core.end].into_iter().chain(done.iter().copied()).chain(all()).filter(|&at| near.contains(at));
    Range::around(times).map(Range::with_margin)
}

/// The stretches of a window that none of `parts` covers.
fn rest(window: &Bar, parts: &[Bar]) -> Vec<Bar> {
    let (Some(mut from), end) = (window.start, window.end.unwrap_or(i64::MAX)) else { return Vec::new() };
    let mut covered: Vec<_> = parts.iter().filter_map(|part| Some((part.start?, part.end.unwrap_or(i64::MAX)))).collect();
    covered.sort_unstable();
    let mut gaps = Vec::new();
    for (start, until) in covered {
        if start > from {
            gaps.push((from, start.min(end)));
        }
        from = from.max(until);
        if from >= end {
            break;
        }
    }
    gaps.push((from, end));
    let gaps = gaps.into_iter().filter(|(from, until)| from < until);
    let end_of = |until| if until == i64::MAX { None } else { Some(until) };
    gaps.map(|(from, until)| Bar { start: Some(from), end: end_of(until), label: REST.into(), sign: None, rest: true, ..window.clone() })
        .collect()
}

/// Puts bars into as few rows as they fit without overlapping, at most [`MOST_ROWS`].
fn stack(mut bars: Vec<Bar>) -> Vec<Vec<Bar>> {
    bars.sort_by_key(|bar| (bar.start.or(bar.end), bar.end.is_none(), bar.end));
    let mut rows: Vec<Vec<Bar>> = Vec::new();
    for mut bar in bars {
        let begins = bar.start.or(bar.end);
        let ended = |row: &Vec<Bar>| row.last().is_none_or(|last| last.end.is_some() && last.end <= begins);
        let free = rows.iter().position(ended);
        if free.is_none() && rows.len() < MOST_ROWS {
            rows.push(vec![bar]);
            continue;
        }
        let row = match free {
            Some(at) => rows.get_mut(at),
            None => rows.last_mut(),
        };
        if let Some(row) = row {
            // The rest of an impact looks different anyway.
            bar.joined = row.last().is_some_and(|last| last.end.is_some() && last.end == bar.start && !last.rest && !bar.rest);
            row.push(bar);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn bar(start: i64, end: Option<i64>) -> Bar {
        Bar {
            start: Some(start),
            end,
            kind: None,
            label: String::new(),
            sign: None,
            certainty: Certainty::Stated,
            rest: false,
            joined: false,
        }
    }

    fn mark(at: i64, kind: EventKind) -> Mark {
        Mark { at, kind, certainty: Certainty::Stated, event: 0, uncounted: false }
    }

    #[test]
    fn what_helped_but_is_not_what_mitigate_leads_to_has_a_sign_of_its_own() {
        let mut incident = fixture::entries()[0].incident();
        let signs = |incident: &Incident| Lanes::of(incident).marks.iter().map(|mark| mark.sign()).collect::<String>();
        assert!(signs(&incident).contains('▲') && !signs(&incident).contains('△'));
        let later = incident.milestones.mitigated.as_mut().map(|edge| edge.at += chrono::TimeDelta::minutes(1));
        assert!(later.is_some() && signs(&incident).contains('△') && !signs(&incident).contains('▲'));
        incident.milestones.mitigated = None;
        assert!(signs(&incident).contains('△'));
    }

    #[test]
    fn overlapping_bars_get_rows_of_their_own() {
        assert_eq!(stack(vec![bar(0, Some(5)), bar(5, Some(9)), bar(10, None)]).len(), 1);
        assert_eq!(stack(vec![bar(0, Some(5)), bar(4, Some(9)), bar(9, Some(12))]).len(), 2);
        assert_eq!(stack(vec![bar(0, None), bar(4, Some(9))]).len(), 2);
        assert_eq!(stack((0..10_000).map(|at| bar(at, None)).collect()).len(), MOST_ROWS);
    }

    #[test]
    fn bars_that_touch_are_joined_and_what_they_leave_of_the_window_is_kept() {
        let lanes = Lanes::of(&fixture::parted().incident());
        let [row] = lanes.impact.as_slice() else { unreachable!() };
        let shape: Vec<_> = row.iter().map(|bar| (bar.label.as_str(), bar.joined, bar.rest)).collect();
        let expected = [("Slower answers", false, false), ("Much slower answers", true, false), (REST, false, true)];
        assert_eq!(shape, expected);
        assert!(row.windows(2).all(|pair| pair[0].end == pair[1].start));
    }

    #[test]
    fn bars_of_one_name_are_told_apart_by_numbers() {
        let lanes = Lanes::of(&fixture::entries()[1].incident());
        let labels: Vec<_> = lanes.impact.iter().flatten().map(|bar| (bar.label.as_str(), bar.start)).collect();
        assert_eq!(labels.iter().map(|(label, _)| *label).collect::<Vec<_>>(), ["① outage", "② outage"]);
        assert_eq!(lanes.number_at(labels[1].1.unwrap()), Some('②'));
        let one = Lanes::of(&fixture::entries()[0].incident());
        assert_eq!(one.number_at(one.impact[0][0].start.unwrap()), None);
        let mut many: Vec<_> = (0..10_000).map(|at| bar(at, Some(at + 1))).collect();
        number(&mut many);
        assert!(many[19].label.starts_with('⑳') && many[20].label.is_empty());
    }

    #[test]
    fn the_rest_is_what_no_part_covers() {
        let rests = |window: (i64, Option<i64>), parts: &[(i64, Option<i64>)]| {
            let parts: Vec<_> = parts.iter().map(|&(start, end)| bar(start, end)).collect();
            rest(&bar(window.0, window.1), &parts).into_iter().map(|bar| (bar.start.unwrap(), bar.end)).collect::<Vec<_>>()
        };
        assert_eq!(rests((0, Some(9)), &[(0, Some(9))]), []);
        assert_eq!(rests((0, Some(9)), &[(2, Some(4)), (3, Some(5))]), [(0, Some(2)), (5, Some(9))]);
        assert_eq!(rests((0, Some(9)), &[(-5, Some(3)), (8, None)]), [(3, Some(8))]);
        assert_eq!(rests((0, Some(9)), &[(20, Some(30))]), [(0, Some(9))]);
        assert_eq!(rests((0, None), &[(0, Some(4))]), [(4, None)]);
        assert_eq!(rests((0, None), &[(0, None)]), []);
    }

    #[test]
    fn the_fit_of_what_goes_on_reaches_to_what_is_told_last_of_it() {
        let hour = DAY / 24;
        let told = [mark(-60 * DAY, EventKind::Other), mark(5 * hour, EventKind::Identified), mark(28 * hour, EventKind::Other)];
        let late = [mark(30 * hour, EventKind::Published), mark(90 * hour, EventKind::Other)];
        assert_eq!(goes_on(0, &[0], &[], &[&told[..], &late].concat()), 28 * hour);
        assert_eq!(goes_on(0, &[0], &[], &late), 0);
        let lanes = Lanes::of(&fixture::spread().incident());
        let last = lanes.marks.iter().rfind(|mark| mark.kind != EventKind::Published).unwrap();
        assert!(lanes.fit.unwrap().contains(last.at) && !lanes.fit.unwrap().contains(last.at + DAY));
    }

    #[test]
    fn the_fit_shows_the_impact_large() {
        for entry in fixture::entries() {
            let lanes = Lanes::of(&entry.incident());
            let Some(fit) = lanes.fit else { continue };
            for bar in lanes.impact.iter().flatten() {
                assert!([bar.start, bar.end].into_iter().flatten().all(|at| fit.contains(at)));
            }
        }
        let marks = [mark(-30 * DAY, EventKind::Onset)];
        assert_eq!(fit(&[0, 600_000], &[], &marks), Some(Range { start: 0, end: 600_000 }.with_margin()));
    }
}
