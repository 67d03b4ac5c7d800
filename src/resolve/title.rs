//! What a report is called: as its form marks it, a labelled line, the first heading, or the first line that reads like one.

mod head;

use super::naming::Read;
use super::story::clip;
use crate::basis::{Basis, FormPart, Rule};
use crate::document::{Block, BlockKind, Report, Text, line};
use crate::extract::lexicon::{self, Topic};
use crate::extract::passage::Form;
use crate::extract::words::{Words, list};
use crate::incident::Fact;
use crate::source::Source;
pub use head::is_date;
use head::{below_letterhead, below_plates, is_address, is_kind, is_letterhead, is_line, is_way, without_marks};

/// How many blocks at the top may be its head.
const HEAD: usize = 6;

/// So many bytes of it are told at most.
const TEXT: usize = 500;

/// The title: its words, and what is told of it.
pub fn title<'a>(source: &Source, report: &Report<'a>, passages: Read<'_, 'a>) -> Option<(Text<'a>, Fact<String>)> {
    let found = found(report, passages);
    let bare = !report.record && found.as_ref().is_none_or(|(text, _)| is_kind(text.as_str()) || is_reference(text.as_str()));
    let summed = summed(passages).filter(|_| bare).map(|text| (text, Basis::Labelled(Topic::Summary)));
    let (text, basis) = summed.or(found)?;
    let fact = Fact::stated(clip(text.as_str(), TEXT), source.cite(text.whole()), basis);
    Some((text, fact))
}

/// The words of the title, and what says that they are: the form, a field, the first heading, or the first line.
fn found<'a>(report: &Report<'a>, passages: Read<'_, 'a>) -> Option<(Text<'a>, Basis)> {
    if let Some(title) = &report.title {
        return Some((without_marks(title), Basis::Form(FormPart::Title)));
    }
    let titled = |form: &Form, topic: Option<Topic>| *form == Form::Field && topic == Some(Topic::Title);
    let mut fields = passages.iter().map(|(passage, _)| passage).filter(|passage| titled(&passage.form, passage.topic));
    // "Issue date: 24-NOV-2019" and "Description: Work is under way." are no titles.
    if let Some(passage) = fields.find(|passage| !is_date(passage.text.as_str()) && !passage.text.as_str().ends_with('.')) {
        return Some((without_reply(&passage.text), Basis::Labelled(Topic::Title)));
    }
    if report.record {
        return None;
    }
    // Code stands in front of some pages.
    let blocks = || report.blocks.iter().filter(|block| block.kind != BlockKind::Code);
    let lines_of = |block: &Block<'a>| block.text.lines().take(3).collect::<Vec<_>>();
    let lines: Vec<Text> =
        blocks().take(HEAD).flat_map(lines_of).filter(|line| !line.as_str().is_empty() && !is_way(line.as_str())).collect();
    if let Some(subject) = lines.iter().find_map(subject) {
        return Some((subject, Basis::Labelled(Topic::Title)));
    }
    let is_block = |line: &Text| blocks().take(HEAD).any(|block| block.text.whole() == line.whole());
    if let Some(line) = below_plates(&lines, is_block) {
        return Some((line, Basis::Ruled(Rule::BelowLetterhead)));
    }
    if let Some(line) = below_letterhead(&lines) {
        return Some((line, Basis::Ruled(Rule::BelowLetterhead)));
    }
    let is_heading = |block: &&Block| matches!(block.kind, BlockKind::Heading(_));
    // Over the title of a page may stand the way to it.
    let ways = blocks().take(HEAD).take_while(|block| is_way(block.text.as_str())).count();
    let blocks = || blocks().skip(ways);
    // On top stands the title, even one that holds a word of a section ("Summary of the Acme Event"); a date may stand over it.
    let mut first = blocks().take(2).flat_map(lines_of).filter(|line| !is_date(line.as_str())).take(1);
    if let Some(line) = first.find(|line| is_title(without_marks(line).as_str())) {
        return Some((without_marks(&line), Basis::Ruled(Rule::FirstLine)));
    }
    let last = report.blocks.last().map(|block| block.text.whole());
    let stands_over = |block: &&Block| Some(block.text.whole()) != last || report.blocks.len() == 1;
    let mut headings = blocks()
        .filter(is_heading)
        .filter(stands_over)
        .filter(|block| ![is_date, is_letterhead, is_address].iter().any(|is| is(block.text.as_str())));
    if let Some(heading) = headings.find(|block| lexicon::topic(block.text.as_str()).is_none()) {
        let above = blocks().take_while(|block| block.text.whole() != heading.text.whole()).count();
        if above <= 2 {
            return Some((without_marks(&heading.text), Basis::Ruled(Rule::FirstHeading)));
        }
    }
    let first = blocks().next()?;
    let text = first.text.as_str();
    let line = text.lines().next().unwrap_or_default();
    // A heading over everything is called like a section only where it is nothing but its name ("Actions runners queueing").
    let topic = if first.kind == BlockKind::Heading(1) { lexicon::exact_topic(line) } else { lexicon::topic(line) };
    // A greeting, an address and who writes tell of nothing.
    let tells = topic.is_none() && !line.ends_with(',') && !is_address(line) && !is_letterhead(line);
    let fits = line.len() <= 160 && tells && !line.contains(". ");
    fits.then(|| (without_marks(&first.text.part(0..line.len()).trimmed()), Basis::Ruled(Rule::FirstLine)))
}

/// "Sub: Unavailability of Net Banking": what a letter calls its subject.
fn subject<'a>(line: &Text<'a>) -> Option<Text<'a>> {
    let (label, value) = line.as_str().split_once(':')?;
    let known = list(Words::SubjectLabels).holds(label.trim()) && value.trim().len() > 8;
    known.then(|| line.part(label.len() + 1..line.as_str().len()).trimmed())
}

/// "Key: OPS-311": which report it is, and no more.
fn is_reference(head: &str) -> bool {
    head.split_once(": ").is_some_and(|(_, value)| !value.contains(' ') && value.contains(|c: char| c.is_ascii_digit()))
}

/// What is labelled as the subject or the summary in a few words, for a head that says no more than what kind of document it is.
fn summed<'a>(passages: Read<'_, 'a>) -> Option<Text<'a>> {
    let labels = |label: &Text| {
        let label = label.as_str().trim_matches([' ', '*', ':']);
        list(Words::SubjectLabels).holds(label)
            || matches!(lexicon::exact_topic(label), Some(Topic::Title | Topic::Summary))
            || is_kind(label)
    };
    let named = passages.iter().map(|(passage, _)| passage).filter(|passage| passage.label.as_ref().is_some_and(labels));
    let short = |text: &Text| is_line(text.as_str()) && !text.as_str().contains('\n') && !is_date(text.as_str());
    named.map(|passage| passage.text.trimmed()).find(short)
}

/// Whether the first line of a report reads like its title: some words with a capital, no sentence, no section, no greeting.
fn is_title(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let open = !line.ends_with(['.', ',', ':', ';', '!']) && !line.contains(". ") && line.len() <= 120;
    let capital = line.starts_with(|c: char| c.is_uppercase());
    open && capital && (4..=16).contains(&words) && lexicon::exact_topic(line).is_none() && !line.contains(": ") && !is_address(line)
}

/// A subject without "Re:" and "Fwd:", and without the state behind the name of a list: "[Acme Status] Investigating: Mail late".
fn without_reply<'a>(text: &Text<'a>) -> Text<'a> {
    let bare = text.part(line::subject_start(text.as_str())..text.as_str().len()).trimmed();
    let listed = bare.as_str().strip_prefix('[').and_then(|rest| rest.split_once("] "));
    let state = listed.and_then(|(_, rest)| rest.split_once(": ")).filter(|(state, _)| list(Words::UpdateLabels).holds(state));
    match state {
        Some((_, subject)) => bare.part(bare.as_str().len() - subject.len()..bare.as_str().len()),
        None => bare,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titled(text: &str) -> Option<String> {
        let source = Source::decode("a.txt", text.as_bytes().to_vec());
        let document = crate::format::read(&source);
        let report = document.reports.first()?;
        let passages: Vec<_> = crate::extract::passage::passages(report).into_iter().map(|passage| (passage, Vec::new())).collect();
        title(&source, report, &passages).map(|(_, title)| title.value)
    }

    #[test]
    fn a_subject_is_told_without_the_state_it_is_in() {
        let of = |subject: &str| {
            titled(&format!("From: a@b.example\nSubject: {subject}\nDate: Thu, 22 Aug 2024 05:52:14 -0400\n\nMail is late.\n"))
        };
        assert_eq!(of("Re: [Acme Status] Investigating: Mail late").as_deref(), Some("Mail late"));
        assert_eq!(of("[Acme] Mail: late").as_deref(), Some("[Acme] Mail: late"));
    }

    #[test]
    fn an_endless_title_is_cut() {
        let title = titled(&format!("Subject: Checkout {}\n\nIt failed.\n", "down ".repeat(1 << 16))).unwrap();
        assert!(
            title.starts_with("Checkout down down ") && title.ends_with('…') && title.len() <= TEXT + '…'.len_utf8(),
            "{}",
            title.len()
        );
    }

    #[test]
    fn titles_stand_below_a_letterhead() {
        for (text, want) in [
            (
                "Tollgrove Bank plc\nMedia statement, Monday 3 July 2017\n\nCard payments: service restored\n\nWe are sorry.\n",
                "Card payments: service restored",
            ),
            (
                "October 20, 2020\nQuern Exchange, Inc.\n\nNotice concerning the trading halt of October 15\n\nIt broke.\n",
                "Notice concerning the trading halt of October 15",
            ),
            (
                "Tarn College - Information Technology\nService Alert\n\nEmail sign-in problem (resolved)\n\nIt broke.\n",
                "Email sign-in problem (resolved)",
            ),
            ("Wrencast\n\nEpisode uploads failing for some hosts\nPartial outage\n\nIt broke.\n", "Episode uploads failing for some hosts"),
            ("TARN DATACENTRES LTD\nSERVICE INCIDENT REPORT\n\nSite: Hall 4\nSeverity: 2\n\nIt broke.\n", "SERVICE INCIDENT REPORT"),
            (
                "MEDIA STATEMENT\n\nSouthern Deeds Registry\nThursday 4 July 2019\n\nOutage of title services on 3 July\n\nIt broke.\n",
                "Outage of title services on 3 July",
            ),
            (
                "Tarn Networks Pty Ltd\nNetwork Operations Centre\n\n22/08/2023\n\nREASON FOR OUTAGE\n\nTo: all\n\nIt broke.\n",
                "REASON FOR OUTAGE",
            ),
            (
                "Tarn Cloud Status\n\nIncident #21: Managed Queues, elevated errors in eu-1\n\nIt broke.\n",
                "Incident #21: Managed Queues, elevated errors in eu-1",
            ),
            ("Ref: 12/IT/4\n\nTo,\nAll managers\n\nSub: Unavailability of Net Banking\n\nIt broke.\n", "Unavailability of Net Banking"),
            (
                "Quern Medical Center\nEvent review: phones unavailable, 3 May 2023\n\nIt broke.\n",
                "Event review: phones unavailable, 3 May 2023",
            ),
            (
                "# Incident report\n\n**Summary:** Claims could not be uploaded\n**Date:** 2025-03-04\n\nIt broke.\n",
                "Claims could not be uploaded",
            ),
            ("Key: OPS-311\nSummary: Exports stuck in the queue\nReporter: ada\n\nIt broke.\n", "Exports stuck in the queue"),
            ("# Incident report\n\nSummary: It broke at noon, and we are sorry. More below.\n\nIt broke.\n", "Incident report"),
            ("# Root cause analysis\n\n**Summary:** Payments were declined abroad\n\nIt broke.\n", "Payments were declined abroad"),
            ("Tarn › Status history\n\n# Storage was slow in the north\n\nIt broke.\n", "Storage was slow in the north"),
            ("Tarn: Storage > 90 % full on all nodes\n\nIt broke.\n", "Tarn: Storage > 90 % full on all nodes"),
            (
                "Tarn Water Board\nWorks Committee\n14 Mill Lane, Tarn\n\n9 May 2024\n\nLoss of pressure in the north on 6 May\n\nIt broke.\n",
                "Loss of pressure in the north on 6 May",
            ),
            (
                "Tarn Bank AG\nMarkt 4, 8400 Tarn\n\nTarn, 5 May 2024\n\nCard payments abroad on 2 May\n\nIt broke.\n",
                "Card payments abroad on 2 May",
            ),
            ("TARN PAYMENTS AB\nNOTICE OF INCIDENT No. 2023/17\n\nIt broke.\n", "NOTICE OF INCIDENT No. 2023/17"),
            ("Digital Services\nWorks Committee\n\nReport on the outage of the app\n\nIt broke.\n", "Report on the outage of the app"),
            ("Tarn Surgery, 3 Mill Lane, Tarn\n\nPHONES NOT WORKING, 8 JANUARY\n\nThey broke.\n", "PHONES NOT WORKING, 8 JANUARY"),
            ("Tarn Docs / Trust / Incidents\n\n# Exports failed in the north\n\nIt broke.\n", "Exports failed in the north"),
            ("API / Web / Mobile outage\n\n# Exports\n\nIt broke.\n", "API / Web / Mobile outage"),
            ("Payments API\nCustomers cannot pay by card\n\nIt broke.\n", "Payments API"),
            ("Tollgrove Bank plc is slow in the morning\n\nIt broke.\n", "Tollgrove Bank plc is slow in the morning"),
        ] {
            assert_eq!(titled(text).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn greetings_addresses_and_signatures_are_no_titles() {
        for text in [
            "Dear Tarn team,\n\nIt broke at noon. It works again.\n",
            "Unit 7, Marsh Trading Estate, Tarn TR2 8XY\n\nIt broke at noon. It works again.\n",
            "Tarn Freight Ltd\nUnit 7, Marsh Estate, Tarn TR2 8XY\n\nDear customers,\n\nIt broke at noon. It works again.\n",
            "Tarn Bank AG\n\nWinterthur, 5 December 2024\n\nDear customers,\n\nIt broke at noon. It works again.\n",
            "Tarn Freight / 14 Mill Lane / Works Committee\n\nIt broke at noon. It works again.\n",
            "Dear Tarn customers,\n\nIt broke at noon. It works again.\n\nThe team\n",
        ] {
            assert_eq!(titled(text), None, "{text}");
        }
    }

    #[test]
    fn marks_are_no_part_of_a_title() {
        let bare = |text: &str| without_marks(&Text::slice_of(text, 0..text.len())).as_str().to_owned();
        assert_eq!(bare("Mail is delayed [Closed]"), "Mail is delayed");
        assert_eq!(bare("Portal upgrade [Completed]"), "Portal upgrade");
        assert_eq!(bare("#inc-88   Tuesday, February 6th"), "#inc-88");
        assert_eq!(bare("Tollgrove Status Log      (server time)"), "Tollgrove Status Log");
        assert_eq!(bare("Mail is delayed [mx4]"), "Mail is delayed [mx4]");
        assert_eq!(bare("Mail  is delayed"), "Mail  is delayed");
    }
}
