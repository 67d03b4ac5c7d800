//! Several incidents in one document: headings of one shape over the same labels, a history under dates, a table that is a
//! register.
//!
//! Siblings of one level that share a skeleton are incidents, whichever way their dates run and however deep they stand.
//! What the page says once, wherever it stands, goes with each of them.

mod days;
mod heads;
mod register;
mod skeleton;
pub mod template;

use super::date::{DatePiece, DayPiece};
use super::time::{Time, times};
use super::words::{Words, list};
use super::zone;
use crate::document::{Block, BlockKind, Field, Report, Text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The longest line that tells the zone of a whole page, in bytes.
const ZONE_LINE: usize = 240;

/// Where a file of text is cut into incidents: as it tells, or as a reviewer says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cut {
    /// As the file tells.
    #[default]
    AsTold,
    /// It is one incident.
    Whole,
    /// Each heading of this level is an incident.
    Level(u8),
}

/// The levels of headings that `report` could be cut at: those with two headings or more.
pub fn levels(report: &Report) -> BTreeSet<u8> {
    let level = |block: &Block| if let BlockKind::Heading(level) = block.kind { Some(level) } else { None };
    let mut seen = BTreeSet::new();
    report.blocks.iter().filter_map(level).filter(|level| !seen.insert(*level)).collect()
}

/// Where the blocks of an incident stand.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    /// Its own blocks: its heading, if it has one, and what stands below it, without the end.
    own: std::ops::Range<usize>,
    /// A line or heading above it that gives its day.
    date: Option<usize>,
}

/// What a document turned out to hold.
#[derive(Debug, Default)]
pub struct Segments<'a> {
    /// An incident each; empty where the document is one.
    pub reports: Vec<Report<'a>>,
    /// The heading at which it could as well have been cut otherwise: into several incidents, or not at all.
    pub unsure: Option<Text<'a>>,
}

/// The incidents that `report` holds.
pub fn reports<'a>(report: &Report<'a>, cut: Cut) -> Segments<'a> {
    if !report.updates.is_empty() || report.record {
        return Segments::default();
    }
    let blocks = &report.blocks;
    match cut {
        Cut::Whole => Segments::default(),
        Cut::Level(level) => Segments { reports: cut_out(report, &heads::at_level(blocks, level)), unsure: None },
        Cut::AsTold => {
            let (cut, parts, unsure) = match register::reports(report) {
                Some((rows, table)) => (rows, vec![Part { own: table, date: None }], None),
                None => {
                    let (parts, unsure) = heads::parts(blocks);
                    let parts = if parts.is_empty() { days::parts(blocks) } else { parts };
                    (cut_out(report, &parts), parts, unsure)
                }
            };
            let unsure = unsure.and_then(|at| blocks.get(at)).map(|block| block.text.clone());
            beside(report, cut, &parts, unsure)
        }
    }
}

/// The incidents that were cut out, with what stands around them: the zone and the year that the page gives for all, and
/// the incident that the page itself tells of. Where that was on the same days, they are its parts.
fn beside<'a>(report: &Report<'a>, mut cut: Vec<Report<'a>>, parts: &[Part], unsure: Option<Text<'a>>) -> Segments<'a> {
    if cut.is_empty() {
        return Segments { reports: cut, unsure };
    }
    let around = around(report, parts);
    let zone = zone_of(&around);
    let mut years = around.iter().filter_map(|(at, block)| Some((*at, year_of(block)?))).peekable();
    let (mut year, first) = (None, parts.first().map_or(0, |part| part.own.start));
    for (nth, part) in cut.iter_mut().enumerate() {
        part.zone.clone_from(&zone);
        // "2023" over some of them is the year of those.
        let start = parts.get(nth).map_or(first, |part| part.own.start);
        while let Some((_, above)) = years.next_if(|(at, _)| *at < start) {
            year = Some(above);
        }
        part.year = year;
    }
    let Some(days) = own_days(&around) else { return Segments { reports: cut, unsure } };
    let told = |part: &Report| {
        let fields = part.fields.iter().map(|field| field.value.as_str());
        fields.chain(part.blocks.iter().take(2).map(|block| block.text.as_str())).flat_map(days_of).collect::<Vec<_>>()
    };
    if cut.iter().all(|part| told(part).iter().all(|day| days.contains(day))) {
        return Segments { reports: Vec::new(), unsure: cut.into_iter().next().and_then(|part| part.title) };
    }
    let mut own = Report { blocks: Vec::new(), ..report.clone() };
    own.blocks = around.into_iter().map(|(_, block)| block.clone()).collect();
    Segments { reports: [own].into_iter().chain(cut).collect(), unsure }
}

/// The days of the incident that the page itself tells of, where it puts clocks on it.
fn own_days(around: &[(usize, &Block)]) -> Option<BTreeSet<(u32, u32)>> {
    let prose = || around.iter().filter(|(_, block)| !matches!(block.kind, BlockKind::Code)).map(|(_, block)| block.text.as_str());
    let clocks = |text| times(text).iter().flat_map(Time::moments).filter(|moment| moment.clock.is_some()).count();
    (prose().map(clocks).sum::<usize>() >= 2).then(|| prose().flat_map(days_of).collect())
}

/// The days that a text writes, as month and day.
fn days_of(text: &str) -> Vec<(u32, u32)> {
    let day = |date: DatePiece| match date.day {
        DayPiece::Plain { month, day } | DayPiece::Numeric(month, day) => Some((month, day)),
        _ => None,
    };
    times(text).iter().flat_map(Time::moments).filter_map(|moment| day(moment.date?)).collect()
}

/// The parts as reports of their own.
fn cut_out<'a>(report: &Report<'a>, parts: &[Part]) -> Vec<Report<'a>> {
    let part = |part: &Part| {
        let own = report.blocks.get(part.own.clone())?;
        let (first, last) = (own.first()?, own.last()?);
        let mut cut = Report::new(first.text.whole().to(last.text.whole()));
        cut.organization = report.organization.clone();
        // The date above governs the clocks below.
        cut.blocks.extend(part.date.and_then(|date| report.blocks.get(date)).cloned());
        cut.blocks.extend(own.iter().cloned());
        cut.title = matches!(first.kind, BlockKind::Heading(_)).then(|| first.text.clone());
        // "July 14 02:47 UTC (lasting 26 minutes)" says when it began.
        cut.fields.extend(part.date.is_none().then(|| began(first)).flatten());
        Some(cut)
    };
    parts.iter().filter_map(part).collect()
}

/// The blocks of the page that are in none of its parts, each with its place.
fn around<'r, 'a>(report: &'r Report<'a>, parts: &[Part]) -> Vec<(usize, &'r Block<'a>)> {
    let mut inside = vec![false; report.blocks.len()];
    for part in parts {
        if let Some(own) = inside.get_mut(part.own.clone()) {
            own.fill(true);
        }
    }
    report.blocks.iter().enumerate().zip(inside).filter(|(_, inside)| !inside).map(|(block, _)| block).collect()
}

/// The zone that the page gives once for all its incidents: "All times are US Eastern.", wherever it stands.
fn zone_of<'a>(around: &[(usize, &Block<'a>)]) -> Option<Text<'a>> {
    let tells = |block: &Block| {
        let text = block.text.as_str();
        text.len() <= ZONE_LINE && !matches!(block.kind, BlockKind::Code) && zone::given_in(text).is_some() && times(text).is_empty()
    };
    around.iter().find(|(_, block)| tells(block)).map(|(_, block)| block.text.clone())
}

/// The one year that a heading names: "Outages of 2023", "Q3 2024".
fn year_of(block: &Block) -> Option<i32> {
    let words = block.text.as_str().split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() == 4);
    let mut years = words.filter_map(|word| word.parse().ok()).filter(|year| (1990..2200).contains(year));
    let only = years.next().filter(|_| matches!(block.kind, BlockKind::Heading(_)));
    only.filter(|_| years.next().is_none())
}

/// The clock that a dated heading begins with.
fn began<'a>(heading: &Block<'a>) -> Option<Field<'a>> {
    let text = heading.text.as_str();
    let Time::Moment(moment) = times(text).into_iter().next()? else { return None };
    let dated = moment.clock.is_some() && moment.date.is_some() && !text.get(..moment.range.start)?.contains(char::is_alphanumeric);
    dated.then(|| Field { label: Text::slice_of("start", 0..5), value: heading.text.part(moment.range) })
}

/// "First phase", "Outage 2": one of several stretches of an incident.
pub fn is_stretch(label: &str) -> bool {
    let mut words = label.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let counts = words.clone().any(|word| word.bytes().all(|byte| byte.is_ascii_digit()) || list(Words::StretchNumbers).holds(word));
    counts && words.any(|word| list(Words::StretchNouns).holds(word))
}

#[cfg(test)]
mod tests;
