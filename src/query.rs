//! Which incidents are shown, in what order, and how many there are of each kind.
//!
//! A filter is one line of text. Menus edit that line as a person would, so that there is one place that says what is
//! hidden, and one thing to save, to recall and to pass to a command.

pub mod column;
pub mod complete;
mod expr;
pub mod facet;
pub mod field;
mod matches;
pub mod order;
mod parse;
pub mod period;
mod row;
mod texts;
pub mod value;

pub use expr::{Expr, Op, Value, quoted_if_needed};
pub use parse::{Mistake, Part};
pub use row::{Index, Indexed, Service};

use chrono::NaiveDate;
use parse::Parsed;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use std::fmt;

/// Fewer rows are looked at faster by one core than by several.
const WORTHWHILE: usize = 2048;

/// A filter: its text and what of it could be read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    text: String,
    parsed: Parsed,
    today: Option<NaiveDate>,
}

impl Query {
    /// Reads a filter. What cannot be read does not filter; see [`Query::mistakes`]. Until it is told which day it is, see
    /// [`Query::on`], that is also what is counted from today.
    pub fn new(text: impl Into<String>) -> Self {
        Self::default().anew(text)
    }

    /// Another filter that is read on the same day.
    pub fn anew(&self, text: impl Into<String>) -> Self {
        let (text, today) = (text.into(), self.today);
        Self { parsed: parse::parse(&text, today), text, today }
    }

    /// The same as it is read on a day, in UTC.
    pub fn on(self, today: Option<NaiveDate>) -> Self {
        if self.today == today { self } else { Self { today, ..Self::default() }.anew(self.text) }
    }

    /// The day it is read on.
    pub fn today(&self) -> Option<NaiveDate> {
        self.today
    }

    /// The text as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// What of the text does not filter, in its order.
    pub fn mistakes(&self) -> &[Mistake] {
        &self.parsed.mistakes
    }

    /// The conditions that must all hold.
    pub fn parts(&self) -> &[Part] {
        &self.parsed.parts
    }

    /// A part as it is written.
    pub fn written(&self, part: &Part) -> String {
        // Beside a mistake a part may lack its second bracket or quote.
        let whole = self.parsed.mistakes.is_empty().then(|| self.text.get(part.span.clone())).flatten();
        let several = matches!(part.expr, Expr::All(_) | Expr::Any(_)) && !self.parsed.alternatives;
        let anew = || if several { format!("({})", part.expr) } else { part.expr.to_string() };
        whole.map_or_else(anew, str::to_owned)
    }

    /// The same with one more condition that must hold, which is a whole clause.
    pub fn and(&self, clause: &str) -> Self {
        let others = self.parts().iter().map(|part| match self.parsed.alternatives {
            true => format!("({})", self.written(part)),
            false => self.written(part),
        });
        self.anew(others.chain([clause.to_owned()]).collect::<Vec<_>>().join(" "))
    }

    /// The same without one of its parts.
    pub fn without(&self, at: usize) -> Self {
        let others = self.parts().iter().enumerate().filter(|(other, _)| *other != at);
        self.anew(others.map(|(_, part)| self.written(part)).collect::<Vec<_>>().join(" "))
    }

    /// Whether all that `self` lets through passes `wider` as well, so that only what is shown must be looked at again.
    pub fn narrows(&self, wider: &Query) -> bool {
        let implies = |own: &Expr, other: &Expr| match (own, other) {
            (Expr::Words(own), Expr::Words(other)) => own.lower.contains(&other.lower),
            (own, other) => own == other,
        };
        wider.parts().iter().all(|other| self.parts().iter().any(|own| implies(&own.expr, &other.expr)))
    }

    /// The words of every `text:`, for which sources have to be read.
    pub fn source_words(&self) -> Vec<String> {
        let mut found = Vec::new();
        self.parts().iter().for_each(|part| part.expr.source_words(&mut found));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether a row passes.
    pub fn matches(&self, row: &Indexed) -> bool {
        self.parts().iter().all(|part| part.expr.holds(row))
    }

    /// Whether it depends on what is marked.
    pub fn asks_for_marks(&self) -> bool {
        self.parts().iter().any(|part| part.expr.asks_for_marks())
    }

    /// Whether it asks for what is doubtful, which is counted and compared only then.
    pub fn asks_for_doubtful(&self) -> bool {
        self.parts().iter().any(|part| part.expr.asks_for_doubtful(false))
    }

    /// Which of the places `among` in `rows` pass, in the same order.
    pub fn passing(&self, rows: &[Indexed], among: &[usize]) -> Vec<usize> {
        let passes = |place: &&usize| rows.get(**place).is_some_and(|row| self.matches(row));
        match self.parts() {
            [] => among.to_vec(),
            // Not worth waking the workers for.
            _ if among.len() < WORTHWHILE => among.iter().filter(passes).copied().collect(),
            // In another order than theirs rows are far apart in memory, and going there takes longer than looking.
            _ if among.len() > rows.len() / 4 => {
                let passed: Vec<bool> = rows.par_iter().with_min_len(WORTHWHILE / 2).map(|row| self.matches(row)).collect();
                among.iter().copied().filter(|&place| passed.get(place) == Some(&true)).collect()
            }
            _ => among.par_iter().with_min_len(WORTHWHILE / 2).filter(passes).copied().collect(),
        }
    }

    /// Where none of `rows` passes, what each part hides that all others let through: the part as it is written and how many
    /// rows pass without it, the most helpful first. Parts that are not alone to blame are left out.
    pub fn relaxed(&self, rows: &[Indexed]) -> Vec<(String, usize)> {
        if let [only] = self.parts()
            && !rows.is_empty()
        {
            return vec![(self.written(only), rows.len())];
        }
        let only_failed = |row: &Indexed| {
            let mut failed = self.parts().iter().enumerate().filter(|(_, part)| !part.expr.holds(row)).map(|(at, _)| at);
            failed.next().filter(|_| failed.next().is_none())
        };
        let mut counts = vec![0; self.parts().len()];
        let alone: Vec<usize> = rows.par_iter().with_min_len(WORTHWHILE / 2).filter_map(only_failed).collect();
        for at in alone {
            if let Some(count) = counts.get_mut(at) {
                *count += 1;
            }
        }
        let mut found: Vec<_> =
            self.parts().iter().zip(counts).filter(|(_, count)| *count > 0).map(|(part, n)| (self.written(part), n)).collect();
        found.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        found
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text.trim())
    }
}

#[cfg(test)]
mod tests;
