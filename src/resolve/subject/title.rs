//! What a title says was affected.

use crate::document::Text;
use crate::extract::time::times;
use crate::extract::words::{Words, list};

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
}
