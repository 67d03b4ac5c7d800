//! Two outages of one incident that together are as long as the report says: "down for three hours in all".

use super::{Evidence, InRange, Window};
use crate::basis::{Basis, Rule};
use crate::extract::passage::Passage;
use crate::extract::words::{Words, list};
use crate::incident::{EventKind, Fact, Instant, minutes_between};
use crate::resolve::mention::{Mention, is_planning};

/// So many bytes around a length may say that it is a sum.
const NEAR: usize = 200;
/// So many moments of a story are looked at, each with each.
const MOMENTS: usize = 200;
/// So many moments at each end of the story are tried as its start and as its end.
const TRIED: usize = 6;
/// How clearly the story must begin and end, of 12, and how clearly it must pause and go on.
const SURE_ENDS: i32 = 10;
const SURE_PAUSE: i32 = 7;
/// Windows with a shorter gap between them, in minutes, are one.
const GAP: f64 = 5.0;

impl Evidence<'_, '_> {
    /// Two windows that together are as long as the report says the whole was down, and that length. The sum is what shows
    /// that the first recovery and the second start are those of an outage each.
    pub(super) fn by_total(&self, stated: Option<&Fact<f64>>) -> Option<(Vec<Window>, Fact<f64>)> {
        if self.maintenance {
            return None;
        }
        let mut totals = self.totals();
        totals.extend(stated.filter(|stated| stated.value >= 2.0 * GAP).cloned());
        if totals.is_empty() {
            return None;
        }
        let told: Vec<(&Mention, Instant)> = self
            .counted()
            .filter(|mention| !mention.field)
            .filter_map(|mention| Some((mention, mention.point.at?)))
            .take(MOMENTS)
            .collect();
        let mut opens: Vec<_> = told.iter().copied().filter(|(mention, _)| weight_of_start(mention) > 0).collect();
        let mut closes: Vec<_> = told.iter().copied().filter(|(mention, _)| weight_of_end(mention) > 0).collect();
        opens.sort_by_key(|(_, at)| *at);
        closes.sort_by_key(|(_, at)| *at);
        let (first, last) = (opens.get(..TRIED).unwrap_or(&opens), closes.get(closes.len().saturating_sub(TRIED)..).unwrap_or(&closes));
        let mut best: Option<(i32, [&Mention; 4], &Fact<f64>)> = None;
        for total in &totals {
            for ((start, from), (end, to)) in first.iter().flat_map(|start| last.iter().map(move |end| (start, end))) {
                let gap = minutes_between(*from, *to) - total.value;
                if gap < GAP || weight_of_start(start) + weight_of_end(end) < SURE_ENDS {
                    continue;
                }
                for (pause, paused) in closes.iter().filter(|(_, at)| at > from && at < to) {
                    let resumed = opens.iter().find(|(_, at)| (minutes_between(*paused, *at) - gap).abs() <= 1.0 && at < to);
                    let Some((resume, _)) = resumed else { continue };
                    let sure = weight_of_end(pause) + weight_of_start(resume);
                    let score = sure + weight_of_start(start) + weight_of_end(end);
                    if sure >= SURE_PAUSE && best.as_ref().is_none_or(|(most, ..)| score > *most) {
                        best = Some((score, [*start, *pause, *resume, *end], total));
                    }
                }
            }
        }
        let (_, [start, pause, resume, end], total) = best?;
        Some((vec![self.window_by(start, pause, Rule::Total), self.window_by(resume, end, Rule::Total)], total.clone()))
    }

    /// The lengths that the report says are sums.
    fn totals(&self) -> Vec<Fact<f64>> {
        let mut totals = Vec::new();
        let may = |passage: &Passage| passage.label.is_some() || passage.may_hold(Words::InAll) || passage.may_hold(Words::SumOf);
        for (passage, _) in self.passages.iter().filter(|(passage, _)| !is_planning(passage.topic) && may(passage)) {
            let text = passage.text.as_str();
            for length in passage.lengths() {
                let sentence = passage.sentence_at(length.range.start);
                let near = length.range.start.saturating_sub(NEAR)..length.range.end.saturating_add(NEAR).min(text.len());
                let near = sentence.map_or(near.clone(), |sentence| sentence.start.max(near.start)..sentence.end.min(near.end));
                let words = text.get(text.ceil_char_boundary(near.start)..text.floor_char_boundary(near.end)).unwrap_or_default();
                let said = passage.label.iter().map(|label| label.as_str()).chain([words]);
                let summed = said.into_iter().any(|said| [Words::InAll, Words::SumOf].iter().any(|words| list(*words).is_in(said)));
                if summed && length.minutes >= 2.0 * GAP {
                    let cites = self.source.cite(passage.text.span(length.range.clone()));
                    totals.push(Fact::stated(length.minutes, cites, Basis::Ruled(Rule::LengthInAll)));
                }
                if totals.len() == TRIED {
                    return totals;
                }
            }
        }
        totals
    }
}

/// How well a moment begins an outage.
fn weight_of_start(mention: &Mention) -> i32 {
    match (mention.in_range, mention.kind) {
        (InRange::Start(_), _) if mention.impact => 6,
        (InRange::End, _) => 0,
        (_, EventKind::Onset) => 6,
        (_, EventKind::Detected) => 3,
        (_, EventKind::Other) => 1,
        _ => 0,
    }
}

/// How well a moment ends one.
fn weight_of_end(mention: &Mention) -> i32 {
    match (mention.in_range, mention.kind) {
        (InRange::End, _) if mention.impact => 6,
        (InRange::Start(_), _) => 0,
        (_, EventKind::Recovered) => 6,
        (_, EventKind::Mitigated) => 4,
        (_, EventKind::Resolved) => 3,
        (_, EventKind::Other) => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use crate::resolve::{self, Policy};
    use crate::source::Source;

    fn told(text: &str) -> (Vec<String>, Option<f64>) {
        let source = Source::decode("report.md", text.as_bytes().to_vec());
        let reading = resolve::read(&source, &Policy::default());
        let impact = &reading.incidents.first().expect("one incident").impact;
        let clock = |edge: &Option<crate::incident::Edge>| edge.as_ref().map_or("?".into(), |edge| edge.at.format("%H:%M").to_string());
        let windows = impact.windows.iter().map(|window| format!("{} {}", clock(&window.start), clock(&window.end))).collect();
        (windows, impact.stated_minutes.as_ref().map(|length| length.value))
    }

    #[test]
    fn two_outages_add_up_to_what_is_told() {
        let story = "# Portal outage\n\nOn 9 December 2022 the portal stopped loading at 07:14 UTC. We were paged at 07:26. By 09:41 it was loading again.\n\n\
            Then it came back. From 12:05 until 12:38 the portal was down again. We closed the incident at 15:00.\n\n## Root cause\n\nA lock.\n\n";
        let impact = "The portal was unusable for three hours in all.\n";
        assert_eq!(told(&format!("{story}{impact}")), (vec!["07:14 09:41".into(), "12:05 12:38".into()], Some(180.0)));
        let once = story.replace(" again", "");
        let (windows, _) = told(&format!("{once}The job ran for two hours in all.\n"));
        assert_eq!(windows.len(), 1, "a sum that does not fit shows nothing");
        let lookups = "# Name lookups failed\n\nOn 4 March 2024, for 43 minutes between 08:00 and 09:03 UTC, lookups failed. They failed from 08:00 to \
            08:12 UTC and, after a restart, lookups failed again from 08:32 to 09:03 UTC.\n";
        assert_eq!(told(lookups), (vec!["08:00 08:12".into(), "08:32 09:03".into()], Some(43.0)), "no word for a sum");
    }
}
