//! The source screen: a report's own words, with those that facts were read from.

use crate::app::step::Step;
use crate::app::text;
use crate::app::{facts::Item, step::keep_in_view};
use crate::library::{Entry, Problem};
use crate::source::{Cite, Source, Span};
use std::sync::Arc;

/// Words of the report and what was read from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// What was read.
    pub label: String,
    /// The words.
    pub cite: Cite,
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

/// The source screen.
#[derive(Debug)]
pub struct Reader {
    /// Whose words they are.
    pub entry: Arc<Entry>,
    /// The text.
    pub text: Text,
    /// Words that facts were read from, in text order.
    pub places: Vec<Place>,
    /// The words looked at.
    pub current: usize,
    /// The first row on screen.
    pub scroll: usize,
    width: u16,
}

impl Reader {
    /// The words of all `items`, beginning at the first of the item `chosen`.
    pub fn new(entry: Arc<Entry>, items: &[Item], chosen: usize) -> Self {
        let mut places = Vec::new();
        for item in items {
            let label = [item.group, item.label, first_words(&item.value)].into_iter().find(|text| !text.is_empty()).unwrap_or_default();
            let label = if item.group.is_empty() || item.label.is_empty() { label.to_owned() } else { item.label.to_owned() };
            // The extent of the whole report is no evidence for any part of it.
            let evidence = item.cites.iter().filter(|_| item.label != "file");
            places.extend(evidence.map(|&cite| Place { label: label.clone(), cite }));
        }
        let wanted = items.get(chosen).and_then(|item| item.cites.first()).copied();
        places.sort_by_key(|place| place.cite);
        places.dedup_by_key(|place| place.cite);
        let current = places.iter().position(|place| Some(place.cite) == wanted).unwrap_or(0);
        Self { entry, text: Text::Reading, places, current, scroll: 0, width: 0 }
    }

    /// The words looked at.
    pub fn place(&self) -> Option<&Place> {
        self.places.get(self.current)
    }

    /// Takes in the text, or why there is none.
    pub fn read(&mut self, read: Result<Source, Problem>, width: u16, height: usize) {
        self.width = width;
        self.text = match read {
            Ok(source) => Text::Open { rows: rows(&source, width), source: Box::new(source) },
            Err(problem) => Text::Gone(problem),
        };
        self.show_place(height);
    }

    /// Lays the text out anew for another screen.
    pub fn resize(&mut self, width: u16, height: usize) {
        if let Text::Open { source, rows: laid_out } = &mut self.text
            && self.width != width
        {
            *laid_out = rows(source, width);
            self.width = width;
            self.show_place(height);
        }
    }

    /// Scrolls.
    pub fn step(&mut self, step: Step, height: usize) {
        self.scroll = step.from(self.scroll, (self.row_count() + 1).saturating_sub(height));
    }

    /// Goes to the next or the previous words, around the ends.
    pub fn next(&mut self, forward: bool, height: usize) {
        let count = self.places.len().max(1);
        self.current = if forward { self.current + 1 } else { self.current + count - 1 } % count;
        self.show_place(height);
    }

    /// How many rows there are.
    pub fn row_count(&self) -> usize {
        if let Text::Open { rows, .. } = &self.text { rows.len() } else { 0 }
    }

    /// Brings the words looked at into the upper third, where the eye begins and what follows is in view.
    fn show_place(&mut self, height: usize) {
        let (Text::Open { rows, .. }, Some(place)) = (&self.text, self.places.get(self.current)) else { return };
        let at = rows.partition_point(|row| row.span.start <= place.cite.span.start).saturating_sub(1);
        let last = rows.partition_point(|row| row.span.start < place.cite.span.end).saturating_sub(1).max(at);
        let visible = self.scroll..self.scroll + height;
        if !visible.contains(&at) || !visible.contains(&last) {
            self.scroll = at.saturating_sub(height / 3);
        }
        self.scroll = keep_in_view(self.scroll, at, last, height, rows.len());
    }
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

fn first_words(text: &str) -> &str {
    text.char_indices().nth(24).map_or(text, |(at, _)| text.get(..at).unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::facts;
    use crate::app::show::{Clock, Zone};
    use crate::fixture;
    use crate::library;

    fn reader(height: usize) -> Reader {
        let entries = fixture::entries();
        let entry = entries.first().unwrap();
        let items = facts::items(&entry.incident, &Clock::new(Zone::Utc, fixture::local));
        let cause = items.iter().position(|item| item.label == "cause").unwrap();
        let mut reader = Reader::new(entry.clone(), &items, cause);
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
        assert_eq!(reader.place().unwrap().label, "cause");
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
        assert_eq!((reader.row_count(), reader.scroll), (0, 0));
    }
}
