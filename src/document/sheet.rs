//! A stretch of a file as a reader leafs through it: its lines without markup, what its tab says, the headers of a mail.

use std::ops::Range;

/// So many lines on top may hold the headers of a mail.
const HEADERS: usize = 40;

/// A stretch of a file. Ranges are those of its text as it is written.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'s> {
    text: &'s str,
    /// Whether it is markup, whose lines are the stretches between its tags.
    markup: bool,
}

impl<'s> Sheet<'s> {
    /// The sheet of `text`.
    pub fn of(text: &'s str) -> Self {
        Self { text, markup: text.trim_start().starts_with('<') }
    }

    /// The text as it is written.
    pub fn text(&self) -> &'s str {
        self.text
    }

    /// The words at `range` as they are read.
    pub fn words(&self, range: Range<usize>) -> String {
        self.text.get(range).unwrap_or_default().replace("&amp;", "&")
    }

    /// The lines that hold something, without markup at their ends; of a page, the stretches between its tags.
    pub fn lines(&self) -> impl DoubleEndedIterator<Item = Range<usize>> + use<'s> {
        let Self { text, markup } = *self;
        let raw = text.split_inclusive(move |c: char| c == '\n' || markup && matches!(c, '<' | '>'));
        raw.filter_map(move |raw| {
            let body = raw.trim_end_matches(['\n', '<', '>']);
            let line = body.trim_start_matches(['#', '*', '_', '>', ' ', '\t', '\r', '\u{feff}']);
            let bare = line.trim_end_matches(['*', '_', ' ', '\t', '\r']);
            let inside = !(markup && raw.ends_with('>'));
            // "* Call them" is an entry of a list.
            let entry = body.trim_start().starts_with("* ");
            (inside && !bare.is_empty() && !entry).then(|| self::place(text, bare))
        })
    }

    /// What a page has as its title, in the tab of a browser.
    pub fn title(&self) -> Option<Range<usize>> {
        let start = memchr::memmem::find(self.text.as_bytes(), b"<title>")? + "<title>".len();
        let end = start + self.text.get(start..)?.find("</title>")?;
        Some(start..end)
    }

    /// The value of the header of a mail, where the first lines hold it.
    pub fn header(&self, name: &str) -> Option<&'s str> {
        self.text.lines().take(HEADERS).find_map(|line| {
            let (label, value) = line.split_at_checked(name.len())?;
            value.strip_prefix(':').filter(|_| label.eq_ignore_ascii_case(name))
        })
    }
}

/// Where in `text` its part `part` stands.
pub fn place(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr() - text.as_ptr().addr();
    start..start + part.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<&str> {
        Sheet::of(text).lines().filter_map(|line| text.get(line)).collect()
    }

    #[test]
    fn lines_have_no_markup_at_their_ends() {
        assert_eq!(lines("# Acme *\n\n* an entry\n> **quoted** \n"), ["Acme", "quoted"]);
        assert_eq!(lines("<html><p class=\"a\">Acme</p>\n<b>Status</b>"), ["Acme", "Status"]);
    }

    #[test]
    fn a_page_has_a_title_and_a_mail_has_headers() {
        let page = Sheet::of("<html><title>Wattle &amp; Fern</title>");
        assert_eq!(page.title().map(|title| page.words(title)).as_deref(), Some("Wattle & Fern"));
        let mail = Sheet::of("Forwarded message\nfrom: ada@acme.example\n");
        assert_eq!((mail.header("From"), mail.header("To")), (Some(" ada@acme.example"), None));
    }
}
