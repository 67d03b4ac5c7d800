//! What was affected, where nothing lists it: the names in the title and in the sentence about customers.

use super::event::collapse;
use super::naming::{Read, split_list};
use crate::document::{Report, Text};
use crate::extract::lexicon::{self, Cue, Topic, Words};
use crate::extract::passage::{Form, Passage};
use crate::extract::prose;
use crate::extract::time::times;
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
    // A table of products and what each of them felt.
    for (passage, _) in passages.iter().filter(|(passage, _)| passage.form == Form::Row && names_products(passage)) {
        passage.cells.iter().take(1).for_each(&mut add);
    }
    let told = || {
        passages
            .iter()
            .filter(|(passage, _)| matches!(passage.topic, None | Some(Topic::Summary | Topic::Impact)) && passage.form != Form::Field)
    };
    for (passage, _) in told() {
        for listed in used_by_customers(&passage.text).iter().chain(&enumerated(&passage.text)) {
            split_names(listed).iter().for_each(&mut add);
        }
        defined(&passage.text).iter().for_each(&mut add);
    }
    for (passage, _) in told().take(4) {
        impaired(&passage.text).iter().for_each(&mut add);
    }
    let title = title_text(report, passages);
    if let Some(title) = &title {
        split_names(&in_title(title)).iter().for_each(&mut add);
    }
    // "Notebook kernels failing": the plain noun belongs to the name, which the capital alone does not tell.
    if let Some(whole) = title.as_ref().and_then(up_to_trouble) {
        let name = collapse(whole.as_str());
        names.retain(|known| !name.starts_with(&known.value));
        names.push(Fact::inferred(name, vec![source.cite(whole.whole())]));
    }
    names
}

/// A title's first two or three words, where the next says what ailed them: "Payroll exports stuck".
fn up_to_trouble<'a>(title: &Text<'a>) -> Option<Text<'a>> {
    let ailing = lexicon::words(Words::Ailing);
    let whole = title.as_str();
    let mut words = whole.split_inclusive(' ');
    let first = words.next().filter(|word| word.starts_with(char::is_uppercase) && is_name(word.trim()))?;
    let mut end = first.len();
    for word in words.take(3) {
        let bare = word.trim();
        if ailing.contains(&bare.to_lowercase().as_str()) {
            let name = whole.get(..end)?.trim_end();
            return name.contains(' ').then(|| title.part(0..name.len()));
        }
        let no_nouns = lexicon::words(Words::FunctionWords);
        if !bare.chars().all(|c| c.is_alphanumeric() || c == '-') || no_nouns.contains(&bare) {
            return None;
        }
        end += word.len();
    }
    None
}

/// "Cache - unable to connect Object Search - search unavailable …": the names in a list that was flattened, three or more.
fn defined<'a>(text: &Text<'a>) -> Vec<Text<'a>> {
    let whole = text.as_str();
    let mut names = Vec::new();
    for (at, _) in whole.match_indices(" - ").chain(whole.match_indices(" – ")) {
        let before = whole.get(..at).unwrap_or_default();
        let mut start = at;
        for word in before.rsplit(' ').take(5) {
            if !word.starts_with(|c: char| c.is_uppercase()) || word.ends_with(['.', ':', ',']) {
                break;
            }
            start = start.saturating_sub(word.len() + usize::from(start < at));
        }
        if start < at {
            names.push(text.part(start..at));
        }
    }
    if names.len() < 3 { Vec::new() } else { names }
}

/// A table whose first column lists products or services.
fn names_products(passage: &Passage) -> bool {
    let columns = lexicon::words(Words::ProductColumns);
    passage.columns.first().is_some_and(|column| columns.contains(&column.as_str().trim().to_lowercase().as_str()))
}

/// "Editor Sync was degraded", "Ledger Compute experienced packet loss", "could not sign in to Acme Workspace": the names
/// that a sentence says were hurt. One-word names must be more than a capital at a sentence's start.
fn impaired<'a>(text: &Text<'a>) -> Vec<Text<'a>> {
    let verbs = lexicon::words(Words::HurtVerbs);
    let objects = lexicon::words(Words::HurtObjects);
    let whole = text.as_str();
    let mut found = Vec::new();
    for range in prose::sentences(whole) {
        let sentence = whole.get(range.clone()).unwrap_or_default();
        let hurt = lexicon::cues(sentence).any(|(cue, _)| matches!(cue, Cue::InferHigh | Cue::InferMedium | Cue::Onset));
        if !hurt {
            continue;
        }
        for start in names_from(sentence, objects) {
            found.push(text.part(range.start + start.start..range.start + start.end));
        }
        let subject = verbs.iter().filter_map(|verb| sentence.find(verb)).min().unwrap_or(0);
        let name = sentence.get(..subject).unwrap_or_default();
        let proper = name.split_whitespace().count() >= 2 || name.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit());
        if proper
            && name
                .split_whitespace()
                .all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || word.starts_with('('))
        {
            found.push(text.part(range.start..range.start + subject));
        }
    }
    found
}

/// The capitalised names that stand right behind one of `marks`.
fn names_from(sentence: &str, marks: &[&str]) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    for mark in marks {
        let Some(start) = sentence.find(mark).map(|at| at + mark.len()) else { continue };
        let rest = sentence.get(start..).unwrap_or_default();
        let named = rest.split_inclusive(' ').take_while(|word| word.starts_with(|c: char| c.is_uppercase()));
        let length: usize = named.map(str::len).sum();
        let name = rest.get(..length).unwrap_or_default().trim_end_matches([' ', '.', ',']);
        if !name.is_empty() {
            found.push(start..start + name.len());
        }
    }
    found
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
    let behind = lexicon::words(Words::BeforeSubject);
    let whole = title.as_str();
    let lower = whole.to_ascii_lowercase();
    let start = behind.iter().filter_map(|mark| lower.find(mark).map(|at| at + mark.len())).min();
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
    let trouble = lexicon::words(Words::TitleTrouble);
    let furniture = lexicon::words(Words::TitleFurniture);
    let vague = lexicon::words(Words::TitleVague);
    let furniture =
        |word: &&str| furniture.contains(&word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-').to_lowercase().as_str());
    let start: usize = head.as_str().split_inclusive(' ').take_while(furniture).map(str::len).sum();
    let head = head.part(start..head.as_str().len());
    let mut at = 0;
    for word in head.as_str().split_inclusive(' ') {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let code = at > 0 && bare.starts_with(|c: char| c.is_ascii_digit());
        let named = bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || matches!(bare, "and" | "of" | "&" | "")
            || word.starts_with('(');
        let lower = bare.to_lowercase();
        if !named || code || (at > 0 && trouble.contains(&lower.as_str())) || (at == 0 && vague.contains(&lower.as_str())) {
            break;
        }
        at += word.len();
    }
    head.part(0..at).trimmed()
}

/// "customers using A, B or C in REGION may have …": the names.
fn used_by_customers<'a>(text: &Text<'a>) -> Vec<Text<'a>> {
    let users = lexicon::words(Words::CustomersUsing);
    let stops = lexicon::words(Words::AfterUsed);
    let whole = text.as_str();
    let mut found = Vec::new();
    for mark in users {
        for (at, _) in whole.match_indices(mark) {
            let start = at + mark.len();
            let rest = whole.get(start..).unwrap_or_default();
            let stop = stops.iter().filter_map(|stop| rest.find(stop)).min().unwrap_or(rest.len());
            if stop <= 160 {
                found.push(text.part(start..start + stop));
            }
        }
    }
    found
}

/// "impacted services include A, B and C", "our services, including A, B": the list up to the sentence's end.
fn enumerated<'a>(text: &Text<'a>) -> Vec<Text<'a>> {
    let leads = lexicon::words(Words::ListLeads);
    let stops = lexicon::words(Words::AfterList);
    let whole = text.as_str();
    let lower = whole.to_ascii_lowercase();
    let mut found = Vec::new();
    for lead in leads {
        for (at, _) in lower.match_indices(lead) {
            let start = at + lead.len();
            let rest = whole.get(start..).unwrap_or_default();
            let stop = stops.iter().filter_map(|stop| rest.find(stop)).min().unwrap_or(rest.len());
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
    let vague = [
        "we",
        "our",
        "an",
        "a",
        "the",
        "all",
        "multiple",
        "several",
        "some",
        "update",
        "this",
        "these",
        "it",
        "customers",
        "users",
        "engineers",
        "most",
        "no",
        "during",
        "between",
        "from",
        "on",
        "at",
        "after",
    ]
    .contains(&first.to_lowercase().as_str());
    let months = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    if !times(name).is_empty() || months.contains(&name.to_lowercase().as_str()) {
        return false;
    }
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
    fn a_title_may_go_on_to_its_trouble() {
        let named = |title: &str| up_to_trouble(&Text::slice_of(title, 0..title.len())).map(|text| text.as_str().to_owned());
        assert_eq!(named("Payroll exports stuck"), Some("Payroll exports".into()));
        for title in ["Checkout was slow", "Checkout slow", "Delays in the mail queue", "Search index of shops missing"] {
            assert_eq!(named(title), None, "{title}");
        }
    }

    #[test]
    fn customers_name_what_they_use() {
        let text = "A subset of customers using Queues, Mail (v2) or Search in the north may have seen errors.";
        let names: Vec<_> =
            used_by_customers(&Text::slice_of(text, 0..text.len())).iter().flat_map(split_names).map(|t| t.as_str().to_owned()).collect();
        assert_eq!(names, ["Queues", "Mail (v2)", "Search"]);
    }
}
