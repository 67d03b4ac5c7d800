//! What a line of text tells by its first or last word.

/// Words that no heading and no entry ends with.
const GOES_ON: [&str; 41] = [
    "a", "about", "after", "an", "and", "are", "around", "as", "at", "be", "been", "before", "between", "but", "by", "for", "from", "had",
    "has", "have", "in", "into", "is", "its", "not", "of", "on", "or", "our", "that", "the", "their", "to", "until", "was", "we", "were",
    "when", "which", "while", "with",
];

/// Whether the sentence goes on in the next line.
pub fn goes_on(line: &str) -> bool {
    line.ends_with(',') || line.rsplit(' ').next().is_some_and(|last| GOES_ON.contains(&last))
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
    use super::{goes_on, subject_start};

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
