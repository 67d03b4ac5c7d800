//! The one door through which texts reach SVG and HTML.

use crate::sanitize;
use std::fmt::Write;

/// `text` as text or an attribute: cleaned like everything that is shown, and with no sign left that means something there.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in sanitize::line(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // No characters of XML 1.0.
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A number with two decimals at most.
pub fn number(value: f64) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write!(text, "{:.2}", value);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" || text.is_empty() { "0".into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_keeps_a_meaning() {
        assert_eq!(escape("<a href=\"x\" o='y'>&amp;\u{1b}\u{ffff}"), "&lt;a href=&quot;x&quot; o=&#39;y&#39;&gt;&amp;amp;␛\u{fffd}");
    }

    #[test]
    fn numbers_are_short() {
        for (value, text) in [(0.0, "0"), (-0.001, "0"), (12.5, "12.5"), (100.0, "100"), (33.333_3, "33.33")] {
            assert_eq!(number(value), text);
        }
    }
}
