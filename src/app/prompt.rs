//! The filter line while it is typed: what may be completed, and the filters that were typed before.

use crate::app::step::keep_in_view;
use crate::query::complete::{Candidate, Completion, complete};
use crate::query::field::Field;
use crate::query::{Indexed, Query};
use tui_input::{Input, InputRequest};

/// As many candidates are shown at once.
pub const SHOWN: usize = 8;

/// The filter line while it is typed.
#[derive(Debug)]
pub struct Prompt {
    /// What is typed.
    pub input: Input,
    /// The filter to go back to.
    pub before: Query,
    /// What may stand at the cursor.
    completion: Completion,
    /// Whether that is shown.
    open: bool,
    /// The candidate that stands on the line, and the line without it.
    chosen: Option<(usize, Input)>,
    /// The first candidate on screen.
    scroll: usize,
    /// Which line of the history stands here, counted from its end.
    recalled: usize,
}

impl Prompt {
    /// A prompt with the filter in force, ready for the next part of it.
    pub fn new(query: &Query, rows: &[Indexed]) -> Self {
        let input = Input::new(going_on(query));
        let completion = complete(&query.anew(input.value()), input.value().len(), rows);
        Self { input, before: query.clone(), completion, open: false, chosen: None, scroll: 0, recalled: 0 }
    }

    /// The byte of the line at which the cursor stands.
    pub fn cursor(&self) -> usize {
        let value = self.input.value();
        value.char_indices().nth(self.input.cursor()).map_or(value.len(), |(at, _)| at)
    }

    /// Takes in what was typed.
    pub fn edit(&mut self, requests: impl IntoIterator<Item = InputRequest>, rows: &[Indexed]) {
        for request in requests {
            self.input.handle(request);
        }
        self.recalled = 0;
        self.look(rows);
        // Names are offered as soon as a field is named. Fields are so on request: who types words wants to see the list.
        let range = self.completion.range.clone();
        let typed = self.input.value().get(range).unwrap_or_default();
        let done = matches!(self.completion.candidates.as_slice(), [only] if only.text == typed);
        self.open = self.completion.of_field.is_some() && !done;
    }

    fn look(&mut self, rows: &[Indexed]) {
        self.completion = complete(&self.before.anew(self.input.value()), self.cursor(), rows);
        (self.chosen, self.scroll) = (None, 0);
    }

    /// What may stand at the cursor, as far as it is shown: the first place, the candidates from there on, the chosen one.
    pub fn shown(&self) -> Option<(usize, &[Candidate], Option<usize>)> {
        let candidates = self.completion.candidates.get(self.scroll..).unwrap_or_default();
        let chosen = self.chosen.as_ref().map(|(at, _)| *at);
        (self.open && !candidates.is_empty()).then(|| (self.scroll, candidates.get(..SHOWN).unwrap_or(candidates), chosen))
    }

    /// The field whose values may be completed; none where a field may.
    pub fn field(&self) -> Option<Field> {
        self.completion.of_field
    }

    /// How many candidates there are.
    pub fn candidates(&self) -> usize {
        self.completion.candidates.len()
    }

    /// The byte at which a candidate is put.
    pub fn place(&self) -> usize {
        self.completion.range.start
    }

    /// Puts the next candidate on the line, or the one before; the only one is done with at once. False where there is none.
    pub fn complete(&mut self, by: isize, rows: &[Indexed]) -> bool {
        let count = self.completion.candidates.len();
        let (at, typed) = match self.chosen.take() {
            Some((at, typed)) => (at.wrapping_add_signed(by).min(count), typed),
            None => (if by > 0 { 0 } else { count.saturating_sub(1) }, self.input.clone()),
        };
        // One step beyond either end is what was typed.
        let Some(candidate) = self.completion.candidates.get(at) else {
            self.input = typed;
            return count > 0;
        };
        let (value, range) = (typed.value(), self.completion.range.clone());
        let before = value.get(..range.start).unwrap_or_default();
        let after = value.get(range.end..).unwrap_or_default();
        let cursor = before.chars().count() + candidate.text.chars().count();
        self.input = Input::new(format!("{before}{}{after}", candidate.text)).with_cursor(cursor);
        self.open = true;
        if count == 1 {
            self.edit([], rows);
        } else {
            self.scroll = keep_in_view(self.scroll, at, at, SHOWN, count);
            self.chosen = Some((at, typed));
        }
        true
    }

    /// Takes a chosen candidate back, or closes what was asked for; false where there is nothing to take back.
    pub fn take_back(&mut self) -> bool {
        match self.chosen.take() {
            Some((_, typed)) => self.input = typed,
            None if self.open && self.completion.of_field.is_none() => {}
            None => return false,
        }
        self.open = false;
        true
    }

    /// Whether Up and Down go through the history: nothing is typed that they would take away.
    pub fn recalls(&self) -> bool {
        self.recalled > 0 || self.input.value().is_empty() || self.input.value() == going_on(&self.before)
    }

    /// Goes to an older line of the history, or to a newer one; the newest is the filter that was in force.
    pub fn recall(&mut self, older: bool, history: &[String], rows: &[Indexed]) {
        // What stands here already is no news.
        let others: Vec<&String> = history.iter().filter(|line| *line != self.before.text()).collect();
        self.recalled = if older { (self.recalled + 1).min(others.len()) } else { self.recalled.saturating_sub(1) };
        let line = others.len().checked_sub(self.recalled).and_then(|at| others.get(at));
        self.input = Input::new(line.map_or_else(|| going_on(&self.before), |line| (*line).clone()));
        self.look(rows);
        self.open = false;
    }
}

/// A filter with a blank behind it, so that what is typed next narrows it; one that stops halfway goes on where it stops.
fn going_on(query: &Query) -> String {
    let text = query.text();
    let whole = !text.is_empty() && !text.ends_with(char::is_whitespace);
    let halfway = text.ends_with([':', '=', '<', '>', ',', '-', '!', '(']) || !text.matches('"').count().is_multiple_of(2);
    format!("{text}{}", if whole && !halfway { " " } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn rows() -> Vec<Indexed> {
        fixture::entries().into_iter().map(Indexed::new).collect()
    }

    fn typed(text: &str) -> Prompt {
        let mut prompt = Prompt::new(&Query::default(), &rows());
        prompt.edit(text.chars().map(InputRequest::InsertChar), &rows());
        prompt
    }

    #[test]
    fn candidates_go_round_and_back_to_what_was_typed() {
        let mut prompt = typed("x s");
        let mut seen = Vec::new();
        for _ in 0..6 {
            assert!(prompt.complete(1, &rows()));
            seen.push(prompt.input.value().to_owned());
        }
        assert_eq!(seen, ["x sev:", "x service:", "x status:", "x start:", "x s", "x sev:"]);
        prompt.complete(-1, &rows());
        assert_eq!(prompt.input.value(), "x s");
        prompt.complete(-1, &rows());
        assert_eq!(prompt.input.value(), "x start:");
        assert!(prompt.take_back() && prompt.input.value() == "x s" && !prompt.take_back());
    }

    #[test]
    fn the_only_candidate_is_taken_and_the_next_thing_is_offered() {
        let mut prompt = typed("titl");
        assert!(prompt.shown().is_none());
        assert!(prompt.complete(1, &rows()));
        assert_eq!(prompt.input.value(), "title:");
        let mut prompt = typed("se");
        prompt.edit([InputRequest::InsertChar('v')], &rows());
        prompt.complete(1, &rows());
        assert_eq!(prompt.input.value(), "sev:");
        let (_, candidates, chosen) = prompt.shown().unwrap();
        assert_eq!((candidates.len(), chosen), (6, None));
        assert!(!typed("zzz").complete(1, &rows()));
    }

    #[test]
    fn a_value_that_is_written_out_is_offered_no_more() {
        assert!(typed("sev:hig").shown().is_some());
        assert!(typed("sev:high").shown().is_none());
    }

    #[test]
    fn what_is_typed_next_narrows_the_filter_in_force() {
        for (before, line) in [
            ("", ""),
            ("org:a", "org:a "),
            ("org:a ", "org:a "),
            ("sev:", "sev:"),
            ("x \"rate l", "x \"rate l"),
            ("text:\"rate limit\"", "text:\"rate limit\" "),
            ("x OR", "x OR "),
            ("sevv:x", "sevv:x "),
        ] {
            assert_eq!(Prompt::new(&Query::new(before), &rows()).input.value(), line);
        }
    }

    #[test]
    fn history_is_gone_through_from_an_unchanged_line() {
        let history = ["a", "b", "kept"].map(String::from);
        let mut prompt = Prompt::new(&Query::new("kept"), &rows());
        let mut seen = Vec::new();
        for older in [true, true, true, false, false, false] {
            assert!(prompt.recalls());
            prompt.recall(older, &history, &rows());
            seen.push(prompt.input.value().to_owned());
        }
        assert_eq!(seen, ["b", "a", "a", "b", "kept ", "kept "]);
        prompt.edit([InputRequest::InsertChar('x')], &rows());
        assert!(!prompt.recalls());
    }
}
