//! What becomes of a change where somebody else changed the same meanwhile: nothing that anybody wrote is lost.

use super::{Edit, Review};

/// What a change made of a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The change that takes it back, and nothing else.
    pub back: Edit,
    /// What is said now.
    pub now: Edit,
    /// Whether somebody else had changed the same, so that it came about in another way than it was meant.
    pub clash: bool,
}

impl Review {
    /// Makes a change by somebody who saw that `seen` was said before; none makes it whatever is said now. Tags of several
    /// people add up, of notes all words stay, and a correction that nobody has seen is not replaced.
    pub fn merge(&mut self, edit: &Edit, seen: Option<&Edit>) -> Merged {
        let said = self.clone().apply(edit);
        let clash = seen.is_some_and(|seen| *seen != said) && *edit != said && !matches!(edit, Edit::Tag(..));
        let edit = match (edit, seen, &said) {
            (Edit::Note(note), Some(Edit::Note(seen)), Edit::Note(said)) if clash => Edit::Note(notes(seen, said, note)),
            (_, _, said) if clash => said.clone(),
            _ => edit.clone(),
        };
        let back = self.apply(&edit);
        let now = self.clone().apply(&edit);
        Merged { back, now, clash }
    }
}

/// The lines of a text in which another differs from it, from the first to the last, and what that has in their place.
#[derive(Debug, Clone, Copy)]
struct Hunk<'t> {
    start: usize,
    end: usize,
    lines: &'t [&'t str],
}

impl<'t> Hunk<'t> {
    fn between(old: &[&str], new: &'t [&'t str]) -> Self {
        let same = |pairs: &mut dyn Iterator<Item = (&&str, &&str)>| pairs.take_while(|(old, new)| old == new).count();
        let start = same(&mut old.iter().zip(new));
        let most = old.len().min(new.len()) - start;
        let kept = same(&mut old.iter().rev().zip(new.iter().rev()).take(most));
        Self { start, end: old.len() - kept, lines: new.get(start..new.len() - kept).unwrap_or_default() }
    }

    /// Whether it lies before another and does not touch what that changes.
    fn is_before(&self, other: &Self) -> bool {
        self.end <= other.start && (self.start, self.end) != (other.start, other.end)
    }

    /// `old` with this change.
    fn put_into(&self, old: &mut Vec<&'t str>) {
        old.splice(self.start.min(old.len())..self.end.min(old.len()), self.lines.iter().copied());
    }
}

/// A note that two people made of `seen`: changes of different lines are both made; of the same lines what is said stands
/// first, and what was added to it below an empty line. Who takes words away that somebody else changed leaves them.
fn notes(seen: &str, said: &str, note: &str) -> String {
    let [seen, said, note]: [Vec<&str>; 3] = [seen, said, note].map(|text| text.lines().collect());
    let (theirs, own) = (Hunk::between(&seen, &said), Hunk::between(&seen, &note));
    let mut all = seen.clone();
    if theirs.is_before(&own) {
        own.put_into(&mut all);
        theirs.put_into(&mut all);
        return all.join("\n");
    }
    if own.is_before(&theirs) {
        theirs.put_into(&mut all);
        own.put_into(&mut all);
        return all.join("\n");
    }
    all.clone_from(&said);
    let is_there = own.lines.is_empty() || said.windows(own.lines.len()).any(|lines| lines == own.lines);
    if !is_there {
        let at = theirs.start + theirs.lines.len();
        let gap = (!theirs.lines.is_empty()).then_some("");
        all.splice(at..at, gap.into_iter().chain(own.lines.iter().copied()));
    }
    all.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incident::Severity;
    use proptest::prelude::*;

    fn note(text: &str) -> Edit {
        Edit::Note(text.into())
    }

    #[test]
    fn of_two_notes_all_words_stay() {
        for (seen, said, own, both) in [
            ("", "theirs", "own", "theirs\n\nown"),
            ("", "same", "same", "same"),
            ("a", "a\nb", "a\nc", "a\nb\n\nc"),
            ("a\nb\nc", "A\nb\nc", "a\nb\nC", "A\nb\nC"),
            ("a\nb\nc", "a\nb\nC", "A\nb\nc", "A\nb\nC"),
            ("a\nb", "a\nb\nc", "", "c"),
            ("a\nb", "a\nB", "", "a\nB"),
            ("a\nb\nc", "a\nb\nc\nd", "a", "a\nd"),
            ("a\n\nb", "a\n\nb", "a", "a"),
            ("a", "", "b", "b"),
            ("a", "x", "y", "x\n\ny"),
            ("a", "x\n\ny", "y", "x\n\ny"),
        ] {
            assert_eq!(notes(seen, said, own), both, "{seen:?} {said:?} {own:?}");
        }
    }

    #[test]
    fn one_s_own_change_alone_is_taken_back() {
        let mut review = Review::default();
        review.apply(&note("words of another"));
        let merged = review.merge(&note("own words"), Some(&note("")));
        assert_eq!((merged.clash, review.note.as_str()), (true, "words of another\n\nown words"));
        review.apply(&note("words of another\n\nown words\n\nmore of another"));
        review.merge(&merged.back, Some(&merged.now));
        assert_eq!(review.note, "words of another\n\nmore of another");
        // A tag that was there already is not taken off.
        review.apply(&Edit::Tag("theirs".into(), true));
        let merged = review.merge(&Edit::Tag("theirs".into(), true), Some(&Edit::Tag("theirs".into(), false)));
        review.merge(&merged.back, Some(&merged.now));
        assert!(!merged.clash && review.tags.contains("theirs"));
    }

    #[test]
    fn a_correction_that_nobody_saw_is_not_replaced() {
        let severity = |severity| Edit::Severity(Some(severity));
        let mut review = Review { severity: Some(Severity::High), ..Review::default() };
        let merged = review.merge(&severity(Severity::Low), Some(&Edit::Severity(None)));
        assert_eq!((merged.clash, review.severity), (true, Some(Severity::High)));
        review.merge(&merged.back, Some(&merged.now));
        assert_eq!(review.severity, Some(Severity::High));
        // Whoever sees it may replace it.
        let merged = review.merge(&severity(Severity::Low), Some(&severity(Severity::High)));
        assert_eq!((merged.clash, review.severity), (false, Some(Severity::Low)));
    }

    proptest! {
        #[test]
        fn no_word_is_lost(lines in proptest::collection::vec("[a-d]{0,2}", 0..9), parts in proptest::array::uniform4(0_usize..9)) {
            let text = |from: usize, to: usize| lines.get(from.min(lines.len())..to.clamp(from.min(lines.len()), lines.len())).unwrap_or_default();
            let seen = lines.join("\n");
            let [a, b, c, d] = parts;
            let said = [text(0, a), &["theirs".to_owned()], text(b, 9)].concat().join("\n");
            let own = [text(0, c), &["own".to_owned()], text(d, 9)].concat().join("\n");
            let both = notes(&seen, &said, &own);
            prop_assert!(both.contains("theirs") && both.contains("own"), "{both}");
            prop_assert_eq!(notes(&seen, &seen, &own), own.lines().collect::<Vec<_>>().join("\n"));
        }
    }
}
