//! Ranges that one verb holds together: "failed from 9:10 to 9:30 and again from 11:00 to 11:05". Each is a window of its own.

use super::{Evidence, InRange, WINDOWS};
use crate::basis::Rule;
use crate::extract::words::{Words, list};
use crate::incident::{Certainty, Impact, Window};
use crate::resolve::mention::Mention;

/// So many words may stand between two ranges of a series.
const BETWEEN: usize = 5;

impl Evidence<'_, '_> {
    /// Parts the only window into the ranges of the series that it begins with, where it ends with one of them, or nobody says that it
    /// ended elsewhere.
    pub fn by_series(&self, impact: &mut Impact) {
        let [window] = impact.windows.as_slice() else { return };
        let Some((start, end)) = window.start.as_ref().zip(window.end.as_ref()) else { return };
        let begins = self.mentions.iter().zip(0..).filter(|(mention, _)| mention.counts && mention.point.at == Some(start.at));
        let series = begins.map(|(_, at)| self.series(at)).find(|series| {
            let ends = end.certainty == Certainty::Inferred || series.iter().any(|(_, to)| to.point.at == Some(end.at));
            let apart = series.windows(2).all(|pair| matches!(pair, [(_, to), (from, _)] if to.point.at < from.point.at));
            series.len() >= 2 && ends && apart
        });
        let Some(series) = series else { return };
        let mut windows: Vec<Window> = series.into_iter().map(|(from, to)| self.window(from, to, Rule::FurtherRange)).collect();
        if let Some(first) = windows.first_mut() {
            first.start = Some(start.clone());
        }
        impact.windows = windows;
    }

    /// The ranges of the series whose first one begins with the mention at `at`.
    fn series(&self, mut at: usize) -> Vec<(&Mention<'_>, &Mention<'_>)> {
        let mut series: Vec<(&Mention, &Mention)> = Vec::new();
        while let Some([from, to]) = self.mentions.get(at..at + 2) {
            let range = matches!(from.in_range, InRange::Start(_)) && from.point.at < to.point.at;
            if !range || series.last().is_some_and(|(_, last)| !self.joined(last, from)) || series.len() == WINDOWS {
                break;
            }
            series.push((from, to));
            at += 2;
        }
        series
    }

    /// Whether nothing but "and again from" and its like stands between the end of a range and the start of the next.
    fn joined(&self, last: &Mention, next: &Mention) -> bool {
        let between = self.source.text().get(last.span.range().end..next.span.range().start).unwrap_or(".");
        let words =
            |text: &'_ str| text.split_whitespace().map(|word| word.trim_matches([',', '(', ')', '-', '•', '*']).to_owned()).collect();
        let small = |word: &String| word.is_empty() || list(Words::FunctionWords).holds(word) || list(Words::ClosedWords).holds(word);
        // "And once more", "and a second time"
        let again = list(Words::Again).first(between).unwrap_or_default();
        let parts: [Vec<String>; 2] = [between.get(..again.start), between.get(again.end..)].map(|part| words(part.unwrap_or(".")));
        let few = parts.iter().map(Vec::len).sum::<usize>() <= BETWEEN;
        last.passage == next.passage && few && parts.iter().flatten().all(small)
    }
}

#[cfg(test)]
mod tests {
    use super::super::labelled::tests::windows;

    #[test]
    fn a_series_of_ranges() {
        for (told, want) in [
            ("calls did not connect from 13:05 to 13:32 UTC and from 13:58 to 14:16 UTC", &["13:05 13:32", "13:58 14:16"][..]),
            (
                "uploads failed between 10:00 and 10:40, again between 12:00 and 12:10 and from 13:00 to 13:05 UTC",
                &["10:00 10:40", "12:00 12:10", "13:00 13:05"],
            ),
            ("mail was late between 10:00 and 10:40 UTC, and a second time from 12:00 to 12:10 UTC", &["10:00 10:40", "12:00 12:10"]),
            (
                "from 10:00 until 10:40, and once more from 12:00 until 12:10 (both UTC), nobody could log in",
                &["10:00 10:40", "12:00 12:10"],
            ),
        ] {
            let found = windows(&format!("Outage\n\nOn 4 May 2024 {told}.\n"));
            let found: Vec<&str> = found.iter().filter_map(|window| window.get(..11)).collect();
            assert_eq!(found, want, "{told}");
        }
        for other in ["and Ada looked at it from 11:00 to 11:30 UTC", "and another engineer from 11:00 to 11:30 UTC"] {
            let other = format!("Outage\n\nOn 4 May 2024 uploads failed from 10:00 to 10:40 UTC, {other}.\n");
            assert_eq!(windows(&other).len(), 1, "{other}");
        }
    }
}
