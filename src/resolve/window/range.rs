//! Windows that ranges tell: "from 10:02 to 10:47 cards were refused".

use super::{Evidence, WINDOWS};
use crate::basis::Rule;
use crate::extract::lexicon::{Cue, Topic};
use crate::extract::time::Lead;
use crate::extract::words::{Words, list};
use crate::incident::{EventKind, Instant, Window, minutes_between};
use crate::resolve::mention::{InRange, Mention};

/// The score of a range that is clearly about what customers felt.
pub(super) const SURE: i32 = 60;
/// The score of one that probably is.
const LIKELY: i32 = 45;

impl Evidence<'_, '_> {
    /// Ranges that are about what customers felt. The best one decides where to look; others beside it that do not
    /// overlap are further windows.
    pub(super) fn by_ranges(&self) -> Option<Vec<Window>> {
        let scored = self.ranges().map(|(start, end)| (self.range_score(start), start, end));
        let mut ranges: Vec<(i32, &Mention, &Mention)> = scored.filter(|(score, ..)| *score > 0).collect();
        // A story that goes on to tell of recoveries puts weaker ranges aside: they were of something else.
        let last = ranges.iter().filter_map(|(.., end)| end.point.at).max();
        let recovers = |mention: &Mention| mention.point.at > last && !mention.field && mention.kind == EventKind::Recovered;
        if self.counted().filter(|mention| recovers(mention)).count() >= 2 {
            ranges.retain(|(score, start, _)| *score >= SURE || start.field);
        }
        let &(best, first, last) = ranges.iter().max_by_key(|(score, start, _)| (*score, std::cmp::Reverse(start.span.start)))?;
        // A range nearly as clear that holds the best one is of the whole, the other of a part.
        let holds = |(score, start, end): &&(i32, &Mention, &Mention)| {
            *score >= LIKELY && start.point.at <= first.point.at && end.point.at >= last.point.at && start.update == first.update
        };
        let longest = |(_, start, end): &&(i32, &Mention, &Mention)| end.point.at.zip(start.point.at).map(|(end, start)| end - start);
        let &(best, first, _) = ranges.iter().filter(holds).max_by_key(longest).unwrap_or(&(best, first, last));
        let mut windows: Vec<(Instant, Instant, Window)> = Vec::new();
        let beside = |start: &Mention| start.update == first.update && start.field == first.field;
        // "From 10:07 to 10:26 …", "From 11:42 to 12:03 …": paragraphs that each begin with their range.
        let leads = |start: &Mention| start.before.len() <= 8 && !start.entry && start.impact;
        ranges.sort_by_key(|(score, start, _)| (!std::ptr::eq(*start, first), std::cmp::Reverse(*score), start.span.start));
        for (score, start, end) in ranges {
            if windows.len() >= WINDOWS {
                break;
            }
            let Some((from, to)) = start.point.at.zip(end.point.at) else { continue };
            let apart = windows.iter().all(|(a, b, _)| to < *a || from > *b);
            // One paragraph may tell of a bad week.
            let reach = if start.passage == first.passage { 240 } else { 48 };
            let close = windows.iter().all(|(a, b, _)| (*a - to).num_hours().max((from - *b).num_hours()) < reach);
            let rule = match (self.maintenance, windows.is_empty()) {
                (true, _) => Rule::RangeOfWork,
                (false, true) => Rule::Range,
                (false, false) => Rule::FurtherRange,
            };
            if windows.is_empty() && std::ptr::eq(start, first)
                || (apart
                    && close
                    && beside(start)
                    && score >= if start.passage == first.passage || (leads(start) && leads(first)) { 30 } else { SURE.min(best) })
            {
                windows.push((from, to, self.window(start, end, rule)));
            }
        }
        let mut windows: Vec<Window> = windows.into_iter().map(|(.., window)| window).collect();
        self.persist(&mut windows, first);
        if best < SURE
            && let Some(whole) = self.around(&windows, first)
        {
            windows.insert(0, whole);
        }
        Some(windows)
    }

    /// "Cards were refused from 17:35 … closed at 22:55. Callers could not be identified between 18:00 and 19:30": the story
    /// of the whole, where it is told before a range that is of a part.
    fn around(&self, windows: &[Window], first: &Mention) -> Option<Window> {
        let [Window { start: Some(from), end: Some(to), .. }] = windows else { return None };
        if first.field || first.entry || first.update.is_some() || !self.posted.is_empty() {
            return None;
        }
        let whole = self.by_events()?.pop()?;
        let (start, end) = (whole.start.as_ref()?, whole.end.as_ref()?);
        let encloses = minutes_between(start.at, from.at) >= 5.0 && minutes_between(to.at, end.at) >= 5.0;
        let told_before = start.cites.first().is_some_and(|cite| self.source.start_of(cite) < first.span.start);
        (encloses && told_before && (end.at - start.at).num_hours() < 48).then_some(whole)
    }

    /// "The impact persisted until 2:10": an end of the whole, later than the range that was found.
    fn persist(&self, windows: &mut [Window], first: &Mention) {
        let [window] = windows else { return };
        let until = self.counted().find(|mention| {
            let before = mention.text.as_str().get(mention.before.clone()).unwrap_or_default();
            let whole = list(Words::OutageNouns).is_in(before);
            mention.update == first.update && mention.in_range == InRange::Alone && whole && before.trim_end().ends_with("until")
        });
        if let Some(edge) = until.and_then(|mention| self.edge(mention, Rule::LastedUntil))
            && window.end.as_ref().is_some_and(|end| end.at < edge.at && (edge.at - end.at).num_hours() < 24)
        {
            window.end = Some(edge);
        }
    }

    /// How clearly a range is about what customers felt; 0 where it is not.
    pub(in crate::resolve) fn range_score(&self, start: &Mention) -> i32 {
        if start.field {
            return match start.topic {
                Some(Topic::Window) => 100,
                Some(Topic::Duration | Topic::Impact) => 95,
                Some(Topic::Date) => 60,
                _ => 0,
            };
        }
        if self.maintenance {
            return if start.update.is_some() || start.topic == Some(Topic::Window) { 50 } else { 20 };
        }
        let said = |cue: &Cue| match cue {
            Cue::StrongImpact => 25,
            Cue::Impact => 8,
            Cue::NoImpact => -40,
            _ => 0,
        };
        let mut score = start.cues.iter().map(|(cue, _)| said(cue)).sum::<i32>().min(50);
        score += match start.topic {
            Some(Topic::Summary | Topic::Impact) => 20,
            Some(Topic::Window | Topic::Duration) => 40,
            Some(Topic::Timeline) => -10,
            Some(Topic::Resolution | Topic::Detection) => -20,
            _ => 5,
        };
        if let InRange::Start(Lead::Between | Lead::From) = start.in_range {
            score += 15;
        }
        if start.entry {
            score -= 15;
        }
        // "08:40 - 09:26. The clock had drifted …": a sentence of nothing but when.
        let text = start.text.as_str();
        let lone = |part: Option<&str>| part.is_none_or(|part| !part.contains(char::is_alphanumeric));
        if !start.entry && text.len() <= 60 && lone(text.get(start.before.clone())) && lone(text.get(start.after.clone())) {
            score += 30;
        }
        if let Some(update) = start.update {
            score += if self.is_last_word(update) { 20 } else { -5 };
        }
        if score >= 20 { score } else { 0 }
    }
}
