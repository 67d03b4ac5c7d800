//! The samples, and reports in many publishers' ways of writing, against labels made by hand from their words (the schema
//! of the corpus).

#![allow(clippy::expect_used, clippy::panic)]

use chrono::{DateTime, Timelike, Utc};
use serde_json::Value;
use sevline::incident::{Certainty, Incident, Precision};
use sevline::library::{self, Input};
use sevline::resolve::Policy;
use std::collections::BTreeSet;

fn incidents(folder: &str) -> Vec<Incident> {
    let library = library::load(&[Input::Path(folder.into())], &Policy::default());
    library.entries.iter().map(|entry| entry.incident()).collect()
}

fn labels(path: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(path).expect("the labels stand beside the test");
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| serde_json::from_str(line).expect("a label is JSON")).collect()
}

fn of<'i>(incidents: &'i [Incident], label: &Value) -> &'i Incident {
    let (file, index) = (label["file"].as_str().unwrap_or_default(), label["index"].as_u64().unwrap_or(0));
    let fits = |incident: &&Incident| incident.source.path == file && u64::from(incident.source.index) == index;
    incidents.iter().find(fits).unwrap_or_else(|| panic!("{file}#{index} is not read"))
}

fn minute(text: &str) -> DateTime<Utc> {
    let full = if text.len() == 17 { text.replace('Z', ":00Z") } else { text.to_owned() };
    whole(full.parse().unwrap_or_else(|_| panic!("{text} is no instant")))
}

fn whole(at: DateTime<Utc>) -> DateTime<Utc> {
    at.with_second(0).unwrap_or(at)
}

fn minutes<'v>(values: impl IntoIterator<Item = &'v Value>) -> BTreeSet<DateTime<Utc>> {
    values.into_iter().filter_map(|value| value.as_str().or(value["at"].as_str())).map(minute).collect()
}

fn list<'v>(label: &'v Value, key: &str) -> &'v [Value] {
    label[key].as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn every_stated_instant_is_read_and_no_other() {
    let read = incidents("assets/samples");
    for label in labels("tests/samples.gold.jsonl") {
        let incident = of(&read, &label);
        let wanted = minutes(list(&label, "instants"));
        let allowed: BTreeSet<_> = ["start", "end"]
            .iter()
            .filter_map(|key| label[*key].as_str())
            .map(minute)
            .chain(minutes(list(&label, "instants_alt")))
            .collect();
        let stated = incident.events.iter().filter(|event| event.certainty == Certainty::Stated && event.precision != Precision::Day);
        let found: BTreeSet<_> = stated.filter_map(|event| event.at).map(whole).collect();
        let missed: Vec<_> = wanted.difference(&found).collect();
        let wrong: Vec<_> = found.iter().filter(|at| !wanted.contains(at) && !allowed.contains(at)).collect();
        assert!(missed.is_empty() && wrong.is_empty(), "{}: missed {missed:?}, wrong {wrong:?}", label["file"]);
    }
}

/// How many of the labels' instants are read below `folder`, and how many wrong ones beside them.
fn counted(folder: &str, path: &str) -> (usize, usize, usize) {
    let read = incidents(folder);
    let (mut wanted_all, mut hit, mut wrong) = (0, 0, 0);
    for label in labels(path) {
        let incident = of(&read, &label);
        let wanted = minutes(list(&label, "instants"));
        let edges = ["start", "end"]
            .iter()
            .flat_map(|key| minutes(list(&label, &format!("{key}_alt"))).into_iter().chain(label[*key].as_str().map(minute)));
        let allowed: BTreeSet<_> = edges.chain(minutes(list(&label, "instants_alt"))).collect();
        // Where no zone is told, what is read is inferred.
        let read = incident.events.iter().filter(|event| event.precision != Precision::Day);
        let found: BTreeSet<_> = read.filter_map(|event| event.at).map(whole).collect();
        wanted_all += wanted.len();
        hit += wanted.intersection(&found).count();
        wrong += found.iter().filter(|at| !wanted.contains(at) && !allowed.contains(at)).count();
    }
    (wanted_all, hit, wrong)
}

#[test]
fn many_ways_of_writing_are_read() {
    let (wanted, hit, wrong) = counted("tests/reports", "tests/reports/gold.jsonl");
    assert!(hit * 100 >= wanted * 98, "{hit} of {wanted}");
    assert!(wrong * 100 <= wanted, "{wrong} wrong beside {wanted}");
}

#[test]
fn windows_begin_and_end_where_the_report_says() {
    let read = incidents("assets/samples");
    for label in labels("tests/samples.gold.jsonl") {
        let incident = of(&read, &label);
        for (key, edge) in [("start", incident.impact.start()), ("end", incident.impact.end())] {
            let accepted: BTreeSet<_> =
                label[key].as_str().map(minute).into_iter().chain(minutes(list(&label, &format!("{key}_alt")))).collect();
            let found = edge.map(|edge| whole(edge.at));
            assert!(
                found.map_or(accepted.is_empty(), |at| accepted.contains(&at)),
                "{} {key}: {found:?}, want {accepted:?}",
                label["file"]
            );
        }
        let wanted = list(&label, "windows").len();
        assert!(wanted < 2 || incident.impact.windows.len() == wanted, "{}: {wanted} windows", label["file"]);
    }
}

#[test]
fn facts_are_those_of_the_labels() {
    let read = incidents("assets/samples");
    for label in labels("tests/samples.gold.jsonl") {
        let incident = of(&read, &label);
        let file = &label["file"];
        let title = incident.title.as_ref().map(|title| title.value.as_str());
        assert!(list(&label, "title").iter().any(|accepted| accepted.as_str() == title), "{file}: {title:?}");
        if let Some(level) = label["severity"].as_str() {
            let severity = incident.severity.as_ref().map(|fact| (fact.value.name(), fact.certainty));
            assert_eq!(severity, Some((level, Certainty::Stated)), "{file}");
        }
        if let Some(count) = label["action_items"].as_u64() {
            assert_eq!(incident.action_items.len() as u64, count, "{file}: action items");
        }
        for aliases in list(&label, "services") {
            let known = |alias: &Value| incident.services.iter().any(|service| Some(service.value.as_str()) == alias.as_str());
            let found = aliases.as_array().is_some_and(|aliases| aliases.iter().any(known));
            // Prose that names a service only in passing is not read yet.
            assert!(found || incident.components.is_empty(), "{file}: {aliases} not among {:?}", incident.services);
        }
    }
}

#[test]
fn every_citation_holds_words_of_its_file() {
    for incident in incidents("assets/samples") {
        let text = std::fs::read_to_string(format!("assets/samples/{}", incident.source.path)).expect("a sample");
        let events = incident.events.iter().flat_map(|event| event.cites.iter().map(|cite| (cite, Some(event.written.as_str()))));
        let facts = [&incident.title, &incident.organization, &incident.root_cause]
            .into_iter()
            .flatten()
            .flat_map(|fact| fact.cites.iter().map(|cite| (cite, None)));
        for (cite, written) in events.chain(facts) {
            let words = text.get(cite.span.range()).unwrap_or_else(|| panic!("{}: {cite:?} is outside", incident.source.path));
            assert!(!words.trim().is_empty());
            let line = text[..cite.span.start as usize].matches('\n').count() + 1;
            assert_eq!(line, cite.line as usize, "{}", incident.source.path);
            if let Some(written) = written.filter(|_| incident.events.len() < 3) {
                assert!(words.contains(written.split(' ').next().unwrap_or_default()), "{}: {words}", incident.source.path);
            }
        }
    }
}

#[test]
fn the_contradiction_is_found() {
    let read = incidents("assets/samples");
    let contradicted: Vec<_> = read
        .iter()
        .filter(|incident| incident.diagnostics.iter().any(|d| d.code.name() == "duration-mismatch"))
        .map(|incident| incident.source.path.as_str())
        .collect();
    assert_eq!(contradicted, ["brindlecast-stale-feeds.md"]);
}
