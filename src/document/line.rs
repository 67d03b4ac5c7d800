//! What a line of text tells by its first or last word.

/// Words that no heading and no entry ends with.
const GOES_ON: [&str; 41] = [
    "a", "about", "after", "an", "and", "are", "around", "as", "at", "be", "been", "before", "between", "but", "by", "for", "from", "had",
    "has", "have", "in", "into", "is", "its", "not", "of", "on", "or", "our", "that", "the", "their", "to", "until", "was", "we", "were",
    "when", "which", "while", "with",
];

/// The least columns that text is wrapped at.
const WRAPPED: usize = 60;

/// Whether the sentence goes on in the next line.
pub fn goes_on(line: &str) -> bool {
    line.ends_with(',') || line.rsplit(' ').next().is_some_and(|last| GOES_ON.contains(&last))
}

/// Whether `lines` are a paragraph that was wrapped: wherever one ends the first word of the next had no room.
pub fn are_wrapped(lines: &[&str]) -> bool {
    let width = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    let full = |line: &str, next: &str| {
        let word = next.split_whitespace().next().map_or(0, |word| word.chars().count());
        line.chars().count() + 1 + word > width
    };
    lines.len() >= 3 && width >= WRAPPED && lines.windows(2).all(|pair| matches!(pair, [line, next] if full(line, next)))
}

/// Where a subject starts behind its "Re:" and "Fwd:".
pub fn subject_start(subject: &str) -> usize {
    const REPLIES: [&str; 4] = ["re", "fwd", "fw", "aw"];
    let reply = |mark: &str| REPLIES.iter().any(|known| mark.trim().eq_ignore_ascii_case(known));
    let mut start = subject.len() - subject.trim_start().len();
    while let Some((mark, _)) = subject.get(start..).and_then(|rest| rest.split_once(':')).filter(|(mark, _)| reply(mark)) {
        start += mark.len() + 1;
    }
    start
}

/// Whether a line is a rule: three or more of one mark.
pub fn is_rule(line: &str) -> bool {
    let mut bytes = line.bytes();
    let first = bytes.next();
    line.len() >= 3 && matches!(first, Some(b'-' | b'=' | b'*' | b'_' | b'~')) && bytes.all(|b| Some(b) == first)
}

#[cfg(test)]
mod tests {
    use super::{are_wrapped, goes_on, subject_start};

    #[test]
    fn a_wrapped_paragraph_has_full_lines() {
        let wrapped = [
            "Nobody could send mail from 09:10 UTC on, because the queue's",
            "09:12 UTC alert had not reached any of us. They were called at",
            "09:25 UTC by a customer.",
        ];
        assert!(are_wrapped(&wrapped));
        assert!(!are_wrapped(&wrapped[..2]), "two lines show no width");
        assert!(!are_wrapped(&["Timeline", "09:10 UTC nobody can send mail, for the queue of the first host is full", "09:12 UTC alert"]));
        assert!(!are_wrapped(&[
            "Mail is down, the first of our hosts is full and does not take mail",
            "09:12 UTC alert",
            "09:20 UTC call"
        ]));
    }

    #[test]
    fn replies_stand_in_front_of_a_subject() {
        for (subject, bare) in [("Re: fwd: Mail late", "Mail late"), ("AW:Mail", "Mail"), ("Report: mail", "Report: mail"), ("", "")] {
            assert_eq!(subject.get(subject_start(subject)..).map(str::trim), Some(bare));
        }
    }

    #[test]
    fn a_comma_or_a_small_word_leads_on() {
        assert!(goes_on("At noon, we restarted the") && goes_on("First,"));
        assert!(!goes_on("Timeline") && !goes_on("It was over."));
    }
}
