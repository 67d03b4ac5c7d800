//! HTML to text and blocks: tags dropped, entities decoded, scripts and styles left out, every byte with its place.
//! It never builds a tree, so depth costs nothing.

pub mod token;

use self::token::{Token, push_decoded, tokens};
use super::{board, history, statuspage, text};
use crate::document::{Block, BlockKind, Document, Field, Format, Report, Text, TextBuilder};
use memchr::memmem;
use std::ops::Range;

/// Whether `text` is an HTML page.
pub fn is_page(text: &str) -> bool {
    let start = text.trim_start();
    // XHTML may say first that it is XML.
    let start = start.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map_or(start, |(_, rest)| rest.trim_start());
    let head =
        start.get(..start.len().min(64)).or_else(|| start.get(..start.floor_char_boundary(64))).unwrap_or_default().to_ascii_lowercase();
    head.starts_with("<!doctype html") || head.starts_with("<html") || (head.starts_with("<!--") && text.contains("<body"))
}

/// Reads a page: a Statuspage incident, or any other.
pub fn read(source: &str) -> Document<'_> {
    let whole = Text::slice_of(source, 0..source.len());
    let page = Page::read(&whole);
    let flat = page.flat();
    if statuspage::is_page(flat.as_str()) {
        let mut reports = statuspage::read(&flat);
        for report in &mut reports {
            report.fields.extend(page.impact.iter().map(|value| Field { label: key("impact"), value: value.clone() }));
        }
        return Document::new(Format::StatuspageHtml, reports);
    }
    if history::is_list(flat.as_str()) {
        return Document::new(Format::StatuspageHtml, history::read(&flat));
    }
    let mut report = Report::new(whole.whole());
    let heading = page.blocks.iter().find(|block| block.kind == BlockKind::Heading(1)).map(|block| &block.text);
    report.organization = page.title.as_ref().and_then(|title| publisher(title, heading));
    // What stands above the heading is of the site, where the page is called like the heading.
    let called = |heading: &&Text| page.title.as_ref().is_some_and(|title| plain(title.as_str()).contains(&plain(heading.as_str())));
    // "Mail down <small>4 May 2026 10:20</small>" is called as the page is.
    let behind_title = || {
        let own = page.title.as_ref()?.as_str().rsplit_once(" | ")?.0;
        heading
            .filter(|heading| heading.as_str().strip_prefix(own).is_some_and(|rest| rest.starts_with(' ')))
            .map(|heading| heading.part(0..own.len()))
    };
    report.title = heading.filter(called).cloned().or_else(behind_title);
    if board::is_page(flat.as_str()) {
        let own = board::read(&flat);
        (report.blocks, report.updates, report.kind) = (own.blocks, own.updates, own.kind);
    } else {
        report.blocks = page.into_blocks();
    }
    Document::new(Format::Html, vec![report])
}

/// The blocks of a piece of HTML.
pub fn blocks<'a>(html: &Text<'a>) -> Vec<Block<'a>> {
    Page::read(html).into_blocks()
}

/// Lines within a paragraph are read as plain text reads them.
fn lines_apart(block: Block<'_>) -> Vec<Block<'_>> {
    let lines = block.kind == BlockKind::Paragraph && block.text.as_str().contains('\n');
    if lines { text::blocks_of(&block.text) } else { vec![block] }
}

/// The visible text of a piece of HTML, block elements on lines of their own.
pub fn flatten<'a>(html: &Text<'a>) -> Text<'a> {
    Page::read(html).flat()
}

/// The letters and digits of `text`, in lower case.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn key<'a>(name: &'static str) -> Text<'a> {
    Text::slice_of(name, 0..name.len())
}

/// "Search went dark | Acme Engineering" is a page of Acme, and so is "Search went dark - Acme" over the heading "Search went dark".
fn publisher<'a>(title: &Text<'a>, heading: Option<&Text>) -> Option<Text<'a>> {
    let whole = title.as_str();
    let heading = heading.map_or("", |heading| heading.as_str());
    let behind = || whole.strip_prefix(heading).filter(|_| !heading.is_empty()).and_then(|rest| rest.strip_prefix([' ', '\u{a0}']));
    let mark = |rest: &str| ["- ", "– ", "— ", "· ", ": "].iter().any(|mark| rest.starts_with(mark));
    let own = || behind().filter(|rest| mark(rest)).and_then(|rest| Some(whole.len() - rest.split_once(' ')?.1.len()));
    let start = whole.rfind(" | ").map(|at| at + 3).or_else(own)?;
    let mut end = whole.len();
    for kind in [" Engineering Blog", " Engineering", " Status", " Blog", " Tech Blog"] {
        if let Some(short) = whole.strip_suffix(kind) {
            end = end.min(short.len());
        }
    }
    (end > start).then(|| title.part(start..end).trimmed())
}

/// Blocks of a page, its title, and the impact that its incident's heading is classed with.
struct Page<'a> {
    title: Option<Text<'a>>,
    blocks: Vec<Block<'a>>,
    impact: Option<Text<'a>>,
}

impl<'a> Page<'a> {
    fn read(html: &Text<'a>) -> Self {
        let mut builder = Builder {
            html,
            blocks: Vec::new(),
            kind: BlockKind::Paragraph,
            text: TextBuilder::default(),
            cells: None,
            depth: 0,
            head: false,
            hidden: 0,
            articles: 0,
            has_article: memmem::find(html.as_str().as_bytes(), b"<article").is_some(),
        };
        let mut impact = None;
        let mut title = None;
        let mut in_title = false;
        for token in tokens(html.as_str()) {
            match &token {
                Token::Open(name, _) => in_title = name.eq_ignore_ascii_case("title"),
                Token::Close(_) => in_title = false,
                Token::Text(range) | Token::Data(range) if in_title => {
                    let mut text = TextBuilder::default();
                    push_decoded(&mut text, html, range.clone());
                    title = Some(text.finish().trimmed());
                }
                _ => {}
            }
            match token {
                Token::Text(range) | Token::Data(range) => builder.text(range),
                Token::Open(name, rest) => {
                    impact = impact.or_else(|| impact_class(html, rest));
                    builder.open(&name.to_ascii_lowercase());
                }
                Token::Close(name) => builder.close_tag(&name.to_ascii_lowercase()),
            }
        }
        builder.close();
        Self { title, blocks: builder.blocks, impact }
    }

    fn into_blocks(self) -> Vec<Block<'a>> {
        self.blocks.into_iter().flat_map(lines_apart).collect()
    }

    /// The blocks as one text, laid out as plain text is: blank lines between, marks in front of the entries of lists.
    fn flat(&self) -> Text<'a> {
        let mut builder = TextBuilder::default();
        let listed = |block: &Block| matches!(block.kind, BlockKind::Item { .. } | BlockKind::Row { .. });
        let mut in_list = false;
        for block in &self.blocks {
            let at = block.text.whole().range().start;
            if !builder.is_empty() {
                builder.push_decoded(if in_list && listed(block) { "\n" } else { "\n\n" }, at..at);
            }
            in_list = listed(block);
            let mark = match block.kind {
                BlockKind::Item { .. } => "- ",
                BlockKind::Row { .. } => "| ",
                _ => "",
            };
            builder.push_decoded(mark, at..at);
            builder.append(&block.text);
        }
        builder.finish()
    }
}

/// `class="incident-name … impact-major"`: Statuspage's word for the severity.
fn impact_class<'a>(html: &Text<'a>, attributes: Range<usize>) -> Option<Text<'a>> {
    let text = html.as_str().get(attributes.clone())?;
    let name = text.find("incident-name").and(text.find("impact-"))? + "impact-".len();
    let word = text.get(name..)?;
    let length = word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len());
    (length > 0).then(|| html.part(attributes.start + name..attributes.start + name + length))
}

struct Builder<'t, 'a> {
    html: &'t Text<'a>,
    blocks: Vec<Block<'a>>,
    kind: BlockKind,
    text: TextBuilder,
    cells: Option<Vec<Text<'a>>>,
    depth: u8,
    head: bool,
    /// How many elements that are not shown are open.
    hidden: u32,
    /// How many articles are open.
    articles: u32,
    /// Whether the page marks what is its article.
    has_article: bool,
}

impl Builder<'_, '_> {
    /// Whether an element is not of the text: what heads and surrounds an article is of the site.
    fn hides(&self, name: &str) -> bool {
        matches!(name, "head" | "nav" | "footer" | "noscript" | "template")
            || matches!(name, "header" | "aside") && self.has_article && self.articles == 0
    }

    fn text(&mut self, range: Range<usize>) {
        if self.hidden > 0 {
            return;
        }
        // White space between tags is one space, as a browser shows it.
        let text = self.html.as_str().get(range.clone()).unwrap_or_default();
        if text.trim().is_empty() {
            if !self.text.is_empty() && !self.text.as_str().ends_with(char::is_whitespace) {
                self.text.append(&self.html.part(range.start..range.start + text.chars().next().map_or(0, char::len_utf8)));
            }
            return;
        }
        let lead = text.len() - text.trim_start().len();
        let start = if self.text.is_empty() { range.start + lead } else { range.start };
        push_decoded(&mut self.text, self.html, start..range.end);
    }

    fn open(&mut self, name: &str) {
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.close();
                self.kind = BlockKind::Heading(name.as_bytes().get(1).map_or(1, |digit| digit - b'0'));
            }
            "ul" | "ol" => {
                self.close();
                self.depth = self.depth.saturating_add(1);
            }
            "li" => {
                self.close();
                self.kind = BlockKind::Item { depth: self.depth.saturating_sub(1), ticked: None };
            }
            "tr" => {
                self.close();
                self.cells = Some(Vec::new());
                self.head = false;
            }
            "th" | "td" => {
                self.end_cell();
                // A row with a label in front of its value is no head.
                self.head = name == "th" && (self.head || self.cells.as_ref().is_none_or(Vec::is_empty));
            }
            "br" => self.line_end(),
            "pre" => {
                self.close();
                self.kind = BlockKind::Code;
            }
            _ if self.hides(name) => {
                self.close();
                self.hidden += 1;
            }
            // A header that is never closed ends here.
            "article" => {
                self.close();
                (self.articles, self.hidden) = (self.articles.saturating_add(1), 0);
            }
            "p" | "div" | "section" | "table" | "blockquote" | "dt" | "dd" | "main" | "header" if self.cells.is_none() => self.close(),
            _ => {}
        }
    }

    fn close_tag(&mut self, name: &str) {
        match name {
            "ul" | "ol" => {
                self.close();
                self.depth = self.depth.saturating_sub(1);
            }
            "td" | "th" => self.end_cell(),
            "tr" => {
                self.end_cell();
                if let Some(cells) = self.cells.take().filter(|cells| !cells.is_empty()) {
                    let mut row = TextBuilder::default();
                    for cell in &cells {
                        let place = cell.whole().range().start;
                        if !row.is_empty() {
                            row.push_decoded(" | ", place..place);
                        }
                        row.append(cell);
                    }
                    let kind = BlockKind::Row { cells: cells.len(), head: self.head };
                    self.blocks.push(Block { kind, text: row.finish(), cells });
                }
            }
            "article" => {
                self.close();
                self.articles = self.articles.saturating_sub(1);
            }
            _ if self.hides(name) => {
                self.text = TextBuilder::default();
                self.hidden = self.hidden.saturating_sub(1);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" | "pre" => self.close(),
            "p" | "div" | "section" | "table" | "blockquote" | "dt" | "dd" | "main" | "header" if self.cells.is_none() => self.close(),
            _ => {}
        }
    }

    fn line_end(&mut self) {
        let at = self.html.span(0..0).range().start;
        if !self.text.is_empty() {
            self.text.push_decoded("\n", at..at);
        }
    }

    fn end_cell(&mut self) {
        let text = std::mem::take(&mut self.text);
        if let Some(cells) = &mut self.cells
            && !text.as_str().trim().is_empty()
        {
            cells.push(text.finish().trimmed());
        }
    }

    fn close(&mut self) {
        let kind = std::mem::replace(&mut self.kind, BlockKind::Paragraph);
        let text = std::mem::take(&mut self.text).finish().trimmed();
        if text.as_str().is_empty() {
            // An item may hold its text in a paragraph of its own.
            if matches!(kind, BlockKind::Item { .. }) {
                self.kind = kind;
            }
            return;
        }
        self.blocks.push(Block::new(kind, text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_becomes_blocks_with_places() {
        let text = "<html><body><h2>Cause</h2><p>Disk &amp; net&nbsp;full.</p><ul><li>One</li><li><p>Two</p></li></ul><table><tr><th>Time</th><th>Event</th></tr><tr><td>10:00</td><td>Down</td></tr></table></body></html>";
        let document = read(text);
        let blocks = document.reports.first().map(|report| report.blocks.clone()).unwrap_or_default();
        let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["Cause", "Disk & net full.", "One", "Two", "Time | Event", "10:00 | Down"]);
        let paragraph = blocks.get(1).map(|block| block.text.clone()).unwrap_or_else(|| key(""));
        assert_eq!(text.get(paragraph.span(5..6).range()), Some("&amp;"));
        assert_eq!(text.get(paragraph.span(7..10).range()), Some("net"));
    }

    #[test]
    fn what_stands_around_an_article_is_of_the_site() {
        let page = |body: &str| format!("<html><head><title>Mail was down &#8211; Acme Hosting</title></head><body>{body}</body></html>");
        let text = page(
            "<header><div>Open 8:00 to 20:00</div></header><main><article><header><h1>Mail was down</h1></header><p>A disk failed.</p>\
            <aside>It was full.</aside></article><aside><p>Read next: 6 May</p></aside></main>",
        );
        let told = |text: &str| {
            let report = read(text).reports.into_iter().next();
            let texts = report.iter().flat_map(|report| &report.blocks).map(|block| block.text.as_str().to_owned()).collect::<Vec<_>>();
            (texts, report.and_then(|report| report.organization).map(|name| name.as_str().to_owned()))
        };
        let name = Some("Acme Hosting".to_owned());
        assert_eq!(told(&text), (vec!["Mail was down".into(), "A disk failed.".into(), "It was full.".into()], name));
        let (texts, _) = told(&page("<header><h1>Mail was down</h1></header><p>A disk failed.</p>"));
        assert_eq!(texts, ["Mail was down", "A disk failed."], "without an article the header is of the text");
        let (texts, _) = told(&page("<header><p>Menu<article><p>A disk failed.</p></article>"));
        assert_eq!(texts, ["Menu", "A disk failed."][1..], "a header that is not closed");
    }

    #[test]
    fn a_status_page_keeps_its_class() {
        let text = "<!DOCTYPE html><body><h1 class=\"incident-name impact-major\">Logins fail</h1><p>Incident Report for <a>Acme</a></p>\
            <div>Resolved</div><div>Back.<br/>All good.</div><div>Posted <span></span>Sep <var>18</var>, <var>2025</var> - <var>15:26</var> UTC</div></body>";
        let document = read(text);
        assert_eq!(document.format, Format::StatuspageHtml);
        let report = document.reports.first();
        assert_eq!(report.and_then(|r| r.fields.first()).map(|f| f.value.as_str()), Some("major"));
        assert_eq!(report.and_then(|r| r.updates.first()?.stamp.as_ref()).map(Text::as_str), Some("Sep 18, 2025 - 15:26 UTC"));
    }

    #[test]
    fn a_status_page_with_past_incidents_is_a_list_of_them() {
        let update = |label: &str, clock: &str| {
            format!(
                "<div><strong>{label}</strong> - <span>It is.<br /></span><small>Oct <var>14</var>, <var>{clock}</var> UTC</small></div>"
            )
        };
        let text = format!(
            "<!DOCTYPE html><head><title>Acme Status</title></head><body><h2>Past Incidents</h2><div>Oct <var>14</var>, <var>2025</var></div>\
            <div><a href=\"/x\">Mail is late</a></div>{}{}<div>Oct 13, 2025</div><p>No incidents reported.</p></body>",
            update("Resolved", "16:20"),
            update("Investigating", "15:02")
        );
        let document = read(&text);
        let [report] = document.reports.as_slice() else { unreachable!("one incident") };
        assert_eq!(report.title.as_ref().map(Text::as_str), Some("Mail is late"));
        let stamps: Vec<_> = report.updates.iter().filter_map(|update| update.stamp.as_ref()).map(Text::as_str).collect();
        assert_eq!(stamps, ["Oct 14, 2025 16:20 UTC", "Oct 14, 2025 15:02 UTC"]);
    }

    #[test]
    fn depth_costs_nothing() {
        let deep = format!("<html>{}x", "<div>".repeat(50_000));
        assert_eq!(read(&deep).reports.len(), 1);
    }
}
