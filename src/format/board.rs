//! An incident of a status page of any other make as copied text: labels on lines of their own ("Monitoring"), each over its stamp and
//! what was posted then, or over what was posted and then its stamp.

use super::history::month;
use super::statuspage::{Line, is_planned, lines, update_label};
use super::text;
use crate::document::{IncidentKind, Report, Text, Update, is_postmortem};
use std::ops::Range;

/// The longest line that is a stamp, in bytes, and the most words of a label.
const STAMP: usize = 60;
const LABEL: usize = 3;
/// Within so many bytes of a line its label ends.
const LABELLED: usize = 40;

/// Whether a line is a day and a clock and nothing else, but for the words that lead to them.
pub(super) fn is_stamp(line: &str) -> bool {
    let word = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let known = ["at", "on", "posted", "updated", "am", "pm"].iter().any(|known| word.eq_ignore_ascii_case(known));
        let weekday = word
            .get(..3)
            .is_some_and(|start| ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].contains(&start.to_ascii_lowercase().as_str()));
        let zone = word.len() <= 5 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        word.contains(|c: char| c.is_ascii_digit()) || known || weekday || zone || month(word).is_ok_and(|(rest, _)| rest.is_empty())
    };
    let mut parts = line.split(|c: char| !c.is_ascii_digit());
    let (year, clock) = (parts.any(|digits| digits.len() == 4), has_clock(line));
    line.len() <= STAMP && year && clock && line.split_whitespace().all(word)
}

/// Whether a time of day stands in a text: "0:10", of "10:10".
pub(super) fn has_clock(text: &str) -> bool {
    let is_clock =
        |window: &[u8]| matches!(window, [hour, b':', tens, ones] if [hour, tens, ones].iter().all(|digit| digit.is_ascii_digit()));
    text.as_bytes().windows(4).any(is_clock)
}

/// The label that a line is or begins with ("Resolved — All is well."), and where the text behind it starts.
fn label(line: &str) -> Option<(usize, usize)> {
    if !line.starts_with(char::is_uppercase) {
        return None;
    }
    let head = line.get(..line.floor_char_boundary(LABELLED.min(line.len()))).unwrap_or_default();
    let dash = [" — ", " – ", " - ", ": "].iter().filter_map(|mark| Some((head.find(mark)?, mark.len()))).min();
    let (end, length) = dash.or((head.len() == line.len()).then_some((line.len(), 0)))?;
    let words = line.get(..end)?;
    let named = words.split_whitespace().count() <= LABEL && words.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-'));
    named.then_some((end, end + length))
}

/// A post: where its label, its stamp and its text stand, in bytes.
struct Post {
    label: Range<usize>,
    stamp: Range<usize>,
    body: Range<usize>,
}

/// The posts of a page, none where there are fewer than two of known labels.
fn posts(lines: &[Line]) -> Vec<Post> {
    let told: Vec<usize> = (0..lines.len()).filter(|at| lines.get(*at).is_some_and(|line| !line.text.is_empty())).collect();
    let line = |place: usize| told.get(place).and_then(|at| lines.get(*at));
    let text = |place: usize| line(place).map_or("", |line| line.text);
    let span = |place: usize| line(place).map_or(0..0, |line| line.start..line.start + line.text.len());
    // Whether a line stands right below the one above it.
    let joined = |place: &usize| told.get(*place).zip(told.get(place - 1)).is_some_and(|(own, above)| own - above == 1);
    let stamps: Vec<usize> = (1..told.len()).filter(|place| is_stamp(text(*place))).collect();
    let is_known = |place: &usize| label(text(*place)).is_some_and(|(end, _)| text(*place).get(..end).is_some_and(update_label));
    let alone = |place: &usize| label(text(*place)).is_some_and(|(_, body)| body == text(*place).len());
    let over: Vec<usize> = stamps.iter().map(|stamp| stamp - 1).filter(alone).collect();
    if over.iter().filter(|place| is_known(place)).count() >= 2 {
        // Below the last there is more than what was posted.
        let end = |place: usize| (place + 3..told.len()).take_while(joined).last().unwrap_or(place + 2);
        let post = |(nth, place): (usize, &usize)| {
            let until = over.get(nth + 1).map_or_else(|| span(end(*place)).end, |next| span(*next).start).max(span(place + 1).end);
            Post { label: span(*place), stamp: span(place + 1), body: span(place + 1).end..until }
        };
        return over.iter().enumerate().map(post).collect();
    }
    let (mut found, mut known) = (Vec::new(), 0);
    for (nth, stamp) in stamps.iter().enumerate() {
        let above = nth.checked_sub(1).and_then(|before| stamps.get(before)).map(|before| before + 1);
        // Above the first stands the head of the page.
        let labelled = above.map_or_else(|| (0..*stamp).rev().find(is_known), |above| (above..*stamp).find(is_known));
        known += usize::from(labelled.is_some());
        let Some(place) = labelled.or(above.filter(|place| place < stamp)) else { continue };
        let (label, body) = label(text(place)).unwrap_or((0, 0));
        let from = span(place).start;
        // "Write-up published" over "Resolved" is the label.
        let outer = place.checked_sub(1).filter(|outer| is_postmortem(text(*outer)) && alone(outer));
        let label = outer.map_or(from..from + label, span);
        found.push(Post { label, stamp: span(*stamp), body: from + body..span(*stamp).start });
    }
    if known >= 2 { found } else { Vec::new() }
}

/// Whether the text is such a page.
pub fn is_page(source: &str) -> bool {
    let known = |line: &&str| label(line.trim()).is_some_and(|(end, _)| line.trim().get(..end).is_some_and(update_label));
    if source.lines().filter(known).take(2).count() < 2 {
        return false;
    }
    let posts = posts(&lines(source));
    // What is looked into between two ends is another incident: the page is of several.
    let is = |post: &Post, label: &str| source.get(post.label.clone()).is_some_and(|own| own.eq_ignore_ascii_case(label));
    let over = || posts.iter().enumerate().filter(|(_, post)| is(post, "resolved")).map(|(at, _)| at);
    let between = over().next().zip(over().next_back()).and_then(|(first, last)| posts.get(first..last));
    !posts.is_empty() && !between.unwrap_or_default().iter().any(|post| is(post, "investigating"))
}

/// Reads the page in `whole`: what stands above and below its posts is running text.
pub fn read<'a>(whole: &Text<'a>) -> Report<'a> {
    let lines = lines(whole.as_str());
    let posts = posts(&lines);
    let mut report = Report::new(whole.whole());
    let head = posts.first().map_or(0, |post| post.label.start);
    let tail = posts.last().map_or(0, |post| post.stamp.end.max(post.body.end));
    // "Seats cannot be booked" over "Resolved": what it is called over where it stands.
    let above: Vec<&Line> = lines.iter().take_while(|line| line.start < head).filter(|line| !line.text.is_empty()).collect();
    let titled = above.windows(2).find_map(|pair| match pair {
        [title, state] if update_label(state.text) && !update_label(title.text) => Some(title),
        _ => None,
    });
    report.title = titled.map(|line| whole.part(line.start..line.start + line.text.len()));
    report.blocks = text::blocks_of(&whole.part(0..head));
    report.blocks.extend(text::blocks_of(&whole.part(tail..whole.as_str().len())));
    for post in posts {
        let blocks = text::blocks_of(&whole.part(post.body.clone()).trimmed());
        report.updates.push(Update { label: whole.part(post.label.clone()), stamp: Some(whole.part(post.stamp)), blocks });
    }
    if report.updates.iter().any(|update| is_planned(update.label.as_str())) {
        report.kind = IncidentKind::Maintenance;
    }
    report
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(page: &str) -> Vec<(String, String, String)> {
        let report = read(&Text::slice_of(page, 0..page.len()));
        let words = |text: &Text| text.as_str().to_owned();
        let body = |update: &Update| update.blocks.iter().map(|block| words(&block.text)).collect::<Vec<_>>().join(" / ");
        report
            .updates
            .iter()
            .map(|update| (words(&update.label), update.stamp.as_ref().map(words).unwrap_or_default(), body(update)))
            .collect()
    }

    fn post(label: &str, stamp: &str, body: &str) -> (String, String, String) {
        (label.to_owned(), stamp.to_owned(), body.to_owned())
    }

    #[test]
    fn stamps_stand_below_labels_or_below_texts() {
        let over = "Seats cannot be booked\nResolved\n\nResolved\nAug 07, 2024 at 10:15pm CEST\nSeats can be booked.\n\nMonitoring\n\
            Aug 07, 2024 at 09:34pm CEST\nThe host answers.\n\nCreated\nAug 07, 2024 at 07:52pm CEST\n\nSeats time out.\n\nPowered by Acme\n";
        assert!(is_page(over));
        assert_eq!(read(&Text::slice_of(over, 0..over.len())).title.as_ref().map(Text::as_str), Some("Seats cannot be booked"));
        let posts = [
            post("Resolved", "Aug 07, 2024 at 10:15pm CEST", "Seats can be booked."),
            post("Monitoring", "Aug 07, 2024 at 09:34pm CEST", "The host answers."),
            post("Created", "Aug 07, 2024 at 07:52pm CEST", "Seats time out."),
        ];
        assert_eq!(told(over), posts);
        let under = "Seats\nResolved\n\nParts\nBooking\n\nResolved\nSeats can be booked.\nMarch 14, 2024 at 1:20 PM UTC\n\n\
            Investigating\nSeats\ntime out.\nMarch 14, 2024 at 10:18 AM UTC\n\nBack\n";
        assert!(is_page(under));
        let posts = [
            post("Resolved", "March 14, 2024 at 1:20 PM UTC", "Seats can be booked."),
            post("Investigating", "March 14, 2024 at 10:18 AM UTC", "Seats\ntime out."),
        ];
        assert_eq!(told(under), posts);
        let inline = "Seats\n\nResolved — Seats can be booked.\nPosted at 14:45 BST on Monday 9th September 2019\n\nRecovering — It is better.\n\
            Posted at 12:20 BST on Monday 9th September 2019\n\nInvestigating — Seats time out.\nPosted at 10:05 BST on Monday 9th September 2019\n";
        let posted = |clock: &str| format!("Posted at {clock} BST on Monday 9th September 2019");
        let posts = [
            post("Resolved", &posted("14:45"), "Seats can be booked."),
            post("Recovering", &posted("12:20"), "It is better."),
            post("Investigating", &posted("10:05"), "Seats time out."),
        ];
        assert_eq!(told(inline), posts);
    }

    #[test]
    fn look_alikes_are_no_page() {
        for text in [
            "Resolved\nIt works.\n\nMonitoring\nWe watch it.\n",
            "Resolved\nIt works since 4 May 2026, 10:20.\n\nMonitoring\nWe watched until 4 May 2026, 11:00.\n",
            "Identified\n4 May 2026, 10:20 UTC\nIt was a disk.\n",
            "Mail\n\nResolved\nMay 4, 2026 10:20\nA\n\nInvestigating\nMay 4, 2026 10:00\nB\n\nWeb\n\nResolved\nMay 2, 2026 9:20\nC\n\n\
            Investigating\nMay 2, 2026 9:00\nD\n",
            "",
        ] {
            assert!(!is_page(text), "{text}");
        }
    }
}
