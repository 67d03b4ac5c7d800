//! A report's own words, with those that facts were read from, and from each place the facts read there.

use crate::app::find::{self, Find};
use crate::app::show::{self, Clock};
use crate::app::step::{Step, keep_in_view};
use crate::app::text;
use crate::facts::{self, Known, Value};
use crate::incident::Certainty;
use crate::library::{Entry, Problem};
use crate::source::{Cite, Source, Span};
use std::sync::Arc;

/// Words of the report and what was read from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The words.
    pub cite: Cite,
    /// What was read from them, each in a line.
    pub facts: Vec<String>,
}

/// A row on screen: a part of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The 1-based line, on its first row.
    pub line: Option<u32>,
    /// The bytes.
    pub span: Span,
}

/// What is known of the text.
#[derive(Debug)]
pub enum Text {
    /// It is being read.
    Reading,
    /// It cannot be read any more.
    Gone(Problem),
    /// Here it is, in rows of the screen's width.
    Open {
        /// The text.
        source: Box<Source>,
        /// Its rows.
        rows: Vec<Row>,
    },
}

/// The words of a report.
#[derive(Debug)]
pub struct Reader {
    /// Whose words they are.
    pub entry: Arc<Entry>,
    /// The text.
    pub text: Text,
    /// Words that facts were read from, in text order.
    pub places: Vec<Place>,
    /// The words looked at; none where the cursor is on a row from which nothing was read.
    pub current: Option<usize>,
    /// The row with the cursor.
    pub row: usize,
    /// The first row on screen.
    pub scroll: usize,
    /// Where what is looked for stands, in order.
    pub matches: Vec<Span>,
    width: u16,
    /// The incident after its file was read again, until the text is, too.
    renewed: Option<Renewed>,
}

/// What a source is to show next.
#[derive(Debug)]
struct Renewed {
    entry: Arc<Entry>,
    places: Vec<Place>,
    /// Whether its text was asked for.
    asked: bool,
}

/// How many of so many lines tell what was read from the words looked at.
pub fn told_rows(height: usize) -> usize {
    match height {
        0..4 => 0,
        4..12 => 1,
        12..24 => 2,
        _ => 4,
    }
}

/// How many of so many lines are left for the text, below which stands a rule and what was read.
pub fn text_rows(height: usize) -> usize {
    let told = told_rows(height);
    height - told - usize::from(told > 1)
}

impl Reader {
    /// The words of every fact, beginning at the first of those `wanted`, else at the first of all.
    pub fn new(entry: Arc<Entry>, clock: &Clock, wanted: &[Cite]) -> Self {
        let places = places(&entry, clock, wanted);
        let current = wanted.first().map_or(0, |&first| places.iter().position(|place| place.cite == first).unwrap_or(0));
        let current = (!places.is_empty()).then_some(current);
        Self { entry, text: Text::Reading, places, current, row: 0, scroll: 0, matches: Vec::new(), width: 0, renewed: None }
    }

    /// Shows what was read of the incident from its file as it is now, as soon as the text is read as well.
    pub fn renew(&mut self, entry: Arc<Entry>, clock: &Clock) {
        let places = places(&entry, clock, &[]);
        self.renewed = Some(Renewed { entry, places, asked: false });
    }

    /// The incident whose text is to be read, once.
    pub fn ask(&mut self) -> Option<Arc<Entry>> {
        let renewed = self.renewed.as_mut().filter(|renewed| !renewed.asked)?;
        renewed.asked = true;
        Some(renewed.entry.clone())
    }

    /// Whether the text of that incident is to come.
    pub fn waits_for(&self, entry: &Arc<Entry>) -> bool {
        match &self.renewed {
            Some(renewed) => Arc::ptr_eq(&renewed.entry, entry),
            None => Arc::ptr_eq(&self.entry, entry) && matches!(self.text, Text::Reading),
        }
    }

    /// The words looked at.
    pub fn place(&self) -> Option<&Place> {
        self.places.get(self.current?)
    }

    /// What was read from the words looked at, then from those that share some of them.
    pub fn told(&self) -> Vec<&str> {
        let Some(place) = self.place() else { return Vec::new() };
        let others = self.places.iter().filter(|other| other.cite != place.cite && other.cite.span.overlaps(place.cite.span));
        let mut told: Vec<&str> = Vec::new();
        for fact in place.facts.iter().chain(others.flat_map(|other| &other.facts)) {
            if !told.contains(&fact.as_str()) {
                told.push(fact);
            }
        }
        told
    }

    /// Takes in the text, or why there is none.
    pub fn read(&mut self, read: Result<Source, Problem>, width: u16, height: usize) {
        self.width = width;
        let (line, above) = (self.line(), self.row.saturating_sub(self.scroll));
        self.text = match read {
            Ok(source) => Text::Open { rows: rows(&source, width), source: Box::new(source) },
            Err(problem) => Text::Gone(problem),
        };
        match (self.renewed.take(), line) {
            (None, _) => self.show_place(height),
            (Some(Renewed { entry, places, .. }), line) => {
                (self.entry, self.places, self.matches) = (entry, places, Vec::new());
                if let Some(line) = line {
                    // The eye is on this line, wherever on the screen it was.
                    let row = self.row_of_line(line);
                    self.scroll = row.saturating_sub(above);
                    self.go(row, height);
                } else {
                    self.current = (!self.places.is_empty()).then_some(0);
                    self.show_place(height);
                }
            }
        }
    }

    /// The line the cursor is on, from 1; none without a text.
    pub fn line(&self) -> Option<u32> {
        let Text::Open { rows, .. } = &self.text else { return None };
        rows.iter().take(self.row + 1).rev().find_map(|row| row.line)
    }

    /// The first row of a line, or the last row where there are not so many lines any more.
    fn row_of_line(&self, line: u32) -> usize {
        let Text::Open { rows, .. } = &self.text else { return 0 };
        rows.iter().position(|row| row.line == Some(line)).unwrap_or(rows.len().saturating_sub(1))
    }

    /// Lays the text out anew for another screen.
    pub fn resize(&mut self, width: u16, height: usize) {
        if let Text::Open { source, rows: laid_out } = &mut self.text
            && self.width != width
        {
            let here = laid_out.get(self.row).map_or(0, |row| row.span.start);
            *laid_out = rows(source, width);
            self.width = width;
            let row = self.row_of(here);
            self.row = row;
            self.scroll = keep_in_view(self.scroll, row, row, height, self.row_count());
        }
    }

    /// Which words or which match of how many is looked at.
    pub fn note(&self) -> String {
        if let Some(told) = find::place(self.match_number(), self.matches.len()) {
            return told;
        }
        self.current.map(|at| format!("words {} of {}", at + 1, self.places.len())).unwrap_or_default()
    }

    /// Moves the cursor.
    pub fn step(&mut self, step: Step, height: usize) {
        self.go(step.from(self.row, self.row_count()), height);
    }

    /// Goes to the next or the previous words that a fact was read from, around the ends.
    pub fn next(&mut self, forward: bool, height: usize) {
        let Some(last) = self.places.len().checked_sub(1) else { return };
        let here = self.row_span().map_or(0, |span| span.start);
        let before = self.places.partition_point(|place| place.cite.span.start < here);
        self.current = Some(match (self.current, forward) {
            (Some(current), true) => {
                if current == last {
                    0
                } else {
                    current + 1
                }
            }
            (Some(current), false) => current.checked_sub(1).unwrap_or(last),
            (None, true) => {
                if before > last {
                    0
                } else {
                    before
                }
            }
            (None, false) => before.checked_sub(1).unwrap_or(last),
        });
        self.show_place(height);
    }

    /// Looks for words.
    pub fn find(&mut self, find: &Find, height: usize) {
        self.find_again(find);
        // The match on the cursor's row is not left behind while it is typed.
        self.row = self.row.saturating_sub(1);
        if !self.matches.is_empty() {
            self.next_match(true, height);
        }
    }

    /// Looks for the same words in another text; the cursor stays.
    pub fn find_again(&mut self, find: &Find) {
        let Text::Open { source, .. } = &self.text else { return };
        self.matches = find.matches(source.text()).into_iter().map(Span::new).collect();
    }

    /// Goes to the row of the next or the previous match, around the ends; tells whether there is any.
    pub fn next_match(&mut self, forward: bool, height: usize) -> bool {
        let Some(here) = self.row_span() else { return false };
        let found = if forward {
            self.matches.iter().find(|found| found.start >= here.end.max(here.start + 1)).or(self.matches.first())
        } else {
            self.matches.iter().rev().find(|found| found.start < here.start).or(self.matches.last())
        };
        let Some(found) = found.copied() else { return false };
        self.go(self.row_of(found.start), height);
        true
    }

    /// The match on the cursor's row, counted from 1.
    pub fn match_number(&self) -> Option<usize> {
        let here = self.row_span()?;
        self.matches.iter().position(|found| found.overlaps(here)).map(|at| at + 1)
    }

    /// The match on the cursor's row.
    pub fn current_match(&self) -> Option<Span> {
        self.matches.get(self.match_number()?.checked_sub(1)?).copied()
    }

    /// Puts the cursor on a row.
    pub fn go(&mut self, row: usize, height: usize) {
        self.row = row;
        self.current = self.row_span().and_then(|span| self.places.iter().position(|place| place.cite.span.overlaps(span)));
        self.scroll = keep_in_view(self.scroll, row, row, height, self.row_count());
    }

    fn row_span(&self) -> Option<Span> {
        if let Text::Open { rows, .. } = &self.text { rows.get(self.row).map(|row| row.span) } else { None }
    }

    fn row_of(&self, byte: u32) -> usize {
        let Text::Open { rows, .. } = &self.text else { return 0 };
        rows.partition_point(|row| row.span.start <= byte).saturating_sub(1)
    }

    /// How many rows there are.
    pub fn row_count(&self) -> usize {
        if let Text::Open { rows, .. } = &self.text { rows.len() } else { 0 }
    }

    /// Brings the words looked at into the upper third, where the eye begins and what follows is in view.
    fn show_place(&mut self, height: usize) {
        let Some(span) = self.place().map(|place| place.cite.span) else { return };
        let at = self.row_of(span.start);
        let last = self.row_of(span.end.saturating_sub(1)).max(at);
        self.row = at;
        let visible = self.scroll..self.scroll + height;
        if !visible.contains(&at) || !visible.contains(&last) {
            self.scroll = at.saturating_sub(height / 3);
        }
        self.scroll = keep_in_view(self.scroll, at, last, height, self.row_count());
    }
}

/// The words of every fact, and those `wanted`, in text order.
fn places(entry: &Entry, clock: &Clock, wanted: &[Cite]) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let incident = entry.incident();
    for fact in facts::of(&incident) {
        // What holds of the only window is said of the impact already.
        if incident.impact.windows.len() == 1 && fact.pointer.starts_with("/impact/windows/0/") {
            continue;
        }
        let line = line(&fact, clock);
        places.extend(fact.cites.iter().map(|&cite| Place { cite, facts: vec![line.clone()] }));
    }
    // Words that no fact claims can be shown all the same.
    places.extend(wanted.iter().map(|&cite| Place { cite, facts: Vec::new() }));
    places.sort_by_key(|place| place.cite);
    places.dedup_by(|next, kept| {
        next.cite == kept.cite && {
            kept.facts.append(&mut next.facts);
            true
        }
    });
    places
}

/// A fact in one line: what it is, its value, whether the report writes it, and by which rule it was read.
fn line(fact: &Known, clock: &Clock) -> String {
    let value = match fact.value {
        Value::Words(words) => words.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::At(at) => clock.exact(at),
        Value::Day(day) => day.to_string(),
        Value::Minutes(minutes) => show::minutes(minutes),
        Value::Stretch(start, Some(end)) => format!("{} → {}", clock.stamp(start), clock.time_after(end, start)),
        Value::Stretch(start, None) => format!("{} → no end known", clock.stamp(start)),
    };
    let about = show::marks(fact.certainty.unwrap_or(Certainty::Stated), fact.approximate);
    let because = fact.because();
    let next = fact.next_best().map(|(next, at)| format!("next {}", clock.time_after(next, at))).unwrap_or_default();
    // The line may have no room for all; what else it may be matters more than why it is not.
    let more = [fact.certainty.map_or("", Certainty::name), &next, &because].into_iter().filter(|more| !more.is_empty());
    let more: String = more.map(|more| format!(" · {more}")).collect();
    format!("{}: {about}{value}{more}", fact.name)
}

/// The digits that line numbers take, with the gap after them.
pub fn gutter(lines: usize) -> u16 {
    u16::try_from(lines.max(1).ilog10()).unwrap_or(0) + 2
}

fn rows(source: &Source, width: u16) -> Vec<Row> {
    let room = usize::from(width.saturating_sub(gutter(source.line_count())));
    let mut rows = Vec::new();
    for number in 1..=u32::try_from(source.line_count()).unwrap_or(u32::MAX) {
        let line = source.line_span(number);
        let start = line.start as usize;
        for (at, part) in text::wrap(source.slice(line), room).into_iter().enumerate() {
            rows.push(Row { line: (at == 0).then_some(number), span: Span::new(start + part.start..start + part.end) });
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::show::Zone;
    use crate::fixture;
    use crate::library;

    fn reader(height: usize) -> Reader {
        let entries = fixture::entries();
        let entry = entries.first().unwrap();
        let cause = entry.incident().root_cause.unwrap();
        let mut reader = Reader::new(entry.clone(), &Clock::new(Zone::Utc, fixture::local), &cause.cites);
        reader.read(library::source_of(entry), 40, height);
        reader
    }

    fn shown(reader: &Reader, height: usize) -> String {
        let Text::Open { source, rows } = &reader.text else { return String::new() };
        rows.iter().skip(reader.scroll).take(height).map(|row| source.slice(row.span)).collect()
    }

    #[test]
    fn opens_at_the_words_and_goes_through_all_of_them() {
        let mut reader = reader(6);
        assert!(reader.told().first().unwrap().starts_with("root cause: The nightly import"));
        assert!(shown(&reader, 6).contains("nightly import"));
        for forward in [true, false] {
            let begin = reader.current;
            for _ in 0..reader.places.len() {
                reader.next(forward, 6);
                let Text::Open { rows, .. } = &reader.text else { unreachable!() };
                let cite = reader.place().unwrap().cite;
                let visible = &rows[reader.scroll..(reader.scroll + 6).min(rows.len())];
                assert!(visible.iter().any(|row| row.span.overlaps(cite.span)), "{:?}", reader.place());
            }
            assert_eq!(reader.current, begin);
        }
    }

    #[test]
    fn every_byte_of_every_line_is_on_some_row() {
        let reader = reader(6);
        let Text::Open { source, rows } = &reader.text else { unreachable!() };
        let shown: String = rows.iter().map(|row| source.slice(row.span)).collect();
        assert_eq!(shown, source.text().replace('\n', ""));
        assert_eq!(rows.iter().filter(|row| row.line.is_some()).count(), source.line_count());
    }

    #[test]
    fn a_report_that_is_gone_says_so() {
        let mut reader = reader(6);
        reader.read(Err(Problem { path: "report.txt".into(), message: "there is no such file".into() }), 40, 6);
        reader.next(true, 6);
        reader.step(Step::Bottom, 6);
        reader.find(&Find::new("x"), 6);
        assert!(!reader.next_match(true, 6));
        assert_eq!((reader.row_count(), reader.scroll), (0, 0));
    }

    #[test]
    fn a_row_tells_what_was_read_from_it() {
        let mut reader = reader(6);
        reader.step(Step::Top, 6);
        assert_eq!(
            reader.told(),
            [
                "severity: ~high · inferred · words of the title",
                "title: Partial outage of the booking service leaves calendars empty · stated · title of the form"
            ]
        );
        reader.step(Step::By(2), 6);
        assert_eq!((reader.told().len(), reader.current), (0, None));
        reader.next(false, 6);
        assert_eq!(reader.told().len(), 2);
        let mut seen = 0;
        for row in 0..reader.row_count() {
            reader.go(row, 6);
            seen += reader.told().len();
        }
        assert!(seen > 15, "{seen}");
    }

    #[test]
    fn goes_from_match_to_match_around_the_ends() {
        let mut reader = reader(6);
        reader.step(Step::Top, 6);
        reader.find(&Find::new("POSTED"), 6);
        assert_eq!(reader.matches.len(), 4);
        let mut rows = vec![reader.row];
        for _ in 0..4 {
            assert!(reader.next_match(true, 6));
            rows.push(reader.row);
        }
        assert!(rows[..4].is_sorted() && rows[4] == rows[0], "{rows:?}");
        assert_eq!(reader.match_number(), Some(1));
        assert!(reader.next_match(false, 6));
        assert_eq!(reader.row, rows[3]);
    }
}
