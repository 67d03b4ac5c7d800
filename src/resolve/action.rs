//! Work against recurrence: listed items with their state, due date and owner.

use super::calendar::{Calendar, moments_of};
use super::event::collapse;
use crate::document::Text;
use crate::extract::lexicon::{self, Cue, Topic};
use crate::extract::passage::{Form, Heading, Passage, is_time_column};
use crate::extract::time::{Time, times};
use crate::extract::words::{List, Words, list};
use crate::incident::{ActionItem, ActionState, Horizon};
use crate::source::{Cite, Source, Span};
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// The listed items of the sections about work to come, else what a line announces as such, else the entries of other lists
/// that promise something.
pub fn items(source: &Source, passages: &[(Passage<'_>, Vec<Time>)], calendar: &Calendar) -> Vec<ActionItem> {
    let mut items: Vec<ActionItem> = Vec::new();
    let mut seen = HashSet::new();
    for (passage, _) in passages.iter().filter(|(passage, _)| planned(passage)) {
        if let Some(item) = listed(source, passage, calendar) {
            let words = normal(&item.text);
            if seen.insert(words) {
                items.push(item);
            }
        }
    }
    if items.is_empty() {
        items = announced(source, passages, calendar);
    }
    if items.is_empty() {
        // A checklist is work wherever it stands.
        let boxed = |passage: &&(Passage<'_>, Vec<Time>)| matches!(passage.0.form, Form::Item { ticked: Some(_), .. });
        items = passages.iter().filter(boxed).filter_map(|(passage, _)| listed(source, passage, calendar)).collect();
    }
    if items.is_empty() {
        items =
            passages.iter().filter(|(passage, _)| promises(passage)).filter_map(|(passage, _)| listed(source, passage, calendar)).collect();
    }
    if items.is_empty() {
        // Of each list: whether an entry tells of a change, and whether any tells of something else.
        let mut lists: HashMap<usize, (bool, bool)> = HashMap::new();
        for (passage, found) in passages.iter().filter(|(passage, _)| matches!(passage.form, Form::Item { depth: 0, .. })) {
            let (told, other) = lists.entry(passage.list).or_default();
            *told |= list_of_changes(passage);
            *other |= !found.is_empty() || !elsewhere(passage);
        }
        let for_good = |list| lists.get(&list) == Some(&(true, false));
        let changes = passages.iter().filter(|(passage, _)| passage.update.is_some() && for_good(passage.list));
        items = changes.filter_map(|(passage, _)| listed(source, passage, calendar)).collect();
    }
    items
}

/// Whether an entry tells what is different from now on.
fn list_of_changes(passage: &Passage) -> bool {
    list(Words::ChangedForGood).is_in(passage.text.as_str())
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
        open &= under == heading;
        heading = under;
        let decided = passage.heading.as_ref().is_some_and(|heading| list(Words::Decided).is_in(heading.text.as_str()));
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
        // Lines of their own under the heading, none of them a sentence.
        let bare = |passage: &Passage| planned(passage) && passage.form == Form::Prose && is_bare_line(passage.text.as_str());
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

/// The length of "(1) ", "(iv)  ", "3.1 ", "a) ", "• " in front of an entry.
fn enumerator(line: &str) -> Option<usize> {
    let mark = line.split([' ', '\t']).next()?;
    let inner = mark.trim_start_matches('(').trim_end_matches([')', '.']);
    let bullet = matches!(mark, "•" | "-" | "*" | "–");
    let bracket = mark.ends_with(')') && inner.len() <= 4 && inner.chars().all(|c| c.is_ascii_digit() || "ivxabcdefgh".contains(c));
    // "10.30 we saw the errors" starts with a clock.
    let clock = inner.split_once('.').is_some_and(|(hour, minute)| minute.len() == 2 && hour.parse().is_ok_and(|hour: u32| hour < 24));
    let level = !clock
        && (2..=3).contains(&inner.split('.').count())
        && inner.split('.').all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    let length = mark.len() + line.get(mark.len()..)?.find(|c: char| !c.is_whitespace())?;
    (bullet || !inner.is_empty() && (bracket || level)).then_some(length)
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
    // A table with a column of actions holds work wherever it stands.
    let of_actions = |column: &Text| lexicon::exact_topic(column.as_str().trim()) == Some(Topic::Actions);
    if passage.form == Form::Row && passage.topic != Some(Topic::Timeline) && passage.columns.iter().any(of_actions) {
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

/// Whether an entry of some other list promises work.
fn promises(passage: &Passage) -> bool {
    let list = matches!(passage.form, Form::Item { depth: 0, .. });
    list && elsewhere(passage) && lexicon::has(passage.text.as_str(), Cue::Commitment)
}

/// An item of a list, a row of a table, or a line of a flattened table; running text is none.
fn listed(source: &Source, passage: &Passage, calendar: &Calendar) -> Option<ActionItem> {
    let whole = passage.text.as_str();
    let (text, rest, ticked) = match &passage.form {
        Form::Item { depth: 0, ticked } => (whole.to_owned(), String::new(), *ticked),
        Form::Row => row(passage)?,
        Form::Prose => table_line(whole)?,
        _ => return None,
    };
    finish(passage, (text, rest, ticked), source.cite(passage.text.whole()), calendar)
}

/// A line as an item.
fn item(source: &Source, passage: &Passage, text: &str, place: Span, calendar: &Calendar) -> Option<ActionItem> {
    finish(passage, (text.trim_end_matches(['>', ' ', '\n']).to_owned(), String::new(), None), source.cite(place), calendar)
}

/// The item of a text with the rest of its row, and whether it is ticked off.
fn finish(passage: &Passage, words: (String, String, Option<bool>), cite: Cite, calendar: &Calendar) -> Option<ActionItem> {
    let (text, rest, ticked) = words;
    let tail = last_words(&text, 48);
    let state_words =
        if rest.is_empty() { bracketed(&tail).or_else(|| behind_comma(&tail)).unwrap_or_else(|| behind_dash(&tail)) } else { rest.clone() };
    let told = || is_done(&state_words) || is_told_as_done(&text) && !lexicon::has(&state_words, Cue::Open);
    let done = ticked == Some(true) || passage.topic == Some(Topic::Done) || ticked.is_none() && told();
    let horizon = horizon(passage, &state_words, done);
    let due = due(calendar, if rest.is_empty() { &tail } else { &rest });
    let owner = column(passage, list(Words::OwnerColumns)).or_else(|| owner_in(&text));
    let state = if done { ActionState::Done } else { ActionState::Open };
    let text = collapse(&text);
    // "How was it noticed? By a call." is an answer, "Ref Action Owner Status" the head of a table.
    let asks = text.split_once("? ").map_or(text.as_str(), |(question, _)| question);
    let question = asks.len() < text.len() || asks.ends_with('?');
    let known = |word: &str| [Words::ActionColumns, Words::OwnerColumns, Words::TableHeads].iter().any(|words| list(*words).holds(word));
    let head = text.split_whitespace().all(known);
    (text.len() > 3 && !question && !head).then_some(ActionItem { text, state, horizon, due, owner, cite })
}

/// The text of a row is its longest cell under a heading that does not say otherwise; the rest tells state and date.
fn row(passage: &Passage) -> Option<(String, String, Option<bool>)> {
    let named = column_index(passage, list(Words::ActionColumns));
    let longest = || passage.cells.iter().enumerate().max_by_key(|(_, cell)| cell.as_str().len()).map(|(index, _)| index);
    let index = named.or_else(longest)?;
    let text = passage.cells.get(index)?.as_str().to_owned();
    let rest: Vec<&str> = passage.cells.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, cell)| cell.as_str()).collect();
    let ticked = rest.iter().find_map(|cell| match cell.trim() {
        "✅" | "☑" | "✔" | "[x]" | "[X]" | "yes" | "Yes" => Some(true),
        "❌" | "☐" | "[ ]" | "no" | "No" => Some(false),
        _ => None,
    });
    (!text.is_empty()).then(|| (text, rest.join(" | "), ticked))
}

fn column_index(passage: &Passage, names: &List) -> Option<usize> {
    passage.columns.iter().position(|column| names.holds(column.as_str().trim()))
}

fn column(passage: &Passage, names: &List) -> Option<String> {
    let cell = passage.cells.get(column_index(passage, names)?)?.as_str().trim();
    (!cell.is_empty() && !matches!(cell, "-" | "–" | "TBD" | "n/a" | "N/A" | "?")).then(|| collapse(cell))
}

/// Who does the work, where its words say so: "(@carol)", "owner: Ana Ruiz".
fn owner_in(text: &str) -> Option<String> {
    let apart = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ',' | ';' | '|');
    let handle = |word: &&str| word.strip_prefix('@').is_some_and(|name| name.starts_with(char::is_alphabetic) && !name.contains('@'));
    let labelled = text.match_indices(':').find_map(|(at, _)| {
        let label = text.get(..at)?.rsplit(apart).next()?;
        let value = text.get(at + 1..)?.split([',', ';', ')', ']', '|', '\n']).next()?.trim().trim_end_matches('.');
        let named = value.starts_with(|c: char| c.is_uppercase() || c == '@') && value.split_whitespace().count() <= 3;
        (list(Words::OwnerColumns).holds(label) && named).then_some(value)
    });
    labelled.or_else(|| text.split(apart).map(|word| word.trim_end_matches(['.', ':'])).find(handle)).map(str::to_owned)
}

/// "We have raised the limit", "The alert has now been added": whether the main clause tells it in the perfect tense.
fn is_told_as_done(text: &str) -> bool {
    let lower = text.get(..text.floor_char_boundary(160)).unwrap_or_default().replace('’', "'").to_lowercase();
    let mut words = lower.split_whitespace().peekable();
    let Some(before) = words.clone().position(|word| matches!(word, "has" | "have" | "we've")) else { return false };
    // What stands under a condition, or is to come, has not happened.
    let open = |word: &str| {
        matches!(word, "will" | "should" | "must" | "may" | "to" | "that" | "which" | "who" | "if" | "when" | "once" | "until")
    };
    if words.by_ref().take(before).any(open) {
        return false;
    }
    let ours = words.next() == Some("we've") || lower.starts_with("we have");
    let mut been = false;
    while let Some(word) = words.next_if(|word| matches!(*word, "been" | "now" | "already" | "since" | "also") || word.ends_with("ly")) {
        been |= word == "been";
    }
    let participle = |word: &str| word.ends_with("ed") || list(Words::Participles).holds(word);
    (ours || been) && words.next().is_some_and(|word| participle(word.trim_end_matches([',', '.', ';'])))
}

/// A line of a table whose columns were lost in copying: it ends with a date and a state in brackets.
fn table_line(text: &str) -> Option<(String, String, Option<bool>)> {
    let found = times(text);
    let date = found.iter().flat_map(moments_of).filter(|moment| moment.date.is_some() && moment.clock.is_none()).last()?;
    let tail = text.get(date.range.start..)?;
    let state = bracketed(tail).filter(|state| lexicon::has(state, Cue::Done) || lexicon::has(state, Cue::Open))?;
    let close = tail.len() <= date.range.len() + state.len() + 6;
    close.then(|| (text.get(..date.range.start).unwrap_or_default().trim_end().to_owned(), tail.to_owned(), None))
}

fn last_words(text: &str, length: usize) -> String {
    text.get(text.ceil_char_boundary(text.len().saturating_sub(length))..).unwrap_or_default().to_owned()
}

/// The state in brackets at the end: "(done)", "[In progress]".
fn bracketed(tail: &str) -> Option<String> {
    let bare = tail.trim_end_matches(['.', ' ', '*']);
    let (open, close) = if bare.ends_with(')') { ('(', ')') } else { ('[', ']') };
    let inner = bare.strip_suffix(close)?;
    inner.rfind(open).and_then(|at| inner.get(at + 1..)).map(str::to_owned)
}

/// The state behind a comma at the end, alone or with its day: ", completed on 16 April 2017."
fn behind_comma(tail: &str) -> Option<String> {
    let clauses =
        tail.match_indices(", ").filter_map(|(at, comma)| tail.get(at + comma.len()..)).map(|clause| clause.trim_end_matches(['.', ' ']));
    let is_state = |clause: &&str| {
        lexicon::cues(clause).any(|(cue, at)| {
            let behind = clause.get(at.end..).unwrap_or_default().trim_start();
            let day = behind.strip_prefix("on ").unwrap_or(behind);
            let dated = || times(day).first().is_some_and(|time| time.range() == (0..day.len()));
            cue == Cue::Done && at.start == 0 && (day.is_empty() || dated())
        })
    };
    clauses.filter(is_state).last().map(str::to_owned)
}

/// The state behind a dash at the end: "– Completed."
fn behind_dash(tail: &str) -> String {
    let last = tail.rsplit([' ', '-', '–', '—', ':']).next().unwrap_or_default();
    let before = tail.len().checked_sub(last.len() + 1).and_then(|at| tail.get(..at)).unwrap_or_default().trim_end();
    if before.ends_with(['-', '–', '—']) { last.trim_end_matches('.').to_owned() } else { String::new() }
}

fn is_done(words: &str) -> bool {
    let mut done = false;
    for (cue, at) in lexicon::cues(words) {
        let negated = words.get(..at.start).unwrap_or_default().to_lowercase().trim_end().ends_with("not");
        match cue {
            Cue::Open => return false,
            Cue::Done if !negated => done = true,
            _ => {}
        }
    }
    done
}

fn horizon(passage: &Passage, state: &str, done: bool) -> Option<Horizon> {
    let of = |topic: Option<Topic>| match topic {
        Some(Topic::Done) => Some(Horizon::Done),
        Some(Topic::ShortTerm) => Some(Horizon::ShortTerm),
        Some(Topic::LongTerm) => Some(Horizon::LongTerm),
        _ => None,
    };
    let written = lexicon::topic(state).and_then(|topic| of(Some(topic)));
    let written = written.filter(|_| !state.is_empty());
    of(passage.topic)
        .or_else(|| passage.heading.as_ref().and_then(|heading| heading.upwards().find_map(|heading| of(heading.topic))))
        .or(written)
        .or(done.then_some(Horizon::Done))
}

fn due(calendar: &Calendar, words: &str) -> Option<NaiveDate> {
    let found = times(words);
    let piece = found.iter().flat_map(moments_of).filter_map(|moment| moment.date).last()?;
    calendar.date(piece, None).map(|dated| dated.date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let source = Source::decode("a.txt", text.as_bytes().to_vec());
        let document = crate::format::read(&source);
        let Some(report) = document.reports.first() else { return Vec::new() };
        let passages: Vec<_> = crate::extract::passage::passages(report)
            .into_iter()
            .map(|passage| (times(passage.text.as_str()), passage))
            .map(|(t, p)| (p, t))
            .collect();
        let calendar = Calendar::new(&passages, &[], text, (text, None), crate::resolve::zones::Zones::default());
        items(&source, &passages, &calendar).into_iter().map(|item| item.text).collect()
    }

    #[test]
    fn lines_with_numbers_and_their_look_alikes() {
        for (line, length) in
            [("(1) Test", Some(4)), ("(iv)  Test", Some(6)), ("3.1 Test", Some(4)), ("a) Test", Some(3)), ("• Test", Some("• ".len()))]
        {
            assert_eq!(enumerator(line), length, "{line}");
        }
        for line in ["3 of 4 nodes", "10.30 we saw it", "10.0.0.1 is down", "(see below) all", "A test", "(when) it broke"] {
            assert_eq!(enumerator(line), None, "{line}");
        }
    }

    #[test]
    fn states_behind_a_comma() {
        for (tail, state) in [
            ("new capacitors, completed on 16 April 2017.", Some("completed on 16 April 2017")),
            ("new capacitors, done April 16, 2017", Some("done April 16, 2017")),
            ("alarms on call (Jere), done", Some("done")),
            ("new parts, completed by 3 May 2017", None),
            ("new parts, to be completed on 3 May 2017", None),
            ("check that a fix, deployed to one host, holds", None),
        ] {
            assert_eq!(behind_comma(tail).as_deref(), state, "{tail}");
        }
    }

    #[test]
    fn owners_in_the_words() {
        for (text, owner) in [
            ("Alert on a full disk (@carol)", Some("@carol")),
            ("@carol: alert on a full disk", Some("@carol")),
            ("Alert on a full disk (owner: Ana Ruiz, due 12 May)", Some("Ana Ruiz")),
            ("Alert on a full disk. Owner: Storage", Some("Storage")),
            ("Mail ops@tarn.example when it is full", None),
            ("Alert the team: it has to know at once", None),
            ("Name one owner: nobody was", None),
        ] {
            assert_eq!(owner_in(text).as_deref(), owner, "{text}");
        }
    }

    #[test]
    fn work_told_as_done() {
        for text in ["We have raised the limit.", "We've also removed the job", "The alert has now been added, and tests will follow."] {
            assert!(is_told_as_done(text), "{text}");
        }
        for text in [
            "Raise the limit",
            "Alert when a disk has been filled",
            "We have to raise the limit",
            "Backups have failed: find out why",
            "The limit will have been raised by May",
        ] {
            assert!(!is_told_as_done(text), "{text}");
        }
    }

    #[test]
    fn work_that_a_line_announces() {
        for (text, count) in [
            ("It broke.\n\n3. CORRECTIVE ACTIONS\n\n3.1 Replace the parts.\n3.2 Test both feeds.\n3.3 Ask the maker.\n", 3),
            ("It broke.\n\nThe following has been decided:\n(i) Updates go to the standby first.\n(ii) A drill is held each quarter.\n", 2),
            ("It broke.\n\nWe saw the following errors:\n(i) timeout\n(ii) refused\n", 0),
            ("It broke at noon. Measures were taken.\n", 0),
            ("# Out\n\n- **Impact**: It broke.\n\n- **Review actions**:\n  - Watch the disks.\n  - Buy two disks.\n", 2),
            ("# Out\n\n- **Key events**:\n  - First seen: 09:12\n  - Over: 10:45\n", 0),
            ("# Out\n\nIt broke.\n\nAction Items\n- Fit a lamp\n\n- Keep matches\n\n## Lessons\n- Know the tap\n", 2),
            ("# Out\n\n## Detection\n\n| Action item | Owner |\n|---|---|\n| Watch the queue | ines |\n", 1),
            ("# Out\n\n## Detection\n\n| Time | Action |\n|---|---|\n| 09:12 | Queue restarted |\n", 0),
            ("# Out\n\n## Next steps\n\n1. Oil the gate [complete] 2. Buy a ladder [in progress]\n", 2),
        ] {
            assert_eq!(found(text).len(), count, "{text}: {:?}", found(text));
        }
    }
}
