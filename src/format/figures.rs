//! Lines of a log whose clocks are four figures: "0551  First machine fails".

/// So many such lines, one below the other, are a log.
const LEAST: usize = 3;

/// Which of `lines` are entries of a log by their figures: those of a day in their order, none of them between other text.
pub(super) fn entries(lines: &[&str]) -> Vec<bool> {
    let mut entries = vec![false; lines.len()];
    let clocks: Vec<Option<u32>> = lines.iter().map(|line| clock(line)).collect();
    let mut from = 0;
    // Past midnight they begin anew.
    let goes_on = |a: &Option<u32>, b: &Option<u32>| matches!((a, b), (Some(a), Some(b)) if a <= b || a - b >= 12 * 60);
    for run in clocks.chunk_by(goes_on) {
        if run.len() >= LEAST {
            entries.iter_mut().skip(from).take(run.len()).for_each(|entry| *entry = true);
        }
        from += run.len();
    }
    entries
}

/// The minutes after midnight that four figures at the head of a line are.
fn clock(line: &str) -> Option<u32> {
    let (figures, words) = line.split_once(char::is_whitespace)?;
    let number: u32 = figures.parse().ok().filter(|_| figures.len() == 4 && figures.bytes().all(|byte| byte.is_ascii_digit()))?;
    let (hours, minutes) = (number / 100, number % 100);
    (hours < 24 && minutes < 60 && words.trim_start().starts_with(char::is_alphabetic)).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_with_rising_clocks_are_a_log() {
        assert_eq!(entries(&["Log", "0551  Door fails", "0604 Door shut", "1210 Door open", ""]), [false, true, true, true, false]);
        assert_eq!(entries(&["2345 Door fails", "2350 Door shut", "0010 Door open"]), [true; 3]);
        for lines in [
            ["0551 Door fails", "0604 Door shut", "Door open"],
            ["2019 a fire", "2004 a flood", "1998 a storm"],
            ["1200 users", "1299 orders", "1400 calls"],
            ["0551", "0604", "0612"],
        ] {
            assert_eq!(entries(&lines), [false; 3], "{lines:?}");
        }
    }
}
