//! A report's own text with every fact that was read marked in it.

mod layout;

use super::reading::read_files;
use super::terminal::Terminal;
use super::time::{Clock, Zone};
use super::{Chosen, Failure, count, done, stdout};
use crate::app::show::{marks, minutes};
use crate::app::text::fit;
use crate::export::escape;
use crate::export::record::{Minutes, Moment};
use crate::facts::{self, Known, Value};
use crate::incident::{Certainty, Incident};
use crate::library::{self, Entry};
use crate::resolve::Policy;
use crate::sanitize;
use crate::source::{Cite, Source};
use clap::ValueEnum;
use layout::{Mark, Page};
use serde::{Serialize, Serializer};
use std::io::{Result, Write};
use std::sync::Arc;

/// The form of explained reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// The text with its facts marked
    Text,
    /// One array of facts
    Json,
}

/// A value longer than this is cut: the words themselves stand above it.
const VALUE: usize = 60;
/// The same below words that are not the first for their fact.
const AGAIN: usize = 40;

/// Explains every report that is read.
pub fn run(
    chosen: &Chosen,
    policy: &Policy,
    form: Form,
    facts_only: bool,
    zone: Zone,
    terminal: &Terminal,
) -> std::result::Result<u8, Failure> {
    let mut out = stdout();
    let (mut incidents, mut gone, mut first) = (Vec::new(), Vec::new(), true);
    let mut tally = read_files(chosen, policy, &mut |rows| {
        let entries: Vec<_> = rows.into_iter().map(|row| row.entry).collect();
        if form == Form::Json {
            incidents.extend(entries.iter().map(|entry| entry.incident()));
            return Ok(());
        }
        match entries.first().map(|entry| library::source_of(entry)) {
            Some(Ok(source)) => {
                if !std::mem::take(&mut first) {
                    writeln!(out, "\n")?;
                }
                text(&mut out, &entries, &source, facts_only, zone, terminal)
            }
            Some(Err(problem)) => {
                gone.push(problem);
                Ok(())
            }
            None => Ok(()),
        }
    })?;
    if form == Form::Json {
        let mut serializer = serde_json::Serializer::with_formatter(&mut out, escape::indented());
        serializer.collect_seq(incidents.iter().flat_map(records)).map_err(std::io::Error::from)?;
        writeln!(out)?;
    }
    gone.iter().for_each(|problem| tally.trouble(problem));
    done(out, tally)
}

/// Prints one report with the facts of all its incidents.
fn text(out: &mut dyn Write, entries: &[Arc<Entry>], source: &Source, facts_only: bool, zone: Zone, terminal: &Terminal) -> Result<()> {
    let (mut marks, mut apart) = (Vec::new(), Vec::new());
    let mut facts_found = 0;
    for entry in entries {
        let incident = &entry.incident();
        let clock = Clock::new(zone, incident);
        let prefix = if entries.len() > 1 { format!("[{}] ", incident.source.index + 1) } else { String::new() };
        let facts = facts::of(incident);
        facts_found += facts.len();
        // A single window is what `impact start` and `impact end` already say.
        let repeated = |fact: &Known| incident.impact.windows.len() == 1 && fact.pointer.starts_with("/impact/windows/0/");
        for fact in facts.iter().filter(|fact| !repeated(fact)) {
            let cites: Vec<Cite> = fact.cites.iter().copied().filter(|cite| is_in(source, cite)).collect();
            let Some((first, others)) = cites.split_first() else {
                apart.push(format!("{prefix}{}", label(fact, &clock, None, &[])));
                continue;
            };
            let inferred = fact.certainty == Some(Certainty::Inferred);
            let words = (cites.len() == 1).then(|| source.slice(first.span));
            let said = label(fact, &clock, words, others);
            marks.push(Mark { span: first.span, inferred, label: format!("{prefix}{said}") });
            let again =
                others.iter().map(|cite| Mark { span: cite.span, inferred, label: format!("{prefix}also: {}", head(fact, &clock, AGAIN)) });
            marks.extend(again);
        }
    }
    let path = source.name();
    let facts = count(facts_found, "fact", "facts");
    writeln!(out, "{}", terminal.bold(&sanitize::line(&format!("{path}: {facts} in {}", count(lines(source), "line", "lines")))))?;
    Page::new(source, marks, facts_only, terminal).print(out)?;
    if apart.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", terminal.bold("Worked out, without words of their own"))?;
    apart.iter().try_for_each(|fact| writeln!(out, "  {}", terminal.mark(fact)))
}

/// The lines of a text; a line end at the very end begins no line.
fn lines(source: &Source) -> usize {
    source.line_count() - usize::from(source.text().ends_with('\n'))
}

/// Whether the words still stand in the text.
fn is_in(source: &Source, cite: &Cite) -> bool {
    source.text().get(cite.span.range()).is_some()
}

/// What was read and how it is known. A value that the marked words say themselves is not repeated.
fn label(fact: &Known, clock: &Clock, words: Option<&str>, others: &[Cite]) -> String {
    let repeated = words.is_some_and(|words| same(words, &shown(fact.value, clock)));
    let room = match fact.value {
        _ if repeated => 0,
        // A finding is nowhere else in the text.
        _ if fact.pointer.starts_with("/diagnostics/") => usize::MAX,
        _ => VALUE,
    };
    let mut label = head(fact, clock, room);
    let known = match fact.certainty {
        Some(Certainty::Stated) => "stated".to_owned(),
        Some(Certainty::Inferred) if fact.cites.is_empty() => "inferred".to_owned(),
        Some(Certainty::Inferred) => inferred_from(others),
        None => String::new(),
    };
    // That a stated time is as written goes without saying.
    let as_written = fact.alternatives.is_empty() && fact.bases.iter().flatten().any(|basis| basis.is_as_written());
    let basis = if as_written { String::new() } else { fact.because() };
    let next = fact.next_best().map(|(next, at)| format!("next {}", clock.time_after(next, at))).unwrap_or_default();
    for more in [known.as_str(), &basis, &next].into_iter().filter(|more| !more.is_empty()) {
        label.push_str(" · ");
        label.push_str(&sanitize::line(more));
    }
    label
}

/// The name of a fact with its mark, and its value in at most `room` cells.
fn head(fact: &Known, clock: &Clock, room: usize) -> String {
    let mark = fact.certainty.map_or("", |certainty| marks(certainty, fact.approximate));
    let name = sanitize::line(&fact.name);
    let gap = if matches!(fact.value, Value::Words(_)) { ": " } else { " " };
    match fit(&shown(fact.value, clock), room) {
        value if value.is_empty() => format!("{mark}{name}"),
        value => format!("{mark}{name}{gap}{value}"),
    }
}

fn inferred_from(others: &[Cite]) -> String {
    let mut lines: Vec<_> = others.iter().map(|cite| cite.line).collect();
    lines.dedup();
    match lines.as_slice() {
        [] => "inferred from these words".into(),
        [one] => format!("inferred from these words and those in line {one}"),
        several => {
            let several: Vec<_> = several.iter().map(u32::to_string).collect();
            format!("inferred from these words and those in lines {}", several.join(", "))
        }
    }
}

/// Whether two texts have the same words, however they are broken into lines or marked up.
fn same(words: &str, value: &str) -> bool {
    fn letters(text: &str) -> impl Iterator<Item = char> {
        text.chars().filter(|c| c.is_alphanumeric())
    }
    letters(words).eq(letters(value))
}

fn shown(value: Value, clock: &Clock) -> String {
    let offset = |text: String| if clock.is_utc() { format!("{text} UTC") } else { text };
    match value {
        Value::Words(words) => words.to_owned(),
        Value::At(at) => offset(clock.moment(at)),
        Value::Day(day) => day.to_string(),
        Value::Minutes(length) => minutes(length),
        Value::Stretch(start, end) => offset(clock.stretch(start, end)),
    }
}

/// One fact and one stretch of words it was read from.
#[derive(Serialize)]
struct Record<'a> {
    path: &'a str,
    index: u32,
    pointer: String,
    value: Plain<'a>,
    certainty: Option<&'static str>,
    basis: Option<String>,
    start: Option<u32>,
    end: Option<u32>,
    line: Option<u32>,
}

/// A value as the exported record writes it; a stretch as an ISO 8601 interval.
struct Plain<'a>(Value<'a>);

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        match self.0 {
            Value::Words(words) => to.serialize_str(words),
            Value::At(at) => Moment(at).serialize(to),
            Value::Day(day) => to.collect_str(&day),
            Value::Minutes(minutes) => Minutes(minutes).serialize(to),
            Value::Stretch(start, end) => {
                let end = end.map_or("..".to_owned(), |end| Moment(end).to_string());
                to.collect_str(&format_args!("{}/{end}", Moment(start)))
            }
        }
    }
}

/// The facts of an incident, one record for each stretch of words.
fn records(incident: &Incident) -> Vec<Record<'_>> {
    let (source, mut records) = (&incident.source, Vec::new());
    for fact in facts::of(incident) {
        let record = |cite: Option<&Cite>| Record {
            path: &source.path,
            index: source.index,
            pointer: fact.pointer.clone(),
            value: Plain(fact.value),
            certainty: fact.certainty.map(Certainty::name),
            basis: Some(fact.because()).filter(|basis| !basis.is_empty()),
            start: cite.map(|cite| cite.span.start),
            end: cite.map(|cite| cite.span.end),
            line: cite.map(|cite| cite.line),
        };
        match fact.cites {
            [] => records.push(record(None)),
            cites => records.extend(cites.iter().map(|cite| record(Some(cite)))),
        }
    }
    records
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Origin;

    const MAIL: &str = "\
Subject: Checkout outage on 3 May 2024

Severity: SEV2

Between 14:04 and 14:57 UTC on 3 May 2024 customers could not pay.
Nobody could check out at all, and no order went through while a large part of them also lost what was in their cart.

Root cause: an expired certificate.
";

    fn entries(text: &str) -> (Vec<Arc<Entry>>, Source) {
        let source = Source::decode("mail.txt", text.into());
        let origin = Origin::Memory(text.as_bytes().into());
        let incidents = crate::resolve::read(&source, &Policy::default()).incidents;
        (incidents.into_iter().map(|incident| Arc::new(Entry::new(incident, origin.clone()))).collect(), source)
    }

    fn printed(text: &str, columns: usize, facts_only: bool) -> String {
        let (entries, source) = entries(text);
        let terminal = Terminal { interactive: false, columns: Some(columns), colour: false };
        let mut out = Vec::new();
        super::text(&mut out, &entries, &source, facts_only, Zone::Utc, &terminal).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn marks_every_fact_in_the_text() {
        insta::assert_snapshot!(printed(MAIL, 80, false));
    }

    #[test]
    fn leaves_out_what_says_nothing() {
        let (whole, facts) = (printed(MAIL, 80, false), printed(MAIL, 80, true));
        assert!(whole.contains("\n4 │\n") && !facts.contains("\n4 │\n") && facts.contains("\n…\n5 ┃ "), "{facts}");
    }

    #[test]
    fn fits_and_lets_nothing_steer_the_terminal() {
        let hostile = MAIL
            .replace("customers", "cust\u{1b}[2J\u{202e}omers")
            .replace("SEV2", "SEV2\t\u{9b}31m")
            .replace("an expired", "a事故n\rexpired");
        for columns in [1, 30, 60, 200] {
            let text = printed(&hostile, columns, false);
            assert_eq!(text.lines().flat_map(str::chars).find(|&c| sanitize::is_hostile(c)), None, "{text}");
        }
    }

    #[test]
    fn a_fact_whose_words_are_gone_stands_apart() {
        let (entries, _) = entries(MAIL);
        let (mut out, short) = (Vec::new(), Source::decode("mail.txt", "Subject: x\n".into()));
        let terminal = Terminal { interactive: false, columns: None, colour: false };
        super::text(&mut out, &entries, &short, false, Zone::Utc, &terminal).unwrap();
        let text = String::from_utf8(out).unwrap();
        let (_, apart) = text.split_once("without words").unwrap();
        assert!(apart.contains("impact start 2024-05-03 14:04 UTC"), "{text}");
    }

    #[test]
    fn records_say_where_each_value_stands() {
        let (entries, source) = entries(MAIL);
        let incidents: Vec<_> = entries.iter().map(|entry| entry.incident()).collect();
        let records: Vec<_> = incidents.iter().flat_map(records).collect();
        let start = records.iter().find(|record| record.pointer == "/impact/start").unwrap();
        assert_eq!(serde_json::to_value(&start.value).unwrap(), "2024-05-03T14:04:00Z");
        assert_eq!((start.certainty, start.line), (Some("stated"), Some(5)));
        assert!(source.text()[start.start.unwrap() as usize..start.end.unwrap() as usize].contains("14:04"));
        assert!(records.iter().any(|record| record.pointer == "/impact/duration_minutes" && record.line.is_none()));
    }
}
