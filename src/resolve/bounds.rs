//! Between which moments a clock lies: nothing ends before it begins.

use super::dates::WHEN;
use super::days::Clock;
use super::mention::{InRange, Mention};
use crate::extract::lexicon::Topic;
use crate::incident::{EventKind, Instant};

/// The start and the end of the incident, as far as they are written with their day.
#[derive(Debug, Default)]
pub(super) struct Bounds {
    /// The labelled start.
    start: Option<Instant>,
    /// The labelled end.
    end: Option<Instant>,
    /// The end, where it alone of all is written with its day, and whether that is written without a clock.
    only: Option<(Instant, bool)>,
    /// The place among the mentions of the first clock of the text without a day.
    first: Option<usize>,
}

impl Bounds {
    /// The bounds that `mentions` give, `clocks` being those of them that may lack a day.
    pub(super) fn of(mentions: &[Mention], clocks: &[Clock]) -> Self {
        let labelled = |topics: &[Topic]| {
            let mut own = mentions.iter().filter(|mention| mention.field && mention.topic.is_some_and(|topic| topics.contains(&topic)));
            own.find(|mention| mention.dated)?.point.at
        };
        let told = || {
            let of_incident = |mention: &&Mention| !mention.field || mention.topic.is_some_and(|topic| WHEN.contains(&topic));
            mentions.iter().filter(|mention| mention.dated && mention.counts).filter(of_incident)
        };
        let only =
            told().map(latest).max().flatten().filter(|_| told().all(|mention| is_end(mention) && mention.in_range == InRange::Alone));
        let mut open = clocks.iter().filter(|clock| !clock.days.is_empty()).map(|clock| clock.mention);
        let first = open.find(|place| mentions.get(*place).is_some_and(|mention| !is_end(mention)));
        Self { start: labelled(&STARTS), end: labelled(&ENDS), only, first }
    }

    /// Since and until when the moment of `mention` may be.
    pub(super) fn around(&self, mention: &Mention, clock: &Clock) -> (Option<Instant>, Option<Instant>) {
        let labelled = |topics: &[Topic]| mention.field && mention.topic.is_some_and(|topic| topics.contains(&topic));
        let begins = Some(clock.mention) == self.first;
        let since = self.start.filter(|_| labelled(&ENDS));
        let until = self
            .end
            .filter(|_| labelled(&STARTS))
            .or(self.only.filter(|(_, bare)| begins || *bare && is_end(mention)).map(|(until, _)| until));
        (since, until)
    }
}

const STARTS: [Topic; 1] = [Topic::Start];
const ENDS: [Topic; 2] = [Topic::End, Topic::Resolved];

/// Whether a mention tells how it ended.
fn is_end(mention: &Mention) -> bool {
    let label = mention.field && mention.topic.is_some_and(|topic| ENDS.contains(&topic));
    label || matches!(mention.kind, EventKind::Recovered | EventKind::Resolved)
}

/// The last instant that a mention may be of: the end of its day where it has no clock, and whether it has none.
fn latest(mention: &Mention) -> Option<(Instant, bool)> {
    let day = || Some(mention.point.date?.succ_opt()?.and_hms_opt(0, 0, 0)?.and_utc());
    mention.point.at.map(|at| (at, false)).or_else(|| Some((day()?, true)))
}
