//! What an entry says: its words, its state, when it is due and who does it.

use crate::extract::lexicon::{self, Cue, Topic};
use crate::extract::passage::{Form, Passage};
use crate::extract::time::{Time, times};
use crate::extract::words::{List, Words, is_one_of, is_participle, list};
use crate::incident::{ActionItem, ActionState, Horizon};
use crate::resolve::calendar::Calendar;
use crate::resolve::event::collapse;
use crate::source::{Cite, Source, Span};
use chrono::NaiveDate;

/// An item of a list, a row of a table, or a line of a flattened table; running text is none.
pub fn listed(source: &Source, passage: &Passage, calendar: &Calendar) -> Option<ActionItem> {
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
pub fn item(source: &Source, passage: &Passage, text: &str, place: Span, calendar: &Calendar) -> Option<ActionItem> {
    finish(passage, (text.trim_end_matches(['>', ' ', '\n']).to_owned(), String::new(), None), source.cite(place), calendar)
}

/// The item of a text with the rest of its row, and whether it is ticked off.
pub fn finish(passage: &Passage, words: (String, String, Option<bool>), cite: Cite, calendar: &Calendar) -> Option<ActionItem> {
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
    // "How was it noticed? By a call." is an answer, "How to notice it?" is work; "Ref Action Owner Status" is the head of a table.
    let question = text.contains('?') && asks(&text);
    let known = |word: &str| [Words::ActionColumns, Words::OwnerColumns, Words::TableHeads].iter().any(|words| list(*words).holds(word));
    let head = text.split_whitespace().all(known);
    (text.len() > 3 && !question && !head && !says_none(&text)).then_some(ActionItem { text, state, horizon, due, owner, cite })
}

/// "None at this time.", "Nothing yet".
fn says_none(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    let none = words.next().is_some_and(|word| is_one_of(word, &["none", "nothing"]));
    none && text.split_whitespace().count() <= 5
}

/// "How was it noticed?", but not "How to notice it?", "Why not watch it?".
fn asks(text: &str) -> bool {
    let mut words = text.split(' ');
    let first = words.next().unwrap_or_default();
    let interrogative = is_one_of(first, &["how", "what", "why", "when", "who", "where", "which"]);
    interrogative && !matches!(words.next(), None | Some("to" | "not" | "about"))
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
    (ours || been) && words.next().is_some_and(|word| is_participle(word.trim_end_matches([',', '.', ';'])))
}

/// A line of a table whose columns were lost in copying: it ends with a date and a state in brackets.
fn table_line(text: &str) -> Option<(String, String, Option<bool>)> {
    let found = times(text);
    let date = found.iter().flat_map(Time::moments).filter(|moment| moment.date.is_some() && moment.clock.is_none()).last()?;
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
    of(passage.topic)
        .or_else(|| passage.heading.as_ref().and_then(|heading| heading.upwards().find_map(|heading| of(heading.topic))))
        .or_else(|| of(lexicon::topic(state)))
        .or(done.then_some(Horizon::Done))
}

fn due(calendar: &Calendar, words: &str) -> Option<NaiveDate> {
    let found = times(words);
    let piece = found.iter().flat_map(Time::moments).filter_map(|moment| moment.date).last()?;
    calendar.day(piece)
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
