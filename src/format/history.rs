//! A status page's list of past incidents as copied text: under each day the titles, under each title the updates, newest
//! first, each "Label - text" and closed by a stamp without a year.

use super::statuspage::{is_planned, update_label};
use super::text;
use crate::document::{Block, IncidentKind, Report, Text, TextBuilder, Update};
use nom::bytes::complete::{tag, take_while_m_n, take_while1};
use nom::character::complete::{char, digit1, space0, space1};
use nom::combinator::{all_consuming, opt, recognize, verify};
use nom::{IResult, Parser};
use std::ops::Range;

/// "Mar 12, 2024" or "March 2024" on a line of its own: where its year starts.
fn day_line(line: &str) -> Option<usize> {
    let day = (opt((month_day, char(','))), opt(month), space0, year);
    all_consuming(day).parse(line).ok().filter(|(_, (day, month, ..))| day.is_some() != month.is_some()).map(|_| line.len() - 4)
}

/// "Mar 12, 16:05 CET", "Mar 12, 14:20 - 16:05 CET": the length of the day with its comma, and of the first clock behind it.
fn stamp_line(line: &str) -> Option<(usize, usize)> {
    let (behind_day, _) = (month_day, char(','), opt((space1, year, opt(char(',')))), space1).parse(line).ok()?;
    let (rest, _) = clock(behind_day).ok()?;
    (line.len() < 60).then_some((line.len() - behind_day.len(), behind_day.len() - rest.len()))
}

fn clock(input: &str) -> IResult<&str, &str> {
    recognize((digit1, char(':'), take_while_m_n(2, 2, |c: char| c.is_ascii_digit()))).parse(input)
}

/// The name of a month, in full or cut short.
pub(super) fn month(input: &str) -> IResult<&str, &str> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let name = take_while1(|c: char| c.is_ascii_alphabetic());
    verify(name, |word: &str| word.get(..3).is_some_and(|start| MONTHS.contains(&start.to_ascii_lowercase().as_str()))).parse(input)
}

fn month_day(input: &str) -> IResult<&str, &str> {
    let day = take_while_m_n(1, 2, |c: char| c.is_ascii_digit());
    recognize((month, space1, day)).parse(input)
}

fn year(input: &str) -> IResult<&str, &str> {
    take_while_m_n(4, 4, |c: char| c.is_ascii_digit()).parse(input)
}

/// "Resolved - All is well.": the length of the label, and where the text starts.
fn update_line(line: &str) -> Option<(usize, usize)> {
    let word = take_while1(|c: char| c.is_alphabetic() || c == ' ');
    let label = verify(word, |label: &str| update_label(label.trim_end()));
    let dash: IResult<&str, (&str, &str, &str)> = (label, tag("- "), space0).parse(line);
    let (body, (label, ..)) = dash.ok()?;
    Some((label.trim_end().len(), line.len() - body.len()))
}

/// "Resolved - All is well. Mar 12, 16:05 CET": where the stamp starts that closes an update on its own line.
fn closing_stamp(line: &str) -> Option<usize> {
    update_line(line)?;
    line.rmatch_indices(' ').take(8).map(|(at, _)| at + 1).find(|at| line.get(*at..).and_then(stamp_line).is_some())
}

struct Line<'t> {
    start: usize,
    text: &'t str,
}

/// The lines of a text; a stamp that closes an update stands on one of its own.
fn lines(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    let mut lines = Vec::new();
    let mut raws = text.split_inclusive('\n').peekable();
    while let Some(raw) = raws.next() {
        let (start, line) = (at + (raw.len() - raw.trim_start().len()), raw.trim());
        let stamped_below = raws.peek().is_some_and(|next| stamp_line(next.trim()).is_some());
        let stamp = closing_stamp(line).filter(|_| !stamped_below);
        let (body, stamp) = line.split_at(stamp.unwrap_or(line.len()));
        lines.push(Line { start, text: body.trim_end() });
        if !stamp.is_empty() {
            lines.push(Line { start: start + body.len(), text: stamp });
        }
        at += raw.len();
    }
    lines
}

/// Whether a stamp tells the first post and the last: "Mar 12, 14:20 - 16:05 CET", "Mar 12, 22:20 - Mar 13, 01:05 CET".
fn is_range(line: &str) -> bool {
    stamp_line(line).is_some_and(|(day, clock)| line.get(day + clock..).is_some_and(|rest| last(rest).is_some()))
}

/// Where the last post starts in what stands behind the clock of the first, and the length of its day.
fn last(rest: &str) -> Option<(usize, usize)> {
    let at = rest.find(" - ")? + 3;
    let end = rest.get(at..)?;
    let day = stamp_line(end).map_or(0, |(day, _)| day);
    clock(end.get(day..)?).is_ok().then_some((at, day))
}

/// Whether an incident starts at the line `at` that shows no more than its last update, without a label: two lines or more up to a range.
fn is_bare(lines: &[Line], at: usize) -> bool {
    let line = |at: usize| lines.get(at).map_or("", |line| line.text);
    let behind = |line: &str| line.is_empty() || stamp_line(line).is_some() || day_line(line).is_some();
    let length = (at..lines.len()).map(line).take_while(|line| !behind(line)).count();
    let above = at.checked_sub(1).map_or("", line);
    length >= 2 && behind(above) && is_range(line(at + length)) && update_line(line(at + 1)).is_none()
}

/// Whether the text is such a list: at least two stamps, each behind an update, and a day over them; or two incidents that show their last
/// update only.
pub fn is_list(text: &str) -> bool {
    // Most texts are refused by this alone.
    if !text.lines().any(|line| day_line(line.trim()).is_some()) {
        return false;
    }
    let lines = lines(text);
    let count = |is: fn(&str) -> bool| lines.iter().filter(|line| is(line.text)).count();
    let stamps = count(|line| stamp_line(line).is_some());
    let bare = || (0..lines.len()).filter(|at| is_bare(&lines, *at)).count();
    stamps >= 2 && (count(|line| update_line(line).is_some()) >= 2 || bare() >= 2)
}

/// Reads every incident of the list.
pub fn read<'a>(whole: &Text<'a>) -> Vec<Report<'a>> {
    let lines = lines(whole.as_str());
    let line = |at: usize| lines.get(at).map_or("", |line| line.text);
    let publisher = lines.iter().find(|line| !line.text.is_empty()).filter(|line| line.text.ends_with(" Status"));
    let publisher = publisher.map(|line| whole.part(line.start..line.start + line.text.len()));
    let mut reports: Vec<Report> = Vec::new();
    let mut year: Option<Text> = None;
    let mut open: Option<(Text, usize)> = None;
    for (index, here) in lines.iter().enumerate().filter(|(_, line)| !line.text.is_empty()) {
        let end = here.start + here.text.len();
        let next = (index + 1..lines.len()).map(line).find(|line| !line.is_empty()).unwrap_or_default();
        if let (None, Some(at)) = (&open, day_line(here.text)) {
            year = Some(whole.part(here.start + at..end));
        } else if let (None, Some((label, body))) = (&open, update_line(here.text)) {
            open = Some((whole.part(here.start..here.start + label), here.start + body));
        } else if let (Some((label, body)), Some(stamp)) = (&open, stamp_line(here.text)) {
            if let Some(report) = reports.last_mut() {
                let blocks = text::blocks_of(&whole.part(*body..here.start).trimmed());
                report.updates.extend(updates(&whole.part(here.start..end), stamp, year.as_ref(), label, blocks));
                report.extent = report.extent.to(whole.span(here.start..end));
            }
            open = None;
        } else if open.is_none() && (update_line(next).is_some() || is_bare(&lines, index)) {
            let title = whole.part(here.start..end);
            let mut report = Report::new(title.whole());
            report.title = Some(title);
            report.organization.clone_from(&publisher);
            reports.push(report);
            if update_line(next).is_none() {
                open = Some((whole.part(end..end), end));
            }
        }
    }
    reports.retain(|report| !report.updates.is_empty());
    for report in &mut reports {
        if report.updates.iter().any(|update| is_planned(update.label.as_str())) {
            report.kind = IncidentKind::Maintenance;
        }
    }
    reports
}

/// The updates whose stamp is the line `stamp`; one without a stamp where it is none.
pub(super) fn stamped<'a>(stamp: &Text<'a>, label: &Text<'a>, blocks: Vec<Block<'a>>) -> Vec<Update<'a>> {
    match stamp_line(stamp.as_str()) {
        Some(parts) => updates(stamp, parts, None, label, blocks),
        None => vec![Update { label: label.clone(), stamp: None, blocks }],
    }
}

/// The update that a stamp closes; of a stamp that is a range, the first post and the last.
fn updates<'a>(
    stamp: &Text<'a>,
    (day, clock): (usize, usize),
    year: Option<&Text<'a>>,
    label: &Text<'a>,
    blocks: Vec<Block<'a>>,
) -> Vec<Update<'a>> {
    let whole = stamp.as_str();
    let rest = whole.get(day + clock..).unwrap_or_default();
    let zone = rest.rfind(' ').map_or(rest.len(), |at| at + 1);
    // The stamp leaves out the year; the day or month over it has it.
    let year = year.filter(|year| !whole.get(..day).is_some_and(|day| day.contains(year.as_str())));
    // What goes on from December to January ends in a year that stands nowhere.
    let turns = |own: &Range<usize>| {
        let in_month = |at: usize, month: &str| whole.get(at..at + 3).is_some_and(|start| start.eq_ignore_ascii_case(month));
        own.start > 0 && in_month(0, "dec") && in_month(own.start, "jan")
    };
    let joined = |own: Range<usize>, clock: Range<usize>| {
        let year = year.filter(|_| !turns(&own));
        let mut text = TextBuilder::default();
        let mut add = |piece: &str, place: Range<usize>| text.push_decoded(piece, place);
        add(whole.get(own.clone()).unwrap_or_default(), stamp.span(own.clone()).range());
        if let Some(year) = year {
            add(year.as_str(), year.whole().range());
            add(" ", stamp.span(own.end..own.end).range());
        }
        add(whole.get(clock.clone()).unwrap_or_default(), stamp.span(clock).range());
        text
    };
    let Some((at, own)) = last(rest) else {
        return vec![Update { label: label.clone(), stamp: Some(joined(0..day, day..whole.len()).finish()), blocks }];
    };
    let end = day + clock + at;
    let mut first = joined(0..day, day..end - 2);
    first.push_decoded(rest.get(zone..).unwrap_or_default(), stamp.span(day + clock + zone..whole.len()).range());
    let last = joined(if own > 0 { end..end + own } else { 0..day }, end + own..whole.len());
    vec![
        Update { label: label.clone(), stamp: Some(last.finish()), blocks },
        Update { label: label.part(0..0), stamp: Some(first.finish()), blocks: Vec::new() },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "Harbourline Status\nIncident History\n\nMar 12, 2024\nAPI errors in EU\n\
        Resolved - This incident has been resolved.\nMar 12, 16:05 CET\nInvestigating - We see\nelevated error rates.\nMar 12, 14:20 CET\n\n\
        Mar 11, 2024\nNo incidents reported.\n\nMar 10, 2024\n\nSlow dashboards\n\nResolved - Fast again.\n\nMar 10, 08:50 - 09:30 CET\n";

    #[test]
    fn reads_a_list() {
        let on_one_line = LIST.replace("resolved.\nMar", "resolved. Mar").replace("again.\n\nMar", "again. Mar");
        assert!(on_one_line.len() < LIST.len() && is_list(&on_one_line));
        let texts = |text: &str| -> Vec<String> {
            let reports = read(&Text::slice_of(text, 0..text.len()));
            reports
                .iter()
                .flat_map(|report| &report.updates)
                .map(|update| format!("{:?}", update.stamp.as_ref().map(Text::as_str)))
                .collect()
        };
        assert_eq!(texts(&on_one_line), texts(LIST));
        assert!(is_list(LIST));
        let reports = read(&Text::slice_of(LIST, 0..LIST.len()));
        let shown: Vec<_> = reports
            .iter()
            .map(|report| {
                let updates: Vec<_> =
                    report.updates.iter().map(|u| (u.label.as_str(), u.stamp.as_ref().map_or("", Text::as_str), u.blocks.len())).collect();
                (report.title.as_ref().map_or("", Text::as_str), updates)
            })
            .collect();
        assert_eq!(
            shown,
            [
                ("API errors in EU", vec![("Resolved", "Mar 12, 2024 16:05 CET", 1), ("Investigating", "Mar 12, 2024 14:20 CET", 1)]),
                ("Slow dashboards", vec![("Resolved", "Mar 10, 2024 09:30 CET", 1), ("", "Mar 10, 2024 08:50 CET", 0)]),
            ]
        );
    }

    #[test]
    fn incidents_may_show_their_last_update_only() {
        let list = "Harbourline Status\nIncident History\n\nMarch 2024\n\nRecordings late\nAll of them are there now.\n\
            Mar 12, 10:42 - 15:27 UTC\n\nSign-in fails\nSign-in works again.\nIt was a certificate.\nMar 9, 22:05 - Mar 10, 03:48 UTC\n\n\
            February 2024\n\nNo incidents reported for this month.\n";
        assert!(is_list(list));
        let reports = read(&Text::slice_of(list, 0..list.len()));
        let stamps = |report: &Report| {
            report.updates.iter().map(|update| update.stamp.as_ref().map_or("", Text::as_str).to_owned()).collect::<Vec<_>>()
        };
        let shown: Vec<_> = reports.iter().map(|report| (report.title.as_ref().map_or("", Text::as_str), stamps(report))).collect();
        assert_eq!(
            shown,
            [
                ("Recordings late", vec!["Mar 12, 2024 15:27 UTC".to_owned(), "Mar 12, 2024 10:42 UTC".to_owned()]),
                ("Sign-in fails", vec!["Mar 10, 2024 03:48 UTC".to_owned(), "Mar 9, 2024 22:05 UTC".to_owned()]),
            ]
        );
    }

    #[test]
    fn an_end_beyond_the_year_has_none() {
        let list = "December 2024\n\nA\nB\nDec 31, 22:05 - Jan 1, 03:48 UTC\n\nC\nD\nDec 12, 10:42 - 15:27 UTC\n";
        let reports = read(&Text::slice_of(list, 0..list.len()));
        let stamps: Vec<_> = reports.iter().flat_map(|report| &report.updates).filter_map(|update| update.stamp.as_ref()).collect();
        assert_eq!(stamps.first().map(|stamp| stamp.as_str()), Some("Jan 1, 03:48 UTC"));
        assert_eq!(stamps.get(1).map(|stamp| stamp.as_str()), Some("Dec 31, 2024 22:05 UTC"));
    }

    #[test]
    fn look_alikes_are_no_list() {
        for text in [
            "Mar 12, 2024\nIt broke at Mar 12, 16:05 CET - sorry.\n",
            "Resolved - All is well.\nUpdate - Still looking.\nMar 12, 16:05 CET\n",
            "Timeline\nMar 12, 16:05 CET alert\nMar 12, 16:15 CET fixed\n",
            "March 2024\n\nPlanned work\nMar 12, 22:05 - 23:00 UTC\n\nDone\nMar 14, 22:05 - 23:00 UTC\n",
        ] {
            assert!(!is_list(text), "{text}");
        }
    }
}
