//! Headings that tell incidents apart.

use super::skeleton::{asks_when, common, labels, when};
use super::{Part, is_stretch, template};
use crate::document::{Block, BlockKind};
use crate::extract::date::DatePiece;
use crate::extract::lexicon::{self, Topic};
use crate::extract::time::{Time, times};
use crate::extract::words::{Words, list};
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
        let is_timeline = |section: &Section| lexicon::topic(section.text) == Some(Topic::Timeline);
        // "Incident log" over all is the title.
        let in_timeline = open.iter().filter(|place| **place > 0).filter_map(|place| sections.get(*place)).any(is_timeline);
        open.push(sections.len());
        let text = block.text.as_str();
        sections.push(Section { at, end: blocks.len(), level, text, head: head(text), in_timeline });
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
    let tail = found.last().and_then(|time| text.get(time.range().end..));
    let clock = |time: &Time| matches!(time, Time::Moment(moment) | Time::Range(moment, ..) if moment.clock.is_some());
    let rest = list(Words::IncidentNouns).strip_start(text).filter(|rest| rest.len() < text.len());
    let digits = rest.map(|rest| rest.trim_start_matches([' ', '#'])).unwrap_or_default();
    let number = digits.get(..digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len())).filter(|digits| digits.len() <= 4);
    // "Impact on June 4" is a section with a date in it.
    let core = lead.unwrap_or(text).trim_end_matches([' ', ':', '-', '–', '—', '(', ',']);
    let core = core.strip_suffix(" on").or(core.strip_suffix(" of")).or(core.strip_suffix(" for")).unwrap_or(core);
    Head {
        dated: moment.and_then(|moment| Some((moment.date?, !alphanumeric(text.get(..moment.range.start))))),
        clock: found.iter().any(clock),
        bare: !found.is_empty() && !alphanumeric(lead) && !alphanumeric(tail),
        number: number.and_then(|number| number.parse().ok()),
        noun: rest.is_some(),
        names_section: lexicon::exact_topic(core).is_some(),
    }
}

/// A history: headings that are a day each, over the headings of that day's incidents.
fn history(sections: &[Section]) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    for (place, day) in sections.iter().enumerate() {
        let is_day = day.head.bare && day.head.dated.is_some() && !day.head.clock && !day.in_timeline;
        if !is_day {
            continue;
        }
        let below: Vec<&Section> = sections.iter().skip(place + 1).take_while(|section| section.at < day.end).collect();
        let outermost = below.iter().map(|section| section.level).min();
        // "State" and "Details" below a day are sections of its one incident.
        if below.first().is_none_or(|first| first.at != day.at + 1 || first.head.names_section) {
            continue;
        }
        let own = below.iter().filter(|section| Some(section.level) == outermost);
        parts.extend(own.map(|section| Part { own: section.at..section.end, date: Some(day.at) }));
    }
    (!parts.is_empty()).then_some(parts)
}

/// Those of the sections of one level that are an incident each, by their places, and whether they could as well be parts
/// of one.
fn siblings(blocks: &[Block], sections: &[&Section]) -> Option<(Vec<usize>, bool)> {
    let open = |section: &&&Section| {
        let filled = template::placeholders(section.text) == 0 && section.end > section.at + 1;
        // "First downtime" is a stretch of one incident.
        let stretch = section.head.dated.is_none() && is_stretch(section.text);
        filled && !section.head.names_section && !stretch
    };
    let inside = |section: &Section| blocks.get(section.at + 1..section.end).unwrap_or_default();
    let candidates: Vec<&Section> = sections.iter().filter(open).copied().collect();
    let places = |found: &[&Section]| {
        let starts: BTreeSet<usize> = found.iter().map(|section| section.at).collect();
        sections.iter().enumerate().filter(|(_, section)| starts.contains(&section.at)).map(|(place, _)| place).collect()
    };

    // "Incident 1: …", "Incident 2: …"
    let mut numbered: Vec<&Section> = candidates.iter().copied().filter(|section| section.head.number.is_some()).collect();
    numbered.dedup_by_key(|section| section.head.number);
    let numbers: BTreeSet<u32> = numbered.iter().filter_map(|section| section.head.number).collect();
    if numbers.len() >= 2 && numbers.len() == numbered.len() {
        return Some((places(&numbered), false));
    }

    let dated: Vec<&Section> = candidates.iter().copied().filter(|section| section.head.dated.is_some()).collect();
    let skeletons: Vec<BTreeSet<String>> = dated.iter().map(|section| labels(inside(section))).collect();
    let skeleton = common(&skeletons);
    let tells_story =
        |section: &Section| inside(section).iter().any(|block| block.kind == BlockKind::Paragraph && block.text.as_str().len() > STORY);
    let told: Vec<&Section> = dated
        .iter()
        .zip(&skeletons)
        .filter(|(section, own)| {
            let shared = own.intersection(&skeleton).count();
            let begins = section.head.dated.is_some_and(|(_, begins)| begins);
            match () {
                // Days and moments below a timeline are its entries.
                () if section.in_timeline => shared >= 2 && !section.head.clock,
                () if section.head.bare && !section.head.clock => shared >= 2 && skeleton.iter().any(|label| asks_when(label)),
                () if begins => shared >= 2 || tells_story(section),
                () => shared >= 2 || section.head.noun && (shared >= 1 || tells_story(section)),
            }
        })
        .map(|(section, _)| *section)
        .collect();
    let days: BTreeSet<String> = told.iter().map(|section| section.text.to_lowercase()).collect();
    if told.len() >= 2 && days.len() >= 2 {
        let unsure = skeleton.is_empty();
        return Some((places(&told), unsure));
    }

    // Headings that each stand over a line with when it began: "Opened: …", "Window: …".
    let begins = |section: &&Section| {
        let label = inside(section).first()?.text.as_str().split_once(':').map(|(label, _)| label.trim()).filter(|label| label.len() <= 30);
        let topic = label.and_then(lexicon::exact_topic);
        let told = matches!(topic, Some(Topic::Start | Topic::Window)) && when(inside(section)).next().is_some();
        told.then_some(())
    };
    let labelled: Vec<&Section> = candidates.iter().copied().filter(|section| begins(section).is_some()).collect();
    (labelled.len() >= 2).then(|| (places(&labelled), false))
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
