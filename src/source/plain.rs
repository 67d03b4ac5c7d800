//! A text without what only lays it out: blanks of every width are blanks, hyphens at which no line breaks are hyphens, and no blanks
//! stand at a line's end.

use super::Span;
use std::ops::Range;

/// Whether a character is a blank of another width than usual, or one at which no line breaks.
pub fn is_wide(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}')
}

/// The character that is read for `c`.
pub fn plain(c: char) -> char {
    match c {
        '\u{2010}' | '\u{2011}' => '-',
        c if is_wide(c) => ' ',
        c => c,
    }
}

/// The way from a plain text back to the text it was made of.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// Where stretches begin that both have alike, in order.
    stretches: Vec<Stretch>,
}

#[derive(Debug, Clone, Copy)]
struct Stretch {
    /// Where it begins in the plain text, and in the original.
    here: u32,
    there: u32,
    /// Whether something before it was left out.
    cut: bool,
}

impl Places {
    /// The span in the original text, without what was left out behind it.
    pub fn original(&self, span: Span) -> Span {
        let start = self.of(span.start, self.stretches.partition_point(|stretch| stretch.here <= span.start));
        let behind = self.stretches.partition_point(|stretch| stretch.here < span.end || stretch.here == span.end && !stretch.cut);
        Span { start, end: self.of(span.end, behind).max(start) }
    }

    /// The original of a byte in the last of so many stretches.
    fn of(&self, at: u32, stretches: usize) -> u32 {
        let stretch = stretches.checked_sub(1).and_then(|index| self.stretches.get(index));
        stretch.map_or(at, |stretch| stretch.there + (at - stretch.here))
    }

    /// The byte of the plain text for one of the original.
    pub fn here(&self, original: u32) -> u32 {
        let behind = self.stretches.partition_point(|stretch| stretch.there <= original);
        let next = self.stretches.get(behind).map_or(u32::MAX, |stretch| stretch.here);
        let stretch = behind.checked_sub(1).and_then(|index| self.stretches.get(index));
        stretch.map_or(original, |stretch| stretch.here + (original - stretch.there)).min(next)
    }
}

/// `text` as it is read, with the way back; none where it is read as it is.
pub fn of(text: &str) -> Option<(String, Places)> {
    let mut changes = changes(text).peekable();
    changes.peek()?;
    let (mut made, mut places, mut reached) = (String::with_capacity(text.len()), Places::default(), 0);
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    for (range, instead) in changes {
        made.push_str(text.get(reached..range.start).unwrap_or_default());
        made.push_str(instead);
        reached = range.end;
        places.stretches.push(Stretch { here: number(made.len()), there: number(reached), cut: instead.is_empty() });
    }
    made.push_str(text.get(reached..).unwrap_or_default());
    Some((made, places))
}

/// What is read otherwise than it stands, in order: wide blanks, hyphens at which no line breaks, and white space with a tab or a wide blank in it before the
/// end of a line.
fn changes(text: &str) -> impl Iterator<Item = (Range<usize>, &'static str)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += memchr::memchr3(b'\t', 0xc2, 0xe2, bytes.get(at..)?)?;
            let rest = text.get(at..)?;
            let c = rest.chars().next()?;
            if plain(c) == '-' && c != '-' {
                at += c.len_utf8();
                return Some((at - c.len_utf8()..at, "-"));
            }
            if c != '\t' && !is_wide(c) {
                at += c.len_utf8();
                continue;
            }
            let length = rest.find(|c: char| !is_wide(c) && !matches!(c, ' ' | '\t')).unwrap_or(rest.len());
            let behind = rest.get(length..)?;
            let start = at;
            if behind.is_empty() || behind.starts_with(['\n', '\r']) {
                // Blanks before it are laid out as well.
                at += length;
                return Some((start..at, ""));
            }
            at += c.len_utf8();
            if c != '\t' {
                return Some((start..at, " "));
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_blanks_and_none_ends_a_line() {
        for (text, plain) in [
            ("08:12\u{202f}PDT\t\r\n\tx\ty\u{a0} \t", Some("08:12 PDT\r\n\tx\ty")),
            ("---\t\n\t\n", Some("---\n\n")),
            ("2024\u{2011}05\u{2010}03 – 4", Some("2024-05-03 – 4")),
            ("“as it\tis” – \n", None),
            ("", None),
        ] {
            assert_eq!(of(text).map(|(made, _)| made).as_deref(), plain, "{text:?}");
        }
    }

    #[test]
    fn every_place_leads_back() {
        let text = "a\u{202f}b\t\nc\u{a0}d";
        let (made, places) = of(text).expect("it has blanks");
        assert_eq!(made, "a b\nc d");
        for word in ["a", "b", "c", "d", "c\u{a0}d"] {
            let here = made.find(&word.replace('\u{a0}', " ")).unwrap();
            let span = places.original(Span::new(here..here + word.chars().count()));
            assert_eq!((text.get(span.range()), places.here(span.start) as usize), (Some(word), here));
        }
    }
}
