//! An incident page of an Atlassian Statuspage as copied text: title, publisher, updates newest first, each closed by
//! its "Posted" stamp, and what was affected.

use super::text;
use crate::document::{IncidentKind, Report, Text, Update};
use nom::branch::alt;
use nom::bytes::complete::tag_no_case;
use nom::character::complete::space1;
use nom::combinator::{all_consuming, rest};
use nom::{IResult, Parser};

/// A line without white space at its ends, and where it starts.
pub(super) struct Line<'a> {
    pub(super) start: usize,
    pub(super) text: &'a str,
}

/// The lines of a text.
pub(super) fn lines(source: &str) -> Vec<Line<'_>> {
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
pub(super) fn update_label(line: &str) -> bool {
    let lifecycle = alt((
        tag_no_case::<_, _, nom::error::Error<&str>>("investigating"),
        tag_no_case("identified"),
        tag_no_case("monitoring"),
        tag_no_case("resolved"),
        tag_no_case("update"),
        tag_no_case("post-mortem"),
        tag_no_case("postmortem"),
    ));
    all_consuming(lifecycle).parse(line).is_ok() || is_planned(line)
}

/// Whether an update of this label is of planned work.
pub(super) fn is_planned(label: &str) -> bool {
    ["scheduled", "in progress", "verifying", "completed"].iter().any(|planned| planned.eq_ignore_ascii_case(label))
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

/// Reads every page in `whole`; a page starts at the line above its "Incident Report for".
pub fn read<'a>(whole: &Text<'a>) -> Vec<Report<'a>> {
    let lines = lines(whole.as_str());
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
        let page = Page { whole, lines: &lines };
        reports.push(page.read(from, title, named, until));
    }
    reports
}

struct Page<'t, 'a> {
    whole: &'t Text<'a>,
    lines: &'t [Line<'t>],
}

impl<'a> Page<'_, 'a> {
    fn read(&self, from: usize, title: usize, named: usize, until: usize) -> Report<'a> {
        let length = self.whole.as_str().len();
        let start_of = |index: usize| self.lines.get(index).map_or(length, |line| line.start);
        let end = start_of(until);
        let mut report = Report::new(self.whole.span(start_of(from)..end));
        if let Some(line) = self.lines.get(title).filter(|_| title != named) {
            report.title = Some(self.line(line));
        }
        if let Some(line) = self.lines.get(named)
            && let Ok((_, (kind, name))) = report_for(line.text)
        {
            report.kind = kind;
            report.organization = Some(self.end_of(line, name.len()));
        }
        let mut open: Option<(Text, usize)> = None;
        for line in self.lines.iter().take(until).skip(named + 1) {
            if let Some(stamp) = posted(line.text) {
                let stamp = self.end_of(line, stamp.len());
                let (label, body) = open.take().unwrap_or_else(|| (self.whole.part(line.start..line.start), line.start));
                let blocks = text::blocks_of(&self.whole.part(body..line.start));
                report.updates.push(Update { label, stamp: Some(stamp), blocks });
            } else if let Ok((_, names)) = affected(line.text) {
                self.close_unstamped(&mut report, &mut open, line.start);
                report.affected = Some(self.end_of(line, names.len()).trimmed());
            } else if open.is_none() && update_label(line.text) {
                open = Some((self.line(line), line.start + line.text.len()));
            }
        }
        self.close_unstamped(&mut report, &mut open, end);
        report
    }

    fn line(&self, line: &Line) -> Text<'a> {
        self.whole.part(line.start..line.start + line.text.len())
    }

    fn end_of(&self, line: &Line, length: usize) -> Text<'a> {
        let end = line.start + line.text.len();
        self.whole.part(end - length..end)
    }

    /// An update whose stamp was not copied is kept, without one.
    fn close_unstamped(&self, report: &mut Report<'a>, open: &mut Option<(Text<'a>, usize)>, end: usize) {
        if let Some((label, body)) = open.take() {
            report.updates.push(Update { label, stamp: None, blocks: text::blocks_of(&self.whole.part(body..end)) });
        }
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
        let reports = read(&Text::slice_of(PAGE, 0..PAGE.len()));
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
        let reports = read(&Text::slice_of(&two, 0..two.len()));
        let titles: Vec<_> = reports.iter().map(|r| (r.kind, r.title.as_ref().map(Text::as_str), r.updates.len())).collect();
        assert_eq!(titles, [(IncidentKind::Incident, Some("Logins fail"), 3), (IncidentKind::Maintenance, Some("Uploads fail"), 3)]);
    }

    #[test]
    fn an_update_without_its_stamp_is_kept() {
        let page = PAGE.replace("Posted Mar 3, 2025 - 09:50 UTC\n", "");
        let reports = read(&Text::slice_of(&page, 0..page.len()));
        assert_eq!(reports.first().and_then(|r| r.updates.last()).map(|u| u.stamp.is_none()), Some(true));
    }
}
