//! Several pages of a site in one Markdown file, one after the other: each begins with front matter of its own.

use std::collections::BTreeSet;
use std::ops::Range;

/// So many keys of front matter further down are those at the top as well.
const SHARED: usize = 2;

/// The pages that `source` holds, `head` being the front matter at its top: further ones begin at a mark, below a blank line,
/// over lines of the same keys and the mark again. Any other mark only parts the text.
pub(super) fn pages(source: &str, head: Range<usize>) -> Vec<Range<usize>> {
    let mut starts = vec![0];
    let own = source.get(head.clone()).and_then(|head| head.get(..3).zip(keys(head)));
    if let Some((mark, own)) = own {
        let is_shared = |inner: &str| keys(inner).is_some_and(|keys| keys.intersection(&own).count() >= SHARED);
        let (mut at, mut blank, mut open) = (head.end, true, None);
        for line in source.get(head.end..).unwrap_or_default().split_inclusive('\n') {
            if line.trim_end() == mark {
                let front = open.filter(|(_, inner)| source.get(*inner..at).is_some_and(is_shared)).map(|(start, _)| start);
                starts.extend(front);
                open = (blank && front.is_none()).then_some((at, at + line.len()));
            }
            blank = line.trim().is_empty();
            at += line.len();
        }
    }
    let ends = starts.iter().skip(1).copied().chain([source.len()]).collect::<Vec<_>>();
    starts.into_iter().zip(ends).map(|(start, end)| start..end).collect()
}

/// The keys of front matter with or without its marks; none where a line is neither one of a key, nor below one.
fn keys(front: &str) -> Option<BTreeSet<&str>> {
    let is_mark = |line: &str| matches!(line.trim_end(), "---" | "+++");
    let lines = front.lines().filter(|line| !line.starts_with([' ', '\t', '-', '#', ']', '}']) && !is_mark(line));
    lines.map(|line| line.split_once([':', '=']).map(|(key, _)| key.trim()).filter(|key| !key.is_empty())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_begins_where_front_matter_of_the_same_keys_does() {
        let page = |title: &str| format!("---\ntitle: {title}\ndate: 2024-05-03\ntags:\n  - mail\n---\n\nIt was down.\n\n");
        let head = page("A").find("\n\n").unwrap_or_default() + 1;
        for (text, count) in [
            (page("A") + &page("B") + &page("C"), 3),
            (page("A") + "---\n\nNote: none\n\n---\n\nMore.\n", 1),
            (page("A") + "---\nCause: a disk\nOwner: Ada\n---\n", 1),
            (page("A") + "text\n---\ntitle: B\ndate: 2024-05-04\n---\n", 1),
            (page("A") + "---\ntitle: B\ndate: 2024-05-04\nand words\n---\n", 1),
        ] {
            let pages = pages(&text, 0..head);
            assert_eq!(pages.len(), count, "{text}");
            assert!(pages.iter().all(|page| text[page.clone()].starts_with("---\n")));
        }
        assert_eq!(pages("It was down.", 0..0).first(), Some(&(0..12)));
    }
}
