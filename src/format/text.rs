//! Plain text: mails, pasted documents, run-on paragraphs.
//!
//! A line is told by its form alone (heading, `Label: value`, list entry, table row, start with a time); what the
//! words mean is decided later.

use super::{coded, columns, fields, figures, gutter, leaders, pages, quoted, speech, wrap};
use crate::document::line::{goes_on, is_rule};
use crate::document::{Block, BlockKind, Report, Text, TextBuilder};
use crate::source::Span;

/// Lines longer than this mean that the text is not wrapped: every line is a paragraph of its own.
pub(super) const WRAP: usize = 120;

/// Wrapped lines are longer than this.
const SHORT: usize = 20;

/// Reads the part of `source` at `extent` as one report.
pub fn read(source: &str, extent: Span) -> Report<'_> {
    let mut report = Report::new(extent);
    let (headers, body) = fields::mail_headers(source, extent.range());
    report.fields = headers;
    report.blocks = blocks(source, Span::new(body..extent.end as usize));
    report
}

/// Reads the part of `source` at `extent` as blocks.
pub fn blocks(source: &str, extent: Span) -> Vec<Block<'_>> {
    blocks_of(&Text::slice_of(source, extent.range()))
}

/// Reads decoded text as blocks.
pub fn blocks_of<'a>(whole: &Text<'a>) -> Vec<Block<'a>> {
    let whole = &speech::clocks_first(&leaders::with_colons(&gutter::by_column(&quoted::without_marks(&pages::without_margins(whole)))));
    let lines = lines(whole.as_str());
    let unwrapped = lines.iter().any(|line| is_unwrapped(line.text));
    let widths = if unwrapped { widths(&lines) } else { Vec::new() };
    let flow = wrap::flow(&lines.iter().map(|line| (line.text, line.text.chars().count())).collect::<Vec<_>>());
    let mut builder = Builder { whole, blocks: Vec::new(), open: None, indents: Vec::new(), item_indent: 0 };
    let mut fenced = false;
    let texts: Vec<&str> = lines.iter().map(|line| line.text).collect();
    let mut tables = columns::tables(&texts).into_iter().peekable();
    // The lines of a table are read as its rows, and then left out.
    let mut rows_end = 0;
    let entries = figures::entries(&texts);
    let coded = coded::entries(&texts);
    let chat = lines.iter().filter(|line| chat_stamp(line.text).is_some()).count() >= 2;
    for (index, line) in lines.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|i| lines.get(i)).map_or("", |line| line.text);
        let after = lines.get(index + 1).map_or("", |line| line.text);
        if line.text.starts_with("```") {
            builder.close();
            fenced = !fenced;
            continue;
        }
        if fenced {
            builder.add(BlockKind::Code, line.start..line.end());
            continue;
        }
        if index < rows_end {
            continue;
        }
        // What stood in code is no table.
        while tables.next_if(|table| table.first < index).is_some() {}
        if let Some(table) = tables.next_if(|table| table.first == index) {
            builder.close();
            rows_end = index + table.rows.len();
            builder.add_table(lines.get(index..).unwrap_or_default(), table.rows);
            continue;
        }
        if let Some(clock) = chat_stamp(line.text).filter(|_| chat) {
            builder.close();
            builder.item_indent = line.indent;
            builder.open(BlockKind::Item { depth: 0, ticked: None }, line.start + clock..line.end());
            continue;
        }
        // What somebody wrote goes on to the next blank line, whatever it looks like.
        if chat && builder.in_item() && !line.text.is_empty() {
            builder.extend(line.start..line.end());
            continue;
        }
        match flow.get(index).copied().flatten() {
            Some(true) if builder.open.is_some() => {
                builder.extend(line.start..line.end());
                continue;
            }
            Some(false) => {
                builder.close();
                builder.open(BlockKind::Paragraph, line.start..line.end());
                continue;
            }
            _ => {}
        }
        let entry = entries.get(index) == Some(&true);
        let code = coded.get(index).copied().filter(|code| *code > 0).map(|code| Shape::Item(code, None));
        match code.unwrap_or_else(|| if entry { Shape::Item(0, None) } else { shape(line.text, before, after) }) {
            Shape::Blank | Shape::Rule => builder.close(),
            Shape::Heading(level) => {
                builder.close();
                let text = line.text.trim_end_matches([':', '#', '=', ' ', '*', '】']);
                let start = line.start + text.len() - text.trim_start_matches(['*', '=']).trim_start_matches(HEADING_MARKS).len();
                builder.add(BlockKind::Heading(level), start..line.start + text.len());
            }
            // In wrapped prose a line may happen to start with a clock.
            Shape::Item(0, _) if builder.in_prose() && !before.ends_with(['.', ':']) && before.len() >= SHORT => {
                builder.extend(line.start..line.end())
            }
            Shape::Item(marker, ticked) => {
                builder.close();
                let depth = builder.depth(line.indent);
                builder.item_indent = line.indent;
                builder.open(BlockKind::Item { depth, ticked }, line.start + marker..line.end());
            }
            Shape::Row => {
                builder.close();
                builder.add_row(line.start..line.end());
            }
            Shape::Start => {
                builder.close();
                builder.open(BlockKind::Paragraph, line.start..line.end());
            }
            // What stands further out than the entry above is no continuation of it.
            Shape::Text if builder.in_item() && line.indent < builder.item_indent => {
                builder.close();
                builder.open(BlockKind::Paragraph, line.start..line.end());
            }
            // Of a text that is wrapped here and there, a line goes on where the next word had no room.
            Shape::Text
                if unwrapped
                    && !(builder.in_item() && line.indent > 0)
                    && !(builder.in_prose()
                        && wrap::is_full(before, before.chars().count(), line.text, widths.get(index).copied().unwrap_or(0))) =>
            {
                builder.close();
                builder.open(BlockKind::Paragraph, line.start..line.end());
            }
            Shape::Text => builder.extend(line.start..line.end()),
        }
    }
    builder.close();
    builder.blocks
}

/// Whether a line is longer than those of wrapped text; an address cannot be wrapped, so it does not count.
fn is_unwrapped(line: &str) -> bool {
    let addresses = line.contains("://");
    let words = line.split_whitespace().filter(|word| !addresses || !word.contains("://"));
    line.len() > WRAP && words.map(|word| word.chars().count() + 1).sum::<usize>() > WRAP + 1
}

struct Line<'a> {
    start: usize,
    indent: usize,
    text: &'a str,
}

impl Line<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    let mut lines = Vec::new();
    for raw in text.split_inclusive('\n') {
        let text = raw.trim();
        let indent = raw.len() - raw.trim_start().len();
        lines.push(Line { start: at + indent, indent, text });
        at += raw.len();
    }
    lines
}

/// How wide the widest line is around each, up to blank lines and those that are not wrapped.
fn widths(lines: &[Line]) -> Vec<usize> {
    let wide = |line: &Line| line.text.chars().count();
    let stretches = lines.chunk_by(|line, next| [line, next].iter().all(|line| (1..=WRAP).contains(&wide(line))));
    stretches.flat_map(|stretch| std::iter::repeat_n(stretch.iter().map(wide).max().unwrap_or(0), stretch.len())).collect()
}

enum Shape {
    Blank,
    Rule,
    Heading(u8),
    /// The bytes of the marker, and the state of its box.
    Item(usize, Option<bool>),
    Row,
    /// The first line of a paragraph that cannot be the continuation of another.
    Start,
    Text,
}

fn shape(line: &str, before: &str, after: &str) -> Shape {
    if line.is_empty() {
        return Shape::Blank;
    }
    if is_rule(line) {
        return Shape::Rule;
    }
    if let Some(level) = marked_heading(line, before) {
        return Shape::Heading(level);
    }
    if line
        .strip_prefix(HEADING_MARKS)
        .is_some_and(|title| is_heading(title.trim_matches(HEADING_MARKS).trim_end_matches([':', '】']), "", ""))
    {
        return Shape::Heading(3);
    }
    if let Some((marker, ticked)) = item_marker(line) {
        // "2. Timeline" alone between blank lines is a numbered heading.
        let numbered = line.starts_with(|c: char| c.is_ascii_digit());
        let title = line.get(marker..).unwrap_or_default();
        if numbered && before.is_empty() && after.is_empty() && is_heading(title, before, after) && title.len() <= 60 {
            return Shape::Heading(3);
        }
        return Shape::Item(marker, ticked);
    }
    if is_bold(line) {
        return Shape::Heading(3);
    }
    if line.starts_with('|') && line.matches('|').count() > 1 {
        return Shape::Row;
    }
    if starts_with_time(line) {
        return Shape::Item(0, None);
    }
    if is_underline(after) && line.len() < 100 {
        return Shape::Heading(2);
    }
    match fields::label(line) {
        Some(label) if label.end == line.len() && line.split_whitespace().count() <= 8 => return Shape::Heading(4),
        // "Interruption 1: Connection limit reached", alone or over the labelled lines about it.
        Some(label)
            if before.is_empty()
                && (after.is_empty() || fields::label(after).is_some_and(|label| !counts(after.get(label).unwrap_or_default())))
                && counts(line.get(label.clone()).unwrap_or_default())
                && is_heading(line, "", "") =>
        {
            return Shape::Heading(3);
        }
        Some(_) => return Shape::Start,
        None => {}
    }
    if is_heading(line, before, after) { Shape::Heading(3) } else { Shape::Text }
}

/// The level of a heading as Markdown marks it ("## Cause"), the wikis ("== Cause ==") and, below a blank line, AsciiDoc ("== Cause").
pub fn marked_heading(line: &str, before: &str) -> Option<u8> {
    let mark = line.chars().next().filter(|mark| matches!(mark, '#' | '='))?;
    let title = line.trim_start_matches(mark);
    let closed = title.ends_with(mark) && title.contains(char::is_alphabetic);
    let open = before.is_empty() && title.trim_start().starts_with(char::is_uppercase) && !title.ends_with('.');
    let level = u8::try_from(line.len() - title.len()).ok().filter(|level| *level <= 6)?;
    (title.starts_with(' ') && (mark == '#' || closed || open)).then_some(level)
}

/// What stands in front of headings, as Japanese and Korean letters have them: "■ Cause", "【Cause】".
const HEADING_MARKS: [char; 9] = ['■', '□', '◆', '◇', '▼', '▶', '►', '【', ' '];

/// Whether a label is a noun with a number: "Interruption 1:", "Phase 2:".
fn counts(label: &str) -> bool {
    let mut words = label.trim_end_matches(':').split(' ');
    let noun = words.next().is_some_and(|noun| noun.len() > 3 && noun.chars().all(char::is_alphabetic));
    noun && words.next().is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
        && words.next().is_none()
}

/// "**Timeline**": a line that is bold throughout, and no sentence.
fn is_bold(line: &str) -> bool {
    let inner = line.trim_end_matches(':').strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
    inner.is_some_and(|inner| !inner.contains("**") && inner.len() <= 100 && is_heading(inner.trim_end_matches(':'), "", ""))
}

fn is_underline(line: &str) -> bool {
    is_rule(line) && line.starts_with(['-', '='])
}

/// The marker of a list entry with the white space after it, and its box.
pub(super) fn item_marker(line: &str) -> Option<(usize, Option<bool>)> {
    let bullets = ["•", "·", "・", "‣", "▪", "◦", "●", "○", "–", "—", "*", "-", "+", "o", "#."];
    let after_bullet = bullets.iter().find_map(|bullet| line.strip_prefix(bullet));
    let number = line.trim_start_matches('(').trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - number.len();
    let after_number = (1..=3).contains(&digits).then(|| number.strip_prefix(['.', ')'])).flatten();
    // "a) …"
    let after_letter = line.get(1..).and_then(|rest| rest.strip_prefix(')')).filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()));
    // "[ ] …" without a bullet is a task as well.
    let task = ["[ ] ", "[x] ", "[X] "].iter().any(|task| line.starts_with(task)).then_some(line);
    let Some(rest) = after_bullet.or(after_number).or(after_letter) else {
        return task.map(|line| (4, Some(!line.starts_with("[ ]")))).filter(|_| line.len() > 4);
    };
    let text = rest.trim_start();
    if text.len() == rest.len() || text.is_empty() {
        return None;
    }
    let (text, ticked) = match text.get(..3) {
        Some("[x]" | "[X]") => (text.get(3..).unwrap_or_default().trim_start(), Some(true)),
        Some("[ ]") => (text.get(3..).unwrap_or_default().trim_start(), Some(false)),
        _ => (text, None),
    };
    Some((line.len() - text.len(), ticked))
}

/// Whether a line starts like an entry of a timeline: a clock, an ISO date or an offset from T.
fn starts_with_time(line: &str) -> bool {
    let line = line.trim_start_matches(['[', '(', '*', '~']);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(digits..).unwrap_or_default().as_bytes();
    let clock = (1..=2).contains(&digits) && matches!(rest, [b':', b'0'..=b'9', b'0'..=b'9', ..]);
    let iso = digits == 4 && matches!(rest, [b'-', b'0'..=b'9', b'0'..=b'9', b'-', ..]);
    let offset = matches!(line.as_bytes(), [b'T', b'+' | b'-', b'0'..=b'9', ..]);
    clock || iso || offset
}

/// "alice  9:58 PM" over what she wrote, as a chat is copied: where the clock starts.
fn chat_stamp(line: &str) -> Option<usize> {
    if line.len() > 40 {
        return None;
    }
    let meridiem = ["AM", "PM", "am", "pm"].iter().find_map(|mark| line.strip_suffix(mark)).unwrap_or(line).trim_end();
    let clock = meridiem.rsplit([' ', '\t', '[', '(']).next()?;
    let (hours, minutes) = clock.split_once(':')?;
    let digits = |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let name = meridiem.get(..meridiem.len() - clock.len())?.trim_end();
    let words = name.split_whitespace().count();
    let named = (1..=3).contains(&words)
        && name.chars().all(|c| c.is_alphanumeric() || " _-.'".contains(c))
        && name.starts_with(char::is_alphabetic);
    (digits(hours, 2) && digits(minutes, 2) && minutes.len() == 2 && named).then_some(meridiem.len() - clock.len())
}

fn is_heading(line: &str, before: &str, after: &str) -> bool {
    let ends_open = !line.ends_with(['.', ',', ';', '!', ':']);
    let capital = line.starts_with(|c: char| c.is_uppercase() || c == '[');
    if !ends_open || !capital || line.len() > 100 {
        return false;
    }
    let words = line.split_whitespace().count();
    let first = line.split_whitespace().next().unwrap_or_default();
    let shouted = first.len() >= 4 && first.chars().all(|c| c.is_uppercase() || !c.is_alphabetic()) && !line.contains(". ");
    let alone = before.is_empty() && after.is_empty();
    let goes_on = goes_on(line);
    let on_top = !goes_on
        && before.is_empty()
        && line.len() <= 45
        && words <= 6
        && after.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic());
    (shouted && words <= 10) || (alone && words <= 12) || on_top
}

/// Whether white space beside the line ends is more than those.
fn has_ragged_lines(text: &str) -> bool {
    let bytes = text.as_bytes();
    let blank = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|b| matches!(b, b' ' | b'\t' | b'\r'));
    memchr::memchr_iter(b'\n', bytes).any(|at| blank(at.checked_sub(1)) || blank(Some(at + 1)))
}

/// `text` without the indents of its lines, so that a phrase reads the same wherever it is wrapped.
fn joined<'a>(text: &Text<'a>) -> Text<'a> {
    let mut builder = TextBuilder::default();
    for line in lines(text.as_str()) {
        if !builder.is_empty() {
            let at = text.span(line.start..line.start).range().start;
            builder.push_decoded("\n", at..at);
        }
        builder.append(&text.part(line.start..line.end()));
    }
    builder.finish()
}

struct Builder<'t, 'a> {
    whole: &'t Text<'a>,
    blocks: Vec<Block<'a>>,
    open: Option<(BlockKind, std::ops::Range<usize>)>,
    /// The indents of the list that is open, outermost first.
    indents: Vec<usize>,
    /// The indent of the entry that is open.
    item_indent: usize,
}

impl Builder<'_, '_> {
    /// The depth of a list entry: how many less indented entries it stands under.
    fn depth(&mut self, indent: usize) -> u8 {
        let in_list = matches!(self.blocks.last(), Some(Block { kind: BlockKind::Item { .. }, .. }));
        if !in_list {
            self.indents.clear();
        }
        self.indents.retain(|outer| *outer < indent);
        self.indents.push(indent);
        u8::try_from(self.indents.len() - 1).unwrap_or(u8::MAX)
    }

    fn close(&mut self) {
        if let Some((kind, range)) = self.open.take() {
            self.add(kind, range);
        }
    }

    fn add(&mut self, kind: BlockKind, range: std::ops::Range<usize>) {
        let text = self.whole.part(range);
        let text = if has_ragged_lines(text.as_str()) { joined(&text) } else { text };
        let text = if kind == BlockKind::Code {
            text
        } else {
            let words = text.clone();
            wrap::unwrapped(text, |range| words.as_str().get(range).map_or(0, |line| line.chars().count()))
        };
        self.blocks.push(Block::new(kind, text));
    }

    fn add_row(&mut self, range: std::ops::Range<usize>) {
        let row = self.whole.part(range);
        let inner = row.as_str().trim_matches('|');
        if inner.bytes().all(|b| b"-:| \t".contains(&b)) {
            if let Some(Block { kind: BlockKind::Row { head, .. }, .. }) = self.blocks.last_mut() {
                *head = true;
            }
            return;
        }
        let mut at = row.as_str().len() - row.as_str().trim_start_matches('|').len();
        let mut cells = Vec::new();
        for cell in inner.split('|') {
            cells.push(row.part(at..at + cell.len()).trimmed());
            at += cell.len() + 1;
        }
        self.blocks.push(Block { kind: BlockKind::Row { cells: cells.len(), head: false }, text: row, cells });
    }

    /// Adds the rows of a table whose head is the first of `lines`.
    fn add_table(&mut self, lines: &[Line], rows: Vec<Vec<std::ops::Range<usize>>>) {
        for (nth, (line, cells)) in lines.iter().zip(rows).enumerate() {
            let text = self.whole.part(line.start..line.end());
            let cells: Vec<_> = cells.into_iter().map(|cell| text.part(cell)).collect();
            self.blocks.push(Block { kind: BlockKind::Row { cells: cells.len(), head: nth == 0 }, text, cells });
        }
    }

    fn open(&mut self, kind: BlockKind, range: std::ops::Range<usize>) {
        self.open = Some((kind, range));
    }

    fn extend(&mut self, range: std::ops::Range<usize>) {
        match &mut self.open {
            Some((_, open)) => open.end = range.end,
            None => self.open(BlockKind::Paragraph, range),
        }
    }

    fn in_prose(&self) -> bool {
        matches!(self.open, Some((BlockKind::Paragraph, _)))
    }

    fn in_item(&self) -> bool {
        matches!(self.open, Some((BlockKind::Item { .. }, _)))
    }
}

#[cfg(test)]
mod tests;
