//! What a title says was affected.

use crate::document::Text;
use crate::extract::time::times;
use crate::extract::words::{Words, list};
use std::ops::Range;

/// The longest plain name, in words.
const LONGEST: usize = 4;

/// A title's subject as far as it is written with capitals, one name or several: what stands behind "with", "for" or
/// "affecting", else what stands in front of the trouble.
pub fn subject<'a>(title: &Text<'a>) -> Text<'a> {
    let whole = title.as_str();
    let start = list(Words::BeforeSubject).first(whole).map(|mark| mark.end);
    let subject = match start {
        Some(start) => title.part(start..whole.len()),
        None => {
            let start = opening(whole).max(behind_date(whole));
            // "Root cause report: Gateway unreachable": what stands behind the colon is the subject.
            let rest = whole.get(start..).unwrap_or_default();
            let named =
                |at: usize| rest.get(..at).is_some_and(|name| name.contains(' ')) && is_symptom(rest.get(at + 2..).unwrap_or_default());
            let colon = rest.find(": ").filter(|at| *at <= 40 && !named(*at)).map_or(0, |at| at + 2);
            title.part(start + colon..whole.len())
        }
    };
    // "… and Net Banking on 02-05-2023"
    let dated = times(subject.as_str()).first().map_or(subject.as_str().len(), |time| time.range().start);
    let lead = subject.as_str().get(..dated).unwrap_or_default().trim_end();
    let lead =
        ["on", "at", "from", "of"].iter().find_map(|link| lead.strip_suffix(link)).filter(|lead| lead.ends_with(' ')).unwrap_or(lead);
    let subject = if dated > 0 { subject.part(0..lead.len()) } else { subject };
    let whole = subject.as_str();
    let stop = [" - ", " – ", " — ", "- ", ": ", " | "].iter().filter_map(|mark| whole.find(mark)).min().unwrap_or(whole.len());
    let head = subject.part(0..stop).trimmed();
    if start.is_some() { head } else { before_trouble(&head) }
}

/// "Increased error rates", behind a name and a colon.
fn is_symptom(words: &str) -> bool {
    let first = words.split(' ').next().unwrap_or_default();
    list(Words::TitleVague).holds(first) || list(Words::TitleTrouble).holds(first) || list(Words::Ailing).holds(first)
}

/// The names in it that plain nouns belong to, which the capital alone does not tell: "Payroll exports stuck", "Web portal
/// slow, previews missing", "Slow answers in the customer warehouse".
pub fn phrases<'a>(title: &Text<'a>) -> Vec<Text<'a>> {
    let whole = title.as_str();
    let start = opening(whole).max(behind_date(whole));
    let start = start + behind_kind(whole.get(start..).unwrap_or_default());
    let rest = whole.get(start..).unwrap_or_default();
    if let Some(object) = list(Words::BeforeSubject)
        .first(rest)
        .and_then(|mark| up_to_trouble(rest.get(mark.end..)?, false).map(|name| mark.end + name.start..mark.end + name.end))
    {
        return vec![title.part(start + object.start..start + object.end)];
    }
    let mut found = Vec::new();
    let mut at = start;
    for clause in rest.split_inclusive(", ") {
        if let Some(name) = up_to_trouble(clause, true).or_else(|| behind_trouble(clause)) {
            let name = name.start..name.start + proper(clause.get(name).unwrap_or_default()).len();
            found.push(title.part(at + name.start..at + name.end));
        }
        at += clause.len();
    }
    found
}

/// "Acme Editor save" is "Acme Editor": behind several names one plain word tells what failed, unless it is a kind of thing.
fn proper(name: &str) -> &str {
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let Some((names, last)) = name.rsplit_once(' ') else { return name };
    let thing = list(Words::KindsOfThings).places(name).any(|found| found.end == name.len());
    if names.contains(' ') && names.split(' ').all(capital) && !capital(last) && !thing { names } else { name }
}

/// The length of "Outage on 2023-06-20 09:10 - " in front of a title: a date is no part of a name.
fn behind_date(title: &str) -> usize {
    let found = times(title);
    let Some((first, last)) = found.first().zip(found.last()) else { return 0 };
    let lead = title.get(..first.range().start).unwrap_or_default().split_whitespace().count();
    let rest = title.get(last.range().end..).unwrap_or_default();
    let subject = rest.trim_start_matches([' ', ':', '-', '–', '—', '|']);
    let parted = rest.trim_start().starts_with([':', '-', '–', '—', '|']) && !subject.is_empty();
    if lead <= 3 && parted { title.len() - subject.len() } else { 0 }
}

/// The length of "Root cause report: " in front of a title; "E-lending: loans not returned" begins with its subject.
fn behind_kind(title: &str) -> usize {
    let Some((kind, rest)) = title.split_once(": ") else { return 0 };
    let plain = rest.starts_with(|c: char| c.is_lowercase());
    if plain && !kind.split_whitespace().any(|word| list(Words::TitleFurniture).holds(word)) { 0 } else { kind.len() + 2 }
}

/// The first words, where those behind them say what ailed them: "Payroll exports stuck". With `cased` the first word has
/// a capital and there are two at least.
fn up_to_trouble(clause: &str, cased: bool) -> Option<Range<usize>> {
    let (mut at, mut end, mut count) = (0, 0, 0);
    let ails = |bare: &str| list(Words::Ailing).holds(bare) || list(Words::TitleTrouble).holds(bare);
    let mut words = clause.split_inclusive(' ');
    while let Some(word) = words.next() {
        let bare = bare(word);
        let links = list(Words::FunctionWords).holds(bare);
        // "Message broker out of disk"
        let out = bare == "out" && clause.get(at..).is_some_and(|rest| rest.starts_with("out of "));
        if count > 0 && (ails(bare) || links || out) {
            // "Fax delivery to Canada delayed": the trouble may be told later.
            let told = ails(bare) || out || list(Words::Auxiliaries).holds(bare) || words.any(|word| ails(self::bare(word)));
            return (told && count > usize::from(cased)).then_some(0..end);
        }
        let starts = !links
            && !list(Words::TitleVague).holds(bare)
            && (!cased || bare.starts_with(char::is_uppercase) && !list(Words::NameVague).holds(bare));
        let plain = bare.len() == word.trim_end().len() && bare.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '/' | '&'));
        if count == LONGEST || !plain || count == 0 && !starts {
            return None;
        }
        end = at + bare.len();
        at += word.len();
        count += 1;
    }
    None
}

/// A word without what parts it from the next.
fn bare(word: &str) -> &str {
    word.trim().trim_end_matches([',', '.', ':'])
}

/// "Slow queries in the customer warehouse", "Elevated error rates for webhooks": what the trouble was with, where it is
/// no place and nobody.
fn behind_trouble(clause: &str) -> Option<Range<usize>> {
    let first = clause.split(' ').next()?;
    if !list(Words::TitleVague).holds(first) && !list(Words::TitleTrouble).holds(first) {
        return None;
    }
    let mark = [" in ", " with ", " on ", " for ", " of "].iter().filter_map(|mark| clause.find(mark).map(|at| at + mark.len())).min()?;
    let rest = clause.get(mark..)?;
    let bare = ["the ", "our "].iter().find_map(|article| rest.strip_prefix(article)).unwrap_or(rest);
    let start = clause.len() - bare.len();
    let mut end = 0;
    let mut count = 0;
    for word in bare.split_inclusive(' ') {
        let name = self::bare(word);
        let joins = matches!(name, "&" | "and");
        if list(Words::FunctionWords).holds(name) && !joins || count == LONGEST {
            break;
        }
        if list(Words::NameVague).holds(name)
            || list(Words::NoServices).holds(name)
            || !name.chars().all(|c| c.is_alphanumeric() || c == '-')
        {
            return None;
        }
        (end, count) = (end + word.len(), count + 1);
    }
    let name = self::bare(bare.get(..end)?);
    let plain = name.rsplit(' ').next()?.starts_with(|c: char| c.is_lowercase());
    (plain || bare.len() < rest.len()).then_some(start..start + name.len()).filter(|_| count > 0)
}

/// The length of "RCA: " and the like in front of a title.
fn opening(title: &str) -> usize {
    list(Words::TitleOpenings).strip_start(title).map_or(0, |rest| title.len() - rest.len())
}

/// "INC-311", "RFO-20250311-02", "INC0048812": what a report is filed under.
fn is_ticket(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_uppercase).count();
    let number = word.get(letters..).unwrap_or_default();
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let filed = number.starts_with('-') && digits >= 2 || digits >= 4;
    letters >= 2 && filed && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

/// "Checkout service disruption due to upgrade" is about "Checkout": the names in front of the first plain word.
fn before_trouble<'a>(head: &Text<'a>) -> Text<'a> {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-').to_owned();
    let furniture = |word: &&str| {
        let bare = bare(word);
        bare.is_empty() || list(Words::TitleFurniture).holds(&bare) || is_ticket(&bare)
    };
    let start: usize = head.as_str().split_inclusive(' ').take_while(furniture).map(str::len).sum();
    let head = head.part(start..head.as_str().len());
    let mut at = 0;
    for word in head.as_str().split_inclusive(' ') {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let code = at > 0 && bare.starts_with(|c: char| c.is_ascii_digit());
        let named = bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || matches!(bare, "and" | "of" | "&" | "")
            || word.starts_with('(');
        let ends = list(if at > 0 { Words::TitleTrouble } else { Words::TitleVague }).holds(bare);
        if !named || code || ends {
            break;
        }
        at += word.len();
    }
    head.part(0..at).trimmed()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::subject::split_names;

    fn of_title(title: &str) -> Vec<String> {
        split_names(&subject(&Text::slice_of(title, 0..title.len()))).iter().map(|t| t.as_str().to_owned()).collect()
    }

    #[test]
    fn titles_name_what_broke() {
        assert_eq!(of_title("Incident with Search, Uploads and Git Hosting"), ["Search", "Uploads", "Git Hosting"]);
        assert_eq!(of_title("RCA - Archive and Print Servers - North"), ["Archive", "Print Servers"]);
        assert_eq!(of_title("Ledger service disruption due to upgrade"), ["Ledger"]);
        assert_eq!(of_title("Order Platform - slow in the north"), ["Order Platform"]);
    }

    #[test]
    fn plain_nouns_belong_to_the_name() {
        for (title, names) in [
            ("Payroll exports stuck", &["Payroll exports"][..]),
            ("Ticket scanners could not log in", &["Ticket scanners"]),
            ("Parcel labels to Norway delayed", &["Parcel labels"]),
            ("Seat map slow, fare previews missing", &["Seat map"]),
            ("Event bus lost quorum", &["Event bus"]),
            ("RCA: Voice call recording delay", &["Voice call recording"]),
            ("Operations on ledger entries unavailable", &["ledger entries"]),
            ("Slow reports in the parts catalogue", &["parts catalogue"]),
            ("Elevated error rates for webhooks", &["webhooks"]),
            ("Checkout was slow", &[]),
            ("Checkout slow", &[]),
            ("High latency in Frankfurt", &[]),
            ("Errors for some customers", &[]),
            ("Delays in the northern region", &[]),
            ("The day the queue ate itself", &[]),
            ("How a typo took us down", &[]),
        ] {
            let found = phrases(&Text::slice_of(title, 0..title.len()));
            assert_eq!(found.iter().map(|text| text.as_str()).collect::<Vec<_>>(), names, "{title}");
        }
    }
}
