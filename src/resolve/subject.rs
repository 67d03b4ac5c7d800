//! What was affected, where nothing lists it: the names in the title and in the sentence about customers.

use super::event::collapse;
use super::naming::{Read, split_list};
use crate::document::{Report, Text};
use crate::extract::lexicon::{self, Topic};
use crate::incident::Fact;
use crate::source::Source;

/// The services named by the title ("Incident with A and B", "A and B - Region", "A service disruption") or by the
/// customers who use them ("customers using A or B may have …").
pub fn services(source: &Source, report: &Report, passages: Read) -> Vec<Fact<String>> {
    let mut names: Vec<Fact<String>> = Vec::new();
    let mut add = |text: &Text| {
        let name = collapse(text.as_str().trim_matches(|c: char| matches!(c, ',' | '.' | ' ' | '"')));
        let known = |known: &Fact<String>| core(&known.value) == core(&name);
        if !name.is_empty() && name.len() <= 60 && is_name(&name) && !names.iter().any(known) {
            names.push(Fact::inferred(name, vec![source.cite(text.whole())]));
        }
    };
    for (passage, _) in passages.iter().filter(|(passage, _)| matches!(passage.topic, None | Some(Topic::Summary | Topic::Impact))) {
        for listed in used_by_customers(&passage.text).iter().chain(&enumerated(&passage.text)) {
            split_names(listed).iter().for_each(&mut add);
        }
    }
    if let Some(title) = title_text(report, passages) {
        split_names(&in_title(&title)).iter().for_each(&mut add);
    }
    names
}

/// A name without a bracketed short form and without case, to tell doubles.
fn core(name: &str) -> String {
    let bare = name.split(" (").next().unwrap_or(name);
    bare.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
}

fn title_text<'a>(report: &Report<'a>, passages: Read<'_, 'a>) -> Option<Text<'a>> {
    let field = || passages.iter().find(|(passage, _)| passage.topic == Some(Topic::Title)).map(|(passage, _)| passage.text.clone());
    let first = || report.blocks.first().map(|block| block.text.clone());
    report.title.clone().or_else(field).or_else(first).filter(|text| text.as_str().len() <= 200 && !text.as_str().contains('\n'))
}

/// A title's subject: what stands behind "with", "for" or "affecting", else what stands in front of the trouble.
fn in_title<'a>(title: &Text<'a>) -> Text<'a> {
    const BEHIND: [&str; 16] = [
        "incident with ",
        "incidents with ",
        "issue with ",
        "issues with ",
        "problems with ",
        "problem with ",
        "performance for ",
        "availability for ",
        "degradation of ",
        "impacting ",
        "affecting ",
        "outage of ",
        "maintenance for ",
        "maintenance of ",
        "maintenance on ",
        "upgrade of ",
    ];
    let whole = title.as_str();
    let lower = whole.to_ascii_lowercase();
    let start = BEHIND.iter().filter_map(|mark| lower.find(mark).map(|at| at + mark.len())).min();
    let subject = match start {
        Some(start) => title.part(start..whole.len()),
        None => {
            let start = [
                "rca - ",
                "rca – ",
                "rca: ",
                "[rca] ",
                "post-mortem of ",
                "postmortem of ",
                "postmortem: ",
                "post-mortem: ",
                "[post-mortem] ",
            ]
            .iter()
            .find_map(|mark| lower.starts_with(mark).then_some(mark.len()))
            .unwrap_or(0);
            // "Root cause report: Gateway unreachable": what stands behind the colon is the subject.
            let colon = whole.get(start..).and_then(|rest| rest.find(": ")).filter(|at| *at <= 40).map_or(0, |at| at + 2);
            title.part(start + colon..whole.len())
        }
    };
    let whole = subject.as_str();
    let stop = [" - ", " – ", " — ", "- ", ": ", " | "].iter().filter_map(|mark| whole.find(mark)).min().unwrap_or(whole.len());
    let head = subject.part(0..stop).trimmed();
    if start.is_some() { head } else { before_trouble(&head) }
}

/// "Checkout service disruption due to upgrade" is about "Checkout": the names in front of the first plain word.
fn before_trouble<'a>(head: &Text<'a>) -> Text<'a> {
    const TROUBLE: [&str; 14] = [
        "service",
        "services",
        "outage",
        "disruption",
        "degradation",
        "incident",
        "issue",
        "maintenance",
        "latency",
        "errors",
        "failures",
        "unavailability",
        "related",
        "connectivity",
    ];
    const VAGUE: [&str; 16] = [
        "unhealthy",
        "slow",
        "high",
        "increased",
        "partial",
        "intermittent",
        "major",
        "minor",
        "brief",
        "short",
        "elevated",
        "delayed",
        "missing",
        "malformed",
        "unavailability",
        "degraded",
    ];
    let mut at = 0;
    for word in head.as_str().split_inclusive(' ') {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let named = bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || matches!(bare, "and" | "of" | "&" | "")
            || word.starts_with('(');
        let lower = bare.to_lowercase();
        if !named || (at > 0 && TROUBLE.contains(&lower.as_str())) || (at == 0 && VAGUE.contains(&lower.as_str())) {
            break;
        }
        at += word.len();
    }
    head.part(0..at).trimmed()
}

/// "customers using A, B or C in REGION may have …": the names.
fn used_by_customers<'a>(text: &Text<'a>) -> Vec<Text<'a>> {
    const USERS: [&str; 5] = ["customers using ", "users of ", "customers leveraging ", "customers of ", "users using "];
    const STOPS: [&str; 14] = [
        " in ",
        " may ",
        " might ",
        " could ",
        " would ",
        " experienced",
        " were ",
        " was ",
        " to ",
        " saw ",
        " had ",
        " who ",
        " hosted ",
        ". ",
    ];
    let whole = text.as_str();
    let mut found = Vec::new();
    for mark in USERS {
        for (at, _) in whole.match_indices(mark) {
            let start = at + mark.len();
            let rest = whole.get(start..).unwrap_or_default();
            let stop = STOPS.iter().filter_map(|stop| rest.find(stop)).min().unwrap_or(rest.len());
            if stop <= 160 {
                found.push(text.part(start..start + stop));
            }
        }
    }
    found
}

/// "impacted services include A, B and C", "our services, including A, B": the list up to the sentence's end.
fn enumerated<'a>(text: &Text<'a>) -> Vec<Text<'a>> {
    const LEADS: [&str; 16] = [
        "impacted services include ",
        "affected services include ",
        "affected services included ",
        "impacted services included ",
        "services impacted include ",
        "services affected include ",
        "services, including ",
        "services including ",
        "seen impact are ",
        "services affected were ",
        "affected services were ",
        "products affected include ",
        "services such as ",
        "components like ",
        "services like ",
        "services, such as ",
    ];
    const STOPS: [&str; 7] = [". ", " may have ", " and may ", " were ", " who ", " which ", " with "];
    let whole = text.as_str();
    let mut found = Vec::new();
    for lead in LEADS {
        for (at, _) in whole.match_indices(lead) {
            let start = at + lead.len();
            let rest = whole.get(start..).unwrap_or_default();
            let stop = STOPS.iter().filter_map(|stop| rest.find(stop)).min().unwrap_or(rest.len());
            if stop <= 600 {
                found.push(text.part(start..start + stop));
            }
        }
    }
    found
}

/// The names of a list, "or" parting them too.
fn split_names<'a>(text: &Text<'a>) -> Vec<Text<'a>> {
    let mut names = Vec::new();
    for part in split_list(text) {
        let whole = part.as_str();
        match whole.find(" or ") {
            Some(at) => {
                names.push(part.part(0..at).trimmed());
                names.push(part.part(at + 4..whole.len()).trimmed());
            }
            None => {
                let skip = if whole.starts_with("or ") { 3 } else { 0 };
                names.push(part.part(skip..whole.len()).trimmed());
            }
        }
    }
    names
}

/// Names start with a capital or hold one or a digit; "the affected requests" names nothing.
fn is_name(name: &str) -> bool {
    let words = name.split_whitespace().count();
    const LINKS: [&str; 6] = ["of", "for", "and", "the", "to", "in"];
    let name = name.split(" (http").next().unwrap_or(name);
    let named = |word: &str| {
        word.contains(|c: char| c.is_uppercase() || c.is_ascii_digit()) || LINKS.contains(&word) || !word.contains(char::is_alphabetic)
    };
    let first = name.split_whitespace().next().unwrap_or_default();
    let vague = ["we", "our", "an", "a", "the", "all", "multiple", "several", "some", "update"].contains(&first.to_lowercase().as_str());
    name.split_whitespace().all(named) && !vague && words <= 5 && (words > 1 || lexicon::topic(name).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_title(title: &str) -> Vec<String> {
        split_names(&in_title(&Text::slice_of(title, 0..title.len()))).iter().map(|t| t.as_str().to_owned()).collect()
    }

    #[test]
    fn titles_name_what_broke() {
        assert_eq!(of_title("Incident with Search, Uploads and Git Hosting"), ["Search", "Uploads", "Git Hosting"]);
        assert_eq!(of_title("RCA - Archive and Print Servers - North"), ["Archive", "Print Servers"]);
        assert_eq!(of_title("Ledger service disruption due to upgrade"), ["Ledger"]);
        assert_eq!(of_title("Order Platform - slow in the north"), ["Order Platform"]);
    }

    #[test]
    fn customers_name_what_they_use() {
        let text = "A subset of customers using Queues, Mail (v2) or Search in the north may have seen errors.";
        let names: Vec<_> =
            used_by_customers(&Text::slice_of(text, 0..text.len())).iter().flat_map(split_names).map(|t| t.as_str().to_owned()).collect();
        assert_eq!(names, ["Queues", "Mail (v2)", "Search"]);
    }
}
