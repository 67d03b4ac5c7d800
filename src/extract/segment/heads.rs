//! Headings that tell incidents apart.

use super::days::is_log;
use super::skeleton::{asks_when, common, in_front, labels, when};
use super::{Part, days_of, is_stretch, template};
use crate::document::{Block, BlockKind};
use crate::extract::date::DatePiece;
use crate::extract::lexicon::{self, Topic};
use crate::extract::time::{self, Time, times};
use crate::extract::words::{Words, list};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::ops::Range;

/// A paragraph longer than this tells a story rather than an entry, in bytes.
const STORY: usize = 120;

/// A heading and what stands below it up to the next of its level or above.
struct Section<'b> {
    at: usize,
    end: usize,
    level: u8,
    text: &'b str,
    head: Head,
    /// Whether it is a timeline.
    is_timeline: bool,
    /// Whether it stands under a heading that is a timeline.
    in_timeline: bool,
}

/// What a heading is, for telling incidents apart.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Head {
    /// The date in it, and whether it begins with it.
    dated: Option<(DatePiece, bool)>,
    /// Whether it has a clock.
    clock: bool,
    /// Whether it is a time and nothing else.
    bare: bool,
    /// "Incident 3", "Outage #4": its number.
    number: Option<u32>,
    /// Whether it begins with what an incident is called.
    noun: bool,
    /// Whether it names a section of a report, be it with a date.
    names_section: bool,
    /// Whether it names a stretch of one incident ("First downtime"), be it with a date.
    stretch: bool,
}

/// The incidents that headings tell apart, none where they tell of one; and the first of the headings that could as well
/// tell otherwise, by its place.
pub(super) fn parts(blocks: &[Block]) -> (Vec<Part>, Option<usize>) {
    let sections = sections(blocks);
    if let Some(parts) = history(&sections) {
        return (parts, None);
    }
    let levels: BTreeSet<u8> = sections.iter().map(|section| section.level).collect();
    let at = |level: u8| sections.iter().filter(|section| section.level == level).collect::<Vec<_>>();
    let found = levels.iter().find_map(|level| {
        let own = at(*level);
        let (members, unsure) = siblings(blocks, &own)?;
        Some((ended(blocks, &own, &members), unsure))
    });
    if let Some((parts, unsure)) = found {
        let first = parts.first().map(|part| part.own.start).filter(|_| unsure);
        return (parts, first);
    }
    (Vec::new(), levels.into_iter().find_map(|level| days_apart(&at(level))))
}

/// The first of several headings that each have a day of their own, though nothing else tells that they are incidents.
fn days_apart(sections: &[&Section]) -> Option<usize> {
    let apart = |section: &&&Section| !section.in_timeline && !section.head.bare && !section.head.names_section;
    let dated: Vec<_> = sections.iter().filter(apart).filter_map(|section| Some((section.at, section.head.dated?.0))).collect();
    let (first, day) = dated.first()?;
    dated.iter().any(|(_, other)| other != day).then_some(*first)
}

/// Every heading of one level, as a reviewer says.
pub(super) fn at_level(blocks: &[Block], level: u8) -> Vec<Part> {
    let sections = sections(blocks);
    let own = sections.iter().filter(|section| section.level == level);
    own.map(|section| Part { own: section.at..section.end, date: None }).collect()
}

fn sections<'b>(blocks: &'b [Block]) -> Vec<Section<'b>> {
    let mut sections: Vec<Section> = Vec::new();
    // The sections that are open, outermost first.
    let mut open: Vec<usize> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let BlockKind::Heading(level) = block.kind else { continue };
        while let Some(section) = open.last().and_then(|last| sections.get_mut(*last)).filter(|section| section.level >= level) {
            section.end = at;
            open.pop();
        }
        // "Incident log" over all is the title.
        let in_timeline = open.iter().filter(|place| **place > 0).filter_map(|place| sections.get(*place)).any(|above| above.is_timeline);
        open.push(sections.len());
        let text = block.text.as_str();
        let is_timeline = lexicon::topic(text) == Some(Topic::Timeline);
        sections.push(Section { at, end: blocks.len(), level, text, head: head(text), is_timeline, in_timeline });
    }
    sections
}

fn head(text: &str) -> Head {
    let found = times(text);
    let moment = found.iter().find_map(|time| match time {
        Time::Moment(moment) | Time::Range(moment, ..) if moment.date.is_some() => Some(moment),
        _ => None,
    });
    let alphanumeric = |part: Option<&str>| part.is_some_and(|part| part.contains(char::is_alphanumeric));
    let lead = found.first().and_then(|time| text.get(..time.range().start));
    let clock = |time: &Time| matches!(time, Time::Moment(moment) | Time::Range(moment, ..) if moment.clock.is_some());
    let rest = list(Words::IncidentNouns).strip_start(text).filter(|rest| rest.len() < text.len());
    let digits = rest.map(|rest| rest.trim_start_matches([' ', '#'])).unwrap_or_default();
    let number = digits.get(..digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len())).filter(|digits| digits.len() <= 4);
    // "Impact on June 4" is a section with a date in it, and so is "Impact in Europe, June 4".
    let core = lead.unwrap_or(text).trim_end_matches([' ', ':', '-', '–', '—', '(', ',']);
    let core = core.strip_suffix(" on").or(core.strip_suffix(" of")).or(core.strip_suffix(" for")).unwrap_or(core);
    let first = core.split(' ').next().unwrap_or_default();
    let opens =
        moment.is_some() && matches!(lexicon::exact_topic(first), Some(Topic::Impact | Topic::Timeline | Topic::Cause | Topic::Resolution));
    Head {
        dated: moment.and_then(|moment| Some((moment.date?, !alphanumeric(text.get(..moment.range.start))))),
        clock: found.iter().any(clock),
        bare: time::are_all(text, &found),
        number: number.and_then(|number| number.parse().ok()),
        noun: rest.is_some(),
        names_section: opens || lexicon::exact_topic(core).is_some(),
        stretch: is_stretch(core),
    }
}

/// A history: headings that are a day each, over the headings of that day's incidents.
fn history(sections: &[Section]) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    // The end of the day that was read last: days do not stand in each other.
    let (mut days, mut reached) = (0, 0);
    for (place, day) in sections.iter().enumerate() {
        let is_day = day.head.bare && day.head.dated.is_some() && !day.head.clock && !day.in_timeline;
        if !is_day || day.at < reached {
            continue;
        }
        let below: Vec<&Section> = sections.iter().skip(place + 1).take_while(|section| section.at < day.end).collect();
        let outermost = below.iter().map(|section| section.level).min();
        // "State" and "Details" below a day are sections of its one incident.
        let entry = |first: &Section| first.head.names_section || first.head.stretch || first.head.bare;
        if below.first().is_none_or(|first| first.at != day.at + 1 || entry(first)) {
            continue;
        }
        (days, reached) = (days + 1, day.end);
        let own = below.iter().filter(|section| Some(section.level) == outermost);
        parts.extend(own.map(|section| Part { own: section.at..section.end, date: Some(day.at) }));
    }
    // Several headings below the one day of a page may be its sections.
    (days >= 2 || parts.len() == 1).then_some(parts)
}

/// One that may be an incident, and its place among the sections of its level.
type Candidate<'s, 'b> = (usize, &'s Section<'b>);

/// Those of the sections of one level that are an incident each, by their places, and whether they could as well be parts
/// of one.
fn siblings(blocks: &[Block], sections: &[&Section]) -> Option<(Vec<usize>, bool)> {
    let open = |(_, section): &Candidate| section.end > section.at + 1 && !section.head.names_section && !section.head.stretch;
    let (candidates, forms): (Vec<Candidate>, Vec<Candidate>) =
        sections.iter().copied().enumerate().filter(open).partition(|(_, section)| template::placeholders(section.text) == 0);
    let sure = |found: Vec<usize>| (found, false);
    let counted = numbered(&candidates).map(sure).or_else(|| dated(blocks, &candidates));
    let found = counted.or_else(|| days(blocks, &candidates).map(sure)).or_else(|| labelled(blocks, &candidates).map(sure));
    let found = found.or_else(|| beside_form(blocks, &candidates, &forms).map(sure));
    found.or_else(|| titled(blocks, &candidates).filter(|titles| titles.len() == sections.len()).map(sure))
}

/// Reports one after the other: from the top on titles over the same two sections of a report or more, each with a first day
/// of its own.
fn titled(blocks: &[Block], candidates: &[Candidate]) -> Option<Vec<usize>> {
    let (_, first) = candidates.first().filter(|(_, first)| first.at == 0 && candidates.len() >= 2)?;
    let named = |section: &Section| -> BTreeSet<Topic> {
        let headings = inside(blocks, section).iter().filter(|block| matches!(block.kind, BlockKind::Heading(_)));
        headings.filter_map(|heading| lexicon::exact_topic(heading.text.as_str())).collect()
    };
    let asked = named(first);
    let alike = |(_, section): &Candidate| named(section).intersection(&asked).count() >= 2;
    let day = |(_, section): &Candidate| inside(blocks, section).iter().flat_map(|block| days_of(block.text.as_str())).next();
    let is_report = asked.len() >= 2 && candidates.iter().all(alike);
    let days: BTreeSet<_> = candidates.iter().filter(|_| is_report).filter_map(day).collect();
    (days.len() == candidates.len()).then(|| candidates.iter().map(|(place, _)| *place).collect())
}

/// The one entry beside the form by which it was written.
fn beside_form(blocks: &[Block], candidates: &[Candidate], forms: &[Candidate]) -> Option<Vec<usize>> {
    let (_, form) = forms.first()?;
    let asked = labels(inside(blocks, form));
    let by_form =
        |(_, section): &&Candidate| section.head.dated.is_some() && labels(inside(blocks, section)).intersection(&asked).count() >= 2;
    let mut written = candidates.iter().filter(by_form).map(|(place, _)| *place);
    let only = written.next()?;
    written.next().is_none().then(|| vec![only])
}

/// A log: headings that are a day and nothing else, days apart, each over what happened then.
fn days(blocks: &[Block], candidates: &[Candidate]) -> Option<Vec<usize>> {
    let day = |section: &Section| {
        let head = &section.head;
        let text = inside(blocks, section).iter().any(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { .. }));
        let (piece, _) = head.dated.filter(|_| head.bare && !head.clock && !section.in_timeline && text)?;
        piece.in_full()
    };
    let found: Vec<(usize, NaiveDate)> = candidates.iter().filter_map(|(place, section)| Some((*place, day(section)?))).collect();
    is_log(&found).then(|| found.into_iter().map(|(place, _)| place).collect())
}

/// What stands below the heading of a section.
fn inside<'r, 'a>(blocks: &'r [Block<'a>], section: &Section) -> &'r [Block<'a>] {
    blocks.get(section.at + 1..section.end).unwrap_or_default()
}

/// "Incident 1: …", "Incident 2: …": each number once, whichever way they run.
fn numbered(candidates: &[Candidate]) -> Option<Vec<usize>> {
    let found: Vec<(usize, u32)> = candidates.iter().filter_map(|(place, section)| Some((*place, section.head.number?))).collect();
    let numbers: BTreeSet<u32> = found.iter().map(|(_, number)| *number).collect();
    (found.len() >= 2 && numbers.len() == found.len()).then(|| found.into_iter().map(|(place, _)| place).collect())
}

/// Headings with a day over the same labels, or over a story each; without labels in common it is unsure.
fn dated(blocks: &[Block], candidates: &[Candidate]) -> Option<(Vec<usize>, bool)> {
    let dated: Vec<Candidate> = candidates.iter().copied().filter(|(_, section)| section.head.dated.is_some()).collect();
    let skeletons: Vec<BTreeSet<String>> = dated.iter().map(|(_, section)| labels(inside(blocks, section))).collect();
    let skeleton = common(&skeletons);
    let when = skeleton.iter().any(|label| asks_when(label));
    let story = |block: &Block| block.kind == BlockKind::Paragraph && block.text.as_str().len() > STORY;
    let tells_story = |section: &Section| inside(blocks, section).iter().any(story);
    let is_incident = |((_, section), own): &(&Candidate, &BTreeSet<String>)| {
        let shared = own.intersection(&skeleton).count();
        let begins = section.head.dated.is_some_and(|(_, begins)| begins);
        match () {
            // Days and moments below a timeline are its entries.
            () if section.in_timeline => shared >= 2 && !section.head.clock,
            () if section.head.bare && !section.head.clock => shared >= 2 && when,
            () if begins => shared >= 2 || tells_story(section),
            () => shared >= 2 || section.head.noun && (shared >= 1 || tells_story(section)),
        }
    };
    let told: Vec<Candidate> = dated.iter().zip(&skeletons).filter(is_incident).map(|(candidate, _)| *candidate).collect();
    // Parts of one story have its day in common.
    let named = told.iter().any(|(_, section)| section.head.noun);
    let first = told.first().and_then(|(_, section)| section.head.dated);
    let other_days = told.iter().any(|(_, section)| section.head.dated.map(|(date, _)| date) != first.map(|(date, _)| date));
    (told.len() >= 2 && (named || other_days)).then(|| (told.into_iter().map(|(place, _)| place).collect(), skeleton.is_empty()))
}

/// Headings that each stand over a line with when it was: "Opened: …", "Window: …", "Date: …".
fn labelled(blocks: &[Block], candidates: &[Candidate]) -> Option<Vec<usize>> {
    let begins = |(_, section): &&Candidate| {
        let topic = inside(blocks, section).first().and_then(|first| in_front(first.text.as_str())).and_then(lexicon::exact_topic);
        matches!(topic, Some(Topic::Start | Topic::Window | Topic::Date)) && when(inside(blocks, section)).next().is_some()
    };
    let found: Vec<usize> = candidates.iter().filter(begins).map(|(place, _)| *place).collect();
    (found.len() >= 2).then_some(found)
}

/// The blocks of each member. What follows the last one at its own level is of the whole page.
fn ended(blocks: &[Block], sections: &[&Section], members: &[usize]) -> Vec<Part> {
    let at = |place: &usize| sections.get(*place).map(|section| section.at);
    let starts: Vec<usize> = members.iter().filter_map(at).collect();
    let level = sections.first().map_or(0, |section| section.level);
    // Headings of plain text have no levels: a section of one incident may look like the next.
    let loose = members.windows(2).any(|pair| matches!(pair, [one, next] if next - one > 1));
    let above = |from: usize, to: usize| {
        let outer = |block: &Block| matches!(block.kind, BlockKind::Heading(own) if own < level && lexicon::exact_topic(block.text.as_str()).is_none());
        blocks.get(from + 1..to).unwrap_or_default().iter().position(outer).map(|place| from + 1 + place)
    };
    let range = |(index, &from): (usize, &usize)| -> Range<usize> {
        let next = starts.get(index + 1).copied();
        let to = next.unwrap_or_else(|| {
            let own = members.get(index).and_then(|place| sections.get(*place)).map_or(blocks.len(), |section| section.end);
            if loose { blocks.len() } else { own }
        });
        from..above(from, to).unwrap_or(to)
    };
    starts.iter().enumerate().map(range).map(|own| Part { own, date: None }).collect()
}
