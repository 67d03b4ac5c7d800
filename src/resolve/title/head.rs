//! The head of a document: who writes, from where, when, and what kind of document it is; and the title below that.

use super::is_title;
use crate::document::Text;
use crate::extract::lexicon;
use crate::extract::time;
use crate::extract::vocabulary::{bits, folded, lists};
use crate::extract::words::{Words, list};
use crate::resolve::brand;
use crate::resolve::proper::{is_joint, is_name, is_organization};

/// "Tollgrove › Status history", "Home > Status > Archive": the way to a page.
pub fn is_way(line: &str) -> bool {
    let parts = |mark: &str| line.split(mark).filter(|part| part.split_whitespace().count() <= 4).count();
    let all = |mark: &str| line.matches(mark).count() + 1 == parts(mark);
    !line.contains('\n')
        && ([" › ", " » "].iter().any(|mark| line.contains(mark) && all(mark))
            || line.matches(" > ").count() > 1 && all(" > ")
            || line.matches(" / ").count() > 1 && all(" / ") && !tells_trouble(line))
}

/// Below two lines or more that hold nothing but names, or an address, the first line that tells of trouble or `is_block`.
pub fn below_plates<'a>(lines: &[Text<'a>], is_block: impl Fn(&Text<'a>) -> bool) -> Option<Text<'a>> {
    let is_head = |line: &str| is_named(line) || is_date(line) || is_kind(line) || line.ends_with(',');
    let head = lines.iter().take_while(|line| is_head(line.as_str())).count();
    let (above, below) = lines.split_at_checked(head)?;
    let plates = above.iter().filter(|line| is_plate(line.as_str())).count();
    let sure = plates > 1 || above.iter().any(|line| is_address(line.as_str()));
    let line = below.first()?;
    let title = without_marks(line);
    (sure && is_line(title.as_str()) && (is_block(line) || tells_trouble(title.as_str()))).then_some(title)
}

/// Whether a word of a line is one of trouble.
fn tells_trouble(line: &str) -> bool {
    const TROUBLE: u32 = bits(&[Words::TitleTrouble, Words::OutageNouns, Words::Ailing]);
    let service = |word: &str| word.get(.."service".len()).is_some_and(|start| start.eq_ignore_ascii_case("service"));
    line.split(|c: char| !c.is_alphanumeric()).any(|word| lists(folded(word)) & TROUBLE != 0 && !service(word))
}

/// "Infrastructure Committee", "14 Mill Lane, Tarn": names, in which no day is.
fn is_plate(line: &str) -> bool {
    is_named(line) && time::times(line).is_empty()
}

/// Names and numbers, and nothing that is said of them.
fn is_named(line: &str) -> bool {
    let named = |word: &str| word.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic()) || is_joint(word);
    line.len() <= 100
        && line.contains(' ')
        && line.starts_with(char::is_alphanumeric)
        && line.split_whitespace().all(named)
        && !line.contains(": ")
        && !(tells_trouble(line) || is_kind(line))
        && lexicon::topic(line).is_none()
}

/// "14 Mill Lane, Tarn", "Unit 7, Marsh Trading Estate", "Tarn, 5 May 2024": a number in front of a name, or behind one of several,
/// or a place and the day.
pub fn is_address(line: &str) -> bool {
    let numbered = |part: &str| {
        let number = part.bytes().take_while(u8::is_ascii_digit).count();
        let house = part.get(number..).and_then(|rest| rest.strip_prefix(' ')).is_some_and(|rest| rest.starts_with(char::is_uppercase));
        number > 0 && house || line.contains(", ") && part.contains(' ') && part.ends_with(|c: char| c.is_ascii_digit())
    };
    let dated = line.split_once(", ").is_some_and(|(place, day)| place.split(' ').count() <= 2 && is_date(day));
    is_named(line) && (dated || time::times(line).is_empty() && line.split(", ").any(numbered))
}

/// The title of a document that starts with who writes, when, or what kind of document it is: the line below that. Where
/// none reads like a title, the kind of document is all that there is.
pub fn below_letterhead<'a>(lines: &[Text<'a>]) -> Option<Text<'a>> {
    let mut kind = None;
    let mut named = false;
    for (index, line) in lines.iter().enumerate() {
        let words = line.as_str();
        let next = lines.get(index + 1).map(Text::as_str).unwrap_or_default();
        let over_date = is_name(words) && words.contains(' ') && is_date(next);
        let masthead = index == 0 && lines.len() > 1 && is_masthead(words);
        if masthead || is_letterhead(words) || over_date || is_bare_name(words) && index == 0 && (is_title(next) || is_line(next)) {
            named = true;
        } else if is_kind(words) {
            kind.get_or_insert(line);
        } else if !is_date(words) {
            let title = without_marks(line);
            return if named && is_line(title.as_str()) { Some(title) } else { kind.filter(|_| named).cloned() };
        }
    }
    None
}

/// "Thornbury Bank plc", "Lakemount College - Information Technology": who writes, and nothing else.
pub fn is_letterhead(line: &str) -> bool {
    let (name, office) = [" - ", " – ", " — ", " | "].iter().find_map(|mark| line.split_once(mark)).unwrap_or((line, ""));
    is_organization(name.trim()) && (office.is_empty() || is_organization(office.trim()))
}

/// "Acme Cloud Status", "Acme Web Cloud | Service History": whose page it is.
fn is_masthead(line: &str) -> bool {
    let joined = line.replace(" | ", " ");
    list(Words::MastheadEnds).strip_end(&joined).is_some_and(|name| is_name(name) && brand::is_own(name))
}

/// "Pebblecast": a name that is no service.
fn is_bare_name(line: &str) -> bool {
    is_name(line) && brand::is_own(line) && line.split(' ').count() <= 3
}

/// "Service Alert", "Media statement, Monday 3 July 2017": what kind of document it is, and perhaps when.
pub fn is_kind(line: &str) -> bool {
    let found = crate::extract::time::times(line);
    let end = found.first().map_or(line.len(), |time| time.range().start);
    let lead = line.get(..end).unwrap_or_default().trim_end_matches([' ', ',', '-', '–', '(']);
    let furniture = |word: &str| list(Words::TitleFurniture).holds(word) || list(Words::DocumentKinds).holds(word);
    !lead.is_empty() && lead.split([' ', ',']).filter(|word| !word.is_empty()).all(furniture)
}

/// Whether a line below the head of a document reads like a title, which may be in two parts ("Payments: all is well").
pub fn is_line(line: &str) -> bool {
    let words = line.split_whitespace().count();
    // "No. 12"
    let one = line.split(". ").skip(1).all(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let open = !line.ends_with(['.', ',', ':', ';', '!']) && one && line.len() <= 140;
    let labelled = line.split_once(": ").is_some_and(|(label, _)| lexicon::topic(label).is_some() && !is_kind(label));
    open && (3..=20).contains(&words)
        && line.starts_with(|c: char| c.is_alphanumeric())
        && lexicon::exact_topic(line).is_none()
        && !labelled
        && !is_address(line)
}

/// A title without the state that a page puts behind it ("\[Closed\]"), and without what stands far to its right (a date).
pub fn without_marks<'a>(text: &Text<'a>) -> Text<'a> {
    let whole = text.as_str();
    let far = whole.find("   ").filter(|at| *at > 0 && !whole.contains('\n')).unwrap_or(whole.len());
    let line = whole.get(..far).unwrap_or(whole);
    let state = line.strip_suffix(']').and_then(|rest| rest.rsplit_once(" ["));
    let end = state.filter(|(_, state)| list(Words::UpdateLabels).holds(state)).map_or(far, |(title, _)| title.len());
    text.part(0..end).trimmed()
}

/// Whether a heading is a date and nothing else.
pub fn is_date(heading: &str) -> bool {
    time::are_all(heading, &time::times(heading))
}
