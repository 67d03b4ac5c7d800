//! What and where: services and regions, as a report lists them.

use super::event::collapse;
use crate::basis::{Basis, FormPart};
use crate::document::{Report, Text};
use crate::extract::lexicon::{self, Topic};
use crate::extract::passage::{Form, Passage};
use crate::extract::time::Time;
use crate::extract::words::{Words, list};
use crate::incident::{Component, Fact};
use crate::source::Source;

/// The passages of a report with their times.
pub type Read<'c, 'a> = &'c [(Passage<'a>, Vec<Time>)];

/// What a status page lists as affected: "A (b, c), D and E".
pub fn components(source: &Source, report: &Report) -> Vec<Component> {
    let mut components = Vec::new();
    for name in &report.components {
        components.push(Component { group: None, name: collapse(name.as_str()), cite: source.cite(name.whole()) });
    }
    if let Some(affected) = &report.affected {
        for part in split_list(affected) {
            let text = part.as_str();
            let group = text.find('(').filter(|at| *at > 0 && text.ends_with(')') && text.get(..*at).is_some_and(|t| t.ends_with(' ')));
            match group {
                Some(open) => {
                    let name = collapse(text.get(..open).unwrap_or_default());
                    for child in split_list(&part.part(open + 1..text.len() - 1)) {
                        components.push(Component {
                            group: Some(name.clone()),
                            name: collapse(child.as_str()),
                            cite: source.cite(child.whole()),
                        });
                    }
                }
                None => components.push(Component { group: None, name: collapse(text), cite: source.cite(part.whole()) }),
            }
        }
    }
    components
}

/// The affected services as the form lists them: the components' groups, or a labelled list; and whether that is all.
pub fn services(source: &Source, passages: Read, components: &[Component]) -> Vec<Fact<String>> {
    /// More no report lists; each is compared with all others.
    const MOST_SERVICES: usize = 1000;
    let mut services: Vec<Fact<String>> = Vec::new();
    let mut add = |name: String, cite, basis| {
        // "305 teams on old versions" says how many, not what; "10495509" is a number of something.
        let digit = |c: char| c.is_ascii_digit();
        let counted = name.starts_with(digit) && (name.contains(' ') || name.len() <= 4 || name.chars().all(digit));
        let none = ["none", "n/a", "nil", "nothing", "-"].iter().any(|none| name.eq_ignore_ascii_case(none));
        if services.len() < MOST_SERVICES
            && !none
            && !name.is_empty()
            && name.len() <= 120
            && !counted
            && !services.iter().any(|known: &Fact<String>| known.value.eq_ignore_ascii_case(&name))
        {
            services.push(Fact::stated(name, cite, basis));
        }
    };
    for component in components {
        // Under the code of a place stand the services that run there: "eu-2 (Mail, Calendar)".
        let group = component.group.clone().filter(|group| !is_place_code(group));
        add(group.unwrap_or_else(|| component.name.clone()), component.cite, Basis::Form(FormPart::Components));
    }
    let listed = passages.iter().map(|(passage, _)| passage).filter(|passage| passage.topic == Some(Topic::Services));
    let listed = without_spared(listed.filter(|_| components.is_empty()).collect());
    for passage in listed {
        let mut add = |part: &Text| add(collapse(part.as_str()), source.cite(part.whole()), Basis::Labelled(Topic::Services));
        match passage.form {
            Form::Field => split_list(&passage.text).iter().for_each(&mut add),
            Form::Item { depth: 0, .. } => add(&first_name(&passage.text)),
            Form::Row => passage.cells.first().into_iter().for_each(&mut add),
            Form::Prose if is_plain_list(passage.text.as_str()) => split_list(&passage.text).iter().for_each(&mut add),
            _ => {}
        }
    }
    // "Product: Mail" says what the report is about; the text may tell of more that was hurt.
    let product = |passage: &Passage| passage.label.as_ref().is_some_and(|label| list(Words::ProductLabels).holds(label.as_str().trim()));
    let all_products =
        || passages.iter().filter(|(passage, _)| passage.topic == Some(Topic::Services)).all(|(passage, _)| product(passage));
    if !services.is_empty() && components.is_empty() && all_products() {
        for hurt in super::subject::hurt(source, passages) {
            if !services.iter().any(|known| known.value.contains(&hurt.value) || hurt.value.contains(&known.value)) {
                services.push(hurt);
            }
        }
    }
    services
}

/// `passages` without the rows of a table of states that say what was spared; where all do, that is how it is now.
pub fn without_spared<'p, 'a>(mut passages: Vec<&'p Passage<'a>>) -> Vec<&'p Passage<'a>> {
    let is_row = |passage: &&Passage| passage.form == Form::Row;
    let is_fine = |state: &str| {
        lexicon::severity_level(state) == Some("none")
            || [Words::Unaffected, Words::FineStates].iter().any(|words| list(*words).holds(state))
    };
    let spared = |passage: &&Passage| passage.cells.iter().skip(1).any(|cell| is_fine(cell.as_str().trim()));
    if !passages.iter().filter(|passage| is_row(passage)).all(spared) {
        passages.retain(|passage| !(is_row(passage) && spared(passage)));
    }
    passages
}

/// Whether a paragraph about services may list their names: it is short, no sentence, and has no label of its own.
fn is_plain_list(text: &str) -> bool {
    text.len() <= 160 && !text.trim_end().ends_with(['.', ':']) && !text.contains(": ")
}

/// "eu-2", "us-west-1", "fra1": small letters, then a number.
fn is_place_code(name: &str) -> bool {
    let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let short = |part: &str| (2..=9).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_lowercase());
    letters.len() < name.len() && letters.len() >= 2 && letters.trim_end_matches('-').split('-').all(short)
}

/// "Payments API – checkout failed": the name in front of what happened to it.
fn first_name<'a>(text: &Text<'a>) -> Text<'a> {
    let whole = text.as_str();
    let stop = [" – ", " — ", " - ", ": "].iter().filter_map(|mark| whole.find(mark)).min().unwrap_or(whole.len());
    text.part(0..stop).trimmed()
}

/// The names of `~"Service::Git" ~"Service::CI"`, labels of an issue tracker; none of other text.
fn labels<'a>(text: &Text<'a>) -> Vec<Text<'a>> {
    let whole = text.as_str();
    let quoted = whole.match_indices("~\"").filter_map(|(at, mark)| {
        let start = at + mark.len();
        let label = whole.get(start..start + whole.get(start..)?.find('"')?)?;
        let scope = label.rfind("::").map_or(0, |scope| scope + 2);
        Some(text.part(start + scope..start + label.len()))
    });
    quoted.collect()
}

/// The parts of "A (b, c), D and E.": commas and "and" outside brackets part them.
pub fn split_list<'a>(text: &Text<'a>) -> Vec<Text<'a>> {
    let whole = text.as_str().trim_end_matches(['.', ' ', '\n']);
    if whole.starts_with("~\"") {
        return labels(text);
    }
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0i32, 0);
    for (at, c) in whole.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            // "1,184 contracts"
            ',' if whole.get(at + 1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) => {}
            ',' | ';' | '\n' | '|' if depth <= 0 => {
                parts.push(start..at);
                start = at + c.len_utf8();
            }
            ' ' if depth <= 0 && parts_here(whole, at, " and ", !parts.is_empty()) => {
                parts.push(start..at);
                start = at + " and ".len();
            }
            ' ' if depth <= 0 && !parts.is_empty() && parts_here(whole, at, " & ", true) => {
                parts.push(start..at);
                start = at + " & ".len();
            }
            _ => {}
        }
    }
    parts.push(start..whole.len());
    let part = |range: std::ops::Range<usize>| {
        let part = text.part(range).trimmed();
        let bare = part.as_str().strip_prefix("and ").map(|rest| part.as_str().len() - rest.len());
        bare.map_or(part.clone(), |skip| part.part(skip..part.as_str().len()).trimmed())
    };
    parts.into_iter().map(part).filter(|part| !part.as_str().is_empty()).collect()
}

/// "A, B and C" parts at the "and"; in "Backup and Site Recovery" alone it may be one name, so both sides need a capital.
fn parts_here(text: &str, at: usize, link: &str, listed: bool) -> bool {
    let Some(after) = text.get(at..).and_then(|rest| rest.strip_prefix(link)) else { return false };
    let before = text.get(..at).unwrap_or_default().rsplit([' ', ',']).next().unwrap_or_default();
    let capital = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c == '[' || c.is_ascii_digit());
    listed || (capital(after) && (capital(before) || before.ends_with(')')))
}

/// Where: labelled regions.
pub fn regions(source: &Source, passages: Read) -> Vec<Fact<String>> {
    let fields =
        passages.iter().map(|(passage, _)| passage).filter(|passage| passage.form == Form::Field && passage.topic == Some(Topic::Regions));
    fields
        .flat_map(|passage| split_list(&passage.text))
        .map(|part| Fact::stated(collapse(part.as_str()), source.cite(part.whole()), Basis::Labelled(Topic::Regions)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<String> {
        split_list(&Text::slice_of(text, 0..text.len())).iter().map(|part| part.as_str().to_owned()).collect()
    }

    fn listed(text: &str) -> Vec<String> {
        let source = Source::decode("a.md", text.as_bytes().to_vec());
        let document = crate::format::read(&source);
        let Some(report) = document.reports.first() else { return Vec::new() };
        let passages: Vec<_> = crate::extract::passage::passages(report).into_iter().map(|passage| (passage, Vec::new())).collect();
        services(&source, &passages, &[]).into_iter().map(|fact| fact.value).collect()
    }

    #[test]
    fn a_table_of_states_tells_what_was_spared() {
        let table = |rows: &str| listed(&format!("# Out\n\n## Services\n\n| Service | Status |\n|---|---|\n{rows}"));
        assert_eq!(table("| Gates | Down |\n| Lamps | OK |\n| Bells | Slow |\n"), ["Gates", "Bells"]);
        // What is fine again was hurt.
        assert_eq!(table("| Gates | Operational |\n| Bells | Operational |\n"), ["Gates", "Bells"]);
        assert_eq!(listed("# Out\n\nImpacted: gates, bells\n"), ["gates", "bells"]);
        assert_eq!(listed("# Out\n\n## Impacted slots\n\n| Slot | State |\n|---|---|\n| 10495509 | lost |\n"), [""; 0]);
    }

    #[test]
    fn codes_of_places() {
        assert!(["eu-2", "us-west-1", "fra1", "ap-southeast-2"].into_iter().all(is_place_code));
        assert!(!["API", "web", "S3", "v2", "k8s", "Region 1", "eu-", "7", ""].into_iter().any(is_place_code));
    }

    #[test]
    fn lists_of_services_have_no_labels() {
        assert!(is_plain_list("Mail, Calendar and Contacts"));
        assert!(!is_plain_list("Reported by: Building management") && !is_plain_list("Mail was slow."));
    }

    #[test]
    fn lists_part_outside_brackets() {
        assert_eq!(parts("API (Auth, Tokens), Web and Mobile."), ["API (Auth, Tokens)", "Web", "Mobile"]);
        assert_eq!(parts("[OLD, X] Web (a, b), and API (c and d)"), ["[OLD, X] Web (a, b)", "API (c and d)"]);
        assert_eq!(parts("CMS."), ["CMS"]);
        assert_eq!(parts("~\"Service::Git\" ~\"Service::CI Runners\""), ["Git", "CI Runners"]);
        assert_eq!(parts("1,184 contracts, Web"), ["1,184 contracts", "Web"]);
        assert_eq!(parts("Search and replace"), ["Search and replace"]);
    }
}
