//! Which names of a report are those of what was hurt, and which is that of who writes.
//!
//! What the form says is taken first. Else every phrase that may be a name is a candidate, and the weights of what speaks for
//! it decide: for a service whether it is one, for the publisher which is the best, or none. What the rules found is one of the signs.

mod candidate;
mod clause;
mod feature;
mod key;
mod line;
mod link;
mod list;
mod others;
mod phrase;
mod place;
mod region;

use super::naming::Read;
use super::roles::Chosen;
use crate::basis::{Basis, Weighed};
use crate::document::{Report, Text};
use crate::incident::{Certainty, Fact};
use crate::role::weights::Model;
use crate::source::Source;
use candidate::Gathered;
use line::Lines;
use link::Links;

/// The least margins of a service and of a publisher that are beyond doubt, in hundredths: of those on publishers left out, 19 in 20 were
/// right.
const CLEAR_SERVICE: i64 = 300;
const CLEAR_PUBLISHER: i64 = 450;
/// By how much the publisher has to be better than none: a wrong one is worse than one that is missing.
const RESERVE: i64 = 75;
/// By how much it is far better than every other.
const APART: i64 = 200;
/// By how much it has to be better than none, where it is far better than every other.
const LEAST: i64 = 40;
/// How likely a service has to be, given that something is hurt: of those on publishers left out, three in four are found and four in
/// five right.
const LIKELY: f64 = 0.38;
/// How much the chance counts that no name is a service: nearly every incident hurts something.
const NONE: f64 = 0.8;
/// What has less than this sum, in hundredths, is none.
const HOPELESS: i64 = -400;
/// No incident hurts more than so many services by name.
const MOST: usize = 60;

/// What may be a name in a report, and what the rules say of it.
#[derive(Debug, Default)]
pub struct Names<'a> {
    gathered: Gathered<'a>,
    links: Links,
    lines: Lines,
    /// The publisher by the rules: its place, and the rule.
    ruled: Option<(usize, String)>,
    /// Whether the form does not tell the publisher, and not the services.
    pub open: [bool; 2],
    /// The services by the rules, by their keys, each with the rule.
    services: Vec<(Vec<u64>, String)>,
    ruled_services: Vec<String>,
    /// Whether "we" write.
    first_person: bool,
    /// The names that the text gives as another's, by their keys.
    others: Vec<Vec<u64>>,
    /// How often the name stands in the text that is told most.
    most: usize,
}

impl<'a> Names<'a> {
    /// Gathers them from the title and the text.
    pub(super) fn new(source: &'a Source, report: &Report<'a>, title: Option<Text<'a>>, passages: Read<'_, 'a>) -> Self {
        let extent = report.extent.range();
        let text = source.text().get(extent.clone()).unwrap_or_default();
        let links = Links::new(text);
        let mut gathered = candidate::gather(region::regions(title, report, passages), &links);
        for at in &links.written {
            let written = Text::slice_of(source.text(), extent.start + at.start..extent.start + at.end);
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
            let own = letters(written.as_str());
            if gathered.names.iter().all(|name| letters(name.text.as_str()) != own) {
                gathered.push(written);
            }
        }
        let most = gathered.names.iter().map(|name| name.count).max().unwrap_or(0);
        let first_person = passages.iter().take(40).any(|(passage, _)| super::publisher::speaks_of_us(passage.text.as_str()));
        let others = others::others(text).into_iter().map(key::key).collect();
        let lines = Lines::new(&gathered.regions, &gathered.names);
        Self { gathered, lines, links, first_person, most, others, ..Self::default() }
    }

    /// Whether the text gives a name as that of a supplier, or of whom it is written to.
    pub(super) fn is_other(&self, name: &str) -> bool {
        let key = key::key(name);
        self.others.iter().any(|other| other.starts_with(&key) || key.ends_with(other))
    }

    /// Tells what the rules have as the publisher, which is a candidate wherever it stands.
    pub(super) fn rule_publisher(&mut self, source: &'a Source, ruled: Option<&Fact<String>>) {
        let Some(fact) = ruled else { return };
        let place = self.gathered.place_of(fact).or_else(|| self.gathered.add(source, fact));
        self.ruled = place.map(|place| (place, fact.basis.to_string()));
    }

    /// Tells what the rules have as services.
    pub(super) fn rule_services(&mut self, ruled: &[Fact<String>]) {
        self.ruled_services = ruled.iter().map(|fact| fact.value.clone()).collect();
        self.services = ruled.iter().map(|fact| (key::key(&fact.value), fact.basis.to_string())).collect();
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.gathered.names.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.gathered.names.is_empty()
    }

    /// The name at `place` as it is written.
    pub fn written(&self, place: usize) -> String {
        self.gathered.names.get(place).map(candidate::Name::written).unwrap_or_default()
    }

    /// The words of each, folded.
    pub fn keys(&self) -> Vec<&[u64]> {
        self.gathered.names.iter().map(|name| name.key.as_slice()).collect()
    }

    /// The publisher by the rules: its place.
    pub fn ruled(&self) -> Option<usize> {
        self.ruled.as_ref().map(|(place, _)| *place)
    }

    /// The services by the rules.
    pub fn ruled_services(&self) -> Vec<String> {
        self.ruled_services.clone()
    }

    /// The publisher that was chosen, with its words.
    pub(super) fn publisher(&self, source: &Source, chosen: &Named) -> Option<Fact<String>> {
        let publisher = self.fact(source, chosen.publisher.as_ref()?, CLEAR_PUBLISHER)?;
        (!self.is_other(&publisher.value)).then_some(publisher)
    }

    /// The services that were chosen, with their words.
    pub(super) fn services(&self, source: &Source, chosen: &Named) -> Vec<Fact<String>> {
        chosen.services.iter().filter_map(|chosen| self.fact(source, chosen, CLEAR_SERVICE)).collect()
    }

    fn fact(&self, source: &Source, chosen: &Chosen, clear: i64) -> Option<Fact<String>> {
        let name = self.gathered.names.get(chosen.place)?;
        let weighed = Weighed {
            of: u16::try_from(self.len()).unwrap_or(u16::MAX),
            because: chosen.because,
            margin: u16::try_from(chosen.margin).unwrap_or(u16::MAX),
        };
        let cites = vec![source.cite(name.text.whole())];
        let certainty = if chosen.margin >= clear { Certainty::Stated } else { Certainty::Inferred };
        Some(Fact { value: name.written(), certainty, basis: Basis::Weighed(weighed), cites })
    }
}

/// What was chosen among the names.
#[derive(Debug, Default)]
pub struct Named {
    /// The name of who writes.
    pub publisher: Option<Chosen>,
    /// Those of what was hurt.
    pub services: Vec<Chosen>,
}

impl Model {
    /// The names of what was hurt and of who writes.
    pub(super) fn name(&self, names: &Names) -> Named {
        let weights = &self.names;
        let described = weights.described(names.len(), |place, sink| names.describe(place, sink));
        let sums = described.sums();
        let [of_service, of_publisher] = [0, 1].map(|at| sums.iter().filter_map(|sums| sums.get(at).copied()).collect::<Vec<i64>>());
        let none = weights.described(1, |_, sink| names.describe_none(sink)).sums().pop().map_or(0, |[_, none]| none);
        let of_service = list::shared(&names.gathered, &of_service);
        let margin = |place: usize| of_service.get(place).copied().unwrap_or(0);
        let service = |place: usize| Chosen { place, next: None, margin: margin(place), because: described.best(0, place) };
        let keys = names.keys();
        Named {
            publisher: best(&keys, &of_publisher, none).map(|chosen| Chosen { because: described.best(1, chosen.place), ..chosen }),
            services: apart(&keys, &of_service).into_iter().map(service).collect(),
        }
    }
}

/// The best of `sums` that is better than `none`. Names with words of one another are one: what speaks for each speaks for it.
pub fn best(keys: &[&[u64]], sums: &[i64], none: i64) -> Option<Chosen> {
    let (place, top) = sums.iter().enumerate().rev().max_by_key(|(_, sum)| **sum)?;
    let key = keys.get(place)?;
    let (like, others): (Vec<_>, Vec<_>) =
        sums.iter().zip(keys).enumerate().filter(|(other, _)| *other != place).partition(|(_, (_, other))| candidate::is_part(key, other));
    let mut like: Vec<i64> = like.into_iter().map(|(_, (sum, _))| *sum).collect();
    like.sort_unstable_by_key(|sum| std::cmp::Reverse(*sum));
    let sum = like.into_iter().fold(*top, either);
    let next = others.into_iter().map(|(other, (sum, _))| (other, *sum)).max_by_key(|(_, sum)| *sum);
    let second = next.map_or(none, |(_, sum)| none.max(sum));
    let apart = sum > none + LEAST && next.is_none_or(|(_, next)| sum > next + APART);
    (apart || sum > none + RESERVE).then_some(Chosen {
        place,
        next: next.filter(|(_, sum)| *sum > none).map(|(other, _)| other),
        margin: sum - second,
        because: [u16::MAX; 3],
    })
}

/// How much speaks for one or the other of two, of which the first has more: their odds added up, in hundredths of a natural logarithm.
fn either(more: i64, less: i64) -> i64 {
    const BY_HALVES: [i64; 9] = [69, 47, 31, 20, 13, 8, 5, 3, 2];
    more + usize::try_from((more - less) / 50).ok().and_then(|apart| BY_HALVES.get(apart)).copied().unwrap_or(0)
}

/// The services by their `sums`: those likely enough where one of all is hurt, none of which has all words of another. In the order of the
/// names.
pub fn apart(keys: &[&[u64]], sums: &[i64]) -> Vec<usize> {
    let mut order: Vec<(i64, usize)> =
        sums.iter().zip(0..).filter(|(sum, _)| **sum > HOPELESS).map(|(sum, place)| (-*sum, place)).collect();
    order.sort_unstable();
    let mut none = NONE;
    let mut apart: Vec<(usize, f64)> = Vec::new();
    for (against, place) in order {
        let Some(key) = keys.get(place) else { continue };
        let known = |(other, _): &(usize, f64)| keys.get(*other).is_some_and(|other| candidate::is_part(key, other));
        if !apart.iter().any(known) {
            let unlikely = (against as f64 / 100.0).exp();
            none *= unlikely / (1.0 + unlikely);
            apart.push((place, 1.0 / (1.0 + unlikely)));
        }
    }
    let likely = apart.iter().filter(|(_, likely)| *likely > LIKELY * (1.0 - none)).take(MOST);
    let mut chosen: Vec<usize> = likely.map(|(place, _)| *place).collect();
    chosen.sort_unstable();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_is_as_likely_as_the_others_leave_it() {
        let keys: [&[u64]; 3] = [&[1], &[2, 3], &[2]];
        for (sums, want) in [
            (&[-120][..], &[0][..]),
            (&[-120, 300], &[1]),
            (&[250, 300], &[0, 1]),
            (&[-350, -380], &[]),
            (&[-500, 200, 190], &[1]),
            (&[], &[]),
        ] {
            assert_eq!(apart(&keys, sums), want, "{sums:?}");
        }
    }
}
