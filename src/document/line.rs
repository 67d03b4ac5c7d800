//! What a line of text tells of the next.

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

#[cfg(test)]
mod tests {
    use super::goes_on;

    #[test]
    fn a_comma_or_a_small_word_leads_on() {
        assert!(goes_on("At noon, we restarted the") && goes_on("First,"));
        assert!(!goes_on("Timeline") && !goes_on("It was over."));
    }
}
