//! The whole of a publisher's name of which only the front is known: "Larkhall Telehealth" for the "Larkhall" of a domain.
//!
//! A longer run of words is the name where it stands alone in the head or the close, where it says that it is an organization, or
//! where it has what only somebody has. Else it is a product: "Larkhall Postgres".

use super::alone::{self, Spot};
use super::brand;
use super::event::collapse;
use super::proper::{is_name, is_organization, starting};
use crate::basis::Basis;
use crate::document::sheet::Sheet;
use crate::extract::words::{Words, list};
use crate::incident::{Certainty, Fact};
use crate::source::{Source, Span};
use std::ops::Range;

/// So many places of the name are looked at, in so much text.
const PLACES: usize = 100;
const TEXT: usize = 20_000;

/// `fact` with the whole of its name, where the text at `extent` bears it out. The title and `services` tell of other things.
pub fn whole(source: &Source, extent: Span, fact: Fact<String>, title: Option<&Fact<String>>, services: &[Fact<String>]) -> Fact<String> {
    let inside =
        |fact: &Fact<String>| fact.cites.first().map(|cite| source.start_of(cite) as usize).filter(|at| extent.range().contains(at));
    let told = matches!(fact.basis, Basis::Form(_) | Basis::Labelled(_));
    let Some(text) = source.text().get(extent.range()).filter(|_| !told && inside(&fact).is_some()) else { return fact };
    let start = extent.range().start;
    let title = title.and_then(|title| Some(inside(title)? - start..inside(title)? - start + title.value.len())).unwrap_or(0..0);
    let is_service = |name: &str| services.iter().any(|service| service.value.eq_ignore_ascii_case(name));
    let Some((range, certainty)) = longer(text, &fact.value, &title, is_service) else { return fact };
    let span = Span::new(start + range.start..start + range.end);
    let value = collapse(&Sheet::of(text).words(range));
    let certainty = if certainty == Certainty::Stated { fact.certainty } else { certainty };
    Fact { value, certainty, cites: vec![source.cite(span)], ..fact }
}

/// Where `text` has a longer name that starts with `name` and is nobody else's; inferred where only what is told of it says so.
fn longer(text: &str, name: &str, title: &Range<usize>, is_service: impl Fn(&str) -> bool) -> Option<(Range<usize>, Certainty)> {
    let mut known = places(text, name);
    if let Some(first) = name.chars().next().filter(|first| known.is_empty() && first.is_ascii_lowercase()) {
        known = places(text, &format!("{}{}", first.to_ascii_uppercase(), name.get(1..)?));
    }
    if !known.iter().any(|at| goes_on(text, at)) {
        return None;
    }
    let words = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
    let told = |range: &Range<usize>| known.iter().filter(|at| words(&(at.start..text.len())).starts_with(words(range))).count();
    let starts = |range: &Range<usize>| known.iter().any(|at| at.start == range.start);
    let fits = |range: &Range<usize>| {
        let longer = words(range);
        longer.len() > name.len() && is_name(longer) && brand::is_own(longer) && !is_service(longer)
    };
    let alone = alone::names(text).into_iter().filter(|(range, spot)| {
        let of_title = *spot != Spot::Bracket && range.start < title.end && title.start < range.end;
        let place = |lead: &str| lead.strip_suffix(" of ").is_some_and(|noun| !noun.contains(' '));
        let owned = starts(range) || words(range).strip_suffix(name).is_some_and(place);
        let last = words(range).rsplit(' ').next().unwrap_or_default();
        // Who signs, or stands in front of an address, is often an office: "Tollgrove Platform".
        let office = match spot {
            _ if is_organization(words(range)) => false,
            Spot::Sender if told(range) < 2 => true,
            Spot::Sender | Spot::Close => list(Words::StaffKinds).holds(last) && !in_sentence(text, words(range)),
            _ => false,
        };
        owned && !of_title && fits(range) && !office
    });
    let usual = |range: &Range<usize>| told(range) * 2 >= known.len() || legal(words(range)) || !starts(range);
    let found = |at| organization(text, at).filter(|range| fits(range) && usual(range));
    let told_of = |at| somebody(text, at).filter(|range| fits(range) && told(range) == known.len());
    alone
        .map(|(range, _)| range)
        .max_by_key(|range| (is_organization(words(range)), range.len()))
        .or_else(|| if is_organization(name) { None } else { known.iter().find_map(found) })
        .map(|range| (range, Certainty::Stated))
        .or_else(|| known.iter().find_map(told_of).map(|range| (range, Certainty::Inferred)))
}

/// Whether the name at a place may be part of a longer one.
fn goes_on(text: &str, at: &Range<usize>) -> bool {
    let joined = |rest: &str| ["of ", "and ", "for "].iter().any(|word| rest.starts_with(word));
    let behind = text.get(at.end..).and_then(|rest| rest.strip_prefix(char::is_whitespace));
    behind.is_some_and(|rest| joined(rest) || !rest.starts_with(char::is_lowercase))
        || text.get(..at.start).is_some_and(|before| before.ends_with(" of "))
}

/// Whether `name` stands beside small words.
fn in_sentence(text: &str, name: &str) -> bool {
    text.match_indices(name).take(PLACES).any(|(at, _)| {
        let behind = text.get(at + name.len()..).and_then(|rest| rest.strip_prefix(' '));
        let before = text.get(..at).and_then(|before| before.strip_suffix(' '));
        behind.is_some_and(|rest| rest.starts_with(char::is_lowercase)) || before.is_some_and(|before| before.ends_with(char::is_lowercase))
    })
}

/// Whether a name ends with its legal form.
fn legal(name: &str) -> bool {
    list(Words::LegalForms).strip_end(name).is_some()
}

/// Where `name` stands as words of its own, in no address.
fn places(text: &str, name: &str) -> Vec<Range<usize>> {
    let found = memchr::memmem::find_iter(text.as_bytes(), name).take_while(|at| *at < TEXT || text.len() - at < TEXT / 10);
    let inner = |c: char| c.is_alphanumeric() || matches!(c, '@' | '/' | '_' | '.');
    let bare = |range: &Range<usize>| {
        let after = text.get(range.end..).unwrap_or_default();
        let address = after.starts_with(['.', '-']) && after.chars().nth(1).is_some_and(char::is_alphanumeric);
        !text.get(..range.start).is_some_and(|before| before.ends_with(inner))
            && !after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '@' | '/' | '_'))
            && !address
    };
    found.map(|at| at..at + name.len()).filter(bare).take(PLACES).collect()
}

/// The run of capitals at a place that says it is an organization: "Plover Savings Bank", "City of Mapletide", "Moss & Fable".
fn organization(text: &str, at: &Range<usize>) -> Option<Range<usize>> {
    let lead = text.get(..at.start)?.strip_suffix(" of ").and_then(|before| before.rsplit([' ', '\n']).next());
    let lead = lead.filter(|noun| noun.starts_with(char::is_uppercase));
    let start = lead.map_or(at.start, |noun| at.start - " of ".len() - noun.len());
    let run = starting(text, start)?;
    let line = start..start + text.get(run.clone())?.find('\n').unwrap_or(run.len());
    let words = text.get(line.clone()).filter(|words| !words.contains(" and "))?;
    let ends = words.match_indices(' ').map(|(at, _)| start + at).chain([line.end]).filter(|end| end - start > at.len() && *end >= at.end);
    let joined = |end: usize| text.get(at.end..end).is_some_and(|rest| rest.starts_with(" & ") && rest.matches(' ').count() == 2);
    ends.map(|end| start..end).rfind(|range| text.get(range.clone()).is_some_and(is_organization) || joined(range.end))
}

/// The run of capitals at a place where somebody is told of: "customers of Kestrelgrid Cloud", "we at Quarry Games".
fn somebody(text: &str, at: &Range<usize>) -> Option<Range<usize>> {
    let run = starting(text, at.start).filter(|run| run.end > at.end)?;
    let words = text.get(run.clone()).filter(|words| !words.contains(['\n', '&']) && !words.contains(" and "))?;
    let (before, behind) = (text.get(..run.start)?, text.get(run.start + words.len()..)?);
    let people = [Words::OwnThings, Words::OwnActs].iter().any(|words| list(*words).strip_start(behind).is_some());
    let ours = [Words::WeAt, Words::OwnedBy].iter().any(|words| list(*words).strip_end(before).is_some());
    let place = [" at ", " by ", "At "].iter().any(|lead| before.ends_with(lead));
    (people || ours || place).then_some(run)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_name_where_the_text_bears_it_out() {
        for (name, text, want) in [
            ("Larkhall", "Calls dropped\n\nLarkhall was slow.\n\nThe Larkhall Telehealth team\n", Some("Larkhall Telehealth")),
            ("Larkhall", "Larkhall Telehealth\n\nCalls at Larkhall dropped.\n", Some("Larkhall Telehealth")),
            (
                "Larkhall",
                "From: Larkhall Dental Support <a@larkhall.example>\n\nCalls on Larkhall Dental were slow.\n",
                Some("Larkhall Dental"),
            ),
            (
                "Brightwater",
                "Booking failed\n\nIt was slow.\n\nKind regards,\nBrightwater Dental Group\n",
                Some("Brightwater Dental Group"),
            ),
            ("Quarry", "Logins failed\n\nWe at Quarry Forge are sorry.\n", Some("Quarry Forge")),
            ("Tarn", "Letters were late\n\nThe University of Tarn regrets this.\n", Some("University of Tarn")),
            ("Moss", "Tills were down\n\nMoss & Fable shoppers waited.\n", Some("Moss & Fable")),
            // Products, offices and others.
            ("Larkhall", "Calls dropped\n\nLarkhall Postgres was slow.\n\nThe Larkhall Postgres team\n", None),
            ("Larkhall", "Calls dropped\n\nLarkhall Volumes: slow\nLarkhall Compute: slow\n", None),
            ("Larkhall", "Larkhall Ropes, incident 190\n\nLarkhall Ropes was down for all customers. Larkhall Sails was not.\n", None),
            ("Larkhall", "From: Larkhall Clinical Safety <a@larkhall.example>\n\nLarkhall was slow.\n", None),
            ("Larkhall", "Larkhall Status\n\nCalls dropped.\n\nThe Larkhall Support Team\n", None),
            ("Larkhall", "Calls dropped\n\nCustomers of Larkhall Ropes saw errors. Larkhall is sorry.\n", None),
            ("Larkhall", "Calls dropped\n\nOrsini and Larkhall Both were slow, see larkhall.example.\n", None),
        ] {
            let lead = text.get(..text.find(['\n', ',']).unwrap_or(0)).unwrap_or_default();
            let title = 0..if lead.starts_with("From: ") || lead == "Larkhall Telehealth" { 0 } else { lead.len() };
            let found = longer(text, name, &title, |_| false);
            let sure = found.as_ref().is_none_or(|(_, certainty)| (*certainty == Certainty::Stated) != (want == Some("Quarry Forge")));
            assert!(sure, "{text}");
            assert_eq!(found.and_then(|(range, _)| text.get(range)), want, "{text}");
        }
    }
}
