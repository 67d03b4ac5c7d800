//! Running text: its sentences, the labels inside it, and lists that were flattened into it.

use super::date;
use super::lexicon::{self, Topic};
use super::time::{Time, times};
use super::words::{Words, list};
use std::ops::Range;

/// Words whose full stop ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "approx", "e.g", "i.e", "a.m", "p.m", "vs", "no", "st", "mr", "ms", "dr", "inc", "ltd", "co", "corp", "etc", "jan", "feb", "mar",
    "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "ca", "c", "v", "u.s", "misc", "incl", "est", "min", "max", "fig",
];

/// What may stand between a full stop and the white space after it.
const CLOSING: [char; 7] = ['"', '”', '\'', '’', ')', '*', '_'];

/// The most bytes of a sentence: what goes on for longer is cut at white space, so that looking at all of a sentence for
/// each of its times stays linear in the text.
const SENTENCE: usize = 2000;

/// The most words of a name in quotation marks.
const NAME: usize = 5;

/// Whether what stands at `range` of `text` is part of a name in quotation marks, behind the noun it is the name of ("the song
/// “6:45 start”"), rather than of something that is quoted.
pub fn is_in_name(text: &str, range: &Range<usize>) -> bool {
    let (Some(before), Some(after)) = (text.get(..range.start), text.get(range.end..)) else { return false };
    let Some((open, mark)) = before.char_indices().rev().find(|(_, c)| matches!(c, '"' | '“' | '”' | '„' | '«' | '»')) else {
        return false;
    };
    let close = match mark {
        '"' if before.matches('"').count() % 2 == 1 => '"',
        '“' | '„' => '”',
        '«' => '»',
        _ => return false,
    };
    let (lead, head) = (before.get(..open).unwrap_or_default(), before.get(open + mark.len_utf8()..).unwrap_or_default());
    let Some((tail, _)) = after.split_once(close) else { return false };
    let words = head.split_whitespace().chain(tail.split_whitespace()).count();
    let beside = head.chars().chain(tail.chars()).any(char::is_alphabetic);
    let stop = |part: &str| part.contains(['.', '!', '?', ';', ',', ':']);
    lead.trim_end().ends_with(char::is_alphabetic) && beside && words < NAME && !stop(head) && !stop(tail)
}

/// The sentences of `text`, without white space at their ends.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    // Up to here no white space stands behind the most bytes of a sentence; it is not looked for twice.
    let mut searched = 0;
    let bytes = text.as_bytes();
    let stops = memchr::memchr3_iter(b'.', b'!', b'?', bytes).map(|at| (at, true));
    let paragraphs = memchr::memmem::find_iter(bytes, b"\n\n").map(|at| (at, false));
    for (at, stop) in merged(stops, paragraphs).chain([(text.len(), false)]) {
        while at > start + SENTENCE {
            let Some(end) = cut(text, searched.max(start + SENTENCE), at) else { break };
            push_trimmed(text, start..end, &mut found);
            start = end;
        }
        searched = at;
        let after = at + 1;
        if at >= start && at < text.len() && (!stop || ends_sentence(text, at, after)) {
            let rest = text.get(after..).unwrap_or_default();
            let end = after + (rest.len() - rest.trim_start_matches(CLOSING).len());
            push_trimmed(text, start..end, &mut found);
            start = end;
        }
    }
    push_trimmed(text, start..text.len(), &mut found);
    found
}

/// Two runs of places as one, in order.
fn merged(a: impl Iterator<Item = (usize, bool)>, b: impl Iterator<Item = (usize, bool)>) -> impl Iterator<Item = (usize, bool)> {
    let (mut a, mut b) = (a.peekable(), b.peekable());
    std::iter::from_fn(move || match (a.peek(), b.peek()) {
        (Some(first), Some(second)) if second.0 < first.0 => b.next(),
        (Some(_), _) => a.next(),
        (None, _) => b.next(),
    })
}

/// Behind the first white space from `from` on, before `to`.
fn cut(text: &str, from: usize, to: usize) -> Option<usize> {
    let from = text.ceil_char_boundary(from).min(to);
    let rest = text.get(from..to)?;
    rest.char_indices().find(|(_, c)| c.is_whitespace()).map(|(at, c)| from + at + c.len_utf8())
}

fn push_trimmed(text: &str, range: Range<usize>, into: &mut Vec<Range<usize>>) {
    let part = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (part.len() - part.trim_start().len());
    let end = range.start + part.trim_end().len();
    if end > start {
        into.push(start..end);
    }
}

fn ends_sentence(text: &str, at: usize, after: usize) -> bool {
    let rest = text.get(after..).unwrap_or_default();
    // Closing quotes and brackets belong to the sentence; what follows must look like a new one.
    let next = rest.trim_start_matches(CLOSING);
    if next.is_empty() {
        return true;
    }
    if !next.starts_with(char::is_whitespace) {
        // "time period.This issue": the space was lost.
        return next.starts_with(char::is_uppercase)
            && text.get(..at).is_some_and(|t| t.ends_with(|c: char| c.is_lowercase()) && lost_space(t, next));
    }
    let first = next.trim_start().chars().next();
    if !first
        .is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“' | '(' | '[' | '•' | '-' | '*' | '·' | '$' | '%'))
    {
        return next.starts_with("\n") && first.is_none();
    }
    if text.as_bytes().get(at) != Some(&b'.') {
        return true;
    }
    let before = text.get(..at).unwrap_or_default();
    let written = last_word(before);
    // "EST" is a zone, and "at 9 a.m. The" two sentences: a word of grammar has a capital only where it opens one.
    let in_capitals = written.len() > 1 && written.bytes().all(|b| b.is_ascii_uppercase());
    // A number with a stop is an entry's mark, not a sentence, but for the day of a month.
    let number = !written.is_empty() && written.len() <= 2 && written.bytes().all(|b| b.is_ascii_digit());
    let of_month = || date::month_of(last_word(before.get(..before.len() - written.len()).unwrap_or_default().trim_end())).is_some();
    let enumerates = number && !of_month();
    let initial = written.chars().count() == 1 && written.chars().all(char::is_alphabetic) && !matches!(written, "i" | "I");
    let abbreviated = || ABBREVIATIONS.iter().any(|known| known.eq_ignore_ascii_case(written));
    !(enumerates || initial || !in_capitals && abbreviated() && !opens_sentence(next))
}

/// Whether a text begins with a word of grammar that has a capital.
fn opens_sentence(text: &str) -> bool {
    let text = text.trim_start();
    let word = text.get(..text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len())).unwrap_or_default();
    word.starts_with(char::is_uppercase) && (list(Words::FunctionWords).holds(word) || list(Words::ClosedWords).holds(word))
}

/// The word at the end of `text`; of one longer than any word, its end.
fn last_word(text: &str) -> &str {
    let start = text.ceil_char_boundary(text.len().saturating_sub(32));
    text.get(start..).unwrap_or_default().rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default()
}

fn lost_space(before: &str, after: &str) -> bool {
    let word = last_word(before);
    let next = after.get(..after.floor_char_boundary(32)).unwrap_or_default().split(char::is_whitespace).next().unwrap_or_default();
    !word.contains(['.', '/', '@', ':'])
        && !next.contains(['.', '/', '(', ')'])
        && next.chars().skip(1).all(|c| c.is_lowercase() || !c.is_alphabetic())
}

/// A known label inside running text ("… restored. Root cause: A …"): its topic, its words, and where its text starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InlineLabel {
    /// What it is about.
    pub topic: Topic,
    /// The label without its colon.
    pub label: Range<usize>,
    /// Where the text after it starts.
    pub text: usize,
}

/// The known labels in `text`, each at a sentence's start.
pub fn inline_labels(text: &str) -> Vec<InlineLabel> {
    let mut found: Vec<InlineLabel> = Vec::new();
    for at in memchr::memchr2_iter(b':', b'?', text.as_bytes()) {
        let after = at + 1;
        let colon = text.as_bytes().get(at) == Some(&b':');
        if text.get(after..).is_none_or(|rest| !rest.starts_with(char::is_whitespace) && !rest.is_empty()) {
            continue;
        }
        let reached = found.last().map_or(0, |last| last.text);
        let Some(before) = text.get(reached..at) else { continue };
        let start = reached
            + last_stop(before).map_or(0, |stop| stop + before.get(stop..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8));
        let start = start + (text.get(start..at).unwrap_or_default().len() - text.get(start..at).unwrap_or_default().trim_start().len());
        let label = text.get(start..at).unwrap_or_default();
        let words = label.split_whitespace().count();
        let whole = text.get(start..if colon { at } else { after }).unwrap_or_default();
        let asks = colon || words >= 3 || lexicon::exact_topic(whole) == Some(Topic::Cause);
        let shape = label.starts_with(char::is_uppercase) && (1..=8).contains(&words) && asks;
        // At the start of a line a label may be in any case: "severity: sev2", "started_at: 06:10".
        let heads_line = start == 0 || text.as_bytes().get(start - 1) == Some(&b'\n');
        let plain = || lexicon::exact_topic(&whole.replace(['_', '-'], " ")).filter(|_| colon && heads_line && words <= 4);
        if let Some(topic) = shape.then(|| lexicon::topic(whole)).flatten().or_else(plain) {
            found.push(InlineLabel { topic, label: start..at, text: after });
            continue;
        }
        // "… see https://a.example Next steps: We …": the stop before the label was lost.
        // "Opened: 10:15 Closed: 11:20": behind a value one word may be the next label.
        let value = |last: &InlineLabel| matches!(last.topic, Topic::Start | Topic::Window | Topic::Date | Topic::Severity | Topic::Status);
        let one_word = found.last().is_some_and(|last| value(last) && at - last.text <= 60);
        let starts = label
            .rmatch_indices(char::is_whitespace)
            .take(5)
            .skip(usize::from(!one_word))
            .filter_map(|(at, space)| label.get(at + space.len()..));
        let named = starts
            .filter(|phrase| colon && phrase.starts_with(char::is_uppercase))
            .filter_map(|phrase| Some((phrase, lexicon::exact_topic(phrase)?)));
        if let Some((phrase, topic)) = named.last() {
            found.push(InlineLabel { topic, label: at - phrase.len()..at, text: after });
        }
    }
    found
}

/// No label inside a line is longer, in bytes.
const LABEL: usize = 120;

/// The last mark that ends a sentence or a label: a stop inside an address is none.
fn last_stop(text: &str) -> Option<usize> {
    let ends = |(at, stop): &(usize, &str)| {
        let next = text.get(at + stop.len()..).and_then(|rest| rest.chars().next());
        matches!(*stop, "\n" | "]" | "”") || next.is_none_or(char::is_whitespace)
    };
    let stop = text.rmatch_indices(['.', '!', '?', ':', '|', '·', '\n', ']', '”']).find(ends).map(|(at, _)| at);
    // "Acme IT - Priority: P2 - Moderator: Ada"; no label is longer.
    let from = text.ceil_char_boundary(text.len().saturating_sub(LABEL));
    let tail = text.get(from..).unwrap_or_default();
    let dash = [" - ", " – ", " — "].iter().filter_map(|dash| Some(from + tail.rfind(dash)? + " ".len())).max();
    stop.max(dash)
}

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

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| text.get(range).unwrap_or_default()).collect()
    }

    #[test]
    fn sentences_end_where_they_end() {
        assert_eq!(split("It broke. We fixed it! Why? Nobody knows"), ["It broke.", "We fixed it!", "Why?", "Nobody knows"]);
        assert_eq!(split("At 8.15am BST approx. 40 users of v2.5 left. Done."), ["At 8.15am BST approx. 40 users of v2.5 left.", "Done."]);
        assert_eq!(split("over this time period.This issue"), ["over this time period.", "This issue"]);
        assert_eq!(split("One\n\nTwo"), ["One", "Two"]);
        assert_eq!(split("See config.yaml and a.b.C now. Yes."), ["See config.yaml and a.b.C now.", "Yes."]);
        assert_eq!(split("He said \"stop.\" Then 5 p.m. passed."), ["He said \"stop.\"", "Then 5 p.m. passed."]);
        assert_eq!(split("Up at 9:05 a.m. EST. Tills by 9:10 a.m. The rest"), ["Up at 9:05 a.m. EST.", "Tills by 9:10 a.m.", "The rest"]);
        assert_eq!(split("It broke on May 26. Tills were out."), ["It broke on May 26.", "Tills were out."]);
        assert_eq!(split("Tills of Pies Inc. North were down at 5 p.m. Eastern"), ["Tills of Pies Inc. North were down at 5 p.m. Eastern"]);
    }

    #[test]
    fn labels_inside_a_paragraph() {
        let text = "Summary of impact: Between 10:00 and 11:00 it failed: badly. Root cause and mitigation: A bug. Next steps: 1. Fix it. Was the issue detected? Yes.";
        let labels: Vec<_> =
            inline_labels(text).into_iter().map(|found| (found.topic, text.get(found.label).unwrap_or_default())).collect();
        assert_eq!(
            labels,
            [
                (Topic::Summary, "Summary of impact"),
                (Topic::Cause, "Root cause and mitigation"),
                (Topic::Actions, "Next steps"),
                (Topic::Detection, "Was the issue detected")
            ]
        );
        let lost = "Read more at https://a.example/x.y Next steps: We will test.";
        assert_eq!(inline_labels(lost).first().and_then(|found| lost.get(found.label.clone())), Some("Next steps"));
        assert_eq!(inline_labels("We did this: restarted. At 10:30 we saw 3: no."), []);
    }

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
