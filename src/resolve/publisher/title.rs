//! The publisher's name in a title, where text or links bear it out.

use crate::basis::{Basis, Rule};
use crate::document::Report;
use crate::extract::words::{Words, list};
use crate::incident::Fact;
use crate::resolve::brand;
use crate::resolve::proper::{is_name, is_organization, starting};
use crate::source::Source;

/// A name in the title that the text bears out: "Acme security incident" with "the Acme team",
/// "Cache poisoning at Acme" with "Acme CDN".
pub fn titled(source: &Source, report: &Report, title: &Fact<String>) -> Option<Fact<String>> {
    let text = source.text().get(report.extent.range())?;
    let name = name_in_title(&title.value, text)?;
    Some(Fact::stated(name.to_owned(), *title.cites.first()?, Basis::Ruled(Rule::NameInTitle)))
}

fn name_in_title<'t>(title: &'t str, text: &str) -> Option<&'t str> {
    let capital = |word: &str| word.len() > 2 && word.starts_with(|c: char| c.is_uppercase()) && word.chars().all(char::is_alphanumeric);
    // The text holds its title too, which bears nothing out.
    let in_title = |rest: &str| rest.lines().next().is_some_and(|line| !line.is_empty() && title.ends_with(line.trim_end()));
    let behind = |name: &str| text.match_indices(name).filter_map(|(at, _)| text.get(at + name.len()..)).take(50).collect::<Vec<_>>();
    if let Some((_, name)) = title.rsplit_once(" at ").filter(|(_, name)| capital(name)) {
        let brand = |rest: &&str| rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(|c: char| c.is_uppercase()));
        return behind(name).iter().any(brand).then_some(name);
    }
    let run = starting(title, 0).filter(|_| title.split(' ').next().is_some_and(|name| !list(Words::TitleVague).holds(name)));
    let run = run.and_then(|run| title.get(run));
    let ends = |name: &'t str| name.match_indices(' ').map(|(at, _)| at).chain([name.len()]).collect::<Vec<_>>();
    let names = run.into_iter().flat_map(|run| ends(run).into_iter().rev().filter_map(|end| run.get(..end)));
    // Who acts, or has things of their own, is somebody; what fails is a service.
    let product = |name: &str| name.rsplit_once(' ').is_some_and(|(_, last)| list(Words::Ordinary).holds(last));
    let told = |name: &'t str| behind_sentence_starts(text, name).any(|rest| !in_title(rest) && brand::acts(rest));
    let somebody = |name: &'t str| is_organization(name) || !product(name) && told(name);
    if let Some(name) = names.filter(|name| is_name(name) && brand::is_own(name)).find(|name| somebody(name)) {
        return Some(name);
    }
    let name = title.split(' ').next().filter(|name| capital(name) && !list(Words::TitleVague).holds(name))?;
    let team = |_: &str| text.contains(&format!("the {name} team")) || text.contains(&format!("{name}'s engineers"));
    let service = |name: &str| is_name(name) && brand::is_own(name) && text.contains(&format!("The {name} service"));
    (team(name) || service(name)).then_some(name)
}

/// What stands behind `name` where it opens a sentence.
fn behind_sentence_starts<'t>(text: &'t str, name: &str) -> impl Iterator<Item = &'t str> {
    text.match_indices(name).take(50).filter_map(move |(at, _)| {
        let lead = text.get(..at)?.trim_end_matches([' ', '*', '"']);
        let opens = lead.is_empty() || lead.ends_with(['.', '!', '?', '\n']);
        opens.then_some(text.get(at + name.len()..)?)
    })
}

/// A word of the title that is also the owner of a link in the text: "Acme Flags outage" with a link to `acme.example` or to
/// a repository of `Acme`.
pub fn linked(source: &Source, report: &Report, title: &Fact<String>) -> Option<Fact<String>> {
    let text = source.text().get(report.extent.range())?;
    let owners: Vec<String> =
        memchr::memmem::find_iter(text.as_bytes(), "://").take(200).filter_map(|at| owner(text.get(at + "://".len()..)?)).collect();
    let names = title.value.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3 && word.starts_with(char::is_uppercase));
    let name = names.into_iter().find(|word| owners.iter().any(|owner| owner.eq_ignore_ascii_case(word)))?;
    let cite = title.cites.first()?;
    Some(Fact::stated(name.to_owned(), *cite, Basis::Ruled(Rule::OwnerOfLink)))
}

/// Whose address it is: the account on a code host, else the name before the top level of the host.
fn owner(address: &str) -> Option<String> {
    let end = address.find(|c: char| c.is_whitespace() || matches!(c, ')' | '>' | '"' | ']')).unwrap_or(address.len().min(200));
    let mut parts = address.get(..end)?.split('/');
    let host = parts.next()?;
    if list(Words::CodeHosts).holds(host) {
        return parts.next().map(str::to_owned);
    }
    let labels: Vec<&str> = host.split('.').collect();
    labels.len().checked_sub(2).and_then(|index| labels.get(index)).map(|label| (*label).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_may_hold_the_name() {
        for (title, text, name) in [
            ("Sorrel security incident", "It was on for the Sorrel team for weeks.", Some("Sorrel")),
            ("Cache poisoning at Tidewrack", "Sites on Tidewrack CDN were hit.", Some("Tidewrack")),
            ("Glasswing Airlines reservation failure", "On Monday the system failed.", Some("Glasswing Airlines")),
            ("Pinnacle Notes sync outage", "It was bad. Pinnacle now builds indexes by night.", Some("Pinnacle")),
            ("Ridgewell DNS incident", "Ridgewell announces one address from many cities.", Some("Ridgewell")),
            ("Conveyor Identity outage", "It was bad. Conveyor Identity signs tokens.", None),
            ("Conveyor sync outage", "Conveyor failed at noon. Conveyor was restarted.", None),
            ("Summary of the Thistledown outage", "Summary of the Thistledown outage\n\nWe are sorry.", None),
            ("Summary of the Redis outage", "Summary of the Redis outage\n\nKafka was slow.", None),
            ("Power loss at Dublin", "The site in Dublin lost power.", None),
            ("Prometheus is down", "Prometheus's disk was full.", None),
            ("Storage outage", "Storage was down for customers.", None),
        ] {
            assert_eq!(name_in_title(title, text), name, "{title}");
        }
    }
}
