//! Markup to tags and text, and entities to characters, every byte with its place.
//!
//! A tokenizer of our own, because spans must survive entities, and because it runs over text that was itself decoded
//! (the content of a feed's entry).

use crate::document::{Text, TextBuilder};
use crate::source::plain::plain;
use memchr::memchr;
use pulldown_cmark::{Event, Parser};
use std::borrow::Cow;
use std::ops::Range;

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
            Some((meant, length)) => {
                let meant: String = meant.chars().map(plain).collect();
                builder.push_decoded(&meant, source.span(amp..amp + length).range());
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

/// What the entity at the start of `text` stands for, and the entity's length.
fn entity(text: &str) -> Option<(Cow<'static, str>, usize)> {
    let end = text.get(..text.floor_char_boundary(34))?.find(';')?;
    let name = text.get(1..end)?;
    let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    });
    let meant = match number {
        Some(code) => Cow::Owned(char::from_u32(code).unwrap_or('\u{fffd}').to_string()),
        None if name.bytes().all(|byte| byte.is_ascii_alphanumeric()) => named(text.get(..=end)?)?,
        None => return None,
    };
    Some((meant, end + 1))
}

/// The characters of a named entity: those of Markdown are those of HTML, and its parser knows them all.
fn named(entity: &str) -> Option<Cow<'static, str>> {
    // The most frequent ones without a parser.
    match entity {
        "&amp;" => return Some("&".into()),
        "&lt;" => return Some("<".into()),
        "&gt;" => return Some(">".into()),
        "&quot;" => return Some("\"".into()),
        "&nbsp;" => return Some("\u{a0}".into()),
        _ => {}
    }
    let of_event = |event| if let Event::Text(text) = event { Some(text.into_string()) } else { None };
    let meant: String = Parser::new(entity).filter_map(of_event).collect();
    (meant != entity).then_some(meant.into())
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
    fn entities_and_their_look_alikes() {
        for (text, meant) in [
            ("5&thinsp;&percnt; &rarr; 0&period;5", "5 % → 0.5"),
            ("Zo&euml; &lbrack;1&rsqb; &#8211; &#x2013;", "Zoë [1] – –"),
            ("&Amp; &unknown; &amp &", "&Amp; &unknown; &amp &"),
            ("&amp;lt;", "&lt;"),
            ("&copy;&NotEqualTilde;&*a*;&#;& x;", "©≂̸&*a*;&#;& x;"),
        ] {
            let mut builder = TextBuilder::default();
            push_decoded(&mut builder, &Text::slice_of(text, 0..text.len()), 0..text.len());
            assert_eq!(builder.as_str(), meant, "{text}");
        }
    }
}
