//! Mails as they are saved: parts, transfer encodings (RFC 2045) and encoded words in headers (RFC 2047), every byte with its
//! place. Mails that were copied as text are plain text.

use super::{html, text, threads};
use crate::document::{Document, Fault, Field, Format, Report, Text, TextBuilder};
use crate::source::plain::plain;
use crate::source::{MOST_PIECES, Span, decoded_as, is_shredded};
use std::ops::Range;

/// Parts within parts are looked into so deep.
const DEPTH: usize = 32;
/// So many lines a header may have.
const HEADER_LINES: usize = 400;
/// The headers that a reader of the mail sees.
const SHOWN: [&str; 5] = ["from", "to", "cc", "date", "subject"];

/// Whether `text` is a saved mail: headers on top, one of which says how its content is written.
pub fn is_mail(text: &str) -> bool {
    let Some(head) = text.get(..text.floor_char_boundary(16 << 10)) else { return false };
    let headers = Part::read(head, 0..head.len()).headers;
    let has = |names: &[&str]| {
        headers
            .iter()
            .any(|(name, _)| names.iter().any(|known| head.get(name.clone()).is_some_and(|name| name.eq_ignore_ascii_case(known))))
    };
    has(&["mime-version", "content-type", "content-transfer-encoding"]) && has(&["from", "subject", "date"])
}

/// Reads a saved mail, or a mailbox: mails of one subject are a report.
pub fn read(source: &str) -> Document<'_> {
    let (starts, end) = (mails(source), source.len());
    let ends = starts.iter().skip(1).copied().chain([end]);
    let mut problem = None;
    let reports = threads::merged(starts.iter().zip(ends).map(|(start, end)| {
        let (subject, report, cut) = read_mail(source, *start..end);
        problem = problem.take().or(cut.map(|(why, at)| Fault::broken(why, Span::new(at..at))));
        (subject, report)
    }));
    Document { problem, ..Document::new(Format::Text, reports) }
}

/// Where mails start: at the top, and behind a blank line at "From ada@acme.example Sat Jan 3 …" over headers.
fn mails(source: &str) -> Vec<usize> {
    let mut starts = vec![0];
    for found in memchr::memmem::find_iter(source.as_bytes(), "\nFrom ") {
        let before = source.get(..found).unwrap_or_default().trim_end_matches('\r');
        let below = source.get(found + 1..).and_then(|rest| rest.split_inclusive('\n').nth(1));
        let headed = below.and_then(|line| line.split_once(':')).is_some_and(|(name, _)| is_header_name(name));
        if headed && (before.is_empty() || before.ends_with('\n')) {
            starts.push(found + 1);
        }
    }
    starts
}

/// Reads one mail: its subject, what it says, and why that is not all of it, with the place.
fn read_mail(source: &str, range: Range<usize>) -> (String, Report<'_>, Option<(&'static str, usize)>) {
    let mail = Part::read(source, range.clone());
    let whole = Text::slice_of(source, 0..source.len());
    let mut report = Report::new(Span::new(range));
    let shown = mail
        .headers
        .iter()
        .filter(|(name, _)| source.get(name.clone()).is_some_and(|name| SHOWN.iter().any(|known| name.eq_ignore_ascii_case(known))));
    report.fields =
        shown.map(|(name, value)| Field { label: whole.part(name.clone()), value: header_text(source, value.clone()) }).collect();
    let subject = report.fields.iter().find(|field| field.label.as_str().eq_ignore_ascii_case("subject"));
    let subject = subject.map(|field| field.value.as_str().to_owned()).unwrap_or_default();
    let content = mail.content(source, 0);
    if content.iter().any(|text| is_shredded(text.as_str(), false)) {
        return (
            subject,
            report,
            Some(("this mail has more lines or tags than are read, or hardly anything else; split it", mail.body.start)),
        );
    }
    report.blocks = content.iter().flat_map(text::blocks_of).collect();
    (subject, report, mail.cut(source, 0).map(|at| ("this mail is cut off within its Base64", at)))
}

/// A mail or a part of one, as ranges of the source: the names and values of its headers, and its body.
struct Part {
    headers: Vec<(Range<usize>, Range<usize>)>,
    body: Range<usize>,
}

impl Part {
    fn read(source: &str, range: Range<usize>) -> Self {
        let mut headers: Vec<(Range<usize>, Range<usize>)> = Vec::new();
        let mut at = range.start;
        for line in source.get(range.clone()).unwrap_or_default().split_inclusive('\n').take(HEADER_LINES) {
            let (start, end) = (at, at + line.trim_end().len());
            at += line.len();
            if line.trim().is_empty() {
                break;
            }
            // A header goes on where its next line is indented.
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = headers.last_mut() {
                    value.end = end;
                }
                continue;
            }
            match line.find(':').filter(|colon| line.get(..*colon).is_some_and(is_header_name)) {
                Some(colon) => headers.push((start..start + colon, start + colon + 1..end.max(start + colon + 1))),
                // "From ada@acme.example Sat Jan 3 …" of a mailbox.
                None if headers.is_empty() && line.starts_with("From ") => {}
                None => return Self { headers: Vec::new(), body: range },
            }
        }
        Self { headers, body: at..range.end }
    }

    fn header<'t>(&self, source: &'t str, name: &str) -> &'t str {
        let found = self.headers.iter().find(|(known, _)| source.get(known.clone()).is_some_and(|known| known.eq_ignore_ascii_case(name)));
        found.and_then(|(_, value)| source.get(value.clone())).unwrap_or_default().trim()
    }

    /// What it says, a text for each part: the plain parts, or the pages where they say twice as much. What cannot be parted is
    /// read as it stands.
    fn content<'a>(&self, source: &'a str, depth: usize) -> Vec<Text<'a>> {
        let (plain, pages) = self.told(source, depth);
        let words = |texts: &[Text]| texts.iter().map(|text| text.as_str().split_whitespace().count()).sum::<usize>();
        if words(&plain) * 2 < words(&pages) { pages } else { plain }
    }

    /// What its plain parts say, and what its pages do.
    fn told<'a>(&self, source: &'a str, depth: usize) -> (Vec<Text<'a>>, Vec<Text<'a>>) {
        let kind = self.header(source, "content-type");
        let is = |prefix: &str| kind.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
        if let Some(parts) = self.inner(source, depth) {
            let mut told = (Vec::new(), Vec::new());
            for part in parts {
                let (plain, pages) = part.told(source, depth + 1);
                told.0.extend(plain);
                told.1.extend(pages);
            }
            return told;
        }
        let attached = self.header(source, "content-disposition").get(..10).is_some_and(|start| start.eq_ignore_ascii_case("attachment"));
        match () {
            () if attached || !(kind.is_empty() || is("text/") || is("multipart/")) => (Vec::new(), Vec::new()),
            () if is("text/html") => {
                let page = self.decoded(source, kind);
                // What is refused is not taken apart first.
                (Vec::new(), vec![if is_shredded(page.as_str(), false) { page } else { html::flatten(&page) }])
            }
            () => (vec![self.decoded(source, kind)], Vec::new()),
        }
    }

    /// The parts it has; none where it is a part that says something itself.
    fn inner(&self, source: &str, depth: usize) -> Option<Vec<Part>> {
        let kind = self.header(source, "content-type");
        let is = |prefix: &str| kind.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
        if depth >= DEPTH {
            return None;
        }
        if is("message/rfc822") {
            return Some(vec![Part::read(source, self.body.clone())]);
        }
        let parts = self.parts(source, &parameter(kind, "boundary").filter(|_| is("multipart/"))?);
        Some(parts).filter(|parts| !parts.is_empty())
    }

    /// Where a part in Base64 is cut off: one sign alone is no byte.
    fn cut(&self, source: &str, depth: usize) -> Option<usize> {
        if let Some(parts) = self.inner(source, depth) {
            return parts.iter().find_map(|part| part.cut(source, depth + 1));
        }
        let encoded = self.encoding(source).eq_ignore_ascii_case("base64").then(|| encoded_end(source, self.body.clone()))?;
        let signs = source.get(self.body.start..encoded)?.bytes().filter(|byte| sextet(*byte).is_some()).count();
        (signs % 4 == 1).then_some(encoded)
    }

    /// How its body is written, without what people add.
    fn encoding<'t>(&self, source: &'t str) -> &'t str {
        self.header(source, "content-transfer-encoding").split([' ', '\t', ';', '(']).next().unwrap_or_default()
    }

    /// The parts between the lines that `boundary` marks.
    fn parts(&self, source: &str, boundary: &str) -> Vec<Part> {
        let mut starts = Vec::new();
        let mut at = self.body.start;
        for line in source.get(self.body.clone()).unwrap_or_default().split_inclusive('\n') {
            if line.trim_end().strip_prefix("--").is_some_and(|rest| rest.strip_suffix("--").unwrap_or(rest) == boundary) {
                starts.push(at..at + line.len());
            }
            at += line.len();
        }
        let end = self.body.end;
        let ends: Vec<usize> = starts.iter().skip(1).map(|mark| mark.start).chain([end]).collect();
        starts.into_iter().zip(ends).map(|(mark, end)| Part::read(source, mark.end..end.max(mark.end))).collect()
    }

    fn decoded<'a>(&self, source: &'a str, kind: &str) -> Text<'a> {
        let charset = parameter(kind, "charset").unwrap_or_else(|| "utf-8".into());
        let encoding = self.encoding(source);
        let mut text = TextBuilder::default();
        if encoding.eq_ignore_ascii_case("quoted-printable") {
            push_quoted(&mut text, source, self.body.clone(), &charset);
        } else if encoding.eq_ignore_ascii_case("base64") {
            let end = encoded_end(source, self.body.clone());
            push_base64(&mut text, source, self.body.start..end, &charset);
            // What a list puts below is not encoded.
            text.push_decoded("\n", end..end);
            text.push(source.get(end..self.body.end).unwrap_or_default(), end);
        } else {
            return Text::slice_of(source, self.body.clone());
        }
        text.finish()
    }
}

fn is_header_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// The value of `name=value` in a header's parameters, without its quotes; that of `name*0=…; name*1=…` as one (RFC 2231).
fn parameter(header: &str, name: &str) -> Option<String> {
    let mut quoted = false;
    let parts = header.split(|c: char| {
        quoted ^= c == '"';
        c == ';' && !quoted
    });
    let values = parts.skip(1).filter_map(|part| {
        let (known, value) = part.split_once('=')?;
        let (known, value) = (known.split('*').next().unwrap_or_default(), value.trim());
        let value = value.strip_prefix('"').and_then(|rest| rest.split('"').next()).unwrap_or(value);
        known.trim().eq_ignore_ascii_case(name).then_some(value)
    });
    Some(values.collect::<String>()).filter(|value| !value.is_empty())
}

/// A header's value with its encoded words read and its lines joined.
fn header_text<'a>(source: &'a str, range: Range<usize>) -> Text<'a> {
    let mut text = TextBuilder::default();
    let (mut at, mut from, end) = (range.start, range.start, range.end);
    while let Some(rest) = source.get(from..end).filter(|rest| !rest.is_empty()) {
        let Some(start) = memchr::memmem::find(rest.as_bytes(), b"=?").map(|start| from + start) else { break };
        let Some((charset, mut bytes, length)) = source.get(start..end).and_then(encoded_word) else {
            from = start + 2;
            continue;
        };
        push_joined(&mut text, source.get(at..start).unwrap_or_default(), at);
        // Neighbours are one text: a letter may begin in one and end in the next, and blanks between them are not shown.
        at = start + length;
        while let Some(rest) = source.get(at..end) {
            let next = rest.trim_start();
            let Some((_, more, length)) = encoded_word(next).filter(|(other, ..)| other.eq_ignore_ascii_case(charset)) else { break };
            bytes.extend(more);
            at += rest.len() - next.len() + length;
        }
        text.push_decoded(&charset_text(&bytes, charset), start..at);
        // Of another charset, they are neighbours as well.
        if let Some(rest) = source.get(at..end)
            && encoded_word(rest.trim_start()).is_some()
        {
            at += rest.len() - rest.trim_start().len();
        }
        from = at;
    }
    push_joined(&mut text, source.get(at..end).unwrap_or_default(), at);
    text.finish().trimmed()
}

fn push_joined(text: &mut TextBuilder, piece: &str, at: usize) {
    let mut start = at;
    for line in piece.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        text.push(body, start);
        start += line.len();
    }
}

/// No encoded word has more bytes, nor any charset's name.
const WORD: usize = 1024;
const CHARSET: usize = 40;

/// `=?charset?Q?text?=` at the start of `text`: its charset, its bytes, and its length.
fn encoded_word(text: &str) -> Option<(&str, Vec<u8>, usize)> {
    let text = text.get(..text.floor_char_boundary(WORD))?;
    let (charset, rest) = text.strip_prefix("=?")?.split_once('?')?;
    let (way, rest) = rest.split_once('?')?;
    let inner = rest.get(..rest.find("?=")?)?;
    let named = !charset.is_empty() && charset.len() <= CHARSET && charset.bytes().all(|byte| byte.is_ascii_graphic());
    let bytes = match way {
        "q" | "Q" => unquoted(inner),
        "b" | "B" => unpacked(inner.bytes().enumerate()).map(|(byte, ..)| byte).collect(),
        _ => return None,
    };
    named.then_some((charset.split('*').next().unwrap_or_default(), bytes, text.len() - rest.len() + inner.len() + 2))
}

/// The bytes of a quoted word, in which an underscore is a blank.
fn unquoted(word: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(word.len());
    let mut rest = word.bytes();
    while let Some(byte) = rest.next() {
        let hex = || word.get(word.len() - rest.len()..).and_then(|rest| u8::from_str_radix(rest.get(..2)?, 16).ok());
        match byte {
            b'_' => bytes.push(b' '),
            b'=' if let Some(coded) = hex() => {
                bytes.push(coded);
                rest.nth(1);
            }
            byte => bytes.push(byte),
        }
    }
    bytes
}

/// Quoted-printable: `=C3=A9` are bytes, an equals sign at a line's end joins it to the next.
fn push_quoted(text: &mut TextBuilder, source: &str, range: Range<usize>, charset: &str) {
    let bytes = source.as_bytes();
    let mut at = range.start;
    while at < range.end {
        let next = memchr::memchr(b'=', bytes.get(at..range.end).unwrap_or_default()).map_or(range.end, |found| at + found);
        text.push(source.get(at..next).unwrap_or_default(), at);
        let (mut run, mut end) = (Vec::new(), next);
        while bytes.get(end).filter(|_| end < range.end) == Some(&b'=') {
            let hex = source.get(end + 1..end + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
            if let Some(byte) = hex {
                run.push(byte);
                end += 3;
                continue;
            }
            let behind = source.get(end + 1..range.end).unwrap_or_default();
            let line_end = behind.trim_start_matches([' ', '\t', '\r']);
            if !line_end.starts_with('\n') {
                break;
            }
            end += 1 + behind.len() - line_end.len() + 1;
        }
        text.push_decoded(&charset_text(&run, charset), next..end);
        // One that marks nothing is a sign.
        let stray = usize::from(end == next && next < range.end);
        text.push(source.get(end..end + stray).unwrap_or_default(), end);
        at = end + stray;
    }
}

/// Where the Base64 in `range` ends: at its end, or where something stands below it that is none.
fn encoded_end(source: &str, range: Range<usize>) -> usize {
    let (mut at, mut blank) = (range.start, None);
    for line in source.get(range.clone()).unwrap_or_default().split_inclusive('\n') {
        let signs = line.trim();
        let none = signs.bytes().filter(|byte| sextet(*byte).is_none() && *byte != b'=').count();
        if signs.is_empty() {
            blank = blank.or(Some(at));
        } else if none * 4 > signs.len() || signs.contains([' ', '\t']) {
            return blank.unwrap_or(at);
        } else if blank.is_none() || signs.len() >= ENCODED {
            blank = None;
        }
        at += line.len();
    }
    range.end
}

/// Lines of Base64 are as long as this, but for the last.
const ENCODED: usize = 60;

/// What a sign of Base64 stands for.
fn sextet(sign: u8) -> Option<u8> {
    match sign {
        b'A'..=b'Z' => Some(sign - b'A'),
        b'a'..=b'z' => Some(sign - b'a' + 26),
        b'0'..=b'9' => Some(sign - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

/// The bytes that signs of Base64 stand for, each with the places of its first and last sign; other signs stand for nothing
/// (RFC 2045).
fn unpacked(signs: impl Iterator<Item = (usize, u8)>) -> impl Iterator<Item = (u8, usize, usize)> {
    let (mut bits, mut count, mut last) = (0u32, 0, 0);
    signs.filter_map(move |(at, sign)| {
        // What comes behind the end of one text is another.
        if sign == b'=' {
            count = 0;
        }
        let from = std::mem::replace(&mut last, at);
        (bits, count) = (bits << 6 | u32::from(sextet(sign)?), count + 6);
        let byte = (count >= 8).then(|| (bits >> (count - 8)).to_le_bytes());
        count -= if count >= 8 { 8 } else { 0 };
        byte.map(|[byte, ..]| (byte, from, at))
    })
}

/// Base64, a line of the decoded text at a time, and no more lines than show that it will not be read.
fn push_base64(text: &mut TextBuilder, source: &str, range: Range<usize>, charset: &str) {
    let signs = (range.start..).zip(source.get(range).unwrap_or_default().bytes());
    let (mut line, mut start) = (Vec::new(), None);
    let (mut end, mut lines) = (0, 0);
    for (byte, from, to) in unpacked(signs.filter(|(_, sign)| !sign.is_ascii_whitespace())) {
        line.push(byte);
        end = to + 1;
        let start_of_line = *start.get_or_insert(from);
        if byte == b'\n' {
            text.push_decoded(&charset_text(&line, charset), start_of_line..end);
            (line, start, lines) = (Vec::new(), None, lines + 1);
            if lines > MOST_PIECES {
                break;
            }
        }
    }
    text.push_decoded(&charset_text(&line, charset), start.unwrap_or(end)..end);
}

fn charset_text(bytes: &[u8], charset: &str) -> String {
    decoded_as(bytes, charset).chars().filter(|c| *c != '\r').map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(mail: &str) -> (Vec<(String, String)>, String) {
        let report = read(mail).reports.into_iter().next().expect("a report");
        let fields = report.fields.iter().map(|field| (field.label.as_str().to_owned(), field.value.as_str().to_owned())).collect();
        (fields, report.blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("|"))
    }

    #[test]
    fn quoted_text_is_read_and_keeps_its_place() {
        let mail = "Received: by mx\n\tfor ada\nFrom: =?utf-8?Q?Caf=C3=A9_Ops?= <ops@cafe.example>\nSubject: =?utf-8?B?T3V0YWdl?=\n =?utf-8?Q?_of_it?=\nMIME-Version: 1.0\n\
            Content-Type: text/plain; charset=\"utf-8\"\nContent-Transfer-Encoding: quoted-printable\n\nThe caf=C3=A9 API was un=\nable to pay. 1 =3D 1, a=b.\n";
        assert!(is_mail(mail));
        let (fields, text) = told(mail);
        assert_eq!(text, "The café API was unable to pay. 1 = 1, a=b.");
        let value = |name: &str| fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        assert_eq!((value("From"), value("Subject"), value("Received")), (Some("Café Ops <ops@cafe.example>"), Some("Outage of it"), None));
        let report = read(mail).reports.into_iter().next().expect("a report");
        let block = report.blocks.first().expect("a block");
        let at = block.text.as_str().find('é').expect("the letter");
        assert_eq!(mail.get(block.text.span(at..at + 2).range()), Some("=C3=A9"));
    }

    #[test]
    fn the_plain_one_of_several_parts_is_read() {
        let plain = "--b1\nContent-Type: text/plain\n\nIt failed at 10:00.\n";
        let page = "--b1\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPHA+SXQgZmFpbGVkIGF0\nIDEwOjAwLjwvcD4=\n";
        let mail = |parts: &str| format!("Subject: x\nContent-Type: multipart/alternative;\n boundary=\"b1\"\n\npreamble\n{parts}--b1--\n");
        assert_eq!(told(&mail(&format!("{page}{plain}"))).1, "It failed at 10:00.");
        assert_eq!(told(&mail(page)).1, "It failed at 10:00.");
        assert_eq!(told(&mail("--b1\nContent-Type: image/png\n\nabc\n")).1, "");
        assert_eq!(told(&mail("")).1, "");
    }

    #[test]
    fn other_texts_are_no_mails() {
        for text in ["Subject: x\n\nAt 10:00 it broke.\n", "Content-Type: text/plain\n\nx", "Note: a\nSubject b\nMIME-Version: 1.0\n", ""] {
            assert!(!is_mail(text), "{text}");
        }
    }
}
