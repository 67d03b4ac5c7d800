//! Names that a text gives as those of others: of whom it is written to, and of who supplies.

use crate::resolve::proper::starting;

/// So many lines at the top may say for whom a text is.
const HEAD: usize = 20;
/// So many suppliers are looked for.
const MANY: usize = 50;

/// The names of others in `text`.
pub fn others(text: &str) -> Vec<&str> {
    let written_to = text.lines().take(HEAD).filter_map(reader);
    let owned = memchr::memmem::find_iter(text.as_bytes(), "ur ").take(MANY).filter_map(|at| {
        let lead = text.get(..at)?.strip_suffix(['O', 'o'])?;
        supplier(text.get(at + "ur ".len()..)?).filter(|_| !lead.ends_with(char::is_alphanumeric))
    });
    written_to.chain(owned).collect()
}

/// "Dear Quarry Forge team,", "**Prepared for:** Quarry Forge".
fn reader(line: &str) -> Option<&str> {
    let line = line.trim_matches(['*', '_', '>', '|', ' ', '\r']);
    if let Some(greeting) = line.strip_suffix(',') {
        let (_, rest) = greeting.split_once(' ')?;
        let name = rest.get(starting(rest, 0)?)?;
        let behind = rest.get(name.len()..)?;
        return matches!(behind, "" | " team" | " Team").then_some(name);
    }
    let (label, value) = line.split_once(':')?;
    let last = label.trim_end_matches('*').rsplit(' ').next()?;
    let value = value.trim_start_matches(['*', ' ']);
    let to_whom = ["for", "to"].iter().any(|word| last.eq_ignore_ascii_case(word)) && label.split(' ').count() <= 3;
    value.get(starting(value, 0).filter(|_| to_whom)?)
}

/// "(our) hosting provider Altocirrus", "(our) host, Altocirrus Ltd, …".
fn supplier(rest: &str) -> Option<&str> {
    let mut at = 0;
    for word in rest.split_inclusive(' ').take(4) {
        let bare = word.trim_end();
        let noun = bare.trim_end_matches(',');
        if noun.is_empty() || !noun.chars().all(|c| c.is_lowercase() || c == '-') {
            return None;
        }
        at += word.len();
        // What ends so does something: a provider, a vendor, a registrar.
        let agent = ["er", "or", "ar"].iter().any(|end| noun.ends_with(end));
        if (noun.len() < bare.len() || agent)
            && let Some(name) = starting(rest, at).and_then(|name| rest.get(name))
        {
            let closed = rest.get(at + name.len()..).is_some_and(|behind| behind.starts_with([',', '.', ')']));
            return (noun.len() == bare.len() || closed).then_some(name);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_and_their_look_alikes() {
        for (text, want) in [
            ("Dear Quarry Forge team,\n\nIt broke.", &["Quarry Forge"][..]),
            ("Hello Quarry Forge,\n\nIt broke.", &["Quarry Forge"]),
            ("**Prepared for:** Quarry Forge\n**Prepared by:** Fennel Hosting", &["Quarry Forge"]),
            ("To: Quarry Forge Ltd\nFrom: Fennel Hosting Ltd", &["Quarry Forge Ltd"]),
            ("Our hosting provider Altocirrus lost a rack.", &["Altocirrus"]),
            ("It broke, for our host, Altocirrus Ltd, had lost a rack.", &["Altocirrus Ltd"]),
            ("Dear Tollgrove customers,\n\nIt broke.", &[]),
            ("Dear Tollgrove colleagues,\n\nIt broke.", &[]),
            ("On our side, Tollgrove was slow. Our readers opened Tollgrove.", &[]),
            ("Four Tollgrove engineers joined. Your provider Altocirrus is slow.", &[]),
        ] {
            assert_eq!(others(text), want, "{text}");
        }
    }
}
