//! Mails as they are saved: parts, transfer encodings (RFC 2045) and encoded words in headers (RFC 2047), every byte with its
//! place. Mails that were copied as text are plain text.

use super::{html, text};
use crate::document::{Document, Field, Format, Report, Text, TextBuilder};
use crate::source::decoded_as;
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use std::ops::Range;

/// Parts within parts are looked into so deep.
const DEPTH: usize = 8;
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

/// Reads a saved mail.
pub fn read(source: &str) -> Document<'_> {
    let mail = Part::read(source, 0..source.len());
    let whole = Text::slice_of(source, 0..source.len());
    let mut report = Report::new(whole.whole());
    let shown = mail
        .headers
        .iter()
        .filter(|(name, _)| source.get(name.clone()).is_some_and(|name| SHOWN.iter().any(|known| name.eq_ignore_ascii_case(known))));
    report.fields =
        shown.map(|(name, value)| Field { label: whole.part(name.clone()), value: header_text(source, value.clone()) }).collect();
    if let Some((content, is_html)) = mail.content(source, 0) {
        let content = if is_html { html::flatten(&content) } else { content };
        report.blocks = text::blocks_of(&content);
    }
    Document::new(Format::Text, vec![report])
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

    /// The text to read, and whether it is HTML: of several parts the first that is plain, else the first that is a page.
    fn content<'a>(&self, source: &'a str, depth: usize) -> Option<(Text<'a>, bool)> {
        let kind = self.header(source, "content-type");
        let is = |prefix: &str| kind.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
        if is("multipart/") && depth < DEPTH {
            let parts = self.parts(source, parameter(kind, "boundary")?);
            let found: Vec<_> = parts.iter().filter_map(|part| part.content(source, depth + 1)).collect();
            let plain = found.iter().position(|(text, is_html)| !is_html && !text.as_str().trim().is_empty());
            return found.into_iter().nth(plain.unwrap_or(0));
        }
        if is("message/rfc822") && depth < DEPTH {
            return Part::read(source, self.body.clone()).content(source, depth + 1);
        }
        let attached = self.header(source, "content-disposition").get(..10).is_some_and(|start| start.eq_ignore_ascii_case("attachment"));
        (!attached && (kind.is_empty() || is("text/"))).then(|| (self.decoded(source, kind), is("text/html")))
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
        let charset = parameter(kind, "charset").unwrap_or("utf-8");
        let encoding = self.header(source, "content-transfer-encoding");
        let mut text = TextBuilder::default();
        if encoding.eq_ignore_ascii_case("quoted-printable") {
            push_quoted(&mut text, source, self.body.clone(), charset);
        } else if encoding.eq_ignore_ascii_case("base64") {
            push_base64(&mut text, source, self.body.clone(), charset);
        } else {
            return Text::slice_of(source, self.body.clone());
        }
        text.finish()
    }
}

fn is_header_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// The value of `name=value` in a header's parameters, without its quotes.
fn parameter<'t>(header: &'t str, name: &str) -> Option<&'t str> {
    let value = header.split(';').skip(1).find_map(|part| {
        let (known, value) = part.split_once('=')?;
        known.trim().eq_ignore_ascii_case(name).then_some(value.trim())
    })?;
    Some(value.strip_prefix('"').and_then(|rest| rest.split('"').next()).unwrap_or(value))
}

/// A header's value with its encoded words read and its lines joined.
fn header_text<'a>(source: &'a str, range: Range<usize>) -> Text<'a> {
    let mut text = TextBuilder::default();
    let (mut at, end) = (range.start, range.end);
    while let Some(rest) = source.get(at..end).filter(|rest| !rest.is_empty()) {
        let word = rest.find("=?").and_then(|start| Some((start, encoded_word(rest.get(start..)?)?)));
        let Some((start, (charset, quoted, inner, length))) = word else {
            push_joined(&mut text, rest, at);
            break;
        };
        let before = rest.get(..start).unwrap_or_default();
        // White space between two encoded words is not shown.
        if !before.trim().is_empty() || text.is_empty() {
            push_joined(&mut text, before, at);
        }
        let inner = at + start + inner.start..at + start + inner.end;
        if quoted {
            push_word(&mut text, source, inner, charset)
        } else {
            push_base64(&mut text, source, inner, charset)
        }
        at += start + length;
    }
    text.finish().trimmed()
}

/// The text of a quoted word, in which an underscore is a blank.
fn push_word(text: &mut TextBuilder, source: &str, range: Range<usize>, charset: &str) {
    let mut start = range.start;
    for piece in source.get(range).unwrap_or_default().split_inclusive('_') {
        let body = piece.trim_end_matches('_');
        push_quoted(text, source, start..start + body.len(), charset);
        start += piece.len();
        if body.len() < piece.len() {
            text.push_decoded(" ", start - 1..start);
        }
    }
}

fn push_joined(text: &mut TextBuilder, piece: &str, at: usize) {
    let mut start = at;
    for line in piece.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        text.push(body, start);
        start += line.len();
    }
}

/// `=?charset?Q?text?=` at the start of `text`: its charset, whether it is quoted, the range of its text, and its length.
fn encoded_word(text: &str) -> Option<(&str, bool, Range<usize>, usize)> {
    let (charset, rest) = text.strip_prefix("=?")?.split_once('?')?;
    let (way, rest) = rest.split_once('?')?;
    let inner = rest.get(..rest.find("?=")?)?;
    let start = text.len() - rest.len();
    let quoted = way.eq_ignore_ascii_case("q");
    (quoted || way.eq_ignore_ascii_case("b")).then_some((charset, quoted, start..start + inner.len(), start + inner.len() + 2))
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

/// Base64, a line of the decoded text at a time.
fn push_base64(text: &mut TextBuilder, source: &str, range: Range<usize>, charset: &str) {
    let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let symbols: Vec<usize> =
        (range.clone()).filter(|at| source.as_bytes().get(*at).is_some_and(|byte| !byte.is_ascii_whitespace())).collect();
    let packed: Vec<u8> = symbols.iter().filter_map(|at| source.as_bytes().get(*at).copied()).collect();
    let Ok(bytes) = GeneralPurpose::new(&STANDARD, config).decode(packed) else { return };
    let mut start = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        // Three bytes are written as four letters.
        let place = |byte: usize| symbols.get(byte / 3 * 4).copied();
        let from = place(start).unwrap_or(range.start);
        start += line.len();
        let to = place(start.saturating_sub(1)).map_or(range.end, |at| at + 4).min(range.end);
        text.push_decoded(&charset_text(line, charset), from..to.max(from));
    }
}

fn charset_text(bytes: &[u8], charset: &str) -> String {
    decoded_as(bytes, charset).replace('\r', "")
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
