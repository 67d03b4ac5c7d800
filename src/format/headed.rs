//! Posts among the blocks of a report, each under its label and its stamp: "**Monitoring** - 4 May 2026, 10:00 UTC", "### Resolved (4 May
//! 2026 11:20 UTC)", or a heading "Resolved" over its stamp.

use super::board::{has_clock, is_stamp};
use super::statuspage::{is_planned, update_label};
use crate::document::{Block, BlockKind, IncidentKind, Report, Text, Update, is_live};
use std::ops::Range;

/// No line with a label and a stamp is longer, in bytes.
const LONGEST: usize = 90;
/// One such line alone may be an entry of a story.
const FEWEST: usize = 2;

/// A block that says what was posted when.
struct Head<'a> {
    label: Text<'a>,
    stamp: Text<'a>,
    /// What stands below.
    body: Option<Text<'a>>,
    /// Whether the stamp stands in the next block.
    apart: bool,
}

/// Takes the posts out of the blocks of `report`, if it has none yet and they are what it tells: above them is no story with times of
/// day, and no heading parts them. A heading ends what was posted under the last.
pub fn take_posts(report: &mut Report) {
    let heads = if report.updates.is_empty() { heads(&report.blocks) } else { None };
    let Some(heads) = heads else { return };
    // Whether blocks belong to the last post, and whether the next one is its stamp.
    let (mut open, mut stamp) = (false, false);
    for (block, head) in std::mem::take(&mut report.blocks).into_iter().zip(heads) {
        if let Some(head) = head {
            let blocks = head.body.map(|body| Block::new(BlockKind::Paragraph, body)).into_iter().collect();
            report.updates.push(Update { label: head.label, stamp: Some(head.stamp), blocks });
            (open, stamp) = (true, head.apart);
        } else if std::mem::take(&mut stamp) {
            // The head holds what stood in this block.
        } else if let Some(update) = report.updates.last_mut().filter(|_| open && !matches!(block.kind, BlockKind::Heading(_))) {
            update.blocks.push(block);
        } else {
            open = false;
            report.blocks.push(block);
        }
    }
    if report.updates.iter().any(|update| is_planned(update.label.as_str())) {
        report.kind = IncidentKind::Maintenance;
    }
}

/// The heads of the posts among all blocks. Where an incident was posted, planned work that is told beside it is no post of it; alone it is
/// where it goes from one state to another.
fn heads<'a>(blocks: &[Block<'a>]) -> Option<Vec<Option<Head<'a>>>> {
    let mut heads: Vec<Option<Head>> = (0..blocks.len()).map(|at| head(blocks.get(at)?, blocks.get(at + 1))).collect();
    let planned = |head: &Head| is_planned(head.label.as_str());
    if heads.iter().flatten().any(|head| is_live(head.label.as_str())) {
        heads.iter_mut().for_each(|head| *head = head.take().filter(|head| !planned(head)));
    } else {
        let mut states = heads.iter().flatten().filter(|head| planned(head)).map(|head| head.label.as_str());
        let first = states.next()?;
        states.find(|state| !state.eq_ignore_ascii_case(first))?;
    }
    let (first, last) = (heads.iter().position(Option::is_some)?, heads.iter().rposition(Option::is_some)?);
    let parts = |(block, head): (&Block, &Option<Head>)| head.is_none() && matches!(block.kind, BlockKind::Heading(_));
    let story =
        blocks.iter().take(first).any(|block| has_clock(block.text.as_str())) || blocks.iter().zip(&heads).take(last).skip(1).any(parts);
    (!story && heads.iter().flatten().count() >= FEWEST).then_some(heads)
}

fn head<'a>(block: &Block<'a>, next: Option<&Block<'a>>) -> Option<Head<'a>> {
    if !matches!(block.kind, BlockKind::Heading(_) | BlockKind::Paragraph) {
        return None;
    }
    let (line, body) = first_line(&block.text);
    if let Some((label, stamp)) = parted(line.as_str()) {
        return Some(Head { label: line.part(label), stamp: line.part(stamp), body, apart: false });
    }
    let stamp = &next.filter(|_| body.is_none() && update_label(line.as_str()))?.text;
    let (stamp, body) = first_line(stamp);
    is_stamp(stamp.as_str()).then_some(Head { label: line, stamp, body, apart: true })
}

/// The first line of a text, and what stands below it.
fn first_line<'a>(text: &Text<'a>) -> (Text<'a>, Option<Text<'a>>) {
    let whole = text.as_str();
    match whole.find('\n') {
        None => (text.trimmed(), None),
        Some(end) => (text.part(0..end).trimmed(), Some(text.part(end..whole.len()).trimmed())),
    }
}

/// Whether a line is the label and the stamp of a post.
pub fn is_head(line: &str) -> bool {
    parted(line).is_some()
}

/// Where the label and the stamp stand on a line that has no more, whichever comes first.
fn parted(line: &str) -> Option<(Range<usize>, Range<usize>)> {
    if line.len() > LONGEST {
        return None;
    }
    let mark = |c: char| c.is_whitespace() || "-–—:()[]|,·•*".contains(c);
    let bare = |from: usize, to: usize| {
        let part = line.get(from..to).unwrap_or_default();
        let start = from + (part.len() - part.trim_start_matches(mark).len());
        let inner = part.trim_matches(mark);
        // "(CDT)" at its end is its zone.
        let zone = inner.contains('(') && part.get(start - from + inner.len()..).is_some_and(|rest| rest.starts_with(')'));
        start..start + inner.len() + usize::from(zone)
    };
    let of = |range: &Range<usize>| line.get(range.clone()).unwrap_or_default();
    line.match_indices([' ', '[', '(']).find_map(|(at, _)| {
        let (first, second) = (bare(0, at), bare(at, line.len()));
        match () {
            () if update_label(of(&first)) && is_stamp(of(&second)) => Some((first, second)),
            () if is_stamp(of(&first)) && update_label(of(&second)) => Some((second, first)),
            () => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::document::Text;
    use crate::source::Source;

    /// The label, the stamp and the text of each post, and what is none.
    fn read(text: &str) -> (Vec<[String; 3]>, Vec<String>) {
        let source = Source::decode("a.md", text.as_bytes().to_vec());
        let document = crate::format::read(&source);
        let report = document.reports.first().expect("a report");
        let own = |text: &Text| text.as_str().to_owned();
        let body = |blocks: &[crate::document::Block]| blocks.iter().map(|block| own(&block.text)).collect::<Vec<_>>();
        let posts = report.updates.iter();
        let posts = posts.map(|post| [own(&post.label), post.stamp.as_ref().map(own).unwrap_or_default(), body(&post.blocks).join("|")]);
        (posts.collect(), body(&report.blocks))
    }

    #[test]
    fn labels_and_stamps_head_posts() {
        for (first, second, stamp) in [
            ("**Resolved** - May 4, 2026, 11:20 UTC\n", "**Update** - May 4, 2026, 10:00 UTC\n", "May 4, 2026, 11:20 UTC"),
            ("### Resolved (4 May 2026 11:20 UTC)\n\n", "### Update (4 May 2026 10:00 UTC)\n\n", "4 May 2026 11:20 UTC"),
            ("**2026-05-04 11:20 UTC: Resolved**\n\n", "**2026-05-04 10:00 UTC: Update**\n\n", "2026-05-04 11:20 UTC"),
            ("Resolved - 2026-05-04 11:20 AM (CDT)\n", "Update - 2026-05-04 10:00 AM (CDT)\n", "2026-05-04 11:20 AM (CDT)"),
            ("### Resolved\n*May 4, 2026 - 11:20 UTC*\n\n", "### Update\n*May 4, 2026 - 10:00 UTC*\n\n", "May 4, 2026 - 11:20 UTC"),
        ] {
            let text = format!("# Lifts stand\n\n{first}They go.\n\nAll of them.\n\n{second}We look.\n\n## Sites\n\nNorth\n");
            let (posts, rest) = read(&text);
            let shown: Vec<_> = posts.iter().map(|[label, _, text]| (label.as_str(), text.as_str())).collect();
            assert_eq!(shown, [("Resolved", "They go.|All of them."), ("Update", "We look.")], "{text}");
            assert_eq!(posts.first().map(|[_, stamp, _]| stamp.as_str()), Some(stamp));
            assert_eq!(rest, ["Lifts stand", "Sites", "North"]);
        }
    }

    #[test]
    fn a_narrow_post_stands_below_its_head() {
        let (posts, _) = read(
            "# Lifts\n\n**Monitoring** - Jun 3, 2024, 11:42 UTC\nLifts go again.\n\n**Investigating** - Jun 3, 2024, 09:44 UTC\nLifts stand.\n",
        );
        let shown: Vec<_> = posts.iter().map(|[label, _, text]| (label.as_str(), text.as_str())).collect();
        assert_eq!(shown, [("Monitoring", "Lifts go again."), ("Investigating", "Lifts stand.")]);
    }

    #[test]
    fn what_has_more_on_its_line_is_a_story() {
        for text in [
            "# Lifts stand\n\n**Resolved** - May 4, 2026, 11:20 UTC\nThey go.\n",
            "Identified on May 4, 2026 at 10:00 UTC by Ben.\n\nResolved on May 4, 2026 at 11:20 UTC by Ida.\n",
            "# Lifts stand\n\nDown from 10:00 UTC.\n\n**Resolved** - 4 May 2026 11:20 UTC\n\n**Update** - 4 May 2026 10:20 UTC\n",
            "# Lifts stand\n\n## Earlier\n\n**Resolved** - 4 May 2026 11:20 UTC\n\n**Update** - 4 May 2026 10:20 UTC\n",
            "# Lifts\n\n### Resolved (4 May 2026 11:20 UTC)\n\n## Doors\n\n### Resolved (3 May 2026 10:20 UTC)\n\nThey shut.\n",
            "# Lifts\n\n**Completed** - 4 May 2026 11:20 UTC\nA check.\n\n**Completed** - 5 May 2026 10:20 UTC\nA note.\n",
            "- Identified: 2026-05-04 10:00 UTC\n- Resolved: 2026-05-04 11:20 UTC\n",
        ] {
            assert!(read(text).0.is_empty(), "{text}");
        }
    }
}
