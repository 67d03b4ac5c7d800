//! Forms that are still to be filled in: `YYYY-MM-DD`, `[short description]`, `<name of the service>`.

/// What stands for a date or a clock in a form.
const STAND_INS: [&str; 10] = ["YYYY", "yyyy-", "DD/MM", "MM/DD", "MM-DD", "HH:MM", "hh:mm", "XX:XX", "xx:xx", "Xh Xm"];

/// A line that is still to be filled in is not longer, in bytes.
const LINE: usize = 160;

/// How many places of `text`, a line of a form, are still to be filled in.
pub fn placeholders(text: &str) -> usize {
    if text.len() > LINE {
        return 0;
    }
    let stands = STAND_INS.iter().filter(|stand_in| text.contains(**stand_in)).count();
    stands + bracketed(text, '[', ']') + bracketed(text, '<', '>') + bracketed(text, '{', '}')
}

/// "\[descriptive name here\]", "\<service\>", "\{title\}": words in brackets that ask for something. A link's words
/// ("\[the fix\](…)"), a state ("\[closed\]"), markup and a name behind a mark are none.
fn bracketed(text: &str, open: char, close: char) -> usize {
    let mut rest = text;
    let mut found = 0;
    while let Some((_, behind)) = rest.split_once(open) {
        let Some((inside, after)) = behind.split_once(close) else { break };
        let words = inside.split_whitespace().count();
        let lower = inside.starts_with(|c: char| c.is_lowercase());
        let plain = inside.chars().all(|c| c.is_alphabetic() || " ,'’-/?".contains(c));
        let asks = (2..=8).contains(&words) && plain && (lower || inside.to_lowercase().contains("here"));
        if asks && !after.starts_with(['(', '[', ':']) {
            found += 1;
        }
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_to_fill_in_and_their_look_alikes() {
        for text in
            ["Incident on YYYY-MM-DD HH:MM", "Outage: [what broke here]", "Postmortem for [descriptive name here]", "<name of the service>"]
        {
            assert!(placeholders(text) > 0, "{text}");
        }
        for text in [
            "Outage on 2024-09-20 - mail",
            "Mail is late [closed]",
            "see [the first fix](https://a.example)",
            "[10:15] alert fired",
            "[quill] joins the call",
            "a < b and b > c",
            "<br>",
        ] {
            assert_eq!(placeholders(text), 0, "{text}");
        }
    }
}
