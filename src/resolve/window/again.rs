//! Trouble that came again after it was over: each stretch is a window of its own.

use super::{Evidence, InRange, WINDOWS};
use crate::basis::Rule;
use crate::extract::lexicon::Cue;
use crate::extract::words::{Words, list};
use crate::incident::{Edge, EventKind, Impact, Instant, Window};
use crate::resolve::mention::Mention;

/// What tells that trouble is over, the surest first.
const OVER: [EventKind; 3] = [EventKind::Recovered, EventKind::Resolved, EventKind::Mitigated];
/// So many hours after the end it may have come again.
const NEAR: i64 = 48;

impl Evidence<'_, '_> {
    /// Parts the only window wherever the report tells that it was over and came again: "back at 9:40", "failed again at 11:05".
    pub fn by_again(&self, impact: &mut Impact) {
        let [window] = impact.windows.as_slice() else { return };
        let Some((start, end)) = window.start.clone().zip(window.end.clone()).filter(|_| !self.maintenance) else { return };
        let near = |mention: &&Mention| mention.point.at.is_some_and(|at| at > start.at && (at - end.at).num_hours() < NEAR);
        let mut again: Vec<&Mention> = self.story().filter(near).filter(|mention| comes_again(mention)).collect();
        again.sort_by_key(|mention| mention.point.at);
        let (mut windows, mut begin, mut last) = (Vec::new(), start.clone(), Some(end.clone()));
        for from in again.into_iter().take(WINDOWS) {
            let Some(fresh) = self.edge(from, Rule::Again) else { continue };
            let beyond = fresh.at > end.at;
            let over = if beyond && begin.at < end.at { Some(end.clone()) } else { self.over(begin.at, from) };
            let own = || self.ranges().find(|(start, _)| std::ptr::eq(*start, from)).and_then(|(_, to)| self.edge(to, Rule::Again));
            let ends = own().or_else(|| if beyond { self.next_over(from) } else { Some(end.clone()) });
            if let (Some(over), Some(_)) = (over, &ends) {
                windows.push(Window { start: Some(std::mem::replace(&mut begin, fresh)), end: Some(over), label: None });
                last = ends;
            }
        }
        if !windows.is_empty() {
            windows.push(Window { start: Some(begin), end: last, label: None });
            impact.windows = windows;
        }
    }

    /// What tells next that it was over, after it came again at `from` when all seemed to be.
    fn next_over(&self, from: &Mention) -> Option<Edge> {
        let behind = |mention: &&Mention| mention.point.at > from.point.at && OVER.iter().take(2).any(|kind| *kind == mention.kind);
        self.edge(self.story().filter(behind).min_by_key(|mention| mention.point.at)?, Rule::Again)
    }

    /// The moments of the story: no labels, no live updates.
    fn story(&self) -> impl Iterator<Item = &Mention<'_>> {
        self.counted().filter(|mention| !mention.field && mention.update.is_none_or(|update| self.is_last_word(update)))
    }

    /// Where the stretch that began at `begin` was over before it came again at `from`: with its own range, else with what tells so.
    fn over(&self, begin: Instant, from: &Mention) -> Option<Edge> {
        let before = |mention: &&Mention| mention.point.at > Some(begin) && mention.point.at < from.point.at;
        let mut own = self.ranges().filter(|(start, _)| start.point.at == Some(begin)).map(|(_, to)| to).peekable();
        let over = if own.peek().is_some() {
            own.min_by_key(|to| std::cmp::Reverse(to.point.at)).filter(before)
        } else {
            let of = |kind| self.story().filter(before).filter(move |mention| mention.kind == kind && mention.in_range == InRange::Alone);
            OVER.into_iter().find_map(|kind| of(kind).max_by_key(|mention| mention.point.at))
        };
        self.edge(over?, Rule::BeforeAgain)
    }
}

/// Whether trouble began at a moment that the words beside it tell to be one more: "failed again", "another outage", "the second wave".
fn comes_again(mention: &Mention) -> bool {
    let begins = match mention.in_range {
        InRange::Start(_) => mention.impact && !OVER.contains(&mention.kind),
        InRange::Alone => mention.kind == EventKind::Onset,
        InRange::End => false,
    };
    let text = mention.text.as_str();
    let words = || [&mention.before, &mention.after].into_iter().filter_map(|range| text.get(range.clone()));
    let trouble =
        |cue: &Cue| matches!(cue, Cue::Onset | Cue::BeginMark | Cue::StrongImpact | Cue::Impact | Cue::InferHigh | Cue::InferMedium);
    let hurts = mention.cues_before().chain(mention.cues_after()).any(|(cue, _)| trouble(cue));
    let later = |word: &str| list(Words::StretchNumbers).holds(word) && !word.starts_with(['f', 'F', '1']);
    let counted = |words: &str| words.split(|c: char| !c.is_alphanumeric()).any(|word| later(&word.to_lowercase()));
    // "And a second time from", but not "and another engineer from"
    let bare = |words: &str| {
        let rest = list(Words::Again).first(words).and_then(|at| words.get(at.end..));
        mention.in_range != InRange::Alone
            && rest.is_some_and(|rest| rest.split_whitespace().all(|word| list(Words::FunctionWords).holds(word)))
    };
    begins && words().any(|words| (list(Words::Again).is_in(words) || counted(words)) && (hurts || bare(words)))
}

#[cfg(test)]
mod tests {
    use super::super::labelled::tests::windows;

    /// The windows of a story on one day, without their labels.
    fn told(story: &str) -> Vec<String> {
        let told = windows(&format!("Mail outage on 4 May 2024\n\nAll times are UTC.\n\n{story}\n"));
        told.iter().filter_map(|window| window.get(..11)).map(str::to_owned).collect()
    }

    #[test]
    fn what_came_again_is_another_window() {
        for story in [
            "At 10:00 mail began to fail. It was restored at 10:40. At 12:00 mail failed again, and at 12:10 it was restored.",
            "- 10:00 Mail begins to fail\n- 10:05 Alert\n- 10:40 Mail restored\n- 12:00 Mail fails again\n- 12:10 Mail restored",
            "- 10:00 First wave of errors begins\n- 10:05 Alert\n- 10:40 Mail restored\n- 12:00 Second wave of errors begins\n- 12:10 Mail restored",
            "Between 10:00 and 10:40 mail failed. It failed again from 12:00 to 12:10.",
        ] {
            assert_eq!(told(story), ["10:00 10:40", "12:00 12:10"], "{story}");
        }
    }

    #[test]
    fn what_went_on_is_one() {
        for story in [
            "At 10:00 mail began to fail. We restarted it again at 10:40. It was restored at 12:10.",
            "At 10:00 mail began to fail. At 10:40 it failed again on another host. It was restored at 12:10.",
            "- 10:00 Mail begins to fail\n- 10:05 Alert\n- 10:40 Another engineer joins\n- 12:10 Mail restored",
            "At 10:00 mail began to fail. Mail was delivered again from 10:40 on, and all was well at 12:10.",
            "Between 10:00 and 12:10 mail failed. At 10:40 it failed again for those who had tried before.",
        ] {
            assert_eq!(told(story).len(), 1, "{story}");
        }
    }
}
