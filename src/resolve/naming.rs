//! What, where and how bad: severity, services, regions.

use super::event::{collapse, is_name};
use crate::basis::{Basis, FormPart, Rule};
use crate::document::{Report, Text};
use crate::extract::lexicon::{self, Cue, Topic};
use crate::extract::passage::{Form, Passage};
use crate::extract::time::Time;
use crate::extract::words::{Words, list};
use crate::incident::{Component, Fact, Severity};
use crate::source::{Cite, Source};

/// What tells how bad it was in a section of its own is no longer, in bytes.
const LABELLED: usize = 120;

/// The passages of a report with their times.
pub type Read<'c, 'a> = &'c [(Passage<'a>, Vec<Time>)];

/// The severity as labelled, else as its words let it be inferred; and the label. The second value tells of a label on no
/// known scale, and where it stands.
pub fn severity(
    source: &Source,
    passages: Read,
    title: Option<&Fact<String>>,
    maintenance: bool,
) -> (Option<Fact<Severity>>, Option<String>, Option<Cite>) {
    // A field, or the first words of a section of its own; a row of a table of levels is neither.
    let short = |passage: &Passage| passage.form != Form::Row && passage.text.as_str().len() <= LABELLED;
    let fields = passages
        .iter()
        .map(|(passage, _)| passage)
        .filter(|passage| passage.topic == Some(Topic::Severity) && (passage.form == Form::Field || short(passage)));
    let keyed = passages
        .iter()
        .map(|(passage, _)| passage)
        .filter(|passage| passage.form == Form::Field && passage.label.as_ref().is_some_and(|label| label.as_str() == "impact"));
    let mut unknown = None;
    for passage in fields.chain(keyed) {
        let value = passage.text.as_str();
        if let Some((level, range)) = label_in(value) {
            let cite = source.cite(passage.text.span(range.clone()));
            let basis = Basis::Labelled(passage.topic.filter(|topic| *topic != Topic::Other).unwrap_or(Topic::Severity));
            return (Some(Fact::stated(level, cite, basis)), value.get(range).map(collapse), None);
        }
        if passage.form == Form::Field
            && passage.topic == Some(Topic::Severity)
            && value.len() <= 60
            && !matches!(value.trim(), "?" | "-" | "N/A" | "n/a" | "TBD" | "unknown")
        {
            unknown.get_or_insert((collapse(value), source.cite(passage.text.whole())));
        }
    }
    if let Some(title) = title
        && let (Some(cite), Some((level, range))) = (title.cites.first(), code_in(&title.value))
    {
        return (Some(Fact::stated(level, *cite, Basis::Ruled(Rule::CodeInTitle))), title.value.get(range).map(str::to_owned), None);
    }
    let told = passages.iter().filter(|(passage, _)| {
        matches!(passage.topic, None | Some(Topic::Summary | Topic::Impact | Topic::Timeline | Topic::Detection))
            && passage.update.is_none()
    });
    for (passage, _) in told.take(40) {
        let text = passage.text.as_str();
        if let Some((level, range)) = code_in(text).filter(|(_, range)| speaks_of_incident(text, range.clone())) {
            let cite = source.cite(passage.text.span(range.clone()));
            return (Some(Fact::stated(level, cite, Basis::Ruled(Rule::CodeInText))), text.get(range).map(collapse), None);
        }
    }
    // "Urgency: Planned" of planned work is no severity.
    let (label, place) = unknown.filter(|_| !maintenance).unzip();
    (infer(source, passages, title, maintenance), label, place)
}

/// The level of a labelled value: the whole of it, what stands before or in its brackets, or a code in it.
fn label_in(value: &str) -> Option<(Severity, std::ops::Range<usize>)> {
    // "P1." ends a sentence.
    let trimmed = value.trim().trim_end_matches('.');
    let start = value.find(trimmed)?;
    let level = |label: &str| lexicon::severity_level(label).and_then(Severity::from_name);
    if let Some(level) = level(trimmed) {
        return Some((level, start..start + trimmed.len()));
    }
    if let Some(found) = code_in(value) {
        return Some(found);
    }
    let stop = trimmed.find(['(', ',', ';', '-', '–', '/', ':', '.', '|', '\n']).unwrap_or(trimmed.len());
    let head = trimmed.get(..stop)?.trim_end();
    if let Some(level) = level(head) {
        return Some((level, start..start + head.len()));
    }
    let first = trimmed.split_whitespace().next()?;
    let word = first.trim_matches(|c: char| !c.is_alphanumeric());
    level(word).filter(|_| !word.chars().all(|c| c.is_ascii_digit())).map(|level| (level, start..start + first.len()))
}

/// A severity code in running text: "SEV-1", "P2", "Sev 3", "severity 1", "priority 2".
fn code_in(text: &str) -> Option<(Severity, std::ops::Range<usize>)> {
    for at in crate::extract::word_starts(text) {
        let rest = text.get(at..)?;
        if !rest.starts_with(['S', 's', 'P', 'p']) {
            continue;
        }
        let name = rest.get(..rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len()))?;
        let short = name == "P";
        let long = ["sev", "severity", "priority"].iter().any(|word| name.eq_ignore_ascii_case(word));
        if !(short || long) || crate::extract::is_inside_token(text, at) {
            continue;
        }
        let after = rest.get(name.len()..)?;
        let digit = if short { after } else { after.trim_start_matches([' ', '-', '_', ':', '#']) };
        let number = digit.bytes().take_while(u8::is_ascii_digit).count();
        // "severity::2" is how issue trackers label.
        if number != 1 || after.len() - digit.len() > 2 {
            continue;
        }
        let end = at + name.len() + (after.len() - digit.len()) + number;
        if text.get(end..)?.starts_with(|c: char| c.is_alphanumeric() || c == '.') && !text.get(end..)?.starts_with(". ") {
            continue;
        }
        let label = format!("{}{}", if short { "p" } else { "sev" }, digit.get(..number)?);
        if let Some(level) = lexicon::severity_level(&label).and_then(Severity::from_name) {
            return Some((level, at..end));
        }
    }
    None
}

/// "a SEV-2 incident", "declared SEV1": the code is this incident's, not that of other work.
fn speaks_of_incident(text: &str, range: std::ops::Range<usize>) -> bool {
    let before = text.get(text.floor_char_boundary(range.start.saturating_sub(60))..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default().trim_start();
    let incident = list(Words::SeverityNouns).strip_start(after).is_some();
    (incident || list(Words::SeverityVerbs).is_in(before)) && !list(Words::OtherWork).is_in(before)
}

fn infer(source: &Source, passages: Read, title: Option<&Fact<String>>, maintenance: bool) -> Option<Fact<Severity>> {
    const WORDS: [(Cue, Severity); 4] = [
        (Cue::InferHigh, Severity::High),
        (Cue::InferMedium, Severity::Medium),
        (Cue::InferLow, Severity::Low),
        (Cue::InferNone, Severity::None),
    ];
    // "stuck in maintenance mode" tells of no maintenance.
    let level = |words: &str, found: &[(Cue, std::ops::Range<usize>)]| {
        let says = |cue: Cue| found.iter().find(|(known, range)| *known == cue && !is_name(words, range));
        WORDS.iter().find_map(|(cue, level)| says(*cue).map(|(_, range)| (*level, range.clone())))
    };
    if maintenance {
        return title.map(|title| Fact::inferred(Severity::None, title.cites.clone(), Basis::Ruled(Rule::PlannedWork)));
    }
    if let Some(title) = title
        && let Some((level, _)) = level(&title.value, &lexicon::cues(&title.value).collect::<Vec<_>>())
    {
        return Some(Fact::inferred(level, title.cites.clone(), Basis::Ruled(Rule::WordsOfTitle)));
    }
    let told = passages
        .iter()
        .map(|(passage, _)| passage)
        .filter(|passage| passage.form == Form::Prose && matches!(passage.topic, None | Some(Topic::Summary | Topic::Impact)));
    told.take(20).find_map(|passage| {
        let (level, range) = level(passage.text.as_str(), passage.cues()).filter(|(level, _)| *level != Severity::None)?;
        Some(Fact::inferred(level, vec![source.cite(passage.text.span(range))], Basis::Ruled(Rule::WordsOfImpact)))
    })
}

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

    #[test]
    fn severity_codes() {
        let code = |text: &str| code_in(text).map(|(level, range)| (level, text.get(range).unwrap_or_default().to_owned()));
        assert_eq!(code("RCA: it failed (SEV-1)"), Some((Severity::Critical, "SEV-1".into())));
        assert_eq!(code("[RCA] P2: stale"), Some((Severity::High, "P2".into())));
        assert_eq!(code("a severity 3 incident"), Some((Severity::Medium, "severity 3".into())));
        for text in ["P99 latency", "S3 buckets are down", "HTTP2 P2P links", "sevline 1"] {
            assert_eq!(code(text), None, "{text}");
        }
        let label = |value: &str| label_in(value).map(|(level, _)| level);
        assert_eq!(label("P3 (Moderate)"), Some(Severity::Medium));
        assert_eq!(label("Major - customers affected"), Some(Severity::High));
        assert_eq!(label("High"), Some(Severity::High));
        assert_eq!(label("to be decided"), None);
    }
}
