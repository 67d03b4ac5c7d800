//! An incident page of an Atlassian Statuspage as copied text: title, publisher, updates newest first, each closed by
//! its "Posted" stamp, and what was affected.

use super::text;
use crate::document::{IncidentKind, Report, Text, Update};
use crate::source::Span;
use nom::branch::alt;
use nom::bytes::complete::tag_no_case;
use nom::character::complete::space1;
use nom::combinator::{all_consuming, rest};
use nom::{IResult, Parser};

struct Line<'a> {
    start: usize,
    text: &'a str,
}

fn lines(source: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    let mut lines = Vec::new();
    for raw in source.split_inclusive('\n') {
        let text = raw.trim();
        lines.push(Line { start: at + (raw.len() - raw.trim_start().len()), text });
        at += raw.len();
    }
    lines
}

/// "Incident Report for NAME": the kind and the publisher's name.
fn report_for(line: &str) -> IResult<&str, (IncidentKind, &str)> {
    let incident = tag_no_case("incident report for").map(|_| IncidentKind::Incident);
    let maintenance = tag_no_case("scheduled maintenance report for").map(|_| IncidentKind::Maintenance);
    let (rest, (kind, _, name)) = (alt((maintenance, incident)), space1, rest).parse(line)?;
    Ok((rest, (kind, name)))
}

/// "Posted STAMP" on a line of its own.
fn posted(line: &str) -> Option<&str> {
    let mut stamp = (tag_no_case::<_, _, nom::error::Error<&str>>("posted"), space1, rest).map(|(_, _, stamp)| stamp);
    let (_, stamp) = stamp.parse(line).ok()?;
    (stamp.len() < 60 && stamp.contains(':') && stamp.contains(|c: char| c.is_ascii_digit())).then_some(stamp)
}

/// The heading of an update.
fn update_label(line: &str) -> bool {
    let lifecycle = alt((
        tag_no_case::<_, _, nom::error::Error<&str>>("investigating"),
        tag_no_case("identified"),
        tag_no_case("monitoring"),
        tag_no_case("resolved"),
        tag_no_case("update"),
        tag_no_case("post-mortem"),
        tag_no_case("postmortem"),
    ));
    let maintenance = alt((tag_no_case("scheduled"), tag_no_case("in progress"), tag_no_case("verifying"), tag_no_case("completed")));
    all_consuming(alt((lifecycle, maintenance))).parse(line).is_ok()
}

/// "This incident affected: NAMES."
fn affected(line: &str) -> IResult<&str, &str> {
    let what = alt((tag_no_case("this incident affected:"), tag_no_case("this scheduled maintenance affected:")));
    let (rest, (_, names)) = (what, rest).parse(line)?;
    Ok((rest, names))
}

/// Whether the text is such a page: somebody's incident report with at least one posted update.
pub fn is_page(source: &str) -> bool {
    let mut lines = source.lines().map(str::trim);
    lines.any(|line| report_for(line).is_ok()) && source.lines().any(|line| posted(line.trim()).is_some())
}

/// Reads every page in `source`; a page starts at the line above its "Incident Report for".
pub fn read(source: &str) -> Vec<Report<'_>> {
    let lines = lines(source);
    let mut starts = Vec::new();
    for (index, _) in lines.iter().enumerate().filter(|(_, line)| report_for(line.text).is_ok()) {
        let title = lines.iter().take(index).rposition(|line| !line.text.is_empty()).unwrap_or(index);
        starts.push((title, index));
    }
    let mut reports = Vec::new();
    for (number, &(title, named)) in starts.iter().enumerate() {
        let until = starts.get(number + 1).map_or(lines.len(), |&(next, _)| next);
        // What stands above the first title belongs to the first page.
        let from = if number == 0 { 0 } else { title };
        reports.push(page(source, &lines, from, title, named, until));
    }
    reports
}

fn page<'a>(source: &'a str, lines: &[Line<'a>], from: usize, title: usize, named: usize, until: usize) -> Report<'a> {
    let start_of = |index: usize| lines.get(index).map_or(source.len(), |line| line.start);
    let end = lines.get(until).map_or(source.len(), |line| line.start);
    let mut report = Report::new(Span::new(start_of(from)..end));
    if let Some(line) = lines.get(title).filter(|_| title != named) {
        report.title = Some(Text::slice_of(source, line.start..line.start + line.text.len()));
    }
    if let Some(line) = lines.get(named)
        && let Ok((_, (kind, name))) = report_for(line.text)
    {
        report.kind = kind;
        let end = line.start + line.text.len();
        report.organization = Some(Text::slice_of(source, end - name.len()..end));
    }
    let mut open: Option<(Text, usize)> = None;
    let body = lines.iter().take(until).skip(named + 1);
    for line in body {
        let whole = || Text::slice_of(source, line.start..line.start + line.text.len());
        if let Some(stamp) = posted(line.text) {
            let stamp = Text::slice_of(source, line.start + line.text.len() - stamp.len()..line.start + line.text.len());
            let (label, body) = open.take().unwrap_or_else(|| (Text::slice_of(source, line.start..line.start), line.start));
            let blocks = text::blocks(source, Span::new(body..line.start));
            report.updates.push(Update { label, stamp: Some(stamp), blocks });
        } else if let Ok((_, names)) = affected(line.text) {
            let end = line.start + line.text.len();
            close_unstamped(source, &mut report, &mut open, line.start);
            report.affected = Some(Text::slice_of(source, end - names.len()..end).trimmed());
        } else if open.is_none() && update_label(line.text) {
            open = Some((whole(), line.start + line.text.len()));
        }
    }
    close_unstamped(source, &mut report, &mut open, end);
    report
}

/// An update whose stamp was not copied is kept, without one.
fn close_unstamped<'a>(source: &'a str, report: &mut Report<'a>, open: &mut Option<(Text<'a>, usize)>, end: usize) {
    if let Some((label, body)) = open.take() {
        report.updates.push(Update { label, stamp: None, blocks: text::blocks(source, Span::new(body..end)) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "Logins fail\nIncident Report for Mossbeam Cloud\n\nPostmortem\n\nTimeline\n\nResolved at 10:05 UTC.\n\
        Posted Mar 4, 2025 - 09:00 UTC\n\nResolved\nAll good.\nPosted Mar 3, 2025 - 10:10 UTC\nInvestigating\nWe look.\n\
        Posted Mar 3, 2025 - 09:50 UTC\nThis incident affected: API (Auth, Tokens), Web.\n";

    #[test]
    fn reads_a_page() {
        assert!(is_page(PAGE));
        let reports = read(PAGE);
        let [report] = reports.as_slice() else { unreachable!("one page") };
        assert_eq!(report.title.as_ref().map(Text::as_str), Some("Logins fail"));
        assert_eq!(report.organization.as_ref().map(Text::as_str), Some("Mossbeam Cloud"));
        assert_eq!(report.affected.as_ref().map(Text::as_str), Some("API (Auth, Tokens), Web."));
        let updates: Vec<_> =
            report.updates.iter().map(|u| (u.label.as_str(), u.stamp.as_ref().map(Text::as_str), u.blocks.len())).collect();
        assert_eq!(
            updates,
            [
                ("Postmortem", Some("Mar 4, 2025 - 09:00 UTC"), 2),
                ("Resolved", Some("Mar 3, 2025 - 10:10 UTC"), 1),
                ("Investigating", Some("Mar 3, 2025 - 09:50 UTC"), 1)
            ]
        );
    }

    #[test]
    fn several_pages_in_one_file() {
        let two = format!("{PAGE}\n{}", PAGE.replace("Logins", "Uploads").replace("Incident Report", "Scheduled Maintenance Report"));
        let reports = read(&two);
        let titles: Vec<_> = reports.iter().map(|r| (r.kind, r.title.as_ref().map(Text::as_str), r.updates.len())).collect();
        assert_eq!(titles, [(IncidentKind::Incident, Some("Logins fail"), 3), (IncidentKind::Maintenance, Some("Uploads fail"), 3)]);
    }

    #[test]
    fn an_update_without_its_stamp_is_kept() {
        let page = PAGE.replace("Posted Mar 3, 2025 - 09:50 UTC\n", "");
        let reports = read(&page);
        assert_eq!(reports.first().and_then(|r| r.updates.last()).map(|u| u.stamp.is_none()), Some(true));
    }
}
