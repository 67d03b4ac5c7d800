//! Lists that were flattened into running text, and entries that run on.

use super::push_trimmed;
use crate::extract::time::{Time, times};
use std::ops::Range;

/// The entries of a list that was flattened into a paragraph, and what stands before it: "1. … 2. …", "• … • …",
/// "- … - …", "10:02 UTC - … 10:09 UTC - …".
pub fn inline_list(text: &str) -> Option<(Range<usize>, Vec<Range<usize>>)> {
    let marks = numbered(text).or_else(|| bulleted(text)).or_else(|| clocked(text))?;
    let first = marks.first()?.0;
    Some((0..text.get(..first)?.trim_end().len(), behind_marks(text, &marks)))
}

/// What stands behind each mark, up to the next.
fn behind_marks(text: &str, marks: &[(usize, usize)]) -> Vec<Range<usize>> {
    let mut entries = Vec::new();
    for (index, &(_, start)) in marks.iter().enumerate() {
        let end = marks.get(index + 1).map_or(text.len(), |next| next.0);
        push_trimmed(text, start..end, &mut entries);
    }
    entries
}

/// "1. ", "2) ", "(3) " in sequence from 1: where each mark starts and its text.
fn numbered(text: &str) -> Option<Vec<(usize, usize)>> {
    let mut marks = Vec::new();
    let mut from = 0;
    for number in 1..100 {
        let Some((at, length)) = mark_of(text, from, number) else { break };
        let open = if text.get(..at).is_some_and(|t| t.ends_with('(')) { at - 1 } else { at };
        marks.push((open, at + length));
        from = at + length;
    }
    (marks.len() >= 2).then_some(marks)
}

/// Sentences of one line of which each begins with its clock, the first at the very start, and a dash, a colon or a bracket behind it.
fn clocked(text: &str) -> Option<Vec<(usize, usize)>> {
    let opens = |rest: &str| rest.trim_start_matches(['[', '(']).starts_with(|c: char| c.is_ascii_digit());
    // Most entries are one, and their times are read once.
    let goes_on = || text.match_indices(['.', '!', '?', ';']).any(|(at, _)| text.get(at + 2..).is_some_and(opens));
    if !opens(text) || text.contains('\n') || !goes_on() {
        return None;
    }
    let mark = |time: &Time| {
        let Time::Moment(moment) = time else { return None };
        moment.clock?;
        let range = time.range();
        let before = text.get(..range.start)?;
        let start = before.trim_end_matches(['[', '(']).len();
        let above = before.get(..start)?.trim_end();
        let stops = above.is_empty() || above.ends_with(['.', '!', '?', ';']);
        let behind = text.get(range.end..)?;
        let leads = behind.starts_with([']', ')']) || behind.trim_start().starts_with(['-', '–', '—', ':']);
        (stops && leads).then_some((start, start))
    };
    let marks: Vec<_> = times(text).iter().filter_map(mark).collect();
    (marks.len() >= 2 && marks.first().is_some_and(|first| first.0 == 0)).then_some(marks)
}

/// The entries of a line that starts a list and goes on with it: "Fix it \[done\] 2. Test it 3. Rest", "10:02 - It broke. 10:09 -
/// Ada was paged."; the whole where it is one entry.
pub fn run_on(text: &str) -> Vec<Range<usize>> {
    if let Some(marks) = clocked(text) {
        return behind_marks(text, &marks);
    }
    let mut entries = Vec::new();
    let (mut start, mut number) = (0, None);
    for at in memchr::memchr2_iter(b'.', b')', text.as_bytes()) {
        let before = text.get(..at).unwrap_or_default();
        let lead = before.trim_end_matches(|c: char| c.is_ascii_digit());
        let Some(next) = before.get(lead.len()..).and_then(|digits| digits.parse::<u8>().ok()) else { continue };
        let stops = lead.ends_with(char::is_whitespace) && lead.trim_end().ends_with(['.', ']', ')', ';']);
        let spaced = text.get(at + 1..).is_some_and(|rest| rest.starts_with(char::is_whitespace));
        if stops && spaced && next >= 2 && number.is_none_or(|number| number + 1 == next) {
            push_trimmed(text, start..lead.len(), &mut entries);
            (start, number) = (at + 1, Some(next));
        }
    }
    push_trimmed(text, start..text.len(), &mut entries);
    entries
}

/// The first "3. " or "3) " from `from` on: where it starts and its length.
fn mark_of(text: &str, from: usize, number: u32) -> Option<(usize, usize)> {
    let digits = number.to_string();
    let hits = memchr::memmem::find_iter(text.as_bytes().get(from..)?, digits.as_bytes());
    hits.map(|at| from + at).find_map(|at| {
        let mut rest = text.get(at + digits.len()..)?.chars();
        let mark = matches!(rest.next(), Some('.' | ')')) && matches!(rest.clone().next(), Some(' ' | '\u{a0}'));
        let length = digits.len() + 1 + rest.next().map_or(0, char::len_utf8);
        (mark && starts_entry(text, at)).then_some((at, length))
    })
}

fn starts_entry(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end_matches('(');
    before.is_empty() || before.ends_with(char::is_whitespace)
}

fn bulleted(text: &str) -> Option<Vec<(usize, usize)>> {
    const BULLETS: [char; 6] = ['•', '·', '▪', '‣', '◦', '●'];
    if !text.is_ascii()
        && let Some(bullet) = text.chars().find(|c| BULLETS.contains(c))
    {
        // "Acme Ltd · Reg. 12 · Bergen": a dot between words of one line parts them.
        let before = text.split(bullet).next().unwrap_or_default().trim_end();
        if bullet == '·' && !(before.is_empty() || before.ends_with(['.', ':', ';', '!', '?', ']', ')'])) {
            return None;
        }
        return Some(text.match_indices(bullet).map(|(at, mark)| (at, at + mark.len())).collect());
    }
    let dash = |(at, mark): (usize, &str)| {
        let before = text.get(..at).unwrap_or_default().trim_end();
        let after = text.get(at + mark.len()..).unwrap_or_default();
        (before.is_empty() || before.ends_with(['.', ':', ';', '!', '?', ']', ')'])) && after.starts_with(char::is_uppercase)
    };
    let places = |mark: &'static str| memchr::memmem::find_iter(text.as_bytes(), mark).map(move |at| (at, mark));
    let marks: Vec<_> = places(" - ").chain(places(" * ")).filter(|&found| dash(found)).map(|(at, mark)| (at, at + mark.len())).collect();
    // The first may stand at the very start, behind a label.
    let first = text.strip_prefix("- ").filter(|rest| !marks.is_empty() && rest.starts_with(char::is_uppercase)).map(|_| (0, 2));
    let marks: Vec<_> = first.into_iter().chain(marks).collect();
    (marks.len() >= 2).then_some(marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_that_go_on_in_the_line() {
        let entries = |text: &str| run_on(text).into_iter().map(|r| text.get(r).unwrap_or_default().to_owned()).collect::<Vec<_>>();
        assert_eq!(entries("Oil it [done] 2. Teach a guard [open] 3. Rest"), ["Oil it [done]", "Teach a guard [open]", "Rest"]);
        assert_eq!(entries("Watch the drift (done). 4) Split the zone."), ["Watch the drift (done).", "Split the zone."]);
        for whole in ["Version 2. 5 of it broke", "Done on 12. 13 nodes left.", "It took 3. Then it was well.", "Add 2. servers"] {
            assert_eq!(entries(whole), [whole], "{whole}");
        }
    }

    #[test]
    fn flattened_lists() {
        let entries = |text: &str| {
            inline_list(text)
                .map(|(_, entries)| entries.into_iter().map(|r| text.get(r).unwrap_or_default().to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(
            entries("We will: 1. Fix it. 2. Test 3.5 more. 3. Rest."),
            Some(vec!["Fix it.".into(), "Test 3.5 more.".into(), "Rest.".into()])
        );
        assert_eq!(entries("Steps: 1) Go [DONE] 2) Stop"), Some(vec!["Go [DONE]".into(), "Stop".into()]));
        assert_eq!(entries("Now: • One. • Two"), Some(vec!["One.".into(), "Two".into()]));
        assert_eq!(entries("This includes: - Improve it. - Enforce it."), Some(vec!["Improve it.".into(), "Enforce it.".into()]));
        assert_eq!(entries("- Improve it. - Enforce it."), Some(vec!["Improve it.".into(), "Enforce it.".into()]));
        assert_eq!(entries("A well - known thing. And 1. only"), None);
        assert_eq!(
            entries("23:10 UTC - Boards went blank. [23:50 UTC] Boards are back."),
            Some(vec!["23:10 UTC - Boards went blank.".into(), "[23:50 UTC] Boards are back.".into()])
        );
        for whole in [
            "10:02 - 10:47 UTC: tills were down. 12:00 - 12:10 UTC: so was the shop.",
            "At 10:02 it broke. 10:47 UTC: it was back.",
            "10:02 it broke. 10:47 it was back.",
            "3:1 - that was the score. 2:0 was hoped for.",
        ] {
            assert_eq!(entries(whole), None, "{whole}");
        }
    }
}
