//! Lists whose labels and values are joined by dots: `Ticket ........ INC0048213`.

use super::fields;
use crate::document::{Text, TextBuilder};
use std::ops::Range;

/// The fewest dots that lead from a label to its value.
const DOTS: &str = "..";

/// `text` with a colon for each row of dots, the rest as it is. One such line alone may be a sentence that falters:
/// only lines next to each other are taken. Where a label leaves no room for dots, its value stands in the column of those beside it.
pub fn with_colons<'a>(text: &Text<'a>) -> Text<'a> {
    let lines = dotted_lines(text.as_str());
    let beside = |a: Option<&Dotted>, b: &Dotted| a.is_some_and(|a| a.line.abs_diff(b.line) == 1);
    let mut builder = TextBuilder::default();
    let mut done = 0;
    for (index, here) in lines.iter().enumerate() {
        if beside(index.checked_sub(1).and_then(|i| lines.get(i)), here) || beside(lines.get(index + 1), here) {
            builder.append(&text.part(done..here.dots.start));
            builder.push_decoded(": ", text.span(here.dots.clone()).range());
            done = here.dots.end;
        }
    }
    if done == 0 {
        return text.clone();
    }
    builder.append(&text.part(done..text.as_str().len()));
    builder.finish()
}

/// A line of the form, by its number, and where its dots stand with the blanks and the colon around them.
struct Dotted {
    line: usize,
    dots: Range<usize>,
}

fn dotted_lines(text: &str) -> Vec<Dotted> {
    if memchr::memmem::find(text.as_bytes(), DOTS.as_bytes()).is_none() {
        return Vec::new();
    }
    let mut at = 0;
    let mut found: Vec<Dotted> = Vec::new();
    // The column of the value above, where that line or the one in front of it has dots.
    let (mut column, mut dotted) = (None, false);
    for (line, raw) in text.split_inclusive('\n').enumerate() {
        let row = raw.trim_end();
        let own = dots_of(row);
        let dots = own.clone().or_else(|| filled(row, column?));
        column = dots.as_ref().filter(|_| own.is_some() || dotted).and_then(|dots| Some(row.get(..dots.end)?.chars().count()));
        dotted = own.is_some();
        found.extend(dots.map(|dots| Dotted { line, dots: at + dots.start..at + dots.end }));
        at += raw.len();
    }
    found
}

/// What stands between a label that fills its column and the value at `column`: a blank or two, and a dot at most.
fn filled(line: &str, column: usize) -> Option<Range<usize>> {
    let (end, _) = line.char_indices().nth(column)?;
    let (before, value) = line.split_at_checked(end)?;
    let label = before.trim_end().trim_end_matches('.').trim_end();
    let apart = before.ends_with([' ', '\t']) && !value.starts_with([' ', '\t']);
    let gap = before.len() - label.len();
    // One blank parts words, too.
    let apart = apart && (gap > 1 || value.starts_with(|c: char| c.is_ascii_digit()));
    (apart && gap <= 3 && fields::is_label(label.trim_start())).then_some(label.len()..end)
}

fn dots_of(line: &str) -> Option<Range<usize>> {
    let (label, rest) = line.split_once(DOTS)?;
    let label = label.trim_end();
    let behind = rest.trim_start_matches('.');
    let value = behind.trim_start_matches([' ', '\t', ':']);
    let leads = behind.starts_with([' ', '\t', ':']) && !value.is_empty();
    (leads && fields::is_label(label.trim_start())).then(|| label.len()..line.len() - value.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        with_colons(&Text::slice_of(text, 0..text.len())).as_str().to_string()
    }

    #[test]
    fn rows_of_dots_are_colons() {
        let list = "Dear all\n\nTicket ....... INC0048213\nStart of outage .. 07.03.2019, 08:42\nEnd..........: 11:26\n\nRegards\n";
        assert_eq!(read(list), "Dear all\n\nTicket: INC0048213\nStart of outage: 07.03.2019, 08:42\nEnd: 11:26\n\nRegards\n");
    }

    #[test]
    fn a_label_may_fill_its_column() {
        assert_eq!(
            read("Opened ........ 14:22\nStart of fault  14:05\nEnd of fault .. 15:48\nBack in work .. 16:00\nFault is over . 16:10\n"),
            "Opened: 14:22\nStart of fault: 14:05\nEnd of fault: 15:48\nBack in work: 16:00\nFault is over: 16:10\n"
        );
        let prose = "Opened ...... 14:22\nClosed ...... 15:22\nThe fault was one.\nThe disk was a full one.\n";
        assert_eq!(read(prose), "Opened: 14:22\nClosed: 15:22\nThe fault was one.\nThe disk was a full one.\n");
    }

    #[test]
    fn sentences_that_falter_stay() {
        for text in [
            "And then ... it failed.\n\nSo ... we waited.\n",
            "and ... so\nwe ... waited",
            "Wait...\nAgain...\n",
            "Use ../a\nUse ../b\n",
            "",
        ] {
            assert_eq!(read(text), text);
        }
    }

    #[test]
    fn values_lead_back_to_their_place() {
        let list = "Ticket ..... INC7\nStart ...... 08:42\n";
        let text = with_colons(&Text::slice_of(list, 0..list.len()));
        let at = text.as_str().find("08:42").unwrap_or_default();
        assert_eq!(list.get(text.span(at..at + 5).range()), Some("08:42"));
    }
}
