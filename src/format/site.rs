//! The source of a status site: front matter that tells the state of an incident, and a text whose parts are its updates.

use super::front::Front;
use crate::document::{Block, BlockKind, Field, Report, Text, Update};

/// Reads what the front matter of an incident of a status site says into its report: when it began and ended, and the
/// updates. Any other front matter (that of a blog) changes nothing.
pub fn read<'a>(report: &mut Report<'a>, front: &Front<'a>) {
    let field = |is: &dyn Fn(&str) -> bool| front.fields.iter().find(|field| is(&name(&field.label)) && has_clock(&field.value));
    let tells_state = front.fields.iter().any(|field| match name(&field.label).as_str() {
        "resolved" => true,
        "status" | "state" => is_state(field.value.as_str()),
        _ => false,
    });
    if !tells_state {
        return;
    }
    let starts = |label: &str| matches!(label, "date" | "start" | "started" | "started at" | "began");
    let ends = |label: &str| label.split(' ').any(|word| matches!(word, "resolved" | "end" | "ended" | "closed"));
    let (start, end) = (field(&starts), field(&ends));
    let mut add = |label: &'static str, value: Option<&Field<'a>>| {
        let value = value.map(|field| field.value.clone());
        let known = report.fields.iter().any(|field| name(&field.label) == label);
        report.fields.extend(value.filter(|_| !known).map(|value| Field { label: Text::slice_of(label, 0..label.len()), value }));
    };
    add("start", start);
    add("end", end);
    let states: Vec<_> = front.records.iter().filter_map(|record| state(record, start, end)).collect();
    if !states.is_empty() {
        report.updates = states;
        return;
    }
    if report.updates.is_empty() {
        tracked(report, start);
    } else if let Some(start) = start {
        // The text, which tells of all, was posted when it began.
        report.updates.insert(0, Update { label: start.label.clone(), stamp: Some(start.value.clone()), blocks: Vec::new() });
    }
    let resolved = front.fields.iter().find(|field| name(&field.label) == "resolved" && field.value.as_str() == "true");
    let latest = report.updates.iter_mut().max_by_key(|update| update.stamp.as_ref().map(|stamp| stamp.as_str().to_owned()));
    if let (Some(latest), Some(resolved)) = (latest, resolved)
        && !is_state(latest.label.as_str())
    {
        latest.label = resolved.label.clone();
    }
}

/// A key in words: `resolvedDate`, `resolved_at` and `Resolved at` are alike.
fn name(key: &Text) -> String {
    let mut words = String::new();
    for c in key.as_str().chars() {
        match c {
            '_' | '-' => words.push(' '),
            _ if c.is_uppercase() => {
                if !words.is_empty() && !words.ends_with(' ') {
                    words.push(' ');
                }
                words.extend(c.to_lowercase());
            }
            _ => words.push(c),
        }
    }
    words
}

fn has_clock(value: &Text) -> bool {
    value.as_str().starts_with(|c: char| c.is_ascii_digit()) && value.as_str().contains(':')
}

/// Whether a value is the state of an incident rather than of a page ("draft", "published").
fn is_state(value: &str) -> bool {
    const STATES: [&str; 9] =
        ["investigating", "identified", "monitoring", "resolved", "open", "closed", "ongoing", "in progress", "update"];
    STATES.iter().any(|state| value.trim().eq_ignore_ascii_case(state))
}

/// An entry of a list of states: its status, when it was posted, and what was said.
fn state<'a>(record: &[Field<'a>], start: Option<&Field<'a>>, end: Option<&Field<'a>>) -> Option<Update<'a>> {
    let value = |names: &[&str]| record.iter().find(|field| names.contains(&name(&field.label).as_str())).map(|field| field.value.clone());
    let label = value(&["status", "state", "title"]).filter(|label| is_state(label.as_str()))?;
    let said = value(&["content", "body", "text", "message", "description"]).filter(|text| !text.as_str().trim().is_empty())?;
    // Without a stamp of its own the first state was posted when it began, the resolution when it ended.
    let own = value(&["date", "time", "at", "posted at", "timestamp"]).filter(has_clock);
    let first = || start.filter(|_| label.as_str().eq_ignore_ascii_case("investigating"));
    let last = || end.filter(|_| label.as_str().eq_ignore_ascii_case("resolved"));
    let stamp = own.or_else(|| first().or_else(last).map(|field| field.value.clone()));
    Some(Update { label, stamp, blocks: vec![Block::new(BlockKind::Paragraph, said)] })
}

/// Takes the paragraphs behind which a template tag has a stamp (`{{< track "2024-05-01 10:00" >}}`) out of the text, as
/// updates with what stands before them.
fn tracked<'a>(report: &mut Report<'a>, start: Option<&Field<'a>>) {
    if !report.blocks.iter().any(|block| stamp(&block.text).is_some()) {
        return;
    }
    let mut updates: Vec<Update> = Vec::new();
    let mut open: Vec<Block> = Vec::new();
    for block in std::mem::take(&mut report.blocks) {
        let Some((said, stamp)) = stamp(&block.text) else {
            // What stands before the first stamp and holds a paragraph was posted when it began.
            open.push(block);
            continue;
        };
        if updates.is_empty()
            && !open.is_empty()
            && let Some(start) = start
        {
            updates.push(Update { label: start.label.clone(), stamp: Some(start.value.clone()), blocks: std::mem::take(&mut open) });
        }
        let (label, text) = labelled(&said);
        open.push(Block::new(block.kind, text));
        updates.push(Update { label: label.unwrap_or_else(|| said.part(0..0)), stamp: Some(stamp), blocks: std::mem::take(&mut open) });
    }
    report.blocks = open;
    report.updates = updates;
}

/// The text in front of a template tag, and the stamp in it.
fn stamp<'a>(text: &Text<'a>) -> Option<(Text<'a>, Text<'a>)> {
    let whole = text.as_str();
    let tag = whole.find("{{")?;
    let inside = whole.get(tag..)?.split_once("}}")?.0;
    let quotes = ['"', '“', '”', '\''];
    let from = tag + inside.find(quotes)?;
    let from = from + whole.get(from..)?.chars().next()?.len_utf8();
    let to = from + whole.get(from..)?.find(quotes)?;
    let stamp = text.part(from..to).trimmed();
    has_clock(&stamp).then(|| (text.part(0..tag).trimmed(), stamp))
}

/// "Resolved - All is well.": the state in front of what was said.
fn labelled<'a>(said: &Text<'a>) -> (Option<Text<'a>>, Text<'a>) {
    let whole = said.as_str();
    let marks = [": ", " - ", " – ", " — "];
    let mark = marks.iter().filter_map(|mark| Some((whole.find(mark)?, mark.len()))).min();
    match mark.filter(|(at, _)| whole.get(..*at).is_some_and(is_state)) {
        Some((at, length)) => (Some(said.part(0..at)), said.part(at + length..whole.len()).trimmed()),
        None => (None, said.clone()),
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{Block, Update};
    use crate::format;
    use crate::source::Source;

    fn updates(text: &str) -> Vec<(String, Option<String>, String)> {
        let source = Source::decode("a.md", text.as_bytes().to_vec());
        let document = format::read(&source);
        let said = |blocks: &[Block]| blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join(" ");
        let update = |update: &Update| {
            let stamp = update.stamp.as_ref().map(|stamp| stamp.as_str().to_owned());
            (update.label.as_str().to_owned(), stamp, said(&update.blocks))
        };
        document.reports.iter().flat_map(|report| &report.updates).map(update).collect()
    }

    fn update(label: &str, stamp: &str, said: &str) -> (String, Option<String>, String) {
        (label.into(), Some(stamp.into()), said.into())
    }

    #[test]
    fn states_of_the_front_matter_are_updates() {
        let page = "---\ntitle: Mail late\nstatus: resolved\ndate: 2023-03-14 08:20 UTC\nresolvedDate: 2023-03-14 09:05 UTC\nstates:\n- status: investigating\n  content: 'Mail is late.'\n- status: resolved\n  content: 'Mail is in time.'\n---\n";
        assert_eq!(
            updates(page),
            [
                update("investigating", "2023-03-14 08:20 UTC", "Mail is late."),
                update("resolved", "2023-03-14 09:05 UTC", "Mail is in time.")
            ]
        );
    }

    #[test]
    fn stamps_in_template_tags_part_the_text() {
        let page = "---\ntitle: Tiles late\ndate: 2026-02-11 21:14:00\nresolved: true\n---\n*Resolved* - All is well. {{< track \"2026-02-11 23:02:00\" >}}\n\n*Monitoring* - More memory. {{< track \"2026-02-11 22:20:00\" >}}\n";
        assert_eq!(
            updates(page),
            [update("Resolved", "2026-02-11 23:02:00", "All is well."), update("Monitoring", "2026-02-11 22:20:00", "More memory.")]
        );
        let toml = "+++\ntitle = \"Proxy gone\"\ndate = 2022-05-03T08:14:20.000Z\nresolved = true\n+++\nNo images.\n\n---\n\nImages are back. {{< stamp \"2022-05-03T09:02:11.000Z\" >}}\n";
        assert_eq!(
            updates(toml),
            [update("date", "2022-05-03T08:14:20.000Z", "No images."), update("resolved", "2022-05-03T09:02:11.000Z", "Images are back.")]
        );
    }

    #[test]
    fn a_blog_has_no_updates() {
        assert_eq!(
            updates(
                "---\ntitle: How we failed\ndate: 2024-05-01 10:00\nstatus: published\n---\nIt broke {{< ref \"2024-05-01 10:00\" >}}.\n"
            ),
            []
        );
    }
}
