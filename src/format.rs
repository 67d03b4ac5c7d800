//! From text of any form to blocks: the form is told from the content, then its reader runs.

mod board;
mod bundle;
mod coded;
mod columns;
mod comment;
mod feed;
mod fields;
mod figures;
pub mod form;
mod front;
mod gutter;
mod headed;
mod history;
mod html;
mod json;
mod leaders;
mod mail;
mod markdown;
mod pages;
mod places;
mod posted;
mod quoted;
mod record;
pub mod records;
mod site;
mod speech;
mod statuspage;
mod text;
mod threads;
pub mod tree;
mod wrap;

use crate::document::{Block, Document, Fault, Format, Text};
use crate::source::{Source, Span};
use form::Forms;

/// What reads a file. What a file was read as, for those who look at it, is its [`Format`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// JSON: an answer of a tool's API, or an export.
    Json,
    /// A saved mail.
    Mail,
    /// A feed of incidents.
    Feed,
    /// A page in HTML.
    Html,
    /// XML of any other form.
    Xml,
    /// The text of one incident of a status page.
    StatusPage,
    /// The text of a status page's past incidents.
    StatusList,
    /// The text of one incident of a status page of any other make.
    StatusBoard,
    /// Markdown.
    Markdown,
    /// A record in YAML, or a list of records.
    Record,
    /// Any other text.
    Text,
}

/// Reads `source` in the form its content shows, its name deciding only where the content leaves it open.
pub fn read(source: &Source) -> Document<'_> {
    read_with(source, &Forms::default())
}

/// The same with the user's own forms of records.
pub fn read_with<'a>(source: &'a Source, forms: &Forms) -> Document<'a> {
    let text = source.text();
    let whole = || Text::slice_of(text, 0..text.len());
    let reader = sniff(source.name(), text);
    // What has columns or keys that are known is no running text.
    let plain = matches!(reader, Reader::Record | Reader::Text | Reader::Markdown);
    if let Some(document) = if plain { records::sniffed(source.name(), text, forms) } else { None } {
        return document;
    }
    let mut document = match reader {
        Reader::Json => json::read(text, forms),
        Reader::Mail => mail::read(text),
        Reader::Feed => feed::read(text),
        Reader::Html => html::read(text),
        Reader::Xml => Document { problem: Some(unknown_xml(text)), ..Document::new(Format::Text, Vec::new()) },
        Reader::StatusPage => Document::new(Format::StatuspageText, statuspage::read(&whole())),
        Reader::StatusBoard => Document::new(Format::Text, vec![board::read(&whole())]),
        Reader::StatusList => Document::new(Format::StatuspageText, history::read(&whole())),
        Reader::Markdown => Document::new(Format::Markdown, markdown::read(text)),
        Reader::Record => Document::new(Format::Text, record::read(text)),
        Reader::Text => Document::new(Format::Text, threads::read(text, Span::new(0..text.len()))),
    };
    // A mail with a table in it is Markdown by its look.
    let addressed = reader == Reader::Markdown && fields::name_sender(&fields::mail_headers(text, 0..text.len()).0);
    for report in &mut document.reports {
        report.is_mail = addressed || fields::name_sender(&report.fields);
        if matches!(reader, Reader::Markdown | Reader::Text | Reader::Html) {
            headed::take_posts(report);
        }
        for blocks in std::iter::once(&mut report.blocks).chain(report.updates.iter_mut().map(|update| &mut update.blocks)) {
            if blocks.iter().any(Block::is_endless) {
                *blocks = std::mem::take(blocks).into_iter().flat_map(Block::divided).collect();
            }
        }
    }
    document
}

/// What is told of XML that no reader takes.
fn unknown_xml(text: &str) -> Fault {
    let root = html::token::tokens(text).into_iter().find_map(|token| match token {
        html::token::Token::Open(name, _) => Some(format!("it begins with <{name}>")),
        _ => None,
    });
    let message = format!(
        "this XML is of a form that is not known: {}; it is nearest to a feed, of which Atom, RSS 2.0 and RSS 1.0 are read",
        root.unwrap_or_else(|| "it has no element".into())
    );
    Fault { message, span: Span::new(0..0), help: "save what it tells as JSON, CSV or text", broken: false }
}

/// What reads `text`.
pub fn sniff(name: &str, text: &str) -> Reader {
    if is_json(name, text) {
        return Reader::Json;
    }
    if mail::is_mail(text) {
        return Reader::Mail;
    }
    if feed::is_feed(text) {
        return Reader::Feed;
    }
    if html::is_page(text) {
        return Reader::Html;
    }
    if text.trim_start().starts_with("<?xml") {
        return Reader::Xml;
    }
    if statuspage::is_page(text) {
        return Reader::StatusPage;
    }
    if history::is_list(text) {
        return Reader::StatusList;
    }
    if board::is_page(text) {
        return Reader::StatusBoard;
    }
    let name = name.to_ascii_lowercase();
    if record::is_record(&name) {
        return Reader::Record;
    }
    let named = name.ends_with(".md") || name.ends_with(".markdown") || name.ends_with(".mdx");
    if named || markdown::looks_like(text) { Reader::Markdown } else { Reader::Text }
}

/// Whether `text` is JSON, by how it begins.
pub fn is_json(name: &str, text: &str) -> bool {
    let start = text.trim_start();
    let array = start.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with('{'));
    // "{{status}}" is a template of a wiki.
    let object = start.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']) || name.ends_with(".json"));
    object || array || (start.starts_with('[') && name.ends_with(".json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sniffs_the_content() {
        for (name, text, reader) in [
            ("a.json", "{\"incidents\": []}", Reader::Json),
            ("noname", " \n{\"page\": 1}", Reader::Json),
            ("a.txt", "Login down\nIncident Report for Acme\n\nResolved\nok\nPosted Jan 2, 2025 - 10:00 UTC\n", Reader::StatusPage),
            ("a.md", "# Title\n\ntext", Reader::Markdown),
            ("a.txt", "# Title\n\n## Timeline\n\n- 10:00 x\n", Reader::Markdown),
            ("a.txt", "Subject: x\n\nAt 10:00 it broke.\n", Reader::Text),
            ("a.txt", "[post-mortem] it broke\n", Reader::Text),
            ("a.txt", "Subject: x\nMIME-Version: 1.0\n\nAt 10:00 it broke.\n", Reader::Mail),
            ("a.txt", "<!doctype html><p>At 10:00 it broke.", Reader::Html),
            ("a.xhtml", "<?xml version=\"1.0\"?>\n<!DOCTYPE html><html><p>At 10:00 it broke.", Reader::Html),
            ("a.xml", "<?xml version=\"1.0\"?><outages><outage/></outages>", Reader::Xml),
        ] {
            assert_eq!(sniff(name, text), reader, "{text}");
        }
    }

    #[test]
    fn tells_a_mail_however_it_is_laid_out() {
        for (text, is_mail) in [
            ("From: noc@acme.example\nSubject: x\n\nAt 10:00 it broke.\n", true),
            ("From: noc@acme.example\nMIME-Version: 1.0\n\nAt 10:00 it broke.\n", true),
            ("From: noc@acme.example\nSubject: x\n\n## When\n\n| a | b |\n|---|---|\n| c | d |\n", true),
            ("Start: 10:00\nFrom: the north\n\nIt broke.\n", false),
        ] {
            let source = Source::decode("a.txt", text.as_bytes().to_vec());
            let found: Vec<bool> = read(&source).reports.iter().map(|report| report.is_mail).collect();
            assert_eq!(found, [is_mail], "{text}");
        }
    }
}
