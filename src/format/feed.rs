//! A status page's history as Atom or RSS: each entry an incident, its content the updates, newest first, with stamps
//! that leave out the year.

use super::html;
use super::html::token::{Token, push_decoded, tokens};
use super::text;
use crate::document::{Document, Fault, Field, Format, IncidentKind, Report, Text, TextBuilder, Update};
use crate::source::Span;
use std::ops::Range;

/// Whether `text` is a feed.
pub fn is_feed(text: &str) -> bool {
    let start = text.trim_start();
    let head = start.get(..start.floor_char_boundary(600.min(start.len()))).unwrap_or_default();
    (head.starts_with("<?xml") || head.starts_with("<feed") || head.starts_with("<rss"))
        && (head.contains("<feed") || head.contains("<rss"))
}

/// Reads every entry of a feed.
pub fn read(source: &str) -> Document<'_> {
    let whole = Text::slice_of(source, 0..source.len());
    let mut reports = Vec::new();
    let mut publisher: Option<Text> = None;
    let mut feed_title: Option<Text> = None;
    let mut entry: Option<Entry> = None;
    let mut element: Option<(&str, TextBuilder)> = None;
    let mut in_author = false;
    for token in tokens(source) {
        match token {
            Token::Open("entry" | "item", rest) => entry = Some(Entry::new(rest.start)),
            Token::Close("entry" | "item") => {
                if let Some(entry) = entry.take() {
                    reports.push(entry.report(&whole));
                }
            }
            Token::Open("author", _) => in_author = true,
            Token::Close("author") => in_author = false,
            Token::Open("link", rest) => {
                if let (Some(entry), Some(address)) = (&mut entry, attribute(source, rest, "href")) {
                    entry.url = entry.url.take().or_else(|| Some(whole.part(address)));
                }
                element = Some(("link", TextBuilder::default()));
            }
            Token::Open(name, _) => element = Some((name, TextBuilder::default())),
            Token::Text(range) => {
                if let Some((_, text)) = &mut element {
                    push_decoded(text, &whole, range);
                }
            }
            Token::Data(range) => {
                if let Some((_, text)) = &mut element {
                    text.push(source.get(range.clone()).unwrap_or_default(), range.start);
                }
            }
            Token::Close(name) => {
                let Some((_, text)) = element.take().filter(|(open, _)| *open == name) else { continue };
                let text = text.finish().trimmed();
                match (&mut entry, name) {
                    (Some(entry), name) => entry.take(name, text),
                    (None, "name") if in_author => publisher = Some(text),
                    (None, "title") => feed_title = feed_title.or(Some(text)),
                    _ => {}
                }
            }
        }
    }
    let cut = entry.is_some();
    reports.extend(entry.map(|entry| entry.report(&whole)));
    let publisher = publisher.or_else(|| feed_title.as_ref().and_then(of_title));
    for report in &mut reports {
        report.organization = publisher.clone();
    }
    let end = Span::new(source.len()..source.len());
    let problem = match (cut, reports.is_empty()) {
        (true, _) => Some(Fault::broken("this feed ends inside an entry", end)),
        (false, true) => Some(Fault::broken("this feed holds no entry", end)),
        (false, false) => None,
    };
    Document { problem, ..Document::new(Format::StatuspageFeed, reports) }
}

/// "Acme Status - Incident History" is the feed of Acme.
fn of_title<'a>(title: &Text<'a>) -> Option<Text<'a>> {
    let end = title.as_str().find(" Status")?;
    (end > 0).then(|| title.part(0..end))
}

fn attribute(source: &str, attributes: Range<usize>, name: &str) -> Option<Range<usize>> {
    let text = source.get(attributes.clone())?;
    let at = text.find(&format!("{name}=\""))? + name.len() + 2;
    let length = text.get(at..)?.find('"')?;
    Some(attributes.start + at..attributes.start + at + length)
}

struct Entry<'a> {
    start: usize,
    title: Option<Text<'a>>,
    url: Option<Text<'a>>,
    published: Option<Text<'a>>,
    content: Option<Text<'a>>,
}

impl<'a> Entry<'a> {
    fn new(start: usize) -> Self {
        Self { start, title: None, url: None, published: None, content: None }
    }

    fn take(&mut self, name: &str, text: Text<'a>) {
        let slot = match name {
            "title" => &mut self.title,
            "link" => &mut self.url,
            "published" | "pubDate" => &mut self.published,
            "updated" if self.published.is_none() => &mut self.published,
            "content" | "description" | "summary" | "content:encoded" => &mut self.content,
            _ => return,
        };
        if !text.as_str().is_empty() {
            slot.get_or_insert(text);
        }
    }

    fn report(self, whole: &Text<'a>) -> Report<'a> {
        let end = self.content.as_ref().map_or(self.start, |content| content.whole().end as usize);
        let mut report = Report::new(whole.span(self.start..end.max(self.start)));
        if let Some(content) = &self.content {
            let flat = html::flatten(content);
            report.updates = updates(&flat);
            if report.updates.is_empty() {
                report.blocks = text::blocks_of(&flat);
            }
        }
        let maintenance = ["scheduled", "in progress", "verifying", "completed"];
        if report.updates.iter().any(|update| maintenance.iter().any(|label| update.label.as_str().eq_ignore_ascii_case(label))) {
            report.kind = IncidentKind::Maintenance;
        }
        report.title = self.title;
        report.url = self.url;
        report.fields.extend(self.published.map(|value| Field { label: Text::slice_of("posted", 0..6), value }));
        report
    }
}

/// The updates of an entry: a line with a stamp, then "Label - text".
fn updates<'a>(flat: &Text<'a>) -> Vec<Update<'a>> {
    let mut marks: Vec<(Range<usize>, Range<usize>, usize)> = Vec::new();
    let mut at = 0;
    let mut stamp: Option<Range<usize>> = None;
    for line in flat.as_str().split_inclusive('\n') {
        let text = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        if is_stamp(text) {
            stamp = Some(start..start + text.len());
        } else if let Some(stamp) = stamp.take_if(|_| !text.is_empty())
            && let Some(label) =
                text.split_once(" - ").map(|(label, _)| label).or_else(|| text.strip_suffix(" -")).filter(|label| label.len() <= 24)
        {
            // The text may start on the next line: a post-mortem of paragraphs.
            let body = (start + label.len() + 3).min(start + text.len());
            marks.push((stamp, start..start + label.len(), body));
        }
    }
    let mut found = Vec::new();
    for (index, (stamp, label, body)) in marks.iter().enumerate() {
        let end = marks.get(index + 1).map_or(flat.as_str().len(), |(next, ..)| next.start);
        let blocks = text::blocks_of(&flat.part(*body..end).trimmed());
        found.push(Update { label: flat.part(label.clone()), stamp: Some(flat.part(stamp.clone())), blocks });
    }
    found
}

/// "Mar  5, 17:21 UTC", "Aug 21, 2023 - 00:37 PDT": short, with a clock and a month in front.
fn is_stamp(line: &str) -> bool {
    let clock = line.as_bytes().windows(3).any(|w| matches!(w, [a, b':', b] if a.is_ascii_digit() && b.is_ascii_digit()));
    clock
        && line.len() <= 40
        && line.starts_with(|c: char| c.is_ascii_uppercase())
        && !line.contains(" - ") | line.contains(|c: char| c.is_ascii_digit())
        && line.split_whitespace().count() <= 7
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str = "&lt;p&gt;&lt;small&gt;Mar &lt;var data-var='date'&gt; 5&lt;/var&gt;, &lt;var data-var='time'&gt;17:21&lt;/var&gt; UTC&lt;/small&gt;&lt;br&gt;&lt;strong&gt;Resolved&lt;/strong&gt; - Back &amp;amp; well.&lt;/p&gt;";

    #[test]
    fn a_post_mortem_of_paragraphs_is_an_update() {
        let entry = ENTRY.replace(
            "Resolved&lt;/strong&gt; - Back &amp;amp; well.",
            "Postmortem&lt;/strong&gt; - &lt;p&gt;It broke.&lt;/p&gt;&lt;ul&gt;&lt;li&gt;Mend it&lt;/li&gt;&lt;/ul&gt;",
        );
        let feed = format!(
            "<?xml version=\"1.0\"?><feed><title>Acme Status</title><entry><title>Down</title><content type=\"html\">{entry}</content></entry></feed>"
        );
        let document = read(&feed);
        let update = document.reports.first().and_then(|report| report.updates.first());
        let said: Vec<_> = update.map(|u| u.blocks.iter().map(|b| b.text.as_str().to_owned()).collect()).unwrap_or_default();
        assert_eq!((update.map(|u| u.label.as_str()), said), (Some("Postmortem"), vec!["It broke.".to_owned(), "Mend it".to_owned()]));
    }

    #[test]
    fn a_feed_that_was_cut_off_is_told_of() {
        let whole =
            "<?xml version=\"1.0\"?><feed><title>Acme</title><entry><title>Up</title></entry><entry><title>Down</title></entry></feed>";
        let read = |end: &str| {
            let document = read(whole.get(..whole.find(end).unwrap_or(whole.len())).unwrap_or_default());
            (document.reports.len(), document.problem.is_some())
        };
        assert_eq!(read("nowhere"), (2, false));
        assert_eq!(read("wn</title>"), (2, true));
        assert_eq!(read("</title></entry>"), (1, true));
        assert_eq!(read("<entry>"), (0, true));
    }

    #[test]
    fn reads_atom_and_rss() {
        let atom = format!(
            "<?xml version=\"1.0\"?><feed><title>Acme Status - Incident History</title><author><name>Acme</name></author><entry><id>1</id><published>2025-03-05T17:21:08Z</published><link href=\"https://a.example/1\"/><title>Down</title><content type=\"html\">{ENTRY}</content></entry></feed>"
        );
        let rss = format!(
            "<?xml version=\"1.0\"?><rss><channel><title>Acme Status - Incident History</title><item><title>Down</title><description>{ENTRY}</description><pubDate>Wed, 05 Mar 2025 17:21:08 +0000</pubDate><link>https://a.example/1</link></item></channel></rss>"
        );
        for feed in [&atom, &rss] {
            assert!(is_feed(feed));
            let document = read(feed);
            let report = document.reports.first();
            let texts = |f: &dyn Fn(&Report) -> Option<String>| report.and_then(f);
            assert_eq!(texts(&|r| r.organization.as_ref().map(|t| t.as_str().to_owned())).as_deref(), Some("Acme"));
            assert_eq!(texts(&|r| r.url.as_ref().map(|t| t.as_str().to_owned())).as_deref(), Some("https://a.example/1"));
            let update = report.and_then(|r| r.updates.first());
            assert_eq!(update.map(|u| u.label.as_str()), Some("Resolved"));
            assert_eq!(
                update.and_then(|u| u.stamp.as_ref()).map(|s| s.as_str().split_whitespace().collect::<Vec<_>>().join(" ")).as_deref(),
                Some("Mar 5, 17:21 UTC")
            );
            assert_eq!(update.and_then(|u| u.blocks.first()).map(|b| b.text.as_str()), Some("Back & well."));
            let stamp = update.and_then(|u| u.stamp.as_ref()).map(|s| s.span(0..3).range());
            assert_eq!(stamp.and_then(|range| feed.get(range)), Some("Mar"));
        }
    }
}
