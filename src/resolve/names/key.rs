//! What makes two names one: their words in either case and number.

pub use crate::extract::vocabulary::Key;
use crate::extract::vocabulary::SMALL;

/// Whether a name is the same without a word.
fn is_small(word: Key) -> bool {
    word.lists & SMALL != 0
}

/// The words of a name by which it is known: all where none of them tells it apart.
pub fn telling(words: impl Iterator<Item = Key> + Clone) -> impl Iterator<Item = u64> + Clone {
    let all = words.clone().all(is_small);
    words.filter(move |word| all || !is_small(*word)).map(|word| word.word)
}

/// The key of a name: without what stands in brackets behind it.
pub fn key(name: &str) -> Vec<u64> {
    let bare = name.split(" (").next().unwrap_or(name);
    let words = bare.split(|c: char| c.is_whitespace() || matches!(c, '"' | '`' | ',')).filter(|word| !word.is_empty());
    telling(words.map(Key::of)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_has_one_key() {
        for (a, b) in [
            ("Virtual Machines", "the virtual machine"),
            ("Mail (EU)", "mail service"),
            ("Wattle & Fern", "Wattle Fern"),
            ("\"Ledger\"", "ledger"),
        ] {
            assert_eq!(key(a), key(b), "{a}");
        }
        assert_ne!(key("Mail"), key("Mail Search"));
        assert_eq!(key("Our Platform").len(), 2);
    }
}
