//! What each of several windows is called.

use super::Evidence;
use crate::extract::lexicon;
use crate::extract::passage::Form;
use crate::extract::words::{Words, list};
use crate::incident::{Fact, Window};
use crate::resolve::event;
use crate::resolve::mention::Mention;

/// The longest words in front of a window that name it, in bytes.
const LABEL: usize = 60;

impl Evidence<'_, '_> {
    /// Names each of several windows by its own words: its label, what stands in front of it in a list or a row, the one of
    /// the `services` in its sentence, or a heading that is not over all of them.
    pub fn label(&self, windows: &mut [Window], services: &[Fact<String>]) {
        if windows.len() < 2 {
            return;
        }
        // All that tell of the moment at which it began, the one it was read from first.
        let tellers = |window: &Window| {
            let edge = window.start.as_ref();
            let mut tellers: Vec<_> = self.counted().filter(|mention| edge.is_some_and(|edge| mention.point.at == Some(edge.at))).collect();
            tellers.sort_by_key(|mention| edge.is_some_and(|edge| mention.cites(self.source) != edge.cites));
            tellers
        };
        let own = |text: &str| (!text.is_empty() && lexicon::topic(text).is_none()).then(|| event::collapse(text));
        let heading = |mention: &Mention| {
            let heading = self.passages.get(mention.passage)?.0.heading.as_ref()?;
            own(heading.text.as_str()).filter(|_| heading.topic.is_none())
        };
        let headings: Vec<_> = windows.iter().map(|window| tellers(window).into_iter().find_map(heading)).collect();
        let shared = headings.windows(2).all(|pair| matches!(pair, [one, next] if one == next));
        let labelled = |mention: &Mention| own(self.passages.get(mention.passage)?.0.label.as_ref()?.as_str());
        let in_front = |mention: &Mention| {
            let form = &self.passages.get(mention.passage)?.0.form;
            let lead = mention.text.as_str().get(mention.before.clone())?.trim_matches(|c: char| !c.is_alphanumeric());
            // "The first one starting at": a name does not end in a preposition.
            let ends = lead.split_whitespace().next_back().is_some_and(|last| !list(Words::FunctionWords).holds(last));
            let fits = matches!(form, Form::Item { .. } | Form::Row) && lead.starts_with(char::is_uppercase) && lead.len() <= LABEL;
            own(lead).filter(|_| fits && ends)
        };
        let service = |mention: &Mention| {
            let mut named = services.iter().map(|service| service.value.as_str()).filter(|service| mention.text.as_str().contains(service));
            named.next().filter(|_| named.next().is_none()).map(str::to_owned)
        };
        for (window, heading) in windows.iter_mut().zip(headings) {
            let tellers = tellers(window);
            let by = |name: &dyn Fn(&Mention) -> Option<String>| tellers.iter().find_map(|mention| name(mention));
            let named = || by(&labelled).or_else(|| by(&in_front)).or(heading.filter(|_| !shared)).or_else(|| by(&service));
            window.label = window.label.take().or_else(named);
        }
    }
}
