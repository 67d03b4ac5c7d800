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
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([extent.end as usize]);
    let mails = starts.iter().zip(ends).map(|((at, subject), end)| ((*subject).to_owned(), text::read(source, Span::new(*at..end))));
    let threads = merged(mails);
    if threads.len() < 2 {
        return vec![text::read(source, extent)];
    }
    threads
}

/// Mails with their subjects as reports: those of one subject are one.
pub fn merged<'a>(mails: impl Iterator<Item = (String, Report<'a>)>) -> Vec<Report<'a>> {
    // "Resolved: VPN unreachable" is of the same as "Incident: VPN unreachable".
    let about = |subject: &str| {
        let bare = subject.get(line::subject_start(subject)..).unwrap_or_default().trim();
        bare.rsplit(": ").next().unwrap_or_default().to_lowercase()
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

/// "Resolved" of "Re: Resolved: Mail late".
fn state<'a>(subject: &Text<'a>) -> Option<Text<'a>> {
    let whole = subject.as_str();
    let start = line::subject_start(whole);
    let bare = whole.get(start..)?.trim_start_matches('[');
    let end = bare.find([':', ']'])?;
    let start = whole.len() - bare.len();
    statuspage::update_label(bare.get(..end)?.trim()).then(|| subject.part(start..start + end).trimmed())
}

/// So many blank lines part more than paragraphs.
const APART: usize = 2;

/// Where mails start that were pasted one after the other, each with its subject without "Re:": runs of headers behind a
/// blank line or at the top, with a sender and a subject; with a subject alone where more than one blank line parts it from
/// what is above. None where the first does not stand at the top.
fn heads(source: &str, part: Range<usize>) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    // The run of headers that is open: where it starts, whether it has a sender, and its subject.
    let mut run: Option<(usize, bool, Option<&str>)> = None;
    let (mut at, mut blanks, mut text_before) = (part.start, APART, false);
    for row in source.get(part).unwrap_or_default().split_inclusive('\n') {
        match fields::header(row) {
            Some((name, value)) if run.is_some() || blanks > 0 => {
                let (_, sender, subject) = run.get_or_insert((at, false, None));
                *sender |= name.eq_ignore_ascii_case("from") || blanks >= APART && name.eq_ignore_ascii_case("subject");
                if name.eq_ignore_ascii_case("subject") {
                    *subject = value.get(line::subject_start(value)..).map(str::trim);
                }
            }
            _ => {
                if let Some((start, true, Some(subject))) = run.take() {
                    found.push((start, subject));
                }
                text_before |= found.is_empty() && !row.trim().is_empty();
            }
        }
        blanks = if row.trim().is_empty() { blanks + 1 } else { 0 };
        at += row.len();
    }
    if text_before { Vec::new() } else { found }
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
        let thread = "From: a@b.example\nDate: Mon, 5 Jan 2026 10:20:00 +0000\nSubject: Mail late\n\nIt is.\n\n\nFrom: a@b.example\nDate: Mon, 5 Jan 2026 11:20:00 +0000\nSubject: Re: Resolved: Mail late\n\nSince 11:02 it is not.\n\n\nFrom: a@b.example\nSubject: Search down\n\nIt was.\n";
        let reports = super::read(thread, crate::source::Span::new(0..thread.len()));
        let updates: Vec<_> = reports.iter().flat_map(|report| &report.updates).collect();
        let told: Vec<_> =
            updates.iter().map(|update| (update.label.as_str(), update.stamp.as_ref().map(|stamp| stamp.as_str()))).collect();
        assert_eq!((reports.len(), told), (2, vec![("Resolved", Some("Mon, 5 Jan 2026 11:20:00 +0000"))]));
        assert_eq!(heads("Start: 10:00\nEnd: 11:00\n\nFrom: Monday\n"), [""; 0]);
    }
}
