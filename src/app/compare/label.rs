//! What incidents are called side by side: a letter, and the title without what says nothing there.

use crate::app::text::ELLIPSIS;

/// The letter of the incident at a place.
pub fn letter(at: usize) -> char {
    ('A'..='Z').nth(at).unwrap_or('?')
}

/// Letters in a sentence: "B", "B and D", "B, C and D".
pub fn listed(letters: &[char]) -> String {
    match letters {
        [] => String::new(),
        [one] => one.to_string(),
        [before @ .., last] => {
            let before: Vec<_> = before.iter().map(char::to_string).collect();
            format!("{} and {last}", before.join(", "))
        }
    }
}

/// A title without the brackets and the date that it may begin with: both are shown beside it, or say what all reports are.
/// All of it where nothing else would be left.
pub fn trimmed(title: &str) -> &str {
    let mut rest = title.trim_start();
    while let Some(after) = without_bracket(rest).or_else(|| without_date(rest)) {
        rest = after.trim_start_matches([' ', '-', '–', '—', ':', '|', '·', '\u{a0}']);
    }
    if rest.is_empty() { title } else { rest }
}

fn without_bracket(text: &str) -> Option<&str> {
    text.strip_prefix('[')?.split_once(']').map(|(_, after)| after)
}

/// A date as ISO 8601 writes it, and not the beginning of a longer number or word.
fn without_date(text: &str) -> Option<&str> {
    let (date, after) = text.split_at_checked(10)?;
    let is_date = date.bytes().enumerate().all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    (is_date && !after.starts_with(char::is_alphanumeric)).then_some(after)
}

/// Titles without the words that most of them begin with, which cannot tell one from another. A single word stays: it may be
/// what the rest speaks of; and titles that are the same stay whole.
pub fn apart(titles: &[&str]) -> Vec<String> {
    let words: Vec<Vec<&str>> = titles.iter().map(|title| trimmed(title).split_whitespace().collect()).collect();
    let parts_most = |prefix: &[&str]| {
        let after = words.iter().filter(|words| words.starts_with(prefix)).filter_map(|words| words.get(prefix.len()));
        let differ = after.clone().any(|word| Some(word) != after.clone().next());
        differ && after.count() > (titles.len() / 2).max(1)
    };
    let prefixes = words.iter().flat_map(|words| (2..words.len()).filter_map(move |count| words.get(..count)));
    let common = prefixes.filter(|prefix| parts_most(prefix)).max_by_key(|prefix| prefix.len());
    let rest = |(title, words): (&&str, &Vec<&str>)| match common {
        Some(prefix) if words.len() > prefix.len() && words.starts_with(prefix) => {
            format!("{ELLIPSIS}{}", words.get(prefix.len()..).unwrap_or_default().join(" "))
        }
        _ => trimmed(title).to_owned(),
    };
    titles.iter().zip(&words).map(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_and_dates_before_a_title_are_left_out() {
        for (title, rest) in [
            ("[post-mortem] 2026-03-27 - Partner service degraded", "Partner service degraded"),
            ("2024-01-02: Mail queue stalled", "Mail queue stalled"),
            ("[resolved] [EU] Login fails", "Login fails"),
            // What is no such beginning stays.
            ("2024-01-025 is no date", "2024-01-025 is no date"),
            ("[only a bracket]", "[only a bracket]"),
            ("2024-01-02", "2024-01-02"),
            ("Mail [queue] stalled", "Mail [queue] stalled"),
            ("[never closed", "[never closed"),
        ] {
            assert_eq!(trimmed(title), rest);
        }
    }

    #[test]
    fn what_most_titles_begin_with_is_left_out() {
        let titles = ["Trouble with Search", "Trouble with Mail, Login", "Trouble with", "Keys were leaked"];
        assert_eq!(apart(&titles[..2]), ["…Search", "…Mail, Login"]);
        assert_eq!(apart(&titles), ["Trouble with Search", "Trouble with Mail, Login", "Trouble with", "Keys were leaked"]);
        assert_eq!(apart(&["Search is slow", "Search is down"]), ["…slow", "…down"]);
        assert_eq!(apart(&["Search down", "Search slow", "Search down"]), ["Search down", "Search slow", "Search down"]);
        assert_eq!(apart(&["The same title", "The same title"]), ["The same title", "The same title"]);
        assert_eq!((listed(&['B']), listed(&['B', 'D']), listed(&['B', 'C', 'D'])), ("B".into(), "B and D".into(), "B, C and D".into()));
    }
}
