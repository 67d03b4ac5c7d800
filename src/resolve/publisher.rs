//! Who writes: the organization behind a report, where the text says it.

mod speaker;
mod title;

use super::event::collapse;
use super::naming::Read;
use super::proper::is_name;
use super::whole::whole;
use super::{brand, letterhead};
use crate::basis::{Basis, FormPart, Rule};
use crate::document::sheet::Sheet;
use crate::document::{Report, Text};
use crate::extract::lexicon::Topic;
use crate::extract::passage::{self, Form};
use crate::extract::word_starts;
use crate::extract::words::{Words, list};
use crate::incident::Fact;
use crate::source::{Source, Span};
pub use speaker::speaks_of_us;
use std::cell::OnceCell;
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
    speaker::speaker(source, passages)
        .filter(own)
        .or_else(|| addressed(source, report).filter(own))
        .or_else(|| title::linked(source, report, title?).filter(own))
        .or_else(|| title::titled(source, report, title?).filter(own))
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
