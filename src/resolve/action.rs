//! Work against recurrence: items with their state, due date and owner.

mod entry;
mod running;
#[cfg(test)]
mod tests;
mod told;
mod weighed;

use super::Judge;
use super::calendar::Calendar;
use super::sentences::Sentences;
use crate::document::{Text, line};
use crate::extract::lexicon::{self, Topic};
use crate::extract::passage::{Form, Heading, Passage, is_time_column};
use crate::extract::time::Time;
use crate::extract::words::{Words, list};
use crate::incident::{ActionItem, ActionState};
use crate::source::{Source, Span};
use entry::{item, listed};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// The listed items of the sections about work to come, else what a line announces as such, else checklists, else what a section
/// about work tells without a list, else sentences that tell of work wherever they stand. Of these it is asked where `told` has
/// them: not where work is planned or goes on.
pub fn items(
    source: &Source,
    passages: &[(Passage<'_>, Vec<Time>)],
    calendar: &Calendar,
    told: Option<(&Sentences, &dyn Judge)>,
) -> Vec<ActionItem> {
    let mut items = in_lists(source, passages, calendar);
    if items.is_empty() {
        items = announced(source, passages, calendar);
    }
    if items.is_empty() {
        // A checklist is work wherever it stands.
        let boxed = |passage: &&(Passage<'_>, Vec<Time>)| matches!(passage.0.form, Form::Item { ticked: Some(_), .. });
        items = passages.iter().filter(boxed).filter_map(|(passage, _)| listed(source, passage, calendar)).collect();
    }
    if items.is_empty() {
        items = running::in_section(source, passages, calendar);
    }
    match told {
        Some((sentences, judge)) if items.is_empty() => items = running::in_story(source, sentences, calendar, judge),
        Some((sentences, judge)) if judge.listens() => drop(judge.work(sentences)),
        _ => {}
    }
    items
}

/// The lists of the sections about work. Where one only tells what was done and another does not, the first ended the incident.
fn in_lists(source: &Source, passages: &[(Passage<'_>, Vec<Time>)], calendar: &Calendar) -> Vec<ActionItem> {
    let mut seen = HashSet::new();
    let mut items: Vec<(Option<Span>, ActionItem)> = Vec::new();
    // Of each section: whether an entry tells something else than what was done.
    let mut open: HashMap<Option<Span>, bool> = HashMap::new();
    let beyond = below_rules(source, passages);
    let listed_there = passages.iter().enumerate().filter(|(at, (passage, _))| planned(passage) && !beyond.contains(at));
    for (_, (passage, _)) in listed_there {
        let Some(item) = listed(source, passage, calendar).filter(|item| !normal(&item.text).is_empty()) else { continue };
        if seen.insert(normal(&item.text)) {
            let section = passage.heading.as_ref().map(|heading| heading.text.whole());
            let boxed = matches!(passage.form, Form::Item { ticked: Some(_), .. });
            *open.entry(section).or_default() |=
                boxed || passage.label.is_some() || item.state == ActionState::Done || !is_past(&item.text);
            items.push((section, item));
        }
    }
    let mixed = open.values().any(|open| *open);
    items.into_iter().filter(|(section, _)| !mixed || open.get(section) == Some(&true)).map(|(_, item)| item).collect()
}

/// The passages below a rule that ends a list, up to the next heading: a list of the page's own.
fn below_rules(source: &Source, passages: &[(Passage<'_>, Vec<Time>)]) -> HashSet<usize> {
    let section = |passage: &Passage| passage.heading.as_ref().map(|heading| heading.text.whole());
    let (mut found, mut below) = (HashSet::new(), false);
    for (at, pair) in passages.windows(2).enumerate() {
        let [(before, _), (passage, _)] = pair else { continue };
        let between = before.text.whole().end as usize..passage.text.whole().start as usize;
        let parted = || source.text().get(between).is_some_and(|between| between.lines().any(line::is_rule));
        let listed = matches!(before.form, Form::Item { .. });
        below = section(before) == section(passage) && (below || listed && planned(before) && parted());
        if below {
            found.insert(at + 1);
        }
    }
    found
}

/// Whether an entry starts with a verb of the past.
fn is_past(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
    first.len() > 4 && first.ends_with("ed") || list(Words::PastVerbs).holds(&first)
}

/// The list below a line that announces work ("Measures", "The following has been decided:", "follow-ups:"), or the lines
/// below it in the same passage; and in a section about work that has no lists, its numbered lines.
fn announced(source: &Source, passages: &[(Passage<'_>, Vec<Time>)], calendar: &Calendar) -> Vec<ActionItem> {
    let mut items = Vec::new();
    let mut open = false;
    let mut heading: Option<Span> = None;
    for (passage, _) in passages {
        let text = passage.text.as_str();
        // A list ends with its section.
        let under = passage.heading.as_ref().map(|heading| heading.text.whole());
        let decided = passage.heading.as_ref().is_some_and(|heading| list(Words::Decided).is_in(heading.text.as_str()));
        open = if under == heading { open } else { decided };
        heading = under;
        let numbered = (planned(passage) || decided) && passage.form == Form::Prose;
        let entries = entries(text, numbered);
        if !entries.is_empty() {
            items.extend(entries.into_iter().filter_map(|entry| {
                let part = passage.text.part(entry).trimmed();
                item(source, passage, part.as_str(), part.whole(), calendar)
            }));
            open = false;
            continue;
        }
        let last = text.trim_end().rsplit('\n').next().unwrap_or_default();
        if announces(last) {
            open = true;
        } else if open && matches!(passage.form, Form::Item { depth: 0, .. }) && !is_head(text) {
            items.extend(listed(source, passage, calendar));
        } else {
            open = false;
        }
    }
    if items.is_empty() {
        // Lines of their own under the heading, none of them a sentence; below a list somebody signs.
        let section = |passage: &Passage| passage.heading.as_ref().map(|heading| heading.text.whole());
        let lists: HashSet<_> =
            passages.iter().map(|(passage, _)| passage).filter(|p| matches!(p.form, Form::Item { .. })).map(section).collect();
        let bare = |passage: &Passage| {
            planned(passage) && passage.form == Form::Prose && is_bare_line(passage.text.as_str()) && !lists.contains(&section(passage))
        };
        let lines: Vec<&Passage> = passages.iter().map(|(passage, _)| passage).filter(|passage| bare(passage)).collect();
        if lines.len() >= 2 {
            let of = |passage: &&Passage| item(source, passage, passage.text.as_str(), passage.text.whole(), calendar);
            items = lines.iter().filter_map(of).collect();
        }
    }
    items
}

/// Whether a line is a heading for work to come: "Measures", "> Measures:", "The following has been decided:".
fn announces(line: &str) -> bool {
    let bare = line.trim_start_matches(['>', ' ', '*']).trim_end();
    let head = bare.trim_end_matches([':', '.', '*']);
    let announced = bare.ends_with(':') && list(Words::Decided).is_in(bare);
    announced || head.len() <= 48 && lexicon::exact_topic(head) == Some(Topic::Actions)
}

/// Whether an entry is the heading of the next part of a numbered document.
fn is_head(text: &str) -> bool {
    text.len() <= 48 && lexicon::exact_topic(text.trim_end_matches([':', '.'])).is_some()
}

/// One short line that is no sentence.
fn is_bare_line(text: &str) -> bool {
    (12..=160).contains(&text.len())
        && !text.contains('\n')
        && !text.ends_with(['.', ':', '?', '!'])
        && text.starts_with(char::is_uppercase)
}

/// The lines of `text` with a number or a bullet in front that a line announces, or all that have a number where `numbered`.
fn entries(text: &str, numbered: bool) -> Vec<std::ops::Range<usize>> {
    let mut entries: Vec<std::ops::Range<usize>> = Vec::new();
    let mut open = numbered;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_start_matches(['>', ' ', '\t']);
        let start = at + (line.len() - body.len());
        let end = at + line.trim_end().len();
        match enumerator(body).filter(|_| open) {
            Some(mark) => entries.push(start + mark..end.max(start + mark)),
            None if announces(body.trim_end()) && !numbered => {
                entries.clear();
                open = true;
            }
            // A line that goes on.
            None if open && !body.trim().is_empty() => {
                if let Some(last) = entries.last_mut() {
                    last.end = end;
                }
            }
            None => {}
        }
        at += line.len();
    }
    entries
}

/// The length of "(1) ", "(iv)  ", "a) ", "• " in front of an entry.
fn enumerator(line: &str) -> Option<usize> {
    let mark = line.split([' ', '\t']).next()?;
    let inner = mark.trim_start_matches('(').trim_end_matches([')', '.']);
    let bullet = matches!(mark, "•" | "-" | "*" | "–");
    let bracket = mark.ends_with(')') && inner.len() <= 4 && inner.chars().all(|c| c.is_ascii_digit() || "ivxabcdefgh".contains(c));
    let length = mark.len() + line.get(mark.len()..)?.find(|c: char| !c.is_whitespace())?;
    (bullet || !inner.is_empty() && bracket).then_some(length)
}

fn normal(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
}

/// Whether a passage stands in a section of work to come.
fn planned(passage: &Passage) -> bool {
    let planned = |topic: Option<Topic>| matches!(topic, Some(Topic::Actions | Topic::ShortTerm | Topic::LongTerm));
    let above = |heading: &Option<Rc<Heading>>| {
        heading.as_ref().is_some_and(|heading| heading.upwards().any(|heading| heading.topic == Some(Topic::Actions)))
    };
    // A table with a column of actions holds work wherever it stands, but for entries and figures.
    let of_actions = |column: &Text| lexicon::exact_topic(column.as_str().trim()) == Some(Topic::Actions);
    if passage.form == Form::Row
        && !matches!(passage.topic, Some(Topic::Timeline | Topic::Impact))
        && passage.columns.iter().any(of_actions)
    {
        return !passage.columns.first().is_some_and(|first| is_time_column(first.as_str()));
    }
    // "Done" says when, not what: it counts under a heading about actions, or on its own.
    (planned(passage.topic) || passage.topic == Some(Topic::Done))
        && (passage.topic == Some(Topic::Actions) || passage.label.is_some() || above(&passage.heading) || planned(passage.topic))
}

/// Whether a list may be about work where it stands.
fn elsewhere(passage: &Passage) -> bool {
    !matches!(
        passage.topic,
        Some(Topic::Timeline | Topic::Factors | Topic::Lessons | Topic::Workaround | Topic::Services | Topic::Impact | Topic::Background)
    )
}
