//! Lists of plain text whose entries have a code: "R1. Enable the alarm", "AI-2 Move the job", "4.1 Convert the keys".

/// The most lines of an entry.
const LINES: usize = 4;

/// Of each of `lines` the length of its code with the blanks behind, where it is an entry: codes of one kind, whose numbers rise,
/// stand below each other with no blank line between. Else 0.
pub(super) fn entries(lines: &[&str]) -> Vec<usize> {
    let mut entries = vec![0; lines.len()];
    let mut before: Option<(usize, Code)> = None;
    for (at, line) in lines.iter().enumerate() {
        if line.is_empty() {
            before = None;
        }
        let Some(code) = code(line) else { continue };
        if let Some((first, last)) = before.take().filter(|(first, last)| at - first <= LINES && last.goes_on(&code))
            && let Some(entry) = entries.get_mut(first)
        {
            *entry = last.length;
            entries.iter_mut().skip(at).take(1).for_each(|entry| *entry = code.length);
        }
        before = Some((at, code));
    }
    entries
}

/// "AI-" and 2, "R" and 1, "4." and 1, with the length of what stands in front of the words.
struct Code<'l> {
    kind: &'l str,
    number: u32,
    length: usize,
}

impl Code<'_> {
    fn goes_on(&self, next: &Code) -> bool {
        // "4.1" and "4.2" are of one part; tickets come as they were opened.
        let part = self.kind.ends_with('.');
        self.kind == next.kind && if part { next.number == self.number + 1 && next.number < 30 } else { next.number > self.number }
    }
}

fn code(line: &str) -> Option<Code<'_>> {
    let (mark, words) = line.split_once([' ', '\t'])?;
    let mark = mark.trim_end_matches(['.', ':', ')']);
    let kind = mark.trim_end_matches(|c: char| c.is_ascii_digit());
    let letters = kind.trim_end_matches('-');
    let part = kind.strip_suffix('.').is_some_and(|part| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()));
    let known = part || !letters.is_empty() && letters.bytes().all(|byte| byte.is_ascii_uppercase());
    let words = words.trim_start();
    let number = mark.get(kind.len()..)?.parse().ok().filter(|_| known && words.starts_with(char::is_alphabetic))?;
    Some(Code { kind, number, length: line.len() - words.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_codes_is_a_list() {
        assert_eq!(entries(&["Work", "R1. Oil the gate", "R2. Buy a lock"]), [0, 4, 4]);
        assert_eq!(entries(&["AI-1  Oil the gate", "and the door", "AI-3  Buy a lock", ""]), [6, 0, 6, 0]);
        assert_eq!(entries(&["4.1 Oil the gate", "4.2 Buy a lock"]), [4, 4]);
        for lines in [
            ["4.1 Cause", "", "4.2 Work"],
            ["10.30 Gate shut", "10.45 Gate open", "Done"],
            ["R1. Oil the gate", "S2. Buy a lock", "Done"],
            ["EU1 is down", "EU1 is up", "Done"],
            ["B2 12", "B3 14", "B4 18"],
        ] {
            assert_eq!(entries(&lines), [0; 3], "{lines:?}");
        }
    }
}
