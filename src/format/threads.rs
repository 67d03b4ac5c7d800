//! Mails that were pasted one after the other: those of one subject are one report.

use super::{fields, statuspage, text};
use crate::document::{Field, Report, Text, Update, line};
use crate::source::Span;
use std::collections::HashMap;
use std::ops::Range;

/// Reads the part of `source` at `extent`: of mails one after the other those of one subject are a report.
pub fn read(source: &str, extent: Span) -> Vec<Report<'_>> {
    let starts = heads(source, extent.range());
    if starts.len() < 2 {
        return vec![text::read(source, extent)];
    }
    let ends = starts.iter().skip(1).map(|(at, ..)| at.start).chain([extent.end as usize]);
    let mails = starts.iter().zip(ends).map(|((at, subject), end)| ((*subject).to_owned(), text::read(source, Span::new(at.end..end))));
    let threads = merged(mails);
    let mailbox = starts.iter().any(|(head, _)| !head.is_empty());
    if threads.len() < 2 && !mailbox {
        return vec![text::read(source, extent)];
    }
    threads
}

/// Mails with their subjects as reports: those of one subject are one.
pub fn merged<'a>(mails: impl Iterator<Item = (String, Report<'a>)>) -> Vec<Report<'a>> {
    // "Resolved: VPN unreachable" is of the same as "Incident: VPN unreachable".
    let about = |subject: &str| {
        let bare = subject.get(line::subject_start(subject)..).unwrap_or_default().trim();
        let bare = bare.rsplit(": ").next().unwrap_or_default();
        // So is "VPN unreachable - resolved".
        let end = ending(bare).map_or(bare.len(), |(end, _)| end);
        bare.get(..end).unwrap_or(bare).to_lowercase()
    };
    let mut threads: Vec<Report> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (subject, mail) in mails {
        let place = *places.entry(about(&subject)).or_insert(threads.len());
        match threads.get_mut(place) {
            // It says when it was written, and what it tells was then.
            Some(first) => {
                first.extent = first.extent.to(mail.extent);
                let stamp = mail.fields.iter().find(|field| is(field, &["date", "sent"])).map(|field| field.value.clone());
                let state = mail.fields.iter().find(|field| is(field, &["subject"])).and_then(|field| state(&field.value));
                let label = state.unwrap_or_else(|| Text::slice_of("Update", 0..6));
                match stamp {
                    Some(_) => first.updates.push(Update { label, stamp, blocks: mail.blocks }),
                    None => first.blocks.extend(mail.blocks),
                }
            }
            None => threads.push(mail),
        }
    }
    threads
}

fn is(field: &Field, names: &[&str]) -> bool {
    names.iter().any(|name| field.label.as_str().eq_ignore_ascii_case(name))
}

/// Where a subject ends that has its state behind it, and where that stands: "VPN unreachable - resolved", "VPN unreachable (fixed)".
fn ending(subject: &str) -> Option<(usize, Range<usize>)> {
    let end = subject.trim_end_matches([')', ']']).trim_end().len();
    let mark = subject.get(..end)?.rfind(['-', '–', '—', '(', '['])?;
    let rest = subject.get(..mark)?.trim_end().len();
    let state = subject.get(mark..end)?.trim_start_matches(|c: char| !c.is_alphanumeric());
    let apart = rest > 0 && rest < mark;
    (apart && statuspage::update_label(state)).then(|| (rest, end - state.len()..end))
}

/// "Resolved" of "Re: Resolved: Mail late" and of "Mail late - resolved".
fn state<'a>(subject: &Text<'a>) -> Option<Text<'a>> {
    let whole = subject.as_str();
    if let Some((_, state)) = ending(whole) {
        return Some(subject.part(state));
    }
    let start = line::subject_start(whole);
    let bare = whole.get(start..)?.trim_start_matches('[');
    let end = bare.find([':', ']'])?;
    let start = whole.len() - bare.len();
    statuspage::update_label(bare.get(..end)?.trim()).then(|| subject.part(start..start + end).trimmed())
}

/// So many blank lines part more than paragraphs.
const APART: usize = 2;

/// Where mails start that were pasted one after the other, and their headers, each with its subject without "Re:": runs of headers behind
/// a blank line or at the top, with a sender and a subject; with a subject alone where more than one blank line parts it from
/// what is above. None where the first does not stand at the top.
fn heads(source: &str, part: Range<usize>) -> Vec<(Range<usize>, &str)> {
    let mut found = Vec::new();
    // The run of headers that is open: where it starts, whether it has a sender, and its subject.
    let mut run: Option<(Range<usize>, bool, Option<&str>)> = None;
    let (mut at, mut blanks, mut text_before) = (part.start, APART, false);
    // "From ada@acme.example Sat Jan 3 …" over headers, as a mailbox has it.
    let mut envelope = None;
    for row in source.get(part).unwrap_or_default().split_inclusive('\n') {
        match fields::header(row) {
            Some((name, value)) if run.is_some() || blanks > 0 || envelope.is_some() => {
                let (_, sender, subject) = run.get_or_insert((envelope.take().unwrap_or(at)..at, false, None));
                *sender |= name.eq_ignore_ascii_case("from") || blanks >= APART && name.eq_ignore_ascii_case("subject");
                if name.eq_ignore_ascii_case("subject") {
                    *subject = value.get(line::subject_start(value)..).map(str::trim);
                }
            }
            _ => {
                if let Some((start, true, Some(subject))) = run.take() {
                    found.push((start, subject));
                }
                envelope = (blanks > 0 && is_envelope(row)).then_some(at);
                text_before |= found.is_empty() && envelope.is_none() && !row.trim().is_empty();
            }
        }
        blanks = if row.trim().is_empty() { blanks + 1 } else { 0 };
        at += row.len();
    }
    if text_before { Vec::new() } else { found }
}

/// Whether a line is that in front of a mail in a mailbox: the sender's address, and when it came.
fn is_envelope(row: &str) -> bool {
    let mut words = row.strip_prefix("From ").unwrap_or_default().split_whitespace();
    words.next().is_some_and(|sender| sender.contains('@')) && words.last().is_some_and(|last| last.ends_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn mails_one_after_the_other() {
        let heads = |text: &str| super::heads(text, 0..text.len()).into_iter().map(|(_, subject)| subject.to_owned()).collect::<Vec<_>>();
        let mail =
            "From: a@b.example\nDate: Mon\nSubject: Search down\n\nIt was.\n\nFrom: a@b.example\nSubject: Re: Mail late\n\nIt was.\n";
        assert_eq!(heads(mail), ["Search down", "Mail late"]);
        assert_eq!(heads("It broke.\n\nFrom: a@b.example\nSubject: x\n\nIt was.\n"), [""; 0], "a mail that is quoted");
        assert_eq!(heads("Subject: x\n\nIt was.\n\n\nSubject: y\n\nIt was.\n\nSubject: z\n"), ["x", "y"]);
        let mailbox = "From a@b.example Mon Jan  5 10:20:00 2026\nFrom: a@b.example\nSubject: Search down\n\nIt was.\n\n";
        let mailbox_of_two = mailbox.repeat(2);
        let starts = super::heads(&mailbox_of_two, 0..mailbox_of_two.len());
        assert_eq!(starts.iter().map(|(_, subject)| *subject).collect::<Vec<_>>(), ["Search down", "Search down"]);
        assert_eq!(
            starts.last().map(|(range, _)| range.clone()),
            mailbox.find("From:").map(|head| mailbox.len()..mailbox.len() + head),
            "its first line is none of its text"
        );
        let thread = "From: a@b.example\nDate: Mon, 5 Jan 2026 10:20:00 +0000\nSubject: Mail late\n\nIt is.\n\n\nFrom: a@b.example\nDate: Mon, 5 Jan 2026 11:20:00 +0000\nSubject: Re: Resolved: Mail late\n\nSince 11:02 it is not.\n\n\nFrom: a@b.example\nSubject: Search down\n\nIt was.\n";
        let reports = super::read(thread, crate::source::Span::new(0..thread.len()));
        let updates: Vec<_> = reports.iter().flat_map(|report| &report.updates).collect();
        let told: Vec<_> =
            updates.iter().map(|update| (update.label.as_str(), update.stamp.as_ref().map(|stamp| stamp.as_str()))).collect();
        assert_eq!((reports.len(), told), (2, vec![("Resolved", Some("Mon, 5 Jan 2026 11:20:00 +0000"))]));
        let states = ["Mail late - resolved", "Mail late (resolved)", "Mail late", "Mail late - again"].map(super::ending);
        assert_eq!(states, [Some((9, 12..20)), Some((9, 11..19)), None, None]);
        assert_eq!(heads("Start: 10:00\nEnd: 11:00\n\nFrom: Monday\n"), [""; 0]);
    }
}
