//! A status page's history or a blog of its news as Atom or RSS: each entry an incident with the updates in its content, or one
//! message of an incident.

mod entry;
mod group;

use super::html::token::{Token, push_decoded, tokens};
use crate::document::{Document, Fault, Format, Text, TextBuilder};
use crate::source::Span;
use entry::Entry;
use std::ops::Range;

/// Whether `text` is a feed.
pub fn is_feed(text: &str) -> bool {
    let root = root(text);
    let head = root.get(..root.floor_char_boundary(600.min(root.len()))).unwrap_or_default();
    head.starts_with("<feed") || head.starts_with("<rss") || head.starts_with("<rdf:RDF") && head.contains("purl.org/rss")
}

/// An XML text from its first element on: what stands before it says how it is written.
fn root(text: &str) -> &str {
    let mut rest = text.trim_start();
    loop {
        let end = [("<?", "?>"), ("<!--", "-->"), ("<!", ">")].iter().find(|(open, _)| rest.starts_with(open)).map(|(_, end)| *end);
        match end.and_then(|end| rest.split_once(end)) {
            Some((_, behind)) => rest = behind.trim_start(),
            None => return rest,
        }
    }
}

/// An element whose text is wanted.
struct Element<'t> {
    name: &'t str,
    text: TextBuilder,
    /// Where its content starts.
    from: usize,
    /// How many elements of its name are open in it, itself left out.
    depth: usize,
    /// Whether it holds markup that is not escaped.
    markup: bool,
}

/// Reads every entry of a feed.
pub fn read(source: &str) -> Document<'_> {
    let whole = Text::slice_of(source, 0..source.len());
    let mut entries = Vec::new();
    let mut publisher: Option<Text> = None;
    let mut feed_title: Option<Text> = None;
    let mut home: Option<Text> = None;
    let mut entry: Option<Entry> = None;
    let mut element: Option<Element> = None;
    let mut in_author = false;
    for token in tokens(source) {
        match token {
            Token::Open(name, _) if element.as_ref().is_some_and(|element| entry.is_some() && entry::is_text(element.name)) => {
                if let Some(element) = &mut element {
                    element.markup = true;
                    element.depth += usize::from(name == element.name);
                }
            }
            Token::Open("entry" | "item", rest) => {
                let about = attribute(source, rest.clone(), "rdf:about").map(|about| whole.part(about));
                entry = Some(Entry::new(rest.start, about));
            }
            Token::Close("entry" | "item") => entries.extend(entry.take()),
            Token::Open("author", _) => in_author = true,
            Token::Close("author") => in_author = false,
            Token::Open(name, rest) => {
                let address = attribute(source, rest.clone(), "href").filter(|_| name == "link");
                if let (Some(entry), Some(address)) = (&mut entry, address) {
                    entry.take("link", whole.part(address));
                }
                element = Some(Element { name, text: TextBuilder::default(), from: rest.end + 1, depth: 0, markup: false });
            }
            Token::Text(range) => {
                if let Some(element) = &mut element {
                    push_decoded(&mut element.text, &whole, range);
                }
            }
            Token::Data(range) => {
                if let Some(element) = &mut element {
                    element.text.push(source.get(range.clone()).unwrap_or_default(), range.start);
                }
            }
            Token::Close(name) => {
                let Some(open) = element.as_mut().filter(|open| open.name == name) else { continue };
                if open.depth > 0 {
                    open.depth -= 1;
                    continue;
                }
                let Some(Element { text, from, markup, .. }) = element.take() else { continue };
                let text = if markup { whole.part(from..before(source, name)) } else { text.finish() }.trimmed();
                match (&mut entry, name) {
                    (Some(entry), name) => entry.take(name, text),
                    (None, "name") if in_author => publisher = Some(text),
                    (None, "title") => feed_title = feed_title.or(Some(text)),
                    (None, "link") => home = home.or(Some(text)),
                    _ => {}
                }
            }
        }
    }
    let cut = entry.is_some();
    entries.extend(entry);
    let mut reports: Vec<_> = group::incidents(entries, home.as_ref()).into_iter().map(|entries| entry::report(entries, &whole)).collect();
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

/// Where the end tag begins whose name is `name`, a part of the source.
fn before(source: &str, name: &str) -> usize {
    (name.as_ptr() as usize).saturating_sub(source.as_ptr() as usize + 2)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Report;

    #[test]
    fn the_first_element_tells_a_feed() {
        let long = "x".repeat(2000);
        for (text, feed) in [
            ("<?xml version=\"1.0\"?><?xml-stylesheet href=\"a.xsl\"?>\n<!-- LONG --><rss version=\"2.0\">", true),
            ("<feed xmlns=\"http://www.w3.org/2005/Atom\">", true),
            ("<rdf:RDF xmlns=\"http://purl.org/rss/1.0/\">", true),
            ("<rdf:RDF xmlns=\"http://example.org/other\">", false),
            ("<?xml version=\"1.0\"?><outages><rss/></outages>", false),
            ("<!-- a comment that nobody closes <rss>", false),
        ] {
            assert_eq!(is_feed(&text.replace("LONG", &long)), feed, "{text}");
        }
    }

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
