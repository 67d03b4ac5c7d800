//! Labelled values in a comment on top of Markdown, as Upptime's scheduled maintenance has them.

use super::fields;
use crate::document::{Field, IncidentKind, Report, Text};
use std::ops::Range;

/// The keys that name what planned work takes down.
const EXPECTED: [&str; 2] = ["expectedDown", "expectedDegraded"];

/// Reads such a comment at the top of `part`, over which a title may stand, into the fields of its report.
pub fn read<'a>(source: &'a str, part: Range<usize>, report: &mut Report<'a>) {
    let Some(inner) = inner(source, part) else { return };
    for Field { label, value } in fields::lines_of_front_matter(source, inner) {
        if !EXPECTED.contains(&label.as_str()) {
            report.fields.push(Field { label, value });
            continue;
        }
        report.kind = IncidentKind::Maintenance;
        let mut at = 0;
        for name in value.as_str().split(',') {
            let service = value.part(at..at + name.len()).trimmed();
            at += name.len() + 1;
            report.fields.push(Field { label: Text::slice_of("services", 0..8), value: service });
        }
    }
}

/// What stands in the comment, where each of its lines is a key and a value.
fn inner(source: &str, part: Range<usize>) -> Option<Range<usize>> {
    let text = source.get(part.clone())?;
    let mut lines = text.split_inclusive('\n').filter(|line| !line.trim().is_empty());
    let first = lines.next()?;
    let comment = if first.starts_with("# ") { lines.next()? } else { first };
    let from = comment.as_ptr() as usize - text.as_ptr() as usize;
    let rest = text.get(from..)?.strip_prefix("<!--")?;
    let length = rest.find("-->")?;
    let is_pair = |line: &str| line.split_once(": ").is_some_and(|(key, _)| key.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let mut pairs = rest.get(..length)?.lines().map(str::trim).filter(|line| !line.is_empty());
    let start = part.start + from + 4;
    (pairs.clone().count() >= 2 && pairs.all(is_pair)).then_some(start..start + length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    #[test]
    fn only_a_comment_of_keys_and_values() {
        let fields = |text: &str| {
            let mut report = Report::new(Span::new(0..text.len()));
            read(text, 0..text.len(), &mut report);
            let fields: Vec<_> = report.fields.iter().map(|field| format!("{}={}", field.label.as_str(), field.value.as_str())).collect();
            (report.kind, fields)
        };
        let work = "<!--\nstart: 2026-05-24T01:00:00Z\nend: 2026-05-24T03:30:00Z\nexpectedDown: docs-site, blog\n-->\nA new disk.\n";
        let want = ["start=2026-05-24T01:00:00Z", "end=2026-05-24T03:30:00Z", "services=docs-site", "services=blog"];
        assert_eq!(fields(work), (IncidentKind::Maintenance, want.map(str::to_owned).to_vec()));
        assert_eq!(fields(&format!("# A new disk\n\n{work}")).1.len(), 4);
        for other in [
            "<!-- A note: not to be read. -->\nText.\n",
            "<!--\nSee https://x.example: it is\nold.\n-->\n",
            "Text.\n<!--\na: b\nc: d\n-->\n",
            "<!--\na: b",
        ] {
            assert_eq!(fields(other).1, [""; 0], "{other}");
        }
    }
}
