//! Every diagnostic code against little reports: what must raise it, with the words it points at between « and », and
//! look-alikes that must not.

#![allow(clippy::panic)]

mod dates;
mod forms;
mod windows;
mod zones;

use sevline::diagnostic::{Code, Diagnostic};
use sevline::resolve::{self, Policy};
use sevline::source::Source;

/// A code with the reports that raise it and those that must not, each a file name and its text.
struct Row {
    code: Code,
    raised: &'static [(&'static str, &'static str)],
    quiet: &'static [(&'static str, &'static str)],
}

/// Every row of the table, one file a group of codes.
fn rows() -> impl Iterator<Item = &'static Row> {
    [dates::ROWS, zones::ROWS, windows::ROWS, forms::ROWS].into_iter().flatten()
}

/// In a table's text, a byte that is no text in UTF-8.
const BROKEN: char = '\u{1}';

/// The bytes of a table's text, and the ranges of the text as it will be decoded that « and » enclose.
fn marked(text: &str) -> (Vec<u8>, Vec<std::ops::Range<usize>>) {
    let (mut bytes, mut decoded, mut open, mut places) = (Vec::new(), 0, 0, Vec::new());
    for c in text.chars() {
        match c {
            '«' => open = decoded,
            '»' => places.push(open..decoded),
            BROKEN => {
                bytes.push(0xff);
                decoded += char::REPLACEMENT_CHARACTER.len_utf8();
            }
            c => {
                bytes.extend(c.encode_utf8(&mut [0; 4]).bytes());
                decoded += c.len_utf8();
            }
        }
    }
    (bytes, places)
}

fn findings(name: &str, text: &str) -> (Source, Vec<Diagnostic>) {
    let source = Source::decode(name, marked(text).0);
    let found = resolve::read(&source, &Policy::default()).incidents.into_iter().flat_map(|incident| incident.diagnostics).collect();
    (source, found)
}

#[test]
fn every_code_has_its_rows() {
    for code in Code::ALL {
        let own = rows().filter(|row| row.code == *code);
        let (raised, quiet) = own.fold((0, 0), |(raised, quiet), row| (raised + row.raised.len(), quiet + row.quiet.len()));
        assert!(raised >= 3 && quiet >= 2, "{} has {raised} reports that raise it and {quiet} that do not", code.name());
    }
}

#[test]
fn each_is_raised_at_its_words() {
    let mut wrong = Vec::new();
    for row in rows() {
        for (name, text) in row.raised {
            let (source, found) = findings(name, text);
            let own: Vec<&Diagnostic> = found.iter().filter(|finding| finding.code == row.code).collect();
            let mut cited: Vec<_> = own.iter().flat_map(|finding| &finding.cites).map(|cite| cite.span.range()).collect();
            cited.sort_by_key(|range| range.start);
            let lines = own.iter().flat_map(|finding| &finding.cites).all(|cite| {
                let before = source.text().get(..cite.span.start as usize).unwrap_or_default();
                before.matches('\n').count() + 1 == cite.line as usize
            });
            if own.is_empty() || cited != marked(text).1 || !lines {
                let words: Vec<_> = cited.iter().map(|range| source.text().get(range.clone()).unwrap_or_default()).collect();
                wrong.push(format!("{} ({} times) at {words:?}: {text}", row.code.name(), own.len()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n-----\n"));
}

#[test]
fn look_alikes_raise_nothing() {
    let mut wrong = Vec::new();
    for row in rows() {
        for (name, text) in row.quiet {
            let (_, found) = findings(name, text);
            for finding in found.iter().filter(|finding| finding.code == row.code) {
                wrong.push(format!("{}: {}: {text}", row.code.name(), finding.message));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n-----\n"));
}
