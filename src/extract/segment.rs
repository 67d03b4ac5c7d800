//! Several incidents in one document: a history under date headings, or a review with a dated heading for each.

use super::date::{self, DatePiece, DayPiece};
use super::lexicon::{self, Topic};
use super::time::{Moment, Time, times};
use super::words::{Words, list};
use crate::document::{Block, BlockKind, Field, Report, Text};
use chrono::NaiveDate;

/// Where a file of text is cut into incidents: as it tells, or as a reviewer says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Cut {
    /// As the file tells.
    #[default]
    AsTold,
    /// It is one incident.
    Whole,
    /// Each heading of this level is an incident.
    Level(u8),
}

/// The levels of headings that `report` could be cut at, outermost first, each with how many headings it has; only those
/// with two or more.
pub fn levels(report: &Report) -> Vec<(u8, usize)> {
    let level = |block: &Block| if let BlockKind::Heading(level) = block.kind { Some(level) } else { None };
    let count = |level| report.blocks.iter().filter(|block| block.kind == BlockKind::Heading(level)).count();
    let found: std::collections::BTreeSet<u8> = report.blocks.iter().filter_map(level).collect();
    found.into_iter().map(|level| (level, count(level))).filter(|(_, count)| *count >= 2).collect()
}

/// The reports that `report` holds, where it tells of several; none where it is one.
pub fn reports<'a>(report: &Report<'a>, cut: Cut) -> Vec<Report<'a>> {
    if !report.updates.is_empty() {
        return Vec::new();
    }
    let starts = match cut {
        Cut::AsTold => told(&report.blocks),
        Cut::Whole => Vec::new(),
        Cut::Level(level) => at_level(&report.blocks, level),
    };
    // "All times are US Eastern." is said once for all.
    let first = starts.first().map_or(0, |start| start.first);
    let tells_zone = |block: &&Block| {
        let text = block.text.as_str();
        text.len() <= 200 && times(text).is_empty() && super::zone::given_in(text).is_some()
    };
    let zone = report.blocks.get(..first).unwrap_or_default().iter().find(tells_zone);
    let mut found = Vec::new();
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).map_or(report.blocks.len(), |next| next.first);
        let own = report.blocks.get(start.heading..end).unwrap_or_default();
        let (Some(first), Some(last)) = (own.first(), own.last()) else { continue };
        let mut part = Report::new(first.text.whole().to(last.text.whole()));
        part.organization = report.organization.clone();
        // The date above governs the clocks below.
        part.blocks.extend(start.date.and_then(|date| report.blocks.get(date)).cloned());
        part.blocks.extend(own.iter().cloned());
        part.blocks.extend(zone.map(|zone| Block::new(BlockKind::Paragraph, zone.text.clone())));
        part.title = first_heading(own);
        // "July 14 02:47 UTC (lasting 26 minutes)" says when it began.
        part.fields.extend(start.date.is_none().then(|| began(own.first()?)).flatten());
        found.push(part);
    }
    found
}

/// The incidents that headings and lines tell apart.
fn told(blocks: &[Block]) -> Vec<Start> {
    let ways = [starts, numbered, labelled, days];
    ways.into_iter().map(|way| way(blocks)).find(|found| !found.is_empty()).unwrap_or_default()
}

/// Every heading of one level.
fn at_level(blocks: &[Block], level: u8) -> Vec<Start> {
    let found = blocks.iter().enumerate().filter(|(_, block)| block.kind == BlockKind::Heading(level));
    found.map(|(at, _)| Start { first: at, heading: at, date: None }).collect()
}

/// The clock that a dated heading begins with.
fn began<'a>(heading: &Block<'a>) -> Option<Field<'a>> {
    let text = heading.text.as_str();
    let Time::Moment(moment) = times(text).into_iter().next()? else { return None };
    let dated = moment.clock.is_some() && moment.date.is_some() && is_dated(text);
    dated.then(|| Field { label: Text::slice_of("start", 0..5), value: heading.text.part(moment.range) })
}

/// Where an incident starts: its date heading, its own heading, and the earlier of the two.
struct Start {
    first: usize,
    heading: usize,
    date: Option<usize>,
}

fn starts(blocks: &[Block]) -> Vec<Start> {
    let level = |index: usize| match blocks.get(index).map(|block| &block.kind) {
        Some(BlockKind::Heading(level)) => Some(*level),
        _ => None,
    };
    let dated: Vec<usize> = (0..blocks.len())
        .filter(|&index| level(index).is_some() && blocks.get(index).is_some_and(|block| is_dated(block.text.as_str())))
        .collect();
    let mut starts = Vec::new();
    for (place, &date) in dated.iter().enumerate() {
        let end = dated.get(place + 1).copied().unwrap_or(blocks.len());
        let below: Vec<usize> = (date + 1..end).filter(|&index| level(index) > level(date)).collect();
        let outermost = below.iter().filter_map(|&index| level(index)).min();
        let alone = blocks.get(date).is_some_and(|block| is_date_only(block.text.as_str()));
        if alone && below.first() == Some(&(date + 1)) {
            // A history: each heading of the next level is an incident of that day.
            let headings = below.into_iter().filter(|&index| level(index) == outermost);
            starts.extend(headings.enumerate().map(|(nth, heading)| Start {
                first: if nth == 0 { date } else { heading },
                heading,
                date: Some(date),
            }));
        } else if (!alone || has_clock(blocks.get(date))) && tells_a_story(blocks.get(date + 1..end).unwrap_or_default()) {
            starts.push(Start { first: date, heading: date, date: None });
        }
    }
    let reviews = starts.iter().filter(|start| start.date.is_none()).count();
    // One dated heading is a title; several of them are several incidents.
    if reviews == 1 {
        starts.retain(|start| start.date.is_some())
    }
    starts
}

/// "Incident 1: …", "Incident 2: …": headings of one level that count up.
fn numbered(blocks: &[Block]) -> Vec<Start> {
    let number = |text: &str| -> Option<u32> {
        let rest = list(Words::IncidentNouns).strip_start(text).filter(|rest| rest.len() < 100)?.trim_start_matches([' ', '#']);
        rest.get(..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()))?.parse().ok()
    };
    let counted = blocks.iter().enumerate().filter_map(|(at, block)| match block.kind {
        BlockKind::Heading(level) => Some((at, level, number(block.text.as_str())?)),
        _ => None,
    });
    let found: Vec<(usize, u8, u32)> = counted.collect();
    let rising = found.windows(2).all(|pair| matches!(pair, [(_, above, one), (_, below, next)] if above == below && one < next));
    if found.len() < 2 || !rising {
        return Vec::new();
    }
    found.into_iter().map(|(at, ..)| Start { first: at, heading: at, date: None }).collect()
}

/// "First phase", "Outage 2": one of several stretches of an incident.
pub fn is_stretch(label: &str) -> bool {
    let mut words = label.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let counts = words.clone().any(|word| word.bytes().all(|byte| byte.is_ascii_digit()) || list(Words::StretchNumbers).holds(word));
    counts && words.any(|word| list(Words::StretchNouns).holds(word))
}

/// Headings of one level that each stand over a line with when it began: "Opened: …", "Window: …".
fn labelled(blocks: &[Block]) -> Vec<Start> {
    let begins = |block: &Block| {
        let label = block.text.as_str().split_once(':').map(|(label, _)| label.trim()).filter(|label| label.len() <= 30);
        let topic = label.and_then(lexicon::exact_topic);
        matches!(topic, Some(Topic::Start | Topic::Window)) && !times(block.text.as_str()).is_empty()
    };
    let heading = |index: &usize| match blocks.get(*index).map(|block| (&block.kind, block.text.as_str())) {
        Some((BlockKind::Heading(level), text)) if !is_stretch(text) => blocks.get(index + 1).is_some_and(begins).then_some(*level),
        _ => None,
    };
    let found: Vec<(usize, u8)> = (0..blocks.len()).filter_map(|index| Some((index, heading(&index)?))).collect();
    let level = found.first().map(|(_, level)| *level);
    let starts: Vec<Start> = found
        .iter()
        .filter(|(_, own)| Some(*own) == level)
        .map(|(index, _)| Start { first: *index, heading: *index, date: None })
        .collect();
    if starts.len() < 2 { Vec::new() } else { starts }
}

/// A log: lines that are a date and nothing else, days apart, each over the entries of that day.
fn days(blocks: &[Block]) -> Vec<Start> {
    let day = |block: &Block| {
        let text = block.text.as_str().trim();
        if matches!(block.kind, BlockKind::Heading(_)) || !(8..=30).contains(&text.len()) {
            return None;
        }
        let found = times(text);
        let [
            Time::Moment(Moment {
                date: Some(DatePiece { year: Some(year), day: DayPiece::Plain { month, day }, .. }),
                clock: None,
                range,
                ..
            }),
        ] = found.as_slice()
        else {
            return None;
        };
        let rest = text.get(range.end..)?.trim_matches(|c: char| !c.is_alphanumeric());
        (range.start == 0 && (rest.is_empty() || date::is_weekday(rest))).then(|| NaiveDate::from_ymd_opt(*year, *month, *day)).flatten()
    };
    let found: Vec<(usize, NaiveDate)> = blocks.iter().enumerate().filter_map(|(index, block)| Some((index, day(block)?))).collect();
    let apart = found.windows(2).all(|pair| matches!(pair, [(_, a), (_, b)] if (*a - *b).num_days().abs() >= 2));
    if found.len() < 2 || !apart {
        return Vec::new();
    }
    found.iter().map(|(index, _)| Start { first: *index, heading: index + 1, date: Some(*index) }).collect()
}

/// A heading that starts with a date.
fn is_dated(heading: &str) -> bool {
    let found = times(heading);
    let first = match found.first() {
        Some(Time::Moment(moment) | Time::Range(moment, ..)) => moment,
        _ => return false,
    };
    first.date.is_some() && heading.get(..first.range.start).is_some_and(|lead| !lead.contains(char::is_alphanumeric))
}

fn is_date_only(heading: &str) -> bool {
    let found = times(heading);
    let last = found.last().map_or(0, |time| time.range().end);
    !heading.get(last..).unwrap_or_default().contains(char::is_alphanumeric)
}

/// A heading with a clock is a moment rather than a day.
fn has_clock(heading: Option<&Block>) -> bool {
    heading.is_some_and(|block| matches!(times(block.text.as_str()).first(), Some(Time::Moment(moment) | Time::Range(moment, ..)) if moment.clock.is_some()))
}

/// Running text rather than the entries of one day.
fn tells_a_story(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| block.kind == BlockKind::Paragraph && block.text.as_str().len() > 120)
}

fn first_heading<'a>(blocks: &[Block<'a>]) -> Option<crate::document::Text<'a>> {
    blocks.first().filter(|block| matches!(block.kind, BlockKind::Heading(_))).map(|block| block.text.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format;
    use crate::source::Source;

    fn titles(text: &str) -> Vec<String> {
        let source = Source::decode("a.md", text.as_bytes().to_vec());
        let document = format::read(&source);
        let found: Vec<_> = document.reports.iter().flat_map(|report| reports(report, Cut::AsTold)).collect();
        let title = |report: &Report| report.title.as_ref().map(Text::as_str).unwrap_or("-").to_owned();
        if found.is_empty() { vec!["-".into()] } else { found.iter().map(title).collect() }
    }

    #[test]
    fn a_history_and_a_review_hold_several() {
        let story = "The service was slow for everybody who tried to use it, because a cache had been emptied by mistake and took its time to fill again.";
        assert_eq!(
            titles(&format!(
                "# History\n\n## 6/11/2024\n\n### Logins down\n\n{story}\n\n### Search slow\n\n{story}\n\n## 6/10/2024\n\n### Mail late\n\n{story}\n"
            )),
            ["Logins down", "Search slow", "Mail late"]
        );
        assert_eq!(
            titles(&format!("# June\n\n## June 4 12:05 UTC (lasting 2 hours)\n\n{story}\n\n## June 9 08:00 UTC\n\n{story}\n")).len(),
            2
        );
    }

    #[test]
    fn days_of_a_timeline_stay_together() {
        assert_eq!(titles("# Down\n\n## Timeline\n\n### 2024-06-11\n\n- 10:00 down\n\n### 2024-06-12\n\n- 00:10 up\n"), ["-"]);
        assert_eq!(titles("# 2024-06-11 Down\n\n## Summary\n\nIt was down.\n"), ["-"]);
    }
}
