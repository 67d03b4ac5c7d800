//! Tables of plain text: cells apart by tabs or by two blanks and more, below a line of heads.

use std::ops::Range;

/// The fewest cells of a row whose cells stand apart by blanks alone.
const CELLS: usize = 3;
/// The longest head of a column, in bytes.
const HEAD: usize = 30;

/// The cells of a line, as ranges of it: apart by a tab or by two blanks and more.
fn cells(line: &str) -> Vec<Range<usize>> {
    let mut cells = Vec::new();
    let mut start = None;
    let mut end = 0;
    let mut blanks = 0;
    for (at, c) in line.char_indices() {
        match c {
            '\t' => blanks += 2,
            ' ' => blanks += 1,
            _ => {
                if blanks >= 2
                    && let Some(from) = start.take()
                {
                    cells.push(from..end);
                }
                start.get_or_insert(at);
                end = at + c.len_utf8();
                blanks = 0;
            }
        }
    }
    cells.extend(start.map(|from| from..end));
    cells
}

/// The rows that `lines` starts with, its head first, each as its cells; none where the lines up to the next blank one are
/// no table: a head of short names without digits, over two lines or more of as many cells.
pub(super) fn table<'t>(lines: impl Iterator<Item = &'t str>) -> Option<Vec<Vec<Range<usize>>>> {
    let mut lines = lines.take_while(|line| !line.is_empty());
    let head = lines.next()?;
    let names = cells(head);
    let named = |cell: &Range<usize>| {
        let name = head.get(cell.clone()).unwrap_or_default();
        name.len() <= HEAD && !name.ends_with([':', '.']) && !name.contains(|c: char| c.is_ascii_digit())
    };
    let enough = names.len() >= CELLS || (names.len() == 2 && head.contains('\t'));
    if !enough || !names.iter().all(named) {
        return None;
    }
    let width = names.len();
    let mut rows = vec![names];
    for line in lines {
        rows.push(Some(cells(line)).filter(|cells| cells.len() == width)?);
    }
    (rows.len() >= 3).then_some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> usize {
        table(text.lines()).map_or(0, |rows| rows.len())
    }

    #[test]
    fn tables_and_their_look_alikes() {
        assert_eq!(
            rows("#   Time               Event\n1   2026-01-09 10:02   Errors begin\n2   2026-01-09 10:09   On-call paged\n\nDone."),
            3
        );
        assert_eq!(rows("Time\tEvent\n10:02\tErrors begin\n10:09\tOn-call paged"), 3);
        assert_eq!(rows("Start:        26 September\nEnd:          27 September\nSeverity:     Low"), 0);
        assert_eq!(rows("It failed.  Then it  worked.\nAnd  so  on.\nAnd  so  forth."), 0);
        assert_eq!(rows("Ref   Action      Owner\nPA-1  Do this     Ada\nPA-2  Do that     Ada\nPA-3  Do what\n      goes on     Ada"), 0);
        assert_eq!(rows("Time   Event   Who\nIt broke at noon.\nIt worked again."), 0);
    }
}
