//! Markdown: headings, lists, tables and front matter, with the markup taken out of the text.

use super::front::Front;
use super::{bundle, comment, fields, front, headed, html, posted, site, text, wrap};
use crate::document::{Block, BlockKind, Report, Text, TextBuilder, Update};
use crate::source::Span;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Whether text without a telling name is Markdown: a heading or a table's rule at the start of a line.
pub fn looks_like(text: &str) -> bool {
    let marks = |line: &str| {
        let hashes = line.bytes().take_while(|b| *b == b'#').count();
        // "#   Time   Event" is the head of a table.
        let title = line.get(hashes..).and_then(|rest| rest.strip_prefix(' ')).is_some_and(|title| !title.starts_with(' '));
        let heading = (1..=6).contains(&hashes) && title;
        let rule = line.contains('|') && line.contains("---") && line.bytes().all(|b| b"-:| \t\r".contains(&b));
        heading || rule
    };
    text.starts_with("---\n") || text.starts_with("+++\n") || text.lines().take(400).any(marks)
}

/// Reads `source` as one report, or as one for each page that is put into it.
pub fn read(source: &str) -> Vec<Report<'_>> {
    bundle::pages(source, front_matter(source)).into_iter().map(|page| read_page(source, page)).collect()
}

fn read_page(source: &str, page: Range<usize>) -> Report<'_> {
    let mut report = Report::new(Span::new(page.clone()));
    let head = front_matter(source.get(page.clone()).unwrap_or_default());
    let head = page.start + head.start..page.start + head.end;
    let front = if head.is_empty() { Front::default() } else { front::read(source, head.clone()) };
    report.fields.clone_from(&front.fields);
    comment::read(source, head.end..page.end, &mut report);
    let body = source.get(head.end..page.end).unwrap_or_default();
    let posts = posted::elements(body);
    if is_markup(body) && posts.is_empty() {
        report.blocks = html::blocks(&Text::slice_of(source, head.end..page.end));
    } else {
        let mut at = 0;
        for post in posts {
            let here = |range: Range<usize>| head.end + range.start..head.end + range.end;
            report.blocks.extend(blocks(source, head.end + at, body.get(at..post.whole.start).unwrap_or_default()));
            at = post.whole.end;
            report.updates.push(Update {
                label: Text::slice_of(source, here(post.label)),
                stamp: Some(Text::slice_of(source, here(post.stamp))),
                blocks: blocks(source, head.end + post.inner.start, body.get(post.inner).unwrap_or_default()),
            });
        }
        report.blocks.extend(blocks(source, head.end + at, body.get(at..).unwrap_or_default()));
    }
    site::read(&mut report, &front);
    report
}

/// Whether what stands behind the front matter of a site's page is HTML from its first tag to its last.
fn is_markup(body: &str) -> bool {
    let inner = body.trim().strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    inner.is_some_and(|inner| inner.starts_with(|c: char| c.is_ascii_alphabetic())) && !looks_like(body)
}

/// The blocks of a text that is Markdown and knows its own place.
pub fn blocks_of<'a>(whole: &Text<'a>) -> Vec<Block<'a>> {
    let placed = |block: Block| Block {
        kind: block.kind.clone(),
        text: block.text.placed_in(whole),
        cells: block.cells.iter().map(|cell| cell.placed_in(whole)).collect(),
    };
    blocks(whole.as_str(), 0, whole.as_str()).into_iter().map(placed).collect()
}

/// The blocks of `body`, which starts at the byte `start` of `source`.
fn blocks<'a>(source: &'a str, start: usize, body: &str) -> Vec<Block<'a>> {
    let mut reader = Reader::new(source);
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_FOOTNOTES;
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        reader.event(event, start + range.start..start + range.end);
    }
    reader.close();
    reader.blocks
}

/// Where the front matter stands: between two lines of marks at the top. Further down such a line only parts the text.
fn front_matter(source: &str) -> Range<usize> {
    if !["---", "+++"].iter().any(|mark| source.starts_with(mark)) {
        return 0..0;
    }
    let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    match Parser::new_ext(source, options).into_offset_iter().next() {
        Some((Event::Start(Tag::MetadataBlock(_)), range)) => range,
        _ => 0..0,
    }
}

struct Reader<'a> {
    source: &'a str,
    blocks: Vec<Block<'a>>,
    kind: BlockKind,
    text: TextBuilder,
    cells: Vec<Text<'a>>,
    depth: u8,
    head: bool,
    in_cell: bool,
    /// Where the paragraph's leading bold text ends, in the text so far: it may be a heading in disguise.
    bold: Option<usize>,
    in_bold: bool,
    skipping: bool,
}

impl<'a> Reader<'a> {
    fn new(source: &'a str) -> Self {
        Self {
            source,
            blocks: Vec::new(),
            kind: BlockKind::Paragraph,
            text: TextBuilder::default(),
            cells: Vec::new(),
            depth: 0,
            head: false,
            in_cell: false,
            bold: None,
            in_bold: false,
            skipping: false,
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag, range),
            _ if self.skipping => {}
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) => self.push(&text, range),
            Event::SoftBreak | Event::HardBreak => self.text.push_decoded("\n", range),
            Event::InlineHtml(html) if html.starts_with("<br") => self.text.push_decoded("\n", range),
            Event::TaskListMarker(ticked) => {
                if let BlockKind::Item { ticked: state, .. } = &mut self.kind {
                    *state = Some(ticked);
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, text: &str, range: Range<usize>) {
        // Code spans and escapes are longer in the source than their text; find the text inside.
        let raw = self.source.get(range.clone()).unwrap_or_default();
        let at = if raw.starts_with(text) { Some(0) } else { raw.find(text) };
        match at {
            Some(at) => self.text.push(text, range.start + at),
            None => self.text.push_decoded(text, range),
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.close();
                self.kind = BlockKind::Heading(*level as u8);
            }
            Tag::Paragraph if !matches!(self.kind, BlockKind::Item { .. }) => self.close(),
            Tag::List(_) => {
                self.close();
                self.depth = self.depth.saturating_add(1);
            }
            Tag::Item => {
                self.close();
                self.kind = BlockKind::Item { depth: self.depth.saturating_sub(1), ticked: None };
            }
            Tag::CodeBlock(_) => {
                self.close();
                self.kind = BlockKind::Code;
            }
            Tag::Table(_) | Tag::BlockQuote(_) => self.close(),
            Tag::TableHead => self.head = true,
            Tag::TableCell => self.in_cell = true,
            Tag::FootnoteDefinition(_) | Tag::HtmlBlock => {
                self.close();
                self.skipping = true;
            }
            Tag::Strong => self.in_bold = true,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::FootnoteDefinition | TagEnd::HtmlBlock => {
                self.text = TextBuilder::default();
                self.skipping = false;
            }
            TagEnd::List(_) => {
                self.close();
                self.depth = self.depth.saturating_sub(1);
            }
            TagEnd::Paragraph if matches!(self.kind, BlockKind::Item { .. }) => self.text.push_decoded("\n", range.end..range.end),
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item | TagEnd::CodeBlock => self.close(),
            TagEnd::TableCell => {
                self.in_cell = false;
                let cell = std::mem::take(&mut self.text).finish().trimmed();
                // An empty cell still has its place in the row.
                let place = range.start..range.start;
                self.cells.push(if cell.as_str().is_empty() { Text::slice_of(self.source, place) } else { cell });
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                let cells = std::mem::take(&mut self.cells);
                let kind = BlockKind::Row { cells: cells.len(), head: std::mem::take(&mut self.head) };
                self.blocks.push(Block { kind, text: Text::slice_of(self.source, range).trimmed(), cells });
            }
            TagEnd::Strong => {
                self.in_bold = false;
                let leading = self.bold.is_none() && self.kind == BlockKind::Paragraph && !self.in_cell;
                if leading && !self.text.as_str().contains('\n') {
                    self.bold = Some(self.text.as_str().len());
                }
            }
            _ => {}
        }
    }

    /// Finishes the open block.
    fn close(&mut self) {
        let kind = std::mem::replace(&mut self.kind, BlockKind::Paragraph);
        let bold = self.bold.take();
        let text = std::mem::take(&mut self.text).finish();
        if text.as_str().trim().is_empty() {
            return;
        }
        if let (BlockKind::Paragraph, Some(end)) = (&kind, bold) {
            let rest = text.as_str().get(end..).unwrap_or_default();
            let label = text.as_str().get(..end).unwrap_or_default().trim_end();
            let alone = rest.trim().is_empty() && !label.ends_with('.');
            let on_top = rest.trim_start_matches([':', ' ']).starts_with('\n');
            let words = label.split_whitespace().count();
            if (alone && words <= 12 || on_top && words <= 8) && !label.starts_with(|c: char| c.is_ascii_digit()) {
                let heading = text.part(0..label.trim_end_matches(':').len());
                let after = end + (rest.len() - rest.trim_start_matches([':', ' ', '\n']).len());
                self.blocks.push(Block::new(BlockKind::Heading(5), heading));
                let rest = text.part(after..text.as_str().len()).trimmed();
                if !rest.as_str().is_empty() {
                    self.blocks.push(Block::new(BlockKind::Paragraph, rest));
                }
                return;
            }
        }
        let mut text = text.trimmed();
        // What was posted is no part of the line over it, however narrow the text is set.
        let heads = |end: &usize| kind == BlockKind::Paragraph && text.as_str().get(..*end).is_some_and(headed::is_head);
        if let Some(end) = text.as_str().find('\n').filter(heads) {
            self.blocks.push(Block::new(BlockKind::Heading(5), text.part(0..end)));
            text = text.part(end..text.as_str().len()).trimmed();
        }
        // Code in front of the text of an MDX page.
        if kind == BlockKind::Paragraph && text.as_str().lines().next().is_some_and(is_module) {
            self.blocks.push(Block::new(BlockKind::Code, text));
        } else if kind == BlockKind::Paragraph && is_laid_out(text.as_str()) {
            self.blocks.extend(text::blocks_of(&text));
        } else if matches!(kind, BlockKind::Paragraph | BlockKind::Item { .. }) {
            let (words, source) = (text.clone(), self.source);
            let wide = |range| source.get(words.span(range).range()).map_or(0, |line| line.chars().count());
            self.blocks.push(Block::new(kind, wrap::unwrapped(text, wide)));
        } else {
            self.blocks.push(Block::new(kind, text));
        }
    }
}

/// "import { Layout } from './layout'": a line of a module.
fn is_module(line: &str) -> bool {
    line.starts_with("import ") && line.contains(" from ") && line.contains(['\'', '"', '‘', '“']) || line.starts_with("export const ")
}

/// Lines behind marks that Markdown does not know ("•", "–", a box), or each behind a label, or the headings of a wiki: people part
/// lines all the same.
fn is_laid_out(paragraph: &str) -> bool {
    let marked = |line: &&str| line.starts_with(|c: char| !c.is_ascii() || c == '[') && text::item_marker(line).is_some();
    let lines = || paragraph.lines().map(str::trim);
    let labelled = || lines().all(|line| fields::label(line).is_some()) && lines().nth(1).is_some();
    let headed = || lines().zip(std::iter::once("").chain(lines())).any(|(line, before)| text::marked_heading(line, before).is_some());
    let listed = || lines().next().is_some_and(|line| marked(&line)) && lines().filter(marked).count() >= 2;
    listed() || labelled() || headed()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(text: &str) -> Report<'_> {
        read_page(text, 0..text.len())
    }

    fn shapes(text: &str) -> Vec<(BlockKind, String)> {
        only(text).blocks.iter().map(|b| (b.kind.clone(), b.text.as_str().to_owned())).collect()
    }

    #[test]
    fn lines_behind_labels_stand_alone() {
        let found = shapes(
            "**Start**: 10:00 UTC\n**Minutes lost**: 0\n\n**August 12 13:30 UTC (lasting 3 hours and 44 minutes)**\n\nNote: it broke\nagain: twice.\n",
        );
        assert_eq!(
            found,
            [
                (BlockKind::Paragraph, "Start: 10:00 UTC".into()),
                (BlockKind::Paragraph, "Minutes lost: 0".into()),
                (BlockKind::Heading(5), "August 12 13:30 UTC (lasting 3 hours and 44 minutes)".into()),
                (BlockKind::Paragraph, "Note: it broke\nagain: twice.".into()),
            ]
        );
    }

    #[test]
    fn headings_lists_and_bold_labels() {
        let found = shapes("# Title\n\n**Impact:** *Some* users.\n\n- one `x`\n  - [x] two\n\n**Cause**\n\n**10:15 UTC** - alert\n");
        assert_eq!(
            found,
            [
                (BlockKind::Heading(1), "Title".into()),
                (BlockKind::Paragraph, "Impact: Some users.".into()),
                (BlockKind::Item { depth: 0, ticked: None }, "one x".into()),
                (BlockKind::Item { depth: 1, ticked: Some(true) }, "two".into()),
                (BlockKind::Heading(5), "Cause".into()),
                (BlockKind::Paragraph, "10:15 UTC - alert".into()),
            ]
        );
    }

    #[test]
    fn wikis_mark_headings_otherwise() {
        let item = |ticked| BlockKind::Item { depth: 0, ticked };
        assert_eq!(
            shapes("== Cause ==\nA lift\nstood.\n=== Next ===\n* Mend it\n\n[ ] Ask Ben\n[x] Ask Ida\n\n= 5 lifts\n\nIt was\n== none.\n"),
            [
                (BlockKind::Heading(2), "Cause".into()),
                (BlockKind::Paragraph, "A lift\nstood.".into()),
                (BlockKind::Heading(3), "Next".into()),
                (item(None), "Mend it".into()),
                (item(Some(false)), "Ask Ben".into()),
                (item(Some(true)), "Ask Ida".into()),
                (BlockKind::Paragraph, "= 5 lifts".into()),
                (BlockKind::Paragraph, "It was\n== none.".into()),
            ]
        );
    }

    #[test]
    fn tables_keep_their_cells_and_places() {
        let text = "| Time | Event |\n| --- | --- |\n| 10:00 | **Down**: all `x` |\n|  | no time |\n";
        let report = only(text);
        let rows: Vec<Vec<&str>> = report.blocks.iter().map(|b| b.cells.iter().map(Text::as_str).collect()).collect();
        assert_eq!(rows, [vec!["Time", "Event"], vec!["10:00", "Down: all x"], vec!["", "no time"]]);
        let cell = report.blocks.get(1).and_then(|b| b.cells.first()).map(Text::whole);
        assert_eq!(cell.and_then(|span| text.get(span.range())), Some("10:00"));
    }

    #[test]
    fn front_matter_is_no_text() {
        let report = only("---\ntitle: Down\ndate: 2024-05-01\n---\n\nText.\n");
        assert_eq!(report.fields.len(), 2);
        assert_eq!(report.blocks.len(), 1);
        let report = only("Text.\n\n---\n\n## May\n\n- Lost: 2h\n\n---\n## June\n\n- Lost: 1h\n\n---\n");
        assert_eq!((report.fields.len(), report.blocks.len()), (0, 5), "a rule further down only parts the text");
    }

    #[test]
    fn the_page_of_a_site_may_be_html_behind_its_front_matter() {
        use BlockKind::{Heading, Paragraph};
        let found = shapes("---\ntitle: Lifts\n---\n<p>Doors <em>stayed</em> open.</p>\n<h2>Cause</h2>\n<p>A clock.</p>\n");
        assert_eq!(found, [(Paragraph, "Doors stayed open.".into()), (Heading(2), "Cause".into()), (Paragraph, "A clock.".into())]);
        let found = shapes("---\ntitle: Lifts\n---\n<br>\n\n## Cause\n\nA clock.<br>\n");
        assert_eq!(found.first(), Some(&(Heading(2), "Cause".into())));
    }

    #[test]
    fn every_text_leads_back_to_its_source() {
        let text = "Some *emphasised* `code` &amp; [link](https://example.org) words.";
        let report = only(text);
        let block = report.blocks.first().map(|b| b.text.clone());
        let block = block.unwrap_or_else(|| Text::slice_of("", 0..0));
        let at = block.as_str().find("link words").unwrap_or_default();
        assert_eq!(text.get(block.span(at..at + 4).range()), Some("link"));
        assert_eq!(text.get(block.span(at + 5..at + 10).range()), Some("words"));
    }
}
