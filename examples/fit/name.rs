//! What may be a name in a report, with its features, and which of them its label accepts.

use super::label::Label;
use super::listener::Phrases;
use super::sheet::{Ask, Sheet};
use sevline::incident::Incident;
use sevline::resolve::names::{apart, best};
use sevline::role::Naming;
use sevline::role::weights::{Weights, key};
use std::collections::BTreeSet;

/// The names of an incident and the answers of its label.
pub struct NameBallot {
    /// The features; the last row but one is that of no name at all, and the last has none.
    pub sheet: Sheet,
    heard: Option<Phrases>,
    /// What the form says of who writes and what was hurt.
    formed: (Option<String>, Vec<String>),
    /// The publisher by the label; none where it does not ask.
    publisher: Option<Option<String>>,
    /// The services by the label, each with its other names, and what else may be given; none where it does not ask.
    services: Option<(Vec<Vec<String>>, Vec<String>)>,
}

/// The words of a name, as the scorer compares them.
fn words(name: &str) -> BTreeSet<String> {
    const SMALL: [&str; 10] = ["the", "our", "service", "services", "and", "a", "of", "platform", "system", "systems"];
    let mut outside = String::new();
    let mut rest = name;
    while let Some((before, within)) = rest.split_once('(') {
        outside.push_str(before);
        outside.push(' ');
        rest = within.split_once(')').map_or("", |(_, behind)| behind);
    }
    outside.push_str(rest);
    let all = |text: &str| {
        text.to_lowercase()
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect::<BTreeSet<_>>()
    };
    let named: BTreeSet<String> = all(&outside).into_iter().filter(|word| !SMALL.contains(&word.as_str())).collect();
    if named.is_empty() { all(name) } else { named }
}

fn same(a: &str, b: &str) -> bool {
    words(a) == words(b)
}

fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    !a.is_empty() && !b.is_empty() && (a.is_subset(&b) || b.is_subset(&a))
}

impl NameBallot {
    /// The ballot of `incident`, of which `heard` was heard.
    pub fn new(label: &Label, incident: &Incident, heard: Option<&Phrases>) -> Self {
        let value = |fact: &sevline::incident::Fact<String>| fact.value.clone();
        let formed = (incident.organization.as_ref().map(value), incident.services.iter().map(value).collect());
        let mut ballot = Self {
            sheet: Sheet { name: format!("{} names", label.name()), publisher: label.publisher.clone(), ..Sheet::default() },
            heard: heard.cloned(),
            formed,
            publisher: label.organization(),
            services: label.services(),
        };
        if let Some(heard) = heard {
            ballot.sheet.rows = heard.rows.iter().cloned().chain([Vec::new()]).collect();
            let asks: Vec<Ask> = ballot.ask_publisher(heard).into_iter().chain(ballot.ask_services(heard)).collect();
            ballot.sheet.asks = asks;
        }
        ballot
    }

    fn ask_publisher(&self, heard: &Phrases) -> Option<Ask> {
        let wanted = self.publisher.as_ref().filter(|_| heard.open[0])?;
        let named = |fits: &dyn Fn(&str, &str) -> bool| {
            let right = heard.written.iter().map(|name| wanted.as_ref().is_some_and(|wanted| fits(name, wanted)));
            right.collect::<Vec<bool>>()
        };
        // A name that is longer than the label's is right only where none is as the label has it.
        let mut right = named(&|name, wanted| !words(name).is_empty() && words(name).is_subset(&words(wanted)));
        if !right.contains(&true) {
            right = named(&|name, wanted| alike(name, wanted));
        }
        let none = !right.contains(&true);
        Some(Ask { of: Naming::Organization.name(), rows: right.into_iter().chain([none]).enumerate().collect() })
    }

    fn ask_services<'a>(&'a self, heard: &'a Phrases) -> impl Iterator<Item = Ask> + 'a {
        let asked = self.services.as_ref().filter(|_| heard.open[1]);
        let empty = heard.rows.len();
        asked.into_iter().flat_map(move |(wanted, allowed)| {
            heard.written.iter().enumerate().filter_map(move |(place, name)| {
                let right = wanted.iter().flatten().any(|wanted| same(name, wanted));
                let open = !right && allowed.iter().any(|allowed| same(name, allowed));
                (!open).then(|| Ask { of: Naming::Service.name(), rows: vec![(place, right), (empty, !right)] })
            })
        })
    }

    /// What is right of the publisher and the services, by the rules and by `weights`.
    pub fn tally(&self, weights: &Weights<2>, tally: &mut [Tally; 2]) {
        for (tally, (publisher, services)) in tally.iter_mut().zip(self.given(weights)) {
            match (&self.publisher, publisher) {
                (Some(Some(wanted)), given) => {
                    tally.publishers += 1;
                    tally.found += usize::from(given.as_ref().is_some_and(|given| alike(given, wanted)));
                    tally.wrong += usize::from(given.is_some_and(|given| !alike(&given, wanted)));
                }
                (Some(None), given) => {
                    tally.nobody += 1;
                    tally.added += usize::from(given.is_some());
                }
                (None, _) => {}
            }
            let Some((wanted, allowed)) = self.services.as_ref().filter(|(wanted, _)| !wanted.is_empty()) else { continue };
            tally.services += wanted.len();
            tally.recalled += wanted.iter().filter(|names| names.iter().any(|name| services.iter().any(|given| same(given, name)))).count();
            tally.given += services.len();
            tally.right += services.iter().filter(|given| wanted.iter().flatten().chain(allowed).any(|name| same(given, name))).count();
        }
    }

    /// The publisher and the services, by the rules and by `weights`.
    fn given(&self, weights: &Weights<2>) -> [(Option<String>, Vec<String>); 2] {
        let Some(heard) = &self.heard else { return [self.formed.clone(), self.formed.clone()] };
        let numbers = |features: &[String]| features.iter().filter_map(|name| weights.number(key(name))).collect::<Vec<_>>();
        let mut sums: Vec<[i64; 2]> = heard.rows.iter().map(|row| weights.total(&numbers(row))).collect();
        let none = sums.pop().unwrap_or_default()[1];
        let of = |at: usize| sums.iter().map(|sums| sums[at]).collect::<Vec<i64>>();
        let keys: Vec<&[u64]> = heard.keys.iter().map(Vec::as_slice).collect();
        let name = |place: usize| heard.written[place].clone();
        let chosen = (best(&keys, &of(1), none).map(|chosen| name(chosen.place)), apart(&keys, &of(0)).into_iter().map(name).collect());
        let ruled = (heard.publisher.map(name), heard.services.clone());
        [ruled, chosen].map(|(publisher, services)| {
            (if heard.open[0] { publisher } else { self.formed.0.clone() }, if heard.open[1] { services } else { self.formed.1.clone() })
        })
    }
}

/// What is right of the publishers and the services.
#[derive(Default, Clone, Copy)]
pub struct Tally {
    publishers: usize,
    found: usize,
    wrong: usize,
    nobody: usize,
    added: usize,
    services: usize,
    recalled: usize,
    given: usize,
    right: usize,
}

impl Tally {
    /// The right answers less the wrong ones: of services, and of publishers.
    pub fn worth(&self) -> [i64; 2] {
        let of = |right: usize, wrong: usize| right as i64 - wrong as i64;
        [of(self.recalled, self.given - self.right), of(self.found, self.wrong + self.added)]
    }
}

/// Prints the tallies of the rules and of the weights.
pub fn print(tallies: &[Tally; 2]) {
    let rate = |part: usize, whole: usize| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
    let row = |of: &dyn Fn(&Tally) -> (usize, usize)| {
        let [a, b] = tallies.map(|tally| of(&tally)).map(|(part, whole)| rate(part, whole));
        format!("{a:.3} → {b:.3}")
    };
    println!(
        "organization  {:4}  found {}  right {}  where none is named {}",
        tallies[0].publishers,
        row(&|tally| (tally.found, tally.publishers)),
        row(&|tally| (tally.found, tally.found + tally.wrong + tally.added)),
        row(&|tally| (tally.nobody - tally.added, tally.nobody)),
    );
    println!(
        "service       {:4}  found {}  right {}",
        tallies[0].services,
        row(&|tally| (tally.recalled, tally.services)),
        row(&|tally| (tally.right, tally.given))
    );
}
