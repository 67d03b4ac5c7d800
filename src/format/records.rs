//! Records of whatever tool: read by the form that they have, or told as what they seem to be.

use super::form::find::{self, Match};
use super::form::told::{self, Told};
use super::form::{Form, Forms, Slot, apply, guess};
use super::tree::{self, Node};
use crate::document::{Document, Fault, Format, Text};
use crate::source::{Source, Span};

/// The reports of the records in `root`; what has no form that is known is the document's problem.
pub fn read<'a>(format: Format, root: Node<'a>, forms: &Forms) -> Document<'a> {
    match find::find(&root, forms) {
        Some(Match { form, records }) => {
            let lone = apply::with_notes(&form, &records, &root).map(|report| vec![report]);
            let mut reports = lone.unwrap_or_else(|| apply::reports(&form, &records));
            let publisher = publisher(&root);
            reports.iter_mut().for_each(|report| report.organization = report.organization.take().or_else(|| publisher.clone()));
            Document::new(format, reports)
        }
        None if find::is_empty(&root, forms) => Document::new(format, Vec::new()),
        None => Document { problem: Some(unknown(format, &root, forms)), ..Document::new(format, Vec::new()) },
    }
}

/// Who publishes a file, where it says so once for all its records.
fn publisher<'a>(root: &Node<'a>) -> Option<Text<'a>> {
    let words = guess::words().paths(Slot::Organization).iter().filter_map(|path| path.keys().next());
    words.into_iter().find_map(|word| root.get(word)?.text().cloned())
}

/// What is told of records without a form.
fn unknown(format: Format, root: &Node, forms: &Forms) -> Fault {
    let kind = match format {
        Format::Json => "JSON",
        Format::Csv => "table of separated values",
        Format::Yaml => "YAML",
        Format::Toml => "TOML",
        Format::ICalendar => "calendar",
        _ => "file",
    };
    let near = find::nearest(root, forms).map(|(form, lacks)| match lacks.as_slice() {
        [] => format!("; it is nearest to {}", form.name),
        lacks => format!("; it is nearest to {}, but has no `{}`", form.name, lacks.join("`, `")),
    });
    let message = format!(
        "this {kind} holds no incidents in a form that is known: it seems to be {}{}",
        find::looks_like(root),
        near.unwrap_or_default()
    );
    Fault { message, span: Span::new(0..0), help: "`sevline forms --draft FILE` writes a form for it to start from", broken: false }
}

/// What is told of a file that is named a table and is none.
fn shapeless() -> Fault {
    let message = "this file is named a table of separated values, and has no heads over rows of as many cells".to_owned();
    Fault { message, span: Span::new(0..0), help: "save the table again with a head over each column, or a text as .txt", broken: false }
}

/// The records of a file as a tree, by its name and how it begins; none of a file that holds none.
pub fn tree<'a>(name: &str, text: &'a str) -> Option<(Format, Node<'a>)> {
    if tree::calendar::is_calendar(text) {
        return Some((Format::ICalendar, tree::calendar::read(text)));
    }
    if let Some(issue) = tree::issue::read(text) {
        return Some((Format::Text, issue));
    }
    if ends(name, &[".yaml", ".yml"]) {
        let mut documents = tree::yaml::read(text)?;
        let alone = if documents.len() == 1 { documents.pop() } else { None };
        let root = alone.unwrap_or(Node { span: Span::new(0..text.len()), value: tree::Value::List(documents) });
        return Some((Format::Yaml, root));
    }
    if ends(name, &[".toml"]) {
        return Some((Format::Toml, tree::toml::read(text)?));
    }
    // A text of other names may be a table as well; it is one where its heads are those of a form.
    let known = is_table(name);
    let shape = tree::separated::shape_of(text, known).filter(|shape| known || shape.mark != '|')?;
    Some((Format::Csv, tree::separated::read(text, shape)))
}

/// What files of separated values are called.
const TABLES: [&str; 4] = [".csv", ".tsv", ".tab", ".psv"];

/// Whether a file of that name holds separated values.
pub fn is_table(name: &str) -> bool {
    ends(name, &TABLES)
}

fn ends(name: &str, endings: &[&str]) -> bool {
    let behind = |ending: &str| name.get(name.len().saturating_sub(ending.len())..);
    endings.iter().any(|ending| name.len() > ending.len() && behind(ending).is_some_and(|end| end.eq_ignore_ascii_case(ending)))
}

/// The document of records that are told by name or look; none of any other text, and of a table or record without a form that
/// is named like a text.
pub fn sniffed<'a>(name: &str, text: &'a str, forms: &Forms) -> Option<Document<'a>> {
    let Some((format, root)) = tree(name, text) else {
        let shapeless = || Document { problem: Some(shapeless()), ..Document::new(Format::Csv, Vec::new()) };
        return is_table(name).then(shapeless);
    };
    // Pages of sites are YAML whose keys are their own.
    let page = format == Format::Yaml && root.has_moment();
    let document = read(format, root, forms);
    let named = match format {
        Format::Csv => is_table(name),
        Format::Yaml | Format::Toml => !page,
        Format::ICalendar => true,
        _ => false,
    };
    (document.problem.is_none() && !document.reports.is_empty() || named).then_some(document)
}

/// What is sound of a JSON text, a record a line or one value, as a tree.
pub fn json_tree(text: &str) -> Node<'_> {
    super::json::tree(text)
}

/// What a form makes of a file.
#[derive(Debug)]
pub struct Look {
    /// The id and the name of the form; none where none fits.
    pub form: Option<(String, String)>,
    /// What was taken and what was left.
    pub told: Told,
    /// Why no form fits.
    pub fault: Option<Fault>,
    /// A form for it to start from.
    pub draft: Form,
}

/// What the records of a file are taken for; none of a file that holds no records.
pub fn look(source: &Source, forms: &Forms) -> Option<Look> {
    let text = source.text();
    let (format, root) = match super::sniff(source.name(), text) {
        super::Reader::Json => (Format::Json, json_tree(text)),
        _ => tree(source.name(), text)?,
    };
    let draft = guess::draft(&root);
    Some(match find::find(&root, forms) {
        Some(found) => Look { form: Some((found.form.id.clone(), found.form.name.clone())), told: told::told(&found), fault: None, draft },
        None => Look { form: None, told: Told::default(), fault: Some(unknown(format, &root, forms)), draft },
    })
}
