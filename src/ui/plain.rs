//! The screen without signs beyond ASCII, for terminals and fonts that have no others.

use crate::picture::text::plain;
use ratatui::buffer::Buffer;
use unicode_width::UnicodeWidthStr;

/// Spells every cell in ASCII. What has no likeness becomes `?`, in every cell that it took.
pub fn spell(buffer: &mut Buffer) {
    let width = usize::from(buffer.area.width).max(1);
    let mut rest = 0;
    for at in 0..buffer.content.len() {
        let (head, tail) = buffer.content.split_at_mut(at);
        let Some((cell, after)) = tail.split_first_mut() else { break };
        let before = head.last_mut().filter(|_| at % width > 0);
        let ends = after.first().is_none_or(|next| !next.symbol().starts_with(char::is_alphanumeric));
        // A wide sign hides the cells after it.
        if rest > 0 {
            rest -= 1;
            cell.set_char('?');
        } else if !cell.symbol().is_ascii() {
            rest = cell.symbol().width().saturating_sub(1);
            let c = cell.symbol().chars().next().unwrap_or('?');
            cell.set_char(sign(c));
            // Two cells say what one cannot: a stop after a letter would end a word, and `>` is no `≥`.
            match (c, before) {
                ('…', Some(before)) if ends || before.symbol() != " " => drop(before.set_char('.')),
                ('≥', Some(before)) if before.symbol() == " " => {
                    before.set_char('>');
                    cell.set_char('=');
                }
                _ => {}
            }
        }
    }
}

/// The sign that stands for one of the screen's; those of charts are the same as on paper.
fn sign(c: char) -> char {
    match c {
        '┌' | '┐' | '└' | '┘' | '├' | '┤' | '┬' | '┴' | '┼' => '+',
        '─' | '–' | '—' | '−' | '‐' => '-',
        '┊' => ':',
        // Less than half a cell is nothing.
        '▏' | '▎' | '▍' | '▁' => ' ',
        '▂' => '_',
        '▄' => '=',
        '▆' => '%',
        '┃' => '|',
        '━' => '=',
        '▬' => '#',
        '…' => '.',
        '·' => '-',
        '↑' => '^',
        '↓' => 'v',
        '→' | '›' | '▸' | '▹' => '>',
        '←' | '‹' | '◂' => '<',
        '≈' => '~',
        '≥' => '>',
        '±' => '+',
        '✚' => '+',
        '✗' => 'x',
        '✓' => '+',
        '☐' => 'o',
        '✎' => '*',
        '¶' => 'n',
        '╱' => '/',
        '‖' => '!',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '\u{a0}' => ' ',
        c => plain(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    #[test]
    fn every_cell_is_ascii_and_keeps_its_place() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        let spelt = |buffer: &mut Buffer| {
            spell(buffer);
            buffer.content.iter().map(|cell| cell.symbol()).collect::<String>()
        };
        buffer.set_string(0, 0, "┌─█▍事é│end", Style::new());
        assert_eq!(spelt(&mut buffer), "+-# ???|end ");
        buffer.set_string(0, 0, "Stopp… ✓ ≥3h", Style::new());
        assert_eq!(spelt(&mut buffer), "Stop.. +>=3h");
        buffer.set_string(0, 0, "a …│ ✗ …Cut ", Style::new());
        assert_eq!(spelt(&mut buffer), "a..| x .Cut ");
        buffer.set_string(0, 0, "…  ≥3h ✗ Cut", Style::new());
        assert_eq!(spelt(&mut buffer), ". >=3h x Cut");
    }

    #[test]
    fn every_sign_that_the_help_explains_has_a_likeness() {
        let signs = crate::ui::signs::all().into_iter().flat_map(|(_, signs)| signs);
        let unlike: Vec<_> = signs.filter(|of| of.sign.chars().any(|c| !c.is_ascii() && sign(c) == '?')).map(|of| of.sign).collect();
        assert!(unlike.is_empty(), "{unlike:?}");
    }
}
