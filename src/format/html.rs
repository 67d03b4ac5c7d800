//! HTML to text and blocks: tags dropped, entities decoded, scripts and styles left out, every byte with its place.
//!
//! A tokenizer of our own, because spans must survive entities, and because it runs over text that was itself decoded
//! (the content of a feed's entry). It never builds a tree, so depth costs nothing.

use super::{statuspage, text};
use crate::document::{Block, BlockKind, Document, Field, Format, Report, Text, TextBuilder};
use memchr::memchr;
use std::ops::Range;

/// Whether `text` is an HTML page.
pub fn is_page(text: &str) -> bool {
    let start = text.trim_start();
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
        return Document { format: Format::StatuspageHtml, reports, problem: None };
    }
    let mut report = Report::new(whole.whole());
    report.organization = page.title.as_ref().and_then(publisher);
    report.blocks = page.blocks.into_iter().flat_map(lines_apart).collect();
    Document { format: Format::Html, reports: vec![report], problem: None }
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

fn key<'a>(name: &'static str) -> Text<'a> {
    Text::slice_of(name, 0..name.len())
}

/// A piece of markup at a range of the text.
#[derive(Debug, PartialEq, Eq)]
pub enum Token<'t> {
    /// Text as it stands between tags.
    Text(Range<usize>),
    /// A start tag: its name and what stands behind the name.
    Open(&'t str, Range<usize>),
    /// An end tag.
    Close(&'t str),
    /// Text of a CDATA section.
    Data(Range<usize>),
}

/// Splits markup into tokens; comments, declarations and instructions are left out. What never ends is text.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    let ends = Ends::of(text);
    while let Some(open) = memchr(b'<', text.as_bytes().get(at..).unwrap_or_default()).map(|offset| at + offset) {
        let rest = text.get(open..).unwrap_or_default();
        let (token, length) = match markup(rest, open, &ends) {
            Some(markup) => markup,
            None => {
                // A lone "<" is text.
                push_text(&mut found, at..open + 1);
                at = open + 1;
                continue;
            }
        };
        push_text(&mut found, at..open);
        at = open + length;
        let raw = match &token {
            Some(Token::Open(name, _)) if name.eq_ignore_ascii_case("script") => Some("</script"),
            Some(Token::Open(name, _)) if name.eq_ignore_ascii_case("style") => Some("</style"),
            _ => None,
        };
        found.extend(token);
        if let Some(end) = raw {
            at = find_ignore_case(text, at, end).unwrap_or(text.len());
        }
    }
    push_text(&mut found, at..text.len());
    found
}

fn push_text(found: &mut Vec<Token>, range: Range<usize>) {
    match found.last_mut() {
        _ if range.is_empty() => {}
        Some(Token::Text(last)) if last.end == range.start => last.end = range.end,
        _ => found.push(Token::Text(range)),
    }
}

fn find_ignore_case(text: &str, from: usize, needle: &str) -> Option<usize> {
    let mut at = from;
    while let Some(open) = memchr(b'<', text.as_bytes().get(at..)?).map(|offset| at + offset) {
        if text.get(open..open + needle.len()).is_some_and(|found| found.eq_ignore_ascii_case(needle)) {
            return Some(open);
        }
        at = open + 1;
    }
    None
}

/// Where the last of each end stands: nobody looks for one behind it, however often markup is left open.
struct Ends {
    comment: usize,
    data: usize,
    tag: usize,
}

impl Ends {
    fn of(text: &str) -> Self {
        let last = |end: &str| text.rfind(end).unwrap_or(0);
        Self { comment: last("-->"), data: last("]]>"), tag: memchr::memrchr(b'>', text.as_bytes()).unwrap_or(0) }
    }
}

/// The markup at the start of `rest`, which stands at `at`, and its length.
fn markup<'t>(rest: &'t str, at: usize, ends: &Ends) -> Option<(Option<Token<'t>>, usize)> {
    if let Some(comment) = rest.strip_prefix("<!--") {
        let end = if at < ends.comment { comment.find("-->") } else { None };
        return Some((None, 4 + end? + 3));
    }
    if let Some(data) = rest.strip_prefix("<![CDATA[") {
        let end = if at < ends.data { data.find("]]>") } else { None }?;
        return Some((Some(Token::Data(at + 9..at + 9 + end)), 9 + end + 3));
    }
    // What cannot start a tag is not searched for its end.
    let byte = |at: usize| rest.as_bytes().get(at).copied().unwrap_or_default();
    let starts = match byte(1) {
        b'/' => byte(2).is_ascii_alphabetic(),
        first => first.is_ascii_alphabetic() || matches!(first, b'!' | b'?'),
    };
    if at >= ends.tag || !starts {
        return None;
    }
    let end = memchr(b'>', rest.as_bytes())?;
    let inner = rest.get(1..end)?;
    if inner.starts_with(['!', '?']) {
        return Some((None, end + 1));
    }
    let (name, closing) = inner.strip_prefix('/').map_or((inner, false), |name| (name, true));
    let length = name.find(|c: char| !(c.is_ascii_alphanumeric() || c == ':' || c == '-')).unwrap_or(name.len());
    let name = name.get(..length).filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))?;
    let token = if closing { Token::Close(name) } else { Token::Open(name, at + 1 + length..at + end) };
    Some((Some(token), end + 1))
}

/// Adds the text at `range` with its entities decoded.
pub fn push_decoded(builder: &mut TextBuilder, source: &Text, range: Range<usize>) {
    let text = source.as_str();
    let mut at = range.start;
    while let Some(amp) = text.get(at..range.end).and_then(|rest| memchr(b'&', rest.as_bytes())).map(|offset| at + offset) {
        builder.append(&source.part(at..amp));
        match entity(text.get(amp..range.end).unwrap_or_default()) {
            Some((c, length)) => {
                builder.push_decoded(c.encode_utf8(&mut [0; 4]), source.span(amp..amp + length).range());
                at = amp + length;
            }
            None => {
                builder.append(&source.part(amp..amp + 1));
                at = amp + 1;
            }
        }
    }
    builder.append(&source.part(at..range.end));
}

/// The character of the entity at the start of `text`, and the entity's length.
fn entity(text: &str) -> Option<(char, usize)> {
    const NAMES: &[(&str, char)] = &[
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", '\u{a0}'),
        ("ndash", '–'),
        ("mdash", '—'),
        ("hellip", '…'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("bull", '•'),
        ("middot", '·'),
        ("larr", '←'),
        ("rarr", '→'),
        ("deg", '°'),
        ("copy", '©'),
        ("reg", '®'),
        ("trade", '™'),
        ("times", '×'),
        ("euro", '€'),
        ("pound", '£'),
        ("sect", '§'),
        ("uuml", 'ü'),
        ("ouml", 'ö'),
        ("auml", 'ä'),
        ("eacute", 'é'),
        ("egrave", 'è'),
        ("ccedil", 'ç'),
        ("ensp", ' '),
        ("emsp", ' '),
        ("thinsp", ' '),
        ("shy", '\u{ad}'),
    ];
    let mut limit = text.len().min(34);
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let end = text.get(..limit)?.find(';')?;
    let name = text.get(1..end)?;
    let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    });
    let c = match number {
        Some(code) => char::from_u32(code).unwrap_or('\u{fffd}'),
        None => NAMES.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((c, end + 1))
}

/// "Search went dark | Acme Engineering" is a page of Acme.
fn publisher<'a>(title: &Text<'a>) -> Option<Text<'a>> {
    let whole = title.as_str();
    let start = whole.rfind(" | ")? + 3;
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
}

impl Builder<'_, '_> {
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
                self.head |= name == "th";
            }
            "br" => self.line_end(),
            "pre" => {
                self.close();
                self.kind = BlockKind::Code;
            }
            "head" | "nav" | "footer" | "noscript" | "template" => {
                self.close();
                self.hidden += 1;
            }
            "p" | "div" | "section" | "article" | "table" | "blockquote" | "dt" | "dd" | "main" | "header" if self.cells.is_none() => {
                self.close()
            }
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
            "head" | "nav" | "footer" | "noscript" | "template" => {
                self.text = TextBuilder::default();
                self.hidden = self.hidden.saturating_sub(1);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" | "pre" => self.close(),
            "p" | "div" | "section" | "article" | "table" | "blockquote" | "dt" | "dd" | "main" | "header" if self.cells.is_none() => {
                self.close()
            }
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
    fn tokens_and_their_look_alikes() {
        let text = "a < b <b class='x'>bold</b><!-- no --> <script>if (a<b) {}</script>end &amp; <";
        let found = tokens(text);
        let shown: Vec<&str> =
            found.iter().filter_map(|token| if let Token::Text(range) = token { text.get(range.clone()) } else { None }).collect();
        assert_eq!(shown, ["a < b ", "bold", " ", "end &amp; <"]);
    }

    #[test]
    fn a_page_becomes_blocks_with_places() {
        let text = "<html><body><h2>Cause</h2><p>Disk &amp; net&nbsp;full.</p><ul><li>One</li><li><p>Two</p></li></ul><table><tr><th>Time</th><th>Event</th></tr><tr><td>10:00</td><td>Down</td></tr></table></body></html>";
        let document = read(text);
        let blocks = document.reports.first().map(|report| report.blocks.clone()).unwrap_or_default();
        let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["Cause", "Disk & net\u{a0}full.", "One", "Two", "Time | Event", "10:00 | Down"]);
        let paragraph = blocks.get(1).map(|block| block.text.clone()).unwrap_or_else(|| key(""));
        assert_eq!(text.get(paragraph.span(5..6).range()), Some("&amp;"));
        assert_eq!(text.get(paragraph.span(7..10).range()), Some("net"));
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
    fn depth_costs_nothing() {
        let deep = format!("<html>{}x", "<div>".repeat(50_000));
        assert_eq!(read(&deep).reports.len(), 1);
    }
}
