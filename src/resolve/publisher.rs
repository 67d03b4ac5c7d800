//! Who writes: the organization behind a report, where the text says it.

use super::event::collapse;
use super::naming::Read;
use super::proper::{ending, is_name, is_organization, starting};
use super::whole::whole;
use super::{brand, letterhead};
use crate::basis::{Basis, FormPart, Rule};
use crate::document::sheet::Sheet;
use crate::document::{Report, Text};
use crate::extract::lexicon::Topic;
use crate::extract::passage::{self, Form, Passage};
use crate::extract::word_starts;
use crate::extract::words::{Words, list};
use crate::incident::Fact;
use crate::source::{Source, Span};
use std::cell::{LazyCell, OnceCell};
use std::ops::Range;

/// What the whole of a file says of who writes; looked for once, however many reports are in it.
#[derive(Debug, Default)]
pub struct Page {
    head: OnceCell<Option<Fact<String>>>,
}

impl Page {
    fn head(&self, source: &Source) -> Option<Fact<String>> {
        let all = Span::new(0..source.text().len());
        self.head.get_or_init(|| within(source, all, letterhead::name).map(|name| whole(source, all, name, None, &[]))).clone()
    }
}

/// The organization by structure: as the form marks it, a field, the sender's domain where the text writes the name it stands for,
/// or the letterhead of the report or of its page.
pub fn formed(source: &Source, page: &Page, report: &Report, passages: Read) -> Option<Fact<String>> {
    let fact = |text: &Text, basis| Fact::stated(collapse(text.as_str()), source.cite(text.whole()), basis);
    if let Some(name) = &report.organization {
        return Some(fact(&without_suffix(name), Basis::Form(FormPart::Publisher)));
    }
    let field = passages
        .iter()
        .map(|(passage, _)| passage)
        .find(|passage| passage.form == Form::Field && passage.topic == Some(Topic::Organization));
    if let Some(passage) = field {
        return Some(fact(&passage.text, Basis::Labelled(Topic::Organization)));
    }
    if report.record {
        return None;
    }
    let part = report.extent.range() != (0..source.text().len());
    sender(source, report)
        .or_else(|| if part { within(source, report.extent, letterhead::name) } else { None })
        .or_else(|| page.head(source))
}

/// The organization by what the text says: the name that "we" speak under, an address, a name in the title, whose things they are.
///
/// What is not `own` is the name of another.
pub fn ruled(
    source: &Source,
    report: &Report,
    passages: Read,
    title: Option<&Fact<String>>,
    own: &dyn Fn(&str) -> bool,
) -> Option<Fact<String>> {
    let own = |fact: &Fact<String>| own(&fact.value);
    speaker(source, passages)
        .filter(own)
        .or_else(|| addressed(source, report).filter(own))
        .or_else(|| linked(source, report, title?).filter(own))
        .or_else(|| titled(source, report, title?).filter(own))
        .or_else(|| within(source, report.extent, |sheet| owning(sheet.text(), passages)).filter(own))
}

/// The name that `find` finds in the text at `extent`.
fn within(source: &Source, extent: Span, find: impl Fn(&Sheet) -> Option<(Range<usize>, Rule)>) -> Option<Fact<String>> {
    let start = extent.start as usize;
    let sheet = Sheet::of(source.text().get(extent.range())?);
    let (range, rule) = find(&sheet)?;
    let words = sheet.words(range.clone());
    let span = Span::new(start + range.start..start + range.end);
    Some(Fact::stated(collapse(&words), source.cite(span), Basis::Ruled(rule)))
}

/// The name of whose service it is, as the text bears it out.
fn owning(text: &str, passages: Read) -> Option<(Range<usize>, Rule)> {
    let name = brand::name(text, |words| passages.iter().any(|(passage, _)| passage.may_hold(words)))?;
    Some((name, Rule::Owner))
}

/// The sender of a mail, by the address, else by that of the list it was sent to: where the text or the name in front of the
/// address spells out what the domain stands for.
fn sender(source: &Source, report: &Report) -> Option<Fact<String>> {
    let sheet = Sheet::of(source.text().get(report.extent.range())?);
    let field =
        |name: &str| report.fields.iter().find(|field| field.label.as_str().eq_ignore_ascii_case(name)).map(|field| field.value.as_str());
    let header = |name: &str| field(name).or_else(|| sheet.header(name));
    let (_, domain) = header("from").filter(|from| from.contains('@')).or_else(|| header("to"))?.rsplit_once('@')?;
    of_domain(source, report, domain.trim_end_matches(['>', ' ', '\r']), Rule::SenderDomain)
}

/// The name for which a domain stands, where the text writes it.
fn of_domain(source: &Source, report: &Report, domain: &str, rule: Rule) -> Option<Fact<String>> {
    let labels: Vec<&str> = domain.split('.').collect();
    let label = labels.iter().rev().skip(1).find(|label| label.len() > 3).or(labels.first())?;
    let shorter = list(Words::DomainEndings).strip_end(label);
    named_like(source, report, label, rule).or_else(|| named_like(source, report, shorter?, rule))
}

/// The name that an address for questions or a status page stands for, where the text writes it: "help@tollgrove.example".
fn addressed(source: &Source, report: &Report) -> Option<Fact<String>> {
    let text = source.text().get(report.extent.range())?;
    let end = |rest: &str| rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-'))).unwrap_or(rest.len());
    let mails = text.match_indices('@').take(50).filter_map(|(at, _)| text.get(at + 1..));
    let pages = memchr::memmem::find_iter(text.as_bytes(), "://").take(100).filter_map(|at| {
        let rest = text.get(at + "://".len()..)?;
        let (first, _) = rest.split_once('.')?;
        list(Words::OwnHosts).holds(first).then_some(rest)
    });
    // "status.tollgrove.example" in running text.
    let bare = memchr::memmem::find_iter(text.as_bytes(), "status.").take(50).filter_map(|at| text.get(at + "status.".len()..));
    let hosts = mails.chain(pages).chain(bare).filter_map(|rest| rest.get(..end(rest)).map(|host| host.trim_end_matches('.')));
    hosts
        .filter(|host| host.len() > 4)
        .find_map(|host| of_domain(source, report, host, Rule::AddressInText))
        .filter(|name| is_name(&name.value) && brand::is_own(&name.value))
}

/// So many incidents on one page tell of many others too.
const MANY: usize = 3;

/// The organization behind a review of several incidents, of which each part tells only its own.
pub fn of_review(source: &Source, page: &Page, report: &Report, parts: &[Report]) -> Option<Fact<String>> {
    let passages: Vec<_> = passage::passages(report).into_iter().map(|passage| (passage, Vec::new())).collect();
    let title = || super::title::title(source, report, &passages).map(|(_, title)| title);
    let found = formed(source, page, report, &passages).or_else(|| ruled(source, report, &passages, title().as_ref(), &|_| true))?;
    // A name that one of many incidents tells of is a supplier's or a customer's.
    let inside = |at: usize| parts.iter().any(|part| part.extent.range().contains(&at));
    let outside = found.cites.iter().any(|cite| !inside(source.start_of(cite) as usize));
    let names = |part: &&Report| source.text().get(part.extent.range()).is_some_and(|text| text.contains(found.value.as_str()));
    let told = parts.iter().filter(names).count();
    (parts.len() < MANY || outside || told * 2 > parts.len()).then_some(found)
}

/// A name in the title that the text bears out: "Acme Availability Report", "Acme security incident" with "the Acme team",
/// "Cache poisoning at Acme" with "Acme CDN".
fn titled(source: &Source, report: &Report, title: &Fact<String>) -> Option<Fact<String>> {
    let text = source.text().get(report.extent.range())?;
    let name = name_in_title(&title.value, text)?;
    Some(Fact::stated(name.to_owned(), *title.cites.first()?, Basis::Ruled(Rule::NameInTitle)))
}

fn name_in_title<'t>(title: &'t str, text: &str) -> Option<&'t str> {
    let capital = |word: &str| word.len() > 2 && word.starts_with(|c: char| c.is_uppercase()) && word.chars().all(char::is_alphanumeric);
    if let Some(kind) = list(Words::ReportKinds).first(title) {
        let name = title.get(..kind.start)?.trim();
        return (!name.is_empty() && name.split(' ').all(capital)).then_some(name);
    }
    // The text holds its title too, which bears nothing out.
    let in_title = |rest: &str| rest.lines().next().is_some_and(|line| !line.is_empty() && title.ends_with(line.trim_end()));
    let behind = |name: &str| text.match_indices(name).filter_map(|(at, _)| text.get(at + name.len()..)).take(50).collect::<Vec<_>>();
    if let Some((_, name)) = title.rsplit_once(" at ").filter(|(_, name)| capital(name)) {
        let brand = |rest: &&str| rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(|c: char| c.is_uppercase()));
        return behind(name).iter().any(brand).then_some(name);
    }
    // "Summary of the Corvane Block Volumes Event": a service goes by the name of who runs it.
    let summed = list(Words::SummaryOf).strip_start(title).and_then(|rest| rest.split(' ').next());
    // Somewhere else the name has to stand alone.
    let goes_on = |rest: &str| {
        rest.starts_with(char::is_alphanumeric) || rest.strip_prefix(' ').is_some_and(|next| next.starts_with(char::is_uppercase))
    };
    let alone = |name: &str| behind(name).iter().any(|rest| !goes_on(rest) && !in_title(rest));
    if let Some(name) = summed.filter(|name| capital(name) && is_name(name) && brand::is_own(name) && alone(name)) {
        return Some(name);
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
    let own = |rest: &&str| list(Words::BehindBrand).strip_start(rest).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    (team(name) || service(name) || behind(name).iter().any(own)).then_some(name)
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
fn linked(source: &Source, report: &Report, title: &Fact<String>) -> Option<Fact<String>> {
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

/// "Acme Status" is the page of Acme.
fn without_suffix<'a>(name: &Text<'a>) -> Text<'a> {
    let bare = name.as_str().trim_end();
    match bare.strip_suffix(" Status") {
        Some(short) if !short.is_empty() => name.part(0..short.len()),
        _ => name.clone(),
    }
}

/// Words of the text that, run together, are the domain's label: "Wattle & Fern" for `wattlefern`.
fn named_like(source: &Source, report: &Report, label: &str, rule: Rule) -> Option<Fact<String>> {
    let letters = |words: &str| words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let wanted = letters(label);
    let first = wanted.chars().next()?;
    let extent = report.extent.range();
    let text = source.text().get(extent.clone())?;
    let capital =
        |at: &usize| text.get(*at..).and_then(|rest| rest.chars().next()).is_some_and(|c| c.is_uppercase() && c.to_lowercase().eq([first]));
    word_starts(text).filter(capital).find_map(|start| {
        // As many letters as the label has, in five words at most; what stands between them is no letter.
        let mut left = wanted.chars();
        let rest = text.get(start..)?;
        let mut end = 0;
        for (at, c) in rest.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
            if !c.to_lowercase().all(|c| left.next() == Some(c)) {
                break;
            }
            end = at + c.len_utf8();
            if left.as_str().is_empty() {
                break;
            }
        }
        let found = rest.get(..end).filter(|_| left.as_str().is_empty())?;
        // "Caf=C3=A9" goes on in the encoding of a mail.
        let whole = !rest.get(end..)?.starts_with(|c: char| c.is_alphanumeric() || c == '=');
        // An address is no name.
        let name = whole && found.split_whitespace().count() <= 5 && !found.contains(['@', '\n']);
        name.then(|| {
            let cite = source.cite(Span::new(extent.start + start..extent.start + start + end));
            Fact::stated(collapse(found), cite, Basis::Ruled(rule))
        })
    })
}

/// So many names of whose people act are looked at.
const STAFF: usize = 20;

/// The name under which "we" speak: "At Acme, we …", "we at Acme", "improve the Acme Platform and our processes".
fn speaker(source: &Source, passages: Read) -> Option<Fact<String>> {
    // A text of "we" tells of others where it tells who acted: "Acme engineers confirmed it, and we failed over."
    let first_person = LazyCell::new(|| passages.iter().any(|(passage, _)| speaks_of_us(passage.text.as_str())));
    // Its own name such a text writes again and again, and never as that of a supplier.
    let known = |name: Option<&str>| {
        let Some(name) = name else { return false };
        let naming = || passages.iter().map(|(passage, _)| passage).filter(|passage| passage.text.as_str().contains(name));
        let others = |passage: &Passage| {
            let text = passage.text.as_str();
            let sentences = passage.sentences().iter().filter_map(|range| text.get(range.clone()));
            sentences.into_iter().any(|sentence| sentence.contains(name) && list(Words::OfOthers).is_in(sentence))
        };
        naming().map(|passage| passage.text.as_str().matches(name).count()).sum::<usize>() >= 3 && !naming().any(others)
    };
    let marked = |passage: &Passage| {
        let text = passage.text.as_str();
        [Words::WeAt, Words::OurPlatform, Words::OwnActs].iter().any(|words| passage.may_hold(*words))
            || text.contains(", we ")
            || text.contains(", our ")
    };
    let mut tried = 0;
    for (passage, _) in passages.iter().filter(|(passage, _)| marked(passage)) {
        let text = passage.text.as_str();
        for range in passage.sentences() {
            let sentence = text.get(range.clone()).unwrap_or_default();
            let named = ours(sentence).or_else(|| ours_platform(sentence)).or_else(|| {
                let name = staff(sentence).filter(|_| tried < STAFF)?;
                tried += 1;
                (!*first_person || known(sentence.get(name.clone()))).then_some(name)
            });
            if let Some(name) = named {
                let part = passage.text.part(range.start + name.start..range.start + name.end);
                return Some(Fact::stated(collapse(part.as_str()), source.cite(part.whole()), Basis::Ruled(Rule::Speaker)));
            }
        }
    }
    None
}

/// Whether a text says "we", "our" or "us".
pub fn speaks_of_us(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "we" | "We" | "our" | "Our" | "us"))
}

/// "At NAME, we …", "We at NAME …", "Here at NAME …".
fn ours(sentence: &str) -> Option<Range<usize>> {
    let at = list(Words::WeAt).first(sentence).map(|mark| mark.end);
    let opening = sentence
        .strip_prefix("At ")
        .filter(|rest| rest.split_once(", ").is_some_and(|(_, after)| after.starts_with("we ") || after.starts_with("our ")));
    let start = at.or(opening.map(|_| 3))?;
    starting(sentence, start)
}

/// "the NAME platform" in a sentence that goes on with "our": the speaker's own.
fn ours_platform(sentence: &str) -> Option<Range<usize>> {
    let end = list(Words::OurPlatform).first(sentence)?.start;
    let start = sentence.get(..end)?.rfind(" the ")? + 5;
    ending(sentence, end).filter(|name| name.start == start)
}

/// "NAME engineers were alerted", "NAME apologised": whose people act is who suffered it.
fn staff(sentence: &str) -> Option<Range<usize>> {
    let at = list(Words::OwnActs).first(sentence)?.start;
    let before = sentence.get(..at)?;
    let mut start = at;
    for word in before.rsplit(' ').take(3) {
        let named =
            word.starts_with(|c: char| c.is_uppercase()) && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '&'));
        if !named || list(Words::StaffKinds).holds(word) {
            break;
        }
        start = start.saturating_sub(word.len() + usize::from(start < at));
    }
    sentence.get(start..at).is_some_and(is_name).then_some(start..at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_may_hold_the_name() {
        for (title, text, name) in [
            ("Quillmark Availability Report: June 2024", "", Some("Quillmark")),
            ("Sorrel security incident", "It was on for the Sorrel team for weeks.", Some("Sorrel")),
            ("Brambleboard database deletion", "The database for Brambleboard.com was deleted.", Some("Brambleboard")),
            ("Cache poisoning at Tidewrack", "Sites on Tidewrack CDN were hit.", Some("Tidewrack")),
            ("Glasswing Airlines reservation failure", "On Monday the system failed.", Some("Glasswing Airlines")),
            ("Pinnacle Notes sync outage", "It was bad. Pinnacle now builds indexes by night.", Some("Pinnacle")),
            ("Ridgewell DNS incident", "Ridgewell announces one address from many cities.", Some("Ridgewell")),
            ("Conveyor Identity outage", "It was bad. Conveyor Identity signs tokens.", None),
            ("Conveyor sync outage", "Conveyor failed at noon. Conveyor was restarted.", None),
            ("Summary of the Thistledown outage", "Summary of the Thistledown outage\n\nWe are sorry.", None),
            ("Summary of the Thistledown outage", "Summary of the Thistledown outage\n\nIn Thistledown it was slow.", Some("Thistledown")),
            ("Summary of the Kafka outage", "Summary of the Kafka outage\n\nKafka was slow.", None),
            ("Power loss at Dublin", "The site in Dublin lost power.", None),
            ("Prometheus is down", "Prometheus's disk was full.", None),
            ("Storage outage", "Storage was down for customers.", None),
        ] {
            assert_eq!(name_in_title(title, text), name, "{title}");
        }
    }

    #[test]
    fn the_name_we_speak_under() {
        let named = |sentence: &str| {
            ours(sentence)
                .or_else(|| ours_platform(sentence))
                .or_else(|| staff(sentence))
                .and_then(|range| sentence.get(range).map(str::to_owned))
        };
        for (sentence, name) in [
            ("At Tollgrove, we take outages seriously.", Some("Tollgrove")),
            ("We at Mossbeam Cloud are sorry.", Some("Mossbeam Cloud")),
            ("We keep improving the Orrery Maps platform and our processes.", Some("Orrery Maps")),
            ("Tollgrove engineers were alerted at 09:50.", Some("Tollgrove")),
            ("Orrery Maps apologised for the disruption.", Some("Orrery Maps")),
            ("On-call engineers were alerted.", None),
            ("Then the Database engineers joined.", None),
            ("We improve the platform and our processes.", None),
            ("At noon, we saw errors.", None),
            ("At Level 3, engineers replaced the card.", None),
            ("We restarted the Kafka cluster and our workers.", None),
        ] {
            assert_eq!(named(sentence).as_deref(), name, "{sentence}");
        }
    }
}
