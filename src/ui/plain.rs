//! The screen without signs beyond ASCII, for terminals and fonts that have no others.

use crate::picture::text::plain;
use ratatui::buffer::Buffer;
use unicode_width::UnicodeWidthStr;

/// Spells every cell in ASCII. What has no likeness becomes `?`, in every cell that it took.
pub fn spell(buffer: &mut Buffer) {
    let mut rest = 0;
    for cell in &mut buffer.content {
        // A wide sign hides the cells after it.
        if rest > 0 {
            rest -= 1;
            cell.set_char('?');
        } else if !cell.symbol().is_ascii() {
            rest = cell.symbol().width().saturating_sub(1);
            let c = cell.symbol().chars().next().map_or('?', sign);
            cell.set_char(c);
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
        '✗' | '✓' => 'x',
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
        buffer.set_string(0, 0, "┌─█▍事é│end", Style::new());
        spell(&mut buffer);
        let text: String = buffer.content.iter().map(|cell| cell.symbol()).collect();
        assert_eq!(text, "+-# ???|end ");
    }

    #[test]
    fn every_sign_that_the_help_explains_has_a_likeness() {
        let signs = crate::ui::signs::all().into_iter().flat_map(|(_, signs)| signs);
        let unlike: Vec<_> = signs.filter(|of| of.sign.chars().any(|c| !c.is_ascii() && sign(c) == '?')).map(|of| of.sign).collect();
        assert!(unlike.is_empty(), "{unlike:?}");
    }
}
