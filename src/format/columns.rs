//! Tables of plain text: cells apart by tabs or by two blanks and more, below a line of heads.

use std::ops::Range;

/// The fewest cells of a row whose cells stand apart by blanks alone.
const CELLS: usize = 3;
/// The longest head of a column, in bytes, and the longest that is cut short by a stop ("No.").
const HEAD: usize = 30;
const CUT: usize = 5;

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

/// A table: its first line, which is its head, and the cells of each of its lines.
#[derive(Debug, PartialEq)]
pub(super) struct Table {
    pub(super) first: usize,
    pub(super) rows: Vec<Vec<Range<usize>>>,
}

/// The tables of a text: a head of short names without digits, over two lines or more of as many cells, up to a blank line.
pub(super) fn tables(lines: &[&str]) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let Some(head) = head(line) else {
            at += 1;
            continue;
        };
        let below = || lines.iter().skip(at + 1).take_while(|line| !line.is_empty());
        let width = head.len();
        let rows: Option<Vec<_>> = below().map(|line| Some(cells(line)).filter(|cells| cells.len() == width)).collect();
        if let Some(rows) = rows.filter(|rows| rows.len() >= 2) {
            tables.push(Table { first: at, rows: [head].into_iter().chain(rows).collect() });
        }
        // Nothing up to the blank line is looked at twice.
        at += 1 + below().count();
    }
    tables
}

/// The cells of a line that may be the head of a table.
fn head(line: &str) -> Option<Vec<Range<usize>>> {
    if !line.contains("  ") && !line.contains('\t') {
        return None;
    }
    let names = cells(line);
    let named = |cell: &Range<usize>| {
        let name = line.get(cell.clone()).unwrap_or_default();
        let cut = name.len() <= CUT || !name.ends_with('.');
        name.len() <= HEAD && cut && !name.ends_with(':') && !name.contains(|c: char| c.is_ascii_digit())
    };
    let enough = names.len() >= CELLS || (names.len() == 2 && line.contains('\t'));
    (enough && names.iter().all(named)).then_some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> usize {
        let lines: Vec<&str> = text.lines().collect();
        tables(&lines).iter().map(|table| table.rows.len()).sum()
    }

    #[test]
    fn tables_and_their_look_alikes() {
        assert_eq!(
            table("#   Time               Event\n1   2026-01-09 10:02   Errors begin\n2   2026-01-09 10:09   On-call paged\n\nDone."),
            3
        );
        assert_eq!(table("Time\tEvent\n10:02\tErrors begin\n10:09\tOn-call paged"), 3);
        assert_eq!(table("No.\tAction\tStatus\n1\tAdd a test bench\tOpen\n2\tReplace the edges\tDone"), 3);
        assert_eq!(table("Start:        26 September\nEnd:          27 September\nSeverity:     Low"), 0);
        assert_eq!(table("It failed.  Then it  worked.\nAnd  so  on.\nAnd  so  forth."), 0);
        assert_eq!(table("Ref   Action      Owner\nPA-1  Do this     Ada\nPA-2  Do that     Ada\nPA-3  Do what\n      goes on     Ada"), 0);
        assert_eq!(table("Time   Event   Who\nIt broke at noon.\nIt worked again."), 0);
    }
}
