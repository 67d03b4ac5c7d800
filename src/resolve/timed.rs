//! The times of each passage: those of its words, where the list around it or its label does not say what its figures are.

use super::dates::WHEN;
use super::duration;
use super::limits::limited;
use crate::diagnostic::{Code, Diagnostic};
use crate::extract::clock::{self, ClockPiece};
use crate::extract::lexicon::{self, Cue, Topic};
use crate::extract::passage::{Form, Passage};
use crate::extract::time::{Moment, Style, Time, are_all, times, times_as};
use crate::extract::zone::ZonePiece;
use crate::source::Source;
use chrono::{DateTime, Timelike};
use std::collections::{HashMap, HashSet};

/// So many bytes of a paragraph, which may be a line without end, are searched for times.
const PARAGRAPH: usize = 1 << 20;

/// A clock heads an entry within so many bytes.
const HEAD: usize = 4;

/// Passages with their times, `most` in all, and what is said where more stands.
pub(super) fn timed<'a>(source: &Source, passages: Vec<Passage<'a>>, most: usize) -> (Vec<(Passage<'a>, Vec<Time>)>, Option<Diagnostic>) {
    let (mut room, mut beyond) = (most, None);
    let by_figures = lists_by_figures(&passages);
    let timed = passages.into_iter().map(|mut passage| {
        let text = passage.text.as_str();
        let (head, rest) = text.split_at(text.floor_char_boundary(PARAGRAPH));
        let field = || if passage.form == Form::Field { value(&passage) } else { None };
        let by_figures = matches!(passage.form, Form::Item { .. }) && by_figures.contains(&passage.list);
        let mut found = field().unwrap_or_else(|| times_as(head, Style { by_figures, ..Style::default() }));
        let place = |range| source.cite(passage.text.span(range));
        beyond = beyond.take().or_else(|| match found.get(room) {
            Some(time) => Some(limited("times of an incident", most, place(time.range()))),
            // Hardly a time is without a digit: a line of one letter is nobody's loss.
            None if !rest.contains(|c: char| c.is_ascii_digit()) => None,
            None => {
                let message = format!("no more than {PARAGRAPH} bytes of a paragraph are read");
                let cite = Some(place(head.len()..head.len()));
                Some(Diagnostic::new(Code::UnreadableReport, message, cite).help("break it into paragraphs"))
            }
        });
        found.truncate(room);
        found.shrink_to_fit();
        room -= found.len();
        if let Some(label) = passage.label.as_ref().filter(|_| are_all(passage.text.as_str(), &found))
            && let Some(topic) = as_moment(passage.topic, label.as_str(), &found)
        {
            (passage.form, passage.topic) = (Form::Field, Some(topic));
        }
        (passage, found)
    });
    let mut timed: Vec<_> = timed.collect();
    tell_what_was_done(&mut timed);
    tell_what_was_opened(&mut timed);
    if timed.iter().any(|(passage, found)| is_dotted(passage.text.as_str(), found)) {
        read_dotted(&mut timed, &by_figures, most);
    }
    (timed, beyond)
}

/// Lists of work whose entries begin with a clock tell what was done, not what is to be done: "Actions", "09:15 reported".
fn tell_what_was_done(timed: &mut [(Passage<'_>, Vec<Time>)]) {
    let is_work = |passage: &Passage| passage.topic == Some(Topic::Actions) && matches!(passage.form, Form::Item { .. });
    let heads = |found: &[Time]| {
        let first = found.iter().flat_map(Time::moments).next();
        first.is_some_and(|moment| moment.clock.is_some() && moment.range.start <= HEAD)
    };
    for list in timed.chunk_by_mut(|(a, _), (b, _)| a.list == b.list) {
        if list.len() > 1 && list.iter().all(|(passage, found)| is_work(passage) && heads(found)) {
            list.iter_mut().for_each(|(passage, _)| passage.topic = Some(Topic::Timeline));
        }
    }
}

/// Beside a label for the start, "Opened" tells when a ticket was: when it had begun already.
fn tell_what_was_opened(timed: &mut [(Passage<'_>, Vec<Time>)]) {
    let starts = |passage: &Passage| passage.form == Form::Field && passage.topic == Some(Topic::Start);
    let opens = |passage: &Passage| passage.label.as_ref().is_some_and(|label| label.as_str().to_ascii_lowercase().ends_with("opened"));
    if timed.iter().any(|(passage, found)| starts(passage) && !opens(passage) && !found.is_empty()) {
        let opened = timed.iter_mut().filter(|(passage, _)| starts(passage) && opens(passage));
        opened.for_each(|(passage, _)| passage.topic = Some(Topic::Acknowledged));
    }
}

/// Whether a clock among the times `found` in `text` is written with a dot.
fn is_dotted(text: &str, found: &[Time]) -> bool {
    found.iter().flat_map(Time::moments).any(|moment| {
        let written = text.get(moment.range.clone()).unwrap_or_default();
        let dotted = |clock: ClockPiece| clock.minute.is_some_and(|minute| written.contains(&format!("{:02}.{minute:02}", clock.hour)));
        written.contains('.') && moment.clock.is_some_and(dotted)
    })
}

/// Reads the running text of a report anew that somewhere writes a clock with a dot: so it does everywhere.
fn read_dotted(timed: &mut [(Passage<'_>, Vec<Time>)], by_figures: &HashSet<usize>, most: usize) {
    let mut room = most;
    for (passage, found) in timed {
        let text = passage.text.as_str();
        let figures = text.as_bytes().windows(3).any(|three| matches!(three, [b'0'..=b'9', b'.', b'0'..=b'9']));
        let by_figures = matches!(passage.form, Form::Item { .. }) && by_figures.contains(&passage.list);
        if figures && passage.form != Form::Field {
            *found = times_as(text.get(..text.floor_char_boundary(PARAGRAPH)).unwrap_or(text), Style { dotted: true, by_figures });
            found.truncate(room);
        }
        room -= found.len().min(room);
    }
}

/// What a label is about where its value, `found`, tells only when, if not what it names: "Cause found: 14:22" is not why, "Service down: 14:02"
/// not which.
fn as_moment(topic: Option<Topic>, label: &str, found: &[Time]) -> Option<Topic> {
    let named = matches!(topic, Some(Topic::Impact | Topic::Services));
    let clock = matches!(found, [Time::Moment(moment)] if moment.clock.is_some());
    let label = label.trim_end_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    let (first, last) = (label.split_whitespace().next(), label.split_whitespace().next_back());
    match topic {
        Some(Topic::Cause) => Some(Topic::Identified),
        _ if clock && (named || topic.is_none()) && last == Some("down") => Some(Topic::Start),
        _ if clock && (named || topic.is_none()) && [first, last].contains(&Some("back")) => Some(Topic::End),
        _ if clock && named && lexicon::has(&label, Cue::Recovered) => Some(Topic::End),
        _ if clock && named && lexicon::has(&label, Cue::Onset) => Some(Topic::Start),
        _ => named.then_some(Topic::Window),
    }
}

/// The lists whose entries begin with four figures that rise as the clocks of a day do: "0905 …", "1440 …".
///
/// Nobody writes a count or a year with a zero in front: one entry before ten o'clock shows what the others are. So do figures that are
/// no year, each in front of a capital: what is counted is not.
fn lists_by_figures(passages: &[Passage]) -> HashSet<usize> {
    let mut lists: HashMap<usize, (Vec<u32>, [usize; 2])> = HashMap::new();
    for passage in passages.iter().filter(|passage| matches!(passage.form, Form::Item { .. })) {
        let (figures, [others, capitals]) = lists.entry(passage.list).or_default();
        let text = passage.text.as_str();
        match clock::four_figures(text) {
            Some(minutes) => figures.push(minutes),
            None => *others += 1,
        }
        *capitals += usize::from(text.split_whitespace().nth(1).is_some_and(|word| word.starts_with(char::is_uppercase)));
    }
    let padded = |figures: &[u32]| figures.iter().any(|minutes| *minutes < 10 * 60);
    let are_years = |figures: &[u32]| figures.iter().all(|minutes| (19 * 60..21 * 60).contains(minutes));
    let rises = |figures: &[u32]| figures.windows(2).filter(|pair| matches!(pair, [a, b] if b < a)).count() <= 1;
    let read = |figures: &[u32], [others, capitals]: [usize; 2]| {
        let entries = figures.len() >= 3 && capitals == figures.len() && !are_years(figures);
        figures.len() >= 2 && figures.len() > others && rises(figures) && (padded(figures) || entries)
    };
    lists.into_iter().filter(|(_, (figures, counts))| read(figures, *counts)).map(|(list, _)| list).collect()
}

/// The times of a labelled value whose label says what its figures are; none where the words themselves say it.
fn value(passage: &Passage) -> Option<Vec<Time>> {
    let text = passage.text.as_str();
    // "Duration: 00:45:00" is a length.
    let is_clock_length = |text: &str| duration::clock_length(text).is_some_and(|length| length.range.len() == text.trim().len());
    let length = || is_clock_length(text);
    if matches!(passage.topic, Some(Topic::Duration | Topic::DetectionTime)) {
        if length() {
            return Some(Vec::new());
        }
        // "Downtime: 00:45:00. Lost in all: …": so is what ends the first sentence.
        if let Some((first, _)) = text.split_once(". ").filter(|(first, _)| is_clock_length(first)) {
            return Some(times(text).into_iter().filter(|time| time.range().start > first.len()).collect());
        }
    }
    let label = passage.label.as_ref()?.as_str().to_ascii_lowercase();
    let last = label.rsplit(|c: char| !c.is_alphanumeric()).next()?;
    let named =
        passage.topic.is_some_and(|topic| WHEN.contains(&topic)) || matches!(last, "at" | "ts" | "time" | "timestamp" | "epoch" | "unix");
    let moment = Time::Moment(epoch(text).filter(|_| named)?);
    Some(vec![moment])
}

/// Seconds or milliseconds since 1970, of this century.
fn epoch(text: &str) -> Option<Moment> {
    let figures = text.trim().trim_matches('"');
    let number: i64 = figures.parse().ok().filter(|_| figures.bytes().all(|byte| byte.is_ascii_digit()))?;
    let seconds = match figures.len() {
        10 => number,
        13 => number / 1000,
        _ => return None,
    };
    let at = DateTime::from_timestamp(seconds, 0)?;
    let start = text.find(figures)?;
    Some(Moment {
        range: start..start + figures.len(),
        date: Some(at.date_naive().into()),
        clock: Some(ClockPiece { hour: at.hour(), minute: Some(at.minute()), second: Some(at.second()), meridiem: None, spoken: false }),
        zone: Some(ZonePiece::Fixed(0)),
        offset: None,
        approximate: false,
        also: None,
        restates: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The starts of the times of a text, as words.
    fn read(text: &str) -> Vec<String> {
        let source = Source::decode("a.md", text.as_bytes().to_vec());
        let document = crate::format::read(&source);
        let passages = document.reports.first().map(crate::extract::passage::passages).unwrap_or_default();
        let (timed, _) = timed(&source, passages, 100);
        let words = |(passage, found): &(Passage, Vec<Time>)| {
            found.iter().filter_map(|time| passage.text.as_str().get(time.range())).map(str::to_owned).collect::<Vec<_>>()
        };
        timed.iter().flat_map(words).collect()
    }

    #[test]
    fn a_list_decides_what_four_figures_are() {
        assert_eq!(read("- 0905 fans stop\n- 1440 motor arrives\n- 1600 fans run"), ["0905", "1440", "1600"]);
        assert_eq!(read("- 1345 Fans stop\n- 1440 Motor arrives\n- 1600 Fans run"), ["1345", "1440", "1600"]);
        assert_eq!(read("1. [0905] fans stop\n2. [1600] fans run"), ["0905", "1600"]);
        for text in [
            "- 1200 users\n- 1405 orders\n- 1530 calls",
            "- 1998 a fire\n- 2004 a flood",
            "- 0905 fans stop",
            "- 1901 Fire\n- 1945 Flood\n- 2004 Storm",
            "- 0905 fans\n- two doors\n- three locks",
            "- 1600 nodes\n- 0905 cables\n- 1400 racks\n- 0300 lamps",
        ] {
            assert_eq!(read(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_clock_with_a_dot_is_one_in_every_paragraph() {
        let dotted = "Between 12.17 and 12.41 calls failed.\n\nThe rise was seen at 12.19. It was over at 14.55.";
        assert_eq!(read(dotted), ["12.17 and 12.41", "12.19", "14.55"]);
        assert_eq!(read("The rise was seen at 12.19. It was over at 14.55."), Vec::<String>::new());
    }

    #[test]
    fn a_label_decides_what_seconds_since_1970_are() {
        assert_eq!(read("started_at: 1767952920\nresolved_at: 1767955620000"), ["1767952920", "1767955620000"]);
        for text in ["phone: 1767952920", "request id: 1767955620000", "orders lost: 1767952920", "started_at: 17679529201"] {
            assert_eq!(read(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_label_says_what_a_clock_is_of() {
        let about = |label: &str, value: &str, topic| as_moment(topic, label, &times(value));
        for (label, topic, want) in [
            ("Service down", Some(Topic::Services), Some(Topic::Start)),
            ("Site down", None, Some(Topic::Start)),
            ("Service unavailable", Some(Topic::Services), Some(Topic::Start)),
            ("Back in service", Some(Topic::Services), Some(Topic::End)),
            ("Service restored", Some(Topic::Services), Some(Topic::End)),
            ("Impact", Some(Topic::Impact), Some(Topic::Window)),
            ("Cause found", Some(Topic::Cause), Some(Topic::Identified)),
            ("Service back", Some(Topic::Services), Some(Topic::End)),
            ("Call backlog", None, None),
        ] {
            assert_eq!(about(label, "10:02", topic), want, "{label}");
        }
        assert_eq!(about("Service down", "10:02 to 11:40", Some(Topic::Services)), Some(Topic::Window));
        assert_eq!(about("Site down", "4 May", None), None);
    }

    #[test]
    fn a_ticket_is_opened_when_it_has_begun() {
        let starts = |text: &str| {
            let source = Source::decode("report.txt", text.as_bytes().to_vec());
            let read = crate::resolve::read(&source, &crate::resolve::Policy::default());
            let start = read.incidents.first().and_then(|incident| Some(incident.impact.windows.first()?.start.as_ref()?.at));
            start.map(|at| at.format("%H:%M").to_string())
        };
        let ticket = |rest: &str| format!("Mail down\n\nDate: 4 May 2024\nOpened: 10:09 UTC\n{rest}\n\nMail failed.\n");
        assert_eq!(starts(&ticket("Service down: 10:02 UTC\nClosed: 11:40 UTC")).as_deref(), Some("10:02"));
        assert_eq!(starts(&ticket("Closed: 11:40 UTC")).as_deref(), Some("10:09"));
    }

    #[test]
    fn a_labelled_length_is_no_time() {
        for length in ["00:45:00", "00:45:00. Nothing was lost."] {
            assert_eq!(read(&format!("Start: 2026-01-09 10:02 UTC\nDuration: {length}")), ["2026-01-09 10:02 UTC"]);
        }
    }
}
